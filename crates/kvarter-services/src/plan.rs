//! Plans as they are read: the workshop where one is written, the versions that were adopted, the list of all.
//! The acts on them are in `plan_act.rs`, the work on drafts in [`crate::plan_draft`].

use std::sync::Arc;

use jiff::civil::Date;
use kvarter_domain::access::Act;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::{AgreementId, Digest, OrganisationId, ProgrammeId};
use kvarter_domain::observation::{Indicator, Observation, Observations as _, Series, Table};
use kvarter_domain::partnership::{DialogueKind, Partnership};
use kvarter_domain::plan::acceptance::{GoalAcceptance, Party};
use kvarter_domain::plan::check::{self, Circumstances};
use kvarter_domain::plan::difference::{PartChange, difference};
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::smart::{Assessment, Grounds, assess_all};
use kvarter_domain::plan::{Plan, PlanReport, PlanVersion};
use kvarter_domain::problem::Problems;
use kvarter_domain::programme::Programme;
use kvarter_store::draft::{self as drafts, Comment, Edit, Presence, Task};
use kvarter_store::{self as store, ReadTx};

use crate::App;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::observation;
use crate::plan_draft::{self, Draft, Opened};
use crate::plan_talk;

pub use crate::plan_act::{Accept, Adopt, accept, adopt, report};

/// Everything that the workshop shows of one district's plan.
#[derive(Debug, Clone)]
pub struct Workshop {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in it.
    pub municipality: String,
    /// The district.
    pub district: AgreementDistrict,
    /// The agreement's districts.
    pub districts: Vec<AgreementDistrict>,
    /// The programme.
    pub programme: Arc<Programme>,
    /// The draft.
    pub draft: Draft,
    /// Edits that wait to be settled.
    pub beside: Vec<Edit>,
    /// Who else is here.
    pub present: Vec<Presence>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Tasks, oldest first.
    pub tasks: Vec<Task>,
    /// The versions that have been adopted, oldest first.
    pub versions: Vec<PlanVersion>,
    /// Each goal judged, in the order of the goals.
    pub assessments: Vec<Assessment>,
    /// What stands in the way of adopting the draft today, unless it is said to be unchanged.
    pub hindrances: Problems,
    /// The partners, those who have left among them.
    pub partners: Vec<Party>,
    /// What partners have accepted.
    pub acceptances: Vec<GoalAcceptance>,
    /// The days on which residents were consulted on the plan.
    pub consultations: Vec<Date>,
    /// The indicators that there is anything about.
    pub indicators: Vec<Indicator>,
    /// The day it is seen on.
    pub today: Date,
    /// Whether the actor may write.
    pub may_write: bool,
    /// Whether the actor may have it adopted.
    pub may_adopt: bool,
}

/// The partners of an agreement, once for each time that they were in the partnership, and those of them that are
/// organisations of this house and are in it today.
pub(crate) async fn partners(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    today: Date,
) -> Result<(Vec<Party>, Vec<OrganisationId>)> {
    let known = store::partnership::of_agreement(tx, agreement).await?;
    let there = known.on(today).into_iter().filter_map(|m| m.partner.organisation.clone()).collect();
    Ok((known.parties(), there))
}

/// The organisation of this house that a partner is, if it is one.
pub(crate) async fn organisation_of(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    partner: &str,
) -> Result<Option<OrganisationId>> {
    let known = store::partnership::of_agreement(tx, agreement).await?;
    Ok(known.partner(&partner.into()).and_then(|partner| partner.organisation.clone()))
}

/// The days on which residents of a district were consulted on its plan.
pub(crate) async fn consultations(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    district: &str,
) -> Result<Vec<Date>> {
    let mut held = store::partnership::dialogues_of(tx, agreement).await?;
    held.retain(|dialogue| {
        dialogue.kind == DialogueKind::ConsultationOnPlan && dialogue.district == district
    });
    Ok(held.into_iter().map(|dialogue| dialogue.day).collect())
}

