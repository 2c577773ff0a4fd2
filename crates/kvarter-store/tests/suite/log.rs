//! The log can be proved to a stranger.

use crate::house::{House, event};
use kvarter_store::proof::{Checkpoint, Consistency, Inclusion};
use kvarter_store::verify::Trouble;
use kvarter_store::{StoreError, log};

on_each_engine![
    every_event_is_proved_to_be_in_every_log_that_has_it,
    every_log_is_proved_to_continue_every_earlier_one,
    a_proof_that_has_been_meddled_with_does_not_hold,
    a_checkpoint_is_text_that_reads_back,
    a_checkpoint_kept_elsewhere_shows_a_log_made_anew_and_one_cut_short,
    events_are_read_forwards_backwards_and_by_what_they_concern,
];

async fn append(house: &House, events: usize) {
    for n in 0..events {
        let mut tx = house.store.write().await.expect("a turn");
        tx.append(event(&format!("subject {}", n % 3))).await.expect("an event");
        tx.commit().await.expect("a commit");
    }
}

async fn every_event_is_proved_to_be_in_every_log_that_has_it(house: &House) {
    append(house, 21).await;
    for size in 1..=21 {
        for seq in 1..=i64::try_from(size).expect("small") {
            let proof = house.store.inclusion_proof(seq, Some(size)).await.expect("a proof");
            assert!(proof.check(), "event {seq} of {size}");
            let json = serde_json::to_string(&proof).expect("it is written");
            assert_eq!(serde_json::from_str::<Inclusion>(&json).expect("it is read"), proof);
        }
    }
    for (seq, size) in [(0, None), (22, None), (1, Some(22)), (5, Some(4))] {
        let none = house.store.inclusion_proof(seq, size).await;
        assert!(matches!(none, Err(StoreError::NotFound(_))), "{seq} {size:?}");
    }
}

async fn every_log_is_proved_to_continue_every_earlier_one(house: &House) {
    append(house, 21).await;
    for to in 0..=21 {
        for from in 0..=to {
            let proof = house.store.consistency_proof(from, Some(to)).await.expect("a proof");
            assert!(proof.check(), "from {from} to {to}");
            let json = serde_json::to_string(&proof).expect("it is written");
            assert_eq!(serde_json::from_str::<Consistency>(&json).expect("it is read"), proof);
        }
    }
    assert!(matches!(house.store.consistency_proof(22, None).await, Err(StoreError::NotFound(_))));
}

async fn a_proof_that_has_been_meddled_with_does_not_hold(house: &House) {
    append(house, 11).await;
    let proof = house.store.inclusion_proof(4, None).await.expect("a proof");
    let meddle: [fn(&mut Inclusion); 8] = [
        |p| p.leaf_input.replace_range(10..12, "ff"),
        |p| p.leaf_input.push('x'),
        |p| p.leaf = "00".repeat(32),
        |p| p.root = "00".repeat(32),
        |p| p.hashes.swap(0, 1),
        |p| p.hashes.truncate(1),
        |p| p.index += 1,
        |p| p.size = 200,
    ];
    for (n, meddle) in meddle.into_iter().enumerate() {
        let mut meddled = proof.clone();
        meddle(&mut meddled);
        assert!(!meddled.check(), "the {n}th");
    }
    let proof = house.store.consistency_proof(5, None).await.expect("a proof");
    let meddle: [fn(&mut Consistency); 5] = [
        |p| p.from_root = "00".repeat(32),
        |p| p.to_root = "00".repeat(32),
        |p| p.from_size = 6,
        |p| p.hashes.reverse(),
        |p| p.hashes.clear(),
    ];
    for (n, meddle) in meddle.into_iter().enumerate() {
        let mut meddled = proof.clone();
        meddle(&mut meddled);
        assert!(!meddled.check(), "the {n}th");
    }
}

