//! Cross-reference sections: tables, streams and both at once (ISO 32000-2 § 7.5.4, § 7.5.8).
//!
//! A section is read as it stands; how sections make up revisions is decided by the file.

use std::collections::BTreeSet;
use std::ops::Range;

use super::file::Anomaly;
use super::filter::decode_alone;
use super::object::{Dictionary, Object};
use super::syntax::{Budget, Parser, is_blank};
use super::{MAX_OBJECT_NUMBER, PdfError};

/// More sections than this are not followed: thousands of signatures, or a trap.
const SECTIONS_MAX: usize = 10_000;
/// More entries than this are not held, all sections together.
const ENTRIES_MAX: usize = 1_000_000;
/// How far from where `startxref` says a section is still looked for.
const SLACK: usize = 8;

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nowhere: the number is not in use.
    Free,
    /// At this byte of the file.
    At {
        /// From the beginning of the file.
        offset: usize,
        /// The generation that is valid.
        generation: u16,
    },
    /// In an object stream.
    In {
        /// The object stream's number.
        stream: u32,
        /// The position within it, from 0.
        index: u32,
    },
}

/// Whether a section is a table or a stream; an update keeps to what the file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Table,
    Stream,
}

/// One section with its trailer.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) at: usize,
    pub(crate) form: Form,
    pub(crate) entries: Vec<(u32, Entry)>,
    pub(crate) trailer: Dictionary,
    /// The bytes that the section and its trailer take up.
    pub(crate) extents: Vec<Range<usize>>,
    /// The offset that `startxref` says after the trailer, and where `%%EOF` ends; when they are there.
    pub(crate) end_mark: Option<(usize, usize)>,
}

/// Reads all sections, the newest first.
///
/// # Errors
/// When there is no section, when the chain is circular, or when one of them is broken.
pub(crate) fn sections(
    bytes: &[u8],
    budget: &Budget,
    anomalies: &mut BTreeSet<Anomaly>,
) -> Result<Vec<Section>, PdfError> {
    let mut sections: Vec<Section> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut entries = 0;
    let mut next = Some(last_startxref(bytes)?);
    while let Some(said) = next {
        let at = locate(bytes, said, budget).ok_or(PdfError::NoCrossReference { at: said })?;
        if at != said {
            anomalies.insert(Anomaly::StartxrefOffset);
        }
        if !seen.insert(at) || sections.len() >= SECTIONS_MAX {
            return Err(PdfError::RevisionOrder);
        }
        let mut section = section(bytes, at, budget, anomalies)?;
        if let Some(hidden) = offset_of(&section.trailer, b"XRefStm")? {
            anomalies.insert(Anomaly::Hybrid);
            supplement(&mut section, stream_section(bytes, hidden, budget)?);
        }
        entries += section.entries.len();
        if entries > ENTRIES_MAX {
            return Err(PdfError::TooLarge);
        }
        next = offset_of(&section.trailer, b"Prev")?;
        sections.push(section);
    }
    Ok(sections)
}

fn last_startxref(bytes: &[u8]) -> Result<usize, PdfError> {
    const WORD: &[u8] = b"startxref";
    let none = PdfError::NoCrossReference { at: bytes.len() };
    let at = bytes.windows(WORD.len()).rposition(|window| window == WORD).ok_or(none.clone())?;
    let budget = Budget::new(1, 0);
    let offset = Parser::new(bytes, at + WORD.len(), &budget).count().ok_or(none)?;
    usize::try_from(offset).map_err(|_| PdfError::NoCrossReference { at })
}

fn offset_of(trailer: &Dictionary, key: &[u8]) -> Result<Option<usize>, PdfError> {
    let unusable = || PdfError::Unusable { number: 0, key: String::from_utf8_lossy(key).into_owned() };
    let Some(value) = trailer.get(key) else { return Ok(None) };
    let value = value.as_integer().ok_or_else(unusable)?;
    usize::try_from(value).map(Some).map_err(|_| unusable())
}

