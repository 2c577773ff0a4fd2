//! How long a file may be, and the list of those that are longer with the reason why.

use std::collections::BTreeMap;

use super::Finding;
use super::tree::Tree;

/// Past this, a file needs a reason on record: are there two nouns in it?
const ASK: usize = 600;
/// Past this, no reason is good enough.
const REFUSE: usize = 1000;

const LIST: &str = "xtask/sizes.toml";
const RULE: &str = "file-size";

/// Files of Rust stay readable; the list of exceptions only shrinks.
pub(super) fn files(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut listed = listed(tree, &mut findings);
    for file in tree.ending(".rs") {
        let lines = file.text.lines().count();
        let limit = listed.remove(file.path.as_str());
        match limit {
            _ if lines > REFUSE => {
                findings.push(Finding::new(
                    RULE,
                    &file.path,
                    lines,
                    format!("{lines} lines; past {REFUSE} no reason is accepted: divide it"),
                ));
            }
            None if lines > ASK => {
                findings.push(Finding::new(
                    RULE,
                    &file.path,
                    lines,
                    format!("{lines} lines; past {ASK} divide it, or give the reason in {LIST}"),
                ));
            }
            Some(limit) if lines > limit => {
                findings.push(Finding::new(
                    RULE,
                    &file.path,
                    lines,
                    format!("{lines} lines, and {LIST} grants {limit}: the list only shrinks"),
                ));
            }
            Some(_) if lines <= ASK => {
                findings.push(Finding::new(
                    RULE,
                    LIST,
                    1,
                    format!("{} is down to {lines} lines: take it off the list", file.path),
                ));
            }
            _ => {}
        }
    }
    for path in listed.keys() {
        findings.push(Finding::new(RULE, LIST, 1, format!("{path} is on the list and not in the tree")));
    }
    findings
}

fn listed(tree: &Tree, findings: &mut Vec<Finding>) -> BTreeMap<String, usize> {
    let Some(list) = tree.get(LIST) else {
        return BTreeMap::new();
    };
    let Ok(table) = list.text.parse::<toml::Table>() else {
        findings.push(Finding::new(RULE, LIST, 1, "cannot be read as TOML"));
        return BTreeMap::new();
    };
    let mut listed = BTreeMap::new();
    for (path, entry) in table {
        let lines = entry.get("lines").and_then(toml::Value::as_integer);
        let reason = entry.get("reason").and_then(toml::Value::as_str).unwrap_or_default();
        match lines.map(usize::try_from) {
            Some(Ok(lines)) if !reason.is_empty() => {
                listed.insert(path, lines);
            }
            _ => findings.push(Finding::new(RULE, LIST, 1, format!("{path} needs `lines` and a `reason`"))),
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(lines: usize, list: &str) -> Vec<Finding> {
        files(&Tree::of(&[("a.rs", &"x\n".repeat(lines)), (LIST, list)]))
    }

    #[test]
    fn a_long_file_needs_a_reason_and_a_very_long_one_gets_none() {
        assert_eq!(tree(600, "").len(), 0);
        assert_eq!(tree(601, "").len(), 1);
        let granted = "[\"a.rs\"]\nlines = 700\nreason = \"one table, long by nature\"\n";
        assert_eq!(tree(700, granted).len(), 0);
        assert_eq!(tree(701, granted).len(), 1);
        let too_much = "[\"a.rs\"]\nlines = 2000\nreason = \"please\"\n";
        assert_eq!(tree(1001, too_much).len(), 1);
    }

    #[test]
    fn the_list_forgets_what_became_short_or_went_away() {
        let granted = "[\"a.rs\"]\nlines = 700\nreason = \"one table\"\n";
        assert_eq!(tree(500, granted).len(), 1);
        let gone = "[\"b.rs\"]\nlines = 700\nreason = \"one table\"\n";
        assert_eq!(tree(10, gone).len(), 1);
        assert_eq!(tree(601, "[\"a.rs\"]\nlines = 700\n").len(), 2, "no reason, so not granted");
    }
}
