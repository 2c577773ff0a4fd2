//! The log: its head, its latest events, and proofs that a stranger can check.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::{Error, log};
use serde::Deserialize;

use super::Served;
use super::error::{OrPage as _, Result};
use super::page::{Frame, json, show};
use super::request::Visit;
use crate::language::Words;

/// How many events the page shows.
const SHOWN: i64 = 50;

/// What can be asked of the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Only events before this one.
    fore: Option<i64>,
}

/// An event in words.
struct Row {
    seq: i64,
    at: String,
    what: String,
    about: String,
    proof: String,
}

#[derive(Template)]
#[template(path = "log/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    origin: String,
    size: String,
    root: String,
    rows: Vec<Row>,
    earlier: Option<String>,
}

/// The page.
///
/// # Errors
/// When the store cannot be read.
pub async fn page(State(served): State<Served>, visit: Visit, Query(asked): Query<Asked>) -> Result {
    let l = visit.l;
    let head = log::checkpoint(&visit.ctx, &served.app).await.or_page(&visit)?;
    let events = log::latest(&visit.ctx, &served.app, asked.fore, SHOWN).await.or_page(&visit)?;
    let rows: Vec<Row> = events
        .iter()
        .map(|event| Row {
            seq: event.seq,
            at: l.day(kvarter_domain::time::stockholm_day(event.recorded_at)),
            what: l.t(&format!("happened-{}", event.act.code())),
            about: event.subject.clone(),
            proof: format!("/logg/{}/bevis.json", event.seq),
        })
        .collect();
    let earlier = rows.last().filter(|row| row.seq > 1).map(|row| format!("/logg?fore={}", row.seq));
    Ok(show(&Page {
        frame: Frame::new(&visit, "nav-log", l.t("log-title")),
        origin: head.origin,
        size: head.size.to_string(),
        root: head.root,
        rows,
        earlier,
        l,
    }))
}

/// The log's head as text, to be kept somewhere else.
///
/// # Errors
/// When the store cannot be read.
pub async fn checkpoint(State(served): State<Served>, visit: Visit) -> Result {
    let head = log::checkpoint(&visit.ctx, &served.app).await.or_page(&visit)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], head.to_string()).into_response())
}

/// Between which sizes the log is to be proved consistent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Between {
    /// The earlier size.
    fran: Option<String>,
    /// The later size; the present one if it is not given.
    till: Option<String>,
}

impl Between {
    /// Both sizes, or what is wrong with them.
    fn sizes(&self) -> std::result::Result<(u64, Option<u64>), Problems> {
        let mut problems = Problems::none();
        let mut size = |name: &str, written: Option<&str>| {
            let size = written.and_then(|text| text.trim().parse::<u64>().ok()).filter(|size| *size > 0);
            problems.add_if(size.is_none(), || {
                Problem::new("log-size-missing", name)
                    .with("name", name)
                    .with("written", written.unwrap_or_default())
            });
            size.unwrap_or_default()
        };
        let from = size("fran", self.fran.as_deref());
        let to = self.till.as_deref().map(|written| size("till", Some(written)));
        problems.or((from, to))
    }
}

/// The proof that the log of one size continues the log of a smaller one.
///
/// # Errors
/// When the log has never been that large.
pub async fn consistency(
    State(served): State<Served>,
    visit: Visit,
    Query(between): Query<Between>,
) -> Result {
    let (from, to) = between.sizes().map_err(Error::from).or_page(&visit)?;
    let proof = log::consistency(&visit.ctx, &served.app, from, to).await.or_page(&visit)?;
    Ok(json(&proof))
}

/// The proof that an event is in the log.
///
/// # Errors
/// When there is no such event.
pub async fn proof(State(served): State<Served>, visit: Visit, Path(seq): Path<i64>) -> Result {
    let proof = log::inclusion(&visit.ctx, &served.app, seq, None).await.or_page(&visit)?;
    Ok(json(&proof))
}
