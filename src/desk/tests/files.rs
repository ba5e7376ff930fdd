//! What managers take out of the book: files, numbers on paper, and what is erased because somebody asked for it.

use super::*;
use crate::errand::{Export, Exported};
use crate::visit::Wanted;
use std::path::Path;

impl Reception {
    /// The file that is to be written now; its errand stays with its runner.
    fn file(&mut self) -> (Errand, Export) {
        let files = self.due().into_iter().find_map(|errand| match errand.work.clone() {
            Work::Export(export) => Some((errand, export)),
            Work::Badge(_) | Work::Letter(_) | Work::Roll(_) | Work::Numbers(_) | Work::Backup(_) => None,
        });
        files.expect("a file is to be written")
    }

    fn said(&self) -> Said {
        self.pages().said.expect("something is said")
    }

    fn part_of_a_manager(section: Section) -> Self {
        let mut reception = Self::manager();
        reception.unlock().staff(Tap::Go(section));
        reception
    }
}

#[test]
fn what_was_found_is_exported_and_said_to_be_there_only_when_it_is() {
    let mut reception = Reception::part_of_a_manager(Section::History);
    reception.staff(Tap::Filter("wang 客户 2026-11".to_owned()));
    reception.staff(Tap::Do(Action::Export, None)).send(&["0"]);
    let (errand, export) = reception.file();
    reception.wait(Duration::from_secs(1));
    let Said::Ordered(Action::Export, file, State::Sending) = reception.said() else {
        panic!("{:?}", reception.said())
    };
    assert_eq!(export.file, Path::new(".").join(&file));
    assert!(file.starts_with("out/exports/visits-2026-11-23T09") && file.ends_with(".xlsx"), "{file}");
    assert_eq!(export.by, "王芳");
    let wanted = Wanted {
        words: "wang 客户 2026-11".to_owned(),
        types: vec![("客户".to_owned(), "customer".to_owned())],
        ..Wanted::default()
    };
    assert_eq!(export.what, Exported::Visits(wanted), "what was filtered, and which type it may mean");
    reception.ran(&errand, Outcome::Failed(Trouble::FolderUnwritable)).wait(Duration::from_secs(1));
    let failed = State::Failed(Trouble::FolderUnwritable);
    assert_eq!(reception.said(), Said::Ordered(Action::Export, file, failed));
    // Once more, as CSV.
    reception.wait(Duration::from_secs(5)).staff(Tap::Do(Action::Export, None)).send(&["1"]);
    let (errand, export) = reception.file();
    assert!(export.file.extension().is_some_and(|ending| ending == "csv"));
    reception.ran(&errand, Outcome::Done(Seen::Confirmed)).wait(Duration::from_secs(1));
    let Said::Ordered(_, _, State::Done(_)) = reception.said() else { panic!("{:?}", reception.said()) };
    reception.staff(Tap::Go(Section::Board));
    assert_eq!(reception.pages().said, None, "it belongs to the part where it was ordered");
}

#[test]
fn the_numbers_of_a_month_are_printed_after_every_badge_and_exported() {
    let mut reception = Reception::manager();
    let (badge, _) = reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock().staff(Tap::Go(Section::Numbers));
    reception.staff(Tap::Do(Action::PrintNumbers, None));
    assert!(reception.due().is_empty(), "the printer has one paper at a time");
    assert_eq!(reception.said(), Said::Ordered(Action::PrintNumbers, String::new(), State::Queued(None)));
    reception.ran(&badge, Outcome::Done(Seen::Confirmed));
    let due = reception.due();
    let sheet = due.iter().find_map(|errand| match &errand.work {
        Work::Numbers(sheet) => Some((errand.clone(), sheet.clone())),
        Work::Badge(_) | Work::Letter(_) | Work::Roll(_) | Work::Backup(_) | Work::Export(_) => None,
    });
    let (errand, sheet) = sheet.unwrap();
    assert_eq!(sheet.period, "2026-11");
    let days = &sheet.tables[1];
    assert_eq!(
        days.lines,
        [("2026-11-23".to_owned(), "1".to_owned(), Some(1000))],
        "days on which nobody came need no paper"
    );
    reception.ran(&errand, Outcome::Unknown(Trouble::Mute)).wait(Duration::from_secs(1));
    let unknown = State::Unknown(Trouble::Mute);
    assert_eq!(reception.said(), Said::Ordered(Action::PrintNumbers, String::new(), unknown));
    reception.staff(Tap::Do(Action::Export, None)).send(&["0"]);
    let (_, export) = reception.file();
    let Exported::Numbers { period, from, until } = export.what else { panic!("{:?}", export.what) };
    assert_eq!((period.as_str(), (until - from).num_days()), ("2026-11", 30));
}

