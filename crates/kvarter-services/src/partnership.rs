//! Partnerships as they are read: who is in them, what they lack, what was said and decided. The acts are in
//! [`crate::partnership_act`], [`crate::partnership_work`], [`crate::dialogue`] and [`crate::need`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::ids::{AgreementId, Digest, OrganisationId, PartnerId, ProgrammeId, RecordId};
use kvarter_domain::organisation::{Organisation, OrganisationKind};
use kvarter_domain::partnership::{Bounds, Composition, Membership, Partner, Partnership, composition};
use kvarter_domain::problem::Problem;
use kvarter_domain::programme::Programme;
use kvarter_domain::registry::Direction;
use kvarter_store::{self as store, ReadTx, WriteTx};

use crate::App;
use crate::access::open_agreement;
use crate::context::Ctx;
use crate::duty_act::{self, Deed};
use crate::error::Result;
use crate::registry;

pub use crate::dialogue::{Hold, Respond, hold, respond};
pub use crate::need::{AnswerNeed, RaiseNeed, answer_need, raise_need};
pub use crate::partnership_act::{
    AnswerInvitation, Invite, Join, Leave, NewPartner, Who, answer, invite, join, leave,
};
pub use crate::partnership_work::{
    Consult, Describe, FormGroup, JoinGroup, LeaveGroup, Meet, consult, describe, form_group, join_group,
    leave_group, meet,
};

/// What a partnership's events are about: its own subject, so that acts on the agreement do not make its forms stale.
pub(crate) fn subject_of(agreement: &AgreementId) -> String {
    format!("{agreement}/partnership")
}

/// A partnership as it is on a day.
#[derive(Debug, Clone)]
pub struct PartnershipPage {
    /// The programme.
    pub programme: Arc<Programme>,
    /// The agreement's facts.
    pub life: Life,
    /// All that is known of the partnership by that day.
    pub known: Partnership,
    /// What it is made up of, and lacks.
    pub composition: Composition,
    /// The day that it is shown for.
    pub day: Date,
    /// The latest event about it, which a form says it has seen.
    pub seen: i64,
    /// The actor's own partner, if its organisation is one.
    pub own: Option<PartnerId>,
    /// Whether the actor may run it.
    pub may_run: bool,
    /// Whether the actor may put needs to the state.
    pub may_raise: bool,
    /// Whether the actor may answer needs.
    pub may_answer_needs: bool,
}

impl PartnershipPage {
    /// Who was in it on the day.
    pub fn partners(&self) -> Vec<Membership<'_>> {
        self.known.on(self.day)
    }

    /// A district's name in the agreement; its code where it has none.
    pub fn district<'a>(&'a self, code: &'a str) -> &'a str {
        self.life.districts.iter().find(|d| d.code == code).map_or(code, |d| d.name.as_str())
    }
}

/// One agreement's partnership, today.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is no such agreement.
pub async fn show(ctx: &Ctx, app: &App, agreement: &AgreementId) -> Result<PartnershipPage> {
    show_as_of(ctx, app, agreement, ctx.today()).await
}

/// One agreement's partnership, as it was known on a day.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is no such agreement.
pub async fn show_as_of(ctx: &Ctx, app: &App, agreement: &AgreementId, day: Date) -> Result<PartnershipPage> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, agreement, Act::ReadPublic).await?;
    let programme = app.edition(&mut tx, &life.agreement.edition).await?;
    let known = known_by(store::partnership::as_known(&mut tx, agreement, day).await?, day);
    let seen = store::log::last_of(&mut tx, &subject_of(agreement)).await?;
    let districts: Vec<String> = life.districts.iter().map(|d| d.code.clone()).collect();
    let composition = composition(&known, &programme.required_partners, &districts, day);
    let own = own_partner(ctx, &known).map(|partner| partner.id.clone());
    let municipality = Thing::Of(life.agreement.municipality.clone());
    let may_run = ctx.may(Act::RunPartnership, &municipality);
    let raises = own.is_some() && own_thing(ctx).is_some_and(|thing| ctx.may(Act::RaiseNeed, &thing));
    Ok(PartnershipPage {
        may_run,
        may_raise: ctx.may(Act::RaiseNeed, &municipality) || raises,
        may_answer_needs: ctx.may(Act::AnswerNeed, &Thing::Of(life.agreement.state.clone())),
        programme,
        life,
        known,
        composition,
        day,
        seen,
        own,
    })
}

/// What had been registered by a day.
fn known_by(mut known: Partnership, day: Date) -> Partnership {
    macro_rules! by {
        ($($field:ident),+ $(,)?) => { $(known.$field.retain(|fact| fact.registered_on <= day);)+ };
    }
    by![
        joinings,
        departures,
        invitations,
        answers,
        groups,
        group_members,
        group_departures,
        descriptions,
        meetings,
        dialogues,
        responses,
        regional,
        needs,
        need_answers,
    ];
    let Partnership { partners, joinings, invitations, .. } = &mut known;
    partners.retain(|p| {
        joinings.iter().any(|j| j.partner == p.id) || invitations.iter().any(|i| i.partner == p.id)
    });
    known
}

