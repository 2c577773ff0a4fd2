//! How two versions of a plan differ: which parts came, went or changed, and in each field which words.
//!
//! ”…årligen revideras” (§ 4; SFS 2008:348, 9 §): a reader sees both versions beside each other, with what differs
//! marked in each.

use super::Plan;
use super::part::Key;
use serde::Serialize;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};

/// Longer texts are compared by their lines; by their words they would take longer than anyone waits.
const WORDS_MAX: usize = 4_000;

/// The fields of every kind of part, in the order in which they are read and written. A path below one of them
/// (`base.value`) stands where that one stands.
const ORDER: [&str; 35] = [
    "text",
    "area",
    "kind",
    "title",
    "year",
    "problem",
    "statement",
    "description",
    "learned",
    "source",
    "changed",
    "concerns",
    "regard",
    "decision",
    "national_goal",
    "municipal_goal",
    "goals",
    "district",
    "indicator",
    "unit",
    "group",
    "base",
    "target",
    "by",
    "milestones",
    "owner",
    "responsible",
    "partners",
    "from",
    "to",
    "output",
    "outcome",
    "budget",
    "learning",
    "overrides",
];

crate::programme::codes! {
    /// What became of a part.
    Change {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It reads differently.
        Changed = "changed",
    }
}

/// A run of text, and whether it stands only on this side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it differs.
    pub differs: bool,
}

/// A field that reads differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field's name: `statement`, `base.value`.
    pub field: String,
    /// How it read.
    pub before: Vec<Piece>,
    /// How it reads.
    pub after: Vec<Piece>,
}

/// What became of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartChange {
    /// Which part: `goal/g1`.
    pub part: String,
    /// What became of it.
    pub change: Change,
    /// Its fields that differ.
    pub fields: Vec<FieldChange>,
}

/// How one version differs from the one before: every part that is not the same, in the order of the plan.
pub fn difference(before: &Plan, after: &Plan) -> Vec<PartChange> {
    let (before, after) = (before.parts(), after.parts());
    let mut keys: Vec<&Key> =
        before.keys().chain(after.keys()).collect::<BTreeSet<_>>().into_iter().collect();
    keys.sort_by_key(|key| (key.kind, key.number(), key.id.clone()));
    let nothing = Value::Null;
    let changed = keys.into_iter().filter_map(|key| {
        let (was, is) = (before.get(key), after.get(key));
        let change = match (was, is) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            (Some(was), Some(is)) if was == is => return None,
            _ => Change::Changed,
        };
        let fields = fields(was.unwrap_or(&nothing), is.unwrap_or(&nothing));
        // An empty text that came or went is no change that anyone can see.
        (!fields.is_empty()).then(|| PartChange { part: key.to_string(), change, fields })
    });
    changed.collect()
}

/// The fields of two bodies that read differently.
fn fields(before: &Value, after: &Value) -> Vec<FieldChange> {
    let (before, after) = (leaves(before), leaves(after));
    let mut names: Vec<&String> =
        before.keys().chain(after.keys()).collect::<BTreeSet<_>>().into_iter().collect();
    names.sort_by_key(|name| place(name));
    let differing = names.into_iter().filter_map(|name| {
        let text = |of: &BTreeMap<String, String>| of.get(name).cloned().unwrap_or_default();
        let (was, is) = (text(&before), text(&after));
        (was != is && name != "id").then(|| {
            let (before, after) = side_by_side(&was, &is);
            FieldChange { field: name.clone(), before, after }
        })
    });
    differing.collect()
}

/// Where a field is read; what has no place of its own comes last, by name.
fn place(path: &str) -> usize {
    let field = path.split('.').next().unwrap_or(path);
    ORDER.iter().position(|one| *one == field).unwrap_or(ORDER.len())
}

/// A body's fields as texts, by the path to each.
fn leaves(body: &Value) -> BTreeMap<String, String> {
    fn gather(path: &str, value: &Value, to: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    gather(&path, member, to);
                }
            }
            value => {
                let text = shown(value);
                if !text.is_empty() {
                    to.insert(path.to_owned(), text);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    gather("", body, &mut found);
    found
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(members) => members.values().map(shown).collect::<Vec<_>>().join(": "),
        // 55 and not 55.0: a target is a number, however it was typed.
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |value| value.to_string())
        }
        plain => plain.to_string(),
    }
}

