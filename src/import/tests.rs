//! Files as people save them, and what they are told about the rows that are wrong.

use super::invitations::{Owner, Secrets};
use super::*;
use crate::now::{BERLIN, Wall, Zone};
use crate::visit::{Host, Invitation, InviteCode, Kind, Token};
use chrono::{FixedOffset, NaiveDateTime, Offset, TimeZone};
use encoding_rs::GB18030;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const DEMO_HOSTS: &str = include_str!("../../assets/demo/hosts.csv");
const DEMO_INVITATIONS: &str = include_str!("../../assets/demo/invitations.csv");

fn kinds() -> Vec<Kind> {
    crate::config::Config::built_in().kinds()
}

fn shanghai() -> Zone {
    Zone::Fixed(FixedOffset::east_opt(8 * 3600).unwrap())
}

/// Codes drawn like this; nothing is in the book but these invitations.
struct Drawn<F>(F, Vec<Invitation>);

impl<F: FnMut(&mut [u8])> Secrets for Drawn<F> {
    fn earlier(&mut self, id: &str) -> Option<(Token, InviteCode)> {
        let earlier = self.1.iter().find(|invitation| invitation.id == id)?;
        Some((earlier.token.clone(), earlier.code.clone()))
    }

    fn owner_of_code(&mut self, code: &InviteCode) -> Option<Owner> {
        self.1.iter().find(|invitation| invitation.code == *code).map(owner)
    }

    fn owner_of_token(&mut self, token: &Token) -> Option<Owner> {
        self.1.iter().find(|invitation| invitation.token == *token).map(owner)
    }

    fn random(&mut self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }
}

fn owner(invitation: &Invitation) -> Owner {
    Owner { id: invitation.id.clone(), visitor: invitation.visitor.to_string() }
}

/// Into an empty book.
fn hosts(bytes: &[u8]) -> Result<Vec<Host>, Vec<RowProblem>> {
    super::hosts(bytes, &[], &[]).map(|list| list.rows)
}

/// On the first day of 2026.
fn invitations(
    bytes: &[u8],
    hosts: &[Host],
    types: &[Kind],
    zone: Zone,
    secrets: &mut dyn Secrets,
) -> Result<Vec<Invitation>, Vec<RowProblem>> {
    let now: Wall = "2026-01-01T08:00:00+08:00".parse().unwrap();
    super::invitations((bytes, &[]), hosts, types, zone, secrets, now).map(|list| list.rows)
}

/// Random bytes that are the same every time.
fn counted() -> Drawn<impl FnMut(&mut [u8])> {
    let mut draw = 0u64;
    let random = move |bytes: &mut [u8]| {
        draw += 1;
        let random = Sha256::digest(draw.to_be_bytes());
        bytes.copy_from_slice(&random[..bytes.len()]);
    };
    Drawn(random, Vec::new())
}

fn invite(bytes: &[u8]) -> Result<Vec<Invitation>, Vec<RowProblem>> {
    invitations(bytes, &hosts(DEMO_HOSTS.as_bytes()).unwrap(), &kinds(), shanghai(), &mut counted())
}

fn invited(text: &str) -> Vec<Invitation> {
    invite(text.as_bytes()).unwrap_or_else(|problems| panic!("{}", told(&problems).join("\n")))
}

