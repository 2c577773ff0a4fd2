//! Taking the means of units and of periods out of a column.
//!
//! On a balanced panel that is four means. With values missing it is still exact: eliminating the
//! units leaves one equation per period, solved once and used for every column. No iteration, so no
//! tolerance to explain.

use crate::symmetric::Factor;

/// Projects columns of `units × periods` values (row-major) off unit and period effects.
#[derive(Debug)]
pub(super) struct Within<'a> {
    periods: usize,
    /// Which cells take part; `None` when all do.
    present: Option<&'a [bool]>,
    /// The period equations of an unbalanced panel.
    equations: Option<Factor>,
    /// Independent effects: what the two sets of dummies cost in degrees of freedom.
    effects: usize,
}

impl<'a> Within<'a> {
    /// `present` has one entry per cell, or is `None` for a balanced panel.
    pub(super) fn new(units: usize, periods: usize, present: Option<&'a [bool]>) -> Self {
        let Some(mask) = present else {
            return Self { periods, present, equations: None, effects: units + periods - 1 };
        };
        // D − Σᵢ mᵢmᵢᵀ/nᵢ, with D the number of units seen in each period.
        let mut matrix = vec![0.0; periods * periods];
        let mut seen_units = 0;
        let mut seen = Vec::with_capacity(periods);
        for row in mask.chunks_exact(periods) {
            seen.clear();
            seen.extend((0..periods).filter(|&t| row[t]));
            if seen.is_empty() {
                continue;
            }
            seen_units += 1;
            let share = 1.0 / seen.len() as f64;
            for &s in &seen {
                matrix[s * periods + s] += 1.0;
                for &t in &seen {
                    matrix[s * periods + t] -= share;
                }
            }
        }
        let factor = Factor::new(&matrix, periods);
        let effects = seen_units + periods - factor.dependent().len();
        Self { periods, present, equations: Some(factor), effects }
    }

    /// Independent unit and period effects.
    pub(super) fn effects(&self) -> usize {
        self.effects
    }

    /// Takes the effects out of one column; cells that do not take part become zero.
    pub(super) fn apply(&self, column: &mut [f64]) {
        match (self.present, &self.equations) {
            (Some(mask), Some(equations)) => self.unbalanced(column, mask, equations),
            _ => balanced(column, self.periods),
        }
    }

    fn unbalanced(&self, column: &mut [f64], mask: &[bool], equations: &Factor) {
        let periods = self.periods;
        let mut period = vec![0.0; periods];
        for (row, mask) in column.chunks_exact_mut(periods).zip(mask.chunks_exact(periods)) {
            take_mean(row, mask);
            for t in 0..periods {
                period[t] += row[t];
            }
        }
        equations.solve(&mut period);
        for (row, mask) in column.chunks_exact_mut(periods).zip(mask.chunks_exact(periods)) {
            for t in (0..periods).filter(|&t| mask[t]) {
                row[t] -= period[t];
            }
            take_mean(row, mask);
        }
    }
}

/// Subtracts the mean of the cells that take part and empties the others.
fn take_mean(row: &mut [f64], mask: &[bool]) {
    let (mut sum, mut count) = (0.0, 0usize);
    for (x, &here) in row.iter().zip(mask) {
        if here {
            sum += x;
            count += 1;
        }
    }
    let mean = if count > 0 { sum / count as f64 } else { 0.0 };
    for (x, &here) in row.iter_mut().zip(mask) {
        *x = if here { *x - mean } else { 0.0 };
    }
}

/// x − x̄ᵢ − x̄ₜ + x̄, in two passes over the column.
pub(super) fn balanced(column: &mut [f64], periods: usize) {
    let units = column.len() / periods.max(1);
    let mut period = vec![0.0; periods];
    for row in column.chunks_exact_mut(periods) {
        let mean = row.iter().sum::<f64>() / periods as f64;
        for (x, total) in row.iter_mut().zip(&mut period) {
            *x -= mean;
            *total += *x;
        }
    }
    // The row means are gone, so the totals already sum to zero over the periods.
    for total in &mut period {
        *total /= units as f64;
    }
    for row in column.chunks_exact_mut(periods) {
        for (x, mean) in row.iter_mut().zip(&period) {
            *x -= mean;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column() -> Vec<f64> {
        (0..20).map(|i| ((i * 7919) % 23) as f64 + 0.25 * i as f64).collect()
    }

    #[test]
    fn a_mask_that_hides_nothing_gives_what_the_four_means_give() {
        let mask = vec![true; 20];
        let (mut a, mut b) = (column(), column());
        Within::new(5, 4, None).apply(&mut a);
        let within = Within::new(5, 4, Some(&mask));
        within.apply(&mut b);
        assert_eq!(within.effects(), 8);
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn with_holes_every_unit_and_every_period_still_sums_to_zero() {
        let mut mask = vec![true; 20];
        for hole in [1, 6, 7, 15] {
            mask[hole] = false;
        }
        let mut x = column();
        Within::new(5, 4, Some(&mask)).apply(&mut x);
        for i in 0..5 {
            assert!(x[i * 4..][..4].iter().sum::<f64>().abs() < 1e-12);
        }
        for t in 0..4 {
            assert!((0..5).map(|i| x[i * 4 + t]).sum::<f64>().abs() < 1e-12);
        }
        assert_eq!(x[6], 0.0);
    }

    #[test]
    fn two_islands_without_a_common_period_cost_one_effect_less() {
        let mask = [true, true, false, false, false, false, true, true];
        assert_eq!(Within::new(2, 4, Some(&mask)).effects(), 4);
    }
}
