//! Reception's pages: the PIN, the board, and every override with the name of who made it.

use super::*;
use crate::book::Entry;
use crate::pin::{Pepper, Pin};
use crate::visit::Role;

const PIN: &str = "480215";

impl Reception {
    /// 王芳 has a PIN; the pepper lies beside the book.
    pub(super) fn staffed() -> Self {
        Self::open().with_staff()
    }

    pub(super) fn with_staff(self) -> Self {
        let mut reception = self;
        reception.desk.config.staff.pepper_file = reception._folder.path().join("pepper");
        let pepper = Pepper::write(&reception.desk.config.staff.pepper_file, [5; 32]).unwrap();
        let hash = Pin::new(PIN).unwrap().hash(&pepper, [1; 16]).unwrap();
        reception.book.set_pin("王芳", Role::Receptionist, &hash, "root", reception.now).unwrap();
        reception
    }

    pub(super) fn staff(&mut self, tap: Tap) -> &mut Self {
        self.tell(Event::Reception(tap))
    }

    pub(super) fn unlocked() -> Self {
        let mut reception = Self::staffed();
        reception.unlock();
        reception
    }

    pub(super) fn unlock(&mut self) -> &mut Self {
        self.staff(Tap::Open).staff(Tap::Pin(PIN.to_owned()))
    }

    pub(super) fn pin(&self) -> PinView {
        let PageView::Pin(pin) = self.page() else { panic!("no PIN is asked for: {:?}", self.page()) };
        pin
    }

    pub(super) fn pages(&self) -> ReceptionView {
        let PageView::ReceptionPages(pages) = self.page() else { panic!("locked: {:?}", self.page()) };
        *pages
    }

    pub(super) fn cards(&self, heading: Heading) -> Vec<Card> {
        let pages = self.pages();
        let columns = pages.columns.0.iter().filter(|column| column.heading == heading);
        columns.flat_map(|column| column.cards.clone()).collect()
    }

    pub(super) fn card(&self, heading: Heading, title: &str) -> Card {
        let cards = self.cards(heading);
        cards
            .iter()
            .find(|card| card.title == title)
            .unwrap_or_else(|| panic!("{title} in {cards:?}"))
            .clone()
    }

    pub(super) fn act(&mut self, action: Action, card: &Card) -> &mut Self {
        self.staff(Tap::Do(action, Some(card.id.clone())))
    }

    pub(super) fn send(&mut self, values: &[&str]) -> &mut Self {
        self.staff(Tap::Send(values.iter().map(|value| (*value).to_owned()).collect()))
    }

    pub(super) fn walks_in(&mut self, name: &str) -> &mut Self {
        self.tell(Event::Registration(Registration::WalkIn))
            .tell(Event::Registration(Registration::ChooseType("customer".to_owned())));
        self.tell(Event::Registration(Registration::DetailsDone {
            name: name.to_owned(),
            company: "云栖".to_owned(),
            phone: "13900139000".to_owned(),
            party: 0,
            remember: false,
        }));
        self.tell(Event::Registration(Registration::ChooseHost("h1".to_owned())))
            .tell(Event::Registration(Registration::PurposeDone("参观".to_owned())));
        self.tell(Event::Registration(Registration::Agree(Vec::new()))).tell(Event::Session(Session::Done))
    }

    /// A card as it is opened now.
    pub(super) fn opened(&self) -> Opened {
        self.pages().card.unwrap_or_else(|| panic!("nothing is open: {:?}", self.pages().columns))
    }

    pub(super) fn open_card(&mut self, heading: Heading, title: &str) -> Opened {
        let card = self.card(heading, title).id;
        self.staff(Tap::Card(card)).opened()
    }

