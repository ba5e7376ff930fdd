//! What facilities staff get wrong in `kiosk.toml`, and what they are told: every mistake at once, each
//! with its line and what would be right.

use frontdesk::config::{Admits, Ask, BUILT_IN, Config, MailKind, PrinterKind, Security};
use frontdesk::words::Lang;
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn parse(text: &str) -> Result<Config, Vec<String>> {
    let said = |mistakes: Vec<frontdesk::config::Mistake>| {
        mistakes.into_iter().map(|mistake| format!("{}: {}", mistake.line, mistake.what)).collect()
    };
    Config::parse(text, Path::new("/etc/frontdesk")).map_err(said)
}

fn mistakes(text: &str) -> Vec<String> {
    parse(text).expect_err("there are mistakes")
}

fn good(text: &str) -> Config {
    parse(text).unwrap_or_else(|mistakes| panic!("{}\nin\n{text}", mistakes.join("\n")))
}

const BROKEN: &str = r##"title = "our kiosk"

[company]
nam = "Huayue"
accent = "green"
logo = ""

[reception]
place = 1
email = "reception at example.com"
lang = "chinese"

[[language]]
code = "zh"
name = "中文"

[[language]]
code = "zh"
name = "Chinese"

[screen]
fullscreen = "yes"
idle_seconds = 5
warning_seconds = 10
thanks_seconds = 20.5

[visit]
ends = "6 pm"
keep_days = 0

[printer]
kind = "parallel"
width = 500
id = "04b8-0e15"

[mail]
kind = "smtp"
password = "secret"
security = "ssl"
port = 99999

[sceen]
fullscreen = true
"##;

const TOLD: &[&str] = &[
    "1: title: unknown key; known are company, reception, language, screen, book, visit, visit_type, opening, way, emergency, wifi, scanner, printer, camera, mail, staff, facilities, roll, import, backup, export, supply, daily_check",
    "4: [company] nam: unknown key; did you mean \"name\"?",
    "5: [company] accent: a colour such as \"#0E6B58\" is expected",
    "6: [company] logo: it must not be empty",
    "9: [reception] place: a text, or one for each language such as { zh = \"…\", en = \"…\" }, is expected",
    "10: [reception] email: a mail address is expected",
    "11: [reception] lang: \"zh\" or \"en\" is expected",
    "17: [[language]] code: zh stands here twice",
    "22: [screen] fullscreen: true or false is expected",
    "23: [screen] idle_seconds: a whole number from 10 to 3600 is expected",
    "24: [screen] warning_seconds: a whole number from 20 to 3600 is expected",
    "25: [screen] thanks_seconds: a whole number from 10 to 3600 is expected",
    "28: [visit] ends: a time such as \"18:00\" is expected",
    "29: [visit] keep_days: a whole number from 1 to 3650 is expected",
    "32: [printer] kind: \"usb\" or \"file\" is expected",
    "33: [printer] width: 384, 512, 576 or 640 is expected",
    "34: [printer] id: vendor:product such as \"04b8:0e15\" is expected",
    "36: [mail] from: the sender is expected with kind = \"smtp\"",
    "36: [mail] host: the mail server's name is expected with kind = \"smtp\"",
    "38: [mail] password: a password does not belong here; write it to a file and name that as password_file",
    "39: [mail] security: \"tls\", \"starttls\" or \"none\" is expected",
    "40: [mail] port: a whole number from 1 to 65535 is expected",
    "42: sceen: unknown key; did you mean \"screen\"?",
];

#[test]
fn every_mistake_is_named_at_once() {
    let told = mistakes(BROKEN);
    for (told, expected) in told.iter().zip(TOLD) {
        assert_eq!(told, expected);
    }
    assert_eq!(told, TOLD);
}

