//! Search: agreements, districts, duties and what is public of the register, in the words that people use.

use askama::Template;
use axum::extract::{Query, State};
use kvarter_domain::ids::OrganisationId;
use kvarter_domain::text::folded;
use kvarter_services::{agreement as agreements, duty, organisation, registry};
use serde::Deserialize;

use super::error::{OrPage as _, Result};
use super::page::{Frame, show};
use super::request::Visit;
use super::{Served, agreement, paths};
use crate::language::Words;

/// How many of each kind are shown.
const SHOWN_MAX: usize = 25;
/// The longest text that is searched for.
const LENGTH_MAX: usize = 200;

/// What is searched for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// A find: words, address, and what it is beside.
struct Found {
    words: String,
    aside: String,
    address: String,
}

/// Finds of one kind.
struct Kind {
    title: String,
    anchor: &'static str,
    found: Vec<Found>,
    more: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "start/search.html")]
struct Page {
    frame: Frame,
    l: Words,
    q: String,
    kinds: Vec<Kind>,
    asked: bool,
}

/// The search.
///
/// # Errors
/// When the store cannot be read.
pub async fn page(State(served): State<Served>, visit: Visit, Query(asked): Query<Asked>) -> Result {
    let l = visit.l;
    let q: String = asked.q.chars().take(LENGTH_MAX).collect();
    let wanted = folded(&q);
    let mut kinds = Vec::new();
    if !wanted.is_empty() {
        let (places, duties) = in_programmes(&served, &visit, &wanted).await?;
        kinds.push(limited(l.t("search-agreements"), "avtal", places));
        kinds.push(limited(l.t("search-duties"), "ataganden", duties));
        let filter =
            registry::Filter { words: Some(q.clone()), limit: SHOWN_MAX, ..registry::Filter::default() };
        let (records, total) = registry::list(&visit.ctx, &served.app, &filter).await.or_page(&visit)?;
        let (organisations, _) = organisation::all(&served.app).await.or_page(&visit)?;
        let name = |id: &OrganisationId| {
            organisations.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone())
        };
        let found = records.iter().map(|record| Found {
            words: record.subject.clone().unwrap_or_else(|| l.t("record-withheld")),
            aside: format!("{}, {}, {}", record.number, l.day(record.day), name(&record.organisation)),
            address: paths::record(&record.id),
        });
        let more = (total > SHOWN_MAX).then(|| {
            let words = l.with("search-all", [("count", total.to_string())]);
            (words, format!("/diarium?ord={}", paths::encoded(&q)))
        });
        kinds.push(Kind { title: l.t("search-records"), anchor: "handlingar", found: found.collect(), more });
        kinds.retain(|kind| !kind.found.is_empty());
    }
    let frame = Frame::new(&visit, "nav-start", l.t("search-title"));
    Ok(show(&Page { frame, l, asked: !wanted.is_empty(), q, kinds }))
}

fn limited(title: String, anchor: &'static str, mut found: Vec<Found>) -> Kind {
    found.truncate(SHOWN_MAX);
    Kind { title, anchor, found, more: None }
}

/// Agreements and their districts, and duties, whose names have the words.
async fn in_programmes(
    served: &Served,
    visit: &Visit,
    wanted: &str,
) -> std::result::Result<(Vec<Found>, Vec<Found>), super::error::Failure> {
    let l = visit.l;
    let (mut places, mut found) = (Vec::new(), Vec::new());
    for programme in served.app.programmes() {
        let board = agreements::board(&visit.ctx, &served.app, &programme.id).await.or_page(visit)?;
        for row in &board {
            let name = agreement::short_name(programme, &row.life);
            let recipient =
                programme.recipients.iter().find(|r| r.municipality == row.life.agreement.municipality);
            let mut names = recipient.into_iter().flat_map(|r| r.names());
            let districts: Vec<String> = row
                .life
                .districts
                .iter()
                .filter(|d| folded(&d.name).contains(wanted) || d.code.contains(wanted))
                .map(|d| format!("{} ({})", d.name, d.code))
                .collect();
            let by_name =
                names.any(|n| folded(n).contains(wanted)) || row.life.agreement.id.as_str().contains(wanted);
            if by_name || !districts.is_empty() {
                let (_, standing) = agreement::how(Some(row), l);
                let aside = [vec![standing], districts].concat().join(", ");
                places.push(Found { words: name, aside, address: paths::agreement(&row.life.agreement.id) });
            }
        }
        let all = duty::list(&visit.ctx, &served.app, &programme.id, &duty::Filter::default())
            .await
            .or_page(visit)?;
        for view in &all {
            let row = super::duty::row(view, programme, l);
            if folded(&row.title).contains(wanted) || folded(&view.duty.says).contains(wanted) {
                let aside = format!("{}. {}", row.aside, row.stand.line);
                found.push(Found { words: row.title, aside, address: row.address });
            }
        }
    }
    Ok((places, found))
}
