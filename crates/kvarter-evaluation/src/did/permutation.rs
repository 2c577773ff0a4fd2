//! What the estimate would have been, had other units been treated: inference that needs no large sample.
//!
//! With few treated units a cluster-robust variance is far too small (Conley & Taber 2011, *Review of
//! Economics and Statistics* 93; MacKinnon & Webb 2017, *Journal of Applied Econometrics* 32). If the
//! units' paths are exchangeable, handing out the same starts to units drawn at random gives the exact
//! distribution of the estimate under no effect, however few are treated.

use rayon::prelude::*;

use super::{design::Design, settle::Settled};
use crate::stream::Stream;

/// A permutation test and the interval that inverts it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Permutation {
    /// The two-way fixed-effects estimate of the effect, in the outcome's unit.
    pub estimate: f64,
    /// Two-sided: the share of assignments, the actual one among them, with an estimate at least as
    /// large. Never below 1/(assignments).
    pub p_value: f64,
    /// All effects that the test does not reject at 1 − level. `None` where no assignment count this
    /// small could reject anything, or where an end is without bound.
    pub interval: Option<(f64, f64)>,
    /// Assignments compared, the actual one among them.
    pub assignments: usize,
    /// Whether every possible assignment was tried, rather than some drawn at random.
    pub exhaustive: bool,
}

/// One assignment's estimate, and how much of a true effect of 1 it would have picked up.
struct Draw {
    estimate: f64,
    pickup: f64,
}

/// Runs the test. `y` is balanced and freed of unit and period effects.
pub(super) fn run(
    y: &[f64],
    design: &Design,
    settled: &Settled,
    draws: usize,
    seed: u64,
    level: f64,
) -> Permutation {
    let periods = settled.periods;
    let units = y.len() / periods;
    let never = settled.starts.iter().position(Option::is_none);
    // What a unit contributes under each pattern, over and above what it contributes untreated.
    let blank = never.map_or(usize::MAX, |unit| design.pattern_of[unit]);
    let contrast: Vec<f64> = (0..design.kinds() * periods)
        .map(|at| {
            design.patterns[at]
                - if blank == usize::MAX { 0.0 } else { design.patterns[blank * periods + at % periods] }
        })
        .collect();
    let x: Vec<f64> =
        design.pattern_of.iter().flat_map(|&p| contrast[p * periods..][..periods].iter().copied()).collect();
    let mut x_within = x;
    super::within::balanced(&mut x_within, periods);
    let square: f64 = x_within.iter().map(|x| x * x).sum();

    let treated: Vec<usize> = (0..units).filter(|&unit| settled.starts[unit].is_some()).collect();
    let total = |chosen: &[usize], of: &[f64]| -> f64 {
        treated
            .iter()
            .zip(chosen)
            .map(|(&slot, &unit)| {
                let pattern = &contrast[design.pattern_of[slot] * periods..][..periods];
                pattern.iter().zip(&of[unit * periods..][..periods]).map(|(a, b)| a * b).sum::<f64>()
            })
            .sum::<f64>()
            / square
    };
    let estimate = total(&treated, y);
    let draw = |chosen: &[usize]| Draw { estimate: total(chosen, y), pickup: total(chosen, &x_within) };
    let exhaustive = treated.len() == 1 && units <= draws.saturating_add(1);
    let others: Vec<Draw> = if exhaustive {
        (0..units).into_par_iter().filter(|&unit| unit != treated[0]).map(|unit| draw(&[unit])).collect()
    } else {
        (0..draws as u64)
            .into_par_iter()
            .map(|index| draw(&Stream::new(seed, index).sample(units, treated.len())))
            .collect()
    };
    let reached = others.iter().filter(|d| at_least(d.estimate.abs(), estimate.abs())).count();
    let assignments = others.len() + 1;
    Permutation {
        estimate,
        p_value: (reached + 1) as f64 / assignments as f64,
        interval: invert(&others, estimate, 1.0 - level),
        assignments,
        exhaustive,
    }
}

/// Ties count as reached; sums in another order must not break them.
fn at_least(a: f64, b: f64) -> bool {
    a >= b * (1.0 - 1e-10)
}

/// All β₀ with more than `alpha` of the assignments at least as extreme for y − β₀D.
///
/// An assignment with estimate b and pick-up c counts at β₀ when |b − β₀c| ≥ |β̂ − β₀|: an interval
/// around β̂, so the confidence set's ends are order statistics of those intervals' ends.
fn invert(others: &[Draw], estimate: f64, alpha: f64) -> Option<(f64, f64)> {
    let assignments = (others.len() + 1) as f64;
    let needed = (0..=others.len()).find(|&m| (m + 1) as f64 / assignments > alpha + 1e-12)?;
    if needed == 0 {
        return None;
    }
    let (mut lower, mut upper) = (Vec::with_capacity(others.len()), Vec::with_capacity(others.len()));
    for d in others {
        let ends = [(1.0 - d.pickup, estimate - d.estimate), (1.0 + d.pickup, estimate + d.estimate)]
            .map(|(slope, rise)| if slope > 1e-12 { rise / slope } else { f64::NAN });
        if ends.iter().any(|e| e.is_nan()) {
            // The actual assignment over again: it counts whatever the effect.
            lower.push(f64::NEG_INFINITY);
            upper.push(f64::INFINITY);
        } else {
            lower.push(ends[0].min(ends[1]));
            upper.push(ends[0].max(ends[1]));
        }
    }
    lower.sort_by(f64::total_cmp);
    upper.sort_by(|a, b| b.total_cmp(a));
    let interval = (lower[needed - 1], upper[needed - 1]);
    (interval.0.is_finite() && interval.1.is_finite()).then_some(interval)
}
