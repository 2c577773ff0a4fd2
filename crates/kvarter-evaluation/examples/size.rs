//! Do the tests keep their promise? How often each rejects at five per cent when nothing happened, and
//! how often when something did, for four to ten periods before the start.
//!
//! `cargo run --release --example size -p kvarter-evaluation [TRIALS] [SEED]`. The worlds are those of
//! `calibration::Null`: 40 units with own levels, a common factor and autocorrelated noise of unit
//! standard deviation. Prints one line per world and test: rejections in per cent, the Monte-Carlo
//! standard error, and how many trials the test refused.

#![expect(clippy::print_stdout, reason = "a simulation talks to the person who ran it")]

use kvarter_evaluation::calibration::{Calibration, Null, Selection, null_p_values};
use kvarter_evaluation::design::{Design, Question};
use kvarter_evaluation::did::{Term, TwoWay};
use kvarter_evaluation::placebo::in_space;
use kvarter_evaluation::power::{Plan, curve};
use kvarter_evaluation::reference::Reference;
use kvarter_evaluation::staggered::{Aggregation, Staggered};
use kvarter_evaluation::synthetic::Method;
use kvarter_evaluation::trial::{Rejection, Trial};

/// Assignments drawn for each permutation test.
const DRAWS: usize = 199;

/// Tests whose p-values are calibrated as well.
const CALIBRATED: [&str; 3] = ["two-way, guarded", "staggered, guarded", "synthetic control, placebo"];

/// A test's name and how it finds its p-value.
type Named = (&'static str, fn(&Trial, u64) -> Option<f64>);

const TESTS: [Named; 7] = [
    ("two-way, conventional", |trial, _| two_way(trial, Reference::Conventional)),
    ("two-way, guarded", |trial, _| two_way(trial, Reference::Guarded)),
    ("two-way, permutation", permutation),
    ("staggered, conventional", |trial, _| staggered(trial, Reference::Conventional)),
    ("staggered, guarded", |trial, _| staggered(trial, Reference::Guarded)),
    ("staggered, permutation", studentised),
    ("synthetic control, placebo", placebo),
];

fn two_way(trial: &Trial, reference: Reference) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = TwoWay::default().with_reference(reference).fit(&panel, &treatment).ok()?;
    Some(fit.coefficient(&Term::Treated)?.inference?.p_value)
}

fn permutation(trial: &Trial, seed: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    Some(TwoWay::default().permutation(&panel, &treatment, DRAWS, seed).ok()?.p_value)
}

fn staggered(trial: &Trial, reference: Reference) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let fit = Staggered::default().with_reference(reference).fit(&panel, &treatment).ok()?;
    fit.aggregate(Aggregation::Simple).ok()?.overall.p_value
}

fn studentised(trial: &Trial, seed: u64) -> Option<f64> {
    let (panel, treatment) = trial.panel()?;
    let test = Staggered::default().permutation(&panel, &treatment, Aggregation::Simple, DRAWS, seed);
    Some(test.ok()?.p_value)
}

/// The placebo in space, for one treated unit: its rank by the ratio of fit after to fit before.
fn placebo(trial: &Trial, _: u64) -> Option<f64> {
    let [treated] = trial.treated() else { return None };
    let (panel, _) = trial.panel()?;
    let question = Question::new(&panel.units()[*treated], panel.periods()[trial.start()]);
    let design = Design::new(&panel, &question, &[]).ok()?;
    Some(in_space(&design, &Method::Outcomes).ok()?.p_value)
}

fn tell(world: &str, test: &str, rejection: &Rejection) {
    let per_cent =
        |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{:.1}", 100.0 * share));
    let (rate, error) = (per_cent(rejection.rate), per_cent(rejection.monte_carlo_error));
    println!("{world:<44} {test:<26} {rate:>5} ± {error:<4} refused {}", rejection.refused);
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u64>().expect("a number"));
    let (trials, seed) = (arguments.next().unwrap_or(2000) as usize, arguments.next().unwrap_or(20_081_120));

    println!("size at 5 %, {trials} trials each");
    for (selection, picked) in [
        (Selection::Random, "by lot"),
        (Selection::LowestMean, "lowest mean"),
        (Selection::LowestLast, "lowest last value"),
    ] {
        for before in [4, 6, 8, 10] {
            for treated in [1, 3, 10, 20] {
                let null = Null { before, treated, selection, ..Null::default() };
                let world = format!("{picked}, {treated} of 40, {before} before");
                for (name, test) in TESTS {
                    let p_values = null_p_values(&null, &test, trials, seed);
                    tell(&world, name, &Rejection::count(&p_values, 0.05));
                    // Judged among nulls that were picked alike. Only p-values fine enough can be: of a
                    // permutation's few, the smallest may already come too often.
                    if CALIBRATED.contains(&name)
                        && let Some(calibration) = Calibration::new(&null, &test, 1999, seed + 1)
                    {
                        let judged: Vec<Option<f64>> =
                            p_values.iter().map(|p| p.map(|p| calibration.p_value(p))).collect();
                        tell(&world, "  the same, calibrated", &Rejection::count(&judged, 0.05));
                    }
                }
            }
        }
    }

    println!("power at 5 %, ten of 40 treated by lot, eight periods before, four after");
    let history = Null { treated: 10, ..Null::default() }.draw(seed, 0).expect("a world");
    let plan = Plan {
        effects: vec![0.25, 0.5, 0.75, 1.0, 1.5, 2.0],
        treated: 10,
        after: 4,
        trials: trials.min(1000),
        seed,
        ..Plan::default()
    };
    for (name, test) in TESTS {
        let curve = curve(history.outcome(), history.periods(), &plan, &test).expect("a sound plan");
        for point in &curve.points {
            tell(&format!("effect {:.2}", point.effect), name, &point.rejection);
        }
        println!("minimum detectable increase with {name}: {:?}", curve.increase);
    }
}
