//! Keys on their way to a field: from the keyboard on the screen, from a real one, from a scanner that
//! types. Decides who gets them: the scanner, what is being composed, or the field.

use super::clock::Clock;
use super::scanner::{Verdict, Wedge, control};
use super::typing::{Offer, Place, Shown, Typing, Write};
use crate::config::Scanner;
use crate::desk::{Event, LookUp, Session, System};
use crate::now::Tick;
use crate::paper::fonts;
use crate::pinyin::{Lexicon, Purpose};
use frontdesk_ui as ui;
use slint::platform::{Key, WindowEvent};
use slint::{ComponentHandle, ModelRc, SharedString, Timer, TimerMode, VecModel, Weak};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Where events go.
type Tell = Rc<dyn Fn(Event)>;

/// See the module.
pub(super) struct Fingers {
    window: Weak<ui::Kiosk>,
    wedge: RefCell<Wedge>,
    typing: RefCell<Typing>,
    words: RefCell<Words>,
    shown: RefCell<Shown>,
    /// Set while the program itself types: such keys are no scan and no composition.
    own: Cell<bool>,
    clock: Clock,
    flush: Timer,
}

impl Fingers {
    /// The fingers of a kiosk with this scanner.
    pub fn new(window: Weak<ui::Kiosk>, scanner: &Scanner, clock: &Clock) -> Rc<Self> {
        Rc::new(Self {
            window,
            wedge: RefCell::new(Wedge::new(&scanner.prefix, &scanner.suffix)),
            typing: RefCell::default(),
            words: RefCell::default(),
            shown: RefCell::default(),
            own: Cell::new(false),
            clock: clock.clone(),
            flush: Timer::default(),
        })
    }

    /// Hears every key of the window.
    pub fn hear(self: &Rc<Self>, window: &ui::Kiosk, tell: &Tell) {
        let keyboard = window.global::<ui::Keyboard>();
        let fingers = Rc::clone(self);
        keyboard
            .on_press(move |text| fingers.compose(|typing, place, words| typing.press(&text, place, words)));
        let fingers = Rc::clone(self);
        keyboard.on_erase(move |held| fingers.compose(|typing, _, words| typing.erase(held, words)));
        let fingers = Rc::clone(self);
        keyboard.on_choose(move |index| {
            let Ok(index) = usize::try_from(index) else { return };
            fingers.fold();
            fingers.compose(|typing, _, words| typing.choose(index, words));
        });
        let fingers = Rc::clone(self);
        keyboard.on_hold(move |text| {
            fingers.compose(|typing, _, _| {
                typing.hold(&text);
                Write::Nothing
            });
        });
        let fingers = Rc::clone(self);
        keyboard.on_turn(move |by| {
            fingers.compose(|typing, _, _| {
                typing.turn(by);
                Write::Nothing
            });
        });
        let fingers = Rc::clone(self);
        keyboard.on_switch_writing(move || {
            let chinese = fingers.place().is_some_and(|place| place.chinese);
            fingers.write_chinese(!chinese);
        });
        let fingers = Rc::clone(self);
        keyboard.on_moved(move || {
            fingers.typing.borrow_mut().let_go();
            fingers.show();
        });
        let fingers = Rc::clone(self);
        keyboard.on_settle(move |text, at| fingers.settle(&text, at).into());
        let help = Rc::clone(tell);
        keyboard.on_help(move || help(Event::Session(Session::ShowReception)));
        let (fingers, tell) = (Rc::clone(self), Rc::clone(tell));
        window.global::<ui::Frame>().on_key(move |text, shortcut| fingers.key(&text, shortcut, &tell));
    }

    /// What this kiosk knows by name is offered from now on.
    pub fn know(&self, names: Vec<String>) {
        self.words.borrow_mut().know(names);
    }

    /// Whoever typed is gone; the next one begins with pinyin or with Latin letters.
    pub fn forget(&self, chinese: bool) {
        self.wedge.borrow_mut().forget();
        self.typing.borrow_mut().forget();
        self.write_chinese(chinese);
    }

