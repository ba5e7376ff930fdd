//! The other language at any moment: whatever page they are on, visitors find what they typed as they left it.

use super::lobby::Lobby;
use frontdesk::desk::{Event, LookUp, PageView, Registration, Session};
use frontdesk::words::Lang;
use std::mem::discriminant;

/// A page with fields: how one gets there, and what is typed into which of them.
type Form<'a> = (&'a str, &'a dyn Fn(), &'a [(&'a str, &'a str)]);

/// One of them is composed in pinyin and not chosen yet when the language is changed.
const COMPOSED: &str = "qiong";

#[test]
fn the_other_language_on_every_page_keeps_what_was_typed() {
    let lobby = Lobby::open();
    let host = || {
        lobby.kiosk.tell(Event::Registration(Registration::ChooseHost("H001".to_owned())));
        super::lobby::rest();
    };
    let walk_in = || {
        lobby.tap("No appointment");
        lobby.tap("Customer");
        lobby.tap("Name");
        lobby.type_text("Zzyzx");
        lobby.tap("Hide keyboard");
        lobby.tap("Next");
    };
    let forms: [Form<'_>; 8] = [
        ("the code", &|| lobby.tap("I have an invitation"), &[("Invitation code", "47")]),
        (
            "name and number",
            &|| {
                lobby.tap("I have an invitation");
                lobby.tap("Find by name");
            },
            &[("Full name", "Zzyzx "), ("Last 4 digits of your phone number", "4711")],
        ),
        (
            "the details",
            &|| {
                lobby.tap("No appointment");
                lobby.tap("Customer");
                lobby.tap("Remember me for next time");
                lobby.tap("One person more");
            },
            &[("Name", "Zzyzx "), ("Company (if any)", "Quux "), ("Phone", "7700123")],
        ),
        (
            "the group",
            &|| {
                lobby.tap("I have an invitation");
                lobby.find();
                lobby.tap("Yes, this is me");
                lobby.tap("Next");
            },
            &[("Visitor 2/3", "Zzyzx ")],
        ),
        ("the host", &walk_in, &[("Host or department", "lxy")]),
        (
            "the purpose",
            &|| {
                walk_in();
                host();
            },
            &[("Something else", "Quux ")],
        ),
        (
            "the parcels",
            &|| {
                lobby.tap("Delivery");
                host();
                lobby.tap("One parcel more");
            },
            &[("Carrier (if any)", "Quux ")],
        ),
        (
            "the complaint",
            &|| {
                lobby.tap("I have an invitation");
                lobby.find();
                lobby.tap("Yes, this is me");
                lobby.tap("Next");
                lobby.tap("Next");
                lobby.tap("Agree and print badge");
                let visit = lobby.kiosk.with_book(|book| book.open_visits().unwrap().remove(0)).unwrap();
                lobby.tap("Done");
                lobby.kiosk.tell(Event::LookUp(LookUp::Scanned(visit.badge_token.as_str().to_owned())));
                super::lobby::rest();
                lobby.tap("Sign out only me");
                lobby.tap("Complaint");
                lobby.tap("Without my name");
            },
            &[("Your complaint", "Quux ")],
        ),
    ];
    for (name, go, fields) in forms {
        lobby.kiosk.tell(Event::Session(Session::Home));
        lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
        super::lobby::rest();
        go();
        let page = discriminant(&lobby.kiosk.view().page);
        for (field, text) in fields {
            lobby.tap(field);
            lobby.type_text(text);
        }
        let typed = lobby.held();
        // The last of the fields that take Chinese has a name half composed.
        let composing = fields.iter().rev().find(|(_, text)| text.ends_with(' '));
        if let Some((field, _)) = composing {
            lobby.tap(field);
            lobby.tap("Write Chinese with pinyin");
            lobby.type_text(COMPOSED);
            assert!(lobby.remains().contains(&format!("composed {COMPOSED}")), "{name}");
        }
        for language in ["中文", "English", "中文"] {
            lobby.tap(language);
            let view = lobby.kiosk.view();
            assert_eq!(discriminant(&view.page), page, "{name}: {language} leads elsewhere");
            for (field, text) in fields {
                let text = if composing.is_some_and(|(composed, _)| composed == field) {
                    format!("{text}{COMPOSED}")
                } else {
                    (*text).to_owned()
                };
                assert!(lobby.remains().contains(&text), "{name}: {field} is not \"{text}\" in {language}");
            }
            assert!(lobby.remains().contains("composed |"), "{name}: something is still composed");
        }
        let kept = lobby.held();
        for switched in ["remembered true", "party 1", "parcels 2", "anonymous true"] {
            let was = typed.iter().any(|held| held.contains(switched));
            assert_eq!(kept.iter().any(|held| held.contains(switched)), was, "{name}: {switched}");
        }
        assert!(!matches!(lobby.kiosk.view().page, PageView::Welcome), "{name}");
    }
}
