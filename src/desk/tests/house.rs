//! What the house says: when it opens, how to get to a room, and what to do in an emergency.

use super::*;

impl Reception {
    /// The same reception with this in its `kiosk.toml`.
    pub(super) fn configured(text: &str) -> Self {
        let mut reception = Self::open();
        let written = Config::parse(text, std::path::Path::new(".")).unwrap();
        reception.config = Config { reception: reception.config.reception.clone(), ..written };
        reception.desk = Desk::new(&reception.config, Notices::load(&reception.config).unwrap());
        reception
    }

    fn opens(&self) -> Option<String> {
        self.desk.view(self.now).opens.map(|opens| opens.format("%m-%d %H:%M").to_string())
    }
}

#[test]
fn outside_the_hours_it_is_said_when_the_house_opens_and_all_goes_on() {
    let hours =
        "[opening]\nmonday = \"10:00-12:00\"\nthursday = \"08:00-09:00\"\nclosed = [\"2026-11-26\"]\n";
    let mut reception = Reception::configured(hours);
    assert_eq!(reception.opens().as_deref(), Some("11-23 10:00"));
    reception.wait(MINUTE * 20);
    assert_eq!(reception.opens(), None);
    reception.wait(MINUTE * 120);
    assert_eq!(reception.opens().as_deref(), Some("11-30 10:00"), "the Thursday is a holiday");
    reception.check_in();
    assert_eq!(reception.visits(), 1, "who was invited for the evening comes in");
    assert_eq!(Reception::open().opens(), None, "nothing is said where nothing is configured");
}

#[test]
fn reception_says_todays_hours_and_the_closed_days_to_come() {
    let hours = "[opening]\nmonday = \"08:30-12:00, 13:30-18:00\"\n\
        closed = [\"2027-01-01\", \"2026-10-01/2026-10-07\", \"2026-11-30/2026-12-01\", \"2027-05-01\"]\n";
    let mut reception = Reception::configured(hours);
    let shown = |reception: &Reception| {
        let hours = reception.desk.view(reception.now).hours.unwrap();
        let today: Vec<_> = hours.today.iter().map(|(from, until)| format!("{from}-{until}")).collect();
        let closed: Vec<_> = hours.closed.iter().map(|(first, last)| format!("{first}/{last}")).collect();
        (today, closed)
    };
    let (today, closed) = shown(&reception);
    assert_eq!(today, ["08:30:00-12:00:00", "13:30:00-18:00:00"]);
    assert_eq!(closed, ["2026-11-30/2026-12-01", "2027-01-01/2027-01-01"], "what is past is not said");
    reception.wait(MINUTE * 60 * 24 * 7);
    assert_eq!(shown(&reception).0, Vec::<String>::new(), "a Monday on which the house is closed");
    assert_eq!(Reception::open().desk.view(morning()).hours, None);
}

#[test]
fn the_longest_beginning_of_a_place_says_the_way() {
    let ways = "[[way]]\nto = \"三楼\"\nsay = \"电梯到三楼\"\n[[way]]\nto = \"三楼 302\"\nsay = { zh = \"三楼右转\", en = \"Third floor, right\" }\n";
    let mut reception = Reception::configured(ways);
    for (n, (place, own, said)) in [
        ("三楼 302", "", "三楼右转"),
        ("三楼 305", "", "电梯到三楼"),
        ("三楼 302", "敲门即可", "敲门即可"),
        ("五楼", "", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let n = 40 + n as u8;
        let host = Host { place: place.into(), way: own.into(), ..host("h1", "李晓云") };
        reception.book.put_hosts(&[host], reception.now).unwrap();
        let fresh = invitation(n, "王芳", 8..18);
        reception.book.put_invitations(&[fresh], reception.now).unwrap();
        reception
            .scan(n)
            .tell(Event::LookUp(LookUp::Confirm))
            .tell(Event::Registration(Registration::Agree(vec![])));
        assert_eq!(reception.thanks().way, said, "{place}");
        reception.tell(Event::Session(Session::Done));
    }
}

#[test]
fn an_emergency_is_said_on_every_page_until_it_is_over() {
    let mut reception = Reception::open();
    reception.scan(1).tell(Event::LookUp(LookUp::Correct));
    let said = |reception: &Reception| reception.desk.view(reception.now).emergency;
    assert_eq!(said(&reception), None);
    // Reception switches it on elsewhere; the kiosk sees it by itself.
    reception.book.set_emergency(Some(""), "reception", reception.now).unwrap();
    reception.tell(Event::System(System::Tick));
    assert!(said(&reception).unwrap().contains("集合点"));
    reception.tell(Event::Session(Session::ChooseLanguage(Lang::EN)));
    assert!(said(&reception).unwrap().contains("assembly point"));
    assert!(matches!(reception.page(), PageView::Details(_)), "nobody loses what they typed");
    reception.book.set_emergency(Some("化学品泄漏"), "reception", reception.now).unwrap();
    reception.tell(Event::System(System::Tick)).tell(Event::Session(Session::Home));
    assert_eq!(said(&reception).as_deref(), Some("化学品泄漏"));
    reception.book.set_emergency(None, "reception", reception.now).unwrap();
    reception.tell(Event::System(System::Tick));
    assert_eq!(said(&reception), None);
    let journal = reception.book.entries().unwrap();
    let switched = journal.iter().filter(|entry| matches!(entry, crate::book::Entry::Emergency { .. }));
    assert_eq!(switched.count(), 3);
}
