//! How fast a small page's reading is. Run by hand, optimised:
//! `cargo test -p kvarter-store --release speed -- --ignored --nocapture`.

use crate::house::{event, on_each_engine};
use crate::world;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::person::Person;
use kvarter_store::{Store, agreement, log, organisation, person, registry};
use std::time::{Duration, Instant};

#[expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
fn now() -> Instant {
    Instant::now()
}

async fn page(store: &Store) {
    let mut tx = store.read().await.expect("a snapshot");
    let tx = &mut tx;
    let document = kvarter_domain::ids::Digest::of(b"original A 0180");
    assert!(organisation::by_id(tx, &"0180".into()).await.expect("read").is_some());
    assert!(person::by_id(tx, &"minister".into()).await.expect("read").is_some());
    assert!(registry::matter(tx, &"0180-1".into()).await.expect("read").is_some());
    assert!(registry::document(tx, &document).await.expect("read").is_some());
    assert_eq!(registry::references_of(tx, &"0180-1".into()).await.expect("read").len(), 1);
    assert_eq!(log::last_of(tx, "lua-2008/0180").await.expect("read"), 6);
}

async fn life(store: &Store) {
    let mut tx = store.read().await.expect("a snapshot");
    let life = agreement::life(&mut tx, &AgreementId::new("lua-2008/0180")).await.expect("read");
    assert!(life.is_some());
}

/// Times per second, by so many tasks for two seconds.
async fn per_second<F: Future<Output = ()> + Send>(
    store: &Store,
    tasks: usize,
    act: impl Fn(Store) -> F + Copy + Send + 'static,
) -> usize {
    let from = now();
    let tasks = (0..tasks).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut n = 0;
            while from.elapsed() < Duration::from_secs(2) {
                act(store.clone()).await;
                n += 1;
            }
            n
        })
    });
    let mut total = 0;
    for task in tasks.collect::<Vec<_>>() {
        total += task.await.expect("nobody fails");
    }
    total / 2
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, not a test"]
async fn how_fast() {
    on_each_engine(async |house| {
        world::make(house, 21).await;
        let store = &house.store;
        let engine = store.engine().await.expect("a name");
        for tasks in [1, 2, 8] {
            let pages = per_second(store, tasks, async |store| page(&store).await).await;
            let lives = per_second(store, tasks, async |store| life(&store).await).await;
            eprintln!("{engine}, {tasks} at once: {pages} pages of 6 selects, {lives} whole lives a second");
        }
        let from = now();
        for n in 0..200 {
            let mut tx = store.write().await.expect("a turn");
            let id = format!("p{n}");
            tx.insert(&Person { id: id.as_str().into(), name: id.clone() }).await.expect("it is kept");
            tx.append(event(&id)).await.expect("an event");
            tx.commit().await.expect("a commit");
        }
        eprintln!("{engine}: {:.0} acts a second, one after the other", 200.0 / from.elapsed().as_secs_f64());
        let mut tx = store.write().await.expect("a turn");
        let from = now();
        for n in 0..20_000 {
            tx.append(event(&format!("s{n}"))).await.expect("an event");
        }
        tx.commit().await.expect("a commit");
        eprintln!("{engine}: {:.0} events a second in one write", 20_000.0 / from.elapsed().as_secs_f64());
        let from = now();
        let report = house.report().await;
        assert!(report.is_sound());
        eprintln!("{engine}: {} events verified in {:?}", report.size, from.elapsed());
    })
    .await;
}
