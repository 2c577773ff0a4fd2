//! Tests of the crate from outside, one file per subject.

mod agreement;
mod cms;
mod containers;
mod hostile;
mod keys;
mod remote;
mod corpus;
mod forge;
mod forgery;
mod timestamps;
mod trust;
mod trusted_lists;
mod signing;
mod world;
