//! Roll calls: everyone on site, on paper and in the book, complete and in order, whatever the printer does.

use crate::support::{host, morning, visitor};
use frontdesk::back::Back;
use frontdesk::book::{Book, Called, Held, NewVisit, Roll};
use frontdesk::config::{Admits, Config, Lobby, MailKind, PrinterKind};
use frontdesk::errand::{
    About, Errand, Outcome, Report, RollLine, RollMark, RollPage, Seen, State, Trouble, Work,
};
use frontdesk::now::Now;
use frontdesk::paper::badge::{Press, Presses};
use frontdesk::paper::{escpos, roll};
use frontdesk::visit::{Company, Host, Kind, PersonName, Visit};
use frontdesk::words::Lang;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;
use tempfile::TempDir;

const CONFIRMED: Outcome = Outcome::Done(Seen::Confirmed);
const FIRE_OFFICER: &str = "fire@example.com";

/// A house with its book.
struct House {
    book: Book,
    now: Now,
    config: Config,
    folder: TempDir,
}

impl House {
    fn open(hosts: &[Host]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config::built_in();
        config.reception.email = Some("reception@example.com".to_owned());
        config.reception.place = "一楼前台".into();
        config.roll.to = vec![FIRE_OFFICER.to_owned(), "reception@example.com".to_owned()];
        config.printer.kind = PrinterKind::File(folder.path().join("badges"));
        config.mail.kind = MailKind::Folder(folder.path().join("mails"));
        let now = morning();
        let mut book = Book::open(&folder.path().join("book.db"), config.reception.clone(), now).unwrap();
        book.put_hosts(hosts, now).unwrap();
        Self { book, now, config, folder }
    }

    fn arrive(&mut self, name: &str, host: &str) -> Visit {
        self.arrive_as(name, host, |_| {})
    }

    fn arrive_as(&mut self, name: &str, host: &str, differs: impl FnOnce(&mut NewVisit)) -> Visit {
        let mut new = NewVisit { host_id: host.to_owned(), ..visitor(self.now) };
        new.details.name = PersonName::parse(name).unwrap();
        differs(&mut new);
        self.book.arrive(new, self.now).unwrap()
    }

    fn later(&mut self, seconds: u64) -> &mut Self {
        self.now = self.now.after(Duration::from_secs(seconds));
        self
    }

    fn call(&mut self, drill: bool) -> Roll {
        self.book.call_roll(drill, &self.config.roll.to, "王芳", self.now).unwrap()
    }

    /// Somebody holds the button in the lobby down.
    fn hold(&mut self, lobby: Lobby) -> Held {
        self.book.call_roll_in_lobby(lobby, &self.config.roll.to, self.now).unwrap().1
    }

    /// What has been put out since: who stands on the pages, how many stand there without names, and to whom it was
    /// mailed. All of it is done then.
    fn put_out(&mut self) -> (Vec<String>, Vec<(String, u32)>, Vec<String>) {
        let (mut names, mut counts, mut to) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let due = self.due();
            if due.is_empty() {
                return (names, counts, to);
            }
            for errand in due {
                self.book.ran(errand.id, CONFIRMED, self.now).unwrap();
                match errand.work {
                    Work::Roll(page) => {
                        names.extend(page.lines.into_iter().map(|line| line.name));
                        counts.extend(page.counts);
                    }
                    Work::Letter(letter) => to.push(letter.to),
                    Work::Badge(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => {}
                }
            }
        }
    }

    fn open_roll(&self) -> Roll {
        self.book.open_roll().unwrap().expect("an open roll call")
    }

    /// What falls due, without badges and arrival mails, which are done at once.
    fn due(&mut self) -> Vec<Errand> {
        let mut wanted = Vec::new();
        loop {
            let mut done = false;
            for errand in self.book.due(self.now).unwrap() {
                match &errand.work {
                    Work::Roll(_) => wanted.push(errand),
                    Work::Letter(letter) if matches!(letter.about, About::Roll { .. }) => wanted.push(errand),
                    Work::Badge(_)
                    | Work::Letter(_)
                    | Work::Numbers(_)
                    | Work::Backup(_)
                    | Work::Export(_) => {
                        self.book.ran(errand.id, CONFIRMED, self.now).unwrap();
                        done = true;
                    }
                }
            }
            // The printer has one at a time.
            if !done {
                break;
            }
        }
        wanted
    }

