//! Attributes of a signature: those that we act on, written and read.
//!
//! The signing-certificate attributes (RFC 2634 § 5.4, RFC 5035 § 3) bind a signature to one certificate,
//! so that nobody can put another certificate with the same key in its place.

use const_oid::ObjectIdentifier;

use super::CmsError;
use crate::algorithm::{AlgorithmFault, DigestAlgorithm, Identifier};
use crate::asn1::{Asn1Error, Element, tag, write};
use crate::certificate::Certificate;
use crate::oid;

/// The most attributes that a signature may have.
const MAX_ATTRIBUTES: usize = 64;

/// An attribute with its values, each as the bytes of one element.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    pub(super) kind: ObjectIdentifier,
    pub(super) values: Vec<Vec<u8>>,
}

/// All attributes in the value of a set.
pub(super) fn read_all(set: &[u8]) -> Result<Vec<Attribute>, CmsError> {
    let elements = crate::asn1::Cursor::new(set).all()?;
    if elements.len() > MAX_ATTRIBUTES {
        return Err(CmsError::TooBig);
    }
    let read = |element: &Element<'_>| -> Result<Attribute, CmsError> {
        let mut inside = element.inside();
        let kind = inside.next()?.oid()?;
        let values = inside.expect(tag::SET)?.inside().all()?;
        Ok(Attribute { kind, values: values.iter().map(|value| value.raw.to_vec()).collect() })
    };
    elements.iter().map(read).collect()
}

/// The one value of an attribute, if it is there.
///
/// # Errors
///
/// When it is there twice, or has not exactly one value.
pub(super) fn single(attributes: &[Attribute], kind: ObjectIdentifier) -> Result<Option<&[u8]>, CmsError> {
    let mut all = attributes.iter().filter(|attribute| attribute.kind == kind);
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(one), None) if one.values.len() == 1 => Ok(Some(&one.values[0])),
        _ => Err(CmsError::AttributeNotSingle),
    }
}

/// An attribute with one value, as DER.
pub(super) fn write(kind: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::oid(kind), &write::tlv(tag::SET, value)])
}

/// `SigningCertificateV2` for a certificate, with its issuer and serial number.
pub(crate) fn write_signing_certificate(certificate: &Certificate, digest: DigestAlgorithm) -> Vec<u8> {
    // SHA-256 is the default and is therefore not written (X.690 § 11.5).
    let algorithm = if digest == DigestAlgorithm::Sha256 { Vec::new() } else { digest.to_der() };
    let names = write::sequence(&[&write::tlv(0xA4, certificate.issuer().der())]);
    let issuer_serial = write::sequence(&[&names, &write::tlv(tag::INTEGER, certificate.serial())]);
    let hash = write::octets(&digest.digest(certificate.der()));
    let id = write::sequence(&[&algorithm, &hash, &issuer_serial]);
    write::sequence(&[&write::sequence(&[&id])])
}

/// The first certificate that a signing-certificate attribute names: the signer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedCertificate {
    pub(super) digest: Result<DigestAlgorithm, AlgorithmFault>,
    hash: Vec<u8>,
    /// Serial number and the bytes of the issuer's name.
    issuer_serial: Option<(Vec<u8>, Vec<u8>)>,
}

impl NamedCertificate {
    /// From a value of either version.
    pub(super) fn read(value: &[u8], second_version: bool) -> Result<Self, Asn1Error> {
        let mut ids = Element::whole_sequence(value)?.expect(tag::SEQUENCE)?.inside();
        let mut id = ids.expect(tag::SEQUENCE)?.inside();
        let digest = match id.optional(tag::SEQUENCE)? {
            Some(algorithm) if second_version => Identifier::read(&algorithm)?.digest(),
            Some(_) => return Err(Asn1Error::Unexpected),
            None if second_version => Ok(DigestAlgorithm::Sha256),
            None => Ok(DigestAlgorithm::Sha1),
        };
        let hash = id.next()?.octets()?.to_vec();
        let issuer_serial = match id.optional(tag::SEQUENCE)? {
            None => None,
            Some(pair) => {
                let mut pair = pair.inside();
                let names = pair.expect(tag::SEQUENCE)?.inside().all()?;
                let serial = pair.next()?.integer()?.to_vec();
                let name = names.iter().find(|name| name.tag == 0xA4);
                name.map(|name| (serial, name.value.to_vec()))
            }
        };
        Ok(Self { digest, hash, issuer_serial })
    }

    /// Whether this is the certificate that is named.
    pub(super) fn is(&self, certificate: &Certificate) -> bool {
        let Ok(digest) = self.digest else { return false };
        let same = |(serial, issuer): &(Vec<u8>, Vec<u8>)| {
            let name = Element::whole(issuer).and_then(|element| crate::certificate::Name::read(&element));
            serial == certificate.serial() && name.is_ok_and(|name| name.matches(certificate.issuer()))
        };
        self.hash == digest.digest(certificate.der()) && self.issuer_serial.as_ref().is_none_or(same)
    }
}

/// Whether the algorithm-protection attribute (RFC 6211 § 2) names the algorithms that are used.
pub(super) fn protects(value: &[u8], digest: &Identifier, signature: &Identifier) -> Result<bool, Asn1Error> {
    let mut inside = Element::whole_sequence(value)?;
    let named_digest = Identifier::read(&inside.expect(tag::SEQUENCE)?)?;
    let named_signature = match inside.optional(0xA1)? {
        Some(element) => Some(Identifier::read(&element)?),
        None => None,
    };
    Ok(named_digest.oid == digest.oid && named_signature.is_none_or(|named| named.oid == signature.oid))
}

/// OCSP responses and revocation lists in Adobe's attribute: `[0]` lists, `[1]` responses
/// (ISO 32000-2 § 12.8.3.3.2).
pub(super) fn read_adobe_revocation(value: &[u8]) -> Result<AdobeRevocation, Asn1Error> {
    let AdobeRevocation { mut ocsp, mut crls } = AdobeRevocation::default();
    for field in Element::whole_sequence(value)?.all()? {
        let list = match field.tag {
            0xA0 => &mut crls,
            0xA1 => &mut ocsp,
            _ => continue,
        };
        for item in Element::whole_sequence(field.value)?.all()? {
            list.push(item.raw.to_vec());
        }
    }
    Ok(AdobeRevocation { ocsp, crls })
}

/// Revocation evidence as bytes, each item by itself.
#[derive(Debug, Default)]
pub(super) struct AdobeRevocation {
    pub(super) ocsp: Vec<Vec<u8>>,
    pub(super) crls: Vec<Vec<u8>>,
}

/// The object identifiers of attributes that a signature may have once only.
pub(super) const SINGLE: &[ObjectIdentifier] = &[
    oid::CONTENT_TYPE,
    oid::MESSAGE_DIGEST,
    oid::SIGNING_TIME,
    oid::SIGNING_CERTIFICATE,
    oid::SIGNING_CERTIFICATE_V2,
    oid::ALGORITHM_PROTECTION,
];
