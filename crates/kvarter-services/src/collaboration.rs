//! Collaboration agreements as they are read: one with its versions and its draft, the board of all, what waits.
//! The acts are in [`crate::collaboration_act`] and [`crate::collaboration_sign`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::collaboration::{
    self as domain, Collaborations, Coverage, Draft, Plans, Side, Standing, series_of, word_of,
};
use kvarter_domain::ids::{AgreementId, OrganisationId, PartnerId, PersonId};
use kvarter_domain::partnership::{Partner, Partnership};
use kvarter_domain::programme::{EventKind, Programme};
use kvarter_domain::registry::Document;
use kvarter_domain::signing::Mode;
use kvarter_store::{self as store, ReadTx};

use crate::App;
use crate::access::open_agreement;
use crate::context::Ctx;
use crate::error::{Error, Result};

pub use crate::collaboration_act::{
    Confirm, Edit, FindNeed, Remove, SaveCommitment, SaveTerms, confirm, draw_up, edit, find_need, report,
};
pub use crate::collaboration_sign::{OnPaper, sign_on_paper, sign_with_key};

/// The agreement that a partner's id begins with.
pub fn agreement_of(partner: &PartnerId) -> Option<AgreementId> {
    partner.as_str().rsplit_once('/').map(|(agreement, _)| AgreementId::new(agreement))
}

/// What a series' events are about: acts on one collaboration agreement make no other's forms stale.
pub(crate) fn subject_of(partner: &PartnerId) -> AgreementId {
    AgreementId::new(series_of(partner))
}

/// Something in a plan that a commitment can be bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The version of the plan.
    pub plan_version: String,
    /// The goal or intervention.
    pub element: String,
    /// The district's name.
    pub district: String,
    /// What it is called.
    pub name: String,
}

/// One partner's collaboration agreement.
#[derive(Debug, Clone)]
pub struct CollaborationPage {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The agreement's facts.
    pub life: Life,
    /// The partner.
    pub partner: Partner,
    /// Whether it takes part on the day, and then whether it is a member.
    pub member: Option<bool>,
    /// All collaboration agreements of the agreement.
    pub known: Collaborations,
    /// The plans that they are bound to.
    pub plans: Plans,
    /// How it stands on the day.
    pub standing: Standing,
    /// The day that it is shown for.
    pub day: Date,
    /// The draft, for those who may work on it.
    pub draft: Option<Draft>,
    /// What its commitments can be bound to today.
    pub bindings: Vec<Binding>,
    /// The latest event about it, which a form says it has seen.
    pub seen: i64,
    /// Whether the actor may draw up, confirm and revise it.
    pub may_edit: bool,
    /// The side that the actor can sign for with a key.
    pub signs_for: Option<Side>,
    /// Whether the actor can attest signatures on paper.
    pub may_attest: bool,
    /// Whether the actor can report it to the state now: a revised version waits for it.
    pub may_report: bool,
    /// Whether keys are at hand here.
    pub keys: bool,
}

/// One partner's collaboration agreement, today.
///
/// # Errors
/// [`Error::NotFound`] when there is no such partner.
pub async fn show(ctx: &Ctx, app: &App, partner: &PartnerId) -> Result<CollaborationPage> {
    show_as_of(ctx, app, partner, ctx.today()).await
}

/// One partner's collaboration agreement, on a day.
///
/// # Errors
/// [`Error::NotFound`] when there is no such partner.
pub async fn show_as_of(ctx: &Ctx, app: &App, partner: &PartnerId, day: Date) -> Result<CollaborationPage> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let member = opened.partnership.membership_on(partner, day).map(|m| m.is_member());
    let standing = domain::standing(partner, member == Some(true), &opened.known, &opened.plans, day);
    let may_edit = may_collaborate(ctx, &opened);
    let draft =
        if may_edit { store::collaboration::draft(&mut tx, &series_of(partner)).await? } else { None };
    let seen = store::log::last_of(&mut tx, subject_of(partner).as_str()).await?;
    let municipality = Thing::Of(opened.life.agreement.municipality.clone());
    let unreported = unreported(&opened).is_some();
    Ok(CollaborationPage {
        bindings: bindings(&opened.plans, ctx.today()),
        signs_for: side_of(ctx, &opened),
        may_attest: ctx.may(Act::Attest, &municipality),
        may_report: ctx.may(Act::Collaborate, &municipality) && unreported,
        keys: app.signs_with_keys(),
        programme: opened.programme,
        life: opened.life,
        partner: opened.partner,
        known: opened.known,
        plans: opened.plans,
        member,
        standing,
        day,
        draft,
        seen,
        may_edit,
    })
}

/// The concluded revision that has not been reported, if there is one.
pub(crate) fn unreported(opened: &Opened) -> Option<&domain::CollaborationVersion> {
    let version = opened.known.concluded(&opened.partner.id, opened.today)?;
    let reported = opened.known.reports.iter().any(|report| report.version == version.id);
    let revised = opened
        .known
        .with(&opened.partner.id)
        .any(|earlier| earlier.serial < version.serial && opened.known.concluded_on(&earlier.id).is_some());
    (revised && !reported).then_some(version)
}

