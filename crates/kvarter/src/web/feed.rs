//! Duties as a calendar that other programs subscribe to: an all-day event for each last day.
//!
//! The identifier of an event is the duty's own, so that a subscriber sees a moved day as the same event.

use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _, Trigger};
use jiff::Timestamp;
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
            .append_property(icalendar::Property::new("DTSTART", day.strftime("%Y%m%d").to_string()).add_parameter("VALUE", "DATE").done())
            .summary(&summary)
            .description(&format!("{}\n{}\n”{}”", row.stand.sentence, row.aside, view.duty.says))
            .url(&format!("{site}{}", paths::duty(&view.duty.id)));
        if view.standing.met_on().is_none() {
            for days in &view.duty.remind {
                // Nine in the morning that many days before: an all-day event begins at midnight.
                let before = chrono::TimeDelta::hours(9 - days * 24);
                event.alarm(Alarm::display(&summary, Trigger::from(before)));
            }
        }
        calendar.push(event.done());
    }
    calendar.done().to_string()
}
