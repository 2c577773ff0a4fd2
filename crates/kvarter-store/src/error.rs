//! What can go wrong with memory, in the words its callers need. Engine errors go no further than here:
//! `engine.rs` translates them, and nobody above learns which engine it was.

/// Why the store could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// What was asked for, or what a fact refers to, is not there.
    #[error("not found: {0}")]
    NotFound(String),
    /// It is already there: a second fact with the same key.
    #[error("already there: {0}")]
    Conflict(String),
    /// The caller acted on something that has changed since it was read.
    #[error("{subject} has changed: read at event {seen}, now at event {now}")]
    Stale {
        /// What has changed.
        subject: String,
        /// The event up to which the caller had read.
        seen: i64,
        /// The last event about it.
        now: i64,
    },
    /// What was given can be kept by neither engine, such as a text with a NUL character in it.
    #[error("cannot be kept: {0}")]
    Malformed(String),
    /// A document is larger than the limit.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The store cannot be used now: disk full, read-only, no connection, or busy beyond patience.
    ///
    /// From a commit it means *not acknowledged*. If the connection broke while the commit was under way,
    /// the act may nevertheless be there; the log tells.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// What is stored is not what was stored.
    #[error("corrupt: {0}")]
    Corrupt(String),
}

/// What every function of the store returns.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NotFound(error.to_string()),
            _ => Self::Unavailable(error.to_string()),
        }
    }
}
