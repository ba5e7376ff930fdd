//! The badge: a template and a visitor's facts become dots on paper. Owns the order of work and the
//! rule that no character is ever left out silently; knows no printer.

use super::bitmap::{Area, Bitmap};
use super::ink::{self, Setting};
use super::template::{self, Slot, Template};
use super::{TemplateError, fit, fonts, labels, photo, qr};
use crate::errand::{Badge, Trouble};
use crate::words::{self, Lang};
use resvg::usvg::Options;

/// The template that comes with the program; its comments tell staff how to make their own.
pub const BUILT_IN_TEMPLATE: &str = include_str!("../../assets/badge.svg");

/// The same with a place for a photo.
pub const PHOTO_TEMPLATE: &str = include_str!("../../assets/badge-photo.svg");

/// Lays out badges from one template on paper of one width. Made once, it keeps all that is the
/// same on every badge.
pub struct Press {
    options: Options<'static>,
    slots: Vec<Slot>,
    qr: Area,
    photo: Option<Area>,
    /// What is the same on every badge, by language.
    blanks: Vec<(Lang, Bitmap)>,
}

impl Press {
    /// A press for `template_svg` on paper of `width` dots (384, 512, 576 or 640).
    ///
    /// # Errors
    /// What is wrong with the template, and what would be right.
    pub fn new(template_svg: &str, width: u32) -> Result<Press, TemplateError> {
        let options = ink::options();
        let Template { art, slots, qr, photo } = template::read(template_svg, width, &options)?;
        let (slots, common): (Vec<_>, Vec<_>) = slots.into_iter().partition(|slot| slot.per_badge);
        let mut blanks = Vec::new();
        for lang in words::spoken() {
            let mut blank = art.clone();
            let word = |word: &str| labels::label(word, lang).unwrap_or_default().to_owned();
            print(&mut blank, &common, word, &options).map_err(|trouble| {
                if let Trouble::MissingGlyph(c) = trouble {
                    TemplateError::MissingGlyph(c)
                } else {
                    TemplateError::NotSvg("its words cannot be drawn".to_owned())
                }
            })?;
            blanks.push((lang, blank));
        }
        Ok(Press { options, slots, qr, photo, blanks })
    }

    /// A press for the template that comes with the program.
    ///
    /// # Errors
    /// [`TemplateError::Width`] for paper that no printer has.
    pub fn built_in(width: u32) -> Result<Press, TemplateError> {
        Self::new(BUILT_IN_TEMPLATE, width)
    }

    /// Whether its badges have a place for a photo.
    pub fn has_photo(&self) -> bool {
        self.photo.is_some()
    }

    /// One badge as dots.
    ///
    /// # Errors
    /// [`Trouble::MissingGlyph`] when the fonts lack a character of what stands on it.
    pub fn lay_out(&self, badge: &Badge) -> Result<Bitmap, Trouble> {
        let blank = |lang| self.blanks.iter().find(|(known, _)| *known == lang);
        let (_, blank) = blank(badge.lang).or_else(|| blank(Lang::EN)).ok_or(Trouble::BadTemplate)?;
        let mut paper = blank.clone();
        print(&mut paper, &self.slots, |word| labels::value(word, badge), &self.options)?;
        if let (Some(place), Some(photo)) = (self.photo, &badge.photo) {
            photo::stamp(&mut paper, place, photo);
        }
        qr::stamp(&mut paper, self.qr, &badge.token).map_err(|_| Trouble::BadTemplate)?;
        Ok(paper)
    }
}

/// The press for each badge: types of visits may have templates of their own.
pub struct Presses {
    general: Press,
    with_photo: Option<Press>,
    own: Vec<(String, Press)>,
}

impl Presses {
    /// The general press, another one for badges with a photo, and those for types of visits, by their keys.
    pub fn new(general: Press, with_photo: Option<Press>, own: Vec<(String, Press)>) -> Self {
        Self { general, with_photo, own }
    }

    /// One badge as dots, from the template of its type.
    ///
    /// # Errors
    /// As [`Press::lay_out`].
    pub fn lay_out(&self, badge: &Badge) -> Result<Bitmap, Trouble> {
        self.press(&badge.kind_id, badge.photo.is_some()).lay_out(badge)
    }

    /// Whether the badges of this type of visit have a place for a photo.
    pub fn takes_photo(&self, kind_id: &str) -> bool {
        self.press(kind_id, true).has_photo()
    }

    fn press(&self, kind_id: &str, with_photo: bool) -> &Press {
        let own = self.own.iter().find(|(id, _)| *id == kind_id).map(|(_, press)| press);
        own.unwrap_or_else(|| self.with_photo.as_ref().filter(|_| with_photo).unwrap_or(&self.general))
    }
}

/// Fills, fits and prints texts.
fn print(
    paper: &mut Bitmap,
    slots: &[Slot],
    word: impl Fn(&str) -> String,
    options: &Options,
) -> Result<(), Trouble> {
    let mut settings = Vec::with_capacity(slots.len());
    for Slot { words, style, .. } in slots {
        let text = labels::fill(words, &word);
        if let Some(c) = fonts::first_missing(&text) {
            return Err(Trouble::MissingGlyph(c));
        }
        if !text.is_empty() {
            let frame = style.frame;
            let text = fit::fit(&text, style.bold, frame.width(), frame.height(), style.largest);
            settings.push(Setting { style, text, nudge: (0.0, 0.0) });
        }
    }
    ink::set(paper, &mut settings, options).map_err(|why| {
        tracing::error!(%why, "the words of a badge cannot be drawn");
        Trouble::BadTemplate
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_has_a_place_for_a_photo_where_its_own_template_has_one() {
        let press = |svg: &str| Press::new(svg, 576).unwrap();
        let own = || {
            vec![
                ("plain".to_owned(), press(BUILT_IN_TEMPLATE)),
                ("official".to_owned(), press(PHOTO_TEMPLATE)),
            ]
        };
        for (general, with_photo, anybody) in [
            (BUILT_IN_TEMPLATE, Some(press(PHOTO_TEMPLATE)), true),
            (BUILT_IN_TEMPLATE, None, false),
            (PHOTO_TEMPLATE, None, true),
        ] {
            let presses = Presses::new(press(general), with_photo, own());
            assert_eq!(presses.takes_photo("customer"), anybody);
            assert!(!presses.takes_photo("plain") && presses.takes_photo("official"));
        }
    }

    #[test]
    fn a_press_may_stand_in_another_thread() {
        fn may_move<T: Send + Sync>(_: &T) {}
        may_move(&Press::built_in(384).unwrap());
    }
}
