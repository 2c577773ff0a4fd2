//! Acts on collaboration agreements: terms drafted, drawn up, confirmed beside a newer plan, found in need of
//! revision, and reported. Signing is in [`crate::collaboration_sign`].

use jiff::civil::Date;
use kvarter_documents::{Document as Paper, Pdf, model, render};
use kvarter_domain::collaboration::{
    self as domain, CollaborationConfirmation, CollaborationReport, CollaborationTerms, CollaborationVersion,
    Commitment, Draft, RevisionNeed, Side, Standing, Terms, Who, series_of, version_id,
};
use kvarter_domain::duty::Occurrence;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{OrganisationId, PartnerId, PersonId, RecordId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::Direction;
use kvarter_domain::signing::Mode;
use kvarter_domain::text::paragraphs;
use kvarter_store::{self as store, WriteTx};
use serde_json::json;

use crate::App;
use crate::agreement::fresh;
use crate::aside::aside;
use crate::collaboration::{Opened, collaborates_for, duty_of, open, subject_of, unreported};
use crate::context::Ctx;
use crate::duty_act;
use crate::electronic;
use crate::error::{Error, Result};
use crate::partnership::{self, entered};
use crate::partnership_act::{found, next};
use crate::registry::{self, Upload};

/// A change of a draft.
#[derive(Debug, Clone)]
pub enum Edit {
    /// What it is for, and its days.
    Terms(SaveTerms),
    /// A commitment, new or changed.
    Commitment(SaveCommitment),
    /// A commitment taken away.
    Remove(Remove),
}

/// What is written of what an agreement is for.
#[derive(Debug, Clone, Default)]
pub struct SaveTerms {
    /// What it is for.
    pub purpose: String,
    /// From when.
    pub from_day: Option<Date>,
    /// Until when.
    pub to_day: Option<Date>,
}

/// What is written of a commitment.
#[derive(Debug, Clone)]
pub struct SaveCommitment {
    /// Which; none for a new one.
    pub id: Option<String>,
    /// Who does it.
    pub who: Who,
    /// What is done.
    pub what: String,
    /// The version of the plan.
    pub plan_version: String,
    /// The goal or intervention.
    pub element: String,
    /// By when.
    pub by: Option<Date>,
    /// With which resources.
    pub resources: String,
}

/// A commitment to take away.
#[derive(Debug, Clone)]
pub struct Remove {
    /// Which.
    pub id: String,
}

/// Changes a draft; it begins with the first change. `seen` is the revision that was read.
///
/// # Errors
/// When the actor may not; [`Error::Stale`] when someone has changed it meanwhile, and then nothing is lost of what
/// they wrote; what was wrong with the form.
pub async fn edit(
    ctx: &Ctx,
    app: &App,
    partner: &PartnerId,
    seen: i64,
    edit: Edit,
    faults: Problems,
) -> Result<i64> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let (person, _) = collaborates_for(ctx, &opened)?;
    let series = series_of(partner);
    let draft = store::collaboration::draft(&mut tx, &series).await?;
    let mut draft = draft.unwrap_or_else(|| Draft { series, revision: 0, terms: Terms::default() });
    if draft.revision != seen {
        return Err(Error::Stale);
    }
    let mut problems = faults;
    match edit {
        Edit::Terms(terms) => {
            problems.0.extend(length(&terms.purpose, "purpose").0);
            draft.terms.purpose = paragraphs(&terms.purpose);
            draft.terms.from_day = terms.from_day;
            draft.terms.to_day = terms.to_day;
        }
        Edit::Remove(remove) => {
            let before = draft.terms.commitments.len();
            draft.terms.commitments.retain(|commitment| commitment.id != remove.id);
            if draft.terms.commitments.len() == before {
                return Err(Error::NotFound);
            }
        }
        Edit::Commitment(save) => {
            problems.0.extend(length(&save.what, "what").0);
            problems.0.extend(length(&save.resources, "resources").0);
            if !opened.plans.has(&save.plan_version, &save.element) {
                problems.add(
                    Problem::new("commitment-orphan", "bound")
                        .resting_on("5")
                        .with("element", &save.element)
                        .with("plan", &save.plan_version),
                );
            }
            let commitment = Commitment {
                id: save.id.clone().unwrap_or_else(|| draft.terms.next_id()),
                who: save.who,
                what: paragraphs(&save.what),
                plan_version: save.plan_version,
                element: save.element,
                by: save.by,
                resources: paragraphs(&save.resources),
            };
            match save.id {
                None => draft.terms.commitments.push(commitment),
                Some(id) => {
                    let of = draft.terms.commitments.iter_mut().find(|c| c.id == id);
                    *of.ok_or(Error::NotFound)? = commitment;
                }
            }
        }
    }
    problems.or(())?;
    draft.revision += 1;
    ctx.spend(&mut tx, partner.as_str()).await?;
    store::collaboration::keep_draft(&mut tx, &draft, &person, ctx.now).await?;
    tx.commit().await?;
    Ok(draft.revision)
}

