//! Every trouble of the printer has a sentence of its own, for visitors and for staff, in both languages.

use frontdesk::errand::{PrinterState, Trouble};
use frontdesk::paper::staff::{printer_line, staff_sentence};
use frontdesk::words::Lang;
use std::collections::BTreeSet;

const WORDS: &str = include_str!("../../ui/parts/words.slint");
const CHINESE: &str = include_str!("../../ui/lang/zh/LC_MESSAGES/frontdesk-ui.po");

const ALL: [Trouble; 22] = [
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

#[test]
fn visitors_read_another_sentence_for_each() {
    let list = WORDS.split_once("export enum Trouble {").unwrap().1.split_once('}').unwrap().0;
    let troubles = list.split(',').map(str::trim).filter(|trouble| *trouble != "none");
    let causes = WORDS.split_once("function cause(").unwrap().1;
    let (mut english, mut chinese, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    for trouble in troubles {
        let said = format!("trouble == Trouble.{trouble} ? @tr(\"");
        let (_, rest) = causes.split_once(&said).unwrap_or_else(|| panic!("{trouble} has no sentence"));
        let sentence = rest.split_once("\")").unwrap().0;
        let (_, answer) = CHINESE.split_once(&format!("msgid \"{sentence}\"\nmsgstr \"")).expect(sentence);
        english.insert(sentence);
        chinese.insert(answer.split_once('"').unwrap().0);
        count += 1;
    }
    assert!(count >= 14);
    assert_eq!((english.len(), chinese.len()), (count, count));
}

#[test]
fn staff_read_another_sentence_for_each() {
    for lang in Lang::SPOKEN {
        let sentences: BTreeSet<String> = ALL.iter().map(|trouble| staff_sentence(*trouble, lang)).collect();
        assert_eq!(sentences.len(), ALL.len());
        let ready = [true, false].map(|paper_low| PrinterState::Ready { paper_low });
        let states = ready.into_iter().chain(ALL.map(PrinterState::Trouble));
        let lines: BTreeSet<String> = states.map(|state| printer_line(state, lang)).collect();
        assert_eq!(lines.len(), ALL.len() + 2);
        assert!(lines.iter().all(|line| line.ends_with(['。', '.'])), "{lines:?}");
    }
}
