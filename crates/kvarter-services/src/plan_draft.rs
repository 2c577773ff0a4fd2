//! Working together on a plan's draft: parts saved as they are written, put together where two wrote at once,
//! commented on, asked about, and never lost.

use std::collections::BTreeMap;
use std::sync::Arc;

use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::{AgreementId, OrganisationId, PersonId};
use kvarter_domain::plan::acceptance::Party;
use kvarter_domain::plan::merge::three_way;
use kvarter_domain::plan::part::{Key, Kind, check_body, next_id};
use kvarter_domain::plan::rules::PlanRules;
use kvarter_domain::plan::{Plan, check, series_of};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_store::draft as drafts;
use kvarter_store::{self as store, ReadTx, WriteTx};
use serde_json::{Value, json};

use crate::App;
use crate::context::Ctx;
use crate::error::{Error, Result};

pub use kvarter_store::draft::{Comment, Edit, Presence, Task};

/// The most parts of one draft, those taken away among them.
const PARTS_MAX: usize = 6_000;

/// A district's draft, opened by someone who may.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) life: Life,
    pub(crate) programme: Arc<Programme>,
    pub(crate) district: AgreementDistrict,
    pub(crate) partners: Vec<Party>,
    pub(crate) thing: Thing,
    pub(crate) series: String,
}

impl Opened {
    /// What the programme says of plans.
    pub(crate) fn rules(&self) -> Result<&PlanRules> {
        self.programme.plan.as_ref().ok_or(Error::NotFound)
    }

    /// The codes of the agreement's districts.
    pub(crate) fn districts(&self) -> Vec<String> {
        self.life.districts.iter().map(|district| district.code.clone()).collect()
    }
}

/// Opens a district's draft for an act.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Denied`].
pub(crate) async fn open(
    ctx: &Ctx,
    app: &App,
    tx: &mut ReadTx,
    agreement: &AgreementId,
    district: &str,
    act: Act,
) -> Result<Opened> {
    let life = store::agreement::life(tx, agreement).await?.ok_or(Error::NotFound)?;
    let programme = app.programme(&life.agreement.programme)?;
    let (partners, organisations) = crate::plan::partners(tx, agreement, ctx.today()).await?;
    let thing =
        Thing::Partnership { municipality: life.agreement.municipality.clone(), partners: organisations };
    ctx.require(act, &thing)?;
    let found = life.districts.iter().find(|d| d.code == district).cloned().ok_or(Error::NotFound)?;
    let opened =
        Opened { series: series_of(agreement, district), life, programme, district: found, partners, thing };
    opened.rules()?;
    Ok(opened)
}

/// Who acts, and for whom.
pub(crate) fn actor(ctx: &Ctx) -> Result<(PersonId, String, OrganisationId)> {
    match &ctx.actor {
        Actor::Signed { person, name, organisation, .. } => {
            Ok((person.clone(), name.clone(), organisation.clone()))
        }
        Actor::Public | Actor::System => Err(Error::Denied),
    }
}

/// A draft as it stands.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The plan put together.
    pub plan: Plan,
    /// The number of each part's latest edit, with who made it and when; the parts that were taken away among them.
    pub edits: BTreeMap<Key, Edit>,
}

impl Draft {
    /// The number of a part's latest edit; 0 for a part that has never been.
    pub fn serial(&self, key: &Key) -> i64 {
        self.edits.get(key).map_or(0, |edit| edit.serial)
    }

    /// The number of a part's latest edit, by the key as it is written.
    pub fn serial_of(&self, key: &str) -> i64 {
        Key::parse(key).map_or(0, |key| self.serial(&key))
    }
}

/// The draft of a series.
pub(crate) async fn current(tx: &mut ReadTx, series: &str) -> Result<Draft> {
    let mut edits = BTreeMap::new();
    for edit in drafts::latest(tx, series).await? {
        let Some(key) = Key::parse(&edit.part) else {
            return Err(Error::Corrupt(format!("draft of {series}: part {}", edit.part)));
        };
        edits.insert(key, edit);
    }
    let there = edits.iter().filter(|(_, edit): &(_, &Edit)| !edit.body.is_null());
    let plan = Plan::of_parts(there.map(|(key, edit)| (key, &edit.body)))
        .map_err(|problems| Error::Corrupt(problems.to_string()))?;
    Ok(Draft { plan, edits })
}

