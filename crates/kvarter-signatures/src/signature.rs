//! The signatures of a file as they stand: what each covers and what it says of itself.
//!
//! Whether the covered bytes are what was signed is for `cms`; what came after, for `change`.

use std::ops::Range;

use jiff::Timestamp;
use serde::Serialize;

use crate::pdf::{
    Dictionary, Entry, FieldKind, File, Id, Object, Page, Parser, PdfError, View, annotation_pages, fields,
    read_date, read_text,
};
use crate::seal::{Initials, StatementError};
use crate::sign::STATEMENT_KEY;

/// A signature or a document timestamp in a file.
#[derive(Debug, Clone)]
pub(crate) struct Signature {
    /// The field's full name.
    pub(crate) field: String,
    /// The page its field stands on, from 1, where it does.
    pub(crate) page: Option<usize>,
    /// Whether it is a document timestamp.
    pub(crate) timestamp: bool,
    /// `/SubFilter`: how the signature is encoded.
    pub(crate) encoding: Option<String>,
    /// The CMS structure, with its padding.
    pub(crate) contents: Vec<u8>,
    /// The bytes that are not covered, when they are what they should be.
    pub(crate) hole: Result<Range<usize>, Coverage>,
    /// The revision, from 0, that it is part of.
    pub(crate) revision: usize,
    /// Where the covered bytes end.
    pub(crate) end: usize,
    pub(crate) name: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) location: Option<String>,
    /// `/M`: when, by the signer's word.
    pub(crate) claimed: Option<Timestamp>,
    /// What the signature allows to be done after it (DocMDP), 1 to 3.
    pub(crate) permission: Option<i64>,
    /// The fields that it locks (FieldMDP).
    pub(crate) lock: Lock,
    pub(crate) statement: Option<Result<Initials, StatementError>>,
}

/// What is wrong with the bytes that a signature covers (ISO 32000-2 § 12.8.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// `/ByteRange` is missing or is not two pairs of numbers.
    NoByteRange,
    /// The covered bytes do not begin at the beginning of the file.
    BeginsLate,
    /// What is left out is not exactly the value of `/Contents`.
    OtherHole,
    /// The value of `/Contents` is not plain hexadecimal digits.
    OddContents,
    /// The covered bytes do not end where the signature's revision ends.
    EndsElsewhere,
    /// The signature is not an object of its own in the file's bytes.
    NotFound,
    /// Another signature is in the same revision, so that one of them leaves the other out.
    SharedRevision,
}

/// Fields that a signature locks (ISO 32000-2 § 12.8.2.4).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Lock {
    #[default]
    None,
    All,
    Include(Vec<String>),
    Exclude(Vec<String>),
}

