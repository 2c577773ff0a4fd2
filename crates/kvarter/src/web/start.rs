//! The first page, and what Kvarter is.

use askama::Template;
use axum::extract::State;
use kvarter_domain::ids::OrganisationId;
use kvarter_services::{agreement as agreements, duty, organisation, registry};

use super::error::{OrPage as _, Result};
use super::page::{Frame, show};
use super::request::Visit;
use super::{Served, agreement, paths};
use crate::language::Words;

/// How many records the first page shows.
const LATEST: usize = 6;

/// A municipality on the map's list.
struct Place {
    name: String,
    address: Option<String>,
    code: &'static str,
    standing: String,
}

#[derive(Template)]
#[template(path = "start/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    municipalities: String,
    in_force: String,
    law: String,
    period: String,
    places: Vec<Place>,
    tally: agreement::Tally,
    overview: String,
    latest: Vec<super::registry::Row>,
}

/// The first page.
///
/// # Errors
/// When the store cannot be read.
pub async fn page(State(served): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let programme = served.app.programmes().next().cloned();
    let programme = programme.ok_or(kvarter_services::Error::NotFound).or_page(&visit)?;
    let board = agreements::board(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
    let mut places: Vec<Place> = programme
        .recipients
        .iter()
        .map(|recipient| {
            let found = board.iter().find(|row| row.life.agreement.municipality == recipient.municipality);
            let (code, _) = agreement::how(found, l);
            let standing = match code {
                "met" => l.t("start-in-force"),
                "missing" => l.t("not-in-force"),
                _ => l.t("start-not-sent"),
            };
            Place {
                name: agreement::place_name(&programme, &recipient.municipality)
                    .unwrap_or_else(|| recipient.name.clone()),
                address: found.map(|row| paths::agreement(&row.life.agreement.id)),
                code,
                standing,
            }
        })
        .collect();
    places.sort_by_key(|place| sort_key(&place.name));
    let in_force = places.iter().filter(|place| place.code == "met").count();
    let duties =
        duty::list(&visit.ctx, &served.app, &programme.id, &duty::Filter::default()).await.or_page(&visit)?;
    let all: Vec<_> = duties.iter().collect();
    let filter = registry::Filter { limit: LATEST, ..registry::Filter::default() };
    let (latest, _) = registry::list(&visit.ctx, &served.app, &filter).await.or_page(&visit)?;
    let (organisations, _) = organisation::all(&served.app).await.or_page(&visit)?;
    let name = |id: &OrganisationId| {
        organisations.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone())
    };
    let today = visit.today().year();
    let year =
        programme.period.years().filter(|year| *year <= today).last().unwrap_or(programme.period.from.year());
    Ok(show(&Page {
        frame: Frame::new(&visit, "nav-start", l.t("start-title")),
        municipalities: programme.recipients.len().to_string(),
        in_force: in_force.to_string(),
        law: programme.law.join(", "),
        period: format!("{}–{}", programme.period.from.year(), programme.period.to.year()),
        tally: agreement::tally(&all, l),
        overview: format!("/oversikt/{}/{year}", programme.id),
        latest: latest.iter().map(|view| super::registry::row(view, &name, l)).collect(),
        places,
        l,
    }))
}

/// Swedish order: å, ä and ö come last.
pub(super) fn sort_key(name: &str) -> String {
    let order = |c: char| match c {
        'å' => '{',
        'ä' => '|',
        'ö' => '}',
        other => other,
    };
    name.to_lowercase().chars().map(order).collect()
}

#[derive(Template)]
#[template(path = "start/about.html")]
struct AboutPage {
    frame: Frame,
    l: Words,
    version: &'static str,
}

/// What Kvarter is, what it rests on, and how it can be reached and checked.
///
/// # Errors
/// Never, so far; like every handler it may.
pub async fn about(State(_): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let frame = Frame::new(&visit, "nav-about", l.t("about"));
    Ok(show(&AboutPage { frame, l, version: env!("CARGO_PKG_VERSION") }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_swedish_order() {
        let mut names = ["Växjö", "Vaxholm", "Örebro", "Åre", "Ängelholm", "Zinkgruvan"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Vaxholm", "Växjö", "Zinkgruvan", "Åre", "Ängelholm", "Örebro"]);
    }
}
