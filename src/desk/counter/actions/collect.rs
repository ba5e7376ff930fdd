//! Parcels were collected.

use crate::book::BookError;
use crate::desk::counter::about::OfParcels;
use crate::desk::counter::form::Answers;
use crate::desk::counter::perform::{Came, Perform, Request};
use crate::desk::counter::place::Place;

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
