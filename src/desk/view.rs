//! The whole screen as one value. Holds values and states, never words: those are the screen's.

use super::idle::seconds_left;
use super::photo::Pose;
use super::reception::{PinView, ReceptionView};
use super::roll_call::RollCallView;
use super::told::Told;
use super::{
    Again, Aside, Desk, Filling, Guest, HostSearch, How, Leaving, Lecture, Origin, Page, Thanks, Waiting,
};
use crate::config::{Admits, Ask};
use crate::errand::{Badge, PrinterState, Seen, State, Trouble};
use crate::notice::Notice;
use crate::now::{Now, Wall};
use crate::visit::{Admission, Asked, BadgeNumber, Details, Host, PersonName, Photo, Problem, Visit};
use crate::words::Lang;
use chrono::{NaiveDate, NaiveTime};

/// So many closed periods to come are told.
const CLOSED_SHOWN: usize = 2;

/// Everything that the screen shows.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Counts the visitors: when it changes, the screen forgets all that was typed.
    pub visitor: u32,
    /// Counts what was typed: when it changes, the screen forgets it.
    pub forms: u32,
    /// The language of the page.
    pub lang: Lang,
    /// The time on the page, to the minute.
    pub now: Wall,
    /// How the printer is.
    pub printer: PrinterState,
    /// What is said on every page while there is an emergency.
    pub emergency: Option<String>,
    /// When the house opens next, while it is closed.
    pub opens: Option<Wall>,
    /// When the house receives visitors, where that is said.
    pub hours: Option<Hours>,
    /// "Are you still there?", with the seconds left to answer.
    pub still_there: Option<u32>,
    /// The page.
    pub page: PageView,
}

/// When the house receives visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// From and until today; empty: the house is closed all day.
    pub today: Vec<(NaiveTime, NaiveTime)>,
    /// The first and the last day of the closed periods that come next, today's among them.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
}

/// One page.
#[derive(Clone, Debug, PartialEq)]
pub enum PageView {
    /// The greeting.
    Welcome,
    /// Looking for an invitation.
    Search(SearchView),
    /// Several were found: which one?
    Choose(Vec<Found>),
    /// One was found: is it yours?
    Confirm(Found),
    /// What do you come for? The keys and names of what is offered.
    Types(Vec<(String, String)>),
    /// Who are you?
    Details(DetailsView),
    /// Who comes along?
    Members(MembersView),
    /// Whom do you see?
    Host(HostView),
    /// What for, in your own words? What is offered.
    Purpose(Vec<String>),
    /// What is brought?
    Parcels(ParcelsView),
    /// The parcels are registered.
    Delivered(DeliveredView),
    /// The safety instruction, to read.
    Lesson(AgreeView),
    /// A question of the safety instruction.
    Question(QuestionView),
    /// A photo for the badge.
    Photo(PhotoView),
    /// The notice.
    Agree(AgreeView),
    /// Somebody is asked whether the visitor may come in.
    Waiting(Box<WaitingView>),
    /// The visitor may not come in; a word for them, which may be empty.
    Refused(String),
    /// Registered.
    Thanks(Box<ThanksView>),
    /// The visitor declined; nothing was kept.
    Declined,
    /// A badge was scanned: sign out?
    Leave(LeaveView),
    /// Signed out; how was it?
    Left(Box<GoodbyeView>),
    /// Somebody who left may come back: do they?
    Return(LeaveView),
    /// They are in again.
    Back {
        /// Whoever must be escorted waits.
        escort: bool,
    },
    /// A comment or a complaint is written.
    Word {
        /// It is a complaint.
        complaint: bool,
        /// It can be said with a name: it was likely to be them who signed out.
        named: bool,
    },
    /// What was said is kept; with the complaint's case.
    Heard {
        /// The complaint's case.
        case: Option<CaseView>,
        /// Seconds until the page clears.
        seconds_left: u32,
    },
    /// The roll was called in the lobby.
    RollCall(RollCallView),
    /// A receptionist's PIN.
    Pin(PinView),
    /// Reception's pages.
    ReceptionPages(Box<ReceptionView>),
    /// Where reception is and how it is reached.
    Reception,
    /// The notice, to read at any time.
    Privacy(AgreeView),
    /// The book cannot be used: please go to reception.
    Broken,
}

