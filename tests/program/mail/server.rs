//! Mail to a real server: in the open on this machine, protected, logged in, and refused for good reasons.

use super::support::{Server, id, letter, mails, post, send, smtp};
use data_encoding::BASE64;
use frontdesk::config::{MailKind, Security, Smtp};
use frontdesk::errand::{Circumstances, Letter, Outcome, Seen, Trouble};
use frontdesk::words::Lang;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SENT: Outcome = Outcome::Done(Seen::Confirmed);

/// A certificate for `name`, and its key.
fn certificate(folder: &Path, name: &str) -> (PathBuf, PathBuf) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let (certificate, key) = (folder.join("certificate.pem"), folder.join("key.pem"));
    fs::write(&certificate, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (certificate, key)
}

struct Office {
    folder: tempfile::TempDir,
    mails: PathBuf,
    smtp: Smtp,
    _server: Server,
}

/// A server that protects as `security` says, with user `desk` and password `open sesame`.
fn office(security: Security, name: &str) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mails");
    fs::create_dir(&mails).unwrap();
    let (certificate, key) = certificate(folder.path(), name);
    let word = match security {
        Security::Tls => "tls",
        Security::StartTls => "starttls",
        Security::None => "plain",
    };
    let (certificate_path, key) = (certificate.to_str().unwrap(), key.to_str().unwrap());
    let server = Server::start(&mails, &[word, certificate_path, key, "desk", "open sesame"]);
    let password = folder.path().join("password");
    fs::write(&password, "open sesame\n").unwrap();
    let smtp = Smtp {
        user: Some("desk".to_owned()),
        password_file: Some(password),
        ca_file: Some(certificate),
        ..smtp("localhost", server.port, security)
    };
    Office { folder, mails, smtp, _server: server }
}

fn outcome(smtp: &Smtp) -> Outcome {
    send(&mut post(MailKind::Smtp(smtp.clone())), &[(id(7), letter())])[0].1
}

#[test]
fn a_mail_arrives_as_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["plain"]);
    let mut post = post(MailKind::Smtp(smtp("127.0.0.1", server.port, Security::None)));
    assert_eq!(send(&mut post, &[(id(7), letter())]), [(id(7), SENT)]);
    let arrived = mails(folder.path()).remove(0);
    for line in [
        "X-Envelope-From: frontdesk@example.com",
        "X-Envelope-To: li.xiaoyun@example.com",
        "From: 前台 <frontdesk@example.com>",
        "To: 李晓云 <li.xiaoyun@example.com>",
        "Reply-To: reception@example.com",
        "Message-ID: <00000000-0000-0000-0000-000000000007@example.com>",
        "Auto-Submitted: auto-generated",
        "Date: Mon, 23 Nov 2026 01:42:00 +0000",
    ] {
        assert!(arrived.lines().any(|l| l == line), "{line} is missing in\n{arrived}");
    }
    let subject = arrived.lines().find(|line| line.starts_with("Subject: ")).unwrap();
    assert!(subject.contains("欧阳修明"), "{subject}");
    let (text, html) = arrived.split_once("====").unwrap();
    for fact in ["欧阳修明", "云栖新能源（杭州）有限公司", "另有 2 人", "11月23日 09:42", "A017", "三楼 302"]
    {
        assert!(text.contains(fact) && html.contains(fact), "{fact} is missing in\n{arrived}");
    }
}

/// Chinese and English are equals: the same facts, and not a Chinese word but in names.
#[test]
fn an_english_mail_is_english() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["plain"]);
    let mut post = post(MailKind::Smtp(smtp("127.0.0.1", server.port, Security::None)));
    let english = Letter {
        lang: Lang::EN,
        to_name: "Li Xiaoyun".to_owned(),
        visitor: "John Carter".to_owned(),
        company: "Acme Instruments Ltd.".to_owned(),
        host: "Li Xiaoyun".to_owned(),
        circumstances: Circumstances {
            heads_to: "Room 302, 3rd floor".to_owned(),
            ..Circumstances::default()
        },
        ..letter()
    };
    assert_eq!(send(&mut post, &[(id(7), english)]), [(id(7), SENT)]);
    let arrived = mails(folder.path()).remove(0);
    let subject = arrived.lines().find(|line| line.starts_with("Subject: ")).unwrap();
    assert!(subject.contains("John Carter"), "{subject}");
    let (text, html) = arrived.split_once("\n\n").unwrap().1.split_once("====").unwrap();
    for fact in
        ["John Carter", "Acme Instruments Ltd.", "2 more", "23 Nov", "09:42", "A017", "Room 302, 3rd floor"]
    {
        assert!(text.contains(fact) && html.contains(fact), "{fact} is missing in\n{arrived}");
    }
    let ours = arrived.replace("华越科技 Huayue", "").replace("前台", "");
    assert!(!ours.chars().any(|c| ('\u{3000}'..='\u{9FFF}').contains(&c)), "{arrived}");
}

#[test]
fn what_a_visitor_types_is_no_html() {
    let folder = tempfile::tempdir().unwrap();
    let mut post = post(MailKind::Folder(folder.path().to_owned()));
    let typed = "<b onclick='x'>Tom</b> & <script>";
    let letter = Letter {
        visitor: typed.to_owned(),
        company: typed.to_owned(),
        purpose: typed.to_owned(),
        ..letter()
    };
    send(&mut post, &[(id(7), letter)]);
    let mail = mails(folder.path()).remove(0);
    let (text, html) = mail.split_once("====").unwrap();
    assert!(text.contains(typed));
    assert!(html.contains("&lt;b onclick='x'&gt;Tom&lt;/b&gt; &amp; &lt;script&gt;"), "{html}");
    assert!(!html.contains("<b onclick") && !html.contains("<script"), "{html}");
}

