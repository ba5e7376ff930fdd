//! A scanner that types (a "keyboard wedge") told apart from fingers: by its prefix, its speed and its Enter.
//!
//! Keys are held back for as long as they might be a scan, which a person does not feel, and are then
//! either one scan or given back in order. None is lost and none is typed into a field by a scanner.

use super::unframed;
use crate::now::Tick;
use std::time::Duration;

/// Between two characters of a scanner never passes more: HID scanners type one every 1 to 20 ms (a
/// low-speed USB keyboard is asked every 8 ms, and a press and a release are one question each).
const GAP: Duration = Duration::from_millis(50);
/// A few characters are a scanner's only if each came as fast as that. A key that is held down repeats more slowly:
/// 30 times a second at most.
const PACE: Duration = Duration::from_millis(25);
/// Fewer characters before an Enter are a person's, however fast: two fingers may come down at once.
const A_FEW: usize = 3;
/// Fewer characters before an Enter are a person's, unless each came at a scanner's pace.
const FEWEST: usize = 6;
/// So many without a gap are no person's, Enter or not.
const SURELY: usize = 16;
/// More is kept of no scan: no code that means something here is longer.
const MOST: usize = 512;
/// When nobody looked for so long after a deadline, the program stood still, and keys may be waiting.
const LATE: Duration = Duration::from_millis(25);

/// What becomes of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a person's: the fields get it.
    Pass,
    /// It is held back or done with.
    Swallow,
    /// These keys were a person's after all: the fields get them, in this order.
    Release(String),
    /// The scanner read this.
    Scan(String),
}

/// Watches every key at the window's root.
#[derive(Debug, Default)]
pub struct Wedge {
    prefix: Vec<char>,
    suffix: Vec<char>,
    burst: Burst,
}

/// Keys that came one after the other without a gap.
#[derive(Debug, Default)]
struct Burst {
    held: Vec<char>,
    /// How many came after as many as are kept.
    over: usize,
    last: Tick,
    /// The longest time between two of them.
    slowest: Duration,
    /// It was told as a scan: what still comes is the rest of it.
    told: bool,
    /// The program stood still meanwhile: nobody knows how fast they came.
    stood_still: bool,
    /// The next one was waited for once more, after that.
    waited: bool,
    /// A line has ended in it.
    ended: bool,
}

impl Wedge {
    /// A wedge for a scanner that sends `prefix` before each code and `suffix` behind it; they may be empty.
    pub fn new(prefix: &str, suffix: &str) -> Self {
        // Enter ends a scan in any case.
        let suffix = suffix.trim_end_matches(['\r', '\n']);
        let signs = |text: &str| text.chars().map(|c| control(c).unwrap_or(c)).collect();
        Self { prefix: signs(prefix), suffix: signs(suffix), burst: Burst::default() }
    }

    /// Whether a control character may belong to a scan now. Alone it is a person's shortcut.
    pub fn expects(&self, control: char) -> bool {
        self.burst.is_running() || self.prefix.first() == Some(&control)
    }

    /// A key was pressed.
    pub fn key(&mut self, text: &str, at: Tick) -> Verdict {
        if text.chars().all(is_modifier) {
            return Verdict::Pass;
        }
        // The timer that should have ended the last burst may be late.
        let late = self.tick(at);
        let now = self.hold(text, at);
        match (late, now) {
            (Verdict::Release(before), Verdict::Pass) => Verdict::Release(before + text),
            (Verdict::Release(before), Verdict::Release(text)) => Verdict::Release(before + &text),
            (Verdict::Swallow, now) => now,
            (late, _) => late,
        }
    }

