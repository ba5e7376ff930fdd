//! Whether two names sound the same: two in characters, or one in characters and one in pinyin. Owns which readings
//! count: all that a character has, a surname's rare one among them.

use super::people::plain;
use super::readings::readings;
use std::collections::BTreeSet;

/// Whether two names sound the same, one of which at least is written in characters. In pinyin the family name may stand
/// first or last.
pub fn sound_alike(one: &str, other: &str) -> bool {
    let (one, other) = (Heard::of(one), Heard::of(other));
    match (one.in_characters, other.in_characters) {
        (true, true) => both_in_characters(&one, &other),
        (true, false) => written_out(&one, &other),
        (false, true) => written_out(&other, &one),
        (false, false) => false,
    }
}

/// A name as it is heard: the words of it, each a list of what one character may be.
struct Heard {
    words: Vec<Vec<Vec<String>>>,
    in_characters: bool,
}

impl Heard {
    fn of(text: &str) -> Self {
        let mut heard = Self { words: Vec::new(), in_characters: false };
        let mut within = false;
        for c in plain(text) {
            if !c.is_alphanumeric() {
                within = within && matches!(c, '\'' | '’');
                continue;
            }
            let mut sounds: Vec<String> = readings(c).map(str::to_owned).collect();
            heard.in_characters |= !sounds.is_empty();
            if sounds.is_empty() {
                sounds.push(c.to_string());
            }
            match heard.words.last_mut().filter(|_| within) {
                Some(word) => word.push(sounds),
                None => heard.words.push(vec![sounds]),
            }
            within = true;
        }
        heard
    }

    fn sounds(&self) -> impl Iterator<Item = &Vec<String>> {
        self.words.iter().flatten()
    }
}

fn both_in_characters(one: &Heard, other: &Heard) -> bool {
    one.sounds().count() == other.sounds().count()
        && one.sounds().zip(other.sounds()).all(|(one, other)| one.iter().any(|sound| other.contains(sound)))
}

fn written_out(characters: &Heard, letters: &Heard) -> bool {
    // ü is typed v, and written u or yu in passports.
    let characters: Vec<Vec<String>> = characters
        .sounds()
        .map(|sounds| {
            let passport = sounds.iter().filter(|sound| sound.contains('v'));
            let passport = passport.flat_map(|sound| [sound.replace('v', "u"), sound.replace('v', "yu")]);
            sounds.iter().cloned().chain(passport).collect()
        })
        .collect();
    let count = letters.words.len();
    let mut orders = vec![0];
    if count > 1 {
        orders.extend([1, count - 1]);
    }
    orders.into_iter().any(|first| {
        let turned = letters.words[first..].iter().chain(&letters.words[..first]);
        let letters: String =
            turned.flatten().filter_map(|sounds| sounds.first()).map(String::as_str).collect();
        reads(&characters, &letters)
    })
}

/// Whether some reading of the characters is just these letters.
fn reads(characters: &[Vec<String>], letters: &str) -> bool {
    let mut reached = BTreeSet::from([0]);
    for sounds in characters {
        let from = std::mem::take(&mut reached);
        for at in from {
            let ahead = letters.get(at..).unwrap_or_default();
            let fits = sounds.iter().filter(|sound| ahead.starts_with(sound.as_str()));
            reached.extend(fits.map(|sound| at + sound.len()));
        }
    }
    !characters.is_empty() && reached.contains(&letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_characters_and_in_pinyin() {
        for (one, other, alike) in [
            ("王伟", "汪苇", true),
            ("单雄", "善雄", true), // shan as a surname, dan elsewhere
            ("曾喆", "Zeng Zhe", true),
            ("万俟卨", "moqi xie", true),
            ("欧阳修明", "Ouyang Xiuming", true),
            ("欧阳修明", "XIUMING OUYANG", true),
            ("欧阳修明", "ou yang xiu ming", true),
            ("歐陽修明", "欧阳修明", true),
            ("吕布", "Lü Bu", true),
            ("吕布", "LYU BU", true),
            ("西安", "Xi'an", true),
            ("王伟", "王伟明", false),
            ("王伟", "wangweiming", false),
            ("吕布", "卢布", false),
            ("张伟", "章慧", false),
            ("王伟", "wan gwei", true),
            ("Wang Wei", "wang wei", false),
            ("", "", false),
            ("王", "", false),
        ] {
            assert_eq!(sound_alike(one, other), alike, "{one} {other}");
            assert_eq!(sound_alike(other, one), alike, "{other} {one}");
        }
    }
}
