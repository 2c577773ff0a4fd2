//! A matrix of units × periods in which a value is there or is not.

/// Units × periods, row by row, with what is missing marked.
///
/// A value that is missing cannot be read as a number: [`Grid::get`] gives `None`, and a unit's
/// [`Grid::row`] is only given whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    units: usize,
    periods: usize,
    values: Vec<f64>,
    present: Vec<u64>,
    count: usize,
}

impl Grid {
    /// A grid in which everything is missing.
    pub(crate) fn missing(units: usize, periods: usize) -> Self {
        let cells = units * periods;
        Self { units, periods, values: vec![0.0; cells], present: vec![0; cells.div_ceil(64)], count: 0 }
    }

    /// How many units there are.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.units
    }

    /// How many periods there are.
    #[must_use]
    pub fn period_count(&self) -> usize {
        self.periods
    }

    /// How many values are there.
    #[must_use]
    pub fn present_count(&self) -> usize {
        self.count
    }

    /// Whether nothing is missing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.count == self.values.len()
    }

    /// The value of a unit in a period; `None` where it is missing or outside the grid.
    #[must_use]
    pub fn get(&self, unit: usize, period: usize) -> Option<f64> {
        if unit >= self.units || period >= self.periods {
            return None;
        }
        let cell = unit * self.periods + period;
        (self.present[cell / 64] >> (cell % 64) & 1 == 1).then(|| self.values[cell])
    }

    /// A unit's values, if none of them is missing.
    #[must_use]
    pub fn row(&self, unit: usize) -> Option<&[f64]> {
        self.span(unit, 0..self.periods)
    }

    /// A unit's values in some periods (indices), if none of them is missing.
    #[must_use]
    pub fn span(&self, unit: usize, periods: std::ops::Range<usize>) -> Option<&[f64]> {
        if unit >= self.units || periods.start > periods.end || periods.end > self.periods {
            return None;
        }
        let whole =
            self.count == self.values.len() || periods.clone().all(|period| self.get(unit, period).is_some());
        whole.then(|| &self.values[unit * self.periods + periods.start..unit * self.periods + periods.end])
    }

    pub(crate) fn set(&mut self, unit: usize, period: usize, value: f64) {
        let cell = unit * self.periods + period;
        if self.present[cell / 64] >> (cell % 64) & 1 == 0 {
            self.present[cell / 64] |= 1 << (cell % 64);
            self.count += 1;
        }
        self.values[cell] = value;
    }
}
