//! The order of the room: supplies, counted by people and by what the printer prints, and the daily look round. Whoever
//! is responsible is written to once when something runs low, and again only after it was restocked.

use crate::book::error::BookError;
use crate::book::rows::entry::Entry;
use crate::book::rows::{in_zone, zone_of};
use crate::book::rules::letters::office_letter;
use crate::book::{Book, Change};
use crate::config::{DailyCheck, Supply};
use crate::errand::{About, OFFICE_GOOD_FOR, Work};
use crate::now::{Now, Wall, Zone};
use crate::paper::letter::how_many_are_left;
use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How a supply stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Its key in the configuration.
    pub id: String,
    /// How many there are; none: it was never counted.
    pub stock: Option<u32>,
    /// How much of the roll in the printer is used, in millimetres.
    pub used_mm: u32,
    /// There are fewer than its safety stock.
    pub low: bool,
}

/// One point of the daily look round that was ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Its key in the configuration.
    pub item: String,
    /// Who ticked it.
    pub by: String,
    /// When.
    pub at: Wall,
}

#[derive(Clone, Copy)]
struct Counted {
    stock: u32,
    used: u32,
    told: bool,
}

fn counted(connection: &Connection, id: &str) -> Result<Option<Counted>, BookError> {
    let found = connection
        .prepare_cached("SELECT stock, used, told FROM supplies WHERE id = ?")?
        .query_row([id], |row| {
            Ok(Counted { stock: row.get("stock")?, used: row.get("used")?, told: row.get("told")? })
        })
        .optional()?;
    Ok(found)
}

impl Book {
    /// How these supplies stand, in their order.
    ///
    /// # Errors
    /// The book failed.
    pub fn supplies(&self, supplies: &[Supply]) -> Result<Vec<Stock>, BookError> {
        supplies
            .iter()
            .map(|supply| {
                let counted = counted(&self.connection, &supply.id)?;
                let stock = counted.map(|counted| counted.stock);
                Ok(Stock {
                    id: supply.id.clone(),
                    stock,
                    used_mm: counted.map_or(0, |counted| counted.used),
                    low: stock.is_some_and(|stock| stock < supply.safety),
                })
            })
            .collect()
    }