    /// The pages that fall due, one after the other, each printed at once.
    fn print_all(&mut self) -> Vec<RollPage> {
        let mut printed = Vec::new();
        loop {
            let pages: Vec<Errand> =
                self.due().into_iter().filter(|errand| matches!(errand.work, Work::Roll(_))).collect();
            assert!(pages.len() < 2, "one after the other");
            let Some(errand) = pages.into_iter().next() else { return printed };
            self.book.ran(errand.id, CONFIRMED, self.now).unwrap();
            let Work::Roll(page) = errand.work else { panic!("a page") };
            printed.push(page);
        }
    }
}

fn at(id: &str, name: &str, place: &str) -> Host {
    Host { id: id.to_owned(), name: name.into(), place: place.into(), phone: format!("6{id}"), ..host() }
}

fn names(roll: &Roll) -> Vec<&str> {
    roll.people.iter().map(|called| called.line.name.as_str()).collect()
}

fn one<'a>(roll: &'a Roll, name: &str) -> &'a Called {
    roll.people.iter().find(|called| called.line.name == name).expect("called")
}

/// Four hundred people with twenty hosts on five floors, who came in no order.
fn crowd() -> House {
    let hosts: Vec<Host> = (0..20)
        .map(|n| at(&format!("h{n:02}"), &format!("接待人{n:02}"), &format!("{} 楼", n % 5 + 1)))
        .collect();
    let mut house = House::open(&hosts);
    for n in 0..400u32 {
        let name = format!("访客{}", char::from_u32(0x4E00 + (n * 271) % 400).unwrap());
        house.arrive_as(&name, &format!("h{:02}", (n * 7) % 20), |new| {
            new.details.company = Company::maybe("云栖新能源（杭州）有限公司").unwrap();
        });
    }
    house
}

#[test]
fn four_hundred_people_print_complete_and_in_order() {
    let mut house = crowd();
    let called = house.call(false);
    assert_eq!(called.people.len(), 400);
    house.config.printer.width = 384;
    let (tell, told) = channel();
    let press = || Press::built_in(384).unwrap();
    let back = Back::start(
        &house.config,
        Presses::new(press(), None, Vec::new()),
        false,
        Arc::new(move |report| tell.send(report).unwrap()),
    )
    .unwrap();
    let mut pages = Vec::new();
    let mut letters = Vec::new();
    let mut printed = Vec::new();
    let mut fed = Vec::new();
    loop {
        for errand in house.due() {
            match &errand.work {
                Work::Roll(page) => pages.push((errand.id, page.clone())),
                Work::Letter(letter) => letters.push(letter.clone()),
                Work::Badge(_) | Work::Numbers(_) | Work::Backup(_) | Work::Export(_) => {
                    panic!("no errand of a roll call")
                }
            }
            back.run(errand);
        }
        if house.book.roll_pages(called.id).unwrap().iter().all(|print| matches!(print.state, State::Done(_)))
        {
            break;
        }
        match told.recv_timeout(Duration::from_secs(60)).expect("a report") {
            Report::Ran(id, outcome) => {
                assert_eq!(outcome, CONFIRMED);
                printed.push(id);
                house.book.ran(id, outcome, house.now).unwrap();
            }
            Report::Fed(millimetres) => fed.push(millimetres),
            Report::Printer(_)
            | Report::Photo(..)
            | Report::Camera(_)
            | Report::Disk(_)
            | Report::LookedOver(_) => {}
        }
    }
    // The order in which they came out is that of the pages, and of the people on them.
    let came_out: Vec<u32> = printed
        .iter()
        .filter_map(|id| pages.iter().find(|(page, _)| page == id).map(|(_, page)| page.page))
        .collect();
    assert_eq!(came_out, (1..=13).collect::<Vec<_>>());
    let lines: Vec<&RollLine> = pages.iter().flat_map(|(_, page)| &page.lines).collect();
    assert!(lines.iter().map(|line| line.place).eq(1..=400));
    assert!(pages.iter().all(|(_, page)| (page.pages, page.people, page.drill) == (13, 400, false)));
    let place = |line: &&RollLine| (line.area.clone(), line.host.clone(), line.name.clone());
    assert!(lines.is_sorted_by_key(place));
    let mut everyone: Vec<String> =
        house.book.open_visits().unwrap().iter().map(|visit| visit.badge.to_string()).collect();
    let mut on_paper: Vec<String> = lines.iter().map(|line| line.number.clone()).collect();
    everyone.sort();
    on_paper.sort();
    assert_eq!(on_paper, everyone, "everybody once");
    // What came out is what the pages say, byte by byte, and nothing besides.
    let badges = house.folder.path().join("badges");
    for (_, page) in &pages {
        let bytes = std::fs::read(badges.join(format!("roll_{}-1.bin", page.page))).unwrap();
        assert_eq!(bytes, escpos::encode(&roll::lay_out(page, 384).unwrap()).unwrap().bytes);
    }
    assert_eq!(std::fs::read_dir(&badges).unwrap().count(), 2 * pages.len());
    // The paper of all pages but the last, whose length is told after its end, is counted.
    let long = |(_, page): &(_, RollPage)| escpos::millimetres(&roll::lay_out(page, 384).unwrap());
    assert!(fed.iter().copied().eq(pages.iter().take(fed.len()).map(long)) && fed.len() >= pages.len() - 1);
    let to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(to, [FIRE_OFFICER, "reception@example.com"], "each once");
    assert!(letters.iter().all(|letter| letter.lines.len() == 400));
}

