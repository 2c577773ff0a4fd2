//! How the partnership works: its organisation, working groups, meetings and decisions, and contacts at the regional
//! level.
//!
//! ”Kommunen skapar inom det lokala partnerskapet organisatoriska förutsättningar” (§ 3)

use super::{Bounds, LONG_MAX, Partnership, SHORT_MAX, check_length, check_text};
use crate::ids::{AgreementId, Digest, PartnerId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How the work is organised, from a day (fact). A new description takes the place of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationDescription {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which version, from 1.
    pub serial: i64,
    /// From when it holds.
    pub from_day: Date,
    /// Steering, working groups, mandates, and how the work meets the ordinary structures.
    pub words: String,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// A working group of the partnership (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingGroup {
    /// Agreement and number: `lua-2008/0180/group/1`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its number, from 1.
    pub serial: i64,
    /// The district's code, where it works for one.
    pub district: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it is to do.
    pub task: Option<String>,
    /// The first day.
    pub from_day: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a partner is in a working group from a day (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// The group.
    pub group: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The partner.
    pub partner: PartnerId,
    /// Which time, from 1.
    pub serial: i64,
    /// The first day.
    pub from_day: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a partner left a working group (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDeparture {
    /// The group.
    pub group: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The partner.
    pub partner: PartnerId,
    /// Which time it had joined.
    pub serial: i64,
    /// The last day.
    pub last_day: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// A numbered decision of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number in the minutes: `§ 3`.
    pub number: String,
    /// What was decided.
    pub words: String,
}

/// A meeting of the partnership or of a working group (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Agreement and number: `lua-2008/0180/meeting/4`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its number, from 1.
    pub serial: i64,
    /// The working group that met; none when the partnership itself did.
    pub group: Option<String>,
    /// The day.
    pub held_on: Date,
    /// The partners that were present, by id. The municipality is always there.
    pub present: Vec<PartnerId>,
    /// What was decided.
    pub decisions: Vec<Decision>,
    /// The minutes.
    pub document: Option<Digest>,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

impl Meeting {
    /// A decision by its number, however it is spaced.
    pub fn decision(&self, number: &str) -> Option<&Decision> {
        let bare = |text: &str| text.replace('§', "").trim().to_owned();
        self.decisions.iter().find(|decision| bare(&decision.number) == bare(number))
    }
}

codes! {
    /// What a contact beyond the districts was for.
    RegionalKind {
        /// Coordination with regional growth work (SFS 2008:348, 5 §; förordning 2007:713).
        RegionalGrowth = "regional-growth",
        /// The use of the European structural funds for urban development (5 §).
        StructuralFund = "structural-fund",
        /// Consultation with a supporter on what its support should be (12 §).
        Support = "support",
    }
}

/// A consultation at the regional level, a use of structural funds, or a consultation with a supporter (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionalContact {
    /// Agreement and number: `lua-2008/0180/regional/1`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its number, from 1.
    pub serial: i64,
    /// What it was for.
    pub kind: RegionalKind,
    /// With whom: the regional actor, or the fund.
    pub counterpart: String,
    /// The day.
    pub day: Date,
    /// What came of it.
    pub outcome: String,
    /// A web address that shows it.
    pub link: Option<String>,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// Checks a meeting: on a day that can be, with partners that were there then, and decisions that have numbers.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_meeting(meeting: &Meeting, known: &Partnership, bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("held_on", meeting.held_on);
    if let Some(group) = &meeting.group {
        match known.groups.iter().find(|g| g.id == *group) {
            None => problems.add(Problem::new("group-unknown", "group").with("group", group)),
            Some(group) => problems.add_if(meeting.held_on < group.from_day, || {
                Problem::new("meeting-before-group", "held_on")
                    .with("day", meeting.held_on)
                    .with("from", group.from_day)
            }),
        }
    }
    for partner in &meeting.present {
        problems.add_if(known.membership_on(partner, meeting.held_on).is_none(), || {
            Problem::new("present-not-in", "present")
                .with("name", known.name_of(partner))
                .with("day", meeting.held_on)
        });
    }
    problems.add_if(meeting.present.is_empty(), || {
        Problem::new("meeting-without-partners", "present").resting_on("3")
    });
    let mut numbers = BTreeSet::new();
    for (i, decision) in meeting.decisions.iter().enumerate() {
        let place = format!("decisions:{}", i + 1);
        let number = decision.number.trim();
        problems.0.extend(check_length(number, &place, 20).0);
        problems.0.extend(check_length(&decision.words, &place, LONG_MAX).0);
        problems.add_if(number.is_empty(), || Problem::new("decision-without-number", &place));
        problems.add_if(decision.words.trim().is_empty(), || Problem::new("decision-without-words", &place));
        problems.add_if(!number.is_empty() && !numbers.insert(number), || {
            Problem::new("decision-number-twice", &place).with("number", number)
        });
    }
    problems.or(())
}

/// Checks a working group: named, in a district of the agreement, from a day that can be.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_group(
    group: &WorkingGroup,
    known: &Partnership,
    districts: &[String],
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("from_day", group.from_day);
    problems.0.extend(check_text(&group.name, "name", "group-name-missing", SHORT_MAX).0);
    problems.0.extend(check_length(group.task.as_deref().unwrap_or_default(), "task", LONG_MAX).0);
    problems.add_if(
        known.groups.iter().any(|g| crate::text::folded(&g.name) == crate::text::folded(&group.name)),
        || Problem::new("group-twice", "name").with("name", &group.name),
    );
    problems.0.extend(check_district(group.district.as_deref(), districts).0);
    problems.or(())
}

/// Checks that a partner can join a working group: it is in the partnership, and not in the group already.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_group_member(
    member: &GroupMember,
    known: &Partnership,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("from_day", member.from_day);
    let name = known.name_of(&member.partner);
    problems.add_if(known.membership_on(&member.partner, member.from_day).is_none(), || {
        Problem::new("present-not-in", "partner").with("name", name).with("day", member.from_day)
    });
    let there = known.group_on(&member.group, bounds.today).iter().any(|p| p.id == member.partner);
    problems.add_if(there, || Problem::new("partner-in-group", "partner").with("name", name));
    if let Some(group) = known.groups.iter().find(|g| g.id == member.group) {
        problems.add_if(member.from_day < group.from_day, || {
            Problem::new("meeting-before-group", "from_day")
                .with("day", member.from_day)
                .with("from", group.from_day)
        });
    } else {
        problems.add(Problem::new("group-unknown", "group").with("group", &member.group));
    }
    problems.or(())
}

/// Checks a description of the organisation.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_description(described: &OrganisationDescription, bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("from_day", described.from_day);
    problems.0.extend(check_text(&described.words, "words", "description-missing", 20_000).0);
    problems.or(())
}

/// Checks a contact at the regional level.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_regional(contact: &RegionalContact, bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("day", contact.day);
    problems.0.extend(check_text(&contact.counterpart, "counterpart", "counterpart-missing", SHORT_MAX).0);
    problems.0.extend(check_text(&contact.outcome, "outcome", "outcome-missing", LONG_MAX).0);
    problems.or(())
}

/// What is wrong with a district's code: it is none of the agreement's.
pub(super) fn check_district(code: Option<&str>, districts: &[String]) -> Problems {
    let mut problems = Problems::none();
    if let Some(code) = code {
        problems.add_if(!districts.iter().any(|d| d == code), || {
            Problem::new("district-outside-agreement", "district").resting_on("2").with("district", code)
        });
    }
    problems
}
