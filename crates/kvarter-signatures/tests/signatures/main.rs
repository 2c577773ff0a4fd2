//! Tests of the crate from outside, one file per subject.

mod agreement;
mod cms;
mod containers;
mod corpus;
mod forge;
mod forgery;
mod hostile;
mod keys;
mod remote;
mod signing;
mod timestamps;
mod trust;
mod trusted_lists;
mod world;
