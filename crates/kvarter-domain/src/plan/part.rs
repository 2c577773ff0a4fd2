//! The parts that a draft is worked on in: each text, each goal, each intervention by itself, so that several
//! people can write at once.
//!
//! A part has a [`Key`] and a body, a JSON object with named fields; a plan is its parts put together, and two
//! versions differ by their parts.

use super::goal::Goal;
use super::intervention::Intervention;
use super::{Allocation, ConsideredDocument, Lesson, Plan};
use crate::problem::{Problem, Problems};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;

crate::programme::codes! {
    /// What kind of part.
    Kind {
        /// A text, by its section.
        Text = "text",
        /// A goal.
        Goal = "goal",
        /// An intervention.
        Intervention = "intervention",
        /// A document taken into account.
        Document = "document",
        /// Something learned.
        Lesson = "lesson",
        /// A statement on the allocation of resources.
        Allocation = "allocation",
    }
}

impl Kind {
    /// The letter that ids of this kind begin with; texts are named by their section.
    pub fn letter(self) -> Option<char> {
        match self {
            Self::Text => None,
            Self::Goal => Some('g'),
            Self::Intervention => Some('i'),
            Self::Document => Some('d'),
            Self::Lesson => Some('l'),
            Self::Allocation => Some('a'),
        }
    }
}

/// Which part: `text/analysis`, `goal/g1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What kind of part.
    pub kind: Kind,
    /// The section or the id.
    pub id: String,
}

impl Key {
    /// The part of a kind with an id.
    pub fn new(kind: Kind, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }

    /// Reads `goal/g1`; anything else is none. An id is short, in plain letters, digits and hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        let kind = Kind::from_code(kind)?;
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let sound = !id.is_empty() && id.len() <= 64 && id.bytes().all(plain);
        let sound = sound
            && kind.letter().is_none_or(|letter| {
                id.strip_prefix(letter).is_some_and(|number| {
                    number.len() <= 6 && number.parse::<u32>().is_ok() && !number.starts_with('0')
                })
            });
        sound.then(|| Self::new(kind, id))
    }

    /// The number in the id of a part that is numbered, for ordering.
    pub fn number(&self) -> Option<u32> {
        self.id.strip_prefix(self.kind.letter()?)?.parse().ok()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// The parts of a plan, by key.
pub type Parts = BTreeMap<Key, Value>;

/// The next free id of a kind: ids are never used again, so `taken` is every id that there has been.
pub fn next_id<'a>(kind: Kind, taken: impl IntoIterator<Item = &'a Key>) -> String {
    let last = taken.into_iter().filter(|key| key.kind == kind).filter_map(Key::number).max().unwrap_or(0);
    format!("{}{}", kind.letter().map(String::from).unwrap_or_default(), last + 1)
}

impl Plan {
    /// The plan as its parts.
    pub fn parts(&self) -> Parts {
        let mut parts = Parts::new();
        for (section, text) in &self.texts {
            parts.insert(Key::new(Kind::Text, section), json!({ "text": text }));
        }
        add(&mut parts, Kind::Goal, &self.goals, |goal| &goal.id);
        add(&mut parts, Kind::Intervention, &self.interventions, |intervention| &intervention.id);
        add(&mut parts, Kind::Document, &self.documents, |document| &document.id);
        add(&mut parts, Kind::Lesson, &self.lessons, |lesson| &lesson.id);
        add(&mut parts, Kind::Allocation, &self.allocations, |allocation| &allocation.id);
        parts
    }

