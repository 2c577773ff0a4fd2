//! A plan from headings, texts and labelled fields, with everything that is wrong told at its place.

use std::collections::BTreeMap;

use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind, Parts, next_id};
use kvarter_domain::plan::rules::{Holds, PartRule};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::text::{folded, nearest};
use serde_json::{Value, json};

use super::field::{Field, fields};
use super::outline::{Block, SURROUNDINGS};
use super::value::{body, labelled, read};
use super::{Terms, settled_text, told};

/// A block and where it stands in the file.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The place: `plan.md:12`.
    pub(super) at: String,
    /// The block.
    pub(super) block: Block,
}

/// Blocks gathered while a file is read: what is no heading and no field goes on from what stands before it.
#[derive(Debug, Default)]
pub(super) struct Gathered(pub(super) Vec<Placed>);

impl Gathered {
    /// A heading or the beginning of a field.
    pub(super) fn begin(&mut self, at: String, block: Block) {
        self.0.push(Placed { at, block });
    }

    /// Words that go on, after what parts them from those before.
    pub(super) fn go_on(&mut self, at: String, joint: &str, words: &str) {
        match self.0.last_mut().map(|last| &mut last.block) {
            Some(Block::Text(text)) => text.extend([joint, words]),
            Some(Block::Field { value, raw, .. }) => {
                value.extend([joint, words]);
                raw.extend([joint, words]);
            }
            _ => self.begin(at, Block::Text(words.to_owned())),
        }
    }
}

/// What a heading opened.
#[derive(Clone, Copy)]
enum Open<'a> {
    /// Nothing yet: what stands here is for people.
    Preface,
    /// A part of texts.
    Texts(&'a PartRule),
    /// Texts that the programme does not ask for.
    OtherTexts,
    /// A part of goals, interventions and so on.
    Items(Kind),
    /// A part that nobody knows; it has been told.
    Unknown,
}

struct Item {
    kind: Kind,
    /// Its id; none for one that is to be given one.
    id: Option<String>,
    at: String,
    fields: Vec<(&'static Field, Value, String)>,
}

struct Reader<'a> {
    terms: &'a Terms<'a>,
    /// What parts two blocks of one text.
    joint: &'a str,
    open: Open<'a>,
    /// The section whose text is being read.
    section: Option<String>,
    /// Whether the item or the section under the last heading is one that is read.
    inside: bool,
    parts_seen: BTreeMap<String, String>,
    texts: BTreeMap<String, (String, String)>,
    items: Vec<Item>,
    problems: Problems,
}

/// The plan that the blocks make. `taken` is every id that there has been, so that what is new is given a new one.
///
/// # Errors
/// Everything that is wrong, each with its place.
pub(super) fn plan(
    blocks: Vec<Placed>,
    joint: &str,
    taken: &[Key],
    terms: &Terms<'_>,
) -> Result<Plan, Problems> {
    let mut reader = Reader {
        terms,
        joint,
        open: Open::Preface,
        section: None,
        inside: false,
        parts_seen: BTreeMap::new(),
        texts: BTreeMap::new(),
        items: Vec::new(),
        problems: Problems::none(),
    };
    for Placed { at, block } in blocks {
        match block {
            Block::Title(_) => {}
            Block::Part(heading) => reader.part(&at, &heading),
            Block::Item(heading) => reader.item(&at, &heading),
            Block::Text(text) => reader.text(&at, &text),
            Block::Field { label, value, raw } => reader.field(&at, &label, &value, &raw),
        }
    }
    reader.problems.add_if(reader.parts_seen.is_empty() && reader.problems.is_empty(), || {
        Problem::new("exchange-nothing-found", "").with("known", terms.rules.parts[0].name.sv.clone())
    });
    reader.close(taken).map_err(told)
}