/// What became of an edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The part.
    pub part: String,
    /// The number of the part's latest edit.
    pub serial: i64,
    /// What the part holds now.
    pub body: Value,
    /// Whether somebody else had saved since, and the two were put together.
    pub merged: bool,
    /// What could not be put together: kept beside, for people to settle.
    pub contested: Vec<String>,
}

/// Saves a part as somebody wrote it. `based_on` is the number of the edit that they had read; where somebody has
/// saved since, both are put together, and what cannot be is kept beside. Saving what is there already writes
/// nothing.
///
/// # Errors
/// What is wrong with the part; when the actor may not write in the draft.
pub async fn save(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
    based_on: i64,
    body: Value,
) -> Result<Saved> {
    check_part(key, &body)?;
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    check_section(&opened, key)?;
    let saved = save_in(ctx, &mut tx, &opened.series, key, based_on, body, None).await?;
    crate::plan_talk::be_at(ctx, &mut tx, &opened.series, &saved.part).await?;
    ctx.spend(&mut tx, &saved.part).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Saves many parts at once, all or none, as an import does: each is based on what stands there now.
///
/// # Errors
/// As [`save`], of every part.
pub async fn save_all(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    parts: Vec<(Key, Value)>,
) -> Result<usize> {
    let mut problems = Problems::none();
    for (key, body) in &parts {
        if let Err(found) = check_part(key, body) {
            problems.0.extend(found.0);
        }
    }
    problems.or(())?;
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    let draft = current(&mut tx, &opened.series).await?;
    let mut written = 0;
    for (key, body) in parts {
        check_section(&opened, &key)?;
        let serial = draft.serial(&key);
        let saved = save_in(ctx, &mut tx, &opened.series, &key, serial, body, None).await?;
        written += usize::from(saved.serial > serial);
    }
    ctx.spend(&mut tx, &opened.series).await?;
    tx.commit().await?;
    Ok(written)
}

fn check_part(key: &Key, body: &Value) -> std::result::Result<(), Problems> {
    if body.is_null() {
        return Ok(());
    }
    let mut problems = Problems::none();
    let longest =
        body.as_object().into_iter().flatten().filter_map(|(name, value)| Some((name, value.as_str()?)));
    for (name, text) in longest {
        let length = text.chars().count();
        problems.add_if(length > check::TEXT_MAX, || {
            Problem::new("text-too-long", format!("{key} {name}"))
                .with("length", length)
                .with("max", check::TEXT_MAX)
        });
        problems.add_if(text.contains('\0'), || Problem::new("text-cannot-be-kept", format!("{key} {name}")));
    }
    problems.or(())?;
    check_body(key, body)
}

fn check_section(opened: &Opened, key: &Key) -> Result<()> {
    if key.kind == Kind::Text && opened.rules()?.section(&key.id).is_none() {
        return Err(Problem::new("plan-section-unknown", key.to_string()).with("section", &key.id).into());
    }
    Ok(())
}

async fn save_in(
    ctx: &Ctx,
    tx: &mut WriteTx,
    series: &str,
    key: &Key,
    based_on: i64,
    mine: Value,
    settles: Option<i64>,
) -> Result<Saved> {
    let (person, person_name, _) = actor(ctx)?;
    let part = key.to_string();
    let history = drafts::history(tx, series, &part).await?;
    let next = history.last().map_or(1, |edit| edit.serial + 1);
    let of = |serial: i64| {
        let known =
            history.iter().filter(|edit| !edit.aside && edit.serial <= serial).max_by_key(|edit| edit.serial);
        known.map_or(Value::Null, |edit| edit.body.clone())
    };
    let latest = history.iter().filter(|edit| !edit.aside).map(|edit| edit.serial).max().unwrap_or(0);
    let (base, theirs) = (of(based_on), of(latest));
    // Whoever has saved since what they had read, themselves, writes on: that is nobody else's word.
    let alone = !history.iter().any(|edit| !edit.aside && edit.serial > based_on && edit.person != person);
    let merged = if settles.is_some() || alone {
        kvarter_domain::plan::merge::Merged { body: mine.clone(), contested: Vec::new() }
    } else {
        three_way(&base, &theirs, &mine)
    };
    let edit = |serial: i64, body: Value, aside: bool, settles: Option<i64>| Edit {
        part: part.clone(),
        serial,
        body,
        aside,
        settles,
        person: person.clone(),
        person_name: person_name.clone(),
        saved_at: ctx.now,
    };
    let mut serial = latest;
    let mut free = next;
    if merged.body != theirs || settles.is_some() {
        drafts::add(tx, series, &edit(free, merged.body.clone(), false, settles)).await?;
        serial = free;
        free += 1;
    }
    if !merged.contested.is_empty() && !history.iter().any(|edit| edit.aside && edit.body == mine) {
        drafts::add(tx, series, &edit(free, mine.clone(), true, None)).await?;
    }
    Ok(Saved {
        part,
        serial,
        merged: based_on < latest && merged.body != mine,
        contested: merged.contested,
        body: merged.body,
    })
}

/// Adds a part of a kind, empty but for what `body` says, and answers with its key.
///
/// # Errors
/// When there are too many; when the actor may not write in the draft.
pub async fn add(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    kind: Kind,
    body: Value,
) -> Result<Key> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    let ever = drafts::parts_ever(&mut tx, &opened.series).await?;
    if ever.len() >= PARTS_MAX || kind == Kind::Text {
        let problem =
            Problem::new("plan-too-many", kind.code()).with("kind", kind.code()).with("max", PARTS_MAX);
        return Err(problem.into());
    }
    let taken: Vec<Key> = ever.iter().filter_map(|part| Key::parse(part)).collect();
    let key = Key::new(kind, next_id(kind, &taken));
    let mut body = if body.is_object() { body } else { json!({}) };
    body["id"] = Value::String(key.id.clone());
    check_part(&key, &body)?;
    save_in(ctx, &mut tx, &opened.series, &key, 0, body, None).await?;
    ctx.spend(&mut tx, &key.to_string()).await?;
    tx.commit().await?;
    Ok(key)
}

