//! From what is asked to what will be done: every gap filled from the panel or by the method's own choice, and
//! everything that cannot be told at once.

use std::collections::{BTreeMap, BTreeSet};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::did::FEW_TREATED_CLUSTERS;
use kvarter_evaluation::panel::Panel;
use kvarter_evaluation::plan::{LockedPlan, PlanProblem, PlannedMethod, PlannedPredictor, PlannedTest};
use kvarter_evaluation::verdict::Direction;

use super::asked::Asked;
use super::table::Table;

/// When the question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Before the start, which may lie after the panel's last period.
    Before,
    /// When there are results.
    After,
}

/// What will be done.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub(super) plan: LockedPlan,
    /// Whether the direction was said.
    pub(super) intended_said: bool,
    /// Units that had started before the panel begins: they can neither be evaluated nor compared with.
    pub(super) started_before: Vec<String>,
}

/// The column of the outcome.
pub(super) fn outcome_column(asked: &Asked) -> Option<&String> {
    asked.panel.outcome.as_ref().or(asked.outcome.as_ref())
}

/// The columns with covariates: predictors that are not the outcome itself.
pub(super) fn covariates(asked: &Asked) -> Vec<String> {
    let own = outcome_column(asked);
    let named = asked.predictors.iter().flatten().filter_map(|one| one.covariate.as_ref());
    named.filter(|name| Some(*name) != own).cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn is_synthetic(method: PlannedMethod) -> bool {
    !matches!(method, PlannedMethod::Did | PlannedMethod::Cs)
}

/// Fills in what was left out.
pub(super) fn resolve(asked: &Asked, table: &Table, marked: bool, when: When) -> Result<Resolved, Problems> {
    let mut problems = Problems::none();
    let panel = &table.panel;
    let mut asked = asked.clone();
    for names in [&mut asked.treated, &mut asked.donors, &mut asked.excluded].into_iter().flatten() {
        *names = rejoined(names, panel);
    }
    let asked = &asked;
    let (first, last) = (panel.periods()[0], panel.periods()[panel.periods().len() - 1]);
    let window = asked.window.unwrap_or((first, last));
    let (mut starts, started_before) = starts(asked, table, marked, when, &mut problems);
    let start = starts.values().copied().min().or(asked.start).unwrap_or(0);
    starts.retain(|_, own| *own != start);
    let mut excluded = asked.excluded.clone().unwrap_or_default();
    excluded.extend(started_before.iter().cloned());
    let treated = treated(asked, table, marked, when, &started_before);
    for (units, argument) in [
        (Some(&treated), "--treated"),
        (asked.donors.as_ref(), "--donors"),
        (asked.excluded.as_ref(), "--exclude"),
    ] {
        for unit in units.into_iter().flatten().filter(|unit| panel.unit(unit).is_none()) {
            problems.add(
                Problem::new("evaluation-unit-unknown", argument)
                    .with("unit", unit)
                    .with("known", near(panel.units(), unit)),
            );
        }
    }
    if treated.is_empty() && problems.is_empty() {
        problems.add(Problem::new("evaluation-nobody-treated", "--treated"));
    }
    if !treated.is_empty() && problems.is_empty() && (start <= first || start > final_start(when, last)) {
        problems.add(
            Problem::new("evaluation-start-outside", "--start")
                .with("start", start)
                .with("from", first)
                .with("to", last),
        );
    }
    let Some(method) = asked.method else {
        problems.add(Problem::new("evaluation-method-missing", "--method"));
        return Err(problems);
    };
    let untreated = panel.units().len().saturating_sub(treated.len() + excluded.len());
    let test = asked.test.unwrap_or(match method {
        PlannedMethod::Did | PlannedMethod::Cs
            if treated.len() >= FEW_TREATED_CLUSTERS && untreated >= FEW_TREATED_CLUSTERS =>
        {
            PlannedTest::StandardError
        }
        _ => PlannedTest::Space,
    });
    let predictors = predictors(asked, window, start, method);
    unfit(asked, method, test, !starts.is_empty(), !predictors.is_empty(), &mut problems);
    let plan = LockedPlan {
        outcome: asked.outcome.clone().or(asked.panel.outcome.clone()).unwrap_or_default(),
        intended: asked.intended.unwrap_or(Direction::Increase),
        relevant: asked.relevant,
        treated,
        start,
        starts,
        window,
        donors: asked.donors.clone(),
        excluded,
        nearest: asked.nearest,
        method,
        predictors,
        test,
        alpha: asked.alpha.unwrap_or(0.05),
        seed: asked.seed.unwrap_or(0),
    };
    if problems.is_empty() {
        let wrong = |problem: &&PlanProblem| match problem {
            PlanProblem::StartOutsideWindow { start, .. } => when == When::After || *start <= window.0,
            PlanProblem::StartOfNobody { unit, start } => {
                when == When::After || *start <= window.0 || !plan.treated.contains(unit)
            }
            _ => true,
        };
        problems.0.extend(plan.problems().iter().filter(wrong).map(told));
    }
    problems.or(Resolved { plan, intended_said: asked.intended.is_some(), started_before })
}

/// Whether everything in a plan goes together, whatever panel there is.
pub(super) fn sound(plan: &LockedPlan) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.0.extend(plan.problems().iter().map(told));
    problems.or(())
}

