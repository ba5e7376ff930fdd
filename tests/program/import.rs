//! `frontdesk import` as staff use it over SSH: the real program on a real book.

use encoding_rs::GB18030;
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEMO_HOSTS: &str = include_str!("../../assets/demo/hosts.csv");
const DEMO_INVITATIONS: &str = include_str!("../../assets/demo/invitations.csv");

/// A kiosk's folder.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = "[book]\npath = \"book.db\"\nsamples = false\n";
        fs::write(folder.path().join("kiosk.toml"), config).unwrap();
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn book(&self) -> PathBuf {
        self.path().join("book.db")
    }

    /// Imports these bytes: the exit status, what was printed, what was complained of.
    fn import(&self, what: &str, bytes: &[u8], more: &[&str]) -> (i32, String, String) {
        let file = format!("{what}.csv");
        fs::write(self.path().join(&file), bytes).unwrap();
        self.import_file(what, &file, more)
    }

    fn import_file(&self, what: &str, file: &str, more: &[&str]) -> (i32, String, String) {
        self.import_where(None, what, file, more)
    }

    /// The same on a machine whose clocks are set like this, as POSIX writes it.
    fn import_where(
        &self,
        zone: Option<&str>,
        what: &str,
        file: &str,
        more: &[&str],
    ) -> (i32, String, String) {
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        frontdesk.current_dir(self.path()).env("FRONTDESK_LOG", "off").envs(zone.map(|zone| ("TZ", zone)));
        let ran =
            frontdesk.args(["--config", "kiosk.toml", "import", what, file]).args(more).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
    }

    /// Everything in the book, table by table, as text.
    fn everything(&self) -> String {
        let book = Connection::open_with_flags(self.book(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
        let mut tables = book.prepare(tables).unwrap();
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let mut said = String::new();
        for table in tables {
            let mut rows = book.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).unwrap();
            let columns = rows.column_count();
            let mut rows = rows.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let cells: Vec<String> =
                    (0..columns).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
                said += &format!("{table}: {}\n", cells.join(" | "));
            }
        }
        said
    }

    fn count(&self, table: &str) -> usize {
        self.everything().lines().filter(|line| line.starts_with(&format!("{table}: "))).count()
    }
}

/// One invitation of the demo was good in January 2026 only.
const ONE_OVER: &str = "\n1 left out: they ended more than 30 days ago";

fn done(printed: &str) -> (i32, String, String) {
    (0, format!("{printed}\n"), String::new())
}

#[test]
fn importing_the_same_file_twice_changes_nothing() {
    let place = Place::new();
    let invitations =
        "name,phone,host,from\n王芳,13800138000,H001,2026-11-24\nJosé Núñez,,刘欣怡,2026-11-25\n";
    assert_eq!(place.import("hosts", DEMO_HOSTS.as_bytes(), &[]), done("8 added, 0 changed, 0 unchanged"));
    assert_eq!(
        place.import("invitations", DEMO_INVITATIONS.as_bytes(), &[]),
        done(&format!("13 added, 0 changed, 0 unchanged{ONE_OVER}"))
    );
    // These have no id, no code and no token of their own.
    assert_eq!(
        place.import("invitations", invitations.as_bytes(), &[]),
        done("2 added, 0 changed, 0 unchanged")
    );
    let before = place.everything();
    assert_eq!((place.count("hosts"), place.count("invitations")), (8, 15));
    assert_eq!(place.import("hosts", DEMO_HOSTS.as_bytes(), &[]), done("0 added, 0 changed, 8 unchanged"));
    assert_eq!(
        place.import("invitations", DEMO_INVITATIONS.as_bytes(), &[]),
        done(&format!("0 added, 0 changed, 13 unchanged{ONE_OVER}"))
    );
    assert_eq!(
        place.import("invitations", invitations.as_bytes(), &[]),
        done("0 added, 0 changed, 2 unchanged")
    );
    assert_eq!(place.everything(), before);
}

