//! How a duty stands on a day: worked out from facts, never stored.

use super::{Acts, ActsOfOne, Discharge, Duty};
use crate::ids::{OrganisationId, RecordId};
use crate::programme::EventKind;
use crate::programme::rule::NoDay;
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
        matches!(
            self,
            Self::DueSoon { .. } | Self::Overdue { .. } | Self::Extended { .. } | Self::Triggered { .. }
        )
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
        (None, Some(done)) => Standing::Met { on: done.met_on, last_day: None, record: done.record.clone() },
        (None, None) => Standing::Triggered { event, since, days_since: days_between(since, today) },
    }
}

/// ”…senast den 31 december varje år redovisas” (§ 4)
///
/// The last day counts: a report on 31 December is on time whatever the hour. Of several acts the first
/// decides; of several extensions the latest decision does.
fn dated(duty: &Duty, acts: &ActsOfOne, original: Date, first: Option<&Discharge>, today: Date) -> Standing {
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

pub(super) fn count(acts: usize) -> i64 {
    i64::try_from(acts).expect("acts fit in memory, so their number fits in 63 bits")
}
