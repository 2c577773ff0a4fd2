//! What a programme says of its plans: the parts that each must have, and how strictly goals are judged.
//!
//! All of it is data with the words it rests on, so another programme has other parts under the same engine.

use super::smart::Criterion;
use crate::text::Bilingual;
use std::collections::BTreeMap;

crate::programme::codes! {
    /// What a mandatory part of a plan is made of.
    Holds {
        /// One or more texts.
        Texts = "texts",
        /// Goals in each target area.
        Goals = "goals",
        /// A list of interventions.
        Interventions = "interventions",
    }
}

crate::programme::codes! {
    /// What makes a goal possible to follow up.
    Basis {
        /// The five criteria.
        Criteria = "criteria",
        /// An indicator; the goal itself may be worded openly.
        Indicators = "indicators",
    }
}

crate::programme::codes! {
    /// How strongly a criterion binds.
    Level {
        /// A shortcoming stands in the way of adoption (ska).
        Error = "error",
        /// A shortcoming is told, and is accepted with a reason (bör).
        Warning = "warning",
        /// A shortcoming is told and asks for nothing.
        Information = "information",
    }
}

/// A rule on plans with the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provision {
    /// Where: `SFS 2008:348 6 §`, or a clause of the agreement.
    pub at: String,
    /// The words.
    pub says: String,
}

/// One of the parts that every plan must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRule {
    /// Its id: `situation`.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// What it rests on.
    pub provision: Provision,
    /// What it is made of.
    pub holds: Holds,
    /// Its texts: id and name; none for goals and interventions.
    pub sections: Vec<SectionRule>,
}

/// A text that a part must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRule {
    /// Its id: `situation-social`.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// What belongs in it, for who writes.
    pub guide: Option<Bilingual>,
}

/// How goals are judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmartRules {
    /// The rule set's version, cited with every judgement.
    pub version: String,
    /// The clause and words that the criteria rest on.
    pub provision: Provision,
    /// How strongly each criterion binds.
    pub levels: BTreeMap<Criterion, Level>,
    /// Whether goals need only be possible to follow by an indicator: the position that Ekonomistyrningsverket
    /// later took, by which vague goals may be followed by indicators and only Measurable binds.
    pub indicator_only: bool,
    /// From which share of the historic changes in comparable districts a required change is told to be unlikely.
    pub unlikely_from_percent: i64,
    /// Words that a sentence about an activity begins with, in lower case.
    pub activities: Vec<String>,
    /// What may stand before them: ”vi ska”, ”målet är att”.
    pub openings: Vec<String>,
    /// Why it is read so.
    pub reading: Option<Bilingual>,
}

impl SmartRules {
    /// How strongly a criterion binds.
    pub fn level(&self, criterion: Criterion) -> Level {
        if self.indicator_only && criterion != Criterion::Measurable {
            return Level::Information;
        }
        self.levels.get(&criterion).copied().unwrap_or(Level::Warning)
    }
}

/// What a programme says of its plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRules {
    /// What a plan is called.
    pub name: Bilingual,
    /// That it is drawn up in consultation with the inhabitants.
    pub consultation: Provision,
    /// That other documents are taken into account.
    pub regard: Provision,
    /// That it is revised every year by what is learned.
    pub revision: Provision,
    /// Whose governing document it is.
    pub adoption: Provision,
    /// The obligation that reporting a plan meets: `report-plan`.
    pub reported_by: crate::ids::ObligationId,
    /// The mandatory parts, in order.
    pub parts: Vec<PartRule>,
    /// How goals are judged.
    pub smart: SmartRules,
}

impl PlanRules {
    /// The texts that a plan must have, in order, each with its part.
    pub fn sections(&self) -> impl Iterator<Item = (&PartRule, &SectionRule)> {
        self.parts.iter().flat_map(|part| part.sections.iter().map(move |section| (part, section)))
    }

    /// A section by its id.
    pub fn section(&self, id: &str) -> Option<(&PartRule, &SectionRule)> {
        self.sections().find(|(_, section)| section.id == id)
    }

    /// The part that is made of something else than texts.
    pub fn holding(&self, holds: Holds) -> Option<&PartRule> {
        self.parts.iter().find(|part| part.holds == holds)
    }
}