fn told(problems: &[RowProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

fn refused_hosts(text: &str) -> Vec<String> {
    told(&hosts(text.as_bytes()).unwrap_err())
}

fn refused(text: &str) -> Vec<String> {
    told(&invite(text.as_bytes()).unwrap_err())
}

/// One row under the usual columns.
fn row(cells: &str) -> String {
    format!("name,company,phone,host,from,until,party,code,token,cancelled\n{cells}\n")
}

fn at(text: &str) -> i64 {
    let time = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    shanghai().at(time).timestamp_millis()
}

#[test]
fn the_demo_files_are_clean() {
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    assert_eq!(hosts.len(), 8);
    assert_eq!(hosts[0].place.get(Lang::EN), "Room 302, 3rd floor");
    assert_eq!((hosts[0].name.get(Lang::ZH), hosts[0].name.get(Lang::EN)), ("李晓云", "Li Xiaoyun"));
    let contacts: Vec<_> =
        hosts.iter().filter(|host| host.contact).map(|host| &*host.department.base).collect();
    assert_eq!(contacts, ["仓储部", "设备部"]);
    let invitations = invited(DEMO_INVITATIONS);
    assert_eq!(invitations.len(), 14);
    assert_eq!(invitations.iter().filter(|invitation| invitation.cancelled).count(), 1);
    assert_eq!((invitations[0].code.as_str(), invitations[0].party), ("A7K3M9", 2));
}

#[test]
fn who_is_there_for_a_department_stands_in_a_column_of_its_own() {
    for (heading, yes, no) in [("contact", "yes", "no"), ("部门联系人", "是", ""), ("Contact", "1", "否")]
    {
        let text = format!(
            "id,name,email,department,{heading}\n1,周敏,z@example.com,仓储部,{yes}\n2,林小宇,l@example.com,仓储部,{no}\n"
        );
        let contacts: Vec<bool> = hosts(text.as_bytes()).unwrap().iter().map(|host| host.contact).collect();
        assert_eq!(contacts, [true, false], "{heading}");
    }
    let problems =
        told(&hosts("id,name,email,contact\n1,周敏,z@example.com,maybe\n".as_bytes()).unwrap_err());
    assert!(problems[0].contains("contact") && problems[0].contains("yes or no"), "{problems:?}");
}

#[test]
fn every_encoding_says_the_same() {
    let text = "id,name,email,department\n1,买买提·吐尔逊,m@example.com,质检\n2,䶮小龙,y@example.com,𠮷田组\n3,José,j@example.com,€\n";
    let utf8 = hosts(text.as_bytes()).unwrap();
    assert_eq!(utf8[1].name.base, "䶮小龙");
    assert_eq!(hosts(format!("\u{FEFF}{text}").as_bytes()).unwrap(), utf8);
    let (gb, _, lossy) = GB18030.encode(text);
    assert!(!lossy && std::str::from_utf8(&gb).is_err());
    assert_eq!(hosts(&gb).unwrap(), utf8);
}

#[test]
fn what_is_in_no_known_encoding_is_refused() {
    for bytes in [&b"\x89PNG\r\n\x1A\n\0\0\xFF"[..], b"PK\x03\x04\0\0\xFF\xFF"] {
        let problems = told(&hosts(bytes).unwrap_err());
        assert!(problems.len() == 1 && problems[0].contains("CSV UTF-8"), "{problems:?}");
    }
}

#[test]
fn western_letters_do_not_become_chinese_ones() {
    // "Müller" as an office program saves it outside China: read as GB 18030 it would be "M黮ler".
    let problems = told(&hosts(b"name,email\nMarta M\xFCller,m@example.com\n").unwrap_err());
    assert!(problems.len() == 1 && problems[0].contains("CSV UTF-8"), "{problems:?}");
    let (gb, ..) =
        GB18030.encode("name,email\nMarta Müller,m@example.com\n张AB伟,z@example.com\nA李,a@example.com\n");
    assert_eq!(hosts(&gb).unwrap().len(), 3);
}

/// `Ö`, `Ü`, `ã`, `É`, `Å`, `Ç` in a Western encoding swallow the letter after them and are Chinese then.
#[test]
fn no_western_name_becomes_a_chinese_one() {
    for name in ["Özil", "Mehmet Özil", "MÜLLER", "São Lima", "Émile Zola", "Åsa", "FRANÇOIS", "Peter Åsa"]
    {
        let western: Vec<u8> = name.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let file = [b"name,email\n", western.as_slice(), b",a@example.com\n"].concat();
        let problems = hosts(&file).map(|hosts| hosts[0].name.base.clone()).unwrap_err();
        assert!(told(&problems)[0].contains("CSV UTF-8"), "{name}: {problems:?}");
    }
    // Rare Chinese characters are written with an ASCII letter too.
    for name in
        ["朱镕基", "王赟", "赟镕", "王 赟", "朱镕 Zhu", "Zhu 镕基", "镕", "丁珺 Ding", "周玥A", "喆堃"]
    {
        let (bytes, _, lossy) = GB18030.encode(name);
        let file = [b"name,email\n", &bytes[..], b",a@example.com\n"].concat();
        assert!(!lossy && std::str::from_utf8(&file).is_err());
        assert_eq!(hosts(&file).unwrap()[0].name.base, name);
    }
}

#[test]
fn chinese_that_looks_like_other_letters_by_chance() {
    let file = [b"name,email\n", &GB18030.encode("谢伟").0[..], b",x@example.com\n"].concat();
    assert!(std::str::from_utf8(&file).is_ok_and(|text| text.contains("лΰ")));
    assert!(refused_hosts(std::str::from_utf8(&file).unwrap())[0].contains("CSV UTF-8"));
    for name in
        ["Ωmega Ćosić", "Łukasz Żółty", "Юрий Щёкин", "Γιώργος", "שלום", "محمد", "Μιχάλης Nuñez", "李娜 Ли"]
    {
        assert_eq!(
            hosts(format!("name,email\n{name},a@example.com\n").as_bytes()).unwrap()[0].name.base,
            name
        );
    }
}

#[test]
fn who_has_left_the_company_and_who_stands_in_for_themselves() {
    let read = hosts("工号,姓名,邮箱,离职\n1,李,l@example.com,是\n2,王,w@example.com,\n".as_bytes()).unwrap();
    assert_eq!(read.iter().map(|host| host.gone).collect::<Vec<_>>(), [true, false]);
    let problems = refused_hosts("id,name,email,deputy\n1,A,a@example.com,1\n");
    assert!(problems.len() == 1 && problems[0].starts_with("2: deputy: "), "{problems:?}");
}

#[test]
fn a_year_of_two_digits_is_asked_about() {
    for from in ["26-11-24 09:30", "0026-11-24 09:30", "20260-11-24 09:30", "1999-12-31"] {
        let problems = refused(&row(&format!("王芳,,,李晓云,{from},,,,,")));
        assert!(problems.len() == 1 && problems[0].starts_with("2: from: "), "{from}: {problems:?}");
    }
}

#[test]
fn commas_semicolons_and_tabs() {
    let comma = hosts(b"name,email\nAnn,a@example.com\n").unwrap();
    for text in [
        "name;email\nAnn;a@example.com\n",
        "name\temail\nAnn\ta@example.com\n",
        "name,email\r\nAnn,a@example.com\r\n",
        "name,email\rAnn,a@example.com\r",
        "\n\n name ; email \n\n Ann ; a@example.com",
        "\"name\",\"email\"\n\"Ann\",\"a@example.com\"\n",
        "Name,E-Mail\nAnn,a@example.com\n,\n,,,\n",
    ] {
        assert_eq!(hosts(text.as_bytes()), Ok(comma.clone()), "{text:?}");
    }
    let both = hosts("name;place;email\nAnn;\"1, left; \"\"A\"\"\";a@example.com\n".as_bytes()).unwrap();
    assert_eq!(both[0].place.base, "1, left; \"A\"");
}

#[test]
fn chinese_column_names() {
    let chinese = hosts(
        "工号,姓名,姓名_en,部门,房间,邮箱,电话,语言,代理人\n1,李,Li,质检,302,l@example.com,8302,中文,\n"
            .as_bytes(),
    );
    let english = hosts(
        "id,name,name_en,department,place,email,phone,lang,deputy\n1,李,Li,质检,302,l@example.com,8302,zh,\n"
            .as_bytes(),
    );
    assert_eq!(chinese.unwrap(), english.unwrap());
    let chinese = "编号,访客,公司,手机,接待人,开始,结束,同行人数,邀请码,取消\n1,王芳,云栖,13800138000,李晓云,2026年11月24日 9:30,2026/11/24,2,A7K3M9,是\n";
    let found = invited(chinese).remove(0);
    assert_eq!((found.host_id.as_str(), found.party, found.cancelled), ("H001", 2, true));
    assert_eq!((found.from, found.until), (at("2026-11-24 09:30"), at("2026-11-24 23:59")));
}

#[test]
fn a_cell_may_be_written_over_several_lines() {
    let text = "name,email,place\n\"Ann\nLee\",a@example.com,\"Room 1,\r\nleft\"\n\nBob,nothing,x\n";
    assert_eq!(refused_hosts(text), ["6: email: this is not a mail address"]);
    let hosts = hosts(text.replace("nothing", "b@example.com").as_bytes()).unwrap();
    assert_eq!((hosts[0].name.base.as_str(), hosts[0].place.base.as_str()), ("Ann Lee", "Room 1, left"));
}

#[test]
fn a_quotation_mark_that_is_not_closed_swallows_nobody() {
    let text = "name,email\nAnn,a@example.com\n\"Bob,b@example.com\nEve,e@example.com\n";
    let problems = refused_hosts(text);
    assert!(problems.len() == 1 && problems[0].starts_with("3: a quotation mark"), "{problems:?}");
    assert_eq!(hosts(b"name,place,email\nAnn,5\" pipe,a@example.com\n").unwrap()[0].place.base, "5\" pipe");
}

/// Two that are not closed are an even number, and what one opens the other closes.
#[test]
fn two_quotation_marks_that_are_not_closed_swallow_nobody() {
    let said = "a quotation mark in this row is not closed";
    for (rows, lines) in [
        ("\"Bob,b@example.com,1\nAnn,ann@example.com,2\n\"Eve,eve@example.com,3\n", &[2, 4][..]),
        ("Ann,a@example.com,5\" pipe\n\"Bob,b@example.com,1\nEve,e@example.com,2\n", &[3]),
        ("Ann,a@example.com,\"left,\nRoom 5\" right\"\nEve,e@example.com,2\n", &[2]),
        ("Ann,a@example.com,\"left,\nright\"\n\"Bob,b@example.com,1\nEve,\"e@example.com\",2\n", &[4]),
        (
            "\"A,a@example.com,1\n\"B,b@example.com,2\nC,c@example.com,3\n\"D,d@example.com,4\n\"E,e@example.com,5\n",
            &[2, 3, 5, 6],
        ),
    ] {
        let problems = hosts(format!("name,email,place\n{rows}").as_bytes()).unwrap_err();
        // What is left of a cell over two lines may look like a row.
        let (quotes, rest): (Vec<_>, Vec<_>) =
            problems.iter().partition(|problem| problem.reason.starts_with(said));
        assert!(
            rest.iter()
                .all(|problem| rows.contains("\"left,\nRoom") && problem.reason.contains("one cell only")),
            "{rows}: {problems:?}"
        );
        let told: Vec<u64> = quotes.iter().map(|problem| problem.line).collect();
        assert_eq!(told, lines, "{rows}");
    }
    let fine =
        "name,email,place\nAnn,a@example.com,\"Room \"\"5\"\",\nleft\" \n\"B\",b@example.com,5\" pipe\n";
    assert_eq!(hosts(fine.as_bytes()).unwrap()[0].place.base, "Room \"5\", left");
}

#[test]
fn a_quotation_mark_that_is_wrong_hides_no_other_problem() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "name,email",
            "A,wrong",
            "",
            "\"B,b@example.com",
            "C,wrong",
            "\"D\"d,d@example.com",
            "E,wrong",
            "F,f@example.com",
        ];
        let problems = refused_hosts(&text.join(end));
        let lines: Vec<&str> = problems.iter().filter_map(|problem| problem.split(':').next()).collect();
        assert_eq!(lines, ["2", "4", "5", "7"], "{problems:#?}");
    }
    // The first line says what the others are.
    assert_eq!(refused_hosts("\"name,email\nA,wrong\n").len(), 1);
    // However many there are, it comes to an end.
    let many = "name,email\n".to_owned() + &"a\"b,\"c\n".repeat(200_000);
    let problems = refused_hosts(&many);
    assert!(
        problems.iter().any(|problem| problem.starts_with("because of that the rows")),
        "{}",
        problems.len()
    );
}

