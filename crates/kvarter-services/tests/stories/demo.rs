//! The demonstration stops where the source stops, and carries on to the end of 2010.

use crate::story::{Story, stockholm};
use kvarter_domain::collaboration::{Moved, Standing};
use kvarter_domain::ids::DutyId;
use kvarter_services::{agreement, collaboration, demo, duty, partnership, plan};

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

/// The districts, in the order of the plans, with the latest version of each and whether it has been reported.
async fn plans(story: &Story) -> Vec<String> {
    let listed = plan::list(&story.public(), &story.app, &"lua-2008".into()).await.expect("a list");
    let of_stockholm = listed.iter().filter(|one| one.agreement == stockholm());
    let line = |one: &plan::Listed| {
        let last = one.versions.last().expect("a version");
        let reported = one.reports.iter().find(|report| report.version == last.id);
        let reported = reported.map_or_else(|| "not reported".to_owned(), |r| r.reported_on.to_string());
        format!("{} {} of {}: {reported}", one.district.name, last.serial, last.adopted_on)
    };
    of_stockholm.map(line).collect()
}

/// How duties stand, the first part of their ids given.
async fn stand(story: &Story, obligation: &str) -> Vec<String> {
    let page = agreement::show(&story.public(), &story.app, &stockholm()).await.expect("the agreement");
    let own = page.duties.iter().filter(|view| view.duty.obligation.as_str() == obligation);
    own.map(|view| {
        let id = view.duty.id.as_str().trim_start_matches("lua-2008/0180/");
        format!("{id} {}", view.standing.code())
    })
    .collect()
}

async fn collaborations(story: &Story) -> Vec<String> {
    let day = story.app.system().today();
    let (_, board) =
        collaboration::board(&story.public(), &story.app, &stockholm(), day).await.expect("a board");
    let concluded = board.iter().filter(|one| one.standing.version().is_some());
    concluded.map(|one| format!("{}: {}", one.name, one.standing.code())).collect()
}

