//! Lets a visitor stay longer; those who came with them may stay as long.

use crate::book::{BookError, Correction};
use crate::desk::reception::form::{Answers, Asks, choice};
use crate::desk::reception::perform::{Came, Perform, Request, Step};
use crate::desk::reception::place::Place;
use crate::desk::reception::{Choice, FieldError, Label};
use crate::now::{Now, Wall};
use crate::visit::{Visit, VisitId};
use chrono::Duration;

/// How much longer somebody may stay, in minutes.
const LONGER: [i64; 6] = [30, 60, 120, 180, 240, 480];

pub(super) struct Extend;

impl Perform for Extend {
    type About = VisitId;

    fn offered(on: &Place<'_>) -> bool {
        matches!(on, Place::Overstayed) || on.open_inside().is_some()
    }

    fn step(id: &VisitId, request: &Request<'_>) -> Result<Step, BookError> {
        let Some(visit) = request.book.visit(*id)? else { return Ok(Step::Nowhere) };
        Ok(Asks::about(&visit, vec![choice(Label::HowLong, longer(&visit, request.now), 1)]).into())
    }

    fn perform(id: VisitId, request: &mut Request<'_>, answers: &Answers<'_>) -> Result<Came, BookError> {
        let Some(visit) = request.book.visit(id)? else { return Ok(Came::TooLate) };
        let Some(good_until) = chosen(answers, request.now) else {
            return Ok(Came::Wrong(vec![(Label::HowLong, FieldError::Missing)]));
        };
        let right = Correction { good_until, ..Correction::of(&visit) };
        Ok(request.book.correct(id, right, request.by, request.now)?.is_some().into())
    }
}

/// Until when somebody may stay who stays longer: counted from the end of the badge, or from now.
fn longer(visit: &Visit, now: Now) -> Vec<Choice> {
    let from = visit.good_until.max(now.wall);
    let hours = LONGER.iter().map(|minutes| from + Duration::minutes(*minutes));
    let hours = hours.map(|hour| now.zone.wall(hour.timestamp_millis()));
    let today = |hour: &Wall| hour.date_naive() == now.day();
    hours.map(|hour| if today(&hour) { Choice::Hour(hour) } else { Choice::When(hour) }).collect()
}

/// What was chosen, while it is still to come.
fn chosen(answers: &Answers<'_>, now: Now) -> Option<Wall> {
    let Some(Choice::Hour(until) | Choice::When(until)) = answers.chosen(Label::HowLong) else { return None };
    Some(*until).filter(|until| *until > now.wall)
}
