//! How much a synthetic control can be trusted, before anybody looks at the effect.

use crate::{
    design::Design,
    refusal::Refusal,
    simplex::{Points, solve},
    synthetic::{Fit, mean, root_mean_square},
};

/// What the fit before the start and the weights say. Ratios are without unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostics {
    /// The root of the mean squared gap before the start, in the outcome's unit.
    pub rmspe_before: f64,
    /// The same over the donors' spread (the mean over periods of their standard deviation); `None`
    /// where the donors do not differ. 0 is a perfect fit, 1 is no better than a donor drawn at random
    /// is near the mean.
    pub relative_fit: Option<f64>,
    /// How much of the squared gap to the donors' plain mean the weights take away, at most 1; `None`
    /// where the plain mean fits perfectly. Negative where the plain mean fits better.
    pub improvement: Option<f64>,
    /// How far the target is from the convex hull of the donors before the start: the root of the mean
    /// squared distance, in the outcome's unit (0 inside; Abadie, Diamond & Hainmueller 2010, § 2.2,
    /// on why it matters).
    pub hull_distance: f64,
    /// The same over the donors' spread; `None` where they do not differ.
    pub relative_hull_distance: Option<f64>,
    /// The periods before the start in which the target is above or below every donor.
    pub outside_range: usize,
    /// The sum of squared weights: 1 for a single donor.
    pub concentration: f64,
    /// One over the concentration: the number of equal donors that would be as concentrated.
    pub effective_donors: f64,
    /// The donor with the largest weight in size, and the weight.
    pub largest: (String, f64),
    /// The sum of negative weights in size: how far the method extrapolates (0 on the simplex).
    pub extrapolation: f64,
}

/// Diagnoses a fit of a design.
///
/// # Errors
/// [`Refusal::NotApplicable`] if the fit is not of this design (it has another number of weights);
/// [`Refusal::Overflow`].
pub fn diagnose(design: &Design, fit: &Fit) -> Result<Diagnostics, Refusal> {
    let (donors, before) = (design.donors().len(), design.before());
    if fit.weights.len() != donors || fit.gaps.len() != design.periods().len() {
        return Err(Refusal::NotApplicable("the fit is of another design"));
    }
    let (mut spread, mut outside_range) = (0.0, 0);
    let mut to_mean = Vec::with_capacity(before);
    for t in 0..before {
        let values: Vec<f64> = (0..donors).map(|donor| design.donor(donor)[t]).collect();
        let middle = mean(&values);
        let deviations: Vec<f64> = values.iter().map(|y| y - middle).collect();
        spread += root_mean_square(&deviations) / before as f64;
        let target = design.target()[t];
        to_mean.push(target - middle);
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        outside_range += usize::from(target < low || target > high);
    }
    let rows = (0..donors).map(|donor| &design.donor(donor)[..before]);
    let points = Points::new(&design.target()[..before], rows).ok_or(Refusal::Overflow)?;
    let nearest = solve(&points, 0.0).ok_or(Refusal::Overflow)?;
    let distances: Vec<f64> = (0..before)
        .map(|t| {
            let synthetic: f64 =
                nearest.weights.iter().enumerate().map(|(donor, w)| w * design.donor(donor)[t]).sum();
            design.target()[t] - synthetic
        })
        .collect();
    let hull_distance = root_mean_square(&distances);
    // The tie-break leaves a trace of a distance inside the hull; it is none.
    let hull_distance = if hull_distance <= 1e-6 * spread { 0.0 } else { hull_distance };
    let plain = root_mean_square(&to_mean);
    let relative = |x: f64| (spread > 0.0).then(|| x / spread);
    let largest = (0..donors)
        .fold(0, |best, at| if fit.weights[at].abs() > fit.weights[best].abs() { at } else { best });
    let concentration: f64 = fit.weights.iter().map(|w| w * w).sum();
    if !(spread.is_finite() && hull_distance.is_finite() && concentration.is_finite() && plain.is_finite()) {
        return Err(Refusal::Overflow);
    }
    Ok(Diagnostics {
        rmspe_before: fit.rmspe_before,
        relative_fit: relative(fit.rmspe_before),
        improvement: (plain > 0.0).then(|| 1.0 - (fit.rmspe_before / plain).powi(2)),
        hull_distance,
        relative_hull_distance: relative(hull_distance),
        outside_range,
        concentration,
        effective_donors: 1.0 / concentration,
        largest: (design.donors()[largest].clone(), fit.weights[largest]),
        extrapolation: fit.weights.iter().filter(|w| **w < 0.0).map(|w| -w).sum(),
    })
}
