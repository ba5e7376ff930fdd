//! A scanner that types (a "keyboard wedge") told apart from fingers: by its prefix, its speed and its Enter.
//!
//! Keys are held back for as long as they might be a scan, which a person does not feel, and are then
//! either one scan or given back in order. None is lost and none is typed into a field by a scanner.

use crate::now::Tick;
use std::time::Duration;

/// Between two characters of a scanner never passes more: HID scanners type one every 1 to 20 ms (a
/// low-speed USB keyboard is asked every 8 ms, and a press and a release are one question each).
const GAP: Duration = Duration::from_millis(50);
/// Fewer characters before an Enter are a person's.
const FEWEST: usize = 6;
/// So many without a gap are no person's, Enter or not.
const SURELY: usize = 16;
/// More is kept of no scan: no code that means something here is longer.
const MOST: usize = 512;

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
    held: Vec<char>,
    /// How many came after as many as are kept.
    over: usize,
    last: Tick,
}

impl Wedge {
    /// A wedge for a scanner that sends `prefix` before each code; it may be empty.
    pub fn new(prefix: &str) -> Self {
        Self { prefix: prefix.chars().collect(), ..Self::default() }
    }

    /// A key was pressed.
    pub fn key(&mut self, text: &str, at: Tick) -> Verdict {
        if text.chars().all(is_modifier) {
            return Verdict::Pass;
        }
        // The timer that should have ended the last burst may be late.
        let late = if self.deadline().is_some_and(|deadline| at >= deadline) {
            self.end()
        } else {
            Verdict::Swallow
        };
        let now = self.hold(text, at);
        match (late, now) {
            (Verdict::Release(before), Verdict::Pass) => Verdict::Release(before + text),
            (Verdict::Release(before), Verdict::Release(text)) => Verdict::Release(before + &text),
            (Verdict::Swallow, now) => now,
            (late, _) => late,
        }
    }

    fn hold(&mut self, text: &str, at: Tick) -> Verdict {
        self.last = at;
        let enter = matches!(text, "\n" | "\r" | "\r\n");
        if enter && self.held.is_empty() {
            return Verdict::Pass;
        }
        if enter {
            return self.enter();
        }
        for c in text.chars() {
            if self.held.len() < MOST {
                self.held.push(c);
            } else {
                self.over += 1;
            }
        }
        if self.may_be_a_scan() { Verdict::Swallow } else { Verdict::Release(self.take()).or_pass(text) }
    }

    /// With a prefix only what begins with it can be a scan.
    fn may_be_a_scan(&self) -> bool {
        let both = self.prefix.len().min(self.held.len());
        self.held[..both] == self.prefix[..both]
    }

    fn enter(&mut self) -> Verdict {
        let after_prefix = self.held.len().saturating_sub(self.prefix.len());
        if self.prefix.is_empty() && self.held.len() < FEWEST || after_prefix == 0 {
            return Verdict::Release(self.take() + "\n");
        }
        self.scan()
    }

    /// When what is held is judged, if no key comes before.
    pub fn deadline(&self) -> Option<Tick> {
        (!self.held.is_empty()).then(|| self.last.after(GAP))
    }

    /// The deadline may have passed.
    pub fn tick(&mut self, at: Tick) -> Verdict {
        if self.deadline().is_some_and(|deadline| at >= deadline) { self.end() } else { Verdict::Swallow }
    }

    /// No Enter came in time.
    fn end(&mut self) -> Verdict {
        // A key that is held down repeats as fast as a scanner, but always the same.
        let one_key = self.held.iter().all(|c| Some(c) == self.held.first());
        let prefixed = !self.prefix.is_empty() && self.held.len() > self.prefix.len();
        if self.held.len() >= SURELY && !one_key || prefixed {
            self.scan()
        } else {
            Verdict::Release(self.take())
        }
    }

    /// Whoever pressed the keys that are held is gone.
    pub fn forget(&mut self) {
        self.held.clear();
        self.over = 0;
    }

    fn scan(&mut self) -> Verdict {
        let over = self.over > 0;
        let text = self.take();
        let text: String = text.chars().skip(self.prefix.len()).collect();
        // What was cut is marked, so that it can never pass for a shorter code.
        Verdict::Scan(if over { text + "…" } else { text })
    }

    fn take(&mut self) -> String {
        self.over = 0;
        self.held.drain(..).collect()
    }
}

impl Verdict {
    /// A key that comes back at once on its own was never held: it passes.
    fn or_pass(self, text: &str) -> Self {
        let alone = matches!(&self, Verdict::Release(released) if released == text);
        if alone { Verdict::Pass } else { self }
    }
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

    /// Types with a gap, ends with a long quiet; what the fields got, and what was scanned.
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
        take(wedge.tick(ms(at + 1000)), "");
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
        // Two keys at once, a short word with Enter, a key held down.
        let fast = keys("ab\n", 10);
        assert_eq!(play(&mut Wedge::default(), &refs(&fast)).0, "ab\n");
        let held = keys(&"a".repeat(60), 33);
        assert_eq!(play(&mut Wedge::default(), &refs(&held)), ("a".repeat(60), vec![]));
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
        let mut wedge = Wedge::new("~");
        assert_eq!(wedge.key("x", ms(1)), Verdict::Pass);
        let scan = keys(&format!("~{CODE}\n"), 5);
        assert_eq!(play(&mut wedge, &refs(&scan)), (String::new(), vec![CODE.to_owned()]));
        let short = keys("~A1\n", 5);
        assert_eq!(play(&mut wedge, &refs(&short)).1, ["A1"]);
        let plain = keys(&format!("{CODE}\n"), 5);
        assert_eq!(play(&mut wedge, &refs(&plain)), (format!("{CODE}\n"), vec![]));
    }

    #[test]
    fn ten_kilobytes_of_garbage_are_one_scan_that_means_nothing() {
        let garbage: String = (0..10_000).map(|n| char::from(33 + (n % 90) as u8)).collect();
        let (typed, scans) = play(&mut Wedge::default(), &refs(&keys(&garbage, 1)));
        assert_eq!((typed.as_str(), scans.len()), ("", 1));
        assert!(scans[0].len() < 1000 && scans[0].ends_with('…'));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_comes_twice(keys in prop::collection::vec(("[a-z0-9\\n\u{8}é王]", 0u64..120), 0..80)) {
            let typed: String = keys.iter().map(|(key, _)| key.as_str()).collect();
            let (fields, scans) = play(&mut Wedge::default(), &refs(&keys));
            // Everything that was not scanned came out in order.
            let mut rest = fields.chars().peekable();
            let scanned: usize = scans.iter().map(|scan| scan.chars().count()).sum();
            for c in typed.chars() {
                if rest.peek() == Some(&c) { rest.next(); }
            }
            prop_assert_eq!(rest.next(), None, "fields got what was not typed, or in another order");
            let enters = typed.chars().filter(|c| *c == '\n').count();
            prop_assert!(fields.chars().count() + scanned + enters >= typed.chars().count());
        }
    }
}
