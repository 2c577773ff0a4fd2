//! Every untreated area in the country as a placebo.
//!
//! Each treated area gets a synthetic control from its nearest untreated areas, and so does each
//! untreated area, as if it had been treated: the distribution that the treated are held against
//! (Abadie, Diamond & Hainmueller 2010, § 3.4, carried out over a whole country; donors limited to near
//! ones as Abadie 2021, *JEL* 59, § 4, advises against interpolation bias). Cost grows with areas ×
//! donors × periods; the search for neighbours passes over most pairs.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    neighbours::{Neighbours, Room},
    panel::{Panel, Treatment},
    refusal::Refusal,
    simplex::{Points, Workspace, run},
    synthetic::{mean, root_mean_square},
};

/// What is asked of a whole country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct National {
    /// The cohort: the treated with this start are evaluated; those with other starts take no part.
    pub start: i64,
    /// How many nearest donors each area gets (or all there are, if fewer).
    pub donors: usize,
    /// The first and last period to use; `None` for all of the panel.
    pub window: Option<(i64, i64)>,
    /// For a unit, the units that must not be its donors: its ring. Rings around untreated areas
    /// make the placebos like the treated.
    pub rings: BTreeMap<String, BTreeSet<String>>,
}

/// One area's synthetic control.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The unit (index in the panel).
    pub unit: usize,
    /// The donors with weight (indices in the panel) and their weights.
    pub weights: Vec<(usize, f64)>,
    /// Outcome minus synthetic, in each period of the window.
    pub gaps: Vec<f64>,
    /// The mean gap from the start on.
    pub effect: f64,
    /// The root of the mean squared gap before the start.
    pub rmspe_before: f64,
    /// The root of the mean squared gap from the start on.
    pub rmspe_after: f64,
    /// The relative duality gap of the weights (see [`Certificate`](crate::simplex::Certificate)).
    pub relative_gap: f64,
}

impl Area {
    /// How much worse the fit is after the start than before; infinite where it is perfect before.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        if self.rmspe_before > 0.0 { self.rmspe_after / self.rmspe_before } else { f64::INFINITY }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// The periods of the window.
    pub periods: Vec<i64>,
    /// How many of them are before the start.
    pub before: usize,
    /// The treated of the cohort, in the panel's order.
    pub treated: Vec<Area>,
    /// The untreated, in the panel's order.
    pub placebos: Vec<Area>,
    /// For each treated: the share of placebos and itself whose ratio of fit after to fit before is at
    /// least its own (never below 1 / (placebos + 1)).
    pub p_values: Vec<f64>,
    /// Units that lack an outcome in the window (indices in the panel); they take no part.
    pub left_out: Vec<usize>,
}

