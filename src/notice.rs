//! The notice that visitors agree to, and the safety instruction: versioned, in every language. Owns how their
//! files are read; keeps nothing of who agreed.

mod lesson;

pub use lesson::{Lesson, Question};

use crate::config::{Config, Instruction, Way};
use crate::files::named;
use crate::words::{Lang, Texts};
use data_encoding::HEXLOWER;
use lesson::lesson;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const NOTICES: [(Lang, &str); 2] = [
    (Lang::ZH, include_str!("../assets/notices/zh.md")),
    (Lang::EN, include_str!("../assets/notices/en.md")),
];
const LESSONS: [(Lang, &str); 2] =
    [(Lang::ZH, include_str!("../assets/safety/zh.md")), (Lang::EN, include_str!("../assets/safety/en.md"))];

/// One notice, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its language.
    pub lang: Lang,
    /// What its first line says after `version:`.
    pub version: String,
    /// Whether it speaks of photos: none is taken else.
    pub photo: bool,
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

/// Something in every language of the kiosk.
#[derive(Clone, Debug)]
struct Spoken<T> {
    /// The one of the kiosk's own language.
    own: T,
    /// Those of the others; not always in that language.
    others: Vec<(Lang, T)>,
}

impl<T> Spoken<T> {
    fn load(config: &Config, load: impl Fn(Lang) -> Result<T, NoticeError>) -> Result<Self, NoticeError> {
        let mut codes = config.languages.iter().map(|language| language.code);
        let own = load(codes.next().unwrap_or(Lang::EN))?;
        let others = codes.map(|code| Ok((code, load(code)?))).collect::<Result<_, _>>()?;
        Ok(Self { own, others })
    }

    /// The one in this language, or else the kiosk's first one.
    fn get(&self, lang: Lang) -> &T {
        self.others.iter().find(|(code, _)| *code == lang).map_or(&self.own, |(_, own)| own)
    }
}

/// The notices of every language of the kiosk, the safety instructions among them.
#[derive(Clone, Debug)]
pub struct Notices {
    notice: Spoken<Notice>,
    /// Those of single types of visits, by the type's key.
    notices: HashMap<String, Spoken<Notice>>,
    /// Safety instructions, by their topic.
    lessons: HashMap<String, Spoken<Lesson>>,
    /// The places with an instruction, the longest beginning first.
    ways: Vec<Way>,
}

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
    /// A question of a safety instruction cannot be asked.
    #[error("{file}, question \"{question}\": {what}")]
    Question {
        /// Which file.
        file: PathBuf,
        /// Which question.
        question: String,
        /// What would be right.
        what: &'static str,
    },
}

impl Notices {
    /// The notices of all languages of this configuration. A language without one gets the English one
    /// of the same place: never the built-in one beside a company's own.
    ///
    /// # Errors
    /// [`NoticeError`].
    pub fn load(config: &Config) -> Result<Self, NoticeError> {
        let general = Source { folder: config.visit.notices.as_deref(), built_in: &NOTICES };
        let notice = Spoken::load(config, |lang| general.notice(config, lang))?;
        let (mut notices, mut lessons) = (HashMap::new(), HashMap::new());
        for kind in &config.visit_types {
            if let Some(folder) = &kind.notice {
                let source = Source { folder: Some(folder), built_in: &NOTICES };
                let notice = Spoken::load(config, |lang| source.notice(config, lang))?;
                notices.insert(kind.kind.id.clone(), notice);
            }
        }
        let of_types = config.visit_types.iter().map(|kind| (kind.kind.id.clone(), &kind.safety));
        let of_places = config.ways.iter().map(|way| (topic_of(way), &way.safety));
        for (topic, instruction) in of_types.chain(of_places) {
            let folder = match instruction {
                None => continue,
                Some(Instruction::BuiltIn) => None,
                Some(Instruction::Folder(folder)) => Some(folder.as_path()),
            };
            let source = Source { folder, built_in: &LESSONS };
            lessons.insert(topic, Spoken::load(config, |lang| source.lesson(config, lang))?);
        }
        let mut ways: Vec<Way> = config.ways.iter().filter(|way| way.safety.is_some()).cloned().collect();
        ways.sort_by_key(|way| std::cmp::Reverse(way.to.len()));
        Ok(Self { notice, notices, lessons, ways })
    }

    /// The notice for everybody.
    pub fn get(&self, lang: Lang) -> &Notice {
        self.notice.get(lang)
    }

