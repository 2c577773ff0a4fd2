//! Tests of the crate from outside, one file per subject.

mod agreement;
mod cms;
mod containers;
mod corpus;
#[cfg(feature = "pkcs11")]
mod devices;
mod exhaustion;
mod forge;
mod forgery;
mod hostile;
mod keys;
mod mutant;
mod mutation;
mod reading;
mod remote;
mod signing;
mod timestamps;
mod trust;
mod trusted_lists;
mod world;
