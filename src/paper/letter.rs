//! The wording of mails, from the facts of an errand. Knows no mail server; says nothing that is not known.

mod office;
mod shielding;
mod typed;
mod visitor;

pub use typed::without_links;

use super::staff::{staff_sentence, what_to_do};
use crate::errand::{About, Earlier, Letter, Reader};
use crate::words::Lang;
use html_escape::encode_text;
use shielding::shielded;
use typed::{harmless, in_subject};

/// Whose kiosk writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The company's name.
    pub company: String,
    /// The telephone of reception; may be empty.
    pub reception_phone: String,
    /// Whether an answer to the mail reaches reception.
    pub replies: bool,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject line.
    pub subject: String,
    /// For readers of plain text.
    pub text: String,
    /// The same for readers of HTML.
    pub html: String,
}

/// One letter's parts before they become text or HTML.
struct Parts {
    subject: String,
    opening: String,
    facts: Vec<(&'static str, String)>,
    lines: Vec<String>,
    closing: Vec<String>,
}

/// What reception is told of a visitor whom the watch list may mean: never why, for a mail is read by many.
pub fn pages_have_a_note(lang: Lang) -> &'static str {
    if lang == Lang::ZH {
        "请先在前台页面上查看这位访客：那里有给前台的备注。"
    } else {
        "Please look at this visitor on reception's pages first: there is a note for you."
    }
}

/// What is left of something that runs out.
pub fn how_many_are_left(stock: u32, safety: u32, lang: Lang) -> String {
    if lang == Lang::ZH {
        format!("现有 {stock}，安全库存 {safety}。")
    } else {
        format!("{stock} left; the safety stock is {safety}.")
    }
}

/// By this name the words of an invitation show the picture of its QR code.
pub const QR: &str = "qr";

/// Whether the letter shows the QR code of an invitation that is good.
pub fn shows_code(letter: &Letter) -> bool {
    letter.ticket.is_some() && letter.about == (About::Invited { cancelled: false })
}

/// Words the letter. A language without words of its own gets English.
pub fn write(letter: &Letter, sender: &Sender) -> Written {
    let chinese = letter.lang == Lang::ZH;
    let letter = &shielded(&harmless(letter));
    let mut parts = office::parts(letter, chinese, &sender.company)
        .unwrap_or_else(|| if chinese { in_chinese(letter, sender) } else { in_english(letter, sender) });
    parts.closing = closing(sender, chinese);
    let lang = if chinese { "zh-CN" } else { "en" };
    // One line, whatever stands in a name: a subject is a header.
    let subject = parts.subject.replace(char::is_control, " ");
    Written { text: as_text(&parts, chinese), html: as_html(&parts, lang, shows_code(letter)), subject }
}

