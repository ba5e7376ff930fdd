//! `frontdesk compose`: what a visitor is offered while typing.

use super::{ComposeArguments, FieldKind};
use crate::book::Book;
use crate::config::Config;
use crate::paper::fonts;
use crate::pinyin::pages::{self, ROWS};
use crate::pinyin::{Composition, Lexicon, Purpose};
use anyhow::bail;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// The width of the keyboard of a screen 1080 pixels wide, in ems: its bar, and a row of its page.
const BAR_EMS: f32 = 18.9;
const ROW_EMS: f32 = 21.5;

pub(super) fn run(config: &Config, wanted: &ComposeArguments) -> anyhow::Result<ExitCode> {
    let purpose = match wanted.field {
        FieldKind::Name => Purpose::Name,
        FieldKind::Company => Purpose::Company,
        FieldKind::Text => Purpose::Text,
    };
    let lexicon = Lexicon::new(fonts::has_glyph, known(config)?);
    for letters in &wanted.letters {
        let mut composition = Composition::new(purpose, "");
        for key in letters.chars() {
            if !composition.press(key, &lexicon) {
                bail!("{letters}: {key} is no key of pinyin; a to z and ' are");
            }
        }
        let told = told(&composition, &lexicon, wanted.pages);
        match std::io::stdout().write_all(told.as_bytes()) {
            // Whoever reads has read enough.
            Err(problem) if problem.kind() == ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The names that this kiosk knows, where it has a book already.
fn known(config: &Config) -> anyhow::Result<Vec<String>> {
    if !config.book.path.exists() {
        return Ok(Vec::new());
    }
    Ok(Book::open_as_it_is(&config.book.path, config.reception.clone())?.known_names()?)
}

fn told(composition: &Composition, lexicon: &Lexicon, most: usize) -> String {
    let mut told = composition.shown(lexicon) + "\n";
    let mut line = |indent: &str, words: &[&str]| {
        told += indent;
        told += &words.join("  ");
        told.push('\n');
    };
    let texts: Vec<&str> = composition.candidates().iter().map(|candidate| candidate.text.as_str()).collect();
    let bar = pages::rows(&texts, BAR_EMS).next().unwrap_or_default();
    line("  ", &texts[bar.clone()]);
    let further = &texts[bar.end..];
    let rows: Vec<_> = pages::rows(further, ROW_EMS).collect();
    let all = rows.chunks(ROWS);
    let count = all.len();
    for (number, page) in all.enumerate().take(if most == 0 { usize::MAX } else { most }) {
        line("  ", &[&format!("page {} of {count}", number + 1)]);
        for row in page {
            line("    ", &further[row.clone()]);
        }
    }
    told
}
