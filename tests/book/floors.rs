//! The house has floors, and imports point downward only. Reads the sources as the compiler does, in every way in which
//! one file can name another.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

const FLOORS: [&[&str]; 5] = [
    &[
        "now", "words", "files", "visit", "errand", "config", "notice", "paper", "picture", "pin", "pinyin",
        "import", "typed",
    ],
    &["book", "export"],
    &["desk"],
    &["front", "back"],
    &["main", "cli", "kiosk", "stock", "tour", "lib"],
];

/// Clocks, threads, Slint and devices: nothing below floor 3 knows them.
const ABOVE_ONLY: [&str; 9] = [
    "slint",
    "frontdesk_ui",
    "rusb",
    "lettre::transport",
    "std::thread",
    "Instant::now",
    "SystemTime::now",
    "Local::now",
    "Utc::now",
];

/// Files that name each other in a circle: the pages of a journey lead to each other and back, and the desk's session
/// shows them. A file that is cut out of it leaves this list; none comes to it.
const CIRCLES: [&[&str]; 1] = [&[
    "desk/idle",
    "desk/look_up",
    "desk/pages",
    "desk/pages/agree",
    "desk/pages/choose",
    "desk/pages/confirm",
    "desk/pages/declined",
    "desk/pages/delivered",
    "desk/pages/details",
    "desk/pages/goodbye",
    "desk/pages/host",
    "desk/pages/induction",
    "desk/pages/leave",
    "desk/pages/members",
    "desk/pages/parcels",
    "desk/pages/photo",
    "desk/pages/purpose",
    "desk/pages/refused",
    "desk/pages/returning",
    "desk/pages/roll_call",
    "desk/pages/search",
    "desk/pages/thanks",
    "desk/pages/types",
    "desk/pages/waiting",
    "desk/pages/welcome",
    "desk/reception",
    "desk/reception/pin",
    "desk/registration",
    "desk/session",
    "desk/told",
    "desk/view",
]];

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The module that a file is: `book::roll` for `src/book/roll.rs`.
fn module_of(path: &Path) -> Vec<String> {
    let path = path.strip_prefix("src").unwrap().with_extension("");
    path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
}

/// A name that stands in a file: as it is written, and as it is from the root of the crate, if it is of this crate.
#[derive(Debug, PartialEq, Eq)]
struct Named {
    line: usize,
    path: Vec<String>,
}

/// Everything that a file names, and what it passes on under its own name.
#[derive(Debug, Default)]
struct Names {
    /// Where we are: a module inside the file is named like one of its own.
    module: Vec<String>,
    /// Outside of tests.
    named: Vec<Named>,
    /// What is passed on: the name here, and the path behind it.
    passed_on: BTreeMap<String, Vec<String>>,
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

impl Names {
    fn of(text: &str, module: Vec<String>) -> Self {
        let file = syn::parse_file(text).expect("the sources compile");
        let mut names = Self { module, ..Self::default() };
        names.visit_file(&file);
        names
    }

    /// From the root of the crate; what is another crate's stays as it is.
    fn absolute(&self, path: &[String]) -> Vec<String> {
        let Some(first) = path.first() else { return Vec::new() };
        let (mut base, mut rest) = match first.as_str() {
            "crate" => (Vec::new(), &path[1..]),
            "self" => (self.module.clone(), &path[1..]),
            "super" => (self.module.clone(), path),
            _ => return path.to_vec(),
        };
        while rest.first().is_some_and(|part| part == "super") {
            base.pop();
            rest = &rest[1..];
        }
        let root = std::iter::once("crate".to_owned());
        root.chain(base).chain(rest.iter().cloned()).collect()
    }

    fn note(&mut self, path: &[String], line: usize) {
        let path = self.absolute(path);
        if !path.is_empty() {
            self.named.push(Named { line, path });
        }
    }

