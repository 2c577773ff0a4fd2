//! Duties: listed with how they stand, discharged by registering the act, extended by decision.

use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::duty::{
    self, ActsOfOne, AgreedDay, Discharge, Duty, Extension, Occurrence, Standing, concretise,
};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, DutyId, OrganisationId, ProgrammeId, RecordId};
use kvarter_domain::problem::Problem;
use kvarter_domain::programme::{Creditor, Debtor, EventKind, Programme};
use kvarter_domain::registry::Direction;
use kvarter_domain::signing::Party;
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store, ReadTx, WriteTx};
use serde_json::json;

use crate::App;
use crate::agreement::{fresh, scope_of};
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::registry::{self, Upload};

/// A duty with how it stands and the acts that bear on it.
#[derive(Debug, Clone)]
pub struct DutyView {
    /// The duty.
    pub duty: Duty,
    /// How it stands on the day asked for.
    pub standing: Standing,
    /// The acts that bear on it.
    pub acts: ActsOfOne,
    /// Not yet owed: the agreement is not in force, and this is what will follow from it.
    pub prospective: bool,
}

/// The duties of an agreement: frozen when it is in force; before that, what would follow if it entered into
/// force today.
pub(crate) async fn of_agreement(
    tx: &mut ReadTx,
    programme: &Programme,
    life: &Life,
    today: Date,
) -> Result<Vec<DutyView>> {
    if life.in_force.is_none() {
        let duties = concretise(programme, &scope_of(life), today.max(life.agreement.issued_on));
        let acts = duty::Acts::gather(&duties, met_by_entry(life, &duties), [], [], []);
        return Ok(views(duties, &acts, today, true));
    }
    let duties = store::duty::of_agreement(tx, &life.agreement.id).await?;
    let acts = gathered(tx, &life.agreement.programme, &duties).await?;
    Ok(views(duties, &acts, today, false))
}

fn views(duties: Vec<Duty>, acts: &duty::Acts, today: Date, prospective: bool) -> Vec<DutyView> {
    duties
        .into_iter()
        .map(|duty| DutyView {
            standing: duty::standing(&duty, acts, today),
            acts: acts.of(&duty).clone(),
            duty,
            prospective,
        })
        .collect()
}

async fn gathered(tx: &mut ReadTx, programme: &ProgrammeId, duties: &[Duty]) -> Result<duty::Acts> {
    Ok(duty::Acts::gather(
        duties,
        store::duty::discharges_of(tx, programme).await?,
        store::duty::extensions_of(tx, programme).await?,
        store::duty::agreed_days_of(tx, programme).await?,
        store::duty::occurrences_of(tx, programme).await?,
    ))
}

/// The letter's obligations and § 8 are met by the acts of the agreement's own life; this says which of
/// these duties are met by them, and by what record.
pub(crate) fn met_by_entry(life: &Life, duties: &[Duty]) -> Vec<Discharge> {
    let returned = life.returned.first();
    let mut found = Vec::new();
    for duty in duties {
        let shown: Option<(Date, RecordId, Option<_>, OrganisationId)> = match duty.met_by {
            EventKind::ApprovedByMunicipality => life
                .approval(Party::Municipality)
                .map(|a| (a.decided_on, a.record.clone(), a.document.clone(), duty.municipality.clone())),
            EventKind::ApprovedByState => life
                .approval(Party::State)
                .map(|a| (a.decided_on, a.record.clone(), a.document.clone(), duty.state.clone())),
            EventKind::OriginalsSigned => {
                (life.signatures.iter().filter(|s| s.party == Party::Municipality).count() == 2)
                    .then(|| life.signatures.iter().map(|s| s.signed_on).max())
                    .flatten()
                    .zip(returned)
                    .map(|(day, returned)| (day, returned.record.clone(), None, duty.municipality.clone()))
            }
            EventKind::PagesInitialled => kvarter_domain::signing::Mark::BOTH
                .into_iter()
                .all(|mark| {
                    life.original(mark).is_some()
                        && Party::BOTH.into_iter().all(|p| life.pages_without_initials(p, mark).is_empty())
                })
                .then(|| life.initials.iter().map(|i| i.initialled_on).max())
                .flatten()
                .zip(returned)
                .map(|(day, returned)| (day, returned.record.clone(), None, duty.municipality.clone())),
            EventKind::OriginalReturned => {
                returned.map(|r| (r.received_on, r.record.clone(), None, duty.municipality.clone()))
            }
            EventKind::OriginalKept => {
                life.custody.iter().find(|c| c.holder == duty.municipality).zip(life.returns.first()).map(
                    |(custody, sent)| {
                        (custody.from_day, sent.record.clone(), None, duty.municipality.clone())
                    },
                )
            }
            _ => None,
        };
        if let Some((met_on, record, document, by)) = shown {
            found.push(Discharge {
                duty: duty.id.clone(),
                met_on,
                record,
                document,
                by,
                note: None,
                link: None,
            });
        }
    }
    found
}

