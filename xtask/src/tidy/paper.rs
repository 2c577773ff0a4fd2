//! What is written about the tree must be true of it: the map, the links, the words, the reasons.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::rust::Source;
use super::tree::{File, Tree};

/// Where a path in ARCHITECTURE.md may begin; anything else in backticks is not a path.
const TOP: &[&str] = &["crates/", "docs/", "programmes/", "e2e/", "bench/", "xtask/", ".ci/"];

/// Every path that ARCHITECTURE.md names is there, and every test it names as `path.rs::name`.
pub(super) fn code_map(tree: &Tree) -> Vec<Finding> {
    const RULE: &str = "code-map";
    let Some(map) = tree.get("ARCHITECTURE.md") else {
        return vec![Finding::new(RULE, "ARCHITECTURE.md", 1, "is not there")];
    };
    let mut findings = Vec::new();
    for (line, quoted) in quoted(map) {
        if !TOP.iter().any(|top| quoted.starts_with(top)) {
            continue;
        }
        let (path, test) = quoted.split_once("::").map_or((quoted, None), |(path, test)| (path, Some(test)));
        if !tree.has(path) {
            findings.push(Finding::new(
                RULE,
                &map.path,
                line,
                format!("names {path}, which is not in the tree"),
            ));
        } else if let Some(test) = test {
            let name = test.rsplit("::").next().unwrap_or(test);
            let there = tree.get(path).is_some_and(|file| file.text.contains(&format!("fn {name}(")));
            if !there {
                findings.push(Finding::new(
                    RULE,
                    &map.path,
                    line,
                    format!("names the test {name}, which {path} does not hold"),
                ));
            }
        }
    }
    findings
}

/// Words in backticks with their line; what stands between fences is left alone.
fn quoted(file: &File) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in file.text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|word| (index + 1, word)));
        }
    }
    found
}

/// Every relative link leads somewhere.
pub(super) fn links(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.ending(".md") {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (index, line) in file.text.lines().enumerate() {
            for after in line.split("](").skip(1) {
                let target = after.split([')', '#', ' ']).next().unwrap_or_default();
                let outside = target.is_empty() || target.contains("://") || target.starts_with("mailto:");
                if !outside && !tree.has(&resolve(folder, target)) {
                    findings.push(Finding::new(
                        "links",
                        &file.path,
                        index + 1,
                        format!("{target} leads nowhere"),
                    ));
                }
            }
        }
    }
    findings
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

const GLOSSARY: &str = "GLOSSARY.md";

/// One word for one thing: every noun of the domain is in the glossary, every word there is used,
/// none is given twice, and the words we gave up stay away.
pub(super) fn glossary(tree: &Tree) -> Vec<Finding> {
    const RULE: &str = "glossary";
    let Some(glossary) = tree.get(GLOSSARY) else {
        return vec![Finding::new(RULE, GLOSSARY, 1, "is not there")];
    };
    let mut findings = Vec::new();
    let (words, given_up) = entries(glossary);
    let mut seen = BTreeMap::new();
    for (line, word) in &words {
        if let Some(first) = seen.insert(word.clone(), *line) {
            findings.push(Finding::new(
                RULE,
                GLOSSARY,
                *line,
                format!("“{word}” is already on line {first}"),
            ));
        }
    }
    let used = used_words(tree);
    for (line, word) in &words {
        if !word.split(' ').all(|part| used.contains_key(part)) {
            findings.push(Finding::new(RULE, GLOSSARY, *line, format!("no code uses “{word}”")));
        }
    }
    for noun in nouns(tree) {
        if !seen.contains_key(&noun) {
            findings.push(Finding::new(
                RULE,
                GLOSSARY,
                1,
                format!("the domain has a noun “{noun}” that the glossary lacks"),
            ));
        }
    }
    for (_, word) in &given_up {
        if let Some((path, line)) = used.get(word.as_str()) {
            findings.push(Finding::new(
                RULE,
                path,
                *line,
                format!("“{word}” is a word we gave up; {GLOSSARY} says what to write"),
            ));
        }
    }
    findings
}

type Words = Vec<(usize, String)>;

/// The words of the glossary's tables, and those under “Words we do not use”.
fn entries(glossary: &File) -> (Words, Words) {
    let (mut words, mut given_up) = (Vec::new(), Vec::new());
    let mut in_given_up = false;
    for (index, line) in glossary.text.lines().enumerate() {
        if line.starts_with('#') {
            in_given_up = line.contains("Words we do not use");
        }
        let Some(cell) = line.strip_prefix('|').and_then(|row| row.split('|').next()).map(str::trim) else {
            continue;
        };
        if cell.is_empty() || cell.starts_with('-') || cell.starts_with(char::is_uppercase) {
            continue;
        }
        let list = if in_given_up { &mut given_up } else { &mut words };
        list.extend(cell.split(',').map(|word| (index + 1, word.trim().to_owned())));
    }
    (words, given_up)
}

/// Every word in the names the code uses, with one place where it stands.
fn used_words(tree: &Tree) -> BTreeMap<String, (String, usize)> {
    let mut used = BTreeMap::new();
    for file in tree.ending(".rs").filter(|file| file.path.starts_with("crates/")) {
        let source = Source::of(file);
        for (line, code) in source.lines() {
            for name in code.split(|c: char| !c.is_ascii_alphanumeric()).filter(|name| !name.is_empty()) {
                for word in split_name(name) {
                    used.entry(word).or_insert_with(|| (file.path.clone(), line));
                }
            }
        }
    }
    used
}

/// `DueRule` is *due* and *rule*; a plural is its singular too.
fn split_name(name: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !word.is_empty() {
            words.insert(std::mem::take(&mut word));
        }
        word.push(c.to_ascii_lowercase());
    }
    words.insert(word);
    let singular: Vec<String> = words
        .iter()
        .filter_map(|word| {
            let ies = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
            ies.or_else(|| word.strip_suffix('s').map(str::to_owned))
        })
        .collect();
    words.extend(singular);
    words
}

