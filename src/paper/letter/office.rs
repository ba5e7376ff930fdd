//! The wording of mails that are about no visitor who is here: invitations, roll calls, supplies, the journal's
//! seal, copies of the book.

use super::{Parts, comma, comma_before, push};
use crate::errand::{About, Letter, Ticket};
use crate::paper::staff::{staff_sentence, what_to_do};
use crate::visit::Hours;
use crate::words::Lang;
use chrono::TimeDelta;

/// The parts of such a letter, before the closing; none where it is about a visitor.
pub(super) fn parts(letter: &Letter, chinese: bool, company: &str) -> Option<Parts> {
    let to = (comma(&letter.to_name, "，"), comma_before(&letter.to_name));
    let words = |zh: (String, String), en: (String, String)| if chinese { zh } else { en };
    let (subject, opening) = match letter.about {
        About::Invited { cancelled: false } => words(
            (
                format!("访问邀请：{company}"),
                format!("{}您好，{company}邀请您来访。到达后请在前台自助登记：出示二维码，或输入邀请码。", to.0),
            ),
            (
                format!("Your visit to {company}"),
                format!(
                    "Hello{}, you are invited to {company}. When you arrive, please check in at reception: show the \
                     QR code, or enter the code.",
                    to.1
                ),
            ),
        ),
        About::Invited { cancelled: true } => words(
            (format!("访问取消：{company}"), format!("{}您好，这次来访已取消，邀请码不再有效。", to.0)),
            (
                format!("Your visit to {company} is cancelled"),
                format!("Hello{}, this visit is cancelled; its code is no longer valid.", to.1),
            ),
        ),
        About::Roll { drill } => {
            let (zh, en) = if drill { ("（演习）", " (drill)") } else { ("", "") };
            let here = letter.lines.len().saturating_sub(usize::from(letter.party));
            let (zh_left, en_left) = match letter.party {
                0 => (String::new(), String::new()),
                left => (format!("，另有 {left} 人签出待核实"), format!(", {left} signed out, not confirmed")),
            };
            words(
                (
                    format!("点名{zh}：在场 {here} 人{zh_left}"),
                    format!("{}的点名{zh}。此时在场的访客：", letter.arrived.format("%H:%M")),
                ),
                (
                    format!("Roll call{en}: {here} on site{en_left}"),
                    format!("Roll call{en} at {}. Visitors on site:", letter.arrived.format("%H:%M")),
                ),
            )
        }
        About::Supply => words(
            (
                format!("物资不足：{}", letter.purpose),
                format!("{}您好，{}已低于安全库存，请补充。", to.0, letter.purpose),
            ),
            (
                format!("Running low: {}", letter.purpose),
                format!("Hello{}, {} is below its safety stock; please restock.", to.1, letter.purpose),
            ),
        ),
        About::Seal => words(
            (
                format!("访客日志封签 {}", letter.arrived.format("%Y-%m-%d")),
                "请保存这封邮件：凭下面的哈希可以证明日志此前的内容没有被改动或截断（frontdesk journal verify）。"
                    .to_owned(),
            ),
            (
                format!("Seal of the visitors' journal, {}", letter.arrived.format("%Y-%m-%d")),
                "Please keep this mail: with the hash below, `frontdesk journal verify` proves that the journal \
                 before it was neither changed nor cut off."
                    .to_owned(),
            ),
        ),
        About::NoBackup(why) => {
            let lang = if chinese { Lang::ZH } else { Lang::EN };
            let (what, then) = (staff_sentence(why, lang), what_to_do(why, lang));
            words(
                ("访客数据没有备份".to_owned(), format!("昨夜没有备份访客数据。{what}{then}")),
                (
                    "The visitors' book was not copied".to_owned(),
                    format!("There is no backup of last night. {what} {then}"),
                ),
            )
        }
        About::Damaged => words(
            (
                "访客数据异常".to_owned(),
                "每周检查发现下列数据已损坏或被改动。磁盘或内存可能有故障，也可能有其他程序写过数据文件。请先检查磁盘，\
                 再用最近一份完好的备份恢复（frontdesk restore）；frontdesk doctor 会重新检查。"
                    .to_owned(),
            ),
            (
                "The visitors' book is damaged".to_owned(),
                "The weekly check of the visitors' book found the faults below. The disk or the memory may be faulty, or \
                 another program may have written to the file. Check the disk first, then restore the last good copy \
                 (`frontdesk restore`). `frontdesk doctor` repeats the check."
                    .to_owned(),
            ),
        ),
        About::Arrival
        | About::CameBack
        | About::Case
        | About::Parcels { .. }
        | About::MayCome(_)
        | About::NoBadge(_)
        | About::BadgeUnknown(_) => return None,
    };
    let mut facts = Vec::new();
    let word = |zh, en| if chinese { zh } else { en };
    if let Some(ticket) = &letter.ticket {
        facts.push((word("时间", "When"), when(ticket, chinese)));
        push(&mut facts, word("接待人", "Host"), &letter.host);
        push(&mut facts, word("地点", "Where"), &ticket.place);
        push(&mut facts, word("报到处", "Check in at"), &letter.waiting_at);
        if letter.about == (About::Invited { cancelled: false }) {
            facts.push((word("邀请码", "Code"), ticket.code.clone()));
        }
    }
    if letter.about == About::Supply || letter.about == About::Seal {
        push(&mut facts, word("详情", "Details"), &letter.number);
    }
    Some(Parts { subject, opening, facts, lines: letter.lines.clone(), closing: Vec::new() })
}

