# 邮件。`$reader` 是收信人：host（接待人）、stand-in（代接待人）或 reception（前台）。`$greeting` 是下面两种称呼之一。
greeting = { $to }，您好
greeting-nobody = 您好

# 每行一项信息。
fact = { $label }：{ $value }
fact-visitor = 访客
fact-anonymous = 匿名
fact-company = 单位
fact-phone = 电话
fact-party = 同行
fact-party-count = 另有 { $count } 人
fact-others = 还有人同来，各自登记
fact-group = 同行
fact-group-of = { $group }一行
fact-escort = 陪同
fact-escort-always = 须全程有人陪同
fact-visit-type = 来访类型
fact-purpose = 事由
fact-host = 接待人
fact-time = 时间
fact-badge = 访客证
fact-number = 编号
fact-rules = 来访须知
fact-rules-unsigned = 未在屏幕上签名，请先当面协助签署
fact-waiting-at = 等候地点
fact-heads-to = 前往
fact-brought-by = 送货单位
fact-parcels = 件数
fact-parcels-for = 收件人
fact-parcels-at = 存放地点
fact-feedback = 内容
fact-department = 部门
fact-answer-by = 答复期限
fact-when = 时间
fact-where = 地点
fact-check-in-at = 报到处
fact-code = 邀请码
fact-details = 详情

closing-phone = 前台电话：{ $phone }
closing-sender = { $company }前台系统自动发送。

# 访客已到。
visitor-of-company = { $visitor }（{ $company }）
# Without $host, $reader
letter-arrival =
    { $reader ->
        [host] { $greeting }，您的访客已到前台登记。
        [stand-in] { $greeting }，{ $host }的访客已到前台登记。系统无法给{ $host }发邮件，请您代为接待或转告。
       *[reception] { $host }的访客已到前台登记。
    }
    .subject = 访客到访：{ $visitor }
# Without $host, $reader
letter-back =
    { $reader ->
        [host] { $greeting }，您的访客已返回，仍使用原来的访客证。
        [stand-in] { $greeting }，{ $host }的访客已返回，仍使用原来的访客证。系统无法给{ $host }发邮件，请您代为接待或转告。
       *[reception] { $host }的访客已返回，仍使用原来的访客证。
    }
    .subject = 访客返回：{ $visitor }
# 为什么由前台收到接待人的邮件。
letter-host-unreachable = 系统无法给接待人发邮件，请转告。
letter-host-spared = 短时间内来访或快递过多，未给接待人发邮件，请转告。
letter-watched = 请先在前台页面上查看这位访客：那里有给前台的备注。

# 访客等候答复。`$earlier` 是上一位被询问者的情况：nobody、silent、unreachable 或 spared。
letter-may-come-subject = 访客等候中：{ $visitor }
letter-may-come-host = { $greeting }，有访客在前台等候。
letter-may-come-stand-in =
    { $earlier ->
        [nobody] { $greeting }，{ $host }的访客在前台等候。
        [silent] { $greeting }，{ $host }的访客在前台等候，尚未得到答复。
       *[unreachable] { $greeting }，{ $host }的访客在前台等候，系统无法给{ $host }发邮件。
    }
letter-may-come-reception =
    { $earlier ->
        [nobody] 有访客在前台等候。
        [silent] 有访客在前台等候，尚无人答复。
        [spared] 有访客在前台等候，短时间内无预约来访过多，未给接待人发邮件。
       *[unreachable] 有访客在前台等候，系统无法给接待人发邮件。
    }
letter-may-come-commands = 请在前台页面放行或婉拒；也可用命令：frontdesk admit { $number } 或 frontdesk decline { $number }。
# `$greeted` 为 yes 或 no。
letter-one-more =
    { $greeted ->
        [yes] { $greeting }，
       *[no] {""}
    }{ $reader ->
        [host] {""}
       *[other] { $host }的
    }访客{ $group }一行又来了一位，在前台一起等候。对这一行人的答复也适用于这位访客。
