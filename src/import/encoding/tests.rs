//! Lists of one row, as office programs of several countries save them: read as what they are, or refused.

use super::decoded;
use encoding_rs::*;

/// A list with this name in its only row.
fn list(name: &str) -> String {
    format!("name,email\n{name},a@example.com\n")
}

fn saved(name: &str, encoding: &'static Encoding) -> Vec<u8> {
    let text = list(name);
    let (bytes, _, is_lossy) = encoding.encode(&text);
    assert!(!is_lossy, "{name} cannot be saved in {}", encoding.name());
    bytes.into_owned()
}

/// What the list says that was saved so; none where it is refused.
fn read(name: &str, encoding: &'static Encoding) -> Option<String> {
    let text = decoded(&saved(name, encoding))?;
    Some(text.lines().nth(1)?.split(',').next()?.to_owned())
}

#[test]
fn names_in_gb18030_are_what_they_are() {
    for name in [
        "王伟",
        "王芳",
        "李琪",
        "李娜娜",
        "朱镕基",
        "䶮小龙",
        "龚䶮",
        "𠮷田",
        "张𬎆",
        "欧阳修明",
        "尉迟恭",
        "诸葛亮",
        "买买提·吐尔逊",
        "阿依古丽·买买提",
        "林海",
        "柳岩",
        "全智贤",
        "巩俐",
        "龙飞",
        "郭文",
        "杨钰莹",
        "许嵩",
        "赵薇 Vicky",
        "陳大文",
        "楊堃",
        "喆堃",
        "镕",
        "José Núñez",
        "김민준",
        "Иван Петров",
    ] {
        assert_eq!(read(name, GB18030).as_deref(), Some(name), "{name}");
    }
}

#[test]
fn words_in_gb18030_are_what_they_are() {
    for word in [
        "质检",
        "客户",
        "仓储部",
        "品质部",
        "三楼 302",
        "二楼东侧",
        "B座",
        "广州",
        "苏州",
        "厦门",
        "上海贸易有限公司",
        "云栖科技",
    ] {
        assert_eq!(read(word, GB18030).as_deref(), Some(word), "{word}");
    }
}

/// Names that read as other names in GB18030: nobody is told from one row alone, and nobody is renamed.
#[test]
fn names_in_other_encodings_are_refused() {
    let big5 = [
        "陳怡君",
        "林志明",
        "王大明",
        "黃淑惠",
        "李明",
        "張雅婷",
        "廖文傑",
        "劉德華",
        "陳國華",
        "戴國雄",
        "楊凱翔",
        "何志忠",
        "羅國雄",
        "蔡英文",
    ];
    let japanese = [
        "田中",
        "田中愛子",
        "佐藤健",
        "鈴木一郎",
        "山田 花子",
        "渡辺 直樹",
        "伊藤 里佳",
        "加藤 洋介",
        "高橋 優",
        "小林 誠",
        "佐々木 翼",
        "斉藤 聡太郎",
    ];
    let korean = [
        "김민준",
        "박지성",
        "홍길동",
        "이영희",
        "주지훈",
        "김철수",
        "최유리",
        "정우성",
        "강호동",
        "윤서연",
        "문영미",
        "주주원",
    ];
    let russian = [
        "Иван",
        "Анна",
        "Иванов",
        "Иванов Иван",
        "Ольга Петрова",
        "Соня",
        "Дмитрий",
        "Наталья",
        "Софья",
        "Пётр",
        "Ким",
        "ЖУКОВ",
    ];
    let more_japanese = ["ﾀﾅｶ ｱｲｺ", "タナカ", "サトウ ケン", "さくら", "木村 さゆり"];
    let all = [
        (BIG5, &big5[..]),
        (SHIFT_JIS, &japanese),
        (SHIFT_JIS, &more_japanese),
        (EUC_JP, &japanese),
        (EUC_JP, &more_japanese[1..]),
        (EUC_KR, &korean),
        (WINDOWS_1251, &russian),
        (KOI8_R, &russian),
        (ISO_8859_5, &russian),
        (IBM866, &russian),
        (WINDOWS_1253, &["Γιώργος", "Μαρία", "Νίκος", "Ελένη"]),
        (WINDOWS_1255, &["שלום", "דוד כהן"]),
        (WINDOWS_1256, &["محمد", "أحمد علي", "فاطمة"]),
        (WINDOWS_874, &["สมชาย", "สุดา"]),
    ];
    for (encoding, names) in all {
        for name in names {
            assert_eq!(read(name, encoding), None, "{name} in {}", encoding.name());
        }
    }
}

