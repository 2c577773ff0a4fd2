//! PDF as far as signatures need it: a bounded reader that sees every revision of a file, and a
//! writer that only ever appends.
//!
//! Reading a stranger's file is the normal case here. Depth, number of values and decoded bytes are
//! limited; every leniency is recorded as an [`Anomaly`], because two readers that are lenient in
//! different ways can be shown two different documents. Drawing pages is left to others.

mod field;
mod file;
mod filter;
mod layout;
mod object;
mod page;
mod syntax;
mod text;
mod update;
mod xref;

pub use field::{Field, FieldKind, fields};
pub use file::{Anomaly, File, Found, Revision, View};
pub use layout::{Stray, strays};
pub use object::{Body, Decimal, Dictionary, Id, Object, Stream};
pub use page::{Page, pages};
pub use text::{date, read_date, read_text, text};

pub(crate) use field::annotation_pages;
pub(crate) use file::{Entry, MAX_OBJECT_NUMBER};
pub(crate) use filter::{Decoded, decode};
pub(crate) use layout::is_carrier;
pub(crate) use syntax::Parser;
pub(crate) use update::{Update, write_object};

/// Why a file cannot be read, or not by us.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PdfError {
    /// It does not begin with `%PDF-`.
    #[error("not a PDF file")]
    NotPdf,
    /// No cross-reference section was found where one should be.
    #[error("no cross-reference section at byte {at}")]
    NoCrossReference {
        /// Where it was looked for, in bytes from the beginning.
        at: usize,
    },
    /// Cross-reference sections form a circle, or their revisions are not in order.
    #[error("cross-reference sections are not in order")]
    RevisionOrder,
    /// The syntax is broken.
    #[error("broken syntax at byte {at}")]
    Syntax {
        /// Where, in bytes from the beginning of the file or of a decoded object stream.
        at: usize,
    },
    /// An object is not where the cross-reference section says, or is outside its revision.
    #[error("object {number} is not where it should be")]
    Misplaced {
        /// The object's number.
        number: u32,
    },
    /// A value of another kind was expected.
    #[error("object {number} lacks a usable {key}")]
    Unusable {
        /// The object's number, or 0 for the trailer.
        number: u32,
        /// The key that is missing or wrong.
        key: String,
    },
    /// Values are nested deeper than any document needs.
    #[error("values are nested too deeply")]
    TooDeep,
    /// More values or decoded bytes than we are willing to hold.
    #[error("more than a document of this kind may hold")]
    TooLarge,
    /// The file is encrypted, which we do not read.
    #[error("the file is encrypted")]
    Encrypted,
    /// A stream could not be decoded.
    #[error("a stream could not be decoded")]
    Undecodable,
}
