//! Somebody who cannot see walks in: through the accessibility bus that every screen reader uses, and nothing else.

use super::lobby::{Bus, Lobby};
use frontdesk::visit::{Admission, Asked};
use std::path::Path;
use std::process::Command;

#[test]
fn somebody_who_cannot_see_walks_in_through_the_accessibility_bus_alone() {
    let mut lobby = Lobby::open(true, false);
    lobby.bus = Some(Bus::start());
    let bus = lobby.bus.as_ref().unwrap().address.clone();
    let _kiosk = lobby.start();
    // Debian's own Python has the bindings.
    let done = Command::new("/usr/bin/python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/kiosk_display/reader.py"))
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("DISPLAY", &lobby.display.name)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let here = lobby.book().open_visits().unwrap();
    assert_eq!(here.len(), 1);
    assert_eq!(here[0].details.name.as_str(), "曾喆", "composed on the keyboard of the screen");
    assert_eq!(here[0].purpose.as_ref().map(|purpose| purpose.as_str()), Some("商务洽谈"));
    assert_eq!(here[0].admission, Admission::Waiting(Asked::Host));
}
