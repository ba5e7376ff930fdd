//! Reception's board under a finger, in a book of five years: half a million visits lie in it, two thousand visitors are
//! in the house.

use super::lobby::{Lobby, rest};
use super::support;
use frontdesk::book::{Book, NewVisit};
use frontdesk::config::Config;
use frontdesk::desk::{Event, Heading, PageView, Section, Session, System, Tap};
use frontdesk::now::{Now, Tick};
use frontdesk::pin::{Pepper, Pin};
use frontdesk::visit::{PersonName, Role};
use frontdesk::words::Lang;
use i_slint_backend_testing::{AccessibleRole, ElementQuery};
use slint::platform::WindowEvent;
use slint::{ComponentHandle, LogicalPosition};
use std::path::Path;
use std::time::Duration;

const PIN: &str = "480215";
/// Who has left, and who is here.
const LEFT: usize = 500_000;
const HERE: usize = 2_000;
/// So many different visitors, who come again and again.
const PEOPLE: usize = 100;

fn at(rfc: &str) -> Now {
    Now::new(Tick::default(), chrono::DateTime::parse_from_rfc3339(rfc).unwrap())
}

fn visitor(name: &str, host: &str, now: Now) -> NewVisit {
    let mut new = support::visitor(now);
    new.details.name = PersonName::parse(name).unwrap();
    host.clone_into(&mut new.host_id);
    new.good_until = now.after(Duration::from_secs(8 * 3600)).wall;
    new
}

/// A hundred visitors as the book writes them, each of them again and again until today, and two thousand who are here.
fn fill(config: &Config, folder: &Path) {
    let now = at("2026-11-23T09:00:00+08:00");
    let mut book = (frontdesk::stock::book(config))(now).unwrap();
    let host = book.hosts().unwrap()[0].id.clone();
    let first = at("2021-11-24T09:00:00+08:00");
    for n in 0..PEOPLE {
        let name = format!("访客{}", char::from_u32(0x4E00 + n as u32 * 7).unwrap());
        let visit = book.arrive(visitor(&name, &host, first), first).unwrap();
        book.leave(visit.id, first.after(Duration::from_secs(3600))).unwrap();
    }
    let mut beside = rusqlite::Connection::open(&config.book.path).unwrap();
    let change = beside.transaction().unwrap();
    // Each of them once more in every round, an equal time apart until yesterday.
    change
        .execute_batch(&format!(
            "CREATE TEMP TABLE again AS
                 WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {LEFT})
                 SELECT n, (SELECT max(rowid) FROM visits) + n AS row, 1 + n % {PEOPLE} AS of FROM n;
             INSERT INTO visits (rowid, id, badge, badge_token, name, party, host_id, lang, notice_version, notice_lang,
                                 notice_sha256, agreed, arrived, good_until, \"left\", zone)
                 SELECT row, printf('018f0000-0000-7000-8000-%012x', n), badge, 'AGAIN' || replace(replace(printf('%08o', n), '0', 'A'), '1', 'B') || 'AAAAAAAAAAAAA', name,
                        party, host_id, lang, notice_version, notice_lang, notice_sha256, agreed + n * 315000,
                        arrived + n * 315000, good_until + n * 315000, \"left\" + n * 315000, zone
                 FROM again JOIN visits ON visits.rowid = of;
             INSERT INTO findable (rowid, words)
                 SELECT row, words FROM again JOIN findable ON findable.rowid = of;"
        ))
        .unwrap();
    change.commit().unwrap();
    for n in 0..HERE {
        let now = now.after(Duration::from_secs(n as u64));
        book.arrive(visitor(&format!("在场{n:04}"), &host, now), now).unwrap();
    }
    let pepper = Pepper::write(&folder.join("pepper"), [3; 32]).unwrap();
    let hash = Pin::new(PIN).unwrap().hash(&pepper, [4; 16]).unwrap();
    book.set_pin("王芳", Role::Manager, &hash, "root", now).unwrap();
}

fn half_a_million() -> Lobby {
    let lobby = Lobby::open_with(|config| {
        let folder = config.book.path.parent().unwrap().to_owned();
        config.staff.pepper_file = folder.join("pepper");
        config.staff.lock_seconds = Duration::from_secs(600);
        config.visit.keep_days = 3650;
        fill(config, &folder);
    });
    lobby.window.window().set_size(slint::PhysicalSize::new(1080, 1920));
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    lobby.kiosk.tell(Event::Reception(Tap::Open));
    lobby.kiosk.tell(Event::Reception(Tap::Pin(PIN.to_owned())));
    rest();
    lobby
}

