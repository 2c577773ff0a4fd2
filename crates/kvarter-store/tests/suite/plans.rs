//! Plans in the store: lists that cost the same however many there are, and drafts that keep every edit.

use crate::house::House;
use crate::world;
use jiff::Timestamp;
use kvarter_domain::event::Happened;
use kvarter_domain::plan::PlanVersion;
use kvarter_store::NewEvent;
use kvarter_store::draft::{self, Edit};
use serde_json::json;

on_each_engine![
    a_thousand_plans_are_listed_with_as_many_statements_as_one,
    edits_are_kept_and_the_latest_that_is_not_beside_stands,
];

fn now() -> Timestamp {
    "2008-12-01T09:00:00Z".parse().expect("an instant in a test")
}

async fn a_thousand_plans_are_listed_with_as_many_statements_as_one(house: &House) {
    world::make(house, 1).await;
    let list = async || {
        let before = house.store.statements();
        let mut tx = house.store.read().await.expect("a snapshot");
        let listed =
            kvarter_store::plan::versions_of_programme(&mut tx, &"lua-2008".into()).await.expect("a list");
        kvarter_store::plan::reports_of_programme(&mut tx, &"lua-2008".into()).await.expect("reports");
        (listed.len(), house.store.statements() - before)
    };
    let (one, asked) = list().await;
    assert_eq!(one, 1);
    let mut tx = house.store.write().await.expect("a write");
    let first = tx.every::<PlanVersion>().await.expect("the one there is").remove(0);
    for serial in 2..=1000 {
        let id = PlanVersion::id_of(&first.agreement, &first.district, serial);
        tx.insert(&PlanVersion { id, serial, ..first.clone() }).await.expect("a version");
    }
    let event = NewEvent {
        recorded_at: now(),
        actor: "system".into(),
        act: Happened::PlanAdopted,
        subject: first.agreement.to_string(),
        summary: json!({}),
    };
    tx.append(event).await.expect("an event");
    tx.commit().await.expect("a commit");
    assert_eq!(list().await, (1000, asked));
}

async fn edits_are_kept_and_the_latest_that_is_not_beside_stands(house: &House) {
    let edit = |serial: i64, words: &str, aside: bool, settles: Option<i64>| Edit {
        part: "text/analysis".into(),
        serial,
        body: json!({ "text": words }),
        aside,
        settles,
        person: "p".into(),
        person_name: "N".into(),
        saved_at: now(),
    };
    let mut tx = house.store.write().await.expect("a write");
    for one in [edit(1, "Ett", false, None), edit(2, "Två", false, None), edit(3, "Bredvid", true, None)] {
        draft::add(&mut tx, "s", &one).await.expect("an edit");
    }
    assert!(draft::add(&mut tx, "t", &edit(1, "Annan plan", false, None)).await.is_ok());
    assert_eq!(draft::latest(&mut tx, "s").await.expect("latest"), [edit(2, "Två", false, None)]);
    assert_eq!(draft::beside(&mut tx, "s").await.expect("beside").len(), 1);
    draft::add(&mut tx, "s", &edit(4, "Två", false, Some(3))).await.expect("settled");
    assert!(draft::beside(&mut tx, "s").await.expect("beside").is_empty());
    assert_eq!(draft::history(&mut tx, "s", "text/analysis").await.expect("history").len(), 4);
    tx.commit().await.expect("a commit");
}
