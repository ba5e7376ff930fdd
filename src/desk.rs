//! The desk: decides what happens at reception. Owns the page, the visitor's session and its
//! deadlines; never reads a clock, never touches a device, and changes only after the book said Ok.

mod agree;
mod delivery;
mod details;
mod exits;
mod feedback;
mod group;
mod guard;
mod idle;
mod invitation;
mod leave;
mod photo;
mod reception;
mod roll_call;
mod safety;
mod thanks;
mod told;
mod view;
mod waiting;
mod walk_in;

pub(crate) use reception::for_all_actions;
pub use reception::{
    Action, Card, CardId, Choice, Column, Detail, Devices, Fact, FieldError, FieldKind, FieldView, Figure,
    FormView, Heading, HostOffer, Label, NumbersView, Opened, PinMiss, PinView, Plot, PlotKind,
    ReceptionView, Said, Section, Shared, Tap, Tone, Trace, WatchedBy,
};
pub use roll_call::{RollCallView, RollNews};
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
    Details, Host, Instructed, Invitation, Note, PersonName, Phone, Photo, Point, Remembered, Signature,
    Visit, VisitId,
};
use crate::words::Lang;
use chrono::{Days, Months, NaiveDate};
use delivery::Delivered;
use details::Typed;
use exits::Exits;
use feedback::{Goodbye, Heard};
use guard::Guard;
use idle::Idle;
use photo::Posing;
use reception::{Pinning, ReceptionPages};
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
    /// Somebody touched the screen or a key, wherever.
    Touched,
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
    /// "I have an invitation".
    HaveInvitation,
    /// "I have no appointment".
    WalkIn,
    /// What the visitor comes for was chosen, by the key of its type.
    ChooseType(String),
    /// So much of a host's name or department is typed.
    AskForHost(String),
    /// A department was chosen.
    ChooseDepartment(String),
    /// A host was chosen, by the id.
    ChooseHost(String),
    /// What they come for, in their own words.
    PurposeDone(String),
    /// "I bring something".
    Delivering,
    /// What is brought, whole.
    ParcelsDone {
        /// Who brings it, as typed.
        carrier: String,
        /// How many parcels.
        parcels: i32,
        /// Somebody must come and sign.
        to_sign: bool,
    },
    /// "I am leaving".
    Leaving,
    /// "Enter the code", or the badge's number.
    ByCode,
    /// "Find me by name".
    ByName,
    /// Something in the look-up was edited: what was said about it is out of date.
    Typed,
    /// A code was typed.
    LookUpCode(String),
    /// A name and the last four digits of a telephone number were typed.
    LookUpName {
        /// The full name.
        name: String,
        /// The last four digits.
        last_four: String,
    },
    /// One of several invitations was chosen, by its id.
    Choose(String),
    /// "Yes, this is me".
    Confirm,
    /// "This is me, and something must be corrected".
    Correct,
    /// "No, this is not me".
    NotMe,
    /// The scanner read this.
    Scanned(String),
    /// The visitor left a field of the details.
    LeaveField(Field, String),
    /// The details, whole.
    DetailsDone {
        /// The name as typed.
        name: String,
        /// The company as typed.
        company: String,
        /// The telephone number as typed.
        phone: String,
        /// How many more people come along.
        party: i32,
        /// Whether they want to be remembered for next time.
        remember: bool,
    },
    /// One of a group was named; an empty name takes it back.
    NameMember {
        /// Which, from 0; the visitor who stands here is not counted.
        at: usize,
        /// The name as typed.
        name: String,
    },
    /// The group is whole.
    MembersDone,
    /// The safety instruction, or why an answer was wrong, was read.
    LessonRead,
    /// A question of the safety instruction was answered so, from 0.
    Answer(usize),
    /// "Take my photo", or another one.
    TakePhoto,
    /// The photo is good; or there is to be none.
    PhotoDone {
        /// With the photo.
        with: bool,
    },
    /// The notice was agreed to; the strokes of the signature.
    Agree(Vec<Vec<Point>>),
    /// The notice was agreed to by somebody who cannot sign on the screen: reception signs with them.
    SignAtReception,
    /// Something was written or rubbed out where one signs.
    Signing,
    /// The notice was declined.
    Decline,
    /// The answer to "did your badge come out?".
    CameOut(bool),
    /// "Sign me out".
    Leave,
    /// "Sign all of us out".
    LeaveTogether,
    /// "I am not leaving yet", or "I am not coming back".
    Stay,
    /// "I am back".
    ComeBack,
    /// A face was chosen, 1 to 5.
    Rate(u8),
    /// A comment or a complaint is to be written.
    BeginWord {
        /// It is a complaint.
        complaint: bool,
    },
    /// What is to be said, whole.
    WordDone {
        /// The words.
        words: String,
        /// Without a name.
        anonymous: bool,
    },
    /// Somebody of reception does something on their pages.
    Staff(Tap),
    /// The last page was read.
    Done,
    /// The back tells something.
    Report(Report),
    /// A deadline may have passed.
    Tick,
}

