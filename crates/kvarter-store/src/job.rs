//! Work that takes longer than a request: the queue, and how far each job has come.
//!
//! A job is enqueued in the write that calls for it, so it exists exactly when the act does. A worker
//! claims it for a while (a lease); if the worker dies, the lease runs out and another claims it. The
//! worker reports each step in the write that carries the step out, so a step is never done twice; work
//! outside the database must be safe to repeat.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, canonical};
use crate::read::{Cells, ReadTx, instant};
use crate::write::WriteTx;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;

/// A job to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Its id.
    pub id: String,
    /// What kind of work it is.
    pub kind: String,
    /// What it needs to know.
    pub input: Value,
    /// How many steps it has.
    pub total: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// A job as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// What kind of work it is.
    pub kind: String,
    /// What it needs to know.
    pub input: Value,
    /// How many steps it has.
    pub total: i64,
    /// How many have been done, those that failed included.
    pub done: i64,
    /// What failed: a list, one object for each step.
    pub failed: Vec<Value>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
    /// Until when a worker has it.
    pub lease_until: Option<Timestamp>,
}

const COLUMNS: &str = "id, kind, input, total, done, failed, created_at, finished_at, lease_until";

fn job(row: &AnyRow) -> Result<Job> {
    let failed = match row.json("failed")? {
        Value::Array(failed) => failed,
        _ => return Err(StoreError::Corrupt("job.failed is not a list".into())),
    };
    Ok(Job {
        id: row.text("id")?,
        kind: row.text("kind")?,
        input: row.json("input")?,
        total: row.integer("total")?,
        done: row.integer("done")?,
        failed,
        created_at: row.instant("created_at")?,
        finished_at: row.instant_or_null("finished_at")?,
        lease_until: row.instant_or_null("lease_until")?,
    })
}

/// Puts a job in the queue.
///
/// # Errors
/// `Conflict` if there is a job with that id.
pub async fn enqueue(tx: &mut WriteTx, job: &NewJob) -> Result<()> {
    let bound = [
        Bind::from(&job.id),
        Bind::from(&job.kind),
        Bind::from(&canonical(&job.input)),
        Bind::from(job.total),
        Bind::from(&instant(job.created_at)),
    ];
    tx.execute(
        "insert into job (id, kind, input, total, done, failed, created_at) values ($1, $2, $3, $4, 0, '[]', $5)"
            .to_owned(),
        &bound,
    )
    .await?;
    Ok(())
}

/// Claims the job that has waited longest, if any waits, until an instant.
///
/// # Errors
/// Whatever the engine reports.
pub async fn claim(tx: &mut WriteTx, now: Timestamp, lease_until: Timestamp) -> Result<Option<Job>> {
    let waiting = format!(
        "select {COLUMNS} from job where finished_at is null and (lease_until is null or lease_until <= $1) \
         order by created_at, id limit 1"
    );
    let rows = tx.rows(waiting, &[Bind::from(&instant(now))]).await?;
    let Some(mut claimed) = rows.first().map(job).transpose()? else { return Ok(None) };
    let bound = [Bind::from(&instant(lease_until)), Bind::from(&claimed.id)];
    tx.execute("update job set lease_until = $1 where id = $2".to_owned(), &bound).await?;
    claimed.lease_until = Some(lease_until);
    Ok(Some(claimed))
}

/// Writes down that one more step is done, with what failed in it if it failed, and renews the lease. The
/// caller names the steps that it believes were done before; if another worker has gone on, nothing is
/// written.
///
/// # Errors
/// `Stale` if the job has gone on without the caller.
pub async fn step(
    tx: &mut WriteTx,
    id: &str,
    done_before: i64,
    failure: Option<Value>,
    lease_until: Timestamp,
) -> Result<()> {
    let now = get(tx, id).await?.ok_or_else(|| StoreError::NotFound(format!("job {id}")))?;
    if now.done != done_before || now.finished_at.is_some() {
        return Err(StoreError::Stale { subject: format!("job {id}"), seen: done_before, now: now.done });
    }
    let mut failed = now.failed;
    failed.extend(failure);
    let bound = [
        Bind::from(done_before + 1),
        Bind::from(&canonical(&Value::Array(failed))),
        Bind::from(&instant(lease_until)),
        Bind::from(&id),
    ];
    let update = "update job set done = $1, failed = $2, lease_until = $3 where id = $4".to_owned();
    tx.execute(update, &bound).await?;
    Ok(())
}

/// Writes down that a job is finished.
///
/// # Errors
/// `NotFound` if there is no such job.
pub async fn finish(tx: &mut WriteTx, id: &str, at: Timestamp) -> Result<()> {
    let update = "update job set finished_at = $1, lease_until = null where id = $2".to_owned();
    match tx.execute(update, &[Bind::from(&instant(at)), Bind::from(&id)]).await? {
        0 => Err(StoreError::NotFound(format!("job {id}"))),
        _ => Ok(()),
    }
}

/// The job with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn get(tx: &mut ReadTx, id: &str) -> Result<Option<Job>> {
    let rows = tx.rows(format!("select {COLUMNS} from job where id = $1"), &[Bind::from(&id)]).await?;
    rows.first().map(job).transpose()
}

/// The jobs asked for last, at most so many, the latest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn latest(tx: &mut ReadTx, limit: i64) -> Result<Vec<Job>> {
    let statement = format!("select {COLUMNS} from job order by created_at desc, id desc limit $1");
    tx.rows(statement, &[Bind::from(limit)]).await?.iter().map(job).collect()
}
