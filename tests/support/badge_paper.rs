//! From a printer's bytes back to paper.

use frontdesk::paper::bitmap::Bitmap;

/// The paper that comes out of a printer which is sent these bytes: written from the ESC/POS manual,
/// not from the encoder. Panics at a command that no badge needs.
pub fn print(bytes: &[u8]) -> Bitmap {
    let mut paper = Bitmap { width: 0, height: 0, bytes: Vec::new() };
    let (mut rest, mut cut) = (bytes, false);
    while !rest.is_empty() {
        assert!(!cut, "something comes after the cut");
        rest = match rest {
            [0x1B, b'@', rest @ ..] => rest,
            [0x1D, b'v', b'0', 0, xl, xh, yl, yh, rest @ ..] => {
                let (row, rows) = (u16::from_le_bytes([*xl, *xh]), u16::from_le_bytes([*yl, *yh]));
                assert!(rows <= 200, "a band of {rows} rows");
                assert!(paper.width == 0 || paper.width == u32::from(row) * 8);
                let (dots, rest) = rest.split_at(usize::from(row) * usize::from(rows));
                paper.width = u32::from(row) * 8;
                paper.height += u32::from(rows);
                paper.bytes.extend_from_slice(dots);
                rest
            }
            [0x1D, b'V', 66, _, rest @ ..] => {
                cut = true;
                rest
            }
            _ => panic!("no command: {:02x?}", &rest[..rest.len().min(8)]),
        };
    }
    assert!(cut, "the badge is not cut off");
    paper
}
