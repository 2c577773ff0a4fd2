//! What makes signatures outlive certificates: the evidence that they were good, kept in the file
//! (the DSS, ETSI EN 319 142-1 § 5.4), and document timestamps over all of it (§ 5.5).
//!
//! The evidence is gathered by others; here it is put in, and read back.

use std::collections::BTreeMap;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use crate::algorithm::DigestAlgorithm;
use crate::begun::{Begun, DEFAULT_RESERVE, Hole};
use crate::canonical::{Digest, sha256};
use crate::form::Role;
use crate::pdf::{Dictionary, FieldKind, File, Object, PdfError, Stream, Update, View, decode, fields};
use crate::sign::{SignError, sound};
use crate::timestamp::TimestampAuthority;

/// More pieces of evidence of one kind than this are not read.
const EVIDENCE_MAX: usize = 5_000;

/// Evidence as it is kept in a file, each piece in DER.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Store {
    /// Certificates.
    pub certificates: Vec<Vec<u8>>,
    /// OCSP responses (RFC 6960).
    pub ocsp: Vec<Vec<u8>>,
    /// Certificate revocation lists (RFC 5280 § 5).
    pub crls: Vec<Vec<u8>>,
}

/// The keys of the DSS, and of a signature's own list within it, for each kind of evidence.
const KINDS: [(&str, &str); 3] = [("Certs", "Cert"), ("OCSPs", "OCSP"), ("CRLs", "CRL")];

impl Store {
    fn kinds(&self) -> [&[Vec<u8>]; 3] {
        [&self.certificates, &self.ocsp, &self.crls]
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds().iter().all(|kind| kind.is_empty())
    }
}

/// Adds evidence to the file's store, and ties it to every signature that has none yet (level B-LT).
///
/// What is there is kept; a piece that is there already is not put in twice.
///
/// # Errors
/// [`SignError`] when the file is not sound.
pub fn add_evidence(pdf: &[u8], evidence: &Store) -> Result<Vec<u8>, SignError> {
    let file = File::read(pdf)?;
    sound(&file)?;
    let view = file.latest();
    let mut update = Update::new(view)?;
    let root = view.root()?;
    let catalog = view.catalog()?;
    let mut store = view.get(&catalog, b"DSS")?.as_dictionary().cloned().unwrap_or_default();
    store.set("Type", Object::name("DSS"));
    let mut own = Dictionary::new();
    for ((key, own_key), pieces) in KINDS.iter().zip(evidence.kinds()) {
        let mut list =
            view.get(&store, key.as_bytes())?.as_array().map(<[Object]>::to_vec).unwrap_or_default();
        let mut known = known(view, &list)?;
        let mut mine: Vec<Object> = Vec::new();
        for piece in pieces {
            let hash = sha256(piece);
            let object = known.get(&hash).cloned().unwrap_or_else(|| {
                let object =
                    Object::from(update.add(Object::Stream(Stream::new(Dictionary::new(), piece.clone()))));
                list.push(object.clone());
                known.insert(hash, object.clone());
                object
            });
            if !mine.contains(&object) {
                mine.push(object);
            }
        }
        if !list.is_empty() {
            store.set(key, list);
        }
        if !mine.is_empty() {
            own.set(own_key, mine);
        }
    }
    let mut by_signature = view.get(&store, b"VRI")?.as_dictionary().cloned().unwrap_or_default();
    for name in signature_names(view)? {
        if !own.is_empty() && !by_signature.has(name.as_bytes()) {
            let entry = update.add(own.clone());
            by_signature.set(&name, entry);
        }
    }
    if !by_signature.is_empty() {
        store.set("VRI", by_signature);
    }
    match catalog.get(b"DSS") {
        Some(Object::Reference(id)) => update.put(*id, store),
        _ => {
            let id = update.add(store);
            update.edit(root)?.set("DSS", id);
        }
    }
    Ok(update.finish().bytes)
}

fn known(view: View<'_>, list: &[Object]) -> Result<BTreeMap<Digest, Object>, PdfError> {
    let mut known = BTreeMap::new();
    for item in list.iter().take(EVIDENCE_MAX) {
        if let Some(stream) = view.resolve(item)?.as_stream() {
            known.insert(sha256(&decode(view, stream)?.whole()?), item.clone());
        }
    }
    Ok(known)
}