#[test]
fn one_mistake_is_told_once() {
    for (text, told) in [
        ("[wifi]\nname = 5\n", "2: [wifi] name: a text in quotation marks is expected"),
        ("[wifi]\npassword = \"x\"\n", "1: [wifi] name: the network's name is expected"),
        (
            "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = 25\n",
            "4: [mail] host: a text in quotation marks is expected",
        ),
        (
            "[[language]]\ncode = \"chi\"\nname = \"中文\"\n",
            "2: [[language]] code: \"zh\" or \"en\" is expected",
        ),
        ("[[language]]\ncode = \"zh\"\n", "1: [[language]]: code and name are expected"),
        ("[[language]]\n", "1: [[language]]: code and name are expected"),
        ("[[visit_type]]\nid = \"a\"\n", "1: [[visit_type]]: id and name are expected"),
        (
            "[opening]\nclosed = [\"2027-01-01\"]\n",
            "1: [opening]: the hours of one day at least are expected",
        ),
        (
            "[opening]\nmonday = \"9-18\"\n",
            "2: [opening] monday: hours such as \"08:30-12:00, 13:30-18:00\", or \"\" for a closed day, is expected",
        ),
        (
            "[camera]\ndevice = \"/dev/video0\"\npicture = \"portrait.jpg\"\n",
            "1: [camera]: either a device is expected, or a picture to try out without one",
        ),
        (
            "[[visit_type]]\nid = \"a\"\nname = \"A\"\n[[visit_type]]\nid = \"a\"\nname = \"B\"\n",
            "4: [[visit_type]] id: a stands here twice",
        ),
        (
            "[[visit_type]]\nid = \"a\"\nname = \"A\"\nparcels = true\n[[visit_type]]\nid = \"b\"\nname = \"B\"\nparcels = true\n",
            "5: [[visit_type]] parcels: only one type is for parcels",
        ),
        (
            "[[visit_type]]\nid = \"a\"\nname = \"A\"\nparcels = true\ncompany = \"may\"\n",
            "5: [[visit_type]] company: it means nothing for parcels: nobody comes in; take it out",
        ),
        (
            "[[way]]\nto = \"W\"\nsay = \"left\"\nsafety = 1\n",
            "4: [[way]] safety: true for the built-in one, or the name of a folder is expected",
        ),
        (
            "[[visit_type]]\nid = \"a\"\nname = \"A\"\nadmits = \"guard\"\n",
            "4: [[visit_type]] admits: \"nobody\", \"host\" or \"reception\" is expected",
        ),
        (
            "[[visit_type]]\nid = \"a\"\nname = \"A\"\npurposes = \"all\"\n",
            "4: [[visit_type]] purposes: a list of texts, such as [{ zh = \"…\", en = \"…\" }], is expected",
        ),
    ] {
        assert_eq!(mistakes(text), [told], "{text}");
    }
}

#[test]
fn tables_and_lists_of_tables_are_told_apart() {
    for (text, told) in [
        (
            "[language]\ncode = \"zh\"\nname = \"中文\"\n",
            "1: [[language]]: two brackets are expected: each is a table of its own",
        ),
        ("language = []\n", "1: [[language]]: at least one table is expected"),
        ("language = \"zh\"\n", "1: [[language]]: at least one table is expected"),
        ("language = [\"zh\"]\n", "1: [[language]]: code and name are expected"),
        (
            "[[company]]\nname = \"A\"\n",
            "1: [company]: one bracket is expected: there is only one such table",
        ),
        ("printer = \"usb\"\n", "1: [printer]: a table is expected"),
        ("[[wifi]]\nname = \"A\"\n", "1: [wifi]: one bracket is expected: there is only one such table"),
    ] {
        assert_eq!(mistakes(text), [told], "{text}");
    }
}

#[test]
fn values_of_other_kinds_are_no_values() {
    for (text, told) in [
        ("[screen]\nidle_seconds = \"60\"\n", "a whole number from 10 to 3600"),
        ("[screen]\nidle_seconds = -60\n", "a whole number from 10 to 3600"),
        ("[screen]\nidle_seconds = 99999999999999999999\n", "a whole number from 10 to 3600"),
        ("[screen]\nidle_seconds = nan\n", "a whole number from 10 to 3600"),
        ("[visit]\nends = 18:00:00\n", "a time such as \"18:00\""),
        ("[visit]\nends = 2026-11-23\n", "a time such as \"18:00\""),
        ("[visit]\nends = \"24:30\"\n", "a time such as \"18:00\""),
        ("[company]\nname = [\"A\"]\n", "a text in quotation marks"),
        ("[company]\nname = { zh = \"A\" }\n", "a text in quotation marks"),
        ("[company]\naccent = 0x0E6B58\n", "a colour such as"),
        ("[company]\naccent = \"#+12345\"\n", "a colour such as"),
        ("[company]\naccent = \"#0E6B5\"\n", "a colour such as"),
        ("[printer]\nid = \"+4b8:0e15\"\n", "vendor:product"),
        ("[printer]\nid = \"4b8:e15\"\n", "vendor:product"),
        ("[reception]\nplace = { english = \"A\" }\n", "one for each language"),
        ("[reception]\nplace = {}\n", "one for each language"),
        ("[reception]\nplace = \" \"\n", "one for each language"),
        ("[reception]\nplace = { zh = 1 }\n", "one for each language"),
        ("[mail]\nfrom = \"Front desk\"\n", "a mail address, or"),
    ] {
        let told_here = mistakes(text);
        assert!(
            told_here.len() == 1 && told_here[0].starts_with("2: ") && told_here[0].contains(told),
            "{text}{told_here:?}"
        );
    }
    assert_eq!(good("[screen]\nidle_seconds = 1_00\n").screen.idle_seconds.as_secs(), 100);
    assert_eq!(good("[company]\naccent = \"#0e6b58\"\n").company.accent, 0x0E6B58);
}

