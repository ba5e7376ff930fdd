//! The files of a kiosk machine: systemd accepts the unit and finds it well shut, the user is made, the rules give
//! printer, scanner and camera, and nothing else, to the kiosk; and nothing needs to be installed to build it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use frontdesk::config::{BUILT_IN, Config, MailKind, PrinterKind};
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const UNIT: &str = include_str!("../systemd/frontdesk.service");
const RULES: &str = include_str!("../udev/70-frontdesk.rules");
const SYSUSERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/systemd/frontdesk.sysusers.conf");

fn ran(command: &mut Command) -> (bool, String) {
    let Output { status, stdout, stderr } =
        command.output().unwrap_or_else(|why| panic!("{command:?}: {why}; tests/run installs systemd"));
    (status.success(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

/// A machine with systemd's own units, cage and the kiosk, and this unit.
fn machine(unit: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let units = root.path().join("usr/lib/systemd/system");
    fs::create_dir_all(&units).unwrap();
    fs::create_dir_all(root.path().join("etc/systemd/system")).unwrap();
    fs::create_dir_all(root.path().join("usr/bin")).unwrap();
    std::os::unix::fs::symlink("usr/lib", root.path().join("lib")).unwrap();
    for entry in fs::read_dir("/lib/systemd/system").unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), units.join(entry.file_name())).unwrap();
        }
    }
    for program in ["cage", "frontdesk"] {
        let path = root.path().join("usr/bin").join(program);
        fs::write(&path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::write(root.path().join("etc/systemd/system/frontdesk.service"), unit).unwrap();
    root
}

fn verified(unit: &str) -> (bool, String) {
    let root = machine(unit);
    let mut analyze = Command::new("systemd-analyze");
    ran(analyze
        .args(["verify", "--man=no", "--recursive-errors=no", "--root"])
        .arg(root.path())
        .arg("frontdesk.service"))
}

#[test]
fn systemd_accepts_the_unit() {
    let (good, said) = verified(UNIT);
    assert!(good && said.is_empty(), "{said}");
    // It would say so if it did not.
    let (good, said) = verified(&UNIT.replace("Restart=always", "Restart=sometimes"));
    assert!(!good && said.contains("restart specifier"), "{said}");
    let (good, said) = verified(&UNIT.replace("/usr/bin/cage", "/usr/bin/gage"));
    assert!(!good && said.contains("/usr/bin/gage"), "{said}");
}

#[test]
fn every_commented_line_of_the_unit_is_accepted_too() {
    let commented = ["#LoadCredential=", "#IPAddressDeny=", "#IPAddressAllow="];
    let mut unit = UNIT.to_owned();
    for line in commented {
        assert!(unit.contains(line), "{line}");
        unit = unit.replace(line, &line[1..]);
    }
    let (good, said) = verified(&unit);
    assert!(good && said.is_empty(), "{said}");
}

#[test]
fn the_unit_is_shut_as_far_as_a_screen_allows() {
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/systemd/frontdesk.service");
    let mut analyze = Command::new("systemd-analyze");
    // The threshold is in tenths: at most 1.5, where a bare unit has 9.6.
    let (good, said) =
        ran(analyze.args(["security", "--no-pager", "--offline=true", "--threshold=15", unit]));
    assert!(
        good,
        "{}",
        said.lines().filter(|line| line.contains('✗') || line.contains('→')).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn the_unit_runs_the_kiosk_for_ever_and_lets_nobody_in() {
    for line in [
        "ExecStart=/usr/bin/cage -- /usr/bin/frontdesk --config /etc/frontdesk/kiosk.toml",
        "User=frontdesk",
        "Group=frontdesk",
        "Restart=always",
        "StartLimitIntervalSec=0",
        "SocketBindDeny=any",
        "StateDirectory=frontdesk",
        "TTYPath=/dev/tty1",
    ] {
        assert!(UNIT.lines().any(|there| there == line), "{line}");
    }
    assert!(UNIT.lines().any(|line| line.starts_with("RestartSec=")));
}

#[test]
fn the_user_is_made() {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("etc")).unwrap();
    let mut sysusers = Command::new("systemd-sysusers");
    let (good, said) = ran(sysusers.arg(format!("--root={}", root.path().display())).arg(SYSUSERS));
    assert!(good, "{said}");
    let passwd = fs::read_to_string(root.path().join("etc/passwd")).unwrap();
    assert!(
        passwd.starts_with("frontdesk:") && passwd.contains("/var/lib/frontdesk:/usr/sbin/nologin"),
        "{passwd}"
    );
    assert!(fs::read_to_string(root.path().join("etc/group")).unwrap().starts_with("frontdesk:"));
}

// What the rules give to which device is read here as udev reads them; udev's own reader is asked too.

/// One `KEY{attribute}operator"value"` of a rule.
#[derive(Debug)]
struct Term {
    key: String,
    operator: &'static str,
    value: String,
}

const OPERATORS: [&str; 6] = ["==", "!=", "+=", "-=", ":=", "="];
const MATCHES: [&str; 5] = ["ACTION", "SUBSYSTEM", "KERNEL", "ATTR", "ENV"];
const DOES: [&str; 5] = ["MODE", "GROUP", "ENV", "GOTO", "LABEL"];

fn rules(text: &str) -> Result<Vec<Vec<Term>>, String> {
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(|(at, line)| terms(line).map_err(|why| format!("line {}: {why}", at + 1))).collect()
}

fn terms(mut line: &str) -> Result<Vec<Term>, String> {
    let mut terms = Vec::new();
    loop {
        let end = line.find(['=', '!', '+', '-', ':']).ok_or_else(|| format!("no operator in {line}"))?;
        let (key, rest) = line.split_at(end);
        let operator =
            *OPERATORS.iter().find(|operator| rest.starts_with(**operator)).ok_or("no operator")?;
        let bare = key.split('{').next().unwrap_or_default();
        let known = if matches!(operator, "==" | "!=") { MATCHES.as_slice() } else { DOES.as_slice() };
        if !known.contains(&bare) || key.contains('{') != key.ends_with('}') {
            return Err(format!("{key}{operator} is nothing that these rules use"));
        }
        let value =
            rest[operator.len()..].strip_prefix('"').ok_or("a value in quotation marks is expected")?;
        let (value, rest) = value.split_once('"').ok_or("a quotation mark is not closed")?;
        terms.push(Term { key: key.to_owned(), operator, value: value.to_owned() });
        match rest.strip_prefix(", ") {
            Some(more) => line = more,
            None if rest.is_empty() => return Ok(terms),
            None => return Err(format!("a comma is expected before {rest}")),
        }
    }
}

/// As fnmatch(3): `*`, `?`, `[a-z]`, and udev's `|`.
fn fits(pattern: &str, text: &str) -> bool {
    fn one(pattern: &[u8], text: &[u8]) -> bool {
        match pattern {
            [] => text.is_empty(),
            [b'*', rest @ ..] => (0..=text.len()).any(|at| one(rest, &text[at..])),
            [b'?', rest @ ..] => !text.is_empty() && one(rest, &text[1..]),
            [b'[', from, b'-', to, b']', rest @ ..] => {
                text.first().is_some_and(|c| (from..=to).contains(&c)) && one(rest, &text[1..])
            }
            [c, rest @ ..] => text.first() == Some(c) && one(rest, &text[1..]),
        }
    }
    pattern.split('|').any(|pattern| one(pattern.as_bytes(), text.as_bytes()))
}

/// What the rules give a device: its mode, its group, its properties.
fn given(text: &str, device: &[(&str, &str)]) -> HashMap<String, String> {
    let device: HashMap<&str, &str> = device.iter().copied().collect();
    let (mut given, mut until) = (HashMap::new(), None);
    for rule in rules(text).unwrap() {
        let labelled = rule.iter().find(|term| term.key == "LABEL").map(|term| term.value.clone());
        if until.is_some() && labelled != until {
            continue;
        }
        until = None;
        let applies = rule.iter().all(|Term { key, operator, value }| match *operator {
            "==" => fits(value, device.get(key.as_str()).copied().unwrap_or_default()),
            "!=" => !fits(value, device.get(key.as_str()).copied().unwrap_or_default()),
            _ => true,
        });
        for term in rule.into_iter().filter(|term| applies && !matches!(term.operator, "==" | "!=")) {
            match term.key.as_str() {
                "GOTO" => until = Some(term.value),
                "LABEL" => {}
                _ => drop(given.insert(term.key, term.value)),
            }
        }
    }
    assert_eq!(until, None, "a GOTO without its LABEL");
    given
}

fn usb<'a>(action: &'a str, interfaces: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("ACTION", action),
        ("SUBSYSTEM", "usb"),
        ("ENV{DEVTYPE}", "usb_device"),
        ("ENV{ID_USB_INTERFACES}", interfaces),
        ("ATTR{idVendor}", "0416"),
        ("ATTR{idProduct}", "5011"),
    ]
}

