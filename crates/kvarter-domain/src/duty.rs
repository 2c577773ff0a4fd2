//! Obligations made concrete: who owes what to whom by when, and how it stands on a given day.
//!
//! A [`Duty`] is written down when the agreement enters into force and is frozen then: a later edition of
//! the programme changes no one's deadline. How a duty stands is never written down. It is worked out by
//! [`standing`] from dated facts – what was done, what was extended, which day was agreed – and a day.

use crate::ids::{AgreementId, Digest, DutyId, ObligationId, OrganisationId, ProgrammeId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::rule::{DueRule, NoDay, Roll};
use crate::programme::{Creditor, Debtor, Deliverable, EventKind, Force, Obligation, Per, Programme};
use crate::time;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

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
                Ok(days) => duties.extend(
                    days.into_iter().map(|day| duty(programme, scope, obligation, object, Ok(day))),
                ),
                Err(reason) => duties.push(duty(programme, scope, obligation, object, Err(reason))),
            }
        }
    }
    duties
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

/// That a duty was met, or kept once more, by an act (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharge {
    /// The duty.
    pub duty: DutyId,
    /// The day of the act.
    pub met_on: Date,
    /// The record under which it is registered.
    pub record: RecordId,
    /// The document that shows it.
    pub document: Option<Digest>,
    /// The organisation that did it.
    pub by: OrganisationId,
    /// What was done, in a few words.
    pub note: Option<String>,
    /// A web address that shows it.
    pub link: Option<String>,
}

/// That the last day of a duty was moved by a decision (anstånd) (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The duty.
    pub duty: DutyId,
    /// The new last day.
    pub until: Date,
    /// The day of the decision.
    pub decided_on: Date,
    /// The organisation that decided.
    pub decided_by: OrganisationId,
    /// The decision's reference number.
    pub reference: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The record under which the decision is registered.
    pub record: RecordId,
}

/// That the parties agreed on a day where the text names none (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedDay {
    /// The duty.
    pub duty: DutyId,
    /// The last day that was agreed.
    pub day: Date,
    /// The day on which it was agreed.
    pub agreed_on: Date,
    /// What shows it.
    pub reference: Option<String>,
    /// The record under which it is registered.
    pub record: RecordId,
}

/// That what a duty waits for has happened (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The duty that waits.
    pub duty: DutyId,
    /// The day on which it happened.
    pub occurred_on: Date,
    /// What happened, in a few words: which collaboration agreement was revised.
    pub note: Option<String>,
    /// The record under which it is registered.
    pub record: RecordId,
}

/// How a duty stands on a day, with what is needed to say so in one sentence.
///
/// Days left and days late are whole days; *senast* is inclusive, so on the last day none are left and none
/// are late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stands", rename_all = "kebab-case")]
pub enum Standing {
    /// The last day is further off than the first reminder.
    Upcoming {
        /// The last day.
        last_day: Date,
        /// Days until it.
        days_left: i64,
    },
    /// The first reminder's day has come.
    DueSoon {
        /// The last day.
        last_day: Date,
        /// Days until it; none on the day itself.
        days_left: i64,
    },
    /// The last day has passed and nothing is registered.
    Overdue {
        /// The last day, as extended.
        last_day: Date,
        /// The last day before it was extended, if it was.
        original: Option<Date>,
        /// Days since it.
        days_late: i64,
    },
    /// Met, on time where there is a day.
    Met {
        /// The day of the act.
        on: Date,
        /// The last day, if there is one.
        last_day: Option<Date>,
        /// The record that shows it.
        record: RecordId,
    },
    /// Met after the last day.
    MetLate {
        /// The day of the act.
        on: Date,
        /// The last day, as extended.
        last_day: Date,
        /// Days between them.
        days_late: i64,
        /// The record that shows it.
        record: RecordId,
    },
    /// Met after the last day that the text names, within an extension: not late.
    Excused {
        /// The day of the act.
        on: Date,
        /// The last day before it was extended.
        original: Date,
        /// The last day as extended.
        last_day: Date,
        /// The decision's reference number.
        reference: Option<String>,
        /// The record that shows the act.
        record: RecordId,
    },
    /// Not met; the last day was moved and has not passed.
    Extended {
        /// The last day before it was extended.
        original: Date,
        /// The last day as extended.
        last_day: Date,
        /// Days until it.
        days_left: i64,
        /// The day of the decision.
        decided_on: Date,
        /// The organisation that decided.
        decided_by: OrganisationId,
        /// The decision's reference number.
        reference: Option<String>,
    },
    /// Owed all the time.
    Standing {
        /// How many acts are registered.
        acts: i64,
        /// The day of the latest.
        latest: Option<Date>,
    },
    /// Owed after something that has not happened.
    AwaitingEvent {
        /// What it waits for.
        event: EventKind,
        /// How many acts are registered.
        acts: i64,
    },
    /// What it waited for has happened, and the text says no number of days.
    Triggered {
        /// What happened.
        event: EventKind,
        /// The day on which it did.
        since: Date,
        /// Days since then.
        days_since: i64,
    },
    /// The text names no day, and none has been agreed.
    Undated,
    /// A condition of the agreement's validity: see its proof.
    BeforeValidity,
    /// Every day that the rule names had passed when the agreement entered into force.
    NotOwed,
}

