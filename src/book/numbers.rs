//! What a period looks like in numbers, for the monthly review. Counts only, no visitor's name: what was erased still
//! counts.

use crate::book::Book;
use crate::book::error::BookError;
use crate::book::rows::in_zone;
use crate::now::{Now, Wall};
use chrono::{NaiveDate, Timelike};
use rusqlite::params;
use std::collections::BTreeMap;

/// The numbers of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Registrations.
    pub visits: u32,
    /// Whoever was registered, and everybody who came along without being registered.
    pub people: u32,
    /// How many on each day, with the days on which nobody came.
    pub days: Vec<(NaiveDate, u32)>,
    /// How many in each hour of the day.
    pub hours: [u32; 24],
    /// How many of each type of visit, by its id, the most first; empty: an invitation without a type.
    pub kinds: Vec<(String, u32)>,
    /// How many to each host, by the host's id, the most first.
    pub hosts: Vec<(String, u32)>,
    /// From the registration until the badge was printed, of those that were.
    pub badge: Spread,
    /// From the registration until somebody said whether they may come in, where somebody was asked.
    pub answer: Spread,
    /// How often each of the five faces was chosen; the last is the best.
    pub faces: [u32; 5],
    /// Invitations whose time ended in the period, without the withdrawn ones.
    pub invitations: u32,
    /// Those of them by which nobody came.
    pub no_shows: u32,
    /// Visits that ended because the house closed.
    pub assumed: u32,
    /// Visitors who were declined.
    pub declined: u32,
    /// Complaints that were opened.
    pub complaints: u32,
    /// Those of them that were dealt with in time.
    pub in_time: u32,
    /// Those of them that were dealt with late, or are late now.
    pub late: u32,
}

/// How long something took, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many were measured; the others are 0 where this is.
    pub count: u32,
    /// Half of them took no longer.
    pub median: f64,
    /// Nine of ten took no longer.
    pub nine_tenths: f64,
    /// On average.
    pub mean: f64,
}

impl Spread {
    fn of(mut millis: Vec<i64>) -> Self {
        millis.sort_unstable();
        let Some(last) = millis.len().checked_sub(1) else { return Self::default() };
        let seconds = |millis: i64| millis as f64 / 1000.0;
        Self {
            count: u32::try_from(millis.len()).unwrap_or(u32::MAX),
            median: seconds(millis[last / 2]),
            nine_tenths: seconds(millis[last * 9 / 10]),
            mean: seconds(millis.iter().sum()) / millis.len() as f64,
        }
    }
}

impl Numbers {
    /// The average of the five faces, 1 to 5; none: nobody chose one.
    pub fn satisfaction(&self) -> Option<f64> {
        let all: u32 = self.faces.iter().sum();
        let sum: u32 = self.faces.iter().zip(1..).map(|(count, face)| count * face).sum();
        (all > 0).then(|| f64::from(sum) / f64::from(all))
    }
}

/// Everybody who came along and has no visit of their own: of a group of today each has one, of those in a book of the
/// first versions nobody had.
const ALONG: &str = "SELECT coalesce(sum(max(0, party
         - (SELECT count(*) FROM visits AS member WHERE member.leader = visits.id))), 0)
     FROM visits WHERE arrived >= ? AND arrived < ? AND party > 0";

