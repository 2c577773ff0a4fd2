//! Agreements: issued, sent, received, approved, returned and kept; and read, with all that follows.

use std::sync::Arc;

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::{self, Approval, Custody, InForce, Life, Receipt, Return, Returned};
use kvarter_domain::duty::{Scope, concretise};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_domain::reference::{Reference, ReferenceRole};
use kvarter_domain::registry::Direction;
use kvarter_domain::signing::{Mark, Party};
use kvarter_domain::text::squeeze;
use kvarter_domain::validity::{self, Validity};
use kvarter_store::{self as store, ReadTx, WriteTx};
use serde_json::json;

use crate::App;
use crate::access::open_agreement;
use crate::context::Ctx;
use crate::duty::DutyView;
use crate::error::{Error, Result};
use crate::package;
use crate::registry::{self, Upload};
use crate::screen::Screen;

/// What the municipality's registrar writes when the letter arrives.
#[derive(Debug, Clone)]
pub struct Receive {
    /// The day it was received.
    pub received_on: Date,
    /// The municipality's own number.
    pub number: String,
    /// Which of its registers.
    pub register: String,
    /// Who it is passed to.
    pub routed_to: Option<String>,
}

/// Registers that the municipality has received its agreement, under its own number.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn receive(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    receive: &Receive,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Receive).await?;
    fresh(&mut tx, id, seen).await?;
    let mut problems =
        agreement::check_receipt(&life, receive.received_on, ctx.today()).err().unwrap_or_default();
    problems.add_if(squeeze(&receive.number).is_empty(), || {
        Problem::new("record-without-number", "number").resting_on("OSL 5:2")
    });
    problems.or(())?;
    let programme = app.programme(&life.agreement.programme)?;
    let (dispatch, letter) = life.letter.as_ref().ok_or(Error::NotFound)?;
    let municipality = &life.agreement.municipality;
    let matter = registry::matter(
        &mut tx,
        municipality,
        &receive.register,
        &receive.number,
        &programme.name.sv,
        receive.received_on,
    )
    .await?;
    for (number, role, organisation) in [
        (&receive.number, ReferenceRole::Own, municipality),
        (&dispatch.reference, ReferenceRole::Counterparty, &life.agreement.state),
    ] {
        let reference = Reference {
            matter: matter.id.clone(),
            number: squeeze(number),
            role,
            organisation: Some(organisation.clone()),
        };
        registry::note_reference(&mut tx, &reference).await?;
    }
    let entry = registry::Entry {
        direction: Direction::In,
        day: receive.received_on,
        dated: Some(dispatch.dated).filter(|dated| *dated <= receive.received_on),
        counterpart: Some(programme.state.name.clone()),
        subject: app.words("subject-letter"),
        their_reference: Some(dispatch.reference.clone()),
        routed_to: receive.routed_to.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        document: Some(letter.document.clone()),
        agreement: Some(id.clone()),
    };
    let routed_to = entry.routed_to.clone();
    let record = registry::file(ctx, &mut tx, &matter, entry).await?;
    tx.insert(&Receipt {
        agreement: id.clone(),
        received_on: receive.received_on,
        routed_to,
        record: record.id.clone(),
    })
    .await?;
    ctx.append(&mut tx, Happened::AgreementReceived, id.as_str(), json!({ "record": record.id })).await?;
    tx.commit().await?;
    Ok(())
}

/// What a registrar writes of a decision to approve.
#[derive(Debug, Clone)]
pub struct Approve {
    /// Which party approved.
    pub party: Party,
    /// The body that decided.
    pub body: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The paragraph of the minutes.
    pub paragraph: Option<String>,
    /// The day the minutes were adjusted.
    pub adjusted_on: Option<Date>,
    /// The decision's reference number.
    pub reference: Option<String>,
    /// What authorised a decision by delegation.
    pub authorised_by: Option<String>,
    /// Copy of the decision.
    pub copy: Option<Upload>,
    /// What was wrong with the form itself: told together with the rest, and nothing is written.
    pub faults: Problems,
}

