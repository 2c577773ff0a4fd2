//! Did it work? A panel and a plan become a study.
//!
//! Nothing here opens an installation: an evaluation needs a file and a question. The numbers are
//! `kvarter_evaluation`'s; here the panel is read, what was left out is filled in, the plan is held against the
//! one that was locked, and what was found is put together. The same file and plan give the same study on any
//! machine and any number of threads.

mod asked;
mod code;
mod differences;
mod document;
mod found;
mod judge;
mod lock;
pub mod power;
mod resolve;
pub mod study;
mod synthetic;
mod table;
mod words;

use std::path::Path;

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, deviations};

pub use asked::{Asked, AskedPredictor, Circumstances, KnownBreak, KnownBreakKind, PanelFile, span};
pub use code::{Code, Told, Value};
pub use document::{print, printed};
pub use kvarter_evaluation::plan::{PlannedMethod as Method, PlannedTest as Test};
pub use kvarter_evaluation::verdict::Direction;
pub use lock::{Lock, path_of};
pub use study::Study;
pub use words::{Said, said};

use code::Code as Why;
use resolve::{Resolved, When, covariates, outcome_column, resolve};
use table::{Columns, Marks, Opened, Table};

/// Evaluates: what the arguments ask for, or a plan file, or a plan file with arguments over it.
///
/// # Errors
/// Everything at once that is wrong with arguments, plan or panel. That a method can say nothing of a sound panel
/// is no error: the study says so, and why.
pub fn evaluate(arguments: Asked, plan_file: Option<&Path>) -> Result<Study, Problems> {
    let planned = plan_file.map(Asked::from_file).transpose()?;
    let locked = plan_file.map(lock::read).transpose()?.flatten();
    let asked = planned.clone().unwrap_or_default().with(arguments);
    let (table, marked) = open(&asked)?;
    let resolved = resolve(&asked, &table, marked, When::After)?;
    let plan = compared(&resolved, planned.as_ref(), locked, &table, When::After);
    let mut found = match resolved.plan.method {
        PlannedMethod::Did | PlannedMethod::Cs => differences::evaluate(&table.panel, &resolved.plan),
        _ => synthetic::evaluate(&table.panel, &resolved.plan, asked.intended),
    };
    found.without_overflow();
    if found.estimate.value.is_none() && found.periods_before == 0 {
        count(&mut found, &table.panel, &resolved.plan);
    }
    if !resolved.started_before.is_empty() {
        found.cautions.push(Why::new("started-before").count("count", resolved.started_before.len()));
    }
    let verdict =
        judge::judge(&found, &resolved, &asked.circumstances, plan.locked.then_some(plan.deviations.len()));
    let outcome = resolved.plan.outcome.clone();
    Ok(Study {
        measures: measures(),
        plan,
        panel: panel_read(&asked, &table),
        method: study::Method { name: resolved.plan.method, variant: found.variant, penalty: found.penalty },
        estimate: found.estimate,
        interval: found.interval,
        test: found.test,
        series: found.series,
        fit: found.fit,
        weights: found.weights,
        period_weights: found.period_weights,
        predictor_weights: named(found.predictor_weights, &outcome),
        placebos: found.placebos,
        placebos_refused: found.placebos_refused,
        in_time: found.in_time,
        earlier_starts: found.earlier_starts,
        leave_one_out: found.leave_one_out,
        diagnostics: found.diagnostics,
        detectable: found.detectable,
        event_study: found.event_study,
        cells: found.cells,
        cautions: found.cautions,
        left_out: found.left_out,
        comparison_units: found.comparison_units,
        periods_before: found.periods_before,
        periods_after: found.periods_after,
        circumstances: asked.circumstances,
        verdict,
    })
}

/// Where the method refused at once: what the plan and the panel have all the same.
fn count(found: &mut found::Found, panel: &kvarter_evaluation::panel::Panel, plan: &LockedPlan) {
    let (from, to) = plan.window;
    let inside = panel.periods().iter().filter(|period| (from..=to).contains(*period));
    found.periods_before = inside.clone().filter(|period| **period < plan.start).count();
    found.periods_after = inside.count() - found.periods_before;
    let may = |unit: &&String| {
        !plan.treated.contains(unit)
            && !plan.excluded.contains(unit)
            && plan.donors.as_ref().is_none_or(|donors| donors.contains(unit))
    };
    found.comparison_units = panel.units().iter().filter(may).count();
}

/// Locks a plan: fixes its content and digest beside its file. The panel is read only for what the plan leaves
/// out, and need not reach the start yet.
///
/// # Errors
/// Everything that is wrong with the plan or its panel; a plan that is locked already, otherwise than now.
pub fn lock_plan(plan_file: &Path) -> Result<Lock, Problems> {
    let asked = Asked::from_file(plan_file)?;
    if asked.intended.is_none() {
        return Err(Problem::new("evaluation-intended-missing", plan_file.display().to_string()).into());
    }
    let (table, marked) = open(&asked)?;
    // The best time to lock is before there is anything to see: the start may lie after the panel's last period,
    // if the plan says until when it will be followed.
    let ahead =
        asked.start.is_some_and(|start| table.panel.periods().last().is_some_and(|last| start > *last));
    let when = if ahead { When::Before } else { When::After };
    let resolved = resolve(&asked, &table, marked, when)?;
    resolve::sound(&resolved.plan)?;
    lock::write(plan_file, &resolved.plan)
}

