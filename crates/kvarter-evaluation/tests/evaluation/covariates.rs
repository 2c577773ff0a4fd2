//! Effects for many starts given covariates: what changes nothing, and what cannot be told.

use kvarter_evaluation::panel::{Panel, Row, Treatment};
use kvarter_evaluation::staggered::{
    Adjustment, Aggregation, CellRefusal, Control, Gaps, GroupTime, Refusal, Staggered,
};
use kvarter_evaluation::stream::Stream;

const ADJUSTMENTS: [Adjustment; 3] =
    [Adjustment::OutcomeRegression, Adjustment::InverseProbability, Adjustment::DoublyRobust];

/// One unit: start, outcomes, and covariates that do not change over time.
struct Unit {
    start: Option<i64>,
    outcome: Vec<f64>,
    covariates: Vec<f64>,
}

/// 120 units over six periods; a covariate that moves both the trend and the chance of treatment.
fn units(seed: u64, effect: f64) -> Vec<Unit> {
    let mut stream = Stream::new(seed, 0);
    (0..120)
        .map(|_| {
            let (x, z) = (stream.normal(), stream.normal());
            let treated = 0.8 * x + stream.normal() > 0.3;
            let start = treated.then(|| if stream.uniform() < 0.5 { 3 } else { 4 });
            let outcome = (0..6)
                .map(|t| {
                    let after = f64::from(u8::from(start.is_some_and(|start| t >= start)));
                    5.0 * z + x * t as f64 + effect * after + 0.2 * stream.normal()
                })
                .collect();
            Unit { start, outcome, covariates: vec![x, z] }
        })
        .collect()
}

fn panel(units: &[Unit], names: &[&str]) -> (Panel, Treatment) {
    let labels: Vec<String> = (0..units.len()).map(|i| format!("{i:03}")).collect();
    let covariates: Vec<Vec<Option<f64>>> =
        units.iter().map(|u| u.covariates[..names.len()].iter().copied().map(Some).collect()).collect();
    let rows = units.iter().zip(&labels).zip(&covariates).flat_map(|((unit, label), covariates)| {
        (0..).zip(&unit.outcome).map(move |(period, &y)| Row {
            unit: label,
            period,
            outcome: Some(y),
            covariates,
        })
    });
    let panel = Panel::from_rows(names, rows).expect("a sound panel");
    let starts = labels.iter().zip(units).filter_map(|(label, unit)| Some((label.as_str(), unit.start?)));
    let treatment = Treatment::new(&panel, starts).expect("sound starts");
    (panel, treatment)
}

fn fit(units: &[Unit], adjustment: Adjustment, names: &[&str]) -> GroupTime {
    let (panel, treatment) = panel(units, names);
    Staggered::default()
        .with_covariates(adjustment, names.iter().copied())
        .fit(&panel, &treatment)
        .expect("cells")
}

fn refusals(fit: &GroupTime) -> Vec<CellRefusal> {
    fit.cells().iter().filter_map(|cell| cell.estimate.err()).collect()
}

#[test]
fn a_trend_that_follows_a_covariate_is_mistaken_for_an_effect_only_without_it() {
    let units = units(1, 2.0);
    let (panel, treatment) = panel(&units, &["x"]);
    let plain = Staggered::default().fit(&panel, &treatment).unwrap();
    let plain = plain.aggregate(Aggregation::Simple).unwrap().overall.value;
    assert!(plain > 3.0, "the trend is in it: {plain}");
    for adjustment in ADJUSTMENTS {
        let overall = fit(&units, adjustment, &["x"]).aggregate(Aggregation::Simple).unwrap().overall;
        // Weighting alone leans on few units where there is little overlap.
        let within = if adjustment == Adjustment::InverseProbability { 0.8 } else { 0.15 };
        assert!((overall.value - 2.0).abs() < within, "{adjustment:?}: {overall:?}");
        assert!(overall.standard_error.is_some());
    }
}

#[test]
fn another_zero_and_another_unit_of_a_covariate_change_nothing() {
    let mut units = units(2, 1.0);
    for adjustment in ADJUSTMENTS {
        let before = fit(&units, adjustment, &["x"]);
        units.iter_mut().for_each(|unit| unit.covariates[0] = 3000.0 + 250.0 * unit.covariates[0]);
        let after = fit(&units, adjustment, &["x"]);
        units.iter_mut().for_each(|unit| unit.covariates[0] = (unit.covariates[0] - 3000.0) / 250.0);
        for (before, after) in before.cells().iter().zip(after.cells()) {
            assert!((before.estimate.unwrap() - after.estimate.unwrap()).abs() < 1e-9, "{adjustment:?}");
            let errors = before.standard_error.unwrap() - after.standard_error.unwrap();
            assert!(errors.abs() < 1e-9, "{adjustment:?}");
        }
    }
}

#[test]
fn covariates_that_determine_each_other_are_refused_in_every_cell() {
    let mut units = units(3, 1.0);
    units.iter_mut().for_each(|unit| unit.covariates[1] = 2.0 * unit.covariates[0] - 1.0);
    for adjustment in ADJUSTMENTS {
        let fit = fit(&units, adjustment, &["x", "twice"]);
        assert!(refusals(&fit).iter().all(|why| *why == CellRefusal::Collinear), "{adjustment:?}");
        assert_eq!(refusals(&fit).len(), fit.cells().len());
        assert_eq!(fit.aggregate(Aggregation::Simple).unwrap_err().0, [Refusal::NothingToSumUp]);
    }
}