#[test]
fn syntax_is_told_with_its_line_and_hides_nothing_else() {
    for (text, line) in [
        ("[company]\nname = \"A\n", 2),
        ("[company\nname = \"A\"\n", 1),
        ("[company]\nname\n", 2),
        ("[company]\nname =\n", 2),
        ("[company]\nname = \"A\"\nname = \"B\"\n", 3),
        ("[company]\nname = \"A\"\n[company]\naccent = \"#000000\"\n", 3),
        ("[company]\nname = 华越\n", 2),
        ("[book]\npath = \"C:\\Users\\desk\"\n", 2),
    ] {
        let told = mistakes(text);
        assert!(told.iter().any(|told| told.starts_with(&format!("{line}: "))), "{text}{told:?}");
        assert!(told.iter().all(|told| told.chars().count() < 240 && !told.contains('\n')), "{told:?}");
    }
    let told = mistakes("[company]\nname = \"A\n[screen]\nidle_seconds = 1\n");
    assert!(told.iter().any(|told| told.starts_with("4: [screen] idle_seconds")), "{told:?}");
}

#[test]
fn a_password_never_travels_in_the_open() {
    let mail = |host: &str| {
        format!(
            "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\nhost = \"{host}\"\nsecurity = \"none\"\nuser = \"desk\"\npassword_file = \"p\"\n"
        )
    };
    for near in ["localhost", "127.0.0.1", "::1"] {
        good(&mail(near));
    }
    for far in ["mail.example.com", "192.0.2.7", "localhost.example.com"] {
        let told = mistakes(&mail(far));
        assert!(told.len() == 1 && told[0].contains("would send the password in the open"), "{told:?}");
    }
}

