//! Whether an act on a duty can be registered: by whom, on which day, with what to show.

use super::{Acts, AgreedDay, Discharge, Duty, Extension, Standing, standing};
use crate::problem::{Problem, Problems};
use crate::programme::rule::NoDay;
use crate::programme::{Debtor, Deliverable, Per};
use crate::time::Period;
use jiff::civil::Date;

/// The days between which acts on an agreement's duties fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The day on which it is registered.
    pub today: Date,
    /// The day the agreement was issued.
    pub issued_on: Date,
    /// The day from which it is in force.
    pub in_force: Date,
    /// The programme's period.
    pub period: Period,
}

impl Bounds {
    /// The last day to which a last day can be moved.
    ///
    /// Reading: the text says nothing of extensions. One that reaches further than a year past the programme's
    /// period moves nothing that somebody still waits for.
    fn furthest(&self) -> Date {
        let year = self.period.to.year().saturating_add(1);
        Date::new(year, self.period.to.month(), self.period.to.day()).unwrap_or(self.period.to)
    }

    /// What is wrong with a day that somebody says something happened on: it has not come, or the agreement was
    /// not in force yet.
    fn happened(&self, place: &str, day: Date, early: &str) -> Problems {
        let mut problems = Problems::none();
        problems.add_if(day > self.today, || {
            Problem::new("day-in-the-future", place).with("day", day).with("today", self.today)
        });
        problems.add_if(day < self.in_force, || {
            Problem::new(early, place).with("day", day).with("in_force", self.in_force)
        });
        problems
    }
}

/// Checks that an act can be registered as meeting a duty. `dated` is the day that its document bears, where the
/// creditor's registrar attests when it was received.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_discharge(
    duty: &Duty,
    discharge: &Discharge,
    dated: Option<Date>,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = check_day(duty, discharge, dated, bounds);
    problems.add_if(!duty.is_owed_by(&discharge.by), || {
        Problem::new("discharge-by-someone-else", "by")
            .resting_on(&duty.clause)
            .with("by", &discharge.by)
            .with("debtor", duty.debtor)
    });
    if let Some(code) = shows_too_little(duty, discharge) {
        let place = if duty.delivers == Some(Deliverable::WebAddress) { "link" } else { "document" };
        problems.add(Problem::new(code, place).resting_on(&duty.clause));
    }
    problems.or(())
}

/// ”…senast den 31 december varje år redovisas till Regeringskansliet” (§ 4)
///
/// Readings. What is handed over counts from the day it is received: registered by the debtor, that is the day
/// of registration; only the receiver's own registrar can attest an earlier one, from a stamp on paper, and
/// nothing was received before it was written. What one owes for a year is done in that year: the account and
/// the revision of 2010 are not made in 2009. One that is done after its year is late, and is taken.
fn check_day(duty: &Duty, discharge: &Discharge, dated: Option<Date>, bounds: &Bounds) -> Problems {
    let day = discharge.met_on;
    // The conditions of validity are met before the agreement is in force: that is what they are for.
    let condition = duty.reason == Some(NoDay::ConditionOfValidity);
    let since = if condition { Bounds { in_force: bounds.issued_on, ..*bounds } } else { *bounds };
    let early = if condition { "discharge-before-issued" } else { "discharge-before-in-force" };
    let mut problems = since.happened("met_on", day, early);
    if let Some(year) = duty.year.filter(|year| duty.is_yearly() && i64::from(day.year()) < *year) {
        problems.add(
            Problem::new("discharge-before-its-year", "met_on")
                .resting_on(&duty.clause)
                .with("day", day)
                .with("year", year),
        );
    }
    if duty.is_handed_over() {
        let attested = discharge.attested_by.is_some();
        problems.add_if(!attested && day < discharge.registered_on, || {
            Problem::new("handed-over-when-received", "met_on")
                .resting_on(&duty.clause)
                .with("day", day)
                .with("today", bounds.today)
        });
        problems.add_if(attested && dated.is_none(), || Problem::new("day-missing", "dated"));
        if let Some(dated) = dated.filter(|dated| attested && *dated > day) {
            problems
                .add(Problem::new("received-before-written", "met_on").with("day", day).with("dated", dated));
        }
    }
    problems
}

