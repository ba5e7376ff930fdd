//! One visitor's session: its language, what lies over its pages, what every page can do, and how it is forgotten.

use super::idle::Idle;
use super::pages::welcome::Welcome;
use super::{Desk, Event};
use crate::book::{Book, BookError};
use crate::now::Now;
use crate::words::Lang;

/// On every visitor's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// The question "are you still there?" was answered.
    StillHere,
    /// A language was chosen.
    ChooseLanguage(Lang),
    /// One step back.
    Back,
    /// To the first page, forgetting this visitor.
    Home,
    /// The privacy notice was asked for.
    ShowPrivacy,
    /// The way to reception was asked for.
    ShowReception,
    /// The page that lies over the journey (privacy, reception) was read.
    CloseAside,
    /// The last page was read.
    Done,
}

/// A page that lies over the journey and leaves it untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    Privacy,
    Reception,
}

impl Desk {
    pub(super) fn session(&mut self, event: Session, now: Now, book: &mut Book) -> Result<(), BookError> {
        match event {
            Session::ChooseLanguage(lang) => return self.choose_language(lang, now, book),
            Session::Home => self.reset(),
            Session::Back if self.aside.take().is_some() => {}
            Session::Back => return self.on_page(now, book, |page, cx| page.back(cx)),
            Session::ShowPrivacy => self.aside = Some(Aside::Privacy),
            Session::ShowReception => self.aside = Some(Aside::Reception),
            Session::CloseAside => self.aside = None,
            Session::Done if self.page.logic().is_over() => self.reset(),
            Session::Done | Session::StillHere => {}
        }
        Ok(())
    }

    fn choose_language(&mut self, lang: Lang, now: Now, book: &mut Book) -> Result<(), BookError> {
        // That the book fails is said in the chosen language too.
        self.speak(lang);
        self.hand_to_page(Event::Session(Session::ChooseLanguage(self.lang)), now, book)
    }

    /// The book cannot be used: the visitor is sent to reception, in their language, and what they typed is
    /// forgotten.
    pub fn start_over(&mut self) {
        let lang = self.lang;
        self.reset();
        self.lang = lang;
    }

    /// Without a book the pages still speak each language.
    pub fn speak(&mut self, lang: Lang) {
        if self.config.languages.iter().any(|language| language.code == lang) {
            self.lang = lang;
        }
    }

    /// What was typed is forgotten; who is there may be the same.
    pub(super) fn forget_typed(&mut self) {
        self.forms = self.forms.wrapping_add(1);
    }

    /// The next visitor finds everything as if nobody had been here.
    pub(super) fn reset(&mut self) {
        self.forget_typed();
        self.visitor = self.visitor.wrapping_add(1);
        self.lang = self.config.languages.first().map_or(Lang::EN, |language| language.code);
        self.page = Welcome.into();
        self.aside = None;
        self.on_behalf = None;
        self.idle = Idle::default();
    }
}
