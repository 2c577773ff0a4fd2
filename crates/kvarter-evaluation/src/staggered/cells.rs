//! ATT(g, t), one cell at a time, with its influence function.

use super::{
    Adjustment, Base, Caution, CellRefusal, Control, MOST_INFLUENCE_VALUES, Refusal, Staggered, adjust,
    arrange::{Arranged, Change},
};
use crate::reference::Reference;

/// The effect in one period for the units that started in another.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// The period in which these units start.
    pub cohort: i64,
    /// The period whose outcome is judged.
    pub period: i64,
    /// The period it is compared with; `None` when the panel has none early enough.
    pub base: Option<i64>,
    /// Treated units used.
    pub treated: usize,
    /// Comparison units used.
    pub controls: usize,
    /// ATT(g, t) in the outcome's unit, or why there is none. Zero by construction in the base period.
    pub estimate: Result<f64, CellRefusal>,
    /// From the influence function; `None` without an estimate or where it does not vary.
    pub standard_error: Option<f64>,
}

impl Cell {
    /// Whether the cell lies at or after the start.
    pub fn is_post(&self) -> bool {
        self.period >= self.cohort
    }
}

/// All cells, with what [`GroupTime::aggregate`] needs to sum them up.
#[derive(Debug, Clone)]
pub struct GroupTime {
    pub(super) cells: Vec<Cell>,
    /// `cells × units`, units as arranged.
    pub(super) influence: Vec<f64>,
    pub(super) arranged: Arranged,
    pub(super) level: f64,
    pub(super) reference: Reference,
    pub(super) cautions: Vec<Caution>,
}

impl GroupTime {
    /// The cells, by cohort and then period.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of a cohort and a period.
    pub fn cell(&self, cohort: i64, period: i64) -> Option<&Cell> {
        self.cells.iter().find(|c| c.cohort == cohort && c.period == period)
    }

    /// Units used, treated or not.
    pub fn units(&self) -> usize {
        self.arranged.n
    }

    /// Each cohort's start and number of units, ascending.
    pub fn cohorts(&self) -> Vec<(i64, usize)> {
        self.arranged.cohorts.iter().map(|c| (c.start, c.units.len())).collect()
    }

    /// Never-treated units used.
    pub fn never_treated(&self) -> usize {
        self.arranged.never().len()
    }

    /// What to read the estimates with.
    pub fn cautions(&self) -> &[Caution] {
        &self.cautions
    }

    /// A cell's influence function: each used unit's position in the panel and its value, such that
    /// the variance of the estimate is Σψ²/n².
    pub fn influence(&self, cell: usize) -> Option<impl Iterator<Item = (usize, f64)> + '_> {
        let n = self.arranged.n;
        let row = self.influence.get(cell * n..(cell + 1) * n)?;
        Some(self.arranged.order.iter().copied().zip(row.iter().copied()))
    }
}

/// The pair of periods of one cell, as positions.
struct Pair {
    period: usize,
    base: Option<usize>,
}

fn pairs(asked: &Staggered, labels: &[i64], start: i64) -> Vec<Pair> {
    let lead = i64::from(asked.anticipation);
    let before_start = (0..labels.len()).rev().find(|&t| labels[t].saturating_add(lead) < start);
    match asked.base {
        Base::Universal => (0..labels.len()).map(|period| Pair { period, base: before_start }).collect(),
        Base::Varying => (1..labels.len())
            .map(|period| Pair {
                period,
                base: if labels[period] >= start { before_start } else { Some(period - 1) },
            })
            .collect(),
    }
}

