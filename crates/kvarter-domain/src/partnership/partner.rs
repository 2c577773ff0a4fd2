//! Partners: who they are, from when to when they were in the partnership, and on what ground.
//!
//! ”…med de statliga myndigheter som har fått i uppdrag eller har valt att ingå” (§ 3): [`Basis`].
//! ”Statliga myndigheter … får 1. ingå i lokala partnerskap, eller 2. på annat sätt stödja sådana partnerskap”
//! (SFS 2008:348, 10 §): [`Mode`].

use super::{Bounds, SHORT_MAX, check_length, check_text};
use crate::ids::{AgreementId, OrganisationId, PartnerId, RecordId};
use crate::organisation::check_orgnr;
use crate::problem::{Problem, Problems};
use crate::programme::codes;
use crate::text::folded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What kind of actor a partner is (SFS 2008:348, 4 §).
    Category {
        /// A state authority.
        StateAuthority = "state-authority",
        /// The county council (landsting).
        CountyCouncil = "county-council",
        /// Business (näringsliv).
        Business = "business",
        /// A property owner.
        PropertyOwner = "property-owner",
        /// A residents' organisation.
        ResidentsOrganisation = "residents-organisation",
        /// Another organisation.
        Other = "other",
    }
}

codes! {
    /// As what a partner takes part.
    Mode {
        /// It is in the partnership (ingår).
        Member = "member",
        /// It supports the partnership in another way (stödjer).
        Supporter = "supporter",
    }
}

codes! {
    /// On what ground it takes part.
    Basis {
        /// It has been ordered to by the Government.
        Mandated = "mandated",
        /// It has chosen to.
        Voluntary = "voluntary",
    }
}

/// Someone who has been asked to join the partnership, is in it, or has been (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Agreement and a word for the name: `lua-2008/0180/forsakringskassan`.
    pub id: PartnerId,
    /// The agreement.
    pub agreement: AgreementId,
    /// The organisation's name.
    pub name: String,
    /// Organisation number, `NNNNNN-NNNN`, where known.
    pub orgnr: Option<String>,
    /// The organisation of the house that it is, so that its people can sign in and act.
    pub organisation: Option<OrganisationId>,
    /// What kind of actor.
    pub category: Category,
    /// Which of the partners that the programme asks for it is: `police`.
    pub required_as: Option<String>,
    /// The record under which it was entered.
    pub record: RecordId,
}

/// That a partner is in the partnership from a day (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joining {
    /// The partner.
    pub partner: PartnerId,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which time it joins, from 1.
    pub serial: i64,
    /// As what.
    pub mode: Mode,
    /// On what ground.
    pub basis: Basis,
    /// The Government's decision, where it was ordered to.
    pub decision_reference: Option<String>,
    /// The first day.
    pub from_day: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a partner left the partnership (fact). A change of mode is a departure and a new joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The partner.
    pub partner: PartnerId,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which time it had joined.
    pub serial: i64,
    /// The last day.
    pub last_day: Date,
    /// Why.
    pub reason: Option<String>,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// One time in the partnership: who, from when, until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership<'a> {
    /// The partner.
    pub partner: &'a Partner,
    /// How it joined.
    pub joining: &'a Joining,
    /// How it left, if it has.
    pub departure: Option<&'a Departure>,
}

impl Membership<'_> {
    /// The last day in the partnership, if one is known.
    pub fn last_day(&self) -> Option<Date> {
        self.departure.map(|departure| departure.last_day)
    }

    /// Whether it covers a day; first and last day included.
    pub fn is_in(&self, day: Date) -> bool {
        self.joining.from_day <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// Whether it is a member, who owes a collaboration agreement.
    pub fn is_member(&self) -> bool {
        self.joining.mode == Mode::Member
    }
}

/// Everyone's times in the partnership, by name and time.
pub fn memberships<'a>(
    partners: &'a [Partner],
    joinings: &'a [Joining],
    departures: &'a [Departure],
) -> Vec<Membership<'a>> {
    let mut all: Vec<Membership<'a>> = joinings
        .iter()
        .filter_map(|joining| {
            let partner = partners.iter().find(|p| p.id == joining.partner)?;
            let departure =
                departures.iter().find(|d| d.partner == joining.partner && d.serial == joining.serial);
            Some(Membership { partner, joining, departure })
        })
        .collect();
    all.sort_by(|a, b| (&a.partner.name, a.joining.serial).cmp(&(&b.partner.name, b.joining.serial)));
    all
}

