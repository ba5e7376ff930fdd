//! The front desk: a lobby kiosk at which visitors check in by themselves.
//!
//! One thread thinks (`kiosk`), a few wait for devices (`back`). The words are a reception's: a **desk**
//! that decides, a **book** that remembers, **errands** that must be run (print this badge, write to this
//! host), **paper** that is laid out (badge, letter), the **front** (screen, scanner), the **back**
//! (printer, mail).
//!
//! # Floors: imports point downward only (`tests/book/floors.rs`)
//!
//! | floor | modules | knows |
//! | --- | --- | --- |
//! | 4 | [`cli`], [`kiosk`], [`stock`], [`tour`] | everyone |
//! | 3 | [`front`], [`back`] | everything below; front and back never each other |
//! | 2 | [`desk`] | book and values |
//! | 1 | [`book`], [`export`] | values; what is exported is the book's |
//! | 0 | [`now`], [`words`], [`files`], [`visit`], [`errand`], [`config`], [`notice`], [`import`], [`paper`], [`picture`], [`pin`], [`pinyin`], [`typed`] | only each other, without a circle |
//!
//! - [`now`]: time as an argument: a monotonic tick for deadlines, a wall time for records, and how clocks are set here
//! - [`words`]: languages, and texts in several of them
//! - [`files`]: whose a file is and who may read it; written whole or not at all; opened where somebody named it
//! - [`visit`]: who comes, what for, whom to see, on which invitation, with which badge, signed how; parcels; feedback; the watch list's rules
//! - [`errand`]: what must be done outside, what came of it, when to try again
//! - [`config`]: `kiosk.toml`, every mistake at once
//! - [`notice`]: what visitors agree to, and what they are asked about safety, versioned
//! - [`import`]: hosts and invitations out of CSV files
//! - [`paper`]: badge, roll call and numbers to bitmap to ESC/POS bytes; letter to words
//! - [`picture`]: pictures that staff name in the configuration, measured before they are unpacked
//! - [`typed`]: dates and times as people write them; signs that nobody sees
//! - [`pin`]: PINs of receptionists: what one must be, how it is kept, how long one waits after wrong ones
//! - [`pinyin`]: letters to Chinese, key by key; people found by a few letters; names that sound the same
//! - [`book`]: SQLite: visits and groups, who may come in, hosts, invitations, parcels, complaints, people who come
//!   again, roll calls, the watch list, supplies, errands, the chained journal; what was is found again and counted;
//!   what is old is erased; copies
//! - [`export`]: visits and numbers as CSV or workbooks
//! - [`desk`]: events in, one view of the whole screen out
//! - [`front`]: view to Slint's pages, taps and scans to events, keys to what is composed
//! - [`back`]: one thread a kind of errand; printer (USB, file), mail (SMTP, folder), files (copies of the book, exports);
//!   what holds the program in, logged at its start
//! - [`kiosk`]: the one loop, the only clock
//! - [`stock`]: what a kiosk is opened with
//! - [`cli`], [`tour`]: staff's commands; the whole journey without a display
//!
//! # Invariants
//!
//! 1. Below floor 3 there is no clock, thread, Slint type or device. Time comes in as a [`now::Now`].
//! 2. The desk's state changes only after the book has said Ok.
//! 3. No device is called inside a transaction.
//! 4. One transaction writes the visit **and** its errands **and** its journal line. First run, retry and
//!    recovery after a power cut are the same path: [`book::Book::due`].
//! 5. In the kiosk only the desk's thread owns the book; the thread that copies it reads its file on a connection of
//!    its own. Staff commands, and that thread when it exports, open it beside the kiosk; each side takes the book for
//!    writing at once (`BEGIN IMMEDIATE`) and waits for the other.
//! 6. After idle, nothing that a visitor typed remains anywhere: not in Slint, not in the desk.
//! 7. A tap, a scan or a device report for a page no longer shown is dropped.
//! 8. Nothing is acknowledged before the book that has it is seen to be in its place ([`book::BookError::Taken`]), and a
//!    kiosk that had a book begins no other one.
//! 9. Only the holder of the kiosk's lock brings a book to a newer version, and keeps it as it was first.
//! 10. What is made beside the book belongs to the book's owner and is read by nobody else, whoever made it; what
//!     somebody named is opened only where it is a plain file ([`files`]).
//!
//! # Where this differs from the first drawing
//!
//! - A book that fails does not end the program: the page says "please go to reception", and the book is
//!   opened again every five seconds until it works.
//! - An errand belongs to a subject: a visit, a delivery or a complaint, each by its UUID. What falls due by
//!   itself (asking the next one about a visitor who waits, reminding of parcels, ending forgotten visits) is
//!   done in [`book::Book::due`] too, so that a restart finds it.
//! - A visit is registered before anybody has said that the visitor may come in; its badge is an errand only
//!   after that.
//! - Each of a group has a visit of their own that names its leader's; the leader's group is asked about, admitted and
//!   declined as one. Whoever comes late joins by the leader's invitation; a group without one is given one.
//! - People are known across visits by a hash of name and telephone number under the book's own pepper.
//! - The privacy notice or the way to reception lies over the journey as an aside and leaves it as it was.

#[expect(clippy::disallowed_methods, reason = "devices are waited for, each on a thread of its own")]
pub mod back;
pub mod book;
#[expect(clippy::disallowed_methods, reason = "a command is a program of its own")]
pub mod cli;
pub mod config;
pub mod desk;
pub mod errand;
pub mod export;
pub mod files;
#[expect(clippy::disallowed_methods, reason = "the clock is here; what takes long is beside the screen")]
pub mod front;
pub mod import;
pub mod kiosk;
pub mod notice;
pub mod now;
pub mod paper;
pub mod picture;
pub mod pin;
pub mod pinyin;
#[expect(clippy::disallowed_methods, reason = "what takes long is read beside the rest")]
pub mod stock;
#[expect(clippy::disallowed_methods, reason = "what a visitor waits for is measured")]
pub mod tour;
pub mod typed;
pub mod visit;
pub mod words;
