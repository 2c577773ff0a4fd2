//! People, and the mandates by which they act: for whom, as what, from when to when.
//!
//! A mandate is a fact with a first day. Its end is another fact, so that a signature given while the
//! mandate lasted stays good after the person has left.

use crate::ids::{MandateId, OrganisationId, PersonId};
use crate::organisation::OrganisationKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A person (fact). Only the name: nothing else about a person is needed to act for an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The name in clear, as it stands beside a signature.
    pub name: String,
}

/// As what a person acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A desk officer (handläggare): the ministry's, who issues and chases, or an authority's in a partnership.
    Officer,
    /// A registrar, at the ministry or at a municipality.
    Registrar,
    /// The minister, whom the Government has authorised to approve and sign for the state (§ 8).
    Minister,
    /// The chair of the municipal executive board (kommunstyrelsens ordförande).
    Chair,
    /// A deputy chair, who signs in the chair's place on evidence.
    DeputyChair,
    /// The municipality's coordinator, who writes plans and accounts.
    Coordinator,
    /// Keeps accounts and mandates in an organisation.
    Administrator,
    /// Loads the statistics that goals are judged by.
    Statistician,
    /// Evaluates, from within or on assignment: reads what is being worked on, and changes nothing.
    Evaluator,
}

impl Role {
    /// Every role, for lists and for the access table.
    pub const ALL: [Self; 9] = [
        Self::Officer,
        Self::Registrar,
        Self::Minister,
        Self::Chair,
        Self::DeputyChair,
        Self::Coordinator,
        Self::Administrator,
        Self::Statistician,
        Self::Evaluator,
    ];

    /// The role's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Registrar => "registrar",
            Self::Minister => "minister",
            Self::Chair => "chair",
            Self::DeputyChair => "deputy-chair",
            Self::Coordinator => "coordinator",
            Self::Administrator => "administrator",
            Self::Statistician => "statistician",
            Self::Evaluator => "evaluator",
        }
    }

    /// The role with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether it is found in that kind of organisation.
    pub fn fits(self, kind: OrganisationKind) -> bool {
        match self {
            Self::Minister => kind == OrganisationKind::State,
            Self::Officer => kind != OrganisationKind::Municipality,
            Self::Chair | Self::DeputyChair => kind == OrganisationKind::Municipality,
            Self::Coordinator => kind != OrganisationKind::State,
            Self::Registrar | Self::Administrator | Self::Statistician | Self::Evaluator => true,
        }
    }
}

/// A mandate (fact): one person, one role, one organisation, from a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The mandate's id.
    pub id: MandateId,
    /// Who holds it.
    pub person: PersonId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// As what.
    pub role: Role,
    /// The first day.
    pub from_day: Date,
    /// The last day, when it was known from the start.
    pub to_day: Option<Date>,
    /// What shows it: a decision, minutes, an order of deputies.
    pub evidence: Option<String>,
}

/// The end of a mandate (fact), when it was not known from the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateEnd {
    /// Which mandate.
    pub mandate: MandateId,
    /// Its last day.
    pub to_day: Date,
    /// What shows it.
    pub evidence: Option<String>,
}

/// A way to sign in (fact). A changed password is a new fact with the next serial; the latest holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// The login, folded to lower case.
    pub login: String,
    /// Its running number for this login, from 1.
    pub serial: i64,
    /// Whose it is.
    pub person: PersonId,
    /// The password's argon2id hash, with its parameters and salt.
    pub password_hash: String,
}

/// Mandates with their ends, as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mandates {
    /// The mandates.
    pub given: Vec<Mandate>,
    /// Their ends.
    pub ended: Vec<MandateEnd>,
}

impl Mandates {
    /// The mandate with that id.
    pub fn get(&self, id: &MandateId) -> Option<&Mandate> {
        self.given.iter().find(|m| m.id == *id)
    }

    /// The last day of a mandate, if one is known; the earliest wins where several are.
    pub fn last_day(&self, mandate: &Mandate) -> Option<Date> {
        let ends = self.ended.iter().filter(|e| e.mandate == mandate.id).map(|e| e.to_day);
        ends.chain(mandate.to_day).min()
    }

    /// Whether the mandate was held on that day; first and last day included.
    pub fn held_on(&self, mandate: &Mandate, day: Date) -> bool {
        mandate.from_day <= day && self.last_day(mandate).is_none_or(|last| day <= last)
    }

    /// The mandates held for an organisation on a day.
    pub fn of_organisation<'a>(
        &'a self,
        organisation: &'a OrganisationId,
        day: Date,
    ) -> impl Iterator<Item = &'a Mandate> {
        self.given.iter().filter(move |m| m.organisation == *organisation && self.held_on(m, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date in a test")
    }

    #[test]
    fn a_mandate_holds_on_its_first_and_on_its_last_day_and_on_no_other_side() {
        let chair = Mandate {
            id: "m".into(),
            person: "p".into(),
            organisation: "0180".into(),
            role: Role::Chair,
            from_day: day("2008-09-01"),
            to_day: None,
            evidence: None,
        };
        let mandates = Mandates {
            given: vec![chair.clone()],
            ended: vec![MandateEnd { mandate: "m".into(), to_day: day("2010-12-31"), evidence: None }],
        };
        let held: Vec<bool> = ["2008-08-31", "2008-09-01", "2010-12-31", "2011-01-01"]
            .map(|d| mandates.held_on(&chair, day(d)))
            .into();
        assert_eq!(held, [false, true, true, false]);
    }
}
