//! An intervention (insats): what is done, by whom, for which goals, within whose ordinary budget.
//!
//! ”…en förteckning över insatser som förutses leda till måluppfyllelse” (SFS 2008:348, 8 § 5). The chain from
//! the goal's problem to what is learned runs through it: output is what is done, outcome what becomes of it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An intervention of a plan. A draft of one may lack anything but its id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Intervention {
    /// Its id in the series, kept from version to version: `i1`.
    pub id: String,
    /// The goals that it serves, by id.
    pub goals: Vec<String>,
    /// What it is called.
    pub title: String,
    /// What is done.
    pub description: String,
    /// The district it is directed to, by code.
    pub district: String,
    /// The organisation or partner that answers for it.
    pub responsible: String,
    /// From when.
    pub from: Option<Date>,
    /// Until when.
    pub to: Option<Date>,
    /// What is done or made (prestation).
    pub output: String,
    /// What is expected to become of it (effekt).
    pub outcome: String,
    /// The ordinary budget or steering document that carries it (§ 1).
    pub budget: String,
    /// How what is learned from it comes back into the work.
    pub learning: String,
}