#[test]
fn what_would_do_something_else_than_written() {
    let smtp = "[mail]\nkind = \"smtp\"\nfrom = \"a@b.example\"\n";
    let (no_smtp, no_usb) = (
        "kind = \"smtp\" is missing; without it mails are written as files",
        "kind = \"usb\" is missing; without it badges are written as files",
    );
    let host = "a name such as \"mail.example.com\" is expected; its port stands in a line of its own";
    for (text, told) in [
        ("[mail]\nhost = \"mail.example.com\"\n".to_owned(), vec![format!("2: [mail] host: {no_smtp}")]),
        (
            "[mail]\nfrom = \"a@b.example\"\nuser = \"desk\"\npassword_file = \"p\"\n".to_owned(),
            vec![format!("3: [mail] user: {no_smtp}"), format!("4: [mail] password_file: {no_smtp}")],
        ),
        (
            "[printer]\nwidth = 576\nid = \"04b8:0e15\"\nstatus = \"never\"\n".to_owned(),
            vec![format!("3: [printer] id: {no_usb}"), format!("4: [printer] status: {no_usb}")],
        ),
        (
            format!("{smtp}host = \"mail.example.com\"\npassword_file = \"p\"\n"),
            vec!["5: [mail] password_file: user is missing; without it nobody logs in".to_owned()],
        ),
        (format!("{smtp}host = \"mail.example.com:465\"\n"), vec![format!("4: [mail] host: {host}")]),
        (format!("{smtp}host = \"smtp://mail.example.com\"\n"), vec![format!("4: [mail] host: {host}")]),
        (
            format!("{smtp}host = \"mail.example.com\"\nsecurity = \"none\"\n"),
            vec![
                "5: [mail] security: \"none\" would send visitors' names in the open; use \"tls\" or \"starttls\""
                    .to_owned(),
            ],
        ),
        (
            "[visit]\nends = \"18:00\"\ncloses = \"17:00\"\n".to_owned(),
            vec!["3: [visit] closes: the house closes at 17:00, before badges end at 18:00".to_owned()],
        ),
        (
            "[visit]\nends = \"23:00\"\n".to_owned(),
            vec!["2: [visit] ends: the house closes at 22:00, before badges end at 23:00".to_owned()],
        ),
        (
            "[visit]\nends = \"07:00\"\ncloses = \"06:00\"\n".to_owned(),
            vec![
                "3: [visit] closes: the house closes at 06:00 in the night, before badges end at 07:00; an hour until \
                 06:00, or one from 12:00 on, is expected"
                    .to_owned(),
            ],
        ),
        (
            "[visit]\nends = \"24:00\"\n".to_owned(),
            vec![
                "2: [visit] ends: badges end at 00:00 in the night, and the house closes at 22:00 before it; an hour \
                 until 22:00 is expected"
                    .to_owned(),
            ],
        ),
        (
            "[opening]\nmonday = \"18:00-08:30\"\nsunday = \"20:00-02:00\"\n".to_owned(),
            vec![
                "2: [opening] monday: 18:00-08:30 ends before it begins; over midnight it can go on until 06:00, and \
                 from 00:00 on the next day has hours of its own"
                    .to_owned(),
            ],
        ),
        (
            "[opening]\nmonday = \"01:00-08:30\"\nsunday = \"20:00-02:00\"\n".to_owned(),
            vec!["2: [opening] monday: the hours of sunday go on until 02:00 of this day".to_owned()],
        ),
    ] {
        assert_eq!(mistakes(&text), told, "{text}");
    }
    // A house that is open over midnight.
    good(
        "[visit]\ncloses = \"02:00\"\n[opening]\nfriday = \"11:00-14:30, 18:00-02:00\"\nsaturday = \"02:00-03:00\"\n",
    );
    good("[visit]\nends = \"24:00\"\ncloses = \"24:00\"\n");
    for host in ["localhost", "192.0.2.25", "2001:db8::25", "mail-1.例子.cn"] {
        good(&format!("{smtp}host = \"{host}\"\nuser = \"desk\"\n"));
    }
}

/// The languages of the pages, as they are translated.
#[test]
fn only_languages_that_there_are_words_for() {
    let mut translated: Vec<String> = fs::read_dir("ui/lang")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .chain(["en".to_owned()])
        .collect();
    translated.sort();
    let mut spoken = Lang::SPOKEN.map(|lang| lang.code().to_owned());
    spoken.sort();
    assert_eq!(spoken.as_slice(), translated);
    for code in ["cn", "jp", "de"] {
        for (text, key) in [
            ("[[language]]\nname = \"?\"\ncode", "3: [[language]] code"),
            ("[reception]\nlang", "2: [reception] lang"),
            ("[facilities]\nlang", "2: [facilities] lang"),
        ] {
            let told = format!("{key}: \"zh\" or \"en\" is expected");
            assert_eq!(mistakes(&format!("{text} = \"{code}\"\n")), [told]);
        }
        let told = mistakes(&format!("[reception]\nplace = {{ {code} = \"A\" }}\n"));
        assert!(told.len() == 1 && told[0].contains("one for each language"), "{told:?}");
    }
}

#[test]
fn invented_codes_are_in_no_real_book_unasked() {
    assert!(Config::built_in().book.samples);
    for text in ["", "[book]\npath = \"book.db\"\n", BUILT_IN] {
        assert!(!good(text).book.samples);
    }
    assert!(good("[book]\nsamples = true\n").book.samples);
}

#[test]
fn a_hint_names_what_was_meant_and_never_the_forbidden() {
    let told = mistakes("[mail]\nzzzzzzzzzz = 1\n");
    assert!(
        told[0].contains("password_file")
            && !told[0].contains(" password,")
            && !told[0].ends_with(" password"),
        "{told:?}"
    );
    assert!(mistakes("[printer]\nxy = 1\n")[0].contains("known are"));
    assert!(mistakes("[screen]\nidle = 1\n")[0].contains("did you mean \"idle_seconds\"?"));
}

#[test]
fn the_built_in_file_is_the_built_in_configuration() {
    // But for the samples: whoever copies the file has none.
    let mut copied = Config::built_in();
    assert!(std::mem::replace(&mut copied.book.samples, false));
    assert_eq!(Config::parse(BUILT_IN, Path::new(".")), Ok(copied.clone()));
    // What is left out stands as there; the network for visitors is only where somebody wrote it.
    let mut without = copied;
    without.wifi = None;
    assert_eq!(Config::parse("", Path::new(".")), Ok(without));
}

