//! What we depend on, in law and in number: `deny.toml`, read against cargo's own account of the tree.
//!
//! A small part of what cargo-deny does, because compiling that would cost more than compiling
//! Kvarter. The file keeps its format, so that whoever has cargo-deny may run it too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Finding;
use crate::run;

/// What `deny.toml` says.
#[derive(Default)]
struct Policy {
    allowed: BTreeSet<String>,
    banned: BTreeMap<String, String>,
    tolerated_twice: BTreeSet<String>,
}

/// Checks every package that is built on this kind of machine. Gives how many there are.
pub(crate) fn check(root: &Path) -> Result<(u64, Vec<Finding>)> {
    let policy = Policy::read(&std::fs::read_to_string(root.join("deny.toml"))?)?;
    let metadata = metadata(root)?;
    let packages = packages(&metadata)?;
    let mut findings = policy.judge(&packages);
    findings.extend(pure_domain(&metadata));
    Ok((packages.len() as u64, findings))
}

/// The folder cargo builds in.
pub(crate) fn target(root: &Path) -> Result<PathBuf> {
    let metadata = metadata(root)?;
    let target = metadata["target_directory"].as_str().context("cargo names its target folder")?;
    Ok(PathBuf::from(target))
}

fn metadata(root: &Path) -> Result<Value> {
    let about = run::quietly(std::process::Command::new("rustc").arg("-vV").current_dir(root))?;
    let host =
        about.out.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names its host")?;
    let mut command = run::cargo(root);
    command.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host]);
    let said = run::quietly(&mut command)?;
    ensure!(said.ok, "cargo metadata failed:\n{}", said.err);
    Ok(serde_json::from_str(&said.out)?)
}

/// A package that is built, and its licence as it states it.
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}

fn packages(metadata: &Value) -> Result<Vec<Package>> {
    let nodes = metadata["resolve"]["nodes"].as_array().context("cargo resolves the tree")?;
    let built: BTreeSet<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let all = metadata["packages"].as_array().context("cargo lists packages")?;
    let text = |package: &Value, field: &str| package[field].as_str().map(str::to_owned);
    Ok(all
        .iter()
        .filter(|package| package["id"].as_str().is_some_and(|id| built.contains(id)))
        .map(|package| Package {
            name: text(package, "name").unwrap_or_default(),
            version: text(package, "version").unwrap_or_default(),
            licence: text(package, "license"),
        })
        .collect())
}

