//! The mail at the back: builds messages out of letters and hands them to a mail server or a folder.
//! Nothing that a visitor typed becomes a header but through lettre's encoder.

mod folder;
mod message;
mod smtp;

pub use smtp::certificate;

use crate::config::{self, MailKind};
use crate::errand::{ErrandId, Letter, Outcome, Trouble};
use crate::paper::letter::Sender;
use message::Envelope;

/// Whether the password to log in with is systemd's credential for the kiosk, which this process was not given.
pub fn lacks_credential(config: &config::Mail) -> bool {
    match &config.kind {
        MailKind::Smtp(smtp) => smtp.user.is_some() && smtp::password_file(smtp).is_none(),
        MailKind::Folder(_) => false,
    }
}

/// Where mails go.
#[derive(Debug)]
pub struct Post {
    envelope: Envelope,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Smtp(smtp::Server),
    Folder(folder::Folder),
}

impl Post {
    /// The post of this configuration. Connects to nothing yet.
    pub fn new(config: &config::Mail, reply_to: Option<&str>, sender: Sender) -> Self {
        let way = match &config.kind {
            MailKind::Smtp(smtp) => Way::Smtp(smtp::Server::new(smtp)),
            MailKind::Folder(folder) => Way::Folder(folder::Folder::new(folder)),
        };
        Self { envelope: Envelope::new(&config.from, reply_to, sender), way }
    }

    /// Sends these letters over one connection and reports each.
    pub fn send(&mut self, batch: &[(ErrandId, Letter)], report: &mut dyn FnMut(ErrandId, Outcome)) {
        let mut messages = Vec::new();
        for (id, letter) in batch {
            match self.envelope.seal(*id, letter) {
                Ok(message) => messages.push((*id, message)),
                Err(trouble) => report(*id, Outcome::Failed(trouble)),
            }
        }
        match &mut self.way {
            Way::Smtp(server) => server.send(&messages, report),
            Way::Folder(folder) => folder.put(&messages, report),
        }
    }

    /// Looks whether mail could be sent, and sends none.
    ///
    /// # Errors
    /// What is wrong.
    pub fn probe(&mut self) -> Result<(), Trouble> {
        match &mut self.way {
            Way::Smtp(server) => server.probe(self.envelope.sender_address()),
            Way::Folder(folder) => folder.probe(),
        }
    }
}
