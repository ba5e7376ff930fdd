//! The desk: decides what happens at reception. Owns the page, the visitor's session and its
//! deadlines; never reads a clock, never touches a device, and changes only after the book said Ok.

mod agree;
mod counter;
mod delivery;
mod details;
mod exits;
mod feedback;
mod group;
mod guard;
mod idle;
mod invitation;
mod leave;
mod look_up;
mod photo;
mod registration;
mod roll_call;
mod safety;
mod session;
mod sign_out;
mod system;
mod thanks;
mod told;
mod view;
mod waiting;
mod walk_in;

pub use counter::{
    Card, CardId, Choice, Column, CounterView, Deed, Detail, Devices, Fact, FieldKind, FieldView, Figure,
    FormView, Heading, HostOffer, Label, NumbersView, Opened, PinMiss, PinView, Plot, PlotKind, Said,
    Section, Shared, Slip, Tap, Tone, Trace, WatchedBy,
};
pub use delivery::Parcels;
pub use look_up::LookUp;
pub use registration::{Field, Registration};
pub use roll_call::{RollCallView, RollNews};
pub use session::Session;
pub use sign_out::SignOut;
pub use system::System;
pub use view::{
    AgreeView, AskedShown, BadgeShown, CaseView, DeliveredView, DetailsView, FieldProblems, Found,
    GoodbyeView, HostRow, HostShown, HostView, Hours, LeaveView, MembersView, Miss, OthersShown, PageView,
    ParcelsView, PhotoShown, PhotoView, QuestionView, SearchView, ThanksView, ToldShown, View, WaitingView,
};

use crate::book::{Before, Book, BookError};
use crate::config::{Config, VisitType};
use crate::errand::{PrinterState, Report};
use crate::notice::Notices;
use crate::now::{Now, Tick, Wall};
use crate::visit::{
    Details, Host, Instructed, Invitation, Note, PersonName, Phone, Photo, Remembered, Signature, Visit,
    VisitId,
};
use crate::words::Lang;
use chrono::{Days, Months, NaiveDate};
use counter::{Counter, Pinning};
use delivery::Delivered;
use details::Typed;
use exits::Exits;
use feedback::{Goodbye, Heard};
use guard::Guard;
use idle::Idle;
use photo::Posing;
use roll_call::RollCalled;
use safety::Lecture;
use std::collections::HashSet;
use std::time::Duration;
use thanks::Thanks;
use waiting::{Again, Waiting};
use walk_in::HostSearch;

/// Nothing is erased before the program has run for so long: the first page comes first.
const FORGETS_FROM: Tick = Tick(Duration::from_secs(10));

/// Everything that can happen at a reception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// On every visitor's page.
    Session(Session),
    /// An invitation, a visit or a badge is looked for.
    LookUp(LookUp),
    /// A visitor is registered.
    Registration(Registration),
    /// Parcels are brought.
    Delivery(Parcels),
    /// A visitor leaves, or comes back.
    SignOut(SignOut),
    /// Somebody of reception does something on their pages.
    Reception(Tap),
    /// Not by anybody's intention.
    System(System),
}

/// What the visitor is doing.
#[derive(Debug)]
enum Page {
    Welcome,
    Search(Search),
    Choose(Vec<Guest>),
    Confirm(Box<Guest>),
    /// A visit that is registered was found: is it yours?
    Again(Box<Again>),
    /// What do you come for?
    Types,
    Details(Box<Filling>),
    /// Who comes along?
    Members(Box<Filling>),
    Host(Box<HostSearch>),
    Purpose(Box<Filling>),
    /// A safety instruction.
    Lecture(Box<Lecture>),
    /// A photo for the badge.
    Photo(Box<Posing>),
    /// What is brought, to this host, announced by the invitation of this one?
    Parcels(Box<Host>, Option<Box<Guest>>),
    /// The parcels are registered.
    Delivered(Box<Delivered>),
    Agree(Box<Filling>),
    /// Somebody is asked whether they may come in.
    Waiting(Box<Waiting>),
    /// They may not: a word for them, and until when the page stays.
    Refused(String, Tick),
    Thanks(Box<Thanks>),
    Declined,
    /// The badge of this visit was scanned.
    Leave(Box<Leaving>),
    /// Signed out, until the page clears.
    Left(Box<Goodbye>),
    /// Somebody who left holds the badge to the scanner again.
    Return(Box<Visit>),
    /// They are in again, until the page clears.
    /// Until then it is shown; whoever must be escorted waits.
    Back(Tick, bool),
    /// A comment or a complaint is written.
    Word(Box<Goodbye>, bool),
    /// It was kept.
    Heard(Box<Heard>),
    /// The roll was called in the lobby.
    RollCalled(Box<RollCalled>),
    /// A receptionist's PIN.
    Pin(Box<Pinning>),
    /// Reception's pages.
    Counter(Box<Counter>),
}

