//! What a fit tells: coefficients, their uncertainty, and what to read them with.

use super::{Caution, Errors, FEW_CLUSTERS, FEW_TREATED_CLUSTERS, TwoWay, fit::Solution, settle::Settled};
use crate::distribution::{fisher_upper, student_half_width, student_two_sided};
use crate::reference::{Guard, Reference};
use crate::symmetric::Factor;

/// What a coefficient belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Term {
    /// From the start on.
    Treated,
    /// So many periods after the start; negative before it.
    Relative(i64),
    /// A covariate of the panel.
    Covariate(String),
}

/// How sure an estimate is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Inference {
    /// In the outcome's unit.
    pub standard_error: f64,
    /// The estimate over its standard error.
    pub statistic: f64,
    /// Two-sided, from Student's t.
    pub p_value: f64,
    /// The interval at the level asked for.
    pub interval: (f64, f64),
}

/// One term's estimate.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Coefficient {
    /// What it belongs to.
    pub term: Term,
    /// In the outcome's unit (for a covariate: per unit of the covariate).
    pub estimate: f64,
    /// `None` when no honest standard error exists; the fit's cautions say why.
    pub inference: Option<Inference>,
}

/// A fitted two-way model.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TwoWayFit {
    /// In the order: treated, or relative periods ascending; then covariates as asked for.
    pub coefficients: Vec<Coefficient>,
    /// Their covariance, `terms × terms`, row-major. Not to be used when `inference` is `None`.
    pub covariance: Vec<f64>,
    /// Cells used.
    pub observations: usize,
    /// Units with a cell used.
    pub units: usize,
    /// Periods with a cell used.
    pub periods: usize,
    /// Clusters the errors are summed by; `None` for errors that are not clustered.
    pub clusters: Option<usize>,
    /// Degrees of freedom of the conventional t distribution.
    pub degrees_of_freedom: f64,
    /// The guard that p-values and intervals were read through; `None` for [`Reference::Conventional`],
    /// for errors that are not clustered, and with a single treated or untreated cluster.
    pub guard: Option<Guard>,
    /// Share of the variation around the effects that the terms take up.
    pub within_r2: Option<f64>,
    /// What to read it with.
    pub cautions: Vec<Caution>,
}

impl TwoWayFit {
    /// The coefficient of a term.
    pub fn coefficient(&self, term: &Term) -> Option<&Coefficient> {
        self.coefficients.iter().find(|c| c.term == *term)
    }

    /// Whether the periods before the start (the reference aside) are jointly zero: F statistic, its
    /// numerator's degrees of freedom and p-value (Wald). `None` without such periods or inference.
    ///
    /// Not rejecting is no proof of parallel trends (Roth 2022, *AER: Insights* 4).
    pub fn leads(&self) -> Option<(f64, usize, f64)> {
        let terms = self.coefficients.len();
        let leads: Vec<usize> = (0..terms)
            .filter(|&k| {
                matches!(self.coefficients[k].term, Term::Relative(e) if e < 0)
                    && self.coefficients[k].inference.is_some()
            })
            .collect();
        let q = leads.len();
        let block: Vec<f64> = leads
            .iter()
            .flat_map(|&i| leads.iter().map(move |&j| (i, j)))
            .map(|(i, j)| self.covariance[i * terms + j])
            .collect();
        let factor = Factor::new(&block, q);
        if q == 0 || !factor.dependent().is_empty() {
            return None;
        }
        let beta: Vec<f64> = leads.iter().map(|&k| self.coefficients[k].estimate).collect();
        let mut solved = beta.clone();
        factor.solve(&mut solved);
        let f = beta.iter().zip(&solved).map(|(a, b)| a * b).sum::<f64>() / q as f64;
        Some((f, q, fisher_upper(q as f64, self.degrees_of_freedom, f)?))
    }
}

/// Who is in which cluster, treated or not.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) clusters: usize,
    treated: usize,
}