#[test]
fn a_deputy_may_be_somebody_whom_only_the_book_knows() {
    let known = hosts(b"id,name,email\n1,Ann,ann@example.com\n").unwrap();
    let list = "id,name,email,deputy\n2,Bob,bob@example.com,1\n";
    let bob = super::hosts(list.as_bytes(), &[], &known).unwrap().rows.remove(0);
    assert_eq!(bob.deputy.as_deref(), Some("1"));
    assert_eq!(refused_hosts(list).len(), 1, "in an empty book there is no such host");
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["name,email", "A,a@example.com", "B,wrong", "", "", "C,wrong", ",", "D,wrong"].join(end);
        let lines: Vec<u64> =
            hosts(text.as_bytes()).unwrap_err().iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [3, 6, 8], "{end:?}");
    }
}

#[test]
fn columns_that_are_not_known_missing_or_twice() {
    assert_eq!(refused_hosts("name,mail,emial\nA,a@example.com,\n").len(), 1);
    assert!(
        refused_hosts("name,mail,emial\n")[0]
            .starts_with("1: emial: unknown column; the known ones are id, name,")
    );
    assert_eq!(
        refused_hosts("id,phone\n"),
        ["1: name: this column is missing", "1: email: this column is missing"]
    );
    assert_eq!(refused_hosts("name,姓名,email\n"), ["1: 姓名: this column stands here twice"]);
    assert_eq!(refused_hosts(""), ["the file is empty"]);
    assert_eq!(refused_hosts("\u{FEFF}\n ,\n"), ["the file is empty"]);
    assert_eq!(hosts(b"name,email\n"), Ok(vec![]));
    assert_eq!(refused_hosts("name,email\nA,a@example.com,x\n"), ["2: there are more cells than columns"]);
    assert_eq!(hosts(b",name,,email,\n,A,,a@example.com,,,\n").unwrap().len(), 1);
    assert_eq!(refused_hosts(",name,email\nx,A,a@example.com\n"), ["2: there are more cells than columns"]);
    let expected = ["2: there is one cell only; separate cells as in the first line"];
    assert_eq!(refused_hosts("name;email;id\nA,a@example.com,1\n"), expected);
}

