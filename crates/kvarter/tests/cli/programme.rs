//! Programmes: checked, and what they oblige.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{run, run_in, typed};

const DUTIES: &str = "programme duties lua-2008 --municipality 0180 --in-force 2008-10-20 --json";

#[test]
fn stockholm_owes_and_is_owed_24_dated_duties() {
    let duties = typed(DUTIES).ended(0).json();
    let duties = duties.as_array().unwrap();
    let dated: Vec<&Value> = duties.iter().filter(|duty| !duty["effective"].is_null()).collect();
    assert_eq!(dated.len(), 24);
    let of = |obligation: &str| dated.iter().filter(|duty| duty["obligation"] == obligation).count();
    assert_eq!(of("report-plan"), 15);
    for duty in duties {
        let names: Vec<&str> = duty.as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected = vec![
            "id",
            "obligation",
            "clause",
            "debtor",
            "creditor",
            "object",
            "object_name",
            "object_kind",
            "year",
            "nominal",
            "effective",
            "statutory",
            "reason",
            "says",
            "reading",
        ];
        expected.sort_unstable();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
        assert_ne!(
            duty["effective"].is_null(),
            duty["reason"].is_null(),
            "a day or the reason why there is none"
        );
        assert!(!duty["says"].as_str().unwrap().is_empty());
    }
}

#[test]
fn a_duty_says_what_it_is_to_whom_and_why() {
    let duties = typed(DUTIES).json();
    let found =
        duties.as_array().unwrap().iter().find(|d| d["id"] == "lua-2008/0180/report-plan/01800154/2009");
    let duty = found.expect("a plan for Husby is owed in 2009");
    assert_eq!(duty["clause"], "4");
    assert_eq!(duty["debtor"], "municipality");
    assert_eq!(duty["creditor"], "government-offices");
    assert_eq!(duty["object"], "01800154");
    assert_eq!(duty["object_name"], "Husby");
    assert_eq!(duty["nominal"], "2009-12-31");
    assert!(duty["says"].as_str().unwrap().contains("31 december"));
}

#[test]
fn a_municipality_is_known_by_any_of_its_names() {
    let by_code = typed(DUTIES).ended(0).out;
    for name in ["Stockholms stad", "stockholms  KOMMUN"] {
        let by_name = run(&[
            "programme",
            "duties",
            "lua-2008",
            "--municipality",
            name,
            "--in-force",
            "2008-10-20",
            "--json",
        ]);
        assert_eq!(by_name.ended(0).out, by_code, "{name}");
    }
}

#[test]
fn a_municipality_without_codes_or_a_day_after_the_period_is_refused_with_the_clause() {
    let ran = typed("programme duties lua-2008 --municipality 2180 --in-force 2011-01-01").ended(2);
    assert!(ran.err.contains("§ 2") && ran.err.contains("--in-force"), "{}", ran.err);
}

#[test]
fn duties_without_json_are_a_table_in_either_language() {
    let swedish = typed("programme duties lua-2008 --municipality 0180 --in-force 2008-10-20").ended(0).out;
    assert!(swedish.contains("Sista dag") && swedish.contains("24 åtaganden med dag"), "{swedish}");
    let english =
        typed("--language en programme duties lua-2008 --municipality 0180 --in-force 2008-10-20").out;
    assert!(english.contains("24 duties with a day"), "{english}");
}

#[test]
fn every_sentence_that_binds_is_covered() {
    let told = typed("programme coverage lua-2008 --json").ended(0).json();
    let counts = &told["coverage"];
    assert_eq!(counts["covered"], counts["sentences"]);
    assert_eq!(counts["binding_covered"], counts["binding"]);
    assert_eq!(counts["sentences"], told["sentences"].as_array().unwrap().len());
    assert!(typed("programme coverage lua-2008").ended(0).out.contains("Täckning"));
}

#[test]
fn what_is_shipped_has_no_problems() {
    assert!(typed("programme check").ended(0).out.contains("lua-2008: inga problem"));
    let told = typed("programme check --json").ended(0).json();
    assert_eq!(told[0]["programme"], "lua-2008");
    assert_eq!(told[0]["problems"], serde_json::json!([]));
    typed("programme check nothing").ended(2);
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/lua-2008")
}

/// A copy of the 2008 programme with these changes in its files.
fn copy(changes: &[(&str, &str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(shipped()).unwrap() {
        let file = entry.unwrap().path();
        std::fs::copy(&file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    for (name, from, to) in changes {
        let file = folder.path().join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{name} does not contain {from}");
        std::fs::write(&file, text.replacen(from, to, 1)).unwrap();
    }
    folder
}

#[test]
fn a_broken_programme_is_told_every_problem_at_once_with_its_place() {
    let folder = copy(&[
        ("programme.toml", "[programme]\n", "[programme]\nnmae = \"x\"\n"),
        (
            "programme.toml",
            "senast den 31 december varje år redovisas",
            "senast den 30 december varje år redovisas",
        ),
        ("districts.csv", "01800154", "01810154"),
        ("districts.csv", "01800148", "01800151"),
    ]);
    let path = folder.path().to_str().unwrap();
    let told = run(&["programme", "check", path, "--json"]).ended(1).json();
    let problems = told[0]["problems"].as_array().unwrap();
    let has = |code: &str, place: &str| {
        problems.iter().any(|p| p["code"] == code && p["place"].as_str().unwrap().contains(place))
    };
    assert!(has("key-unknown", "programme.toml:"), "{problems:#?}");
    assert!(has("quotation-differs", "programme.toml:"), "{problems:#?}");
    assert!(has("district-code-wrong-municipality", "districts.csv:"), "{problems:#?}");
    assert!(has("district-code-duplicate", "districts.csv:"), "{problems:#?}");
    for problem in problems {
        assert!(
            !problem["sentence"].as_str().unwrap().starts_with(problem["code"].as_str().unwrap()),
            "{problem}"
        );
    }
    let words = run(&["programme", "check", path]).ended(1).out;
    assert!(words.contains("key-unknown") && words.contains("districts.csv:"), "{words}");
}

#[test]
fn a_sentence_that_nothing_carries_is_a_warning_and_no_problem() {
    let folder = copy(&[]);
    let source = std::fs::read_to_string(folder.path().join("source.txt")).unwrap();
    let line = source.lines().find(|line| line.contains("tvärssektoriellt")).unwrap().to_owned();
    let more = format!("{line} Kommunen ska dessutom bygga en bro.");
    std::fs::write(folder.path().join("source.txt"), source.replacen(&line, &more, 1)).unwrap();
    let told = run(&["programme", "check", folder.path().to_str().unwrap(), "--json"]).ended(0).json();
    assert_eq!(told[0]["warnings"][0]["code"], "sentence-uncovered", "{told:#}");
    run(&["programme", "coverage", folder.path().to_str().unwrap()]).ended(1);
}

#[test]
fn a_folder_that_is_no_programme_is_told_which_files_are_missing() {
    let folder = tempfile::tempdir().unwrap();
    let ran = run_in(folder.path(), &["programme", "check", "."]).ended(1);
    for name in
        ["programme.toml", "source.txt", "recipients.csv", "districts.csv", "agreement.typ", "letter.typ"]
    {
        assert!(ran.out.contains(name), "{name}: {}", ran.out);
    }
}