fn length(text: &str, place: &str) -> Problems {
    kvarter_domain::partnership::check_length(text, place, kvarter_domain::partnership::LONG_MAX)
}

/// Draws up the draft: from now on a version that never changes, and a file to sign.
///
/// # Errors
/// Everything that is missing or bound to nothing; [`Error::Stale`] when the draft is not the one that was read.
pub async fn draw_up(ctx: &Ctx, app: &App, partner: &PartnerId, seen: i64, mode: Mode) -> Result<String> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    collaborates_for(ctx, &opened)?;
    let draft = store::collaboration::draft(&mut tx, &series_of(partner)).await?.ok_or(Error::NotFound)?;
    drop(tx);
    if draft.revision != seen {
        return Err(Error::Stale);
    }
    may_be_drawn_up(app, &opened, &draft.terms, mode)?;
    let serial = next(opened.known.with(partner).count());
    let model = model_of(app, &opened, &draft.terms, serial);
    let pdf = set(app, model, mode, ctx.now).await?;
    let name = format!("overenskommelse-{}-{serial}.pdf", partner.as_str().replace('/', "-"));
    let file = registry::put(app, Upload::pdf(&name, &pdf)).await?;

    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let (person, by) = collaborates_for(ctx, &opened)?;
    let now = store::collaboration::draft(&mut tx, &series_of(partner)).await?;
    if now.as_ref() != Some(&draft) || next(opened.known.with(partner).count()) != serial {
        return Err(Error::Stale);
    }
    may_be_drawn_up(app, &opened, &draft.terms, mode)?;
    registry::keep_document(&mut tx, &file).await?;
    let record =
        filed(ctx, app, &mut tx, &opened, "subject-collaboration", ctx.today(), Some(&file.digest)).await?;
    let version = CollaborationVersion {
        id: version_id(partner, serial),
        agreement: opened.agreement().clone(),
        partner: partner.clone(),
        serial,
        content_digest: store::collaboration::digest_of(&draft.terms)?,
        mode,
        document: file.digest.clone(),
        pages: i64::try_from(pdf.pages).unwrap_or(i64::MAX),
        drawn_up_on: ctx.today(),
        by,
        person,
        record,
    };
    tx.insert(&version).await?;
    let terms = CollaborationTerms {
        version: version.id.clone(),
        agreement: version.agreement.clone(),
        terms: draft.terms,
    };
    tx.insert(&terms).await?;
    store::collaboration::forget_draft(&mut tx, &draft.series).await?;
    let summary = json!({ "version": version.id, "document": version.document });
    ctx.append(&mut tx, Happened::CollaborationDrawnUp, subject_of(partner).as_str(), summary).await?;
    tx.commit().await?;
    Ok(version.id)
}

/// What stands in the way of drawing up terms.
fn may_be_drawn_up(app: &App, opened: &Opened, terms: &Terms, mode: Mode) -> Result<()> {
    let checked = domain::check_terms(terms, &opened.plans, opened.programme.period, opened.today);
    let mut problems = found(checked);
    let there = opened.partnership.membership_on(&opened.partner.id, opened.today);
    problems.add_if(there.is_none(), || {
        Problem::new("partner-not-in-that-day", "partner").resting_on("5").with("day", opened.today)
    });
    let waits = opened.known.with(&opened.partner.id).next_back();
    let waits = waits.filter(|version| opened.known.signatures.iter().any(|s| s.version == version.id));
    let half = waits.filter(|version| opened.known.concluded_on(&version.id).is_none());
    problems.add_if(half.is_some(), || Problem::new("half-signed-version", "partner"));
    problems.add_if(mode == Mode::Electronic && !app.signs_with_keys(), || {
        Problem::new("no-keys-to-collaborate", "mode")
    });
    problems.add_if(mode == Mode::Electronic && opened.partner.organisation.is_none(), || {
        Problem::new("partner-without-people", "mode").with("name", &opened.partner.name)
    });
    Ok(problems.or(())?)
}

/// Sets the document, with fields to sign in where it is signed with keys.
async fn set(app: &App, model: model::Collaboration, mode: Mode, now: jiff::Timestamp) -> Result<Pdf> {
    let words = app.field_words();
    let work = move || -> Result<Pdf> {
        let pdf = render(Paper::Collaboration(&model), now)?;
        match mode {
            Mode::Paper => Ok(pdf),
            Mode::Electronic => {
                let parties = [Side::Municipality.code(), Side::Partner.code()];
                electronic::draw_up(&pdf, parties, &|key| words(key))
            }
        }
    };
    aside(work).await?
}

