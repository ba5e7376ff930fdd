//! Visitors at the real program: by typed code, by a serial scanner; a second program on the same book; no display.

use super::lobby::{Lobby, SIZE, apart, broken, by_code, frontdesk, wait};
use crate::display::Display;

/// A sample invitation's QR code, and its id.
const TOKEN: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOA";

#[test]
fn a_visitor_comes_by_code_once_and_another_one_by_a_scanner_on_a_wire() {
    let lobby = Lobby::open(true, true);
    let mut scanner = lobby.put_in_scanner();
    let mut kiosk = lobby.start();
    let windows = lobby.display.windows("Huayue");
    assert_eq!(windows.len(), 1, "{windows:?}");
    let colours: std::collections::HashSet<_> =
        lobby.display.picture().pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 20, "the welcome page is not drawn: {} colours", colours.len());

    let taps = by_code().taps();
    assert_eq!(taps.len(), 9, "to tap the code and to agree");
    lobby.tap(taps[0]);
    taps[1..6].iter().for_each(|at| lobby.key(*at));
    // The last character looks the invitation up.
    taps[6..].iter().for_each(|at| lobby.tap(*at));
    wait("the badge and the mail", || {
        lobby.files("badges", "png").len() == 1 && lobby.files("mails", "eml").len() == 1
    });
    assert_eq!(lobby.files("badges", "bin").len(), 1);
    let here = lobby.book().open_visits().unwrap();
    assert_eq!(here.len(), 1);
    assert_eq!(here[0].invitation_id.as_deref(), Some("I004"));

    // The power is cut while the thanks stand there; the invitation stays used.
    kiosk.kill();
    let kiosk = lobby.start();
    lobby.tap(taps[0]);
    taps[1..7].iter().for_each(|at| lobby.key(*at));
    lobby.at_rest(&lobby.display);
    let told = lobby.display.picture();
    let (code, confirm) = (by_code().picture("-code.png"), by_code().picture("-confirm.png"));
    let (stays, goes) = (apart(&told, &code), apart(&told, &confirm));
    assert!(stays < goes / 2.0, "{stays} from the page of the code, {goes} from the found invitation");
    taps[7..].iter().for_each(|at| lobby.key(*at));
    assert_eq!(lobby.book().open_visits().unwrap().len(), 1, "an invitation was used twice");
    assert_eq!(lobby.files("badges", "png").len(), 1);

    drop(kiosk);
    let _kiosk = lobby.start();
    lobby.scan(&mut scanner, TOKEN);
    taps[7..].iter().for_each(|at| lobby.tap(*at));
    wait("the badge of who was scanned", || lobby.files("badges", "png").len() == 2);
    let here = lobby.book().open_visits().unwrap();
    assert!(here.iter().any(|visit| visit.invitation_id.as_deref() == Some("I002")), "{here:?}");
}

#[test]
fn a_second_program_on_the_same_book_sends_everybody_to_reception() {
    let lobby = Lobby::open(true, false);
    let _first = lobby.start();
    let elsewhere = Display::open(SIZE.0, SIZE.1);
    let _second = lobby.start_on(&elsewhere, "second");
    lobby.first_page(&elsewhere);
    let shown = elsewhere.picture();
    let (same, other) =
        (apart(&shown, &broken().picture("-broken.png")), apart(&shown, &lobby.display.picture()));
    assert!(same < 0.5 && other > 3.0 * same.max(0.5), "{same} from the page, {other} from the greeting");
    // It tries again and again, and says it once.
    std::thread::sleep(std::time::Duration::from_secs(6));
    let said = lobby.said("second");
    let errors: Vec<&String> = said.iter().filter(|line| line.contains(" ERROR ")).collect();
    assert_eq!(errors.len(), 1, "{said:#?}");
    assert!(errors[0].contains("visitors are sent to reception"), "{errors:?}");
    // The devices stay with the first.
    let printer_is_there =
        |words: &str| lobby.said(words).iter().any(|line| line.contains("The printer is ready"));
    assert!(printer_is_there("said") && !printer_is_there("second"), "{said:#?}");
}

#[test]
fn a_display_that_is_not_there_is_said_in_one_line() {
    let lobby = Lobby::open(true, false);
    let done = frontdesk(lobby.folder.path())
        .args(["--config", "kiosk.toml"])
        .env("DISPLAY", ":4242")
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.lines().count() == 1 && said.contains("frontdesk tour"), "{said}");
}