#[test]
fn every_slip_in_a_row_of_hosts() {
    let long = "x".repeat(2000);
    for (cells, problem) in [
        ("1,,a@example.com,,,", "2: name: a name is expected"),
        ("1,A,a at example,,,", "2: email: this is not a mail address"),
        ("1,A,\"a@example.com, b@example.com\",,,", "2: email: this is not a mail address"),
        ("1,A,a@example.com,,Chinese,", "2: lang: zh or en is expected"),
        ("1,A,a@example.com,,cn,", "2: lang: zh or en is expected"),
        ("1,A,a@example.com,,,9", "2: deputy: no row has the id 9, nor has anybody in the book"),
        (
            "1,A,a@example.com,1.38E+10,,",
            "2: phone: 1.38E+10 is a number that the office program shortened; make the column's format \"Text\" and write it anew",
        ),
        (&format!("1,{long},a@example.com,,,"), "2: name: this cell is far too long"),
    ] {
        assert_eq!(refused_hosts(&format!("id,name,email,phone,lang,deputy\n{cells}\n")), [problem]);
    }
    let twice = "id,name,email\n1,A,a@example.com\n2,B,b@example.com\n1,C,c@example.com\n";
    assert_eq!(refused_hosts(twice), ["4: id: 1 stands in line 2 already"]);
    let twice = "name,email\nA,a@example.com\nB,a@example.com\n";
    assert_eq!(refused_hosts(twice), ["3: id: the same stands in line 2 already"]);
}

#[test]
fn domains_in_any_script_are_kept_as_mail_servers_take_them() {
    for (typed, kept) in [
        ("zhou@例子.公司", "zhou@xn--fsqu00a.xn--55qx5d"),
        ("zhou@例子。公司", "zhou@xn--fsqu00a.xn--55qx5d"),
        ("ｚｈｏｕ＠example．com", "zhou@example.com"),
        ("info@Müller.de", "info@xn--mller-kva.de"),
        ("Zhou@Example.com", "Zhou@example.com"),
    ] {
        let list = hosts(format!("name,email\n周敏,{typed}\n").as_bytes()).unwrap();
        assert_eq!(
            (list[0].email.as_str(), list[0].id.as_str()),
            (kept, typed),
            "who has no id stays the same one"
        );
        for named in [typed, kept] {
            let row = format!("name,host,from,email\nA,{named},2026-11-24,{typed}\n");
            let all = invitations(row.as_bytes(), &list, &kinds(), shanghai(), &mut counted()).unwrap();
            assert_eq!((all[0].host_id.as_str(), all[0].email.as_deref()), (typed, Some(kept)), "{named}");
        }
    }
}

#[test]
fn an_address_that_mail_may_not_reach_is_told_by_line() {
    let list = "name,email\nA,a@example.com\nB,müller@example.com\n\nC,c@例子.公司\nD,周敏@例子.公司\n";
    let List { rows, warnings, .. } = super::hosts(list.as_bytes(), &[], &[]).unwrap();
    assert_eq!(rows.len(), 4);
    let lines: Vec<u64> = warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(lines, [3, 6]);
    assert!(
        warnings[0]
            .to_string()
            .starts_with("3: email: müller@example.com: the part before the @ has letters")
    );
    let list = "name,host,from,email\nA,H001,2026-11-24,\nB,H001,2026-11-24,josé@example.com\n";
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    let now: Wall = "2026-01-01T08:00:00+08:00".parse().unwrap();
    let asked = (list.as_bytes(), &[][..]);
    let read = super::invitations(asked, &hosts, &kinds(), shanghai(), &mut counted(), now).unwrap();
    assert_eq!(read.warnings.len(), 1);
}

