//! What the mail stories share: a letter, a post, and a real server.

use chrono::DateTime;
use frontdesk::back::mail::Post;
use frontdesk::config::{self, MailKind, Security, Smtp};
use frontdesk::errand::{About, Circumstances, ErrandId, Letter, Outcome};
use frontdesk::paper::letter::Sender;
use frontdesk::words::Lang;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use uuid::Uuid;

pub fn letter() -> Letter {
    Letter {
        about: About::Arrival,
        to: "li.xiaoyun@example.com".to_owned(),
        to_name: "李晓云".to_owned(),
        lang: Lang::ZH,
        visitor: "欧阳修明".to_owned(),
        company: "云栖新能源（杭州）有限公司".to_owned(),
        party: 2,
        host: "李晓云".to_owned(),
        number: "A017".to_owned(),
        arrived: DateTime::parse_from_rfc3339("2026-11-23T09:42:00+08:00").unwrap(),
        visit_type: String::new(),
        purpose: String::new(),
        waiting_at: "一楼前台".to_owned(),
        due: None,
        lines: Vec::new(),
        ticket: None,
        circumstances: Circumstances { heads_to: "三楼 302".to_owned(), ..Circumstances::default() },
    }
}

pub fn id(n: u128) -> ErrandId {
    ErrandId(Uuid::from_u128(n))
}

pub fn head() -> Sender {
    Sender { company: "华越科技 Huayue".to_owned(), reception_phone: "8000".to_owned(), replies: true }
}

pub fn smtp(host: &str, port: u16, security: Security) -> Smtp {
    Smtp {
        host: host.to_owned(),
        port,
        security,
        user: None,
        password_file: None,
        ca_file: None,
        timeout_seconds: Duration::from_secs(10),
    }
}

pub fn post(kind: MailKind) -> Post {
    let mail = config::Mail { from: "前台 <frontdesk@example.com>".to_owned(), kind };
    Post::new(&mail, Some("reception@example.com"), head())
}

pub fn send(post: &mut Post, batch: &[(ErrandId, Letter)]) -> Vec<(ErrandId, Outcome)> {
    let mut told = Vec::new();
    post.send(batch, &mut |id, outcome| told.push((id, outcome)));
    told
}

/// aiosmtpd, killed with the value.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new("tests/.venv/bin/python")
            .arg("tests/support/smtp_server.py")
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("aiosmtpd in tests/.venv (tests/run makes it)");
        let mut port = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().expect("the server says its port");
        Self { child, port }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The mails in a folder, each as python's own parser reads it: one `Name: value` line a header (decoded),
/// an empty line, the plain text, a line of `=`, the HTML.
pub fn mails(folder: &Path) -> Vec<String> {
    const READ: &str = "import sys,email,email.policy
m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default)
for k,v in m.items(): print(f'{k}: {v}')
print()
for part in m.iter_parts(): print(part.get_content()); print('====')";
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let read = Command::new("/usr/bin/python3").args(["-c", READ]).arg(file).output().unwrap();
            assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
            String::from_utf8(read.stdout).unwrap()
        })
        .collect()
}