#[test]
fn a_mail_goes_to_one_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["plain"]);
    let mut post = post(MailKind::Smtp(smtp("127.0.0.1", server.port, Security::None)));
    let name = "A, <b@example.org>; c@example.org".to_owned();
    let letter = Letter { to_name: name.clone(), visitor: name.clone(), company: name, ..letter() };
    assert_eq!(send(&mut post, &[(id(7), letter.clone()), (id(8), letter)]), [(id(7), SENT), (id(8), SENT)]);
    for mail in mails(folder.path()) {
        let to: Vec<&str> = mail.lines().filter(|line| line.starts_with("X-Envelope-To:")).collect();
        assert_eq!(to, ["X-Envelope-To: li.xiaoyun@example.com"]);
    }
}

/// The real program with systemd's credential, and everything logged that there is.
#[test]
fn the_password_is_systemds_credential_and_in_no_log() {
    let office = office(Security::StartTls, "localhost");
    let folder = office.folder.path();
    fs::write(folder.join("mail-password"), "open sesame\n").unwrap();
    let ca = office.smtp.ca_file.as_ref().unwrap().display();
    let config = format!(
        "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"localhost\"\nport = {}\nuser = \"desk\"\nca_file = \"{ca}\"\n",
        office.smtp.port
    );
    fs::write(folder.join("kiosk.toml"), config).unwrap();
    let doctor = |password: &str| {
        fs::write(folder.join("mail-password"), password).unwrap();
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        frontdesk.current_dir(folder).env("FRONTDESK_LOG", "trace").env("CREDENTIALS_DIRECTORY", folder);
        let ran = frontdesk.args(["--config", "kiosk.toml", "doctor"]).output().unwrap();
        String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap()
    };
    for (password, mark) in [("open sesame\n", "ok"), ("let me in\n", "WRONG")] {
        let said = doctor(password);
        let mail = said.lines().find(|line| line.contains("  mail  ")).unwrap();
        assert!(mail.starts_with(mark), "{said}");
        let coded = BASE64.encode(format!("\0desk\0{}", password.trim()).as_bytes());
        for secret in [password.trim(), &coded, &BASE64.encode(password.trim().as_bytes())] {
            assert!(!said.contains(secret), "{secret} in\n{said}");
        }
    }
}

#[test]
fn the_same_errand_is_the_same_mail() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["plain"]);
    let mut post = post(MailKind::Smtp(smtp("127.0.0.1", server.port, Security::None)));
    send(&mut post, &[(id(7), letter())]);
    send(&mut post, &[(id(7), letter()), (id(8), letter())]);
    let ids: Vec<String> = mails(folder.path())
        .iter()
        .map(|mail| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(ids.iter().filter(|id| id.contains("0007@")).count(), 2, "{ids:?}");
}

#[test]
fn protected_and_logged_in_both_ways() {
    for security in [Security::Tls, Security::StartTls] {
        let office = office(security, "localhost");
        assert_eq!(outcome(&office.smtp), SENT, "{security:?}");
        assert_eq!(mails(&office.mails).len(), 1, "{security:?}");
        assert_eq!(post(MailKind::Smtp(office.smtp.clone())).probe(), Ok(()), "{security:?}");
        assert_eq!(mails(&office.mails).len(), 1, "looking sends nothing");
    }
}

#[test]
fn a_wrong_password_is_said_to_be_one() {
    let office = office(Security::StartTls, "localhost");
    fs::write(office.folder.path().join("password"), "let me in").unwrap();
    assert_eq!(outcome(&office.smtp), Outcome::NotYet(Trouble::MailLogin));
    assert_eq!(post(MailKind::Smtp(office.smtp.clone())).probe(), Err(Trouble::MailLogin));
    let without =
        Smtp { password_file: Some(office.folder.path().join("nothing here")), ..office.smtp.clone() };
    assert_eq!(outcome(&without), Outcome::NotYet(Trouble::MailLogin));
    // A corrected file needs no restart.
    fs::write(office.folder.path().join("password"), "open sesame").unwrap();
    assert_eq!(outcome(&office.smtp), SENT);
}

#[test]
fn a_certificate_that_nobody_trusts_gets_nothing() {
    for security in [Security::Tls, Security::StartTls] {
        let stranger = office(security, "localhost");
        let untrusted = Smtp { ca_file: None, ..stranger.smtp.clone() };
        assert_eq!(outcome(&untrusted), Outcome::NotYet(Trouble::MailTls), "{security:?}");
        let imposter = office(security, "mail.elsewhere.example");
        assert_eq!(outcome(&imposter.smtp), Outcome::NotYet(Trouble::MailTls), "{security:?}");
        assert!(mails(&stranger.mails).is_empty() && mails(&imposter.mails).is_empty());
    }
}

#[test]
fn nothing_is_said_in_the_open_where_protection_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), &["plain"]);
    let wanted = smtp("localhost", server.port, Security::StartTls);
    assert_eq!(outcome(&wanted), Outcome::NotYet(Trouble::MailTls));
    assert!(mails(folder.path()).is_empty());
}
