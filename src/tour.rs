//! The tour: the whole program without a display. Taps through the real pages with the real desk,
//! book, printer and mail, and writes what a visitor would have seen.

mod figures;
mod folder;
mod journey;
mod labels;
mod reception;
mod stage;
mod walk;

pub use figures::{NOT_FELT_MILLISECONDS, Walked};
pub use journey::names;

use crate::back::Back;
use crate::back::mail::lacks_credential;
use crate::config::{self, Camera, Config, MailKind, Opening, PrinterKind};
use crate::errand::Report;
use crate::front::clock::Clock;
use crate::front::screen::Screen;
use crate::kiosk::{Kiosk, OpenBook, StartBack};
use crate::notice::Notices;
use crate::now::{Now, Tick, Wall};
use crate::stock;
use crate::words::Lang;
use anyhow::{Context, bail};
use chrono::{Days, Duration as Span, NaiveTime};
use folder::Folder;
use frontdesk_ui as ui;
use serde::Serialize;
use slint::ComponentHandle;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// What a camera sees where there is none: a drawing.
const PORTRAIT: &[u8] = include_bytes!("../assets/demo/portrait.png");

/// The last moment of a day.
const MIDNIGHT: NaiveTime = match NaiveTime::from_hms_opt(23, 59, 59) {
    Some(midnight) => midnight,
    None => NaiveTime::MIN,
};

/// One step of the tour, as in `tour.json`.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Which journey it belongs to.
    pub journey: &'static str,
    /// The page that was shown after it.
    pub page: String,
    /// What was tapped, typed or scanned.
    pub done: String,
    /// Where it was tapped, in pixels from the upper left corner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<[f32; 2]>,
    /// Taps so far in this journey.
    pub taps: u32,
    /// With this step the journey has what it is for: the badge, or the end of the visit.
    pub goal: bool,
    /// From the tap to the end of the next frame, in milliseconds; of a stroke the slowest of its moves. None: nothing
    /// was touched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub milliseconds_to_next_frame: Option<f64>,
    /// The picture, where one was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// What is wanted of a tour.
#[derive(Debug)]
pub struct Wish {
    /// The configured printer, mail and camera are used, and mails go to reception instead of to invented hosts; else
    /// files in `out`.
    pub own_devices: bool,
    /// A configuration was read: it need not have everything, and what it has no reason for is left out.
    pub own_configuration: bool,
    /// The folder for what was seen.
    pub out: PathBuf,
    /// The language of the visitors; the kiosk's own without it.
    pub lang: Option<Lang>,
    /// Only this journey; all of them without it.
    pub journey: Option<String>,
    /// The screen, in pixels.
    pub size: (u32, u32),
    /// How long printer and mail may take.
    pub patience: Duration,
}

/// `WxH` in pixels.
///
/// # Errors
/// Not two numbers between 320 and 8192 with an `x` between them.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    sides
        .filter(|(w, h)| (320..=8192).contains(w) && (320..=8192).contains(h))
        .ok_or_else(|| "two numbers from 320 to 8192 are expected, such as 1080x1920".to_owned())
}

/// Does the tour and writes it into the folder.
///
/// # Errors
/// A page did not show what it should, or something could not be written.
pub fn run(config: &Config, wish: &Wish) -> anyhow::Result<Walked> {
    if wish.own_devices && lacks_credential(&config.mail) {
        bail!(
            "the mail server's password is the service's credential, which this shell was not given: run it with \
             systemd-run --pty --uid=frontdesk -p LoadCredential=mail-password:/etc/frontdesk/mail-password"
        );
    }
    let mut folder = Folder::take(&wish.out, config)?;
    let now = Clock::start().now();
    let config = on_tour(config, wish, &mut folder, now)?;
    let story = folder.file("tour.json")?;
    // It stands still but for what the walk lets pass, so that a slow machine is no slow visitor.
    let clock = Clock::at(Now::new(Tick::default(), begins(now, &config.visit)));
    let stage = stage::Stage::raise(wish.size, &clock)?;
    let opened = open(&config, tour_book(&config, wish.own_devices)?, &clock)?;
    let mut walk = walk::Walk::new(&config, wish, folder, opened, stage, clock);
    let walked = walk.walk(&config, wish.journey.as_deref());
    let steps = serde_json::to_vec_pretty(&walk.steps)?;
    std::fs::write(story, steps).context("tour.json")?;
    walked?;
    Ok(Walked::of(&walk.steps, walk.left_out))
}

/// A kiosk with its window, and where the back tells.
type Opened = (Kiosk, ui::Kiosk, Receiver<Report>);

