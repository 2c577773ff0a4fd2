//! Acts on plans: a goal accepted by a partner, a version adopted by the partnership, a version reported to the
//! state.

use jiff::civil::Date;
use kvarter_domain::access::Act;
use kvarter_domain::duty::Duty;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, Digest, RecordId};
use kvarter_domain::plan::acceptance::{self, GoalAcceptance};
use kvarter_domain::plan::{PlanContent, PlanReport, PlanVersion};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::Direction;
use kvarter_domain::text::squeeze;
use kvarter_store as store;
use serde_json::json;

use crate::App;
use crate::context::Ctx;
use crate::duty_act::{self, Deed};
use crate::error::{Error, Result};
use crate::plan::{Judge, digest_of};
use crate::plan_draft::{self, actor};
use crate::registry;

/// What is written of a partner's acceptance.
#[derive(Debug, Clone)]
pub struct Accept {
    /// The goal's id.
    pub goal: String,
    /// The goal's terms as they were read.
    pub wording: Digest,
    /// The partner.
    pub partner: String,
    /// The day it was accepted.
    pub accepted_on: Date,
    /// What shows it, where someone else than the partner registers it.
    pub evidence: Option<String>,
}

/// Registers that a partner accepted a goal: by the partner's own people, or by the municipality's with what shows
/// it.
///
/// # Errors
/// Everything to correct; when the actor is neither.
pub async fn accept(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    accept: &Accept,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = plan_draft::open(ctx, app, &mut tx, agreement, district, Act::AcceptGoal).await?;
    let (person, _, own) = actor(ctx)?;
    let draft = plan_draft::current(&mut tx, &opened.series).await?;
    let partner = opened.partners.iter().rev().find(|partner| partner.id == accept.partner);
    let acceptance = GoalAcceptance {
        agreement: agreement.clone(),
        district: district.to_owned(),
        goal: accept.goal.clone(),
        wording: accept.wording.clone(),
        partner: accept.partner.clone(),
        partner_name: partner.map(|partner| partner.name.clone()).unwrap_or_default(),
        accepted_on: accept.accepted_on,
        registered_on: ctx.today(),
        evidence: accept.evidence.as_deref().map(squeeze).filter(|evidence| !evidence.is_empty()),
        person,
    };
    let mut problems =
        acceptance::check(&acceptance, draft.plan.goal(&accept.goal), &opened.partners, ctx.today())
            .err()
            .unwrap_or_default();
    // A partner answers for itself; the municipality registers what the partner has said elsewhere.
    let of_partner = crate::plan::organisation_of(&mut tx, agreement, &accept.partner).await?;
    let by_partner = of_partner.as_ref() == Some(&own);
    if !by_partner {
        if own != opened.life.agreement.municipality {
            return Err(Error::Denied);
        }
        problems.add_if(acceptance.evidence.is_none(), || {
            Problem::new("acceptance-without-evidence", "evidence").resting_on("4")
        });
    }
    problems.or(())?;
    if tx.insert_if_new(&acceptance).await? {
        let summary = json!({ "goal": accept.goal, "partner": accept.partner, "on": accept.accepted_on });
        ctx.append(&mut tx, Happened::GoalAccepted, agreement.as_str(), summary).await?;
    } else {
        ctx.spend(&mut tx, &accept.goal).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What is written of an adoption.
#[derive(Debug, Clone)]
pub struct Adopt {
    /// The day of the partnership's decision.
    pub adopted_on: Date,
    /// The meeting and paragraph.
    pub adopted_by: String,
    /// Why the plan is revised without change, if it is.
    pub unchanged: Option<String>,
    /// The digest of the draft that was seen.
    pub seen: Option<Digest>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers that the partnership adopted the draft: from now on a version that never changes.
///
/// # Errors
/// Everything that stands in the way, at once; [`Error::Stale`] when the draft is not the one that was seen.
pub async fn adopt(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    adopt: &Adopt,
) -> Result<PlanVersion> {
    // Setting the document takes time, so it is done before the write begins, for the draft as it is now.
    let mut tx = app.store.read().await?;
    let opened = plan_draft::open(ctx, app, &mut tx, agreement, district, Act::AdoptPlan).await?;
    let draft = plan_draft::current(&mut tx, &opened.series).await?;
    let judge = Judge::of(app, &mut tx, &opened).await?;
    drop(tx);
    let content_digest = digest_of(&draft.plan)?;
    if adopt.seen.as_ref().is_some_and(|seen| *seen != content_digest) {
        return Err(Error::Stale);
    }
    let unchanged = adopt.unchanged.as_deref().map(squeeze).filter(|reason| !reason.is_empty());
    let adopted_by = squeeze(&adopt.adopted_by);
    let mut problems = adopt.faults.clone();
    problems.add_if(adopted_by.is_empty(), || {
        Problem::new("adoption-without-meeting", "adopted_by")
            .resting_on(opened.programme.plan.as_ref().map_or("4", |rules| rules.adoption.at.as_str()))
    });
    let mut early = Problems::none();
    early.add_if(adopt.adopted_on > ctx.today(), || {
        Problem::new("day-in-the-future", "adopted_on")
            .with("day", adopt.adopted_on)
            .with("today", ctx.today())
    });
    match opened.life.in_force.as_ref() {
        None => early.add(Problem::new("agreement-not-in-force", "adopted_on").resting_on("8")),
        Some(in_force) => early.add_if(adopt.adopted_on < in_force.from_day, || {
            Problem::new("discharge-before-in-force", "adopted_on")
                .with("day", adopt.adopted_on)
                .with("in_force", in_force.from_day)
        }),
    }
    if let Some((_, last)) = &judge.previous {
        early.add_if(adopt.adopted_on < last.adopted_on, || {
            Problem::new("adopted-before-the-last", "adopted_on")
                .with("day", adopt.adopted_on)
                .with("last", last.adopted_on)
        });
    }
    problems.and_elsewhere(early);
    let assessments = judge.assess(&opened, &draft.plan.goals, ctx.today())?;
    let found =
        judge.hindrances(&opened, &draft.plan, &assessments, adopt.adopted_on, unchanged.as_deref())?;
    problems.0.extend(found.0);
    problems.or(())?;

    let serial = judge.versions.last().map_or(1, |last| last.serial + 1);
    let (person, _, own) = actor(ctx)?;
    let overrides =
        assessments.iter().flat_map(|a| &a.checks).filter(|check| check.overridden.is_some()).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut version = PlanVersion {
        id: PlanVersion::id_of(agreement, district, serial),
        agreement: agreement.clone(),
        district: district.to_owned(),
        district_name: opened.district.name.clone(),
        serial,
        content_digest,
        adopted_on: adopt.adopted_on,
        adopted_by,
        registered_on: ctx.today(),
        unchanged,
        goals: count(draft.plan.goals.len()),
        interventions: count(draft.plan.interventions.len()),
        overrides: count(overrides),
        by: own,
        person,
        record: "".into(),
        document: Digest::of(b""),
    };
    let document =
        crate::plan_document::printed(app, &opened, &judge, &draft.plan, &assessments, &version).await?;
    version.document = document.digest.clone();

    let mut tx = app.store.write().await?;
    let opened = plan_draft::open(ctx, app, &mut tx, agreement, district, Act::AdoptPlan).await?;
    let now = plan_draft::current(&mut tx, &opened.series).await?;
    let versions = store::plan::versions_of(&mut tx, agreement).await?;
    let last = versions.iter().filter(|v| v.district == district).map(|v| v.serial).max().unwrap_or(0);
    // Somebody has written in it, or adopted it, while the document was being set.
    if digest_of(&now.plan)? != version.content_digest || last + 1 != serial {
        return Err(Error::Stale);
    }
    registry::keep_document(&mut tx, &document).await?;
    let matter =
        registry::matter_of_agreement(&mut tx, &opened.life.agreement.municipality, agreement).await?;
    let subject = format!(
        "{}: {}, {} {serial}",
        app.words("subject-plan-adopted"),
        version.district_name,
        app.words("subject-plan-version"),
    );
    let entry = registry::Entry {
        direction: Direction::Internal,
        day: ctx.today(),
        dated: Some(version.adopted_on).filter(|day| *day < ctx.today()),
        counterpart: None,
        subject: subject.clone(),
        their_reference: None,
        routed_to: None,
        document: Some(version.document.clone()),
        agreement: Some(agreement.clone()),
    };
    version.record = registry::file(ctx, &mut tx, &matter, entry).await?.id;
    tx.insert(&version).await?;
    tx.insert(&PlanContent { version: version.id.clone(), content: draft.plan.clone() }).await?;
    let deed = Deed {
        day: version.adopted_on,
        record: version.record.clone(),
        document: Some(version.document.clone()),
        by: opened.life.agreement.municipality.clone(),
        note: Some(subject),
    };
    let duties = store::duty::of_agreement(&mut tx, agreement).await?;
    let met = duties
        .into_iter()
        .filter(|duty| duty.object.as_deref() == Some(district) && is_met(duty, serial, &draft.plan));
    duty_act::met_by(ctx, app, &mut tx, met.collect::<Vec<_>>(), &deed).await?;
    let summary =
        json!({ "version": version.id, "content": version.content_digest, "record": version.record });
    ctx.append(&mut tx, Happened::PlanAdopted, agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok(version)
}

/// Which of the district's duties an adoption meets: drawing up the plan and setting its goals once, making the
/// goals possible to follow and judging them each time, and weighing needs when the plan names a budget decision.
fn is_met(duty: &Duty, serial: i64, plan: &kvarter_domain::plan::Plan) -> bool {
    match duty.met_by {
        EventKind::PlanDrawnUp | EventKind::GoalsSet => serial == 1,
        EventKind::GoalsMadeFollowable | EventKind::GoalsAssessed => true,
        EventKind::NeedsWeighed => plan.allocations.iter().any(|a| !a.decision.trim().is_empty()),
        _ => false,
    }
}

/// Reports an adopted version to the state, which meets the duty of its year. Answers with the receipt.
///
/// Reading: the earliest year that has begun and is not met. What was reported for one year is not reported for
/// another: ”Stadsdelsplanerna ska årligen revideras” (§ 4).
///
/// # Errors
/// Everything to correct; when the actor may not.
pub async fn report(ctx: &Ctx, app: &App, version: &str) -> Result<(RecordId, Duty)> {
    let mut tx = app.store.write().await?;
    let version = store::plan::version(&mut tx, version).await?.ok_or(Error::NotFound)?;
    let agreement = version.agreement.clone();
    let opened = plan_draft::open(ctx, app, &mut tx, &agreement, &version.district, Act::AdoptPlan).await?;
    let rules = opened.rules()?;
    let reports = store::plan::reports_of(&mut tx, &agreement).await?;
    let versions = store::plan::versions_of(&mut tx, &agreement).await?;
    let of_series: Vec<&PlanVersion> = versions.iter().filter(|v| v.district == version.district).collect();
    let mut problems = Problems::none();
    problems.add_if(reports.iter().any(|report| report.version == version.id), || {
        Problem::new("plan-already-reported", "version").resting_on("4").with("version", version.serial)
    });
    problems.add_if(of_series.last().is_some_and(|last| last.id != version.id), || {
        Problem::new("plan-version-superseded", "version").resting_on("4").with("version", version.serial)
    });
    let duties = store::duty::of_agreement(&mut tx, &agreement).await?;
    let acts = crate::duty::gathered(ctx, &mut tx, &opened.programme.id, &duties).await?;
    let owed = |duty: &&Duty| {
        duty.obligation == rules.reported_by
            && duty.object.as_deref() == Some(version.district.as_str())
            && duty.year.is_some_and(|year| year <= i64::from(ctx.today().year()))
            && kvarter_domain::duty::standing(duty, &acts, ctx.today()).met_on().is_none()
    };
    let duty = duties.iter().filter(owed).min_by_key(|duty| duty.year).cloned();
    problems.add_if(duty.is_none() && problems.is_empty(), || {
        Problem::new("plan-not-owed", "version").resting_on("4").with("year", ctx.today().year())
    });
    problems.or(())?;
    let duty = duty.ok_or(Error::NotFound)?;
    let note = format!("{}, {} {}", version.district_name, app.words("subject-plan-version"), version.serial);
    let record = duty_act::hand_over(ctx, app, &mut tx, &duty, version.document.clone(), Some(note)).await?;
    tx.insert(&PlanReport {
        version: version.id.clone(),
        duty: duty.id.clone(),
        reported_on: ctx.today(),
        record: record.clone(),
    })
    .await?;
    let summary = json!({
        "duty": duty.id, "met_by": duty.met_by, "record": record, "on": ctx.today(), "version": version.id,
    });
    ctx.append(&mut tx, Happened::DutyDischarged, agreement.as_str(), summary).await?;
    tx.commit().await?;
    Ok((record, duty))
}
