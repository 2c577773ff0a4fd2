//! Did it work? Panels in which it is known what happened, and plans that were locked before.

use std::fmt::Write as _;
use std::path::PathBuf;

use kvarter_services::evaluation::{
    Asked, Circumstances, Direction, KnownBreak, KnownBreakKind, Method, PanelFile, Study, Test, evaluate,
    lock_plan,
};

/// Thirty districts over sixteen years that move with two things in common, each in its own measure; the first is
/// a mix of three others and `effect` higher from 2005.
fn panel(effect: f64) -> String {
    let (mut text, mut state) = ("stadsdel;år;andel\n".to_owned(), 20_080_520_u64);
    let mut lot = || {
        // Knuth's linear congruence: the same numbers everywhere.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
    };
    let common: Vec<(f64, f64)> = (0..16).map(|t| (0.4 * f64::from(t) + lot(), 2.0 * lot())).collect();
    let districts: Vec<Vec<f64>> = (0..30)
        .map(|_| {
            let (level, a, b) = (50.0 + 10.0 * lot(), 1.0 + lot(), 2.0 * lot());
            common.iter().map(|(f, g)| level + a * f + b * g + 0.6 * lot()).collect()
        })
        .collect();
    for (u, own) in districts.iter().enumerate() {
        for (t, y) in own.iter().enumerate() {
            let (year, mix) =
                (1994 + t, 0.5 * districts[4][t] + 0.3 * districts[9][t] + 0.2 * districts[17][t]);
            let value = match u {
                0 if year >= 2005 => mix + effect + 0.1 * (y - y.floor()),
                0 => mix + 0.1 * (y - y.floor()),
                _ => *y,
            };
            writeln!(text, "{u:02};{year};{value:.4}").expect("a string takes all");
        }
    }
    text.replace('.', ",")
}

struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn of(panel: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("panel.csv"), panel).expect("room for a panel");
        Self { folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn asked(&self) -> Asked {
        Asked {
            outcome: Some("andel".into()),
            intended: Some(Direction::Increase),
            relevant: Some(2.0),
            treated: Some(vec!["00".into()]),
            start: Some(2005),
            method: Some(Method::Sc),
            test: Some(Test::Conformal),
            alpha: Some(0.1),
            panel: PanelFile {
                file: Some(self.file("panel.csv")),
                unit: Some("stadsdel".into()),
                time: Some("år".into()),
                ..PanelFile::default()
            },
            circumstances: Circumstances { ring_excluded: true, ..Circumstances::default() },
            ..Asked::default()
        }
    }

    fn by_placebos(&self) -> Asked {
        Asked { test: Some(Test::Space), alpha: Some(0.05), ..self.asked() }
    }
}

fn study(asked: Asked) -> Study {
    evaluate(asked, None).expect("a sound question")
}

fn codes(study: &Study) -> Vec<&str> {
    study.verdict.reasons.iter().map(|reason| reason.code.code.as_str()).collect()
}

#[test]
fn an_effect_that_was_put_there_is_recovered_by_every_method_for_one_start() {
    let case = Case::of(&panel(4.0));
    for method in [Method::Sc, Method::PenalisedSc, Method::Asc, Method::Sdid, Method::Did] {
        let study = study(Asked { method: Some(method), ..case.by_placebos() });
        let effect = study.estimate.value.expect("an estimate");
        assert!((effect - 4.0).abs() < 1.5, "{method:?}: {effect}");
    }
    let study = study(case.by_placebos());
    assert_eq!(study.verdict.finding, "as-intended", "{:?}", study.verdict);
    let interval = study.interval.value.expect("an interval");
    assert!(interval.low < 4.0 && interval.high > 4.0, "{interval:?}");
    assert_eq!(study.test.rank, Some(1));
}

#[test]
fn where_nothing_was_put_nothing_is_found() {
    let case = Case::of(&panel(0.0));
    let study = study(case.by_placebos());
    assert_eq!((study.verdict.grade, study.verdict.finding), ('D', "none"), "{:?}", study.verdict);
    assert!(study.detectable.value.expect("what could be found").effect <= 2.0);
}

#[test]
fn an_effect_the_other_way_is_told_as_such() {
    let case = Case::of(&panel(-4.0));
    assert_eq!(study(case.by_placebos()).verdict.finding, "against");
    let unsaid = study(Asked { intended: None, ..case.by_placebos() });
    assert_eq!(unsaid.verdict.finding, "effect", "nobody said which way was intended");
}

#[test]
fn a_break_that_nobody_handled_stands_in_the_way() {
    let case = Case::of(&panel(4.0));
    let broken = |handled| {
        let found = KnownBreak { kind: KnownBreakKind::Border, period: 2003, handled, note: None };
        let circumstances = Circumstances { breaks: vec![found], ring_excluded: true, movers: None };
        study(Asked { circumstances, ..case.by_placebos() })
    };
    assert_eq!(broken(false).verdict.grade, 'E');
    assert!(codes(&broken(false)).contains(&"break-not-handled"));
    assert!(codes(&broken(true)).contains(&"break-handled"));
}