impl Standing {
    /// The kind's code: `standing-<code>` gives the sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Upcoming { .. } => "upcoming",
            Self::DueSoon { .. } => "due-soon",
            Self::Overdue { .. } => "overdue",
            Self::Met { .. } => "met",
            Self::MetLate { .. } => "met-late",
            Self::Excused { .. } => "excused",
            Self::Extended { .. } => "extended",
            Self::Standing { .. } => "standing",
            Self::AwaitingEvent { .. } => "awaiting-event",
            Self::Triggered { .. } => "triggered",
            Self::Undated => "undated",
            Self::BeforeValidity => "before-validity",
            Self::NotOwed => "not-owed",
        }
    }

    /// Whether someone should act now.
    pub fn asks_for_an_act(&self) -> bool {
        matches!(self, Self::DueSoon { .. } | Self::Overdue { .. } | Self::Extended { .. } | Self::Triggered { .. })
    }

    /// The last day that counts, if there is one.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Self::Upcoming { last_day, .. }
            | Self::DueSoon { last_day, .. }
            | Self::Overdue { last_day, .. }
            | Self::MetLate { last_day, .. }
            | Self::Excused { last_day, .. }
            | Self::Extended { last_day, .. } => Some(*last_day),
            Self::Met { last_day, .. } => *last_day,
            Self::Standing { .. }
            | Self::AwaitingEvent { .. }
            | Self::Triggered { .. }
            | Self::Undated
            | Self::BeforeValidity
            | Self::NotOwed => None,
        }
    }

    /// The day on which it was met, if it was.
    pub fn met_on(&self) -> Option<Date> {
        match self {
            Self::Met { on, .. } | Self::MetLate { on, .. } | Self::Excused { on, .. } => Some(*on),
            _ => None,
        }
    }
}

/// The facts that bear on duties, found by what was promised.
#[derive(Debug, Clone, Default)]
pub struct Acts {
    of: HashMap<String, ActsOfOne>,
}

/// The facts that bear on one duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActsOfOne {
    /// What was done.
    pub discharges: Vec<Discharge>,
    /// What was moved.
    pub extensions: Vec<Extension>,
    /// Which days were agreed.
    pub agreed_days: Vec<AgreedDay>,
    /// What it waited for that has happened.
    pub occurrences: Vec<Occurrence>,
}

impl Acts {
    /// Gathers facts for these duties; a fact about another promise is left aside.
    pub fn gather(
        duties: &[Duty],
        discharges: impl IntoIterator<Item = Discharge>,
        extensions: impl IntoIterator<Item = Extension>,
        agreed_days: impl IntoIterator<Item = AgreedDay>,
        occurrences: impl IntoIterator<Item = Occurrence>,
    ) -> Self {
        let mut of: HashMap<String, ActsOfOne> =
            duties.iter().map(|duty| (duty.promise(), ActsOfOne::default())).collect();
        for fact in discharges {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.discharges.push(fact);
            }
        }
        for fact in extensions {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.extensions.push(fact);
            }
        }
        for fact in agreed_days {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.agreed_days.push(fact);
            }
        }
        for fact in occurrences {
            if let Some(acts) = find(&mut of, &fact.duty) {
                acts.occurrences.push(fact);
            }
        }
        for acts in of.values_mut() {
            acts.discharges.sort_by(|a, b| (a.met_on, &a.record).cmp(&(b.met_on, &b.record)));
            acts.extensions.sort_by(|a, b| (a.decided_on, &a.record).cmp(&(b.decided_on, &b.record)));
            acts.agreed_days.sort_by(|a, b| (a.agreed_on, &a.record).cmp(&(b.agreed_on, &b.record)));
            acts.occurrences.sort_by(|a, b| (a.occurred_on, &a.record).cmp(&(b.occurred_on, &b.record)));
        }
        Self { of }
    }

    /// The facts that bear on a duty, oldest first.
    pub fn of(&self, duty: &Duty) -> &ActsOfOne {
        self.of.get(&duty.promise()).unwrap_or(&NOTHING)
    }
}

