//! Acts on duties as they are registered: by whom, from which day they count, and in whose register.

use crate::story::{Story, codes, stockholm};
use jiff::civil::{Date, date};
use kvarter_domain::correction::Kind;
use kvarter_domain::duty::Standing;
use kvarter_domain::ids::{DutyId, RecordId};
use kvarter_domain::person::Role;
use kvarter_domain::registry::Separated;
use kvarter_domain::signing::{Mark, Party};
use kvarter_services::correction::Wrong;
use kvarter_services::duty::{self, Extend, Meet};
use kvarter_services::registry::{self, Filter, Upload};
use kvarter_services::{Ctx, Error, agreement, correction, demo, signing};

const LATE_PLAN: &str = "lua-2008/0180/report-plan/01800063/2009";

/// An agreement in force since 20 October 2008, on a later day; nothing has been done in between.
async fn on(day: Date) -> Story {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    demo::set_day(&story.app, day).await.expect("a later day");
    story
}

async fn paper(story: &Story) -> Option<Upload> {
    let (_, bytes) =
        signing::original(&story.registrar(), &story.app, &stockholm(), Mark::A).await.expect("a PDF");
    Some(Upload::new("plan.pdf", bytes))
}

fn coordinator(story: &Story) -> Ctx {
    story.as_someone("coordinator", Role::Coordinator, "0180")
}

fn ministry_registrar(story: &Story) -> Ctx {
    story.as_someone("ministry-registrar", Role::Registrar, "ijd")
}

async fn stands(story: &Story, id: &str) -> Standing {
    duty::show(&story.public(), &story.app, &DutyId::new(id)).await.expect("the duty").standing
}

async fn ministry_records(story: &Story) -> Vec<(RecordId, Date)> {
    let own = Filter { organisation: Some("ijd".into()), ..Filter::default() };
    let (records, _) = registry::list(&story.public(), &story.app, &own).await.expect("a list");
    records.into_iter().map(|r| (r.id, r.day)).collect()
}

#[tokio::test]
async fn a_debtor_who_types_an_earlier_day_is_refused_and_stays_late_for_ever() {
    let story = on(date(2010, 12, 31)).await;
    let debtor = coordinator(&story);
    let meet = async |met_on: Option<Date>| {
        let meet = Meet { met_on, document: paper(&story).await, ..Meet::default() };
        duty::meet(&debtor, &story.app, &DutyId::new(LATE_PLAN), None, meet).await
    };
    let before = ministry_records(&story).await;
    assert_eq!(codes(meet(Some(date(2009, 12, 30))).await), ["handed-over-when-received"]);
    assert_eq!(ministry_records(&story).await, before, "nothing is written in the ministry's register");
    let received = meet(None).await.expect("registered today");
    let Standing::MetLate { on, days_late, .. } = stands(&story, LATE_PLAN).await else { panic!("late") };
    assert_eq!((on, days_late), (date(2010, 12, 31), 365));
    let found = ministry_records(&story).await;
    assert!(found.contains(&(received, date(2010, 12, 31))), "received on the day it was registered");
}

#[tokio::test]
async fn the_ministrys_registrar_attests_what_the_stamp_shows_and_nobody_else_does() {
    let story = on(date(2010, 12, 31)).await;
    let stamped = async |ctx: &Ctx, met_on: Date| {
        let document = paper(&story).await;
        let dated = Some(date(2009, 12, 21));
        let meet = Meet { met_on: Some(met_on), dated, document, ..Meet::default() };
        duty::meet(ctx, &story.app, &DutyId::new(LATE_PLAN), None, meet).await
    };
    let registrar = ministry_registrar(&story);
    assert_eq!(codes(stamped(&registrar, date(2009, 12, 20)).await), ["received-before-written"]);
    let denied = stamped(&story.officer(), date(2009, 12, 30)).await;
    assert!(matches!(denied, Err(Error::Denied)), "{denied:?}");
    stamped(&registrar, date(2009, 12, 30)).await.expect("attested");
    let view = duty::show(&story.public(), &story.app, &DutyId::new(LATE_PLAN)).await.expect("the duty");
    let Standing::Met { on, registered_late, .. } = view.standing else { panic!("in time") };
    assert_eq!((on, registered_late), (date(2009, 12, 30), Some(date(2010, 12, 31))));
    let attested: Vec<_> = view.acts.discharges.iter().filter_map(|d| d.attested_by.clone()).collect();
    assert_eq!(attested, ["demo-ministry-registrar".into()]);
}

