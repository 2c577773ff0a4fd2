//! The Frank–Wolfe descent of the synthetic difference-in-differences paper's own code.
//!
//! [`solve`](super::solve) ends at the minimum. Published estimates of synthetic
//! difference-in-differences come from a descent that is cut short: a hundred steps, weights not above
//! a quarter of the largest set to zero, then steps until one lowers the objective by less than a
//! given amount or ten thousand are taken (Arkhangelsky et al. 2021, the package `synthdid` 0.0.9;
//! step length as Frank & Wolfe 1956 with exact line search). Repeating a published figure to its last
//! digit means repeating the steps, and that is all that this file is for.

use super::{Certificate, Points, Quadratic, Solution};

/// When the descent is cut short.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    /// Ends when a step lowers the objective (per row) by no more than the square of this.
    pub(crate) decrease: f64,
    /// Steps before small weights are set to zero.
    pub(crate) first: usize,
    /// Steps afterwards, at most.
    pub(crate) then: usize,
}

/// The descent from given weights, or from equal ones. `ridge` is that of [`solve`](super::solve).
pub(crate) fn descend(points: &Points, ridge: f64, start: Option<&[f64]>, stop: Stop) -> Option<Solution> {
    let donors = points.len();
    let scale = points.squared_distances().iter().sum::<f64>() / donors as f64;
    if donors == 0 || !scale.is_finite() || !ridge.is_finite() {
        return None;
    }
    let mut weights = start.map_or_else(|| vec![1.0 / donors as f64; donors], <[f64]>::to_vec);
    let mut steps = steps_from(points, ridge, &mut weights, stop.decrease, stop.first);
    let most = weights.iter().copied().fold(0.0, f64::max);
    for w in &mut weights {
        if *w <= most / 4.0 {
            *w = 0.0;
        }
    }
    let sum: f64 = weights.iter().sum();
    for w in &mut weights {
        *w /= sum;
    }
    steps += steps_from(points, ridge, &mut weights, stop.decrease, stop.then);
    let certificate = certificate(points, ridge, &weights, scale, steps);
    Some(Solution { weights, certificate })
}

/// How many donors are looked at between two looks at all of them.
const NEAR: usize = 192;

/// The state of a descent: weights are `share` × `parts`, so that shrinking all is one product.
struct State<'a> {
    points: &'a Points,
    ridge: f64,
    parts: Vec<f64>,
    share: f64,
    squares: f64,
    residual: Vec<f64>,
    /// The donors whose slope may be the lowest, ascending, and their columns, period by period.
    near: Vec<usize>,
    columns: Vec<f64>,
    slopes: Vec<f64>,
    /// No other donor's slope was lower than this, when all were last looked at,
    beyond: f64,
    /// with this residual,
    seen: Vec<f64>,
    /// the largest weight being this, of which so much is kept since.
    heaviest: f64,
    kept: f64,
    farthest: f64,
}

fn steps_from(points: &Points, ridge: f64, weights: &mut [f64], decrease: f64, most: usize) -> usize {
    let periods = points.periods();
    let residual: Vec<f64> =
        (0..periods).map(|t| points.period(t).iter().zip(weights.iter()).map(|(x, w)| x * w).sum()).collect();
    let mut state = State {
        points,
        ridge,
        parts: weights.to_vec(),
        share: 1.0,
        squares: weights.iter().map(|w| w * w).sum(),
        residual,
        near: Vec::new(),
        columns: Vec::new(),
        slopes: Vec::new(),
        beyond: f64::NEG_INFINITY,
        seen: Vec::new(),
        heaviest: 0.0,
        kept: 1.0,
        farthest: points.squared_distances().iter().copied().fold(0.0, f64::max).sqrt(),
    };
    let mut values = [f64::INFINITY; 2];
    let mut steps = 0;
    while steps < most && (steps < 2 || values[0] - values[1] > decrease * decrease) {
        steps += 1;
        if !state.step() {
            break;
        }
        let misfit: f64 = state.residual.iter().map(|r| r * r).sum();
        values = [values[1], (ridge * state.squares + misfit) / periods as f64];
    }
    for (w, part) in weights.iter_mut().zip(&state.parts) {
        *w = state.share * part;
    }
    steps
}

