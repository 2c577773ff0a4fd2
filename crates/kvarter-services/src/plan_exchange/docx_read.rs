//! A plan from a document that Word, or anything that writes as Word does, has saved.
//!
//! What counts is the text as it reads with every tracked change accepted: runs are joined however they are split,
//! inserted text is taken and deleted text is not, instructions of fields and the spare copies of drawings are passed
//! over. Headings are known by the names of their styles, which are English in the file whatever Word shows.

use std::collections::BTreeMap;

use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::problem::{Problem, Problems};

use super::Terms;
use super::outline::Block;
use super::outline_read::{Gathered, plan};
use super::package::unpack;
use super::value::labelled;
use super::xml::{Seen, follow};

/// Reads a document for Word. `taken` is every id that there has been in the series.
///
/// # Errors
/// Everything that is wrong, each with its paragraph as place: `plan.docx:12`.
pub fn read_docx(bytes: &[u8], taken: &[Key], terms: &Terms<'_>) -> Result<Plan, Problems> {
    let entries = unpack(bytes)?;
    let document = entries
        .get("word/document.xml")
        .ok_or_else(|| Problems::from(Problem::new("exchange-no-document", "")))?;
    let levels = match entries.get("word/styles.xml") {
        Some(styles) => heading_styles(styles)?,
        None => BTreeMap::new(),
    };
    let mut blocks = Gathered::default();
    for (index, paragraph) in paragraphs(document)?.into_iter().enumerate() {
        place(&mut blocks, format!("plan.docx:{}", index + 1), paragraph, &levels, terms);
    }
    plan(blocks.0, "\n\n", taken, terms)
}

/// A paragraph as it reads.
#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    level: Option<usize>,
    text: String,
    /// How much of the text, from its beginning, is bold.
    bold: usize,
    all_bold: bool,
}

fn place(
    blocks: &mut Gathered,
    at: String,
    paragraph: Paragraph,
    levels: &BTreeMap<String, usize>,
    terms: &Terms<'_>,
) {
    let styled = paragraph.style.as_ref().and_then(|style| levels.get(style).copied());
    let text = paragraph.text;
    if text.trim().is_empty() {
        return;
    }
    match paragraph.level.or(styled) {
        Some(0) => blocks.begin(at, Block::Title(text)),
        Some(1) => blocks.begin(at, Block::Part(text)),
        Some(2) => blocks.begin(at, Block::Item(text)),
        _ => match label(&text, paragraph.bold, terms) {
            Some((label, value)) => blocks.begin(at, Block::Field { label, value, raw: text }),
            None => blocks.go_on(at, "\n\n", &text),
        },
    }
}

/// The label that a paragraph begins with: anything in bold up to a colon, or words that are a field's.
fn label(text: &str, bold: usize, terms: &Terms<'_>) -> Option<(String, String)> {
    let (label, value) = text.split_once(':')?;
    if label.contains('\n') {
        return None;
    }
    let is_bold = bold >= label.trim_end().len();
    let is_known = || Kind::ALL.iter().any(|kind| labelled(*kind, label, terms).is_some());
    (is_bold || is_known()).then(|| (label.trim().to_owned(), value.trim().to_owned()))
}

/// The styles that are headings, by id, with their level; 0 is the title's.
fn heading_styles(styles: &[u8]) -> Result<BTreeMap<String, usize>, Problems> {
    let mut levels = BTreeMap::new();
    let mut id = None;
    follow(styles, |seen| match seen {
        Seen::Open("style", attributes) => id = attributes.get("styleId"),
        Seen::Open("name", attributes) => {
            let name = attributes.get("val").unwrap_or_default().to_lowercase();
            let level = match name.strip_prefix("heading ") {
                Some(number) => number.parse().ok(),
                None => (name == "title").then_some(0),
            };
            if let (Some(id), Some(level)) = (&id, level) {
                levels.insert(id.clone(), level);
            }
        }
        _ => {}
    })?;
    Ok(levels)
}

/// The paragraphs of a document, those in tables and in fields to fill in among them.
fn paragraphs(document: &[u8]) -> Result<Vec<Paragraph>, Problems> {
    let mut read = Vec::new();
    // A text box may stand in a paragraph; what is in it are paragraphs of their own.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut passed_over = 0_usize;
    let (mut in_text, mut in_run, mut bold) = (false, false, false);
    follow(document, |seen| match seen {
        Seen::Open(
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "pPrChange" | "rPrChange",
            _,
        ) => {
            passed_over += 1;
        }
        Seen::Close(
            "del" | "moveFrom" | "Fallback" | "instrText" | "delText" | "pPrChange" | "rPrChange",
        ) => {
            passed_over = passed_over.saturating_sub(1);
        }
        _ if passed_over > 0 => {}
        Seen::Open("p", _) => open.push(Paragraph { all_bold: true, ..Paragraph::default() }),
        Seen::Close("p") => read.extend(open.pop()),
        Seen::Open("pStyle", attributes) => {
            if let Some(paragraph) = open.last_mut() {
                paragraph.style = attributes.get("val");
            }
        }
        Seen::Open("outlineLvl", attributes) => {
            let level = attributes.get("val").and_then(|level| level.parse::<usize>().ok());
            if let Some(paragraph) = open.last_mut() {
                // Nine stands for text, and the first level for nought.
                paragraph.level = level.filter(|level| *level < 9).map(|level| level + 1);
            }
        }
        Seen::Open("r", _) => (in_run, bold) = (true, false),
        Seen::Close("r") => in_run = false,
        Seen::Open("b", attributes) if in_run => {
            bold = !matches!(attributes.get("val").as_deref(), Some("0" | "false" | "off"));
        }
        Seen::Open("t", _) => in_text = true,
        Seen::Close("t") => in_text = false,
        Seen::Text(words) if in_text => say(&mut open, words, bold),
        Seen::Open("tab", _) if in_run => say(&mut open, "\t", bold),
        Seen::Open("br" | "cr", _) if in_run => say(&mut open, "\n", bold),
        Seen::Open("noBreakHyphen", _) => say(&mut open, "-", bold),
        _ => {}
    })?;
    Ok(read)
}

fn say(open: &mut [Paragraph], words: &str, bold: bool) {
    let Some(paragraph) = open.last_mut() else { return };
    paragraph.text.push_str(words);
    paragraph.all_bold &= bold || words.trim().is_empty();
    if paragraph.all_bold {
        paragraph.bold = paragraph.text.len();
    }
}
