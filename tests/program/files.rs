//! The kiosk's files, and files that somebody named: whose they are after commands that root ran, what is refused instead
//! of a plain file, what a full disk or a terminal that is interrupted leaves, and books of older versions. The real
//! program, run as staff do.

use crate::disk::Disk;
use frontdesk::book::{Book, Entry};
use frontdesk::config::Config;
use frontdesk::front::clock::Clock;
use frontdesk::pin::Pepper;
use nix::fcntl::OFlag;
use nix::pty::{PtyMaster, grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{LocalFlags, tcgetattr};
use nix::unistd::Pid;
use rusqlite::Connection;
use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A user of no machine, as the kiosk's.
const KIOSK: u32 = 47_110;
const PROGRAM: &str = env!("CARGO_BIN_EXE_frontdesk");
const PIN: &str = "480215\n";

/// A machine whose kiosk belongs to a user of its own: what root may do says nothing about it.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new() -> Self {
        Self::with("")
    }

    fn with(more: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        let config = format!(
            "[book]\npath = \"state/book.db\"\n[staff]\npepper_file = \"state/pepper\"\n\
             [export]\nfolder = \"state/exports\"\n[backup]\nfolder = \"copies/deep\"\n\
             [printer]\nkind = \"file\"\nfolder = \"state/badges\"\n[mail]\nkind = \"folder\"\nfolder = \"state/mails\"\n{more}"
        );
        fs::write(folder.path().join("kiosk.toml"), config).unwrap();
        for owned in ["state", "copies"] {
            fs::create_dir(folder.path().join(owned)).unwrap();
            chown(folder.path().join(owned), Some(KIOSK), Some(KIOSK)).unwrap();
        }
        fs::write(folder.path().join("hosts.csv"), "name,email\nAnn,a@example.com\n").unwrap();
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn book(&self) -> PathBuf {
        self.at("state/book.db")
    }

    fn open(&self) -> Book {
        Book::open(&self.book(), Config::built_in().reception, Clock::start().now()).unwrap()
    }

    /// A command with this umask; it is given up after a while.
    fn command(&self, umask: &str, words: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command.args([
            "--foreground",
            "20",
            "sh",
            "-c",
            &format!("umask {umask}; exec \"$@\""),
            "sh",
            PROGRAM,
        ]);
        command.args(["--config", "kiosk.toml"]).args(words).current_dir(self.0.path());
        command.env("FRONTDESK_LOG", "off").env("SUDO_USER", "wang").env_remove("CREDENTIALS_DIRECTORY");
        command
    }

    /// The status, and everything that is said.
    fn run(mut command: Command, typed: &str) -> (i32, String) {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut running = command.spawn().unwrap();
        // Whoever asks for nothing may be gone already.
        let _ = running.stdin.take().unwrap().write_all(typed.as_bytes());
        let ran = running.wait_with_output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        (ran.status.code().unwrap(), said)
    }

    fn as_root(&self, umask: &str, words: &[&str]) -> String {
        let (status, said) = Self::run(self.command(umask, words), PIN);
        assert_eq!(status, 0, "{words:?}: {said}");
        said
    }

    fn as_kiosk(&self, words: &[&str]) -> String {
        let mut command = self.command("022", words);
        command.uid(KIOSK).gid(KIOSK);
        let (status, said) = Self::run(command, PIN);
        assert_eq!(status, 0, "{words:?}: {said}");
        said
    }

    fn refuses(&self, words: &[&str], because: &str) -> String {
        let (status, said) = Self::run(self.command("022", words), PIN);
        assert_eq!(status, 1, "{words:?}: {said}");
        assert!(said.contains(because), "{words:?}: {because} is not in {said}");
        said
    }

    /// Every file and folder is the kiosk's, and nobody else reads it.
    fn is_the_kiosks(&self, after: &str) {
        let mut count = 0;
        for folder in ["state", "copies"] {
            each(&self.at(folder), &mut |path| {
                let found = fs::symlink_metadata(path).unwrap();
                let mode = if found.is_dir() { 0o700 } else { 0o600 };
                let is = (found.uid(), found.gid(), found.mode() & 0o7777);
                assert_eq!(is, (KIOSK, KIOSK, mode), "{} after {after}", path.display());
                count += 1;
            });
        }
        assert!(count > 0, "there is nothing to look at after {after}");
    }
}

fn each(folder: &Path, look: &mut dyn FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        look(&path);
        if path.is_dir() {
            each(&path, look);
        }
    }
}

