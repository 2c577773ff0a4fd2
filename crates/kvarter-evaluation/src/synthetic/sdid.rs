//! Synthetic difference-in-differences.
//!
//! Unit weights ω and period weights λ, both on the simplex and each with a free intercept, then the
//! weighted difference-in-differences (Arkhangelsky et al. 2021, algorithm 1, eqs. 4–6).
//!
//! The paper's own code ends its descent before the minimum and cuts small weights away; published
//! figures carry that in their fourth digit (Proposition 99: −15.60383 as published, −15.60540 at the
//! minimum). [`Weights`] says which is wanted.

use rayon::prelude::*;

use crate::{
    design::Design,
    refusal::Refusal,
    simplex::{Matrix, Points, Solution, Stop, descend, descend_small, solve, solve_ridged},
    stream::Stream,
    synthetic::{Fit, mean, root_mean_square},
};

/// Which weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weights {
    /// As published where there are at most [`Weights::MANY`] donors, exact beyond. Published examples
    /// are small; with thousands of donors the descent is far from the minimum when it is cut short.
    #[default]
    Customary,
    /// Those of the paper's own code, step by step, so that published figures are met.
    Published,
    /// Those of the minimum.
    Exact,
}

impl Weights {
    /// More donors than this are many.
    pub const MANY: usize = 1000;
}

/// Weights and regularisation; by default the paper's.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sdid {
    /// Where the descent ends.
    pub weights: Weights,
    /// ζ for the unit weights, in the outcome's unit; `None` for (treated units × periods after)^¼ σ̂,
    /// with σ̂ the standard deviation of the donors' first differences before the start.
    pub unit_zeta: Option<f64>,
    /// ζ for the period weights, in the outcome's unit; `None` for 10⁻⁶ σ̂.
    pub period_zeta: Option<f64>,
}

/// How the standard error of a synthetic difference-in-differences estimate is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VarianceMethod {
    /// Donors drawn as if treated, with the true treated left out (algorithm 4). Needs more donors
    /// than treated units; assumes the same noise for treated and donors.
    Placebo {
        /// How many draws.
        draws: usize,
        /// The seed.
        seed: u64,
    },
    /// One unit left out at a time with the weights kept (algorithm 3). Needs two treated units.
    Jackknife,
    /// Units drawn with replacement (algorithm 2). Needs two treated units.
    Bootstrap {
        /// How many draws.
        draws: usize,
        /// The seed.
        seed: u64,
    },
}

/// A standard error and what it was found from.
#[derive(Debug, Clone, PartialEq)]
pub struct Variance {
    /// The standard error of the estimate.
    pub standard_error: f64,
    /// The estimates of the draws, in order.
    pub draws: Vec<f64>,
}

struct Estimate {
    effect: f64,
    units: Solution,
    periods: Vec<f64>,
}

/// The settings in numbers.
#[derive(Clone, Copy)]
struct Zeta {
    units: f64,
    periods: f64,
    /// `None` for the minimum.
    stop: Option<Stop>,
}

pub(super) fn fit(design: &Design, settings: &Sdid) -> Result<Fit, Refusal> {
    let zeta = zeta(design, settings)?;
    let rows: Vec<&[f64]> = (0..design.donors.len()).map(|donor| design.donor(donor)).collect();
    let found = estimate(&design.target, &rows, design.before, zeta, None)?;
    let Solution { weights, certificate } = found.units;
    let mut fit = Fit::from_weights(design, weights, certificate)?;
    let before = &fit.gaps[..design.before];
    let shift: f64 = before.iter().zip(&found.periods).map(|(gap, w)| gap * w).sum();
    let level = mean(before);
    let centred: Vec<f64> = before.iter().map(|gap| gap - level).collect();
    fit.rmspe_before = root_mean_square(&centred);
    for (gap, synthetic) in fit.gaps.iter_mut().zip(&mut fit.synthetic) {
        *gap -= shift;
        *synthetic += shift;
    }
    fit.rmspe_after = root_mean_square(&fit.gaps[design.before..]);
    fit.effect = found.effect;
    fit.shift = shift;
    fit.penalty = Some(zeta.units);
    fit.period_weights = Some(found.periods);
    fit.finite()
}

