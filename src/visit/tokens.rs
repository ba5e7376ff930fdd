//! What identifies an invitation or a badge without saying anything about a person.
//! Owns alphabets and lengths, and what a reader of codes puts around them; never draws random bytes (they come in as an
//! argument).

use data_encoding::BASE32_NOPAD;
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The code in what a scanner sent: without the control characters and blanks around it (STX … ETX, GS, NUL, CR LF) and
/// without the symbology identifier before it, such as `]Q1` (ISO/IEC 15424: `]`, a letter, a letter or digit).
pub fn bare(sent: &str) -> &str {
    let around = |c: char| c.is_control() || c.is_whitespace();
    let mut code = sent.trim_matches(around);
    while let Some(rest) = without_identifier(code) {
        code = rest.trim_start_matches(around);
    }
    code
}

fn without_identifier(code: &str) -> Option<&str> {
    let mut rest = code.strip_prefix(']')?.chars();
    let is_one = rest.next()?.is_ascii_alphabetic() && rest.next()?.is_ascii_alphanumeric();
    is_one.then_some(rest.as_str())
}

/// What a code looks like that means nothing here: how long it is, and how many characters of each kind. It says nothing
/// of what was read, so it may stand in a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// A to Z.
    pub capitals: u32,
    /// a to z.
    pub small: u32,
    /// 0 to 9.
    pub digits: u32,
    /// Whatever else a keyboard has.
    pub signs: u32,
    /// Letters and signs beyond ASCII.
    pub others: u32,
    /// Control characters.
    pub controls: u32,
}

impl Shape {
    /// The shape of what was read.
    pub fn of(read: &str) -> Self {
        let mut shape = Self::default();
        for c in read.chars() {
            let kind = match c {
                'A'..='Z' => &mut shape.capitals,
                'a'..='z' => &mut shape.small,
                '0'..='9' => &mut shape.digits,
                c if c.is_control() => &mut shape.controls,
                c if c.is_ascii() => &mut shape.signs,
                _ => &mut shape.others,
            };
            *kind += 1;
        }
        shape
    }

    /// How many characters there are.
    pub fn length(&self) -> u32 {
        self.capitals + self.small + self.digits + self.signs + self.others + self.controls
    }
}

/// Such as `26 characters: 21 capitals, 5 signs`.
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.capitals, "capitals"),
            (self.small, "small letters"),
            (self.digits, "digits"),
            (self.signs, "signs"),
            (self.others, "beyond ASCII"),
            (self.controls, "control characters"),
        ];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds.map(|(count, kind)| format!("{count} {kind}")).collect();
        write!(f, "{} characters: {}", self.length(), kinds.join(", "))
    }
}

/// Full-width letters and digits as the keyboard's, capitals.
fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_uppercase).collect()
}

/// An opaque random token of 128 bits: what a QR code says, in 26 characters of base32.
///
/// Upper-case base32 keeps a QR code in its alphanumeric mode (ISO/IEC 18004, table 5).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token(String);

impl Token {
    /// The characters of a token: 128 bits at 5 bits each.
    pub const LENGTH: usize = 26;

    /// The token of 16 random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(BASE32_NOPAD.encode(&bytes))
    }

    /// The token in what a scanner read. What stands around it ([`bare`]), lower case and full-width letters are forgiven.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(bare(text));
        let bytes = BASE32_NOPAD.decode(text.as_bytes()).ok()?;
        (bytes.len() == 16).then_some(Self(text))
    }

    /// The 26 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Token {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a token: 26 characters of base32 are expected")
    }
}

impl From<Token> for String {
    fn from(token: Token) -> String {
        token.0
    }
}

/// A token opens doors, so it is kept out of logs.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A code of six characters that a visitor can type instead of scanning.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InviteCode(String);

impl InviteCode {
    /// The characters of a code.
    pub const LENGTH: usize = 6;
    /// Of each group of look-alikes (0 O Q, 1 I L, 2 Z, 5 S, 8 B, V U) one is left; typing another
    /// of its group means the same.
    pub const ALPHABET: &'static str = "0123456789ACDEFGHJKMNPRTVWXY";

