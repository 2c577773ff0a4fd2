//! Work that takes longer than a request: started, followed, left and returned to.
//!
//! What such work writes it writes in transactions of its own, each whole, so an interruption leaves
//! nothing half done and the same work can be started again. Only the progress is kept here, in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kvarter_domain::problem::Problems;

/// How far a piece of work has come.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Who may follow it: the mandate that started it.
    pub by: String,
    /// How many are done.
    pub done: usize,
    /// Of how many; zero until that is known.
    pub total: usize,
    /// How it ended, when it has.
    pub ended: Option<Ended>,
}

/// How a piece of work ended.
#[derive(Debug, Clone)]
pub enum Ended {
    /// It did what it was asked, but for these.
    Done {
        /// What could not be done, by name.
        refused: Vec<(String, Problems)>,
    },
    /// It could not be done, for these reasons.
    Refused(Problems),
    /// We failed; the operator's log has the cause.
    Failed,
}

/// Pieces of work by their ids.
#[derive(Debug, Clone, Default)]
pub struct Jobs {
    all: Arc<Mutex<BTreeMap<String, Progress>>>,
}

/// How many ended pieces of work are remembered.
const KEPT_MAX: usize = 200;

impl Jobs {
    /// Begins a piece of work.
    pub fn begin(&self, id: &str, by: &str) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        while all.len() >= KEPT_MAX {
            // Ids are minted in order of time: the first ended one is the oldest.
            let Some(oldest) = all.iter().find(|(_, p)| p.ended.is_some()).map(|(id, _)| id.clone()) else { break };
            all.remove(&oldest);
        }
        all.insert(id.to_owned(), Progress { by: by.to_owned(), ..Progress::default() });
    }

    /// Tells how far it has come.
    pub fn tell(&self, id: &str, done: usize, total: usize) {
        self.change(id, |progress| {
            progress.done = done;
            progress.total = total;
        });
    }

    /// Ends it.
    pub fn end(&self, id: &str, ended: Ended) {
        self.change(id, |progress| progress.ended = Some(ended));
    }

    /// How far it has come.
    pub fn get(&self, id: &str) -> Option<Progress> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Progress)) {
        if let Some(progress) = self.all.lock().unwrap_or_else(PoisonError::into_inner).get_mut(id) {
            change(progress);
        }
    }
}
