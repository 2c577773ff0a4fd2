//! Reading a container and checking it: each manifest's signature, and each file against the manifests.
//!
//! A zip file can say two things at once, and can grow without end when it is opened. Files whose local and
//! central headers disagree, that overlap, or that have one name are refused; so is more than was allowed.
//! Whether signers are to be trusted is for [`crate::certificate`].

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::manifest::Manifest;
use super::{ContainerError, File, MEDIA_TYPE, META, MIMETYPE, check_name};
use crate::algorithm::Strength;
use crate::cms::{Integrity, Signed};
use crate::timestamp::{Token, TokenIntegrity};

/// How much is taken in at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// How many files.
    pub files: usize,
    /// How many bytes all of them have together, when they are unpacked.
    pub bytes: u64,
}

impl Default for Most {
    fn default() -> Self {
        Self { files: 10_000, bytes: 512 << 20 }
    }
}

/// A container that was read.
#[derive(Debug, Clone)]
pub struct Container {
    /// The files, without the container's own; their media types are those of the first manifest that names
    /// them, or empty.
    pub files: Vec<File>,
    /// The manifests with what seals each, in the order of their names.
    pub seals: Vec<Seal>,
}

/// A manifest and the signature or timestamp over it.
#[derive(Debug, Clone)]
pub struct Seal {
    /// The name of the manifest's file.
    pub name: String,
    /// What it says.
    pub manifest: Manifest,
    bytes: Vec<u8>,
    by: By,
}

#[derive(Debug, Clone)]
enum By {
    Signature(Box<Signed>),
    Timestamp(Box<Token>),
}

/// Why a file is not the one that a manifest names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceFault {
    /// It is not in the container.
    #[error("the file is not there")]
    Missing,
    /// It is another one.
    #[error("the file is another one")]
    Mismatch,
    /// Its digest is by an algorithm that we do not know.
    #[error("the digest is by an unknown algorithm")]
    AlgorithmUnknown,
    /// Its digest is by a weak algorithm.
    #[error("the digest is by a weak algorithm")]
    AlgorithmWeak,
}

/// What holds of a seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealReport {
    /// A signature.
    Signature(Integrity),
    /// A timestamp.
    Timestamp(TokenIntegrity),
}

/// What holds of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestReport {
    /// The name of the manifest's file.
    pub name: String,
    /// What holds of the signature or the timestamp over it.
    pub seal: SealReport,
    /// Each file that it names, and whether that is the one.
    pub references: Vec<(String, Result<(), ReferenceFault>)>,
    /// Files in the container that it does not name.
    pub left_out: Vec<String>,
}

impl ManifestReport {
    /// Whether everything holds for the files that it names.
    pub fn is_valid(&self) -> bool {
        let sealed = match &self.seal {
            SealReport::Signature(integrity) => integrity.is_valid(),
            SealReport::Timestamp(integrity) => integrity.is_valid(),
        };
        sealed && self.references.iter().all(|(_, reference)| reference.is_ok())
    }

    /// Whether everything holds, and for every file in the container.
    pub fn is_complete(&self) -> bool {
        self.is_valid() && self.left_out.is_empty()
    }
}

/// Reads a container.
///
/// # Errors
///
/// When it is none, contradicts itself, or is bigger than was allowed.
pub fn unpack(bytes: &[u8], most: Most) -> Result<Container, ContainerError> {
    check_beginning(bytes)?;
    let mut entries = read_entries(bytes, most)?;
    let own = |name: &str| name.starts_with(META) || name == MIMETYPE;
    let mut manifests: Vec<String> = entries.keys().filter(|name| is_manifest(name)).cloned().collect();
    manifests.sort();
    let mut seals = Vec::new();
    for name in manifests {
        let bytes = entries.remove(&name).unwrap_or_default();
        let manifest = Manifest::read(&bytes)?;
        // A name outside META-INF could be a document that is taken for a signature.
        let sealed = entries.get(&manifest.seal).filter(|_| manifest.seal.starts_with(META));
        let sealed = sealed.ok_or_else(|| ContainerError::SealMissing(manifest.seal.clone()))?;
        let by = if manifest.seal.ends_with(".tst") {
            By::Timestamp(Box::new(Token::read(sealed)?))
        } else {
            By::Signature(Box::new(Signed::read(sealed)?))
        };
        seals.push(Seal { name, manifest, bytes, by });
    }
    let mut media_types: HashMap<&str, &str> = HashMap::new();
    for reference in seals.iter().rev().flat_map(|seal| &seal.manifest.references) {
        media_types.insert(&reference.name, reference.media_type.as_deref().unwrap_or_default());
    }
    let mut files: Vec<File> = entries
        .into_iter()
        .filter(|(name, _)| !own(name))
        .map(|(name, bytes)| {
            let media_type = media_types.get(name.as_str()).copied().unwrap_or_default().to_owned();
            File { name, media_type, bytes }
        })
        .collect();
    files.sort_by(|one, two| one.name.cmp(&two.name));
    Ok(Container { files, seals })
}