#[tokio::test]
async fn what_was_registered_later_was_not_known_before() {
    let story = on(date(2010, 12, 31)).await;
    let registrar = ministry_registrar(&story);
    let meet = Meet {
        met_on: Some(date(2009, 12, 30)),
        dated: Some(date(2009, 12, 21)),
        document: paper(&story).await,
        ..Meet::default()
    };
    duty::meet(&registrar, &story.app, &DutyId::new(LATE_PLAN), None, meet).await.expect("attested");
    let code_on = async |day: Date| {
        let page = agreement::show_as_of(&story.public(), &story.app, &stockholm(), day).await;
        let page = page.expect("the agreement");
        let view = page.duties.iter().find(|v| v.duty.id.as_str() == LATE_PLAN).expect("the duty");
        view.standing.code()
    };
    assert_eq!(code_on(date(2010, 12, 30)).await, "overdue");
    assert_eq!(code_on(date(2010, 12, 31)).await, "met");
}

#[tokio::test]
async fn an_agreement_as_of_a_day_shows_only_what_had_been_registered_by_then() {
    let story = Story::stockholm_until("2008-10-20T12:00:00").await;
    let on = async |day: Date| agreement::show_as_of(&story.public(), &story.app, &stockholm(), day).await;
    let before = on(date(2008, 10, 17)).await.expect("the agreement");
    assert_eq!(before.in_force_from(), None);
    assert!(before.life.returned.is_empty() && !before.life.returns.is_empty());
    assert!(matches!(on(date(2008, 9, 17)).await, Err(Error::NotFound)));
    assert!(on(date(2008, 10, 20)).await.expect("the agreement").in_force_from().is_some());
}

#[tokio::test]
async fn the_joint_review_waits_for_both_and_is_asked_of_the_one_that_remains() {
    let story = on(date(2010, 11, 30)).await;
    let review = "lua-2008/0180/review-jointly/2010";
    let meet = async |ctx: &Ctx| {
        let meet = Meet { document: paper(&story).await, ..Meet::default() };
        duty::meet(ctx, &story.app, &DutyId::new(review), None, meet).await.expect("registered")
    };
    let asked = async |ctx: &Ctx| {
        let desk = duty::desk(ctx, &story.app).await.expect("a desk");
        desk.duties.iter().any(|view| view.duty.id.as_str() == review)
    };
    meet(&story.officer()).await;
    assert!(stands(&story, review).await.met_on().is_none(), "the state alone does not meet it");
    assert!(!asked(&story.officer()).await);
    assert!(asked(&coordinator(&story)).await);
    demo::set_day(&story.app, date(2010, 12, 2)).await.expect("a later day");
    meet(&coordinator(&story)).await;
    assert_eq!(stands(&story, review).await.met_on(), Some(date(2010, 12, 2)));
}

#[tokio::test]
async fn a_municipality_gives_the_state_more_time_and_never_itself() {
    let story = on(date(2010, 10, 1)).await;
    let extend = async |ctx: &Ctx, id: &str| {
        let extend =
            Extend { until: date(2011, 2, 28), decided_on: date(2010, 10, 1), reference: None, reason: None };
        duty::extend(ctx, &story.app, &DutyId::new(id), None, &extend).await
    };
    let registrar = story.registrar();
    let plan = "lua-2008/0180/report-plan/01800154/2010";
    assert_eq!(codes(extend(&registrar, plan).await), ["extension-by-debtor"]);
    let review = "lua-2008/0180/review-jointly/2010";
    extend(&registrar, review).await.expect("the municipality gives the state more time");
    assert_eq!(stands(&story, review).await.last_day(), Some(date(2010, 12, 31)), "the state has not");
    extend(&story.officer(), review).await.expect("and the state the municipality");
    assert_eq!(stands(&story, review).await.last_day(), Some(date(2011, 2, 28)));
}

