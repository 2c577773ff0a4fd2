//! Plans: written together without losing a word, adopted when nothing is missing, reported once a year.

use crate::story::{Story, codes, stockholm};
use kvarter_domain::ids::Digest;
use kvarter_domain::person::Role;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::problem::Problems;
use kvarter_services::plan::{self, Adopt};
use kvarter_services::plan_draft::{self, Settle};
use kvarter_services::plan_talk::{self, Ask};
use kvarter_services::registry::Upload;
use kvarter_services::{Ctx, Error, demo, observation};
use serde_json::{Value, json};

const HUSBY: &str = "01800154";

async fn in_force() -> Story {
    Story::stockholm_until("2008-10-20T12:00:00").await
}

fn coordinator(story: &Story) -> Ctx {
    story.as_someone("coordinator", Role::Coordinator, "0180")
}

fn analysis() -> Key {
    Key::new(Kind::Text, "analysis")
}

fn text(text: &str) -> Value {
    json!({ "text": text })
}

async fn save(story: &Story, who: &Ctx, based_on: i64, body: Value) -> plan_draft::Saved {
    plan_draft::save(who, &story.app, &stockholm(), HUSBY, &analysis(), based_on, body).await.expect("saved")
}

#[tokio::test]
async fn two_who_write_in_different_sentences_are_put_together() {
    let story = in_force().await;
    let (one, other) = (coordinator(&story), story.registrar());
    let first = save(&story, &one, 0, text("Ett. Två. Tre.")).await;
    save(&story, &one, first.serial, text("Ett nytt. Två. Tre.")).await;
    let merged = save(&story, &other, first.serial, text("Ett. Två. Tre. Fyra.")).await;
    assert_eq!(merged.body["text"], "Ett nytt. Två. Tre. Fyra.");
    assert!(merged.merged && merged.contested.is_empty());
}

#[tokio::test]
async fn two_who_write_in_the_same_sentence_lose_nothing_and_settle_it() {
    let story = in_force().await;
    let (one, other) = (coordinator(&story), story.registrar());
    let first = save(&story, &one, 0, text("Ett.")).await;
    let theirs = save(&story, &one, first.serial, text("Ett A.")).await;
    let mine = save(&story, &other, first.serial, text("Ett B.")).await;
    assert_eq!(
        (mine.body["text"].as_str(), mine.contested.as_slice()),
        (Some("Ett A."), &["text".to_owned()][..])
    );
    let workshop = plan::workshop(&one, &story.app, &stockholm(), HUSBY).await.expect("a workshop");
    let beside = &workshop.beside[0];
    assert_eq!((beside.body["text"].as_str(), beside.person_name.as_str()), (Some("Ett B."), "registrar"));
    let settle = async |seen| {
        plan_draft::settle(
            &one,
            &story.app,
            &stockholm(),
            HUSBY,
            &analysis(),
            (beside.serial, seen),
            Settle::TakeBeside,
        )
        .await
    };
    assert!(matches!(settle(first.serial).await, Err(Error::Stale)), "settled by what is no longer there");
    let settled = settle(theirs.serial).await.expect("settled");
    assert_eq!(settled.body["text"], "Ett B.");
    let workshop = plan::workshop(&one, &story.app, &stockholm(), HUSBY).await.expect("a workshop");
    assert!(workshop.beside.is_empty());
    let history =
        plan_draft::history(&one, &story.app, &stockholm(), HUSBY, &analysis()).await.expect("all of it");
    let kept: Vec<_> = history.iter().filter_map(|edit| edit.body["text"].as_str()).collect();
    assert_eq!(kept, ["Ett B.", "Ett B.", "Ett A.", "Ett."], "every wording is still there");
}

#[tokio::test]
async fn what_is_saved_again_without_change_writes_nothing() {
    let story = in_force().await;
    let who = coordinator(&story);
    let first = save(&story, &who, 0, text("Ett.")).await;
    assert_eq!(save(&story, &who, first.serial, text("Ett.")).await.serial, first.serial);
    assert_eq!(save(&story, &who, 0, text("Ett.")).await.serial, first.serial, "nor from an older page");
}

