//! Weights from the outcomes before the start, with or without a cost for distance.

use crate::{
    design::Design,
    refusal::Refusal,
    simplex::{Points, Quadratic, Solution, solve},
    synthetic::Fit,
};

/// How much it costs to use a donor that is far from the target.
#[derive(Debug, Clone, PartialEq)]
pub enum Penalty {
    /// λ ≥ 0 in ‖x₁ − Σwⱼxⱼ‖² + λ Σ wⱼ‖x₁ − xⱼ‖². At 0 the plain synthetic control; as λ grows, the
    /// nearest donor alone.
    Given(f64),
    /// The λ of a list that predicts best the last `held_out` periods before the start from the
    /// earlier ones (Abadie & L'Hour 2021, § 4.2: pre-intervention holdout validation). Of equals the
    /// largest.
    HeldOut {
        /// The λs to try.
        candidates: Vec<f64>,
        /// How many periods are held out; at least two stay.
        held_out: usize,
    },
}

pub(super) fn points(design: &Design, before: usize) -> Result<Points, Refusal> {
    let rows = (0..design.donors.len()).map(|donor| &design.donor(donor)[..before]);
    let points = Points::new(&design.target[..before], rows);
    points.ok_or(Refusal::TooFewDonors { found: 0, needed: 1 })
}

pub(super) fn solution(design: &Design, before: usize) -> Result<Solution, Refusal> {
    solve(&points(design, before)?, 0.0).ok_or(Refusal::Overflow)
}

pub(super) fn fit(design: &Design) -> Result<Fit, Refusal> {
    let solution = solution(design, design.before)?;
    Fit::from_weights(design, solution.weights, solution.certificate)
}

pub(super) fn fit_penalised(design: &Design, penalty: &Penalty) -> Result<Fit, Refusal> {
    let lambda = match penalty {
        Penalty::Given(lambda) => checked(*lambda)?,
        Penalty::HeldOut { candidates, held_out } => choose(design, candidates, *held_out)?,
    };
    let solution = penalised(design, design.before, lambda)?;
    let mut fit = Fit::from_weights(design, solution.weights, solution.certificate)?;
    fit.penalty = Some(lambda);
    Ok(fit)
}

fn penalised(design: &Design, before: usize, lambda: f64) -> Result<Solution, Refusal> {
    let points = points(design, before)?;
    // Half of the paper's objective, as the solver's own is.
    let cost: Vec<f64> = points.squared_distances().iter().map(|d| 0.5 * lambda * d).collect();
    debug_assert_eq!(cost.len(), points.len());
    let points = points.with_linear(cost).ok_or(Refusal::Overflow)?;
    solve(&points, 0.0).ok_or(Refusal::Overflow)
}

fn choose(design: &Design, candidates: &[f64], held_out: usize) -> Result<f64, Refusal> {
    let needed = held_out.saturating_add(2);
    if held_out == 0 || design.before < needed {
        return Err(Refusal::TooFewPeriodsBefore { found: design.before, needed: needed.max(3) });
    }
    let early = design.before - held_out;
    let mut best: Option<(f64, f64)> = None;
    for lambda in candidates {
        let lambda = checked(*lambda)?;
        let weights = penalised(design, early, lambda)?.weights;
        let error: f64 = (early..design.before)
            .map(|t| {
                let synthetic: f64 =
                    weights.iter().enumerate().map(|(donor, w)| w * design.donor(donor)[t]).sum();
                (design.target[t] - synthetic).powi(2)
            })
            .sum();
        let better = |(lowest, at): (f64, f64)| error < lowest || (error == lowest && lambda > at);
        if best.is_none_or(better) {
            best = Some((error, lambda));
        }
    }
    best.map(|(_, lambda)| lambda).ok_or(Refusal::BadNumber { name: "penalty" })
}

fn checked(lambda: f64) -> Result<f64, Refusal> {
    if lambda.is_finite() && lambda >= 0.0 { Ok(lambda) } else { Err(Refusal::BadNumber { name: "penalty" }) }
}
