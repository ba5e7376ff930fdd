//! Who the visitor is.

use super::Ears;
use crate::config::Ask;
use crate::desk::{DetailsView, Event, Field, OthersShown, Registration};
use crate::front::values::{self, shown};
use frontdesk_ui as ui;
use slint::{ComponentHandle, SharedString};

/// What the page was told last of somebody who is remembered.
#[derive(Default)]
pub(super) struct Known {
    /// Their company; empty where they gave none.
    recalled: Option<String>,
    /// The company that was filled in for them.
    filled_in: Option<String>,
}

pub(super) fn hear(ears: &Ears<'_>) {
    let page = ears.window.global::<ui::Details>();
    let leave = ears.of(|(field, text): (ui::Field, SharedString)| {
        let field = match field {
            ui::Field::Name => Field::Name,
            ui::Field::Company => Field::Company,
            ui::Field::Phone => Field::Phone,
        };
        Event::Registration(Registration::LeaveField(field, text.into()))
    });
    page.on_leave(move |field, text| leave((field, text)));
    let done = ears.typed(|window, ()| {
        let page = window.global::<ui::Details>();
        let (typed, chosen) = (page.get_typed(), page.get_chosen());
        Event::Registration(Registration::DetailsDone {
            name: typed.name.into(),
            company: typed.company.into(),
            phone: typed.phone.into(),
            party: chosen.party,
            remember: chosen.remember,
        })
    });
    page.on_next(move || done(()));
}

/// What is being typed belongs to Slint: the texts are set only when the page is entered.
pub(super) fn show(window: &ui::Kiosk, details: &DetailsView, entered: bool, known: &mut Known) {
    let page = window.global::<ui::Details>();
    // A visitor without an invitation begins with nothing, and comes back to what they typed.
    if let Some(start) = details.details.as_ref().filter(|_| entered) {
        page.set_typed(ui::DetailsTyped {
            name: start.name.as_str().into(),
            company: start.company.as_ref().map(|company| company.as_str()).unwrap_or_default().into(),
            phone: start.phone.as_ref().map(|phone| phone.as_str()).unwrap_or_default().into(),
        });
        page.set_chosen(ui::DetailsChosen { party: i32::from(start.party), ..page.get_chosen() });
    }
    if details.recalled != known.recalled {
        recall(&page, details.recalled.as_deref(), known);
    }
    let (phone_slip, phone_digits) = values::slip(details.problems.phone);
    page.set_view(ui::DetailsView {
        name_slip: values::slip(details.problems.name).0,
        company_slip: values::slip(details.problems.company).0,
        phone_slip,
        phone_digits,
        remember_months: details.remember_months.unwrap_or(0) as i32,
        recalled: details.recalled.is_some(),
        asks_party: details.party,
        others: match details.others {
            OthersShown::No => ui::Others::No,
            OthersShown::Asked => ui::Others::Asked,
            OthersShown::Invited => ui::Others::Invited,
        },
        asks_company: details.company != Ask::No,
        needs_company: details.company == Ask::Must,
        asks_phone: details.phone != Ask::No,
        keep_days: details.keep_days as i32,
        host: shown(&details.host),
        department: shown(&details.department),
    });
}

/// What was filled in and ticked for one person is not another's.
fn recall(page: &ui::Details<'_>, company: Option<&str>, known: &mut Known) {
    let (mut typed, mut chosen) = (page.get_typed(), page.get_chosen());
    if known.recalled.take().is_some() {
        chosen.remember = false;
    }
    if known.filled_in.take().is_some_and(|company| typed.company == company) {
        typed.company = SharedString::default();
    }
    if let Some(company) = company {
        chosen.remember = true;
        if typed.company.is_empty() {
            typed.company = company.into();
            known.filled_in = Some(company.to_owned());
        }
    }
    known.recalled = company.map(str::to_owned);
    page.set_typed(typed);
    page.set_chosen(chosen);
}
