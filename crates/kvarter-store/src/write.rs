//! A write: facts inserted, events appended that cover them, all or nothing.
//!
//! Writers queue. The first thing a write does is to touch the log's head, so on both engines the next
//! writer waits until this one has committed or given up; the numbers of events therefore have no gaps
//! and no two writers ever build on the same head. Work that takes long (rendering, hashing a password)
//! is done before the write begins.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, Fact, Kind};
use crate::log::{self, Covered, NewEvent};
use crate::merkle::Frontier;
use crate::read::{Cells, ReadTx};
use std::ops::{Deref, DerefMut};

/// A write in progress. Dropped without [`WriteTx::commit`], nothing of it has happened.
#[derive(Debug)]
pub struct WriteTx {
    tx: ReadTx,
    frontier: Frontier,
    covered: Vec<Covered>,
    appended: bool,
}

impl Deref for WriteTx {
    type Target = ReadTx;
    fn deref(&self) -> &ReadTx {
        &self.tx
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut ReadTx {
        &mut self.tx
    }
}

impl WriteTx {
    /// Takes its place in the writers' queue and waits for its turn.
    pub(crate) async fn queue(mut tx: ReadTx) -> Result<Self> {
        let head = tx
            .row("update log_head set size = size where id = 1 returning size, root, frontier", &[])
            .await?
            .ok_or_else(|| StoreError::Corrupt("the log has no head".into()))?;
        let frontier = log::frontier(head.integer("size")?, &head.text("frontier")?)?;
        Ok(Self { tx, frontier, covered: Vec::new(), appended: false })
    }

    /// Inserts a fact. The next event appended covers it.
    ///
    /// # Errors
    /// `Conflict` if a fact with that key is already there; `NotFound` if it refers to what is not there
    /// (at commit at the latest); `Malformed` if it cannot be kept.
    pub async fn insert<F: Fact>(&mut self, fact: &F) -> Result<()> {
        let table = F::TABLE;
        let row = table.row(fact)?;
        let mut bound: Vec<Bind> = table.columns.iter().map(|c| c.bind(&row.values[c.name])).collect();
        bound.push(Bind::from(self.next_event()));
        self.tx.execute(table.insert(), &bound).await.map_err(|error| match error {
            StoreError::Conflict(_) => StoreError::Conflict(format!("{} {}", table.name, row.key)),
            other => other,
        })?;
        self.covered.push(Covered { table: table.name.to_owned(), key: row.key, digest: row.digest });
        Ok(())
    }

    /// Inserts a fact unless one with that key is there, and tells whether it did.
    ///
    /// # Errors
    /// As [`WriteTx::insert`], but for the conflict.
    pub async fn insert_if_new<F: Fact>(&mut self, fact: &F) -> Result<bool> {
        let table = F::TABLE;
        let row = table.row(fact)?;
        let columns = table.columns.iter().filter(|c| table.key.contains(&c.name));
        let bound: Vec<Bind> = columns.clone().map(|c| c.bind(&row.values[c.name])).collect();
        let conditions = columns.enumerate().map(|(i, c)| match c.kind {
            Kind::Real => format!("cast(\"{}\" as double precision) = ${}", c.name, i + 1),
            _ => format!("\"{}\" = ${}", c.name, i + 1),
        });
        let conditions = conditions.collect::<Vec<_>>().join(" and ");
        let statement = format!("select event from \"{}\" where {conditions}", table.name);
        if self.tx.rows(statement, &bound).await?.is_empty() {
            self.insert(fact).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Appends the event that covers the facts inserted since the last one, and gives its number.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn append(&mut self, event: NewEvent) -> Result<i64> {
        let seq = self.next_event();
        let covered = std::mem::take(&mut self.covered);
        log::append(&mut self.tx, &mut self.frontier, seq, &event, &covered).await?;
        self.appended = true;
        Ok(seq)
    }

    /// The number that the next event will have.
    pub fn next_event(&self) -> i64 {
        i64::try_from(self.frontier.size).expect("a log shorter than 2^63") + 1
    }

    /// Refuses if something has happened to a subject since the caller read it.
    ///
    /// # Errors
    /// `Stale`, with the last event.
    pub async fn refuse_if_newer(&mut self, subject: &str, seen: i64) -> Result<()> {
        let now = log::last_of(&mut self.tx, subject).await?;
        if now > seen {
            return Err(StoreError::Stale { subject: subject.to_owned(), seen, now });
        }
        Ok(())
    }

    /// Makes it so. When this has returned without an error, what was written is on disk.
    ///
    /// # Errors
    /// `Malformed` if facts were inserted that no event covers; `Unavailable` if the engine cannot promise
    /// that the write is kept, and then it is not acknowledged.
    pub async fn commit(mut self) -> Result<()> {
        if let Some(fact) = self.covered.first() {
            let fact = format!("{} {}", fact.table, fact.key);
            return Err(StoreError::Malformed(format!("no event covers {fact}")));
        }
        if self.appended {
            log::set_head(&mut self.tx, &self.frontier).await?;
        }
        self.tx.into_transaction().commit().await.map_err(crate::engine::translate)
    }
}