static NOTHING: ActsOfOne = ActsOfOne {
    discharges: Vec::new(),
    extensions: Vec::new(),
    agreed_days: Vec::new(),
    occurrences: Vec::new(),
};

/// The acts of what a fact's duty promises: under the duty's own id, or under the promise that every
/// agreement of the programme shares.
fn find<'a>(of: &'a mut HashMap<String, ActsOfOne>, duty: &DutyId) -> Option<&'a mut ActsOfOne> {
    if of.contains_key(duty.as_str()) {
        return of.get_mut(duty.as_str());
    }
    let mut parts = duty.as_str().splitn(3, '/');
    let (programme, _municipality, rest) = (parts.next()?, parts.next()?, parts.next()?);
    of.get_mut(&format!("{programme}/{rest}"))
}

/// How a duty stands on a day.
///
/// Only what had happened by that day is seen, so yesterday's answer can be asked for again.
pub fn standing(duty: &Duty, acts: &Acts, today: Date) -> Standing {
    let acts = acts.of(duty);
    let done: Vec<&Discharge> = acts.discharges.iter().filter(|d| d.met_on <= today).collect();
    let first = done.first().copied();
    let met = |on: &Discharge| Standing::Met { on: on.met_on, last_day: None, record: on.record.clone() };
    let agreed = acts.agreed_days.iter().rfind(|a| a.agreed_on <= today);
    match duty.reason {
        None => match duty.effective {
            Some(day) => dated(duty, acts, day, first, today),
            None => Standing::Undated,
        },
        Some(NoDay::Standing) => {
            Standing::Standing { acts: count(done.len()), latest: done.last().map(|d| d.met_on) }
        }
        Some(NoDay::NoDayNamed) => match (agreed, first) {
            (Some(agreed), _) => dated(duty, acts, agreed.day, first, today),
            (None, Some(done)) => met(done),
            (None, None) => Standing::Undated,
        },
        Some(NoDay::AfterEvent) => after_event(duty, acts, &done, today),
        Some(NoDay::ConditionOfValidity) => first.map_or(Standing::BeforeValidity, met),
        Some(NoDay::PassedBeforeForce) => first.map_or(Standing::NotOwed, met),
    }
}

/// A duty that waits stands by the latest thing it waited for: an act on that day or later meets it.
fn after_event(duty: &Duty, acts: &ActsOfOne, done: &[&Discharge], today: Date) -> Standing {
    let event = duty.after.unwrap_or(duty.met_by);
    let Some(since) = acts.occurrences.iter().rfind(|o| o.occurred_on <= today).map(|o| o.occurred_on) else {
        return Standing::AwaitingEvent { event, acts: count(done.len()) };
    };
    let first = done.iter().copied().find(|d| d.met_on >= since);
    let agreed = acts.agreed_days.iter().rfind(|a| since <= a.agreed_on && a.agreed_on <= today);
    let named = duty.within_days.map(|days| duty.roll.effective(since.saturating_add(days.days())));
    match (named.or(agreed.map(|a| a.day)), first) {
        (Some(day), _) => dated(duty, acts, day, first, today),
        (None, Some(done)) => {
            Standing::Met { on: done.met_on, last_day: None, record: done.record.clone() }
        }
        (None, None) => Standing::Triggered { event, since, days_since: days_between(since, today) },
    }
}

