//! Duties as a calendar that other programs subscribe to: an all-day event for each last day.
//!
//! The identifier of an event is the duty's own, so that a subscriber sees a moved day as the same event.

use icalendar::{
    Alarm, Calendar, CalendarDateTime, Component as _, Event, EventLike as _, Property, Trigger,
};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kvarter_domain::programme::{Per, Programme};
use kvarter_services::duty::DutyView;

use super::duty::{row, title};
use super::{agreement, paths};
use crate::language::Words;

/// Who made the feed, as RFC 5545 asks (3.7.3).
const PRODUCT: &str = "-//Kvarter//Kvarter//SV";

/// Swedish time, as it has been since 1996.
const TIME_ZONE: &str = "\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
";

/// The calendar of some duties. Duties without a day are left out: a calendar has no place for them.
pub(super) fn calendar(duties: &[DutyView], programme: &Programme, site: &str, l: Words) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name(&l.with("feed-name", [("name", programme.name.get(l.0))]));
    for view in duties {
        let Some(day) = view.standing.last_day().or(view.duty.effective) else { continue };
        let row = row(view, programme, l);
        let summary = match view.duty.object_kind {
            // What is owed once for the whole programme is of no one municipality.
            Per::Programme => title(view, programme, l),
            _ => {
                let place = agreement::place_name(programme, &view.duty.municipality);
                format!("{}, {}", title(view, programme, l), place.unwrap_or_default())
            }
        };
        let stamp = last_change(view, programme).strftime("%Y%m%dT000000Z").to_string();
        let mut event = Event::new();
        event
            .uid(&format!("{}@kvarter", view.duty.id))
            .add_property("DTSTAMP", &stamp)
            .append_property(all_day(day))
            .summary(&summary)
            .description(&format!("{}\n{}\n”{}”", row.stand.sentence, row.aside, view.duty.says))
            .url(&format!("{site}{}", paths::duty(&view.duty.id)));
        if view.standing.met_on().is_none() {
            for days in &view.duty.remind {
                if let Some(at) = nine_in_the_morning(day, *days) {
                    let mut alarm = Alarm::display(&summary, Trigger::DateTime(at));
                    alarm.uid(&format!("{}-{days}@kvarter", view.duty.id)).add_property("DTSTAMP", &stamp);
                    event.alarm(alarm);
                }
            }
        }
        calendar.push(event.done());
    }
    with_time_zone(&calendar.done().to_string())
}

/// The day on which what an event tells was last changed: by an act, or when the programme began. The clock
/// has no part in it, so the same duties are the same feed.
fn last_change(view: &DutyView, programme: &Programme) -> Date {
    let acts = &view.acts;
    let met = acts.discharges.iter().map(|act| act.met_on);
    let moved = acts.extensions.iter().map(|act| act.decided_on);
    let agreed = acts.agreed_days.iter().map(|act| act.agreed_on);
    met.chain(moved).chain(agreed).max().unwrap_or(programme.period.from)
}

/// The feed with the time zone that its days are days of. A calendar must hold something (RFC 5545, 3.6),
/// also when there are no duties.
fn with_time_zone(feed: &str) -> String {
    let end = feed.rfind("END:VCALENDAR").unwrap_or(feed.len());
    format!("{}{}{}", &feed[..end], TIME_ZONE.replace('\n', "\r\n"), &feed[end..])
}

/// A last day is a day, not an hour.
fn all_day(day: Date) -> Property {
    Property::new("DTSTART", day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done()
}

/// Nine in the morning in Sweden, so many days before a day.
fn nine_in_the_morning(day: Date, days_before: i64) -> Option<CalendarDateTime> {
    let morning = day.checked_sub(days_before.days()).ok()?.at(9, 0, 0, 0);
    let instant = morning.to_zoned_datetime(kvarter_domain::time::stockholm()).ok()?.timestamp();
    instant.strftime("%Y%m%dT%H%M%SZ").to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_rings_at_nine_swedish_time_summer_and_winter() {
        for (day, expected) in [("2009-10-01", "20090831T070000Z"), ("2009-12-31", "20091130T080000Z")] {
            let day: Date = day.parse().expect("a day in a test");
            let at = nine_in_the_morning(day, 31).expect("an instant");
            assert_eq!(at, expected.parse().expect("an instant in a test"), "{day}");
        }
    }
}
