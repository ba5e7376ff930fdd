//! Invitations out of a CSV file: who may come, when, and to whom. Owns their columns, and whose code and token
//! each one is; touches no book.

use super::table::{Cells, Columns, RowProblem, Table};
use super::weekdays::weekdays;
use super::{List, language, mail_address, printable, reachable, yes_or_no};
use crate::now::{Wall, Zone};
use crate::typed::{self, Moment};
use crate::visit::{
    Company, Host, Invitation, InviteCode, Kind, MailAddress, PARTY_MAX, PersonName, Phone, Token, fold,
    letters,
};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};

/// So often a code is drawn again: a source that gives the same each time is broken.
const DRAWS: usize = 100;

/// 2000-01-01 and 2199-12-31 as office programs count days, from 1900 on.
const EXCEL_2000: u32 = 36_526;
const EXCEL_2199: u32 = 109_574;

/// The column names of invitations.
const COLUMNS: Columns<'_> = Columns {
    all: &[
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
        ("email", &["邮箱", "电子邮件", "e-mail", "mail"]),
        ("lang", &["语言", "language"]),
        ("days", &["星期", "每周", "weekdays"]),
    ],
    in_languages: &[],
    needed: &["name", "host", "from"],
};

/// Where invitations get the token and code from that their file does not give.
pub trait Secrets {
    /// The token and code that the invitation with this id has already.
    fn earlier(&mut self, id: &str) -> Option<(Token, InviteCode)>;
    /// The earlier invitation that has this code.
    fn owner_of_code(&mut self, code: &InviteCode) -> Option<Owner>;
    /// The earlier invitation that has this token.
    fn owner_of_token(&mut self, token: &Token) -> Option<Owner>;
    /// Fills `bytes` at random.
    fn random(&mut self, bytes: &mut [u8]);
}

/// An earlier invitation, as staff know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its id.
    pub id: String,
    /// Its visitor's name.
    pub visitor: String,
}

/// The invitations of a file, whose columns with these names nobody reads and whose times are those of `zone`, for visits of
/// these types. What has no token or code gets the earlier one of the same invitation, or a fresh one. `now` is when they are
/// imported.
///
/// # Errors
/// Every problem, with its line and column.
pub fn invitations(
    (bytes, ignore): (&[u8], &[String]),
    hosts: &[Host],
    types: &[Kind],
    zone: Zone,
    secrets: &mut dyn Secrets,
    now: Wall,
) -> Result<List<Invitation>, Vec<RowProblem>> {
    let mut table = Table::open(bytes, &COLUMNS, ignore)?;
    let known = Known::new(hosts, types, now);
    let (mut ids, mut codes, mut tokens) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut invitations = Vec::new();
    while let Some(mut row) = table.next_row() {
        let invitation = invitation(&mut row, &known, zone, &codes, secrets);
        if let Some(invitation) = &invitation {
            row.once(&mut ids, "id", &invitation.id);
            row.once(&mut codes, "code", invitation.code.as_str());
            row.once(&mut tokens, "token", invitation.token.as_str());
        }
        let line = row.line();
        row.finish(&mut table);
        invitations.extend(invitation.map(|invitation| (line, invitation)));
    }
    // Two rows may change codes with each other: what counts is what the book will hold in the end.
    for (line, new) in &invitations {
        let stays = |owner: &Owner| owner.id != new.id && !ids.contains_key(&owner.id);
        if let Some(owner) = secrets.owner_of_code(&new.code).filter(stays) {
            table.wrong(*line, "code", taken(new.code.as_str(), &owner));
        }
        if let Some(owner) = secrets.owner_of_token(&new.token).filter(stays) {
            table.wrong(*line, "token", taken(new.token.as_str(), &owner));
        }
    }
    table.finish(invitations.into_iter().map(|(_, invitation)| invitation).collect())
}

fn taken(secret: &str, owner: &Owner) -> String {
    format!("{secret} is that of the invitation of {} already; leave it empty for a new one", owner.visitor)
}

