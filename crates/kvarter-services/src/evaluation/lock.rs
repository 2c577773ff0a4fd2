//! The lock: a plan's content and digest, kept beside the plan file before the results exist.

use std::path::{Path, PathBuf};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::plan::LockedPlan;
use serde::{Deserialize, Serialize};

use crate::file;

/// A plan that has been locked, as its file holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The plan's digest.
    pub digest: String,
    /// The plan.
    pub plan: LockedPlan,
}

/// Where a plan file's lock is: beside it, with the ending `.lock`.
pub fn path_of(plan: &Path) -> PathBuf {
    plan.with_extension("lock")
}

/// The lock of a plan file, if it has one.
pub(super) fn read(plan: &Path) -> Result<Option<Lock>, Problems> {
    let path = path_of(plan);
    let broken = || Problems::from(Problem::new("evaluation-lock-broken", path.display().to_string()));
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(_) => return Err(broken()),
    };
    let lock: Lock = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if lock.plan.digest() == lock.digest { Ok(Some(lock)) } else { Err(broken()) }
}

/// Locks a plan. What is locked already stays as it is.
pub(super) fn write(path: &Path, plan: &LockedPlan) -> Result<Lock, Problems> {
    let lock = Lock { digest: plan.digest(), plan: plan.clone() };
    let target = path_of(path);
    if let Some(earlier) = read(path)? {
        if earlier.digest == lock.digest {
            return Ok(earlier);
        }
        let problem = Problem::new("evaluation-locked-already", target.display().to_string());
        return Err(problem.with("digest", earlier.digest).into());
    }
    let mut text = serde_json::to_vec_pretty(&lock).expect("a plan's maps have string keys");
    text.push(b'\n');
    file::write(&target, &text).map_err(|error| {
        Problem::new("evaluation-not-written", target.display().to_string()).with("cause", error)
    })?;
    Ok(lock)
}
