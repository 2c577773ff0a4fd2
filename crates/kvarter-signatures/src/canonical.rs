//! The canonical form of a page, version 1: the bytes that a page's hash is taken of.
//!
//! # Canonical form v1
//!
//! A page is a dictionary of these keys, each with its value as a reader would have it (inherited
//! where ISO 32000-2 § 7.7.3.4 says so), `null` when there is none:
//!
//! | key | value |
//! |---|---|
//! | `Annots` | the list of annotations, see below |
//! | `Contents` | the SHA-256 of the decoded content streams, each followed by a line feed |
//! | `CropBox`, `Group`, `MediaBox`, `Resources`, `Rotate`, `UserUnit` | the page's own or inherited |
//! | `OCProperties` | the catalog's: which layers are shown |
//!
//! Values are written as bytes:
//!
//! - null `n`, true `t`, false `f`
//! - a number: `d`, its shortest decimal text, `;`. The text has a minus sign if it is negative, no
//!   leading zeros but one before the stop, no trailing zeros, and no stop without a fraction
//! - a string: `s`, its length in decimal, `:`, its bytes; a name: `/` and then likewise
//! - an array: `[`, its items, `]`
//! - a dictionary: `<`, keys (as names) and values by the order of the keys' bytes, `>`
//! - a stream: `{`, its dictionary without `Length`, `Filter` and `DecodeParms`, the array of filters
//!   that could not be undone (name, parameters, name, …), then `h` and the 32 bytes of the SHA-256
//!   of its data as far as it could be decoded, `}`. Filters that are undone: Flate, ASCIIHex,
//!   ASCII85, RunLength
//! - a reference: the first time on a page, the value of the object, which gets the next number,
//!   counted from 0 before its value is written; after that `@`, that number, `;`
//! - within `Dest`, `D`, `A`, `AA` and `PA` of an annotation, a reference to a page: `p`, its number
//!   from 1, `;`
//!
//! An annotation is written without `P`, `Parent` and `StructParent`. Two kinds are less than whole:
//! a field that `form` prepared (told by its name, and of the kind of field that goes with it) is
//! written without `V` and `AP` too, so that filling it changes nothing; a signature field of another
//! name whose rectangle has no area cannot be seen and is left out.
//!
//! The page's hash is the SHA-256 of the ASCII bytes `kvarter page v1`, a zero byte, and the page.

use std::collections::HashMap;

use ring::digest::{Context, SHA256, digest};

use crate::form::Role;
use crate::pdf::{Dictionary, Id, Object, Page, PdfError, Stream, View, decode};

/// How deep values may be nested, references followed.
const DEPTH_MAX: usize = 160;
/// How many values all pages of a document may take together.
const VALUES_MAX: usize = 6_000_000;

/// A SHA-256 digest.
pub(crate) type Digest = [u8; 32];

pub(crate) fn sha256(bytes: &[u8]) -> Digest {
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, bytes).as_ref());
    out
}

/// Writes the canonical form of pages; remembers what it has decoded.
pub(crate) struct Canon<'f> {
    view: View<'f>,
    numbers: HashMap<Id, usize>,
    data: HashMap<(u32, usize), Data>,
    left: usize,
}

#[derive(Clone)]
struct Data {
    rest: Vec<(Vec<u8>, Object)>,
    hash: Digest,
}

/// One page on its way into a hash.
struct Writer<'c, 'f> {
    canon: &'c mut Canon<'f>,
    hash: Context,
    seen: HashMap<Id, usize>,
}

impl<'f> Canon<'f> {
    pub(crate) fn new(view: View<'f>, pages: &[Page]) -> Self {
        let numbers = pages.iter().enumerate().map(|(index, page)| (page.id, index + 1)).collect();
        Self { view, numbers, data: HashMap::new(), left: VALUES_MAX }
    }

