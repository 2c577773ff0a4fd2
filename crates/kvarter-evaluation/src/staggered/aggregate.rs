//! Cells summed up: overall, by cohort, by period, by time since the start (Callaway & Sant'Anna 2021,
//! section 3; weights are the cohorts' shares, and their own uncertainty is counted).

use std::collections::BTreeSet;

use super::{Cell, GroupTime, Refusal, Refused};
use crate::distribution::{normal_quantile, normal_two_sided};
use crate::reference::{Guard, Reference};

/// How cells are summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Aggregation {
    /// All cells at or after the start, weighted by the cohorts' sizes.
    Simple,
    /// The mean effect of each cohort; overall weighted by size.
    Cohort,
    /// The mean effect in each calendar period; overall their mean.
    Calendar,
    /// The mean effect at each distance from the start; overall the mean over distances ≥ 0.
    Dynamic {
        /// Only cohorts seen so many periods after their start, and distances up to that, so that the
        /// same units stand behind every distance ≥ 0.
        balance: Option<i64>,
    },
}

/// An estimate with what its influence function says of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Estimate {
    /// In the outcome's unit.
    pub value: f64,
    /// `None` where the influence function does not vary.
    pub standard_error: Option<f64>,
    /// Pointwise, at the level asked for.
    pub interval: Option<(f64, f64)>,
    /// Two-sided.
    pub p_value: Option<f64>,
    /// The guard that both were read through; `None` for [`Reference::Conventional`], and when a cohort
    /// or the comparison has a single unit, in which case there is no p-value.
    pub guard: Option<Guard>,
}

/// A sum of cells and its parts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Summary {
    /// How it was summed up.
    pub aggregation: Aggregation,
    /// The overall effect.
    pub overall: Estimate,
    /// The parts, by cohort's start, period, or distance from the start; none for
    /// [`Aggregation::Simple`].
    pub parts: Vec<(i64, Estimate)>,
    /// Influence: parts (or, without parts, the overall) × sums over clusters.
    pub(super) influence: Vec<f64>,
    /// Units behind the influence.
    pub(super) n: usize,
    pub(super) level: f64,
    pub(super) guarded: bool,
}

/// A weighted sum of cells on its way: value and influence.
struct Sum {
    value: f64,
    influence: Vec<f64>,
    /// Whose effects it is made of.
    cohorts: BTreeSet<usize>,
}

impl Sum {
    fn empty(n: usize) -> Self {
        Self { value: 0.0, influence: vec![0.0; n], cohorts: BTreeSet::new() }
    }
}

impl GroupTime {
    /// Sums the cells up. Cells without an estimate are in no sum.
    ///
    /// # Errors
    /// [`Refusal::NothingToSumUp`] when no estimated cell belongs to the aggregation.
    pub fn aggregate(&self, aggregation: Aggregation) -> Result<Summary, Refused> {
        let nothing = || Refused(vec![Refusal::NothingToSumUp]);
        let post = |c: &Cell| c.is_post();
        let (parts, overall) = match aggregation {
            Aggregation::Simple => (Vec::new(), self.by_size(&self.chosen(post)).ok_or_else(nothing)?),
            Aggregation::Cohort => {
                let starts: Vec<i64> = self.arranged.cohorts.iter().map(|c| c.start).collect();
                let parts =
                    self.parts(starts, |start| self.evenly(&self.chosen(|c| post(c) && c.cohort == start)));
                let overall = self.over_cohorts(&parts).ok_or_else(nothing)?;
                (parts, overall)
            }
            Aggregation::Calendar => {
                let parts = self.parts(self.arranged.labels.clone(), |t| {
                    self.by_size(&self.chosen(|c| post(c) && c.period == t))
                });
                let overall = mean(parts.iter().map(|(_, sum)| sum)).ok_or_else(nothing)?;
                (parts, overall)
            }
            Aggregation::Dynamic { balance } => {
                let last = self.arranged.labels.last().copied().unwrap_or_default();
                let first = self.arranged.labels.first().copied().unwrap_or_default();
                let kept = |c: &Cell, e: i64| {
                    c.period.saturating_sub(c.cohort) == e
                        && balance.is_none_or(|b| {
                            last.saturating_sub(c.cohort) >= b
                                && e <= b
                                && e >= b.saturating_sub(last.saturating_sub(first))
                        })
                };
                let mut distances: Vec<i64> =
                    self.cells.iter().map(|c| c.period.saturating_sub(c.cohort)).collect();
                distances.sort_unstable();
                distances.dedup();
                let parts = self.parts(distances, |e| self.by_size(&self.chosen(|c| kept(c, e))));
                let overall =
                    mean(parts.iter().filter(|(e, _)| *e >= 0).map(|(_, sum)| sum)).ok_or_else(nothing)?;
                (parts, overall)
            }
        };
        Ok(self.summary(aggregation, parts, overall))
    }

    fn chosen(&self, keep: impl Fn(&Cell) -> bool) -> Vec<usize> {
        (0..self.cells.len()).filter(|&k| self.cells[k].estimate.is_ok() && keep(&self.cells[k])).collect()
    }

    fn parts(&self, keys: Vec<i64>, sum: impl Fn(i64) -> Option<Sum>) -> Vec<(i64, Sum)> {
        keys.into_iter().filter_map(|key| Some((key, sum(key)?))).collect()
    }

