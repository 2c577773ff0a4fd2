//! What holds of a signature, each question by itself: the digest, the signature, the certificate it is
//! bound to, and the algorithms.
//!
//! A weak algorithm does not make a signature wrong, and a right digest does not make it good; whoever
//! asks gets all four answers. Trust in the certificate is another matter altogether.

use serde::{Deserialize, Serialize};

use super::{Signed, attribute};
use crate::algorithm::{AlgorithmFault, DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{Element, write};
use crate::certificate::Certificate;
use crate::key::SignatureFault;
use crate::oid;

/// What holds of a signature over a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Integrity {
    /// Whether the document is the one that was signed.
    pub digest: Result<(), DigestFault>,
    /// Whether the signature is by the key of the certificate.
    pub signature: Result<(), SignatureFault>,
    /// Whether the signature names the certificate that it is checked with.
    pub binding: Result<(), BindingFault>,
    /// Whether all the algorithms can be relied on.
    pub algorithms: Result<(), AlgorithmFault>,
}

/// Why a document is not the one that was signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum DigestFault {
    /// The digest is another one.
    #[error("the digest is another one than the signed one")]
    Mismatch,
    /// The signed attributes lack the digest.
    #[error("the signed attributes lack the digest")]
    Missing,
    /// The signed attributes say that the content is of another type (RFC 5652 § 11.1).
    #[error("the signed attributes are about another type of content")]
    ContentType,
    /// The digest cannot be computed.
    #[error("the digest cannot be computed: {0}")]
    Algorithm(AlgorithmFault),
    /// There are no signed attributes, and the signature over the content was not right, so that nothing
    /// vouches for the document.
    #[error("nothing vouches for the document")]
    NotSigned,
}

/// Why a signature is not bound to the certificate it is checked with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum BindingFault {
    /// The signed attributes name no certificate (PAdES requires it, EN 319 142-1 § 6.3; older signatures
    /// did not).
    #[error("no certificate is named")]
    NotNamed,
    /// They name another certificate.
    #[error("another certificate is named")]
    AnotherCertificate,
    /// The certificate is named by a digest that cannot be computed.
    #[error("the certificate is named by a digest that cannot be computed: {0}")]
    Algorithm(AlgorithmFault),
    /// The attribute cannot be read.
    #[error("the attribute cannot be read")]
    Malformed,
    /// There is no certificate to compare with.
    #[error("there is no certificate")]
    NoCertificate,
}

impl Integrity {
    /// Whether the document is the one that was signed, by the key of the certificate.
    pub fn is_intact(&self) -> bool {
        self.digest.is_ok() && self.signature.is_ok()
    }

    /// Whether everything holds; a signature of the older kind, which names no certificate, included.
    pub fn is_valid(&self) -> bool {
        let bound = matches!(self.binding, Ok(()) | Err(BindingFault::NotNamed));
        self.is_intact() && bound && self.algorithms.is_ok()
    }
}

impl Signed {
    /// Checks the signature over a document, whose digest by any algorithm the caller can give.
    ///
    /// Where the content is enclosed, as in `adbe.pkcs7.sha1`, it must be the document's SHA-1
    /// (ISO 32000-1 § 12.8.3.3.1). A signature without signed attributes needs
    /// [`Self::verify_content`].
    pub fn verify(&self, document_digest: &dyn Fn(DigestAlgorithm) -> Vec<u8>) -> Integrity {
        self.check(document_digest, None)
    }

    /// As [`Self::verify`], for those who have the whole document at hand.
    pub fn verify_content(&self, content: &[u8]) -> Integrity {
        self.check(&|algorithm| algorithm.digest(content), Some(content))
    }

    /// Whether the signature is over the content itself, so that digests of it do not do.
    pub fn needs_content(&self) -> bool {
        self.attributes_der.is_none() && self.enclosed.is_none()
    }

    /// Checks the signature over the content that is inside, such as a timestamp's.
    pub(crate) fn verify_enclosed(&self) -> Integrity {
        match &self.enclosed {
            Some(content) => self.check_over(content),
            None => Integrity {
                digest: Err(DigestFault::Missing),
                signature: Err(SignatureFault::ContentNeeded),
                binding: self.check_binding(),
                algorithms: self.check_algorithms(),
            },
        }
    }

    pub(crate) fn content_type(&self) -> const_oid::ObjectIdentifier {
        self.content_type
    }

