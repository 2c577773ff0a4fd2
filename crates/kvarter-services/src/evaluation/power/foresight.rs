//! What was tried and how often it was found, as numbers and codes.

use serde::Serialize;

use super::super::code::{Code, Told};
use super::super::study::{PanelRead, Plan};

/// What could be found, before anybody intervened. Effects are in the outcome's unit.
#[derive(Debug, Clone, Serialize)]
pub struct Foresight {
    /// What will be done, as a plan; how it stands to the locked one.
    pub plan: Plan,
    /// What was read.
    pub panel: PanelRead,
    /// Periods before the start that the panel has: all that was used.
    pub periods_before: usize,
    /// Periods planned from the start on, as many as were tried.
    pub periods_after: usize,
    /// Where that number is from: `asked`, `window`, or `third` of those before.
    pub periods_after_from: &'static str,
    /// Periods before the start in what was tried: the fewer, since the last ones stand in for those after.
    pub tried_before: usize,
    /// Untreated areas that effects were added to.
    pub candidates: usize,
    /// Areas that cannot be used since they lack a value before the start.
    pub left_out: Vec<String>,
    /// Made-up interventions for each size.
    pub trials: usize,
    /// Whether every untreated area was tried once, and nothing drawn by lot.
    pub exhaustive: bool,
    /// How often counts as enough.
    pub power: f64,
    /// How often each size was found, ascending; zero among them.
    pub curve: Vec<Tried>,
    /// How often something was found where there was nothing.
    pub false_alarms: Tried,
    /// The smallest effect found often enough. Where no direction is said, the larger of the two.
    pub detectable: Told<Detectable>,
    /// Whether the smallest effect that matters would be found.
    pub relevant: Told<Relevant>,
    /// What to read it with.
    pub cautions: Vec<Code>,
}

/// A size, and how often it was found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tried {
    /// The effect that was added.
    pub effect: f64,
    /// The share of made-up interventions in which the test found something; none if it always refused.
    pub found: Option<f64>,
    /// Its Monte-Carlo standard error.
    pub monte_carlo_error: Option<f64>,
    /// Wilson's 95 % interval for it.
    pub interval: Option<(f64, f64)>,
    /// In how many the test refused.
    pub refused: usize,
}

/// A minimum detectable effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Detectable {
    /// Negative for a decrease.
    pub effect: f64,
    /// What the number of trials leaves open: surely too small, and surely enough, if any tried is.
    pub range: (f64, Option<f64>),
}

/// The smallest effect that matters.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Relevant {
    /// Negative for a decrease.
    pub effect: f64,
    /// The share of made-up interventions in which it was found.
    pub found: f64,
    /// Whether that is often enough.
    pub enough: bool,
}

impl Foresight {
    /// Whether the method could say anything of what was tried.
    pub fn is_answered(&self) -> bool {
        self.false_alarms.found.is_some()
    }
}