/// What commitments can be bound to on a day: the goals and interventions of the plans that hold.
fn bindings(plans: &Plans, today: Date) -> Vec<Binding> {
    let mut series: Vec<String> = plans.versions.iter().map(domain_series).collect();
    series.sort();
    series.dedup();
    let mut found = Vec::new();
    for version in series.iter().filter_map(|series| plans.latest(series, today)) {
        let Some(plan) = plans.contents.get(&version.id) else { continue };
        let goals = plan.goals.iter().map(|goal| (&goal.id, &goal.statement));
        let interventions = plan.interventions.iter().map(|one| (&one.id, &one.title));
        found.extend(goals.chain(interventions).map(|(id, name)| Binding {
            plan_version: version.id.clone(),
            element: id.clone(),
            district: version.district_name.clone(),
            name: name.clone(),
        }));
    }
    found
}

fn domain_series(version: &kvarter_domain::plan::PlanVersion) -> String {
    version.series()
}

/// The board: every partner of an agreement, and how its collaboration agreement stands on a day.
///
/// # Errors
/// [`Error::NotFound`] when there is no such agreement.
pub async fn board(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    day: Date,
) -> Result<(Life, Vec<Coverage>)> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, agreement, Act::ReadPublic).await?;
    let partnership = store::partnership::of_agreement(&mut tx, agreement).await?;
    let known = store::collaboration::of_agreement(&mut tx, agreement).await?;
    let plans = plans_of(&mut tx, agreement).await?;
    Ok((life, domain::coverage(&partnership, &known, &plans, day)))
}

/// Something in a collaboration agreement that waits for the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in the agreement.
    pub name: String,
    /// The partner.
    pub partner: PartnerId,
    /// The partner's name.
    pub with: String,
    /// What is to be done: `sign-collaboration`, `revise-collaboration`, `report-collaboration`,
    /// `conclude-collaboration`.
    pub act: &'static str,
    /// Since when it has waited, where that is known.
    pub since: Option<Date>,
}

/// What in collaboration agreements waits for the actor; the same number of questions however many there are.
///
/// # Errors
/// When the store cannot be read.
pub async fn tasks(ctx: &Ctx, app: &App) -> Result<Vec<Task>> {
    let Some(own) = ctx.actor.organisation().cloned() else { return Ok(Vec::new()) };
    let today = ctx.today();
    let mut tasks = Vec::new();
    for programme in app.programmes() {
        let mut tx = app.store.read().await?;
        let partnerships = store::partnership::of_programme(&mut tx, &programme.id).await?;
        if partnerships.is_empty() {
            continue;
        }
        let known = store::collaboration::of_programme(&mut tx, &programme.id).await?;
        let mut plans = plans_concerning(&mut tx, programme, &own).await?;
        for life in store::agreement::lives_of(&mut tx, &programme.id).await? {
            let id = life.agreement.id.clone();
            let Some(partnership) = partnerships.get(&id) else { continue };
            let takes_part = partnership.partners.iter().any(|p| p.organisation.as_ref() == Some(&own));
            if life.agreement.municipality != own && !takes_part {
                continue;
            }
            let known = known.get(&id).cloned().unwrap_or_default();
            let plans = plans.remove(&id).unwrap_or_default();
            for m in partnership.on(today) {
                let opened = Opened {
                    programme: Arc::clone(programme),
                    life: life.clone(),
                    partner: m.partner.clone(),
                    partnership: Partnership::default(),
                    known: known.clone(),
                    plans: plans.clone(),
                    today,
                };
                tasks.extend(tasks_of(ctx, &opened, m.is_member()));
            }
        }
    }
    tasks.sort_by_key(|task| (task.since.is_none(), task.since));
    Ok(tasks)
}

fn tasks_of(ctx: &Ctx, opened: &Opened, member: bool) -> Vec<Task> {
    let partner = &opened.partner.id;
    let mut tasks = Vec::new();
    let mut add = |act, since| {
        tasks.push(Task {
            agreement: opened.life.agreement.id.clone(),
            name: opened.life.agreement.party_name.clone(),
            partner: partner.clone(),
            with: opened.partner.name.clone(),
            act,
            since,
        });
    };
    let standing = domain::standing(partner, member, &opened.known, &opened.plans, opened.today);
    if let (Some(version), Some(side)) = (opened.known.unsigned(partner, opened.today), side_of(ctx, opened))
        && version.mode == Mode::Electronic
        && opened.known.signature(&version.id, side).is_none()
    {
        add("sign-collaboration", Some(version.drawn_up_on));
    }
    if may_collaborate(ctx, opened) {
        match standing {
            Standing::Stale { since, .. } | Standing::UnderRevision { since, .. } => {
                add("revise-collaboration", Some(since));
            }
            Standing::Missing if ctx.actor.organisation() == Some(&opened.life.agreement.municipality) => {
                add("conclude-collaboration", None);
            }
            _ => {}
        }
    }
    let municipality = Thing::Of(opened.life.agreement.municipality.clone());
    if ctx.may(Act::Collaborate, &municipality)
        && let Some(version) = unreported(opened)
    {
        add("report-collaboration", opened.known.concluded_on(&version.id));
    }
    tasks
}

