//! One cell given covariates: outcome regression, weighting, and both (Sant'Anna & Zhao 2020).
//!
//! The sample is the cell's treated and comparison units; X holds a constant and the covariates, each
//! freed of its mean and scaled, which changes no estimate and keeps the equations well conditioned.
//! Influence values are written for the whole panel: n/m times the cell's own, m its units.

use super::{Adjustment, CellRefusal, arrange::Change, cells::Outcome};
use crate::symmetric::Factor;

/// A propensity at or above this means that overlap fails (as in `did`).
const NO_OVERLAP: f64 = 0.999;

/// Comparison units at or above this propensity get no weight (as in `DRDID`).
const TRIM: f64 = 0.995;

/// Who takes part, as positions among the arranged units, and their change in outcome.
pub(super) struct Sample<'a> {
    pub(super) treated: &'a [usize],
    pub(super) controls: &'a [usize],
    pub(super) change: &'a Change<'a>,
}

/// The cell's data, treated first.
struct Data {
    /// Units × terms, row-major; the first term is the constant.
    x: Vec<f64>,
    terms: usize,
    change: Vec<f64>,
    treated: usize,
}

impl Data {
    fn rows(&self) -> impl Iterator<Item = (usize, &[f64])> {
        self.x.chunks_exact(self.terms).enumerate()
    }

    fn units(&self) -> usize {
        self.change.len()
    }

    /// Σ weight(i)·xᵢ/m.
    fn mean(&self, weight: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut sum = vec![0.0; self.terms];
        for (i, x) in self.rows() {
            axpy(&mut sum, x, weight(i) / self.units() as f64);
        }
        sum
    }
}

/// Estimates the cell and writes its influence values at the units' positions in `psi`.
pub(super) fn estimate(
    adjustment: Adjustment,
    sample: &Sample<'_>,
    covariates: &[&[f64]],
    psi: &mut [f64],
) -> Outcome {
    let (treated, controls) = (sample.treated.len(), sample.controls.len());
    let estimate = if treated == 0 {
        Err(CellRefusal::NoTreated)
    } else if controls == 0 {
        Err(CellRefusal::NoControls)
    } else {
        let data = gather(sample, covariates);
        evaluate(adjustment, &data).map(|(estimate, own)| {
            let scale = psi.len() as f64 / data.units() as f64;
            for (&unit, value) in sample.treated.iter().chain(sample.controls).zip(own) {
                psi[unit] = scale * value;
            }
            estimate
        })
    };
    Outcome { treated, controls, estimate }
}

fn gather(sample: &Sample<'_>, covariates: &[&[f64]]) -> Data {
    let units: Vec<usize> = sample.treated.iter().chain(sample.controls).copied().collect();
    let m = units.len() as f64;
    let terms = covariates.len() + 1;
    let mut x = vec![1.0; units.len() * terms];
    for (c, column) in covariates.iter().enumerate() {
        let mean = units.iter().map(|&u| column[u]).sum::<f64>() / m;
        let spread = (units.iter().map(|&u| (column[u] - mean).powi(2)).sum::<f64>() / m).sqrt();
        // A covariate that is constant to rounding becomes zero and is refused as collinear.
        let scale = if spread > 1e-12 * mean.abs() { spread.recip() } else { 0.0 };
        for (row, &u) in units.iter().enumerate() {
            x[row * terms + c + 1] = (column[u] - mean) * scale;
        }
    }
    let change = units.iter().map(|&u| sample.change.of(u)).collect();
    Data { x, terms, change, treated: sample.treated.len() }
}

/// The effect and each unit's influence on it.
fn evaluate(adjustment: Adjustment, data: &Data) -> Result<(f64, Vec<f64>), CellRefusal> {
    let controls = data.units() - data.treated;
    if adjustment != Adjustment::None && controls <= data.terms {
        return Err(CellRefusal::TooFewControls { controls, terms: data.terms });
    }
    match adjustment {
        Adjustment::None => weighted(data, None, None),
        Adjustment::OutcomeRegression => Ok(regressed(data, &Regression::fit(data)?)),
        Adjustment::InverseProbability => weighted(data, Some(&Propensity::fit(data)?), None),
        Adjustment::DoublyRobust => {
            weighted(data, Some(&Propensity::fit(data)?), Some(&Regression::fit(data)?))
        }
    }
}