fn only_copy(machine: &Machine) -> PathBuf {
    frontdesk::back::copies::copies(&machine.at("copies/deep")).remove(0).1
}

/// As on a new machine: every command is the first.
#[test]
fn commands_run_as_root_leave_the_kiosk_its_files() {
    for umask in ["000", "022", "077", "277"] {
        let machine = Machine::new();
        machine.as_root(umask, &["pin", "set", "王芳"]);
        machine.is_the_kiosks("the first PIN");
        machine.as_root(umask, &["import", "hosts", "hosts.csv"]);
        machine.as_root(umask, &["backup"]);
        machine.is_the_kiosks("the first copy");
        assert!(machine.at("state/book.db.copying").exists());
        machine.as_kiosk(&["backup"]);
        machine.as_kiosk(&["pin", "set", "Li Na"]);
        let copy = only_copy(&machine);
        for file in ["state/book.db", "state/book.db.lock", "state/book.db.copying"] {
            let _ = fs::remove_file(machine.at(file));
        }
        machine.as_root(umask, &["restore", copy.to_str().unwrap()]);
        machine.is_the_kiosks("a restore on a new machine");
        // The kiosk's lock can be taken by the kiosk.
        machine.as_kiosk(&["restore", copy.to_str().unwrap(), "--older"]);
        machine.as_root(umask, &["restore", copy.to_str().unwrap(), "--older"]);
        machine.is_the_kiosks("a restore over a book");
        fs::create_dir(machine.at("state/exports")).unwrap();
        chown(machine.at("state/exports"), Some(KIOSK), Some(KIOSK)).unwrap();
        fs::set_permissions(machine.at("state/exports"), Permissions::from_mode(0o700)).unwrap();
        let days = ["--from", "2026-01-01", "--until", "2026-12-31"];
        let export = |out| [&["export"][..], &days, &["--out", out]].concat();
        machine.as_root(umask, &export("state/exports/visits.csv"));
        machine.as_root(umask, &export("state/exports/visits.xlsx"));
        machine.as_root(umask, &["roll"]);
        machine.is_the_kiosks("exports and a roll call");
        machine.as_kiosk(&["roll", "end"]);
    }
    let machine = Machine::new();
    machine.as_root("022", &["import", "hosts", "hosts.csv"]);
    machine.is_the_kiosks("a list, before the first start");
    machine.as_kiosk(&["pin", "set", "王芳"]);
}

/// What programs before this one left is set right by the next command that root runs, and SQLite's own logs are never
/// root's.
#[test]
fn what_root_opens_becomes_the_kiosks_again() {
    let machine = Machine::new();
    drop(machine.open());
    for file in ["state/book.db", "state/book.db.lock", "state/book.db.copying"] {
        File::options().append(true).create(true).open(machine.at(file)).unwrap();
        fs::set_permissions(machine.at(file), Permissions::from_mode(0o644)).unwrap();
    }
    chown(machine.book(), Some(KIOSK), Some(KIOSK)).unwrap();
    chown(machine.at("state/book.db.copying"), Some(0), Some(0)).unwrap();
    {
        let _kiosk = machine.open();
        let logs =
            ["state/book.db-wal", "state/book.db-shm"].map(|log| fs::metadata(machine.at(log)).unwrap());
        assert!(logs.iter().all(|log| (log.uid(), log.mode() & 0o777) == (KIOSK, 0o600)), "{logs:?}");
    }
    machine.as_root("022", &["backup"]);
    machine.is_the_kiosks("a start and a copy as root");
    // A link leads root nowhere else, and a second name is another's too.
    let outside = machine.at("outside");
    fs::write(&outside, "root's").unwrap();
    for link in [true, false] {
        fs::remove_file(machine.at("state/book.db.copying")).unwrap();
        if link {
            symlink(&outside, machine.at("state/book.db.copying")).unwrap();
            machine.refuses(&["backup"], "no copy was made");
        } else {
            fs::hard_link(&outside, machine.at("state/book.db.copying")).unwrap();
            machine.as_root("022", &["backup"]);
        }
        let found = fs::metadata(&outside).unwrap();
        assert_eq!((found.uid(), found.mode() & 0o777), (0, 0o644), "{link}");
    }
}