    fn tree(&mut self, tree: &UseTree, before: &[String], passes_on: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident), passes_on),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item, before, passes_on)),
            UseTree::Glob(glob) => self.note(before, glob.span().start().line),
            UseTree::Name(name) => {
                self.used(with(&name.ident), name.ident.to_string(), name.span(), passes_on)
            }
            UseTree::Rename(name) => {
                self.used(with(&name.ident), name.rename.to_string(), name.span(), passes_on);
            }
        }
    }

    fn used(&mut self, path: Vec<String>, here: String, span: proc_macro2::Span, passes_on: bool) {
        let path = if path.last().is_some_and(|last| last == "self") {
            path[..path.len() - 1].to_vec()
        } else {
            path
        };
        if passes_on {
            // `pub use child::Thing` names a child as `child`.
            let absolute = self.absolute(&path);
            let own = [&["crate".to_owned()], self.module.as_slice(), &absolute].concat();
            let absolute =
                if absolute.first().is_some_and(|first| first == "crate") { absolute } else { own };
            self.passed_on.insert(here, absolute);
        } else {
            self.note(&path, span.start().line);
        }
    }

    /// Paths in a macro, which is not parsed: words with `::` between them.
    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut colons): (Vec<String>, usize) = (Vec::new(), 0);
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut path), line);
                    }
                    line = word.span().start().line;
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.note(&std::mem::take(&mut path), line);
                    colons = 0;
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.note(&std::mem::take(&mut path), line);
                    colons = 0;
                }
            }
        }
        self.note(&path, line);
    }
}

impl<'ast> Visit<'ast> for Names {
    #[allow(clippy::wildcard_enum_match_arm, reason = "the others are for tests nowhere")]
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes: &[Attribute] = match item {
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Const(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            _ => &[],
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let passes_on = !matches!(item.vis, Visibility::Inherited);
        self.tree(&item.tree, &[], passes_on);
    }

    /// `pub(in crate::book)` says who may see an item, and names nobody.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&names, path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast Macro) {
        self.tokens(it.tokens.clone());
        visit::visit_macro(self, it);
    }
}

/// All files, each with what it names.
fn all_names() -> BTreeMap<Vec<String>, (PathBuf, Names)> {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 20, "only {} source files were found", files.len());
    let is_test = |path: &PathBuf| {
        path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs")
    };
    files.retain(|path| !is_test(path));
    let named = files.into_iter().map(|path| {
        let module = module_of(&path);
        let names = Names::of(&fs::read_to_string(&path).unwrap(), module.clone());
        (module, (path, names))
    });
    named.collect()
}

/// In which file a path of this crate is at home: what a module passes on is followed to where it stands.
fn home(path: &[String], files: &BTreeMap<Vec<String>, (PathBuf, Names)>) -> Option<Vec<String>> {
    let mut path = path.strip_prefix(&["crate".to_owned()])?.to_vec();
    // No chain of names is longer than there are floors and rooms.
    for _ in 0..9 {
        let module =
            (0..=path.len()).rev().map(|to| path[..to].to_vec()).find(|module| files.contains_key(module))?;
        let next = path.get(module.len()).and_then(|name| files[&module].1.passed_on.get(name));
        match next.and_then(|next| next.strip_prefix(&["crate".to_owned()])) {
            Some(next) => path = [next, &path[module.len() + 1..]].concat(),
            None => return Some(module),
        }
    }
    None
}