/// The lines that stand in the built-in file as examples, behind a `# `; those of a table that is one itself stand
/// together.
fn examples() -> Vec<Vec<(usize, &'static str)>> {
    let key = |line: &str| {
        line.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    };
    let mut examples: Vec<Vec<(usize, &str)>> = Vec::new();
    let mut in_example = false;
    for (at, line) in BUILT_IN.lines().enumerate() {
        let Some(line) = line.strip_prefix("# ") else {
            in_example &= !line.is_empty();
            continue;
        };
        if line.starts_with('[') && line.ends_with(']') {
            in_example = true;
            examples.push(vec![(at, line)]);
        } else if key(line) && in_example {
            examples.last_mut().expect("its table").push((at, line));
        } else if key(line) {
            examples.push(vec![(at, line)]);
        }
    }
    examples
}

fn with(examples: &[(usize, &str)]) -> String {
    let mut lines: Vec<&str> = BUILT_IN.lines().collect();
    for (at, line) in examples {
        lines[*at] = line;
    }
    lines.join("\n") + "\n"
}

#[test]
fn every_example_can_be_taken_as_it_is() {
    let examples = examples();
    assert!(examples.len() >= 14, "{examples:?}");
    for example in &examples {
        let config = good(&with(example));
        let (at, line) = example[0];
        let harmless = ["[printer]", "status", "id", "lobby"].iter().any(|word| line.starts_with(word));
        let of_mail = BUILT_IN.lines().take(at).any(|line| line == "[mail]");
        assert!(harmless || of_mail || config != good(BUILT_IN), "{line} changes nothing");
    }
    let all = with(&examples.concat());
    good(&all);
    let real = good(
        &all.replace("kind = \"folder\"", "kind = \"smtp\"").replace("kind = \"file\"", "kind = \"usb\""),
    );
    let PrinterKind::Usb(usb) = real.printer.kind else { panic!("{:?}", real.printer) };
    assert_eq!(usb.id, Some((0x04b8, 0x0e15)));
    let MailKind::Smtp(smtp) = real.mail.kind else { panic!("{:?}", real.mail) };
    assert_eq!((smtp.host.as_str(), smtp.port, smtp.security), ("mail.example.com", 587, Security::StartTls));
    assert_eq!(smtp.user.as_deref(), Some("frontdesk"));
    assert_eq!(smtp.password_file, Some(PathBuf::from("/etc/frontdesk/mail-password")));
}

