//! The queue of work.

use crate::house::House;
use jiff::{SignedDuration, Timestamp};
use kvarter_store::job::{self, NewJob};
use kvarter_store::{Store, StoreError};
use serde_json::json;

on_each_engine![
    a_job_whose_worker_died_is_claimed_by_another_where_it_was_left,
    a_job_of_a_write_that_is_dropped_does_not_exist,
];

fn at(minutes: i64) -> Timestamp {
    let start: Timestamp = "2008-09-18T08:00:00Z".parse().expect("an instant");
    start + SignedDuration::from_mins(minutes)
}

async fn enqueue(store: &Store, id: &str, minute: i64) {
    let mut tx = store.write().await.expect("a turn");
    let new = NewJob {
        id: id.into(),
        kind: "issue".into(),
        input: json!({ "municipalities": ["0180"] }),
        total: 2,
        created_at: at(minute),
    };
    job::enqueue(&mut tx, &new).await.expect("it is queued");
    tx.commit().await.expect("a commit");
}

async fn claim(store: &Store, minute: i64) -> Option<String> {
    let mut tx = store.write().await.expect("a turn");
    let claimed = job::claim(&mut tx, at(minute), at(minute + 5)).await.expect("the queue is read");
    tx.commit().await.expect("a commit");
    claimed.map(|job| job.id)
}

async fn a_job_whose_worker_died_is_claimed_by_another_where_it_was_left(house: &House) {
    let store = &house.store;
    enqueue(store, "first", 0).await;
    enqueue(store, "second", 1).await;
    assert_eq!(claim(store, 2).await.as_deref(), Some("first"));
    assert_eq!(claim(store, 2).await.as_deref(), Some("second"));
    assert_eq!(claim(store, 2).await, None, "both are taken");

    let mut tx = store.write().await.expect("a turn");
    job::step(&mut tx, "first", 0, None, at(8)).await.expect("a step");
    tx.commit().await.expect("a commit");
    assert_eq!(claim(store, 7).await.as_deref(), Some("second"), "its lease has run out");
    assert_eq!(claim(store, 8).await.as_deref(), Some("first"));

    let mut tx = store.write().await.expect("a turn");
    let late = job::step(&mut tx, "first", 0, None, at(20)).await;
    assert!(matches!(late, Err(StoreError::Stale { .. })), "the first worker is too late");
    job::step(&mut tx, "first", 1, Some(json!({ "municipality": "2180" })), at(20)).await.expect("a step");
    job::finish(&mut tx, "first", at(9)).await.expect("it is finished");
    tx.commit().await.expect("a commit");

    let mut tx = store.read().await.expect("a snapshot");
    let done = job::get(&mut tx, "first").await.expect("a job").expect("there is one");
    assert_eq!((done.done, done.total), (2, 2));
    assert_eq!(done.failed, [json!({ "municipality": "2180" })]);
    assert_eq!((done.finished_at, done.lease_until), (Some(at(9)), None));
    let latest = job::latest(&mut tx, 1).await.expect("jobs");
    assert_eq!(latest[0].id, "second");
    drop(tx);
    assert_eq!(claim(store, 60).await.as_deref(), Some("second"));
    assert!(house.is_sound().await, "jobs stand outside the log");
}

async fn a_job_of_a_write_that_is_dropped_does_not_exist(house: &House) {
    let mut tx = house.store.write().await.expect("a turn");
    let new = NewJob { id: "j".into(), kind: "k".into(), input: json!({}), total: 1, created_at: at(0) };
    job::enqueue(&mut tx, &new).await.expect("it is queued");
    drop(tx);
    assert_eq!(claim(&house.store, 1).await, None);
    enqueue(&house.store, "j", 0).await;
    let mut tx = house.store.write().await.expect("a turn");
    assert!(matches!(job::enqueue(&mut tx, &new).await, Err(StoreError::Conflict(_))));
}
