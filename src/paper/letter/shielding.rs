//! What people typed, as the sentences of a mail take it. The address and the name in its header stay as they are.

use crate::errand::Letter;
use crate::words::isolated;

/// The letter whose typed values cannot turn the sentences around them.
pub(super) fn shielded(letter: &Letter) -> Letter {
    let mut letter = letter.clone();
    let said = &mut letter.circumstances;
    let typed = [
        &mut letter.to_name,
        &mut letter.visitor,
        &mut letter.company,
        &mut letter.host,
        &mut letter.visit_type,
        &mut letter.purpose,
        &mut letter.waiting_at,
        &mut said.group,
        &mut said.heads_to,
        &mut said.phone,
    ];
    for value in typed.into_iter().chain(letter.ticket.as_mut().map(|ticket| &mut ticket.place)) {
        *value = isolated(value).into_owned();
    }
    letter
}

#[cfg(test)]
mod tests {
    use crate::errand::{About, Circumstances, Earlier, Letter, Reader, Trouble};
    use crate::paper::letter::{Sender, Written, write};
    use crate::visit::Asked;
    use crate::words::Lang;
    use unicode_bidi::BidiInfo;

    const VISITOR: &str = "משה כהן";
    const COMPANY: &str = "شركة النور (2)";
    const HOST: &str = "דוד לוי";

    fn letter(about: About, lang: Lang, reader: Reader) -> Letter {
        Letter {
            about,
            to: "david@example.com".to_owned(),
            to_name: HOST.to_owned(),
            lang,
            visitor: VISITOR.to_owned(),
            company: COMPANY.to_owned(),
            party: 2,
            host: HOST.to_owned(),
            number: "A017".to_owned(),
            arrived: chrono::DateTime::parse_from_rfc3339("2026-11-23T09:00:00+08:00").unwrap(),
            visit_type: String::new(),
            purpose: "פגישה: 3".to_owned(),
            waiting_at: "קומה 1".to_owned(),
            due: None,
            lines: Vec::new(),
            ticket: None,
            circumstances: Circumstances {
                reader,
                earlier: Earlier::Silent,
                group: VISITOR.to_owned(),
                heads_to: "חדר 302".to_owned(),
                ..Circumstances::default()
            },
        }
    }

    /// Each line reads in the order in which it was written: what is not inside a name runs from left to right.
    fn keeps_its_order(words: &str) {
        for line in words.lines() {
            let bidi = BidiInfo::new(line, None);
            let Some(paragraph) = bidi.paragraphs.first() else { continue };
            assert!(paragraph.level.is_ltr(), "{line:?} begins from the right");
            let mut depth = 0;
            for (at, c) in line.char_indices() {
                match c {
                    '\u{2068}' => depth += 1,
                    '\u{2069}' => depth -= 1,
                    _ if depth == 0 => assert_eq!(bidi.levels[at].number(), 0, "{c} in {line:?}"),
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{line:?}");
        }
    }

    #[test]
    fn names_from_right_to_left_tear_no_sentence() {
        let sender =
            Sender { company: "Huayue".to_owned(), reception_phone: "302".to_owned(), replies: true };
        for lang in Lang::SPOKEN {
            for (about, reader) in [
                (About::Arrival, Reader::Host),
                (About::Arrival, Reader::Deputy),
                (About::Arrival, Reader::Reception),
                (About::CameBack, Reader::Host),
                (About::CameBack, Reader::Contact),
                (About::MayCome(Asked::Host), Reader::Host),
                (About::MayCome(Asked::Deputy), Reader::Deputy),
                (About::MayCome(Asked::Reception), Reader::Reception),
                (About::Parcels { to_sign: true, again: false }, Reader::Host),
                (About::Parcels { to_sign: false, again: true }, Reader::Reception),
                (About::Case, Reader::Host),
                (About::Invited { cancelled: true }, Reader::Host),
                (About::Supply, Reader::Host),
            ] {
                let Written { subject, text, html } = write(&letter(about, lang, reader), &sender);
                keeps_its_order(&subject);
                keeps_its_order(&text);
                let [opened, closed] = ['\u{2068}', '\u{2069}'].map(|sign| html.matches(sign).count());
                assert!(opened > 0 && opened == closed, "{html}");
                if matches!(about, About::Arrival | About::CameBack) {
                    assert!(subject.contains(&format!("\u{2068}{VISITOR}\u{2069}")), "{subject}");
                    assert!(text.contains(&format!("\u{2068}{COMPANY}\u{2069}")), "{text}");
                }
            }
        }
    }

    /// Whoever reads only subjects knows what each mail is about.
    #[test]
    fn no_two_mails_have_one_subject() {
        let sender =
            Sender { company: "Huayue".to_owned(), reception_phone: "302".to_owned(), replies: true };
        for lang in Lang::SPOKEN {
            let mut subjects = std::collections::BTreeMap::new();
            for (about, reader) in [
                (About::Arrival, Reader::Host),
                (About::Case, Reader::Host),
                (About::Parcels { to_sign: true, again: false }, Reader::Host),
                (About::Parcels { to_sign: false, again: false }, Reader::Host),
                (About::Parcels { to_sign: false, again: true }, Reader::Host),
                (About::CameBack, Reader::Host),
                (About::MayCome(Asked::Host), Reader::Host),
                (About::NoBadge(Trouble::PaperOut), Reader::Reception),
                (About::BadgeUnknown(Trouble::Mute), Reader::Reception),
                (About::Invited { cancelled: false }, Reader::Host),
                (About::Invited { cancelled: true }, Reader::Host),
                (About::Roll { drill: false }, Reader::Host),
                (About::Roll { drill: true }, Reader::Host),
                (About::Supply, Reader::Host),
                (About::Seal, Reader::Host),
                (About::NoBackup(Trouble::DiskFull), Reader::Host),
                (About::Damaged, Reader::Host),
            ] {
                let subject = write(&letter(about, lang, reader), &sender).subject;
                if let Some(other) = subjects.insert(subject.clone(), about) {
                    panic!("{other:?} and {about:?} are both called {subject}");
                }
            }
        }
    }

    #[test]
    fn other_names_stand_as_they_are() {
        let sender = Sender { company: "Huayue".to_owned(), reception_phone: String::new(), replies: false };
        for name in ["欧阳修明", "José O’Brien", "买买提·吐尔逊", "Łukasz"] {
            let letter = Letter {
                visitor: name.to_owned(),
                company: String::new(),
                host: "周敏".to_owned(),
                to_name: "周敏".to_owned(),
                purpose: String::new(),
                waiting_at: String::new(),
                circumstances: Circumstances::default(),
                ..letter(About::Arrival, Lang::EN, Reader::Host)
            };
            let written = write(&letter, &sender);
            assert_eq!(written.subject, format!("Your visitor is here: {name}"));
            assert!(!written.text.contains('\u{2068}') && !written.html.contains('\u{2068}'));
        }
    }
}