impl Lock {
    /// Whether a field is locked.
    pub(crate) fn holds(&self, field: &str) -> bool {
        // A name stands for all fields beneath it too.
        let named = |names: &[String]| {
            names.iter().any(|name| {
                field == name || field.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
        };
        match self {
            Self::None => false,
            Self::All => true,
            Self::Include(names) => named(names),
            Self::Exclude(names) => !named(names),
        }
    }
}

/// All signatures of a file as it stands now, in the order in which they were made.
///
/// # Errors
/// When the form cannot be read.
pub(crate) fn signatures(file: &File<'_>, pages: &[Page]) -> Result<Vec<Signature>, PdfError> {
    let view = file.latest();
    let places = annotation_pages(view, pages)?;
    let mut signatures = Vec::new();
    for field in fields(view)?.into_iter().filter(|field| field.kind == FieldKind::Signature) {
        let Some(value) = &field.value else { continue };
        let found = view.resolve(value)?;
        let Some(dictionary) = found.as_dictionary() else { continue };
        let page = field.widgets.iter().find_map(|widget| places.get(widget)).map(|index| index + 1);
        signatures.push(read(file, field.name, page, value.as_reference(), dictionary)?);
    }
    signatures.sort_by_key(|signature| (signature.revision, signature.end));
    Ok(signatures)
}

fn read(
    file: &File<'_>,
    field: String,
    page: Option<usize>,
    id: Option<Id>,
    dictionary: &Dictionary,
) -> Result<Signature, PdfError> {
    let view = file.latest();
    let string = |key: &[u8]| -> Result<Option<Vec<u8>>, PdfError> {
        Ok(view.get(dictionary, key)?.as_string().map(<[u8]>::to_vec))
    };
    let name = |key: &[u8]| -> Result<Option<String>, PdfError> {
        let name = view.get(dictionary, key)?;
        Ok(name.as_name().map(|name| String::from_utf8_lossy(name).into_owned()))
    };
    let said = |key: &[u8]| Ok::<_, PdfError>(string(key)?.as_deref().map(read_text));
    let encoding = name(b"SubFilter")?;
    let revision = id.and_then(|id| view.entry(id.number)).map_or(file.revisions().len() - 1, |(at, _)| at);
    let (hole, end) = coverage(view, id, dictionary, revision);
    let (permission, lock) = transforms(view, dictionary)?;
    Ok(Signature {
        field,
        page,
        timestamp: name(b"Type")?.as_deref() == Some("DocTimeStamp")
            || encoding.as_deref() == Some("ETSI.RFC3161"),
        encoding,
        contents: string(b"Contents")?.unwrap_or_default(),
        hole,
        revision,
        end,
        name: said(b"Name")?,
        reason: said(b"Reason")?,
        location: said(b"Location")?,
        claimed: string(b"M")?.as_deref().and_then(read_date),
        permission,
        lock,
        statement: statement(view, dictionary)?,
    })
}

/// What the signature leaves out, if that is right, and where what it covers ends.
fn coverage(
    view: View<'_>,
    id: Option<Id>,
    dictionary: &Dictionary,
    revision: usize,
) -> (Result<Range<usize>, Coverage>, usize) {
    let numbers: Option<Vec<usize>> = view.get(dictionary, b"ByteRange").ok().and_then(|range| {
        let numbers = range.as_array()?.iter().map(Object::as_integer);
        numbers.map(|number| usize::try_from(number?).ok()).collect()
    });
    let Some([from, length, resumed, rest]) = numbers.as_deref() else {
        return (Err(Coverage::NoByteRange), 0);
    };
    let Some((start, end)) = from.checked_add(*length).zip(resumed.checked_add(*rest)) else {
        return (Err(Coverage::NoByteRange), 0);
    };
    let judged = (|| {
        if *from != 0 {
            return Err(Coverage::BeginsLate);
        }
        let place = id.and_then(|id| contents_place(view, id)).ok_or(Coverage::NotFound)?;
        if place != (start..*resumed) {
            return Err(Coverage::OtherHole);
        }
        let text = view.file().bytes().get(place.clone()).ok_or(Coverage::NotFound)?;
        let [b'<', digits @ .., b'>'] = text else { return Err(Coverage::OddContents) };
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(Coverage::OddContents);
        }
        let revision = &view.file().revisions()[revision];
        if !(revision.mark_end..=revision.end).contains(&end) {
            return Err(Coverage::EndsElsewhere);
        }
        Ok(place)
    })();
    (judged, end)
}

/// Where the value of `/Contents` stands in the file.
fn contents_place(view: View<'_>, id: Id) -> Option<Range<usize>> {
    let (_, Entry::At { offset, .. }) = view.entry(id.number)? else { return None };
    let file = view.file();
    let mut parser = Parser::new(file.bytes(), offset, file.budget());
    (parser.object_heading()? == id).then_some(())?;
    let mut place = None;
    let mut keep = |key: &[u8], range: Range<usize>| {
        if key == b"Contents" {
            place = Some(range);
        }
    };
    parser.dictionary_with_places(&mut keep).ok()?;
    place
}

fn transforms(view: View<'_>, dictionary: &Dictionary) -> Result<(Option<i64>, Lock), PdfError> {
    let (mut permission, mut lock) = (None, Lock::None);
    let references = view.get(dictionary, b"Reference")?;
    for reference in references.as_array().unwrap_or_default().iter().take(8) {
        let reference = view.resolve(reference)?;
        let Some(reference) = reference.as_dictionary() else { continue };
        let method = view.get(reference, b"TransformMethod")?;
        let parameters = view.get(reference, b"TransformParams")?;
        let Some(parameters) = parameters.as_dictionary() else { continue };
        match method.as_name() {
            // Without a number, 2 is meant (ISO 32000-2 table 257).
            Some(b"DocMDP") => permission = Some(view.get(parameters, b"P")?.as_integer().unwrap_or(2)),
            Some(b"FieldMDP") => {
                let names = view.get(parameters, b"Fields")?;
                let names = names.as_array().unwrap_or_default().iter();
                let names = names.filter_map(Object::as_string).map(read_text).collect();
                lock = match view.get(parameters, b"Action")?.as_name() {
                    Some(b"Include") => Lock::Include(names),
                    Some(b"Exclude") => Lock::Exclude(names),
                    _ => Lock::All,
                };
            }
            _ => {}
        }
    }
    Ok((permission, lock))
}

fn statement(
    view: View<'_>,
    dictionary: &Dictionary,
) -> Result<Option<Result<Initials, StatementError>>, PdfError> {
    let pieces = view.get(dictionary, STATEMENT_KEY.as_bytes())?;
    let Some(pieces) = pieces.as_array() else {
        return Ok((!pieces.is_null()).then_some(Err(StatementError::Form)));
    };
    let text: Option<Vec<&[u8]>> = pieces.iter().map(Object::as_string).collect();
    Ok(Some(text.map_or(Err(StatementError::Form), |text| Initials::read(&text.concat()))))
}
