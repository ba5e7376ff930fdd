//! A mail server: one connection a batch, protected as configured or not used at all.

use crate::config::{Security, Smtp};
use crate::errand::{ErrandId, Outcome, Seen, Trouble};
use crate::files::named;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where systemd's `LoadCredential=mail-password:…` puts the password.
const CREDENTIAL: &str = "mail-password";

/// How a certificate begins.
const PEM: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// How long the answer to a whole mail may take (RFC 5321, 4.5.3.2.6): a server that looks for viruses first has
/// the mail already, and whoever hangs up sends a second copy.
const AFTER_THE_DOT: Duration = Duration::from_mins(10);

/// The server of the configuration.
#[derive(Debug)]
pub(super) struct Server(Smtp);

impl Server {
    pub fn new(smtp: &Smtp) -> Self {
        Self(smtp.clone())
    }

    /// A mail that is not accepted with its 250 is not sent: it goes again, under the same Message-ID.
    pub fn send(&self, messages: &[(ErrandId, Message)], report: &mut dyn FnMut(ErrandId, Outcome)) {
        let mut connection = None;
        for (id, message) in messages {
            let open = match connection.take() {
                Some(open) => Ok(open),
                None => self.connect(),
            };
            let mut open = match open {
                Ok(open) => open,
                Err(trouble) => {
                    report(*id, Outcome::NotYet(trouble));
                    continue;
                }
            };
            let outcome = self.hand_over(&mut open, message);
            report(*id, outcome);
            if outcome == Outcome::Done(Seen::Confirmed) {
                connection = Some(open);
            } else {
                open.abort();
            }
        }
        if let Some(mut open) = connection {
            // Every mail is accepted already; a server that dies over the farewell takes nothing back.
            let _ = open.quit();
        }
    }

    /// One mail over an open connection: who writes, to whom, the mail and its dot.
    fn hand_over(&self, open: &mut SmtpConnection, message: &Message) -> Outcome {
        let whole = message.formatted();
        if let Err(outcome) = address(open, message.envelope(), whole.is_ascii()) {
            return outcome;
        }
        if let Err(problem) = open.set_timeout(Some(self.0.timeout_seconds.max(AFTER_THE_DOT))) {
            tracing::warn!("mail server: {problem}");
            return Outcome::NotYet(Trouble::MailUnreachable);
        }
        let taken = open.message(&whole);
        let back = open.set_timeout(Some(self.0.timeout_seconds));
        match taken {
            Ok(_) => {
                if back.is_err() {
                    open.abort();
                }
                Outcome::Done(Seen::Confirmed)
            }
            // The server has the mail, and what it says of it cannot be read: sent again it may come twice.
            Err(problem) if is_garbled(&problem) => {
                told(&problem);
                Outcome::Unknown(Trouble::MailRefused)
            }
            Err(problem) => refused(&problem),
        }
    }

    /// Connects, logs in, says who would write, says goodbye.
    pub fn probe(&self, from: Option<Address>) -> Result<(), Trouble> {
        let mut open = self.connect()?;
        let heard = open.command(Mail::new(from, Vec::new())).and_then(|_| open.command(Rset));
        let _ = open.quit();
        heard.map(drop).map_err(|problem| {
            told(&problem);
            if problem.is_permanent() || is_garbled(&problem) {
                Trouble::MailRefused
            } else {
                Trouble::MailLater
            }
        })
    }

    fn connect(&self) -> Result<SmtpConnection, Trouble> {
        let smtp = &self.0;
        let tls = match smtp.security {
            Security::None => None,
            Security::Tls | Security::StartTls => Some(self.tls()?),
        };
        let hello = ClientId::default();
        let at_once = tls.as_ref().filter(|_| smtp.security == Security::Tls);
        let address = (smtp.host.as_str(), smtp.port);
        let mut open = SmtpConnection::connect(address, Some(smtp.timeout_seconds), &hello, at_once, None)
            .map_err(|problem| unconnected(&problem))?;
        if let (Security::StartTls, Some(tls)) = (smtp.security, &tls) {
            if !open.can_starttls() {
                tracing::warn!("the mail server offers no STARTTLS; nothing is sent in the open");
                return Err(Trouble::MailTls);
            }
            open.starttls(tls, &hello).map_err(|problem| unconnected(&problem))?;
        }
        if let Some(user) = &smtp.user {
            self.log_in(&mut open, user)?;
        }
        Ok(open)
    }

    fn tls(&self) -> Result<TlsParameters, Trouble> {
        let mut tls = TlsParameters::builder(self.0.host.clone());
        if let Some(file) = &self.0.ca_file {
            let certificate = certificate(file).map_err(|problem| {
                tracing::warn!("{}: {problem}", file.display());
                Trouble::MailTls
            })?;
            tls = tls.add_root_certificate(certificate);
        }
        tls.build().map_err(|problem| {
            tracing::warn!("{problem}");
            Trouble::MailTls
        })
    }

