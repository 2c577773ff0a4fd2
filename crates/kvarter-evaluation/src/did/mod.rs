//! Two-way fixed effects: difference-in-differences and the event study, with clustered errors.
//!
//! The model is yᵢₜ = αᵢ + λₜ + Σₖ βₖxₖᵢₜ + εᵢₜ over units i and periods t (Angrist & Pischke 2009,
//! *Mostly Harmless Econometrics*, ch. 5). For starts at different times the single coefficient is a
//! weighted average of effects whose weights can be negative (Goodman-Bacon 2021, *Journal of
//! Econometrics* 225); the fit says so with [`Caution::StaggeredStarts`], and [`crate::staggered`] is
//! the method then.
//!
//! Missing cells are left out and the effects are still taken out exactly. Every variance follows the
//! small-sample conventions of the R package `fixest` (Bergé 2018), so figures can be compared; p-values
//! and intervals are guarded against few treated clusters unless asked otherwise ([`Reference`]).

mod design;
mod fit;
mod permutation;
mod refusal;
mod report;
mod settle;
mod within;

pub use permutation::Permutation;
pub use refusal::{Caution, Refusal, Refused};
pub use report::{Coefficient, Inference, Term, TwoWayFit};
pub(crate) use settle::{beyond, cells};

use crate::panel::{Panel, Treatment};
use crate::reference::Reference;
use design::Design;
use fit::{Scatter, Solution};
use settle::Settled;

/// Fewer treated (or untreated) clusters than this are cautioned about: a cluster-robust variance is
/// then far too small, and unevenly so (MacKinnon & Webb 2017). With one there is none.
pub const FEW_TREATED_CLUSTERS: usize = 10;

/// Fewer clusters than this in all are cautioned about (Cameron, Gelbach & Miller 2008, *Review of
/// Economics and Statistics* 90).
pub const FEW_CLUSTERS: usize = 30;

/// Terms that a fit may have at most: an event study over two hundred periods, both ways.
pub const MOST_TERMS: usize = 400;

/// Periods that a panel with missing cells may have at most: their effects are solved for exactly.
pub const MOST_PERIODS_WITH_GAPS: usize = 2_000;

/// Values (terms × cells) that are laid out at most when cells are missing or covariates are used: 2 GiB.
pub const MOST_TERM_VALUES: usize = 1 << 28;

/// Values are at most so large in either direction: variances multiply four of them, and sum them up.
pub const LARGEST: f64 = 1e70;

/// How the errors are taken to hang together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Errors {
    /// Independent and alike. For comparison only: periods of one unit seldom are.
    Alike,
    /// Independent with a variance of its own for each cell (HC1).
    Cell,
    /// Free within a unit (Liang & Zeger 1986; Bertrand, Duflo & Mullainathan 2004).
    #[default]
    Unit,
    /// Free within clusters of whole units: one label per unit of the panel, in its order.
    Cluster(Vec<usize>),
}

/// What to fit, apart from the panel and who was treated when.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TwoWay {
    /// How the errors hang together.
    pub errors: Errors,
    /// Names of covariates of the panel that enter linearly.
    pub covariates: Vec<String>,
    /// Coverage of the intervals, between 0 and 1.
    pub level: f64,
    /// What clustered estimates are held against.
    pub reference: Reference,
}

impl Default for TwoWay {
    fn default() -> Self {
        Self { errors: Errors::Unit, covariates: Vec::new(), level: 0.95, reference: Reference::Guarded }
    }
}

impl TwoWay {
    /// The same with other errors.
    #[must_use]
    pub fn with_errors(mut self, errors: Errors) -> Self {
        self.errors = errors;
        self
    }

    /// The same with these covariates.
    #[must_use]
    pub fn with_covariates<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.covariates = names.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another coverage.
    #[must_use]
    pub fn with_level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    /// The same, held against another reference.
    #[must_use]
    pub fn with_reference(mut self, reference: Reference) -> Self {
        self.reference = reference;
        self
    }

    /// Difference-in-differences: one coefficient, [`Term::Treated`], in the outcome's unit.
    ///
    /// # Errors
    /// Every reason at once why the effect cannot be estimated from this panel.
    pub fn fit(&self, panel: &Panel, treatment: &Treatment) -> Result<TwoWayFit, Refused> {
        self.run(panel, treatment, |settled| Ok(Design::treated(&settled.starts, settled.periods)))
    }

    /// The event study: one coefficient, [`Term::Relative`], for each period counted from the start,
    /// with `reference` (usually −1) as the yardstick.
    ///
    /// # Errors
    /// As for [`TwoWay::fit`]; also when no unit has the reference period, and when the terms cannot
    /// be told apart, as without untreated units.
    pub fn event_study(
        &self,
        panel: &Panel,
        treatment: &Treatment,
        reference: i64,
    ) -> Result<TwoWayFit, Refused> {
        let settled = Settled::new(panel, treatment).map_err(Refused)?;
        let has = |start: usize| settled.labels.contains(&(settled.labels[start].saturating_add(reference)));
        if !settled.starts.iter().flatten().any(|&start| has(start)) {
            return Err(Refused(vec![Refusal::ReferenceOutsidePanel { reference }]));
        }
        self.run(panel, treatment, |settled| {
            Design::relative(&settled.starts, &settled.labels, reference, MOST_TERMS)
        })
    }

