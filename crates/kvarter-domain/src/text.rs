//! Text that comes in two languages, and names compared as people compare them.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The languages that the interface speaks; Swedish comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
}

impl Language {
    /// The language's tag, as in `lang="sv"`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }
}

/// The same text in Swedish and in English, as a programme file gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// The text in one of the languages.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }
}

/// Text as it is compared: composed (NFC), with every run of white space made one space, trimmed.
pub fn squeeze(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text of several lines as it is kept: composed (NFC), every line trimmed, at most one empty line between two.
pub fn paragraphs(text: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    for line in text.lines().map(squeeze) {
        if !(line.is_empty() && kept.last().is_none_or(String::is_empty)) {
            kept.push(line);
        }
    }
    kept.join("\n").trim_end().to_owned()
}

/// A name as it is looked up: squeezed and in lower case, so that `Stockholms  Stad` finds `Stockholms stad`.
pub fn folded(name: &str) -> String {
    squeeze(name).to_lowercase()
}

/// The known word that was probably meant, if one is near enough.
pub fn nearest<'a>(known: &[&'a str], written: &str) -> Option<&'a str> {
    let written: Vec<char> = written.chars().take(64).collect();
    known
        .iter()
        .map(|word| (distance(&word.chars().collect::<Vec<_>>(), &written), *word))
        .filter(|(distance, word)| *distance <= 2.max(word.chars().count() / 3))
        .min()
        .map(|(_, word)| word)
}

/// How many characters must be added, removed or changed to make one word of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[other.len()]
}