/// Registers that a party has approved the agreement (§ 8).
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn approve(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    approve: Approve,
) -> Result<()> {
    own_side(
        ctx,
        &open_agreement(ctx, &mut app.store.read().await?, id, Act::RegisterApproval).await?,
        approve.party,
    )?;
    let mut problems = approve.faults;
    let copy = match registry::examined(app, approve.copy, "document").await {
        Err(Error::Problems(found)) => {
            problems.0.extend(found.0);
            None
        }
        other => other?,
    };
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::RegisterApproval).await?;
    own_side(ctx, &life, approve.party)?;
    fresh(&mut tx, id, seen).await?;
    let mut approval = Approval {
        agreement: id.clone(),
        party: approve.party,
        body: squeeze(&approve.body),
        decided_on: approve.decided_on,
        paragraph: approve.paragraph.as_deref().map(squeeze).filter(|p| !p.is_empty()),
        adjusted_on: approve.adjusted_on,
        reference: approve.reference.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        authorised_by: approve.authorised_by.as_deref().map(squeeze).filter(|a| !a.is_empty()),
        document: copy.as_ref().map(|c| c.digest.clone()),
        record: "".into(),
    };
    let found = agreement::check_approval(&life, &approval, ctx.today()).err().unwrap_or_default();
    problems.and_elsewhere(found);
    problems.or(())?;
    let matter = registry::matter_of_agreement(&mut tx, life.organisation(approve.party), id).await?;
    if let Some(copy) = &copy {
        registry::keep_document(&mut tx, copy).await?;
    }
    let entry = registry::Entry {
        direction: Direction::Internal,
        day: approval.decided_on,
        dated: None,
        counterpart: Some(approval.body.clone()),
        subject: app.words("subject-approval"),
        their_reference: approval.reference.clone(),
        routed_to: None,
        document: approval.document.clone(),
        agreement: Some(id.clone()),
    };
    approval.record = registry::file(ctx, &mut tx, &matter, entry).await?.id;
    tx.insert(&approval).await?;
    let summary = json!({ "party": approval.party, "record": approval.record });
    ctx.append(&mut tx, Happened::AgreementApproved, id.as_str(), summary).await?;
    enter_into_force(ctx, app, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// What the municipality's registrar writes when an original is sent back.
#[derive(Debug, Clone)]
pub struct SendBack {
    /// Which original.
    pub mark: Mark,
    /// The day it was sent.
    pub sent_on: Date,
    /// The reference number quoted, as written.
    pub quoted: String,
    /// Whether the copy of the decision is enclosed.
    pub with_decision: bool,
}

/// Registers that an original was sent back with the decision. A number that does not match is flagged,
/// never refused.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn send_back(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    back: &SendBack,
) -> Result<()> {
    let as_it_is = open_agreement(ctx, &mut app.store.read().await?, id, Act::SendBack).await?;
    let package = package::draw_up(ctx, app, &as_it_is, back).await?;
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::SendBack).await?;
    fresh(&mut tx, id, seen).await?;
    let decision = life.approval(Party::Municipality).and_then(|a| a.document.clone());
    let mut returned = Return {
        agreement: id.clone(),
        mark: back.mark,
        sent_on: back.sent_on,
        quoted: back.quoted.trim().to_owned(),
        with_decision: decision.filter(|_| back.with_decision),
        record: "".into(),
    };
    agreement::check_return(&life, &returned, ctx.today())?;
    let programme = app.programme(&life.agreement.programme)?;
    let municipality = &life.agreement.municipality;
    let matter = registry::matter_of_agreement(&mut tx, municipality, id).await?;
    let scan = life.scans.iter().rev().find(|s| s.mark == back.mark).map(|s| s.document.clone());
    let original = life.original(back.mark).map(|o| o.document.clone());
    let entry = registry::Entry {
        direction: Direction::Out,
        day: back.sent_on,
        dated: None,
        counterpart: Some(programme.state.name.clone()),
        subject: app.words("subject-return"),
        their_reference: Some(returned.quoted.clone()).filter(|q| !q.is_empty()),
        routed_to: None,
        document: package.as_ref().map(|package| package.digest.clone()).or(scan).or(original),
        agreement: Some(id.clone()),
    };
    if let Some(package) = &package {
        registry::keep_document(&mut tx, package).await?;
    }
    returned.record = registry::file(ctx, &mut tx, &matter, entry).await?.id;
    let quoted = Reference {
        matter: matter.id.clone(),
        number: returned.quoted.clone(),
        role: ReferenceRole::Quoted,
        organisation: None,
    };
    if !quoted.number.is_empty() {
        registry::note_reference(&mut tx, &quoted).await?;
    }
    tx.insert(&returned).await?;
    let summary = json!({ "mark": back.mark, "record": returned.record });
    ctx.append(&mut tx, Happened::OriginalSentBack, id.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Registers at the ministry that an original has come back.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn register_return(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    mark: Mark,
    received_on: Date,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::RegisterReturn).await?;
    fresh(&mut tx, id, seen).await?;
    agreement::check_returned(&life, mark, received_on, ctx.today())?;
    let sent = life.returns.iter().find(|r| r.mark == mark).ok_or(Error::NotFound)?;
    let state = &life.agreement.state;
    let matter = registry::matter_of_agreement(&mut tx, state, id).await?;
    let own = life.references.iter().find(|r| {
        r.role == ReferenceRole::Own && r.organisation.as_ref() == Some(&life.agreement.municipality)
    });
    let package = package::received(app, &mut tx, &life, sent).await?;
    let scan = life.scans.iter().rev().find(|s| s.mark == mark).map(|s| s.document.clone());
    let entry = registry::Entry {
        direction: Direction::In,
        day: received_on,
        dated: Some(sent.sent_on).filter(|sent| *sent != received_on),
        counterpart: Some(life.agreement.party_name.clone()),
        subject: app.words("subject-return"),
        their_reference: own.map(|r| r.number.clone()),
        routed_to: None,
        document: package.or(scan).or_else(|| life.original(mark).map(|o| o.document.clone())),
        agreement: Some(id.clone()),
    };
    let record = registry::file(ctx, &mut tx, &matter, entry).await?;
    tx.insert(&Returned { agreement: id.clone(), mark, received_on, record: record.id.clone() }).await?;
    tx.insert(&Custody {
        agreement: id.clone(),
        mark,
        holder: state.clone(),
        from_day: received_on,
        place: matter.register.clone(),
        record: Some(record.id.clone()),
    })
    .await?;
    let summary = json!({ "mark": mark, "record": record.id });
    ctx.append(&mut tx, Happened::OriginalReturned, id.as_str(), summary).await?;
    enter_into_force(ctx, app, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Registers where the actor's organisation keeps an original.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn keep_original(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    mark: Mark,
    from_day: Date,
    place: &str,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Keep).await?;
    fresh(&mut tx, id, seen).await?;
    let holder = ctx.actor.organisation().unwrap_or(&life.agreement.municipality).clone();
    let custody =
        Custody { agreement: id.clone(), mark, holder, from_day, place: squeeze(place), record: None };
    agreement::check_custody(&life, &custody, ctx.today())?;
    tx.insert(&custody).await?;
    ctx.append(&mut tx, Happened::OriginalKept, id.as_str(), json!({ "mark": mark })).await?;
    enter_into_force(ctx, app, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Freezes the agreement's duties if its last condition has just been met.
///
/// Called at the end of every act that can meet one, in the same transaction.
pub(crate) async fn enter_into_force(ctx: &Ctx, app: &App, tx: &mut WriteTx, id: &AgreementId) -> Result<()> {
    let life = store::agreement::life(tx, id).await?.ok_or(Error::NotFound)?;
    let programme = app.edition(tx, &life.agreement.edition).await?;
    let Some(from_day) = validity::judge(&programme.validity, &life).in_force_from else { return Ok(()) };
    if life.in_force.is_some() {
        return Ok(());
    }
    tx.insert(&InForce { agreement: id.clone(), from_day, edition: programme.edition.clone() }).await?;
    let duties = concretise(&programme, &scope_of(&life), from_day);
    for duty in &duties {
        tx.insert(duty).await?;
    }
    for discharge in crate::duty::met_by_entry(&life, &duties, ctx.today()) {
        tx.insert(&discharge).await?;
    }
    let summary = json!({ "from": from_day, "duties": duties.len() });
    ctx.append(tx, Happened::AgreementEnteredIntoForce, id.as_str(), summary).await?;
    Ok(())
}

/// What an issued agreement concerns.
pub(crate) fn scope_of(life: &Life) -> Scope {
    Scope {
        municipality: life.agreement.municipality.clone(),
        districts: life.districts.iter().map(|d| (d.code.clone(), d.name.clone())).collect(),
    }
}

/// Refuses an act on a page that has become stale: something has happened to the agreement since. An event that
/// has not happened cannot have been seen either.
pub(crate) async fn fresh(tx: &mut WriteTx, id: &AgreementId, seen: Option<i64>) -> Result<()> {
    let Some(seen) = seen else { return Ok(()) };
    tx.refuse_if_newer(id.as_str(), seen).await?;
    if seen > store::log::last_of(tx, id.as_str()).await? {
        return Err(Error::Stale);
    }
    Ok(())
}

/// A party's registrar registers its own party's acts only.
pub(crate) fn own_side(ctx: &Ctx, life: &Life, party: Party) -> Result<()> {
    match ctx.actor.organisation() {
        Some(organisation) if organisation != life.organisation(party) => Err(Error::Denied),
        _ => Ok(()),
    }
}

/// Everything that the page of an agreement shows.
#[derive(Debug, Clone)]
pub struct AgreementPage {
    /// The programme, in the edition that the agreement was issued from.
    pub programme: Arc<Programme>,
    /// Its facts.
    pub life: Life,
    /// Whether it binds and is valid, and what is missing.
    pub validity: Validity,
    /// Its duties, frozen; or, before it is in force, what they would be.
    pub duties: Vec<DutyView>,
    /// The latest event about it: what a form on the page must hand back.
    pub seen: i64,
}

impl AgreementPage {
    /// The duties that rest on a clause.
    pub fn duties_under<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a DutyView> {
        self.duties.iter().filter(move |view| view.duty.clause == clause)
    }

    /// The day from which the agreement is in force.
    pub fn in_force_from(&self) -> Option<Date> {
        self.life.in_force.as_ref().map(|f| f.from_day).or(self.validity.in_force_from)
    }
}

/// The living agreement, as of the day that the context tells.
///
/// # Errors
/// [`Error::NotFound`] when no such agreement has been issued.
pub async fn show(ctx: &Ctx, app: &App, id: &AgreementId) -> Result<AgreementPage> {
    let mut tx = app.store.read().await?;
    let screen = Screen::before(ctx, &mut tx).await?;
    page(ctx, app, &mut tx, &screen, id, ctx.today()).await
}

/// The living agreement as it was known at the end of a day: what had been registered by then, and nothing that
/// somebody wrote down later of an earlier day.
///
/// # Errors
/// [`Error::NotFound`] when no such agreement had been issued by then.
pub async fn show_as_of(ctx: &Ctx, app: &App, id: &AgreementId, day: Date) -> Result<AgreementPage> {
    let mut tx = app.store.read().await?;
    // What is kept apart today is kept apart in what was known before it was marked.
    let screen = Screen::before(ctx, &mut tx).await?;
    if day < ctx.today() {
        let last = store::log::last_at(&mut tx, end_of(day)?).await?;
        tx.as_of(last);
    }
    page(ctx, app, &mut tx, &screen, id, day).await
}

/// The last instant of a day in Sweden.
fn end_of(day: Date) -> Result<jiff::Timestamp> {
    let end = day.at(23, 59, 59, 999_999_999).to_zoned_datetime(kvarter_domain::time::stockholm());
    Ok(end.map_err(|error| Error::Internal(error.to_string()))?.timestamp())
}

async fn page(
    ctx: &Ctx,
    app: &App,
    tx: &mut ReadTx,
    screen: &Screen,
    id: &AgreementId,
    day: Date,
) -> Result<AgreementPage> {
    let mut life = open_agreement(ctx, tx, id, Act::ReadPublic).await?;
    let programme = app.edition(tx, &life.agreement.edition).await?;
    let mut validity = validity::judge(&programme.validity, &life);
    let duties = crate::duty::of_agreement(tx, screen, &programme, &life, day).await?;
    screen.over_agreement(&mut life, &mut validity);
    let seen = store::log::last_of(tx, id.as_str()).await?;
    Ok(AgreementPage { programme, life, validity, duties, seen })
}

/// An agreement in a list.
#[derive(Debug, Clone)]
pub struct AgreementRow {
    /// Its facts.
    pub life: Life,
    /// Its validity.
    pub validity: Validity,
}

/// Every agreement of a programme with its facts: the board of what was sent, and how far each has come.
///
/// # Errors
/// When the programme is unknown or the store cannot be read.
pub async fn board(ctx: &Ctx, app: &App, programme: &ProgrammeId) -> Result<Vec<AgreementRow>> {
    let programme = app.programme(programme)?;
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    let lives = store::agreement::lives_of(&mut tx, &programme.id).await?;
    let rows = lives
        .into_iter()
        .map(|life| AgreementRow { validity: validity::judge(&programme.validity, &life), life });
    Ok(rows.collect())
}