    /// What the fields of the open form hold at first.
    pub(super) fn form_values(&self) -> Vec<String> {
        let value = |field: &FieldView| match field.kind {
            FieldKind::Choice | FieldKind::Weekdays => field.chosen.to_string(),
            FieldKind::Name | FieldKind::Text | FieldKind::Latin | FieldKind::Digits | FieldKind::Host => {
                field.text.clone()
            }
        };
        self.pages().form.expect("a form").fields.iter().map(value).collect()
    }

    /// The open form is sent with these fields filled in otherwise.
    pub(super) fn send_with(&mut self, changed: &[(Label, &str)]) -> &mut Self {
        let labels: Vec<Label> =
            self.pages().form.expect("a form").fields.iter().map(|field| field.label).collect();
        let mut values = self.form_values();
        for (label, value) in changed {
            let at = labels.iter().position(|known| known == label).expect("such a field");
            values[at] = (*value).to_owned();
        }
        self.staff(Tap::Send(values))
    }

    pub(super) fn is_done(&self, action: Action) {
        assert_eq!(self.pages().said, Some(Said::Done(action)));
    }

    fn told(&self) -> Vec<Entry> {
        self.book.entries().unwrap()
    }
}

#[test]
fn the_right_pin_opens_the_board_and_the_journal_says_whose() {
    let mut reception = Reception::staffed();
    reception.staff(Tap::Open);
    assert_eq!((reception.pin().name.as_str(), reception.pin().miss), ("王芳", None), "the only one");
    reception.staff(Tap::Pin(PIN.to_owned()));
    assert_eq!(reception.pages().by, "王芳");
    assert!(reception.told().contains(&Entry::Unlocked { by: "王芳".to_owned() }));
    assert_eq!(reception.book.receptionists().unwrap()[0].misses, 0);
    // Nothing of a visitor's page is below, and a way back is the lock.
    reception.staff(Tap::Lock);
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn wrong_pins_close_the_pages_for_longer_and_longer_over_restarts_too() {
    let mut reception = Reception::staffed();
    let mut tries = 0;
    let day = reception.now.after(24 * 60 * MINUTE);
    // A guesser pulls the plug after every try.
    while reception.now.wall < day.wall {
        let folder = reception._folder.path().join("book.db");
        let open = Book::open(
            &reception._folder.path().join("other.db"),
            reception.config.reception.clone(),
            reception.now,
        );
        drop(std::mem::replace(&mut reception.book, open.unwrap()));
        reception.book = Book::open(&folder, reception.config.reception.clone(), reception.now).unwrap();
        let mut desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        desk.config.staff.pepper_file = reception._folder.path().join("pepper");
        reception.desk = desk;
        reception.staff(Tap::Open).staff(Tap::Pin(format!("{:06}", 700_000 + tries)));
        let pin = reception.pin();
        if pin.miss == Some(PinMiss::Wrong) || pin.pause > 0 {
            tries += 1;
        }
        reception.wait(Duration::from_secs(u64::from(pin.pause.max(1))));
    }
    assert!((48..60).contains(&tries), "{tries} tries in a day");
    let misses = reception.book.receptionists().unwrap()[0].misses;
    assert_eq!(misses, u32::try_from(tries).unwrap(), "every try is in the book");
    // The right one opens them all the same, after the pause.
    reception.wait(31 * MINUTE);
    reception.unlock();
    assert_eq!(reception.pages().by, "王芳");
}

#[test]
fn a_try_counts_before_anybody_looks_at_it() {
    let mut reception = Reception::staffed();
    for misses in 1..=3 {
        assert!(matches!(reception.book.try_pin("王芳", reception.now).unwrap(), crate::book::Try::Open(_)));
        assert_eq!(reception.book.receptionists().unwrap()[0].misses, misses);
    }
    let closed = reception.book.try_pin("王芳", reception.now).unwrap();
    assert_eq!(closed, crate::book::Try::Closed(Duration::from_secs(30)));
    // During the pause not even the right one opens, and the countdown is shown.
    reception.unlock();
    assert_eq!((reception.pin().miss, reception.pin().pause), (Some(PinMiss::Paused), 30));
    reception.wait(Duration::from_secs(10));
    assert_eq!(reception.pin().pause, 20);
    // A clock set back a day does not close them for a day.
    reception.now.wall -= chrono::Duration::days(1);
    reception.unlock();
    assert_eq!(reception.pin().pause, 20);
}

#[test]
fn whoever_comes_during_a_pause_sees_it_before_they_type_in_vain() {
    let mut reception = Reception::staffed();
    for _ in 0..3 {
        reception.staff(Tap::Open).staff(Tap::Pin("700000".to_owned()));
    }
    reception.tell(Event::Session(Session::Back)).wait(Duration::from_secs(5));
    reception.staff(Tap::Open);
    assert_eq!((reception.pin().miss, reception.pin().pause), (Some(PinMiss::Paused), 25));
    reception.wait(Duration::from_secs(25));
    assert_eq!((reception.pin().miss, reception.pin().pause), (None, 0));
    // Of several, whoever says who they are.
    for _ in 0..2 {
        reception.book.try_pin("王芳", reception.now).unwrap();
    }
    let pepper = Pepper::read(&reception.desk.config.staff.pepper_file).unwrap();
    let hash = Pin::new("159372").unwrap().hash(&pepper, [3; 16]).unwrap();
    reception.book.set_pin("李娜", Role::Receptionist, &hash, "root", reception.now).unwrap();
    reception.staff(Tap::Open);
    assert_eq!((reception.pin().miss, reception.pin().pause), (None, 0), "nobody is named yet");
    reception.staff(Tap::Choose("王芳".to_owned()));
    assert_eq!((reception.pin().miss, reception.pin().pause), (Some(PinMiss::Paused), 60));
    reception.staff(Tap::Choose("李娜".to_owned()));
    assert_eq!((reception.pin().miss, reception.pin().pause), (None, 0));
    for _ in 0..3 {
        reception.staff(Tap::Pin("700000".to_owned()));
    }
    reception.staff(Tap::Choose("王芳".to_owned())).staff(Tap::Choose("李娜".to_owned()));
    assert_eq!((reception.pin().miss, reception.pin().pause), (Some(PinMiss::Paused), 30));
    // Another time on the clock is no other pause.
    reception.now.wall -= chrono::Duration::days(1);
    reception.staff(Tap::Open).staff(Tap::Choose("王芳".to_owned()));
    assert_eq!(reception.pin().pause, 60);
}

#[test]
fn what_leads_to_the_pin_and_away_from_the_board_clears_by_itself() {
    let idle = Config::built_in().screen;
    let mut reception = Reception::staffed();
    reception.staff(Tap::Open).wait(idle.idle_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
    reception.staff(Tap::CallRoll).wait(idle.idle_seconds);
    assert_eq!(reception.page(), PageView::Welcome, "the roll is called all the same");
    assert!(reception.book.open_roll().unwrap().is_some());
    reception.unlock().staff(Tap::Do(Action::WalkIn, None));
    reception.wait(idle.idle_seconds);
    assert!(matches!(reception.page(), PageView::Types(_)), "they are asked first");
    reception.wait(idle.warning_seconds);
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn whose_pin_is_taken_away_is_out_at_once() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立").unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.book.remove_pin("王芳", "root", reception.now).unwrap();
    reception.act(Action::Admit, &card);
    assert_eq!(reception.page(), PageView::Welcome);
    assert!(reception.book.waiting().unwrap().iter().any(|visit| visit.details.name.as_str() == "陈立"));
    // Whoever is somebody else now comes in anew, and what they look at closes before they touch it.
    let mut reception = Reception::unlocked();
    let pepper = Pepper::read(&reception.desk.config.staff.pepper_file).unwrap();
    let hash = Pin::new(PIN).unwrap().hash(&pepper, [2; 16]).unwrap();
    reception.book.set_pin("王芳", Role::Manager, &hash, "root", reception.now).unwrap();
    reception.wait(Duration::from_secs(2));
    assert_eq!(reception.page(), PageView::Welcome);
}

#[test]
fn nothing_typed_is_no_try() {
    let mut reception = Reception::staffed();
    reception.staff(Tap::Open);
    for _ in 0..5 {
        reception.staff(Tap::Pin(String::new()));
    }
    assert_eq!((reception.pin().miss, reception.pin().pause), (None, 0));
    reception.staff(Tap::Pin(PIN.to_owned()));
    assert_eq!(reception.pages().section, Section::Board);
}

#[test]
fn without_its_pepper_no_pin_is_right_and_none_is_called_wrong() {
    let mut reception = Reception::staffed();
    std::fs::remove_file(&reception.desk.config.staff.pepper_file).unwrap();
    reception.unlock();
    assert_eq!(reception.pin().miss, Some(PinMiss::NoPepper));
    assert_eq!(reception.book.receptionists().unwrap()[0].misses, 0);
}

#[test]
fn the_pages_lock_by_themselves_and_before_any_visitors_page() {
    let mut reception = Reception::unlocked();
    let almost = reception.config.staff.lock_seconds - Duration::from_secs(1);
    reception.wait(almost);
    reception.pages();
    reception.tell(Event::System(System::Touched)).wait(almost);
    reception.pages();
    reception.wait(Duration::from_secs(1));
    assert_eq!(reception.page(), PageView::Welcome);
    reception.unlock().staff(Tap::Do(Action::WalkIn, None));
    assert!(matches!(reception.page(), PageView::Types(_)));
    // Nobody comes back to the board from there.
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.page(), PageView::Welcome);
    // What visitors tap means nothing to the board, and the other way round.
    reception.staff(Tap::Go(Section::Words)).staff(Tap::Do(Action::SignOutAll, None));
    assert_eq!(reception.page(), PageView::Welcome);
    reception
        .unlock()
        .tell(Event::LookUp(LookUp::HaveInvitation))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.pages();
}

#[test]
fn who_waits_stands_first_and_is_let_in_with_one_tap() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立");
    reception.wait(4 * MINUTE).unlock();
    let card = reception.card(Heading::Hand, "陈立");
    assert!(card.facts.contains(&Fact::Waits(4)), "{card:?}");
    assert_eq!(
        (card.tone, card.actions.as_slice()),
        (Tone::Amber, [Action::Admit, Action::Decline].as_slice())
    );
    assert_eq!(reception.pages().sections[0], (Section::Board, 1));
    reception.act(Action::Admit, &card);
    reception.is_done(Action::Admit);
    assert!(reception.cards(Heading::Hand).is_empty());
    reception.card(Heading::Here, "陈立");
    assert!(reception.told().contains(&Entry::Admitted { by: "王芳".to_owned() }));
    assert!(reception.due().iter().any(|errand| matches!(errand.work, Work::Badge(_))));
    // A second tap on the same card is too late, and says so.
    reception.act(Action::Admit, &card);
    assert_eq!(reception.pages().said, Some(Said::TooLate));
}

