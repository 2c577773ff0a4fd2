//! What can be asked of the duties: the filters over list, calendar and feed, and the duties they leave.

use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::{Debtor, Programme};
use kvarter_services::duty as duties;
use kvarter_services::duty::{DutyView, Filter};
use serde::Deserialize;

use super::error::{Failure, OrPage as _};
use super::request::Visit;
use super::{Served, agreement, paths};
use crate::standing;

/// What can be asked of the list, the calendar and the feed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The programme; the first in use, if none is named.
    pub program: Option<String>,
    /// Who owes.
    pub part: Option<String>,
    /// Under which agreement.
    pub avtal: Option<String>,
    /// Resting on which clause.
    pub paragraf: Option<String>,
    /// Standing how.
    pub lage: Option<String>,
    /// With the last day in which year.
    pub ar: Option<String>,
    /// Following from which obligation.
    pub skyldighet: Option<String>,
    /// Which page of the list.
    pub sida: Option<usize>,
}

impl Asked {
    /// The same, as a query: for links that keep what was chosen.
    pub fn query(&self) -> String {
        let fields = [
            ("program", &self.program),
            ("part", &self.part),
            ("avtal", &self.avtal),
            ("paragraf", &self.paragraf),
            ("lage", &self.lage),
            ("ar", &self.ar),
            ("skyldighet", &self.skyldighet),
        ];
        let given = fields.into_iter().filter_map(|(name, value)| given(value).map(|v| (name, v)));
        given.map(|(name, value)| format!("{name}={}", paths::encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// What was asked for and cannot be: an empty list would be taken for an answer.
    fn unknown(&self, programme: &Programme) -> Problems {
        let mut problems = Problems::none();
        let years: Vec<String> = programme.period.years().map(|year| year.to_string()).collect();
        let clauses: Vec<&str> = programme.obligations.iter().map(|o| o.clause.as_str()).collect();
        let obligations: Vec<&str> = programme.obligations.iter().map(|o| o.id.as_str()).collect();
        let parties = [Debtor::Municipality, Debtor::State, Debtor::Both].map(Debtor::code);
        let years: Vec<&str> = years.iter().map(String::as_str).collect();
        for (name, value, known) in [
            ("part", &self.part, parties.as_slice()),
            ("paragraf", &self.paragraf, &clauses),
            ("lage", &self.lage, &STANDINGS),
            ("ar", &self.ar, &years),
            ("skyldighet", &self.skyldighet, &obligations),
        ] {
            let unknown = given(value).filter(|value| !known.contains(value));
            if let Some(written) = unknown {
                let mut known = known.to_vec();
                known.dedup();
                problems.add(
                    Problem::new("filter-unknown", name)
                        .with("name", name)
                        .with("written", written)
                        .with("known", known.join(", ")),
                );
            }
        }
        problems
    }

    fn filter(&self) -> Filter {
        Filter {
            debtor: given(&self.part).and_then(Debtor::from_code),
            agreement: given(&self.avtal).map(AgreementId::new),
            clause: given(&self.paragraf).map(str::to_owned),
            stands: given(&self.lage).map(str::to_owned),
            year: given(&self.ar).and_then(|year| year.parse().ok()),
        }
    }
}

pub(super) fn given(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// The duties asked for, with their programme.
pub(super) async fn asked_for(
    served: &Served,
    visit: &Visit,
    asked: &Asked,
) -> std::result::Result<(std::sync::Arc<Programme>, Vec<DutyView>), Failure> {
    let named = given(&asked.program).map(ProgrammeId::new);
    let first = || served.app.programmes().next().map(|p| p.id.clone());
    let id = named.or_else(first).ok_or(kvarter_services::Error::NotFound).or_page(visit)?;
    let programme = served.app.programme(&id).or_page(visit)?;
    asked.unknown(&programme).or(()).map_err(kvarter_services::Error::from).or_page(visit)?;
    let mut found = duties::list(&visit.ctx, &served.app, &id, &asked.filter()).await.or_page(visit)?;
    if let Some(obligation) = given(&asked.skyldighet) {
        found.retain(|view| view.duty.obligation.as_str() == obligation);
    }
    Ok((programme, found))
}

/// One of the choices of a filter.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

fn choices(values: impl IntoIterator<Item = (String, String)>, chosen: &Option<String>) -> Vec<Choice> {
    let chosen = given(chosen);
    values
        .into_iter()
        .map(|(value, label)| Choice { chosen: Some(value.as_str()) == chosen, value, label })
        .collect()
}

/// The filters over list and calendar.
pub(super) struct Filters {
    pub(super) parties: Vec<Choice>,
    pub(super) agreements: Vec<Choice>,
    pub(super) clauses: Vec<Choice>,
    pub(super) standings: Vec<Choice>,
    pub(super) years: Vec<Choice>,
    pub(super) obligation: Option<String>,
}

const STANDINGS: [&str; 13] = [
    "overdue",
    "due-soon",
    "triggered",
    "extended",
    "upcoming",
    "met",
    "met-late",
    "excused",
    "standing",
    "awaiting-event",
    "undated",
    "before-validity",
    "not-owed",
];

pub(super) async fn filters(
    served: &Served,
    visit: &Visit,
    programme: &Programme,
    asked: &Asked,
) -> std::result::Result<Filters, Failure> {
    let l = visit.l;
    let board =
        kvarter_services::agreement::board(&visit.ctx, &served.app, &programme.id).await.or_page(visit)?;
    let agreements = board
        .iter()
        .map(|row| (row.life.agreement.id.to_string(), agreement::short_name(programme, &row.life)));
    let mut clauses: Vec<String> = Vec::new();
    for obligation in &programme.obligations {
        if !clauses.contains(&obligation.clause) {
            clauses.push(obligation.clause.clone());
        }
    }
    let years = programme.period.years().map(|year| (year.to_string(), year.to_string()));
    Ok(Filters {
        parties: choices(
            [Debtor::Municipality, Debtor::State].map(|d| (d.code().to_owned(), standing::debtor(d, l))),
            &asked.part,
        ),
        agreements: choices(agreements, &asked.avtal),
        clauses: choices(clauses.into_iter().map(|c| (c.clone(), l.clause(&c))), &asked.paragraf),
        standings: choices(
            STANDINGS.map(|code| (code.to_owned(), l.t(&format!("standing-word-{code}")))),
            &asked.lage,
        ),
        years: choices(years, &asked.ar),
        obligation: given(&asked.skyldighet).map(str::to_owned),
    })
}
