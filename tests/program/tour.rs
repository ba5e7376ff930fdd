//! The tour as staff run it: the real program, in both languages and both orientations. What it says
//! it wrote is there, and what it printed can be scanned.

use crate::mail::support as mail;
use crate::usb;
use serde_json::Value;
use std::collections::HashSet;
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

fn is_page(file: &fs::DirEntry) -> bool {
    file.file_name().to_string_lossy().starts_with(|first: char| first.is_ascii_digit())
}

/// Every page that there is, as the Slint files list them.
fn pages() -> impl Iterator<Item = &'static str> {
    let words = include_str!("../../ui/parts/words.slint");
    let list = words.split("export enum Page {").nth(1).and_then(|rest| rest.split('}').next());
    list.expect("the list of pages").split(',').map(str::trim)
}

/// The pictures of reception's pages.
const DESK: [&str; 30] = [
    "desk",
    "desk-card",
    "desk-decline",
    "desk-admitted",
    "desk-correct",
    "desk-correct-typing",
    "desk-reprint",
    "desk-pass",
    "desk-extend",
    "desk-note",
    "desk-roll-open",
    "desk-roll-ticked",
    "desk-roll-end",
    "desk-invitations",
    "desk-invite",
    "desk-feedback-words",
    "desk-count",
    "desk-history",
    "desk-visit",
    "desk-erase",
    "desk-export",
    "desk-exported",
    "desk-roll-call",
    "desk-watch-list",
    "desk-watch-form",
    "desk-numbers",
    "desk-numbers-printed",
    "desk-numbers-exported",
    "desk-equipment",
    "desk-check-in",
];

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
    let pictured: HashSet<&str> = steps
        .iter()
        .filter(|step| step["picture"].is_string())
        .map(|step| step["page"].as_str().unwrap())
        .collect();
    for page in pages() {
        // A step writes the page as Rust does, without hyphens.
        assert!(pictured.contains(page.replace('-', "").as_str()), "there is no picture of the page {page}");
    }
    let names: HashSet<&str> = steps
        .iter()
        .filter_map(|step| step["picture"].as_str())
        .filter_map(|file| file.split_once('-')?.1.strip_suffix(".png"))
        .collect();
    for name in DESK {
        assert!(names.contains(name), "there is no picture {name} of reception's pages");
    }
    let (width, height) = size.split_once('x').unwrap();
    let mut pictures = 0;
    for step in &steps {
        // What nobody touched takes no time, and would make everything look quicker than it is.
        let touched =
            ["tap", "scan", "write"].iter().any(|how| step["done"].as_str().unwrap().starts_with(how));
        let took = step["milliseconds_to_next_frame"].as_f64();
        assert!(touched == took.is_some() && took.is_none_or(|took| took > 0.0), "{step}");
        let Some(picture) = step["picture"].as_str() else { continue };
        let picture = image::open(out.join(picture)).unwrap();
        assert_eq!(
            (picture.width().to_string(), picture.height().to_string()),
            (width.to_owned(), height.to_owned())
        );
        pictures += 1;
    }
    assert_eq!(fs::read_dir(&out).unwrap().filter(|file| is_page(file.as_ref().unwrap())).count(), pictures);
    let taps = |journey: &str| {
        let goal = steps.iter().find(|step| step["journey"] == journey && step["goal"] == true);
        goal.unwrap_or_else(|| panic!("{journey} has no goal"))["taps"].as_u64().unwrap()
    };
    for (journey, most) in [("invitation-qr", 3), ("invitation-code", 9), ("walk-in", 45), ("leave", 1)] {
        assert!((1..=most).contains(&taps(journey)), "{journey}: {} taps", taps(journey));
    }

    // The printed bytes can be scanned: the first badge's picture has the code of a visit in the book.
    let papers = files(&out.join("badges"), "png");
    assert_eq!(files(&out.join("badges"), "bin").len(), papers.len());
    let (badges, others): (Vec<_>, Vec<_>) = papers.into_iter().partition(|paper| {
        let name = paper.file_name().unwrap().to_str().unwrap();
        !name.starts_with("roll") && !name.starts_with("numbers")
    });
    assert!(badges.len() >= 2 && others.len() >= 2, "{} badges, {others:?}", badges.len());
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
    let names = said.split("[possible values:").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    assert!(names.len() >= 18, "{said}");
    for (at, journey) in names.into_iter().enumerate() {
        let lang = ["zh", "en"][at % 2];
        let how = ["tour", "--journey", journey, "--out", journey, "--lang", lang, "--size", "540x960"];
        let done = frontdesk(&how, folder.path());
        assert!(done.status.success(), "{journey}: {}", String::from_utf8_lossy(&done.stderr));
        let steps = fs::read(folder.path().join(journey).join("tour.json")).unwrap();
        let steps: Vec<Value> = serde_json::from_slice(&steps).unwrap();
        assert!(steps.len() > 1 && steps[0]["journey"] == journey, "{journey}");
    }
}

