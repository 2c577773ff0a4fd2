//! What a date rule means: the days it yields for an agreement that is in force from a day.
//!
//! The programme file says what the text says; this file says what the words do to a calendar. The list of
//! rules is closed: a new kind of deadline is a new variant with tests. *Senast* is inclusive: the last
//! day counts, whatever the hour.

use super::EventKind;
use crate::time::{self, Period};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A day of the year, such as 31 December, written `12-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// Reads `MM-DD`; a day that no year has is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let two = |part: &str| {
            let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            if digits { part.parse::<i8>().ok() } else { None }
        };
        let (month, day) = (two(month)?, two(day)?);
        // 2008 is a leap year, so 29 February passes here; whether it exists each year is asked below.
        Date::new(2008, month, day).ok().map(|_| Self { month, day })
    }

    /// Whether it is 31 December.
    pub fn is_last_of_year(self) -> bool {
        (self.month, self.day) == (12, 31)
    }

    /// The day in that year, if the year has it.
    pub fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

impl std::fmt::Display for MonthDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("expected MM-DD"))
    }
}

/// When an obligation is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueRule {
    /// All the time; acts show that it is kept.
    Standing,
    /// Every year, the text names no day: the last day of the year, which is our reading.
    EachYear,
    /// Every year, no later than that day.
    Yearly(MonthDay),
    /// Once, no later than that day.
    By(Date),
    /// After something has happened: no later than so many days after it, if the text says how many.
    After {
        /// What must have happened.
        event: EventKind,
        /// How many days after it, if the text says.
        within_days: Option<u16>,
    },
    /// Once; the text names no day.
    Undated,
    /// Before the agreement is valid: a condition of its validity.
    BeforeValidity,
}

impl DueRule {
    /// The rule's code, as the file writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::EachYear => "each-year",
            Self::Yearly(_) => "yearly",
            Self::By(_) => "by",
            Self::After { .. } => "after",
            Self::Undated => "undated",
            Self::BeforeValidity => "before-validity",
        }
    }

    /// Whether the rule names days, so that a reminder or a roll has something to work on.
    pub fn has_days(self) -> bool {
        match self {
            Self::EachYear | Self::Yearly(_) | Self::By(_) => true,
            Self::After { within_days, .. } => within_days.is_some(),
            Self::Standing | Self::Undated | Self::BeforeValidity => false,
        }
    }

    /// Whether a duty under the rule can have a last day: by the rule, or because the parties agree on one.
    pub fn may_get_a_day(self) -> bool {
        match self {
            Self::EachYear | Self::Yearly(_) | Self::By(_) | Self::After { .. } | Self::Undated => true,
            Self::Standing | Self::BeforeValidity => false,
        }
    }

    /// The last days that the rule yields within the programme's period, for an agreement in force from a
    /// day, or why it yields none.
    ///
    /// A day that has already passed when the agreement enters into force is not owed. This is our
    /// reading: the letter is dated 18 September 2008 and § 6 names 1 October, so another reading would
    /// have put every municipality in arrears in its first fortnight.
    ///
    /// # Errors
    /// The reason why there is no day.
    pub fn days(self, period: Period, in_force: Date) -> Result<Vec<Date>, NoDay> {
        let owed_from = in_force.max(period.from);
        let owed = |day: &Date| owed_from <= *day && *day <= period.to;
        let days: Vec<Date> = match self {
            Self::Standing => return Err(NoDay::Standing),
            Self::After { .. } => return Err(NoDay::AfterEvent),
            Self::Undated => return Err(NoDay::NoDayNamed),
            Self::BeforeValidity => return Err(NoDay::ConditionOfValidity),
            Self::EachYear => {
                period.years().filter_map(|year| Date::new(year, 12, 31).ok()).filter(owed).collect()
            }
            Self::Yearly(day) => period.years().filter_map(|year| day.in_year(year)).filter(owed).collect(),
            Self::By(day) => Some(day).into_iter().filter(owed).collect(),
        };
        if days.is_empty() { Err(NoDay::PassedBeforeForce) } else { Ok(days) }
    }
}

super::vocabulary::codes! {
    /// Why a duty has no last day.
    NoDay {
        /// It is owed all the time.
        Standing = "standing",
        /// The text names no day, so one should be asked for.
        NoDayNamed = "no-day-named",
        /// It is owed after something that has not happened yet.
        AfterEvent = "after-event",
        /// It is a condition of the agreement's validity.
        ConditionOfValidity = "condition-of-validity",
        /// Every day that the rule names had passed when the agreement entered into force.
        PassedBeforeForce = "passed-before-force",
    }
}

super::vocabulary::codes! {
    /// Whether a last day moves when it falls on a day of rest.
    Roll {
        /// It stays: the deadline is contractual.
        None = "none",
        /// It moves as lag (1930:173) § 2 says of deadlines set by statute.
        Sfs1930173 = "sfs-1930-173",
    }
}

impl Roll {
    /// The day on which the act can last be done, given the day that the text names.
    pub fn effective(self, nominal: Date) -> Date {
        match self {
            Self::None => nominal,
            Self::Sfs1930173 => time::statutory_day(nominal),
        }
    }
}