#[test]
fn the_same_list_in_another_encoding_is_the_same_list() {
    let place = Place::new();
    let hosts = "id,name,email\n1,买买提·吐尔逊,m@example.com\n2,䶮小龙,y@example.com\n";
    assert_eq!(place.import("hosts", &GB18030.encode(hosts).0, &[]), done("2 added, 0 changed, 0 unchanged"));
    let utf8 = format!("\u{FEFF}{}", hosts.replace('\n', "\r\n"));
    assert_eq!(place.import("hosts", utf8.as_bytes(), &[]), done("0 added, 0 changed, 2 unchanged"));
    assert_eq!(
        place.import("hosts", hosts.replace(',', "\t").as_bytes(), &[]),
        done("0 added, 0 changed, 2 unchanged")
    );
    assert!(place.everything().contains(&hex("䶮小龙")));
}

/// How a text of the book is shown: as its bytes.
fn hex(text: &str) -> String {
    let bytes: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    bytes.join(", ")
}

#[test]
fn only_what_differs_is_changed() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let moved = DEMO_HOSTS.replace("四楼 401", "四楼 402") + "H009,林,,,,,,,,lin@example.com,,,\n";
    assert_eq!(place.import("hosts", moved.as_bytes(), &[]), done("1 added, 1 changed, 7 unchanged"));
    assert!(place.everything().contains(&hex("四楼 402")));
    place.import("invitations", DEMO_INVITATIONS.as_bytes(), &[]);
    let cancelled = DEMO_INVITATIONS.replacen(",no\n", ",yes\n", 1);
    assert_eq!(
        place.import("invitations", cancelled.as_bytes(), &[]),
        done(&format!("0 added, 1 changed, 12 unchanged{ONE_OVER}"))
    );
    // Mails with this code are out, so another one in the file is another one in the book.
    let coded = cancelled.replace("A7K3M9", "K7A3M9");
    let changed = done(&format!("0 added, 1 changed, 12 unchanged{ONE_OVER}"));
    assert_eq!(place.import("invitations", coded.as_bytes(), &[]), changed);
    assert!(place.everything().contains(&hex("K7A3M9")));
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new();
    let dry = "8 added, 0 changed, 0 unchanged (nothing was written)";
    assert_eq!(place.import("hosts", DEMO_HOSTS.as_bytes(), &["--dry-run"]), done(dry));
    assert_eq!((place.count("hosts"), place.count("journal")), (0, 0));
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let before = place.everything();
    let dry = format!("13 added, 0 changed, 0 unchanged (nothing was written){ONE_OVER}");
    assert_eq!(place.import("invitations", DEMO_INVITATIONS.as_bytes(), &["--dry-run"]), done(&dry));
    assert_eq!(place.everything(), before);
    let (status, _, complained) = place.import("hosts", b"name,email\nA,x\n", &["--dry-run"]);
    assert_eq!(
        (status, complained.lines().next()),
        (1, Some("hosts.csv:2: email: this is not a mail address"))
    );
}

#[test]
fn one_bad_row_keeps_everybody_out() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let before = place.everything();
    let file =
        DEMO_INVITATIONS.replace(",H003,2026-01-01,", ",H333,2026-01-01,").replace("13700001234", "1.37E+10");
    let (status, printed, complained) = place.import("invitations", file.as_bytes(), &[]);
    assert_eq!((status, printed.as_str()), (1, ""));
    let expected = "\
invitations.csv:5: host: no host is named H333; import the hosts first
invitations.csv:7: phone: 1.37E+10 is a number that the office program shortened; make the column's format \"Text\" and write it anew
invitations.csv:11: host: no host is named H333; import the hosts first
nothing was imported
";
    assert_eq!(complained, expected);
    assert_eq!(place.everything(), before);
}

#[test]
fn invitations_need_their_hosts_first() {
    let place = Place::new();
    let (status, _, complained) = place.import("invitations", DEMO_INVITATIONS.as_bytes(), &[]);
    assert_eq!((status, complained.lines().count()), (1, 15));
    assert!(
        complained.starts_with("invitations.csv:2: host: no host is named H001; import the hosts first\n")
    );
}

