//! What can be wrong with a template that staff drew, and what would be right. Owns the wording only.

/// Why a badge template cannot be used. The line is that of the SVG file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TemplateError {
    /// The paper has a width that no printer has.
    #[error("the paper cannot be {0} dots wide: 384, 512, 576 and 640 are known")]
    Width(u32),
    /// The file is not XML.
    #[error("line {line}: this is not a whole SVG file ({why}); save it again as \"Plain SVG\"")]
    NotXml {
        /// Where.
        line: u32,
        /// What the XML reader says.
        why: String,
    },
    /// The file is XML, but not a drawing.
    #[error("this is not an SVG drawing ({0}); save it again as \"Plain SVG\"")]
    NotSvg(String),
    /// The page is far too high or too flat for a badge.
    #[error("the page is {high:.1} times as high as wide: a badge is between 0.4 and 3 times")]
    Shape {
        /// The page's height over its width.
        high: f32,
    },
    /// The drawing has a filter.
    #[error("the drawing has a filter (blur, shadow …), which can take minutes to draw: take it out")]
    Filter,
    /// The drawing is larger than it may be.
    #[error(
        "the drawing has more than {most} elements, counting copies, or they are nested too deeply: make it simpler"
    )]
    Crowded {
        /// How many it may have.
        most: u64,
    },
    /// A picture in the drawing cannot be used.
    #[error("a picture in the drawing cannot be used: {0}")]
    Picture(String),
    /// The drawing wants another file.
    #[error(
        "line {line}: \"{what}\" is another file: put the picture into the drawing (\"embed\"), or leave it out"
    )]
    External {
        /// Where.
        line: u32,
        /// The file it wants.
        what: String,
    },
    /// A placeholder that does not exist.
    #[error("line {line}: there is no placeholder {{{word}}}; there are {}", super::labels::all())]
    UnknownPlaceholder {
        /// Where.
        line: u32,
        /// The placeholder.
        word: String,
    },
    /// A placeholder that is not in a plain text.
    #[error("line {line}: {{{word}}} is in a <{tag}>, which is not printed: make it a plain text")]
    NotDrawn {
        /// Where.
        line: u32,
        /// The placeholder.
        word: String,
        /// What it is in.
        tag: String,
    },
    /// A text or a place is inside another one.
    #[error(
        "line {line}: \"{id}\" is inside another text or rectangle, where nothing is printed: move it out"
    )]
    Inside {
        /// Where.
        line: u32,
        /// What.
        id: String,
    },
    /// Something is not in the drawing that every badge needs.
    #[error("the drawing has no text with {{{0}}}; every badge needs one")]
    Missing(&'static str),
    /// A text with a placeholder has no box.
    #[error(
        "line {line}: the text with {{{word}}} has no box: draw a rectangle where it may stand and give it the id \"{word}-box\""
    )]
    NoBox {
        /// Where.
        line: u32,
        /// The text's first placeholder.
        word: String,
    },
    /// There is no rectangle for the QR code.
    #[error("the drawing has no place for the QR code: draw a square and give it the id \"qr\"")]
    NoQr,
    /// A thing that must be a rectangle is something else.
    #[error("line {line}: \"{id}\" must be a rectangle, not a <{tag}>")]
    NotARectangle {
        /// Where.
        line: u32,
        /// Its id.
        id: String,
        /// What it is.
        tag: String,
    },
    /// The place for the QR code is too small to be read.
    #[error(
        "line {line}: the square \"qr\" is {side:.0} dots wide on paper of {width} dots; it needs {needed} \
         ({module} for each of the code's 25 modules and a margin of 4 on all sides)"
    )]
    QrTooSmall {
        /// Where.
        line: u32,
        /// Its shorter side in dots.
        side: f32,
        /// The paper's width in dots.
        width: u32,
        /// The dots that it needs.
        needed: u32,
        /// The fewest dots a module.
        module: u32,
    },
    /// Something lies on the place of the QR code.
    #[error("\"{0}\" lies on the square \"qr\": leave that square empty")]
    OnQr(String),
    /// Something stands off the page.
    #[error("line {line}: \"{id}\" reaches over the edge of the page")]
    OffPage {
        /// Where.
        line: u32,
        /// What.
        id: String,
    },
    /// A thing that is needed is hidden, or without size.
    #[error("line {line}: \"{id}\" is hidden or has no size")]
    Hidden {
        /// Where.
        line: u32,
        /// What.
        id: String,
    },
    /// A text with a placeholder is turned.
    #[error("line {line}: a text with a placeholder must stand level, not turned or slanted")]
    Turned {
        /// Where.
        line: u32,
    },
    /// The drawing has a character that the fonts lack.
    #[error("the font has no \"{0}\" (U+{code:04X}); take another character", code = u32::from(*.0))]
    MissingGlyph(char),
}
