//! New revisions: objects appended to a file as it is, with a cross-reference section of the same
//! kind as the last one (ISO 32000-2 § 7.5.6).
//!
//! The same update of the same file gives the same bytes. Nothing that is there is ever changed.

use std::collections::BTreeMap;

use ring::digest::{Context, SHA256};

use super::file::Form;
use super::object::{Body, Dictionary, Id, Object, Stream};
use super::{PdfError, View};

/// How many numbers have to be left for what an update may add.
const NUMBERS_MIN: u32 = 1_000_000;

/// Keys of a cross-reference stream that describe the stream and not the document.
const STREAM_KEYS: [&[u8]; 9] =
    [b"Type", b"W", b"Index", b"Filter", b"DecodeParms", b"Length", b"Prev", b"XRefStm", b"Size"];

/// A revision in the making.
#[derive(Debug)]
pub(crate) struct Update<'f> {
    view: View<'f>,
    objects: BTreeMap<Id, New>,
    next: u32,
}

#[derive(Debug)]
enum New {
    Value(Object),
    /// Bytes whose places somebody needs to know.
    Spelled(Vec<u8>),
}

/// An update as bytes: the whole file, and where each new object's value begins.
#[derive(Debug)]
pub(crate) struct Updated {
    pub(crate) bytes: Vec<u8>,
    pub(crate) places: BTreeMap<Id, usize>,
}

impl<'f> Update<'f> {
    /// An update of the file that `view` looks at; `view` is its latest.
    ///
    /// # Errors
    /// [`PdfError::TooLarge`] when hardly a number is left for new objects.
    pub(crate) fn new(view: View<'f>) -> Result<Self, PdfError> {
        let listed = view.file().revisions().iter().flat_map(|revision| &revision.entries);
        let highest = listed.map(|(number, _)| *number).max().unwrap_or(0);
        if highest > super::MAX_OBJECT_NUMBER - NUMBERS_MIN {
            return Err(PdfError::TooLarge);
        }
        // A size that is only said and not needed is not believed.
        let size = view.trailer().get(b"Size").and_then(Object::as_integer).unwrap_or(0);
        let size = u32::try_from(size).unwrap_or(0).min(highest + NUMBERS_MIN / 2);
        Ok(Self { view, objects: BTreeMap::new(), next: size.max(highest + 1) })
    }