/// From when until when, with the days of the week where it is good on several.
fn when(ticket: &Ticket, chinese: bool) -> String {
    let (from, until) = (&ticket.from, &ticket.until);
    let day = |wall: &crate::now::Wall| {
        if chinese {
            wall.format("%Y年%-m月%-d日").to_string()
        } else {
            wall.format("%-d %B %Y").to_string()
        }
    };
    let hour = |wall: &crate::now::Wall| wall.format("%H:%M").to_string();
    let (first, last, begins, ends) = (day(from), day(until), hour(from), hour(until));
    let is_one_day = first == last;
    if ticket.days == 0 && is_one_day {
        return format!("{first} {begins}–{ends}");
    }
    // One night, and not the same hours on two days.
    let is_night = Hours::of(from, until).are_over_midnight();
    if ticket.days == 0 && is_night && *until - *from < TimeDelta::days(1) {
        return format!("{first} {begins} – {last} {ends}");
    }
    let (zh, en) =
        (["一", "二", "三", "四", "五", "六", "日"], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    let named = (0..7).filter(|at| ticket.days & (1 << at) != 0);
    let days: Vec<&str> = named.map(|at| if chinese { zh[at] } else { en[at] }).collect();
    let days = match (days.is_empty(), chinese) {
        (true, _) => String::new(),
        (false, true) => format!("，每周{}", days.join("、")),
        (false, false) => format!(", {}", days.join(", ")),
    };
    let next = match (is_night, chinese) {
        (false, _) => "",
        (true, true) => "（次日）",
        (true, false) => " (next day)",
    };
    let period = if is_one_day { first } else { format!("{first} – {last}") };
    format!("{period}{days} {begins}–{ends}{next}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::Token;

    #[test]
    fn a_mail_says_the_days_and_the_hours_in_both_languages() {
        let mondays_and_wednesdays = 0b101;
        for (from, until, days, zh, en) in [
            ("11-23T09:00", "11-23T18:00", 0, "2026年11月23日 09:00–18:00", "23 November 2026 09:00–18:00"),
            (
                "11-23T20:00",
                "11-24T06:00",
                0,
                "2026年11月23日 20:00 – 2026年11月24日 06:00",
                "23 November 2026 20:00 – 24 November 2026 06:00",
            ),
            (
                "11-23T09:00",
                "11-27T18:00",
                0,
                "2026年11月23日 – 2026年11月27日 09:00–18:00",
                "23 November 2026 – 27 November 2026 09:00–18:00",
            ),
            (
                "11-23T09:00",
                "12-02T18:00",
                mondays_and_wednesdays,
                "2026年11月23日 – 2026年12月2日，每周一、三 09:00–18:00",
                "23 November 2026 – 2 December 2026, Mon, Wed 09:00–18:00",
            ),
            (
                "11-23T20:00",
                "12-03T06:00",
                mondays_and_wednesdays,
                "2026年11月23日 – 2026年12月3日，每周一、三 20:00–06:00（次日）",
                "23 November 2026 – 3 December 2026, Mon, Wed 20:00–06:00 (next day)",
            ),
            (
                "11-23T09:00",
                "11-23T18:00",
                mondays_and_wednesdays,
                "2026年11月23日，每周一、三 09:00–18:00",
                "23 November 2026, Mon, Wed 09:00–18:00",
            ),
        ] {
            let wall = |text: &str| format!("2026-{text}:00+08:00").parse().unwrap();
            let ticket = Ticket {
                id: "1".to_owned(),
                token: Token::from_bytes([1; 16]),
                code: "A7K3M9".to_owned(),
                from: wall(from),
                until: wall(until),
                days,
                pieces: Vec::new(),
                place: String::new(),
                sequence: 0,
            };
            assert_eq!([when(&ticket, true), when(&ticket, false)], [zh, en], "{from} {until} {days}");
        }
    }
}
