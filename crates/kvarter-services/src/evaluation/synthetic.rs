//! The synthetic control family: the estimate, and everything that it is held against.

use kvarter_evaluation::design::{Design, Predictor};
use kvarter_evaluation::diagnostics::diagnose;
use kvarter_evaluation::distribution::{normal_quantile, normal_two_sided};
use kvarter_evaluation::panel::Panel;
use kvarter_evaluation::placebo::{
    Norm, Shuffle, Space, conformal_intervals, conformal_test, in_space, in_space_among_nearest, in_time,
    leave_one_out,
};
use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, PlannedTest};
use kvarter_evaluation::refusal::Refusal;
use kvarter_evaluation::synthetic::{
    self, Fit as Fitted, Method, Penalty, Ridge, Sdid, Search, VarianceMethod, variance,
};
use kvarter_evaluation::verdict::Direction;

use super::code::{Code, Told, of_left_out, of_refusal};
use super::found::Found;
use super::study::{Backdated, Detectable, Diagnosed, Fit, Interval, LeftOne, Placebo, Point, Weight};

/// More placebos than this are told without their gaps.
const GAPS_MAX: usize = 500;
/// More donors with weight than this are not left out one at a time.
const LEFT_OUT_MAX: usize = 500;
/// The power that counts as enough.
pub(super) const POWER: f64 = 0.8;
/// Draws of the placebo variance.
pub(super) const DRAWS: usize = 400;
/// λ for the penalised method, relative to the squared distance that it weighs against.
const PENALTIES: [f64; 9] = [0.0, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 1.0, 10.0];

/// Everybody that can be compared with, from whom each placebo chooses its own.
struct Pool<'a> {
    all: &'a Design,
    nearest: Option<usize>,
    intended: Option<Direction>,
}

impl Pool<'_> {
    fn in_space(&self, method: &Method) -> Result<Space, Refusal> {
        match self.nearest {
            Some(nearest) => in_space_among_nearest(self.all, method, nearest),
            None => in_space(self.all, method),
        }
    }
}

/// Evaluates.
pub(super) fn evaluate(panel: &Panel, plan: &LockedPlan, intended: Option<Direction>) -> Found {
    let refused = |refusal: &Refusal| Found::refused(plan.test, vec![of_refusal(refusal)]);
    let predictors = plan.design_predictors();
    let all = match Design::new(panel, &plan.question(), &predictors) {
        Ok(all) => all,
        Err(refusal) => return refused(&refusal),
    };
    let design = match plan.nearest {
        None => all.clone(),
        Some(count) => match all.nearest(count as usize) {
            Ok(near) => near,
            Err(refusal) => return refused(&refusal),
        },
    };
    let method = method(plan, &design);
    let own = match synthetic::fit(&design, &method) {
        Ok(own) => own,
        Err(refusal) => {
            let mut found = refused(&refusal);
            describe(&mut found, &design);
            return found;
        }
    };
    let mut found = Found::none(plan.test);
    describe(&mut found, &design);
    found.variant = if matches!(method, Method::Predictors(_)) { "predictors" } else { "outcomes" };
    found.penalty = own.penalty;
    found.estimate = Told::some(own.effect);
    weights(&mut found, &design, &own, &predictors);
    series(&mut found, &design, &own, plan.alpha);
    diagnosed(&mut found, &design, &own);
    in_time_once(&mut found, &design, &method);
    without_one(&mut found, &design, &method, &own);
    let nearest = plan.nearest.map(|count| count as usize);
    let pool = Pool { all: &all, nearest, intended };
    tested(&mut found, &design, &pool, &method, &own, plan);
    found
}

pub(super) fn method(plan: &LockedPlan, design: &Design) -> Method {
    match plan.method {
        PlannedMethod::Sc if design.predictor_count() > 0 => Method::Predictors(Search::default()),
        PlannedMethod::PenalisedSc => Method::Penalised(Penalty::HeldOut {
            candidates: PENALTIES.to_vec(),
            // A third of the periods before the start, as in the paper's own application.
            held_out: (design.before() / 3).max(1),
        }),
        PlannedMethod::Asc => Method::Augmented(Ridge::CrossValidated),
        PlannedMethod::Sdid => Method::DifferenceInDifferences(Sdid::default()),
        _ => Method::Outcomes,
    }
}

