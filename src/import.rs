//! Hosts and invitations out of CSV files, as office programs save them: UTF-8 or GB18030, comma,
//! semicolon or tab, column names in English or Chinese. All or nothing; every bad row is named.
//! Touches no book.

mod office;
mod table;

use crate::now::Wall;
use crate::visit::{Company, Host, Invitation, InviteCode, Kind, PARTY_MAX, PersonName, Phone, Token, fold};
use crate::words::{Lang, Texts};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeZone};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use table::{Cells, Table};

pub use table::{ReadError, RowProblem, read};

/// So often a code is drawn again: a source that gives the same each time is broken.
const DRAWS: usize = 100;

/// The column names of hosts, each with its other names.
const HOST_COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["工号", "编号", "staff number"]),
    ("name", &["姓名", "接待人"]),
    ("department", &["部门"]),
    ("place", &["地点", "房间", "位置", "room"]),
    ("way", &["路线", "怎么走"]),
    ("email", &["邮箱", "电子邮件", "e-mail", "mail"]),
    ("phone", &["电话", "手机", "telephone"]),
    ("lang", &["语言", "language"]),
    ("deputy", &["代理人"]),
    ("contact", &["部门联系人"]),
    ("gone", &["离职"]),
];

/// The column names of invitations.
const INVITATION_COLUMNS: &[(&str, &[&str])] = &[
    ("id", &["编号"]),
    ("name", &["姓名", "访客", "visitor"]),
    ("company", &["单位", "公司"]),
    ("phone", &["手机", "电话", "telephone", "mobile"]),
    ("host", &["接待人"]),
    ("from", &["开始", "起"]),
    ("until", &["结束", "止", "to"]),
    ("party", &["同行人数", "同行"]),
    ("code", &["邀请码"]),
    ("token", &["二维码"]),
    ("cancelled", &["取消", "canceled"]),
    ("type", &["来访类型", "类型", "visit type"]),
];

/// The hosts of a file.
///
/// # Errors
/// Every problem, with its line and column.
pub fn hosts(bytes: &[u8]) -> Result<Vec<Host>, Vec<RowProblem>> {
    let mut table = Table::open(bytes, HOST_COLUMNS, &["name", "email"])?;
    let mut seen = HashMap::new();
    let mut hosts = Vec::new();
    while let Some(mut row) = table.next_row() {
        let host = host(&mut row);
        row.once(&mut seen, "id", &host.id);
        hosts.push((row.line(), host));
        row.finish(&mut table);
    }
    for (line, host) in &hosts {
        if host.deputy.as_ref() == Some(&host.id) {
            table.wrong(*line, "deputy", "nobody stands in for themselves".to_owned());
        }
        if let Some(deputy) = host.deputy.as_ref().filter(|deputy| !seen.contains_key(*deputy)) {
            table.wrong(*line, "deputy", format!("no row has the id {deputy}"));
        }
    }
    table.finish(hosts.into_iter().map(|(_, host)| host).collect())
}

