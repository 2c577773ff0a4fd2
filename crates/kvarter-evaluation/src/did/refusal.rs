//! Why a fit is refused, and what a fit that is given should be read with.

use super::Term;

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
    /// A value of the outcome or of a covariate is beyond [`LARGEST`](super::LARGEST).
    #[error("values are too large to compute with")]
    ValuesTooLarge,
    /// No cell of the outcome has a value.
    #[error("no cell of the outcome has a value")]
    AllMissing,
    /// Before and after need two periods.
    #[error("{periods} period(s) with values; two are needed")]
    TooFewPeriods {
        /// Periods in which somebody has a value.
        periods: usize,
    },
    /// Nobody is treated while observed.
    #[error("no treated unit has a value after its start")]
    NoTreated,
    /// Units with the same path of treatment only: nobody to compare with.
    #[error("nobody to compare with: all units start together")]
    NoComparison,
    /// The event study's yardstick lies outside the panel for every treated unit.
    #[error("no treated unit is observed {reference} periods from its start")]
    ReferenceOutsidePanel {
        /// Periods from the start.
        reference: i64,
    },
    /// The outcome does not vary around the effects of units and periods.
    #[error("the outcome does not vary around its unit and period means")]
    ConstantOutcome,
    /// These terms are determined by the effects or by the terms before them.
    #[error("terms cannot be told apart: {terms:?}")]
    NotIdentified {
        /// The terms that add nothing.
        terms: Vec<Term>,
    },
    /// More terms than a fit may have ([`super::MOST_TERMS`], [`super::MOST_TERM_VALUES`]).
    #[error("{terms} terms for {cells} cells are too many")]
    TooManyTerms {
        /// Terms of the fit.
        terms: usize,
        /// Cells of the panel.
        cells: usize,
    },
    /// More periods than a panel with missing cells may have ([`super::MOST_PERIODS_WITH_GAPS`]).
    #[error("{periods} periods with missing cells are too many")]
    TooManyPeriods {
        /// Periods of the panel.
        periods: usize,
    },
    /// Fewer observations than unknowns.
    #[error("no degrees of freedom are left")]
    NoDegreesOfFreedom,
    /// The panel has no covariate of that name.
    #[error("no covariate called {name}")]
    UnknownCovariate {
        /// The name asked for.
        name: String,
    },
    /// Cluster labels must be one per unit.
    #[error("{given} cluster labels for {units} units")]
    ClusterLabels {
        /// Labels given.
        given: usize,
        /// Units of the panel.
        units: usize,
    },
    /// Every unit has a missing cell, so nothing is left of whole units.
    #[error("no unit, or none treated or none untreated, has a value in every period")]
    NoWholeUnits,
}

/// All reasons at once.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("refused: {0:?}")]
pub struct Refused(pub Vec<Refusal>);

/// What an estimate should be read with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caution {
    /// Starts at different times: the single coefficient may weigh some effects negatively.
    StaggeredStarts {
        /// Different starts.
        cohorts: usize,
    },
    /// Everyone is treated in the end; early starters serve as comparison for late ones.
    NoNeverTreated,
    /// Few clusters in all: the variance is likely too small.
    FewClusters {
        /// Clusters in all.
        clusters: usize,
    },
    /// Few treated or untreated clusters: read [`super::TwoWay::permutation`] beside it. With a single
    /// one there is no standard error at all.
    FewTreatedClusters {
        /// Clusters with a treated unit.
        treated: usize,
        /// Clusters without.
        untreated: usize,
    },
    /// Residuals are zero to rounding, so there is nothing to infer from.
    ExactFit,
    /// Cells without a value of the outcome or of a covariate were left out.
    MissingCells {
        /// How many.
        cells: usize,
    },
}