#[test]
fn nobody_exports_or_erases_without_being_a_manager_or_a_folder() {
    let mut reception = Reception::unlocked();
    reception.staff(Tap::Go(Section::History));
    assert!(reception.pages().actions.is_empty());
    reception.staff(Tap::Do(Action::Export, None)).send(&["0"]);
    reception.staff(Tap::Go(Section::Board)).staff(Tap::Do(Action::PrintNumbers, None));
    assert!(reception.due().is_empty(), "what is not offered is not done either");
    let mut reception = Reception::manager();
    reception.desk.config.export = None;
    reception.unlock().staff(Tap::Go(Section::History));
    assert!(reception.pages().actions.is_empty());
    reception.staff(Tap::Do(Action::Export, None)).send(&["0"]);
    assert!(reception.due().is_empty());
}

#[test]
fn a_manager_erases_whoever_asks_for_it_after_seeing_what() {
    let mut reception = Reception::manager();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).tell(Event::Session(Session::Done)).unlock();
    let here = reception.card(Heading::Here, "欧阳修明");
    reception.staff(Tap::Card(here.id.clone()));
    let offered = reception.pages().card.unwrap().card.actions;
    assert!(!offered.contains(&Action::Erase), "not while they are here");
    reception.act(Action::Erase, &here).send(&[]);
    assert_eq!(reception.said(), Said::StillHere);
    reception.act(Action::SignOut, &here).staff(Tap::Close).staff(Tap::Go(Section::History));
    let found = reception.card(Heading::Found, "欧阳修明");
    reception.staff(Tap::Card(found.id.clone())).act(Action::Erase, &found);
    let facts = reception.pages().form.unwrap().facts;
    assert!(facts.contains(&Fact::Trace(Trace::Visits, 1)), "{facts:?}");
    assert_eq!(reception.book.search(&Wanted::default(), None, 9).unwrap().len(), 1, "shown, not done");
    reception.send(&[]).is_done(Action::Erase);
    assert!(reception.cards(Heading::Found).is_empty());
    assert_eq!(reception.pages().card, None);
    let entries = reception.book.entries().unwrap();
    let [.., crate::book::Entry::Forgotten { by, .. }, crate::book::Entry::Wiped] = entries.as_slice() else {
        panic!("{entries:?}")
    };
    assert_eq!(by, "王芳");
}

#[test]
fn a_manager_is_told_that_a_reader_keeps_what_was_erased() {
    let mut reception = Reception::manager();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).tell(Event::Session(Session::Done));
    let visit = reception.book.open_visits().unwrap().remove(0);
    reception.book.leave(visit.id, reception.now).unwrap();
    reception.unlock().staff(Tap::Go(Section::History));
    let reader = rusqlite::Connection::open(reception._folder.path().join("book.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM visits;").unwrap();
    let found = reception.card(Heading::Found, "欧阳修明");
    reception.staff(Tap::Card(found.id.clone())).act(Action::Erase, &found).send(&[]);
    assert_eq!(reception.said(), Said::Unwiped);
    assert!(reception.cards(Heading::Found).is_empty(), "nobody sees it any more");
    let wiped = |reception: &Reception| reception.book.unwiped_since(reception.now).unwrap().is_none();
    reception.tell(Event::System(System::Tick));
    assert!(!wiped(&reception));
    drop(reader);
    reception.now = reception.now.after(std::time::Duration::from_secs(3));
    reception.tell(Event::System(System::Tick));
    assert!(wiped(&reception), "by itself, once they have read");
}

#[test]
fn managers_read_what_visitors_said() {
    let said = |reception: &mut Reception| {
        let words = crate::visit::Remark::maybe("等了很久");
        let feedback = crate::visit::Feedback {
            rating: Some(2),
            words,
            complaint: false,
            visit: None,
            department: "品质部".to_owned(),
        };
        let id = crate::visit::FeedbackId(uuid::Uuid::from_u128(7));
        reception.book.say(Some(id), &feedback, reception.now).unwrap();
    };
    let mut reception = Reception::manager();
    said(&mut reception);
    reception.unlock().staff(Tap::Go(Section::Words));
    let card = reception.card(Heading::Words, "品质部");
    assert!(card.facts.contains(&Fact::Rating(2)) && card.facts.contains(&Fact::Text("等了很久".to_owned())));
    let mut reception = Reception::unlocked();
    said(&mut reception);
    reception.staff(Tap::Go(Section::Words));
    assert!(reception.pages().columns.0.iter().all(|column| column.heading != Heading::Words));
}
