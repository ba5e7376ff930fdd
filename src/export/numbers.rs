//! The numbers of a period, as one long table: what it is about, what is counted, how many.

use super::{BYTE_ORDER_MARK, ExportError, harmless, word};
use crate::book::{Numbers, Spread};
use crate::visit::{Host, Kind};
use crate::words::Lang;
use std::collections::BTreeMap;
use std::io::Write;

/// What it is about, and its lines.
type Table = (&'static str, Vec<(String, f64)>);

/// Writes the numbers of a period that is called so, such as `2026-11`.
///
/// # Errors
/// They cannot be written; what was written is to be thrown away.
pub fn numbers<W: Write>(
    lang: Lang,
    period: &str,
    (numbers, kinds, hosts): (&Numbers, &[Kind], &[Host]),
    mut out: W,
) -> Result<W, ExportError> {
    out.write_all(BYTE_ORDER_MARK)?;
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    file.write_record([word(lang, "项目", "About"), period, word(lang, "数值", "Value")])?;
    for (title, lines) in tables(numbers, kinds, hosts, lang) {
        for (what, value) in lines {
            file.write_record([title, &harmless(&what), &plain(value)])?;
        }
    }
    Ok(file.into_inner().map_err(|error| error.into_error())?)
}

fn plain(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.1}") }
}

fn tables(numbers: &Numbers, kinds: &[Kind], hosts: &[Host], lang: Lang) -> Vec<Table> {
    let kind = |id: &str| match kinds.iter().find(|kind| kind.id == id) {
        Some(kind) => kind.name.get(lang).to_owned(),
        None if id.is_empty() => word(lang, "受邀", "Invited").to_owned(),
        None => id.to_owned(),
    };
    let by_id: BTreeMap<&str, &Host> = hosts.iter().map(|host| (host.id.as_str(), host)).collect();
    let mut departments = BTreeMap::<&str, u32>::new();
    let mut of_hosts = Vec::new();
    for (id, count) in &numbers.hosts {
        let host = by_id.get(id.as_str());
        *departments.entry(host.map_or("", |host| host.department.get(lang))).or_default() += count;
        of_hosts.push((host.map_or(id.as_str(), |host| host.name.get(lang)).to_owned(), f64::from(*count)));
    }
    let mut departments: Vec<_> =
        departments.into_iter().map(|(name, count)| (name.to_owned(), f64::from(count))).collect();
    departments.sort_by(|a, b| b.1.total_cmp(&a.1));
    let days = numbers.days.iter().map(|(day, count)| (day.to_string(), f64::from(*count))).collect();
    let hours = (0..24).zip(numbers.hours).map(|(hour, count)| (format!("{hour:02}:00"), f64::from(count)));
    let faces =
        (1..).zip(numbers.faces).map(|(face, count): (u32, u32)| (face.to_string(), f64::from(count)));
    let kinds = numbers.kinds.iter().map(|(id, count)| (kind(id), f64::from(*count))).collect();
    vec![
        (word(lang, "概况", "Summary"), summary(numbers, lang)),
        (word(lang, "每日来访", "By day"), days),
        (word(lang, "时段", "By hour"), hours.collect()),
        (word(lang, "来访类型", "By type"), kinds),
        (word(lang, "部门", "By department"), departments),
        (word(lang, "接待人", "By host"), of_hosts),
        (word(lang, "满意度", "Satisfaction"), faces.collect()),
    ]
}

fn summary(numbers: &Numbers, lang: Lang) -> Vec<(String, f64)> {
    let mut lines: Vec<(String, f64)> = Vec::new();
    let mut say = |zh, en, value: f64| lines.push((word(lang, zh, en).to_owned(), value));
    say("来访登记", "Visits", numbers.visits.into());
    say("来访人数（含同行）", "People, with those who came along", numbers.people.into());
    let Spread { count, median, nine_tenths, mean } = numbers.badge;
    if count > 0 {
        say("打印访客证：计时次数", "Badges that were timed", count.into());
        say("登记到出证（秒，中位数）", "Seconds until the badge, median", median);
        say("登记到出证（秒，九成以内）", "Seconds until the badge, nine of ten", nine_tenths);
        say("登记到出证（秒，平均）", "Seconds until the badge, mean", mean);
    }
    let Spread { count, median, nine_tenths, mean } = numbers.answer;
    if count > 0 {
        say("需要确认的来访", "Visits that somebody was asked about", count.into());
        say("确认用时（分钟，中位数）", "Minutes until the answer, median", median / 60.0);
        say("确认用时（分钟，九成以内）", "Minutes until the answer, nine of ten", nine_tenths / 60.0);
        say("确认用时（分钟，平均）", "Minutes until the answer, mean", mean / 60.0);
    }
    say("未放行", "Declined", numbers.declined.into());
    say("推定离开（未签出）", "Sign-outs assumed", numbers.assumed.into());
    say("到期的邀请", "Invitations that ended", numbers.invitations.into());
    say("其中未到访", "Of these nobody came", numbers.no_shows.into());
    if let Some(mean) = numbers.satisfaction() {
        say("满意度（1 至 5 平均）", "Satisfaction, mean of 1 to 5", mean);
    }
    say("投诉", "Complaints", numbers.complaints.into());
    say("其中按期处理", "Of these dealt with in time", numbers.in_time.into());
    say("其中逾期", "Of these late", numbers.late.into());
    lines
}
