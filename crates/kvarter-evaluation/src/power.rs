//! What could be found at all? The minimum detectable effect, before anybody has intervened.
//!
//! Effects of known size are added to a history in which nothing happened: its last periods stand in
//! for those after the start, units drawn from it for the treated. How often the test then rejects is
//! its power on series like these, with their own trends and noise, and no model of them. The same
//! draws serve every effect, so the curve differs by effect and not by luck.

use rayon::prelude::*;

use crate::describe::share;
use crate::stream::Stream;
use crate::trial::{Rejection, Test, Trial};

/// What to try.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Effects to add, in the outcome's unit, of either sign; zero is always tried beside them.
    pub effects: Vec<f64>,
    /// Units treated at a time.
    pub treated: usize,
    /// Units the treated are drawn from (places like the real one); all when empty.
    pub candidates: Vec<usize>,
    /// Periods after the start.
    pub after: usize,
    /// Rejections are p-values at most this.
    pub alpha: f64,
    /// The power that counts as enough, usually 0.8.
    pub power: f64,
    /// Draws for each effect.
    pub trials: usize,
    /// The seed: with it the curve is the same on any number of threads.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            effects: Vec::new(),
            treated: 1,
            candidates: Vec::new(),
            after: 1,
            alpha: 0.05,
            power: 0.8,
            trials: 500,
            seed: 0,
        }
    }
}

/// Why there is no curve.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PowerError {
    /// The history is not whole rows of finite values.
    #[error("the history has missing or infinite values, or rows of different length")]
    HistoryNotWhole,
    /// Fewer periods than are to stand before and after the start.
    #[error("{periods} periods leave none before {after} after the start")]
    TooFewPeriods {
        /// Periods of the history.
        periods: usize,
        /// Periods after the start.
        after: usize,
    },
    /// Nobody to treat, or nobody left to compare with.
    #[error("{treated} treated of {candidates} candidates and {units} units")]
    TooFewUnits {
        /// To be treated.
        treated: usize,
        /// To draw from.
        candidates: usize,
        /// In all.
        units: usize,
    },
    /// An effect is not finite.
    #[error("effect {index} is not finite")]
    EffectNotFinite {
        /// Its position.
        index: usize,
    },
    /// A probability is not between 0 and 1.
    #[error("{value} is not between 0 and 1")]
    ProbabilityOutOfRange {
        /// What was asked for.
        value: f64,
    },
    /// No draws.
    #[error("no draws")]
    NoTrials,
}

/// One effect and how often it is found.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Point {
    /// In the outcome's unit.
    pub effect: f64,
    /// How often the test rejected.
    pub rejection: Rejection,
}

/// Power by size of effect.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Curve {
    /// By effect, ascending, zero among them.
    pub points: Vec<Point>,
    /// The smallest positive effect with enough power, between the tried ones by a straight line;
    /// `None` when no tried effect reaches it.
    pub increase: Option<Detectable>,
    /// The smallest negative effect (in size) likewise; its values are negative.
    pub decrease: Option<Detectable>,
}

/// A minimum detectable effect and what the Monte-Carlo error leaves open.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Detectable {
    /// In the outcome's unit.
    pub effect: f64,
    /// Where the curve's Wilson bounds cross the same power: the surely too small, and the surely
    /// enough, if any tried effect is.
    pub range: (f64, Option<f64>),
}

