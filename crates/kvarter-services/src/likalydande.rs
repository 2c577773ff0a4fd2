//! Whether two documents are word for word the same agreement, and whether one is ours.

use kvarter_documents::read::{self, Limits};
use kvarter_domain::ids::Digest;
use kvarter_domain::programme::Programme;

use crate::App;
use crate::error::{Error, Result};

/// The digest of an original's wording: equal for A and B, or they are not identical.
pub(crate) fn text_digest(_app: &App, _programme: &Programme, pdf: &[u8]) -> Result<Digest> {
    let read = read::read(pdf, Limits::default()).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Digest::of(read.pages.join("\n").as_bytes()))
}
