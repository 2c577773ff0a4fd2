//! How promises were kept in one year, for both parties: a pure function of duties and facts.

use super::standing::count;
use super::{Acts, Duty, Standing, standing};
use crate::ids::{ObligationId, OrganisationId};
use crate::programme::rule::NoDay;
use crate::programme::{Per, Programme};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How promises were kept in one year, for both parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The year.
    pub year: i64,
    /// One row for each promise, in the order of the text, then of the send list, then of § 2.
    pub rows: Vec<OverviewRow>,
    /// Municipalities on the send list that have no duties: their agreement is not in force.
    pub without_duties: Vec<OrganisationId>,
}

/// One promise in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverviewRow {
    /// The duty, the first of them where all agreements share the promise.
    pub duty: Duty,
    /// The municipality; none where the promise concerns the whole programme.
    pub municipality: Option<OrganisationId>,
    /// How it stands.
    pub standing: Standing,
    /// How many acts are registered in the year.
    pub acts_in_year: i64,
}

impl OverviewRow {
    /// Whether it has a last day, in the text or because the parties have agreed on one.
    pub fn is_dated(&self) -> bool {
        self.duty.nominal.is_some() || self.standing.last_day().is_some()
    }
}

impl Overview {
    /// The rows with a last day in the year: who has reported what, and when.
    pub fn dated(&self) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(|row| row.is_dated())
    }

    /// The rows without one: what is owed all the time, or on no named day.
    pub fn undated(&self) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(|row| !row.is_dated())
    }
}

/// How promises were kept in one year, as known on a day: what has its last day in that year, and what is
/// owed without a day.
///
/// What the state owes the whole programme stands once, however many agreements carry it. Conditions of
/// validity are left out: they concern no year.
pub fn overview(programme: &Programme, duties: &[Duty], acts: &Acts, year: i16, today: Date) -> Overview {
    let order_of_text: HashMap<&ObligationId, usize> =
        programme.obligations.iter().enumerate().map(|(i, o)| (&o.id, i)).collect();
    let order_of_list: HashMap<&OrganisationId, usize> =
        programme.recipients.iter().enumerate().map(|(i, r)| (&r.municipality, i)).collect();
    let mut chosen: Vec<(usize, usize, usize, &Duty)> = duties
        .iter()
        .enumerate()
        .filter(|(_, duty)| match duty.reason {
            None => duty.year == Some(i64::from(year)),
            Some(NoDay::ConditionOfValidity | NoDay::PassedBeforeForce) => false,
            // A day that the parties have agreed on belongs to its year, as the text's own days do.
            Some(NoDay::Standing | NoDay::NoDayNamed | NoDay::AfterEvent) => {
                standing(duty, acts, today).last_day().is_none_or(|day| day.year() == year)
            }
        })
        .map(|(position, duty)| {
            let text = order_of_text.get(&duty.obligation).copied().unwrap_or(usize::MAX);
            let list = order_of_list.get(&duty.municipality).copied().unwrap_or(usize::MAX);
            (text, list, position, duty)
        })
        .collect();
    chosen.sort_by_key(|(text, list, position, _)| (*text, *list, *position));

    let mut seen = HashSet::new();
    let rows = chosen
        .into_iter()
        .filter(|(.., duty)| seen.insert(duty.promise()))
        .map(|(.., duty)| {
            let in_year = acts
                .of(duty)
                .discharges
                .iter()
                .filter(|d| d.met_on.year() == year && d.registered_on <= today);
            OverviewRow {
                duty: duty.clone(),
                municipality: (duty.object_kind != Per::Programme).then(|| duty.municipality.clone()),
                standing: standing(duty, acts, today),
                acts_in_year: count(in_year.count()),
            }
        })
        .collect();
    let with_duties: HashSet<&OrganisationId> = duties.iter().map(|d| &d.municipality).collect();
    let without_duties = programme
        .recipients
        .iter()
        .map(|r| &r.municipality)
        .filter(|municipality| !with_duties.contains(municipality))
        .cloned()
        .collect();
    Overview { year: i64::from(year), rows, without_duties }
}