    fn weighted(&self, cells: &[usize], weights: &[f64]) -> Sum {
        let n = self.arranged.n;
        let mut sum = Sum::empty(n);
        for (&k, &weight) in cells.iter().zip(weights) {
            let Ok(estimate) = self.cells[k].estimate else { continue };
            sum.value += weight * estimate;
            sum.cohorts.insert(self.cohort_of(k));
            for (total, psi) in sum.influence.iter_mut().zip(&self.influence[k * n..][..n]) {
                *total += weight * psi;
            }
        }
        sum
    }

    /// Which cohort a cell belongs to.
    fn cohort_of(&self, cell: usize) -> usize {
        self.arranged.cohorts.partition_point(|c| c.start < self.cells[cell].cohort)
    }

    fn evenly(&self, cells: &[usize]) -> Option<Sum> {
        (!cells.is_empty()).then(|| self.weighted(cells, &vec![1.0 / cells.len() as f64; cells.len()]))
    }

    /// Weights proportional to the cohorts' shares of all units, and the uncertainty of the shares.
    fn by_size(&self, cells: &[usize]) -> Option<Sum> {
        let cohorts = &self.arranged.cohorts;
        let cohort_of: Vec<usize> = cells.iter().map(|&k| self.cohort_of(k)).collect();
        let values: Vec<f64> = cells.iter().filter_map(|&k| self.cells[k].estimate.ok()).collect();
        let sizes: Vec<f64> = cohort_of.iter().map(|&g| cohorts[g].units.len() as f64).collect();
        let total: f64 = sizes.iter().sum();
        if cells.is_empty() {
            return None;
        }
        let mut sum = self.weighted(cells, &sizes.iter().map(|s| s / total).collect::<Vec<_>>());
        self.add_share_uncertainty(&cohort_of, &values, total, &mut sum);
        Some(sum)
    }

    fn over_cohorts(&self, parts: &[(i64, Sum)]) -> Option<Sum> {
        let cohorts = &self.arranged.cohorts;
        let cohort_of: Vec<usize> =
            parts.iter().map(|(start, _)| cohorts.partition_point(|c| c.start < *start)).collect();
        let total: f64 = cohort_of.iter().map(|&g| cohorts[g].units.len() as f64).sum();
        let mut sum = Sum::empty(self.arranged.n);
        if parts.is_empty() {
            return None;
        }
        for ((_, part), &g) in parts.iter().zip(&cohort_of) {
            add(&mut sum, part, cohorts[g].units.len() as f64 / total);
        }
        let values: Vec<f64> = parts.iter().map(|(_, part)| part.value).collect();
        self.add_share_uncertainty(&cohort_of, &values, total, &mut sum);
        Some(sum)
    }

    /// The shares are estimated too: unit i adds Σₖ(1{Gᵢ = gₖ} − pₖ)(θₖ − θ̄)/Σp. With all cells of the
    /// sum taken together the pₖ terms cancel, so only a cohort's own units are touched.
    fn add_share_uncertainty(&self, cohort_of: &[usize], values: &[f64], total: f64, sum: &mut Sum) {
        let n = self.arranged.n as f64;
        for (&g, value) in cohort_of.iter().zip(values) {
            let pull = (value - sum.value) * n / total;
            for psi in &mut sum.influence[self.arranged.cohorts[g].units.clone()] {
                *psi += pull;
            }
        }
    }

    fn summary(&self, aggregation: Aggregation, parts: Vec<(i64, Sum)>, overall: Sum) -> Summary {
        let mut influence = Vec::new();
        for (_, part) in &parts {
            influence.extend(self.arranged.by_cluster(&part.influence));
        }
        if parts.is_empty() {
            influence.extend(self.arranged.by_cluster(&overall.influence));
        }
        Summary {
            aggregation,
            overall: self.estimate(&overall),
            parts: parts.iter().map(|(key, part)| (*key, self.estimate(part))).collect(),
            influence,
            n: self.arranged.n,
            level: self.level,
            guarded: self.reference == Reference::Guarded,
        }
    }

    fn estimate(&self, sum: &Sum) -> Estimate {
        let standard_error = self.arranged.standard_error(&sum.influence);
        let guarded = self.reference == Reference::Guarded;
        let guard = guarded.then(|| self.arranged.guard(&sum.influence, &sum.cohorts)).flatten();
        let half = match guard {
            Some(guard) => guard.half_width(self.level),
            None => normal_quantile(0.5 + 0.5 * self.level).filter(|_| !guarded),
        };
        let p_value = |statistic: f64| match guard {
            Some(guard) => guard.p_value(statistic),
            None => (!guarded).then(|| normal_two_sided(statistic)),
        };
        Estimate {
            value: sum.value,
            standard_error,
            interval: standard_error
                .zip(half)
                .map(|(se, half)| (sum.value - half * se, sum.value + half * se)),
            p_value: standard_error.and_then(|se| p_value(sum.value / se)),
            guard,
        }
    }
}

fn add(sum: &mut Sum, part: &Sum, weight: f64) {
    sum.value += weight * part.value;
    sum.cohorts.extend(&part.cohorts);
    for (total, psi) in sum.influence.iter_mut().zip(&part.influence) {
        *total += weight * psi;
    }
}

fn mean<'a>(parts: impl Iterator<Item = &'a Sum>) -> Option<Sum> {
    let parts: Vec<&Sum> = parts.collect();
    let mut sum = Sum::empty(parts.first()?.influence.len());
    for part in &parts {
        add(&mut sum, part, 1.0 / parts.len() as f64);
    }
    Some(sum)
}
