//! A plan as headings, texts and labelled fields: what Markdown and a document for Word have in common.

use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::plan::rules::Holds;
use serde_json::Value;

use super::field::fields;
use super::value::shown;
use super::{Terms, settled_text};

/// A piece of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// The title of it all.
    Title(String),
    /// The heading of a part.
    Part(String),
    /// The heading of a section of a part, or of a goal, an intervention.
    Item(String),
    /// A text: paragraphs with an empty line between.
    Text(String),
    /// A field: its words and what stands in it. `raw` is all of it as it was written, for where no field belongs.
    Field {
        /// The words before the colon.
        label: String,
        /// What stands after.
        value: String,
        /// Both, as they were written.
        raw: String,
    },
}

/// The parts of a plan that a programme does not number: message key of the heading, and what is under it.
pub(super) const SURROUNDINGS: &[(&str, Kind)] = &[
    ("exchange-part-documents", Kind::Document),
    ("exchange-part-lessons", Kind::Lesson),
    ("exchange-part-allocations", Kind::Allocation),
];

/// The plan as it is written out, in the ordinance's order.
pub(super) fn outline(plan: &Plan, terms: &Terms<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Title(capital(&terms.rules.name.sv))];
    let parts = plan.parts();
    let items = |blocks: &mut Vec<Block>, kind: Kind| {
        let mut keys: Vec<&Key> = parts.keys().filter(|key| key.kind == kind).collect();
        keys.sort_by_key(|key| key.number());
        for key in keys {
            item(blocks, key, &parts[key], terms);
        }
    };
    for part in &terms.rules.parts {
        blocks.push(Block::Part(part.name.sv.clone()));
        match part.holds {
            Holds::Goals => items(&mut blocks, Kind::Goal),
            Holds::Interventions => items(&mut blocks, Kind::Intervention),
            Holds::Texts => {
                for section in &part.sections {
                    text(&mut blocks, &section.name.sv, plan.text(&section.id));
                }
            }
        }
    }
    let others = || plan.texts.iter().filter(|(id, _)| terms.rules.section(id).is_none());
    if others().next().is_some() {
        blocks.push(Block::Part(terms.word("exchange-part-other-texts")));
        for (id, words) in others() {
            text(&mut blocks, id, words);
        }
    }
    for (key, kind) in SURROUNDINGS {
        blocks.push(Block::Part(terms.word(key)));
        items(&mut blocks, *kind);
    }
    blocks
}

fn text(blocks: &mut Vec<Block>, heading: &str, words: &str) {
    blocks.push(Block::Item(heading.to_owned()));
    let words = settled_text(words);
    if !words.is_empty() {
        blocks.push(Block::Text(words));
    }
}

fn item(blocks: &mut Vec<Block>, key: &Key, body: &Value, terms: &Terms<'_>) {
    blocks.push(Block::Item(key.id.clone()));
    for field in fields(key.kind) {
        let value = shown(body, field, terms);
        // Empty fields are written so that they can be filled in; reasons are asked for when something falls short.
        if !value.is_empty() || !field.name.starts_with("overrides.") {
            blocks.push(Block::Field { label: terms.word(field.key), value, raw: String::new() });
        }
    }
}

/// A name with a capital letter, as a heading has it.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
