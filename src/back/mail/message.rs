//! From a letter to a message with all its headers.

use crate::errand::{ErrandId, Letter, Ticket, Trouble};
use crate::paper::letter::{QR, Sender, Written, shows_code, write};
use crate::paper::{calendar, qr};
use crate::visit::MailAddress;
use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use std::time::{Duration, SystemTime};

/// RFC 3834: no automatic answers to this, please.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// What is the same on every message.
#[derive(Debug)]
pub(super) struct Envelope {
    from: Option<Mailbox>,
    reply_to: Option<Mailbox>,
    sender: Sender,
}

impl Envelope {
    pub fn new(from: &str, reply_to: Option<&str>, sender: Sender) -> Self {
        let reply_to = reply_to.and_then(address).map(|address| Mailbox::new(None, address));
        Self { from: from.parse().ok(), reply_to, sender }
    }

    /// Who writes.
    pub fn sender_address(&self) -> Option<Address> {
        self.from.as_ref().map(|from| from.email.clone())
    }

    /// The message of a letter. Its id is the errand's, so that the same errand is always the same message.
    pub fn seal(&self, id: ErrandId, letter: &Letter) -> Result<Message, Trouble> {
        let from = self.from.clone().ok_or(Trouble::BadLetter)?;
        let to = address(&letter.to).ok_or(Trouble::BadLetter)?;
        // lettre cannot write a name with control characters, and stumbles over it.
        let name = letter.to_name.replace(char::is_control, " ");
        let name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
        let from_address = from.email.to_string();
        let words = write(letter, &self.sender);
        let mut message = Message::builder()
            .message_id(Some(format!("<{}@{}>", id.0, from.email.domain())))
            .date(queued(id).unwrap_or_else(|| SystemTime::from(letter.arrived)))
            .from(from)
            .to(Mailbox::new(name, to))
            .subject(words.subject.clone())
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        let body = match &letter.ticket {
            None => MultiPart::alternative_plain_html(words.text, words.html),
            Some(ticket) => self.with_ticket(letter, ticket, words, from_address.as_str())?,
        };
        message.multipart(body).map_err(|_| Trouble::BadLetter)
    }

    /// The words with the QR code in them, the code once more as a file to keep, and the appointment.
    fn with_ticket(
        &self,
        letter: &Letter,
        ticket: &Ticket,
        words: Written,
        from: &str,
    ) -> Result<MultiPart, Trouble> {
        let kind = |kind: &str| ContentType::parse(kind).map_err(|_| Trouble::BadLetter);
        let company = &self.sender.company;
        let appointment = calendar::appointment(letter, ticket, company, from);
        let method = if shows_code(letter) { "PUBLISH" } else { "CANCEL" };
        let appointment = Attachment::new("visit.ics".to_owned())
            .body(appointment.into_bytes(), kind(&format!("text/calendar; charset=utf-8; method={method}"))?);
        let html = SinglePart::html(words.html);
        let words = MultiPart::alternative().singlepart(SinglePart::plain(words.text));
        if !shows_code(letter) {
            return Ok(MultiPart::mixed().multipart(words.singlepart(html)).singlepart(appointment));
        }
        let code = qr::picture(&ticket.token).ok_or(Trouble::BadLetter)?;
        let shown = Attachment::new_inline(QR.to_owned()).body(code.clone(), kind("image/png")?);
        let kept = Attachment::new("invitation.png".to_owned()).body(code, kind("image/png")?);
        let words = words.multipart(MultiPart::related().singlepart(html).singlepart(shown));
        Ok(MultiPart::mixed().multipart(words).singlepart(kept).singlepart(appointment))
    }
}

/// Parsed once more: what an earlier version kept may have a domain that goes out in another way.
fn address(kept: &str) -> Option<Address> {
    MailAddress::parse(kept)?.to_lettre()
}