/// The look-up.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchView {
    /// For the visit that ends, not for an invitation.
    pub leaving: bool,
    /// By what.
    pub how: How,
    /// Why it led nowhere.
    pub miss: Option<Miss>,
    /// Seconds until look-ups are open again.
    pub pause: u32,
}

/// Why a look-up led nowhere. The later, the more it helps the visitor to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Miss {
    /// What was scanned is no invitation's code at all.
    Unreadable,
    /// What was scanned is neither an invitation nor a badge of this house.
    Strange,
    /// No invitation has this code.
    Unknown,
    /// No invitation has this name and number.
    NoMatch,
    /// So many characters are missing.
    CodeShort(u8),
    /// There is a character that no code has.
    CodeWrong,
    /// No name was typed.
    NameMissing,
    /// The last four digits are not four digits.
    LastFour,
    /// More than one visitor is here under this name and number.
    Several,
    /// Whoever leaves scanned the invitation that they came with.
    ScanBadge,
    /// Too many misses: look-ups are closed for a while.
    Paused,
    /// The invitation was withdrawn.
    Cancelled,
    /// Its time is over.
    Expired,
    /// Its time comes then.
    NotYet(Wall),
    /// It was used already, then.
    Used(Wall),
    /// Nobody of the group that it was made for is in the house any more.
    GroupGone,
    /// What it is for is not offered any more: nobody knows what it asks for.
    NotOffered,
    /// It is a badge that another one was printed for.
    VoidBadge,
    /// Two have signed out by number alone: the next one needs more than a number.
    NumberAlone,
    /// It is a badge of somebody who signed out then.
    Left(Wall),
    /// It is a badge of somebody who was taken to have left then, when the house closed.
    Assumed(Wall),
    /// Whoever looks for themselves was let in, and this badge of theirs was printed then.
    LetIn(BadgeNumber, Wall),
}

/// An invitation, or a visit that is registered, as it is shown before it is confirmed: masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The id.
    pub id: String,
    /// The visitor, masked.
    pub visitor: String,
    /// The company, masked; may be empty.
    pub company: String,
    /// Whom they see.
    pub host: String,
    /// In which department.
    pub department: String,
    /// From when it is good.
    pub from: Wall,
    /// Until when.
    pub until: Wall,
    /// Others of the group are here already.
    pub joins: bool,
    /// They wait to be let in.
    pub waits: bool,
    /// Nothing is missing: after the yes comes the notice.
    pub whole: bool,
    /// They may bring others.
    pub brings: bool,
    /// It is a visit that was registered today, then; no invitation.
    pub here: bool,
}

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailsView {
    /// What to start from; none: from nothing.
    pub details: Option<Details>,
    /// Nothing was arranged.
    pub walk_in: bool,
    /// Whether they may bring others.
    pub party: bool,
    /// Whether others may come who register by themselves.
    pub others: OthersShown,
    /// Whether the company is asked for.
    pub company: Ask,
    /// Whether the telephone number is asked for.
    pub phone: Ask,
    /// Slips, each under its field.
    pub problems: FieldProblems,
    /// Whom the visitor sees.
    pub host: String,
    /// In which department.
    pub department: String,
    /// After how many days it is deleted.
    pub keep_days: u32,
    /// Whether they may ask to be remembered, and for how many months.
    pub remember_months: Option<u32>,
    /// They are known, and want to be; the company to fill in, which may be empty.
    pub recalled: Option<String>,
}

/// How others come whom nobody can sign for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OthersShown {
    /// Nothing is said of them.
    No,
    /// Do others come? They get a code.
    Asked,
    /// They come by the code of the invitation.
    Invited,
}

/// Who comes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// The name of whoever stands here.
    pub leader: String,
    /// The others; empty where one is not named.
    pub names: Vec<String>,
    /// A slip in the name that is typed.
    pub problem: Option<Problem>,
}

