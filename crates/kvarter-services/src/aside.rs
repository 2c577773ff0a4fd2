//! Work that takes longer than a request's thread may be held: setting, hashing, checking, signing.

use crate::error::{Error, Result};

/// Does the work on a thread of its own and waits for it.
///
/// # Errors
/// When the work breaks off, which is our fault.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))
}
