//! Every byte that a printer can say, and what it is taken for.

use super::*;
use proptest::prelude::*;

/// What one byte alone is heard as.
fn alone(byte: u8) -> Heard {
    let mut heard = Heard::default();
    heard.take(&[byte]);
    heard
}

#[test]
fn each_of_the_256_bytes_is_one_thing_only() {
    for byte in 0..=255u8 {
        let heard = alone(byte);
        let is_reply = byte & 0x93 == 0x12;
        let begins_report = byte & 0x93 == 0x10;
        let begins_mark = byte == 0x37;
        let is_paper = byte & 0x90 == 0;
        assert_eq!(heard.reply, is_reply.then_some(byte), "{byte:#04x}");
        assert_eq!(heard.partial.is_empty(), !(begins_report || begins_mark), "{byte:#04x}");
        assert_eq!(heard.papers, u32::from(is_paper), "{byte:#04x}");
        assert_eq!(heard.status, Status::default(), "{byte:#04x}");
        assert_eq!(heard.process, None, "{byte:#04x}");
        let kinds = [is_reply, begins_report, begins_mark, is_paper];
        assert!(kinds.iter().filter(|kind| **kind).count() <= 1, "{byte:#04x}");
    }
}

#[test]
fn every_answer_to_every_question() {
    for answer in 0..=255u8 {
        let bit = |n: u8| answer >> n & 1 == 1;
        let noted = |question| {
            let mut status = Status::default();
            status.note(question, answer);
            status
        };
        let fine = Status::default();
        assert_eq!(noted(1), Status { offline: bit(3), ..fine });
        assert_eq!(noted(2), Status { cover_open: bit(2), paper_out: bit(5), error: bit(6), ..fine });
        assert_eq!(noted(3), Status { error: bit(3) || bit(5), ..fine });
        assert_eq!(noted(4), Status { paper_low: bit(2) || bit(3), paper_out: bit(5) || bit(6), ..fine });
        assert_eq!(noted(0), fine);
    }
}

#[test]
fn every_byte_of_an_automatic_report() {
    for byte in 0..=255u8 {
        let bit = |n: u8| byte >> n & 1 == 1;
        let fine = Status::default();
        let first = Status { offline: bit(3), cover_open: bit(5), ..fine };
        assert_eq!(Status::of_report([byte, 0, 0, 0]), first);
        assert_eq!(
            Status::of_report([0x10, byte, 0, 0]),
            Status { error: bit(3) || bit(5) || bit(6), ..fine }
        );
        let paper = Status { paper_low: bit(0) || bit(1), paper_out: bit(2) || bit(3), ..fine };
        assert_eq!(Status::of_report([0x10, 0, byte, 0]), paper);
        assert_eq!(Status::of_report([0x10, 0, 0, byte]), fine);
    }
}

#[test]
fn the_cause_is_told_and_not_its_effects() {
    let all = Status { paper_low: true, paper_out: true, cover_open: true, offline: true, error: true };
    assert_eq!(all.trouble(), Some(Trouble::CoverOpen));
    assert_eq!(Status { cover_open: false, ..all }.trouble(), Some(Trouble::PaperOut));
    assert_eq!(
        Status { error: true, offline: true, ..Status::default() }.trouble(),
        Some(Trouble::PrinterError)
    );
    assert_eq!(Status { offline: true, ..Status::default() }.trouble(), Some(Trouble::Offline));
    assert_eq!(Status { paper_low: true, ..Status::default() }.trouble(), None);
}

#[test]
fn a_report_between_answers_is_no_confirmation() {
    let mut heard = Heard::default();
    heard.take(&[0x12, 0x18, 0x00, 0x0F, 0x00, 0x16]);
    assert_eq!(heard.papers, 0);
    assert_eq!(heard.status.trouble(), Some(Trouble::PaperOut));
    assert_eq!(heard.reply, Some(0x16));
    heard.take(&[0x0F]);
    assert_eq!(heard.papers, 1);
}

#[test]
fn what_comes_in_between_a_report_does_not_end_it() {
    let mut heard = Heard::default();
    heard.take(&[0x18, 0x00, 0x16, 0x11, 0x0F, 0x13, 0x00]);
    assert_eq!((heard.papers, heard.reply), (0, Some(0x16)), "its last bytes are no answer to GS r");
    assert_eq!(heard.status.trouble(), Some(Trouble::PaperOut));
}

#[test]
fn a_mark_is_heard_whole_or_not_at_all() {
    let mut heard = Heard::default();
    heard.take(b"\x37\x22AB");
    assert_eq!(heard.process, None);
    heard.take(b"CD\x00");
    assert_eq!(heard.process, Some(*b"ABCD"));
    let mut broken = Heard::default();
    broken.take(b"\x37\x22AB\x12\x37\x22WXYZ\x00");
    assert_eq!((broken.process, broken.reply), (Some(*b"WXYZ"), Some(0x12)));
}

proptest! {
    #[test]
    fn the_pieces_that_bytes_come_in_do_not_matter(bytes in proptest::collection::vec(any::<u8>(), 0..64), cut in 0usize..64) {
        let cut = cut.min(bytes.len());
        let (mut whole, mut pieces) = (Heard::default(), Heard::default());
        whole.take(&bytes);
        pieces.take(&bytes[..cut]);
        pieces.take(&bytes[cut..]);
        prop_assert_eq!(whole.status, pieces.status);
        prop_assert_eq!(whole.process, pieces.process);
        prop_assert_eq!((whole.reply, whole.papers), (pieces.reply, pieces.papers));
        prop_assert!(whole.partial.len() < 7);
    }
}
