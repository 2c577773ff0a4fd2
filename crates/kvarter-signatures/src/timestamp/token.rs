//! A timestamp: who says that what existed when (RFC 3161 § 2.4.2).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::TimestampError;
use crate::algorithm::{AlgorithmFault, DigestAlgorithm, Identifier, Strength};
use crate::asn1::{Asn1Error, Element, tag, write};
use crate::certificate::{Certificate, Evidence};
use crate::cms::{Integrity, Signed};
use crate::oid;

/// How far from the truth the time may be, if the authority says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accuracy {
    /// In microseconds.
    pub microseconds: u64,
}

/// What a timestamp is over: a digest, and by which algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The algorithm, if it is one that we compute.
    pub algorithm: Result<DigestAlgorithm, AlgorithmFault>,
    /// The digest.
    pub digest: Vec<u8>,
}

/// Why a timestamp is not over something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum ImprintFault {
    /// It is over another digest.
    #[error("another digest")]
    Mismatch,
    /// The digest cannot be computed.
    #[error("{0}")]
    Algorithm(AlgorithmFault),
}

/// What holds of a timestamp over something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenIntegrity {
    /// Whether it is over what it is said to be over.
    pub imprint: Result<(), ImprintFault>,
    /// Whether its own signature holds.
    pub signature: Integrity,
    /// Whether the digest it is over can be relied on.
    pub algorithm: Result<(), AlgorithmFault>,
}

impl TokenIntegrity {
    /// Whether everything holds.
    pub fn is_valid(&self) -> bool {
        // RFC 3161 § 2.4.2 wants the certificate named; a token that does not is no timestamp.
        self.imprint.is_ok()
            && self.algorithm.is_ok()
            && self.signature.is_valid()
            && self.signature.binding.is_ok()
    }
}

/// A timestamp that was read; nothing is said yet of whether it holds.
#[derive(Debug, Clone)]
pub struct Token {
    der: Vec<u8>,
    signed: Signed,
    time: Timestamp,
    accuracy: Option<Accuracy>,
    policy: String,
    serial: Vec<u8>,
    imprint: Imprint,
    nonce: Option<Vec<u8>>,
}

impl Token {
    /// Reads a `TimeStampToken`. Zeros after it, as in a PDF's `/Contents`, are passed over.
    ///
    /// # Errors
    ///
    /// When it is no timestamp.
    pub fn read(bytes: &[u8]) -> Result<Self, TimestampError> {
        let signed = Signed::read(bytes)?;
        if signed.content_type() != oid::TST_INFO {
            return Err(TimestampError::NotATimestamp);
        }
        let info = signed.enclosed().ok_or(TimestampError::NotATimestamp)?.to_vec();
        let mut inside = Element::whole_sequence(&info)?;
        inside.expect(tag::INTEGER)?;
        let policy = inside.next()?.dotted()?;
        let imprint = Imprint::read(&inside.expect(tag::SEQUENCE)?)?;
        let serial = inside.next()?.integer()?.to_vec();
        let time = inside.expect(tag::GENERALIZED_TIME)?.time()?;
        let accuracy = match inside.optional(tag::SEQUENCE)? {
            Some(element) => Some(Accuracy::read(&element)?),
            None => None,
        };
        inside.optional(tag::BOOLEAN)?;
        let nonce = match inside.optional(tag::INTEGER)? {
            Some(nonce) => Some(nonce.integer()?.to_vec()),
            None => None,
        };
        let whole = crate::asn1::ber::straighten(bytes)?.1;
        let der = bytes[..whole].to_vec();
        Ok(Self { der, signed, time, accuracy, policy, serial, imprint, nonce })
    }

    /// The bytes of the token, without what followed them.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// When what it is over existed.
    pub fn time(&self) -> Timestamp {
        self.time
    }

    /// How exact the time is.
    pub fn accuracy(&self) -> Option<Accuracy> {
        self.accuracy
    }

    /// The latest that the moment can have been: the time with the accuracy added.
    pub fn latest(&self) -> Timestamp {
        let margin = self.accuracy.map_or(0, |accuracy| accuracy.microseconds);
        let margin = SignedDuration::from_micros(i64::try_from(margin).unwrap_or(i64::MAX));
        self.time.checked_add(margin).unwrap_or(self.time)
    }