/// Reads the panel that is asked about, and tells whether a column of it says who was treated.
fn open(asked: &Asked) -> Result<(Table, bool), Problems> {
    let mut problems = Problems::none();
    let mut need = |there: bool, code: &str, argument: &str| {
        problems.add_if(!there, || Problem::new(code, argument));
    };
    let panel = &asked.panel;
    need(panel.file.is_some(), "evaluation-panel-missing", "--panel");
    need(panel.unit.is_some(), "evaluation-unit-column-missing", "--unit");
    need(panel.time.is_some(), "evaluation-time-missing", "--time");
    need(outcome_column(asked).is_some(), "evaluation-outcome-missing", "--outcome");
    need(asked.method.is_some(), "evaluation-method-missing", "--method");
    need(asked.treated.is_some() || panel.cohort.is_some(), "evaluation-treated-missing", "--treated");
    let both = asked.treated.is_some() && panel.cohort.is_some();
    problems.add_if(both, || Problem::new("evaluation-treated-and-cohort", "--cohort"));
    problems.clone().or(())?;
    let (Some(file), Some(unit), Some(time), Some(outcome)) =
        (&panel.file, &panel.unit, &panel.time, outcome_column(asked))
    else {
        return Err(problems);
    };
    let opened = Opened::open(file)?;
    let marks = match (&panel.cohort, asked.treated.as_deref()) {
        (Some(cohort), _) => Some(Marks::Cohort(cohort.clone())),
        (None, Some([one])) if opened.has(one) => Some(Marks::Treated(one.clone())),
        _ => None,
    };
    let marked = marks.is_some();
    let columns = Columns {
        unit: unit.clone(),
        time: time.clone(),
        outcome: outcome.clone(),
        covariates: covariates(asked),
        marks,
    };
    Ok((opened.read(&columns)?, marked))
}

/// What was done, held against what was planned.
fn compared(
    resolved: &Resolved,
    planned: Option<&Asked>,
    locked: Option<Lock>,
    table: &Table,
    when: When,
) -> study::Plan {
    let done = &resolved.plan;
    let expected = planned.and_then(|asked| asked.digest.clone());
    // A plan file that is not locked is what was meant all the same.
    let meant: Option<LockedPlan> = match (&locked, planned) {
        (Some(lock), _) => Some(lock.plan.clone()),
        (None, Some(asked)) => {
            let marked = asked.panel.cohort.is_some()
                || asked
                    .treated
                    .as_ref()
                    .is_some_and(|named| named.len() == 1 && table.panel.unit(&named[0]).is_none());
            resolve(asked, table, marked, when).ok().map(|resolved| resolved.plan)
        }
        (None, None) => None,
    };
    let mut told: Vec<study::Deviation> = Vec::new();
    let locked_digest = locked.as_ref().map(|lock| lock.digest.clone()).or_else(|| expected.clone());
    if let Some(expected) = &expected {
        let now = locked.as_ref().map(|lock| lock.digest.clone()).or(meant.as_ref().map(LockedPlan::digest));
        if now.as_ref() != Some(expected) {
            told.push(study::Deviation {
                field: "digest".to_owned(),
                planned: expected.clone(),
                done: now.unwrap_or_default(),
            });
        }
    }
    told.extend(meant.iter().flat_map(|meant| deviations(meant, done)).map(|one| study::Deviation {
        field: one.field.to_owned(),
        planned: one.planned,
        done: one.done,
    }));
    study::Plan {
        done: done.clone(),
        intended_said: resolved.intended_said,
        digest: done.digest(),
        locked: locked_digest.is_some(),
        locked_digest,
        deviations: told,
    }
}

/// What was read, for whoever wants to know what the numbers come from.
fn panel_read(asked: &Asked, table: &Table) -> study::PanelRead {
    let panel = &table.panel;
    let periods = panel.periods();
    study::PanelRead {
        file: file_name(asked),
        digest: table.digest.clone(),
        rows: table.rows,
        units: panel.units().len(),
        periods: periods.len(),
        span: (periods[0], periods[periods.len() - 1]),
        missing: panel.units().len() * periods.len() - panel.outcome().present_count(),
    }
}

fn file_name(asked: &Asked) -> String {
    let name = asked.panel.file.as_ref().and_then(|file| file.file_name());
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A predictor that is the outcome itself is called as the outcome is.
fn named(weights: Vec<(String, f64)>, outcome: &str) -> Vec<(String, f64)> {
    let name = |name: String| if name.starts_with(':') { format!("{outcome}{name}") } else { name };
    weights.into_iter().map(|(predictor, weight)| (name(predictor), weight)).collect()
}

/// What each kind of number is measured in: `outcome` is the outcome's own unit, `share` is of one.
fn measures() -> std::collections::BTreeMap<&'static str, &'static str> {
    [
        ("estimate", "outcome"),
        ("interval", "outcome"),
        ("standard_error", "outcome"),
        ("series", "outcome"),
        ("rmspe_before", "outcome"),
        ("rmspe_after", "outcome"),
        ("gaps", "outcome"),
        ("effect", "outcome"),
        ("hull_distance", "outcome"),
        ("relative", "share-of-spread-between-donors"),
        ("relative_hull_distance", "share-of-spread-between-donors"),
        ("ratio", "rmspe-after-over-before"),
        ("p_value", "probability"),
        ("least_p_value", "probability"),
        ("one_sided", "probability"),
        ("level", "probability"),
        ("alpha", "probability"),
        ("power", "probability"),
        ("weight", "share"),
        ("period_weights", "share"),
        ("predictor_weights", "share"),
        ("distance", "periods-since-start"),
    ]
    .into()
}
