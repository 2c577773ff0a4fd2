//! The panel turned round for comparing periods: units by start, one stretch of numbers per period.
//!
//! With units arranged by start, a cohort and every comparison group are stretches, so sums run along
//! memory and nothing is gathered.

use std::{collections::BTreeSet, ops::Range};

use super::{Adjustment, Caution, Control, Gaps, Refusal, SMALL_COHORT, Staggered};
use crate::did::{beyond, cells};
use crate::panel::{Panel, Treatment};
use crate::reference::Guard;

/// Units with the same start.
#[derive(Debug, Clone)]
pub(super) struct Cohort {
    /// The period they start in.
    pub(super) start: i64,
    /// Their places among the arranged units.
    pub(super) units: Range<usize>,
}

/// What the cells are computed from.
#[derive(Debug, Clone)]
pub(super) struct Arranged {
    /// The periods, ascending.
    pub(super) labels: Vec<i64>,
    /// Units that take part.
    pub(super) n: usize,
    /// Each one's place in the panel.
    pub(super) order: Vec<usize>,
    /// Cohorts by start; the never-treated follow them.
    pub(super) cohorts: Vec<Cohort>,
    /// `periods × n`.
    outcome: Vec<f64>,
    /// `periods × n`; `None` when every value is there, covariates too.
    pub(super) present: Option<Vec<bool>>,
    /// `periods × n` for each covariate.
    covariates: Vec<Vec<f64>>,
    /// Cluster of each unit, numbered from zero, and how many there are.
    clusters: Option<(Vec<usize>, usize)>,
    /// What to read the estimates with.
    pub(super) cautions: Vec<Caution>,
}

