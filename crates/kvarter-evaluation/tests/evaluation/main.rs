//! The engine as its callers meet it.

mod panel;
mod published_did;
mod simplex;
mod two_way;
