//! Which crate may use which: the graph in ARCHITECTURE.md, checked against the manifests.

use super::Finding;
use super::tree::{File, Tree};

/// Each crate of ours, the crates of ours it may use, and what it must never touch.
const ALLOWED: &[(&str, &[&str], &[&str])] = &[
    ("kvarter-domain", &[], &["tokio", "sqlx", "axum", "rand", "uuid", "tracing", "typst"]),
    ("kvarter-signatures", &[], &["tokio", "sqlx", "axum", "rand", "uuid", "tracing", "typst", "lopdf"]),
    ("kvarter-evaluation", &[], &["tokio", "sqlx", "axum", "uuid", "tracing", "typst", "jiff"]),
    ("kvarter-documents", &["kvarter-domain"], &["tokio", "sqlx", "axum", "rand"]),
    ("kvarter-store", &["kvarter-domain"], &["axum", "typst"]),
    (
        "kvarter-services",
        &["kvarter-domain", "kvarter-signatures", "kvarter-evaluation", "kvarter-documents", "kvarter-store"],
        &["axum", "sqlx", "typst", "fluent-bundle"],
    ),
    ("kvarter", &["kvarter-domain", "kvarter-signatures", "kvarter-services"], &["sqlx", "typst"]),
    ("xtask", &[], &["tokio"]),
];

/// What no crate of ours uses, whatever others bring with them: one library for time, one for TLS.
const NEVER: &[&str] = &["chrono", "time", "lazy_static", "once_cell", "openssl", "native-tls"];

/// A crate may use what stands above it in the graph, never what stands below or beside.
pub(super) fn direction(tree: &Tree) -> Vec<Finding> {
    const RULE: &str = "crate-direction";
    let mut findings = Vec::new();
    for manifest in tree.ending("Cargo.toml").filter(|file| file.path != "Cargo.toml") {
        let Ok(table) = manifest.text.parse::<toml::Table>() else {
            findings.push(Finding::new(RULE, &manifest.path, 1, "cannot be read as TOML"));
            continue;
        };
        let name = table.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
        let Some((name, ours, never)) = ALLOWED.iter().find(|(known, ..)| Some(*known) == name) else {
            findings.push(Finding::new(RULE, &manifest.path, 1, "a crate that the graph does not know"));
            continue;
        };
        for used in dependencies(&table) {
            let is_ours = ALLOWED.iter().any(|(known, ..)| *known == used);
            if is_ours && !ours.contains(&used.as_str())
                || never.contains(&used.as_str())
                || NEVER.contains(&used.as_str())
            {
                let says = format!("{name} may not use {used}");
                findings.push(Finding::new(RULE, &manifest.path, line_of(manifest, &used), says));
            }
        }
    }
    findings
}

/// What a crate uses at run time or to build; tests may use more.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let tables = ["dependencies", "build-dependencies"];
    let tables = tables.iter().filter_map(|name| manifest.get(*name)?.as_table());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn line_of(manifest: &File, used: &str) -> usize {
    manifest.text.lines().position(|line| line.starts_with(used)).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_reaches_for_the_store_is_found() {
        let manifest = "[package]\nname = \"kvarter\"\n[dependencies]\nkvarter-store.workspace = true\n";
        let findings = direction(&Tree::of(&[("crates/kvarter/Cargo.toml", manifest)]));
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].line, findings[0].says.as_str()), (4, "kvarter may not use kvarter-store"));
    }

    #[test]
    fn a_domain_that_waits_for_something_is_found() {
        let manifest = "[package]\nname = \"kvarter-domain\"\n[dependencies]\ntokio = \"1\"\n";
        assert_eq!(direction(&Tree::of(&[("crates/kvarter-domain/Cargo.toml", manifest)])).len(), 1);
    }

    #[test]
    fn services_stand_on_all_that_is_above_them() {
        let manifest = "[package]\nname = \"kvarter-services\"\n[dependencies]\nkvarter-store = \"0\"\nkvarter-documents = \"0\"\n";
        assert_eq!(direction(&Tree::of(&[("crates/kvarter-services/Cargo.toml", manifest)])), []);
    }
}
