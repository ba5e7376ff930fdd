//! Codes on their way from the scanner's thread to the desk's. Owns the promise that a scanner which sends noise holds up
//! nobody: few wait, the rest is dropped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// So many codes wait at most. The desk takes one in far less time than a person holds up the next.
pub const MOST_WAITING: usize = 8;

/// Clones are the same inbox.
#[derive(Clone, Debug, Default)]
pub struct Inbox(Arc<Mutex<VecDeque<String>>>);

impl Inbox {
    /// Whether there was room for it: then the desk's thread is to be told to take one.
    pub fn put(&self, code: String) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = waiting.len() < MOST_WAITING;
        if has_room {
            waiting.push_back(code);
        }
        has_room
    }

    /// The code that has waited longest.
    pub fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_wait_and_in_order() {
        let inbox = Inbox::default();
        let taken = (0..100_000).filter(|at| inbox.put(at.to_string())).count();
        assert_eq!(taken, MOST_WAITING);
        assert_eq!(inbox.take().as_deref(), Some("0"));
        assert!(inbox.put("next".to_owned()) && !inbox.put("too many".to_owned()));
        let rest: Vec<String> = std::iter::from_fn(|| inbox.take()).collect();
        assert_eq!(rest, ["1", "2", "3", "4", "5", "6", "7", "next"]);
    }
}
