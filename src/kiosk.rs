//! The one loop: tells the desk what happened, shows what it says, hands errands to the back.
//! Owns the book and the only clock; decides nothing itself. Takes no device before it has the book: another kiosk may
//! have both.

use crate::back::Back;
use crate::book::{Book, BookError};
use crate::desk::{Desk, Event, LookUp, PageView, Session, System, View};
use crate::errand::{ErrandId, Report};
use crate::front::clock::Clock;
use crate::front::screen::Screen;
use crate::now::{Now, Tick, Wall};
use chrono::Timelike;
use slint::{Timer, TimerMode};
use std::cell::RefCell;
use std::collections::{HashSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

/// How often a busy book is tried again.
const BUSY_RETRY: Duration = Duration::from_millis(250);
/// How often the desk looks whether staff have written something into the book, such as an emergency.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a book that failed is left alone before it is opened again.
const BOOK_RETRY: Duration = Duration::from_secs(5);

/// Opens the book; asked again after it failed.
pub type OpenBook = Box<dyn Fn(Now) -> Result<Book, BookError>>;

/// Starts the runners and whatever else a kiosk has of devices, once it has the book; asked again after that failed.
/// `torn` as in [`Back::start`].
pub type StartBack = Box<dyn Fn(bool) -> anyhow::Result<Back>>;

/// The kiosk. Clones are the same kiosk.
#[derive(Clone)]
pub struct Kiosk(Rc<Inner>);

struct Inner {
    queue: RefCell<VecDeque<Event>>,
    room: RefCell<Room>,
    timer: Timer,
}

struct Room {
    desk: Desk,
    book: Option<Book>,
    open_book: OpenBook,
    start_back: StartBack,
    screen: Screen,
    /// None until the book was opened for the first time.
    back: Option<Back>,
    clock: Clock,
    retry_book_at: Tick,
    broken: u32,
    /// The book was looked over and is damaged: it is not opened again.
    condemned: bool,
    /// A staff command was writing when errands were to be handed out.
    busy: bool,
    /// What runners have and have not reported. A book that was opened again wants it done anew, as after a power cut.
    with_runners: HashSet<ErrandId>,
    /// What runners reported while there was no book to write it into.
    untold: VecDeque<Event>,
    /// The visitor for whom the book was asked for news.
    greeted: Option<u32>,
    /// How the printer was last; told once, and the desk may not have listened.
    printer: Option<Event>,
    /// The photo that was asked for last.
    photo: Option<u32>,
    /// Before this, folders of badges and mails were swept last.
    swept: Option<Wall>,
}

impl Kiosk {
    /// A kiosk at its welcome page, or at the page that says that the book cannot be used.
    pub fn open(
        desk: Desk,
        open_book: OpenBook,
        start_back: StartBack,
        screen: Screen,
        clock: Clock,
    ) -> Self {
        let mut room = Room {
            desk,
            book: None,
            open_book,
            start_back,
            screen,
            back: None,
            clock,
            retry_book_at: Tick::default(),
            broken: 0,
            condemned: false,
            busy: false,
            with_runners: HashSet::new(),
            untold: VecDeque::new(),
            greeted: None,
            printer: None,
            photo: None,
            swept: None,
        };
        let now = room.clock.now();
        room.open_the_book(now);
        let kiosk = Self(Rc::new(Inner {
            queue: RefCell::default(),
            room: RefCell::new(room),
            timer: Timer::default(),
        }));
        let taps = Rc::downgrade(&kiosk.0);
        kiosk.0.room.borrow().screen.on_event(move |event| {
            if let Some(inner) = taps.upgrade() {
                Kiosk(inner).tell(event);
            }
        });
        kiosk.tell(Event::System(System::Tick));
        kiosk
    }

    /// Tells the desk. Events told while another is being handled wait for their turn; of scans only one waits, or a
    /// scanner that sends noise would fill the memory while the book is busy.
    pub fn tell(&self, event: Event) {
        let is_scan = |event: &Event| matches!(event, Event::LookUp(LookUp::Scanned(_)));
        let mut queue = self.0.queue.borrow_mut();
        if !is_scan(&event) || !queue.iter().any(is_scan) {
            queue.push_back(event);
        }
        drop(queue);
        let Ok(mut room) = self.0.room.try_borrow_mut() else { return };
        loop {
            let next = self.0.queue.borrow_mut().pop_front();
            let Some(event) = next else { break };
            if let Some(event) = room.handle(event) {
                // The book is busy: it happens a little later, before anything else does.
                self.0.queue.borrow_mut().push_front(event);
                return self.wake_at(BUSY_RETRY);
            }
            if self.0.queue.borrow().is_empty() {
                room.show();
            }
        }
        self.wake_at(room.sleeps_for());
    }

    fn wake_at(&self, wait: Duration) {
        let inner = Rc::downgrade(&self.0);
        self.0.timer.start(TimerMode::SingleShot, wait, move || {
            if let Some(inner) = inner.upgrade() {
                Kiosk(inner).tell(Event::System(System::Tick));
            }
        });
    }

    /// The book was looked over and is damaged. Nothing more is written into it: visitors are sent to reception until
    /// staff have put a copy back and started the kiosk again.
    pub fn condemn(&self, problem: &BookError) {
        let Ok(mut room) = self.0.room.try_borrow_mut() else { return };
        let now = room.clock.now();
        room.condemned = true;
        room.book_failed(problem, now);
        room.show();
    }

    /// What the screen shows.
    pub fn view(&self) -> View {
        self.0.room.borrow().view()
    }

    /// Looks at the desk: what it holds of whoever stands there.
    pub fn with_desk<T>(&self, look: impl FnOnce(&Desk) -> T) -> T {
        look(&self.0.room.borrow().desk)
    }

    /// Looks into the book, as the tour does to prove what a page says.
    pub fn with_book<T>(&self, look: impl FnOnce(&Book) -> T) -> Option<T> {
        self.0.room.borrow().book.as_ref().map(look)
    }
}

impl Room {
    /// The event again, where it has to wait for the book.
    fn handle(&mut self, event: Event) -> Option<Event> {
        let now = self.clock.now();
        if matches!(event, Event::System(System::Report(Report::Printer(_)))) {
            self.printer = Some(event.clone());
        }
        if let Event::System(System::Report(Report::Ran(errand, _))) = &event {
            self.with_runners.remove(errand);
        }
        if self.book.is_none() {
            // Without a book nothing can be promised: what visitors do in between is dropped.
            if let Event::Session(Session::ChooseLanguage(lang)) = event {
                self.desk.speak(lang);
            }
            self.keep(event);
            if now.tick >= self.retry_book_at {
                self.open_the_book(now);
            }
            return None;
        }
        let (Some(book), Some(back)) = (&mut self.book, &self.back) else { return None };
        match book.in_place().and_then(|()| self.desk.handle(event.clone(), now, book)) {
            Ok(()) => {}
            Err(BookError::Busy) => return Some(event),
            Err(problem) => {
                self.book_failed(&problem, now);
                self.keep(event);
                return None;
            }
        }
        if let Some(number) = self.desk.wants_photo(now.tick)
            && self.photo.replace(number) != Some(number)
        {
            back.take_photo(number);
        }
        if let Some(before) = self.desk.erased_before()
            && self.swept.replace(before) != Some(before)
        {
            back.forget(before);
        }
        self.busy = false;
        match book.due(now) {
            Ok(errands) => {
                let new = errands.into_iter().filter(|errand| self.with_runners.insert(errand.id));
                new.for_each(|errand| back.run(errand));
            }
            // The next tick finds what is due.
            Err(BookError::Busy) => self.busy = true,
            Err(problem) => self.book_failed(&problem, now),
        }
        None
    }

    /// What came of an errand is known once: it is told when there is a book again.
    fn keep(&mut self, event: Event) {
        if matches!(event, Event::System(System::Report(Report::Ran(..)))) {
            self.untold.push_back(event);
        }
    }

    fn open_the_book(&mut self, now: Now) {
        if self.condemned {
            self.retry_book_at = now.tick.after(BOOK_RETRY);
            return;
        }
        match (self.open_book)(now).and_then(|mut book| self.take_up(&mut book, now).map(|()| book)) {
            Ok(book) => self.begin_with(book, now),
            Err(problem) => self.book_failed(&problem, now),
        }
    }

    /// Whoever has the book is the only kiosk here: the devices are its own.
    fn begin_with(&mut self, book: Book, now: Now) {
        if self.back.is_none() {
            let torn = match book.is_paper_torn() {
                Ok(torn) => torn,
                Err(problem) => return self.book_failed(&problem, now),
            };
            match (self.start_back)(torn) {
                Ok(back) => self.back = Some(back),
                Err(problem) => {
                    return self.send_to_reception(&format!("the devices cannot be used: {problem:#}"), now);
                }
            }
        }
        self.book = Some(book);
    }

    /// The desk goes on with this book, with all that was told while there was none.
    fn take_up(&mut self, book: &mut Book, now: Now) -> Result<(), BookError> {
        if self.broken > 0 {
            tracing::warn!("the book is in use again");
            self.desk.handle(Event::Session(Session::Home), now, book)?;
        }
        if let Some(printer) = self.printer.clone() {
            self.desk.handle(printer, now, book)?;
        }
        while let Some(report) = self.untold.front().cloned() {
            self.desk.handle(report, now, book)?;
            self.untold.pop_front();
        }
        Ok(())
    }

    fn book_failed(&mut self, problem: &BookError, now: Now) {
        self.send_to_reception(&format!("the book cannot be used: {problem}"), now);
    }

    fn send_to_reception(&mut self, why: &str, now: Now) {
        if self.book.is_some() || self.broken == 0 {
            tracing::error!("visitors are sent to reception: {why}");
        }
        self.book = None;
        // What was typed is not kept for a visit that cannot be: nobody watches over it now.
        self.desk.start_over();
        self.broken = self.broken.wrapping_add(1).max(1);
        self.retry_book_at = now.tick.after(BOOK_RETRY);
    }

    fn view(&self) -> View {
        let view = self.desk.view(self.clock.now());
        if self.book.is_some() {
            view
        } else {
            // Another visitor's number: the screen forgets what was typed.
            View { visitor: u32::MAX, forms: u32::MAX, page: PageView::Broken, still_there: None, ..view }
        }
    }

    fn show(&mut self) {
        let view = self.view();
        if self.greeted.replace(view.visitor) != Some(view.visitor) {
            self.learn_names();
        }
        self.screen.show(&view);
    }

    /// Hosts may have been imported since the last visitor.
    fn learn_names(&mut self) {
        let Some(book) = &mut self.book else { return };
        match book.changed_elsewhere().and_then(|new| new.then(|| book.known_names()).transpose()) {
            Ok(Some(names)) => self.screen.know(names),
            Ok(None) => {}
            Err(problem) => tracing::warn!("names are not offered while typing: {problem}"),
        }
    }

    /// How long nothing happens by itself.
    fn sleeps_for(&mut self) -> Duration {
        let now = self.clock.now();
        // The clock on the page changes with the minute.
        let second = Duration::from_nanos(u64::from(now.wall.nanosecond() % 1_000_000_000));
        let next_minute =
            (Duration::from_secs(60 - u64::from(now.wall.second().min(59)))).saturating_sub(second);
        let longest = LOOK_EVERY.min(next_minute);
        let Some(book) = &self.book else {
            return now.tick.until(self.retry_book_at).min(longest);
        };
        let desk = self.desk.wakes_at(now.tick).map(|at| now.tick.until(at));
        let errand = match book.next_due(now) {
            // What is due has to wait for a staff command: asking at once would only hold up the screen.
            Ok(wait) if self.busy => wait.map(|wait| wait.max(BUSY_RETRY)),
            Ok(wait) => wait,
            Err(BookError::Busy) => Some(BUSY_RETRY),
            Err(problem) => {
                self.book_failed(&problem, now);
                Some(BOOK_RETRY)
            }
        };
        [desk, errand].into_iter().flatten().fold(longest, Duration::min)
    }
}
