//! How likely the Chinese characters of a text are names, or words of an office: for whoever has to tell a list in Chinese
//! from one that was read in the wrong encoding. Owns the measure; decides nothing.

use super::names::{compound_surnames, given, is_standard, surnames, transcribed};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The measure of a character that no name has: on the scale of natural logarithms, 0 being the most common one.
const STRANGER: f32 = -6.0;
/// That of one that is in the table of standard characters, rare as it is.
const STANDARD: f32 = -4.5;
/// That of one that words of offices have.
const OFFICE: f32 = -3.0;
/// By how much a surname is less common within a name, and a character of other peoples' names at its place.
const MISPLACED: f32 = 1.0;
const TRANSCRIBED: f32 = 1.5;
/// How slowly a rank's share falls, as in the names themselves.
const FLAT: f32 = 12.0;

/// Traditional surnames that are written otherwise today, the most common first.
const TRADITIONAL: &str = "\
    陳張黃劉楊趙吳孫馬鄭謝許鄧馮韓蕭蔣蘇葉呂盧鍾姜譚陸賈韋鄒閻龍賀顧龔萬錢嚴賴溫湯莊龐顏聶魯齊喬畢蘭紀單";

/// Characters of departments, places, companies, towns and purposes.
const WORDS: &str = "\
    部门科室楼层号座厂公司客户采购仓库面试研发中心市场销售总经理办会议行政法务信息技术人事财务质检品控安全环保工党后勤保卫\
    实验管生产车间设备维修施送货供应商物流贸易有限集团股份科电子机械建筑装饰咨询服银险医院学校大政府局所处组班队站店业项目\
    计划开发测运营护支持国际内球东西南北左右前后上下一二三四五六七八九十第区路街道广厦栋单元省市县镇村州江河湖海山城港京重庆\
    杭苏深圳武汉成都安郑青岛门长沙合肥福浙四川出转梯到请往走手边接待参观洽谈调查验来访姓名职位机话邮箱注牌编时日期地点房数据\
    软件网络系统自动化能源材料食药航空汽车台";

struct Known {
    first: HashMap<char, f32>,
    later: HashMap<char, f32>,
    compound: HashSet<&'static str>,
    transcribed: HashMap<char, f32>,
    office: HashSet<char>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known {
        first: HashMap::new(),
        later: HashMap::new(),
        compound: compound_surnames().map(|part| part.text).collect(),
        transcribed: HashMap::new(),
        office: WORDS.chars().collect(),
    };
    for (rank, part) in surnames().enumerate() {
        for c in part.text.chars() {
            known.first.entry(c).or_insert(of_rank(rank));
        }
    }
    for (rank, c) in TRADITIONAL.chars().enumerate() {
        known.first.entry(c).or_insert(of_rank(3 * rank));
    }
    for (rank, (c, _)) in given().enumerate() {
        known.later.entry(c).or_insert(of_rank(rank));
    }
    for (rank, (c, _)) in transcribed().enumerate() {
        let of_rank = of_rank(rank);
        known.transcribed.entry(c).or_insert(of_rank - TRANSCRIBED);
        known.later.entry(c).or_insert(of_rank - MISPLACED / 2.0);
    }
    for (c, measure) in &known.first {
        known.later.entry(*c).or_insert(measure - MISPLACED);
    }
    known
});

fn of_rank(rank: usize) -> f32 {
    -((rank as f32 + FLAT) / FLAT).ln()
}

/// How likely all Chinese characters of a text are names or words of an office, a mean from -6 (none is) to 0. Letters and
/// signs of other writings among them count as strange; Latin letters and punctuation do not count. None where nothing counts.
pub fn likeness(text: &str) -> Option<f32> {
    let (mut sum, mut count) = (0.0, 0);
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain([' ']) {
        if is_han(c) {
            run.push(c);
            continue;
        }
        sum += of_run(&run) * run.len() as f32;
        count += run.len();
        run.clear();
        if is_strange(c) {
            sum += STRANGER;
            count += 1;
        }
    }
    (count > 0).then(|| sum / count as f32)
}

/// The best of its readings: a name with one surname or a compound one, another people's name, words.
fn of_run(run: &[char]) -> f32 {
    let Some((first, rest)) = run.split_first() else { return 0.0 };
    let known = &*KNOWN;
    let later = |c: &char| {
        let rare = || if is_standard(*c) || known.office.contains(c) { STANDARD } else { STRANGER };
        known.later.get(c).copied().unwrap_or_else(rare)
    };
    let mean = |sum: f32, count: usize| sum / count as f32;
    let one = known.first.get(first).copied().unwrap_or(STRANGER);
    let one = mean(one + rest.iter().map(later).sum::<f32>(), run.len());
    let begins: String = run.iter().take(2).collect();
    let two = (run.len() > 2 && known.compound.contains(begins.as_str()))
        .then(|| mean(of_rank(200) + run[2..].iter().map(later).sum::<f32>(), run.len() - 1));
    let other = |c: &char| known.transcribed.get(c).copied().unwrap_or(STRANGER);
    let other = mean(run.iter().map(other).sum(), run.len());
    let word = |c: &char| if known.office.contains(c) { OFFICE } else { STRANGER };
    let words = mean(run.iter().map(word).sum(), run.len());
    one.max(two.unwrap_or(STRANGER)).max(other).max(words)
}

/// Whether a character is one that names have, however rare.
pub fn is_of_names(c: char) -> bool {
    KNOWN.later.contains_key(&c) || is_standard(c)
}

/// Chinese characters without those for compatibility.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Neither Latin nor punctuation, as far as texts in Chinese have it.
fn is_strange(c: char) -> bool {
    !matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3011}'
        | '\u{FF00}'..='\u{FF65}' | '・' | '∙' | '①'..='⑳' | '№' | '℃')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_of_offices_are_likely_and_nonsense_is_not() {
        for likely in [
            "王伟",
            "李琪",
            "欧阳修明",
            "买买提·吐尔逊",
            "林海",
            "楊堃",
            "陳大文",
            "魏伟",
            "谢 逊",
            "质检部",
            "三楼 302",
            "客户",
        ] {
            assert!(
                likeness(likely).is_some_and(|measure| measure > -3.5),
                "{likely}: {:?}",
                likeness(likely)
            );
        }
        // Names of other countries, read in the wrong encoding.
        for nonsense in
            ["肉囗", "理磬", "樽廖", "捞康锐", "冠瘤己", "揷拞", "拍面唉灰", "朝┥", "独睶磃", "フ╭ド", "阃阆"]
        {
            assert!(
                likeness(nonsense).is_some_and(|measure| measure < -3.5),
                "{nonsense}: {:?}",
                likeness(nonsense)
            );
        }
        for nothing in ["", "John Carter", "José Núñez", "· （）"] {
            assert_eq!(likeness(nothing), None, "{nothing}");
        }
    }
}