/// Which duties to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those that this side owes.
    pub debtor: Option<Debtor>,
    /// Only those of this agreement.
    pub agreement: Option<AgreementId>,
    /// Only those that rest on this clause.
    pub clause: Option<String>,
    /// Only those that stand so (a standing's code).
    pub stands: Option<String>,
    /// Only those with their last day in this year.
    pub year: Option<i64>,
}

/// Every duty of a programme's agreements in force, by last day; what has none comes last.
///
/// What the state owes the whole programme stands once.
///
/// # Errors
/// When the programme is unknown or the store cannot be read.
pub async fn list(ctx: &Ctx, app: &App, programme: &ProgrammeId, filter: &Filter) -> Result<Vec<DutyView>> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let programme = app.programme(programme)?;
    let mut tx = app.store.read().await?;
    let duties = store::duty::of_programme(&mut tx, &programme.id).await?;
    let acts = gathered(&mut tx, &programme.id, &duties).await?;
    let mut promised = std::collections::HashSet::new();
    let mut listed: Vec<DutyView> = views(duties, &acts, ctx.today(), false)
        .into_iter()
        .filter(|view| filter.agreement.as_ref().is_none_or(|a| view.duty.agreement == *a))
        .filter(|view| {
            filter.debtor.is_none_or(|d| view.duty.debtor == d || view.duty.debtor == Debtor::Both)
        })
        .filter(|view| filter.clause.as_ref().is_none_or(|c| view.duty.clause == *c))
        .filter(|view| filter.stands.as_ref().is_none_or(|s| view.standing.code() == s))
        .filter(|view| filter.year.is_none_or(|y| last_day(view).is_some_and(|d| i64::from(d.year()) == y)))
        .filter(|view| promised.insert(view.duty.promise()))
        .collect();
    listed.sort_by_key(|view| (last_day(view).is_none(), last_day(view)));
    Ok(listed)
}

fn last_day(view: &DutyView) -> Option<Date> {
    view.standing.last_day().or(view.duty.effective)
}

/// One duty, with how it stands.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn show(ctx: &Ctx, app: &App, id: &DutyId) -> Result<DutyView> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    open(ctx, &mut tx, id).await
}

async fn open(ctx: &Ctx, tx: &mut ReadTx, id: &DutyId) -> Result<DutyView> {
    let duty = store::duty::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let duties = store::duty::of_programme(tx, &duty.programme).await?;
    let acts = gathered(tx, &duty.programme, &duties).await?;
    let mut found = views(vec![duty], &acts, ctx.today(), false);
    found.pop().ok_or(Error::NotFound)
}

/// What is written of an act that meets a duty.
#[derive(Debug, Clone)]
pub struct Meet {
    /// The day of the act.
    pub met_on: Date,
    /// What was done, in a few words.
    pub note: Option<String>,
    /// A web address that shows it.
    pub link: Option<String>,
    /// The document that shows it.
    pub document: Option<Upload>,
    /// For a duty that waits: what it waited for happened on this day, registered with the act.
    pub occurred_on: Option<Date>,
}