/// What the goals of a plan are judged by, read once.
pub(crate) struct Judge {
    pub(crate) table: Arc<Table>,
    pub(crate) acceptances: Vec<GoalAcceptance>,
    pub(crate) consultations: Vec<Date>,
    pub(crate) partnership: Partnership,
    pub(crate) previous: Option<(Plan, PlanVersion)>,
    pub(crate) versions: Vec<PlanVersion>,
}

impl Judge {
    pub(crate) async fn of(app: &App, tx: &mut ReadTx, opened: &Opened) -> Result<Self> {
        let (agreement, code) = (&opened.life.agreement.id, opened.district.code.as_str());
        let versions = store::plan::versions_of(tx, agreement).await?;
        let versions: Vec<PlanVersion> = versions.into_iter().filter(|v| v.district == code).collect();
        let previous = match versions.last() {
            None => None,
            Some(last) => {
                let content = store::plan::content(tx, &last.id).await?;
                let content = content.ok_or_else(|| Error::Corrupt(format!("{} has no content", last.id)))?;
                Some((content.content, last.clone()))
            }
        };
        Ok(Self {
            table: observation::table(app, tx, &opened.programme.id).await?,
            acceptances: store::plan::acceptances_of(tx, agreement, code).await?,
            consultations: consultations(tx, agreement, code).await?,
            partnership: store::partnership::of_agreement(tx, agreement).await?,
            previous,
            versions,
        })
    }

    pub(crate) fn assess(&self, opened: &Opened, goals: &[Goal], today: Date) -> Result<Vec<Assessment>> {
        let grounds = Grounds {
            rules: &opened.rules()?.smart,
            period: opened.programme.period,
            district: &opened.district.code,
            observations: &*self.table,
            acceptances: &self.acceptances,
            partners: &opened.partners,
            today,
        };
        Ok(assess_all(goals, &grounds))
    }

    pub(crate) fn hindrances(
        &self,
        opened: &Opened,
        plan: &Plan,
        assessments: &[Assessment],
        adopted_on: Date,
        unchanged: Option<&str>,
    ) -> Result<Problems> {
        let districts = opened.districts();
        let of = Circumstances {
            rules: opened.rules()?,
            areas: &opened.programme.target_areas,
            period: opened.programme.period,
            district: &opened.district.code,
            districts: &districts,
            previous: self.previous.as_ref().map(|(plan, version)| (plan, version.adopted_on)),
            consultations: &self.consultations,
            assessments,
        };
        Ok(check::adoptable(plan, &of, adopted_on, unchanged).err().unwrap_or_default())
    }
}

/// The digest of a plan's content.
///
/// # Errors
/// When it holds what cannot be written down, such as an infinite number.
pub(crate) fn digest_of(plan: &Plan) -> Result<Digest> {
    let value = serde_json::to_value(plan).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Digest::of(value.to_string().as_bytes()))
}

impl Workshop {
    /// The digest of the draft's content: what is adopted is what was seen.
    ///
    /// # Errors
    /// When the draft holds what cannot be written down.
    pub fn seen(&self) -> Result<Digest> {
        digest_of(&self.draft.plan)
    }
}

/// The workshop of a district's plan.
///
/// # Errors
/// [`Error::NotFound`] for those who may not read the draft.
pub async fn workshop(ctx: &Ctx, app: &App, agreement: &AgreementId, district: &str) -> Result<Workshop> {
    let mut tx = app.store.read().await?;
    let opened = plan_draft::open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    let draft = plan_draft::current(&mut tx, &opened.series).await?;
    let judge = Judge::of(app, &mut tx, &opened).await?;
    let assessments = judge.assess(&opened, &draft.plan.goals, ctx.today())?;
    let hindrances = judge.hindrances(&opened, &draft.plan, &assessments, ctx.today(), None)?;
    Ok(Workshop {
        agreement: agreement.clone(),
        municipality: opened.life.agreement.party_name.clone(),
        beside: drafts::beside(&mut tx, &opened.series).await?,
        present: plan_talk::others(ctx, &mut tx, &opened.series).await?,
        comments: drafts::comments(&mut tx, &opened.series).await?,
        tasks: drafts::tasks(&mut tx, &opened.series).await?,
        today: ctx.today(),
        draft,
        assessments,
        hindrances,
        indicators: judge.table.indicators().cloned().collect(),
        versions: judge.versions,
        acceptances: judge.acceptances,
        consultations: judge.consultations,
        may_write: ctx.may(Act::WriteDraft, &opened.thing),
        may_adopt: ctx.may(Act::AdoptPlan, &opened.thing),
        partners: opened.partners,
        district: opened.district,
        districts: opened.life.districts,
        programme: opened.programme,
    })
}

