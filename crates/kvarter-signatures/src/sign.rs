//! Acts of signing: a party initials pages, a party signs, in three steps.
//!
//! [`begin`] writes the act into the file and leaves a hole; the signature is made wherever the key
//! is; [`Begun::finish`] puts it into the hole. Time, names and keys come from the caller. What is
//! added later so that signatures outlive certificates is in `evidence`.

use jiff::Timestamp;

use crate::algorithm::DigestAlgorithm;
use crate::appearance::{AppearanceError, Ink, draw};
use crate::begun::{Begun, FinishError, Hole};
use crate::canonical::sha256;
use crate::cms::{CmsError, Prepared};
use crate::form::{Role, drawing};
use crate::pdf::{
    Anomaly, Dictionary, Field, FieldKind, File, Id, Object, PdfError, Stray, Stream, Update, View, date,
    fields, strays, text,
};
use crate::seal::{Hash, InitialledPage, Initials, VERSION, seal};
use crate::signer::{Signer, SignerError};
use crate::timestamp::{TimestampAuthority, TimestampError};

/// The key in a signature dictionary under which the statement of initials stands. Private to us
/// (ISO 32000-2 annex E), so that others pass over it.
pub(crate) const STATEMENT_KEY: &str = "KVRT_Initials";

/// How many bytes of a statement stand in one string.
const PIECE_MAX: usize = 32_000;

/// What a person does to a document.
#[derive(Debug, Clone)]
pub struct Act<'a> {
    /// What is done.
    pub kind: ActKind,
    /// The party's code, as in the prepared fields.
    pub party: &'a str,
    /// The person's name.
    pub person: &'a str,
    /// On what the person acts: an office, a decision.
    pub mandate: &'a str,
    /// Why, in words, for those who open the file elsewhere.
    pub reason: Option<&'a str>,
    /// Where, in words.
    pub location: Option<&'a str>,
    /// When, by the caller's clock; kept in whole seconds.
    pub time: Timestamp,
    /// What is seen in the fields.
    pub ink: Ink<'a>,
    /// Room for the signature, in bytes; see [`crate::begun::DEFAULT_RESERVE`].
    pub reserve: usize,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActKind {
    /// Pages, from 1, are initialled; all pages that are prepared for the party when none are given.
    Initial(Option<Vec<usize>>),
    /// The document is signed.
    Sign,
}

