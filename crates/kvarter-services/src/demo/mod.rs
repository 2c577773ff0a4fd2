//! The demonstration: the Stockholm case replayed from the source, and carried on act by act.
//!
//! The script is data (`demo/lua-2008.toml`). Every step goes through the same use case as a person at the
//! keyboard, by the mandate of the person it names, with the clock set to the hour it happened. Whether a
//! step has been done is read from the facts, so a visitor may do some of them by hand.

pub mod content;
mod done;
mod paper;
pub mod partners;
mod partnership_step;
mod plan_step;
mod script;

use jiff::civil::{Date, DateTime};
use kvarter_domain::access::Actor;
use kvarter_domain::agreement::Life;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, MandateId, PersonId};
use kvarter_domain::organisation::{Organisation, OrganisationKind};
use kvarter_domain::partnership::slug_of;
use kvarter_domain::person::{Mandate, Person};
use kvarter_domain::problem::Problems;
use kvarter_domain::signing::{Attestation, Mark, Mode, Party};
use kvarter_store as store;
use serde_json::json;

use crate::App;
use crate::agreement::{self, Approve, Receive, SendBack};
use crate::context::Ctx;
use crate::dispatch::{self, Issue};
use crate::duty::{self, Extend, Meet};
use crate::electronic;
use crate::error::{Error, Result};
use crate::signing;
use done::Done;
use paper::{act, minutes};
use partnership_step::Scene;
use script::{Script, Step, What, duty_id, filled, script};

/// What a visitor is told of the demonstration.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Today in the demonstration.
    pub today: Date,
    /// The hour of the next step, if one is left.
    pub next: Option<DateTime>,
    /// The agreement it is about.
    pub agreement: AgreementId,
    /// How many steps are left.
    pub left: usize,
}

/// Prepares a demonstration: enters its people if they are not there, sets the clock to where the last
/// session left it, and replays what the source shows.
///
/// # Errors
/// When storage fails.
pub async fn prepare(app: &App) -> Result<()> {
    let script = script();
    enter_people(app, script).await?;
    let mut tx = app.store.read().await?;
    let last = store::log::before(&mut tx, i64::MAX, 1).await?.pop();
    drop(tx);
    if let Some(last) = last {
        app.clock.set(last.recorded_at);
    }
    run_until(app, script.stops, &|_, _| {}).await?;
    if instant(script.stops)? > app.clock.now() {
        app.clock.set(instant(script.stops)?);
    }
    Ok(())
}

async fn enter_people(app: &App, script: &Script) -> Result<()> {
    let first = script.step.first().map_or(script.stops, |line| line.at);
    app.clock.set(instant(first.date().at(8, 0, 0, 0))?);
    let ctx = app.system();
    let mut tx = app.store.write().await?;
    for authority in &script.authority {
        let organisation = Organisation {
            id: slug_of(&authority.name).into(),
            kind: OrganisationKind::Authority,
            name: authority.name.clone(),
            orgnr: authority.orgnr.clone(),
        };
        if tx.insert_if_new(&organisation).await? {
            let summary = json!({ "kind": organisation.kind });
            ctx.append(&mut tx, Happened::OrganisationRegistered, organisation.id.as_str(), summary).await?;
        }
    }
    let mut entered = 0;
    for someone in &script.person {
        let id = PersonId::new(format!("demo-{}", someone.key));
        if store::person::by_id(&mut tx, &id).await?.is_some() {
            continue;
        }
        tx.insert(&Person { id: id.clone(), name: someone.name.clone() }).await?;
        tx.insert(&Mandate {
            id: mandate_id(&someone.key),
            person: id,
            organisation: someone.organisation.clone(),
            role: someone.role,
            from_day: someone.from,
            to_day: None,
            evidence: someone.evidence.clone(),
        })
        .await?;
        entered += 1;
    }
    if entered > 0 {
        ctx.append(&mut tx, Happened::PersonAdded, "demo", json!({ "people": entered })).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn mandate_id(key: &str) -> MandateId {
    MandateId::new(format!("demo-{key}"))
}

/// Where the demonstration stands.
///
/// # Errors
/// [`Error::NotFound`] outside the demonstration.
pub async fn stage(app: &App) -> Result<Stage> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let script = script();
    let left = steps_left(app, script).await?;
    Ok(Stage {
        today: app.system().today(),
        next: left.first().map(|step| step.at),
        agreement: AgreementId::of(&script.programme, &script.municipality),
        left: left.len(),
    })
}

/// Takes the next step. What has been done by hand already is passed over.
///
/// # Errors
/// [`Error::NotFound`] outside the demonstration or when no step is left.
pub async fn advance(app: &App) -> Result<()> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let script = script();
    let step = steps_left(app, script).await?.into_iter().next().ok_or(Error::NotFound)?;
    take(app, script, &step).await
}