    pub(crate) fn view(&self) -> View<'f> {
        self.view
    }

    /// A number that nothing has.
    pub(crate) fn reserve(&mut self) -> Id {
        let id = Id::new(self.next);
        self.next += 1;
        id
    }

    /// Adds an object.
    pub(crate) fn add(&mut self, object: impl Into<Object>) -> Id {
        let id = self.reserve();
        self.put(id, object);
        id
    }

    /// Puts an object in the place of what was there.
    pub(crate) fn put(&mut self, id: Id, object: impl Into<Object>) {
        self.objects.insert(id, New::Value(object.into()));
    }

    /// Adds an object spelled by the caller.
    pub(crate) fn add_spelled(&mut self, bytes: Vec<u8>) -> Id {
        let id = self.reserve();
        self.objects.insert(id, New::Spelled(bytes));
        id
    }

    /// An object as it will be.
    pub(crate) fn object(&self, id: Id) -> Result<Object, PdfError> {
        match self.objects.get(&id) {
            Some(New::Value(object)) => Ok(object.clone()),
            Some(New::Spelled(_)) => Err(PdfError::Unusable { number: id.number, key: "spelled".to_owned() }),
            None => Ok(self.view.object(id)?.as_ref().clone()),
        }
    }

    /// A dictionary as it will be, to change.
    pub(crate) fn edit(&mut self, id: Id) -> Result<&mut Dictionary, PdfError> {
        let unusable = || PdfError::Unusable { number: id.number, key: String::new() };
        if !self.objects.contains_key(&id) {
            let object = self.view.object(id)?.as_ref().clone();
            self.put(id, object);
        }
        match self.objects.get_mut(&id) {
            Some(New::Value(Object::Dictionary(dictionary))) => Ok(dictionary),
            _ => Err(unusable()),
        }
    }

    /// Adds to the list under a key, whether it stands in the dictionary or in an object of its own.
    pub(crate) fn append(&mut self, id: Id, key: &str, items: Vec<Object>) -> Result<(), PdfError> {
        let unusable = || PdfError::Unusable { number: id.number, key: key.to_owned() };
        let current = self.edit(id)?.get(key.as_bytes()).cloned();
        match current {
            None => {
                self.edit(id)?.set(key, items);
            }
            Some(Object::Array(mut list)) => {
                list.extend(items);
                self.edit(id)?.set(key, list);
            }
            Some(Object::Reference(at)) => match self.object(at)? {
                Object::Array(mut list) => {
                    list.extend(items);
                    self.put(at, list);
                }
                // A single element may stand for a list of one, as under `/K`.
                Object::Dictionary(_) => {
                    let list = std::iter::once(Object::Reference(at)).chain(items).collect::<Vec<_>>();
                    self.edit(id)?.set(key, list);
                }
                _ => return Err(unusable()),
            },
            Some(single) => {
                let list = std::iter::once(single).chain(items).collect::<Vec<_>>();
                self.edit(id)?.set(key, list);
            }
        }
        Ok(())
    }

    /// Writes the file with the new revision.
    pub(crate) fn finish(mut self) -> Updated {
        let file = self.view.file();
        let mut bytes = file.bytes().to_vec();
        if !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r") {
            bytes.push(b'\n');
        }
        let form = file.revisions()[self.view.revision()].form;
        // The section of a file with streams is an object itself and takes the last number.
        let section = (form == Form::Stream).then(|| self.reserve());
        let mut places = BTreeMap::new();
        let mut offsets = BTreeMap::new();
        let objects = std::mem::take(&mut self.objects);
        for (id, new) in objects {
            offsets.insert(id, bytes.len());
            bytes.extend(format!("{} {} obj\n", id.number, id.generation).bytes());
            places.insert(id, bytes.len());
            match new {
                New::Value(object) => write_whole(&mut bytes, &object, file.bytes()),
                New::Spelled(spelled) => bytes.extend(spelled),
            }
            bytes.extend(b"\nendobj\n");
        }
        let at = bytes.len();
        let trailer = self.trailer(&bytes[file.bytes().len()..]);
        match section {
            None => write_table(&mut bytes, &offsets, &trailer),
            Some(id) => {
                offsets.insert(id, at);
                write_stream_section(&mut bytes, id, &offsets, trailer);
            }
        }
        bytes.extend(format!("startxref\n{at}\n%%EOF\n").bytes());
        Updated { bytes, places }
    }

    fn trailer(&self, appended: &[u8]) -> Dictionary {
        let before = &self.view.file().revisions()[self.view.revision()];
        let mut trailer = self.view.trailer().clone();
        for key in STREAM_KEYS {
            trailer.remove(key);
        }
        let mut hash = Context::new(&SHA256);
        hash.update(&self.view.file().bytes().len().to_be_bytes());
        hash.update(appended);
        let fresh = Object::String(hash.finish().as_ref()[..16].to_vec());
        let first = self.view.get(&trailer, b"ID").ok().and_then(|id| id.as_array()?.first().cloned());
        trailer.set("ID", vec![first.unwrap_or_else(|| fresh.clone()), fresh]);
        trailer.set("Size", i64::from(self.next));
        trailer.set("Prev", i64::try_from(before.at).unwrap_or(i64::MAX));
        trailer
    }
}

fn write_table(bytes: &mut Vec<u8>, offsets: &BTreeMap<Id, usize>, trailer: &Dictionary) {
    bytes.extend(b"xref\n");
    for run in runs(offsets) {
        bytes.extend(format!("{} {}\n", run[0].0.number, run.len()).bytes());
        for (id, offset) in run {
            bytes.extend(format!("{offset:010} {:05} n \n", id.generation).bytes());
        }
    }
    bytes.extend(b"trailer\n");
    write_dictionary(bytes, trailer);
    bytes.push(b'\n');
}