#[test]
fn a_code_that_another_invitation_has_is_refused_whole() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    place.import("invitations", DEMO_INVITATIONS.as_bytes(), &[]);
    let before = place.everything();
    let more = "id,name,host,from,code\nN1,Ann,H001,2026-11-24,\nN2,Bob,H001,2026-11-24,A7K3M9\n";
    let (status, printed, complained) = place.import("invitations", more.as_bytes(), &[]);
    assert_eq!((status, printed.as_str()), (1, ""));
    let expected = "invitations.csv:3: code: A7K3M9 is that of the invitation of 欧阳修明 already; leave it empty for a \
                    new one\nnothing was imported\n";
    assert_eq!(complained, expected);
    assert_eq!(place.everything(), before);
}

#[test]
fn two_invitations_may_change_codes() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let list = |one: &str, other: &str| {
        format!("id,name,host,from,code\n1,Ann,H001,2099-11-24,{one}\n2,Bob,H001,2099-11-24,{other}\n")
    };
    place.import("invitations", list("A7K3M9", "C4H8WX").as_bytes(), &[]);
    let (turned, codes) =
        (list("C4H8WX", "A7K3M9"), "SELECT group_concat(code, ' ' ORDER BY id) FROM invitations");
    assert_eq!(place.import("invitations", turned.as_bytes(), &[]), done("0 added, 2 changed, 0 unchanged"));
    let book = Connection::open_with_flags(place.book(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    assert_eq!(book.query_row(codes, [], |row| row.get::<_, String>(0)).unwrap(), "C4H8WX A7K3M9");
}

#[test]
fn nobody_who_was_erased_comes_back() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let mut list =
        "id,name,phone,host,from,until\n1,Ann Lee,13800138000,H001,2020-01-01,2099-12-31\n".to_owned();
    place.import("invitations", list.as_bytes(), &[]);
    // As the kiosk erases when the time has come.
    let book = Connection::open(place.book()).unwrap();
    let erase = "UPDATE invitations SET visitor = ?, phone = NULL, name_key = '', last_four = '', used_by = '019ab000-0000-7000-8000-000000000000'";
    book.execute(erase, [frontdesk::book::ERASED]).unwrap();
    let before = place.everything();
    list += "2,Bob,13800138000,H001,2020-01-01,2020-01-02\n3,Eve,13800138000,H001,2020-01-01,\n";
    let (status, printed, complained) = place.import("invitations", list.as_bytes(), &[]);
    let expected = "0 added, 0 changed, 1 unchanged\n2 left out: they ended more than 30 days ago\n";
    assert_eq!((status, printed.as_str(), complained.as_str()), (0, expected, ""));
    assert_eq!(place.everything(), before);
    // The id of a row, given to somebody else for another day, is a new invitation.
    let other = "id,name,phone,host,from\n1,Kim,13900139000,H001,2099-11-24\n";
    assert_eq!(place.import("invitations", other.as_bytes(), &[]), done("0 added, 1 changed, 0 unchanged"));
    let used: Option<String> =
        book.query_row("SELECT used_by FROM invitations WHERE id = '1'", [], |row| row.get(0)).unwrap();
    assert_eq!(used, None);
}

#[test]
fn rows_swallowed_by_two_quotation_marks_are_named() {
    let place = Place::new();
    let list = "name,email\n\"Bob,b@example.com\nAnn,ann@example.com\n\"Eve,eve@example.com\n";
    let (status, printed, complained) = place.import("hosts", list.as_bytes(), &[]);
    assert!(status == 1 && printed.is_empty(), "{printed}");
    assert!(
        complained.starts_with("hosts.csv:2: a quotation mark in this row is not closed"),
        "{complained}"
    );
}

