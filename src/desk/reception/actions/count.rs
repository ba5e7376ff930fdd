//! Counts a supply: how many are there from now on.

use crate::book::BookError;
use crate::desk::reception::about::OfSupply;
use crate::desk::reception::form::{Answers, Asks, field};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{FieldError, FieldKind, Label};

pub(super) struct Count;

impl Perform for Count {
    type About = OfSupply;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Supply)
    }

    fn step(_: &OfSupply, _: &Request<'_>) -> Result<Step, BookError> {
        Ok(Asks::these(vec![field(Label::Stock, FieldKind::Digits, "", 6)]).into())
    }

    fn perform(
        OfSupply(id): OfSupply,
        request: &mut Request<'_>,
        answers: &Answers<'_>,
    ) -> Result<Came, BookError> {
        let Ok(stock) = answers.text(Label::Stock).trim().parse() else {
            return Ok(Came::Wrong(vec![(Label::Stock, FieldError::NoNumber)]));
        };
        let supplies = &request.desk.config.supplies;
        let Some(supply) = supplies.iter().find(|known| known.id == id) else { return Ok(Came::Nowhere) };
        request.book.count_supply(supply, stock, request.by, request.now)?;
        Ok(Came::Done)
    }
}
