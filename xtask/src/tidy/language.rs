//! The language bundles: the same keys and arguments in both languages, all used, none missing.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::rust::Source;
use super::tree::{File, Tree};

const RULE: &str = "language";
const FOLDER: &str = "crates/kvarter/language/";
const LANGUAGES: &[&str] = &["sv", "en"];

/// A message: where it is, what it asks for, what other messages it uses.
struct Message {
    path: String,
    line: usize,
    arguments: BTreeSet<String>,
    body: String,
}

type Bundle = BTreeMap<String, Message>;

/// Keys agree between the languages, and between the bundles and those who ask for words.
pub(super) fn keys(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bundles: Vec<(&str, Bundle)> =
        LANGUAGES.iter().map(|language| (*language, bundle(tree, language, &mut findings))).collect();
    if bundles.iter().all(|(_, bundle)| bundle.is_empty()) {
        return findings;
    }
    for (language, bundle) in &bundles {
        for (other_language, other) in bundles.iter().filter(|(other, _)| other != language) {
            findings.extend(disagreements(bundle, other_language, other));
        }
    }
    let asked = Asked::by(tree);
    for (key, message) in &bundles[0].1 {
        let mentioned = bundles[0].1.values().any(|other| mentions(&other.body, key));
        if !asked.has(key) && !mentioned {
            findings.push(Finding::new(
                RULE,
                &message.path,
                message.line,
                format!("nobody asks for `{key}`"),
            ));
        }
    }
    for (path, line, key) in &asked.outright {
        if !bundles[0].1.contains_key(key) {
            findings.push(Finding::new(
                RULE,
                path,
                *line,
                format!("`{key}` is asked for and no bundle has it"),
            ));
        }
    }
    findings
}

fn disagreements(bundle: &Bundle, other_language: &str, other: &Bundle) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, message) in bundle {
        match other.get(key) {
            None => {
                let says = format!("`{key}` is missing in {other_language}");
                findings.push(Finding::new(RULE, &message.path, message.line, says));
            }
            Some(twin) if twin.arguments != message.arguments => {
                let says = format!(
                    "`{key}` takes {:?} here and {:?} in {other_language}",
                    message.arguments, twin.arguments
                );
                findings.push(Finding::new(RULE, &message.path, message.line, says));
            }
            Some(_) => {}
        }
    }
    findings
}

fn bundle(tree: &Tree, language: &str, findings: &mut Vec<Finding>) -> Bundle {
    let mut bundle = Bundle::new();
    for file in tree.ending(".ftl").filter(|file| file.path.starts_with(&format!("{FOLDER}{language}/"))) {
        for (key, message) in messages(file) {
            let (path, line) = (message.path.clone(), message.line);
            if bundle.insert(key.clone(), message).is_some() {
                findings.push(Finding::new(RULE, path, line, format!("`{key}` is given twice")));
            }
        }
    }
    bundle
}

/// The messages of a file: a key at the margin, its text on the same line or indented below.
fn messages(file: &File) -> Vec<(String, Message)> {
    let mut messages: Vec<(String, Message)> = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let head = line.split_once('=').map(|(key, rest)| (key.trim_end(), rest));
        match head {
            Some((key, rest)) if is_key(key.strip_prefix('-').unwrap_or(key)) => {
                let message = Message {
                    path: file.path.clone(),
                    line: index + 1,
                    arguments: BTreeSet::new(),
                    body: rest.to_owned(),
                };
                messages.push((key.to_owned(), message));
            }
            _ if line.starts_with([' ', '\t', '}']) => {
                if let Some((_, message)) = messages.last_mut() {
                    message.body.push('\n');
                    message.body.push_str(line);
                }
            }
            _ => {}
        }
    }
    for (_, message) in &mut messages {
        message.arguments = arguments(&message.body);
    }
    messages
}

fn arguments(body: &str) -> BTreeSet<String> {
    let word = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    body.split('$').skip(1).map(|after| after.chars().take_while(word).collect()).collect()
}

