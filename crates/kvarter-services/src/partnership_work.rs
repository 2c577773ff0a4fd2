//! What a partnership does: organised, in working groups, at meetings, and with the regional level.

use jiff::civil::Date;
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, PartnerId};
use kvarter_domain::partnership::{
    Decision, GroupDeparture, GroupMember, Meeting, OrganisationDescription, RegionalContact, RegionalKind,
    WorkingGroup, meeting, numbered,
};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::EventKind;
use kvarter_domain::registry::Direction;
use kvarter_domain::text::{paragraphs, squeeze};
use serde_json::json;

use crate::App;
use crate::context::Ctx;
use crate::duty_act::is_web_address;
use crate::error::{Error, Result};
use crate::partnership::{Paper, entered, meets, open_to_run, subject_of};
use crate::partnership_act::{deed, found, next, text_of};
use crate::registry::{self, Upload};

/// What is written of how the work is organised.
#[derive(Debug, Clone)]
pub struct Describe {
    /// From when it holds.
    pub from_day: Date,
    /// The description.
    pub words: String,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Describes how the partnership is organised; the description before stays as it was.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn describe(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    describe: Describe,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let mut described = OrganisationDescription {
        agreement: agreement.clone(),
        serial: next(opened.known.descriptions.len()),
        from_day: describe.from_day,
        words: paragraphs(&describe.words),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = describe.faults;
    problems.and_elsewhere(found(meeting::check_description(&described, &opened.bounds)));
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: described.from_day,
        counterpart: None,
        subject: app.words("subject-organisation"),
        document: None,
    };
    described.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&described).await?;
    let act = deed(&opened, described.from_day, &described.record, &app.words("subject-organisation"));
    meets(ctx, app, &mut tx, &opened, EventKind::CoordinationOrganised, None, &act).await?;
    let summary = json!({ "description": described.serial, "record": described.record });
    ctx.append(&mut tx, Happened::PartnershipOrganised, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written of a working group.
#[derive(Debug, Clone)]
pub struct FormGroup {
    /// Its name.
    pub name: String,
    /// The district that it works for.
    pub district: Option<String>,
    /// What it is to do.
    pub task: Option<String>,
    /// The first day.
    pub from_day: Date,
    /// Who is in it from that day.
    pub members: Vec<PartnerId>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Forms a working group with its first members.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn form_group(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    form: FormGroup,
) -> Result<String> {
    let mut tx = app.store.write().await?;
    let mut opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let serial = next(opened.known.groups.len());
    let mut group = WorkingGroup {
        id: numbered(agreement, "group", serial),
        agreement: agreement.clone(),
        serial,
        district: form.district,
        name: squeeze(&form.name),
        task: text_of(form.task),
        from_day: form.from_day,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = form.faults;
    problems.and_elsewhere(found(meeting::check_group(
        &group,
        &opened.known,
        &opened.districts,
        &opened.bounds,
    )));
    opened.known.groups.push(group.clone());
    let mut members = Vec::new();
    for partner in form.members {
        let member = GroupMember {
            group: group.id.clone(),
            agreement: agreement.clone(),
            partner,
            serial: 1,
            from_day: form.from_day,
            registered_on: ctx.today(),
            record: "".into(),
        };
        let mut wrong = found(meeting::check_group_member(&member, &opened.known, &opened.bounds));
        wrong.0.iter_mut().filter(|p| p.place == "partner").for_each(|p| "members".clone_into(&mut p.place));
        problems.0.extend(wrong.0.into_iter().filter(|p| p.place == "members"));
        members.push(member);
    }
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: group.from_day,
        counterpart: None,
        subject: format!("{}: {}", app.words("subject-group"), group.name),
        document: None,
    };
    group.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&group).await?;
    for member in members {
        tx.insert(&GroupMember { record: group.record.clone(), ..member }).await?;
    }
    let act = deed(&opened, group.from_day, &group.record, &group.name);
    meets(ctx, app, &mut tx, &opened, EventKind::CoordinationOrganised, None, &act).await?;
    let summary = json!({ "group": group.id, "record": group.record });
    ctx.append(&mut tx, Happened::PartnershipOrganised, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(group.id)
}

/// What is written of a partner that joins a working group.
#[derive(Debug, Clone)]
pub struct JoinGroup {
    /// The group.
    pub group: String,
    /// The partner.
    pub partner: PartnerId,
    /// The first day.
    pub from_day: Date,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers that a partner is in a working group from a day.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn join_group(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    join: JoinGroup,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let group = opened.known.groups.iter().find(|g| g.id == join.group).ok_or(Error::NotFound)?;
    let of = |m: &&GroupMember| m.group == group.id && m.partner == join.partner;
    let mut member = GroupMember {
        group: group.id.clone(),
        agreement: agreement.clone(),
        serial: next(opened.known.group_members.iter().filter(of).count()),
        partner: join.partner.clone(),
        from_day: join.from_day,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = join.faults;
    problems.and_elsewhere(found(meeting::check_group_member(&member, &opened.known, &opened.bounds)));
    problems.or(())?;
    let name = opened.known.name_of(&member.partner);
    let paper = Paper {
        direction: Direction::Internal,
        dated: member.from_day,
        counterpart: Some(name.to_owned()),
        subject: format!("{}: {}, {name}", app.words("subject-group-joined"), group.name),
        document: None,
    };
    member.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&member).await?;
    let summary = json!({ "group": group.id, "partner": member.partner, "record": member.record });
    ctx.append(&mut tx, Happened::PartnershipOrganised, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written of a partner that leaves a working group.
#[derive(Debug, Clone)]
pub struct LeaveGroup {
    /// The group.
    pub group: String,
    /// The partner.
    pub partner: PartnerId,
    /// The last day.
    pub last_day: Date,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers that a partner has left a working group.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn leave_group(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    leave: LeaveGroup,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let known = &opened.known;
    let group = known.groups.iter().find(|g| g.id == leave.group).ok_or(Error::NotFound)?;
    let has_left = |m: &&GroupMember| {
        known
            .group_departures
            .iter()
            .any(|d| d.group == m.group && d.partner == m.partner && d.serial == m.serial)
    };
    let own = known.group_members.iter().filter(|m| m.group == group.id && m.partner == leave.partner);
    let open_one = own.filter(|m| !has_left(m)).max_by_key(|m| m.serial).ok_or(Error::NotFound)?;
    let mut departure = GroupDeparture {
        group: group.id.clone(),
        agreement: agreement.clone(),
        partner: leave.partner.clone(),
        serial: open_one.serial,
        last_day: leave.last_day,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = leave.faults;
    problems.and_elsewhere(opened.bounds.happened("last_day", leave.last_day));
    problems.add_if(leave.last_day < open_one.from_day, || {
        Problem::new("departure-before-joining", "last_day")
            .with("day", leave.last_day)
            .with("from", open_one.from_day)
    });
    problems.or(())?;
    let name = known.name_of(&departure.partner);
    let paper = Paper {
        direction: Direction::Internal,
        dated: departure.last_day,
        counterpart: Some(name.to_owned()),
        subject: format!("{}: {}, {name}", app.words("subject-group-left"), group.name),
        document: None,
    };
    departure.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&departure).await?;
    let summary = json!({ "group": group.id, "partner": departure.partner, "record": departure.record });
    ctx.append(&mut tx, Happened::PartnershipOrganised, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// What is written of a meeting.
#[derive(Debug, Clone)]
pub struct Meet {
    /// The working group that met; none when the partnership itself did.
    pub group: Option<String>,
    /// The day.
    pub held_on: Date,
    /// Who was there.
    pub present: Vec<PartnerId>,
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// The minutes.
    pub minutes: Option<Upload>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers a meeting with its decisions.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn meet(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    meet: Meet,
) -> Result<String> {
    let mut problems = meet.faults;
    let minutes = match registry::examined(app, meet.minutes, "minutes").await {
        Err(Error::Problems(wrong)) => {
            problems.0.extend(wrong.0);
            None
        }
        other => other?,
    };
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let serial = next(opened.known.meetings_registered());
    let squeezed = |d: Decision| Decision { number: squeeze(&d.number), words: paragraphs(&d.words) };
    let mut meeting = Meeting {
        id: numbered(agreement, "meeting", serial),
        agreement: agreement.clone(),
        serial,
        group: meet.group,
        held_on: meet.held_on,
        present: meet.present,
        decisions: meet.decisions.into_iter().map(squeezed).collect(),
        document: minutes.as_ref().map(|m| m.digest.clone()),
        registered_on: ctx.today(),
        record: "".into(),
    };
    problems.and_elsewhere(found(meeting::check_meeting(&meeting, &opened.known, &opened.bounds)));
    problems.or(())?;
    if let Some(minutes) = &minutes {
        registry::keep_document(&mut tx, minutes).await?;
    }
    let group = meeting.group.as_ref().and_then(|id| opened.known.groups.iter().find(|g| g.id == *id));
    let body = group.map_or_else(|| app.words("subject-partnership"), |group| group.name.clone());
    let paper = Paper {
        direction: Direction::Internal,
        dated: meeting.held_on,
        counterpart: None,
        subject: format!("{}: {body}", app.words("subject-meeting")),
        document: meeting.document.clone(),
    };
    meeting.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&meeting).await?;
    let summary = json!({ "meeting": meeting.id, "record": meeting.record });
    ctx.append(&mut tx, Happened::MeetingHeld, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(meeting.id)
}

/// What is written of a contact at the regional level or with a supporter.
#[derive(Debug, Clone)]
pub struct Consult {
    /// What it was for.
    pub kind: RegionalKind,
    /// With whom.
    pub counterpart: String,
    /// The day.
    pub day: Date,
    /// What came of it.
    pub outcome: String,
    /// A web address that shows it.
    pub link: Option<String>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Registers a consultation at the regional level, a use of structural funds, or a consultation with a supporter.
///
/// # Errors
/// Everything to correct; when the actor may not; when the page was stale.
pub async fn consult(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    seen: Option<i64>,
    consult: Consult,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let opened = open_to_run(ctx, app, &mut tx, agreement, seen).await?;
    let serial = next(opened.known.regional_registered());
    let mut contact = RegionalContact {
        id: numbered(agreement, "regional", serial),
        agreement: agreement.clone(),
        serial,
        kind: consult.kind,
        counterpart: squeeze(&consult.counterpart),
        day: consult.day,
        outcome: paragraphs(&consult.outcome),
        link: consult.link.as_deref().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned),
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = consult.faults;
    problems.and_elsewhere(found(meeting::check_regional(&contact, &opened.bounds)));
    let link = contact.link.as_deref().unwrap_or_default();
    problems.add_if(!link.is_empty() && !is_web_address(link), || {
        Problem::new("not-a-web-address", "link").with("link", link)
    });
    problems.or(())?;
    let paper = Paper {
        direction: Direction::Internal,
        dated: contact.day,
        counterpart: Some(contact.counterpart.clone()),
        subject: app.words(&format!("subject-{}", contact.kind)),
        document: None,
    };
    contact.record = entered(ctx, &mut tx, opened.municipality(), agreement, paper).await?;
    tx.insert(&contact).await?;
    let summary = json!({ "contact": contact.id, "record": contact.record });
    ctx.append(&mut tx, Happened::RegionalContactHeld, &subject_of(agreement), summary).await?;
    tx.commit().await?;
    Ok(())
}
