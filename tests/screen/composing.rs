//! Names are typed on the page by finger and on a real keyboard; nothing that was typed gets lost on the way.

use super::lobby::Lobby;
use frontdesk::desk::{Event, PageView, Session};
use frontdesk_ui as ui;
use slint::ComponentHandle;
use slint::platform::{Key, PointerEventButton, WindowEvent};
use std::time::Duration;

impl Lobby {
    /// The page that asks for name and last four digits, with a keyboard that writes Chinese.
    fn at_the_name(self) -> Self {
        self.kiosk.tell(Event::Session(Session::ChooseLanguage(frontdesk::words::Lang::EN)));
        self.tap("I have an invitation");
        self.tap("Find by name");
        self.tap("Write Chinese with pinyin");
        self
    }

    fn tap_letters(&self, letters: &str) -> &Self {
        letters.chars().for_each(|letter| self.tap(&letter.to_string()));
        self
    }

    pub fn hold(&self, label: &str) {
        let key =
            i_slint_backend_testing::ElementHandle::find_by_accessible_label(&self.window, label).next();
        let key = key.unwrap_or_else(|| panic!("there is no {label}"));
        let (at, size) = (key.absolute_position(), key.size());
        let position = slint::LogicalPosition::new(at.x + size.width / 2.0, at.y + size.height / 2.0);
        let button = PointerEventButton::Left;
        self.window.window().dispatch_event(WindowEvent::PointerPressed { position, button });
        for _ in 0..60 {
            i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(10));
        }
        self.window.window().dispatch_event(WindowEvent::PointerReleased { position, button });
        i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(100));
    }

    fn keyboard(&self) -> ui::Keyboard<'_> {
        self.window.global()
    }

    fn name(&self) -> String {
        self.window.global::<ui::Invitation>().get_typed().name.into()
    }

    fn bar(&self) -> Vec<String> {
        use slint::Model;
        self.keyboard().get_bar().iter().map(|offer| offer.text.into()).collect()
    }
}

#[test]
fn a_name_by_finger() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("wangfang");
    assert_eq!(lobby.keyboard().get_composition(), "wang'fang");
    assert_eq!(lobby.name(), "", "nothing is in the field before it is chosen");
    lobby.tap("王芳");
    assert_eq!(lobby.name(), "王芳");
    assert_eq!(lobby.keyboard().get_composition(), "");
    assert!(lobby.bar().is_empty());
}

#[test]
fn part_by_part_and_back() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("ouyangxiuming");
    lobby.tap("More characters");
    lobby.tap("Further characters");
    lobby.tap("欧阳");
    assert!(!lobby.keyboard().get_open(), "the keys are back");
    assert_eq!(lobby.keyboard().get_composition(), "欧阳 xiu'ming");
    lobby.tap("Erase");
    assert_eq!(lobby.keyboard().get_composition(), "ou'yang'xiu'ming");
    lobby.tap("Erase");
    assert_eq!(lobby.keyboard().get_composition(), "ou'yang'xiu'min");
    lobby.tap_letters("g");
    lobby.tap("欧阳修明");
    assert_eq!(lobby.name(), "欧阳修明");
}

#[test]
fn the_space_key_takes_the_first() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("lixiaoyun");
    let first = lobby.bar()[0].clone();
    lobby.tap("Choose");
    assert_eq!(lobby.name(), first);
    lobby.tap("Space");
    assert_eq!(lobby.name(), format!("{first} "));
}

#[test]
fn a_sign_takes_what_reads_best_with_it() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("maimaiti");
    lobby.tap("Digits and signs");
    lobby.tap("·");
    lobby.tap("Letters");
    lobby.tap_letters("tuerxun");
    assert!(lobby.name().ends_with("提·"), "{}", lobby.name());
}

#[test]
fn letters_that_are_left_are_written_as_they_are() {
    // To the other field.
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("wang");
    lobby.tap("Last 4 digits of your phone number");
    assert_eq!((lobby.name().as_str(), lobby.keyboard().get_composition().as_str()), ("wang", ""));
    // In front of what stands behind the cursor.
    lobby.tap("Full name");
    lobby.window.window().dispatch_event(WindowEvent::KeyPressed { text: Key::Home.into() });
    lobby.window.window().dispatch_event(WindowEvent::KeyReleased { text: Key::Home.into() });
    lobby.pause();
    lobby.tap_letters("li");
    lobby.tap("Last 4 digits of your phone number");
    assert_eq!(lobby.name(), "liwang");
    // The other language.
    lobby.tap("Full name");
    lobby.tap_letters("zhao");
    lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(frontdesk::words::Lang::ZH)));
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    assert_eq!(lobby.name(), "liwangzhao");
    assert!(lobby.keyboard().get_chinese());
}