    /// The authority's policy, as a dotted identifier.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// The authority's number for this timestamp, big-endian.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// What it is over.
    pub fn imprint(&self) -> &Imprint {
        &self.imprint
    }

    /// The number that was sent with the question, if any, as it stands.
    pub fn nonce(&self) -> Option<&[u8]> {
        self.nonce.as_deref()
    }

    /// The certificate that signed, if it came along.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.signed.certificate()
    }

    /// Every certificate that came along.
    pub fn certificates(&self) -> &[Certificate] {
        self.signed.certificates()
    }

    /// Certificates and revocation evidence that came along.
    pub fn evidence(&self) -> Evidence {
        self.signed.evidence()
    }

    /// The algorithm that the token is signed with, when it is one that we know.
    pub(crate) fn signature_algorithm(&self) -> Option<crate::algorithm::SignatureAlgorithm> {
        self.signed.signature_algorithm()
    }

    /// Checks the token over these bytes.
    pub fn verify(&self, imprint_of: &[u8]) -> TokenIntegrity {
        self.verify_digest(&|algorithm| algorithm.digest(imprint_of))
    }

    /// Checks the token over something whose digest by any algorithm the caller can give.
    pub fn verify_digest(&self, digest: &dyn Fn(DigestAlgorithm) -> Vec<u8>) -> TokenIntegrity {
        let algorithm = match &self.imprint.algorithm {
            Ok(algorithm) if algorithm.strength() == Strength::Sound => Ok(()),
            Ok(_) => Err(AlgorithmFault::DigestWeak),
            Err(fault) => Err(fault.clone()),
        };
        TokenIntegrity {
            imprint: self.verify_imprint(digest),
            signature: self.signed.verify_enclosed(),
            algorithm,
        }
    }

    /// Only whether it is over this.
    pub(crate) fn verify_imprint(
        &self,
        digest: &dyn Fn(DigestAlgorithm) -> Vec<u8>,
    ) -> Result<(), ImprintFault> {
        match &self.imprint.algorithm {
            Err(fault) => Err(ImprintFault::Algorithm(fault.clone())),
            Ok(algorithm) if digest(*algorithm) == self.imprint.digest => Ok(()),
            Ok(_) => Err(ImprintFault::Mismatch),
        }
    }

    /// Whether the certificate that signed is for timestamps alone, and says so critically (§ 2.3).
    pub(crate) fn is_by_authority(&self) -> bool {
        let purposes = self.certificate().and_then(|certificate| certificate.extensions().purposes.as_ref());
        purposes.is_some_and(|purposes| purposes.critical && purposes.all == [oid::FOR_TIMESTAMPS])
    }
}

impl Imprint {
    pub(super) fn read(element: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut inside = element.inside();
        let algorithm = Identifier::read(&inside.expect(tag::SEQUENCE)?)?.digest();
        let digest = inside.next()?.octets()?.to_vec();
        Ok(Self { algorithm, digest })
    }

    pub(super) fn write(algorithm: DigestAlgorithm, digest: &[u8]) -> Vec<u8> {
        write::sequence(&[&algorithm.to_der(), &write::octets(digest)])
    }
}

impl Accuracy {
    fn read(element: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut microseconds: u64 = 0;
        for field in element.inside().all()? {
            let (number, unit) = match field.tag {
                tag::INTEGER => (field.small_integer()?, 1_000_000),
                0x80 => (crate::asn1::small(field.value)?, 1_000),
                0x81 => (crate::asn1::small(field.value)?, 1),
                _ => return Err(Asn1Error::Unexpected),
            };
            microseconds = microseconds.saturating_add(number.saturating_mul(unit));
        }
        Ok(Self { microseconds })
    }
}

/// `TSTInfo`, with an accuracy of one second.
pub(crate) fn write_info(
    policy: const_oid::ObjectIdentifier,
    algorithm: DigestAlgorithm,
    digest: &[u8],
    serial: u64,
    at: Timestamp,
    nonce: Option<&[u8]>,
) -> Vec<u8> {
    let nonce = nonce.map(|nonce| write::tlv(tag::INTEGER, nonce)).unwrap_or_default();
    write::sequence(&[
        &write::small_integer(1),
        &write::oid(policy),
        &Imprint::write(algorithm, digest),
        &write::small_integer(serial),
        &write::generalized_time(at),
        &write::sequence(&[&write::small_integer(1)]),
        &nonce,
    ])
}
