//! What the house itself does and is: parcels, nobody who is there any more, an emergency, a closed day, a kiosk
//! that cannot work.

use crate::book::Book;
use crate::config::{Config, Opening};
use crate::desk::{DeliveredView, HostRow, HostShown, PageView};
use crate::now::Now;
use crate::stock;
use crate::tour::labels;
use crate::tour::walk::Walk;
use anyhow::{Context, bail, ensure};
use std::time::Duration;

/// So many hours ahead it is looked for one at which the house is closed: more than a week.
const HOURS_AHEAD: u64 = 200;

impl Walk {
    /// Goods for the warehouse, which is found by its initials and has somebody who takes them, to be left; then a
    /// parcel for one person that must be signed for.
    pub(super) fn delivery(&mut self, config: &Config) -> anyhow::Result<()> {
        let Some(kind) = self.type_that(config, "parcels", |kind| kind.parcels)? else { return Ok(()) };
        let name = kind.kind.name.get(self.lang().parse().unwrap_or(crate::words::Lang::EN)).to_owned();
        self.tap_named(&name)?;
        self.look("recipient")?;
        self.tap("Host or department")?;
        self.type_letters("ccb")?;
        self.look("recipient-department")?;
        let PageView::Host(search) = self.kiosk.view().page else { bail!("no recipients are offered") };
        let Some(HostRow::Anybody { department, .. }) = search.rows.first() else {
            bail!("the warehouse's contact does not stand on top: {:?}", search.rows);
        };
        let someone = self.worded("Someone in {0}", &[department]);
        let why = labels::in_language("For the department, not for one person", &self.lang());
        self.tap_named(&self.worded("{0}, {1}", &[&someone, why]))?;
        self.tap("One parcel more")?;
        self.look("parcels")?;
        self.tap("Left at reception")?;
        let left = self.delivered()?;
        ensure!(left.parcels == 2 && !left.to_sign, "two parcels were left: {left:?}");
        self.look("delivered")?;
        self.tap("Done")?;
        self.begin("delivery-to-sign")?;
        self.tap_named(&name)?;
        self.tap("Host or department")?;
        self.type_letters("lxy")?;
        self.tap_first_host()?;
        self.tap("Needs a signature")?;
        let brought = self.delivered()?;
        ensure!(brought.to_sign, "somebody has to sign: {brought:?}");
        self.look("delivered-to-sign")?;
        let parcels = self.kiosk.with_book(|book| book.parcels()).context("the book is closed")??;
        ensure!(
            parcels.iter().any(|delivery| delivery.parcels == 2)
                && parcels.iter().any(|delivery| delivery.to_sign),
            "the parcels are not in the book"
        );
        self.tap("Done")
    }

    fn delivered(&mut self) -> anyhow::Result<DeliveredView> {
        self.wait_for(
            "the mail about the parcels",
            |page| matches!(page, PageView::Delivered(delivered) if delivered.host_state == HostShown::Sent),
        )?;
        let PageView::Delivered(delivered) = self.kiosk.view().page else {
            bail!("the page about the parcels is gone");
        };
        Ok(delivered)
    }

    /// Somebody goes away in the middle: the kiosk asks, waits when they are still there, and forgets when they are not.
    pub(super) fn idle(&mut self, config: &Config) -> anyhow::Result<()> {
        self.tap("I have an invitation")?;
        self.type_letters("D5")?;
        self.pass(config.screen.idle_seconds);
        ensure!(self.kiosk.view().still_there.is_some(), "nobody was asked whether they are there");
        self.rest()?;
        self.look("still-there")?;
        self.tap("I am still here")?;
        self.expect("the page as it was", |page| matches!(page, PageView::Search(_)))?;
        ensure!(self.kiosk.view().still_there.is_none(), "the question still stands");
        self.pass(config.screen.idle_seconds + config.screen.warning_seconds + Duration::from_secs(1));
        self.expect("the welcome page", |page| matches!(page, PageView::Welcome))?;
        self.look("forgotten")
    }

    /// There is an emergency, until it is over; then the house is closed.
    pub(super) fn house(&mut self, config: &Config) -> anyhow::Result<()> {
        self.emergency(config, Some(""))?;
        self.expect_text(config.emergency.get(self.words_in()))?;
        self.look("emergency")?;
        self.tap("I have an invitation")?;
        self.look("emergency-code")?;
        self.emergency(config, None)?;
        self.tap("Back")?;
        let Some(wait) = config.opening.as_ref().and_then(|opening| closes_in(opening, self.clock.now()))
        else {
            return self.leave_out("the closed house: it never closes");
        };
        self.pass(wait);
        self.begin("house-closed")?;
        ensure!(self.kiosk.view().opens.is_some(), "the page does not say that the house is closed");
        self.look("closed")
    }

    /// What reception says elsewhere; the kiosk follows by itself.
    fn emergency(&mut self, config: &Config, word: Option<&str>) -> anyhow::Result<()> {
        let mut book = Book::open_beside(&config.book.path, config.reception.clone())?;
        book.set_emergency(word, "tour", self.clock.now())?;
        self.pass(Duration::from_secs(3));
        ensure!(self.kiosk.view().emergency.is_some() == word.is_some(), "the kiosk does not follow");
        self.rest()?;
        self.note("reception says whether there is an emergency", None, false)
    }

    /// Another kiosk is started on the same book: it sends everybody to reception.
    pub(super) fn broken(&mut self, config: &Config) -> anyhow::Result<()> {
        let first = self.kiosk.clone();
        let book = stock::book(config);
        let second = crate::tour::open(config, Box::new(move |now: Now| book(now)), &self.clock)?;
        self.go_to(second);
        self.rest()?;
        self.expect("the way to reception", |page| matches!(page, PageView::Broken))?;
        self.look("broken")?;
        ensure!(first.with_book(|_| ()).is_some(), "the first kiosk has lost its book");
        Ok(())
    }
}

/// How long until the house is closed; none: within a week it never is.
fn closes_in(opening: &Opening, now: Now) -> Option<Duration> {
    let mut waits = (0..HOURS_AHEAD).map(|hours| Duration::from_secs(hours * 3600));
    waits.find(|wait| opening.opens_next(now.after(*wait)).is_some())
}
