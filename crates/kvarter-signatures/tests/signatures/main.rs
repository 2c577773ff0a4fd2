//! Tests of the crate from outside, one file per subject.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod cms;
mod world;
