//! Promises kept, by simulation with fixed seeds: true nulls rejected as often as said, effects found as
//! often as said. Every bound is the promise and three Monte-Carlo standard errors.

use kvarter_evaluation::calibration::{Calibration, Null, Selection, null_p_values, size};
use kvarter_evaluation::did::{Term, TwoWay};
use kvarter_evaluation::power::{Plan, curve};
use kvarter_evaluation::staggered::{Aggregation, Staggered};
use kvarter_evaluation::trial::{Rejection, Trial};

const TRIALS: usize = 500;

/// The promise of five per cent, and what chance adds in so many trials.
const BOUND: f64 = 0.05 + 3.0 * 0.009_75;

fn permutation(trial: &Trial, seed: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    Some(TwoWay::default().permutation(&panel, &treatment, 99, seed).ok()?.p_value)
}

fn studentised(trial: &Trial, seed: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let test = Staggered::default().permutation(&panel, &treatment, Aggregation::Simple, 99, seed);
    Some(test.ok()?.p_value)
}

fn clustered(trial: &Trial, _: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = TwoWay::default().fit(&panel, &treatment).ok()?;
    Some(fit.coefficient(&Term::Treated)?.inference?.p_value)
}

fn summed(trial: &Trial, _: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = Staggered::default().fit(&panel, &treatment).ok()?;
    fit.aggregate(Aggregation::Simple).ok()?.overall.p_value
}

/// Asserts that a test rejects nulls at most as often as promised.
#[track_caller]
fn keeps(null: &Null, name: &str, test: fn(&Trial, u64) -> Option<f64>) {
    let found = size(null, &test, 0.05, TRIALS, 41);
    assert!(found.rate.is_none_or(|rate| rate <= BOUND), "{name}: {found:?} for {null:?}");
}

#[test]
fn permutation_rejects_true_nulls_at_most_as_often_as_promised_with_four_to_ten_periods_before() {
    for (before, treated) in [(4, 1), (6, 3), (8, 10), (10, 1)] {
        let null = Null { before, treated, ..Null::default() };
        keeps(&null, "two-way", permutation);
    }
    for (before, treated) in [(4, 3), (10, 10)] {
        keeps(&Null { before, treated, ..Null::default() }, "staggered", studentised);
    }
}

#[test]
fn the_default_intervals_promise_no_more_than_they_keep_however_few_are_treated() {
    for (before, treated) in [(4, 1), (4, 3), (6, 10), (8, 20), (10, 5), (10, 38)] {
        let null = Null { before, treated, ..Null::default() };
        keeps(&null, "two-way", clustered);
        keeps(&null, "staggered", summed);
    }
}

#[test]
fn places_picked_after_a_bad_year_recover_by_themselves_and_calibration_knows_it() {
    let null = Null { treated: 10, before: 6, selection: Selection::LowestLast, ..Null::default() };
    let raw = null_p_values(&null, &permutation, TRIALS, 43);
    let uncalibrated = Rejection::count(&raw, 0.05).rate.expect("a rate");
    assert!(uncalibrated > 1.5 * BOUND, "regression to the mean passes for an effect: {uncalibrated}");
    let calibration = Calibration::new(&null, &permutation, 499, 44).expect("nulls");
    let calibrated: Vec<Option<f64>> = raw.iter().map(|p| p.map(|p| calibration.p_value(p))).collect();
    let rate = Rejection::count(&calibrated, 0.05).rate.expect("a rate");
    assert!(rate <= BOUND, "{rate}");
}

#[test]
fn effects_are_found_as_often_as_was_promised_before_anybody_intervened() {
    // The promise is made on one history and tried on others like it.
    let world = Null { units: 80, treated: 20, factor: 0.0, ..Null::default() };
    let history = world.draw(45, 0).expect("a world");
    let plan = Plan {
        effects: vec![0.25, 0.5, 0.75, 1.0, 1.25],
        treated: 20,
        after: 4,
        trials: 400,
        seed: 46,
        ..Plan::default()
    };
    let promised = curve(history.outcome(), history.periods(), &plan, &permutation).expect("a sound plan");
    let detectable = promised.increase.expect("found among these effects");
    let with_effect =
        |effect: f64| move |trial: &Trial, seed: u64| permutation(&trial.clone().with_effect(effect), seed);
    let met = size(&world, &with_effect(detectable.effect), 0.05, TRIALS, 47).rate.expect("a rate");
    // 0.8, three Monte-Carlo errors of both simulations, and a history's own noise being one draw.
    assert!((met - 0.8).abs() < 0.12, "{met} of trials find {detectable:?}");
    let nothing = promised.points.iter().find(|point| point.effect == 0.0).expect("zero is always tried");
    assert!(nothing.rejection.rate.expect("a rate") <= 0.05 + 3.0 * 0.011);
}

#[test]
fn the_interval_of_permutations_covers_a_true_effect_as_often_as_promised_with_two_treated() {
    let null = Null { units: 30, treated: 2, ..Null::default() };
    let worlds = 300;
    let covered = (0..worlds)
        .filter(|&index| {
            let (panel, treatment) = null.draw(11, index).unwrap().with_effect(1.5).panel().unwrap();
            let test = TwoWay::default().permutation(&panel, &treatment, 199, index).unwrap();
            test.interval.is_none_or(|(low, high)| low <= 1.5 && 1.5 <= high)
        })
        .count();
    // 95 % less three Monte-Carlo standard errors: 274 of 300; and not everything.
    assert!((274..300).contains(&covered), "{covered} of {worlds}");
}
