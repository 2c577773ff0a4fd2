//! `kvarter agreement compare`: whether two copies are word for word the same agreement.

use std::path::PathBuf;

use kvarter_domain::likalydande::{Clause, Comparison, Deviation, Difference};
use kvarter_domain::problem::Problems;
use kvarter_services::{Error, likalydande, programme};
use serde::Serialize;

use super::answer::{self, Answer, Outcome, Trouble, say, say_json};
use super::file::contents;
use crate::language::Words;

/// Two files compared, as JSON tells it.
#[derive(Debug, Serialize)]
struct Compared<'a> {
    likalydande: bool,
    identical: bool,
    same_agreement: bool,
    same_text: bool,
    parameters: Vec<serde_json::Value>,
    deviations: Vec<Parted<'a>>,
    a_from_text: Vec<Parted<'a>>,
    b_from_text: Vec<Parted<'a>>,
}

/// Where a text departs from another, as JSON tells it.
#[derive(Debug, Serialize)]
struct Parted<'a> {
    kind: serde_json::Value,
    page: usize,
    clause: Option<&'a Clause>,
    word: usize,
    expected: &'a str,
    found: &'a str,
    context: String,
}

impl<'a> Parted<'a> {
    fn all(deviations: &'a [Deviation]) -> Vec<Self> {
        let parted = deviations.iter().map(|one| Self {
            kind: serde_json::to_value(one.kind).unwrap_or_default(),
            page: one.page,
            clause: one.clause.as_ref(),
            word: one.at,
            expected: &one.expected,
            found: &one.found,
            context: context(one),
        });
        parted.collect()
    }
}

/// The words found with those around them.
fn context(one: &Deviation) -> String {
    let parts = [one.before.as_str(), &one.found, &one.after];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(super) fn run(l: Words, files: [&PathBuf; 2], source: &str, json: bool) -> Answer {
    let mut problems = Problems::none();
    let read = programme::read(source).map_err(|found| problems.0.extend(found.0)).ok();
    let [a, b] = files.map(|file| contents(file, &mut problems));
    answer::usable(problems)?;
    let (Some(programme), Some(a), Some(b)) = (read, a, b) else { return Ok(Outcome::No) };
    let compared = likalydande::compare(&programme, &a, &b).map_err(|error| match error {
        Error::Problems(mut problems) => {
            for problem in &mut problems.0 {
                let file = if problem.place == "a" { files[0] } else { files[1] };
                problem.place = file.display().to_string();
                problem.args.entry("name".to_owned()).or_insert_with(|| file.display().to_string());
            }
            Trouble::Asked(problems)
        }
        other => other.into(),
    })?;
    if json {
        say_json(&Compared {
            likalydande: compared.likalydande,
            identical: compared.identical,
            same_agreement: compared.same_agreement,
            same_text: compared.same_text,
            parameters: compared.differences.iter().map(parameter).collect(),
            deviations: Parted::all(&compared.deviations),
            a_from_text: Parted::all(&compared.a_from_template),
            b_from_text: Parted::all(&compared.b_from_template),
        })?;
    } else {
        say(&compared_in_words(l, &compared, files))?;
    }
    // Two copies that have been altered in the same way are alike, and neither is the agreement.
    Ok(if compared.likalydande && compared.same_text { Outcome::Yes } else { Outcome::No })
}

fn parameter(difference: &Difference) -> serde_json::Value {
    serde_json::json!({ "parameter": difference.hole, "a": difference.a, "b": difference.b })
}

fn compared_in_words(l: Words, compared: &Comparison, files: [&PathBuf; 2]) -> String {
    let verdict = match (compared.identical, compared.likalydande, compared.same_text) {
        (true, true, true) => "cli-compare-identical",
        (_, true, true) => "cli-compare-likalydande",
        (_, true, false) => "cli-compare-likalydande-but",
        (_, _, true) => "cli-compare-same-text",
        _ => "cli-compare-differ",
    };
    let mut text = format!("{}\n", l.t(verdict));
    if !compared.differences.is_empty() {
        text.push_str(&format!("\n{}\n", l.t("cli-compare-parameters")));
    }
    for one in &compared.differences {
        let hole = serde_json::to_value(one.hole).ok();
        let code = hole.as_ref().and_then(|code| code.as_str()).unwrap_or_default().replace('_', "-");
        let value = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        text.push_str(&format!(
            "  {}: {} | {}\n",
            l.t(&format!("cli-hole-{code}")),
            value(&one.a),
            value(&one.b)
        ));
    }
    let [a, b] = files.map(|file| file.display().to_string());
    for (heading, deviations) in [
        (l.with("cli-compare-deviations", [("a", a.as_str()), ("b", &b)]), &compared.deviations),
        (l.with("cli-compare-from-text", [("file", a.as_str())]), &compared.a_from_template),
        (l.with("cli-compare-from-text", [("file", b.as_str())]), &compared.b_from_template),
    ] {
        if !deviations.is_empty() {
            text.push_str(&format!("\n{heading}\n"));
        }
        for one in deviations {
            text.push_str(&deviation_in_words(l, one));
        }
    }
    text
}

pub(super) fn deviation_in_words(l: Words, one: &Deviation) -> String {
    let page = one.page.to_string();
    let place = match &one.clause {
        Some(clause) => l.with(
            "cli-compare-place",
            [("page", &page), ("clause", &clause.number.to_string()), ("heading", &clause.heading)],
        ),
        None => l.with("cli-compare-place-without-clause", [("page", &page)]),
    };
    let value = |text: &str| if text.is_empty() { "–".to_owned() } else { format!("”{text}”") };
    let words =
        l.with("cli-compare-words", [("expected", &value(&one.expected)), ("found", &value(&one.found))]);
    format!("  {place}: {words}\n      … {} …\n", context(one))
}
