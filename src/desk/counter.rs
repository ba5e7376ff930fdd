//! Reception's pages behind a PIN: what needs a hand, who is here, and everything a receptionist may do about it.
//! They are locked before any visitor's page is shown, and after a while without a touch.

mod board;
mod card_id;
mod cards;
mod deeds;
mod files;
mod forms;
mod inviting;
mod machine;
mod matters;
mod opened;
mod parts;
mod pin;
mod review;
mod view;
mod words;

pub use card_id::CardId;
pub use view::{
    Card, Choice, Column, CounterView, Deed, Detail, Devices, Fact, FieldKind, FieldView, Figure, FormView,
    Heading, HostOffer, Label, NumbersView, Opened, PinMiss, PinView, Plot, PlotKind, Said, Section, Shared,
    Slip, Tone, Trace, WatchedBy,
};

use super::Desk;
use super::look_up::scan_meant_nothing;
use super::pages::Page;
use super::pages::host::{HostSearch, is_called};
use crate::book::{Book, BookError};
use crate::now::{Now, Tick};
use crate::visit::{Host, Role};
use crate::words::Lang;
use chrono::{Datelike, Months, NaiveDate};
use files::Ordered;
pub(super) use pin::Pinning;
use std::rc::Rc;
use std::time::Duration;

/// How long what came of a deed is said.
const SAID_FOR: Duration = Duration::from_secs(6);

/// What receptionists do on their pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tap {
    /// To the PIN.
    Open,
    /// The roll is called before anybody has a PIN: a fire does not wait.
    CallRoll,
    /// Its list is wanted once more, before anybody has a PIN.
    RollAgain,
    /// Somebody's name was chosen.
    Choose(String),
    /// A PIN was typed.
    Pin(String),
    /// The pages are locked.
    Lock,
    /// Another part.
    Go(Section),
    /// So much is typed to choose among the cards.
    Filter(String),
    /// A card is opened.
    Card(CardId),
    /// What is open is closed.
    Close,
    /// A deed, for this card, or for the part.
    Do(Deed, Option<CardId>),
    /// So much of a host's name is typed into the form.
    AskHost(String),
    /// A host was chosen for the form, by the id.
    ChooseHost(String),
    /// The form, field by field; of a choice its number.
    Send(Vec<String>),
}

/// The pages while they are open.
#[derive(Debug)]
pub(super) struct Counter {
    pub by: String,
    pub role: Role,
    section: Section,
    filter: String,
    /// So many visits of the history are shown; a deed shows more, as long as there are.
    most: usize,
    columns: Rc<Vec<Column>>,
    todo: Vec<(Section, usize)>,
    mails: (usize, Option<crate::errand::Trouble>),
    /// The roll call that is open.
    roll: Option<Fact>,
    /// A day of the month whose numbers are shown.
    month: NaiveDate,
    numbers: Option<Shared<NumbersView>>,
    /// Which state of the book, which minute and which language the cards tell of.
    told: Option<(Told, Lang)>,
    open: Option<CardId>,
    opened: Option<Opened>,
    form: Option<Form>,
    forms: u32,
    said: Option<(Said, Tick)>,
    /// What was ordered in this part, and how it stands.
    ordered: Option<Ordered>,
}

type Told = ((i64, u64), i64);

/// A form that is filled in.
#[derive(Debug)]
struct Form {
    deed: Deed,
    /// The card that it is about; none: the part.
    card: Option<CardId>,
    about: String,
    facts: Vec<Fact>,
    fields: Vec<FieldView>,
    search: Option<HostSearch>,
    /// The host who was chosen: two may have one name.
    host: Option<Host>,
}

impl Counter {
    fn new(by: String, role: Role) -> Self {
        Self {
            by,
            role,
            section: Section::Board,
            filter: String::new(),
            most: review::FOUND,
            columns: Rc::default(),
            todo: Vec::new(),
            mails: (0, None),
            roll: None,
            month: NaiveDate::MIN,
            numbers: None,
            told: None,
            open: None,
            opened: None,
            form: None,
            forms: 0,
            said: None,
            ordered: None,
        }
    }

    /// Whether somebody may see what only managers see.
    fn is_manager(&self) -> bool {
        self.role == Role::Manager
    }

