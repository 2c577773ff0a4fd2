//! Obligations made concrete: who owes what to whom by when, and how it stands on a given day.
//!
//! A [`Duty`] is written down when the agreement enters into force and is frozen then: a later edition of
//! the programme changes no one's deadline. How a duty stands is never written down. It is worked out by
//! [`standing()`] from dated facts – what was done, what was extended, which day was agreed – and a day.
//! [`overview()`] does so for every promise of one year.

mod acts;
mod check;
mod overview;
mod standing;

pub use acts::{Acts, ActsOfOne, AgreedDay, Discharge, Extension, Occurrence};
pub use check::{Bounds, check_agreed_day, check_discharge, check_extension};
pub use overview::{Overview, OverviewRow, overview};
pub use standing::{LateExtension, Standing, standing};

use crate::ids::{AgreementId, Digest, DutyId, ObligationId, OrganisationId, ProgrammeId};
use crate::programme::rule::{DueRule, NoDay, Roll};
use crate::programme::{Creditor, Debtor, Deliverable, EventKind, Force, Obligation, Per, Programme};
use crate::time;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What one side owes under one agreement (fact, frozen when the agreement enters into force).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Agreement, obligation, object and year: `lua-2008/0180/report-plan/01800154/2009`.
    pub id: DutyId,
    /// The agreement.
    pub agreement: AgreementId,
    /// The programme.
    pub programme: ProgrammeId,
    /// The edition of the programme that it was made from.
    pub edition: Digest,
    /// The obligation.
    pub obligation: ObligationId,
    /// The clause it rests on.
    pub clause: String,
    /// The first sentence it rests on, such as `4.6`.
    pub sentence: String,
    /// The words it rests on.
    pub says: String,
    /// How strongly the words bind.
    pub force: Force,
    /// Who owes it.
    pub debtor: Debtor,
    /// The municipality that is party to the agreement.
    pub municipality: OrganisationId,
    /// The organisation that acts for the state.
    pub state: OrganisationId,
    /// To whom it is owed.
    pub creditor: Creditor,
    /// For what there is one duty each.
    pub object_kind: Per,
    /// What this one concerns: a district's code; nothing where the kind says it all.
    pub object: Option<String>,
    /// The object's name, such as `Husby`.
    pub object_name: Option<String>,
    /// What is handed over, if something is.
    pub delivers: Option<Deliverable>,
    /// What meets it.
    pub met_by: EventKind,
    /// The rule it was made by: `standing`, `yearly` …
    pub rule: String,
    /// The year it concerns, if it is dated.
    pub year: Option<i64>,
    /// The last day that the text names.
    pub nominal: Option<Date>,
    /// The last day as it is counted here.
    pub effective: Option<Date>,
    /// Whether its last day moves.
    pub roll: Roll,
    /// Why there is no day.
    pub reason: Option<NoDay>,
    /// What must happen first, for a duty that waits.
    pub after: Option<EventKind>,
    /// How many days after it, if the text says.
    pub within_days: Option<i64>,
    /// Days before the last day on which a reminder is due, most first.
    pub remind: Vec<i64>,
}

impl Duty {
    /// The organisations that owe it.
    pub fn debtors(&self) -> Vec<&OrganisationId> {
        match self.debtor {
            Debtor::Municipality => vec![&self.municipality],
            Debtor::State => vec![&self.state],
            Debtor::Both => vec![&self.municipality, &self.state],
        }
    }

    /// Whether an organisation is among those who owe it.
    pub fn is_owed_by(&self, organisation: &OrganisationId) -> bool {
        self.debtors().contains(&organisation)
    }

    /// Whether an organisation is the other side, which can give more time. What both owe, each is owed by the
    /// other.
    pub fn is_owed_to(&self, organisation: &OrganisationId) -> bool {
        match self.debtor {
            Debtor::Municipality => *organisation == self.state,
            Debtor::State => *organisation == self.municipality,
            Debtor::Both => self.is_owed_by(organisation),
        }
    }

    /// Whether the act is to hand something over to someone whom the text names: ”redovisas till
    /// Regeringskansliet” (§ 4).
    ///
    /// Reading: what is handed over is handed over on the day it is received, and the receiver's register tells
    /// that day. An act that happens, such as a conference, is done on the day it happens.
    pub fn is_handed_over(&self) -> bool {
        self.debtor == Debtor::Municipality && self.creditor == Creditor::GovernmentOffices
    }

    /// Whether it is one of a row of duties, one for each year.
    pub fn is_yearly(&self) -> bool {
        matches!(self.rule.as_str(), "each-year" | "yearly")
    }

    /// The last day that lag (1930:173) § 2 would give, whether or not it is what counts here.
    pub fn statutory(&self) -> Option<Date> {
        self.nominal.map(time::statutory_day)
    }