    /// Re-assigns the same starts to units drawn at random, `draws` times, and compares the estimates:
    /// valid however few are treated, if the units' paths are exchangeable under no effect.
    ///
    /// With a single treated unit and no more than `draws` others, all of them are tried and the seed
    /// does not matter. Units with missing cells are left out. Covariates are not used.
    ///
    /// # Errors
    /// As for [`TwoWay::fit`].
    pub fn permutation(
        &self,
        panel: &Panel,
        treatment: &Treatment,
        draws: usize,
        seed: u64,
    ) -> Result<Permutation, Refused> {
        if !(self.level > 0.0 && self.level < 1.0) {
            return Err(Refused(vec![Refusal::LevelOutOfRange { level: self.level }]));
        }
        let settled = Settled::new(panel, treatment).map_err(Refused)?.whole_units().map_err(Refused)?;
        let design = Design::treated(&settled.starts, settled.periods);
        let mut y = settled.outcome.clone();
        within::balanced(&mut y, settled.periods);
        let solution = fit::solve(&settled.outcome, settled.periods, None, design.clone(), Scatter::Alike);
        judge(&solution, &design.terms).map_err(Refused)?;
        Ok(permutation::run(&y, &design, &settled, draws, seed, self.level))
    }

    fn run(
        &self,
        panel: &Panel,
        treatment: &Treatment,
        design: impl Fn(&Settled) -> Result<Design, usize>,
    ) -> Result<TwoWayFit, Refused> {
        let mut refusals = Vec::new();
        if !(self.level > 0.0 && self.level < 1.0) {
            refusals.push(Refusal::LevelOutOfRange { level: self.level });
        }
        let mut settled = match Settled::new(panel, treatment) {
            Ok(settled) => Some(settled),
            Err(more) => {
                refusals.extend(more);
                None
            }
        };
        let clusters = match self.clusters(panel.units().len()) {
            Ok(clusters) => clusters,
            Err(refusal) => {
                refusals.push(refusal);
                None
            }
        };
        let covariates = match settled.as_mut().map(|s| s.covariates(panel, &self.covariates)) {
            Some(Ok(columns)) => columns,
            Some(Err(more)) => {
                refusals.extend(more);
                Vec::new()
            }
            None => Vec::new(),
        };
        let Some(settled) = settled.filter(|_| refusals.is_empty()) else {
            return Err(Refused(refusals));
        };
        let cells = settled.outcome.len();
        let mut design =
            design(&settled).map_err(|terms| Refused(vec![Refusal::TooManyTerms { terms, cells }]))?;
        for (name, column) in self.covariates.iter().zip(covariates) {
            design.push(Term::Covariate(name.clone()), column);
        }
        too_large(&design, &settled).map_or(Ok(()), |refusal| Err(Refused(vec![refusal])))?;
        let terms = design.terms.clone();
        let labels = clusters.as_deref();
        let census = report::Census::take(&settled, labels);
        let scatter = match self.errors {
            Errors::Alike => Scatter::Alike,
            Errors::Cell => Scatter::Cell,
            Errors::Unit | Errors::Cluster(_) => Scatter::Cluster { of: labels, count: census.clusters },
        };
        let solution =
            fit::solve(&settled.outcome, settled.periods, settled.present.as_deref(), design, scatter);
        judge(&solution, &terms).map_err(Refused)?;
        Ok(report::write(solution, terms, &settled, &census, self))
    }

    /// Cluster labels renumbered from zero, or `None` when each unit is its own.
    fn clusters(&self, units: usize) -> Result<Option<Vec<usize>>, Refusal> {
        let Errors::Cluster(labels) = &self.errors else { return Ok(None) };
        if labels.len() != units {
            return Err(Refusal::ClusterLabels { given: labels.len(), units });
        }
        let known: std::collections::BTreeMap<usize, usize> = labels
            .iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .enumerate()
            .map(|(i, &label)| (label, i))
            .collect();
        Ok(Some(labels.iter().map(|label| known[label]).collect()))
    }
}

/// Whether a fit would take more room or time than it may. Patterned fits of whole panels are linear.
fn too_large(design: &Design, settled: &Settled) -> Option<Refusal> {
    let terms = design.terms.len();
    let values = terms.saturating_mul(settled.outcome.len());
    let laid_out = settled.present.is_some() || !design.dense.is_empty();
    if settled.present.is_some() && settled.periods > MOST_PERIODS_WITH_GAPS {
        return Some(Refusal::TooManyPeriods { periods: settled.periods });
    }
    (terms > MOST_TERMS || laid_out && values > MOST_TERM_VALUES)
        .then_some(Refusal::TooManyTerms { terms, cells: settled.outcome.len() })
}

/// Whether a solution says anything.
fn judge(solution: &Solution, terms: &[Term]) -> Result<(), Vec<Refusal>> {
    if !solution.varies {
        return Err(vec![Refusal::ConstantOutcome]);
    }
    if !solution.dependent.is_empty() {
        let terms = solution.dependent.iter().map(|&k| terms[k].clone()).collect();
        return Err(vec![Refusal::NotIdentified { terms }]);
    }
    if solution.df <= 0.0 {
        return Err(vec![Refusal::NoDegreesOfFreedom]);
    }
    Ok(())
}
