//! The directions in which units differ most.

/// The principal axes of a symmetric matrix: its eigenvectors as rows, those of the largest
/// eigenvalues first (Jacobi's rotations, cyclic, as in Golub & Van Loan 2013, § 8.5).
pub(super) fn principal_axes(mut matrix: Vec<f64>, n: usize) -> Vec<f64> {
    let mut axes = vec![0.0; n * n];
    for i in 0..n {
        axes[i * n + i] = 1.0;
    }
    for _ in 0..30 {
        let square = |i: usize, j: usize| matrix[i * n + j] * matrix[i * n + j];
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| square(i, j)).sum();
        let all: f64 = (0..n).map(|i| square(i, i)).sum();
        if off <= 1e-24 * all || !off.is_finite() {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                let apart = matrix[p * n + q];
                if apart == 0.0 {
                    continue;
                }
                let theta = (matrix[q * n + q] - matrix[p * n + p]) / (2.0 * apart);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for k in 0..n {
                    let (x, y) = (matrix[k * n + p], matrix[k * n + q]);
                    matrix[k * n + p] = c * x - s * y;
                    matrix[k * n + q] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (matrix[p * n + k], matrix[q * n + k]);
                    matrix[p * n + k] = c * x - s * y;
                    matrix[q * n + k] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (axes[p * n + k], axes[q * n + k]);
                    axes[p * n + k] = c * x - s * y;
                    axes[q * n + k] = s * x + c * y;
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| matrix[b * n + b].total_cmp(&matrix[a * n + a]).then(a.cmp(b)));
    order.iter().flat_map(|i| axes[i * n..(i + 1) * n].iter().copied()).collect()
}