/// What a duty delivers comes with it. A few words are enough only for what is owed all the time and delivers
/// nothing.
fn shows_too_little(duty: &Duty, discharge: &Discharge) -> Option<&'static str> {
    let (document, link) = (discharge.document.is_some(), discharge.link.is_some());
    let standing = duty.reason == Some(NoDay::Standing);
    match duty.delivers {
        Some(Deliverable::WebAddress) => (!link).then_some("discharge-without-link"),
        Some(_) => (!document).then_some("discharge-without-document"),
        None if standing => {
            (!document && !link && discharge.note.is_none()).then_some("discharge-shows-nothing")
        }
        None => (!document && !link).then_some("discharge-by-words-alone"),
    }
}

/// Checks that an extension can be registered: given by the other side, of a last day there is, to a later one.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_extension(
    duty: &Duty,
    acts: &Acts,
    extension: &Extension,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("decided_on", extension.decided_on, "decided-before-in-force");
    problems.add_if(!duty.is_owed_to(&extension.decided_by), || {
        Problem::new("extension-by-debtor", "decided_by")
            .resting_on(&duty.clause)
            .with("decided_by", &extension.decided_by)
    });
    problems.add_if(duty.object_kind == Per::Programme && duty.debtor == Debtor::State, || {
        Problem::new("extension-of-shared-duty", "duty").resting_on(&duty.clause)
    });
    match standing(duty, acts, bounds.today) {
        Standing::Met { .. } | Standing::MetLate { .. } | Standing::Excused { .. } => {
            problems.add(Problem::new("extension-of-met-duty", "duty").resting_on(&duty.clause));
        }
        stands => match stands.last_day() {
            None => problems.add(Problem::new("extension-without-day", "duty").resting_on(&duty.clause)),
            Some(last_day) => problems.add_if(extension.until <= last_day, || {
                Problem::new("extension-not-later", "until")
                    .resting_on(&duty.clause)
                    .with("until", extension.until)
                    .with("last_day", last_day)
            }),
        },
    }
    problems.add_if(extension.until > bounds.furthest(), || too_far("until", extension.until, bounds));
    problems.or(())
}

fn too_far(place: &str, day: Date, bounds: &Bounds) -> Problem {
    Problem::new("day-too-far-off", place).with("day", day).with("furthest", bounds.furthest())
}

/// Checks that a party can register a day as agreed: the text names none, and none has been agreed.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_agreed_day(
    duty: &Duty,
    acts: &Acts,
    agreed: &AgreedDay,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let names_no_day = matches!(duty.reason, Some(NoDay::NoDayNamed))
        || (duty.reason == Some(NoDay::AfterEvent) && duty.within_days.is_none());
    problems.add_if(!names_no_day, || {
        Problem::new("agreed-day-where-text-decides", "duty").resting_on(&duty.clause)
    });
    // Once a day has been agreed it is a last day like any other: more time is an extension.
    let last_day = standing(duty, acts, bounds.today).last_day().filter(|_| names_no_day);
    if let Some(last_day) = last_day {
        problems.add(Problem::new("day-agreed-already", "day").with("last_day", last_day));
    }
    let own = acts.of(duty).agreed_days.iter().any(|a| a.by == agreed.by && a.day == agreed.day);
    problems.add_if(own, || Problem::new("day-agreed-by-you-already", "day").with("day", agreed.day));
    problems.0.extend(bounds.happened("agreed_on", agreed.agreed_on, "decided-before-in-force").0);
    problems.add_if(agreed.day < agreed.agreed_on, || {
        Problem::new("agreed-day-passed", "day").with("day", agreed.day).with("agreed_on", agreed.agreed_on)
    });
    problems.add_if(agreed.day > bounds.furthest(), || too_far("day", agreed.day, bounds));
    problems.or(())
}
