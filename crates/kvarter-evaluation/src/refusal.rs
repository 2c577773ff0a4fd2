//! Why a method gives no number.

use thiserror::Error;

/// A reason for which a method refuses, with what and where.
///
/// A refusal is an answer: the words for it are the caller's, the code and its arguments are here.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Refusal {
    /// The panel does not have the unit.
    #[error("the panel has no unit {unit:?}")]
    UnknownUnit {
        /// The unit.
        unit: String,
    },
    /// No unit was said to be treated.
    #[error("no unit is treated")]
    NobodyTreated,
    /// A treated unit was named as a donor.
    #[error("the treated unit {unit:?} is in its own donor pool")]
    TreatedIsDonor {
        /// The unit.
        unit: String,
    },
    /// There are fewer donors than the method needs, after those that cannot serve were left out.
    #[error("{found} donors, {needed} are needed")]
    TooFewDonors {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// There are fewer periods before the start than the method needs.
    #[error("{found} periods before the start, {needed} are needed")]
    TooFewPeriodsBefore {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// The start is after the last period.
    #[error("there is no period at or after the start {start}")]
    NoPeriodAfter {
        /// The start.
        start: i64,
    },
    /// The window has no periods of the panel or ends before it begins.
    #[error("the window {from}–{to} has no periods")]
    EmptyWindow {
        /// Its first period.
        from: i64,
        /// Its last period.
        to: i64,
    },
    /// A treated unit lacks an outcome inside the window.
    #[error("the treated unit {unit:?} has no outcome in period {period}")]
    TreatedMissing {
        /// The unit.
        unit: String,
        /// The first period in which it is missing.
        period: i64,
    },
    /// Before the start, every value of every unit is the same: there is nothing to fit.
    #[error("the outcome is the same number everywhere before the start")]
    ConstantOutcome,
    /// No predictor was given, or none of them differs between units.
    #[error("no predictor differs between units")]
    NoPredictor,
    /// The panel does not have the covariate.
    #[error("the panel has no covariate {covariate:?}")]
    UnknownCovariate {
        /// The covariate.
        covariate: String,
    },
    /// A unit has no value of a predictor in its whole window.
    #[error("unit {unit:?} has no value of predictor number {predictor}")]
    PredictorMissing {
        /// The unit.
        unit: String,
        /// The predictor's place in the list, from 0.
        predictor: usize,
    },
    /// A predictor's window reaches the start or beyond: it would know the outcome.
    #[error("the window of predictor number {predictor} is not before the start")]
    PredictorNotBefore {
        /// The predictor's place in the list, from 0.
        predictor: usize,
    },
    /// A number that was given (a penalty, a radius, a level) is negative, infinite or not a number.
    #[error("{name} is not a number that can be used")]
    BadNumber {
        /// Which.
        name: &'static str,
    },
    /// The method needs periods or units that this design does not have.
    #[error("the method cannot be used here: {0}")]
    NotApplicable(&'static str),
    /// The arithmetic left the range of numbers: values are too large.
    #[error("the values are too large to compute with")]
    Overflow,
}