/// The document's words.
fn model_of(app: &App, opened: &Opened, terms: &Terms, serial: i64) -> model::Collaboration {
    let municipality = opened.life.agreement.party_name.as_str();
    let partner = opened.partner.name.as_str();
    let fact = |label: &str, value: String| model::Fact { label: app.words(label), value };
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let commitments = terms.commitments.iter().enumerate().map(|(i, commitment)| {
        let who = match commitment.who {
            Who::Municipality => municipality.to_owned(),
            Who::Partner => partner.to_owned(),
            Who::Both => format!("{municipality}, {partner}"),
        };
        let name = opened.plans.name_of(&commitment.plan_version, &commitment.element);
        let plan = opened.plans.version(&commitment.plan_version);
        let plan = plan.map(|plan| format!("{} {}", plan.district_name, plan.serial)).unwrap_or_default();
        model::CollaborationCommitment {
            heading: format!("{}. {who}", i + 1),
            what: lines(&commitment.what),
            facts: vec![
                fact("collaboration-by", day(commitment.by)),
                fact("collaboration-resources", commitment.resources.clone()),
                fact("collaboration-plan", plan),
                fact(
                    "collaboration-bound-to",
                    format!("{} ({})", name.unwrap_or_default(), commitment.element),
                ),
            ],
        }
    });
    let party = |name: &str, short: String| model::SignedParty {
        name: name.to_owned(),
        short,
        place_and_day: app.words("collaboration-place-and-day"),
        name_in_clear: app.words("collaboration-name-in-clear"),
    };
    model::Collaboration {
        language: model::Language::Sv,
        title: app.words("collaboration-title"),
        version: format!("{} {serial}", app.words("collaboration-version")),
        reference: series_of(&opened.partner.id),
        municipality: party(municipality, app.words("collaboration-municipality-short")),
        partner: party(partner, app.words("collaboration-partner-short")),
        facts: vec![
            fact("collaboration-under", opened.programme.name.sv.clone()),
            fact("collaboration-period", format!("{} – {}", day(terms.from_day), day(terms.to_day))),
        ],
        purpose_heading: app.words("collaboration-purpose"),
        purpose: lines(&terms.purpose),
        commitments_heading: app.words("collaboration-commitments"),
        commitments: commitments.collect(),
        closing_heading: app.words("collaboration-closing"),
        closing: vec![app.words("collaboration-closing-budget"), app.words("collaboration-closing-revision")],
        signing_heading: app.words("collaboration-signing"),
    }
}

/// Enters an act in the municipality's register.
pub(crate) async fn filed(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    opened: &Opened,
    subject: &str,
    day: Date,
    document: Option<&kvarter_domain::ids::Digest>,
) -> Result<RecordId> {
    let paper = partnership::Paper {
        direction: Direction::Internal,
        dated: day,
        counterpart: Some(opened.partner.name.clone()),
        subject: format!("{}: {}", app.words(subject), opened.partner.name),
        document: document.cloned(),
    };
    entered(ctx, tx, opened.municipality(), opened.agreement(), paper).await
}

