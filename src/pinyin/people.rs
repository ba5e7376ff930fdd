//! Finding people by a few letters of their name or department: characters, pinyin, initials, mixed, or as
//! it is written in Latin letters. Owns how well somebody fits; shows nobody.

use super::readings::readings;
use super::spelling::besides;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Somebody to be found.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The name, in every spelling.
    pub names: Vec<String>,
    /// The department, in every language.
    pub departments: Vec<String>,
}

/// Everybody who can be found.
#[derive(Debug, Default)]
pub struct People {
    entries: Vec<Entry>,
}

/// A name of somebody, or a department of several.
#[derive(Debug)]
struct Entry {
    people: Vec<u32>,
    department: bool,
    units: Vec<Unit>,
    /// The letters that this can be found by, a bit each, and those that words begin with: what needs
    /// another one is not looked at.
    letters: u32,
    firsts: u32,
}

/// A character with how it is read, or a letter as it is.
#[derive(Debug)]
struct Unit {
    c: char,
    readings: Vec<&'static str>,
    /// Whether a word begins here.
    first: bool,
}

/// How well an entry fits, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    department: bool,
    /// It fits only from a later word or character on.
    inside: bool,
    /// How many syllables are only initials.
    initials: u8,
    /// How much of it was not asked for.
    left: u8,
    person: u32,
}

impl People {
    /// These people; they are found by their place in this order.
    pub fn new<'a>(people: impl IntoIterator<Item = &'a Person>) -> Self {
        let mut entries = Vec::new();
        let mut departments: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (person, number) in people.into_iter().zip(0..) {
            let names = person.names.iter().filter(|name| !name.is_empty());
            entries.extend(names.map(|name| Entry::new(name, vec![number], false)));
            for department in person.departments.iter().filter(|name| !name.is_empty()) {
                departments.entry(department).or_default().push(number);
            }
        }
        entries.extend(departments.into_iter().map(|(name, people)| Entry::new(name, people, true)));
        Self { entries }
    }

    /// The people who fit best, at most `most`, as their places in the order they were given in.
    pub fn find(&self, asked: &str, most: usize) -> Vec<usize> {
        if most == 0 {
            return Vec::new();
        }
        let mut fits: Vec<Fit> = Vec::new();
        for (entry, fit) in self.fits(asked) {
            fits.extend(entry.people.iter().take(most).map(|person| Fit { person: *person, ..fit }));
        }
        // Somebody may fit by several names and by the department: these are enough to lose nobody.
        let enough = most.saturating_mul(8);
        if fits.len() > enough {
            fits.select_nth_unstable(enough);
            fits.truncate(enough);
        }
        fits.sort_unstable();
        let mut found: Vec<usize> = Vec::new();
        for fit in fits {
            let person = fit.person as usize;
            if !found.contains(&person) {
                found.push(person);
            }
        }
        found.truncate(most);
        found
    }

    /// The departments that begin as asked, best first; where nobody's name fits, those that fit from a later word on
    /// too. Each as the place of one of its people, and perhaps again in another language.
    pub fn find_departments(&self, asked: &str) -> Vec<usize> {
        let fits: Vec<Fit> = self
            .fits(asked)
            .filter_map(|(entry, fit)| entry.people.first().map(|person| Fit { person: *person, ..fit }))
            .collect();
        let somebody = fits.iter().any(|fit| !fit.department);
        let mut departments: Vec<Fit> =
            fits.into_iter().filter(|fit| fit.department && !(somebody && fit.inside)).collect();
        departments.sort_unstable();
        departments.into_iter().map(|fit| fit.person as usize).collect()
    }

    /// What fits, and how well.
    fn fits(&self, asked: &str) -> impl Iterator<Item = (&Entry, Fit)> {
        let asked: Vec<char> = plain(asked).filter(|c| c.is_alphanumeric()).collect();
        let (letters, first) = (letters(&asked), asked.first().map_or(0, |c| bit(*c)));
        let may_fit = move |entry: &&Entry| letters & !entry.letters == 0 && first & !entry.firsts == 0;
        let asked_for = self.entries.iter().filter(move |entry| may_fit(entry));
        asked_for.filter_map(move |entry| (!asked.is_empty()).then(|| Some((entry, entry.fit(&asked)?)))?)
    }
}

