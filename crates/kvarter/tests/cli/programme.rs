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
    let (last, more) = ("ansvar.\n", "ansvar. Kommunen ska dessutom bygga en bro.\n");
    // What the source says the template says too.
    let folder = copy(&[("source.txt", last, more), ("agreement.typ", last, more)]);
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

/// The problems of a copy of the 2008 programme with these changes: code, place, clause and sentence.
fn found(changes: &[(&str, &str, &str)]) -> Vec<[String; 4]> {
    let folder = copy(changes);
    let told = run(&["programme", "check", folder.path().to_str().unwrap(), "--json"]).ended(1).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let problems = told[0]["problems"].as_array().unwrap();
    problems.iter().map(|p| [&p["code"], &p["place"], &p["clause"], &p["sentence"]].map(text)).collect()
}

/// Words changed in the templates, and where each is to be told: place, clause, words of the sentence.
const DEPARTURES: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("agreement.typ", "[Uppföljning]", "[Kontroll]", "agreement.typ:39", "", "Kontroll"),
    ("agreement.typ", "[utbildning,]", "[bildning,]", "agreement.typ:101", "4", "utbildning"),
    ("agreement.typ", "Kommunen ska träffa", "Kommunen kan träffa", "agreement.typ:114", "5", "kan"),
    ("agreement.typ", "den 1 oktober varje", "den 1 november varje", "agreement.typ:124", "6", "november"),
    (
        "agreement.typ",
        "kommunstyrelsen i #data.municipality,",
        "kommunstyrelsen i Stockholms kommun,",
        "agreement.typ",
        "8",
        "Stockholms kommun",
    ),
    ("letter.typ", "[REGERINGSKANSLIET]", "[REGERINGEN]", "letter.typ", "L", "REGERINGEN"),
    ("letter.typ", "Båda avtalen ska", "Båda avtalen kan", "letter.typ:36", "L", "kan"),
    ("letter.typ", "(ange dnr. #data.return_reference)", "(ange dnr. IJ1)", "letter.typ:38", "L", "IJ1"),
];

#[test]
fn every_word_in_which_a_template_departs_from_the_source_is_told_with_clause_line_and_both_wordings() {
    let changes: Vec<(&str, &str, &str)> = DEPARTURES.iter().map(|d| (d.0, d.1, d.2)).collect();
    let problems = found(&changes);
    for (.., to, place, clause, words) in DEPARTURES {
        let told = problems.iter().any(|[code, at, resting_on, sentence]| {
            code == "template-departs"
                && at.starts_with(place)
                && resting_on == clause
                && sentence.contains(words)
        });
        assert!(told, "{to}: {problems:#?}");
    }
    // A word that is missing in the head and another in its place are told as two.
    assert_eq!(problems.len(), DEPARTURES.len() + 1, "{problems:#?}");
}

#[test]
fn a_template_that_cannot_be_set_is_told_with_its_line() {
    let problems = found(&[("letter.typ", "#data.officer\n]", "#data.officr\n]")]);
    let [code, place, _, sentence] = &problems[0];
    assert_eq!((code.as_str(), place.as_str()), ("template-cannot-be-set", "letter.typ:47"));
    assert!(sentence.contains("officr"), "{sentence}");
}

#[test]
fn a_programme_whose_template_departs_is_not_taken_into_use() {
    let folder = copy(&[("letter.typ", "Båda avtalen ska", "Båda avtalen kan")]);
    std::fs::write(folder.path().join("kvarter.toml"), "data = \"house\"\nprogrammes = [\".\"]\n").unwrap();
    let ran = run_in(folder.path(), &["registry", "list", "--data", "house"]);
    ran.ended(2);
    run_in(folder.path(), &["migrate"]).ended(0);
    let ran = run_in(folder.path(), &["agreement", "show", "lua-2008/0180"]);
    assert!(ran.err.contains("letter.typ") && ran.err.contains("ord för ord"), "{}{}", ran.out, ran.err);
    assert_eq!(ran.code, 1);
}

#[test]
fn a_rule_that_gives_another_day_than_its_quotation_names_is_a_warning() {
    let folder = copy(&[("programme.toml", "yearly = \"10-01\"", "yearly = \"10-15\"")]);
    let told = run(&["programme", "check", folder.path().to_str().unwrap(), "--json"]).ended(0).json();
    let warning = &told[0]["warnings"][0];
    assert_eq!(warning["code"], "day-quoted-and-not-given", "{told:#}");
    let sentence = warning["sentence"].as_str().unwrap();
    assert!(sentence.contains("1 oktober") && sentence.contains("10-15"), "{sentence}");
    assert_eq!(typed("programme check --json").json()[0]["warnings"], serde_json::json!([]));
}

#[test]
fn a_misspelt_code_system_is_one_problem_and_a_day_before_the_period_is_refused() {
    let problems = found(&[("programme.toml", "system = \"sams\"", "system = \"samms\"")]);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let line = "programme duties lua-2008 --municipality 0180 --in-force 1999-01-01";
    assert!(typed(line).ended(2).err.contains("1 januari 2008"), "{}", typed(line).err);
}