    fn say(&mut self, said: Said, now: Now) {
        self.said = Some((said, now.tick.after(SAID_FOR)));
    }

    /// So many months later.
    fn turn(&mut self, months: i32) {
        let by = Months::new(months.unsigned_abs());
        let turned =
            if months < 0 { self.month.checked_sub_months(by) } else { self.month.checked_add_months(by) };
        self.month = turned.unwrap_or(self.month);
        self.stale();
    }

    /// Older visits of the history too.
    fn more(&mut self) {
        self.most += review::FOUND;
        self.stale();
    }

    /// What was told is out of date.
    fn stale(&mut self) {
        self.told = None;
    }
}

impl Form {
    /// The host who was chosen, while their name is what stands in the field.
    fn host(&self, typed: &str) -> Option<&Host> {
        self.host.as_ref().filter(|host| is_called(host, typed))
    }
}

impl Desk {
    /// What a receptionist does; without the pages only what leads to them.
    pub(super) fn staff(&mut self, tap: Tap, now: Now, book: &mut Book) -> Result<(), BookError> {
        self.lock_out(book)?;
        match tap {
            Tap::Open => self.ask_pin(matches!(self.page, Page::RollCalled(_)), now, book)?,
            Tap::CallRoll => self.call_roll_unseen(now, book)?,
            Tap::RollAgain => self.put_out_again(now, book)?,
            Tap::Choose(name) => self.choose_receptionist(&name, now, book)?,
            Tap::Pin(typed) => self.pin_typed(&typed, now, book)?,
            Tap::Lock => {
                if matches!(self.page, Page::Counter(_) | Page::Pin(_)) {
                    self.reset();
                }
            }
            Tap::Go(section) => self.go(section, now),
            Tap::Filter(words) => {
                if let Page::Counter(counter) = &mut self.page {
                    counter.filter = words;
                    counter.most = review::FOUND;
                    counter.stale();
                }
            }
            Tap::Card(card) => {
                if let Page::Counter(counter) = &mut self.page {
                    counter.open = Some(card);
                    counter.form = None;
                    counter.stale();
                }
            }
            Tap::Close => {
                if let Page::Counter(counter) = &mut self.page
                    && counter.form.take().is_none()
                {
                    counter.open = None;
                    counter.opened = None;
                }
            }
            Tap::Do(deed, card) => self.act(deed, card, now, book)?,
            Tap::AskHost(asked) => self.ask_form_host(&asked),
            Tap::ChooseHost(id) => self.choose_form_host(&id),
            Tap::Send(values) => self.form_sent(&values, now, book)?,
        }
        Ok(())
    }

    pub(super) fn go(&mut self, section: Section, now: Now) {
        let Page::Counter(counter) = &mut self.page else { return };
        if !board::may_open(section, counter) {
            return;
        }
        counter.month = now.wall.date_naive().with_day(1).unwrap_or_default();
        counter.section = section;
        counter.filter.clear();
        counter.most = review::FOUND;
        counter.open = None;
        counter.opened = None;
        counter.form = None;
        counter.said = None;
        counter.ordered = None;
        counter.stale();
    }

    /// Whose PIN was taken away, or who is somebody else now, is out at once.
    fn lock_out(&mut self, book: &Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let people = book.receptionists()?;
        if people.iter().all(|one| (&one.name, one.role) != (&counter.by, counter.role)) {
            self.reset();
        }
        Ok(())
    }