/// Who was in the partnership on a day: members first, then by name.
pub fn partners_on<'a>(
    partners: &'a [Partner],
    joinings: &'a [Joining],
    departures: &'a [Departure],
    day: Date,
) -> Vec<Membership<'a>> {
    let mut there = memberships(partners, joinings, departures);
    there.retain(|membership| membership.is_in(day));
    there.sort_by_key(|membership| !membership.is_member());
    there
}

/// A word for a name in an id: lower case, å and ä as a, ö as o, everything else a hyphen.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in folded(name).chars() {
        let plain = match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' | 'è' => 'e',
            'ü' => 'u',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '-',
        };
        if plain != '-' || (!slug.is_empty() && !slug.ends_with('-')) {
            slug.push(plain);
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(60).collect();
    slug.trim_end_matches('-').to_owned()
}

/// Checks a new partner: named, with a number that holds, and not there already.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_partner(partner: &Partner, others: &[Partner], required: &[String]) -> Result<(), Problems> {
    let mut problems = check_text(&partner.name, "name", "partner-name-missing", SHORT_MAX);
    problems.add_if(!partner.name.trim().is_empty() && slug_of(&partner.name).is_empty(), || {
        Problem::new("partner-name-unreadable", "name").with("name", &partner.name)
    });
    if let Some(orgnr) = &partner.orgnr
        && let Err(problem) = check_orgnr(orgnr, "orgnr")
    {
        problems.add(problem);
    }
    let name = folded(&partner.name);
    if let Some(same) = others.iter().find(|o| o.id == partner.id || folded(&o.name) == name) {
        problems.add(Problem::new("partner-twice", "name").with("name", &same.name));
    } else if let Some(same) = others.iter().find(|o| o.orgnr.is_some() && o.orgnr == partner.orgnr) {
        problems.add(
            Problem::new("partner-orgnr-twice", "orgnr")
                .with("name", &same.name)
                .with("orgnr", same.orgnr.as_deref().unwrap_or_default()),
        );
    } else if let Some(same) =
        others.iter().find(|o| o.organisation.is_some() && o.organisation == partner.organisation)
    {
        problems.add(Problem::new("partner-organisation-twice", "organisation").with("name", &same.name));
    }
    if let Some(role) = &partner.required_as
        && !required.contains(role)
    {
        problems.add(Problem::new("required-partner-unknown", "required_as").with("written", role));
    }
    problems.or(())
}

/// Checks that a partner can join from a day: not before the agreement is in force, not in the future, not while it
/// is there already; and on the Government's order only with the decision named.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_joining(joining: &Joining, known: &[Membership<'_>], bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("from_day", joining.from_day);
    let reference = joining.decision_reference.as_deref().unwrap_or_default();
    problems.add_if(joining.basis == Basis::Mandated && reference.trim().is_empty(), || {
        Problem::new("mandate-without-decision", "decision_reference").resting_on("3")
    });
    problems.0.extend(check_length(reference, "decision_reference", SHORT_MAX).0);
    let mut own = known.iter().filter(|m| m.partner.id == joining.partner);
    // There already: a time without an end, or one that ends on that day or later.
    if let Some(there) = own.rfind(|m| m.last_day().is_none_or(|last| joining.from_day <= last)) {
        let problem = Problem::new("partner-already-in", "from_day")
            .with("name", &there.partner.name)
            .with("from", there.joining.from_day)
            .with("last", there.last_day().map_or("none".to_owned(), |day| day.to_string()));
        problems.add(problem);
    }
    problems.or(())
}

/// Checks that a partner can leave on a day: it is there, it had joined by then, and the day has come.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_departure(
    departure: &Departure,
    known: &[Membership<'_>],
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("last_day", departure.last_day);
    problems
        .0
        .extend(check_length(departure.reason.as_deref().unwrap_or_default(), "reason", super::LONG_MAX).0);
    let own =
        known.iter().find(|m| m.partner.id == departure.partner && m.joining.serial == departure.serial);
    match own {
        None => problems.add(Problem::new("partner-not-in", "partner").with("partner", &departure.partner)),
        Some(there) => {
            problems.add_if(there.departure.is_some(), || {
                Problem::new("partner-has-left", "partner")
                    .with("name", &there.partner.name)
                    .with("last", there.last_day().map(|day| day.to_string()).unwrap_or_default())
            });
            problems.add_if(departure.last_day < there.joining.from_day, || {
                Problem::new("departure-before-joining", "last_day")
                    .with("day", departure.last_day)
                    .with("from", there.joining.from_day)
            });
        }
    }
    problems.or(())
}