/// The names that the store knows signatures by: the SHA-1 of `/Contents` as it stands, in
/// hexadecimal capitals (ISO 32000-2 table 262). Not a use of SHA-1 for safety.
fn signature_names(view: View<'_>) -> Result<Vec<String>, PdfError> {
    let mut names = Vec::new();
    for field in fields(view)?.into_iter().filter(|field| field.kind == FieldKind::Signature) {
        let Some(value) = &field.value else { continue };
        let value = view.resolve(value)?;
        let contents = value.as_dictionary().and_then(|value| value.get(b"Contents")?.as_string());
        names.extend(contents.map(store_name));
    }
    Ok(names)
}

/// The name that the store knows a signature by.
pub(crate) fn store_name(contents: &[u8]) -> String {
    hex::encode_upper(digest(&SHA1_FOR_LEGACY_USE_ONLY, contents).as_ref())
}

/// Reads the evidence in a file.
///
/// # Errors
/// When the store is broken, or holds more than we are willing to read.
pub fn read_evidence(view: View<'_>) -> Result<Store, PdfError> {
    let catalog = view.catalog()?;
    let store = view.get(&catalog, b"DSS")?;
    let Some(store) = store.as_dictionary() else { return Ok(Store::default()) };
    let read = |key: &str| -> Result<Vec<Vec<u8>>, PdfError> {
        let list = view.get(store, key.as_bytes())?;
        let list = list.as_array().unwrap_or_default();
        if list.len() > EVIDENCE_MAX {
            return Err(PdfError::TooLarge);
        }
        let mut pieces = Vec::new();
        for item in list {
            if let Some(stream) = view.resolve(item)?.as_stream() {
                pieces.push(decode(view, stream)?.whole()?);
            }
        }
        Ok(pieces)
    };
    Ok(Store { certificates: read("Certs")?, ocsp: read("OCSPs")?, crls: read("CRLs")? })
}

/// Which signatures the store has evidence of their own for.
pub(crate) fn evidenced(view: View<'_>) -> Result<Vec<String>, PdfError> {
    let catalog = view.catalog()?;
    let store = view.get(&catalog, b"DSS")?;
    let Some(store) = store.as_dictionary() else { return Ok(Vec::new()) };
    let by_signature = view.get(store, b"VRI")?;
    let names = by_signature.as_dictionary().into_iter().flat_map(Dictionary::iter);
    Ok(names.map(|(name, _)| String::from_utf8_lossy(name).into_owned()).collect())
}

/// Adds a document timestamp from beginning to end; as [`begin_timestamp`].
///
/// # Errors
/// [`SignError`], from whichever step.
pub fn timestamp_with(
    pdf: &[u8],
    authority: &dyn TimestampAuthority,
    algorithm: DigestAlgorithm,
) -> Result<Vec<u8>, SignError> {
    let begun = begin_timestamp(pdf, DEFAULT_RESERVE)?;
    let token = authority.timestamp(&begun.digest(algorithm), algorithm)?;
    Ok(begun.finish(token.der())?)
}

/// Begins a document timestamp (level B-LTA, or its renewal) in the next field prepared for one; it is
/// finished with a token over [`Begun::digest`].
///
/// # Errors
/// [`SignError`] when the file is not sound, or no prepared field is left.
pub fn begin_timestamp(pdf: &[u8], reserve: usize) -> Result<Begun, SignError> {
    let file = File::read(pdf)?;
    sound(&file)?;
    let view = file.latest();
    let is_free = |name: &str| matches!(Role::of(name), Some(Role::Timestamp));
    let field = fields(view)?.into_iter().find(|field| field.value.is_none() && is_free(&field.name));
    let field = field.ok_or_else(|| SignError::NoField { name: Role::Timestamp.field_name() })?;
    let dictionary = Dictionary::new()
        .with("Type", Object::name("DocTimeStamp"))
        .with("Filter", Object::name("Adobe.PPKLite"))
        .with("SubFilter", Object::name("ETSI.RFC3161"));
    let mut update = Update::new(view)?;
    let (signature, opening) = Hole::new(&dictionary, reserve).add(&mut update);
    update.edit(field.id)?.set("V", signature);
    Ok(opening.finish(update))
}
