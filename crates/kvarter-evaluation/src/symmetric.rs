//! Small symmetric systems: the normal equations of regressions with a handful of terms.
//!
//! Matrices are `n × n`, row-major. Meant for n up to a few hundred; larger problems belong elsewhere.

/// A matrix factored as LLᵀ after scaling its diagonal to one.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    n: usize,
    /// Row-major lower triangle; rows of dependent terms are zero.
    lower: Vec<f64>,
    /// What each row and column was multiplied by; 0 for a term without variation.
    scale: Vec<f64>,
    /// Terms that the earlier ones already determine.
    dependent: Vec<usize>,
}

/// A pivot smaller than this, where all diagonals are one, is rounding: the term adds nothing.
const DEPENDENT: f64 = 1e-10;

impl Factor {
    /// Factors a positive semi-definite matrix, of which the upper triangle is read. Terms that depend on earlier ones are set aside.
    pub(crate) fn new(matrix: &[f64], n: usize) -> Self {
        let scale: Vec<f64> = (0..n)
            .map(|i| {
                let d = matrix[i * n + i];
                if d > 0.0 && d.is_finite() { d.sqrt().recip() } else { 0.0 }
            })
            .collect();
        let mut lower = vec![0.0; n * n];
        let mut dependent = Vec::new();
        for i in 0..n {
            for j in 0..=i {
                let mut sum = matrix[j * n + i] * scale[i] * scale[j];
                for k in 0..j {
                    sum -= lower[i * n + k] * lower[j * n + k];
                }
                if i != j {
                    let pivot = lower[j * n + j];
                    lower[i * n + j] = if pivot > 0.0 { sum / pivot } else { 0.0 };
                } else if sum > DEPENDENT {
                    lower[i * n + i] = sum.sqrt();
                } else {
                    dependent.push(i);
                    lower[i * n..i * n + i].fill(0.0);
                }
            }
        }
        Self { n, lower, scale, dependent }
    }

    /// Terms that the earlier ones already determine, or that do not vary at all.
    pub(crate) fn dependent(&self) -> &[usize] {
        &self.dependent
    }

    /// Solves in place; dependent terms get zero, which is a solution whenever one exists.
    pub(crate) fn solve(&self, right: &mut [f64]) {
        let n = self.n;
        for i in 0..n {
            let mut sum = right[i] * self.scale[i];
            for (lower, solved) in self.lower[i * n..].iter().zip(&right[..i]) {
                sum -= lower * solved;
            }
            let pivot = self.lower[i * n + i];
            right[i] = if pivot > 0.0 { sum / pivot } else { 0.0 };
        }
        for i in (0..n).rev() {
            let pivot = self.lower[i * n + i];
            if pivot > 0.0 {
                right[i] /= pivot;
            }
            for j in 0..i {
                right[j] -= self.lower[i * n + j] * right[i];
            }
        }
        for (x, scale) in right.iter_mut().zip(&self.scale) {
            *x *= scale;
        }
    }

    /// The inverse, with zero rows and columns for dependent terms.
    pub(crate) fn inverse(&self) -> Vec<f64> {
        let n = self.n;
        let mut inverse = vec![0.0; n * n];
        let mut column = vec![0.0; n];
        for j in (0..n).filter(|j| !self.dependent.contains(j)) {
            column.fill(0.0);
            column[j] = 1.0;
            self.solve(&mut column);
            for i in 0..n {
                inverse[i * n + j] = column[i];
            }
        }
        inverse
    }
}

/// `bread · meat · bread` for symmetric matrices: the sandwich of a robust variance.
pub(crate) fn sandwich(bread: &[f64], meat: &[f64], n: usize) -> Vec<f64> {
    let product = |a: &[f64], b: &[f64]| {
        let mut out = vec![0.0; n * n];
        for i in 0..n {
            for k in 0..n {
                let x = a[i * n + k];
                for j in 0..n {
                    out[i * n + j] += x * b[k * n + j];
                }
            }
        }
        out
    };
    product(&product(bread, meat), bread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solved_system_gives_back_its_right_hand_side() {
        let matrix = [4e6, 2e3, 1e3, 2e3, 9.0, 1.0, 1e3, 1.0, 7.0];
        let right = [1.0, 2.0, 3.0];
        let mut x = right;
        Factor::new(&matrix, 3).solve(&mut x);
        for i in 0..3 {
            let back: f64 = (0..3).map(|j| matrix[i * 3 + j] * x[j]).sum();
            assert!((back - right[i]).abs() < 1e-9);
        }
    }

    #[test]
    fn a_term_that_repeats_another_is_named_and_left_out() {
        let factor = Factor::new(&[2.0, 2.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0, 5.0], 3);
        assert_eq!(factor.dependent(), [1]);
        let expected = [0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2];
        for (got, expected) in factor.inverse().iter().zip(expected) {
            assert!((got - expected).abs() < 1e-15);
        }
    }
}
