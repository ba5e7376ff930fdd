//! PINs of receptionists: what one must be, how it is kept, how long one waits after wrong ones. Owns the
//! hashing; keeps nothing but the pepper's file, and draws no random bytes.

use crate::files::{Owner, named, new_whole};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

/// The memory of argon2id in KiB, its passes and its lanes (OWASP's password storage cheat sheet).
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// The shortest and the longest PIN, in digits.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;
/// So many wrong ones in a row are everybody's slips.
const FREE_MISSES: u32 = 2;
/// The first pause; each further wrong PIN doubles it.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause: a guesser of six digits gets two tries an hour.
const LONGEST_PAUSE: Duration = Duration::from_secs(30 * 60);

/// The bytes of a pepper: 64 hexadecimal digits.
const LENGTH: usize = 32;

/// A PIN, as it was typed.
pub struct Pin(String);

/// Why digits are no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPin {
    /// Too few, too many, or not digits.
    #[error("a PIN has {} to {} digits", DIGITS.start(), DIGITS.end())]
    Digits,
    /// Anybody would try it first.
    #[error("this PIN is too easy to guess: no digit over and over, no row of digits")]
    Easy,
}

impl Pin {
    /// A PIN that may be set.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(typed: &str) -> Result<Self, NoPin> {
        let typed = typed.trim();
        if !DIGITS.contains(&typed.len()) || !typed.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NoPin::Digits);
        }
        let steps: Vec<i16> =
            typed.as_bytes().windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
        let easy = [-1, 0, 1].iter().any(|step| steps.iter().all(|other| other == step));
        if easy { Err(NoPin::Easy) } else { Ok(Self(typed.to_owned())) }
    }

    /// Whatever somebody types where a PIN is asked for.
    pub fn tried(typed: &str) -> Self {
        Self(typed.chars().take(64).collect())
    }

    /// What the book keeps of it.
    ///
    /// # Errors
    /// Never for these costs and this salt; argon2 says why.
    pub fn hash(&self, pepper: &Pepper, salt: [u8; 16]) -> Result<String, argon2::password_hash::Error> {
        Ok(argon2().hash_password_with_salt(&pepper.mix(self), &salt)?.to_string())
    }

    /// Whether it is the one of which the book keeps this.
    pub fn is(&self, kept: &str, pepper: &Pepper) -> bool {
        PasswordHash::new(kept).is_ok_and(|kept| argon2().verify_password(&pepper.mix(self), &kept).is_ok())
    }
}

/// A PIN stands in no log.
impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

fn argon2() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let cost = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, cost)
}

/// How long nobody may try after so many wrong PINs in a row.
pub fn pause(misses: u32) -> Duration {
    match misses.checked_sub(FREE_MISSES + 1) {
        None => Duration::ZERO,
        Some(over) => FIRST_PAUSE.saturating_mul(1 << over.min(16)).min(LONGEST_PAUSE),
    }
}

/// A secret that is not in the book: with the book alone nobody can try PINs.
pub struct Pepper(Vec<u8>);

/// Why a file gives no pepper.
#[derive(Debug, thiserror::Error)]
pub enum NoPepper {
    /// It is not there.
    #[error("it is not there")]
    Missing,
    /// Nothing stands in it: a disk was full, or the power failed, while an earlier program wrote it.
    #[error("it is empty")]
    Empty,
    /// Something else stands in it.
    #[error("it holds no pepper of 64 hexadecimal digits")]
    Other,
    /// It cannot be read.
    #[error("{0}")]
    Unread(io::Error),
}

impl Pepper {
    /// The pepper of this file.
    ///
    /// # Errors
    /// [`NoPepper`].
    pub fn read(file: &Path) -> Result<Self, NoPepper> {
        let text = match named::read(file, named::WRITTEN_BY_HAND) {
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Err(NoPepper::Missing),
            read => read.map_err(NoPepper::Unread)?,
        };
        let digits = text.trim_ascii();
        if digits.is_empty() {
            return Err(NoPepper::Empty);
        }
        let bytes = HEXLOWER.decode(digits).ok().filter(|bytes| bytes.len() == LENGTH);
        bytes.map(Self).ok_or(NoPepper::Other)
    }