/// The treated units and their starts, and who had started before the panel begins.
fn starts(
    asked: &Asked,
    table: &Table,
    marked: bool,
    when: When,
    problems: &mut Problems,
) -> (BTreeMap<String, i64>, Vec<String>) {
    let cohort = asked.panel.cohort.is_some();
    let mut found = BTreeMap::new();
    let mut before = Vec::new();
    if !marked {
        match (asked.start, asked.treated.is_some()) {
            (None, _) => problems.add(Problem::new("evaluation-start-missing", "--start")),
            (Some(start), _) => {
                for unit in asked.treated.iter().flatten() {
                    found.insert(unit.clone(), asked.starts.get(unit).copied().unwrap_or(start));
                }
            }
        }
        return (found, before);
    }
    if cohort && asked.start.is_some() {
        problems.add(Problem::new("evaluation-start-beside-cohort", "--start"));
    }
    let periods = table.panel.periods();
    let (first, last) = (periods[0], final_start(when, periods[periods.len() - 1]));
    for (unit, start) in &table.marked {
        let Some(start) = start.or(asked.start) else {
            problems.add(Problem::new("evaluation-start-missing", "--start"));
            break;
        };
        if !cohort && asked.start.is_some_and(|said| said != start) {
            problems.add(
                Problem::new("evaluation-start-differs", "--start")
                    .with("unit", unit)
                    .with("start", asked.start.unwrap_or(0))
                    .with("seen", start),
            );
            break;
        }
        if cohort && start <= first {
            before.push(unit.clone());
        } else if !(cohort && start > last) {
            found.insert(unit.clone(), start);
        }
    }
    (found, before)
}

/// The names of units that were written with commas between them, where a name may have commas of its own: what
/// names nobody by itself is joined with what follows, if that names somebody.
fn rejoined(names: &[String], panel: &Panel) -> Vec<String> {
    const PARTS_MAX: usize = 8;
    let mut whole = Vec::with_capacity(names.len());
    let mut at = 0;
    while at < names.len() {
        let taken = if panel.unit(&names[at]).is_some() {
            None
        } else {
            (2..=PARTS_MAX.min(names.len() - at)).find_map(|parts| {
                let joined = [", ", ","].map(|between| names[at..at + parts].join(between));
                joined.into_iter().find(|name| panel.unit(name).is_some()).map(|name| (parts, name))
            })
        };
        let (parts, name) = taken.unwrap_or_else(|| (1, names[at].clone()));
        whole.push(name);
        at += parts;
    }
    whole
}

/// The last period that may be a start.
fn final_start(when: When, last: i64) -> i64 {
    if when == When::Before { i64::MAX } else { last }
}

fn treated(asked: &Asked, table: &Table, marked: bool, when: When, before: &[String]) -> Vec<String> {
    if !marked {
        return asked.treated.clone().unwrap_or_default();
    }
    let last = final_start(when, table.panel.periods()[table.panel.periods().len() - 1]);
    let cohort = asked.panel.cohort.is_some();
    let within = |(unit, start): &&(String, Option<i64>)| {
        let not_yet = cohort && start.is_some_and(|start| start > last);
        !(before.contains(unit) || not_yet)
    };
    table.marked.iter().filter(within).map(|(unit, _)| unit.clone()).collect()
}

/// Predictors with their periods. Those of difference-in-differences have none of their own: for them the periods
/// before the start stand in the plan.
fn predictors(asked: &Asked, window: (i64, i64), start: i64, method: PlannedMethod) -> Vec<PlannedPredictor> {
    let own = outcome_column(asked);
    let each = asked.predictors.iter().flatten().map(|one| PlannedPredictor {
        covariate: one.covariate.clone().filter(|name| Some(name) != own || !is_synthetic(method)),
        from: one.from.unwrap_or(window.0),
        to: one.to.unwrap_or(start - 1),
    });
    each.collect()
}

