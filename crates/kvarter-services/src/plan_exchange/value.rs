//! What stands in a field, as people write it and as a part's body holds it.

use jiff::civil::Date;
use kvarter_domain::observation::{CellState, Reference};
use kvarter_domain::plan::DocumentKind;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::problem::Problem;
use kvarter_domain::text::folded;
use serde_json::{Map, Value, json};

use super::field::{Field, Shape, fields};
use super::{Terms, settled_text};

/// What stands in a part's field, written for people; nothing where it is empty.
pub(super) fn shown(body: &Value, field: &Field, terms: &Terms<'_>) -> String {
    let mut value = body;
    for step in field.name.split('.') {
        value = value.get(step).unwrap_or(&Value::Null);
    }
    match (field.shape, value) {
        (Shape::Area, Value::String(id)) => {
            terms.areas.iter().find(|area| area.id == *id).map_or(id, |area| &area.name.sv).clone()
        }
        (Shape::State, Value::String(code)) => terms.word(&format!("cell-state-{code}")),
        (Shape::Document, Value::String(code)) => terms.word(&format!("document-kind-{code}")),
        (Shape::Milestones, Value::Array(all)) => {
            let one = |milestone: &Value| {
                let value = milestone["value"].as_f64().map(number).unwrap_or_default();
                format!("{}: {value}", milestone["by"].as_str().unwrap_or_default())
            };
            all.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        (_, Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        (_, Value::String(text)) => settled_text(text),
        (Shape::Number, Value::Number(written)) => written.as_f64().map(number).unwrap_or_default(),
        (_, Value::Number(written)) => written.to_string(),
        _ => String::new(),
    }
}

/// A number as Swedish writes it: the shortest that is read as the same again.
pub(super) fn number(value: f64) -> String {
    value.to_string().replace('.', ",").replace('-', "−")
}

/// Reads a number: a comma or a point before the decimals, spaces between thousands, a minus of either kind.
fn read_number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(',', ".").replace(['−', '–'], "-");
    let figures = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    plain.parse::<f64>().ok().filter(|number| figures && number.is_finite())
}

/// Reads a day, as 2010-12-31.
fn read_day(text: &str) -> Option<Date> {
    let text = text.trim().replace(['‑', '–', '−'], "-");
    // A time of midnight after it is what spreadsheets add to a day.
    let day = text.strip_suffix("00:00:00").map_or(text.as_str(), |day| day.trim_end_matches(['T', ' ']));
    day.parse().ok().filter(|_| day.len() == 10)
}

/// Reads what stands in a field; the place is the caller's to add.
///
/// # Errors
/// That it is nothing that may stand there.
pub(super) fn read(text: &str, field: &Field, terms: &Terms<'_>) -> Result<Value, Problem> {
    let text = settled_text(text);
    let wrong = |code: &str| {
        let cut: String = text.chars().take(80).collect();
        Problem::new(code, "").with("label", terms.word(field.key)).with("written", cut)
    };
    let one_of = |known: Vec<(String, &str)>| {
        let wanted = folded(&text);
        known
            .iter()
            .find(|(word, code)| folded(word) == wanted || *code == wanted)
            .map(|(_, code)| json!(code))
            .ok_or_else(|| {
                let words: Vec<&str> = known.iter().map(|(word, _)| word.as_str()).collect();
                wrong("exchange-word-unknown").with("known", words.join(", "))
            })
    };
    match field.shape {
        Shape::Text => Ok(json!(text)),
        Shape::Area => {
            one_of(terms.areas.iter().map(|area| (area.name.sv.clone(), area.id.as_str())).collect())
        }
        Shape::State => one_of(
            CellState::ALL.iter().map(|s| (terms.word(&format!("cell-state-{s}")), s.code())).collect(),
        ),
        Shape::Document => one_of(
            DocumentKind::ALL.iter().map(|k| (terms.word(&format!("document-kind-{k}")), k.code())).collect(),
        ),
        Shape::Number => read_number(&text).map(|n| json!(n)).ok_or_else(|| wrong("exchange-no-number")),
        Shape::Day => read_day(&text).map(|day| json!(day)).ok_or_else(|| wrong("exchange-no-day")),
        Shape::Period => {
            Reference::parse(&text).map(|period| json!(period)).ok_or_else(|| wrong("exchange-no-period"))
        }
        Shape::Year => text
            .parse::<i64>()
            .ok()
            .filter(|year| (1900..=2999).contains(year))
            .map(|year| json!(year))
            .ok_or_else(|| wrong("exchange-no-year")),
        Shape::Ids => {
            let ids = text.split([',', ';', '\n']).map(str::trim).filter(|id| !id.is_empty());
            Ok(json!(ids.collect::<Vec<_>>()))
        }
        Shape::Milestones => text
            .split([';', '\n'])
            .filter(|one| !one.trim().is_empty())
            .map(|one| {
                let (day, value) = one.split_once(':')?;
                Some(json!({ "by": read_day(day)?, "value": read_number(value)? }))
            })
            .collect::<Option<Vec<Value>>>()
            .map(Value::Array)
            .ok_or_else(|| wrong("exchange-no-milestones")),
    }
}

/// A part's body from what was read of its fields, where something stood.
///
/// # Errors
/// That something is said of a base value and not the value, or that a text is longer than is kept.
pub(super) fn body(key: &Key, read: Vec<(&Field, Value)>, terms: &Terms<'_>) -> Result<Value, Problem> {
    let mut body = Map::new();
    let mut base = Map::new();
    let mut overrides = Map::new();
    let most = kvarter_domain::plan::check::TEXT_MAX;
    for (field, value) in read {
        if let Some(length) = value.as_str().map(|text| text.chars().count()).filter(|length| *length > most)
        {
            return Err(Problem::new("exchange-text-too-long", "")
                .with("label", terms.word(field.key))
                .with("length", length)
                .with("most", most));
        }
        let (members, name) = match field.name.split_once('.') {
            Some(("base", name)) => (&mut base, name),
            Some((_, name)) => (&mut overrides, name),
            None => (&mut body, field.name),
        };
        members.insert(name.to_owned(), value);
    }
    if !base.is_empty() {
        if !base.contains_key("value") {
            return Err(Problem::new("exchange-base-without-value", "").with("goal", &key.id));
        }
        // Optional members are written even where they are nothing; the state of a figure is final unless said.
        for name in ["period", "published"] {
            base.entry(name).or_insert(Value::Null);
        }
        base.entry("source").or_insert_with(|| json!(""));
        base.entry("state").or_insert_with(|| json!(CellState::Final.code()));
        body.insert("base".to_owned(), Value::Object(base));
    }
    if !overrides.is_empty() {
        body.insert("overrides".to_owned(), Value::Object(overrides));
    }
    body.insert("id".to_owned(), json!(key.id));
    Ok(Value::Object(body))
}

/// The field of a kind whose words these are.
pub(super) fn labelled(kind: Kind, label: &str, terms: &Terms<'_>) -> Option<&'static Field> {
    let wanted = folded(label);
    fields(kind).iter().find(|field| folded(&terms.word(field.key)) == wanted)
}
