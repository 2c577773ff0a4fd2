//! Acts on duties: discharged by registering the act, extended by decision, given a day that the parties agree.
//!
//! Each is registered by the clock. A day that somebody writes stands beside the day of registration, and never
//! in another party's register.

use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::duty::{self, AgreedDay, Bounds, Discharge, Duty, Extension, Occurrence};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{Digest, DutyId, OrganisationId, PersonId, RecordId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Creditor;
use kvarter_domain::registry::Direction;
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store, ReadTx, WriteTx};
use serde_json::json;

use crate::App;
use crate::agreement::fresh;
use crate::context::Ctx;
use crate::duty::{gathered, open};
use crate::error::{Error, Result};
use crate::registry::{self, Upload};

/// What is written of an act that meets a duty.
#[derive(Debug, Clone, Default)]
pub struct Meet {
    /// The day of the act; today, if none is told.
    pub met_on: Option<Date>,
    /// The day that the document bears, where its receiver registers it.
    pub dated: Option<Date>,
    /// What was done, in a few words.
    pub note: Option<String>,
    /// A web address that shows it.
    pub link: Option<String>,
    /// The document that shows it.
    pub document: Option<Upload>,
    /// For a duty that waits: what it waited for happened on this day, registered with the act.
    pub occurred_on: Option<Date>,
    /// What was wrong with the form itself: told together with the rest, and nothing is written.
    pub faults: Problems,
}

/// Who registers that a duty was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registers {
    /// One who owes it.
    Debtor(OrganisationId),
    /// The receiver's registrar, who attests on which day what the debtor handed over was received.
    Receiver {
        /// The one who owes it.
        debtor: OrganisationId,
        /// The registrar.
        attested_by: PersonId,
    },
}

/// As what the actor can register that a duty was met.
///
/// # Errors
/// [`Error::Denied`] when the actor cannot.
pub fn registers(ctx: &Ctx, duty: &Duty) -> Result<Registers> {
    let Actor::Signed { organisation: own, person, .. } = &ctx.actor else { return Err(Error::Denied) };
    if duty.is_owed_by(own) {
        ctx.require(Act::Discharge, &Thing::Of(own.clone()))?;
        return Ok(Registers::Debtor(own.clone()));
    }
    if duty.is_handed_over() && *own == duty.state {
        ctx.require(Act::RegisterRecord, &Thing::Of(own.clone()))?;
        let debtor = duty.municipality.clone();
        return Ok(Registers::Receiver { debtor, attested_by: person.clone() });
    }
    Err(Error::Denied)
}

/// Meets a duty: registers the act and its document, and shows it in the margin of its clause.
///
/// What a municipality hands over to the Government Offices is registered at both ends: sent by the one,
/// received and numbered by the other, on the day it is registered.
///
/// # Errors
/// Everything to correct; when the actor is neither the debtor nor the receiver; when the page was stale.
pub async fn meet(ctx: &Ctx, app: &App, id: &DutyId, seen: Option<i64>, meet: Meet) -> Result<RecordId> {
    registers(ctx, &open(ctx, &mut app.store.read().await?, id).await?.duty)?;
    let mut problems = meet.faults;
    let document = match registry::examined(app, meet.document, "document").await {
        Err(Error::Problems(found)) => {
            problems.0.extend(found.0);
            None
        }
        other => other?,
    };
    let mut tx = app.store.write().await?;
    let view = open(ctx, &mut tx, id).await?;
    let registers = registers(ctx, &view.duty)?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let (by, attested_by) = match registers {
        Registers::Debtor(own) => (own, None),
        Registers::Receiver { debtor, attested_by } => (debtor, Some(attested_by)),
    };
    let link = meet.link.as_deref().map(str::trim).filter(|l| !l.is_empty());
    let mut discharge = Discharge {
        duty: id.clone(),
        met_on: meet.met_on.unwrap_or(ctx.today()),
        registered_on: ctx.today(),
        attested_by,
        record: "".into(),
        document: document.as_ref().map(|d| d.digest.clone()),
        by,
        note: meet.note.as_deref().map(squeeze).filter(|n| !n.is_empty()),
        link: link.map(str::to_owned),
    };
    let bounds = bounds(ctx, app, &mut tx, &view.duty).await?;
    let found = duty::check_discharge(&view.duty, &discharge, meet.dated, &bounds).err().unwrap_or_default();
    problems.and_elsewhere(found);
    problems.add_if(link.is_some_and(|l| !is_web_address(l)), || {
        Problem::new("not-a-web-address", "link").with("link", link.unwrap_or_default())
    });
    if let Some(occurred_on) = meet.occurred_on {
        problems.add_if(occurred_on > discharge.met_on, || {
            Problem::new("act-before-its-cause", "occurred_on").resting_on(&view.duty.clause)
        });
        problems.add_if(occurred_on < bounds.in_force, || {
            Problem::new("discharge-before-in-force", "occurred_on")
                .with("day", occurred_on)
                .with("in_force", bounds.in_force)
        });
    }
    problems.or(())?;
    if let Some(document) = &document {
        registry::keep_document(&mut tx, document).await?;
    }
    discharge.record = filed(ctx, app, &mut tx, &view.duty, &discharge, meet.dated).await?;
    if let Some(occurred_on) = meet.occurred_on {
        tx.insert(&Occurrence {
            duty: id.clone(),
            occurred_on,
            registered_on: ctx.today(),
            note: discharge.note.clone(),
            record: discharge.record.clone(),
        })
        .await?;
    }
    tx.insert(&discharge).await?;
    let summary = json!({
        "duty": id, "met_by": view.duty.met_by, "record": discharge.record, "on": discharge.met_on,
    });
    ctx.append(&mut tx, Happened::DutyDischarged, view.duty.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(discharge.record)
}

/// Meets duties by an act of another noun, in its transaction: registered in the house and covered by the act's
/// own event. What such an act cannot meet, because it was met or is not owed yet, it leaves as it is.
pub(crate) async fn met_by(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duties: impl IntoIterator<Item = Duty>,
    act: &Deed,
) -> Result<()> {
    for duty in duties {
        let discharge = Discharge {
            duty: duty.id.clone(),
            met_on: act.day,
            registered_on: ctx.today(),
            attested_by: None,
            record: act.record.clone(),
            document: act.document.clone(),
            by: act.by.clone(),
            note: act.note.clone(),
            link: None,
        };
        let bounds = bounds(ctx, app, tx, &duty).await?;
        let wrong = duty::check_discharge(&duty, &discharge, None, &bounds).err().unwrap_or_default();
        // What is registered here as an act of its own shows itself: it is more than words.
        if wrong.0.iter().all(|problem| problem.code == "discharge-by-words-alone") {
            tx.insert_if_new(&discharge).await?;
        }
    }
    Ok(())
}

/// An act of another noun, as it meets a duty.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    /// The day of the act.
    pub(crate) day: Date,
    /// The record under which it is registered.
    pub(crate) record: RecordId,
    /// The document that shows it.
    pub(crate) document: Option<Digest>,
    /// Whose act it is.
    pub(crate) by: OrganisationId,
    /// What was done, in a few words.
    pub(crate) note: Option<String>,
}

