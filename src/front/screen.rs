//! The touchscreen: shows the view on Slint's pages and turns what people do into events.
//! Holds no fact of its own but what it showed last, so that nothing is drawn twice; each page is wired in its own file.

use super::fingers::Fingers;
use super::pages::{self, Ears, Pages, Tell};
use super::pen::Pen;
use super::values;
use crate::config::Config;
use crate::desk::{Event, PageView, Session, System, View};
use crate::front::clock::Clock;
use crate::paper::badge::Presses;
use crate::picture::{self, PictureError};
use crate::words::{Lang, Texts};
use frontdesk_ui as ui;
use slint::{ComponentHandle, Image, ModelRc, SharedPixelBuffer, VecModel};
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

/// The screen.
pub struct Screen {
    window: ui::Kiosk,
    reception_place: Texts,
    /// What the type of visit that is for parcels is called.
    parcels: Option<Texts>,
    shown: Option<View>,
    pages: Pages,
    fingers: Rc<Fingers>,
    pen: Rc<RefCell<Pen>>,
}

impl Screen {
    /// The window with everything that does not change while the program runs; not yet shown.
    ///
    /// # Errors
    /// There is no display, or the window cannot be made.
    pub fn new(config: &Config, presses: Presses, clock: &Clock) -> Result<Self, slint::PlatformError> {
        let window = ui::Kiosk::new()?;
        ui::stand_in_for_fonts();
        dress(&window, config);
        let fingers = Fingers::new(window.as_weak(), &config.scanner, clock);
        Ok(Self {
            pages: Pages::new(window.clone_strong(), presses),
            window,
            reception_place: config.reception.place.clone(),
            parcels: config.parcels().map(|kind| kind.kind.name.clone()),
            shown: None,
            fingers,
            pen: Rc::default(),
        })
    }

    /// The window, for the event loop and for pictures of it.
    pub fn window(&self) -> &ui::Kiosk {
        &self.window
    }

    /// Sends everything that people do here to `tell`.
    pub fn on_event(&self, tell: impl Fn(Event) + 'static) {
        let tell: Tell = Rc::new(tell);
        let ears = Ears { window: &self.window, tell: &tell, fingers: &self.fingers, pen: &self.pen };
        hear_frame(&ears);
        pages::hear(&ears);
        self.fingers.hear(&self.window, &tell);
    }

    /// These names are offered where letters may mean them.
    pub fn know(&self, names: Vec<String>) {
        self.fingers.know(names);
    }

    /// Shows `view`; touches only what changed since the last one.
    pub fn show(&mut self, view: &View) {
        let last = self.shown.take();
        if last.as_ref() == Some(view) {
            self.shown = last;
            return;
        }
        if last.as_ref().is_none_or(|last| last.lang != view.lang) {
            self.speak(view.lang);
        }
        if last.as_ref().is_none_or(|last| last.hours != view.hours) {
            pages::show_hours(&self.window, view.hours.as_ref());
        }
        if last.as_ref().is_some_and(|last| values::page(&last.page) != values::page(&view.page)) {
            // While its field is still there: whoever comes back finds it written.
            self.fingers.finish();
            if !matches!(view.page, PageView::Agree(_) | PageView::Privacy(_) | PageView::Reception) {
                pages::wipe_pad(&self.window, &self.pen);
            }
        }
        let fresh = last.as_ref().is_none_or(|last| last.forms != view.forms);
        if fresh {
            self.fingers.forget(view.lang == Lang::ZH);
            self.pages.forget();
            pages::wipe_pad(&self.window, &self.pen);
        }
        let last = last.filter(|_| !fresh);
        if last.as_ref().is_none_or(|last| last.lang != view.lang || last.page != view.page) {
            self.pages.show(view, last.as_ref().map(|last| &last.page));
        }
        show_frame(&self.window, view);
        self.shown = Some(view.clone());
    }

