//! Reading a CMS signature, as modern and older signers write it.
//!
//! BER is set straight first; the signed attributes keep their bytes. There must be exactly one signer.
//! What holds is asked with [`Signed::verify`], in [`super::integrity`].

use jiff::Timestamp;

use super::attribute::{self, Attribute};
use super::{CmsError, NamedCertificate};
use crate::algorithm::Identifier;
use crate::asn1::{Asn1Error, Cursor, Element, ber, tag};
use crate::certificate::revocation::{Crl, OcspResponse};
use crate::certificate::{Certificate, Evidence, Name};
use crate::oid;
use crate::timestamp::Token;

/// The most certificates that are taken from a signature.
const MAX_CERTIFICATES: usize = 256;

/// A signature that was read; nothing is said yet of whether it holds.
#[derive(Debug, Clone)]
pub struct Signed {
    pub(super) content_type: const_oid::ObjectIdentifier,
    pub(super) enclosed: Option<Vec<u8>>,
    pub(super) digest: Identifier,
    pub(super) signature_algorithm: Identifier,
    pub(super) signature: Vec<u8>,
    /// The attributes as a set, as they stood, if there are any.
    pub(super) attributes_der: Option<Vec<u8>>,
    pub(super) attributes: Vec<Attribute>,
    unsigned: Vec<Attribute>,
    certificates: Vec<Certificate>,
    unreadable_certificates: usize,
    revocation: Vec<Vec<u8>>,
    signer: SignerId,
}

#[derive(Debug, Clone)]
enum SignerId {
    IssuerAndSerial(Name, Vec<u8>),
    SubjectKey(Vec<u8>),
}

impl Signed {
    /// Reads a signature. Zeros after it are the padding of a PDF's `/Contents` and are passed over.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or has not exactly one signer.
    pub fn read(bytes: &[u8]) -> Result<Self, CmsError> {
        let (der, taken) = ber::straighten(bytes)?;
        if bytes[taken..].iter().any(|byte| *byte != 0) {
            return Err(CmsError::TrailingData);
        }
        let mut content_info = Element::whole_sequence(&der)?;
        if content_info.next()?.oid()? != oid::SIGNED_DATA {
            return Err(CmsError::NotSignedData);
        }
        let content = content_info.expect(0xA0)?;
        content_info.finish()?;
        let mut signed_data = Element::whole_sequence(content.value)?;

        signed_data.expect(tag::INTEGER)?;
        signed_data.expect(tag::SET)?;
        let mut encapsulated = signed_data.expect(tag::SEQUENCE)?.inside();
        let content_type = encapsulated.next()?.oid()?;
        let enclosed = match encapsulated.optional(0xA0)? {
            // PKCS#7 allowed other things than octets here; those are digested without their tag.
            Some(wrapper) => Some(Element::whole(wrapper.value)?.value.to_vec()),
            None => None,
        };
        let (certificates, unreadable_certificates) = match signed_data.optional(0xA0)? {
            Some(set) => read_certificates(set.inside())?,
            None => (Vec::new(), 0),
        };
        let revocation = match signed_data.optional(0xA1)? {
            Some(set) => set.inside().all()?.iter().map(|element| element.raw.to_vec()).collect(),
            None => Vec::new(),
        };
        let mut signers = signed_data.expect(tag::SET)?.inside();
        signed_data.finish()?;
        if signers.is_empty() {
            return Err(CmsError::NoSigner);
        }
        let signer = signers.expect(tag::SEQUENCE)?;
        if !signers.is_empty() {
            return Err(CmsError::SeveralSigners);
        }
        let parts = SignerParts::read(signer.inside())?;
        Ok(Self {
            content_type,
            enclosed,
            digest: parts.digest,
            signature_algorithm: parts.signature_algorithm,
            signature: parts.signature,
            attributes_der: parts.attributes_der,
            attributes: parts.attributes,
            unsigned: parts.unsigned,
            certificates,
            unreadable_certificates,
            revocation,
            signer: parts.id,
        })
    }

    /// The certificate of the signer, if it came with the signature.
    pub fn certificate(&self) -> Option<&Certificate> {
        let mut matching = self.certificates.iter().filter(|certificate| match &self.signer {
            SignerId::IssuerAndSerial(issuer, serial) => {
                certificate.serial() == serial && certificate.issuer().matches(issuer)
            }
            SignerId::SubjectKey(key) => certificate.extensions().subject_key.as_ref() == Some(key),
        });
        let first = matching.next()?;
        // Where several fit, the signed attribute says which one is meant.
        match self.named_certificate() {
            Ok(Some(named)) if !named.is(first) => {
                Some(matching.find(|certificate| named.is(certificate)).unwrap_or(first))
            }
            _ => Some(first),
        }
    }

    /// Every certificate that came with the signature and could be read, the signer's among them.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// How many certificates could not be read, or were too many.
    pub fn unreadable_certificates(&self) -> usize {
        self.unreadable_certificates
    }

    /// What is signed, when it is inside and not detached.
    pub fn enclosed(&self) -> Option<&[u8]> {
        self.enclosed.as_deref()
    }

    /// The value of the signature: what a signature timestamp is over.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// When the signer says that it signed; nobody vouches for it (RFC 5652 § 11.3).
    pub fn claimed_signing_time(&self) -> Option<Timestamp> {
        let value = attribute::single(&self.attributes, oid::SIGNING_TIME).ok()??;
        Element::whole(value).ok()?.time().ok()
    }

