//! Brings the schema up to date: numbered files, applied in order, each in a transaction of its own.
//!
//! What has been applied is written down with the digest of its text. A database that has a migration this
//! program does not know is newer than the program and is left alone; one whose text was another has a
//! history that is not ours. Migrations only go forward; `schema.sql` is the schema today, and a test
//! keeps the two equal.

use crate::engine::Pools;
use crate::error::{Result, StoreError};
use crate::fact::Bind;
use crate::read::{Cells, ReadTx};
use kvarter_domain::ids::Digest;

struct Migration {
    name: &'static str,
    sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../migrations/", $name, ".sql")) }),+]
    };
}

/// In order; a file that has been released is never changed.
const MIGRATIONS: &[Migration] = migrations![
    "0001_log",
    "0002_organisations",
    "0003_registry",
    "0004_agreements",
    "0005_duties",
    "0006_sessions_and_jobs",
    "0007_electronic",
    "0008_partnership",
    "0009_plans",
    "0010_collaboration",
];

const APPLIED: &str = "create table if not exists migration (
    name text not null primary key,
    digest text not null
)";

/// Applies what has not been applied.
pub(crate) async fn apply(pools: &Pools) -> Result<Vec<String>> {
    let mut applied = Vec::new();
    loop {
        // One transaction each: a migration that fails leaves those before it in place.
        let mut tx = ReadTx::new(pools.begin_write().await?, pools);
        if let Some(lock) = pools.engine.lock_migrations() {
            tx.execute(lock.to_owned(), &[]).await?;
        }
        tx.execute_all(APPLIED).await?;
        let next = history(&mut tx).await?.into_iter().next();
        let Some(migration) = next else {
            tx.into_transaction().commit().await.map_err(crate::engine::translate)?;
            return Ok(applied);
        };
        tx.execute_all(migration.sql).await?;
        let bound = [Bind::from(&migration.name), Bind::from(&migration.digest())];
        let insert = "insert into migration (name, digest) values ($1, $2)".to_owned();
        tx.execute(insert, &bound).await?;
        tx.into_transaction().commit().await.map_err(crate::engine::translate)?;
        applied.push(migration.name.to_owned());
    }
}

/// The names of those that have not been applied.
pub(crate) async fn pending(tx: &mut ReadTx) -> Result<Vec<String>> {
    let tables = tx.rows(tx.engine().list_tables().to_owned(), &[]).await?;
    let names: Vec<String> = tables.iter().map(|row| row.text("name")).collect::<Result<_>>()?;
    if !names.iter().any(|name| name == "migration") {
        return Ok(MIGRATIONS.iter().map(|m| m.name.to_owned()).collect());
    }
    Ok(history(tx).await?.into_iter().map(|m| m.name.to_owned()).collect())
}

/// The names of those that were applied with another text than ours.
pub(crate) async fn altered(tx: &mut ReadTx) -> Result<Vec<String>> {
    let rows = tx.rows("select name, digest from migration order by name".to_owned(), &[]).await?;
    let mut altered = Vec::new();
    for row in rows {
        let (name, digest) = (row.text("name")?, row.text("digest")?);
        let ours = MIGRATIONS.iter().find(|migration| migration.name == name);
        if ours.is_none_or(|migration| migration.digest() != digest) {
            altered.push(name);
        }
    }
    Ok(altered)
}

/// Compares what was applied with what there is, and gives what remains.
async fn history(tx: &mut ReadTx) -> Result<Vec<&'static Migration>> {
    let rows = tx.rows("select name, digest from migration order by name".to_owned(), &[]).await?;
    let mut known = MIGRATIONS.iter();
    for row in rows {
        let (name, digest) = (row.text("name")?, row.text("digest")?);
        let Some(migration) = known.next() else {
            return Err(StoreError::Unavailable(format!(
                "the database is newer than this program: it has migration {name}, which the program does \
                 not know; run the version that made it, or a later one"
            )));
        };
        if migration.name != name || migration.digest() != digest {
            return Err(StoreError::Corrupt(format!(
                "the database's history is not this program's: its migration {name} is not the program's {}",
                migration.name
            )));
        }
    }
    Ok(known.collect())
}

impl Migration {
    /// The digest of the text, whatever line endings it was checked out with.
    fn digest(&self) -> String {
        Digest::of(self.sql.replace("\r\n", "\n").as_bytes()).to_string()
    }
}