/// A line in the list of partnerships.
#[derive(Debug, Clone)]
pub struct Row {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in the agreement.
    pub name: String,
    /// Since when the agreement is in force.
    pub in_force: Option<Date>,
    /// Members today.
    pub members: usize,
    /// Supporters today.
    pub supporters: usize,
    /// Ordered authorities that are missing today.
    pub missing: usize,
    /// What residents said that nobody has answered.
    pub unanswered: usize,
    /// Needs that the state has not answered.
    pub needs: usize,
    /// Meetings so far.
    pub meetings: usize,
}

/// The partnerships of every agreement in force, by municipality; the same number of questions however many.
///
/// # Errors
/// When the programme is unknown or the store cannot be read.
pub async fn list(ctx: &Ctx, app: &App, programme: &ProgrammeId) -> Result<Vec<Row>> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let programme = app.programme(programme)?;
    let mut tx = app.store.read().await?;
    let today = ctx.today();
    let none = Partnership::default();
    let all = store::partnership::of_programme(&mut tx, &programme.id).await?;
    let lives = store::agreement::lives_of(&mut tx, &programme.id).await?;
    let in_force = lives.iter().filter(|life| life.in_force.is_some());
    Ok(in_force
        .map(|life| row(life, all.get(&life.agreement.id).unwrap_or(&none), &programme, today))
        .collect())
}

fn row(life: &Life, known: &Partnership, programme: &Programme, today: Date) -> Row {
    let districts: Vec<String> = life.districts.iter().map(|d| d.code.clone()).collect();
    let there = known.on(today);
    let lacking = composition(known, &programme.required_partners, &districts, today);
    Row {
        agreement: life.agreement.id.clone(),
        name: life.agreement.party_name.clone(),
        in_force: life.in_force.as_ref().map(|f| f.from_day),
        members: there.iter().filter(|m| m.is_member()).count(),
        supporters: there.iter().filter(|m| !m.is_member()).count(),
        missing: lacking.gaps.iter().filter(|g| g.required.is_some() && g.district.is_none()).count(),
        unanswered: known.unanswered_dialogues(today).count(),
        needs: known.unanswered_needs(today).count(),
        meetings: known.meetings.len(),
    }
}

/// Something in a partnership that waits for the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in the agreement.
    pub name: String,
    /// What is to be done: `answer-invitation`, `answer-need`, `answer-dialogue`.
    pub act: &'static str,
    /// What it is about: a partner's, a need's or a dialogue's id.
    pub about: String,
    /// What it is called.
    pub what: String,
    /// Since when it has waited.
    pub since: Date,
}

/// What in partnerships waits for the actor, the oldest first.
///
/// # Errors
/// When the store cannot be read.
pub async fn tasks(ctx: &Ctx, app: &App) -> Result<Vec<Task>> {
    let Some(own) = ctx.actor.organisation().cloned() else { return Ok(Vec::new()) };
    let today = ctx.today();
    let mut tasks = Vec::new();
    for programme in app.programmes() {
        let mut tx = app.store.read().await?;
        let all = store::partnership::of_programme(&mut tx, &programme.id).await?;
        if all.is_empty() {
            continue;
        }
        let lives: BTreeMap<AgreementId, Life> = store::agreement::lives_of(&mut tx, &programme.id)
            .await?
            .into_iter()
            .map(|life| (life.agreement.id.clone(), life))
            .collect();
        for (id, known) in &all {
            let Some(life) = lives.get(id) else { continue };
            let mut add = |act: &'static str, about: &str, what: &str, since: Date| {
                let name = life.agreement.party_name.clone();
                let (about, what) = (about.to_owned(), what.to_owned());
                tasks.push(Task { agreement: id.clone(), name, act, about, what, since });
            };
            let mine = |partner: &PartnerId| {
                known.partner(partner).is_some_and(|p| p.organisation.as_ref() == Some(&own))
            };
            if ctx.may(Act::AnswerInvitation, &Thing::Of(own.clone())) {
                for open in known.open_invitations(today).filter(|i| mine(&i.partner)) {
                    add(
                        "answer-invitation",
                        open.partner.as_str(),
                        known.name_of(&open.partner),
                        open.invited_on,
                    );
                }
            }
            if own == life.agreement.state && ctx.may(Act::AnswerNeed, &Thing::Of(own.clone())) {
                for need in known.unanswered_needs(today) {
                    add("answer-need", &need.id, &need.words, need.raised_on);
                }
            }
            if own == life.agreement.municipality && ctx.may(Act::RunPartnership, &Thing::Of(own.clone())) {
                for dialogue in known.unanswered_dialogues(today) {
                    add("answer-dialogue", &dialogue.id, &dialogue.theme, dialogue.day);
                }
            }
        }
    }
    tasks.sort_by_key(|task| task.since);
    Ok(tasks)
}

