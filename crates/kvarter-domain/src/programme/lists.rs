//! The two lists that come with a programme: who is sent the agreement, and which districts there are.
//!
//! Both are CSV with a heading line. Every row that cannot be used is noted with its line, and reading goes on.

use super::Recipient;
use super::file::nearest;
use crate::district::{CodeSystem, District};
use crate::ids::OrganisationId;
use crate::organisation::is_municipality_code;
use crate::problem::{Problem, Problems};
use crate::text::{folded, squeeze};
use std::collections::HashMap;

/// Something with the place of its row.
pub(super) type Rowed<T> = (T, String);

/// Reads the send list.
pub(super) fn recipients(text: &str, problems: &mut Problems) -> Vec<Rowed<Recipient>> {
    let columns = ["municipality", "name", "party_name", "aliases"];
    let mut all: Vec<Rowed<Recipient>> = Vec::new();
    let mut codes: HashMap<String, String> = HashMap::new();
    let mut names: HashMap<String, String> = HashMap::new();
    for ([code, name, party_name, aliases], at) in rows("recipients.csv", text, columns, problems) {
        problems.add_if(!is_municipality_code(&code), || {
            Problem::new("municipality-code-malformed", &at).with("code", &code).with("name", &name)
        });
        if let Some(first) = codes.insert(code.clone(), at.clone()) {
            let twice = Problem::new("recipient-twice", &at).with("code", &code);
            problems.add(twice.with("first", line(&first)));
        }
        for (column, value) in [("name", &name), ("party_name", &party_name)] {
            problems.add_if(value.is_empty(), || {
                Problem::new("field-empty", format!("{at} {column}")).with("field", column)
            });
        }
        let recipient = Recipient {
            municipality: OrganisationId::new(&code),
            name,
            party_name,
            aliases: aliases.split(';').map(squeeze).filter(|alias| !alias.is_empty()).collect(),
        };
        for name in recipient.names().filter(|name| !name.is_empty()) {
            // The same name twice in one row is only said twice; in two rows it means two municipalities.
            let other = names.insert(folded(name), code.clone()).filter(|other| *other != code);
            if let Some(other) = other {
                problems.add(
                    Problem::new("name-of-two-municipalities", &at)
                        .with("name", name)
                        .with("code", &code)
                        .with("other", other),
                );
            }
        }
        all.push((recipient, at));
    }
    all
}

/// Reads the districts; the codes' shape, prefix and uniqueness rest on § 2 of the agreement.
pub(super) fn districts(text: &str, problems: &mut Problems) -> Vec<Rowed<District>> {
    let columns = ["municipality", "name", "system", "code"];
    let mut all: Vec<Rowed<District>> = Vec::new();
    let mut codes: HashMap<(CodeSystem, String), String> = HashMap::new();
    let mut named: HashMap<(String, CodeSystem, String), String> = HashMap::new();
    for ([municipality, name, system, code], at) in rows("districts.csv", text, columns, problems) {
        let about = |problem: &str| {
            Problem::new(problem, &at)
                .resting_on("2")
                .with("code", &code)
                .with("name", &name)
                .with("municipality", &municipality)
                .with("system", &system)
        };
        problems.add_if(name.is_empty(), || about("district-without-name"));
        let Some(known) = CodeSystem::from_code(&system) else {
            let systems = CodeSystem::ALL.map(CodeSystem::code);
            problems.add(
                about("code-system-unknown")
                    .with("nearest", nearest(&systems, &system).unwrap_or_default())
                    .with("known", systems.join(", ")),
            );
            continue;
        };
        if !known.has_shape(&code) {
            problems.add(about("district-code-malformed"));
        } else if !code.starts_with(&municipality) {
            problems.add(about("district-code-wrong-municipality"));
        }
        if let Some(first) = codes.insert((known, code.clone()), at.clone()) {
            problems.add(about("district-code-duplicate").with("first", line(&first)));
        }
        let key = (municipality.clone(), known, folded(&name));
        if let Some(first) = named.insert(key, at.clone()) {
            problems.add(about("district-name-duplicate").with("first", line(&first)));
        }
        let municipality = OrganisationId::new(municipality);
        all.push((District { municipality, code, system: known, name }, at));
    }
    all
}

/// The line of a place, `recipients.csv:3`.
fn line(place: &str) -> &str {
    place.rsplit(':').next().unwrap_or(place)
}

/// The rows of a list, squeezed, each with its place; what is not a row of these columns is noted.
fn rows<const N: usize>(
    file: &str,
    text: &str,
    columns: [&str; N],
    problems: &mut Problems,
) -> Vec<Rowed<[String; N]>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut all = Vec::new();
    let mut heading_seen = false;
    for record in reader.records() {
        let Ok(record) = record else {
            problems.add(Problem::new("list-not-text", file));
            return all;
        };
        let at = format!("{file}:{}", record.position().map_or(0, csv::Position::line));
        let fields: Vec<String> = record.iter().map(squeeze).collect();
        if !heading_seen {
            heading_seen = true;
            problems.add_if(fields != columns, || {
                Problem::new("list-heading-differs", at)
                    .with("found", fields.join(","))
                    .with("expected", columns.join(","))
            });
            continue;
        }
        match <[String; N]>::try_from(fields) {
            Ok(row) => all.push((row, at)),
            Err(fields) => problems.add(
                Problem::new("list-row-differs", at)
                    .with("found", fields.len())
                    .with("expected", N)
                    .with("columns", columns.join(",")),
            ),
        }
    }
    problems.add_if(!heading_seen, || Problem::new("list-empty", file).with("expected", columns.join(",")));
    all
}