#[test]
fn every_slip_in_a_row_of_invitations() {
    for (cells, problem) in [
        (",,,H001,2026-11-24,,,,,", "name: the name is missing"),
        ("12345,,,H001,2026-11-24,,,,,", "name: the name holds no letter"),
        ("A,,13800,H001,2026-11-24,,,,,", "phone: the telephone number lacks 6 digits"),
        (
            "A,,1.38E+10,H001,2026-11-24,,,,,",
            "phone: 1.38E+10 is a number that the office program shortened; make the column's format \"Text\" and write it anew",
        ),
        (
            "A,,+8.61E+12,H001,2026-11-24,,,,,",
            "phone: the telephone number contains something other than digits; one number is expected, with an extension after #",
        ),
        ("A,,,,2026-11-24,,,,,", "host: a host is expected"),
        ("A,,,Nobody,2026-11-24,,,,,", "host: no host is named Nobody; import the hosts first"),
        ("A,,,H001,,,,,,", "from: a date such as 2026-11-23 or 2026-11-23 09:30 is expected"),
        ("A,,,H001,23.11.2026,,,,,", "from: a date such as 2026-11-23 or 2026-11-23 09:30 is expected"),
        ("A,,,H001,2026-02-30,,,,,", "from: a date such as 2026-11-23 or 2026-11-23 09:30 is expected"),
        ("A,,,H001,2026-11-24,soon,,,,", "until: a date such as 2026-11-23 or 2026-11-23 09:30 is expected"),
        ("A,,,H001,2026-11-24,2026-11-23,,,,", "until: it ends before it begins"),
        ("A,,,H001,2026-11-24,,50,,,", "party: a whole number from 0 to 49 is expected"),
        ("A,,,H001,2026-11-24,,two,,,", "party: a whole number from 0 to 49 is expected"),
        ("A,,,H001,2026-11-24,,,A7K3,,", "code: the code lacks 2 characters"),
        ("A,,,H001,2026-11-24,,,A7K3M!,,", "code: the code holds a character that no code has"),
        (
            "A,,,H001,2026-11-24,,,1.2E+457,,",
            "code: 1.2E+457 is a number that the office program shortened; make the column's format \"Text\" and write it anew",
        ),
        ("A,,,H001,2026-11-24,,,,GEZDG,", "token: 26 letters and digits of base32 are expected"),
        ("A,,,H001,2026-11-24,,,,,maybe", "cancelled: yes or no is expected"),
    ] {
        assert_eq!(refused(&row(cells)), [format!("2: {problem}")], "{cells}");
    }
    let all = refused(&row(",,x,Nobody,x,x,x,x,x,x"));
    let columns = ["name", "phone", "host", "from", "until", "party", "code", "token", "cancelled"];
    assert_eq!(all.len(), columns.len());
    for (problem, column) in all.iter().zip(columns) {
        assert!(problem.starts_with(&format!("2: {column}: ")), "{problem}");
    }
}

#[test]
fn what_must_be_there_once_is_there_once() {
    let head = "id,name,host,from,code,token\n";
    let first = "1,A,H001,2026-11-24,A7K3M9,GEZDGNBVGY3TQOJQGEZDGNBVGY\n";
    for (second, problem) in [
        ("1,B,H001,2026-11-24,C4H8WX,\n", "3: id: 1 stands in line 2 already"),
        ("2,B,H001,2026-11-24,a7k-3m9,\n", "3: code: A7K3M9 stands in line 2 already"),
        (
            "2,B,H001,2026-11-24,,gezdgnbvgy3tqojqgezdgnbvgy\n",
            "3: token: GEZDGNBVGY3TQOJQGEZDGNBVGY stands in line 2 already",
        ),
    ] {
        assert_eq!(refused(&format!("{head}{first}{second}")), [problem]);
    }
    let same = "name,host,from\nA,H001,2026-11-24\n a ,Li Xiaoyun,2026/11/24\n";
    assert_eq!(refused(same), ["3: id: the same stands in line 2 already"]);
}

#[test]
fn codes_are_drawn_until_they_are_new() {
    let mut draws = vec![[7; 6], [7; 6], [7; 6], [9; 6]].into_iter();
    let draw = |bytes: &mut [u8]| match bytes.len() {
        6 => bytes.copy_from_slice(&draws.next().unwrap()),
        _ => getrandom::fill(bytes).unwrap(),
    };
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    let text = "name,host,from\nA,H001,2026-11-24\nB,H001,2026-11-24\n";
    let found =
        invitations(text.as_bytes(), &hosts, &kinds(), shanghai(), &mut Drawn(draw, Vec::new())).unwrap();
    assert_ne!(found[0].code, found[1].code);
    // A code that the book knows is not drawn again; an invitation that it knows keeps its own.
    let mut draws = vec![[7; 6], [8; 6]].into_iter();
    let draw = |bytes: &mut [u8]| match bytes.len() {
        6 => bytes.copy_from_slice(&draws.next().unwrap()),
        _ => getrandom::fill(bytes).unwrap(),
    };
    let next = "name,host,from\nA,H001,2026-11-24\nC,H001,2026-11-24\n";
    let later =
        invitations(next.as_bytes(), &hosts, &kinds(), shanghai(), &mut Drawn(draw, found[..1].to_vec()))
            .unwrap();
    assert_eq!(later[0], found[0]);
    assert_eq!(later[1].code, InviteCode::from_bytes([8; 6]));
    // A source that is broken is no endless loop.
    let problems =
        invitations(text.as_bytes(), &hosts, &kinds(), shanghai(), &mut Drawn(|_: &mut [u8]| {}, Vec::new()));
    assert!(told(&problems.unwrap_err()).iter().any(|problem| problem.starts_with("3: code: ")));
}

#[test]
fn hosts_are_found_as_people_name_them() {
    for named in ["H001", "h001", "李晓云", "li xiaoyun", "LI XIAOYUN", "li.xiaoyun@example.com"] {
        assert_eq!(invited(&row(&format!("A,,,{named},2026-11-24,,,,,")))[0].host_id, "H001", "{named}");
    }
    let two = hosts(b"id,name,email\n1,Ann,a@example.com\n2,ann,b@example.com\n").unwrap();
    let problems =
        invitations(row("A,,,Ann,2026-11-24,,,,,").as_bytes(), &two, &kinds(), shanghai(), &mut counted());
    let expected = ["2: host: there are several hosts named Ann; give the host's id or e-mail"];
    assert_eq!(told(&problems.unwrap_err()), expected);
}

