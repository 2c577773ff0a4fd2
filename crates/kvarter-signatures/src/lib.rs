//! Signatures in documents: made, sealed page by page, and verified.

// The cryptographic half: messages, certificates, timestamps, keys.
pub mod algorithm;
mod asn1;
pub mod authority;
pub mod certificate;
pub mod cms;
mod encoding;
pub mod key;
mod oid;
pub mod signer;
pub mod timestamp;
pub mod transport;
