//! The arithmetic of a two-way fit: coefficients, residuals, and variances of three kinds.
//!
//! Two roads to the same numbers. On a balanced panel whose terms depend on starts alone, sums are
//! taken by pattern (O(units × periods) in all). Otherwise each term is a column, freed of unit and
//! period effects by [`super::within`]. A test holds the roads to each other.

use super::{
    design::Design,
    within::{Within, balanced},
};
use crate::symmetric::{Factor, sandwich};

/// How far apart the errors are taken to be independent.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scatter<'a> {
    /// All alike.
    Alike,
    /// Each cell its own variance.
    Cell,
    /// Free within a cluster, of which `count` are seen; one label per unit, or each its own.
    Cluster { of: Option<&'a [usize]>, count: usize },
}

/// What a fit found, before anybody draws conclusions.
#[derive(Debug)]
pub(super) struct Solution {
    pub(super) beta: Vec<f64>,
    /// `terms × terms`.
    pub(super) covariance: Vec<f64>,
    /// Terms that the effects or earlier terms determine; the rest means nothing when there are any.
    pub(super) dependent: Vec<usize>,
    pub(super) observations: usize,
    pub(super) units: usize,
    pub(super) periods: usize,
    /// Degrees of freedom of the t distribution that goes with the variance.
    pub(super) df: f64,
    /// Share of the outcome's variation around the effects that the terms take up.
    pub(super) within_r2: Option<f64>,
    /// Whether the outcome varies around the effects at all, beyond rounding.
    pub(super) varies: bool,
}

/// Variation below this share of the outcome's own square is rounding.
const ROUNDING: f64 = 1e-24;

/// Fits `y` (`units × periods`, row-major) on the design. `present` is `None` when all cells are.
pub(super) fn solve(
    y: &[f64],
    periods: usize,
    present: Option<&[bool]>,
    design: Design,
    scatter: Scatter<'_>,
) -> Solution {
    if present.is_none() && design.dense.is_empty() {
        by_pattern(y, periods, &design, scatter)
    } else {
        by_column(y, periods, present, design, scatter)
    }
}

fn by_pattern(y: &[f64], periods: usize, design: &Design, scatter: Scatter<'_>) -> Solution {
    let k = design.patterned;
    let units = y.len() / periods;
    let kinds = design.kinds();
    let mut y_within = y.to_vec();
    let size = y.iter().map(|x| x * x).sum::<f64>();
    balanced(&mut y_within, periods);

    let mut members = vec![0.0; kinds];
    let mut sums = vec![0.0; kinds * periods];
    for (row, &p) in y_within.chunks_exact(periods).zip(&design.pattern_of) {
        members[p] += 1.0;
        for (sum, x) in sums[p * periods..][..periods].iter_mut().zip(row) {
            *sum += x;
        }
    }
    let x = patterns_within(&design.patterns, &members, periods, k);
    let (mut gram, mut right) = (vec![0.0; k * k], vec![0.0; k]);
    for p in 0..kinds {
        for t in 0..periods {
            let row = &x[(p * periods + t) * k..][..k];
            accumulate(&mut gram, row, members[p]);
            for (r, x) in right.iter_mut().zip(row) {
                *r += x * sums[p * periods + t];
            }
        }
    }
    let factor = Factor::new(&gram, k);
    let mut beta = right;
    let total: f64 = y_within.iter().map(|x| x * x).sum();
    factor.solve(&mut beta);

    let fitted: Vec<f64> = x.chunks_exact(k.max(1)).map(|row| dot(row, &beta)).collect();
    for (row, &p) in y_within.chunks_exact_mut(periods).zip(&design.pattern_of) {
        for (e, fit) in row.iter_mut().zip(&fitted[p * periods..][..periods]) {
            *e -= fit;
        }
    }
    let scores = Scores { k, periods, residuals: &y_within };
    let meat = scores.meat(scatter, |unit, t| &x[(design.pattern_of[unit] * periods + t) * k..][..k]);
    let rest: f64 = y_within.iter().map(|e| e * e).sum();
    let counts = Counts { observations: y.len(), units, periods, effects: units + periods - 1 };
    finish(beta, &factor, meat, (size, total, rest), counts, scatter)
}

