//! Rust source, taken apart just far enough: which bytes are code, which stand in strings.
//!
//! Not a parser. It knows comments, strings of every kind and characters, so that a rule about
//! code is not fooled by a comment and a rule about text is not fooled by code.

use super::tree::{File, line_at};

/// A string literal and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A file of Rust, taken apart.
pub(crate) struct Source {
    /// The code with comments and the insides of literals blanked; offsets are those of the file.
    pub(crate) code: String,
    /// Every string literal, as written (escapes not undone).
    pub(crate) literals: Vec<Literal>,
    /// The line where tests begin; by our habit they close the file.
    pub(crate) tests_from: usize,
}

impl Source {
    /// Takes a file apart.
    pub(crate) fn of(file: &File) -> Self {
        let text = &file.text;
        let bytes = text.as_bytes();
        let mut code = bytes.to_vec();
        let mut literals = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let end = if rest.starts_with(b"//") {
                at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
            } else if rest.starts_with(b"/*") {
                at + block_comment(rest)
            } else if let Some((open, close)) = raw_string(bytes, at) {
                literals.push(Literal { line: line_at(text, at), text: text[open..close].to_owned() });
                blank(&mut code, open, close);
                at = (close + open - at).min(bytes.len());
                continue;
            } else if rest[0] == b'"' {
                let close = at + 1 + quoted(&bytes[at + 1..]);
                literals.push(Literal { line: line_at(text, at), text: text[at + 1..close].to_owned() });
                blank(&mut code, at + 1, close);
                at = close + 1;
                continue;
            } else if rest[0] == b'\'' {
                at + character(rest)
            } else {
                at += 1;
                continue;
            };
            blank(&mut code, at, end);
            at = end.max(at + 1);
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        let tests_from = code.find("#[cfg(test)]").map_or(usize::MAX, |offset| line_at(&code, offset));
        // Files under a `tests` folder are tests from their first line.
        let tests_from =
            if file.path.contains("/tests/") || file.path.ends_with("/tests.rs") { 0 } else { tests_from };
        Self { code, literals, tests_from }
    }

    /// Lines of code outside tests, each with its number.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(line, _)| *line < self.tests_from)
    }

    /// String literals outside tests.
    pub(crate) fn product_literals(&self) -> impl Iterator<Item = &Literal> {
        self.literals.iter().filter(|literal| literal.line < self.tests_from)
    }
}

fn blank(code: &mut [u8], from: usize, to: usize) {
    let to = to.min(code.len());
    for byte in &mut code[from..to] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Length of the comment that begins here; they nest.
fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// Bytes before the quotation mark that ends a plain string.
fn quoted(rest: &[u8]) -> usize {
    let mut at = 0;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    at.min(rest.len())
}

/// The inside of a raw string that begins at `at`, as offsets; none when it is something else.
fn raw_string(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if bytes[at] != b'r' || at > 0 && word(bytes[at - 1]) && bytes[at - 1] != b'b' {
        return None;
    }
    let hashes = bytes[at + 1..].iter().take_while(|byte| **byte == b'#').count();
    let open = at + 1 + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let mut mark = vec![b'"'];
    mark.extend(std::iter::repeat_n(b'#', hashes));
    let inside = &bytes[open + 1..];
    let length = inside.windows(mark.len()).position(|window| window == mark).unwrap_or(inside.len());
    Some((open + 1, open + 1 + length))
}

/// Length of a character literal, or 1 for the mark of a lifetime.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        return rest.iter().skip(3).position(|byte| *byte == b'\'').map_or(1, |found| found + 4);
    }
    // One character of up to four bytes, then the closing mark.
    (2..=5)
        .find(|end| rest.get(*end) == Some(&b'\''))
        .filter(|end| std::str::from_utf8(&rest[1..*end]).is_ok_and(|inside| inside.chars().count() == 1))
        .map_or(1, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::of(&File { path: "crates/x/src/lib.rs".into(), text: text.into() })
    }

    #[test]
    fn strings_are_found_and_comments_are_not_strings() {
        let source = source(
            "// \"no\"\nlet a = \"yes \\\" still\"; /* \"no /* no */\" */ let b = r#\"raw \"inside\"\"#;",
        );
        let texts: Vec<&str> = source.literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, ["yes \\\" still", "raw \"inside\""]);
        assert_eq!(source.literals[0].line, 2);
    }

    #[test]
    fn a_quotation_mark_as_a_character_opens_no_string() {
        let source =
            source("let q = '\"'; let s: &'static str = \"here\"; let n = '\\n'; let ö = 'ö'; now()");
        assert_eq!(source.literals.len(), 1);
        assert!(source.code.contains("now()"));
    }

    #[test]
    fn what_follows_cfg_test_is_not_the_product() {
        let source = source("let a = \"product\";\n#[cfg(test)]\nmod tests { const B: &str = \"test\"; }");
        assert_eq!(source.product_literals().count(), 1);
    }

    #[test]
    fn a_raw_string_ends_where_it_ends() {
        let source = source("let a = r\"x\"; let b = \"y\";");
        assert_eq!(source.literals.len(), 2);
        assert_eq!(source.code, "let a = r\" \"; let b = \" \";");
    }
}