/// Without accents and capitals: "José" is found by "jose".
pub(super) fn plain(text: &str) -> impl Iterator<Item = char> {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase)
}

fn bit(c: char) -> u32 {
    if c.is_ascii_lowercase() { 1 << (u32::from(c) - u32::from('a')) } else { 0 }
}

fn letters(text: &[char]) -> u32 {
    text.iter().fold(0, |bits, c| bits | bit(*c))
}

impl Entry {
    fn new(text: &str, people: Vec<u32>, department: bool) -> Self {
        let mut units = Vec::new();
        let mut first = true;
        for c in plain(text) {
            if !c.is_alphanumeric() {
                first = true;
                continue;
            }
            let readings =
                readings(c).flat_map(|read| std::iter::once(read).chain(besides(read).iter().copied()));
            let readings: Vec<_> = readings.collect();
            first |= !readings.is_empty();
            units.push(Unit { c, first, readings });
            first = false;
        }
        let of_unit = |unit: &Unit| {
            unit.readings
                .iter()
                .flat_map(|reading| reading.chars())
                .fold(bit(unit.c), |bits, c| bits | bit(c))
        };
        let letters = units.iter().fold(0, |bits, unit| bits | of_unit(unit));
        let first_of = |unit: &Unit| {
            unit.readings
                .iter()
                .filter_map(|reading| reading.chars().next())
                .fold(bit(unit.c), |bits, c| bits | bit(c))
        };
        let firsts = units.iter().filter(|unit| unit.first).fold(0, |bits, unit| bits | first_of(unit));
        Self { people, department, units, letters, firsts }
    }

    /// How well this fits; whoever it fits is filled in later.
    fn fit(&self, asked: &[char]) -> Option<Fit> {
        let from = |at: usize| {
            let (initials, left) = fit(&self.units[at..], asked, 0)?;
            Some(Fit { department: self.department, inside: at > 0, initials, left, person: 0 })
        };
        let inside = || (1..self.units.len()).filter(|at| self.units[*at].first).filter_map(from).min();
        from(0).or_else(inside)
    }
}