#[tokio::test]
async fn a_marking_hides_what_it_names_wherever_the_record_is_repeated() {
    let story = on(date(2008, 12, 30)).await;
    let id = DutyId::new("lua-2008/0180/report-plan/01800154/2008");
    let (_, mut plan) =
        signing::original(&story.registrar(), &story.app, &stockholm(), Mark::A).await.expect("a PDF");
    plan.extend_from_slice(b"\n% not the original");
    let plan = Meet {
        document: Some(Upload::new("plan.pdf", plan)),
        note: Some("Planen för Husby".to_owned()),
        ..Meet::default()
    };
    duty::meet(&coordinator(&story), &story.app, &id, None, plan).await.expect("reported");
    demo::set_day(&story.app, date(2008, 12, 31)).await.expect("a later day");
    let view = duty::show(&story.public(), &story.app, &id).await.expect("the duty");
    let act = view.acts.discharges.first().expect("reported").clone();
    let (mine, theirs) = {
        let all = Filter { agreement: Some(stockholm()), ..Filter::default() };
        let (records, _) = registry::list(&story.public(), &story.app, &all).await.expect("a list");
        let of = |organisation: &str| {
            let bears = |r: &&kvarter_domain::registry::RecordView| {
                r.document == act.document && r.organisation.as_str() == organisation
            };
            records.iter().find(bears).expect("filed at both ends").id.clone()
        };
        (of("0180"), of("ijd"))
    };
    registry::document(&story.public(), &story.app, &theirs).await.expect("public so far");
    let everything = Separated::ALL.into_iter().collect();
    registry::mark_secrecy(
        &story.registrar(),
        &story.app,
        &mine,
        Some("OSL 21 kap. 1 §"),
        date(2008, 12, 31),
        everything,
    )
    .await
    .expect("marked in the municipality's register");

    for reader in [story.public(), story.gavle()] {
        for record in [&mine, &theirs] {
            let document = registry::document(&reader, &story.app, record).await;
            assert!(matches!(document, Err(Error::NotFound)), "{record} is not handed out");
            let page = registry::show(&reader, &story.app, record).await.expect("that it exists is public");
            assert_eq!((page.record.subject, page.record.counterpart), (None, None), "{record}");
        }
        let act = duty::show(&reader, &story.app, &id).await.expect("the duty").acts.discharges.remove(0);
        assert_eq!((act.note, act.document, act.link), (None, None, None));
        for day in [date(2008, 12, 30), date(2008, 12, 31)] {
            let page = agreement::show_as_of(&reader, &story.app, &stockholm(), day).await.expect("a page");
            let view = page.duties.iter().find(|v| v.duty.id == id).expect("the duty");
            assert!(view.acts.discharges.iter().all(|a| a.note.is_none() && a.document.is_none()), "{day}");
        }
    }
    for (own, record) in [(story.registrar(), &mine), (ministry_registrar(&story), &theirs)] {
        registry::document(&own, &story.app, record).await.expect("each party has its own register");
        let act = duty::show(&own, &story.app, &id).await.expect("the duty").acts.discharges.remove(0);
        assert!(act.note.is_some() && act.document.is_some());
    }
}

