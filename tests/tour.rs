//! The tour as staff run it: the real program, in both languages and both orientations. What it says
//! it wrote is there, and what it printed can be scanned.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what failed by failing"
)]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn frontdesk(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap()
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|e| e == ending)).collect()
}

fn tour(lang: &str, size: &str) {
    let folder = tempfile::tempdir().unwrap();
    // A tour is not in the way of the next one.
    for journey in [&["--journey", "leave"][..], &[]] {
        let tour = ["tour", "--lang", lang, "--size", size, "--out", "seen"];
        let done = frontdesk(&[&tour[..], journey].concat(), folder.path());
        assert!(done.status.success(), "{lang} {size}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let out = folder.path().join("seen");
    let steps: Vec<Value> = serde_json::from_slice(&fs::read(out.join("tour.json")).unwrap()).unwrap();
    for page in [
        "welcome",
        "invitation",
        "code",
        "members",
        "lesson",
        "question",
        "waiting",
        "refused",
        "delivered",
        "leave",
        "left",
        "heard",
        "confirm",
        "details",
        "agree",
        "thanks",
        "person",
        "privacy",
        "reception",
    ] {
        assert!(steps.iter().any(|step| step["page"] == page), "{page} was not shown");
    }
    let (width, height) = size.split_once('x').unwrap();
    let mut pictures = 0;
    for step in &steps {
        assert!(step["milliseconds_to_next_frame"].is_number() && step["done"].is_string());
        let Some(picture) = step["picture"].as_str() else { continue };
        let picture = image::open(out.join(picture)).unwrap();
        assert_eq!(
            (picture.width().to_string(), picture.height().to_string()),
            (width.to_owned(), height.to_owned())
        );
        pictures += 1;
    }
    assert!(pictures >= 12, "only {pictures} pictures");
    let taps = |journey: &str| {
        let goal = steps.iter().find(|step| step["journey"] == journey && step["goal"] == true);
        goal.unwrap_or_else(|| panic!("{journey} has no goal"))["taps"].as_u64().unwrap()
    };
    for (journey, most) in [("invitation-qr", 3), ("invitation-code", 9), ("walk-in", 45), ("leave", 1)] {
        assert!((1..=most).contains(&taps(journey)), "{journey}: {} taps", taps(journey));
    }

    // The printed bytes can be scanned: the first badge's picture has the code of a visit in the book.
    let badges = files(&out.join("badges"), "png");
    assert_eq!((badges.len() >= 2, files(&out.join("badges"), "bin").len()), (true, badges.len()));
    for badge in &badges {
        let read =
            Command::new("zbarimg").args(["-q", "--raw"]).arg(badge).output().expect("zbarimg (zbar-tools)");
        let code = String::from_utf8(read.stdout).unwrap();
        assert_eq!(code.trim().len(), 26, "{}: {code}", badge.display());
    }
    assert!(files(&out.join("mails"), "eml").len() >= 2);
}

#[test]
fn in_chinese_on_a_tall_screen() {
    tour("zh", "1080x1920");
}

#[test]
fn in_english_on_a_small_wide_tablet() {
    tour("en", "1280x800");
}

#[test]
fn every_journey_can_be_walked_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let help = frontdesk(&["tour", "--journey", "no-such-journey"], folder.path());
    let said = String::from_utf8(help.stderr).unwrap();
    assert_eq!(help.status.code(), Some(2), "{said}");
    for journey in ["signature", "leave", "feedback", "group"] {
        assert!(said.contains(journey), "{said}");
        let done = frontdesk(&["tour", "--journey", journey, "--out", journey], folder.path());
        assert!(done.status.success(), "{journey}: {}", String::from_utf8_lossy(&done.stderr));
        let steps = fs::read(folder.path().join(journey).join("tour.json")).unwrap();
        let steps: Vec<Value> = serde_json::from_slice(&steps).unwrap();
        assert!(steps.len() > 5 && steps.iter().all(|step| step["journey"] == journey), "{journey}");
    }
}

#[test]
fn without_a_display_the_kiosk_says_so_and_names_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let done = frontdesk(&[], folder.path());
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.lines().count() == 1 && said.contains("frontdesk tour"), "{said}");
    assert!(!folder.path().join("out").exists(), "nothing is begun without a display");
}

#[test]
fn a_mail_that_cannot_be_sent_fails_the_tour() {
    let folder = tempfile::tempdir().unwrap();
    let config = "[reception]\nemail = \"reception@example.com\"\n[mail]\nkind = \"folder\"\nfolder = \"/proc/nowhere\"\n";
    fs::write(folder.path().join("kiosk.toml"), config).unwrap();
    let done = frontdesk(&["--config", "kiosk.toml", "tour", "--patience", "2"], folder.path());
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.contains("the badge and the mail"), "{said}");
}

#[test]
fn the_doctor_finds_the_built_in_kiosk_well_and_a_broken_one_ill() {
    let folder = tempfile::tempdir().unwrap();
    let well = frontdesk(&["doctor", "--json"], folder.path());
    let findings: Vec<Value> = serde_json::from_slice(&well.stdout).unwrap();
    assert!(well.status.success(), "{findings:#?}");
    for name in ["configuration", "notices", "badge", "book", "disk", "printer", "mail", "fonts", "clock"] {
        assert!(findings.iter().any(|finding| finding["name"] == name), "{name} was not looked at");
    }
    let config = "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"127.0.0.1\"\nport = 1\n[printer]\nkind = \"usb\"\n[scanner]\ndevice = \"no-such-device\"\n";
    fs::write(folder.path().join("kiosk.toml"), config).unwrap();
    let ill = frontdesk(&["--config", "kiosk.toml", "doctor"], folder.path());
    let said = String::from_utf8(ill.stdout).unwrap();
    assert_eq!(ill.status.code(), Some(1), "{said}");
    for wrong in ["mail", "printer", "scanner"] {
        assert!(
            said.lines().any(|line| line.starts_with("WRONG") && line.contains(wrong)),
            "{wrong} in\n{said}"
        );
    }
    assert!(said.contains("->"), "what to do is said");
}
