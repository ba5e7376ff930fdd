//! In which encoding a list is saved: UTF-8 and UTF-16 are told by their form, and GB18030, which office programs in China
//! write, by what it says. What may be another encoding is refused, for its names would be nonsense. Owns the evidence;
//! knows no columns and no rows.

use crate::pinyin::likely::{is_han, is_of_names, likeness};
use chardetng::EncodingDetector;
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, IBM866, ISO_8859_5, KOI8_U, SHIFT_JIS, UTF_16BE, UTF_16LE,
    WINDOWS_1251,
};

/// From here on the text is Chinese, whatever else it may be: no name of another country, read as GB18030, was found above
/// it, among 1,500 Korean, Japanese, Taiwanese and Russian ones each.
const CHINESE: f32 = -2.4;
/// Down to here it is Chinese if it is none of the others: single Chinese names lie above it.
const PERHAPS: f32 = -3.5;
/// So large a part of the letters speaks for a list of names.
const MOST: f32 = 0.65;
/// So large a part of what is no ASCII are letters where an encoding is the right one.
const LETTERS: f32 = 0.75;

/// What names are mostly written with in Japan, Taiwan and Korea.
const JAPANESE: &str = "\
    田中山木藤村本井上川佐高橋渡辺伊斉斎齋小松林清水森池石吉岡原島崎野谷加鈴青西南北東大内長近遠後工前安阿部三千葉坂\
    福宮久保土金杉平和菊丸矢柴荒新今市関河桜桑竹武浅古浜津沢柳栗細須永星広服片横米若郎子美太一雄介健二次男夫彦人樹直智\
    恵真由里佳奈香陽裕洋幸明正義信浩弘博英秀花愛結衣春夏秋翔輝拓也涼舞桃萌優代康淳聡学修治実知幹晃京晶七零光亮司朗衛\
    門織々髙﨑辻嵐";
const TAIWANESE: &str = "\
    陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜\
    傅侯曹薛丁卓阮馬董溫唐藍石蔣古紀姚連馮歐程湯田康姜汪鄒尤巫白鐘涂龔嚴韓袁金童陸夏柳邵伍倪錢龍譚賀萬國華雄家豪志明\
    怡君雅婷淑惠文傑建宏俊宇承恩冠廷柏翰子軒品妤佳穎欣郁婉筑心凱翔美玲麗芬芳秀英玉珍鳳月春梅雲蘭素貞慧敏雪琴瑞祥成德\
    勝輝榮昌盛福財水木土火添進發正義信仁智勇忠孝民生安平和永千百大中小天地山河海洋詩涵雨薇哲彥均威霖奕睿庭瑋芷若彤萱筠\
    瑄綺靜儀倫育賢偉銘鈺鴻毅嘉宜依珊柔琪寶珠彩霞娟瓊碧錦芝芸汝佩姿";
const KOREAN: &str = "\
    김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원천방공현함변염여추도소석\
    선설마길연위표명기반왕금옥육인맹제모탁국어은편용철수영희미경숙자순준호훈빈혁동욱재상태광혜보라예아람율건찬솔별세환일\
    병춘덕복승형종규섭식열웅범봉관대학필창운산해달말슬결다온시후린사";
/// The encodings that have the form of GB18030, with what names are written with there.
const ELSEWHERE: [(&Encoding, &str); 4] =
    [(EUC_JP, JAPANESE), (SHIFT_JIS, JAPANESE), (BIG5, TAIWANESE), (EUC_KR, KOREAN)];
/// The encodings of Cyrillic letters, each of one byte.
const CYRILLIC: [&Encoding; 4] = [WINDOWS_1251, KOI8_U, ISO_8859_5, IBM866];

/// The text of a file; none where nobody knows in which encoding it is.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    for (mark, encoding) in [(b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE)] {
        if let Some(text) = bytes.strip_prefix(mark) {
            return strictly(encoding, text);
        }
    }
    let without_mark = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let (marked, bytes) = (without_mark.is_some(), without_mark.unwrap_or(bytes));
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022 and HZ write Japanese, Korean and Chinese in seven bits, between signs that nobody types.
        if text.contains('\u{1b}') || text.contains("~{") {
            return None;
        }
        let sure = marked || !(mixes_scripts(text) || is_chinese_by_chance(text));
        return sure.then(|| text.to_owned());
    }
    let text = strictly(GB18030, bytes)?;
    let western = has_han_within_words(&text) || has_western_letters(bytes);
    (!western && is_chinese(bytes, &text)).then_some(text)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then(|| text.into_owned())
}

