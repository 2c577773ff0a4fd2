//! The parts of a plan as forms: which fields each kind has, what stands in them, and what was typed as a part.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kvarter_domain::observation::{CellState, Reference};
use kvarter_domain::plan::part::{Key, Kind as Part};
use kvarter_domain::plan::smart::Criterion;
use kvarter_domain::plan::{DocumentKind, Plan};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::plan::Workshop;
use serde_json::{Value, json};

use super::act::{Choice, Field, Kind};
use super::form::Sent;
use crate::language::Words;

/// The fields of a part.
pub fn fields(workshop: &Workshop, key: &Key, l: Words) -> Vec<Field> {
    let field = |name: &'static str, kind: Kind| Field::of(l, &format!("part-{}", key.kind), name, kind);
    match key.kind {
        Part::Text => {
            let mut field = field("text", Kind::Long);
            if let Some((part, section)) =
                workshop.programme.plan.as_ref().and_then(|rules| rules.section(&key.id))
            {
                field.label = section.name.get(l.0).to_owned();
                field.hint = section.guide.as_ref().map(|guide| guide.get(l.0).to_owned());
                if field.label.is_empty() {
                    field.label = part.name.get(l.0).to_owned();
                }
            }
            vec![field]
        }
        Part::Goal => goal_fields(workshop, l),
        Part::Intervention => {
            let goals = workshop.draft.plan.goals.iter().map(|goal| Choice {
                value: goal.id.clone(),
                label: goal_name(&goal.id, &goal.statement, l),
                hint: None,
            });
            let districts =
                workshop.districts.iter().map(|d| Choice::new(&d.code, format!("{}, {}", d.name, d.code)));
            vec![
                field("title", Kind::Line),
                field("description", Kind::Long),
                field("goals", Kind::Any(goals.collect())),
                field("responsible", Kind::Line),
                field("district", Kind::List(districts.collect())),
                field("from", Kind::Day),
                field("to", Kind::Day),
                field("output", Kind::Long),
                field("outcome", Kind::Long),
                field("budget", Kind::Line),
                field("learning", Kind::Long),
            ]
        }
        Part::Document => {
            let kinds = DocumentKind::ALL.iter();
            let kinds = kinds.map(|kind| Choice::new(kind, l.t(&format!("document-kind-{kind}"))));
            vec![
                field("kind", Kind::One(kinds.collect())),
                field("title", Kind::Line),
                field("regard", Kind::Long),
            ]
        }
        Part::Lesson => {
            let plan = &workshop.draft.plan;
            let goals = plan.goals.iter().map(|g| Choice::new(&g.id, goal_name(&g.id, &g.statement, l)));
            let interventions =
                plan.interventions.iter().map(|i| Choice::new(&i.id, goal_name(&i.id, &i.title, l)));
            vec![
                field("learned", Kind::Long),
                field("source", Kind::Line),
                field("changed", Kind::Long),
                field("concerns", Kind::Any(goals.chain(interventions).collect())),
            ]
        }
        Part::Allocation => {
            vec![field("year", Kind::Short), field("statement", Kind::Long), field("decision", Kind::Line)]
        }
    }
}

/// A goal or an intervention as it is called in lists: its number and its words.
pub fn goal_name(id: &str, words: &str, l: Words) -> String {
    let number = id.trim_start_matches(char::is_alphabetic);
    let words = if words.trim().is_empty() { l.t("part-unnamed") } else { words.trim().to_owned() };
    format!("{number}. {words}")
}

fn goal_fields(workshop: &Workshop, l: Words) -> Vec<Field> {
    let field = |name: &'static str, kind: Kind| Field::of(l, "part-goal", name, kind);
    let areas = workshop.programme.target_areas.iter();
    let areas = areas.map(|area| Choice::new(&area.id, area.name.get(l.0)));
    let none = std::iter::once(Choice::new("", l.t("part-indicator-none")));
    let indicators = workshop.indicators.iter();
    let indicators = none.chain(indicators.map(|i| Choice::new(&i.id, format!("{} ({})", i.name, i.unit))));
    let states = CellState::ALL.iter().filter(|state| state.has_value());
    let states = states.map(|state| Choice::new(state, l.t(&format!("cell-state-{state}"))));
    let today = workshop.today;
    let partners = workshop.partners.iter().filter(|partner| partner.is_in(today));
    let partners = partners.map(|partner| Choice::new(&partner.id, partner.name.clone()));
    let mut fields = vec![
        field("area", Kind::One(areas.collect())),
        field("problem", Kind::Long),
        field("statement", Kind::Line),
        field("national_goal", Kind::Line),
        field("municipal_goal", Kind::Line),
        field("indicator", Kind::List(indicators.collect())),
        field("group", Kind::Short),
        field("unit", Kind::Short),
        field("base_value", Kind::Short),
        field("base_period", Kind::Short),
        field("base_source", Kind::Line),
        field("base_published", Kind::Day),
        field("base_state", Kind::List(states.collect())),
        field("target", Kind::Short),
        field("by", Kind::Day),
        field("milestones", Kind::Long),
        field("owner", Kind::Line),
        field("partners", Kind::Any(partners.collect())),
    ];
    for (name, criterion) in OVERRIDES {
        let label = l.with("part-override", [("criterion", l.t(&format!("criterion-{criterion}")).as_str())]);
        fields.push(Field { name, label, hint: None, kind: Kind::Line });
    }
    fields
}

