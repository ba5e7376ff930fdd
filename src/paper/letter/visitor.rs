//! The wording of mails about a visitor who is here: registered, waiting for an answer, back again. Whoever reads it
//! in the host's place is told for whom, and why it came to them.

use super::{Sender, bracketed, comma, comma_before, in_subject, reader};
use crate::errand::{About, Earlier, Letter, Reader};

/// Subject and opening.
pub(super) fn words(letter: &Letter, sender: &Sender, chinese: bool) -> (String, String) {
    let asks = matches!(letter.about, About::MayCome(_));
    let (name, company) = in_subject(letter);
    let (subject, opening) = match (chinese, asks) {
        (true, true) => ("访客等候中：".to_owned(), asked_in_chinese(letter, sender)),
        (true, false) => told_in_chinese(letter),
        (false, true) => ("A visitor is waiting: ".to_owned(), asked_in_english(letter, sender)),
        (false, false) => told_in_english(letter),
    };
    let company = match chinese {
        true => bracketed(&company, "（", "）"),
        false => bracketed(&company, " (", ")"),
    };
    (subject + &name + &company, opening)
}

/// The subject as far as the visitor's name, and the opening.
fn told_in_chinese(letter: &Letter) -> (String, String) {
    let (to, host) = (comma(&letter.to_name, "，"), &letter.host);
    let (subject, what) = if letter.about == About::CameBack {
        ("访客返回", "访客已返回，仍使用原来的访客证。")
    } else {
        ("访客到访", "访客已到前台登记。")
    };
    let opening = match reader(letter) {
        Reader::Host => format!("{to}您好，您的{what}"),
        Reader::Contact | Reader::Deputy => {
            format!("{to}您好，{host}的{what}系统无法给{host}发邮件，请您代为接待或转告。")
        }
        Reader::Reception => format!("{host}的{what}{}，请转告。", not_written_to(letter, true)),
    };
    (format!("{subject}："), opening)
}

fn told_in_english(letter: &Letter) -> (String, String) {
    let (to, host) = (comma_before(&letter.to_name), &letter.host);
    let (is, what) = if letter.about == About::CameBack {
        ("is back", "is back, with the same badge.")
    } else {
        ("is here", "has registered at reception.")
    };
    let (whose, opening) = match reader(letter) {
        Reader::Host => ("Your visitor".to_owned(), format!("Hello{to}, your visitor {what}")),
        Reader::Contact | Reader::Deputy => (
            format!("A visitor for {host}"),
            format!(
                "Hello{to}, a visitor for {host} {what} {host} cannot be written to; please receive the visitor \
                 instead, or pass this on."
            ),
        ),
        Reader::Reception => (
            format!("A visitor for {host}"),
            format!("A visitor for {host} {what} {}; please pass this on.", not_written_to(letter, false)),
        ),
    };
    (format!("{whose} {is}: "), opening)
}

/// Why reception reads what is for the host.
pub(super) fn not_written_to(letter: &Letter, chinese: bool) -> &'static str {
    match (letter.circumstances.earlier, chinese) {
        (Earlier::Spared, true) => "短时间内来访或快递过多，未给接待人发邮件",
        (Earlier::Spared, false) => {
            "Too many visits or parcels came in a short time, so the host was not e-mailed"
        }
        (Earlier::Nobody | Earlier::Silent | Earlier::Unreachable, true) => "系统无法给接待人发邮件",
        (Earlier::Nobody | Earlier::Silent | Earlier::Unreachable, false) => "The host cannot be written to",
    }
}

fn asked_in_chinese(letter: &Letter, sender: &Sender) -> String {
    let (to, host, said) = (comma(&letter.to_name, "，"), &letter.host, &letter.circumstances);
    let group = &said.group;
    let for_whom = if reader(letter) == Reader::Host { String::new() } else { format!("{host}的") };
    if said.together {
        let hello = if to.is_empty() { String::new() } else { format!("{to}您好，") };
        return format!(
            "{hello}{for_whom}访客{group}一行又来了一位，在前台一起等候。对这一行人的答复也适用于这位访客。"
        );
    }
    match (reader(letter), said.earlier) {
        (Reader::Host, _) => format!("{to}您好，有访客在前台等候。{}", answer_in_chinese(sender)),
        (Reader::Contact | Reader::Deputy, earlier) => {
            let why = match earlier {
                Earlier::Nobody => "。".to_owned(),
                Earlier::Silent => "，尚未得到答复。".to_owned(),
                Earlier::Unreachable | Earlier::Spared => format!("，系统无法给{host}发邮件。"),
            };
            format!("{to}您好，{for_whom}访客在前台等候{why}{}", answer_in_chinese(sender))
        }
        (Reader::Reception, earlier) => {
            let why = match earlier {
                Earlier::Nobody => "。",
                Earlier::Silent => "，尚无人答复。",
                Earlier::Unreachable => "，系统无法给接待人发邮件。",
                Earlier::Spared => "，短时间内无预约来访过多，未给接待人发邮件。",
            };
            format!(
                "有访客在前台等候{why}请在前台页面放行或婉拒；也可用命令：frontdesk admit {0} 或 frontdesk decline {0}。",
                letter.number
            )
        }
    }
}