    /// A plan from its parts.
    ///
    /// # Errors
    /// Every part whose body is not what its kind holds.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = (&'a Key, &'a Value)>) -> Result<Self, Problems> {
        let mut plan = Self::default();
        let mut problems = Problems::none();
        for (key, body) in parts {
            if key.kind == Kind::Text {
                let text = body.get("text").and_then(Value::as_str);
                problems.add_if(text.is_none(), || malformed(key, "text"));
                plan.texts.insert(key.id.clone(), text.unwrap_or_default().to_owned());
                continue;
            }
            match key.kind {
                Kind::Text => {}
                Kind::Goal => plan.goals.extend(read(key, body, &mut problems, |one: &mut Goal| &mut one.id)),
                Kind::Intervention => {
                    plan.interventions
                        .extend(read(key, body, &mut problems, |one: &mut Intervention| &mut one.id))
                }
                Kind::Document => {
                    plan.documents
                        .extend(read(key, body, &mut problems, |one: &mut ConsideredDocument| &mut one.id))
                }
                Kind::Lesson => {
                    plan.lessons.extend(read(key, body, &mut problems, |one: &mut Lesson| &mut one.id))
                }
                Kind::Allocation => {
                    plan.allocations
                        .extend(read(key, body, &mut problems, |one: &mut Allocation| &mut one.id))
                }
            }
        }
        let number = |kind: Kind, id: &str| Key::new(kind, id).number();
        plan.goals.sort_by_key(|goal| number(Kind::Goal, &goal.id));
        plan.interventions.sort_by_key(|one| number(Kind::Intervention, &one.id));
        plan.documents.sort_by_key(|one| number(Kind::Document, &one.id));
        plan.lessons.sort_by_key(|one| number(Kind::Lesson, &one.id));
        plan.allocations.sort_by_key(|one| number(Kind::Allocation, &one.id));
        problems.or(plan)
    }
}

/// Whether a body is what a part of this kind holds.
///
/// # Errors
/// What is wrong with it.
pub fn check_body(key: &Key, body: &Value) -> Result<(), Problems> {
    Plan::of_parts([(key, body)]).map(|_| ())
}

fn add<T: Serialize>(parts: &mut Parts, kind: Kind, all: &[T], id: impl Fn(&T) -> &String) {
    for one in all {
        let body = serde_json::to_value(one).expect("plain structs with text keys become JSON");
        parts.insert(Key::new(kind, id(one)), body);
    }
}

/// A part as its struct. Its id is the key's: a body that says another would be two parts at once.
fn read<T: DeserializeOwned>(
    key: &Key,
    body: &Value,
    problems: &mut Problems,
    id: impl Fn(&mut T) -> &mut String,
) -> Option<T> {
    match T::deserialize(body) {
        Ok(mut one) => {
            id(&mut one).clone_from(&key.id);
            Some(one)
        }
        Err(error) => {
            problems.add(malformed(key, &error.to_string()));
            None
        }
    }
}

fn malformed(key: &Key, detail: &str) -> Problem {
    Problem::new("part-malformed", key.to_string()).with("detail", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_its_parts_and_its_parts_are_the_plan() {
        let goal = |id: &str| Goal { id: id.into(), statement: "Fler i arbete".into(), ..Goal::default() };
        let plan = Plan {
            texts: BTreeMap::from([("analysis".into(), "Närhet till arbete".into())]),
            goals: vec![goal("g2"), goal("g10")],
            ..Plan::default()
        };
        let parts = plan.parts();
        assert_eq!(
            parts.keys().map(ToString::to_string).collect::<Vec<_>>(),
            ["text/analysis", "goal/g10", "goal/g2"]
        );
        assert_eq!(Plan::of_parts(&parts).expect("whole"), plan);
    }

    #[test]
    fn an_id_is_never_used_again() {
        let taken =
            [Key::new(Kind::Goal, "g1"), Key::new(Kind::Goal, "g7"), Key::new(Kind::Intervention, "i9")];
        assert_eq!(next_id(Kind::Goal, &taken), "g8");
        assert_eq!(next_id(Kind::Lesson, &taken), "l1");
    }

    #[test]
    fn a_key_that_could_be_something_else_is_none() {
        for good in ["text/situation-social", "goal/g1", "intervention/i120"] {
            assert_eq!(Key::parse(good).expect(good).to_string(), good);
        }
        for bad in [
            "",
            "goal",
            "goal/",
            "goal/i1",
            "goal/g0",
            "goal/g01",
            "mål/g1",
            "text/../x",
            "text/A",
            "goal/g9999999",
        ] {
            assert_eq!(Key::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_body_of_the_wrong_shape_is_told_with_its_part() {
        let key = Key::new(Kind::Goal, "g1");
        let problems = check_body(&key, &json!({ "target": "mycket" })).expect_err("a word for a number");
        assert_eq!(
            (problems.0[0].code.as_str(), problems.0[0].place.as_str()),
            ("part-malformed", "goal/g1")
        );
        assert!(check_body(&Key::new(Kind::Text, "analysis"), &json!([])).is_err());
    }
}