/// The standard error of the synthetic difference-in-differences estimate of a design.
///
/// Draws are spread over threads; the result depends on the seed alone.
///
/// # Errors
/// [`Refusal::NotApplicable`] where a method needs units that the design does not have (see
/// [`VarianceMethod`]) or fewer than two draws are asked for; as [`fit`](super::fit) otherwise.
pub fn variance(design: &Design, settings: &Sdid, method: VarianceMethod) -> Result<Variance, Refusal> {
    let zeta = zeta(design, settings)?;
    match method {
        VarianceMethod::Placebo { draws, seed } => placebo(design, zeta, draws, seed),
        VarianceMethod::Jackknife => jackknife(design, zeta),
        VarianceMethod::Bootstrap { draws, seed } => bootstrap(design, zeta, draws, seed),
    }
}

fn zeta(design: &Design, settings: &Sdid) -> Result<Zeta, Refusal> {
    let mut differences = Vec::with_capacity(design.donors.len() * (design.before - 1));
    for donor in 0..design.donors.len() {
        differences.extend(design.donor(donor)[..design.before].windows(2).map(|pair| pair[1] - pair[0]));
    }
    let middle = mean(&differences);
    let spread: f64 = differences.iter().map(|d| (d - middle).powi(2)).sum();
    let sigma = if differences.len() > 1 { (spread / (differences.len() - 1) as f64).sqrt() } else { 0.0 };
    let cells = (design.treated_rows.len() * design.after()) as f64;
    let zeta = Zeta {
        units: settings.unit_zeta.unwrap_or(cells.sqrt().sqrt() * sigma),
        periods: settings.period_zeta.unwrap_or(1e-6 * sigma),
        stop: match settings.weights {
            Weights::Exact => None,
            Weights::Customary if design.donors.len() > Weights::MANY => None,
            Weights::Published | Weights::Customary => {
                Some(Stop { decrease: 1e-5 * sigma, first: 100, then: 10_000 })
            }
        },
    };
    if !sigma.is_finite() {
        return Err(Refusal::Overflow);
    }
    for value in [zeta.units, zeta.periods] {
        if !value.is_finite() || value < 0.0 {
            return Err(Refusal::BadNumber { name: "zeta" });
        }
    }
    Ok(zeta)
}

/// Weights of another sample, to start from.
struct From {
    units: Vec<f64>,
    periods: Vec<f64>,
}

fn estimate(
    target: &[f64],
    rows: &[&[f64]],
    before: usize,
    zeta: Zeta,
    from: Option<&From>,
) -> Result<Estimate, Refusal> {
    let units = unit_weights(target, rows, before, zeta, from.map(|from| from.units.as_slice()))?;
    let periods = period_weights(rows, before, zeta, from.map(|from| from.periods.as_slice()))?.weights;
    let effect = contrast(target, rows, before, &units.weights, &periods);
    Ok(Estimate { effect, units, periods })
}

/// min Σₜ(ω₀ + Σωᵢyᵢₜ − yₜ)² + ζ²T₀‖ω‖²: the intercept is gone when every unit is centred in time.
fn unit_weights(
    target: &[f64],
    rows: &[&[f64]],
    before: usize,
    zeta: Zeta,
    from: Option<&[f64]>,
) -> Result<Solution, Refusal> {
    let centred = |row: &[f64]| {
        let middle = mean(&row[..before]);
        row[..before].iter().map(move |y| y - middle).collect::<Vec<f64>>()
    };
    let all: Vec<Vec<f64>> = rows.iter().map(|row| centred(row)).collect();
    let points = Points::new(&centred(target), all.iter().map(Vec::as_slice));
    let points = points.ok_or(Refusal::TooFewDonors { found: 0, needed: 1 })?;
    let ridge = zeta.units * zeta.units * before as f64;
    let solution = match zeta.stop {
        Some(stop) => descend(&points, ridge, from, stop),
        None => solve_ridged(&points, ridge),
    };
    solution.ok_or(Refusal::Overflow)
}

