//! The reasons, and the rules that find them.

use super::{Evidence, Limits};
use crate::refusal::Refusal;

/// What kind of break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BreakKind {
    /// What is counted was defined anew.
    Definition,
    /// The area's borders were moved.
    Border,
    /// The way of collecting changed.
    Collection,
}

/// A break in a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Break {
    /// Its kind.
    pub kind: BreakKind,
    /// The first period after it.
    pub period: i64,
    /// Whether it was handled: the series linked, recomputed for fixed borders, or shown to touch
    /// treated and donors alike.
    pub handled: bool,
}

/// How much a reason weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gravity {
    /// No verdict until it is handled.
    Blocks,
    /// Lowers the grade.
    Reservation,
    /// Explains it.
    Note,
}

/// A reason as a code with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// The method refused.
    Refused(Refusal),
    /// A number in the evidence is not finite or outside its range.
    BadNumber {
        /// Which.
        name: &'static str,
    },
    /// A break inside the window has not been handled.
    BreakNotHandled(Break),
    /// Too few periods before the start.
    TooFewPeriodsBefore {
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// No period from the start on.
    NoPeriodAfter,
    /// With so few comparison units the test could never have said that anything is unusual.
    TooFewDonors {
        /// How many there are.
        found: usize,
        /// The least p-value that they can give.
        least_p_value: f64,
    },
    /// The fit before the start is too poor.
    PoorFit {
        /// Relative to the donors' spread.
        relative: f64,
    },
    /// The target is far outside what the donors can be mixed to.
    FarFromHull {
        /// Relative to the donors' spread.
        relative: f64,
    },
    /// Most residents are others than at the start.
    MostMoved {
        /// Their share.
        share: f64,
    },
    /// Few periods before the start.
    FewPeriodsBefore {
        /// How many there are.
        found: usize,
        /// How many would be ample.
        ample: usize,
    },
    /// The fit before the start is weak.
    WeakFit {
        /// Relative to the donors' spread.
        relative: f64,
    },
    /// The fit before the start was not examined.
    FitUnknown,
    /// The target is somewhat outside what the donors can be mixed to.
    OutsideHull {
        /// Relative to the donors' spread.
        relative: f64,
    },
    /// Nearly all the weight is on one or two donors.
    Concentrated {
        /// The number of equal donors as concentrated.
        effective: f64,
    },
    /// Leaving out one donor changes the estimate much.
    RestsOnOneDonor {
        /// The least estimate when one is left out.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// There is as good as an effect before the start.
    EffectBeforeStart {
        /// The estimate of the placebo in time.
        backdated: f64,
    },
    /// Many residents moved.
    ManyMoved {
        /// Their share.
        share: f64,
    },
    /// A break inside the window was handled.
    BreakHandled(Break),
    /// Neighbours were not kept out of the donors.
    NoRing,
    /// The run deviates from the locked plan.
    Deviates {
        /// In how many ways.
        count: usize,
    },
    /// No plan was locked before the results existed.
    NoLockedPlan,
    /// The estimate is unusual among the placebos.
    Unusual {
        /// The p-value judged.
        p_value: f64,
        /// The level.
        alpha: f64,
    },
    /// The estimate is not unusual among the placebos.
    NotUnusual {
        /// The p-value judged.
        p_value: f64,
        /// The level.
        alpha: f64,
    },
    /// An effect that matters would have been found.
    WouldHaveBeenSeen {
        /// The smallest effect that would be found.
        detectable: f64,
        /// The smallest that would matter.
        relevant: f64,
    },
    /// An effect that matters could have been missed, or nobody knows.
    CouldHaveBeenMissed {
        /// The smallest effect that would be found, if known.
        detectable: Option<f64>,
        /// The smallest that would matter, if decided.
        relevant: Option<f64>,
    },
}

impl Reason {
    /// How much it weighs: the whole table.
    #[must_use]
    pub fn gravity(&self) -> Gravity {
        match self {
            Self::Refused(_)
            | Self::BadNumber { .. }
            | Self::BreakNotHandled(_)
            | Self::TooFewPeriodsBefore { .. }
            | Self::NoPeriodAfter
            | Self::TooFewDonors { .. }
            | Self::PoorFit { .. }
            | Self::FarFromHull { .. }
            | Self::MostMoved { .. } => Gravity::Blocks,
            Self::FewPeriodsBefore { .. }
            | Self::WeakFit { .. }
            | Self::FitUnknown
            | Self::OutsideHull { .. }
            | Self::Concentrated { .. }
            | Self::RestsOnOneDonor { .. }
            | Self::EffectBeforeStart { .. }
            | Self::ManyMoved { .. }
            | Self::BreakHandled(_)
            | Self::NoRing
            | Self::Deviates { .. }
            | Self::NoLockedPlan => Gravity::Reservation,
            Self::Unusual { .. }
            | Self::NotUnusual { .. }
            | Self::WouldHaveBeenSeen { .. }
            | Self::CouldHaveBeenMissed { .. } => Gravity::Note,
        }
    }

    /// The code, for the bundles and for JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::BadNumber { .. } => "bad-number",
            Self::BreakNotHandled(_) => "break-not-handled",
            Self::TooFewPeriodsBefore { .. } => "too-few-periods-before",
            Self::NoPeriodAfter => "no-period-after",
            Self::TooFewDonors { .. } => "too-few-donors",
            Self::PoorFit { .. } => "poor-fit",
            Self::FarFromHull { .. } => "far-from-hull",
            Self::MostMoved { .. } => "most-moved",
            Self::FewPeriodsBefore { .. } => "few-periods-before",
            Self::WeakFit { .. } => "weak-fit",
            Self::FitUnknown => "fit-unknown",
            Self::OutsideHull { .. } => "outside-hull",
            Self::Concentrated { .. } => "concentrated",
            Self::RestsOnOneDonor { .. } => "rests-on-one-donor",
            Self::EffectBeforeStart { .. } => "effect-before-start",
            Self::ManyMoved { .. } => "many-moved",
            Self::BreakHandled(_) => "break-handled",
            Self::NoRing => "no-ring",
            Self::Deviates { .. } => "deviates",
            Self::NoLockedPlan => "no-locked-plan",
            Self::Unusual { .. } => "unusual",
            Self::NotUnusual { .. } => "not-unusual",
            Self::WouldHaveBeenSeen { .. } => "would-have-been-seen",
            Self::CouldHaveBeenMissed { .. } => "could-have-been-missed",
        }
    }
}

