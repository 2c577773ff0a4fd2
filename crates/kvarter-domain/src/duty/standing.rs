//! How a duty stands on a day: worked out from facts, never stored.

use super::{Acts, ActsOfOne, Discharge, Duty, Extension};
use crate::ids::{OrganisationId, RecordId};
use crate::programme::rule::NoDay;
use crate::programme::{Debtor, EventKind};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
        /// More time that was granted when the last day had passed.
        extended_late: Option<LateExtension>,
    },
    /// Met, on time where there is a day.
    Met {
        /// The day of the act.
        on: Date,
        /// The last day, if there is one.
        last_day: Option<Date>,
        /// The day it was registered, where that was after the last day.
        registered_late: Option<Date>,
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
        /// More time that was granted when the last day had passed.
        extended_late: Option<LateExtension>,
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
        /// The day it was registered, where that was after the last day.
        registered_late: Option<Date>,
        /// The record that shows the act.
        record: RecordId,
    },
    /// Owed by both, and registered by one of them: met when the other has registered it too.
    Half {
        /// The one that has.
        done: Debtor,
        /// The day of its act.
        on: Date,
        /// The record that shows it.
        record: RecordId,
        /// How it stands until the other has.
        rest: Box<Standing>,
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

/// More time that was granted when the last day had passed: it moves nothing, and is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateExtension {
    /// The day that it names.
    pub until: Date,
    /// The day on which it was both decided and registered.
    pub granted_on: Date,
    /// The decision's reference number.
    pub reference: Option<String>,
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
            Self::Half { rest, .. } => rest.code(),
        }
    }

    /// Whether someone should act now.
    pub fn asks_for_an_act(&self) -> bool {
        match self {
            Self::Half { rest, .. } => rest.asks_for_an_act(),
            Self::DueSoon { .. } | Self::Overdue { .. } | Self::Extended { .. } | Self::Triggered { .. } => {
                true
            }
            _ => false,
        }
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
            Self::Half { rest, .. } => rest.last_day(),
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

    /// Of a duty that both owe: the one that has done its part, while the other has not.
    pub fn done_by(&self) -> Option<Debtor> {
        if let Self::Half { done, .. } = self { Some(*done) } else { None }
    }
}

/// That all who owe a duty have met it.
#[derive(Debug, Clone)]
struct Kept {
    on: Date,
    registered_on: Date,
    record: RecordId,
}

impl Kept {
    fn of(act: &Discharge) -> Self {
        Self { on: act.met_on, registered_on: act.registered_on, record: act.record.clone() }
    }

    fn undated(self) -> Standing {
        Standing::Met { on: self.on, last_day: None, registered_late: None, record: self.record }
    }
}

/// Who of those who owe a duty have met it.
#[derive(Debug, Clone, Default)]
struct Reached {
    kept: Option<Kept>,
    half: Option<(Debtor, Kept)>,
}

impl Reached {
    /// ”Parterna är överens om att senast 2010 göra en gemensam avstämning” (§ 1)
    ///
    /// Reading: what both owe is met when both have registered it, on the day of the later of the two. A condition
    /// of validity is met by the agreement's own life, whoever registered it.
    fn by(duty: &Duty, done: &[&Discharge]) -> Self {
        let first = |by: Option<&OrganisationId>| {
            done.iter().find(|d| by.is_none_or(|by| d.by == *by)).map(|d| Kept::of(d))
        };
        if duty.debtor != Debtor::Both || duty.reason == Some(NoDay::ConditionOfValidity) {
            return Self { kept: first(None), half: None };
        }
        match (first(Some(&duty.municipality)), first(Some(&duty.state))) {
            (Some(ours), Some(theirs)) => {
                let registered_on = ours.registered_on.max(theirs.registered_on);
                let later = if theirs.on > ours.on { theirs } else { ours };
                Self { kept: Some(Kept { registered_on, ..later }), half: None }
            }
            (Some(ours), None) => Self { kept: None, half: Some((Debtor::Municipality, ours)) },
            (None, Some(theirs)) => Self { kept: None, half: Some((Debtor::State, theirs)) },
            (None, None) => Self::default(),
        }
    }
}

/// How a duty stands on a day.
///
/// Only what had been registered by that day is seen, so yesterday's answer can be asked for again and is the
/// same.
pub fn standing(duty: &Duty, acts: &Acts, today: Date) -> Standing {
    let acts = acts.of(duty);
    let done: Vec<&Discharge> = acts.discharges.iter().filter(|d| d.registered_on <= today).collect();
    if duty.reason == Some(NoDay::Standing) {
        return Standing::Standing { acts: count(done.len()), latest: done.last().map(|d| d.met_on) };
    }
    if duty.reason == Some(NoDay::AfterEvent) {
        return after_event(duty, acts, &done, today);
    }
    let reached = Reached::by(duty, &done);
    let day = match duty.reason {
        None => duty.effective,
        Some(NoDay::NoDayNamed) => acts.agreed(duty, today).map(|(day, _)| day),
        _ => None,
    };
    let without = match duty.reason {
        Some(NoDay::ConditionOfValidity) => Standing::BeforeValidity,
        Some(NoDay::PassedBeforeForce) => Standing::NotOwed,
        _ => Standing::Undated,
    };
    of_day(duty, acts, day, reached, without, today)
}

