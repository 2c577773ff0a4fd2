//! What could be found at all? Panels whose noise is known, and plans that have not begun.

use std::fmt::Write as _;

use kvarter_services::evaluation::power::{Foresight, foresee};
use kvarter_services::evaluation::{Asked, AskedPredictor, Direction, Method, PanelFile, Test};

const UNITS: usize = 41;
/// Of what is even between −½ and ½, in units of its own standard deviation.
const NOISE: f64 = 2.0;

/// Forty-one districts over the years 1996–2007 with levels of their own, a year in common, and noise of standard
/// deviation [`NOISE`] that is independent from year to year.
fn panel() -> String {
    let (mut text, mut state) = ("district,year,share\n".to_owned(), 20_080_520_u64);
    let mut lot = || {
        // Knuth's linear congruence: the same numbers everywhere.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5
    };
    let common: Vec<f64> = (0..12).map(|_| 4.0 * lot()).collect();
    for unit in 0..UNITS {
        let level = 60.0 + 10.0 * lot();
        for (t, shared) in common.iter().enumerate() {
            let value = level + shared + NOISE * 12f64.sqrt() * lot();
            writeln!(text, "{unit:02},{},{value:.6}", 1996 + t).expect("a string takes all");
        }
    }
    text
}

fn asked(folder: &tempfile::TempDir, text: &str) -> Asked {
    let file = folder.path().join("panel.csv");
    std::fs::write(&file, text).expect("room for a panel");
    Asked {
        outcome: Some("share".into()),
        intended: Some(Direction::Increase),
        relevant: Some(6.0),
        treated: Some(vec!["00".into()]),
        start: Some(2008),
        method: Some(Method::Did),
        test: Some(Test::Space),
        panel: PanelFile {
            file: Some(file),
            unit: Some("district".into()),
            time: Some("year".into()),
            ..PanelFile::default()
        },
        ..Asked::default()
    }
}

fn foreseen(change: impl FnOnce(Asked) -> Asked) -> Foresight {
    let folder = tempfile::tempdir().expect("a folder");
    foresee(change(asked(&folder, &panel())), None, None).expect("a sound question")
}

#[track_caller]
fn refused(text: &str, after: Option<u32>, change: impl FnOnce(Asked) -> Asked, code: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let problems = foresee(change(asked(&folder, text)), None, after).expect_err("nothing to try");
    assert!(problems.0.iter().any(|one| one.code == code), "{problems:?}");
}

#[test]
fn what_can_be_found_is_what_theory_says_of_noise_that_is_known() {
    let told = foreseen(|asked| asked);
    assert_eq!((told.periods_before, told.periods_after, told.periods_after_from), (12, 4, "third"));
    assert!(told.exhaustive && told.trials == UNITS - 1);
    // The standard error of a difference of means, one district against all others, and what four cases in five of
    // a two-sided test at one in twenty take.
    let error = NOISE * (1.0_f64 / 4.0 + 1.0 / 8.0).sqrt() * (1.0 + 1.0 / 40.0_f64).sqrt();
    let theory = (1.96 + 0.84) * error;
    let found = told.detectable.value.expect("something can be found");
    assert!((found.effect / theory - 1.0).abs() < 0.25, "{} against {theory}", found.effect);
    assert!(found.range.0 <= found.effect);
    let relevant = told.relevant.value.expect("a size that matters");
    assert!(relevant.enough && relevant.found > 0.9, "{relevant:?}");
}

#[test]
fn false_alarms_come_as_often_as_the_level_says_within_the_monte_carlo_error() {
    for (method, test) in [
        (Method::Did, Test::Space),
        (Method::Sc, Test::Space),
        (Method::Asc, Test::Space),
        (Method::Sdid, Test::Space),
    ] {
        let told =
            foreseen(|asked| Asked { method: Some(method), test: Some(test), alpha: Some(0.1), ..asked });
        let (low, high) = told.false_alarms.interval.expect("trials were made");
        assert!(low <= 0.1 && 0.1 <= high, "{method:?}: {:?}", told.false_alarms);
    }
}

