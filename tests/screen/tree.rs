//! Somebody who sees nothing and touches nothing: the whole way through the accessibility tree alone.

use super::lobby::{Lobby, rest};
use frontdesk::desk::{Event, PageView};
use frontdesk::words::Lang;
use i_slint_backend_testing::{AccessibleRole, ElementHandle};

impl Lobby {
    fn control(&self, name: &str) -> ElementHandle {
        let found = ElementHandle::find_by_accessible_label(&self.window, name);
        let controls = [Some(AccessibleRole::Button), Some(AccessibleRole::TextInput)];
        let found = found.into_iter().find(|element| controls.contains(&element.accessible_role()));
        found.unwrap_or_else(|| panic!("there is no {name} on {:?}", self.kiosk.view().page))
    }

    fn act(&self, name: &str) {
        self.control(name).invoke_accessible_default_action();
        rest();
    }

    fn fill(&self, name: &str, value: &str) {
        self.control(name).set_accessible_value(value);
        rest();
    }
}

#[test]
fn a_walk_in_without_a_finger_in_either_language() {
    let lobby = Lobby::open();
    let ways = [
        (
            Lang::EN,
            ["No appointment", "Customer", "Name", "Phone", "Next", "Host or department"],
            ["Li Xiaoyun, Quality · Room 302, 3rd floor", "Meeting", "Agree and register", "Done"],
        ),
        (
            Lang::ZH,
            ["临时来访", "客户", "姓名", "手机", "下一步", "接待人或部门"],
            ["李晓云 品质部 · 三楼 302 会议室", "商务洽谈", "同意并登记", "完成"],
        ),
    ];
    for (lang, [walk_in, customer, name, phone, next, host], [li, purpose, agree, done]) in ways {
        lobby.kiosk.tell(Event::ChooseLanguage(lang));
        rest();
        lobby.act(walk_in);
        lobby.act(customer);
        lobby.fill(name, "王芳");
        lobby.fill(phone, "13900139000");
        lobby.act(next);
        lobby.fill(host, "lxy");
        lobby.act(li);
        lobby.act(purpose);
        assert!(matches!(lobby.kiosk.view().page, PageView::Agree(_)), "{:?}", lobby.kiosk.view().page);
        lobby.act(agree);
        assert!(matches!(lobby.kiosk.view().page, PageView::Waiting(_)), "{:?}", lobby.kiosk.view().page);
        lobby.act(done);
    }
    let names = lobby.kiosk.with_book(|book| {
        book.open_visits()
            .unwrap()
            .into_iter()
            .map(|visit| visit.details.name.to_string())
            .collect::<Vec<_>>()
    });
    assert_eq!(names.unwrap(), ["王芳", "王芳"], "two of one name");
}
