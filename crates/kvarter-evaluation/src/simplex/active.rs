//! The active-set method.
//!
//! A set of donors with weight, the support, grows by the donor that would lower the objective
//! fastest and shrinks when the minimum over the support's affine hull has a weight that is not
//! positive. The equation Σw = 1 is met by factoring Q + ρI + κ11ᵀ (Wolfe 1976, § 4): κ changes
//! nothing on the simplex and makes the matrix positive definite when the points are affinely
//! independent.

use super::{Certificate, Quadratic, Solution, TIE_BREAK, cholesky::Cholesky};

/// Room that a thread uses again for problem after problem.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    support: Vec<usize>,
    weights: Vec<f64>,
    gradient: Vec<f64>,
    column: Vec<f64>,
    particular: Vec<f64>,
    ones: Vec<f64>,
    place: Vec<usize>,
    barred: Vec<usize>,
    factor: Cholesky,
}

impl Workspace {
    /// The donors with weight, ascending by when they entered, after a call.
    pub(crate) fn support(&self) -> &[usize] {
        &self.support
    }

    /// Their weights, in the same order.
    pub(crate) fn support_weights(&self) -> &[f64] {
        &self.weights
    }
}

const NOWHERE: usize = usize::MAX;

/// Minimises ½wᵀQw + ℓᵀw + ½ρ‖w‖² on the simplex, from the best single donor.
///
/// `ridge` is ρ ≥ 0 in the units of Q; the tie-break's ridge is used where it is larger. Time is
/// about steps × (donors × periods); memory is linear in donors plus the square of the support.
///
/// Returns `None` if there is no donor or a number in the problem is not finite.
#[must_use]
pub fn solve(problem: &impl Quadratic, ridge: f64) -> Option<Solution> {
    solve_from(problem, ridge, &[], &mut Workspace::default())
}

/// As [`solve`], starting with the donors of `warm` (a support from a similar problem; indices out
/// of range and repeated ones are passed over) and using a workspace again.
///
/// Where the start leads does not depend on it, up to rounding: the minimum is unique.
#[must_use]
pub fn solve_from(
    problem: &impl Quadratic,
    ridge: f64,
    warm: &[usize],
    workspace: &mut Workspace,
) -> Option<Solution> {
    let certificate = run(problem, ridge, warm, workspace)?;
    let mut weights = vec![0.0; problem.len()];
    for (j, w) in workspace.support.iter().zip(&workspace.weights) {
        weights[*j] = *w;
    }
    Some(Solution { weights, certificate })
}

/// The method itself; leaves support and weights in the workspace.
pub(crate) fn run(
    problem: &impl Quadratic,
    ridge: f64,
    warm: &[usize],
    space: &mut Workspace,
) -> Option<Certificate> {
    let donors = problem.len();
    if donors == 0 || !ridge.is_finite() {
        return None;
    }
    let scale = problem.scale();
    let linear = (0..donors).map(|j| problem.linear(j).abs()).fold(0.0, f64::max);
    if !scale.is_finite() || !linear.is_finite() || scale < 0.0 {
        return None;
    }
    let scale = scale.max(linear);
    let mut state = State {
        problem,
        ridge: ridge.max(TIE_BREAK * scale),
        kappa: if scale > 0.0 { scale } else { 1.0 },
        scale,
        space,
    };
    if state.ridge == 0.0 {
        // Every donor equals the target: all weights fit, and the smallest are equal ones.
        state.space.support = (0..donors).collect();
        state.space.weights = vec![1.0 / donors as f64; donors];
        return Some(Certificate { objective: 0.0, gap: 0.0, relative_gap: 0.0, support: donors, steps: 0 });
    }
    state.start(warm);
    Some(state.descend())
}

struct State<'a, Q> {
    problem: &'a Q,
    ridge: f64,
    kappa: f64,
    scale: f64,
    space: &'a mut Workspace,
}

