//! What a kiosk is opened with, out of its configuration: the badge press, the desk, the book with its samples.

use crate::book::Book;
use crate::config::Config;
use crate::desk::Desk;
use crate::files::named;
use crate::import::{Owner, Secrets};
use crate::kiosk::OpenBook;
use crate::notice::Notices;
use crate::now::Now;
use crate::paper::TemplateError;
use crate::paper::badge::{BUILT_IN_TEMPLATE, PHOTO_TEMPLATE, Press, Presses};
use crate::visit::{InviteCode, Token};
use crate::{import, visit};
use anyhow::{Context, anyhow, bail};
use rustix::time::{ClockId, clock_gettime};
use std::cell::Cell;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// So long a template may take to draw; the built-in one takes a fiftieth of a second.
const DRAWN_WITHIN: Duration = Duration::from_secs(2);

/// Invented hosts for trying out.
const SAMPLE_HOSTS: &[u8] = include_bytes!("../assets/demo/hosts.csv");
/// Invented invitations for trying out; the README names a code and a QR code of them.
const SAMPLE_INVITATIONS: &[u8] = include_bytes!("../assets/demo/invitations.csv");

/// The press with this template, or with the built-in one.
///
/// # Errors
/// The template cannot be read or used; says why.
pub fn press(config: &Config, template: Option<&Path>) -> anyhow::Result<Press> {
    let width = config.printer.width;
    let Some(file) = template else {
        return Press::new(BUILT_IN_TEMPLATE, width).context("the badge template");
    };
    let template = named::read_text(file).with_context(|| format!("{}", file.display()))?;
    in_time(move || Press::new(&template, width)).context("the badge template")
}

/// The press, if it is made in [`DRAWN_WITHIN`]. What takes longer is left to itself on its own thread: a drawing cannot
/// be stopped, and the kiosk does not wait for it.
fn in_time(make: impl FnOnce() -> Result<Press, TemplateError> + Send + 'static) -> anyhow::Result<Press> {
    let (done, press) = channel();
    thread::Builder::new().name("template".to_owned()).spawn(move || {
        // Nobody is there where it took too long.
        let _ = done.send(make());
    })?;
    let used = || Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap_or_default();
    let begun = used();
    loop {
        match press.recv_timeout(DRAWN_WITHIN) {
            Ok(made) => return Ok(made?),
            Err(RecvTimeoutError::Disconnected) => {
                bail!("it cannot be drawn; please report it with the file")
            }
            // On a machine that has other things to do too, the time that was really worked counts.
            Err(RecvTimeoutError::Timeout) if used().saturating_sub(begun) < DRAWN_WITHIN => {}
            Err(RecvTimeoutError::Timeout) => {
                bail!("it takes longer than {} s to draw: make it simpler", DRAWN_WITHIN.as_secs())
            }
        }
    }
}

/// A press for each type of visit. Where a template cannot be used the general one is used instead, or the
/// built-in one: visitors get a badge all the same, and the log and `doctor` say what is wrong. The built-in badge
/// with a photo goes with the built-in one without; a general template of the house's own has a place for a photo or
/// none is taken.
///
/// # Errors
/// The built-in template cannot be used at this width.
pub fn presses(config: &Config) -> anyhow::Result<Presses> {
    let general = press(config, config.printer.template.as_deref()).or_else(|problem| {
        tracing::error!("the built-in badge template is used instead: {problem:#}");
        press(config, None)
    })?;
    let own = config.visit_types.iter().filter_map(|kind| Some((kind, kind.badge.as_deref()?)));
    let own = own.filter_map(|(kind, path)| match press(config, Some(path)) {
        Ok(press) => Some((kind.kind.id.clone(), press)),
        Err(problem) => {
            tracing::error!(kind = kind.kind.id, "the general badge template is used instead: {problem:#}");
            None
        }
    });
    let own = own.collect();
    let takes_photos = config.camera.is_some() && config.printer.template.is_none();
    let with_photo = takes_photos.then(|| Press::new(PHOTO_TEMPLATE, config.printer.width));
    let with_photo = with_photo.and_then(|press| {
        let complain = |problem: &TemplateError| tracing::error!("badges have no photos: {problem}");
        press.inspect_err(complain).ok()
    });
    Ok(Presses::new(general, with_photo, own))
}

