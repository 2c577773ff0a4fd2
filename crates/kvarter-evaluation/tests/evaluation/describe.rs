//! Shares, rates and gaps.

use kvarter_evaluation::describe::{Caution, CountInterval, DescribeError, gap, rate, share};
use proptest::prelude::*;

fn close(found: (f64, f64), expected: (f64, f64), within: f64) {
    assert!(
        (found.0 - expected.0).abs() < within && (found.1 - expected.1).abs() < within,
        "{found:?} for {expected:?}"
    );
}

#[test]
fn shares_have_the_intervals_that_newcombe_printed() {
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (events, of, expected) in [
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ] {
        close(share(events, of, 0.95).unwrap().interval, expected, 5e-5);
    }
}

#[test]
fn rates_have_exact_limits_and_byars_are_near_them() {
    // Garwood's limits for ten events: 4.7954 to 18.3904.
    let exact = rate(10, 1_000, 1_000.0, CountInterval::Exact, 0.95).unwrap();
    close(exact.interval, (4.7954, 18.3904), 5e-5);
    let byar = rate(10, 1_000, 1_000.0, CountInterval::Byar, 0.95).unwrap();
    close(byar.interval, exact.interval, 0.02);
    assert_eq!(exact.cautions, [Caution::FewEvents]);
    let none = rate(0, 50, 1_000.0, CountInterval::Exact, 0.95).unwrap();
    close(none.interval, (0.0, 73.7776), 5e-5);
    assert_eq!(none.cautions, [Caution::FewEvents, Caution::SmallBase]);
}

#[test]
fn a_gap_of_shares_has_the_interval_that_newcombe_printed() {
    // Newcombe 1998 (differences), table II, method 10: 56/70 − 48/80 is 0.0524 to 0.3339.
    let found = gap(&share(56, 70, 0.95).unwrap(), &share(48, 80, 0.95).unwrap());
    assert!((found.value - 0.2).abs() < 1e-12);
    close(found.interval, (0.0524, 0.3339), 5e-5);
}

#[test]
fn figures_of_nobody_are_refused() {
    assert_eq!(share(0, 0, 0.95).unwrap_err(), DescribeError::EmptyPopulation);
    assert_eq!(share(3, 2, 0.95).unwrap_err(), DescribeError::MoreThanAll { events: 3, population: 2 });
    assert_eq!(share(1, 2, 1.0).unwrap_err(), DescribeError::LevelOutOfRange { level: 1.0 });
    assert!(share(1, 2, f64::NAN).is_err());
    assert!(rate(1, 0, 1_000.0, CountInterval::Exact, 0.95).is_err());
    assert!(rate(1, 10, 0.0, CountInterval::Exact, 0.95).is_err());
    assert!(rate(1, 10, f64::INFINITY, CountInterval::Byar, 0.95).is_err());
}

proptest! {
    #[test]
    fn every_interval_is_finite_and_holds_its_figure(events in 0u64..5_000, more in 0u64..5_000, level in 0.5..0.999f64) {
        let population = events + more;
        prop_assume!(population > 0);
        let found = share(events, population, level).unwrap();
        prop_assert!(0.0 <= found.interval.0 && found.interval.1 <= 1.0);
        for figure in [
            found,
            rate(events, population, 1e5, CountInterval::Exact, level).unwrap(),
            rate(events, population, 1e5, CountInterval::Byar, level).unwrap(),
        ] {
            prop_assert!(figure.interval.0 <= figure.value + 1e-12 && figure.value <= figure.interval.1 + 1e-12);
            prop_assert!(figure.interval.0.is_finite() && figure.interval.1.is_finite());
        }
    }
}