/// What does not go together.
fn unfit(
    asked: &Asked,
    method: PlannedMethod,
    test: PlannedTest,
    several_starts: bool,
    adjusted: bool,
    problems: &mut Problems,
) {
    let name = name(method);
    if several_starts && is_synthetic(method) {
        problems.add(Problem::new("evaluation-several-starts", "--method").with("method", name));
    }
    if adjusted && matches!(method, PlannedMethod::PenalisedSc | PlannedMethod::Asc | PlannedMethod::Sdid) {
        problems.add(Problem::new("evaluation-covariates-not-used", "--covariates").with("method", name));
    }
    if !is_synthetic(method) {
        let own = outcome_column(asked);
        for one in asked.predictors.iter().flatten() {
            if one.from.is_some() || one.to.is_some() {
                problems
                    .add(Problem::new("evaluation-covariate-periods", "--covariates").with("method", name));
            }
            if one.covariate.is_none() || one.covariate.as_ref() == own {
                problems.add(Problem::new("evaluation-covariate-is-outcome", "--covariates"));
            }
        }
        if asked.nearest.is_some() {
            problems.add(Problem::new("evaluation-nearest-not-used", "--nearest").with("method", name));
        }
        if adjusted && test == PlannedTest::Space {
            problems.add(Problem::new("evaluation-placebo-without-covariates", "--placebo"));
        }
    }
    let fits = match test {
        PlannedTest::Space => true,
        PlannedTest::Time | PlannedTest::Conformal => is_synthetic(method),
        PlannedTest::StandardError => {
            matches!(method, PlannedMethod::Did | PlannedMethod::Cs | PlannedMethod::Sdid)
        }
    };
    if !fits {
        let test = test_name(test);
        problems.add(
            Problem::new("evaluation-test-not-of-method", "--placebo")
                .with("method", name)
                .with("test", test),
        );
    }
}

fn told(problem: &PlanProblem) -> Problem {
    match problem {
        PlanProblem::NoOutcome => Problem::new("evaluation-outcome-missing", "--outcome"),
        PlanProblem::NobodyTreated => Problem::new("evaluation-nobody-treated", "--treated"),
        PlanProblem::StartOutsideWindow { start, from, to } => {
            Problem::new("evaluation-start-outside", "--window")
                .with("start", start)
                .with("from", from)
                .with("to", to)
        }
        PlanProblem::StartOfNobody { unit, start } => {
            Problem::new("evaluation-start-of-nobody", "starts").with("unit", unit).with("start", start)
        }
        PlanProblem::TreatedIsDonor { unit } => {
            Problem::new("evaluation-treated-is-donor", "--donors").with("unit", unit)
        }
        PlanProblem::DonorExcluded { unit } => {
            Problem::new("evaluation-donor-excluded", "--exclude").with("unit", unit)
        }
        PlanProblem::PredictorNotBefore { predictor } => {
            Problem::new("evaluation-predictor-not-before", "--covariates").with("number", predictor + 1)
        }
        PlanProblem::BadNumber { name } => {
            Problem::new("evaluation-bad-number", format!("--{name}")).with("name", name)
        }
    }
}

/// A few units whose names are like the one that is not there.
fn near(units: &[String], wanted: &str) -> String {
    let wanted = wanted.to_lowercase();
    let start: String = wanted.chars().take(3).collect();
    let alike = units.iter().filter(|unit| unit.to_lowercase().contains(&start) && !start.is_empty());
    let mut known: Vec<&str> = alike.take(5).map(String::as_str).collect();
    if known.is_empty() {
        known = units.iter().take(5).map(String::as_str).collect();
    }
    known.join(", ")
}

/// A method's name in plans and at the terminal.
pub(super) fn name(method: PlannedMethod) -> &'static str {
    match method {
        PlannedMethod::Sc => "sc",
        PlannedMethod::PenalisedSc => "penalised-sc",
        PlannedMethod::Asc => "asc",
        PlannedMethod::Sdid => "sdid",
        PlannedMethod::Did => "did",
        PlannedMethod::Cs => "cs",
    }
}

/// A test's name in plans and at the terminal.
pub(super) fn test_name(test: PlannedTest) -> &'static str {
    match test {
        PlannedTest::Space => "space",
        PlannedTest::Time => "time",
        PlannedTest::Conformal => "conformal",
        PlannedTest::StandardError => "standard-error",
    }
}
