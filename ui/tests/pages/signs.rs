//! How words are set on the screen: signs that Chinese and Western text share are as wide as their neighbours want them,
//! and signs that only turn the direction of text are not seen.

use crate::support::open;
use slint::ComponentHandle;

slint::slint! {
    export component Line inherits Window {
        in property <string> words;
        in property <bool> bold;
        out property <length> wide: line.preferred-width;
        default-font-family: "Noto Sans CJK SC";
        width: 800px;
        height: 120px;
        background: white;

        line := Text {
            x: 0px;
            y: 0px;
            text: root.words;
            font-size: 50px;
            font-weight: root.bold ? 700 : 400;
        }
    }
}

/// In shares of the font size.
fn wide(line: &Line, words: &str, bold: bool) -> f32 {
    line.set_words(words.into());
    line.set_bold(bold);
    line.get_wide() / 50.0
}

#[test]
fn an_apostrophe_is_narrow_and_chinese_keeps_its_em() {
    let _kiosk = open((1080, 1920), "en");
    let line = Line::new().expect("the line opens");
    for bold in [false, true] {
        for (with, without, sign) in [
            ("O’Brien", "OBrien", 0.2..0.4),
            ("D’Angelo", "DAngelo", 0.2..0.4),
            ("The printer’s cover", "The printers cover", 0.2..0.4),
            ("“Hello”", "Hello", 0.7..1.3),
            ("Registering you…", "Registering you", 0.6..0.95),
            ("Anna · Acme", "Anna  Acme", 0.2..0.4),
            ("Anne‐Marie", "AnneMarie", 0.3..0.5),
            ("买买提·吐尔逊", "买买提吐尔逊", 0.99..1.01),
            ("请选“我有预约”", "请选我有预约", 1.99..2.01),
            ("等一等……", "等一等", 1.99..2.01),
            ("“云栖”", "云栖", 1.99..2.01),
        ] {
            let apart = wide(&line, with, bold) - wide(&line, without, bold);
            assert!(sign.contains(&apart), "{with}, bold {bold}: {apart} em");
        }
    }
}

#[test]
fn signs_of_direction_are_not_seen() {
    let _kiosk = open((1080, 1920), "en");
    let line = Line::new().expect("the line opens");
    line.show().expect("the line shows");
    let look = |words: &str| {
        line.set_words(words.into());
        line.window().take_snapshot().expect("the line can be painted")
    };
    for (with, without) in [
        ("A visitor for \u{2068}王芳\u{2069} waits", "A visitor for 王芳 waits"),
        ("访客\u{2068}José\u{2069}已到", "访客José已到"),
        ("\u{2068}Anna Carter\u{2069}", "Anna Carter"),
        ("\u{2068}\u{2068}A\u{2069} · B\u{2069}", "A · B"),
    ] {
        assert_eq!(look(with).as_bytes(), look(without).as_bytes(), "{with}");
        assert_ne!(look(with).as_bytes(), look("").as_bytes(), "{with} is drawn");
    }
}
