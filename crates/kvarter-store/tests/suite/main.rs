//! The store, on each engine: SQLite always, PostgreSQL when `KVARTER_TEST_POSTGRES` names a database in
//! which schemas may be made.
//!
//! Sizes can be raised from the environment: `KVARTER_TEST_CHANGES=2000` random changes for goal T4,
//! `KVARTER_TEST_KILLS=200` kills for goal T9, `KVARTER_TEST_SEED` for other random choices than the usual.

#[macro_use]
mod house;

mod catalogue;
mod changes;
mod concurrency;
mod documents;
mod facts;
mod jobs;
mod kill;
mod log;
mod migrations;
mod plans;
mod sessions;
mod trouble;
mod world;
