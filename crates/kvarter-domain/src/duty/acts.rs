//! What happens to a duty: acts that meet it, extensions, agreed days, and what it waited for.
//!
//! All are facts that are inserted and never changed. Whether one can be registered is checked here; what they
//! amount to is said in [`super::standing()`].

use super::{Duty, Standing, standing};
use crate::ids::{Digest, DutyId, OrganisationId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::Debtor;
use crate::programme::rule::NoDay;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// That a duty was met, or kept once more, by an act (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharge {
    /// The duty.
    pub duty: DutyId,
    /// The day of the act.
    pub met_on: Date,
    /// The record under which it is registered.
    pub record: RecordId,
    /// The document that shows it.
    pub document: Option<Digest>,
    /// The organisation that did it.
    pub by: OrganisationId,
    /// What was done, in a few words.
    pub note: Option<String>,
    /// A web address that shows it.
    pub link: Option<String>,
}

/// That the last day of a duty was moved by a decision (anstånd) (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The duty.
    pub duty: DutyId,
    /// The new last day.
    pub until: Date,
    /// The day of the decision.
    pub decided_on: Date,
    /// The organisation that decided.
    pub decided_by: OrganisationId,
    /// The decision's reference number.
    pub reference: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The record under which the decision is registered.
    pub record: RecordId,
}

/// That the parties agreed on a day where the text names none (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedDay {
    /// The duty.
    pub duty: DutyId,
    /// The last day that was agreed.
    pub day: Date,
    /// The day on which it was agreed.
    pub agreed_on: Date,
    /// What shows it.
    pub reference: Option<String>,
    /// The record under which it is registered.
    pub record: RecordId,
}

/// That what a duty waits for has happened (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The duty that waits.
    pub duty: DutyId,
    /// The day on which it happened.
    pub occurred_on: Date,
    /// What happened, in a few words: which collaboration agreement was revised.
    pub note: Option<String>,
    /// The record under which it is registered.
    pub record: RecordId,
}

/// The facts that bear on duties, found by what was promised.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    of: HashMap<String, ActsOfOne>,
}

/// The facts that bear on one duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActsOfOne {
    /// What was done.
    pub discharges: Vec<Discharge>,
    /// What was moved.
    pub extensions: Vec<Extension>,
    /// Which days were agreed.
    pub agreed_days: Vec<AgreedDay>,
    /// What it waited for that has happened.
    pub occurrences: Vec<Occurrence>,
}

impl Acts {
    /// Gathers facts for these duties; a fact about another promise is left aside.
    ///
    /// An act that meets one duty is also what another may wait for: a revision that is registered sets off the
    /// duty to report it, without being registered twice.
    pub fn gather(
        duties: &[Duty],
        discharges: impl IntoIterator<Item = Discharge>,
        extensions: impl IntoIterator<Item = Extension>,
        agreed_days: impl IntoIterator<Item = AgreedDay>,
        occurrences: impl IntoIterator<Item = Occurrence>,
    ) -> Self {
        let mut of: HashMap<String, ActsOfOne> =
            duties.iter().map(|duty| (duty.promise(), ActsOfOne::default())).collect();
        for fact in discharges {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.discharges.push(fact);
            }
        }
        for fact in extensions {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.extensions.push(fact);
            }
        }
        for fact in agreed_days {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.agreed_days.push(fact);
            }
        }
        for fact in occurrences {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.occurrences.push(fact);
            }
        }
        let set_off: Vec<Occurrence> = duties.iter().flat_map(|duty| set_off(duty, duties, &of)).collect();
        for fact in set_off {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.occurrences.push(fact);
            }
        }
        for acts in of.values_mut() {
            acts.discharges.sort_by(|a, b| (a.met_on, &a.record).cmp(&(b.met_on, &b.record)));
            acts.extensions.sort_by(|a, b| (a.decided_on, &a.record).cmp(&(b.decided_on, &b.record)));
            acts.agreed_days.sort_by(|a, b| (a.agreed_on, &a.record).cmp(&(b.agreed_on, &b.record)));
            acts.occurrences.sort_by(|a, b| (a.occurred_on, &a.record).cmp(&(b.occurred_on, &b.record)));
        }
        Self { of }
    }

    /// The facts that bear on a duty, oldest first.
    pub fn of(&self, duty: &Duty) -> &ActsOfOne {
        self.of.get(&duty.promise()).unwrap_or(&NOTHING)
    }
}