/// Finds the section that is said to be at a place, a few bytes off at most.
fn locate(bytes: &[u8], said: usize, budget: &Budget) -> Option<usize> {
    let stands = |at: usize| {
        let free = at == 0 || bytes.get(at - 1).is_some_and(|&byte| is_blank(byte));
        let begins = bytes.get(at).is_some_and(|&byte| byte == b'x' || byte.is_ascii_digit());
        let mut parser = Parser::new(bytes, at, budget);
        free && begins && (parser.word(b"xref") || parser.object_heading().is_some())
    };
    let nearby = (1..=SLACK).flat_map(|by| [said.checked_sub(by), said.checked_add(by)]);
    std::iter::once(Some(said)).chain(nearby).flatten().find(|&at| at < bytes.len() && stands(at))
}

fn section(
    bytes: &[u8],
    at: usize,
    budget: &Budget,
    anomalies: &mut BTreeSet<Anomaly>,
) -> Result<Section, PdfError> {
    let mut parser = Parser::new(bytes, at, budget);
    if !parser.word(b"xref") {
        return stream_section(bytes, at, budget);
    }
    let mut entries = Vec::new();
    while parser.digit_next() {
        let wrong = PdfError::Syntax { at: parser.at() };
        let (first, count) = parser.count().zip(parser.count()).ok_or(wrong.clone())?;
        for number in first..first.saturating_add(count) {
            let from = parser.at();
            let entry = table_entry(&mut parser).ok_or(wrong.clone())?;
            // Every entry is twenty bytes with its line end; others are read, and told.
            let regular = parser.at() - skip_line(bytes, from) == 18;
            if !regular {
                anomalies.insert(Anomaly::LooseCrossReference);
            }
            let number = u32::try_from(number).ok().filter(|&number| number <= MAX_OBJECT_NUMBER);
            entries.push((number.ok_or(wrong.clone())?, entry));
            if entries.len() > ENTRIES_MAX {
                return Err(PdfError::TooLarge);
            }
        }
    }
    if !parser.word(b"trailer") {
        return Err(PdfError::Syntax { at: parser.at() });
    }
    let Object::Dictionary(trailer) = parser.value()? else {
        return Err(PdfError::Syntax { at: parser.at() });
    };
    let end_mark = end_mark(&mut parser.clone());
    let extents = std::iter::once(at..parser.at()).collect();
    Ok(Section { at, form: Form::Table, entries, trailer, extents, end_mark })
}

fn skip_line(bytes: &[u8], from: usize) -> usize {
    let blank = bytes[from..].iter().take_while(|&&byte| matches!(byte, b' ' | b'\r' | b'\n')).count();
    from + blank
}

fn table_entry(parser: &mut Parser<'_>) -> Option<Entry> {
    let offset = parser.count()?;
    let generation = parser.count()?;
    if parser.word(b"f") {
        return Some(Entry::Free);
    }
    if !parser.word(b"n") {
        return None;
    }
    // Some writers give unused numbers the offset 0; no object can be where the header is.
    match usize::try_from(offset).ok()? {
        0 => Some(Entry::Free),
        offset => Some(Entry::At { offset, generation: u16::try_from(generation).ok()? }),
    }
}

/// Reads `startxref`, the offset and `%%EOF` after a trailer.
fn end_mark(parser: &mut Parser<'_>) -> Option<(usize, usize)> {
    const MARK: &[u8] = b"%%EOF";
    if !parser.word(b"startxref") {
        return None;
    }
    let said = parser.count()?;
    let bytes = parser.data();
    let from = skip_line(bytes, parser.at());
    let end = from + MARK.len();
    (bytes.get(from..end) == Some(MARK)).then_some((usize::try_from(said).ok()?, end))
}

fn stream_section(bytes: &[u8], at: usize, budget: &Budget) -> Result<Section, PdfError> {
    let none = || PdfError::NoCrossReference { at };
    let mut parser = Parser::new(bytes, at, budget);
    parser.object_heading().ok_or_else(none)?;
    let Object::Dictionary(dictionary) = parser.value()? else { return Err(none()) };
    if !dictionary.is(b"Type", b"XRef") {
        return Err(none());
    }
    let length = dictionary.get(b"Length").and_then(Object::as_integer).ok_or_else(none)?;
    let data = stream_data(bytes, &mut parser, length).ok_or_else(none)?;
    if !parser.word(b"endobj") {
        return Err(none());
    }
    let end = parser.at();
    let rows = decode_alone(&dictionary, &bytes[data], budget)?;
    let entries = stream_entries(&dictionary, &rows).ok_or_else(none)?;
    let end_mark = end_mark(&mut parser);
    let extents = std::iter::once(at..end).collect();
    Ok(Section { at, form: Form::Stream, entries, trailer: dictionary, extents, end_mark })
}