/// Hands over a document that is kept here: registered at both ends, as if it had been sent with a form, in the
/// transaction of the act that made it. Answers with the receipt.
pub(crate) async fn hand_over(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duty: &Duty,
    document: Digest,
    note: Option<String>,
) -> Result<RecordId> {
    let mut discharge = Discharge {
        duty: duty.id.clone(),
        met_on: ctx.today(),
        registered_on: ctx.today(),
        attested_by: None,
        record: "".into(),
        document: Some(document),
        by: duty.municipality.clone(),
        note,
        link: None,
    };
    let bounds = bounds(ctx, app, tx, duty).await?;
    duty::check_discharge(duty, &discharge, None, &bounds)?;
    discharge.record = filed(ctx, app, tx, duty, &discharge, None).await?;
    tx.insert(&discharge).await?;
    Ok(discharge.record)
}

/// The days between which acts on a duty fall.
async fn bounds(ctx: &Ctx, app: &App, tx: &mut ReadTx, duty: &Duty) -> Result<Bounds> {
    let life = store::agreement::life(tx, &duty.agreement).await?.ok_or(Error::NotFound)?;
    let in_force = life.in_force.as_ref().ok_or(Error::NotFound)?.from_day;
    let programme = app.edition(tx, &life.agreement.edition).await?;
    Ok(Bounds { today: ctx.today(), issued_on: life.agreement.issued_on, in_force, period: programme.period })
}

/// Files the act with whoever it concerns, and answers with the record that is the receipt.
///
/// A record bears the day of registration; only the receiver's own registrar writes in its own register on which
/// earlier day something came.
async fn filed(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duty: &Duty,
    discharge: &Discharge,
    dated: Option<Date>,
) -> Result<RecordId> {
    let subject = app.obligation_name(duty)?;
    let programme = app.programme(&duty.programme)?;
    let entry = |direction, counterpart: Option<String>| registry::Entry {
        direction,
        day: discharge.registered_on,
        dated: Some(discharge.met_on).filter(|day| *day < discharge.registered_on),
        counterpart,
        subject: subject.clone(),
        their_reference: None,
        routed_to: None,
        document: discharge.document.clone(),
        agreement: Some(duty.agreement.clone()),
    };
    let sender = programme.recipient(duty.municipality.as_str()).map(|r| r.name.clone());
    if discharge.attested_by.is_some() {
        let theirs = registry::matter_of_agreement(tx, &duty.state, &duty.agreement).await?;
        let received = registry::Entry {
            day: discharge.met_on,
            dated: dated.filter(|dated| *dated < discharge.met_on),
            ..entry(Direction::In, sender)
        };
        return Ok(registry::file(ctx, tx, &theirs, received).await?.id);
    }
    let by = &discharge.by;
    let own = registry::matter_of_agreement(tx, by, &duty.agreement).await?;
    let handed_over =
        *by == duty.municipality && matches!(duty.creditor, Creditor::GovernmentOffices | Creditor::State);
    if !handed_over {
        return Ok(registry::file(ctx, tx, &own, entry(Direction::Internal, None)).await?.id);
    }
    let sent =
        registry::file(ctx, tx, &own, entry(Direction::Out, Some(programme.state.name.clone()))).await?;
    let theirs = registry::matter_of_agreement(tx, &duty.state, &duty.agreement).await?;
    let mut received = entry(Direction::In, sender);
    received.their_reference = Some(format!("{}-{}", own.number, sent.serial));
    Ok(registry::file(ctx, tx, &theirs, received).await?.id)
}

