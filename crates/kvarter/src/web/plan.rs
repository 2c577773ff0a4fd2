//! Plans as anyone may read them: the list of all, one version, two beside each other.

use askama::Template;
use axum::extract::{Path, State};
use kvarter_domain::ids::RecordId;
use kvarter_domain::observation::Observation;
use kvarter_domain::plan::PlanVersion;
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::rules::Holds;
use kvarter_services::plan::{self, VersionPage};
use kvarter_services::plan_document;

use super::error::{OrPage as _, Result};
use super::page::{Frame, file, show};
use super::plan_part::goal_name;
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, paths};
use crate::judgement::{Judged, judged};
use crate::language::Words;

// --- The list ---

struct Row {
    municipality: String,
    district: String,
    code: String,
    district_address: String,
    version: Option<(String, String)>,
    adopted: Option<String>,
    reported: Option<String>,
    goals: String,
    interventions: String,
    draft: Option<String>,
}

#[derive(Template)]
#[template(path = "plan/list.html")]
struct List {
    frame: Frame,
    l: Words,
    programmes: Vec<(String, Vec<Row>)>,
    statistics: Option<String>,
}

/// Every district with its plan.
pub async fn list(State(served): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let mut programmes = Vec::new();
    for programme in served.app.programmes() {
        if programme.plan.is_none() {
            continue;
        }
        let listed = plan::list(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
        let rows = listed.into_iter().map(|one| {
            let last = one.versions.last();
            let code = one.district.code.clone();
            let report = last.and_then(|last| one.reports.iter().find(|r| r.version == last.id));
            Row {
                municipality: one.municipality,
                district_address: paths::district(&one.agreement, &code),
                version: last.map(|last| {
                    let name = l.with("plan-version-name", [("number", last.serial.to_string().as_str())]);
                    (name, paths::plan(&one.agreement, &code, last.serial))
                }),
                adopted: last.map(|last| l.day(last.adopted_on)),
                reported: report.map(|report| l.day(report.reported_on)),
                goals: last.map(|last| last.goals.to_string()).unwrap_or_default(),
                interventions: last.map(|last| last.interventions.to_string()).unwrap_or_default(),
                draft: one.draft.then(|| paths::workshop(&one.agreement, &code)),
                district: one.district.name,
                code,
            }
        });
        programmes.push((programme.name.get(l.0).to_owned(), rows.collect()));
    }
    let may_load = visit.may(kvarter_domain::access::Act::LoadObservations);
    Ok(show(&List {
        frame: Frame::new(&visit, "nav-plans", l.t("plans-title")),
        l,
        programmes,
        statistics: may_load.then(|| "/statistik/ny".to_owned()),
    }))
}

// --- One version ---

/// A text with its heading.
struct Text {
    heading: String,
    paragraphs: Vec<String>,
}

/// A figure with where it comes from.
pub(super) struct Figure {
    pub(super) value: String,
    pub(super) period: String,
    pub(super) source: String,
    pub(super) mark: Option<String>,
}

/// A goal, ready to be read.
pub(super) struct GoalShown {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) problem: String,
    pub(super) origin: Vec<(String, String)>,
    pub(super) indicator: String,
    pub(super) group: String,
    pub(super) base: Option<Figure>,
    pub(super) target: String,
    pub(super) by: String,
    pub(super) milestones: Vec<(String, String)>,
    pub(super) owner: String,
    pub(super) judged: Vec<Judged>,
    pub(super) series: Vec<(String, String, String)>,
    pub(super) path: Option<Drawing>,
    pub(super) interventions: Vec<(String, String)>,
}

/// A goal's way from base to target as a picture, with what it says in words.
pub(super) struct Drawing {
    pub(super) line: String,
    pub(super) seen: String,
    pub(super) points: Vec<(String, String)>,
    pub(super) words: String,
}

struct InterventionShown {
    id: String,
    name: String,
    facts: Vec<(String, String)>,
}

struct Area {
    name: String,
    goals: Vec<GoalShown>,
}