/// After a stream's dictionary, finds its bytes; passes `endstream`.
///
/// The length has to be right. A reader that searched for `endstream` instead would see other bytes
/// than one that did not.
pub(crate) fn stream_data(bytes: &[u8], parser: &mut Parser<'_>, length: i64) -> Option<Range<usize>> {
    if !parser.word(b"stream") {
        return None;
    }
    let mut from = parser.at();
    if bytes.get(from) == Some(&b'\r') {
        from += 1;
    }
    if bytes.get(from) != Some(&b'\n') {
        return None;
    }
    from += 1;
    let end = from.checked_add(usize::try_from(length).ok()?)?;
    bytes.get(from..end)?;
    parser.go_to(end);
    // Not `word`: a comment may not stand between the data and its end.
    let tail = skip_line(bytes, end);
    (tail - end <= 2).then_some(())?;
    parser.word(b"endstream").then_some(from..end)
}

fn stream_entries(dictionary: &Dictionary, rows: &[u8]) -> Option<Vec<(u32, Entry)>> {
    let numbers = |key: &[u8]| -> Option<Vec<u64>> {
        let items = dictionary.get(key)?.as_array()?;
        items.iter().map(|item| u64::try_from(item.as_integer()?).ok()).collect()
    };
    let widths = numbers(b"W")?;
    let [kind, second, third] = widths.as_slice() else { return None };
    let widths =
        [*kind, *second, *third].map(|width| usize::try_from(width).ok().filter(|&width| width <= 8));
    let [Some(kind), Some(second), Some(third)] = widths else { return None };
    let index = match numbers(b"Index") {
        Some(index) => index,
        None => vec![0, u64::try_from(dictionary.get(b"Size")?.as_integer()?).ok()?],
    };
    let row = kind + second + third;
    if row == 0 {
        return None;
    }
    let mut rows = rows.chunks_exact(row);
    let mut entries = Vec::new();
    for range in index.chunks(2) {
        let [first, count] = range else { return None };
        for number in *first..first.saturating_add(*count) {
            // A section that promises more rows than it has is taken at what it has.
            let Some(bytes) = rows.next() else { return Some(entries) };
            let number = u32::try_from(number).ok().filter(|&number| number <= MAX_OBJECT_NUMBER)?;
            entries.push((number, stream_entry(bytes, kind, second)?));
            if entries.len() > ENTRIES_MAX {
                return None;
            }
        }
    }
    Some(entries)
}

fn stream_entry(bytes: &[u8], kind: usize, second: usize) -> Option<Entry> {
    let number = |bytes: &[u8]| bytes.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
    let (first, rest) = bytes.split_at(kind);
    let (second, third) = rest.split_at(second);
    let kind = if kind == 0 { 1 } else { number(first) };
    let (second, third) = (number(second), number(third));
    Some(match kind {
        1 => Entry::At { offset: usize::try_from(second).ok()?, generation: u16::try_from(third).ok()? },
        2 => Entry::In {
            stream: u32::try_from(second).ok().filter(|&number| number <= MAX_OBJECT_NUMBER)?,
            index: u32::try_from(third).ok()?,
        },
        // Type 0 is free; unknown types are to be read as null.
        _ => Entry::Free,
    })
}

/// Adds what a hybrid file hides from old readers: only numbers that the table leaves free.
fn supplement(section: &mut Section, hidden: Section) {
    let used: BTreeSet<u32> = section
        .entries
        .iter()
        .filter(|(_, entry)| *entry != Entry::Free)
        .map(|(number, _)| *number)
        .collect();
    let visible: Vec<_> = hidden.entries.into_iter().filter(|(number, _)| !used.contains(number)).collect();
    let replaced: BTreeSet<u32> = visible.iter().map(|(number, _)| *number).collect();
    section.entries.retain(|(number, _)| !replaced.contains(number));
    section.entries.extend(visible);
    section.extents.extend(hidden.extents);
}
