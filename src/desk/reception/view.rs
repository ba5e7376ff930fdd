//! Reception's pages as values: cards in columns, an opened card, a form. Holds facts and states, never words.

use super::{Action, CardId};
use crate::errand::{About, Kind, PrinterState, State, Trouble};
use crate::now::Wall;
use crate::visit::{Asked, Likeness, Problem, Role};
use std::rc::Rc;

/// Who opens the pages, and with which PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinView {
    /// Everybody who has a PIN.
    pub names: Vec<String>,
    /// Who was chosen; empty: nobody yet.
    pub name: String,
    /// Why the pages are not open.
    pub miss: Option<PinMiss>,
    /// Seconds until a PIN may be tried again.
    pub pause: u32,
    /// Counts the tries: what was typed for the last one is gone.
    pub tries: u32,
    /// A roll call has begun: it is ticked off on the pages behind the PIN.
    pub roll: bool,
}

/// Why the pages are not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinMiss {
    /// It was wrong.
    Wrong,
    /// Too many were wrong.
    Paused,
    /// The pepper's file cannot be read.
    NoPepper,
}

/// The parts of reception's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Today: what needs a hand, who is here, who is expected, who left.
    Board,
    /// Who is invited.
    Invitations,
    /// Complaints and words.
    Words,
    /// Supplies and the daily look round.
    Room,
    /// All visits.
    History,
    /// Roll call.
    Roll,
    /// Whom reception is to be told about.
    Watch,
    /// Numbers, for managers.
    Numbers,
    /// Printer, mail, disk, copies.
    Machine,
}

impl Section {
    /// All, in their order.
    pub const ALL: [Section; 9] = [
        Section::Board,
        Section::Invitations,
        Section::Words,
        Section::Room,
        Section::History,
        Section::Roll,
        Section::Watch,
        Section::Numbers,
        Section::Machine,
    ];
}

/// Reception's pages.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceptionView {
    /// Who opened them.
    pub by: String,
    /// What they may do.
    pub role: Role,
    /// Which part.
    pub section: Section,
    /// The parts that they may open, each with how much there is to do.
    pub sections: Vec<(Section, usize)>,
    /// How the devices are, always in sight.
    pub devices: Devices,
    /// What is typed to choose among the cards.
    pub filter: String,
    /// The cards.
    pub columns: Shared<Vec<Column>>,
    /// What can be done in this part.
    pub actions: Vec<Action>,
    /// What came of the last action, while it is worth saying.
    pub said: Option<Said>,
    /// The numbers of a month, where they are shown.
    pub numbers: Option<Shared<NumbersView>>,
    /// A card is open.
    pub card: Option<Opened>,
    /// A form is filled in.
    pub form: Option<FormView>,
    /// What the cards of this part are about: which roll call it is.
    pub head: Option<Fact>,
}

/// How the devices are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Devices {
    /// The printer.
    pub printer: PrinterState,
    /// How many mails wait.
    pub mails: usize,
    /// What keeps them.
    pub mail: Option<Trouble>,
    /// How much of the disk is free, in percent; none: not known.
    pub disk_free: Option<u8>,
}

/// A value that is shared, and compared by whether it is the same one first.
#[derive(Debug)]
pub struct Shared<T>(pub Rc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

/// Cards under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What they have in common.
    pub heading: Heading,
    /// The cards, the most urgent first.
    pub cards: Vec<Card>,
}

/// What the cards of a column have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Somebody must do something.
    Hand,
    /// In the house.
    Here,
    /// Expected today.
    Expected,
    /// Left today.
    Left,
    /// Invited for later.
    Later,
    /// Parcels that nobody has collected.
    Parcels,
    /// Complaints that nobody has dealt with.
    Cases,
    /// Complaints of the last days that somebody dealt with.
    Closed,
    /// Words of the last days.
    Words,
    /// Supplies.
    Supplies,
    /// The daily look round.
    Checks,
    /// What of the look round was not done yesterday.
    Missed,
    /// Found in the history.
    Found,
    /// On the roll and not accounted for.
    Unaccounted,
    /// On the roll and safe.
    Safe,
    /// The pages of the roll.
    Pages,
    /// Roll calls before.
    Rolls,
    /// On the watch list.
    Watched,
    /// Devices and files.
    Machine,
}

/// One thing on a card that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it is about.
    pub id: CardId,
    /// A name, or what stands for one.
    pub title: String,
    /// A number or a state beside it; may be empty.
    pub corner: String,
    /// A time beside it.
    pub at: Option<Wall>,
    /// What is to be known.
    pub facts: Vec<Fact>,
    /// How urgent it is.
    pub tone: Tone,
    /// What can be done without opening it.
    pub actions: Vec<Action>,
}

/// How urgent something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// Not at all.
    Plain,
    /// It is done.
    Good,
    /// It wants attention.
    Amber,
    /// Something went wrong.
    Red,
}

