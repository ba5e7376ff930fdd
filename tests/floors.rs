//! The house has floors, and imports point downward only. Reads the sources and fails on a line that points up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says what failed by failing"
)]

use std::fs;
use std::path::{Path, PathBuf};

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

/// Words that belong to clocks, threads, Slint and devices: nothing below floor 3 knows them.
const ABOVE_ONLY: [&str; 8] = [
    "slint",
    "frontdesk_ui",
    "rusb",
    "lettre::transport",
    "std::thread",
    "Instant::now",
    "SystemTime::now",
    "Local::now",
];

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

fn module_of(path: &Path) -> String {
    let first = path.strip_prefix("src").unwrap().components().next().unwrap();
    Path::new(first.as_os_str()).file_stem().unwrap().to_string_lossy().into_owned()
}

/// The modules named by `crate::…` in a line, also in groups such as `crate::{desk, book::Book}`.
fn imports(line: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for part in line.split("crate::").skip(1) {
        let names: Vec<&str> = match part.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or("").split(',').collect(),
            None => vec![part],
        };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            modules.push(word);
        }
    }
    modules
}

#[test]
fn imports_point_downward_only() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 20, "only {} source files were found", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let module = module_of(&path);
        let floor = floor_of(&module).unwrap_or_else(|| panic!("{module} stands on no floor"));
        let text = fs::read_to_string(&path).unwrap();
        for (n, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for target in imports(code) {
                let Some(below) = floor_of(&target) else { continue };
                let neighbours = floor == 3 && below == 3 && target != module;
                if below > floor || neighbours {
                    wrong.push(format!("{}:{}: {module} imports {target}", path.display(), n + 1));
                }
            }
            if floor < 3 {
                for word in ABOVE_ONLY.iter().filter(|word| code.contains(**word)) {
                    wrong.push(format!("{}:{}: {module} knows {word}", path.display(), n + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_sees_what_points_up() {
    assert_eq!(imports("use crate::back::mail::Post;"), ["back"]);
    assert_eq!(imports("use crate::{desk, book::Book};"), ["desk", "book"]);
    assert_eq!(imports("let x: crate::front::Screen = crate::kiosk::y();"), ["front", "kiosk"]);
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