#[test]
fn paper_that_ends_in_mid_page_costs_that_page_and_no_other() {
    let mut house = crowd();
    let called = house.call(false);
    let mut outcomes: Vec<(u32, Outcome)> = Vec::new();
    let mut tries = 0;
    while outcomes.len() < 20 {
        let page = house.due().into_iter().find_map(|errand| {
            if let Work::Roll(page) = &errand.work { Some((errand.id, page.page)) } else { None }
        });
        let Some((id, page)) = page else {
            let Some(wait) = house.book.next_due(house.now).unwrap() else { break };
            assert!(wait > Duration::ZERO, "nothing spins while a page waits for the one before it");
            house.now = house.now.after(wait);
            tries += 1;
            if tries > 50 {
                break;
            }
            continue;
        };
        // The paper ends in page 3 and is changed after some tries with page 4.
        let outcome = match page {
            3 => Outcome::Unknown(Trouble::PaperOut),
            4 if outcomes.len() < 6 => Outcome::NotYet(Trouble::PaperOut),
            _ => CONFIRMED,
        };
        outcomes.push((page, outcome));
        house.book.ran(id, outcome, house.now).unwrap();
    }
    let order: Vec<u32> = outcomes.iter().map(|(page, _)| *page).collect();
    assert_eq!(order, [1, 2, 3, 4, 4, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    let states = |house: &House| -> Vec<(u32, State)> {
        house.book.roll_pages(called.id).unwrap().iter().map(|print| (print.page, print.state)).collect()
    };
    for (page, state) in states(&house) {
        let expected =
            if page == 3 { State::Unknown(Trouble::PaperOut) } else { State::Done(Seen::Confirmed) };
        assert_eq!(state, expected, "page {page}");
    }
    // Only that one is printed again, because somebody says so.
    assert_eq!(house.print_all().len(), 0);
    assert!(house.book.print_roll_page_again(called.id, 3, "王芳", house.now).unwrap());
    assert!(!house.book.print_roll_page_again(called.id, 3, "王芳", house.now).unwrap(), "it waits anyway");
    assert!(!house.book.print_roll_page_again(called.id, 14, "王芳", house.now).unwrap());
    let again = house.print_all();
    assert_eq!(again.iter().map(|page| page.page).collect::<Vec<_>>(), [3]);
    assert!(again[0].lines.iter().map(|line| line.place).eq(65..=96));
    assert!(states(&house).iter().all(|(_, state)| *state == State::Done(Seen::Confirmed)));
}

#[test]
fn everybody_on_site_is_called_where_they_are() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302"), at("h2", "刘欣怡", "二楼 201")]);
    house.arrive("孙伟", "h1");
    let gone = house.arrive("赵倩", "h1");
    house.book.leave(gone.id, house.now).unwrap();
    house.arrive_as("周杰", "h2", |new| new.members = vec![PersonName::parse("Ann Lee").unwrap()]);
    // Nobody has let this one in yet: they are in the lobby and not with their host.
    house.arrive_as("钱多", "h1", |new| new.admits = Admits::Host);
    let declined = house.arrive_as("郑和", "h1", |new| new.admits = Admits::Reception);
    house.book.decline(declined.id, "王芳", "", house.now).unwrap();
    house.later(60);
    let roll = house.call(false);
    let lines: Vec<_> = roll
        .people
        .iter()
        .map(|one| (one.line.place, one.line.area.as_str(), one.line.name.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (1, "一楼前台", "钱多"),
            (2, "三楼 302", "孙伟"),
            (3, "二楼 201", "Ann Lee"),
            (4, "二楼 201", "周杰")
        ]
    );
    assert_eq!(
        (one(&roll, "周杰").line.host.as_str(), one(&roll, "周杰").line.host_phone.as_str()),
        ("刘欣怡", "6h2")
    );
    assert!(roll.people.iter().all(|one| one.safe.is_none() && one.left.is_none() && !one.since));
}

#[test]
fn a_finger_that_taps_twice_calls_one_roll() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    let first = house.call(true);
    assert_eq!(house.later(1).call(true).id, first.id);
    assert_eq!(house.print_all().len(), 1, "printed once");
    // A real one is not held up by a drill, and no drill calls it off.
    let drill = house.book.roll(first.id).unwrap().unwrap();
    assert!(drill.drill && drill.ended.is_none());
    let real = house.later(1).call(false);
    assert!(!real.drill && real.id != first.id);
    assert!(house.book.roll(first.id).unwrap().unwrap().ended.is_some());
    assert_eq!(house.later(1).call(true).id, real.id);
    assert_eq!(house.open_roll().id, real.id);
    assert!(house.print_all().iter().all(|page| !page.drill));
    // After its end the next one is a new one.
    assert!(house.book.end_roll(real.id, "王芳", house.now).unwrap());
    assert!(!house.book.end_roll(real.id, "王芳", house.now).unwrap());
    assert!(house.book.open_roll().unwrap().is_none());
    assert_ne!(house.later(1).call(false).id, real.id);
}