    fn hold(&mut self, text: &str, at: Tick) -> Verdict {
        let burst = &mut self.burst;
        if burst.is_running() {
            burst.slowest = burst.slowest.max(burst.last.until(at));
        }
        (burst.last, burst.waited) = (at, false);
        if burst.told {
            return Verdict::Swallow;
        }
        let enter = matches!(text, "\n" | "\r" | "\r\n");
        if enter && !burst.held.is_empty() {
            return self.enter("\n");
        }
        let kept = if enter { "\n" } else { text };
        kept.chars().for_each(|c| burst.hold(control(c).unwrap_or(c)));
        if self.has_suffix() {
            return self.enter("");
        }
        if self.may_be_a_scan() { Verdict::Swallow } else { Verdict::Release(self.take()).or_pass(text) }
    }

    fn has_suffix(&self) -> bool {
        !self.suffix.is_empty() && self.burst.held.ends_with(&self.suffix)
    }

    /// With a prefix only what begins with it can be a scan. A symbology identifier such as `]Q1` may come before it.
    fn may_be_a_scan(&self) -> bool {
        let begins = |held: &[char]| {
            let both = self.prefix.len().min(held.len());
            held[..both] == self.prefix[..both]
        };
        let held = self.burst.held.as_slice();
        begins(held)
            || match held {
                [']'] => true,
                [']', code] => code.is_ascii_alphabetic(),
                [']', code, modifier, rest @ ..] => {
                    code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() && begins(rest)
                }
                _ => false,
            }
    }

    /// A line has ended, with this key or with the suffix that is held already.
    fn enter(&mut self, key: &str) -> Verdict {
        if !self.prefix.is_empty() {
            let nothing = self.burst.held.len() <= self.prefix.len();
            return if nothing { Verdict::Release(self.take() + key) } else { self.scan_on() };
        }
        if self.burst.letters() >= FEWEST {
            return self.scan_on();
        }
        // The keys that come next tell whose these are.
        key.chars().for_each(|c| self.burst.hold(c));
        self.burst.ended = true;
        Verdict::Swallow
    }

    /// When what is held is judged, if no key comes before.
    pub fn deadline(&self) -> Option<Tick> {
        self.burst.is_running().then(|| self.burst.last.after(GAP))
    }

    /// The deadline may have passed.
    pub fn tick(&mut self, at: Tick) -> Verdict {
        let Some(deadline) = self.deadline().filter(|deadline| at >= *deadline) else {
            return Verdict::Swallow;
        };
        let burst = &mut self.burst;
        if at >= deadline.after(LATE) && !burst.waited {
            (burst.waited, burst.stood_still, burst.last) = (true, true, at);
            return Verdict::Swallow;
        }
        self.end()
    }

    /// No other key came in time.
    fn end(&mut self) -> Verdict {
        if self.burst.told {
            self.burst = Burst::default();
            return Verdict::Swallow;
        }
        let prefixed = !self.prefix.is_empty() && self.burst.held.len() > self.prefix.len();
        if prefixed || self.burst.is_surely_typed() || self.burst.is_quick_line() {
            self.scan()
        } else {
            Verdict::Release(self.take())
        }
    }

    /// Whoever pressed the keys that are held is gone.
    pub fn forget(&mut self) {
        self.burst.held.clear();
        self.burst.over = 0;
        self.burst.ended = false;
    }

    fn scan(&mut self) -> Verdict {
        let over = self.burst.over > 0;
        let held = std::mem::take(&mut self.burst).held;
        let typed: String = held.iter().map(|c| uncontrol(*c)).collect();
        let [prefix, suffix]: [String; 2] =
            [&self.prefix, &self.suffix].map(|frame| frame.iter().map(|c| uncontrol(*c)).collect());
        let text = unframed(&typed, &prefix, &suffix).to_owned();
        // What was cut is marked, so that it can never pass for a shorter code.
        Verdict::Scan(if over { text + "…" } else { text })
    }

    /// The same, where more of it may come: another line, or the second half of CR LF.
    fn scan_on(&mut self) -> Verdict {
        let last = self.burst.last;
        let scan = self.scan();
        self.burst = Burst { told: true, last, ..Burst::default() };
        scan
    }