/// Who is neither the kiosk nor root can give nothing away: nothing is left that the kiosk could not use.
#[test]
fn nobody_else_leaves_files_beside_the_book() {
    let machine = Machine::new();
    machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
    fs::set_permissions(machine.at("state"), Permissions::from_mode(0o777)).unwrap();
    for file in ["state/book.db", "state/book.db.copying"] {
        let _ = fs::set_permissions(machine.at(file), Permissions::from_mode(0o666));
    }
    let mut other = machine.command("022", &["backup", "--to", "/tmp"]);
    other.uid(KIOSK + 1).gid(KIOSK + 1);
    let (status, said) = Machine::run(other, "");
    assert!(status == 1 && said.contains("it would belong to the user 47111"), "{said}");
    assert!(!machine.at("state/book.db.copying").exists());
    machine.as_kiosk(&["backup"]);
}

fn tells(said: &str, mark: &str, about: &str, words: &str) {
    let told = said.lines().any(|line| {
        line.strip_prefix(mark).is_some_and(|line| line.trim_start().starts_with(about))
            && line.contains(words)
    });
    assert!(told, "{mark} {about} … {words} is not in\n{said}");
}

#[test]
fn doctor_says_whose_the_files_are_and_what_to_type() {
    let machine = Machine::new();
    machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
    machine.as_kiosk(&["backup"]);
    let doctor = || Machine::run(machine.command("022", &["doctor"]), "").1;
    let said = doctor();
    tells(&said, "ok", "files", "belong to the user 47110");
    assert!(!said.contains("pepper"), "nobody has a PIN yet: {said}");
    machine.as_kiosk(&["pin", "set", "王芳"]);
    tells(&doctor(), "ok", "pepper", "with its 64 digits");
    let digits = fs::read(machine.at("state/pepper")).unwrap();
    let chowned = |file: &str| format!("-> chown {KIOSK}:{KIOSK} {file}");
    for file in ["state/book.db.lock", "state/book.db.copying"] {
        File::options().append(true).create(true).open(machine.at(file)).unwrap();
        chown(machine.at(file), Some(0), Some(0)).unwrap();
        let said = doctor();
        tells(&said, "WRONG", "files", "belongs to root (user 0), but the kiosk runs as the user 47110");
        assert!(said.contains(&chowned(&format!("./{file}"))), "{said}");
        chown(machine.at(file), Some(KIOSK), Some(KIOSK)).unwrap();
        fs::set_permissions(machine.at(file), Permissions::from_mode(0o600)).unwrap();
    }
    fs::set_permissions(machine.book(), Permissions::from_mode(0o644)).unwrap();
    let said = doctor();
    tells(&said, "warning", "files", "book.db can be read by others (mode 644)");
    assert!(said.contains("-> chmod 600 ./state/book.db"), "{said}");
    fs::set_permissions(machine.book(), Permissions::from_mode(0o600)).unwrap();
    chown(machine.book(), Some(0), Some(0)).unwrap();
    assert!(doctor().contains(&chowned("./state/book.db")));
    chown(machine.book(), Some(KIOSK), Some(KIOSK)).unwrap();
    chown(machine.at("state"), Some(0), Some(0)).unwrap();
    fs::set_permissions(machine.at("state"), Permissions::from_mode(0o755)).unwrap();
    let said = doctor();
    tells(&said, "WRONG", "files", "./state belongs to root (user 0), but the kiosk runs as the user 47110");
    assert!(said.contains(&chowned("./state")), "{said}");
    chown(machine.at("state"), Some(KIOSK), Some(KIOSK)).unwrap();
    // The pepper: whose, and what stands in it.
    let pepper = machine.at("state/pepper");
    chown(&pepper, Some(0), Some(0)).unwrap();
    let said = doctor();
    tells(&said, "WRONG", "pepper", "and the user 47110 cannot read it");
    assert!(said.contains(&chowned("./state/pepper")), "{said}");
    chown(&pepper, Some(0), Some(KIOSK)).unwrap();
    fs::set_permissions(&pepper, Permissions::from_mode(0o640)).unwrap();
    tells(&doctor(), "ok", "pepper", "is there");
    fs::set_permissions(&pepper, Permissions::from_mode(0o644)).unwrap();
    tells(&doctor(), "warning", "pepper", "can be read by everybody");
    fs::set_permissions(&pepper, Permissions::from_mode(0o600)).unwrap();
    for (text, said) in
        [("", "is empty"), ("0123", "no pepper of 64"), ("x".repeat(64).as_str(), "no pepper")]
    {
        fs::write(&pepper, text).unwrap();
        tells(&doctor(), "WRONG", "pepper", said);
    }
    fs::remove_file(&pepper).unwrap();
    let said = doctor();
    tells(&said, "WRONG", "pepper", "is gone: no PIN opens reception's pages");
    assert!(said.contains("put it back from a backup"), "{said}");
    fs::write(&pepper, digits).unwrap();
    chown(&pepper, Some(KIOSK), Some(KIOSK)).unwrap();
    fs::set_permissions(&pepper, Permissions::from_mode(0o600)).unwrap();
    let said = doctor();
    tells(&said, "ok", "pepper", "is there");
    assert!(!said.contains("WRONG    files") && !said.contains("chown"), "{said}");
}

