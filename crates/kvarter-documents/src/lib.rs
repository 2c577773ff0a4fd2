//! Paper that can be trusted: documents rendered, read and examined.
//!
//! [`render()`] turns a model and a moment into a tagged archival PDF, and the same input always
//! gives the same bytes. [`read`](read::read) takes the text out of a PDF that came from outside,
//! and [`examine`](scan::examine) says what an uploaded scan is. Both expect hostile input.
//!
//! What is true of an agreement is decided elsewhere; so is where documents are kept. Whether two
//! texts are the same is a pure question, and `kvarter_domain::likalydande` answers it from the
//! pages read here.

mod assets;
mod error;
mod field;
mod render;
mod world;

pub mod model;
pub mod picture;
pub mod read;
pub mod scan;

pub use assets::{HAND, SMALL};
pub use error::{Diagnostic, Place, RenderError};
pub use field::{Field, FieldKind, Party};
pub use render::{Document, Pdf, render, render_all};