    /// The notice for this type of visit.
    pub fn of(&self, visit_type: Option<&str>, lang: Lang) -> &Notice {
        visit_type.and_then(|id| self.notices.get(id)).unwrap_or(&self.notice).get(lang)
    }

    /// The same notice in every language: what it is known by, as far as its version is this one. Whoever agreed to one of
    /// them has agreed to all.
    pub fn hashes(&self, visit_type: Option<&str>, version: &str) -> Vec<&str> {
        let spoken = visit_type.and_then(|id| self.notices.get(id)).unwrap_or(&self.notice);
        let all = std::iter::once(&spoken.own).chain(spoken.others.iter().map(|(_, notice)| notice));
        all.filter(|notice| notice.version == version).map(|notice| notice.sha256.as_str()).collect()
    }

    /// The safety instruction for this type of visit, or for another topic of [`Notices::topics`], where there is one.
    pub fn lesson(&self, topic: &str, lang: Lang) -> Option<&Lesson> {
        self.lessons.get(topic).map(|lesson| lesson.get(lang))
    }

    /// What whoever comes for this, to a host at this place, has to go through: each instruction once, with all the
    /// topics that it stands for. A type is a topic, and so is the longest beginning of a place that has an instruction.
    pub fn topics(&self, visit_type: Option<&str>, place: &Texts, lang: Lang) -> Vec<Vec<String>> {
        let way = self.ways.iter().find(|way| way.leads_to(place)).map(topic_of);
        let mut topics: Vec<Vec<String>> = Vec::new();
        for topic in visit_type.map(str::to_owned).into_iter().chain(way) {
            let Some(lesson) = self.lesson(&topic, lang) else { continue };
            let same = |known: &&mut Vec<String>| {
                let known = known.first().and_then(|known| self.lesson(known, lang));
                known.is_some_and(|known| known.notice.sha256 == lesson.notice.sha256)
            };
            match topics.iter_mut().find(same) {
                Some(known) => known.push(topic),
                None => topics.push(vec![topic]),
            }
        }
        topics
    }
}

/// The topic of a place; no type of visit begins so.
fn topic_of(way: &Way) -> String {
    format!("→ {}", way.to)
}

/// Where texts come from: a folder of one file for each language, or the built-in ones without it.
struct Source<'a> {
    folder: Option<&'a Path>,
    built_in: &'a [(Lang, &'static str)],
}

/// What is wrong with the notices and safety instructions in folders of one's own: every fault, where
/// [`Notices::load`] stops at the first.
pub fn faults(config: &Config) -> Vec<String> {
    let mut faults = Vec::new();
    let mut note = |key: String, folder: &Path, lang: Lang, problem: Option<NoticeError>| {
        let Some(problem) = problem else { return };
        let fault = match &problem {
            NoticeError::Unread { .. } | NoticeError::Question { .. } => format!("{key}: {problem}"),
            NoticeError::NoVersion(_) | NoticeError::Empty(_) => {
                format!("{key}: {}: {problem}", folder.join(format!("{lang}.md")).display())
            }
        };
        faults.push(fault);
    };
    let general = config.visit.notices.as_ref().map(|folder| ("[visit] notices".to_owned(), folder));
    let of_types = config.visit_types.iter().filter_map(|kind| {
        kind.notice.as_ref().map(|folder| (format!("[[visit_type]] {} notice", kind.kind.id), folder))
    });
    let notices: Vec<_> = general.into_iter().chain(of_types).collect();
    for lang in config.languages.iter().map(|language| language.code) {
        for (key, folder) in &notices {
            let source = Source { folder: Some(folder), built_in: &NOTICES };
            note(key.clone(), folder, lang, source.notice(config, lang).err());
        }
        for kind in &config.visit_types {
            if let Some(Instruction::Folder(folder)) = &kind.safety {
                let source = Source { folder: Some(folder), built_in: &LESSONS };
                let key = format!("[[visit_type]] {} safety", kind.kind.id);
                note(key, folder, lang, source.lesson(config, lang).err());
            }
        }
    }
    faults
}

