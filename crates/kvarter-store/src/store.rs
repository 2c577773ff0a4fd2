//! The store as one thing: opened once, cloned freely.

use crate::blob::{Blobs, Place};
use crate::engine::Pools;
use crate::error::Result;
use crate::migrate;
use crate::proof::{self, Checkpoint, Consistency, Inclusion};
use crate::read::{Cells, ReadTx};
use crate::schema;
use crate::verify::{self, Progress, Report};
use crate::write::WriteTx;

/// Where everything is kept.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The database: `sqlite://kvarter.db?mode=rwc`, `sqlite::memory:` or `postgres://…`.
    pub database: String,
    /// Where documents are kept.
    pub documents: Place,
    /// The largest document that is taken in, in bytes.
    pub document_bytes_max: u64,
    /// The log's name in checkpoints and proofs: a name that no other log has.
    pub origin: String,
}

/// Facts, log and documents.
///
/// A database in memory has one connection: a read that is begun while a write is open waits for it.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
    blobs: Blobs,
    origin: String,
}

impl Store {
    /// Opens the database and the place for documents. The schema is left as it is: see [`Store::migrate`].
    ///
    /// # Errors
    /// `Malformed` if the settings cannot be right, `Unavailable` if something cannot be reached.
    pub async fn open(settings: &Settings) -> Result<Self> {
        Ok(Self {
            blobs: Blobs::open(&settings.documents, settings.document_bytes_max).await?,
            pools: Pools::open(&settings.database).await?,
            origin: settings.origin.clone(),
        })
    }

    /// Brings the schema up to date and names the migrations that were applied.
    ///
    /// # Errors
    /// `Unavailable` if the database is newer than this program, `Corrupt` if its history is not ours.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        migrate::apply(&self.pools).await
    }

    /// The migrations that have not been applied.
    ///
    /// # Errors
    /// As [`Store::migrate`].
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        migrate::pending(&mut self.read().await?).await
    }

    /// The migrations that were applied with another text than this program's.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn altered_migrations(&self) -> Result<Vec<String>> {
        migrate::altered(&mut self.read().await?).await
    }

    /// How the schema differs from what this program's migrations make.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn schema_differences(&self) -> Result<schema::Differences> {
        schema::differences(&mut self.read().await?).await
    }

    /// The documents that are kept and that no fact names, at most so many.
    ///
    /// # Errors
    /// Whatever the engine or the place for documents reports.
    pub async fn stray_documents(&self, most: usize) -> Result<Vec<String>> {
        verify::strays(&mut self.read().await?, &self.blobs, most).await
    }

    /// How many statements have been carried out since it was opened: what a page asks for can be counted.
    pub fn statements(&self) -> u64 {
        self.pools.asked.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Begins a consistent snapshot for reading.
    ///
    /// # Errors
    /// `Unavailable` if no connection is to be had.
    pub async fn read(&self) -> Result<ReadTx> {
        Ok(ReadTx::new(self.pools.begin_read().await?, &self.pools))
    }

    /// Waits for its turn and begins a write.
    ///
    /// # Errors
    /// `Unavailable` if the turn does not come within half a minute, or the store cannot be written to.
    pub async fn write(&self) -> Result<WriteTx> {
        WriteTx::queue(ReadTx::new(self.pools.begin_write().await?, &self.pools)).await
    }

    /// The documents.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// The log's name in checkpoints and proofs.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The log as it is now.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn checkpoint(&self) -> Result<Checkpoint> {
        proof::checkpoint(&mut self.read().await?, &self.origin).await
    }

    /// The proof that an event is in the log of that size, or of its present size.
    ///
    /// # Errors
    /// `NotFound` if there is no such event in a log of that size.
    pub async fn inclusion_proof(&self, seq: i64, size: Option<u64>) -> Result<Inclusion> {
        proof::inclusion(&mut self.read().await?, &self.origin, seq, size).await
    }

    /// The proof that the log of one size, or of its present size, continues the log of a smaller one.
    ///
    /// # Errors
    /// `NotFound` if the log has never been that large.
    pub async fn consistency_proof(&self, from: u64, to: Option<u64>) -> Result<Consistency> {
        proof::consistency(&mut self.read().await?, &self.origin, from, to).await
    }

    /// Recomputes everything that the log covers, and compares it with a checkpoint kept elsewhere.
    ///
    /// # Errors
    /// `Unavailable` if it cannot be read at all; what can be read but is not as it was is a finding.
    pub async fn verify(
        &self,
        checkpoint: Option<&Checkpoint>,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<Report> {
        verify::verify(&mut self.read().await?, &self.blobs, &self.origin, checkpoint, progress).await
    }

    /// The engine and its version, for those who operate it.
    ///
    /// # Errors
    /// Whatever the engine reports.
    pub async fn engine(&self) -> Result<String> {
        let engine = self.pools.engine;
        let row = self.read().await?.row(engine.version(), &[]).await?;
        let version = row.map(|row| row.text("version")).transpose()?.unwrap_or_default();
        Ok(format!("{} {version}", engine.name()))
    }

    /// Waits for what is under way and lets go of every connection.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}
