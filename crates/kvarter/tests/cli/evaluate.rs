//! `kvarter evaluate`: what it answers, what a study holds, and what it says to bad input.
//!
//! The panel in `tests/data/panel.csv` is made up: thirty areas, 1999–2013, one of them 6 lower from 2009.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::{Ran, run_in};

const PANEL: &str = include_str!("../data/panel.csv");

const ASKED: [&str; 10] = [
    "evaluate",
    "--panel",
    "panel.csv",
    "--unit",
    "område",
    "--time",
    "år",
    "--outcome",
    "arbetslöshet",
    "--json",
];

fn folder(panel: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("panel.csv"), panel).unwrap();
    folder
}

fn evaluate(folder: &Path, more: &[&str]) -> Ran {
    run_in(folder, &[&ASKED[..], more].concat())
}

#[track_caller]
fn refused(panel: &str, more: &[&str], says: &[&str]) {
    let folder = folder(panel);
    for language in ["sv", "en"] {
        let all = [&["--language", language][..], &ASKED[..], more].concat();
        let told = run_in(folder.path(), &all).ended(2);
        assert_eq!(told.out, "", "nothing is answered");
        assert!(!told.err.trim().is_empty());
        for part in says {
            assert!(told.err.contains(part), "{language}: {part} is not in\n{}", told.err);
        }
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is written");
}

/// A short panel with English names and points: four areas, six periods.
fn short(change: impl Fn(&str, i64) -> Option<String>) -> String {
    let mut text = "unit,year,y\n".to_owned();
    for (at, unit) in ["A", "B", "C", "D"].iter().enumerate() {
        for year in 2001..=2006 {
            let value =
                change(unit, year).unwrap_or_else(|| format!("{}.5", (at as i64 + 3) * 7 + year % 3 * 2));
            writeln!(text, "{unit},{year},{value}").unwrap();
        }
    }
    text
}

fn plain() -> String {
    short(|_, _| None)
}

/// The columns of the short panels in place of the Swedish ones.
#[track_caller]
fn short_refused(panel: &str, more: &[&str], says: &[&str]) {
    let columns = ["--unit", "unit", "--time", "year", "--outcome", "y", "--method", "sc"];
    let folder = folder(panel);
    for language in ["sv", "en"] {
        let start = ["--language", language, "evaluate", "--panel", "panel.csv"];
        let told = run_in(folder.path(), &[&start[..], &columns[..], more].concat()).ended(2);
        for part in says {
            assert!(told.err.contains(part), "{language}: {part} is not in\n{}", told.err);
        }
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn a_swedish_file_is_evaluated_and_the_known_effect_is_recovered() {
    let folder = folder(PANEL);
    let more = ["--treated", "behandlad", "--method", "sc", "--intended", "decrease", "--relevant", "3"];
    let study = evaluate(folder.path(), &more).ended(0).json();
    let effect = number(&study["estimate"]["value"]);
    assert!((effect + 6.0).abs() < 0.5, "{effect}");
    let interval = &study["interval"]["value"];
    assert!(number(&interval["low"]) < -6.0 && number(&interval["high"]) > -6.0, "{interval}");
    assert_eq!(study["verdict"]["finding"], "as-intended");
    assert_eq!((number(&study["test"]["p_value"]["value"]) * 30.0).round(), 1.0);
    assert_eq!(study["test"]["least_p_value"], study["test"]["p_value"]["value"]);
    assert_eq!(study["placebos"].as_array().unwrap().len(), 29);
    let weights: f64 = study["weights"].as_array().unwrap().iter().map(|one| number(&one["weight"])).sum();
    assert!((weights - 1.0).abs() < 1e-6, "{weights}");
    for part in ["series", "fit", "in_time", "leave_one_out", "diagnostics", "detectable", "measures", "plan"]
    {
        assert!(!study[part].is_null(), "{part}");
    }
    assert_eq!(study["plan"]["start"], 2009, "read from the column");
    // Attainment is nobody's business here.
    assert!(study.get("attainment").is_none() && study.get("goal").is_none());
}

#[test]
fn where_nothing_happened_none_is_found_and_a_small_one_would_have_been() {
    let folder = folder(PANEL);
    let more = [
        "--treated",
        "Område 05",
        "--exclude",
        "Område 07",
        "--start",
        "2009",
        "--method",
        "sc",
        "--intended",
        "decrease",
        "--relevant",
        "3",
    ];
    let study = evaluate(folder.path(), &more).ended(0).json();
    assert_eq!(study["verdict"]["grade"], "D", "{}", study["verdict"]);
    assert_eq!(study["verdict"]["finding"], "none");
    assert!(number(&study["detectable"]["value"]["effect"]) < 3.0);
    assert_eq!(study["left_out"][0][0], "Område 07");
}

#[test]
fn every_method_gives_its_estimate_and_says_what_it_was_held_against() {
    let folder = folder(PANEL);
    for (method, test) in [
        ("sc", "space"),
        ("penalised-sc", "space"),
        ("asc", "conformal"),
        ("sdid", "standard-error"),
        ("sc", "time"),
        ("did", "space"),
    ] {
        let more = ["--treated", "behandlad", "--method", method, "--placebo", test];
        let study = evaluate(folder.path(), &more).ended(0).json();
        let effect = number(&study["estimate"]["value"]);
        assert!((-9.0..-3.0).contains(&effect), "{method}: {effect}");
        assert_eq!(study["test"]["name"], test);
        assert!(study["test"]["p_value"]["value"].is_number(), "{method}: {}", study["test"]);
    }
    // One treated area gives difference-in-differences no standard error, and the study says so.
    let more = ["--treated", "behandlad", "--method", "did", "--placebo", "standard-error"];
    let study = evaluate(folder.path(), &more).ended(0).json();
    assert_eq!(study["test"]["p_value"]["value"], Value::Null);
    assert_eq!(study["test"]["p_value"]["reason"]["code"], "no-standard-error");
    assert_eq!(study["verdict"]["grade"], "E");
}

#[test]
fn what_cannot_be_determined_is_told_with_its_reason() {
    let folder = folder(PANEL);
    // A break inside the window that nobody has handled.
    let more = ["--treated", "behandlad", "--method", "sc", "--break", "definition:2005"];
    let study = evaluate(folder.path(), &more).ended(0).json();
    assert_eq!(study["verdict"]["grade"], "E");
    assert_eq!(study["verdict"]["reasons"][0]["code"], "break-not-handled");
    // Handled it is a reservation.
    let more = ["--treated", "behandlad", "--method", "sc", "--break", "definition:2005:handled"];
    assert_ne!(evaluate(folder.path(), &more).ended(0).json()["verdict"]["grade"], "E");
    // One period before the start: the method says nothing, and an estimate is not made up.
    let more = ["--treated", "Område 07", "--start", "2000", "--method", "sc"];
    let study = evaluate(folder.path(), &more).ended(1).json();
    assert_eq!(study["estimate"]["value"], Value::Null);
    assert_eq!(study["estimate"]["reason"]["code"], "too-few-periods-before");
    assert_eq!((&study["periods_before"], &study["comparison_units"]), (&Value::from(1), &Value::from(29)));
    assert_eq!(study["verdict"]["grade"], "E");
    // No donor left.
    let more = [
        "--treated",
        "Område 07",
        "--start",
        "2009",
        "--method",
        "sc",
        "--donors",
        "Område 01",
        "--window",
        "1999-2010",
    ];
    let study = evaluate(folder.path(), &more).ended(0).json();
    assert_eq!(study["verdict"]["grade"], "E", "one donor cannot be a test");
}

#[test]
fn a_study_is_the_same_on_any_number_of_threads() {
    let folder = folder(PANEL);
    let told = |threads: &str| {
        let more =
            ["--treated", "behandlad", "--method", "sdid", "--placebo", "standard-error", "--seed", "4"];
        let mut command = crate::command(folder.path(), &[&ASKED[..], &more[..]].concat());
        Ran::of(&command.env("RAYON_NUM_THREADS", threads).output().unwrap()).ended(0).out
    };
    assert_eq!(told("1"), told("3"));
}

const PLAN: &str = r#"
outcome = "arbetslöshet"
intended = "decrease"
relevant = 3
treated = ["Område 07"]
start = 2009
window = [1999, 2013]
method = "sc"
test = "space"
alpha = 0.05

[panel]
file = "panel.csv"
unit = "område"
time = "år"

[circumstances]
ring_excluded = true
movers = 0.1
"#;

#[test]
fn a_plan_is_locked_before_the_panel_reaches_its_start_and_followed_when_it_does() {
    // What was known in 2008, and what was planned then.
    let known = PANEL.lines().filter(|line| !(2009..=2013).any(|year| line.contains(&format!(";{year};"))));
    let folder = folder(&known.map(|line| format!("{line}\n")).collect::<String>());
    std::fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    std::fs::write(folder.path().join("open.toml"), PLAN.replace("window = [1999, 2013]\n", "")).unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments);
    let early = run(&["evaluate", "plan.toml"]).ended(2);
    assert!(early.err.contains("2009") && early.out.is_empty(), "{}", early.err);
    let until_when = run(&["evaluate", "open.toml", "--lock"]).ended(2);
    assert!(until_when.err.contains("--window"), "{}", until_when.err);
    assert!(!folder.path().join("open.lock").exists());
    let lock = run(&["evaluate", "plan.toml", "--lock", "--json"]).ended(0).json();

    std::fs::write(folder.path().join("panel.csv"), PANEL).unwrap();
    let told = run(&["evaluate", "plan.toml", "--json"]).ended(0).json();
    assert_eq!((&told["plan"]["locked"], &told["plan"]["digest"]), (&Value::Bool(true), &lock["digest"]));
    assert_eq!(told["plan"]["deviations"], Value::Array(vec![]));
    assert_eq!(told["verdict"]["grade"], "A", "{}", told["verdict"]);
}

#[test]
fn a_locked_plan_is_followed_and_every_deviation_is_labelled() {
    let folder = folder(PANEL);
    std::fs::write(folder.path().join("plan.toml"), PLAN).unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments);
    let before = run(&["evaluate", "plan.toml", "--json"]).ended(0).json();
    assert_eq!(before["plan"]["locked"], false);
    assert_eq!(before["verdict"]["grade"], "B", "{}", before["verdict"]);
    let lock = run(&["evaluate", "plan.toml", "--lock", "--json"]).ended(0).json();
    assert_eq!(lock["digest"], before["plan"]["digest"]);
    let after = run(&["evaluate", "plan.toml", "--json"]).ended(0).json();
    assert_eq!(
        (&after["plan"]["locked"], &after["plan"]["deviations"]),
        (&Value::Bool(true), &Value::Array(vec![]))
    );
    assert_eq!(after["verdict"]["grade"], "A", "{}", after["verdict"]);
    assert_eq!(after["estimate"], before["estimate"]);
    let other =
        run(&["evaluate", "plan.toml", "--json", "--method", "asc", "--alpha", "0.1"]).ended(0).json();
    let fields: Vec<&str> = other["plan"]["deviations"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| one["field"].as_str())
        .collect();
    assert_eq!(fields, ["method", "alpha"]);
    let codes = other["verdict"]["reasons"].to_string();
    assert!(codes.contains("deviates"), "{codes}");
    let told = run(&["evaluate", "plan.toml", "--alpha", "0.1"]).ended(0);
    assert!(told.out.contains("0.05 → 0.1") && told.out.contains("på annat sätt"), "{}", told.out);
    // A plan that was changed after it was locked is a deviation too, and does not lock again.
    std::fs::write(folder.path().join("plan.toml"), PLAN.replace("2013", "2012")).unwrap();
    let changed = run(&["evaluate", "plan.toml", "--json"]).ended(0).json();
    assert_eq!(changed["plan"]["deviations"][0]["field"], "window");
    let again = run(&["evaluate", "plan.toml", "--lock"]).ended(2);
    assert!(again.err.contains("redan låst"), "{}", again.err);
    // A lock that was tampered with is no lock.
    let text = std::fs::read_to_string(folder.path().join("plan.lock")).unwrap();
    std::fs::write(folder.path().join("plan.lock"), text.replace("2013", "2011")).unwrap();
    assert!(run(&["evaluate", "plan.toml"]).ended(2).err.contains("plan.lock"));
}

#[test]
fn a_digest_in_the_plan_that_is_not_the_plans_is_a_deviation() {
    let folder = folder(PANEL);
    std::fs::write(folder.path().join("plan.toml"), format!("digest = \"abc\"\n{PLAN}")).unwrap();
    let study = run_in(folder.path(), &["evaluate", "plan.toml", "--json"]).ended(0).json();
    assert_eq!(study["plan"]["deviations"][0]["field"], "digest");
    assert_eq!(study["plan"]["locked"], true);
}

#[test]
fn a_plan_file_that_is_none_is_told_with_its_line() {
    let folder = folder(PANEL);
    std::fs::write(folder.path().join("plan.toml"), PLAN.replace("alpha", "alfa")).unwrap();
    let told = run_in(folder.path(), &["evaluate", "plan.toml"]).ended(2);
    assert!(told.err.contains("plan.toml:10") && told.err.contains("alfa"), "{}", told.err);
    let absent = run_in(folder.path(), &["evaluate", "finns-inte.toml"]).ended(2);
    assert!(absent.err.contains("den finns inte"), "{}", absent.err);
}

#[test]
fn a_study_is_written_as_a_pdf_whole_or_not_at_all() {
    let folder = folder(PANEL);
    for language in ["sv", "en"] {
        let more = ["--treated", "behandlad", "--method", "sc", "--pdf", "studie.pdf"];
        let all = [&["--language", language][..], &ASKED[..9], &more[..]].concat();
        let told = run_in(folder.path(), &all).ended(0);
        assert!(told.out.contains("studie.pdf"), "{}", told.out);
        let bytes = std::fs::read(folder.path().join("studie.pdf")).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
    }
    let more = ["--treated", "behandlad", "--method", "sc", "--pdf", "finns/inte/studie.pdf"];
    let told = evaluate(folder.path(), &more).ended(2);
    assert!(told.err.contains("--pdf"), "{}", told.err);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "panel and study, nothing half-written");
}