    fn log_in(&self, open: &mut SmtpConnection, user: &str) -> Result<(), Trouble> {
        let near = ["localhost", "127.0.0.1", "::1"].contains(&self.0.host.as_str());
        if !open.is_encrypted() && !near {
            return Err(Trouble::MailTls);
        }
        let credentials = Credentials::new(user.to_owned(), self.password()?);
        open.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).map(drop).map_err(|problem| {
            // A 4xx says that the server cannot look just now.
            if problem.is_permanent() || problem.is_client() || is_garbled(&problem) {
                Trouble::MailLogin
            } else {
                unconnected(&problem)
            }
        })
    }

    /// Read anew for each connection, so that a changed password needs no restart.
    fn password(&self) -> Result<String, Trouble> {
        let Some(file) = password_file(&self.0) else {
            tracing::warn!("a user is configured for mail, but there is no password_file and no credential");
            return Err(Trouble::MailLogin);
        };
        let password = named::read_text(&file).map_err(|problem| {
            tracing::warn!("{}: {problem}", file.display());
            Trouble::MailLogin
        })?;
        let password = password.strip_suffix('\n').unwrap_or(&password);
        Ok(password.strip_suffix('\r').unwrap_or(password).to_owned())
    }
}

/// The certificate of an authority to trust.
///
/// # Errors
/// There is none in this file; says why.
pub fn certificate(file: &Path) -> Result<Certificate, String> {
    let pem = named::read(file, named::WRITTEN_BY_HAND).map_err(|problem| problem.to_string())?;
    let none = || "it holds no certificate (PEM)".to_owned();
    if !pem.windows(PEM.len()).any(|window| window == PEM) {
        return Err(none());
    }
    Certificate::from_pem(&pem).map_err(|_| none())
}

/// Where the password is: the file of the configuration, or what systemd gave the service.
pub(super) fn password_file(smtp: &Smtp) -> Option<PathBuf> {
    let credentials = || Some(PathBuf::from(std::env::var_os("CREDENTIALS_DIRECTORY")?).join(CREDENTIAL));
    smtp.password_file.clone().or_else(credentials)
}

/// Says who writes and to whom, until the server waits for the mail itself.
fn address(open: &mut SmtpConnection, envelope: &Envelope, ascii: bool) -> Result<(), Outcome> {
    let mut options = Vec::new();
    let everybody = envelope.to().iter().chain(envelope.from());
    for (is_needed, extension, option) in [
        (!ascii, Extension::EightBitMime, MailParameter::Body(MailBodyParameter::EightBitMime)),
        (
            everybody.map(AsRef::<str>::as_ref).any(|address| !address.is_ascii()),
            Extension::SmtpUtfEight,
            MailParameter::SmtpUtfEight,
        ),
    ] {
        if is_needed && !open.server_info().supports_feature(extension) {
            tracing::warn!("the mail server cannot take this address or this mail: it lacks {extension}");
            return Err(Outcome::Failed(Trouble::BadLetter));
        } else if is_needed {
            options.push(option);
        }
    }
    let mut say = |command: String| open.command(command).map(drop).map_err(|problem| refused(&problem));
    say(Mail::new(envelope.from().cloned(), options).to_string())?;
    for to in envelope.to() {
        say(Rcpt::new(to.clone(), Vec::new()).to_string())?;
    }
    say(Data.to_string())
}

/// A server's answer may name the recipient: only its code is logged, the rest for who looks for it.
fn told(problem: &Error) {
    match problem.status() {
        Some(code) => tracing::warn!("mail server: {code}"),
        None => tracing::warn!("mail server: {problem}"),
    }
    tracing::debug!("mail server: {problem}");
}

/// Why there is no connection. A server that turns everybody away may take the mail later.
fn unconnected(problem: &Error) -> Trouble {
    told(problem);
    if problem.is_tls() || is_certificate(problem) {
        Trouble::MailTls
    } else if problem.is_transient() || problem.is_permanent() || is_garbled(problem) {
        Trouble::MailLater
    } else {
        Trouble::MailUnreachable
    }
}

/// rustls shakes hands with the first byte read, so its refusal comes as an I/O error that holds its own.
fn is_certificate(problem: &Error) -> bool {
    invalid(problem).is_some_and(|io| io.get_ref().is_some())
}

/// An answer that is not in UTF-8. Good news is in ASCII everywhere: this is a refusal in the server's own words.
fn is_garbled(problem: &Error) -> bool {
    invalid(problem).is_some_and(|io| io.get_ref().is_none())
}

fn invalid(problem: &Error) -> Option<&std::io::Error> {
    let mut cause = std::error::Error::source(problem);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if let Some(io) = io.filter(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return Some(io);
        }
        cause = error.source();
    }
    None
}

/// What the server said about one mail.
fn refused(problem: &Error) -> Outcome {
    told(problem);
    if problem.is_permanent() || is_garbled(problem) {
        Outcome::Failed(Trouble::MailRefused)
    } else if problem.is_client() {
        Outcome::Failed(Trouble::BadLetter)
    } else if problem.is_transient() {
        Outcome::NotYet(Trouble::MailLater)
    } else {
        Outcome::NotYet(Trouble::MailUnreachable)
    }
}
