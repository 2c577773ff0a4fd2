//! Memory: facts, the log that covers them, documents, and the little that is not a fact.
//!
//! A newcomer reads in this order:
//!
//! 1. [`Store`] – opens, reads ([`ReadTx`]), writes ([`WriteTx`]), and proves.
//! 2. [`fact`] – how a struct of the domain is a row, a key and a digest. The files named after nouns say
//!    which struct lies in which table and hold the nouns' queries.
//! 3. [`log`], [`proof`], [`verify`] – every act is an event, every event a leaf of a Merkle tree.
//! 4. [`blob`] – documents by the digest of their bytes.
//! 5. [`session`], [`form_token`], [`job`] – what is forgotten when it is over, and stands outside the log.
//! 6. `engine.rs` – the only file that knows that there are two engines.
//!
//! Only this crate contains SQL, and no statement differs by engine.

pub mod agreement;
pub mod blob;
pub mod collaboration;
pub mod correction;
pub mod district;
pub mod draft;
pub mod duty;
pub mod electronic;
mod engine;
pub mod error;
pub mod fact;
pub mod form_token;
pub mod job;
pub mod log;
mod merkle;
mod migrate;
pub mod organisation;
pub mod partnership;
pub mod person;
pub mod plan;
pub mod proof;
mod read;
pub mod registry;
pub mod schema;
pub mod session;
pub mod signing;
mod store;
pub mod verify;
mod write;

pub use error::{Result, StoreError};
pub use log::NewEvent;
pub use read::ReadTx;
pub use session::Session;
pub use store::{Settings, Store};
pub use write::WriteTx;
