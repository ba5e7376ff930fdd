//! The tour: the whole program without a display. Taps through the real pages with the real desk,
//! book, printer and mail, and writes what a visitor would have seen.

mod journey;
mod labels;
mod reception;
mod stage;
mod walk;

pub use journey::names;

use crate::back::Back;
use crate::back::mail::lacks_credential;
use crate::config::Config;
use crate::front::clock::Clock;
use crate::front::screen::Screen;
use crate::kiosk::Kiosk;
use crate::notice::Notices;
use crate::stock;
use crate::words::Lang;
use anyhow::{Context, bail};
use serde::Serialize;
use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// What a camera sees where there is none: a drawing.
const PORTRAIT: &[u8] = include_bytes!("../assets/demo/portrait.png");

/// One step of the tour, as in `tour.json`.
#[derive(Debug, Serialize)]
pub struct Step {
    /// Which journey it belongs to.
    pub journey: &'static str,
    /// The page that was shown after it.
    pub page: String,
    /// What was tapped, typed or scanned.
    pub done: String,
    /// Taps so far in this journey.
    pub taps: u32,
    /// With this step the journey has what it is for: the badge, or the end of the visit.
    pub goal: bool,
    /// From the tap to the end of the next frame, in milliseconds.
    pub milliseconds_to_next_frame: f64,
    /// The picture, where one was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
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

/// Does the tour and writes it into `out`. With `own_devices` it uses the configured printer and mail,
/// and its mails go to reception instead of to invented hosts; else files in `out`.
///
/// # Errors
/// A page did not show what it should, or something could not be written.
pub fn run(
    config: &Config,
    own_devices: bool,
    out: &Path,
    (lang, journey): (Option<Lang>, Option<&str>),
    size: (u32, u32),
    patience: Duration,
) -> anyhow::Result<ExitCode> {
    if own_devices && lacks_credential(&config.mail) {
        bail!(
            "the mail server's password is the service's credential, which this shell was not given: run it with \
             systemd-run --pty --uid=frontdesk -p LoadCredential=mail-password:/etc/frontdesk/mail-password"
        );
    }
    std::fs::create_dir_all(out).with_context(|| format!("{}", out.display()))?;
    let config = on_tour(config, own_devices, out, lang)?;
    let stage = stage::Stage::raise(size)?;
    let clock = Clock::start();
    let presses = stock::presses(&config)?;
    let desk = stock::desk(&config, Notices::load(&config)?, &presses);
    let screen = Screen::new(&config, presses, &clock)?;
    let window = slint::ComponentHandle::clone_strong(screen.window());
    let (report, reports) = mpsc::channel();
    let tell = Arc::new(move |told| {
        // The tour may be over before the last report.
        let _ = report.send(told);
    });
    let back = Back::start(&config, stock::presses(&config)?, tell)?;
    let kiosk = Kiosk::open(desk, tour_book(&config, own_devices)?, screen, back, clock);
    slint::ComponentHandle::show(&window)?;
    let mut walk = walk::Walk::new(kiosk, window, stage, reports, out, lang, patience);
    let walked = walk.walk(&config, journey);
    let steps = serde_json::to_vec_pretty(&walk.steps)?;
    std::fs::write(out.join("tour.json"), steps).context("tour.json")?;
    walked?;
    Ok(ExitCode::SUCCESS)
}

/// The configuration of the tour: a fresh book with the samples, and files for devices unless the
/// kiosk's own are to be proved.
fn on_tour(config: &Config, own_devices: bool, out: &Path, lang: Option<Lang>) -> anyhow::Result<Config> {
    let mut config = config.clone();
    config.book.path = out.join("book").join("frontdesk.db");
    config.book.samples = true;
    config.staff.pepper = out.join("book").join("pepper");
    // Yesterday's tour has used its invitations.
    match std::fs::remove_dir_all(out.join("book")) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
            return Err(problem).context("the book of the last tour");
        }
        _ => {}
    }
    if !own_devices {
        config.printer.kind = crate::config::PrinterKind::File(out.join("badges"));
        config.mail.kind = crate::config::MailKind::Folder(out.join("mails"));
    }
    if !own_devices && config.camera.is_none() {
        let portrait = out.join("portrait.png");
        std::fs::write(&portrait, PORTRAIT).context("the picture of the camera")?;
        config.camera = Some(crate::config::Camera::Picture(portrait));
        config
            .visit_types
            .iter_mut()
            .filter(|kind| kind.kind.id == "official")
            .for_each(|kind| kind.photo = true);
    }
    if let Some(lang) = lang.filter(|lang| config.languages.iter().all(|language| language.code != *lang)) {
        bail!("the configuration has no language {lang}");
    }
    Ok(config)
}

fn tour_book(config: &Config, own_devices: bool) -> anyhow::Result<crate::kiosk::OpenBook> {
    if !own_devices {
        return Ok(stock::book(config));
    }
    let Some(reception) = config.reception.email.clone() else {
        bail!("a tour with real mail sends it to reception: set [reception] email");
    };
    let open = stock::book(config);
    Ok(Box::new(move |now| {
        let mut book = open(now)?;
        let mut hosts = book.hosts()?;
        hosts.iter_mut().for_each(|host| host.email.clone_from(&reception));
        book.put_hosts(&hosts, now)?;
        Ok(book)
    }))
}
