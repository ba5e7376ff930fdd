//! One catalogue of words a language: everything that people read outside the visitors' pages (mails, paper, files, what
//! is wrong and what to do about it). Owns how a text is found and filled, and the way back to English where a language
//! lacks one; owns no text. Visitors' pages have theirs in `ui/lang`.
//!
//! # To add a language
//!
//! Copy `lang/en` to `lang/<code>`, where the code is two letters of ISO 639-1, and translate the values. No code names the
//! files: `build.rs` compiles in every folder. Visitors' pages need `ui/lang/<code>/LC_MESSAGES/frontdesk-ui.po`, and
//! `kiosk.toml` a `[[language]]`. `cargo test --lib words::` then says what is missing, superfluous, or asks for an
//! argument that it is not given.
//!
//! # To add a text
//!
//! One message in each `lang/<code>/*.ftl` ([Fluent](https://projectfluent.org/fluent/guide/)), and one
//! `words!(lang, "its-id", argument = value)` where it is said. A sentence is one message: never put together from pieces,
//! because no two languages join them alike. `{""}` and `{" "}` keep a blank at the end of a text. Where a language has no
//! use for an argument, a comment above its message says so: `# Without $host, $reader`.

use super::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError, RwLock};

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A text of a language: `words!(lang, "export-host")` is a `&'static str`; with arguments, as in
/// `words!(lang, "letter-cancelled", greeting = &hello)`, it is a `String`. `"id.name"` is an attribute of the message.
macro_rules! words {
    ($lang:expr, $id:literal) => {
        $crate::words::catalogue::text($lang, $id)
    };
    ($lang:expr, $id:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::words::catalogue::filled($lang, $id, [$((stringify!($name), ($value).into())),+])
    };
}
pub(crate) use words;

/// Words that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// The folder is not named like a language.
    #[error("the folder {0} is not named by a language code of two letters")]
    NoLang(String),
    /// There are words for it.
    #[error("there are words for {0} already")]
    Known(Lang),
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Unread(String, std::io::Error),
    /// It is not Fluent, or a message is there twice.
    #[error("{0}")]
    Wrong(String),
}

/// All words of one language.
pub(super) struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// The texts without arguments, ready to be said.
    plain: BTreeMap<String, String>,
}

static BUILT_IN: LazyLock<Vec<(Lang, Catalogue)>> = LazyLock::new(|| {
    let read = |(code, files): &(&str, &[&str])| {
        let (catalogue, problems) = Catalogue::of(code, files.iter().map(|file| (*file).to_owned()));
        if !problems.is_empty() {
            tracing::error!(lang = code, ?problems, "words cannot be read");
        }
        Some((code.parse().ok()?, catalogue))
    };
    SHIPPED.iter().filter_map(read).collect()
});