pub(super) fn compute(asked: &Staggered, arranged: Arranged) -> Result<GroupTime, Vec<Refusal>> {
    let n = arranged.n;
    let most = arranged.cohorts.len() * arranged.labels.len();
    if most.saturating_mul(n) > MOST_INFLUENCE_VALUES {
        return Err(vec![Refusal::TooLarge { cells: most, units: n }]);
    }
    let mut cells = Vec::with_capacity(most);
    let mut influence = Vec::new();
    let plan: Vec<(usize, Pair)> = (0..arranged.cohorts.len())
        .flat_map(|g| {
            pairs(asked, &arranged.labels, arranged.cohorts[g].start).into_iter().map(move |pair| (g, pair))
        })
        .collect();
    influence.resize(plan.len() * n, 0.0);
    for ((g, pair), psi) in plan.into_iter().zip(influence.chunks_exact_mut(n)) {
        cells.push(cell(asked, &arranged, g, &pair, psi));
    }
    let mut cautions = arranged.cautions.clone();
    let left_out = cells.iter().filter(|c| c.estimate.is_err()).count();
    if left_out > 0 {
        cautions.push(Caution::CellsLeftOut { cells: left_out });
    }
    Ok(GroupTime { cells, influence, level: asked.level, reference: asked.reference, cautions, arranged })
}

fn cell(asked: &Staggered, arranged: &Arranged, g: usize, pair: &Pair, psi: &mut [f64]) -> Cell {
    let cohort = &arranged.cohorts[g];
    let mut cell = Cell {
        cohort: cohort.start,
        period: arranged.labels[pair.period],
        base: pair.base.map(|b| arranged.labels[b]),
        treated: 0,
        controls: 0,
        estimate: Err(CellRefusal::NoBase),
        standard_error: None,
    };
    let Some(base) = pair.base else { return cell };
    if base == pair.period {
        (cell.treated, cell.estimate) = (cohort.units.len(), Ok(0.0));
        return cell;
    }
    // Comparison units lie in at most two stretches, for units are arranged by start.
    let later = match asked.control {
        Control::NeverTreated => arranged.never(),
        Control::NotYetTreated => arranged.starting_after(pair.period.max(base), asked.anticipation),
    };
    let own = &cohort.units;
    let stretches =
        if later.contains(&own.start) { [later.start..own.start, own.end..later.end] } else { [later, 0..0] };
    let change = arranged.change(pair.period, base);
    let outcome = if arranged.present.is_none() && asked.adjustment == Adjustment::None {
        difference_of_means(&change, own.clone(), &stretches, psi)
    } else {
        let has = |unit: &usize| arranged.has(*unit, pair.period, base);
        let treated: Vec<usize> = own.clone().filter(has).collect();
        let controls: Vec<usize> = stretches.into_iter().flatten().filter(has).collect();
        let sample = adjust::Sample { treated: &treated, controls: &controls, change: &change };
        adjust::estimate(asked.adjustment, &sample, &arranged.covariates_at(pair.period.min(base)), psi)
    };
    cell.treated = outcome.treated;
    cell.controls = outcome.controls;
    if outcome.estimate.is_err() {
        psi.fill(0.0);
    } else {
        cell.standard_error = arranged.standard_error(psi);
    }
    cell.estimate = outcome.estimate;
    cell
}

/// One cell's estimate and the units it rests on.
pub(super) struct Outcome {
    pub(super) treated: usize,
    pub(super) controls: usize,
    pub(super) estimate: Result<f64, CellRefusal>,
}

/// Without covariates and gaps: sums over stretches, nothing gathered.
fn difference_of_means(
    change: &Change<'_>,
    own: std::ops::Range<usize>,
    stretches: &[std::ops::Range<usize>; 2],
    psi: &mut [f64],
) -> Outcome {
    let n = psi.len() as f64;
    let controls: usize = stretches.iter().map(ExactSizeIterator::len).sum();
    let mut outcome = Outcome { treated: own.len(), controls, estimate: Err(CellRefusal::NoControls) };
    if controls == 0 {
        return outcome;
    }
    let treated_mean = change.sum(own.clone()) / own.len() as f64;
    let control_mean = stretches.iter().map(|s| change.sum(s.clone())).sum::<f64>() / controls as f64;
    change.centre(own.clone(), treated_mean, n / own.len() as f64, psi);
    for stretch in stretches {
        change.centre(stretch.clone(), control_mean, -n / controls as f64, psi);
    }
    outcome.estimate = Ok(treated_mean - control_mean);
    outcome
}
