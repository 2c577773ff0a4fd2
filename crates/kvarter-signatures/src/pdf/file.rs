//! A file as a row of revisions, and the document as it stood after each of them
//! (ISO 32000-2 § 7.5.6).
//!
//! The file is read once; every signature and every comparison looks through a [`View`] of it. A
//! view sees only bytes within its revision: a signed cross-reference section cannot point at bytes
//! that came after the signature.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::{Deref, Range};
use std::rc::Rc;

use super::PdfError;
use super::filter::decode;
use super::object::{Body, Dictionary, Id, Object, Stream};
use super::syntax::{Budget, Parser};
use super::xref::{self, Section, stream_data};

pub(crate) use super::xref::{Entry, Form};

/// The largest object number (ISO 32000-2 annex C.2).
pub(crate) const MAX_OBJECT_NUMBER: u32 = 8_388_607;
/// How many values one file may be read into.
const VALUES_MAX: usize = 2_000_000;
/// How many bytes may be decoded from one file.
const BYTES_MAX: usize = 96 << 20;
/// How many objects may wait for each other while one of them is read.
const WAITING_MAX: usize = 12;
/// How many references may lead to each other.
const REFERENCES_MAX: usize = 8;
/// How many objects one object stream may hold.
const HELD_MAX: usize = 100_000;

/// A leniency that reading this file took. In a signed file each is a reason to stop: another
/// reader may be lenient in another way and show another document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anomaly {
    /// `startxref` did not point exactly at a cross-reference section.
    StartxrefOffset,
    /// Entries of a cross-reference table were not of the fixed length.
    LooseCrossReference,
    /// One section listed an object number twice.
    RepeatedNumber,
    /// The file has hidden objects for newer readers (a hybrid-reference file).
    Hybrid,
    /// The file is linearized.
    Linearized,
    /// A revision had no end mark.
    MissingEndMark,
    /// Bytes follow the last revision.
    TrailingBytes,
    /// A dictionary held a key twice.
    RepeatedKey,
}

impl Anomaly {
    /// Every leniency.
    pub const ALL: &[Self] = &[
        Self::StartxrefOffset,
        Self::LooseCrossReference,
        Self::RepeatedNumber,
        Self::Hybrid,
        Self::Linearized,
        Self::MissingEndMark,
        Self::TrailingBytes,
        Self::RepeatedKey,
    ];
}

/// One revision: what the file was, after this much of it.
#[derive(Debug)]
pub struct Revision {
    /// Where its bytes begin: at the end of the revision before.
    pub from: usize,
    /// After its `%%EOF`.
    pub mark_end: usize,
    /// After its `%%EOF` and the line end that follows: the length of the file then.
    pub end: usize,
    /// Its trailer.
    pub trailer: Dictionary,
    /// Where its newest section is.
    pub(crate) at: usize,
    /// Where its end mark says that is.
    said: Option<usize>,
    pub(crate) form: Form,
    pub(crate) entries: Vec<(u32, Entry)>,
    pub(crate) extents: Vec<Range<usize>>,
}

type Key = (u32, usize);
type Read<T> = Result<Rc<T>, PdfError>;

/// A file that was read.
#[derive(Debug)]
pub struct File<'a> {
    bytes: &'a [u8],
    revisions: Vec<Revision>,
    entries: HashMap<u32, Vec<(usize, Entry)>>,
    anomalies: BTreeSet<Anomaly>,
    budget: Budget,
    objects: RefCell<HashMap<Key, Read<Object>>>,
    holders: RefCell<HashMap<Key, Read<Holder>>>,
    waiting: RefCell<Vec<Key>>,
}

/// An object stream, decoded, and where its objects begin (ISO 32000-2 § 7.5.7).
#[derive(Debug)]
pub(crate) struct Holder {
    data: Vec<u8>,
    pub(crate) places: Vec<(u32, usize)>,
}

impl<'a> File<'a> {
    /// Reads a file's cross-reference sections; objects are read when they are asked for.
    ///
    /// # Errors
    /// When the bytes are not a PDF, or its sections are missing, broken or not in order.
    pub fn read(bytes: &'a [u8]) -> Result<Self, PdfError> {
        if !bytes.starts_with(b"%PDF-") {
            return Err(PdfError::NotPdf);
        }
        let budget = Budget::new(VALUES_MAX, BYTES_MAX);
        let mut anomalies = BTreeSet::new();
        let sections = xref::sections(bytes, &budget, &mut anomalies)?;
        let revisions = revisions(bytes, sections, &mut anomalies)?;
        let mut entries: HashMap<u32, Vec<(usize, Entry)>> = HashMap::new();
        for (index, revision) in revisions.iter().enumerate() {
            for &(number, entry) in &revision.entries {
                let known = entries.entry(number).or_default();
                if known.last().is_some_and(|&(last, _)| last == index) {
                    anomalies.insert(Anomaly::RepeatedNumber);
                } else {
                    known.push((index, entry));
                }
            }
        }
        Ok(Self {
            bytes,
            revisions,
            entries,
            anomalies,
            budget,
            objects: RefCell::default(),
            holders: RefCell::default(),
            waiting: RefCell::default(),
        })
    }

