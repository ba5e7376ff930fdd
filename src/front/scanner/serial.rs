//! A scanner on a serial line: a thread that reads codes and opens the line again when it vanishes. Noise ends with it:
//! what comes faster than anybody holds up codes is dropped until the line is quiet.

use super::unframed;
use crate::config::Scanner;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

/// So long a quiet ends a code that no Enter ended.
const QUIET: Duration = Duration::from_millis(100);
/// The first wait before a lost line is opened again; it doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// The longest wait: whoever plugs the scanner in again waits no longer.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// More is kept of no code.
const MOST: usize = 512;
/// More codes without a quiet between them are no person's: whoever scans puts one thing down and takes up the next.
const MOST_AT_ONCE: u32 = 8;

/// Listens to the configured device until the program ends; tells each code that is read.
///
/// # Errors
/// The system gave no thread.
pub fn listen(scanner: &Scanner, tell: impl FnMut(String) + Send + 'static) -> std::io::Result<()> {
    let Some(device) = scanner.device.clone() else { return Ok(()) };
    let (baud, prefix, suffix) = (scanner.baud, scanner.prefix.clone(), scanner.suffix.clone());
    let mut tell = tell;
    let end = suffix.trim_matches(char::is_control).as_bytes().to_vec();
    let tell = move |code: String| tell(unframed(&code, &prefix, &suffix).to_owned());
    thread::Builder::new()
        .name("scanner".to_owned())
        .spawn(move || keep_listening(&device, baud, &end, tell))?;
    Ok(())
}

/// Whether the line of a serial scanner can be opened now.
///
/// # Errors
/// Why not, as the system says it.
pub fn try_line(device: &Path, baud: u32) -> Result<(), std::io::Error> {
    let line = serialport::new(device.to_string_lossy(), baud).timeout(QUIET).open();
    line.map(drop).map_err(Into::into)
}

