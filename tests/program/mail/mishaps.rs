//! A mail server that fails at each step of a mail, in each way. No letter is lost, none is called sent
//! that was not, and only a break after the last dot can make a second copy, under the same Message-ID.

use super::support::{id, letter, mails, post, send, smtp};
use frontdesk::back::mail::Post;
use frontdesk::config::{MailKind, Security, Smtp};
use frontdesk::errand::{Letter, Outcome, Seen, Trouble};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Longer than the client waits.
const SILENCE: Duration = Duration::from_millis(600);
const SENT: Outcome = Outcome::Done(Seen::Confirmed);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Greeting,
    Hello,
    StartTls,
    LogIn,
    From,
    To,
    Data,
    Dot,
    Farewell,
}

/// Without the one that only a protected connection has.
const STEPS: [Step; 8] =
    [Step::Greeting, Step::Hello, Step::LogIn, Step::From, Step::To, Step::Data, Step::Dot, Step::Farewell];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Failure {
    /// Says 450.
    Later,
    /// Says 550.
    Never,
    /// Hangs up.
    Drop,
    /// Says nothing more.
    Silence,
    /// Says what it should, later than the client waits for any other answer.
    Slow,
    /// Says 550 and why, in another encoding than UTF-8.
    Garbled,
}

const ALL: [Failure; 6] =
    [Failure::Later, Failure::Never, Failure::Drop, Failure::Silence, Failure::Slow, Failure::Garbled];

/// A server of a few lines that fails once, where it is told to; the Message-IDs that it took.
struct Server {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Fails in its first connection's `step`; afterwards it works.
    fn failing(step: Step, failure: Failure) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let into = Arc::clone(&taken);
        thread::spawn(move || {
            let mut plan = Some((step, failure));
            for stream in listener.incoming().flatten() {
                // A client that hangs up ends this connection, as it should.
                let _ = talk(&stream, &mut plan, &into);
            }
        });
        Self { port, taken }
    }

    fn ids(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// One connection, until either side hangs up.
fn talk(
    stream: &TcpStream,
    plan: &mut Option<(Step, Failure)>,
    taken: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut out = stream;
    let mut lines = BufReader::new(stream).lines();
    // False: hang up.
    let mut answer = |step: Step, good: &str| -> std::io::Result<bool> {
        match plan.take_if(|(at, _)| *at == step).map(|(_, failure)| failure) {
            None => out.write_all(good.as_bytes())?,
            Some(Failure::Later) => out.write_all(b"450 later\r\n")?,
            Some(Failure::Never) => out.write_all(b"550 never\r\n")?,
            // 550 用户不存在
            Some(Failure::Garbled) => out.write_all(b"550 \xd3\xc3\xbb\xa7\xb2\xbb\xb4\xe6\xd4\xda\r\n")?,
            Some(Failure::Slow) => {
                thread::sleep(SILENCE);
                out.write_all(good.as_bytes())?;
            }
            Some(Failure::Drop) => return Ok(false),
            Some(Failure::Silence) => {
                thread::sleep(SILENCE);
                return Ok(false);
            }
        }
        Ok(true)
    };
    let mut go_on = answer(Step::Greeting, "220 here\r\n")?;
    let mut awaits_mail = false;
    while go_on {
        let Some(line) = lines.next().transpose()? else { return Ok(()) };
        go_on = match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => answer(Step::Hello, "250-here\r\n250-AUTH PLAIN\r\n250-STARTTLS\r\n250 8BITMIME\r\n")?,
            "STARTTLS" => answer(Step::StartTls, "220 go on\r\n")?,
            "AUTH" => answer(Step::LogIn, "235 welcome\r\n")?,
            "QUIT" => answer(Step::Farewell, "221 bye\r\n").map(|_| false)?,
            "MAIL" => answer(Step::From, "250 ok\r\n")?,
            "RCPT" => answer(Step::To, "250 ok\r\n")?,
            "DATA" => {
                awaits_mail = true;
                answer(Step::Data, "354 go on\r\n")?
            }
            "MESSAGE-ID" if awaits_mail => {
                taken.lock().unwrap().push(line);
                true
            }
            "." if awaits_mail => {
                awaits_mail = false;
                answer(Step::Dot, "250 ok\r\n")?
            }
            _ if awaits_mail => true,
            _ => answer(Step::Hello, "250 ok\r\n")?,
        };
    }
    Ok(())
}

