//! Acts on who is in a partnership: invited, answered, joined, left.

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, OrganisationId, PartnerId, RecordId};
use kvarter_domain::organisation::{Organisation, OrganisationKind};
use kvarter_domain::partnership::{
    self as domain, Answer, Basis, Category, Departure, Invitation, InvitationAnswer, Joining, Mode, Partner,
    invitation, slug_of,
};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::Direction;
use kvarter_domain::text::{paragraphs, squeeze};
use kvarter_store::WriteTx;
use serde_json::json;

use crate::App;
use crate::context::Ctx;
use crate::duty_act::Deed;
use crate::error::{Error, Result};
use crate::partnership::{Opened, Paper, entered, meets, open, open_to_run, subject_of, unchanged};

/// Who is invited or joins.
#[derive(Debug, Clone)]
pub enum Who {
    /// Someone who is entered already.
    Known(PartnerId),
    /// Someone new.
    New(NewPartner),
}

/// What is written of a new partner.
#[derive(Debug, Clone)]
pub struct NewPartner {
    /// The organisation's name.
    pub name: String,
    /// Its organisation number.
    pub orgnr: Option<String>,
    /// The organisation of the house that it is.
    pub organisation: Option<OrganisationId>,
    /// What kind of actor.
    pub category: Category,
    /// Which of the partners that the programme asks for it is.
    pub required_as: Option<String>,
}

/// What is written of an invitation.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Who.
    pub who: Who,
    /// As what.
    pub mode: Mode,
    /// The day.
    pub invited_on: Date,
    /// What was asked for.
    pub note: Option<String>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// What is written of an answer to an invitation.
