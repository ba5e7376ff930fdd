//! One loop a kind of errand: lays the work out, hands it to the device, tells what came of it.

use super::Tell;
use super::mail::Post;
use super::printer::Printer;
use crate::config::Config;
use crate::errand::{Errand, ErrandId, Letter, Outcome, PrinterState, Report, Trouble, Work};
use crate::paper::badge::Presses;
use crate::paper::escpos;
use crate::paper::letter::Sender as LetterHead;
use crate::paper::staff::printer_line;
use crate::paper::{numbers, roll};
use crate::words::Lang;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often the printer is looked at while it has nothing to do: a trouble is on the screen within 2 s.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Prints badges, pages of roll calls and sheets of numbers, on paper of `width` dots, until the desk is gone.
pub(super) fn run_paper(
    mut printer: Printer,
    presses: &Presses,
    width: u32,
    errands: &Receiver<Errand>,
    tell: &Tell,
) {
    let mut last = PrinterState::NotSeen;
    let mut changed = |state| {
        if state != last {
            told_to_staff(state);
            tell(Report::Printer(state));
            last = state;
        }
    };
    loop {
        match errands.recv_timeout(LOOK_EVERY) {
            Ok(errand) => {
                let (outcome, fed) = print(&mut printer, presses, width, &errand.work, &mut changed);
                tracing::info!(errand = %errand.id.0, ?outcome, "paper");
                tell(Report::Ran(errand.id, outcome));
                if let Some(millimetres) = fed {
                    tell(Report::Fed(millimetres));
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let state = unharmed(PrinterState::Trouble(Trouble::PrinterError), || printer.look());
        changed(state);
    }
}

/// The log is where facilities staff look from afar: what it is, and what to do about it.
fn told_to_staff(state: PrinterState) {
    let line = printer_line(state, Lang::EN);
    match state {
        PrinterState::NotSeen | PrinterState::Ready { paper_low: false } => tracing::info!("{line}"),
        PrinterState::Ready { paper_low: true } | PrinterState::Trouble(_) => tracing::warn!("{line}"),
    }
}

/// What came of it, and how many millimetres of paper went out, where any did: of what broke off, as many as of a whole
/// one, for the rest is spoilt.
fn print(
    printer: &mut Printer,
    presses: &Presses,
    width: u32,
    work: &Work,
    tell: &mut dyn FnMut(PrinterState),
) -> (Outcome, Option<u32>) {
    let name = match work {
        Work::Badge(badge) => badge.number.to_string(),
        Work::Roll(page) => format!("roll-{}", page.page),
        Work::Numbers(sheet) => format!("numbers-{}", sheet.period),
        Work::Letter(_) | Work::Backup(_) | Work::Export(_) => {
            return (Outcome::Failed(Trouble::BadTemplate), None);
        }
    };
    let laid_out = unharmed(Err(Trouble::BadTemplate), || {
        let bitmap = match work {
            Work::Badge(badge) => presses.lay_out(badge)?,
            Work::Roll(page) => roll::lay_out(page, width)?,
            Work::Numbers(sheet) => numbers::lay_out(sheet, width)?,
            Work::Letter(_) | Work::Backup(_) | Work::Export(_) => return Err(Trouble::BadTemplate),
        };
        let job = escpos::encode(&bitmap).map_err(|problem| {
            tracing::error!("{problem}");
            Trouble::BadTemplate
        })?;
        Ok((bitmap, job))
    });
    match laid_out {
        Ok((bitmap, job)) => {
            let outcome = unharmed(Outcome::Unknown(Trouble::PrinterError), || {
                printer.print(&name, &bitmap, &job, tell)
            });
            let fed = matches!(outcome, Outcome::Done(_) | Outcome::Unknown(_));
            (outcome, fed.then(|| escpos::millimetres(&bitmap)))
        }
        Err(trouble) => (Outcome::Failed(trouble), None),
    }
}

/// The post office of this configuration.
pub(super) fn post(config: &Config) -> Post {
    let head = LetterHead {
        company: config.company.name.clone(),
        reception_phone: config.reception.phone.clone(),
        replies: config.reception.email.is_some(),
    };
    Post::new(&config.mail, config.reception.email.as_deref(), head)
}

/// Runs letters until the desk is gone; those that wait together go over one connection.
pub(super) fn run_letters(mut post: Post, errands: &Receiver<Errand>, tell: &Tell) {
    while let Ok(first) = errands.recv() {
        let batch: Vec<(ErrandId, Letter)> =
            std::iter::once(first).chain(errands.try_iter()).filter_map(letter_of).collect();
        let mut told = Vec::new();
        unharmed((), || {
            post.send(&batch, &mut |id, outcome| {
                tracing::info!(errand = %id.0, ?outcome, "mail");
                told.push(id);
                tell(Report::Ran(id, outcome));
            });
        });
        // Whatever happened, no errand stays with the runner.
        for (id, _) in batch.iter().filter(|(id, _)| !told.contains(id)) {
            tell(Report::Ran(*id, Outcome::NotYet(Trouble::MailUnreachable)));
        }
    }
}

fn letter_of(errand: Errand) -> Option<(ErrandId, Letter)> {
    Some((errand.id, errand.work.as_letter()?.clone()))
}

/// Runs `work`; a panic in it costs this one errand and not the runner.
pub(super) fn unharmed<T>(otherwise: T, work: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        tracing::error!("a runner stumbled; please report this line with the backtrace above it");
        otherwise
    })
}