#[test]
fn imports_point_downward_only() {
    let mut wrong = Vec::new();
    for (module, (path, names)) in all_names() {
        let room = &module[0];
        let floor = floor_of(room).unwrap_or_else(|| panic!("{room} stands on no floor"));
        for Named { line, path: named } in &names.named {
            let said = named.join("::");
            if let ["crate", target, ..] = named.iter().map(String::as_str).collect::<Vec<_>>()[..]
                && let Some(below) = floor_of(target)
            {
                let neighbours = floor == 3 && below == 3 && target != room;
                if below > floor || neighbours {
                    wrong.push(format!("{}:{line}: {room} imports {said}", path.display()));
                }
            }
            let knows = |word: &&&str| {
                let words: Vec<&str> = word.split("::").collect();
                let first = named.iter().map(String::as_str).take(words.len());
                let last = named.iter().map(String::as_str).rev().take(words.len());
                first.eq(words.iter().copied()) || last.eq(words.iter().copied().rev())
            };
            if floor < 3
                && let Some(word) = ABOVE_ONLY.iter().find(knows)
            {
                wrong.push(format!("{}:{line}: {room} knows {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The files that can be reached from each other, by what they name.
fn circles(edges: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<BTreeSet<String>> {
    let reached = |from: &Vec<String>| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(file) = next.pop() {
            for to in edges.get(&file).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to.clone());
                }
            }
        }
        seen
    };
    let all: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> =
        edges.keys().map(|file| (file, reached(file))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (file, to) in &all {
        let circle: BTreeSet<String> = to
            .iter()
            .filter(|other| all.get(other).is_some_and(|back| back.contains(*file)))
            .map(|file| file.join("/"))
            .collect();
        if circle.len() > 1 && !circles.contains(&circle) {
            circles.push(circle);
        }
    }
    circles
}

#[test]
fn no_files_name_each_other_in_a_circle() {
    let files = all_names();
    let mut edges: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for (module, (_, names)) in &files {
        let to = edges.entry(module.clone()).or_default();
        for named in &names.named {
            if let Some(home) = home(&named.path, &files).filter(|home| home != module) {
                to.insert(home);
            }
        }
    }
    let known: Vec<BTreeSet<String>> =
        CIRCLES.iter().map(|circle| circle.iter().map(|file| (*file).to_owned()).collect()).collect();
    let found = circles(&edges);
    assert_eq!(found, known, "circles among files");
}

/// The rooms of the book, lowest first: tables, rules, what keeps the book, use cases.
fn layer_of(module: &[String]) -> Option<usize> {
    match module.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["book", "rows", ..] => Some(0),
        ["book", "rules", ..] => Some(1),
        ["book", "keep", ..] => Some(2),
        // What fails is known everywhere.
        ["book", "error"] => None,
        ["book", ..] => Some(3),
        _ => None,
    }
}

#[test]
fn layers_of_the_book_name_only_those_below() {
    let files = all_names();
    let mut wrong = Vec::new();
    for (module, (path, names)) in &files {
        let Some(layer) = layer_of(module) else { continue };
        for Named { line, path: named } in &names.named {
            let Some(home) = home(named, &files) else { continue };
            let said = named.join("::");
            match layer_of(&home) {
                // What keeps the book begins and keeps its changes, and is called by its name.
                Some(3) if layer == 2 && home == ["book"] => {}
                Some(above) if above > layer => {
                    wrong.push(format!("{}:{line}: {said} is above", path.display()));
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_way_to_name_another_file_is_seen() {
    let named = |text: &str| -> Vec<String> {
        let names = Names::of(text, vec!["book".to_owned(), "roll".to_owned()]);
        names.named.iter().map(|named| named.path.join("::")).filter(|path| path.contains("::")).collect()
    };
    assert_eq!(named("use crate::back::mail::Post;"), ["crate::back::mail::Post"]);
    assert_eq!(
        named("use crate::{desk, book::{self, Book}};"),
        ["crate::desk", "crate::book", "crate::book::Book"]
    );
    assert_eq!(named("use super::super::desk as d;"), ["crate::desk"]);
    assert_eq!(named("use self::papers::*;"), ["crate::book::roll::papers"]);
    assert_eq!(named("fn f() { crate::front::Screen::open(); }"), ["crate::front::Screen::open"]);
    assert_eq!(named("fn f(x: Vec<crate::front::Screen>) {}"), ["crate::front::Screen"]);
    assert_eq!(
        named("fn f() { assert!(crate::kiosk::y(), \"{}\", crate::cli::x); }"),
        ["crate::kiosk::y", "crate::cli::x"]
    );
    assert_eq!(named("impl<T: crate::desk::D> crate::cli::C for T {}"), ["crate::desk::D", "crate::cli::C"]);
    assert_eq!(named("mod inner { use super::super::hosts; }"), ["crate::book::hosts"]);
    // Tests may look wherever they like.
    assert_eq!(named("#[cfg(test)] mod tests { use crate::cli; }"), Vec::<String>::new());
}

#[test]
fn every_source_file_says_what_it_owns() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let silent: Vec<_> = files
        .iter()
        .filter(|path| !fs::read_to_string(path).unwrap().starts_with("//!"))
        .map(|path| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no opening words in {silent:?}");
}