/// The organisations that a partner can be: authorities of the house.
///
/// # Errors
/// When the store cannot be read.
pub async fn authorities(app: &App) -> Result<Vec<Organisation>> {
    let mut all = app.store.read().await?.every::<Organisation>().await?;
    all.retain(|organisation| organisation.kind == OrganisationKind::Authority);
    all.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The partner that the actor's organisation is, if it is one.
pub(crate) fn own_partner<'a>(ctx: &Ctx, known: &'a Partnership) -> Option<&'a Partner> {
    let own = ctx.actor.organisation()?;
    known.partners.iter().find(|partner| partner.organisation.as_ref() == Some(own))
}

/// The actor's own organisation, as a thing.
pub(crate) fn own_thing(ctx: &Ctx) -> Option<Thing> {
    ctx.actor.organisation().cloned().map(Thing::Of)
}

/// A partnership opened to be acted on.
pub(crate) struct Opened {
    pub(crate) life: Life,
    pub(crate) programme: Arc<Programme>,
    pub(crate) known: Partnership,
    pub(crate) bounds: Bounds,
    pub(crate) districts: Vec<String>,
}

impl Opened {
    pub(crate) fn agreement(&self) -> &AgreementId {
        &self.life.agreement.id
    }

    pub(crate) fn municipality(&self) -> &OrganisationId {
        &self.life.agreement.municipality
    }
}

/// Opens the partnership of an agreement in force for an act. Permission is asked of the caller.
pub(crate) async fn open(ctx: &Ctx, app: &App, tx: &mut ReadTx, agreement: &AgreementId) -> Result<Opened> {
    let life = open_agreement(ctx, tx, agreement, Act::ReadPublic).await?;
    let programme = app.edition(tx, &life.agreement.edition).await?;
    let in_force = life.in_force.as_ref().map(|f| f.from_day);
    let in_force =
        in_force.ok_or_else(|| Problem::new("partnership-without-agreement", "agreement").resting_on("8"))?;
    let known = store::partnership::of_agreement(tx, agreement).await?;
    let bounds = Bounds { today: ctx.today(), in_force };
    let districts = life.districts.iter().map(|d| d.code.clone()).collect();
    Ok(Opened { life, programme, known, bounds, districts })
}

/// Opens it for the municipality that runs it.
pub(crate) async fn open_to_run(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    agreement: &AgreementId,
    seen: Option<i64>,
) -> Result<Opened> {
    let opened = open(ctx, app, tx, agreement).await?;
    ctx.require(Act::RunPartnership, &Thing::Of(opened.municipality().clone()))?;
    unchanged(tx, agreement, seen).await?;
    Ok(opened)
}

/// Refuses an act on a page that has become stale: something has happened in the partnership since.
pub(crate) async fn unchanged(tx: &mut WriteTx, agreement: &AgreementId, seen: Option<i64>) -> Result<()> {
    crate::agreement::fresh(tx, &AgreementId::new(subject_of(agreement)), seen).await
}

/// An act as it is entered in a register.
pub(crate) struct Paper {
    /// Which way it went, seen from the municipality.
    pub(crate) direction: Direction,
    /// The day that it bears.
    pub(crate) dated: Date,
    /// The other side.
    pub(crate) counterpart: Option<String>,
    /// What it is about.
    pub(crate) subject: String,
    /// Its document.
    pub(crate) document: Option<Digest>,
}

/// Enters an act in an organisation's register, in its matter of the agreement.
pub(crate) async fn entered(
    ctx: &Ctx,
    tx: &mut WriteTx,
    organisation: &OrganisationId,
    agreement: &AgreementId,
    paper: Paper,
) -> Result<RecordId> {
    let matter = registry::matter_of_agreement(tx, organisation, agreement).await?;
    let entry = registry::Entry {
        direction: paper.direction,
        day: ctx.today(),
        dated: Some(paper.dated).filter(|day| *day < ctx.today()),
        counterpart: paper.counterpart,
        subject: paper.subject,
        their_reference: None,
        routed_to: None,
        document: paper.document,
        agreement: Some(agreement.clone()),
    };
    Ok(registry::file(ctx, tx, &matter, entry).await?.id)
}

/// Meets what an act in the partnership meets: the agreement's duties by this kind of event, of this district.
pub(crate) async fn meets(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    opened: &Opened,
    kind: kvarter_domain::programme::EventKind,
    district: Option<&str>,
    deed: &Deed,
) -> Result<()> {
    let duties = store::duty::of_agreement(tx, opened.agreement()).await?;
    let duties = duties
        .into_iter()
        .filter(|duty| duty.met_by == kind && (duty.object.is_none() || duty.object.as_deref() == district));
    duty_act::met_by(ctx, app, tx, duties, deed).await
}