#[test]
fn who_has_left_is_visited_no_more() {
    let list = "id,name,email,gone\n1,Ann,a@example.com,yes\n2,ann,b@example.com,\n3,Bob,c@example.com,yes\n";
    let two = hosts(list.as_bytes()).unwrap();
    let read = |cells: &str| {
        invitations(row(cells).as_bytes(), &two, &kinds(), shanghai(), &mut counted())
            .map(|found| found[0].host_id.clone())
            .map_err(|problems| told(&problems))
    };
    assert_eq!(read("A,,,Ann,2026-11-24,,,,,"), Ok("2".to_owned()), "the namesake who is here");
    let left = vec!["2: host: Bob has left; name whom the visitor comes to see now".to_owned()];
    assert_eq!(read("A,,,Bob,2026-11-24,,,,,"), Err(left.clone()));
    assert_eq!(read("A,,,3,2026-11-24,,,,,"), Err(left));
    // What is over or withdrawn may stay in the list.
    assert_eq!(read("A,,,Bob,2025-11-24,,,,,"), Ok("3".to_owned()));
    assert_eq!(read("A,,,Bob,2026-11-24,,,,,yes"), Ok("3".to_owned()));
}

#[test]
fn another_address_makes_no_second_host() {
    let first = hosts(b"name,email\nAnn,a@example.com\nBob,b@example.com\n").unwrap();
    let again = |text: &str| {
        super::hosts(text.as_bytes(), &[], &first).map(|list| list.rows).map_err(|problems| told(&problems))
    };
    let expected = "2: id: Ann is in the book already, with the id a@example.com; give this row that id if it is the \
                    same person, or an id of its own if it is somebody else";
    assert_eq!(again("name,email\nANN,ann@example.com\nBob,b@example.com\n"), Err(vec![expected.to_owned()]));
    assert!(again("name,email\nAnn,a@example.com\nBob,b@example.com\n").is_ok());
    assert!(again("id,name,email\na@example.com,Ann,ann@example.com\n").is_ok(), "the same person");
    assert!(again("id,name,email\n7,Ann,ann@example.com\n").is_ok(), "somebody else");
    assert!(again("name,email\nAnn,a@example.com\nAnn,ann@example.com\n").is_ok(), "both are in the list");
    let left = hosts("name,email,gone\nAnn,a@example.com,yes\n".as_bytes()).unwrap();
    assert!(super::hosts(b"name,email\nAnn,ann@example.com\n", &[], &left).is_ok(), "the other one has left");
}

#[test]
fn codes_and_tokens_that_others_have() {
    let head = "id,name,host,from,code,token\n";
    let (first, second) = ("GEZDGNBVGY3TQOJQGEZDGNBVGY", "MFRGGZDFMZTWQ2LKNNWG23TPOA");
    let old = invited(&format!(
        "{head}1,Ann,H001,2026-11-24,A7K3M9,{first}\n2,Bob,H001,2026-11-24,C4H8WX,{second}\n"
    ));
    let read = |rows: &str| {
        let mut secrets = counted();
        secrets.1 = old.clone();
        let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
        invitations(format!("{head}{rows}").as_bytes(), &hosts, &kinds(), shanghai(), &mut secrets)
            .map(|_| ())
            .map_err(|problems| told(&problems))
    };
    assert_eq!(
        read(&format!(
            "3,Eve,H001,2026-11-24,a7k3m9,\n4,Dan,H001,2026-11-24,,{second}\n5,Kim,H001,2026-11-24,C4H8WX,\n"
        )),
        Err(vec![
            "2: code: A7K3M9 is that of the invitation of Ann already; leave it empty for a new one"
                .to_owned(),
            format!(
                "3: token: {second} is that of the invitation of Bob already; leave it empty for a new one"
            ),
            "4: code: C4H8WX is that of the invitation of Bob already; leave it empty for a new one"
                .to_owned(),
        ])
    );
    assert_eq!(
        read("1,Ann,H001,2026-11-24,C4H8WX,\n2,Bob,H001,2026-11-24,A7K3M9,\n"),
        Ok(()),
        "changed over"
    );
}

#[test]
fn columns_that_nobody_reads() {
    let said = |text: &str| refused(text)[0].split(';').next().unwrap().to_owned();
    assert_eq!(said("name,name_en,host,from\n"), "1: name_en: unknown column");
    assert_eq!(said("name,host,from,公司_zh\n"), "1: 公司_zh: unknown column");
    assert!(refused_hosts("name,email,phone_en\n")[0].starts_with("1: phone_en: unknown column"));
    assert!(hosts("name,email,way_zh,部门_en\n".as_bytes()).is_ok());
}

#[test]
fn days_and_times() {
    for (from, until, begins, ends) in [
        ("2026-11-24", "", "2026-11-24 00:00", "2026-11-24 23:59"),
        ("2026/11/24 9:30", "", "2026-11-24 09:30", "2026-11-24 23:59"),
        ("2026-11-24T09:30:00", "2026.11.25", "2026-11-24 09:30", "2026-11-25 23:59"),
        ("2026-1-2 09:30", "2026-1-2 17:00", "2026-01-02 09:30", "2026-01-02 17:00"),
    ] {
        let found = invited(&row(&format!("A,,,H001,{from},{until},,,,"))).remove(0);
        assert_eq!((found.from, found.until), (at(begins), at(ends)), "{from}");
    }
}

/// Where clocks are set at midnight: a Friday in April begins at one o'clock.
const CAIRO: Zone = Zone::Ruled(|utc| chrono_tz::Africa::Cairo.offset_from_utc_datetime(&utc).fix());

