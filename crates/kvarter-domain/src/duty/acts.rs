//! What happens to a duty: acts that meet it, extensions, agreed days, and what it waited for.
//!
//! All are facts that are inserted and never changed. Each tells two days: the one on which it happened, as
//! somebody wrote it, and the one on which it was registered, as the clock told it. What was known on a day is
//! what had been registered by then. Whether a fact can be registered is checked in [`super::check`]; what they
//! amount to is said in [`super::standing()`].

use super::Duty;
use crate::correction::CorrectedOnDuties;
use crate::ids::{Digest, DutyId, OrganisationId, PersonId, RecordId};
use crate::programme::Per;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// That a duty was met, or kept once more, by an act (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharge {
    /// The duty.
    pub duty: DutyId,
    /// The day of the act; for what is handed over, the day it was received ([`Duty::is_handed_over`]).
    pub met_on: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The creditor's registrar who attested that it was received on that day, where the creditor registered it.
    pub attested_by: Option<PersonId>,
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
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The organisation that decided.
    pub decided_by: OrganisationId,
    /// The decision's reference number.
    pub reference: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The record under which the decision is registered.
    pub record: RecordId,
}

impl Extension {
    /// The day from which it was granted for all to see: decided and registered.
    pub fn granted_on(&self) -> Date {
        self.decided_on.max(self.registered_on)
    }
}

/// One party's word that the parties agreed on a day where the text names none (fact).
///
/// The day counts once both parties have registered the same one: nobody binds the other alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedDay {
    /// The duty.
    pub duty: DutyId,
    /// The last day that was agreed.
    pub day: Date,
    /// The day on which it was agreed.
    pub agreed_on: Date,
    /// The day this party registered it, by the clock.
    pub registered_on: Date,
    /// The party that says so.
    pub by: OrganisationId,
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
    /// The day it was registered, by the clock.
    pub registered_on: Date,
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
    /// Which days the parties say were agreed.
    pub agreed_days: Vec<AgreedDay>,
    /// What it waited for that has happened.
    pub occurrences: Vec<Occurrence>,
    /// What was registered wrongly and has been corrected.
    pub corrected: CorrectedOnDuties,
}

impl ActsOfOne {
    /// The day that both parties had registered as agreed by a day, and on which day it was agreed; the latest,
    /// if there are several.
    pub fn agreed(&self, duty: &Duty, known: Date) -> Option<(Date, Date)> {
        let by = |party: &OrganisationId| {
            let party = party.clone();
            self.agreed_days.iter().filter(move |a| a.by == party && a.registered_on <= known)
        };
        by(&duty.municipality)
            .flat_map(|ours| by(&duty.state).filter(|a| a.day == ours.day).map(move |theirs| (ours, theirs)))
            .max_by_key(|(ours, theirs)| ours.registered_on.max(theirs.registered_on))
            .map(|(ours, theirs)| (ours.day, ours.agreed_on.max(theirs.agreed_on)))
    }
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

    /// Keeps what has been corrected beside what counts, to be shown.
    pub fn beside(&mut self, corrected: CorrectedOnDuties) {
        for one in corrected.discharges {
            if let Some(acts) = find(&mut self.of, &one.fact.duty) {
                acts.corrected.discharges.push(one);
            }
        }
        for one in corrected.extensions {
            if let Some(acts) = find(&mut self.of, &one.fact.duty) {
                acts.corrected.extensions.push(one);
            }
        }
        for one in corrected.agreed_days {
            if let Some(acts) = find(&mut self.of, &one.fact.duty) {
                acts.corrected.agreed_days.push(one);
            }
        }
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
    corrected: CorrectedOnDuties { discharges: Vec::new(), extensions: Vec::new(), agreed_days: Vec::new() },
};

/// What a duty waits for, in the acts that have met other duties of the same agreement.
fn set_off(duty: &Duty, duties: &[Duty], of: &HashMap<String, ActsOfOne>) -> Vec<Occurrence> {
    let Some(event) = duty.after else { return Vec::new() };
    let known = of.get(&duty.promise()).map(|acts| acts.occurrences.as_slice()).unwrap_or_default();
    duties
        .iter()
        .filter(|other| other.agreement == duty.agreement && other.met_by == event)
        // One collaboration agreement that is revised sets off the duty to report that one.
        .filter(|other| duty.object_kind != Per::Collaboration || other.object == duty.object)
        .filter_map(|other| of.get(&other.promise()))
        .flat_map(|acts| &acts.discharges)
        .filter(|done| known.iter().all(|occurrence| occurrence.record != done.record))
        .map(|done| Occurrence {
            duty: duty.id.clone(),
            occurred_on: done.met_on,
            registered_on: done.registered_on,
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
