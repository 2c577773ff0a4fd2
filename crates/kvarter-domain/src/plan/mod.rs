//! The strategic district plan: what it holds, and the acts by which it becomes one.
//!
//! ”En strategisk stadsdelsplan ska innehålla 1. en lägesbeskrivning … 8. en beskrivning av planerade insatser för
//! att sprida erfarenheter och kunskaper” (SFS 2008:348, 8 §). Which parts a plan must have is the programme's
//! ([`rules::PlanRules`]); a [`Plan`] holds them as texts, goals, interventions and what surrounds them.
//!
//! There is one series of plans for each district. While it is worked on, a plan is a draft in [`part`]s that
//! several people change ([`merge`]); when the partnership adopts it, it becomes a [`PlanVersion`], which never
//! changes; when that is reported to the state, the duty of 31 December is met. [`check`] says what is missing,
//! [`smart`] judges each goal, [`difference`] tells two versions apart.

pub mod acceptance;
pub mod check;
pub mod difference;
pub mod goal;
pub mod intervention;
pub mod merge;
pub mod part;
pub mod rules;
pub mod smart;

use crate::ids::{AgreementId, Digest, OrganisationId, PersonId, RecordId};
use goal::Goal;
use intervention::Intervention;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a plan holds.
///
/// Everything in it may be missing: a draft begins empty, and what is missing is for [`check`] to say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// The texts, by the section's id in the programme: `situation-social`.
    pub texts: BTreeMap<String, String>,
    /// The goals, in the order of their ids.
    pub goals: Vec<Goal>,
    /// The interventions.
    pub interventions: Vec<Intervention>,
    /// The documents that were taken into account.
    pub documents: Vec<ConsideredDocument>,
    /// What was learned since the version before, and what changed for it.
    pub lessons: Vec<Lesson>,
    /// How the district's needs were weighed when resources were allocated.
    pub allocations: Vec<Allocation>,
}

impl Plan {
    /// A section's text; empty if there is none.
    pub fn text(&self, section: &str) -> &str {
        self.texts.get(section).map_or("", String::as_str)
    }

    /// A goal by its id.
    pub fn goal(&self, id: &str) -> Option<&Goal> {
        self.goals.iter().find(|goal| goal.id == id)
    }

    /// An intervention by its id.
    pub fn intervention(&self, id: &str) -> Option<&Intervention> {
        self.interventions.iter().find(|intervention| intervention.id == id)
    }

    /// The goals of one target area.
    pub fn goals_in<'a>(&'a self, area: &'a str) -> impl Iterator<Item = &'a Goal> {
        self.goals.iter().filter(move |goal| goal.area == area)
    }

    /// The interventions that serve a goal.
    pub fn interventions_for<'a>(&'a self, goal: &'a str) -> impl Iterator<Item = &'a Intervention> {
        self.interventions.iter().filter(move |intervention| intervention.goals.iter().any(|g| g == goal))
    }
}

crate::programme::codes! {
    /// What kind of document was taken into account.
    ///
    /// ”…med beaktande av kommunernas översiktsplanering, regionala utvecklingsprogram, strukturfondsprogram och
    /// andra relevanta dokument” (SFS 2008:348, 7 §)
    DocumentKind {
        /// The municipality's comprehensive planning (översiktsplanering).
        ComprehensivePlan = "comprehensive-plan",
        /// A regional development programme.
        RegionalProgramme = "regional-programme",
        /// A structural-fund programme.
        StructuralFundProgramme = "structural-fund-programme",
        /// Another relevant document.
        Other = "other",
    }
}

/// A document that the plan was drawn up with regard to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConsideredDocument {
    /// Its id in the plan: `d1`.
    pub id: String,
    /// What kind it is.
    pub kind: DocumentKind,
    /// Its title, with year or reference number.
    pub title: String,
    /// What of it was taken into account, and how.
    pub regard: String,
}

impl Default for ConsideredDocument {
    fn default() -> Self {
        Self { id: String::new(), kind: DocumentKind::Other, title: String::new(), regard: String::new() }
    }
}

/// What was learned, and what changed in the plan for it.
///
/// ”…revideras utifrån de erfarenheter och kunskaper som finns” (SFS 2008:348, 9 §)
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Lesson {
    /// Its id in the plan: `l1`.
    pub id: String,
    /// What was learned.
    pub learned: String,
    /// From what: a follow-up, an evaluation, a meeting with residents.
    pub source: String,
    /// What changed in the plan.
    pub changed: String,
    /// The goals and interventions that changed.
    pub concerns: Vec<String>,
}

/// How the district's needs were weighed in one year's budget.
///
/// ”Kommunen tar vid resursfördelning hänsyn till varje i avtalet angiven stadsdel” (§ 4)
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Allocation {
    /// Its id in the plan: `a1`.
    pub id: String,
    /// The budget year.
    pub year: Option<i64>,
    /// How the needs of the district and its inhabitants were weighed.
    pub statement: String,
    /// The budget decision, by its reference number.
    pub decision: String,
}

/// The id of a district's series of plans: `lua-2008/0180/plan/01800154`.
pub fn series_of(agreement: &AgreementId, district: &str) -> String {
    format!("{agreement}/plan/{district}")
}

/// An adopted version of a district's plan (fact). Its content is kept beside it, in [`PlanContent`].
///
/// Adopted by the partnership: the plans are ”de lokala partnerskapens styrdokument” (SFS 2008:348, 2 §).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanVersion {
    /// The series and the running number: `lua-2008/0180/plan/01800154/2`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The district's code.
    pub district: String,
    /// The district's name when it was adopted.
    pub district_name: String,
    /// Its number in the series, from 1.
    pub serial: i64,
    /// The SHA-256 of its content's canonical text.
    pub content_digest: Digest,
    /// The day the partnership adopted it.
    pub adopted_on: Date,
    /// The meeting and the paragraph by which it was adopted.
    pub adopted_by: String,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// Why it is said to be revised without change, where it is.
    pub unchanged: Option<String>,
    /// How many goals it has: for lists, which do not read the content.
    pub goals: i64,
    /// How many interventions it has.
    pub interventions: i64,
    /// The shortcomings of goals that were accepted with a reason.
    pub overrides: i64,
    /// The organisation whose registrar or coordinator entered it.
    pub by: OrganisationId,
    /// Who entered it.
    pub person: PersonId,
    /// The record under which it is registered.
    pub record: RecordId,
    /// The plan as a document.
    pub document: Digest,
}

impl PlanVersion {
    /// The id of the version with this number.
    pub fn id_of(agreement: &AgreementId, district: &str, serial: i64) -> String {
        format!("{}/{serial}", series_of(agreement, district))
    }

    /// The id of its series.
    pub fn series(&self) -> String {
        series_of(&self.agreement, &self.district)
    }
}

/// What an adopted version holds (fact).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanContent {
    /// The version.
    pub version: String,
    /// All of it.
    pub content: Plan,
}

/// That a version was reported to the state (fact): the receipt, and the duty that it met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReport {
    /// The version.
    pub version: String,
    /// The duty of 31 December that it met.
    pub duty: crate::ids::DutyId,
    /// The day it was received.
    pub reported_on: Date,
    /// The record in the receiver's register: the receipt.
    pub record: RecordId,
}