/// Evaluates a cohort against every untreated area.
///
/// Spread over threads; the result does not depend on how many. Memory is linear in the panel.
///
/// # Errors
/// [`Refusal::EmptyWindow`], [`Refusal::TooFewPeriodsBefore`] (two are needed),
/// [`Refusal::NoPeriodAfter`]; [`Refusal::NobodyTreated`] if no unit of the cohort is complete;
/// [`Refusal::TooFewDonors`] if fewer than two untreated areas are complete or no donor is asked for;
/// [`Refusal::ConstantOutcome`]; [`Refusal::Overflow`].
pub fn evaluate(panel: &Panel, treatment: &Treatment, question: &National) -> Result<Country, Refusal> {
    let all = panel.periods();
    let (from, to) = question.window.unwrap_or((all[0], all[all.len() - 1]));
    let first = all.partition_point(|period| *period < from);
    let end = all.partition_point(|period| *period <= to);
    if first >= end {
        return Err(Refusal::EmptyWindow { from, to });
    }
    let periods = all[first..end].to_vec();
    let before = periods.partition_point(|period| *period < question.start);
    if before < 2 {
        return Err(Refusal::TooFewPeriodsBefore { found: before, needed: 2 });
    }
    if before == periods.len() {
        return Err(Refusal::NoPeriodAfter { start: question.start });
    }
    let mut left_out = Vec::new();
    let mut complete = |units: Vec<usize>| -> Vec<usize> {
        let (there, lacking) =
            units.into_iter().partition(|unit| panel.outcome().span(*unit, first..end).is_some());
        left_out.extend::<Vec<usize>>(lacking);
        there
    };
    let treated = treatment.treated().filter(|unit| treatment.start(*unit) == Some(question.start));
    let treated = complete(treated.collect());
    let untreated = complete(treatment.untreated().collect());
    left_out.sort_unstable();
    if treated.is_empty() {
        return Err(Refusal::NobodyTreated);
    }
    if untreated.len() < 2 || question.donors == 0 {
        return Err(Refusal::TooFewDonors { found: untreated.len().min(question.donors), needed: 2 });
    }

    let early: Vec<f64> = untreated
        .iter()
        .flat_map(|unit| panel.outcome().span(*unit, first..first + before).into_iter().flatten().copied())
        .collect();
    if early.iter().all(|value| *value == early[0]) {
        return Err(Refusal::ConstantOutcome);
    }
    let task = Task {
        panel,
        question,
        window: first..end,
        before,
        untreated: &untreated,
        neighbours: Neighbours::new(&early, before),
    };
    let go = |units: &[usize]| -> Result<Vec<Area>, Refusal> {
        units.par_iter().map_init(Thread::default, |thread, unit| task.area(*unit, thread)).collect()
    };
    let placebos = go(&untreated)?;
    let treated = go(&treated)?;
    let mut ratios: Vec<f64> = placebos.iter().map(Area::ratio).collect();
    ratios.sort_by(f64::total_cmp);
    let p_values = treated
        .iter()
        .map(|area| {
            let lower = ratios.partition_point(|ratio| *ratio < area.ratio());
            (ratios.len() - lower + 1) as f64 / (ratios.len() + 1) as f64
        })
        .collect();
    Ok(Country { periods, before, treated, placebos, p_values, left_out })
}

/// What all areas share.
struct Task<'a> {
    panel: &'a Panel,
    question: &'a National,
    window: std::ops::Range<usize>,
    before: usize,
    untreated: &'a [usize],
    neighbours: Neighbours<'a>,
}

/// What a thread uses again.
#[derive(Default)]
struct Thread {
    room: Room,
    near: Vec<usize>,
    points: Points,
    workspace: Workspace,
}

impl Task<'_> {
    fn row(&self, unit: usize) -> &[f64] {
        self.panel.outcome().span(unit, self.window.clone()).unwrap_or_default()
    }

    fn area(&self, unit: usize, thread: &mut Thread) -> Result<Area, Refusal> {
        let series = self.row(unit);
        let early = &series[..self.before];
        let ring = self.question.rings.get(&self.panel.units()[unit]);
        let skip = |at: usize| {
            let donor = self.untreated[at];
            donor == unit || ring.is_some_and(|ring| ring.contains(&self.panel.units()[donor]))
        };
        self.neighbours.nearest(early, self.question.donors, skip, &mut thread.room, &mut thread.near);
        if thread.near.is_empty() {
            return Err(Refusal::TooFewDonors { found: 0, needed: 1 });
        }
        let rows: Vec<&[f64]> =
            thread.near.iter().map(|at| &self.row(self.untreated[*at])[..self.before]).collect();
        thread.points.refill(early, &rows);
        let certificate = run(&thread.points, 0.0, &[], &mut thread.workspace).ok_or(Refusal::Overflow)?;
        let mut weights: Vec<(usize, f64)> = thread
            .workspace
            .support()
            .iter()
            .zip(thread.workspace.support_weights())
            .map(|(at, w)| (self.untreated[thread.near[*at]], *w))
            .collect();
        weights.sort_unstable_by_key(|(donor, _)| *donor);
        let mut gaps = series.to_vec();
        for (donor, w) in &weights {
            for (gap, y) in gaps.iter_mut().zip(self.row(*donor)) {
                *gap -= w * y;
            }
        }
        let (early, late) = gaps.split_at(self.before);
        let area = Area {
            unit,
            effect: mean(late),
            rmspe_before: root_mean_square(early),
            rmspe_after: root_mean_square(late),
            weights,
            gaps,
            relative_gap: certificate.relative_gap,
        };
        let fine = area.rmspe_before.is_finite() && area.rmspe_after.is_finite();
        if fine { Ok(area) } else { Err(Refusal::Overflow) }
    }
}