/// A question of the safety instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// Which question, from 1.
    pub number: usize,
    /// Of how many.
    pub of: usize,
    /// What is asked.
    pub text: String,
    /// What can be answered.
    pub answers: Vec<String>,
    /// The last answer was wrong: why.
    pub why: Option<String>,
}

/// A photo for the badge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoView {
    /// Nothing was arranged.
    pub walk_in: bool,
    /// How far it is.
    pub state: PhotoShown,
    /// After how many days it is deleted.
    pub keep_days: u32,
}

/// How far a photo is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoShown {
    /// May one be taken?
    Asked,
    /// In so many seconds; 0: now.
    Counting(u32),
    /// Is it good?
    Taken(Photo),
    /// The camera gave none.
    Failed,
}

/// Looking for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostView {
    /// The host is the recipient of parcels.
    pub recipient: bool,
    /// What is typed, where somebody comes back to it.
    pub asked: String,
    /// Something is typed.
    pub asks: bool,
    /// The department that was chosen.
    pub department: Option<String>,
    /// What can be chosen.
    pub rows: Vec<HostRow>,
}

/// Somebody or something to choose while looking for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostRow {
    /// A department.
    Department(String),
    /// Whoever is there for a department.
    Anybody {
        /// The id.
        id: String,
        /// The department.
        department: String,
    },
    /// A host.
    Host {
        /// The id.
        id: String,
        /// The name.
        name: String,
        /// The department; may be empty.
        department: String,
        /// Floor and room; may be empty.
        place: String,
        /// They saw this one last time.
        last: bool,
    },
}

/// For whom something is brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelsView {
    /// The recipient's name.
    pub host: String,
    /// The recipient's department; may be empty.
    pub department: String,
    /// Who was announced, where anybody was: what to start from; may be empty.
    pub carrier: Option<String>,
}

/// Registered parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredView {
    /// The number, such as P17.
    pub number: String,
    /// When it was registered.
    pub registered: Wall,
    /// How many parcels.
    pub parcels: u8,
    /// Somebody must come and sign.
    pub to_sign: bool,
    /// The recipient's name.
    pub host: String,
    /// How the mail to the recipient stands, or to somebody in their place.
    pub host_state: HostShown,
    /// To whom that is.
    pub told: ToldShown,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// A visit that waits to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// The visitor's name.
    pub name: String,
    /// Their number.
    pub number: String,
    /// When they were registered.
    pub registered: Wall,
    /// Whom they see.
    pub host: String,
    /// Who was asked, in order.
    pub asked: Vec<AskedShown>,
    /// Whether reception can be told by mail, should nobody answer.
    pub reception_is_told: bool,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// Whether they find this page again by their name.
    pub again: bool,
    /// Whether reception must be spoken to: it was asked and has no address.
    pub speak: bool,
    /// Whether reception is to sign with them, and then lets them in.
    pub witness: bool,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// Somebody who was asked whether a visitor may come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedShown {
    /// Who.
    pub who: Asked,
    /// Their name; empty for reception.
    pub name: String,
    /// How the mail to them stands.
    pub state: HostShown,
    /// Since when.
    pub since: Wall,
    /// The mail had gone and nobody had answered when the next one was asked.
    pub passed: bool,
}

/// A visit that may end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveView {
    /// The visitor's name; masked where only the badge's number was typed.
    pub name: String,
    /// The badge's number.
    pub number: String,
    /// When they came.
    pub arrived: Wall,
    /// How many others of the group that they lead are here.
    pub others: usize,
    /// They have no badge yet: somebody is asked whether they may come in.
    pub waits: bool,
    /// Until when they may come back with the same badge.
    pub returns: Option<Wall>,
    /// Only the badge's number was typed: reception is to look whether it is so.
    pub by_number: bool,
    /// When the number alone was used to sign them out; that was taken back.
    pub doubted: Option<Wall>,
}

