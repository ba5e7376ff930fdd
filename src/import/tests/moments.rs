//! From when until when somebody is invited, as people and office programs write it: the right day, or a question.

use super::{at, invited, refused, row};

fn times(from: &str, until: &str) -> (i64, i64) {
    let found = invited(&row(&format!("A,,,H001,{from},{until},,,,"))).remove(0);
    (found.from, found.until)
}

#[test]
fn the_day_that_was_written_is_the_day_that_is_meant() {
    for (from, until, begins, ends) in [
        ("2026年12月1日14:30", "", "2026-12-01 14:30", "2026-12-01 23:59"),
        ("2026年12月1日 14:30", "2026年12月1日17:00", "2026-12-01 14:30", "2026-12-01 17:00"),
        ("2026年12月1号14点", "", "2026-12-01 14:00", "2026-12-01 23:59"),
        ("2026年11月4日9:30", "", "2026-11-04 09:30", "2026-11-04 23:59"),
        ("2026年1月11日4:30", "", "2026-01-11 04:30", "2026-01-11 23:59"),
        ("2026/12/1 2:30 PM", "2026/12/1 5:00 PM", "2026-12-01 14:30", "2026-12-01 17:00"),
        ("2026年12月1日 下午2:30", "", "2026-12-01 14:30", "2026-12-01 23:59"),
        ("２０２６／１２／１　１４：３０", "", "2026-12-01 14:30", "2026-12-01 23:59"),
        // As Excel writes a day.
        ("2026/12/1 0:00", "2026/12/1 0:00", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("2026-12-01 00:00:00", "2026-12-01 00:00:00", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("2026/12/1 0:00", "", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("2026-12-01", "2026/12/1 0:00", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("2026/12/1 0:00", "2026-12-01", "2026-12-01 00:00", "2026-12-01 23:59"),
        ("2026/12/1 0:00", "2026/12/3", "2026-12-01 00:00", "2026-12-03 23:59"),
        ("2026-12-01 20:00", "2026-12-02 06:00", "2026-12-01 20:00", "2026-12-02 06:00"),
        ("2026-12-01 20:00", "2026-12-02 0:01", "2026-12-01 20:00", "2026-12-02 00:01"),
    ] {
        assert_eq!(times(from, until), (at(begins), at(ends)), "{from} – {until}");
    }
}

#[test]
fn a_day_that_may_be_another_one_is_asked_about() {
    let right = "a date such as 2026-11-23 or 2026-11-23 09:30 is expected";
    for from in [
        "2026-12-114:30",
        "2026/12/114:30",
        "2026年12月114:30",
        "20261201",
        "1/12/2026",
        "12/1/2026 9:30",
        "01.12.2026",
        "2026-12-01 9:5",
        "2026-12-01 930",
        "2026-12",
        "12月1日",
    ] {
        assert_eq!(refused(&row(&format!("A,,,H001,{from},,,,,"))), [format!("2: from: {right}")], "{from}");
        let until = refused(&row(&format!("A,,,H001,2026-11-01,{from},,,,")));
        assert_eq!(until, [format!("2: until: {right}")], "{from}");
    }
    for (from, until, said) in [
        (
            "2026/12/1 0:00",
            "2026/12/3 0:00",
            "until: 0:00 may mean 2026-12-03 or the end of 2026-12-02; 2026-12-03 or 2026-12-02 23:59 is expected",
        ),
        (
            "2026-12-01 18:00",
            "2026-12-02 00:00",
            "until: 0:00 may mean 2026-12-02 or the end of 2026-12-01; 2026-12-02 or 2026-12-01 23:59 is expected",
        ),
        (
            "2026-12-01 09:30",
            "2026-12-01 09:30",
            "until: it ends at the same minute as it begins; leave it empty for the whole day",
        ),
        ("2026-12-02", "2026-12-01", "until: it ends before it begins"),
        ("46357", "", "from: 46357 is a spreadsheet's number for a day; format the column as a date"),
        (
            "46357.6041666667",
            "",
            "from: 46357.6041666667 is a spreadsheet's number for a day; format the column as a date",
        ),
    ] {
        let told = refused(&row(&format!("A,,,H001,{from},{until},,,,")));
        assert_eq!(told, [format!("2: {said}")], "{from} – {until}");
    }
}
