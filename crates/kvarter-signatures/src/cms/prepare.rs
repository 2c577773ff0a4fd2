//! Making a signature in two steps: the attributes to be signed first, the whole when they are signed.
//!
//! The attributes are those of PAdES baseline (ETSI EN 319 142-1 § 6.3): content type, message digest and
//! signing certificate; the time of signing is in the document's signature dictionary, where EN 319 142-1
//! wants it. What waits in between can be kept as JSON while a person signs elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CmsError, attribute};
use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{tag, write};
use crate::certificate::Certificate;
use crate::encoding;
use crate::oid;
use crate::timestamp::Token;

/// A signature that lacks only the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    digest: DigestAlgorithm,
    algorithm: SignatureAlgorithm,
    #[serde(with = "encoding::base64")]
    attributes: Vec<u8>,
    #[serde(with = "encoding::base64")]
    content_type: Vec<u8>,
    #[serde(with = "encoding::base64")]
    content: Vec<u8>,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

impl Prepared {
    /// For a document whose bytes have this digest, detached from it.
    ///
    /// The chain holds the issuers of the certificate, as far as they are to be embedded.
    pub fn new(
        document_digest: &[u8],
        digest: DigestAlgorithm,
        algorithm: SignatureAlgorithm,
        certificate: &Certificate,
        chain: &[Certificate],
    ) -> Self {
        Self {
            digest,
            algorithm,
            attributes: attributes(document_digest, digest, oid::DATA, certificate, Vec::new()),
            content_type: write::oid(oid::DATA),
            content: Vec::new(),
            certificate: certificate.clone(),
            chain: chain.to_vec(),
        }
    }

    /// As [`Self::new`], with the time of signing among the signed attributes, as CAdES wants it
    /// (ETSI EN 319 122-1 § 6.3) and PAdES does not.
    pub fn with_time(
        content_digest: &[u8],
        digest: DigestAlgorithm,
        algorithm: SignatureAlgorithm,
        certificate: &Certificate,
        chain: &[Certificate],
        signing_time: Timestamp,
    ) -> Self {
        let time = attribute::write(oid::SIGNING_TIME, &write::time(signing_time));
        let attributes = attributes(content_digest, digest, oid::DATA, certificate, vec![time]);
        Self { attributes, ..Self::new(content_digest, digest, algorithm, certificate, chain) }
    }

    /// For content that goes inside, such as a timestamp's `TSTInfo`.
    pub(crate) fn enclosing(
        content: &[u8],
        content_type: const_oid::ObjectIdentifier,
        algorithm: SignatureAlgorithm,
        certificate: &Certificate,
        chain: &[Certificate],
    ) -> Self {
        let digest = algorithm.content_digest();
        Self {
            digest,
            algorithm,
            attributes: attributes(&digest.digest(content), digest, content_type, certificate, Vec::new()),
            content_type: write::oid(content_type),
            content: content.to_vec(),
            certificate: certificate.clone(),
            chain: chain.to_vec(),
        }
    }

    /// What the key signs: the DER of the attributes as a set (RFC 5652 § 5.4). A remote key may want
    /// its digest instead, by [`SignatureAlgorithm::digest`].
    pub fn to_be_signed(&self) -> &[u8] {
        &self.attributes
    }

    /// The algorithm that the key must use.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// Whose signature it will be.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The DER of the signature, given what the key made of [`Self::to_be_signed`]; with a timestamp over
    /// that (EN 319 142-1 § 6.3, level B-T) if there is one.
    ///
    /// # Errors
    ///
    /// When the signature is not by the certificate's key, or the timestamp is over something else:
    /// a document is never finished with a signature that does not verify.
    pub fn finish(self, signature: &[u8], timestamp: Option<&Token>) -> Result<Vec<u8>, CmsError> {
        let key = self.certificate.key();
        key.verify(self.algorithm, &self.attributes, signature).map_err(|_| CmsError::SignatureMismatch)?;
        let unsigned = match timestamp {
            None => Vec::new(),
            Some(token) => {
                let over_this = |digest: DigestAlgorithm| digest.digest(signature);
                if token.verify_imprint(&over_this).is_err() {
                    return Err(CmsError::TimestampMismatch);
                }
                write::tlv(0xA1, &attribute::write(oid::SIGNATURE_TIMESTAMP, token.der()))
            }
        };
        let signer_id = write::sequence(&[
            self.certificate.issuer().der(),
            &write::tlv(tag::INTEGER, self.certificate.serial()),
        ]);
        let mut signed_attributes = self.attributes.clone();
        // Inside the structure the set goes under a tag of its own.
        if let Some(first) = signed_attributes.first_mut() {
            *first = 0xA0;
        }
        let signer = write::sequence(&[
            &write::small_integer(1),
            &signer_id,
            &self.digest.to_der(),
            &signed_attributes,
            &self.algorithm.to_der(),
            &write::octets(signature),
            &unsigned,
        ]);
        Ok(self.wrap(signer))
    }

    fn wrap(self, signer: Vec<u8>) -> Vec<u8> {
        let enclosed = if self.content.is_empty() {
            write::sequence(&[&self.content_type])
        } else {
            write::sequence(&[&self.content_type, &write::tlv(0xA0, &write::octets(&self.content))])
        };
        let mut certificates = vec![self.certificate.der().to_vec()];
        certificates.extend(self.chain.iter().map(|certificate| certificate.der().to_vec()));
        certificates.sort();
        certificates.dedup();
        // RFC 5652 § 5.1: version 3 when something other than plain data is enclosed.
        let version = if self.content_type == write::oid(oid::DATA) { 1 } else { 3 };
        let signed_data = write::sequence(&[
            &write::small_integer(version),
            &write::set_of(vec![self.digest.to_der()]),
            &enclosed,
            &write::tlv(0xA0, &write::sorted(certificates)),
            &write::tlv(tag::SET, &signer),
        ]);
        write::sequence(&[&write::oid(oid::SIGNED_DATA), &write::tlv(0xA0, &signed_data)])
    }
}

fn attributes(
    content_digest: &[u8],
    digest: DigestAlgorithm,
    content_type: const_oid::ObjectIdentifier,
    certificate: &Certificate,
    further: Vec<Vec<u8>>,
) -> Vec<u8> {
    // The certificate is named by a digest that is at least as strong as the content's.
    let naming = if digest == DigestAlgorithm::Sha1 { DigestAlgorithm::Sha256 } else { digest };
    let naming = attribute::write_signing_certificate(certificate, naming);
    let mut all = vec![
        attribute::write(oid::CONTENT_TYPE, &write::oid(content_type)),
        attribute::write(oid::MESSAGE_DIGEST, &write::octets(content_digest)),
        attribute::write(oid::SIGNING_CERTIFICATE_V2, &naming),
    ];
    all.extend(further);
    write::set_of(all)
}
