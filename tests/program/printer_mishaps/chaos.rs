//! A day of mishaps at random moments: whatever happens, no badge comes out twice, and each that was called
//! confirmed lies whole in the tray.

use crate::usb::{Badge, Told, any_printer, badge, becomes, in_bands, print, with_printer};
use frontdesk::errand::{Outcome, PrinterState, Seen};
use serde_json::{Value, json};

/// Badges in one day; each has ink of its own.
const BADGES: u8 = 12;

/// SplitMix64: the same seed is the same day.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    /// Something that goes wrong while the next badge is taken or printed.
    fn mishap(&mut self, told: &Told, badge: &Badge) -> Value {
        let taken = told.taken.len() + self.below(badge.job.bytes.len() + 20);
        match self.below(8) {
            0 => json!({}),
            1 => json!({"stalls": 1 + self.below(3)}),
            2 => json!({"short": 1 + self.below(3000)}),
            3 => json!({"stall_at": taken}),
            4 => json!({"deaf_at": taken}),
            5 => json!({"unplug_at": taken}),
            6 => json!({"mute_at": taken}),
            _ => json!({"paper_out_at": told.printed + 1 + self.below(badge.bitmap.bytes.len())}),
        }
    }
}

fn a_day(test: &str, shape: &[&str], seed: u64) {
    with_printer(test, shape, |fake| {
        let mut chance = Chance(seed);
        let mut printer = any_printer();
        let (mut mishaps, mut outcomes) = (Vec::new(), Vec::new());
        let badges: Vec<Badge> = (1..=BADGES).map(|ink| in_bands(badge(ink).bitmap, 40)).collect();
        for badge in &badges {
            becomes(&mut printer, PrinterState::Ready { paper_low: false });
            let mishap = chance.mishap(&fake.tell(), badge);
            mishaps.push(mishap.to_string());
            fake.set(mishap);
            outcomes.push(print(&mut printer, badge).0);
            fake.repair();
        }
        becomes(&mut printer, PrinterState::Ready { paper_low: false });
        let told = fake.tell();
        let day: Vec<_> = mishaps.iter().zip(&outcomes).collect();
        assert_eq!(told.strays, 0, "garbage on the paper after {day:?}");
        for (badge, outcome) in badges.iter().zip(&outcomes) {
            let copies = told.badges.iter().filter(|tray| **tray == badge.bitmap.bytes).count();
            let pieces = told.badges.iter().filter(|tray| tray.first() == badge.bitmap.bytes.first()).count();
            match outcome {
                Outcome::Done(Seen::Confirmed) => assert_eq!(copies, 1, "{day:?}"),
                Outcome::NotYet(_) => assert_eq!(pieces, 0, "taken all the same: {day:?}"),
                Outcome::Done(Seen::HandedOver) | Outcome::Failed(_) => panic!("{outcome:?}"),
                Outcome::Unknown(_) => assert!(copies <= 1, "{day:?}"),
            }
        }
    });
}

#[test]
fn a_day_with_marks() {
    a_day("chaos::a_day_with_marks", &[], 1);
}

#[test]
fn a_day_with_answers_behind_the_cut() {
    a_day("chaos::a_day_with_answers_behind_the_cut", &["\"tier_a\"=false"], 2);
}

#[test]
fn a_day_with_a_small_buffer() {
    a_day("chaos::a_day_with_a_small_buffer", &["\"buffer\"=4096", "\"speed\"=60000"], 3);
}
