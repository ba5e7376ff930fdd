//! Opens the kiosk on this machine's display.

use crate::back::{Back, deaf, limits};
use crate::book::{Book, BookError};
use crate::config::Config;
use crate::desk::{Event, LookUp, System};
use crate::front::clock::Clock;
use crate::front::scanner::{self, Inbox};
use crate::front::screen::Screen;
use crate::kiosk::{Kiosk, StartBack};
use crate::{notice::Notices, stock};
use anyhow::Context;
use slint::{CloseRequestResponse, ComponentHandle, Timer};
use std::cell::RefCell;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The first page is on the screen by then.
const BOOK_CHECK_AFTER: Duration = Duration::from_secs(2);

thread_local! {
    /// Reports come from other threads and are told on this one.
    static KIOSK: RefCell<Option<Kiosk>> = const { RefCell::new(None) };
}

pub(super) fn kiosk(config: &Config) -> anyhow::Result<ExitCode> {
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Ok(no_display());
    }
    deaf::listen_to_nobody();
    let clock = Clock::start();
    let notices = Notices::load(config).context("the notices")?;
    let presses = stock::presses(config)?;
    let desk = stock::desk(config, notices, &presses);
    let Ok(screen) = Screen::new(config, presses, &clock) else { return Ok(no_display()) };
    let window = screen.window().clone_strong();
    window.window().on_close_requested(|| CloseRequestResponse::KeepWindowShown);
    let opened = Kiosk::open(desk, stock::book(config), devices(config), screen, clock);
    KIOSK.set(Some(opened));
    let path = config.book.path.clone();
    Timer::single_shot(BOOK_CHECK_AFTER, move || {
        limits::tell();
        look_over(path);
    });
    if window.show().is_err() || slint::run_event_loop_until_quit().is_err() {
        return Ok(no_display());
    }
    KIOSK.set(None);
    Ok(ExitCode::SUCCESS)
}

/// How printer, mail, camera and scanner are taken.
fn devices(config: &Config) -> StartBack {
    let config = config.clone();
    Box::new(move |torn| {
        let tell = Arc::new(|report| post(Event::System(System::Report(report))));
        let back = Back::start(&config, stock::presses(&config)?, torn, tell)
            .context("the threads for printer and mail")?;
        let inbox = Inbox::default();
        let heard = move |code| {
            if inbox.put(code) {
                let inbox = inbox.clone();
                to_kiosk(move |kiosk| {
                    inbox.take().into_iter().for_each(|code| kiosk.tell(Event::LookUp(LookUp::Scanned(code))))
                });
            }
        };
        scanner::listen(&config.scanner, heard).context("the thread for the scanner")?;
        Ok(back)
    })
}

/// Reads the whole book on a thread of its own. With years of visits in it that takes many seconds, for which nobody
/// waits.
fn look_over(path: PathBuf) {
    let looking = thread::Builder::new().name("book".to_owned()).spawn(move || match Book::check(&path) {
        Err(problem @ BookError::Corrupt(_)) => to_kiosk(move |kiosk| kiosk.condemn(&problem)),
        Err(problem) => tracing::warn!("the book was not looked over: {problem}"),
        Ok(()) => tracing::info!("the book was looked over and is sound"),
    });
    if let Err(problem) = looking {
        tracing::warn!("the book was not looked over: {problem}");
    }
}

fn post(event: Event) {
    to_kiosk(move |kiosk| kiosk.tell(event));
}

fn to_kiosk(tell: impl FnOnce(&Kiosk) + Send + 'static) {
    let told = slint::invoke_from_event_loop(move || {
        let kiosk = KIOSK.with_borrow(Clone::clone);
        if let Some(kiosk) = kiosk {
            tell(&kiosk);
        }
    });
    if told.is_err() {
        tracing::debug!("the screen is gone");
    }
}

fn no_display() -> ExitCode {
    let called = super::called();
    eprintln!("frontdesk: there is no display here; `{called} tour` does the whole journey without one");
    ExitCode::from(2)
}
