//! Duties: listed with how they stand. The acts on them are in [`crate::duty_act`].

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::correction::OnDuties;
use kvarter_domain::duty::{self, ActsOfOne, Discharge, Duty, Standing, concretise};
use kvarter_domain::ids::{AgreementId, DutyId, OrganisationId, ProgrammeId, RecordId};
use kvarter_domain::programme::{Debtor, EventKind, Programme};
use kvarter_domain::signing::Party;
use kvarter_store::{self as store, ReadTx};

use crate::App;
use crate::agreement::scope_of;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::screen::Screen;

pub use crate::duty_act::{Extend, Meet, Registers, agree_day, extend, meet, registers};

/// A duty with how it stands and the acts that bear on it.
#[derive(Debug, Clone)]
pub struct DutyView {
    /// The duty.
    pub duty: Duty,
    /// How it stands on the day asked for.
    pub standing: Standing,
    /// The acts that bear on it.
    pub acts: ActsOfOne,
    /// The day that both parties have registered as agreed, where the text names none.
    pub agreed_day: Option<Date>,
    /// Not yet owed: the agreement is not in force, and this is what will follow from it.
    pub prospective: bool,
}

impl DutyView {
    /// Of a duty that both parties owe: whether this one has done its part and waits for the other.
    pub fn has_done_its_part(&self, own: &OrganisationId) -> bool {
        match self.standing.done_by() {
            Some(Debtor::State) => *own == self.duty.state,
            Some(Debtor::Municipality) => *own == self.duty.municipality,
            Some(Debtor::Both) | None => false,
        }
    }
}

/// The duties of an agreement: frozen when it is in force; before that, what would follow if it entered into
/// force today.
pub(crate) async fn of_agreement(
    tx: &mut ReadTx,
    screen: &Screen,
    programme: &Programme,
    life: &Life,
    today: Date,
) -> Result<Vec<DutyView>> {
    if life.in_force.is_none() {
        let duties = concretise(programme, &scope_of(life), today.max(life.agreement.issued_on));
        let acts = duty::Acts::gather(&duties, met_by_entry(life, &duties, today), [], [], []);
        return Ok(views(duties, &acts, today, true));
    }
    let duties = store::duty::of_agreement(tx, &life.agreement.id).await?;
    let acts = screened(tx, screen, &life.agreement.programme, &duties, today).await?;
    Ok(views(duties, &acts, today, false))
}

fn views(duties: Vec<Duty>, acts: &duty::Acts, today: Date, prospective: bool) -> Vec<DutyView> {
    duties
        .into_iter()
        .map(|duty| DutyView {
            standing: duty::standing(&duty, acts, today),
            agreed_day: acts.of(&duty).agreed(&duty, today).map(|(day, _)| day),
            acts: acts.of(&duty).clone(),
            duty,
            prospective,
        })
        .collect()
}

/// The facts that bear on duties, as this reader may see them.
pub(crate) async fn gathered(
    ctx: &Ctx,
    tx: &mut ReadTx,
    programme: &ProgrammeId,
    duties: &[Duty],
) -> Result<duty::Acts> {
    let screen = Screen::before(ctx, tx).await?;
    screened(tx, &screen, programme, duties, ctx.today()).await
}

async fn screened(
    tx: &mut ReadTx,
    screen: &Screen,
    programme: &ProgrammeId,
    duties: &[Duty],
    known: Date,
) -> Result<duty::Acts> {
    let mut facts = OnDuties {
        discharges: store::duty::discharges_of(tx, programme).await?,
        extensions: store::duty::extensions_of(tx, programme).await?,
        agreed_days: store::duty::agreed_days_of(tx, programme).await?,
        occurrences: store::duty::occurrences_of(tx, programme).await?,
    };
    let mut corrected = facts.correct(&store::correction::of_programme(tx, programme).await?, known);
    screen.over_corrected(&mut corrected);
    facts.discharges.iter_mut().for_each(|act| screen.over_discharge(act));
    facts.extensions.iter_mut().for_each(|act| screen.over_extension(act));
    facts.occurrences.iter_mut().for_each(|act| screen.over_occurrence(act));
    let OnDuties { discharges, extensions, agreed_days, occurrences } = facts;
    let mut acts = duty::Acts::gather(duties, discharges, extensions, agreed_days, occurrences);
    acts.beside(corrected);
    Ok(acts)
}

/// The letter's obligations and § 8 are met by the acts of the agreement's own life; this says which of
/// these duties are met by them, and by what record.
pub(crate) fn met_by_entry(life: &Life, duties: &[Duty], today: Date) -> Vec<Discharge> {
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
                registered_on: today,
                attested_by: None,
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
    let acts = gathered(ctx, &mut tx, &programme.id, &duties).await?;
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

pub(crate) async fn open(ctx: &Ctx, tx: &mut ReadTx, id: &DutyId) -> Result<DutyView> {
    let duty = store::duty::by_id(tx, id).await?.ok_or(Error::NotFound)?;
    let duties = store::duty::of_programme(tx, &duty.programme).await?;
    let acts = gathered(ctx, tx, &duty.programme, &duties).await?;
    let mut found = views(vec![duty], &acts, ctx.today(), false);
    found.pop().ok_or(Error::NotFound)
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
    let acts = gathered(ctx, &mut tx, &programme.id, &duties).await?;
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
                && !view.has_done_its_part(&own)
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