fn write_stream_section(bytes: &mut Vec<u8>, id: Id, offsets: &BTreeMap<Id, usize>, trailer: Dictionary) {
    let mut index = Vec::new();
    let mut rows = Vec::new();
    for run in runs(offsets) {
        index.push(Object::Integer(i64::from(run[0].0.number)));
        index.push(Object::Integer(i64::try_from(run.len()).unwrap_or(i64::MAX)));
        for (id, offset) in run {
            rows.push(1);
            rows.extend(u32::try_from(offset).unwrap_or(u32::MAX).to_be_bytes());
            rows.extend(id.generation.to_be_bytes());
        }
    }
    let widths: Vec<Object> = [1, 4, 2].map(Object::Integer).to_vec();
    let dictionary = trailer.with("Type", Object::name("XRef")).with("W", widths).with("Index", index);
    bytes.extend(format!("{} {} obj\n", id.number, id.generation).bytes());
    write_whole(bytes, &Object::Stream(Stream::new(dictionary, rows)), &[]);
    bytes.extend(b"\nendobj\n");
}

/// Objects whose numbers follow on each other.
fn runs(offsets: &BTreeMap<Id, usize>) -> Vec<Vec<(Id, usize)>> {
    let mut runs: Vec<Vec<(Id, usize)>> = Vec::new();
    for (&id, &offset) in offsets {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, _)| last.number + 1 == id.number) => {
                run.push((id, offset));
            }
            _ => runs.push(vec![(id, offset)]),
        }
    }
    runs
}

fn write_whole(bytes: &mut Vec<u8>, object: &Object, file: &[u8]) {
    let Object::Stream(stream) = object else { return write_object(bytes, object) };
    let data = match &stream.body {
        Body::Read(range) => file.get(range.clone()).unwrap_or_default(),
        Body::New(data) => data,
    };
    let mut dictionary = stream.dictionary.clone();
    dictionary.set("Length", i64::try_from(data.len()).unwrap_or(i64::MAX));
    write_dictionary(bytes, &dictionary);
    bytes.extend(b"\nstream\n");
    bytes.extend(data);
    bytes.extend(b"\nendstream");
}

/// Writes a value as it stands in a file; of a stream, its dictionary.
pub(crate) fn write_object(bytes: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => bytes.extend(b"null"),
        Object::Boolean(value) => bytes.extend(value.to_string().bytes()),
        Object::Integer(value) => bytes.extend(value.to_string().bytes()),
        Object::Real(value) => bytes.extend(value.text().bytes()),
        Object::String(value) => write_string(bytes, value),
        Object::Name(name) => write_name(bytes, name),
        Object::Array(items) => {
            bytes.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    bytes.push(b' ');
                }
                write_object(bytes, item);
            }
            bytes.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(bytes, dictionary),
        Object::Stream(stream) => write_dictionary(bytes, &stream.dictionary),
        Object::Reference(id) => bytes.extend(format!("{} {} R", id.number, id.generation).bytes()),
    }
}

fn write_dictionary(bytes: &mut Vec<u8>, dictionary: &Dictionary) {
    bytes.extend(b"<<");
    for (key, value) in dictionary.iter() {
        write_name(bytes, key);
        bytes.push(b' ');
        write_object(bytes, value);
    }
    bytes.extend(b">>");
}

fn write_name(bytes: &mut Vec<u8>, name: &[u8]) {
    bytes.push(b'/');
    for &byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+:".contains(&byte) {
            bytes.push(byte);
        } else {
            bytes.extend(format!("#{byte:02X}").bytes());
        }
    }
}

fn write_string(bytes: &mut Vec<u8>, value: &[u8]) {
    let plain = value.iter().all(|byte| matches!(byte, 0x20..=0x7e));
    if plain {
        bytes.push(b'(');
        for &byte in value {
            if matches!(byte, b'(' | b')' | b'\\') {
                bytes.push(b'\\');
            }
            bytes.push(byte);
        }
        bytes.push(b')');
    } else {
        bytes.push(b'<');
        bytes.extend(hex::encode(value).bytes());
        bytes.push(b'>');
    }
}
