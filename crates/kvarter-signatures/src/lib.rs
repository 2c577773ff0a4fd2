//! Signatures in documents: made, sealed page by page, and verified.

// The cryptographic half: messages, certificates, timestamps, keys.
pub mod algorithm;
mod asn1;
pub mod authority;
pub mod certificate;
pub mod cms;
pub mod container;
mod encoding;
pub mod key;
mod oid;
pub mod renewal;
pub mod signer;
pub mod timestamp;
pub mod transport;
mod xml;

// The half about documents: fields, pages, signatures in files, and what became of them.
pub mod appearance;
pub mod begun;
mod canonical;
pub mod change;
pub mod form;
pub mod pdf;
pub mod policy;
pub mod preservation;
pub mod seal;
pub mod sign;
pub mod signature;
pub mod verdict;
pub mod verify;