#[test]
fn a_roll_of_the_day_before_holds_up_no_fire() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    let forgotten = house.call(false);
    assert_eq!(house.print_all().len(), 1);
    assert_eq!(house.later(119).call(false).id, forgotten.id, "two people saw the same smoke");
    assert_eq!(house.print_all().len(), 0);
    // Nobody ended it; the next day there is a fire.
    house.later(24 * 3600).arrive("赵倩", "h1");
    house.due();
    let fire = house.call(false);
    assert_ne!(fire.id, forgotten.id);
    // Whoever was here yesterday left when the house closed.
    assert_eq!((names(&fire), fire.at), (vec!["赵倩"], house.now.wall));
    let due = house.due();
    let written: Vec<&str> =
        due.iter().filter_map(|errand| errand.work.as_letter()).map(|letter| letter.to.as_str()).collect();
    assert_eq!(written, [FIRE_OFFICER, "reception@example.com"]);
    assert!(due.iter().any(|errand| matches!(&errand.work, Work::Roll(page) if page.people == 1)));
    assert_eq!(house.book.roll(forgotten.id).unwrap().unwrap().ended, Some(house.now.wall));
    // No drill calls it off, however long it lasts; a clock that was set back hides no fire.
    assert_eq!(house.later(3600).call(true).id, fire.id);
    house.now.wall -= chrono::Duration::hours(5);
    assert_ne!(house.call(false).id, fire.id);
}

#[test]
fn a_page_that_came_out_is_printed_once_more_when_somebody_wants_it_twice() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    let called = house.call(false);
    assert_eq!(house.print_all().len(), 1);
    assert!(house.book.print_roll_page_again(called.id, 1, "王芳", house.now).unwrap());
    assert_eq!(house.print_all().len(), 1);
    assert_eq!(house.book.roll_pages(called.id).unwrap().len(), 1, "one page, however often");
}

#[test]
fn what_is_not_printed_when_a_roll_call_ends_is_not_printed_any_more() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    let drill = house.call(true);
    house.book.end_roll(drill.id, "王芳", house.now).unwrap();
    assert_eq!(house.print_all().len(), 0);
    assert_eq!(house.book.roll_pages(drill.id).unwrap()[0].state, State::Failed(Trouble::Late));
    assert!(!house.book.print_roll_page_again(drill.id, 1, "王芳", house.now).unwrap());
}

