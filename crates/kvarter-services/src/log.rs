//! The log: verified, proved and read.

use kvarter_domain::access::{Act, Thing};
use kvarter_store as store;

use crate::App;
use crate::context::Ctx;
use crate::error::Result;

pub use kvarter_store::log::Event;
pub use kvarter_store::proof::{Checkpoint, Consistency, Inclusion};
pub use kvarter_store::verify::{Finding, Report};

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
