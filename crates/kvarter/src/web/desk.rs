//! The desk: what the one who is signed in can do next, the nearest last day first. Never what is done.

use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use kvarter_domain::plan::PlanVersion;
use kvarter_services::duty::{self, DutyView, Step};
use kvarter_services::{collaboration, job, partnership, plan_talk};

use super::error::{OrPage, Result};
use super::page::{Frame, show};
use super::request::Visit;
use super::{Served, paths};
use crate::standing::Stand;

/// Something to do.
struct Task {
    /// The last day, or since when it has waited, in words.
    day: String,
    /// What the day is.
    day_is: Option<String>,
    /// What is to be done.
    what: String,
    /// Where one reads about it.
    address: String,
    /// Whom it concerns, and the clause.
    aside: String,
    /// How it stands: sign and words.
    stands: (&'static str, String),
    /// The button: where it leads, and what it says.
    act: String,
    button: String,
}

#[derive(Template)]
#[template(path = "desk/desk.html")]
struct Desk {
    frame: Frame,
    steps: Vec<Task>,
    /// What waits in partnerships and collaboration agreements.
    together: Vec<Task>,
    duties: Vec<Task>,
    /// Work that is going on in the background.
    jobs: Vec<job::Progress>,
}

/// The desk.
pub async fn page(State(served): State<Served>, visit: Visit) -> Result {
    let desk = duty::desk(&visit.ctx, &served.app).await.or_page(&visit)?;
    let jobs = job::under_way(&visit.ctx, &served.app).await.or_page(&visit)?;
    let mut steps = Vec::new();
    for step in &desk.steps {
        steps.push(of_step(&visit, step));
    }
    let mut together = Vec::new();
    for asked in plan_talk::asked(&visit.ctx, &served.app).await.or_page(&visit)? {
        together.push(of_asked(&visit, &asked));
    }
    for task in partnership::tasks(&visit.ctx, &served.app).await.or_page(&visit)? {
        together.push(of_partnership(&visit, &task));
    }
    for task in collaboration::tasks(&visit.ctx, &served.app).await.or_page(&visit)? {
        together.push(of_collaboration(&visit, &task));
    }
    let plans = kvarter_services::plan::unreported(&visit.ctx, &served.app).await.or_page(&visit)?;
    let mut duties = Vec::new();
    for view in &desk.duties {
        duties.push(of_duty(&served, &visit, view, &plans)?);
    }
    Ok(show(&Desk {
        frame: Frame::new(&visit, "nav-desk", visit.l.t("nav-desk")),
        steps,
        together,
        duties,
        jobs,
    }))
}

fn waited(since: Date, today: Date) -> i64 {
    i64::from((today - since).get_days())
}

fn of_step(visit: &Visit, step: &Step) -> Task {
    let l = visit.l;
    let days = step.since.map(|since| waited(since, visit.today()).max(0));
    let stands = match days {
        Some(0) | None => l.t("step-waits-today"),
        Some(days) => l.with("step-waits", [("days", days.to_string().as_str())]),
    };
    Task {
        day: step.since.map(|since| l.day(since)).unwrap_or_default(),
        day_is: step.since.map(|_| l.t("step-since")),
        what: l.t(&format!("step-{}", step.act)),
        address: paths::agreement(&step.agreement),
        aside: step.name.clone(),
        stands: (
            if days.is_some_and(|d| d > super::dispatch::LATE_DAYS) { "overdue" } else { "due-soon" },
            stands,
        ),
        act: paths::step(&step.agreement, step.act),
        button: l.t(&format!("step-{}-button", step.act)),
    }
}

fn of_asked(visit: &Visit, asked: &plan_talk::Asked) -> Task {
    let l = visit.l;
    let part = paths::workshop_part(&asked.agreement, &asked.district, &asked.part);
    let base = paths::workshop(&asked.agreement, &asked.district);
    let late = asked.last_day.is_some_and(|day| day < visit.today());
    let code = if asked.accept_by.is_some() { "accept" } else { "task" };
    Task {
        day: asked.last_day.map_or_else(|| l.t("duty-no-day"), |day| l.day(day)),
        day_is: None,
        what: asked.words.clone(),
        aside: asked.district_name.clone(),
        stands: (if late { "overdue" } else { "due-soon" }, l.t(&format!("desk-{code}"))),
        act: match &asked.accept_by {
            Some(partner) => format!("{base}/godta/{}/{partner}", asked.part.trim_start_matches("goal/")),
            None => part.clone(),
        },
        address: part,
        button: l.t(&format!("desk-{code}-button")),
    }
}

/// Where a plan is reported from: its latest version where that waits to be, or else the workshop.
fn plan_act(view: &DutyView, plans: &[PlanVersion]) -> (String, &'static str) {
    let district = view.duty.object.as_deref().unwrap_or_default();
    match plans.iter().find(|plan| plan.agreement == view.duty.agreement && plan.district == district) {
        Some(plan) => {
            let address = paths::plan(&plan.agreement, &plan.district, plan.serial);
            (format!("{address}/redovisa"), "plan-do-report")
        }
        None => (paths::workshop(&view.duty.agreement, district), "plans-draft"),
    }
}

/// Something that waits, since when, and where one goes on with it.
fn waiting(visit: &Visit, since: Option<Date>) -> (String, Option<String>, (&'static str, String)) {
    let l = visit.l;
    let days = since.map(|since| waited(since, visit.today()).max(0));
    let stands = match days {
        Some(0) | None => l.t("step-waits-today"),
        Some(days) => l.with("step-waits", [("days", days.to_string().as_str())]),
    };
    let late = days.is_some_and(|days| days > super::dispatch::LATE_DAYS);
    (
        since.map(|since| l.day(since)).unwrap_or_default(),
        since.map(|_| l.t("step-since")),
        (if late { "overdue" } else { "due-soon" }, stands),
    )
}

fn of_partnership(visit: &Visit, task: &partnership::Task) -> Task {
    let l = visit.l;
    let word = task.about.rsplit('/').next().unwrap_or_default();
    let path = match task.act {
        "answer-invitation" => format!("svar/{word}"),
        "answer-need" => format!("behov/{word}/svar"),
        _ => format!("dialog/{word}/svar"),
    };
    let (day, day_is, stands) = waiting(visit, Some(task.since));
    Task {
        day,
        day_is,
        what: l.t(&format!("task-{}", task.act)),
        address: paths::partnership(&task.agreement),
        aside: format!("{}: {}", task.name, task.what),
        stands,
        act: paths::partnership_act(&task.agreement, &path),
        button: l.t(&format!("task-{}-button", task.act)),
    }
}

fn of_collaboration(visit: &Visit, task: &collaboration::Task) -> Task {
    let l = visit.l;
    let address = paths::collaboration(&task.partner);
    let act = match task.act {
        "sign-collaboration" => paths::collaboration_act(&task.partner, "underskrift"),
        "report-collaboration" => paths::collaboration_act(&task.partner, "redovisning"),
        _ => address.clone(),
    };
    let (day, day_is, stands) = waiting(visit, task.since);
    Task {
        day,
        day_is,
        what: l.t(&format!("task-{}", task.act)),
        address,
        aside: format!("{}: {}", task.name, task.with),
        stands,
        act,
        button: l.t(&format!("task-{}-button", task.act)),
    }
}

fn of_duty(served: &Served, visit: &Visit, view: &DutyView, plans: &[PlanVersion]) -> Result<Task> {
    let l = visit.l;
    let duty = &view.duty;
    let stand = Stand::of(&view.standing, l);
    let programme = served.app.programme(&duty.programme).or_page(visit)?;
    let name = programme.obligation(&duty.obligation);
    let name = name.map_or(duty.obligation.as_str(), |o| o.name.get(l.0)).to_owned();
    let parts = [Some(name), duty.object_name.clone()];
    let of_plan = programme.plan.as_ref().is_some_and(|rules| rules.reported_by == duty.obligation);
    let (act, button) =
        if of_plan { plan_act(view, plans) } else { (format!("/fullgor/{}", duty.id), "act-meet-short") };
    Ok(Task {
        day: view.standing.last_day().map(|day| l.day(day)).unwrap_or_else(|| l.t("duty-no-day")),
        day_is: None,
        what: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        address: paths::duty(&duty.id),
        aside: l.clause(&duty.clause),
        stands: (stand.code, stand.line),
        act,
        button: l.t(button),
    })
}
