//! Supplies and the daily look round: counted, counted down, told of once, ticked and missed.

use crate::support::morning;
use frontdesk::book::{Book, Entry, Stock, Verified};
use frontdesk::config::{Config, DailyCheck, Supply};
use frontdesk::errand::{About, Letter, Outcome, Seen, Work};
use frontdesk::now::Now;
use frontdesk::paper::letter::{Sender, write};
use std::time::Duration;
use tempfile::TempDir;

struct Room {
    book: Book,
    now: Now,
    supplies: Vec<Supply>,
    checks: Vec<DailyCheck>,
    _folder: TempDir,
}

impl Room {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = Config::built_in();
        let mut reception = config.reception;
        reception.email = Some("reception@example.com".to_owned());
        let now = morning();
        let book = Book::open(&folder.path().join("book.db"), reception, now).unwrap();
        let mut supplies = config.supplies;
        supplies[1].email = Some("kitchen@example.com".to_owned());
        Self { book, now, supplies, checks: config.daily_checks, _folder: folder }
    }

    fn count(&mut self, at: usize, stock: u32) -> Vec<Letter> {
        self.book.count_supply(&self.supplies[at], stock, "王芳", self.now).unwrap();
        self.letters()
    }

    fn print(&mut self, millimetres: u32) -> Vec<Letter> {
        self.book.use_paper(&self.supplies[0], millimetres, self.now).unwrap();
        self.letters()
    }

    fn letters(&mut self) -> Vec<Letter> {
        let mut letters = Vec::new();
        for errand in self.book.due(self.now).unwrap() {
            self.book.ran(errand.id, Outcome::Done(Seen::Confirmed), self.now).unwrap();
            let Work::Letter(letter) = errand.work else { panic!("no letter") };
            assert_eq!(letter.about, About::Supply);
            letters.push(letter);
        }
        letters
    }

    fn stock(&self, at: usize) -> Stock {
        self.book.supplies(&self.supplies).unwrap().swap_remove(at)
    }

    fn missed(&self) -> Vec<String> {
        self.book
            .missed_checks(&self.checks, self.now)
            .unwrap()
            .into_iter()
            .map(|check| check.id.clone())
            .collect()
    }
}

#[test]
fn what_runs_low_is_told_once_until_it_is_restocked() {
    let mut room = Room::open();
    let tea = 1;
    assert_eq!((room.stock(tea).stock, room.stock(tea).low), (None, false), "nobody has counted it");
    let safety = room.supplies[tea].safety;
    assert_eq!(room.count(tea, safety), [], "just enough");
    let letters = room.count(tea, safety - 1);
    assert_eq!(letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(), ["kitchen@example.com"]);
    let head = Sender { company: "华越".to_owned(), reception_phone: String::new(), replies: true };
    let words = write(&letters[0], &head);
    assert!(words.subject.contains("茶叶") && words.text.contains("现有 2，安全库存 3"), "{words:?}");
    assert_eq!(room.count(tea, 1), [], "told already");
    assert_eq!(room.count(tea, 0), []);
    assert!(room.stock(tea).low);
    assert_eq!(room.count(tea, safety + 5), []);
    assert!(!room.stock(tea).low);
    assert_eq!(room.count(tea, 0).len(), 1, "it was restocked in between");
    // Without anybody responsible it is reception's.
    assert_eq!(room.count(2, 0)[0].to, "reception@example.com");
    let counted = room.book.entries().unwrap();
    assert_eq!(
        counted.iter().filter(|entry| matches!(entry, Entry::Stocked { by, .. } if by == "王芳")).count(),
        7
    );
    assert!(matches!(room.book.verify().unwrap(), Verified::Whole { .. }));
}

#[test]
fn paper_is_counted_down_by_what_is_printed() {
    let mut room = Room::open();
    let roll = room.supplies[0].roll_metres.unwrap() * 1000;
    let safety = room.supplies[0].safety;
    assert_eq!(room.print(300), []);
    assert_eq!(room.stock(0).stock, None, "what was never counted is not counted down");
    room.count(0, safety + 1);
    assert_eq!(room.print(roll - 100), []);
    assert_eq!((room.stock(0).stock, room.stock(0).used_mm), (Some(safety + 1), roll - 100));
    assert_eq!(room.print(350), [], "the next roll is taken");
    assert_eq!((room.stock(0).stock, room.stock(0).used_mm, room.stock(0).low), (Some(safety), 250, false));
    assert_eq!(room.print(roll - 250).len(), 1);
    assert_eq!((room.stock(0).stock, room.stock(0).used_mm, room.stock(0).low), (Some(safety - 1), 0, true));
    assert_eq!(room.print(roll), [], "told once");
    // Counting tells nothing of the roll in the printer.
    room.print(500);
    room.count(0, 10);
    assert_eq!((room.stock(0).stock, room.stock(0).used_mm), (Some(10), 500));
    // There can be no fewer than none.
    room.count(0, 0);
    room.print(roll * 3);
    assert_eq!((room.stock(0).stock, room.stock(0).used_mm), (Some(0), 500));
    // What is no paper is not used up by printing.
    room.count(1, 10);
    room.book.use_paper(&room.supplies[1], roll, room.now).unwrap();
    assert_eq!(room.stock(1).stock, Some(10));
}

#[test]
fn the_daily_look_round_is_ticked_by_name_and_missed_after_its_hour() {
    let mut room = Room::open();
    let today = room.now.wall.date_naive();
    assert_eq!(room.missed().len(), room.checks.len(), "it is 09:41 and was to be done by 09:30");
    room.now.wall -= Duration::from_secs(3600);
    assert!(room.missed().is_empty(), "there is still time");
    let item = room.checks[0].id.clone();
    assert!(room.book.tick(today, &item, "王芳", room.now).unwrap());
    assert!(!room.book.tick(today, &item, "孙伟", room.now).unwrap(), "ticked by somebody else");
    let ticked = room.book.checks(today).unwrap();
    assert_eq!((ticked.len(), ticked[0].item.as_str(), ticked[0].by.as_str()), (1, item.as_str(), "王芳"));
    assert_eq!(ticked[0].at, room.now.wall);
    room.now.wall += Duration::from_secs(3600);
    assert!(!room.missed().contains(&item));
    assert!(room.book.untick(today, &item, "王芳", room.now).unwrap());
    assert!(!room.book.untick(today, &item, "王芳", room.now).unwrap());
    assert!(room.missed().contains(&item));
    // Another day begins anew.
    for check in room.checks.clone() {
        room.book.tick(today, &check.id, "王芳", room.now).unwrap();
    }
    assert!(room.missed().is_empty());
    room.now.wall += Duration::from_secs(24 * 3600);
    assert_eq!(room.missed().len(), room.checks.len());
    let ticks = room.book.entries().unwrap();
    let ticks = ticks.iter().filter(|entry| matches!(entry, Entry::Checked { by, .. } if by == "王芳"));
    assert_eq!(ticks.count(), 2 + room.checks.len());
}
