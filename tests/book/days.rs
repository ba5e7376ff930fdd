//! Days at reception in which anything happens in any order: taps, scans, reports of devices, time that
//! passes and clocks that are set. Whatever happens, the reception's promises hold.

use crate::support::{chance, host, morning};
use data_encoding::HEXLOWER;
use frontdesk::book::{Book, Correction, Entry, JournalRecord, Verified, look_over};
use frontdesk::config::Config;
use frontdesk::desk::{
    Desk, Event, Field, LookUp, PageView, Parcels, Registration, Session, SignOut, System,
};
use frontdesk::errand::{Errand, Kind, Outcome, PrinterState, Report, Seen, State, Trouble};
use frontdesk::notice::Notices;
use frontdesk::now::Now;
use frontdesk::visit::{
    Admission, Invitation, InviteCode, PersonName, Phone, Photo, Point, Token, Visit, VisitId,
};
use frontdesk::words::Lang;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

/// What happens next.
#[derive(Clone, Debug)]
enum Happening {
    Visitor(Event),
    /// A runner reports on the errand it has had longest.
    Ran(Outcome),
    Passes(u64),
    /// One of those who are here holds the badge to the scanner.
    ScansBadge(usize),
    /// Reception answers about whoever waits longest.
    Answers(bool),
    /// Reception does something about one of those who are here, or were signed out by number.
    Does(Deed, usize),
    /// Somebody sets the wall clock.
    ClockSet(i64),
    /// The power fails and comes back.
    PowerCut,
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Reprint,
    LendPass,
    TakePass,
    Rename,
    Prolong,
    SignOut,
    SignOutByNumber,
    SignOutAll,
    TakeBack,
    Confirm,
}

fn deed() -> impl Strategy<Value = Deed> {
    use Deed::*;
    let one_visit = [Reprint, LendPass, TakePass, Rename, Prolong, SignOut, SignOutByNumber];
    prop::sample::select([&one_visit[..], &[SignOutAll, TakeBack, Confirm]].concat())
}

fn token(n: u8) -> Token {
    Token::from_bytes([n; 16])
}

fn code(n: u8) -> InviteCode {
    InviteCode::from_bytes([n; 6])
}

