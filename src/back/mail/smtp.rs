//! A mail server: one connection a batch, protected as configured or not used at all.

use crate::config::{Security, Smtp};
use crate::errand::{ErrandId, Outcome, Seen, Trouble};
use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::Noop;
use lettre::transport::smtp::extension::ClientId;
use std::path::PathBuf;

/// Where systemd's `LoadCredential=mail-password:…` puts the password.
const CREDENTIAL: &str = "mail-password";

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
            report(
                *id,
                match open.send(message.envelope(), &message.formatted()) {
                    Ok(_) => Outcome::Done(Seen::Confirmed),
                    Err(problem) => refused(&problem),
                },
            );
            if !open.has_broken() {
                connection = Some(open);
            }
        }
        if let Some(mut open) = connection {
            // Every mail is accepted already; a server that dies over the farewell takes nothing back.
            let _ = open.quit();
        }
    }

    /// Connects, logs in, says goodbye.
    pub fn probe(&self) -> Result<(), Trouble> {
        let mut open = self.connect()?;
        open.command(Noop).map_err(|_| Trouble::MailLater)?;
        let _ = open.quit();
        Ok(())
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
        let mut open = SmtpConnection::connect(address, Some(smtp.timeout), &hello, at_once, None)
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
            let certificate = std::fs::read(file).ok().and_then(|pem| Certificate::from_pem(&pem).ok());
            let Some(certificate) = certificate else {
                tracing::warn!("{} holds no certificate", file.display());
                return Err(Trouble::MailTls);
            };
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
            if problem.is_permanent() || problem.is_client() {
                Trouble::MailLogin
            } else {
                unconnected(&problem)
            }
        })
    }

    /// Read anew for each connection, so that a changed password needs no restart.
    fn password(&self) -> Result<String, Trouble> {
        let credentials = || Some(PathBuf::from(std::env::var_os("CREDENTIALS_DIRECTORY")?).join(CREDENTIAL));
        let Some(file) = self.0.password_file.clone().or_else(credentials) else {
            tracing::warn!("a user is configured for mail, but no password_file");
            return Err(Trouble::MailLogin);
        };
        let password = std::fs::read_to_string(&file).map_err(|problem| {
            tracing::warn!("{}: {problem}", file.display());
            Trouble::MailLogin
        })?;
        let password = password.strip_suffix('\n').unwrap_or(&password);
        Ok(password.strip_suffix('\r').unwrap_or(password).to_owned())
    }
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
    } else if problem.is_transient() || problem.is_permanent() {
        Trouble::MailLater
    } else {
        Trouble::MailUnreachable
    }
}

/// rustls shakes hands with the first byte read, so its refusal comes as an I/O error.
fn is_certificate(problem: &Error) -> bool {
    let mut cause = std::error::Error::source(problem);
    while let Some(error) = cause {
        if error
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData)
        {
            return true;
        }
        cause = error.source();
    }
    false
}

/// What the server said about one mail.
fn refused(problem: &Error) -> Outcome {
    told(problem);
    if problem.is_permanent() {
        Outcome::Failed(Trouble::MailRefused)
    } else if problem.is_client() {
        Outcome::Failed(Trouble::BadLetter)
    } else if problem.is_transient() {
        Outcome::NotYet(Trouble::MailLater)
    } else {
        Outcome::NotYet(Trouble::MailUnreachable)
    }
}