impl Source<'_> {
    /// The text, filled in, its own language, and its file's name.
    fn text(&self, config: &Config, lang: Lang) -> Result<(String, Lang, PathBuf), NoticeError> {
        let (lang, text) = match self.folder {
            Some(folder) => read(folder, lang)?,
            None => {
                let built_in = |lang| self.built_in.iter().find(|(code, _)| *code == lang);
                let (lang, text) = built_in(lang).or(built_in(Lang::EN)).copied().unwrap_or((lang, ""));
                (lang, text.to_owned())
            }
        };
        let text = text
            .trim_start_matches('\u{FEFF}')
            .replace("{keep_days}", &config.visit.keep_days.to_string())
            .replace("{company}", &config.company.name);
        Ok((text, lang, self.folder.unwrap_or(Path::new("")).join(format!("{lang}.md"))))
    }

    fn notice(&self, config: &Config, lang: Lang) -> Result<Notice, NoticeError> {
        let (text, lang, _) = self.text(config, lang)?;
        parse(&text, lang)
    }

    fn lesson(&self, config: &Config, lang: Lang) -> Result<Lesson, NoticeError> {
        let (text, lang, file) = self.text(config, lang)?;
        lesson(&text, lang, &file)
    }
}

/// The notice and its own language.
fn read(folder: &Path, lang: Lang) -> Result<(Lang, String), NoticeError> {
    let path = folder.join(format!("{lang}.md"));
    let read = match named::read_text(&path) {
        Err(why) if why.kind() == ErrorKind::NotFound => {
            // What is missing is the language's own file, so that is what is told.
            let english = named::read_text(&folder.join(format!("{}.md", Lang::EN)));
            english.map(|text| (Lang::EN, text)).map_err(|_| why)
        }
        other => other.map(|text| (lang, text)),
    };
    read.map_err(|why| NoticeError::Unread { path, why: why.to_string() })
}

fn parse(text: &str, lang: Lang) -> Result<Notice, NoticeError> {
    let (first, body) = text.split_once('\n').unwrap_or((text, ""));
    let version = first.trim().strip_prefix("version:").map(str::trim).filter(|version| !version.is_empty());
    let version = version.ok_or(NoticeError::NoVersion(lang))?.to_owned();
    let (second, rest) = body.split_once('\n').unwrap_or((body, ""));
    let photo = second.trim().strip_prefix("photo:").map(str::trim);
    let blocks = blocks(if photo.is_some() { rest } else { body });
    if blocks.is_empty() {
        return Err(NoticeError::Empty(lang));
    }
    Ok(Notice { lang, version, photo: photo == Some("yes"), blocks, sha256: sha256(text) })
}