struct PartShown {
    id: String,
    name: String,
    at: String,
    says: String,
    texts: Vec<Text>,
    areas: Vec<Area>,
    interventions: Vec<InterventionShown>,
}

#[derive(Template)]
#[template(path = "plan/version.html")]
struct Page {
    frame: Frame,
    l: Words,
    municipality: String,
    facts: Vec<(String, String, Option<String>)>,
    parts: Vec<PartShown>,
    documents: Vec<(String, String, String)>,
    lessons: Vec<(String, String, String)>,
    allocations: Vec<(String, String, String)>,
    versions: Vec<(String, String, bool)>,
    compare: Option<String>,
    report: Option<String>,
    pdf: String,
    print: String,
    unchanged: Option<String>,
}

pub(super) fn id_of(programme: &str, municipality: &str, district: &str, serial: &str) -> String {
    format!("{}/{serial}", kvarter_domain::plan::series_of(&agreement_of(programme, municipality), district))
}

/// An adopted version of a plan.
pub async fn version(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, serial)): Path<(String, String, String, String)>,
) -> Result {
    let shown =
        plan::show(&visit.ctx, &served.app, &id_of(&programme, &municipality, &district, &serial)).await;
    let shown = shown.or_page(&visit)?;
    let l = visit.l;
    let version = &shown.version;
    let address = |serial: i64| paths::plan(&version.agreement, &version.district, serial);
    let mut facts = vec![
        (l.t("plan-adopted-on"), l.day(version.adopted_on), None),
        (l.t("plan-adopted-by"), version.adopted_by.clone(), None),
        (
            l.t("plan-record"),
            number(&served, &visit, &version.record).await,
            Some(paths::record(&version.record)),
        ),
        (l.t("plan-digest"), version.content_digest.as_str().chars().take(16).collect(), None),
    ];
    for report in &shown.reports {
        let received = number(&served, &visit, &report.record).await;
        let words =
            l.with("plan-received", [("day", l.day(report.reported_on).as_str()), ("number", &received)]);
        facts.push((l.t("plan-reported"), words, Some(paths::record(&report.record))));
    }
    let may_report = shown.reports.is_empty()
        && shown.versions.last().is_some_and(|last| last.id == version.id)
        && visit.ctx.actor.organisation().map(ToString::to_string) == Some(municipality.clone())
        && visit.may(kvarter_domain::access::Act::AdoptPlan);
    let title = l.with(
        "plan-title",
        [("district", version.district_name.as_str()), ("number", &version.serial.to_string())],
    );
    Ok(show(&Page {
        frame: Frame::new(&visit, "nav-plans", title).under(l.t("nav-plans"), "/planer"),
        l,
        municipality: shown.municipality.clone(),
        facts,
        parts: parts(&shown, l),
        documents: shown
            .plan
            .documents
            .iter()
            .map(|d| (l.t(&format!("document-kind-{}", d.kind)), d.title.clone(), d.regard.clone()))
            .collect(),
        lessons: shown
            .plan
            .lessons
            .iter()
            .map(|lesson| (lesson.learned.clone(), lesson.source.clone(), lesson.changed.clone()))
            .collect(),
        allocations: shown
            .plan
            .allocations
            .iter()
            .map(|a| {
                (a.year.map(|y| y.to_string()).unwrap_or_default(), a.statement.clone(), a.decision.clone())
            })
            .collect(),
        versions: shown
            .versions
            .iter()
            .map(|v| (version_name(v, l), address(v.serial), v.id == version.id))
            .collect(),
        compare: (version.serial > 1)
            .then(|| format!("{}/jamfor/{}", address(version.serial), version.serial - 1)),
        report: may_report.then(|| format!("{}/redovisa", address(version.serial))),
        pdf: paths::record_document(&version.record),
        print: format!("{}/utskrift.pdf", address(version.serial)),
        unchanged: version.unchanged.clone(),
    }))
}