    /// The hash of a page.
    pub(crate) fn page(&mut self, page: &Page) -> Result<Digest, PdfError> {
        let view = self.view;
        let layers = view.catalog()?.get(b"OCProperties").cloned().unwrap_or(Object::Null);
        let contents = self.contents(&page.dictionary)?;
        let mut writer = Writer { canon: self, hash: Context::new(&SHA256), seen: HashMap::new() };
        writer.hash.update(b"kvarter page v1\0");
        writer.raw(b"<");
        writer.counted(b'/', b"Annots");
        writer.annotations(&page.dictionary)?;
        writer.counted(b'/', b"Contents");
        writer.raw(b"h");
        writer.raw(&contents);
        for key in ["CropBox", "Group", "MediaBox", "OCProperties", "Resources", "Rotate", "UserUnit"] {
            writer.counted(b'/', key.as_bytes());
            let value = match key {
                "OCProperties" => &layers,
                key => page.dictionary.get(key.as_bytes()).unwrap_or(&Object::Null),
            };
            writer.value(value, false, 0)?;
        }
        writer.raw(b">");
        let mut out = [0; 32];
        out.copy_from_slice(writer.hash.finish().as_ref());
        Ok(out)
    }

    fn contents(&mut self, page: &Dictionary) -> Result<Digest, PdfError> {
        let mut hash = Context::new(&SHA256);
        let contents = self.view.get(page, b"Contents")?;
        let parts = contents.as_array().unwrap_or(std::slice::from_ref(&*contents));
        for part in parts.iter().filter(|part| !part.is_null()) {
            let part = self.view.resolve(part)?;
            let stream = part.as_stream().ok_or(PdfError::Undecodable)?;
            hash.update(&decode(self.view, stream)?.whole()?);
            hash.update(b"\n");
        }
        let mut out = [0; 32];
        out.copy_from_slice(hash.finish().as_ref());
        Ok(out)
    }

    /// A stream's data, decoded once however many pages use it.
    fn data(&mut self, id: Option<Id>, stream: &Stream) -> Result<Data, PdfError> {
        let key = id.and_then(|id| Some((id.number, self.view.entry(id.number)?.0)));
        if let Some(known) = key.and_then(|key| self.data.get(&key)) {
            return Ok(known.clone());
        }
        let decoded = decode(self.view, stream)?;
        let data = Data { hash: sha256(&decoded.bytes), rest: decoded.rest };
        if let Some(key) = key {
            self.data.insert(key, data.clone());
        }
        Ok(data)
    }
}

impl Writer<'_, '_> {
    fn raw(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
    }

    fn counted(&mut self, mark: u8, bytes: &[u8]) {
        self.raw(&[mark]);
        self.raw(bytes.len().to_string().as_bytes());
        self.raw(b":");
        self.raw(bytes);
    }

    fn ended(&mut self, mark: u8, text: &str) {
        self.raw(&[mark]);
        self.raw(text.as_bytes());
        self.raw(b";");
    }

    /// A value; `linked` where a reference to a page means going there.
    fn value(&mut self, value: &Object, linked: bool, depth: usize) -> Result<(), PdfError> {
        if depth > DEPTH_MAX {
            return Err(PdfError::TooDeep);
        }
        self.canon.left = self.canon.left.checked_sub(1).ok_or(PdfError::TooLarge)?;
        match value {
            Object::Null => self.raw(b"n"),
            Object::Boolean(true) => self.raw(b"t"),
            Object::Boolean(false) => self.raw(b"f"),
            Object::Integer(number) => self.ended(b'd', &number.to_string()),
            Object::Real(number) => self.ended(b'd', number.text()),
            Object::String(bytes) => self.counted(b's', bytes),
            Object::Name(name) => self.counted(b'/', name),
            Object::Array(items) => {
                self.raw(b"[");
                for item in items {
                    self.value(item, linked, depth + 1)?;
                }
                self.raw(b"]");
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, &[], linked, depth)?,
            Object::Stream(stream) => self.stream(None, stream, linked, depth)?,
            Object::Reference(id) => self.reference(*id, linked, depth)?,
        }
        Ok(())
    }

    fn reference(&mut self, id: Id, linked: bool, depth: usize) -> Result<(), PdfError> {
        if let (true, Some(number)) = (linked, self.canon.numbers.get(&id)) {
            self.ended(b'p', &number.to_string());
            return Ok(());
        }
        if let Some(number) = self.seen.get(&id) {
            self.ended(b'@', &number.to_string());
            return Ok(());
        }
        self.seen.insert(id, self.seen.len());
        let object = self.canon.view.object(id)?;
        match &*object {
            Object::Stream(stream) => self.stream(Some(id), stream, linked, depth + 1),
            object => self.value(object, linked, depth + 1),
        }
    }

