//! Coming without an invitation: what for, whom to see. Hosts are found by name, pinyin, initials or by their
//! department; a department may have somebody for those who name nobody.

use super::{Desk, FieldProblems, Filling, Origin, Page};
use crate::book::{Book, BookError};
use crate::config::VisitType;
use crate::now::Now;
use crate::pinyin::people::{People, Person};
use crate::visit::{Details, Host, Note};
use crate::words::{Lang, Texts};

/// So many people are offered: more letters find who is not among them.
const MOST: usize = 30;
/// So many departments at most stand above the people who fit what is asked for.
const MOST_DEPARTMENTS: usize = 3;

/// Looking for the host.
#[derive(Debug)]
pub(super) struct HostSearch {
    /// None: the host is the recipient of parcels.
    pub filling: Option<Filling>,
    hosts: Vec<Host>,
    people: People,
    asked: String,
    department: Option<Texts>,
}

impl HostSearch {
    pub fn new(filling: Option<Filling>, mut hosts: Vec<Host>) -> Self {
        hosts.retain(|host| !host.gone);
        let person =
            |host: &Host| Person { names: wordings(&host.name), departments: wordings(&host.department) };
        let people: Vec<Person> = hosts.iter().map(person).collect();
        let people = People::new(&people);
        Self { filling, hosts, people, asked: String::new(), department: None }
    }

    /// So much is typed.
    pub fn ask(&mut self, asked: &str) {
        asked.clone_into(&mut self.asked);
    }

