//! The law in examples: every table in `rules/*.md` is run against the domain.
//!
//! The tables can be read and extended without reading this file. A row that does not hold is reported with its
//! file and line, and all rows are tried before the test fails.

#[path = "rules/acts.rs"]
mod acts;
#[path = "rules/broken.rs"]
mod broken;
#[path = "rules/deadlines.rs"]
mod deadlines;
#[path = "rules/gold.rs"]
mod gold;
#[path = "rules/partnership.rs"]
mod partnership;
#[path = "rules/plan.rs"]
mod plan;
#[path = "rules/programme.rs"]
mod programme;
#[path = "rules/table.rs"]
mod table;