/// A kiosk of somebody's own, with its badges and mails elsewhere than the tour.
fn own(types: &str, devices: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let portrait = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/portrait.png");
    let config = format!(
        "[reception]\nemail = \"reception@example.com\"\n[camera]\npicture = \"{portrait}\"\n{devices}\n{types}"
    );
    fs::write(folder.path().join("kiosk.toml"), config).unwrap();
    folder
}

const ELSEWHERE: &str = "[printer]\nkind = \"file\"\nfolder = \"elsewhere/badges\"\n\
                         [mail]\nkind = \"folder\"\nfolder = \"elsewhere/mails\"\n";

fn walks_with(types: &str) -> (tempfile::TempDir, String) {
    let folder = own(types, ELSEWHERE);
    let how = ["--config", "kiosk.toml", "tour", "--lang", "en", "--size", "540x960", "--out", "seen"];
    let done = frontdesk(&how, folder.path());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let elsewhere = folder.path().join("elsewhere");
    let badges = files(&elsewhere.join("badges"), "png");
    assert!(badges.len() >= 5, "only {} badges", badges.len());
    assert_eq!(files(&elsewhere.join("badges"), "bin").len(), badges.len());
    let mails = mail::mails(&elsewhere.join("mails"));
    assert!(mails.len() >= 5, "only {} mails", mails.len());
    for mail in mails {
        let to = mail.lines().find(|line| line.starts_with("To: ")).unwrap();
        assert!(to.contains("<reception@example.com>") || to == "To: reception@example.com", "{to}");
    }
    for invented in ["badges", "mails", "portrait.png"] {
        assert!(!folder.path().join("seen").join(invented).exists(), "{invented} was invented");
    }
    (folder, String::from_utf8(done.stdout).unwrap())
}

#[test]
fn a_kiosk_that_asks_for_everything_is_proved() {
    let (_, said) = walks_with(
        "[[visit_type]]\nid = \"works\"\nname = \"Works\"\ncompany = \"must\"\nphone = \"must\"\n\
         purposes = [\"Building\"]\nadmits = \"reception\"\nsignature = true\nsafety = true\nphoto = true\n\
         returns = true\n",
    );
    assert!(said.contains("for want of it in the configuration: a host is asked"), "{said}");
    assert!(said.contains("for want of it in the configuration: parcels"), "{said}");
    assert_eq!(said.matches("for want of it").count(), 3, "{said}");
}

#[test]
fn a_kiosk_that_asks_for_nothing_is_proved() {
    let (_, said) = walks_with(
        "[[visit_type]]\nid = \"guest\"\nname = \"Guest\"\ncompany = \"no\"\nphone = \"no\"\nadmits = \"nobody\"\n",
    );
    for what in ["somebody is declined", "a host is asked", "a safety instruction", "a signature", "a photo"]
    {
        assert!(said.contains(&format!("configuration: {what}")), "{what} in\n{said}");
    }
}