    /// The pages are in this language.
    fn speak(&self, lang: Lang) {
        // Slint's source language is English, under the empty name.
        let name = if lang == Lang::EN { "" } else { lang.code() };
        if slint::select_bundled_translation(name).is_err() {
            tracing::warn!(%lang, "there are no translations of the pages for this language");
        }
        self.fingers.write_chinese(lang == Lang::ZH);
        self.window.global::<ui::Reception>().set_place(self.reception_place.get(lang).into());
        let parcels = self.parcels.as_ref().map(|name| name.get(lang)).unwrap_or_default();
        self.window.global::<ui::Welcome>().set_parcels(parcels.into());
    }
}

/// What is the house's and does not change.
fn dress(window: &ui::Kiosk, config: &Config) {
    let frame = window.global::<ui::Frame>();
    frame.set_company(config.company.name.as_str().into());
    if let Some(logo) = config.company.logo.as_deref().and_then(logo) {
        frame.set_logo(logo);
        frame.set_has_logo(true);
    }
    let languages: Vec<ui::Language> = config
        .languages
        .iter()
        .map(|language| ui::Language {
            code: language.code.code().into(),
            name: language.name.as_str().into(),
        })
        .collect();
    frame.set_languages(ModelRc::new(VecModel::from(languages)));
    let look = window.global::<ui::Look>();
    look.set_accent(slint::Color::from_argb_encoded(0xFF00_0000 | config.company.accent));
    let thanks = window.global::<ui::Thanks>();
    let wifi = config.wifi.as_ref();
    thanks.set_wifi_name(wifi.map_or("", |wifi| &wifi.name).into());
    thanks.set_wifi_password(wifi.map_or("", |wifi| &wifi.password).into());
    window.global::<ui::Reception>().set_phone(config.reception.phone.as_str().into());
    window.set_fullscreen(config.screen.fullscreen);
}

fn hear_frame(ears: &Ears<'_>) {
    let frame = ears.window.global::<ui::Frame>();
    let tell = Rc::clone(ears.tell);
    frame.on_choose_language(move |code| {
        if let Ok(lang) = code.parse::<Lang>() {
            tell(Event::Session(Session::ChooseLanguage(lang)));
        }
    });
    frame.on_touched(ears.plain(Event::System(System::Touched)));
    frame.on_go_on(ears.plain(Event::Session(Session::StillHere)));
    frame.on_back(ears.plain(Event::Session(Session::Back)));
    frame.on_home(ears.plain(Event::Session(Session::Home)));
    frame.on_show_privacy(ears.plain(Event::Session(Session::ShowPrivacy)));
    frame.on_show_reception(ears.plain(Event::Session(Session::ShowReception)));
}

fn show_frame(window: &ui::Kiosk, view: &View) {
    let frame = window.global::<ui::Frame>();
    frame.set_visitor(view.visitor as i32);
    frame.set_forms(view.forms as i32);
    frame.set_language(view.lang.code().into());
    frame.set_now(values::moment(view.now));
    frame.set_trouble(values::printer(view.printer));
    frame.set_emergency(view.emergency.as_deref().unwrap_or_default().into());
    frame.set_closed(view.opens.is_some());
    if let Some(opens) = view.opens {
        frame.set_opens(values::moment(opens));
    }
    frame.set_still_there(view.still_there.unwrap_or(0) as i32);
    let (step, steps) = values::step(&view.page);
    frame.set_step(step);
    frame.set_steps(steps);
    frame.set_page(values::page(&view.page));
}

/// The picture for the head of every page; where it cannot be used the pages go without.
fn logo(file: &Path) -> Option<Image> {
    let complain = |problem: &PictureError| {
        tracing::error!("[company] logo: {}: {problem}; the pages go without it", file.display());
    };
    let picture = picture::open(file).inspect_err(complain).ok()?.into_rgba8();
    let (width, height) = picture.dimensions();
    Some(Image::from_rgba8(SharedPixelBuffer::clone_from_slice(picture.as_raw(), width, height)))
}
