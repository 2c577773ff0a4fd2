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
    /// The duty, the agreement, or the meeting, dialogue or contact, by its id.
    pub about: String,
    /// The record.
    pub record: RecordId,
}

/// A fact that can be corrected, as the actor finds it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The agreement that it concerns.
    pub agreement: AgreementId,
    /// What it concerns.
    pub concerns: Concern,
    /// The party that registered it.
    pub by: OrganisationId,
}

/// What a fact concerns.
#[derive(Debug, Clone)]
pub enum Concern {
    /// The agreement itself.
    Agreement,
    /// A duty.
    Duty(Box<Duty>),
    /// The partnership.
    Partnership,
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
            Found { agreement: life.agreement.id, concerns: Concern::Agreement, by }
        }
        Kind::Meeting | Kind::Dialogue | Kind::RegionalContact => in_partnership(ctx, tx, wrong).await?,
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
                    _ => acts.agreed_days.iter().find(|a| of(&a.record)).map(|a| a.by.clone()),
                };
            let by = by.ok_or(Error::NotFound)?;
            Found { agreement: view.duty.agreement.clone(), concerns: Concern::Duty(Box::new(view.duty)), by }
        }
    };
    ctx.require(Act::Correct, &Thing::Of(found.by.clone()))?;
    Ok(found)
}

/// A meeting, a dialogue or a contact that counts; the municipality registered it.
async fn in_partnership(ctx: &Ctx, tx: &mut ReadTx, wrong: &Wrong) -> Result<Found> {
    // `lua-2008/0180/meeting/4`
    let agreement = wrong.about.rsplitn(3, '/').nth(2).ok_or(Error::NotFound)?;
    let life = open_agreement(ctx, tx, &AgreementId::new(agreement), Act::ReadPublic).await?;
    let known = store::partnership::of_agreement(tx, &life.agreement.id).await?;
    let is = |id: &str, record: &RecordId| id == wrong.about && *record == wrong.record;
    let counts = match wrong.kind {
        Kind::Meeting => known.meetings.iter().any(|m| is(&m.id, &m.record)),
        Kind::Dialogue => known.dialogues.iter().any(|d| is(&d.id, &d.record)),
        Kind::RegionalContact => known.regional.iter().any(|c| is(&c.id, &c.record)),
        _ => false,
    };
    if !counts {
        return Err(Error::NotFound);
    }
    let by = life.agreement.municipality.clone();
    Ok(Found { agreement: life.agreement.id, concerns: Concern::Partnership, by })
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
    match &found.concerns {
        Concern::Duty(duty) => correction::check_on_duty(duty, &correction)?,
        Concern::Partnership => {
            correction::check_in_partnership(&correction)?;
            // What it met is not met by it any longer.
            for discharge in store::duty::met_under(&mut tx, &wrong.record).await? {
                let about = discharge.duty.to_string();
                tx.insert(&Correction { kind: Kind::Discharge, about, ..correction.clone() }).await?;
            }
        }
        Concern::Agreement => {
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