#[test]
fn what_is_left_out_is_asked_for_all_at_once() {
    let folder = folder(PANEL);
    let told = run_in(folder.path(), &["evaluate"]).ended(2);
    for argument in ["--panel", "--unit", "--time", "--outcome", "--method", "--treated"] {
        assert!(told.err.contains(argument), "{argument} in\n{}", told.err);
    }
}

#[test]
fn columns_and_areas_that_are_not_there_are_told_with_those_that_are() {
    let wrong = ["--unit", "stad", "--treated", "x", "--start", "2009", "--method", "sc"];
    let folder = folder(PANEL);
    let all = [
        &["evaluate", "--panel", "panel.csv", "--time", "year", "--outcome", "arbetslöshet"][..],
        &wrong[..],
    ]
    .concat();
    let told = run_in(folder.path(), &all).ended(2);
    assert!(
        told.err.contains("stad") && told.err.contains("year") && told.err.contains("område, år"),
        "{}",
        told.err
    );
    refused(
        PANEL,
        &["--treated", "Område 99", "--start", "2009", "--method", "sc"],
        &["Område 99", "Område 01"],
    );
    refused(PANEL, &["--treated", "behandlad", "--exclude", "Nowhere", "--method", "sc"], &["Nowhere"]);
}

#[test]
fn numbers_that_are_none_are_told_with_line_and_column() {
    short_refused(
        &short(|unit, year| match (unit, year) {
            ("A", 2003) => Some("tolv".into()),
            ("B", 2001) => Some("inf".into()),
            ("C", 2002) => Some("1e999".into()),
            _ => None,
        }),
        &["--treated", "A", "--start", "2005"],
        &["panel.csv:4", "tolv", "panel.csv:8", "inf", "panel.csv:15", "1e999"],
    );
    let years = plain().replace("A,2004", "A,2004K1");
    short_refused(&years, &["--treated", "A", "--start", "2005"], &["panel.csv:5", "2004K1"]);
    let many: String = (0..90).map(|n| format!("A,{},x\n", 1900 + n)).collect();
    short_refused(&format!("unit,year,y\n{many}"), &["--treated", "A", "--start", "1950"], &["70"]);
}

