//! One part of a plan in its workshop: the form that saves itself, how the part is judged, what was written beside
//! it, and what people say and ask about it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::plan::part::{Key, Kind as Part};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::time::stockholm;
use kvarter_services::plan::Workshop;
use kvarter_services::plan_draft::{self, Saved, Settle};
use kvarter_services::plan_talk::{self, Ask};
use kvarter_services::{Error, plan};
use serde_json::{Value, json};

use super::act::{Fault, Field, done_before};
use super::error::{OrPage as _, Result};
use super::form::{Form, Sent};
use super::page::{self, Frame, on_to, show, show_with};
use super::plan_part::{OVERRIDES, body, fields, title, values};
use super::request::Visit;
use super::workshop::{
    Line, TaskLine, agreement_of, faults_of, frame, opened, partner_name, sections, task_line,
};
use super::{Served, paths};
use crate::judgement::{Judged, judged};
use crate::language::Words;

/// Programme, municipality, district, and a part's kind and id, as addresses name them.
type OfPart = Path<(String, String, String, String, String)>;

fn key_of(kind: &str, id: &str) -> Option<Key> {
    Key::parse(&format!("{kind}/{id}"))
}

/// Something written beside what stands, which waits to be settled.
struct Beside {
    serial: i64,
    who: String,
    when: String,
    differs: Vec<(String, String, String)>,
}

struct CommentLine {
    id: String,
    who: String,
    when: String,
    words: String,
    settled: Option<String>,
}

/// A partner whose acceptance can be registered.
struct AcceptLine {
    partner: String,
    address: String,
}

#[derive(Template)]
#[template(path = "workshop/part.html")]
struct PartPage {
    frame: Frame,
    l: Words,
    base: String,
    address: String,
    fields: Vec<Field>,
    form: Form,
    seen: Option<i64>,
    faults: Vec<Fault>,
    judged: Vec<Judged>,
    shortcomings: Vec<(String, Option<String>)>,
    beside: Vec<Beside>,
    standing: i64,
    comments: Vec<CommentLine>,
    tasks: Vec<TaskLine>,
    accepts: Vec<AcceptLine>,
    partners: Vec<(String, String)>,
    present: Vec<String>,
    saved: Option<String>,
    may_write: bool,
    removable: bool,
    removed: bool,
    can_fetch: bool,
    next: Option<(String, String)>,
}

fn moment(at: jiff::Timestamp, l: Words) -> String {
    let local = stockholm().to_datetime(at);
    format!("{} {:02}.{:02}", l.day(local.date()), local.hour(), local.minute())
}

