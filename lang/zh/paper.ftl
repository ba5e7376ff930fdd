# 访客证。
badge-visitor = 访客
badge-host = 接待人
badge-until = 有效期至
badge-number = 编号
badge-footer = 请佩戴此证 · 离开时在前台扫码签出
badge-footer-escort = 须由接待人全程陪同 · 离开时扫码签出
# 姓名未知的同行人员。
badge-member = 访客 { $number }/{ $of }

# 点名。以下两项不论用哪种语言打印，所有人都要看懂。
roll-drill = 演习 DRILL
roll-heading = 点名 / Roll call
roll-list = 第 { $issue } 版名单：{ $time }
roll-page = 第 { $page }/{ $pages } 页 · 在场共 { $people } 人
roll-unconfirmed = 另有 { $count } 人签出待核实
roll-names-by-mail = 姓名通过邮件发送。
roll-nobody = 没有访客在场。
roll-people = { $people } 人
roll-host = 接待人 { $host }
roll-nowhere = 地点不详
roll-safe = 安全 { $time }
roll-missing = 未找到 { $time }
roll-said-left = { $time } 仅凭访客证号签出
roll-marked = { $mark }；{ $left }

# 月度数据。
numbers-counted = 统计于 { $time }

# 日程。
calendar-summary = 访问{ $company }