#[test]
fn doctor_goes_by_the_books_own_record_of_copies() {
    let machine = Machine::new();
    let doctor = || Machine::run(machine.command("022", &["doctor"]), "").1;
    assert!(doctor().contains("no copy yet in ./copies/deep"));
    machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
    tells(&doctor(), "WRONG", "backup", "has no record of a copy");
    // A name alone proves nothing.
    fs::create_dir(machine.at("copies/deep")).unwrap();
    chown(machine.at("copies/deep"), Some(KIOSK), Some(KIOSK)).unwrap();
    let ahead = machine.at("copies/deep/frontdesk-2099-01-01T0230.db");
    fs::write(&ahead, "").unwrap();
    let said = doctor();
    tells(&said, "WRONG", "backup", "has no record of a copy");
    tells(&said, "WRONG", "backup", "dated in the future: frontdesk-2099-01-01T0230.db");
    machine.as_kiosk(&["backup"]);
    let said = doctor();
    tells(&said, "ok", "backup", "0 hours ago");
    tells(&said, "WRONG", "backup", "1 of the copies in ./copies/deep are dated in the future");
    tells(&said, "warning", "backup", "is on the book's own disk");
    fs::remove_file(&ahead).unwrap();
    assert!(!doctor().contains("dated in the future"));
    // Three weeks ago, by the record; the file says today.
    let book = Connection::open(machine.book()).unwrap();
    book.execute_batch("UPDATE errands SET changed = changed - 21 * 86400000").unwrap();
    tells(&doctor(), "WRONG", "backup", "504 hours ago");
    book.execute_batch("UPDATE errands SET changed = changed + 9999 * 86400000").unwrap();
    tells(&doctor(), "WRONG", "backup", "in the future");
    drop(book);
    // One that was made elsewhere is none here.
    machine.as_kiosk(&["backup", "--to", "copies"]);
    tells(&doctor(), "WRONG", "backup", "in the future");
    machine.as_kiosk(&["backup"]);
    tells(&doctor(), "ok", "backup", "0 hours ago");
    each(&machine.at("copies/deep"), &mut |copy| fs::remove_file(copy).unwrap());
    tells(&doctor(), "WRONG", "backup", "is not in ./copies/deep any more");
}

/// Another disk is another one only while it is mounted.
#[test]
fn doctor_says_that_the_disk_for_copies_is_not_mounted() {
    let machine = Machine::new();
    machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
    machine.as_kiosk(&["backup"]);
    let point = machine.at("copies");
    fs::write(machine.at("fstab"), format!("tmpfs {} tmpfs noauto 0 0\n", point.display())).unwrap();
    let doctor = |first: &str| {
        // This process alone sees another /etc.
        let script = format!("mount -t tmpfs tmpfs /etc && cp fstab /etc/fstab && {first}exec \"$@\"");
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &script, "sh", PROGRAM, "--config", "kiosk.toml", "doctor"]);
        command.current_dir(machine.0.path()).env("FRONTDESK_LOG", "off");
        Machine::run(command, "").1
    };
    tells(&doctor(""), "WRONG", "backup", "copies is in /etc/fstab but is not mounted");
    let mounted = doctor(&format!("mount -t tmpfs tmpfs {} && ", point.display()));
    assert!(!mounted.contains("is not mounted") && !mounted.contains("own disk"), "{mounted}");
    tells(&mounted, "WRONG", "backup", "is not in ./copies/deep any more");
}