#[test]
fn decimal_points_and_commas_in_one_file_are_refused() {
    let mixed = PANEL.replacen("Område 02;1999;", "Område 02;1999;1.5;0\nOmråde 02;1998;", 1);
    refused(&mixed, &["--treated", "behandlad", "--method", "sc"], &["1,234"]);
}

#[test]
fn an_area_twice_in_a_period_is_told_with_both_lines() {
    let twice = format!("{}A,2003,7\n", plain());
    short_refused(&twice, &["--treated", "A", "--start", "2005"], &["panel.csv:26", "2003", " 4"]);
}

#[test]
fn files_that_are_no_panel_are_refused_kindly() {
    let asked = ["--treated", "A", "--start", "2005"];
    short_refused("", &asked, &["panel.csv"]);
    short_refused("unit,year,y\n", &asked, &["panel.csv"]);
    short_refused("unit,year,y\nA,2001\n", &asked, &["panel.csv:2"]);
    short_refused("unit,year,y\nA,2001,\nB,2001,NA\nA,2002,..\n", &asked, &["y"]);
    short_refused(&plain().replace("A,2002", ",2002"), &asked, &["panel.csv:3"]);
    let folder = folder("");
    std::fs::write(folder.path().join("panel.csv"), b"unit,year,y\nG\xE4vle,2001,3\n").unwrap();
    let columns = ["evaluate", "--panel", "panel.csv", "--unit", "unit", "--time", "year", "--outcome", "y"];
    let told = run_in(folder.path(), &[&columns[..], &asked, &["--method", "sc"]].concat()).ended(2);
    assert!(told.err.contains("UTF-8") && told.err.contains("panel.csv:2"), "{}", told.err);
    std::fs::write(folder.path().join("panel.csv"), b"\xFF\xFEu\0n\0").unwrap();
    let told = run_in(folder.path(), &[&columns[..], &asked, &["--method", "sc"]].concat()).ended(2);
    assert!(told.err.contains("UTF-8"), "{}", told.err);
}

