//! Forms of reception's pages: what is asked before an action, and how the answers are read. Knows no action.

use super::action::Action;
use super::{CardId, Choice, Fact, FieldError, FieldKind, FieldView, FormView, HostOffer, HostSearch, Label};
use crate::desk::pages::host::is_called;
use crate::visit::{Host, Visit};
use crate::words::{Lang, isolated};

/// So many hosts are offered under the field.
const MOST_HOSTS: usize = 4;
/// The longest word for a visitor that the page holds, in characters.
pub(super) const LONGEST_WORD: u32 = 200;
/// The longest note in characters, as [`crate::visit::Note`] has it.
pub(super) const LONGEST_NOTE: u32 = 80;

/// A field with what stands in it at first and the most characters.
pub(super) fn field(label: Label, kind: FieldKind, text: &str, limit: u32) -> FieldView {
    FieldView { label, kind, text: text.to_owned(), limit, choices: Vec::new(), chosen: 0, error: None }
}

/// A field in which one of several is chosen.
pub(super) fn choice(label: Label, choices: Vec<Choice>, chosen: usize) -> FieldView {
    FieldView { choices, chosen, ..field(label, FieldKind::Choice, "", 0) }
}

/// What an action asks before.
#[derive(Debug, Default)]
pub(in crate::desk) struct Asks {
    /// About whom or what; may be empty.
    pub about: String,
    /// What is to be known before.
    pub facts: Vec<Fact>,
    pub fields: Vec<FieldView>,
    /// The host whose name stands in the field for one.
    pub host: Option<Host>,
}

impl Asks {
    /// These fields; with none, only whether it is meant.
    pub fn these(fields: Vec<FieldView>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// The same, about this visit.
    pub fn about(visit: &Visit, fields: Vec<FieldView>) -> Self {
        let about = format!("{} · {}", isolated(visit.details.name.as_str()), visit.badge);
        Self { about, fields, ..Self::default() }
    }

    pub fn asks_host(&self) -> bool {
        self.fields.iter().any(|field| field.kind == FieldKind::Host)
    }
}

/// A form that is filled in.
#[derive(Debug)]
pub(super) struct Form {
    pub action: Action,
    /// The card that it is about; none: the part.
    pub card: Option<CardId>,
    asks: Asks,
    search: Option<HostSearch>,
}

impl Form {
    /// With the hosts among whom one is chosen, where one is asked for.
    pub fn new(action: Action, card: Option<CardId>, asks: Asks, hosts: Option<Vec<Host>>) -> Self {
        Self { action, card, asks, search: hosts.map(|hosts| HostSearch::new(None, hosts)) }
    }

    /// So much of a host's name is typed.
    pub fn ask_host(&mut self, asked: &str) {
        if let Some(search) = &mut self.search {
            search.ask(asked);
        }
        if self.host(asked).is_none() {
            self.asks.host = None;
        }
    }

    /// A host was chosen, by the id.
    pub fn choose_host(&mut self, id: &str) {
        if let Some(host) = self.search.as_ref().and_then(|search| search.host(id)) {
            self.asks.host = Some(host.clone());
        }
    }

    /// What is wrong is said under its field; the others are right.
    pub fn say_wrong(&mut self, errors: &FieldErrors) {
        for field in &mut self.asks.fields {
            field.error = errors.iter().find(|(label, _)| *label == field.label).map(|(_, error)| *error);
        }
    }

    pub fn view(&self, number: u32, lang: Lang) -> FormView {
        let Asks { about, facts, fields, host } = &self.asks;
        FormView {
            action: self.action,
            about: about.clone(),
            number,
            facts: facts.clone(),
            fields: fields.clone(),
            hosts: self.search.as_ref().map_or_else(Vec::new, |search| {
                search.found(lang).into_iter().take(MOST_HOSTS).map(|host| offer(host, lang)).collect()
            }),
            host_at: host.as_ref().map(|host| offer(host, lang).at).unwrap_or_default(),
        }
    }

    /// The host who was chosen, while their name is what stands in the field: two may have one name.
    fn host(&self, typed: &str) -> Option<&Host> {
        self.asks.host.as_ref().filter(|host| is_called(host, typed))
    }
}

/// A host as they are offered.
fn offer(host: &Host, lang: Lang) -> HostOffer {
    let at = [host.department.get(lang), host.place.get(lang)];
    let at: Vec<_> = at.into_iter().filter(|part| !part.is_empty()).map(isolated).collect();
    HostOffer { id: host.id.clone(), name: host.name.get(lang).to_owned(), at: at.join(" · ") }
}

/// What is wrong, each with its field.
pub(super) type FieldErrors = Vec<(Label, FieldError)>;

/// A form with what was filled in. Of an action that asks nothing there are no answers.
#[derive(Clone, Copy)]
pub(in crate::desk) struct Answers<'a>(Option<(&'a Form, &'a [String])>);

impl<'a> Answers<'a> {
    pub const NONE: Self = Self(None);

    /// Field by field; of a choice its number.
    pub(super) fn to(form: &'a Form, values: &'a [String]) -> Self {
        Self(Some((form, values)))
    }

    /// It says what it said when the form was opened.
    pub fn is_untouched(&self, label: Label) -> bool {
        self.field(label).is_some_and(|field| field.text == self.text(label))
    }

    /// What was typed; of a choice its number.
    pub fn text(&self, label: Label) -> &'a str {
        let Some((form, values)) = self.0 else { return "" };
        let at = form.asks.fields.iter().position(|field| field.label == label);
        at.and_then(|at| values.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// What was typed, which must not be nothing.
    pub fn filled(&self, label: Label) -> Result<&'a str, FieldErrors> {
        Some(self.text(label).trim())
            .filter(|text| !text.is_empty())
            .ok_or(vec![(label, FieldError::Missing)])
    }

    pub fn chosen(&self, label: Label) -> Option<&'a Choice> {
        self.field(label)?.choices.get(self.place(label)?)
    }

    /// Which of a field's choices it is.
    pub fn place(&self, label: Label) -> Option<usize> {
        self.text(label).parse().ok()
    }

    /// The host that was chosen, or is named: exactly, or as the only one who fits.
    pub fn host(&self) -> Result<Host, FieldError> {
        let named = self.text(Label::Host);
        let Some((form, _)) = self.0 else { return Err(FieldError::NoHost) };
        match (form.host(named), &form.search) {
            (Some(chosen), _) => Ok(chosen.clone()),
            (None, Some(search)) => search.named(named),
            (None, None) => Err(FieldError::NoHost),
        }
    }

    fn field(&self, label: Label) -> Option<&'a FieldView> {
        self.0?.0.asks.fields.iter().find(|field| field.label == label)
    }
}