fn answer_in_chinese(Sender { reception_phone: phone, replies, .. }: &Sender) -> String {
    match (phone.is_empty(), replies) {
        (false, true) => format!("请致电 {phone} 或直接回复本邮件，告知前台是否接待。"),
        (false, false) => format!("请致电 {phone}，告知前台是否接待。"),
        (true, true) => "请直接回复本邮件，告知前台是否接待。".to_owned(),
        (true, false) => "请当面告知前台是否接待。".to_owned(),
    }
}

fn asked_in_english(letter: &Letter, sender: &Sender) -> String {
    let (to, host, said) = (comma_before(&letter.to_name), &letter.host, &letter.circumstances);
    let group = &said.group;
    let for_whom = if reader(letter) == Reader::Host { String::new() } else { format!(" for {host}") };
    if said.together {
        let one =
            format!("ne more of the group of {group}{for_whom} has come and waits with them at reception.");
        let hello = if to.is_empty() { "O".to_owned() } else { format!("Hello{to}, o") };
        return format!("{hello}{one} Your answer about the group counts for them too.");
    }
    match (reader(letter), said.earlier) {
        (Reader::Host, _) => {
            format!("Hello{to}, a visitor is waiting at reception. {}", answer_in_english(sender))
        }
        (Reader::Contact | Reader::Deputy, earlier) => {
            let why = match earlier {
                Earlier::Nobody => ".".to_owned(),
                Earlier::Silent => " and nobody has answered yet.".to_owned(),
                Earlier::Unreachable | Earlier::Spared => format!("; {host} cannot be written to."),
            };
            let waits = format!("a visitor{for_whom} is waiting at reception{why}");
            format!("Hello{to}, {waits} {}", answer_in_english(sender))
        }
        (Reader::Reception, earlier) => {
            let why = match earlier {
                Earlier::Nobody => ".",
                Earlier::Silent => " and nobody has answered yet.",
                Earlier::Unreachable => "; the host cannot be written to.",
                Earlier::Spared => {
                    "; too many visitors came without an appointment in a short time, so the host was not e-mailed."
                }
            };
            format!(
                "A visitor is waiting{why} Please admit or decline them on reception's pages, or by command: frontdesk \
                 admit {0}, or frontdesk decline {0}.",
                letter.number
            )
        }
    }
}

fn answer_in_english(Sender { reception_phone: phone, replies, .. }: &Sender) -> String {
    let how = match (phone.is_empty(), replies) {
        (false, true) => format!(": call {phone}, or reply to this mail."),
        (false, false) => format!(": call {phone}."),
        (true, true) => ": reply to this mail.".to_owned(),
        (true, false) => return "Please tell reception in person whether they may come in.".to_owned(),
    };
    format!("Please tell reception whether they may come in{how}")
}

/// What else the reader must know: whose group it is, who else comes, whether the visitor must be accompanied.
pub(super) fn facts(letter: &Letter, chinese: bool, facts: &mut Vec<(&'static str, String)>) {
    let said = &letter.circumstances;
    let mut push = |zh: (&'static str, String), en: (&'static str, String)| {
        facts.push(if chinese { zh } else { en });
    };
    if !said.group.is_empty() {
        let group = &said.group;
        push(("同行", format!("{group}一行")), ("With", format!("the group of {group}")));
    }
    if said.others {
        push(
            ("同行", "还有人同来，各自登记".to_owned()),
            ("With them", "others, who register by themselves".to_owned()),
        );
    }
    if said.escort {
        push(("陪同", "须全程有人陪同".to_owned()), ("Escort", "must not be alone at any time".to_owned()));
    }
}
