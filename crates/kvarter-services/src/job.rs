//! Work that takes longer than a request: asked for, followed, left and returned to.
//!
//! A job lies in the store from the moment it is asked for. A worker claims it for a while; each step that it
//! takes is written down in the same transaction as what the step does. When the process is killed the claim
//! runs out, and the next one goes on where the last step ended: nothing is left half done or done twice.

use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::ids::{MandateId, OrganisationId};
use kvarter_domain::problem::Problems;
use kvarter_store::job::{self, Job, NewJob};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::App;
use crate::clock::Clock;
use crate::context::Ctx;
use crate::dispatch::{self, Issue};
use crate::error::{Error, Result};
use crate::identity;

/// The kind of job that issues agreements.
const ISSUE: &str = "issue";
/// How long a worker has a job before another may take it over, in seconds.
const LEASE_SECONDS: i64 = 60;
/// How often a worker looks for jobs that nobody woke it for: those of a process that was killed.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// What a job that issues agreements needs to know.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Input {
    /// The mandate of whoever asked: what is written is written by it.
    by: MandateId,
    /// What was decided.
    issue: Issue,
    /// Who could not be issued an agreement when it was asked for, and why.
    refused: Vec<(OrganisationId, Problems)>,
}

/// How far a piece of work has come.
#[derive(Debug, Clone, Serialize)]
pub struct Progress {
    /// Its id.
    pub id: String,
    /// How many are done.
    pub done: i64,
    /// Of how many.
    pub total: i64,
    /// Whether it has ended.
    pub ended: bool,
    /// Whether it ended because we failed; the operator's log has the cause.
    pub failed: bool,
    /// Who could not be issued an agreement, and why.
    pub refused: Vec<(OrganisationId, Problems)>,
}

/// Asks for agreements to be issued in the background, and answers with the job's id.
///
/// # Errors
/// What is wrong with the command; every reason, when nothing can be issued; when the actor may not.
pub async fn begin_issue(ctx: &Ctx, app: &App, issue: &Issue) -> Result<String> {
    let prepared = dispatch::prepare(ctx, app, issue).await?;
    let by = match &ctx.actor {
        kvarter_domain::access::Actor::Signed { mandate, .. } => mandate.clone(),
        _ => return Err(Error::Denied),
    };
    let id = app.mint();
    let input = Input { by, issue: issue.clone(), refused: prepared.refused };
    let new = NewJob {
        id: id.clone(),
        kind: ISSUE.to_owned(),
        input: serde_json::to_value(&input).map_err(|error| Error::Internal(error.to_string()))?,
        total: i64::try_from(prepared.ready.len()).unwrap_or(i64::MAX),
        created_at: ctx.now,
    };
    let mut tx = app.store.write().await?;
    job::enqueue(&mut tx, &new).await?;
    ctx.spend(&mut tx, &id).await?;
    tx.commit().await?;
    app.work.notify_one();
    Ok(id)
}

/// How far a job has come, for those who may see the board that it works for.
///
/// # Errors
/// [`Error::NotFound`] for anyone else, or when there is no such job.
pub async fn progress(ctx: &Ctx, app: &App, id: &str) -> Result<Progress> {
    let found = job::get(&mut app.store.read().await?, id).await?.ok_or(Error::NotFound)?;
    shown(ctx, app, &found)
}

/// The jobs that are not finished, for those who may see the board that they work for.
///
/// # Errors
/// When the store cannot be read.
pub async fn under_way(ctx: &Ctx, app: &App) -> Result<Vec<Progress>> {
    let latest = job::latest(&mut app.store.read().await?, 20).await?;
    let waiting = latest.iter().filter(|job| job.finished_at.is_none());
    Ok(waiting.filter_map(|job| shown(ctx, app, job).ok()).collect())
}

fn shown(ctx: &Ctx, app: &App, job: &Job) -> Result<Progress> {
    let input = input(job)?;
    let programme = app.programme(&input.issue.programme)?;
    ctx.require(Act::SeeDispatch, &Thing::Of(programme.state.organisation.clone()))?;
    Ok(Progress {
        id: job.id.clone(),
        done: job.done,
        total: job.total,
        ended: job.finished_at.is_some(),
        failed: !job.failed.is_empty(),
        refused: input.refused,
    })
}

fn input(job: &Job) -> Result<Input> {
    serde_json::from_value(job.input.clone()).map_err(|error| Error::Internal(error.to_string()))
}

/// Until when a claim or a step holds: by the machine's clock, for the demonstration's stands still.
pub(crate) fn lease() -> Timestamp {
    let now = Clock::System.now();
    now.checked_add(LEASE_SECONDS.seconds()).unwrap_or(now)
}

/// Does jobs as they are asked for, for as long as the process runs.
pub async fn work(app: Arc<App>) {
    loop {
        match work_once(&app).await {
            Ok(true) => {}
            Ok(false) => {
                // Whichever comes first: someone asks, or it is time to look for what a killed process left.
                let _ = tokio::time::timeout(LOOK_EVERY, app.work.notified()).await;
            }
            Err(error) => {
                tracing::error!(%error, ?error, "a job could not be looked for");
                tokio::time::sleep(LOOK_EVERY).await;
            }
        }
    }
}

/// Does the job that has waited longest, if one waits, and tells whether one did.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn work_once(app: &App) -> Result<bool> {
    let now = Clock::System.now();
    let free = |job: &Job| job.finished_at.is_none() && job.lease_until.is_none_or(|until| until <= now);
    // Looking costs no write; claiming does.
    if !job::latest(&mut app.store.read().await?, 200).await?.iter().any(free) {
        return Ok(false);
    }
    let mut tx = app.store.write().await?;
    let Some(claimed) = job::claim(&mut tx, now, lease()).await? else { return Ok(false) };
    tx.commit().await?;
    match carry_out(app, &claimed).await {
        Ok(()) => finish(app, &claimed, None).await?,
        // The storage is away: the claim runs out and the job is tried again.
        Err(Error::Unavailable(cause)) => {
            tracing::error!(job = claimed.id, cause, "a job waits for the storage");
            return Err(Error::Unavailable(cause));
        }
        // Another worker has gone on with it.
        Err(Error::Stale) => {}
        Err(error) => {
            tracing::error!(job = claimed.id, %error, ?error, "a job failed");
            finish(app, &claimed, Some(json!({ "error": error.to_string() }))).await?;
        }
    }
    Ok(true)
}

async fn carry_out(app: &App, claimed: &Job) -> Result<()> {
    let Input { by, issue, .. } = input(claimed)?;
    if claimed.kind != ISSUE {
        return Err(Error::Internal(format!("a job of kind {}", claimed.kind)));
    }
    let actor = identity::acting(app, &by).await?;
    let ctx = Ctx { actor, ..app.system() };
    let steps = dispatch::Steps { job: &claimed.id, done: claimed.done };
    // A job that was killed after its last step has nothing left to do.
    if claimed.done < claimed.total {
        dispatch::issue_in_steps(&ctx, app, &issue, Some(steps), &|_, _| {}).await?;
    }
    Ok(())
}

async fn finish(app: &App, claimed: &Job, failure: Option<serde_json::Value>) -> Result<()> {
    let mut tx = app.store.write().await?;
    if let Some(failure) = failure {
        let now = job::get(&mut tx, &claimed.id).await?.ok_or(Error::NotFound)?;
        job::step(&mut tx, &claimed.id, now.done, Some(failure), lease()).await?;
    }
    job::finish(&mut tx, &claimed.id, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