/// A field of the details page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The name.
    Name,
    /// The company.
    Company,
    /// The telephone number.
    Phone,
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
    ReceptionPages(Box<ReceptionPages>),
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
        if let Event::Report(report) = event {
            return self.report(report, now, book);
        }
        if event == Event::Tick {
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
        if asked && !matches!(event, Event::Home) {
            if !matches!(event, Event::Scanned(_)) {
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
            Event::ChooseLanguage(lang) => self.choose_language(lang, book)?,
            Event::Home => self.reset(),
            Event::Done if self.is_over() => self.reset(),
            Event::Back => self.back(now, book)?,
            Event::ShowPrivacy => self.aside = Some(Aside::Privacy),
            Event::ShowReception => self.aside = Some(Aside::Reception),
            Event::CloseAside => self.aside = None,
            Event::HaveInvitation => self.begin_search(false),
            Event::WalkIn => self.begin_walk_in(),
            Event::ChooseType(id) => self.choose_type(&id, book)?,
            Event::AskForHost(asked) => self.ask_for_host(&asked),
            Event::ChooseDepartment(name) => self.choose_department(&name),
            Event::ChooseHost(id) => self.choose_host(&id, now, book)?,
            Event::PurposeDone(text) => self.purpose_done(&text, now, book)?,
            Event::Delivering => self.begin_delivery(book)?,
            Event::ParcelsDone { carrier, parcels, to_sign } => {
                self.parcels_done(&carrier, parcels, to_sign, now, book)?;
            }
            Event::Leaving => self.begin_search(true),
            Event::ByCode => self.show_search(How::Code),
            Event::ByName => self.show_search(How::Name),
            Event::Typed => self.forget_miss(),
            Event::LookUpCode(code) => self.look_up_code(&code, now, book)?,
            Event::LookUpName { name, last_four } => self.look_up_name(&name, &last_four, now, book)?,
            Event::Scanned(text) => self.scanned(&text, now, book)?,
            Event::Choose(id) => self.choose(&id),
            Event::Confirm => self.confirm(now, book)?,
            Event::Correct => self.correct(),
            Event::NotMe => self.not_me(),
            Event::LeaveField(field, text) => self.leave_field(field, &text, now, book)?,
            Event::DetailsDone { name, company, phone, party, remember } => {
                let typed = Typed { name: &name, company: &company, phone: &phone };
                self.details_done(typed, party, remember, now, book)?;
            }
            Event::NameMember { at, name } => self.name_member(at, &name),
            Event::MembersDone => self.members_done(now, book)?,
            Event::LessonRead => self.lesson_read(now, book)?,
            Event::Answer(answer) => self.answer(answer, now, book)?,
            Event::TakePhoto => self.take_photo(now),
            Event::PhotoDone { with } => self.photo_done(with, book)?,
            Event::Agree(strokes) => self.agree(&strokes, now, book)?,
            Event::SignAtReception => self.sign_at_reception(now, book)?,
            Event::Signing => self.signing(),
            Event::Decline => self.decline(now),
            Event::Leave => self.leave(false, now, book)?,
            Event::LeaveTogether => self.leave(true, now, book)?,
            Event::Stay if matches!(self.page, Page::Leave(_) | Page::Return(_)) => self.reset(),
            Event::ComeBack => self.come_back(now, book)?,
            Event::Rate(rating) => self.rate(rating, now, book)?,
            Event::BeginWord { complaint } => self.begin_word(complaint),
            Event::WordDone { words, anonymous } => self.word_done(&words, anonymous, now, book)?,
            Event::CameOut(came_out) => self.came_out(came_out, now, book)?,
            Event::Staff(tap) => self.staff(tap, now, book)?,
            Event::Done
            | Event::Stay
            | Event::Touched
            | Event::StillHere
            | Event::Report(_)
            | Event::Tick => {}
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
            Page::ReceptionPages(_) => return self.staff(Tap::Close, now, book),
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

    /// When the desk wants to be told [`Event::Tick`]; nothing happens at a desk before, but for what staff write into
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
