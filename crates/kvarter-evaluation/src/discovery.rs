//! Many tests at once: how many of the findings are likely to be chance.
//!
//! 38 districts with four outcomes are 152 tests, of which eight or so would pass at five per cent if
//! nothing had worked anywhere. The procedures here bound the expected share of false findings among
//! the findings. A test that was refused is not a test: it stays `None` and does not count.

/// How the tests may hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Dependence {
    /// Independent or positively dependent: Benjamini & Hochberg 1995, *JRSS B* 57; Benjamini &
    /// Yekutieli 2001, theorem 1.2.
    Positive,
    /// Any dependence whatever: Benjamini & Yekutieli 2001, *Annals of Statistics* 29, theorem 1.3.
    /// The default, for outcomes of the same districts can pull in opposite directions.
    #[default]
    Any,
}

/// Why p-values cannot be adjusted.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    /// A p-value is not a number between 0 and 1.
    #[error("test {index} has a p-value outside 0 to 1")]
    NotAProbability {
        /// The test's position.
        index: usize,
    },
    /// The share of false findings allowed is not between 0 and 1.
    #[error("a false-discovery rate of {rate} is not between 0 and 1")]
    RateOutOfRange {
        /// What was asked for.
        rate: f64,
    },
}

/// Adjusted p-values, in the order given: the smallest false-discovery rate at which each test would
/// be a finding. Never below the p-value itself, and in the same order of size.
///
/// # Errors
/// Every p-value that is no probability, by position.
///
/// ```
/// use kvarter_evaluation::discovery::{Dependence, adjust};
/// let adjusted = adjust(&[Some(0.01), None, Some(0.04)], Dependence::Positive).unwrap();
/// assert_eq!(adjusted, [Some(0.02), None, Some(0.04)]);
/// ```
pub fn adjust(
    p_values: &[Option<f64>],
    dependence: Dependence,
) -> Result<Vec<Option<f64>>, Vec<DiscoveryError>> {
    let wrong: Vec<DiscoveryError> = p_values
        .iter()
        .enumerate()
        .filter(|(_, p)| p.is_some_and(|p| !(0.0..=1.0).contains(&p)))
        .map(|(index, _)| DiscoveryError::NotAProbability { index })
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut tests: Vec<(usize, f64)> =
        p_values.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
    tests.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    let count = tests.len();
    let price = match dependence {
        Dependence::Positive => 1.0,
        Dependence::Any => (1..=count).map(|i| 1.0 / i as f64).sum(),
    };
    let mut adjusted = vec![None; p_values.len()];
    let mut least: f64 = 1.0;
    for (from_top, (index, p)) in tests.into_iter().enumerate() {
        let rank = (count - from_top) as f64;
        // The factor is at least one, so that rounding cannot bring the product below p.
        least = least.min(p * (price * (count as f64 / rank)));
        adjusted[index] = Some(least);
    }
    Ok(adjusted)
}

/// Which tests are findings at a false-discovery rate. A test without a p-value is none.
///
/// # Errors
/// As [`adjust`]; also when the rate is not between 0 and 1.
pub fn findings(
    p_values: &[Option<f64>],
    dependence: Dependence,
    rate: f64,
) -> Result<Vec<bool>, Vec<DiscoveryError>> {
    if !(rate > 0.0 && rate < 1.0) {
        return Err(vec![DiscoveryError::RateOutOfRange { rate }]);
    }
    Ok(adjust(p_values, dependence)?.into_iter().map(|p| p.is_some_and(|p| p <= rate)).collect())
}
