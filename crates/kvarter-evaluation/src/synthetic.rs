//! The synthetic control family: what the treated place would have looked like without the
//! programme, put together from places that had none.
//!
//! | [`Method`] | paper |
//! |---|---|
//! | [`Outcomes`](Method::Outcomes) | Abadie, Diamond & Hainmueller 2010, *JASA* 105, with every outcome before the start as a predictor; Doudchenko & Imbens 2016 |
//! | [`Predictors`](Method::Predictors) | Abadie & Gardeazabal 2003, *AER* 93; Abadie, Diamond & Hainmueller 2010, eqs. 3–5 |
//! | [`Penalised`](Method::Penalised) | Abadie & L'Hour 2021, *JASA* 116, eq. 5 |
//! | [`Augmented`](Method::Augmented) | Ben-Michael, Feller & Rothstein 2021, *JASA* 116, eqs. 6–8 |
//! | [`DifferenceInDifferences`](Method::DifferenceInDifferences) | Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021, *AER* 111, algorithm 1 |
//!
//! What all of them assume: no anticipation before the start; no spillover from the treated to the
//! donors (exclude a ring, see [`design::within`](crate::design::within)); and that units which
//! moved together before the start would have gone on doing so.

mod augmented;
mod nested;
mod outcomes;
mod sdid;

use crate::{design::Design, refusal::Refusal, simplex::Certificate};

pub use augmented::Ridge;
pub use nested::Search;
pub use outcomes::Penalty;
pub use sdid::{Sdid, Variance, VarianceMethod, Weights, variance};

/// How the synthetic control is made.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Method {
    /// Weights on the simplex that fit the outcomes before the start best.
    #[default]
    Outcomes,
    /// Weights on the simplex that fit the design's predictors, each as important as makes the
    /// outcomes before the start fit best.
    Predictors(Search),
    /// As `Outcomes`, with a cost for donors that are far from the target.
    Penalised(Penalty),
    /// As `Outcomes`, then corrected for what does not fit by a ridge regression; weights may be
    /// negative.
    Augmented(Ridge),
    /// Synthetic difference-in-differences: weights on donors and on periods, and a free level.
    DifferenceInDifferences(Sdid),
}

/// A synthetic control and what it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// One weight for each donor of the design, in its order; they sum to one.
    pub weights: Vec<f64>,
    /// One weight for each period before the start, for synthetic difference-in-differences.
    pub period_weights: Option<Vec<f64>>,
    /// One weight for each predictor of the design, summing to one, for `Predictors`.
    pub predictor_weights: Option<Vec<f64>>,
    /// The penalty or ridge that was used, where the method has one.
    pub penalty: Option<f64>,
    /// What was added to the weighted donors to meet the target's level (0 but for synthetic
    /// difference-in-differences).
    pub shift: f64,
    /// The synthetic outcome in every period of the design.
    pub synthetic: Vec<f64>,
    /// Target minus synthetic in every period of the design.
    pub gaps: Vec<f64>,
    /// The estimate: the mean gap from the start on, in the outcome's unit.
    pub effect: f64,
    /// The root of the mean squared gap before the start. For synthetic difference-in-differences
    /// after taking away the mean gap, for the level is free there.
    pub rmspe_before: f64,
    /// The root of the mean squared gap from the start on.
    pub rmspe_after: f64,
    /// The proof that the weights are optimal; for `Augmented`, of those before the correction.
    pub certificate: Certificate,
}

impl Fit {
    /// How much worse the fit is after the start than before (Abadie, Diamond & Hainmueller 2010,
    /// § 3.5, there squared); `None` where the fit before is perfect.
    #[must_use]
    pub fn rmspe_ratio(&self) -> Option<f64> {
        (self.rmspe_before > 0.0).then(|| self.rmspe_after / self.rmspe_before)
    }

    /// The mean squared gap before the start (MSPE).
    #[must_use]
    pub fn mspe_before(&self) -> f64 {
        self.rmspe_before * self.rmspe_before
    }

    pub(crate) fn from_weights(
        design: &Design,
        weights: Vec<f64>,
        certificate: Certificate,
    ) -> Result<Self, Refusal> {
        let mut synthetic = vec![0.0; design.periods.len()];
        for (donor, w) in weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            for (s, y) in synthetic.iter_mut().zip(design.donor(donor)) {
                *s += w * y;
            }
        }
        let gaps: Vec<f64> = design.target.iter().zip(&synthetic).map(|(y, s)| y - s).collect();
        let (before, after) = gaps.split_at(design.before);
        let fit = Self {
            effect: mean(after),
            rmspe_before: root_mean_square(before),
            rmspe_after: root_mean_square(after),
            weights,
            period_weights: None,
            predictor_weights: None,
            penalty: None,
            shift: 0.0,
            synthetic,
            gaps,
            certificate,
        };
        fit.finite()
    }

    fn finite(self) -> Result<Self, Refusal> {
        let fine = self.rmspe_before.is_finite()
            && self.rmspe_after.is_finite()
            && self.effect.is_finite()
            && self.weights.iter().all(|w| w.is_finite())
            && self.certificate.objective.is_finite();
        if fine { Ok(self) } else { Err(Refusal::Overflow) }
    }
}

/// Fits a synthetic control.
///
/// # Errors
/// [`Refusal::NoPredictor`] if the method is `Predictors` and the design has none that differs;
/// [`Refusal::BadNumber`] for a penalty that is negative or not finite;
/// [`Refusal::TooFewPeriodsBefore`] where a penalty is to be chosen by leaving periods out and there
/// are fewer than three; [`Refusal::TooFewDonors`] where the noise cannot be measured;
/// [`Refusal::Overflow`] where values are too large to be squared.
pub fn fit(design: &Design, method: &Method) -> Result<Fit, Refusal> {
    match method {
        Method::Outcomes => outcomes::fit(design),
        Method::Predictors(search) => nested::fit(design, search),
        Method::Penalised(penalty) => outcomes::fit_penalised(design, penalty),
        Method::Augmented(ridge) => augmented::fit(design, ridge),
        Method::DifferenceInDifferences(settings) => sdid::fit(design, settings),
    }
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub(crate) fn root_mean_square(values: &[f64]) -> f64 {
    (values.iter().map(|x| x * x).sum::<f64>() / values.len() as f64).sqrt()
}