/// Whether what reads as Chinese in GB18030 is no list in another encoding.
fn is_chinese(bytes: &[u8], text: &str) -> bool {
    // Nobody's name has a character that no standard knows.
    if text.chars().any(|c| matches!(c, '\u{E000}'..='\u{F8FF}')) {
        return false;
    }
    let Some(likeness) = likeness(text).filter(|_| !is_cyrillic(text)) else { return true };
    if likeness >= CHINESE || has_letters_of_four_bytes(bytes) || has_rare_names(bytes) {
        return true;
    }
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FF}');
    let is_elsewhere = |(encoding, names): &(&'static Encoding, &str)| {
        let is_theirs = |c: char| is_kana(c) || names.contains(c);
        strictly(encoding, bytes).is_some_and(|text| part(&text, char::is_alphabetic, is_theirs) >= MOST)
    };
    if ELSEWHERE.iter().any(is_elsewhere) {
        return false;
    }
    if likeness >= PERHAPS {
        return true;
    }
    if CYRILLIC.iter().any(|encoding| strictly(encoding, bytes).is_some_and(|text| is_cyrillic(&text))) {
        return false;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let guess = detector.guess(None, false);
    // Latin letters are known by what they do to the letters after them.
    let is_foreign = |c: char| c.is_alphabetic() && c > '\u{24F}';
    let reads = |text: String| part(&text, |_| true, is_foreign) >= LETTERS;
    guess == GBK || guess == GB18030 || !strictly(guess, bytes).is_some_and(reads)
}

/// Whether all that is no ASCII are words in Cyrillic letters, each in the case of words.
fn is_cyrillic(text: &str) -> bool {
    let is_letter = |c: char| {
        matches!(c, 'А'..='я' | 'Ё' | 'ё' | 'Є' | 'є' | 'І' | 'і' | 'Ї' | 'ї' | 'Ґ' | 'ґ' | 'Ў' | 'ў')
    };
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii()).peekable();
    words.peek().is_some()
        && text.chars().all(|c| c.is_ascii() || is_letter(c) || matches!(c, '«' | '»' | '–' | '—' | '№'))
        && words.all(|word| {
            let mut rest = word.chars().skip(1);
            word.chars().count() > 1
                && word.chars().all(is_letter)
                && (word.chars().all(char::is_uppercase) || rest.all(char::is_lowercase))
        })
}

/// Of the characters beyond ASCII that count, the part that fits.
fn part(text: &str, counts: impl Fn(char) -> bool, fits: impl Fn(char) -> bool) -> f32 {
    let counted = || text.chars().filter(|c| !c.is_ascii() && counts(*c));
    let (all, fitting) = (counted().count(), counted().filter(|c| fits(*c)).count());
    if all == 0 { 0.0 } else { fitting as f32 / all as f32 }
}

/// Whether a text without a mark may as well be Chinese names in GB18030, as `魏伟` is `κΰ`: letters of two bytes each, not
/// one of them beside a Latin one.
fn is_chinese_by_chance(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let beside = (!c.is_ascii() && before.is_ascii_alphabetic())
            || (!before.is_ascii() && c.is_ascii_alphabetic());
        if c > '\u{7FF}' || beside {
            return false;
        }
        before = c;
    }
    // A lone Latin letter with an accent is a word.
    let is_lone = |run: &str| run.chars().count() == 1 && run <= "\u{24F}";
    let mut runs = text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty());
    !runs.all(is_lone)
        && strictly(GB18030, text.as_bytes()).is_some_and(|text| {
            let all_han = text.chars().filter(|c| !c.is_ascii()).all(is_han);
            all_han && likeness(&text).is_some_and(|likeness| likeness >= PERHAPS)
        })
}