#[test]
fn with_few_to_compare_with_no_result_could_have_been_unusual() {
    let case = Case::of(&panel(4.0));
    let six = ["04", "09", "17", "20", "21", "22"].map(String::from).to_vec();
    let few = study(Asked { donors: Some(six), ..case.by_placebos() });
    assert_eq!((few.comparison_units, few.verdict.grade), (6, 'E'));
    assert!(codes(&few).contains(&"too-few-donors"));
    assert!(few.interval.value.is_none() && few.interval.reason.is_some());
}

#[test]
fn placebos_that_fit_to_the_last_digit_leave_no_interval_and_the_study_says_why() {
    let case = Case::of(&panel(4.0));
    let study = study(Asked { window: Some((2000, 2009)), ..case.by_placebos() });
    assert!(study.interval.value.is_none_or(|interval| interval.high < 1e4), "{:?}", study.interval);
    if study.interval.value.is_none() {
        assert!(
            study.cautions.iter().any(|one| one.code == "placebos-fit-perfectly"),
            "{:?}",
            study.cautions
        );
        assert_eq!(study.verdict.grade, 'E');
    }
}

#[test]
fn with_the_nearest_each_placebo_has_its_own() {
    let case = Case::of(&panel(4.0));
    let near = study(Asked { nearest: Some(6), ..case.by_placebos() });
    assert_eq!((near.comparison_units, near.test.compared), (6, Some(30)));
    assert!(near.weights.len() <= 6 && near.test.least_p_value == Some(1.0 / 30.0));
}

#[test]
fn the_p_value_judged_is_that_of_the_test_that_was_asked_for() {
    let case = Case::of(&panel(4.0));
    for test in [Test::Space, Test::Time, Test::Conformal] {
        let study = study(Asked { test: Some(test), alpha: Some(0.2), ..case.asked() });
        let p = study.test.p_value.value.expect("a p-value");
        let compared = study.test.compared.expect("what it was compared with") as f64;
        assert!((p * compared - (p * compared).round()).abs() < 1e-9, "{test:?}: {p} of {compared}");
        let judged = study.verdict.reasons.iter().find(|one| one.code.code.ends_with("unusual"));
        if let Some(judged) = judged {
            assert!(format!("{:?}", judged.code.values).contains(&format!("{p:?}")), "{test:?}: {judged:?}");
        }
    }
}

#[test]
fn the_same_plan_has_the_same_digest_however_it_was_written() {
    let case = Case::of(&panel(4.0));
    let donors = |names: [&str; 3]| Some(names.map(String::from).to_vec());
    let one = study(Asked { donors: donors(["04", "09", "17"]), alpha: Some(0.3), ..case.by_placebos() });
    let other = study(Asked { donors: donors(["17", "04", "09"]), alpha: Some(0.3), ..case.by_placebos() });
    assert_eq!(one.plan.digest, other.plan.digest);
    assert_eq!(one.estimate, other.estimate);
    let third = study(Asked { donors: donors(["17", "04", "09"]), ..case.by_placebos() });
    assert_ne!(one.plan.digest, third.plan.digest);
}

#[test]
fn a_locked_plan_labels_what_is_done_otherwise() {
    let case = Case::of(&panel(4.0));
    let plan = case.file("plan.toml");
    let text = "outcome = \"andel\"\nintended = \"increase\"\ntreated = [\"00\"]\nstart = 2005\nmethod = \"sc\"\n\
                [panel]\nfile = \"panel.csv\"\nunit = \"stadsdel\"\ntime = \"år\"\n";
    std::fs::write(&plan, text).expect("room for a plan");
    let lock = lock_plan(&plan).expect("a sound plan");
    assert_eq!(lock.plan.window, (1994, 2009), "what was left out is locked as the panel has it");
    let as_planned = evaluate(Asked::default(), Some(&plan)).expect("a sound plan");
    assert!(as_planned.plan.locked && as_planned.plan.deviations.is_empty());
    assert!(!codes(&as_planned).contains(&"no-locked-plan"));
    let otherwise = Asked { window: Some((1994, 2008)), ..Asked::default() };
    let otherwise = evaluate(otherwise, Some(&plan)).expect("a sound plan");
    assert_eq!(otherwise.plan.deviations[0].field, "window");
    assert!(codes(&otherwise).contains(&"deviates"));
}

#[test]
fn districts_that_start_at_different_times_are_told_apart_by_their_column() {
    let mut text = panel(0.0).replace("stadsdel;år;andel", "stadsdel;år;andel;från");
    text = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let from = match line.split(';').next() {
                _ if at == 0 => return format!("{line}\n"),
                Some(unit) if unit < "06" => "2003",
                Some(unit) if unit < "12" => "2006",
                _ => "0",
            };
            format!("{line};{from}\n")
        })
        .collect();
    let case = Case::of(&text);
    let mut asked = Asked { treated: None, start: None, method: Some(Method::Cs), ..case.by_placebos() };
    asked.panel.cohort = Some("från".into());
    let cohorts = study(asked.clone());
    assert_eq!((cohorts.plan.done.start, cohorts.plan.done.starts.len()), (2003, 6));
    assert!(cohorts.cells.iter().any(|cell| cell.cohort == 2006));
    assert!(cohorts.event_study.value.is_some());
    let problems = evaluate(Asked { method: Some(Method::Sc), ..asked }, None).expect_err("several starts");
    assert_eq!(problems.0[0].code, "evaluation-several-starts");
}
