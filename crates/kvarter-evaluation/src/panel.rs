//! Units × periods: the one shape that every method here reads.
//!
//! A [`Panel`] is checked once, when it is built: no unit has two values for a period, no value is
//! infinite or not a number, and what is missing is marked as missing. Who was treated from when is
//! said beside it, in a [`Treatment`]. What a method asks for beyond that (enough periods before
//! the start, no gaps, a donor) it asks for itself.

mod grid;
mod problem;
mod treatment;

use std::collections::{BTreeMap, HashMap, hash_map::Entry};

pub use grid::Grid;
pub use problem::{PanelProblem, PanelProblems};
pub use treatment::{Treatment, TreatmentProblem, TreatmentProblems};

/// The most cells (units × periods × (1 + covariates)) that a panel may have: 10⁸, which is
/// 0.8 GB of numbers. Ten thousand areas over sixty years with a hundred covariates fit; a million
/// units over two hundred periods do not and are refused with
/// [`PanelProblem::TooLarge`] before the panel itself is laid out.
///
/// Rows are kept until the last has come, 24 bytes for each without covariates: a million units over two
/// hundred periods are refused when half of their rows have been read, having taken 2.4 GiB.
pub const MAX_CELLS: usize = 100_000_000;

/// One observation: a unit in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row<'a> {
    /// The unit's name; not empty.
    pub unit: &'a str,
    /// The period, as an integer (a year, or a running number of quarters).
    pub period: i64,
    /// The outcome, or `None` where it is missing.
    pub outcome: Option<f64>,
    /// One value for each covariate, in the order in which they were named.
    pub covariates: &'a [Option<f64>],
}

/// Outcomes, and perhaps covariates, for units × periods.
///
/// Units are sorted by the bytes of their names and periods ascend, so that the order of the rows
/// that a panel was built from never matters. Periods are those that occur: a year that no row
/// mentions is not in the panel.
///
/// Memory is linear: 8 bytes and 1 bit for each cell, and the names.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    units: Vec<String>,
    periods: Vec<i64>,
    outcome: Grid,
    covariates: BTreeMap<String, Grid>,
}

