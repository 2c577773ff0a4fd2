//! From a service's error to a page: the only place that maps errors to status codes.

use std::any::Any;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kvarter_services::Error;

use super::page::{Frame, show_with};
use super::request::Visit;
use super::{Served, paths};

/// An error on its way to a page; made by `?` in a handler.
///
/// In a box: a visit is large, and every answer of every helper would be as large.
#[derive(Debug)]
pub struct Failure(Box<(Visit, Error)>);

impl Failure {
    /// An error, and the visit that it is shown to.
    pub fn new(visit: Visit, error: Error) -> Self {
        Self(Box::new((visit, error)))
    }
}

/// What handlers return.
pub type Result<T = Response> = std::result::Result<T, Failure>;

/// Lets a handler use `?` on what services return.
pub trait OrPage<T> {
    /// The value, or the page that says why not.
    ///
    /// # Errors
    /// The failure, with the visit that it is shown to.
    fn or_page(self, visit: &Visit) -> Result<T>;
}

impl<T> OrPage<T> for kvarter_services::Result<T> {
    fn or_page(self, visit: &Visit) -> Result<T> {
        self.map_err(|error| Failure::new(visit.clone(), error))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        answer(&self.0.0, &self.0.1)
    }
}

#[derive(Template)]
#[template(path = "frame/error.html")]
struct ErrorPage {
    frame: Frame,
    /// Key of the sentence that says what happened.
    what: &'static str,
    /// Key of the sentence that says what to do.
    then: &'static str,
    /// Things to correct.
    problems: Vec<String>,
    /// The request's id, where the fault is ours.
    request: Option<String>,
    /// Where to sign in, where that would help.
    sign_in: Option<String>,
}

/// The page for an error, where there is no handler to have made it.
pub fn page(_: &Served, visit: &Visit, error: &Error) -> Response {
    answer(visit, error)
}

fn answer(visit: &Visit, error: &Error) -> Response {
    let (status, code) = match error {
        Error::Denied => (StatusCode::FORBIDDEN, "denied"),
        Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        Error::Problems(_) => (StatusCode::UNPROCESSABLE_ENTITY, "problems"),
        Error::Stale => (StatusCode::CONFLICT, "stale"),
        Error::Conflict => (StatusCode::CONFLICT, "conflict"),
        Error::Unavailable(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        Error::Corrupt(_) | Error::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    };
    if let Error::Unavailable(cause) | Error::Corrupt(cause) | Error::Internal(cause) = error {
        tracing::error!(request = visit.ctx.request, cause, "a request failed");
    }
    let problems = match error {
        Error::Problems(problems) => problems.0.iter().map(|p| visit.l.problem(p)).collect(),
        _ => Vec::new(),
    };
    shown(visit, status, code, problems)
}

fn shown(visit: &Visit, status: StatusCode, code: &str, problems: Vec<String>) -> Response {
    let (what, then) = match code {
        "denied" => ("error-denied", "error-denied-then"),
        "not-found" => ("error-not-found", "error-not-found-then"),
        "problems" => ("error-problems", "error-problems-then"),
        "stale" => ("error-stale", "error-stale-then"),
        "conflict" => ("error-conflict", "error-conflict-then"),
        "unavailable" => ("error-unavailable", "error-unavailable-then"),
        "forged" => ("error-forged", "error-forged-then"),
        "unreadable" => ("error-unreadable", "error-unreadable-then"),
        "other-method" => ("error-other-method", "error-other-method-then"),
        "too-large" => ("error-too-large", "error-too-large-then"),
        _ => ("error-internal", "error-internal-then"),
    };
    let ours = status.is_server_error();
    let sign_in = (!visit.signed_in() && matches!(code, "denied" | "not-found"))
        .then(|| format!("/logga-in?till={}", paths::encoded(&visit.path)));
    show_with(
        status,
        &ErrorPage {
            frame: Frame::new(visit, "nav-start", visit.l.t(what)).failed(),
            what,
            then,
            problems,
            request: ours.then(|| visit.ctx.request.clone()),
            sign_in,
        },
    )
}

/// A form whose secret is not the session's: forged, or left open since another session.
pub fn forged(visit: &Visit) -> Response {
    shown(visit, StatusCode::FORBIDDEN, "forged", Vec::new())
}

/// An upload beyond the limit.
pub fn too_large(visit: &Visit) -> Response {
    shown(visit, StatusCode::PAYLOAD_TOO_LARGE, "too-large", Vec::new())
}

/// An address that leads nowhere.
pub async fn no_such_page(State(_): State<Served>, visit: Visit) -> Response {
    answer(&visit, &Error::NotFound)
}

/// An address that is there, asked for in a way that it does not answer; which ways it does is in the
/// answer's `Allow`.
pub async fn other_method(State(_): State<Served>, visit: Visit) -> Response {
    shown(&visit, StatusCode::METHOD_NOT_ALLOWED, "other-method", Vec::new())
}

/// Something in an address or a form that has a shape that cannot be read: a word where a number goes.
pub fn unreadable(visit: &Visit, status: StatusCode) -> Response {
    shown(visit, status, "unreadable", Vec::new())
}

/// A panic means that we are wrong: the request ends, the rest goes on.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| cause.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_default();
    tracing::error!(cause, "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
