//! Effects by cohort and period for starts at different times (Callaway & Sant'Anna 2021, *Journal of
//! Econometrics* 225, 200–230).
//!
//! A *cohort* is the units that start in the same period g. For each cohort and period t the effect
//! ATT(g, t) compares the cohort's change since a base period with that of units not treated then;
//! nothing treated earlier serves as comparison, which is what two-way fixed effects get wrong.
//! Assumptions: no anticipation beyond the stated periods, treatment stays, and parallel trends,
//! outright or given covariates.
//!
//! - [`Staggered::fit`] gives the cells, [`GroupTime::aggregate`] sums them up, and
//!   [`Summary::bands`] gives simultaneous intervals by a multiplier bootstrap.
//! - [`Staggered::permutation`] tests the overall effect where cohorts are small.
//! - Every estimate carries its influence function: one number per unit, whose square sum is n² times
//!   the variance. Variances, clustering and bands all come from it.
//!
//! The conventions are those of the R packages `did` and `DRDID`, so figures can be compared; a
//! covariate is read in the earlier of the two periods compared.

mod adjust;
mod aggregate;
mod arrange;
mod bands;
mod cells;
mod permutation;
mod refusal;

pub use aggregate::{Aggregation, Estimate, Summary};
pub use bands::{Band, Bands, FEWEST_DRAWS, Multiplier, Weights};
pub use cells::{Cell, GroupTime};
pub use permutation::StudentisedPermutation;
pub use refusal::{Caution, CellRefusal, Refusal, Refused};

use crate::panel::{Panel, Treatment};
use crate::reference::Reference;
use arrange::Arranged;

/// Influence values (cells × units) that are kept at most: 1 GiB of them.
pub const MOST_INFLUENCE_VALUES: usize = 1 << 27;

/// Cohorts with fewer units than this are cautioned about: normal intervals are too narrow for them.
pub const SMALL_COHORT: usize = 10;

/// Who serves as comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Control {
    /// Units that do not start within the panel.
    #[default]
    NeverTreated,
    /// Those, and units that start after both periods compared (and the anticipation).
    NotYetTreated,
}

/// Which earlier period a cell before the start is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Base {
    /// The period before: each pre-period cell is a placebo effect of its own.
    #[default]
    Varying,
    /// The last period before the start (and the anticipation) for all cells, as in an event study.
    Universal,
}

/// How covariates are used. All but [`Adjustment::None`] need at least one covariate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Adjustment {
    /// Differences of means; parallel trends outright.
    #[default]
    None,
    /// The comparison's change is regressed on the covariates (Heckman, Ichimura & Todd 1997).
    OutcomeRegression,
    /// Comparison units are weighted by their odds of treatment, weights normalised (Abadie 2005;
    /// Hájek form).
    InverseProbability,
    /// Both; right if either model is (Sant'Anna & Zhao 2020, *Journal of Econometrics* 219, eq. 2.6
    /// with logit and least squares).
    DoublyRobust,
}

/// What to do with units that miss a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Gaps {
    /// Leave them out altogether: the same units in every cell.
    #[default]
    WholeUnits,
    /// Use them in every cell whose two periods they have.
    Pairwise,
}

/// The method: who is compared with whom, and how.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Staggered {
    /// Who serves as comparison.
    pub control: Control,
    /// What cells before the start are compared with.
    pub base: Base,
    /// How covariates are used.
    pub adjustment: Adjustment,
    /// Names of the panel's covariates.
    pub covariates: Vec<String>,
    /// How much earlier than the start, in the periods' own unit, effects may begin.
    pub anticipation: u32,
    /// What to do with units that miss a value.
    pub gaps: Gaps,
    /// Clusters of whole units, one label per unit of the panel; `None` for the units themselves.
    pub clusters: Option<Vec<usize>>,
    /// Coverage of the intervals, between 0 and 1.
    pub level: f64,
    /// What estimates are held against.
    pub reference: Reference,
}

impl Default for Staggered {
    fn default() -> Self {
        Self {
            control: Control::default(),
            base: Base::default(),
            adjustment: Adjustment::default(),
            covariates: Vec::new(),
            anticipation: 0,
            gaps: Gaps::default(),
            clusters: None,
            level: 0.95,
            reference: Reference::default(),
        }
    }
}

impl Staggered {
    /// The same with another comparison.
    #[must_use]
    pub fn with_control(mut self, control: Control) -> Self {
        self.control = control;
        self
    }

    /// The same with another base.
    #[must_use]
    pub fn with_base(mut self, base: Base) -> Self {
        self.base = base;
        self
    }

    /// The same, given covariates.
    #[must_use]
    pub fn with_covariates<S: Into<String>>(
        mut self,
        adjustment: Adjustment,
        names: impl IntoIterator<Item = S>,
    ) -> Self {
        self.adjustment = adjustment;
        self.covariates = names.into_iter().map(Into::into).collect();
        self
    }

    /// The same with so many periods of anticipation.
    #[must_use]
    pub fn with_anticipation(mut self, periods: u32) -> Self {
        self.anticipation = periods;
        self
    }

    /// The same with another treatment of gaps.
    #[must_use]
    pub fn with_gaps(mut self, gaps: Gaps) -> Self {
        self.gaps = gaps;
        self
    }

    /// The same with clusters: one label per unit of the panel, in its order.
    #[must_use]
    pub fn with_clusters(mut self, labels: Vec<usize>) -> Self {
        self.clusters = Some(labels);
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

    /// ATT(g, t) for every cohort and period.
    ///
    /// A cell that cannot be estimated says why in its own place; the others are not touched by it.
    ///
    /// # Errors
    /// Every reason at once why there is nothing to compare in this panel.
    pub fn fit(&self, panel: &Panel, treatment: &Treatment) -> Result<GroupTime, Refused> {
        let arranged = Arranged::new(self, panel, treatment).map_err(Refused)?;
        cells::compute(self, arranged).map_err(Refused)
    }

    /// Hands the same starts to units drawn at random, `draws` times, and compares the t statistics of
    /// the overall effect (`aggregation`'s) without covariates.
    ///
    /// Exact under exchangeable paths and no effect; studentised, so that it stays right in large
    /// samples when spreads differ (Chung & Romano 2013, *Annals of Statistics* 41).
    ///
    /// # Errors
    /// As for [`Staggered::fit`], and when covariates or pairwise gaps are asked for.
    pub fn permutation(
        &self,
        panel: &Panel,
        treatment: &Treatment,
        aggregation: Aggregation,
        draws: usize,
        seed: u64,
    ) -> Result<StudentisedPermutation, Refused> {
        if self.adjustment != Adjustment::None || self.gaps != Gaps::WholeUnits || self.clusters.is_some() {
            return Err(Refused(vec![Refusal::PermutationNeedsPlainDesign]));
        }
        let arranged = Arranged::new(self, panel, treatment).map_err(Refused)?;
        permutation::run(self, arranged, aggregation, draws, seed)
    }
}