/// Whether a letter is written with four bytes, as no other encoding writes one: a rare Chinese character, a foreign name.
fn has_letters_of_four_bytes(bytes: &[u8]) -> bool {
    let mut found = false;
    for (place, size) in signs(bytes) {
        let sign = bytes.get(place..place + size).filter(|sign| sign.len() == 4);
        let letter = sign.and_then(|sign| strictly(GB18030, sign));
        found |= letter.is_some_and(|letter| letter.chars().all(char::is_alphabetic));
    }
    found
}

/// Whether there are characters that came with GBK, and all are of names: there are twenty thousand of them, of names a
/// hundred (喆, 堃, 镕).
fn has_rare_names(bytes: &[u8]) -> bool {
    let rare = signs(bytes).filter_map(|(place, size)| {
        let sign = bytes.get(place..place + size).filter(|sign| sign.len() == 2)?;
        let is_rare = !matches!(sign, [0xA1..=0xF7, 0xA1..=0xFE]);
        strictly(GB18030, sign)?.chars().next().filter(|c| is_rare && is_han(*c))
    });
    let (mut any, mut all) = (false, true);
    for c in rare {
        (any, all) = (true, all && is_of_names(c));
    }
    any && all
}

/// Where each sign of a text in GB18030 begins, and how many bytes it has.
fn signs(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (begin, byte) = (at, *bytes.get(at)?);
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let size = match (byte, next) {
            (0..=0x80, _) => 1,
            (_, b'0'..=b'9') => 4,
            _ => 2,
        };
        at += size;
        Some((begin, size))
    })
}

/// Whether two letters that follow each other are of two scripts that no name mixes: a short text in GB18030
/// may be valid UTF-8 by chance, as `谢伟` is `лΰ`.
fn mixes_scripts(text: &str) -> bool {
    // Of the letters that UTF-8 writes in two bytes; where each script begins (Unicode, Blocks.txt).
    let script = |c: char| match c {
        '\u{C0}'..='\u{24F}' => Some(0),
        '\u{370}'..='\u{3FF}' => Some(1),
        '\u{400}'..='\u{52F}' => Some(2),
        '\u{530}'..='\u{58F}' => Some(3),
        '\u{590}'..='\u{5FF}' => Some(4),
        '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' => Some(5),
        '\u{700}'..='\u{74F}' => Some(6),
        '\u{780}'..='\u{7BF}' => Some(7),
        '\u{7C0}'..='\u{7FF}' => Some(8),
        _ => None,
    };
    let letters = || text.chars().map(|c| script(c).filter(|_| c.is_alphabetic()));
    letters().zip(letters().skip(1)).any(|pair| matches!(pair, (Some(one), Some(other)) if one != other))
}

/// Whether a two-byte character ends in an ASCII letter and stands among ASCII letters alone: that is a
/// Western letter such as the `Ö` of `Özil`, which swallowed the letter after it. The rare characters of
/// GB18030 that end so (镕, 赟) stand beside other Chinese ones.
fn has_western_letters(bytes: &[u8]) -> bool {
    let mut before = 0;
    for (at, size) in signs(bytes) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let rest = bytes.get(at + size..).unwrap_or_default();
        let after = rest.iter().find(|byte| **byte != b' ').copied().unwrap_or_default();
        let alone = [before, after].iter().all(u8::is_ascii);
        let in_word = [before, after].iter().any(u8::is_ascii_alphabetic);
        if size == 2 && next.is_ascii_alphabetic() && alone && in_word {
            return true;
        }
        let byte = bytes.get(at).copied().unwrap_or_default();
        if byte != b' ' {
            before = byte;
        }
    }
    false
}

/// Western letters such as the `ü` of `Müller` or the two of `Íñigo`, saved in a Western encoding, look like one Han
/// character between Latin letters, or before them at the beginning of a word.
fn has_han_within_words(text: &str) -> bool {
    let chars: Vec<char> = std::iter::once(' ').chain(text.chars()).collect();
    chars.windows(3).any(|three| {
        let [before, han, after] = [three[0], three[1], three[2]];
        let is_one = before.is_ascii_alphabetic() || !before.is_alphanumeric();
        is_one && ('\u{3400}'..='\u{9FFF}').contains(&han) && after.is_ascii_lowercase()
    })
}

#[cfg(test)]
mod tests;
