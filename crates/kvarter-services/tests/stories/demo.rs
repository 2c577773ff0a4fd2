//! The demonstration stops where the source stops, and carries on to the end of 2010.

use crate::story::{Story, stockholm};
use kvarter_services::{agreement, demo};

#[tokio::test]
async fn the_replay_stops_at_the_missing_approval_and_signature_of_the_municipality() {
    let story = Story::stockholm_2008().await;
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    assert_eq!(page.in_force_from(), None);
    let missing: Vec<String> = page
        .validity
        .proofs
        .iter()
        .flat_map(|proof| proof.missing().map(|leaf| format!("{}: {}", proof.id, leaf.condition)))
        .collect();
    expect_test::expect![[r#"
        binding: approved-by-municipality
        complete: approval-before-signature
        complete: signed-by-municipality
        complete: signatory-in-office
        complete: initialled-by-municipality
        complete: returned-with-decision
        complete: kept-by-municipality"#]]
    .assert_eq(&missing.join("\n"));
}

#[tokio::test]
async fn carried_on_to_the_end_of_2010_the_agreement_is_in_force_and_every_duty_has_a_fate() {
    let story = Story::stockholm_until("2010-12-31T09:00:00").await;
    every_duty_has_a_fate(&story).await;
}

/// The same on the other engine, where there is a server; `cargo xtask test` says when there is none.
#[tokio::test]
async fn every_duty_has_a_fate_on_postgres() {
    let Some(story) = Story::empty_on_postgres().await else { return };
    demo::prepare(&story.app).await.expect("the source can be replayed");
    let end = "2010-12-31T09:00:00".parse().expect("an hour");
    demo::run_until(&story.app, end, &|_, _| {}).await.expect("the case is carried on");
    every_duty_has_a_fate(&story).await;
    let report = kvarter_services::log::verify(&story.app, None, &mut |_| {}).await.expect("the log is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

async fn every_duty_has_a_fate(story: &Story) {
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    assert_eq!(page.in_force_from().map(|d| d.to_string()).as_deref(), Some("2008-10-20"));
    let mut counts = std::collections::BTreeMap::new();
    for view in &page.duties {
        *counts.entry(view.standing.code()).or_insert(0) += 1;
    }
    expect_test::expect![[
        r#"{"awaiting-event": 4, "due-soon": 2, "excused": 1, "met": 42, "met-late": 2, "overdue": 1, "standing": 51}"#
    ]]
    .assert_eq(&format!("{counts:?}"));
    assert_eq!(demo::stage(&story.app).await.expect("a stage").left, 0);
}
