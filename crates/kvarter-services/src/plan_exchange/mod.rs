//! Plans taken out to be worked on elsewhere, and taken in again: as Markdown, as a document for Word, and goals and
//! interventions as a workbook.
//!
//! Pure functions between a [`Plan`] and bytes; nothing here asks the store. What is written can be read, and reading
//! it gives the plan again, apart from what nobody sees ([`settled`]). Whoever reads is given either everything or
//! every problem with its place; a part of a file is never taken in.
//!
//! Files come from outside. Limits on size are kept before and while a file is unpacked ([`limit`]), documents
//! with entities of their own are refused, and nothing in a file is run.

mod docx_read;
mod docx_write;
mod field;
mod markdown;
mod outline;
mod outline_read;
mod package;
mod value;
mod workbook_raw;
mod workbook_read;
mod workbook_row;
mod workbook_write;
mod xml;

pub mod limit;

pub use docx_read::read_docx;
pub use docx_write::write_docx;
pub use markdown::{read_markdown, write_markdown};
pub use workbook_read::{Taken, read_xlsx};
pub use workbook_write::write_xlsx;

use std::collections::BTreeMap;

use kvarter_domain::plan::rules::PlanRules;
use kvarter_domain::plan::smart::Criterion;
use kvarter_domain::plan::{Plan, part};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::TargetArea;
use kvarter_domain::text::paragraphs;
use serde_json::Value;

use crate::Words;

/// What a file is written and read by: the programme's parts and areas, and the words for fields. The words are
/// Swedish, like the register.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What the programme says of plans.
    pub rules: &'a PlanRules,
    /// The programme's target areas.
    pub areas: &'a [TargetArea],
    /// The words, by message key.
    pub words: Words,
}

impl Terms<'_> {
    fn word(&self, key: &str) -> String {
        (self.words)(key)
    }
}

/// A plan as files hold it: every text in composed letters without space at the ends of lines, at most one empty line
/// between two, without letters that no document can hold; and without texts and reasons that are empty.
///
/// Reading what was written gives this, and for a plan that is settled already the plan itself.
pub fn settled(plan: &Plan) -> Plan {
    let mut parts: BTreeMap<part::Key, Value> = plan.parts();
    for body in parts.values_mut() {
        settle(body);
    }
    parts.retain(|key, body| key.kind != part::Kind::Text || body["text"] != "");
    let mut plan = Plan::of_parts(&parts).unwrap_or_default();
    for goal in &mut plan.goals {
        goal.overrides
            .retain(|code, reason| Criterion::from_code(code).is_some() && !reason.trim().is_empty());
    }
    plan
}

fn settle(value: &mut Value) {
    match value {
        Value::String(text) => *text = settled_text(text),
        Value::Array(all) => all.iter_mut().for_each(settle),
        Value::Object(members) => members.values_mut().for_each(settle),
        _ => {}
    }
}

/// Text as files hold it.
fn settled_text(text: &str) -> String {
    let held = |c: &char| match c {
        '\n' | '\t' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        other => !other.is_control(),
    };
    let plain: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(held).collect();
    paragraphs(&plain)
}

/// Tells so many problems and no more: whoever made more of them starts with these.
fn told(mut problems: Problems) -> Problems {
    let all = problems.0.len();
    if all > limit::PROBLEMS_MAX {
        problems.0.truncate(limit::PROBLEMS_MAX);
        problems.add(Problem::new("exchange-more-problems", "").with("more", all - limit::PROBLEMS_MAX));
    }
    problems
}

/// Refuses a file that is bigger than is read, before anything in it is looked at.
fn fits(bytes: &[u8], most: usize) -> Result<(), Problems> {
    if bytes.len() <= most {
        return Ok(());
    }
    Err(Problem::new("exchange-too-large", "").with("bytes", bytes.len()).with("most", most).into())
}

/// Does what another's library does with a stranger's file. A fault in it is that file's, and is told as such
/// instead of ending the request.
fn guarded<T>(work: impl FnOnce() -> Result<T, Problems>, code: &str) -> Result<T, Problems> {
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    done.unwrap_or_else(|_| Err(Problem::new(code, "").into()))
}