    /// The code that six random bytes make. Six draws of 256 values over 28 letters are uneven by
    /// at most one part in nine, which is no help to a guesser who has five tries.
    pub fn from_bytes(bytes: [u8; 6]) -> Self {
        let letters = Self::ALPHABET.as_bytes();
        Self(bytes.iter().map(|b| char::from(letters[usize::from(*b) % letters.len()])).collect())
    }

    /// The letter of the alphabet that a typed character stands for, if any.
    pub fn letter(typed: char) -> Option<char> {
        let letter = match typed.nfkc().next().unwrap_or(typed).to_ascii_uppercase() {
            'O' | 'Q' => '0',
            'I' | 'L' => '1',
            'Z' => '2',
            'S' => '5',
            'B' => '8',
            'U' => 'V',
            other => other,
        };
        Self::ALPHABET.contains(letter).then_some(letter)
    }

    /// A code out of what was typed; blanks and dashes are passed over.
    ///
    /// # Errors
    /// [`super::Problem::CodeShort`] or [`super::Problem::CodeWrong`].
    pub fn parse(text: &str) -> Result<Self, super::Problem> {
        let mut code = String::new();
        for c in bare(text).nfkc().filter(|c| !c.is_whitespace() && *c != '-') {
            code.push(Self::letter(c).ok_or(super::Problem::CodeWrong)?);
        }
        match code.len() {
            n if n < Self::LENGTH => Err(super::Problem::CodeShort((Self::LENGTH - n) as u8)),
            Self::LENGTH => Ok(Self(code)),
            _ => Err(super::Problem::CodeWrong),
        }
    }

    /// The six characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for InviteCode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not an invitation code: 6 letters or digits are expected")
    }
}

impl From<InviteCode> for String {
    fn from(code: InviteCode) -> String {
        code.0
    }
}

/// A code opens doors, so it is kept out of logs.
impl fmt::Debug for InviteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InviteCode(…)")
    }
}

/// The number on a badge that people say to each other: `A001` to `Z999`, then from the start.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BadgeNumber(u16);

impl BadgeNumber {
    /// How many badge numbers there are.
    pub const COUNT: u16 = 26 * 999;
    /// The first of them, `A001`.
    pub const FIRST: BadgeNumber = BadgeNumber(0);

    /// The number after this one; after `Z999` comes `A001`.
    pub fn next(self) -> Self {
        Self((self.0 + 1) % Self::COUNT)
    }

    /// The badge number in what was typed: a letter and three digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(bare(text));
        let (letter, digits) = text.split_at_checked(1)?;
        let letter = letter.bytes().next().filter(u8::is_ascii_uppercase)?;
        if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let n: u16 = digits.parse().ok().filter(|n| *n > 0)?;
        Some(Self(u16::from(letter - b'A') * 999 + n - 1))
    }
}

impl fmt::Display for BadgeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", char::from(b'A' + (self.0 / 999) as u8), self.0 % 999 + 1)
    }
}

impl fmt::Debug for BadgeNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<String> for BadgeNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a badge number: a letter and three digits are expected")
    }
}