fn ours(given: &HashMap<String, String>) -> bool {
    let has = |key: &str, value: &str| given.get(key).is_some_and(|there| there == value);
    has("MODE", "0660") && has("GROUP", "frontdesk")
}

#[test]
fn the_kiosk_gets_printers_and_nothing_else_on_usb() {
    for printer in [":070101:", ":070102:", ":070103:", ":ffffff:070102:", ":070102:080650:"] {
        assert!(ours(&given(RULES, &usb("add", printer))), "{printer}");
    }
    for other in [":080650:", ":030101:", ":ffffff:", ":0e0100:0e0200:", ""] {
        assert!(given(RULES, &usb("add", other)).is_empty(), "{other}");
    }
    assert!(given(RULES, &usb("remove", ":070102:")).is_empty());
}

#[test]
fn a_printer_without_a_class_gets_a_line_of_its_own() {
    let line = "#SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}";
    assert!(RULES.contains(line));
    let rules = RULES.replace(line, &line[1..]);
    assert!(ours(&given(&rules, &usb("add", ":ff0000:"))));
}

#[test]
fn the_kiosk_gets_serial_scanners() {
    let tty =
        |kernel, bus| [("ACTION", "add"), ("SUBSYSTEM", "tty"), ("KERNEL", kernel), ("ENV{ID_BUS}", bus)];
    for scanner in ["ttyACM0", "ttyACM12", "ttyUSB0"] {
        let given = given(RULES, &tty(scanner, "usb"));
        assert!(
            ours(&given) && given.get("ENV{ID_MM_DEVICE_IGNORE}").is_some_and(|yes| yes == "1"),
            "{scanner}"
        );
    }
    for (other, bus) in [("tty1", ""), ("ttyS0", ""), ("ttyS0", "usb"), ("console", "")] {
        assert!(given(RULES, &tty(other, bus)).is_empty(), "{other}");
    }
}