    /// The host who is called so, or the only one who fits.
    pub fn named(&self, name: &str) -> Result<Host, super::FieldError> {
        let mut called = self.hosts.iter().filter(|host| is_called(host, name));
        match (called.next(), called.next()) {
            (Some(host), None) => return Ok(host.clone()),
            (Some(_), Some(_)) => return Err(super::FieldError::SeveralHosts),
            (None, _) => {}
        }
        match self.people.find(name, 2).as_slice() {
            [only] => Ok(self.hosts[*only].clone()),
            [] => Err(super::FieldError::NoHost),
            _ => Err(super::FieldError::SeveralHosts),
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
        let recalled = self.filling.as_ref()?.recalled.as_ref()?;
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

    /// Whoever is seen by those who name nobody in this department.
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

/// Whether a host is called so, in any language.
pub(super) fn is_called(host: &Host, name: &str) -> bool {
    let key = crate::visit::fold(name);
    wordings(&host.name).iter().any(|name| crate::visit::fold(name) == key)
}

fn wordings(texts: &Texts) -> Vec<String> {
    texts.all().map(str::to_owned).collect()
}

impl Filling {
    /// An empty form.
    pub(super) fn new(origin: Origin, details: Option<Details>) -> Self {
        Self {
            origin,
            details,
            purpose: None,
            members: Vec::new(),
            instructed: Vec::new(),
            left: (None, None),
            asked: None,
            told: false,
            recalled: None,
            remember: None,
            signed: None,
            photo: None,
            unsigned: false,
            problems: FieldProblems::default(),
        }
    }

    /// Whom they see, once that is known.
    pub(super) fn host(&self) -> Option<&Host> {
        match &self.origin {
            Origin::Invited(guest) => Some(&guest.host),
            Origin::WalkIn(_, host) => host.as_deref(),
        }
    }

    /// What they come for, where that is known.
    pub(super) fn kind(&self) -> Option<&VisitType> {
        match &self.origin {
            Origin::Invited(guest) => guest.kind.as_ref(),
            Origin::WalkIn(kind, _) => Some(kind),
        }
    }

    /// The key of what they come for.
    pub(super) fn kind_id(&self) -> Option<&str> {
        self.kind().map(|kind| kind.kind.id.as_str())
    }

    /// Whether nothing was arranged.
    pub(super) fn is_walk_in(&self) -> bool {
        matches!(self.origin, Origin::WalkIn(..))
    }

    /// The invitation's id.
    pub(super) fn invitation(&self) -> Option<&str> {
        match &self.origin {
            Origin::Invited(guest) => Some(&guest.invitation.id),
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

    pub(super) fn choose_type(&mut self, id: &str, book: &Book) -> Result<(), BookError> {
        let kind = self.config.visit_types.iter().find(|kind| kind.kind.id == id);
        let (Page::Types, Some(kind)) = (&self.page, kind) else { return Ok(()) };
        if kind.parcels {
            return self.look_for_recipient(book);
        }
        self.page = Page::Details(Box::new(Filling::new(Origin::WalkIn(Box::new(kind.clone()), None), None)));
        Ok(())
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

    pub(super) fn choose_department(&mut self, name: &str) {
        let lang = self.lang;
        if let Page::Host(search) = &mut self.page
            && search.departments(lang).contains(&name)
        {
            let chosen = search.hosts.iter().find(|host| host.department.get(lang) == name);
            search.department = chosen.map(|host| host.department.clone());
        }
    }

    pub(super) fn choose_host(&mut self, id: &str, now: Now, book: &Book) -> Result<(), BookError> {
        let Page::Host(search) = &self.page else { return Ok(()) };
        let Some(host) = search.hosts.iter().find(|host| host.id == id) else { return Ok(()) };
        let Some(mut filling) = search.filling.clone() else {
            self.page = Page::Parcels(Box::new(host.clone()), None);
            return Ok(());
        };
        let Origin::WalkIn(kind, chosen) = &mut filling.origin else { return Ok(()) };
        *chosen = Some(Box::new(host.clone()));
        if kind.purposes.is_empty() {
            return self.instruct(filling, now, book);
        }
        self.page = Page::Purpose(Box::new(filling));
        Ok(())
    }

    pub(super) fn purpose_done(&mut self, text: &str, now: Now, book: &Book) -> Result<(), BookError> {
        if let (Page::Purpose(filling), Some(purpose)) = (&self.page, Note::maybe(text)) {
            let mut filling = Filling::clone(filling);
            if let Origin::WalkIn(kind, _) = &mut filling.origin {
                let chosen = |offered: &&Texts| offered.all().any(|said| said == purpose.as_str());
                kind.kind.purpose = kind.purposes.iter().find(chosen).cloned();
            }
            filling.purpose = Some(purpose);
            return self.instruct(filling, now, book);
        }
        Ok(())
    }

    /// One step back in a form; what was chosen before stays chosen.
    #[allow(clippy::wildcard_enum_match_arm, reason = "it is called for the pages of a form only")]
    pub(super) fn back_in_form(&mut self, book: &Book) -> Result<(), BookError> {
        let within = match &mut self.page {
            Page::Host(search) => search.department.take().is_some(),
            Page::Lecture(lecture) => lecture.back(),
            _ => false,
        };
        if within {
            return Ok(());
        }
        let purpose_is_asked = |filling: &Filling| {
            filling.is_walk_in() && filling.kind().is_some_and(|kind| !kind.purposes.is_empty())
        };
        let filling = match &self.page {
            Page::Details(filling) | Page::Members(filling) | Page::Purpose(filling) => filling,
            Page::Agree(filling) => filling,
            Page::Lecture(lecture) => &lecture.filling,
            Page::Photo(posing) => &posing.filling,
            Page::Host(search) => match &search.filling {
                Some(filling) => filling,
                None => {
                    self.reset();
                    return Ok(());
                }
            },
            _ => return Ok(()),
        };
        let mut filling = Filling::clone(filling);
        filling.photo = None;
        filling.problems = FieldProblems::default();
        let before = match &self.page {
            Page::Details(_) if filling.is_walk_in() => Page::Types,
            // To the look-up there is no way back: what was found was given away.
            Page::Details(_) => {
                self.reset();
                return Ok(());
            }
            Page::Agree(_) | Page::Lecture(_) | Page::Photo(_) if purpose_is_asked(&filling) => {
                Page::Purpose(Box::new(filling))
            }
            Page::Agree(_) | Page::Lecture(_) | Page::Photo(_) | Page::Purpose(_) if filling.is_walk_in() => {
                return self.look_for_host(filling, book);
            }
            Page::Members(_) => Page::Details(Box::new(filling)),
            _ if filling.members.is_empty() => Page::Details(Box::new(filling)),
            _ => Page::Members(Box::new(filling)),
        };
        self.page = before;
        Ok(())
    }
}