impl<Q: Quadratic> State<'_, Q> {
    fn start(&mut self, warm: &[usize]) {
        let donors = self.problem.len();
        self.space.support.clear();
        self.space.weights.clear();
        self.space.barred.clear();
        self.space.factor.clear();
        self.space.place.clear();
        self.space.place.resize(donors, NOWHERE);
        for j in warm {
            if *j < donors && self.space.place[*j] == NOWHERE {
                self.enter(*j);
            }
        }
        if self.space.support.is_empty() {
            let value = |j: usize| 0.5 * self.problem.entry(j, j) + self.problem.linear(j);
            let best = (0..donors).fold(0, |best, j| if value(j) < value(best) { j } else { best });
            self.enter(best);
        }
        let equal = 1.0 / self.space.support.len() as f64;
        self.space.weights.fill(equal);
    }

    fn descend(&mut self) -> Certificate {
        let donors = self.problem.len();
        let most = 20 * donors + 100;
        let mut steps = 0;
        let mut entered = None;
        loop {
            // To the minimum over the support, shedding donors on the way.
            loop {
                steps += 1;
                self.equality_minimum();
                let space = &mut *self.space;
                let Some((out, share)) = first_to_vanish(&space.weights, &space.particular) else {
                    std::mem::swap(&mut space.weights, &mut space.particular);
                    break;
                };
                if share <= 0.0 && entered == Some(space.support[out]) {
                    // Rounding says otherwise than the gradient did: this donor gains nothing.
                    space.barred.push(space.support[out]);
                } else if share > 0.0 {
                    space.barred.clear();
                }
                for (w, s) in space.weights.iter_mut().zip(&space.particular) {
                    *w += share * (s - *w);
                }
                self.leave(out);
                if self.space.support.len() == 1 {
                    self.space.weights[0] = 1.0;
                }
                if steps > most {
                    break;
                }
            }
            normalise(&mut self.space.weights);
            let (certificate, candidate) = self.certify(steps);
            match candidate {
                Some(j) if certificate.gap > 1e-13 * self.scale && steps <= most => {
                    entered = Some(j);
                    self.enter(j);
                }
                _ => return certificate,
            }
        }
    }

    /// The minimum over the support with Σw = 1, whatever the signs, into `particular`.
    fn equality_minimum(&mut self) {
        let space = &mut *self.space;
        let n = space.support.len();
        space.particular.clear();
        space.particular.extend(space.support.iter().map(|j| -self.problem.linear(*j)));
        space.ones.clear();
        space.ones.resize(n, 1.0);
        space.factor.forward(&mut space.ones);
        space.factor.backward(&mut space.ones);
        let all: f64 = space.ones.iter().sum();
        if space.particular.iter().all(|c| *c == 0.0) {
            for (p, one) in space.particular.iter_mut().zip(&space.ones) {
                *p = one / all;
            }
            return;
        }
        space.factor.forward(&mut space.particular);
        space.factor.backward(&mut space.particular);
        let missing = (1.0 - space.particular.iter().sum::<f64>()) / all;
        for (p, one) in space.particular.iter_mut().zip(&space.ones) {
            *p += missing * one;
        }
    }

    /// The gap at the present weights, and the donor outside the support that lowers most.
    fn certify(&mut self, steps: usize) -> (Certificate, Option<usize>) {
        let space = &mut *self.space;
        space.gradient.resize(self.problem.len(), 0.0);
        self.problem.gradient(&space.support, &space.weights, &mut space.gradient);
        let mut along = 0.0;
        let (mut quadratic, mut linear) = (0.0, 0.0);
        for (j, w) in space.support.iter().zip(&space.weights) {
            let g = space.gradient[*j];
            quadratic += w * (g - self.problem.linear(*j));
            linear += w * self.problem.linear(*j);
            let g = g + self.ridge * w;
            space.gradient[*j] = g;
            along += w * g;
        }
        let least = space.gradient.iter().copied().fold(f64::INFINITY, f64::min);
        let mut candidate = None;
        let mut lowest = f64::INFINITY;
        for (j, g) in space.gradient.iter().enumerate() {
            if *g < lowest && space.place[j] == NOWHERE && !space.barred.contains(&j) {
                (candidate, lowest) = (Some(j), *g);
            }
        }
        let squares: f64 = space.weights.iter().map(|w| w * w).sum();
        let gap = (along - least).max(0.0);
        let certificate = Certificate {
            objective: 0.5 * quadratic + linear + 0.5 * self.ridge * squares,
            gap,
            relative_gap: if self.scale > 0.0 { gap / self.scale } else { 0.0 },
            support: space.support.len(),
            steps,
        };
        (certificate, candidate.filter(|_| lowest < along))
    }

    fn enter(&mut self, j: usize) {
        let space = &mut *self.space;
        space.column.clear();
        space.column.extend(space.support.iter().map(|i| self.problem.entry(*i, j) + self.kappa));
        let diagonal = self.problem.entry(j, j) + self.kappa + self.ridge;
        space.factor.push(&mut space.column, diagonal);
        space.place[j] = space.support.len();
        space.support.push(j);
        space.weights.push(0.0);
    }

    fn leave(&mut self, at: usize) {
        let space = &mut *self.space;
        space.factor.remove(at);
        space.place[space.support[at]] = NOWHERE;
        space.support.remove(at);
        space.weights.remove(at);
        for (at, j) in space.support.iter().enumerate().skip(at) {
            space.place[*j] = at;
        }
    }
}

/// Which weight reaches zero first on the way from `from` to `to`, and after which share of it.
fn first_to_vanish(from: &[f64], to: &[f64]) -> Option<(usize, f64)> {
    let mut first: Option<(usize, f64)> = None;
    for (at, (w, s)) in from.iter().zip(to).enumerate() {
        if *s <= 0.0 {
            let share = if *w > 0.0 { w / (w - s) } else { 0.0 };
            if first.is_none_or(|(_, least)| share < least) {
                first = Some((at, share));
            }
        }
    }
    // A support of one has the whole weight, whatever rounding says.
    first.filter(|_| from.len() > 1)
}

fn normalise(weights: &mut [f64]) {
    let sum: f64 = weights.iter().sum();
    if sum > 0.0 {
        for w in weights {
            *w /= sum;
        }
    }
}
