//! Duties as a calendar that other programs subscribe to: an all-day event for each last day.
//!
//! The identifier of an event is the duty's own, so that a subscriber sees a moved day as the same event.

use icalendar::{
    Alarm, Calendar, CalendarDateTime, Component as _, Event, EventLike as _, Property, Trigger,
};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
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
    let mut calendar = Calendar::new();
    calendar.name(&l.with("feed-name", [("name", programme.name.get(l.0))]));
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    for view in duties {
        let Some(day) = view.standing.last_day().or(view.duty.effective) else { continue };
        let row = row(view, programme, l);
        let summary = title(view, programme, l);
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
                    event.alarm(Alarm::display(&summary, Trigger::DateTime(at)));
                }
            }
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
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
