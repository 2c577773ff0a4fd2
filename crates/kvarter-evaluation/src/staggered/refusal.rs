//! Why nothing, or not a certain cell, can be estimated; and what to read the rest with.

/// One reason why nothing can be estimated. Codes for the caller; the sentences live elsewhere.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The coverage asked for is not between 0 and 1.
    #[error("coverage {level} is not between 0 and 1")]
    LevelOutOfRange {
        /// What was asked for.
        level: f64,
    },
    /// A value of the outcome or of a covariate is beyond [`LARGEST`](crate::did::LARGEST).
    #[error("values are too large to compute with")]
    ValuesTooLarge,
    /// No cell of the outcome has a value.
    #[error("no cell of the outcome has a value")]
    AllMissing,
    /// Before and after need two periods.
    #[error("{periods} period(s); two are needed")]
    TooFewPeriods {
        /// Periods of the panel.
        periods: usize,
    },
    /// Nobody starts after the first period and within the panel.
    #[error("no unit starts after the first period and within the panel")]
    NoTreated,
    /// The comparison asked for does not exist.
    #[error("no unit is never treated")]
    NoNeverTreated,
    /// Nobody has a value in every period.
    #[error("no unit has a value in every period")]
    NoWholeUnits,
    /// The panel has no covariate of that name.
    #[error("no covariate called {name}")]
    UnknownCovariate {
        /// The name asked for.
        name: String,
    },
    /// An adjustment without covariates, or covariates without an adjustment.
    #[error("covariates and their use do not go together")]
    CovariatesAndAdjustment,
    /// Cluster labels must be one per unit.
    #[error("{given} cluster labels for {units} units")]
    ClusterLabels {
        /// Labels given.
        given: usize,
        /// Units of the panel.
        units: usize,
    },
    /// More influence values than are kept ([`super::MOST_INFLUENCE_VALUES`]).
    #[error("{cells} cells of {units} units are more than can be kept")]
    TooLarge {
        /// Cohorts × periods.
        cells: usize,
        /// Units.
        units: usize,
    },
    /// No cell after a start could be estimated; the cells say why.
    #[error("no cell after a start could be estimated")]
    NothingToSumUp,
    /// The permutation test is for whole units without covariates or clusters.
    #[error("the permutation test takes no covariates, clusters or pairwise gaps")]
    PermutationNeedsPlainDesign,
    /// The overall effect has no standard error to studentise with.
    #[error("the overall effect has no standard error")]
    NoStandardError,
    /// A bootstrap needs draws.
    #[error("{draws} draws are too few for a quantile")]
    TooFewDraws {
        /// Draws asked for.
        draws: usize,
    },
}

/// All reasons at once.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("refused: {0:?}")]
pub struct Refused(pub Vec<Refusal>);

/// Why a cell has no estimate.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CellRefusal {
    /// The panel has no period early enough before the start.
    #[error("no period before the start")]
    NoBase,
    /// No unit of the cohort has both periods.
    #[error("no treated unit has both periods")]
    NoTreated,
    /// Nobody untreated has both periods.
    #[error("no comparison unit has both periods")]
    NoControls,
    /// Fewer comparison units than terms.
    #[error("{controls} comparison units for {terms} terms")]
    TooFewControls {
        /// Comparison units.
        controls: usize,
        /// Covariates and the constant.
        terms: usize,
    },
    /// Covariates determine each other among these units.
    #[error("covariates determine each other")]
    Collinear,
    /// Some units are all but sure to be treated given the covariates.
    #[error("a propensity of {largest} leaves nobody to compare with")]
    NoOverlap {
        /// The largest propensity.
        largest: f64,
    },
    /// The logit did not settle.
    #[error("the propensity model did not settle")]
    NotSettled,
}

/// What an estimate should be read with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caution {
    /// Units left out because they miss a value.
    UnitsWithGaps {
        /// Units.
        units: usize,
    },
    /// A cohort so small that normal intervals are too narrow; see [`super::Staggered::permutation`].
    SmallCohort {
        /// The start.
        cohort: i64,
        /// Its units.
        units: usize,
    },
    /// A comparison group so small that normal intervals are too narrow.
    FewControls {
        /// Never-treated units.
        units: usize,
    },
    /// Cells that could not be estimated and are in no sum.
    CellsLeftOut {
        /// Cells.
        cells: usize,
    },
}