/// A visit that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodbyeView {
    /// When they came.
    pub arrived: Wall,
    /// When they left.
    pub left: Wall,
    /// Whom they saw; empty where only the number of their badge was typed.
    pub host: String,
    /// The face that was chosen, 1 to 5; 0 for none.
    pub rating: u8,
    /// They never got a badge.
    pub waited: bool,
    /// Until when they may come back with the same badge.
    pub returns: Option<Wall>,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// A complaint that somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// Its number, such as C3.
    pub number: String,
    /// Until when it is answered.
    pub due: Wall,
    /// How the mail to whoever answers stands.
    pub state: HostShown,
}

/// A slip for each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldProblems {
    /// In the name.
    pub name: Option<Problem>,
    /// In the company.
    pub company: Option<Problem>,
    /// In the telephone number.
    pub phone: Option<Problem>,
}

/// A notice to read.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreeView {
    /// The notice in the language of the page.
    pub notice: Notice,
    /// On the way of somebody without an invitation.
    pub walk_in: bool,
    /// Whether a badge is printed at once; somebody may have to be asked before.
    pub prints: bool,
    /// Whether it is signed with a finger.
    pub signs: bool,
    /// When they signed this version of it; they need not sign again.
    pub signed: Option<Wall>,
    /// They agreed without the signature.
    pub unsigned: bool,
    /// Who it is for, as the badge will say; empty where that is not known.
    pub name: String,
    /// So many were to come along, and register by themselves.
    pub others: usize,
    /// So many questions follow.
    pub questions: usize,
}

/// The last page.
#[derive(Clone, Debug, PartialEq)]
pub struct ThanksView {
    /// The badge, for its picture.
    pub badge: Badge,
    /// When the visit was registered.
    pub registered: Wall,
    /// How the badges stand, the one worst off.
    pub badge_state: BadgeShown,
    /// Which badge that is.
    pub badge_number: String,
    /// How many badges came out, of how many.
    pub badges: (usize, usize),
    /// Some of them went to a printer that does not report back.
    pub badges_unseen: bool,
    /// What those say who come later; empty where nobody is expected.
    pub late_code: String,
    /// How the mail to the host stands, or to somebody in their place.
    pub host_state: HostShown,
    /// To whom that is.
    pub told: ToldShown,
    /// The visitor's name.
    pub name: String,
    /// Whom they see.
    pub host: String,
    /// Where to go.
    pub place: String,
    /// How to get there.
    pub way: String,
    /// They wait where they are until the host comes for them.
    pub escort: bool,
    /// Seconds until the page clears.
    pub seconds_left: u32,
}

/// What is known of the badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadgeShown {
    /// It is with the printer.
    Printing,
    /// The printer confirmed it.
    Printed,
    /// The printer took it and never says more.
    HandedOver,
    /// The printer cannot now; it is tried again.
    Waiting(Trouble),
    /// It will not be printed.
    Failed(Trouble),
    /// Nobody saw whether it came out.
    Unknown(Trouble),
}

/// What is known of the mail to the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostShown {
    /// On its way.
    Sending,
    /// The mail server took it.
    Sent,
    /// It is tried again.
    Waiting,
    /// It will not be sent.
    Failed,
    /// Nobody can be written to.
    Nobody,
}

/// To whom a mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToldShown {
    /// To the host.
    Host,
    /// To this colleague in the host's place.
    Colleague(String),
    /// To reception.
    Reception,
}

impl Desk {
    /// The whole screen as one value.
    pub fn view(&self, now: Now) -> View {
        View {
            visitor: self.visitor,
            forms: self.forms,
            lang: self.lang,
            now: to_the_minute(now.wall),
            printer: self.printer,
            emergency: self.emergency.as_ref().map(|word| match word.as_str() {
                "" => self.config.emergency.get(self.lang).to_owned(),
                word => word.to_owned(),
            }),
            opens: self.config.opening.as_ref().and_then(|opening| opening.opens_next(now)),
            hours: self.config.opening.as_ref().map(|opening| {
                let today = now.wall.date_naive();
                let mut closed = opening.closed_from(today);
                closed.truncate(CLOSED_SHOWN);
                Hours { today: opening.on(today).to_vec(), closed }
            }),
            still_there: self.still_there(now.tick),
            page: self.page_view(now),
        }
    }

