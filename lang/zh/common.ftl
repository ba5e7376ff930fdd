# 文本的组合方式与日期。`mail-lang` 是 HTML 页面的语言标签。
mail-lang = zh-CN
# 名单中除代码外，这种语言还可以写成：
language-called = 中文

# 句与句之间、列表各项之间。
sentence-gap = {""}
list-gap = 、

month-name = { $month }月
date-day = { month-name }{ $day }日
date-day-time = { month-name }{ $day }日 { $time }
date-year = { $year }年{ month-name }{ $day }日

# 1 表示星期一。
weekday =
    { $day ->
        [1] 一
        [2] 二
        [3] 三
        [4] 四
        [5] 五
        [6] 六
       *[7] 日
    }