#[test]
fn a_visitor_is_declined_with_a_word() {
    let mut reception = Reception::staffed();
    reception.walks_in("陈立").unlock();
    let card = reception.card(Heading::Hand, "陈立");
    reception.act(Action::Decline, &card);
    let form = reception.pages().form.unwrap();
    assert_eq!((form.action, form.fields[0].label), (Action::Decline, Label::Word));
    reception.send(&["请下周再来"]);
    reception.is_done(Action::Decline);
    let entry = Entry::Declined { by: "王芳".to_owned(), word: "请下周再来".to_owned() };
    assert!(reception.told().contains(&entry));
    assert!(reception.due().iter().all(|errand| !matches!(errand.work, Work::Badge(_))));
}

#[test]
fn details_and_host_are_corrected_and_the_new_host_is_told() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Correct, &card).send(&["", "云栖", "13800138000", "没有此人", ""]);
    let form = reception.pages().form.unwrap();
    let error = |label| form.fields.iter().find(|field| field.label == label).unwrap().error;
    assert_eq!(error(Label::Name), Some(FieldError::Problem(Problem::NameMissing)));
    assert_eq!((error(Label::Host), error(Label::Company)), (Some(FieldError::NoHost), None));
    // Typed letters offer hosts; one who fits alone may be named by them.
    reception.staff(Tap::AskHost("lxy".to_owned()));
    reception.send(&["欧阳秀明", "云栖新能源", "13800138000", "刘欣怡", "验货"]);
    reception.is_done(Action::Correct);
    let visit = reception.book.open_visits().unwrap().remove(0);
    assert_eq!((visit.details.name.as_str(), visit.host_id.as_str()), ("欧阳秀明", "h2"));
    assert_eq!(visit.purpose.as_ref().map(|purpose| purpose.as_str()), Some("验货"));
    let letters: Vec<String> =
        reception.due().into_iter().filter_map(|errand| Some(errand.work.as_letter()?.to.clone())).collect();
    assert_eq!(letters, ["h2@example.com"]);
    let told = reception.told();
    assert!(told.iter().any(|entry| matches!(entry, Entry::Corrected { by, visit: now, .. } if by == "王芳" && now.host_id == "h2")));
}

