//! How a printer confirms that a badge is printed. Owns the two commands for it and what counts as their
//! answer; never waits for one.

use crate::back::printer::status::Heard;

/// `GS r 1`: how is the paper? Answered in its turn, after everything before it.
pub(super) const PAPER: [u8; 3] = [0x1D, b'r', 1];

/// How a printer confirms that a badge is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Not known yet; tried so many times more.
    Untold(u8),
    /// With the mark of `GS ( H`, function 48.
    Process,
    /// With the answer to `GS r 1`. Answers look all the same, so none may be owed from before.
    Paper,
    /// Not at all.
    None,
}

impl Proof {
    /// What to send behind the cut.
    pub fn question(self, mark: [u8; 4]) -> Option<Vec<u8>> {
        match self {
            Proof::Process => Some(process(mark).to_vec()),
            Proof::Paper => Some(PAPER.to_vec()),
            Proof::Untold(_) | Proof::None => None,
        }
    }

    /// Whether the answer to it was heard.
    pub fn is_given(self, heard: &Heard, mark: [u8; 4]) -> bool {
        match self {
            Proof::Process => heard.process == Some(mark),
            Proof::Paper => heard.papers > 0,
            Proof::Untold(_) | Proof::None => false,
        }
    }
}

/// `GS ( H`, function 48: say this mark when everything before it is printed.
pub(super) fn process(mark: [u8; 4]) -> [u8; 11] {
    let [a, b, c, d] = mark;
    [0x1D, b'(', b'H', 6, 0, 48, 48, a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_answer_is_a_proof() {
        let mut heard = Heard::default();
        heard.take(b"\x37\x22abcd\x00");
        assert!(Proof::Process.is_given(&heard, *b"abcd"));
        assert!(!Proof::Process.is_given(&heard, *b"abce"));
        assert!(!Proof::Paper.is_given(&heard, *b"abcd"));
        heard.take(&[0x00]);
        assert!(Proof::Paper.is_given(&heard, *b"abcd"));
        for proof in [Proof::Untold(1), Proof::None] {
            assert!(!proof.is_given(&heard, *b"abcd") && proof.question(*b"abcd").is_none());
        }
    }
}
