//! What difference-in-differences must never do, whatever the panel: for one start and for many.

use kvarter_evaluation::did::{self, Caution, Errors, Refusal, Term, TwoWay, TwoWayFit};
use kvarter_evaluation::panel::{Panel, PanelProblem, Row, Treatment, TreatmentProblem};
use kvarter_evaluation::staggered::{self, Aggregation, GroupTime, Multiplier, Staggered};
use kvarter_evaluation::stream::Stream;
use proptest::prelude::*;

/// Units × periods with the starts of the first units.
#[derive(Debug, Clone)]
struct World {
    values: Vec<Vec<Option<f64>>>,
    starts: Vec<Option<i64>>,
}

impl World {
    /// Noise around levels, 12 units in each of two cohorts and 16 untreated, eight periods.
    fn drawn(seed: u64) -> Self {
        let mut stream = Stream::new(seed, 0);
        let starts =
            (0..40).map(|i| [Some(4), Some(6), None][usize::from(i >= 12) + usize::from(i >= 24)]).collect();
        let row = |stream: &mut Stream| {
            let level = 10.0 * stream.normal();
            (0..8).map(|t| Some(level + 0.4 * f64::from(t) + stream.normal())).collect()
        };
        Self { values: (0..40).map(|_| row(&mut stream)).collect(), starts }
    }

    /// The same with everyone who is treated starting together.
    fn together(mut self) -> Self {
        self.starts.iter_mut().for_each(|start| *start = start.map(|_| 5));
        self
    }

    fn map(mut self, change: impl Fn(usize, usize, f64) -> f64) -> Self {
        for (i, row) in self.values.iter_mut().enumerate() {
            for (t, y) in row.iter_mut().enumerate() {
                *y = y.map(|y| change(i, t, y));
            }
        }
        self
    }

    /// Panel and treatment, units named by `name`.
    fn named(&self, name: impl Fn(usize) -> usize) -> (Panel, Treatment) {
        let names: Vec<String> = (0..self.values.len()).map(|i| format!("{:03}", name(i))).collect();
        let periods: Vec<i64> = (0..).take(self.values[0].len()).collect();
        let panel = Panel::from_matrix(&names, &periods, &self.values.concat()).expect("a sound panel");
        let starts =
            names.iter().zip(&self.starts).filter_map(|(name, start)| Some((name.as_str(), (*start)?)));
        let treatment = Treatment::new(&panel, starts).expect("sound starts");
        (panel, treatment)
    }

    fn two_way(&self) -> Result<TwoWayFit, did::Refused> {
        let (panel, treatment) = self.named(|i| i);
        TwoWay::default().fit(&panel, &treatment)
    }

    fn event_study(&self) -> Result<TwoWayFit, did::Refused> {
        let (panel, treatment) = self.named(|i| i);
        TwoWay::default().event_study(&panel, &treatment, -1)
    }

    fn staggered(&self) -> Result<GroupTime, staggered::Refused> {
        let (panel, treatment) = self.named(|i| i);
        Staggered::default().fit(&panel, &treatment)
    }
}

/// All that a fit says in numbers: estimates, then errors.
fn numbers(fit: &TwoWayFit) -> Vec<f64> {
    let errors = fit.coefficients.iter().filter_map(|c| Some(c.inference?.standard_error));
    fit.coefficients.iter().map(|c| c.estimate).chain(errors).collect()
}

fn cells(fit: &GroupTime) -> Vec<f64> {
    let cells = fit.cells().iter().filter_map(|c| Some([c.estimate.ok()?, c.standard_error?])).flatten();
    let sums = [
        Aggregation::Simple,
        Aggregation::Cohort,
        Aggregation::Calendar,
        Aggregation::Dynamic { balance: None },
    ];
    let sums = sums.map(|how| fit.aggregate(how).expect("a sum").overall);
    cells.chain(sums.into_iter().flat_map(|s| [s.value, s.standard_error.expect("an error")])).collect()
}

