//! Panels that nobody would send on purpose. Whatever comes: no panic, and no number that is none.

use std::collections::BTreeMap;
use std::fmt::Debug;

use kvarter_evaluation::{
    describe::{CountInterval, rate, share},
    design::{Design, Donors, Predictor, Question},
    diagnostics::diagnose,
    did::{Errors, TwoWay},
    national::{National, evaluate},
    panel::{Panel, Row, Treatment},
    placebo::{Norm, Shuffle, conformal_intervals, conformal_test, in_space, in_time, leave_one_out},
    simplex::{Points, solve, solve_ridged},
    staggered::{Adjustment, Aggregation, Gaps, Multiplier, Staggered},
    synthetic::{Method, Penalty, Ridge, Sdid, Search, VarianceMethod, Weights, fit, variance},
};
use proptest::prelude::*;

/// Asserts that nothing in an answer is infinite or no number, wherever it stands.
#[track_caller]
fn finite(what: &str, answer: &impl Debug) {
    let text = format!("{answer:?}");
    let word = |part: &str| part == "inf" || part == "NaN";
    let found = text.split(|c: char| !c.is_alphanumeric() && c != '_').any(word);
    assert!(!found, "{what}: {}", text.chars().take(2000).collect::<String>());
}

fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        6 => (-10.0..10.0).prop_map(Some),
        2 => Just(Some(1.0)),
        1 => Just(Some(0.0)),
        1 => Just(None),
        1 => prop_oneof![
            Just(1e300), Just(-1e300), Just(f64::MAX), Just(f64::MIN), Just(1e155), Just(-1e150), Just(1e77),
        ].prop_map(Some),
        1 => prop_oneof![
            Just(5e-324), Just(1e-310), Just(-1e-200), Just(f64::MIN_POSITIVE), Just(-0.0), Just(1e-160),
        ].prop_map(Some),
    ]
}

/// Whole panels of one kind, and panels of all kinds at once.
fn values() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    (1_usize..9, 1_usize..9).prop_flat_map(|(units, periods)| {
        let grid = |cell: BoxedStrategy<Option<f64>>| {
            prop::collection::vec(prop::collection::vec(cell, periods), units)
        };
        let scaled = prop_oneof![Just(1e300), Just(1e150), Just(1e-160), Just(1e-310), Just(1.0)];
        prop_oneof![
            grid(value().boxed()),
            (grid((-1.0..1.0).prop_map(Some).boxed()), scaled).prop_map(|(grid, scale)| {
                grid.into_iter()
                    .map(|row| row.into_iter().map(|y| y.map(|y: f64| y * scale)).collect())
                    .collect()
            }),
            grid(Just(Some(3.0)).boxed()),
            grid(prop_oneof![Just(None), Just(Some(1.0)), Just(Some(2.0))].boxed()),
        ]
    })
}

fn panel(values: &[Vec<Option<f64>>]) -> Option<Panel> {
    let names: Vec<String> = (0..values.len()).map(|unit| format!("U{unit}")).collect();
    let rows = names.iter().zip(values).flat_map(|(unit, row)| {
        (0..).zip(row).map(move |(period, y)| Row {
            unit,
            period,
            outcome: *y,
            covariates: std::slice::from_ref(y),
        })
    });
    Panel::from_rows(&["x"], rows).ok()
}

fn try_design(design: &Design) {
    finite("design", design);
    let search = Search { spread: 8, sweeps: 1, kicks: 1, descents: 1, steps: 3 };
    let sdid = |weights| Method::DifferenceInDifferences(Sdid { weights, ..Sdid::default() });
    let methods = [
        Method::Outcomes,
        Method::Predictors(search),
        Method::Penalised(Penalty::Given(0.5)),
        Method::Penalised(Penalty::HeldOut { candidates: vec![0.0, 1.0], held_out: 1 }),
        Method::Augmented(Ridge::CrossValidated),
        Method::Augmented(Ridge::Given(1.0)),
        sdid(Weights::Published),
        sdid(Weights::Exact),
    ];
    for method in &methods {
        if let Ok(fit) = fit(design, method) {
            finite("fit", &fit);
            finite("ratio", &fit.rmspe_ratio());
            if let Ok(told) = diagnose(design, &fit) {
                finite("diagnostics", &told);
            }
        }
        if let Ok(space) = in_space(design, method) {
            finite("in space", &space);
        }
        if let Ok(time) = in_time(design, method, design.periods()[design.before() - 1]) {
            finite("in time", &time);
        }
        if let Ok(without) = leave_one_out(design, method) {
            finite("leave one out", &without);
        }
    }
    for weights in [Weights::Published, Weights::Exact] {
        let settings = Sdid { weights, ..Sdid::default() };
        for method in [
            VarianceMethod::Placebo { draws: 3, seed: 1 },
            VarianceMethod::Jackknife,
            VarianceMethod::Bootstrap { draws: 3, seed: 1 },
        ] {
            if let Ok(variance) = variance(design, &settings, method) {
                finite("variance", &variance);
            }
        }
    }
    for shuffle in [Shuffle::MovingBlock, Shuffle::Random { draws: 9, seed: 1 }] {
        for norm in [Norm::Sum, Norm::Largest] {
            if let Ok(test) = conformal_test(design, 1.0, shuffle, norm) {
                finite("conformal", &test);
                assert!((0.0..=1.0).contains(&test.p_value), "{test:?}");
            }
        }
    }
    if let Ok(intervals) = conformal_intervals(design, 0.9) {
        finite("conformal intervals", &intervals);
    }
}

