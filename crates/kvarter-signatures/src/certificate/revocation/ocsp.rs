//! OCSP (RFC 6960): responses read and checked, requests read and written.
//!
//! A response counts when it is signed by the issuer of the certificate it is about, or by a responder to
//! whom that same issuer gave a certificate for the purpose (§ 4.2.2.2). Responders that are trusted by
//! local arrangement are not known here.

use jiff::Timestamp;

use super::{Crl, Reason, Word};
use crate::algorithm::{DigestAlgorithm, Identifier, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Element, tag, write};
use crate::certificate::extension::Extension;
use crate::certificate::{Certificate, Name, path};
use crate::oid;

/// The biggest response to take in, in bytes.
const MAX_SIZE: usize = 4 << 20;
/// How many certificates in a response are looked at.
const MAX_CERTIFICATES: usize = 16;

/// Why bytes are no usable response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OcspError {
    /// The structure cannot be read.
    #[error("the OCSP response is malformed: {0}")]
    Malformed(#[from] Asn1Error),
    /// The responder answered that it would not (§ 4.2.1): its code.
    #[error("the OCSP responder refused with code {0}")]
    Refused(u64),
    /// A response of another kind than the basic one.
    #[error("the OCSP response is of an unknown kind")]
    UnknownKind,
    /// The response has another nonce than the one that was sent.
    #[error("the OCSP response is to another question")]
    NonceMismatch,
    /// The response is about other certificates.
    #[error("the OCSP response is about other certificates")]
    AnotherCertificate,
}

/// What a response says of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateStatus {
    /// Not revoked.
    Good,
    /// Revoked, when and why.
    Revoked(Timestamp, Option<Reason>),
    /// The responder does not know the certificate.
    Unknown,
}

/// A response, read and not yet believed.
#[derive(Debug, Clone)]
pub struct OcspResponse {
    der: Vec<u8>,
    signed: Vec<u8>,
    algorithm: Identifier,
    signature: Vec<u8>,
    responder: Responder,
    produced_at: Timestamp,
    answers: Vec<Answer>,
    certificates: Vec<Certificate>,
    archive_cutoff: Option<Timestamp>,
    nonce: Option<Vec<u8>>,
}

#[derive(Debug, Clone)]
enum Responder {
    Named(Name),
    /// SHA-1 of the responder's public key.
    Keyed(Vec<u8>),
}

#[derive(Debug, Clone)]
struct Answer {
    id: CertificateId,
    status: CertificateStatus,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
}

/// Which certificate is meant (§ 4.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
struct CertificateId {
    digest: Option<DigestAlgorithm>,
    issuer_name: Vec<u8>,
    issuer_key: Vec<u8>,
    serial: Vec<u8>,
}

impl CertificateId {
    fn read(element: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut inside = element.inside();
        let digest = Identifier::read(&inside.expect(tag::SEQUENCE)?)?.digest().ok();
        let issuer_name = inside.next()?.octets()?.to_vec();
        let issuer_key = inside.next()?.octets()?.to_vec();
        let serial = inside.next()?.integer()?.to_vec();
        Ok(Self { digest, issuer_name, issuer_key, serial })
    }

    fn is_of(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let Some(digest) = self.digest else { return false };
        self.serial == certificate.serial()
            && self.issuer_name == digest.digest(certificate.issuer().der())
            && self.issuer_key == digest.digest(key_bits(issuer))
    }
}

/// The key itself, without its algorithm: what identifiers of keys are digests of.
pub(crate) fn key_bits(certificate: &Certificate) -> &[u8] {
    let bits = Element::whole_sequence(certificate.key_info()).and_then(|mut inside| {
        inside.next()?;
        inside.next()?.bits()
    });
    bits.unwrap_or_default()
}

impl OcspResponse {
    /// Reads a response (`OCSPResponse`, or the `BasicOCSPResponse` within it as CMS may have it).
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is a refusal.
    pub fn read(der: &[u8]) -> Result<Self, OcspError> {
        if der.len() > MAX_SIZE {
            return Err(Asn1Error::TooBig.into());
        }
        let mut outer = Element::whole_sequence(der)?;
        if outer.peek() != Some(tag::ENUMERATED) {
            return Self::read_basic(der, der);
        }
        let code = outer.next()?.small_integer()?;
        if code != 0 {
            return Err(OcspError::Refused(code));
        }
        let mut inside = outer.expect(0xA0)?.inside().expect(tag::SEQUENCE)?.inside();
        if inside.next()?.oid()? != oid::OCSP_BASIC {
            return Err(OcspError::UnknownKind);
        }
        let basic = inside.next()?.octets()?;
        Self::read_basic(basic, der)
    }

