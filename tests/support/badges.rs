//! Badges for tests.

use frontdesk::errand::Badge;
use frontdesk::visit::{BadgeNumber, Token};
use frontdesk::words::Lang;

/// A usual visit, to be changed by a test.
pub fn usual() -> Badge {
    Badge {
        number: BadgeNumber::parse("A017").unwrap(),
        token: Token::from_bytes(*b"badge in a story"),
        name: "欧阳修明".into(),
        company: "云栖新能源（杭州）有限公司".into(),
        host: "李晓云".into(),
        department: "品质部".into(),
        place: "三楼 302".into(),
        good_until: "2026-11-23T18:00:00+08:00".parse().unwrap(),
        lang: Lang::ZH,
        visit_type: String::new(),
        kind_id: String::new(),
        escort: false,
        photo: None,
    }
}