#[test]
fn a_byte_order_mark_and_a_panel_with_holes_are_read() {
    let folder = folder(&format!(
        "\u{FEFF}{}",
        PANEL.replace("Område 02;2003;", "Område 02;2003;;0\nOmråde 02;1990;")
    ));
    let more = ["--treated", "Område 07", "--start", "2009", "--window", "1999-2013", "--method", "sc"];
    let study = evaluate(folder.path(), &more).ended(0).json();
    assert_eq!(study["left_out"][0][0], "Område 02");
    assert_eq!(study["left_out"][0][1]["code"], "missing");
}

#[test]
fn what_does_not_go_together_is_refused() {
    let with = |more: &[&str], says: &[&str]| {
        refused(PANEL, &[&["--treated", "behandlad"][..], more].concat(), says);
    };
    with(&["--method", "asc", "--covariates", "arbetslöshet"], &["asc"]);
    with(&["--method", "sc", "--placebo", "standard-error"], &["standard-error"]);
    with(&["--method", "did", "--placebo", "conformal"], &["conformal"]);
    with(&["--method", "did", "--nearest", "3"], &["--nearest"]);
    with(&["--method", "sc", "--start", "2010"], &["2009", "2010"]);
    with(&["--method", "sc", "--alpha", "nan"], &["alpha"]);
    with(&["--method", "sc", "--covariates", "arbetslöshet:2008-2010"], &["--covariates"]);
    with(&["--method", "sc", "--cohort", "behandlad"], &["--cohort"]);
    let donors = ["--treated", "Område 07", "--start", "2009", "--method", "sc"];
    refused(PANEL, &[&donors[..], &["--donors", "Område 07,Område 01"]].concat(), &["Område 07"]);
    for start in ["1999", "2031", "-5"] {
        let more = ["--treated", "Område 07", "--method", "sc", "--start", start];
        refused(PANEL, &more, &[start, "1999", "2013"]);
    }
}