/// One line of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Words of people, as they are.
    Text(String),
    /// Whom they see, from which company or for what: from, to, where.
    Goes(String, String, String),
    /// Waiting for so many minutes.
    Waits(i64),
    /// This one was asked then, and has not answered; how the mail stands.
    Asked(Asked, String, Option<State>, Wall),
    /// They came then.
    Came(Wall),
    /// They left then; it is assumed.
    Left(Wall, bool),
    /// They were signed out then by their badge's number alone.
    SaidLeft(Wall),
    /// Expected from then until then.
    Expected(Wall, Wall),
    /// The badge is good until then.
    GoodUntil(Wall),
    /// The badge was good until then, and they are still here.
    Overstayed(Wall),
    /// How the badge stands.
    Badge(State),
    /// What a mail is about.
    Letter(About),
    /// A mail did not go, to whom, why.
    Mail(String, Trouble),
    /// What reception is to know without anybody noticing.
    Discreet(String),
    /// The watch list: in which the visitor and the entry are alike, and what stands in the entry; empty: it is no
    /// longer on the list.
    Alike(WatchedBy, Likeness, String),
    /// Why somebody is on the watch list; for managers.
    Reason(String),
    /// What reception noted.
    Note(String),
    /// They have this pass.
    Pass(String),
    /// So many come along.
    Party(usize),
    /// They must not be alone.
    Escort,
    /// They may be reached there.
    Phone(String),
    /// Written to there.
    Email(String),
    /// What they came for.
    Purpose(String),
    /// Which notice they agreed to, in which version, when; they signed.
    Agreed(String, Wall, bool),
    /// They could not sign on the screen: reception is to sign with them before they come in.
    Unsigned,
    /// This one at reception vouches for an agreement that was not signed on the screen.
    Vouched(String),
    /// They went through the safety instruction of this version.
    Instructed(String, Wall),
    /// Where they go now, or what they come for now, has a safety instruction that they have not gone through.
    NotInstructed,
    /// So many parcels for somebody; a signature is needed.
    Parcels(u8, bool),
    /// To be answered until then.
    Due(Wall),
    /// Who answers; empty: reception.
    Responsible(String),
    /// This one dealt with it then.
    Closed(String, Wall),
    /// What was done about it.
    Remedy(String),
    /// Said on this day.
    SaidOn(Wall),
    /// A face, 1 to 5.
    Rating(u8),
    /// So much there is of somebody.
    Trace(Trace, usize),
    /// So many are there, and so many are the least; none: they were never counted.
    Stock(Option<u32>, u32),
    /// So many millimetres of the roll in the printer are used.
    Used(u32),
    /// Ticked by somebody.
    Ticked(String, Wall),
    /// Not ticked in time.
    NotTicked,
    /// Not ticked on this day at all.
    Missed(Wall),
    /// On which days of the week.
    Days(u8),
    /// What can be typed instead of scanning.
    Code(String),
    /// Withdrawn.
    Cancelled,
    /// Nobody saw them come.
    NotCome,
    /// On the list until then; none: for good.
    Until(Option<Wall>),
    /// The printer.
    Printer(PrinterState),
    /// So many mails wait; why.
    Mails(usize, Option<Trouble>),
    /// So much of the disk is free, in percent.
    Disk(u8),
    /// The last scans meant nothing; whether the scanner is on a serial line.
    StrangeScans(bool),
    /// The last copy of the book; none: there is none.
    Copied(Option<Wall>),
    /// No copies are configured.
    NoCopies,
    /// The last look over the whole book, and how much is not as it was written; none: there was none.
    LookedOver(Option<(Wall, usize)>),
    /// Old visits are not in the index yet, and not found.
    Indexing,
    /// An emergency is said on every page.
    Emergency(bool),
    /// Somebody who is in may be on the watch list: said without saying it.
    DiscreetInside,
    /// The watch list's entry has no note.
    NoNote,
    /// So many people were on site then; it is a drill.
    Roll(usize, bool, Wall),
    /// A page of the roll: which, of how many, how it stands.
    RollPage(u32, u32, State),
    /// Somebody did something then: the journal's word for it, who, and what there is to say besides.
    Happened(Wall, &'static str, String, Detail),
    /// So many were said to be safe, of so many on site.
    Accounted(usize, usize),
    /// It was ended then.
    Ended(Wall),
}

/// What of a visitor is on the watch list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchedBy {
    /// The name.
    Name,
    /// The telephone number.
    Phone,
    /// The company.
    Company,
}

/// What came of an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is in the book.
    Done(Action),
    /// Somebody else was quicker, or it is not so any more.
    TooLate,
    /// So many were signed out.
    SignedOut(usize),
    /// What was ordered, as which file (none: on paper), and how it stands.
    Ordered(Action, String, State),
    /// Nothing is erased of somebody who is on site.
    StillHere,
    /// Somebody is erased, and a reader keeps what was erased in the book's file for now.
    Unwiped,
    /// This one's badge or invitation was scanned while a form is filled in; the form stays.
    Scanned(String),
}

