//! Does a test keep its promise when nothing happened? Sizes by simulation, and critical values that do.
//!
//! With four to ten periods before the start many tests reject true nulls far more often than stated,
//! above all when the treated were chosen because they had just had a bad year and would have recovered
//! anyway (regression to the mean). [`size`] measures that; [`Calibration`] puts a p-value among those
//! of many nulls like the panel at hand, which brings the size back to its promise for such nulls.

use rayon::prelude::*;

use crate::stream::Stream;
use crate::trial::{Rejection, Test, Trial};

/// How a unit's values hang together over time, around level, trend and common factors.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Noise {
    /// Independent from period to period.
    White,
    /// First-order autoregression with this coefficient (|ρ| < 1), from its stationary start.
    Autoregressive(f64),
    /// Each period adds to the last.
    RandomWalk,
}

/// How the treated are picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Selection {
    /// By lot.
    Random,
    /// Those with the lowest value in the last period before the start.
    LowestLast,
    /// Those with the lowest mean before the start: deprived places, as programmes choose them.
    LowestMean,
}

/// A world without effects: yᵢₜ = level·aᵢ + δₜ + factor·Σᵣλᵢᵣfᵣₜ + εᵢₜ, with standard normal aᵢ and
/// λᵢᵣ, random-walk fᵣₜ and δₜ, and ε with unit variance (for a random walk: per step).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Null {
    /// Units, treated ones among them.
    pub units: usize,
    /// Treated units.
    pub treated: usize,
    /// Periods before the start.
    pub before: usize,
    /// Periods from the start on.
    pub after: usize,
    /// Standard deviation of the units' levels.
    pub level: f64,
    /// Common factors.
    pub factors: usize,
    /// How strongly they load.
    pub factor: f64,
    /// What is left.
    pub noise: Noise,
    /// How the treated are picked.
    pub selection: Selection,
}

impl Default for Null {
    fn default() -> Self {
        Self {
            units: 40,
            treated: 1,
            before: 8,
            after: 4,
            level: 3.0,
            factors: 1,
            factor: 0.5,
            noise: Noise::Autoregressive(0.5),
            selection: Selection::Random,
        }
    }
}

impl Null {
    /// The world numbered `index` under `seed`; `None` when the numbers describe no trial.
    pub fn draw(&self, seed: u64, index: u64) -> Option<Trial> {
        let mut stream = Stream::new(seed, index);
        let periods = self.before.checked_add(self.after)?;
        let walk = |stream: &mut Stream| -> Vec<f64> {
            (0..periods)
                .scan(0.0, |at, _| {
                    *at += stream.normal();
                    Some(*at)
                })
                .collect()
        };
        let common = walk(&mut stream);
        let factors: Vec<Vec<f64>> = (0..self.factors).map(|_| walk(&mut stream)).collect();
        let mut outcome = Vec::with_capacity(self.units.checked_mul(periods)?);
        for _ in 0..self.units {
            let level = self.level * stream.normal();
            let loads: Vec<f64> = factors.iter().map(|_| self.factor * stream.normal()).collect();
            let mut last = None;
            for t in 0..periods {
                let shared: f64 = loads.iter().zip(&factors).map(|(load, f)| load * f[t]).sum();
                let noise = self.noise.next(last, stream.normal());
                last = Some(noise);
                outcome.push(level + common[t] + shared + noise);
            }
        }
        let score = |unit: usize| {
            let row = &outcome[unit * periods..][..self.before];
            match self.selection {
                Selection::LowestLast => row.last().copied().unwrap_or(0.0),
                _ => row.iter().sum(),
            }
        };
        let treated = match self.selection {
            Selection::Random => stream.sample(self.units, self.treated),
            Selection::LowestLast | Selection::LowestMean => {
                let mut units: Vec<usize> = (0..self.units).collect();
                units.sort_by(|&a, &b| score(a).total_cmp(&score(b)));
                units.truncate(self.treated);
                units
            }
        };
        Trial::new(outcome, periods, treated, self.before)
    }
}

impl Noise {
    fn next(self, last: Option<f64>, shock: f64) -> f64 {
        match (self, last) {
            (Self::Autoregressive(rho), Some(last)) => rho * last + (1.0 - rho * rho).max(0.0).sqrt() * shock,
            (Self::RandomWalk, Some(last)) => last + shock,
            _ => shock,
        }
    }
}

/// P-values of a test on `trials` nulls, in order; spread over all cores, the same on any number.
pub fn null_p_values(null: &Null, test: &impl Test, trials: usize, seed: u64) -> Vec<Option<f64>> {
    (0..trials as u64)
        .into_par_iter()
        .map(|index| test.p_value(&null.draw(seed, index)?, seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
        .collect()
}

/// How often a test rejects at `alpha` although nothing happened.
pub fn size(null: &Null, test: &impl Test, alpha: f64, trials: usize, seed: u64) -> Rejection {
    Rejection::count(&null_p_values(null, test, trials, seed), alpha)
}

/// P-values that a test gives when nothing happened, by which a real one is judged.
///
/// Calibrate a test whose p-values are fine. Where a permutation test's smallest (one over its
/// assignments) already comes too often, nothing can be rejected any more: valid, but without power.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Ascending.
    nulls: Vec<f64>,
    refused: usize,
}

impl Calibration {
    /// Tries the test on `trials` nulls. `None` when it refused them all.
    pub fn new(null: &Null, test: &impl Test, trials: usize, seed: u64) -> Option<Self> {
        Self::from_p_values(&null_p_values(null, test, trials, seed))
    }

    /// From p-values under the null found elsewhere, such as those of placebos. `None` without any.
    pub fn from_p_values(p_values: &[Option<f64>]) -> Option<Self> {
        let mut nulls: Vec<f64> =
            p_values.iter().flatten().copied().filter(|p| (0.0..=1.0).contains(p)).collect();
        nulls.sort_by(f64::total_cmp);
        let refused = p_values.len() - nulls.len();
        (!nulls.is_empty()).then_some(Self { nulls, refused })
    }

    /// Nulls in which the test gave a p-value, and in which it refused.
    pub fn trials(&self) -> (usize, usize) {
        (self.nulls.len(), self.refused)
    }

    /// The share of nulls (this one among them) with a p-value as small: valid for nulls like these,
    /// whatever the raw p-value was worth.
    pub fn p_value(&self, raw: f64) -> f64 {
        let reached = self.nulls.partition_point(|&p| p <= raw * (1.0 + 1e-12));
        (reached + 1) as f64 / (self.nulls.len() + 1) as f64
    }

    /// The largest raw p-value that may count as a rejection at `alpha`; `None` when even the smallest
    /// of these nulls' p-values comes too often, or there are too few nulls to tell.
    pub fn critical(&self, alpha: f64) -> Option<f64> {
        let most = (alpha * (self.nulls.len() + 1) as f64 + 1e-9).floor() as usize;
        let last = *self.nulls.get(most.checked_sub(1)?)?;
        self.nulls.iter().rev().copied().find(|&p| p <= last && self.p_value(p) <= alpha * (1.0 + 1e-12))
    }
}
