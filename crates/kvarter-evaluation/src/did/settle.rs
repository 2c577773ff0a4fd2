//! Panel and treatment as a two-way fit sees them: positions instead of names, checked.

use super::{LARGEST, Refusal};
use crate::panel::{Grid, Panel, Treatment};

/// What a fit works on. Periods and units keep their places in the panel.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    /// How many periods.
    pub(super) periods: usize,
    /// The periods' labels, ascending.
    pub(super) labels: Vec<i64>,
    /// Each unit's start, as a position among the periods.
    pub(super) starts: Vec<Option<usize>>,
    /// `units × periods`, row-major; cells that do not take part hold zero.
    pub(super) outcome: Vec<f64>,
    /// Which cells take part; `None` when all do.
    pub(super) present: Option<Vec<bool>>,
}

impl Settled {
    /// Checks that there is something to compare, and with whom.
    pub(super) fn new(panel: &Panel, treatment: &Treatment) -> Result<Self, Vec<Refusal>> {
        let labels = panel.periods().to_vec();
        let periods = labels.len();
        let units = panel.units().len();
        let (outcome, present) = cells(panel.outcome());
        let here = |unit: usize, t: usize| present.as_ref().is_none_or(|mask| mask[unit * periods + t]);
        let mut refusals = Vec::new();
        if beyond(&outcome) {
            refusals.push(Refusal::ValuesTooLarge);
        }
        let seen = (0..periods).filter(|&t| (0..units).any(|unit| here(unit, t))).count();
        if seen < 2 {
            refusals.push(Refusal::TooFewPeriods { periods: seen });
        }
        let starts: Vec<Option<usize>> = (0..units).map(|unit| treatment.start_index(unit)).collect();
        let observed = |unit: usize, start: usize| (start..periods).any(|t| here(unit, t));
        if !starts.iter().enumerate().any(|(unit, start)| start.is_some_and(|start| observed(unit, start))) {
            refusals.push(Refusal::NoTreated);
        } else if starts.iter().all(|start| *start == starts[0]) {
            refusals.push(Refusal::NoComparison);
        }
        if refusals.is_empty() {
            Ok(Self { periods, labels, starts, outcome, present })
        } else {
            Err(refusals)
        }
    }

    /// The named covariates as columns; a cell that misses one of them no longer takes part.
    pub(super) fn covariates(
        &mut self,
        panel: &Panel,
        names: &[String],
    ) -> Result<Vec<Vec<f64>>, Vec<Refusal>> {
        let unknown: Vec<Refusal> = names
            .iter()
            .filter(|name| panel.covariate(name).is_none())
            .map(|name| Refusal::UnknownCovariate { name: name.clone() })
            .collect();
        if !unknown.is_empty() {
            return Err(unknown);
        }
        let mut columns = Vec::with_capacity(names.len());
        for (values, mask) in names.iter().filter_map(|name| panel.covariate(name)).map(cells) {
            columns.push(values);
            if let Some(mask) = mask {
                let present = self.present.get_or_insert_with(|| vec![true; mask.len()]);
                present.iter_mut().zip(mask).for_each(|(here, also)| *here &= also);
            }
        }
        if columns.iter().any(|column| beyond(column)) {
            return Err(vec![Refusal::ValuesTooLarge]);
        }
        if let Some(present) = &self.present {
            if !present.contains(&true) {
                return Err(vec![Refusal::AllMissing]);
            }
            for column in columns.iter_mut().chain([&mut self.outcome]) {
                column.iter_mut().zip(present).filter(|(_, here)| !**here).for_each(|(x, _)| *x = 0.0);
            }
        }
        Ok(columns)
    }

    /// The same with the units that have a value in every period, which must still be comparable.
    pub(super) fn whole_units(self) -> Result<Self, Vec<Refusal>> {
        let Some(mask) = &self.present else { return Ok(self) };
        let rows = |unit: usize| unit * self.periods..(unit + 1) * self.periods;
        let whole: Vec<usize> =
            (0..self.starts.len()).filter(|&unit| !mask[rows(unit)].contains(&false)).collect();
        let starts: Vec<Option<usize>> = whole.iter().map(|&unit| self.starts[unit]).collect();
        if starts.iter().all(Option::is_none) || starts.iter().all(|start| *start == starts[0]) {
            return Err(vec![Refusal::NoWholeUnits]);
        }
        let outcome = whole.iter().flat_map(|&unit| &self.outcome[rows(unit)]).copied().collect();
        Ok(Self { starts, outcome, present: None, ..self })
    }
}

/// Whether a value is beyond [`LARGEST`]. Counted in stretches, for that can be done several at a time.
pub(crate) fn beyond(values: &[f64]) -> bool {
    values.chunks(4096).any(|some| some.iter().filter(|value| value.abs() > LARGEST).count() > 0)
}

/// A grid's values row by row, zero where missing, and which are there unless all are.
pub(crate) fn cells(grid: &Grid) -> (Vec<f64>, Option<Vec<bool>>) {
    let (units, periods) = (grid.unit_count(), grid.period_count());
    let mut values = Vec::with_capacity(units * periods);
    if grid.is_complete() {
        for unit in 0..units {
            values.extend_from_slice(grid.row(unit).unwrap_or_default());
        }
        return (values, None);
    }
    let mut present = Vec::with_capacity(units * periods);
    for unit in 0..units {
        for t in 0..periods {
            let value = grid.get(unit, t);
            values.push(value.unwrap_or(0.0));
            present.push(value.is_some());
        }
    }
    (values, Some(present))
}
