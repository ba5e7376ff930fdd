//! What the stories of the book share: a morning, a host, a visitor.

use chrono::DateTime;
use frontdesk::book::{NewVisit, Rng};
use frontdesk::config::Admits;
use frontdesk::now::{Now, Tick};
use frontdesk::visit::{Agreement, Details, Host, PersonName};
use frontdesk::words::Lang;
use std::time::Duration;

pub fn morning() -> Now {
    let wall = DateTime::parse_from_rfc3339("2026-11-23T09:41:00+08:00").unwrap();
    Now::new(Tick::default(), wall)
}

pub fn host() -> Host {
    Host {
        id: "H001".to_owned(),
        name: "李晓云".into(),
        department: "品质部".into(),
        place: "三楼 302".into(),
        way: "".into(),
        email: "li@example.com".to_owned(),
        phone: String::new(),
        lang: Lang::ZH,
        deputy: None,
        contact: false,
        gone: false,
    }
}

pub fn visitor(at: Now) -> NewVisit {
    NewVisit {
        invitation: None,
        details: Details {
            name: PersonName::parse("欧阳修明").unwrap(),
            company: None,
            phone: None,
            party: 0,
        },
        host_id: "H001".to_owned(),
        lang: Lang::ZH,
        agreement: Agreement {
            version: "1".to_owned(),
            lang: Lang::ZH,
            sha256: "0".to_owned(),
            at: at.wall,
            signature: None,
            signed: None,
            witness: None,
        },
        good_until: at.after(Duration::from_secs(3600)).wall,
        kind: None,
        purpose: None,
        admits: Admits::Nobody,
        closes: at.after(Duration::from_secs(12 * 3600)).wall,
        instructed: Vec::new(),
        others: 0,
        members: Vec::new(),
        joins: None,
        remember: None,
        photo: None,
        by: None,
    }
}

/// Knuth's MMIX generator: the same book for the same seed is all that is asked of it.
pub fn chance(mut state: u64) -> Rng {
    Box::new(move |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (state >> 56) as u8;
        }
    })
}