/// The mails that wait in the book: to whom, and what they say of it.
fn mails(place: &Place) -> Vec<String> {
    let book = Connection::open_with_flags(place.book(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut mails = book
        .prepare(
            "SELECT work ->> 'to', work -> '$.about.invited' ->> 'cancelled', work ->> '$.ticket.from',
             work ->> '$.ticket.sequence' FROM errands WHERE state = 'queued' ORDER BY rowid",
        )
        .unwrap();
    let mail = |row: &rusqlite::Row<'_>| {
        let (to, cancelled, from): (String, bool, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (sequence, what): (u32, _) = (row.get(3)?, if cancelled { "no longer" } else { "invited" });
        Ok(format!("{to} {what} {} #{sequence}", &from[..16]))
    };
    mails.query_map([], mail).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn whoever_is_invited_by_a_list_gets_one_mail() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let list = |from: &str, cancelled: &str| {
        format!(
            "id,name,phone,host,from,email,cancelled\n1,王芳,13800138000,H001,{from},wang@example.com,{cancelled}\n\
             2,Ann,,H001,2099-11-24,,\n3,Bob,,H001,2099-11-24,bob@example.com,yes\n4,Eve,,H001,2099-11-25,eve@example.com,\n"
        )
    };
    let first = list("2099-11-24 09:00", "");
    let dry = "4 added, 0 changed, 0 unchanged (nothing was written)\n2 mails would go to visitors";
    assert_eq!(place.import("invitations", first.as_bytes(), &["--dry-run"]), done(dry));
    assert_eq!((place.count("errands"), place.count("invitations")), (0, 0));
    let sent = "4 added, 0 changed, 0 unchanged\n2 mails go to visitors, sent by the running kiosk";
    assert_eq!(place.import("invitations", first.as_bytes(), &[]), done(sent));
    let both =
        ["wang@example.com invited 2099-11-24T09:00 #0", "eve@example.com invited 2099-11-25T00:00 #0"];
    assert_eq!(mails(&place), both);
    // The same list again, and one in which only what no mail says is otherwise: nobody hears anything.
    let before = place.everything();
    assert_eq!(place.import("invitations", first.as_bytes(), &[]), done("0 added, 0 changed, 4 unchanged"));
    assert_eq!(place.everything(), before);
    let number = first.replace("13800138000", "13900139000");
    assert_eq!(place.import("invitations", number.as_bytes(), &[]), done("0 added, 1 changed, 3 unchanged"));
    assert_eq!(mails(&place), both);
    // Another time is told, in place of the mail that has not gone; the calendar takes the newer one.
    let moved = list("2099-11-26 14:30", "").replace("13800138000", "13900139000");
    let told = "0 added, 1 changed, 3 unchanged\n1 mail goes to visitors, sent by the running kiosk";
    assert_eq!(place.import("invitations", moved.as_bytes(), &[]), done(told));
    assert_eq!(mails(&place), [both[1], "wang@example.com invited 2099-11-26T14:30 #1"]);
    let withdrawn = moved.replace(",wang@example.com,", ",wang@example.com,yes");
    assert_eq!(place.import("invitations", withdrawn.as_bytes(), &[]), done(told));
    assert_eq!(mails(&place), [both[1], "wang@example.com no longer 2099-11-26T14:30 #2"]);
}

#[test]
fn no_mail_goes_that_nobody_wants() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let list = "id,name,host,from,until,email\n1,王芳,H001,2099-11-24,,wang@example.com\n\
                2,Old,H001,2020-11-24,,old@example.com\n";
    let only = "1 added, 0 changed, 0 unchanged\n1 left out: they ended more than 30 days ago";
    assert_eq!(place.import("invitations", list.as_bytes(), &["--no-mail"]), done(only));
    assert_eq!(place.count("errands"), 0);
    let dry =
        "0 added, 1 changed, 0 unchanged (nothing was written)\n1 left out: they ended more than 30 days ago";
    let moved = list.replace("2099-11-24", "2099-11-25");
    assert_eq!(place.import("invitations", moved.as_bytes(), &["--no-mail", "--dry-run"]), done(dry));
    // What was imported before is told to nobody by the same list.
    let same = only.replace("1 added, 0 changed, 0", "0 added, 0 changed, 1");
    assert_eq!(place.import("invitations", list.as_bytes(), &[]), done(&same));
    assert_eq!(place.count("errands"), 0);
}

#[test]
fn columns_that_mean_nothing_are_named_as_not_read() {
    let place = Place::new();
    let list = "车牌,name,email,Remarks\n京A12345,Ann,a@example.com,tea\n";
    assert_eq!(place.import("hosts", list.as_bytes(), &[]).0, 1);
    let read = done("1 added, 0 changed, 0 unchanged\nskipped columns: 车牌, Remarks");
    assert_eq!(place.import("hosts", list.as_bytes(), &["--ignore-columns", "车牌,remarks"]), read);
    let config = "[book]\npath = \"book.db\"\nsamples = false\n[import]\nignore = [\"车牌\"]\n";
    fs::write(place.path().join("kiosk.toml"), config).unwrap();
    let same = done("0 added, 0 changed, 1 unchanged\nskipped columns: 车牌, Remarks");
    assert_eq!(place.import("hosts", list.as_bytes(), &["--ignore-columns", "Remarks"]), same);
}

#[test]
fn a_name_that_no_badge_shows_is_told_and_imported() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let list = "name,host,from\n王芳,H001,2099-11-24\n김민준,H001,2099-11-24\n";
    let (status, printed, complained) = place.import("invitations", list.as_bytes(), &[]);
    assert_eq!((status, printed.as_str()), (0, "2 added, 0 changed, 0 unchanged\n"));
    let expected =
        "invitations.csv:3: name: the font has no \"김\" (U+AE40), so a badge with it cannot be printed";
    assert!(complained.starts_with(expected), "{complained}");
}

