//! What comes out of the printer can be read: the bytes of a job are made into paper again, and
//! zbar reads the code from it. python-escpos must make the same bytes of the same dots.

use crate::badge_paper::print;
use crate::badges::usual;
use frontdesk::errand::Badge;
use frontdesk::paper::badge::Press;
use frontdesk::paper::bitmap::Bitmap;
use frontdesk::paper::escpos::encode;
use frontdesk::visit::Token;
use frontdesk::words::Lang;
use image::{GrayImage, ImageBuffer, Luma};
use std::path::Path;
use std::process::Command;

fn printed(width: u32, badge: &Badge) -> Bitmap {
    let paper = Press::built_in(width).unwrap().lay_out(badge).unwrap();
    print(&encode(&paper).unwrap().bytes)
}

fn picture(paper: &Bitmap) -> GrayImage {
    ImageBuffer::from_raw(paper.width, paper.height, paper.gray()).unwrap()
}

/// What zbar reads in a picture.
fn scan(picture: &GrayImage) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("paper.png");
    picture.save(&file).unwrap();
    let out = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"])
        .arg(&file)
        .output()
        .expect("zbarimg, of Debian's zbar-tools");
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

/// The picture as a camera sees it that is held askew, on a grey table.
fn turned(picture: &GrayImage, degrees: f32) -> GrayImage {
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    let (sin, cos) = degrees.to_radians().sin_cos();
    let side = width.hypot(height).ceil();
    ImageBuffer::from_fn(side as u32, side as u32, |x, y| {
        let (x, y) = (x as f32 - side / 2.0, y as f32 - side / 2.0);
        let (x, y) = (x * cos + y * sin + width / 2.0, y * cos - x * sin + height / 2.0);
        let inside = x >= 0.0 && y >= 0.0 && x < width && y < height;
        if inside { *picture.get_pixel(x as u32, y as u32) } else { Luma([200]) }
    })
}

#[test]
fn the_code_is_read_from_the_printed_bytes() {
    for width in [384, 512, 576, 640] {
        let paper = printed(width, &usual());
        let clean = picture(&paper);
        let token = usual().token;
        assert_eq!(scan(&clean), token.as_str(), "{width}, clean");
        assert_eq!(scan(&image::imageops::blur(&clean, 1.5)), token.as_str(), "{width}, blurred");
        for degrees in [7.0, -23.0, 180.0] {
            let seen = image::imageops::blur(&turned(&clean, degrees), 1.0);
            assert_eq!(scan(&seen), token.as_str(), "{width}, blurred, turned by {degrees}");
        }
    }
}

#[test]
fn many_tokens_are_read() {
    for n in 0..24u8 {
        let token = Token::from_bytes(std::array::from_fn(|i| n.wrapping_mul(41).wrapping_add(i as u8 * 17)));
        let badge = Badge { token: token.clone(), ..usual() };
        assert_eq!(scan(&picture(&printed(384, &badge))), token.as_str());
    }
}

#[test]
fn python_escpos_makes_the_same_bytes() {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.venv/bin/python");
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/badge_oracle.py");
    let dir = tempfile::tempdir().unwrap();
    for (width, lang) in [(384, Lang::EN), (512, Lang::ZH), (576, Lang::ZH), (640, Lang::EN)] {
        let paper = Press::built_in(width).unwrap().lay_out(&Badge { lang, ..usual() }).unwrap();
        let job = encode(&paper).unwrap();
        let file = dir.path().join("paper.png");
        std::fs::write(&file, print(&job.bytes).png()).unwrap();
        let out =
            Command::new(&python).arg(&oracle).arg(&file).output().expect("python-escpos in tests/.venv");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        // Between the reset and the cut, headers of bands and all.
        assert!(job.bytes[2..job.bytes.len() - 4] == out.stdout, "{width}: python-escpos encodes otherwise");
    }
}

#[test]
fn a_nudged_dot_is_never_one_of_the_code() {
    // A name of thin letters, at every width and in every place: the dots that the encoder moves to
    // break up real-time commands are outside of the code.
    for width in [384, 512, 576, 640] {
        let press = Press::built_in(width).unwrap();
        for name in ["Lillian Illini", "川上 三郎", "王", "Li Li"] {
            let badge =
                Badge { name: name.into(), company: "ill. Illinois Ltd.".into(), lang: Lang::EN, ..usual() };
            let before = press.lay_out(&badge).unwrap();
            let after = print(&encode(&before).unwrap().bytes);
            let commands = |bytes: &[u8]| {
                bytes.windows(2).filter(|p| p[0] == 0x10 && [4, 5, 0x14].contains(&p[1])).count()
            };
            assert_eq!(commands(&after.bytes), 0);
            let moved = (0..after.height).flat_map(|y| (0..after.width).map(move |x| (x, y)));
            for (x, y) in moved.filter(|(x, y)| before.is_black(*x, *y) != after.is_black(*x, *y)) {
                assert!(x < width * 308 / 576 || y < width * 424 / 576 || y > width * 692 / 576, "{x}, {y}");
            }
        }
    }
}