/// When the errand came to be: its id tells, and is the same at every try.
fn queued(id: ErrandId) -> Option<SystemTime> {
    let (seconds, nanos) = id.0.get_timestamp()?.to_unix();
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errand::{About, Circumstances};
    use crate::visit::Token;
    use crate::words::Lang;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn letter(typed: &[String]) -> Letter {
        let at = chrono::DateTime::parse_from_rfc3339("2026-11-23T09:00:00+08:00").unwrap();
        let ticket = Ticket {
            id: "0198c0de".to_owned(),
            token: Token::from_bytes([7; 16]),
            code: "A7K3M9".to_owned(),
            from: at,
            until: at,
            days: 0,
            pieces: Vec::new(),
            place: typed[0].clone(),
            sequence: 0,
        };
        Letter {
            about: About::Invited { cancelled: false },
            to: "ouyang@example.com".to_owned(),
            to_name: typed[1].clone(),
            lang: Lang::EN,
            visitor: typed[1].clone(),
            company: typed[2].clone(),
            party: 0,
            host: typed[3].clone(),
            number: String::new(),
            arrived: at,
            visit_type: String::new(),
            purpose: String::new(),
            waiting_at: typed[0].clone(),
            due: None,
            lines: Vec::new(),
            ticket: Some(Box::new(ticket)),
            circumstances: Circumstances::default(),
        }
    }

    /// The names of the headers of the message itself.
    fn headers(typed: &[String]) -> Vec<String> {
        let head = Sender { company: typed[4].clone(), reception_phone: String::new(), replies: true };
        let envelope = Envelope::new("desk@example.com", Some("reception@example.com"), head);
        let message = envelope.seal(ErrandId(Uuid::from_u128(7)), &letter(typed)).unwrap().formatted();
        let message = String::from_utf8_lossy(&message).into_owned();
        let (head, _) = message.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut names: Vec<String> =
            head.split("\r\n").map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect();
        names.sort();
        names
    }

    /// A message to this address, as it goes out.
    fn sealed(from: &str, to: &str, to_name: &str) -> String {
        let head = Sender { company: "Huayue".to_owned(), reception_phone: String::new(), replies: true };
        let envelope = Envelope::new(from, Some("empfang@müller.de"), head);
        let typed = vec!["a".to_owned(); 5];
        let letter =
            Letter { to: to.to_owned(), to_name: to_name.to_owned(), ticket: None, ..letter(&typed) };
        let message = envelope.seal(ErrandId(Uuid::from_u128(7)), &letter).unwrap();
        String::from_utf8(message.formatted()).unwrap()
    }

    #[test]
    fn addresses_that_were_kept_by_an_earlier_version_go_out_in_ascii() {
        for (kept, to) in [
            ("zhou@example.com", "To: zhou@example.com\r\n"),
            ("zhou@例子.公司", "To: zhou@xn--fsqu00a.xn--55qx5d\r\n"),
            ("info@müller.de", "To: info@xn--mller-kva.de\r\n"),
        ] {
            let message = sealed("desk@example.com", kept, "");
            assert!(
                message.contains(to) && message.contains("Reply-To: empfang@xn--mller-kva.de\r\n"),
                "{message}"
            );
        }
    }

    #[test]
    fn the_name_in_the_header_is_not_isolated() {
        let message = sealed("desk@example.com", "moshe@example.com", "משה");
        let encoded = data_encoding::BASE64.encode("משה".as_bytes());
        assert!(message.contains(&format!("To: =?utf-8?b?{encoded}?= <moshe@example.com>")), "{message}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_typed_becomes_a_header(
            typed in prop::collection::vec(
                prop_oneof![
                    "\\PC{0,40}",
                    "[\r\n:,<>@\"a]{0,20}",
                    Just("x\r\nBcc: everybody@example.com\r\n\r\nwords".to_owned()),
                ],
                5
            ),
        ) {
            let plain = vec!["a".to_owned(); 5];
            prop_assert_eq!(headers(&typed), headers(&plain));
        }
    }
}