fn to(port: u16) -> Post {
    post(MailKind::Smtp(Smtp {
        timeout_seconds: Duration::from_millis(300),
        user: Some("desk".to_owned()),
        // Any file has a line that will do.
        password_file: Some("tests/requirements.txt".into()),
        ..smtp("127.0.0.1", port, Security::None)
    }))
}

fn three() -> Vec<(frontdesk::errand::ErrandId, Letter)> {
    (1..=3).map(|n| (id(n), letter())).collect()
}

/// What a letter is told when the server fails so at this step.
fn told(step: Step, failure: Failure) -> Outcome {
    match (step, failure) {
        // It has every mail already.
        (Step::Farewell, _) => SENT,
        (_, Failure::Drop | Failure::Silence) => Outcome::NotYet(Trouble::MailUnreachable),
        (Step::LogIn, Failure::Never | Failure::Garbled) => Outcome::NotYet(Trouble::MailLogin),
        (_, Failure::Later) => Outcome::NotYet(Trouble::MailLater),
        (Step::Dot, Failure::Slow) => SENT,
        (_, Failure::Slow) => Outcome::NotYet(Trouble::MailUnreachable),
        (Step::Dot, Failure::Garbled) => Outcome::Unknown(Trouble::MailRefused),
        // A server that turns everybody away says nothing about this letter.
        (Step::Greeting | Step::Hello | Step::StartTls, Failure::Never | Failure::Garbled) => {
            Outcome::NotYet(Trouble::MailLater)
        }
        (Step::From | Step::To | Step::Data | Step::Dot, Failure::Never | Failure::Garbled) => {
            Outcome::Failed(Trouble::MailRefused)
        }
    }
}

#[test]
fn whatever_fails_is_told_and_the_others_go_on() {
    for step in STEPS {
        for failure in ALL {
            let server = Server::failing(step, failure);
            let mut post = to(server.port);
            let batch = three();
            let outcomes = send(&mut post, &batch);
            assert_eq!(outcomes.len(), 3, "{step:?} {failure:?}: each letter is told once");
            assert_eq!(outcomes[0].1, told(step, failure), "{step:?} {failure:?}");
            assert!(
                outcomes[1..].iter().all(|(_, outcome)| *outcome == SENT),
                "{step:?} {failure:?}: {outcomes:?}"
            );

            // What was not sent goes again, as the book would have it.
            let again: Vec<_> = batch
                .into_iter()
                .zip(&outcomes)
                .filter(|(_, (_, outcome))| matches!(outcome, Outcome::NotYet(_)))
                .map(|(letter, _)| letter)
                .collect();
            assert!(send(&mut post, &again).iter().all(|(_, outcome)| *outcome == SENT));
            let ids = server.ids();
            for n in 1..=3 {
                let copies = ids.iter().filter(|line| line.contains(&format!("{n:012}@"))).count();
                let again = matches!(outcomes[0].1, Outcome::NotYet(_));
                let most = if step == Step::Dot && n == 1 && again { 2 } else { 1 };
                let refused = n == 1 && matches!(outcomes[0].1, Outcome::Failed(_));
                assert!(
                    copies <= most && (copies >= 1 || refused),
                    "{step:?} {failure:?}: letter {n} {copies} times"
                );
            }
        }
    }
}

/// Nothing is said before the connection is protected, however the server refuses to protect it.
#[test]
fn a_server_that_fails_to_protect_the_connection_gets_nothing() {
    for failure in ALL {
        let server = Server::failing(Step::StartTls, failure);
        let protected = Smtp {
            timeout_seconds: Duration::from_millis(300),
            ..smtp("127.0.0.1", server.port, Security::StartTls)
        };
        let outcomes = send(&mut post(MailKind::Smtp(protected)), &three()[..1]);
        // After its 220 the silence of this server is no handshake.
        let expected = match failure {
            Failure::Slow => vec![(id(1), Outcome::NotYet(Trouble::MailUnreachable))],
            Failure::Later | Failure::Never | Failure::Drop | Failure::Silence | Failure::Garbled => {
                vec![(id(1), told(Step::StartTls, failure))]
            }
        };
        assert_eq!(outcomes, expected, "{failure:?}");
        assert!(server.ids().is_empty(), "{failure:?}");
    }
}