    /// All bytes.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The revisions, the oldest first; there is at least one.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// The document as it stood after a revision, counted from 0; the last one when there are fewer.
    #[must_use]
    pub fn view(&self, revision: usize) -> View<'_> {
        View { file: self, revision: revision.min(self.revisions.len() - 1) }
    }

    /// The document as it stands now.
    #[must_use]
    pub fn latest(&self) -> View<'_> {
        self.view(usize::MAX)
    }

    /// The first revision that lists an object.
    pub(crate) fn first_revision_of(&self, number: u32) -> Option<usize> {
        self.entries.get(&number)?.first().map(|&(revision, _)| revision)
    }

    /// Whether the file is encrypted.
    #[must_use]
    pub fn encrypted(&self) -> bool {
        self.revisions.iter().any(|revision| revision.trailer.has(b"Encrypt"))
    }

    /// Whether the keys in the encryption dictionary are of their kinds (ISO 32000-2 tables 21 and 27), so
    /// that somebody else could open the file.
    pub(crate) fn encryption_is_sound(&self) -> bool {
        let view = self.latest();
        let Ok(encryption) = view.get(view.trailer(), b"Encrypt") else { return false };
        let Some(encryption) = encryption.as_dictionary() else { return false };
        let keys: [&[u8]; 5] = [b"O", b"U", b"OE", b"UE", b"Perms"];
        keys.into_iter()
            .filter(|key| encryption.has(key))
            .all(|key| view.get(encryption, key).is_ok_and(|value| value.as_string().is_some()))
    }

    /// The leniencies taken so far.
    #[must_use]
    pub fn anomalies(&self) -> BTreeSet<Anomaly> {
        let mut anomalies = self.anomalies.clone();
        if self.budget.repeated_key.get() {
            anomalies.insert(Anomaly::RepeatedKey);
        }
        anomalies
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.budget
    }
}

/// Puts sections in the order of time and gives each the bytes that are its own.
fn revisions(
    bytes: &[u8],
    sections: Vec<Section>,
    anomalies: &mut BTreeSet<Anomaly>,
) -> Result<Vec<Revision>, PdfError> {
    let mut revisions: Vec<Revision> = Vec::new();
    for section in sections.into_iter().rev() {
        let (said, mark_end) = section.end_mark.unzip();
        let mark_end = mark_end
            .unwrap_or_else(|| section.extents.iter().map(|extent| extent.end).max().unwrap_or(section.at));
        let from = revisions.last().map_or(0, |before| before.end);
        let mut revision = Revision {
            from,
            mark_end,
            end: after_line_end(bytes, mark_end),
            trailer: section.trailer,
            at: section.at,
            said,
            form: section.form,
            entries: section.entries,
            extents: section.extents,
        };
        if revision.end <= from {
            // Only the two parts of a linearized file stand in this order, and only as its beginning.
            let [first] = revisions.as_mut_slice() else { return Err(PdfError::RevisionOrder) };
            anomalies.insert(Anomaly::Linearized);
            let newer: BTreeSet<u32> = revision.entries.iter().map(|(number, _)| *number).collect();
            first.entries.retain(|(number, _)| !newer.contains(number));
            first.entries.append(&mut revision.entries);
            first.extents.append(&mut revision.extents);
            first.trailer = revision.trailer;
            // What comes after refers to this part, which refers to the other.
            (first.at, first.form) = (revision.at, revision.form);
            // This part's own end mark says 0, or where the part is (ISO 32000-2 annex F.3.4).
            if revision.said.is_some_and(|said| said != 0 && said != revision.at) {
                anomalies.insert(Anomaly::StartxrefOffset);
            }
            continue;
        }
        revisions.push(revision);
    }
    for revision in &revisions {
        match revision.said {
            None => anomalies.insert(Anomaly::MissingEndMark),
            Some(said) => said != revision.at && anomalies.insert(Anomaly::StartxrefOffset),
        };
    }
    let last = revisions.last().ok_or(PdfError::NoCrossReference { at: bytes.len() })?;
    if bytes.get(last.end..).is_some_and(|tail| tail.iter().any(|&byte| !super::syntax::is_blank(byte))) {
        anomalies.insert(Anomaly::TrailingBytes);
    }
    Ok(revisions)
}