#[test]
fn an_outcome_that_never_varies_and_a_treatment_that_ends_are_told() {
    let folder = folder(&short(|_, _| Some("5".into())));
    let columns = ["--unit", "unit", "--time", "year", "--outcome", "y", "--treated", "A", "--start", "2005"];
    for method in ["sc", "did", "cs", "asc", "sdid"] {
        let all =
            [&["evaluate", "--panel", "panel.csv", "--json", "--method", method][..], &columns[..]].concat();
        let told = run_in(folder.path(), &all);
        assert!(told.code == 0 || told.code == 1, "{method}: {}\n{}", told.code, told.err);
        let study = told.json();
        assert_eq!(study["verdict"]["grade"], "E", "{method}: {}", study["verdict"]);
    }
    let ends = PANEL.replace("Område 07;2012;", "Område 07;2012;1,0;0\nOmråde 07;2014;");
    refused(&ends, &["--treated", "behandlad", "--method", "sc"], &["Område 07", "2012"]);
}

#[test]
fn a_panel_of_a_million_areas_and_two_hundred_periods_is_refused_before_it_is_held() {
    // As many areas and periods, each once: more cells than any panel may have.
    let mut text = "unit,year,y\n".to_owned();
    for year in 0..200 {
        writeln!(text, "a,{year},1").unwrap();
    }
    for unit in 0..520_000 {
        writeln!(text, "{unit},1,1").unwrap();
    }
    short_refused(&text, &["--treated", "a", "--start", "100"], &["100000000"]);
}

