//! Parcels were collected.

use crate::book::BookError;
use crate::desk::reception::about::OfParcels;
use crate::desk::reception::form::Answers;
use crate::desk::reception::perform::{Came, Perform, Request};
use crate::desk::reception::place::Place;

pub(super) struct Collect;

impl Perform for Collect {
    type About = OfParcels;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Parcels)
    }

    fn perform(
        OfParcels(number): Self::About,
        request: &mut Request<'_>,
        _: &Answers<'_>,
    ) -> Result<Came, BookError> {
        Ok(request.book.collect(number, request.by, request.now)?.into())
    }
}
