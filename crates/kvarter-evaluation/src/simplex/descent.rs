//! The Frank–Wolfe descent of the synthetic difference-in-differences paper's own code.
//!
//! [`solve`](super::solve) ends at the minimum. Published estimates of synthetic
//! difference-in-differences come from a descent that is cut short: a hundred steps, weights not above
//! a quarter of the largest set to zero, then steps until one lowers the objective by less than a
//! given amount or ten thousand are taken (Arkhangelsky et al. 2021, the package `synthdid` 0.0.9;
//! step length as Frank & Wolfe 1956 with exact line search). Repeating a published figure to its last
//! digit means repeating the steps, and that is all that this file is for.

use super::{Certificate, Matrix, Points, Quadratic, Solution};

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
    let along = |weights: &mut [f64], most: usize| steps_from(points, ridge, weights, stop.decrease, most);
    let (weights, steps) = twice(donors, start, stop, along);
    let certificate = certificate(points, ridge, &weights, scale, steps);
    Some(Solution { weights, certificate })
}

/// The same steps where few weights fit many rows (period weights): Q itself is small, so that a step
/// costs the square of the weights' number and none of the rows'.
///
/// `gram` is Q, row by row, and `rows` how many rows it was summed over.
pub(crate) fn descend_small(
    gram: &[f64],
    rows: usize,
    ridge: f64,
    start: Option<&[f64]>,
    stop: Stop,
) -> Option<Solution> {
    let wide = start.map_or_else(|| gram.len().isqrt(), <[f64]>::len);
    let nothing = vec![0.0; wide];
    let matrix = Matrix::new(gram, &nothing)?;
    let scale = matrix.scale();
    if !scale.is_finite() || !ridge.is_finite() {
        return None;
    }
    let along =
        |weights: &mut [f64], most: usize| small_steps_from(gram, rows, ridge, weights, stop.decrease, most);
    let (weights, steps) = twice(wide, start, stop, along);
    let certificate = certificate(&matrix, ridge, &weights, scale, steps);
    Some(Solution { weights, certificate })
}

/// Steps, small weights set to zero, steps again.
fn twice(
    donors: usize,
    start: Option<&[f64]>,
    stop: Stop,
    mut along: impl FnMut(&mut [f64], usize) -> usize,
) -> (Vec<f64>, usize) {
    let mut weights = start.map_or_else(|| vec![1.0 / donors as f64; donors], <[f64]>::to_vec);
    let mut steps = along(&mut weights, stop.first);
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
    steps += along(&mut weights, stop.then);
    (weights, steps)
}

fn small_steps_from(
    gram: &[f64],
    rows: usize,
    ridge: f64,
    weights: &mut [f64],
    decrease: f64,
    most: usize,
) -> usize {
    let wide = weights.len();
    let mut slopes = vec![0.0; wide];
    let mut values = [f64::INFINITY; 2];
    let mut steps = 0;
    // Anew at each step, in the same order: what is carried on drifts, and the rule that ends the descent
    // looks at its last digits.
    let evaluate = |weights: &[f64], slopes: &mut [f64]| {
        slopes.fill(0.0);
        for (w, row) in weights.iter().zip(gram.chunks_exact(wide)).filter(|(w, _)| **w != 0.0) {
            for (s, q) in slopes.iter_mut().zip(row) {
                *s += w * q;
            }
        }
        for (s, w) in slopes.iter_mut().zip(weights) {
            *s += ridge * w;
        }
        slopes.iter().zip(weights).map(|(s, w)| s * w).sum::<f64>()
    };
    let mut value = evaluate(weights, &mut slopes);
    while steps < most && (steps < 2 || values[0] - values[1] > decrease * decrease) {
        steps += 1;
        let mut best = 0;
        for (j, s) in slopes.iter().enumerate() {
            if *s < slopes[best] {
                best = j;
            }
        }
        let falls = slopes[best] - value;
        let own = weights[best];
        let turn = 1.0 - 2.0 * own + weights.iter().map(|w| w * w).sum::<f64>();
        // (e − w)ᵀ(Q + ρI)(e − w), from what is known of each.
        let bend = gram[best * wide + best] + ridge - 2.0 * slopes[best] + value;
        if turn <= 0.0 || bend <= 0.0 {
            break;
        }
        let length = (-falls / bend).clamp(0.0, 1.0);
        for w in weights.iter_mut() {
            *w *= 1.0 - length;
        }
        weights[best] += length;
        value = evaluate(weights, &mut slopes);
        values = [values[1], value / rows as f64];
    }
    steps
}