#[test]
fn a_name_with_a_comma_of_its_own_is_one_name() {
    let quoted =
        PANEL.replace("Område 01;", "\"Område 01, norra\";").replace("Område 02;", "\"Område 02, norra\";");
    let folder = folder(&quoted);
    let more = ["--treated", "Område 03", "--start", "2009", "--method", "sc"];
    let left_out = ["--exclude", "Område 01, norra,Område 04,Område 02, norra"];
    let told = evaluate(folder.path(), &[&more[..], &left_out].concat()).ended(0).json();
    let left: Vec<&str> =
        told["plan"]["excluded"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(left, ["Område 01, norra", "Område 04", "Område 02, norra"]);
    let astray = evaluate(folder.path(), &[&more[..], &["--exclude", "Område 01, södra"]].concat()).ended(2);
    assert!(astray.err.contains("Område 01"), "{}", astray.err);
}

/// The published figures: Arkhangelsky and others 2021; Callaway and Sant'Anna 2021.
#[test]
fn published_examples_give_their_figures() {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/causal/");
    let folder = tempfile::tempdir().unwrap();
    let (prop99, mpdta) = (format!("{shared}california_prop99_synthdid.csv"), format!("{shared}mpdta.csv"));
    let smoke = ["evaluate", "--json", "--panel", &prop99, "--unit", "State", "--time", "Year"];
    let smoke = [&smoke[..], &["--outcome", "PacksPerCapita", "--treated", "treated"]].concat();
    let sdid = run_in(folder.path(), &[&smoke[..], &["--method", "sdid"]].concat()).ended(0).json();
    assert!((number(&sdid["estimate"]["value"]) + 15.603_83).abs() < 1e-5, "{}", sdid["estimate"]);
    let sc = run_in(folder.path(), &[&smoke[..], &["--method", "sc"]].concat()).ended(0).json();
    assert!((number(&sc["estimate"]["value"]) + 19.5136).abs() < 1e-3, "{}", sc["estimate"]);
    let jobs = ["evaluate", "--json", "--panel", &mpdta, "--unit", "countyreal", "--time", "year"];
    let jobs = [&jobs[..], &["--outcome", "lemp", "--cohort", "first_treat", "--method", "cs"]].concat();
    let cs = run_in(folder.path(), &jobs).ended(0).json();
    assert!((number(&cs["estimate"]["value"]) + 0.039_951_3).abs() < 1e-7, "{}", cs["estimate"]);
    assert!((number(&cs["test"]["standard_error"]) - 0.012_034_0).abs() < 1e-6, "{}", cs["test"]);
    assert!(cs["cells"].as_array().unwrap().len() >= 12);
}

#[test]
fn before_an_intervention_it_is_told_what_could_be_found() {
    let folder = folder(PANEL);
    let plan = PLAN.replace("\"sc\"", "\"did\"").replace("[1999, 2013]", "[1999, 2012]");
    std::fs::write(folder.path().join("plan.toml"), plan).unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments);
    run(&["evaluate", "plan.toml", "--lock"]).ended(0);
    let told = run(&["evaluate", "plan.toml", "--power", "--json"]).ended(0).json();
    assert_eq!((&told["plan"]["locked"], &told["periods_after_from"]), (&true.into(), &"window".into()));
    assert_eq!((told["periods_before"].as_u64(), told["periods_after"].as_u64()), (Some(10), Some(4)));
    assert!(number(&told["detectable"]["value"]["effect"]) < 0.0);
    assert!(number(&told["false_alarms"]["found"]) < 0.1);
    assert!(!told["relevant"]["value"].is_null());
    let other = run(&["evaluate", "plan.toml", "--power", "--alpha", "0.1", "--json"]).ended(0).json();
    assert_eq!(other["plan"]["deviations"][0]["field"], "alpha");
    for (language, says) in [
        ("sv", ["fyra fall av fem", "Monte Carlo", "vilar på", "Antagande", "låstes"]),
        ("en", ["four cases of five", "Monte Carlo", "rests on", "Assumed", "locked"]),
    ] {
        let told = run(&["--language", language, "evaluate", "plan.toml", "--power"]).ended(0).out;
        for part in says {
            assert!(told.contains(part), "{part} is not in\n{told}");
        }
    }
    // The start is after the panel's last period: right here, and nowhere else.
    let ahead = ["--treated", "Område 05", "--exclude", "Område 07", "--start", "2014", "--method", "did"];
    let told = evaluate(folder.path(), &[&ahead[..], &["--power"]].concat()).ended(0).json();
    assert_eq!(told["periods_after_from"], "third");
    assert_eq!((told["periods_before"].as_u64(), told["periods_after"].as_u64()), (Some(15), Some(5)));
    evaluate(folder.path(), &ahead).ended(2);
}