#[track_caller]
fn alike(a: &[f64], b: &[f64], within: f64) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert!((a - b).abs() <= within * (1.0 + b.abs()), "{a} is not {b}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_level_for_each_unit_and_a_shift_for_each_period_change_nothing(seed: u64, unit in -50.0..50.0, period in -20.0..20.0) {
        let before = World::drawn(seed);
        let after = before.clone().map(|i, t, y| y + unit * (1.0 + (i * 7 % 5) as f64) + period * (t * t % 7) as f64);
        alike(&numbers(&after.two_way().unwrap()), &numbers(&before.two_way().unwrap()), 1e-9);
        alike(&numbers(&after.event_study().unwrap()), &numbers(&before.event_study().unwrap()), 1e-9);
        alike(&cells(&after.staggered().unwrap()), &cells(&before.staggered().unwrap()), 1e-9);
    }

    #[test]
    fn other_names_for_the_units_change_nothing(seed: u64, step in prop::sample::select(vec![3usize, 7, 11, 13])) {
        let world = World::drawn(seed);
        let (panel, treatment) = world.named(|i| (i * step + 5) % 40);
        let fit = TwoWay::default().fit(&panel, &treatment).unwrap();
        alike(&numbers(&fit), &numbers(&world.two_way().unwrap()), 1e-10);
        let fit = Staggered::default().fit(&panel, &treatment).unwrap();
        alike(&cells(&fit), &cells(&world.staggered().unwrap()), 1e-10);
    }

    #[test]
    fn another_unit_of_measurement_scales_everything(seed: u64, scale in 0.001..1000.0) {
        let before = World::drawn(seed);
        let after = before.clone().map(|_, _, y| y * scale);
        let scaled = |numbers: Vec<f64>| numbers.into_iter().map(|x| x * scale).collect::<Vec<_>>();
        alike(&numbers(&after.two_way().unwrap()), &scaled(numbers(&before.two_way().unwrap())), 1e-9);
        alike(&cells(&after.staggered().unwrap()), &scaled(cells(&before.staggered().unwrap())), 1e-9);
    }

    #[test]
    fn an_effect_that_is_added_is_found_in_full_and_adds_no_error(seed: u64, effect in -5.0..5.0_f64) {
        let before = World::drawn(seed).together();
        let after = before.clone().map(|i, t, y| if i < 24 && t >= 5 { y + effect } else { y });
        let [a, b]: [(f64, f64); 2] = [&before, &after].map(|w| {
            let fit = w.two_way().unwrap();
            let c = fit.coefficient(&Term::Treated).unwrap();
            (c.estimate, c.inference.unwrap().standard_error)
        });
        prop_assert!((b.0 - a.0 - effect).abs() < 1e-9 && (b.1 - a.1).abs() < 1e-9);
        let [a, b] = [&before, &after].map(|w| w.staggered().unwrap().aggregate(Aggregation::Simple).unwrap().overall);
        prop_assert!((b.value - a.value - effect).abs() < 1e-9);
        prop_assert!((b.standard_error.unwrap() - a.standard_error.unwrap()).abs() < 1e-9);
    }

    #[test]
    fn with_one_start_the_effect_is_the_difference_of_mean_changes(seed: u64) {
        let world = World::drawn(seed).together();
        let change = |i: usize| {
            let mean = |of: &[Option<f64>]| of.iter().flatten().sum::<f64>() / of.len() as f64;
            mean(&world.values[i][5..]) - mean(&world.values[i][..5])
        };
        let expected = (0..24).map(change).sum::<f64>() / 24.0 - (24..40).map(change).sum::<f64>() / 16.0;
        let fit = world.two_way().unwrap();
        prop_assert!((fit.coefficient(&Term::Treated).unwrap().estimate - expected).abs() < 1e-10);
    }

    #[test]
    fn holes_anywhere_give_numbers_or_reasons_and_never_something_else(seed: u64, holes in prop::collection::vec((0usize..40, 0usize..8), 0..300)) {
        let mut world = World::drawn(seed);
        for (i, t) in holes {
            world.values[i][t] = None;
        }
        if world.values.iter().flatten().all(Option::is_none) {
            return Ok(());
        }
        let (panel, treatment) = world.named(|i| i);
        for fit in [world.two_way(), world.event_study()].into_iter().flatten() {
            prop_assert!(numbers(&fit).iter().all(|x| x.is_finite()));
        }
        for gaps in [staggered::Gaps::WholeUnits, staggered::Gaps::Pairwise] {
            let Ok(fit) = Staggered::default().with_gaps(gaps).fit(&panel, &treatment) else { continue };
            for cell in fit.cells() {
                prop_assert!(cell.estimate.is_ok_and(f64::is_finite) || cell.estimate.is_err());
                prop_assert!(cell.standard_error.is_none_or(f64::is_finite));
            }
            if let Ok(sum) = fit.aggregate(Aggregation::Simple) {
                prop_assert!(sum.overall.value.is_finite() && sum.overall.standard_error.is_none_or(f64::is_finite));
            }
        }
    }
}