/// Nobody has named it: its types of visit are walked, and its devices left alone.
#[test]
fn the_installed_kiosk_is_walked_without_its_devices() {
    let types = "[[visit_type]]\nid = \"guest\"\nname = \"Guest\"\ncompany = \"no\"\nphone = \"no\"\nadmits = \"nobody\"\n";
    let folder = own(types, "[printer]\nkind = \"usb\"\n");
    // This process alone sees another /etc.
    let installed =
        "mount -t tmpfs tmpfs /etc && mkdir /etc/frontdesk && mv kiosk.toml /etc/frontdesk/ && exec \"$@\"";
    let tour = ["tour", "--lang", "en", "--size", "540x960", "--out", "seen"];
    let done = Command::new("unshare")
        .args(["--mount", "sh", "-c", installed, "sh", env!("CARGO_BIN_EXE_frontdesk")])
        .args(tour)
        .current_dir(folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.contains("configuration: a signature"), "{said}");
    let badges = files(&folder.path().join("seen/badges"), "png");
    assert!(badges.len() >= 5, "only {} badges", badges.len());
}

#[test]
fn without_an_address_of_reception_mails_in_a_folder_are_walked_and_real_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let tour = |mail: &str| {
        let config = format!("[printer]\nkind = \"file\"\nfolder = \"badges\"\n[mail]\n{mail}");
        fs::write(folder.path().join("kiosk.toml"), config).unwrap();
        frontdesk(
            &["--config", "kiosk.toml", "tour", "--journey", "invitation-code", "--size", "540x960"],
            folder.path(),
        )
    };
    let done = tour("kind = \"folder\"\nfolder = \"mails\"\n");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(files(&folder.path().join("mails"), "eml").len(), 1);
    let done = tour(
        "kind = \"smtp\"\nfrom = \"desk@example.com\"\nhost = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\n",
    );
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && said.contains("set [reception] email"), "{said}");
}

#[test]
fn a_real_printer_and_a_real_mail_server_are_proved() {
    usb::with_printer("a_real_printer_and_a_real_mail_server_are_proved", &[], |fake| {
        let mails = tempfile::tempdir().unwrap();
        let server = mail::Server::start(mails.path(), &["plain"]);
        let devices = format!(
            "[printer]\nkind = \"usb\"\n[mail]\nkind = \"smtp\"\nfrom = \"desk@example.com\"\nhost = \"127.0.0.1\"\n\
             port = {}\nsecurity = \"none\"\n",
            server.port
        );
        let folder = own("", &devices);
        fake.forget();
        let how = ["--config", "kiosk.toml", "tour", "--journey", "invitation-code", "--size", "540x960"];
        let done = frontdesk(&how, folder.path());
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let printed = fake.tray_holds(1);
        assert_eq!((printed.unfinished, printed.strays), (0, 0), "the badge came out whole");
        let mails = mail::mails(mails.path());
        assert_eq!(mails.len(), 1);
        assert!(mails[0].lines().any(|line| line == "X-Envelope-To: reception@example.com"), "{}", mails[0]);
        assert!(!folder.path().join("out/tour/badges").exists(), "nothing was invented");
    });
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

/// As on a new Debian that has no fonts, nor anything that would find one.
#[test]
fn a_machine_without_any_font_shows_every_page() {
    let folder = tempfile::tempdir().expect("a folder");
    // What cannot be loaded is not there.
    std::fs::write(folder.path().join("libfontconfig.so.1"), "no library").expect("it is written");
    for journey in ["reception", "walk-in"] {
        let done = Command::new(env!("CARGO_BIN_EXE_frontdesk"))
            .args(["tour", "--journey", journey, "--size", "1080x1920"])
            .current_dir(folder.path())
            .env("LD_LIBRARY_PATH", folder.path())
            .output()
            .expect("it runs");
        assert!(done.status.success(), "{journey}: {}", String::from_utf8_lossy(&done.stderr));
    }
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
