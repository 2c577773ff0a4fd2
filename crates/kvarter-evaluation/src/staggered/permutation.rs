//! The overall effect against the same starts handed out by lot.

use rayon::prelude::*;

use super::{Aggregation, Refusal, Refused, Staggered, arrange::Arranged, cells};
use crate::stream::Stream;

/// A permutation test of the overall effect's t statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct StudentisedPermutation {
    /// The overall effect in the outcome's unit.
    pub estimate: f64,
    /// The effect over its standard error.
    pub statistic: f64,
    /// Two-sided: the share of assignments, the actual one among them, with a statistic at least as
    /// large. Never below 1/(assignments).
    pub p_value: f64,
    /// Assignments compared, the actual one among them.
    pub assignments: usize,
}

/// Estimate and t statistic; `None` when there is no standard error.
fn statistic(asked: &Staggered, arranged: Arranged, aggregation: Aggregation) -> Option<(f64, f64)> {
    let overall = cells::compute(asked, arranged).ok()?.aggregate(aggregation).ok()?.overall;
    Some((overall.value, overall.value / overall.standard_error?))
}

pub(super) fn run(
    asked: &Staggered,
    arranged: Arranged,
    aggregation: Aggregation,
    draws: usize,
    seed: u64,
) -> Result<StudentisedPermutation, Refused> {
    let (estimate, actual) = statistic(asked, arranged.clone(), aggregation)
        .ok_or_else(|| Refused(vec![Refusal::NoStandardError]))?;
    let n = arranged.n;
    // An assignment without a statistic counts as reached: it must not make the effect look rarer.
    let reached = (0..draws as u64)
        .into_par_iter()
        .filter(|&index| {
            let order = Stream::new(seed, index).sample(n, n);
            statistic(asked, arranged.reassigned(&order), aggregation)
                .is_none_or(|(_, t)| t.abs() >= actual.abs() * (1.0 - 1e-10))
        })
        .count();
    Ok(StudentisedPermutation {
        estimate,
        statistic: actual,
        p_value: (reached + 1) as f64 / (draws + 1) as f64,
        assignments: draws + 1,
    })
}