fn host(row: &mut Cells) -> Host {
    let base = row.parsed("name", |text| match text {
        "" => Err("a name is expected".to_owned()),
        name => Ok(name.to_owned()),
    });
    let name = Texts { base: base.unwrap_or_default(), by: wordings(row, "name") };
    let email = row.parsed("email", |text| match text.parse::<lettre::Address>() {
        Err(_) if !text.is_empty() => Err("this is not a mail address".to_owned()),
        _ => Ok(text.to_owned()),
    });
    let email = email.unwrap_or_default();
    let lang = row.parsed("lang", |text| match text {
        "" => Ok(Lang::ZH),
        text => language(text).ok_or_else(|| "zh or en is expected".to_owned()),
    });
    let id = row.text("id");
    let id = if !id.is_empty() {
        id
    } else if !email.is_empty() {
        email.clone()
    } else {
        fold(&name.base)
    };
    let deputy = row.text("deputy");
    let contact = row.parsed("contact", yes_or_no).unwrap_or(false);
    let gone = row.parsed("gone", yes_or_no).unwrap_or(false);
    Host {
        id,
        department: texts(row, "department"),
        place: texts(row, "place"),
        way: texts(row, "way"),
        name,
        email,
        phone: row.text("phone"),
        lang: lang.unwrap_or(Lang::ZH),
        deputy: (!deputy.is_empty()).then_some(deputy),
        contact,
        gone,
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match fold(text).as_str() {
        "" | "no" | "0" | "false" | "否" => Ok(false),
        "yes" | "1" | "true" | "是" => Ok(true),
        _ => Err("yes or no is expected".to_owned()),
    }
}

fn language(word: &str) -> Option<Lang> {
    match word {
        "中文" => Some(Lang::ZH),
        "英文" | "English" => Some(Lang::EN),
        code => code.parse().ok(),
    }
}

/// A column with the common wording, and columns `…_en`, `…_zh` with better ones.
fn texts(row: &mut Cells, column: &'static str) -> Texts {
    Texts { base: row.text(column), by: wordings(row, column) }
}

fn wordings(row: &mut Cells, column: &'static str) -> BTreeMap<Lang, String> {
    let mut by = BTreeMap::new();
    for lang in [Lang::ZH, Lang::EN] {
        let text = row.text_in(column, lang);
        if !text.is_empty() {
            by.insert(lang, text);
        }
    }
    by
}

/// Where invitations get the token and code from that their file does not give.
pub trait Secrets {
    /// The token and code that the invitation with this id has already.
    fn earlier(&mut self, id: &str) -> Option<(Token, InviteCode)>;
    /// Whether an earlier invitation has this code.
    fn is_taken(&mut self, code: &InviteCode) -> bool;
    /// Fills `bytes` at random.
    fn random(&mut self, bytes: &mut [u8]);
}

/// The invitations of a file whose times are those of `zone`, for visits of these types. What has no token or code gets the earlier
/// one of the same invitation, or a fresh one.
///
/// # Errors
/// Every problem, with its line and column.
pub fn invitations(
    bytes: &[u8],
    hosts: &[Host],
    types: &[Kind],
    zone: &impl TimeZone,
    secrets: &mut dyn Secrets,
) -> Result<Vec<Invitation>, Vec<RowProblem>> {
    let mut table = Table::open(bytes, INVITATION_COLUMNS, &["name", "host", "from"])?;
    let known = Known::new(hosts, types);
    let (mut ids, mut codes, mut tokens) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut invitations = Vec::new();
    while let Some(mut row) = table.next_row() {
        let invitation = invitation(&mut row, &known, zone, &codes, secrets);
        if let Some(invitation) = &invitation {
            row.once(&mut ids, "id", &invitation.id);
            row.once(&mut codes, "code", invitation.code.as_str());
            row.once(&mut tokens, "token", invitation.token.as_str());
        }
        row.finish(&mut table);
        invitations.extend(invitation);
    }
    table.finish(invitations)
}

/// Hosts by id, by address and by name; types of visits.
struct Known<'a> {
    hosts: HashMap<String, Vec<&'a Host>>,
    types: &'a [Kind],
}

impl<'a> Known<'a> {
    fn new(hosts: &'a [Host], types: &'a [Kind]) -> Self {
        let mut known: HashMap<String, Vec<&Host>> = HashMap::new();
        for host in hosts {
            let mut names = vec![fold(&host.id), fold(&host.email), fold(&host.name.base)];
            names.extend(host.name.by.values().map(|name| fold(name)));
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                known.entry(name).or_default().push(host);
            }
        }
        Self { hosts: known, types }
    }

    fn host(&self, named: &str) -> Result<&'a Host, String> {
        match self.hosts.get(&fold(named)).map(Vec::as_slice) {
            Some([host]) => Ok(host),
            Some(_) => Err(format!("there are several hosts named {named}; give the host's id or e-mail")),
            None if named.is_empty() => Err("a host is expected".to_owned()),
            None => Err(format!("no host is named {named}; import the hosts first")),
        }
    }

    /// The key of a type by its key or its name; none where nothing is said.
    fn visit_type(&self, named: &str) -> Result<Option<String>, String> {
        if named.is_empty() {
            return Ok(None);
        }
        let is_meant = |kind: &&Kind| {
            let names = std::iter::once(&kind.name.base).chain(kind.name.by.values());
            names.chain([&kind.id]).any(|name| fold(name) == fold(named))
        };
        self.types.iter().find(is_meant).map(|kind| Some(kind.id.clone())).ok_or_else(|| {
            let ids: Vec<&str> = self.types.iter().map(|kind| kind.id.as_str()).collect();
            format!("no type of visit is named {named}; there are {}", ids.join(", "))
        })
    }
}

