//! Somebody who sees nothing and touches nothing: the whole way through the accessibility tree alone.

use super::lobby::{Lobby, rest};
use frontdesk::desk::{BadgeShown, Event, PageView, Session};
use frontdesk::visit::Witness;
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

/// The badge came out, as far as the page can know.
fn is_printed(lobby: &Lobby) {
    lobby.until(
        "the badge",
        |view| matches!(&view.page, PageView::Thanks(thanks) if thanks.badge_state == BadgeShown::Printed),
    );
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
        lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(lang)));
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
        lobby.admit();
        is_printed(&lobby);
        lobby.act(done);
        assert_eq!(lobby.kiosk.view().page, PageView::Welcome);
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

#[test]
fn a_contractor_who_cannot_sign_gets_a_badge_in_either_language() {
    let lobby = Lobby::open();
    let ways = [
        (
            Lang::EN,
            ["No appointment", "Contractor", "Name", "Company", "Phone", "Next", "Host or department"],
            ["Li Xiaoyun, Quality · Room 302, 3rd floor", "Cleaning", "I have read it"],
            ["Reception signs with me", "王芳, please go to reception", "Done"],
        ),
        (
            Lang::ZH,
            ["临时来访", "施工维修", "姓名", "单位", "手机", "下一步", "接待人或部门"],
            ["李晓云 品质部 · 三楼 302 会议室", "保洁", "我已阅读"],
            ["由前台协助签名", "王芳，请到前台", "完成"],
        ),
    ];
    for (
        lang,
        [walk_in, contractor, name, company, phone, next, host],
        [li, purpose, read],
        [sign, go, done],
    ) in ways
    {
        lobby.kiosk.tell(Event::Session(Session::ChooseLanguage(lang)));
        rest();
        lobby.act(walk_in);
        lobby.act(contractor);
        lobby.fill(name, "王芳");
        lobby.fill(company, "天成装饰");
        // Whoever went through the instruction is known by it.
        lobby.fill(phone, if lang == Lang::EN { "13900139000" } else { "13900139001" });
        lobby.act(next);
        lobby.fill(host, "lxy");
        lobby.act(li);
        lobby.act(purpose);
        lobby.act(read);
        while let PageView::Question(question) = lobby.kiosk.view().page {
            // They try until it is right; a wrong answer is explained.
            let answer = question.answers.iter().position(|answer| {
                lobby.act(answer);
                let PageView::Question(now) = lobby.kiosk.view().page else { return true };
                if now.why.is_some() {
                    lobby.act(if lang == Lang::EN { "Ask me again" } else { "再答一次" });
                }
                now.number != question.number
            });
            assert!(answer.is_some(), "{question:?}");
        }
        lobby.act(sign);
        assert!(matches!(lobby.kiosk.view().page, PageView::Waiting(_)), "{:?}", lobby.kiosk.view().page);
        assert!(lobby.shows(go));
        lobby.admit();
        is_printed(&lobby);
        lobby.act(done);
    }
    for visit in lobby.kiosk.with_book(|book| book.open_visits().unwrap()).unwrap() {
        assert_eq!(visit.agreement.witness, Some(Witness::By("reception".to_owned())));
    }
}
