//! Newton's method on the dual, for many donors and a ridge that is meant.
//!
//! With r = Pw and θ the multiplier of Σw = 1, the optimal weights are
//! wⱼ = max(0, θ − ℓⱼ − pⱼᵀr)/ρ. For a given r, θ follows from Σw = 1; what remains is a concave
//! function of r, in as many dimensions as there are periods, piecewise quadratic, on which Newton's
//! method with a line search ends after finitely many steps (Hintermüller, Ito & Kunisch 2003, *SIAM
//! Journal on Optimization* 13, on semismooth Newton as an active-set method).

use crate::symmetric::Factor;

use super::{Certificate, Points, Quadratic, Solution, TIE_BREAK};

/// Minimises ½‖Pw‖² + ℓᵀw + ½ρ‖w‖² on the simplex; as [`solve`](super::solve), for problems in
/// which thousands of donors keep a weight because the ridge is large.
///
/// Time is steps × donors × periods², memory linear in donors.
///
/// Returns `None` if a number in the problem is not finite.
#[must_use]
pub fn solve_ridged(points: &Points, ridge: f64) -> Option<Solution> {
    let (donors, periods) = (points.len(), points.periods());
    let scale = points.squared_distances().iter().sum::<f64>() / donors as f64;
    let linear = (0..donors).map(|j| points.linear(j).abs()).fold(0.0, f64::max);
    if donors == 0 || !scale.is_finite() || !linear.is_finite() || !ridge.is_finite() {
        return None;
    }
    let scale = scale.max(linear);
    let ridge = ridge.max(TIE_BREAK * scale);
    if ridge == 0.0 {
        return super::solve(points, 0.0);
    }
    let mut dual = Dual { points, ridge, scores: vec![0.0; donors], weights: vec![0.0; donors] };
    let mut r = vec![0.0; periods];
    let mut image = vec![0.0; periods];
    let mut theta = None;
    let mut steps = 0;
    let mut value = dual.at(&r, &mut theta);
    loop {
        steps += 1;
        dual.image(&mut image);
        let certificate = dual.certificate(&image, value, scale, steps);
        if certificate.gap <= 1e-14 * scale || steps > 200 {
            return Some(Solution { weights: dual.weights, certificate });
        }
        let step = dual.newton(&r, &image);
        let slope: f64 = step.iter().zip(image.iter().zip(&r)).map(|(d, (i, r))| d * (i - r)).sum();
        let before = r.clone();
        let mut length = 1.0;
        loop {
            for ((r, b), d) in r.iter_mut().zip(&before).zip(&step) {
                *r = b + length * d;
            }
            let next = dual.at(&r, &mut theta);
            if next >= value + 1e-4 * length * slope {
                value = next;
                break;
            }
            if length < 1e-9 {
                // Rounding is all that is left to win.
                r.copy_from_slice(&before);
                value = dual.at(&r, &mut theta);
                dual.image(&mut image);
                let certificate = dual.certificate(&image, value, scale, steps);
                return Some(Solution { weights: dual.weights, certificate });
            }
            length *= 0.5;
        }
    }
}

struct Dual<'a> {
    points: &'a Points,
    ridge: f64,
    scores: Vec<f64>,
    weights: Vec<f64>,
}

impl Dual<'_> {
    /// The dual objective at r with its best θ; leaves the weights that belong to them.
    fn at(&mut self, r: &[f64], theta: &mut Option<f64>) -> f64 {
        self.points.gradient(&[], &[], &mut self.scores);
        for (t, r) in r.iter().enumerate() {
            for (s, x) in self.scores.iter_mut().zip(self.points.period(t)) {
                *s += r * x;
            }
        }
        // Σ max(0, θ − s)/ρ = 1 is convex and increasing in θ: Newton from the left of the root is
        // monotone, and from the right it is after one step.
        let least = self.scores.iter().copied().fold(f64::INFINITY, f64::min);
        let mut now = theta.filter(|theta| *theta > least).unwrap_or(least + self.ridge);
        for _ in 0..100 {
            let (mut sum, mut count) = (0.0, 0.0);
            for s in &self.scores {
                if *s < now {
                    sum += s;
                    count += 1.0;
                }
            }
            if count == 0.0 {
                now = least + self.ridge;
                continue;
            }
            let next = (self.ridge + sum) / count;
            if next == now || (next - now).abs() <= 1e-16 * now.abs() {
                break;
            }
            now = next;
        }
        *theta = Some(now);
        for (w, s) in self.weights.iter_mut().zip(&self.scores) {
            *w = (now - s).max(0.0) / self.ridge;
        }
        // Rounding in θ is multiplied by donors/ρ; the weights carry it, the value does not.
        let sum: f64 = self.weights.iter().sum();
        for w in &mut self.weights {
            *w /= sum;
        }
        let squares: f64 = self.weights.iter().map(|w| w * w).sum();
        now - 0.5 * r.iter().map(|r| r * r).sum::<f64>() - 0.5 * self.ridge * squares
    }

    /// Pw.
    fn image(&self, out: &mut [f64]) {
        for (t, out) in out.iter_mut().enumerate() {
            *out = self.points.period(t).iter().zip(&self.weights).map(|(x, w)| x * w).sum();
        }
    }

    fn certificate(&self, image: &[f64], value: f64, scale: f64, steps: usize) -> Certificate {
        let squares: f64 = self.weights.iter().map(|w| w * w).sum();
        let linear: f64 = if self.points.has_linear() {
            self.weights.iter().enumerate().map(|(j, w)| w * self.points.linear(j)).sum()
        } else {
            0.0
        };
        let objective = 0.5 * image.iter().map(|x| x * x).sum::<f64>() + linear + 0.5 * self.ridge * squares;
        let gap = (objective - value).max(0.0);
        let support = self.weights.iter().filter(|w| **w > 0.0).count();
        Certificate {
            objective,
            gap,
            relative_gap: if scale > 0.0 { gap / scale } else { 0.0 },
            support,
            steps,
        }
    }

    /// Solves (I + C/ρ)δ = Pw − r, with C the scatter of the donors that have weight.
    fn newton(&self, r: &[f64], image: &[f64]) -> Vec<f64> {
        let n = r.len();
        let active: Vec<usize> = (0..self.weights.len()).filter(|j| self.weights[*j] > 0.0).collect();
        let rows: Vec<Vec<f64>> = (0..n)
            .map(|t| {
                let row = self.points.period(t);
                let mut row: Vec<f64> = active.iter().map(|j| row[*j]).collect();
                let mean = row.iter().sum::<f64>() / row.len() as f64;
                for x in &mut row {
                    *x -= mean;
                }
                row
            })
            .collect();
        let mut matrix = vec![0.0; n * n];
        for i in 0..n {
            for j in i..n {
                let sum: f64 = rows[i].iter().zip(&rows[j]).map(|(a, b)| a * b).sum();
                matrix[i * n + j] = sum / self.ridge + if i == j { 1.0 } else { 0.0 };
            }
        }
        let mut step: Vec<f64> = image.iter().zip(r).map(|(i, r)| i - r).collect();
        Factor::new(&matrix, n).solve(&mut step);
        step
    }
}