#[test]
fn the_kiosk_gets_cameras() {
    let video = |kernel, bus| {
        [("ACTION", "add"), ("SUBSYSTEM", "video4linux"), ("KERNEL", kernel), ("ENV{ID_BUS}", bus)]
    };
    assert!(ours(&given(RULES, &video("video0", "usb"))) && ours(&given(RULES, &video("video12", "usb"))));
    for (other, bus) in [("v4l-subdev0", "usb"), ("radio0", "usb"), ("video0", "pci")] {
        assert!(given(RULES, &video(other, bus)).is_empty(), "{other}");
    }
}

#[test]
fn the_rules_are_read_strictly() {
    for wrong in [
        "SUBSYSTEM=\"usb\"",
        "SUBSYSTEM==usb",
        "MODE==\"0660\"",
        "MODE=\"0660\" GROUP=\"frontdesk\"",
        "ENV{X==\"1\"",
        "GRUOP=\"frontdesk\"",
        "MODE=\"0660",
    ] {
        assert!(rules(wrong).is_err(), "{wrong}");
    }
}

/// What udev itself says about rules: its reader on some device that every machine has, with these as the only ones of
/// their name. It sees them in a /run of its own.
fn read_by_udev(rules: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("70-frontdesk.rules");
    // The group is known on a kiosk only.
    fs::write(&file, rules.replace("GROUP=\"frontdesk\"", "GROUP=\"root\"")).unwrap();
    let script = "mount -t tmpfs tmpfs /run && mkdir -p /run/udev/rules.d && cp \"$1\" /run/udev/rules.d/ \
                  && exec udevadm test /sys/devices/virtual/mem/null";
    let (_, said) = ran(Command::new("unshare").args(["-rm", "sh", "-c", script, "sh"]).arg(&file));
    assert!(said.contains("Reading rules file: /run/udev/rules.d/70-frontdesk.rules"), "{said}");
    said.lines().filter(|line| line.contains("70-frontdesk.rules:")).map(str::to_owned).collect()
}