/// `end` is what ends a code besides a line's end; it may be empty.
fn keep_listening(device: &Path, baud: u32, end: &[u8], mut tell: impl FnMut(String)) {
    let mut wait = FIRST_WAIT;
    let mut lost = false;
    let mut there = false;
    loop {
        let problem = match serialport::new(device.to_string_lossy(), baud).timeout(QUIET).open() {
            Ok(line) => {
                read_codes(line, end, &mut tell, &mut || {
                    if !there {
                        tracing::info!(device = %device.display(), "the scanner is there");
                    }
                    (there, lost, wait) = (true, false, FIRST_WAIT);
                });
                "its line broke".to_owned()
            }
            Err(problem) => problem.to_string(),
        };
        // Once each time: a line that breaks as soon as it is opened must not fill the log.
        if !lost {
            tracing::warn!(device = %device.display(), "the scanner is not there: {problem}");
        }
        (there, lost) = (false, true);
        thread::sleep(wait);
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

/// Reads until the line breaks; tells each code, and whenever the line has shown itself whole.
fn read_codes(mut line: impl Read, end: &[u8], tell: &mut impl FnMut(String), whole: &mut impl FnMut()) {
    let mut code = Code::default();
    let mut bytes = [0; 256];
    loop {
        match line.read(&mut bytes) {
            Ok(0) => return,
            Ok(n) => {
                whole();
                bytes[..n].iter().for_each(|byte| code.take(*byte, end, tell));
            }
            Err(problem) if problem.kind() == ErrorKind::TimedOut => {
                whole();
                code.end(tell);
                code.at_once = 0;
            }
            Err(problem) if problem.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}

/// A code that is being read.
#[derive(Default)]
struct Code {
    bytes: Vec<u8>,
    over: bool,
    /// How many came since the line was quiet.
    at_once: u32,
}

impl Code {
    fn take(&mut self, byte: u8, end: &[u8], tell: &mut impl FnMut(String)) {
        match byte {
            b'\r' | b'\n' => self.end(tell),
            _ if self.bytes.len() < MOST => self.bytes.push(byte),
            _ => self.over = true,
        }
        if !end.is_empty() && self.bytes.ends_with(end) {
            self.end(tell);
        }
    }

    fn end(&mut self, tell: &mut impl FnMut(String)) {
        let is_one = self.bytes.iter().any(|byte| !byte.is_ascii_control());
        if is_one {
            self.at_once = self.at_once.saturating_add(1);
        }
        if is_one && self.at_once <= MOST_AT_ONCE {
            let mut text = String::from_utf8_lossy(&self.bytes).into_owned();
            if self.over {
                text.push('…');
            }
            tell(text);
        } else if is_one && self.at_once == MOST_AT_ONCE + 1 {
            tracing::warn!("the scanner sends noise: what it sends is dropped until its line is quiet");
        }
        (self.bytes, self.over) = (Vec::new(), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that gives these bytes, a quiet for each `None`, and then breaks.
    struct Line(Vec<Option<Vec<u8>>>);

    impl Read for Line {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Err(ErrorKind::BrokenPipe.into());
            }
            match self.0.remove(0) {
                None => Err(ErrorKind::TimedOut.into()),
                Some(mut bytes) => {
                    let rest = bytes.split_off(bytes.len().min(into.len()));
                    into[..bytes.len()].copy_from_slice(&bytes);
                    if !rest.is_empty() {
                        self.0.insert(0, Some(rest));
                    }
                    Ok(bytes.len())
                }
            }
        }
    }

    fn read(line: &[Option<&[u8]>]) -> Vec<String> {
        read_until(b"", line)
    }

    fn read_until(end: &[u8], line: &[Option<&[u8]>]) -> Vec<String> {
        let mut codes = Vec::new();
        let line = Line(line.iter().map(|part| part.map(<[u8]>::to_vec)).collect());
        read_codes(line, end, &mut |code| codes.push(code), &mut || {});
        codes
    }

    #[test]
    fn a_line_that_breaks_at_once_was_never_whole() {
        let whole = |line: Vec<Option<Vec<u8>>>| {
            let mut times = 0;
            read_codes(Line(line), b"", &mut |_| {}, &mut || times += 1);
            times > 0
        };
        assert!(!whole(vec![]));
        assert!(whole(vec![None]) && whole(vec![Some(b"A".to_vec())]));
    }

    #[test]
    fn codes_end_with_a_line_or_a_quiet() {
        assert_eq!(
            read(&[Some(b"AB"), Some(b"C\r\nDEF\r"), Some(b"G"), None, Some(b"H"), None]),
            ["ABC", "DEF", "G", "H"]
        );
        assert_eq!(read(&[Some(b"\r\n\r\n"), None, None]), Vec::<String>::new());
        assert_eq!(read(&[Some(b"cut off")]), Vec::<String>::new());
    }

    #[test]
    fn garbage_is_bounded() {
        let garbage = vec![0xFF; 10_000];
        let codes = read(&[Some(&garbage), None]);
        assert!(codes.len() == 1 && codes[0].ends_with('…') && codes[0].chars().count() <= MOST + 1);
    }
    #[test]
    fn a_suffix_ends_a_code_and_control_characters_are_none() {
        assert_eq!(read_until(b"#", &[Some(b"AB#C"), Some(b"D#\r\n#"), None]), ["AB#", "CD#", "#"]);
        assert_eq!(read_until(b"##", &[Some(b"A#B#"), Some(b"#C"), None]), ["A#B##", "C"]);
        assert_eq!(read(&[Some(b"\x02\x03\0"), None, Some(b"\x02A\x03\r"), None]), ["\u{2}A\u{3}"]);
    }

    /// Noise of 3.5 MB in short lines: nobody holds up more than a few codes without a pause.
    #[test]
    fn a_flood_is_dropped_until_the_line_is_quiet() {
        let noise = b"x\r".repeat(1_750_000);
        let codes = read(&[Some(&noise), None, Some(b"GOOD\r"), None, Some(&noise[..100]), None]);
        let noise = || std::iter::repeat_n("x", MOST_AT_ONCE as usize);
        assert_eq!(codes, noise().chain(["GOOD"]).chain(noise()).collect::<Vec<_>>());
        // With a pause after each there may be any number.
        let scans: Vec<Option<&[u8]>> =
            std::iter::repeat_n([Some(&b"A\r"[..]), None], 100).flatten().collect();
        assert_eq!(read(&scans).len(), 100);
    }
}
