//! From a letter to a message with all its headers.

use crate::errand::{ErrandId, Letter, Trouble};
use crate::paper::letter::{Sender, write};
use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
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
        Self { from: from.parse().ok(), reply_to: reply_to.and_then(|address| address.parse().ok()), sender }
    }

    /// Who writes.
    pub fn sender_address(&self) -> Option<Address> {
        self.from.as_ref().map(|from| from.email.clone())
    }

    /// The message of a letter. Its id is the errand's, so that the same errand is always the same message.
    pub fn seal(&self, id: ErrandId, letter: &Letter) -> Result<Message, Trouble> {
        let from = self.from.clone().ok_or(Trouble::BadLetter)?;
        let to: Address = letter.to.parse().map_err(|_| Trouble::BadLetter)?;
        let name = (!letter.to_name.is_empty()).then(|| letter.to_name.clone());
        let words = write(letter, &self.sender);
        let mut message = Message::builder()
            .message_id(Some(format!("<{}@{}>", id.0, from.email.domain())))
            .date(queued(id).unwrap_or_else(|| SystemTime::from(letter.arrived)))
            .from(from)
            .to(Mailbox::new(name, to))
            .subject(words.subject)
            .header(AutoSubmitted);
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        let body = MultiPart::alternative_plain_html(words.text, words.html);
        message.multipart(body).map_err(|_| Trouble::BadLetter)
    }
}

/// When the errand came to be: its id tells, and is the same at every try.
fn queued(id: ErrandId) -> Option<SystemTime> {
    let (seconds, nanos) = id.0.get_timestamp()?.to_unix();
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanos))
}