/// What the reader itself says it knows.
fn known(head: &str) -> Vec<String> {
    let told = mistakes(&format!("{head}\nzzzzzzzzzzzzzzzz = 1\n"));
    let list = told.iter().find_map(|told| told.split_once("known are ")).expect("the known keys").1;
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn every_key_is_explained_in_the_built_in_file() {
    for table in known("") {
        let list = ["language", "visit_type", "way", "supply", "daily_check"].contains(&table.as_str());
        let head = if list { format!("[[{table}]]") } else { format!("[{table}]") };
        let from = BUILT_IN
            .lines()
            .position(|line| line.trim_start_matches("# ") == head)
            .unwrap_or_else(|| panic!("{head} is missing"));
        for key in known(&head) {
            let lines: Vec<&str> = BUILT_IN.lines().collect();
            let ends = |line: &&str| {
                let line = line.trim_start_matches("# ");
                line.starts_with('[') && line.ends_with(']') && line != head
            };
            let until = lines[from + 1..].iter().position(ends).map_or(lines.len(), |n| from + 1 + n);
            let is_key = |line: &str| line.trim_start_matches(['#', ' ']).starts_with(&format!("{key} = "));
            let at = (from..until).find(|at| is_key(lines[*at])).unwrap_or_else(|| panic!("{head} {key}"));
            // Above it, past its neighbours, stands a sentence.
            let said = lines[..at].iter().rev().take_while(|line| !line.is_empty()).any(|line| {
                line.strip_prefix("# ").is_some_and(|line| {
                    line.ends_with(['.', ':', '…']) || line.contains(' ') && !line.contains(" = ")
                })
            });
            assert!(said, "{head} {key} is not explained");
        }
    }
}

#[test]
fn seven_types_of_visits_are_there_from_the_start() {
    let config = Config::built_in();
    let word = |ask| match ask {
        Ask::No => "no",
        Ask::May => "may",
        Ask::Must => "must",
    };
    let said: Vec<_> = config
        .visit_types
        .iter()
        .map(|kind| {
            let names = (kind.kind.name.get(Lang::ZH), kind.kind.name.get(Lang::EN));
            let switches = [
                (kind.signature, "signature"),
                (kind.safety.is_some(), "safety"),
                (kind.kind.returns, "returns"),
                (kind.kind.escort, "escort"),
                (kind.photo, "photo"),
                (kind.parcels, "parcels"),
            ];
            let switches: Vec<_> = switches.into_iter().filter_map(|(on, name)| on.then_some(name)).collect();
            (&*kind.kind.id, names, word(kind.company), word(kind.phone), kind.admits, switches.join(" "))
        })
        .collect();
    let expected = [
        ("customer", ("客户", "Customer"), "may", "may", Admits::Host, "returns"),
        ("supplier", ("供应商", "Supplier"), "must", "may", Admits::Host, ""),
        ("interview", ("面试", "Interview"), "no", "must", Admits::Host, ""),
        (
            "contractor",
            ("施工维修", "Contractor"),
            "must",
            "must",
            Admits::Reception,
            "signature safety returns escort",
        ),
        ("official", ("公务检查", "Official visit"), "must", "may", Admits::Reception, "escort"),
        ("delivery", ("送货", "Delivery"), "may", "may", Admits::Reception, "parcels"),
        ("private", ("私人", "Private"), "no", "must", Admits::Host, ""),
    ];
    assert_eq!(
        said,
        expected.map(|(id, names, company, phone, admits, switches)| {
            (id, names, company, phone, admits, switches.to_owned())
        })
    );
}

#[test]
fn what_means_nothing_for_parcels_is_named_line_by_line() {
    let types = "[[visit_type]]\nid = \"d\"\nname = \"D\"\nparcels = true\n";
    let nothing = [
        "company = \"may\"",
        "phone = \"no\"",
        "purposes = [\"x\"]",
        "admits = \"host\"",
        "longest_hours = 2",
        "escort = true",
        "returns = true",
        "photo = true",
        "signature = true",
        "notice = \"n\"",
        "badge = \"b.svg\"",
        "safety = true",
    ];
    let told = mistakes(&format!("{types}{}\n", nothing.join("\n")));
    assert_eq!(told.len(), nothing.len(), "{told:?}");
    for (at, (told, line)) in told.iter().zip(nothing).enumerate() {
        let key = line.split(' ').next().unwrap();
        assert!(told.starts_with(&format!("{}: [[visit_type]] {key}: ", at + 5)), "{told}");
    }
    assert_eq!(good(types).parcels().map(|kind| kind.kind.id.clone()), Some("d".to_owned()));
    assert_eq!(good(&types.replace("parcels = true", "parcels = false")).parcels(), None);
}

#[test]
fn paths_count_from_the_folder_of_the_file() {
    let text = "[company]\nlogo = \"logo.png\"\n[book]\npath = \"/var/lib/frontdesk/book.db\"\n[printer]\nfolder = \"../badges\"\n";
    let config = good(text);
    assert_eq!(config.company.logo, Some(PathBuf::from("/etc/frontdesk/logo.png")));
    assert_eq!(config.book.path, Path::new("/var/lib/frontdesk/book.db"));
    assert_eq!(config.printer.kind, PrinterKind::File(PathBuf::from("/etc/frontdesk/../badges")));
    assert_eq!(config.mail.kind, MailKind::Folder(PathBuf::from("/etc/frontdesk/out/mails")));
    assert_eq!(good("").book.path, Path::new("/etc/frontdesk/out/frontdesk.db"));
}

#[test]
fn files_that_are_no_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kiosk.toml");
    let told = |file: &Path| Config::read(file).expect_err("no configuration").to_string();
    assert!(told(&file).contains("No such file") && told(&file).starts_with(&file.display().to_string()));
    assert!(told(folder.path()).contains("it is a folder; a file is expected"), "{}", told(folder.path()));
    fs::write(&file, encoding_rs::GB18030.encode(BUILT_IN).0).unwrap();
    assert!(told(&file).contains("UTF-8"));
    fs::write(&file, "# \n".repeat(700_000)).unwrap();
    assert!(told(&file).contains("larger than 1 MB"));
    // An editor's mark at the beginning is no mistake, nor are its line ends.
    fs::write(&file, format!("\u{FEFF}{}", BUILT_IN.replace('\n', "\r\n"))).unwrap();
    let config = Config::read(&file).unwrap();
    assert_eq!(config.book.path, folder.path().join("out/frontdesk.db"));
    fs::write(&file, "[screen]\r\n\r\nidle_seconds = 1\r\n").unwrap();
    assert_eq!(
        told(&file),
        format!("{}:3: [screen] idle_seconds: a whole number from 10 to 3600 is expected", file.display())
    );
}

