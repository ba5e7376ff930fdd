//! `frontdesk doctor`: what it says about a machine on which something is wrong. It calls nothing well that it did
//! not look at.

use frontdesk::book::Book;
use frontdesk::config::Config;
use frontdesk::front::clock::Clock;
use frontdesk::visit::Shape;
use rusqlite::Connection;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A user of no machine: what root may do says nothing about the kiosk.
const SOMEBODY: u32 = 47_110;

/// A kiosk's folder, which everybody may enter.
struct Machine(tempfile::TempDir);

impl Machine {
    fn new(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        fs::write(folder.path().join("kiosk.toml"), config).unwrap();
        Self(folder)
    }

    /// With a book in a folder of its own.
    fn with_book(more: &str) -> Self {
        let machine = Self::new(&format!("[book]\npath = \"state/book.db\"\n{more}"));
        machine.open();
        machine
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn book(&self) -> PathBuf {
        self.path().join("state/book.db")
    }

    /// As the kiosk has it.
    fn open(&self) -> Book {
        Book::open(&self.book(), Config::built_in().reception, Clock::start().now()).unwrap()
    }

    /// Gives the state to somebody.
    fn give_away(&self) {
        let state = self.path().join("state");
        for entry in fs::read_dir(&state).unwrap() {
            chown(entry.unwrap().path(), Some(SOMEBODY), Some(SOMEBODY)).unwrap();
        }
        chown(&state, Some(SOMEBODY), Some(SOMEBODY)).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        frontdesk.current_dir(self.path()).env("FRONTDESK_LOG", "off").env_remove("CREDENTIALS_DIRECTORY");
        frontdesk.args(["--config", "kiosk.toml"]).args(words);
        frontdesk
    }

    /// The status, and everything that is said.
    fn run(mut command: Command) -> (i32, String) {
        let ran = command.output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        (ran.status.code().unwrap(), said)
    }

    fn doctor(&self) -> (i32, String) {
        Self::run(self.command(&["doctor"]))
    }

    fn doctor_as_somebody(&self) -> (i32, String) {
        let mut command = self.command(&["doctor"]);
        command.uid(SOMEBODY).gid(SOMEBODY);
        Self::run(command)
    }
}

/// The line about this begins so and holds that.
fn tells(said: &str, mark: &str, about: &str, words: &str) {
    let told = said.lines().any(|line| {
        line.strip_prefix(mark).is_some_and(|line| line.trim_start().starts_with(about))
            && line.contains(words)
    });
    assert!(told, "{mark} {about} … {words} is not in\n{said}");
}

#[test]
fn a_configuration_with_mistakes() {
    let machine = Machine::new("[company]\nnam = \"A\"\n[screen]\nidle_seconds = 1\n");
    let (status, said) = machine.doctor();
    assert_eq!(status, 1);
    tells(&said, "WRONG", "configuration", "kiosk.toml:2: [company] nam: unknown key");
    assert!(said.contains("kiosk.toml:4: [screen] idle_seconds"), "{said}");
}

#[test]
fn a_book_that_is_damaged_or_none() {
    let machine = Machine::with_book("");
    let bytes = fs::read(machine.book()).unwrap();
    fs::write(machine.book(), [&b"no book at all, "[..], &bytes[16..]].concat()).unwrap();
    let (status, said) = machine.doctor();
    assert_eq!(status, 1);
    tells(&said, "WRONG", "book", "damaged");
}

#[test]
fn a_book_that_a_kiosk_has_open() {
    let machine = Machine::with_book("[scanner]\ndevice = \"kiosk.toml\"\n");
    let _kiosk = machine.open();
    let (status, said) = machine.doctor();
    assert_eq!(status, 0, "{said}");
    tells(&said, "ok", "book", "0 hosts");
    // What the kiosk uses is not disturbed.
    tells(&said, "ok", "scanner", "the kiosk has it");
}

#[test]
fn a_book_that_somebody_holds_for_long() {
    let machine = Machine::with_book("");
    let other = Connection::open(machine.book()).unwrap();
    other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let (status, said) = machine.doctor();
    assert_eq!(status, 1, "{said}");
    tells(&said, "WRONG", "book", "is being written by another program");
}

#[test]
fn a_book_that_cannot_be_seen_is_not_called_new() {
    let machine = Machine::with_book("");
    fs::set_permissions(machine.path().join("state"), Permissions::from_mode(0o700)).unwrap();
    let (status, said) = machine.doctor_as_somebody();
    assert_eq!(status, 1);
    tells(&said, "WRONG", "book", "Permission denied");
    assert!(said.contains("sudo -u frontdesk") && !said.contains("is not there yet"), "{said}");
}

#[test]
fn a_book_that_may_only_be_read_is_no_book_for_a_kiosk() {
    let machine = Machine::with_book("");
    let state = machine.path().join("state");
    chown(&state, Some(SOMEBODY), Some(SOMEBODY)).unwrap();
    fs::set_permissions(machine.book(), Permissions::from_mode(0o644)).unwrap();
    let (status, said) = machine.doctor_as_somebody();
    assert_eq!(status, 1);
    tells(&said, "WRONG", "book", "cannot be written");
}

#[test]
fn whoever_looks_as_somebody_else_is_told() {
    let machine = Machine::with_book("");
    assert!(!machine.doctor().1.contains("it belongs to the user"));
    machine.give_away();
    let (status, said) = machine.doctor();
    assert_eq!(status, 0, "{said}");
    tells(&said, "warning", "book", &format!("it belongs to the user {SOMEBODY}, and this is the user "));
    let (_, said) = machine.doctor_as_somebody();
    tells(&said, "ok", "book", "0 hosts");
    assert!(!said.contains("it belongs to the user"), "{said}");
}

#[test]
fn looking_makes_no_file() {
    let machine = Machine::with_book("");
    fs::remove_file(machine.path().join("state/book.db.lock")).unwrap();
    machine.doctor();
    assert!(!machine.path().join("state/book.db.lock").exists(), "it would belong to whoever looked");
}

/// Import before the first start: the kiosk could not write what anybody else made, but for root, who gives it away.
#[test]
fn no_command_makes_a_book_for_somebody_else() {
    let machine = Machine::new("[book]\npath = \"state/book.db\"\n");
    fs::create_dir(machine.path().join("state")).unwrap();
    machine.give_away();
    fs::write(machine.path().join("hosts.csv"), "name,email\nAnn,a@example.com\n").unwrap();
    let mut as_other = machine.command(&["import", "hosts", "hosts.csv"]);
    as_other.uid(SOMEBODY + 1).gid(SOMEBODY + 1);
    let (status, said) = Machine::run(as_other);
    assert!(status == 1 && said.contains(&format!("belongs to the user {SOMEBODY}")), "{said}");
    assert!(!machine.book().exists());
    assert_eq!(Machine::run(machine.command(&["import", "hosts", "hosts.csv"])).0, 0);
    let made = fs::metadata(machine.book()).unwrap();
    assert_eq!((made.uid(), made.mode() & 0o777), (SOMEBODY, 0o600));
    fs::remove_file(machine.book()).unwrap();
    let mut as_owner = machine.command(&["import", "hosts", "hosts.csv"]);
    as_owner.uid(SOMEBODY).gid(SOMEBODY);
    let (status, said) = Machine::run(as_owner);
    assert_eq!((status, said.as_str()), (0, "1 added, 0 changed, 0 unchanged\n"));
    // Once it is there, root may bring more.
    assert_eq!(Machine::run(machine.command(&["import", "hosts", "hosts.csv"])).0, 0);
}

#[test]
fn invented_invitations_in_a_real_book() {
    let machine = Machine::with_book("");
    for (what, list) in [
        ("hosts", include_str!("../../assets/demo/hosts.csv")),
        ("invitations", include_str!("../../assets/demo/invitations.csv")),
    ] {
        assert!(!machine.doctor().1.contains("invented"));
        fs::write(machine.path().join("list.csv"), list).unwrap();
        assert_eq!(Machine::run(machine.command(&["import", what, "list.csv"])).0, 0);
    }
    tells(&machine.doctor().1, "warning", "book", "invented invitations");
}

#[test]
fn invitations_for_a_type_that_is_not_configured_any_more() {
    let machine = Machine::with_book("");
    let list = include_str!("../../assets/demo/hosts.csv");
    fs::write(machine.path().join("list.csv"), list).unwrap();
    assert_eq!(Machine::run(machine.command(&["import", "hosts", "list.csv"])).0, 0);
    let invite = |id: &str, until: &str| {
        let book = Connection::open(machine.book()).unwrap();
        let row = "INSERT INTO invitations (id, token, code, visitor, host_id, good_from, good_until, party,
                   cancelled, name_key, last_four, visit_type)
                   SELECT ?1, ?1, ?1, '王芳', id, 0, ?2, 0, 0, '', '', ?1 FROM hosts LIMIT 1";
        book.execute(row, [id, until]).unwrap();
    };
    invite("customer", "9999999999999");
    invite("over", "1000");
    assert!(!machine.doctor().1.contains("not configured"));
    invite("welder", "9999999999999");
    tells(&machine.doctor().1, "warning", "book", "types that are not configured: welder (1)");
}