/// Why an act cannot be begun or finished.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The file cannot be read.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The file took leniency to read; a signature on it would not be taken elsewhere.
    #[error("the file is not sound: {0:?}")]
    Anomaly(Anomaly),
    /// The file holds something that it does not account for.
    #[error("the file is not sound: {0:?}")]
    Stray(Stray),
    /// The field was not prepared.
    #[error("there is no field {name}")]
    NoField {
        /// The field's name.
        name: String,
    },
    /// The field is filled already.
    #[error("the field {name} is filled already")]
    Filled {
        /// The field's name.
        name: String,
    },
    /// The appearance cannot be drawn.
    #[error(transparent)]
    Appearance(#[from] AppearanceError),
    /// The signature does not fit.
    #[error(transparent)]
    Finish(#[from] FinishError),
    /// The key did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
    /// The signature is not one by the key of the certificate.
    #[error(transparent)]
    Cms(#[from] CmsError),
    /// No timestamp was to be had.
    #[error(transparent)]
    Timestamp(#[from] TimestampError),
}

/// Writes an act into a file and leaves a hole for its signature.
///
/// The first signature in the file also says what may be done after it: fields may be filled and
/// signed, nothing else (DocMDP 2, ISO 32000-2 § 12.8.2.2).
///
/// # Errors
/// [`SignError`]: the file is not sound, or a field is missing or filled.
pub fn begin(pdf: &[u8], act: &Act<'_>) -> Result<Begun, SignError> {
    let file = File::read(pdf)?;
    sound(&file)?;
    let view = file.latest();
    let form = Form { fields: fields(view)? };
    let party = act.party.to_owned();
    let mut update = Update::new(view)?;
    let mut dictionary = dictionary(act);
    let field = match &act.kind {
        ActKind::Sign => {
            let field = form.empty(&Role::Signature { party })?;
            let drawn = appearance(view, &act.ink, field.id)?;
            let drawn = update.add(Object::Stream(drawn));
            update.edit(field.id)?.set("AP", Dictionary::new().with("N", drawn));
            field.id
        }
        ActKind::Initial(chosen) => {
            let field = form.empty(&Role::Initialling { party })?;
            let pages = form.pages(act.party, chosen.as_deref())?;
            let statement = statement(&file, &form, act, &pages)?;
            fill(&mut update, act, &pages)?;
            dictionary.set(STATEMENT_KEY, pieces(statement.to_text().as_bytes()));
            field.id
        }
    };
    let first = !form.fields.iter().any(|field| field.kind == FieldKind::Signature && field.value.is_some());
    if first {
        dictionary.set("Reference", vec![certification().into()]);
    }
    let (signature, opening) = Hole::new(&dictionary, act.reserve).add(&mut update);
    update.edit(field)?.set("V", signature);
    if first {
        let root = view.root()?;
        update.edit(root)?.set("Perms", Dictionary::new().with("DocMDP", signature));
    }
    Ok(opening.finish(update))
}

/// A long text as strings that each are within a string's limit (ISO 19005-2 § 6.1.13).
///
/// It stands in the signature dictionary itself: outside validators do not know what an object is
/// for that only we refer to, and would call it an unexplained change.
fn pieces(text: &[u8]) -> Vec<Object> {
    text.chunks(PIECE_MAX).map(|piece| Object::String(piece.to_vec())).collect()
}

/// Does an act from beginning to end, with a key that answers at once; with a timestamp on the
/// signature (level B-T) when there is an authority for it.
///
/// # Errors
/// [`SignError`], from whichever step.
pub fn sign_with(
    pdf: &[u8],
    act: &Act<'_>,
    signer: &dyn Signer,
    timestamps: Option<&dyn TimestampAuthority>,
) -> Result<Vec<u8>, SignError> {
    let begun = begin(pdf, act)?;
    let prepared = prepare_signature(&begun, signer);
    let signature = signer.sign(prepared.to_be_signed())?;
    let digest = DigestAlgorithm::Sha256;
    let token = timestamps.map(|authority| authority.timestamp(&digest.digest(&signature), digest));
    let der = prepared.finish(&signature, token.transpose()?.as_ref())?;
    Ok(begun.finish(&der)?)
}

/// What the signer's key is to sign for a begun act; it can be stored and waited with, as [`Begun`] can.
#[must_use]
pub fn prepare_signature(begun: &Begun, signer: &dyn Signer) -> Prepared {
    let algorithm = signer.algorithm();
    let digest = algorithm.content_digest();
    Prepared::new(&begun.digest(digest), digest, algorithm, signer.certificate(), signer.chain())
}

/// Refuses to build on a file that another reader could read otherwise.
pub(crate) fn sound(file: &File<'_>) -> Result<(), SignError> {
    if file.encrypted() {
        return Err(PdfError::Encrypted.into());
    }
    if let Some(stray) = strays(file)?.into_iter().next() {
        return Err(SignError::Stray(stray));
    }
    match file.anomalies().first() {
        Some(&anomaly) => Err(SignError::Anomaly(anomaly)),
        None => Ok(()),
    }
}

/// The signature dictionary (ETSI EN 319 142-1 § 5.3, ISO 32000-2 § 12.8.1).
fn dictionary(act: &Act<'_>) -> Dictionary {
    let mut dictionary = Dictionary::new()
        .with("Type", Object::name("Sig"))
        .with("Filter", Object::name("Adobe.PPKLite"))
        .with("SubFilter", Object::name("ETSI.CAdES.detached"))
        .with("Name", text(act.person))
        .with("M", date(act.time));
    if let Some(reason) = act.reason {
        dictionary.set("Reason", text(reason));
    }
    if let Some(location) = act.location {
        dictionary.set("Location", text(location));
    }
    dictionary
}

fn certification() -> Dictionary {
    let parameters = Dictionary::new()
        .with("Type", Object::name("TransformParams"))
        .with("P", 2)
        .with("V", Object::name("1.2"));
    Dictionary::new()
        .with("Type", Object::name("SigRef"))
        .with("TransformMethod", Object::name("DocMDP"))
        .with("TransformParams", parameters)
}

struct Form {
    fields: Vec<Field>,
}

impl Form {
    /// The field with this role, which nobody has filled.
    fn empty(&self, role: &Role) -> Result<&Field, SignError> {
        let name = role.field_name();
        match self.fields.iter().find(|field| field.name == name) {
            None => Err(SignError::NoField { name }),
            Some(field) if field.value.is_some() => Err(SignError::Filled { name }),
            Some(field) => Ok(field),
        }
    }

    /// The fields for a party's initials on the pages that are chosen, in the order of pages.
    fn pages(&self, party: &str, chosen: Option<&[usize]>) -> Result<Vec<(usize, Id)>, SignError> {
        let role = |page| Role::Initials { party: party.to_owned(), page };
        let mut pages: Vec<usize> = match chosen {
            Some(chosen) => chosen.to_vec(),
            None => self
                .fields
                .iter()
                .filter_map(|field| match Role::of(&field.name) {
                    Some(Role::Initials { party: of, page }) if of == party => Some(page),
                    _ => None,
                })
                .collect(),
        };
        pages.sort_unstable();
        pages.dedup();
        if pages.is_empty() {
            return Err(SignError::NoField { name: role(1).field_name() });
        }
        pages.into_iter().map(|page| Ok((page, self.empty(&role(page))?.id))).collect()
    }
}

fn statement(
    file: &File<'_>,
    form: &Form,
    act: &Act<'_>,
    pages: &[(usize, Id)],
) -> Result<Initials, SignError> {
    let prepared = prepared(file, &form.fields);
    let document = sha256(&file.bytes()[..file.revisions()[prepared].end]);
    let seal = seal(file.view(prepared))?;
    let stated = pages.iter().map(|&(page, _)| {
        let hash = page.checked_sub(1).and_then(|index| seal.pages.get(index)).copied();
        let name = || Role::Initials { party: act.party.to_owned(), page }.field_name();
        hash.map(|hash| InitialledPage { hash, page }).ok_or_else(|| SignError::NoField { name: name() })
    });
    Ok(Initials {
        document: Hash(document),
        mandate: act.mandate.to_owned(),
        page_count: seal.pages.len(),
        pages: stated.collect::<Result<_, _>>()?,
        party: act.party.to_owned(),
        person: act.person.to_owned(),
        root: seal.root,
        time: whole_seconds(act.time),
        version: VERSION,
    })
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

/// The last revision before the first signature: the document as it was prepared.
pub(crate) fn prepared(file: &File<'_>, fields: &[Field]) -> usize {
    let signed = fields.iter().filter(|field| field.kind == FieldKind::Signature);
    let values = signed.filter_map(|field| field.value.as_ref().and_then(Object::as_reference));
    // A value came with the revision that first lists it.
    let first = values.filter_map(|id| file.first_revision_of(id.number)).min();
    first.map_or(file.revisions().len() - 1, |first| first.saturating_sub(1))
}

/// Draws and fills the initials; equal boxes share one drawing.
fn fill(update: &mut Update<'_>, act: &Act<'_>, pages: &[(usize, Id)]) -> Result<(), SignError> {
    let mut drawn: Vec<(Stream, Id)> = Vec::new();
    for &(_, field) in pages {
        let drawing = appearance(update.view(), &act.ink, field)?;
        let known = drawn.iter().find(|(known, _)| *known == drawing).map(|(_, id)| *id);
        let id = known.unwrap_or_else(|| {
            let id = update.add(Object::Stream(drawing.clone()));
            drawn.push((drawing, id));
            id
        });
        update.edit(field)?.set("V", text(act.ink.text)).set("AP", Dictionary::new().with("N", id));
    }
    Ok(())
}

fn appearance(view: View<'_>, ink: &Ink<'_>, field: Id) -> Result<Stream, SignError> {
    let dictionary = view.dictionary(field)?;
    let rect = view.get(&dictionary, b"Rect")?;
    let edges: Vec<f64> = rect.as_array().unwrap_or_default().iter().filter_map(Object::as_number).collect();
    let [left, bottom, right, top] = edges.as_slice() else {
        return Err(PdfError::Unusable { number: field.number, key: "Rect".to_owned() }.into());
    };
    let (w, h) = ((right - left).abs(), (top - bottom).abs());
    Ok(drawing(w, h, draw(ink, w, h)?))
}