    fn check(
        &self,
        document_digest: &dyn Fn(DigestAlgorithm) -> Vec<u8>,
        content: Option<&[u8]>,
    ) -> Integrity {
        if let Some(enclosed) = &self.enclosed {
            let mut integrity = self.check_over(enclosed);
            if *enclosed != document_digest(DigestAlgorithm::Sha1) {
                integrity.digest = Err(DigestFault::Mismatch);
            }
            // What binds the document is SHA-1 whatever else is used.
            integrity.algorithms = integrity.algorithms.and(Err(AlgorithmFault::DigestWeak));
            return integrity;
        }
        if let Some(content) = content {
            return self.check_over(content);
        }
        let signature = match &self.attributes_der {
            Some(attributes) => self.check_signature(attributes),
            None => Err(SignatureFault::ContentNeeded),
        };
        Integrity {
            digest: match &self.attributes_der {
                Some(_) => self.check_digest(document_digest),
                None => Err(DigestFault::NotSigned),
            },
            signature,
            binding: self.check_binding(),
            algorithms: self.check_algorithms(),
        }
    }

    fn check_over(&self, content: &[u8]) -> Integrity {
        let (digest, signature) = match &self.attributes_der {
            Some(attributes) => {
                (self.check_digest(&|algorithm| algorithm.digest(content)), self.check_signature(attributes))
            }
            None => {
                let signature = self.check_signature(content);
                (if signature.is_ok() { Ok(()) } else { Err(DigestFault::NotSigned) }, signature)
            }
        };
        Integrity { digest, signature, binding: self.check_binding(), algorithms: self.check_algorithms() }
    }

    /// The digest and the content type in the signed attributes.
    fn check_digest(&self, of: &dyn Fn(DigestAlgorithm) -> Vec<u8>) -> Result<(), DigestFault> {
        let algorithm = self.digest.digest().map_err(DigestFault::Algorithm)?;
        let single = |kind| attribute::single(&self.attributes, kind).ok().flatten();
        let said = single(oid::CONTENT_TYPE).and_then(|value| Element::whole(value).ok()?.oid().ok());
        if said != Some(self.content_type) {
            return Err(DigestFault::ContentType);
        }
        let signed = single(oid::MESSAGE_DIGEST).and_then(|value| Element::whole(value).ok()?.octets().ok());
        match signed {
            None => Err(DigestFault::Missing),
            Some(signed) if signed == of(algorithm) => Ok(()),
            Some(_) => Err(DigestFault::Mismatch),
        }
    }

    /// The algorithm of the signature, when the certificate is there and both are known.
    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        self.algorithm(self.certificate()?).ok()
    }

    fn algorithm(&self, certificate: &Certificate) -> Result<SignatureAlgorithm, AlgorithmFault> {
        let digest = self.digest.digest().ok();
        SignatureAlgorithm::of(&self.signature_algorithm, digest, certificate.key())
    }

    fn check_signature(&self, message: &[u8]) -> Result<(), SignatureFault> {
        let certificate = self.certificate().ok_or(SignatureFault::NoCertificate)?;
        let algorithm = self.algorithm(certificate).map_err(SignatureFault::Algorithm)?;
        let verify = |message: &[u8]| certificate.key().verify(algorithm, message, &self.signature);
        match verify(message) {
            // The signature is over the DER of the attributes (RFC 5652 § 5.4), and some send them in
            // another order than they signed them.
            Err(SignatureFault::Mismatch) if self.attributes_der.is_some() => {
                let ordered = in_order(message);
                if ordered == message { Err(SignatureFault::Mismatch) } else { verify(&ordered) }
            }
            other => other,
        }
    }

    fn check_binding(&self) -> Result<(), BindingFault> {
        let certificate = self.certificate().ok_or(BindingFault::NoCertificate)?;
        let named = self.named_certificate().map_err(|_| BindingFault::Malformed)?;
        match named {
            None => Err(BindingFault::NotNamed),
            Some(named) => match &named.digest {
                Err(fault) => Err(BindingFault::Algorithm(fault.clone())),
                Ok(_) if named.is(certificate) => Ok(()),
                Ok(_) => Err(BindingFault::AnotherCertificate),
            },
        }
    }

    fn check_algorithms(&self) -> Result<(), AlgorithmFault> {
        let digest = self.digest.digest()?;
        if digest.strength() == crate::algorithm::Strength::Weak {
            return Err(AlgorithmFault::DigestWeak);
        }
        if let Ok(Some(value)) = attribute::single(&self.attributes, oid::ALGORITHM_PROTECTION)
            && !attribute::protects(value, &self.digest, &self.signature_algorithm).unwrap_or(false)
        {
            return Err(AlgorithmFault::Malformed);
        }
        match self.certificate() {
            Some(certificate) => certificate.key().judge(self.algorithm(certificate)?),
            None => Ok(()),
        }
    }
}

/// A set of attributes in the order of DER.
fn in_order(set: &[u8]) -> Vec<u8> {
    let elements = Element::whole(set).and_then(|set| set.inside().all()).unwrap_or_default();
    write::set_of(elements.iter().map(|element| element.raw.to_vec()).collect())
}
