//! Rules on what stands in source files: their opening, their words, and what they may reach for.

use super::Finding;
use super::rust::Source;
use super::tree::{File, Tree};

/// Every file of Rust says first what it is for and what it leaves to others.
pub(super) fn module_docs(tree: &Tree) -> Vec<Finding> {
    let silent = tree.ending(".rs").filter(|file| !file.text.starts_with("//!"));
    silent
        .map(|file| Finding::new("module-docs", &file.path, 1, "opens without `//!` saying what it is for"))
        .collect()
}

/// Marks of unfinished work, spelled so that this file does not hold them.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
    concat!("unimple", "mented!"),
    concat!("to", "do!"),
];

/// Nothing is left unfinished in the tree; what is not done is said in the notes, not hidden in it.
pub(super) fn unfinished(tree: &Tree) -> Vec<Finding> {
    let kinds = [".rs", ".html", ".typ", ".ftl", ".sql", ".css", ".mjs", ".js", ".java", ".toml", ".py"];
    let files = tree.all().iter().filter(|file| kinds.iter().any(|kind| file.path.ends_with(kind)));
    lines_with(files, "unfinished", |line| {
        let mark = UNFINISHED.iter().find(|mark| has_word(line, mark))?;
        Some(format!("`{mark}`: finish it or take it away"))
    })
}

/// Only the store holds SQL.
pub(super) fn sql_outside_the_store(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.ending(".rs").filter(|file| file.path.starts_with("crates/") && !in_store(file)) {
        for literal in Source::of(file).literals.iter().filter(|literal| is_sql(&literal.text)) {
            findings.push(Finding::new(
                "sql-outside-the-store",
                &file.path,
                literal.line,
                "SQL stands in kvarter-store and nowhere else",
            ));
        }
    }
    findings
}

fn in_store(file: &File) -> bool {
    file.path.starts_with("crates/kvarter-store/")
}

fn is_sql(text: &str) -> bool {
    let text = text.to_lowercase();
    let then = |first: &str, second: &str| text.find(first).is_some_and(|at| text[at..].contains(second));
    then("select ", " from ")
        || then("insert into ", "(")
        || then("delete from ", " ")
        || then("update ", " set ")
        || text.contains("create table")
}

/// Only one file knows what time it is. Clippy refuses these calls too; this rule also sees code
/// that excuses itself from clippy.
pub(super) fn clock(tree: &Tree) -> Vec<Finding> {
    const CLOCKS: &[&str] = &[
        "Timestamp::now",
        "Zoned::now",
        "ZonedDateTime::now",
        "SystemTime::now",
        "Instant::now",
        "Utc::now",
        "Local::now",
    ];
    let mut findings = Vec::new();
    // An example that measures must look at the clock; it is no part of the product.
    let product = tree
        .ending(".rs")
        .filter(|file| file.path.starts_with("crates/") && !file.path.contains("/examples/"));
    for file in product.filter(|file| file.path != "crates/kvarter-services/src/clock.rs") {
        for (line, code) in
            Source::of(file).lines().filter(|(_, code)| CLOCKS.iter().any(|clock| code.contains(clock)))
        {
            let says = format!("reads a clock (`{}`); only kvarter-services/src/clock.rs does", code.trim());
            findings.push(Finding::new("clock", &file.path, line, says));
        }
    }
    findings
}

/// Rust gives codes and arguments; the language bundles give the words. A Swedish letter in a
/// string is the sign that a sentence has strayed.
pub(super) fn prose(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.ending(".rs").filter(|file| file.path.starts_with("crates/")) {
        for literal in Source::of(file)
            .product_literals()
            .filter(|literal| literal.text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']))
        {
            let says = format!("words for people belong in the language bundles: “{}”", literal.text);
            findings.push(Finding::new("prose-in-rust", &file.path, literal.line, says));
        }
    }
    findings
}

/// Tables that are not facts and may therefore change: everything else is only ever inserted.
const CHANGEABLE: &[&str] = &[
    "log_head",
    "session",
    "form_token",
    "job",
    "page_mark",
    "draft_presence",
    "draft_comment",
    "draft_task",
    "collaboration_draft",
];

/// Facts and events are inserted; no statement updates or deletes them.
pub(super) fn append_only(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut look = |path: &str, line: usize, text: &str| {
        let lower = text.to_lowercase();
        for verb in ["update ", "delete from "] {
            for (at, _) in lower.match_indices(verb) {
                let whole_word =
                    !lower[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
                let table: String = lower[at + verb.len()..]
                    .trim_start()
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                let statement = verb == "delete from " || lower[at..].contains(" set ");
                if whole_word && statement && !CHANGEABLE.contains(&table.as_str()) {
                    let says =
                        format!("`{verb}{table}`: facts and events are inserted and stay as they were");
                    findings.push(Finding::new("append-only", path, line, says));
                }
            }
        }
    };
    for file in tree.all().iter().filter(|file| in_store(file)) {
        if file.path.ends_with(".sql") {
            look(&file.path, 1, &file.text.split_whitespace().collect::<Vec<_>>().join(" "));
        } else if file.path.ends_with(".rs") {
            for literal in Source::of(file).product_literals() {
                look(
                    &file.path,
                    literal.line,
                    &literal.text.split_whitespace().collect::<Vec<_>>().join(" "),
                );
            }
        }
    }
    findings
}

/// How something stands is worked out from facts and a day; it is not a column.
pub(super) fn stored_status(tree: &Tree) -> Vec<Finding> {
    let sql = tree.ending(".sql").filter(|file| in_store(file));
    lines_with(sql, "stored-status", |line| {
        let code = line.split("--").next().unwrap_or_default();
        has_word(&code.to_lowercase(), "status")
            .then(|| "`status` is derived from dated facts, never stored".to_owned())
    })
}

/// Fragments that tie the tree to one machine or to a place things were downloaded from, spelled
/// so that this file does not hold them.
const PLACES: &[(&str, &str)] = &[
    (concat!("/ho", "me/"), "a path on somebody's machine"),
    (concat!("/ro", "ot/"), "a path on somebody's machine"),
    (concat!("/Us", "ers/"), "a path on somebody's machine"),
    (concat!("/wo", "rk/"), "a path on somebody's machine"),
    (concat!("regis", "try.npm"), "the address of a package registry"),
    (concat!("pypi", ".org"), "the address of a package registry"),
    (concat!("pythonhos", "ted"), "the address of a package registry"),
    (concat!("static.cra", "tes"), "the address of a package registry"),
    (concat!("index.cra", "tes"), "the address of a package registry"),
    (concat!("deb.deb", "ian"), "the address of a package registry"),
];

/// The tree stands on its own: no machine's paths, no registry's address.
pub(super) fn places(tree: &Tree) -> Vec<Finding> {
    lines_with(tree.all().iter(), "places", |line| {
        let (fragment, what) = PLACES.iter().find(|(fragment, _)| line.contains(fragment))?;
        Some(format!("`{fragment}` is {what}"))
    })
}

fn lines_with<'a>(
    files: impl Iterator<Item = &'a File>,
    rule: &'static str,
    says: impl Fn(&str) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(says) = says(line) {
                findings.push(Finding::new(rule, &file.path, index + 1, says));
            }
        }
    }
    findings
}