impl From<BadgeNumber> for String {
    fn from(number: BadgeNumber) -> String {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::Problem;

    #[test]
    fn a_token_is_read_back_as_it_was_made() {
        let token = Token::from_bytes(*b"0123456789abcdef");
        assert_eq!(token.as_str().len(), Token::LENGTH);
        assert_eq!(Token::parse(&format!(" {}\r\n", token.as_str().to_lowercase())), Some(token));
        for garbage in ["", "A", "https://example.com/", "AAAAAAAAAAAAAAAAAAAAAAAAA1", &"A".repeat(10_000)] {
            assert_eq!(Token::parse(garbage), None);
        }
    }

    #[test]
    fn whatever_a_scanner_puts_around_it_is_the_same_token() {
        let token = Token::from_bytes(*b"0123456789abcdef");
        let code = token.as_str();
        let wide: String = code.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect();
        for read in [
            code.to_owned(),
            code.to_lowercase(),
            wide.clone(),
            wide.to_lowercase(),
            format!("{code}\r\n"),
            format!("\r\n{code}\t"),
            format!("\u{2}{code}\u{3}"),
            format!("\u{2}{code}\u{3}\r"),
            format!("{code}\u{1d}"),
            format!("\u{1d}{code}"),
            format!("\0{code}\0\0"),
            format!("]Q1{code}"),
            format!("]Q3\u{1d}{code}"),
            format!("]C1{code}\n"),
            format!("]d2{code}"),
            format!("\u{2}]Q1{code}\u{3}"),
            format!("]Q1 {} \u{4}", code.to_lowercase()),
            format!("\u{3000}{code}"),
        ] {
            assert_eq!(Token::parse(&read).as_ref(), Some(&token), "{read:?}");
        }
        for strange in [
            format!("]Q{code}"),
            format!("Q1{code}"),
            format!("]]1{code}"),
            format!("{code}]Q1"),
            format!("{}\u{1d}{}", &code[..13], &code[13..]),
            format!("{code}A"),
            format!("{}é", &code[..25]),
            format!("{}…", code),
            "]Q1".to_owned(),
            "\u{2}\u{3}".to_owned(),
        ] {
            assert_eq!(Token::parse(&strange), None, "{strange:?}");
        }
    }

    #[test]
    fn a_shape_says_nothing_of_what_was_read() {
        for (read, shape) in [
            ("", "0 characters: "),
            ("ABC234", "6 characters: 3 capitals, 3 digits"),
            (
                "\u{2}ab-éü\u{3}",
                "7 characters: 2 small letters, 1 signs, 2 beyond ASCII, 2 control characters",
            ),
        ] {
            assert_eq!(Shape::of(read).to_string(), shape);
        }
        assert_eq!(Shape::of(&"x".repeat(700)).length(), 700);
    }

    #[test]
    fn full_width_letters_and_digits_are_letters_and_digits() {
        assert_eq!(InviteCode::parse("Ａ７Ｋ３Ｍ９"), InviteCode::parse("A7K3M9"));
        assert_eq!(InviteCode::parse("ａ７ｋ　３ｍ９"), InviteCode::parse("A7K3M9"));
        assert_eq!(InviteCode::letter('Ｏ'), Some('0'));
        assert_eq!(InviteCode::letter('㍿'), None);
        assert_eq!(BadgeNumber::parse("ａ０１７"), BadgeNumber::parse("A017"));
    }

    #[test]
    fn look_alikes_mean_the_same() {
        assert_eq!(InviteCode::parse("o1i zsb").map(String::from), Ok("011258".to_owned()));
        assert_eq!(InviteCode::parse("ABC"), Err(Problem::CodeShort(3)));
        assert_eq!(InviteCode::parse("ABC?DE"), Err(Problem::CodeWrong));
        assert_eq!(InviteCode::parse("ACDEFGH"), Err(Problem::CodeWrong));
        assert!(InviteCode::parse(InviteCode::from_bytes([255, 0, 27, 28, 100, 9]).as_str()).is_ok());
    }

    #[test]
    fn badge_numbers_go_round() {
        assert_eq!(BadgeNumber::FIRST.to_string(), "A001");
        let mut number = BadgeNumber::FIRST;
        for _ in 0..999 {
            assert_eq!(BadgeNumber::parse(&number.to_string()), Some(number));
            number = number.next();
        }
        assert_eq!(number.to_string(), "B001");
        assert_eq!(BadgeNumber::parse("z999").map(|n| n.next().to_string()), Some("A001".to_owned()));
        for wrong in ["", "A", "A000", "A1", "17", "A0170", "é017"] {
            assert_eq!(BadgeNumber::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn debug_output_keeps_secrets() {
        assert_eq!(format!("{:?}", Token::from_bytes([7; 16])), "Token(…)");
        assert_eq!(format!("{:?}", InviteCode::from_bytes([7; 6])), "InviteCode(…)");
    }
}
