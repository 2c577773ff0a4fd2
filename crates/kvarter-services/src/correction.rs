//! Corrections: the registrar of the party that registered something wrongly says so, and why.

use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::correction::{self, Correction, Kind};
use kvarter_domain::duty::Duty;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, DutyId, OrganisationId, RecordId};
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store, ReadTx};
use serde_json::json;

use crate::App;
use crate::access::open_agreement;
use crate::agreement::fresh;
use crate::context::Ctx;
use crate::duty::open;
use crate::error::{Error, Result};

/// What is corrected: one fact, by what it is about and the record under which it was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What kind of fact.
    pub kind: Kind,
    /// The duty, or the agreement.
    pub about: String,
    /// The record.
    pub record: RecordId,
}

/// A fact that can be corrected, as the actor finds it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The agreement that it concerns.
    pub agreement: AgreementId,
    /// The duty, if it is about one.
    pub duty: Option<Duty>,
    /// The party that registered it.
    pub by: OrganisationId,
}

/// Finds the fact, if it counts still and the actor may correct it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such fact that counts; [`Error::Denied`] when the actor may not.
pub async fn find(ctx: &Ctx, app: &App, wrong: &Wrong) -> Result<Found> {
    found(ctx, &mut app.store.read().await?, wrong).await
}

async fn found(ctx: &Ctx, tx: &mut ReadTx, wrong: &Wrong) -> Result<Found> {
    let found = match wrong.kind {
        Kind::Approval => {
            let life = open_agreement(ctx, tx, &AgreementId::new(&wrong.about), Act::ReadPublic).await?;
            let approval = life.approvals.iter().find(|a| a.record == wrong.record).ok_or(Error::NotFound)?;
            let by = life.organisation(approval.party).clone();
            Found { agreement: life.agreement.id, duty: None, by }
        }
        kind => {
            let view = open(ctx, tx, &DutyId::new(&wrong.about)).await?;
            let acts = &view.acts;
            let of = |record: &RecordId| *record == wrong.record;
            let by =
                match kind {
                    // What the receiver attested is the receiver's to correct.
                    Kind::Discharge => acts.discharges.iter().find(|d| of(&d.record)).map(|d| {
                        if d.attested_by.is_some() { view.duty.state.clone() } else { d.by.clone() }
                    }),
                    Kind::Extension => {
                        acts.extensions.iter().find(|e| of(&e.record)).map(|e| e.decided_by.clone())
                    }
                    Kind::AgreedDay | Kind::Approval => {
                        acts.agreed_days.iter().find(|a| of(&a.record)).map(|a| a.by.clone())
                    }
                };
            let by = by.ok_or(Error::NotFound)?;
            Found { agreement: view.duty.agreement.clone(), duty: Some(view.duty), by }
        }
    };
    ctx.require(Act::Correct, &Thing::Of(found.by.clone()))?;
    Ok(found)
}

/// Says that a fact counts no longer, and why. The fact stays where it is.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn correct(ctx: &Ctx, app: &App, wrong: &Wrong, seen: Option<i64>, reason: &str) -> Result<()> {
    let mut tx = app.store.write().await?;
    let found = found(ctx, &mut tx, wrong).await?;
    fresh(&mut tx, &found.agreement, seen).await?;
    let Actor::Signed { person, .. } = &ctx.actor else { return Err(Error::Denied) };
    let correction = Correction {
        kind: wrong.kind,
        about: wrong.about.clone(),
        record: wrong.record.clone(),
        agreement: found.agreement.clone(),
        reason: squeeze(reason),
        by: found.by,
        person: person.clone(),
        corrected_on: ctx.today(),
    };
    match &found.duty {
        Some(duty) => correction::check_on_duty(duty, &correction)?,
        None => {
            let life = store::agreement::life(&mut tx, &found.agreement).await?.ok_or(Error::NotFound)?;
            correction::check_of_approval(life.in_force.map(|f| f.from_day), &correction)?;
        }
    }
    tx.insert(&correction).await?;
    let summary = json!({ "kind": wrong.kind, "about": wrong.about, "record": wrong.record });
    ctx.append(&mut tx, Happened::FactCorrected, found.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}