fn part_page(served: &Served, visit: &Visit, workshop: &Workshop, key: &Key, form: Option<Form>) -> PartPage {
    let l = visit.l;
    let code = &workshop.district.code;
    let part = key.to_string();
    let edit = workshop.draft.edits.get(key);
    let empty = json!({});
    let body = edit.map_or(&empty, |edit| &edit.body);
    let mut all = fields(workshop, key, l);
    let used: Vec<&str> = workshop
        .assessments
        .iter()
        .filter(|a| a.goal == key.id)
        .flat_map(|a| a.checks.iter())
        .filter(|check| check.overridden.is_some() || check.stands_in_the_way())
        .map(|check| check.criterion.code())
        .collect();
    // A reason is asked for where something falls short, and shown where one was given.
    all.retain(|field| {
        let of = OVERRIDES.iter().find(|(name, _)| *name == field.name);
        of.is_none_or(|(_, criterion)| used.contains(&criterion.code()))
    });
    let failed = form.is_some();
    let form = form.unwrap_or_else(|| Form {
        typed: values(key, body, code, l),
        problems: Vec::new(),
        token: served.app.form_token(),
    });
    let assessment = workshop.assessments.iter().find(|a| key.kind == Part::Goal && a.goal == key.id);
    let beside = workshop.beside.iter().filter(|edit| edit.part == part).map(|edit| Beside {
        serial: edit.serial,
        who: edit.person_name.clone(),
        when: moment(edit.saved_at, l),
        differs: differing(key, body, &edit.body, code, &fields(workshop, key, l), l),
    });
    let comments = workshop.comments.iter().filter(|c| c.part == part).map(|c| CommentLine {
        id: c.id.clone(),
        who: c.person_name.clone(),
        when: moment(c.written_at, l),
        words: c.words.clone(),
        settled: c.settled_by.clone(),
    });
    let tasks =
        workshop.tasks.iter().filter(|task| task.part == part).map(|task| task_line(workshop, task, l));
    let base = paths::workshop(&workshop.agreement, code);
    let goal = workshop.draft.plan.goal(&key.id).filter(|_| key.kind == Part::Goal);
    let accepts: Vec<AcceptLine> = goal
        .into_iter()
        .flat_map(|goal| &goal.partners)
        .map(|partner| AcceptLine {
            partner: partner_name(workshop, partner),
            address: format!("{base}/godta/{}/{partner}", key.id),
        })
        .collect();
    let shortcomings = faults_of(workshop, key)
        .into_iter()
        .map(|(_, problem)| (l.problem(problem), problem.clause.as_deref().map(|clause| l.clause(clause))));
    let removed = edit.is_some_and(|edit| edit.body.is_null());
    PartPage {
        frame: {
            let heading = title(&workshop.draft.plan, key, workshop, l);
            let up = l.with("workshop-title", [("district", workshop.district.name.as_str())]);
            let frame = frame(visit, heading).under(up, base.clone());
            if failed { frame.failed() } else { frame }
        },
        l,
        address: paths::workshop_part(&workshop.agreement, code, &part),
        base,
        fields: all,
        seen: Some(workshop.draft.serial(key)),
        form,
        faults: Vec::new(),
        judged: assessment.map(|a| judged(a, l)).unwrap_or_default(),
        shortcomings: shortcomings.collect(),
        beside: beside.collect(),
        standing: workshop.draft.serial(key),
        comments: comments.collect(),
        tasks: tasks.collect(),
        accepts,
        partners: workshop
            .partners
            .iter()
            .filter(|p| p.is_in(workshop.today))
            .map(|p| (p.id.clone(), p.name.clone()))
            .collect(),
        present: workshop.present.iter().filter(|p| p.part == part).map(|p| p.person_name.clone()).collect(),
        saved: edit.map(|edit| {
            l.with(
                "workshop-saved-by",
                [("person", edit.person_name.as_str()), ("when", &moment(edit.saved_at, l))],
            )
        }),
        may_write: workshop.may_write,
        removable: key.kind != Part::Text && !removed,
        removed,
        can_fetch: goal.is_some_and(|goal| !goal.indicator.is_empty()),
        next: next_of(workshop, key, l),
    }
}

/// The part that comes after this one in the plan.
fn next_of(workshop: &Workshop, key: &Key, l: Words) -> Option<(String, String)> {
    let address = paths::workshop_part(&workshop.agreement, &workshop.district.code, &key.to_string());
    let lines: Vec<Line> = sections(workshop, l).into_iter().flat_map(|section| section.lines).collect();
    let at = lines.iter().position(|line| line.address == address)?;
    lines.get(at + 1).map(|line| (line.name.clone(), line.address.clone()))
}

/// The fields in which two bodies of a part differ: label, what stands, what was written beside.
fn differing(
    key: &Key,
    standing: &Value,
    beside: &Value,
    district: &str,
    fields: &[Field],
    l: Words,
) -> Vec<(String, String, String)> {
    if beside.is_null() || standing.is_null() {
        let of = |body: &Value| l.t(if body.is_null() { "workshop-taken-away" } else { "workshop-kept" });
        return vec![(l.t("workshop-whole-part"), of(standing), of(beside))];
    }
    let (was, is) = (values(key, standing, district, l), values(key, beside, district, l));
    let differing = fields.iter().filter_map(|field| {
        let (was, is) = (was.get(field.name)?, is.get(field.name)?);
        (was != is).then(|| (field.label.clone(), was.clone(), is.clone()))
    });
    differing.collect()
}

