//! CMS signatures (RFC 5652): made in two steps, read, and verified.
//!
//! [`Prepared`] holds the signed attributes until somebody has signed them, wherever the key is. [`Signed`]
//! is a signature that was read; it says what holds and what does not, each by itself ([`Integrity`]).
//! Whether the signer is to be trusted is for [`crate::certificate`]; where the signature stands in a
//! document is for the document.

mod attribute;
mod integrity;
mod prepare;
mod signed;

use attribute::NamedCertificate;
pub use integrity::{BindingFault, DigestFault, Integrity};
pub use prepare::Prepared;
pub use signed::Signed;

use crate::asn1::Asn1Error;

/// Why a CMS signature cannot be read or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CmsError {
    /// The structure cannot be read.
    #[error("the signature is malformed: {0}")]
    Malformed(#[from] Asn1Error),
    /// Something other than zeros follows the signature.
    #[error("something follows the signature")]
    TrailingData,
    /// The content is not `SignedData`.
    #[error("the content is not signed data")]
    NotSignedData,
    /// Nobody signed.
    #[error("there is no signer")]
    NoSigner,
    /// Several signed, and it cannot be said whose signature it is (EN 319 142-1 § 6.3 wants one).
    #[error("there are several signers")]
    SeveralSigners,
    /// An attribute occurs twice, or has not exactly one value, where it must have one (RFC 5652 § 11).
    #[error("an attribute does not have exactly one value")]
    AttributeNotSingle,
    /// Bigger than anything real.
    #[error("there is more than can be taken in")]
    TooBig,
    /// The signature does not verify with the signer's certificate.
    #[error("the signature is not by the key of the certificate")]
    SignatureMismatch,
    /// The timestamp is over something else than the signature.
    #[error("the timestamp is over another signature")]
    TimestampMismatch,
}
