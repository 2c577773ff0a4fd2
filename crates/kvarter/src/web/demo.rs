//! The demonstration's buttons: the next step, to the end, or to a day. Elsewhere they do not exist.

use axum::extract::State;
use jiff::civil::{Date, DateTime, date};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::demo;

use super::error::{OrPage, Result};
use super::form::Sent;
use super::page::on_to;
use super::request::Visit;
use super::{Served, paths};

/// The day on which the demonstration's own continuation ends.
const END: Date = date(2010, 12, 31);

/// Where the visitor came from, and goes back to.
fn back(sent: &Sent) -> String {
    match sent.text("till") {
        "" => "/".to_owned(),
        address => paths::local(address).to_owned(),
    }
}

/// Takes the next step.
pub async fn next(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    demo::advance(&served.app).await.or_page(&visit)?;
    served.forget_stage();
    Ok(on_to(&served, &back(&sent), "demo-step"))
}

/// Takes every step that is left, or every step up to a day.
pub async fn until(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    let mut problems = Problems::none();
    let day = sent.day_or_none("dag", &mut problems).unwrap_or(END);
    problems.or(()).map_err(kvarter_services::Error::from).or_page(&visit)?;
    let end: DateTime = day.at(23, 59, 0, 0);
    demo::run_until(&served.app, end, &|_, _| {}).await.or_page(&visit)?;
    Ok(on_to(&served, &back(&sent), "demo-all"))
}

/// Sets the day.
pub async fn day(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    let mut problems = Problems::none();
    let day = sent.day("dag", &mut problems);
    if !served.app.is_demo() {
        return Err(kvarter_services::Error::NotFound).or_page(&visit);
    }
    problems.add_if(day.year() > 2100, || Problem::new("day-impossible", "dag").with("written", day));
    problems.or(()).map_err(kvarter_services::Error::from).or_page(&visit)?;
    demo::set_day(&served.app, day).await.or_page(&visit)?;
    Ok(on_to(&served, &back(&sent), "demo-day"))
}