/// Two texts beside each other, with what differs marked in each.
fn side_by_side(before: &str, after: &str) -> (Vec<Piece>, Vec<Piece>) {
    let words = |text: &str| text.split_inclusive(char::is_whitespace).count();
    let by_line = words(before).max(words(after)) > WORDS_MAX;
    let old: Vec<&str> = pieces(before, by_line);
    let new: Vec<&str> = pieces(after, by_line);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let differs = !matches!(op, DiffOp::Equal { .. });
        add(&mut left, old[op.old_range()].concat(), differs);
        add(&mut right, new[op.new_range()].concat(), differs);
    }
    (left, right)
}

fn pieces(text: &str, by_line: bool) -> Vec<&str> {
    if by_line {
        text.split_inclusive('\n').collect()
    } else {
        text.split_inclusive(char::is_whitespace).collect()
    }
}

fn add(side: &mut Vec<Piece>, text: String, differs: bool) {
    match side.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.differs == differs => last.text.push_str(&text),
        _ => side.push(Piece { text, differs }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::goal::Goal;
    use crate::plan::intervention::Intervention;
    use crate::plan::{Allocation, ConsideredDocument, Lesson};

    fn plan(analysis: &str, target: f64) -> Plan {
        Plan {
            texts: BTreeMap::from([("analysis".into(), analysis.into())]),
            goals: vec![Goal { id: "g1".into(), target: Some(target), ..Goal::default() }],
            ..Plan::default()
        }
    }

    #[test]
    fn words_that_differ_are_marked_on_their_own_side() {
        let changes =
            difference(&plan("Här finns arbete nära.", 50.0), &plan("Här finns mer arbete nära.", 50.0));
        assert_eq!(changes.len(), 1);
        let field = &changes[0].fields[0];
        let marked =
            |side: &[Piece]| side.iter().filter(|p| p.differs).map(|p| p.text.clone()).collect::<String>();
        assert_eq!((marked(&field.before), marked(&field.after)), (String::new(), "mer ".into()));
        let whole: String = field.after.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(whole, "Här finns mer arbete nära.");
    }

    #[test]
    fn fields_are_told_in_the_order_in_which_they_are_written() {
        let after = Plan {
            lessons: vec![Lesson {
                id: "l1".into(),
                learned: "Fler kom.".into(),
                source: "Räkning".into(),
                changed: "Fler tider.".into(),
                concerns: vec![],
            }],
            ..Plan::default()
        };
        let told = difference(&Plan::default(), &after).remove(0).fields;
        assert_eq!(
            told.iter().map(|f| f.field.as_str()).collect::<Vec<_>>(),
            ["learned", "source", "changed"]
        );
    }

    #[test]
    fn every_field_of_every_part_has_its_place() {
        let whole = Plan {
            texts: BTreeMap::from([("analysis".into(), "x".into())]),
            goals: vec![Goal::default()],
            interventions: vec![Intervention::default()],
            documents: vec![ConsideredDocument::default()],
            lessons: vec![Lesson::default()],
            allocations: vec![Allocation::default()],
        };
        for (key, body) in whole.parts() {
            for name in body.as_object().expect("a part is an object").keys().filter(|name| *name != "id") {
                assert!(place(name) < ORDER.len(), "{key}: {name}");
            }
        }
    }

    #[test]
    fn a_changed_target_a_new_intervention_and_nothing_else_are_told() {
        let before = plan("Samma.", 50.0);
        let mut after = plan("Samma.", 52.5);
        after.interventions.push(Intervention {
            id: "i1".into(),
            title: "Jobbtorg".into(),
            ..Intervention::default()
        });
        let changes = difference(&before, &after);
        let told: Vec<_> = changes.iter().map(|c| (c.part.as_str(), c.change)).collect();
        assert_eq!(told, [("goal/g1", Change::Changed), ("intervention/i1", Change::Added)]);
        assert_eq!(changes[0].fields[0].field, "target");
        assert_eq!(difference(&before, &before), []);
    }
}