#[test]
fn files_that_are_not_there_or_no_lists() {
    let place = Place::new();
    let (status, _, complained) = place.import_file("hosts", "nowhere.csv", &[]);
    assert!(status == 1 && complained.contains("nowhere.csv: No such file"), "{complained}");
    let (status, _, complained) = place.import_file("hosts", ".", &[]);
    assert!(status == 1 && complained.contains("it is a folder; a file is expected"), "{complained}");
    let (status, _, complained) = place.import("hosts", b"PK\x03\x04\xFF\xFF\0\0 a workbook", &[]);
    assert!(status == 1 && complained.contains("save it as \"CSV UTF-8\""), "{complained}");
    let (status, _, complained) = place.import("invitations", DEMO_HOSTS.as_bytes(), &[]);
    assert!(
        status == 1 && complained.contains("invitations.csv:1: department: unknown column"),
        "{complained}"
    );
    assert_eq!(place.import_file("visitors", "hosts.csv", &[]).0, 2);
}

#[test]
fn an_hour_that_comes_twice_is_the_first_and_one_that_does_not_come_is_refused() {
    let place = Place::new();
    place.import("hosts", DEMO_HOSTS.as_bytes(), &[]);
    let import = |rows: &str| {
        fs::write(place.path().join("night.csv"), format!("id,name,host,from\n{rows}")).unwrap();
        place.import_where(Some("CET-1CEST,M3.5.0,M10.5.0/3"), "invitations", "night.csv", &[])
    };
    let rows = "1,Ann,H001,2099-10-25 02:30\n2,Bob,H001,2099-10-25 03:00\n3,Eve,H001,2099-03-29 03:00\n";
    assert_eq!(import(rows), done("3 added, 0 changed, 0 unchanged"));
    let book = Connection::open(place.book()).unwrap();
    let from = |id: &str| -> String {
        let from = "SELECT strftime('%H:%M', good_from / 1000, 'unixepoch') FROM invitations WHERE id = ?";
        book.query_row(from, [id], |row| row.get(0)).unwrap()
    };
    assert_eq!(["1", "2", "3"].map(from), ["00:30", "02:00", "01:00"], "in Greenwich");
    let (status, _, complained) = import("4,Kim,H001,2099-03-29 02:30\n");
    let said =
        "night.csv:2: from: the clocks are set forward over 02:30 on this day; 2099-03-29 03:30 is expected";
    assert!(status == 1 && complained.starts_with(said), "{complained}");
}

#[test]
fn an_address_beyond_ascii_is_imported_and_named() {
    let place = Place::new();
    let (status, said, told) = place.import("hosts", "name,email\nA,müller@例子.公司\n".as_bytes(), &[]);
    assert_eq!((status, said.as_str()), (0, "1 added, 0 changed, 0 unchanged\n"));
    assert!(
        told.starts_with("hosts.csv:2: email: müller@xn--fsqu00a.xn--55qx5d: the part before the @"),
        "{told}"
    );
    let book = Connection::open_with_flags(place.book(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let kept: String = book.query_row("SELECT email FROM hosts", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "müller@xn--fsqu00a.xn--55qx5d");
}
