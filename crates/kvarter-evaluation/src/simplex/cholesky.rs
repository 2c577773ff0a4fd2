//! A Cholesky factor that grows and shrinks with the support.

/// L with LLᵀ = the matrix of the support, row by row.
#[derive(Debug, Clone, Default)]
pub(super) struct Cholesky {
    size: usize,
    stride: usize,
    rows: Vec<f64>,
}

impl Cholesky {
    pub(super) fn clear(&mut self) {
        self.size = 0;
    }

    /// Adds a row and a column. `column` holds the entries against the support and is overwritten.
    pub(super) fn push(&mut self, column: &mut [f64], diagonal: f64) {
        let n = self.size;
        if n + 1 > self.stride {
            self.grow((2 * n).max(16));
        }
        self.forward(column);
        let rest = diagonal - column.iter().map(|l| l * l).sum::<f64>();
        // The ridge keeps this away from zero; what rounding could take is put back.
        let pivot = rest.max(diagonal * f64::EPSILON).sqrt();
        let row = &mut self.rows[n * self.stride..n * self.stride + n + 1];
        row[..n].copy_from_slice(column);
        row[n] = pivot;
        self.size += 1;
    }

    /// Takes away the row and the column at `at`, and makes L triangular again with rotations.
    pub(super) fn remove(&mut self, at: usize) {
        let (n, stride) = (self.size, self.stride);
        for i in at + 1..n {
            // Row i becomes row i − 1, one entry too long, from `at` on.
            let (before, from) = self.rows.split_at_mut(i * stride);
            before[(i - 1) * stride..(i - 1) * stride + i + 1].copy_from_slice(&from[..=i]);
        }
        self.size -= 1;
        for k in at..self.size {
            let (a, b) = (self.rows[k * stride + k], self.rows[k * stride + k + 1]);
            let length = (a * a + b * b).sqrt();
            let (c, s) = if length > 0.0 { (a / length, b / length) } else { (1.0, 0.0) };
            for i in k..self.size {
                let (x, y) = (self.rows[i * stride + k], self.rows[i * stride + k + 1]);
                self.rows[i * stride + k] = c * x + s * y;
                self.rows[i * stride + k + 1] = c * y - s * x;
            }
        }
    }

    /// Solves Lx = b in place.
    pub(super) fn forward(&self, b: &mut [f64]) {
        for i in 0..self.size {
            let row = &self.rows[i * self.stride..i * self.stride + i + 1];
            let (done, rest) = b.split_at_mut(i);
            let sum: f64 = row[..i].iter().zip(done.iter()).map(|(l, x)| l * x).sum();
            rest[0] = (rest[0] - sum) / row[i];
        }
    }

    /// Solves Lᵀx = b in place.
    pub(super) fn backward(&self, b: &mut [f64]) {
        for i in (0..self.size).rev() {
            let row = &self.rows[i * self.stride..i * self.stride + i + 1];
            let x = b[i] / row[i];
            b[i] = x;
            for (b, l) in b[..i].iter_mut().zip(&row[..i]) {
                *b -= l * x;
            }
        }
    }

    fn grow(&mut self, stride: usize) {
        let mut rows = vec![0.0; stride * (stride + 1)];
        for i in 0..self.size {
            rows[i * stride..i * stride + i + 1]
                .copy_from_slice(&self.rows[i * self.stride..i * self.stride + i + 1]);
        }
        (self.stride, self.rows) = (stride, rows);
    }
}
