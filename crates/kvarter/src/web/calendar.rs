//! The duties of a year in a calendar: month by month, what falls on the same day told once.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use jiff::civil::Date;
use kvarter_domain::programme::Programme;
use kvarter_services::duty::DutyView;

use super::duty::title;
use super::duty_filter::{Asked, Filters, asked_for, filters, given};
use super::error::Result;
use super::page::{Frame, show};
use super::request::Visit;
use super::{Served, paths};
use crate::language::Words;
use crate::standing;

/// A month of the calendar.
struct Month {
    name: String,
    anchor: String,
    days: Vec<DayRow>,
}

/// Duties of one kind on one day.
struct DayRow {
    day: i8,
    title: String,
    aside: String,
    address: String,
    stands: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "duty/calendar.html")]
struct CalendarPage {
    frame: Frame,
    l: Words,
    filters: Filters,
    year: String,
    years: Vec<(String, String)>,
    months: Vec<Month>,
    query: String,
}

/// The duties of a year, month by month.
///
/// # Errors
/// When the store cannot be read.
pub async fn page(State(served): State<Served>, visit: Visit, Query(mut asked): Query<Asked>) -> Result {
    let l = visit.l;
    let today = visit.today();
    let wanted = given(&asked.ar).and_then(|year| year.parse::<i16>().ok());
    asked.ar = None;
    let (programme, found) = asked_for(&served, &visit, &asked).await?;
    let in_period = |year: i16| programme.period.years().any(|y| y == year);
    let year = wanted
        .filter(|y| in_period(*y))
        .unwrap_or_else(|| if in_period(today.year()) { today.year() } else { programme.period.to.year() });
    let others = programme.period.years().filter(|y| *y != year).map(|other| {
        let mut asked = asked.clone();
        asked.ar = Some(other.to_string());
        (other.to_string(), format!("/ataganden/kalender?{}", asked.query()))
    });
    let years = others.collect();
    let months = (1..=12).map(|month| {
        let name = l.t(&format!("month-{month}"));
        Month {
            days: days(&found, &programme, year, month, l),
            anchor: format!("m{month}"),
            name: capitalised(&name),
        }
    });
    let months = months.collect();
    asked.ar = Some(year.to_string());
    let filters = filters(&served, &visit, &programme, &asked).await?;
    Ok(show(&CalendarPage {
        frame: Frame::new(&visit, "nav-duties", l.t("calendar-title"))
            .under(l.t("duties-title"), "/ataganden"),
        query: asked.query(),
        year: year.to_string(),
        l,
        filters,
        years,
        months,
    }))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The last days of a month: what is owed for several districts, or by several municipalities, stands once.
fn days(found: &[DutyView], programme: &Programme, year: i16, month: i8, l: Words) -> Vec<DayRow> {
    let mut by_kind: BTreeMap<(Date, String), Vec<&DutyView>> = BTreeMap::new();
    for view in found {
        let last = view.standing.last_day().or(view.duty.effective);
        if let Some(day) = last.filter(|day| day.year() == year && day.month() == month) {
            by_kind.entry((day, view.duty.obligation.to_string())).or_default().push(view);
        }
    }
    by_kind
        .into_iter()
        .map(|((day, obligation), views)| {
            let alone = views.len() == 1;
            let name = programme
                .obligation(&obligation.as_str().into())
                .map_or_else(|| obligation.clone(), |o| o.name.get(l.0).to_owned());
            let mut stands: Vec<(&'static str, usize)> = Vec::new();
            for view in &views {
                let code = view.standing.code();
                match stands.iter_mut().find(|(known, _)| *known == code) {
                    Some((_, count)) => *count += 1,
                    None => stands.push((code, 1)),
                }
            }
            let of = views.len().to_string();
            let stands = stands.into_iter().map(|(code, count)| {
                let word = l.t(&format!("standing-word-{code}"));
                let count = count.to_string();
                let words = if alone {
                    word
                } else {
                    l.with("standing-some", [("word", word.as_str()), ("count", &count), ("of", &of)])
                };
                (code, words)
            });
            let first = views[0];
            DayRow {
                day: day.day(),
                title: if alone { title(first, programme, l) } else { name },
                aside: standing::owes(&first.duty, l),
                address: if alone {
                    paths::duty(&first.duty.id)
                } else {
                    format!("/ataganden?skyldighet={obligation}&ar={}", day.year())
                },
                stands: stands.collect(),
            }
        })
        .collect()
}
