//! Compiles the words in. Every folder of `lang` is a language, every `.ftl` file in it has words; no list names them.

#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=lang");
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let languages = inside(&here.join("lang"))?;
    let mut list = format!("[(&str, &[&str]); {}] = [", languages.len());
    for language in &languages {
        let code = language.file_name().unwrap_or_default().to_string_lossy();
        if code.len() != 2 || !code.bytes().all(|letter| letter.is_ascii_lowercase()) {
            return Err(io::Error::other(format!("{} is not a language of two letters", language.display())));
        }
        let _ = write!(list, "({code:?}, &[");
        for file in inside(language)?.iter().filter(|file| file.extension().is_some_and(|end| end == "ftl")) {
            let _ = write!(list, "include_str!({:?}), ", file.display().to_string());
        }
        list.push_str("]), ");
    }
    let source =
        format!("/// The words of each language, file by file.\npub(super) const SHIPPED: {list}];\n");
    fs::write(out.join("languages.rs"), source)
}

/// What is in a folder, in the order of names.
fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut found = entries.collect::<io::Result<Vec<_>>>()?;
    found.sort();
    Ok(found)
}
