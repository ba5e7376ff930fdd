//! `[reception]`: the people at the desk, and how long they and others have for their answers.

use super::table::Table;
use super::values::{address, number, parsed, spoken, text, texts};
use crate::typed::time;
use crate::words::{Lang, Texts};
use chrono::NaiveTime;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The people at the desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reception {
    /// Where visitors wait and are helped, as mails and pages say it.
    pub place: Texts,
    /// The telephone of reception; may be empty.
    pub phone: String,
    /// Where mails for reception go and where answers to the kiosk's mails go; none: nobody is told by mail.
    pub email: Option<String>,
    /// The language of mails to reception.
    pub lang: Lang,
    /// How long each who is asked whether a visitor may come in is given before the next one is asked.
    pub answer_minutes: Duration,
    /// How long whoever is responsible for a complaint has to answer it.
    pub case_days: Duration,
    /// How long parcels may lie before their recipient is written to again.
    pub parcel_hours: Duration,
    /// Until when the daily look round is to be done.
    pub checks_by: NaiveTime,
    /// How many numbered passes there are to lend when no badge can be printed.
    pub passes: u32,
    /// Of so many strangers within the time below the hosts are told by mail; further ones go to reception.
    pub walk_ins_to_hosts: u32,
    /// Within this time.
    pub walk_ins_minutes: Duration,
}

impl Reception {
    pub(super) fn read(table: &mut Table<'_>, default: &Self) -> Self {
        let checks_by = parsed("a time such as \"09:30\"", time);
        Self {
            place: table.key("place", texts).unwrap_or_else(|| default.place.clone()),
            phone: table.key("phone", text).unwrap_or_else(|| default.phone.clone()),
            email: table.key("email", parsed("a mail address", address)),
            lang: table.key("lang", parsed("\"zh\" or \"en\"", spoken)).unwrap_or(default.lang),
            answer_minutes: table.time("answer_minutes", 1..=120, MINUTE).unwrap_or(default.answer_minutes),
            case_days: table.time("case_days", 1..=60, DAY).unwrap_or(default.case_days),
            parcel_hours: table.time("parcel_hours", 1..=72, HOUR).unwrap_or(default.parcel_hours),
            checks_by: table.key("checks_by", checks_by).unwrap_or(default.checks_by),
            passes: table.key("passes", number(0..=999)).unwrap_or(default.passes),
            walk_ins_to_hosts: table
                .key("walk_ins_to_hosts", number(1..=1000))
                .unwrap_or(default.walk_ins_to_hosts),
            walk_ins_minutes: table
                .time("walk_ins_minutes", 1..=1440, MINUTE)
                .unwrap_or(default.walk_ins_minutes),
        }
    }
}
