//! Duties as a calendar that other programs subscribe to (iCalendar, RFC 5545).
//!
//! A duty is a whole day. Its identity is the duty's own, so that a program that fetches the feed again
//! knows what it has seen. Its reminders are those of the duty.

use icalendar::{Alarm, Calendar, CalendarDateTime, Component, DatePerhapsTime, Event, EventLike, Property, Trigger};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kvarter_domain::programme::Programme;
use kvarter_services::duty::DutyView;

use super::duty::{row, title};
use super::paths;
use crate::language::Words;

/// The calendar of some duties. Duties without a day are left out: a calendar has no place for them.
pub(super) fn calendar(
    duties: &[DutyView],
    programme: &Programme,
    site: &str,
    now: Timestamp,
    l: Words,
) -> String {
    String::new()
}
