//! What office programs and data bases leave in a list, and what nobody sees in it.

use super::super::{List, RowProblem};
use super::{DEMO_HOSTS, counted, hosts, invited, kinds, refused, refused_hosts, row, shanghai, told};
use crate::visit::Host;

#[test]
fn a_first_line_names_the_separator() {
    let comma = hosts(b"name,email\nAnn,a@example.com\n").unwrap();
    for text in [
        "sep=;\nname;email\nAnn;a@example.com\n",
        "SEP=;\r\nname;email\r\nAnn;a@example.com\r\n",
        "\u{FEFF}sep=;\r\nname;email\r\nAnn;a@example.com\r\n",
        "\"sep=;\"\nname;email\nAnn;a@example.com\n",
        "sep=;;\nname;email;\nAnn;a@example.com;\n",
        "sep=,\nname,email\nAnn,a@example.com\n",
        "sep=\t\nname\temail\nAnn\ta@example.com\n",
        "sep=|\nname|email\nAnn|a@example.com\n",
        "\n\nsep=;\n\nname;email\nAnn;a@example.com\n",
    ] {
        assert_eq!(hosts(text.as_bytes()), Ok(comma.clone()), "{text:?}");
    }
    // It counts as a line, and it decides: a comma in a cell is a comma.
    assert_eq!(refused_hosts("sep=;\nname;email\nAnn;wrong\n"), ["3: email: this is not a mail address"]);
    let placed = hosts("sep=;\nname;place;email\nAnn;1, 2, 3, 4;a@example.com\n".as_bytes()).unwrap();
    assert_eq!(placed[0].place.base, "1, 2, 3, 4");
    assert!(refused_hosts("sep=x\nname;email\n")[0].starts_with("1: sep=x: unknown column"));
}

#[test]
fn cells_as_programs_guard_and_wrap_them() {
    for (cell, phone) in [
        ("01088886666", "01088886666"),
        ("=\"01088886666\"", "01088886666"),
        ("\"=\"\"01088886666\"\"\"", "01088886666"),
        ("'01088886666", "01088886666"),
        ("'+442079460958", "+442079460958"),
        ("’01088886666", "01088886666"),
        ("=\"\"", ""),
        ("=\"N/A\"", ""),
    ] {
        let found = hosts(format!("name,email,phone\nAnn,a@example.com,{cell}\n").as_bytes()).unwrap();
        assert_eq!(found[0].phone, phone, "{cell}");
    }
    for name in ["'t Hooft", "’s Gravesande", "O'Brien"] {
        assert_eq!(
            hosts(format!("name,email\n{name},a@example.com\n").as_bytes()).unwrap()[0].name.base,
            name
        );
    }
    for formula in ["=A1", "=1+1", "=HYPERLINK(A1)", "=\"a\"&B1", "=\"a\"&\"b\"", "=01088886666"] {
        let told = refused_hosts(&format!(
            "name,email,phone\nAnn,a@example.com,\"{}\"\n",
            formula.replace('"', "\"\"")
        ));
        let expected = format!("2: phone: {formula} is a formula; save its result instead");
        assert_eq!(told, [expected], "{formula}");
    }
}

#[test]
fn what_stands_for_nothing_is_nothing() {
    for nothing in
        ["", "null", "NULL", "(null)", "N/A", "n/a", "None", "nil", "\\N", "-", "--", "—", "/", "无", "暂无"]
    {
        let found = invited(&row(&format!(
            "王芳,{nothing},{nothing},H001,2026-11-24,{nothing},{nothing},{nothing},{nothing},{nothing}"
        )));
        assert_eq!(
            (found[0].company.clone(), found[0].phone.clone(), found[0].party),
            (None, None, 0),
            "{nothing}"
        );
        // Where something is needed, that is said.
        let told = refused(&row(&format!("{nothing},,,H001,2026-11-24,,,,,")));
        assert_eq!(told, ["2: name: the name is missing"], "{nothing}");
    }
    for company in ["Null Ltd", "N/A Studio", "无限科技", "None Such", "A-B", "1/2"] {
        let found = invited(&row(&format!("王芳,{company},,H001,2026-11-24,,,,,")));
        assert_eq!(found[0].company.as_ref().map(ToString::to_string).as_deref(), Some(company));
    }
}

#[test]
fn errors_of_the_office_program_are_nobodys_name() {
    for error in [
        "#N/A",
        "#REF!",
        "#溢出!",
        "#¡REF!",
        "#¿NOMBRE?",
        "#N/B",
        "#Н/Д",
        "#YOK",
        "#HIÁNYZIK",
        "#n/a",
        "#名称？",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#NV",
        "#BEZUG!",
        "#ÜBERLAUF!",
        "Err:502",
        "########",
    ] {
        let expected = format!("{error} is a spreadsheet error; correct the formula behind it");
        let told = refused(&row(&format!("{error},,,H001,2026-11-24,,,,,")));
        assert_eq!(told, [format!("2: name: {expected}")], "{error}");
        let told = refused(&row(&format!("王芳,{error},{error},H001,2026-11-24,{error},,,,")));
        let columns = ["phone", "until", "company"].map(|column| format!("2: {column}: {expected}"));
        assert!(told.len() == 3 && columns.iter().all(|problem| told.contains(problem)), "{told:?}");
    }
    // An id is read more than once, and told once.
    assert_eq!(refused_hosts("id,name,email\n#REF!,A,a@example.com\n").len(), 1);
    for place in ["#302", "# 5", "C#", "#A", "Nr. #1!"] {
        let found = hosts(format!("name,email,place\nA,a@example.com,{place}\n").as_bytes()).unwrap();
        assert_eq!(found[0].place.base, place);
    }
}