#[test]
fn a_longer_list_in_another_encoding_is_refused_too() {
    for (encoding, head, row) in [
        (BIG5, "姓名,郵箱,單位", "陳怡君,chen@example.com,台積電"),
        (SHIFT_JIS, "氏名,email,会社", "田中愛子,t@example.com,三菱電機"),
        (EUC_JP, "name,email,company", "田中愛子,t@example.com,三菱電機株式会社"),
        (EUC_KR, "이름,email,회사", "김민준,k@example.com,삼성전자"),
        (WINDOWS_1251, "имя,email,фирма", "Ольга,o@example.com,Ромашка"),
        (KOI8_R, "имя,email,фирма", "Ольга,o@example.com,Ромашка"),
    ] {
        let text = format!("{head}\n{}", format!("{row}\n").repeat(200));
        let (bytes, _, is_lossy) = encoding.encode(&text);
        assert!(!is_lossy && decoded(&bytes).is_none(), "{}", encoding.name());
    }
}

#[test]
fn unicode_is_told_by_its_form() {
    for name in [
        "王芳",
        "김민준",
        "Иван",
        "Γιώργος",
        "שלום",
        "محمد",
        "José Núñez",
        "𠮷田",
        "Nguyễn",
        "John",
        "李娜 Ли",
    ] {
        let text = list(name);
        for (mark, bytes) in [
            (&b"\xFF\xFE"[..], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
            (b"\xFE\xFF", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            (b"\xEF\xBB\xBF", text.clone().into_bytes()),
            (b"", text.clone().into_bytes()),
        ] {
            assert_eq!(decoded(&[mark, &bytes].concat()).as_deref(), Some(text.as_str()), "{name} {mark:?}");
        }
    }
    // Half a character, and no text at all.
    for bytes in [&b"\xFF\xFEn\0a"[..], b"\xFF\xFE\0\xD8n\0", b"\xFF\xFE\0\0", b"\xFE\xFF\0\0"] {
        assert_eq!(decoded(bytes), None, "{bytes:?}");
    }
}

/// Short names in GB18030 may be valid UTF-8: two letters of another writing, or two readings. Nobody guesses.
#[test]
fn chinese_names_that_are_valid_utf_8_by_chance() {
    for name in ["谢伟", "魏伟", "肖雪", "谢逊", "魏希", "肖小", "毛毛", "薛雪", "袁野", "应雪", "一楼前台"]
    {
        let bytes = saved(name, GB18030);
        assert!(std::str::from_utf8(&bytes).is_ok(), "{name}");
        assert_eq!(decoded(&bytes), None, "{name}");
        // Beside another name it is clear.
        let both = [bytes, GB18030.encode("王伟,b@example.com\n").0.into_owned()].concat();
        assert_eq!(decoded(&both), Some(list(name) + "王伟,b@example.com\n"), "{name}");
    }
    for name in
        ["Юлия", "Юрий Щёкин", "Хан", "Ρία", "Νίκος", "Zoë", "é", "Ćosić", "Søren Ø", "5 º · §", "Ağa"]
    {
        assert_eq!(decoded(list(name).as_bytes()), Some(list(name)), "{name}");
    }
}

#[test]
fn characters_that_no_standard_knows_are_refused() {
    // Of the user-defined area of Windows, as rare names were once made.
    for sign in [&b"\xAA\xA1"[..], b"\xF8\xA1", b"\xA1\x40"] {
        let bytes = [&GB18030.encode("name,email\n王").0[..], sign, b",a@example.com\n"].concat();
        assert_eq!(decoded(&bytes), None, "{sign:?}");
    }
}

/// Seven bits are valid UTF-8, and say so by signs that nobody types.
#[test]
fn chinese_and_japanese_in_seven_bits_are_refused() {
    for bytes in [&b"name\n\x1b$BEDCf\x1b(B\n"[..], b"name\n~{MuI,~}\n"] {
        assert_eq!(decoded(bytes), None);
    }
    assert!(decoded(b"name\nA ~ B {C}\n").is_some());
}

#[test]
fn western_names_that_begin_with_two_such_letters_are_refused() {
    for (name, encoding) in
        [("Íñigo", WINDOWS_1252), ("Þór", WINDOWS_1252), ("Müller", WINDOWS_1252), ("Žīgurs", WINDOWS_1257)]
    {
        assert_eq!(read(name, encoding), None, "{name}");
    }
    for name in ["阿里云aliyun", "3楼b座", "小米note", "B座"] {
        assert_eq!(read(name, GB18030).as_deref(), Some(name), "{name}");
    }
}