/// The nouns of the domain: its modules, by file or folder name.
fn nouns(tree: &Tree) -> BTreeSet<String> {
    const ROOT: &str = "crates/kvarter-domain/src/";
    let inside = tree.all().iter().filter_map(|file| file.path.strip_prefix(ROOT));
    let names = inside.map(|path| path.split(['/', '.']).next().unwrap_or_default().replace('_', " "));
    names.filter(|name| name != "lib").collect()
}

const REASONS: &str = "docs/decisions/2026-11-23-dependencies.md";

/// Every dependency has a line on what it saves us, and every line has its dependency.
pub(super) fn dependency_reasons(tree: &Tree) -> Vec<Finding> {
    const RULE: &str = "dependency-reasons";
    let (Some(manifest), Some(reasons)) = (tree.get("Cargo.toml"), tree.get(REASONS)) else {
        return Vec::new();
    };
    let table = manifest.text.parse::<toml::Table>().unwrap_or_default();
    let used: BTreeSet<&str> = table
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(toml::Value::as_table)
        .into_iter()
        .flat_map(|table| table.keys().map(String::as_str))
        .filter(|name| !name.starts_with("kvarter-"))
        .collect();
    let mut explained = BTreeSet::new();
    let mut findings = Vec::new();
    for (index, line) in reasons.text.lines().enumerate() {
        let Some(rest) = line.strip_prefix("- ") else {
            continue;
        };
        let head = rest.split(':').next().unwrap_or_default();
        for name in head.split('`').skip(1).step_by(2) {
            explained.insert(name);
            if !used.contains(name) {
                findings.push(Finding::new(
                    RULE,
                    REASONS,
                    index + 1,
                    format!("`{name}` is no longer a dependency"),
                ));
            }
        }
    }
    for name in used.difference(&explained) {
        findings.push(Finding::new(RULE, REASONS, 1, format!("says nothing about `{name}`")));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_that_names_what_is_gone_is_found() {
        let map = "See `crates/a/src/b.rs`, `crates/gone/`, `docs/` and `not/a/path`.\n`crates/a/src/b.rs::it_holds` and `crates/a/src/b.rs::tests::it_does_not`.\n";
        let tree = Tree::of(&[
            ("ARCHITECTURE.md", map),
            ("crates/a/src/b.rs", "fn it_holds() {}"),
            ("docs/x.md", ""),
        ]);
        let lines: Vec<usize> = code_map(&tree).iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [1, 2]);
    }

    #[test]
    fn a_link_to_nowhere_is_found() {
        let text = "[a](../b.md#part) [c](gone.md) [d](https://example.org/x)";
        let tree = Tree::of(&[("docs/recipes/a.md", text), ("docs/b.md", "")]);
        assert_eq!(links(&tree).len(), 1);
    }

    fn words(glossary: &str, rust: &str) -> Vec<String> {
        let tree = Tree::of(&[(GLOSSARY, glossary), ("crates/kvarter-domain/src/duty.rs", rust)]);
        super::glossary(&tree).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn a_noun_without_an_entry_and_an_entry_without_use_are_found() {
        assert_eq!(words("| duty | skyldighet | |\n", "struct Duty;"), Vec::<String>::new());
        assert_eq!(words("| plan | plan | |\n", "struct Duty;").len(), 2);
        assert_eq!(words("| duty | a | |\n| duty | b | |\n", "struct Duty;").len(), 1);
    }

    #[test]
    fn a_word_we_gave_up_is_found_in_the_code() {
        let glossary = "| duty | skyldighet | |\n\n## Words we do not use\n\n| deadline | due date |\n";
        assert_eq!(words(glossary, "struct Duty { deadline_on: u8 }").len(), 1);
        assert_eq!(words(glossary, "struct Duty { due_on: u8 } // deadline"), Vec::<String>::new());
    }

    #[test]
    fn a_dependency_without_a_reason_and_a_reason_without_one_are_found() {
        let manifest = "[workspace.dependencies]\nkvarter-domain = \"0\"\njiff = \"1\"\nhex = \"1\"\n";
        let tree = Tree::of(&[("Cargo.toml", manifest), (REASONS, "- `jiff`: days.\n- `chrono`: gone.\n")]);
        assert_eq!(dependency_reasons(&tree).len(), 2);
    }
}
