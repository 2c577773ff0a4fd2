//! A cell as a field's value, whatever type the spreadsheet gave it.

use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};
use jiff::civil::Date;
use kvarter_domain::problem::Problem;
use serde_json::{Value, json};

use super::Terms;
use super::field::{Field, Shape};
use super::value::{number, read};

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
    /// True or false, a length of time: nothing that a field holds.
    Other,
    /// What the spreadsheet shows where it could not work something out: `#REF!`.
    Error(String),
}

impl Cell {
    /// A cell's value; none where the cell is empty.
    pub(super) fn of(value: &DataRef<'_>) -> Option<Self> {
        let text = |text: &str| (!text.trim().is_empty()).then(|| Self::Text(text.to_owned()));
        match value {
            DataRef::Empty => None,
            DataRef::String(words) => text(words),
            DataRef::SharedString(words) => text(words),
            DataRef::DateTimeIso(words) => text(words),
            // No whole number in a cell is beyond what a float holds exactly.
            #[expect(clippy::cast_precision_loss, reason = "a cell holds a float and nothing else")]
            DataRef::Int(n) => Some(Self::Number(*n as f64)),
            DataRef::Float(n) => Some(Self::Number(*n)),
            DataRef::DateTime(moment) => Some(day(moment).map_or(Self::Other, Self::Day)),
            DataRef::Bool(_) | DataRef::DurationIso(_) => Some(Self::Other),
            DataRef::Error(error) => Some(Self::Error(error.to_string())),
        }
    }

    /// What is said of it where it does not belong.
    fn written(&self) -> String {
        match self {
            Self::Text(text) => text.chars().take(80).collect(),
            Self::Number(n) => number(*n),
            Self::Day(day) => day.to_string(),
            Self::Other => String::new(),
            Self::Error(error) => error.clone(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Number(_) => "number",
            Self::Day(_) => "day",
            Self::Other | Self::Error(_) => "other",
        }
    }
}

fn day(moment: &ExcelDateTime) -> Option<Date> {
    if !moment.is_datetime() {
        return None;
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let small = |n: u8| i8::try_from(n).ok();
    let found = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    (1900..=2999).contains(&found.year()).then_some(found)
}

/// A cell's number as the day that it is when nobody has told the spreadsheet to show one.
fn serial(number: f64) -> Option<Date> {
    // From 1930 to 2200: outside of that it is more likely a number that got into the wrong column.
    let is_day = number.fract() == 0.0 && (10_959.0..=109_939.0).contains(&number);
    is_day.then(|| day(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false))).flatten()
}

/// A cell's value as the field holds it.
///
/// # Errors
/// That it is nothing that may stand there.
pub(super) fn value(cell: &Cell, field: &Field, percent: bool, terms: &Terms<'_>) -> Result<Value, Problem> {
    let wrong = || {
        Problem::new("exchange-cell-kind", "")
            .with("label", terms.word(field.key))
            .with("found", cell.kind())
            .with("written", cell.written())
            .with(
                "expected",
                match field.shape {
                    Shape::Number => "number",
                    Shape::Day => "day",
                    Shape::Year => "year",
                    Shape::Period => "period",
                    _ => "text",
                },
            )
    };
    match (cell, field.shape) {
        (Cell::Error(error), _) => {
            let at = Problem::new("exchange-cell-error", "");
            Err(at.with("label", terms.word(field.key)).with("written", error))
        }
        (Cell::Text(text), _) => read(text, field, terms),
        (Cell::Number(n), Shape::Number) => Ok(json!(if percent { hundredfold(*n) } else { *n })),
        (Cell::Number(n), Shape::Year | Shape::Period) => read(&n.to_string(), field, terms),
        (Cell::Number(n), Shape::Day) => serial(*n).map(|day| json!(day)).ok_or_else(wrong),
        // A code that has become a number has lost the noughts that it began with.
        (Cell::Number(n), Shape::Text) if field.name != "district" => Ok(json!(number(*n))),
        (Cell::Day(day), Shape::Day) => Ok(json!(day)),
        (Cell::Day(day), Shape::Text) => Ok(json!(day.to_string())),
        // What was written as a month becomes its first day in a spreadsheet.
        (Cell::Day(day), Shape::Period) if day.day() == 1 => {
            read(&format!("{:04}-{:02}", day.year(), day.month()), field, terms)
        }
        _ => Err(wrong()),
    }
}

/// What a cell that shows 52,1 % means where the unit is per cent; it holds 0,521, give or take the last binary digit.
fn hundredfold(share: f64) -> f64 {
    format!("{:.10}", share * 100.0).parse().unwrap_or(share * 100.0)
}