#[test]
fn a_pin_that_a_full_disk_refused_can_be_set_later() {
    let machine = Machine::new();
    machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
    let toml = fs::read_to_string(machine.at("kiosk.toml")).unwrap();
    fs::write(machine.at("kiosk.toml"), toml.replace("state/pepper", "secret/pepper")).unwrap();
    let disk = Disk::at(machine.at("secret"), "64k");
    disk.fill();
    machine.refuses(&["pin", "set", "王芳"], "No space left on device");
    let left: Vec<_> = fs::read_dir(disk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["ballast"], "nothing half is left");
    disk.free();
    // What programs before this one left there.
    for left in ["", "\n"] {
        fs::write(machine.at("secret/pepper"), left).unwrap();
        machine.as_root("022", &["pin", "set", "王芳"]);
        let pepper = fs::metadata(machine.at("secret/pepper")).unwrap();
        assert_eq!((pepper.uid(), pepper.mode() & 0o777), (KIOSK, 0o600));
        assert!(Pepper::read(&machine.at("secret/pepper")).is_ok());
        machine.as_root("022", &["pin", "remove", "王芳"]);
    }
    // A power cut in the middle left half of one under another name.
    fs::write(machine.at("secret/pepper.part"), "0123").unwrap();
    machine.as_root("022", &["pin", "set", "王芳"]);
    // With a PIN in the book, an empty one is no beginning.
    let whole = fs::read(machine.at("secret/pepper")).unwrap();
    fs::write(machine.at("secret/pepper"), "").unwrap();
    machine
        .refuses(&["pin", "set", "Li Na"], "is empty, and no PIN works without it; restore it from a backup");
    assert_eq!(fs::read(machine.at("secret/pepper")).unwrap(), b"");
    fs::write(machine.at("secret/pepper"), &whole).unwrap();
    machine.as_root("022", &["pin", "set", "Li Na"]);
    assert_eq!(fs::read(machine.at("secret/pepper")).unwrap(), whole, "the same one goes on");
    // What is something else is nobody's pepper, and nobody's to write over.
    machine.as_root("022", &["pin", "remove", "Li Na"]);
    machine.as_root("022", &["pin", "remove", "王芳"]);
    fs::write(machine.at("secret/pepper"), "a shopping list").unwrap();
    machine.refuses(&["pin", "set", "Li Na"], "no pepper of 64 hexadecimal digits");
    assert_eq!(fs::read(machine.at("secret/pepper")).unwrap(), b"a shopping list");
}

/// What stands where a file is expected: nothing waits for it, and it is named.
#[test]
fn pipes_folders_and_devices_are_no_files() {
    let portrait = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/portrait.png");
    for what in ["pipe", "folder", "device", "socket"] {
        let said = match what {
            "pipe" => "it is a pipe (FIFO); a file is expected",
            "folder" => "it is a folder; a file is expected",
            "device" => "it is a device; a file is expected",
            _ => "it is a socket; a file is expected",
        };
        let machine = Machine::new();
        let put = |name: &str| {
            let at = machine.at(name);
            let _ = fs::remove_file(&at);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            match what {
                "pipe" => assert!(Command::new("mkfifo").arg(&at).status().unwrap().success()),
                "folder" => fs::create_dir(&at).unwrap(),
                "device" => symlink("/dev/zero", &at).unwrap(),
                _ => drop(std::os::unix::net::UnixListener::bind(&at).unwrap()),
            }
        };
        put("odd");
        for command in
            [&["import", "hosts", "odd"][..], &["import", "invitations", "odd"], &["restore", "odd"]]
        {
            machine.refuses(command, said);
        }
        let days = ["--from", "2026-01-01", "--until", "2026-12-31", "--out"];
        machine.as_kiosk(&["import", "hosts", "hosts.csv"]);
        put("odd.csv");
        machine.refuses(&[&["export"][..], &days, &["odd.csv"]].concat(), said);
        machine.refuses(&["badge", "--name", "Ann", "--out", "odd.csv"], said);
        // The configuration itself.
        let mut command = Command::new("timeout");
        command.args(["20", PROGRAM, "--config", "odd", "check"]).current_dir(machine.0.path());
        let (status, found) = Machine::run(command, "");
        assert!(status == 1 && found.contains(said), "{what}: {found}");
        // What it names.
        let good = fs::read_to_string(machine.at("kiosk.toml")).unwrap();
        put("notices/zh.md");
        put("safety/zh.md");
        for (key, lines) in [
            ("logo", "[company]\nlogo = \"odd\"\n"),
            ("template", "[printer]\ntemplate = \"odd\"\n"),
            ("notice", "[visit]\nnotices = \"notices\"\n"),
            ("picture", "[camera]\npicture = \"odd\"\n"),
            ("safety", "[[visit_type]]\nid = \"a\"\nname = \"A\"\nsafety = \"safety\"\n"),
            ("badge", "[[visit_type]]\nid = \"a\"\nname = \"A\"\nbadge = \"odd\"\n"),
            (
                "ca_file",
                "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"localhost\"\nca_file = \"odd\"\n",
            ),
        ] {
            fs::write(machine.at("kiosk.toml"), lines).unwrap();
            let (status, found) = Machine::run(machine.command("022", &["check"]), "");
            assert!(status == 1 && found.contains(said), "{what} as {key}: {found}");
        }
        let doctor = |lines: &str, said: &str| {
            fs::write(machine.at("kiosk.toml"), lines).unwrap();
            let (status, found) = Machine::run(machine.command("022", &["doctor"]), "");
            assert!(status == 1 && found.contains(said), "{what} with {lines}: {found}");
        };
        doctor("[book]\npath = \"odd\"\n", said);
        doctor("[camera]\ndevice = \"odd\"\n", "odd");
        doctor("[scanner]\ndevice = \"odd\"\n", "odd");
        if what != "folder" {
            doctor("[export]\nfolder = \"odd/x\"\n[book]\npath = \"odd/x/book.db\"\n", "odd");
        }
        let pepper = good.replace("state/pepper", "odd");
        doctor(&pepper, said);
        fs::write(machine.at("kiosk.toml"), &pepper).unwrap();
        machine.refuses(&["pin", "set", "Ann"], said);
        fs::write(machine.at("kiosk.toml"), "[book]\npath = \"odd\"\n").unwrap();
        for command in [&["waiting"][..], &["emergency", "on"], &["backup", "--to", "x"]] {
            let (status, found) = Machine::run(machine.command("022", command), "");
            assert!(status == 1 && found.contains("odd"), "{what} {command:?}: {found}");
        }
        fs::write(machine.at("kiosk.toml"), &good).unwrap();
        put("state/book.db.lock");
        put("state/book.db.copying");
        machine.refuses(&["backup"], "no copy was made");
        machine.refuses(&["restore", "hosts.csv"], "book.db");
        // A printer's folder with something else in place of a word.
        put("state/badges/state");
        let (status, found) = Machine::run(machine.command("022", &["doctor"]), "");
        assert!(status <= 1 && found.contains("printer"), "{what}: {found}");
        if what == "socket" {
            // A plain file is taken in each place.
            let lines = format!("[camera]\npicture = {portrait:?}\n[company]\nlogo = {portrait:?}\n");
            fs::write(machine.at("kiosk.toml"), lines).unwrap();
            machine.as_root("022", &["check"]);
        }
    }
}