/// Takes every step up to an hour, then sets the clock to it. `progress` is told how many of how many.
///
/// # Errors
/// When a step is refused or storage fails.
pub async fn run_until(app: &App, until: DateTime, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<()> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let script = script();
    // The agreement's districts are known once it is issued, so the list is made anew after that.
    let mut done = 0;
    let mut before = usize::MAX;
    loop {
        let left: Vec<Step> =
            steps_left(app, script).await?.into_iter().filter(|step| step.at <= until).collect();
        let total = done + left.len();
        if left.is_empty() {
            break;
        }
        // Whatever is taken is done, or the replay would never end.
        if left.len() >= before {
            return Err(Error::Internal(format!("the script's steps are taken and not done: {left:?}")));
        }
        before = left.len();
        for step in left {
            let issued = matches!(step.what, What::Issue { .. });
            // A script that asks for what is not there is our fault, not the visitor's.
            take(app, script, &step).await.map_err(|error| match error {
                Error::NotFound | Error::Denied | Error::Problems(_) => {
                    Error::Internal(format!("the script's step of {}, {:?}: {error}", step.at, step.what))
                }
                other => other,
            })?;
            done += 1;
            progress(done, total);
            if issued {
                before = usize::MAX;
                break;
            }
        }
    }
    if instant(until)? > app.clock.now() {
        app.clock.set(instant(until)?);
    }
    Ok(())
}

/// What the registrar attests on paper the signatory does with a key: every page, then the last.
async fn sign_with_key(
    app: &App,
    script: &Script,
    id: &AgreementId,
    life: &Life,
    party: Party,
    signatory: &str,
    place: &str,
) -> Result<()> {
    let ctx = acting(app, script, signatory).await?;
    for page in life.pages_without_initials(party, Mark::A) {
        electronic::mark_page(&ctx, app, id, page).await?;
    }
    electronic::sign(&ctx, app, id, None, place, "").await
}

/// Sets the demonstration's clock to nine in the morning of a day; never backwards past what has been
/// recorded.
///
/// # Errors
/// [`Error::NotFound`] outside the demonstration; `clock-before-last-event`.
pub async fn set_day(app: &App, day: Date) -> Result<()> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let wanted = instant(day.at(9, 0, 0, 0))?;
    let mut tx = app.store.read().await?;
    let last = store::log::before(&mut tx, i64::MAX, 1).await?.pop();
    if last.is_some_and(|last| kvarter_domain::time::stockholm_day(last.recorded_at) > day) {
        return Err(kvarter_domain::problem::Problem::new("clock-before-last-event", "day")
            .with("day", day)
            .into());
    }
    app.clock.set(wanted);
    Ok(())
}

/// A civil hour in Sweden as an instant.
fn instant(at: DateTime) -> Result<jiff::Timestamp> {
    at.to_zoned_datetime(kvarter_domain::time::stockholm())
        .map(|zoned| zoned.timestamp())
        .map_err(|error| Error::Internal(error.to_string()))
}

async fn steps_left(app: &App, script: &Script) -> Result<Vec<Step>> {
    let mut tx = app.store.read().await?;
    let id = AgreementId::of(&script.programme, &script.municipality);
    let life = store::agreement::life(&mut tx, &id).await?;
    let done = Done::read(&mut tx, &id, &script.municipality, life.as_ref()).await?;
    let districts = life.as_ref().map(|l| l.districts.clone()).unwrap_or_default();
    let mut left = Vec::new();
    for line in &script.step {
        let objects: Vec<Option<AgreementDistrict>> = if line.each_district {
            districts.iter().filter(|d| line.concerns(&d.code)).cloned().map(Some).collect()
        } else {
            vec![None]
        };
        for district in objects {
            let step = Step {
                at: line.at,
                by: line.by.clone(),
                of: script.organisation_of(&line.by),
                what: line.r#do.clone(),
                district,
            };
            if !done.has(&step, life.as_ref()) {
                left.push(step);
            }
        }
    }
    Ok(left)
}