fn describe(found: &mut Found, design: &Design) {
    found.comparison_units = design.donors().len();
    found.periods_before = design.before();
    found.periods_after = design.after();
    found.left_out = design.left_out().iter().map(|(unit, why)| (unit.clone(), of_left_out(*why))).collect();
}

fn weights(found: &mut Found, design: &Design, own: &Fitted, predictors: &[Predictor]) {
    let named = design.donors().iter().zip(&own.weights).filter(|(_, weight)| weight.abs() > 1e-9);
    found.weights = named.map(|(unit, weight)| Weight { unit: unit.clone(), weight: *weight }).collect();
    found.weights.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.unit.cmp(&b.unit)));
    let periods = design.periods().iter().copied();
    found.period_weights = periods.zip(own.period_weights.iter().flatten().copied()).collect();
    let named = predictors.iter().map(|one| {
        let name = one.covariate.clone().unwrap_or_default();
        if one.from == one.to {
            format!("{name}:{}", one.from)
        } else {
            format!("{name}:{}-{}", one.from, one.to)
        }
    });
    found.predictor_weights = named.zip(own.predictor_weights.iter().flatten().copied()).collect();
}

fn series(found: &mut Found, design: &Design, own: &Fitted, alpha: f64) {
    // Pointwise intervals need many periods before the start; where there are too few there are none.
    let intervals = conformal_intervals(design, 1.0 - alpha).unwrap_or_default();
    let of = |period: i64| intervals.iter().find(|one| one.period == period).map(|one| (one.low, one.high));
    found.series = (0..design.periods().len())
        .map(|t| Point {
            period: design.periods()[t],
            observed: design.target()[t],
            comparison: own.synthetic[t],
            gap: own.gaps[t],
            interval: of(design.periods()[t]),
        })
        .collect();
}

fn diagnosed(found: &mut Found, design: &Design, own: &Fitted) {
    match diagnose(design, own) {
        Ok(told) => {
            found.fit = Told::some(Fit {
                rmspe_before: own.rmspe_before,
                rmspe_after: own.rmspe_after,
                ratio: own.rmspe_ratio(),
                relative: told.relative_fit,
            });
            found.diagnostics = Told::some(Diagnosed {
                hull_distance: told.hull_distance,
                relative_hull_distance: told.relative_hull_distance,
                outside_range: told.outside_range,
                effective_donors: told.effective_donors,
                improvement: told.improvement,
                extrapolation: told.extrapolation,
                optimality_gap: own.certificate.relative_gap,
            });
        }
        Err(refusal) => {
            found.fit = Told::none(of_refusal(&refusal));
            found.diagnostics = Told::none(of_refusal(&refusal));
        }
    }
}

fn backdated(design: &Design, method: &Method, start: i64) -> Result<Backdated, Refusal> {
    let fit = in_time(design, method, start)?;
    Ok(Backdated { start, effect: fit.effect, ratio: fit.rmspe_ratio() })
}

/// One earlier start, two thirds into the periods before the true one.
fn in_time_once(found: &mut Found, design: &Design, method: &Method) {
    let before = design.before();
    let start = before - (before / 3).max(1).min(before - 1);
    let earlier = backdated(design, method, design.periods()[start]);
    found.in_time = Told::of(earlier.map_err(|refusal| of_refusal(&refusal)));
}

fn without_one(found: &mut Found, design: &Design, method: &Method, own: &Fitted) {
    let used = own.weights.iter().filter(|weight| **weight != 0.0).count();
    if used > LEFT_OUT_MAX {
        found.leave_one_out = Told::none(Code::new("too-many-donors").count("found", used));
        return;
    }
    found.leave_one_out = Told::of(match leave_one_out(design, method) {
        Ok(left) => Ok(left
            .into_iter()
            .map(|one| LeftOne { donor: one.donor, effect: one.effect, rmspe_before: one.rmspe_before })
            .collect()),
        Err(refusal) => Err(of_refusal(&refusal)),
    });
}

fn tested(
    found: &mut Found,
    design: &Design,
    pool: &Pool<'_>,
    method: &Method,
    own: &Fitted,
    plan: &LockedPlan,
) {
    match plan.test {
        PlannedTest::Space => space(found, design, pool, method, own, plan),
        PlannedTest::Time => {
            space_beside(found, pool, method);
            time(found, design, method, own, plan);
        }
        PlannedTest::Conformal => {
            space_beside(found, pool, method);
            conformal(found, design, own, plan);
        }
        PlannedTest::StandardError => {
            space_beside(found, pool, method);
            standard_error(found, design, own, plan);
        }
    }
}