/// The fields for the reasons that accept shortcomings.
pub const OVERRIDES: [(&str, Criterion); 5] = [
    ("override_specific", Criterion::Specific),
    ("override_measurable", Criterion::Measurable),
    ("override_accepted", Criterion::Accepted),
    ("override_realistic", Criterion::Realistic),
    ("override_time_bound", Criterion::TimeBound),
];

/// What stands in a part's fields, as it is typed.
pub fn values(key: &Key, body: &Value, district: &str, l: Words) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| {
        let items = body.get(name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).collect::<Vec<_>>().join(",")
    };
    let mut put = |name: &str, value: String| {
        values.insert(name.to_owned(), value);
    };
    match key.kind {
        Part::Text => put("text", text("text")),
        Part::Goal => {
            for name in [
                "area",
                "problem",
                "statement",
                "national_goal",
                "municipal_goal",
                "indicator",
                "group",
                "unit",
                "by",
                "owner",
            ] {
                put(name, text(name));
            }
            put("partners", list("partners"));
            put(
                "target",
                body.get("target").and_then(Value::as_f64).map(|n| l.number(n)).unwrap_or_default(),
            );
            let base = body.get("base").cloned().unwrap_or(Value::Null);
            let of = |name: &str| base.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            put(
                "base_value",
                base.get("value").and_then(Value::as_f64).map(|n| l.number(n)).unwrap_or_default(),
            );
            for (field, name) in [
                ("base_period", "period"),
                ("base_source", "source"),
                ("base_published", "published"),
                ("base_state", "state"),
            ] {
                put(field, of(name));
            }
            let milestones = body.get("milestones").and_then(Value::as_array).into_iter().flatten();
            let lines = milestones.map(|one| {
                let value = one.get("value").and_then(Value::as_f64).map(|n| l.number(n)).unwrap_or_default();
                format!("{}: {value}", one.get("by").and_then(Value::as_str).unwrap_or_default())
            });
            put("milestones", lines.collect::<Vec<_>>().join("\n"));
            for (field, criterion) in OVERRIDES {
                let reason =
                    body.get("overrides").and_then(|all| all.get(criterion.code())).and_then(Value::as_str);
                put(field, reason.unwrap_or_default().to_owned());
            }
        }
        Part::Intervention => {
            for name in [
                "title",
                "description",
                "responsible",
                "district",
                "from",
                "to",
                "output",
                "outcome",
                "budget",
                "learning",
            ] {
                put(name, text(name));
            }
            put("goals", list("goals"));
            if text("district").is_empty() {
                put("district", district.to_owned());
            }
        }
        Part::Document => {
            for name in ["kind", "title", "regard"] {
                put(name, text(name));
            }
        }
        Part::Lesson => {
            for name in ["learned", "source", "changed"] {
                put(name, text(name));
            }
            put("concerns", list("concerns"));
        }
        Part::Allocation => {
            put("year", body.get("year").and_then(Value::as_i64).map(|y| y.to_string()).unwrap_or_default());
            for name in ["statement", "decision"] {
                put(name, text(name));
            }
        }
    }
    values
}

/// What was typed, as a part. What cannot be read is a problem at its field; the rest is kept.
pub fn body(key: &Key, sent: &Sent, problems: &mut Problems) -> Value {
    let text = |name: &str| Value::String(lines(sent.text(name)));
    let list = |name: &str| Value::from(sent.all(name).map(str::to_owned).collect::<Vec<_>>());
    let mut body = match key.kind {
        Part::Text => return json!({ "text": lines(sent.text("text")) }),
        Part::Goal => goal(sent, problems),
        Part::Intervention => {
            let mut body = json!({ "goals": list("goals") });
            for name in
                ["title", "description", "responsible", "district", "output", "outcome", "budget", "learning"]
            {
                body[name] = text(name);
            }
            for name in ["from", "to"] {
                body[name] = day(sent, name, problems);
            }
            body
        }
        Part::Document => {
            let kind = DocumentKind::from_code(sent.text("kind")).unwrap_or(DocumentKind::Other);
            json!({ "kind": kind, "title": text("title"), "regard": text("regard") })
        }
        Part::Lesson => json!({
            "learned": text("learned"), "source": text("source"), "changed": text("changed"),
            "concerns": list("concerns"),
        }),
        Part::Allocation => {
            let year = sent.text("year").parse::<i64>().ok();
            problems.add_if(year.is_none() && !sent.text("year").is_empty(), || {
                Problem::new("number-impossible", "year").with("written", sent.text("year"))
            });
            json!({ "year": year, "statement": text("statement"), "decision": text("decision") })
        }
    };
    body["id"] = Value::String(key.id.clone());
    body
}