/// min Σᵢ(λ₀ + Σλₜyᵢₜ − ȳᵢ)² + ζ²N₀‖λ‖², with ȳᵢ the mean after the start: the intercept is gone when
/// every period is centred over donors.
fn period_weights(
    rows: &[&[f64]],
    before: usize,
    zeta: Zeta,
    from: Option<&[f64]>,
) -> Result<Solution, Refusal> {
    let centred = |mut column: Vec<f64>| {
        let middle = mean(&column);
        for y in &mut column {
            *y -= middle;
        }
        column
    };
    let after = centred(rows.iter().map(|row| mean(&row[before..])).collect());
    let periods: Vec<Vec<f64>> =
        (0..before).map(|t| centred(rows.iter().map(|row| row[t]).collect())).collect();
    let ridge = zeta.periods * zeta.periods * rows.len() as f64;
    let solution = match zeta.stop {
        Some(stop) if rows.len() <= before => {
            let points = Points::new(&after, periods.iter().map(Vec::as_slice));
            points.and_then(|points| descend(&points, ridge, from, stop))
        }
        Some(stop) => descend_small(&gram(&periods, &after), rows.len(), ridge, from, stop),
        None => {
            let nothing = vec![0.0; before];
            let gram = gram(&periods, &after);
            Matrix::new(&gram, &nothing).and_then(|matrix| solve(&matrix, ridge))
        }
    };
    solution.ok_or(Refusal::Overflow)
}

/// Few periods, many donors: the products of the periods' distances from `after` with each other.
fn gram(periods: &[Vec<f64>], after: &[f64]) -> Vec<f64> {
    let before = periods.len();
    let apart: Vec<Vec<f64>> =
        periods.iter().map(|row| row.iter().zip(after).map(|(y, a)| y - a).collect()).collect();
    let mut gram = vec![0.0; before * before];
    for (i, a) in apart.iter().enumerate() {
        for (j, b) in apart[..=i].iter().enumerate() {
            gram[i * before + j] = dot(a, b);
            gram[j * before + i] = gram[i * before + j];
        }
    }
    gram
}

/// Eight sums side by side: a single one waits for itself at every step.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (whole, rest) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f64 = whole.remainder().iter().zip(rest.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in whole.zip(rest) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + tail
}

fn contrast(target: &[f64], rows: &[&[f64]], before: usize, units: &[f64], periods: &[f64]) -> f64 {
    let weighted = rows.iter().zip(units).filter(|(_, w)| **w != 0.0);
    let synthetic: f64 = weighted.map(|(row, w)| w * change(row, before, periods)).sum();
    change(target, before, periods) - synthetic
}

/// From the weighted periods before the start to the mean of those from it on.
fn change(row: &[f64], before: usize, periods: &[f64]) -> f64 {
    let weighted: f64 = row[..before].iter().zip(periods).map(|(y, w)| y * w).sum();
    mean(&row[before..]) - weighted
}

fn rows(design: &Design) -> Vec<&[f64]> {
    (0..design.donors.len()).map(|donor| design.donor(donor)).collect()
}

fn mean_of(rows: &[&[f64]]) -> Vec<f64> {
    let count = rows.len() as f64;
    (0..rows[0].len()).map(|t| rows.iter().map(|row| row[t]).sum::<f64>() / count).collect()
}

fn enough(draws: usize) -> Result<(), Refusal> {
    if draws < 2 { Err(Refusal::NotApplicable("a standard error needs two draws")) } else { Ok(()) }
}

/// The root of the mean squared deviation of the draws, as the paper's V̂ for algorithms 2 and 4.
fn from_draws(draws: Vec<f64>) -> Result<Variance, Refusal> {
    let middle = mean(&draws);
    let centred: Vec<f64> = draws.iter().map(|d| d - middle).collect();
    let standard_error = root_mean_square(&centred);
    if standard_error.is_finite() { Ok(Variance { standard_error, draws }) } else { Err(Refusal::Overflow) }
}