#[test]
fn who_leaves_and_who_comes_during_a_roll_call_is_seen() {
    let returns =
        Kind { id: "site".to_owned(), name: "施工".into(), escort: false, returns: true, purpose: None };
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    let stays = house.arrive("孙伟", "h1");
    let leaves = house.arrive("赵倩", "h1");
    let back = house.arrive_as("周杰", "h1", |new| new.kind = Some(returns));
    house.book.leave(back.id, house.now).unwrap();
    let called = house.later(60).call(false);
    assert_eq!(names(&called), ["孙伟", "赵倩"]);
    house.later(60);
    house.book.leave(leaves.id, house.now).unwrap();
    let new = house.arrive("钱多", "h1");
    assert!(house.book.come_back(back.id, house.now).unwrap());
    let roll = house.open_roll();
    assert_eq!(names(&roll), ["孙伟", "赵倩", "周杰", "钱多"]);
    assert_eq!(one(&roll, "赵倩").left.unwrap(), house.now.wall);
    assert_eq!(roll.people.iter().filter(|one| one.since).count(), 2);
    // Each of them can be ticked off, and the tick be taken back.
    for (visit, safe) in [(stays.id, true), (new.id, false), (back.id, true)] {
        assert!(house.book.mark(called.id, visit, Some(safe), "王芳", house.now).unwrap());
    }
    let roll = house.open_roll();
    assert_eq!((one(&roll, "孙伟").safe, one(&roll, "孙伟").by.as_str()), (Some(true), "王芳"));
    assert_eq!(one(&roll, "孙伟").marked.unwrap(), house.now.wall);
    assert_eq!((one(&roll, "钱多").safe, one(&roll, "钱多").since), (Some(false), true));
    assert!(house.book.mark(called.id, stays.id, None, "王芳", house.now).unwrap());
    assert_eq!(one(&house.open_roll(), "孙伟").safe, None);
    assert!(one(&house.open_roll(), "孙伟").by.is_empty());
    // Whoever was gone before is none of it, and nobody is after its end.
    house.book.leave(new.id, house.now).unwrap();
    let strange = frontdesk::visit::VisitId(uuid::Uuid::from_u128(7));
    assert!(!house.book.mark(called.id, strange, Some(true), "王芳", house.now).unwrap());
    house.book.end_roll(called.id, "王芳", house.now).unwrap();
    assert!(!house.book.mark(called.id, stays.id, Some(true), "王芳", house.now).unwrap());
    house.later(60).arrive("吴用", "h1");
    let over = house.book.roll(called.id).unwrap().unwrap();
    assert!(!names(&over).contains(&"吴用"), "after its end nobody joins it");
    assert!(matches!(house.book.verify().unwrap(), frontdesk::book::Verified::Whole { .. }));
}

#[test]
fn a_fire_after_a_false_alarm_is_printed_and_mailed() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    assert_eq!(house.hold(Lobby::Print), Held::Called);
    let first = house.open_roll();
    let everybody = [FIRE_OFFICER, "reception@example.com"];
    assert_eq!(house.put_out(), (vec!["孙伟".to_owned()], vec![], everybody.map(str::to_owned).to_vec()));
    // Two people saw the same smoke.
    house.later(119).arrive("赵倩", "h1");
    assert_eq!(house.hold(Lobby::Print), Held::Nothing);
    assert_eq!(house.put_out(), (vec![], vec![], vec![]));
    // Nobody with a PIN has touched the first one: it silences nothing.
    house.later(1);
    assert_eq!(house.hold(Lobby::Print), Held::Called);
    assert_ne!(house.open_roll().id, first.id);
    let (names, _, to) = house.put_out();
    assert_eq!((names, to.len()), (vec!["孙伟".to_owned(), "赵倩".to_owned()], 2));
    // Nor does a clock that was set back.
    house.now.wall -= chrono::TimeDelta::hours(1);
    assert_eq!(house.hold(Lobby::Print), Held::Called);
}

#[test]
fn a_list_that_is_wanted_again_has_who_came_since() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    let gone = house.arrive("孙伟", "h1");
    house.arrive("周杰", "h1");
    house.hold(Lobby::Print);
    house.put_out();
    house.later(30).arrive("赵倩", "h1");
    house.book.leave(gone.id, house.now).unwrap();
    assert_eq!(house.hold(Lobby::Print), Held::Nothing);
    assert!(house.book.issue_roll(Lobby::Print, &house.config.roll.to.clone(), "", house.now).unwrap());
    let (names, _, to) = house.put_out();
    assert_eq!((names, to.len()), (vec!["周杰".to_owned(), "赵倩".to_owned()], 2), "printed and mailed");
    let roll = house.open_roll();
    assert!(!one(&roll, "赵倩").since, "she stands on the paper");
    assert_eq!(
        names_of_places(&roll),
        [(1, "周杰"), (2, "孙伟"), (3, "赵倩")].map(|(at, name)| (at, name.to_owned()))
    );
    // Wanted again, it is printed; who has the same list by mail gets none.
    assert!(house.book.issue_roll(Lobby::Print, &house.config.roll.to.clone(), "", house.now).unwrap());
    let (names, _, to) = house.put_out();
    assert_eq!((names.len(), to.len()), (2, 0));
    house.book.end_roll(roll.id, "王芳", house.now).unwrap();
    assert!(!house.book.issue_roll(Lobby::Print, &[], "", house.now).unwrap(), "it is over");
}

