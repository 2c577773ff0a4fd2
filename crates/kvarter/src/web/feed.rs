//! Duties as a calendar that other programs subscribe to (iCalendar, RFC 5545).
//!
//! A duty is a whole day. Its identity is the duty's own, so that a program that fetches the feed again
//! knows what it has seen. Its reminders are those of the duty, and stop when it has been met.

use icalendar::{Calendar, Component, Event, EventLike, Other, Parameter, Property};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kvarter_domain::programme::Programme;
use kvarter_services::duty::DutyView;

use super::duty::row;
use crate::language::Words;

/// The calendar of some duties. Duties without a day are left out: a calendar has no place for them.
pub(super) fn calendar(duties: &[DutyView], programme: &Programme, site: &str, now: Timestamp, l: Words) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Kvarter//Kvarter//SV"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .append_property(Property::new("METHOD", "PUBLISH"))
        .append_property(Property::new("REFRESH-INTERVAL", "P1D").append_parameter(Parameter::new("VALUE", "DURATION")).done())
        .name(&l.t("duties-title"));
    for view in duties {
        if let Some(event) = event(view, programme, site, now, l) {
            calendar.push(event);
        }
    }
    calendar.to_string()
}

fn event(view: &DutyView, programme: &Programme, site: &str, now: Timestamp, l: Words) -> Option<Event> {
    let last = view.standing.last_day().or(view.duty.effective)?;
    let row = row(view, programme, l);
    let host = site.split("://").last().and_then(|rest| rest.split(['/', ':']).next()).filter(|h| !h.is_empty());
    let mut event = Event::with_uid(&format!("{}@{}", view.duty.id, host.unwrap_or("kvarter")));
    let title = if view.standing.met_on().is_some() {
        l.with("feed-met", [("title", row.title.as_str()), ("word", &row.stand.word)])
    } else {
        row.title.clone()
    };
    event
        .summary(&title)
        .description(&format!("{}\n{}\n”{}”", row.aside, row.stand.sentence, view.duty.says))
        .append_property(day("DTSTART", last))
        .append_property(day("DTEND", last.saturating_add(1.day())))
        .append_property(Property::new("DTSTAMP", now.strftime("%Y%m%dT%H%M%SZ").to_string()))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Property::new("URL", format!("{site}{}", row.address)));
    if view.standing.met_on().is_none() {
        for days in &view.duty.remind {
            event.append_component(alarm(*days, &row.title));
        }
    }
    Some(event.done())
}

fn day(key: &str, day: Date) -> Property {
    Property::new(key, day.strftime("%Y%m%d").to_string()).append_parameter(Parameter::new("VALUE", "DATE")).done()
}

/// A reminder so many days before; at eight in the morning, since the day begins at midnight.
fn alarm(days: i64, title: &str) -> Other {
    let mut alarm = Other::from("VALARM");
    let hours = days * 24 - 8;
    alarm
        .append_property(Property::new("ACTION", "DISPLAY"))
        .append_property(Property::new("DESCRIPTION", title))
        .append_property(Property::new("TRIGGER", format!("-PT{hours}H")));
    alarm
}
