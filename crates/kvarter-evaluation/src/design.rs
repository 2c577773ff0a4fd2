//! One evaluation made ready: a target, its donors, and the periods before and after.
//!
//! A [`Design`] holds a copy of just the numbers that a method needs, complete: who cannot serve as
//! a donor has been left out, with the reason kept. The methods of [`synthetic`](crate::synthetic)
//! and the tests of [`placebo`](crate::placebo) read nothing else.

use std::collections::BTreeSet;

use crate::{
    panel::{Grid, Panel},
    refusal::Refusal,
};

mod ring;

pub use ring::{Place, within};

/// Who may be a donor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Donors {
    /// Every unit that is not treated and not excluded.
    #[default]
    All,
    /// These units. Naming a treated one is a refusal.
    Named(Vec<String>),
}

/// What is asked: who was treated, when, compared with whom, over which periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The treated units. With more than one, the target is their mean.
    pub treated: Vec<String>,
    /// The first treated period.
    pub start: i64,
    /// Who may be a donor.
    pub donors: Donors,
    /// Units that must not be donors: neighbours that the programme may spill over to (see
    /// [`within`]), and units that had a programme of their own. Names that the panel does not have
    /// are passed over.
    pub excluded: BTreeSet<String>,
    /// The first and last period to use; `None` for all of the panel.
    pub window: Option<(i64, i64)>,
}

impl Question {
    /// One treated unit against everybody else, over the whole panel.
    #[must_use]
    pub fn new(treated: &str, start: i64) -> Self {
        Self {
            treated: vec![treated.to_owned()],
            start,
            donors: Donors::All,
            excluded: BTreeSet::new(),
            window: None,
        }
    }
}

/// A quantity measured before the start, on which units should be alike: the mean of the outcome or
/// of a covariate over the periods `from..=to` in which it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predictor {
    /// The covariate's name; `None` for the outcome itself.
    pub covariate: Option<String>,
    /// The first period.
    pub from: i64,
    /// The last period; equal to `from` for a single year.
    pub to: i64,
}

/// Why a unit is not a donor although it could have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It was excluded by the question.
    Excluded,
    /// It lacks an outcome inside the window (the first such period).
    Missing(i64),
    /// It lacks a predictor (its place in the list).
    PredictorMissing(usize),
}

/// A target, its donors and the periods, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    pub(crate) treated: Vec<String>,
    pub(crate) donors: Vec<String>,
    pub(crate) periods: Vec<i64>,
    pub(crate) before: usize,
    pub(crate) treated_rows: Vec<Vec<f64>>,
    pub(crate) target: Vec<f64>,
    /// Donors × periods, row by row.
    pub(crate) rows: Vec<f64>,
    /// Each predictor: the target's value, then one for each donor.
    pub(crate) predictors: Vec<Vec<f64>>,
    left_out: Vec<(String, LeftOut)>,
}

