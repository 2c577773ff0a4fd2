//! Stadsdel: one district as residents and the press see it.

use askama::Template;
use axum::extract::State;
use kvarter_services::district;

use super::error::{OrPage as _, Result};
use super::page::{Frame, show};
use super::plan::{GoalShown, goal_shown};
use super::request::Visit;
use super::workshop::agreement_of;
use super::{Served, paths};
use crate::language::Words;
use crate::standing::Stand;

struct Area {
    code: String,
    name: String,
    goals: Vec<GoalShown>,
}

/// What is owed for the district.
struct Promise {
    name: String,
    address: String,
    stand: Stand,
}

/// What residents said, and what became of it.
struct Talk {
    heading: String,
    said: String,
    done: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "plan/district.html")]
struct Page {
    frame: Frame,
    l: Words,
    municipality: String,
    agreement: String,
    code: String,
    plan: Option<(String, String)>,
    compare: Option<String>,
    areas: Vec<Area>,
    interventions: Vec<(String, String, String)>,
    versions: Vec<(String, String)>,
    promises: Vec<Promise>,
    talks: Vec<Talk>,
}

/// A district of an agreement.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    axum::extract::Path((programme, municipality, code)): axum::extract::Path<(String, String, String)>,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let found = district::show(&visit.ctx, &served.app, &agreement, &code).await.or_page(&visit)?;
    let l = visit.l;
    let version = found.plan.as_ref().map(|plan| &plan.version);
    let address = |serial: i64| paths::plan(&agreement, &code, serial);
    let areas = found.programme.target_areas.iter().map(|area| Area {
        code: area.id.clone(),
        name: area.name.get(l.0).to_owned(),
        goals: found
            .plan
            .iter()
            .flat_map(|shown| {
                let of = shown.plan.goals.iter().enumerate().filter(|(_, goal)| goal.area == area.id);
                of.map(|(at, _)| goal_shown(shown, at, l)).collect::<Vec<_>>()
            })
            .collect(),
    });
    let promises = found.duties.iter().map(|view| {
        let name = found.programme.obligation(&view.duty.obligation);
        let name = name.map_or(view.duty.obligation.as_str(), |o| o.name.get(l.0)).to_owned();
        let year = view.duty.year.map(|year| format!(", {year}")).unwrap_or_default();
        Promise {
            name: format!("{name}{year}"),
            address: paths::duty(&view.duty.id),
            stand: if view.prospective { Stand::not_yet(l) } else { Stand::of(&view.standing, l) },
        }
    });
    let known = &found.partnership;
    let today = visit.today();
    let talks = known.dialogues.iter().rev().filter(|talk| talk.district == code && talk.day <= today);
    let talks = talks.map(|talk| Talk {
        heading: format!("{}: {}", l.day(talk.day), talk.theme),
        said: talk.said.clone(),
        done: known.responses_to(&talk.id).map(|r| (l.day(r.day), r.done.clone())).collect(),
    });
    let version_name = |serial: i64, day| {
        l.with("plan-version-of", [("number", serial.to_string().as_str()), ("day", &l.day(day))])
    };
    Ok(show(&Page {
        frame: Frame::new(&visit, "nav-plans", found.district.name.clone())
            .under(l.t("nav-plans"), "/planer"),
        l,
        municipality: found.municipality.clone(),
        agreement: paths::agreement(&agreement),
        code: found.district.code.clone(),
        plan: version.map(|v| (version_name(v.serial, v.adopted_on), address(v.serial))),
        compare: version
            .filter(|v| v.serial > 1)
            .map(|v| format!("{}/jamfor/{}", address(v.serial), v.serial - 1)),
        areas: areas.collect(),
        interventions: found
            .plan
            .iter()
            .flat_map(|shown| &shown.plan.interventions)
            .map(|one| (one.title.clone(), one.responsible.clone(), one.output.clone()))
            .collect(),
        versions: found
            .plan
            .iter()
            .flat_map(|shown| &shown.versions)
            .map(|v| (version_name(v.serial, v.adopted_on), address(v.serial)))
            .collect(),
        promises: promises.collect(),
        talks: talks.collect(),
    }))
}
