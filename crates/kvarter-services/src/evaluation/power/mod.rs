//! What could be found at all? Asked before the intervention, of the periods before it.
//!
//! Effects of known size are added to untreated areas in periods where nothing happened, and the plan's own method
//! and test look for them. The panel's last periods before the start stand in for those after it; nothing from the
//! start on is read.

mod foresight;
mod planned;
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use kvarter_domain::problem::{Problem, Problems};
use kvarter_evaluation::panel::Panel;
use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, PlannedTest};
use kvarter_evaluation::power::{self, Curve, Point};
use kvarter_evaluation::verdict::Direction;

use super::asked::Asked;
use super::code::{Code, Told};
use super::differences::DRAWS as ASSIGNMENTS;
use super::resolve::{Resolved, When, name, resolve};
use super::study::{PanelRead, Plan};
use super::synthetic::POWER;
use planned::Planned;

pub use foresight::{Detectable, Foresight, Relevant, Tried};
pub use words::said;

/// Fewer periods before the start than this tell nothing of what is usual.
const BEFORE_MIN: usize = 4;
/// A design needs as many before its start.
const BEFORE_TRIAL_MIN: usize = 2;
/// Draws, and the fits that they may take together.
const TRIALS: (usize, usize, usize) = (100, 500, 40_000);
/// Sizes tried first, as powers of two of what areas differ by anyhow.
const COARSE: std::ops::RangeInclusive<i32> = -8..=6;
/// Sizes tried then, as shares of what was found.
const FINE: [f64; 10] = [0.25, 0.5, 0.7, 0.85, 0.95, 1.05, 1.15, 1.3, 1.6, 2.0];

/// Tries the plan that arguments and plan file give on the periods before its start, with as many `after` the start
/// as are said.
///
/// # Errors
/// Everything that is wrong with arguments, plan or panel; a panel that is too small to try anything on; a plan whose
/// starts differ or whose estimates are adjusted, which cannot be tried.
pub fn foresee(
    arguments: Asked,
    plan_file: Option<&Path>,
    after: Option<u32>,
) -> Result<Foresight, Problems> {
    let planned = plan_file.map(Asked::from_file).transpose()?;
    let locked = plan_file.map(super::lock::read).transpose()?.flatten();
    let asked = planned.clone().unwrap_or_default().with(arguments);
    let (table, marked) = super::open(&asked)?;
    let resolved = resolve(&asked, &table, marked, When::Before)?;
    let compared = super::compared(&resolved, planned.as_ref(), locked, &table, When::Before);
    let history = History::new(&table.panel, &resolved.plan, asked.window, after)?;
    let panel = super::panel_read(&asked, &table);
    Ok(history.tried(&resolved, compared, panel))
}

/// Complete areas in the periods before the start: those that will be treated first.
struct History {
    values: Vec<f64>,
    periods: usize,
    treated: usize,
    units: usize,
    left_out: Vec<String>,
    after: usize,
    after_from: &'static str,
}

impl History {
    fn new(
        panel: &Panel,
        plan: &LockedPlan,
        window: Option<(i64, i64)>,
        asked: Option<u32>,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        problems
            .add_if(!plan.starts.is_empty(), || Problem::new("evaluation-power-starts-differ", "--start"));
        let adjusts = matches!(plan.method, PlannedMethod::Did | PlannedMethod::Cs);
        problems.add_if(adjusts && !plan.predictors.is_empty(), || {
            Problem::new("evaluation-power-covariates", "--covariates").with("method", name(plan.method))
        });
        let all = panel.periods();
        let used: Vec<usize> =
            (0..all.len()).filter(|t| all[*t] >= plan.window.0 && all[*t] < plan.start).collect();
        let before = used.len();
        if before < BEFORE_MIN {
            problems.add(
                Problem::new("evaluation-power-too-few-periods", "--start")
                    .with("found", before)
                    .with("needed", BEFORE_MIN),
            );
        }
        let (after, after_from) = match (asked, planned_after(panel, plan, window)) {
            (Some(asked), _) => (asked as usize, "asked"),
            (None, Some(window)) => (window, "window"),
            (None, None) => ((before / 3).max(1), "third"),
        };
        let most = before.saturating_sub(BEFORE_TRIAL_MIN);
        if before >= BEFORE_MIN && (after == 0 || after > most) {
            problems.add(
                Problem::new("evaluation-power-after", "--periods-after")
                    .with("after", after)
                    .with("before", before)
                    .with("most", most),
            );
        }
        let row =
            |unit: usize| used.iter().map(|t| panel.outcome().get(unit, *t)).collect::<Option<Vec<f64>>>();
        let mut values = Vec::new();
        let treated: BTreeSet<&String> = plan.treated.iter().collect();
        for name in &treated {
            match panel.unit(name).map(row) {
                Some(Some(row)) => values.extend(row),
                _ => problems
                    .add(Problem::new("evaluation-power-treated-missing", "--treated").with("unit", name)),
            }
        }
        let may = |unit: &String| {
            !treated.contains(unit)
                && !plan.excluded.contains(unit)
                && plan.donors.as_ref().is_none_or(|donors| donors.contains(unit))
        };
        let (mut units, mut left_out) = (0, Vec::new());
        for (u, unit) in panel.units().iter().enumerate().filter(|(_, unit)| may(unit)) {
            match row(u) {
                Some(row) => {
                    values.extend(row);
                    units += 1;
                }
                None => left_out.push(unit.clone()),
            }
        }
        // Those that stand in for the treated, and two to compare with.
        let needed = treated.len() + 2;
        if units < needed {
            problems.add(
                Problem::new("evaluation-power-too-few-units", "--donors")
                    .with("found", units)
                    .with("needed", needed),
            );
        }
        problems
            .or(Self { values, periods: before, treated: treated.len(), units, left_out, after, after_from })?
            .varying()
    }