#[test]
fn a_badge_is_printed_again_with_a_new_token_and_the_reason_is_kept() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Done(Seen::Confirmed)).tell(Event::Session(Session::Done)).unlock();
    let old = reception.book.open_visits().unwrap().remove(0).badge_token;
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Reprint, &card).send(&[""]);
    assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(FieldError::Missing));
    reception.send(&["掉进水里"]);
    reception.is_done(Action::Reprint);
    let again = reception.due();
    let [Errand { work: Work::Badge(badge), .. }] = &again[..] else { panic!("{again:?}") };
    assert_ne!(badge.token, old);
    assert_eq!(reception.book.badge_by_token(&old, reception.now).unwrap(), Some(crate::book::Scanned::Void));
    let told = reception.told();
    assert!(told.iter().any(
        |entry| matches!(entry, Entry::Reprinted { by, reason, .. } if by == "王芳" && reason == "掉进水里")
    ));
}

#[test]
fn a_badge_that_nobody_saw_is_asked_about_and_one_that_failed_is_red() {
    let mut reception = Reception::staffed();
    let (badge, _) = reception.check_in();
    reception.ran(&badge, Outcome::Unknown(Trouble::PaperOut)).tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert_eq!(card.actions, [Action::CameOut, Action::NotOut]);
    assert!(card.facts.contains(&Fact::Badge(State::Unknown(Trouble::PaperOut))), "{card:?}");
    reception.act(Action::NotOut, &card);
    let again = reception.due().into_iter().find(|errand| matches!(errand.work, Work::Badge(_))).unwrap();
    reception.ran(&again, Outcome::Failed(Trouble::BadTemplate));
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert_eq!(
        (card.tone, card.actions.as_slice()),
        (Tone::Red, [Action::Reprint, Action::LendPass].as_slice())
    );
    assert!(reception.told().contains(&Entry::BadgeSeen { came_out: false, by: "王芳".to_owned() }));
}