/// Opens a kiosk on the stage.
fn open(config: &Config, book: OpenBook, clock: &Clock) -> anyhow::Result<Opened> {
    let presses = stock::presses(config)?;
    let desk = stock::desk(config, Notices::load(config)?, &presses);
    let screen = Screen::new(config, presses, clock)?;
    let window = screen.window().clone_strong();
    let (report, reports) = mpsc::channel();
    let tell = Arc::new(move |told| {
        // The tour may be over before the last report.
        let _ = report.send(told);
    });
    let devices = config.clone();
    let start_back: StartBack =
        Box::new(move |torn| Ok(Back::start(&devices, stock::presses(&devices)?, torn, tell.clone())?));
    let kiosk = Kiosk::open(desk, book, start_back, screen, clock.clone());
    window.show()?;
    Ok((kiosk, window, reports))
}

/// When the visitors of the tour come: now, unless the house closes within the hour. What happens when it closes
/// happens by itself, and would end their visits under way.
fn begins(now: Now, visit: &config::Visit) -> Wall {
    let closes = visit.closing_of(visit.day(now), now.zone);
    if now.wall < closes - Span::hours(1) { now.wall } else { closes - Span::hours(2) }
}

/// The configuration of the tour: a fresh book with the samples, and files for devices unless the
/// kiosk's own are to be proved.
fn on_tour(config: &Config, wish: &Wish, folder: &mut Folder, now: Now) -> anyhow::Result<Config> {
    let mut config = config.clone();
    (config.book.path, config.staff.pepper_file) = folder.book()?;
    config.book.samples = true;
    config.export = Some(folder.path().join("exports"));
    // An invented book is no copy of anything.
    config.backup = None;
    if !wish.own_devices {
        invent(&mut config, folder, now)?;
    }
    let knows = |lang: &Lang| config.languages.iter().any(|language| language.code == *lang);
    if let Some(lang) = wish.lang.filter(|lang| !knows(lang)) {
        bail!("the configuration has no language {lang}");
    }
    Ok(config)
}

/// Files for devices, and whatever is not configured and would not be seen: a camera, a closed day tomorrow.
fn invent(config: &mut Config, folder: &mut Folder, now: Now) -> anyhow::Result<()> {
    config.printer.kind = PrinterKind::File(folder.path().join("badges"));
    config.mail.kind = MailKind::Folder(folder.path().join("mails"));
    if config.camera.is_none() {
        let portrait = folder.file("portrait.png")?;
        std::fs::write(&portrait, PORTRAIT).context("the picture of the camera")?;
        config.camera = Some(Camera::Picture(portrait));
        let official = config.visit_types.iter_mut().filter(|kind| kind.kind.id == "official");
        official.for_each(|kind| kind.photo = true);
    }
    if config.opening.is_none() {
        let tomorrow = now.day().checked_add_days(Days::new(1)).map(|day| (day, day));
        let hours = std::array::from_fn(|_| vec![(NaiveTime::MIN, MIDNIGHT)]);
        config.opening = Some(Opening { hours, closed: tomorrow.into_iter().collect() });
    }
    Ok(())
}

fn tour_book(config: &Config, own_devices: bool) -> anyhow::Result<OpenBook> {
    if !own_devices {
        return Ok(stock::book(config));
    }
    let open = stock::book(config);
    let reception = match (&config.reception.email, &config.mail.kind) {
        (Some(email), _) => email.clone(),
        // They go nowhere.
        (None, MailKind::Folder(_)) => return Ok(open),
        (None, MailKind::Smtp(_)) => {
            bail!("a tour with real mail sends it to reception: set [reception] email")
        }
    };
    Ok(Box::new(move |now| {
        let mut book = open(now)?;
        let mut hosts = book.hosts()?;
        hosts.iter_mut().for_each(|host| host.email.clone_from(&reception));
        book.put_hosts(&hosts, now)?;
        Ok(book)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn visitors_of_the_tour_come_while_the_house_is_open() {
        let at = |now: &str, closes: u32| {
            let wall = DateTime::parse_from_rfc3339(&format!("2026-11-23T{now}:00+08:00")).unwrap();
            let closes = NaiveTime::from_hms_opt(closes, 0, 0).unwrap();
            let visit = config::Visit { closes, ..Config::built_in().visit };
            begins(Now::new(Tick::default(), wall), &visit).format("%d %H:%M").to_string()
        };
        assert_eq!(at("07:10", 22), "23 07:10");
        assert_eq!(at("20:59", 22), "23 20:59");
        assert_eq!(at("21:00", 22), "23 20:00", "the house would close under way");
        assert_eq!(at("23:59", 22), "23 20:00");
        assert_eq!(at("23:59", 2), "23 23:59", "a house that closes in the night");
        assert_eq!(at("01:30", 2), "23 00:00");
        assert_eq!(at("02:00", 2), "23 02:00");
    }
}
