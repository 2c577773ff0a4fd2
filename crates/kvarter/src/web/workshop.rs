//! Planverkstad: a district's plan while it is written. Parts are forms that save themselves; each goal is judged
//! as it is written; comments, tasks and what two people wrote at once stand beside the part they are about.

use askama::Template;
use axum::extract::{Path, State};
use kvarter_domain::ids::AgreementId;
use kvarter_domain::plan::part::{Key, Kind as Part};
use kvarter_domain::plan::rules::Holds;
use kvarter_domain::problem::Problem;
use kvarter_services::plan::{self, Workshop};
use kvarter_services::plan_draft;

use super::error::{OrPage as _, Result};
use super::page::{Frame, show};
use super::plan_part::title;
use super::request::Visit;
use super::{Served, paths};
use crate::judgement::{Judged, judged};
use crate::language::Words;

/// Programme, municipality and district, as addresses name them.
pub(super) type Of = Path<(String, String, String)>;

pub(super) fn agreement_of(programme: &str, municipality: &str) -> AgreementId {
    AgreementId::of(&programme.into(), &municipality.into())
}

/// A part in the overview.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) address: String,
    /// How many shortcomings it has.
    faults: usize,
    /// The five letters, for a goal.
    letters: Vec<Judged>,
    /// Who is there.
    present: Vec<String>,
    /// How many comments wait to be settled.
    comments: usize,
    /// Whether something waits to be settled in it.
    beside: bool,
}

/// One of the mandatory parts, or what surrounds them.
pub(super) struct Section {
    id: String,
    name: String,
    provision: Option<(String, String)>,
    pub(super) lines: Vec<Line>,
    /// What can be added to it: the kind's code.
    add: Option<&'static str>,
    /// Shortcomings of the section as a whole.
    faults: Vec<String>,
    /// Whether nothing is missing.
    whole: bool,
}

/// A version in the list.
struct VersionLine {
    name: String,
    address: String,
    adopted: String,
    compare: Option<String>,
}

/// A task in a list.
pub(super) struct TaskLine {
    pub(super) id: String,
    pub(super) part: String,
    pub(super) part_address: String,
    pub(super) partner: String,
    pub(super) words: String,
    pub(super) last_day: Option<String>,
    pub(super) given: String,
    pub(super) done: Option<String>,
}

#[derive(Template)]
#[template(path = "workshop/overview.html")]
struct Overview {
    frame: Frame,
    l: Words,
    municipality: String,
    sections: Vec<Section>,
    whole: usize,
    hindrances: usize,
    versions: Vec<VersionLine>,
    tasks: Vec<TaskLine>,
    base: String,
    may_adopt: bool,
    token: String,
    present: Vec<String>,
    consultations: Vec<String>,
}

pub(super) async fn opened(
    served: &Served,
    visit: &Visit,
    agreement: &AgreementId,
    district: &str,
) -> Result<Workshop> {
    plan::workshop(&visit.ctx, &served.app, agreement, district).await.or_page(visit)
}

/// The workshop of a district's plan.
pub async fn overview(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district)): Of,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let workshop = opened(&served, &visit, &agreement, &district).await?;
    let l = visit.l;
    let sections = sections(&workshop, l);
    let base = paths::workshop(&agreement, &district);
    let mandatory = workshop.programme.plan.as_ref().map_or(0, |rules| rules.parts.len());
    let versions = workshop.versions.iter().rev().map(|version| {
        let address = paths::plan(&agreement, &district, version.serial);
        VersionLine {
            name: l.with("plan-version-name", [("number", version.serial.to_string().as_str())]),
            compare: (version.serial > 1).then(|| format!("{address}/jamfor/{}", version.serial - 1)),
            adopted: l.day(version.adopted_on),
            address,
        }
    });
    let tasks = workshop.tasks.iter().map(|task| task_line(&workshop, task, l));
    Ok(show(&Overview {
        frame: frame(&visit, l.with("workshop-title", [("district", workshop.district.name.as_str())])),
        l,
        municipality: workshop.municipality.clone(),
        whole: sections.iter().take(mandatory).filter(|section| section.whole).count(),
        sections,
        hindrances: workshop.hindrances.0.len(),
        versions: versions.collect(),
        tasks: tasks.collect(),
        base,
        may_adopt: workshop.may_adopt,
        token: served.app.form_token(),
        present: workshop.present.iter().map(|p| p.person_name.clone()).collect(),
        consultations: workshop.consultations.iter().map(|day| l.day(*day)).collect(),
    }))
}

pub(super) fn frame(visit: &Visit, title: String) -> Frame {
    Frame::new(visit, "nav-plans", title).under(visit.l.t("nav-plans"), "/planer")
}

/// A partner by name.
pub(super) fn partner_name(workshop: &Workshop, id: &str) -> String {
    let partner = workshop.partners.iter().rev().find(|partner| partner.id == id);
    partner.map_or_else(|| id.to_owned(), |partner| partner.name.clone())
}