/// A part of a plan, to read and to write.
pub async fn part(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind, id)): OfPart,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let workshop = opened(&served, &visit, &agreement, &district).await?;
    let key = known(&workshop, &kind, &id).or_page(&visit)?;
    Ok(show(&part_page(&served, &visit, &workshop, &key, None)))
}

/// A part that is there, or a text that can be.
fn known(workshop: &Workshop, kind: &str, id: &str) -> kvarter_services::Result<Key> {
    let key = key_of(kind, id).ok_or(Error::NotFound)?;
    let section = || workshop.programme.plan.as_ref().and_then(|rules| rules.section(&key.id)).is_some();
    let there = if key.kind == Part::Text { section() } else { workshop.draft.edits.contains_key(&key) };
    if there { Ok(key) } else { Err(Error::NotFound) }
}

/// What a script that saves by itself is told.
#[derive(serde::Serialize)]
struct Told {
    serial: i64,
    words: String,
    values: BTreeMap<String, String>,
    merged: bool,
    contested: bool,
    judgement: String,
}

#[derive(Template)]
#[template(path = "workshop/judgement.html")]
struct Judgement {
    l: Words,
    judged: Vec<Judged>,
    shortcomings: Vec<(String, Option<String>)>,
}

/// Saves a part: for a form by leading back to it, for a script by telling what became of it.
pub async fn save(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind, id)): OfPart,
    headers: HeaderMap,
    sent: Sent,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let by_script = headers.get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    if !by_script && let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let workshop = opened(&served, &visit, &agreement, &district).await?;
    let key = known(&workshop, &kind, &id).or_page(&visit)?;
    let mut problems = Problems::none();
    let mut written = body(&key, &sent, &mut problems);
    if sent.ticked("hamta") {
        fetch_base(&served, &visit, &workshop, &mut written, &mut problems).await?;
    }
    let address = paths::workshop_part(&agreement, &district, &key.to_string());
    let ctx = visit.ctx.clone().sending(sent.token().filter(|_| !by_script), &address);
    let based_on = sent.text("sett").parse().unwrap_or(0);
    let done = async {
        problems.or(())?;
        plan_draft::save(&ctx, &served.app, &agreement, &district, &key, based_on, written).await
    };
    match done.await {
        Ok(saved) if by_script => told(&served, &visit, &agreement, &district, &key, &saved).await,
        Ok(saved) => {
            let code = match (saved.contested.is_empty(), saved.merged) {
                (false, _) => "part-contested",
                (true, true) => "part-merged",
                (true, false) => "part-saved",
            };
            let to = if saved.contested.is_empty() { address } else { format!("{address}#bredvid") };
            Ok(on_to(&served, &to, code))
        }
        Err(Error::Problems(problems)) if by_script => {
            let words: Vec<String> = problems.0.iter().map(|problem| visit.l.problem(problem)).collect();
            let answer = json!({ "problems": words });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(answer)).into_response())
        }
        Err(Error::Problems(problems)) => {
            let problems = in_fields(&problems, &key);
            let form = Form::again(&sent, &problems, visit.l, served.app.form_token());
            let mut page = part_page(&served, &visit, &workshop, &key, Some(form));
            page.seen = Some(based_on);
            page.faults = problems
                .0
                .iter()
                .map(|problem| Fault {
                    field: page.fields.iter().find(|f| f.name == problem.place).map(|f| f.name.to_owned()),
                    sentence: visit.l.problem(problem),
                    clause: problem.clause.as_deref().map(|clause| visit.l.clause(clause)),
                })
                .collect();
            Ok(show_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(error).or_page(&visit),
    }
}

/// Problems of a part by the names of its fields.
fn in_fields(problems: &Problems, key: &Key) -> Problems {
    let part = format!("{key} ");
    let named = problems.0.iter().map(|problem| {
        let place = problem.place.strip_prefix(&part).unwrap_or(&problem.place).replace('.', "_");
        Problem { place, ..problem.clone() }
    });
    Problems(named.collect())
}

