//! A consistent snapshot to read from, today's or as of an event.
//!
//! Nouns' queries take a `&mut ReadTx`; a [`crate::WriteTx`] is one too, and sees what it has written.

use crate::engine::{self, Engine, Pools};
use crate::error::{Result, StoreError};
use crate::fact::{Bind, Fact};
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Transaction};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A snapshot: everything read through it is from one moment.
#[derive(Debug)]
pub struct ReadTx {
    transaction: Transaction<'static, Any>,
    engine: Engine,
    until: i64,
    asked: Arc<AtomicU64>,
}

impl ReadTx {
    pub(crate) fn new(transaction: Transaction<'static, Any>, pools: &Pools) -> Self {
        Self { transaction, engine: pools.engine, until: i64::MAX, asked: Arc::clone(&pools.asked) }
    }

    fn count(&self) {
        self.asked.fetch_add(1, Ordering::Relaxed);
    }

    /// From here on facts are read as they were known when this event had been recorded.
    pub fn as_of(&mut self, event: i64) {
        self.until = event;
    }

    pub(crate) fn engine(&self) -> Engine {
        self.engine
    }

    pub(crate) fn into_transaction(self) -> Transaction<'static, Any> {
        self.transaction
    }

    /// Every fact of a kind, in the order of its key.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn every<F: Fact>(&mut self) -> Result<Vec<F>> {
        self.all("", &[]).await
    }

    /// The facts for which a condition holds, in the order of the key. The condition is a constant of this
    /// crate, with `$1` and so on for what is bound.
    pub(crate) async fn all<F: Fact>(&mut self, condition: &'static str, bound: &[Bind]) -> Result<Vec<F>> {
        let mut bound = bound.to_vec();
        let statement = F::TABLE.select(condition, bound.len());
        bound.push(Bind::from(self.until));
        let rows = self.rows(statement, &bound).await?;
        rows.iter().map(fact).collect()
    }

    /// The first of the facts for which a condition holds.
    pub(crate) async fn first<F: Fact>(
        &mut self,
        condition: &'static str,
        bound: &[Bind],
    ) -> Result<Option<F>> {
        Ok(self.all(condition, bound).await?.into_iter().next())
    }

    /// The rows of a statement that is made from constants of this crate.
    pub(crate) async fn rows(&mut self, statement: String, bound: &[Bind]) -> Result<Vec<AnyRow>> {
        self.count();
        let query = bound.iter().fold(sqlx::query(AssertSqlSafe(statement)), |query, value| value.to(query));
        query.fetch_all(&mut *self.transaction).await.map_err(engine::translate)
    }

    /// The only row of a statement, if it has one.
    pub(crate) async fn row(&mut self, statement: &'static str, bound: &[Bind]) -> Result<Option<AnyRow>> {
        self.count();
        let query = bound.iter().fold(sqlx::query(statement), |query, value| value.to(query));
        query.fetch_optional(&mut *self.transaction).await.map_err(engine::translate)
    }

    /// Carries out a statement and tells how many rows it touched.
    pub(crate) async fn execute(&mut self, statement: String, bound: &[Bind]) -> Result<u64> {
        self.count();
        let query = bound.iter().fold(sqlx::query(AssertSqlSafe(statement)), |query, value| value.to(query));
        let done = query.execute(&mut *self.transaction).await.map_err(engine::translate)?;
        Ok(done.rows_affected())
    }

    /// Carries out a text of several statements with nothing bound.
    pub(crate) async fn execute_all(&mut self, statements: &'static str) -> Result<()> {
        sqlx::raw_sql(statements).execute(&mut *self.transaction).await.map_err(engine::translate)?;
        Ok(())
    }
}

/// A fact from its row.
fn fact<F: Fact>(row: &AnyRow) -> Result<F> {
    let values = F::TABLE.decode(row)?;
    serde_json::from_value(Value::Object(values))
        .map_err(|error| StoreError::Corrupt(format!("{}: {error}", F::TABLE.name)))
}

/// Columns of rows that are not facts.
pub(crate) trait Cells {
    /// The text in a column.
    fn text(&self, name: &str) -> Result<String>;
    /// The text in a column, if there is any.
    fn text_or_null(&self, name: &str) -> Result<Option<String>>;
    /// The number in a column.
    fn integer(&self, name: &str) -> Result<i64>;
    /// The JSON in a column.
    fn json(&self, name: &str) -> Result<Value>;
    /// The instant in a column.
    fn instant(&self, name: &str) -> Result<jiff::Timestamp>;
    /// The instant in a column, if there is one.
    fn instant_or_null(&self, name: &str) -> Result<Option<jiff::Timestamp>>;
}

impl Cells for AnyRow {
    fn text(&self, name: &str) -> Result<String> {
        sqlx::Row::try_get(self, name).map_err(engine::translate)
    }

    fn text_or_null(&self, name: &str) -> Result<Option<String>> {
        sqlx::Row::try_get(self, name).map_err(engine::translate)
    }

    fn integer(&self, name: &str) -> Result<i64> {
        sqlx::Row::try_get(self, name).map_err(engine::translate)
    }

    fn json(&self, name: &str) -> Result<Value> {
        serde_json::from_str(&self.text(name)?).map_err(|e| StoreError::Corrupt(format!("{name}: {e}")))
    }

    fn instant(&self, name: &str) -> Result<jiff::Timestamp> {
        parse_instant(&self.text(name)?)
    }

    fn instant_or_null(&self, name: &str) -> Result<Option<jiff::Timestamp>> {
        self.text_or_null(name)?.as_deref().map(parse_instant).transpose()
    }
}

/// An instant as it is written: in UTC, always to the millisecond, so that the order of the texts is the
/// order of time.
pub(crate) fn instant(at: jiff::Timestamp) -> String {
    format!("{at:.3}")
}

/// An instant as it was written.
pub(crate) fn parse_instant(text: &str) -> Result<jiff::Timestamp> {
    text.parse().map_err(|e| StoreError::Corrupt(format!("{text}: {e}")))
}