#[tokio::test]
async fn a_part_taken_away_keeps_its_number_and_can_be_found() {
    let story = in_force().await;
    let who = coordinator(&story);
    let add = async || {
        plan_draft::add(
            &who,
            &story.app,
            &stockholm(),
            HUSBY,
            Kind::Goal,
            json!({ "statement": "Fler i arbete" }),
        )
        .await
    };
    let first = add().await.expect("a goal");
    plan_draft::save(&who, &story.app, &stockholm(), HUSBY, &first, 1, Value::Null)
        .await
        .expect("taken away");
    assert_eq!((first.id.as_str(), add().await.expect("another").id.as_str()), ("g1", "g2"));
    let history =
        plan_draft::history(&who, &story.app, &stockholm(), HUSBY, &first).await.expect("its edits");
    assert_eq!(history.len(), 2);
}

#[tokio::test]
async fn a_draft_is_there_only_for_the_municipality_and_its_partners() {
    let story = in_force().await;
    for stranger in
        [story.public(), story.gavle(), story.officer(), story.as_someone("fk", Role::Coordinator, "fk")]
    {
        let seen = plan::workshop(&stranger, &story.app, &stockholm(), HUSBY).await;
        assert!(matches!(seen, Err(Error::NotFound)), "{:?}", stranger.actor);
        let saved =
            plan_draft::save(&stranger, &story.app, &stockholm(), HUSBY, &analysis(), 0, text("X")).await;
        assert!(matches!(saved, Err(Error::NotFound | Error::Denied)));
    }
    let elsewhere = plan::workshop(&coordinator(&story), &story.app, &stockholm(), "12800001").await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "a district that the agreement does not cover");
}

#[tokio::test]
async fn garbage_in_a_part_is_told_and_the_draft_stands() {
    let story = in_force().await;
    let who = coordinator(&story);
    save(&story, &who, 0, text("Ett.")).await;
    let goal =
        plan_draft::add(&who, &story.app, &stockholm(), HUSBY, Kind::Goal, json!({})).await.expect("a goal");
    let try_it = async |key: &Key, body: Value| {
        codes(plan_draft::save(&who, &story.app, &stockholm(), HUSBY, key, 1, body).await)
    };
    assert_eq!(try_it(&goal, json!({ "target": "mycket" })).await, ["part-malformed"]);
    assert_eq!(try_it(&goal, json!({ "statement": "x".repeat(20_001) })).await, ["text-too-long"]);
    assert_eq!(try_it(&analysis(), json!({ "text": "a\u{0}b" })).await, ["text-cannot-be-kept"]);
    assert_eq!(try_it(&Key::new(Kind::Text, "horoscope"), text("X")).await, ["plan-section-unknown"]);
    let ask = Ask {
        partner: "nobody".into(),
        words: " ".into(),
        last_day: Some("2008-01-01".parse().expect("a day")),
    };
    let asked = plan_talk::ask(&who, &story.app, &stockholm(), HUSBY, &goal, &ask).await;
    assert_eq!(codes(asked), ["words-missing", "task-for-no-partner", "task-in-the-past"]);
    let workshop = plan::workshop(&who, &story.app, &stockholm(), HUSBY).await.expect("a workshop");
    assert_eq!(workshop.draft.plan.text("analysis"), "Ett.");
}