/// The placebos for the eye, where they are not the test.
fn space_beside(found: &mut Found, pool: &Pool<'_>, method: &Method) {
    if pool.all.donors().len() <= GAPS_MAX
        && let Ok(space) = pool.in_space(method)
    {
        placebos(found, &space);
    }
}

fn placebos(found: &mut Found, space: &Space) {
    let few = space.placebos.len() <= GAPS_MAX;
    found.placebos = space
        .placebos
        .iter()
        .map(|one| Placebo {
            unit: one.unit.clone(),
            effect: one.fit.effect,
            rmspe_before: one.fit.rmspe_before,
            rmspe_after: one.fit.rmspe_after,
            ratio: one.fit.rmspe_ratio(),
            gaps: if few { one.fit.gaps.clone() } else { Vec::new() },
        })
        .collect();
    found.placebos_refused =
        space.refused.iter().map(|(unit, why)| (unit.clone(), of_refusal(why))).collect();
}

fn space(
    found: &mut Found,
    design: &Design,
    pool: &Pool<'_>,
    method: &Method,
    own: &Fitted,
    plan: &LockedPlan,
) {
    let space = match pool.in_space(method) {
        Ok(space) => space,
        Err(refusal) => {
            let why = of_refusal(&refusal);
            found.test.p_value = Told::none(why.clone());
            found.interval = Told::none(why.clone());
            found.detectable = Told::none(why);
            return;
        }
    };
    placebos(found, &space);
    found.test.p_value = Told::some(space.p_value);
    found.test.least_p_value = Some(space.least_p_value);
    found.test.rank = Some(space.rank);
    found.test.compared = Some(space.placebos.len() + 1);
    found.test.one_sided = Some(space.one_sided);
    let ratios: Vec<f64> = space.placebos.iter().map(|one| ratio(&one.fit)).collect();
    let after = &own.gaps[design.before()..];
    let most = absurd(design);
    let within = |told: Interval| if told.high - told.low > most { Err(perfect()) } else { Ok(told) };
    found.interval = Told::of(inverted(after, own.rmspe_before, &ratios, plan.alpha).and_then(within));
    let within = |told: Detectable| if told.effect > most { Err(perfect()) } else { Ok(told) };
    let needed = |sign| detectable(&space, &ratios, design.before(), plan.alpha, sign).and_then(within);
    found.detectable = Told::of(match pool.intended {
        Some(Direction::Increase) => needed(1.0),
        Some(Direction::Decrease) => needed(-1.0),
        // Where no direction was said, the one in which more is needed.
        None => needed(1.0).and_then(|up| {
            let down = needed(-1.0)?;
            Ok(if up.effect >= down.effect { up } else { down })
        }),
    });
    let limit = PERFECT * own.rmspe_before;
    let close = space.placebos.iter().filter(|one| one.fit.rmspe_before < limit).count();
    if close > 0 {
        found.cautions.push(Code::new("placebos-fit-perfectly").count("count", close));
    }
}

/// A placebo whose fit before the start is better than the target's by more than this fits to the last digit:
/// there are as many donors as it takes to repeat any path, and the ratio says nothing.
const PERFECT: f64 = 1e-3;

fn perfect() -> Code {
    Code::new("placebos-fit-perfectly")
}

/// An effect that no outcome of this size can have.
fn absurd(design: &Design) -> f64 {
    100.0 * design.target().iter().fold(0.0, |most: f64, y| most.max(y.abs()))
}

pub(super) fn ratio(fit: &Fitted) -> f64 {
    fit.rmspe_ratio().unwrap_or(f64::INFINITY)
}

/// The ratio that must be exceeded for the test to reject: the m-th largest of the others', where m is as many
/// as may be at least as large. `None` where so few can never reject.
fn critical(ratios: &[f64], alpha: f64) -> Option<f64> {
    let most = (alpha * (ratios.len() + 1) as f64 * (1.0 + 1e-12)).floor() as usize;
    let mut sorted = ratios.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted.get(most.checked_sub(1)?).copied()
}