#[test]
fn the_number_of_threads_shows_nowhere() {
    let (panel, treatment) = World::drawn(4).named(|i| i);
    let run = || {
        let fit = Staggered::default().fit(&panel, &treatment).unwrap();
        let summary = fit.aggregate(Aggregation::Dynamic { balance: None }).unwrap();
        let bands = summary.bands(&Multiplier { draws: 199, seed: 9, ..Multiplier::default() }).unwrap();
        let two_way = TwoWay::default().permutation(&panel, &treatment, 199, 9).unwrap();
        let staggered =
            Staggered::default().permutation(&panel, &treatment, Aggregation::Simple, 99, 9).unwrap();
        (bands, two_way, staggered, cells(&fit))
    };
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    let alone = pool(1).install(run);
    for threads in [2, 4] {
        assert_eq!(pool(threads).install(run), alone);
    }
}

#[test]
fn an_outcome_that_never_varies_is_refused() {
    let world = World::drawn(1).map(|_, _, _| 7.0);
    assert_eq!(world.two_way().unwrap_err().0, [Refusal::ConstantOutcome]);
    assert_eq!(world.event_study().unwrap_err().0, [Refusal::ConstantOutcome]);
    let overall = world.staggered().unwrap().aggregate(Aggregation::Simple).unwrap().overall;
    assert_eq!((overall.value, overall.standard_error, overall.p_value), (0.0, None, None));
}

#[test]
fn an_outcome_made_of_levels_and_shifts_alone_is_refused_too() {
    let world = World::drawn(1).map(|i, t, _| 0.1 * i as f64 + 0.3 * t as f64);
    assert_eq!(world.two_way().unwrap_err().0, [Refusal::ConstantOutcome]);
}

#[test]
fn an_effect_without_any_noise_is_told_without_an_error() {
    let world = World::drawn(1)
        .together()
        .map(|i, t, _| i as f64 + t as f64 + if i < 24 && t >= 5 { 3.0 } else { 0.0 });
    let fit = world.two_way().unwrap();
    let effect = fit.coefficient(&Term::Treated).unwrap();
    assert!((effect.estimate - 3.0).abs() < 1e-12);
    assert_eq!(effect.inference, None);
    assert!(fit.cautions.contains(&Caution::ExactFit));
}

#[test]
fn without_anybody_untreated_the_staggered_effect_is_refused_and_the_two_way_one_cautioned_about() {
    let mut world = World::drawn(2);
    world.starts.iter_mut().for_each(|start| *start = start.or(Some(7)));
    assert_eq!(world.staggered().unwrap_err().0, [staggered::Refusal::NoNeverTreated]);
    assert!(world.two_way().unwrap().cautions.contains(&Caution::NoNeverTreated));
    // The event study's terms then determine each other.
    assert!(matches!(world.event_study().unwrap_err().0[..], [Refusal::NotIdentified { .. }]));
    // With those who start later as comparison, the last cohort's effects are the ones that cannot be had.
    let (panel, treatment) = world.named(|i| i);
    let fit =
        Staggered::default().with_control(staggered::Control::NotYetTreated).fit(&panel, &treatment).unwrap();
    assert!(fit.cell(7, 7).unwrap().estimate == Err(staggered::CellRefusal::NoControls));
    assert!(fit.cell(4, 6).unwrap().estimate.is_ok());
}

