//! Panels of which the truth is known.

use std::collections::{BTreeMap, BTreeSet};

use kvarter_evaluation::{
    design::{Design, Donors, LeftOut, Place, Predictor, Question, within},
    diagnostics::diagnose,
    national::{Country, National, evaluate},
    panel::{Panel, Row, Treatment},
    placebo::{conformal_intervals, in_space, in_time, leave_one_out},
    refusal::Refusal,
    stream::Stream,
    synthetic::{Method, Penalty, Ridge, Sdid, Search, VarianceMethod, fit, variance},
};
use proptest::prelude::*;

/// Levels, two common factors and noise; `effect` from 2010 on for the first `treated` units.
fn made(seed: u64, units: usize, periods: usize, treated: usize, effect: f64) -> Panel {
    let mut stream = Stream::new(seed, 0);
    let mut walks = vec![Vec::new(); 2];
    for walk in &mut walks {
        let mut level = 0.0;
        walk.extend((0..periods).map(|_| {
            level += stream.normal();
            level
        }));
    }
    let start = 2010 - 1998;
    let mut rows = Vec::new();
    for unit in 0..units {
        // The treated in the middle of the others, so that a mixture of them exists.
        let narrow = if unit < treated { 0.3 } else { 1.0 };
        let (level, a, b) =
            (50.0 + 5.0 * narrow * stream.normal(), narrow * stream.normal(), narrow * stream.normal());
        for (t, (first, second)) in walks[0].iter().zip(&walks[1]).enumerate().take(periods) {
            let hit = if unit < treated && t >= start { effect } else { 0.0 };
            let y = level + a * first + b * second + 0.3 * stream.normal() + hit;
            rows.push((format!("U{unit:04}"), 1998 + t as i64, y));
        }
    }
    let rows = rows.iter().map(|(unit, period, y)| Row {
        unit,
        period: *period,
        outcome: Some(*y),
        covariates: &[],
    });
    Panel::from_rows(&[], rows).unwrap()
}

fn small(values: &[(&str, &[f64])]) -> Panel {
    let rows = values.iter().flat_map(|(unit, row)| {
        (2000..).zip(*row).map(|(period, y)| Row { unit, period, outcome: Some(*y), covariates: &[] })
    });
    Panel::from_rows(&[], rows).unwrap()
}

fn question(treated: &str, start: i64) -> Question {
    Question::new(treated, start)
}

