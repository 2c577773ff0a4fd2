//! A study: everything that an evaluation found, as numbers and codes. The sentences are made from it elsewhere.

use std::collections::BTreeMap;

use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, PlannedTest};
use kvarter_evaluation::verdict::Direction;
use serde::Serialize;

use super::asked::Circumstances;
use super::code::{Code, Told};

/// What an evaluation found. Effects, gaps and values are in the outcome's unit.
#[derive(Debug, Clone, Serialize)]
pub struct Study {
    /// What the numbers are measured in.
    pub measures: BTreeMap<&'static str, &'static str>,
    /// What was done, as a plan; how it stands to the locked one.
    pub plan: Plan,
    /// What the numbers were read from.
    pub panel: PanelRead,
    /// How the method was used.
    pub method: Method,
    /// The mean effect on the treated from the start on.
    pub estimate: Told<f64>,
    /// The effects that the test does not reject.
    pub interval: Told<Interval>,
    /// What the estimate was held against.
    pub test: Test,
    /// Treated and comparison, period by period. Empty where starts differ: see `event_study`.
    pub series: Vec<Point>,
    /// How well the comparison fits.
    pub fit: Told<Fit>,
    /// The donors with weight, the largest first.
    pub weights: Vec<Weight>,
    /// The weights of the periods before the start, for synthetic difference-in-differences.
    pub period_weights: Vec<(i64, f64)>,
    /// The weights of the predictors.
    pub predictor_weights: Vec<(String, f64)>,
    /// Units that were not treated, evaluated as if they had been.
    pub placebos: Vec<Placebo>,
    /// Those for which the method refused.
    pub placebos_refused: Vec<(String, Code)>,
    /// The same with an earlier start, on the periods before the true one.
    pub in_time: Told<Backdated>,
    /// All earlier starts, where they are the test.
    pub earlier_starts: Vec<Backdated>,
    /// The estimate without one donor at a time.
    pub leave_one_out: Told<Vec<LeftOne>>,
    /// How much the weights can be trusted.
    pub diagnostics: Told<Diagnosed>,
    /// The smallest effect that would have been found in four cases of five.
    pub detectable: Told<Detectable>,
    /// By time since the start, for difference-in-differences.
    pub event_study: Told<Vec<Event>>,
    /// By cohort and period, for staggered starts.
    pub cells: Vec<Cell>,
    /// What to read the numbers with.
    pub cautions: Vec<Code>,
    /// Who could have been compared with and was not.
    pub left_out: Vec<(String, Code)>,
    /// How many were.
    pub comparison_units: usize,
    /// Periods before the start; where starts differ, those of the treated unit in the middle.
    pub periods_before: usize,
    /// Periods from the start on; where starts differ, those of the treated unit in the middle.
    pub periods_after: usize,
    /// What is known beside the numbers.
    pub circumstances: Circumstances,
    /// What may be said of the effect. Whether a goal was attained is another question, not asked here.
    pub verdict: Verdict,
}

/// What was done, as a plan.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// What was done.
    #[serde(flatten)]
    pub done: LockedPlan,
    /// Whether the direction was said, or only had to be something.
    pub intended_said: bool,
    /// The digest of what was done as a plan.
    pub digest: String,
    /// Whether a plan was locked before.
    pub locked: bool,
    /// The digest it was locked with.
    pub locked_digest: Option<String>,
    /// What was done otherwise than the locked plan says; otherwise than the plan file says where none is locked.
    pub deviations: Vec<Deviation>,
}

/// One thing done otherwise than planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// The field's name in the plan.
    pub field: String,
    /// What was planned, as JSON.
    pub planned: String,
    /// What was done, as JSON.
    pub done: String,
}

/// What was read.
#[derive(Debug, Clone, Serialize)]
pub struct PanelRead {
    /// The file's name, without its folder.
    pub file: String,
    /// SHA-256 of the file.
    pub digest: String,
    /// Rows read.
    pub rows: usize,
    /// Units.
    pub units: usize,
    /// Periods.
    pub periods: usize,
    /// The first and last of them.
    pub span: (i64, i64),
    /// Pairs of unit and period without an outcome.
    pub missing: usize,
}

/// How the method was used.
#[derive(Debug, Clone, Serialize)]
pub struct Method {
    /// Its name in plans.
    pub name: PlannedMethod,
    /// `outcomes` or `predictors`, `plain` or `adjusted`.
    pub variant: &'static str,
    /// Penalty or ridge, in squared units of the outcome; ζ for synthetic difference-in-differences.
    pub penalty: Option<f64>,
}

/// An interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// How often such intervals hold the true effect.
    pub level: f64,
    /// Where it comes from: `inverted-placebo`, `inverted-permutation`, `conformal`, `standard-error`.
    pub from: &'static str,
}

