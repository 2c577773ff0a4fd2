//! What can go wrong when someone acts: the person's part and the operator's part, kept apart.

use kvarter_domain::problem::{Problem, Problems};
use kvarter_store::StoreError;

/// Why a use case did not happen. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The actor may not do this, and may know that.
    #[error("not allowed")]
    Denied,
    /// There is no such thing, or it is not for this actor to know.
    #[error("not found")]
    NotFound,
    /// Things to correct.
    #[error("{0}")]
    Problems(Problems),
    /// What the actor saw has changed since.
    #[error("changed since it was read")]
    Stale,
    /// The same thing was done already, by someone else at the same moment.
    #[error("already there")]
    Conflict,
    /// Storage cannot be reached, is full or read-only. The operator gets the cause.
    #[error("unavailable")]
    Unavailable(String),
    /// What is kept is not what was kept. The operator gets the cause.
    #[error("corrupt")]
    Corrupt(String),
    /// We are wrong. The operator gets the cause.
    #[error("internal fault")]
    Internal(String),
}

/// What use cases return.
pub type Result<T> = std::result::Result<T, Error>;

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problems(problem.into())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound(_) => Self::NotFound,
            StoreError::Conflict(_) => Self::Conflict,
            StoreError::Stale { .. } => Self::Stale,
            StoreError::Malformed(what) => Self::Problems(Problem::new("text-cannot-be-kept", what).into()),
            StoreError::TooLarge { limit } => Self::Problems(
                Problem::new("upload-too-large", "document").with("megabytes_max", limit >> 20).into(),
            ),
            StoreError::Unavailable(cause) => Self::Unavailable(cause),
            StoreError::Corrupt(cause) => Self::Corrupt(cause),
        }
    }
}

impl From<kvarter_documents::RenderError> for Error {
    fn from(error: kvarter_documents::RenderError) -> Self {
        Self::Internal(error.to_string())
    }
}