/// Looking for an invitation, or for the visit that ends.
#[derive(Debug, Clone, Copy, Default)]
struct Search {
    leaving: bool,
    how: How,
    miss: Option<Miss>,
}

/// By what an invitation is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum How {
    /// By the QR code.
    #[default]
    Scan,
    /// By the code of six characters.
    Code,
    /// By full name and the last four digits.
    Name,
}

/// An invitation that was found, with its host.
#[derive(Debug, Clone)]
struct Guest {
    invitation: Invitation,
    host: Host,
    /// What they come for, where the invitation says so.
    kind: Option<VisitType>,
    /// The visit of whoever's group they come late to.
    joins: Option<VisitId>,
    /// That group still waits to be let in.
    waits: bool,
}

/// A form on its way to a visit.
#[derive(Debug, Clone)]
struct Filling {
    origin: Origin,
    /// None until somebody without an invitation has typed them.
    details: Option<Details>,
    purpose: Option<Note>,
    /// Who comes along, as far as they are named; nobody where it is seen at once that each registers by themselves.
    members: Vec<Option<PersonName>>,
    instructed: Vec<Instructed>,
    /// Name and number, as they left the fields; by both somebody may be known.
    left: (Option<PersonName>, Option<Phone>),
    /// For whom the book was asked last, or would have been.
    asked: Option<(PersonName, Phone)>,
    /// Whether it was: whoever tries many is told nothing for a while.
    told: bool,
    /// They were here before and wanted to be remembered.
    recalled: Option<Remembered>,
    /// Whether they want to be remembered; none: they were not asked.
    remember: Option<bool>,
    /// The signature of an earlier visit under the same notice, and when it was written.
    signed: Option<(Signature, Wall)>,
    /// The photo for the badge.
    photo: Option<Photo>,
    /// They agreed without the signature that is needed.
    unsigned: bool,
    problems: FieldProblems,
}

/// Where a visit comes from.
#[derive(Debug, Clone)]
enum Origin {
    /// An invitation, with its host.
    Invited(Box<Guest>),
    /// Nothing was arranged; the host is chosen on the way.
    WalkIn(Box<VisitType>, Option<Box<Host>>),
}

/// A visit that may end.
#[derive(Debug, Clone)]
struct Leaving {
    visit: Visit,
    /// By what they were found.
    by: leave::By,
    /// How many others of their group are here; of a group's leader only.
    others: usize,
    /// When their number alone was used to sign them out; it was taken back.
    doubted: Option<Wall>,
}

/// A page that lies over the journey and leaves it untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    Privacy,
    Reception,
}

/// The desk.
#[derive(Debug)]
pub struct Desk {
    config: Config,
    notices: Notices,
    lang: Lang,
    visitor: u32,
    forms: u32,
    page: Page,
    aside: Option<Aside>,
    printer: PrinterState,
    idle: Idle,
    guard: Guard,
    /// Who signed out by number alone.
    exits: Exits,
    /// Another one, at what is remembered of people: whoever types name and number there is told something too.
    recalls: Guard,
    /// Whether the book was asked how both stood before the program was started.
    guards_resumed: bool,
    /// On which day old visits were erased last.
    forgot: Option<NaiveDate>,
    /// Before when the visits were that were erased then.
    erased_before: Option<Wall>,
    /// There is an emergency; a word besides, which may be empty.
    emergency: Option<String>,
    /// How many photos were asked for.
    photos: u32,
    /// Whether the camera gives pictures; it does until somebody says otherwise.
    camera_gives: bool,
    /// How much of the disk is free, in percent; none: not told yet.
    disk_free: Option<u8>,
    /// The receptionist who registers whoever stands here.
    on_behalf: Option<String>,
    /// The types of visits whose badges have a place for a photo.
    photographed: HashSet<String>,
}