/// Patterns freed of unit and period effects: what the columns would be, unit by unit.
fn patterns_within(patterns: &[f64], members: &[f64], periods: usize, k: usize) -> Vec<f64> {
    let mut x = patterns.to_vec();
    let mut period = vec![0.0; periods * k];
    for (pattern, &count) in x.chunks_exact_mut((periods * k).max(1)).zip(members) {
        for term in 0..k {
            let mean = (0..periods).map(|t| pattern[t * k + term]).sum::<f64>() / periods as f64;
            for t in 0..periods {
                pattern[t * k + term] -= mean;
                period[t * k + term] += count * pattern[t * k + term];
            }
        }
    }
    let units: f64 = members.iter().sum();
    for pattern in x.chunks_exact_mut((periods * k).max(1)) {
        for (x, sum) in pattern.iter_mut().zip(&period) {
            *x -= sum / units;
        }
    }
    x
}

fn by_column(
    y: &[f64],
    periods: usize,
    present: Option<&[bool]>,
    design: Design,
    scatter: Scatter<'_>,
) -> Solution {
    let units = y.len() / periods;
    let within = Within::new(units, periods, present);
    let here = |at: usize| present.is_none_or(|mask| mask[at]);
    let mut y_within = y.to_vec();
    let size = (0..y.len()).filter(|&at| here(at)).map(|at| y[at] * y[at]).sum();
    within.apply(&mut y_within);
    let mut columns = design.into_columns(periods);
    let k = columns.len();
    let squares: Vec<f64> = columns.iter().map(|x| dot(x, x)).collect();
    for column in &mut columns {
        within.apply(column);
    }
    // Row-major from here on: a cell's terms lie together.
    let mut x = vec![0.0; y.len() * k];
    for (term, column) in columns.iter().enumerate() {
        // A term that the effects take up leaves rounding behind, which must not pass for variation.
        if dot(column, column) > 1e-18 * squares[term] {
            for (at, &value) in column.iter().enumerate() {
                x[at * k + term] = value;
            }
        }
    }
    drop(columns);
    let (mut gram, mut beta) = (vec![0.0; k * k], vec![0.0; k]);
    for (row, &y) in x.chunks_exact(k.max(1)).zip(&y_within) {
        accumulate(&mut gram, row, 1.0);
        for (r, x) in beta.iter_mut().zip(row) {
            *r += x * y;
        }
    }
    let factor = Factor::new(&gram, k);
    factor.solve(&mut beta);
    let total: f64 = y_within.iter().map(|x| x * x).sum();
    for (row, e) in x.chunks_exact(k.max(1)).zip(&mut y_within) {
        *e -= dot(row, &beta);
    }
    let scores = Scores { k, periods, residuals: &y_within };
    let meat = scores.meat(scatter, |unit, t| &x[(unit * periods + t) * k..][..k]);
    let rest: f64 = y_within.iter().map(|e| e * e).sum();
    let seen = |along: &dyn Fn(usize, usize) -> usize, outer: usize, inner: usize| {
        (0..outer).filter(|&o| (0..inner).any(|i| here(along(o, i)))).count()
    };
    let counts = Counts {
        observations: (0..y.len()).filter(|&at| here(at)).count(),
        units: seen(&|i, t| i * periods + t, units, periods),
        periods: seen(&|t, i| i * periods + t, periods, units),
        effects: within.effects(),
    };
    finish(beta, &factor, meat, (size, total, rest), counts, scatter)
}

/// Residuals and how terms are laid out, from which scores are summed.
struct Scores<'a> {
    k: usize,
    periods: usize,
    residuals: &'a [f64],
}

