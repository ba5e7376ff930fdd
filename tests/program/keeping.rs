//! Staff's commands about what the book keeps: PINs, the journal read through, one person forgotten, a copy put back. The
//! real program beside a kiosk's book.

use crate::beside::Kiosk;
use crate::support;
use frontdesk::book::{Before, Book, Entry, Try, Verified, copy};
use frontdesk::config::Config;
use frontdesk::pin::{Pepper, Pin};
use frontdesk::visit::{PersonName, Phone, Role};
use std::fs;
use std::time::Duration;

/// Another PIN, and one of as many digits that is too easy.
const PIN: &str = "480215\n";

#[test]
fn a_pin_is_set_listed_and_taken_away() {
    let kiosk = Kiosk::new();
    fs::write(
        kiosk.path().join("kiosk.toml"),
        "[book]\npath = \"book.db\"\n[staff]\npepper_file = \"pepper\"\n",
    )
    .unwrap();
    assert!(kiosk.says(&["pin", "list"]).starts_with("nobody can open reception's pages"));
    let (status, printed, complained) = kiosk.run_with("12\n", &["pin", "set", "王芳"]);
    assert_eq!((status, printed.as_str()), (1, ""), "{complained}");
    assert!(kiosk.book.receptionists().unwrap().is_empty(), "too short a PIN is none");
    let (status, printed, complained) = kiosk.run_with(PIN, &["pin", "set", "王芳"]);
    assert_eq!(
        (status, printed.as_str(), complained.as_str()),
        (0, "王芳 can open reception's pages as receptionist\n", "")
    );
    let (_, printed, _) = kiosk.run_with(PIN, &["pin", "set", "Li Na", "--manager"]);
    assert_eq!(printed, "Li Na can open reception's pages as manager\n");
    let listed = kiosk.says(&["pin", "list"]);
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("王芳  receptionist\n") && listed.contains("Li Na  manager\n"), "{listed}");
    // What is kept opens with this PIN and no other, and is not the PIN.
    let roles: Vec<Role> = kiosk.book.receptionists().unwrap().into_iter().map(|one| one.role).collect();
    assert!(roles.contains(&Role::Manager) && roles.contains(&Role::Receptionist));
    let pepper = Pepper::read(&kiosk.path().join("pepper")).unwrap();
    let mut kiosk = kiosk;
    let Try::Open(kept) = kiosk.book.try_pin("王芳", kiosk.now).unwrap() else { panic!("closed") };
    assert!(Pin::tried("480215").is(&kept, &pepper) && !Pin::tried("480216").is(&kept, &pepper));
    assert!(kiosk.says(&["pin", "list"]).contains("王芳  receptionist, 1 wrong PINs\n"));
    assert_eq!(kiosk.says(&["pin", "remove", "王芳"]), "王芳 can open reception's pages no longer\n");
    kiosk.refuses(&["pin", "remove", "王芳"], "nobody is called \"王芳\"");
    assert_eq!(kiosk.says(&["pin", "list"]), "Li Na  manager\n");
    let by_wang = |entry: &Entry| matches!(entry, Entry::PinSet { by, .. } | Entry::PinRemoved { by, .. } if by == "wang");
    assert_eq!(kiosk.book.entries().unwrap().iter().filter(|entry| by_wang(entry)).count(), 3);
    // Without its pepper no PIN is right, and no new one is mixed with another.
    fs::remove_file(kiosk.path().join("pepper")).unwrap();
    let (status, _, complained) = kiosk.run_with(PIN, &["pin", "set", "王芳"]);
    assert!(status == 1 && complained.contains("is gone, and no PIN works without it"), "{complained}");
}

#[test]
fn the_journal_is_read_through_and_proves_a_mailed_hash() {
    let mut kiosk = Kiosk::new();
    let last = |kiosk: &Kiosk| match kiosk.book.verify().unwrap() {
        Verified::Whole { lines, last, .. } => (lines, last),
        broken @ Verified::Broken { .. } => panic!("{broken:?}"),
    };
    let (line, mailed) = last(&kiosk);
    kiosk.waiting("欧阳修明", None);
    let (lines, hash) = last(&kiosk);
    let whole = format!("{lines} lines, each follows from the one before; the last is {hash}\n");
    assert_eq!(kiosk.says(&["journal", "verify"]), whole);
    let since = format!("the mailed hash is that of line {line}: lines 1 to {line} are as they were then\n");
    let later = format!("lines {} to {lines} were written later\n", line + 1);
    // As people copy it out of a mail.
    let copied = format!(" {} ", mailed.to_uppercase());
    assert_eq!(kiosk.says(&["journal", "verify", "--hash", &copied]), whole.clone() + &since + &later);
    kiosk.refuses(&["journal", "verify", "--hash", "c0ffee"], "is no hash: copy all 64 letters");
    let (status, printed, _) = kiosk.run(&["journal", "verify", "--hash", &"0".repeat(64)]);
    assert!(status == 1 && printed.contains("no line has the mailed hash"), "{printed}");
    // Somebody with a good editor.
    let editor = rusqlite::Connection::open(kiosk.path().join("book.db")).unwrap();
    editor.execute_batch("UPDATE journal_bodies SET body = CAST(x'ff' AS TEXT) WHERE seq = 2").unwrap();
    let (status, printed, complained) = kiosk.run(&["journal", "verify"]);
    assert_eq!(
        (status, printed.as_str(), complained.as_str()),
        (1, "line 2: it cannot be read; from there on the journal proves nothing\n", "")
    );
}

