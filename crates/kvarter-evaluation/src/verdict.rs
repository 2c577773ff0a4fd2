//! What may be said, from A to E.
//!
//! A verdict is about *effect*: whether the programme changed the outcome. Whether the goal was
//! attained is another question with another answer (a goal can be met because the whole country
//! improved, and missed although the programme helped); nothing here knows the goal.
//!
//! [`judge`] is a pure function of the [`Evidence`] and of a table of limits, [`Limits`], that can be
//! read aloud. It gives codes; the sentences are the caller's.

use crate::refusal::Refusal;

mod reasons;

pub use reasons::{Break, BreakKind, Gravity, Reason};

/// The grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// An effect is shown, and nothing speaks against it.
    A,
    /// An effect is shown, with one reservation.
    B,
    /// An effect is seen, with several reservations.
    C,
    /// No effect is seen, and one that matters would have been.
    D,
    /// It cannot be determined.
    E,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The outcome is higher than without the programme.
    Increase,
    /// The outcome is lower.
    Decrease,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Finding {
    /// An effect in the direction that was intended.
    AsIntended(Direction),
    /// An effect in the other direction.
    Against(Direction),
    /// No effect of a size that matters.
    None,
    /// Nothing can be said.
    Undetermined,
}

/// A verdict with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The grade.
    pub grade: Grade,
    /// What was found.
    pub finding: Finding,
    /// Why, the gravest first; in the order of the rules within equal gravity.
    pub reasons: Vec<Reason>,
}

/// Everything that a verdict rests on. What was not examined is `None`, and is said to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Which way the programme was meant to change the outcome.
    pub intended: Direction,
    /// The estimate, in the outcome's unit.
    pub effect: f64,
    /// Its p-value.
    pub p_value: f64,
    /// The least p-value that the test could have given.
    pub least_p_value: f64,
    /// The p-value after false-discovery control, where several questions were asked at once. Judged
    /// in place of `p_value`.
    pub adjusted_p_value: Option<f64>,
    /// The level, decided before (0.05).
    pub alpha: f64,
    /// Periods before the start.
    pub periods_before: usize,
    /// Periods from the start on.
    pub periods_after: usize,
    /// How many donors or comparison units there were.
    pub donors: usize,
    /// Fit before the start over the donors' spread (see
    /// [`Diagnostics::relative_fit`](crate::diagnostics::Diagnostics)).
    pub relative_fit: Option<f64>,
    /// Distance to the donors' hull over their spread.
    pub relative_hull_distance: Option<f64>,
    /// The number of equal donors as concentrated as the weights.
    pub effective_donors: Option<f64>,
    /// The least and the largest estimate when a donor is left out.
    pub leave_one_out: Option<(f64, f64)>,
    /// The estimate of the placebo in time.
    pub backdated_effect: Option<f64>,
    /// The smallest effect (in size) that would be found with the power that was promised.
    pub detectable: Option<f64>,
    /// The smallest effect (in size) that would matter, decided before.
    pub relevant: Option<f64>,
    /// Breaks in the series or in the borders.
    pub breaks: Vec<Break>,
    /// The first and last period of the window: breaks outside it do not count.
    pub window: (i64, i64),
    /// The share of residents at the end who did not live there at the start, between 0 and 1.
    pub movers: Option<f64>,
    /// Whether neighbours that the programme may spill over to were kept out of the donors.
    pub ring_excluded: bool,
    /// How many deviations from the locked plan there are; `None` if no plan was locked.
    pub deviations: Option<usize>,
}

/// The limits of the rules. All are readings of ours, to be argued with; the defaults are what the
/// product uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Fewer periods before the start than this: undetermined.
    pub periods_before: usize,
    /// Fewer than this: a reservation.
    pub periods_before_ample: usize,
    /// A relative fit above this: undetermined.
    pub fit_poor: f64,
    /// A relative fit above this: a reservation.
    pub fit_weak: f64,
    /// A relative hull distance above this: undetermined.
    pub hull_far: f64,
    /// A relative hull distance above this: a reservation.
    pub hull_outside: f64,
    /// Fewer effective donors than this: a reservation.
    pub effective_donors: f64,
    /// If leaving out one donor takes away more than this share of the effect: a reservation.
    pub one_donor_share: f64,
    /// If the placebo in time is at least this share of the effect: a reservation.
    pub backdated_share: f64,
    /// A share of movers above this: undetermined.
    pub movers_most: f64,
    /// A share of movers above this: a reservation.
    pub movers_many: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            periods_before: 4,
            periods_before_ample: 8,
            fit_poor: 0.5,
            fit_weak: 0.25,
            hull_far: 0.5,
            hull_outside: 0.25,
            effective_donors: 2.0,
            one_donor_share: 0.5,
            backdated_share: 0.5,
            movers_most: 0.6,
            movers_many: 0.3,
        }
    }
}

/// Judges.
///
/// | grade | when |
/// |---|---|
/// | E | anything blocks; or no effect is seen and one that matters could have been missed |
/// | D | no effect is seen, and one that matters would have been |
/// | A, B, C | an effect is seen; with no, one, several reservations |
#[must_use]
pub fn judge(evidence: &Evidence, limits: &Limits) -> Verdict {
    let mut reasons = reasons::all(evidence, limits);
    let p = evidence.adjusted_p_value.unwrap_or(evidence.p_value);
    let blocked = reasons.iter().any(|reason| reason.gravity() == Gravity::Blocks);
    let (grade, finding) = if blocked {
        (Grade::E, Finding::Undetermined)
    } else if p <= evidence.alpha && evidence.effect != 0.0 {
        let direction = if evidence.effect > 0.0 { Direction::Increase } else { Direction::Decrease };
        let finding = if direction == evidence.intended {
            Finding::AsIntended(direction)
        } else {
            Finding::Against(direction)
        };
        let reservations = reasons.iter().filter(|reason| reason.gravity() == Gravity::Reservation).count();
        let grade = match reservations {
            0 => Grade::A,
            1 => Grade::B,
            _ => Grade::C,
        };
        reasons.push(Reason::Unusual { p_value: p, alpha: evidence.alpha });
        (grade, finding)
    } else {
        reasons.push(Reason::NotUnusual { p_value: p, alpha: evidence.alpha });
        match (evidence.detectable, evidence.relevant) {
            (Some(detectable), Some(relevant)) if detectable <= relevant => {
                reasons.push(Reason::WouldHaveBeenSeen { detectable, relevant });
                (Grade::D, Finding::None)
            }
            (detectable, relevant) => {
                reasons.push(Reason::CouldHaveBeenMissed { detectable, relevant });
                (Grade::E, Finding::Undetermined)
            }
        }
    };
    reasons.sort_by_key(Reason::gravity);
    Verdict { grade, finding, reasons }
}

/// The verdict where a method refused: undetermined, for the reason given.
#[must_use]
pub fn refused(refusal: Refusal) -> Verdict {
    Verdict { grade: Grade::E, finding: Finding::Undetermined, reasons: vec![Reason::Refused(refusal)] }
}