/// The state of a descent: weights are `share` × `parts`, so that shrinking all is one product.
struct State<'a> {
    points: &'a Points,
    ridge: f64,
    parts: Vec<f64>,
    share: f64,
    squares: f64,
    residual: Vec<f64>,
    coarse: Coarse,
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
        coarse: Coarse::new(points, weights),
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
        self.squares = keep * keep * self.squares + 2.0 * length * keep * own + length * length;
        for (t, r) in self.residual.iter_mut().enumerate() {
            *r = keep * *r + length * self.points.period(t)[best];
        }
        if keep < 1e-3 || self.share < 1e-20 {
            for part in &mut self.parts {
                *part *= self.share * keep;
            }
            self.share = 1.0;
            self.coarse.take_weights(&self.parts);
        } else {
            self.share *= keep;
        }
        self.parts[best] += length / self.share;
        self.coarse.take_weight(best, self.parts[best]);
        true
    }

    /// The donor with the lowest slope, the first of equals, and its slope.
    fn lowest(&mut self) -> (usize, f64) {
        let ridge = self.ridge * self.share;
        let mut best = (0, f64::INFINITY);
        if self.coarse.screen(&self.residual, ridge) {
            let mut look = |j: usize| {
                let along: f64 =
                    self.residual.iter().enumerate().map(|(t, r)| r * self.points.period(t)[j]).sum();
                let slope = along + ridge * self.parts[j];
                if slope < best.1 || (slope == best.1 && j < best.0) {
                    best = (j, slope);
                }
            };
            self.coarse.candidates(&mut look);
            return best;
        }
        let mut slopes: Vec<f64> = self.parts.iter().map(|part| ridge * part).collect();
        for (t, r) in self.residual.iter().enumerate() {
            for (s, x) in slopes.iter_mut().zip(self.points.period(t)) {
                *s += r * x;
            }
        }
        for (j, slope) in slopes.into_iter().enumerate() {
            if slope < best.1 {
                best = (j, slope);
            }
        }
        best
    }
}

/// How many donors stand together, period by period.
const BLOCK: usize = 256;

/// How many groups they make: each so many donors apart.
const GROUPS: usize = 32;

/// The donors in half the digits: a look at all of them in half the room and time, that knows how far
/// it may be wrong. Only groups that may hold the lowest slope are looked at in full, so that what is
/// chosen is what full digits would have chosen.
struct Coarse {
    donors: usize,
    periods: usize,
    /// Block by block, period by period, relative to `unit`; 0 beyond the last donor.
    points: Vec<f32>,
    parts: Vec<f32>,
    /// The largest distance.
    unit: f64,
    /// In each block, the largest distance relative to `unit`, and the largest part so far.
    norms: Vec<f32>,
    heaviest: Vec<f32>,
    /// In each group the lowest slope, and in each block how far it may be wrong.
    lowest: Vec<f32>,
    wrong: Vec<f32>,
    limit: f32,
    slopes: Vec<f32>,
}

impl Coarse {
    fn new(points: &Points, weights: &[f64]) -> Self {
        let (donors, periods) = (points.len(), points.periods());
        // With few donors it would not pay; with very many periods its rounding would be coarse.
        let blocks =
            if donors >= 2 * BLOCK && (1..=512).contains(&periods) { donors.div_ceil(BLOCK) } else { 0 };
        let farthest = points.squared_distances().iter().copied().fold(0.0, f64::max).sqrt();
        let unit = if farthest > 0.0 { farthest } else { 1.0 };
        let mut coarse = Self {
            donors,
            periods,
            points: vec![0.0; blocks * periods * BLOCK],
            parts: vec![0.0; blocks * BLOCK],
            unit,
            norms: vec![0.0; blocks],
            heaviest: vec![0.0; blocks],
            lowest: vec![0.0; blocks * GROUPS],
            wrong: vec![0.0; blocks],
            limit: 0.0,
            slopes: vec![0.0; BLOCK],
        };
        if blocks == 0 {
            return coarse;
        }
        for t in 0..periods {
            for (block, values) in points.period(t).chunks(BLOCK).enumerate() {
                let from = (block * periods + t) * BLOCK;
                for (to, x) in coarse.points[from..].iter_mut().zip(values) {
                    *to = (x / unit) as f32;
                }
            }
        }
        for (norm, squares) in coarse.norms.iter_mut().zip(points.squared_distances().chunks(BLOCK)) {
            *norm = (squares.iter().copied().fold(0.0, f64::max).sqrt() / unit) as f32;
        }
        coarse.take_weights(weights);
        coarse
    }

