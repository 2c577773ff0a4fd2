//! Several documents in one signed container: ASiC-E with CAdES (ETSI EN 319 162-1 § 4.4, baseline
//! § 5.3), for what belongs with an agreement and is no PDF.
//!
//! [`pack`] makes one, [`unpack`](fn@unpack) reads one and says what holds. The bytes are the same every time
//! for the same contents and signature. What the documents say is nobody's business here.

mod manifest;
mod unpack;

use std::collections::HashSet;
use std::io::{Cursor, Write};

use jiff::Timestamp;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::certificate::Certificate;
use crate::cms::{CmsError, Prepared};
use crate::signer::{Signer, SignerError};
use crate::timestamp::{TimestampAuthority, TimestampError};
use crate::xml::XmlError;

pub use manifest::{Manifest, Reference};
pub use unpack::{Container, ManifestReport, Most, ReferenceFault, Seal, SealReport, unpack};

/// The media type of a container, which is also what its first file says.
pub const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";

const MIMETYPE: &str = "mimetype";
const META: &str = "META-INF/";
const MANIFEST: &str = "META-INF/ASiCManifest001.xml";
const SIGNATURE: &str = "META-INF/signature001.p7s";
const TIMESTAMP: &str = "META-INF/timestamp001.tst";

/// A file in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, with `/` between folders.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a container cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// There are no files.
    #[error("there are no files")]
    Empty,
    /// A name that a file may not have: it leaves the container, is kept for the container itself, or has
    /// letters that names should not have.
    #[error("{0:?} cannot be a file's name")]
    Name(String),
    /// Two files have the same name, apart from case.
    #[error("{0:?} is there twice")]
    NameTwice(String),
    /// The bytes are no zip file, or one whose parts contradict each other.
    #[error("this is no zip file that can be relied on")]
    Zip,
    /// The first file does not say what the container is (EN 319 162-1 § A.1).
    #[error("the container does not begin by saying what it is")]
    MediaType,
    /// There is more than was allowed.
    #[error("there is more in the container than can be taken in")]
    TooBig,
    /// A manifest is no XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// A manifest is not one: what it lacks.
    #[error("a manifest lacks {0}")]
    Manifest(&'static str),
    /// The signature that a manifest names is not there.
    #[error("{0:?} is not there")]
    SealMissing(String),
    /// A signature cannot be read or made.
    #[error(transparent)]
    Cms(#[from] CmsError),
    /// A timestamp cannot be read or was not given.
    #[error(transparent)]
    Timestamp(#[from] TimestampError),
    /// The signer did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

/// Files that can be put in a container together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    files: Vec<File>,
}

impl Contents {
    /// Checks the names.
    ///
    /// # Errors
    ///
    /// When there are no files, or a name cannot be one or is there twice.
    pub fn new(files: Vec<File>) -> Result<Self, ContainerError> {
        if files.is_empty() {
            return Err(ContainerError::Empty);
        }
        let mut seen = HashSet::new();
        for file in &files {
            check_name(&file.name)?;
            if file.name.to_ascii_lowercase().starts_with("meta-inf/") || file.name == MIMETYPE {
                return Err(ContainerError::Name(file.name.clone()));
            }
            if !seen.insert(file.name.to_lowercase()) {
                return Err(ContainerError::NameTwice(file.name.clone()));
            }
        }
        Ok(Self { files })
    }

    /// The manifest that a signature is over, with a digest of each file by this algorithm.
    pub fn manifest(&self, digest: DigestAlgorithm) -> Vec<u8> {
        manifest::write(&self.files, digest, SIGNATURE, "application/pkcs7-signature")
    }

    /// What a key signs for this container (CAdES baseline, EN 319 122-1 § 6.3): as for documents, with the
    /// time of signing among the attributes.
    pub fn prepare(
        &self,
        algorithm: SignatureAlgorithm,
        certificate: &Certificate,
        chain: &[Certificate],
        signing_time: Timestamp,
    ) -> Prepared {
        let digest = algorithm.content_digest();
        let manifest = self.manifest(manifest_digest(digest));
        Prepared::with_time(&digest.digest(&manifest), digest, algorithm, certificate, chain, signing_time)
    }

    /// The container with its signature, which came of [`Self::prepare`].
    ///
    /// # Errors
    ///
    /// When the zip file cannot be written, which is when it would be bigger than the format allows.
    pub fn signed(&self, algorithm: SignatureAlgorithm, cms: &[u8]) -> Result<Vec<u8>, ContainerError> {
        let manifest = self.manifest(manifest_digest(algorithm.content_digest()));
        self.zip(&[(MANIFEST, &manifest), (SIGNATURE, cms)])
    }

    /// The container with a timestamp alone, over all the files.
    ///
    /// # Errors
    ///
    /// When no timestamp is given.
    pub fn stamped(&self, authority: &dyn TimestampAuthority) -> Result<Vec<u8>, ContainerError> {
        let digest = DigestAlgorithm::Sha256;
        let manifest =
            manifest::write(&self.files, digest, TIMESTAMP, "application/vnd.etsi.timestamp-token");
        let token = authority.timestamp(&digest.digest(&manifest), digest)?;
        self.zip(&[(MANIFEST, &manifest), (TIMESTAMP, token.der())])
    }

    /// ”the first file in the ASiC container … shall not be compressed” (EN 319 162-1 § A.1).
    fn zip(&self, meta: &[(&str, &[u8])]) -> Result<Vec<u8>, ContainerError> {
        let failed = |_| ContainerError::Zip;
        // The first day that the format knows, whatever day it is: the same bytes every time.
        let undated = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let stored = undated.compression_method(CompressionMethod::Stored);
        let deflated = undated.compression_method(CompressionMethod::Deflated);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |name: &str, bytes: &[u8], options: SimpleFileOptions| {
            zip.start_file(name, options).map_err(failed)?;
            zip.write_all(bytes).map_err(|_| ContainerError::Zip)
        };
        put(MIMETYPE, MEDIA_TYPE.as_bytes(), stored)?;
        for file in &self.files {
            put(&file.name, &file.bytes, deflated)?;
        }
        for (name, bytes) in meta {
            put(name, bytes, deflated)?;
        }
        Ok(zip.finish().map_err(failed)?.into_inner())
    }
}

/// XML signatures have no name for SHAKE256; its files are digested with SHA-512.
fn manifest_digest(digest: DigestAlgorithm) -> DigestAlgorithm {
    match digest {
        DigestAlgorithm::Shake256 => DigestAlgorithm::Sha512,
        DigestAlgorithm::Sha1 => DigestAlgorithm::Sha256,
        other => other,
    }
}

/// Files in a container, signed, with a timestamp over the signature if there is an authority for it.
///
/// # Errors
///
/// When the files cannot be put together, or signing or stamping fails.
pub fn pack(
    files: Vec<File>,
    signer: &dyn Signer,
    authority: Option<&dyn TimestampAuthority>,
    signing_time: Timestamp,
) -> Result<Vec<u8>, ContainerError> {
    let contents = Contents::new(files)?;
    let algorithm = signer.algorithm();
    let prepared = contents.prepare(algorithm, signer.certificate(), signer.chain(), signing_time);
    let signature = signer.sign(prepared.to_be_signed())?;
    let digest = DigestAlgorithm::Sha256;
    let token = match authority {
        Some(authority) => Some(authority.timestamp(&digest.digest(&signature), digest)?),
        None => None,
    };
    contents.signed(algorithm, &prepared.finish(&signature, token.as_ref())?)
}

/// Whether a name stays inside the container on every system.
fn check_name(name: &str) -> Result<(), ContainerError> {
    let bad_letter = |letter: char| {
        letter.is_control() || matches!(letter, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let bad_part = |part: &str| {
        part.is_empty() || part == "." || part == ".." || part.ends_with(['.', ' ']) || part.starts_with(' ')
    };
    let bad = name.len() > 512 || name.chars().any(bad_letter) || name.split('/').any(bad_part);
    if bad { Err(ContainerError::Name(name.to_owned())) } else { Ok(()) }
}
