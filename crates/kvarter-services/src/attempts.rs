//! Failed attempts to sign in, counted per login, so that a password cannot be tried for ever.
//!
//! Counted in memory: a restart forgets, which gives an attacker nothing worth having.

use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long an attempt counts, in minutes.
const WINDOW_MINUTES: i64 = 15;
/// How many logins are remembered at once; beyond that the oldest give way.
const LOGINS_MAX: usize = 10_000;

/// The counts.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    of: Mutex<HashMap<String, Vec<Timestamp>>>,
}

impl Attempts {
    /// Counts an attempt, and tells whether it may go on.
    pub(crate) fn allowed(&self, login: &str, now: Timestamp, max: u32) -> bool {
        let since = now.checked_sub(WINDOW_MINUTES.minutes()).unwrap_or(Timestamp::MIN);
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if of.len() >= LOGINS_MAX {
            of.retain(|_, times| times.iter().any(|t| *t > since));
        }
        let times = of.entry(login.to_owned()).or_default();
        times.retain(|t| *t > since);
        if times.len() >= max as usize {
            return false;
        }
        times.push(now);
        true
    }

    /// Forgets a login that has signed in.
    pub(crate) fn forget(&self, login: &str) {
        self.of.lock().unwrap_or_else(PoisonError::into_inner).remove(login);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_within_a_quarter_of_an_hour_is_refused_and_a_later_one_is_not() {
        let attempts = Attempts::default();
        let start: Timestamp = "2008-09-25T08:00:00Z".parse().expect("an instant in a test");
        assert!((0..10).all(|_| attempts.allowed("a", start, 10)));
        assert!(!attempts.allowed("a", start, 10));
        assert!(attempts.allowed("b", start, 10), "another login is not held back");
        assert!(attempts.allowed("a", start.checked_add(16.minutes()).expect("later"), 10));
    }
}