    fn dictionary(
        &mut self,
        dictionary: &Dictionary,
        without: &[&[u8]],
        linked: bool,
        depth: usize,
    ) -> Result<(), PdfError> {
        self.raw(b"<");
        for (key, value) in dictionary.iter().filter(|(key, _)| !without.contains(key)) {
            self.counted(b'/', key);
            self.value(value, linked, depth + 1)?;
        }
        self.raw(b">");
        Ok(())
    }

    fn stream(
        &mut self,
        id: Option<Id>,
        stream: &Stream,
        linked: bool,
        depth: usize,
    ) -> Result<(), PdfError> {
        let data = self.canon.data(id, stream)?;
        self.raw(b"{");
        self.dictionary(&stream.dictionary, &[b"Length", b"Filter", b"DecodeParms"], linked, depth + 1)?;
        self.raw(b"[");
        for (name, parameters) in &data.rest {
            self.counted(b'/', name);
            self.value(parameters, false, depth + 1)?;
        }
        self.raw(b"]h");
        self.raw(&data.hash);
        self.raw(b"}");
        Ok(())
    }

    fn annotations(&mut self, page: &Dictionary) -> Result<(), PdfError> {
        let view = self.canon.view;
        let list = view.get(page, b"Annots")?;
        self.raw(b"[");
        for item in list.as_array().unwrap_or_default() {
            let annotation = view.resolve(item)?;
            match annotation.as_dictionary() {
                Some(annotation) => self.annotation(annotation)?,
                None => self.value(&annotation, false, 0)?,
            }
        }
        self.raw(b"]");
        Ok(())
    }

    fn annotation(&mut self, annotation: &Dictionary) -> Result<(), PdfError> {
        let view = self.canon.view;
        let kind = match widget_kind(view, annotation)? {
            Some(WidgetKind::Unseen) => return Ok(()),
            kind => kind,
        };
        self.raw(b"<");
        for (key, value) in annotation.iter() {
            let left_out = match key {
                b"P" | b"Parent" | b"StructParent" => true,
                b"V" | b"AP" => kind == Some(WidgetKind::Prepared),
                _ => false,
            };
            if !left_out {
                self.counted(b'/', key);
                let linked = matches!(key, b"Dest" | b"D" | b"A" | b"AA" | b"PA");
                self.value(value, linked, 1)?;
            }
        }
        self.raw(b">");
        Ok(())
    }
}

#[derive(PartialEq, Clone, Copy)]
enum WidgetKind {
    Prepared,
    Unseen,
}

/// Whether an annotation is a field of ours, or a signature field that cannot be seen.
fn widget_kind(view: View<'_>, annotation: &Dictionary) -> Result<Option<WidgetKind>, PdfError> {
    let kind = annotation.get(b"FT").and_then(Object::as_name);
    if !annotation.is(b"Subtype", b"Widget") || kind.is_none() {
        return Ok(None);
    }
    let name = annotation.get(b"T").and_then(Object::as_string).map(crate::pdf::read_text);
    let prepared = match name.as_deref().and_then(Role::of) {
        Some(Role::Initials { .. }) => kind == Some(b"Tx"),
        Some(_) => kind == Some(b"Sig"),
        None => false,
    };
    if prepared && !annotation.has(b"Parent") {
        return Ok(Some(WidgetKind::Prepared));
    }
    let unseen = kind == Some(b"Sig") && !has_area(view, annotation)?;
    Ok(unseen.then_some(WidgetKind::Unseen))
}

/// Whether an annotation's rectangle covers anything; one that cannot be read is taken to.
pub(crate) fn has_area(view: View<'_>, annotation: &Dictionary) -> Result<bool, PdfError> {
    let rect = view.get(annotation, b"Rect")?;
    let edges: Vec<f64> = rect.as_array().unwrap_or_default().iter().filter_map(Object::as_number).collect();
    #[expect(clippy::float_cmp, reason = "exactly no extent is what is meant")]
    Ok(match edges.as_slice() {
        [left, bottom, right, top] => left != right && bottom != top,
        _ => true,
    })
}