/// How an edit beside is settled.
#[derive(Debug, Clone, PartialEq)]
pub enum Settle {
    /// What stands, stands.
    KeepStanding,
    /// What was beside takes its place.
    TakeBeside,
    /// Neither: this.
    Write(Value),
}

/// Settles an edit that was kept beside.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or it has been settled; [`Error::Stale`] when the part has changed since
/// the page was made.
pub async fn settle(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
    (aside, seen): (i64, i64),
    how: Settle,
) -> Result<Saved> {
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    let part = key.to_string();
    let beside = drafts::beside(&mut tx, &opened.series).await?;
    let beside =
        beside.into_iter().find(|edit| edit.part == part && edit.serial == aside).ok_or(Error::NotFound)?;
    let draft = current(&mut tx, &opened.series).await?;
    let standing = draft.edits.get(key).cloned().ok_or(Error::NotFound)?;
    if standing.serial != seen {
        return Err(Error::Stale);
    }
    let body = match how {
        Settle::KeepStanding => standing.body,
        Settle::TakeBeside => beside.body,
        Settle::Write(body) => body,
    };
    check_part(key, &body)?;
    let saved = save_in(ctx, &mut tx, &opened.series, key, seen, body, Some(aside)).await?;
    ctx.spend(&mut tx, &part).await?;
    tx.commit().await?;
    Ok(saved)
}

/// Every edit of one part, latest first, for those who may read the draft.
///
/// # Errors
/// When the actor may not read the draft.
pub async fn history(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
) -> Result<Vec<Edit>> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::ReadDraft).await?;
    let mut edits = drafts::history(&mut tx, &opened.series, &key.to_string()).await?;
    edits.reverse();
    Ok(edits)
}