/// A duty that waits stands by the latest thing it waited for: an act on that day or later meets it.
fn after_event(duty: &Duty, acts: &ActsOfOne, done: &[&Discharge], today: Date) -> Standing {
    let event = duty.after.unwrap_or(duty.met_by);
    let known = acts.occurrences.iter().rfind(|o| o.registered_on <= today);
    let Some(since) = known.map(|o| o.occurred_on) else {
        return Standing::AwaitingEvent { event, acts: count(done.len()) };
    };
    let done: Vec<&Discharge> = done.iter().copied().filter(|d| d.met_on >= since).collect();
    let agreed = acts.agreed(duty, today).filter(|(_, agreed_on)| *agreed_on >= since);
    let named = duty.within_days.map(|days| duty.roll.effective(since.saturating_add(days.days())));
    let day = named.or(agreed.map(|(day, _)| day));
    let without = Standing::Triggered { event, since, days_since: days_between(since, today) };
    of_day(duty, acts, day, Reached::by(duty, &done), without, today)
}

/// How a duty stands by its last day, if it has one; `without` is how it stands if it has none and is not met.
fn of_day(
    duty: &Duty,
    acts: &ActsOfOne,
    day: Option<Date>,
    reached: Reached,
    without: Standing,
    today: Date,
) -> Standing {
    let stands = match (day, reached.kept) {
        (Some(day), kept) => dated(duty, acts, day, kept, today),
        (None, Some(kept)) => kept.undated(),
        (None, None) => without,
    };
    match reached.half {
        Some((done, Kept { on, record, .. })) => Standing::Half { done, on, record, rest: Box::new(stands) },
        None => stands,
    }
}

/// A last day with the extensions that moved it, and the one that came too late to.
struct Moved {
    last_day: Date,
    by: Option<Extension>,
    late: Option<LateExtension>,
}

impl Moved {
    /// Reading: an extension moves the last day if it was decided and registered on that day at the latest. One
    /// that comes later does not undo that the day had passed; it is told beside it. Of several in time the
    /// latest holds.
    fn from(original: Date, granted: Vec<Extension>) -> Self {
        let mut moved = Self { last_day: original, by: None, late: None };
        for extension in granted {
            let granted_on = extension.granted_on();
            if granted_on <= moved.last_day {
                moved = Self { last_day: extension.until, by: Some(extension), late: None };
            } else {
                let Extension { until, reference, .. } = extension;
                moved.late = Some(LateExtension { until, granted_on, reference });
            }
        }
        moved
    }
}

/// The extensions that were known on a day, in the order in which they were granted.
///
/// Reading: of what both owe, each can give the other more time. The day moves once both have, to the earlier of
/// the days that they named.
fn granted(duty: &Duty, acts: &ActsOfOne, today: Date) -> Vec<Extension> {
    let known = |by: Option<&OrganisationId>| {
        let of = |e: &&Extension| e.registered_on <= today && by.is_none_or(|by| e.decided_by == *by);
        let mut known: Vec<Extension> = acts.extensions.iter().filter(of).cloned().collect();
        known.sort_by(|a, b| (a.granted_on(), &a.record).cmp(&(b.granted_on(), &b.record)));
        known
    };
    if duty.debtor != Debtor::Both {
        return known(None);
    }
    let (ours, theirs) = (known(Some(&duty.municipality)).pop(), known(Some(&duty.state)).pop());
    let together = ours.zip(theirs).map(|(ours, theirs)| {
        let until = ours.until.min(theirs.until);
        let later = if theirs.granted_on() > ours.granted_on() { theirs } else { ours };
        Extension { until, ..later }
    });
    together.into_iter().collect()
}

/// ”…senast den 31 december varje år redovisas” (§ 4)
///
/// The last day counts: a report on 31 December is on time whatever the hour. Of several acts the first
/// decides.
fn dated(duty: &Duty, acts: &ActsOfOne, original: Date, kept: Option<Kept>, today: Date) -> Standing {
    let Moved { last_day, by: extension, late: extended_late } =
        Moved::from(original, granted(duty, acts, today));
    if let Some(Kept { on, registered_on, record }) = kept {
        let registered_late = Some(registered_on).filter(|day| *day > last_day);
        return if on <= original.min(last_day) {
            Standing::Met { on, last_day: Some(last_day), registered_late, record }
        } else if on <= last_day {
            let reference = extension.and_then(|e| e.reference);
            Standing::Excused { on, original, last_day, reference, registered_late, record }
        } else {
            let days_late = days_between(last_day, on);
            Standing::MetLate { on, last_day, days_late, extended_late, record }
        };
    }
    let days_left = days_between(today, last_day);
    if days_left < 0 {
        let original = extension.map(|_| original);
        return Standing::Overdue { last_day, original, days_late: -days_left, extended_late };
    }
    if let Some(Extension { decided_on, decided_by, reference, .. }) = extension {
        return Standing::Extended { original, last_day, days_left, decided_on, decided_by, reference };
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

pub(super) fn count(acts: usize) -> i64 {
    i64::try_from(acts).expect("acts fit in memory, so their number fits in 63 bits")
}
