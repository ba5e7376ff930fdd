//! Whom do you see, or for whom is it? Hosts are found by name, pinyin, initials or by their department; a department
//! may have somebody for those who name nobody.

use super::parcels::ParcelsForm;
use super::purpose::PurposeForm;
use super::{Ctx, Next, PageLogic};
use crate::book::BookError;
use crate::desk::registration::{Origin, RegistrationDraft};
use crate::desk::{Desk, Event, FieldError, PageView, Registration};
use crate::now::Now;
use crate::pinyin::people::{People, Person};
use crate::visit::Host;
use crate::words::{Lang, Texts};

/// How many people are offered: more letters find who is not among them.
const MOST: usize = 30;
/// How many departments at most stand above the people who fit what is asked for.
const MOST_DEPARTMENTS: usize = 3;

/// Looking for the host.
#[derive(Debug)]
pub struct HostSearch {
    /// None: the host is the recipient of parcels.
    pub draft: Option<RegistrationDraft>,
    hosts: Vec<Host>,
    people: People,
    asked: String,
    department: Option<Texts>,
}

impl PageLogic for HostSearch {
    fn view(&self, desk: &Desk, _now: Now) -> PageView {
        PageView::Host(host_view(self, desk))
    }

    fn take(&mut self, event: Event, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Event::Registration(event) = event else { return Ok(Next::Stay) };
        match event {
            Registration::AskForHost(asked) => {
                self.asked = asked;
                if self.asks() {
                    self.department = None;
                }
                Ok(Next::Stay)
            }
            Registration::ChooseDepartment(name) => {
                self.choose_department(&name, cx.desk.lang);
                Ok(Next::Stay)
            }
            Registration::ChooseHost(id) => self.choose(&id, cx),
            _ => Ok(Next::Stay),
        }
    }

    fn back(&mut self, _cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        if self.department.take().is_some() {
            return Ok(Next::Stay);
        }
        Ok(self.draft.as_ref().map_or(Next::Reset, |draft| draft.tidied().back_to_who()))
    }
}

impl HostSearch {
    fn choose_department(&mut self, name: &str, lang: Lang) {
        if self.departments(lang).contains(&name) {
            let chosen = self.hosts.iter().find(|host| host.department.get(lang) == name);
            self.department = chosen.map(|host| host.department.clone());
        }
    }

    fn choose(&self, id: &str, cx: &mut Ctx<'_>) -> Result<Next, BookError> {
        let Some(host) = self.host(id).cloned() else { return Ok(Next::Stay) };
        let Some(mut draft) = self.draft.clone() else { return Ok(Next::go(ParcelsForm::to(host))) };
        let Origin::WalkIn(kind, chosen) = &mut draft.origin else { return Ok(Next::Stay) };
        *chosen = Some(Box::new(host));
        if kind.purposes.is_empty() {
            return cx.induct(draft);
        }
        Ok(Next::go(PurposeForm(draft)))
    }
}

impl HostSearch {
    pub fn new(draft: Option<RegistrationDraft>, mut hosts: Vec<Host>) -> Self {
        hosts.retain(|host| !host.gone);
        let person =
            |host: &Host| Person { names: wordings(&host.name), departments: wordings(&host.department) };
        let people: Vec<Person> = hosts.iter().map(person).collect();
        let people = People::new(&people);
        Self { draft, hosts, people, asked: String::new(), department: None }
    }

    /// So much is typed.
    pub fn ask(&mut self, asked: &str) {
        asked.clone_into(&mut self.asked);
    }

    /// The host by this name, or the only one who fits.
    pub fn named(&self, name: &str) -> Result<Host, FieldError> {
        let mut called = self.hosts.iter().filter(|host| is_called(host, name));
        match (called.next(), called.next()) {
            (Some(host), None) => return Ok(host.clone()),
            (Some(_), Some(_)) => return Err(FieldError::SeveralHosts),
            (None, _) => {}
        }
        match self.people.find(name, 2).as_slice() {
            [only] => Ok(self.hosts[*only].clone()),
            [] => Err(FieldError::NoHost),
            _ => Err(FieldError::SeveralHosts),
        }
    }

