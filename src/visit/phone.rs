//! Telephone numbers: one normal form for each number, however it was typed, so that the same number is the same wherever
//! two are compared. Owns what is known to be wrong; what is not known is not refused.

use super::names::{Problem, tidy};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use unicode_normalization::UnicodeNormalization;

/// A telephone number in its normal form. A number of China stands as it is dialled there: `13800138000`,
/// `057188886666`. One of another country stands with `+` and the country code; `00` is written `+`. An extension
/// follows `#`. Two are the same where their digits are: nobody can tell `#8302` from `8302` typed behind a number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// What stands before an extension, longest first.
const EXTENSIONS: [&str; 10] = ["分机号", "分机", "分機", "内线", "转", "轉", "extension", "ext", "x", "#"];
/// The most digits of an extension.
const LONGEST_EXTENSION: usize = 8;
/// So many digits before a stroke are a whole number.
const WHOLE: usize = 7;
/// The digits of a Chinese mobile number (MIIT numbering plan).
const MOBILE: usize = 11;

/// Countries in which a 0 is dialled before the area code and left out behind the country code: nobody's number has it
/// there (ITU-T, national numbering plans). No code begins with another.
const ZERO_GOES: [&str; 42] = [
    "20", "27", "31", "32", "33", "40", "41", "43", "44", "46", "49", "51", "58", "60", "61", "62", "63",
    "64", "66", "81", "82", "84", "86", "90", "91", "92", "94", "95", "98", "234", "254", "255", "256",
    "353", "358", "380", "381", "385", "886", "966", "971", "972",
];
/// Countries whose numbers keep their 0, even where people write it in brackets.
const ZERO_STAYS: [&str; 5] = ["39", "225", "241", "242", "378"];

impl Phone {
    /// The most digits of a telephone number: 15 by ITU-T E.164, and room for an extension.
    pub const MAX: usize = 20;
    /// The fewest.
    const MIN: usize = 5;

