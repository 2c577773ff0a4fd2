//! Reading TOML so that everything wrong is found at once, each with its place.
//!
//! A table of the file is an [`Entry`]. It is asked for its keys one by one; what is missing or of the wrong
//! kind is noted and reading goes on. When the entry is closed, keys that nobody asked for are noted
//! with the nearest that is known. A place is file, line and path: `programme.toml:212 obligation[3].due`.

use crate::problem::{Problem, Problems};
use crate::text::Bilingual;
pub(super) use crate::text::nearest;
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// After this many errors of syntax the rest of the file cannot be trusted to mean anything.
const SYNTAX_ERRORS_MAX: usize = 5;

/// So many problems of one file are noted; whoever made more of them starts with these.
const PROBLEMS_MAX: usize = 200;

/// A file being read, with what has been found wrong in it.
pub(super) struct Document<'a> {
    file: &'static str,
    line_starts: Vec<usize>,
    problems: RefCell<Problems>,
    root: Spanned<DeTable<'a>>,
    broken_lines: BTreeSet<usize>,
}

impl<'a> Document<'a> {
    /// Parses the text, going on past errors of syntax.
    pub(super) fn parse(file: &'static str, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut document = Self {
            file,
            line_starts,
            problems: RefCell::new(Problems::none()),
            root,
            broken_lines: BTreeSet::new(),
        };
        for error in errors {
            let line = document.line(&error.span().unwrap_or(0..0));
            if document.broken_lines.insert(line) && document.broken_lines.len() <= PROBLEMS_MAX {
                document.problems.borrow_mut().add(
                    Problem::new("toml-syntax", format!("{file}:{line}")).with("detail", error.message()),
                );
            }
        }
        document
    }

    /// Whether so much of the syntax is broken that the content means nothing.
    pub(super) fn is_hopeless(&self) -> bool {
        self.broken_lines.len() > SYNTAX_ERRORS_MAX
    }

    /// The file's outermost table.
    pub(super) fn root(&self) -> Entry<'_> {
        Entry::new(self, String::new(), 1, self.root.get_ref())
    }

    /// What was found wrong: errors of syntax, and of the rest what does not stem from them.
    pub(super) fn into_problems(self) -> Problems {
        let broken: Vec<String> =
            self.broken_lines.iter().map(|line| format!("{}:{line} ", self.file)).collect();
        let found = self.problems.into_inner().0;
        Problems(
            found
                .into_iter()
                .filter(|p| {
                    p.code == "toml-syntax" || !broken.iter().any(|line| p.place.starts_with(line.as_str()))
                })
                .collect(),
        )
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.line_starts.partition_point(|start| *start <= span.start)
    }
}

/// A table of the file, asked for its keys one by one.
pub(super) struct Entry<'a> {
    document: &'a Document<'a>,
    path: String,
    line: usize,
    table: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

/// Where an entry and its keys stand, kept for the checks that come later.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    file: &'static str,
    path: String,
    line: usize,
    keys: BTreeMap<String, usize>,
}

impl Places {
    /// The entry itself.
    pub(super) fn entry(&self) -> String {
        place(self.file, self.line, &self.path)
    }

    /// Whether the file has the key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Forgets keys, so that nothing more is said of them.
    pub(super) fn forget(&mut self, keys: &[&str]) {
        self.keys.retain(|key, _| !keys.contains(&key.as_str()));
    }

    /// One of its keys; the entry's line if the key is not there.
    pub(super) fn key(&self, key: &str) -> String {
        let line = self.keys.get(key).copied().unwrap_or(self.line);
        place(self.file, line, &joined(&self.path, key))
    }
}

