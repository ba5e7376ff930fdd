//! The files of a kiosk machine: systemd accepts the units and finds them well shut, the user is made, the rules give
//! printer, scanner and camera, and nothing else, to the kiosk; and nothing needs to be installed to build it. That a
//! machine so set up really shows the kiosk is proved by `tests/machine/boot`.

use frontdesk::config::{BUILT_IN, Config, MailKind, PrinterKind};
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

const UNIT: &str = include_str!("../../systemd/frontdesk.service");
const DOCTOR: &str = include_str!("../../systemd/frontdesk-doctor.service");
const LIMITS: &str = include_str!("../../systemd/frontdesk.service.d/kiosk.conf");
const RULES: &str = include_str!("../../udev/70-frontdesk.rules");
const SYSUSERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/systemd/frontdesk.sysusers.conf");

fn ran(command: &mut Command) -> (bool, String) {
    let Output { status, stdout, stderr } =
        command.output().unwrap_or_else(|why| panic!("{command:?}: {why}; tests/run installs systemd"));
    (status.success(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

/// A machine with systemd's own units, cage, seatd and the kiosk, and these units copied as the README says.
fn machine(unit: &str, limits: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let units = root.path().join("usr/lib/systemd/system");
    let own = root.path().join("etc/systemd/system");
    fs::create_dir_all(&units).unwrap();
    fs::create_dir_all(&own).unwrap();
    fs::create_dir_all(root.path().join("usr/bin")).unwrap();
    std::os::unix::fs::symlink("usr/lib", root.path().join("lib")).unwrap();
    for entry in fs::read_dir("/lib/systemd/system").unwrap().map(Result::unwrap) {
        if entry.path().is_file() {
            fs::copy(entry.path(), units.join(entry.file_name())).unwrap();
        }
    }
    for program in ["cage", "frontdesk", "seatd"] {
        let path = root.path().join("usr/bin").join(program);
        fs::write(&path, "#!/bin/sh\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    fs::write(units.join("seatd.service"), "[Service]\nExecStart=/usr/bin/seatd -g video\n").unwrap();
    let copy = "cp -rP systemd/frontdesk.service* systemd/frontdesk-doctor.service* \"$0\"";
    let mut sh = Command::new("sh");
    let (good, said) = ran(sh.args(["-c", copy]).arg(&own).current_dir(env!("CARGO_MANIFEST_DIR")));
    assert!(good, "{said}");
    fs::write(own.join("frontdesk.service"), unit).unwrap();
    fs::write(own.join("frontdesk.service.d/kiosk.conf"), limits).unwrap();
    root
}

fn verified(unit: &str, limits: &str) -> (bool, String) {
    let root = machine(unit, limits);
    let mut analyze = Command::new("systemd-analyze");
    ran(analyze
        .args(["verify", "--man=no", "--recursive-errors=no", "--root"])
        .arg(root.path())
        .args(["frontdesk.service", "frontdesk-doctor.service"]))
}

#[test]
fn systemd_accepts_the_units() {
    let (good, said) = verified(UNIT, LIMITS);
    assert!(good && said.is_empty(), "{said}");
    // It would say so if it did not.
    let (good, said) = verified(&UNIT.replace("Restart=always", "Restart=sometimes"), LIMITS);
    assert!(!good && said.contains("restart specifier"), "{said}");
    let (good, said) = verified(&UNIT.replace("/usr/bin/cage", "/usr/bin/gage"), LIMITS);
    assert!(!good && said.contains("/usr/bin/gage"), "{said}");
    let (_, said) = verified(UNIT, &LIMITS.replace("PrivateIPC=yes", "PrivateIPC=perhaps"));
    // What it does not understand there it passes over, and says so; whether it fails for that differs by version.
    assert!(said.contains("kiosk.conf") && said.contains("perhaps"), "{said}");
}

#[test]
fn every_commented_line_of_the_unit_is_accepted_too() {
    let commented = ["#LoadCredential=", "#IPAddressDeny=", "#IPAddressAllow="];
    let mut limits = LIMITS.to_owned();
    for line in commented {
        assert!(limits.contains(line), "{line}");
        limits = limits.replace(line, &line[1..]);
    }
    let (good, said) = verified(UNIT, &limits);
    assert!(good && said.is_empty(), "{said}");
}

/// How open systemd calls a unit, in tenths: a bare one has 96.
fn exposed(root: &Path, unit: &str) -> u32 {
    let mut analyze = Command::new("systemd-analyze");
    let (_, said) =
        ran(analyze.args(["security", "--no-pager", "--offline=true", "--root"]).arg(root).arg(unit));
    let level = said.lines().find_map(|line| line.split_once("exposure level for ")?.1.split(' ').nth(1));
    let level = level.and_then(|level| level.split_once('.')).unwrap_or_else(|| panic!("{said}"));
    level.0.parse::<u32>().unwrap() * 10 + level.1.parse::<u32>().unwrap()
}

#[test]
fn the_unit_is_shut_as_far_as_a_screen_allows() {
    let root = machine(UNIT, LIMITS);
    assert_eq!(exposed(root.path(), "frontdesk.service"), 13);
}

/// Also with what somebody sets for the kiosk alone.
#[test]
fn the_doctor_looks_with_the_rights_of_the_kiosk() {
    let root = machine(UNIT, LIMITS);
    let both = || ["frontdesk.service", "frontdesk-doctor.service"].map(|unit| exposed(root.path(), unit));
    assert_eq!(both(), [13, 13]);
    let edited = root.path().join("etc/systemd/system/frontdesk.service.d/override.conf");
    fs::write(edited, "[Service]\nIPAddressDeny=any\n").unwrap();
    assert_eq!(both(), [11, 11]);
    // What it must not share: the folder in which cage and the kiosk meet goes when the doctor is done.
    assert!(!LIMITS.contains("RuntimeDirectory=") && UNIT.contains("RuntimeDirectory=frontdesk\n"));
    let kiosk = "/usr/bin/frontdesk --config /etc/frontdesk/kiosk.toml";
    assert!(UNIT.contains(kiosk) && DOCTOR.contains(&format!("ExecStart={kiosk} doctor\n")));
}

#[test]
fn the_unit_runs_the_kiosk_for_ever_and_lets_nobody_in() {
    for line in [
        "ExecStart=/usr/bin/cage -d -- /usr/bin/frontdesk --config /etc/frontdesk/kiosk.toml",
        "Wants=seatd.service",
        "Environment=LIBSEAT_BACKEND=seatd",
        "Environment=WLR_XWAYLAND=/bin/false",
        "Environment=XDG_RUNTIME_DIR=/run/frontdesk",
        "RuntimeDirectory=frontdesk",
        "Restart=always",
        "StartLimitIntervalSec=0",
    ] {
        assert!(UNIT.lines().any(|there| there == line), "{line}");
    }
    assert!(UNIT.lines().any(|line| line.starts_with("RestartSec=")));
    for line in [
        "User=frontdesk",
        "Group=frontdesk",
        "SupplementaryGroups=video",
        "SocketBindDeny=any",
        "StateDirectory=frontdesk",
        "MemoryMax=512M",
        "LimitCORE=0",
    ] {
        assert!(LIMITS.lines().any(|there| there == line), "{line}");
    }
}

/// A login session takes its program out of the unit's control group, and the unit's limits then hold nothing.
#[test]
fn the_unit_opens_no_login_session() {
    for key in ["PAMName", "TTYPath", "UtmpIdentifier"] {
        assert!(![UNIT, LIMITS, DOCTOR].iter().any(|unit| unit.contains(&format!("{key}="))), "{key}");
    }
}

/// `DeviceAllow=char-…` means what the kernel knows when the unit starts: a module that comes later, with the first
/// device of its kind, comes too late.
#[test]
fn every_kind_of_device_is_known_before_it_is_allowed() {
    let knows = |kind| match kind {
        "usb_device" => "usbcore",
        "ttyACM" => "cdc_acm",
        "ttyUSB" => "usbserial",
        "video4linux" => "videodev",
        other => panic!("which module makes {other}?"),
    };
    let allowed = LIMITS.lines().filter_map(|line| line.strip_prefix("DeviceAllow=char-"));
    let kinds: Vec<&str> = allowed.map(|rest| rest.split(' ').next().unwrap()).collect();
    assert_eq!(kinds.len(), 4);
    for (unit, key) in [(UNIT, "Wants="), (UNIT, "After="), (DOCTOR, "Wants="), (DOCTOR, "After=")] {
        let named: String =
            unit.lines().filter_map(|line| line.strip_prefix(key)).collect::<Vec<_>>().join(" ");
        for kind in &kinds {
            let module = format!("modprobe@{}.service", knows(kind));
            assert!(named.split(' ').any(|one| one == module), "{key} {module}");
        }
    }
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
            let commented = |there: &String| there.trim_start_matches("# ") == line;
            table = lines.iter().position(commented).unwrap_or_else(|| panic!("{line}"));
            lines[table] = line.to_owned();
            continue;
        }
        let key = format!("{} = ", line.split_once(" = ").unwrap().0);
        let ends = lines[table + 1..]
            .iter()
            .position(|line| line.trim_start_matches("# ").starts_with('['))
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
    let readme = include_str!("../../README.md");
    let config = Config::parse(&set_up(readme), Path::new("/etc/frontdesk")).unwrap();
    let state = LIMITS.lines().find_map(|line| line.strip_prefix("StateDirectory=")).unwrap();
    let state = Path::new("/var/lib").join(state);
    let copies = LIMITS.lines().find_map(|line| line.strip_prefix("ReadWritePaths=-")).unwrap();
    assert!(LIMITS.lines().any(|line| line == "ProtectSystem=strict"), "it can write nowhere else");
    let mut written = vec![config.book.path, config.staff.pepper_file];
    if let PrinterKind::File(folder) = config.printer.kind {
        written.push(folder);
    }
    if let MailKind::Folder(folder) = config.mail.kind {
        written.push(folder);
    }
    assert_eq!(config.backup.unwrap().folder, Path::new(copies));
    for path in written {
        assert!(path.starts_with(&state), "{}", path.display());
    }
    assert!(!config.book.samples, "no invented codes in a lobby");
    // And no step is left out.
    let steps = readme.split("## Setting up a real kiosk").nth(1).unwrap().split("## ").next().unwrap();
    let mut rest = steps;
    for step in [
        "apt install cage seatd",
        "/usr/bin/frontdesk",
        "/etc/frontdesk/kiosk.toml",
        "/usr/lib/sysusers.d/frontdesk.conf",
        "/etc/udev/rules.d/70-frontdesk.rules",
        "cp -rP systemd/frontdesk.service* systemd/frontdesk-doctor.service* /etc/systemd/system/",
        "systemd-sysusers",
        "-o frontdesk -g frontdesk -m 0700 /var/lib/frontdesk /var/backups/frontdesk",
        "systemctl daemon-reload",
        "systemctl edit frontdesk",
        "LoadCredential=mail-password",
        "sudo -u frontdesk frontdesk import hosts",
        "sudo -u frontdesk frontdesk import invitations",
        "systemctl stop frontdesk",
        "systemctl start frontdesk-doctor",
        "LoadCredential=mail-password",
        "systemctl enable --now seatd frontdesk",
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
