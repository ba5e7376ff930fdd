//! A scanner on a real terminal line (a pty): its codes arrive, garbage stays small, and a scanner that
//! is pulled out, or was never there, is heard again when it comes.

use frontdesk::config::Scanner;
use frontdesk::front::scanner;
use serialport::{SerialPort, TTYPort};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A scanner that is put in again is heard within the longest wait of two seconds; the rest is for a
/// machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);
const KNOCK: &str = "KNOCK";

/// A place for a scanner, as `/dev/serial/by-id/…` is one, and somebody who listens there.
struct Lobby {
    device: PathBuf,
    heard: Receiver<String>,
    _folder: tempfile::TempDir,
}

impl Lobby {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { device: folder.path().join("scanner"), heard: channel().1, _folder: folder }
    }

    fn listen(&mut self) {
        self.listen_behind("");
    }

    /// To a scanner that is set to send this before each code.
    fn listen_behind(&mut self, prefix: &str) {
        let (tell, heard) = channel();
        let settings = Scanner {
            device: Some(self.device.clone()),
            baud: 9600,
            prefix: prefix.to_owned(),
            suffix: String::new(),
        };
        scanner::listen(&settings, move |code| drop(tell.send(code))).unwrap();
        self.heard = heard;
    }

    /// Puts a scanner in. What it sends is heard from when the kiosk has opened the line.
    fn put_in(&self) -> TTYPort {
        let (scanner, line) = TTYPort::pair().unwrap();
        symlink(line.name().unwrap(), &self.device).unwrap();
        scanner
    }

    /// Scans until something is heard, and waits until nothing of that is on its way any more.
    fn knock(&self, scanner: &mut TTYPort) {
        let until = Instant::now() + PATIENCE;
        let mut scans = 0;
        loop {
            assert!(Instant::now() < until, "nobody listens");
            // Before the line is open the bytes may be thrown away, or the write be refused.
            scans += u32::from(scanner.write_all(b"KNOCK\r").is_ok());
            match self.heard.recv_timeout(Duration::from_millis(50)) {
                Ok(code) if code.ends_with(KNOCK) => break,
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => panic!("the thread is gone"),
            }
        }
        assert!(scans > 0);
        scanner.write_all(b"QUIET\r").unwrap();
        while self.next() != "QUIET" {}
    }

    fn next(&self) -> String {
        self.heard.recv_timeout(PATIENCE).expect("a code in time")
    }

    fn pull_out(&self, scanner: TTYPort) {
        std::fs::remove_file(&self.device).unwrap();
        drop(scanner);
    }
}

#[test]
fn codes_are_heard_one_by_one() {
    let mut lobby = Lobby::new();
    let mut scanner = lobby.put_in();
    lobby.listen();
    lobby.knock(&mut scanner);
    scanner.write_all(b"GEZDGNBVGY3TQOJQGEZDGNBVGY\r\nMFRGGZDFMZTWQ2LKNNWG23TPOA\n").unwrap();
    assert_eq!(lobby.next(), "GEZDGNBVGY3TQOJQGEZDGNBVGY");
    assert_eq!(lobby.next(), "MFRGGZDFMZTWQ2LKNNWG23TPOA");
    // Without an end, a quiet ends it. Bytes that a terminal would act on (Ctrl+C, Ctrl+D, XOFF) are bytes.
    scanner.write_all(b"A\x03B\x04C\x13D").unwrap();
    assert_eq!(lobby.next(), "A\x03B\x04C\x13D");
    scanner.write_all("二维码\r".as_bytes()).unwrap();
    assert_eq!(lobby.next(), "二维码");
    assert!(lobby.heard.recv_timeout(Duration::from_millis(150)).is_err(), "nothing is heard twice");
}

#[test]
fn what_is_sent_before_each_code_is_no_part_of_it() {
    let mut lobby = Lobby::new();
    let mut scanner = lobby.put_in();
    lobby.listen_behind("~Q");
    lobby.knock(&mut scanner);
    scanner.write_all(b"~QA7K3M9\rC4H8WX\r~Q~QD5J6PV\r").unwrap();
    assert_eq!([lobby.next(), lobby.next(), lobby.next()], ["A7K3M9", "C4H8WX", "~QD5J6PV"]);
}

#[test]
fn ten_kilobytes_of_garbage_stay_small() {
    let mut lobby = Lobby::new();
    let mut scanner = lobby.put_in();
    lobby.listen();
    lobby.knock(&mut scanner);
    let garbage: Vec<u8> = (0..10_240u32).map(|n| 128 + (n * 7 % 128) as u8).collect();
    scanner.write_all(&garbage).unwrap();
    scanner.write_all(b"\rD5J6PV\r").unwrap();
    let mut codes = Vec::new();
    while codes.last().is_none_or(|code| code != "D5J6PV") {
        codes.push(lobby.next());
        // A slow machine may pause in the middle, which ends a code; each piece is bounded all the same.
        assert!(codes.iter().all(|code: &String| code.chars().count() <= 513), "{}", codes.len());
    }
    assert!(codes.len() < 40, "{}", codes.len());
}

#[test]
fn a_scanner_that_was_pulled_out_is_heard_again() {
    let mut lobby = Lobby::new();
    let mut first = lobby.put_in();
    lobby.listen();
    lobby.knock(&mut first);
    first.write_all(b"HALF A CO").unwrap();
    lobby.pull_out(first);
    let mut second = lobby.put_in();
    lobby.knock(&mut second);
    second.write_all(b"A7K3M9\r").unwrap();
    assert_eq!(lobby.next(), "A7K3M9");
    // And once more: it never gives up.
    lobby.pull_out(second);
    let mut third = lobby.put_in();
    lobby.knock(&mut third);
}

#[test]
fn a_scanner_that_comes_after_the_kiosk_is_heard() {
    let mut lobby = Lobby::new();
    lobby.listen();
    assert!(lobby.heard.recv_timeout(Duration::from_millis(400)).is_err());
    let mut scanner = lobby.put_in();
    lobby.knock(&mut scanner);
    scanner.write_all(b"C4H8WX\r").unwrap();
    assert_eq!(lobby.next(), "C4H8WX");
}

#[test]
fn a_kiosk_without_a_serial_scanner_listens_to_nothing() {
    let (tell, heard) = channel();
    let settings = Scanner { device: None, baud: 9600, prefix: String::new(), suffix: String::new() };
    scanner::listen(&settings, move |code| drop(tell.send(code))).unwrap();
    assert_eq!(heard.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
}