    /// What was promised: the duty's id, or for what the state owes the whole programme the id without
    /// the municipality. One compilation meets that duty of every agreement.
    pub fn promise(&self) -> String {
        promise(&self.id, self.object_kind, &self.agreement, &self.programme)
    }
}

fn promise(id: &DutyId, kind: Per, agreement: &AgreementId, programme: &ProgrammeId) -> String {
    match (kind, id.as_str().strip_prefix(agreement.as_str())) {
        (Per::Programme, Some(rest)) => format!("{programme}{rest}"),
        _ => id.as_str().to_owned(),
    }
}

/// What an agreement concerns: the parameters that its duties follow from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The municipality.
    pub municipality: OrganisationId,
    /// Its districts: code and name, in the order of § 2.
    pub districts: Vec<(String, String)>,
}

impl Scope {
    /// What the programme offers a municipality.
    pub fn offered(programme: &Programme, municipality: &OrganisationId) -> Self {
        let districts = programme.districts_of(municipality);
        Self {
            municipality: municipality.clone(),
            districts: districts.into_iter().map(|d| (d.code, d.name)).collect(),
        }
    }
}

/// The duties of one agreement that is in force from a day, in the order of the text, then by object and
/// day.
///
/// Every obligation yields at least one duty, so that nothing that was promised is left out of the list:
/// what has no day says why it has none.
pub fn concretise(programme: &Programme, scope: &Scope, in_force: Date) -> Vec<Duty> {
    let mut duties = Vec::new();
    for obligation in &programme.obligations {
        let objects: Vec<Option<&(String, String)>> = match obligation.per {
            Per::District => scope.districts.iter().map(Some).collect(),
            Per::Agreement | Per::Collaboration | Per::Programme => vec![None],
        };
        for object in objects {
            match obligation.due.days(programme.period, in_force) {
                Ok(days) => duties
                    .extend(days.into_iter().map(|day| duty(programme, scope, obligation, object, Ok(day)))),
                Err(reason) => duties.push(duty(programme, scope, obligation, object, Err(reason))),
            }
        }
    }
    duties
}

/// The duties that follow from one collaboration agreement, when it is concluded: to base it on the plans, to revise
/// it when needed and to report what was revised. Its object is a word for the partner.
///
/// Reading: the text speaks of the collaboration agreements one by one (”revideras vid behov och därefter redovisas”,
/// § 5), so one that is reported does not close the duty to report another.
pub fn of_collaboration(
    programme: &Programme,
    scope: &Scope,
    in_force: Date,
    partner: &(String, String),
) -> Vec<Duty> {
    let lasting = |obligation: &&Obligation| {
        obligation.per == Per::Collaboration
            && matches!(obligation.due, DueRule::After { .. } | DueRule::Standing)
    };
    let of = |obligation: &Obligation| {
        let reason = obligation.due.days(programme.period, in_force).err()?;
        Some(duty(programme, scope, obligation, Some(partner), Err(reason)))
    };
    programme.obligations.iter().filter(lasting).filter_map(of).collect()
}

fn duty(
    programme: &Programme,
    scope: &Scope,
    obligation: &Obligation,
    object: Option<&(String, String)>,
    day: Result<Date, NoDay>,
) -> Duty {
    let agreement = AgreementId::of(&programme.id, &scope.municipality);
    let year = day.ok().map(|day| day.year());
    let mut id = format!("{agreement}/{}", obligation.id);
    for part in [object.map(|(code, _)| code.clone()), year.map(|y| y.to_string())].into_iter().flatten() {
        id.push('/');
        id.push_str(&part);
    }
    let (after, within_days) = match obligation.due {
        DueRule::After { event, within_days } => (Some(event), within_days.map(i64::from)),
        _ => (None, None),
    };
    Duty {
        id: DutyId::new(id),
        agreement,
        programme: programme.id.clone(),
        edition: programme.edition.clone(),
        obligation: obligation.id.clone(),
        clause: obligation.clause.clone(),
        sentence: obligation.sentences.first().map(|s| s.as_str().to_owned()).unwrap_or_default(),
        says: obligation.says.clone(),
        force: obligation.force,
        debtor: obligation.bound,
        municipality: scope.municipality.clone(),
        state: programme.state.organisation.clone(),
        creditor: obligation.towards,
        object_kind: obligation.per,
        object: object.map(|(code, _)| code.clone()),
        object_name: object.map(|(_, name)| name.clone()),
        delivers: obligation.delivers,
        met_by: obligation.met_by,
        rule: obligation.due.code().to_owned(),
        year: year.map(i64::from),
        nominal: day.ok(),
        effective: day.ok().map(|day| obligation.roll.effective(day)),
        roll: obligation.roll,
        reason: day.err(),
        after,
        within_days,
        remind: obligation.remind.clone(),
    }
}
