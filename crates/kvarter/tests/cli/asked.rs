//! Help, and what is asked wrongly.

use crate::{run, run_in, typed};

/// Every verb, as one types it.
const VERBS: &[&str] = &[
    "demo",
    "serve",
    "migrate",
    "programme",
    "programme check",
    "programme duties",
    "programme coverage",
    "agreement",
    "agreement issue",
    "agreement show",
    "agreement validity",
    "agreement compare",
    "verify",
    "duty",
    "duty list",
    "plan",
    "plan new",
    "plan check",
    "plan show",
    "plan diff",
    "plan import",
    "plan export",
    "plan report",
    "partnership",
    "partnership show",
    "collaboration",
    "collaboration show",
    "registry",
    "registry list",
    "registry show",
    "log",
    "log verify",
    "log proof",
    "log checkpoint",
    "person",
    "person add",
    "person list",
    "doctor",
    "completions",
];

#[test]
fn every_verb_has_help_with_an_example() {
    let all = run(&["--help"]).ended(0);
    assert!(all.out.contains("Hur ett verb slutar:"));
    for verb in VERBS {
        let help = typed(&format!("{verb} --help")).ended(0);
        let groups = [
            "programme",
            "agreement",
            "duty",
            "plan",
            "partnership",
            "collaboration",
            "registry",
            "log",
            "person",
        ];
        let told = if groups.contains(verb) { "Verb:" } else { "kvarter " };
        assert!(help.out.contains(told), "{verb}:\n{}", help.out);
        assert!(
            groups.contains(verb) || help.out.contains("Exempel:"),
            "{verb} has no example:\n{}",
            help.out
        );
    }
}

#[test]
fn every_verb_that_prints_data_can_print_json() {
    for verb in
        VERBS.iter().filter(|verb| verb.contains(' ') || matches!(**verb, "migrate" | "doctor" | "verify"))
    {
        assert!(typed(&format!("{verb} --help")).out.contains("--json"), "{verb}");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(&["completions", shell]).ended(0).out.contains("kvarter"), "{shell}");
    }
    typed("completions tcsh").ended(2);
}

#[test]
fn an_unknown_verb_or_argument_is_asked_wrongly() {
    for line in
        ["", "nothing", "programme", "demo --nothing", "log proof", "--language fi doctor", "demo --port x"]
    {
        let ran = typed(line).ended(2);
        assert!(ran.out.is_empty(), "{line}: {}", ran.out);
        assert!(!ran.err.is_empty(), "{line}");
    }
}

#[test]
fn a_verb_that_needs_a_house_says_how_to_name_one() {
    for line in [
        "agreement show lua-2008/0180",
        "agreement validity lua-2008/0180",
        "duty list",
        "registry list",
        "registry show x",
        "log verify",
        "log checkpoint",
        "log proof 1",
        "migrate",
        "doctor",
        "serve",
    ] {
        let ran = typed(line).ended(2);
        assert!(ran.err.contains("--data") && ran.err.contains("--settings"), "{line}: {}", ran.err);
    }
}

#[test]
fn looking_at_a_house_that_is_not_there_does_not_make_one() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["duty list", "log verify", "registry list", "agreement show lua-2008/0180"] {
        let mut arguments: Vec<&str> = line.split_whitespace().collect();
        arguments.extend(["--data", "house"]);
        let ran = run_in(folder.path(), &arguments).ended(2);
        assert!(ran.err.contains("kvarter migrate"), "{line}: {}", ran.err);
    }
    assert!(!folder.path().join("house").exists());
}

