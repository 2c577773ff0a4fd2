//! The log: verified, proved and read.

use kvarter_domain::access::{Act, Thing};
use kvarter_store as store;

use crate::App;
use crate::context::Ctx;
use crate::error::Result;

pub use kvarter_store::log::Event;
pub use kvarter_store::proof::{Checkpoint, Consistency, Inclusion};
pub use kvarter_store::verify::{Finding, Progress, Report};

/// The log's checkpoint now: how many events, and the root of the tree over them.
///
/// # Errors
/// When the store cannot be read.
pub async fn checkpoint(ctx: &Ctx, app: &App) -> Result<Checkpoint> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    Ok(app.store.checkpoint().await?)
}

/// The latest events, before one of them if that is given, with what is public of each.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest(ctx: &Ctx, app: &App, before: Option<i64>, limit: i64) -> Result<Vec<Event>> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    Ok(store::log::before(&mut tx, before.unwrap_or(i64::MAX), limit).await?)
}

/// One event of the log.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none with that number.
pub async fn event(ctx: &Ctx, app: &App, seq: i64) -> Result<Event> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    store::log::event(&mut tx, seq).await?.ok_or(crate::Error::NotFound)
}

/// The proof that an event is in the log of a size, or of its present size.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is no such event in a log of that size.
pub async fn inclusion(ctx: &Ctx, app: &App, seq: i64, size: Option<u64>) -> Result<Inclusion> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    Ok(app.store.inclusion_proof(seq, size).await?)
}

/// The proof that the log of one size continues the log of a smaller one.
///
/// # Errors
/// [`crate::Error::NotFound`] when the log has never been that large.
pub async fn consistency(ctx: &Ctx, app: &App, from: u64, to: Option<u64>) -> Result<Consistency> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    Ok(app.store.consistency_proof(from, to).await?)
}

/// Recomputes everything that the log covers, and compares it with a checkpoint that was kept elsewhere.
///
/// # Errors
/// When it cannot be read at all; what can be read but is not as it was is a finding.
pub async fn verify(
    app: &App,
    checkpoint: Option<&Checkpoint>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report> {
    Ok(app.store.verify(checkpoint, progress).await?)
}