/// What is written of a confirmation.
#[derive(Debug, Clone)]
pub struct Confirm {
    /// The newer version of the plan.
    pub plan_version: String,
    /// The day.
    pub confirmed_on: Date,
    /// Why nothing needs to change.
    pub reason: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Opens a concluded agreement for someone who may act on it, and answers with the version that holds.
async fn open_concluded(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    partner: &PartnerId,
    seen: Option<i64>,
) -> Result<(Opened, PersonId, OrganisationId, String)> {
    let opened = open(ctx, app, tx, partner).await?;
    let (person, by) = collaborates_for(ctx, &opened)?;
    fresh(tx, &subject_of(partner), seen).await?;
    let version = opened.known.concluded(partner, opened.today).map(|version| version.id.clone());
    Ok((opened, person, by, version.ok_or(Error::NotFound)?))
}

/// Confirms that an agreement holds unchanged beside a newer version of a plan.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn confirm(
    ctx: &Ctx,
    app: &App,
    partner: &PartnerId,
    seen: Option<i64>,
    confirm: Confirm,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let (opened, _, by, version) = open_concluded(ctx, app, &mut tx, partner, seen).await?;
    let mut confirmed = CollaborationConfirmation {
        version: version.clone(),
        agreement: opened.agreement().clone(),
        plan_version: confirm.plan_version,
        confirmed_on: confirm.confirmed_on,
        reason: paragraphs(&confirm.reason),
        by,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let standing = domain::standing(partner, true, &opened.known, &opened.plans, opened.today);
    let why = if let Standing::Stale { why, .. } = standing { why } else { Vec::new() };
    let mut problems = confirm.faults;
    problems.and_elsewhere(found(domain::check_confirmation(&confirmed, &why, opened.today)));
    problems.or(())?;
    let day = confirmed.confirmed_on;
    confirmed.record =
        filed(ctx, app, &mut tx, &opened, "subject-collaboration-confirmed", day, None).await?;
    tx.insert(&confirmed).await?;
    let summary = json!({ "version": version, "plan": confirmed.plan_version, "record": confirmed.record });
    ctx.append(&mut tx, Happened::CollaborationConfirmed, subject_of(partner).as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written of a need to revise.
#[derive(Debug, Clone)]
pub struct FindNeed {
    /// The day.
    pub found_on: Date,
    /// Why.
    pub reason: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers that a party has found a need to revise: the duty to revise opens, and so does a draft that begins with
/// what holds, bound to the plans as they are now where what it was bound to is still there.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn find_need(
    ctx: &Ctx,
    app: &App,
    partner: &PartnerId,
    seen: Option<i64>,
    command: FindNeed,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let (opened, person, by, version) = open_concluded(ctx, app, &mut tx, partner, seen).await?;
    let mut need = RevisionNeed {
        version: version.clone(),
        agreement: opened.agreement().clone(),
        found_on: command.found_on,
        reason: paragraphs(&command.reason),
        by,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = command.faults;
    problems.and_elsewhere(length(&need.reason, "reason"));
    problems
        .add_if(need.reason.is_empty(), || Problem::new("revision-without-reason", "reason").resting_on("5"));
    problems.add_if(need.found_on > opened.today, || {
        Problem::new("day-in-the-future", "found_on").with("day", need.found_on).with("today", opened.today)
    });
    let since = opened.known.concluded_on(&version);
    if let Some(since) = since.filter(|since| need.found_on < *since) {
        problems.add(
            Problem::new("need-before-concluded", "found_on").with("day", need.found_on).with("since", since),
        );
    }
    problems.add_if(opened.known.needs.iter().any(|n| n.version == version), || {
        Problem::new("revision-under-way", "reason")
    });
    problems.or(())?;
    need.record =
        filed(ctx, app, &mut tx, &opened, "subject-collaboration-need", need.found_on, None).await?;
    tx.insert(&need).await?;
    if let Some(duty) = duty_of(&mut tx, &opened, EventKind::CollaborationRevised).await? {
        tx.insert(&Occurrence {
            duty: duty.id,
            occurred_on: need.found_on,
            registered_on: ctx.today(),
            note: Some(need.reason.clone()),
            record: need.record.clone(),
        })
        .await?;
    }
    let series = series_of(partner);
    if store::collaboration::draft(&mut tx, &series).await?.is_none() {
        let mut terms = opened.known.terms_of(&version).cloned().unwrap_or_default();
        for commitment in &mut terms.commitments {
            let bound = opened.plans.version(&commitment.plan_version).map(|bound| bound.series());
            let latest = bound.and_then(|series| opened.plans.latest(&series, opened.today));
            if let Some(latest) = latest.filter(|latest| opened.plans.has(&latest.id, &commitment.element)) {
                commitment.plan_version.clone_from(&latest.id);
            }
        }
        let draft = Draft { series, revision: 1, terms };
        store::collaboration::keep_draft(&mut tx, &draft, &person, ctx.now).await?;
    }
    let summary = json!({ "version": version, "record": need.record });
    ctx.append(&mut tx, Happened::CollaborationNeedFound, subject_of(partner).as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Reports the revised agreement to the state: sent and received in one act. Answers with the receipt.
///
/// # Errors
/// When there is no revised agreement to report; when the actor may not; when the page was stale.
pub async fn report(ctx: &Ctx, app: &App, partner: &PartnerId, seen: Option<i64>) -> Result<RecordId> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let (_, by) = collaborates_for(ctx, &opened)?;
    if by != *opened.municipality() {
        return Err(Error::Denied);
    }
    fresh(&mut tx, &subject_of(partner), seen).await?;
    let version = unreported(&opened).cloned();
    let version = version.ok_or_else(|| Problem::new("nothing-to-report", "version").resting_on("5"))?;
    let duty = duty_of(&mut tx, &opened, EventKind::CollaborationReported).await?;
    let duty = duty.ok_or_else(|| Error::Internal(format!("{partner} has no duty to report")))?;
    let file = opened.known.file_of(&version).clone();
    let note = Some(opened.partner.name.clone());
    let record = duty_act::hand_over(ctx, app, &mut tx, &duty, file, note).await?;
    tx.insert(&CollaborationReport {
        version: version.id.clone(),
        agreement: opened.agreement().clone(),
        reported_on: ctx.today(),
        record: record.clone(),
    })
    .await?;
    let summary = json!({ "version": version.id, "record": record });
    ctx.append(&mut tx, Happened::CollaborationReported, subject_of(partner).as_str(), summary).await?;
    tx.commit().await?;
    Ok(record)
}