fn place(file: &str, line: usize, path: &str) -> String {
    if path.is_empty() { format!("{file}:{line}") } else { format!("{file}:{line} {path}") }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl<'a> Entry<'a> {
    fn new(document: &'a Document<'a>, path: String, line: usize, table: &'a DeTable<'a>) -> Self {
        Self { document, path, line, table, asked: RefCell::new(Vec::new()) }
    }

    /// Where the entry and its keys stand.
    pub(super) fn places(&self) -> Places {
        let keys = self
            .table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), self.document.line(&value.span())));
        Places { file: self.document.file, path: self.path.clone(), line: self.line, keys: keys.collect() }
    }

    /// Whether the key is there; asking makes it known.
    pub(super) fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    /// Notes a problem that only the reader of this entry can see.
    pub(super) fn add(&self, problem: Problem) {
        self.note(problem);
    }

    fn note(&self, problem: Problem) {
        let mut problems = self.document.problems.borrow_mut();
        if problems.0.len() < PROBLEMS_MAX {
            problems.add(problem);
        }
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.iter().find(|(k, _)| k.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    fn missing(&self, key: &'static str) {
        self.note(
            Problem::new("field-missing", place(self.document.file, self.line, &joined(&self.path, key)))
                .with("field", key),
        );
    }

    fn wrong_kind(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let line = self.document.line(&value.span());
        self.note(
            Problem::new("field-wrong-kind", place(self.document.file, line, &joined(&self.path, key)))
                .with("field", key)
                .with("expected", expected)
                .with("found", value.get_ref().type_str()),
        );
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &'static str) -> String {
        match self.get(key) {
            None => {
                self.missing(key);
                String::new()
            }
            Some(value) => self.as_text(key, value).unwrap_or_default(),
        }
    }

    /// A text that may be there.
    pub(super) fn maybe_text(&self, key: &'static str) -> Option<String> {
        self.get(key).and_then(|value| self.as_text(key, value))
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if text.trim().is_empty() => {
                let line = self.document.line(&value.span());
                let at = place(self.document.file, line, &joined(&self.path, key));
                self.note(Problem::new("field-empty", at).with("field", key));
                None
            }
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong_kind(key, value, "text");
                None
            }
        }
    }

    /// A list of texts that must be there.
    pub(super) fn texts(&self, key: &'static str) -> Vec<String> {
        match self.get(key) {
            None => {
                self.missing(key);
                Vec::new()
            }
            Some(value) => self.as_texts(key, value),
        }
    }

    /// A list of texts that may be there.
    pub(super) fn maybe_texts(&self, key: &'static str) -> Vec<String> {
        self.get(key).map(|value| self.as_texts(key, value)).unwrap_or_default()
    }

    fn as_texts(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "texts");
            return Vec::new();
        };
        list.iter().filter_map(|item| self.as_text(key, item)).collect()
    }

    /// A list of whole numbers that may be there.
    pub(super) fn maybe_integers(&self, key: &'static str) -> Option<Vec<i64>> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "integers");
            return None;
        };
        Some(list.iter().filter_map(|item| self.as_integer(key, item)).collect())
    }

    /// A whole number that must be there.
    pub(super) fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key);
        if value.is_none() {
            self.missing(key);
        }
        value.and_then(|value| self.as_integer(key, value))
    }

    /// A whole number that may be there.
    pub(super) fn maybe_integer(&self, key: &'static str) -> Option<i64> {
        self.get(key).and_then(|value| self.as_integer(key, value))
    }

    fn as_integer(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<i64> {
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|digits| i64::from_str_radix(digits.as_str(), digits.radix()).ok());
        if number.is_none() {
            self.wrong_kind(key, value, "integer");
        }
        number
    }

    /// A day that must be there, written without quotation marks: `2010-12-31`.
    pub(super) fn day(&self, key: &'static str) -> Option<Date> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return None;
        };
        let datetime = value.get_ref().as_datetime();
        let date = datetime
            .filter(|at| at.time.is_none() && at.offset.is_none())
            .and_then(|at| at.date)
            .and_then(|d| {
                let (month, day) = (i8::try_from(d.month).ok()?, i8::try_from(d.day).ok()?);
                Date::new(i16::try_from(d.year).ok()?, month, day).ok()
            });
        if date.is_none() {
            self.wrong_kind(key, value, "day");
        }
        date
    }

    /// A word of a closed list that must be there.
    pub(super) fn word<T: Copy>(
        &self,
        key: &'static str,
        known: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let value = self.get(key);
        if value.is_none() {
            self.missing(key);
        }
        value.and_then(|value| self.as_word(key, value, known, code))
    }

    /// A word of a closed list that may be there.
    pub(super) fn maybe_word<T: Copy>(
        &self,
        key: &'static str,
        known: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        self.get(key).and_then(|value| self.as_word(key, value, known, code))
    }

    /// A list of words of a closed list that must be there.
    pub(super) fn words<T: Copy>(
        &self,
        key: &'static str,
        known: &[T],
        code: fn(T) -> &'static str,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "texts");
            return Vec::new();
        };
        list.iter().filter_map(|item| self.as_word(key, item, known, code)).collect()
    }

    fn as_word<T: Copy>(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        known: &[T],
        code: fn(T) -> &'static str,
    ) -> Option<T> {
        let written = self.as_text(key, value)?;
        let found = known.iter().copied().find(|word| code(*word) == written);
        if found.is_none() {
            let codes: Vec<&str> = known.iter().map(|word| code(*word)).collect();
            let line = self.document.line(&value.span());
            self.note(
                Problem::new("word-unknown", place(self.document.file, line, &joined(&self.path, key)))
                    .with("field", key)
                    .with("written", &written)
                    .with("nearest", nearest(&codes, &written).unwrap_or_default())
                    .with("known", codes.join(", ")),
            );
        }
        found
    }

    /// A text in Swedish and English that must be there.
    pub(super) fn bilingual(&self, key: &'static str) -> Bilingual {
        let found = self.maybe_bilingual(key);
        if found.is_none() && !self.table.iter().any(|(k, _)| k.get_ref().as_ref() == key) {
            self.missing(key);
        }
        found.unwrap_or_else(|| Bilingual { sv: String::new(), en: String::new() })
    }

    /// A text in Swedish and English that may be there.
    pub(super) fn maybe_bilingual(&self, key: &'static str) -> Option<Bilingual> {
        let entry = self.maybe_entry(key)?;
        let (sv, en) = (entry.text("sv"), entry.text("en"));
        entry.close();
        Some(Bilingual { sv, en })
    }

    /// A table that must be there.
    pub(super) fn entry(&self, key: &'static str) -> Option<Entry<'a>> {
        let found = self.maybe_entry(key);
        if found.is_none() && !self.table.iter().any(|(k, _)| k.get_ref().as_ref() == key) {
            self.missing(key);
        }
        found
    }

    /// A table that may be there.
    pub(super) fn maybe_entry(&self, key: &'static str) -> Option<Entry<'a>> {
        let value = self.get(key)?;
        match value.get_ref().as_table() {
            Some(table) => {
                let line = self.document.line(&value.span());
                Some(Entry::new(self.document, joined(&self.path, key), line, table))
            }
            None => {
                self.wrong_kind(key, value, "table");
                None
            }
        }
    }

    /// A key that may be a text or a table: `due = "standing"`, `due = { by = … }`.
    pub(super) fn text_or_entry(&self, key: &'static str) -> Option<TextOrEntry<'a>> {
        let Some(value) = self.get(key) else {
            self.missing(key);
            return None;
        };
        if let Some(table) = value.get_ref().as_table() {
            let line = self.document.line(&value.span());
            let path = joined(&self.path, key);
            return Some(TextOrEntry::Entry(Entry::new(self.document, path, line, table)));
        }
        match value.get_ref().as_str() {
            Some(text) => Some(TextOrEntry::Text(text.to_owned())),
            None => {
                self.wrong_kind(key, value, "text-or-table");
                None
            }
        }
    }

    /// The tables of a list, `[[key]]`, counted from 1; none if the list is not there.
    pub(super) fn entries(&self, key: &'static str) -> Vec<Entry<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_kind(key, value, "tables");
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (index, item) in list.iter().enumerate() {
            match item.get_ref().as_table() {
                Some(table) => {
                    let path = format!("{}[{}]", joined(&self.path, key), index + 1);
                    let line = self.document.line(&item.span());
                    entries.push(Entry::new(self.document, path, line, table));
                }
                None => self.wrong_kind(key, item, "table"),
            }
        }
        entries
    }

    /// Notes the keys that nobody asked for, each with the nearest that is known.
    pub(super) fn close(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table {
            let written = key.get_ref().as_ref();
            if asked.contains(&written) {
                continue;
            }
            let line = self.document.line(&key.span());
            self.note(
                Problem::new("key-unknown", place(self.document.file, line, &joined(&self.path, written)))
                    .with("key", written)
                    .with("nearest", nearest(&asked, written).unwrap_or_default())
                    .with("known", asked.join(", ")),
            );
        }
    }
}

/// A key that may be a text or a table.
pub(super) enum TextOrEntry<'a> {
    /// A text.
    Text(String),
    /// A table.
    Entry(Entry<'a>),
}
