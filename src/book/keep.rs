//! Keeping the book: its file, lock and place, its versions and copies, whether it is as it was written, what is done by
//! itself at night, and what is erased. Knows no use case.

pub(in crate::book) mod chores;
pub(in crate::book) mod clock_trust;
pub(in crate::book) mod copies;
pub(in crate::book) mod file;
pub(in crate::book) mod indexing;
pub(in crate::book) mod lock;
pub(in crate::book) mod look_over;
pub(in crate::book) mod migrate;
pub(in crate::book) mod names;
pub(in crate::book) mod place;
pub(in crate::book) mod replaced;
pub(in crate::book) mod restore;
pub(in crate::book) mod retention;
pub(in crate::book) mod retold;
pub(in crate::book) mod sums;
pub(in crate::book) mod verification;
pub(in crate::book) mod versions;
pub(in crate::book) mod wiping;
