//! How far long work has come: a line on standard error that is gone when the work is done.
//!
//! Where standard error is no terminal, or the answer is JSON, nothing is shown.

use indicatif::{ProgressBar, ProgressStyle};

use crate::language::Words;

/// A bar.
#[derive(Debug, Clone)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar under words that say what is being done; none if `quiet`.
    pub(super) fn begin(l: Words, key: &str, quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new(0) };
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(l.t(key));
        Self(bar)
    }

    /// So many of so many.
    pub(super) fn tell(&self, done: usize, total: usize) {
        self.0.set_length(total as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