async fn told(
    served: &Served,
    visit: &Visit,
    agreement: &AgreementId,
    district: &str,
    key: &Key,
    saved: &Saved,
) -> Result {
    let l = visit.l;
    let workshop = opened(served, visit, agreement, district).await?;
    let page = part_page(served, visit, &workshop, key, None);
    let words = match (saved.contested.is_empty(), saved.merged) {
        (false, _) => l.t("flash-part-contested"),
        (true, true) => l.t("flash-part-merged"),
        (true, false) => l.with("workshop-saved-at", [("when", moment(visit.ctx.now, l).as_str())]),
    };
    let judgement = Judgement { l, judged: page.judged, shortcomings: page.shortcomings };
    Ok(page::json(&Told {
        serial: saved.serial,
        words,
        values: values(key, &saved.body, district, l),
        merged: saved.merged,
        contested: !saved.contested.is_empty(),
        judgement: judgement.render().unwrap_or_default(),
    }))
}

/// Fills in a goal's base value from the latest figure of its indicator.
async fn fetch_base(
    served: &Served,
    visit: &Visit,
    workshop: &Workshop,
    written: &mut Value,
    problems: &mut Problems,
) -> Result<()> {
    let text = |name: &str| written.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (indicator, group) = (text("indicator"), text("group"));
    let found = plan::latest_figure(
        &visit.ctx,
        &served.app,
        &workshop.programme.id,
        &indicator,
        &workshop.district.code,
        &group,
    )
    .await
    .or_page(visit)?;
    match found {
        Some((unit, group, figure)) => {
            written["unit"] = Value::String(unit);
            written["group"] = Value::String(group);
            written["base"] = json!({
                "value": figure.value, "period": figure.period, "source": figure.source,
                "published": figure.published, "state": figure.state,
            });
            // What stood in the fields gives way to what was fetched.
            problems.0.retain(|problem| !problem.place.starts_with("base_"));
        }
        None => problems.add(
            Problem::new("no-figure-to-fetch", "indicator").with("indicator", indicator).with("group", group),
        ),
    }
    Ok(())
}

// --- Adding, taking away, settling, talking ---

/// Adds a part of a kind and leads to it.
pub async fn add(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind)): Path<(String, String, String, String)>,
    sent: Sent,
) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let agreement = agreement_of(&programme, &municipality);
    let kind = Part::from_code(&kind).ok_or(Error::NotFound).or_page(&visit)?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::workshop_part(&agreement, &district, "{}"));
    let start = if kind == Part::Intervention { json!({ "district": district }) } else { json!({}) };
    let key = plan_draft::add(&ctx, &served.app, &agreement, &district, kind, start).await.or_page(&visit)?;
    Ok(on_to(&served, &paths::workshop_part(&agreement, &district, &key.to_string()), "part-added"))
}

