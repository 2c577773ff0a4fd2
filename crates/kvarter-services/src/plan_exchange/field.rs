//! The fields of the parts of a plan, as files name them: which words stand for each, and what may stand in it.
//!
//! One table for every kind of file, so that a field that is added to a goal is added here and is then in all of them.

use kvarter_domain::plan::part::Kind;

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words.
    Text,
    /// A target area of the programme, by name or id.
    Area,
    /// A number.
    Number,
    /// A day.
    Day,
    /// A time that figures are about: `2007`, `2005–2007`.
    Period,
    /// What stands beside a figure.
    State,
    /// What kind of document it is.
    Document,
    /// Ids with commas between them.
    Ids,
    /// Days with values: `2009-12-31: 54,5; 2010-06-30: 55`.
    Milestones,
    /// A year.
    Year,
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in the part's body; after a point, its name in what stands there.
    pub(super) name: &'static str,
    /// The message key of its words.
    pub(super) key: &'static str,
    /// What may stand in it.
    pub(super) shape: Shape,
}

const fn field(name: &'static str, key: &'static str, shape: Shape) -> Field {
    Field { name, key, shape }
}

const GOAL: &[Field] = &[
    field("area", "plan-field-area", Shape::Area),
    field("statement", "plan-field-statement", Shape::Text),
    field("problem", "plan-field-problem", Shape::Text),
    field("national_goal", "plan-field-national_goal", Shape::Text),
    field("municipal_goal", "plan-field-municipal_goal", Shape::Text),
    field("indicator", "plan-field-indicator", Shape::Text),
    field("unit", "plan-field-unit", Shape::Text),
    field("group", "plan-field-group", Shape::Text),
    field("base.value", "plan-field-base-value", Shape::Number),
    field("base.period", "plan-field-base-period", Shape::Period),
    field("base.source", "plan-field-base-source", Shape::Text),
    field("base.published", "plan-field-base-published", Shape::Day),
    field("base.state", "plan-field-base-state", Shape::State),
    field("target", "plan-field-target", Shape::Number),
    field("by", "plan-field-by", Shape::Day),
    field("milestones", "plan-field-milestones", Shape::Milestones),
    field("owner", "plan-field-owner", Shape::Text),
    field("partners", "plan-field-partners", Shape::Ids),
    field("overrides.specific", "plan-field-overrides-specific", Shape::Text),
    field("overrides.measurable", "plan-field-overrides-measurable", Shape::Text),
    field("overrides.accepted", "plan-field-overrides-accepted", Shape::Text),
    field("overrides.realistic", "plan-field-overrides-realistic", Shape::Text),
    field("overrides.time-bound", "plan-field-overrides-time-bound", Shape::Text),
];

const INTERVENTION: &[Field] = &[
    field("title", "plan-field-title", Shape::Text),
    field("goals", "plan-field-goals", Shape::Ids),
    field("description", "plan-field-description", Shape::Text),
    field("district", "plan-field-district", Shape::Text),
    field("responsible", "plan-field-responsible", Shape::Text),
    field("from", "plan-field-from", Shape::Day),
    field("to", "plan-field-to", Shape::Day),
    field("output", "plan-field-output", Shape::Text),
    field("outcome", "plan-field-outcome", Shape::Text),
    field("budget", "plan-field-budget", Shape::Text),
    field("learning", "plan-field-learning", Shape::Text),
];

const DOCUMENT: &[Field] = &[
    field("kind", "plan-field-kind", Shape::Document),
    field("title", "plan-field-title", Shape::Text),
    field("regard", "plan-field-regard", Shape::Text),
];

const LESSON: &[Field] = &[
    field("learned", "plan-field-learned", Shape::Text),
    field("source", "plan-field-source", Shape::Text),
    field("changed", "plan-field-changed", Shape::Text),
    field("concerns", "plan-field-concerns", Shape::Ids),
];

const ALLOCATION: &[Field] = &[
    field("year", "plan-field-year", Shape::Year),
    field("statement", "plan-field-allocation-statement", Shape::Text),
    field("decision", "plan-field-decision", Shape::Text),
];

/// The fields of a kind of part, in the order in which they are written; a text has none.
pub(super) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Text => &[],
        Kind::Goal => GOAL,
        Kind::Intervention => INTERVENTION,
        Kind::Document => DOCUMENT,
        Kind::Lesson => LESSON,
        Kind::Allocation => ALLOCATION,
    }
}
