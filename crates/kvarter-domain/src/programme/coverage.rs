//! Which sentences of the text are carried by an entry of the programme, and which are not.
//!
//! A sentence that contains one of the programme's duty words (*ska*, *svarar*, *är överens*, *bör*, *kan*)
//! asks for an obligation, a permission, an intent or a declaration that quotes it. A sentence without
//! one may still be a duty (*Staten sammanställer varje år …*), so the other sentences are counted too.

use super::Programme;
use super::source::{Address, SentenceId, contains_words};
use crate::problem::{Problem, Problems};
use serde::Serialize;

/// How a sentence is carried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// `obligation`, `permission`, `intent` or `declaration`.
    pub kind: CarrierKind,
    /// The entry's id.
    pub id: String,
}

/// What kind of entry carries a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarrierKind {
    /// Someone owes an act.
    Obligation,
    /// Someone may act.
    Permission,
    /// The parties intend something.
    Intent,
    /// The text states something.
    Declaration,
}

/// One sentence and what carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SentenceCoverage {
    /// The sentence.
    pub sentence: SentenceId,
    /// Where it stands.
    pub address: Address,
    /// Its words.
    pub text: String,
    /// The duty words it contains.
    pub duty_words: Vec<String>,
    /// What carries it.
    pub carried_by: Vec<Carrier>,
}

/// Every sentence and what carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The sentences, in the order of the text.
    pub sentences: Vec<SentenceCoverage>,
}

impl Coverage {
    /// The sentences that contain a duty word.
    pub fn asking(&self) -> impl Iterator<Item = &SentenceCoverage> {
        self.sentences.iter().filter(|s| !s.duty_words.is_empty())
    }

    /// The sentences that contain a duty word and are carried by nothing: warnings.
    pub fn uncovered(&self) -> impl Iterator<Item = &SentenceCoverage> {
        self.asking().filter(|s| s.carried_by.is_empty())
    }

    /// How many sentences with a duty word are carried, of how many.
    pub fn of_asking(&self) -> (usize, usize) {
        let all = self.asking().count();
        (all - self.uncovered().count(), all)
    }

    /// How many sentences are carried, of all.
    pub fn of_all(&self) -> (usize, usize) {
        (self.sentences.iter().filter(|s| !s.carried_by.is_empty()).count(), self.sentences.len())
    }
}

impl Programme {
    /// What should be looked at though it stops nothing: sentences with a duty word that nothing carries, and
    /// quotations that name another day than their rule gives.
    pub fn warnings(&self) -> Problems {
        let uncovered = self.coverage();
        let warning = |s: &SentenceCoverage| {
            let line = self.source.line_of(&s.address.clause).unwrap_or(1);
            Problem::new("sentence-uncovered", format!("source.txt:{line} {}", s.sentence))
                .resting_on(&s.address.clause)
                .with("sentence", &s.sentence)
                .with("words", s.duty_words.join(", "))
                .with("text", &s.text)
        };
        let mut warnings = Problems(uncovered.uncovered().map(warning).collect());
        warnings.0.extend(super::quoted_day::warnings(self).0);
        warnings
    }

    /// Which sentences of the text are carried, and by what.
    pub fn coverage(&self) -> Coverage {
        let carriers = |id: &SentenceId| {
            let mut found = Vec::new();
            let mut look = |kind, entry: &str, sentences: &[SentenceId]| {
                if sentences.contains(id) {
                    found.push(Carrier { kind, id: entry.to_owned() });
                }
            };
            for o in &self.obligations {
                look(CarrierKind::Obligation, o.id.as_str(), &o.sentences);
            }
            for p in &self.permissions {
                look(CarrierKind::Permission, &p.id, &p.sentences);
            }
            for i in &self.intents {
                look(CarrierKind::Intent, &i.id, &i.sentences);
            }
            for d in &self.declarations {
                look(CarrierKind::Declaration, &d.id, &d.sentences);
            }
            found
        };
        let sentences = self
            .source
            .sentences()
            .map(|sentence| {
                let text = self.source.whole(sentence);
                let stands = |words: &&String| contains_words(&text, words);
                SentenceCoverage {
                    sentence: sentence.id.clone(),
                    address: sentence.address.clone(),
                    duty_words: self.duty_words.iter().filter(stands).cloned().collect(),
                    carried_by: carriers(&sentence.id),
                    text,
                }
            })
            .collect();
        Coverage { sentences }
    }
}