/// Mean change of the treated less the weighted mean change of the comparison, after what a regression
/// explains has been taken off both.
fn weighted(
    data: &Data,
    propensity: Option<&Propensity>,
    regression: Option<&Regression>,
) -> Result<(f64, Vec<f64>), CellRefusal> {
    let m = data.units() as f64;
    let rest = regression.map_or_else(|| data.change.clone(), |r| r.residuals(data));
    let is_treated = |i: usize| i < data.treated;
    // The comparison's weights: odds of treatment, or one each.
    let weight = |i: usize| match propensity {
        _ if is_treated(i) => 0.0,
        Some(p) => p.odds[i],
        None => 1.0,
    };
    let treated_share = data.treated as f64 / m;
    let control_share = (data.treated..data.units()).map(weight).sum::<f64>() / m;
    if control_share <= 0.0 {
        return Err(CellRefusal::NoOverlap { largest: propensity.map_or(1.0, |p| p.largest) });
    }
    let treated_mean = rest[..data.treated].iter().sum::<f64>() / m / treated_share;
    let control_mean =
        (data.treated..data.units()).map(|i| weight(i) * rest[i]).sum::<f64>() / m / control_share;
    let mut psi: Vec<f64> = (0..data.units())
        .map(|i| {
            if is_treated(i) {
                (rest[i] - treated_mean) / treated_share
            } else {
                -weight(i) * (rest[i] - control_mean) / control_share
            }
        })
        .collect();
    // How the two means move with the models' coefficients.
    if let Some(p) = propensity {
        let slope = data.mean(|i| weight(i) * (rest[i] - control_mean));
        p.add_uncertainty(data, &slope, -1.0 / control_share, &mut psi);
    }
    if let Some(r) = regression {
        let of_treated = data.mean(|i| f64::from(u8::from(is_treated(i))) / treated_share);
        let of_controls = data.mean(|i| weight(i) / control_share);
        let slope: Vec<f64> = of_controls.iter().zip(&of_treated).map(|(c, t)| c - t).collect();
        r.add_uncertainty(data, &rest, &slope, 1.0, &mut psi);
    }
    Ok((treated_mean - control_mean, psi))
}

/// The treated's mean residual from the comparison's regression.
fn regressed(data: &Data, regression: &Regression) -> (f64, Vec<f64>) {
    let rest = regression.residuals(data);
    let share = data.treated as f64 / data.units() as f64;
    let estimate = rest[..data.treated].iter().sum::<f64>() / data.treated as f64;
    let mut psi: Vec<f64> = (0..data.units())
        .map(|i| if i < data.treated { (rest[i] - estimate) / share } else { 0.0 })
        .collect();
    let slope = data.mean(|i| f64::from(u8::from(i < data.treated)));
    regression.add_uncertainty(data, &rest, &slope, -1.0 / share, &mut psi);
    (estimate, psi)
}

/// The comparison's change, linear in X.
struct Regression {
    beta: Vec<f64>,
    /// Σ xxᵀ/m over the comparison.
    factor: Factor,
}

impl Regression {
    fn fit(data: &Data) -> Result<Self, CellRefusal> {
        let k = data.terms;
        let m = data.units() as f64;
        let (mut gram, mut beta) = (vec![0.0; k * k], vec![0.0; k]);
        for (i, x) in data.rows().skip(data.treated) {
            outer(&mut gram, x, 1.0 / m);
            axpy(&mut beta, x, data.change[i] / m);
        }
        let factor = Factor::new(&gram, k);
        if !factor.dependent().is_empty() {
            return Err(CellRefusal::Collinear);
        }
        factor.solve(&mut beta);
        Ok(Self { beta, factor })
    }

