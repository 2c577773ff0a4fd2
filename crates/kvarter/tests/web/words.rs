//! Every code that the domain and the services speak in has its words, in both languages.

use std::collections::BTreeSet;
use std::path::Path;

use kvarter::language::Words;
use kvarter_domain::event::Happened;
use kvarter_domain::person::Role;
use kvarter_domain::text::Language;

/// The sources of the crates whose codes are turned into words here, tests left out.
fn sources() -> Vec<String> {
    let mut found = Vec::new();
    for name in ["kvarter-domain", "kvarter-services", "kvarter"] {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src"), &mut found);
    }
    found
}

fn read(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            found.push(text.split("#[cfg(test)]").next().unwrap_or_default().to_owned());
        }
    }
}

/// The codes that stand as literals after any of these.
fn codes_after(sources: &[String], openings: &[&str]) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for source in sources {
        for opening in openings {
            for rest in source.split(opening).skip(1) {
                let rest = rest.trim_start();
                let Some(code) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
                    continue;
                };
                if code.contains('-') && !code.ends_with('-') && !code.contains(['{', ' ', '.', '/']) {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    codes
}

fn have_words(keys: impl IntoIterator<Item = String>) {
    let keys: Vec<String> = keys.into_iter().collect();
    assert!(!keys.is_empty(), "the sources name codes");
    let missing: Vec<String> = [Language::Sv, Language::En]
        .into_iter()
        .flat_map(|language| {
            let lacking = keys.iter().filter(move |key| !Words(language).has(key));
            lacking.map(move |key| format!("{key} ({})", language.tag()))
        })
        .collect();
    assert!(missing.is_empty(), "without words: {}", missing.join(", "));
}

#[test]
fn every_problem_has_its_sentence() {
    let mut codes = codes_after(&sources(), &["Problem::new(", "about("]);
    for code in ["empty", "too-large", "of-unknown-kind", "damaged", "encrypted", "too-many-pages"] {
        codes.insert(format!("upload-{code}"));
    }
    let notes = ["missing-", "evidence-", "remark-"];
    have_words(
        codes.into_iter().filter(|c| !notes.iter().any(|n| c.starts_with(n))).map(|c| format!("problem-{c}")),
    );
}

#[test]
fn every_note_of_a_proof_has_its_sentence() {
    let sources = sources();
    let mut codes = codes_after(&sources, &["Note::new(", "about("]);
    codes.retain(|code| ["missing-", "evidence-", "remark-"].iter().any(|note| code.starts_with(note)));
    for party in ["state", "municipality"] {
        codes.insert(format!("evidence-approved-{party}"));
        for what in ["approved", "signed", "initialled"] {
            codes.insert(format!("missing-{what}-{party}"));
        }
    }
    have_words(codes);
}

#[test]
fn roles_receipts_and_the_registers_own_words_have_theirs() {
    let sources = sources();
    have_words(Role::ALL.map(|role| format!("role-{}", role.code())));
    let receipts =
        codes_after(&sources, &["Receipt::new(to, ", "Receipt::new(&to, ", "Receipt::numbered(to, "]);
    have_words(receipts.into_iter().map(|code| format!("flash-{code}")));
    have_words(codes_after(&sources, &["app.words("]));
}

#[test]
fn every_act_has_its_heading_and_its_button_and_every_field_its_label() {
    let sources = sources();
    let named = |opening: &str| -> BTreeSet<String> {
        let pages = sources.iter().filter(|source| source.contains("act::"));
        let parts =
            pages.flat_map(|source| source.split(opening).skip(1).map(str::to_owned).collect::<Vec<_>>());
        parts.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    };
    have_words(named(".field(\"").into_iter().map(|name| format!("field-{name}")));
    let acts = [
        "receive",
        "approve",
        "approve-state",
        "send",
        "send-back",
        "register-return",
        "keep",
        "meet",
        "extend",
        "agree-day",
        "receive-account",
        "correct",
        "register",
        "secrecy",
        "add-person",
        "end-mandate",
        "issue",
        "send-all",
        "districts",
        "scan",
    ];
    have_words(acts.iter().flat_map(|act| [format!("act-{act}"), format!("act-{act}-button")]));
}

#[test]
fn everything_that_can_happen_has_its_words() {
    have_words(Happened::ALL.iter().map(|what| format!("happened-{}", what.code())));
}
