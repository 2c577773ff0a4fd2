//! The engine as its callers meet it.

mod bands;
mod describe;
mod discovery;
mod panel;
mod power;
mod published_did;
mod simplex;
mod two_way;