impl Desk {
    /// A desk at its welcome page.
    pub fn new(config: &Config, notices: Notices) -> Self {
        Self {
            lang: config.languages.first().map_or(Lang::EN, |language| language.code),
            idle: Idle::default(),
            config: config.clone(),
            notices,
            visitor: 1,
            forms: 1,
            page: Page::Welcome,
            aside: None,
            printer: PrinterState::NotSeen,
            guard: Guard::default(),
            exits: Exits::default(),
            recalls: Guard::default(),
            guards_resumed: false,
            forgot: None,
            erased_before: None,
            emergency: None,
            photos: 0,
            camera_gives: true,
            disk_free: None,
            on_behalf: None,
            photographed: config.visit_types.iter().map(|kind| kind.kind.id.clone()).collect(),
        }
    }

    /// Photos are offered for these types of visits only, by their keys: the badges of others have no place for one.
    pub fn with_photos_for(mut self, kinds: HashSet<String>) -> Self {
        self.photographed = kinds;
        self
    }

    /// Takes one event. What no longer fits the page shown is dropped.
    ///
    /// # Errors
    /// The book failed; the desk is as it was before.
    pub fn handle(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.resume_guards(now.tick, book)?;
        self.take(event, now, book)?;
        self.keep_guards(now.tick, book)
    }

    fn take(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.pass_deadlines(now);
        self.give_up_photo(now.tick);
        self.exits.take_up(now, book)?;
        if let Event::System(System::Report(report)) = event {
            return self.report(report, now, book);
        }
        if event == Event::System(System::Tick) {
            book.count_pauses(now)?;
            self.emergency = book.emergency()?;
            self.forget_old(now, book)?;
            self.keep_the_book(now, book)?;
            self.refresh(now, book)?;
            if let Some(backup) = &self.config.backup {
                book.copy_tonight(backup, now)?;
            }
            book.seal(now)?;
            self.follow_badges(now, book)?;
            self.follow_roll(book)?;
            return self.look_for_answer(now, book);
        }
        // A tap answers the question too, and does nothing else: what lies below was not aimed at.
        let asked = self.idle.asks();
        self.idle.touch(now.tick);
        self.stay(now.tick);
        // But "clear and start over" is one of its answers, and who scans something is the next one.
        if asked && !matches!(event, Event::Session(Session::Home)) {
            if !matches!(event, Event::LookUp(LookUp::Scanned(_))) {
                return Ok(());
            }
            self.reset();
            self.idle.touch(now.tick);
        }
        self.visitor_event(event, now, book)?;
        self.refresh(now, book)
    }