static NOTHING: ActsOfOne = ActsOfOne {
    discharges: Vec::new(),
    extensions: Vec::new(),
    agreed_days: Vec::new(),
    occurrences: Vec::new(),
};

/// What a duty waits for, in the acts that have met other duties of the same agreement.
fn set_off(duty: &Duty, duties: &[Duty], of: &HashMap<String, ActsOfOne>) -> Vec<Occurrence> {
    let Some(event) = duty.after else { return Vec::new() };
    let known = of.get(&duty.promise()).map(|acts| acts.occurrences.as_slice()).unwrap_or_default();
    duties
        .iter()
        .filter(|other| other.agreement == duty.agreement && other.met_by == event)
        .filter_map(|other| of.get(&other.promise()))
        .flat_map(|acts| &acts.discharges)
        .filter(|done| known.iter().all(|occurrence| occurrence.record != done.record))
        .map(|done| Occurrence {
            duty: duty.id.clone(),
            occurred_on: done.met_on,
            note: done.note.clone(),
            record: done.record.clone(),
        })
        .collect()
}

/// The acts of what a fact's duty promises: under the duty's own id, or under the promise that every
/// agreement of the programme shares.
fn find<'a>(of: &'a mut HashMap<String, ActsOfOne>, duty: &DutyId) -> Option<&'a mut ActsOfOne> {
    if of.contains_key(duty.as_str()) {
        return of.get_mut(duty.as_str());
    }
    let mut parts = duty.as_str().splitn(3, '/');
    let (programme, _municipality, rest) = (parts.next()?, parts.next()?, parts.next()?);
    of.get_mut(&format!("{programme}/{rest}"))
}

/// Checks that an act can be registered as meeting a duty.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_discharge(duty: &Duty, discharge: &Discharge, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(discharge.met_on > today, || {
        Problem::new("day-in-the-future", "met_on").with("day", discharge.met_on).with("today", today)
    });
    problems.add_if(!duty.is_owed_by(&discharge.by), || {
        Problem::new("discharge-by-someone-else", "by")
            .resting_on(&duty.clause)
            .with("by", &discharge.by)
            .with("debtor", duty.debtor)
    });
    let shows_nothing = discharge.document.is_none() && discharge.link.is_none() && discharge.note.is_none();
    problems.add_if(shows_nothing, || {
        Problem::new("discharge-shows-nothing", "document").resting_on(&duty.clause)
    });
    problems.or(())
}

/// Checks that an extension can be registered: it moves a last day there is, and later.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_extension(duty: &Duty, acts: &Acts, extension: &Extension, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(extension.decided_on > today, || {
        Problem::new("day-in-the-future", "decided_on").with("day", extension.decided_on).with("today", today)
    });
    let by_debtor = duty.debtor != Debtor::Both && duty.is_owed_by(&extension.decided_by);
    problems.add_if(by_debtor, || {
        Problem::new("extension-by-debtor", "decided_by")
            .resting_on(&duty.clause)
            .with("decided_by", &extension.decided_by)
    });
    match standing(duty, acts, today) {
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
    problems.or(())
}

/// Checks that a day can be recorded as agreed: the text names none.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_agreed_day(duty: &Duty, agreed: &AgreedDay, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let names_no_day = matches!(duty.reason, Some(NoDay::NoDayNamed))
        || (duty.reason == Some(NoDay::AfterEvent) && duty.within_days.is_none());
    problems.add_if(!names_no_day, || {
        Problem::new("agreed-day-where-text-decides", "duty").resting_on(&duty.clause)
    });
    problems.add_if(agreed.agreed_on > today, || {
        Problem::new("day-in-the-future", "agreed_on").with("day", agreed.agreed_on).with("today", today)
    });
    problems.or(())
}
