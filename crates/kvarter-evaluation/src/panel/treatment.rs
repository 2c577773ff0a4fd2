//! Who was treated, from when.

use std::{collections::BTreeMap, fmt};

use thiserror::Error;

use super::Panel;

/// Who was treated from when, for the units of one panel.
///
/// A start is the first treated period: outcomes in it and after it are “after”. Where the panel
/// has no such period (a start in 2008, values for 2007 and 2009), the next one that it has is the
/// first treated. Treatment never ends (the usual assumption of no anticipation and absorbing
/// treatment); a programme that ends is evaluated over a window that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    starts: Vec<Option<Start>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    period: i64,
    index: usize,
}

impl Treatment {
    /// Says that some units were treated, each from its start.
    ///
    /// # Errors
    /// All problems at once: nobody is treated, a unit that the panel does not have, a unit named
    /// twice, a start after the panel's last period or not after its first.
    pub fn new<'a>(
        panel: &Panel,
        treated: impl IntoIterator<Item = (&'a str, i64)>,
    ) -> Result<Self, TreatmentProblems> {
        let mut problems = Vec::new();
        let mut starts = vec![None; panel.units().len()];
        let first = panel.periods()[0];
        let last = panel.periods()[panel.periods().len() - 1];
        for (name, start) in treated {
            let Some(unit) = panel.unit(name) else {
                problems.push(TreatmentProblem::UnknownUnit { unit: name.to_owned() });
                continue;
            };
            if start <= first {
                problems.push(TreatmentProblem::NoPeriodBefore { unit: name.to_owned(), start, first });
            } else if start > last {
                problems.push(TreatmentProblem::NoPeriodAfter { unit: name.to_owned(), start, last });
            } else if starts[unit].is_some() {
                problems.push(TreatmentProblem::NamedTwice { unit: name.to_owned() });
            } else {
                let index = panel.periods().partition_point(|period| *period < start);
                starts[unit] = Some(Start { period: start, index });
            }
        }
        if problems.is_empty() && starts.iter().all(Option::is_none) {
            problems.push(TreatmentProblem::NobodyTreated);
        }
        if problems.is_empty() { Ok(Self { starts }) } else { Err(TreatmentProblems(problems)) }
    }

    /// The start of a unit (index in the panel); `None` if it was never treated.
    #[must_use]
    pub fn start(&self, unit: usize) -> Option<i64> {
        self.starts.get(unit).copied().flatten().map(|start| start.period)
    }

    /// The index of a unit's first treated period: also the number of periods before it.
    #[must_use]
    pub fn start_index(&self, unit: usize) -> Option<usize> {
        self.starts.get(unit).copied().flatten().map(|start| start.index)
    }

    /// The treated units (indices), ascending.
    pub fn treated(&self) -> impl Iterator<Item = usize> {
        self.starts.iter().enumerate().filter(|(_, start)| start.is_some()).map(|(unit, _)| unit)
    }

    /// The units that were never treated (indices), ascending.
    pub fn untreated(&self) -> impl Iterator<Item = usize> {
        self.starts.iter().enumerate().filter(|(_, start)| start.is_none()).map(|(unit, _)| unit)
    }

    /// The treated units by start: each cohort's start and its units, ascending.
    #[must_use]
    pub fn cohorts(&self) -> Vec<(i64, Vec<usize>)> {
        let mut cohorts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (unit, start) in self.starts.iter().enumerate() {
            if let Some(start) = start {
                cohorts.entry(start.period).or_default().push(unit);
            }
        }
        cohorts.into_iter().collect()
    }
}

/// One thing that is wrong with what was said about who was treated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TreatmentProblem {
    /// No unit is treated.
    #[error("no unit is treated")]
    NobodyTreated,
    /// The panel does not have the unit.
    #[error("the panel has no unit {unit:?}")]
    UnknownUnit {
        /// The unit.
        unit: String,
    },
    /// A unit is named twice.
    #[error("unit {unit:?} is named as treated twice")]
    NamedTwice {
        /// The unit.
        unit: String,
    },
    /// The start is not after the panel's first period: there is no “before”.
    #[error("unit {unit:?} starts in {start}, but the panel's first period is {first}")]
    NoPeriodBefore {
        /// The unit.
        unit: String,
        /// Its start.
        start: i64,
        /// The panel's first period.
        first: i64,
    },
    /// The start is after the panel's last period: there is no “after”.
    #[error("unit {unit:?} starts in {start}, but the panel's last period is {last}")]
    NoPeriodAfter {
        /// The unit.
        unit: String,
        /// Its start.
        start: i64,
        /// The panel's last period.
        last: i64,
    },
}

/// Everything that is wrong with what was said about who was treated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct TreatmentProblems(pub Vec<TreatmentProblem>);

impl fmt::Display for TreatmentProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}