/// The desk, which offers a photo only for badges that have a place for one.
pub fn desk(config: &Config, notices: Notices, presses: &Presses) -> Desk {
    let kinds = config.visit_types.iter().map(|kind| &kind.kind.id);
    let kinds = kinds.filter(|id| presses.takes_photo(id)).cloned().collect();
    Desk::new(config, notices).with_photos_for(kinds)
}

/// How to open the configured book; an empty one gets the samples if they are wanted.
pub fn book(config: &Config) -> OpenBook {
    let (config, opened) = (config.clone(), Cell::new(false));
    Box::new(move |now| {
        let open = if opened.get() { Book::reopen } else { Book::open };
        let mut book = open(&config.book.path, config.reception.clone(), now)?;
        opened.set(true);
        book.set_facilities(&config.facilities);
        book.set_hours(&config.visit);
        if config.book.samples && book.is_empty()? {
            match samples(&config, now) {
                Ok((hosts, invitations)) => {
                    book.begin_with(&hosts, &invitations, now)?;
                }
                Err(problem) => tracing::error!("the samples: {problem:#}"),
            }
        }
        Ok(book)
    })
}

/// Invented hosts and invitations, whose codes everybody can read.
///
/// # Errors
/// They are not what this program reads: a mistake of the build.
pub fn samples(config: &Config, now: Now) -> anyhow::Result<(Vec<visit::Host>, Vec<visit::Invitation>)> {
    let problems = |problems: Vec<import::RowProblem>| anyhow!("{problems:?}");
    let hosts = import::hosts(SAMPLE_HOSTS, &[], &[]).map_err(problems)?.rows;
    let kinds = config.kinds();
    let samples = (SAMPLE_INVITATIONS, &[][..]);
    let invitations = import::invitations(samples, &hosts, &kinds, now.zone, &mut OwnSecrets, now.wall)
        .map_err(problems)?;
    Ok((hosts, invitations.rows))
}

/// Every sample brings its own token and code.
struct OwnSecrets;

impl Secrets for OwnSecrets {
    fn earlier(&mut self, _: &str) -> Option<(Token, InviteCode)> {
        None
    }

    fn owner_of_code(&mut self, _: &InviteCode) -> Option<Owner> {
        None
    }

    fn owner_of_token(&mut self, _: &Token) -> Option<Owner> {
        None
    }

    fn random(&mut self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Camera;

    #[test]
    fn photos_go_with_templates_that_have_a_place_for_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, svg: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, svg).unwrap();
            path
        };
        let (plain, photo) = (file("plain.svg", BUILT_IN_TEMPLATE), file("photo.svg", PHOTO_TEMPLATE));
        let takes = |general: Option<&Path>, own: Option<&Path>, camera: bool| {
            let mut config = Config::built_in();
            config.camera = camera.then(|| Camera::Picture("portrait.png".into()));
            config.printer.template = general.map(Path::to_owned);
            config.visit_types[0].badge = own.map(Path::to_owned);
            presses(&config).unwrap().takes_photo(&config.visit_types[0].kind.id)
        };
        assert!(takes(None, None, true) && !takes(None, None, false));
        assert!(!takes(Some(&plain), None, true) && takes(Some(&photo), None, true));
        assert!(!takes(None, Some(&plain), true) && takes(Some(&plain), Some(&photo), true));
    }

    #[test]
    fn a_kiosk_with_a_camera_opens_on_every_paper() {
        for width in [384, 512, 576, 640] {
            let mut config = Config::built_in();
            config.camera = Some(Camera::Picture("portrait.png".into()));
            config.printer.width = width;
            assert!(presses(&config).unwrap().takes_photo("customer"), "{width}");
        }
    }
}