#[test]
fn a_pass_is_lent_once_and_missed_until_it_is_back() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).walks_in("陈立").unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    for (typed, error) in [("x", FieldError::NoNumber), ("21", FieldError::NoPass), ("0", FieldError::NoPass)]
    {
        reception.act(Action::LendPass, &card).send(&[typed]);
        assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(error), "{typed}");
    }
    reception.send(&["7"]);
    reception.is_done(Action::LendPass);
    let other = reception.card(Heading::Hand, "陈立");
    reception.act(Action::LendPass, &other).send(&["7"]);
    assert_eq!(reception.pages().form.unwrap().fields[0].error, Some(FieldError::Lent));
    reception.staff(Tap::Close).act(Action::SignOut, &card);
    let missed = reception.card(Heading::Hand, "欧阳修明");
    assert_eq!(
        (missed.actions.as_slice(), missed.facts.contains(&Fact::Pass("7".to_owned()))),
        ([Action::TakePass].as_slice(), true)
    );
    reception.act(Action::TakePass, &missed);
    reception.is_done(Action::TakePass);
    let told = reception.told();
    for back in [false, true] {
        assert!(told.contains(&Entry::Pass { number: "7".to_owned(), back, by: "王芳".to_owned() }));
    }
}

#[test]
fn who_stays_too_long_is_seen_and_may_stay_longer() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done));
    reception.wait(Duration::from_secs(9 * 3600)).unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert_eq!(card.actions, [Action::SignOut, Action::Extend]);
    reception.act(Action::Extend, &card);
    let field = reception.pages().form.unwrap().fields.remove(0);
    let Choice::Hour(hour) = field.choices[1] else { panic!("{field:?}") };
    reception.send(&["1"]);
    reception.is_done(Action::Extend);
    assert!(reception.cards(Heading::Hand).iter().all(|card| card.title != "欧阳修明"));
    assert_eq!(reception.book.open_visits().unwrap()[0].good_until, hour);
}