#[test]
fn a_name_with_a_nul_is_refused_with_its_line() {
    for (table, key) in [
        ("company", "logo"),
        ("book", "path"),
        ("visit", "notices"),
        ("staff", "pepper_file"),
        ("export", "folder"),
        ("backup", "folder"),
        ("scanner", "device"),
        ("printer", "folder"),
        ("printer", "template"),
        ("camera", "device"),
        ("camera", "picture"),
        ("mail", "folder"),
        ("mail", "password_file"),
        ("mail", "ca_file"),
    ] {
        let more = if table == "mail" && key != "folder" {
            "kind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"localhost\"\nuser = \"desk\"\n"
        } else if table == "printer" {
            "kind = \"file\"\n"
        } else {
            ""
        };
        let text = format!("[{table}]\n{key} = \"a\\u0000b\"\n{more}");
        let mistakes = Config::parse(&text, Path::new("/etc/frontdesk")).unwrap_err();
        let [mistake] = &mistakes[..] else { panic!("{text}: {mistakes:?}") };
        assert_eq!(mistake.line, 2, "{text}");
        assert!(mistake.what.contains("without a NUL"), "{}", mistake.what);
        assert!(mistake.what.contains(key), "{}", mistake.what);
        let right = text.replace("\\u0000", "\\u00E9");
        assert!(Config::parse(&right, Path::new("/etc/frontdesk")).is_ok(), "{right}");
    }
    for key in ["notice", "badge", "safety"] {
        let text = format!("[[visit_type]]\nid = \"a\"\nname = \"A\"\n{key} = \"a\\u0000b\"\n");
        let mistakes = Config::parse(&text, Path::new("/etc/frontdesk")).unwrap_err();
        assert!(mistakes.len() == 1 && mistakes[0].line == 4, "{mistakes:?}");
        assert!(mistakes[0].what.contains("without a NUL"), "{}", mistakes[0].what);
    }
}

/// Somebody at a terminal.
struct Terminal {
    master: PtyMaster,
    /// Held, so that it can be looked at after the command.
    slave: File,
    said: String,
}

