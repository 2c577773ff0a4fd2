//! The locked analysis plan: what will be done, fixed before the results exist.
//!
//! A plan has one spelling: [`LockedPlan::canonical`] sorts what is a set and writes JSON with the
//! fields in a fixed order, and [`LockedPlan::digest`] is its SHA-256. Who publishes the digest before
//! the data for the periods after the start are there can show afterwards that nothing was chosen
//! because of the results. What a run does otherwise than planned is found by [`deviations`], item by
//! item.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::{
    design::{Donors, Predictor, Question},
    verdict::Direction,
};

/// What will be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedPlan {
    /// The outcome's name or code, definition included.
    pub outcome: String,
    /// Which way the programme is meant to change it.
    pub intended: Direction,
    /// The smallest effect, in size and in the outcome's unit, that would matter.
    #[serde(default)]
    pub relevant: Option<f64>,
    /// The treated units.
    pub treated: Vec<String>,
    /// The first treated period.
    pub start: i64,
    /// The treated units that start in another period than `start`, and when: for staggered starts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub starts: BTreeMap<String, i64>,
    /// The first and last period of the window.
    pub window: (i64, i64),
    /// The donors; all untreated units if left out.
    #[serde(default)]
    pub donors: Option<Vec<String>>,
    /// Units that must not be donors: the ring, and those with programmes of their own.
    #[serde(default)]
    pub excluded: Vec<String>,
    /// How many nearest donors; all if left out.
    #[serde(default)]
    pub nearest: Option<u32>,
    /// The method.
    pub method: PlannedMethod,
    /// The predictors, for methods that match on them; the covariates, for those that adjust for them.
    #[serde(default)]
    pub predictors: Vec<PlannedPredictor>,
    /// The test.
    pub test: PlannedTest,
    /// The level.
    pub alpha: f64,
    /// The seed of whatever is random.
    #[serde(default)]
    pub seed: u64,
}

/// A method by its name in plans and at the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlannedMethod {
    /// Synthetic control from outcomes, or nested if the plan names predictors.
    Sc,
    /// Penalised synthetic control.
    PenalisedSc,
    /// Ridge-augmented synthetic control.
    Asc,
    /// Synthetic difference-in-differences.
    Sdid,
    /// Difference-in-differences with two-way fixed effects.
    Did,
    /// Callaway and Sant'Anna's estimator for staggered starts.
    Cs,
}

/// A test by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlannedTest {
    /// Every untreated unit as a placebo.
    Space,
    /// An earlier start as a placebo.
    Time,
    /// Conformal, moving blocks.
    Conformal,
    /// The method's own standard error.
    StandardError,
}

/// A predictor as a plan names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedPredictor {
    /// The covariate; the outcome itself if left out.
    #[serde(default)]
    pub covariate: Option<String>,
    /// The first period.
    pub from: i64,
    /// The last period.
    pub to: i64,
}

/// What is wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanProblem {
    /// No outcome is named.
    #[error("the plan names no outcome")]
    NoOutcome,
    /// No unit is treated.
    #[error("the plan names no treated unit")]
    NobodyTreated,
    /// The window ends before it begins, or the start is not inside it.
    #[error("the start {start} is not inside the window {from}–{to}")]
    StartOutsideWindow {
        /// The start.
        start: i64,
        /// The window's first period.
        from: i64,
        /// The window's last period.
        to: i64,
    },
    /// A start of its own belongs to a unit that is not treated, or is not inside the window.
    #[error("{unit:?} is said to start in {start}, but is not treated or not in the window then")]
    StartOfNobody {
        /// The unit.
        unit: String,
        /// Its start.
        start: i64,
    },
    /// A treated unit is among the donors.
    #[error("the treated unit {unit:?} is in its own donor pool")]
    TreatedIsDonor {
        /// The unit.
        unit: String,
    },
    /// A donor is excluded.
    #[error("{unit:?} is both a donor and excluded")]
    DonorExcluded {
        /// The unit.
        unit: String,
    },
    /// A predictor's window is empty or not before the start.
    #[error("predictor number {predictor} is not measured before the start")]
    PredictorNotBefore {
        /// Its place in the list, from 0.
        predictor: usize,
    },
    /// A number is outside its range.
    #[error("{name} is not a number that can be used")]
    BadNumber {
        /// Which.
        name: &'static str,
    },
}

/// One thing that a run does otherwise than planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The field's name in the plan file.
    pub field: &'static str,
    /// What was planned, as JSON.
    pub planned: String,
    /// What was done, as JSON.
    pub done: String,
}