/// An adopted version printed in the visitor's language. The document in the register is Swedish.
pub async fn print(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, serial)): Path<(String, String, String, String)>,
) -> Result {
    let id = id_of(&programme, &municipality, &district, &serial);
    let shown = plan::show(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let wording = crate::judgement::wording(visit.l.0);
    let bytes = plan_document::print(&served.app, &shown, wording).await.or_page(&visit)?;
    Ok(file(bytes, "application/pdf", &format!("plan-{district}-{serial}-{}.pdf", visit.l.tag()), false))
}

/// A record's number, as it is written in its register.
async fn number(served: &Served, visit: &Visit, record: &RecordId) -> String {
    let found = kvarter_services::registry::show(&visit.ctx, &served.app, record).await;
    found.map_or_else(|_| record.to_string(), |page| page.record.number)
}

pub(super) fn version_name(version: &PlanVersion, l: Words) -> String {
    let number = version.serial.to_string();
    let day = l.day(version.adopted_on);
    l.with("plan-version-of", [("number", number.as_str()), ("day", &day)])
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn parts(shown: &VersionPage, l: Words) -> Vec<PartShown> {
    let Some(rules) = &shown.programme.plan else { return Vec::new() };
    let of = rules.parts.iter().map(|part| PartShown {
        id: part.id.clone(),
        name: part.name.get(l.0).to_owned(),
        at: part.provision.at.clone(),
        says: part.provision.says.clone(),
        texts: part
            .sections
            .iter()
            .map(|section| Text {
                heading: section.name.get(l.0).to_owned(),
                paragraphs: paragraphs(shown.plan.text(&section.id)),
            })
            .collect(),
        areas: if part.holds == Holds::Goals { areas(shown, l) } else { Vec::new() },
        interventions: if part.holds == Holds::Interventions { interventions(shown, l) } else { Vec::new() },
    });
    of.collect()
}

fn areas(shown: &VersionPage, l: Words) -> Vec<Area> {
    let of = shown.programme.target_areas.iter().map(|area| Area {
        name: area.name.get(l.0).to_owned(),
        goals: shown
            .plan
            .goals
            .iter()
            .enumerate()
            .filter(|(_, goal)| goal.area == area.id)
            .map(|(at, _)| goal_shown(shown, at, l))
            .collect(),
    });
    of.collect()
}

fn figure(value: Option<f64>, state: kvarter_domain::observation::CellState, l: Words) -> String {
    value.filter(|_| state.has_value()).map_or_else(|| "..".to_owned(), |value| l.number(value))
}

pub(super) fn goal_shown(shown: &VersionPage, at: usize, l: Words) -> GoalShown {
    let goal = &shown.plan.goals[at];
    let indicator = shown.indicators.iter().find(|i| i.id == goal.indicator);
    let series = shown.series.get(at).and_then(Option::as_ref);
    let seen: Vec<&Observation> = series.map(|s| s.observations.iter().collect()).unwrap_or_default();
    GoalShown {
        id: goal.id.clone(),
        name: goal_name(&goal.id, &goal.statement, l),
        problem: goal.problem.clone(),
        origin: [
            ("plan-field-national_goal", &goal.national_goal),
            ("plan-field-municipal_goal", &goal.municipal_goal),
        ]
        .into_iter()
        .map(|(key, text)| (l.t(key), text.clone()))
        .collect(),
        indicator: indicator.map_or_else(|| goal.indicator.clone(), |i| i.name.clone()),
        group: goal.group.clone(),
        base: goal.base.as_ref().map(|base| Figure {
            value: format!("{} {}", l.number(base.value), goal.unit),
            period: base.period.map(|p| p.to_string()).unwrap_or_default(),
            source: match base.published {
                Some(day) => source_words(&base.source, day, l),
                None => base.source.clone(),
            },
            mark: (base.state != kvarter_domain::observation::CellState::Final)
                .then(|| l.t(&format!("cell-state-{}", base.state))),
        }),
        target: goal.target.map(|target| format!("{} {}", l.number(target), goal.unit)).unwrap_or_default(),
        by: goal.by.map(|day| l.day(day)).unwrap_or_default(),
        milestones: goal
            .milestones
            .iter()
            .map(|m| (l.day(m.by), format!("{} {}", l.number(m.value), goal.unit)))
            .collect(),
        owner: goal.owner.clone(),
        judged: shown
            .assessments
            .iter()
            .find(|a| a.goal == goal.id)
            .map(|a| judged(a, l))
            .unwrap_or_default(),
        series: seen
            .iter()
            .map(|o| {
                let source = source_words(&o.source, o.published, l);
                (o.period.to_string(), figure(o.value, o.state, l), source)
            })
            .collect(),
        path: drawing(goal, &seen, l),
        interventions: shown
            .plan
            .interventions_for(&goal.id)
            .map(|i| (i.id.clone(), goal_name(&i.id, &i.title, l)))
            .collect(),
    }
}

/// The goal's way and what has been seen, in a picture 320 wide and 120 high.
fn drawing(goal: &Goal, seen: &[&Observation], l: Words) -> Option<Drawing> {
    let path = goal.path();
    if path.len() < 2 {
        return None;
    }
    let years = |day: jiff::civil::Date| f64::from(day.year()) + f64::from(day.day_of_year()) / 366.0;
    let way: Vec<(f64, f64)> = path.iter().map(|(day, value)| (years(*day), *value)).collect();
    let known: Vec<(f64, f64)> = seen.iter().filter_map(|o| Some((years(o.period.to), o.value?))).collect();
    let all = || way.iter().chain(&known);
    let span = |of: fn(&(f64, f64)) -> f64| {
        let (low, high) =
            all().fold((f64::MAX, f64::MIN), |(low, high), p| (low.min(of(p)), high.max(of(p))));
        (low, if high > low { high } else { low + 1.0 })
    };
    let ((x0, x1), (y0, y1)) = (span(|p| p.0), span(|p| p.1));
    let place = |(x, y): &(f64, f64)| {
        let at = (10.0 + 300.0 * (x - x0) / (x1 - x0), 110.0 - 100.0 * (y - y0) / (y1 - y0));
        (format!("{:.1}", at.0), format!("{:.1}", at.1))
    };
    let line = |points: &[(f64, f64)]| {
        points
            .iter()
            .map(|p| {
                let (x, y) = place(p);
                format!("{x},{y}")
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (first, last) = (path.first()?, path.last()?);
    let words = l.with(
        "plan-path",
        [
            ("from", l.number(first.1).as_str()),
            ("to", &l.number(last.1)),
            ("unit", &goal.unit),
            ("start", &l.day(first.0)),
            ("end", &l.day(last.0)),
        ],
    );
    Some(Drawing { line: line(&way), seen: line(&known), points: way.iter().map(place).collect(), words })
}

fn interventions(shown: &VersionPage, l: Words) -> Vec<InterventionShown> {
    let of = shown.plan.interventions.iter().map(|one| {
        let goals: Vec<String> = one
            .goals
            .iter()
            .filter_map(|id| shown.plan.goal(id))
            .map(|goal| goal_name(&goal.id, &goal.statement, l))
            .collect();
        let days = [one.from, one.to].map(|day| day.map(|day| l.day(day)).unwrap_or_default());
        let facts = [
            ("plan-field-description", one.description.clone()),
            ("plan-field-goals", goals.join("; ")),
            ("plan-field-responsible", one.responsible.clone()),
            ("plan-field-from", days[0].clone()),
            ("plan-field-to", days[1].clone()),
            ("plan-field-output", one.output.clone()),
            ("plan-field-outcome", one.outcome.clone()),
            ("plan-field-budget", one.budget.clone()),
            ("plan-field-learning", one.learning.clone()),
        ];
        InterventionShown {
            id: one.id.clone(),
            name: goal_name(&one.id, &one.title, l),
            facts: facts
                .into_iter()
                .filter(|(_, value)| !value.trim().is_empty())
                .map(|(key, value)| (l.t(key), value))
                .collect(),
        }
    });
    of.collect()
}

/// Where a figure comes from, and when it was published.
fn source_words(source: &str, published: jiff::civil::Date, l: Words) -> String {
    let source = format!("{}.", source.trim_end().trim_end_matches('.'));
    l.with("plan-source", [("source", source.as_str()), ("day", &l.day(published))])
}
