//! Needs for coordinated state action: raised by the municipality or a partner, answered by the state.
//!
//! ”Staten ska föra en dialog med kommunen om behov av samordnade insatser och statliga initiativ” (§ 5)

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::partnership::{Need, NeedAnswer, need, numbered};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::{Direction, Document};
use kvarter_domain::text::{paragraphs, squeeze};
use serde_json::json;

use crate::App;
use crate::context::Ctx;
use crate::duty_act::Deed;
use crate::error::{Error, Result};
use crate::partnership::{Paper, entered, meets, open, own_partner, subject_of, unchanged};
use crate::partnership_act::{found, next};
use crate::registry;

/// What is written of a need.
#[derive(Debug, Clone)]
pub struct RaiseNeed {
    /// The district, where it concerns one.
    pub district: Option<String>,
    /// To which ministry or authority.
    pub addressed_to: String,
    /// What is needed, and why.
    pub words: String,
    /// The day.
    pub raised_on: Date,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Puts a need to the state: sent by the municipality or by a partner, and received by the state, in one act.
///
/// # Errors
/// Everything to correct; when the actor is neither; when the page was stale.
pub async fn raise_need(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    raise: RaiseNeed,
) -> Result<String> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement).await?;
    let partner = own_partner(ctx, &opened.known);
    let by = match partner.and_then(|partner| partner.organisation.clone()) {
        Some(own) => own,
        None => opened.municipality().clone(),
    };
    ctx.require(Act::RaiseNeed, &Thing::Of(by.clone()))?;
    unchanged(&mut tx, agreement, seen).await?;
    let serial = next(opened.known.needs.len());
    let mut raised = Need {
        id: numbered(agreement, "need", serial),
        agreement: agreement.clone(),
        serial,
        district: raise.district.as_deref().map(squeeze).filter(|d| !d.is_empty()),
        by,
        partner: partner.map(|partner| partner.id.clone()),
        addressed_to: squeeze(&raise.addressed_to),
        words: paragraphs(&raise.words),
        raised_on: raise.raised_on,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = raise.faults;
    problems.and_elsewhere(found(need::check_need(
        &raised,
        &opened.known,
        &opened.districts,
        &opened.bounds,
    )));
    problems.or(())?;
    let sender = partner.map_or(opened.life.agreement.party_name.as_str(), |partner| &partner.name);
    let subject = format!("{}: {}", app.words("subject-need"), raised.addressed_to);
    let paper = |direction, counterpart: &str| Paper {
        direction,
        dated: raised.raised_on,
        counterpart: Some(counterpart.to_owned()),
        subject: subject.clone(),
        document: None,
    };
    // In the municipality's register it goes out, or comes in from the partner that raised it.
    let own = match partner {
        None => paper(Direction::Out, &opened.programme.state.name),
        Some(partner) => paper(Direction::In, &partner.name),
    };
    let received = paper(Direction::In, sender);
    entered(ctx, &mut tx, opened.municipality(), agreement, own).await?;
    raised.record = entered(ctx, &mut tx, &opened.life.agreement.state, agreement, received).await?;
    tx.insert(&raised).await?;
    let summary = json!({ "need": raised.id, "by": raised.by, "record": raised.record });
    ctx.append(&mut tx, Happened::NeedRaised, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(raised.id)
}

/// What is written of the state's answer.
#[derive(Debug, Clone)]
pub struct AnswerNeed {
    /// The day.
    pub answered_on: Date,
    /// What the state does, or why it does not.
    pub words: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Answers a need for the state: sent, and received by the municipality. It meets the state's duty to hold a
/// dialogue.
///
/// Reading: need and answer, in writing and registered at both ends, are the documentation of the dialogue.
///
/// # Errors
/// Everything to correct; when the actor is not the state's officer; when the page was stale.
pub async fn answer_need(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    id: &str,
    seen: Option<i64>,
    command: AnswerNeed,
) -> Result<()> {
    let words = paragraphs(&command.words);
    let asked = {
        let known = kvarter_store::partnership::of_agreement(&mut app.store.read().await?, agreement).await?;
        known.needs.into_iter().find(|n| n.id == id).ok_or(Error::NotFound)?
    };
    let text = format!("{}\n\n{}\n\n{words}\n", asked.addressed_to, asked.words);
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement).await?;
    let state = opened.life.agreement.state.clone();
    ctx.require(Act::AnswerNeed, &Thing::Of(state.clone()))?;
    unchanged(&mut tx, agreement, seen).await?;
    let mut answer = NeedAnswer {
        need: asked.id.clone(),
        agreement: agreement.clone(),
        serial: next(opened.known.answers_to(id).count()),
        answered_on: command.answered_on,
        words,
        by: state.clone(),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = command.faults;
    problems.and_elsewhere(found(need::check_need_answer(&answer, &asked, &opened.bounds)));
    problems.or(())?;
    let document = Document {
        digest: app.store.blobs().put(text.as_bytes()).await?,
        media_type: "text/plain; charset=utf-8".to_owned(),
        size: i64::try_from(text.len()).unwrap_or(i64::MAX),
        pages: None,
        name: format!("behov-{}.txt", asked.serial),
    };
    registry::keep_document(&mut tx, &document).await?;
    let subject = format!("{}: {}", app.words("subject-need-answer"), asked.addressed_to);
    let paper = |direction, counterpart: &str| Paper {
        direction,
        dated: answer.answered_on,
        counterpart: Some(counterpart.to_owned()),
        subject: subject.clone(),
        document: Some(document.digest.clone()),
    };
    let (sent, received) = (
        paper(Direction::Out, &opened.life.agreement.party_name),
        paper(Direction::In, &opened.programme.state.name),
    );
    answer.record = entered(ctx, &mut tx, &state, agreement, sent).await?;
    entered(ctx, &mut tx, opened.municipality(), agreement, received).await?;
    tx.insert(&answer).await?;
    let deed = Deed {
        day: answer.answered_on,
        record: answer.record.clone(),
        document: Some(document.digest.clone()),
        by: state,
        note: Some(asked.addressed_to.clone()),
    };
    meets(ctx, app, &mut tx, &opened, EventKind::StateDialogueHeld, None, &deed).await?;
    let summary = json!({ "need": asked.id, "record": answer.record });
    ctx.append(&mut tx, Happened::NeedAnswered, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}
