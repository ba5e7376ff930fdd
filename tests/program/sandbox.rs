//! The folders that the kiosk writes, seen from inside: a mount namespace is made like the one that systemd makes of the
//! unit, and the program runs in it. systemd itself is not running where tests run; `tests/machine/boot` shows the same
//! on a machine that was really booted.

use frontdesk::config::BUILT_IN;
use std::fs;
use std::process::Command;

const LIMITS: &str = include_str!("../../systemd/frontdesk.service.d/kiosk.conf");
const README: &str = include_str!("../../README.md");

/// What systemd does of these keys (systemd.exec(5)): all is read-only, some folders are not, some are not seen at all.
/// The folders are made on tmpfs first, so that nothing of this machine is touched.
const NAMESPACE: &str = r#"
set -e
mount -t tmpfs tmpfs /var
mount -t tmpfs tmpfs /mnt
mkdir -p /var/lib/frontdesk /var/backups/frontdesk /mnt/backup/frontdesk /mnt/other
empty=$(mktemp -d -p /var)
for folder in $WRITTEN; do mount --bind "$folder" "$folder"; done
awk '{ print $5 }' /proc/self/mountinfo | sort -r | while read -r point; do
    mount -o remount,bind,ro "$point" 2>/dev/null || true
done
for folder in $WRITTEN; do mount -o remount,bind,rw "$folder"; done
for folder in $HIDDEN; do
    mount --bind "$empty" "$folder"
    mount -o remount,bind,ro "$folder"
done
exec "$@"
"#;

/// What the lines of a unit, one after the other, say about a key: an empty one takes back those before it.
fn named(unit: &str, key: &str) -> Vec<String> {
    let mut named = Vec::new();
    for value in unit.lines().filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix('=')) {
        if value.is_empty() {
            named.clear();
        }
        named.extend(value.split_whitespace().map(|path| path.trim_start_matches('-').to_owned()));
    }
    named
}

/// Runs the program inside, with copies going to this folder: whether it went well, and what it said.
fn copied(unit: &str, folder: &str) -> (bool, String) {
    let place = tempfile::tempdir().unwrap();
    let config = place.path().join("kiosk.toml");
    fs::write(
        &config,
        format!("[book]\npath = \"/var/lib/frontdesk/frontdesk.db\"\n[backup]\nfolder = {folder:?}\n"),
    )
    .unwrap();
    assert!(
        unit.lines().any(|line| line == "ProtectSystem=strict")
            && unit.contains("StateDirectory=frontdesk\n")
    );
    let there = |path: &String| path.starts_with("/var/") || path.starts_with("/mnt/");
    let mut written: Vec<String> = named(unit, "ReadWritePaths").into_iter().filter(there).collect();
    written.push("/var/lib/frontdesk".to_owned());
    let hidden: Vec<String> =
        named(unit, "InaccessiblePaths").into_iter().filter(|path| path == "/mnt").collect();
    let hosts = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/hosts.csv");
    let story = r#""$0" --config "$1" import hosts "$2" && "$0" --config "$1" backup && ls "$3""#;
    let ran = Command::new("unshare")
        .args(["-rm", "sh", "-c", NAMESPACE, "sh", "sh", "-c", story, env!("CARGO_BIN_EXE_frontdesk")])
        .args([config.to_str().unwrap(), hosts, folder])
        .env("WRITTEN", written.join(" "))
        .env("HIDDEN", hidden.join(" "))
        .env("FRONTDESK_LOG", "off")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    (ran.status.success(), said)
}

/// The folder for copies that kiosk.toml suggests.
fn suggested() -> &'static str {
    let table = BUILT_IN.split_once("# [backup]").unwrap().1;
    table.split_once("# folder = \"").unwrap().1.split('"').next().unwrap()
}

/// What the README gives to `systemctl edit frontdesk` for another folder.
fn edited() -> &'static str {
    README.split_once("```ini").unwrap().1.split("```").next().unwrap()
}

#[test]
fn the_kiosk_can_write_the_copies_where_kiosk_toml_suggests() {
    let (good, said) = copied(LIMITS, suggested());
    assert!(good && said.contains("frontdesk-20") && said.contains(".db"), "{said}");
    // The unit alone lets it.
    let without = LIMITS.replace("ReadWritePaths=", "#ReadWritePaths=");
    let (good, said) = copied(&without, suggested());
    assert!(!good && said.contains("Read-only file system"), "{said}");
}

#[test]
fn another_folder_is_allowed_as_the_readme_says() {
    let folder = "/mnt/backup/frontdesk";
    assert!(edited().contains(folder));
    let (good, said) = copied(LIMITS, folder);
    assert!(!good, "{said}");
    let (good, said) = copied(&format!("{LIMITS}{}", edited()), folder);
    assert!(good && said.contains("frontdesk-20"), "{said}");
    // Both lines are needed, and no other folder is opened with them.
    let hidden = edited().replace("InaccessiblePaths=", "");
    assert!(!copied(&format!("{LIMITS}{hidden}"), folder).0);
    let (good, said) = copied(&format!("{LIMITS}{}", edited()), "/mnt/other");
    assert!(!good && said.contains("Read-only file system"), "{said}");
}
