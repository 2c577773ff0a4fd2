//! What could be found at all, before anybody has intervened.

use kvarter_evaluation::{
    calibration::{Noise, Null},
    distribution::student_two_sided,
    power::{Plan, PowerError, curve},
    trial::{Rejection, Trial},
};

/// Welch's comparison of the changes of treated and untreated, with the fewer degrees of freedom.
fn welch(trial: &Trial, _: u64) -> Option<f64> {
    let change = |unit: usize| {
        let (before, after) = trial.unit(unit).split_at(trial.start());
        let mean = |row: &[f64]| row.iter().sum::<f64>() / row.len() as f64;
        mean(after) - mean(before)
    };
    let (mut sides, mut spreads) = ([0.0; 2], [0.0; 2]);
    for side in [0, 1] {
        let chosen = |unit: &usize| trial.treated().contains(unit) == (side == 1);
        let changes: Vec<f64> = (0..trial.units()).filter(chosen).map(change).collect();
        let n = changes.len() as f64;
        sides[side] = changes.iter().sum::<f64>() / n;
        spreads[side] = changes.iter().map(|c| (c - sides[side]).powi(2)).sum::<f64>() / (n - 1.0) / n;
    }
    let t = (sides[1] - sides[0]) / (spreads[0] + spreads[1]).sqrt();
    student_two_sided(trial.treated().len() as f64 - 1.0, t)
}

const WORLD: Null = Null {
    units: 120,
    treated: 12,
    before: 6,
    after: 3,
    level: 3.0,
    factors: 0,
    factor: 0.0,
    noise: Noise::White,
    selection: kvarter_evaluation::calibration::Selection::Random,
};

fn plan() -> Plan {
    Plan {
        effects: vec![0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.6],
        treated: 12,
        after: 3,
        trials: 300,
        seed: 4,
        ..Plan::default()
    }
}

fn history(index: u64) -> Vec<f64> {
    WORLD.draw(20_080_918, index).unwrap().outcome().to_vec()
}

#[test]
fn the_power_promised_by_a_history_is_met_on_fresh_panels() {
    // A history knows the spread of its places to a few per cent only, so several are asked.
    let promised: Vec<f64> = (0..8)
        .map(|index| {
            let found = curve(&history(index), 9, &plan(), &welch).unwrap().increase.unwrap();
            assert!(found.range.0 <= found.effect && found.effect <= found.range.1.unwrap());
            found.effect
        })
        .collect();
    let effect = promised.iter().sum::<f64>() / 8.0;
    let p_values: Vec<Option<f64>> =
        (100..1_100).map(|index| welch(&WORLD.draw(20_080_918, index)?.with_effect(effect), index)).collect();
    let met = Rejection::count(&p_values, 0.05).rate.unwrap();
    assert!((met - 0.8).abs() < 0.06, "{met} at {effect}");
}

#[test]
fn without_an_effect_the_curve_shows_the_size() {
    let found = curve(&history(0), 9, &plan(), &welch).unwrap();
    let none = found.points[0];
    assert_eq!(none.effect, 0.0);
    assert!(none.rejection.interval.unwrap().0 <= 0.05, "{none:?}");
    assert_eq!(found.decrease, None, "no negative effect was tried");
}

#[test]
fn the_curve_is_the_same_on_any_number_of_threads() {
    let plan = Plan { trials: 40, ..plan() };
    let [one, three] = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| curve(&history(0), 9, &plan, &welch).unwrap())
    });
    assert_eq!(one, three);
}

#[test]
fn one_treated_among_few_is_tried_in_every_place_once() {
    let plan = Plan { treated: 1, candidates: vec![3, 4, 5], ..plan() };
    let found = curve(&history(0), 9, &plan, &welch).unwrap();
    // Welch's test refuses a single treated unit each time.
    assert_eq!((found.points[0].rejection.trials, found.points[0].rejection.refused), (0, 3));
}

#[test]
fn a_test_that_always_refuses_detects_nothing() {
    let found = curve(&history(0), 9, &plan(), &|_: &Trial, _: u64| None).unwrap();
    assert_eq!(found.increase, None);
    assert_eq!(found.points[0].rejection.refused, 300);
    assert_eq!(found.points[0].rejection.rate, None);
}

#[test]
fn a_plan_that_cannot_be_tried_is_told_everything_at_once() {
    let plan = Plan {
        effects: vec![f64::NAN],
        treated: 0,
        candidates: vec![99],
        after: 9,
        alpha: 0.0,
        power: 1.0,
        trials: 0,
        seed: 0,
    };
    let errors = curve(&[1.0, f64::INFINITY, 2.0], 2, &plan, &welch).unwrap_err();
    assert_eq!(errors.len(), 7, "{errors:?}");
    assert!(errors.contains(&PowerError::HistoryNotWhole));
    assert!(curve(&[], 0, &Plan::default(), &welch).is_err());
}
