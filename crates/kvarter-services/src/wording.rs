//! Words for documents, in a language: handed in by whoever has the bundles, so that no sentence is written here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kvarter_domain::text::Language;

/// How a document says things.
#[derive(Debug, Clone, Copy)]
pub struct Wording {
    /// In which language.
    pub language: Language,
    /// A word or phrase by its key.
    pub word: fn(&str) -> String,
    /// A sentence by its key, with its values.
    pub sentence: fn(&str, &BTreeMap<String, String>) -> String,
    /// A number.
    pub number: fn(f64) -> String,
    /// A day.
    pub day: fn(Date) -> String,
}

impl Wording {
    /// A sentence with a few values.
    pub(crate) fn with<const N: usize>(&self, key: &str, values: [(&str, String); N]) -> String {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        (self.sentence)(key, &values)
    }

    /// A word.
    pub(crate) fn t(&self, key: &str) -> String {
        (self.word)(key)
    }
}