fn visitor() -> impl Strategy<Value = Event> {
    let typed = prop_oneof![Just("欧阳修明".to_owned()), Just(String::new()), "\\PC{0,12}"];
    prop_oneof![
        3 => (0_u8..8).prop_map(|n| Event::LookUp(LookUp::Scanned(token(n).as_str().to_owned()))),
        1 => "\\PC{0,40}".prop_map(|it| Event::LookUp(LookUp::Scanned(it))),
        2 => Just(Event::LookUp(LookUp::HaveInvitation)),
        1 => Just(Event::LookUp(LookUp::ByCode)),
        1 => Just(Event::LookUp(LookUp::ByName)),
        1 => (0_u8..10).prop_map(|n| Event::LookUp(LookUp::Code(code(n).as_str().to_owned()))),
        1 => (typed.clone(), "[0-9]{4}").prop_map(|(name, last_four)| Event::LookUp(LookUp::Name { name, last_four })),
        1 => (0_u8..8).prop_map(|n| Event::LookUp(LookUp::Choose(format!("i{n}")))),
        4 => Just(Event::LookUp(LookUp::Confirm)),
        2 => Just(Event::LookUp(LookUp::Correct)),
        1 => Just(Event::LookUp(LookUp::NotMe)),
        1 => typed.clone().prop_map(|text| Event::Registration(Registration::LeaveField(Field::Name, text))),
        1 => (0_usize..4, typed.clone()).prop_map(|(at, name)| Event::Registration(Registration::NameMember { at, name })),
        4 => Just(Event::Registration(Registration::MembersDone)),
        4 => (typed, prop_oneof![3 => Just(0), 2 => -3..4, 1 => Just(60)], any::<bool>()).prop_map(
            |(name, party, remember)| Event::Registration(Registration::DetailsDone {
                name, company: "云栖".to_owned(), phone: "13800138000".to_owned(), party, remember
            })
        ),
        2 => Just(Event::Registration(Registration::InductionRead)),
        4 => (0_usize..3).prop_map(|it| Event::Registration(Registration::Answer(it))),
        5 => any::<bool>().prop_map(|signs| Event::Registration(Registration::Agree(if signs { signature() } else { Vec::new() }))),
        1 => Just(Event::SignOut(SignOut::LeaveTogether)),
        1 => Just(Event::Registration(Registration::Decline)),
        2 => any::<bool>().prop_map(|it| Event::Registration(Registration::CameOut(it))),
        1 => Just(Event::Registration(Registration::WalkIn)),
        2 => prop_oneof![Just("customer"), Just("interview"), Just("contractor")]
            .prop_map(|id| Event::Registration(Registration::ChooseType(id.to_owned()))),
        1 => "[a-z]{0,3}".prop_map(|it| Event::Registration(Registration::AskForHost(it))),
        4 => Just(Event::Registration(Registration::ChooseHost("H001".to_owned()))),
        3 => "\\PC{0,12}".prop_map(|it| Event::Registration(Registration::PurposeDone(it))),
        1 => Just(Event::Delivery(Parcels::Begin)),
        1 => (any::<bool>(), -3..200).prop_map(|(to_sign, parcels)| Event::Delivery(Parcels::Done {
            carrier: "顺丰".to_owned(), parcels, to_sign
        })),
        1 => Just(Event::SignOut(SignOut::Leaving)),
        1 => (1_u8..5).prop_map(|n| Event::LookUp(LookUp::Code(format!("A00{n}")))),
        1 => Just(Event::SignOut(SignOut::ComeBack)),
        1 => (0_u8..9).prop_map(|it| Event::SignOut(SignOut::Rate(it))),
        1 => any::<bool>().prop_map(|complaint| Event::SignOut(SignOut::BeginFeedback { complaint })),
        1 => ("\\PC{0,20}", any::<bool>()).prop_map(|(words, anonymous)| Event::SignOut(SignOut::FeedbackDone { words, anonymous })),
        2 => Just(Event::SignOut(SignOut::Leave)),
        1 => Just(Event::SignOut(SignOut::Stay)),
        1 => Just(Event::Session(Session::Done)),
        1 => Just(Event::Session(Session::Back)),
        1 => Just(Event::Session(Session::Home)),
        1 => Just(Event::Session(Session::ShowPrivacy)),
        1 => Just(Event::Session(Session::ShowReception)),
        1 => Just(Event::Session(Session::CloseAside)),
        1 => Just(Event::System(System::Touched)),
        1 => Just(Event::Session(Session::ChooseLanguage(Lang::EN))),
        1 => Just(Event::System(System::Report(Report::Printer(PrinterState::Trouble(Trouble::PaperOut))))),
    ]
}

fn signature() -> Vec<Vec<Point>> {
    vec![(0..40).map(|i| (200 + i * 30, if i % 2 == 0 { 300 } else { 700 })).collect()]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(Outcome::Done(Seen::Confirmed)),
        1 => Just(Outcome::Done(Seen::HandedOver)),
        2 => Just(Outcome::NotYet(Trouble::PaperOut)),
        1 => Just(Outcome::Failed(Trouble::MailRefused)),
        2 => Just(Outcome::Unknown(Trouble::Mute)),
    ]
}

fn day() -> impl Strategy<Value = Vec<Happening>> {
    let happening = prop_oneof![
        12 => visitor().prop_map(Happening::Visitor),
        4 => outcome().prop_map(Happening::Ran),
        2 => (0_usize..8).prop_map(Happening::ScansBadge),
        2 => any::<bool>().prop_map(Happening::Answers),
        3 => (deed(), 0_usize..8).prop_map(|(deed, n)| Happening::Does(deed, n)),
        3 => (0_u64..200).prop_map(Happening::Passes),
        1 => (-50_000_i64..50_000).prop_map(Happening::ClockSet),
        1 => Just(Happening::PowerCut),
    ];
    prop::collection::vec(happening, 0..120)
}

/// The invitation that can be used on each day of the week.
const EVERY_DAY: &str = "i6";

struct Reception {
    folder: tempfile::TempDir,
    config: Config,
    desk: Desk,
    book: Option<Book>,
    now: Now,
    seed: u64,
    with_runners: Vec<Errand>,
    /// Everybody who ever was here.
    visits: HashSet<VisitId>,
}