    /// The host with this id.
    pub fn host(&self, id: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.id == id)
    }

    /// What is asked for, tidied.
    pub fn asks(&self) -> bool {
        !self.asked.trim().is_empty()
    }

    /// The department that was chosen.
    pub fn department(&self, lang: Lang) -> Option<&str> {
        self.department.as_ref().map(|department| department.get(lang))
    }

    /// What is typed.
    pub fn asked(&self) -> &str {
        &self.asked
    }

    /// Whom they saw last, while nothing is asked for.
    pub fn last(&self) -> Option<&Host> {
        let recalled = self.draft.as_ref()?.recalled.as_ref()?;
        let idle = !self.asks() && self.department.is_none();
        self.hosts.iter().find(|host| idle && host.id == recalled.host_id)
    }

    /// The people of the department that was chosen, or else those who fit what is asked for.
    pub fn found(&self, lang: Lang) -> Vec<&Host> {
        if let Some(department) = self.department(lang) {
            return self.people_of(department, lang).collect();
        }
        self.people.find(&self.asked, MOST).into_iter().map(|at| &self.hosts[at]).collect()
    }

    /// The host who sees those who name nobody in this department.
    pub fn contact(&self, department: &str, lang: Lang) -> Option<&Host> {
        self.people_of(department, lang).find(|host| host.contact)
    }

    fn people_of<'a, 'b>(
        &'a self,
        department: &'b str,
        lang: Lang,
    ) -> impl Iterator<Item = &'a Host> + use<'a, 'b> {
        self.hosts.iter().filter(move |host| host.department.get(lang) == department)
    }

    /// The departments that can be chosen: those that fit what is asked for, or all, as they stand in the list of
    /// hosts; none once one was chosen.
    pub fn departments(&self, lang: Lang) -> Vec<&str> {
        if self.department.is_some() {
            return Vec::new();
        }
        let fitting = self.people.find_departments(&self.asked);
        let hosts: Vec<&Host> = match self.asks() {
            true => fitting.into_iter().map(|at| &self.hosts[at]).collect(),
            false => self.hosts.iter().collect(),
        };
        let mut departments: Vec<&str> = Vec::new();
        for department in hosts.into_iter().map(|host| host.department.get(lang)) {
            if !department.is_empty() && !departments.contains(&department) {
                departments.push(department);
            }
        }
        departments.truncate(if self.asks() { MOST_DEPARTMENTS } else { usize::MAX });
        departments
    }
}

/// Whether this is the host's name, in any language.
pub fn is_called(host: &Host, name: &str) -> bool {
    let key = crate::visit::fold(name);
    wordings(&host.name).iter().any(|name| crate::visit::fold(name) == key)
}

fn wordings(texts: &Texts) -> Vec<String> {
    texts.all().map(str::to_owned).collect()
}

/// Looking for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostView {
    /// The host is the recipient of parcels.
    pub recipient: bool,
    /// What is typed, where somebody comes back to it.
    pub asked: String,
    /// Something is typed.
    pub asks: bool,
    /// The department that was chosen.
    pub department: Option<String>,
    /// What can be chosen.
    pub rows: Vec<HostRow>,
}

/// Somebody or something to choose while looking for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostRow {
    /// A department.
    Department(String),
    /// The host who is there for a department.
    Anybody {
        /// The id.
        id: String,
        /// The department.
        department: String,
    },
    /// A host.
    Host {
        /// The id.
        id: String,
        /// The name.
        name: String,
        /// The department; may be empty.
        department: String,
        /// Floor and room; may be empty.
        place: String,
        /// They saw this one last time.
        last: bool,
    },
}

fn host_view(search: &HostSearch, desk: &Desk) -> HostView {
    let lang = desk.lang;
    let anybody = |department: &str| {
        let contact = search.contact(department, lang);
        contact.map(|host| HostRow::Anybody { id: host.id.clone(), department: department.to_owned() })
    };
    let departments = search.departments(lang).into_iter().flat_map(|name| {
        // Who typed the department's name may be served with one tap.
        let contact = search.asks().then(|| anybody(name)).flatten();
        contact.into_iter().chain([HostRow::Department(name.to_owned())])
    });
    let of_the_chosen = search.department(lang).and_then(anybody);
    let row = |host: &Host, last| HostRow::Host {
        id: host.id.clone(),
        name: host.name.get(lang).to_owned(),
        department: host.department.get(lang).to_owned(),
        place: host.place.get(lang).to_owned(),
        last,
    };
    let last = search.last().map(|host| row(host, true));
    let hosts = search.found(lang).into_iter().map(|host| row(host, false));
    HostView {
        recipient: search.draft.is_none(),
        asks: search.asks(),
        asked: search.asked().to_owned(),
        department: search.department(lang).map(str::to_owned),
        rows: last.into_iter().chain(departments).chain(of_the_chosen).chain(hosts).collect(),
    }
}
