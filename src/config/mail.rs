//! `[mail]`: where mails go, and how the mail server is reached.

use super::table::Table;
use super::values::{filled, number, one_of, parsed, sender};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Mails.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mail {
    /// The sender: `Name <address>` or an address.
    pub from: String,
    /// Where mails go.
    pub kind: MailKind,
}

/// Where mails go.
#[derive(Clone, Debug, PartialEq)]
pub enum MailKind {
    /// To a mail server.
    Smtp(Smtp),
    /// `.eml` files in this folder.
    Folder(PathBuf),
}

/// How to reach the mail server.
#[derive(Clone, Debug, PartialEq)]
pub struct Smtp {
    /// Its host name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user to log in as; none: no login.
    pub user: Option<String>,
    /// The file that holds the password: never the password itself.
    pub password_file: Option<PathBuf>,
    /// A PEM file of a certificate authority to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// How long one answer may take.
    pub timeout_seconds: Duration,
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// STARTTLS, and nothing is said before it (port 587).
    StartTls,
    /// None; only for a server on this machine.
    None,
}

impl Default for MailKind {
    fn default() -> Self {
        Self::Folder(PathBuf::new())
    }
}

impl Mail {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let smtp = table.key("kind", one_of(&[("smtp", true), ("folder", false)])).unwrap_or(false);
        let folder = table.path("folder").unwrap_or_else(|| table.in_folder("out/mails"));
        let from = table.key("from", parsed("a mail address, or \"Name <address>\"", sender));
        if smtp && !table.says("from") {
            // The built-in sender is invented: no server would take it, or worse, it would.
            table.wrong("[mail] from: the sender is expected with kind = \"smtp\"");
        }
        let server = Smtp::read(table, smtp);
        let hint = "a password does not belong here; write it to a file and name that as password_file";
        table.refuse("password", hint);
        if !table.says("kind") {
            let why = "kind = \"smtp\" is missing; without it mails are written as files";
            let of_smtp = ["host", "port", "security", "user", "password_file", "ca_file", "timeout_seconds"];
            of_smtp.iter().for_each(|key| table.object(key, why));
        }
        let kind = if smtp { MailKind::Smtp(server) } else { MailKind::Folder(folder) };
        Self { from: from.unwrap_or_else(|| default.from.clone()), kind }
    }
}

impl Smtp {
    /// `used`: mails go to it.
    fn read(table: &mut Table<'_>, used: bool) -> Self {
        let words = [("tls", Security::Tls), ("starttls", Security::StartTls), ("none", Security::None)];
        let host = table.key("host", |value| {
            let right =
                "a name such as \"mail.example.com\" is expected; its port stands in a line of its own";
            filled(value).and_then(|host| if is_host(&host) { Ok(host) } else { Err(right.to_owned()) })
        });
        let security = table.key("security", one_of(&words)).unwrap_or(Security::StartTls);
        let port = table.key("port", number(1..=65535)).and_then(|port| u16::try_from(port).ok());
        let smtp = Self {
            host: host.unwrap_or_default(),
            port: port.unwrap_or_else(|| security.port()),
            security,
            user: table.key("user", filled),
            password_file: table.path("password_file"),
            ca_file: table.path("ca_file"),
            timeout_seconds: table.time("timeout_seconds", 1..=3600, SECOND).unwrap_or(SECOND * 15),
        };
        if used {
            smtp.object(table);
        }
        smtp
    }

    /// What is wrong with a server that mails go to.
    fn object(&self, table: &Table<'_>) {
        if !table.says("host") {
            table.wrong("[mail] host: the mail server's name is expected with kind = \"smtp\"");
        }
        let near = ["localhost", "127.0.0.1", "::1"].contains(&self.host.as_str());
        if self.security == Security::None && !self.host.is_empty() && !near {
            let what = if self.user.is_some() { "the password" } else { "visitors' names" };
            let why = format!("\"none\" would send {what} in the open; use \"tls\" or \"starttls\"");
            table.object("security", &why);
        }
        if self.user.is_none() && !table.says("user") {
            table.object("password_file", "user is missing; without it nobody logs in");
        }
    }
}

impl Security {
    /// The usual port (RFC 8314, RFC 6409, RFC 5321).
    fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::None => 25,
        }
    }
}

/// A name or an address, and nothing around it.
fn is_host(host: &str) -> bool {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    host.chars().all(in_name) || host.parse::<IpAddr>().is_ok()
}
