//! Whether a programme's templates can be set, and say what its source says.
//!
//! Each template is set once as a specimen and read back. What departs from the source is told with its
//! clause, both wordings and the template's line; what the typesetter refuses is told with its line. An
//! edition's files never change, so an edition is examined once.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use jiff::Timestamp;
use kvarter_documents::read::{self, Limits};
use kvarter_documents::{Diagnostic, Document as Paper, RenderError, model, render};
use kvarter_domain::ids::Digest;
use kvarter_domain::likalydande::specimen::Departure;
use kvarter_domain::likalydande::{Template, TemplateError};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_domain::programme::source::contains_words;

use crate::error::Error;
use crate::likalydande;

/// The agreement's template, as its file is called.
const AGREEMENT: &str = "agreement.typ";
/// The letter's template.
const LETTER: &str = "letter.typ";
/// What the typesetter calls the template that it was given.
const MAIN: &str = "main.typ";
/// So many words on either side of a departure help to find its line.
const WORDS_AROUND: usize = 4;

/// What was found of each edition.
static EXAMINED: LazyLock<Mutex<HashMap<Digest, Problems>>> = LazyLock::new(Mutex::default);

/// Everything in a programme's templates that cannot be set or departs from its source.
pub fn examine(programme: &Programme) -> Problems {
    let held = EXAMINED.lock().unwrap_or_else(PoisonError::into_inner).get(&programme.edition).cloned();
    if let Some(problems) = held {
        return problems;
    }
    let mut problems = Problems::none();
    match likalydande::template(programme) {
        Ok(template) => {
            let departures = template.agreement_departures(programme);
            let told = |one: &Departure| problem(one, AGREEMENT, &programme.agreement_template);
            problems.0.extend(departures.iter().map(told));
        }
        Err(Error::Problems(found)) => problems.0.extend(found.0),
        Err(other) => problems.add(unread(&other.to_string(), AGREEMENT)),
    }
    match letter(programme) {
        Ok(template) => {
            let departures = template.letter_departures(programme);
            problems.0.extend(departures.iter().map(|one| problem(one, LETTER, &programme.letter_template)));
        }
        Err(found) => problems.0.extend(found.0),
    }
    let mut held = EXAMINED.lock().unwrap_or_else(PoisonError::into_inner);
    held.insert(programme.edition.clone(), problems.clone());
    problems
}

/// The agreement's template, read from a specimen.
///
/// # Errors
/// Why it cannot be set, each with its line.
pub(crate) fn agreement(programme: &Programme) -> Result<Template, Problems> {
    let model = model::Agreement::specimen();
    set(Paper::Agreement { model: &model, template: &programme.agreement_template }, AGREEMENT)
}

fn letter(programme: &Programme) -> Result<Template, Problems> {
    let model = model::Letter::specimen();
    set(Paper::Letter { model: &model, template: &programme.letter_template }, LETTER)
}

fn set(paper: Paper<'_>, file: &str) -> Result<Template, Problems> {
    let pdf = render(paper, Timestamp::UNIX_EPOCH).map_err(|error| unset(&error, file))?;
    let read = read::read(&pdf.bytes, Limits::default());
    let pages = read.map_err(|error| unread(&error.to_string(), file))?.pages;
    Template::from_specimen(&pages).map_err(|error| match error {
        TemplateError::UnknownHole(name) => {
            Problem::new("template-hole-unknown", file).with("name", name).into()
        }
        TemplateError::Empty => Problem::new("template-without-words", file).into(),
    })
}

fn unread(detail: &str, place: &str) -> Problem {
    Problem::new("template-cannot-be-set", place).with("detail", detail)
}

/// What the typesetter refused, each where it stands.
fn unset(error: &RenderError, file: &str) -> Problems {
    match error {
        RenderError::Template(found) | RenderError::Profile(found) => {
            let errors = found.iter().filter(|diagnostic| !diagnostic.warning);
            Problems(
                errors.map(|diagnostic| unread(&diagnostic.message, &placed(diagnostic, file))).collect(),
            )
        }
        other => unread(&other.to_string(), file).into(),
    }
}

fn placed(diagnostic: &Diagnostic, file: &str) -> String {
    match &diagnostic.place {
        Some(place) if place.file == MAIN => format!("{file}:{}", place.line),
        Some(place) => format!("{}:{}", place.file, place.line),
        None => file.to_owned(),
    }
}

fn problem(departure: &Departure, file: &str, template: &str) -> Problem {
    let place = line_of(departure, template).map_or(file.to_owned(), |line| format!("{file}:{line}"));
    let problem = Problem::new("template-departs", place)
        .with("source", &departure.source)
        .with("template", &departure.template)
        .with("before", last(&departure.before).join(" "))
        .with("after", first(&departure.after).join(" "));
    match &departure.clause {
        Some(clause) => problem.resting_on(clause),
        None => problem,
    }
}

fn last(words: &str) -> Vec<&str> {
    let words: Vec<&str> = words.split_whitespace().collect();
    words[words.len().saturating_sub(WORDS_AROUND)..].to_vec()
}

fn first(words: &str) -> Vec<&str> {
    words.split_whitespace().take(WORDS_AROUND).collect()
}

/// The template's only line with what departs; or else the one that has most of the words there and around,
/// if it has several of them.
fn line_of(departure: &Departure, template: &str) -> Option<usize> {
    let lines = || {
        let numbered = template.lines().enumerate().map(|(index, line)| (index + 1, line));
        numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
    };
    let mut with = lines().filter(|(_, line)| contains_words(line, &departure.template));
    if let (false, Some((line, _)), None) = (departure.template.is_empty(), with.next(), with.next()) {
        return Some(line);
    }
    let words: Vec<&str> = last(&departure.before)
        .into_iter()
        .chain(departure.template.split_whitespace())
        .chain(first(&departure.after))
        .collect();
    let has = |line: &str| words.iter().filter(|word| line.contains(**word)).count();
    let (line, most) = lines()
        .map(|(number, line)| (number, has(line)))
        .max_by_key(|(number, most)| (*most, std::cmp::Reverse(*number)))?;
    (most * 2 > words.len()).then_some(line)
}