impl Census {
    /// Counts clusters with a cell used. Labels of clusters without one stay allotted but empty.
    pub(super) fn take(settled: &Settled, labels: Option<&[usize]>) -> Self {
        let seen = |unit: usize| {
            settled
                .present
                .as_deref()
                .is_none_or(|mask| mask[unit * settled.periods..][..settled.periods].contains(&true))
        };
        let label = |unit: usize| labels.map_or(unit, |labels| labels[unit]);
        let units = settled.starts.len();
        let mut state = vec![0u8; labels.map_or(units, |labels| labels.iter().max().map_or(0, |m| m + 1))];
        for unit in (0..units).filter(|&unit| seen(unit)) {
            let mark = if settled.starts[unit].is_some() { 2 } else { 1 };
            state[label(unit)] |= mark;
        }
        Self {
            clusters: state.iter().filter(|&&s| s > 0).count(),
            treated: state.iter().filter(|&&s| s & 2 > 0).count(),
        }
    }
}

pub(super) fn write(
    solution: Solution,
    terms: Vec<Term>,
    settled: &Settled,
    census: &Census,
    asked: &TwoWay,
) -> TwoWayFit {
    let k = terms.len();
    let clustered = matches!(asked.errors, Errors::Unit | Errors::Cluster(_));
    let mut cautions = cautions(settled, census, clustered);
    let guarded = clustered && asked.reference == Reference::Guarded;
    let guard = Guard::of_groups(census.treated, census.clusters - census.treated);
    // One treated cluster's score is zero whatever happened there: no variance comes of it.
    let alone = clustered && guard.is_none();
    let guard = guard.filter(|_| guarded);
    // Standard errors below this share of the estimate's own rounding are rounding.
    let exact = solution.within_r2.is_some_and(|r2| 1.0 - r2 < 1e-20);
    if exact {
        cautions.push(Caution::ExactFit);
    }
    let half_width =
        guard.map_or_else(|| student_half_width(solution.df, asked.level), |g| g.half_width(asked.level));
    let p_value = |t: f64| guard.map_or_else(|| student_two_sided(solution.df, t), |guard| guard.p_value(t));
    let coefficients = terms
        .into_iter()
        .enumerate()
        .map(|(i, term)| {
            let estimate = solution.beta[i];
            let standard_error = solution.covariance[i * k + i].max(0.0).sqrt();
            let inference = (!alone && !exact && standard_error > 0.0 && standard_error.is_finite())
                .then(|| {
                    let statistic = estimate / standard_error;
                    let half = half_width? * standard_error;
                    Some(Inference {
                        standard_error,
                        statistic,
                        p_value: p_value(statistic)?,
                        interval: (estimate - half, estimate + half),
                    })
                })
                .flatten();
            Coefficient { term, estimate, inference }
        })
        .collect();
    TwoWayFit {
        coefficients,
        covariance: solution.covariance,
        observations: solution.observations,
        units: solution.units,
        periods: solution.periods,
        clusters: clustered.then_some(census.clusters),
        degrees_of_freedom: solution.df,
        guard,
        within_r2: solution.within_r2,
        cautions,
    }
}

fn cautions(settled: &Settled, census: &Census, clustered: bool) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let cohorts = settled.starts.iter().flatten().collect::<std::collections::BTreeSet<_>>().len();
    if cohorts > 1 {
        cautions.push(Caution::StaggeredStarts { cohorts });
    }
    if settled.starts.iter().all(Option::is_some) {
        cautions.push(Caution::NoNeverTreated);
    }
    let untreated = census.clusters - census.treated;
    if clustered && census.clusters < FEW_CLUSTERS {
        cautions.push(Caution::FewClusters { clusters: census.clusters });
    }
    // Without anybody untreated, late starters are the comparison and are counted as treated already.
    if clustered
        && (census.treated < FEW_TREATED_CLUSTERS || (untreated > 0 && untreated < FEW_TREATED_CLUSTERS))
    {
        cautions.push(Caution::FewTreatedClusters { treated: census.treated, untreated });
    }
    let missing = settled.present.as_deref().map_or(0, |mask| mask.iter().filter(|here| !**here).count());
    if missing > 0 {
        cautions.push(Caution::MissingCells { cells: missing });
    }
    cautions
}