    /// A number out of what was typed: blanks, dashes, dots and brackets are passed over, full-width digits are taken
    /// as digits. A number that is meant as a Chinese mobile number must have just its 11 digits; what is not known is
    /// not refused.
    ///
    /// # Errors
    /// [`Problem::PhoneMissing`], [`Problem::PhoneShort`], [`Problem::PhoneTooLong`],
    /// [`Problem::PhoneNotANumber`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut typed = Typed::read(text)?;
        if typed.digits.is_empty() {
            return Err(Problem::PhoneMissing);
        }
        typed.normalise()?;
        let (number, all) = (typed.digits.len(), typed.digits.len() + typed.extension.len());
        if number < Self::MIN {
            Err(short(Self::MIN - number))
        } else if all > Self::MAX {
            Err(too_long(all - Self::MAX))
        } else {
            Ok(typed.written())
        }
    }

    /// A number, or none where nothing was typed.
    ///
    /// # Errors
    /// As [`Phone::parse`], but for [`Problem::PhoneMissing`].
    pub fn maybe(text: &str) -> Result<Option<Self>, Problem> {
        match Self::parse(text) {
            Ok(phone) => Ok(Some(phone)),
            Err(Problem::PhoneMissing) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// A number that an earlier version may have taken: one that nobody could type today, because it has a digit too
    /// many, stays as it is.
    ///
    /// # Errors
    /// [`Problem::PhoneMissing`], [`Problem::PhoneNotANumber`].
    pub fn taken(text: &str) -> Result<Self, Problem> {
        match Self::parse(text) {
            Err(Problem::PhoneShort(_) | Problem::PhoneTooLong(_)) => Ok(Typed::read(text)?.written()),
            other => other,
        }
    }

    /// The number as it is shown, printed and kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is compared: all digits one after the other, with the `+`.
    pub fn key(&self) -> String {
        self.0.replace('#', "")
    }

    /// The last four digits, by which a visitor shows that an invitation is theirs; those before an extension.
    pub fn last_four(&self) -> &str {
        let number = self.0.split('#').next().unwrap_or_default();
        &number[number.len().saturating_sub(4)..]
    }

    /// Whether somebody who says these last four digits knows this number, with its extension or without it.
    pub fn ends_in(&self, last_four: &str) -> bool {
        self.last_four() == last_four || self.key().ends_with(last_four)
    }

    /// The number with all but its last four digits hidden: `***8000`.
    pub fn masked(&self) -> String {
        format!("***{}", self.last_four())
    }

    /// How earlier versions may have written this number down; the way it is written today is the first.
    pub fn former(&self) -> Vec<String> {
        let key = self.key();
        let mut forms = vec![key.clone()];
        if let Some(abroad) = key.strip_prefix('+') {
            forms.push(format!("00{abroad}"));
            for country in ZERO_GOES {
                let with_zero = abroad.strip_prefix(country).map(|rest| format!("{country}0{rest}"));
                forms.extend(with_zero.into_iter().flat_map(|all| [format!("+{all}"), format!("00{all}")]));
            }
            return forms;
        }
        let national = key.strip_prefix('0').unwrap_or(&key);
        for country in ["86", "+86", "0086"] {
            forms.extend([format!("{country}{national}"), format!("{country}0{national}")]);
        }
        forms
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Phone {
    fn eq(&self, other: &Self) -> bool {
        let digits = |phone: &Self| phone.0.bytes().filter(|byte| *byte != b'#').collect::<Vec<_>>();
        digits(self) == digits(other)
    }
}

impl Eq for Phone {}

impl Hash for Phone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// As the book and its journal have it.
impl TryFrom<String> for Phone {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        Self::taken(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

fn short(by: usize) -> Problem {
    Problem::PhoneShort(u8::try_from(by).unwrap_or(u8::MAX))
}

fn too_long(by: usize) -> Problem {
    Problem::PhoneTooLong(u8::try_from(by).unwrap_or(u8::MAX))
}

/// What was typed, without the signs that only part it.
#[derive(Debug, Default)]
struct Typed {
    /// The digits begin with a country code.
    abroad: bool,
    digits: String,
    /// Behind how many digits a dash stands.
    dashes: Vec<usize>,
    extension: String,
}

impl Typed {
    fn read(text: &str) -> Result<Self, Problem> {
        let text = tidy(text).nfkc().collect::<String>().to_lowercase();
        let (number, extension) = without_extension(&text)?;
        let mut parts = number.split('/').map(|part| part.bytes().filter(u8::is_ascii_digit).count());
        // Behind a whole number stands another one, or what takes the place of its last digits.
        if parts.any(|digits| digits >= WHOLE) && parts.any(|digits| digits > 0) {
            return Err(Problem::PhoneNotANumber);
        }
        let mut typed = Self { extension, ..Self::default() };
        // The 0 in brackets is dialled only by those who leave the country code out.
        for (at, part) in number.split("(0)").enumerate() {
            if at > 0 {
                typed.zero_in_brackets();
            }
            for c in part.chars() {
                match c {
                    '0'..='9' => typed.digits.push(c),
                    '+' if typed.digits.is_empty() && !typed.abroad => typed.abroad = true,
                    '+' => return Err(Problem::PhoneNotANumber),
                    _ if is_dash(c) => typed.dashes.push(typed.digits.len()),
                    _ => {}
                }
            }
            // What is dialled before a country code says no more than `+`.
            while typed.digits.starts_with("00") && typed.digits.bytes().any(|digit| digit != b'0') {
                typed.abroad = true;
                typed.cut(0, 2);
            }
        }
        Ok(typed)
    }

    fn zero_in_brackets(&mut self) {
        self.abroad |= (1..=3).contains(&self.digits.len()) && !self.digits.starts_with('0');
        if !self.abroad || ZERO_STAYS.contains(&self.digits.as_str()) {
            self.digits.push('0');
        }
    }

    /// Takes digits away.
    fn cut(&mut self, at: usize, count: usize) {
        self.digits.drain(at..at + count);
        for dash in self.dashes.iter_mut().filter(|dash| **dash > at) {
            *dash = dash.saturating_sub(count).max(at);
        }
    }

    fn normalise(&mut self) -> Result<(), Problem> {
        if self.abroad {
            while let Some(at) = country_with_zero(&self.digits) {
                self.cut(at, 1);
            }
        } else if !self.begins_with_china() {
            return self.at_home();
        }
        if !self.digits.starts_with("86") {
            return Ok(());
        }
        self.cut(0, 2);
        self.abroad = false;
        // The 0 that is dialled in China, though its country code stands there.
        if self.digits.strip_prefix('0').is_some_and(has_area) {
            self.cut(0, 1);
        }
        if is_mobile(&self.digits) {
            return self.mobile();
        }
        let service = self.digits.len() == 10
            && self.digits.starts_with(['4', '8'])
            && self.digits[1..].starts_with("00");
        if service {
            return Ok(());
        }
        if self.digits.len() >= 10 && has_area(&self.digits) {
            self.digits.insert(0, '0');
            self.dashes.iter_mut().for_each(|dash| *dash += 1);
            return self.part_extension();
        }
        // Nothing that is known: as it was typed.
        self.digits.insert_str(0, "86");
        self.abroad = true;
        Ok(())
    }

    /// Whether these digits begin with the country code of China, though no `+` says so: as one of its numbers would,
    /// and no other.
    fn begins_with_china(&self) -> bool {
        let Some(rest) = self.digits.strip_prefix("86") else { return false };
        let stands_apart = self.dashes.first() == Some(&2);
        if is_mobile(rest) {
            // A number of seven or eight digits may be followed by an extension.
            let has_extension = matches!(self.dashes[..], [7 | 8]);
            return stands_apart || ((MOBILE..=MOBILE + 3).contains(&self.digits.len()) && !has_extension);
        }
        let area = rest.strip_prefix('0').unwrap_or(rest);
        // Seven or eight digits and an extension: a town's number that begins with 86.
        let whole = matches!(2 + area.len(), 12 | 13) && !matches!(self.dashes[..], [7 | 8]);
        has_area(area) && (whole || (stands_apart && area.len() >= 10))
    }

    /// As it is dialled in China, or wherever the visitor comes from.
    fn at_home(&mut self) -> Result<(), Problem> {
        if is_mobile(&self.digits) {
            return self.mobile();
        }
        // Three-digit numbers that start with 1 are services, which nobody leaves at a reception.
        if self.digits.starts_with('1') && self.digits.len() < MOBILE {
            return Err(short(MOBILE - self.digits.len()));
        }
        self.part_extension()
    }

    fn mobile(&mut self) -> Result<(), Problem> {
        let count = self.digits.len();
        if count < MOBILE {
            return Err(short(MOBILE - count));
        }
        // What stands behind a dash is an extension where it can be no slip of the finger.
        if count > MOBILE && !(count >= MOBILE + 3 && self.dashes.contains(&MOBILE) && self.part(MOBILE)) {
            return Err(too_long(count - MOBILE));
        }
        Ok(())
    }

    /// Parts what follows a dash behind a whole number: `0571-88886666-8302`. As long as a whole one it is another.
    fn part_extension(&mut self) -> Result<(), Problem> {
        let area = match self.digits.as_bytes() {
            [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
            [b'0', b'3'..=b'9', ..] => 4,
            [b'2'..=b'9', ..] => 0,
            _ => return Ok(()),
        };
        let whole = [area + 8, area + 7].into_iter().find(|whole| self.dashes.contains(whole));
        if let Some(whole) = whole.filter(|_| self.digits.len() > area + 8) {
            if self.digits.len() - whole >= WHOLE {
                return Err(Problem::PhoneNotANumber);
            }
            self.part(whole);
        }
        Ok(())
    }

    fn part(&mut self, at: usize) -> bool {
        let fits = self.extension.is_empty() && (1..=LONGEST_EXTENSION).contains(&(self.digits.len() - at));
        if fits {
            self.extension = self.digits.split_off(at);
        }
        fits
    }

    fn written(self) -> Phone {
        let plus = if self.abroad { "+" } else { "" };
        let mark = if self.extension.is_empty() { "" } else { "#" };
        Phone(format!("{plus}{}{mark}{}", self.digits, self.extension))
    }
}

/// Where the 0 stands that nobody dials behind this country code.
fn country_with_zero(digits: &str) -> Option<usize> {
    let zero = |country: &&&str| digits.strip_prefix(**country).is_some_and(|rest| rest.starts_with('0'));
    ZERO_GOES.iter().find(zero).map(|country| country.len())
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '–' | '—' | '―' | '−')
}

/// The number, and the digits of its extension. Both in small letters.
fn without_extension(text: &str) -> Result<(&str, String), Problem> {
    let is_number =
        |c: char| c.is_ascii_digit() || is_dash(c) || matches!(c, '+' | ' ' | '.' | '(' | ')' | '/');
    let Some(at) = text.find(|c| !is_number(c)) else { return Ok((text, String::new())) };
    let (number, rest) = text.split_at(at);
    let rest = rest.trim_start_matches([',', ';', ' ']);
    let extension = EXTENSIONS.iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or_default();
    let extension: String = extension.trim_start_matches(['.', ':', '=', ' ', '-']).replace([' ', '-'], "");
    let is_one =
        (1..=LONGEST_EXTENSION).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_digit());
    if is_one { Ok((number, extension)) } else { Err(Problem::PhoneNotANumber) }
}

/// Whether this is meant as a Chinese mobile number: these begin with 13 to 19, and nothing else in China does.
fn is_mobile(national: &str) -> bool {
    matches!(national.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// Whether this begins with an area code of China, without its 0: 10, 2x, 3xx to 9xx.
fn has_area(national: &str) -> bool {
    matches!(national.as_bytes(), [b'1', b'0', ..] | [b'2'..=b'9', ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<String, Problem> {
        Phone::parse(text).map(String::from)
    }

    #[test]
    fn one_number_has_one_form_however_it_is_typed() {
        for (form, typed) in [
            (
                "13800138000",
                &[
                    "13800138000",
                    "138 0013-8000",
                    "１３８００１３８０００",
                    "138.0013.8000",
                    "8613800138000",
                    "86 138 0013 8000",
                    "86-13800138000",
                    "86138-0013-8000",
                    "+86 138-0013-8000",
                    "+86（138）0013-8000",
                    "+86 (0)138 0013 8000",
                    "0086 138 0013 8000",
                    "0086-13800138000",
                    "(+86) 138 0013 8000",
                    "＋８６１３８００１３８０００",
                    "138\u{200B}00138000",
                ][..],
            ),
            (
                "057188886666",
                &[
                    "0571-88886666",
                    "0571-8888-6666",
                    "(0571) 88886666",
                    "+86 571 8888 6666",
                    "+86 (0)571 8888 6666",
                    "+86 0571 88886666",
                    "0086 571 8888 6666",
                    "86 571 88886666",
                    "8657188886666",
                    "86-571-8888-6666",
                    "86-0571-88886666",
                    "(86)0571-88886666",
                    "86 571-88886666",
                    "86571-88886666",
                ],
            ),
            (
                "01088886666",
                &[
                    "010-88886666",
                    "+86 10 8888 6666",
                    "86 10 8888 6666",
                    "008601088886666",
                    "86 010 88886666",
                    "8610-88886666",
                ],
            ),
            ("02161234567", &["021 6123 4567", "+86-21-6123-4567", "0086 21 61234567"]),
            ("4008208820", &["400-820-8820", "+86 400 820 8820", "0086 4008208820"]),
            (
                "+442079460958",
                &[
                    "+44 20 7946 0958",
                    "+44 (0)20 7946 0958",
                    "+44 020 7946 0958",
                    "0044 20 7946 0958",
                    "0044 (0)20 7946 0958",
                    "44 (0)20 7946 0958",
                ],
            ),
            ("+12125550100", &["+1 (212) 555-0100", "+1.212.555.0100", "001 212 555 0100"]),
            ("+390612345678", &["+39 06 1234 5678", "+39 (0)6 1234 5678", "0039 06 12345678"]),
            ("+491512345678", &["+49 (0)151 2345678", "+49 151 2345678", "0049 1512345678"]),
            ("+85261234567", &["+852 6123 4567", "00852-6123-4567"]),
            (
                "057188886666#8302",
                &[
                    "0571-88886666-8302",
                    "0571-8888-6666-8302",
                    "0571-88886666转8302",
                    "0571 88886666 转 8302",
                    "+86 571 8888 6666 ext. 8302",
                    "+86-571-88886666-8302",
                    "0571-88886666 分机：8302",
                    "057188886666x8302",
                    "057188886666;ext=8302",
                    "057188886666#8302",
                ],
            ),
            ("88886666#12", &["8888-6666-12", "88886666#12", "88886666-12", "88886666 Ext 12"]),
            ("13800138000#1234", &["13800138000-1234", "13800138000转1234", "+86 138-0013-8000 x1234"]),
            ("+442079460958#12", &["+44 20 7946 0958 ext 12", "0044 (0)20 7946 0958 Extension: 12"]),
        ] {
            for typed in typed {
                assert_eq!(parse(typed), Ok(form.to_owned()), "{typed}");
                assert_eq!(Phone::taken(typed).map(String::from), Ok(form.to_owned()), "{typed}");
            }
        }
    }

    #[test]
    fn neighbours_stay_as_they_are() {
        for (typed, kept) in [
            // Nobody's in China, or nobody knows whose.
            ("+86 12345678901", "+8612345678901"),
            ("+86 95588", "+8695588"),
            ("+1 380 013 8000", "+13800138000"),
            ("+852 6123 4567", "+85261234567"),
            ("+886 912 345 678", "+886912345678"),
            ("12345678901", "12345678901"),
            ("12125550100", "12125550100"),
            // London's, dialled there, or Guangzhou's.
            ("020 7946 0958", "02079460958"),
            // A German mobile number, dialled there.
            ("0151 23456789", "015123456789"),
            ("013800138000", "013800138000"),
            ("01 23 45 67 89", "0123456789"),
            ("090-1234-5678", "09012345678"),
            ("212-555-0100", "2125550100"),
            // Numbers of Chinese towns that begin with 86.
            ("86138001", "86138001"),
            ("8613800", "8613800"),
            ("86108888-6666", "86108888#6666"),
            ("86138001-38000", "86138001#38000"),
            ("88886666", "88886666"),
            ("61234567", "61234567"),
            ("030/12345678", "03012345678"),
            ("95588", "95588"),
            // Whose extension this is, if it is one, nobody knows.
            ("0571888866668302", "0571888866668302"),
        ] {
            assert_eq!(parse(typed), Ok(kept.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_how_many_digits() {
        use Problem::{PhoneMissing, PhoneNotANumber, PhoneShort, PhoneTooLong};
        for (typed, problem) in [
            ("1380013800", PhoneShort(1)),
            ("1380013", PhoneShort(4)),
            ("138", PhoneShort(8)),
            ("138001380001", PhoneTooLong(1)),
            ("138-0013-80001", PhoneTooLong(1)),
            ("13800138000-1", PhoneTooLong(1)),
            ("1380013800012", PhoneTooLong(2)),
            ("861380013800", PhoneShort(1)),
            ("86138001380001", PhoneTooLong(1)),
            ("+86 138 0013", PhoneShort(4)),
            ("+86 138 0013 8000 12", PhoneTooLong(2)),
            ("0086 138 0013", PhoneShort(4)),
            ("0086 138001380001", PhoneTooLong(1)),
            ("13800138000/13900139000", PhoneNotANumber),
            ("010-62518888/89", PhoneNotANumber),
            ("010-62518888-62519999", PhoneNotANumber),
            ("86139001390", PhoneShort(2)),
            ("0571 88886666 / 7", PhoneNotANumber),
            ("88886666/88887777", PhoneNotANumber),
            ("13800138000 13900139000", PhoneTooLong(11)),
            ("8302", PhoneShort(1)),
            ("123456789012345678901", PhoneTooLong(1)),
            ("call me", PhoneNotANumber),
            ("x", PhoneNotANumber),
            ("88886666x", PhoneNotANumber),
            ("88886666 x123456789", PhoneNotANumber),
            ("1.38E+10", PhoneNotANumber),
            ("138+00138000", PhoneNotANumber),
            ("", PhoneMissing),
            ("+", PhoneMissing),
            (" - ", PhoneMissing),
        ] {
            assert_eq!(parse(typed), Err(problem), "{typed}");
        }
        assert_eq!(Phone::maybe(" "), Ok(None));
    }

    #[test]
    fn the_same_number_is_the_same_whether_its_extension_is_marked_or_not() {
        let phone = |text: &str| Phone::parse(text).unwrap();
        assert_eq!(phone("0571-88886666-8302"), phone("0571888866668302"));
        assert_ne!(phone("0571-88886666-8302"), phone("0571-88886666"));
        assert_ne!(phone("+442079460958"), phone("02079460958"));
        let extended = phone("0571-88886666-8302");
        assert_eq!((extended.last_four(), extended.masked().as_str()), ("6666", "***6666"));
        assert!(["6666", "8302"].iter().all(|four| extended.ends_in(four)));
        assert!(["8888", "8300"].iter().all(|four| !extended.ends_in(four)));
        assert!(phone("13800138000").ends_in("8000"));
    }

    #[test]
    fn what_an_earlier_version_took_is_still_read() {
        for (kept, read) in [
            ("138001380001", "138001380001"),
            ("+861380013800012", "+861380013800012"),
            ("8613800138000", "13800138000"),
            ("008657188886666", "057188886666"),
            ("+4402079460958", "+442079460958"),
            ("0571888866668302", "0571888866668302"),
            // What people type who give no number.
            ("000000", "000000"),
            ("00000000", "00000000"),
            ("+000000", "+000000"),
            ("00000", "00000"),
        ] {
            assert_eq!(Phone::try_from(kept.to_owned()).map(String::from), Ok(read.to_owned()), "{kept}");
        }
        assert_eq!(Phone::try_from("what".to_owned()), Err(Problem::PhoneNotANumber));
        for (typed, former) in [
            ("13800138000", "8613800138000"),
            ("0571-88886666", "+8657188886666"),
            ("0571-88886666", "008657188886666"),
            ("0571-88886666", "8657188886666"),
            ("+44 20 7946 0958", "00442079460958"),
            ("+44 20 7946 0958", "+4402079460958"),
            ("400 820 8820", "+864008208820"),
            ("0571-88886666-8302", "0571888866668302"),
        ] {
            assert!(Phone::parse(typed).unwrap().former().contains(&former.to_owned()), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_normal_form_is_its_own(text in "[+0-9 ()/#x-]{0,24}|\\PC{0,12}") {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(phone.last_four().len(), 4);
                let again = Phone::parse(phone.as_str()).map(String::from);
                prop_assert_eq!(again.as_deref(), Ok(phone.as_str()), "{}", text);
                prop_assert!(phone.former().contains(&phone.key()));
            }
        }
    }
}