    fn varying(self) -> Result<Self, Problems> {
        let size = self.usual();
        if size > 0.0 && size.is_finite() {
            return Ok(self);
        }
        Err(Problem::new("evaluation-power-constant", "--outcome").into())
    }

    /// What untreated areas' changes differ by when nothing happens.
    fn usual(&self) -> f64 {
        let cut = self.periods - self.after;
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let spread = |values: &[f64]| {
            let middle = mean(values);
            (values.iter().map(|y| (y - middle).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
        };
        let rows = self.values.chunks(self.periods).skip(self.treated);
        let changes: Vec<f64> = rows.map(|row| mean(&row[cut..]) - mean(&row[..cut])).collect();
        match spread(&changes) {
            0.0 => spread(&self.values),
            size => size,
        }
    }

    fn tried(self, resolved: &Resolved, plan: Plan, panel: PanelRead) -> Foresight {
        let done = &resolved.plan;
        let signs: &[f64] = match (resolved.intended_said, done.intended) {
            (false, _) => &[1.0, -1.0],
            (true, Direction::Increase) => &[1.0],
            (true, _) => &[-1.0],
        };
        let test = Planned::new(done);
        let of = |effects: Vec<f64>| {
            let asked = power::Plan {
                effects,
                treated: self.treated,
                candidates: (self.treated..self.treated + self.units).collect(),
                after: self.after,
                alpha: done.alpha,
                power: POWER,
                trials: self.trials(done),
                seed: done.seed,
            };
            power::curve(&self.values, self.periods, &asked, &test)
        };
        let usual = self.usual();
        let relevant = || signs.iter().filter_map(|sign| Some(sign * done.relevant?));
        let both = |sizes: Vec<f64>| {
            signs.iter().flat_map(move |sign| sizes.clone().into_iter().map(move |s| sign * s))
        };
        let coarse: Vec<f64> =
            both(COARSE.map(|k| usual * 2f64.powi(k)).collect()).chain(relevant()).collect();
        let coarse = of(coarse).ok();
        let around = |curve: &Curve| {
            let ends = [curve.increase, curve.decrease].into_iter().flatten().map(|one| one.effect);
            ends.flat_map(|end| FINE.map(|share| share * end)).chain(relevant()).collect::<Vec<f64>>()
        };
        let fine = coarse.as_ref().map(around).filter(|fine| !fine.is_empty()).and_then(|fine| of(fine).ok());
        self.told(signs, done, [fine, coarse], test.perfect(), (plan, panel))
    }

    fn trials(&self, plan: &LockedPlan) -> usize {
        let fits = match (plan.method, plan.test) {
            (PlannedMethod::Did | PlannedMethod::Cs, PlannedTest::Space) => ASSIGNMENTS,
            // Its fits take some ten times as long.
            (PlannedMethod::Sdid, PlannedTest::Space) => self.units * 10,
            (_, PlannedTest::Space) => self.units,
            (_, PlannedTest::StandardError) if plan.method == PlannedMethod::Sdid => 400,
            _ => self.periods * 10,
        };
        let (least, most, all) = TRIALS;
        (all / fits.max(1)).clamp(least, most)
    }

    /// The finer curve where it shows what is detectable, else the coarser.
    fn told(
        self,
        signs: &[f64],
        plan: &LockedPlan,
        curves: [Option<Curve>; 2],
        perfect: usize,
        (compared, panel): (Plan, PanelRead),
    ) -> Foresight {
        let of = |curve: &Curve, sign: f64| if sign > 0.0 { curve.increase } else { curve.decrease };
        let whole = |curve: &Curve| signs.iter().all(|sign| of(curve, *sign).is_some());
        let [fine, coarse] = curves;
        let shown = fine.filter(|fine| whole(fine) || coarse.is_none()).or(coarse);
        let points: Vec<Tried> = shown.iter().flat_map(|curve| &curve.points).map(tried).collect();
        let nothing = Tried { effect: 0.0, found: None, monte_carlo_error: None, interval: None, refused: 0 };
        let false_alarms = points.iter().find(|one| one.effect == 0.0).copied().unwrap_or(nothing);
        let least = 1.0 / (self.units + 1) as f64;
        let largest = points.iter().map(|one| one.effect.abs()).fold(0.0, f64::max);
        let cannot =
            plan.test == PlannedTest::Space && self.treated == 1 && least > plan.alpha * (1.0 + 1e-12);
        let why = || match () {
            () if false_alarms.found.is_none() => Code::new("power-always-refused"),
            () if cannot => {
                Code::new("test-cannot-reject").number("least", least).number("alpha", plan.alpha)
            }
            () => Code::new("power-not-found").number("largest", largest),
        };
        let ends: Option<Vec<power::Detectable>> =
            shown.as_ref().and_then(|curve| signs.iter().map(|sign| of(curve, *sign)).collect());
        let most =
            ends.and_then(|ends| ends.into_iter().max_by(|a, b| a.effect.abs().total_cmp(&b.effect.abs())));
        let detectable =
            Told::of(most.map(|one| Detectable { effect: one.effect, range: one.range }).ok_or_else(why));
        let relevant = Told::of(match plan.relevant {
            None => Err(Code::new("power-no-relevant")),
            Some(size) => signs
                .iter()
                .filter_map(|sign| points.iter().find(|one| one.effect == sign * size))
                .filter_map(|one| Some((one.effect, one.found?)))
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(effect, found)| Relevant { effect, found, enough: found >= POWER })
                .ok_or_else(why),
        });
        let trials = shown.as_ref().and_then(|curve| curve.points.first());
        let trials = trials.map_or(0, |one| one.rejection.trials + one.rejection.refused);
        let mut cautions = Vec::new();
        if false_alarms.interval.is_some_and(|(low, _)| low > plan.alpha) {
            cautions.push(Code::new("power-false-alarms"));
        }
        if false_alarms.refused > 0 {
            cautions.push(Code::new("power-refused").count("count", false_alarms.refused));
        }
        if plan.method == PlannedMethod::Sc && !plan.predictors.is_empty() {
            cautions.push(Code::new("power-from-outcomes"));
        }
        if perfect > 0 {
            cautions.push(Code::new("power-perfect-fit").count("count", perfect));
        }
        if !self.left_out.is_empty() {
            cautions.push(Code::new("power-left-out").count("count", self.left_out.len()));
        }
        Foresight {
            plan: compared,
            panel,
            periods_before: self.periods,
            periods_after: self.after,
            periods_after_from: self.after_from,
            tried_before: self.periods - self.after,
            candidates: self.units,
            left_out: self.left_out,
            exhaustive: self.treated == 1 && trials == self.units,
            trials,
            power: POWER,
            curve: points,
            false_alarms,
            detectable,
            relevant,
            cautions,
        }
    }
}

fn tried(point: &Point) -> Tried {
    Tried {
        effect: point.effect,
        found: point.rejection.rate,
        monte_carlo_error: point.rejection.monte_carlo_error,
        interval: point.rejection.interval,
        refused: point.rejection.refused,
    }
}

/// How many periods the window has from the start on, those that the panel does not have yet among them: they come
/// as close together as the panel's own. `None` where nothing says.
fn planned_after(panel: &Panel, plan: &LockedPlan, window: Option<(i64, i64)>) -> Option<usize> {
    let all = panel.periods();
    let last = window.map_or(all[all.len() - 1], |(_, to)| to);
    if last < plan.start {
        return None;
    }
    let step = all.windows(2).map(|pair| pair[1].abs_diff(pair[0])).min().unwrap_or(1).max(1);
    usize::try_from(last.abs_diff(plan.start) / step + 1).ok()
}
