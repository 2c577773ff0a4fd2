//! Plans, partnerships and collaboration agreements from the terminal, in the house that the demonstration leaves
//! when Stockholm's plans have been revised.

use std::path::Path;

use serde_json::Value;

use crate::house::Serving;
use crate::{Ran, run_in};

const HUSBY: &str = "lua-2008/0180/01800154";

/// A house of its own, with the case carried on to the day after the revised plans were adopted.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn carried_on() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = ["demo", "--data", "house", "--until", "2009-12-11", "--port", "0"];
        assert_eq!(Serving::start(folder.path(), &demo, &[]).end(), Some(0));
        Self { folder }
    }

    fn here(&self) -> &Path {
        self.folder.path()
    }

    fn go(&self, line: &str) -> Ran {
        let mut arguments: Vec<&str> = line.split_whitespace().collect();
        arguments.extend(["--data", "house"]);
        run_in(self.here(), &arguments)
    }
}

#[test]
fn plans_are_read_compared_carried_out_and_in_and_reported() {
    let case = Case::carried_on();
    shown_and_compared(&case);
    asked_wrongly(&case);
    partners_and_people(&case);
    out_and_in(&case);
    reported(&case);
}

fn shown_and_compared(case: &Case) {
    let shown = case.go(&format!("plan show {HUSBY} --json")).ended(0).json();
    assert_eq!(shown["version"]["serial"], 2);
    let goals = shown["content"]["goals"].as_array().unwrap().len();
    assert_eq!(shown["assessments"].as_array().unwrap().len(), goals);
    let first = case.go(&format!("plan show {HUSBY} --number 1 --json")).ended(0).json();
    assert_eq!(first["version"]["serial"], 1);
    let words = case.go(&format!("plan show {HUSBY}")).ended(0).out;
    assert!(words.contains("Husby") && words.contains("S+"), "{words}");

    let changes = case.go(&format!("plan diff {HUSBY} --json")).ended(0).json();
    let changed = |part: &str| changes.as_array().unwrap().iter().any(|change| change["part"] == part);
    assert!(changed("goal/g1"), "{changes}");
    let words = case.go(&format!("plan diff {HUSBY}")).ended(0).out;
    assert!(words.contains("- 55\n") && words.contains("+ 53,5\n"), "numbers as they are read:\n{words}");
    let english = case.go(&format!("--language en plan diff {HUSBY}")).ended(0).out;
    assert!(english.contains("+ 53.5\n"), "{english}");
    let same = case.go(&format!("plan diff {HUSBY} --from 1 --to 1")).ended(0).out;
    assert!(same.contains("säger samma sak"), "{same}");
}

fn asked_wrongly(case: &Case) {
    for (line, told) in [
        ("plan show nothing".to_owned(), "nothing"),
        ("plan show lua-2008/0180/999".to_owned(), "lua-2008/0180/999"),
        (format!("plan show {HUSBY} --number 9"), "De som finns är 1, 2"),
        (format!("plan diff {HUSBY} --from 7"), "De som finns är 1, 2"),
        (format!("plan export {HUSBY} --number 7 --output x.md"), "De som finns är 1, 2"),
        (format!("plan new {HUSBY} --output x.pdf"), "md, docx, xlsx"),
        (
            format!("plan new {HUSBY} --output nowhere/x.md"),
            "nowhere/x.md går inte att skriva: mappen finns inte",
        ),
        (format!("plan import {HUSBY} nowhere.xlsx --mandate x"), "nowhere.xlsx"),
        (format!("plan report {HUSBY} --mandate x"), "kvarter person list"),
        ("partnership show lua-2008/9999".to_owned(), "lua-2008/9999"),
        ("collaboration show lua-2008/0180/nobody".to_owned(), "nobody"),
        ("collaboration show lua-2008/0180 --as-of 2009-02-30".to_owned(), "2009-02-30"),
        ("person list --organisation Atlantis".to_owned(), "Atlantis"),
    ] {
        let ran = case.go(&line).ended(2);
        assert!(ran.err.contains(told) && ran.out.is_empty(), "{line}\n{}{}", ran.out, ran.err);
    }
    assert!(!case.here().join("x.md").exists(), "what is refused writes nothing");
}

