//! Intervals that hold for all parts at once: the multiplier bootstrap (Callaway & Sant'Anna 2021,
//! algorithm 1).
//!
//! Each draw weighs every unit's (or cluster's) influence by a random number with mean 0 and variance
//! 1; the estimates are not computed anew. Spreads are read off the middle half of the draws, so a few
//! wild ones do not matter, and the critical value is a quantile of the largest |t| of each draw.

use rayon::prelude::*;

use super::{Refusal, Refused, Summary};
use crate::distribution::{NORMAL_IQR, normal_quantile};
use crate::stream::Stream;

/// Which random weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Weights {
    /// Two points, third moment 1 (Mammen 1993, *Annals of Statistics* 21).
    #[default]
    Mammen,
    /// ±1 with equal chance.
    Rademacher,
}

/// How to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multiplier {
    /// Draws; at least [`FEWEST_DRAWS`].
    pub draws: usize,
    /// The seed: with it the bands are the same on any number of threads.
    pub seed: u64,
    /// Which random weights.
    pub weights: Weights,
}

impl Default for Multiplier {
    fn default() -> Self {
        Self { draws: 999, seed: 0, weights: Weights::Mammen }
    }
}

/// With fewer draws than this a 95 % quantile is noise.
pub const FEWEST_DRAWS: usize = 99;

/// One part's band.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Band {
    /// The part: cohort's start, period, or distance; `None` for the overall of
    /// [`super::Aggregation::Simple`].
    pub key: Option<i64>,
    /// In the outcome's unit.
    pub value: f64,
    /// From the bootstrap.
    pub standard_error: Option<f64>,
    /// Holds together with all the others at the level asked for.
    pub interval: Option<(f64, f64)>,
}

/// Simultaneous bands.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Bands {
    /// Standard errors to go each way; never below the pointwise normal value. Guarded parts go as far
    /// in their own t distribution.
    pub critical: f64,
    /// One for each part.
    pub bands: Vec<Band>,
    /// How it was drawn.
    pub multiplier: Multiplier,
}

impl Summary {
    /// Simultaneous bands over the parts (for [`super::Aggregation::Simple`]: of the overall effect).
    ///
    /// # Errors
    /// [`Refusal::TooFewDraws`]; [`Refusal::NoStandardError`] when no part's influence varies.
    pub fn bands(&self, multiplier: &Multiplier) -> Result<Bands, Refused> {
        if multiplier.draws < FEWEST_DRAWS {
            return Err(Refused(vec![Refusal::TooFewDraws { draws: multiplier.draws }]));
        }
        let overall = [(None, &self.overall)];
        let parts: Vec<(Option<i64>, &super::Estimate)> = if self.parts.is_empty() {
            overall.to_vec()
        } else {
            self.parts.iter().map(|(k, e)| (Some(*k), e)).collect()
        };
        let clusters = self.influence.len() / parts.len();
        let draws: Vec<Vec<f64>> = (0..multiplier.draws as u64)
            .into_par_iter()
            .map_init(
                || vec![0.0; clusters],
                |weights, index| {
                    fill(weights, multiplier.weights, &mut Stream::new(multiplier.seed, index));
                    self.influence
                        .chunks_exact(clusters)
                        .map(|psi| lanes(psi, weights) / self.n as f64)
                        .collect()
                },
            )
            .collect();
        let spreads: Vec<Option<f64>> = (0..parts.len())
            .map(|part| {
                let mut drawn: Vec<f64> = draws.iter().map(|d| d[part]).collect();
                drawn.sort_by(f64::total_cmp);
                let spread = (quantile(&drawn, 0.75) - quantile(&drawn, 0.25)) / NORMAL_IQR;
                // A part without a standard error is a reference and takes no room in the bands, and neither
                // does one of which most draws differ by rounding alone.
                parts[part].1.standard_error.filter(|error| spread > 1e-9 * error).map(|_| spread)
            })
            .collect();
        let mut largest: Vec<f64> = draws
            .iter()
            .map(|d| d.iter().zip(&spreads).filter_map(|(x, s)| s.map(|s| (x / s).abs())).fold(0.0, f64::max))
            .collect();
        if spreads.iter().all(Option::is_none) {
            return Err(Refused(vec![Refusal::NoStandardError]));
        }
        largest.sort_by(f64::total_cmp);
        let pointwise = normal_quantile(0.5 + 0.5 * self.level).unwrap_or(0.0);
        let critical = quantile(&largest, self.level).max(pointwise);
        let bands = parts
            .iter()
            .zip(&spreads)
            .map(|((key, estimate), &standard_error)| {
                // A part without a guard where one is asked for has no honest interval.
                let reach = match (self.guarded, estimate.guard) {
                    (false, _) => Some(critical),
                    (true, guard) => guard.and_then(|g| g.stretch(critical)),
                };
                let interval = standard_error
                    .zip(reach)
                    .map(|(se, reach)| (estimate.value - reach * se, estimate.value + reach * se));
                Band { key: *key, value: estimate.value, standard_error, interval }
            })
            .collect();
        Ok(Bands { critical, bands, multiplier: *multiplier })
    }
}

fn fill(weights: &mut [f64], kind: Weights, stream: &mut Stream) {
    match kind {
        Weights::Rademacher => {
            for chunk in weights.chunks_mut(64) {
                let mut bits = stream.bits();
                for w in chunk {
                    *w = if bits & 1 == 1 { 1.0 } else { -1.0 };
                    bits >>= 1;
                }
            }
        }
        Weights::Mammen => {
            let root = 5.0_f64.sqrt();
            let (low, high) = (0.5 * (1.0 - root), 0.5 * (1.0 + root));
            let chance = (root + 1.0) / (2.0 * root);
            for w in weights {
                *w = if stream.uniform() < chance { low } else { high };
            }
        }
    }
}

/// The smallest value with at least a share `p` at or below it (R's type 1).
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let rank = (p * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted[rank.min(sorted.len()) - 1]
}

/// A dot product in eight lanes: quick, and always summed in the same order.
fn lanes(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f64 = a8.remainder().iter().zip(b8.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a8.zip(b8) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + tail
}