impl Reception {
    fn open() -> Self {
        let mut config = Config::built_in();
        config.reception.email = Some("reception@example.com".to_owned());
        let desk = Desk::new(&config, Notices::load(&config).unwrap());
        let now = morning();
        let folder = tempfile::tempdir().unwrap();
        let mut reception = Self {
            folder,
            config,
            desk,
            book: None,
            now,
            seed: 7,
            with_runners: Vec::new(),
            visits: HashSet::new(),
        };
        reception.open_the_book();
        let book = reception.book.as_mut().unwrap();
        book.put_hosts(&[host()], now).unwrap();
        let invitations: Vec<_> = (0..8)
            .map(|n| Invitation {
                id: format!("i{n}"),
                token: token(n),
                code: code(n),
                visitor: PersonName::parse("欧阳修明").unwrap(),
                company: None,
                phone: Phone::maybe("13800138000").unwrap(),
                host_id: "H001".to_owned(),
                from: now.millis() - 86_400_000,
                until: now.millis() + 86_400_000,
                party: 1,
                cancelled: n == 7,
                used_by: None,
                visit_type: None,
                email: None,
                lang: None,
                days: if format!("i{n}") == EVERY_DAY { 0b111_1111 } else { 0 },
            })
            .collect();
        book.put_invitations(&invitations, now).unwrap();
        reception
    }