/// The file of a version, for anyone: it is public, as the plan that it is bound to.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn file(ctx: &Ctx, app: &App, partner: &PartnerId, serial: i64) -> Result<(Document, Vec<u8>)> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let version = opened.known.version(&domain::version_id(partner, serial)).ok_or(Error::NotFound)?;
    let digest = opened.known.file_of(version);
    let document = store::registry::document(&mut tx, digest).await?.ok_or(Error::NotFound)?;
    let bytes = app.store.blobs().get(digest).await?;
    Ok((document, bytes))
}

/// A collaboration agreement opened.
pub(crate) struct Opened {
    pub(crate) programme: Arc<Programme>,
    pub(crate) life: Life,
    pub(crate) partner: Partner,
    pub(crate) partnership: Partnership,
    pub(crate) known: Collaborations,
    pub(crate) plans: Plans,
    pub(crate) today: Date,
}

impl Opened {
    pub(crate) fn agreement(&self) -> &AgreementId {
        &self.life.agreement.id
    }

    pub(crate) fn municipality(&self) -> &OrganisationId {
        &self.life.agreement.municipality
    }
}

/// Opens what is known of a partner's collaboration agreement.
pub(crate) async fn open(ctx: &Ctx, app: &App, tx: &mut ReadTx, partner: &PartnerId) -> Result<Opened> {
    let agreement = agreement_of(partner).ok_or(Error::NotFound)?;
    let life = open_agreement(ctx, tx, &agreement, Act::ReadPublic).await?;
    let programme = app.edition(tx, &life.agreement.edition).await?;
    let partnership = store::partnership::of_agreement(tx, &agreement).await?;
    let partner = partnership.partner(partner).cloned().ok_or(Error::NotFound)?;
    let known = store::collaboration::of_agreement(tx, &agreement).await?;
    let plans = plans_of(tx, &agreement).await?;
    Ok(Opened { programme, life, partner, partnership, known, plans, today: ctx.today() })
}

async fn plans_of(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Plans> {
    let versions = store::plan::versions_of(tx, agreement).await?;
    let contents = store::collaboration::plan_contents_of(tx, agreement).await?;
    Ok(Plans { versions, contents: contents.into_iter().map(|c| (c.version, c.content)).collect() })
}

/// The plans that an organisation has to do with, by agreement.
async fn plans_concerning(
    tx: &mut ReadTx,
    programme: &Programme,
    own: &OrganisationId,
) -> Result<BTreeMap<AgreementId, Plans>> {
    let contents = store::collaboration::plan_contents_concerning(tx, &programme.id, own).await?;
    let mut contents: BTreeMap<String, _> = contents.into_iter().map(|c| (c.version, c.content)).collect();
    let mut apart: BTreeMap<AgreementId, Plans> = BTreeMap::new();
    for version in store::plan::versions_of_programme(tx, &programme.id).await? {
        let plans = apart.entry(version.agreement.clone()).or_default();
        if let Some(content) = contents.remove(&version.id) {
            plans.contents.insert(version.id.clone(), content);
        }
        plans.versions.push(version);
    }
    Ok(apart)
}

/// Whether the actor may draw up, confirm and revise it: for the municipality, or for the partner.
pub(crate) fn may_collaborate(ctx: &Ctx, opened: &Opened) -> bool {
    collaborates_for(ctx, opened).is_ok()
}

/// The organisation that the actor draws up, confirms and revises it for.
pub(crate) fn collaborates_for(ctx: &Ctx, opened: &Opened) -> Result<(PersonId, OrganisationId)> {
    let Actor::Signed { person, organisation: own, .. } = &ctx.actor else { return Err(Error::Denied) };
    let concerned = own == opened.municipality() || opened.partner.organisation.as_ref() == Some(own);
    if !concerned {
        return Err(Error::Denied);
    }
    ctx.require(Act::Collaborate, &Thing::Of(own.clone()))?;
    Ok((person.clone(), own.clone()))
}

/// The side that the actor signs for, if any.
pub(crate) fn side_of(ctx: &Ctx, opened: &Opened) -> Option<Side> {
    let own = ctx.actor.organisation()?;
    if !ctx.may(Act::SignCollaboration, &Thing::Of(own.clone())) {
        return None;
    }
    if own == opened.municipality() {
        return Some(Side::Municipality);
    }
    (opened.partner.organisation.as_ref() == Some(own)).then_some(Side::Partner)
}

/// The duty of one collaboration agreement that is met by this, or waits for it.
pub(crate) async fn duty_of(
    tx: &mut ReadTx,
    opened: &Opened,
    kind: EventKind,
) -> Result<Option<kvarter_domain::duty::Duty>> {
    let word = word_of(&opened.partner.id);
    let duties = store::duty::of_agreement(tx, opened.agreement()).await?;
    Ok(duties.into_iter().find(|duty| duty.met_by == kind && duty.object.as_deref() == Some(word)))
}