#[test]
fn signs_that_nobody_sees_make_no_difference() {
    let plain = invited(
        "name,phone,host,from,email,code\n王芳,13800138000,H001,2026-11-24,wang@example.com,A7K3M9\n",
    );
    for sign in "\u{200B}\u{FEFF}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2060}\u{2066}\u{2067}\u{2068}\u{2069}\u{FE0D}\u{FE0F}\u{3164}\u{AD}".chars()
    {
        let text = "@name@,phone@,@host,fr@om,@em@ail,code\n@王@芳@,@138@00138000@,@H0@01,@2026-@11-24@,@wang@@example.com@,A7@K3M9@\n";
        let text = text.replace("wang@@example.com", "wang§example.com").replace('@', &sign.to_string());
        let found = invited(&text.replace('§', "@"));
        assert_eq!(found, plain, "U+{:04X}", u32::from(sign));
    }
}

fn read(text: &str, ignore: &[&str]) -> Result<List<Host>, Vec<RowProblem>> {
    let ignore: Vec<String> = ignore.iter().map(ToString::to_string).collect();
    super::super::hosts(text.as_bytes(), &ignore, &[])
}

#[test]
fn columns_may_be_ignored_by_name() {
    let text = "车牌,name,email,Remarks,工号\n京A12345,Ann,a@example.com,likes tea,7\n";
    let list = read(text, &["车牌", "remarks"]).unwrap();
    assert_eq!((list.rows.len(), list.ignored), (1, vec!["车牌".to_owned(), "Remarks".to_owned()]));
    assert_eq!(list.rows[0].id, "7");
    let problems = told(&read(text, &["车牌"]).unwrap_err());
    assert!(
        problems[0].starts_with("1: Remarks: unknown column; the known ones are id, name,"),
        "{problems:?}"
    );
    assert!(problems[0].ends_with("--ignore-columns skips others"), "{problems:?}");
    // What is not there is no mistake; what is needed and ignored is one.
    assert_eq!(read("name,email\nAnn,a@example.com\n", &["车牌"]).unwrap().ignored, Vec::<String>::new());
    assert_eq!(
        told(&read(text, &["车牌", "remarks", "email"]).unwrap_err()),
        ["1: email: this column is missing"]
    );
    // Two columns that are ignored may be headed alike, and cells beyond all columns are still a mistake.
    assert_eq!(read("x,name,email,x\n1,Ann,a@example.com,2\n", &["x"]).unwrap().rows.len(), 1);
    let more = told(&read("x,name,email\n1,Ann,a@example.com,2\n", &["x"]).unwrap_err());
    assert_eq!(more, ["2: there are more cells than columns"]);
}

#[test]
fn unicode_text_of_excel_is_read() {
    let text = "\u{FEFF}name\temail\r\n李晓云\ta@example.com\r\n";
    for bytes in [
        text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    ] {
        assert_eq!(hosts(&bytes).unwrap()[0].name.base, "李晓云");
    }
}

#[test]
fn what_the_font_lacks_is_told_by_line() {
    let lacks = |sign: char| {
        let code = u32::from(sign);
        format!(
            "the font has no \"{sign}\" (U+{code:04X}), so a badge with it cannot be printed; use other letters if you can"
        )
    };
    let text = "name,company,host,from\n王芳,云栖,H001,2026-11-24\n김민준,삼성,H001,2026-11-24\nAnn 🙂,محمد,H001,2026-11-24\n";
    let hosts = hosts(DEMO_HOSTS.as_bytes()).unwrap();
    let now = "2026-01-01T08:00:00+08:00".parse().unwrap();
    let list =
        super::super::invitations((text.as_bytes(), &[]), &hosts, &kinds(), shanghai(), &mut counted(), now);
    let list = list.unwrap();
    let expected = [
        format!("3: name: {}", lacks('김')),
        format!("3: company: {}", lacks('삼')),
        format!("4: name: {}", lacks('🙂')),
        format!("4: company: {}", lacks('م')),
    ];
    assert_eq!(
        (list.rows.len(), told(&list.warnings)),
        (3, expected.to_vec()),
        "they are imported all the same"
    );
    let text = "name,name_en,email,department,place_zh\n金民俊,Kim 민,a@example.com,품질,三楼\n";
    let list = read(text, &[]).unwrap();
    assert_eq!(
        told(&list.warnings),
        [format!("2: name_en: {}", lacks('민')), format!("2: department: {}", lacks('품'))]
    );
    let known = "name,email\n欧阳修明,a@example.com\nNguyễn Thị Hương,b@example.com\n买买提·吐尔逊,c@example.com\nДмитрий,d@example.com\n";
    assert_eq!(read(known, &[]).unwrap().warnings, []);
}