fn try_panel(panel: &Panel, treatment: &Treatment) {
    for errors in [Errors::Unit, Errors::Alike, Errors::Cell] {
        let model = TwoWay::default().with_errors(errors);
        if let Ok(found) = model.fit(panel, treatment) {
            finite("two-way", &found);
        }
        if let Ok(found) = model.event_study(panel, treatment, -1) {
            finite("event study", &found);
        }
    }
    if let Ok(test) = TwoWay::default().permutation(panel, treatment, 9, 1) {
        finite("permutation", &test.p_value);
    }
    for (adjustment, names) in [
        (Adjustment::None, vec![]),
        (Adjustment::OutcomeRegression, vec!["x"]),
        (Adjustment::InverseProbability, vec!["x"]),
        (Adjustment::DoublyRobust, vec!["x"]),
    ] {
        for gaps in [Gaps::WholeUnits, Gaps::Pairwise] {
            let model = Staggered::default().with_covariates(adjustment, names.clone()).with_gaps(gaps);
            let Ok(found) = model.fit(panel, treatment) else { continue };
            finite("cells", &found.cells());
            for how in [Aggregation::Simple, Aggregation::Dynamic { balance: None }, Aggregation::Cohort] {
                let Ok(summary) = found.aggregate(how) else { continue };
                finite("overall", &summary.overall);
                if let Ok(bands) = summary.bands(&Multiplier { draws: 99, ..Multiplier::default() }) {
                    finite("bands", &bands);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_panel_makes_a_method_panic_or_give_a_number_that_is_none(
        values in values(), treated in 0_usize..4, start in -2_i64..11, apart in 0_i64..3,
    ) {
        let Some(panel) = panel(&values) else { return Ok(()) };
        let names: Vec<String> = (0..treated).map(|unit| format!("U{unit}")).collect();
        let question = Question {
            treated: names.clone(),
            start,
            donors: Donors::All,
            excluded: [].into(),
            window: None,
        };
        let covariate = |from, to| Predictor { covariate: Some("x".to_owned()), from, to };
        let packs = Predictor { covariate: None, from: 0, to: 0 };
        for predictors in [vec![], vec![covariate(0, 1), packs, covariate(0, 0)]] {
            match Design::new(&panel, &question, &predictors) {
                Ok(design) => try_design(&design),
                Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
            }
        }
        let starts = names.iter().zip(0..).map(|(name, nth)| (name.as_str(), start + nth * apart));
        let Ok(treatment) = Treatment::new(&panel, starts) else { return Ok(()) };
        try_panel(&panel, &treatment);
        let national = National { start, donors: 3, window: None, rings: BTreeMap::new() };
        if let Ok(country) = evaluate(&panel, &treatment, &national) {
            finite("country", &country);
        }
    }

    #[test]
    fn weights_are_on_the_simplex_whatever_the_points(values in values()) {
        let rows: Vec<Vec<f64>> =
            values.iter().map(|row| row.iter().map(|y| y.unwrap_or(0.0)).collect()).collect();
        let points = Points::new(&rows[0], rows.iter().map(Vec::as_slice)).expect("rows of one length");
        for solution in [solve(&points, 0.0), solve(&points, 1.0), solve_ridged(&points, 1.0)].into_iter().flatten()
        {
            finite("weights", &solution);
            let sum: f64 = solution.weights.iter().sum();
            prop_assert!((sum - 1.0).abs() < 1e-6 && solution.weights.iter().all(|w| *w >= 0.0), "{solution:?}");
        }
    }

    #[test]
    fn shares_and_rates_are_numbers_or_refused(events: u64, population: u64, per: f64, level in 0.0..1.0) {
        if let Ok(figure) = share(events, population, level) {
            finite("share", &figure);
        }
        for per in [per, per.abs() % 1e6] {
            if let Ok(figure) = rate(events, population, per, CountInterval::default(), level) {
                finite("rate", &figure);
            }
        }
    }
}

#[test]
fn values_beyond_what_variances_can_hold_are_refused_by_name() {
    let rows = [[1.0, 2.0, 3.0], [2.0, 1e80, 2.5], [1.5, 2.0, 2.0]];
    let values: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    let panel = panel(&values).expect("finite");
    let treatment = Treatment::new(&panel, [("U0", 1)]).expect("a start in the panel");
    let two_way = TwoWay::default().fit(&panel, &treatment).expect_err("too large");
    assert_eq!(two_way.0, [kvarter_evaluation::did::Refusal::ValuesTooLarge]);
    let cells = Staggered::default().fit(&panel, &treatment).expect_err("too large");
    assert_eq!(cells.0, [kvarter_evaluation::staggered::Refusal::ValuesTooLarge]);
}