    fn page_view(&self, now: Now) -> PageView {
        match self.aside {
            Some(Aside::Reception) => return PageView::Reception,
            Some(Aside::Privacy) => return PageView::Privacy(self.privacy_view()),
            None => {}
        }
        match &self.page {
            Page::Welcome => PageView::Welcome,
            Page::Search(search) => PageView::Search(SearchView {
                leaving: search.leaving,
                how: search.how,
                // A pause that is over is not shown any more.
                miss: search.miss.filter(|miss| *miss != Miss::Paused || self.pause(now) > 0),
                pause: self.pause(now),
            }),
            Page::Choose(guests) => {
                PageView::Choose(guests.iter().map(|guest| self.found_view(guest, now)).collect())
            }
            Page::Confirm(guest) => PageView::Confirm(self.found_view(guest, now)),
            Page::Again(again) => PageView::Confirm(self.again_view(again, now)),
            Page::Types => PageView::Types(
                self.config
                    .visit_types
                    .iter()
                    .map(|kind| (kind.kind.id.clone(), kind.kind.name.get(self.lang).to_owned()))
                    .collect(),
            ),
            Page::Details(filling) => PageView::Details(self.details_view(filling)),
            Page::Members(filling) => PageView::Members(members_view(filling)),
            Page::Lecture(lecture) => self.lecture_view(lecture),
            Page::Host(search) => PageView::Host(self.host_view(search)),
            Page::Purpose(filling) => PageView::Purpose(filling.kind().map_or_else(Vec::new, |kind| {
                kind.purposes.iter().map(|purpose| purpose.get(self.lang).to_owned()).collect()
            })),
            Page::Photo(posing) => PageView::Photo(PhotoView {
                walk_in: posing.filling.is_walk_in(),
                state: match &posing.pose {
                    Pose::Asked => PhotoShown::Asked,
                    Pose::Counting(_, at) => PhotoShown::Counting(seconds_left(now.tick, *at)),
                    Pose::Taken(photo) => PhotoShown::Taken(photo.clone()),
                    Pose::Failed => PhotoShown::Failed,
                },
                keep_days: self.config.visit.keep_days,
            }),
            Page::Agree(filling) => PageView::Agree(self.agree_view(filling)),
            Page::Parcels(host, announced) => PageView::Parcels(ParcelsView {
                carrier: announced.as_ref().map(|guest| {
                    guest.invitation.company.as_ref().map(ToString::to_string).unwrap_or_default()
                }),
                host: host.name.get(self.lang).to_owned(),
                department: host.department.get(self.lang).to_owned(),
            }),
            Page::Delivered(delivered) => PageView::Delivered(DeliveredView {
                number: delivered.delivery.label(),
                registered: delivered.delivery.arrived,
                parcels: delivered.delivery.parcels,
                to_sign: delivered.delivery.to_sign,
                host: delivered.host.name.get(self.lang).to_owned(),
                host_state: host_shown(delivered.letter.as_ref().map(|told| told.state)),
                told: self.told_view(delivered.letter.as_ref()),
                seconds_left: seconds_left(now.tick, delivered.until),
            }),
            Page::Waiting(waiting) => PageView::Waiting(Box::new(self.waiting_view(waiting, now))),
            Page::Refused(word, _) => PageView::Refused(word.clone()),
            Page::Thanks(thanks) => PageView::Thanks(Box::new(self.thanks_view(thanks, now))),
            Page::Declined => PageView::Declined,
            Page::Leave(leaving) => PageView::Leave(leave_view(leaving, now)),
            Page::Left(goodbye) => PageView::Left(Box::new(GoodbyeView {
                arrived: goodbye.visit.arrived,
                left: goodbye.visit.left.unwrap_or(now.wall),
                host: goodbye
                    .host
                    .as_ref()
                    .filter(|_| goodbye.known)
                    .map(|host| host.name.get(self.lang).to_owned())
                    .unwrap_or_default(),
                rating: goodbye.rating.unwrap_or_default(),
                waited: goodbye.visit.waits(),
                returns: returns_until(&goodbye.visit, now),
                seconds_left: seconds_left(now.tick, goodbye.until),
            })),
            Page::Return(visit) => PageView::Return(visit_view(visit, true, 0, now)),
            Page::Back(_, escort) => PageView::Back { escort: *escort },
            Page::RollCalled(called) => PageView::RollCall(self.roll_call_view(called)),
            Page::Pin(pinning) => PageView::Pin(self.pin_view(pinning, now)),
            Page::ReceptionPages(pages) => {
                PageView::ReceptionPages(Box::new(self.reception_view(pages, now)))
            }
            Page::Word(goodbye, complaint) => PageView::Word { complaint: *complaint, named: goodbye.known },
            Page::Heard(heard) => PageView::Heard {
                case: heard.case.as_ref().map(|case| CaseView {
                    number: case.label(),
                    due: case.due,
                    state: host_shown(heard.letter.map(|(_, state)| state)),
                }),
                seconds_left: seconds_left(now.tick, heard.until),
            },
        }
    }

