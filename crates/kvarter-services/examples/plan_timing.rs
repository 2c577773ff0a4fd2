//! Opens a plan of 60 goals with 12 interventions each, judges it anew after an edit and compares two such
//! versions, for `bench/plans`: `plan_timing FOLDER RUNS`.
//!
//! One JSON object is written: milliseconds of each run, by what was done.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use kvarter_domain::access::Actor;
use kvarter_domain::organisation::OrganisationKind;
use kvarter_domain::person::Role;
use kvarter_domain::plan::Plan;
use kvarter_domain::plan::difference::difference;
use kvarter_domain::plan::part::{Key, Kind, Parts};
use kvarter_services::clock::Clock;
use kvarter_services::keys::KeySettings;
use kvarter_services::operations::StoreSettings;
use kvarter_services::registry::Upload;
use kvarter_services::{App, Ctx, Settings, demo, observation, plan, plan_draft};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const GOALS: usize = 60;
const EACH: usize = 12;
const HUSBY: &str = "01800154";

#[expect(clippy::disallowed_methods, reason = "a measurement asks the clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

fn words(key: &str) -> String {
    key.to_owned()
}

/// A sentence of some length that differs from number to number.
fn sentence(n: usize) -> String {
    format!(
        "Intervention {n} is carried out by the partnership together with those it concerns, on the spot and within ordinary operations."
    )
}

/// The parts of a plan: goals with base values in the statistics, and interventions for each.
fn parts(observations: &[(String, String, String)]) -> Vec<(Key, Value)> {
    let areas = ["work", "education", "safety", "growth"];
    let mut parts = Vec::new();
    for goal in 1..=GOALS {
        let (indicator, group, unit) = &observations[goal % observations.len()];
        let body = json!({
            "id": format!("g{goal}"), "area": areas[goal % 4], "problem": sentence(goal),
            "statement": format!("Goal {goal}: more get there"), "national_goal": "Nationellt", "municipal_goal": "Kommunalt",
            "indicator": indicator, "group": group, "unit": unit,
            "base": { "value": 40.0, "period": "2007", "source": "Source", "published": "2008-10-30", "state": "final" },
            "target": 40.0 + 0.1 * goal as f64, "by": "2010-12-31", "owner": "Stockholms stad",
            "milestones": [{ "by": "2009-12-31", "value": 40.1 }],
        });
        parts.push((Key::new(Kind::Goal, format!("g{goal}")), body));
        for one in 1..=EACH {
            let n = (goal - 1) * EACH + one;
            let body = json!({
                "id": format!("i{n}"), "goals": [format!("g{goal}")], "title": format!("Insats {n}"),
                "description": sentence(n), "district": HUSBY, "responsible": "Stockholms stad",
                "from": "2009-01-01", "output": sentence(n + 1), "outcome": sentence(n + 2), "budget": "The committee's budget",
            });
            parts.push((Key::new(Kind::Intervention, format!("i{n}")), body));
        }
    }
    parts
}

#[tokio::main(flavor = "multi_thread")]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("plan_timing FOLDER RUNS")?;
    let runs: usize = arguments.next().ok_or("plan_timing FOLDER RUNS")?.parse()?;
    let folder = Path::new(&folder);
    let settings = Settings {
        store: StoreSettings {
            database: format!("sqlite://{}?mode=rwc", folder.join("plans.db").display()),
            documents: kvarter_services::operations::Place::Folder(folder.join("documents")),
            document_bytes_max: 50 << 20,
            origin: "bench".to_owned(),
        },
        programmes: Vec::new(),
        keys: KeySettings { test_authority: Some(folder.join("keys")), ..KeySettings::default() },
        demo: true,
        demo_electronic: false,
        words,
        wording: kvarter_services::wording::Wording {
            language: kvarter_domain::text::Language::Sv,
            word: words,
            sentence: |key, _| key.to_owned(),
            number: |number| number.to_string(),
            day: |day| day.to_string(),
        },
    };
    let app = App::open(settings, Clock::at("2008-09-18T06:00:00Z".parse()?)).await?;
    demo::prepare(&app).await?;
    demo::run_until(&app, "2008-10-20T12:00:00".parse()?, &|_, _| {}).await?;
    let ctx = Ctx {
        actor: Actor::Signed {
            person: "demo-coordinator".into(),
            name: "N".into(),
            mandate: "demo-coordinator".into(),
            role: Role::Coordinator,
            organisation: "0180".into(),
            kind: OrganisationKind::Municipality,
        },
        ..app.system()
    };
    let (agreement, programme) = ("lua-2008/0180".into(), "lua-2008".into());
    let upload = Upload::new(demo::content::OBSERVATIONS_NAME, demo::content::OBSERVATIONS.to_vec());
    observation::load(&ctx, &app, &programme, upload).await?;
    let read = kvarter_domain::observation::Table::read("statistik", demo::content::OBSERVATIONS)?;
    let series: Vec<(String, String, String)> = read
        .indicators()
        .flat_map(|i| {
            read.groups(&i.id)
                .into_iter()
                .map(|g| (i.id.clone(), g.to_owned(), i.unit.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    let all = parts(&series);
    plan_draft::save_all(&ctx, &app, &agreement, HUSBY, all.clone()).await?;
    let mut told: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut keep = |what: &'static str, from: std::time::Instant| {
        told.entry(what).or_default().push(from.elapsed().as_secs_f64() * 1000.0);
    };
    let before = Plan::of_parts(&all.iter().cloned().collect::<Parts>())?;
    let mut changed = all.clone();
    for (n, (_, body)) in changed.iter_mut().enumerate().filter(|(n, _)| n % 3 == 0) {
        let field = if body.get("statement").is_some() { "statement" } else { "description" };
        body[field] = Value::String(format!("{} Changed {n}.", body[field].as_str().unwrap_or_default()));
    }
    let after = Plan::of_parts(&changed.into_iter().collect::<Parts>())?;
    for (name, plan) in [("before", &before), ("after", &after)] {
        let parts: BTreeMap<String, Value> =
            plan.parts().into_iter().map(|(k, v)| (k.to_string(), v)).collect();
        std::fs::write(folder.join(name).with_extension("json"), serde_json::to_string_pretty(&parts)?)?;
    }
    for run in 0..=runs {
        let mut goal = all[0].1.clone();
        goal["target"] = json!(45.0 + run as f64);
        let serial = plan::workshop(&ctx, &app, &agreement, HUSBY).await?.draft.serial(&all[0].0);
        plan_draft::save(&ctx, &app, &agreement, HUSBY, &all[0].0, serial, goal).await?;
        let from = now();
        let opened = plan::workshop(&ctx, &app, &agreement, HUSBY).await?;
        if run > 0 {
            keep("open 60 x 12 and judge all after an edit", from);
        }
        assert_eq!((opened.assessments.len(), opened.draft.plan.interventions.len()), (GOALS, GOALS * EACH));
        let from = now();
        let changes = difference(&before, &after);
        if run > 0 {
            keep("difference of two versions of 60 x 12", from);
        }
        assert!(changes.len() > GOALS);
    }
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&told)?)?;
    Ok(())
}
