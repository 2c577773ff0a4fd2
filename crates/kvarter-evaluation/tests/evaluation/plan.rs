//! A plan is locked before the results exist, and every step aside is labelled.

use kvarter_evaluation::{
    plan::{LockedPlan, PlanProblem, PlannedMethod, PlannedTest, deviations},
    verdict::Direction,
};

fn plan() -> LockedPlan {
    LockedPlan {
        outcome: "employed 20-64, register, definition of 2004".into(),
        intended: Direction::Increase,
        relevant: Some(1.0),
        treated: vec!["Rinkeby".into(), "Tensta".into()],
        start: 2008,
        starts: [].into(),
        window: (1996, 2014),
        donors: None,
        excluded: vec!["Kista".into()],
        nearest: Some(50),
        method: PlannedMethod::Sc,
        predictors: vec![],
        test: PlannedTest::Space,
        alpha: 0.05,
        seed: 7,
    }
}

#[test]
fn a_plan_has_one_spelling_and_so_one_digest() {
    let other = LockedPlan { treated: vec!["Tensta".into(), "Rinkeby".into(), "Tensta".into()], ..plan() };
    assert_eq!(plan().canonical(), other.canonical());
    assert_eq!(plan().digest(), other.digest());
    assert!(deviations(&plan(), &other).is_empty());
    // The spelling is a promise: a digest published today must be found again in ten years.
    assert_eq!(
        String::from_utf8(plan().canonical()).unwrap(),
        r#"{"outcome":"employed 20-64, register, definition of 2004","intended":"increase","relevant":1.0,"treated":["Rinkeby","Tensta"],"start":2008,"window":[1996,2014],"donors":null,"excluded":["Kista"],"nearest":50,"method":"sc","predictors":[],"test":"space","alpha":0.05,"seed":7}"#
    );
    assert_eq!(plan().digest(), "0ec0672fd863547232d92706959eadfcafc8da2ef648266b3fca7ba3b422a4ff");
}

#[test]
fn starts_of_their_own_are_part_of_the_plan_and_everybodys_start_is_none() {
    let same = LockedPlan { starts: [("Tensta".to_owned(), 2008)].into(), ..plan() };
    assert_eq!(same.digest(), plan().digest());
    let later = LockedPlan { starts: [("Tensta".to_owned(), 2010)].into(), ..plan() };
    assert_ne!(later.digest(), plan().digest());
    assert_eq!(deviations(&plan(), &later)[0].field, "starts");
    assert!(later.problems().is_empty());
    let nobody = LockedPlan { starts: [("Kista".to_owned(), 2010)].into(), ..plan() };
    assert_eq!(nobody.problems(), [PlanProblem::StartOfNobody { unit: "Kista".into(), start: 2010 }]);
}

#[test]
fn every_deviation_is_labelled() {
    let run = LockedPlan { window: (1996, 2016), method: PlannedMethod::Asc, alpha: 0.1, ..plan() };
    let found = deviations(&plan(), &run);
    let fields: Vec<&str> = found.iter().map(|deviation| deviation.field).collect();
    assert_eq!(fields, ["window", "method", "alpha"]);
    assert_eq!((found[0].planned.as_str(), found[0].done.as_str()), ("[1996,2014]", "[1996,2016]"));
    assert_ne!(plan().digest(), run.digest());
}

#[test]
fn a_plan_that_cannot_be_locked_says_everything_that_is_wrong() {
    let bad = LockedPlan {
        outcome: " ".into(),
        treated: vec![],
        start: 1990,
        donors: Some(vec!["Kista".into()]),
        alpha: f64::NAN,
        ..plan()
    };
    assert_eq!(
        bad.problems(),
        [
            PlanProblem::NoOutcome,
            PlanProblem::NobodyTreated,
            PlanProblem::StartOutsideWindow { start: 1990, from: 1996, to: 2014 },
            PlanProblem::DonorExcluded { unit: "Kista".into() },
            PlanProblem::BadNumber { name: "alpha" },
        ]
    );
    assert!(plan().problems().is_empty());
}

#[test]
fn a_plan_reads_back_from_its_spelling() {
    let back: LockedPlan = serde_json::from_slice(&plan().canonical()).unwrap();
    assert_eq!(back, plan());
    assert!(
        serde_json::from_str::<LockedPlan>(r#"{"outcom":"x"}"#).is_err(),
        "a slip of the pen is not passed over"
    );
}
