//! The other parts of reception's pages: roll call, watch list, supplies and the daily look round.

use super::actions::offered;
use super::place::Place;
use super::{Card, CardId, Column, Fact, Heading, Tone};
use crate::book::{Book, BookError, Roll};
use crate::config::Config;
use crate::desk::Desk;
use crate::errand::State;
use crate::now::Now;
use crate::visit::Watched;
use crate::words::{Lang, isolated};

/// So many roll calls of before are shown: three years of drills, one a quarter.
const MOST_ROLLS: usize = 12;

/// Whoever is on the roll, as far as they are accounted for; and the pages of the paper.
pub(super) fn roll_columns(roll: &Roll, book: &Book) -> Result<Vec<Column>, BookError> {
    let (mut unaccounted, mut safe) = (Vec::new(), Vec::new());
    for called in &roll.people {
        let line = &called.line;
        let mut card = Card::plain(CardId::Called(called.visit), &line.name);
        card.corner.clone_from(&line.number);
        card.facts.push(Fact::Goes(line.company.clone(), line.host.clone(), line.area.clone()));
        if !line.host_phone.is_empty() {
            card.facts.push(Fact::Phone(line.host_phone.clone()));
        }
        if let Some(left) = called.left {
            card.facts.push(if called.doubted { Fact::SaidLeft(left) } else { Fact::Left(left, false) });
        }
        card.actions = offered(&Place::Called(called));
        if called.is_accounted_for() {
            if let (Some(true), Some(at)) = (called.safe, called.marked) {
                card.facts.push(Fact::Ticked(called.by.clone(), at));
            }
            card.tone = Tone::Good;
            safe.push(card);
        } else {
            card.tone = if called.safe == Some(false) { Tone::Red } else { Tone::Amber };
            unaccounted.push(card);
        }
    }
    let prints = book.roll_pages(roll.id)?;
    let pages = u32::try_from(prints.len()).unwrap_or(u32::MAX);
    let pages = prints
        .into_iter()
        .map(|print| {
            let mut card = Card::plain(CardId::RollPage(print.page), "");
            card.facts.push(Fact::RollPage(print.page, pages, print.state));
            card.actions = offered(&Place::RollPage(print.state));
            if let State::Failed(_) | State::Unknown(_) = print.state {
                card.tone = Tone::Red;
            }
            card
        })
        .collect();
    let column = |heading, cards| Column { heading, cards };
    Ok(vec![
        column(Heading::Unaccounted, unaccounted),
        column(Heading::Safe, safe),
        column(Heading::Pages, pages),
    ])
}

/// What the open roll is: a drill is told from a fire at one look.
pub(super) fn roll_head(roll: &Roll) -> Fact {
    let then = roll.people.iter().filter(|called| !called.since).count();
    Fact::Roll(then, roll.drill, roll.at)
}

/// The roll calls of before, while none is open.
pub(super) fn past_rolls(book: &Book) -> Result<Vec<Card>, BookError> {
    let cards = book.rolls(MOST_ROLLS)?.into_iter().map(|roll| {
        let mut card = Card::plain(CardId::Roll(roll.id.0), &roll.by);
        card.facts = vec![
            Fact::Roll(roll.people, roll.drill, roll.at),
            Fact::Accounted(roll.safe, roll.people),
            Fact::Ended(roll.ended),
        ];
        card
    });
    Ok(cards.collect())
}

pub(super) fn watched_card(watched: &Watched, with_reason: bool) -> Card {
    let known = [&watched.name, &watched.phone, &watched.company];
    let title: Vec<_> =
        known.into_iter().filter(|part| !part.is_empty()).map(|part| isolated(part)).collect();
    let mut card = Card::plain(CardId::Watched(watched.id), &title.join(" · "));
    if !watched.note.is_empty() {
        card.facts.push(Fact::Note(watched.note.clone()));
    }
    if with_reason && !watched.reason.is_empty() {
        card.facts.push(Fact::Reason(watched.reason.clone()));
    }
    card.facts.push(Fact::Until(watched.until));
    card.actions = offered(&Place::Watched);
    card
}

/// Supplies, and what is looked at every day.
pub(super) fn room_columns(
    config: &Config,
    lang: Lang,
    book: &Book,
    now: Now,
) -> Result<Vec<Column>, BookError> {
    let stocks = book.supplies(&config.supplies)?;
    let supplies = config.supplies.iter().zip(stocks).map(|(supply, stock)| {
        let mut card = Card::plain(CardId::Supply(supply.id.clone()), supply.name.get(lang));
        card.facts.push(Fact::Stock(stock.stock, supply.safety));
        if supply.roll_metres.is_some() && stock.stock.is_some() {
            card.facts.push(Fact::Used(stock.used_mm));
        }
        card.tone = if stock.low { Tone::Amber } else { Tone::Plain };
        card.actions = offered(&Place::Supply);
        card
    });
    let supplies = supplies.collect();
    let ticked = book.checks(now.wall.date_naive())?;
    let late = book.missed_checks(&config.daily_checks, now)?;
    let checks = config.daily_checks.iter().map(|check| {
        let mut card = Card::plain(CardId::Check(check.id.clone()), check.name.get(lang));
        let found = ticked.iter().find(|ticked| ticked.item == check.id);
        card.actions = offered(&Place::Check { ticked: found.is_some() });
        match found {
            Some(ticked) => {
                card.facts.push(Fact::Ticked(ticked.by.clone(), ticked.at));
                card.tone = Tone::Good;
            }
            None => {
                card.facts.push(Fact::NotTicked);
                card.tone = if late.contains(&check) { Tone::Amber } else { Tone::Plain };
            }
        }
        card
    });
    let checks = checks.collect();
    let column = |heading, cards| Column { heading, cards };
    let mut columns = vec![column(Heading::Checks, checks), column(Heading::Supplies, supplies)];
    let missed = missed_yesterday(config, lang, book, now)?;
    if !missed.is_empty() {
        columns.push(column(Heading::Missed, missed));
    }
    Ok(columns)
}

/// What of the look round nobody did yesterday. It cannot be done any more.
fn missed_yesterday(config: &Config, lang: Lang, book: &Book, now: Now) -> Result<Vec<Card>, BookError> {
    let evening = now.zone.wall(now.midnight().timestamp_millis() - 1);
    let missed = book.missed_on(evening.date_naive(), now.zone, &config.daily_checks)?;
    let cards = missed.into_iter().map(|check| {
        let mut card = Card::plain(CardId::Missed(check.id.clone()), check.name.get(lang));
        card.facts.push(Fact::Missed(evening));
        card
    });
    Ok(cards.collect())
}

impl Desk {
    /// How much of the room wants a hand: what is not ticked in time, and what runs out.
    pub(super) fn room_todo(&self, book: &Book, now: Now) -> Result<usize, BookError> {
        let columns = room_columns(&self.config, self.lang, book, now)?;
        let wanting = |column: &Column| column.cards.iter().filter(|card| card.tone == Tone::Amber).count();
        Ok(columns.iter().map(wanting).sum())
    }
}
