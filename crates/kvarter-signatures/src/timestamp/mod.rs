//! Timestamps (RFC 3161): asked for, read, and checked.
//!
//! [`Token`] is a timestamp; [`request`] and [`read_response`] are the two halves of asking an authority for
//! one; [`HttpTimestamp`] does so over a [`Transport`](crate::transport::Transport) that the caller gives.
//! Whether an authority is trusted is for [`crate::certificate::trust`] with
//! [`Purpose::Timestamp`](crate::certificate::Purpose).

mod client;
mod exchange;
mod token;

pub use client::HttpTimestamp;
pub use exchange::{Expected, Refusal, read_request, read_response, request};
pub(crate) use exchange::{write_refusal, write_response};
pub(crate) use token::write_info;
pub use token::{Accuracy, Imprint, ImprintFault, Token, TokenIntegrity};

use crate::algorithm::DigestAlgorithm;
use crate::asn1::Asn1Error;
use crate::cms::CmsError;
use crate::transport::TransportError;

/// Someone who says when something existed.
pub trait TimestampAuthority {
    /// A timestamp over this digest, checked to be one: over this digest, intact, and by a certificate that
    /// is for timestamps. Whether the certificate is trusted is not asked here.
    ///
    /// # Errors
    ///
    /// When none was given, or what was given is not right.
    fn timestamp(&self, digest: &[u8], algorithm: DigestAlgorithm) -> Result<Token, TimestampError>;
}

/// Why there is no timestamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// What was answered cannot be read.
    #[error("the timestamp is malformed: {0}")]
    Malformed(#[from] Asn1Error),
    /// The signature in the token cannot be read.
    #[error("the timestamp's signature is malformed: {0}")]
    Cms(#[from] CmsError),
    /// What is signed is not a timestamp.
    #[error("what is signed is not a timestamp")]
    NotATimestamp,
    /// The authority refused.
    #[error("the timestamp authority refused: {0:?}")]
    Refused(Refusal),
    /// The timestamp is over something else.
    #[error("the timestamp is over something else: {0}")]
    Imprint(#[from] ImprintFault),
    /// The answer is to another question.
    #[error("the nonce is not the one that was sent")]
    NonceMismatch,
    /// The timestamp is by another policy than the one asked for.
    #[error("the timestamp is by the policy {0}")]
    AnotherPolicy(String),
    /// The signature in the token does not hold.
    #[error("the timestamp's signature does not hold")]
    NotIntact,
    /// The certificate that signed is not for timestamps alone (RFC 3161 § 2.3), or is not there.
    #[error("the timestamp's certificate is not one for timestamps")]
    NotForTimestamps,
    /// The authority's clock is too far from ours.
    #[error("the authority's clock differs by {seconds} seconds")]
    ClockSkew {
        /// The authority's time less ours, in seconds.
        seconds: i64,
    },
    /// The authority could not be asked.
    #[error("the timestamp authority could not be asked: {0}")]
    Transport(#[from] TransportError),
    /// The test authority could not sign.
    #[error("the key could not sign")]
    Signing,
}