fn names_of_places(roll: &Roll) -> Vec<(u32, String)> {
    let mut places: Vec<_> = roll.people.iter().map(|one| (one.line.place, one.line.name.clone())).collect();
    places.sort();
    places
}

#[test]
fn who_is_ticked_off_stays_so_on_the_next_list() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    let (safe, missing) = (house.arrive("孙伟", "h1"), house.arrive("周杰", "h1"));
    house.hold(Lobby::Print);
    house.put_out();
    let roll = house.open_roll();
    house.later(60);
    let ticked = house.now.wall;
    assert!(house.book.mark(roll.id, safe.id, Some(true), "王芳", house.now).unwrap());
    assert!(house.book.mark(roll.id, missing.id, Some(false), "王芳", house.now).unwrap());
    house.later(120).arrive("赵倩", "h1");
    assert_eq!(house.hold(Lobby::Print), Held::GoesOn);
    let pages: Vec<RollPage> = house.print_all();
    let marks: Vec<_> = pages[0]
        .lines
        .iter()
        .map(|line| (line.name.as_str(), line.mark.map(|mark| (mark.safe, mark.at))))
        .collect();
    assert_eq!(
        marks,
        [("周杰", Some((false, ticked))), ("孙伟", Some((true, ticked))), ("赵倩", None)],
        "the new paper has the ticks, and who came since"
    );
    assert_eq!((pages[0].at, pages[0].listed), (roll.at, Some(house.now.wall)));
    let now = house.open_roll();
    assert_eq!((now.id, one(&now, "孙伟").safe, one(&now, "周杰").safe), (roll.id, Some(true), Some(false)));
    // Whoever is missing stands on the list, also where somebody signed them out.
    house.book.sign_out(missing.id, "王芳", house.now).unwrap();
    house.later(120);
    assert_eq!(house.hold(Lobby::Print), Held::GoesOn);
    assert!(house.print_all()[0].lines.iter().any(|line| line.name == "周杰"));
    // Half an hour after the last tick nobody is ticking any more: who was safe then need not be now.
    house.later(30 * 60);
    assert_eq!(house.hold(Lobby::Print), Held::Called);
    assert!(house.open_roll().people.iter().all(|one| one.safe.is_none()));
}

#[test]
fn a_list_that_waits_for_the_printer_is_replaced_and_not_printed_twice() {
    let mut house = crowd();
    house.hold(Lobby::Print);
    assert_eq!(house.due().iter().filter(|errand| matches!(errand.work, Work::Roll(_))).count(), 1);
    let roll = house.open_roll();
    house.book.issue_roll(Lobby::Print, &[], "", house.now).unwrap();
    // The page that the printer has comes out; the others of that list do not.
    let first = house.book.errands_of(roll.id).unwrap().remove(0);
    house.book.ran(first.id, CONFIRMED, house.now).unwrap();
    assert!(house.print_all().iter().map(|page| (page.issue, page.page)).eq((1..=13).map(|page| (1, page))));
    let states: Vec<State> =
        house.book.roll_pages(roll.id).unwrap().into_iter().map(|print| print.state).collect();
    assert_eq!(states, vec![State::Done(Seen::Confirmed); 13], "the newest list is what counts");
}

#[test]
fn without_a_pin_paper_says_what_the_house_wants_and_mails_have_the_names() {
    let places = [at("h1", "李晓云", "三楼 302"), at("h2", "刘欣怡", "二楼 201"), at("h3", "周敏", "")];
    for (lobby, names, counts) in [
        (Lobby::Print, 4, vec![]),
        (Lobby::Numbers, 0, vec![(String::new(), 1), ("三楼 302".to_owned(), 2), ("二楼 201".to_owned(), 1)]),
        (Lobby::Mail, 0, vec![]),
    ] {
        let mut house = House::open(&places);
        for (name, host) in [("孙伟", "h1"), ("赵倩", "h1"), ("周杰", "h2"), ("钱多", "h3")] {
            house.arrive(name, host);
        }
        assert_eq!(house.hold(lobby), Held::Called);
        let roll = house.open_roll();
        for letter in house.book.errands_of(roll.id).unwrap() {
            assert!(letter.about.is_some() || lobby != Lobby::Mail, "nothing for the printer");
        }
        let (printed, counted, to) = house.put_out();
        assert_eq!((printed.len(), counted, to.len()), (names, counts, 2), "{lobby:?}");
        // Whoever has a PIN gets the names.
        house.book.issue_roll(Lobby::Print, &[], "王芳", house.now).unwrap();
        assert_eq!(house.put_out().0.len(), 4);
    }
}

