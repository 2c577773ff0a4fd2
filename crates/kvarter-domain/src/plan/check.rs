//! Whether a plan can be adopted: everything that is missing or cannot be right, with the words it rests on.
//!
//! ”En strategisk stadsdelsplan ska innehålla …” (SFS 2008:348, 8 §). A draft may lack anything and is told so; a
//! plan that the partnership adopts lacks nothing.

use super::Plan;
use super::difference::difference;
use super::rules::{Holds, Level, PlanRules};
use super::smart::{Assessment, Outcome};
use crate::problem::{Problem, Problems};
use crate::programme::TargetArea;
use crate::time::Period;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The most characters of one field of a plan.
pub const TEXT_MAX: usize = 20_000;
/// The most goals of one plan.
pub const GOALS_MAX: usize = 200;
/// The most interventions of one plan.
pub const INTERVENTIONS_MAX: usize = 2_000;
/// A reason that accepts a shortcoming says at least this much.
const REASON_MIN: usize = 15;

/// What a plan is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// What the programme says of plans.
    pub rules: &'a PlanRules,
    /// The programme's target areas.
    pub areas: &'a [TargetArea],
    /// The agreement's period.
    pub period: Period,
    /// The district that the plan is for.
    pub district: &'a str,
    /// The codes of the agreement's districts.
    pub districts: &'a [String],
    /// The version before, with the day it was adopted, if there is one.
    pub previous: Option<(&'a Plan, Date)>,
    /// The days on which residents of the district were consulted on the plan.
    pub consultations: &'a [Date],
    /// Each goal judged.
    pub assessments: &'a [Assessment],
}

/// What is missing or cannot be right in a draft, apart from the goals' criteria.
pub fn shortcomings(plan: &Plan, of: &Circumstances<'_>) -> Problems {
    let mut problems = Problems::none();
    parts(plan, of, &mut problems);
    goals(plan, of, &mut problems);
    interventions(plan, of, &mut problems);
    surroundings(plan, of, &mut problems);
    sizes(plan, &mut problems);
    problems
}

/// What stands in the way of adopting a plan on a day: its shortcomings, goals that fall short of what binds,
/// residents who were not consulted, a revision that says nothing.
///
/// `unchanged` is the reason for saying that the plan is revised without change.
///
/// # Errors
/// Everything, at once.
pub fn adoptable(
    plan: &Plan,
    of: &Circumstances<'_>,
    adopted_on: Date,
    unchanged: Option<&str>,
) -> Result<(), Problems> {
    let mut problems = shortcomings(plan, of);
    criteria(of, &mut problems);
    consultation(of, adopted_on, &mut problems);
    revision(plan, of, unchanged, &mut problems);
    problems.or(())
}

fn parts(plan: &Plan, of: &Circumstances<'_>, problems: &mut Problems) {
    for (part, section) in of.rules.sections() {
        problems.add_if(plan.text(&section.id).trim().is_empty(), || {
            Problem::new("plan-part-missing", format!("text/{}", section.id))
                .resting_on(&part.provision.at)
                .with("part", &part.name.sv)
                .with("part_en", &part.name.en)
                .with("section", &section.name.sv)
                .with("section_en", &section.name.en)
        });
    }
    if let Some(part) = of.rules.holding(Holds::Goals) {
        for area in of.areas {
            problems.add_if(plan.goals_in(&area.id).next().is_none(), || {
                Problem::new("plan-area-without-goal", format!("goal {}", area.id))
                    .resting_on(&part.provision.at)
                    .with("area", &area.name.sv)
                    .with("area_en", &area.name.en)
            });
        }
    }
    if let Some(part) = of.rules.holding(Holds::Interventions) {
        problems.add_if(plan.interventions.is_empty(), || {
            Problem::new("plan-without-interventions", "intervention").resting_on(&part.provision.at)
        });
    }
}

