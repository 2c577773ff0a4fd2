//! The strategic district plan as it is printed: words in the ordinance's order, figures written out, and for each
//! goal the points of its path, worked out to their places in the drawing.

use super::{Fact, Language, Section, Tone};
use serde::{Deserialize, Serialize};

/// A version of a district's plan, or a draft of one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// The language of all the words below.
    pub language: Language,
    /// Over the title: the municipality, or the partnership whose plan it is.
    pub sender: String,
    /// The title, which is also the document's title: “Strategisk stadsdelsplan för Husby”.
    pub title: String,
    /// A line under the title: the period and which version.
    pub subtitle: String,
    /// The first line at the foot of every page: the version's id, or the words for a draft.
    pub reference: String,
    /// The second line at the foot of every page: the digest of the content, with the word for it.
    pub digest: String,
    /// A mark that must not be missed: that it is a draft, that it belongs to a demonstration.
    pub mark: Option<String>,
    /// Labelled facts on the title page: municipality, period, adopted on and by, registry number.
    pub facts: Vec<Fact>,
    /// The words of the provision that makes the plan what it is, at the foot of the title page.
    pub provision: Option<String>,
    /// The heading over the list of contents.
    pub contents: String,
    /// What changed since the version before: its lessons. None in a first version.
    pub changes: Option<PlanTable>,
    /// The mandatory parts, in the ordinance's order.
    pub parts: Vec<PlanPart>,
    /// What surrounds the parts.
    pub surroundings: PlanSurroundings,
}

/// What surrounds the parts of a plan, each a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanSurroundings {
    /// Documents taken into account: kind, title, regard.
    pub documents: PlanTable,
    /// How the district's needs were weighed in the budgets: year, statement, decision.
    pub allocations: PlanTable,
    /// When and how residents were consulted: day, what was said, what came of it.
    pub consultations: PlanTable,
    /// Who has accepted which goal: goal, partner, day, what shows it.
    pub acceptances: PlanTable,
    /// Where every figure is from: goal, figure, source, published.
    pub sources: PlanTable,
}

/// A heading, what it rests on, and a table under it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanTable {
    /// The heading.
    pub heading: String,
    /// The provision that it rests on, as it is cited.
    pub provision: Option<String>,
    /// Paragraphs before the table; when there are no rows, the words for there being none.
    pub introduction: Vec<String>,
    /// The head of the table.
    pub columns: Vec<String>,
    /// The rows, each as long as the head; a shorter one is filled with nothing.
    pub rows: Vec<Vec<String>>,
}

/// One mandatory part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanPart {
    /// Its name.
    pub name: String,
    /// The provision that asks for it: “SFS 2008:348 8 § 1”.
    pub provision: String,
    /// The provision's words.
    pub quotation: String,
    /// Its texts, each with its aspect as heading; where there is but one, without.
    pub texts: Vec<Section>,
    /// The goals, in the part that holds them.
    pub goals: Option<PlanGoals>,
    /// The interventions, in the part that holds them.
    pub interventions: Option<PlanInterventions>,
}

/// The goals, first all of them in a table by target area, then each by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanGoals {
    /// Paragraphs before the goals: how they are judged and what the signs mean.
    pub introduction: Vec<String>,
    /// The head of the table.
    pub columns: PlanGoalColumns,
    /// The target areas, in the agreement's order.
    pub areas: Vec<PlanGoalArea>,
}

/// The head of the table of goals.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanGoalColumns {
    /// Above the goals.
    pub goal: String,
    /// Above the base values.
    pub base: String,
    /// Above the targets.
    pub target: String,
    /// Above the last days.
    pub by: String,
    /// Above the five letters.
    pub criteria: String,
}

/// The goals of one target area.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanGoalArea {
    /// The area's name: “Arbete”.
    pub name: String,
    /// Its goals; where there are none, the words for that stand in `nothing`.
    pub goals: Vec<PlanGoal>,
    /// The words for there being no goal.
    pub nothing: String,
}

/// A goal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanGoal {
    /// How it is called: “Mål 1”, with its id.
    pub label: String,
    /// What is to be reached.
    pub statement: String,
    /// The base value with unit and period: “52,1 procent (2006)”.
    pub base: String,
    /// The target with unit: “56 procent”.
    pub target: String,
    /// By when.
    pub by: String,
    /// Problem, derivation, measure, group, owner, partners, interventions.
    pub facts: Vec<Fact>,
    /// The way from base value to target, where both are known.
    pub path: Option<PlanPath>,
    /// The five criteria in the order of the word.
    pub criteria: Vec<PlanCriterion>,
}

/// The way from base value to target.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanPath {
    /// The drawing in words, for who cannot see it: every day and value in order.
    pub alternative: String,
    /// Base value, milestones, target.
    pub points: Vec<PlanPoint>,
}

/// A point of the way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanPoint {
    /// Its day, from 0 at the base value to 1000 at the last.
    pub along: u16,
    /// Its value, from 0 at the lowest to 1000 at the highest.
    pub up: u16,
    /// The value, written out.
    pub value: String,
    /// The day or period, written out.
    pub day: String,
}

/// One criterion's judgement of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanCriterion {
    /// Its letter: S, M, A, R or T.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// What it comes to, in a word.
    pub standing: String,
    /// The same as a sign.
    pub tone: Tone,
    /// Why, in sentences, the weightiest first.
    pub reasons: Vec<String>,
    /// Why a shortcoming is accepted, where it is, with the words before it.
    pub accepted: Option<String>,
}

/// The interventions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanInterventions {
    /// Paragraphs before them.
    pub introduction: Vec<String>,
    /// Each of them.
    pub list: Vec<PlanIntervention>,
    /// The words for there being none.
    pub nothing: String,
}

/// An intervention.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanIntervention {
    /// How it is called: “Insats 1”, with its id.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What is done.
    pub description: String,
    /// Who answers for it, when, within which budget.
    pub facts: Vec<Fact>,
    /// The logic chain: problem, goal, intervention, output, outcome, learning.
    pub chain: Vec<PlanLink>,
}

/// A link of the logic chain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanLink {
    /// Which link: “Problem”, “Prestation”.
    pub label: String,
    /// Its words; several where the intervention serves several goals.
    pub words: Vec<String>,
}
