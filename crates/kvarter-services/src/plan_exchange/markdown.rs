//! A plan as Markdown that a person can write in any editor.
//!
//! `#` is the title, `##` a part, `###` a section, a goal, an intervention; fields are lines as `**Problem:** …`,
//! and what follows belongs to the field until the next. A line that would be taken for one of these has a
//! backslash before it.

use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::Key;
use kvarter_domain::problem::Problems;

use super::outline::{Block, outline};
use super::outline_read::{Gathered, plan};
use super::{Terms, fits, limit};

/// The plan as Markdown.
pub fn write_markdown(plan: &Plan, terms: &Terms<'_>) -> String {
    let mut out = String::new();
    for block in outline(plan, terms) {
        match block {
            Block::Title(heading) => out.push_str(&format!("# {heading}\n")),
            Block::Part(heading) => out.push_str(&format!("\n## {heading}\n")),
            Block::Item(heading) => out.push_str(&format!("\n### {heading}\n\n")),
            Block::Text(text) => out.push_str(&format!("{}\n", escaped(&text))),
            Block::Field { label, value, .. } => {
                let words = format!("**{label}:** {}", escaped_after_first(&value));
                out.push_str(words.trim_end());
                // Two spaces at the end keep fields on lines of their own when the file is shown.
                out.push_str("  \n");
            }
        }
    }
    out
}

/// Reads what was written, and what people have made of it. `taken` is every id that there has been in the series:
/// what stands under `### Nytt mål` is given the next.
///
/// # Errors
/// Everything that is wrong, each with its line as place: `plan.md:12`.
pub fn read_markdown(text: &str, taken: &[Key], terms: &Terms<'_>) -> Result<Plan, Problems> {
    fits(text.as_bytes(), limit::TEXT_BYTES_MAX)?;
    let mut blocks = Gathered::default();
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    for (index, line) in text.lines().enumerate() {
        let at = format!("plan.md:{}", index + 1);
        if let Some((level, heading)) = heading(line) {
            blocks.begin(
                at,
                match level {
                    1 => Block::Title(heading),
                    2 => Block::Part(heading),
                    _ => Block::Item(heading),
                },
            );
        } else if let Some((label, value)) = field(line) {
            blocks.begin(at, Block::Field { label, value, raw: line.to_owned() });
        } else {
            blocks.go_on(at, "\n", unescaped(line));
        }
    }
    plan(blocks.0, "\n", taken, terms)
}

/// `## Mål` and what it heads; deeper headings are words like others.
fn heading(line: &str) -> Option<(usize, String)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let rest = &line[level..];
    let is_one = (1..=3).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    is_one.then(|| (level, rest.trim().trim_end_matches('#').trim_end().to_owned()))
}

/// `**Problem:** …`, or with the colon after the stars.
fn field(line: &str) -> Option<(String, String)> {
    let (label, rest) = line.trim_start().strip_prefix("**")?.split_once("**")?;
    let (label, rest) = match label.strip_suffix(':') {
        Some(label) => (label, rest),
        None => (label, rest.strip_prefix(':')?),
    };
    Some((label.trim().to_owned(), unescaped(rest.trim_start()).to_owned()))
}

/// Lines that would be taken for something else get a backslash.
fn escaped(text: &str) -> String {
    text.split('\n').map(escaped_line).collect::<Vec<_>>().join("\n")
}

/// The first line stands behind its label and can only be taken for what begins with a backslash.
fn escaped_after_first(text: &str) -> String {
    match text.split_once('\n') {
        None if text.starts_with('\\') => format!("\\{text}"),
        None => text.to_owned(),
        Some((first, rest)) => format!("{}\n{}", escaped_after_first(first), escaped(rest)),
    }
}

fn escaped_line(line: &str) -> String {
    if line.starts_with(['#', '\\']) || line.starts_with("**") {
        format!("\\{line}")
    } else {
        line.to_owned()
    }
}

/// Takes away the backslash before what would be something else. Before anything else it is somebody's own.
fn unescaped(line: &str) -> &str {
    line.strip_prefix('\\').filter(|rest| rest.starts_with(['#', '*', '\\'])).unwrap_or(line)
}
