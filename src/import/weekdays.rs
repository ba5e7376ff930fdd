//! Days of the week as people list them: each by a name, a sign or a number, from one to another, or every day.

use crate::visit::fold;
use unicode_normalization::UnicodeNormalization;

/// Monday first.
const CHINESE: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];
const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Every day of the week.
const ALL: u8 = 0x7F;
/// What stands between the first and the last of several.
const THROUGH: [&str; 5] = ["至", "到", "-", "to", "through"];
/// What stands between two of them, or behind a shortened one.
const BETWEEN: [char; 10] = [',', ';', '/', '.', '+', '&', '|', '、', '。', '·'];

/// Days such as `Mon, Wed`, `一、三、五`, `1 3 5`, `Mon-Fri` or `周一至周五`, a bit each; none: 0.
///
/// # Errors
/// What is expected.
pub(super) fn weekdays(text: &str) -> Result<u8, String> {
    let right = || "days such as Mon, Wed or Mon-Fri or 一、三 or 周一至周五 are expected".to_owned();
    let folded = fold(text);
    if ["每天", "每日", "daily", "everyday"].contains(&folded.as_str()) {
        return Ok(ALL);
    }
    let mut days = 0_u8;
    let mut last = None;
    let mut is_through = false;
    for word in words(text).ok_or_else(right)? {
        if THROUGH.contains(&word.as_str()) {
            is_through = last.is_some() && !is_through;
            if !is_through {
                return Err(right());
            }
            continue;
        }
        let day = day(&word).ok_or_else(right)?;
        match last.filter(|_| is_through) {
            // From Friday to Monday is over a week's end; nobody lists days so without meaning something else.
            Some(first) if first >= day => return Err(right()),
            Some(first) => days |= (first..=day).fold(0, |days, day| days | 1 << day),
            None => days |= 1 << day,
        }
        // "1-3-5" may be three days or five.
        last = Some(day).filter(|_| !is_through);
        is_through = false;
    }
    // "Every week" says no day.
    let is_nothing = days == 0 && !text.trim().is_empty();
    if is_through || is_nothing { Err(right()) } else { Ok(days) }
}

/// Words, numbers and single Chinese signs, and the signs that stand for "to". None: a sign that may say anything.
fn words(text: &str) -> Option<Vec<String>> {
    let text = text.replace("星期", " ").replace("礼拜", " ").replace(['每', '周'], " ");
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let text = text.replace("——", "-").replace(['‐', '‑', '‒', '–', '—', '―', '−', '~', '〜', '∼'], "-");
    // "Mon..Fri" may be two days or five.
    if text.contains("..") {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for c in text.chars() {
        let is_latin = c.is_ascii_alphanumeric();
        match words.last_mut().filter(|_| is_open && is_latin) {
            Some(word) => word.push(c),
            None if is_latin || c.is_alphabetic() || c == '-' => words.push(c.to_string()),
            None if c.is_whitespace() || BETWEEN.contains(&c) => {}
            None => return None,
        }
        is_open = is_latin;
    }
    Some(words)
}

/// The place of a day in the week.
fn day(word: &str) -> Option<u32> {
    let mut signs = word.chars();
    let place = match (signs.next()?, signs.next()) {
        (digit @ '1'..='7', None) => return digit.to_digit(10)?.checked_sub(1),
        ('天', None) => 6,
        (sign, None) => CHINESE.iter().position(|day| *day == sign)?,
        // "Tues", "Thurs", "Weds" and whole names.
        _ if word == "weds" => 2,
        _ => ENGLISH.iter().position(|day| word.len() > 2 && day.starts_with(word))?,
    };
    u32::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_list_them() {
        for (text, days) in [
            ("", 0),
            ("Mon, Wed", 0b101),
            ("monday wednesday", 0b101),
            ("Tues/Thurs", 0b1010),
            ("周一、周三", 0b101),
            ("星期一，星期三", 0b101),
            ("礼拜三", 0b100),
            ("一三", 0b101),
            ("每周一", 0b1),
            ("1 3", 0b101),
            ("1,3,5", 0b1_0101),
            ("sunday", 0b100_0000),
            ("星期天", 0b100_0000),
            ("星期日", 0b100_0000),
            ("7", 0b100_0000),
            ("Mon-Fri", 0b1_1111),
            ("Mon – Fri", 0b1_1111),
            ("Mon to Fri", 0b1_1111),
            ("1-5", 0b1_1111),
            ("周一至周五", 0b1_1111),
            ("周一到周五", 0b1_1111),
            ("一至三、五", 0b1_0111),
            ("周一至周日", 0b111_1111),
            ("每天", 0b111_1111),
            ("every day", 0b111_1111),
            ("周一〜周五", 0b1_1111),
            ("Mon‑Fri", 0b1_1111),
            ("Mon‐Fri", 0b1_1111),
            ("Mon―Fri", 0b1_1111),
            ("Mon﹣Fri", 0b1_1111),
            ("周一——周五", 0b1_1111),
            ("１、３、５", 0b1_0101),
            ("１", 0b1),
            ("Mon. / Wed.", 0b101),
        ] {
            assert_eq!(weekdays(text), Ok(days), "{text}");
        }
    }

    #[test]
    fn days_that_may_be_others_are_refused() {
        for text in [
            "never",
            "Mon→Fri",
            "Mon…Fri",
            "Mon..Fri",
            "Mon>Fri",
            "Mon：Fri",
            "周一──周五",
            "①③",
            "?",
            "*",
            "。",
            "周",
            "每周",
            "星期",
            "١",
            "8",
            "0",
            "13",
            "15",
            "Monkey",
            "sunset",
            "Mo",
            "1-3-5",
            "Fri-Mon",
            "-Fri",
            "Mon-",
            "Mon--Fri",
            "周末",
            "工作日",
            "隔天",
        ] {
            let read = weekdays(text);
            assert!(read.is_err(), "{text}: {read:?}");
        }
    }
}