/// Whether a message's text uses another message or term.
fn mentions(body: &str, key: &str) -> bool {
    body.split('{').skip(1).any(|after| {
        let inside = after.split('}').next().unwrap_or_default().trim();
        inside.split(['.', '(', ' ']).next() == Some(key)
    })
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// Everything that could be a request for words: whole keys, and patterns with holes in them.
struct Asked {
    whole: BTreeSet<String>,
    patterns: Vec<Vec<String>>,
    /// Keys given as a literal straight to a call that looks up words.
    outright: Vec<(String, usize, String)>,
}

/// Calls whose first argument is a key, or a code from which a key is made.
const CALLS: &[(&str, &str)] = &[
    (".t(\"", ""),
    (".with(\"", ""),
    (".args(\"", ""),
    ("Problem::new(\"", "problem-"),
    ("Note::new(\"", ""),
];

impl Asked {
    fn by(tree: &Tree) -> Self {
        let mut asked = Self { whole: BTreeSet::new(), patterns: Vec::new(), outright: Vec::new() };
        for file in tree.ending(".rs").filter(|file| file.path.starts_with("crates/")) {
            for literal in Source::of(file).product_literals() {
                asked.take(&literal.text);
            }
            asked.calls(file);
        }
        for file in tree.ending(".html").filter(|file| file.path.contains("/templates/")) {
            for text in file.text.split('"').skip(1) {
                asked.take(text);
            }
            asked.calls(file);
        }
        asked
    }

    fn take(&mut self, text: &str) {
        if is_key(text) {
            self.whole.insert(text.to_owned());
            if text.ends_with('-') {
                self.patterns.push(vec![text.to_owned(), String::new()]);
            }
        } else if text.contains('{') && text.contains('-') {
            let parts: Vec<String> = text
                .split('{')
                .enumerate()
                .map(
                    |(index, part)| {
                        if index == 0 { part } else { part.split_once('}').map_or("", |(_, after)| after) }
                    },
                )
                .map(str::to_owned)
                .collect();
            if is_key(&parts.concat()) {
                self.patterns.push(parts);
            }
        }
    }

    fn calls(&mut self, file: &File) {
        let tests_from = if file.path.ends_with(".rs") { Source::of(file).tests_from } else { usize::MAX };
        for (call, prefix) in CALLS {
            for (at, _) in file.text.match_indices(call) {
                let line = file.line_at(at);
                let code: String = file.text[at + call.len()..].chars().take_while(|c| *c != '"').collect();
                // A problem's `with` names one argument; the words' takes a list of them.
                let after = &file.text[at + call.len() + code.len()..];
                let names_an_argument = *call == ".with(\"" && !after.starts_with("\", [");
                if line < tests_from && !names_an_argument && is_key(&code) {
                    self.outright.push((file.path.clone(), line, format!("{prefix}{code}")));
                }
            }
        }
    }

    fn has(&self, key: &str) -> bool {
        self.whole.contains(key) || self.patterns.iter().any(|parts| fits(key, parts))
    }
}

/// Whether a key is what a pattern becomes with something in its holes.
fn fits(key: &str, parts: &[String]) -> bool {
    let Some((first, rest)) = parts.split_first() else {
        return false;
    };
    let Some(mut left) = key.strip_prefix(first.as_str()) else {
        return false;
    };
    let Some((last, middle)) = rest.split_last() else {
        return left.is_empty();
    };
    for part in middle {
        let Some(at) = left.find(part.as_str()) else {
            return false;
        };
        left = &left[at + part.len()..];
    }
    left.ends_with(last.as_str()) && left.len() > last.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(sv: &str, en: &str, rust: &str, template: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("crates/kvarter/language/sv/a.ftl", sv),
            ("crates/kvarter/language/en/a.ftl", en),
            ("crates/kvarter/src/a.rs", rust),
            ("crates/kvarter/templates/a.html", template),
        ]);
        keys(&tree).into_iter().map(|finding| finding.says).collect()
    }

    #[test]
    fn bundles_that_agree_and_are_used_break_nothing() {
        let rust = "f(\"in-force\"); g(format!(\"standing-{}\", code));";
        let both = "in-force = { $day }\nstanding-met = ok\nhello = { in-force }\n";
        assert_eq!(says(both, both, rust, "{{ l.t(\"hello\") }}"), Vec::<String>::new());
    }

    #[test]
    fn a_key_that_one_language_lacks_is_found() {
        assert_eq!(says("a-b = x\n", "", "f(\"a-b\")", ""), ["`a-b` is missing in en"]);
    }

    #[test]
    fn arguments_must_be_the_same_in_both() {
        let found = says("a-b = { $day }\n", "a-b = { $date }\n", "f(\"a-b\")", "");
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn a_key_nobody_asks_for_and_a_key_nobody_has_are_found() {
        assert_eq!(says("a-b = x\n", "a-b = x\n", "", ""), ["nobody asks for `a-b`"]);
        let found = says("a-b = x\n", "a-b = x\n", "f(\"a-b\")", "{{ l.t(\"c-d\") }}");
        assert_eq!(found, ["`c-d` is asked for and no bundle has it"]);
    }

    #[test]
    fn a_problem_without_words_is_found() {
        let both = "problem-no-day = x\n";
        let rust = "Problem::new(\"no-day\", at).with(\"day\", day); format!(\"problem-{code}\")";
        assert_eq!(says(both, both, rust, ""), Vec::<String>::new());
        let found = says(both, both, &rust.replace("no-day", "no-name"), "");
        assert_eq!(found, ["`problem-no-name` is asked for and no bundle has it"]);
    }

    #[test]
    fn a_key_given_twice_is_found() {
        assert_eq!(says("a-b = x\na-b = y\n", "a-b = x\n", "f(\"a-b\")", ""), ["`a-b` is given twice"]);
    }
}