impl Lobby {
    /// How many cards there are in a column.
    fn cards(&self, heading: Heading) -> usize {
        let PageView::ReceptionPages(pages) = self.kiosk.view().page else {
            panic!("{:?}", self.kiosk.view().page)
        };
        pages
            .columns
            .0
            .iter()
            .filter(|column| column.heading == heading)
            .map(|column| column.cards.len())
            .sum()
    }

    /// The cards of the list that a finger moves, as what stands on them, the topmost first. What needs a hand has a list
    /// of its own above the headings.
    fn in_sight(&self) -> Vec<String> {
        let buttons = ElementQuery::from_root(&self.window).match_descendants();
        let buttons = buttons.match_accessible_role(AccessibleRole::Button).find_all();
        let named: Vec<(f32, String)> = buttons
            .into_iter()
            .filter_map(|card| Some((card.absolute_position().y, card.accessible_label()?.to_string())))
            .collect();
        let headings = named.iter().find(|(_, name)| name.starts_with("Here now")).map_or(0.0, |(y, _)| *y);
        let mut cards: Vec<(f32, String)> = named
            .into_iter()
            .filter(|(y, _)| *y > headings)
            .filter(|(_, name)| ["在场", "刚到", "访客"].iter().any(|beginning| name.starts_with(beginning)))
            .collect();
        cards.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut names: Vec<String> = cards.into_iter().map(|(_, name)| name).collect();
        // What a card holds has its name too.
        names.dedup();
        names
    }

    /// A finger moves the list up by so much, in pixels.
    fn scroll(&self, pixels: f32) {
        let position = LogicalPosition::new(540.0, 1750.0);
        self.window.window().dispatch_event(WindowEvent::PointerScrolled {
            position,
            delta_x: 0.0,
            delta_y: -pixels,
        });
        rest();
    }
}

#[test]
fn half_a_million_visits_lie_in_the_book_while_the_board_scrolls() {
    let lobby = half_a_million();
    assert_eq!(lobby.cards(Heading::Here), HERE);
    let first = lobby.in_sight();
    assert!((2..40).contains(&first.len()), "only what is in sight is made: {}", first.len());
    lobby.scroll(20_000.0);
    let later = lobby.in_sight();
    assert!(later.len() < 40 && later.iter().all(|card| !first.contains(card)), "{later:?}");
    // Somebody comes while reception looks at the middle of the list: it does not jump away under the finger.
    let now = lobby.clock.now();
    let mut beside = lobby.reception();
    let host = beside.hosts().unwrap()[0].id.clone();
    beside.arrive(visitor("刚到的人", &host, now), now).unwrap();
    lobby.clock.pass(Duration::from_secs(3));
    lobby.kiosk.tell(Event::System(System::Tick));
    rest();
    assert_eq!(lobby.cards(Heading::Here), HERE + 1);
    let now_in_sight = lobby.in_sight();
    let stayed = later.iter().filter(|card| now_in_sight.contains(card)).count();
    assert!(stayed + 1 >= later.len(), "the list jumped: {later:?} {now_in_sight:?}");
    lobby.scroll(-1_000_000.0);
    assert!(lobby.in_sight()[0].contains("刚到的人"), "{:?}", lobby.in_sight());
    lobby.scroll(1_000_000_000.0);
    assert!(lobby.in_sight().last().unwrap().contains("在场0000"), "{:?}", lobby.in_sight());
    // Five years are searched from the same pages.
    lobby.kiosk.tell(Event::Reception(Tap::Go(Section::History)));
    lobby.kiosk.tell(Event::Reception(Tap::Filter("访客一".to_owned())));
    rest();
    assert_eq!(lobby.cards(Heading::Found), 200, "the newest of five thousand");
    lobby.kiosk.tell(Event::Reception(Tap::Filter("刚到".to_owned())));
    rest();
    assert_eq!(lobby.in_sight().len(), 1);
    let book: &Book = &beside;
    assert_eq!(book.open_visits().unwrap().len(), HERE + 1);
}