    fn open_the_book(&mut self) {
        self.book = None;
        self.seed += 1;
        let path: &Path = &self.folder.path().join("book.db");
        let book = Book::open_with(path, self.config.reception.clone(), self.now, chance(self.seed));
        self.book = Some(book.unwrap());
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Visitor(event) => self.tell(event),
            Happening::Ran(outcome) if !self.with_runners.is_empty() => {
                let errand = self.with_runners.remove(0);
                self.tell(Event::System(System::Report(Report::Ran(errand.id, outcome))));
            }
            Happening::Ran(_) => {}
            Happening::ScansBadge(n) => {
                let here = self.book.as_ref().unwrap().open_visits().unwrap();
                if let Some(visit) = here.get(n) {
                    self.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned())));
                }
            }
            Happening::Answers(yes) => {
                let (book, now) = (self.book.as_mut().unwrap(), self.now);
                if let Some(visit) = book.waiting().unwrap().first() {
                    let done =
                        if yes { book.admit(visit.id, "", now) } else { book.decline(visit.id, "", "", now) };
                    assert!(done.unwrap());
                }
                self.tell(Event::System(System::Tick));
            }
            Happening::Does(deed, n) => self.does(deed, n),
            Happening::Passes(seconds) => {
                self.now = self.now.after(Duration::from_secs(seconds));
                self.tell(Event::System(System::Tick));
            }
            Happening::ClockSet(seconds) => self.now.wall += chrono::Duration::seconds(seconds),
            Happening::PowerCut => {
                self.with_runners.clear();
                self.desk = Desk::new(&self.config, Notices::load(&self.config).unwrap());
                self.open_the_book();
            }
        }
    }

    fn does(&mut self, deed: Deed, n: usize) {
        let (book, now) = (self.book.as_mut().unwrap(), self.now);
        let is_doubted = matches!(deed, Deed::TakeBack | Deed::Confirm);
        let among = if is_doubted { book.doubted(now) } else { book.open_visits() }.unwrap();
        let Some(visit) = among.get(n) else { return };
        let id = visit.id;
        let mut right = Correction::of(visit);
        match deed {
            Deed::Reprint => drop(book.reprint(id, "弄丢了", "mei", now).unwrap()),
            Deed::LendPass => drop(book.lend_pass(id, &format!("{n}"), "mei", now).unwrap()),
            Deed::TakePass => drop(book.take_pass(id, "mei", now).unwrap()),
            Deed::Rename | Deed::Prolong => {
                if matches!(deed, Deed::Rename) {
                    right.details.name = PersonName::parse("司徒望舒").unwrap();
                } else {
                    right.good_until += chrono::TimeDelta::minutes(30);
                }
                book.correct(id, right, "mei", now).unwrap();
            }
            Deed::SignOut => drop(book.sign_out(id, "mei", now).unwrap()),
            Deed::SignOutByNumber => drop(book.leave_by_number(id, now).unwrap()),
            Deed::SignOutAll => drop(book.sign_out_all("mei", now).unwrap()),
            Deed::TakeBack => drop(book.take_back_sign_out(id, "mei", now).unwrap()),
            Deed::Confirm => drop(book.confirm_sign_out(id, "mei", now).unwrap()),
        }
        self.tell(Event::System(System::Tick));
    }

    fn tell(&mut self, event: Event) {
        let book = self.book.as_mut().unwrap();
        self.desk.handle(event, self.now, book).unwrap();
        self.with_runners.extend(book.due(self.now).unwrap());
        self.promises();
    }

    fn promises(&mut self) {
        let book = self.book.as_ref().unwrap();
        let open = book.open_visits().unwrap();
        self.visits.extend(open.iter().map(|visit| visit.id));
        let badges: HashSet<_> = open.iter().map(|visit| visit.badge).collect();
        assert_eq!(badges.len(), open.len(), "a badge number is open twice");
        // What is good on days of the week was used once on each.
        let leaders = self.visits.iter().filter_map(|id| book.visit(*id).unwrap());
        let leaders = leaders.filter(|visit| visit.leader.is_none());
        let invited: Vec<_> = leaders
            .filter_map(|visit| {
                let id = visit.invitation_id?;
                let day = (id == EVERY_DAY).then(|| visit.arrived.date_naive());
                Some((id, day))
            })
            .collect();
        let invitations: HashSet<_> = invited.iter().collect();
        assert_eq!(invitations.len(), invited.len(), "an invitation was used twice");
        for visit in open.iter().filter(|visit| visit.leader.is_some()) {
            let leader = visit.leader.and_then(|leader| book.visit(leader).unwrap());
            let leader = leader.expect("a group has no leader");
            assert_eq!(leader.invitation_id, visit.invitation_id, "a group has two invitations");
        }
        for visit in book.waiting().unwrap() {
            let errands = book.errands_of(visit.id).unwrap();
            assert!(errands.iter().all(|errand| errand.kind == Kind::Letter), "a badge before the answer");
        }
        if let PageView::Thanks(thanks) = self.desk.view(self.now).page {
            let known = open.iter().any(|visit| visit.badge_token == thanks.badge.token);
            assert!(known, "somebody is thanked who is not in the book");
        }
        let running: HashSet<_> = self.with_runners.iter().map(|errand| errand.id).collect();
        assert_eq!(running.len(), self.with_runners.len(), "an errand was handed out twice");
    }

    /// Every errand ends when its time is over, whatever the runners do.
    fn closes(&mut self) {
        for _ in 0..40 {
            while !self.with_runners.is_empty() {
                self.happens(Happening::Ran(Outcome::NotYet(Trouble::MailLater)));
            }
            self.happens(Happening::Passes(900));
        }
        // Past every good-until, also of clocks that had been set a day ahead.
        self.now = self.now.after(Duration::from_secs(3 * 86_400));
        for _ in 0..3 {
            self.happens(Happening::Passes(3 * 3600));
            while !self.with_runners.is_empty() {
                self.happens(Happening::Ran(Outcome::NotYet(Trouble::MailLater)));
            }
        }
        let book = self.book.as_ref().unwrap();
        for visit in &self.visits {
            assert!(book.visit(*visit).unwrap().is_some(), "a visit is lost");
            for errand in book.errands_of(*visit).unwrap() {
                let ended = matches!(errand.state, State::Done(_) | State::Failed(_) | State::Unknown(_));
                assert!(ended, "{errand:?} never ended");
            }
        }
        assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
        assert_eq!(look_over(&self.folder.path().join("book.db")).unwrap(), [], "nothing was damaged");
        let told = rebuilt(book);
        let ids: HashSet<_> = told.iter().map(|told| told.visit.id).collect();
        assert!(ids.is_superset(&self.visits), "a visit is not told of");
        for told in told {
            let id = told.visit.id;
            assert_eq!(book.visit(id).unwrap().as_ref(), Some(&told.visit), "told otherwise than it stands");
            assert_eq!(stands(&self.folder.path().join("book.db"), id), (told.closes, told.photo));
        }
    }

    fn journal(&self) -> Vec<Entry> {
        self.book.as_ref().unwrap().entries().unwrap()
    }
}

/// A visit, with what no [`Visit`] has.
struct Rebuilt {
    visit: Visit,
    /// UTC milliseconds.
    closes: i64,
    photo: Option<String>,
}

