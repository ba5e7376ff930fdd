//! What people read on paper and in mails, word for word: every mail in each language, appointments, the words of the
//! badge. `letters.json` holds letters as a book keeps them, so that what an earlier version queued is read here too;
//! it is never rewritten. After a change of words: `INSTA_UPDATE=always cargo test --lib paper::snapshots`, and read
//! the difference.

use super::letter::{Sender, write};
use super::{calendar, labels, staff};
use crate::errand::{Badge, Letter, Trouble};
use crate::words::Lang;
use insta::assert_snapshot;
use std::collections::BTreeMap;

/// Letters by name and language.
fn letters() -> BTreeMap<String, BTreeMap<Lang, Letter>> {
    serde_json::from_str(include_str!("snapshots/letters.json")).unwrap()
}

fn sender() -> Sender {
    Sender { company: "Huayue 华越".to_owned(), reception_phone: "0571-8000".to_owned(), replies: true }
}

fn in_each_language(letters: &BTreeMap<Lang, Letter>, words: impl Fn(&Letter) -> String) -> String {
    letters.iter().map(|(lang, letter)| format!("=== {lang:?}\n{}\n", words(letter).trim_end())).collect()
}

#[test]
fn every_mail_in_each_language() {
    for (name, letters) in letters() {
        let words = in_each_language(&letters, |letter| {
            let written = write(letter, &sender());
            format!("{}\n\n{}\n--- html\n{}", written.subject, written.text, written.html)
        });
        assert_snapshot!(format!("mail_{name}"), words);
    }
}

#[test]
fn every_way_to_answer_a_question() {
    let asked = &letters()["may_come_host_nobody"];
    let ways =
        [("", false), ("", true), ("0571-8000", false), ("0571-8000", true)].map(|(phone, replies)| {
            let sender = Sender { reception_phone: phone.to_owned(), replies, ..sender() };
            in_each_language(asked, |letter| write(letter, &sender).text)
        });
    assert_snapshot!("answers", ways.concat());
}

#[test]
fn every_appointment_in_each_language() {
    for (name, letters) in letters() {
        if letters.values().all(|letter| letter.ticket.is_some()) {
            let lines = in_each_language(&letters, |letter| {
                let ticket = letter.ticket.as_deref().unwrap();
                let lines = calendar::appointment(letter, ticket, "Huayue 华越", "desk@example.com");
                assert_eq!(lines.matches('\n').count(), lines.matches("\r\n").count());
                lines.replace("\r\n", "\n")
            });
            assert_snapshot!(format!("ics_{name}"), lines);
        }
    }
}

#[test]
fn every_word_of_a_badge_in_each_language() {
    let badge = |lang: &str, escort: bool| -> Badge {
        serde_json::from_value(serde_json::json!({
            "number": "A017",
            "token": "A".repeat(26),
            "name": "欧阳修明", "company": "杭州云栖科技", "host": "李晓云", "department": "市场部",
            "place": "三楼 302", "good_until": "2026-11-23T18:00:00+08:00", "lang": lang,
            "visit_type": "客户来访", "kind_id": "customer", "escort": escort,
        }))
        .unwrap()
    };
    let mut words = String::new();
    for (lang, escort) in [Lang::ZH, Lang::EN].into_iter().flat_map(|lang| [(lang, false), (lang, true)]) {
        let badge = badge(lang.code(), escort);
        words += &format!("=== {lang:?}{}\n", if escort { ", with an escort" } else { "" });
        for word in labels::braced(&labels::all()) {
            words += &format!("{word}: {}\n", labels::value(word, &badge));
        }
        words += &format!("member: {}\n", labels::member(lang, 2, 3));
    }
    assert_snapshot!("badge", words);
}

#[test]
fn every_trouble_as_staff_are_told_of_it() {
    let named = [
        "paper_out",
        "cover_open",
        "offline",
        "unplugged",
        "printer_error",
        "mute",
        "no_access",
        "busy",
        "bad_template",
        "mail_unreachable",
        "mail_later",
        "mail_refused",
        "mail_login",
        "mail_tls",
        "bad_letter",
        "folder_unwritable",
        "disk_full",
        "interrupted",
        "late",
        "copy_failed",
        "export_failed",
    ];
    let named = named.iter().map(|name| serde_json::from_value(serde_json::json!(name)).unwrap());
    let troubles: Vec<Trouble> = named.chain([Trouble::MissingGlyph('𰻝')]).collect();
    let mut words = String::new();
    for lang in [Lang::ZH, Lang::EN] {
        words += &format!("=== {lang:?}\n");
        for trouble in &troubles {
            let (what, then) = (staff::staff_sentence(*trouble, lang), staff::what_to_do(*trouble, lang));
            words += &format!("{trouble:?}: {what} | {then}\n");
        }
    }
    assert_snapshot!("troubles", words);
}