#[test]
fn udev_reads_the_rules() {
    assert_eq!(read_by_udev(RULES), Vec::<String>::new());
    let commented = RULES.replace("#SUBSYSTEM==", "SUBSYSTEM==");
    assert_ne!(commented, RULES);
    assert_eq!(read_by_udev(&commented), Vec::<String>::new());
    // It would say so if it did not.
    let wrong = read_by_udev(&RULES.replace("MODE=", "MOED="));
    assert!(!wrong.is_empty() && wrong.iter().all(|line| line.contains("Invalid key 'MOED'")), "{wrong:?}");
}

/// `kiosk.toml` after the changes that the README writes.
fn set_up(readme: &str) -> String {
    let block = readme.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let mut lines: Vec<String> = BUILT_IN.lines().map(str::to_owned).collect();
    let mut table = 0;
    for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('[') {
            table = lines.iter().position(|there| there == line).unwrap_or_else(|| panic!("{line}"));
            continue;
        }
        let key = format!("{} = ", line.split_once(" = ").unwrap().0);
        let ends = lines[table + 1..]
            .iter()
            .position(|line| line.starts_with('['))
            .unwrap_or(lines.len() - table - 1);
        let at = lines[table + 1..table + 1 + ends]
            .iter()
            .position(|there| there.trim_start_matches("# ").starts_with(&key))
            .unwrap_or_else(|| panic!("{line}"));
        lines[table + 1 + at] = line.to_owned();
    }
    lines.join("\n")
}

/// Whoever follows the README gets a kiosk that can write what it must write.
#[test]
fn the_readme_sets_up_a_kiosk_that_can_run() {
    let readme = include_str!("../README.md");
    let config = Config::parse(&set_up(readme), Path::new("/etc/frontdesk")).unwrap();
    let state = UNIT.lines().find_map(|line| line.strip_prefix("StateDirectory=")).unwrap();
    let state = Path::new("/var/lib").join(state);
    assert!(UNIT.lines().any(|line| line == "ProtectSystem=strict"), "it can write nowhere else");
    let mut written = vec![config.book.path, config.staff.pepper];
    if let PrinterKind::File(folder) = config.printer.kind {
        written.push(folder);
    }
    if let MailKind::Folder(folder) = config.mail.kind {
        written.push(folder);
    }
    written.extend(config.backup.map(|backup| backup.folder));
    for path in written {
        assert!(path.starts_with(&state), "{}", path.display());
    }
    assert!(!config.book.samples, "no invented codes in a lobby");
    // And no step is left out.
    let steps = readme.split("## Setting up a real kiosk").nth(1).unwrap().split("## ").next().unwrap();
    let mut rest = steps;
    for step in [
        "/usr/bin",
        "/etc/frontdesk/",
        "frontdesk.sysusers.conf",
        "systemd-sysusers",
        "-o frontdesk -g frontdesk -m 0700 /var/lib/frontdesk",
        "/etc/udev/rules.d/",
        "sudo -u frontdesk frontdesk import hosts",
        "sudo -u frontdesk frontdesk import invitations",
        "systemctl stop frontdesk",
        "frontdesk doctor",
        "LoadCredential=mail-password",
        "systemctl enable --now frontdesk",
    ] {
        rest = rest.split_once(step).unwrap_or_else(|| panic!("{step} is not in its place")).1;
    }
}