    fn read_basic(basic: &[u8], whole: &[u8]) -> Result<Self, OcspError> {
        let mut outer = Element::whole_sequence(basic)?;
        let signed = outer.expect(tag::SEQUENCE)?;
        let algorithm = Identifier::read(&outer.expect(tag::SEQUENCE)?)?;
        let signature = outer.expect(tag::BIT_STRING)?.bits()?.to_vec();
        let mut certificates = Vec::new();
        if let Some(wrapper) = outer.optional(0xA0)? {
            for certificate in Element::whole_sequence(wrapper.value)?.all()?.iter().take(MAX_CERTIFICATES) {
                certificates.extend(Certificate::from_der(certificate.raw).ok());
            }
        }

        let mut inside = signed.inside();
        inside.optional(0xA0)?;
        let responder = inside.next()?;
        let responder = match responder.tag {
            0xA1 => Responder::Named(Name::read(&Element::whole(responder.value)?)?),
            0xA2 => Responder::Keyed(Element::whole(responder.value)?.octets()?.to_vec()),
            _ => return Err(Asn1Error::Unexpected.into()),
        };
        let produced_at = inside.next()?.time()?;
        let mut answers = Vec::new();
        let mut archive_cutoff = None;
        for answer in inside.expect(tag::SEQUENCE)?.inside().all()? {
            answers.extend(read_answer(&answer, &mut archive_cutoff)?);
        }
        let mut nonce = None;
        if let Some(extensions) = inside.optional(0xA1)? {
            for extension in Extension::read_all(extensions.value)? {
                if extension.oid == oid::OCSP_NONCE {
                    nonce = Some(Element::whole(extension.value)?.octets()?.to_vec());
                }
            }
        }
        Ok(Self {
            der: whole.to_vec(),
            signed: signed.raw.to_vec(),
            algorithm,
            signature,
            responder,
            produced_at,
            answers,
            certificates,
            archive_cutoff,
            nonce,
        })
    }

    /// The bytes of the response, as they were given.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// When the response was signed.
    pub fn produced_at(&self) -> Timestamp {
        self.produced_at
    }

    /// Certificates that came with the response.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Whether this answers the question about a certificate that was asked with this nonce. Responders that
    /// prepare their answers leave the nonce out (RFC 5019 § 2.2.1); another nonce is another question.
    ///
    /// # Errors
    ///
    /// When it answers something else.
    pub fn check_answers(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        nonce: Option<&[u8]>,
    ) -> Result<(), OcspError> {
        if nonce.is_some() && self.nonce.is_some() && self.nonce.as_deref() != nonce {
            return Err(OcspError::NonceMismatch);
        }
        self.claim(certificate, issuer).map(|_| ()).ok_or(OcspError::AnotherCertificate)
    }

    /// What the response claims about a certificate, believed or not.
    pub fn claim(&self, certificate: &Certificate, issuer: &Certificate) -> Option<CertificateStatus> {
        Some(self.answers.iter().find(|answer| answer.id.is_of(certificate, issuer))?.status)
    }

    pub(super) fn words_on(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
    ) -> impl Iterator<Item = Word> {
        let about = self.answers.iter().filter(|answer| answer.id.is_of(certificate, issuer));
        about.filter_map(|answer| {
            let revoked = match answer.status {
                CertificateStatus::Good => None,
                CertificateStatus::Revoked(at, reason) => Some((at, reason)),
                CertificateStatus::Unknown => return None,
            };
            Some(Word {
                revoked,
                this_update: answer.this_update,
                next_update: answer.next_update,
                tells_of_expired_since: self.archive_cutoff,
                ocsp: true,
            })
        })
    }

    /// Whether the response is signed by this issuer, or by a responder of its choosing.
    pub(super) fn holds(&self, issuer: &Certificate, pool: &[&Certificate], crls: &[Crl]) -> bool {
        if self.is_by(issuer) && self.verify(issuer) {
            return true;
        }
        let known = self.certificates.iter().chain(pool.iter().copied());
        let mut responders = known.filter(|candidate| self.is_by(candidate)).take(MAX_CERTIFICATES);
        responders.any(|responder| self.verify(responder) && self.is_delegated(responder, issuer, crls))
    }

    /// ”a value of id-kp-OCSPSigning … issued by the CA that issued the certificate in question” (§ 4.2.2.2)
    fn is_delegated(&self, responder: &Certificate, issuer: &Certificate, crls: &[Crl]) -> bool {
        let extensions = responder.extensions();
        let for_ocsp =
            extensions.purposes.as_ref().is_some_and(|purposes| purposes.all.contains(&oid::FOR_OCSP));
        // Reading: without the no-check extension the responder's own revocation is looked for in the
        // lists at hand, and silence is no fault; asking OCSP about OCSP would not end.
        let not_revoked = extensions.ocsp_no_check
            || !crls.iter().any(|crl| crl.revokes(responder, issuer, self.produced_at));
        for_ocsp
            && extensions.unknown_critical.is_empty()
            && responder.issuer().matches(issuer.subject())
            && responder.is_valid_at(self.produced_at)
            && path::check_signature(responder, issuer).is_ok()
            && not_revoked
    }

