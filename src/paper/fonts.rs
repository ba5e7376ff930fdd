//! The two fonts that come inside the program, so that paper and screen look the same on every machine.
//! Owns the question which characters can be shown; never looks at the machine's own fonts.

use resvg::usvg::fontdb::{Database, ID, Source};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
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
    is_selector(c) || (FACES[0].width(c).is_some() && FACES[1].width(c).is_some())
}

/// The first character that the fonts cannot show.
pub fn first_missing(text: &str) -> Option<char> {
    text.chars().find(|c| !has_glyph(*c))
}

/// How far a character moves the pen, as a share of the font size. One that cannot be shown counts
/// as a full square.
pub(super) fn advance(c: char, bold: bool) -> f32 {
    if is_selector(c) {
        return 0.0;
    }
    FACES[usize::from(bold)].width(c).unwrap_or(1.0)
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

static FACES: LazyLock<[Face; 2]> = LazyLock::new(|| [Face::read(REGULAR), Face::read(BOLD)]);

/// What is asked of a font again and again.
struct Face(Option<(Charmap<'static>, GlyphMetrics<'static>)>);

impl Face {
    fn read(file: &'static [u8]) -> Self {
        // At one unit a font size, widths are shares of it.
        let read = |font: FontRef<'static>| {
            (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()))
        };
        Self(FontRef::new(file).ok().map(read))
    }

    fn width(&self, c: char) -> Option<f32> {
        let (characters, widths) = self.0.as_ref()?;
        let glyph = characters.map(c).filter(|glyph| glyph.to_u32() != 0)?;
        widths.advance_width(glyph)
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
        assert!((advance('王', true) - 1.0).abs() < 0.001);
        assert!((0.2..0.4).contains(&advance('i', false)));
        assert!(advance('W', true) > advance('W', false));
        assert_eq!(advance('\u{E0100}', false), 0.0);
    }

    #[test]
    fn both_weights_are_on_the_shelf() {
        assert!(shelf().regular.is_some() && shelf().bold.is_some());
    }
}