    /// What the fields get. A control character is nobody's letter.
    fn take(&mut self) -> String {
        let held = std::mem::take(&mut self.burst).held;
        held.into_iter().filter(|c| uncontrol(*c) == *c).collect()
    }
}

impl Burst {
    fn is_running(&self) -> bool {
        self.told || !self.held.is_empty()
    }

    fn hold(&mut self, c: char) {
        if self.held.len() < MOST {
            self.held.push(c);
        } else {
            self.over += 1;
        }
    }

    /// How many there are besides control characters: Enter and Backspace are no part of a code.
    fn letters(&self) -> usize {
        self.held.iter().filter(|c| !uncontrol(**c).is_control()).count()
    }

    /// So many that no person typed them. A key that is held down repeats as fast as a scanner, but always the same.
    fn is_surely_typed(&self) -> bool {
        self.letters() >= SURELY && self.held.iter().any(|c| Some(c) != self.held.first())
    }

    /// A few with an Enter, all at a scanner's pace.
    fn is_quick_line(&self) -> bool {
        self.letters() >= A_FEW
            && (self.ended || self.held.contains(&'\n'))
            && self.slowest <= PACE
            && !self.stood_still
    }
}

impl Verdict {
    /// A key that comes back at once on its own was never held: it passes.
    fn or_pass(self, text: &str) -> Self {
        let alone = matches!(&self, Verdict::Release(released) if released == text);
        if alone { Verdict::Pass } else { self }
    }
}

/// A control character that only a scanner sends, as it is held here: under a sign of its own (U+2400 …), for Slint names
/// Shift, Control and the others after control characters. Backspace, Tab, Enter and Escape are people's keys too.
pub fn control(c: char) -> Option<char> {
    let is_scanners =
        matches!(c, '\0'..='\u{7}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{18}' | '\u{1a}' | '\u{1c}'..='\u{1f}');
    char::from_u32(0x2400 + u32::from(c)).filter(|_| is_scanners)
}

/// The control character that is held under this sign, or the character itself.
fn uncontrol(held: char) -> char {
    let was = u32::from(held).checked_sub(0x2400).and_then(char::from_u32);
    was.filter(|c| control(*c).is_some()).unwrap_or(held)
}