#[test]
fn check_tells_staff_where_to_look() {
    let folder = tempfile::tempdir().unwrap();
    let check = |text: &str| {
        fs::write(folder.path().join("broken.toml"), text).unwrap();
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        let ran =
            frontdesk.current_dir(folder.path()).args(["--config", "broken.toml", "check"]).output().unwrap();
        let said = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
        (ran.status.code(), said)
    };
    let (status, said) = check(BROKEN);
    assert_eq!(status, Some(1));
    let expected: Vec<String> = TOLD.iter().map(|told| format!("broken.toml:{told}")).collect();
    assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    assert_eq!(check(BUILT_IN), (Some(0), "broken.toml: the configuration is good\n".to_owned()));
}

#[test]
fn check_looks_at_every_file_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    for made in ["notices", "safety"] {
        fs::create_dir(folder.path().join(made)).unwrap();
    }
    write("notices/en.md", "nothing about a version\n");
    write("notices/zh.md", "version: 1\n");
    write("badge.svg", "<svg");
    write("picture.png", "no picture");
    write("ca.pem", "no certificate");
    let config = r#"[company]
logo = "picture.png"
[visit]
notices = "notices"
[[visit_type]]
id = "customer"
name = "Customer"
notice = "nowhere"
badge = "no.svg"
safety = "safety"
[printer]
template = "badge.svg"
[camera]
picture = "picture.png"
[mail]
kind = "smtp"
from = "a@b.example"
host = "mail.example.com"
ca_file = "ca.pem"
"#;
    write("kiosk.toml", config);
    let check = || {
        let mut frontdesk = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        let ran =
            frontdesk.current_dir(folder.path()).args(["--config", "kiosk.toml", "check"]).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let (status, printed, said) = check();
    assert_eq!((status, printed.as_str()), (Some(1), ""), "{said}");
    for (key, file) in [
        ("[company] logo", "picture.png"),
        ("[visit] notices", "notices/zh.md"),
        ("[visit] notices", "notices/en.md"),
        ("[[visit_type]] customer notice", "nowhere/zh.md"),
        ("[[visit_type]] customer notice", "nowhere/en.md"),
        ("[[visit_type]] customer badge", "no.svg"),
        ("[[visit_type]] customer safety", "safety/zh.md"),
        ("[printer] template", "badge.svg"),
        ("[camera] picture", "picture.png"),
        ("[mail] ca_file", "ca.pem"),
    ] {
        let told = said.lines().any(|line| line.starts_with(&format!("{key}: ")) && line.contains(file));
        assert!(told, "{key} {file} is not in\n{said}");
    }
    // And with good ones it is good.
    write("notices/en.md", "version: 1\nRules.\n");
    write("notices/zh.md", "version: 1\n规定。\n");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (from, to) in [
        ("assets/badge.svg", "badge.svg"),
        ("assets/badge.svg", "no.svg"),
        ("assets/demo/portrait.png", "picture.png"),
        ("assets/safety/en.md", "safety/en.md"),
        ("assets/safety/zh.md", "safety/zh.md"),
    ] {
        fs::copy(root.join(from), folder.path().join(to)).unwrap();
    }
    let made = rcgen::generate_simple_self_signed(vec!["mail.example.com".to_owned()]).unwrap();
    write("ca.pem", &made.cert.pem());
    write("kiosk.toml", &config.replace("\"nowhere\"", "\"notices\""));
    assert_eq!(check(), (Some(0), "kiosk.toml: the configuration is good\n".to_owned(), String::new()));
}