    /// Somebody counted a supply.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn count_supply(&mut self, supply: &Supply, stock: u32, by: &str, now: Now) -> Result<(), BookError> {
        let change = self.change_by(by, now)?;
        let before = counted(&change, &supply.id)?.unwrap_or(Counted { stock, used: 0, told: false });
        let entry = Entry::Stocked { supply: supply.id.clone(), stock, by: change.by() };
        change.log(&entry, "")?;
        keep(&change, supply, Counted { stock, ..before })?;
        Ok(change.commit()?)
    }

    /// So much paper went through the printer. When a roll is used up, the next one is taken from what there is. What was
    /// never counted is not counted down.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn use_paper(&mut self, paper: &Supply, millimetres: u32, now: Now) -> Result<(), BookError> {
        let Some(roll) =
            paper.roll_metres.and_then(|metres| metres.checked_mul(1000)).filter(|roll| *roll > 0)
        else {
            return Ok(());
        };
        let change = self.change(now)?;
        let Some(before) = counted(&change, &paper.id)? else { return Ok(()) };
        let used = before.used.saturating_add(millimetres);
        let after = Counted { stock: before.stock.saturating_sub(used / roll), used: used % roll, ..before };
        keep(&change, paper, after)?;
        Ok(change.commit()?)
    }

    /// One point of the look round of a day was looked at; false where it was ticked before.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn tick(&mut self, day: NaiveDate, item: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let ticked = change.execute(
            "INSERT INTO checks (day, item, by, at, zone) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            params![day.to_string(), item, by, now.millis(), zone_of(&now)],
        )?;
        let entry = Entry::Checked { item: item.to_owned(), off: false, by: change.by() };
        checked(change, ticked, entry)
    }

    /// The tick is taken back; false where there is none.
    ///
    /// # Errors
    /// The book failed; nothing was changed.
    pub fn untick(&mut self, day: NaiveDate, item: &str, by: &str, now: Now) -> Result<bool, BookError> {
        let change = self.change_by(by, now)?;
        let off = change
            .execute("DELETE FROM checks WHERE day = ? AND item = ?", params![day.to_string(), item])?;
        let entry = Entry::Checked { item: item.to_owned(), off: true, by: change.by() };
        checked(change, off, entry)
    }

    /// What was ticked on a day, in that order.
    ///
    /// # Errors
    /// The book failed.
    pub fn checks(&self, day: NaiveDate) -> Result<Vec<Checked>, BookError> {
        let mut checks = self
            .connection
            .prepare_cached("SELECT item, by, at, zone FROM checks WHERE day = ? ORDER BY at, rowid")?;
        let checks = checks.query_map([day.to_string()], |row| {
            Ok(Checked {
                item: row.get("item")?,
                by: row.get("by")?,
                at: in_zone(row.get("at")?, row.get("zone")?),
            })
        })?;
        Ok(checks.collect::<Result<_, _>>()?)
    }

    /// Which of these should be ticked by now today, and are not; none before the hour at which the look round is to be
    /// done.
    ///
    /// # Errors
    /// The book failed.
    pub fn missed_checks<'a>(
        &self,
        daily: &'a [DailyCheck],
        now: Now,
    ) -> Result<Vec<&'a DailyCheck>, BookError> {
        if now.wall.time() < self.reception.checks_by {
            return Ok(Vec::new());
        }
        let done = self.checks(now.wall.date_naive())?;
        Ok(unticked(daily, &done))
    }

    /// Which of these nobody ticked on this day, which is over; none where the house was closed: nobody came, and nobody
    /// looked.
    ///
    /// # Errors
    /// The book failed.
    pub fn missed_on<'a>(
        &self,
        day: NaiveDate,
        zone: Zone,
        daily: &'a [DailyCheck],
    ) -> Result<Vec<&'a DailyCheck>, BookError> {
        let done = self.checks(day)?;
        let day = zone.day(day);
        let came = self
            .connection
            .prepare_cached("SELECT 1 FROM visits WHERE arrived >= ?1 AND arrived < ?2")?
            .exists([day.start, day.end])?;
        Ok(if came || !done.is_empty() { unticked(daily, &done) } else { Vec::new() })
    }
}

fn unticked<'a>(daily: &'a [DailyCheck], done: &[Checked]) -> Vec<&'a DailyCheck> {
    daily.iter().filter(|check| !done.iter().any(|done| done.item == check.id)).collect()
}

fn checked(change: Change<'_>, rows: usize, entry: Entry) -> Result<bool, BookError> {
    if rows == 1 {
        change.log(&entry, "")?;
        change.commit()?;
    }
    Ok(rows == 1)
}

/// Writes how a supply stands, and the letter where it has just become too little.
fn keep(change: &Change<'_>, supply: &Supply, now_there: Counted) -> Result<(), BookError> {
    let (now, reception) = (change.now, change.reception);
    let Counted { stock, used, told } = now_there;
    let low = stock < supply.safety;
    change
        .prepare_cached(
            "INSERT INTO supplies (id, stock, used, told) VALUES (?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET stock = excluded.stock, used = excluded.used, told = excluded.told",
        )?
        .execute(params![supply.id, stock, used, low])?;
    let to = supply.email.as_ref().or(reception.email.as_ref()).filter(|_| low && !told);
    let Some(to) = to else { return Ok(()) };
    let lang = reception.lang;
    let mut letter = office_letter(About::Supply, to.clone(), lang, in_zone(now.millis(), zone_of(&now)));
    supply.name.get(lang).clone_into(&mut letter.purpose);
    letter.lines = vec![how_many_are_left(stock, supply.safety, lang)];
    let letter = Work::Letter(letter);
    change.queue(subject(&supply.id), &letter, OFFICE_GOOD_FOR).map(drop)
}

/// Whose errand the letter is: a UUID made from the supply's key.
fn subject(id: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(format!("supply {id}"))[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
