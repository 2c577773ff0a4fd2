//! Whether terms can be drawn up, signed and confirmed.

use super::{CollaborationConfirmation, CollaborationSignature, Collaborations, Terms};
use crate::partnership::{LONG_MAX, Membership, SHORT_MAX, check_length};
use crate::plan::{Plan, PlanVersion};
use crate::problem::{Problem, Problems};
use crate::time::Period;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The plans that commitments can be bound to: every version adopted, and what it holds.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    /// The versions, by district and number.
    pub versions: Vec<PlanVersion>,
    /// What they hold, by version.
    pub contents: BTreeMap<String, Plan>,
}

impl Plans {
    /// A version by its id.
    pub fn version(&self, id: &str) -> Option<&PlanVersion> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// The latest version of a series that had been adopted and registered by a day.
    pub fn latest(&self, series: &str, day: Date) -> Option<&PlanVersion> {
        let of = |version: &&PlanVersion| {
            version.series() == series && version.adopted_on <= day && version.registered_on <= day
        };
        self.versions.iter().filter(of).max_by_key(|version| version.serial)
    }

    /// Whether a version holds a goal or an intervention with this id.
    pub fn has(&self, version: &str, element: &str) -> bool {
        self.contents
            .get(version)
            .is_some_and(|plan| plan.goal(element).is_some() || plan.intervention(element).is_some())
    }

    /// What a goal or an intervention is called in a version: its statement or title.
    pub fn name_of(&self, version: &str, element: &str) -> Option<&str> {
        let plan = self.contents.get(version)?;
        let goal = plan.goal(element).map(|goal| goal.statement.as_str());
        goal.or_else(|| plan.intervention(element).map(|intervention| intervention.title.as_str()))
    }
}

/// Checks that terms can be drawn up: a purpose, days within the period, and commitments that each are bound to
/// something in the plan that holds.
///
/// ”Samverkansöverenskommelserna ska utgå från de strategiska stadsdelsplanerna” (§ 5)
///
/// Reading: what is bound to nothing in a plan, or to a version that a newer one has taken the place of, does not
/// start from the plans, and is refused.
///
/// # Errors
/// Everything that cannot be right; a commitment's place is its id.
pub fn check_terms(terms: &Terms, plans: &Plans, period: Period, today: Date) -> Result<(), Problems> {
    let mut problems = check_length(&terms.purpose, "purpose", LONG_MAX);
    problems.add_if(terms.purpose.trim().is_empty(), || {
        Problem::new("collaboration-without-purpose", "purpose").resting_on("5")
    });
    days(terms, period, &mut problems);
    problems.add_if(terms.commitments.is_empty(), || {
        Problem::new("collaboration-without-commitments", "commitments").resting_on("5")
    });
    for commitment in &terms.commitments {
        let place = commitment.id.as_str();
        problems.0.extend(check_length(&commitment.what, place, LONG_MAX).0);
        problems.0.extend(check_length(&commitment.resources, place, LONG_MAX).0);
        problems.add_if(commitment.what.trim().is_empty(), || {
            Problem::new("commitment-without-words", place).resting_on("5")
        });
        problems.add_if(commitment.resources.trim().is_empty(), || {
            Problem::new("commitment-without-resources", place).resting_on("1")
        });
        match commitment.by {
            None => problems.add(Problem::new("commitment-without-day", place)),
            Some(by) => problems.add_if(by > period.to || by < period.from, || {
                Problem::new("commitment-outside-period", place)
                    .with("day", by)
                    .with("from", period.from)
                    .with("to", period.to)
            }),
        }
        bound(commitment, plans, today, &mut problems);
    }
    problems.or(())
}

fn days(terms: &Terms, period: Period, problems: &mut Problems) {
    for (day, place) in [(terms.from_day, "from_day"), (terms.to_day, "to_day")] {
        match day {
            None => problems.add(Problem::new("day-missing", place)),
            Some(day) => problems.add_if(day < period.from || day > period.to, || {
                Problem::new("commitment-outside-period", place)
                    .with("day", day)
                    .with("from", period.from)
                    .with("to", period.to)
            }),
        }
    }
    if let (Some(from), Some(to)) = (terms.from_day, terms.to_day) {
        problems.add_if(to < from, || {
            Problem::new("collaboration-ends-before-it-begins", "to_day").with("from", from).with("to", to)
        });
    }
}

/// What is wrong with what a commitment is bound to.
fn bound(commitment: &super::Commitment, plans: &Plans, today: Date, problems: &mut Problems) {
    let place = commitment.id.as_str();
    let Some(version) = plans.version(&commitment.plan_version) else {
        problems.add(Problem::new("commitment-without-plan", place).resting_on("5"));
        return;
    };
    if !plans.has(&commitment.plan_version, &commitment.element) {
        problems.add(
            Problem::new("commitment-orphan", place)
                .resting_on("5")
                .with("element", &commitment.element)
                .with("plan", &commitment.plan_version),
        );
        return;
    }
    let latest = plans.latest(&version.series(), today);
    if let Some(newer) = latest.filter(|latest| latest.serial > version.serial) {
        problems.add(
            Problem::new("commitment-on-superseded-plan", place)
                .resting_on("5")
                .with("district", &version.district_name)
                .with("serial", version.serial)
                .with("newer", newer.serial),
        );
    }
}

/// Checks a signature: of a version that waits for it, once for each side, on a day that can be, by a partner that
/// takes part that day.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_signature(
    signature: &CollaborationSignature,
    known: &Collaborations,
    membership: Option<&Membership<'_>>,
    today: Date,
) -> Result<(), Problems> {
    let mut problems = check_length(&signature.name, "name", SHORT_MAX);
    problems.add_if(signature.name.trim().is_empty(), || Problem::new("signatory-name-missing", "name"));
    problems.add_if(signature.signed_on > today, || {
        Problem::new("day-in-the-future", "signed_on").with("day", signature.signed_on).with("today", today)
    });
    if let Some(version) = known.version(&signature.version) {
        problems.add_if(signature.signed_on < version.drawn_up_on, || {
            Problem::new("signed-before-drawn-up", "signed_on")
                .with("day", signature.signed_on)
                .with("drawn_up", version.drawn_up_on)
        });
        problems.add_if(known.with(&version.partner).any(|other| other.serial > version.serial), || {
            Problem::new("signed-version-superseded", "side")
        });
    }
    problems.add_if(known.signature(&signature.version, signature.side).is_some(), || {
        Problem::new("side-has-signed", "side").with("side", signature.side)
    });
    problems.add_if(membership.is_none(), || {
        Problem::new("partner-not-in-that-day", "signed_on").resting_on("5").with("day", signature.signed_on)
    });
    problems.or(())
}

/// Checks a confirmation: with a reason, of a version that is stale by that plan.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_confirmation(
    confirmation: &CollaborationConfirmation,
    stale: &[super::Stale],
    today: Date,
) -> Result<(), Problems> {
    let mut problems = check_length(&confirmation.reason, "reason", LONG_MAX);
    problems.add_if(confirmation.reason.trim().is_empty(), || {
        Problem::new("confirmation-without-reason", "reason").resting_on("5")
    });
    problems.add_if(confirmation.confirmed_on > today, || {
        Problem::new("day-in-the-future", "confirmed_on")
            .with("day", confirmation.confirmed_on)
            .with("today", today)
    });
    problems.add_if(!stale.iter().any(|one| one.newer == confirmation.plan_version), || {
        Problem::new("nothing-to-confirm", "plan_version")
    });
    problems.or(())
}