#[test]
fn times_are_those_of_the_kiosk_on_that_day() {
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    let reads = |zone: Zone, from: &str, until: &str| {
        let text = row(&format!("A,,,H001,{from},{until},,,,"));
        let found = invitations(text.as_bytes(), &hosts, &kinds(), zone, &mut counted());
        let said = |millis| zone.wall(millis).format("%m-%d %H:%M%:z").to_string();
        found.map(|found| [found[0].from, found[0].until].map(said)).map_err(|problems| told(&problems))
    };
    for (zone, from, until, right) in [
        (BERLIN, "2026-12-01 09:00", "2026-12-01 18:00", ["12-01 09:00+01:00", "12-01 18:00+01:00"]),
        (BERLIN, "2026-07-01 09:00", "2026-07-01 18:00", ["07-01 09:00+02:00", "07-01 18:00+02:00"]),
        (BERLIN, "2026-10-24 20:00", "2026-10-25 06:00", ["10-24 20:00+02:00", "10-25 06:00+01:00"]),
        (BERLIN, "2026-03-28 20:00", "2026-03-29 06:00", ["03-28 20:00+01:00", "03-29 06:00+02:00"]),
        // The clocks go through this hour twice: it is the first time.
        (BERLIN, "2026-10-25 02:00", "2026-10-25 02:30", ["10-25 02:00+02:00", "10-25 02:30+02:00"]),
        (BERLIN, "2026-10-25 02:59", "2026-10-25 03:00", ["10-25 02:59+02:00", "10-25 03:00+01:00"]),
        (BERLIN, "2026-10-25", "", ["10-25 00:00+02:00", "10-25 23:59+01:00"]),
        (BERLIN, "2026-03-29", "2026-03-29", ["03-29 00:00+01:00", "03-29 23:59+02:00"]),
        (BERLIN, "2026-03-29 01:59", "2026-03-29 03:00", ["03-29 01:59+01:00", "03-29 03:00+02:00"]),
        // A day whose first hour is left out, and one whose last comes twice.
        (CAIRO, "2026-04-24", "", ["04-24 01:00+03:00", "04-24 23:59+03:00"]),
        (CAIRO, "2026-10-29", "2026-10-29", ["10-29 00:00+03:00", "10-29 23:59+02:00"]),
        (CAIRO, "2026-10-29 23:30", "2026-10-30", ["10-29 23:30+03:00", "10-30 23:59+02:00"]),
    ] {
        assert_eq!(reads(zone, from, until), Ok(right.map(str::to_owned)), "{from} {until}");
    }
    // What no clock shows is nobody's time.
    for (zone, from, right) in [
        (BERLIN, "2026-03-29 02:00", "02:00 on this day; 2026-03-29 03:00"),
        (BERLIN, "2026-03-29 02:30", "02:30 on this day; 2026-03-29 03:30"),
        (CAIRO, "2026-04-24 00:30", "00:30 on this day; 2026-04-24 01:30"),
    ] {
        let said = format!("2: from: the clocks are set forward over {right} is expected");
        assert_eq!(reads(zone, from, ""), Err(vec![said]), "{from}");
    }
}

#[test]
fn one_bad_row_among_many_imports_nobody() {
    let mut text = "name,host,from\n".to_owned();
    for n in 0..1000 {
        text += &format!("Visitor {n},{},2026-11-24\n", if n == 500 { "Nobody" } else { "H001" });
    }
    assert_eq!(refused(&text), ["502: host: no host is named Nobody; import the hosts first"]);
}

#[test]
fn problems_are_all_named_in_order() {
    let text = "id,name,email,deputy\n".to_owned() + &"1,A,x,\n".repeat(5000) + "2,B,b@example.com,9\n";
    let problems = refused_hosts(&text);
    // Of all but the first row the id stands there already too.
    assert_eq!((problems.len(), problems[0].as_str()), (10_000, "2: email: this is not a mail address"));
    assert!(problems[9_999].starts_with("5002: deputy: "), "{}", problems[9_999]);
    // Something that is no list of people does not fill the memory.
    let text = "name,email\n".to_owned() + &"A,x\n".repeat(60_000);
    let problems = refused_hosts(&text);
    assert_eq!((problems.len(), problems[100_000].as_str()), (100_001, "and 19999 more problems"));
    let text = "id,name,email,deputy\n1,A,a@example.com,9\n2,B,x,\n";
    assert_eq!(
        refused_hosts(text),
        [
            "2: deputy: no row has the id 9, nor has anybody in the book",
            "3: email: this is not a mail address"
        ]
    );
}

#[test]
fn an_invitation_without_an_id_has_the_same_one_every_time() {
    let text = row("欧阳修明,云栖,13800138000,H001,2026-11-24,,,,,");
    let (first, second) = (invited(&text).remove(0), invited(&text.replace(",,,,,", ",,3,,,")).remove(0));
    assert_eq!(first.id, second.id);
    assert_ne!(first.id, invited(&text.replace("11-24", "11-25")).remove(0).id);
}

proptest! {
    #[test]
    fn no_file_is_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        drop(hosts(&bytes));
        drop(invite(&bytes));
    }

    #[test]
    fn no_row_is_a_crash(cells in "[\\PC\\n\"]{0,80}", separator in "[,;\\t]") {
        let text = format!("name,host,from,until,phone\n{cells}\n").replace(',', &separator);
        match invite(text.as_bytes()) {
            Ok(_) => {}
            Err(problems) => prop_assert!(problems.iter().all(|problem| problem.line <= text.lines().count() as u64 + 1)),
        }
    }

    /// The demo file with a few bytes changed.
    #[test]
    fn no_slip_of_the_office_program_is_a_crash(slips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = DEMO_INVITATIONS.as_bytes().to_vec();
        for (at, byte) in slips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        drop(invite(&bytes));
    }
}