    /// The cards follow the book.
    pub(super) fn refresh(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let told = ((book.edition()?, now.millis().div_euclid(60_000)), self.lang);
        if counter.told == Some(told) {
            return Ok(());
        }
        self.lock_out(book)?;
        let Page::Counter(counter) = &self.page else { return Ok(()) };
        let board = self.read_board(now, book)?;
        let columns = self.columns(counter.section, &board, counter, now, book)?;
        let open = counter.open.as_ref();
        let opened = open.map(|card| self.open_card(card, &board, (counter, &columns), now, book));
        let opened = opened.transpose()?.flatten();
        let todo = self.todo(&board, counter);
        let mails = board.mails;
        let numbers = match counter.section {
            Section::Numbers => Some(self.month_numbers(counter.month, now, book)?),
            Section::Board
            | Section::Invitations
            | Section::Words
            | Section::Room
            | Section::History
            | Section::Roll
            | Section::Watch
            | Section::Machine => None,
        };
        let ordered = counter.ordered.clone().map(|ordered| ordered.now(book)).transpose()?;
        let Page::Counter(counter) = &mut self.page else { return Ok(()) };
        counter.ordered = ordered;
        // The history was searched already.
        let filter = if counter.section == Section::History { "" } else { counter.filter.as_str() };
        counter.columns = Rc::new(chosen(columns, filter));
        counter.todo = todo;
        counter.mails = mails;
        counter.roll = board.roll.as_ref().map(parts::roll_head);
        counter.numbers = numbers;
        if opened.is_none() {
            // What it was about is over.
            counter.open = None;
        }
        counter.opened = opened;
        counter.told = Some(told);
        Ok(())
    }

    /// A badge or an invitation was scanned: its card is opened. A form that is being filled in stays, and it is said
    /// whose it was.
    pub(super) fn card_scanned(&mut self, text: &str, now: Now, book: &mut Book) -> Result<(), BookError> {
        let Some(token) = crate::visit::Token::parse(text) else { return Ok(()) };
        let visit = match book.visit_by_token(&token)? {
            Some(visit) => Some(visit),
            // An old badge is still somebody's.
            None => book.visit_by_void_token(&token)?,
        };
        let (card, name) = match (visit, book.invitation_by_token(&token)?) {
            (Some(visit), _) => (CardId::Visit(visit.id), visit.details.name.to_string()),
            (None, Some(invitation)) => {
                let name = invitation.visitor.to_string();
                (CardId::Invitation(invitation.id), name)
            }
            (None, None) => return scan_meant_nothing(text, now, book),
        };
        book.scan_was_right()?;
        if let Page::Counter(counter) = &mut self.page
            && counter.form.is_some()
        {
            counter.say(Said::Scanned(name), now);
            return Ok(());
        }
        self.staff(Tap::Card(card), now, book)
    }

    /// The printer or the disk is another now.
    pub(super) fn devices_changed(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        if let Page::Counter(counter) = &mut self.page {
            counter.stale();
        }
        self.refresh(now, book)
    }

    pub(super) fn counter_view(&self, counter: &Counter, now: Now) -> CounterView {
        CounterView {
            by: counter.by.clone(),
            role: counter.role,
            section: counter.section,
            sections: counter.todo.clone(),
            devices: Devices {
                printer: self.printer,
                mails: counter.mails.0,
                mail: counter.mails.1,
                disk_free: self.disk_free,
            },
            filter: counter.filter.clone(),
            columns: Shared(Rc::clone(&counter.columns)),
            deeds: self.section_deeds(counter),
            said: counter
                .said
                .as_ref()
                .filter(|(_, until)| now.tick < *until)
                .map(|(said, _)| said.clone())
                .or_else(|| counter.ordered.as_ref().map(Ordered::said)),
            numbers: counter.numbers.clone(),
            head: counter.roll.clone().filter(|_| counter.section == Section::Roll),
            card: counter.opened.clone(),
            form: counter.form.as_ref().map(|form| FormView {
                deed: form.deed,
                about: form.about.clone(),
                number: counter.forms,
                facts: form.facts.clone(),
                fields: form.fields.clone(),
                hosts: form.search.as_ref().map_or_else(Vec::new, |search| {
                    let hosts = search.found(self.lang).into_iter().take(forms::MOST_HOSTS);
                    hosts.map(|host| forms::offer(host, self.lang)).collect()
                }),
                host_at: form.host.as_ref().map(|host| forms::offer(host, self.lang).at).unwrap_or_default(),
            }),
        }
    }
}

/// The cards on which something begins with or holds every word that is typed.
fn chosen(mut columns: Vec<Column>, filter: &str) -> Vec<Column> {
    let words: Vec<String> = filter.split_whitespace().map(crate::visit::letters).collect();
    if words.is_empty() {
        return columns;
    }
    for column in &mut columns {
        column.cards.retain(|card| {
            let text = cards::words_of(card);
            words.iter().all(|word| text.contains(word.as_str()))
        });
    }
    columns
}