async fn a_checkpoint_is_text_that_reads_back(house: &House) {
    let empty = house.store.checkpoint().await.expect("a checkpoint");
    assert_eq!(
        empty.to_string(),
        "kvarter/test\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "the root of nothing is the hash of nothing"
    );
    assert_eq!(empty.to_string().parse(), Ok(empty));
    append(house, 3).await;
    let checkpoint = house.store.checkpoint().await.expect("a checkpoint");
    let text = checkpoint.to_string();
    assert!(text.ends_with("\ntime 2008-09-25T08:00:00.000Z\n"), "{text}");
    assert_eq!(text.parse(), Ok(checkpoint.clone()));
    let json = serde_json::to_string(&checkpoint).expect("it is written");
    assert_eq!(serde_json::from_str::<Checkpoint>(&json).expect("it is read"), checkpoint);
    for bad in ["", "a\nb\nc\n", "a\n1\nAAAA\n", "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"] {
        assert!(matches!(bad.parse::<Checkpoint>(), Err(StoreError::Malformed(_))), "{bad}");
    }
    let proof = house.store.inclusion_proof(2, Some(checkpoint.size)).await.expect("a proof");
    assert_eq!(proof.root, checkpoint.root);
}

async fn a_checkpoint_kept_elsewhere_shows_a_log_made_anew_and_one_cut_short(house: &House) {
    append(house, 5).await;
    let here = house.store.checkpoint().await.expect("a checkpoint");
    append(house, 4).await;
    let report = house.store.verify(Some(&here), &mut |_| {}).await.expect("a report");
    assert_eq!((report.findings, report.checkpoint), (vec![], Some(5)));

    // The same acts with other salts: a history made anew, consistent in itself.
    let other = crate::house::on_sqlite().await;
    other.store.migrate().await.expect("a schema");
    append(&other, 9).await;
    let report = other.store.verify(Some(&here), &mut |_| {}).await.expect("a report");
    assert_eq!(report.findings[0].trouble, Trouble::HistoryRewritten);
    assert_eq!(report.findings.len(), 1);

    let later = house.store.checkpoint().await.expect("a checkpoint");
    let short = crate::house::on_sqlite().await;
    short.store.migrate().await.expect("a schema");
    append(&short, 8).await;
    let report = short.store.verify(Some(&later), &mut |_| {}).await.expect("a report");
    assert_eq!(report.findings[0].trouble, Trouble::HistoryCutShort);
}

async fn events_are_read_forwards_backwards_and_by_what_they_concern(house: &House) {
    append(house, 9).await;
    let mut tx = house.store.read().await.expect("a snapshot");
    let numbers = |events: Vec<log::Event>| events.into_iter().map(|e| e.seq).collect::<Vec<_>>();
    assert_eq!(log::size(&mut tx).await, Ok(9));
    assert_eq!(numbers(log::from(&mut tx, 3, 4).await.expect("events")), [3, 4, 5, 6]);
    assert_eq!(numbers(log::before(&mut tx, 4, 2).await.expect("events")), [3, 2]);
    assert_eq!(numbers(log::of_subject(&mut tx, "subject 1").await.expect("events")), [2, 5, 8]);
    assert_eq!(log::last_of(&mut tx, "subject 0").await, Ok(7));
    assert_eq!(log::last_of(&mut tx, "nothing").await, Ok(0));
    let at = "2008-09-25T08:00:00Z".parse().expect("an instant");
    assert_eq!(log::last_at(&mut tx, at).await, Ok(9));
    let earlier = "2008-09-25T07:59:59.999Z".parse().expect("an instant");
    assert_eq!(log::last_at(&mut tx, earlier).await, Ok(0));
    let event = log::event(&mut tx, 2).await.expect("an event").expect("there is one");
    assert_eq!((event.subject.as_str(), event.facts.len()), ("subject 1", 0));
    assert_eq!(log::event(&mut tx, 10).await, Ok(None));
}
