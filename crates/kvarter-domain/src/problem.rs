//! What a person can correct, and what a rule forbids for now.
//!
//! Neither carries prose: a code and its arguments are turned into Swedish or English by the
//! `kvarter` crate (`problem-<code>` and `refused-<code>` in the Fluent bundles). A problem names the
//! field or place it concerns and the clause it rests on; problems are collected, never first-only.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing to correct.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code, kebab-case: `district-code-wrong-municipality`.
    pub code: String,
    /// The form field, or the place in a file (`obligation[3].due`, `districts.csv:7`).
    pub place: String,
    /// The clause or provision it rests on, as the programme or the law writes it.
    pub clause: Option<String>,
    /// Values for the words.
    pub args: BTreeMap<String, String>,
}

impl Problem {
    /// A problem with a code at a place.
    pub fn new(code: &str, place: impl Into<String>) -> Self {
        Self { code: code.to_owned(), place: place.into(), clause: None, args: BTreeMap::new() }
    }

    /// Names the clause that the rule rests on.
    #[must_use]
    pub fn resting_on(mut self, clause: impl Into<String>) -> Self {
        self.clause = Some(clause.into());
        self
    }

    /// Adds a value for the words.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

/// Everything there is to correct, gathered before anyone is sent back to the form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// None yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds one when the condition holds.
    pub fn add_if(&mut self, condition: bool, problem: impl FnOnce() -> Problem) {
        if condition {
            self.0.push(problem());
        }
    }

    /// Adds what was found at other places than those already told of: what is missing is not also too early.
    pub fn and_elsewhere(&mut self, found: Self) {
        let told: Vec<String> = self.0.iter().map(|p| p.place.clone()).collect();
        self.0.extend(found.0.into_iter().filter(|p| !told.contains(&p.place)));
    }

    /// Whether there is nothing to correct.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` if nothing was found, otherwise everything that was.
    ///
    /// # Errors
    /// All problems, if there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl std::fmt::Display for Problems {
    /// For the log of an operator, not for a reader of the interface.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let codes: Vec<_> = self.0.iter().map(|p| format!("{} at {}", p.code, p.place)).collect();
        f.write_str(&codes.join("; "))
    }
}

impl std::error::Error for Problems {}
