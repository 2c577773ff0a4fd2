//! Simultaneous bands, and the permutation test beside them.

use kvarter_evaluation::{
    calibration::Null,
    panel::{Panel, Treatment},
    reference::Reference,
    staggered::{Aggregation, Multiplier, Refusal, Staggered, Weights},
};

const DYNAMIC: Aggregation = Aggregation::Dynamic { balance: None };

/// Sixty units over ten periods, twenty of which start in period 4 and ten in period 6.
fn world(index: u64) -> (Panel, Treatment) {
    let null = Null { units: 60, treated: 30, before: 4, after: 6, ..Null::default() };
    let trial = null.draw(8, index).unwrap();
    let (panel, _) = trial.panel().unwrap();
    let starts: Vec<(String, i64)> = trial
        .treated()
        .iter()
        .enumerate()
        .map(|(at, &unit)| (panel.units()[unit].clone(), if at < 20 { 4 } else { 6 }))
        .collect();
    let treatment =
        Treatment::new(&panel, starts.iter().map(|(unit, start)| (unit.as_str(), *start))).unwrap();
    (panel, treatment)
}

#[test]
fn bands_are_wider_than_pointwise_intervals_and_hold_them() {
    let (panel, treatment) = world(0);
    let summary = Staggered::default().fit(&panel, &treatment).unwrap().aggregate(DYNAMIC).unwrap();
    for weights in [Weights::Mammen, Weights::Rademacher] {
        let bands = summary.bands(&Multiplier { weights, draws: 999, seed: 1 }).unwrap();
        assert!((1.96..4.0).contains(&bands.critical), "{}", bands.critical);
        for (band, (key, part)) in bands.bands.iter().zip(&summary.parts) {
            assert_eq!(band.key, Some(*key));
            let spread = band.standard_error.unwrap() / part.standard_error.unwrap();
            assert!((spread - 1.0).abs() < 0.2, "{spread}");
        }
    }
}

#[test]
fn bands_are_the_same_on_any_number_of_threads_and_differ_by_seed() {
    let (panel, treatment) = world(1);
    let summary = Staggered::default().fit(&panel, &treatment).unwrap().aggregate(DYNAMIC).unwrap();
    let draw = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| summary.bands(&Multiplier { seed, draws: 199, ..Multiplier::default() }).unwrap())
    };
    assert_eq!(draw(1, 7), draw(4, 7));
    assert_ne!(draw(1, 7).critical, draw(1, 8).critical);
}

#[test]
fn all_bands_together_miss_a_true_null_about_as_seldom_as_promised() {
    let worlds = 120;
    let missed = (0..worlds)
        .filter(|&index| {
            let (panel, treatment) = world(index);
            let summary = Staggered::default().fit(&panel, &treatment).unwrap().aggregate(DYNAMIC).unwrap();
            let bands =
                summary.bands(&Multiplier { seed: index, draws: 199, ..Multiplier::default() }).unwrap();
            bands.bands.iter().any(|b| b.interval.is_some_and(|(low, high)| low > 0.0 || high < 0.0))
        })
        .count();
    // Five per cent and three Monte-Carlo standard errors: 13 of 120.
    assert!(missed <= 13, "{missed} of {worlds}");
}

#[test]
fn too_few_draws_are_refused() {
    let (panel, treatment) = world(0);
    let summary =
        Staggered::default().fit(&panel, &treatment).unwrap().aggregate(Aggregation::Simple).unwrap();
    let refused = summary.bands(&Multiplier { draws: 10, ..Multiplier::default() }).unwrap_err();
    assert_eq!(refused.0, [Refusal::TooFewDraws { draws: 10 }]);
    assert_eq!(summary.bands(&Multiplier::default()).unwrap().bands.len(), 1);
}

#[test]
fn a_cohort_of_one_has_an_effect_but_no_p_value() {
    let (panel, _) = world(0);
    let alone = Treatment::new(&panel, [(panel.units()[3].as_str(), 5)]).unwrap();
    let fit = Staggered::default().fit(&panel, &alone).unwrap();
    let overall = fit.aggregate(Aggregation::Simple).unwrap().overall;
    assert!(overall.value.is_finite());
    assert_eq!((overall.p_value, overall.interval, overall.guard), (None, None, None));
    let usual = Staggered::default().with_reference(Reference::Conventional).fit(&panel, &alone).unwrap();
    assert!(usual.aggregate(Aggregation::Simple).unwrap().overall.p_value.is_some());
    let test = Staggered::default().permutation(&panel, &alone, Aggregation::Simple, 99, 1).unwrap();
    assert!((0.01..=1.0).contains(&test.p_value));
}
