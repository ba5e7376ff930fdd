//! What follows from what stands in the book: who is written to, asked and let in, and what still matters. Reads only.

pub(in crate::book) mod groups;
pub(in crate::book) mod letters;
pub(in crate::book) mod questions;
pub(in crate::book) mod recipients;
pub(in crate::book) mod relevance;