#[test]
fn an_address_a_language_and_days_of_the_week() {
    let rows = |cells: &str| format!("name,host,from,until,email,lang,days\n{cells}\n");
    for (days, expected) in [
        ("", 0),
        ("Mon, Wed", 0b101),
        ("周一、周三", 0b101),
        ("一三", 0b101),
        ("1 3", 0b101),
        ("sunday", 0b100_0000),
        ("星期天", 0b100_0000),
        ("7", 0b100_0000),
        ("Mon-Fri", 0b1_1111),
        ("每天", 0b111_1111),
    ] {
        let invitation =
            invited(&rows(&format!("王芳,H001,2026-11-23,2026-12-31,wang@example.com,en,\"{days}\"")))
                .remove(0);
        assert_eq!(invitation.days, expected, "{days}");
        assert_eq!(
            (invitation.email.as_deref(), invitation.lang),
            (Some("wang@example.com"), Some(Lang::EN))
        );
    }
    let plain = invited(&rows("王芳,H001,2026-11-23,,,,")).remove(0);
    assert_eq!((plain.email, plain.lang, plain.days), (None, None, 0));
    for wrong in ["wang,,", ",xyz,", ",,never", ",,8", ",,0"] {
        assert_eq!(refused(&rows(&format!("王芳,H001,2026-11-23,,{wrong}"))).len(), 1, "{wrong}");
    }
}

#[test]
fn one_visitor_is_one_invitation_however_they_are_written() {
    let one = |name: &str, phone: &str| {
        let name = format!("\"{name}\"");
        invited(&row(&format!("{name},,{phone},H001,2026-11-24,,,,,"))).remove(0).id
    };
    let first = one("José Núñez", "13800138000");
    for (name, phone) in [
        ("Jose\u{301} NÚÑEZ", "13800138000"),
        ("Jose Nunez", "+86 138-0013-8000"),
        ("Núñez, José", "0086 138 0013 8000"),
        ("Mr. José Núñez", "8613800138000"),
        ("ＪＯＳＥ　ＮＵＮＥＺ", "１３８００１３８０００"),
    ] {
        assert_eq!(one(name, phone), first, "{name} {phone}");
    }
    for (name, phone) in [("José Núñez", "13800138001"), ("José Nuñes", "13800138000"), ("José Núñez", "")]
    {
        assert_ne!(one(name, phone), first, "{name} {phone}");
    }
    let twice = "name,phone,host,from\nJosé Núñez,13800138000,H001,2026-11-24\n\
                 \"Nunez, Jose\",+86 138 0013 8000,H001,2026-11-24\n";
    assert_eq!(refused(twice), ["3: id: the same stands in line 2 already"]);
}

#[test]
fn an_invitation_of_an_earlier_version_keeps_its_id() {
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    let read = |text: &str, book: &mut dyn Secrets| {
        invitations(text.as_bytes(), &hosts, &kinds(), shanghai(), book).unwrap().remove(0)
    };
    let begins = "2026-11-24 00:00";
    for (name, phone, kept) in [
        ("John Carter", "+86 571 8888 6666", ("johncarter", "+8657188886666")),
        ("John Carter", "8613800138000", ("johncarter", "8613800138000")),
        ("O'Brien", "0044 20 7946 0958", ("o'brien", "00442079460958")),
        ("买买提·吐尔逊", "", ("买买提·吐尔逊", "")),
    ] {
        let mut hash = Sha256::new();
        for part in [kept.0, kept.1, "H001"] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.update(at(begins).to_be_bytes());
        let id = data_encoding::HEXLOWER.encode(&hash.finalize()[..16]);
        let list = row(&format!("{name},,{phone},H001,2026-11-24,,,,,"));
        let mut book = counted();
        let fresh = read(&list, &mut book);
        // Without a number it is the same one still.
        assert_eq!(fresh.id == id, phone.is_empty(), "{name}");
        book.1 = vec![Invitation { id: id.clone(), ..fresh }];
        assert_eq!(read(&list, &mut book).id, id, "{name} {phone}");
    }
}

#[test]
fn titles_and_the_order_of_words_part_people_who_gave_no_number() {
    let rows = "Mr. Wang,,,H001,2026-12-01,,,,,\nMs. Wang,,,H001,2026-12-01,,,,,\nLi Wei,,,H001,2026-12-01,,,,,\n\
                Wei Li,,,H001,2026-12-01,,,,,\n欧阳先生,,,H001,2026-12-01,,,,,\n欧阳女士,,,H001,2026-12-01,,,,,";
    let ids: BTreeSet<String> = invited(&row(rows)).into_iter().map(|invitation| invitation.id).collect();
    assert_eq!(ids.len(), 6);
}

#[test]
fn a_host_is_meant_whatever_the_accents_and_apostrophes() {
    let hosts =
        hosts("id,name,email\nH1,José O'Brien,a@example.com\nH2,王芳,b@example.com\n".as_bytes()).unwrap();
    let host = |named: &str| {
        let list = row(&format!("A,,,{named},2026-11-24,,,,,"));
        let read = invitations(list.as_bytes(), &hosts, &kinds(), shanghai(), &mut counted());
        read.map(|mut read| read.remove(0).host_id).map_err(|problems| told(&problems))
    };
    for named in ["José O'Brien", "Jose O’Brien", "JOSÉ O`BRIEN", "Jose OBrien", "H1", "A@example.com"] {
        assert_eq!(host(named), Ok("H1".to_owned()), "{named}");
    }
    assert_eq!(host("王芳"), Ok("H2".to_owned()));
    assert!(host("王方").is_err());
    // A title may be all that parts two of them.
    let hosts =
        self::hosts("id,name,email\nH1,Mr. Wang,a@example.com\nH2,Ms. Wang,b@example.com\n".as_bytes());
    let list = row("A,,,ms wang,2026-11-24,,,,,");
    let read = invitations(list.as_bytes(), &hosts.unwrap(), &kinds(), shanghai(), &mut counted()).unwrap();
    assert_eq!(read[0].host_id, "H2");
}

mod habits;
mod moments;