fn placebo(design: &Design, zeta: Zeta, draws: usize, seed: u64) -> Result<Variance, Refusal> {
    enough(draws)?;
    let (donors, treated) = (rows(design), design.treated_rows.len());
    if donors.len() <= treated {
        return Err(Refusal::NotApplicable("the placebo variance needs more donors than treated units"));
    }
    let found = estimate(&design.target, &donors, design.before, zeta, None)?;
    let one = |draw: usize| {
        let chosen = Stream::new(seed, draw as u64).sample(donors.len(), treated);
        let mut is_treated = vec![false; donors.len()];
        for unit in &chosen {
            is_treated[*unit] = true;
        }
        let target = mean_of(&chosen.iter().map(|unit| donors[*unit]).collect::<Vec<_>>());
        let rest: Vec<&[f64]> =
            donors.iter().zip(&is_treated).filter(|(_, treated)| !**treated).map(|(row, _)| *row).collect();
        let weights = found.units.weights.iter().zip(&is_treated).filter(|(_, treated)| !**treated);
        let from = start(weights.map(|(w, _)| *w).collect(), &found.periods);
        estimate(&target, &rest, design.before, zeta, Some(&from)).map(|estimate| estimate.effect)
    };
    from_draws((0..draws).into_par_iter().map(one).collect::<Result<_, _>>()?)
}

/// Weights that sum to one again; equal ones if nothing is left.
fn start(mut units: Vec<f64>, periods: &[f64]) -> From {
    let sum: f64 = units.iter().sum();
    let equal = 1.0 / units.len() as f64;
    for w in &mut units {
        *w = if sum > 0.0 { *w / sum } else { equal };
    }
    From { units, periods: periods.to_vec() }
}

fn bootstrap(design: &Design, zeta: Zeta, draws: usize, seed: u64) -> Result<Variance, Refusal> {
    enough(draws)?;
    if design.treated_rows.len() < 2 {
        return Err(Refusal::NotApplicable("the bootstrap needs two treated units"));
    }
    let mut all = rows(design);
    let donors = all.len();
    let found = estimate(&design.target, &all, design.before, zeta, None)?;
    all.extend(design.treated_rows.iter().map(Vec::as_slice));
    let one = |draw: usize| {
        let mut stream = Stream::new(seed, draw as u64);
        loop {
            let chosen: Vec<usize> = (0..all.len()).map(|_| stream.below(all.len())).collect();
            let (controls, treated): (Vec<usize>, Vec<usize>) =
                chosen.into_iter().partition(|unit| *unit < donors);
            if controls.is_empty() || treated.is_empty() {
                continue;
            }
            let pick = |units: &[usize]| units.iter().map(|unit| all[*unit]).collect::<Vec<_>>();
            let target = mean_of(&pick(&treated));
            let from =
                start(controls.iter().map(|unit| found.units.weights[*unit]).collect(), &found.periods);
            let again = estimate(&target, &pick(&controls), design.before, zeta, Some(&from));
            return again.map(|again| again.effect);
        }
    };
    from_draws((0..draws).into_par_iter().map(one).collect::<Result<_, _>>()?)
}

fn jackknife(design: &Design, zeta: Zeta) -> Result<Variance, Refusal> {
    let (donors, treated) = (rows(design), design.treated_rows.len());
    if treated < 2 || donors.len() < 2 {
        return Err(Refusal::NotApplicable("the jackknife needs two treated units and two donors"));
    }
    let found = estimate(&design.target, &donors, design.before, zeta, None)?;
    let weights = &found.units.weights;
    // The estimate is linear in the units' changes: each draw takes one of them away again.
    let changes = |rows: &[&[f64]]| -> Vec<f64> {
        rows.iter().map(|row| change(row, design.before, &found.periods)).collect()
    };
    let own: Vec<&[f64]> = design.treated_rows.iter().map(Vec::as_slice).collect();
    let (theirs, own) = (changes(&donors), changes(&own));
    let synthetic: f64 = theirs.iter().zip(weights).map(|(c, w)| w * c).sum();
    let all: f64 = own.iter().sum();
    let mut draws = Vec::with_capacity(donors.len() + treated);
    for (c, w) in theirs.iter().zip(weights) {
        let left = 1.0 - w;
        if left <= 0.0 {
            return Err(Refusal::NotApplicable("one donor has all the weight: the jackknife is undefined"));
        }
        draws.push(all / treated as f64 - (synthetic - w * c) / left);
    }
    draws.extend(own.iter().map(|c| (all - c) / (treated - 1) as f64 - synthetic));
    let n = draws.len() as f64;
    let middle = mean(&draws);
    let squares: f64 = draws.iter().map(|d| (d - middle).powi(2)).sum();
    let standard_error = ((n - 1.0) / n * squares).sqrt();
    if standard_error.is_finite() { Ok(Variance { standard_error, draws }) } else { Err(Refusal::Overflow) }
}