static ADDED: RwLock<Vec<(Lang, &'static Catalogue)>> = RwLock::new(Vec::new());

/// Takes in a language that is not compiled in: a folder that is named by its code, with `.ftl` files. Until the program
/// ends.
///
/// # Errors
/// The folder cannot be read, its files are not Fluent, or there are words for this language.
pub fn add(folder: &Path) -> Result<Lang, WordsError> {
    let shown = || folder.display().to_string();
    let code = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let lang: Lang = code.parse().map_err(|_| WordsError::NoLang(shown()))?;
    let files = read(folder).map_err(|why| WordsError::Unread(shown(), why))?;
    let (catalogue, problems) = Catalogue::of(code, files.into_iter());
    if !problems.is_empty() {
        return Err(WordsError::Wrong(format!("{}: {}", shown(), problems.join("; "))));
    }
    let mut added = ADDED.write().unwrap_or_else(PoisonError::into_inner);
    if of(&BUILT_IN, lang).is_some() || added.iter().any(|(known, _)| *known == lang) {
        return Err(WordsError::Known(lang));
    }
    // As long as the program, as those that are compiled in.
    added.push((lang, Box::leak(Box::new(catalogue))));
    Ok(lang)
}

/// All languages that there are words for.
pub fn spoken() -> Vec<Lang> {
    let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
    BUILT_IN.iter().map(|(lang, _)| *lang).chain(added.iter().map(|(lang, _)| *lang)).collect()
}

/// A text without arguments. For `words!` alone.
pub(crate) fn text(lang: Lang, id: &'static str) -> &'static str {
    let own = catalogue(lang).and_then(|own| own.plain.get(id));
    let known = own.or_else(|| {
        missing(lang, id);
        catalogue(Lang::EN)?.plain.get(id)
    });
    known.map_or(id, String::as_str)
}

/// A text with its arguments. For `words!` alone.
pub(crate) fn filled<const N: usize>(
    lang: Lang,
    id: &'static str,
    arguments: [(&'static str, FluentValue<'_>); N],
) -> String {
    let arguments: FluentArgs<'_> = arguments.into_iter().collect();
    let own = catalogue(lang).and_then(|own| own.filled(id, &arguments));
    let known = own.or_else(|| {
        missing(lang, id);
        catalogue(Lang::EN)?.filled(id, &arguments)
    });
    known.unwrap_or_else(|| id.to_owned())
}

impl Catalogue {
    /// The words in these files, and what is wrong with them.
    fn of(code: &str, files: impl Iterator<Item = String>) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let locales = code.parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(locales);
        // What was typed is isolated by `words::isolated`, and only where it needs to be.
        bundle.set_use_isolating(false);
        let mut ids = Vec::new();
        for file in files {
            let resource = FluentResource::try_new(file).unwrap_or_else(|(whole, wrong)| {
                problems.extend(wrong.iter().map(ToString::to_string));
                whole
            });
            for entry in resource.entries() {
                if let Entry::Message(message) = entry {
                    ids.extend(message.value.as_ref().map(|_| message.id.name.to_owned()));
                    let names = message.attributes.iter().map(|attribute| attribute.id.name);
                    ids.extend(names.map(|name| format!("{}.{name}", message.id.name)));
                }
            }
            if let Err(twice) = bundle.add_resource(resource) {
                problems.extend(twice.iter().map(ToString::to_string));
            }
        }
        let mut catalogue = Self { bundle, plain: BTreeMap::new() };
        for id in ids {
            if let Some(text) = catalogue.filled(&id, &FluentArgs::new()) {
                catalogue.plain.insert(id, text);
            }
        }
        (catalogue, problems)
    }

    /// None: there is no such message, or it asks for what is not given.
    fn filled(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = match id.split_once('.') {
            Some((id, name)) => self.bundle.get_message(id)?.get_attribute(name)?.value(),
            None => self.bundle.get_message(id)?.value()?,
        };
        let mut problems = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(arguments), &mut problems);
        problems.is_empty().then(|| text.into_owned())
    }
}

fn catalogue(lang: Lang) -> Option<&'static Catalogue> {
    of(&BUILT_IN, lang).or_else(|| {
        let added = ADDED.read().unwrap_or_else(PoisonError::into_inner);
        added.iter().find(|(known, _)| *known == lang).map(|(_, catalogue)| *catalogue)
    })
}

fn of(catalogues: &[(Lang, Catalogue)], lang: Lang) -> Option<&Catalogue> {
    catalogues.iter().find(|(known, _)| *known == lang).map(|(_, catalogue)| catalogue)
}

/// The texts of every `.ftl` file in a folder, in the order of their names.
fn read(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "ftl"));
    paths.sort();
    paths.iter().map(fs::read_to_string).collect()
}

/// Says once that a language lacks a text. One that nobody translated is English by intent.
fn missing(lang: Lang, id: &'static str) {
    static SAID: Mutex<BTreeSet<(Lang, &str)>> = Mutex::new(BTreeSet::new());
    let is_new = || SAID.lock().unwrap_or_else(PoisonError::into_inner).insert((lang, id));
    if catalogue(lang).is_some() && is_new() {
        tracing::error!(%lang, id, "no words for this; English is said instead");
    }
}

#[cfg(test)]
mod pseudo;
#[cfg(test)]
mod tests;
