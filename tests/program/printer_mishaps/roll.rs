//! Pages of a roll call on a printer whose paper ends in the middle of one: that one is unknown, the others come
//! out, and none twice.

use super::usb::{becomes, ready_printer, with_printer};
use super::{CONFIRMED, MIDDLE, READY};
use frontdesk::errand::{Outcome, PrinterState, RollLine, RollPage, Trouble};
use frontdesk::paper::{escpos, roll};
use frontdesk::words::Lang;
use serde_json::json;

fn page(page: u32) -> RollPage {
    let line = |place| RollLine {
        place,
        area: "三楼 302".to_owned(),
        host: "李晓云".to_owned(),
        host_phone: String::new(),
        name: format!("王芳{place}"),
        company: "云栖".to_owned(),
        number: format!("A{place:03}"),
        mark: None,
        said_left: None,
    };
    RollPage {
        at: "2026-11-23T09:41:00+08:00".parse().expect("a time"),
        drill: false,
        page,
        pages: 4,
        people: 16,
        lines: (page * 4 - 3..=page * 4).map(line).collect(),
        lang: Lang::ZH,
        issue: 0,
        listed: None,
        counts: Vec::new(),
        said_left: 0,
    }
}

#[test]
fn paper_that_ends_in_mid_page() {
    with_printer("roll::paper_that_ends_in_mid_page", &[], |fake| {
        let mut printer = ready_printer(fake);
        let bitmaps = [1, 2, 3, 4].map(|number| roll::lay_out(&page(number), 576).expect("a page"));
        let mut print = |number: usize| {
            let bitmap = &bitmaps[number - 1];
            let job = escpos::encode(bitmap).expect("a job");
            printer.print(&format!("roll-{number}"), bitmap, &job, &mut |_| {})
        };
        assert_eq!([print(1), print(2)], [CONFIRMED, CONFIRMED]);
        let printed = fake.tell().printed;
        fake.set(json!({"paper_out_at": printed + MIDDLE}));
        assert_eq!(print(3), Outcome::Unknown(Trouble::PaperOut));
        assert_eq!(print(4), Outcome::NotYet(Trouble::PaperOut));
        becomes(&mut printer, PrinterState::Trouble(Trouble::PaperOut));
        fake.set(json!({"paper": "ok"}));
        becomes(&mut printer, READY);
        let job = escpos::encode(&bitmaps[3]).expect("a job");
        assert_eq!(printer.print("roll-4", &bitmaps[3], &job, &mut |_| {}), CONFIRMED);
        // The printer itself finishes the page that it had taken.
        let told = fake.tray_holds(4);
        assert_eq!(told.badges, bitmaps.map(|bitmap| bitmap.bytes), "each once, in order");
        assert_eq!((told.unfinished, told.strays), (0, 0));
    });
}
