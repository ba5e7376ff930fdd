//! The notice that visitors agree to: versioned, in every language. Owns how its file is read; keeps
//! nothing of who agreed.

use crate::config::Config;
use crate::words::Lang;
use data_encoding::HEXLOWER;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

const BUILT_IN: [(Lang, &str); 2] = [
    (Lang::ZH, include_str!("../assets/notices/zh.md")),
    (Lang::EN, include_str!("../assets/notices/en.md")),
];

/// One notice, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its language.
    pub lang: Lang,
    /// What its first line says after `version:`.
    pub version: String,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// SHA-256 of the text as it is shown, hex.
    pub sha256: String,
}

/// A part of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// An item of a list, with its number or dot.
    Item(String),
}

/// The notice of every language of the kiosk.
#[derive(Clone, Debug)]
pub struct Notices(Vec<Notice>);

/// A notice that cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Its file cannot be read.
    #[error("{path}: {why}")]
    Unread {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// Its first line does not name a version.
    #[error("the notice in {0} must begin with a line such as \"version: 2026-09\"")]
    NoVersion(Lang),
    /// It says nothing.
    #[error("the notice in {0} is empty")]
    Empty(Lang),
}

impl Notices {
    /// The notices of all languages of this configuration. A language without one gets the English one.
    ///
    /// # Errors
    /// [`NoticeError`].
    pub fn load(config: &Config) -> Result<Self, NoticeError> {
        config
            .languages
            .iter()
            .map(|language| load(config, language.code))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The notice in this language, or else the kiosk's first one.
    pub fn get(&self, lang: Lang) -> &Notice {
        self.0.iter().find(|notice| notice.lang == lang).unwrap_or(&self.0[0])
    }
}

fn load(config: &Config, lang: Lang) -> Result<Notice, NoticeError> {
    let text = match &config.visit.notices {
        Some(folder) => {
            let path = folder.join(format!("{lang}.md"));
            std::fs::read_to_string(&path)
                .map_err(|why| NoticeError::Unread { path, why: why.to_string() })?
        }
        None => {
            let built_in = |lang| BUILT_IN.iter().find(|(code, _)| *code == lang).map(|(_, text)| *text);
            built_in(lang).or(built_in(Lang::EN)).unwrap_or_default().to_owned()
        }
    };
    let text = text
        .trim_start_matches('\u{FEFF}')
        .replace("{keep_days}", &config.visit.keep_days.to_string())
        .replace("{company}", &config.company.name);
    parse(&text, lang)
}

fn parse(text: &str, lang: Lang) -> Result<Notice, NoticeError> {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    let version = first.trim().strip_prefix("version:").map(str::trim).filter(|version| !version.is_empty());
    let version = version.ok_or(NoticeError::NoVersion(lang))?.to_owned();
    let blocks = blocks(body);
    if blocks.is_empty() {
        return Err(NoticeError::Empty(lang));
    }
    Ok(Notice { lang, version, blocks, sha256: HEXLOWER.encode(&Sha256::digest(text.as_bytes())) })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "markdown has more than a notice may use")]
fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut words = String::new();
    let mut numbers: Vec<Option<u64>> = Vec::new();
    let mut heading = false;
    let mut flush = |words: &mut String, numbers: &mut Vec<Option<u64>>, heading: bool| {
        let text = std::mem::take(words).trim().to_owned();
        if text.is_empty() {
            return;
        }
        blocks.push(match numbers.last_mut() {
            _ if heading => Block::Heading(text),
            Some(Some(number)) => {
                let item = format!("{number}. {text}");
                *number += 1;
                Block::Item(item)
            }
            Some(None) => Block::Item(format!("· {text}")),
            None => Block::Text(text),
        });
    };
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::Start(Tag::List(first)) => {
                flush(&mut words, &mut numbers, false);
                numbers.push(first);
            }
            Event::End(TagEnd::Heading(_)) => {
                flush(&mut words, &mut numbers, true);
                heading = false;
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) => flush(&mut words, &mut numbers, heading),
            Event::End(TagEnd::List(_)) => {
                numbers.pop();
            }
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    flush(&mut words, &mut numbers, heading);
    blocks
}
