//! The real program is killed at random moments while visitors check in: nobody who was in the book is lost, no
//! badge is printed twice, and the journal still verifies.

use super::lobby::{Lobby, by_code, frontdesk, wait};
use frontdesk::book::Verified;
use frontdesk::errand::{Kind, State};
use std::collections::HashSet;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Each takes three seconds, most of them waiting for pages to come to rest.
const KILLS: u64 = 40;
/// A whole visit takes less on a machine that does nothing else; the moments of the kills are drawn from it, thinner
/// before the badge and denser around it.
const AFTER_AGREEING: Duration = Duration::from_millis(1500);

fn token(round: u64) -> String {
    data_encoding::BASE32_NOPAD.encode(format!("visitor {round:>8}").as_bytes())
}

fn invite(lobby: &Lobby) {
    let folder = lobby.folder.path();
    let mut invitations = "id,name,phone,host,from,until,party,code,token\n".to_owned();
    for round in 0..KILLS {
        let code = format!("A{:04}K", round);
        let token = token(round);
        invitations +=
            &format!("K{round},王芳,1380000{round:04},H001,2020-01-01,2036-12-31,0,{code},{token}\n");
    }
    fs::write(folder.join("invitations.csv"), invitations).unwrap();
    let hosts = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/hosts.csv");
    for import in [["hosts", hosts], ["invitations", "invitations.csv"]] {
        let done =
            frontdesk(folder).args(["--config", "kiosk.toml", "import"]).args(import).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// A different moment each time, the same in every run.
fn moment(round: u64) -> Duration {
    let mut seed = (round + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    seed ^= seed >> 31;
    AFTER_AGREEING.mul_f64((seed.wrapping_mul(0xBF58_476D_1CE4_E5B9) % 1000) as f64 / 1000.0)
}

#[test]
fn forty_kills_lose_nobody_and_print_no_badge_twice() {
    let lobby = Lobby::open(false, true);
    invite(&lobby);
    let taps = by_code().taps();
    let mut scanner = lobby.put_in_scanner();
    let mut committed = HashSet::new();
    for round in 0..KILLS {
        let mut kiosk = lobby.start();
        lobby.scan(&mut scanner, &token(round));
        lobby.tap(taps[7]);
        // The last tap, and then the power goes.
        let (begun, over) = (Instant::now(), AtomicBool::new(false));
        let book = lobby.book();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                lobby.display.tap(taps[8]);
                over.store(true, Ordering::Relaxed);
            });
            while begun.elapsed() < moment(round) {
                committed.extend(book.open_visits().unwrap().into_iter().map(|visit| visit.id));
                std::thread::sleep(Duration::from_millis(2));
            }
            kiosk.kill();
        });
        assert!(over.load(Ordering::Relaxed));
    }
    // Once more without a kill: whatever was left is taken up.
    let kiosk = lobby.start();
    let book = lobby.book();
    let ended = |state| matches!(state, State::Done(_) | State::Failed(_) | State::Unknown(_));
    wait("every errand has come to an end", || {
        let visits = book.open_visits().unwrap();
        visits.iter().all(|visit| book.errands_of(visit.id).unwrap().iter().all(|errand| ended(errand.state)))
    });
    drop(kiosk);

    assert!(matches!(book.verify().unwrap(), Verified::Whole { .. }));
    let visits = book.open_visits().unwrap();
    let there: HashSet<_> = visits.iter().map(|visit| visit.id).collect();
    assert!(committed.is_subset(&there), "somebody who was in the book is lost");
    assert!(committed.len() >= 10, "only {} of {KILLS} were in the book before the kill", committed.len());
    let invitations: HashSet<_> = visits.iter().map(|visit| visit.invitation_id.clone()).collect();
    assert_eq!(invitations.len(), visits.len(), "an invitation was used twice");

    let mut printed = HashSet::new();
    for file in lobby.files("badges", "png") {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let (number, copy) = name.split_once('-').unwrap();
        assert_eq!(copy, "1", "badge {number} was printed twice");
        assert!(printed.insert(number.to_owned()));
    }
    for visit in &visits {
        let badges: Vec<_> = book.errands_of(visit.id).unwrap();
        let badge = badges.iter().find(|errand| errand.kind == Kind::Paper).expect("a badge is an errand");
        let there = printed.remove(&visit.badge.to_string());
        assert!(
            there || !matches!(badge.state, State::Done(_)),
            "{} is called printed and is not there",
            visit.badge
        );
    }
    assert!(printed.is_empty(), "badges of nobody: {printed:?}");
}
