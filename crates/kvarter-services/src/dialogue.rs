//! Dialogues with residents: held, and answered by what was done.

use jiff::civil::Date;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::partnership::{Dialogue, DialogueKind, DialogueResponse, dialogue, numbered};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::Direction;
use kvarter_domain::text::{paragraphs, squeeze};
use serde_json::json;

use crate::App;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::partnership::{Paper, entered, meets, open_to_run, subject_of};
use crate::partnership_act::{deed, found, next};

/// What is written of a dialogue with residents.
#[derive(Debug, Clone)]
pub struct Hold {
    /// What it was about.
    pub kind: DialogueKind,
    /// The district's code.
    pub district: String,
    /// The day.
    pub day: Date,
    /// In which form.
    pub form: String,
    /// The theme.
    pub theme: String,
    /// How many took part.
    pub taking_part: Option<i64>,
    /// What residents said.
    pub said: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers a dialogue with residents.
///
/// A dialogue on common values meets the duty to work for one in its district; every other shows that residents
/// take part.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn hold(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    hold: Hold,
) -> Result<String> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let serial = next(opened.known.dialogues_registered());
    let mut held = Dialogue {
        id: numbered(agreement, "dialogue", serial),
        agreement: agreement.clone(),
        serial,
        kind: hold.kind,
        district: squeeze(&hold.district),
        day: hold.day,
        form: squeeze(&hold.form),
        theme: squeeze(&hold.theme),
        taking_part: hold.taking_part,
        said: paragraphs(&hold.said),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = hold.faults;
    problems.and_elsewhere(found(dialogue::check_dialogue(&held, &opened.districts, &opened.bounds)));
    problems.or(())?;
    let district = opened.life.districts.iter().find(|d| d.code == held.district);
    let district = district.map_or(held.district.as_str(), |d| d.name.as_str());
    let kind = app.words(&format!("subject-dialogue-{}", held.kind));
    let paper = Paper {
        direction: Direction::Internal,
        dated: held.day,
        counterpart: None,
        subject: format!("{kind}, {district}: {}", held.theme),
        document: None,
    };
    held.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&held).await?;
    let event = match held.kind {
        DialogueKind::Values => EventKind::ValuesDialogueHeld,
        DialogueKind::Participation | DialogueKind::ConsultationOnPlan => EventKind::ResidentsEngaged,
    };
    let act = deed(&opened, held.day, &held.record, &held.theme);
    meets(ctx, app, &mut tx, &opened, event, Some(&held.district), &act).await?;
    let summary = json!({ "dialogue": held.id, "kind": held.kind, "record": held.record });
    ctx.append(&mut tx, Happened::DialogueHeld, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(held.id)
}

/// What is written of what was done.
#[derive(Debug, Clone)]
pub struct Respond {
    /// The day.
    pub day: Date,
    /// What was done, or why not.
    pub done: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers what was done for what residents said.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn respond(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    dialogue: &str,
    seen: Option<i64>,
    respond: Respond,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let held = opened.known.dialogues.iter().find(|d| d.id == dialogue).ok_or(Error::NotFound)?;
    let mut response = DialogueResponse {
        dialogue: held.id.clone(),
        agreement: agreement.clone(),
        serial: next(opened.known.responses_to(dialogue).count()),
        day: respond.day,
        done: paragraphs(&respond.done),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = respond.faults;
    problems.and_elsewhere(found(dialogue::check_response(&response, held, &opened.bounds)));
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: response.day,
        counterpart: None,
        subject: format!("{}: {}", app.words("subject-dialogue-answer"), held.theme),
        document: None,
    };
    response.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&response).await?;
    let summary = json!({ "dialogue": held.id, "record": response.record });
    ctx.append(&mut tx, Happened::DialogueAnswered, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}