impl Terminal {
    fn new() -> Self {
        let master = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let no_tty_of_mine = OFlag::O_NOCTTY.bits();
        let mut slave = File::options();
        slave.read(true).write(true).custom_flags(no_tty_of_mine);
        let slave = slave.open(ptsname_r(&master).unwrap()).unwrap();
        Self { master, slave, said: String::new() }
    }

    /// Runs a command of which this is the terminal.
    fn run(&self, machine: &Machine, words: &[&str]) -> Child {
        let tty = || Stdio::from(self.slave.try_clone().unwrap());
        // It is no leader of a group, so that setsid becomes the program.
        let mut command = Command::new("setsid");
        command.args(["--ctty", PROGRAM, "--config", "kiosk.toml"]).args(words);
        command.current_dir(machine.0.path()).env("FRONTDESK_LOG", "off");
        command.stdin(tty()).stdout(tty()).stderr(tty()).spawn().unwrap()
    }

    fn waits_for(&mut self, words: &str) {
        let begun = Instant::now();
        while !self.said.contains(words) {
            assert!(begun.elapsed() < Duration::from_secs(20), "{words} is not in {}", self.said);
            let mut some = [0; 256];
            let read = self.master.read(&mut some).unwrap();
            self.said += &String::from_utf8_lossy(&some[..read]);
        }
    }

    fn types(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    fn shows_what_is_typed(&self) -> bool {
        tcgetattr(self.slave.as_raw_fd()).unwrap().local_flags.contains(LocalFlags::ECHO)
    }
}

#[test]
fn a_terminal_shows_what_is_typed_again_however_the_prompt_ends() {
    let machine = Machine::new();
    machine.as_root("022", &["import", "hosts", "hosts.csv"]);
    for (keys, how) in [
        ("\x03", "Ctrl-C"),
        ("48\x03", "Ctrl-C in the middle"),
        ("\x1c", "Ctrl-\\"),
        ("480215\n\x03", "Ctrl-C at the second prompt"),
        ("\x04", "the end of what is typed"),
        ("12\n", "too short a PIN"),
        ("480215\n480216\n", "two different ones"),
        ("480215\n480215\n", "a PIN"),
        ("TERM", "an administrator"),
        ("HUP", "a terminal that is closed"),
    ] {
        let mut terminal = Terminal::new();
        assert!(terminal.shows_what_is_typed());
        let mut child = terminal.run(&machine, &["pin", "set", "王芳"]);
        terminal.waits_for("New PIN");
        assert!(!terminal.shows_what_is_typed(), "{how}");
        if let Some(signal) =
            [("TERM", Signal::SIGTERM), ("HUP", Signal::SIGHUP)].iter().find(|(name, _)| *name == keys)
        {
            kill(Pid::from_raw(child.id() as i32), signal.1).unwrap();
        } else if let Some((first, second)) = keys.split_once('\n').filter(|(_, second)| !second.is_empty()) {
            terminal.types(&format!("{first}\n"));
            terminal.waits_for("The same again");
            assert!(!terminal.shows_what_is_typed(), "{how}");
            terminal.types(second);
        } else {
            terminal.types(keys);
        }
        let ended = child.wait().unwrap();
        assert!(terminal.shows_what_is_typed(), "{how} leaves the terminal blind");
        assert_eq!(ended.success(), how == "a PIN", "{how}: {ended:?}");
        assert!(!terminal.said.contains("48"), "{}", terminal.said);
    }
}

const OLD: &str = "tests/book/version-1.db";

impl Machine {
    /// With a book of the first version.
    fn with_old_book() -> Self {
        let machine = Self::new();
        fs::copy(OLD, machine.book()).unwrap();
        chown(machine.book(), Some(KIOSK), Some(KIOSK)).unwrap();
        machine
    }