#[test]
fn names_that_somebody_with_a_pin_wanted_are_printed_though_the_lobby_prints_numbers() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    house.call(false);
    // The printer has no paper: the names wait. Somebody holds the button down.
    house.later(121);
    assert_eq!(house.hold(Lobby::Numbers), Held::Called);
    let (names, counts, _) = house.put_out();
    assert_eq!((names, counts.len()), (vec!["孙伟".to_owned()], 0));
    // They are out: the next list is the lobby's.
    house.later(121);
    assert_eq!(house.hold(Lobby::Numbers), Held::Called);
    let (names, counts, _) = house.put_out();
    assert_eq!((names.len(), counts.len()), (0, 1));
}

#[test]
fn whoever_got_no_mail_gets_the_same_list_again() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    house.hold(Lobby::Mail);
    for errand in house.due() {
        let Work::Letter(letter) = &errand.work else { panic!("{errand:?}") };
        let refused = letter.to == FIRE_OFFICER;
        let outcome = if refused { Outcome::Failed(Trouble::MailRefused) } else { CONFIRMED };
        house.book.ran(errand.id, outcome, house.now).unwrap();
    }
    house.later(30);
    let to = house.config.roll.to.clone();
    assert!(house.book.issue_roll(Lobby::Mail, &to, "", house.now).unwrap());
    assert_eq!(house.put_out().2, [FIRE_OFFICER]);
}

#[test]
fn a_roll_whose_list_was_just_issued_is_called_once() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.arrive("孙伟", "h1");
    let first = house.call(false);
    house.later(150);
    assert!(house.book.issue_roll(Lobby::Print, &[], "王芳", house.now).unwrap());
    house.later(60);
    assert_eq!(house.call(false).id, first.id);
    house.later(60);
    assert_ne!(house.call(false).id, first.id);
}

#[test]
fn a_page_that_a_power_cut_interrupts_is_unknown_and_the_list_stands_in_the_book() {
    let mut house = crowd();
    let called = house.call(true);
    assert_eq!(house.due().iter().filter(|errand| matches!(errand.work, Work::Roll(_))).count(), 1);
    let House { book, now, config, folder } = house;
    drop(book);
    let book = Book::open(&folder.path().join("book.db"), config.reception.clone(), now).unwrap();
    let mut house = House { book, now, config, folder };
    assert_eq!(house.open_roll().people, called.people);
    let pages = house.book.roll_pages(called.id).unwrap();
    assert_eq!(pages[0].state, State::Unknown(Trouble::Interrupted));
    assert!(
        house.print_all().iter().map(|page| page.page).eq(2..=13),
        "the others print, that one not again"
    );
}

#[test]
fn a_house_without_visitors_says_so() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    house.call(false);
    let pages = house.print_all();
    assert_eq!((pages.len(), pages[0].people, pages[0].lines.len()), (1, 0, 0));
    roll::lay_out(&pages[0], 576).unwrap();
}

#[test]
fn what_is_old_is_erased_from_the_papers_too() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    let visit = house.arrive("孙伟", "h1");
    let roll = house.call(false);
    house.print_all();
    house.book.end_roll(roll.id, "王芳", house.now).unwrap();
    house.book.leave(visit.id, house.now).unwrap();
    house.later(3 * 24 * 3600);
    let before =
        frontdesk::book::Before { visits: house.now.wall, lessons: house.now.wall, people: house.now.wall };
    assert!(!house.book.errands_of(roll.id).unwrap().is_empty());
    house.book.forget(&before, house.now).unwrap();
    assert!(house.book.errands_of(roll.id).unwrap().is_empty());
}

