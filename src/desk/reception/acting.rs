//! A tap on an action: what it asks first, what is made of the answers, what is said of it. Knows no action by name.

use super::actions::{offered, registered};
use super::form::{Answers, Form};
use super::perform::{Came, Request, Step};
use super::place::{Part, Place};
use super::{Action, CardId, ReceptionPages, Said};
use crate::book::{Book, BookError};
use crate::desk::{Desk, Page};
use crate::now::Now;
use crate::visit::Role;

impl Desk {
    /// An action was tapped: what needs words or a second thought gets a form first.
    pub(super) fn act(
        &mut self,
        action: Action,
        card: Option<CardId>,
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::ReceptionPages(pages) = &self.page else { return Ok(()) };
        let (by, role) = (pages.by.clone(), pages.role);
        let mut request = Request { desk: self, by: &by, now, book };
        let step = match may(role, action) {
            true => registered(action).step(card.as_ref(), &request)?,
            false => Step::Nowhere,
        };
        let came = match step {
            Step::AtOnce => registered(action).perform(card.as_ref(), &mut request, &Answers::NONE)?,
            Step::Ask(asks) => {
                let hosts = asks.asks_host().then(|| request.book.hosts()).transpose()?;
                self.show_form(Form::new(action, card, *asks, hosts));
                return Ok(());
            }
            Step::Nowhere => Came::Nowhere,
        };
        self.say_what_came(action, card.as_ref(), came, now);
        Ok(())
    }

    fn show_form(&mut self, form: Form) {
        if let Page::ReceptionPages(pages) = &mut self.page {
            pages.forms = pages.forms.wrapping_add(1);
            pages.form = Some(form);
            pages.said = None;
        }
    }

    /// The form is sent: what is wrong is said under its field, else it is carried out.
    pub(super) fn form_sent(
        &mut self,
        values: &[String],
        now: Now,
        book: &mut Book,
    ) -> Result<(), BookError> {
        let Page::ReceptionPages(pages) = &mut self.page else { return Ok(()) };
        let by = pages.by.clone();
        let Some(mut form) = pages.form.take() else { return Ok(()) };
        let mut request = Request { desk: self, by: &by, now, book };
        let answers = Answers::to(&form, values);
        let came = registered(form.action).perform(form.card.as_ref(), &mut request, &answers);
        match came {
            Ok(Came::Wrong(errors)) => {
                form.say_wrong(&errors);
                self.put_back(form);
                Ok(())
            }
            Ok(came) => {
                self.say_what_came(form.action, form.card.as_ref(), came, now);
                Ok(())
            }
            Err(problem) => {
                self.put_back(form);
                Err(problem)
            }
        }
    }

    /// It is not carried out yet, and nothing that was typed is lost.
    fn put_back(&mut self, form: Form) {
        if let Page::ReceptionPages(pages) = &mut self.page {
            pages.form = Some(form);
        }
    }

    fn say_what_came(&mut self, action: Action, card: Option<&CardId>, came: Came, now: Now) {
        let said = match came {
            Came::Done => Said::Done(action),
            Came::TooLate => Said::TooLate,
            Came::Said(said) => said,
            // No form is open in which it could be said.
            Came::Nowhere | Came::Wrong(_) => {
                tracing::error!("{action:?} is no action for {card:?}; nothing was changed");
                Said::TooLate
            }
            Came::Shown => return,
        };
        if let Page::ReceptionPages(pages) = &mut self.page {
            pages.say(said, now);
            pages.stale();
        }
    }

    /// What can be done in a part as a whole.
    pub(super) fn part_actions(&self, pages: &ReceptionPages) -> Vec<Action> {
        let part = Part {
            section: pages.section,
            roll: pages.roll.is_some(),
            exports: self.config.export.is_some(),
            full: pages.columns.iter().any(|column| column.cards.len() >= pages.most),
        };
        allowed(offered(&Place::Part(part)), pages.role)
    }
}

/// What somebody may do of what is offered.
pub(super) fn allowed(mut actions: Vec<Action>, role: Role) -> Vec<Action> {
    actions.retain(|action| may(role, *action));
    actions
}

fn may(role: Role, action: Action) -> bool {
    role == Role::Manager || !registered(action).is_for_managers()
}