#[tokio::test]
async fn a_corrected_act_counts_no_longer_is_shown_with_the_reason_and_was_known_before() {
    let story = on(date(2010, 1, 5)).await;
    let id = DutyId::new(LATE_PLAN);
    let meet = Meet { document: paper(&story).await, ..Meet::default() };
    let record = duty::meet(&coordinator(&story), &story.app, &id, None, meet).await.expect("registered");
    demo::set_day(&story.app, date(2010, 1, 7)).await.expect("a later day");
    let wrong = Wrong { kind: Kind::Discharge, about: LATE_PLAN.to_owned(), record };
    let correct =
        async |ctx: &Ctx, reason: &str| correction::correct(ctx, &story.app, &wrong, None, reason).await;
    for other in [coordinator(&story), ministry_registrar(&story), story.gavle(), story.public()] {
        let denied = correct(&other, "fel fil").await;
        assert!(matches!(denied, Err(Error::Denied | Error::NotFound)), "{denied:?}");
    }
    let registrar = story.registrar();
    assert_eq!(codes(correct(&registrar, " ").await), ["correction-without-reason"]);
    correct(&registrar, "Fel stadsdels plan").await.expect("corrected");
    let again = correct(&registrar, "Fel stadsdels plan").await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

    let view = duty::show(&story.public(), &story.app, &id).await.expect("the duty");
    assert_eq!(view.standing.code(), "overdue");
    assert_eq!(view.acts.corrected.discharges[0].correction.reason, "Fel stadsdels plan");
    let before = agreement::show_as_of(&story.public(), &story.app, &stockholm(), date(2010, 1, 6)).await;
    let before = before.expect("the agreement");
    let before = before.duties.iter().find(|v| v.duty.id == id).expect("the duty");
    assert_eq!(before.standing.code(), "met-late", "that is what was known then");
    let report = kvarter_services::log::verify(&story.app, None, &mut |_| {}).await.expect("the log is read");
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn a_corrected_extension_moves_nothing_and_a_corrected_day_is_not_agreed() {
    let story = on(date(2009, 9, 1)).await;
    let account = "lua-2008/0180/report-followup/2009";
    let extend =
        Extend { until: date(2009, 10, 15), decided_on: date(2009, 9, 1), reference: None, reason: None };
    duty::extend(&story.officer(), &story.app, &DutyId::new(account), None, &extend).await.expect("extended");
    assert_eq!(stands(&story, account).await.last_day(), Some(date(2009, 10, 15)));
    let partnership = "lua-2008/0180/form-partnership";
    for ctx in [story.officer(), story.registrar()] {
        let (id, day) = (DutyId::new(partnership), date(2009, 12, 1));
        duty::agree_day(&ctx, &story.app, &id, None, day, date(2009, 9, 1), None).await.expect("said");
    }
    assert_eq!(stands(&story, partnership).await.last_day(), Some(date(2009, 12, 1)));

    let view = async |id: &str| duty::show(&story.public(), &story.app, &DutyId::new(id)).await.expect("it");
    let extension = view(account).await.acts.extensions[0].record.clone();
    let day = view(partnership).await.acts.agreed_days.into_iter().find(|a| a.by.as_str() == "ijd");
    for (kind, about, record) in [
        (Kind::Extension, account, extension),
        (Kind::AgreedDay, partnership, day.expect("the state's word").record),
    ] {
        let wrong = Wrong { kind, about: about.to_owned(), record };
        correction::correct(&ministry_registrar(&story), &story.app, &wrong, None, "Fel dag")
            .await
            .expect("corrected");
    }
    assert_eq!(stands(&story, account).await.last_day(), Some(date(2009, 10, 1)));
    assert_eq!(stands(&story, partnership).await.code(), "undated");
}

#[tokio::test]
async fn a_wrong_approval_is_corrected_and_registered_anew_until_the_agreement_is_in_force() {
    let story = Story::stockholm_until("2008-10-16T12:00:00").await;
    let page = async || agreement::show(&story.public(), &story.app, &stockholm()).await.expect("a page");
    let of = |page: &agreement::AgreementPage| Wrong {
        kind: Kind::Approval,
        about: stockholm().to_string(),
        record: page.life.approval(Party::Municipality).expect("approved").record.clone(),
    };
    let wrong = of(&page().await);
    correction::correct(&story.registrar(), &story.app, &wrong, None, "Fel paragraf")
        .await
        .expect("corrected");
    let corrected = page().await;
    assert!(corrected.life.approval(Party::Municipality).is_none());
    assert_eq!(corrected.life.corrected_approvals[0].correction.reason, "Fel paragraf");
    let then = "2008-10-20T12:00:00".parse().expect("an hour");
    demo::run_until(&story.app, then, &|_, _| {}).await.expect("approved anew and carried on");
    let in_force = page().await;
    assert!(in_force.in_force_from().is_some());
    let late = correction::correct(&story.registrar(), &story.app, &of(&in_force), None, "Fel igen").await;
    assert_eq!(codes(late), ["correction-when-in-force"]);
}