fn in_chinese(letter: &Letter, sender: &Sender) -> Parts {
    let visitor = &letter.visitor;
    let (subject, opening) = match letter.about {
        About::Arrival | About::CameBack | About::MayCome(_) => visitor::words(letter, sender, true),
        About::Case => (
            format!("投诉 {}：{}", letter.number, letter.host),
            format!(
                "{}您好，有一件投诉需要您处理并答复。处理后请告知前台，由前台记录；也可用命令：frontdesk close {} --done \"…\"。",
                comma(&letter.to_name, "，"),
                letter.number
            ),
        ),
        About::Parcels { to_sign, again } => (
            format!(
                "{}：{} 件（{}）",
                match (again, to_sign) {
                    (true, _) => "快递仍未领取",
                    (false, true) => "请来签收快递",
                    (false, false) => "快递到了",
                },
                letter.party,
                letter.number
            ),
            parcels_in_chinese(letter, to_sign, again),
        ),
        About::NoBadge(why) => (
            format!("未打印访客证：{}（{}）", in_subject(letter).0, letter.number),
            format!(
                "这位访客已登记，但没有拿到访客证。{}{}",
                staff_sentence(why, Lang::ZH),
                what_to_do(why, Lang::ZH)
            ),
        ),
        About::BadgeUnknown(why) => (
            format!("请确认访客证：{}（{}）", in_subject(letter).0, letter.number),
            format!(
                "不确定 {} 号访客证是否已打印。{}{}",
                letter.number,
                staff_sentence(why, Lang::ZH),
                what_to_do(why, Lang::ZH)
            ),
        ),
        // Worded in `office`.
        About::Invited { .. }
        | About::Roll { .. }
        | About::Supply
        | About::Seal
        | About::NoBackup(_)
        | About::Damaged => (String::new(), String::new()),
    };
    let mut facts = Vec::new();
    if let About::Parcels { .. } = letter.about {
        push(&mut facts, "送货单位", visitor);
        facts.push(("件数", letter.party.to_string()));
    } else if letter.about == About::Case {
        facts.push(("访客", if visitor.is_empty() { "匿名".to_owned() } else { visitor.clone() }));
        push(&mut facts, "单位", &letter.company);
        push(&mut facts, "电话", &letter.circumstances.phone);
    } else {
        facts.push(("访客", visitor.clone()));
        push(&mut facts, "单位", &letter.company);
        if letter.party > 0 {
            facts.push(("同行", format!("另有 {} 人", letter.party)));
        }
        visitor::facts(letter, true, &mut facts);
    }
    push(&mut facts, "来访类型", &letter.visit_type);
    push(&mut facts, if letter.about == About::Case { "内容" } else { "事由" }, &letter.purpose);
    if letter.about == About::Case {
        push(&mut facts, "部门", &letter.host);
    } else if !is_to_host(letter) {
        let parcels = matches!(letter.about, About::Parcels { .. });
        facts.push((if parcels { "收件人" } else { "接待人" }, letter.host.clone()));
    }
    if let Some(due) = letter.due {
        facts.push(("答复期限", due.format("%-m月%-d日").to_string()));
    }
    facts.push(("时间", letter.arrived.format("%-m月%-d日 %H:%M").to_string()));
    // One who waits has no badge yet; the number is theirs all the same.
    facts.push((if has_badge(letter) { "访客证" } else { "编号" }, letter.number.clone()));
    if letter.circumstances.unsigned {
        facts.push(("来访须知", "未在屏幕上签名，请先当面协助签署".to_owned()));
    }
    if let Some(([name, _], place)) = place_named(letter) {
        push(&mut facts, name, place);
    }
    Parts { subject, opening, facts, lines: letter.lines.clone(), closing: Vec::new() }
}