#[test]
fn an_effect_that_was_put_in_is_found_by_every_method() {
    let panel = made(1, 60, 20, 1, 4.0);
    let design = Design::new(&panel, &question("U0000", 2010), &[]).unwrap();
    let penalty = Penalty::HeldOut { candidates: vec![0.0, 0.01, 0.1], held_out: 3 };
    let methods = [
        Method::Outcomes,
        Method::Penalised(penalty),
        Method::Augmented(Ridge::CrossValidated),
        Method::DifferenceInDifferences(Sdid::default()),
    ];
    for method in methods {
        let fit = fit(&design, &method).unwrap();
        assert!((fit.effect - 4.0).abs() < 1.0, "{method:?}: {}", fit.effect);
        assert!((fit.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
    let space = in_space(&design, &Method::Outcomes).unwrap();
    assert!(space.p_value <= 0.05, "{}", space.p_value);
    assert!(space.one_sided <= space.p_value);
}

#[test]
fn where_nothing_happened_nothing_is_found() {
    // Over many panels the placebo test rejects at 5 % no more often than it promises: 40 panels, of
    // which one in twenty may, and seven are more than chance would give once in a thousand.
    let rejections = (0..40)
        .filter(|seed| {
            let panel = made(100 + seed, 40, 20, 1, 0.0);
            let design = Design::new(&panel, &question("U0000", 2010), &[]).unwrap();
            in_space(&design, &Method::Outcomes).unwrap().p_value <= 0.05
        })
        .count();
    assert!(rejections <= 7, "{rejections}");
}

#[test]
fn a_whole_country_is_evaluated_and_the_treated_stand_out() {
    let panel = made(3, 400, 20, 5, 3.0);
    let treated: Vec<String> = (0..5).map(|unit| format!("U{unit:04}")).collect();
    let treatment = Treatment::new(&panel, treated.iter().map(|name| (name.as_str(), 2010))).unwrap();
    let question = National { start: 2010, donors: 30, window: None, rings: BTreeMap::new() };
    let country = evaluate(&panel, &treatment, &question).unwrap();
    assert_eq!((country.treated.len(), country.placebos.len()), (5, 395));
    assert!(country.p_values.iter().all(|p| *p <= 0.05), "{:?}", country.p_values);
    let mean = country.treated.iter().map(|area| area.effect).sum::<f64>() / 5.0;
    // The common factors drift on after the start, and loadings are matched with noise.
    assert!((mean - 3.0).abs() < 0.75, "{mean}");
    for area in country.treated.iter().chain(&country.placebos) {
        assert!((area.weights.iter().map(|(_, w)| w).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(area.weights.iter().all(|(donor, w)| *w > 0.0 && *donor != area.unit && *donor >= 5));
        assert!(area.relative_gap < 1e-10);
    }
}

#[test]
fn the_national_fit_is_the_one_that_the_nearest_donors_give() {
    let panel = made(4, 120, 20, 2, 1.0);
    let treatment = Treatment::new(&panel, [("U0000", 2010), ("U0001", 2010)]).unwrap();
    let question = National { start: 2010, donors: 15, window: None, rings: BTreeMap::new() };
    let country = evaluate(&panel, &treatment, &question).unwrap();
    for area in [&country.treated[1], &country.placebos[0], &country.placebos[77]] {
        let own = &panel.outcome().row(area.unit).unwrap()[..12];
        let mut near: Vec<(f64, usize)> = (2..120)
            .filter(|unit| *unit != area.unit)
            .map(|unit| {
                let row = &panel.outcome().row(unit).unwrap()[..12];
                (row.iter().zip(own).map(|(a, b)| (a - b).powi(2)).sum(), unit)
            })
            .collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        let names = near[..15].iter().map(|(_, unit)| panel.units()[*unit].clone()).collect();
        let question =
            Question { donors: Donors::Named(names), ..Question::new(&panel.units()[area.unit], 2010) };
        let fit = fit(&Design::new(&panel, &question, &[]).unwrap(), &Method::Outcomes).unwrap();
        assert!((fit.effect - area.effect).abs() < 1e-6);
        assert!((fit.rmspe_before - area.rmspe_before).abs() < 1e-9);
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let panel = made(5, 200, 20, 3, 2.0);
    let treatment = Treatment::new(&panel, [("U0000", 2010), ("U0001", 2010), ("U0002", 2010)]).unwrap();
    let national = National { start: 2010, donors: 20, window: None, rings: BTreeMap::new() };
    let design = Design::new(&panel, &question("U0000", 2010), &[]).unwrap();
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let country: Country = evaluate(&panel, &treatment, &national).unwrap();
            let space = in_space(&design, &Method::Outcomes).unwrap();
            let method = VarianceMethod::Placebo { draws: 20, seed: 9 };
            let error = variance(&design, &Sdid::default(), method).unwrap();
            (country, space, error)
        })
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(4));
}

#[test]
fn a_ring_keeps_neighbours_out_of_the_donors() {
    let place = |unit: &str, x: f64| Place { unit: unit.to_owned(), x, y: 0.0 };
    let places = [place("U0000", 0.0), place("U0001", 500.0), place("U0002", 1500.0), place("U0003", -900.0)];
    let ring = within(&places, &["U0000".to_owned()], 1000.0).unwrap();
    assert_eq!(ring, BTreeSet::from(["U0001".to_owned(), "U0003".to_owned()]));
    let panel = made(6, 30, 20, 1, 0.0);
    let question = Question { excluded: ring.clone(), ..question("U0000", 2010) };
    let design = Design::new(&panel, &question, &[]).unwrap();
    assert_eq!(design.donors().len(), 27);
    assert_eq!(design.left_out().iter().filter(|(_, why)| *why == LeftOut::Excluded).count(), 2);

    let treatment = Treatment::new(&panel, [("U0000", 2010)]).unwrap();
    let rings = BTreeMap::from([("U0000".to_owned(), ring)]);
    let national = National { start: 2010, donors: 29, window: None, rings };
    let country = evaluate(&panel, &treatment, &national).unwrap();
    assert!(country.treated[0].weights.iter().all(|(donor, _)| ![1, 3].contains(donor)));

    assert_eq!(within(&places, &["x".into()], 1.0), Err(Refusal::UnknownUnit { unit: "x".into() }));
    assert_eq!(within(&places, &[], f64::NAN), Err(Refusal::BadNumber { name: "radius" }));
}

#[test]
fn what_cannot_be_evaluated_is_refused_with_the_reason() {
    let flat: &[f64] = &[1.0, 1.0, 1.0, 1.0];
    let panel = small(&[("a", &[1.0, 2.0, 3.0, 4.0]), ("b", &[2.0, 3.0, 1.0, 0.0]), ("c", flat)]);
    let ask = |q: &Question| Design::new(&panel, q, &[]).map(|_| ());
    assert_eq!(ask(&question("x", 2002)), Err(Refusal::UnknownUnit { unit: "x".into() }));
    assert_eq!(ask(&question("a", 2001)), Err(Refusal::TooFewPeriodsBefore { found: 1, needed: 2 }));
    assert_eq!(ask(&question("a", 1990)), Err(Refusal::TooFewPeriodsBefore { found: 0, needed: 2 }));
    assert_eq!(ask(&question("a", 2004)), Err(Refusal::NoPeriodAfter { start: 2004 }));
    let own = Question { donors: Donors::Named(vec!["a".into(), "b".into()]), ..question("a", 2002) };
    assert_eq!(ask(&own), Err(Refusal::TreatedIsDonor { unit: "a".into() }));
    let nobody = Question { excluded: ["b".into(), "c".into()].into(), ..question("a", 2002) };
    assert_eq!(ask(&nobody), Err(Refusal::TooFewDonors { found: 0, needed: 1 }));
    let window = Question { window: Some((2010, 2012)), ..question("a", 2002) };
    assert_eq!(ask(&window), Err(Refusal::EmptyWindow { from: 2010, to: 2012 }));
    let untreated = Question { treated: vec![], ..question("a", 2002) };
    assert_eq!(ask(&untreated), Err(Refusal::NobodyTreated));

    let constant = small(&[("a", flat), ("b", flat)]);
    let refusal = Design::new(&constant, &question("a", 2002), &[]).unwrap_err();
    assert_eq!(refusal, Refusal::ConstantOutcome);

    let huge = small(&[("a", &[1e300, 2e300, 3e300]), ("b", &[-1e300, 2e300, 1e300])]);
    let design = Design::new(&huge, &question("a", 2002), &[]).unwrap();
    for method in [Method::Outcomes, Method::DifferenceInDifferences(Sdid::default())] {
        assert_eq!(fit(&design, &method).unwrap_err(), Refusal::Overflow);
    }

    let design = Design::new(&panel, &question("a", 2002), &[]).unwrap();
    assert_eq!(fit(&design, &Method::Predictors(Search::default())).unwrap_err(), Refusal::NoPredictor);
    let bad = Method::Penalised(Penalty::Given(f64::NAN));
    assert_eq!(fit(&design, &bad).unwrap_err(), Refusal::BadNumber { name: "penalty" });
    let short = fit(&design, &Method::Augmented(Ridge::CrossValidated)).unwrap_err();
    assert_eq!(short, Refusal::TooFewPeriodsBefore { found: 2, needed: 3 });
    let few = conformal_intervals(&design, 0.95).unwrap_err();
    assert_eq!(few, Refusal::TooFewPeriodsBefore { found: 2, needed: 19 });
    assert!(variance(&design, &Sdid::default(), VarianceMethod::Jackknife).is_err());
    assert!(in_time(&design, &Method::Outcomes, 2001).is_err());
    let alone = Question { excluded: ["c".into()].into(), ..question("a", 2002) };
    let alone = Design::new(&panel, &alone, &[]).unwrap();
    assert!(in_space(&alone, &Method::Outcomes).is_err());
    assert!(leave_one_out(&alone, &Method::Outcomes).is_err());
}

#[test]
fn predictors_that_are_unknown_missing_or_measured_too_late_are_refused() {
    let rows = ["a", "b"].iter().flat_map(|unit| {
        (2000..2004).map(move |period| Row {
            unit,
            period,
            outcome: Some(period as f64 * if *unit == "a" { 1.0 } else { 2.0 }),
            covariates: if *unit == "a" { &[None] } else { &[Some(1.0)] },
        })
    });
    let panel = Panel::from_rows(&["income"], rows).unwrap();
    let ask = |covariate: &str, to| {
        let predictor = Predictor { covariate: Some(covariate.to_owned()), from: 2000, to };
        Design::new(&panel, &question("a", 2002), &[predictor]).map(|_| ()).unwrap_err()
    };
    assert_eq!(ask("wealth", 2001), Refusal::UnknownCovariate { covariate: "wealth".into() });
    assert_eq!(ask("income", 2002), Refusal::PredictorNotBefore { predictor: 0 });
    assert_eq!(ask("income", 2001), Refusal::PredictorMissing { unit: "a".into(), predictor: 0 });
    // A donor that lacks it is left out instead.
    let predictor = Predictor { covariate: Some("income".into()), from: 2000, to: 2001 };
    let refusal = Design::new(&panel, &question("b", 2002), &[predictor]).unwrap_err();
    assert_eq!(refusal, Refusal::TooFewDonors { found: 0, needed: 1 });
}

#[test]
fn donors_with_missing_outcomes_are_left_out_and_named_and_a_treated_one_is_refused() {
    let row = |unit: &'static str, period, outcome| Row { unit, period, outcome, covariates: &[] };
    let mut rows: Vec<Row<'_>> = Vec::new();
    for period in 2000..2004 {
        rows.push(row("a", period, Some(period as f64)));
        rows.push(row("b", period, Some(1.0 + 0.5 * period as f64)));
        if period != 2003 {
            rows.push(row("c", period, Some(3.0)));
        }
    }
    let panel = Panel::from_rows(&[], rows).unwrap();
    let design = Design::new(&panel, &question("a", 2002), &[]).unwrap();
    assert_eq!(design.donors(), ["b"]);
    assert_eq!(design.left_out(), [("c".to_owned(), LeftOut::Missing(2003))]);
    let refusal = Design::new(&panel, &question("c", 2002), &[]).unwrap_err();
    assert_eq!(refusal, Refusal::TreatedMissing { unit: "c".into(), period: 2003 });
    // In a window that ends before, nobody is missing.
    let early = Question { window: Some((2000, 2002)), ..question("c", 2002) };
    assert_eq!(Design::new(&panel, &early, &[]).unwrap().donors(), ["a", "b"]);
}

#[test]
fn a_target_outside_the_donors_is_diagnosed() {
    let panel =
        small(&[("a", &[9.0, 9.5, 9.0, 9.0]), ("b", &[1.0, 2.0, 1.0, 0.0]), ("c", &[3.0, 1.0, 2.0, 2.0])]);
    let design = Design::new(&panel, &question("a", 2002), &[]).unwrap();
    let own = fit(&design, &Method::Outcomes).unwrap();
    let found = diagnose(&design, &own).unwrap();
    assert_eq!(found.outside_range, 2);
    assert!(found.hull_distance > 5.0 && found.relative_hull_distance.unwrap() > 5.0);
    assert_eq!(found.extrapolation, 0.0);
    let inside = small(&[("a", &[2.0, 2.0, 2.0]), ("b", &[1.0, 3.0, 1.0]), ("c", &[3.0, 1.0, 3.0])]);
    let design = Design::new(&inside, &question("a", 2002), &[]).unwrap();
    let found = diagnose(&design, &fit(&design, &Method::Outcomes).unwrap()).unwrap();
    assert_eq!((found.hull_distance, found.outside_range), (0.0, 0));
    assert!((found.effective_donors - 2.0).abs() < 1e-6);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_constant_added_to_everything_changes_no_estimate(seed in 0u64..1000, shift in -1e4..1e4f64) {
        let panel = made(seed, 15, 16, 1, 1.0);
        let moved: Vec<(String, i64, f64)> = panel.units().iter().enumerate().flat_map(|(u, unit)| {
            let row = panel.outcome().row(u).unwrap();
            panel.periods().iter().zip(row).map(|(p, y)| (unit.clone(), *p, y + shift)).collect::<Vec<_>>()
        }).collect();
        let rows = moved.iter().map(|(unit, period, y)| Row { unit, period: *period, outcome: Some(*y), covariates: &[] });
        let moved = Panel::from_rows(&[], rows).unwrap();
        for method in [Method::Outcomes, Method::Augmented(Ridge::Given(5.0))] {
            let effect = |panel: &Panel| {
                fit(&Design::new(panel, &question("U0000", 2010), &[]).unwrap(), &method).unwrap().effect
            };
            prop_assert!((effect(&panel) - effect(&moved)).abs() < 1e-6);
        }
    }

    #[test]
    fn any_finite_panel_gives_numbers_or_a_refusal(values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::ZERO, 20)) {
        let rows: Vec<(&str, &[f64])> = ["a", "b", "c", "d"].into_iter().zip(values.chunks(5)).collect();
        let panel = small(&rows);
        if let Ok(design) = Design::new(&panel, &question("a", 2003), &[]) {
            let methods = [
                Method::Outcomes,
                Method::Penalised(Penalty::Given(0.1)),
                Method::Augmented(Ridge::CrossValidated),
                Method::DifferenceInDifferences(Sdid::default()),
            ];
            for method in methods {
                if let Ok(fit) = fit(&design, &method) {
                    prop_assert!(fit.effect.is_finite() && fit.rmspe_before.is_finite());
                    prop_assert!(fit.weights.iter().all(|w| w.is_finite()));
                }
            }
        }
    }
}