/// Every blocking reason and reservation that the evidence gives.
pub(super) fn all(evidence: &Evidence, limits: &Limits) -> Vec<Reason> {
    let mut reasons: Vec<Reason> =
        bad_numbers(evidence).into_iter().map(|name| Reason::BadNumber { name }).collect();
    let (first, last) = evidence.window;
    for found in evidence.breaks.iter().filter(|found| found.period > first && found.period <= last) {
        reasons.push(if found.handled {
            Reason::BreakHandled(*found)
        } else {
            Reason::BreakNotHandled(*found)
        });
    }
    let found = evidence.periods_before;
    if found < limits.periods_before {
        reasons.push(Reason::TooFewPeriodsBefore { found, needed: limits.periods_before });
    } else if found < limits.periods_before_ample {
        reasons.push(Reason::FewPeriodsBefore { found, ample: limits.periods_before_ample });
    }
    if evidence.periods_after == 0 {
        reasons.push(Reason::NoPeriodAfter);
    }
    // Rounding in 1/20 must not make twenty units too few.
    if evidence.donors == 0 || evidence.least_p_value > evidence.alpha * (1.0 + 1e-12) {
        let least_p_value = evidence.least_p_value;
        reasons.push(Reason::TooFewDonors { found: evidence.donors, least_p_value });
    }
    match evidence.relative_fit {
        Some(relative) if relative > limits.fit_poor => reasons.push(Reason::PoorFit { relative }),
        Some(relative) if relative > limits.fit_weak => reasons.push(Reason::WeakFit { relative }),
        Some(_) => {}
        None => reasons.push(Reason::FitUnknown),
    }
    if let Some(relative) = evidence.relative_hull_distance {
        if relative > limits.hull_far {
            reasons.push(Reason::FarFromHull { relative });
        } else if relative > limits.hull_outside {
            reasons.push(Reason::OutsideHull { relative });
        }
    }
    if let Some(effective) = evidence.effective_donors
        && effective < limits.effective_donors
    {
        reasons.push(Reason::Concentrated { effective });
    }
    if let Some((low, high)) = evidence.leave_one_out {
        let kept = (1.0 - limits.one_donor_share) * evidence.effect;
        let lost = if evidence.effect > 0.0 { low < kept } else { high > kept };
        if lost {
            reasons.push(Reason::RestsOnOneDonor { low, high });
        }
    }
    if let Some(backdated) = evidence.backdated_effect
        && backdated.abs() >= limits.backdated_share * evidence.effect.abs()
        && backdated != 0.0
    {
        reasons.push(Reason::EffectBeforeStart { backdated });
    }
    if let Some(share) = evidence.movers {
        if share > limits.movers_most {
            reasons.push(Reason::MostMoved { share });
        } else if share > limits.movers_many {
            reasons.push(Reason::ManyMoved { share });
        }
    }
    if !evidence.ring_excluded {
        reasons.push(Reason::NoRing);
    }
    match evidence.deviations {
        None => reasons.push(Reason::NoLockedPlan),
        Some(0) => {}
        Some(count) => reasons.push(Reason::Deviates { count }),
    }
    reasons
}

fn bad_numbers(evidence: &Evidence) -> Vec<&'static str> {
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let size = |x: f64| x.is_finite() && x >= 0.0;
    let mut bad = Vec::new();
    let mut check = |name, fine: bool| {
        if !fine {
            bad.push(name);
        }
    };
    check("effect", evidence.effect.is_finite());
    check("p-value", share(evidence.p_value));
    check("least p-value", share(evidence.least_p_value));
    check("adjusted p-value", evidence.adjusted_p_value.is_none_or(share));
    check("alpha", evidence.alpha > 0.0 && evidence.alpha < 1.0);
    check("relative fit", evidence.relative_fit.is_none_or(size));
    check("relative hull distance", evidence.relative_hull_distance.is_none_or(size));
    check("effective donors", evidence.effective_donors.is_none_or(size));
    let finite = |(low, high): (f64, f64)| low.is_finite() && high.is_finite();
    check("leave one out", evidence.leave_one_out.is_none_or(finite));
    check("backdated effect", evidence.backdated_effect.is_none_or(f64::is_finite));
    check("detectable", evidence.detectable.is_none_or(size));
    check("relevant", evidence.relevant.is_none_or(size));
    check("movers", evidence.movers.is_none_or(share));
    bad
}
