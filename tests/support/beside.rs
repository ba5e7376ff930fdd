//! A kiosk's folder, and the real program run in it as staff do over SSH, beside the open book.

use crate::support;
use frontdesk::book::{Book, NewVisit};
use frontdesk::config::{Admits, Config};
use frontdesk::front::clock::Clock;
use frontdesk::now::Now;
use frontdesk::visit::{Admission, Agreement, Details, PersonName, Signature, Visit};
use frontdesk::words::Lang;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A kiosk's folder with a book in which 李晓云 is known.
pub struct Kiosk {
    pub folder: tempfile::TempDir,
    pub book: Book,
    pub now: Now,
}

impl Kiosk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("kiosk.toml"), "[book]\npath = \"book.db\"\n").unwrap();
        let now = Clock::start().now();
        let reception = Config::built_in().reception;
        let mut book = Book::open(&folder.path().join("book.db"), reception, now).unwrap();
        book.put_hosts(&[support::host()], now).unwrap();
        Self { folder, book, now }
    }

    /// The book, as a command opens it beside a kiosk.
    pub fn reopened(book: &Path) -> Book {
        Book::open_beside(book, Config::built_in().reception).unwrap()
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Somebody who waits until reception lets them in.
    pub fn waiting(&mut self, name: &str, signature: Option<Signature>) -> Visit {
        let details =
            Details { name: PersonName::parse(name).unwrap(), company: None, phone: None, party: 0 };
        let later = self.now.after(Duration::from_secs(4 * 3600)).wall;
        let agreement = Agreement {
            version: "2026-09".to_owned(),
            lang: Lang::ZH,
            sha256: "0".to_owned(),
            at: self.now.wall,
            signed: None,
            witness: None,
            signature,
        };
        let new = NewVisit {
            invitation: None,
            details,
            host_id: "H001".to_owned(),
            lang: Lang::ZH,
            agreement,
            good_until: later,
            kind: None,
            purpose: None,
            admits: Admits::Reception,
            closes: later,
            instructed: Vec::new(),
            members: Vec::new(),
            others: 0,
            joins: None,
            remember: None,
            photo: None,
            by: None,
        };
        self.book.arrive(new, self.now).unwrap()
    }

    /// Runs a command beside the open book: its status, what it printed, what it complained of.
    pub fn run(&self, words: &[&str]) -> (i32, String, String) {
        self.run_with("", words)
    }

    /// The same, with this on its standard input.
    pub fn run_with(&self, typed: &str, words: &[&str]) -> (i32, String, String) {
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        frontdesk.current_dir(self.path()).env("FRONTDESK_LOG", "off").env("SUDO_USER", "wang");
        frontdesk.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = frontdesk.args(["--config", "kiosk.toml"]).args(words).spawn().unwrap();
        // Whoever asks for nothing may be gone already.
        let _ = running.stdin.take().unwrap().write_all(typed.as_bytes());
        let Output { status, stdout, stderr } = running.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout), text(stderr))
    }

    pub fn says(&self, words: &[&str]) -> String {
        let (status, printed, complained) = self.run(words);
        assert_eq!((status, complained.as_str()), (0, ""), "{words:?}");
        printed
    }

    pub fn refuses(&self, words: &[&str], because: &str) {
        let (status, printed, complained) = self.run(words);
        assert_eq!((status, printed.as_str()), (1, ""), "{words:?}");
        assert!(complained.contains(because), "{words:?}: {complained}");
    }

    pub fn admission(&self, visit: &Visit) -> Admission {
        self.book.visit(visit.id).unwrap().unwrap().admission
    }
}