#[test]
fn a_larger_effect_is_found_more_often_and_a_decrease_has_its_own_sign() {
    let told = foreseen(|asked| Asked { intended: Some(Direction::Decrease), ..asked });
    assert!(told.curve.iter().all(|one| one.effect <= 0.0));
    assert!(told.detectable.value.is_some_and(|one| one.effect < 0.0));
    let found: Vec<f64> = told.curve.iter().filter_map(|one| one.found).collect();
    assert!(found[0] > 0.9 && *found.last().expect("zero is there") < 0.2, "{found:?}");
    let both = foreseen(|asked| Asked { intended: None, ..asked });
    assert!(both.curve.iter().any(|one| one.effect < 0.0) && both.curve.iter().any(|one| one.effect > 0.0));
}

#[test]
fn nothing_from_the_start_on_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = |text: &str| {
        let asked = Asked { start: Some(2006), ..asked(&folder, text) };
        foresee(asked, None, Some(3)).expect("a sound question")
    };
    let (before, text) = (told(&panel()), panel());
    let lines = text.lines().map(|line| match line.split(',').nth(1) {
        Some("2006" | "2007") => format!("{}999\n", line),
        _ => format!("{line}\n"),
    });
    let changed = told(&lines.collect::<String>());
    assert_eq!(before.curve, changed.curve);
    assert_ne!(before.panel.digest, changed.panel.digest, "the files are not the same");
}

#[test]
fn several_treated_are_drawn_by_lot_and_a_seed_gives_the_same_answer() {
    let treated = || Some(["00", "01", "02"].map(String::from).to_vec());
    let told = |seed| foreseen(|asked| Asked { treated: treated(), seed: Some(seed), ..asked });
    let (one, again, other) = (told(3), told(3), told(4));
    assert!(!one.exhaustive && one.trials >= 100);
    assert_eq!(one.curve, again.curve);
    assert_ne!(one.curve, other.curve);
    let (three, single) = (one.detectable.value.unwrap(), foreseen(|a| a).detectable.value.unwrap());
    assert!(three.effect < single.effect, "three together show smaller effects than one");
}

#[test]
fn too_few_areas_for_the_test_are_told_before_anybody_begins() {
    let few: String =
        panel().lines().filter(|line| line[..2] < *"06").map(|line| format!("{line}\n")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("district,year,share\n{few}");
    let told = foresee(asked(&folder, &text), None, None).expect("a sound question");
    assert_eq!(told.detectable.reason.expect("a reason").code, "test-cannot-reject");
    assert!(told.relevant.value.is_some_and(|one| !one.enough && one.found == 0.0));
}

#[test]
fn what_cannot_be_tried_is_refused_with_its_reason() {
    let text = panel();
    refused(&text, None, |asked| Asked { start: Some(1999), ..asked }, "evaluation-power-too-few-periods");
    refused(&text, Some(11), |asked| asked, "evaluation-power-after");
    let donors = || Some(vec!["05".to_owned(), "06".to_owned()]);
    refused(&text, None, |asked| Asked { donors: donors(), ..asked }, "evaluation-power-too-few-units");
    refused(&text, None, |asked| Asked { start: Some(1990), ..asked }, "evaluation-start-outside");
    let own = |asked: Asked| Asked {
        treated: Some(vec!["00".into(), "01".into()]),
        starts: [("01".to_owned(), 2010)].into(),
        ..asked
    };
    refused(&text, None, own, "evaluation-power-starts-differ");
    let flat: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| match (at, line.rsplit_once(',')) {
            (1.., Some((head, _))) => format!("{head},7\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    refused(&flat, None, |asked| asked, "evaluation-power-constant");
    let hole = text.replacen("00,1997,", "00,1997,NA#", 1);
    let hole: String =
        hole.lines().map(|line| format!("{}\n", line.split('#').next().unwrap_or(line))).collect();
    refused(&hole, None, |asked| asked, "evaluation-power-treated-missing");
    let adjusted = |asked: Asked| Asked {
        predictors: Some(vec![AskedPredictor {
            covariate: Some("income".into()),
            ..AskedPredictor::default()
        }]),
        test: Some(Test::StandardError),
        ..asked
    };
    let with: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 0 { format!("{line},income\n") } else { format!("{line},{at}\n") })
        .collect();
    refused(&with, None, adjusted, "evaluation-power-covariates");
}
