//! The text of a programme, with an address for every sentence, and quotations found in it.
//!
//! `source.txt` is plain text with four marks: a line that begins with `## ` opens a clause (its id, then its
//! heading as written); a line that begins with `- ` is an item of a list; a blank line ends a paragraph;
//! everything else is running text. Sentences are numbered within their clause: `4.6`. A paragraph is
//! counted as lawyers count it (stycke), so a list belongs to the paragraph that leads to it.
//!
//! The items of a list are sentences of their own when every one of them ends as a sentence does; otherwise
//! they continue the sentence that leads to them and share its fate (`4.2a` belongs to `4.2`).

use super::HoleKind;
use crate::problem::{Problem, Problems};
use crate::text::squeeze;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::fmt;

/// The address of a sentence: clause and running number, `4.6`; a part of it in a list, `4.2a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SentenceId(String);

impl SentenceId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the numbered item that continues a sentence.
    pub(super) fn item(&self, continues: Option<&Self>, number: usize) -> Self {
        continues.map_or_else(|| self.clone(), |lead| Self(format!("{lead}p{number}")))
    }
}

impl fmt::Display for SentenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a sentence stands, as lawyers say it: `§ 4 st. 3`, `§ 4 st. 1 b`, `L st. 1 p. 2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The clause.
    pub clause: String,
    /// The paragraph (stycke), from 1.
    pub paragraph: usize,
    /// The item in the paragraph's list: its letter, or its number from 1.
    pub item: Option<String>,
}

impl Address {
    /// The address of a numbered item in the same list.
    pub(super) fn item(&self, number: usize) -> Self {
        Self { item: Some(number.to_string()), ..self.clone() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.clause.bytes().all(|b| b.is_ascii_digit()) {
            f.write_str("§ ")?;
        }
        write!(f, "{} st. {}", self.clause, self.paragraph)?;
        match &self.item {
            Some(item) if item.bytes().all(|b| b.is_ascii_digit()) => write!(f, " p. {item}"),
            Some(item) => write!(f, " {item}"),
            None => Ok(()),
        }
    }
}

/// A clause of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseText {
    /// The clause's id.
    pub id: String,
    /// Its heading as written; empty if it has none.
    pub heading: String,
    /// Its paragraphs and list items, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph, or an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// Running text or list item.
    pub kind: ParagraphKind,
    /// The paragraph's number (stycke); an item has that of the paragraph that leads to it.
    pub number: usize,
    /// An item's own label, such as `a)`.
    pub label: Option<String>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// Running text or list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// Running text.
    Paragraph,
    /// An item of a list.
    ListItem,
}

/// A sentence, or the part of one that stands in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its id.
    pub id: SentenceId,
    /// Where it stands.
    pub address: Address,
    /// Its words.
    pub text: String,
    /// The sentence that it continues, if it is an item of that sentence's list.
    pub continues: Option<SentenceId>,
    /// Where a parameter of the agreement stands in the words.
    pub holes: Vec<HoleSpan>,
}

/// A parameter of the agreement in the words of a sentence: bytes from–to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HoleSpan {
    /// Which parameter.
    pub kind: HoleKind,
    /// The first byte.
    pub from: usize,
    /// The byte after the last.
    pub to: usize,
}

/// The text with its addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    clauses: Vec<ClauseText>,
    joined: Vec<Joined>,
    lines: Vec<usize>,
}

/// A clause as one squeezed text, with the bytes that each sentence takes; an item of a list counts as the
/// sentence that it continues.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Joined {
    text: String,
    spans: Vec<(usize, usize, SentenceId)>,
}

/// What a quotation comes closest to, when it is not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The sentence.
    pub sentence: SentenceId,
    /// Its words.
    pub text: String,
    /// The first word of the quotation that differs.
    pub quoted: String,
    /// What the sentence has there.
    pub stands: String,
}

impl Source {
    /// Reads the text; what stands outside any clause, and a clause opened twice, are problems.
    pub fn read(text: &str, problems: &mut Problems) -> Self {
        let mut source = Self::default();
        let mut blocks: Vec<Block> = Vec::new();
        let mut before = false;
        let mut opened = HashMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if let Some(opening) = line.strip_prefix("## ") {
                source.close(&mut blocks);
                source.open(opening, index + 1, &mut opened, problems);
            } else if line.trim().is_empty() {
                blocks.push(Block::Gap);
            } else if source.clauses.is_empty() {
                problems.add_if(!std::mem::replace(&mut before, true), || {
                    Problem::new("source-text-before-clause", format!("source.txt:{}", index + 1))
                        .with("text", line.trim())
                });
            } else if let Some(item) = line.strip_prefix("- ") {
                blocks.push(Block::Item(item.trim().to_owned()));
            } else {
                match blocks.last_mut() {
                    Some(Block::Text(words) | Block::Item(words)) => {
                        words.push(' ');
                        words.push_str(line.trim());
                    }
                    _ => blocks.push(Block::Text(line.trim().to_owned())),
                }
            }
        }
        source.close(&mut blocks);
        if source.clauses.is_empty() {
            problems.add(Problem::new("source-empty", "source.txt"));
        }
        source
    }

    fn open(
        &mut self,
        opening: &str,
        line: usize,
        opened: &mut HashMap<String, usize>,
        problems: &mut Problems,
    ) {
        let (id, heading) = opening.trim().split_once(' ').unwrap_or((opening.trim(), ""));
        match opened.get(id) {
            Some(first) => problems.add(
                Problem::new("source-clause-twice", format!("source.txt:{line}"))
                    .with("clause", id)
                    .with("first", first),
            ),
            None => {
                opened.insert(id.to_owned(), line);
            }
        }
        self.clauses.push(ClauseText {
            id: id.to_owned(),
            heading: squeeze(heading),
            paragraphs: Vec::new(),
        });
        self.lines.push(line);
    }

    fn close(&mut self, blocks: &mut Vec<Block>) {
        let blocks = std::mem::take(blocks);
        if let Some(clause) = self.clauses.last_mut() {
            clause.paragraphs = numbered(&clause.id, &blocks);
            self.joined.push(Joined::of(clause));
        }
    }

    /// The clauses, in order.
    pub fn clauses(&self) -> &[ClauseText] {
        &self.clauses
    }

    /// The line on which a clause opens.
    pub fn line_of(&self, clause: &str) -> Option<usize> {
        self.clauses.iter().position(|c| c.id == clause).map(|i| self.lines[i])
    }

    /// The sentences, in order; items that continue a sentence are part of it.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.clauses
            .iter()
            .flat_map(|c| &c.paragraphs)
            .flat_map(|p| &p.sentences)
            .filter(|s| s.continues.is_none())
    }

    /// A sentence's words with those of the list items that continue it.
    pub fn whole(&self, sentence: &Sentence) -> String {
        let parts = self
            .clauses
            .iter()
            .flat_map(|c| &c.paragraphs)
            .flat_map(|p| &p.sentences)
            .filter(|s| s.id == sentence.id || s.continues.as_ref() == Some(&sentence.id));
        parts.map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The sentences of a clause.
    pub fn sentences_of(&self, clause: &str) -> Vec<SentenceId> {
        self.sentences().filter(|s| s.address.clause == clause).map(|s| s.id.clone()).collect()
    }

    /// The sentences in which the quotation stands in that clause, word for word, whatever the white
    /// space; none if it does not stand there. ` … ` leaves words out.
    pub fn find(&self, clause: &str, says: &str) -> Option<Vec<SentenceId>> {
        let wanted = squeeze(says);
        let mut named = self.clauses.iter().zip(&self.joined).filter(|(c, _)| c.id == clause);
        named.find_map(|(_, joined)| joined.quoted(&wanted))
    }

    /// A clause in which the quotation does stand.
    pub fn clause_saying(&self, says: &str) -> Option<&str> {
        let wanted = squeeze(says);
        let mut all = self.clauses.iter().zip(&self.joined);
        all.find(|(_, joined)| joined.quoted(&wanted).is_some()).map(|(c, _)| c.id.as_str())
    }

    /// The sentence that the quotation comes closest to, and the first word that differs.
    pub fn nearest(&self, says: &str) -> Option<Nearest> {
        let squeezed = squeeze(says);
        let quoted: Vec<&str> = squeezed.split(' ').take(WORDS_MAX).collect();
        let mut best: Option<(usize, Nearest)> = None;
        for sentence in self.sentences().take(SENTENCES_MAX) {
            let stands: Vec<&str> = sentence.text.split(' ').take(WORDS_MAX).collect();
            let ops = capture_diff_slices(Algorithm::Myers, &stands, &quoted);
            let equal: usize = ops
                .iter()
                .map(|op| if matches!(op, DiffOp::Equal { .. }) { op.new_range().len() } else { 0 })
                .sum();
            // A sentence that shares less than half of the quotation's words is not what was meant.
            if equal * 2 < quoted.len() || best.as_ref().is_some_and(|(most, _)| *most >= equal) {
                continue;
            }
            let differs = ops.iter().find(|op| {
                !matches!(op, DiffOp::Equal { .. })
                    && (op.new_range().start > 0 || !op.new_range().is_empty())
            });
            let words = |all: &[&str], range: std::ops::Range<usize>| all[range].join(" ");
            let (quoted, stands) = differs.map_or_else(Default::default, |op| {
                (words(&quoted, op.new_range()), words(&stands, op.old_range()))
            });
            let (sentence, text) = (sentence.id.clone(), sentence.text.clone());
            best = Some((equal, Nearest { sentence, text, quoted, stands }));
        }
        best.map(|(_, nearest)| nearest)
    }
}

/// Bounds on the search for a near miss, so that a hostile file costs no more than a long one.
const WORDS_MAX: usize = 200;
const SENTENCES_MAX: usize = 1000;

/// A block of lines as the file has them.
enum Block {
    Text(String),
    Item(String),
    Gap,
}

/// Paragraphs with numbers, sentences with ids.
fn numbered(clause: &str, blocks: &[Block]) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut number = 0;
    let mut next = 1;
    let mut index = 0;
    while index < blocks.len() {
        match &blocks[index] {
            Block::Gap => index += 1,
            Block::Text(words) => {
                number += 1;
                let address = Address { clause: clause.to_owned(), paragraph: number, item: None };
                let sentences = split(words)
                    .into_iter()
                    .map(|text| sentence(clause, &mut next, &address, text))
                    .collect();
                let kind = ParagraphKind::Paragraph;
                paragraphs.push(Paragraph { kind, number, label: None, sentences });
                index += 1;
            }
            Block::Item(_) => {
                let items: Vec<&str> = blocks[index..]
                    .iter()
                    .take_while(|b| !matches!(b, Block::Text(_)))
                    .filter_map(|b| if let Block::Item(words) = b { Some(words.as_str()) } else { None })
                    .collect();
                index += blocks[index..].iter().take_while(|b| !matches!(b, Block::Text(_))).count();
                let lead = paragraphs.last().and_then(|p| p.sentences.last()).map(|s| s.id.clone());
                number = number.max(1);
                paragraphs.extend(listed(clause, number, &mut next, lead.as_ref(), &items));
            }
        }
    }
    paragraphs
}

fn listed(
    clause: &str,
    number: usize,
    next: &mut usize,
    lead: Option<&SentenceId>,
    items: &[&str],
) -> Vec<Paragraph> {
    let own = items.iter().all(|item| ends_a_sentence(item));
    let lead = if own { None } else { lead };
    let mut paragraphs = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let (label, words) = labelled(item);
        let name = label.map_or_else(|| (index + 1).to_string(), |l| l.trim_end_matches(')').to_owned());
        let address = Address { clause: clause.to_owned(), paragraph: number, item: Some(name.clone()) };
        let sentences = match lead {
            Some(lead) => {
                let part = if label.is_some() { name } else { format!("p{name}") };
                vec![Sentence {
                    id: SentenceId(format!("{lead}{part}")),
                    address,
                    text: squeeze(words),
                    continues: Some(lead.clone()),
                    holes: Vec::new(),
                }]
            }
            None => split(words).into_iter().map(|text| sentence(clause, next, &address, text)).collect(),
        };
        let label = label.map(str::to_owned);
        paragraphs.push(Paragraph { kind: ParagraphKind::ListItem, number, label, sentences });
    }
    paragraphs
}

fn sentence(clause: &str, next: &mut usize, address: &Address, text: String) -> Sentence {
    let id = SentenceId(format!("{clause}.{next}"));
    *next += 1;
    Sentence { id, address: address.clone(), text, continues: None, holes: Vec::new() }
}

/// An item's label, `a)`, and the rest.
fn labelled(item: &str) -> (Option<&str>, &str) {
    match item.split_once(' ') {
        Some((label, rest)) if label.len() <= 3 && label.len() > 1 && label.ends_with(')') => {
            (Some(label), rest)
        }
        _ => (None, item),
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.trim_end().trim_end_matches([')', '”', '"']).ends_with(['.', '!', '?', ':'])
        || text.trim_end().ends_with(['.', '!', '?', ':'])
}

/// Words that end with a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 15] = [
    "bl.a.", "dnr.", "dvs.", "fr.o.m.", "ink.", "jfr.", "kl.", "m.fl.", "m.m.", "nr.", "osv.", "s.k.", "st.",
    "t.ex.", "t.o.m.",
];

/// Running text cut into sentences: after a full stop, question or exclamation mark that is followed by a
/// capital letter or a digit, unless the word is an abbreviation.
fn split(text: &str) -> Vec<String> {
    let squeezed = squeeze(text);
    let words: Vec<&str> = squeezed.split(' ').filter(|w| !w.is_empty()).collect();
    let mut sentences = Vec::new();
    let mut current: Vec<&str> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        current.push(word);
        let bare = word.trim_start_matches(['(', '”', '"']);
        let ends = bare.trim_end_matches([')', '”', '"']).ends_with(['.', '!', '?'])
            && !ABBREVIATIONS.contains(&bare.to_lowercase().as_str());
        let begins = words.get(index + 1).is_some_and(|next| {
            next.trim_start_matches(['(', '”', '"'])
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        });
        if ends && begins {
            sentences.push(current.join(" "));
            current.clear();
        }
    }
    if !current.is_empty() {
        sentences.push(current.join(" "));
    }
    sentences
}

impl Joined {
    fn of(clause: &ClauseText) -> Self {
        let mut joined = Self::default();
        for paragraph in &clause.paragraphs {
            let mut label = paragraph.label.as_deref();
            for sentence in &paragraph.sentences {
                if !joined.text.is_empty() {
                    joined.text.push(' ');
                }
                let from = joined.text.len();
                if let Some(label) = label.take() {
                    joined.text.push_str(label);
                    joined.text.push(' ');
                }
                joined.text.push_str(&sentence.text);
                let counts_as = sentence.continues.as_ref().unwrap_or(&sentence.id).clone();
                joined.spans.push((from, joined.text.len(), counts_as));
            }
        }
        joined
    }

    /// The sentences in which squeezed words stand; ` … ` leaves words out.
    fn quoted(&self, wanted: &str) -> Option<Vec<SentenceId>> {
        let mut found: Vec<SentenceId> = Vec::new();
        let mut read = 0;
        for part in wanted.split(" … ") {
            let from = read + whole_words(&self.text[read..], part)?;
            let to = from + part.len();
            for (start, end, sentence) in &self.spans {
                if *start < to && from < *end && !found.contains(sentence) {
                    found.push(sentence.clone());
                }
            }
            read = to;
        }
        Some(found)
    }
}

/// Whether the words stand in the text as whole words, whatever the case.
pub fn contains_words(text: &str, words: &str) -> bool {
    whole_words(&text.to_lowercase(), &words.to_lowercase()).is_some()
}

/// The byte at which the words first stand in the text without being cut out of longer ones.
fn whole_words(text: &str, words: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let first = words.chars().next()?;
    let last = words.chars().next_back()?;
    text.match_indices(words).map(|(at, _)| at).find(|at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let cut_before = letter(before) && first.is_alphanumeric();
        let cut_after = letter(after) && last.is_alphanumeric();
        !cut_before && !cut_after
    })
}