/// All effects, the same in every period, that the test of ratios does not reject (Firpo & Possebom 2018,
/// *Journal of Causal Inference* 6). With R the critical ratio, mean((gap − e)²) ≤ R² · mean squared gap before.
fn inverted(after: &[f64], rmspe_before: f64, ratios: &[f64], alpha: f64) -> Result<Interval, Code> {
    let Some(most) = critical(ratios, alpha) else {
        let least = 1.0 / (ratios.len() + 1) as f64;
        return Err(Code::new("test-cannot-reject").number("least", least).number("alpha", alpha));
    };
    if !most.is_finite() {
        return Err(Code::new("interval-without-bound"));
    }
    let middle = after.iter().sum::<f64>() / after.len() as f64;
    let spread = after.iter().map(|gap| (gap - middle).powi(2)).sum::<f64>() / after.len() as f64;
    let room = (most * rmspe_before).powi(2) - spread;
    if room < 0.0 {
        return Err(Code::new("no-constant-effect"));
    }
    let half = room.sqrt();
    Ok(Interval { low: middle - half, high: middle + half, level: 1.0 - alpha, from: "inverted-placebo" })
}

/// Each placebo is given effects of growing size in one direction, until the same test among
/// the other placebos rejects; the size that four in five need.
fn detectable(
    space: &Space,
    ratios: &[f64],
    before: usize,
    alpha: f64,
    sign: f64,
) -> Result<Detectable, Code> {
    let mut sorted = ratios.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    // Each stands among the other placebos: as many compared as there are placebos.
    let most = (alpha * ratios.len() as f64 * (1.0 + 1e-12)).floor() as usize;
    if most == 0 {
        let least = 1.0 / ratios.len() as f64;
        return Err(Code::new("test-cannot-reject").number("least", least).number("alpha", alpha));
    }
    let mut needed: Vec<f64> = space
        .placebos
        .iter()
        .zip(ratios)
        .map(|(one, own)| {
            // The m-th largest of the others': one further down where its own is among them.
            let at = if *own >= sorted[most - 1] { most } else { most - 1 };
            let Some(limit) = sorted.get(at) else { return 0.0 };
            let after = &one.fit.gaps[before..];
            let middle = after.iter().sum::<f64>() / after.len() as f64;
            let square = after.iter().map(|gap| gap * gap).sum::<f64>() / after.len() as f64;
            let room = middle * middle - square + (limit * one.fit.rmspe_before).powi(2);
            if room < 0.0 { 0.0 } else { (-sign * middle + room.sqrt()).max(0.0) }
        })
        .collect();
    needed.sort_by(f64::total_cmp);
    let rank = (POWER * needed.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    match needed[rank - 1] {
        effect if effect.is_finite() => Ok(Detectable { effect, power: POWER, from: "placebos" }),
        _ => Err(Code::new("interval-without-bound")),
    }
}

/// Every earlier start as a placebo: how unusual is the true one?
fn time(found: &mut Found, design: &Design, method: &Method, own: &Fitted, plan: &LockedPlan) {
    let starts = &design.periods()[2.min(design.before())..design.before()];
    found.earlier_starts = starts.iter().filter_map(|start| backdated(design, method, *start).ok()).collect();
    if found.earlier_starts.is_empty() {
        let why = Code::new("too-few-periods-before").count("found", design.before()).count("needed", 3);
        found.test.p_value = Told::none(why.clone());
        found.interval = Told::none(why.clone());
        found.detectable = Told::none(why);
        return;
    }
    let ratios: Vec<f64> =
        found.earlier_starts.iter().map(|one| one.ratio.unwrap_or(f64::INFINITY)).collect();
    let rank = 1 + ratios.iter().filter(|other| **other >= ratio(own)).count();
    let all = ratios.len() + 1;
    found.test.p_value = Told::some(rank as f64 / all as f64);
    found.test.least_p_value = Some(1.0 / all as f64);
    found.test.rank = Some(rank);
    found.test.compared = Some(all);
    found.interval = Told::of(inverted(&own.gaps[design.before()..], own.rmspe_before, &ratios, plan.alpha));
    found.detectable = from_interval(&found.interval);
    found.cautions.push(Code::new("starts-overlap"));
}

fn conformal(found: &mut Found, design: &Design, own: &Fitted, plan: &LockedPlan) {
    if found.variant == "predictors" || plan.method != PlannedMethod::Sc {
        found.cautions.push(Code::new("conformal-from-outcomes"));
    }
    match conformal_test(design, 0.0, Shuffle::MovingBlock, Norm::Sum) {
        Ok(test) => {
            found.test.p_value = Told::some(test.p_value);
            found.test.least_p_value = Some(test.least_p_value);
            found.test.compared = Some(design.periods().len());
            found.interval = Told::of(conformal_inverted(design, own, test.least_p_value, plan.alpha));
            found.detectable = from_interval(&found.interval);
        }
        Err(refusal) => {
            let why = of_refusal(&refusal);
            found.test.p_value = Told::none(why.clone());
            found.interval = Told::none(why.clone());
            found.detectable = Told::none(why);
        }
    }
}

/// The effects, the same in every period, that the conformal test does not reject: outwards from the estimate.
fn conformal_inverted(design: &Design, own: &Fitted, least: f64, alpha: f64) -> Result<Interval, Code> {
    if least > alpha * (1.0 + 1e-12) {
        return Err(Code::new("test-cannot-reject").number("least", least).number("alpha", alpha));
    }
    // From where the test itself has its middle: the synthetic control from outcomes.
    let middle = synthetic::fit(design, &Method::Outcomes).map_or(own.effect, |fit| fit.effect);
    let rejected = |effect: f64| -> Result<bool, Code> {
        let test = conformal_test(design, effect, Shuffle::MovingBlock, Norm::Sum);
        test.map(|test| test.p_value <= alpha * (1.0 + 1e-12)).map_err(|refusal| of_refusal(&refusal))
    };
    let size = design.target().iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let step = own.rmspe_before.max(1e-6 * size).max(f64::MIN_POSITIVE);
    if rejected(middle)? {
        return Err(Code::new("no-constant-effect"));
    }
    let edge = |sign: f64| -> Result<f64, Code> {
        let (mut inside, mut outside) = (0.0, step);
        while !rejected(middle + sign * outside)? {
            inside = outside;
            outside *= 2.0;
            if outside > 1e6 * (size + step) {
                return Err(Code::new("interval-without-bound"));
            }
        }
        for _ in 0..40 {
            let between = 0.5 * (inside + outside);
            if rejected(middle + sign * between)? { outside = between } else { inside = between }
        }
        Ok(middle + sign * outside)
    };
    Ok(Interval { low: edge(-1.0)?, high: edge(1.0)?, level: 1.0 - alpha, from: "conformal" })
}

fn standard_error(found: &mut Found, design: &Design, own: &Fitted, plan: &LockedPlan) {
    let drawn = VarianceMethod::Placebo { draws: DRAWS, seed: plan.seed };
    let error = match variance(design, &Sdid::default(), drawn) {
        Ok(told) if told.standard_error > 0.0 => Ok(told.standard_error),
        Ok(_) => Err(Code::new("no-standard-error")),
        Err(refusal) => Err(of_refusal(&refusal)),
    };
    match error {
        Ok(error) => {
            found.test.standard_error = Some(error);
            found.test.p_value = Told::some(normal_two_sided(own.effect / error));
            if let Some(wide) = normal_quantile(1.0 - 0.5 * plan.alpha) {
                let half = wide * error;
                found.interval = Told::some(Interval {
                    low: own.effect - half,
                    high: own.effect + half,
                    level: 1.0 - plan.alpha,
                    from: "standard-error",
                });
            }
            found.detectable = from_interval(&found.interval);
        }
        Err(why) => {
            found.test.p_value = Told::none(why.clone());
            found.interval = Told::none(why.clone());
            found.detectable = Told::none(why);
        }
    }
}

/// From an interval's width, as if the estimate were normal: half of it, and as much more as four cases in five
/// need.
pub(super) fn from_interval(interval: &Told<Interval>) -> Told<Detectable> {
    let Some(told) = interval.value else {
        return Told { value: None, reason: interval.reason.clone() };
    };
    let half = 0.5 * (told.high - told.low);
    let (Some(wide), Some(more)) = (normal_quantile(0.5 + 0.5 * told.level), normal_quantile(POWER)) else {
        return Told::none(Code::new("no-standard-error"));
    };
    Told::some(Detectable { effect: half * (1.0 + more / wide), power: POWER, from: "interval" })
}
