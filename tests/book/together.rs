//! Two at the same book: the kiosk, and reception's command beside it. Neither decides by what the other has changed
//! meanwhile.

use crate::support::{chance, host, morning, visitor};
use frontdesk::book::{Book, NewVisit};
use frontdesk::config::{Admits, Config, Reception};
use frontdesk::errand::Kind;
use frontdesk::visit::{Admission, Visit, VisitId};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Longer than it takes to read a few rows.
const A_MOMENT: Duration = Duration::from_millis(500);

/// What happens once while the kiosk works on its book: called at every drawing of random bytes, and done when it
/// says so.
type Meanwhile = Rc<RefCell<Option<Box<dyn FnMut() -> bool>>>>;

fn settings() -> Reception {
    Reception { email: Some("reception@example.com".to_owned()), ..Config::built_in().reception }
}

/// Whether the kiosk is within a change.
fn is_being_changed(path: &Path) -> bool {
    let looker = rusqlite::Connection::open(path).unwrap();
    looker.busy_timeout(Duration::ZERO).unwrap();
    looker.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_err()
}

fn admit(path: &Path, leader: VisitId) {
    assert!(Book::open_beside(path, settings()).unwrap().admit(leader, "", morning()).unwrap());
}

/// The kiosk's book in which somebody waits and others of theirs are expected.
struct Kiosk {
    book: Book,
    path: PathBuf,
    leader: Visit,
    meanwhile: Meanwhile,
    _folder: tempfile::TempDir,
}

impl Kiosk {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.db");
        let meanwhile = Meanwhile::default();
        let (happens, mut draw) = (Rc::clone(&meanwhile), chance(7));
        let chance = Box::new(move |bytes: &mut [u8]| {
            draw(bytes);
            let mut happens = happens.borrow_mut();
            if happens.as_mut().is_some_and(|happens| happens()) {
                *happens = None;
            }
        });
        let mut book = Book::open_with(&path, settings(), morning(), chance).unwrap();
        book.put_hosts(&[host()], morning()).unwrap();
        let leader = NewVisit { admits: Admits::Host, others: 1, ..visitor(morning()) };
        let leader = book.arrive(leader, morning()).unwrap();
        Self { book, path, leader, meanwhile, _folder: folder }
    }

    fn happens(&self, what: impl FnMut() -> bool + 'static) {
        *self.meanwhile.borrow_mut() = Some(Box::new(what));
    }

    /// One more comes by the group's code.
    fn joins(&mut self) -> VisitId {
        let joins = Some(self.leader.id);
        let invitation = self.leader.invitation_id.clone();
        self.book.arrive(NewVisit { joins, invitation, ..visitor(morning()) }, morning()).unwrap().id
    }

    fn is_in(&self, id: VisitId) {
        let visit = self.book.visit(id).unwrap().unwrap();
        assert_eq!(visit.admission, Admission::Admitted, "they wait, and nobody is asked about them");
        let errands = self.book.errands_of(id).unwrap();
        assert_eq!(errands.iter().filter(|errand| errand.kind == Kind::Paper).count(), 1, "one badge");
    }
}

#[test]
fn a_group_let_in_while_somebody_joins_it_is_let_in_with_them() {
    let mut kiosk = Kiosk::open();
    let (path, leader) = (kiosk.path.clone(), kiosk.leader.id);
    // As soon as reception's command gets the book.
    kiosk.happens(move || {
        let free = !is_being_changed(&path);
        if free {
            admit(&path, leader);
        }
        free
    });
    let joined = kiosk.joins();
    if kiosk.meanwhile.borrow_mut().take().is_some() {
        admit(&kiosk.path, leader);
    }
    kiosk.is_in(joined);
}

#[test]
fn whoever_joins_while_reception_lets_the_group_in_gets_a_badge_with_it() {
    let mut kiosk = Kiosk::open();
    let (path, leader) = (kiosk.path.clone(), kiosk.leader.id);
    let (go, gone) = channel();
    let (opened, is_open) = channel();
    let beside = kiosk.path.clone();
    let reception = thread::spawn(move || {
        let mut book = Book::open_beside(&beside, settings()).unwrap();
        opened.send(()).unwrap();
        gone.recv().unwrap();
        assert!(book.admit(leader, "", morning()).unwrap());
    });
    is_open.recv().unwrap();
    // Reception's command begins, and waits for the kiosk to finish.
    kiosk.happens(move || {
        let begun = is_being_changed(&path);
        if begun {
            go.send(()).unwrap();
            thread::sleep(A_MOMENT);
        }
        begun
    });
    let joined = kiosk.joins();
    reception.join().unwrap();
    kiosk.is_in(joined);
}