impl Scores<'_> {
    fn meat<'x>(&self, scatter: Scatter<'_>, x: impl Fn(usize, usize) -> &'x [f64]) -> Vec<f64> {
        let k = self.k;
        let mut meat = vec![0.0; k * k];
        let rows = self.residuals.chunks_exact(self.periods).enumerate();
        match scatter {
            Scatter::Alike => {}
            Scatter::Cell => {
                for (unit, row) in rows {
                    for (t, e) in row.iter().enumerate() {
                        accumulate(&mut meat, x(unit, t), e * e);
                    }
                }
            }
            Scatter::Cluster { of: None, .. } => {
                let mut score = vec![0.0; k];
                for (unit, row) in rows {
                    score.fill(0.0);
                    self.add_score(&mut score, row, |t| x(unit, t));
                    accumulate(&mut meat, &score, 1.0);
                }
            }
            Scatter::Cluster { of: Some(of), .. } => {
                let labels = of.iter().max().map_or(0, |last| last + 1);
                let mut scores = vec![0.0; labels * k];
                for (unit, row) in rows {
                    self.add_score(&mut scores[of[unit] * k..][..k], row, |t| x(unit, t));
                }
                for score in scores.chunks_exact(k.max(1)) {
                    accumulate(&mut meat, score, 1.0);
                }
            }
        }
        meat
    }

    fn add_score<'x>(&self, score: &mut [f64], row: &[f64], x: impl Fn(usize) -> &'x [f64]) {
        for (t, &e) in row.iter().enumerate() {
            for (s, x) in score.iter_mut().zip(x(t)) {
                *s += x * e;
            }
        }
    }
}

struct Counts {
    observations: usize,
    units: usize,
    periods: usize,
    effects: usize,
}

/// Small-sample corrections as `fixest` makes them by default (Bergé 2018): (n − 1)/(n − K) and
/// G/(G − 1), where unit effects do not count in K when the clusters hold whole units.
fn finish(
    beta: Vec<f64>,
    factor: &Factor,
    mut meat: Vec<f64>,
    (size, total, rest): (f64, f64, f64),
    counts: Counts,
    scatter: Scatter<'_>,
) -> Solution {
    let k = beta.len();
    let n = counts.observations as f64;
    for i in 0..k {
        for j in 0..i {
            meat[i * k + j] = meat[j * k + i];
        }
    }
    let all = (k + counts.effects) as f64;
    let bread = factor.inverse();
    let (covariance, df) = match scatter {
        Scatter::Alike => {
            let variance = rest / (n - all);
            (bread.iter().map(|b| b * variance).collect(), n - all)
        }
        Scatter::Cell => (scaled(sandwich(&bread, &meat, k), n / (n - all)), n - all),
        Scatter::Cluster { count, .. } => {
            let kept = all - (counts.units as f64 - 1.0);
            let groups = count as f64;
            let correction = (n - 1.0) / (n - kept) * groups / (groups - 1.0);
            (scaled(sandwich(&bread, &meat, k), correction), groups - 1.0)
        }
    };
    let varies = total > ROUNDING * size;
    Solution {
        beta,
        covariance,
        dependent: factor.dependent().to_vec(),
        observations: counts.observations,
        units: counts.units,
        periods: counts.periods,
        df,
        within_r2: varies.then(|| 1.0 - rest / total),
        varies,
    }
}

fn scaled(mut matrix: Vec<f64>, by: f64) -> Vec<f64> {
    matrix.iter_mut().for_each(|x| *x *= by);
    matrix
}

/// Adds `weight · row rowᵀ` to the upper triangle.
fn accumulate(matrix: &mut [f64], row: &[f64], weight: f64) {
    let k = row.len();
    for i in 0..k {
        let x = weight * row[i];
        if x != 0.0 {
            for (m, y) in matrix[i * k + i..(i + 1) * k].iter_mut().zip(&row[i..]) {
                *m += x * y;
            }
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
