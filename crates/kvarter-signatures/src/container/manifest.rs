//! The manifest of a container: which files a signature is over, with their digests (ETSI EN 319 162-1
//! § A.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{ContainerError, File};
use crate::algorithm::DigestAlgorithm;
use crate::xml::{Node, escape};

const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const XML_SIGNATURES: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The most files that a manifest may name.
const MAX_REFERENCES: usize = 100_000;

/// Digest algorithms by their names in XML signatures (RFC 9231 § 2.1).
const DIGESTS: &[(DigestAlgorithm, &str)] = &[
    (DigestAlgorithm::Sha1, "http://www.w3.org/2000/09/xmldsig#sha1"),
    (DigestAlgorithm::Sha256, "http://www.w3.org/2001/04/xmlenc#sha256"),
    (DigestAlgorithm::Sha384, "http://www.w3.org/2001/04/xmldsig-more#sha384"),
    (DigestAlgorithm::Sha512, "http://www.w3.org/2001/04/xmlenc#sha512"),
];

/// A manifest that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The name of the file with the signature or the timestamp.
    pub seal: String,
    /// The files that it is over.
    pub references: Vec<Reference>,
}

/// A file that a manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file's name.
    pub name: String,
    /// Its media type, if it says.
    pub media_type: Option<String>,
    /// By what its digest is, if it is an algorithm that we know.
    pub algorithm: Option<DigestAlgorithm>,
    /// Its digest.
    pub digest: Vec<u8>,
}

pub(super) fn write(files: &[File], digest: DigestAlgorithm, seal: &str, seal_type: &str) -> Vec<u8> {
    let algorithm = DIGESTS.iter().find(|(known, _)| *known == digest).map_or("", |(_, name)| *name);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<asic:ASiCManifest xmlns:asic=\"{ASIC}\" xmlns:ds=\"{XML_SIGNATURES}\">\n  <asic:SigReference URI=\"{seal}\" MimeType=\"{seal_type}\"/>\n"
    );
    for file in files {
        let value = STANDARD.encode(digest.digest(&file.bytes));
        out.push_str(&format!(
            "  <asic:DataObjectReference URI=\"{}\" MimeType=\"{}\">\n    <ds:DigestMethod Algorithm=\"{algorithm}\"/>\n    <ds:DigestValue>{value}</ds:DigestValue>\n  </asic:DataObjectReference>\n",
            escape(&to_uri(&file.name)),
            escape(&file.media_type),
        ));
    }
    out.push_str("</asic:ASiCManifest>\n");
    out.into_bytes()
}

impl Manifest {
    pub(super) fn read(xml: &[u8]) -> Result<Self, ContainerError> {
        let root = Node::read(xml)?;
        if root.name != "ASiCManifest" || root.namespace.as_deref() != Some(ASIC) {
            return Err(ContainerError::Manifest("ASiCManifest"));
        }
        let mut seals = root.all("SigReference");
        let seal = seals.next().and_then(|seal| seal.attribute("URI")).and_then(from_uri);
        let seal = seal.filter(|_| seals.next().is_none()).ok_or(ContainerError::Manifest("SigReference"))?;
        let references: Vec<Reference> =
            root.all("DataObjectReference").map(read_reference).collect::<Result<_, _>>()?;
        match references.len() {
            0 => Err(ContainerError::Manifest("DataObjectReference")),
            1..=MAX_REFERENCES => Ok(Self { seal, references }),
            _ => Err(ContainerError::TooBig),
        }
    }
}

fn read_reference(node: &Node) -> Result<Reference, ContainerError> {
    let name = node.attribute("URI").and_then(from_uri).ok_or(ContainerError::Manifest("URI"))?;
    let method = node.child("DigestMethod").and_then(|method| method.attribute("Algorithm"));
    let algorithm = DIGESTS.iter().find(|(_, known)| Some(*known) == method).map(|(digest, _)| *digest);
    let value: String = node.text_at(&["DigestValue"]).unwrap_or_default().split_whitespace().collect();
    let digest = STANDARD.decode(value).map_err(|_| ContainerError::Manifest("DigestValue"))?;
    Ok(Reference { name, media_type: node.attribute("MimeType").map(str::to_owned), algorithm, digest })
}

/// A name as a relative reference (RFC 3986 § 4.2).
fn to_uri(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn from_uri(uri: &str) -> Option<String> {
    let mut out = Vec::with_capacity(uri.len());
    let mut bytes = uri.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let (high, low) = (char::from(bytes.next()?), char::from(bytes.next()?));
            out.push((high.to_digit(16)? * 16 + low.to_digit(16)?) as u8);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}