    fn pause(&self, now: Now) -> u32 {
        seconds_left(now.tick, now.tick.after(self.guard.closed_for(now.tick)))
    }

    fn privacy_view(&self) -> AgreeView {
        let notice = self.notices.get(self.lang).clone();
        AgreeView {
            notice,
            walk_in: false,
            prints: false,
            signs: false,
            signed: None,
            unsigned: false,
            name: String::new(),
            others: 0,
            questions: 0,
        }
    }

    fn agree_view(&self, filling: &Filling) -> AgreeView {
        AgreeView {
            notice: self.notices.of(filling.kind_id(), self.lang).clone(),
            walk_in: filling.is_walk_in(),
            prints: match &filling.origin {
                Origin::Invited(guest) => !guest.waits,
                Origin::WalkIn(kind, _) => kind.admits == Admits::Nobody,
            },
            signs: filling.signs(),
            signed: filling.signed.as_ref().map(|(_, at)| *at),
            unsigned: filling.unsigned,
            name: filling.details.as_ref().map(|details| details.name.to_string()).unwrap_or_default(),
            others: self.registers_alone(filling),
            questions: 0,
        }
    }

    fn lecture_view(&self, lecture: &Lecture) -> PageView {
        let walk_in = lecture.filling.is_walk_in();
        let Some(lesson) = self.lesson(lecture) else { return PageView::Welcome };
        match lecture.asked.and_then(|at| Some((at, lesson.questions.get(at)?))) {
            None => PageView::Lesson(AgreeView {
                notice: lesson.notice.clone(),
                walk_in,
                prints: false,
                signs: false,
                signed: None,
                unsigned: false,
                name: String::new(),
                others: self.registers_alone(&lecture.filling),
                questions: lesson.questions.len(),
            }),
            Some((at, question)) => PageView::Question(QuestionView {
                walk_in,
                number: at + 1,
                of: lesson.questions.len(),
                text: question.text.clone(),
                answers: question.answers.clone(),
                why: lecture.wrong.then(|| question.why.clone()),
            }),
        }
    }

    fn details_view(&self, filling: &Filling) -> DetailsView {
        let host = filling.host().filter(|_| !filling.is_walk_in());
        let (company, phone) = filling.asks();
        DetailsView {
            details: filling.details.clone(),
            walk_in: filling.is_walk_in(),
            party: filling.joins().is_none() && !self.begins_one_by_one(filling),
            others: self.others_view(filling),
            company,
            phone,
            problems: filling.problems,
            host: host.map(|host| host.name.get(self.lang).to_owned()).unwrap_or_default(),
            department: host.map(|host| host.department.get(self.lang).to_owned()).unwrap_or_default(),
            keep_days: self.config.visit.keep_days,
            remember_months: (phone != Ask::No && filling.is_walk_in())
                .then_some(self.config.visit.remember_months)
                .filter(|months| *months > 0),
            recalled: filling
                .recalled
                .as_ref()
                .map(|recalled| recalled.company.as_ref().map(ToString::to_string).unwrap_or_default()),
        }
    }

