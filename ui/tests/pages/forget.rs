//! `forget.slint` names all that a page holds of a visitor.

use std::path::Path;

/// What the house says on its pages is nobody's.
const THE_HOUSE_S: [&str; 1] = ["Reception.view"];

/// The properties of a page's global that hold a struct or that the page itself may set, such as `Details.typed`.
fn held(source: &str) -> Vec<String> {
    let mut held = Vec::new();
    let mut global = "";
    for line in source.lines() {
        if let Some(name) = line.strip_prefix("export global ") {
            global = name.trim_end_matches(" {");
        }
        if line == "}" {
            global = "";
        }
        let declared = line.trim_start().strip_prefix("in-out property <");
        let declared = declared.or_else(|| line.strip_prefix("    in property <"));
        let Some((kind, name)) = declared.and_then(|declared| declared.split_once("> ")) else { continue };
        let is_ours = line.contains("in-out") || kind.starts_with('[') || kind.starts_with(global);
        if !global.is_empty() && is_ours {
            let name = name.split([':', ';']).next().unwrap_or_default();
            held.push(format!("{global}.{name}"));
        }
    }
    held
}

#[test]
fn all_that_a_page_holds_is_forgotten() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR"));
    let forget = std::fs::read_to_string(ui.join("forget.slint")).expect("it is there");
    let mut found = 0;
    let pages = ["pages", "pages/reception"].map(|folder| std::fs::read_dir(ui.join(folder)));
    let files = pages.into_iter().flat_map(|folder| folder.expect("there are pages"));
    let files = files.map(|file| file.expect("it can be read").path());
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "slint")) {
        for held in held(&std::fs::read_to_string(&file).expect("a page")) {
            found += 1;
            let is_emptied = ["{}", "[]"].iter().any(|empty| forget.contains(&format!("{held} = {empty};")));
            assert!(is_emptied || THE_HOUSE_S.contains(&held.as_str()), "{held} is not in forget.slint");
        }
    }
    assert!(found > 30, "only {found} properties were found");
}
