//! `[[visit_type]]`: what visitors without an invitation may come for, each with rules of its own.

use super::instruction::Instruction;
use super::table::Table;
use super::values::{filled, list_of_texts, one_of, texts, truth};
use crate::visit::Kind;
use crate::words::Texts;
use std::path::PathBuf;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(60 * 60);
/// The keys of a type of visit that speak of somebody who comes in.
const FOR_VISITORS: [&str; 12] = [
    "company",
    "phone",
    "purposes",
    "admits",
    "longest_hours",
    "escort",
    "returns",
    "photo",
    "signature",
    "notice",
    "badge",
    "safety",
];

/// What a visitor without an invitation may come for.
#[derive(Clone, Debug, PartialEq)]
pub struct VisitType {
    /// What is kept with each visit.
    pub kind: Kind,
    /// Whether the company is asked for.
    pub company: Ask,
    /// Whether the telephone number is asked for.
    pub phone: Ask,
    /// What is offered when the purpose is asked for; empty: it is not asked for.
    pub purposes: Vec<Texts>,
    /// Who says whether the visitor may come in.
    pub admits: Admits,
    /// How long the badge is good at most; none: until the visiting hours end.
    pub longest_hours: Option<Duration>,
    /// The folder of notices of its own; the general ones without it.
    pub notice: Option<PathBuf>,
    /// A badge template of its own; the general one without it.
    pub badge: Option<PathBuf>,
    /// Whether a photo is taken for the badge of those who agree to it.
    pub photo: bool,
    /// Whether the visitor signs the notice.
    pub signature: bool,
    /// The safety instruction to go through.
    pub safety: Option<Instruction>,
    /// It is for parcels: nobody comes in, and nothing but `id` and `name` means anything.
    pub parcels: bool,
}

/// Whether something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// It is not.
    No,
    /// It may be left out.
    May,
    /// It is needed.
    Must,
}

/// Who says whether a visitor may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admits {
    /// Nobody: they may.
    Nobody,
    /// The host, or who stands in.
    Host,
    /// Reception.
    Reception,
}

impl VisitType {
    pub(super) fn read(table: &mut Table<'_>, before: &[Self]) -> Option<Self> {
        let (id, name) = (table.key("id", filled), table.key("name", texts));
        let rules = Self::rules(table);
        if let Some(id) = id.as_ref().filter(|id| before.iter().any(|known| known.kind.id == **id)) {
            table.wrong(format!("[[visit_type]] id: {id} stands here twice"));
            return None;
        }
        if id.is_some() && rules.parcels && before.iter().any(|known| known.parcels) {
            table.wrong("[[visit_type]] parcels: only one type is for parcels");
            return None;
        }
        let (id, name) = table.both(("id", "name"), (id, name))?;
        Some(Self { kind: Kind { id, name, ..rules.kind }, ..rules })
    }

    /// All but what a type is called.
    fn rules(table: &mut Table<'_>) -> Self {
        let ask = |table: &mut Table<'_>, key| {
            let words = [("no", Ask::No), ("may", Ask::May), ("must", Ask::Must)];
            table.key(key, one_of(&words)).unwrap_or(Ask::May)
        };
        let switch = |table: &mut Table<'_>, key| table.key(key, truth).unwrap_or(false);
        let admits = [("nobody", Admits::Nobody), ("host", Admits::Host), ("reception", Admits::Reception)];
        let (company, phone) = (ask(table, "company"), ask(table, "phone"));
        let rules = Self {
            company,
            phone,
            purposes: table.key("purposes", list_of_texts).unwrap_or_default(),
            admits: table.key("admits", one_of(&admits)).unwrap_or(Admits::Reception),
            longest_hours: table.time("longest_hours", 1..=24, HOUR),
            kind: Kind {
                id: String::new(),
                name: Texts::default(),
                escort: switch(table, "escort"),
                returns: switch(table, "returns"),
                purpose: None,
            },
            photo: switch(table, "photo"),
            signature: switch(table, "signature"),
            notice: table.path("notice"),
            badge: table.path("badge"),
            safety: Instruction::read(table),
            parcels: switch(table, "parcels"),
        };
        for key in FOR_VISITORS.iter().filter(|_| rules.parcels) {
            table.refuse(key, "it means nothing for parcels: nobody comes in; take it out");
        }
        rules
    }
}
