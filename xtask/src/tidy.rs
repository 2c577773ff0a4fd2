//! The tree's own rules, each a function from the tree to what breaks it.
//!
//! A rule is here when it can be seen in the files and neither the compiler nor clippy sees it.
//! Every rule has a test showing that it can fail; a rule that cannot fail guards nothing.

mod crates;
mod language;
pub(crate) mod licences;
mod paper;
mod rust;
mod sizes;
mod sources;
mod templates;
mod tree;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use anyhow::Result;

use tree::Tree;

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    rule: &'static str,
    path: String,
    line: usize,
    says: String,
}

impl Finding {
    fn new(rule: &'static str, path: impl Into<String>, line: usize, says: impl Into<String>) -> Self {
        Self { rule, path: path.into(), line, says: says.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {}:{}: {} [{}]", self.path, self.line, self.says, self.rule)
    }
}

/// A rule: what it looks at is always the whole tree.
type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    crates::direction,
    sources::module_docs,
    sources::unfinished,
    sources::sql_outside_the_store,
    sources::clock,
    sources::prose,
    sources::append_only,
    sources::stored_status,
    sources::places,
    sizes::files,
    templates::prose,
    language::keys,
    paper::code_map,
    paper::links,
    paper::glossary,
    paper::dependency_reasons,
];

/// Applies every rule; gives how many rules there are and all that breaks them.
pub(crate) fn findings(root: &Path) -> Result<(u64, Vec<Finding>)> {
    let tree = Tree::read(root)?;
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(&tree)).collect();
    findings.sort();
    Ok((RULES.len() as u64, findings))
}

/// How many different rules are broken.
pub(crate) fn broken_rules(findings: &[Finding]) -> u64 {
    findings.iter().map(|finding| finding.rule).collect::<BTreeSet<_>>().len() as u64
}

/// `cargo xtask tidy`: prints what breaks a rule; true when nothing does.
pub(crate) fn report(root: &Path) -> Result<bool> {
    let (rules, mut findings) = findings(root)?;
    let (packages, licences) = licences::check(root)?;
    findings.extend(licences);
    for finding in &findings {
        println!("{finding}");
    }
    println!("{rules} rules over the tree, {packages} packages' licences: {} findings", findings.len());
    Ok(findings.is_empty())
}
