//! A kiosk is killed at random moments, two hundred times. Whoever it thanked is in the book, no badge was
//! printed twice, and every errand comes to an end.

use crate::promises::journal_tells_every_visit;
use crate::support::{host, morning, visitor};
use frontdesk::book::{Book, Verified};
use frontdesk::config::Config;
use frontdesk::errand::{ErrandId, Kind, Outcome, Seen, State, Trouble, Work};
use frontdesk::now::Now;
use frontdesk::visit::VisitId;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const KILLS: u64 = 200;
/// In these rounds the kill hits while a badge is printing: on a slow disk it hardly ever does by chance.
fn stops_at_paper(round: u64) -> bool {
    round % 10 == 7
}

/// Where the killed kiosk has its files; set only in the child.
const FOLDER: &str = "FRONTDESK_CRASH_FOLDER";

fn now(seconds: u64) -> Now {
    morning().after(Duration::from_secs(seconds))
}

fn open(folder: &Path, at: Now) -> Book {
    let mut config = Config::built_in();
    config.reception.email = Some("reception@example.com".to_owned());
    let mut book = Book::open(&folder.join("book.db"), config.reception, at).unwrap();
    book.put_hosts(&[host()], at).unwrap();
    book
}

/// The child: visitors come without end, runners print and send at once, until it is killed.
#[test]
fn a_kiosk_that_is_going_to_be_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let began: u64 = std::env::var("FRONTDESK_CRASH_BEGAN").unwrap().parse().unwrap();
    let mut paper = OpenOptions::new().append(true).create(true).open(folder.join("paper")).unwrap();
    let mut mails = OpenOptions::new().append(true).create(true).open(folder.join("mails")).unwrap();
    let mut thanked = OpenOptions::new().append(true).create(true).open(folder.join("thanked")).unwrap();
    let mut book = open(&folder, now(began));
    let mut with_runners = Vec::new();
    // Most are killed in the middle of the day, some while they still end what yesterday left.
    if !(began / 86_400).is_multiple_of(4) {
        with_runners = book.due(now(began)).unwrap();
    }
    println!("open");
    for second in began.. {
        let at = now(second);
        let visit = book.arrive(visitor(at), at).unwrap();
        // What the visitor has read cannot be taken back.
        // In one piece: a kill between two would join this line with the next.
        thanked.write_all(format!("{}\n", visit.id.0).as_bytes()).unwrap();
        with_runners.extend(book.due(at).unwrap());
        while let Some(errand) = with_runners.pop() {
            let outcome = match second % 7 {
                3 => Outcome::NotYet(Trouble::PaperOut),
                5 if errand.work.kind() == Kind::Paper => Outcome::Unknown(Trouble::Mute),
                _ => Outcome::Done(Seen::Confirmed),
            };
            let into = match &errand.work {
                Work::Badge(_) | Work::Roll(_) | Work::Numbers(_) => &mut paper,
                Work::Letter(_) | Work::Backup(_) | Work::Export(_) => &mut mails,
            };
            if !matches!(outcome, Outcome::NotYet(_)) {
                into.write_all(format!("{}\n", errand.id.0).as_bytes()).unwrap();
                if errand.work.kind() == Kind::Paper && stops_at_paper(began / 86_400) {
                    println!("printing");
                    loop {
                        std::thread::park();
                    }
                }
            }
            book.ran(errand.id, outcome, at).unwrap();
            with_runners.extend(book.due(at).unwrap());
        }
    }
}

fn lines(file: &Path) -> Vec<String> {
    File::open(file)
        .map(|file| BufReader::new(file).lines().map(Result::unwrap).collect())
        .unwrap_or_default()
}

/// A different wait each time, the same in every run.
fn wait_before_kill(round: u64) -> Duration {
    let mut seed = (round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    seed ^= seed >> 31;
    Duration::from_micros(seed.wrapping_mul(0xBF58_476D_1CE4_E5B9) % 150_000)
}

#[test]
fn two_hundred_kills_lose_nobody_and_print_no_badge_twice() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut taken_for_unknown = HashSet::new();
    for round in 0..KILLS {
        // A day has passed between two starts: errands of yesterday are over.
        let began = round * 86_400;
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::a_kiosk_that_is_going_to_be_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .env("FRONTDESK_CRASH_BEGAN", began.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let word = if stops_at_paper(round) { "printing" } else { "open" };
        assert!(said.any(|line| line.unwrap().ends_with(word)), "round {round}: the book did not open");
        let moment = Instant::now() + wait_before_kill(round);
        while Instant::now() < moment {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if round % 20 == 19 || round + 1 == KILLS {
            look_into_the_book(folder.path(), began + 43_200, &mut taken_for_unknown);
        }
    }
    assert!(
        !taken_for_unknown.is_empty(),
        "no kill ever hit a badge that was printing: kill at other moments"
    );
    let printed = lines(&folder.path().join("paper"));
    let visits = lines(&folder.path().join("thanked")).len();
    assert!(visits > KILLS as usize, "only {visits} visits in {KILLS} rounds");
    println!("{visits} visits, {} badges printed, {} asked about", printed.len(), taken_for_unknown.len());
}

fn look_into_the_book(folder: &Path, second: u64, unknown: &mut HashSet<ErrandId>) {
    let at = now(second);
    let mut book = open(folder, at);
    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    // Every errand comes to an end.
    for hour in 0..4 {
        let later = at.after(Duration::from_secs(hour * 3600));
        for errand in book.due(later).unwrap() {
            assert_eq!(errand.work.kind(), Kind::Letter, "a badge was printed again unasked");
            book.ran(errand.id, Outcome::Done(Seen::Confirmed), later).unwrap();
        }
    }
    journal_tells_every_visit(&folder.join("book.db"));
    let mut badges: HashMap<String, (State, ErrandId)> = HashMap::new();
    for visit in lines(&folder.join("thanked")) {
        let id = VisitId(visit.parse().unwrap());
        assert!(book.visit(id).unwrap().is_some(), "a visitor was thanked and lost");
        for errand in book.errands_of(id).unwrap() {
            let ended = matches!(errand.state, State::Done(_) | State::Failed(_) | State::Unknown(_));
            assert!(ended, "{errand:?} never ended");
            if errand.kind == Kind::Paper {
                badges.insert(errand.id.0.to_string(), (errand.state, errand.id));
            }
        }
    }
    let open: Vec<_> = book.open_visits().unwrap().into_iter().map(|visit| visit.badge).collect();
    assert_eq!(open.iter().collect::<HashSet<_>>().len(), open.len(), "a badge number is open twice");

    let mut times: HashMap<String, u32> = HashMap::new();
    for badge in lines(&folder.join("paper")) {
        *times.entry(badge).or_default() += 1;
    }
    for (badge, times) in times {
        if let Some((State::Unknown(Trouble::Interrupted), id)) = badges.get(&badge) {
            unknown.insert(*id);
        }
        assert_eq!(times, 1, "badge {badge}");
    }
}