impl LockedPlan {
    /// Everything that is wrong with the plan; nothing if it can be locked.
    #[must_use]
    pub fn problems(&self) -> Vec<PlanProblem> {
        let mut problems = Vec::new();
        if self.outcome.trim().is_empty() {
            problems.push(PlanProblem::NoOutcome);
        }
        if self.treated.is_empty() {
            problems.push(PlanProblem::NobodyTreated);
        }
        let (from, to) = self.window;
        if self.start <= from || self.start > to {
            problems.push(PlanProblem::StartOutsideWindow { start: self.start, from, to });
        }
        let treated: BTreeSet<&String> = self.treated.iter().collect();
        let excluded: BTreeSet<&String> = self.excluded.iter().collect();
        for (unit, start) in &self.starts {
            if !treated.contains(unit) || *start <= from || *start > to {
                problems.push(PlanProblem::StartOfNobody { unit: unit.clone(), start: *start });
            }
        }
        for unit in self.donors.iter().flatten().collect::<BTreeSet<_>>() {
            if treated.contains(unit) {
                problems.push(PlanProblem::TreatedIsDonor { unit: unit.clone() });
            }
            if excluded.contains(unit) {
                problems.push(PlanProblem::DonorExcluded { unit: unit.clone() });
            }
        }
        for (at, predictor) in self.predictors.iter().enumerate() {
            if predictor.from > predictor.to || predictor.to >= self.start {
                problems.push(PlanProblem::PredictorNotBefore { predictor: at });
            }
        }
        if !(self.alpha > 0.0 && self.alpha < 1.0) {
            problems.push(PlanProblem::BadNumber { name: "alpha" });
        }
        if self.relevant.is_some_and(|size| !size.is_finite() || size < 0.0) {
            problems.push(PlanProblem::BadNumber { name: "relevant" });
        }
        if self.nearest == Some(0) {
            problems.push(PlanProblem::BadNumber { name: "nearest" });
        }
        problems
    }

    /// The plan's one spelling: JSON without spaces, fields in the order of this type, lists that are
    /// sets (treated, donors, excluded, predictors) sorted and without repetition, UTF-8.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        serde_json::to_vec(&self.normalised()).expect("a plan's maps have string keys")
    }

    /// SHA-256 over `kvarter-evaluation plan 1`, a newline, and [`LockedPlan::canonical`]; in hex.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"kvarter-evaluation plan 1\n");
        hash.update(self.canonical());
        hex::encode(hash.finalize())
    }

    /// The question that the plan asks of a panel.
    #[must_use]
    pub fn question(&self) -> Question {
        Question {
            treated: self.treated.clone(),
            start: self.start,
            donors: self.donors.clone().map_or(Donors::All, Donors::Named),
            excluded: self.excluded.iter().cloned().collect(),
            window: Some(self.window),
        }
    }

    /// The plan's predictors as a design takes them.
    #[must_use]
    pub fn design_predictors(&self) -> Vec<Predictor> {
        self.predictors
            .iter()
            .map(|p| Predictor { covariate: p.covariate.clone(), from: p.from, to: p.to })
            .collect()
    }

    fn normalised(&self) -> Self {
        let mut plan = self.clone();
        for list in
            [Some(&mut plan.treated), plan.donors.as_mut(), Some(&mut plan.excluded)].into_iter().flatten()
        {
            list.sort_unstable();
            list.dedup();
        }
        plan.predictors.sort_unstable();
        plan.predictors.dedup();
        // A start that is everybody's is no start of its own.
        plan.starts.retain(|_, start| *start != plan.start);
        plan
    }
}

/// Everything that a run (described as a plan) does otherwise than the locked plan, in the order of
/// the plan's fields. Differences of spelling that [`LockedPlan::canonical`] evens out are none.
#[must_use]
pub fn deviations(plan: &LockedPlan, run: &LockedPlan) -> Vec<Deviation> {
    let fields = |plan: &LockedPlan| -> [(&'static str, String); 15] {
        let LockedPlan {
            outcome,
            intended,
            relevant,
            treated,
            start,
            starts,
            window,
            donors,
            excluded,
            nearest,
            method,
            predictors,
            test,
            alpha,
            seed,
        } = plan.normalised();
        [
            ("outcome", json(&outcome)),
            ("intended", json(&intended)),
            ("relevant", json(&relevant)),
            ("treated", json(&treated)),
            ("start", json(&start)),
            ("starts", json(&starts)),
            ("window", json(&window)),
            ("donors", json(&donors)),
            ("excluded", json(&excluded)),
            ("nearest", json(&nearest)),
            ("method", json(&method)),
            ("predictors", json(&predictors)),
            ("test", json(&test)),
            ("alpha", json(&alpha)),
            ("seed", json(&seed)),
        ]
    };
    fields(plan)
        .into_iter()
        .zip(fields(run))
        .filter(|(planned, done)| planned.1 != done.1)
        .map(|((field, planned), (_, done))| Deviation { field, planned, done })
        .collect()
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("a plan's maps have string keys")
}