/// Whether `word` stands in `line` on its own and not inside a longer word.
fn has_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part) && (word.ends_with('!') || !line[at + word.len()..].starts_with(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> usize {
        rule(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_file_that_opens_without_a_word_is_found() {
        assert_eq!(found(module_docs, "crates/x/src/a.rs", "use std;\n"), 1);
        assert_eq!(found(module_docs, "crates/x/src/a.rs", "//! Why.\nuse std;\n"), 0);
    }

    #[test]
    fn unfinished_work_is_found_and_words_that_hold_the_mark_are_not() {
        let mark = UNFINISHED[0];
        assert_eq!(found(unfinished, "a.rs", &format!("// {mark} later")), 1);
        assert_eq!(found(unfinished, "a.rs", &format!("const {mark}S: u8 = 1;")), 0);
        assert_eq!(found(unfinished, "a.rs", &format!("{}()", UNFINISHED[4])), 1);
    }

    #[test]
    fn sql_is_found_outside_the_store_only() {
        let text = "const A: &str = \"SELECT a FROM b\";";
        assert_eq!(found(sql_outside_the_store, "crates/kvarter/src/web.rs", text), 1);
        assert_eq!(found(sql_outside_the_store, "crates/kvarter-store/src/a.rs", text), 0);
        let prose = "const A: &str = \"select the copies from the list\"; // select a from b";
        assert_eq!(
            found(sql_outside_the_store, "crates/kvarter/src/a.rs", prose),
            1,
            "too much like SQL to tell apart"
        );
        assert_eq!(
            found(sql_outside_the_store, "crates/kvarter/src/a.rs", "const A: &str = \"update the page\";"),
            0
        );
    }

    #[test]
    fn a_second_clock_is_found() {
        let text = "fn f() { let t = jiff::Timestamp::now(); }";
        assert_eq!(found(clock, "crates/kvarter/src/web.rs", text), 1);
        assert_eq!(found(clock, "crates/kvarter-services/src/clock.rs", text), 0);
        assert_eq!(found(clock, "crates/kvarter/src/web.rs", "// Timestamp::now\n"), 0);
    }

    #[test]
    fn a_swedish_sentence_in_rust_is_found_but_not_in_its_tests() {
        assert_eq!(found(prose, "crates/kvarter/src/a.rs", "const A: &str = \"Målet saknar dag\";"), 1);
        assert_eq!(found(prose, "crates/kvarter/src/a.rs", "#[cfg(test)] const A: &str = \"Målet\";"), 0);
    }

    #[test]
    fn a_statement_that_rewrites_history_is_found() {
        let path = "crates/kvarter-store/src/registry.rs";
        assert_eq!(found(append_only, path, "const A: &str = \"update record set subject = $1\";"), 1);
        assert_eq!(found(append_only, path, "const A: &str = \"delete from event where seq = $1\";"), 1);
        assert_eq!(found(append_only, path, "const A: &str = \"update log_head set size = size\";"), 0);
    }

    #[test]
    fn a_status_column_is_found() {
        assert_eq!(
            found(stored_status, "crates/kvarter-store/migrations/1.sql", "create table a (status text);"),
            1
        );
        assert_eq!(found(stored_status, "crates/kvarter-store/migrations/1.sql", "-- no status here\n"), 0);
    }

    #[test]
    fn a_machine_s_path_is_found() {
        assert_eq!(found(places, "README.md", &format!("see {}anna/x", PLACES[0].0)), 1);
    }
}