    fn others_view(&self, filling: &Filling) -> OthersShown {
        if filling.joins().is_some() || !self.begins_one_by_one(filling) {
            return OthersShown::No;
        }
        match &filling.origin {
            Origin::WalkIn(..) => OthersShown::Asked,
            Origin::Invited(guest) if guest.invitation.party > 0 => OthersShown::Invited,
            Origin::Invited(_) => OthersShown::No,
        }
    }

    /// How many were to come along, and now register by themselves: only whom they see has shown it.
    fn registers_alone(&self, filling: &Filling) -> usize {
        if self.is_one_by_one(filling) { filling.members.len() } else { 0 }
    }

    fn host_view(&self, search: &HostSearch) -> HostView {
        let lang = self.lang;
        let anybody = |department: &str| {
            let contact = search.contact(department, lang);
            contact.map(|host| HostRow::Anybody { id: host.id.clone(), department: department.to_owned() })
        };
        let departments = search.departments(lang).into_iter().flat_map(|name| {
            // Who typed the department's name may be served with one tap.
            let contact = search.asks().then(|| anybody(name)).flatten();
            contact.into_iter().chain([HostRow::Department(name.to_owned())])
        });
        let of_the_chosen = search.department(lang).and_then(anybody);
        let row = |host: &Host, last| HostRow::Host {
            id: host.id.clone(),
            name: host.name.get(lang).to_owned(),
            department: host.department.get(lang).to_owned(),
            place: host.place.get(lang).to_owned(),
            last,
        };
        let last = search.last().map(|host| row(host, true));
        let hosts = search.found(lang).into_iter().map(|host| row(host, false));
        HostView {
            recipient: search.filling.is_none(),
            asks: search.asks(),
            asked: search.asked().to_owned(),
            department: search.department(lang).map(str::to_owned),
            rows: last.into_iter().chain(departments).chain(of_the_chosen).chain(hosts).collect(),
        }
    }

    fn waiting_view(&self, waiting: &Waiting, now: Now) -> WaitingView {
        let asked: Vec<AskedShown> = waiting
            .asked
            .iter()
            .map(|asked| AskedShown {
                who: asked.who,
                name: asked.name.get(self.lang).to_owned(),
                state: host_shown(Some(asked.state)),
                since: asked.since,
                passed: asked.passed,
            })
            .collect();
        let by_mail = asked.iter().any(|asked| asked.who == Asked::Reception);
        WaitingView {
            name: waiting.visit.details.name.to_string(),
            number: waiting.visit.badge.to_string(),
            registered: waiting.visit.arrived,
            host: waiting.host.name.get(self.lang).to_owned(),
            reception_is_told: self.config.reception.email.is_some(),
            late_code: waiting.late_code.clone(),
            again: waiting.visit.details.phone.is_some(),
            witness: waiting.visit.agreement.witness.is_some(),
            speak: waiting.visit.admission == Admission::Waiting(Asked::Reception) && !by_mail,
            asked,
            seconds_left: seconds_left(now.tick, waiting.until),
        }
    }

    fn told_view(&self, told: Option<&Told>) -> ToldShown {
        told.map_or(ToldShown::Host, |told| told.shown(self.lang))
    }

    fn found_view(&self, guest: &Guest, now: Now) -> Found {
        let (invitation, filling) = (&guest.invitation, guest.filling());
        // Of several days, this one.
        let (from, until) = invitation.next_turn(now).unwrap_or((invitation.from, invitation.until));
        Found {
            id: invitation.id.clone(),
            visitor: invitation.visitor.masked(),
            company: invitation.company.as_ref().map(|company| company.masked()).unwrap_or_default(),
            host: guest.host.name.get(self.lang).to_owned(),
            department: guest.host.department.get(self.lang).to_owned(),
            from: now.zone.wall(from),
            until: now.zone.wall(until),
            joins: guest.joins.is_some(),
            waits: guest.waits,
            whole: !guest.brings_parcels() && filling.is_whole(),
            brings: guest.joins.is_none() && !self.begins_one_by_one(&filling),
            here: false,
        }
    }

