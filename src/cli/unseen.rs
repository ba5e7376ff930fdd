//! A terminal that does not show what is typed, and shows it again whatever ends the prompt: an answer, a slip, Ctrl-C,
//! Ctrl-Z, a terminal that is closed.

use anyhow::Context;
use nix::sys::signal::{SigSet, Signal, raise};
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// What ends or stops a program that is asked nothing.
const ENDS: [Signal; 5] = [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT, Signal::SIGTSTP];

/// While this lives, the terminal of the standard input does not show what is typed.
pub(super) struct Unseen {
    before: Termios,
    lives: Arc<AtomicBool>,
}

impl Unseen {
    /// From now on what is typed is not shown.
    pub fn begin() -> anyhow::Result<Self> {
        let before = tcgetattr(std::io::stdin().as_raw_fd()).context("the terminal")?;
        let lives = Arc::new(AtomicBool::new(true));
        // This thread reads; another one waits for them, so that the terminal is set right before they do what they do.
        ends().thread_block().context("the terminal")?;
        let unseen = Self { before: before.clone(), lives: Arc::clone(&lives) };
        hide(&before)?;
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || watch(&before, &lives))
            .context("the terminal")?;
        Ok(unseen)
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        self.lives.store(false, Ordering::SeqCst);
        show(&self.before);
        let _ = ends().thread_unblock();
    }
}

fn ends() -> SigSet {
    ENDS.into_iter().collect()
}

fn hide(before: &Termios) -> anyhow::Result<()> {
    let mut unseen = before.clone();
    unseen.local_flags.remove(LocalFlags::ECHO);
    tcsetattr(std::io::stdin().as_raw_fd(), SetArg::TCSADRAIN, &unseen).context("the terminal")
}

fn show(before: &Termios) {
    let _ = tcsetattr(std::io::stdin().as_raw_fd(), SetArg::TCSADRAIN, before);
}

/// Lets each signal do what it does, with the terminal as it was. Whoever stopped the program may go on with it.
fn watch(before: &Termios, lives: &AtomicBool) {
    while let Ok(signal) = ends().wait() {
        show(before);
        let only: SigSet = [signal].into_iter().collect();
        // It comes to this thread at once; where it ends the program, nothing after this is done.
        if only.thread_unblock().and_then(|()| raise(signal)).and_then(|()| only.thread_block()).is_err() {
            return;
        }
        if lives.load(Ordering::SeqCst) {
            let _ = hide(before);
        }
    }
}