    /// Letters are pinyin, or are not.
    pub fn write_chinese(&self, chinese: bool) {
        self.finish();
        if let Some(window) = self.window.upgrade() {
            window.global::<ui::Keyboard>().set_chinese(chinese);
        }
    }

    /// The page over the keys goes away.
    fn fold(&self) {
        if let Some(window) = self.window.upgrade() {
            window.global::<ui::Keyboard>().set_open(false);
        }
    }

    /// What is being composed is written as it stands: somebody goes on without having chosen.
    pub fn finish(&self) {
        let text = self.typing.borrow_mut().take();
        self.type_text(&text);
        self.show();
    }

    /// The same for a field that has lost the focus: its text, with that written at a byte of it.
    fn settle(&self, text: &str, at: i32) -> String {
        let composed = self.typing.borrow_mut().take();
        self.show();
        let at = usize::try_from(at).ok().filter(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        format!("{}{composed}{}", &text[..at], &text[at..])
    }

    fn place(&self) -> Option<Place> {
        let window = self.window.upgrade()?;
        let keyboard = window.global::<ui::Keyboard>();
        let purpose = match keyboard.get_purpose() {
            ui::Purpose::Latin => None,
            ui::Purpose::Name => Some(Purpose::Name),
            ui::Purpose::Company => Some(Purpose::Company),
            ui::Purpose::Text => Some(Purpose::Text),
        };
        let purpose = purpose.filter(|_| keyboard.get_pad() == ui::Pad::Letters);
        Some(Place { purpose, text: keyboard.get_field_text().into(), chinese: keyboard.get_chinese() })
    }

    fn compose(&self, change: impl FnOnce(&mut Typing, &Place, &Lexicon) -> Write) {
        let Some(place) = self.place() else { return };
        let write = change(&mut self.typing.borrow_mut(), &place, self.words.borrow_mut().get());
        self.write(write);
        self.show();
    }

    fn write(&self, write: Write) {
        match write {
            Write::Nothing => {}
            Write::Text(text) => self.type_text(&text),
            Write::Erase => self.type_text(&char::from(Key::Backspace).to_string()),
            Write::Instead(text) => {
                self.type_text(&char::from(Key::Backspace).to_string());
                self.type_text(&text);
            }
        }
    }

    /// Types into the field that has the focus.
    fn type_text(&self, text: &str) {
        let Some(window) = self.window.upgrade().filter(|_| !text.is_empty()) else { return };
        let text = SharedString::from(text);
        self.own.set(true);
        window.window().dispatch_event(WindowEvent::KeyPressed { text: text.clone() });
        window.window().dispatch_event(WindowEvent::KeyReleased { text });
        self.own.set(false);
    }

    /// Shows what is composed and offered.
    fn show(&self) {
        let Some(window) = self.window.upgrade() else { return };
        let keyboard = window.global::<ui::Keyboard>();
        let mut typing = self.typing.borrow_mut();
        let shown = match typing.is_idle() {
            true => Shown::default(),
            false => {
                let mut words = self.words.borrow_mut();
                typing.shown(keyboard.get_bar_ems(), keyboard.get_row_ems(), words.get())
            }
        };
        keyboard.set_composer(if typing.composes() { keyboard.get_owner() } else { 0 });
        let mut last = self.shown.borrow_mut();
        if *last == shown {
            return;
        }
        if !shown.more && shown.composition.is_empty() {
            self.fold();
        }
        keyboard.set_composition(shown.composition.as_str().into());
        keyboard.set_more(shown.more);
        keyboard.set_before(shown.before);
        keyboard.set_after(shown.after);
        keyboard.set_bar(offers(&shown.bar));
        let rows: Vec<_> = shown.rows.iter().map(|row| ui::Offers { row: offers(row) }).collect();
        keyboard.set_rows(ModelRc::new(VecModel::from(rows)));
        *last = shown;
    }

    /// A key at the window's root: whether it is kept from the fields. `shortcut`: Control is held down, which is how a
    /// scanner types control characters.
    fn key(self: &Rc<Self>, text: &str, shortcut: bool, tell: &Tell) -> bool {
        if self.own.get() {
            return false;
        }
        let typed = if shortcut { with_control(text) } else { None };
        if typed.is_some_and(|control| !self.wedge.borrow().expects(control)) {
            return false;
        }
        let typed = typed.map(String::from);
        let text = typed.as_deref().unwrap_or(text);
        let verdict = self.wedge.borrow_mut().key(text, self.now());
        if verdict == Verdict::Pass {
            let taken = self.real_key(text);
            if taken {
                tell(Event::System(System::Touched));
            }
            return taken;
        }
        self.carry_out(verdict, tell);
        true
    }

    /// A key of a real keyboard: whether the composition has taken it.
    fn real_key(&self, text: &str) -> bool {
        let Some(place) = self.place() else { return false };
        let mut words = self.words.borrow_mut();
        let write = self.typing.borrow_mut().press_real(text, &place, words.get());
        drop(words);
        let Some(write) = write else { return false };
        self.write(write);
        self.show();
        true
    }

    fn carry_out(self: &Rc<Self>, verdict: Verdict, tell: &Tell) {
        match verdict {
            Verdict::Scan(text) => tell(Event::LookUp(LookUp::Scanned(text))),
            Verdict::Release(text) => {
                tell(Event::System(System::Touched));
                let fingers = Rc::clone(self);
                // Not from within the key that is being handled.
                Timer::single_shot(Duration::ZERO, move || {
                    for key in text.chars() {
                        let key = key.to_string();
                        if !fingers.real_key(&key) {
                            fingers.type_text(&key);
                        }
                    }
                });
            }
            Verdict::Pass | Verdict::Swallow => {}
        }
        let deadline = self.wedge.borrow().deadline();
        if let Some(deadline) = deadline {
            let (fingers, tell) = (Rc::clone(self), Rc::clone(tell));
            self.flush.start(TimerMode::SingleShot, self.now().until(deadline), move || {
                let verdict = fingers.wedge.borrow_mut().tick(fingers.now());
                fingers.carry_out(verdict, &tell);
            });
        }
    }

    fn now(&self) -> Tick {
        self.clock.now().tick
    }
}

/// The control character that Control and this key are (`^B` is STX), as a scan holds it.
fn with_control(text: &str) -> Option<char> {
    let mut keys = text.chars();
    let key = keys.next().filter(|_| keys.next().is_none())?.to_ascii_uppercase();
    matches!(key, '@'..='_').then(|| control(char::from(key as u8 & 0x1F)))?
}

fn offers(offers: &[Offer]) -> ModelRc<ui::Offer> {
    let offer = |offer: &Offer| ui::Offer {
        text: offer.text.as_str().into(),
        index: i32::try_from(offer.index).unwrap_or(-1),
        ems: offer.ems,
        size: offer.size,
    };
    ModelRc::new(VecModel::from(offers.iter().map(offer).collect::<Vec<_>>()))
}

/// The dictionaries, which another thread reads while the first page is drawn.
#[derive(Default)]
struct Words {
    here: Option<Box<Lexicon>>,
    coming: Option<JoinHandle<Lexicon>>,
}

impl Words {
    /// Has them read anew, with these names.
    fn know(&mut self, names: Vec<String>) {
        let read = || Lexicon::new(fonts::has_glyph, names);
        self.coming = std::thread::Builder::new().name("lexicon".to_owned()).spawn(read).ok();
    }

    /// The newest that are ready; waited for only if there are none yet.
    fn get(&mut self) -> &Lexicon {
        if let Some(coming) = self.coming.take_if(|coming| self.here.is_none() || coming.is_finished()) {
            self.here = coming.join().ok().map(Box::new).or(self.here.take());
        }
        self.here.get_or_insert_with(|| Box::new(Lexicon::new(fonts::has_glyph, [])))
    }
}
