//! The two fonts that come inside the program, so that paper and screen look the same on every machine.
//! Owns the question which characters can be shown; never looks at the machine's own fonts.

use harfrust::{Direction, Feature, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::sync::{Arc, LazyLock};

/// The family's name, for whoever must ask for it by name.
pub const FAMILY: &str = "Noto Sans CJK SC";
/// The regular weight.
pub static REGULAR: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Regular.otf");
/// The bold weight.
pub static BOLD: &[u8] = include_bytes!("../../assets/fonts/NotoSansCJKsc-Bold.otf");

/// Whether both weights can show a character.
pub fn has_glyph(c: char) -> bool {
    is_selector(c) || FACES.iter().all(|face| face.as_ref().is_some_and(|face| face.has(c)))
}

/// The first character that the fonts cannot show.
pub fn first_missing(text: &str) -> Option<char> {
    text.chars().find(|c| !has_glyph(*c))
}

/// How far each part of a text moves the pen, as a share of the font size: where it begins, in bytes, and its width. A
/// sign such as ’ is narrow between Western letters and an em wide in Chinese, so the text is measured whole. Kerning is
/// left out: a line may be broken anywhere. What cannot be shown counts as a full square.
pub(super) fn advances(text: &str, bold: bool) -> Vec<(usize, f32)> {
    match &FACES[usize::from(bold)] {
        Some(face) => face.advances(text),
        None => text.char_indices().map(|(at, _)| (at, 1.0)).collect(),
    }
}

/// How far a text moves the pen, as a share of the font size.
pub fn width(text: &str, bold: bool) -> f32 {
    advances(text, bold).iter().map(|(_, width)| width).sum()
}

/// The fonts as `usvg` looks them up, with the ids of the regular and the bold one.
pub(super) struct Shelf {
    pub fonts: Arc<Database>,
    pub regular: Option<ID>,
    pub bold: Option<ID>,
}

/// Both fonts on the shelf; parsed once for the whole program.
pub(super) fn shelf() -> &'static Shelf {
    static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
        let mut fonts = Database::new();
        let regular = fonts.load_font_source(Source::Binary(Arc::new(REGULAR))).first().copied();
        let bold = fonts.load_font_source(Source::Binary(Arc::new(BOLD))).first().copied();
        Shelf { fonts: Arc::new(fonts), regular, bold }
    });
    &SHELF
}

/// Variation selectors choose between shapes of the character before them and have none themselves.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

static FACES: LazyLock<[Option<Face>; 2]> = LazyLock::new(|| [Face::read(REGULAR), Face::read(BOLD)]);

/// What is asked of a font again and again.
struct Face {
    font: FontRef<'static>,
    characters: Charmap<'static>,
    shaping: ShaperData,
}

impl Face {
    fn read(file: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(file).ok()?;
        Some(Self { characters: font.charmap(), shaping: ShaperData::new(&font), font })
    }

    fn has(&self, c: char) -> bool {
        self.characters.map(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }

    fn advances(&self, text: &str) -> Vec<(usize, f32)> {
        let mut words = UnicodeBuffer::new();
        words.push_str(text);
        words.set_direction(Direction::LeftToRight);
        words.guess_segment_properties();
        let shaper = self.shaping.shaper(&self.font).build();
        let unkerned = [Feature::new(Tag::new(b"kern"), 0, ..)];
        let drawn = shaper.shape(words, ShapeOptions::new().features(&unkerned));
        let em = shaper.units_per_em() as f32;
        let widths = drawn.glyph_positions().iter().map(|position| position.x_advance as f32 / em);
        drawn.glyph_infos().iter().map(|glyph| glyph.cluster as usize).zip(widths).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_visitors_can_be_shown() {
        for name in [
            "欧阳修明",
            "买买提·吐尔逊",
            "José Núñez",
            "O'Brien",
            "Nguyễn Thị Hương",
            "田中 愛子",
            "Дмитрий",
            "Łukasz Dvořák",
            "Ayşe Şığ",
            "Їжак",
        ] {
            assert_eq!(first_missing(name), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_shown_is_found() {
        assert_eq!(first_missing("Ann 🙂"), Some('🙂'));
        assert_eq!(first_missing("محمد"), Some('م'));
        // The fonts have no Hangul.
        assert_eq!(first_missing("김민준"), Some('김'));
        assert_eq!(first_missing("a\nb"), Some('\n'));
    }

    #[test]
    fn widths_are_shares_of_the_font_size() {
        assert!((width("王", true) - 1.0).abs() < 0.001);
        assert!((0.2..0.4).contains(&width("i", false)));
        assert!(width("W", true) > width("W", false));
        assert_eq!(width("\u{E0100}", false), 0.0);
        assert_eq!(width("김", false), 1.0, "what cannot be shown");
    }

    /// How wide the sign is within a text.
    fn sign(text: &str, sign: char, bold: bool) -> f32 {
        let at = text.find(sign).unwrap();
        advances(text, bold).iter().filter(|(begins, _)| *begins == at).map(|(_, width)| width).sum()
    }

    #[test]
    fn signs_between_western_letters_are_narrow() {
        for (text, of) in [
            ("O’Brien", '’'),
            ("D’Angelo", '’'),
            ("’t Hooft", '’'),
            ("James’", '’'),
            ("the printer’s cover", '’'),
            ("‘Ann’", '‘'),
            ("“Hello” to all", '“'),
            ("“Hello” to all", '”'),
            ("Registering you…", '…'),
            ("é, ñ, ü …", '…'),
            ("Anna · Acme", '·'),
            ("Col·lectiu", '·'),
            ("Жан’д’Арк", '’'),
            ("Κώστας’", '’'),
            ("24×36 mm", '×'),
            ("Anne‐Marie", '‐'),
            ("Anne‑Marie", '‑'),
            ("王芳 O’Brien", '’'),
            ("’", '’'),
        ] {
            for bold in [false, true] {
                let wide = sign(text, of, bold);
                assert!((0.1..0.9).contains(&wide), "{of} in {text}, bold {bold}: {wide} em");
            }
        }
        for bold in [false, true] {
            let apart = width("OBrien", bold) + 0.2..width("OBrien", bold) + 0.35;
            assert!(apart.contains(&width("O’Brien", bold)), "{}", width("O’Brien", bold));
        }
    }

    #[test]
    fn signs_in_chinese_keep_their_em() {
        for (text, of) in [
            ("买买提·吐尔逊", '·'),
            ("请选“我有预约”", '“'),
            ("请选“我有预约”", '”'),
            ("“云栖”", '“'),
            ("‘云栖’", '‘'),
            ("‘云栖’", '’'),
            ("等一等……", '…'),
            ("说：“Hello", '“'),
            ("Anna说：“你好”", '“'),
            ("Anna说：“你好”", '”'),
            ("中文’", '’'),
            ("ジャン・ルノー", '・'),
            ("３×４平米", '×'),
        ] {
            for bold in [false, true] {
                let wide = sign(text, of, bold);
                assert!((wide - 1.0).abs() < 0.001, "{of} in {text}, bold {bold}: {wide} em");
            }
        }
        assert!((width("等一等……", false) - 5.0).abs() < 0.001);
    }

    #[test]
    fn both_weights_are_on_the_shelf() {
        assert!(shelf().regular.is_some() && shelf().bold.is_some());
    }
}