    fn residuals(&self, data: &Data) -> Vec<f64> {
        data.rows().map(|(i, x)| data.change[i] - dot(x, &self.beta)).collect()
    }

    /// Adds `times · slopeᵀ(β̂ − β)`, written per unit.
    fn add_uncertainty(&self, data: &Data, rest: &[f64], slope: &[f64], times: f64, psi: &mut [f64]) {
        let mut direction = slope.to_vec();
        self.factor.solve(&mut direction);
        for (i, x) in data.rows().skip(data.treated) {
            psi[i] += times * rest[i] * dot(x, &direction);
        }
    }
}

/// Steps that Newton's method may take.
const NEWTON_STEPS: usize = 50;

/// The longest step in any coefficient; longer ones belong to separation, which is refused.
const LONGEST_STEP: f64 = 5.0;

/// The logit of being treated, given X.
struct Propensity {
    probability: Vec<f64>,
    largest: f64,
    /// p/(1 − p) for the comparison, zero where trimmed.
    odds: Vec<f64>,
    /// Σ p(1 − p)xxᵀ/m.
    factor: Factor,
}

impl Propensity {
    fn fit(data: &Data) -> Result<Self, CellRefusal> {
        let k = data.terms;
        let m = data.units() as f64;
        let share = data.treated as f64 / m;
        let mut beta = vec![0.0; k];
        beta[0] = (share / (1.0 - share)).ln();
        let mut settled = false;
        let factor = 'newton: {
            let mut step = 0;
            loop {
                let (mut hessian, mut score) = (vec![0.0; k * k], vec![0.0; k]);
                for (i, x) in data.rows() {
                    let p = logistic(dot(x, &beta));
                    outer(&mut hessian, x, p * (1.0 - p) / m);
                    axpy(&mut score, x, (f64::from(u8::from(i < data.treated)) - p) / m);
                }
                let factor = Factor::new(&hessian, k);
                step += 1;
                if settled || step > NEWTON_STEPS || !factor.dependent().is_empty() {
                    break 'newton factor;
                }
                factor.solve(&mut score);
                let size = score.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
                axpy(&mut beta, &score, if size > LONGEST_STEP { LONGEST_STEP / size } else { 1.0 });
                // Newton squares the error: after a step this small the next would change nothing.
                settled = size < 1e-9;
            }
        };
        let probability: Vec<f64> = data.rows().map(|(_, x)| logistic(dot(x, &beta))).collect();
        let largest = probability.iter().fold(0.0_f64, |most, &p| most.max(p));
        if largest >= NO_OVERLAP {
            return Err(CellRefusal::NoOverlap { largest });
        }
        if !factor.dependent().is_empty() {
            return Err(CellRefusal::Collinear);
        }
        if !settled {
            return Err(CellRefusal::NotSettled);
        }
        let odds = |(i, &p): (usize, &f64)| if i >= data.treated && p < TRIM { p / (1.0 - p) } else { 0.0 };
        Ok(Self { odds: probability.iter().enumerate().map(odds).collect(), probability, largest, factor })
    }

    /// Adds `times · slopeᵀ(γ̂ − γ)`, written per unit.
    fn add_uncertainty(&self, data: &Data, slope: &[f64], times: f64, psi: &mut [f64]) {
        let mut direction = slope.to_vec();
        self.factor.solve(&mut direction);
        for (i, x) in data.rows() {
            let surprise = f64::from(u8::from(i < data.treated)) - self.probability[i];
            psi[i] += times * surprise * dot(x, &direction);
        }
    }
}

fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Adds `weight · xxᵀ`.
fn outer(matrix: &mut [f64], x: &[f64], weight: f64) {
    for (row, xi) in matrix.chunks_exact_mut(x.len()).zip(x) {
        axpy(row, x, weight * xi);
    }
}

/// y + a·x, in place.
fn axpy(y: &mut [f64], x: &[f64], a: f64) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