#[tokio::test]
async fn the_first_year_ends_with_five_plans_adopted_and_four_reported_and_the_fifth_comes_nine_days_late() {
    let story = Story::stockholm_until("2008-12-31T12:00:00").await;
    expect_test::expect![[r#"
        Husby 1 of 2008-12-10: 2008-12-30
        Rinkeby 1 of 2008-12-10: 2008-12-30
        Rågsved 1 of 2008-12-10: 2008-12-30
        Skärholmen 1 of 2008-12-10: not reported
        Tensta 1 of 2008-12-10: 2008-12-30"#]]
    .assert_eq(&plans(&story).await.join("\n"));
    for obligation in ["draw-up-plan", "set-goals"] {
        let met = stand(&story, obligation).await;
        assert!(met.len() == 5 && met.iter().all(|one| one.ends_with(" met")), "{met:?}");
    }
    let once =
        ["form-partnership", "draw-up-plan/01800154", "weigh-needs/01800154", "report-plan/01800154/2008"];
    for id in once {
        let id = DutyId::new(format!("{}/{id}", stockholm()));
        let view = duty::show(&story.public(), &story.app, &id).await.expect("the duty");
        assert_eq!(view.acts.discharges.len(), 1, "{id} is met by one act");
    }
    let page = partnership::show(&story.public(), &story.app, &stockholm()).await.expect("a partnership");
    assert!(page.composition.gaps.iter().all(|gap| gap.required.is_none() || gap.district.is_some()));

    let then = "2009-01-10T12:00:00".parse().expect("an hour");
    demo::run_until(&story.app, then, &|_, _| {}).await.expect("the case is carried on");
    expect_test::expect![[r#"
        report-plan/01800063/2008 met
        report-plan/01800063/2009 upcoming
        report-plan/01800063/2010 upcoming
        report-plan/01800143/2008 met-late
        report-plan/01800143/2009 upcoming
        report-plan/01800143/2010 upcoming
        report-plan/01800148/2008 met
        report-plan/01800148/2009 upcoming
        report-plan/01800148/2010 upcoming
        report-plan/01800151/2008 met
        report-plan/01800151/2009 upcoming
        report-plan/01800151/2010 upcoming
        report-plan/01800154/2008 met
        report-plan/01800154/2009 upcoming
        report-plan/01800154/2010 upcoming"#]]
    .assert_eq(&stand(&story, "report-plan").await.join("\n"));
}

#[tokio::test]
async fn the_second_year_ends_with_five_plans_revised_and_what_rests_on_them_revised_or_confirmed() {
    let story = Story::stockholm_until("2009-12-09T14:30:00").await;
    let day = story.app.system().today();
    let (_, board) =
        collaboration::board(&story.public(), &story.app, &stockholm(), day).await.expect("a board");
    let mut moved: Vec<Moved> = Vec::new();
    for one in &board {
        if let Standing::Stale { why, .. } = &one.standing {
            moved.extend(why.iter().map(|one| one.moved));
        }
    }
    let of = |kind: Moved| moved.iter().filter(|one| **one == kind).count();
    expect_test::expect![[r#"
        ["Arbetsförmedlingen: stale", "Försäkringskassan: stale", "Polismyndigheten i Stockholms län: stale", "Svenska Bostäder: stale"]
        unchanged 9, changed 8, gone 1"#]].assert_eq(&format!(
        "{:?}\nunchanged {}, changed {}, gone {}",
        collaborations(&story).await,
        of(Moved::Unchanged),
        of(Moved::Changed),
        of(Moved::Gone)
    ));

    let then = "2009-12-31T12:00:00".parse().expect("an hour");
    demo::run_until(&story.app, then, &|_, _| {}).await.expect("the case is carried on");
    expect_test::expect![[r#"
        Husby 2 of 2009-12-09: 2009-12-29
        Rinkeby 2 of 2009-12-09: 2009-12-29
        Rågsved 2 of 2009-12-09: not reported
        Skärholmen 2 of 2009-12-09: 2009-12-29
        Tensta 2 of 2009-12-09: 2009-12-29"#]]
    .assert_eq(&plans(&story).await.join("\n"));
    expect_test::expect![[r#"
        report-plan/01800063/2008 met
        report-plan/01800063/2009 due-soon
        report-plan/01800063/2010 upcoming
        report-plan/01800143/2008 met-late
        report-plan/01800143/2009 met
        report-plan/01800143/2010 upcoming
        report-plan/01800148/2008 met
        report-plan/01800148/2009 met
        report-plan/01800148/2010 upcoming
        report-plan/01800151/2008 met
        report-plan/01800151/2009 met
        report-plan/01800151/2010 upcoming
        report-plan/01800154/2008 met
        report-plan/01800154/2009 met
        report-plan/01800154/2010 upcoming"#]]
    .assert_eq(&stand(&story, "report-plan").await.join("\n"));
    expect_test::expect![[r#"
        Arbetsförmedlingen: valid
        Försäkringskassan: valid
        Polismyndigheten i Stockholms län: valid
        Svenska Bostäder: valid"#]]
    .assert_eq(&collaborations(&story).await.join("\n"));
    expect_test::expect![[r#"
        report-collaboration awaiting-event
        report-collaboration/arbetsformedlingen met
        report-collaboration/forsakringskassan met
        report-collaboration/polismyndigheten-i-stockholms-lan met
        report-collaboration/svenska-bostader awaiting-event"#]]
    .assert_eq(&stand(&story, "report-collaboration").await.join("\n"));
    for code in ["01800154", "01800148", "01800063", "01800143", "01800151"] {
        let version = |serial| kvarter_domain::plan::PlanVersion::id_of(&stockholm(), code, serial);
        let comparison = plan::compare(&story.public(), &story.app, &version(1), &version(2)).await;
        let comparison = comparison.expect("two versions");
        assert!(!comparison.changes.is_empty() && !comparison.after.plan.lessons.is_empty(), "{code}");
    }
    let report = kvarter_services::log::verify(&story.app, None, &mut |_| {}).await.expect("the log is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn what_a_visitor_has_done_by_hand_is_not_done_again() {
    let story = Story::stockholm_until("2008-11-25T12:00:00").await;
    demo::set_day(&story.app, jiff::civil::date(2008, 11, 26)).await.expect("the next day");
    let coordinator = story.as_someone("coordinator", kvarter_domain::person::Role::Coordinator, "0180");
    let join = partnership::Join {
        who: partnership::Who::New(partnership::NewPartner {
            name: "Polismyndigheten i Stockholms län".into(),
            orgnr: None,
            organisation: Some("polismyndigheten-i-stockholms-lan".into()),
            category: kvarter_domain::partnership::Category::StateAuthority,
            required_as: Some("police".into()),
        }),
        mode: kvarter_domain::partnership::Mode::Member,
        basis: kvarter_domain::partnership::Basis::Mandated,
        decision_reference: Some("IJ2008/1215/IU".into()),
        from_day: jiff::civil::date(2008, 11, 26),
        faults: kvarter_domain::problem::Problems::none(),
    };
    partnership::join(&coordinator, &story.app, &stockholm(), None, join).await.expect("joined by hand");
    let then = "2008-12-10T23:00:00".parse().expect("an hour");
    demo::run_until(&story.app, then, &|_, _| {}).await.expect("the case is carried on");
    let page = partnership::show(&story.public(), &story.app, &stockholm()).await.expect("a partnership");
    let police = page.known.joinings.iter().filter(|j| j.partner.as_str().contains("polismyndigheten"));
    assert_eq!(police.count(), 1);
    assert_eq!(plans(&story).await.len(), 5);
}