/// A district in the list of plans.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in it.
    pub municipality: String,
    /// The district.
    pub district: AgreementDistrict,
    /// The versions of its plan, oldest first.
    pub versions: Vec<PlanVersion>,
    /// What has been reported of them.
    pub reports: Vec<PlanReport>,
    /// Whether the actor may read its draft.
    pub draft: bool,
}

/// Every district of a programme's agreements with its plan; the number of questions asked of the store is the same
/// however many there are.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(ctx: &Ctx, app: &App, programme: &ProgrammeId) -> Result<Vec<Listed>> {
    let mut tx = app.store.read().await?;
    let versions = store::plan::versions_of_programme(&mut tx, programme).await?;
    let reports = store::plan::reports_of_programme(&mut tx, programme).await?;
    let mut listed = Vec::new();
    for life in store::agreement::lives_of(&mut tx, programme).await? {
        let own = ctx.actor.organisation() == Some(&life.agreement.municipality);
        for district in &life.districts {
            let of = |v: &&PlanVersion| v.agreement == life.agreement.id && v.district == district.code;
            let versions: Vec<PlanVersion> = versions.iter().filter(of).cloned().collect();
            let reports =
                reports.iter().filter(|r| versions.iter().any(|v| v.id == r.version)).cloned().collect();
            listed.push(Listed {
                agreement: life.agreement.id.clone(),
                municipality: life.agreement.party_name.clone(),
                district: district.clone(),
                versions,
                reports,
                draft: own,
            });
        }
    }
    Ok(listed)
}

/// An adopted version, as anyone may read it.
#[derive(Debug, Clone)]
pub struct VersionPage {
    /// The version.
    pub version: PlanVersion,
    /// What it holds.
    pub plan: Plan,
    /// The programme.
    pub programme: Arc<Programme>,
    /// The municipality's name in the agreement.
    pub municipality: String,
    /// Every version of the series, oldest first.
    pub versions: Vec<PlanVersion>,
    /// That it was reported, if it was.
    pub reports: Vec<PlanReport>,
    /// Its goals, judged as of the day it was adopted.
    pub assessments: Vec<Assessment>,
    /// What partners have accepted.
    pub acceptances: Vec<GoalAcceptance>,
    /// The partners.
    pub partners: Vec<Party>,
    /// The partnership: whom residents talked with, and who accepted what.
    pub partnership: Partnership,
    /// The series of each goal's indicator in the district, in the order of the goals.
    pub series: Vec<Option<Series>>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

/// An adopted version by its id.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn show(ctx: &Ctx, app: &App, id: &str) -> Result<VersionPage> {
    ctx.require(Act::ReadPublic, &kvarter_domain::access::Thing::Common)?;
    let mut tx = app.store.read().await?;
    let version = store::plan::version(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let content = store::plan::content(&mut tx, id)
        .await?
        .ok_or_else(|| Error::Corrupt(format!("{id}: no content")))?;
    let life = store::agreement::life(&mut tx, &version.agreement).await?.ok_or(Error::NotFound)?;
    let programme = app.programme(&life.agreement.programme)?;
    let table = observation::table(app, &mut tx, &programme.id).await?;
    let acceptances = store::plan::acceptances_of(&mut tx, &version.agreement, &version.district).await?;
    let partnership = store::partnership::of_agreement(&mut tx, &version.agreement).await?;
    let partners = partnership.parties();
    let rules = programme.plan.as_ref().ok_or(Error::NotFound)?;
    let plan = content.content;
    let assessments = assess_all(
        &plan.goals,
        &Grounds {
            rules: &rules.smart,
            period: programme.period,
            district: &version.district,
            observations: &*table,
            acceptances: &acceptances,
            partners: &partners,
            today: version.registered_on,
        },
    );
    let versions = store::plan::versions_of(&mut tx, &version.agreement).await?;
    let reports = store::plan::reports_of(&mut tx, &version.agreement).await?;
    let series =
        plan.goals.iter().map(|goal| table.series(&goal.indicator, &version.district, &goal.group).cloned());
    Ok(VersionPage {
        series: series.collect(),
        indicators: table.indicators().cloned().collect(),
        versions: versions.into_iter().filter(|v| v.district == version.district).collect(),
        reports: reports.into_iter().filter(|r| r.version == version.id).collect(),
        municipality: life.agreement.party_name.clone(),
        version,
        plan,
        programme,
        assessments,
        acceptances,
        partners,
        partnership,
    })
}

/// How two versions of one series differ.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The earlier.
    pub before: VersionPage,
    /// The later.
    pub after: VersionPage,
    /// What differs.
    pub changes: Vec<PartChange>,
}

