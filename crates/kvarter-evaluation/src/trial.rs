//! Made-up interventions: outcomes, who is said to be treated, from when; and a test to try on them.
//!
//! Power and size are found by trying a test on many of them. The test sees a trial as it would see
//! the real panel, and answers with a p-value or with a refusal.

use crate::panel::{Panel, Treatment};

/// A balanced panel in which some units are said to be treated from some period on.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// `units × periods` finite values, row-major.
    outcome: Vec<f64>,
    periods: usize,
    treated: Vec<usize>,
    start: usize,
}

impl Trial {
    /// `None` unless the values make whole rows and are finite, the treated are different units among
    /// them with somebody left over, and 0 < start < periods.
    pub fn new(outcome: Vec<f64>, periods: usize, mut treated: Vec<usize>, start: usize) -> Option<Self> {
        treated.sort_unstable();
        treated.dedup();
        let units = outcome.len().checked_div(periods)?;
        let sound = outcome.len() == units * periods
            && outcome.iter().all(|y| y.is_finite())
            && !treated.is_empty()
            && treated.len() < units
            && treated.last().is_some_and(|&last| last < units)
            && (1..periods).contains(&start);
        sound.then_some(Self { outcome, periods, treated, start })
    }

    /// All values, `units × periods`, row-major.
    pub fn outcome(&self) -> &[f64] {
        &self.outcome
    }

    /// One unit's values.
    pub fn unit(&self, unit: usize) -> &[f64] {
        &self.outcome[unit * self.periods..][..self.periods]
    }

    /// How many units.
    pub fn units(&self) -> usize {
        self.outcome.len() / self.periods
    }

    /// How many periods.
    pub fn periods(&self) -> usize {
        self.periods
    }

    /// The treated units, ascending.
    pub fn treated(&self) -> &[usize] {
        &self.treated
    }

    /// The first treated period, as a position.
    pub fn start(&self) -> usize {
        self.start
    }

    /// The same with `effect` added to the treated units from the start on.
    #[must_use]
    pub fn with_effect(mut self, effect: f64) -> Self {
        for &unit in &self.treated {
            for y in &mut self.outcome[unit * self.periods + self.start..(unit + 1) * self.periods] {
                *y += effect;
            }
        }
        self
    }

    /// The trial as a panel with nine-digit names and periods 0, 1, …, for methods that take
    /// one. `None` when it is larger than a panel may be.
    pub fn panel(&self) -> Option<(Panel, Treatment)> {
        // As wide as the largest number, so that the panel's order by name is the order here.
        let names: Vec<String> = (0..self.units()).map(|unit| format!("{unit:09}")).collect();
        let labels: Vec<i64> = (0..).take(self.periods).collect();
        let values: Vec<Option<f64>> = self.outcome.iter().copied().map(Some).collect();
        let panel = Panel::from_matrix(&names, &labels, &values).ok()?;
        let start = labels[self.start];
        let treated = self.treated.iter().map(|&unit| (names[unit].as_str(), start));
        let treatment = Treatment::new(&panel, treated).ok()?;
        Some((panel, treatment))
    }
}

/// A test of no effect.
pub trait Test: Sync {
    /// The two-sided p-value, or `None` when the test refuses. Whatever it draws at random must come
    /// from `seed`.
    fn p_value(&self, trial: &Trial, seed: u64) -> Option<f64>;
}

impl<F: Fn(&Trial, u64) -> Option<f64> + Sync> Test for F {
    fn p_value(&self, trial: &Trial, seed: u64) -> Option<f64> {
        self(trial, seed)
    }
}

/// How often a test rejected, and how sure that figure is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Rejection {
    /// Trials in which the test gave a p-value.
    pub trials: usize,
    /// Of these, how many rejected.
    pub rejected: usize,
    /// Trials in which it refused.
    pub refused: usize,
    /// rejected / trials; `None` when it always refused.
    pub rate: Option<f64>,
    /// √(rate(1 − rate)/trials): the Monte-Carlo standard error.
    pub monte_carlo_error: Option<f64>,
    /// Wilson's 95 % interval for the rate.
    pub interval: Option<(f64, f64)>,
}

impl Rejection {
    /// Counts p-values at most `alpha`. A value that is no probability counts as a refusal.
    pub fn count(p_values: &[Option<f64>], alpha: f64) -> Self {
        let given: Vec<f64> =
            p_values.iter().flatten().copied().filter(|p| (0.0..=1.0).contains(p)).collect();
        let rejected = given.iter().filter(|&&p| p <= alpha * (1.0 + 1e-12)).count();
        let share = crate::describe::share(rejected as u64, given.len() as u64, 0.95).ok();
        Self {
            trials: given.len(),
            rejected,
            refused: p_values.len() - given.len(),
            rate: share.as_ref().map(|s| s.value),
            monte_carlo_error: share
                .as_ref()
                .map(|s| (s.value * (1.0 - s.value) / given.len() as f64).sqrt()),
            interval: share.map(|s| s.interval),
        }
    }
}