impl Policy {
    fn read(text: &str) -> Result<Self> {
        let table: toml::Table = text.parse().context("deny.toml cannot be read as TOML")?;
        let list = |part: &str, name: &str| -> Vec<toml::Value> {
            table
                .get(part)
                .and_then(|part| part.get(name))
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let name = |value: &toml::Value| -> Option<String> {
            value.as_str().or_else(|| value.get("name")?.as_str()).map(str::to_owned)
        };
        let banned = list("bans", "deny").into_iter().filter_map(|value| {
            let reason =
                value.get("reason").and_then(toml::Value::as_str).unwrap_or("it is banned").to_owned();
            Some((name(&value)?, reason))
        });
        Ok(Self {
            allowed: list("licenses", "allow").iter().filter_map(name).collect(),
            banned: banned.collect(),
            tolerated_twice: list("bans", "skip").iter().filter_map(name).collect(),
        })
    }

    fn judge(&self, packages: &[Package]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for package in packages {
            versions.entry(&package.name).or_default().insert(&package.version);
            let named = format!("{} {}", package.name, package.version);
            match &package.licence {
                None => findings.push(finding(format!("{named} states no licence"))),
                Some(licence) if !self.accepts(licence) => {
                    findings.push(finding(format!("{named} is under {licence}, which is not allowed")));
                }
                Some(_) => {}
            }
            if let Some(reason) = self.banned.get(&package.name) {
                findings.push(finding(format!("{named} is banned: {reason}")));
            }
        }
        for (name, versions) in &versions {
            if versions.len() > 1 && !self.tolerated_twice.contains(*name) {
                let versions: Vec<&str> = versions.iter().copied().collect();
                findings.push(finding(format!(
                    "{name} is built more than once ({}); mend it, or list it under `skip` with why",
                    versions.join(", ")
                )));
            }
        }
        for name in &self.tolerated_twice {
            if versions.get(name.as_str()).is_none_or(|versions| versions.len() < 2) {
                findings.push(finding(format!("{name} is no longer built twice: take it off `skip`")));
            }
        }
        findings
    }

    /// Whether a licence expression can be met with what is allowed: `AND` needs all, `OR` one.
    fn accepts(&self, expression: &str) -> bool {
        // Older manifests write `MIT/Apache-2.0` for a choice.
        let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let met = self.any_of(&words, &mut at);
        met && at == words.len()
    }

    fn any_of(&self, words: &[&str], at: &mut usize) -> bool {
        let mut met = self.all_of(words, at);
        while words.get(*at) == Some(&"OR") {
            *at += 1;
            met |= self.all_of(words, at);
        }
        met
    }

    fn all_of(&self, words: &[&str], at: &mut usize) -> bool {
        let mut met = self.one(words, at);
        while words.get(*at) == Some(&"AND") {
            *at += 1;
            met &= self.one(words, at);
        }
        met
    }

    fn one(&self, words: &[&str], at: &mut usize) -> bool {
        let Some(word) = words.get(*at) else {
            return false;
        };
        *at += 1;
        if *word == "(" {
            let met = self.any_of(words, at);
            *at += 1;
            return met;
        }
        if words.get(*at) == Some(&"WITH") {
            let whole = format!("{word} WITH {}", words.get(*at + 1).unwrap_or(&""));
            *at += 2;
            return self.allowed.contains(&whole) || self.allowed.contains(*word);
        }
        self.allowed.contains(*word)
    }
}

fn finding(says: String) -> Finding {
    Finding::new("licences", "deny.toml", 1, says)
}

/// What the domain must not even reach through others: anything that waits, stores or draws lots.
const IMPURE: &[&str] = &["tokio", "sqlx", "sqlx-core", "axum", "hyper", "getrandom", "rand", "async-std"];

fn pure_domain(metadata: &Value) -> Vec<Finding> {
    let empty = Vec::new();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap_or(&empty);
    let by_id: BTreeMap<&str, &Value> =
        nodes.iter().filter_map(|node| Some((node["id"].as_str()?, node))).collect();
    let Some(start) = by_id.keys().find(|id| name_in(id) == "kvarter-domain") else {
        return Vec::new();
    };
    let (mut reached, mut left) = (BTreeSet::new(), vec![*start]);
    while let Some(id) = left.pop() {
        if !reached.insert(id) {
            continue;
        }
        for used in by_id.get(id).and_then(|node| node["deps"].as_array()).unwrap_or(&empty) {
            let at_run_time =
                used["dep_kinds"].as_array().unwrap_or(&empty).iter().any(|kind| kind["kind"].is_null());
            if let Some(used) = used["pkg"].as_str().filter(|_| at_run_time) {
                left.push(used);
            }
        }
    }
    let impure = reached.iter().map(|id| name_in(id)).filter(|name| IMPURE.contains(name));
    impure
        .map(|name| {
            Finding::new(
                "crate-direction",
                "crates/kvarter-domain/Cargo.toml",
                1,
                format!("the domain reaches {name}"),
            )
        })
        .collect()
}

/// The package's name inside cargo's identifier: `…#name@1.0.0`, or `…/name#1.0.0` for our own.
fn name_in(id: &str) -> &str {
    let (before, after) = id.rsplit_once('#').unwrap_or(("", id));
    match after.split_once('@') {
        Some((name, _)) => name,
        None => before.rsplit('/').next().unwrap_or(before),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: &str = r#"
        [licenses]
        allow = ["MIT", "Apache-2.0", "Unicode-3.0"]
        [bans]
        deny = [{ name = "openssl-sys", reason = "we use rustls" }]
        skip = [{ name = "hashbrown", reason = "two trees want two" }]
    "#;

    fn says(packages: &[(&str, &str, Option<&str>)]) -> Vec<String> {
        let packages: Vec<Package> = packages
            .iter()
            .map(|(name, version, licence)| Package {
                name: (*name).into(),
                version: (*version).into(),
                licence: licence.map(str::to_owned),
            })
            .collect();
        let findings = Policy::read(DENY).expect("a policy").judge(&packages);
        findings
            .into_iter()
            .map(|finding| finding.says)
            .filter(|says| !says.contains("take it off"))
            .collect()
    }

    #[test]
    fn expressions_are_read_as_law_and_not_as_text() {
        let policy = Policy::read(DENY).expect("a policy");
        assert!(policy.accepts("MIT OR GPL-3.0"));
        assert!(policy.accepts("(GPL-3.0 OR MIT) AND Unicode-3.0"));
        assert!(policy.accepts("MIT/Apache-2.0"));
        assert!(policy.accepts("Apache-2.0 WITH LLVM-exception"));
        assert!(!policy.accepts("MIT AND GPL-3.0"));
        assert!(!policy.accepts("GPL-3.0"));
        assert!(!policy.accepts("MIT AND"), "a broken expression promises nothing");
    }

    #[test]
    fn a_licence_we_do_not_allow_and_none_at_all_are_found() {
        assert_eq!(says(&[("a", "1", Some("GPL-3.0"))]).len(), 1);
        assert_eq!(says(&[("a", "1", None)]).len(), 1);
        assert_eq!(says(&[("a", "1", Some("MIT"))]).len(), 0);
    }

    #[test]
    fn what_is_banned_or_built_twice_is_found() {
        assert_eq!(says(&[("openssl-sys", "1", Some("MIT"))]).len(), 1);
        assert_eq!(says(&[("a", "1", Some("MIT")), ("a", "2", Some("MIT"))]).len(), 1);
        assert_eq!(says(&[("hashbrown", "1", Some("MIT")), ("hashbrown", "2", Some("MIT"))]).len(), 0);
    }

    #[test]
    fn cargo_s_identifiers_name_their_package() {
        assert_eq!(name_in("registry+index#serde@1.0.0"), "serde");
        assert_eq!(name_in("path+file:///x/crates/kvarter-domain#0.1.0"), "kvarter-domain");
        assert_eq!(name_in("path+file:///x/y#kvarter-domain@0.1.0"), "kvarter-domain");
    }

    #[test]
    fn a_domain_that_reaches_a_runtime_through_another_is_found() {
        let metadata = serde_json::json!({ "resolve": { "nodes": [
            { "id": "path+file:///x/kvarter-domain#0.1.0", "deps": [{ "pkg": "r#a@1", "dep_kinds": [{ "kind": null }] }] },
            { "id": "r#a@1", "deps": [{ "pkg": "r#tokio@1", "dep_kinds": [{ "kind": null }] }] },
            { "id": "r#tokio@1", "deps": [] },
        ] } });
        assert_eq!(pure_domain(&metadata).len(), 1);
    }
}