#[test]
fn when_all_start_together_there_is_nobody_to_compare_with() {
    let mut world = World::drawn(2);
    world.starts.iter_mut().for_each(|start| *start = Some(4));
    assert_eq!(world.two_way().unwrap_err().0, [Refusal::NoComparison]);
}

#[test]
fn one_period_before_is_enough_for_an_estimate_and_too_little_for_leads() {
    let mut world = World::drawn(3).together();
    world.values.iter_mut().for_each(|row| {
        row.truncate(2);
    });
    world.starts.iter_mut().for_each(|start| *start = start.map(|_| 1));
    assert!(world.two_way().is_ok());
    assert_eq!(world.event_study().unwrap().leads(), None);
    assert_eq!(world.staggered().unwrap().cells().len(), 1);
}

#[test]
fn few_treated_units_are_held_against_as_few_degrees_of_freedom() {
    let mut world = World::drawn(5).together();
    world.starts.iter_mut().skip(3).for_each(|start| *start = None);
    let fit = world.two_way().unwrap();
    let guard = fit.guard.unwrap();
    assert_eq!((guard.degrees_of_freedom, guard.inflation), (2.0, 1.5));
    assert!(fit.cautions.contains(&Caution::FewTreatedClusters { treated: 3, untreated: 37 }));
    let (panel, treatment) = world.named(|i| i);
    let test = TwoWay::default().permutation(&panel, &treatment, 999, 1).unwrap();
    assert!(
        test.p_value > 0.0
            && test.interval.is_some_and(|(low, high)| low < test.estimate && test.estimate < high)
    );
}

#[test]
fn a_single_treated_unit_is_compared_with_every_other_and_the_seed_does_not_matter() {
    let mut world = World::drawn(5).together();
    world.starts.iter_mut().skip(1).for_each(|start| *start = None);
    let (panel, treatment) = world.named(|i| i);
    let [a, b] = [1, 2].map(|seed| TwoWay::default().permutation(&panel, &treatment, 999, seed).unwrap());
    assert_eq!(a, b);
    assert!(a.exhaustive && a.assignments == 40);
    let fit = TwoWay::default().fit(&panel, &treatment).unwrap();
    assert_eq!(fit.coefficient(&Term::Treated).unwrap().inference, None, "one score proves nothing");
}

#[test]
fn a_test_never_says_less_than_its_assignments_allow() {
    let mut world = World::drawn(5).together().map(|i, t, y| if i == 0 && t >= 5 { y + 1e3 } else { y });
    world.starts.iter_mut().skip(1).for_each(|start| *start = None);
    let (panel, treatment) = world.named(|i| i);
    let test = TwoWay::default().permutation(&panel, &treatment, 999, 1).unwrap();
    assert!((test.p_value - 1.0 / 40.0).abs() < 1e-12);
}

#[test]
fn everything_that_was_asked_for_wrongly_is_told_at_once() {
    let (panel, treatment) = World::drawn(6).named(|i| i);
    let method = TwoWay::default()
        .with_level(1.0)
        .with_covariates(["income"])
        .with_errors(Errors::Cluster(vec![0; 3]));
    let refused = method.fit(&panel, &treatment).unwrap_err().0;
    assert!(refused.contains(&Refusal::LevelOutOfRange { level: 1.0 }));
    assert!(refused.contains(&Refusal::UnknownCovariate { name: "income".to_owned() }));
    assert!(refused.contains(&Refusal::ClusterLabels { given: 3, units: 40 }));
    let outside = TwoWay::default().event_study(&panel, &treatment, -20).unwrap_err().0;
    assert_eq!(outside, [Refusal::ReferenceOutsidePanel { reference: -20 }]);
}

