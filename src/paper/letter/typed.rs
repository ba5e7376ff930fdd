//! Words that strangers typed, as mails say them: a mail of the house is trusted, and so is a link in it. Owns what mail
//! programs make a link of, and how that is broken: by a blank that everybody sees, which costs a name nothing (`Mr.Li`
//! becomes `Mr. Li`). Words of the house, and hosts' own data, are left as they are.

use crate::errand::{About, Letter};
use crate::words::isolated;
use unicode_segmentation::UnicodeSegmentation;

/// So many characters of typed words stand in a subject: what is longer is written to be read as one.
const IN_SUBJECT: usize = 40;
/// So many of them are the visitor's name's, where a company stands behind it.
const OF_NAME: usize = 24;

/// Top-level domains in Chinese. A dot between other Chinese characters is one in a name, as in 买买提.吐尔逊.
const CHINESE: [&str; 34] = [
    "中国",
    "中國",
    "公司",
    "网络",
    "網路",
    "网址",
    "网店",
    "网站",
    "中文网",
    "在线",
    "商城",
    "商店",
    "商标",
    "政务",
    "公益",
    "机构",
    "组织机构",
    "集团",
    "移动",
    "信息",
    "香港",
    "台湾",
    "台灣",
    "新加坡",
    "澳門",
    "澳门",
    "广东",
    "佛山",
    "手机",
    "我爱你",
    "世界",
    "企业",
    "游戏",
    "购物",
];

/// The letter, with nothing in it that a stranger typed and a mail program makes a link of.
pub(super) fn harmless(letter: &Letter) -> Letter {
    let mut letter = letter.clone();
    let said = &mut letter.circumstances;
    for typed in [&mut letter.visitor, &mut letter.company, &mut said.group, &mut said.phone] {
        *typed = without_links(typed);
    }
    // What runs out is called as the house calls it.
    if letter.about != About::Supply {
        letter.purpose = without_links(&letter.purpose);
    }
    // Any other letter goes to one of the house.
    if matches!(letter.about, About::Invited { .. }) {
        letter.to_name = without_links(&letter.to_name);
    }
    letter
}

/// As much of the visitor's name and of their company as a subject has.
pub(super) fn in_subject(letter: &Letter) -> (String, String) {
    let of_name = if letter.company.is_empty() { IN_SUBJECT } else { OF_NAME };
    let name = short(&letter.visitor, of_name);
    let left = IN_SUBJECT - name.graphemes(true).count();
    // What was cut off may have been the end of what sets it apart.
    let apart = |text: String| isolated(&text).into_owned();
    (apart(name), apart(short(&letter.company, left)))
}

/// At most so many characters, as people count them.
fn short(text: &str, most: usize) -> String {
    if text.graphemes(true).count() <= most {
        return text.to_owned();
    }
    let begun: String = text.graphemes(true).take(most.saturating_sub(1)).collect();
    format!("{}…", begun.trim_end())
}

/// The text with every address in it broken by a blank: `http: //`, `evil. example`, `a @ b. example`.
pub fn without_links(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.find(|c| !may_be_in_a_host(c)).unwrap_or(rest.len());
        if run > 0 {
            let (host, after) = rest.split_at(run);
            broken.push_str(&if is_linked(host) { with_blanks(host) } else { host.to_owned() });
            rest = after;
            continue;
        }
        let after = &rest[c.len_utf8()..];
        let next = after.chars().next();
        let stands_free = |beside: Option<char>| beside.is_none_or(char::is_whitespace);
        match c {
            '@' => {
                if !stands_free(broken.chars().next_back()) {
                    broken.push(' ');
                }
                broken.push('@');
                if !stands_free(next) {
                    broken.push(' ');
                }
            }
            // `https://`, and `\\server\share`.
            ':' if after.starts_with("//") => broken.push_str(": "),
            '\\' if next == Some('\\') => broken.push_str("\\ "),
            c => broken.push(c),
        }
        rest = after;
    }
    broken
}

fn may_be_in_a_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Whether mail programs take this for a host: it begins with `www`, a part behind a dot may be a top-level domain, or it
/// is an address of four numbers. A part of one letter is an initial, and one with digits is a version.
fn is_linked(host: &str) -> bool {
    let parts: Vec<&str> = host.split('.').filter(|part| !part.is_empty()).collect();
    let [first, others @ ..] = parts.as_slice() else { return false };
    let is_number = |part: &&str| part.parse::<u8>().is_ok();
    !others.is_empty()
        && (first.eq_ignore_ascii_case("www")
            || others.iter().any(|part| may_be_top_level(part))
            || (parts.len() == 4 && parts.iter().all(is_number)))
}