/// Shift, Control, Alt, AltGr, Caps Lock and Meta, as Slint names them (`slint::platform::Key`).
fn is_modifier(c: char) -> bool {
    ('\u{10}'..='\u{18}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CODE: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY";

    fn ms(millis: u64) -> Tick {
        Tick(Duration::from_millis(millis))
    }

    /// Types with a gap, ends with a quiet; what the fields got, and what was scanned.
    fn play(wedge: &mut Wedge, keys: &[(&str, u64)]) -> (String, Vec<String>) {
        let (mut typed, mut scans, mut at) = (String::new(), Vec::new(), 1000);
        let mut take = |verdict: Verdict, key: &str| match verdict {
            Verdict::Pass => typed.push_str(key),
            Verdict::Swallow => {}
            Verdict::Release(text) => typed.push_str(&text),
            Verdict::Scan(text) => scans.push(text),
        };
        for (key, gap) in keys {
            let next = at + gap;
            if let Some(deadline) = wedge.deadline().filter(|deadline| *deadline < ms(next)) {
                take(wedge.tick(deadline), "");
            }
            at = next;
            take(wedge.key(key, ms(at)), key);
        }
        take(wedge.tick(ms(at + 50)), "");
        assert_eq!(wedge.deadline(), None);
        (typed, scans)
    }

    fn keys(text: &str, gap: u64) -> Vec<(String, u64)> {
        text.chars().map(|c| (c.to_string(), gap)).collect()
    }

    fn refs(keys: &[(String, u64)]) -> Vec<(&str, u64)> {
        keys.iter().map(|(key, gap)| (key.as_str(), *gap)).collect()
    }

    #[test]
    fn a_scanner_is_never_typed() {
        for gap in [0, 8, 20, 49] {
            let typed = keys(&format!("{CODE}\n"), gap);
            assert_eq!(
                play(&mut Wedge::default(), &refs(&typed)),
                (String::new(), vec![CODE.to_owned()]),
                "{gap}"
            );
        }
    }

    #[test]
    fn a_person_is_never_swallowed() {
        for gap in [51, 80, 200] {
            let typed = keys("José O'Brien\n", gap);
            assert_eq!(
                play(&mut Wedge::default(), &refs(&typed)),
                ("José O'Brien\n".to_owned(), vec![]),
                "{gap}"
            );
        }
        // Two keys at once, a short word with Enter, a key held down, Enter alone and twice.
        for (text, gap) in
            [("ab\n", 10), ("abc\n", 30), ("hello\n", 40), ("abcdefghijkl", 10), ("\n", 10), ("\n\n", 10)]
        {
            let fast = keys(text, gap);
            assert_eq!(play(&mut Wedge::default(), &refs(&fast)), (text.to_owned(), vec![]), "{gap}");
        }
        let erased = keys(&"\u{8}".repeat(20), 33);
        let erased = [erased, keys("\n", 33)].concat();
        assert_eq!(play(&mut Wedge::default(), &refs(&erased)), ("\u{8}".repeat(20) + "\n", vec![]));
        let held = keys(&"a".repeat(60), 33);
        assert_eq!(play(&mut Wedge::default(), &refs(&held)), ("a".repeat(60), vec![]));
        let mut held = keys(&"a".repeat(5), 33);
        held.push(("\n".to_owned(), 33));
        assert_eq!(play(&mut Wedge::default(), &refs(&held)), ("aaaaa\n".to_owned(), vec![]));
    }

    #[test]
    fn a_short_line_at_a_scanners_pace_is_a_scanners() {
        for gap in [0, 8, 20] {
            for line in ["abc", "12345", "aaa"] {
                let typed = keys(&format!("{line}\n"), gap);
                assert_eq!(
                    play(&mut Wedge::default(), &refs(&typed)),
                    (String::new(), vec![line.to_owned()]),
                    "{line} {gap}"
                );
            }
        }
    }

    #[test]
    fn what_follows_an_enter_without_a_gap_is_no_scan_of_its_own() {
        for prefix in ["", "~"] {
            let both = keys(&format!("{prefix}{CODE}\r\n"), 8);
            let (fields, scans) = play(&mut Wedge::new(prefix, ""), &refs(&both));
            assert_eq!((fields.as_str(), scans), ("", vec![CODE.to_owned()]), "{prefix}");
            let mut two = keys(&format!("{prefix}{CODE}\n"), 8);
            two.extend(keys("x", 50));
            let (fields, scans) = play(&mut Wedge::new(prefix, ""), &refs(&two));
            assert_eq!((fields.as_str(), scans.len()), ("x", 1), "a person is heard after it");
        }
    }

    /// The pages were drawn meanwhile, say. The keys waited, and come when the timer has already rung.
    #[test]
    fn a_program_that_stands_still_tears_no_scan() {
        for stops in 1..CODE.len() {
            let (before, after) = CODE.split_at(stops);
            for rings in [true, false] {
                let mut wedge = Wedge::default();
                for c in before.chars() {
                    assert_eq!(wedge.key(&c.to_string(), ms(1000)), Verdict::Swallow);
                }
                if rings {
                    assert_eq!(wedge.tick(ms(1400)), Verdict::Swallow);
                }
                for c in after.chars() {
                    assert_eq!(wedge.key(&c.to_string(), ms(1400)), Verdict::Swallow);
                }
                assert_eq!(wedge.key("\n", ms(1400)), Verdict::Scan(CODE.to_owned()), "{stops} {rings}");
            }
        }
        // Whoever types meanwhile is not taken for a scanner, and gets all back a moment later.
        let mut wedge = Wedge::default();
        wedge.key("B", ms(1000));
        for key in ["o", "b", "\n"] {
            assert_eq!(wedge.key(key, ms(1900)), Verdict::Swallow);
        }
        assert_eq!(wedge.tick(ms(1950)), Verdict::Release("Bob\n".to_owned()));
        // It is waited for once.
        wedge.key("B", ms(3000));
        assert_eq!(wedge.tick(ms(3400)), Verdict::Swallow);
        assert_eq!(wedge.deadline(), Some(ms(3450)));
        assert_eq!(wedge.tick(ms(3900)), Verdict::Release("B".to_owned()));
    }

    #[test]
    fn shift_is_no_part_of_a_scan() {
        let mut typed = Vec::new();
        for c in CODE.chars() {
            typed.push(("\u{10}".to_owned(), 4));
            typed.push((c.to_string(), 4));
        }
        typed.push(("\n".to_owned(), 4));
        let (fields, scans) = play(&mut Wedge::default(), &refs(&typed));
        assert_eq!((fields.replace('\u{10}', ""), scans), (String::new(), vec![CODE.to_owned()]));
    }

    #[test]
    fn with_a_prefix_only_what_begins_with_it_is_held() {
        let mut wedge = Wedge::new("~", "");
        assert_eq!(wedge.key("x", ms(1)), Verdict::Pass);
        let scan = keys(&format!("~{CODE}\n"), 5);
        assert_eq!(play(&mut wedge, &refs(&scan)), (String::new(), vec![CODE.to_owned()]));
        let short = keys("~A1\n", 5);
        assert_eq!(play(&mut wedge, &refs(&short)).1, ["A1"]);
        let plain = keys(&format!("{CODE}\n"), 5);
        assert_eq!(play(&mut wedge, &refs(&plain)), (format!("{CODE}\n"), vec![]));
    }

    #[test]
    fn control_characters_and_identifiers_around_a_code_are_no_part_of_it() {
        let [stx, etx, gs] = ["\u{2402}", "\u{2403}", "\u{241d}"];
        for (before, behind, prefix, suffix) in [
            ("", "\n", "", ""),
            ("\u{2}", "\u{3}\n", "", ""),
            (stx, &format!("{etx}\n"), "", ""),
            ("", gs, "", ""),
            ("", "\0\n", "", ""),
            ("]Q1", "\r\n", "", ""),
            ("]Q1~", "\n", "~", ""),
            ("~]Q3", "\n", "~", ""),
            (stx, "\n", "\u{2}", ""),
            (stx, &format!("{etx}\n"), "\u{2}", "\u{3}"),
            (stx, etx, "\u{2}", "\u{3}"),
            ("", "\t", "", "\t"),
            ("", "#", "", "#"),
            ("~", "#\n", "~", "#\r\n"),
            (&format!("{stx}~"), "#", "~", "#"),
        ] {
            let typed = keys(&format!("{before}{CODE}{behind}"), 8);
            let (fields, scans) = play(&mut Wedge::new(prefix, suffix), &refs(&typed));
            assert_eq!((fields.as_str(), scans), ("", vec![CODE.to_owned()]), "{before:?} {behind:?}");
        }
        let without = keys(&format!("]Q1{CODE}\n"), 8);
        let (fields, scans) = play(&mut Wedge::new("~", ""), &refs(&without));
        assert_eq!((fields, scans.len()), (format!("]Q1{CODE}\n"), 0), "the prefix is certain");
    }

    #[test]
    fn a_suffix_ends_a_short_code_without_an_enter() {
        let typed = keys("A7K3M9\t", 8);
        assert_eq!(
            play(&mut Wedge::new("", "\t"), &refs(&typed)),
            (String::new(), vec!["A7K3M9".to_owned()])
        );
        assert_eq!(play(&mut Wedge::new("", ""), &refs(&typed)), ("A7K3M9\t".to_owned(), vec![]));
        // A person goes from field to field.
        let typed = keys("Anna\tCarter\t", 80);
        assert_eq!(play(&mut Wedge::new("", "\t"), &refs(&typed)), ("Anna\tCarter\t".to_owned(), vec![]));
    }

    #[test]
    fn a_shortcut_is_a_persons_unless_a_scan_is_running() {
        let [stx, copy] = ['\u{2402}', '\u{2403}'];
        let mut wedge = Wedge::default();
        assert!(!wedge.expects(copy) && !wedge.expects(stx));
        wedge.key("A", ms(1000));
        assert!(wedge.expects(copy));
        assert_eq!(wedge.tick(ms(1050)), Verdict::Release("A".to_owned()));
        assert!(!wedge.expects(copy));
        assert!(Wedge::new("\u{2}", "").expects(stx));
        // What is held in vain is nobody's letter.
        let mut wedge = Wedge::new("\u{2}", "");
        assert_eq!(wedge.key("\u{2402}", ms(1000)), Verdict::Swallow);
        assert_eq!(wedge.tick(ms(1050)), Verdict::Release(String::new()));
        for (key, held) in [
            ('\u{2}', Some('\u{2402}')),
            ('\u{1d}', Some('\u{241d}')),
            ('\t', None),
            ('\u{8}', None),
            ('\u{1b}', None),
            ('A', None),
        ] {
            assert_eq!(control(key), held);
        }
    }

    #[test]
    fn ten_kilobytes_of_garbage_are_one_scan_that_means_nothing() {
        let garbage: String = (0..10_000).map(|n| char::from(33 + (n % 90) as u8)).collect();
        let (typed, scans) = play(&mut Wedge::default(), &refs(&keys(&garbage, 1)));
        assert_eq!((typed.as_str(), scans.len()), ("", 1));
        assert!(scans[0].len() < 1000 && scans[0].ends_with('…'));
    }

    #[test]
    fn nor_is_any_of_it_typed_where_it_has_lines() {
        for line in [1, 2, 3, 5, 6, 17, 600] {
            for gap in [0, 1, 20] {
                let garbage: String = (0..10_000)
                    .map(|n| if n % (line + 1) == line { '\n' } else { char::from(33 + (n % 90) as u8) })
                    .collect();
                let (typed, scans) = play(&mut Wedge::default(), &refs(&keys(&garbage, gap)));
                assert_eq!((typed.as_str(), scans.len()), ("", 1), "lines of {line}, {gap} ms");
                let lines = format!("\n\n{garbage}");
                let (typed, scans) = play(&mut Wedge::default(), &refs(&keys(&lines, gap)));
                assert_eq!(
                    (typed.as_str(), scans.len()),
                    ("", 1),
                    "lines of {line}, {gap} ms, after empty ones"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(keys in prop::collection::vec(("[a-z0-9\\n\u{8}é王]", 0u64..120), 0..80)) {
            let typed: String = keys.iter().map(|(key, _)| key.as_str()).collect();
            let (fields, scans) = play(&mut Wedge::default(), &refs(&keys));
            // Everything that was not scanned came out in order.
            let mut rest = fields.chars().peekable();
            // Of control characters around a code nothing is kept.
            let letters = |text: &str| text.chars().filter(|c| !c.is_control()).count();
            let scanned: usize = scans.iter().map(|scan| letters(scan)).sum();
            for c in typed.chars() {
                if rest.peek() == Some(&c) { rest.next(); }
            }
            prop_assert_eq!(rest.next(), None, "fields got what was not typed, or in another order");
            // What came without a gap behind the Enter of a scan is the rest of it.
            let mut wedge = Wedge::default();
            let mut at = 1000;
            let rest = keys.iter().filter(|(key, gap)| {
                at += gap;
                if let Some(deadline) = wedge.deadline().filter(|deadline| *deadline < ms(at)) {
                    wedge.tick(deadline);
                }
                let told = wedge.burst.told && *gap < 50;
                wedge.key(key, ms(at));
                told && letters(key) > 0
            });
            prop_assert!(letters(&fields) + scanned + rest.count() >= letters(&typed));
        }
    }
}
