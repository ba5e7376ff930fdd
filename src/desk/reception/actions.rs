//! The table of actions: each has a file of its own here, which [`for_all_actions`] names once. What is offered on a
//! card or in a part is asked here, and nowhere else.

use super::action::{Action, for_all_actions};
use super::perform::{Came, Registered, Request};
use super::place::Place;
use crate::book::BookError;
use crate::visit::VisitId;

macro_rules! register {
    ($($file:ident :: $name:ident $what:literal,)+) => {
        $(mod $file;)+

        /// The action behind a name.
        pub(in crate::desk) fn registered(action: Action) -> &'static dyn Registered {
            match action {
                $(Action::$name => &$file::$name,)+
            }
        }
    };
}

for_all_actions!(register);

/// What can be done there, in order.
pub(in crate::desk) fn offered(on: &Place<'_>) -> Vec<Action> {
    let offered = Action::ALL.into_iter().filter(|action| registered(*action).offered(on));
    let (last, mut all): (Vec<_>, Vec<_>) = offered.partition(|action| registered(*action).stands_last(on));
    all.extend(last);
    all
}

/// Somebody on the roll is safe, or missing; none: neither is known.
fn mark(visit: VisitId, safe: Option<bool>, request: &mut Request<'_>) -> Result<Came, BookError> {
    let Some(roll) = request.book.open_roll()? else { return Ok(Came::TooLate) };
    Ok(request.book.mark(roll.id, visit, safe, request.by, request.now)?.into())
}