/// What a small form on a part's page asks for.
pub async fn on_part(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind, id, what)): Path<(
        String,
        String,
        String,
        String,
        String,
        String,
    )>,
    sent: Sent,
) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let agreement = agreement_of(&programme, &municipality);
    let key = key_of(&kind, &id).ok_or(Error::NotFound).or_page(&visit)?;
    let part = paths::workshop_part(&agreement, &district, &key.to_string());
    let ctx = visit.ctx.clone().sending(sent.token(), &part);
    let app = &served.app;
    let serial: i64 = sent.text("sett").parse().unwrap_or(0);
    let done = async {
        let flash = match what.as_str() {
            "bort" => {
                let saved =
                    plan_draft::save(&ctx, app, &agreement, &district, &key, serial, Value::Null).await?;
                if saved.contested.is_empty() { "part-removed" } else { "part-contested" }
            }
            "avgor" => {
                let aside: i64 = sent.text("bredvid").parse().unwrap_or(0);
                let how =
                    if sent.text("val") == "bredvid" { Settle::TakeBeside } else { Settle::KeepStanding };
                plan_draft::settle(&ctx, app, &agreement, &district, &key, (aside, serial), how).await?;
                "part-settled"
            }
            "kommentar" => {
                plan_talk::comment(&ctx, app, &agreement, &district, &key, sent.text("ord")).await?;
                "comment-added"
            }
            "kommentar-klar" => {
                plan_talk::settle_comment(&ctx, app, &agreement, &district, sent.text("id")).await?;
                "comment-settled"
            }
            "uppgift" => {
                let mut problems = Problems::none();
                let ask = Ask {
                    partner: sent.text("part").to_owned(),
                    words: sent.text("ord").to_owned(),
                    last_day: sent.day_or_none("dag", &mut problems),
                };
                problems.or(())?;
                plan_talk::ask(&ctx, app, &agreement, &district, &key, &ask).await?;
                "task-given"
            }
            "uppgift-klar" => {
                plan_talk::finish(&ctx, app, &agreement, &district, sent.text("id")).await?;
                "task-done"
            }
            _ => return Err(Error::NotFound),
        };
        Ok(flash)
    };
    match done.await {
        Ok("part-removed") => Ok(on_to(&served, &paths::workshop(&agreement, &district), "part-removed")),
        Ok(flash) => Ok(on_to(&served, &part, flash)),
        Err(Error::Problems(problems)) => {
            let workshop = opened(&served, &visit, &agreement, &district).await?;
            let mut page = part_page(&served, &visit, &workshop, &key, None);
            page.frame = page.frame.failed();
            page.faults = problems
                .0
                .iter()
                .map(|problem| Fault { field: None, sentence: visit.l.problem(problem), clause: None })
                .collect();
            Ok(show_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(error).or_page(&visit),
    }
}

/// Tells that the visitor is at a part, and answers with who else is.
pub async fn present(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind, id)): OfPart,
    _sent: Sent,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let key = key_of(&kind, &id).ok_or(Error::NotFound).or_page(&visit)?;
    let others =
        plan_talk::be_present(&visit.ctx, &served.app, &agreement, &district, &key).await.or_page(&visit)?;
    let here: Vec<&str> =
        others.iter().filter(|p| p.part == key.to_string()).map(|p| p.person_name.as_str()).collect();
    let words = if here.is_empty() {
        String::new()
    } else {
        visit.l.with("workshop-present", [("people", here.join(", ").as_str())])
    };
    Ok(page::json(&json!({ "words": words })))
}

struct EditLine {
    serial: i64,
    who: String,
    when: String,
    aside: bool,
    settles: bool,
    fields: Vec<(String, String)>,
    removed: bool,
}

#[derive(Template)]
#[template(path = "workshop/history.html")]
struct HistoryPage {
    frame: Frame,
    l: Words,
    edits: Vec<EditLine>,
}

/// Every edit of a part, latest first.
pub async fn history(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, kind, id)): OfPart,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let workshop = opened(&served, &visit, &agreement, &district).await?;
    let key = known(&workshop, &kind, &id).or_page(&visit)?;
    let edits =
        plan_draft::history(&visit.ctx, &served.app, &agreement, &district, &key).await.or_page(&visit)?;
    let l = visit.l;
    let all = fields(&workshop, &key, l);
    let lines = edits.iter().map(|edit| {
        let values = values(&key, &edit.body, &district, l);
        let filled = all.iter().filter_map(|field| {
            let value = values.get(field.name).filter(|value| !value.is_empty())?;
            Some((field.label.clone(), value.clone()))
        });
        EditLine {
            serial: edit.serial,
            who: edit.person_name.clone(),
            when: moment(edit.saved_at, l),
            aside: edit.aside,
            settles: edit.settles.is_some(),
            fields: if edit.body.is_null() { Vec::new() } else { filled.collect() },
            removed: edit.body.is_null(),
        }
    });
    let address = paths::workshop_part(&agreement, &district, &key.to_string());
    Ok(show(&HistoryPage {
        frame: frame(&visit, l.t("workshop-history"))
            .under(
                l.with("workshop-title", [("district", workshop.district.name.as_str())]),
                paths::workshop(&agreement, &district),
            )
            .under(title(&workshop.draft.plan, &key, &workshop, l), address),
        l,
        edits: lines.collect(),
    }))
}