/// Meets a duty: registers the act and its document, and shows it in the margin of its clause.
///
/// What a municipality hands over to the Government Offices is registered at both ends: sent by the one,
/// received and numbered by the other.
///
/// # Errors
/// Everything to correct; when the actor is not the debtor; when the page was stale.
pub async fn meet(ctx: &Ctx, app: &App, id: &DutyId, seen: Option<i64>, meet: Meet) -> Result<RecordId> {
    let by = ctx.actor.organisation().ok_or(Error::Denied)?.clone();
    let (document, mut tx, view) = {
        {
            let mut tx = app.store.read().await?;
            may_meet(ctx, &open(ctx, &mut tx, id).await?.duty)?;
        }
        let document = registry::examined(app, meet.document, "document").await?;
        let mut tx = app.store.write().await?;
        let view = open(ctx, &mut tx, id).await?;
        (document, tx, view)
    };
    may_meet(ctx, &view.duty)?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let link = meet.link.as_deref().map(str::trim).filter(|l| !l.is_empty());
    let mut discharge = Discharge {
        duty: id.clone(),
        met_on: meet.met_on,
        record: "".into(),
        document: document.as_ref().map(|d| d.digest.clone()),
        by: by.clone(),
        note: meet.note.as_deref().map(squeeze).filter(|n| !n.is_empty()),
        link: link.map(str::to_owned),
    };
    let mut problems = duty::check_discharge(&view.duty, &discharge, ctx.today()).err().unwrap_or_default();
    problems.add_if(link.is_some_and(|l| !is_web_address(l)), || {
        Problem::new("not-a-web-address", "link").with("link", link.unwrap_or_default())
    });
    problems.add_if(meet.occurred_on.is_some_and(|day| day > meet.met_on), || {
        Problem::new("act-before-its-cause", "occurred_on").resting_on(&view.duty.clause)
    });
    problems.or(())?;
    if let Some(document) = &document {
        registry::keep_document(&mut tx, document).await?;
    }
    discharge.record = filed(ctx, app, &mut tx, &view.duty, &discharge, &by).await?;
    if let Some(occurred_on) = meet.occurred_on {
        tx.insert(&Occurrence {
            duty: id.clone(),
            occurred_on,
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

/// Files the act with whoever it concerns, and answers with the record that is the receipt.
async fn filed(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duty: &Duty,
    discharge: &Discharge,
    by: &OrganisationId,
) -> Result<RecordId> {
    let subject = app.obligation_name(duty)?;
    let programme = app.programme(&duty.programme)?;
    let entry = |direction, counterpart: Option<String>| registry::Entry {
        direction,
        day: discharge.met_on,
        dated: None,
        counterpart,
        subject: subject.clone(),
        their_reference: None,
        routed_to: None,
        document: discharge.document.clone(),
        agreement: Some(duty.agreement.clone()),
    };
    let own = registry::matter_of_agreement(tx, by, &duty.agreement).await?;
    let handed_over =
        *by == duty.municipality && matches!(duty.creditor, Creditor::GovernmentOffices | Creditor::State);
    if !handed_over {
        return Ok(registry::file(ctx, tx, &own, entry(Direction::Internal, None)).await?.id);
    }
    let sent =
        registry::file(ctx, tx, &own, entry(Direction::Out, Some(programme.state.name.clone()))).await?;
    let theirs = registry::matter_of_agreement(tx, &duty.state, &duty.agreement).await?;
    let sender = programme.recipient(duty.municipality.as_str()).map(|r| r.name.clone());
    let mut received = entry(Direction::In, sender);
    received.their_reference = Some(format!("{}-{}", own.number, sent.serial));
    Ok(registry::file(ctx, tx, &theirs, received).await?.id)
}

/// Only the debtor meets a duty.
fn may_meet(ctx: &Ctx, duty: &Duty) -> Result<()> {
    let own = ctx.actor.organisation().cloned().unwrap_or_else(|| duty.municipality.clone());
    ctx.require(Act::Discharge, &Thing::Of(own.clone()))?;
    if matches!(ctx.actor, Actor::Signed { .. }) && !duty.is_owed_by(&own) {
        return Err(Error::Denied);
    }
    Ok(())
}

fn is_web_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && !host.starts_with('.')
            && !link.chars().any(|c| c.is_whitespace() || c.is_control())
    })
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

/// Extends the last day of a duty (anstånd).
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn extend(ctx: &Ctx, app: &App, id: &DutyId, seen: Option<i64>, extend: &Extend) -> Result<()> {
    let mut tx = app.store.write().await?;
    let view = open(ctx, &mut tx, id).await?;
    ctx.require(Act::Extend, &Thing::Of(view.duty.state.clone()))?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let mut extension = Extension {
        duty: id.clone(),
        until: extend.until,
        decided_on: extend.decided_on,
        decided_by: view.duty.state.clone(),
        reference: extend.reference.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        reason: extend.reason.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        record: "".into(),
    };
    let duties = store::duty::of_programme(&mut tx, &view.duty.programme).await?;
    let acts = gathered(&mut tx, &view.duty.programme, &duties).await?;
    duty::check_extension(&view.duty, &acts, &extension, ctx.today())?;
    extension.record =
        decision(ctx, app, &mut tx, &view.duty, extend.decided_on, "subject-extension").await?;
    tx.insert(&extension).await?;
    let summary = json!({ "duty": id, "until": extension.until, "record": extension.record });
    ctx.append(&mut tx, Happened::DutyExtended, view.duty.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Records the day that the parties have agreed for a duty for which the text names none.
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
    ctx.require(Act::Extend, &Thing::Of(view.duty.state.clone()))?;
    fresh(&mut tx, &view.duty.agreement, seen).await?;
    let mut agreed = AgreedDay {
        duty: id.clone(),
        day,
        agreed_on,
        reference: reference.map(squeeze).filter(|r| !r.is_empty()),
        record: "".into(),
    };
    duty::check_agreed_day(&view.duty, &agreed, ctx.today())?;
    agreed.record = decision(ctx, app, &mut tx, &view.duty, agreed_on, "subject-agreed-day").await?;
    tx.insert(&agreed).await?;
    let summary = json!({ "duty": id, "day": day, "record": agreed.record });
    ctx.append(&mut tx, Happened::DayAgreed, view.duty.agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

async fn decision(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    duty: &Duty,
    day: Date,
    subject: &str,
) -> Result<RecordId> {
    let matter = registry::matter_of_agreement(tx, &duty.state, &duty.agreement).await?;
    let programme = app.programme(&duty.programme)?;
    let entry = registry::Entry {
        direction: Direction::Out,
        day,
        dated: None,
        counterpart: programme.recipient(duty.municipality.as_str()).map(|r| r.name.clone()),
        subject: format!("{}: {}", app.words(subject), app.obligation_name(duty)?),
        their_reference: None,
        routed_to: None,
        document: None,
        agreement: Some(duty.agreement.clone()),
    };
    Ok(registry::file(ctx, tx, &matter, entry).await?.id)
}

/// The national overview of a year, for both parties, as known on the day that the context tells.
///
/// # Errors
/// When the programme is unknown, or the year lies outside its period.
pub async fn overview(ctx: &Ctx, app: &App, programme: &ProgrammeId, year: i16) -> Result<duty::Overview> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let programme = app.programme(programme)?;
    if !programme.period.years().any(|y| y == year) {
        return Err(Error::NotFound);
    }
    let mut tx = app.store.read().await?;
    let duties = store::duty::of_programme(&mut tx, &programme.id).await?;
    let acts = gathered(&mut tx, &programme.id, &duties).await?;
    Ok(duty::overview(&programme, &duties, &acts, year, ctx.today()))
}

/// What someone signed in can do next.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Steps that agreements wait for this actor to take.
    pub steps: Vec<Step>,
    /// The actor's organisation's duties that ask for an act, the nearest last day first.
    pub duties: Vec<DutyView>,
}

/// A step that an agreement waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in the agreement.
    pub name: String,
    /// What is to be done: `receive`, `approve`, `attest`, `send`, `send-back`, `keep`, `register-return`.
    pub act: &'static str,
    /// Since when it has waited.
    pub since: Option<Date>,
}

/// The desk of the actor: what can be done next, never what is done.
///
/// # Errors
/// [`Error::NotFound`] when not signed in.
pub async fn desk(ctx: &Ctx, app: &App) -> Result<Desk> {
    ctx.require(Act::SeeDesk, &Thing::Common)?;
    let Some(own) = ctx.actor.organisation().cloned() else { return Err(Error::NotFound) };
    let mut desk = Desk { steps: Vec::new(), duties: Vec::new() };
    for programme in app.programmes() {
        let mut tx = app.store.read().await?;
        for life in store::agreement::lives_of(&mut tx, &programme.id).await? {
            desk.steps.extend(next_steps(ctx, &life));
        }
        drop(tx);
        let all = list(ctx, app, &programme.id, &Filter::default()).await?;
        desk.duties.extend(all.into_iter().filter(|view| {
            view.duty.is_owed_by(&own)
                && ctx.may(Act::Discharge, &Thing::Of(own.clone()))
                && view.standing.asks_for_an_act()
        }));
    }
    desk.duties.sort_by_key(|view| view.standing.last_day());
    Ok(desk)
}

/// What an agreement's facts let this actor do next.
fn next_steps(ctx: &Ctx, life: &Life) -> Vec<Step> {
    use kvarter_domain::signing::Mark;
    let thing = Thing::Shared {
        state: life.agreement.state.clone(),
        municipality: life.agreement.municipality.clone(),
    };
    let own = ctx.actor.organisation();
    let is = |party: Party| own == Some(life.organisation(party));
    let marked = |party: Party| {
        Mark::BOTH.into_iter().all(|mark| {
            life.signature(party, mark).is_some() && life.pages_without_initials(party, mark).is_empty()
        })
    };
    let mut steps = Vec::new();
    let mut step = |act: &'static str, policy: Act, since: Option<Date>, waits: bool| {
        if waits && ctx.may(policy, &thing) {
            steps.push(Step {
                agreement: life.agreement.id.clone(),
                name: life.agreement.party_name.clone(),
                act,
                since,
            });
        }
    };
    let issued = Some(life.agreement.issued_on);
    let state_done = marked(Party::State);
    let approval = life.approval(Party::Municipality);
    let municipality_done = marked(Party::Municipality);
    step("approve", Act::RegisterApproval, issued, is(Party::State) && life.approval(Party::State).is_none());
    step(
        "attest",
        Act::Attest,
        issued,
        is(Party::State) && life.approval(Party::State).is_some() && !state_done,
    );
    step("send", Act::Issue, issued, state_done && life.sent.is_none());
    step(
        "receive",
        Act::Receive,
        life.sent.as_ref().map(|s| s.sent_on),
        life.sent.is_some() && life.receipts.is_empty(),
    );
    let received = life.receipts.first().map(|r| r.received_on);
    step(
        "approve",
        Act::RegisterApproval,
        received,
        is(Party::Municipality) && received.is_some() && approval.is_none(),
    );
    step(
        "attest",
        Act::Attest,
        approval.map(|a| a.decided_on),
        is(Party::Municipality) && approval.is_some() && !municipality_done,
    );
    let signed = life.signatures.iter().filter(|s| s.party == Party::Municipality).map(|s| s.signed_on).max();
    step("send-back", Act::SendBack, signed, municipality_done && life.returns.is_empty());
    let keeps = life.custody.iter().any(|c| c.holder == life.agreement.municipality);
    step("keep", Act::Keep, signed, is(Party::Municipality) && municipality_done && !keeps);
    step(
        "register-return",
        Act::RegisterReturn,
        life.returns.first().map(|r| r.sent_on),
        !life.returns.is_empty() && life.returned.is_empty(),
    );
    steps
}