#[test]
fn a_note_is_kept_and_shown() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let card = reception.card(Heading::Here, "欧阳修明");
    reception.act(Action::Note, &card).send(&["轮椅，走一号门"]);
    let card = reception.card(Heading::Here, "欧阳修明");
    assert!(card.facts.contains(&Fact::Note("轮椅，走一号门".to_owned())));
    assert_eq!(reception.book.open_visits().unwrap()[0].details.name.as_str(), "欧阳修明");
}

#[test]
fn a_mail_that_failed_waits_for_a_hand_and_goes_again() {
    let mut reception = Reception::staffed();
    let (_, letter) = reception.check_in();
    reception
        .ran(&letter, Outcome::Failed(Trouble::MailRefused))
        .tell(Event::Session(Session::Done))
        .unlock();
    let card = reception.card(Heading::Hand, "欧阳修明");
    assert!(card.facts.contains(&Fact::Mail("李晓云".to_owned(), Trouble::MailRefused)), "{card:?}");
    reception.act(Action::MailAgain, &card);
    reception.is_done(Action::MailAgain);
    let again = reception.due();
    assert_eq!(again.iter().map(|errand| errand.id).collect::<Vec<_>>(), [letter.id], "the same mail");
    reception.ran(&letter, Outcome::Failed(Trouble::MailRefused));
    let card = reception.card(Heading::Hand, "欧阳修明");
    reception.act(Action::Settle, &card);
    assert!(reception.cards(Heading::Hand).is_empty());
    let settled = |again| Entry::Settled { errand: letter.id, again, by: "王芳".to_owned() };
    assert!(reception.told().contains(&settled(true)) && reception.told().contains(&settled(false)));
}

#[test]
fn everybody_is_signed_out_after_a_second_thought() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).walks_in("陈立").unlock();
    reception.staff(Tap::Do(Action::SignOutAll, None));
    assert!(reception.pages().form.unwrap().fields.is_empty(), "a question without a field");
    reception.tell(Event::Session(Session::Back));
    assert_eq!(reception.visits(), 2, "nobody yet");
    reception.staff(Tap::Do(Action::SignOutAll, None)).send(&[]);
    assert_eq!(reception.pages().said, Some(Said::SignedOut(2)));
    assert_eq!(reception.visits(), 0);
    assert_eq!(reception.cards(Heading::Left).len(), 2);
    let out =
        reception.told().into_iter().filter(|entry| *entry == Entry::SignedOut { by: "王芳".to_owned() });
    assert_eq!(out.count(), 2);
}