#[test]
fn a_covariate_that_never_varies_is_refused_and_not_passed_over() {
    let mut units = units(3, 1.0);
    units.iter_mut().for_each(|unit| unit.covariates[0] = 4.0);
    for adjustment in ADJUSTMENTS {
        let fit = fit(&units, adjustment, &["x"]);
        assert!(refusals(&fit).iter().all(|why| *why == CellRefusal::Collinear), "{adjustment:?}");
    }
}

#[test]
fn a_covariate_that_decides_who_is_treated_leaves_nobody_to_weigh() {
    let mut units = units(4, 1.0);
    for unit in &mut units {
        unit.covariates[0] = unit.covariates[0].abs() * if unit.start.is_some() { 1.0 } else { -1.0 };
    }
    for adjustment in [Adjustment::InverseProbability, Adjustment::DoublyRobust] {
        let fit = fit(&units, adjustment, &["x"]);
        let refused = refusals(&fit);
        assert_eq!(refused.len(), fit.cells().len());
        assert!(
            refused.iter().all(|why| matches!(why, CellRefusal::NoOverlap { .. } | CellRefusal::NotSettled))
        );
    }
}

#[test]
fn fewer_comparison_units_than_terms_are_refused() {
    let mut units = units(5, 1.0);
    let mut left = 2;
    units.retain(|unit| {
        left -= i32::from(unit.start.is_none());
        unit.start.is_some() || left >= 0
    });
    let fit = fit(&units, Adjustment::OutcomeRegression, &["x", "z"]);
    let expected = CellRefusal::TooFewControls { controls: 2, terms: 3 };
    assert!(refusals(&fit).iter().all(|why| *why == expected), "{:?}", refusals(&fit));
    assert_eq!(refusals(&fit).len(), fit.cells().len());
}

#[test]
fn covariates_without_their_use_and_use_without_covariates_are_refused() {
    let (panel, treatment) = panel(&units(6, 1.0), &["x"]);
    let none: [&str; 0] = [];
    for method in [
        Staggered::default().with_covariates(Adjustment::None, ["x"]),
        Staggered::default().with_covariates(Adjustment::DoublyRobust, none),
    ] {
        assert!(method.fit(&panel, &treatment).unwrap_err().0.contains(&Refusal::CovariatesAndAdjustment));
    }
    let unknown = Staggered::default().with_covariates(Adjustment::DoublyRobust, ["income"]);
    let expected = Refusal::UnknownCovariate { name: "income".to_owned() };
    assert!(unknown.fit(&panel, &treatment).unwrap_err().0.contains(&expected));
}

#[test]
fn with_anticipation_the_base_lies_that_much_earlier() {
    let (panel, treatment) = panel(&units(7, 1.0), &["x"]);
    let fit = Staggered::default().with_anticipation(1).fit(&panel, &treatment).unwrap();
    assert_eq!(fit.cell(4, 5).unwrap().base, Some(2));
    assert_eq!(fit.cell(3, 3).unwrap().base, Some(1));
    let none = Staggered::default().with_anticipation(9).fit(&panel, &treatment).unwrap();
    assert!(none.cells().iter().filter(|c| c.is_post()).all(|c| c.estimate == Err(CellRefusal::NoBase)));
    assert_eq!(none.aggregate(Aggregation::Simple).unwrap_err().0, [Refusal::NothingToSumUp]);
}

#[test]
fn using_units_pair_by_pair_changes_nothing_when_nobody_misses_anything() {
    let units = units(8, 1.0);
    let (panel, treatment) = panel(&units, &["x"]);
    for control in [Control::NeverTreated, Control::NotYetTreated] {
        let method = Staggered::default().with_control(control);
        let whole = method.clone().fit(&panel, &treatment).unwrap();
        let pairs = method.with_gaps(Gaps::Pairwise).fit(&panel, &treatment).unwrap();
        for (whole, pairs) in whole.cells().iter().zip(pairs.cells()) {
            assert!((whole.estimate.unwrap() - pairs.estimate.unwrap()).abs() < 1e-12);
            assert!((whole.standard_error.unwrap() - pairs.standard_error.unwrap()).abs() < 1e-12);
        }
    }
}

#[test]
fn each_unit_its_own_cluster_is_no_clustering_and_labels_do_not_matter() {
    let units = units(9, 1.0);
    let (panel, treatment) = panel(&units, &["x"]);
    let error = |method: Staggered| {
        let fit = method.fit(&panel, &treatment).unwrap();
        fit.aggregate(Aggregation::Simple).unwrap().overall.standard_error.unwrap()
    };
    let plain = error(Staggered::default());
    let own = error(Staggered::default().with_clusters((0..120).map(|i| 1000 - 7 * i).collect()));
    assert!((plain - own).abs() < 1e-12);
    let pairs = error(Staggered::default().with_clusters((0..120).map(|i| i / 2).collect()));
    let renamed = error(Staggered::default().with_clusters((0..120).map(|i| 9 * (60 - i / 2)).collect()));
    assert!((pairs - renamed).abs() < 1e-12 && (pairs - plain).abs() > 1e-6);
    let wrong = Staggered::default().with_clusters(vec![1, 2]).fit(&panel, &treatment).unwrap_err().0;
    assert!(wrong.contains(&Refusal::ClusterLabels { given: 2, units: 120 }));
}