answer-by-phone-or-mail = 请致电 { $phone } 或直接回复本邮件，告知前台是否接待。
answer-by-phone = 请致电 { $phone }，告知前台是否接待。
answer-by-mail = 请直接回复本邮件，告知前台是否接待。
answer-in-person = 请当面告知前台是否接待。

# 快递。
letter-parcels =
    { $greeting }，{ $reader ->
        [host] 您
       *[other] { $host }
    }的快递到了。已放在前台，请来领取。
    .subject = 快递到了：{ $count } 件（{ $number }）
letter-parcels-to-sign =
    { $greeting }，{ $reader ->
        [host] 您
       *[other] { $host }
    }的快递到了。需要到前台签收。
    .subject = 请来签收快递：{ $count } 件（{ $number }）
letter-parcels-again =
    { $greeting }，{ $reader ->
        [host] 您
       *[other] { $host }
    }的快递仍在前台。已放在前台，请来领取。
    .subject = 快递仍未领取：{ $count } 件（{ $number }）
letter-parcels-again-to-sign =
    { $greeting }，{ $reader ->
        [host] 您
       *[other] { $host }
    }的快递仍在前台。需要到前台签收。
letter-parcels-stand-in = 系统无法给{ $host }发邮件，请您代收或转告。
letter-parcels-unreachable = 系统无法给{ $host }发邮件，请转告。

# 投诉。
letter-case = { $greeting }，有一件投诉需要您处理并答复。处理后请告知前台，由前台记录；也可用命令：frontdesk close { $number } --done "…"。
    .subject = 投诉 { $number }：{ $host }

# 没有打印出来的访客证。后面是原因和处理办法。
letter-no-badge = 这位访客已登记，但没有拿到访客证。
    .subject = 未打印访客证：{ $visitor }（{ $number }）
letter-badge-unknown = 不确定 { $number } 号访客证是否已打印。
    .subject = 请确认访客证：{ $visitor }（{ $number }）

# 邀请。
letter-invited = { $greeting }，{ $company }邀请您来访。到达后请在前台自助登记：出示二维码，或输入邀请码。
    .subject = 访问邀请：{ $company }
letter-cancelled = { $greeting }，这次来访已取消，邀请码不再有效。
    .subject = 访问取消：{ $company }
# 邀请的有效时间。
when-days = { $first } – { $last }
when-weekdays = { $period }，每周{ $days }
when-hours = { $period } { $from }–{ $until }
when-hours-overnight = { $period } { $from }–{ $until }（次日）
when-one-night = { $first } { $from } – { $last } { $until }

# 公司内部。
letter-roll = { $time }的点名。此时在场的访客：
    .subject =
        点名：在场 { $here } 人{ $left ->
            [0] {""}
           *[other] ，另有 { $left } 人签出待核实
        }
letter-drill = { $time }的点名（演习）。此时在场的访客：
    .subject =
        点名（演习）：在场 { $here } 人{ $left ->
            [0] {""}
           *[other] ，另有 { $left } 人签出待核实
        }
letter-supply = { $greeting }，{ $supply }已低于安全库存，请补充。
    .subject = 物资不足：{ $supply }
letter-supply-left = 现有 { $stock }，安全库存 { $safety }。
letter-seal = 请保存这封邮件：凭下面的哈希可以证明日志此前的内容没有被改动或截断（frontdesk journal verify）。
    .subject = 访客日志封签 { $day }
letter-no-backup = 昨夜没有备份访客数据。
    .subject = 访客数据没有备份
letter-damaged = 每周检查发现下列数据已损坏或被改动。磁盘或内存可能有故障，也可能有其他程序写过数据文件。请先检查磁盘，再用最近一份完好的备份恢复（frontdesk restore）；frontdesk doctor 会重新检查。
    .subject = 访客数据异常

# 检查数据时发现的问题。`$table` 是文件中的表名。
fault-file = 数据文件已损坏：{ $why }
fault-journal = 日志第 { $line } 行已损坏或被改动，此后的内容不能作为证明
fault-changed = 表 { $table } 第 { $row } 行已损坏或被改动
fault-gone = 表 { $table } 缺少第 { $row } 行
fault-told = 来访记录第 { $row } 行与日志不符（{ $columns }）
