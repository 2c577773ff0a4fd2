//! The engine as its callers meet it.

mod bands;
mod covariates;
mod describe;
mod discovery;
mod garbage;
mod generated;
mod panel;
mod plan;
mod power;
mod prop99;
mod published_did;
mod simplex;
mod size;
mod two_way;
mod verdict;