async fn take(app: &App, script: &Script, step: &Step) -> Result<()> {
    if instant(step.at)? > app.clock.now() {
        app.clock.set(instant(step.at)?);
    }
    let ctx = acting(app, script, &step.by).await?;
    let id = AgreementId::of(&script.programme, &script.municipality);
    let day = step.at.date();
    let district = step.district.as_ref();
    match &step.what {
        What::Issue { reference, offer_reference, quote_on_return, offer_decision } => {
            let name = |key: &str| script.person.iter().find(|p| p.key == key).map(|p| p.name.clone());
            let issue = Issue {
                programme: script.programme.clone(),
                municipalities: vec![script.municipality.clone()],
                dated: day,
                reference: reference.clone(),
                offer_reference: offer_reference.clone(),
                offer_decision: Some(offer_decision.clone()),
                quote_on_return: quote_on_return.clone(),
                state_signatory: name("minister").unwrap_or_default(),
                municipality_signatories: name("chair")
                    .map(|chair| (script.municipality.clone(), chair))
                    .into_iter()
                    .collect(),
                officer: name("officer").unwrap_or_default(),
                mode: if app.demo_electronic { Mode::Electronic } else { Mode::Paper },
            };
            dispatch::issue(&ctx, app, &issue, &|_, _| {}).await?;
        }
        What::Approve { party, body, paragraph, reference, authorised_by, decision } => {
            let copy = match decision {
                Some(decision) => {
                    Some(minutes(app, script, step, body, paragraph.as_deref(), decision).await?)
                }
                None => None,
            };
            let approve = Approve {
                party: *party,
                body: body.clone(),
                decided_on: day,
                paragraph: paragraph.clone(),
                adjusted_on: paragraph.as_ref().map(|_| day),
                reference: reference.clone(),
                authorised_by: authorised_by.clone(),
                copy,
                faults: Problems::none(),
            };
            agreement::approve(&ctx, app, &id, None, approve).await?;
        }
        What::Attest { party, signatory, place } => {
            let mut tx = app.store.read().await?;
            let life = store::agreement::life(&mut tx, &id).await?.ok_or(Error::NotFound)?;
            drop(tx);
            if life.is_electronic() {
                return sign_with_key(app, script, &id, &life, *party, signatory, place).await;
            }
            let attestations = Mark::BOTH.map(|mark| Attestation {
                mark,
                party: *party,
                mandate: mandate_id(signatory),
                day,
                place: place.clone(),
                signed: life.signature(*party, mark).is_none(),
                pages: life.pages_without_initials(*party, mark),
            });
            signing::attest(&ctx, app, &id, None, &attestations).await?;
        }
        What::Send => dispatch::send(&ctx, app, &id, day).await?,
        What::Receive { number, register, routed_to } => {
            let receive = Receive {
                received_on: day,
                number: number.clone(),
                register: register.clone(),
                routed_to: Some(routed_to.clone()),
            };
            agreement::receive(&ctx, app, &id, None, &receive).await?;
        }
        What::Keep { mark, place } => {
            agreement::keep_original(&ctx, app, &id, None, *mark, day, place).await?;
        }
        What::SendBack { mark, quoted } => {
            let back = SendBack { mark: *mark, sent_on: day, quoted: quoted.clone(), with_decision: true };
            agreement::send_back(&ctx, app, &id, None, &back).await?;
        }
        What::RegisterReturn { mark } => {
            agreement::register_return(&ctx, app, &id, None, *mark, day).await?;
        }
        What::Meet { duty: pattern, note, link, text, occurred_on } => {
            let document = match text {
                Some(text) => Some(act(app, script, step, text).await?),
                None => None,
            };
            let meet = Meet {
                met_on: Some(day),
                dated: None,
                note: note.as_deref().map(|n| filled(n, district)),
                link: link.clone(),
                document,
                occurred_on: *occurred_on,
                faults: Problems::none(),
            };
            duty::meet(&ctx, app, &duty_id(&id, pattern, district), None, meet).await?;
        }
        What::Extend { duty: pattern, until, reference, reason } => {
            let extend = Extend {
                until: *until,
                decided_on: day,
                reference: Some(reference.clone()),
                reason: Some(reason.clone()),
            };
            duty::extend(&ctx, app, &duty_id(&id, pattern, district), None, &extend).await?;
        }
        What::AgreeDay { duty: pattern, day: agreed, reference } => {
            let duty = duty_id(&id, pattern, district);
            duty::agree_day(&ctx, app, &duty, None, *agreed, day, Some(reference)).await?;
        }
        _ => return take_in_partnership(app, script, step, &ctx, &id).await,
    }
    Ok(())
}

