//! The ridge-augmented synthetic control.
//!
//! ŵ = w + (x₁ − Xw)ᵀ(XXᵀ + λI)⁻¹X (Ben-Michael, Feller & Rothstein 2021, lemma 1), with outcomes
//! centred at the donors' mean of each period. λ by leaving one period out, the largest whose error
//! is within one standard error of the least (§ 5.3), over the grid of the authors' package: from the
//! squared largest singular value of X down by 20 equal factors to 10⁻⁸ of it.

use crate::{
    design::Design,
    refusal::Refusal,
    simplex::{Points, solve},
    symmetric::Factor,
    synthetic::{Fit, outcomes},
};

/// How strongly the correction is held back.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Ridge {
    /// λ > 0, in squared units of the outcome. As it grows, the correction vanishes.
    Given(f64),
    /// Leaving out one period before the start at a time; the largest λ within one standard error
    /// of the best. Needs three periods before the start.
    #[default]
    CrossValidated,
}

pub(super) fn fit(design: &Design, ridge: &Ridge) -> Result<Fit, Refusal> {
    let (donors, before) = (design.donors.len(), design.before);
    if donors < 2 {
        return Err(Refusal::TooFewDonors { found: donors, needed: 2 });
    }
    let centred = Centred::new(design);
    let lambda = match ridge {
        Ridge::Given(lambda) if lambda.is_finite() && *lambda > 0.0 => *lambda,
        Ridge::Given(_) => return Err(Refusal::BadNumber { name: "ridge" }),
        Ridge::CrossValidated if before < 3 => {
            return Err(Refusal::TooFewPeriodsBefore { found: before, needed: 3 });
        }
        Ridge::CrossValidated => centred.choose()?,
    };
    let base = outcomes::solution(design, before)?;
    let all: Vec<usize> = (0..before).collect();
    let weights = centred.augmented(&all, &base.weights, lambda);
    let mut fit = Fit::from_weights(design, weights, base.certificate)?;
    fit.penalty = Some(lambda);
    Ok(fit)
}

/// Outcomes before the start, less the donors' mean of each period; period by period.
struct Centred {
    donors: usize,
    target: Vec<f64>,
    periods: Vec<Vec<f64>>,
    /// XXᵀ, periods × periods.
    gram: Vec<f64>,
}

impl Centred {
    fn new(design: &Design) -> Self {
        let (donors, before) = (design.donors.len(), design.before);
        let mut periods = Vec::with_capacity(before);
        let mut target = Vec::with_capacity(before);
        for t in 0..before {
            let row: Vec<f64> = (0..donors).map(|donor| design.donor(donor)[t]).collect();
            let mean = super::mean(&row);
            target.push(design.target[t] - mean);
            periods.push(row.into_iter().map(|y| y - mean).collect::<Vec<f64>>());
        }
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let gram = periods.iter().flat_map(|a| periods.iter().map(move |b| dot(a, b))).collect();
        Self { donors, target, periods, gram }
    }

    /// The weights with the ridge's correction, from some of the periods.
    fn augmented(&self, periods: &[usize], base: &[f64], lambda: f64) -> Vec<f64> {
        let (n, all) = (periods.len(), self.periods.len());
        let mut matrix = vec![0.0; n * n];
        for (i, s) in periods.iter().enumerate() {
            for (j, t) in periods.iter().enumerate() {
                matrix[i * n + j] = self.gram[s * all + t] + if i == j { lambda } else { 0.0 };
            }
        }
        let mut misfit: Vec<f64> = periods.iter().map(|t| self.target[*t] - self.at(*t, base)).collect();
        Factor::new(&matrix, n).solve(&mut misfit);
        let mut weights = base.to_vec();
        for (t, m) in periods.iter().zip(&misfit) {
            for (w, x) in weights.iter_mut().zip(&self.periods[*t]) {
                *w += m * x;
            }
        }
        weights
    }

    fn at(&self, t: usize, weights: &[f64]) -> f64 {
        self.periods[t].iter().zip(weights).map(|(x, w)| x * w).sum()
    }

    fn choose(&self) -> Result<f64, Refusal> {
        const STEPS: usize = 20;
        /// 10^(−8/20), written out: powers are not the same on every machine.
        const FACTOR: f64 = 0.398_107_170_553_497_25;
        let all = self.periods.len();
        let largest = largest_eigenvalue(&self.gram, all);
        if largest <= 0.0 || !largest.is_finite() {
            return Err(Refusal::NotApplicable("the donors do not differ before the start"));
        }
        // From one step above the largest, as the authors' package has it.
        let mut grid = vec![largest / FACTOR];
        for _ in 0..STEPS {
            grid.push(grid[grid.len() - 1] * FACTOR);
        }
        // The authors' package never leaves out the last period before the start, and nor do we.
        let folds = all - 1;
        let mut errors = vec![Vec::with_capacity(folds); grid.len()];
        for held_out in 0..folds {
            let kept: Vec<usize> = (0..all).filter(|t| *t != held_out).collect();
            let target: Vec<f64> = kept.iter().map(|t| self.target[*t]).collect();
            let rows: Vec<Vec<f64>> = (0..self.donors)
                .map(|donor| kept.iter().map(|t| self.periods[*t][donor]).collect())
                .collect();
            let points = Points::new(&target, rows.iter().map(Vec::as_slice));
            let base = points.and_then(|points| solve(&points, 0.0)).ok_or(Refusal::Overflow)?.weights;
            for (errors, lambda) in errors.iter_mut().zip(&grid) {
                let weights = self.augmented(&kept, &base, *lambda);
                errors.push((self.target[held_out] - self.at(held_out, &weights)).powi(2));
            }
        }
        let means: Vec<f64> = errors.iter().map(|errors| super::mean(errors)).collect();
        let best = (0..grid.len()).fold(0, |best, at| if means[at] < means[best] { at } else { best });
        let spread: f64 = errors[best].iter().map(|e| (e - means[best]).powi(2)).sum();
        let error = (spread / (folds - 1) as f64 / folds as f64).sqrt();
        // The grid falls: the first within reach is the largest.
        let chosen = (0..grid.len()).find(|at| means[*at] <= means[best] + error).unwrap_or(best);
        Ok(grid[chosen])
    }
}

/// The largest eigenvalue of a symmetric positive semidefinite matrix, by the power method on a
/// start that no eigenvector of interest is orthogonal to in practice.
fn largest_eigenvalue(matrix: &[f64], n: usize) -> f64 {
    let widest = (0..n).fold(0, |best, i| if matrix[i * n + i] > matrix[best * n + best] { i } else { best });
    let mut vector = matrix[widest * n..(widest + 1) * n].to_vec();
    let mut value = 0.0;
    for _ in 0..1000 {
        let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length == 0.0 || !length.is_finite() {
            return length;
        }
        for x in &mut vector {
            *x /= length;
        }
        let next: Vec<f64> =
            matrix.chunks(n).map(|row| row.iter().zip(&vector).map(|(a, x)| a * x).sum()).collect();
        let found: f64 = next.iter().zip(&vector).map(|(a, x)| a * x).sum();
        vector = next;
        if (found - value).abs() <= 1e-15 * found {
            return found;
        }
        value = found;
    }
    value
}