#[test]
fn the_password_of_the_service_is_not_called_wrong() {
    let smtp =
        "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"127.0.0.1\"\nport = 1\nuser = \"desk\"\n";
    let machine = Machine::new(smtp);
    let (status, said) = machine.doctor();
    assert_eq!(status, 0, "{said}");
    tells(&said, "warning", "mail", "the password is the service's credential");
    assert!(
        said.contains("LoadCredential=mail-password") && !said.contains("does not accept the login"),
        "{said}"
    );
    let mut with = machine.command(&["doctor"]);
    with.env("CREDENTIALS_DIRECTORY", machine.path());
    tells(&Machine::run(with).1, "WRONG", "mail", "cannot be reached");
    let (status, said) = Machine::run(machine.command(&["tour"]));
    assert!(status == 1 && said.contains("LoadCredential=mail-password"), "{said}");
}

#[test]
fn a_scanner_that_is_there_and_cannot_be_opened() {
    let machine = Machine::new("[scanner]\ndevice = \"kiosk.toml\"\n");
    let (status, said) = machine.doctor();
    assert_eq!(status, 1, "{said}");
    tells(&said, "WRONG", "scanner", "kiosk.toml");
}

#[test]
fn a_camera_is_looked_through_and_what_is_missing_for_a_photo_is_said() {
    let portrait = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/portrait.png");
    let kind = "[[visit_type]]\nid = \"a\"\nname = \"A\"\nphoto = true\n";
    let picture = format!("[camera]\npicture = {portrait:?}\n");
    let said = |config: &str| Machine::new(config).doctor();
    assert!(!said("").1.contains("camera"), "nothing is said where nobody wants a photo");
    let (status, text) = said("[camera]\ndevice = \"no-such-camera\"\n");
    assert_eq!(status, 1, "{text}");
    tells(&text, "WRONG", "camera", "no-such-camera");
    assert!(text.contains("look at its cable"), "{text}");
    tells(&said(&picture).1, "warning", "camera", "no type of visit wants a photo");
    tells(&said(kind).1, "warning", "camera", "there is none; [[visit_type]] a is not asked for a photo");
    let (status, text) = said(&format!("{picture}{kind}"));
    assert_eq!(status, 0, "{text}");
    tells(&text, "ok", "camera", "it gives pictures");
}

