//! The program itself, as it is installed: staff's commands, the kiosk on a display, printer, scanner, camera, mail and the
//! machine around it. One program of tests, for each is linked with all of the kiosk; what a test needs alone (a USB bus,
//! a mount namespace, a user, a display) it has in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test says what failed by failing"
)]

mod badge_prints;
mod badge_templates;
mod camera;
mod compose;
mod config;
mod doctor;
mod export;
mod files;
mod import;
mod keeping;
mod kiosk_display;
mod machine;
mod mail;
mod printer_mishaps;
mod printer_normal;
mod reception;
mod sandbox;
mod scanner_serial;
mod tour;

#[path = "../support/badge_paper.rs"]
mod badge_paper;
#[path = "../support/badges.rs"]
mod badges;
#[path = "../support/bed.rs"]
mod bed;
#[path = "../support/beside.rs"]
mod beside;
#[path = "../support/disk.rs"]
mod disk;
#[path = "../support/display.rs"]
mod display;
#[allow(dead_code, reason = "the stories of the book need the rest")]
#[path = "../support/visits.rs"]
mod support;
#[path = "../support/usb.rs"]
mod usb;