fn partners_and_people(case: &Case) {
    let partnership = case.go("partnership show lua-2008/0180 --as-of 2009-12-11 --json").ended(1).json();
    assert_eq!(partnership["gaps"][0]["lack"], "not-in-group", "someone is missing in Rågsved's group");
    let named = |name: &str| {
        partnership["partners"].as_array().unwrap().iter().any(|one| one["partner"]["name"] == name)
    };
    assert!(named("Försäkringskassan") && named("Svenska Bostäder"));
    let before = case.go("partnership show lua-2008/0180 --as-of 2008-10-20").ended(1).out;
    assert!(before.contains("Polismyndigheten"), "who was ordered to take part is missing:\n{before}");
    let one = case.go("collaboration show lua-2008/0180/forsakringskassan --as-of 2009-03-01").ended(0).out;
    assert!(one.contains("Försäkringskassan") && one.contains("c1"), "{one}");
    // The residents' councils have none.
    case.go("collaboration show lua-2008/0180 --as-of 2009-12-11").ended(1);

    let people = case.go("person list --organisation Stockholm --all --json").ended(0).json();
    let held: Vec<&Value> = people.as_array().unwrap().iter().collect();
    assert!(held.iter().all(|one| one["organisation"] == "0180"), "{people}");
    assert!(held.iter().any(|one| one["mandate"] == "demo-coordinator"), "{people}");
    assert!(case.go("person list").ended(0).out.contains("demo-coordinator"));
}

fn out_and_in(case: &Case) {
    case.go(&format!("plan new {HUSBY} --output empty.docx")).ended(0);
    for ending in ["md", "docx", "xlsx"] {
        let file = format!("draft.{ending}");
        let told = case.go(&format!("plan export {HUSBY} --output {file} --json")).ended(0).json();
        assert_eq!(told["bytes"], std::fs::metadata(case.here().join(&file)).unwrap().len());
        let line = format!("plan import {HUSBY} {file} --mandate demo-coordinator --json");
        assert_eq!(case.go(&line).ended(0).json()["written"], 0, "what came out goes in unchanged: {ending}");
    }
    let text = std::fs::read_to_string(case.here().join("draft.md")).unwrap();
    std::fs::write(case.here().join("changed.md"), text.replace("53,5", "54")).unwrap();
    let line = format!("plan import {HUSBY} changed.md --mandate demo-coordinator --json");
    assert!(case.go(&line).ended(0).json()["written"].as_i64().unwrap() > 0);
    std::fs::write(case.here().join("broken.xlsx"), b"PK\x03\x04 no workbook").unwrap();
    let before = case.go(&format!("plan check {HUSBY} --json")).json();
    case.go(&format!("plan import {HUSBY} broken.xlsx --mandate demo-coordinator")).ended(1);
    assert_eq!(case.go(&format!("plan check {HUSBY} --json")).json(), before, "the draft is as it was");
    // The state's officer does not write the municipality's plan.
    case.go(&format!("plan import {HUSBY} draft.md --mandate demo-officer")).ended(1);
}

fn reported(case: &Case) {
    let told = case.go(&format!("plan report {HUSBY} --mandate demo-coordinator --json")).ended(0).json();
    assert_eq!(told["duty"], "lua-2008/0180/report-plan/01800154/2009");
    let shown = case.go(&format!("registry show {}", told["record"].as_str().unwrap())).ended(0).out;
    assert!(shown.contains(told["number"].as_str().unwrap()), "{shown}");
    case.go(&format!("plan report {HUSBY} --mandate demo-coordinator")).ended(1);
    case.go("log verify").ended(0);
}
