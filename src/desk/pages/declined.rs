//! The visitor did not agree to the notice; nothing was kept.

use super::{Ends, PageLogic};
use crate::config::Config;
use crate::desk::{Desk, PageView};
use crate::now::Now;

/// A kind word, and where to ask.
#[derive(Debug)]
pub struct Declined;

impl PageLogic for Declined {
    fn view(&self, _desk: &Desk, _now: Now) -> PageView {
        PageView::Declined
    }

    fn ends(&self, config: &Config) -> Ends {
        Ends::Quietly(config.screen.idle_seconds)
    }

    fn is_over(&self) -> bool {
        true
    }
}
