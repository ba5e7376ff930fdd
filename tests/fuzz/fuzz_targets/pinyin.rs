//! Chinese out of Latin letters: what a visitor types, and whom a visitor looks for.
//!
//! [`lexicon`] knows characters, words and names; a lattice of syllables finds what letters may mean;
//! [`composition`] is one text being composed, key by key; [`keys`] are what a name is found by later, [`spelling`] what is
//! typed for ü; [`likely`] says how likely a text is Chinese at all. Knows no keyboard and no page.

pub mod composition;
pub mod keys;
mod known;
mod lattice;
pub mod lexicon;
pub mod likely;
mod names;
mod names_data;
pub mod pages;
pub mod people;
pub mod sound;
pub mod spelling;

pub use composition::{Candidate, Composition, Purpose};
pub use lexicon::Lexicon;