/// ”…senast den 31 december varje år redovisas” (§ 4)
///
/// The last day counts: a report on 31 December is on time whatever the hour. Of several acts the first
/// decides; of several extensions the latest decision does.
fn dated(
    duty: &Duty,
    acts: &ActsOfOne,
    original: Date,
    first: Option<&Discharge>,
    today: Date,
) -> Standing {
    let extension = acts.extensions.iter().rfind(|e| e.decided_on <= today);
    let last_day = extension.map_or(original, |e| e.until);
    if let Some(done) = first {
        let (on, record) = (done.met_on, done.record.clone());
        return if on <= original.min(last_day) {
            Standing::Met { on, last_day: Some(last_day), record }
        } else if on <= last_day {
            let reference = extension.and_then(|e| e.reference.clone());
            Standing::Excused { on, original, last_day, reference, record }
        } else {
            Standing::MetLate { on, last_day, days_late: days_between(last_day, on), record }
        };
    }
    let days_left = days_between(today, last_day);
    if days_left < 0 {
        let original = extension.map(|_| original);
        return Standing::Overdue { last_day, original, days_late: -days_left };
    }
    if let Some(extension) = extension {
        return Standing::Extended {
            original,
            last_day,
            days_left,
            decided_on: extension.decided_on,
            decided_by: extension.decided_by.clone(),
            reference: extension.reference.clone(),
        };
    }
    let first_reminder = duty.remind.iter().copied().max().unwrap_or(0);
    if days_left <= first_reminder {
        Standing::DueSoon { last_day, days_left }
    } else {
        Standing::Upcoming { last_day, days_left }
    }
}

/// Whole days from one day to another; negative if the other is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn count(acts: usize) -> i64 {
    i64::try_from(acts).expect("acts fit in memory, so their number fits in 63 bits")
}

/// Checks that an act can be registered as meeting a duty.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_discharge(duty: &Duty, discharge: &Discharge, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(discharge.met_on > today, || {
        Problem::new("day-in-the-future", "met_on").with("day", discharge.met_on).with("today", today)
    });
    problems.add_if(!duty.is_owed_by(&discharge.by), || {
        Problem::new("discharge-by-someone-else", "by")
            .resting_on(&duty.clause)
            .with("by", &discharge.by)
            .with("debtor", duty.debtor)
    });
    problems.add_if(discharge.document.is_none() && discharge.link.is_none() && discharge.note.is_none(), || {
        Problem::new("discharge-shows-nothing", "document").resting_on(&duty.clause)
    });
    problems.or(())
}

/// Checks that an extension can be registered: it moves a last day there is, and later.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_extension(
    duty: &Duty,
    acts: &Acts,
    extension: &Extension,
    today: Date,
) -> Result<(), Problems> {
    let mut problems = Problems::none();
    problems.add_if(extension.decided_on > today, || {
        Problem::new("day-in-the-future", "decided_on")
            .with("day", extension.decided_on)
            .with("today", today)
    });
    problems.add_if(extension.decided_by == duty.municipality && duty.creditor != Creditor::Municipality, || {
        Problem::new("extension-by-debtor", "decided_by")
            .resting_on(&duty.clause)
            .with("decided_by", &extension.decided_by)
    });
    match standing(duty, acts, today) {
        Standing::Met { .. } | Standing::MetLate { .. } | Standing::Excused { .. } => {
            problems.add(Problem::new("extension-of-met-duty", "duty").resting_on(&duty.clause));
        }
        stands => match stands.last_day() {
            None => problems.add(Problem::new("extension-without-day", "duty").resting_on(&duty.clause)),
            Some(last_day) => problems.add_if(extension.until <= last_day, || {
                Problem::new("extension-not-later", "until")
                    .resting_on(&duty.clause)
                    .with("until", extension.until)
                    .with("last_day", last_day)
            }),
        },
    }
    problems.or(())
}

/// Checks that a day can be recorded as agreed: the text names none.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_agreed_day(duty: &Duty, agreed: &AgreedDay, today: Date) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let names_no_day = matches!(duty.reason, Some(NoDay::NoDayNamed))
        || (duty.reason == Some(NoDay::AfterEvent) && duty.within_days.is_none());
    problems.add_if(!names_no_day, || {
        Problem::new("agreed-day-where-text-decides", "duty").resting_on(&duty.clause)
    });
    problems.add_if(agreed.agreed_on > today, || {
        Problem::new("day-in-the-future", "agreed_on").with("day", agreed.agreed_on).with("today", today)
    });
    problems.or(())
}

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

impl Overview {
    /// The rows with a last day in the year: who has reported what, and when.
    pub fn dated(&self) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(|row| row.duty.nominal.is_some())
    }

    /// The rows without one: what is owed all the time, or on no named day.
    pub fn undated(&self) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(|row| row.duty.nominal.is_none())
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
            Some(NoDay::Standing | NoDay::NoDayNamed | NoDay::AfterEvent) => true,
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
            let in_year =
                acts.of(duty).discharges.iter().filter(|d| d.met_on.year() == year && d.met_on <= today);
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
