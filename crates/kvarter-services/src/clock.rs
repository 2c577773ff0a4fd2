//! What time it is: the one place that knows.
//!
//! Everyone else is told. Tests and the demonstration set the clock themselves.

use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// A clock.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// One that stands where it was last set.
    Set(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// A clock that stands still at an instant until it is set anew.
    pub fn at(instant: Timestamp) -> Self {
        Self::Set(Arc::new(Mutex::new(instant)))
    }

    /// The instant now.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Set(instant) => *instant.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Sets a clock that is not the machine's; the machine's is left alone.
    pub fn set(&self, instant: Timestamp) {
        if let Self::Set(held) = self {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }
}
