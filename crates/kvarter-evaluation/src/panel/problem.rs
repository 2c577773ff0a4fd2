//! What can be wrong with a panel.

use std::fmt;

use thiserror::Error;

/// One thing that is wrong with the rows of a panel, and where.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PanelProblem {
    /// There is no row.
    #[error("the panel has no rows")]
    Empty,
    /// A row has no name of a unit.
    #[error("a row for period {period} has no unit")]
    EmptyName {
        /// The row's period.
        period: i64,
    },
    /// A unit has two rows for a period.
    #[error("unit {unit:?} occurs twice in period {period}")]
    Duplicate {
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
    },
    /// A value is infinite or not a number. What is missing is said with `None`.
    #[error("unit {unit:?} in period {period}: {} is not a finite number", covariate.as_deref().unwrap_or("the outcome"))]
    NotFinite {
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
        /// The covariate; `None` for the outcome.
        covariate: Option<String>,
    },
    /// A row has more or fewer covariates than were named.
    #[error("unit {unit:?} in period {period} has {found} covariates instead of {expected}")]
    CovariateCount {
        /// The unit.
        unit: String,
        /// The period.
        period: i64,
        /// How many the row has.
        found: usize,
        /// How many were named.
        expected: usize,
    },
    /// Two covariates have the same name.
    #[error("the covariate {covariate:?} is named twice")]
    DuplicateCovariate {
        /// The name.
        covariate: String,
    },
    /// The lengths of units, periods and values do not agree.
    #[error("{units} units and {periods} periods do not make {values} values")]
    Shape {
        /// How many units.
        units: usize,
        /// How many periods.
        periods: usize,
        /// How many values.
        values: usize,
    },
    /// There are more cells than are handled.
    #[error("{units} units × {periods} periods with {covariates} covariates are more than {limit} cells")]
    TooLarge {
        /// Units read before reading stopped.
        units: usize,
        /// Periods read before reading stopped.
        periods: usize,
        /// How many covariates.
        covariates: usize,
        /// The limit, [`MAX_CELLS`](super::MAX_CELLS).
        limit: usize,
    },
    /// No row has an outcome.
    #[error("the outcome is missing everywhere")]
    AllMissing,
}

/// Everything that is wrong with a panel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Error)]
pub struct PanelProblems {
    problems: Vec<PanelProblem>,
    more: usize,
}

impl PanelProblems {
    /// How many problems are kept; a file with the wrong separator has one for each row.
    pub const KEPT: usize = 200;

    /// The problems, in the order in which they were met.
    #[must_use]
    pub fn problems(&self) -> &[PanelProblem] {
        &self.problems
    }

    /// How many more there were than are kept.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    pub(super) fn add(&mut self, problem: PanelProblem) {
        if self.problems.len() < Self::KEPT {
            self.problems.push(problem);
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }
}

impl From<PanelProblem> for PanelProblems {
    fn from(problem: PanelProblem) -> Self {
        Self { problems: vec![problem], more: 0 }
    }
}

impl fmt::Display for PanelProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        if self.more > 0 {
            write!(f, "; and {} more", self.more)?;
        }
        Ok(())
    }
}