    /// The first timestamp over the signature that can be read (ETSI EN 319 122-1 § 5.3). Whether it is
    /// over this signature is for [`Token::verify`] with [`Self::signature`].
    pub fn signature_timestamp(&self) -> Option<Token> {
        self.signature_timestamps().next()
    }

    /// Every timestamp over the signature that can be read, at most eight.
    pub fn signature_timestamps(&self) -> impl Iterator<Item = Token> + '_ {
        let attributes = self.unsigned.iter().filter(|attribute| attribute.kind == oid::SIGNATURE_TIMESTAMP);
        attributes.flat_map(|attribute| &attribute.values).take(8).filter_map(|value| Token::read(value).ok())
    }

    /// Certificates and revocation evidence that came with the signature, in the ways of CMS and of Adobe.
    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence { certificates: self.certificates.clone(), ..Evidence::default() };
        for item in &self.revocation {
            if item.first() == Some(&tag::SEQUENCE) {
                evidence.crls.extend(Crl::read(item).ok());
            } else if let Some(response) = other_revocation(item) {
                evidence.ocsp.extend(OcspResponse::read(&response).ok());
            }
        }
        let adobe = attribute::single(&self.attributes, oid::ADBE_REVOCATION);
        if let Ok(Some(value)) = adobe
            && let Ok(found) = attribute::read_adobe_revocation(value)
        {
            evidence.ocsp.extend(found.ocsp.iter().filter_map(|response| OcspResponse::read(response).ok()));
            evidence.crls.extend(found.crls.iter().filter_map(|crl| Crl::read(crl).ok()));
        }
        evidence
    }

    /// The certificate that the signed attributes name, by the newer attribute or the older one.
    pub(super) fn named_certificate(&self) -> Result<Option<NamedCertificate>, CmsError> {
        if let Some(value) = attribute::single(&self.attributes, oid::SIGNING_CERTIFICATE_V2)? {
            return Ok(Some(NamedCertificate::read(value, true)?));
        }
        match attribute::single(&self.attributes, oid::SIGNING_CERTIFICATE)? {
            Some(value) => Ok(Some(NamedCertificate::read(value, false)?)),
            None => Ok(None),
        }
    }
}

/// Other certificates than X.509 ones, and such as cannot be read, are counted and passed over.
fn read_certificates(mut set: Cursor<'_>) -> Result<(Vec<Certificate>, usize), Asn1Error> {
    let (mut certificates, mut unreadable) = (Vec::new(), 0);
    while !set.is_empty() {
        let element = set.next()?;
        match Certificate::from_der(element.raw) {
            Ok(certificate) if certificates.len() < MAX_CERTIFICATES => certificates.push(certificate),
            _ => unreadable += 1,
        }
    }
    Ok((certificates, unreadable))
}

/// An OCSP response among the revocation information (RFC 5940 § 2.1).
fn other_revocation(item: &[u8]) -> Option<Vec<u8>> {
    let element = Element::whole(item).ok()?;
    let mut inside = element.inside();
    let kind = inside.next().ok()?.oid().ok()?;
    let response = inside.next().ok()?;
    (element.tag == 0xA1 && kind == oid::REVOCATION_OCSP).then(|| response.raw.to_vec())
}

struct SignerParts {
    id: SignerId,
    digest: Identifier,
    attributes_der: Option<Vec<u8>>,
    attributes: Vec<Attribute>,
    signature_algorithm: Identifier,
    signature: Vec<u8>,
    unsigned: Vec<Attribute>,
}

impl SignerParts {
    /// `SignerInfo` (RFC 5652 § 5.3).
    fn read(mut info: Cursor<'_>) -> Result<Self, CmsError> {
        info.expect(tag::INTEGER)?;
        let id = info.next()?;
        let id = match id.tag {
            tag::SEQUENCE => {
                let mut inside = id.inside();
                let issuer = Name::read(&inside.next()?)?;
                SignerId::IssuerAndSerial(issuer, inside.next()?.integer()?.to_vec())
            }
            0x80 => SignerId::SubjectKey(id.value.to_vec()),
            // Some write the key identifier as an explicit octet string.
            0xA0 => SignerId::SubjectKey(Element::whole(id.value)?.octets()?.to_vec()),
            _ => return Err(Asn1Error::Unexpected.into()),
        };
        let digest = Identifier::read(&info.expect(tag::SEQUENCE)?)?;
        let mut attributes = Vec::new();
        let mut attributes_der = None;
        if let Some(set) = info.optional(0xA0)? {
            attributes = attribute::read_all(set.value)?;
            let mut der = set.raw.to_vec();
            der[0] = tag::SET;
            attributes_der = Some(der);
            for kind in attribute::SINGLE {
                attribute::single(&attributes, *kind)?;
            }
        }
        let signature_algorithm = Identifier::read(&info.expect(tag::SEQUENCE)?)?;
        let signature = info.expect(tag::OCTET_STRING)?.value.to_vec();
        let unsigned = match info.optional(0xA1)? {
            Some(set) => attribute::read_all(set.value)?,
            None => Vec::new(),
        };
        info.finish()?;
        Ok(Self { id, digest, attributes_der, attributes, signature_algorithm, signature, unsigned })
    }
}