#[test]
fn whoever_goes_on_goes_on_with_all_that_was_typed() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap("Last 4 digits of your phone number");
    lobby.tap_letters("8000");
    lobby.tap("Full name");
    lobby.tap_letters("ouyangxiuming");
    lobby.tap("欧阳修明");
    lobby.tap_letters("x");
    lobby.tap("Hide keyboard");
    lobby.tap("Find invitation");
    assert_eq!(lobby.name(), "欧阳修明x");
    assert!(matches!(lobby.kiosk.view().page, PageView::Search(_)), "nobody is called so");
}

#[test]
fn whoever_turns_back_finds_the_letters_written_and_no_composition() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("wang");
    lobby.kiosk.tell(Event::Session(Session::ShowPrivacy));
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    lobby.kiosk.tell(Event::Session(Session::CloseAside));
    i_slint_backend_testing::mock_elapsed_time(Duration::from_millis(300));
    assert_eq!((lobby.name().as_str(), lobby.keyboard().get_composition().as_str()), ("wang", ""));
    assert_eq!(lobby.keyboard().get_composer(), 0);
}

#[test]
fn a_real_keyboard_writes_through_the_same_composition() {
    let lobby = Lobby::open().at_the_name();
    lobby.type_text("wangfang");
    assert_eq!(lobby.keyboard().get_composition(), "wang'fang");
    let second = lobby.bar()[1].clone();
    lobby.type_text("2");
    assert_eq!(lobby.name(), second);
    lobby.type_text("wang");
    let third = lobby.bar()[0].clone();
    lobby.type_text(" ");
    assert_eq!(lobby.name(), second.clone() + &third);
    // Backspace takes a letter, Escape all of them, and then they are the field's again.
    lobby.type_text("wa\u{8}");
    assert_eq!(lobby.keyboard().get_composition(), "w");
    lobby.type_text(&String::from(char::from(Key::Escape)));
    assert_eq!(lobby.keyboard().get_composition(), "");
    lobby.type_text("\u{8}");
    assert_eq!(lobby.name(), second.clone());
    // Capitals, digits and signs stand for themselves.
    lobby.type_text("A7-");
    assert_eq!(lobby.name(), second.clone() + "A7-");
    // Enter writes the letters.
    lobby.type_text("abc");
    lobby.type_text("\n");
    assert_eq!(lobby.name(), second + "A7-abc");
}

#[test]
fn a_letter_held_down_offers_its_accents() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap("Write Latin letters");
    lobby.tap_letters("jos");
    lobby.hold("e");
    assert_eq!(lobby.bar()[..2], ["é", "è"]);
    lobby.tap("é");
    assert_eq!(lobby.name(), "josé");
    lobby.tap("Capital letters");
    lobby.hold("N");
    lobby.tap("Ñ");
    assert_eq!(lobby.name(), "joséÑ");
    // Another key instead: the letter stays as it was typed.
    lobby.hold("a");
    lobby.tap("b");
    assert_eq!(lobby.name(), "joséÑab");
    assert!(lobby.bar().is_empty());
}

#[test]
fn erase_held_down_takes_syllables() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("ouyangxiuming");
    lobby.hold("Erase");
    let left = lobby.keyboard().get_composition();
    assert!(["", "ou", "ou'yang"].contains(&left.as_str()), "{left}");
}

#[test]
fn what_this_kiosk_knows_is_offered_but_nothing_of_other_visitors() {
    let lobby = Lobby::open().at_the_name();
    lobby.tap_letters("lixiaoyun");
    assert!(lobby.bar().contains(&"李晓云".to_owned()), "a host: {:?}", lobby.bar());
    let names = lobby.kiosk.with_book(|book| book.known_names().unwrap()).unwrap();
    assert!(names.contains(&"李晓云".to_owned()) && names.contains(&"品质部".to_owned()));
    // Visitors, and who invites them: their companies tell whom this house does business with.
    for visitor in ["欧阳修明", "曾喆", "John Carter", "José Núñez", "云栖新能源（杭州）有限公司", "星海集团"]
    {
        assert!(!names.contains(&visitor.to_owned()), "{visitor}");
    }
}
