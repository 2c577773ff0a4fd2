//! What the estimate is held against: the same method where nothing happened.

mod conformal;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{
    design::Design,
    refusal::Refusal,
    synthetic::{Fit, Method, fit},
};

pub use conformal::{Conformal, Interval, Norm, Shuffle, conformal_intervals, conformal_test};

/// One untreated unit evaluated as if it had been treated.
#[derive(Debug, Clone, PartialEq)]
pub struct Placebo {
    /// The unit.
    pub unit: String,
    /// Its synthetic control.
    pub fit: Fit,
}

/// The placebo in space: every donor evaluated as if it had been treated.
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    /// The placebos, in the design's order of donors.
    pub placebos: Vec<Placebo>,
    /// Donors for which the method refuses, and why.
    pub refused: Vec<(String, Refusal)>,
    /// The target's rank from above by the ratio of fit after to fit before: 1 is the most extreme.
    pub rank: usize,
    /// Rank over placebos + 1: the share of units, the target among them, that are at least as extreme.
    /// Of equals all count, so that a tie never helps.
    pub p_value: f64,
    /// As `p_value`, in the direction of the target's effect alone: units whose effect has the other
    /// sign do not count as extreme.
    pub one_sided: f64,
    /// The least p-value that so many placebos can give.
    pub least_p_value: f64,
}

/// Evaluates every donor as if it had been treated (Abadie, Diamond & Hainmueller 2010, §§ 2.4, 3.5).
///
/// The treated units take no part in the placebos' donors. The test is exact if treatment was assigned
/// at random; otherwise it says how unusual the target is. Spread over threads.
///
/// # Errors
/// As [`fit`] for the target; [`Refusal::TooFewDonors`] if there are fewer than two.
pub fn in_space(design: &Design, method: &Method) -> Result<Space, Refusal> {
    if design.donors().len() < 2 {
        return Err(Refusal::TooFewDonors { found: design.donors().len(), needed: 2 });
    }
    let own = fit(design, method)?;
    spread_out(design, &own, |donor| {
        let placebo = design.placebo(donor).ok_or(Refusal::TooFewDonors { found: 1, needed: 2 })?;
        fit(&placebo, method)
    })
}

/// As [`in_space`], with the target and every donor each compared with the `nearest` donors of its own
/// ([`Design::nearest`]). Were the placebos made among the target's nearest only, it would be in their middle, fit
/// better than they do, and come out as unusual too often.
///
/// # Errors
/// As [`in_space`].
pub fn in_space_among_nearest(design: &Design, method: &Method, nearest: usize) -> Result<Space, Refusal> {
    if design.donors().len() < 2 {
        return Err(Refusal::TooFewDonors { found: design.donors().len(), needed: 2 });
    }
    let own = fit(&design.nearest(nearest)?, method)?;
    spread_out(design, &own, |donor| fit(&design.placebo_among_nearest(donor, nearest)?, method))
}

/// Every donor as a placebo, spread over threads.
fn spread_out(
    design: &Design,
    own: &Fit,
    placebo: impl Fn(usize) -> Result<Fit, Refusal> + Sync + Send,
) -> Result<Space, Refusal> {
    let fits: Vec<Result<Fit, Refusal>> = (0..design.donors().len()).into_par_iter().map(placebo).collect();
    let (mut placebos, mut refused) = (Vec::new(), Vec::new());
    for (unit, fit) in design.donors().iter().zip(fits) {
        match fit {
            Ok(fit) => placebos.push(Placebo { unit: unit.clone(), fit }),
            Err(refusal) => refused.push((unit.clone(), refusal)),
        }
    }
    if placebos.is_empty() {
        return Err(Refusal::TooFewDonors { found: 0, needed: 1 });
    }
    Ok(Space::of(own, placebos, refused))
}

impl Space {
    fn of(own: &Fit, placebos: Vec<Placebo>, refused: Vec<(String, Refusal)>) -> Self {
        let at_least = |fit: &Fit| ratio(fit) >= ratio(own);
        let same_way = |fit: &Fit| fit.effect * own.effect > 0.0 || own.effect == 0.0;
        let rank = 1 + placebos.iter().filter(|p| at_least(&p.fit)).count();
        let one_way = 1 + placebos.iter().filter(|p| at_least(&p.fit) && same_way(&p.fit)).count();
        let all = (placebos.len() + 1) as f64;
        Self {
            rank,
            p_value: rank as f64 / all,
            one_sided: one_way as f64 / all,
            least_p_value: 1.0 / all,
            placebos,
            refused,
        }
    }

    /// The same without placebos whose mean squared gap before the start is more than `times` the
    /// target's (20, 5 and 2 in Abadie, Diamond & Hainmueller 2010, figures 5–7).
    #[must_use]
    pub fn within(&self, own: &Fit, times: f64) -> Self {
        let near = |p: &&Placebo| p.fit.mspe_before() <= times * own.mspe_before();
        Self::of(own, self.placebos.iter().filter(near).cloned().collect(), self.refused.clone())
    }
}

fn ratio(fit: &Fit) -> f64 {
    fit.rmspe_ratio().unwrap_or(f64::INFINITY)
}

/// The placebo in time: the method with an earlier start, on the periods before the true one.
///
/// A method that matches on predictors is replaced by the one that matches on outcomes, for the
/// predictors may be measured after the earlier start. The effect should be near nothing (Abadie,
/// Diamond & Hainmueller 2015, *AJPS* 59).
///
/// # Errors
/// As [`Design::backdated`] and [`fit`].
pub fn in_time(design: &Design, method: &Method, start: i64) -> Result<Fit, Refusal> {
    let method = match method {
        Method::Predictors(_) => &Method::Outcomes,
        other => other,
    };
    fit(&design.backdated(start)?, method)
}

/// The estimate without one donor.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOne {
    /// The donor that was left out.
    pub donor: String,
    /// The estimate without it.
    pub effect: f64,
    /// The root of the mean squared gap before the start without it.
    pub rmspe_before: f64,
}

/// Leaves out each donor that has weight, one at a time (Abadie, Diamond & Hainmueller 2015, § 4.4).
/// Donors without weight change nothing and are passed over. Spread over threads.
///
/// # Errors
/// As [`fit`]; [`Refusal::TooFewDonors`] if there is one donor only.
pub fn leave_one_out(design: &Design, method: &Method) -> Result<Vec<LeftOne>, Refusal> {
    if design.donors().len() < 2 {
        return Err(Refusal::TooFewDonors { found: design.donors().len(), needed: 2 });
    }
    let own = fit(design, method)?;
    let used: Vec<usize> = (0..own.weights.len()).filter(|donor| own.weights[*donor] != 0.0).collect();
    used.into_par_iter()
        .map(|donor| {
            let fit = fit(&design.without(&BTreeSet::from([donor]))?, method)?;
            let donor = design.donors()[donor].clone();
            Ok(LeftOne { donor, effect: fit.effect, rmspe_before: fit.rmspe_before })
        })
        .collect()
}