impl Book {
    /// The numbers of all that began from the one moment until before the other.
    ///
    /// # Errors
    /// The book failed.
    pub fn numbers(&self, from: Wall, until: Wall, now: Now) -> Result<Numbers, BookError> {
        let mut numbers = Numbers::default();
        let time = params![from.timestamp_millis(), until.timestamp_millis()];
        self.count_visits(&mut numbers, from, until)?;
        let along: u32 = self.connection.prepare_cached(ALONG)?.query_row(time, |row| row.get(0))?;
        numbers.people = numbers.visits + along;
        let mut rated = self.connection.prepare_cached(
            "SELECT rating, count(*) AS count FROM feedback
             WHERE at >= ? AND at < ? AND rating BETWEEN 1 AND 5 GROUP BY rating",
        )?;
        let mut rows = rated.query(time)?;
        while let Some(row) = rows.next()? {
            let face =
                numbers.faces.iter_mut().zip(1..).find(|(_, face)| Ok(*face) == row.get::<_, u8>("rating"));
            if let Some((count, _)) = face {
                *count = row.get("count")?;
            }
        }
        // Whose time is not over may still come.
        let ended = params![from.timestamp_millis(), until.timestamp_millis().min(now.millis())];
        let mut invited = self.connection.prepare_cached(
            "SELECT count(*) AS invitations, count(*) FILTER (WHERE used_by IS NULL
                 AND NOT EXISTS (SELECT 1 FROM visits WHERE invitation_id = invitations.id)) AS no_shows
             FROM invitations WHERE good_until >= ? AND good_until < ? AND cancelled = 0",
        )?;
        (numbers.invitations, numbers.no_shows) =
            invited.query_row(ended, |row| Ok((row.get("invitations")?, row.get("no_shows")?)))?;
        let mut cases = self.connection.prepare_cached(
            "SELECT count(*) AS complaints, count(*) FILTER (WHERE closed <= due) AS in_time,
                 count(*) FILTER (WHERE coalesce(closed, ?3) > due) AS late
             FROM cases JOIN feedback ON feedback.id = feedback_id WHERE at >= ?1 AND at < ?2",
        )?;
        let time = params![from.timestamp_millis(), until.timestamp_millis(), now.millis()];
        (numbers.complaints, numbers.in_time, numbers.late) = cases
            .query_row(time, |row| Ok((row.get("complaints")?, row.get("in_time")?, row.get("late")?)))?;
        Ok(numbers)
    }

    /// One walk through an index that has all that is counted: no visit itself is read.
    fn count_visits(&self, numbers: &mut Numbers, from: Wall, until: Wall) -> Result<(), BookError> {
        let mut visits = self.connection.prepare_cached(
            "SELECT arrived, zone, host_id, kind_id, assumed, declined, badged, answered
             FROM visits WHERE arrived >= ? AND arrived < ?",
        )?;
        let mut rows = visits.query([from.timestamp_millis(), until.timestamp_millis()])?;
        let (mut days, mut kinds) = (BTreeMap::new(), BTreeMap::<String, u32>::new());
        let mut hosts = BTreeMap::<String, u32>::new();
        let (mut badge, mut answer) = (Vec::new(), Vec::new());
        let last = until - chrono::TimeDelta::milliseconds(1);
        days.extend(
            from.date_naive().iter_days().take_while(|day| *day <= last.date_naive()).map(|day| (day, 0)),
        );
        while let Some(row) = rows.next()? {
            let arrived: i64 = row.get("arrived")?;
            let at = in_zone(arrived, row.get("zone")?);
            numbers.visits += 1;
            *days.entry(at.date_naive()).or_insert(0) += 1;
            if let Some(hour) = numbers.hours.get_mut(at.hour() as usize) {
                *hour += 1;
            }
            tally(&mut hosts, row.get_ref("host_id")?.as_str().unwrap_or_default());
            tally(&mut kinds, row.get_ref("kind_id")?.as_str_or_null().ok().flatten().unwrap_or_default());
            numbers.assumed += row.get::<_, u32>("assumed")?;
            numbers.declined += row.get::<_, u32>("declined")?;
            // A clock that was set back in between would make it less than nothing.
            badge.extend(row.get::<_, Option<i64>>("badged")?.map(|at| (at - arrived).max(0)));
            answer.extend(row.get::<_, Option<i64>>("answered")?.map(|at| (at - arrived).max(0)));
        }
        numbers.days = days.into_iter().collect();
        (numbers.kinds, numbers.hosts) = (most_first(kinds), most_first(hosts));
        (numbers.badge, numbers.answer) = (Spread::of(badge), Spread::of(answer));
        Ok(())
    }
}

fn tally(counts: &mut BTreeMap<String, u32>, key: &str) {
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => drop(counts.insert(key.to_owned(), 1)),
    }
}

fn most_first(counts: BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
