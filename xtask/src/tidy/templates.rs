//! Templates hold structure and no prose: every word a person reads comes from the bundles.

use super::Finding;
use super::tree::{File, Tree};

/// Attributes whose value is read out or shown.
const READ_ALOUD: &[&str] = &["aria-label", "aria-description", "title", "placeholder", "alt"];
const RULE: &str = "prose-in-templates";

/// No letter stands between tags, or in an attribute that is read, unless an expression put it there.
pub(super) fn prose(tree: &Tree) -> Vec<Finding> {
    tree.ending(".html").filter(|file| file.path.contains("/templates/")).flat_map(in_template).collect()
}

fn in_template(file: &File) -> Vec<Finding> {
    let text = without_expressions(&file.text);
    let mut findings = Vec::new();
    let mut find = |offset: usize, what: &str| {
        let says = format!(
            "“{}” is prose; write it in the language bundles",
            what.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        findings.push(Finding::new(RULE, &file.path, file.line_at(offset), says));
    };
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("<!--") {
            at += rest.find("-->").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with('<') {
            let end = tag_end(rest);
            let tag = &rest[..end];
            for (name, value, offset) in attributes(tag) {
                if READ_ALOUD.contains(&name) && has_letters(value) {
                    find(at + offset, value);
                }
            }
            at += end;
            for element in ["script", "style"] {
                if tag[1..].starts_with(element) && !tag.ends_with("/>") {
                    at += text[at..].find(&format!("</{element}")).unwrap_or(text.len() - at);
                }
            }
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let shown = without_entities(&rest[..end]);
            if has_letters(&shown) {
                let skipped = rest.len() - rest.trim_start().len();
                find(at + skipped, &shown);
            }
            at += end;
        }
    }
    findings
}

/// The template with `{{ }}`, `{% %}` and `{# #}` blanked, offsets kept.
fn without_expressions(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let close: Option<&[u8]> = match &bytes[at..at + 2] {
            b"{{" => Some(b"}}"),
            b"{%" => Some(b"%}"),
            b"{#" => Some(b"#}"),
            _ => None,
        };
        let Some(close) = close else {
            at += 1;
            continue;
        };
        let length =
            bytes[at..].windows(2).position(|pair| pair == close).map_or(bytes.len() - at, |found| found + 2);
        for byte in &mut bytes[at..at + length] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        at += length;
    }
    String::from_utf8(bytes).expect("whole expressions were blanked, so what is left is whole characters")
}

/// Length of the tag that begins here; a `>` inside a quoted value does not end it.
fn tag_end(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Name, value and offset of each quoted attribute.
fn attributes(tag: &str) -> Vec<(&str, &str, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = tag[at..].find('=') {
        let equals = at + equals;
        let name = tag[..equals].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let Some(quote) = tag[equals + 1..].chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            at = equals + 1;
            continue;
        };
        let open = equals + 2;
        let close = tag[open..].find(quote).map_or(tag.len(), |end| open + end);
        found.push((name, &tag[open..close], open));
        at = (close + 1).min(tag.len());
    }
    found
}

fn without_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(';').map_or(part, |(_, after)| after));
    }
    plain
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Finding> {
        prose(&Tree::of(&[("crates/kvarter/templates/a/b.html", text)]))
    }

    #[test]
    fn words_between_tags_are_found_with_their_line() {
        let findings = found("<p>{{ l.t(\"a\") }}</p>\n<p>Avtal</p>");
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
    }

    #[test]
    fn an_attribute_that_is_read_aloud_must_be_an_expression() {
        assert_eq!(found("<nav aria-label=\"Main\"></nav>").len(), 1);
        assert_eq!(found("<nav aria-label=\"{{ l.t(\"main\") }}\" class=\"main\"></nav>").len(), 0);
    }

    #[test]
    fn signs_entities_scripts_and_expressions_are_not_prose() {
        let text = "<p>§ {{ n }} &ndash; 1&nbsp;%</p><script>let a = 1;</script>{% if a > b %}{# why #}<!-- note -->";
        assert_eq!(found(text), []);
    }
}
