//! X.509 certificates (RFC 5280): read once, kept byte for byte, asked by name.
//!
//! Whether one is to be trusted is decided in [`trust()`], by paths and
//! [`revocation`]; who is trusted from the start is in [`anchors`] and [`trusted_list`].

pub mod anchors;
mod extension;
mod name;
mod path;
mod pem;
pub mod revocation;
mod trust;
pub mod trusted_list;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use crate::algorithm::{AlgorithmFault, DigestAlgorithm, Identifier, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Element, tag};
use crate::key::{PublicKey, SignatureFault};

pub use anchors::{Anchor, Anchors};
pub use extension::{KeyUsage, Usage};
pub use name::Name;
pub use path::PathFault;
pub use pem::{PemBlock, PemError, read_pem, write_pem};
pub use trust::{Evidence, Indication, Purpose, Standing, SubIndication, Times, Trust, trust};

use extension::Extensions;

/// The biggest certificate to take in, in bytes; real ones have a few thousand.
const MAX_SIZE: usize = 256 << 10;

/// Why bytes are no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// The structure cannot be read.
    #[error("the certificate is malformed: {0}")]
    Malformed(#[from] Asn1Error),
    /// Bigger than anything real.
    #[error("the certificate is too big")]
    TooBig,
    /// The same extension twice (RFC 5280 § 4.2 forbids it).
    #[error("the certificate has an extension twice")]
    ExtensionTwice,
    /// The text is no PEM.
    #[error(transparent)]
    Pem(#[from] PemError),
}

/// A certificate. Cheap to clone; two are equal when their bytes are.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    der: Vec<u8>,
    signed: Range<usize>,
    serial: Vec<u8>,
    issuer: Name,
    subject: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    key_info: Vec<u8>,
    key: PublicKey,
    signature_algorithm: Identifier,
    signature: Vec<u8>,
    extensions: Extensions,
    digest: [u8; 32],
}