/// A step of the partnership, its plans or its collaboration agreements: whatever of it is left.
async fn take_in_partnership(
    app: &App,
    script: &Script,
    step: &Step,
    ctx: &Ctx,
    id: &AgreementId,
) -> Result<()> {
    let mut tx = app.store.read().await?;
    let life = store::agreement::life(&mut tx, id).await?;
    let done = Done::read(&mut tx, id, &script.municipality, life.as_ref()).await?;
    drop(tx);
    let scene = Scene { ctx, app, done: &done, day: step.at.date() };
    let district = step.district.as_ref().map(|district| district.code.as_str()).unwrap_or_default();
    match &step.what {
        What::LoadStatistics => scene.load_statistics(&script.programme).await,
        What::InvitePartners => scene.invite().await,
        What::AnswerInvitations => scene.answer().await,
        What::JoinPartners => scene.join().await,
        What::LeavePartnership => scene.leave().await,
        What::DescribeOrganisation => scene.describe().await,
        What::FormGroups => scene.form_groups().await,
        What::MeetPartners => scene.meet().await,
        What::Consult => scene.consult().await,
        What::HoldDialogues => scene.hold_dialogues().await,
        What::AnswerDialogues => scene.answer_dialogues().await,
        What::RaiseNeeds => scene.raise_needs(&step.of).await,
        What::AnswerNeeds => scene.answer_needs().await,
        What::WritePlan { edition } => scene.write_plan(district, *edition).await,
        What::AcceptGoals { edition, evidence } => {
            scene.accept_goals(district, *edition, &step.of, evidence.as_deref()).await
        }
        What::AdoptPlan { decided, unchanged, .. } => {
            scene.adopt_plan(district, decided, unchanged.as_deref()).await
        }
        What::ReportPlan { .. } => scene.report_plan(district).await,
        What::DrawUpCollaborations => scene.draw_up_collaborations().await,
        What::SignCollaborations { municipality, partner } => {
            scene.sign_collaborations(municipality, partner).await
        }
        What::FindCollaborationNeeds { reason } => scene.find_collaboration_needs(reason).await,
        What::ConfirmCollaborations => scene.confirm_collaborations().await,
        What::ReportCollaborations => scene.report_collaborations().await,
        What::Issue { .. }
        | What::Approve { .. }
        | What::Attest { .. }
        | What::Send
        | What::Receive { .. }
        | What::Keep { .. }
        | What::SendBack { .. }
        | What::RegisterReturn { .. }
        | What::Meet { .. }
        | What::Extend { .. }
        | What::AgreeDay { .. } => Err(Error::Internal(format!("no step of a partnership: {:?}", step.what))),
    }
}

/// The context in which one of the script's people acts.
async fn acting(app: &App, script: &Script, key: &str) -> Result<Ctx> {
    let someone = script
        .person
        .iter()
        .find(|p| p.key == key)
        .ok_or_else(|| Error::Internal(format!("the script has no {key}")))?;
    let mut tx = app.store.read().await?;
    let organisations = tx.every::<Organisation>().await?;
    let kind = organisations
        .iter()
        .find(|o| o.id == someone.organisation)
        .map_or(OrganisationKind::Municipality, |o| o.kind);
    Ok(Ctx {
        actor: Actor::Signed {
            person: PersonId::new(format!("demo-{key}")),
            name: someone.name.clone(),
            mandate: mandate_id(key),
            role: someone.role,
            organisation: someone.organisation.clone(),
            kind,
        },
        now: app.clock.now(),
        request: "demo".to_owned(),
        form: None,
    })
}