#[test]
fn one_cluster_in_all_leaves_no_degrees_of_freedom() {
    let (panel, treatment) = World::drawn(6).named(|i| i);
    let refused =
        TwoWay::default().with_errors(Errors::Cluster(vec![4; 40])).fit(&panel, &treatment).unwrap_err().0;
    assert_eq!(refused, [Refusal::NoDegreesOfFreedom]);
}

#[test]
fn a_unit_that_occurs_twice_an_infinite_value_and_a_start_outside_never_reach_a_method() {
    let row = |outcome| Row { unit: "a", period: 1, outcome, covariates: &[] };
    let problems = Panel::from_rows(&[], [row(Some(1.0)), row(Some(f64::INFINITY))]).unwrap_err();
    assert!(problems.problems().iter().any(|p| matches!(p, PanelProblem::Duplicate { .. })));
    assert!(problems.problems().iter().any(|p| matches!(p, PanelProblem::NotFinite { .. })));
    let (panel, _) = World::drawn(7).named(|i| i);
    let problems = Treatment::new(&panel, [("000", 0), ("001", 99)]).unwrap_err().0;
    assert!(matches!(
        problems[..],
        [TreatmentProblem::NoPeriodBefore { .. }, TreatmentProblem::NoPeriodAfter { .. }]
    ));
}

#[test]
fn values_near_the_largest_number_give_numbers_or_reasons() {
    for scale in [1e160, 1e300, 1e307] {
        let world = World::drawn(8).map(|_, _, y| y / 50.0 * scale);
        for fit in [world.two_way(), world.event_study()].into_iter().flatten() {
            assert!(numbers(&fit).iter().all(|x| x.is_finite()), "{fit:?}");
            assert!(fit.within_r2.is_none_or(f64::is_finite));
        }
        if let Ok(fit) = world.staggered() {
            for cell in fit.cells() {
                assert!(cell.estimate.is_err() || cell.estimate.is_ok_and(f64::is_finite));
                assert!(cell.standard_error.is_none_or(f64::is_finite));
            }
        }
    }
}

#[test]
fn periods_as_far_apart_as_numbers_go_are_no_reason_to_fall_over() {
    let rows: Vec<Row<'_>> = ["a", "b", "c", "d"]
        .iter()
        .enumerate()
        .flat_map(|(i, unit)| {
            [i64::MIN, 0, i64::MAX].into_iter().enumerate().map(move |(t, period)| Row {
                unit,
                period,
                outcome: Some((i * i + 3 * t * i + t * t * (i % 2)) as f64),
                covariates: &[],
            })
        })
        .collect();
    let panel = Panel::from_rows(&[], rows).unwrap();
    let treatment = Treatment::new(&panel, [("a", 0), ("b", i64::MAX)]).unwrap();
    let _ = TwoWay::default().event_study(&panel, &treatment, i64::MIN);
    let _ = TwoWay::default().event_study(&panel, &treatment, -1);
    let fit = Staggered::default().with_anticipation(u32::MAX).fit(&panel, &treatment);
    let _ = fit.map(|fit| fit.aggregate(Aggregation::Dynamic { balance: Some(i64::MIN) }).map(|_| ()));
}

#[test]
fn an_event_study_over_more_periods_than_it_may_have_is_refused_before_there_is_room_for_it() {
    let names = ["a", "b", "c"];
    let rows = (0..3_000).flat_map(|t| {
        let value = move |i: usize| Some(((t * 7 + i as i64 * 13) % 11) as f64);
        names.iter().enumerate().map(move |(i, unit)| Row {
            unit,
            period: t,
            outcome: value(i),
            covariates: &[],
        })
    });
    let panel = Panel::from_rows(&[], rows).unwrap();
    let treatment = Treatment::new(&panel, [("a", 5), ("b", 9)]).unwrap();
    let refused = TwoWay::default().event_study(&panel, &treatment, -1).unwrap_err().0;
    assert_eq!(refused, [Refusal::TooManyTerms { terms: 2_999, cells: 9_000 }]);
    assert!(TwoWay::default().fit(&panel, &treatment).is_ok());
}
