//! Coming without an invitation: what for, whom to see. Hosts are found by name, pinyin, initials or by their
//! department; a department may have somebody for those who name nobody.

use super::{Desk, FieldProblems, Filling, Guest, Origin, Page};
use crate::book::{Book, BookError};
use crate::config::VisitType;
use crate::pinyin::people::{People, Person};
use crate::visit::{Host, Note};
use crate::words::{Lang, Texts};

/// So many people are offered: more letters find who is not among them.
const MOST: usize = 30;

/// Looking for the host.
#[derive(Debug)]
pub(super) struct HostSearch {
    /// None: the host is the recipient of parcels.
    pub filling: Option<Filling>,
    hosts: Vec<Host>,
    people: People,
    asked: String,
    department: Option<String>,
}

impl HostSearch {
    pub fn new(filling: Option<Filling>, hosts: Vec<Host>) -> Self {
        let person =
            |host: &Host| Person { names: wordings(&host.name), departments: wordings(&host.department) };
        let people: Vec<Person> = hosts.iter().map(person).collect();
        let people = People::new(&people);
        Self { filling, hosts, people, asked: String::new(), department: None }
    }

    /// What is asked for, tidied.
    pub fn asks(&self) -> bool {
        !self.asked.trim().is_empty()
    }

    /// The department that was chosen.
    pub fn department(&self) -> Option<&str> {
        self.department.as_deref()
    }

    /// The people who fit.
    pub fn found(&self, lang: Lang) -> Vec<&Host> {
        if self.asks() {
            return self.people.find(&self.asked, MOST).into_iter().map(|at| &self.hosts[at]).collect();
        }
        let Some(department) = &self.department else { return Vec::new() };
        self.hosts.iter().filter(|host| host.department.get(lang) == department).collect()
    }

    /// Whoever is seen by those who name nobody in the department that was chosen.
    pub fn contact(&self, lang: Lang) -> Option<&Host> {
        self.found(lang).into_iter().find(|host| !self.asks() && host.contact)
    }

    /// The departments, as they stand in the list of hosts, while nothing else is asked for.
    pub fn departments(&self, lang: Lang) -> Vec<&str> {
        let mut departments: Vec<&str> = Vec::new();
        if self.asks() || self.department.is_some() {
            return departments;
        }
        for host in &self.hosts {
            let department = host.department.get(lang);
            if !department.is_empty() && !departments.contains(&department) {
                departments.push(department);
            }
        }
        departments
    }
}

fn wordings(texts: &Texts) -> Vec<String> {
    std::iter::once(&texts.base).chain(texts.by.values()).cloned().collect()
}

impl Filling {
    /// A form for somebody who comes for this.
    fn of_walk_in(kind: VisitType) -> Self {
        Self {
            origin: Origin::WalkIn(kind, None),
            details: None,
            purpose: None,
            problems: FieldProblems::default(),
        }
    }

    /// Whom they see, once that is known.
    pub(super) fn host(&self) -> Option<&Host> {
        match &self.origin {
            Origin::Invited(guest) => Some(&guest.host),
            Origin::WalkIn(_, host) => host.as_ref(),
        }
    }

    /// What they come for, where that is not arranged.
    pub(super) fn kind(&self) -> Option<&VisitType> {
        match &self.origin {
            Origin::Invited(_) => None,
            Origin::WalkIn(kind, _) => Some(kind),
        }
    }

    /// The invitation's id.
    pub(super) fn invitation(&self) -> Option<&str> {
        match &self.origin {
            Origin::Invited(Guest { invitation, .. }) => Some(&invitation.id),
            Origin::WalkIn(..) => None,
        }
    }
}

impl Desk {
    pub(super) fn begin_walk_in(&mut self) {
        if matches!(self.page, Page::Welcome | Page::Search(_)) {
            self.show(Page::Types);
        }
    }

    pub(super) fn choose_type(&mut self, id: &str) {
        let kind = self.config.visit_types.iter().find(|kind| kind.kind.id == id);
        if let (Page::Types, Some(kind)) = (&self.page, kind) {
            self.page = Page::Details(Box::new(Filling::of_walk_in(kind.clone())));
        }
    }

    /// The details are whole: whom do they see?
    pub(super) fn look_for_host(&mut self, filling: Filling, book: &Book) -> Result<(), BookError> {
        self.page = Page::Host(Box::new(HostSearch::new(Some(filling), book.hosts()?)));
        Ok(())
    }

    pub(super) fn ask_for_host(&mut self, asked: &str) {
        if let Page::Host(search) = &mut self.page {
            search.asked = asked.to_owned();
            if search.asks() {
                search.department = None;
            }
        }
    }

    pub(super) fn choose_department(&mut self, name: String) {
        let lang = self.lang;
        if let Page::Host(search) = &mut self.page
            && search.departments(lang).contains(&name.as_str())
        {
            search.department = Some(name);
        }
    }

    pub(super) fn choose_host(&mut self, id: &str) {
        let Page::Host(search) = &self.page else { return };
        let Some(host) = search.hosts.iter().find(|host| host.id == id) else { return };
        let Some(mut filling) = search.filling.clone() else {
            self.page = Page::Parcels(Box::new(host.clone()));
            return;
        };
        let Origin::WalkIn(kind, chosen) = &mut filling.origin else { return };
        *chosen = Some(host.clone());
        let asks = !kind.purposes.is_empty();
        let filling = Box::new(filling);
        self.page = if asks { Page::Purpose(filling) } else { Page::Agree(filling) };
    }

    pub(super) fn purpose_done(&mut self, text: &str) {
        if let (Page::Purpose(filling), Some(purpose)) = (&self.page, Note::maybe(text)) {
            let mut filling = filling.clone();
            filling.purpose = Some(purpose);
            self.page = Page::Agree(filling);
        }
    }

    /// One step back in a form; what was chosen before stays chosen.
    #[allow(clippy::wildcard_enum_match_arm, reason = "it is called for the four pages of a form only")]
    pub(super) fn back_in_form(&mut self, book: &Book) -> Result<(), BookError> {
        if let Page::Host(search) = &mut self.page
            && search.department.take().is_some()
        {
            return Ok(());
        }
        let has_purposes = |kind: &VisitType| !kind.purposes.is_empty();
        let before = match &self.page {
            Page::Details(filling) if filling.kind().is_some() => Some(Page::Types),
            Page::Host(search) => search.filling.clone().map(|filling| Page::Details(Box::new(filling))),
            Page::Agree(filling) if filling.kind().is_some_and(has_purposes) => {
                Some(Page::Purpose(filling.clone()))
            }
            Page::Purpose(filling) | Page::Agree(filling) if filling.kind().is_some() => {
                let filling = Filling::clone(filling);
                return self.look_for_host(filling, book);
            }
            Page::Agree(filling) => Some(Page::Details(filling.clone())),
            // To the look-up there is no way back: what was found was given away.
            _ => None,
        };
        match before {
            Some(page) => self.page = page,
            None => self.reset(),
        }
        Ok(())
    }
}