/// Crates that would look for a library of the system with pkg-config, and the feature with which they do not: the
/// library is built along, or loaded when the program runs. `x11-dl` always loads it, and needs no feature.
const WITHOUT_PKG_CONFIG: [(&str, &str); 6] = [
    ("libsqlite3-sys", "bundled"),
    ("libusb1-sys", "vendored"),
    ("tiny-xlib", "dlopen"),
    ("wayland-sys", "dlopen"),
    ("x11-dl", ""),
    ("yeslogic-fontconfig-sys", "dlopen"),
];
/// Bindings that need no library: the kernel's own numbers, or the system's C library.
const WITHOUT_LIBRARY: [&str; 1] = ["linux-raw-sys"];
/// Crates that look for what is installed on the machine when they are built. `vcpkg` does so on Windows only.
const LOOKS: [&str; 5] = ["pkg-config", "system-deps", "cmake", "bindgen", "clang-sys"];

/// Everything that goes into the program or is run to build it, as "name features".
fn built_from() -> Vec<(String, String)> {
    let (good, said) = ran(Command::new(env!("CARGO")).args([
        "tree",
        "--locked",
        "--offline",
        "--edges=normal,build",
        "--target=x86_64-unknown-linux-gnu",
        "--prefix=none",
        "--format={p}|{f}",
    ]));
    assert!(good, "{said}");
    let mut crates: Vec<(String, String)> = said
        .lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(name, features)| (name.split(' ').next().unwrap().to_owned(), features.to_owned()))
        .collect();
    crates.sort();
    crates.dedup();
    crates
}

fn who_needs(name: &str) -> Vec<String> {
    let (good, said) = ran(Command::new(env!("CARGO")).args([
        "tree",
        "--locked",
        "--offline",
        "--edges=normal,build",
        "--target=x86_64-unknown-linux-gnu",
        "--prefix=none",
        "--depth=1",
        "--format={p}",
        "--invert",
        name,
    ]));
    assert!(good, "{said}");
    let packages = said.lines().filter_map(|line| line.split_once(" v")).map(|(package, _)| package);
    packages.filter(|package| *package != name).map(str::to_owned).collect()
}

#[test]
fn nothing_needs_to_be_installed_to_build_the_kiosk() {
    let crates = built_from();
    assert!(crates.len() > 100, "{crates:?}");
    let features = |name: &str| -> Vec<String> {
        let all = crates.iter().filter(|(other, _)| other == name);
        all.map(|(_, features)| features.clone()).collect()
    };
    for (name, feature) in WITHOUT_PKG_CONFIG {
        let all = features(name);
        assert!(!all.is_empty(), "{name} is gone: take it out of the list");
        assert!(
            all.iter().all(|all| feature.is_empty() || all.split([',', ' ']).any(|one| one == feature)),
            "{name} without {feature}"
        );
    }
    for look in LOOKS.into_iter().filter(|look| !features(look).is_empty()) {
        for name in who_needs(look) {
            assert!(
                WITHOUT_PKG_CONFIG.iter().any(|(known, _)| *known == name),
                "{name} looks for something that is installed ({look})"
            );
        }
    }
    for (name, _) in crates.iter().filter(|(name, _)| name.ends_with("-sys")) {
        let known = WITHOUT_PKG_CONFIG.iter().any(|(known, _)| known == name);
        assert!(known || WITHOUT_LIBRARY.contains(&name.as_str()), "which library does {name} need?");
    }
}
