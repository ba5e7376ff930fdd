//! The touchscreen: shows the view on Slint's pages and turns their callbacks into events.
//! Holds no fact of its own but what it showed last, so that nothing is drawn twice.

use super::fingers::Fingers;
use super::pen::Pen;
use super::reception;
use super::values::{self, shown};
use crate::config::{Ask, Config};
use crate::desk::{
    AgreeView, DetailsView, Event, Field, Found, HostView, Hours, LookUp, LookupError, MembersView,
    OthersShown, PageView, Parcels, PhotoShown, PhotoView, Registration, SearchView, Session, SignOut,
    System, ThanksView, View, WaitingView,
};
use crate::errand::Badge;
use crate::front::clock::Clock;
use crate::now::Wall;
use crate::paper::badge::Presses;
use crate::picture::{self, PictureError};
use crate::visit::Photo;
use crate::words::Lang;
use frontdesk_ui as ui;
use slint::{ComponentHandle, Image, ModelRc, Rgba8Pixel, SharedPixelBuffer, VecModel};
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

/// Where the screen's events go.
type Tell = Rc<dyn Fn(Event)>;

/// The screen.
pub struct Screen {
    window: ui::Kiosk,
    presses: Presses,
    reception_place: crate::words::Texts,
    /// What the type of visit that is for parcels is called.
    parcels: Option<crate::words::Texts>,
    shown: Option<View>,
    pictured: Option<Badge>,
    fingers: Rc<Fingers>,
    pen: Rc<RefCell<Pen>>,
    /// What the details page was told last of somebody who is remembered.
    recalled: Option<String>,
    /// The company that was filled in for them.
    filled_in: Option<String>,
}

impl Screen {
    /// The window with everything that does not change while the program runs; not yet shown.
    ///
    /// # Errors
    /// There is no display, or the window cannot be made.
    pub fn new(config: &Config, presses: Presses, clock: &Clock) -> Result<Self, slint::PlatformError> {
        let window = ui::Kiosk::new()?;
        ui::stand_in_for_fonts();
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
        window.global::<ui::Broken>().set_phone(config.reception.phone.as_str().into());
        window.set_fullscreen(config.screen.fullscreen);
        let fingers = Fingers::new(window.as_weak(), &config.scanner, clock);
        Ok(Self {
            window,
            presses,
            reception_place: config.reception.place.clone(),
            parcels: config.parcels().map(|kind| kind.kind.name.clone()),
            shown: None,
            pictured: None,
            fingers,
            pen: Rc::default(),
            recalled: None,
            filled_in: None,
        })
    }

    /// The window, for the event loop and for pictures of it.
    pub fn window(&self) -> &ui::Kiosk {
        &self.window
    }

    /// Sends everything that people do here to `tell`.
    pub fn on_event(&self, tell: impl Fn(Event) + 'static) {
        let tell: Tell = Rc::new(tell);
        self.hear_frame(&tell);
        self.hear_look_up(&tell);
        self.hear_journey(&tell);
        self.hear_walk_in(&tell);
        self.hear_group(&tell);
        let fingers = Rc::clone(&self.fingers);
        reception::hear(&self.window, &tell, move || fingers.finish());
        self.fingers.hear(&self.window, &tell);
    }

    fn hear_frame(&self, tell: &Tell) {
        let frame = self.window.global::<ui::Frame>();
        let language = Rc::clone(tell);
        frame.on_choose_language(move |code| {
            if let Ok(lang) = code.parse::<Lang>() {
                language(Event::Session(Session::ChooseLanguage(lang)));
            }
        });
        frame.on_touched(plain(tell, Event::System(System::Touched)));
        frame.on_go_on(plain(tell, Event::Session(Session::StillHere)));
        frame.on_back(plain(tell, Event::Session(Session::Back)));
        frame.on_home(plain(tell, Event::Session(Session::Home)));
        frame.on_show_privacy(plain(tell, Event::Session(Session::ShowPrivacy)));
        frame.on_show_reception(plain(tell, Event::Session(Session::ShowReception)));
        self.window.global::<ui::Reception>().on_done(plain(tell, Event::Session(Session::CloseAside)));
        self.window.global::<ui::Privacy>().on_done(plain(tell, Event::Session(Session::CloseAside)));
    }