    fn visitor_event(&mut self, event: Event, now: Now, book: &mut Book) -> Result<(), BookError> {
        match event {
            Event::Session(Session::ChooseLanguage(lang)) => self.choose_language(lang, book)?,
            Event::Session(Session::Home) => self.reset(),
            Event::Session(Session::Done) if self.is_over() => self.reset(),
            Event::Session(Session::Back) => self.back(now, book)?,
            Event::Session(Session::ShowPrivacy) => self.aside = Some(Aside::Privacy),
            Event::Session(Session::ShowReception) => self.aside = Some(Aside::Reception),
            Event::Session(Session::CloseAside) => self.aside = None,
            Event::LookUp(LookUp::HaveInvitation) => self.begin_search(false),
            Event::Registration(Registration::WalkIn) => self.begin_walk_in(),
            Event::Registration(Registration::ChooseType(id)) => self.choose_type(&id, book)?,
            Event::Registration(Registration::AskForHost(asked)) => self.ask_for_host(&asked),
            Event::Registration(Registration::ChooseDepartment(name)) => self.choose_department(&name),
            Event::Registration(Registration::ChooseHost(id)) => self.choose_host(&id, now, book)?,
            Event::Registration(Registration::PurposeDone(text)) => self.purpose_done(&text, now, book)?,
            Event::Delivery(Parcels::Begin) => self.begin_delivery(book)?,
            Event::Delivery(Parcels::Done { carrier, parcels, to_sign }) => {
                self.parcels_done(&carrier, parcels, to_sign, now, book)?;
            }
            Event::SignOut(SignOut::Leaving) => self.begin_search(true),
            Event::LookUp(LookUp::ByCode) => self.show_search(How::Code),
            Event::LookUp(LookUp::ByName) => self.show_search(How::Name),
            Event::LookUp(LookUp::Typed) => self.forget_miss(),
            Event::LookUp(LookUp::Code(code)) => self.look_up_code(&code, now, book)?,
            Event::LookUp(LookUp::Name { name, last_four }) => {
                self.look_up_name(&name, &last_four, now, book)?
            }
            Event::LookUp(LookUp::Scanned(text)) => self.scanned(&text, now, book)?,
            Event::LookUp(LookUp::Choose(id)) => self.choose(&id),
            Event::LookUp(LookUp::Confirm) => self.confirm(now, book)?,
            Event::LookUp(LookUp::Correct) => self.correct(),
            Event::LookUp(LookUp::NotMe) => self.not_me(),
            Event::Registration(Registration::LeaveField(field, text)) => {
                self.leave_field(field, &text, now, book)?
            }
            Event::Registration(Registration::DetailsDone { name, company, phone, party, remember }) => {
                let typed = Typed { name: &name, company: &company, phone: &phone };
                self.details_done(typed, party, remember, now, book)?;
            }
            Event::Registration(Registration::NameMember { at, name }) => self.name_member(at, &name),
            Event::Registration(Registration::MembersDone) => self.members_done(now, book)?,
            Event::Registration(Registration::LessonRead) => self.lesson_read(now, book)?,
            Event::Registration(Registration::Answer(answer)) => self.answer(answer, now, book)?,
            Event::Registration(Registration::TakePhoto) => self.take_photo(now),
            Event::Registration(Registration::PhotoDone { with }) => self.photo_done(with, book)?,
            Event::Registration(Registration::Agree(strokes)) => self.agree(&strokes, now, book)?,
            Event::Registration(Registration::SignAtReception) => self.sign_at_reception(now, book)?,
            Event::Registration(Registration::Signing) => self.signing(),
            Event::Registration(Registration::Decline) => self.decline(now),
            Event::SignOut(SignOut::Leave) => self.leave(false, now, book)?,
            Event::SignOut(SignOut::LeaveTogether) => self.leave(true, now, book)?,
            Event::SignOut(SignOut::Stay) if matches!(self.page, Page::Leave(_) | Page::Return(_)) => {
                self.reset()
            }
            Event::SignOut(SignOut::ComeBack) => self.come_back(now, book)?,
            Event::SignOut(SignOut::Rate(rating)) => self.rate(rating, now, book)?,
            Event::SignOut(SignOut::BeginWord { complaint }) => self.begin_word(complaint),
            Event::SignOut(SignOut::WordDone { words, anonymous }) => {
                self.word_done(&words, anonymous, now, book)?
            }
            Event::Registration(Registration::CameOut(came_out)) => self.came_out(came_out, now, book)?,
            Event::Reception(tap) => self.staff(tap, now, book)?,
            Event::Session(Session::Done | Session::StillHere)
            | Event::SignOut(SignOut::Stay)
            | Event::System(System::Touched | System::Report(_) | System::Tick) => {}
        }
        Ok(())
    }

    /// Once a day, what is older than the notice promises is erased, some at every tick; not before the first page is on
    /// the screen, and not by a clock that cannot be believed.
    fn forget_old(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        let today = now.wall.date_naive();
        if self.forgot == Some(today) || now.tick < FORGETS_FROM || !book.believes_clock(now) {
            return Ok(());
        }
        let visit = &self.config.visit;
        let days = now.wall.checked_sub_days(Days::new(u64::from(visit.keep_days)));
        let months = |months| now.wall.checked_sub_months(Months::new(months));
        let parts = (days, months(visit.safety_months), months(visit.remember_months));
        if let (Some(visits), Some(lessons), Some(people)) = parts
            && book.forget(&Before { visits, lessons, people }, now)? == 0
        {
            self.forgot = Some(today);
            self.erased_before = Some(visits);
        }
        Ok(())
    }

    /// Before when visits were that nothing is kept of any more; none until that is known.
    pub fn erased_before(&self) -> Option<Wall> {
        self.erased_before
    }

    /// What the book still owes is done by and by, once the first page is on the screen.
    fn keep_the_book(&self, now: Now, book: &mut Book) -> Result<(), BookError> {
        if now.tick >= FORGETS_FROM {
            book.wipe_again(now)?;
        }
        book.index_again(now)
    }

    fn choose_language(&mut self, lang: Lang, book: &Book) -> Result<(), BookError> {
        self.speak(lang);
        let lang = self.lang;
        if let Page::Agree(filling) = &self.page {
            // Another language may have another version, which they have not signed yet.
            let filling = Filling::clone(filling);
            return self.show_notice(filling, book);
        }
        if let Page::Lecture(lecture) = &mut self.page {
            // Nor need there be as many questions.
            let lesson = lecture.topics.first().and_then(|topic| self.notices.lesson(topic, lang));
            let questions = lesson.map_or(0, |lesson| lesson.questions.len());
            lecture.asked = lecture.asked.filter(|at| *at < questions);
        }
        Ok(())
    }

