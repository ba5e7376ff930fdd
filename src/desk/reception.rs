//! Reception's pages behind a PIN: what needs a hand, who is here, and everything a receptionist may do about it.
//! They are locked before any visitor's page is shown, and after a while without a touch.

mod about;
mod acting;
mod action;
pub(super) mod actions;
mod board;
mod card_id;
mod cards;
mod form;
mod inviting;
mod machine;
mod matters;
mod opened;
mod ordered;
mod parts;
pub(super) mod perform;
mod pin;
pub(super) mod place;
mod review;
mod view;
mod words;

pub use action::Action;
pub(crate) use action::for_all_actions;
pub use card_id::CardId;
pub use view::{
    Card, Choice, Column, Detail, Devices, Fact, FieldError, FieldKind, FieldView, Figure, FormView, Heading,
    HostOffer, Label, NumbersView, Opened, PinMiss, PinView, Plot, PlotKind, ReceptionView, Said, Section,
    Shared, Tone, Trace, WatchedBy,
};

use super::Desk;
use super::look_up::scan_meant_nothing;
use super::pages::Page;
use super::pages::host::HostSearch;
use crate::book::{Book, BookError};
use crate::now::{Now, Tick};
use crate::visit::Role;
use crate::words::Lang;
use acting::allowed;
use chrono::{Datelike, Months, NaiveDate};
use form::Form;
use ordered::Ordered;
pub(super) use pin::Pinning;
use std::rc::Rc;
use std::time::Duration;

/// How long what came of an action is said.
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
    /// An action, for this card, or for the part.
    Do(Action, Option<CardId>),
    /// So much of a host's name is typed into the form.
    AskHost(String),
    /// A host was chosen for the form, by the id.
    ChooseHost(String),
    /// The form, field by field; of a choice its number.
    Send(Vec<String>),
}

