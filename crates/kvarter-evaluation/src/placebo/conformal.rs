//! Conformal inference: are the gaps after the start unusual among all gaps?
//!
//! Under a hypothesis about the effect, what would have happened without the programme is known, the
//! synthetic control is fitted to *all* periods, and the gaps after the start are compared with the
//! same number of gaps at other times (Chernozhukov, Wüthrich & Zhu 2021, *JASA* 116, algorithm 1).
//! Exact if the gaps are exchangeable; under shuffling in blocks it is enough that they are stationary
//! and weakly dependent. Uses the outcomes' synthetic control, whatever other method is used beside it.

use crate::{
    design::Design,
    refusal::Refusal,
    simplex::{Points, Workspace, run},
    stream::Stream,
    synthetic::{Method, fit},
};

/// How gaps are shuffled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shuffle {
    /// All periods moved on in a circle: as many as there are periods, dependence over time kept.
    #[default]
    MovingBlock,
    /// Any order, drawn at random; the order as it is counts as one.
    Random {
        /// How many draws.
        draws: usize,
        /// The seed.
        seed: u64,
    },
}

/// What makes gaps large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Norm {
    /// The sum of absolute gaps: power against lasting effects.
    #[default]
    Sum,
    /// The largest absolute gap: power against short and strong ones.
    Largest,
}

/// The answer of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conformal {
    /// The share of shuffles whose gaps after the start are at least as large.
    pub p_value: f64,
    /// The least p-value that so many shuffles can give.
    pub least_p_value: f64,
}

/// The effects in one period that a test does not reject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The period.
    pub period: i64,
    /// The gap of the synthetic control fitted before the start.
    pub estimate: f64,
    /// The least effect that is not rejected.
    pub low: f64,
    /// The largest effect that is not rejected.
    pub high: f64,
}

/// Tests whether the effect is `effect` in every period from the start on (0 for no effect at all).
///
/// # Errors
/// [`Refusal::BadNumber`] if the effect is not finite; [`Refusal::Overflow`].
pub fn conformal_test(
    design: &Design,
    effect: f64,
    shuffle: Shuffle,
    norm: Norm,
) -> Result<Conformal, Refusal> {
    if !effect.is_finite() {
        return Err(Refusal::BadNumber { name: "effect" });
    }
    let periods: Vec<usize> = (0..design.periods().len()).collect();
    let mut test = Test::new(design, &periods);
    let p_value = test.p_value(effect, shuffle, norm)?;
    let shuffles = match shuffle {
        Shuffle::MovingBlock => periods.len(),
        Shuffle::Random { draws, .. } => draws + 1,
    };
    Ok(Conformal { p_value, least_p_value: 1.0 / shuffles as f64 })
}

/// For each period from the start on, the effects that are not rejected at `1 − level`: each period
/// is tested alone with those before the start, so that the intervals hold one at a time.
///
/// # Errors
/// [`Refusal::BadNumber`] if the level is not between 0 and 1; [`Refusal::TooFewPeriodsBefore`] if
/// with so few periods no effect can be rejected at that level (95 % needs 19 before the start);
/// [`Refusal::Overflow`].
pub fn conformal_intervals(design: &Design, level: f64) -> Result<Vec<Interval>, Refusal> {
    if !(level > 0.0 && level < 1.0) {
        return Err(Refusal::BadNumber { name: "level" });
    }
    let alpha = 1.0 - level;
    let before = design.before();
    // Rounding in 1 − 0.95 must not ask for a twentieth period more.
    let needed = (1.0 / alpha - 1e-9).ceil() as usize - 1;
    if before < needed {
        return Err(Refusal::TooFewPeriodsBefore { found: before, needed });
    }
    let own = fit(design, &Method::Outcomes)?;
    let size = design.target().iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let step = own.rmspe_before.max(1e-9 * size).max(f64::MIN_POSITIVE);
    let mut intervals = Vec::new();
    for at in before..design.periods().len() {
        let mut periods: Vec<usize> = (0..before).collect();
        periods.push(at);
        let mut test = Test::new(design, &periods);
        let estimate = own.gaps[at];
        let mut edge = |sign: f64| -> Result<f64, Refusal> {
            let mut rejected = |away: f64| -> Result<bool, Refusal> {
                let p = test.p_value(estimate + sign * away, Shuffle::MovingBlock, Norm::Sum)?;
                Ok(p <= alpha + 1e-12)
            };
            let (mut inside, mut outside) = (0.0, step);
            while !rejected(outside)? {
                inside = outside;
                outside *= 2.0;
                if !outside.is_finite() {
                    return Err(Refusal::Overflow);
                }
            }
            for _ in 0..50 {
                let middle = 0.5 * (inside + outside);
                if rejected(middle)? { outside = middle } else { inside = middle }
            }
            Ok(estimate + sign * outside)
        };
        let (low, high) = (edge(-1.0)?, edge(1.0)?);
        intervals.push(Interval { period: design.periods()[at], estimate, low, high });
    }
    Ok(intervals)
}