#[test]
fn a_scanner_for_another_keyboard_is_guessed_from_what_it_types() {
    for (config, what_to_do) in [("", "US keyboard"), ("[scanner]\ndevice = \"/dev/null\"\n", "baud")] {
        let machine = Machine::with_book(config);
        for strange in ["https://example.com/", "aabbccddeeff", "GEYDGMZVGé-DGMZVGé-DGMZVGé"] {
            assert!(!machine.doctor().1.contains("not recognised"), "{strange}");
            let now = Clock::start().now();
            machine.open().scan_was_strange(Shape::of(strange), now).unwrap();
        }
        let said = machine.doctor().1;
        assert!(
            said.contains("the last one had 26 characters: 21 capitals, 2 signs, 3 beyond ASCII"),
            "{said}"
        );
        assert!(said.contains(what_to_do) && !said.contains("GEYDG"), "{said}");
    }
}

#[test]
fn addresses_that_mail_may_not_reach_are_named() {
    let machine = Machine::with_book("[reception]\nemail = \"desk@例子.公司\"\n");
    assert!(!machine.doctor().1.contains("SMTPUTF8"));
    let list = "name,email\nA,a@例子.公司\nB,müller@example.com\n";
    let hosts = frontdesk::import::hosts(list.as_bytes(), &[], &[]).unwrap().rows;
    machine.open().put_hosts(&hosts, Clock::start().now()).unwrap();
    let (_, said) = machine.doctor();
    tells(&said, "warning", "addresses", "1 of hosts and open invitations: the part before the @");
}