pub(super) fn task_line(workshop: &Workshop, task: &plan_draft::Task, l: Words) -> TaskLine {
    let key = Key::parse(&task.part);
    TaskLine {
        id: task.id.clone(),
        part: key.map_or(task.part.clone(), |key| title(&workshop.draft.plan, &key, workshop, l)),
        part_address: paths::workshop_part(&workshop.agreement, &workshop.district.code, &task.part),
        partner: partner_name(workshop, &task.partner),
        words: task.words.clone(),
        last_day: task.last_day.map(|day| l.day(day)),
        given: task.given_by.clone(),
        done: task.done_by.clone(),
    }
}

/// The parts of the plan in the ordinance's order, then what surrounds them.
pub(super) fn sections(workshop: &Workshop, l: Words) -> Vec<Section> {
    let mut sections = Vec::new();
    let Some(rules) = &workshop.programme.plan else { return sections };
    let plan = &workshop.draft.plan;
    let found = &workshop.hindrances.0;
    let keys = |kind: Part| -> Vec<Key> {
        let ids: Vec<&String> = match kind {
            Part::Text => Vec::new(),
            Part::Goal => plan.goals.iter().map(|one| &one.id).collect(),
            Part::Intervention => plan.interventions.iter().map(|one| &one.id).collect(),
            Part::Document => plan.documents.iter().map(|one| &one.id).collect(),
            Part::Lesson => plan.lessons.iter().map(|one| &one.id).collect(),
            Part::Allocation => plan.allocations.iter().map(|one| &one.id).collect(),
        };
        ids.into_iter().map(|id| Key::new(kind, id)).collect()
    };
    // What is wrong with the section and with no part of it: its place is the kind alone, or the kind and an area.
    let of_section = |place: &str| -> Vec<String> {
        let own = |p: &&Problem| p.place == place || p.place.starts_with(&format!("{place} "));
        found.iter().filter(own).map(|problem| l.problem(problem)).collect()
    };
    for part in &rules.parts {
        let (add, keys, faults) = match part.holds {
            Holds::Texts => {
                let keys = part.sections.iter().map(|section| Key::new(Part::Text, &section.id));
                (None, keys.collect(), Vec::new())
            }
            Holds::Goals => (Some("goal"), keys(Part::Goal), of_section("goal")),
            Holds::Interventions => {
                (Some("intervention"), keys(Part::Intervention), of_section("intervention"))
            }
        };
        let lines: Vec<Line> = keys.iter().map(|key| line(workshop, key, l)).collect();
        sections.push(Section {
            id: part.id.clone(),
            name: part.name.get(l.0).to_owned(),
            provision: Some((part.provision.at.clone(), part.provision.says.clone())),
            whole: faults.is_empty() && lines.iter().all(|line| line.faults == 0),
            lines,
            add: add.filter(|_| workshop.may_write),
            faults,
        });
    }
    for (kind, provision) in [
        (Part::Document, Some(&rules.regard)),
        (Part::Allocation, None),
        (Part::Lesson, Some(&rules.revision)),
    ] {
        let faults = of_section(kind.code());
        let lines: Vec<Line> = keys(kind).iter().map(|key| line(workshop, key, l)).collect();
        sections.push(Section {
            id: kind.code().to_owned(),
            name: l.t(&format!("part-section-{kind}")),
            provision: provision.map(|p| (p.at.clone(), p.says.clone())),
            whole: faults.is_empty() && lines.iter().all(|line| line.faults == 0),
            lines,
            add: Some(kind.code()).filter(|_| workshop.may_write),
            faults,
        });
    }
    sections
}

/// The problems whose place is in a part, each with the field that it is about.
pub(super) fn faults_of<'a>(workshop: &'a Workshop, key: &Key) -> Vec<(String, &'a Problem)> {
    let part = key.to_string();
    let within = workshop.hindrances.0.iter().filter_map(|problem| {
        let rest = problem.place.strip_prefix(&part)?;
        match rest.strip_prefix(' ') {
            Some(field) => Some((field.replace('.', "_"), problem)),
            None => rest.is_empty().then(|| ("text".to_owned(), problem)),
        }
    });
    within.collect()
}

fn line(workshop: &Workshop, key: &Key, l: Words) -> Line {
    let part = key.to_string();
    let assessment = workshop.assessments.iter().find(|a| key.kind == Part::Goal && a.goal == key.id);
    Line {
        name: title(&workshop.draft.plan, key, workshop, l),
        address: paths::workshop_part(&workshop.agreement, &workshop.district.code, &part),
        faults: faults_of(workshop, key).len(),
        letters: assessment.map(|a| judged(a, l)).unwrap_or_default(),
        present: workshop.present.iter().filter(|p| p.part == part).map(|p| p.person_name.clone()).collect(),
        comments: workshop.comments.iter().filter(|c| c.part == part && c.settled_at.is_none()).count(),
        beside: workshop.beside.iter().any(|edit| edit.part == part),
    }
}
