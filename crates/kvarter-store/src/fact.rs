//! Facts as rows: how a flat struct of the domain becomes a row of its table, a digest and a key, and back.
//!
//! A fact's struct is serialised to one JSON object. Its members are the table's columns, by name; nothing
//! else is written down twice. The digest of a fact is the SHA-256 of that object's canonical text, which
//! is what the log remembers of it, so any change of any cell is found ([`crate::verify`]).
//!
//! The files named after nouns say which struct lies in which table.

use crate::error::{Result, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;
use sqlx::any::AnyRow;
use std::fmt::Write as _;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, days and codes among it.
    Text,
    /// A whole number.
    Integer,
    /// A measured number.
    Real,
    /// A list or an object, as canonical JSON; SQL never looks inside.
    Json,
}

/// A column of a fact's table: the name is the struct's field.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The field's name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be absent.
    pub nullable: bool,
}

impl Column {
    /// The same column, which may be absent.
    pub const fn or_null(self) -> Self {
        Self { nullable: true, ..self }
    }
}

/// A column of text.
pub const fn text(name: &'static str) -> Column {
    Column { name, kind: Kind::Text, nullable: false }
}

/// A column of whole numbers.
pub const fn integer(name: &'static str) -> Column {
    Column { name, kind: Kind::Integer, nullable: false }
}

/// A column of measured numbers.
pub const fn real(name: &'static str) -> Column {
    Column { name, kind: Kind::Real, nullable: false }
}

/// A column of lists.
pub const fn json(name: &'static str) -> Column {
    Column { name, kind: Kind::Json, nullable: false }
}

/// A table of facts. It has one more column than is listed: `event`, the number of the event that
/// recorded the row.
#[derive(Debug)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// The columns that tell one fact from another; lists are ordered by them.
    pub key: &'static [&'static str],
    /// The columns, as the struct's fields.
    pub columns: &'static [Column],
}

/// A struct of the domain whose values are kept in a table.
pub trait Fact: Serialize + DeserializeOwned + Send + Sync {
    /// Where they are kept.
    const TABLE: &'static Table;
}

/// A fact as it goes into its table.
pub(crate) struct Row {
    pub(crate) values: Map<String, Value>,
    /// The values of the key, as a JSON list.
    pub(crate) key: String,
    /// SHA-256 of the canonical text, in hexadecimal.
    pub(crate) digest: String,
}

impl Table {
    /// The fact as a row; refused when the struct and the table do not agree.
    pub(crate) fn row<F: Serialize>(&self, fact: &F) -> Result<Row> {
        match serde_json::to_value(fact) {
            Ok(Value::Object(values)) => self.row_of(values),
            Ok(_) => Err(self.malformed("the fact is not an object")),
            Err(error) => Err(self.malformed(&error.to_string())),
        }
    }

    fn row_of(&self, values: Map<String, Value>) -> Result<Row> {
        for column in self.columns {
            let value = values.get(column.name).ok_or_else(|| self.malformed(column.name))?;
            if !column.admits(value) {
                return Err(self.malformed(column.name));
            }
        }
        if values.len() != self.columns.len() {
            return Err(self.malformed("a field without a column"));
        }
        let canonical = canonical(&Value::Object(values.clone()));
        if canonical.contains("\\u0000") {
            return Err(self.malformed("a NUL character"));
        }
        let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
        let key = self.key_of(&values);
        Ok(Row { values, key, digest })
    }

    /// The values of the key, as a JSON list.
    pub(crate) fn key_of(&self, values: &Map<String, Value>) -> String {
        let part = |name: &&str| values.get(*name).cloned().unwrap_or(Value::Null);
        canonical(&Value::Array(self.key.iter().map(part).collect()))
    }

    fn malformed(&self, what: &str) -> StoreError {
        StoreError::Malformed(format!("{}: {what}", self.name))
    }

    /// The statement that inserts a row; the last placeholder is the event.
    pub(crate) fn insert(&self) -> String {
        let mut names = String::new();
        let mut places = String::new();
        for (i, column) in self.columns.iter().enumerate() {
            let _ = write!(names, "\"{}\", ", column.name);
            let _ = write!(places, "${}, ", i + 1);
        }
        let last = self.columns.len() + 1;
        format!("insert into \"{}\" ({names}event) values ({places}${last})", self.name)
    }

    /// The statement that reads the rows for which a condition holds, of events up to a last one, in the
    /// order of the key. The condition is ours and constant; `bound` counts its placeholders, and the one
    /// after them is the last event.
    pub(crate) fn select(&self, condition: &'static str, bound: usize) -> String {
        let condition = if condition.is_empty() { "1 = 1" } else { condition };
        let last = bound + 1;
        format!(
            "{} where ({condition}) and event <= ${last} order by {}",
            self.select_rows(),
            quoted(self.key.iter().copied())
        )
    }

    /// `select` of every column and the event, without a condition.
    pub(crate) fn select_rows(&self) -> String {
        let names = quoted(self.columns.iter().map(|c| c.name));
        format!("select {names}, event from \"{}\"", self.name)
    }

