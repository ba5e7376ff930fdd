//! The visitor may not come in: a word for them, which may be empty.

use super::{Ctx, Ends, PageLogic};
use crate::config::{Config, Screen};
use crate::desk::{Desk, PageView};
use crate::now::{Now, Tick};
use std::time::Duration;

/// What is said, and until when the page stays.
#[derive(Debug)]
pub struct Refused {
    word: String,
    until: Tick,
}

impl Refused {
    /// With this word.
    pub fn with(word: String, cx: &Ctx<'_>) -> Self {
        Self { word, until: cx.now.tick.after(cx.desk.config.screen.idle_seconds) }
    }
}

impl PageLogic for Refused {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        PageView::Refused(self.word.clone())
    }

    fn ends(&self, _config: &Config) -> Ends {
        Ends::At(self.until)
    }

    fn is_over(&self) -> bool {
        true
    }

    fn clears(&mut self, screen: &Screen) -> Option<(&mut Tick, Duration)> {
        Some((&mut self.until, screen.thanks_seconds))
    }
}