fn in_english(letter: &Letter, sender: &Sender) -> Parts {
    let visitor = &letter.visitor;
    let (subject, opening) = match letter.about {
        About::Arrival | About::CameBack | About::MayCome(_) => visitor::words(letter, sender, false),
        About::Case => (
            format!("Complaint {}: {}", letter.number, letter.host),
            format!(
                "Hello{}, a complaint is for you to deal with and to answer. Afterwards please tell reception what was \
                 done, so that it is noted; or by command: frontdesk close {} --done \"…\".",
                comma_before(&letter.to_name),
                letter.number
            ),
        ),
        About::Parcels { to_sign, again } => (
            match (again, to_sign, letter.party) {
                (false, true, 1) => format!("Please sign for a parcel ({})", letter.number),
                (false, true, count) => format!("Please sign for {count} parcels ({})", letter.number),
                (false, false, 1) => format!("A parcel has come ({})", letter.number),
                (false, false, count) => format!("{count} parcels have come ({})", letter.number),
                (true, _, 1) => format!("A parcel is still here ({})", letter.number),
                (true, _, count) => format!("{count} parcels are still here ({})", letter.number),
            },
            parcels_in_english(letter, to_sign, again),
        ),
        About::NoBadge(why) => (
            format!("No badge was printed: {} ({})", in_subject(letter).0, letter.number),
            format!(
                "This visitor is registered but has no badge. {} {}",
                staff_sentence(why, Lang::EN),
                what_to_do(why, Lang::EN)
            ),
        ),
        About::BadgeUnknown(why) => (
            format!("Please check a badge: {} ({})", in_subject(letter).0, letter.number),
            format!(
                "It is not known whether badge {} came out. {} {}",
                letter.number,
                staff_sentence(why, Lang::EN),
                what_to_do(why, Lang::EN)
            ),
        ),
        // Worded in `office`.
        About::Invited { .. }
        | About::Roll { .. }
        | About::Supply
        | About::Seal
        | About::NoBackup(_)
        | About::Damaged => (String::new(), String::new()),
    };
    let mut facts = Vec::new();
    if let About::Parcels { .. } = letter.about {
        push(&mut facts, "Brought by", visitor);
        facts.push(("Parcels", letter.party.to_string()));
    } else if letter.about == About::Case {
        facts.push((
            "Visitor",
            if visitor.is_empty() { "without a name".to_owned() } else { visitor.clone() },
        ));
        push(&mut facts, "Company", &letter.company);
        push(&mut facts, "Phone", &letter.circumstances.phone);
    } else {
        facts.push(("Visitor", visitor.clone()));
        push(&mut facts, "Company", &letter.company);
        match letter.party {
            0 => {}
            1 => facts.push(("With them", "1 more person".to_owned())),
            n => facts.push(("With them", format!("{n} more people"))),
        }
        visitor::facts(letter, false, &mut facts);
    }
    push(&mut facts, "Visit type", &letter.visit_type);
    push(&mut facts, if letter.about == About::Case { "Words" } else { "Purpose" }, &letter.purpose);
    if letter.about == About::Case {
        push(&mut facts, "Department", &letter.host);
    } else if !is_to_host(letter) {
        let parcels = matches!(letter.about, About::Parcels { .. });
        facts.push((if parcels { "For" } else { "Host" }, letter.host.clone()));
    }
    if let Some(due) = letter.due {
        facts.push(("Answer by", due.format("%-d %B").to_string()));
    }
    facts.push(("Time", letter.arrived.format("%-d %B, %H:%M").to_string()));
    facts.push((if has_badge(letter) { "Badge" } else { "Number" }, letter.number.clone()));
    if letter.circumstances.unsigned {
        facts.push(("House rules", "not signed on the screen; please sign with them first".to_owned()));
    }
    if let Some(([_, name], place)) = place_named(letter) {
        push(&mut facts, name, place);
    }
    Parts { subject, opening, facts, lines: letter.lines.clone(), closing: Vec::new() }
}