/// When the house closes for a visit, and the hash of its photo, as they stand in the file.
fn stands(file: &Path, id: VisitId) -> (i64, Option<String>) {
    let file = rusqlite::Connection::open(file).unwrap();
    let row = "SELECT closes, photo FROM visits WHERE id = ?";
    let (closes, photo): (i64, Option<Vec<u8>>) =
        file.query_row(row, [id.0.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    (closes, photo.map(|gray| HEXLOWER.encode(&Sha256::digest(gray))))
}

/// Every visit, out of nothing but the journal.
#[allow(clippy::wildcard_enum_match_arm, reason = "the other lines tell of something else")]
fn rebuilt(book: &Book) -> Vec<Rebuilt> {
    let mut all: Vec<Rebuilt> = Vec::new();
    for JournalRecord { at, subject, entry } in book.told().unwrap() {
        let wall = |zone: &Visit| {
            chrono::DateTime::from_timestamp_millis(at).unwrap().with_timezone(zone.arrived.offset())
        };
        // Of a group, its leader's line tells of all.
        let group = |visit: &&mut Visit| {
            let leader = visit.leader.unwrap_or(visit.id).0.to_string();
            visit.left.is_none() && (leader == subject || visit.id.0.to_string() == subject)
        };
        let own = |visit: &&mut Visit| visit.id.0.to_string() == subject;
        let mut visits = all.iter_mut().map(|told| &mut told.visit);
        match entry {
            Entry::Arrived { visit, closes, photo } => {
                let closes = closes.expect("a line of this version").timestamp_millis();
                all.push(Rebuilt { visit: *visit, closes, photo });
            }
            Entry::BadgeAgain(stands) | Entry::Reprinted { visit: stands, .. } => {
                *visits.find(own).unwrap() = *stands;
            }
            Entry::Corrected { visit: stands, .. } => {
                // Whoever stays longer than the house is in it until then.
                let told = all.iter_mut().find(|told| told.visit.id.0.to_string() == subject).unwrap();
                told.closes = told.closes.max(stands.good_until.timestamp_millis());
                told.visit = *stands;
            }
            Entry::ClosesAt { closes } => {
                let told = all.iter_mut().find(|told| told.visit.id.0.to_string() == subject).unwrap();
                told.closes = closes.timestamp_millis();
            }
            Entry::Left | Entry::SignedOut { .. } => {
                let visit = visits.find(own).unwrap();
                visit.left = Some(wall(visit));
            }
            Entry::LeftByNumber => {
                let visit = visits.find(own).unwrap();
                (visit.left, visit.doubted) = (Some(wall(visit)), true);
            }
            Entry::SignOutTakenBack { .. } => {
                let visit = visits.find(own).unwrap();
                (visit.left, visit.doubted) = (None, false);
            }
            Entry::SignOutConfirmed { .. } => visits.find(own).unwrap().doubted = false,
            Entry::CameBack => visits.find(own).unwrap().left = None,
            Entry::AssumedLeft { left } => {
                let visit = visits.find(own).unwrap();
                (visit.left, visit.assumed) = (left, true);
            }
            Entry::Asked { who } => visits.find(own).unwrap().admission = Admission::Waiting(who),
            Entry::Admitted { .. } => {
                visits.filter(group).for_each(|visit| visit.admission = Admission::Admitted)
            }
            Entry::Declined { word, .. } => visits.filter(group).for_each(|visit| {
                (visit.admission, visit.left) = (Admission::Declined(word.clone()), Some(wall(visit)));
            }),
            _ => {}
        }
    }
    all
}

#[test]
fn a_photo_and_the_closing_hour_are_told_by_the_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    let mut book = Book::open(&path, Config::built_in().reception, morning()).unwrap();
    book.put_hosts(&[host()], morning()).unwrap();
    let gray: Vec<u8> = (0..Photo::WIDTH * Photo::HEIGHT).map(|at| (at % 251) as u8).collect();
    let mut new = crate::support::visitor(morning());
    new.photo = Some(Photo::try_from(gray.clone()).unwrap());
    new.members = vec![PersonName::parse("Ann Lee").unwrap()];
    book.arrive(new, morning()).unwrap();
    let told = rebuilt(&book);
    let hash = HEXLOWER.encode(&Sha256::digest(gray));
    assert_eq!([&told[0].photo, &told[1].photo], [&Some(hash), &None], "one of them stood before the camera");
    for told in told {
        assert_eq!(book.visit(told.visit.id).unwrap(), Some(told.visit.clone()));
        assert_eq!(stands(&path, told.visit.id), (told.closes, told.photo));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_happens_the_promises_hold(day in day()) {
        let mut reception = Reception::open();
        for happening in day {
            reception.happens(happening);
        }
        reception.closes();
    }

    #[test]
    fn the_same_day_makes_the_same_book(day in day()) {
        let play = || {
            let mut reception = Reception::open();
            for happening in day.clone() {
                reception.happens(happening);
            }
            reception.journal()
        };
        prop_assert_eq!(play(), play());
    }
}