impl Panel {
    /// Builds a panel from rows in any order. A pair of unit and period without a row is missing.
    ///
    /// # Errors
    /// All problems at once (at most [`PanelProblems::KEPT`] are kept, the rest are counted): no
    /// rows, an empty name, a unit-period that occurs twice, a value that is infinite or not a
    /// number, a row with the wrong number of covariates, a covariate named twice, a panel larger
    /// than [`MAX_CELLS`], an outcome that is missing everywhere.
    pub fn from_rows<'a>(
        covariates: &[&str],
        rows: impl IntoIterator<Item = Row<'a>>,
    ) -> Result<Self, PanelProblems> {
        let mut problems = PanelProblems::default();
        for (at, name) in covariates.iter().enumerate() {
            if covariates[..at].contains(name) {
                problems.add(PanelProblem::DuplicateCovariate { covariate: (*name).to_owned() });
            }
        }
        let wide = 1 + covariates.len();
        let mut units: HashMap<String, u32> = HashMap::new();
        let mut periods: HashMap<i64, u32> = HashMap::new();
        let mut places: Vec<(u32, u32)> = Vec::new();
        let mut values: Vec<Option<f64>> = Vec::new();
        for row in rows {
            if row.unit.is_empty() {
                problems.add(PanelProblem::EmptyName { period: row.period });
                continue;
            }
            if row.covariates.len() != covariates.len() {
                problems.add(PanelProblem::CovariateCount {
                    unit: row.unit.to_owned(),
                    period: row.period,
                    found: row.covariates.len(),
                    expected: covariates.len(),
                });
                continue;
            }
            let unit = match units.get(row.unit) {
                Some(unit) => *unit,
                None => {
                    let next = index(units.len());
                    units.insert(row.unit.to_owned(), next);
                    next
                }
            };
            let next = index(periods.len());
            let period = *match periods.entry(row.period) {
                Entry::Occupied(seen) => seen.into_mut(),
                Entry::Vacant(free) => free.insert(next),
            };
            if let Some(problem) = too_large(units.len(), periods.len(), wide) {
                problems.add(problem);
                return Err(problems);
            }
            places.push((unit, period));
            if places.len().saturating_mul(wide) > 2 * MAX_CELLS {
                // More rows than any permitted panel has room for: some occur twice. Enough is read.
                problems.add(PanelProblem::TooLarge {
                    units: units.len(),
                    periods: periods.len(),
                    covariates: covariates.len(),
                    limit: MAX_CELLS,
                });
                return Err(problems);
            }
            for (at, value) in std::iter::once(row.outcome).chain(row.covariates.iter().copied()).enumerate()
            {
                if value.is_some_and(|value| !value.is_finite()) {
                    problems.add(PanelProblem::NotFinite {
                        unit: row.unit.to_owned(),
                        period: row.period,
                        covariate: at.checked_sub(1).map(|at| covariates[at].to_owned()),
                    });
                }
                values.push(value.filter(|value| value.is_finite()));
            }
        }
        if places.is_empty() {
            problems.add(PanelProblem::Empty);
            return Err(problems);
        }

        let (names, unit_rank) = ranked(units);
        let (periods, period_rank) = ranked(periods);
        let mut grids = vec![Grid::missing(names.len(), periods.len()); wide];
        let mut seen = Grid::missing(names.len(), periods.len());
        for (row, (unit, period)) in places.into_iter().enumerate() {
            let (unit, period) = (unit_rank[unit as usize], period_rank[period as usize]);
            if seen.get(unit, period).is_some() {
                problems.add(PanelProblem::Duplicate { unit: names[unit].clone(), period: periods[period] });
                continue;
            }
            seen.set(unit, period, 1.0);
            for (grid, value) in grids.iter_mut().zip(&values[row * wide..(row + 1) * wide]) {
                if let Some(value) = value {
                    grid.set(unit, period, *value);
                }
            }
        }
        let mut grids = grids.into_iter();
        let outcome = grids.next().expect("the outcome is always there");
        if outcome.present_count() == 0 && problems.is_empty() {
            problems.add(PanelProblem::AllMissing);
        }
        let covariates = covariates.iter().map(|name| (*name).to_owned()).zip(grids).collect();
        if problems.is_empty() {
            Ok(Self { units: names, periods, outcome, covariates })
        } else {
            Err(problems)
        }
    }

    /// Builds a panel without covariates from a matrix: `values[unit * periods.len() + period]`,
    /// with `None` for what is missing. Units and periods may come in any order and are sorted.
    ///
    /// # Errors
    /// As [`Panel::from_rows`]; and [`PanelProblem::Shape`] where the lengths do not agree.
    pub fn from_matrix(
        units: &[String],
        periods: &[i64],
        values: &[Option<f64>],
    ) -> Result<Self, PanelProblems> {
        if units.len().checked_mul(periods.len()) != Some(values.len()) {
            return Err(PanelProblem::Shape {
                units: units.len(),
                periods: periods.len(),
                values: values.len(),
            }
            .into());
        }
        let rows = units.iter().enumerate().flat_map(|(u, unit)| {
            periods.iter().enumerate().map(move |(t, period)| Row {
                unit,
                period: *period,
                outcome: values[u * periods.len() + t],
                covariates: &[],
            })
        });
        Self::from_rows(&[], rows)
    }

    /// The units' names, sorted by their bytes.
    #[must_use]
    pub fn units(&self) -> &[String] {
        &self.units
    }

    /// The periods, ascending.
    #[must_use]
    pub fn periods(&self) -> &[i64] {
        &self.periods
    }

    /// Where a unit is in [`Panel::units`].
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<usize> {
        self.units.binary_search_by(|unit| unit.as_str().cmp(name)).ok()
    }

    /// Where a period is in [`Panel::periods`].
    #[must_use]
    pub fn period(&self, period: i64) -> Option<usize> {
        self.periods.binary_search(&period).ok()
    }

    /// The outcomes, units × periods.
    #[must_use]
    pub fn outcome(&self) -> &Grid {
        &self.outcome
    }

    /// The names of the covariates, sorted.
    pub fn covariate_names(&self) -> impl Iterator<Item = &str> {
        self.covariates.keys().map(String::as_str)
    }

    /// A covariate, units × periods.
    #[must_use]
    pub fn covariate(&self, name: &str) -> Option<&Grid> {
        self.covariates.get(name)
    }

    /// Whether every unit has an outcome in every period.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.outcome.is_complete()
    }
}

fn index(length: usize) -> u32 {
    // `too_large` stops the reading long before a count passes 2³².
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn too_large(units: usize, periods: usize, wide: usize) -> Option<PanelProblem> {
    let cells = units.saturating_mul(periods).saturating_mul(wide);
    (cells > MAX_CELLS).then_some(PanelProblem::TooLarge {
        units,
        periods,
        covariates: wide - 1,
        limit: MAX_CELLS,
    })
}

/// The keys in order, and for each number that a key was given when first seen its place in it.
fn ranked<K: Ord>(seen: HashMap<K, u32>) -> (Vec<K>, Vec<usize>) {
    let mut pairs: Vec<(K, u32)> = seen.into_iter().collect();
    pairs.sort_unstable();
    let mut rank = vec![0; pairs.len()];
    for (place, (_, first)) in pairs.iter().enumerate() {
        rank[*first as usize] = place;
    }
    (pairs.into_iter().map(|(key, _)| key).collect(), rank)
}