/// What the estimate was held against.
#[derive(Debug, Clone, Serialize)]
pub struct Test {
    /// Which test.
    pub name: PlannedTest,
    /// The chance of so large an estimate where nothing happened.
    pub p_value: Told<f64>,
    /// The least that it can be with so few to compare with; nothing where there is no such limit.
    pub least_p_value: Option<f64>,
    /// The rank from above among all compared; 1 is the most unusual.
    pub rank: Option<usize>,
    /// How many were compared, the treated among them.
    pub compared: Option<usize>,
    /// The p-value in the estimate's own direction alone.
    pub one_sided: Option<f64>,
    /// The standard error, where the test has one.
    pub standard_error: Option<f64>,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The period.
    pub period: i64,
    /// The treated.
    pub observed: f64,
    /// What they are compared with.
    pub comparison: f64,
    /// The difference.
    pub gap: f64,
    /// The effects in this period alone that a conformal test does not reject, at the study's level.
    pub interval: Option<(f64, f64)>,
}

/// How well the comparison fits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// The root of the mean squared gap before the start.
    pub rmspe_before: f64,
    /// The same from the start on.
    pub rmspe_after: f64,
    /// The second over the first; nothing where the fit before is perfect.
    pub ratio: Option<f64>,
    /// The first over the spread between the donors; nothing where they do not differ.
    pub relative: Option<f64>,
}

/// A donor and its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weight {
    /// The unit.
    pub unit: String,
    /// Its share.
    pub weight: f64,
}

/// A placebo.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Placebo {
    /// The unit.
    pub unit: String,
    /// Its mean gap from the start on.
    pub effect: f64,
    /// The root of its mean squared gap before.
    pub rmspe_before: f64,
    /// And after.
    pub rmspe_after: f64,
    /// The second over the first; nothing where the fit before is perfect.
    pub ratio: Option<f64>,
    /// Its gap in every period; left out where placebos are very many.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<f64>,
}

/// An earlier start.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Backdated {
    /// The earlier start.
    pub start: i64,
    /// The mean gap from it until the true start.
    pub effect: f64,
    /// The fit after over the fit before; nothing where the fit before is perfect.
    pub ratio: Option<f64>,
}

/// The estimate without a donor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOne {
    /// The donor.
    pub donor: String,
    /// The estimate without it.
    pub effect: f64,
    /// The fit before the start without it.
    pub rmspe_before: f64,
}

/// How much the weights can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnosed {
    /// How far the target is from what donors can be mixed to, in the outcome's unit.
    pub hull_distance: f64,
    /// The same over the spread between the donors.
    pub relative_hull_distance: Option<f64>,
    /// Periods before the start in which the target is above or below every donor.
    pub outside_range: usize,
    /// The number of equal donors that would be as concentrated.
    pub effective_donors: f64,
    /// The share of the squared gap to the donors' plain mean that the weights take away.
    pub improvement: Option<f64>,
    /// The sum of negative weights, in size.
    pub extrapolation: f64,
    /// How far above its minimum the weights' objective is at most, relative to a typical donor's.
    pub optimality_gap: f64,
}

/// The smallest effect that would have been found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Detectable {
    /// In size, in the outcome's unit.
    pub effect: f64,
    /// In how large a share of cases.
    pub power: f64,
    /// How it was found: `placebos` (each placebo given effects) or `interval` (from the interval's width).
    pub from: &'static str,
}

/// An estimate at a distance from the start.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Event {
    /// Periods since the start.
    pub distance: i64,
    /// The estimate; 0 in the period that the others are compared with.
    pub estimate: f64,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// Its interval: for staggered starts one that holds for all distances at once.
    pub interval: Option<(f64, f64)>,
}

/// A cohort in a period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// The cohort's start.
    pub cohort: i64,
    /// The period.
    pub period: i64,
    /// The effect.
    pub estimate: Told<f64>,
    /// Its standard error.
    pub standard_error: Option<f64>,
    /// Treated units.
    pub treated: usize,
    /// Units compared with.
    pub controls: usize,
}

/// What may be said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// A to E.
    pub grade: char,
    /// `as-intended`, `against`, `effect` where no direction was intended, `none`, `undetermined`.
    pub finding: &'static str,
    /// Which way, where an effect was found.
    pub direction: Option<Direction>,
    /// Why.
    pub reasons: Vec<Weighed>,
}

/// A reason and how much it weighs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighed {
    /// `blocks`, `reservation` or `note`.
    pub gravity: &'static str,
    /// The reason.
    #[serde(flatten)]
    pub code: Code,
}

impl Study {
    /// Whether something could be estimated.
    pub fn is_estimated(&self) -> bool {
        self.estimate.value.is_some()
    }
}