    fn is_by(&self, certificate: &Certificate) -> bool {
        match &self.responder {
            Responder::Named(name) => certificate.subject().matches(name),
            Responder::Keyed(digest) => *digest == DigestAlgorithm::Sha1.digest(key_bits(certificate)),
        }
    }

    fn verify(&self, by: &Certificate) -> bool {
        let Ok(algorithm) = SignatureAlgorithm::of(&self.algorithm, None, by.key()) else {
            return false;
        };
        by.key().judge(algorithm).is_ok() && by.key().verify(algorithm, &self.signed, &self.signature).is_ok()
    }
}

/// One answer; none when a critical extension keeps us from using it.
fn read_answer(
    element: &Element<'_>,
    archive_cutoff: &mut Option<Timestamp>,
) -> Result<Option<Answer>, Asn1Error> {
    let mut inside = element.inside();
    let id = CertificateId::read(&inside.expect(tag::SEQUENCE)?)?;
    let told = inside.next()?;
    let status = match told.tag {
        0x80 => CertificateStatus::Good,
        0xA1 => {
            let mut inside = told.inside();
            let at = inside.next()?.time()?;
            let reason = match inside.optional(0xA0)? {
                Some(reason) => Some(Reason::of(Element::whole(reason.value)?.small_integer()?)),
                None => None,
            };
            CertificateStatus::Revoked(at, reason)
        }
        0x82 => CertificateStatus::Unknown,
        _ => return Err(Asn1Error::Unexpected),
    };
    let this_update = inside.next()?.time()?;
    let next_update = match inside.optional(0xA0)? {
        Some(next) => Some(Element::whole(next.value)?.time()?),
        None => None,
    };
    if let Some(extensions) = inside.optional(0xA1)? {
        for extension in Extension::read_all(extensions.value)? {
            if extension.oid == oid::OCSP_ARCHIVE_CUTOFF {
                *archive_cutoff = Some(Element::whole(extension.value)?.time()?);
            } else if extension.critical {
                return Ok(None);
            }
        }
    }
    Ok(Some(Answer { id, status, this_update, next_update }))
}

/// A question about one certificate (§ 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcspRequest {
    /// The serial number in question, as it stands in the certificate.
    pub serial: Vec<u8>,
    /// The nonce, if there is one.
    pub nonce: Option<Vec<u8>>,
    /// `CertID` as it was asked with, to answer with.
    pub(crate) id: Vec<u8>,
    parsed: CertificateId,
}

impl OcspRequest {
    /// Writes a question about a certificate. Identified with SHA-1, which is the only digest that every
    /// responder knows (RFC 5019 § 2.1.1); nothing rests on its strength. The nonce is the caller's, 1 to
    /// 128 bytes (RFC 9654 § 2.1); without one answers may be replayed.
    pub fn write(certificate: &Certificate, issuer: &Certificate, nonce: Option<&[u8]>) -> Vec<u8> {
        let digest = DigestAlgorithm::Sha1;
        let id = write::sequence(&[
            &write::sequence(&[&write::oid(digest.identifier()), &write::null()]),
            &write::octets(&digest.digest(certificate.issuer().der())),
            &write::octets(&digest.digest(key_bits(issuer))),
            &write::tlv(tag::INTEGER, certificate.serial()),
        ]);
        let requests = write::sequence(&[&write::sequence(&[&id])]);
        let extensions = nonce.map(|nonce| {
            let value = write::octets(&write::octets(nonce));
            let extension = write::sequence(&[&write::oid(oid::OCSP_NONCE), &value]);
            write::tlv(0xA2, &write::sequence(&[&extension]))
        });
        let request = write::sequence(&[&requests, extensions.as_deref().unwrap_or_default()]);
        write::sequence(&[&request])
    }

    /// Reads a question about exactly one certificate.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is about several.
    pub fn read(der: &[u8]) -> Result<Self, Asn1Error> {
        let mut request = Element::whole_sequence(der)?.expect(tag::SEQUENCE)?.inside();
        request.optional(0xA0)?;
        request.optional(0xA1)?;
        let mut list = request.expect(tag::SEQUENCE)?.inside();
        let one = list.expect(tag::SEQUENCE)?;
        list.finish()?;
        let id = one.inside().expect(tag::SEQUENCE)?;
        let parsed = CertificateId::read(&id)?;
        let mut nonce = None;
        if let Some(extensions) = request.optional(0xA2)? {
            for extension in Extension::read_all(extensions.value)? {
                if extension.oid == oid::OCSP_NONCE {
                    nonce = Some(Element::whole(extension.value)?.octets()?.to_vec());
                }
            }
        }
        Ok(Self { serial: parsed.serial.clone(), nonce, id: id.raw.to_vec(), parsed })
    }

    /// Whether the question is about a certificate from this issuer.
    pub fn is_about_issuer(&self, issuer: &Certificate) -> bool {
        let Some(digest) = self.parsed.digest else { return false };
        self.parsed.issuer_name == digest.digest(issuer.subject().der())
            && self.parsed.issuer_key == digest.digest(key_bits(issuer))
    }
}