/// Browsers send line ends of two characters; a text has one.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn day(sent: &Sent, name: &str, problems: &mut Problems) -> Value {
    sent.day_or_none(name, problems).map_or(Value::Null, |day| Value::String(day.to_string()))
}

/// A number as people write it: `1 234,5` or `1234.5`.
fn number(sent: &Sent, name: &str, problems: &mut Problems) -> Option<f64> {
    let written = sent.text(name);
    let found = read_number(written);
    problems.add_if(found.is_none() && !written.is_empty(), || {
        Problem::new("number-impossible", name).with("written", written)
    });
    found
}

/// Reads a number with a decimal comma or point; spaces between digits mean nothing.
pub fn read_number(written: &str) -> Option<f64> {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = plain.replace(',', ".").replace('−', "-");
    let sound = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    plain.parse().ok().filter(|number: &f64| sound && number.is_finite())
}

fn goal(sent: &Sent, problems: &mut Problems) -> Value {
    let mut body = json!({ "partners": sent.all("partners").collect::<Vec<_>>() });
    for name in [
        "area",
        "problem",
        "statement",
        "national_goal",
        "municipal_goal",
        "indicator",
        "group",
        "unit",
        "owner",
    ] {
        body[name] = Value::String(lines(sent.text(name)));
    }
    body["target"] = number(sent, "target", problems).map_or(Value::Null, Value::from);
    body["by"] = day(sent, "by", problems);
    let value = number(sent, "base_value", problems);
    let period = Reference::parse(sent.text("base_period"));
    problems.add_if(period.is_none() && !sent.text("base_period").is_empty(), || {
        Problem::new("period-impossible", "base_period").with("written", sent.text("base_period"))
    });
    let published = sent.day_or_none("base_published", problems);
    let state = CellState::from_code(sent.text("base_state")).unwrap_or(CellState::Final);
    body["base"] = match value {
        Some(value) => json!({
            "value": value, "period": period, "source": lines(sent.text("base_source")),
            "published": published, "state": state,
        }),
        None => {
            // A source without a value would be lost with it.
            problems.add_if(
                period.is_some() || !sent.text("base_source").is_empty() || published.is_some(),
                || Problem::new("base-without-value", "base_value"),
            );
            Value::Null
        }
    };
    body["milestones"] = milestones(sent, problems);
    let mut overrides = serde_json::Map::new();
    for (field, criterion) in OVERRIDES {
        if let Some(reason) = sent.filled(field) {
            overrides.insert(criterion.code().to_owned(), Value::String(reason));
        }
    }
    body["overrides"] = Value::Object(overrides);
    body
}

/// Milestones as they are written: a day, a colon and a value on each line.
fn milestones(sent: &Sent, problems: &mut Problems) -> Value {
    let mut found = Vec::new();
    for line in sent.text("milestones").lines().map(str::trim).filter(|line| !line.is_empty()) {
        let read = line
            .split_once(':')
            .and_then(|(day, value)| Some((day.trim().parse::<Date>().ok()?, read_number(value.trim())?)));
        match read {
            Some((by, value)) => found.push(json!({ "by": by, "value": value })),
            None => problems.add(Problem::new("milestone-impossible", "milestones").with("written", line)),
        }
    }
    Value::from(found)
}

/// What a part is called, for headings and lists.
pub fn title(plan: &Plan, key: &Key, workshop: &Workshop, l: Words) -> String {
    let of = |words: Option<&str>| goal_name(&key.id, words.unwrap_or_default(), l);
    let kind = l.t(&format!("part-kind-{}", key.kind));
    match key.kind {
        Part::Text => {
            let section = workshop.programme.plan.as_ref().and_then(|rules| rules.section(&key.id));
            section.map_or(key.id.clone(), |(_, section)| section.name.get(l.0).to_owned())
        }
        Part::Goal => format!("{kind} {}", of(plan.goal(&key.id).map(|goal| goal.statement.as_str()))),
        Part::Intervention => format!("{kind} {}", of(plan.intervention(&key.id).map(|i| i.title.as_str()))),
        Part::Document => {
            format!("{kind} {}", of(plan.documents.iter().find(|d| d.id == key.id).map(|d| d.title.as_str())))
        }
        Part::Lesson => {
            format!("{kind} {}", of(plan.lessons.iter().find(|d| d.id == key.id).map(|d| d.learned.as_str())))
        }
        Part::Allocation => {
            let year = plan.allocations.iter().find(|a| a.id == key.id).and_then(|a| a.year);
            format!("{kind} {}", year.map(|year| year.to_string()).unwrap_or_default())
        }
    }
}