fn goals(plan: &Plan, of: &Circumstances<'_>, problems: &mut Problems) {
    let at = of.rules.holding(Holds::Goals).map_or("4", |part| part.provision.at.as_str());
    let mut ids = BTreeSet::new();
    for goal in &plan.goals {
        let about = |code: &str, field: &str| {
            Problem::new(code, format!("goal/{} {field}", goal.id))
                .resting_on(at)
                .with("goal", &goal.id)
                .with("statement", &goal.statement)
        };
        problems.add_if(!ids.insert(&goal.id), || about("goal-twice", "id"));
        if goal.area.is_empty() {
            problems.add(about("goal-without-area", "area"));
        } else if !of.areas.iter().any(|area| area.id == goal.area) {
            problems.add(about("goal-area-unknown", "area").with("area", &goal.area));
        }
        problems.add_if(goal.statement.trim().is_empty(), || about("goal-without-words", "statement"));
        problems.add_if(goal.problem.trim().is_empty(), || about("goal-without-problem", "problem"));
        problems.add_if(goal.owner.trim().is_empty(), || about("goal-without-owner", "owner"));
        // ”…med utgångspunkt i nationella och kommunala mål” (§ 4)
        for (field, text) in
            [("national_goal", &goal.national_goal), ("municipal_goal", &goal.municipal_goal)]
        {
            problems.add_if(text.trim().is_empty(), || about("goal-without-origin", field).resting_on("4"));
        }
        if let Some(base) = &goal.base {
            problems
                .add_if(base.source.trim().is_empty(), || about("base-value-without-source", "base.source"));
            problems.add_if(base.period.is_none(), || about("base-value-without-period", "base.period"));
            problems.add_if(!base.value.is_finite(), || about("number-impossible", "base.value"));
        }
        if let Some(by) = goal.by.filter(|by| !of.period.contains(*by)) {
            problems.add(
                about("goal-day-outside-period", "by")
                    .with("day", by)
                    .with("from", of.period.from)
                    .with("to", of.period.to),
            );
        }
        problems.add_if(plan.interventions_for(&goal.id).next().is_none(), || {
            about("goal-without-intervention", "interventions")
        });
        for (criterion, reason) in &goal.overrides {
            let said = reason.trim();
            problems.add_if(!said.is_empty() && said.chars().count() < REASON_MIN, || {
                about("override-says-nothing", criterion).with("criterion", criterion)
            });
        }
    }
}

fn interventions(plan: &Plan, of: &Circumstances<'_>, problems: &mut Problems) {
    let at = of.rules.holding(Holds::Interventions).map_or("4", |part| part.provision.at.as_str());
    let goals: BTreeSet<&str> = plan.goals.iter().map(|goal| goal.id.as_str()).collect();
    let mut ids = BTreeSet::new();
    for one in &plan.interventions {
        let about = |code: &str, field: &str| {
            Problem::new(code, format!("intervention/{} {field}", one.id))
                .resting_on(at)
                .with("intervention", &one.id)
                .with("title", &one.title)
        };
        problems.add_if(!ids.insert(&one.id), || about("intervention-twice", "id"));
        problems.add_if(one.title.trim().is_empty(), || about("intervention-without-title", "title"));
        problems.add_if(one.goals.is_empty(), || about("intervention-without-goal", "goals"));
        for goal in one.goals.iter().filter(|goal| !goals.contains(goal.as_str())) {
            problems.add(about("intervention-for-no-goal", "goals").with("goal", goal));
        }
        // ”Parternas gemensamma utvecklingsarbete ska riktas mot … stadsdelar” (§ 2)
        if !of.districts.contains(&one.district) {
            let outside = about("intervention-outside-agreement", "district").resting_on("2");
            problems.add(outside.with("district", &one.district));
        } else if one.district != of.district {
            let elsewhere = about("intervention-in-other-district", "district").resting_on("2");
            problems.add(elsewhere.with("district", &one.district));
        }
        for (field, text) in
            [("responsible", &one.responsible), ("output", &one.output), ("outcome", &one.outcome)]
        {
            problems
                .add_if(text.trim().is_empty(), || about("intervention-lacks", field).with("field", field));
        }
        // ”…inom ramen för de budget- och styrningsprocesser som gäller för respektive part” (§ 1)
        problems.add_if(one.budget.trim().is_empty(), || {
            about("intervention-without-budget", "budget").resting_on("1")
        });
        problems.add_if(one.from.zip(one.to).is_some_and(|(from, to)| to < from), || {
            about("intervention-ends-before-it-begins", "to")
        });
        problems.add_if(one.from.is_none(), || about("intervention-lacks", "from").with("field", "from"));
        if let Some(from) = one.from.filter(|from| *from > of.period.to) {
            problems
                .add(about("intervention-after-period", "from").with("day", from).with("to", of.period.to));
        }
    }
}