/// A page with all that makes one hard: long names, glyphs that the fonts lack, hosts without a telephone.
#[test]
fn how_many_were_safe_stays_when_nobody_knows_any_more_who_they_were() {
    let mut house = House::open(&[at("h1", "李晓云", "三楼 302")]);
    let visits = ["王晓明", "赵敏", "孙伟"].map(|name| house.arrive(name, "h1"));
    let roll = house.call(false);
    let late = house.later(60).arrive("钱多多", "h1");
    for (visit, safe) in [(&visits[0], true), (&visits[1], true), (&visits[2], false), (&late, true)] {
        assert!(house.book.mark(roll.id, visit.id, Some(safe), "王芳", house.now).unwrap());
    }
    assert!(house.book.end_roll(roll.id, "王芳", house.now).unwrap());
    let past = house.book.rolls(9).unwrap();
    assert_eq!((past.len(), past[0].people, past[0].safe), (1, 3, 2));
    house.book.sign_out_all("王芳", house.now).unwrap();
    house.later(40 * 86_400);
    let wall = house.now.wall;
    let over = frontdesk::book::Before { visits: wall, lessons: wall, people: wall };
    while house.book.forget(&over, house.now).unwrap() > 0 {}
    assert!(house.book.roll(roll.id).unwrap().unwrap().people.iter().all(|called| called.since));
    assert_eq!(house.book.rolls(9).unwrap(), past);
}

#[test]
fn numbers_and_ticks_fit_every_width_of_paper() {
    for (width, lang) in [(384, Lang::ZH), (512, Lang::EN), (576, Lang::ZH), (640, Lang::EN)] {
        let mut page = hard_page(false, lang);
        let bare = roll::lay_out(&page, width).unwrap();
        let at = page.at;
        for (line, safe) in page.lines.iter_mut().zip([true, false]) {
            line.mark = Some(RollMark { safe, at });
        }
        page.listed = Some(page.at);
        assert!(roll::lay_out(&page, width).unwrap().height > bare.height + 60);
        page.lines.clear();
        page.counts = vec![(String::new(), 1), ("三楼 302 ".repeat(9), 400), ("二楼".to_owned(), 12)];
        let counted = roll::lay_out(&page, width).unwrap();
        if let Some(folder) = std::env::var_os("FRONTDESK_PICTURES") {
            let file = Path::new(&folder).join(format!("roll-counts-{width}.png"));
            std::fs::write(file, counted.png()).unwrap();
        }
        assert!(counted.height > 300 && counted.height < bare.height);
    }
}

fn hard_page(drill: bool, lang: Lang) -> RollPage {
    let line = |place, area: &str, host: &str, name: &str, company: &str| RollLine {
        place,
        area: area.to_owned(),
        host: host.to_owned(),
        host_phone: if host == "刘欣怡" { String::new() } else { "0571-8888 8302".to_owned() },
        name: name.to_owned(),
        company: company.to_owned(),
        number: format!("A{place:03}"),
        mark: None,
        said_left: None,
    };
    RollPage {
        at: morning().wall,
        drill,
        page: 2,
        pages: 13,
        people: 400,
        lines: vec![
            line(33, "一楼前台", "李晓云", "欧阳修明", "云栖新能源（杭州）有限公司"),
            line(
                34,
                "一楼前台",
                "李晓云",
                "Maximiliane Freifrau von Hohenstein-Wallerstein",
                "Hohenstein Precision Instruments & Sons GmbH & Co. KG, Ludwigshafen",
            ),
            line(35, "一楼前台", "刘欣怡", "김민준", ""),
            line(36, "三楼 302", "Christopher Montgomery", "阿卜杜热合曼·阿卜杜拉", "<b>&amp;"),
            line(37, "", "李晓云", &"王".repeat(60), ""),
        ],
        lang,
        issue: 0,
        listed: None,
        counts: Vec::new(),
        said_left: 0,
    }
}

#[test]
fn every_width_of_paper_takes_it() {
    for width in [384, 512, 576, 640] {
        let [drill, real] =
            [true, false].map(|drill| roll::lay_out(&hard_page(drill, Lang::EN), width).unwrap());
        assert_eq!((drill.width, real.width), (width, width));
        // A drill is marked across the whole paper: a seventh of it is black there.
        let black =
            (0..112).flat_map(|y| (0..width).map(move |x| (x, y))).filter(|(x, y)| drill.is_black(*x, *y));
        assert!(black.count() as u32 > width * 112 / 2);
        assert!(drill.height > real.height + 100);
    }
}

#[test]
fn a_page_looks_as_it_did() {
    let paper = roll::lay_out(&hard_page(true, Lang::ZH), 576).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/roll-576.png");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, paper.png()).unwrap();
    }
    let expected = image::open(&golden).unwrap().into_luma8();
    if expected.dimensions() != (paper.width, paper.height) || expected.into_raw() != paper.gray() {
        let seen = std::env::temp_dir().join("roll-576-now.png");
        std::fs::write(&seen, paper.png()).unwrap();
        panic!("the page differs from {}: see {}", golden.display(), seen.display());
    }
}