    /// The book cannot be used: whoever stands here is sent to reception, in their language, and what they typed is
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

    fn back(&mut self, now: Now, book: &mut Book) -> Result<(), BookError> {
        if self.aside.take().is_some() {
            return Ok(());
        }
        match &self.page {
            Page::Search(Search { how: How::Code | How::Name, leaving: true, .. }) => {
                self.page = Page::Search(Search { leaving: true, ..Search::default() });
            }
            Page::Search(Search { how: How::Name, .. }) => self.begin_search(false),
            Page::Choose(_) | Page::Confirm(_) | Page::Again(_) => {
                self.page = Page::Search(Search::default());
            }
            Page::Search(_)
            | Page::Types
            | Page::Declined
            | Page::Refused(..)
            | Page::Waiting(_)
            | Page::Delivered(_)
            | Page::Leave(_)
            | Page::Left(_)
            | Page::Return(_)
            | Page::Back(..)
            | Page::Heard(_)
            | Page::RollCalled(_)
            | Page::Pin(_) => self.reset(),
            Page::Counter(_) => return self.staff(Tap::Close, now, book),
            Page::Word(goodbye, _) => {
                let until = now.tick.after(self.config.screen.thanks);
                self.page = Page::Left(Box::new(Goodbye { until, ..Goodbye::clone(goodbye) }));
            }
            Page::Parcels(_, Some(guest)) => self.page = Page::Confirm(guest.clone()),
            Page::Parcels(_, None) => return self.look_for_recipient(book),
            Page::Details(_)
            | Page::Members(_)
            | Page::Host(_)
            | Page::Purpose(_)
            | Page::Lecture(_)
            | Page::Photo(_)
            | Page::Agree(_) => return self.back_in_form(book),
            Page::Welcome | Page::Thanks(_) => {}
        }
        Ok(())
    }

    /// Whether nothing is left to do but to read.
    fn is_over(&self) -> bool {
        matches!(
            self.page,
            Page::Thanks(_)
                | Page::Declined
                | Page::Waiting(_)
                | Page::Refused(..)
                | Page::Delivered(_)
                | Page::Left(_)
                | Page::Back(..)
                | Page::Heard(_)
        )
    }

    /// What was typed is forgotten; who is there may be the same.
    fn forget_typed(&mut self) {
        self.forms = self.forms.wrapping_add(1);
    }

    /// The next visitor finds everything as if nobody had been here.
    fn reset(&mut self) {
        self.forget_typed();
        self.visitor = self.visitor.wrapping_add(1);
        self.lang = self.config.languages.first().map_or(Lang::EN, |language| language.code);
        self.page = Page::Welcome;
        self.aside = None;
        self.on_behalf = None;
        self.idle = Idle::default();
    }

    fn report(&mut self, report: Report, now: Now, book: &mut Book) -> Result<(), BookError> {
        match report {
            Report::Printer(state) => {
                self.printer = state;
                self.devices_changed(now, book)?;
            }
            Report::Disk(free) => {
                self.disk_free = Some(free);
                self.devices_changed(now, book)?;
            }
            Report::LookedOver(faults) => book.note_look_over(&faults, now)?,
            Report::Fed(millimetres) => {
                let paper = self.config.supplies.iter().find(|supply| supply.roll_metres.is_some());
                if let Some(paper) = paper {
                    book.use_paper(paper, millimetres, now)?;
                }
            }
            Report::Photo(number, photo) => self.photo_came(number, photo),
            Report::Camera(gives) => self.camera_gives = gives,
            Report::Ran(id, outcome) => {
                if let Some(state) = book.ran(id, outcome, now)? {
                    self.errand_is(id, state, now);
                    self.look_for_answer(now, book)?;
                    self.follow_delivery(book)?;
                    self.follow_roll(book)?;
                    self.follow_case(id, state);
                    self.refresh(now, book)?;
                }
            }
        }
        Ok(())
    }

    /// When the desk wants to be told [`System::Tick`]; nothing happens at a desk before, but for what staff write into
    /// the book.
    pub fn wakes_at(&self, now: Tick) -> Option<Tick> {
        let photo = self.photo_wakes_at(now);
        [
            self.idle_wakes_at(now),
            self.guard_wakes_at(now),
            self.answer_wakes_at(now),
            photo,
            self.pin_wakes_at(now),
        ]
        .into_iter()
        .flatten()
        .min()
    }
}

#[cfg(test)]
mod tests;