fn surroundings(plan: &Plan, of: &Circumstances<'_>, problems: &mut Problems) {
    problems.add_if(plan.documents.is_empty(), || {
        Problem::new("plan-without-documents", "document").resting_on(&of.rules.regard.at)
    });
    for document in &plan.documents {
        for (field, text) in [("title", &document.title), ("regard", &document.regard)] {
            problems.add_if(text.trim().is_empty(), || {
                Problem::new("document-lacks", format!("document/{} {field}", document.id))
                    .resting_on(&of.rules.regard.at)
                    .with("document", &document.id)
                    .with("field", field)
            });
        }
    }
    for lesson in &plan.lessons {
        for (field, text) in
            [("learned", &lesson.learned), ("source", &lesson.source), ("changed", &lesson.changed)]
        {
            problems.add_if(text.trim().is_empty(), || {
                Problem::new("lesson-lacks", format!("lesson/{} {field}", lesson.id))
                    .resting_on(&of.rules.revision.at)
                    .with("lesson", &lesson.id)
                    .with("field", field)
            });
        }
    }
    for allocation in &plan.allocations {
        let year = allocation.year.filter(|year| (1900..=2999).contains(year));
        problems.add_if(year.is_none(), || {
            Problem::new("allocation-without-year", format!("allocation/{} year", allocation.id))
                .resting_on("4")
                .with("allocation", &allocation.id)
        });
        problems.add_if(allocation.statement.trim().is_empty(), || {
            Problem::new("allocation-says-nothing", format!("allocation/{} statement", allocation.id))
                .resting_on("4")
                .with("allocation", &allocation.id)
        });
    }
    // ”Kommunen tar vid resursfördelning hänsyn till varje i avtalet angiven stadsdel” (§ 4)
    problems.add_if(plan.allocations.is_empty(), || {
        Problem::new("plan-without-allocation", "allocation").resting_on("4")
    });
}

fn sizes(plan: &Plan, problems: &mut Problems) {
    problems.add_if(plan.goals.len() > GOALS_MAX, || {
        Problem::new("plan-too-many", "goal").with("kind", "goal").with("max", GOALS_MAX)
    });
    problems.add_if(plan.interventions.len() > INTERVENTIONS_MAX, || {
        Problem::new("plan-too-many", "intervention")
            .with("kind", "intervention")
            .with("max", INTERVENTIONS_MAX)
    });
    for (section, text) in &plan.texts {
        let length = text.chars().count();
        problems.add_if(length > TEXT_MAX, || {
            Problem::new("text-too-long", format!("text/{section}"))
                .with("length", length)
                .with("max", TEXT_MAX)
        });
    }
}

/// Goals that fall short of what binds: an error, or a warning without a reason.
fn criteria(of: &Circumstances<'_>, problems: &mut Problems) {
    for assessment in of.assessments {
        for check in assessment.checks.iter().filter(|check| check.stands_in_the_way()) {
            let code = match (check.level, check.outcome) {
                (Level::Error, _) => "goal-not-followable",
                (_, Outcome::CannotTell) => "goal-criterion-unknown",
                _ => "goal-criterion-missed",
            };
            problems.add(
                Problem::new(code, format!("goal/{} {}", assessment.goal, check.criterion))
                    .resting_on(&of.rules.smart.provision.at)
                    .with("goal", &assessment.goal)
                    .with("criterion", check.criterion)
                    .with("letter", check.criterion.letter()),
            );
        }
    }
}

/// ”…ska tas fram i samråd med stadsdelarnas invånare” (SFS 2008:348, 6 §)
///
/// Reading: for each version anew; the consultation lies after the version before was adopted, and on the day of
/// adoption at the latest.
fn consultation(of: &Circumstances<'_>, adopted_on: Date, problems: &mut Problems) {
    let since = of.previous.map(|(_, day)| day);
    let heard =
        of.consultations.iter().any(|day| *day <= adopted_on && since.is_none_or(|since| *day > since));
    problems.add_if(!heard, || {
        Problem::new("plan-without-consultation", "consultation")
            .resting_on(&of.rules.consultation.at)
            .with("since", since.map(|day| day.to_string()).unwrap_or_default())
    });
}

/// ”…årligen revideras utifrån de erfarenheter och kunskaper som finns” (SFS 2008:348, 9 §)
///
/// Reading: what changed says what was learned, and what did not change says so.
fn revision(plan: &Plan, of: &Circumstances<'_>, unchanged: Option<&str>, problems: &mut Problems) {
    let Some((previous, _)) = of.previous else {
        problems.add_if(unchanged.is_some(), || {
            Problem::new("first-version-unchanged", "unchanged").resting_on(&of.rules.revision.at)
        });
        return;
    };
    // The lessons are about the revision; they are not themselves what is revised.
    let strip = |plan: &Plan| Plan { lessons: Vec::new(), ..plan.clone() };
    let same = difference(&strip(previous), &strip(plan)).is_empty();
    match (same, unchanged.map(str::trim).filter(|reason| !reason.is_empty())) {
        (true, None) => {
            problems
                .add(Problem::new("revised-without-change", "unchanged").resting_on(&of.rules.revision.at));
        }
        (false, Some(_)) => {
            problems
                .add(Problem::new("changed-yet-unchanged", "unchanged").resting_on(&of.rules.revision.at));
        }
        (false, None) => problems.add_if(plan.lessons == previous.lessons || plan.lessons.is_empty(), || {
            Problem::new("revision-without-lesson", "lesson").resting_on(&of.rules.revision.at)
        }),
        (true, Some(_)) => {}
    }
}