impl Certificate {
    /// Reads a certificate; nothing may follow it.
    ///
    /// # Errors
    ///
    /// When the bytes are no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_SIZE {
            return Err(CertificateError::TooBig);
        }
        let mut outer = Element::whole_sequence(der)?;
        let signed = outer.expect(tag::SEQUENCE)?;
        let signature_algorithm = Identifier::read(&outer.expect(tag::SEQUENCE)?)?;
        let signature = outer.expect(tag::BIT_STRING)?.bits()?.to_vec();
        outer.finish()?;

        let mut inside = signed.inside();
        if let Some(version) = inside.optional(0xA0)? {
            version.inside().next()?.small_integer()?;
        }
        let serial = inside.next()?.integer()?.to_vec();
        // RFC 5280 § 4.1.1.2: the algorithm inside what is signed is the one outside.
        if Identifier::read(&inside.expect(tag::SEQUENCE)?)? != signature_algorithm {
            return Err(Asn1Error::Value.into());
        }
        let issuer = Name::read(&inside.next()?)?;
        let mut validity = inside.expect(tag::SEQUENCE)?.inside();
        let (not_before, not_after) = (validity.next()?.time()?, validity.next()?.time()?);
        let subject = Name::read(&inside.next()?)?;
        let key_info = inside.expect(tag::SEQUENCE)?.raw.to_vec();
        let key = PublicKey::read(&key_info)?;
        inside.optional(0x81)?;
        inside.optional(0x82)?;
        let extensions = match inside.optional(0xA3)? {
            Some(wrapper) => Extensions::read(&Element::whole(wrapper.value)?)?,
            None => Extensions::default(),
        };
        inside.finish()?;

        let start = signed.raw.as_ptr() as usize - der.as_ptr() as usize;
        let digest = DigestAlgorithm::Sha256.digest(der).try_into().unwrap_or([0; 32]);
        Ok(Self(Arc::new(Inner {
            der: der.to_vec(),
            signed: start..start + signed.raw.len(),
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key_info,
            key,
            signature_algorithm,
            signature,
            extensions,
            digest,
        })))
    }

    /// Every certificate in a file of PEM or DER, in the file's order.
    ///
    /// # Errors
    ///
    /// When there is something other than certificates, or nothing.
    pub fn all_from(file: &[u8]) -> Result<Vec<Self>, CertificateError> {
        if file.first() == Some(&tag::SEQUENCE) {
            return Ok(vec![Self::from_der(file)?]);
        }
        let blocks = read_pem(file)?;
        let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
        certificates.map(|block| Self::from_der(&block.bytes)).collect()
    }

    /// The bytes of the certificate.
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// The certificate as PEM (RFC 7468 § 5).
    pub fn to_pem(&self) -> String {
        write_pem("CERTIFICATE", self.der())
    }

    /// The serial number, big-endian, as it stands.
    pub fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// Who issued it.
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// Whom it is about.
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// The first second that it is valid.
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// The last second that it is valid.
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// The public key.
    pub fn key(&self) -> &PublicKey {
        &self.0.key
    }

    /// The `SubjectPublicKeyInfo` as it stands.
    pub fn key_info(&self) -> &[u8] {
        &self.0.key_info
    }

    /// SHA-256 of the bytes.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.0.digest
    }

    pub(crate) fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// What the key may be used for, if the certificate says (RFC 5280 § 4.2.1.3).
    pub fn key_usage(&self) -> Option<KeyUsage> {
        self.0.extensions.key_usage
    }

    /// Whether the certificate is of an authority that may issue others (RFC 5280 § 4.2.1.9).
    pub fn is_authority(&self) -> bool {
        self.0.extensions.authority.is_some()
    }

    /// Whether the certificate is issued as qualified by its own word (ETSI EN 319 412-5 § 4.2.1);
    /// whether the issuer may say so stands in a trusted list.
    pub fn says_qualified(&self) -> bool {
        self.0.extensions.qualified
    }

    /// Whether the key, by the certificate's word, is in a qualified device (ETSI EN 319 412-5 § 4.2.2).
    pub fn says_in_qualified_device(&self) -> bool {
        self.0.extensions.qualified_device
    }

    /// Where OCSP is asked for this certificate.
    pub fn ocsp_addresses(&self) -> &[String] {
        &self.0.extensions.ocsp
    }

    /// Where revocation lists for this certificate are.
    pub fn crl_addresses(&self) -> &[String] {
        &self.0.extensions.crls
    }

    /// Where the issuer's certificate is.
    pub fn issuer_addresses(&self) -> &[String] {
        &self.0.extensions.issuers
    }

    /// Whether issuer and subject are the same name.
    pub fn is_self_issued(&self) -> bool {
        self.issuer().matches(self.subject())
    }

    /// Whether a moment is within the certificate's validity, both ends included.
    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        self.not_before() <= at && at <= self.not_after()
    }

    /// The algorithm that the certificate is signed with, given its issuer's key.
    pub(crate) fn signature_algorithm(
        &self,
        issuer: &PublicKey,
    ) -> Result<SignatureAlgorithm, AlgorithmFault> {
        SignatureAlgorithm::of(&self.0.signature_algorithm, None, issuer)
    }

    /// Checks the certificate's own signature with the key of its supposed issuer.
    ///
    /// # Errors
    ///
    /// Why it does not hold.
    pub fn verify_signature(&self, issuer: &PublicKey) -> Result<(), SignatureFault> {
        let algorithm = self.signature_algorithm(issuer).map_err(SignatureFault::Algorithm)?;
        issuer.verify(algorithm, &self.0.der[self.0.signed.clone()], &self.0.signature)
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.0.digest == other.0.digest
    }
}

impl Eq for Certificate {}

impl Hash for Certificate {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.digest.hash(state);
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({} by {})", self.subject(), self.issuer())
    }
}

/// As base64 of the bytes.
impl serde::Serialize for Certificate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::encoding::base64::serialize(self.der(), serializer)
    }
}

impl<'de> serde::Deserialize<'de> for Certificate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let der = crate::encoding::base64::deserialize(deserializer)?;
        Self::from_der(&der).map_err(serde::de::Error::custom)
    }
}
