//! Mails, from the facts of an errand: which sentences of the catalogue, in which order. Knows no mail server; says
//! nothing that is not known.

mod office;
mod on_site;
mod parcels;
mod shielding;
mod typed;
mod visitor;

#[cfg(test)]
pub(crate) mod every;

pub use typed::without_links;

use crate::errand::{About, Letter, Reader};
use crate::words::{Lang, words};
use html_escape::encode_text;
use shielding::shielded;
use typed::harmless;

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
    words!(lang, "letter-watched")
}

/// What is left of something that runs out.
pub fn how_many_are_left(stock: u32, safety: u32, lang: Lang) -> String {
    words!(lang, "letter-supply-left", stock = stock, safety = safety)
}

/// By this name the words of an invitation show the picture of its QR code.
pub const QR: &str = "qr";

/// Whether the letter shows the QR code of an invitation that is good.
pub fn shows_code(letter: &Letter) -> bool {
    letter.ticket.is_some() && letter.about == (About::Invited { cancelled: false })
}

/// Words the letter. A language without words of its own gets English.
pub fn write(letter: &Letter, sender: &Sender) -> Written {
    let letter = &shielded(&harmless(letter));
    let mut parts = office::parts(letter, &sender.company).unwrap_or_else(|| on_site::parts(letter, sender));
    parts.closing = closing(sender, letter.lang);
    // One line, whatever stands in a name: a subject is a header.
    let subject = parts.subject.replace(char::is_control, " ");
    Written {
        text: as_text(&parts, letter.lang),
        html: as_html(&parts, words!(letter.lang, "mail-lang"), shows_code(letter)),
        subject,
    }
}

fn closing(sender: &Sender, lang: Lang) -> Vec<String> {
    let Sender { company, reception_phone: phone, .. } = sender;
    let reception = (!phone.is_empty()).then(|| words!(lang, "closing-phone", phone = phone));
    reception.into_iter().chain([words!(lang, "closing-sender", company = company)]).collect()
}

/// How the mail begins; `$greeting` of every letter.
fn greeting(letter: &Letter) -> String {
    match letter.to_name.as_str() {
        "" => words!(letter.lang, "greeting-nobody").to_owned(),
        to => words!(letter.lang, "greeting", to = to),
    }
}

/// Who reads it, as the messages of the catalogue tell them apart.
fn reader_key(letter: &Letter) -> &'static str {
    match reader(letter) {
        Reader::Host => "host",
        Reader::Contact | Reader::Deputy => "stand-in",
        Reader::Reception => "reception",
    }
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

fn as_text(parts: &Parts, lang: Lang) -> String {
    let fact = |(label, value): &(&str, String)| words!(lang, "fact", label = *label, value = value) + "\n";
    let facts: String = parts.facts.iter().map(fact).collect();
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