/// What there is of somebody in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// They are on site: nothing can be erased.
    Here,
    /// Visits.
    Visits,
    /// Invitations.
    Invitations,
    /// Words on how it was.
    Words,
    /// They asked to be remembered.
    Remembered,
    /// Safety instructions.
    Lessons,
    /// Badges and mails.
    Papers,
    /// Photos.
    Photos,
    /// Signatures.
    Signatures,
    /// Complaints that stay open, without their words.
    OpenCases,
    /// Not erased: entries of the watch list.
    Watched,
    /// Not erased: visits and invitations of this name without a number, which may be another's; of this name with
    /// another number; with this number under another name.
    Nameless,
    /// See there.
    OtherNumbers,
    /// See there.
    OtherNames,
}

/// A card, opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The card, with everything that is known.
    pub card: Card,
    /// What happened, in order.
    pub story: Vec<Fact>,
    /// The signature, as the data of an SVG path; may be empty.
    pub signature: String,
}

/// A form to fill in.
#[derive(Clone, Debug, PartialEq)]
pub struct FormView {
    /// What for.
    pub action: Action,
    /// About whom or what; may be empty.
    pub about: String,
    /// Counts the forms: when it changes, the fields start from what stands here.
    pub number: u32,
    /// What is to be known before.
    pub facts: Vec<Fact>,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// Hosts that fit what is typed.
    pub hosts: Vec<HostOffer>,
    /// Where the host is who was chosen: two may have one name. Empty: nobody was chosen.
    pub host_at: String,
}

/// A host who may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostOffer {
    /// By which they are chosen.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their department and their place; may be empty.
    pub at: String,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// What it is.
    pub label: Label,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What stands in it at first.
    pub text: String,
    /// The most characters.
    pub limit: u32,
    /// What can be chosen, in order.
    pub choices: Vec<Choice>,
    /// Which of them is chosen at first.
    pub chosen: usize,
    /// What is wrong with it.
    pub error: Option<FieldError>,
}

/// What a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The visitor's name.
    Name,
    /// Several names, a comma between.
    Names,
    /// The company.
    Company,
    /// The telephone number.
    Phone,
    /// The host.
    Host,
    /// What for.
    Purpose,
    /// A mail address.
    Email,
    /// A word for the visitor.
    Word,
    /// Why.
    Reason,
    /// What reception is to know.
    Note,
    /// A pass.
    Pass,
    /// What was done.
    Done,
    /// The first day.
    FirstDay,
    /// The last day.
    LastDay,
    /// From which hour.
    From,
    /// Until which hour.
    Until,
    /// On which days of the week.
    Weekdays,
    /// In which language.
    Language,
    /// How many there are.
    Stock,
    /// What they come for.
    Type,
    /// How many more come along.
    Party,
    /// For how long.
    HowLong,
    /// What kind of file.
    File,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Names, with pinyin.
    Name,
    /// Any words.
    Text,
    /// Latin letters.
    Latin,
    /// Digits.
    Digits,
    /// A host: what fits is offered.
    Host,
    /// One of several.
    Choice,
    /// Days of the week, each on or off, as bits; Monday is 1.
    Weekdays,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Words of the house.
    Text(String),
    /// A day.
    Day(Wall),
    /// An hour.
    Hour(Wall),
    /// An hour of another day.
    When(Wall),
    /// A number.
    Number(u32),
    /// For good.
    Always,
}

/// What is wrong with a field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// As visitors are told.
    Problem(Problem),
    /// It must be filled in.
    Missing,
    /// Nobody is called so.
    NoHost,
    /// Several are called so.
    SeveralHosts,
    /// It is no mail address.
    NoAddress,
    /// It ends before it begins.
    EndsEarly,
    /// Somebody else has it.
    Lent,
    /// There is no such pass.
    NoPass,
    /// It is no number.
    NoNumber,
    /// So many cannot be invited at one time.
    TooMany,
    /// There is neither one address for all nor one for each.
    NotEach,
}

/// The numbers of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct NumbersView {
    /// A day of the month.
    pub month: Wall,
    /// What is counted, in order; none: nothing was measured.
    pub figures: Vec<(Figure, Option<f64>)>,
    /// What is drawn.
    pub plots: Vec<Plot>,
}

/// A figure of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Visits.
    Visits,
    /// Invited and not come.
    NoShows,
    /// Sign-outs that nobody saw.
    Assumed,
    /// Seconds from registration to badge.
    ToBadge,
    /// Seconds until somebody answered.
    ToAnswer,
    /// The mean of the faces, 1 to 5.
    Satisfaction,
    /// Complaints.
    Complaints,
}

/// A plot of bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// What it shows.
    pub kind: PlotKind,
    /// A name and a height for each bar.
    pub bars: Vec<(String, f64)>,
}

/// What a plot shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlotKind {
    /// Visits a day.
    Days,
    /// Visits by hour of the day.
    Hours,
    /// By type.
    Types,
    /// By department.
    Departments,
    /// By host.
    Hosts,
    /// Faces.
    Faces,
}

/// What a visit's story says besides who did what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// A reason, or a word.
    Text(String),
    /// These were corrected.
    Fields(Vec<Label>),
    /// A pass was lent, or is back.
    Pass {
        /// Which.
        number: String,
        /// It is back.
        back: bool,
    },
    /// Safe, or missing; none: neither is known any more.
    Marked(Option<bool>),
    /// What came of a badge or a letter.
    Errand(Kind, State),
}