#[tokio::test]
async fn an_unfinished_plan_is_not_adopted_and_everything_that_is_missing_is_said() {
    let story = in_force().await;
    let who = coordinator(&story);
    save(&story, &who, 0, text("Ett.")).await;
    let workshop = plan::workshop(&who, &story.app, &stockholm(), HUSBY).await.expect("a workshop");
    let adopt = Adopt {
        adopted_on: "2008-10-21".parse().expect("a day"),
        adopted_by: String::new(),
        unchanged: None,
        seen: Some(workshop.seen().expect("a digest")),
        faults: Problems::none(),
    };
    let told = codes(plan::adopt(&who, &story.app, &stockholm(), HUSBY, &adopt).await);
    for expected in [
        "adoption-without-meeting",
        "day-in-the-future",
        "plan-part-missing",
        "plan-area-without-goal",
        "plan-without-interventions",
        "plan-without-documents",
        "plan-without-allocation",
        "plan-without-consultation",
    ] {
        assert!(told.iter().any(|code| code == expected), "{expected} in {told:?}");
    }
    save(&story, &who, 1, text("Ett och två.")).await;
    let stale = Adopt { seen: Some(workshop.seen().expect("a digest")), ..adopt.clone() };
    assert!(matches!(plan::adopt(&who, &story.app, &stockholm(), HUSBY, &stale).await, Err(Error::Stale)));
    let nothing = Adopt { seen: Some(Digest::of(b"")), ..adopt };
    assert!(matches!(plan::adopt(&who, &story.app, &stockholm(), HUSBY, &nothing).await, Err(Error::Stale)));
}

/// A plan of so many goals, each with so many interventions.
fn large(goals: usize, each: usize) -> Vec<(Key, Value)> {
    let areas = ["work", "education", "safety", "growth"];
    let mut parts = Vec::new();
    for goal in 1..=goals {
        let body = json!({
            "id": format!("g{goal}"), "area": areas[goal % 4], "statement": format!("Mål {goal}"),
            "indicator": "employment", "group": "20–64 år", "unit": "procent", "target": 54.0, "by": "2010-12-31",
        });
        parts.push((Key::new(Kind::Goal, format!("g{goal}")), body));
        for one in 1..=each {
            let id = format!("i{}", (goal - 1) * each + one);
            let body = json!({
                "id": id, "goals": [format!("g{goal}")], "title": format!("Insats {id}"), "district": HUSBY,
                "description": "Det som görs, för vilka och hur ofta, i två meningar. Det är den andra.",
            });
            parts.push((Key::new(Kind::Intervention, id), body));
        }
    }
    parts
}

#[tokio::test]
async fn the_workshop_and_the_list_ask_the_store_as_much_for_a_large_plan_as_for_an_empty_one() {
    let story = in_force().await;
    let who = coordinator(&story);
    let programme = "lua-2008".into();
    let asked = async || {
        let before = story.app.statements();
        plan::workshop(&who, &story.app, &stockholm(), HUSBY).await.expect("a workshop");
        let between = story.app.statements();
        plan::list(&who, &story.app, &programme).await.expect("a list");
        (between - before, story.app.statements() - between)
    };
    let empty = asked().await;
    plan_draft::save_all(&who, &story.app, &stockholm(), HUSBY, large(12, 5)).await.expect("saved");
    assert_eq!(asked().await, empty);
}

#[tokio::test]
async fn a_statistician_loads_statistics_and_an_evaluator_reads_the_work_and_neither_writes_it() {
    let story = Story::stockholm_until("2008-11-10T12:00:00").await;
    let statistician = story.as_someone("administrator", Role::Statistician, "0180");
    let evaluator = story.as_someone("chair", Role::Evaluator, "0180");
    let file = || Upload::new(demo::content::OBSERVATIONS_NAME, demo::content::OBSERVATIONS.to_vec());
    let programme = "lua-2008".into();
    let refused = observation::load(&evaluator, &story.app, &programme, file()).await;
    assert!(matches!(refused, Err(Error::Denied)), "{refused:?}");
    observation::load(&statistician, &story.app, &programme, file()).await.expect("loaded");
    for who in [&statistician, &evaluator] {
        let seen = plan::workshop(who, &story.app, &stockholm(), HUSBY).await.expect("they read it");
        assert!(!seen.may_write && !seen.may_adopt);
        let saved =
            plan_draft::save(who, &story.app, &stockholm(), HUSBY, &analysis(), 0, text("Mitt.")).await;
        assert!(matches!(saved, Err(Error::Denied | Error::NotFound)), "{saved:?}");
    }
}
