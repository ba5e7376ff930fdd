//! The real program on a real display, touched from outside: what a lobby gets.

mod kills;
mod lobby;
mod reader;
mod stories;