/// Tries effects on a history of `units × periods` values, row-major, in which nothing happened.
///
/// # Errors
/// Every reason at once why the plan cannot be tried.
pub fn curve(
    history: &[f64],
    periods: usize,
    plan: &Plan,
    test: &impl Test,
) -> Result<Curve, Vec<PowerError>> {
    let units = history.len().checked_div(periods).unwrap_or(0);
    let candidates: Vec<usize> =
        if plan.candidates.is_empty() { (0..units).collect() } else { plan.candidates.clone() };
    let errors = check(history, periods, plan, &candidates);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut effects = plan.effects.clone();
    effects.push(0.0);
    effects.sort_by(f64::total_cmp);
    effects.dedup();
    // One treated at a time and few to choose from: each is tried once, and luck has no part in it.
    let every = plan.treated == 1 && candidates.len() <= plan.trials;
    let trials = if every { candidates.len() } else { plan.trials };
    let drawn: Vec<Vec<Option<f64>>> = (0..trials as u64)
        .into_par_iter()
        .map(|index| {
            let picked = if every {
                vec![index as usize]
            } else {
                Stream::new(plan.seed, index).sample(candidates.len(), plan.treated)
            };
            let treated: Vec<usize> = picked.into_iter().map(|at| candidates[at]).collect();
            let trial = Trial::new(history.to_vec(), periods, treated, periods - plan.after);
            let seed = plan.seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            effects.iter().map(|&effect| test.p_value(&trial.clone()?.with_effect(effect), seed)).collect()
        })
        .collect();
    let points: Vec<Point> = effects
        .iter()
        .enumerate()
        .map(|(at, &effect)| {
            let p_values: Vec<Option<f64>> = drawn.iter().map(|d| d[at]).collect();
            Point { effect, rejection: Rejection::count(&p_values, plan.alpha) }
        })
        .collect();
    let up: Vec<Point> = points.iter().filter(|p| p.effect >= 0.0).copied().collect();
    let down: Vec<Point> = points.iter().rev().filter(|p| p.effect <= 0.0).copied().collect();
    Ok(Curve { increase: detectable(&up, plan.power), decrease: detectable(&down, plan.power), points })
}

fn check(history: &[f64], periods: usize, plan: &Plan, candidates: &[usize]) -> Vec<PowerError> {
    let units = history.len().checked_div(periods).unwrap_or(0);
    let mut errors = Vec::new();
    if units * periods != history.len() || !history.iter().all(|y| y.is_finite()) {
        errors.push(PowerError::HistoryNotWhole);
    }
    if plan.after == 0 || periods <= plan.after {
        errors.push(PowerError::TooFewPeriods { periods, after: plan.after });
    }
    let different = candidates.iter().collect::<std::collections::BTreeSet<_>>().len();
    let known = candidates.iter().all(|&unit| unit < units);
    if plan.treated == 0
        || plan.treated >= units
        || plan.treated > different
        || different < candidates.len()
        || !known
    {
        errors.push(PowerError::TooFewUnits { treated: plan.treated, candidates: different, units });
    }
    errors.extend(
        plan.effects
            .iter()
            .enumerate()
            .filter(|(_, e)| !e.is_finite())
            .map(|(index, _)| PowerError::EffectNotFinite { index }),
    );
    for value in [plan.alpha, plan.power] {
        if !(value > 0.0 && value < 1.0) {
            errors.push(PowerError::ProbabilityOutOfRange { value });
        }
    }
    if plan.trials == 0 {
        errors.push(PowerError::NoTrials);
    }
    errors
}

/// Where a curve that may only rise crosses the power asked for. Points go outwards from zero.
fn detectable(points: &[Point], power: f64) -> Option<Detectable> {
    let crossing = |rates: Vec<f64>| {
        let rising = rising(&points.iter().map(|p| p.rejection.trials as f64).collect::<Vec<_>>(), &rates);
        let at = rising.iter().position(|&rate| rate >= power)?;
        let Some(before) = at.checked_sub(1) else { return Some(points[at].effect) };
        let step = (power - rising[before]) / (rising[at] - rising[before]);
        Some(points[before].effect + step * (points[at].effect - points[before].effect))
    };
    let rates =
        |pick: &dyn Fn(&Rejection) -> f64| points.iter().map(|p| pick(&p.rejection)).collect::<Vec<_>>();
    let bound =
        |r: &Rejection| share(r.rejected as u64, r.trials as u64, 0.95).map_or((0.0, 0.0), |s| s.interval);
    let effect = crossing(rates(&|r| r.rate.unwrap_or(0.0)))?;
    let soonest = crossing(rates(&|r| bound(r).1)).unwrap_or(effect);
    Some(Detectable { effect, range: (soonest, crossing(rates(&|r| bound(r).0))) })
}

/// The nearest sequence that never falls (Ayer et al. 1955: pool adjacent violators).
fn rising(weights: &[f64], values: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (&weight, &value) in weights.iter().zip(values) {
        let mut pool = (weight.max(f64::MIN_POSITIVE), value, 1);
        while let Some(&(w, v, count)) = pools.last().filter(|last| last.1 > pool.1) {
            pools.pop();
            pool = (pool.0 + w, (pool.0 * pool.1 + w * v) / (pool.0 + w), pool.2 + count);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(_, value, count)| std::iter::repeat_n(value, count)).collect()
}
