//! The plan's own method and test, as a test that made-up interventions can be tried with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kvarter_evaluation::design::{Design, Donors, Question};
use kvarter_evaluation::did::{Term, TwoWay};
use kvarter_evaluation::distribution::normal_two_sided;
use kvarter_evaluation::panel::{Panel, Treatment};
use kvarter_evaluation::placebo::{Norm, Shuffle, conformal_test, in_space, in_space_among_nearest, in_time};
use kvarter_evaluation::plan::{LockedPlan, PlannedMethod, PlannedTest};
use kvarter_evaluation::staggered::{Aggregation, Base, Staggered};
use kvarter_evaluation::synthetic::{self, Sdid, VarianceMethod, variance};
use kvarter_evaluation::trial::{Test, Trial};

use super::super::differences::DRAWS as ASSIGNMENTS;
use super::super::synthetic::{DRAWS, method, ratio};

/// A ratio as large as this is that of an area followed to the last digit before the start, and says nothing.
const PERFECT: f64 = 1e3;

/// What a plan will do, made ready to be tried many times.
pub(super) struct Planned<'a> {
    plan: &'a LockedPlan,
    /// By seed, and so by draw. Weights, placebos and standard errors come from the periods before the start and
    /// from the untreated: one draw needs them once, whatever effect is then added.
    known: Mutex<HashMap<u64, Option<Arc<Known>>>>,
}

/// What does not change with the effect.
struct Known {
    /// A treated unit's first treated value when this was found: later effects are told by the difference.
    reference: f64,
    kind: Kind,
}

enum Kind {
    /// Gaps after the start, the size of those before it, and the others' ratios.
    Ratios { after: Vec<f64>, before: f64, others: Vec<f64> },
    /// An estimate and its standard error.
    Normal { effect: f64, error: f64 },
}

impl<'a> Planned<'a> {
    pub(super) fn new(plan: &'a LockedPlan) -> Self {
        Self { plan, known: Mutex::default() }
    }

    /// Draws in which some comparison followed its area to the last digit.
    pub(super) fn perfect(&self) -> usize {
        let perfect = |known: &Known| match &known.kind {
            Kind::Ratios { others, .. } => others.iter().any(|ratio| *ratio >= PERFECT),
            Kind::Normal { .. } => false,
        };
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.values().flatten().filter(|known| perfect(known)).count()
    }

    fn known(&self, trial: &Trial, seed: u64) -> Option<Arc<Known>> {
        let found = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&seed).cloned();
        if let Some(known) = found {
            return known;
        }
        let known = self.find(trial, seed).map(Arc::new);
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(seed, known.clone());
        known
    }

    fn find(&self, trial: &Trial, seed: u64) -> Option<Known> {
        let (all, design) = self.designs(trial)?;
        let method = method(self.plan, &design);
        let own = synthetic::fit(&design, &method).ok()?;
        let after = own.gaps[design.before()..].to_vec();
        let ratios = |others| Kind::Ratios { after, before: own.rmspe_before, others };
        let kind = match self.plan.test {
            PlannedTest::Space => {
                let space = match self.plan.nearest {
                    Some(nearest) => in_space_among_nearest(&all, &method, nearest as usize),
                    None => in_space(&all, &method),
                };
                ratios(space.ok()?.placebos.iter().map(|one| ratio(&one.fit)).collect())
            }
            PlannedTest::Time => {
                let starts = &design.periods()[2.min(design.before())..design.before()];
                let earlier = starts.iter().filter_map(|start| in_time(&design, &method, *start).ok());
                ratios(earlier.map(|fit| ratio(&fit)).collect())
            }
            _ => {
                let drawn = VarianceMethod::Placebo { draws: DRAWS, seed };
                let error = variance(&design, &Sdid::default(), drawn).ok()?.standard_error;
                (error > 0.0).then_some(Kind::Normal { effect: own.effect, error })?
            }
        };
        Some(Known { reference: first(trial), kind })
    }

    /// Everybody that can be compared with, and those that the plan compares with.
    fn designs(&self, trial: &Trial) -> Option<(Design, Design)> {
        let (panel, _) = trial.panel()?;
        let question = Question {
            treated: trial.treated().iter().map(|unit| panel.units()[*unit].clone()).collect(),
            start: panel.periods()[trial.start()],
            donors: Donors::All,
            excluded: std::collections::BTreeSet::new(),
            window: None,
        };
        let all = Design::new(&panel, &question, &[]).ok()?;
        let near = match self.plan.nearest {
            Some(count) => all.nearest(count as usize).ok()?,
            None => all.clone(),
        };
        Some((all, near))
    }

    fn difference(&self, panel: &Panel, treatment: &Treatment, seed: u64) -> Option<f64> {
        let level = 1.0 - self.plan.alpha;
        if self.plan.method == PlannedMethod::Did {
            let asked = TwoWay::default().with_level(level);
            return if self.plan.test == PlannedTest::Space {
                Some(asked.permutation(panel, treatment, ASSIGNMENTS, seed).ok()?.p_value)
            } else {
                let fit = asked.fit(panel, treatment).ok()?;
                Some(fit.coefficient(&Term::Treated)?.inference?.p_value)
            };
        }
        let asked = Staggered::default().with_base(Base::Universal).with_level(level);
        if self.plan.test == PlannedTest::Space {
            let told = asked.permutation(panel, treatment, Aggregation::Simple, ASSIGNMENTS, seed);
            Some(told.ok()?.p_value)
        } else {
            asked.fit(panel, treatment).ok()?.aggregate(Aggregation::Simple).ok()?.overall.p_value
        }
    }
}

fn first(trial: &Trial) -> f64 {
    trial.unit(trial.treated()[0])[trial.start()]
}

impl Test for Planned<'_> {
    fn p_value(&self, trial: &Trial, seed: u64) -> Option<f64> {
        if matches!(self.plan.method, PlannedMethod::Did | PlannedMethod::Cs) {
            let (panel, treatment) = trial.panel()?;
            return self.difference(&panel, &treatment, seed);
        }
        if self.plan.test == PlannedTest::Conformal {
            let (_, design) = self.designs(trial)?;
            return Some(conformal_test(&design, 0.0, Shuffle::MovingBlock, Norm::Sum).ok()?.p_value);
        }
        let known = self.known(trial, seed)?;
        let added = first(trial) - known.reference;
        match &known.kind {
            Kind::Ratios { after, before, others } => {
                if others.is_empty() {
                    return None;
                }
                let square = after.iter().map(|gap| (gap + added).powi(2)).sum::<f64>() / after.len() as f64;
                let own = if *before > 0.0 { square.sqrt() / before } else { f64::INFINITY };
                let rank = 1 + others.iter().filter(|other| **other >= own).count();
                Some(rank as f64 / (others.len() + 1) as f64)
            }
            Kind::Normal { effect, error } => Some(normal_two_sided((effect + added) / error)),
        }
    }
}