impl<'a> Reader<'a> {
    fn part(&mut self, at: &str, heading: &str) {
        (self.section, self.inside) = (None, false);
        let wanted = folded(heading);
        let terms = self.terms;
        let mut known: Vec<(String, Open<'a>)> = Vec::new();
        for part in &terms.rules.parts {
            known.push((
                part.name.sv.clone(),
                match part.holds {
                    Holds::Texts => Open::Texts(part),
                    Holds::Goals => Open::Items(Kind::Goal),
                    Holds::Interventions => Open::Items(Kind::Intervention),
                },
            ));
        }
        for (key, kind) in SURROUNDINGS {
            known.push((terms.word(key), Open::Items(*kind)));
        }
        known.push((terms.word("exchange-part-other-texts"), Open::OtherTexts));
        let Some((_, open)) = known.iter().find(|(name, _)| folded(name) == wanted) else {
            self.open = Open::Unknown;
            let names: Vec<&str> = known.iter().map(|(name, _)| name.as_str()).collect();
            self.problems.add(unknown("exchange-heading-unknown", at, "heading", heading, &names));
            return;
        };
        self.open = *open;
        if let Some(first) = self.parts_seen.insert(wanted, at.to_owned()) {
            self.problems.add(
                Problem::new("exchange-heading-twice", at).with("heading", heading).with("first", first),
            );
        }
    }

    fn item(&mut self, at: &str, heading: &str) {
        (self.section, self.inside) = (None, false);
        match self.open {
            Open::Preface | Open::Unknown => {}
            Open::OtherTexts => {
                let id = folded(heading);
                if Key::parse(&format!("text/{id}")).is_some() {
                    self.begin_text(at, id, heading);
                } else {
                    self.problems
                        .add(Problem::new("exchange-id-malformed", at).with("heading", heading.trim()));
                }
            }
            Open::Texts(part) => {
                let wanted = folded(heading);
                match part.sections.iter().find(|section| folded(&section.name.sv) == wanted) {
                    Some(section) => self.begin_text(at, section.id.clone(), heading),
                    None => {
                        let names: Vec<&str> = part.sections.iter().map(|s| s.name.sv.as_str()).collect();
                        self.problems.add(unknown(
                            "exchange-heading-unknown",
                            at,
                            "heading",
                            heading,
                            &names,
                        ));
                    }
                }
            }
            Open::Items(kind) => self.begin_item(at, kind, heading),
        }
    }

    fn begin_text(&mut self, at: &str, id: String, heading: &str) {
        self.inside = true;
        if let Some((first, _)) = self.texts.get(&id) {
            let twice = Problem::new("exchange-heading-twice", at);
            self.problems.add(twice.with("heading", heading).with("first", first));
            return;
        }
        self.texts.insert(id.clone(), (at.to_owned(), String::new()));
        self.section = Some(id);
    }

    /// The first word of the heading is the id, or that it is new; the rest is for people.
    fn begin_item(&mut self, at: &str, kind: Kind, heading: &str) {
        self.inside = true;
        let heading = folded(heading);
        let first = heading.split(' ').next().unwrap_or_default().trim_end_matches([':', '.', ',']);
        let is_new =
            ["exchange-new", "exchange-new-neuter"].iter().any(|key| folded(&self.terms.word(key)) == first);
        let id = Key::parse(&format!("{kind}/{first}")).map(|key| key.id);
        if id.is_none() && !is_new {
            let example = kind.letter().map(|letter| format!("{letter}1")).unwrap_or_default();
            let malformed = Problem::new("exchange-id-malformed", at);
            self.problems.add(malformed.with("heading", &heading).with("example", example));
        }
        if let Some(id) = &id
            && let Some(other) = self.items.iter().find(|other| other.id.as_ref() == Some(id))
        {
            self.problems.add(Problem::new("exchange-id-twice", at).with("id", id).with("first", &other.at));
        }
        self.items.push(Item { kind, id, at: at.to_owned(), fields: Vec::new() });
    }

    fn text(&mut self, at: &str, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        if let (Open::Texts(part), false) = (self.open, self.inside)
            && let [only] = part.sections.as_slice()
        {
            self.begin_text(at, only.id.clone(), &only.name.sv);
        }
        if let Some((_, text)) = self.section.as_ref().and_then(|section| self.texts.get_mut(section)) {
            if !text.is_empty() {
                text.push_str(self.joint);
            }
            text.push_str(words);
            return;
        }
        let misplaced = match self.open {
            Open::Preface | Open::Unknown => false,
            Open::Items(_) => true,
            Open::Texts(_) | Open::OtherTexts => !self.inside,
        };
        self.problems.add_if(misplaced, || {
            let cut: String = words.trim().chars().take(60).collect();
            Problem::new("exchange-text-without-place", at).with("text", cut)
        });
    }

    fn field(&mut self, at: &str, label: &str, value: &str, raw: &str) {
        let Open::Items(kind) = self.open else {
            return self.text(at, raw);
        };
        let Some(item) = self.items.last_mut().filter(|_| self.inside) else {
            return self.text(at, raw);
        };
        let Some(field) = labelled(kind, label, self.terms) else {
            let words: Vec<String> = fields(kind).iter().map(|field| self.terms.word(field.key)).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            self.problems.add(unknown("exchange-field-unknown", at, "label", label, &words));
            return;
        };
        if let Some((.., first)) = item.fields.iter().find(|(other, ..)| *other == field) {
            self.problems.add(
                Problem::new("exchange-field-twice", at).with("label", label.trim()).with("first", first),
            );
            return;
        }
        if settled_text(value).is_empty() {
            return;
        }
        match read(value, field, self.terms) {
            Ok(value) => item.fields.push((field, value, at.to_owned())),
            Err(problem) => self.problems.add(Problem { place: at.to_owned(), ..problem }),
        }
    }

    fn close(mut self, taken: &[Key]) -> Result<Plan, Problems> {
        let mut parts = Parts::new();
        for (id, (at, text)) in &self.texts {
            let text = settled_text(text);
            let (length, most) = (text.chars().count(), kvarter_domain::plan::check::TEXT_MAX);
            self.problems.add_if(length > most, || {
                Problem::new("text-too-long", at).with("length", length).with("max", most)
            });
            if !text.is_empty() {
                parts.insert(Key::new(Kind::Text, id), json!({ "text": text }));
            }
        }
        let mut ids: Vec<Key> = taken.to_vec();
        ids.extend(self.items.iter().filter_map(|item| Some(Key::new(item.kind, item.id.clone()?))));
        for item in self.items {
            let id = item.id.unwrap_or_else(|| next_id(item.kind, &ids));
            let key = Key::new(item.kind, id);
            ids.push(key.clone());
            let read = item.fields.into_iter().map(|(field, value, _)| (field, value)).collect();
            match body(&key, read, self.terms) {
                Ok(body) => {
                    parts.insert(key, body);
                }
                Err(problem) => self.problems.add(Problem { place: item.at, ..problem }),
            }
        }
        self.problems.or(())?;
        Plan::of_parts(&parts)
    }
}

/// That a word is not known, with the nearest that is, and all of them.
fn unknown(code: &str, at: &str, name: &str, written: &str, known: &[&str]) -> Problem {
    let cut: String = written.trim().chars().take(80).collect();
    Problem::new(code, at)
        .with("nearest", nearest(known, &cut).unwrap_or("none"))
        .with("known", known.join(", "))
        .with(name, cut)
}
