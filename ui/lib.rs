//! The pages: Slint files and nothing else, but for the font that they are written in. No rule of the reception lives here.

slint::include_modules!();

/// The font that is built in, by its name; `kiosk.slint` names it too.
const FONT: &str = "Noto Sans CJK SC";

/// Has the built-in font stand in for every font of the machine. A field whose page has just gone is measured once more
/// without a window, and so without the name of a font: on a machine with no font at all the renderer would panic. To be
/// called once the window is there.
pub fn stand_in_for_fonts() {
    use slint::fontique_011::{fontique::GenericFamily, shared_collection};
    let mut fonts = shared_collection();
    let built_in = fonts.family_id(FONT);
    for generic in [GenericFamily::SansSerif, GenericFamily::SystemUi] {
        fonts.append_generic_families(generic, built_in.into_iter());
    }
}
