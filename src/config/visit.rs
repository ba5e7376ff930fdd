//! `[visit]`: rules for every visit, and for how long what is kept of it.

use super::table::Table;
use super::values::{number, parsed};
use crate::typed::time;
use chrono::NaiveTime;
use std::path::PathBuf;

/// Rules for visits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Visit {
    /// Until when a badge is good, on the day of the visit; in the night after it, where the house closes after that.
    pub ends: NaiveTime,
    /// When the house closes: whoever has not signed out by then is taken to have left. Before noon: in the night after
    /// the day of the visit.
    pub closes: NaiveTime,
    /// After how many days a visit's personal data are deleted; said in the notice and on the pages.
    pub keep_days: u32,
    /// The folder of notices (`zh.md`, `en.md` …); the built-in ones without it.
    pub notices: Option<PathBuf>,
    /// For how many months a safety instruction need not be gone through again.
    pub safety_months: u32,
    /// For how many months those are remembered who want to be; 0: nobody is asked.
    pub remember_months: u32,
}

impl Visit {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let visit = Self {
            ends: table.key("ends", parsed("a time such as \"18:00\"", end)).unwrap_or(default.ends),
            closes: table.key("closes", parsed("a time such as \"22:00\"", end)).unwrap_or(default.closes),
            keep_days: table.key("keep_days", number(1..=3650)).unwrap_or(default.keep_days),
            safety_months: table.key("safety_months", number(1..=120)).unwrap_or(default.safety_months),
            remember_months: table.key("remember_months", number(0..=60)).unwrap_or(default.remember_months),
            notices: table.path("notices"),
        };
        let written = ["closes", "ends"].into_iter().find(|key| table.says(key));
        if let (Some(key), Some(why)) = (written, visit.contradicts()) {
            table.object(key, &why);
        }
        visit
    }
}

/// An hour at which something ends: midnight has two names.
fn end(text: &str) -> Option<NaiveTime> {
    if text == "24:00" { Some(NaiveTime::MIN) } else { time(text) }
}
