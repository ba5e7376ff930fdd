//! What is wrong, said to staff, and what to do about it. Visitors are told in the pages' own words.

use crate::errand::{PrinterState, Trouble};
use crate::words::{Lang, sentences, words};

/// What happened: a sentence for reception and facilities.
pub fn staff_sentence(trouble: Trouble, lang: Lang) -> String {
    said(trouble, lang).0
}

/// What to do about it.
pub fn what_to_do(trouble: Trouble, lang: Lang) -> &'static str {
    said(trouble, lang).1
}

/// How the printer is, and what to do about it: one line.
pub fn printer_line(state: PrinterState, lang: Lang) -> String {
    let line = match state {
        PrinterState::NotSeen => words!(lang, "printer-not-seen"),
        PrinterState::Ready { paper_low: false } => words!(lang, "printer-ready"),
        PrinterState::Ready { paper_low: true } => words!(lang, "printer-paper-low"),
        PrinterState::Trouble(trouble) => {
            return sentences(lang, [staff_sentence(trouble, lang).as_str(), what_to_do(trouble, lang)]);
        }
    };
    line.to_owned()
}

fn said(trouble: Trouble, lang: Lang) -> (String, &'static str) {
    let both = |sentence: &str, to_do| (sentence.to_owned(), to_do);
    match trouble {
        Trouble::PaperOut => both(words!(lang, "trouble-paper-out"), words!(lang, "trouble-paper-out.do")),
        Trouble::CoverOpen => both(words!(lang, "trouble-cover-open"), words!(lang, "trouble-cover-open.do")),
        Trouble::Offline => both(words!(lang, "trouble-offline"), words!(lang, "trouble-offline.do")),
        Trouble::Unplugged => both(words!(lang, "trouble-unplugged"), words!(lang, "trouble-unplugged.do")),
        Trouble::PrinterError => {
            both(words!(lang, "trouble-printer-error"), words!(lang, "trouble-printer-error.do"))
        }
        Trouble::Mute => both(words!(lang, "trouble-mute"), words!(lang, "trouble-mute.do")),
        Trouble::NoAccess => both(words!(lang, "trouble-no-access"), words!(lang, "trouble-no-access.do")),
        Trouble::Busy => both(words!(lang, "trouble-busy"), words!(lang, "trouble-busy.do")),
        Trouble::MissingGlyph(c) => {
            let character = format!("{c} (U+{:04X})", u32::from(c));
            (
                words!(lang, "trouble-missing-glyph", character = character),
                words!(lang, "trouble-missing-glyph.do"),
            )
        }
        Trouble::BadTemplate => {
            both(words!(lang, "trouble-bad-template"), words!(lang, "trouble-bad-template.do"))
        }
        Trouble::MailUnreachable => {
            both(words!(lang, "trouble-mail-unreachable"), words!(lang, "trouble-mail-unreachable.do"))
        }
        Trouble::MailLater => both(words!(lang, "trouble-mail-later"), words!(lang, "trouble-mail-later.do")),
        Trouble::MailRefused => {
            both(words!(lang, "trouble-mail-refused"), words!(lang, "trouble-mail-refused.do"))
        }
        Trouble::MailLogin => both(words!(lang, "trouble-mail-login"), words!(lang, "trouble-mail-login.do")),
        Trouble::MailTls => both(words!(lang, "trouble-mail-tls"), words!(lang, "trouble-mail-tls.do")),
        Trouble::BadLetter => both(words!(lang, "trouble-bad-letter"), words!(lang, "trouble-bad-letter.do")),
        Trouble::FolderUnwritable => {
            both(words!(lang, "trouble-folder-unwritable"), words!(lang, "trouble-folder-unwritable.do"))
        }
        Trouble::DiskFull => both(words!(lang, "trouble-disk-full"), words!(lang, "trouble-disk-full.do")),
        Trouble::Interrupted => {
            both(words!(lang, "trouble-interrupted"), words!(lang, "trouble-interrupted.do"))
        }
        Trouble::CopyFailed => {
            both(words!(lang, "trouble-copy-failed"), words!(lang, "trouble-copy-failed.do"))
        }
        Trouble::ExportFailed => {
            both(words!(lang, "trouble-export-failed"), words!(lang, "trouble-export-failed.do"))
        }
        Trouble::Late => both(words!(lang, "trouble-late"), words!(lang, "trouble-late.do")),
    }
}