/// The place that a letter names, with what it is called in Chinese and in English; none where it names no place.
fn place_named(letter: &Letter) -> Option<([&'static str; 2], &str)> {
    let (said, reception) = (&letter.circumstances, letter.waiting_at.as_str());
    match letter.about {
        About::MayCome(_) => Some((["等候地点", "Waiting at"], reception)),
        // Whoever must not be alone waits until the host comes for them.
        About::Arrival | About::CameBack if said.escort => Some((["等候地点", "Waiting at"], reception)),
        About::Arrival => Some((["前往", "On the way to"], &said.heads_to)),
        About::Parcels { .. } => Some((["存放地点", "Where"], reception)),
        About::CameBack
        | About::Case
        | About::NoBadge(_)
        | About::BadgeUnknown(_)
        | About::Invited { .. }
        | About::Roll { .. }
        | About::Supply
        | About::Seal
        | About::NoBackup(_)
        | About::Damaged => None,
    }
}

fn parcels_in_chinese(letter: &Letter, to_sign: bool, again: bool) -> String {
    let (hello, host) = (format!("{}您好", comma(&letter.to_name, "，")), &letter.host);
    let lie = if again { "仍在前台" } else { "到了" };
    let (whose, why) = match reader(letter) {
        Reader::Host => ("您的快递".to_owned(), String::new()),
        Reader::Contact | Reader::Deputy => {
            (format!("{host}的快递"), format!("系统无法给{host}发邮件，请您代收或转告。"))
        }
        Reader::Reception if letter.circumstances.earlier == Earlier::Spared => {
            (format!("{host}的快递"), format!("{}，请转告。", visitor::not_written_to(letter, true)))
        }
        Reader::Reception => (format!("{host}的快递"), format!("系统无法给{host}发邮件，请转告。")),
    };
    let what = if to_sign { "需要到前台签收。" } else { "已放在前台，请来领取。" };
    format!("{hello}，{whose}{lie}。{what}{why}")
}

fn parcels_in_english(letter: &Letter, to_sign: bool, again: bool) -> String {
    let (to, host) = (comma_before(&letter.to_name), &letter.host);
    let (whom, why) = match reader(letter) {
        Reader::Host => ("you".to_owned(), String::new()),
        Reader::Contact | Reader::Deputy => {
            (host.clone(), format!(" {host} cannot be written to; please take it instead, or pass this on."))
        }
        Reader::Reception if letter.circumstances.earlier == Earlier::Spared => {
            (host.clone(), format!(" {}; please pass this on.", visitor::not_written_to(letter, false)))
        }
        Reader::Reception => (host.clone(), format!(" {host} cannot be written to; please pass this on.")),
    };
    let what = match (again, to_sign) {
        (false, false) => format!("something was delivered for {whom} and lies at reception."),
        (false, true) => {
            format!("something was delivered for {whom}: please come to reception and sign for it.")
        }
        (true, false) => format!("something that was delivered for {whom} still lies at reception."),
        (true, true) => {
            format!("something that was delivered for {whom} still waits for a signature at reception.")
        }
    };
    format!("Hello{to}, {what}{why}")
}

fn closing(sender: &Sender, chinese: bool) -> Vec<String> {
    let Sender { company, reception_phone: phone, .. } = sender;
    let reception = match (phone.is_empty(), chinese) {
        (true, _) => None,
        (false, true) => Some(format!("前台电话：{phone}")),
        (false, false) => Some(format!("Reception: {phone}")),
    };
    let by = if chinese {
        format!("{company}前台系统自动发送。")
    } else {
        format!("Sent by the front desk of {company}.")
    };
    reception.into_iter().chain([by]).collect()
}

fn has_badge(letter: &Letter) -> bool {
    matches!(letter.about, About::Arrival | About::CameBack | About::NoBadge(_) | About::BadgeUnknown(_))
}

/// Whether it goes to whom it is all about, who need not be told their own name.
fn is_to_host(letter: &Letter) -> bool {
    let about_them =
        matches!(letter.about, About::Arrival | About::CameBack | About::Parcels { .. } | About::MayCome(_));
    about_them && reader(letter) == Reader::Host
}

/// Who reads it. A question says so by itself.
fn reader(letter: &Letter) -> Reader {
    if let About::MayCome(asked) = letter.about { asked.into() } else { letter.circumstances.reader }
}

fn push(facts: &mut Vec<(&'static str, String)>, label: &'static str, value: &str) {
    if !value.is_empty() {
        facts.push((label, value.to_owned()));
    }
}

fn bracketed(text: &str, open: &str, close: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{open}{text}{close}") }
}

fn comma(text: &str, comma: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}{comma}") }
}

fn comma_before(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn as_text(parts: &Parts, chinese: bool) -> String {
    let colon = if chinese { "：" } else { ": " };
    let facts: String = parts.facts.iter().map(|(label, value)| format!("{label}{colon}{value}\n")).collect();
    let lines: String = parts.lines.iter().map(|line| format!("{line}\n")).collect();
    format!("{}\n\n{facts}{lines}\n{}\n", parts.opening, parts.closing.join("\n"))
}

/// Plain tables and inline styles: what every mail reader shows.
fn as_html(parts: &Parts, lang: &str, code: bool) -> String {
    let facts: String = parts
        .facts
        .iter()
        .map(|(label, value)| {
            format!(
                "<tr><td style=\"padding:4px 24px 4px 0;color:#5B6763\">{}</td><td style=\"padding:4px 0;font-weight:bold\">{}</td></tr>\n",
                encode_text(label),
                encode_text(value)
            )
        })
        .collect();
    let lines: String = parts.lines.iter().map(|line| format!("<p>{}</p>\n", encode_text(line))).collect();
    let code = if code {
        format!("<p><img src=\"cid:{QR}\" width=\"264\" height=\"264\" alt=\"QR\"></p>\n")
    } else {
        String::new()
    };
    let closing: Vec<_> = parts.closing.iter().map(|line| encode_text(line).into_owned()).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family:sans-serif;font-size:16px;color:#17211E\">\n<p>{}</p>\n<table>\n{facts}</table>\n{code}{lines}\
         <p style=\"color:#5B6763;font-size:14px\">{}</p>\n</body></html>\n",
        encode_text(&parts.subject),
        encode_text(&parts.opening),
        closing.join("<br>")
    )
}
