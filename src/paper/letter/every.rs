//! Every letter in every circumstance that its words depend on, for tests. What was typed is told apart from what the
//! house says: it has digits, Greek and Cyrillic letters only.

use super::Sender;
use crate::errand::{About, Circumstances, Earlier, Letter, Reader, Ticket, Trouble};
use crate::visit::{Asked, Token};
use crate::words::Lang;

/// Every trouble there is.
pub(crate) const TROUBLES: [Trouble; 22] = [
    Trouble::PaperOut,
    Trouble::CoverOpen,
    Trouble::Offline,
    Trouble::Unplugged,
    Trouble::PrinterError,
    Trouble::Mute,
    Trouble::NoAccess,
    Trouble::Busy,
    Trouble::MissingGlyph('𬎆'),
    Trouble::BadTemplate,
    Trouble::MailUnreachable,
    Trouble::MailLater,
    Trouble::MailRefused,
    Trouble::MailLogin,
    Trouble::MailTls,
    Trouble::BadLetter,
    Trouble::FolderUnwritable,
    Trouble::DiskFull,
    Trouble::Interrupted,
    Trouble::Late,
    Trouble::CopyFailed,
    Trouble::ExportFailed,
];

const READERS: [Reader; 4] = [Reader::Host, Reader::Contact, Reader::Deputy, Reader::Reception];
const EARLIER: [Earlier; 4] = [Earlier::Nobody, Earlier::Silent, Earlier::Unreachable, Earlier::Spared];

/// All letters in this language, each with who sends it.
pub(crate) fn every(lang: Lang) -> Vec<(Letter, Sender)> {
    let mut letters = Vec::new();
    for about in abouts() {
        for reader in READERS {
            for earlier in EARLIER {
                for variant in 0..8_u8 {
                    let (few, alone, known) = (variant & 1 != 0, variant & 2 != 0, variant & 4 != 0);
                    letters.push(one(about, lang, (reader, earlier), (few, alone, known)));
                }
            }
        }
    }
    for ticket in tickets() {
        for cancelled in [true, false] {
            let about = About::Invited { cancelled };
            let (letter, sender) = one(about, lang, (Reader::Host, Earlier::Nobody), (true, false, false));
            letters.push((Letter { ticket: Some(Box::new(ticket.clone())), ..letter }, sender));
        }
    }
    letters
}

fn abouts() -> Vec<About> {
    let mut abouts = vec![
        About::Arrival,
        About::Case,
        About::CameBack,
        About::MayCome(Asked::Host),
        About::MayCome(Asked::Deputy),
        About::MayCome(Asked::Reception),
        About::Invited { cancelled: true },
        About::Invited { cancelled: false },
        About::Roll { drill: true },
        About::Roll { drill: false },
        About::Supply,
        About::Seal,
        About::Damaged,
    ];
    for to_sign in [true, false] {
        abouts.extend([true, false].map(|again| About::Parcels { to_sign, again }));
    }
    for trouble in TROUBLES {
        abouts.extend([About::NoBadge(trouble), About::BadgeUnknown(trouble), About::NoBackup(trouble)]);
    }
    abouts
}

fn one(
    about: About,
    lang: Lang,
    (reader, earlier): (Reader, Earlier),
    (few, alone, known): (bool, bool, bool),
) -> (Letter, Sender) {
    let typed = |text: &str, said: bool| if said { text.to_owned() } else { String::new() };
    let letter = Letter {
        about,
        to: "1@2".to_owned(),
        to_name: typed("Жук", known),
        lang,
        visitor: typed("Ωξφ", known || about != About::Case),
        company: typed("Ψλκ", few),
        party: if few { 1 } else { 3 * u8::from(alone) },
        host: "Щит".to_owned(),
        number: "017".to_owned(),
        arrived: "2026-11-23T09:41:00+08:00".parse().unwrap(),
        visit_type: typed("Λ1", few),
        purpose: "Λ2".to_owned(),
        waiting_at: "Λ3".to_owned(),
        due: few.then(|| "2026-12-04T00:00:00+08:00".parse().unwrap()),
        lines: vec!["1".to_owned(), "2".to_owned(), "3".to_owned(), "4".to_owned()],
        ticket: None,
        circumstances: Circumstances {
            reader,
            earlier,
            escort: alone,
            group: typed("Θψ", few),
            together: alone && few,
            phone: typed("13800138000", few),
            heads_to: typed("Λ4", few),
            unsigned: alone,
            others: known,
        },
    };
    let sender = Sender { company: "Фжщ".to_owned(), reception_phone: typed("302", few), replies: alone };
    (letter, sender)
}

fn tickets() -> Vec<Ticket> {
    let at = |text: &str| format!("{text}:00+08:00").parse().unwrap();
    let mut tickets = Vec::new();
    for (from, until) in [
        ("2026-11-23T09:00", "2026-11-23T18:00"),
        ("2026-11-23T20:00", "2026-11-24T06:00"),
        ("2026-11-23T20:00", "2027-01-03T06:00"),
        ("2026-01-01T09:00", "2026-12-02T18:00"),
    ] {
        for days in [0, 0b1, 0b111_1111] {
            tickets.push(Ticket {
                id: "1".to_owned(),
                token: Token::from_bytes([1; 16]),
                code: "734".to_owned(),
                from: at(from),
                until: at(until),
                days,
                pieces: Vec::new(),
                place: "Λ5".to_owned(),
                sequence: 0,
            });
        }
    }
    tickets
}
