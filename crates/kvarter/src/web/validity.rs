//! Whether an agreement is in force, and the proof: each condition with what meets it or what is missing.

use std::collections::HashMap;

use jiff::civil::Date;
use kvarter_domain::ids::RecordId;
use kvarter_domain::validity::{Leaf, Note, Proof, Validity};

use super::paths;
use crate::language::Words;

/// The answer, with its proofs.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The day from which the agreement is in force.
    pub in_force_from: Option<Date>,
    /// Why, or what comes next: one sentence.
    pub why: String,
    /// The proofs.
    pub proofs: Vec<ProofView>,
}

/// One proof.
#[derive(Debug, Clone)]
pub struct ProofView {
    /// What is proved.
    pub title: String,
    /// Whether it is.
    pub met: bool,
    /// When, or how much is missing.
    pub standing: String,
    /// Its conditions.
    pub leaves: Vec<LeafView>,
    /// What was chosen where the text leaves a choice.
    pub reading: Option<String>,
}

/// One condition.
#[derive(Debug, Clone)]
pub struct LeafView {
    /// Whether it is met.
    pub met: bool,
    /// Whether it only advises.
    pub advisory: bool,
    /// The condition in words.
    pub title: String,
    /// The words of the text that ask for it.
    pub says: Option<String>,
    /// What meets it.
    pub evidence: Vec<Shown>,
    /// What is missing.
    pub missing: Vec<String>,
    /// What should be noticed.
    pub remarks: Vec<String>,
}

/// What meets a condition.
#[derive(Debug, Clone)]
pub struct Shown {
    /// In words.
    pub words: String,
    /// The record: number and page.
    pub record: Option<(String, String)>,
}

impl Verdict {
    /// The answer for one agreement. `from` is the day it is in force from, where that has been written down.
    pub fn of(
        validity: &Validity,
        from: Option<Date>,
        numbers: &HashMap<RecordId, String>,
        l: Words,
    ) -> Self {
        let in_force_from = from.or(validity.in_force_from);
        let proofs: Vec<ProofView> =
            validity.proofs.iter().map(|proof| proof_view(proof, validity, numbers, l)).collect();
        let why = match in_force_from {
            Some(day) if validity.in_force_from.is_none() => contradicted(validity, day, l),
            Some(day) => last_met(validity, day, l),
            None => next_missing(validity, l),
        };
        Self { in_force_from, why, proofs }
    }
}

fn last_met(validity: &Validity, day: Date, l: Words) -> String {
    let mut leaves = validity.proofs.iter().rev().flat_map(|proof| proof.leaves.iter().rev());
    match leaves.find(|leaf| !leaf.advisory && leaf.met_on == Some(day)) {
        Some(leaf) => l.with("in-force-why", [("condition", &condition(leaf, l))]),
        None => l.t("in-force-why-all"),
    }
}

/// In force once and for all, though the facts as they now are would not make it so: that is said, not hidden.
pub(crate) fn contradicted(validity: &Validity, day: Date, l: Words) -> String {
    let missing = validity.proofs.iter().flat_map(Proof::missing).flat_map(|leaf| &leaf.missing);
    let next = missing.map(|note| words(note, l)).next().unwrap_or_default();
    l.with("in-force-contradicted", [("day", &l.day(day)), ("next", &next)])
}

/// The first condition that is missing, in the order in which they can be met.
fn next_missing(validity: &Validity, l: Words) -> String {
    let missing: Vec<&Leaf> = validity.proofs.iter().flat_map(Proof::missing).collect();
    let next =
        missing.iter().flat_map(|leaf| &leaf.missing).map(|note| words(note, l)).next().unwrap_or_default();
    l.with("not-in-force-why", [("count", &missing.len().to_string()), ("next", &next)])
}

fn condition(leaf: &Leaf, l: Words) -> String {
    l.t(&format!("condition-{}", leaf.condition.code()))
}

fn words(note: &Note, l: Words) -> String {
    let values = note.args.iter().map(|(name, value)| {
        let value = if value.is_empty() { "none" } else { value };
        (name.clone(), value.to_owned())
    });
    l.args(&note.code, &values.collect())
}

fn proof_view(proof: &Proof, all: &Validity, numbers: &HashMap<RecordId, String>, l: Words) -> ProofView {
    let included = all.proofs.iter().filter(|other| proof.includes.contains(&other.id));
    let mut leaves: Vec<LeafView> = included
        .map(|other| LeafView {
            met: other.met_on.is_some(),
            advisory: false,
            title: l.with("condition-included", [("proof", other.name.get(l.0))]),
            says: None,
            evidence: other
                .met_on
                .map(|day| Shown { words: l.with("proof-met-on", [("day", &l.day(day))]), record: None })
                .into_iter()
                .collect(),
            missing: if other.met_on.is_none() {
                vec![l.t("condition-included-missing")]
            } else {
                Vec::new()
            },
            remarks: Vec::new(),
        })
        .collect();
    leaves.extend(proof.leaves.iter().map(|leaf| leaf_view(leaf, numbers, l)));
    let counted = || leaves.iter().filter(|leaf| !leaf.advisory);
    let standing = match proof.met_on {
        Some(day) => l.with("proof-met-on", [("day", &l.day(day))]),
        None => l.with(
            "proof-missing",
            [
                ("count", counted().filter(|leaf| !leaf.met).count().to_string().as_str()),
                ("of", counted().count().to_string().as_str()),
            ],
        ),
    };
    ProofView {
        title: l.with("proof-title", [("name", proof.name.get(l.0)), ("clause", &l.clause(&proof.clause))]),
        met: proof.met_on.is_some(),
        standing,
        leaves,
        reading: proof.reading.as_ref().map(|reading| reading.get(l.0).to_owned()),
    }
}

fn leaf_view(leaf: &Leaf, numbers: &HashMap<RecordId, String>, l: Words) -> LeafView {
    let shown = |note: &Note| Shown {
        words: words(note, l),
        record: note.record.as_ref().map(|record| {
            let number = numbers.get(record).cloned().unwrap_or_else(|| l.t("record-unnumbered"));
            (number, paths::record(record))
        }),
    };
    LeafView {
        met: leaf.met_on.is_some(),
        advisory: leaf.advisory,
        title: condition(leaf, l),
        says: Some(leaf.says.clone()),
        evidence: leaf.evidence.iter().map(shown).collect(),
        missing: leaf.missing.iter().map(|note| words(note, l)).collect(),
        remarks: leaf.remarks.iter().map(|note| words(note, l)).collect(),
    }
}