/// A design's chosen periods, to be fitted under one hypothesis after another.
struct Test<'a> {
    before: usize,
    target: Vec<f64>,
    rows: Vec<Vec<f64>>,
    design: &'a Design,
    workspace: Workspace,
    warm: Vec<usize>,
}

impl<'a> Test<'a> {
    fn new(design: &'a Design, periods: &[usize]) -> Self {
        let pick = |row: &[f64]| periods.iter().map(|t| row[*t]).collect::<Vec<f64>>();
        Self {
            before: periods.iter().filter(|t| **t < design.before()).count(),
            target: pick(design.target()),
            rows: (0..design.donors().len()).map(|donor| pick(design.donor(donor))).collect(),
            design,
            workspace: Workspace::default(),
            warm: Vec::new(),
        }
    }

    fn p_value(&mut self, effect: f64, shuffle: Shuffle, norm: Norm) -> Result<f64, Refusal> {
        let gaps = self.gaps(effect)?;
        let all = gaps.len();
        let late = self.before..all;
        let own = size(late.clone().map(|t| gaps[t]), norm);
        // What rounding makes smaller is not smaller.
        let least = own * (1.0 - 1e-12);
        let (mut count, mut shuffles) = (0, 0);
        match shuffle {
            Shuffle::MovingBlock => {
                for by in 0..all {
                    shuffles += 1;
                    count += usize::from(size(late.clone().map(|t| gaps[(t + by) % all]), norm) >= least);
                }
            }
            Shuffle::Random { draws, seed } => {
                shuffles += 1;
                count += 1;
                for draw in 0..draws {
                    let chosen = Stream::new(seed, draw as u64).sample(all, late.len());
                    shuffles += 1;
                    count += usize::from(size(chosen.into_iter().map(|t| gaps[t]), norm) >= least);
                }
            }
        }
        Ok(f64::from(count as u32) / f64::from(shuffles as u32))
    }

    /// Target minus synthetic in every period, fitted to all of them, with the effect taken away.
    fn gaps(&mut self, effect: f64) -> Result<Vec<f64>, Refusal> {
        let mut target = self.target.clone();
        for y in &mut target[self.before..] {
            *y -= effect;
        }
        let points = Points::new(&target, self.rows.iter().map(Vec::as_slice));
        let points = points.ok_or(Refusal::TooFewDonors { found: self.design.donors().len(), needed: 1 })?;
        run(&points, 0.0, &self.warm, &mut self.workspace).ok_or(Refusal::Overflow)?;
        self.warm = self.workspace.support().to_vec();
        for (donor, w) in self.workspace.support().iter().zip(self.workspace.support_weights()) {
            for (gap, y) in target.iter_mut().zip(&self.rows[*donor]) {
                *gap -= w * y;
            }
        }
        if target.iter().all(|gap| gap.is_finite()) { Ok(target) } else { Err(Refusal::Overflow) }
    }
}

fn size(gaps: impl Iterator<Item = f64>, norm: Norm) -> f64 {
    match norm {
        Norm::Sum => gaps.map(f64::abs).sum(),
        Norm::Largest => gaps.map(f64::abs).fold(0.0, f64::max),
    }
}