/// What follows it without a blank need not belong to it: 登录evil.com查看.
fn may_be_top_level(part: &str) -> bool {
    let is_chinese = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let other = part.find(is_chinese).map_or(part, |at| &part[..at]);
    if other.is_empty() {
        return CHINESE.iter().any(|domain| part.starts_with(domain));
    }
    let is_coded = other.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
    is_coded || (other.chars().count() > 1 && other.chars().all(char::is_alphabetic))
}

/// A blank behind each dot that has something behind it.
fn with_blanks(host: &str) -> String {
    let mut broken = String::with_capacity(host.len() + 4);
    let mut chars = host.chars().peekable();
    while let Some(c) = chars.next() {
        broken.push(c);
        if c == '.' && chars.peek().is_some_and(|next| *next != '.') {
            broken.push(' ');
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_programs_make_a_link_of_is_broken() {
        for (typed, said) in [
            ("IT desk http://evil.example/login", "IT desk http: //evil. example/login"),
            ("HTTPS://EVIL.EXAMPLE", "HTTPS: //EVIL. EXAMPLE"),
            ("ftp://10.0.0.5/x", "ftp: //10. 0. 0. 5/x"),
            ("www.evil.example", "www. evil. example"),
            ("www.163.com", "www. 163. com"),
            ("WWW.163", "WWW. 163"),
            ("evil.example/login", "evil. example/login"),
            ("evil.com.", "evil. com."),
            ("(evil.com)", "(evil. com)"),
            ("登录evil.com查看", "登录evil. com查看"),
            ("mail it@evil.example now", "mail it @ evil. example now"),
            ("mailto:it@evil.example", "mailto:it @ evil. example"),
            ("evil.xn--fiqs8s", "evil. xn--fiqs8s"),
            ("云栖.中国", "云栖. 中国"),
            ("云栖.公司官网", "云栖. 公司官网"),
            ("пример.рф", "пример. рф"),
            ("192.168.1.1/setup", "192. 168. 1. 1/setup"),
            ("a.b.c.evil.com:8080/x.y", "a. b. c. evil. com:8080/x.y"),
            (r"\\server\share", r"\ \server\share"),
            ("@yunqi", "@ yunqi"),
            ("evil..com", "evil.. com"),
            // Names that are written without a blank only get one.
            ("Mr.Li", "Mr. Li"),
            ("J.P.Morgan", "J. P. Morgan"),
            ("St.Gallen", "St. Gallen"),
        ] {
            assert_eq!(without_links(typed), said, "{typed}");
            assert_eq!(without_links(said), said, "{said}: once is enough");
        }
    }

    #[test]
    fn what_is_no_link_stays_as_it_is() {
        for typed in [
            "Dr. No",
            "云栖 2.0",
            "云栖2.0版",
            "A.T. Kearney",
            "e-mail",
            "O'Neill & Sons",
            "Co.,Ltd.",
            "U.S.A.",
            "S.p.A.",
            "No.5",
            "v1.2.3",
            "2026.12.01",
            "3.14",
            "10:30",
            "买买提.吐尔逊",
            "买买提·吐尔逊",
            "欧阳修明",
            "Wang, Fang (Ann)",
            "and/or",
            "9 @ 10",
            "Schmidt-Rottluff",
            "等等...",
            "你好。再见",
            "C++ / C#",
            "",
        ] {
            assert_eq!(without_links(typed), typed);
        }
    }

    #[test]
    fn a_subject_has_forty_typed_characters_at_most() {
        for (name, company, name_said, company_said) in [
            ("王芳", "", "王芳", ""),
            ("王芳", "云栖新能源（杭州）有限公司", "王芳", "云栖新能源（杭州）有限公司"),
            (&"王".repeat(60), "", &format!("{}…", "王".repeat(39)), ""),
            (&"王".repeat(60), "云栖", &format!("{}…", "王".repeat(23)), "云栖"),
            ("王芳", &"云".repeat(80), "王芳", &format!("{}…", "云".repeat(37))),
            (&"e\u{301}".repeat(40), "", &"e\u{301}".repeat(40), ""),
        ] {
            assert_eq!(short(name, if company.is_empty() { IN_SUBJECT } else { OF_NAME }), name_said);
            let left = IN_SUBJECT - name_said.graphemes(true).count();
            assert_eq!(short(company, left), company_said);
        }
        assert_eq!(short("to be continued", 4), "to…");
    }
}
