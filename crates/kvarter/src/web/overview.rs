//! The national overview of a year: who has reported what, when, late or not, for both parties.
//!
//! The same overview is a page, a document and data; only the form differs.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;
use kvarter_domain::duty::{Overview, OverviewRow};
use kvarter_domain::ids::{OrganisationId, ProgrammeId};
use kvarter_domain::programme::{Debtor, Programme};
use kvarter_services::paper::{self, model};
use kvarter_services::{Error, duty};

use super::error::{OrPage as _, Result};
use super::page::{Frame, file, json, show};
use super::request::Visit;
use super::{Served, agreement, paths};
use crate::language::Words;
use crate::standing::{self, Stand};

#[derive(Template)]
#[template(path = "overview/years.html")]
struct YearsPage {
    frame: Frame,
    l: Words,
    programmes: Vec<(String, Vec<YearLine>)>,
}

/// A year with its figures.
struct YearLine {
    year: String,
    address: String,
    counts: Vec<(&'static str, String)>,
}

/// The years that there is an overview of.
///
/// # Errors
/// When the store cannot be read.
pub async fn years(State(served): State<Served>, visit: Visit) -> Result {
    let l = visit.l;
    let mut programmes = Vec::new();
    for programme in served.app.programmes() {
        let mut lines = Vec::new();
        for year in programme.period.years() {
            let overview =
                duty::overview(&visit.ctx, &served.app, &programme.id, year).await.or_page(&visit)?;
            let rows: Vec<&OverviewRow> = overview.dated().collect();
            lines.push(YearLine {
                year: year.to_string(),
                address: address(&programme.id, year),
                counts: counts(&rows, l),
            });
        }
        programmes.push((programme.name.get(l.0).to_owned(), lines));
    }
    Ok(show(&YearsPage { frame: Frame::new(&visit, "nav-overview", l.t("overview-title")), l, programmes }))
}

fn address(programme: &ProgrammeId, year: i16) -> String {
    format!("/oversikt/{programme}/{year}")
}

/// How many stand how, what needs someone first.
fn counts(rows: &[&OverviewRow], l: Words) -> Vec<(&'static str, String)> {
    const ORDER: [&str; 9] =
        ["overdue", "due-soon", "triggered", "extended", "met-late", "excused", "met", "upcoming", "undated"];
    ORDER
        .into_iter()
        .filter_map(|code| {
            let count = rows.iter().filter(|row| row.standing.code() == code).count();
            let word = l.t(&format!("standing-word-{code}"));
            let words = || l.with("overview-count", [("word", word.as_str()), ("count", &count.to_string())]);
            (count > 0).then(|| (code, words()))
        })
        .collect()
}

/// One line of the tables.
struct Line {
    what: String,
    address: String,
    clause: String,
    last_day: String,
    reported: Option<(String, String)>,
    stand: Stand,
    acts: i64,
}

/// One party with its lines.
struct Group {
    anchor: String,
    name: String,
    address: Option<String>,
    counts: Vec<(&'static str, String)>,
    dated: Vec<Line>,
    undated: Vec<Line>,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    programme: String,
    day: String,
    groups: Vec<Group>,
    totals: Vec<(&'static str, String)>,
    without: Vec<(String, Option<String>)>,
    address: String,
    other_years: Vec<(String, String)>,
}

/// The overview of a year: as a page, or with `.pdf` or `.json` after the year as such.
///
/// # Errors
/// When the programme or the year is unknown, or the store cannot be read.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, year)): Path<(String, String)>,
) -> Result {
    let l = visit.l;
    let id = ProgrammeId::new(programme);
    let (written, form) = year.split_once('.').map_or((year.as_str(), ""), |(year, form)| (year, form));
    let year = written.parse::<i16>().map_err(|_| Error::NotFound).or_page(&visit)?;
    let programme = served.app.programme(&id).or_page(&visit)?;
    let overview = duty::overview(&visit.ctx, &served.app, &id, year).await.or_page(&visit)?;
    match form {
        "" => {}
        "json" => return Ok(json(&overview)),
        "pdf" => {
            let document = document(&programme, &overview, &visit, &served.site.address);
            let bytes = paper::overview(&served.app, document).await.or_page(&visit)?;
            let name = l.with("overview-file", [("programme", id.as_str()), ("year", &year.to_string())]);
            return Ok(file(bytes, "application/pdf", &format!("{name}.pdf"), false));
        }
        _ => return Err(Error::NotFound).or_page(&visit),
    }
    let board = kvarter_services::agreement::board(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let issued = |of: &OrganisationId| board.iter().any(|row| row.life.agreement.municipality == *of);
    let agreement_of = |of: &OrganisationId| {
        issued(of).then(|| paths::agreement(&kvarter_domain::ids::AgreementId::of(&id, of)))
    };
    let groups = groups(&programme, &overview, &agreement_of, l);
    let rows: Vec<&OverviewRow> = overview.dated().collect();
    let without = overview.without_duties.iter().map(|of| {
        let name = agreement::place_name(&programme, of).unwrap_or_else(|| of.to_string());
        (name, agreement_of(of))
    });
    let title = l.with("overview-of", [("year", year.to_string())]);
    Ok(show(&Page {
        frame: Frame::new(&visit, "nav-overview", title).under(l.t("overview-title"), "/oversikt"),
        programme: programme.name.get(l.0).to_owned(),
        day: l.day(visit.today()),
        totals: counts(&rows, l),
        groups,
        without: without.collect(),
        address: address(&id, year),
        other_years: programme
            .period
            .years()
            .filter(|other| *other != year)
            .map(|other| (other.to_string(), address(&id, other)))
            .collect(),
        l,
    }))
}

/// The state first, then both together, then each municipality on the send list that owes something.
fn groups(
    programme: &Programme,
    overview: &Overview,
    agreement_of: &dyn Fn(&OrganisationId) -> Option<String>,
    l: Words,
) -> Vec<Group> {
    let mut found: BTreeMap<(usize, String), Vec<&OverviewRow>> = BTreeMap::new();
    for row in &overview.rows {
        let key = match (row.duty.debtor, &row.municipality) {
            (Debtor::State, _) => (0, "state".to_owned()),
            (_, Some(of)) => {
                let at =
                    programme.recipients.iter().position(|r| r.municipality == *of).unwrap_or(usize::MAX - 2);
                (at + 2, of.to_string())
            }
            (_, None) => (1, "both".to_owned()),
        };
        found.entry(key).or_default().push(row);
    }
    found
        .into_iter()
        .map(|((at, id), rows)| {
            let of = OrganisationId::new(id.clone());
            let name = match at {
                0 => l.t("debtor-state"),
                1 => l.t("debtor-both"),
                _ => agreement::place_name(programme, &of).unwrap_or_else(|| id.clone()),
            };
            let dated: Vec<&OverviewRow> = rows.iter().copied().filter(|r| r.is_dated()).collect();
            let undated = rows.iter().copied().filter(|r| !r.is_dated());
            Group {
                anchor: format!("part-{id}"),
                name,
                address: (at > 1).then(|| agreement_of(&of)).flatten(),
                counts: counts(&dated, l),
                undated: undated.map(|row| line(programme, row, l)).collect(),
                dated: dated.into_iter().map(|row| line(programme, row, l)).collect(),
            }
        })
        .collect()
}

fn what(programme: &Programme, row: &OverviewRow, l: Words) -> String {
    let name = programme
        .obligation(&row.duty.obligation)
        .map_or_else(|| row.duty.obligation.to_string(), |o| o.name.get(l.0).to_owned());
    let both = (row.duty.debtor == Debtor::Both).then(|| standing::debtor(Debtor::Both, l).to_lowercase());
    [Some(name), row.duty.object_name.clone(), both].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn line(programme: &Programme, row: &OverviewRow, l: Words) -> Line {
    let stand = Stand::of(&row.standing, l);
    let last = row.standing.last_day().or(row.duty.effective);
    Line {
        what: what(programme, row, l),
        address: paths::duty(&row.duty.id),
        clause: l.clause(&row.duty.clause),
        last_day: last.map(|day| l.day(day)).unwrap_or_default(),
        reported: row
            .standing
            .met_on()
            .zip(stand.record.as_ref())
            .map(|(day, r)| (l.day(day), paths::record(r))),
        acts: row.acts_in_year,
        stand,
    }
}

fn document(programme: &Programme, overview: &Overview, visit: &Visit, site: &str) -> model::Overview {
    let l = visit.l;
    let today: Date = visit.today();
    let year = overview.year.to_string();
    let rows: Vec<&OverviewRow> = overview.dated().collect();
    let number = |count: usize| count.to_string();
    let with = |codes: &[&str]| rows.iter().filter(|row| codes.contains(&row.standing.code())).count();
    let total = |label: &str, count: usize| model::Total { figure: number(count), label: l.t(label) };
    let none = |_: &OrganisationId| None;
    let groups = groups(programme, overview, &none, l).into_iter().map(|group| model::OverviewGroup {
        name: group.name,
        note: None,
        rows: group.dated.iter().chain(&group.undated).map(|line| paper_row(line, l)).collect(),
    });
    // Those who owe nothing yet are named in one line and not in a table each.
    let place = |of: &OrganisationId| agreement::place_name(programme, of).unwrap_or_else(|| of.to_string());
    let names: Vec<String> = overview.without_duties.iter().map(place).collect();
    let without = (!names.is_empty()).then(|| model::OverviewGroup {
        name: l.t("overview-without"),
        note: Some(names.join(", ")),
        rows: Vec::new(),
    });
    let address = format!("{site}/oversikt/{}/{year}", programme.id);
    model::Overview {
        language: paper::language(l.0),
        title: l.with("overview-of", [("year", year.as_str())]),
        subtitle: l
            .with("overview-subtitle", [("programme", programme.name.get(l.0)), ("day", &l.day(today))]),
        reference: format!("{} {year}", programme.id),
        introduction: vec![l.t("overview-lede")],
        totals: vec![
            total("overview-total-all", rows.len()),
            total("overview-total-met", with(&["met", "excused"])),
            total("overview-total-late", with(&["met-late"])),
            total("overview-total-overdue", with(&["overdue"])),
        ],
        columns: model::OverviewColumns {
            duty: l.t("overview-duty"),
            last_day: l.t("overview-last-day"),
            reported: l.t("overview-reported"),
            standing: l.t("overview-standing"),
        },
        groups: groups.chain(without).collect(),
        notes: vec![l.t("overview-note-late"), l.with("overview-note-address", [("address", address)])],
    }
}

fn paper_row(line: &Line, l: Words) -> model::OverviewRow {
    model::OverviewRow {
        duty: l.with("overview-paper-duty", [("clause", line.clause.as_str()), ("what", &line.what)]),
        last_day: if line.last_day.is_empty() { l.t("duty-no-day") } else { line.last_day.clone() },
        reported: line.reported.as_ref().map(|(day, _)| day.clone()).unwrap_or_default(),
        standing: match line.stand.code {
            "standing" => l.with("grid-acts", [("acts", line.acts.to_string())]),
            _ => line.stand.word.clone(),
        },
        tone: match line.stand.code {
            "met" => model::Tone::Good,
            "met-late" => model::Tone::Remark,
            "overdue" => model::Tone::Bad,
            "excused" | "not-owed" => model::Tone::Excused,
            _ => model::Tone::Open,
        },
    }
}