impl Design {
    /// Makes an evaluation ready.
    ///
    /// Donors that lack an outcome inside the window are left out (and named by
    /// [`Design::left_out`]); a treated unit that lacks one is a refusal, and so is a predictor that
    /// it lacks. Memory: donors × periods of the window.
    ///
    /// # Errors
    /// Unknown or no treated units, a treated unit among the donors, a window without periods, fewer
    /// than two periods before the start, none after, no donor left, an outcome that is the same
    /// number everywhere before the start, values whose mean overflows, a predictor that is unknown,
    /// not before the start, or missing for a treated unit.
    pub fn new(panel: &Panel, question: &Question, predictors: &[Predictor]) -> Result<Self, Refusal> {
        let find =
            |unit: &String| panel.unit(unit).ok_or_else(|| Refusal::UnknownUnit { unit: unit.clone() });
        let treated: BTreeSet<usize> = question.treated.iter().map(find).collect::<Result<_, _>>()?;
        if treated.is_empty() {
            return Err(Refusal::NobodyTreated);
        }
        let candidates: BTreeSet<usize> = match &question.donors {
            Donors::All => (0..panel.units().len()).filter(|unit| !treated.contains(unit)).collect(),
            Donors::Named(names) => names.iter().map(find).collect::<Result<_, _>>()?,
        };
        if let Some(both) = candidates.intersection(&treated).next() {
            return Err(Refusal::TreatedIsDonor { unit: panel.units()[*both].clone() });
        }

        let all = panel.periods();
        let (from, to) = question.window.unwrap_or((all[0], all[all.len() - 1]));
        let first = all.partition_point(|period| *period < from);
        let end = all.partition_point(|period| *period <= to);
        if first >= end {
            return Err(Refusal::EmptyWindow { from, to });
        }
        let periods = all[first..end].to_vec();
        let before = periods.partition_point(|period| *period < question.start);
        if before < 2 {
            return Err(Refusal::TooFewPeriodsBefore { found: before, needed: 2 });
        }
        if before == periods.len() {
            return Err(Refusal::NoPeriodAfter { start: question.start });
        }

        let outcome = panel.outcome();
        let mut treated_rows = Vec::new();
        for unit in &treated {
            let Some(row) = outcome.span(*unit, first..end) else {
                let period = first_missing(outcome, *unit, first..end, all);
                return Err(Refusal::TreatedMissing { unit: panel.units()[*unit].clone(), period });
            };
            treated_rows.push(row.to_vec());
        }
        for (number, predictor) in predictors.iter().enumerate() {
            if let Some(covariate) = &predictor.covariate
                && panel.covariate(covariate).is_none()
            {
                return Err(Refusal::UnknownCovariate { covariate: covariate.clone() });
            }
            if predictor.from > predictor.to || predictor.to >= question.start {
                return Err(Refusal::PredictorNotBefore { predictor: number });
            }
        }
        let mut values: Vec<Vec<f64>> = Vec::new();
        for (number, predictor) in predictors.iter().enumerate() {
            let mut sum = 0.0;
            for unit in &treated {
                let value = predictor_value(panel, predictor, *unit).ok_or_else(|| {
                    Refusal::PredictorMissing { unit: panel.units()[*unit].clone(), predictor: number }
                })?;
                sum += value;
            }
            values.push(vec![sum / treated.len() as f64]);
        }

        let mut design = Self {
            treated: treated.iter().map(|unit| panel.units()[*unit].clone()).collect(),
            donors: Vec::new(),
            before,
            target: mean_rows(&treated_rows, periods.len()),
            treated_rows,
            rows: Vec::new(),
            predictors: values,
            left_out: Vec::new(),
            periods,
        };
        for unit in candidates {
            let name = &panel.units()[unit];
            if question.excluded.contains(name) {
                design.left_out.push((name.clone(), LeftOut::Excluded));
                continue;
            }
            let Some(row) = outcome.span(unit, first..end) else {
                let period = first_missing(outcome, unit, first..end, all);
                design.left_out.push((name.clone(), LeftOut::Missing(period)));
                continue;
            };
            let found: Vec<Option<f64>> =
                predictors.iter().map(|predictor| predictor_value(panel, predictor, unit)).collect();
            if let Some(number) = found.iter().position(Option::is_none) {
                design.left_out.push((name.clone(), LeftOut::PredictorMissing(number)));
                continue;
            }
            design.donors.push(name.clone());
            design.rows.extend_from_slice(row);
            for (all, value) in design.predictors.iter_mut().zip(found.into_iter().flatten()) {
                all.push(value);
            }
        }
        design.check()
    }

    fn check(self) -> Result<Self, Refusal> {
        if self.donors.is_empty() {
            return Err(Refusal::TooFewDonors { found: 0, needed: 1 });
        }
        // Means of finite numbers may be beyond all of them.
        if !self.target.iter().chain(self.predictors.iter().flatten()).all(|value| value.is_finite()) {
            return Err(Refusal::Overflow);
        }
        let first = self.target[0];
        let constant = (0..self.donors.len())
            .map(|donor| self.donor(donor))
            .chain(self.treated_rows.iter().map(Vec::as_slice))
            .all(|row| row[..self.before].iter().all(|value| *value == first));
        if constant { Err(Refusal::ConstantOutcome) } else { Ok(self) }
    }

    /// The same question about a donor, as if it had been treated: the other donors are its donors,
    /// the treated units take no part.
    ///
    /// Returns `None` if there is no such donor or it is the only one.
    #[must_use]
    pub fn placebo(&self, donor: usize) -> Option<Self> {
        if donor >= self.donors.len() || self.donors.len() < 2 {
            return None;
        }
        let wide = self.periods.len();
        let mut design = self.clone();
        let target = self.donor(donor).to_vec();
        design.treated = vec![design.donors.remove(donor)];
        design.rows.drain(donor * wide..(donor + 1) * wide);
        for values in &mut design.predictors {
            values[0] = values.remove(1 + donor);
        }
        design.treated_rows = vec![target.clone()];
        design.target = target;
        Some(design)
    }

    /// The same question without some donors (indices).
    ///
    /// # Errors
    /// [`Refusal::TooFewDonors`] if none is left.
    pub fn without(&self, donors: &BTreeSet<usize>) -> Result<Self, Refusal> {
        let wide = self.periods.len();
        let kept: Vec<usize> = (0..self.donors.len()).filter(|donor| !donors.contains(donor)).collect();
        if kept.is_empty() {
            return Err(Refusal::TooFewDonors { found: 0, needed: 1 });
        }
        let mut design = self.clone();
        design.donors = kept.iter().map(|donor| self.donors[*donor].clone()).collect();
        design.rows = kept.iter().flat_map(|d| self.rows[d * wide..(d + 1) * wide].iter().copied()).collect();
        for (new, old) in design.predictors.iter_mut().zip(&self.predictors) {
            *new = std::iter::once(old[0]).chain(kept.iter().map(|donor| old[1 + donor])).collect();
        }
        Ok(design)
    }

    /// The same question with the donors that are nearest to the target before the start, by the sum of squared
    /// differences: `count` of them, or all if they are no more. Of equals the first by name. To donors that are
    /// near only, against interpolation between far ones: Abadie 2021, *JEL* 59, § 4.
    ///
    /// # Errors
    /// [`Refusal::TooFewDonors`] if `count` is 0.
    pub fn nearest(&self, count: usize) -> Result<Self, Refusal> {
        let near = self.nearest_to(&self.target, count, None);
        let far = (0..self.donors.len()).filter(|donor| near.binary_search(donor).is_err()).collect();
        self.without(&far)
    }