/// Whether all that is asked for fits from here on: the fewest initials needed, and what is left over.
fn fit(units: &[Unit], asked: &[char], initials: u8) -> Option<(u8, u8)> {
    if asked.is_empty() {
        return Some((initials, u8::try_from(units.len()).unwrap_or(u8::MAX)));
    }
    let (unit, rest) = units.split_first()?;
    if unit.c == asked[0]
        && let Some(found) = fit(rest, &asked[1..], initials)
    {
        return Some(found);
    }
    let with = |reading: &str| {
        let same = reading.chars().zip(asked).take_while(|(a, b)| a == *b).count();
        // The last syllable may be unfinished; others are whole, or an initial.
        let unfinished = (same == asked.len()).then(|| fit(rest, &[], initials)).flatten();
        let whole = || (same == reading.len()).then(|| fit(rest, &asked[same..], initials)).flatten();
        let initial = |length: usize| {
            (same >= length && same < asked.len())
                .then(|| fit(rest, &asked[length..], initials + 1))
                .flatten()
        };
        let long = matches!(reading.get(..2), Some("zh" | "ch" | "sh"));
        let initial = || initial(1).into_iter().chain(long.then(|| initial(2)).flatten()).min();
        unfinished.or_else(whole).or_else(initial)
    };
    let by_reading = unit.readings.iter().filter_map(|reading| with(reading)).min();
    // Words may be given by their first letters too: "lx" for Li Xiaoyun.
    by_reading.or_else(|| {
        let next = rest.iter().position(|unit| unit.first)?;
        (!unit.first && unit.readings.is_empty()).then(|| fit(&rest[next..], asked, initials + 1)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(names: &[&str], department: &str) -> Person {
        Person {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            departments: vec![department.to_owned()],
        }
    }

    fn hosts() -> Vec<Person> {
        vec![
            person(&["李晓云", "Li Xiaoyun"], "品质部"),
            person(&["李小龙", "Bruce Lee"], "研发部"),
            person(&["欧阳云", "Ouyang Yun"], "品质部"),
            person(&["José Núñez"], "Sales"),
            person(&["吕布", "Lü Bu"], "仓储部"),
            person(&["曾喆", "Zeng Zhe"], "人力资源部"),
            person(&["张云"], "行政部"),
        ]
    }

    fn found(asked: &str) -> Vec<String> {
        let hosts = hosts();
        let places = People::new(&hosts).find(asked, 12);
        places.into_iter().map(|at| hosts[at].names[0].clone()).collect()
    }

    #[test]
    fn by_characters_pinyin_initials_and_mixed() {
        for asked in [
            "李晓云",
            "晓云",
            "lixiaoyun",
            "LiXiaoYun",
            "li xiao yun",
            "lxy",
            "li晓y",
            "李xy",
            "xiaoyu",
            "lixy",
        ] {
            assert_eq!(found(asked)[0], "李晓云", "{asked}");
        }
        assert_eq!(found("lx"), ["李晓云", "李小龙"]);
        for asked in ["lvbu", "lyubu", "LYU BU", "lubu", "lyu"] {
            assert_eq!(found(asked), ["吕布"], "{asked}");
        }
        assert_eq!(found("zengzhe"), ["曾喆"]);
        assert_eq!(found("zz"), ["曾喆"]);
        assert_eq!(found("zhangy"), ["张云"]);
    }

    #[test]
    fn by_names_in_latin_letters() {
        assert_eq!(found("jose"), ["José Núñez"]);
        assert_eq!(found("Núñ"), ["José Núñez"]);
        assert_eq!(found("nunez"), ["José Núñez"]);
        assert_eq!(found("lee"), ["李小龙"]);
        assert_eq!(found("bl"), ["李小龙"]);
        // A letter in the middle of a word begins nothing.
        assert_eq!(found("ose"), Vec::<String>::new());
    }

    #[test]
    fn by_department_after_all_names() {
        assert_eq!(found("品质"), ["李晓云", "欧阳云"]);
        assert_eq!(found("pzb"), ["李晓云", "欧阳云"]);
        assert_eq!(found("renliziyuan"), ["曾喆"]);
        assert_eq!(found("sales"), ["José Núñez"]);
    }

    #[test]
    fn departments_by_their_beginning_or_from_a_later_word_where_nobody_fits() {
        let mut hosts = hosts();
        hosts.push(person(&["Ann Lee"], "Human Resources"));
        let people = People::new(&hosts);
        let found = |asked: &str| {
            let places = people.find_departments(asked);
            places.into_iter().map(|at| hosts[at].departments[0].clone()).collect::<Vec<_>>()
        };
        for (asked, departments) in [
            ("仓储", vec!["仓储部"]),
            ("cangchu", vec!["仓储部"]),
            ("ccb", vec!["仓储部"]),
            ("rlzy", vec!["人力资源部"]),
            ("hr", vec!["Human Resources"]),
            ("resources", vec!["Human Resources"]),
            // 李 fits by name, so 人力资源部 does not stand in the way.
            ("li", vec![]),
            ("xiaolong", vec![]),
            ("", vec![]),
            (" ·", vec![]),
        ] {
            assert_eq!(found(asked), departments, "{asked}");
        }
    }

    #[test]
    fn whoever_begins_so_comes_first() {
        assert_eq!(found("yun"), ["李晓云", "欧阳云", "张云"]);
        // By name before by department (人力资源部).
        assert_eq!(found("li"), ["李晓云", "李小龙", "曾喆"]);
        assert_eq!(found("l")[..3].iter().filter(|name| name.starts_with(['李', '吕'])).count(), 3);
    }

    #[test]
    fn nothing_asked_nobody_found() {
        for asked in ["", " ", "·", "🙂", "xq", "李晓云云"] {
            assert_eq!(found(asked), Vec::<String>::new(), "{asked}");
        }
    }

    #[test]
    fn no_more_than_a_screenful() {
        let many: Vec<Person> = (0..500).map(|n| person(&[&format!("李{n}")], "李家")).collect();
        assert_eq!(People::new(&many).find("li", 12).len(), 12);
    }
}