pub(crate) fn is_web_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && !host.starts_with('.')
            && !link.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// The actor's organisation, as the party to the duty's agreement that decides for itself.
fn deciding(ctx: &Ctx, duty: &Duty) -> Result<OrganisationId> {
    let own = ctx.actor.organisation().ok_or(Error::Denied)?;
    ctx.require(Act::Extend, &Thing::Of(own.clone()))?;
    if *own == duty.state || *own == duty.municipality { Ok(own.clone()) } else { Err(Error::Denied) }
}

/// What is written of a decision to move a last day.
#[derive(Debug, Clone)]
pub struct Extend {
    /// The new last day.
    pub until: Date,
    /// The day of the decision.
    pub decided_on: Date,
    /// The decision's reference number.
    pub reference: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Extends the last day of a duty (anstånd): by the other side than the one that owes it.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn extend(ctx: &Ctx, app: &App, id: &DutyId, seen: Option<i64>, extend: &Extend) -> Result<()> {
    let mut tx = app.store.write().await?;
    let view = open(ctx, &mut tx, id).await?;
    let decided_by = deciding(ctx, &view.duty)?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let mut extension = Extension {
        duty: id.clone(),
        until: extend.until,
        decided_on: extend.decided_on,
        registered_on: ctx.today(),
        decided_by,
        reference: extend.reference.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        reason: extend.reason.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        record: "".into(),
    };
    let duties = store::duty::of_programme(&mut tx, &view.duty.programme).await?;
    let acts = gathered(ctx, &mut tx, &view.duty.programme, &duties).await?;
    let bounds = bounds(ctx, app, &mut tx, &view.duty).await?;
    duty::check_extension(&view.duty, &acts, &extension, &bounds)?;
    let (by, day) = (&extension.decided_by, extension.decided_on);
    extension.record = decision(ctx, app, &mut tx, &view.duty, by, day, "subject-extension").await?;
    tx.insert(&extension).await?;
    let summary = json!({ "duty": id, "until": extension.until, "record": extension.record });
    ctx.append(&mut tx, Happened::DutyExtended, view.duty.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Records one party's word on the day that the parties have agreed for a duty for which the text names none.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn agree_day(
    ctx: &Ctx,
    app: &App,
    id: &DutyId,
    seen: Option<i64>,
    day: Date,
    agreed_on: Date,
    reference: Option<&str>,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let view = open(ctx, &mut tx, id).await?;
    let by = deciding(ctx, &view.duty)?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let mut agreed = AgreedDay {
        duty: id.clone(),
        day,
        agreed_on,
        registered_on: ctx.today(),
        by,
        reference: reference.map(squeeze).filter(|r| !r.is_empty()),
        record: "".into(),
    };
    let duties = store::duty::of_programme(&mut tx, &view.duty.programme).await?;
    let acts = gathered(ctx, &mut tx, &view.duty.programme, &duties).await?;
    let bounds = bounds(ctx, app, &mut tx, &view.duty).await?;
    duty::check_agreed_day(&view.duty, &acts, &agreed, &bounds)?;
    agreed.record =
        decision(ctx, app, &mut tx, &view.duty, &agreed.by, agreed_on, "subject-agreed-day").await?;
    tx.insert(&agreed).await?;
    let summary = json!({ "duty": id, "day": day, "record": agreed.record });
    ctx.append(&mut tx, Happened::DayAgreed, view.duty.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Files a decision in the register of the party that made it.
async fn decision(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duty: &Duty,
    by: &OrganisationId,
    decided_on: Date,
    subject: &str,
) -> Result<RecordId> {
    let matter = registry::matter_of_agreement(tx, by, &duty.agreement).await?;
    let programme = app.programme(&duty.programme)?;
    let other = if *by == duty.state {
        programme.recipient(duty.municipality.as_str()).map(|r| r.name.clone())
    } else {
        Some(programme.state.name.clone())
    };
    let entry = registry::Entry {
        direction: Direction::Out,
        day: ctx.today(),
        dated: Some(decided_on).filter(|day| *day < ctx.today()),
        counterpart: other,
        subject: format!("{}: {}", app.words(subject), app.obligation_name(duty)?),
        their_reference: None,
        routed_to: None,
        document: None,
        agreement: Some(duty.agreement.clone()),
    };
    Ok(registry::file(ctx, tx, &matter, entry).await?.id)
}