    /// Writes a new pepper, whole or not at all, that only its owner can read; the file must not be there.
    ///
    /// # Errors
    /// The file is there, or cannot be written.
    pub fn write(file: &Path, random: [u8; LENGTH]) -> io::Result<Self> {
        Self::write_for(Owner::beside(file)?, file, random)
    }

    /// The same, for this owner.
    ///
    /// # Errors
    /// As there.
    pub fn write_for(owner: Owner, file: &Path, random: [u8; LENGTH]) -> io::Result<Self> {
        new_whole(file, owner, format!("{}\n", HEXLOWER.encode(&random)).as_bytes())?;
        Ok(Self(random.to_vec()))
    }

    fn mix(&self, pin: &Pin) -> Vec<u8> {
        // A key of any length is one.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return Vec::new() };
        mac.update(pin.0.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

impl fmt::Debug for Pepper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pepper(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_kept_so_that_neither_the_book_nor_the_pepper_alone_tells_it() {
        let (pin, pepper) = (Pin::new("480215").unwrap(), Pepper(vec![7; 32]));
        let kept = pin.hash(&pepper, [3; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(pin.is(&kept, &pepper) && Pin::tried("480215").is(&kept, &pepper));
        assert!(!Pin::tried("480216").is(&kept, &pepper) && !Pin::tried("").is(&kept, &pepper));
        assert!(!pin.is(&kept, &Pepper(vec![8; 32])));
        assert_ne!(kept, pin.hash(&pepper, [4; 16]).unwrap());
        assert!(!pin.is("nothing", &pepper));
    }

    #[test]
    fn what_anybody_would_try_first_is_no_pin() {
        for easy in ["000000", "123456", "987654", "3456789"] {
            assert_eq!(Pin::new(easy).err(), Some(NoPin::Easy), "{easy}");
        }
        for wrong in ["", "48021", "4802151234567", "48O215", "４８０２１５"] {
            assert_eq!(Pin::new(wrong).err(), Some(NoPin::Digits), "{wrong}");
        }
        assert!(Pin::new(" 480215 ").is_ok());
    }

    #[test]
    fn pauses_grow_and_have_an_end() {
        let pauses: Vec<u64> = (0..12).map(|misses| pause(misses).as_secs()).collect();
        assert_eq!(pauses, [0, 0, 0, 30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
    }

    #[test]
    fn a_pepper_is_for_its_owner_only_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/pepper");
        assert!(matches!(Pepper::read(&file), Err(NoPepper::Missing)));
        let made = Pepper::write(&file, [9; 32]).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(Pepper::read(&file).unwrap().0, made.0);
        assert!(Pepper::write(&file, [1; 32]).is_err());
        assert_eq!(Pepper::read(&file).unwrap().0, made.0, "it is as it was");
        let left: Vec<_> = std::fs::read_dir(file.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }

    #[test]
    fn a_file_that_holds_no_pepper_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pepper");
        let digits = "0123456789abcdef".repeat(4);
        for (text, said) in [
            ("", "it is empty"),
            (" \n", "it is empty"),
            ("\r\n", "it is empty"),
            ("abc", "no pepper of 64"),
            (&digits[..62], "no pepper of 64"),
            (&digits.to_uppercase(), "no pepper of 64"),
            (&(digits.clone() + "ab"), "no pepper of 64"),
            (&digits.replace('0', "g"), "no pepper of 64"),
            ("\0\0\0\0\0\0\0\0", "no pepper of 64"),
        ] {
            std::fs::write(&file, text).unwrap();
            let problem = Pepper::read(&file).unwrap_err().to_string();
            assert!(problem.contains(said), "{text:?}: {problem}");
        }
        for right in [digits.clone(), format!("{digits}\n"), format!(" {digits}\r\n")] {
            std::fs::write(&file, right).unwrap();
            assert!(Pepper::read(&file).is_ok());
        }
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert!(matches!(Pepper::read(&file), Err(NoPepper::Unread(_))));
    }
}
