//! Many writers at once.

use crate::house::{House, event};
use kvarter_domain::person::Person;
use kvarter_store::{Store, log};

on_each_engine![eight_writers_lose_nothing_and_leave_no_gap,];

const WRITERS: usize = 8;
const EVENTS: usize = 50;

async fn write(store: Store, writer: usize) {
    for n in 0..EVENTS {
        let mut tx = store.write().await.expect("a turn");
        let id = format!("{writer}/{n}");
        tx.insert(&Person { id: id.as_str().into(), name: id.clone() }).await.expect("it is kept");
        tx.append(event(&id)).await.expect("an event");
        tx.commit().await.expect("a commit");
    }
}

async fn eight_writers_lose_nothing_and_leave_no_gap(house: &House) {
    // Two stores over one database stand for two processes.
    let second = Store::open(&house.settings).await.expect("a second store");
    let writers = (0..WRITERS).map(|writer| {
        let store = if writer % 2 == 0 { house.store.clone() } else { second.clone() };
        tokio::spawn(write(store, writer))
    });
    let readers = (0..4).map(|_| {
        let store = house.store.clone();
        tokio::spawn(async move {
            for _ in 0..50 {
                let mut tx = store.read().await.expect("a snapshot");
                let size = log::size(&mut tx).await.expect("a size");
                let people = tx.every::<Person>().await.expect("people").len();
                assert_eq!(i64::try_from(people), Ok(size), "a reader sees whole acts only");
            }
        })
    });
    for task in writers.chain(readers).collect::<Vec<_>>() {
        task.await.expect("nobody fails");
    }
    let report = house.report().await;
    assert_eq!(report.findings, []);
    assert_eq!(report.size, (WRITERS * EVENTS) as u64);
    assert_eq!(report.facts, (WRITERS * EVENTS) as u64);
    second.close().await;
}
