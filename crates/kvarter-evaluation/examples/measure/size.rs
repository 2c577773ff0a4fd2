//! The table of sizes and power: the tests that verdicts rest on, with four to ten periods before.
//!
//! Smaller than the example `size`, which knows more tests and worse worlds: this one is part of the bench.

use kvarter_evaluation::calibration::{Null, null_p_values};
use kvarter_evaluation::design::{Design, Question};
use kvarter_evaluation::did::{Term, TwoWay};
use kvarter_evaluation::placebo::{Norm, Shuffle, conformal_test, in_space};
use kvarter_evaluation::power::{Plan, curve};
use kvarter_evaluation::staggered::{Aggregation, Staggered};
use kvarter_evaluation::synthetic::Method;
use kvarter_evaluation::trial::{Rejection, Trial};
use serde_json::{Value, json};

const LEVEL: f64 = 0.05;
const SEED: u64 = 20_081_120;

type Test = fn(&Trial, u64) -> Option<f64>;

const TESTS: [(&str, &[usize], Test); 5] = [
    ("placebo in space", &[1], space),
    ("conformal, blocks", &[1], |trial, _| conformal(trial, Shuffle::MovingBlock)),
    ("conformal, any order", &[1], |trial, seed| conformal(trial, Shuffle::Random { draws: 199, seed })),
    ("two-way, guarded", &[3, 10], two_way),
    ("staggered, guarded", &[3, 10], staggered),
];

fn design(trial: &Trial) -> Option<Design> {
    let [treated] = trial.treated() else { return None };
    let (panel, _) = trial.panel()?;
    let question = Question::new(&panel.units()[*treated], panel.periods()[trial.start()]);
    Design::new(&panel, &question, &[]).ok()
}

fn space(trial: &Trial, _: u64) -> Option<f64> {
    Some(in_space(&design(trial)?, &Method::Outcomes).ok()?.p_value)
}

fn conformal(trial: &Trial, shuffle: Shuffle) -> Option<f64> {
    Some(conformal_test(&design(trial)?, 0.0, shuffle, Norm::Sum).ok()?.p_value)
}

fn two_way(trial: &Trial, _: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = TwoWay::default().fit(&panel, &treatment).ok()?;
    Some(fit.coefficient(&Term::Treated)?.inference?.p_value)
}

fn staggered(trial: &Trial, _: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = Staggered::default().fit(&panel, &treatment).ok()?;
    fit.aggregate(Aggregation::Simple).ok()?.overall.p_value
}

fn line(test: &str, world: &Null, effect: f64, rejection: &Rejection) -> Value {
    json!({
        "test": test, "before": world.before, "treated": world.treated, "effect": effect,
        "units": world.units, "factor": world.factor, "rate": rejection.rate, "monte_carlo_error": rejection.monte_carlo_error,
        "trials": rejection.trials, "refused": rejection.refused,
    })
}

#[expect(clippy::print_stdout, reason = "a measurement talks to the program that ran it")]
pub(crate) fn tell(trials: usize) {
    for (name, treated, test) in TESTS {
        for before in [4, 6, 8, 10] {
            for &treated in treated {
                let null = Null { before, treated, ..Null::default() };
                let p_values = null_p_values(&null, &test, trials, SEED);
                println!("{}", line(name, &null, 0.0, &Rejection::count(&p_values, LEVEL)));
            }
        }
    }
    // The promise is made on single histories and kept, or not, in fresh worlds with that effect: worlds like
    // the history, and worlds whose common factor goes elsewhere than it went in the history.
    for factor in [0.0, Null::default().factor] {
        let null = Null { units: 80, treated: 20, factor, ..Null::default() };
        for (name, _, test) in TESTS.into_iter().skip(3) {
            power(name, &null, test, trials);
        }
    }
}

#[expect(clippy::print_stdout, reason = "a measurement talks to the program that ran it")]
fn power(name: &str, null: &Null, test: Test, trials: usize) {
    let plan = Plan {
        effects: vec![0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0],
        treated: null.treated,
        after: null.after,
        trials: 400,
        seed: SEED,
        ..Plan::default()
    };
    let promised: Vec<f64> = (0..16)
        .filter_map(|index| {
            let history = null.draw(SEED + 1, index)?;
            let found = curve(history.outcome(), history.periods(), &plan, &test).ok()?;
            Some(found.increase?.effect)
        })
        .collect();
    let effect = promised.iter().sum::<f64>() / promised.len() as f64;
    let with_effect = |trial: &Trial, seed: u64| test(&trial.clone().with_effect(effect), seed);
    let p_values = null_p_values(null, &with_effect, trials, SEED + 2);
    println!("{}", line(name, null, effect, &Rejection::count(&p_values, LEVEL)));
}