    /// The same question about a donor as if it had been treated, with the donors that are nearest to it.
    pub(crate) fn placebo_among_nearest(&self, donor: usize, count: usize) -> Result<Self, Refusal> {
        let mut kept = self.nearest_to(self.donor(donor), count, Some(donor));
        let at = kept.partition_point(|other| *other < donor);
        kept.insert(at, donor);
        let far = (0..self.donors.len()).filter(|other| kept.binary_search(other).is_err()).collect();
        self.without(&far)?.placebo(at).ok_or(Refusal::TooFewDonors { found: 0, needed: 1 })
    }

    /// The donors (indices, ascending) nearest to a path before the start.
    fn nearest_to(&self, path: &[f64], count: usize, but: Option<usize>) -> Vec<usize> {
        let mut by_distance: Vec<(f64, usize)> = (0..self.donors.len())
            .filter(|donor| Some(*donor) != but)
            .map(|donor| {
                let pairs = self.donor(donor)[..self.before].iter().zip(path);
                (pairs.map(|(x, y)| (x - y) * (x - y)).sum(), donor)
            })
            .collect();
        by_distance.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        by_distance.truncate(count);
        let mut near: Vec<usize> = by_distance.into_iter().map(|(_, donor)| donor).collect();
        near.sort_unstable();
        near
    }

    /// The same question with an earlier start and without the periods from the true one on: the
    /// placebo in time. Predictors are left out, for they may be measured after the earlier start.
    ///
    /// # Errors
    /// [`Refusal::TooFewPeriodsBefore`] if fewer than two periods are before the earlier start;
    /// [`Refusal::NoPeriodAfter`] if none of those before the true one is after it.
    pub fn backdated(&self, start: i64) -> Result<Self, Refusal> {
        let before = self.periods.partition_point(|period| *period < start);
        if before < 2 {
            return Err(Refusal::TooFewPeriodsBefore { found: before, needed: 2 });
        }
        if before >= self.before {
            return Err(Refusal::NoPeriodAfter { start });
        }
        let (wide, keep) = (self.periods.len(), self.before);
        let mut design = self.clone();
        design.before = before;
        design.periods.truncate(keep);
        design.target.truncate(keep);
        for row in &mut design.treated_rows {
            row.truncate(keep);
        }
        design.rows = self.rows.chunks(wide).flat_map(|row| row[..keep].iter().copied()).collect();
        design.predictors.clear();
        design.check()
    }

    /// The treated units' names, sorted.
    #[must_use]
    pub fn treated(&self) -> &[String] {
        &self.treated
    }

    /// The donors' names, sorted; weights come in this order.
    #[must_use]
    pub fn donors(&self) -> &[String] {
        &self.donors
    }

    /// The periods of the window.
    #[must_use]
    pub fn periods(&self) -> &[i64] {
        &self.periods
    }

    /// How many of the periods are before the start.
    #[must_use]
    pub fn before(&self) -> usize {
        self.before
    }

    /// How many of the periods are at or after the start.
    #[must_use]
    pub fn after(&self) -> usize {
        self.periods.len() - self.before
    }

    /// The target: the treated unit's outcomes, or the mean of several.
    #[must_use]
    pub fn target(&self) -> &[f64] {
        &self.target
    }

    /// A donor's outcomes in every period.
    ///
    /// # Panics
    /// If there is no such donor.
    #[must_use]
    pub fn donor(&self, donor: usize) -> &[f64] {
        &self.rows[donor * self.periods.len()..(donor + 1) * self.periods.len()]
    }

    /// Who could have been a donor and is not, and why.
    #[must_use]
    pub fn left_out(&self) -> &[(String, LeftOut)] {
        &self.left_out
    }

    /// How many predictors there are.
    #[must_use]
    pub fn predictor_count(&self) -> usize {
        self.predictors.len()
    }
}

fn mean_rows(rows: &[Vec<f64>], wide: usize) -> Vec<f64> {
    (0..wide).map(|t| rows.iter().map(|row| row[t]).sum::<f64>() / rows.len() as f64).collect()
}

fn first_missing(grid: &Grid, unit: usize, mut span: std::ops::Range<usize>, periods: &[i64]) -> i64 {
    let first = span.start;
    periods[span.find(|period| grid.get(unit, *period).is_none()).unwrap_or(first)]
}

fn predictor_value(panel: &Panel, predictor: &Predictor, unit: usize) -> Option<f64> {
    let grid = match &predictor.covariate {
        Some(name) => panel.covariate(name)?,
        None => panel.outcome(),
    };
    let from = panel.periods().partition_point(|period| *period < predictor.from);
    let end = panel.periods().partition_point(|period| *period <= predictor.to);
    let (mut sum, mut count) = (0.0, 0);
    for value in (from..end).filter_map(|period| grid.get(unit, period)) {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}