#[test]
fn one_person_is_shown_and_then_forgotten() {
    let mut kiosk = Kiosk::new();
    let visit = {
        let mut new = support::visitor(kiosk.now);
        new.details.name = PersonName::parse("司徒望舒").unwrap();
        new.details.phone = Some(Phone::parse("13711112222").unwrap());
        kiosk.book.arrive(new, kiosk.now).unwrap()
    };
    let forget = ["forget", "--name", "司徒望舒", "--phone", "137 1111 2222"];
    let (status, printed, complained) = kiosk.run(&forget);
    assert!(status == 1 && printed.contains("visit A001 of "), "{printed}");
    assert!(complained.contains("A001 is on site"), "{complained}");
    kiosk.book.leave(visit.id, kiosk.now).unwrap();
    let shown = kiosk.says(&forget);
    assert!(shown.ends_with("nothing was erased; give --yes to erase all of this for good\n"), "{shown}");
    assert_eq!(kiosk.book.visit(visit.id).unwrap().unwrap().details.name.as_str(), "司徒望舒");
    let mut yes = forget.to_vec();
    yes.push("--yes");
    let erased = kiosk.says(&yes);
    assert!(erased.contains("visit A001 of ") && erased.contains("\nall of this is erased\n"), "{erased}");
    assert!(!erased.contains("NOT DONE YET"), "nobody reads: {erased}");
    assert_ne!(kiosk.book.visit(visit.id).unwrap().unwrap().details.name.as_str(), "司徒望舒");
    assert_eq!(kiosk.says(&yes), "there is nothing about anybody with this name and number\n");
    // The journal says so, and of which of its lines.
    let verified = kiosk.says(&["journal", "verify"]);
    assert!(verified.contains(" lines, each follows from the one before"), "{verified}");
    let erased = "of them tell nothing any more: later lines say that they were erased\n";
    assert!(verified.ends_with(erased), "{verified}");
    let editor = rusqlite::Connection::open(kiosk.path().join("book.db")).unwrap();
    editor.execute("DELETE FROM journal_bodies WHERE seq = (SELECT max(seq) FROM journal)", []).unwrap();
    let (status, printed, _) = kiosk.run(&["journal", "verify"]);
    assert!(status == 1 && printed.contains(": its body is gone, and no later line says that"), "{printed}");
    drop(editor);
    kiosk.refuses(&["forget", "--name", "司徒望舒", "--phone", "x"], "--phone");
}