impl State<'_> {
    /// One step; `false` if all weight is on the best donor already.
    fn step(&mut self) -> bool {
        let (best, slope) = self.lowest();
        let own = self.share * self.parts[best];
        let misfit: f64 = self.residual.iter().map(|r| r * r).sum();
        let falls = slope - (misfit + self.ridge * self.squares);
        let turn = 1.0 - 2.0 * own + self.squares;
        let towards: f64 =
            (0..self.residual.len()).map(|t| (self.points.period(t)[best] - self.residual[t]).powi(2)).sum();
        let bend = towards + self.ridge * turn;
        if turn <= 0.0 || bend <= 0.0 {
            return false;
        }
        let length = (-falls / bend).clamp(0.0, 1.0);
        let keep = 1.0 - length;
        self.kept *= keep;
        self.squares = keep * keep * self.squares + 2.0 * length * keep * own + length * length;
        for (t, r) in self.residual.iter_mut().enumerate() {
            *r = keep * *r + length * self.points.period(t)[best];
        }
        if keep < 1e-3 || self.share < 1e-100 {
            for part in &mut self.parts {
                *part *= self.share * keep;
            }
            self.share = 1.0;
        } else {
            self.share *= keep;
        }
        self.parts[best] += length / self.share;
        true
    }

    /// The donor with the lowest slope, the first of equals, and its slope.
    fn lowest(&mut self) -> (usize, f64) {
        let moved: f64 =
            self.seen.iter().zip(&self.residual).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        if !self.near.is_empty() {
            let found = self.among_near();
            // A slope falls by no more than the donor's distance times how far the residual moved, and
            // what the ridge loses as its weight shrinks.
            let fall = self.farthest * moved + self.ridge * (1.0 - self.kept) * self.heaviest;
            if found.1 < self.beyond - fall {
                return found;
            }
        }
        self.look_at_all();
        self.among_near()
    }

    fn among_near(&mut self) -> (usize, f64) {
        let wide = self.near.len();
        self.slopes.clear();
        self.slopes.resize(wide, 0.0);
        for (t, r) in self.residual.iter().enumerate() {
            for (s, x) in self.slopes.iter_mut().zip(&self.columns[t * wide..(t + 1) * wide]) {
                *s += r * x;
            }
        }
        let ridge = self.ridge * self.share;
        let mut best = (self.near[0], f64::INFINITY);
        for (j, s) in self.near.iter().zip(&self.slopes) {
            let slope = s + ridge * self.parts[*j];
            if slope < best.1 {
                best = (*j, slope);
            }
        }
        best
    }

    fn look_at_all(&mut self) {
        let donors = self.points.len();
        let ridge = self.ridge * self.share;
        let mut slopes: Vec<f64> = self.parts.iter().map(|part| ridge * part).collect();
        for (t, r) in self.residual.iter().enumerate() {
            for (s, x) in slopes.iter_mut().zip(self.points.period(t)) {
                *s += r * x;
            }
        }
        self.seen.clone_from(&self.residual);
        self.kept = 1.0;
        self.heaviest = self.share * self.parts.iter().copied().fold(0.0, f64::max);
        self.near = (0..donors).collect();
        self.beyond = f64::INFINITY;
        if donors > NEAR + 1 {
            let order = |a: &usize, b: &usize| slopes[*a].total_cmp(&slopes[*b]).then(a.cmp(b));
            let (_, limit, _) = self.near.select_nth_unstable_by(NEAR, order);
            self.beyond = slopes[*limit];
            self.near.truncate(NEAR);
            self.near.sort_unstable();
        }
        self.columns.clear();
        for t in 0..self.residual.len() {
            let row = self.points.period(t);
            self.columns.extend(self.near.iter().map(|j| row[*j]));
        }
    }
}

fn certificate(points: &Points, ridge: f64, weights: &[f64], scale: f64, steps: usize) -> Certificate {
    let all: Vec<usize> = (0..weights.len()).collect();
    let mut gradient = vec![0.0; weights.len()];
    points.gradient(&all, weights, &mut gradient);
    let mut along = 0.0;
    for (g, w) in gradient.iter_mut().zip(weights) {
        *g += ridge * w;
        along += *g * w;
    }
    let least = gradient.iter().copied().fold(f64::INFINITY, f64::min);
    let gap = (along - least).max(0.0);
    Certificate {
        // Without a linear part ∇f(w)ᵀw is twice the objective.
        objective: 0.5 * along,
        gap,
        relative_gap: if scale > 0.0 { gap / scale } else { 0.0 },
        support: weights.iter().filter(|w| **w > 0.0).count(),
        steps,
    }
}
