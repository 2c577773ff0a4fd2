//! Forms: read whole, kept as typed beside what was wrong, and done once however often they are sent.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::identity::same_secret;
use kvarter_services::registry::Upload;

use super::error;
use super::request::Visit;
use crate::language::Words;

/// The most fields that a form may have.
const FIELDS_MAX: usize = 2_000;

/// A form as it was sent. Its secret has been compared with the session's before a handler sees it.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    fields: BTreeMap<String, Vec<String>>,
    files: BTreeMap<String, Upload>,
}

impl Sent {
    /// What was typed in a field, trimmed; empty if the form has no such field.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|values| values.first()).map_or("", |value| value.trim())
    }

    /// What was typed in a field, if anything was.
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    /// What was typed in a field, which then is no longer kept: a password.
    pub fn taken(&mut self, name: &str) -> String {
        self.fields.remove(name).and_then(|values| values.into_iter().next()).unwrap_or_default()
    }

    /// Every value of a field: ticked boxes.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.get(name).into_iter().flatten().map(String::as_str)
    }

    /// Whether a box was ticked. An empty value ticks nothing.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// The uploaded file of a field, if one was chosen.
    pub fn file(&self, name: &str) -> Option<Upload> {
        self.files.get(name).cloned()
    }

    /// The day in a field. An empty or impossible one becomes a problem.
    pub fn day(&self, name: &str, problems: &mut Problems) -> Date {
        let day = self.day_or_none(name, problems);
        problems.add_if(day.is_none() && self.text(name).is_empty(), || Problem::new("day-missing", name));
        day.unwrap_or_default()
    }

    /// The day in a field, if there is one. An impossible one becomes a problem.
    pub fn day_or_none(&self, name: &str, problems: &mut Problems) -> Option<Date> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let day = text.parse().ok();
        problems.add_if(day.is_none(), || Problem::new("day-impossible", name).with("written", text));
        day
    }

    /// The latest event that the sender had seen when the form was made. A form that does not say has seen
    /// nothing, and is told what has happened since.
    pub fn seen(&self) -> Option<i64> {
        Some(self.text("sett").parse().unwrap_or(0))
    }

    /// The form's own token, by which a second sending of it is known.
    pub fn token(&self) -> Option<String> {
        self.filled("blankett")
    }

    /// What was typed, for the form to be shown again.
    pub fn typed(&self) -> BTreeMap<String, String> {
        self.fields.iter().map(|(name, values)| (name.clone(), values.join(","))).collect()
    }
}

/// A form to show: what is in its fields, and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// What stands in the fields.
    pub typed: BTreeMap<String, String>,
    /// What is wrong, in words: field, sentence, and the clause it rests on.
    pub problems: Vec<Wrong>,
    /// The form's own token.
    pub token: String,
}

/// One thing that is wrong, ready to be shown.
#[derive(Debug, Clone)]
pub struct Wrong {
    /// The field.
    pub field: String,
    /// What, why and what to do.
    pub sentence: String,
    /// The clause, as it is cited.
    pub clause: Option<String>,
}

impl Form {
    /// A form with a token of its own and these values to begin with.
    pub fn new<const N: usize>(token: String, values: [(&str, String); N]) -> Self {
        let typed = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { typed, problems: Vec::new(), token }
    }

    /// The same form again, with what was typed and everything that is wrong.
    pub fn again(sent: &Sent, problems: &Problems, l: Words, token: String) -> Self {
        let problems = problems.0.iter().map(|problem| Wrong {
            field: problem.place.clone(),
            sentence: l.problem(problem),
            clause: problem.clause.as_deref().map(|c| l.clause(c)),
        });
        Self { typed: sent.typed(), problems: problems.collect(), token }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    /// Whether a field, or one of a group's, has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.value(name).split(',').any(|v| v == value)
    }

    /// What is wrong with a field.
    pub fn wrong<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Wrong> {
        self.problems.iter().filter(move |wrong| wrong.field == name)
    }

    /// Whether something is wrong with a field.
    pub fn is_wrong(&self, name: &str) -> bool {
        self.wrong(name).next().is_some()
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let Some(visit) = request.extensions().get::<Visit>().cloned() else {
            return Err(axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response());
        };
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let sent = if kind.starts_with("multipart/form-data") {
            multipart(request, state, &visit).await?
        } else {
            urlencoded(request, state, &visit).await?
        };
        // Without a session there is nothing that another site could misuse, and no secret to compare.
        if visit.signed_in() && !same_secret(&visit.csrf, sent.text("csrf")) {
            return Err(error::forged(&visit));
        }
        Ok(sent)
    }
}

async fn urlencoded<S: Send + Sync>(request: Request, state: &S, visit: &Visit) -> Result<Sent, Response> {
    let pairs = axum::Form::<Vec<(String, String)>>::from_request(request, state)
        .await
        .map_err(|rejection| refused(visit, rejection.status()))?;
    let mut sent = Sent::default();
    for (name, value) in pairs.0.into_iter().take(FIELDS_MAX) {
        sent.fields.entry(name).or_default().push(value);
    }
    Ok(sent)
}

async fn multipart<S: Send + Sync>(request: Request, state: &S, visit: &Visit) -> Result<Sent, Response> {
    let mut parts = Multipart::from_request(request, state)
        .await
        .map_err(|rejection| refused(visit, rejection.status()))?;
    let mut sent = Sent::default();
    let mut read = 0;
    while let Some(part) = parts.next_field().await.map_err(|error| refused(visit, error.status()))? {
        read += 1;
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| refused(visit, error.status()))?;
        match file_name {
            Some(file_name) if !file_name.is_empty() || !bytes.is_empty() => {
                sent.files.insert(name, Upload::new(&file_name, bytes.to_vec()));
            }
            Some(_) => {}
            None => {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                sent.fields.entry(name).or_default().push(text);
            }
        }
        if read >= FIELDS_MAX {
            break;
        }
    }
    Ok(sent)
}

fn refused(visit: &Visit, status: axum::http::StatusCode) -> Response {
    if status == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        error::too_large(visit)
    } else {
        status.into_response()
    }
}