#[test]
fn an_expected_visitor_is_checked_in_by_reception() {
    let mut reception = Reception::unlocked();
    let card = reception.card(Heading::Expected, "欧阳修明");
    reception.act(Action::CheckIn, &card);
    assert!(matches!(reception.page(), PageView::Agree(_)), "{:?}", reception.page());
    reception.tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.thanks();
    assert!(reception.told().contains(&Entry::OnBehalf { by: "王芳".to_owned() }));
    // The next visitor is not registered by anybody.
    reception
        .tell(Event::Session(Session::Done))
        .scan(4)
        .tell(Event::LookUp(LookUp::Confirm))
        .tell(Event::Registration(Registration::Agree(Vec::new())));
    reception.thanks();
    let by = reception.told().into_iter().filter(|entry| matches!(entry, Entry::OnBehalf { .. })).count();
    assert_eq!(by, 1);
}

#[test]
fn a_scan_opens_its_card_and_what_is_typed_chooses_among_cards() {
    let mut reception = Reception::staffed();
    reception.check_in();
    reception.tell(Event::Session(Session::Done)).unlock();
    let token = reception.book.open_visits().unwrap()[0].badge_token.clone();
    reception.tell(Event::LookUp(LookUp::Scanned(token.as_str().to_owned())));
    let opened = reception.pages().card.unwrap();
    assert_eq!(opened.card.title, "欧阳修明");
    assert!(opened.card.actions.contains(&Action::SignOut) && opened.card.actions.contains(&Action::Correct));
    reception.tell(Event::LookUp(LookUp::Scanned("whatever".to_owned())));
    assert!(reception.pages().card.is_some(), "garbage changes nothing");
    reception.tell(Event::Session(Session::Back)).staff(Tap::Filter("李晓云 周".to_owned()));
    let titles: Vec<String> = reception.cards(Heading::Expected).into_iter().map(|card| card.title).collect();
    assert_eq!(titles, ["周杰"]);
    assert!(reception.cards(Heading::Here).is_empty());
}

#[test]
fn the_board_follows_the_kiosk_and_staff_commands() {
    let mut reception = Reception::unlocked();
    let visit = {
        // What is old has been looked for.
        reception.wait(Duration::from_secs(15));
        let before = reception.pages();
        reception.wait(Duration::from_secs(2));
        assert!(std::rc::Rc::ptr_eq(&before.columns.0, &reception.pages().columns.0), "nothing is read anew");
        let mut beside =
            Book::open_beside(&reception._folder.path().join("book.db"), reception.config.reception.clone())
                .unwrap();
        let invitation = beside.invitation("i1").unwrap().unwrap();
        let cancelled = Invitation { cancelled: true, ..invitation };
        beside.put_invitations(&[cancelled], reception.now).unwrap()
    };
    assert_eq!(visit.changed, 1);
    reception.wait(Duration::from_secs(2));
    assert!(reception.cards(Heading::Expected).iter().all(|card| card.title != "欧阳修明"));
}

#[test]
fn an_emergency_is_declared_after_a_second_thought_and_ended_at_once() {
    let mut reception = Reception::unlocked();
    reception
        .staff(Tap::Go(Section::Machine))
        .staff(Tap::Do(Action::EmergencyOn, Some(CardId::Machine("emergency".to_owned()))));
    assert_eq!(reception.desk.view(reception.now).emergency, None);
    reception.send(&[]);
    assert!(reception.desk.view(reception.now).emergency.is_some());
    let card = reception
        .cards(Heading::Machine)
        .into_iter()
        .find(|card| card.actions == [Action::EmergencyOff])
        .unwrap();
    reception.act(Action::EmergencyOff, &card);
    assert_eq!(reception.desk.view(reception.now).emergency, None);
    assert!(reception.told().contains(&Entry::Emergency { on: false, by: "王芳".to_owned() }));
}
