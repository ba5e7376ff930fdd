//! From a value of the file to a value of the configuration; what is none says what would be right.
//! Knows no keys.

use crate::visit::MailAddress;
use crate::words::{Lang, Texts};
use lettre::message::Mailbox;
use std::collections::BTreeMap;
use toml::de::DeValue;

pub(super) fn text(value: &DeValue<'_>) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| "a text in quotation marks is expected".to_owned())
}

pub(super) fn filled(value: &DeValue<'_>) -> Result<String, String> {
    text(value).and_then(|text| match text.trim() {
        "" => Err("it must not be empty".to_owned()),
        _ => Ok(text),
    })
}

/// The name of a file or a folder.
pub(super) fn a_path(value: &DeValue<'_>) -> Result<String, String> {
    filled(value).and_then(|path| match path.contains('\0') {
        true => Err("a name without a NUL character is expected".to_owned()),
        false => Ok(path),
    })
}

pub(super) fn truth(value: &DeValue<'_>) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| "true or false is expected".to_owned())
}

pub(super) fn number(
    range: std::ops::RangeInclusive<u32>,
) -> impl FnOnce(&DeValue<'_>) -> Result<u32, String> {
    move |value| {
        value
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number))
            .ok_or_else(|| format!("a whole number from {} to {} is expected", range.start(), range.end()))
    }
}

pub(super) fn one_of<T: Copy>(
    choices: &[(&'static str, T)],
) -> impl FnOnce(&DeValue<'_>) -> Result<T, String> {
    move |value| {
        let chosen = value.as_str().and_then(|word| choices.iter().find(|(name, _)| *name == word));
        chosen.map(|(_, value)| *value).ok_or_else(|| {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let (last, others) = names
                .split_last()
                .map_or((String::new(), String::new()), |(last, others)| (last.clone(), others.join(", ")));
            format!("{others} or {last} is expected")
        })
    }
}

/// Any value out of its text.
pub(super) fn parsed<T>(
    right: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> impl FnOnce(&DeValue<'_>) -> Result<T, String> {
    move |value| value.as_str().and_then(parse).ok_or_else(|| format!("{right} is expected"))
}

pub(super) fn colour(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && all_hex(digits))?;
    u32::from_str_radix(digits, 16).ok()
}

/// `from_str_radix` would take a sign too.
fn all_hex(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// A language that there are words for.
pub(super) fn spoken(text: &str) -> Option<Lang> {
    text.parse().ok().filter(Lang::is_spoken)
}

pub(super) fn address(text: &str) -> Option<String> {
    MailAddress::parse(text).map(String::from)
}

/// Who writes: an address, or a name with one.
pub(super) fn sender(text: &str) -> Option<String> {
    let Some((name, address)) = text.rsplit_once('<') else { return address(text) };
    let address = address.trim_end().strip_suffix('>').and_then(MailAddress::parse)?;
    Some(format!("{name}<{address}>")).filter(|sender| sender.parse::<Mailbox>().is_ok())
}

pub(super) fn usb_id(text: &str) -> Option<(u16, u16)> {
    let (vendor, product) = text.split_once(':')?;
    let hex = |digits: &str| {
        (digits.len() == 4 && all_hex(digits)).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    Some((hex(vendor)?, hex(product)?))
}

/// Several texts, each for all languages or a table of one for each.
pub(super) fn list_of_texts(value: &DeValue<'_>) -> Result<Vec<Texts>, String> {
    let right = || "a list of texts, such as [{ zh = \"…\", en = \"…\" }], is expected".to_owned();
    value.as_array().ok_or_else(right)?.iter().map(|entry| texts(entry.get_ref())).collect()
}

/// Several names.
pub(super) fn list_of_names(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let right = || "a list of names such as [\"车牌\", \"remarks\"] is expected".to_owned();
    let one = |entry: &DeValue<'_>| filled(entry).map_err(|_| right());
    value.as_array().ok_or_else(right)?.iter().map(|entry| one(entry.get_ref())).collect()
}

/// Several mail addresses.
pub(super) fn list_of_addresses(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let right = || "a list of mail addresses such as [\"safety@example.com\"] is expected".to_owned();
    let one = |entry: &DeValue<'_>| entry.as_str().and_then(address).ok_or_else(right);
    value.as_array().ok_or_else(right)?.iter().map(|entry| one(entry.get_ref())).collect()
}

/// One text for all languages, or a table of one for each.
pub(super) fn texts(value: &DeValue<'_>) -> Result<Texts, String> {
    let right =
        || "a text, or one for each language such as { zh = \"…\", en = \"…\" }, is expected".to_owned();
    if let Some(base) = value.as_str() {
        return if base.trim().is_empty() { Err(right()) } else { Ok(Texts::from(base)) };
    }
    let mut by = BTreeMap::new();
    for (code, wording) in value.as_table().ok_or_else(right)? {
        let code = spoken(code.get_ref()).ok_or_else(right)?;
        by.insert(code, wording.get_ref().as_str().ok_or_else(right)?.to_owned());
    }
    let base = by.get(&Lang::EN).or_else(|| by.values().next()).cloned().ok_or_else(right)?;
    Ok(Texts { base, by })
}