proptest! {
    /// A slip of the editor anywhere: nothing panics, and what is not good has a line that exists.
    #[test]
    fn no_slip_of_the_editor_is_a_crash(
        slips in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[ -~\\n\"\\[\\]=#中]{0,6}"), 1..4)
    ) {
        let mut text: Vec<char> = BUILT_IN.chars().collect();
        for (at, length, instead) in slips {
            let at = at.index(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, instead.chars());
        }
        let text: String = text.into_iter().collect();
        if let Err(mistakes) = Config::parse(&text, Path::new(".")) {
            prop_assert!(!mistakes.is_empty());
            let last = text.split('\n').count();
            prop_assert!(mistakes.iter().all(|mistake| (1..=last).contains(&mistake.line) && !mistake.what.is_empty()));
        }
    }

    #[test]
    fn no_text_is_a_crash(text in "\\PC{0,200}") {
        drop(Config::parse(&text, Path::new(".")));
    }
}

#[test]
fn what_a_roll_call_prints_without_a_pin_is_chosen_so_that_the_names_reach_somebody() {
    use frontdesk::config::Lobby;
    let mailed = "[reception]\nemail = \"desk@example.com\"\n";
    let fire = "[roll]\nto = [\"fire@example.com\"]\n";
    for (text, lobby) in [
        (String::new(), Lobby::Print),
        ("[roll]\nto = []\n".to_owned(), Lobby::Print),
        ("[roll]\nlobby = \"print\"\n".to_owned(), Lobby::Print),
        (mailed.to_owned(), Lobby::Numbers),
        (fire.to_owned(), Lobby::Numbers),
        (format!("{mailed}{fire}"), Lobby::Numbers),
        (format!("{mailed}{fire}lobby = \"print\"\n"), Lobby::Print),
        (format!("{fire}lobby = \"mail\"\n"), Lobby::Mail),
        (format!("{mailed}[roll]\nlobby = \"mail\"\n"), Lobby::Mail),
        (format!("{mailed}[roll]\nlobby = \"numbers\"\n"), Lobby::Numbers),
    ] {
        assert_eq!(good(&text).roll.lobby, lobby, "{text}");
    }
    let nobody = "the names would reach nobody: \"print\" is expected, or an address in [roll] to or [reception] email";
    for lobby in ["mail", "numbers"] {
        assert_eq!(
            mistakes(&format!("[roll]\nlobby = \"{lobby}\"\n")),
            [format!("2: [roll] lobby: {nobody}")]
        );
    }
    assert_eq!(
        mistakes("[roll]\nlobby = \"paper\"\n"),
        ["2: [roll] lobby: \"print\", \"mail\" or \"numbers\" is expected"]
    );
}

#[test]
fn addresses_are_kept_as_mail_servers_take_them() {
    let config = good(
        "[reception]\nemail = \"前台@例子.公司\"\n[facilities]\nemail = \"technik@Müller.de\"\n\
         [roll]\nto = [\"a@例子.公司\", \"b@example.com\"]\n[mail]\nfrom = \"前台 Front desk <desk@例子。公司>\"\n\
         [[supply]]\nid = \"tea\"\nname = \"tea\"\nsafety = 1\nemail = \"tee@straße.de\"\n",
    );
    assert_eq!(config.reception.email.as_deref(), Some("前台@xn--fsqu00a.xn--55qx5d"));
    assert_eq!(config.facilities.email.as_deref(), Some("technik@xn--mller-kva.de"));
    assert_eq!(config.roll.to, ["a@xn--fsqu00a.xn--55qx5d", "b@example.com"]);
    assert_eq!(config.mail.from, "前台 Front desk <desk@xn--fsqu00a.xn--55qx5d>");
    assert_eq!(config.supplies[0].email.as_deref(), Some("tee@xn--strae-oqa.de"));
    for right in ["desk@example.com", "Desk <desk@example.com>", "\"Desk, front\" <desk@example.com>"] {
        assert_eq!(good(&format!("[mail]\nfrom = '{right}'\n")).mail.from, right);
    }
    for wrong in
        ["Desk <desk@example.com", "Desk desk@example.com>", "Desk <desk>", "<desk@example.com> Desk", ""]
    {
        assert_eq!(mistakes(&format!("[mail]\nfrom = '{wrong}'\n")).len(), 1, "{wrong}");
    }
}

#[test]
fn a_scanner_may_send_control_characters() {
    let config = good("[scanner]\nprefix = \"\\u0002\"\nsuffix = \"\\t\"\n");
    assert_eq!((config.scanner.prefix.as_str(), config.scanner.suffix.as_str()), ("\u{2}", "\t"));
    assert_eq!(good("").scanner.suffix, "");
}