fn invitation(
    row: &mut Cells,
    known: &Known<'_>,
    zone: &impl TimeZone,
    codes: &HashMap<String, u64>,
    secrets: &mut dyn Secrets,
) -> Option<Invitation> {
    let visitor = row.parsed("name", |text| PersonName::parse(text).map_err(|problem| problem.to_string()));
    let company = row.parsed("company", |text| Company::maybe(text).map_err(|problem| problem.to_string()));
    let phone = row.parsed("phone", |text| Phone::maybe(text).map_err(|problem| problem.to_string()));
    let host = row.parsed("host", |text| known.host(text));
    let from = row.parsed("from", |text| moment(text, zone, false));
    let until = row.parsed("until", |text| match text {
        "" => Ok(None),
        text => moment(text, zone, true).map(Some),
    });
    let party = row.parsed("party", |text| match text {
        "" => Ok(0),
        text => text
            .parse::<u8>()
            .ok()
            .filter(|party| *party <= PARTY_MAX)
            .ok_or_else(|| format!("a whole number from 0 to {PARTY_MAX} is expected")),
    });
    let code = row.parsed("code", |text| match text {
        "" => Ok(None),
        text => InviteCode::parse(text).map(Some).map_err(|problem| problem.to_string()),
    });
    let token = row.parsed("token", |text| match text {
        "" => Ok(None),
        text => Token::parse(text)
            .map(Some)
            .ok_or_else(|| "26 letters and digits of base32 are expected".to_owned()),
    });
    let cancelled = row.parsed("cancelled", yes_or_no);
    let visit_type = row.parsed("type", |text| known.visit_type(text));
    let (visitor, phone, host, from) = (visitor?, phone?, host?, from?);
    // Without an end it is good for the day on which it begins.
    let until = until?.unwrap_or_else(|| end_of_day(from, zone));
    if until < from {
        row.wrong("until", "it ends before it begins");
    }
    let id = row.text("id");
    let id = if id.is_empty() { stable_id(&visitor, phone.as_ref(), &host.id, from) } else { id };
    let (earlier_token, earlier_code) = secrets.earlier(&id).unzip();
    let token = token?.or(earlier_token).unwrap_or_else(|| Token::from_bytes(drawn(secrets)));
    let code = code?.or(earlier_code).unwrap_or_else(|| new_code(codes, secrets));
    Some(Invitation {
        id,
        token,
        code,
        visitor,
        company: company?,
        phone,
        host_id: host.id.clone(),
        from: from.timestamp_millis(),
        until: until.timestamp_millis(),
        party: party?,
        cancelled: cancelled?,
        used_by: None,
        visit_type: visit_type?,
        email: None,
        lang: None,
        days: 0,
    })
}

/// Among ten thousand codes of 28⁶ two are the same every tenth time, so that is drawn again.
fn new_code(in_file: &HashMap<String, u64>, secrets: &mut dyn Secrets) -> InviteCode {
    let mut code = InviteCode::from_bytes(drawn(secrets));
    for _ in 0..DRAWS {
        if !in_file.contains_key(code.as_str()) && !secrets.is_taken(&code) {
            break;
        }
        code = InviteCode::from_bytes(drawn(secrets));
    }
    code
}

fn drawn<const N: usize>(secrets: &mut dyn Secrets) -> [u8; N] {
    let mut bytes = [0; N];
    secrets.random(&mut bytes);
    bytes
}

/// The same invitation has the same id in every file.
fn stable_id(visitor: &PersonName, phone: Option<&Phone>, host: &str, from: Wall) -> String {
    let mut hash = Sha256::new();
    for part in [&fold(visitor.as_str()), phone.map(Phone::as_str).unwrap_or_default(), host] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.update(from.timestamp_millis().to_be_bytes());
    HEXLOWER.encode(&hash.finalize()[..16])
}

/// A local date and time, or a date alone: its first or its last minute.
fn moment(text: &str, zone: &impl TimeZone, last: bool) -> Result<Wall, String> {
    let right = || "a date such as 2026-11-23 or 2026-11-23 09:30 is expected".to_owned();
    let text = text.replace(['/', '.', '年', '月'], "-").replace('T', " ").replace('日', "");
    let text = text.trim();
    let times = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"];
    let exact = times.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let time = match exact {
        Some(time) => time,
        None => {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| right())?;
            date.and_hms_opt(if last { 23 } else { 0 }, if last { 59 } else { 0 }, 0).ok_or_else(right)?
        }
    };
    // Two digits would be a year of the first century.
    if !(2000..=2199).contains(&time.year()) {
        return Err(right());
    }
    // An hour that the clocks go through twice means the first time; one they leap over is no time.
    let time = zone.from_local_datetime(&time).earliest().ok_or_else(right)?;
    Ok(time.fixed_offset())
}

fn end_of_day(from: Wall, zone: &impl TimeZone) -> Wall {
    let next = from.date_naive().checked_add_days(Days::new(1)).and_then(|day| day.and_hms_opt(0, 0, 0));
    next.and_then(|next| zone.from_local_datetime(&next).earliest())
        .map_or(from, |next| next.fixed_offset() - chrono::Duration::minutes(1))
}

#[cfg(test)]
mod tests;