/// Compares two versions.
///
/// # Errors
/// [`Error::NotFound`] when one is not there, or they are of different plans.
pub async fn compare(ctx: &Ctx, app: &App, before: &str, after: &str) -> Result<Comparison> {
    let before = show(ctx, app, before).await?;
    let after = show(ctx, app, after).await?;
    if before.version.series() != after.version.series() {
        return Err(Error::NotFound);
    }
    let changes = difference(&before.plan, &after.plan);
    Ok(Comparison { before, after, changes })
}

/// The latest figure of an indicator in a district: its unit, the group it is about and the figure. Where no group
/// is named, the only one there is.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest_figure(
    ctx: &Ctx,
    app: &App,
    programme: &ProgrammeId,
    indicator: &str,
    district: &str,
    group: &str,
) -> Result<Option<(String, String, Observation)>> {
    ctx.require(Act::SeeDesk, &kvarter_domain::access::Thing::Common)?;
    let table = observation::table(app, &mut app.store.read().await?, programme).await?;
    let groups = table.groups(indicator);
    let group = match (group.is_empty(), groups.as_slice()) {
        (true, [only]) => (*only).to_owned(),
        _ => group.to_owned(),
    };
    let figure = table.series(indicator, district, &group).and_then(|series| {
        series
            .observations
            .iter()
            .rev()
            .find(|figure| figure.value.is_some() && figure.published <= ctx.today())
    });
    Ok(figure.cloned().zip(table.indicator(indicator)).map(|(figure, of)| (of.unit.clone(), group, figure)))
}

/// The latest versions of the actor's own plans that have not been reported.
///
/// # Errors
/// When the store cannot be read.
pub async fn unreported(ctx: &Ctx, app: &App) -> Result<Vec<PlanVersion>> {
    let Some(own) = ctx.actor.organisation() else { return Ok(Vec::new()) };
    let mut tx = app.store.read().await?;
    let mut found = Vec::new();
    for programme in app.programmes() {
        let versions = store::plan::versions_of_programme(&mut tx, &programme.id).await?;
        let reports = store::plan::reports_of_programme(&mut tx, &programme.id).await?;
        let last = |v: &PlanVersion| {
            !versions.iter().any(|other| other.series() == v.series() && other.serial > v.serial)
        };
        let waits = |v: &&PlanVersion| v.by == *own && last(v) && !reports.iter().any(|r| r.version == v.id);
        found.extend(versions.iter().filter(waits).cloned());
    }
    Ok(found)
}