#[test]
fn nobody_is_told_that_somebody_is_erased_while_a_reader_holds_old_pages() {
    let mut kiosk = Kiosk::new();
    let mut new = support::visitor(kiosk.now);
    new.details.name = PersonName::parse("司徒望舒").unwrap();
    new.details.phone = Some(Phone::parse("13711112222").unwrap());
    let visit = kiosk.book.arrive(new, kiosk.now).unwrap();
    kiosk.book.leave(visit.id, kiosk.now).unwrap();
    let reader = rusqlite::Connection::open(kiosk.path().join("book.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM visits;").unwrap();
    let forget = ["forget", "--name", "司徒望舒", "--phone", "13711112222", "--yes"];
    for first in ["visit A001 of ", "there is nothing about anybody"] {
        let (status, printed, complained) = kiosk.run(&forget);
        assert!(status == 1 && printed.starts_with(first), "{printed}{complained}");
        assert!(printed.contains("NOT DONE YET: a program is still reading old pages"), "{printed}");
    }
    drop(reader);
    assert_eq!(kiosk.says(&forget), "there is nothing about anybody with this name and number\n");
    assert_eq!(kiosk.book.unwiped_since(kiosk.now).unwrap(), None);
}

#[test]
fn a_newer_book_is_not_replaced_by_an_older_copy_unless_somebody_says_so() {
    let mut kiosk = Kiosk::new();
    let (book, old) = (kiosk.path().join("book.db"), kiosk.path().join("old.db"));
    copy(&book, &old, &mut || ()).unwrap();
    kiosk.refuses(&["restore", "old.db"], "is as it was");
    kiosk.now = kiosk.now.after(Duration::from_secs(60));
    let visit = kiosk.waiting("欧阳修明", None);
    // The kiosk is stopped: nobody has the book open.
    let Kiosk { folder, book: open, now } = kiosk;
    drop(open);
    let other = Book::open(&folder.path().join("other.db"), Config::built_in().reception, now).unwrap();
    let kiosk = Kiosk { folder, book: other, now };
    kiosk.refuses(&["restore", "old.db"], "the book goes on after the copy");
    assert!(Kiosk::reopened(&book).visit(visit.id).unwrap().is_some(), "as it was");
    let done = kiosk.says(&["restore", "old.db", "--older"]);
    assert!(done.contains("what it replaced is "), "{done}");
    // All that visitors gave stands in it: that is said, and it does not stay for ever.
    assert!(
        done.contains("all that visitors gave still stands in that file")
            && done.contains("; 30 days from now")
    );
    let replaced = frontdesk::book::replaced(&book);
    assert_eq!(replaced.len(), 1, "{replaced:?}");
    let mut restored = Kiosk::reopened(&book);
    assert!(restored.visit(visit.id).unwrap().is_none());
    assert!(restored.entries().unwrap().contains(&Entry::Restored { by: "wang".to_owned() }));
    let mut new = support::visitor(kiosk.now);
    new.details.phone = Some(Phone::parse("13711112222").unwrap());
    let again = restored.arrive(new, kiosk.now).unwrap();
    restored.leave(again.id, kiosk.now).unwrap();
    let erased = kiosk.says(&["forget", "--name", "欧阳修明", "--phone", "13711112222", "--yes"]);
    assert!(erased.contains("a book that was replaced by a copy may still have it: "), "{erased}");
    let (at, file) = &replaced[0];
    let foreign = [".replaced-then", ".replaced-2026-11-25T101112.old", "2.replaced-2026-11-25T101112"]
        .map(|end| kiosk.path().join(format!("book.db{end}")));
    let log = kiosk.path().join(format!("{}-wal", file.file_name().unwrap().to_str().unwrap()));
    for file in foreign.iter().chain([&log]) {
        fs::write(file, "").unwrap();
    }
    let mut forget = |days: i64| {
        let wall =
            (*at + chrono::TimeDelta::days(days) + chrono::TimeDelta::seconds(1)).and_utc().fixed_offset();
        let over = Before { visits: wall, lessons: wall, people: wall };
        while restored.forget(&over, kiosk.now).unwrap() > 0 {}
    };
    forget(-1);
    assert!(file.exists() && log.exists());
    forget(0);
    assert!(!file.exists() && !log.exists());
    assert!(foreign.iter().all(|file| file.exists()), "what another program left is its own");
    drop(restored);
    kiosk.refuses(&["restore", "kiosk.toml"], "the copy cannot be used");
}

#[test]
fn a_copy_that_is_made_by_hand_is_the_last_one() {
    let mut kiosk = Kiosk::new();
    assert_eq!(kiosk.book.last_copy().unwrap(), None);
    kiosk.refuses(&["backup"], "say where");
    assert_eq!(kiosk.book.last_copy().unwrap(), None);
    let begun = kiosk.now.wall - chrono::TimeDelta::seconds(1);
    assert!(kiosk.says(&["backup", "--to", "copies"]).contains(" is whole: "));
    let last = kiosk.book.last_copy().unwrap();
    assert!(
        last.is_some_and(|last| last >= begun && last < begun + chrono::TimeDelta::minutes(9)),
        "{last:?}"
    );
    assert!(kiosk.book.due(kiosk.now).unwrap().is_empty(), "nobody makes it once more");
    assert!(matches!(kiosk.book.verify().unwrap(), Verified::Whole { .. }));
    // One that cannot be made is none.
    fs::write(kiosk.path().join("file"), "").unwrap();
    kiosk.refuses(&["backup", "--to", "file/copies"], "no copy was made");
    assert_eq!(kiosk.book.last_copy().unwrap(), last);
}

#[test]
fn nobody_is_watched_for_who_could_never_come() {
    let kiosk = Kiosk::new();
    for (words, said) in [
        (&[][..], "give --name, --phone or --company"),
        (&["--name", " "], "give --name, --phone or --company"),
        (&["--name", "—"], "the name holds no letter"),
        (&["--name", "007"], "the name holds no letter"),
        (&["--phone", "abc"], "the telephone number contains something other than digits"),
        (
            &["--phone", "138001380001"],
            "the telephone number has one digit too many: no visitor has it (--phone)",
        ),
        (&["--name", "王晓明", "--phone", "+86"], "the telephone number lacks 3 digits"),
        (&["--company", "—"], "the company holds neither a letter nor a digit"),
        (&["--name", "王晓明", "--until", "2020-01-01"], "the last day is over already"),
        (&["--name", "王晓明", "--until", "gestern"], "is no day such as"),
    ] {
        kiosk.refuses(&[&["watch", "add"], words].concat(), said);
    }
    assert_eq!(kiosk.says(&["watch", "list"]), "nobody is on the watch list\n");
    let today = kiosk.now.wall.format("%Y-%m-%d").to_string();
    kiosk.says(&[
        "watch",
        "add",
        "--name",
        "王晓明",
        "--phone",
        "8302",
        "--company",
        "3M",
        "--until",
        &today,
    ]);
    assert_eq!(kiosk.book.watched().unwrap().len(), 1);
}