    /// Masked, as an invitation is.
    fn again_view(&self, Again { visit, host }: &Again, now: Now) -> Found {
        Found {
            id: visit.id.0.to_string(),
            visitor: visit.details.name.masked(),
            company: visit.details.company.as_ref().map(|company| company.masked()).unwrap_or_default(),
            host: host.name.get(self.lang).to_owned(),
            department: host.department.get(self.lang).to_owned(),
            from: visit.arrived,
            until: now.zone.here(visit.good_until),
            joins: false,
            waits: false,
            whole: false,
            brings: false,
            here: true,
        }
    }

    fn thanks_view(&self, thanks: &Thanks, now: Now) -> ThanksView {
        let (host, mut badge) = (&thanks.host, thanks.badge_as_printed());
        badge.good_until = now.zone.here(badge.good_until);
        ThanksView {
            escort: badge.escort,
            badge,
            registered: thanks.visit.arrived,
            badge_state: badge_shown(thanks.worst().map(|badge| badge.state)),
            badge_number: thanks.worst().map_or(thanks.visit.badge, |badge| badge.number).to_string(),
            badges: thanks.out(),
            badges_unseen: thanks.unseen(),
            late_code: thanks.late_code.clone(),
            host_state: host_shown(thanks.letter.as_ref().map(|told| told.state)),
            told: self.told_view(thanks.letter.as_ref()),
            name: thanks.visit.details.name.to_string(),
            host: host.name.get(self.lang).to_owned(),
            place: host.place.get(self.lang).to_owned(),
            way: match host.way.get(self.lang) {
                "" => self.config.way_to(&host.place, self.lang).to_owned(),
                way => way.to_owned(),
            },
            seconds_left: seconds_left(now.tick, thanks.until),
        }
    }
}

fn leave_view(Leaving { visit, by, others, doubted }: &Leaving, now: Now) -> LeaveView {
    let by_number = !by.knows();
    LeaveView { by_number, doubted: *doubted, ..visit_view(visit, by.knows(), *others, now) }
}

fn members_view(filling: &Filling) -> MembersView {
    let name = |name: &Option<PersonName>| name.as_ref().map(ToString::to_string).unwrap_or_default();
    MembersView {
        walk_in: filling.is_walk_in(),
        leader: filling.details.as_ref().map(|details| details.name.to_string()).unwrap_or_default(),
        names: filling.members.iter().map(name).collect(),
        problem: filling.problems.name,
    }
}

fn visit_view(visit: &Visit, known: bool, others: usize, now: Now) -> LeaveView {
    let name = &visit.details.name;
    LeaveView {
        name: if known { name.to_string() } else { name.masked() },
        number: visit.badge.to_string(),
        arrived: visit.arrived,
        others,
        waits: visit.waits(),
        returns: returns_until(visit, now),
        by_number: false,
        doubted: None,
    }
}

fn returns_until(visit: &Visit, now: Now) -> Option<Wall> {
    visit.returns_until(now.millis()).map(|until| now.zone.here(until))
}

pub(super) fn badge_shown(state: Option<State>) -> BadgeShown {
    match state {
        None | Some(State::Queued(None) | State::Sending) => BadgeShown::Printing,
        Some(State::Queued(Some(trouble))) => BadgeShown::Waiting(trouble),
        Some(State::Done(Seen::Confirmed)) => BadgeShown::Printed,
        Some(State::Done(Seen::HandedOver)) => BadgeShown::HandedOver,
        Some(State::Failed(trouble)) => BadgeShown::Failed(trouble),
        Some(State::Unknown(trouble)) => BadgeShown::Unknown(trouble),
    }
}

pub(super) fn host_shown(state: Option<State>) -> HostShown {
    match state {
        None => HostShown::Nobody,
        Some(State::Queued(None) | State::Sending) => HostShown::Sending,
        Some(State::Queued(Some(_))) => HostShown::Waiting,
        Some(State::Done(_)) => HostShown::Sent,
        Some(State::Failed(_) | State::Unknown(_)) => HostShown::Failed,
    }
}

fn to_the_minute(wall: Wall) -> Wall {
    use chrono::Timelike;
    wall.with_second(0).and_then(|wall| wall.with_nanosecond(0)).unwrap_or(wall)
}