#[test]
fn garbage_in_every_argument_is_told_all_at_once() {
    for (line, places) in [
        ("programme duties nothing --municipality x --in-force y", vec!["nothing", "--in-force"]),
        ("programme duties lua-2008 --municipality x --in-force y", vec!["--municipality", "--in-force"]),
        ("agreement compare a.pdf b.pdf --programme nothing", vec!["a.pdf", "b.pdf", "nothing"]),
        ("agreement show x --as-of y", vec!["--data", "--as-of"]),
        (
            "agreement issue x --dated y",
            vec!["--data", "--reference", "--state-signatory", "--officer", "--dated", "--municipality"],
        ),
        (
            "duty list --debtor x --stands y --year z --as-of w",
            vec!["--debtor", "--stands", "--year", "--as-of"],
        ),
        ("registry list --limit many", vec!["--limit", "--data"]),
        ("log proof x", vec!["EVENT", "--data"]),
        ("log proof --from 0 --to y", vec!["--from", "--to", "--data"]),
        ("log proof --from 9 --to 3", vec!["--from, --to", "--data"]),
        ("log verify --checkpoint nothing.txt", vec!["nothing.txt", "--data"]),
        (
            "person add --from x --to y",
            vec!["--name", "--organisation", "--role", "--from", "--to", "--data"],
        ),
        ("demo --until x", vec!["--until"]),
    ] {
        let ran = typed(line).ended(2);
        for place in places {
            assert!(ran.err.contains(place), "{line} does not tell of {place}:\n{}", ran.err);
        }
        assert!(ran.out.is_empty(), "{line}");
    }
}

#[test]
fn every_error_is_told_in_the_language_asked_for() {
    let swedish = typed("programme duties lua-2008 --municipality 0180 --in-force y").ended(2).err;
    let english =
        typed("--language en programme duties lua-2008 --municipality 0180 --in-force y").ended(2).err;
    assert!(swedish.contains("ingen dag") && english.contains("not a day"), "{swedish}{english}");
}

#[test]
fn settings_are_told_everything_that_is_wrong_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        "dta = \"x\"\nlisten = \"everywhere\"\nsecure_cookies = \"yes\"\n[documents.s3]\nbucket = \"b\"\n";
    std::fs::write(folder.path().join("kvarter.toml"), text).unwrap();
    let ran = run_in(folder.path(), &["doctor"]).ended(2);
    for told in [
        "kvarter.toml:1 dta",
        "kvarter.toml:2 listen",
        "kvarter.toml:3",
        "documents.s3.secret_key",
        "KVARTER_DATABASE",
    ] {
        assert!(ran.err.contains(told), "{told} is not told of:\n{}", ran.err);
    }
    assert!(ran.err.contains("Närmast ligger data"), "{}", ran.err);
}

#[test]
fn a_settings_file_that_is_none_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("noise"), [0xff, 0xfe, 0x00]).unwrap();
    for name in ["nothing.toml", "noise", "."] {
        let ran = run_in(folder.path(), &["doctor", "--settings", name]).ended(2);
        assert!(ran.err.contains(name), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_read_is_told_in_the_language_asked_for() {
    for (line, swedish, english) in [
        ("nothing", "Verbet nothing finns inte", "There is no command nothing"),
        ("dmo", "Närmast ligger demo", "The nearest is demo"),
        ("demo --nothing", "Argumentet --nothing finns inte här", "There is no argument --nothing here"),
        ("demo --port x", "kan inte vara ”x”", "cannot be “x”"),
        ("completions tcsh", "Välj bland: bash", "Choose among: bash"),
        ("log proof", "Det här saknas: <EVENT>", "This is missing: <EVENT>"),
        ("demo --open --open", "bara anges en gång", "only be given once"),
    ] {
        let told = typed(line).ended(2).err;
        assert!(told.contains(swedish) && told.contains("--help"), "{line}: {told}");
        let told = typed(&format!("--language en {line}")).ended(2).err;
        assert!(told.contains(english), "{line}: {told}");
    }
}

#[test]
fn an_empty_variable_asks_for_nothing_and_a_strange_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let with = |name: &str, value: &str| {
        let mut command = crate::command(folder.path(), &["programme", "check"]);
        crate::Ran::of(&command.env(name, value).output().unwrap()).kind()
    };
    assert!(with("KVARTER_LANGUAGE", "").ended(0).out.contains("inga problem"));
    assert!(with("KVARTER_LANGUAGE", "en").ended(0).out.contains("no problems"));
    assert!(with("KVARTER_LANGUAGE", "fi").ended(2).err.contains("sv och en"));
    let mut doctor = crate::command(folder.path(), &["doctor"]);
    let told = crate::Ran::of(&doctor.env("KVARTER_SETTINGS", "").output().unwrap()).ended(2).err;
    assert!(told.contains("--data"), "{told}");
}