/// Hosts by id, by address and by name; types of visits.
struct Known<'a> {
    hosts: HashMap<String, Vec<&'a Host>>,
    /// The same by the keys of their names, whatever their accents and apostrophes.
    by_name: HashMap<String, Vec<&'a Host>>,
    types: &'a [Kind],
    now: Wall,
}

impl<'a> Known<'a> {
    fn new(hosts: &'a [Host], types: &'a [Kind], now: Wall) -> Self {
        let mut known: HashMap<String, Vec<&Host>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<&Host>> = HashMap::new();
        for host in hosts {
            let keys: BTreeSet<String> = host.name.all().map(letters).collect();
            keys.into_iter().for_each(|key| by_name.entry(key).or_default().push(host));
            let mut names = vec![fold(&host.id), fold(&host.email), fold(&host.name.base)];
            names.extend(host.name.by.values().map(|name| fold(name)));
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                known.entry(name).or_default().push(host);
            }
        }
        Self { hosts: known, by_name, types, now }
    }

    /// Whoever has left is meant only where nobody of that name is here.
    fn host(&self, named: &str) -> Result<&'a Host, String> {
        let key = letters(named);
        let by_name = || self.by_name.get(&key).filter(|_| !key.is_empty());
        let by_address = || self.hosts.get(&fold(MailAddress::parse(named)?.as_str()));
        let mut meant = self.hosts.get(&fold(named)).or_else(by_name).or_else(by_address).cloned();
        if let Some(meant) = meant.as_mut().filter(|meant| meant.iter().any(|host| !host.gone)) {
            meant.retain(|host| !host.gone);
        }
        match meant.as_deref() {
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
    zone: Zone,
    codes: &HashMap<String, u64>,
    secrets: &mut dyn Secrets,
) -> Option<Invitation> {
    let visitor = row.parsed("name", |text| PersonName::parse(text).map_err(|problem| problem.to_string()));
    let company = row.parsed("company", |text| Company::maybe(text).map_err(|problem| problem.to_string()));
    let phone = row.parsed("phone", |text| Phone::maybe(text).map_err(|problem| problem.to_string()));
    let host = row.parsed("host", |text| known.host(text));
    let begins = row.parsed("from", typed_moment);
    let from = begins.and_then(|begins| row.parsed("from", |_| from(begins, zone)));
    let until = row.parsed("until", |text| match text {
        "" => Ok(None),
        text => until(begins, typed_moment(text)?, zone).map(Some),
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
    let email = row.parsed("email", mail_address);
    reachable(row, email.as_deref().unwrap_or_default());
    let lang = row.parsed("lang", |text| match text {
        "" => Ok(None),
        text => language(text).map(Some).ok_or_else(|| "zh or en is expected".to_owned()),
    });
    let days = row.parsed("days", weekdays);
    let visit_type = row.parsed("type", |text| known.visit_type(text));
    let (visitor, phone, host, from) = (visitor?, phone?, host?, from?);
    // Without an end it is good for the day on which it begins.
    let until = until?.unwrap_or_else(|| last_minute(from.date_naive(), zone));
    if until < from {
        row.wrong("until", "it ends before it begins");
    } else if until == from {
        row.wrong("until", "it ends at the same minute as it begins; leave it empty for the whole day");
    }
    let (party, cancelled) = (party?, cancelled?);
    // A list keeps what is over: only whoever is still to come needs somebody who is here.
    if host.gone && !cancelled && until >= known.now {
        row.wrong("host", &format!("{} has left; name whom the visitor comes to see now", host.name.base));
    }
    printable(row, "name", visitor.as_str());
    let company = company?;
    if let Some(company) = &company {
        printable(row, "company", company.as_str());
    }
    let id = row.text("id");
    let id = if id.is_empty() { own_id(&visitor, phone.as_ref(), (&host.id, from), secrets) } else { id };
    let (earlier_token, earlier_code) = secrets.earlier(&id).unzip();
    let token = token?.or(earlier_token).unwrap_or_else(|| Token::from_bytes(drawn(secrets)));
    let code = code?.or(earlier_code).unwrap_or_else(|| new_code(codes, secrets));
    Some(Invitation {
        id,
        token,
        code,
        visitor,
        company,
        phone,
        host_id: host.id.clone(),
        from: from.timestamp_millis(),
        until: until.timestamp_millis(),
        party,
        cancelled,
        used_by: None,
        visit_type: visit_type?,
        email: Some(email?).filter(|email| !email.is_empty()),
        lang: lang?,
        days: days?,
    })
}

/// Among ten thousand codes of 28⁶ two are the same every tenth time, so that is drawn again.
fn new_code(in_file: &HashMap<String, u64>, secrets: &mut dyn Secrets) -> InviteCode {
    let mut code = InviteCode::from_bytes(drawn(secrets));
    for _ in 0..DRAWS {
        if !in_file.contains_key(code.as_str()) && secrets.owner_of_code(&code).is_none() {
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

/// The same invitation has the same id in every file, however its name and number are written. One that is in the book
/// under the id that an earlier version gave it keeps that.
fn own_id(
    visitor: &PersonName,
    phone: Option<&Phone>,
    (host, from): (&str, Wall),
    secrets: &mut dyn Secrets,
) -> String {
    let before = fold(visitor.as_str());
    // Without a number, titles and the order of words may be all that parts two people.
    let Some(phone) = phone else { return stable_id(&before, "", host, from) };
    let name = visitor.keys().into_iter().min().unwrap_or_default();
    let own = stable_id(&name, &phone.key(), host, from);
    let former = phone.former();
    let former = former.iter().map(|phone| stable_id(&before, phone, host, from));
    std::iter::once(own.clone()).chain(former).find(|id| secrets.earlier(id).is_some()).unwrap_or(own)
}

fn stable_id(visitor: &str, phone: &str, host: &str, from: Wall) -> String {
    let mut hash = Sha256::new();
    for part in [visitor, phone, host] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.update(from.timestamp_millis().to_be_bytes());
    HEXLOWER.encode(&hash.finalize()[..16])
}

fn typed_moment(text: &str) -> Result<Moment, String> {
    typed::moment(text).ok_or_else(|| match text.split('.').next().map(str::parse::<u32>) {
        Some(Ok(EXCEL_2000..=EXCEL_2199)) => {
            format!("{text} is a spreadsheet's number for a day; format the column as a date")
        }
        _ => "a date such as 2026-11-23 or 2026-11-23 09:30 is expected".to_owned(),
    })
}

/// The moment at which the kiosk's clock shows this. An hour that the clocks go through twice means the first time; one
/// they leap over is no time.
fn shown(time: NaiveDateTime, zone: Zone) -> Result<Wall, String> {
    zone.exactly(time).ok_or_else(|| leapt_over(time, zone))
}

/// When it begins: a day alone with its first minute, whatever the clocks show then.
fn from(begins: Moment, zone: Zone) -> Result<Wall, String> {
    match begins.time {
        None => Ok(zone.midnight(begins.day)),
        Some(_) => shown(begins.begins(), zone),
    }
}

/// What to write in place of a time that no clock shows.
fn leapt_over(time: NaiveDateTime, zone: Zone) -> String {
    let (time, right) = (time.format("%H:%M"), zone.at(time).format("%Y-%m-%d %H:%M"));
    format!("the clocks are set forward over {time} on this day; {right} is expected")
}

/// When it ends: the last minute of a day alone. Office programs write a day as its first minute, and people write the end
/// of a day as the first minute of the next.
fn until(begins: Option<Moment>, ends: Moment, zone: Zone) -> Result<Wall, String> {
    let is_its_day = |begins: Moment| begins.begins() == ends.begins();
    if ends.time.is_none() || ends.is_midnight() && begins.is_some_and(is_its_day) {
        return Ok(last_minute(ends.day, zone));
    }
    if ends.is_midnight() && begins.is_some() {
        let (day, before) = (ends.day, ends.day.pred_opt().unwrap_or(ends.day));
        return Err(format!(
            "0:00 may mean {day} or the end of {before}; {day} or {before} 23:59 is expected"
        ));
    }
    shown(ends.begins(), zone)
}

fn last_minute(day: NaiveDate, zone: Zone) -> Wall {
    zone.midnight(day.succ_opt().unwrap_or(day)) - TimeDelta::minutes(1)
}