#[test]
fn looking_tells_the_same() {
    for failure in [Failure::Later, Failure::Drop, Failure::Silence] {
        let server = Server::failing(Step::Greeting, failure);
        assert!(to(server.port).probe().is_err(), "{failure:?}");
        assert_eq!(to(server.port).probe(), Ok(()), "{failure:?}");
        assert!(server.ids().is_empty(), "looking sends nothing");
    }
}

/// Who may write is asked too, without writing.
#[test]
fn looking_asks_whether_the_sender_is_welcome() {
    for (failure, trouble) in [
        (Failure::Never, Trouble::MailRefused),
        (Failure::Garbled, Trouble::MailRefused),
        (Failure::Later, Trouble::MailLater),
    ] {
        let server = Server::failing(Step::From, failure);
        assert_eq!(to(server.port).probe(), Err(trouble), "{failure:?}");
        assert_eq!(to(server.port).probe(), Ok(()), "{failure:?}");
        assert!(server.ids().is_empty(), "looking sends nothing");
    }
}

#[test]
fn nobody_is_at_home() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(
        send(&mut to(port), &three()),
        (1..=3).map(|n| (id(n), Outcome::NotYet(Trouble::MailUnreachable))).collect::<Vec<_>>()
    );
    assert_eq!(to(port).probe(), Err(Trouble::MailUnreachable));
}

#[test]
fn an_address_that_is_none_fails_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut post = post(MailKind::Folder(folder.path().to_owned()));
    let wrong = Letter { to: "li xiaoyun at example".to_owned(), ..letter() };
    let outcomes = send(&mut post, &[(id(1), wrong), (id(2), letter())]);
    assert!(outcomes.contains(&(id(1), Outcome::Failed(Trouble::BadLetter))));
    assert!(outcomes.contains(&(id(2), SENT)));
}

#[test]
fn a_folder_gets_each_errand_once_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("made/when/needed");
    let mut post = post(MailKind::Folder(inside.clone()));
    assert_eq!(send(&mut post, &three()).len(), 3);
    assert_eq!(send(&mut post, &three()).iter().filter(|(_, outcome)| *outcome == SENT).count(), 3);
    assert_eq!(mails(&inside).len(), 3, "sent again after a power cut, it is still one file");
    let blocked = folder.path().join("file");
    std::fs::write(&blocked, "").unwrap();
    let mut nowhere = super::support::post(MailKind::Folder(blocked));
    assert_eq!(send(&mut nowhere, &[(id(1), letter())])[0].1, Outcome::NotYet(Trouble::FolderUnwritable));
    assert_eq!(nowhere.probe(), Err(Trouble::FolderUnwritable));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Whatever a visitor types, a mail has the headers and the one recipient that it should have.
    #[test]
    fn nothing_typed_becomes_a_header(
        name in "[A-Za-z王芳·,;:<>@\"\\\\ \r\n\t]{1,60}|\\PC{1,60}",
        company in "(\r\nBcc: [a-z]{1,8}@example.org)?[^\u{0}]{0,60}",
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut post = post(MailKind::Folder(folder.path().to_owned()));
        let typed = Letter { visitor: name, company, ..letter() };
        proptest::prop_assert_eq!(send(&mut post, &[(id(1), typed)]), vec![(id(1), SENT)]);
        let mail = mails(folder.path()).remove(0);
        let headers: Vec<&str> =
            mail.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
        for header in ["Bcc", "Cc", "X-", "Sender"] {
            proptest::prop_assert!(!headers.iter().any(|name| name.starts_with(header)), "{} in {}", header, mail);
        }
        proptest::prop_assert_eq!(mail.matches("\nTo: 李晓云 <li.xiaoyun@example.com>\n").count(), 1);
    }
}