    fn hear_look_up(&self, tell: &Tell) {
        let welcome = self.window.global::<ui::Welcome>();
        welcome.on_invitation(plain(tell, Event::LookUp(LookUp::HaveInvitation)));
        welcome.on_delivery(plain(tell, Event::Delivery(Parcels::Begin)));
        welcome.on_leaving(plain(tell, Event::SignOut(SignOut::Leaving)));
        welcome.on_no_invitation(plain(tell, Event::Registration(Registration::WalkIn)));
        let invitation = self.window.global::<ui::Invitation>();
        invitation.on_by_code(plain(tell, Event::LookUp(LookUp::ByCode)));
        invitation.on_by_name(plain(tell, Event::LookUp(LookUp::ByName)));
        invitation.on_typed(plain(tell, Event::LookUp(LookUp::Typed)));
        invitation.on_confirm(plain(tell, Event::LookUp(LookUp::Confirm)));
        invitation.on_correct(plain(tell, Event::LookUp(LookUp::Correct)));
        invitation.on_not_me(plain(tell, Event::LookUp(LookUp::NotMe)));
        let code = Rc::clone(tell);
        invitation.on_look_up_code(move |typed| code(Event::LookUp(LookUp::Code(typed.into()))));
        let (name, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        invitation.on_look_up_name(move || {
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let typed = window.global::<ui::Invitation>();
            name(Event::LookUp(LookUp::Name {
                name: typed.get_name().into(),
                last_four: typed.get_last_four().into(),
            }));
        });
        let choice = Rc::clone(tell);
        invitation.on_choose(move |key| choice(Event::LookUp(LookUp::Choose(key.into()))));
    }

    fn hear_walk_in(&self, tell: &Tell) {
        let walk_in = self.window.global::<ui::WalkIn>();
        let kind = Rc::clone(tell);
        walk_in.on_choose_type(move |key| kind(Event::Registration(Registration::ChooseType(key.into()))));
        let asked = Rc::clone(tell);
        walk_in.on_ask(move |text| asked(Event::Registration(Registration::AskForHost(text.into()))));
        let chosen = Rc::clone(tell);
        walk_in.on_choose(move |kind, key| {
            chosen(match kind {
                ui::HostKind::Department => Event::Registration(Registration::ChooseDepartment(key.into())),
                ui::HostKind::Anybody | ui::HostKind::Host | ui::HostKind::Last => {
                    Event::Registration(Registration::ChooseHost(key.into()))
                }
            });
        });
        let (done, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        walk_in.on_purpose_done(move |text| {
            // What is still being composed belongs to what was typed, not to what is chosen from the list.
            let typed = window.upgrade().is_some_and(|w| w.global::<ui::WalkIn>().get_purpose() == text);
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let text = if typed { window.global::<ui::WalkIn>().get_purpose() } else { text };
            done(Event::Registration(Registration::PurposeDone(text.into())));
        });
        self.window.global::<ui::Waiting>().on_done(plain(tell, Event::Session(Session::Done)));
        let delivery = self.window.global::<ui::Delivery>();
        delivery.on_done(plain(tell, Event::Session(Session::Done)));
        let (parcels, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        delivery.on_parcels_done(move |to_sign| {
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let typed = window.global::<ui::Delivery>();
            parcels(Event::Delivery(Parcels::Done {
                carrier: typed.get_carrier().into(),
                parcels: typed.get_parcels(),
                to_sign,
            }));
        });
    }

    fn hear_journey(&self, tell: &Tell) {
        let details = self.window.global::<ui::Details>();
        let left = Rc::clone(tell);
        details.on_leave(move |field, text| {
            let field = match field {
                ui::Field::Name => Field::Name,
                ui::Field::Company => Field::Company,
                ui::Field::Phone => Field::Phone,
            };
            left(Event::Registration(Registration::LeaveField(field, text.into())));
        });
        let (done, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        details.on_next(move || {
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let details = window.global::<ui::Details>();
            done(Event::Registration(Registration::DetailsDone {
                name: details.get_name().into(),
                company: details.get_company().into(),
                phone: details.get_phone().into(),
                party: details.get_party(),
                remember: details.get_remember(),
            }));
        });
        let agree = self.window.global::<ui::Agree>();
        self.hear_pen(&agree, tell);
        agree.on_sign_at_reception(plain(tell, Event::Registration(Registration::SignAtReception)));
        agree.on_decline(plain(tell, Event::Registration(Registration::Decline)));
        let leave = self.window.global::<ui::Leave>();
        leave.on_leave(plain(tell, Event::SignOut(SignOut::Leave)));
        leave.on_stay(plain(tell, Event::SignOut(SignOut::Stay)));
        leave.on_leave_together(plain(tell, Event::SignOut(SignOut::LeaveTogether)));
        leave.on_done(plain(tell, Event::Session(Session::Done)));
        leave.on_come_back(plain(tell, Event::SignOut(SignOut::ComeBack)));
        let rate = Rc::clone(tell);
        leave.on_rate(move |rating| rate(Event::SignOut(SignOut::Rate(u8::try_from(rating).unwrap_or(3)))));
        leave.on_comment(plain(tell, Event::SignOut(SignOut::BeginFeedback { complaint: false })));
        leave.on_complain(plain(tell, Event::SignOut(SignOut::BeginFeedback { complaint: true })));
        let feedback = self.window.global::<ui::Feedback>();
        feedback.on_done(plain(tell, Event::Session(Session::Done)));
        let (said, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        feedback.on_send(move || {
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let typed = window.global::<ui::Feedback>();
            said(Event::SignOut(SignOut::FeedbackDone {
                words: typed.get_words().into(),
                anonymous: typed.get_anonymous(),
            }));
        });
        let thanks = self.window.global::<ui::Thanks>();
        thanks.on_done(plain(tell, Event::Session(Session::Done)));
        let came_out = Rc::clone(tell);
        thanks.on_came_out(move |yes| came_out(Event::Registration(Registration::CameOut(yes))));
    }

    fn hear_pen(&self, agree: &ui::Agree<'_>, tell: &Tell) {
        let pen = Rc::clone(&self.pen);
        let agreed = Rc::clone(tell);
        // Not while the pen is held: the page may be taken away at once.
        agree.on_agree(move || {
            let strokes = pen.borrow().strokes.clone();
            agreed(Event::Registration(Registration::Agree(strokes)));
        });
        let write = |begins: bool| {
            let (pen, tell, window) = (Rc::clone(&self.pen), Rc::clone(tell), self.window.as_weak());
            move |x, y| {
                let path = pen.borrow_mut().write(x, y, begins);
                let Some(window) = window.upgrade() else { return };
                window.global::<ui::Agree>().set_signature(path.into());
                if begins {
                    tell(Event::Registration(Registration::Signing));
                }
            }
        };
        agree.on_pen_down(write(true));
        agree.on_pen_moved(write(false));
        let (pen, redone, window) = (Rc::clone(&self.pen), Rc::clone(tell), self.window.as_weak());
        agree.on_redo(move || {
            pen.borrow_mut().strokes.clear();
            let Some(window) = window.upgrade() else { return };
            window.global::<ui::Agree>().set_signature("".into());
            redone(Event::Registration(Registration::Signing));
        });
    }

    /// What was written is gone, and so are its strokes.
    fn wipe_pad(&self) {
        self.pen.borrow_mut().strokes = Vec::new();
        self.window.global::<ui::Agree>().set_signature("".into());
    }

    fn hear_group(&self, tell: &Tell) {
        let group = self.window.global::<ui::Group>();
        let (named, fingers, window) = (Rc::clone(tell), Rc::clone(&self.fingers), self.window.as_weak());
        group.on_name(move |at| {
            fingers.finish();
            let Some(window) = window.upgrade() else { return };
            let name = window.global::<ui::Group>().get_typed().into();
            named(Event::Registration(Registration::NameMember {
                at: usize::try_from(at).unwrap_or(usize::MAX),
                name,
            }));
        });
        group.on_done(plain(tell, Event::Registration(Registration::MembersDone)));
        let photo = self.window.global::<ui::Photo>();
        photo.on_take(plain(tell, Event::Registration(Registration::TakePhoto)));
        photo.on_keep(plain(tell, Event::Registration(Registration::PhotoDone { with: true })));
        photo.on_without(plain(tell, Event::Registration(Registration::PhotoDone { with: false })));
        let safety = self.window.global::<ui::Safety>();
        safety.on_read(plain(tell, Event::Registration(Registration::InductionRead)));
        let answered = Rc::clone(tell);
        safety.on_answer(move |at| {
            answered(Event::Registration(Registration::Answer(usize::try_from(at).unwrap_or(usize::MAX))))
        });
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
            // Slint's source language is English, under the empty name.
            let name = if view.lang == Lang::EN { "" } else { view.lang.code() };
            if slint::select_bundled_translation(name).is_err() {
                tracing::warn!(lang = %view.lang, "there are no translations of the pages for this language");
            }
            self.fingers.write_chinese(view.lang == Lang::ZH);
            self.window.global::<ui::Reception>().set_place(self.reception_place.get(view.lang).into());
            let parcels = self.parcels.as_ref().map(|name| name.get(view.lang)).unwrap_or_default();
            self.window.global::<ui::Welcome>().set_parcels(parcels.into());
        }
        if last.as_ref().is_none_or(|last| last.hours != view.hours) {
            self.show_hours(view.hours.as_ref());
        }
        let same_page = last
            .as_ref()
            .is_some_and(|last| last.forms == view.forms && last.lang == view.lang && last.page == view.page);
        if last.as_ref().is_some_and(|last| values::page(&last.page) != values::page(&view.page)) {
            // While its field is still there: whoever comes back finds it written.
            self.fingers.finish();
            if !matches!(view.page, PageView::Agree(_) | PageView::Privacy(_) | PageView::Reception) {
                self.wipe_pad();
            }
        }
        if !same_page {
            let fresh = last.as_ref().is_none_or(|last| last.forms != view.forms);
            if fresh {
                self.fingers.forget(view.lang == Lang::ZH);
                self.forget();
                self.wipe_pad();
            }
            self.show_page(view, last.filter(|_| !fresh).map(|last| last.page));
        }
        let frame = self.window.global::<ui::Frame>();
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
        self.shown = Some(view.clone());
    }

    /// What the pages were told of the last visitor; what was typed goes in the pages themselves.
    fn forget(&mut self) {
        reception::forget(&self.window);
        (self.recalled, self.filled_in) = (None, None);
        self.show_found(&[]);
        let details = self.window.global::<ui::Details>();
        details.set_host("".into());
        details.set_department("".into());
        details.set_recalled(false);
        // At once: a new page of details may begin with somebody else's.
        for set in [ui::Details::set_name, ui::Details::set_company, ui::Details::set_phone] {
            set(&details, "".into());
        }
        details.set_party(0);
        details.set_remember(false);
        self.window.global::<ui::Agree>().set_name("".into());
        self.window.global::<ui::Invitation>().set_badge("".into());
        let thanks = self.window.global::<ui::Thanks>();
        for set in [
            ui::Thanks::set_name,
            ui::Thanks::set_host,
            ui::Thanks::set_place,
            ui::Thanks::set_way,
            ui::Thanks::set_number,
            ui::Thanks::set_badge_number,
            ui::Thanks::set_late_code,
            ui::Thanks::set_told,
        ] {
            set(&thanks, "".into());
        }
        self.show_members(
            &MembersView { walk_in: false, leader: String::new(), names: Vec::new(), problem: None },
            true,
        );
        let leave = self.window.global::<ui::Leave>();
        leave.set_name("".into());
        leave.set_number("".into());
        leave.set_host("".into());
        leave.set_rating(0);
        let delivery = self.window.global::<ui::Delivery>();
        for set in [
            ui::Delivery::set_host,
            ui::Delivery::set_department,
            ui::Delivery::set_number,
            // At once, as the details.
            ui::Delivery::set_carrier,
        ] {
            set(&delivery, "".into());
        }
        self.window.global::<ui::Feedback>().set_number("".into());
        let no_host = HostView {
            recipient: false,
            asked: String::new(),
            asks: false,
            department: None,
            rows: Vec::new(),
        };
        self.show_host(&no_host);
        let waiting = self.window.global::<ui::Waiting>();
        for set in [
            ui::Waiting::set_name,
            ui::Waiting::set_number,
            ui::Waiting::set_host,
            ui::Waiting::set_word,
            ui::Waiting::set_late_code,
        ] {
            set(&waiting, "".into());
        }
        waiting.set_asked(ModelRc::default());
    }

    fn show_page(&mut self, view: &View, last: Option<PageView>) {
        let looks = |page: &PageView| {
            matches!(page, PageView::Search(_) | PageView::Privacy(_) | PageView::Reception)
        };
        if last.as_ref().is_some_and(looks) && !looks(&view.page) {
            // Whoever scans now need not be the one who typed.
            let typed = self.window.global::<ui::Invitation>();
            for set in [ui::Invitation::set_code, ui::Invitation::set_name, ui::Invitation::set_last_four] {
                set(&typed, "".into());
            }
        }
        if !matches!(view.page, PageView::Photo(_)) {
            self.window.global::<ui::Photo>().set_picture(Image::default());
        }
        if !matches!(view.page, PageView::Thanks(_)) && self.pictured.take().is_some() {
            self.window.global::<ui::Thanks>().set_badge(Image::default());
        }
        match &view.page {
            PageView::RollCall(called) => reception::show_roll_call(&self.window, called),
            PageView::Pin(pin) => {
                let last = last
                    .as_ref()
                    .and_then(|last| if let PageView::Pin(last) = last { Some(last) } else { None });
                reception::show_pin(&self.window, pin, last);
            }
            PageView::ReceptionPages(desk) => {
                // In another language every word is another one.
                let same = self.window.global::<ui::Frame>().get_language() == view.lang.code();
                let last = last.as_ref().filter(|_| same);
                let last = last.and_then(|last| {
                    if let PageView::ReceptionPages(last) = last { Some(&**last) } else { None }
                });
                reception::show(&self.window, view, desk, last);
            }
            PageView::Search(search) => self.show_search(search),
            PageView::Choose(found) => self.show_found(found),
            PageView::Confirm(found) => self.show_found(std::slice::from_ref(found)),
            PageView::Details(details) => {
                let fresh =
                    !matches!(last, Some(PageView::Details(_) | PageView::Privacy(_) | PageView::Reception));
                self.show_details(details, fresh);
            }
            PageView::Types(types) => {
                let choice =
                    |(key, text): &(String, String)| ui::Choice { key: key.into(), text: text.into() };
                let types: Vec<ui::Choice> = types.iter().map(choice).collect();
                self.window.global::<ui::WalkIn>().set_types(ModelRc::new(VecModel::from(types)));
            }
            PageView::Members(members) => {
                let entered =
                    !matches!(last, Some(PageView::Members(_) | PageView::Privacy(_) | PageView::Reception));
                self.show_members(members, entered);
            }
            PageView::Induction(lesson) => {
                let safety = self.window.global::<ui::Safety>();
                safety.set_version(lesson.notice.version.as_str().into());
                safety.set_blocks(values::blocks(&lesson.notice));
                safety.set_others(lesson.others as i32);
                safety.set_of(lesson.questions as i32);
            }
            PageView::Question(question) => {
                let safety = self.window.global::<ui::Safety>();
                safety.set_question(question.text.as_str().into());
                let answers: Vec<_> = question.answers.iter().map(|text| text.as_str().into()).collect();
                safety.set_answers(ModelRc::new(VecModel::from(answers)));
                safety.set_wrong(question.why.is_some());
                safety.set_why(question.why.as_deref().unwrap_or_default().into());
                safety.set_number(question.number as i32);
                safety.set_of(question.of as i32);
            }
            PageView::Photo(photo) => self.show_photo(photo),
            PageView::Host(host) => {
                if !matches!(last, Some(PageView::Host(_) | PageView::Privacy(_) | PageView::Reception)) {
                    self.window.global::<ui::WalkIn>().set_asked(host.asked.as_str().into());
                }
                self.show_host(host);
            }
            PageView::Purpose(purposes) => {
                let purposes: Vec<_> = purposes.iter().map(|text| text.as_str().into()).collect();
                self.window.global::<ui::WalkIn>().set_purposes(ModelRc::new(VecModel::from(purposes)));
            }
            PageView::Parcels(parcels) => {
                let delivery = self.window.global::<ui::Delivery>();
                delivery.set_host(shown(&parcels.host));
                delivery.set_department(shown(&parcels.department));
                let entered =
                    !matches!(last, Some(PageView::Parcels(_) | PageView::Privacy(_) | PageView::Reception));
                if let Some(carrier) = parcels.carrier.as_ref().filter(|_| entered) {
                    delivery.set_carrier(carrier.as_str().into());
                }
            }
            PageView::Delivered(delivered) => {
                let delivery = self.window.global::<ui::Delivery>();
                delivery.set_number(delivered.number.as_str().into());
                delivery.set_registered(values::moment(delivered.registered));
                delivery.set_count(i32::from(delivered.parcels));
                delivery.set_to_sign(delivered.to_sign);
                delivery.set_host(shown(&delivered.host));
                delivery.set_host_state(values::host(delivered.host_state));
                delivery.set_told(shown(values::told(&delivered.told, &delivered.host)));
                delivery.set_seconds_left(delivered.seconds_left as i32);
            }
            PageView::Waiting(waiting) => self.show_waiting(waiting),
            PageView::Refused(word) => {
                self.window.global::<ui::Waiting>().set_word(shown(word));
            }
            PageView::Agree(agree) => self.show_notice(agree),
            PageView::Thanks(thanks) => self.show_thanks(thanks, view.lang),
            PageView::Privacy(agree) => {
                let privacy = self.window.global::<ui::Privacy>();
                privacy.set_version(agree.notice.version.as_str().into());
                privacy.set_blocks(values::blocks(&agree.notice));
            }
            PageView::Broken => {
                self.window.global::<ui::Broken>().set_place(self.reception_place.get(view.lang).into());
            }
            PageView::Left(goodbye) => {
                let leave = self.window.global::<ui::Leave>();
                leave.set_arrived(values::moment(goodbye.arrived));
                leave.set_left(values::moment(goodbye.left));
                leave.set_host(shown(&goodbye.host));
                leave.set_rating(i32::from(goodbye.rating));
                leave.set_waits(goodbye.waited);
                self.show_return(goodbye.returns);
                leave.set_seconds_left(goodbye.seconds_left as i32);
            }
            PageView::Feedback { complaint, named } => {
                let feedback = self.window.global::<ui::Feedback>();
                feedback.set_complaint(*complaint);
                feedback.set_named(*named);
            }
            PageView::FeedbackKept { case, seconds_left } => {
                let feedback = self.window.global::<ui::Feedback>();
                feedback
                    .set_number(case.as_ref().map(|case| case.number.as_str()).unwrap_or_default().into());
                if let Some(case) = case {
                    feedback.set_due(values::moment(case.due));
                    feedback.set_state(values::host(case.state));
                }
                feedback.set_seconds_left(*seconds_left as i32);
            }
            PageView::Leave(leave) | PageView::Return(leave) => {
                let page = self.window.global::<ui::Leave>();
                page.set_name(shown(&leave.name));
                page.set_number(leave.number.as_str().into());
                page.set_arrived(values::moment(leave.arrived));
                page.set_others(leave.others as i32);
                page.set_waits(leave.waits);
                page.set_by_number(leave.by_number);
                page.set_doubted(leave.doubted.is_some());
                if let Some(at) = leave.doubted {
                    page.set_doubted_at(values::moment(at));
                }
                self.show_return(leave.returns);
            }
            PageView::Back { escort } => self.window.global::<ui::Leave>().set_escort(*escort),
            PageView::Welcome | PageView::Declined | PageView::Reception => {}
        }
    }

    fn show_hours(&self, hours: Option<&Hours>) {
        let reception = self.window.global::<ui::Reception>();
        reception.set_has_hours(hours.is_some());
        reception.set_today(hours.map(|hours| values::hours(&hours.today)).unwrap_or_default().into());
        reception.set_closed(hours.map(|hours| values::days(&hours.closed)).unwrap_or_default());
    }

    fn show_return(&self, until: Option<Wall>) {
        let leave = self.window.global::<ui::Leave>();
        leave.set_returns(until.is_some());
        if let Some(until) = until {
            leave.set_returns_until(values::moment(until));
        }
    }

    fn show_photo(&self, view: &PhotoView) {
        let page = self.window.global::<ui::Photo>();
        let (state, seconds) = match &view.state {
            PhotoShown::Asked => (ui::PhotoState::Asked, 0),
            PhotoShown::Counting(seconds) => (ui::PhotoState::Counting, *seconds),
            PhotoShown::Taken(_) => (ui::PhotoState::Taken, 0),
            PhotoShown::Failed => (ui::PhotoState::Failed, 0),
        };
        page.set_state(state);
        page.set_seconds(seconds as i32);
        page.set_keep_days(view.keep_days as i32);
        page.set_picture(match &view.state {
            PhotoShown::Taken(photo) => gray_picture(Photo::WIDTH as u32, Photo::HEIGHT as u32, photo.gray()),
            PhotoShown::Asked | PhotoShown::Counting(_) | PhotoShown::Failed => Image::default(),
        });
    }

    fn show_members(&self, view: &MembersView, entered: bool) {
        let group = self.window.global::<ui::Group>();
        group.set_leader(shown(&view.leader));
        let names: Vec<_> = view.names.iter().map(|name| shown(name)).collect();
        group.set_names(ModelRc::new(VecModel::from(names)));
        group.set_slip(values::slip(view.problem).0);
        if entered {
            group.set_at(0);
            group.set_typed(view.names.first().map(String::as_str).unwrap_or_default().into());
        }
    }

    fn show_host(&self, host: &HostView) {
        let walk_in = self.window.global::<ui::WalkIn>();
        walk_in.set_recipient(host.recipient);
        walk_in.set_asks(host.asks);
        walk_in.set_department(shown(host.department.as_deref().unwrap_or_default()));
        let rows: Vec<ui::HostRow> = host.rows.iter().map(values::host_row).collect();
        walk_in.set_rows(ModelRc::new(VecModel::from(rows)));
    }

    fn show_waiting(&self, view: &WaitingView) {
        let waiting = self.window.global::<ui::Waiting>();
        waiting.set_name(shown(&view.name));
        waiting.set_number(view.number.as_str().into());
        waiting.set_registered(values::moment(view.registered));
        waiting.set_host(shown(&view.host));
        let asked: Vec<ui::AskedShown> = view.asked.iter().map(values::asked).collect();
        waiting.set_asked(ModelRc::new(VecModel::from(asked)));
        waiting.set_late_code(view.late_code.as_str().into());
        waiting.set_again(view.again);
        waiting.set_speak(view.speak);
        waiting.set_witness(view.witness);
        waiting.set_reception_is_told(view.reception_is_told);
        waiting.set_seconds_left(view.seconds_left as i32);
    }

    fn show_search(&self, search: &SearchView) {
        let invitation = self.window.global::<ui::Invitation>();
        invitation.set_leaving(search.leaving);
        invitation.set_miss(values::miss(search.miss));
        invitation.set_pause_seconds(search.pause as i32);
        if let Some(LookupError::NotYet(from)) = search.miss {
            invitation.set_good_from(values::moment(from));
        }
        if let Some(LookupError::Used(at) | LookupError::Left(at) | LookupError::Assumed(at)) = search.miss {
            invitation.set_used_at(values::moment(at));
        }
        if let Some(LookupError::LetIn(badge, at)) = search.miss {
            invitation.set_badge(badge.to_string().into());
            invitation.set_used_at(values::moment(at));
        }
    }

    fn show_found(&self, found: &[Found]) {
        let found: Vec<ui::Found> = found.iter().map(values::found).collect();
        self.window.global::<ui::Invitation>().set_found(ModelRc::new(VecModel::from(found)));
    }

    /// What is being typed belongs to Slint: the texts are set only when the page is entered.
    fn show_details(&mut self, view: &DetailsView, fresh: bool) {
        let details = self.window.global::<ui::Details>();
        // Whoever comes without an invitation begins with nothing, and comes back to what they typed.
        if let Some(start) = view.details.as_ref().filter(|_| fresh) {
            details.set_name(start.name.as_str().into());
            details.set_company(start.company.as_ref().map(|c| c.as_str()).unwrap_or_default().into());
            details.set_phone(start.phone.as_ref().map(|p| p.as_str()).unwrap_or_default().into());
            details.set_party(i32::from(start.party));
        }
        details.set_name_slip(values::slip(view.problems.name).0);
        details.set_company_slip(values::slip(view.problems.company).0);
        let (slip, digits) = values::slip(view.problems.phone);
        details.set_phone_slip(slip);
        details.set_phone_digits(digits);
        details.set_remember_months(view.remember_months.unwrap_or(0) as i32);
        if view.recalled != self.recalled {
            // What was filled in and ticked for one person is not another's.
            if self.recalled.take().is_some() {
                details.set_remember(false);
            }
            if let Some(company) = self.filled_in.take()
                && details.get_company() == company
            {
                details.set_company("".into());
            }
            if let Some(company) = &view.recalled {
                details.set_remember(true);
                if details.get_company().is_empty() {
                    details.set_company(company.as_str().into());
                    self.filled_in = Some(company.clone());
                }
            }
            self.recalled.clone_from(&view.recalled);
        }
        details.set_recalled(view.recalled.is_some());
        details.set_asks_party(view.party);
        details.set_others(match view.others {
            OthersShown::No => ui::Others::No,
            OthersShown::Asked => ui::Others::Asked,
            OthersShown::Invited => ui::Others::Invited,
        });
        details.set_asks_company(view.company != Ask::No);
        details.set_needs_company(view.company == Ask::Must);
        details.set_asks_phone(view.phone != Ask::No);
        details.set_keep_days(view.keep_days as i32);
        details.set_host(shown(&view.host));
        details.set_department(shown(&view.department));
    }

    fn show_notice(&self, view: &AgreeView) {
        let agree = self.window.global::<ui::Agree>();
        agree.set_version(view.notice.version.as_str().into());
        agree.set_blocks(values::blocks(&view.notice));
        agree.set_name(shown(&view.name));
        agree.set_others(view.others as i32);
        agree.set_prints(view.prints);
        agree.set_signs(view.signs);
        agree.set_unsigned(view.unsigned);
        agree.set_was_signed(view.signed.is_some());
        if let Some(signed) = view.signed {
            agree.set_signed(values::moment(signed));
        }
    }

    fn show_thanks(&mut self, view: &ThanksView, lang: Lang) {
        let thanks = self.window.global::<ui::Thanks>();
        if self.pictured.as_ref() != Some(&view.badge) {
            thanks.set_badge(
                self.presses.lay_out(&view.badge).map(|bitmap| picture(&bitmap)).unwrap_or_default(),
            );
            self.pictured = Some(view.badge.clone());
        }
        let (state, trouble) = values::badge(view.badge_state);
        thanks.set_badge_state(state);
        thanks.set_badge_trouble(trouble);
        thanks.set_host_state(values::host(view.host_state));
        thanks.set_told(shown(values::told(&view.told, &view.host)));
        thanks.set_name(shown(&view.name));
        thanks.set_number(view.badge.number.to_string().into());
        thanks.set_badge_number(view.badge_number.as_str().into());
        thanks.set_badges_out(view.badges.0 as i32);
        thanks.set_badges(view.badges.1 as i32);
        thanks.set_badges_unseen(view.badges_unseen);
        thanks.set_late_code(view.late_code.as_str().into());
        thanks.set_registered(values::moment(view.registered));
        thanks.set_host(shown(&view.host));
        thanks.set_place(shown(&view.place));
        thanks.set_way(shown(&view.way));
        thanks.set_escort(view.escort);
        thanks.set_reception_place(self.reception_place.get(lang).into());
        thanks.set_seconds_left(view.seconds_left as i32);
    }
}

fn plain(tell: &Tell, event: Event) -> impl Fn() + 'static {
    let tell = Rc::clone(tell);
    move || tell(event.clone())
}

/// The bitmap that is printed, as the screen draws it.
fn picture(bitmap: &crate::paper::bitmap::Bitmap) -> Image {
    gray_picture(bitmap.width, bitmap.height, &bitmap.gray())
}

fn gray_picture(width: u32, height: u32, gray: &[u8]) -> Image {
    let mut buffer = SharedPixelBuffer::<Rgba8Pixel>::new(width, height);
    for (pixel, gray) in buffer.make_mut_slice().iter_mut().zip(gray) {
        *pixel = Rgba8Pixel { r: *gray, g: *gray, b: *gray, a: 255 };
    }
    Image::from_rgba8(buffer)
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