/// The pages while they are open.
#[derive(Debug)]
pub(super) struct ReceptionPages {
    pub by: String,
    pub role: Role,
    section: Section,
    filter: String,
    /// So many visits of the history are shown; an action shows more, as long as there are.
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

impl ReceptionPages {
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
                if matches!(self.page, Page::ReceptionPages(_) | Page::Pin(_)) {
                    self.reset();
                }
            }
            Tap::Go(section) => self.go(section, now),
            Tap::Filter(words) => {
                if let Page::ReceptionPages(pages) = &mut self.page {
                    pages.filter = words;
                    pages.most = review::FOUND;
                    pages.stale();
                }
            }
            Tap::Card(card) => {
                if let Page::ReceptionPages(pages) = &mut self.page {
                    pages.open = Some(card);
                    pages.form = None;
                    pages.stale();
                }
            }
            Tap::Close => {
                if let Page::ReceptionPages(pages) = &mut self.page
                    && pages.form.take().is_none()
                {
                    pages.open = None;
                    pages.opened = None;
                }
            }
            Tap::Do(action, card) => self.act(action, card, now, book)?,
            Tap::AskHost(asked) => {
                if let Some(form) = self.open_form() {
                    form.ask_host(&asked);
                }
            }
            Tap::ChooseHost(id) => {
                if let Some(form) = self.open_form() {
                    form.choose_host(&id);
                }
            }
            Tap::Send(values) => self.form_sent(&values, now, book)?,
        }
        Ok(())
    }

    pub(super) fn go(&mut self, section: Section, now: Now) {
        let Page::ReceptionPages(pages) = &mut self.page else { return };
        if !board::may_open(section, pages) {
            return;
        }
        pages.month = now.wall.date_naive().with_day(1).unwrap_or_default();
        pages.section = section;
        pages.filter.clear();
        pages.most = review::FOUND;
        pages.open = None;
        pages.opened = None;
        pages.form = None;
        pages.said = None;
        pages.ordered = None;
        pages.stale();
    }

    /// Whose PIN was taken away, or who is somebody else now, is out at once.
    fn lock_out(&mut self, book: &Book) -> Result<(), BookError> {
        let Page::ReceptionPages(pages) = &self.page else { return Ok(()) };
        let people = book.receptionists()?;
        if people.iter().all(|one| (&one.name, one.role) != (&pages.by, pages.role)) {
            self.reset();
        }
        Ok(())
    }

    /// The cards follow the book.
    pub(super) fn refresh(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::ReceptionPages(pages) = &self.page else { return Ok(()) };
        let told = ((book.edition()?, now.millis().div_euclid(60_000)), self.lang);
        if pages.told == Some(told) {
            return Ok(());
        }
        self.lock_out(book)?;
        let Page::ReceptionPages(pages) = &self.page else { return Ok(()) };
        let board = self.read_board(now, book)?;
        let columns = self.columns(pages.section, &board, pages, now, book)?;
        let open = pages.open.as_ref();
        let opened = open.map(|card| self.open_card(card, &board, (pages, &columns), now, book));
        let opened = opened.transpose()?.flatten();
        let todo = self.todo(&board, pages);
        let mails = board.mails;
        let numbers = match pages.section {
            Section::Numbers => Some(self.month_numbers(pages.month, now, book)?),
            Section::Board
            | Section::Invitations
            | Section::Words
            | Section::Room
            | Section::History
            | Section::Roll
            | Section::Watch
            | Section::Machine => None,
        };
        let ordered = pages.ordered.clone().map(|ordered| ordered.now(book)).transpose()?;
        let Page::ReceptionPages(pages) = &mut self.page else { return Ok(()) };
        pages.ordered = ordered;
        // The history was searched already.
        let filter = if pages.section == Section::History { "" } else { pages.filter.as_str() };
        let mut columns = chosen(columns, filter);
        for card in columns.iter_mut().flat_map(|column| &mut column.cards) {
            card.actions = allowed(std::mem::take(&mut card.actions), pages.role);
        }
        pages.columns = Rc::new(columns);
        pages.todo = todo;
        pages.mails = mails;
        pages.roll = board.roll.as_ref().map(parts::roll_head);
        pages.numbers = numbers;
        if opened.is_none() {
            // What it was about is over.
            pages.open = None;
        }
        pages.opened = opened.map(|mut opened| {
            opened.card.actions = allowed(opened.card.actions, pages.role);
            opened
        });
        pages.told = Some(told);
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
        if let Page::ReceptionPages(pages) = &mut self.page
            && pages.form.is_some()
        {
            pages.say(Said::Scanned(name), now);
            return Ok(());
        }
        self.staff(Tap::Card(card), now, book)
    }

    /// The printer or the disk is another now.
    pub(super) fn devices_changed(&mut self, now: Now, book: &Book) -> Result<(), BookError> {
        if let Page::ReceptionPages(pages) = &mut self.page {
            pages.stale();
        }
        self.refresh(now, book)
    }

    pub(super) fn reception_view(&self, pages: &ReceptionPages, now: Now) -> ReceptionView {
        ReceptionView {
            by: pages.by.clone(),
            role: pages.role,
            section: pages.section,
            sections: pages.todo.clone(),
            devices: Devices {
                printer: self.printer,
                mails: pages.mails.0,
                mail: pages.mails.1,
                disk_free: self.disk_free,
            },
            filter: pages.filter.clone(),
            columns: Shared(Rc::clone(&pages.columns)),
            actions: self.part_actions(pages),
            said: pages
                .said
                .as_ref()
                .filter(|(_, until)| now.tick < *until)
                .map(|(said, _)| said.clone())
                .or_else(|| pages.ordered.as_ref().map(Ordered::said)),
            numbers: pages.numbers.clone(),
            head: pages.roll.clone().filter(|_| pages.section == Section::Roll),
            card: pages.opened.clone(),
            form: pages.form.as_ref().map(|form| form.view(pages.forms, self.lang)),
        }
    }

    /// The form that is filled in.
    fn open_form(&mut self) -> Option<&mut Form> {
        if let Page::ReceptionPages(pages) = &mut self.page { pages.form.as_mut() } else { None }
    }

    /// The pages are locked, and the visitor's ones shown: whoever stands here is registered by this receptionist.
    fn hand_over(&mut self, now: Now) {
        let Page::ReceptionPages(pages) = &self.page else { return };
        let (by, lang) = (pages.by.clone(), self.lang);
        self.reset();
        self.speak(lang);
        self.on_behalf = Some(by);
        // Whoever was handed the screen may go away without a touch.
        self.idle.touch(now.tick);
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