fn after_line_end(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at..) {
        Some([b'\r', b'\n', ..]) => at + 2,
        Some([b'\r' | b'\n', ..]) => at + 1,
        _ => at,
    }
}

/// The document as it stood after one revision.
#[derive(Debug, Clone, Copy)]
pub struct View<'f> {
    file: &'f File<'f>,
    revision: usize,
}

/// A value, in place or shared with the file's memory of it.
#[derive(Debug, Clone)]
pub enum Found<'o> {
    /// In place.
    Here(&'o Object),
    /// An object of the file.
    Shared(Rc<Object>),
}

impl Deref for Found<'_> {
    type Target = Object;

    fn deref(&self) -> &Object {
        match self {
            Self::Here(object) => object,
            Self::Shared(object) => object,
        }
    }
}

impl<'f> View<'f> {
    /// The file that is looked at.
    #[must_use]
    pub fn file(&self) -> &'f File<'f> {
        self.file
    }

    /// Which revision this is, from 0.
    #[must_use]
    pub fn revision(&self) -> usize {
        self.revision
    }

    /// The trailer.
    #[must_use]
    pub fn trailer(&self) -> &'f Dictionary {
        &self.file.revisions[self.revision].trailer
    }

    /// Where an object is in this view, and in which revision it was put there.
    pub(crate) fn entry(&self, number: u32) -> Option<(usize, Entry)> {
        let known = self.file.entries.get(&number)?;
        let after = known.partition_point(|&(revision, _)| revision <= self.revision);
        known.get(after.checked_sub(1)?).copied()
    }

    /// The object of this name; [`Object::Null`] when there is none.
    ///
    /// # Errors
    /// When it is broken, or not where the cross-reference section says.
    pub fn object(&self, id: Id) -> Result<Rc<Object>, PdfError> {
        let Some((revision, entry)) = self.entry(id.number) else { return Ok(Rc::new(Object::Null)) };
        match entry {
            Entry::At { generation, .. } if generation == id.generation => {}
            Entry::In { .. } if id.generation == 0 => {}
            _ => return Ok(Rc::new(Object::Null)),
        }
        let key = (id.number, revision);
        if let Some(known) = self.file.objects.borrow().get(&key) {
            return known.clone();
        }
        let read = self.waiting(key, || self.file.view(revision).load(id, entry)).map(Rc::new);
        self.file.objects.borrow_mut().insert(key, read.clone());
        read
    }

    /// The object with this number, whatever its generation; null when there is none.
    pub(crate) fn current(&self, number: u32) -> Result<Rc<Object>, PdfError> {
        let generation = match self.entry(number) {
            Some((_, Entry::At { generation, .. })) => generation,
            _ => 0,
        };
        self.object(Id { number, generation })
    }

    /// Reads something that may need other objects, which must not need it in turn.
    fn waiting<T>(&self, key: Key, read: impl FnOnce() -> Result<T, PdfError>) -> Result<T, PdfError> {
        {
            let mut waiting = self.file.waiting.borrow_mut();
            if waiting.contains(&key) || waiting.len() >= WAITING_MAX {
                return Err(PdfError::TooDeep);
            }
            waiting.push(key);
        }
        let read = read();
        self.file.waiting.borrow_mut().pop();
        read
    }

    fn load(&self, id: Id, entry: Entry) -> Result<Object, PdfError> {
        match entry {
            Entry::Free => Ok(Object::Null),
            Entry::At { offset, .. } => Ok(self.load_at(id, offset)?.0),
            Entry::In { stream, index } => {
                let holder = self.holder(stream)?;
                let misplaced = PdfError::Misplaced { number: id.number };
                let index = usize::try_from(index).map_err(|_| misplaced.clone())?;
                let &(number, at) = holder.places.get(index).ok_or(misplaced.clone())?;
                if number != id.number {
                    return Err(misplaced);
                }
                Parser::new(&holder.data, at, &self.file.budget).value()
            }
        }
    }

    /// Reads the object that stands at a byte; gives also where it ends.
    pub(crate) fn load_at(&self, id: Id, offset: usize) -> Result<(Object, usize), PdfError> {
        let misplaced = PdfError::Misplaced { number: id.number };
        // Bytes that came later do not exist for this view.
        let seen = &self.file.bytes[..self.file.revisions[self.revision].end];
        let mut parser = Parser::new(seen, offset, &self.file.budget);
        if offset >= seen.len() || super::syntax::is_blank(seen[offset]) || seen[offset] == b'%' {
            return Err(misplaced);
        }
        if parser.object_heading() != Some(id) {
            return Err(misplaced);
        }
        let mut object = parser.value()?;
        if let Object::Dictionary(dictionary) = &object
            && parser.clone().word(b"stream")
        {
            let length = dictionary.get(b"Length").ok_or(misplaced.clone())?;
            let length = self.resolve(length)?.as_integer().ok_or(misplaced.clone())?;
            let data = stream_data(seen, &mut parser, length).ok_or(misplaced.clone())?;
            let Object::Dictionary(dictionary) = object else { return Err(misplaced) };
            object = Object::Stream(Stream { dictionary, body: Body::Read(data) });
        }
        if !parser.word(b"endobj") {
            return Err(misplaced);
        }
        Ok((object, parser.at()))
    }

    /// An object stream by its number.
    pub(crate) fn holder(&self, number: u32) -> Result<Rc<Holder>, PdfError> {
        let misplaced = PdfError::Misplaced { number };
        let (revision, entry) = self.entry(number).ok_or(misplaced.clone())?;
        let Entry::At { generation, .. } = entry else { return Err(misplaced) };
        let key = (number, revision);
        if let Some(known) = self.file.holders.borrow().get(&key) {
            return known.clone();
        }
        let object = self.object(Id { number, generation });
        let read = object.and_then(|object| self.open_holder(&object).ok_or(misplaced)?).map(Rc::new);
        self.file.holders.borrow_mut().insert(key, read.clone());
        read
    }

    fn open_holder(&self, object: &Object) -> Option<Result<Holder, PdfError>> {
        let stream = object.as_stream().filter(|stream| stream.dictionary.is(b"Type", b"ObjStm"))?;
        let number = |key: &[u8]| usize::try_from(stream.dictionary.get(key)?.as_integer()?).ok();
        let (count, first) = (number(b"N").filter(|&count| count <= HELD_MAX)?, number(b"First")?);
        let data = match decode(*self, stream).and_then(super::Decoded::whole) {
            Ok(data) => data,
            Err(error) => return Some(Err(error)),
        };
        let mut places = Vec::new();
        let mut parser = Parser::new(&data, 0, &self.file.budget);
        for _ in 0..count {
            let (number, at) = parser.count().zip(parser.count())?;
            let at = first.checked_add(usize::try_from(at).ok()?).filter(|&at| at < data.len())?;
            places.push((u32::try_from(number).ok()?, at));
        }
        (parser.at() <= first).then_some(())?;
        Some(Ok(Holder { data, places }))
    }

    /// Follows references until there is a value.
    ///
    /// # Errors
    /// As [`View::object`]; and [`PdfError::TooDeep`] when references lead to each other.
    pub fn resolve<'o>(&self, object: &'o Object) -> Result<Found<'o>, PdfError> {
        let Some(mut id) = object.as_reference() else { return Ok(Found::Here(object)) };
        for _ in 0..REFERENCES_MAX {
            let found = self.object(id)?;
            match found.as_reference() {
                Some(next) => id = next,
                None => return Ok(Found::Shared(found)),
            }
        }
        Err(PdfError::TooDeep)
    }

    /// The resolved value of a key; null when it is absent.
    ///
    /// # Errors
    /// As [`View::resolve`].
    pub fn get<'o>(&self, dictionary: &'o Dictionary, key: &[u8]) -> Result<Found<'o>, PdfError> {
        const NULL: &Object = &Object::Null;
        dictionary.get(key).map_or(Ok(Found::Here(NULL)), |value| self.resolve(value))
    }

    /// A whole object as a dictionary.
    ///
    /// # Errors
    /// As [`View::object`]; and [`PdfError::Unusable`] when it is something else.
    pub fn dictionary(&self, id: Id) -> Result<Dictionary, PdfError> {
        let object = self.object(id)?;
        let unusable = || PdfError::Unusable { number: id.number, key: String::new() };
        object.as_dictionary().cloned().ok_or_else(unusable)
    }

    /// The catalog's name.
    ///
    /// # Errors
    /// [`PdfError::Unusable`] when the trailer does not name it.
    pub fn root(&self) -> Result<Id, PdfError> {
        let unusable = || PdfError::Unusable { number: 0, key: "Root".to_owned() };
        self.trailer().get(b"Root").and_then(Object::as_reference).ok_or_else(unusable)
    }

    /// The catalog.
    ///
    /// # Errors
    /// As [`View::root`] and [`View::dictionary`].
    pub fn catalog(&self) -> Result<Dictionary, PdfError> {
        self.dictionary(self.root()?)
    }
}