    fn version(&self, file: &str) -> i64 {
        let book = Connection::open(self.at(file)).unwrap();
        book.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    fn before(&self) -> Vec<PathBuf> {
        frontdesk::book::before(&self.book())
    }
}

const LOOKING: [&[&str]; 9] = [
    &["waiting"],
    &["failures"],
    &["parcels"],
    &["cases"],
    &["supplies"],
    &["watch", "list"],
    &["pin", "list"],
    &["journal", "verify"],
    &["forget", "--name", "Ann", "--phone", "13711112222"],
];
const WRITING: [&[&str]; 5] = [
    &["emergency", "on"],
    &["roll"],
    &["import", "hosts", "hosts.csv"],
    &["watch", "add", "--name", "Ann Lee"],
    &["pin", "set", "Ann"],
];

#[test]
fn an_older_book_is_left_to_the_kiosk_that_has_it() {
    let machine = Machine::with_old_book();
    let lock = File::create(machine.at("state/book.db.lock")).unwrap();
    lock.try_lock().unwrap();
    for command in LOOKING.into_iter().chain(WRITING) {
        machine.refuses(command, "restart the kiosk (systemctl restart frontdesk)");
        assert_eq!(machine.version("state/book.db"), 1, "{command:?}");
    }
    assert!(machine.before().is_empty());
    let (status, said) = Machine::run(machine.command("022", &["doctor"]), "");
    tells(&said, "warning", "book", "the book has version 1; this program needs version ");
    assert!(status == 1 && said.contains("-> restart the kiosk (systemctl restart frontdesk)"), "{said}");
    // A copy is no change.
    machine.as_root("022", &["backup"]);
    assert_eq!(machine.version("state/book.db"), 1);
    // Its kiosk is restarted.
    drop(lock);
    drop(machine.open());
    machine.as_root("022", &["waiting"]);
}

#[test]
fn an_older_book_is_kept_as_it_was_before_it_is_brought_up_to_date() {
    let machine = Machine::with_old_book();
    for command in LOOKING {
        machine.refuses(command, "start the kiosk, which brings it up to date");
    }
    assert!(machine.version("state/book.db") == 1 && machine.before().is_empty());
    assert!(Machine::run(machine.command("022", &["doctor"]), "").1.contains("-> start the kiosk"));
    fs::write(machine.at("state/book.db.before-3"), "an earlier one").unwrap();
    machine.as_root("022", &["emergency", "on"]);
    let now = machine.version("state/book.db");
    assert!(now >= 7, "{now}");
    let kept = format!("state/book.db.before-{now}");
    assert_eq!(machine.before(), [machine.at(&kept)], "one is kept");
    assert_eq!(machine.version(&kept), 1);
    machine.is_the_kiosks("a book that root brought up to date");
    // It is all that there was, and can be put back.
    let held = Connection::open(machine.at(&kept)).unwrap();
    let visits: i64 = held.query_row("SELECT count(*) FROM visits", [], |row| row.get(0)).unwrap();
    assert_eq!(visits, 1);
    drop(held);
    machine.as_root("022", &["restore", &kept, "--older"]);
    assert_eq!(machine.version("state/book.db"), 1);
    // The kiosk does the same.
    fs::remove_file(machine.at(&kept)).unwrap();
    let mut book = machine.open();
    assert_eq!(machine.before(), [machine.at(&kept)]);
    // What stands in it is no older than the notice promises.
    let now = Clock::start().now();
    let over = |days: i64| {
        let wall = now.wall - chrono::TimeDelta::days(days);
        frontdesk::book::Before { visits: wall, lessons: wall, people: wall }
    };
    let age = |days: u64| {
        let made = std::time::SystemTime::from(now.wall.to_utc()) - Duration::from_secs(days * 86_400);
        File::options().append(true).open(machine.at(&kept)).unwrap().set_modified(made).unwrap();
    };
    age(29);
    while book.forget(&over(30), now).unwrap() > 0 {}
    assert_eq!(machine.before().len(), 1);
    age(31);
    while book.forget(&over(30), now).unwrap() > 0 {}
    assert!(machine.before().is_empty());
    assert!(book.entries().unwrap().contains(&Entry::Begun));
}

#[test]
fn an_older_book_on_a_full_disk_stays_as_it_is() {
    let machine = Machine::new();
    let disk = Disk::at(machine.at("state"), "2m");
    fs::copy(OLD, machine.book()).unwrap();
    disk.fill();
    // Room for the logs of SQLite, and not for a copy.
    let ballast = File::options().write(true).open(disk.path().join("ballast")).unwrap();
    ballast.set_len(ballast.metadata().unwrap().len() - 100 * 1024).unwrap();
    drop(ballast);
    machine.refuses(&["emergency", "on"], "the disk is full");
    let left: Vec<_> = fs::read_dir(disk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let half = left.iter().any(|name| name.to_string_lossy().contains(".before-"));
    assert!(!half, "{left:?}");
    disk.free();
    assert_eq!(machine.version("state/book.db"), 1);
    machine.as_root("022", &["emergency", "on"]);
    assert!(machine.version("state/book.db") >= 7);
}
