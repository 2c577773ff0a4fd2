//! Many tests at once.

use kvarter_evaluation::{
    discovery::{Dependence, DiscoveryError, adjust, findings},
    stream::Stream,
};
use proptest::prelude::*;

/// Benjamini & Hochberg 1995, section 3.2: fifteen comparisons of thrombolysis after infarction.
const THROMBOLYSIS: [f64; 15] = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
    0.7590, 1.0000,
];

fn given(p_values: &[f64]) -> Vec<Option<f64>> {
    p_values.iter().copied().map(Some).collect()
}

#[test]
fn the_four_smallest_of_the_published_fifteen_are_findings_at_five_per_cent() {
    let found = findings(&given(&THROMBOLYSIS), Dependence::Positive, 0.05).unwrap();
    assert_eq!(found.iter().filter(|f| **f).count(), 4);
    assert!(found[..4].iter().all(|f| *f));
}

#[test]
fn under_any_dependence_the_price_is_the_harmonic_sum() {
    let price: f64 = (1..=15).map(|i| 1.0 / f64::from(i)).sum();
    let any = adjust(&given(&THROMBOLYSIS), Dependence::Any).unwrap();
    let positive = adjust(&given(&THROMBOLYSIS), Dependence::Positive).unwrap();
    for (any, positive) in any.iter().zip(&positive).take(9) {
        assert!((any.unwrap() - (positive.unwrap() * price).min(1.0)).abs() < 1e-12);
    }
}

#[test]
fn a_refused_test_is_no_test_and_makes_nobody_pay() {
    let with = adjust(&[Some(0.01), None, Some(0.02), None], Dependence::Any).unwrap();
    let without = adjust(&[Some(0.01), Some(0.02)], Dependence::Any).unwrap();
    assert_eq!([with[0], with[2]], [without[0], without[1]]);
    assert_eq!((with[1], with[3]), (None, None));
    assert_eq!(adjust(&[], Dependence::Any).unwrap(), []);
    assert_eq!(findings(&[None], Dependence::Any, 0.05).unwrap(), [false]);
}

#[test]
fn what_is_no_probability_is_named_by_position_all_at_once() {
    let p_values = [Some(1.5), Some(0.5), Some(f64::NAN), Some(-0.1)];
    assert_eq!(
        adjust(&p_values, Dependence::Any).unwrap_err(),
        [0, 2, 3].map(|index| DiscoveryError::NotAProbability { index })
    );
    assert!(findings(&[Some(0.5)], Dependence::Any, 0.0).is_err());
}

#[test]
fn among_152_tests_of_nothing_a_family_with_a_finding_is_rare() {
    let families = 400;
    let with_findings = (0..families)
        .filter(|&index| {
            let mut stream = Stream::new(38, index);
            let p_values: Vec<Option<f64>> = (0..152).map(|_| Some(stream.uniform())).collect();
            findings(&p_values, Dependence::Positive, 0.05).unwrap().contains(&true)
        })
        .count();
    // Five in a hundred, with room for three Monte-Carlo standard errors.
    assert!(with_findings <= 33, "{with_findings} of {families}");
}

proptest! {
    #[test]
    fn adjusting_never_makes_a_p_value_smaller_nor_changes_who_comes_first(
        p_values in prop::collection::vec(0.0..=1.0f64, 1..40),
    ) {
        for dependence in [Dependence::Positive, Dependence::Any] {
            let adjusted = adjust(&given(&p_values), dependence).unwrap();
            for (i, a) in adjusted.iter().enumerate() {
                let a = a.unwrap();
                prop_assert!(a >= p_values[i] && a <= 1.0);
                for (j, b) in adjusted.iter().enumerate() {
                    prop_assert!(p_values[i] > p_values[j] || a <= b.unwrap());
                }
            }
        }
    }
}
