//! Two versions of a plan beside each other.

use askama::Template;
use axum::extract::{Path, State};
use kvarter_domain::plan::PlanVersion;
use kvarter_domain::plan::difference::{Change, PartChange, Piece};
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::programme::Programme;
use kvarter_services::plan::{self, VersionPage};

use super::error::{OrPage as _, Result};
use super::page::{Frame, json, show};
use super::plan::{id_of, version_name};
use super::plan_part::goal_name;
use super::request::Visit;
use super::{Served, paths};
use crate::language::Words;

struct FieldShown {
    label: String,
    before: Vec<Piece>,
    after: Vec<Piece>,
}

struct ChangeShown {
    name: String,
    code: &'static str,
    words: String,
    fields: Vec<FieldShown>,
}

#[derive(Template)]
#[template(path = "plan/compare.html")]
struct Compare {
    frame: Frame,
    l: Words,
    before: String,
    after: String,
    before_address: String,
    after_address: String,
    lessons: Vec<(String, String, String)>,
    unchanged: Option<String>,
    changes: Vec<ChangeShown>,
    counts: Vec<(&'static str, String)>,
}

/// Two versions of a plan beside each other.
pub async fn compare(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, serial, other)): Path<(String, String, String, String, String)>,
) -> Result {
    let id = |serial: &str| id_of(&programme, &municipality, &district, serial);
    let compared = plan::compare(&visit.ctx, &served.app, &id(&other), &id(&serial)).await.or_page(&visit)?;
    let l = visit.l;
    let programme = &compared.after.programme;
    // What has been learned since is told above the changes.
    let is_new_lesson = |change: &PartChange| {
        change.change == Change::Added && Key::parse(&change.part).is_some_and(|key| key.kind == Kind::Lesson)
    };
    let shown = compared.changes.iter().filter(|change| !is_new_lesson(change));
    let changes = shown.map(|change| ChangeShown {
        name: part_name(&compared.before, &compared.after, &change.part, l),
        code: change.change.code(),
        words: l.t(&format!("change-{}", change.change)),
        fields: change
            .fields
            .iter()
            .map(|field| FieldShown {
                label: field_name(&field.field, l),
                before: pieces_shown(&field.field, &field.before, programme, l),
                after: pieces_shown(&field.field, &field.after, programme, l),
            })
            .collect(),
    });
    let count = |of: Change| compared.changes.iter().filter(|change| change.change == of).count();
    let counts = Change::ALL.iter().map(|change| {
        let words = l.t(&format!("change-{change}"));
        (
            change.code(),
            l.with("overview-count", [("word", words.as_str()), ("count", &count(*change).to_string())]),
        )
    });
    let (before, after) = (&compared.before.version, &compared.after.version);
    let address = |v: &PlanVersion| paths::plan(&v.agreement, &v.district, v.serial);
    let new =
        compared.after.plan.lessons.iter().filter(|lesson| !compared.before.plan.lessons.contains(lesson));
    Ok(show(&Compare {
        frame: Frame::new(
            &visit,
            "nav-plans",
            l.with("plan-compare-title", [("district", after.district_name.as_str())]),
        )
        .under(l.t("nav-plans"), "/planer"),
        l,
        before: version_name(before, l),
        after: version_name(after, l),
        before_address: address(before),
        after_address: address(after),
        lessons: new.map(|one| (one.learned.clone(), one.source.clone(), one.changed.clone())).collect(),
        unchanged: after.unchanged.clone(),
        changes: changes.collect(),
        counts: counts.collect(),
    }))
}

/// The same, as data.
pub async fn compare_json(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, serial, other)): Path<(String, String, String, String, String)>,
) -> Result {
    let other = other.trim_end_matches(".json");
    let id = |serial: &str| id_of(&programme, &municipality, &district, serial);
    let compared = plan::compare(&visit.ctx, &served.app, &id(other), &id(&serial)).await.or_page(&visit)?;
    Ok(json(&compared.changes))
}

fn pieces_shown(field: &str, pieces: &[Piece], programme: &Programme, l: Words) -> Vec<Piece> {
    pieces
        .iter()
        .map(|piece| Piece { text: field_words(field, &piece.text, programme, l), differs: piece.differs })
        .collect()
}

/// A field's name, by the path to it.
pub fn field_name(field: &str, l: Words) -> String {
    l.t(&format!("plan-field-{}", field.replace('.', "-")))
}

/// What stands in a field, as a reader has it: codes by their names, numbers with the language's comma.
pub fn field_words(field: &str, text: &str, programme: &Programme, l: Words) -> String {
    let code = |prefix: &str| l.t(&format!("{prefix}-{text}"));
    match field {
        "area" => {
            let area = programme.target_areas.iter().find(|area| area.id == text);
            area.map_or_else(|| text.to_owned(), |area| area.name.get(l.0).to_owned())
        }
        "base.state" if !text.is_empty() => code("cell-state"),
        "kind" if !text.is_empty() => code("document-kind"),
        "target" | "base.value" | "milestones" => l.figures(text),
        _ => text.to_owned(),
    }
}

fn part_name(before: &VersionPage, after: &VersionPage, part: &str, l: Words) -> String {
    let Some(key) = Key::parse(part) else { return part.to_owned() };
    let section = after.programme.plan.as_ref().and_then(|rules| rules.section(&key.id));
    if let Some((_, section)) = section.filter(|_| key.kind == Kind::Text) {
        return section.name.get(l.0).to_owned();
    }
    let words = |page: &VersionPage| {
        let goal = page.plan.goal(&key.id).map(|goal| goal.statement.clone());
        goal.or_else(|| page.plan.intervention(&key.id).map(|one| one.title.clone()))
            .or_else(|| page.plan.documents.iter().find(|one| one.id == key.id).map(|one| one.title.clone()))
            .or_else(|| page.plan.lessons.iter().find(|one| one.id == key.id).map(|one| one.learned.clone()))
            .or_else(|| {
                page.plan.allocations.iter().find(|one| one.id == key.id).map(|one| one.statement.clone())
            })
    };
    let words = words(after).or_else(|| words(before)).unwrap_or_default();
    format!("{} {}", l.t(&format!("part-kind-{}", key.kind)), goal_name(&key.id, &words, l))
}