/// `META-INF/ASiCManifest*.xml` (§ 4.4.3.2).
fn is_manifest(name: &str) -> bool {
    let rest = name.strip_prefix(META).and_then(|rest| rest.strip_prefix("ASiCManifest"));
    rest.is_some_and(|rest| rest.ends_with(".xml") && !rest.contains('/'))
}

/// The first local header must be of `mimetype`, stored and without anything extra, so that the kind of the
/// file can be seen at a fixed place (§ A.1).
fn check_beginning(bytes: &[u8]) -> Result<(), ContainerError> {
    let expected = [MIMETYPE, MEDIA_TYPE].concat();
    let header = bytes.get(..30).ok_or(ContainerError::Zip)?;
    if !header.starts_with(b"PK\x03\x04") {
        return Err(ContainerError::Zip);
    }
    let name_length = u16::from_le_bytes([header[26], header[27]]);
    let is_right = header[8..10] == [0, 0]
        && usize::from(name_length) == MIMETYPE.len()
        && header[28..30] == [0, 0]
        && bytes[30..].starts_with(expected.as_bytes());
    if is_right { Ok(()) } else { Err(ContainerError::MediaType) }
}

fn read_entries(bytes: &[u8], most: Most) -> Result<HashMap<String, Vec<u8>>, ContainerError> {
    let failed = |_| ContainerError::Zip;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    if archive.len() > most.files {
        return Err(ContainerError::TooBig);
    }
    archive.validate_header_consistency().map_err(failed)?;
    let mut entries = HashMap::new();
    let mut folded = HashSet::new();
    let mut left = most.bytes;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(failed)?;
        let name = entry.name().map_err(failed)?.into_owned();
        if entry.is_dir() {
            continue;
        }
        check_name(&name)?;
        if entry.is_symlink() {
            return Err(ContainerError::Name(name));
        }
        if !folded.insert(name.to_lowercase()) {
            return Err(ContainerError::NameTwice(name));
        }
        // What the header says of the size is only said; what comes out is counted.
        let mut content = Vec::new();
        (&mut entry)
            .take(left.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|_| ContainerError::Zip)?;
        left = left.checked_sub(content.len() as u64).ok_or(ContainerError::TooBig)?;
        if name == MIMETYPE && content != MEDIA_TYPE.as_bytes() {
            return Err(ContainerError::MediaType);
        }
        entries.insert(name, content);
    }
    Ok(entries)
}

impl Seal {
    /// The signature over the manifest, if it is one.
    pub fn signature(&self) -> Option<&Signed> {
        match &self.by {
            By::Signature(signed) => Some(signed),
            By::Timestamp(_) => None,
        }
    }

    /// The timestamp over the manifest, if it is one.
    pub fn timestamp(&self) -> Option<&Token> {
        match &self.by {
            By::Timestamp(token) => Some(token),
            By::Signature(_) => None,
        }
    }
}

impl Container {
    /// What holds of each manifest.
    pub fn verify(&self) -> Vec<ManifestReport> {
        self.seals.iter().map(|seal| self.report(seal)).collect()
    }

    /// Whether somebody has sealed it, and every seal holds for every file in it.
    pub fn is_complete(&self) -> bool {
        !self.seals.is_empty() && self.verify().iter().all(ManifestReport::is_complete)
    }

    fn report(&self, seal: &Seal) -> ManifestReport {
        let by_name: HashMap<&str, &File> =
            self.files.iter().map(|file| (file.name.as_str(), file)).collect();
        let mut named = HashSet::new();
        let references = seal.manifest.references.iter().map(|reference| {
            named.insert(reference.name.as_str());
            let held = match (by_name.get(reference.name.as_str()), reference.algorithm) {
                (None, _) => Err(ReferenceFault::Missing),
                (_, None) => Err(ReferenceFault::AlgorithmUnknown),
                (Some(file), Some(algorithm)) if algorithm.digest(&file.bytes) != reference.digest => {
                    Err(ReferenceFault::Mismatch)
                }
                (_, Some(algorithm)) if algorithm.strength() == Strength::Weak => {
                    Err(ReferenceFault::AlgorithmWeak)
                }
                _ => Ok(()),
            };
            (reference.name.clone(), held)
        });
        let references = references.collect();
        let left_out = self.files.iter().filter(|file| !named.contains(file.name.as_str()));
        ManifestReport {
            name: seal.name.clone(),
            seal: match &seal.by {
                By::Signature(signed) => SealReport::Signature(signed.verify_content(&seal.bytes)),
                By::Timestamp(token) => SealReport::Timestamp(token.verify(&seal.bytes)),
            },
            references,
            left_out: left_out.map(|file| file.name.clone()).collect(),
        }
    }
}
