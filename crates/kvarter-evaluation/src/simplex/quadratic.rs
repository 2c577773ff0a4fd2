//! The objective as the solvers see it.

/// A convex quadratic ½wᵀQw + ℓᵀw over J donors, without the ridge.
///
/// The solvers ask for single entries and for gradients; nobody has to form Q.
pub trait Quadratic {
    /// How many donors there are.
    fn len(&self) -> usize;

    /// Whether there is no donor.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Q at (i, j).
    fn entry(&self, i: usize, j: usize) -> f64;

    /// ℓ at j.
    fn linear(&self, j: usize) -> f64;

    /// The mean of Q's diagonal: what is small is small beside this.
    fn scale(&self) -> f64 {
        (0..self.len()).map(|j| self.entry(j, j)).sum::<f64>() / self.len() as f64
    }

    /// Writes Qw + ℓ, for weights that are zero outside `support`.
    fn gradient(&self, support: &[usize], weights: &[f64], out: &mut [f64]);
}

/// Donors as points in as many dimensions as there are periods, relative to the target.
///
/// Stored period by period, so that the gradient runs along donors.
#[derive(Debug, Clone, Default)]
pub struct Points {
    donors: usize,
    periods: usize,
    shifted: Vec<f64>,
    linear: Vec<f64>,
    diagonal: Vec<f64>,
}

impl Points {
    /// The problem min ½‖Σ wⱼxⱼ − y‖²: `rows` are the donors x₁…x_J, each as long as the target y.
    ///
    /// Returns `None` if there is no donor or a row has another length than the target.
    #[must_use]
    pub fn new<'a>(target: &[f64], rows: impl IntoIterator<Item = &'a [f64]>) -> Option<Self> {
        let rows: Vec<&[f64]> = rows.into_iter().collect();
        if rows.is_empty() || rows.iter().any(|row| row.len() != target.len()) {
            return None;
        }
        let mut points = Self::default();
        points.refill(target, &rows);
        Some(points)
    }

    /// As [`Points::new`], into the room that is already there.
    pub(crate) fn refill(&mut self, target: &[f64], rows: &[&[f64]]) {
        let (donors, periods) = (rows.len(), target.len());
        (self.donors, self.periods) = (donors, periods);
        self.shifted.clear();
        self.shifted.resize(donors * periods, 0.0);
        self.linear.clear();
        self.diagonal.clear();
        self.diagonal.resize(donors, 0.0);
        for (j, row) in rows.iter().enumerate() {
            let mut square = 0.0;
            for (t, (x, y)) in row.iter().zip(target).enumerate() {
                let d = x - y;
                self.shifted[t * donors + j] = d;
                square += d * d;
            }
            self.diagonal[j] = square;
        }
    }

    /// Adds a cost ℓⱼ for each unit of weight on donor j.
    ///
    /// Returns `None` if there is not one for each donor.
    #[must_use]
    pub fn with_linear(mut self, linear: Vec<f64>) -> Option<Self> {
        if linear.len() != self.donors {
            return None;
        }
        self.linear = linear;
        Some(self)
    }

    /// The squared distance from the target to each donor.
    #[must_use]
    pub fn squared_distances(&self) -> &[f64] {
        &self.diagonal
    }

    pub(super) fn periods(&self) -> usize {
        self.periods
    }

    /// One period's row: donor minus target for every donor.
    pub(super) fn period(&self, t: usize) -> &[f64] {
        &self.shifted[t * self.donors..(t + 1) * self.donors]
    }

    pub(super) fn has_linear(&self) -> bool {
        !self.linear.is_empty()
    }
}

impl Quadratic for Points {
    fn len(&self) -> usize {
        self.donors
    }

    fn entry(&self, i: usize, j: usize) -> f64 {
        if i == j {
            return self.diagonal[i];
        }
        let (mut at, mut sum) = (0, 0.0);
        for _ in 0..self.periods {
            sum += self.shifted[at + i] * self.shifted[at + j];
            at += self.donors;
        }
        sum
    }

    fn linear(&self, j: usize) -> f64 {
        if self.linear.is_empty() { 0.0 } else { self.linear[j] }
    }

    fn gradient(&self, support: &[usize], weights: &[f64], out: &mut [f64]) {
        if self.linear.is_empty() {
            out.fill(0.0);
        } else {
            out.copy_from_slice(&self.linear);
        }
        for t in 0..self.periods {
            let row = self.period(t);
            let residual: f64 = support.iter().zip(weights).map(|(j, w)| row[*j] * w).sum();
            for (g, x) in out.iter_mut().zip(row) {
                *g += residual * x;
            }
        }
    }
}

/// The problem min ½wᵀGw − cᵀw with G and c given: for callers that share one Gram matrix.
#[derive(Debug, Clone, Copy)]
pub struct Matrix<'a> {
    gram: &'a [f64],
    linear: &'a [f64],
}

impl<'a> Matrix<'a> {
    /// G (J × J, symmetric and positive semidefinite, row by row) and c (J).
    ///
    /// Returns `None` if there is no donor or the lengths do not agree.
    #[must_use]
    pub fn new(gram: &'a [f64], linear: &'a [f64]) -> Option<Self> {
        let square = linear.len().checked_mul(linear.len());
        (!linear.is_empty() && square == Some(gram.len())).then_some(Self { gram, linear })
    }
}

impl Quadratic for Matrix<'_> {
    fn len(&self) -> usize {
        self.linear.len()
    }

    fn entry(&self, i: usize, j: usize) -> f64 {
        self.gram[i * self.linear.len() + j]
    }

    fn linear(&self, j: usize) -> f64 {
        -self.linear[j]
    }

    fn gradient(&self, support: &[usize], weights: &[f64], out: &mut [f64]) {
        for (g, c) in out.iter_mut().zip(self.linear) {
            *g = -c;
        }
        let wide = self.linear.len();
        for (j, w) in support.iter().zip(weights) {
            for (g, q) in out.iter_mut().zip(&self.gram[j * wide..(j + 1) * wide]) {
                *g += w * q;
            }
        }
    }
}
