//! Corrections: what was registered wrongly is not changed; a fact says that another counts no longer, and why.
//!
//! From the day it is corrected everything that is worked out from facts leaves the wrong one out. Asked of a day
//! before that, it is still there: that is what was known then. The pages show it struck through, with the reason.
//! What can be corrected is the list of [`Kind`]; the register's own records stay as they were filed.

use crate::duty::{AgreedDay, Discharge, Duty, Extension, Occurrence};
use crate::ids::{AgreementId, OrganisationId, PersonId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::codes;
use crate::programme::rule::NoDay;
use crate::text::squeeze;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What kind of fact is corrected.
    Kind {
        /// That a duty was met.
        Discharge = "discharge",
        /// That more time was given.
        Extension = "extension",
        /// One party's word on an agreed day.
        AgreedDay = "agreed-day",
        /// That a party approved the agreement.
        Approval = "approval",
        /// A meeting of the partnership or of a working group.
        Meeting = "meeting",
        /// A dialogue with residents.
        Dialogue = "dialogue",
        /// A contact at the regional level.
        RegionalContact = "regional-contact",
    }
}

/// That a fact was wrong and counts no longer (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What kind of fact.
    pub kind: Kind,
    /// What it is about: the duty, the agreement, or the meeting, dialogue or contact itself, by its id.
    pub about: String,
    /// The record under which it was registered. Kind, what it is about and record name one fact.
    pub record: RecordId,
    /// The agreement that it concerns.
    pub agreement: AgreementId,
    /// Why it was wrong.
    pub reason: String,
    /// The party that made it, and corrects it.
    pub by: OrganisationId,
    /// The registrar.
    pub person: PersonId,
    /// The day of the correction, by the clock.
    pub corrected_on: Date,
}

/// A fact that has been corrected, with its correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected<F> {
    /// The fact as it was registered.
    pub fact: F,
    /// The correction.
    pub correction: Correction,
}

/// Takes out the facts that had been corrected by a day, and gives them back apart.
pub fn take_out<F>(
    facts: &mut Vec<F>,
    corrections: &[Correction],
    known: Date,
    named: impl Fn(&F) -> (Kind, &str, &RecordId),
) -> Vec<Corrected<F>> {
    let mut taken = Vec::new();
    let all = std::mem::take(facts);
    for fact in all {
        let (kind, about, record) = named(&fact);
        let correction = corrections
            .iter()
            .find(|c| c.kind == kind && c.about == about && c.record == *record && c.corrected_on <= known);
        match correction {
            Some(correction) => taken.push(Corrected { correction: correction.clone(), fact }),
            None => facts.push(fact),
        }
    }
    taken
}

/// The facts that bear on duties, before they are gathered.
#[derive(Debug, Clone, Default)]
pub struct OnDuties {
    /// What was done.
    pub discharges: Vec<Discharge>,
    /// What was moved.
    pub extensions: Vec<Extension>,
    /// Which days the parties say were agreed.
    pub agreed_days: Vec<AgreedDay>,
    /// What was waited for and happened.
    pub occurrences: Vec<Occurrence>,
}

/// The corrected facts about duties.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectedOnDuties {
    /// What was not done after all.
    pub discharges: Vec<Corrected<Discharge>>,
    /// What was not moved.
    pub extensions: Vec<Corrected<Extension>>,
    /// Which days were not agreed.
    pub agreed_days: Vec<Corrected<AgreedDay>>,
}

impl OnDuties {
    /// Takes out what had been corrected by a day. What was registered together with an act that is taken out,
    /// as the cause of it, goes with it.
    pub fn correct(&mut self, corrections: &[Correction], known: Date) -> CorrectedOnDuties {
        let discharges = take_out(&mut self.discharges, corrections, known, |d| {
            (Kind::Discharge, d.duty.as_str(), &d.record)
        });
        self.occurrences
            .retain(|o| discharges.iter().all(|c| (&c.fact.duty, &c.fact.record) != (&o.duty, &o.record)));
        CorrectedOnDuties {
            extensions: take_out(&mut self.extensions, corrections, known, |e| {
                (Kind::Extension, e.duty.as_str(), &e.record)
            }),
            agreed_days: take_out(&mut self.agreed_days, corrections, known, |a| {
                (Kind::AgreedDay, a.duty.as_str(), &a.record)
            }),
            discharges,
        }
    }
}

/// Checks that an act on a duty can be corrected. The agreement's own conditions were judged when it entered
/// into force and its duties were frozen by it; what met them stands.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_on_duty(duty: &Duty, correction: &Correction) -> Result<(), Problems> {
    let mut problems = check_reason(correction);
    problems.add_if(duty.reason == Some(NoDay::ConditionOfValidity), || {
        Problem::new("correction-of-condition", "reason").resting_on(&duty.clause)
    });
    problems.or(())
}

/// Checks that an approval can be corrected: only until the agreement is in force.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_of_approval(in_force: Option<Date>, correction: &Correction) -> Result<(), Problems> {
    let mut problems = check_reason(correction);
    if let Some(day) = in_force {
        problems.add(Problem::new("correction-when-in-force", "reason").resting_on("8").with("day", day));
    }
    problems.or(())
}

/// Checks that something in a partnership can be corrected. A plan that was adopted after a dialogue stands as it was
/// adopted; the next one needs a consultation that counts.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_in_partnership(correction: &Correction) -> Result<(), Problems> {
    check_reason(correction).or(())
}

fn check_reason(correction: &Correction) -> Problems {
    let mut problems = Problems::none();
    problems.add_if(squeeze(&correction.reason).is_empty(), || {
        Problem::new("correction-without-reason", "reason")
    });
    problems
}