impl Arranged {
    pub(super) fn new(asked: &Staggered, panel: &Panel, treatment: &Treatment) -> Result<Self, Vec<Refusal>> {
        let mut refusals = check(asked, panel);
        let labels = panel.periods().to_vec();
        let periods = labels.len();
        if periods < 2 {
            refusals.push(Refusal::TooFewPeriods { periods });
        }
        let (values, mut mask) = cells(panel.outcome());
        let mut columns = Vec::with_capacity(asked.covariates.len());
        for (column, also) in asked.covariates.iter().filter_map(|name| panel.covariate(name)).map(cells) {
            columns.push(column);
            if let Some(also) = also {
                let mask = mask.get_or_insert_with(|| vec![true; also.len()]);
                mask.iter_mut().zip(also).for_each(|(here, also)| *here &= also);
            }
        }
        if beyond(&values) || columns.iter().any(|column| beyond(column)) {
            refusals.push(Refusal::ValuesTooLarge);
        }
        if mask.as_ref().is_some_and(|mask| !mask.contains(&true)) {
            refusals.push(Refusal::AllMissing);
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let whole = |unit: usize| {
            mask.as_ref().is_none_or(|mask| !mask[unit * periods..(unit + 1) * periods].contains(&false))
        };
        let units = panel.units().len();
        // Never-treated units sort last.
        let mut kept: Vec<(i64, usize)> = (0..units)
            .filter(|&unit| asked.gaps == Gaps::Pairwise || whole(unit))
            .map(|unit| (treatment.start(unit).unwrap_or(i64::MAX), unit))
            .collect();
        kept.sort_unstable();
        let mut cohorts: Vec<Cohort> = Vec::new();
        for (place, &(start, _)) in kept.iter().enumerate().filter(|(_, (start, _))| *start < i64::MAX) {
            match cohorts.last_mut() {
                Some(cohort) if cohort.start == start => cohort.units.end = place + 1,
                _ => cohorts.push(Cohort { start, units: place..place + 1 }),
            }
        }
        let order: Vec<usize> = kept.iter().map(|&(_, unit)| unit).collect();
        let n = order.len();
        let never = n - cohorts.last().map_or(0, |c| c.units.end);
        if n == 0 {
            refusals.push(Refusal::NoWholeUnits);
        } else if cohorts.is_empty() {
            refusals.push(Refusal::NoTreated);
        }
        if n > 0 && never == 0 && asked.control == Control::NeverTreated {
            refusals.push(Refusal::NoNeverTreated);
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        let mut cautions = Vec::new();
        if n < units {
            cautions.push(Caution::UnitsWithGaps { units: units - n });
        }
        cautions.extend(
            cohorts
                .iter()
                .filter(|c| c.units.len() < SMALL_COHORT)
                .map(|c| Caution::SmallCohort { cohort: c.start, units: c.units.len() }),
        );
        if never < SMALL_COHORT {
            cautions.push(Caution::FewControls { units: never });
        }
        let gaps = order.iter().any(|&unit| !whole(unit));
        Ok(Self {
            outcome: turned(&values, &order, periods),
            present: mask.filter(|_| gaps).map(|mask| turned(&mask, &order, periods)),
            covariates: columns.iter().map(|column| turned(column, &order, periods)).collect(),
            clusters: asked.clusters.as_deref().map(|labels| numbered(labels, &order)),
            labels,
            n,
            order,
            cohorts,
            cautions,
        })
    }

    /// The never-treated.
    pub(super) fn never(&self) -> Range<usize> {
        self.cohorts.last().map_or(0, |c| c.units.end)..self.n
    }

    /// Units that start later than the period at `position` and the anticipation, or never.
    pub(super) fn starting_after(&self, position: usize, anticipation: u32) -> Range<usize> {
        let bound = self.labels[position].saturating_add(i64::from(anticipation));
        let first = self.cohorts.partition_point(|c| c.start <= bound);
        self.cohorts.get(first).map_or(self.never().start, |c| c.units.start)..self.n
    }

    /// The change in outcome between two periods.
    pub(super) fn change(&self, period: usize, base: usize) -> Change<'_> {
        let at = |t: usize| &self.outcome[t * self.n..][..self.n];
        Change { now: at(period), then: at(base) }
    }

    /// Whether a unit has values in both periods.
    pub(super) fn has(&self, unit: usize, period: usize, base: usize) -> bool {
        self.present.as_ref().is_none_or(|mask| mask[period * self.n + unit] && mask[base * self.n + unit])
    }

    /// All covariates in one period.
    pub(super) fn covariates_at(&self, period: usize) -> Vec<&[f64]> {
        self.covariates.iter().map(|column| &column[period * self.n..][..self.n]).collect()
    }

    /// An influence function summed over clusters.
    pub(super) fn by_cluster(&self, psi: &[f64]) -> Vec<f64> {
        let Some((cluster_of, count)) = &self.clusters else { return psi.to_vec() };
        let mut sums = vec![0.0; *count];
        for (&cluster, psi) in cluster_of.iter().zip(psi) {
            sums[cluster] += psi;
        }
        sums
    }

    /// √Σψ²/n, over clusters if there are any; `None` where that is nothing but rounding (`did` draws
    /// the line in the same place).
    pub(super) fn standard_error(&self, psi: &[f64]) -> Option<f64> {
        let square = if self.clusters.is_some() { squares(&self.by_cluster(psi)) } else { squares(psi) };
        let error = square.sqrt() / self.n as f64;
        (error.is_finite() && error > 10.0 * f64::EPSILON.sqrt() * self.size().min(1.0)).then_some(error)
    }

    /// The guard for an estimate made of the cohorts named, by its influence function.
    pub(super) fn guard(&self, psi: &[f64], cohorts: &BTreeSet<usize>) -> Option<Guard> {
        if let Some((cluster_of, count)) = &self.clusters {
            let mut treated = vec![false; *count];
            for unit in cohorts.iter().flat_map(|&g| self.cohorts[g].units.clone()) {
                treated[cluster_of[unit]] = true;
            }
            let treated = treated.iter().filter(|t| **t).count();
            return Guard::of_groups(treated, count - treated);
        }
        let groups: Vec<(f64, usize)> = cohorts
            .iter()
            .map(|&g| &self.cohorts[g].units)
            .map(|units| (squares(&psi[units.clone()]), units.len()))
            .collect();
        let (inside, treated) = groups.iter().fold((0.0, 0), |(sum, n), group| (sum + group.0, n + group.1));
        let rest = (treated < self.n).then(|| ((squares(psi) - inside).max(0.0), self.n - treated));
        Guard::of_variances(&groups, rest)
    }

    /// The outcome's own size, against which rounding is judged.
    fn size(&self) -> f64 {
        // One period says enough.
        (squares(&self.outcome[..self.n]) / self.n as f64).sqrt()
    }

    /// The same starts handed to other units: place i gets the outcomes of the unit at `order[i]`.
    pub(super) fn reassigned(&self, order: &[usize]) -> Self {
        let rows = self.outcome.chunks_exact(self.n);
        let outcome = rows.flat_map(|row| order.iter().map(|&unit| row[unit])).collect();
        Self { outcome, ..self.clone() }
    }
}

/// What can be said of the request before the panel's values are looked at.
fn check(asked: &Staggered, panel: &Panel) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let units = panel.units().len();
    if !(asked.level > 0.0 && asked.level < 1.0) {
        refusals.push(Refusal::LevelOutOfRange { level: asked.level });
    }
    if (asked.adjustment == Adjustment::None) != asked.covariates.is_empty() {
        refusals.push(Refusal::CovariatesAndAdjustment);
    }
    for name in asked.covariates.iter().filter(|name| panel.covariate(name).is_none()) {
        refusals.push(Refusal::UnknownCovariate { name: name.clone() });
    }
    if let Some(labels) = asked.clusters.as_ref().filter(|labels| labels.len() != units) {
        refusals.push(Refusal::ClusterLabels { given: labels.len(), units });
    }
    refusals
}