#[test]
fn what_could_be_found_is_the_same_on_any_number_of_threads() {
    let folder = folder(PANEL);
    let told = |threads: &str| {
        let more = ["--treated", "behandlad", "--method", "sdid", "--placebo", "standard-error", "--power"];
        let mut command = crate::command(folder.path(), &[&ASKED[..], &more[..]].concat());
        Ran::of(&command.env("RAYON_NUM_THREADS", threads).output().unwrap()).ended(0).out
    };
    assert_eq!(told("1"), told("3"));
}

#[test]
fn what_cannot_be_tried_before_an_intervention_is_refused() {
    let start = |period| ["--treated", "A", "--start", period, "--power"];
    short_refused(&plain(), &start("2004"), &["3", "4"]);
    short_refused(
        &plain(),
        &[&start("2007")[..], &["--periods-after", "5"]].concat(),
        &["--periods-after", "4"],
    );
    short_refused(&plain(), &[&start("2007")[..], &["--donors", "B,C"]].concat(), &["--donors", "2", "3"]);
    short_refused(&short(|_, _| Some("7".into())), &start("2007"), &["--outcome"]);
    short_refused(&plain(), &[&start("2007")[..], &["--pdf", "x.pdf"]].concat(), &["--pdf"]);
    short_refused(&plain(), &["--treated", "A", "--start", "2004", "--periods-after", "2"], &["--power"]);
}
