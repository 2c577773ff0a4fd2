//! Public pages, set once for each state of the log.
//!
//! What a visitor who is not signed in is shown follows from the address, the language, the log and the day.
//! So a page that has been set is given out again until the log grows or the day turns. Nobody who is signed
//! in is ever given one, nor is anyone who is to be shown a message. What is held is bounded in number and
//! in bytes; when it is full, all of it goes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::Served;
use super::request::Visit;

/// The most pages that are held.
const PAGES_MAX: usize = 400;
/// The largest page that is held, in bytes.
const PAGE_BYTES_MAX: usize = 1024 * 1024;
/// The longest address that a page is held under.
const ADDRESS_LENGTH_MAX: usize = 200;

/// The log's size and the day for which a page was set.
type At = (u64, Date);
/// A page's address and its language.
type Key = (String, &'static str);

/// Pages as they were set.
#[derive(Debug, Default)]
pub(super) struct Pages(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// For which all of them were set.
    at: Option<At>,
    pages: HashMap<Key, (HeaderMap, Bytes)>,
}

impl Pages {
    fn get(&self, at: At, key: &Key) -> Option<(HeaderMap, Bytes)> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.at == Some(at) { held.pages.get(key).cloned() } else { None }
    }

    fn put(&self, at: At, key: Key, page: (HeaderMap, Bytes)) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.at != Some(at) || held.pages.len() >= PAGES_MAX {
            held.pages.clear();
            held.at = Some(at);
        }
        held.pages.insert(key, page);
    }
}

/// Gives out a page that is held, or has it set and holds it.
pub(super) async fn remember(State(served): State<Served>, request: Request, next: Next) -> Response {
    let Some((at, key)) = held_under(&request) else { return next.run(request).await };
    if let Some((headers, bytes)) = served.pages.get(at, &key) {
        return (headers, bytes).into_response();
    }
    let response = next.run(request).await;
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    let small = response.body().size_hint().upper().is_some_and(|size| size <= PAGE_BYTES_MAX as u64);
    if response.status() != StatusCode::OK
        || !is_page
        || !small
        || response.headers().contains_key(header::SET_COOKIE)
    {
        return response;
    }
    let (parts, body) = response.into_parts();
    match to_bytes(body, PAGE_BYTES_MAX).await {
        Ok(bytes) => {
            served.pages.put(at, key, (parts.headers.clone(), bytes.clone()));
            Response::from_parts(parts, Body::from(bytes))
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be read back");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What the answer to a request would be held under, if it may be held.
fn held_under(request: &Request) -> Option<(At, Key)> {
    let visit = request.extensions().get::<Visit>()?;
    let wants_json = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("json"));
    let may = request.method() == Method::GET
        && !visit.signed_in()
        && visit.flash.is_none()
        && !wants_json
        && visit.path.len() <= ADDRESS_LENGTH_MAX
        && !visit.path.starts_with("/logga-in");
    let size = visit.log.as_ref()?.size;
    may.then(|| ((size, visit.today()), (visit.path.clone(), visit.l.tag())))
}