    fn take_weights(&mut self, parts: &[f64]) {
        for ((to, most), from) in
            self.parts.chunks_exact_mut(BLOCK).zip(&mut self.heaviest).zip(parts.chunks(BLOCK))
        {
            for (to, from) in to.iter_mut().zip(from) {
                *to = *from as f32;
            }
            *most = from.iter().copied().fold(0.0, f64::max) as f32;
        }
    }

    fn take_weight(&mut self, donor: usize, part: f64) {
        if let Some(most) = self.heaviest.get_mut(donor / BLOCK) {
            self.parts[donor] = part as f32;
            *most = most.max(part as f32);
        }
    }

    /// Finds each group's lowest slope, roughly; `false` if half the digits do not hold these numbers.
    fn screen(&mut self, residual: &[f64], ridge: f64) -> bool {
        if self.norms.is_empty() {
            return false;
        }
        let length = residual.iter().map(|r| r * r).sum::<f64>().sqrt();
        let length = if length > 0.0 { length } else { 1.0 };
        let direction: Vec<f32> = residual.iter().map(|r| (r / length) as f32).collect();
        let ridge = (ridge / length / self.unit) as f32;
        // Rounding of both factors, of the products and of their sums: |Σ rx| ≤ Σ |r||x| ≤ ‖r‖‖x‖.
        let digits = (self.periods + 8) as f32 * f32::EPSILON * 0.5;
        self.limit = f32::INFINITY;
        let blocks = self.points.chunks_exact(self.periods * BLOCK).zip(self.parts.chunks_exact(BLOCK));
        let groups = self.lowest.chunks_exact_mut(GROUPS);
        for (at, ((rows, parts), lowest)) in blocks.zip(groups).enumerate() {
            slopes(rows, parts, &direction, ridge, &mut self.slopes);
            if let Some(beyond) = self.slopes.get_mut(self.donors - at * BLOCK..) {
                beyond.fill(f32::INFINITY);
            }
            lowest.copy_from_slice(&self.slopes[..GROUPS]);
            for more in self.slopes[GROUPS..].chunks_exact(GROUPS) {
                for (low, s) in lowest.iter_mut().zip(more) {
                    *low = if *s < *low { *s } else { *low };
                }
            }
            let low = lowest.iter().copied().fold(f32::INFINITY, |a, b| if b < a { b } else { a });
            self.wrong[at] = digits * (self.norms[at] + ridge * self.heaviest[at]) + 1e-30;
            self.limit = self.limit.min(low + self.wrong[at]);
        }
        self.limit.is_finite()
    }

    /// Visits the donors among which the lowest slope must be.
    fn candidates(&self, look: &mut impl FnMut(usize)) {
        for (block, (lowest, wrong)) in self.lowest.chunks_exact(GROUPS).zip(&self.wrong).enumerate() {
            let limit = self.limit + wrong;
            for (group, _) in lowest.iter().enumerate().filter(|(_, low)| **low <= limit) {
                let first = block * BLOCK + group;
                (first..self.donors.min((block + 1) * BLOCK)).step_by(GROUPS).for_each(&mut *look);
            }
        }
    }
}

/// The slopes of a block, four periods in each pass over them.
fn slopes(rows: &[f32], parts: &[f32], direction: &[f32], ridge: f32, out: &mut [f32]) {
    for (s, part) in out.iter_mut().zip(parts) {
        *s = ridge * part;
    }
    let (fours, ones) = (rows.chunks_exact(4 * BLOCK), direction.chunks_exact(4));
    let rest = fours.remainder().chunks_exact(BLOCK).zip(ones.remainder());
    for (row, r) in rest {
        for (s, x) in out.iter_mut().zip(row) {
            *s += r * x;
        }
    }
    for (four, r) in fours.zip(ones) {
        let (early, late) = four.split_at(2 * BLOCK);
        let ((a, b), (c, d)) = (early.split_at(BLOCK), late.split_at(BLOCK));
        let &[ra, rb, rc, rd] = r else { continue };
        for ((((s, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *s += (ra * a + rb * b) + (rc * c + rd * d);
        }
    }
}

fn certificate(
    problem: &impl Quadratic,
    ridge: f64,
    weights: &[f64],
    scale: f64,
    steps: usize,
) -> Certificate {
    let all: Vec<usize> = (0..weights.len()).collect();
    let mut gradient = vec![0.0; weights.len()];
    problem.gradient(&all, weights, &mut gradient);
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