fn sha256(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

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
            // A rule, raw HTML, footnotes and the like: a notice is plain words.
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) | Event::InlineHtml(_) => {}
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    flush(&mut words, &mut numbers, heading);
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;
    use std::fs;

    const JA: &str = "ja";

    fn speaking(codes: &[&str]) -> Config {
        let language = |code: &&str| Language { code: code.parse().unwrap(), name: (*code).to_owned() };
        Config { languages: codes.iter().map(language).collect(), ..Config::built_in() }
    }

    /// Notices of one's own, in a folder.
    fn own(codes: &[&str], files: &[(&str, &str)]) -> Result<Notices, NoticeError> {
        let folder = tempfile::tempdir().unwrap();
        for (code, text) in files {
            fs::write(folder.path().join(format!("{code}.md")), text).unwrap();
        }
        let mut config = speaking(codes);
        config.visit.notices = Some(folder.path().to_owned());
        config.visit.keep_days = 45;
        config.company.name = "华越 & Söhne".to_owned();
        Notices::load(&config)
    }

    fn blocks_of(text: &str) -> Vec<Block> {
        own(&["zh"], &[("zh", &format!("version: 1\n{text}"))]).unwrap().get(Lang::ZH).blocks.clone()
    }

    fn ja() -> Lang {
        JA.parse().unwrap()
    }

    #[test]
    fn the_built_in_notices_say_how_long_data_are_kept() {
        let notices = Notices::load(&Config::built_in()).unwrap();
        for lang in [Lang::ZH, Lang::EN] {
            let notice = notices.get(lang);
            assert_eq!((notice.lang, notice.version.as_str()), (lang, "2026-12"));
            assert!(
                notice.blocks.iter().any(|block| matches!(block, Block::Text(text) if text.contains("30")))
            );
            assert!(
                notice
                    .blocks
                    .iter()
                    .any(|block| matches!(block, Block::Text(text) if text.contains("华越科技")))
            );
            let said = format!("{:?}", notice.blocks);
            assert!(!said.contains('{') || !said.contains("{keep_days}") && !said.contains("{company}"));
            assert_eq!(notice.blocks.iter().filter(|block| matches!(block, Block::Item(_))).count(), 5);
        }
        assert_ne!(notices.get(Lang::ZH).sha256, notices.get(Lang::EN).sha256);
    }

    #[test]
    fn headings_lists_and_line_breaks() {
        let text = "## House *rules*\n\nOne\ntwo.  \nThree.\n\n3. Wear `it`\n4. Sign out\n\n- A\n- B\n  1. inside\n\nEnd";
        let expected = [
            Block::Heading("House rules".to_owned()),
            Block::Text("One two. Three.".to_owned()),
            Block::Item("3. Wear it".to_owned()),
            Block::Item("4. Sign out".to_owned()),
            Block::Item("· A".to_owned()),
            Block::Item("· B".to_owned()),
            Block::Item("1. inside".to_owned()),
            Block::Text("End".to_owned()),
        ];
        assert_eq!(blocks_of(text), expected);
        let loose = "1. A\n\n2. B\n";
        assert_eq!(blocks_of(loose), [Block::Item("1. A".to_owned()), Block::Item("2. B".to_owned())]);
    }

    #[test]
    fn placeholders_are_filled_everywhere() {
        let said = blocks_of("# {company}\n\n{company}: {keep_days} / {keep_days}\n");
        let expected =
            [Block::Heading("华越 & Söhne".to_owned()), Block::Text("华越 & Söhne: 45 / 45".to_owned())];
        assert_eq!(said, expected);
    }

    #[test]
    fn another_wording_is_another_notice() {
        let sha256 = |text: &str| own(&["zh"], &[("zh", text)]).unwrap().get(Lang::ZH).sha256.clone();
        assert_eq!(sha256("version: 1\nA"), sha256("\u{FEFF}version: 1\nA"));
        assert_ne!(sha256("version: 1\nA"), sha256("version: 2\nA"));
        assert_ne!(sha256("version: 1\nA"), sha256("version: 1\nB"));
        assert_eq!(sha256("version: 1\nA").len(), 64);
    }

    #[test]
    fn a_notice_without_a_version_is_none() {
        for text in ["", "A", "version:\nA", "version:  \nA", "\nversion: 1\nA", "# version: 1\nA"] {
            let problem = own(&["zh"], &[("zh", text)]).unwrap_err();
            assert!(matches!(problem, NoticeError::NoVersion(Lang::ZH)), "{text}: {problem}");
        }
        let windows = own(&["zh"], &[("zh", "version: 2026-09\r\n\r\nA\r\n")]).unwrap();
        assert_eq!(windows.get(Lang::ZH).version, "2026-09");
        assert_eq!(windows.get(Lang::ZH).blocks, [Block::Text("A".to_owned())]);
    }

    #[test]
    fn a_notice_that_says_nothing_is_none() {
        for text in ["version: 1", "version: 1\n\n  \n", "version: 1\n---\n", "version: 1\n#\n"] {
            let problem = own(&["zh"], &[("zh", text)]).unwrap_err();
            assert!(matches!(problem, NoticeError::Empty(Lang::ZH)), "{text}: {problem}");
        }
    }

    #[test]
    fn a_language_without_a_notice_gets_the_english_one_of_the_same_place() {
        let built_in = Notices::load(&speaking(&["zh", "en", JA])).unwrap();
        // Its language is that of its words: so it is kept with the visit.
        assert_eq!(built_in.get(ja()), built_in.get(Lang::EN));
        let both = [("zh", "version: 1\n甲"), ("en", "version: 1\nA")];
        let mine = own(&["zh", "en", JA], &both).unwrap();
        let shown = mine.get(ja());
        assert_eq!((shown.lang, shown.blocks.as_slice()), (Lang::EN, &[Block::Text("A".to_owned())][..]));
        let problem = own(&["zh", JA], &both[..1]).unwrap_err().to_string();
        assert!(problem.contains("ja.md"), "{problem}");
        let broken = own(&["zh", JA], &[("zh", "version: 1\n甲"), (JA, "あ"), ("en", "version: 1\nA")]);
        assert!(matches!(broken.unwrap_err(), NoticeError::NoVersion(lang) if lang == ja()));
    }

    #[test]
    fn a_language_that_is_not_on_the_switch_gets_the_kiosks_own() {
        let notices = Notices::load(&speaking(&["en", "zh"])).unwrap();
        assert_eq!(notices.get(ja()), notices.get(Lang::EN));
        let nobody = Notices::load(&speaking(&[])).unwrap();
        assert_eq!(nobody.get(Lang::ZH).lang, Lang::EN);
    }
}
