//! What stands in the database beside the rows: that it is what our migrations made, and nothing else.
//!
//! A trigger that rewrites a row as it is written leaves every digest right and every fact wrong, so what
//! else there is in the schema is named. What there should be is known by making it: the migrations are
//! applied to an empty database in memory, and the two are laid beside each other by name.

use crate::engine::Pools;
use crate::error::Result;
use crate::migrate;
use crate::read::{Cells, ReadTx};
use std::collections::BTreeSet;

/// How a schema differs from ours, in names such as `table x`, `column x.y`, `trigger z on x`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// What is there and is none of ours.
    pub foreign: Vec<String>,
    /// What should be there and is not.
    pub missing: Vec<String>,
}

/// How the schema differs from what the migrations make.
pub(crate) async fn differences(tx: &mut ReadTx) -> Result<Differences> {
    let (there, ours) = (listed(tx).await?, ours().await?);
    // Of a table that is foreign or not there, its columns are not told as well.
    let beyond = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        let table_is_known = |name: &&String| {
            name.starts_with("table ") || table_of(name).is_none_or(|t| other.contains(&format!("table {t}")))
        };
        one.difference(other).filter(table_is_known).cloned().collect()
    };
    Ok(Differences { foreign: beyond(&there, &ours), missing: beyond(&ours, &there) })
}

/// The table that is meant by `table x` or `column x.y`.
pub(crate) fn table_of(name: &str) -> Option<String> {
    let (kind, rest) = name.split_once(' ')?;
    match kind {
        "table" => Some(rest.to_owned()),
        "column" => rest.split('.').next().map(str::to_owned),
        _ => None,
    }
}

async fn ours() -> Result<BTreeSet<String>> {
    let pools = Pools::open("sqlite::memory:").await?;
    migrate::apply(&pools).await?;
    let mut tx = ReadTx::new(pools.begin_read().await?, &pools);
    let names = listed(&mut tx).await;
    drop(tx);
    pools.close().await;
    names
}

async fn listed(tx: &mut ReadTx) -> Result<BTreeSet<String>> {
    let rows = tx.rows(tx.engine().list_schema().to_owned(), &[]).await?;
    rows.iter().map(|row| row.text("object")).collect()
}