/// Cluster labels of the arranged units, numbered from zero, and how many there are.
fn numbered(labels: &[usize], order: &[usize]) -> (Vec<usize>, usize) {
    let mut known = std::collections::BTreeMap::new();
    let mut number = |label: usize| {
        let next = known.len();
        *known.entry(label).or_insert(next)
    };
    let numbers = order.iter().map(|&unit| number(labels[unit])).collect();
    (numbers, known.len())
}

/// `units × periods` to `periods × chosen units`.
fn turned<T: Copy + Default>(values: &[T], order: &[usize], periods: usize) -> Vec<T> {
    let n = order.len();
    let mut out = vec![T::default(); n * periods];
    for (place, &unit) in order.iter().enumerate() {
        for (t, &value) in values[unit * periods..][..periods].iter().enumerate() {
            out[t * n + place] = value;
        }
    }
    out
}

/// Two periods' outcomes, to be subtracted as one goes along.
pub(super) struct Change<'a> {
    now: &'a [f64],
    then: &'a [f64],
}

impl Change<'_> {
    pub(super) fn of(&self, unit: usize) -> f64 {
        self.now[unit] - self.then[unit]
    }

    /// The sum over a stretch, in eight lanes.
    pub(super) fn sum(&self, stretch: Range<usize>) -> f64 {
        let now = self.now[stretch.clone()].chunks_exact(8);
        let then = self.then[stretch].chunks_exact(8);
        let tail: f64 = now.remainder().iter().zip(then.remainder()).map(|(a, b)| a - b).sum();
        let mut sums = [0.0; 8];
        for (now, then) in now.zip(then) {
            for ((sum, a), b) in sums.iter_mut().zip(now).zip(then) {
                *sum += a - b;
            }
        }
        sums.iter().sum::<f64>() + tail
    }

    /// Writes `scale · (change − mean)` over a stretch.
    pub(super) fn centre(&self, stretch: Range<usize>, mean: f64, scale: f64, out: &mut [f64]) {
        let (now, then) = (&self.now[stretch.clone()], &self.then[stretch.clone()]);
        for ((out, a), b) in out[stretch].iter_mut().zip(now).zip(then) {
            *out = scale * (a - b - mean);
        }
    }
}

/// The sum of squares, in eight lanes.
fn squares(values: &[f64]) -> f64 {
    let chunks = values.chunks_exact(8);
    let tail: f64 = chunks.remainder().iter().map(|x| x * x).sum();
    let mut sums = [0.0; 8];
    for chunk in chunks {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += x * x;
        }
    }
    sums.iter().sum::<f64>() + tail
}
