//! The pages' words in the languages of their catalogues, so that the tour finds a control by its name
//! in whichever language is shown.

/// The Chinese catalogue, as it is built into the pages.
const CHINESE: &str = include_str!("../../ui/lang/zh/LC_MESSAGES/frontdesk-ui.po");

/// How the pages say this in a language; the English itself where a catalogue does not have it.
pub(super) fn in_language<'a>(english: &'a str, lang: &str) -> &'a str {
    if lang == "zh" { translated(CHINESE, english).unwrap_or(english) } else { english }
}

fn translated<'a>(catalogue: &'static str, english: &str) -> Option<&'a str>
where
    'static: 'a,
{
    let quoted = |line: &'static str, keyword: &str| {
        line.strip_prefix(keyword)?.trim().strip_prefix('"')?.strip_suffix('"')
    };
    let mut lines = catalogue.lines();
    lines.find(|line| quoted(line, "msgid ") == Some(english))?;
    lines.find_map(|line| quoted(line, "msgstr "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_found_by_its_name_in_each_language() {
        assert_eq!(in_language("I have an invitation", "zh"), "我有预约");
        assert_eq!(in_language("I have an invitation", "en"), "I have an invitation");
        assert_eq!(in_language("A", "zh"), "A");
    }
}
