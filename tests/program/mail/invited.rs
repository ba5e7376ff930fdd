//! The mail to somebody who is invited: the QR code can be read out of it, and calendars take the appointment.

use super::support::{id, letter, post, send};
use frontdesk::config::MailKind;
use frontdesk::errand::{About, Letter, Outcome, Seen, Ticket};
use frontdesk::visit::Token;
use std::path::Path;
use std::process::Command;

/// Writes every part that is a file into the folder, and says how the parts lie in one another.
const UNPACK: &str = "import sys,email,email.policy,pathlib
m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default)
out=pathlib.Path(sys.argv[2])
def walk(part,depth):
    print('  '*depth+part.get_content_type(),part.get_content_disposition() or '-',part.get_filename() or '-',part.get('Content-ID','-'),part.get_param('method') or '-')
    for inner in (part.iter_parts() if part.is_multipart() else []): walk(inner,depth+1)
    if part.get_content_type()=='image/png': (out/(part.get_filename() or 'shown.png')).write_bytes(part.get_content())
    if part.get_content_type()=='text/calendar': (out/'visit.ics').write_bytes(part.get_content().encode() if isinstance(part.get_content(),str) else part.get_content())
    if part.get_content_type()=='text/html': (out/'words.html').write_text(part.get_content())
walk(m,0)";

fn invited(cancelled: bool) -> Letter {
    let ticket = Ticket {
        id: "0198c0de-0000-7000-8000-000000000001".to_owned(),
        token: Token::from_bytes(*b"invited in story"),
        code: "A7K3M9".to_owned(),
        from: "2026-11-23T09:00:00+08:00".parse().unwrap(),
        until: "2026-12-31T18:00:00+08:00".parse().unwrap(),
        days: 0b101,
        pieces: Vec::new(),
        place: "三楼 302".to_owned(),
        sequence: 1,
    };
    Letter { about: About::Invited { cancelled }, ticket: Some(Box::new(ticket)), ..letter() }
}

/// How the parts of the mail lie in one another; its files are in the folder.
fn unpacked(folder: &Path, letter: Letter) -> Vec<String> {
    let mails = folder.join("mails");
    let mut post = post(MailKind::Folder(mails.clone()));
    let told = send(&mut post, &[(id(7), letter)]);
    assert!(matches!(told[..], [(_, Outcome::Done(Seen::Confirmed | Seen::HandedOver))]), "{told:?}");
    let mail = std::fs::read_dir(&mails)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|kind| kind == "eml"));
    let read = Command::new("/usr/bin/python3")
        .args(["-c", UNPACK])
        .arg(mail.unwrap())
        .arg(folder)
        .output()
        .unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8(read.stdout).unwrap().lines().map(|line| line.to_owned()).collect()
}

fn scanned(picture: &Path) -> String {
    let read = Command::new("zbarimg").args(["--raw", "-q"]).arg(picture).output().expect("zbar-tools");
    String::from_utf8(read.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_code_is_in_the_words_and_in_a_file_and_the_appointment_beside() {
    let folder = tempfile::tempdir().unwrap();
    let parts = unpacked(folder.path(), invited(false));
    let expected = [
        "multipart/mixed - - - -",
        "  multipart/alternative - - - -",
        "    text/plain - - - -",
        "    multipart/related - - - -",
        "      text/html - - - -",
        "      image/png inline - <qr> -",
        "  image/png attachment invitation.png - -",
        "  text/calendar attachment visit.ics - PUBLISH",
    ];
    assert_eq!(parts, expected);
    let token = Token::from_bytes(*b"invited in story");
    for picture in ["shown.png", "invitation.png"] {
        assert_eq!(scanned(&folder.path().join(picture)), token.as_str(), "{picture}");
    }
    let html = std::fs::read_to_string(folder.path().join("words.html")).unwrap();
    assert!(html.contains("cid:qr") && html.contains("A7K3M9"), "{html}");
    let appointment = std::fs::read_to_string(folder.path().join("visit.ics")).unwrap();
    assert!(
        appointment.lines().count() > 10
            && appointment.matches("\r\n").count() == appointment.lines().count()
    );
    let unfolded = appointment.replace("\r\n ", "");
    for line in [
        "METHOD:PUBLISH",
        "UID:0198c0de-0000-7000-8000-000000000001@example.com",
        "SEQUENCE:1",
        "DTSTART:20261123T010000Z",
        "DTEND:20261123T100000Z",
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231T100000Z",
        "STATUS:CONFIRMED",
    ] {
        assert!(unfolded.lines().any(|own| own == line), "{line} in {unfolded}");
    }
}

#[test]
fn what_is_withdrawn_shows_no_code() {
    let folder = tempfile::tempdir().unwrap();
    let parts = unpacked(folder.path(), invited(true));
    let expected = [
        "multipart/mixed - - - -",
        "  multipart/alternative - - - -",
        "    text/plain - - - -",
        "    text/html - - - -",
        "  text/calendar attachment visit.ics - CANCEL",
    ];
    assert_eq!(parts, expected);
    let html = std::fs::read_to_string(folder.path().join("words.html")).unwrap();
    assert!(!html.contains("cid:") && !html.contains("A7K3M9"), "{html}");
    let appointment = std::fs::read_to_string(folder.path().join("visit.ics")).unwrap();
    assert!(appointment.contains("\r\nSTATUS:CANCELLED\r\n"));
}