    /// The values of a row that was read.
    pub(crate) fn decode(&self, row: &AnyRow) -> Result<Map<String, Value>> {
        let mut values = Map::new();
        for (i, column) in self.columns.iter().enumerate() {
            let value = column
                .decode(row, i)
                .map_err(|error| StoreError::Corrupt(format!("{}.{}: {error}", self.name, column.name)))?;
            values.insert(column.name.to_owned(), value);
        }
        Ok(values)
    }

    /// The event of a row that was read.
    pub(crate) fn event(&self, row: &AnyRow) -> Result<i64> {
        row.try_get(self.columns.len())
            .map_err(|error| StoreError::Corrupt(format!("{}.event: {error}", self.name)))
    }

    /// The digest that a row has as it was read.
    pub(crate) fn digest_of(&self, values: Map<String, Value>) -> String {
        hex::encode(Sha256::digest(canonical(&Value::Object(values)).as_bytes()))
    }
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

impl Column {
    fn admits(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (_, Value::Null) => self.nullable,
            (Kind::Text, value) => value.is_string(),
            (Kind::Integer, value) => value.is_i64(),
            (Kind::Real, value) => value.is_f64(),
            (Kind::Json, value) => value.is_array() || value.is_object(),
        }
    }

    /// The value as it is bound.
    pub(crate) fn bind(&self, value: &Value) -> Bind {
        match (self.kind, value) {
            (Kind::Integer, value) => Bind::Integer(value.as_i64()),
            (Kind::Real, value) => Bind::Real(value.as_f64()),
            (Kind::Text, value) => Bind::Text(value.as_str().map(str::to_owned)),
            (Kind::Json, Value::Null) => Bind::Text(None),
            (Kind::Json, value) => Bind::Text(Some(canonical(value))),
        }
    }

    fn decode(&self, row: &AnyRow, index: usize) -> Result<Value, String> {
        fn get<'r, T>(row: &'r AnyRow, index: usize) -> Result<Option<T>, String>
        where
            T: sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
        {
            row.try_get::<Option<T>, _>(index).map_err(|e| e.to_string())
        }
        let value = match self.kind {
            Kind::Text => get::<String>(row, index)?.map_or(Value::Null, Value::String),
            Kind::Integer => get::<i64>(row, index)?.map_or(Value::Null, Value::from),
            Kind::Real => get::<f64>(row, index)?.map_or(Value::Null, Value::from),
            Kind::Json => match get::<String>(row, index)? {
                None => Value::Null,
                Some(text) => {
                    let value: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
                    // The text is ours to the byte: what merely means the same has been meddled with.
                    if canonical(&value) != text {
                        return Err("not in canonical form".into());
                    }
                    value
                }
            },
        };
        if self.admits(&value) { Ok(value) } else { Err("holds what it never held".into()) }
    }
}

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bind {
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
}

impl<T: std::fmt::Display> From<&T> for Bind {
    /// Ids, codes and days are bound as they are written.
    fn from(value: &T) -> Self {
        Self::Text(Some(value.to_string()))
    }
}

impl From<i64> for Bind {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl Bind {
    pub(crate) fn to(
        &self,
        query: sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>,
    ) -> sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments> {
        match self {
            Self::Text(text) => query.bind(text.clone()),
            Self::Integer(number) => query.bind(*number),
            Self::Real(number) => query.bind(*number),
        }
    }
}

/// JSON text with the members of every object in order and no white space: one value, one text.
pub(crate) fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                write_canonical(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|a, b| a.0.cmp(b.0));
            text.push('{');
            for (i, (name, member)) in sorted.into_iter().enumerate() {
                if i > 0 {
                    text.push(',');
                }
                let _ = write!(text, "{}:", Value::String(name.clone()));
                write_canonical(member, text);
            }
            text.push('}');
        }
        plain => {
            let _ = write!(text, "{plain}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_value_has_one_text() {
        let value = json!({ "b": [1, 2.5, null], "a": { "å": "\"\n", "Z": true } });
        assert_eq!(canonical(&value), r#"{"a":{"Z":true,"å":"\"\n"},"b":[1,2.5,null]}"#);
    }

    #[test]
    fn a_fact_that_does_not_fit_its_table_is_refused() {
        const COLUMNS: &[Column] = &[text("id"), integer("n").or_null()];
        let table = Table { name: "t", key: &["id"], columns: COLUMNS };
        assert_eq!(table.row(&json!({ "id": "a", "n": null })).map(|r| r.key), Ok("[\"a\"]".into()));
        for bad in [
            json!({ "id": "a" }),
            json!({ "id": null, "n": 1 }),
            json!({ "id": "a", "n": "1" }),
            json!({ "id": "a", "n": 1, "more": 1 }),
            json!({ "id": "a\u{0}b", "n": 1 }),
            json!("a"),
        ] {
            assert!(matches!(table.row(&bad), Err(StoreError::Malformed(_))), "{bad}");
        }
    }
}