#[derive(Debug, Clone)]
pub struct AnswerInvitation {
    /// Yes or no.
    pub answer: Answer,
    /// The day.
    pub answered_on: Date,
    /// Why, or on what terms.
    pub note: Option<String>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// What is written of a joining.
#[derive(Debug, Clone)]
pub struct Join {
    /// Who.
    pub who: Who,
    /// As what.
    pub mode: Mode,
    /// On what ground.
    pub basis: Basis,
    /// The Government's decision, where it was ordered to.
    pub decision_reference: Option<String>,
    /// The first day.
    pub from_day: Date,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// What is written of a departure.
#[derive(Debug, Clone)]
pub struct Leave {
    /// The last day.
    pub last_day: Date,
    /// Why.
    pub reason: Option<String>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Asks someone to take part; someone new is entered by it.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn invite(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    invite: Invite,
) -> Result<PartnerId> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let mut problems = invite.faults;
    let (mut partner, is_new) = partner_of(&mut tx, &opened, &invite.who, &mut problems).await?;
    let serial = opened.known.invitations.iter().filter(|i| i.partner == partner.id).count();
    let mut asked = Invitation {
        partner: partner.id.clone(),
        agreement: agreement.clone(),
        serial: next(serial),
        mode: invite.mode,
        invited_on: invite.invited_on,
        note: text_of(invite.note),
        registered_on: ctx.today(),
        record: "".into(),
    };
    problems.and_elsewhere(found(invitation::check_invitation(&asked, &opened.known, &opened.bounds)));
    problems.or(())?;
    let subject = app.words("subject-invitation");
    let paper = Paper {
        direction: Direction::Out,
        dated: asked.invited_on,
        counterpart: Some(partner.name.clone()),
        subject,
        document: None,
    };
    asked.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    if is_new {
        partner.record = asked.record.clone();
        tx.insert(&partner).await?;
    }
    tx.insert(&asked).await?;
    if partner.category != Category::StateAuthority {
        let deed = deed(&opened, asked.invited_on, &asked.record, &partner.name);
        meets(ctx, app, &mut tx, &opened, EventKind::ActorsInvited, None, &deed).await?;
    }
    let summary = json!({ "partner": partner.id, "mode": asked.mode, "record": asked.record });
    ctx.append(&mut tx, Happened::PartnerInvited, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(partner.id)
}

/// Who can register an answer to a partner's invitation: the partner's own people, or the municipality's.
///
/// # Errors
/// [`Error::Denied`] for anyone else; [`Error::NotFound`] when there is no such partner.
pub fn may_answer(ctx: &Ctx, page: &crate::partnership::PartnershipPage, partner: &PartnerId) -> Result<()> {
    let partner = page.known.partner(partner).ok_or(Error::NotFound)?;
    answers_for(ctx, partner, &page.life.agreement.municipality).map(|_| ())
}

fn answers_for(ctx: &Ctx, partner: &Partner, municipality: &OrganisationId) -> Result<OrganisationId> {
    let own = partner.organisation.as_ref().filter(|o| ctx.actor.organisation() == Some(*o));
    if let Some(own) = own {
        ctx.require(Act::AnswerInvitation, &Thing::Of(own.clone()))?;
        return Ok(own.clone());
    }
    ctx.require(Act::AnswerInvitation, &Thing::Of(municipality.clone()))?;
    Ok(municipality.clone())
}

/// Registers what an invited one answered. Who says yes is in the partnership from that day: on the Government's
/// order where the programme asks for it, otherwise by its own choice.
///
/// # Errors
/// Everything to correct; when the actor answers for neither; when there is nothing to answer.
pub async fn answer(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    partner: &PartnerId,
    seen: Option<i64>,
    command: AnswerInvitation,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement).await?;
    let partner = opened.known.partner(partner).cloned().ok_or(Error::NotFound)?;
    let by = answers_for(ctx, &partner, opened.municipality())?;
    unchanged(&mut tx, agreement, seen).await?;
    let last = opened.known.invitations.iter().filter(|i| i.partner == partner.id).max_by_key(|i| i.serial);
    let asked = last.cloned().ok_or(Error::NotFound)?;
    let mut answered = InvitationAnswer {
        partner: partner.id.clone(),
        agreement: agreement.clone(),
        serial: asked.serial,
        answer: command.answer,
        answered_on: command.answered_on,
        note: text_of(command.note),
        by,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = command.faults;
    let before = opened.known.answer_to(&asked);
    problems.and_elsewhere(found(invitation::check_answer(&answered, &asked, before, &opened.bounds)));
    let ordered = opened.programme.required_partners.iter().find(|required| {
        partner.required_as.as_ref() == Some(&required.id) && required.is_required_on(command.answered_on)
    });
    let joins = (command.answer == Answer::Accepted).then(|| Joining {
        partner: partner.id.clone(),
        agreement: agreement.clone(),
        serial: next(opened.known.joinings.iter().filter(|j| j.partner == partner.id).count()),
        mode: asked.mode,
        basis: if ordered.is_some() { Basis::Mandated } else { Basis::Voluntary },
        decision_reference: ordered.map(|required| required.decision.clone()),
        from_day: command.answered_on,
        registered_on: ctx.today(),
        record: "".into(),
    });
    if let Some(joining) = &joins {
        let mut later = found(domain::check_joining(joining, &opened.known.memberships(), &opened.bounds));
        later
            .0
            .iter_mut()
            .filter(|p| p.place == "from_day")
            .for_each(|p| "answered_on".clone_into(&mut p.place));
        problems.and_elsewhere(later);
    }
    problems.or(())?;
    let paper = Paper {
        direction: Direction::In,
        dated: answered.answered_on,
        counterpart: Some(partner.name.clone()),
        subject: app.words(&format!("subject-invitation-{}", answered.answer)),
        document: None,
    };
    answered.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&answered).await?;
    if let Some(joining) = joins {
        let joining = Joining { record: answered.record.clone(), ..joining };
        joined(ctx, app, &mut tx, &opened, &partner, &joining).await?;
    }
    let summary = json!({ "partner": partner.id, "answer": answered.answer, "record": answered.record });
    ctx.append(&mut tx, Happened::InvitationAnswered, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Registers that someone is in the partnership from a day; someone new is entered by it.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn join(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    join: Join,
) -> Result<PartnerId> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let mut problems = join.faults;
    let (mut partner, is_new) = partner_of(&mut tx, &opened, &join.who, &mut problems).await?;
    let mut joining = Joining {
        partner: partner.id.clone(),
        agreement: agreement.clone(),
        serial: next(opened.known.joinings.iter().filter(|j| j.partner == partner.id).count()),
        mode: join.mode,
        basis: join.basis,
        decision_reference: join.decision_reference.as_deref().map(squeeze).filter(|r| !r.is_empty()),
        from_day: join.from_day,
        registered_on: ctx.today(),
        record: "".into(),
    };
    problems.and_elsewhere(found(domain::check_joining(
        &joining,
        &opened.known.memberships(),
        &opened.bounds,
    )));
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: joining.from_day,
        counterpart: Some(partner.name.clone()),
        subject: format!("{}: {}", app.words(&format!("subject-joined-{}", joining.mode)), partner.name),
        document: None,
    };
    joining.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    if is_new {
        partner.record = joining.record.clone();
        tx.insert(&partner).await?;
    }
    joined(ctx, app, &mut tx, &opened, &partner, &joining).await?;
    let summary = json!({ "partner": partner.id, "mode": joining.mode, "record": joining.record });
    ctx.append(&mut tx, Happened::PartnerJoined, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(partner.id)
}

/// Writes a joining and meets what it meets.
///
/// Readings: the partnership is formed when the first state authority is a member of it; that others work for wider
/// participation is shown by each of another kind that joins.
async fn joined(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    opened: &Opened,
    partner: &Partner,
    joining: &Joining,
) -> Result<()> {
    tx.insert(joining).await?;
    let deed = deed(opened, joining.from_day, &joining.record, &partner.name);
    if partner.category != Category::StateAuthority {
        return meets(ctx, app, tx, opened, EventKind::ActorsInvited, None, &deed).await;
    }
    let authority =
        |m: &domain::Membership<'_>| m.is_member() && m.partner.category == Category::StateAuthority;
    let formed = opened.known.memberships().iter().any(authority);
    if joining.mode == Mode::Member && !formed {
        meets(ctx, app, tx, opened, EventKind::PartnershipFormed, None, &deed).await?;
    }
    Ok(())
}

/// Registers that a partner has left.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn leave(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    partner: &PartnerId,
    seen: Option<i64>,
    leave: Leave,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let partner = opened.known.partner(partner).cloned().ok_or(Error::NotFound)?;
    let latest = opened.known.joinings.iter().filter(|j| j.partner == partner.id).map(|j| j.serial).max();
    let mut departure = Departure {
        partner: partner.id.clone(),
        agreement: agreement.clone(),
        serial: latest.unwrap_or(0),
        last_day: leave.last_day,
        reason: text_of(leave.reason),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = leave.faults;
    let known = opened.known.memberships();
    problems.and_elsewhere(found(domain::check_departure(&departure, &known, &opened.bounds)));
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: departure.last_day,
        counterpart: Some(partner.name.clone()),
        subject: format!("{}: {}", app.words("subject-left"), partner.name),
        document: None,
    };
    departure.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&departure).await?;
    let summary =
        json!({ "partner": partner.id, "last_day": departure.last_day, "record": departure.record });
    ctx.append(&mut tx, Happened::PartnerLeft, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// The partner that is meant, and whether it is new. What is wrong with a new one is added to the problems.
async fn partner_of(
    tx: &mut WriteTx,
    opened: &Opened,
    who: &Who,
    problems: &mut Problems,
) -> Result<(Partner, bool)> {
    let new = match who {
        Who::Known(id) => {
            return opened.known.partner(id).cloned().map(|partner| (partner, false)).ok_or(Error::NotFound);
        }
        Who::New(new) => new,
    };
    let agreement = opened.agreement();
    let name = squeeze(&new.name);
    let slug = slug_of(&name);
    let taken =
        |slug: &str| opened.known.partners.iter().any(|p| p.id.as_str() == format!("{agreement}/{slug}"));
    // Two names can make one word: the second gets a number.
    let slug = (1..).map(|n| if n == 1 { slug.clone() } else { format!("{slug}-{n}") }).find(|s| !taken(s));
    let partner = Partner {
        id: format!("{agreement}/{}", slug.unwrap_or_default()).into(),
        agreement: agreement.clone(),
        name,
        orgnr: new.orgnr.as_deref().map(squeeze).filter(|o| !o.is_empty()),
        organisation: new.organisation.clone(),
        category: new.category,
        required_as: new.required_as.clone(),
        record: "".into(),
    };
    let required: Vec<String> = opened.programme.required_partners.iter().map(|r| r.id.clone()).collect();
    problems.and_elsewhere(found(domain::check_partner(&partner, &opened.known.partners, &required)));
    if let Some(organisation) = &partner.organisation {
        let known = tx.every::<Organisation>().await?;
        let there = known.iter().any(|o| o.id == *organisation && o.kind == OrganisationKind::Authority);
        problems.add_if(!there, || {
            Problem::new("organisation-unknown", "organisation").with("written", organisation)
        });
    }
    Ok((partner, true))
}

/// An act of the municipality's, as it meets a duty.
pub(crate) fn deed(opened: &Opened, day: Date, record: &RecordId, note: &str) -> Deed {
    Deed {
        day,
        record: record.clone(),
        document: None,
        by: opened.municipality().clone(),
        note: Some(note.to_owned()),
    }
}

/// A number after so many.
pub(crate) fn next(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX - 1) + 1
}

/// What a check found; nothing if it passed.
pub(crate) fn found(checked: std::result::Result<(), Problems>) -> Problems {
    checked.err().unwrap_or_default()
}

/// A text of several lines, if there is any.
pub(crate) fn text_of(written: Option<String>) -> Option<String> {
    written.as_deref().map(paragraphs).filter(|text| !text.is_empty())
}
