//! Certificates made from templates (RFC 5280 § 4.1). Anything can be put in a template, sensible or not:
//! that is how tests get certificates that should be refused.

use const_oid::ObjectIdentifier;
use jiff::Timestamp;

use super::{AuthorityError, TestKey};
use crate::algorithm::DigestAlgorithm;
use crate::asn1::{tag, write};
use crate::certificate::{Certificate, KeyUsage, Name, Usage};
use crate::key::PublicKey;
use crate::oid;

/// A certificate that is not signed yet.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its serial number.
    pub serial: u64,
    /// Who issues it.
    pub issuer: Name,
    /// Whom it is about.
    pub subject: Name,
    /// From when it is valid.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// Its extensions; key identifiers are added when it is signed.
    pub extensions: Vec<TemplateExtension>,
}

/// An extension to put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateExtension {
    /// That it is an authority's, critical.
    Authority {
        /// How many authorities may follow.
        path_length: Option<u64>,
    },
    /// What the key may be used for, critical.
    KeyUsage(Vec<Usage>),
    /// What purposes it has.
    Purposes {
        /// Whether the extension is critical.
        critical: bool,
        /// Which purposes.
        of: Vec<ObjectIdentifier>,
    },
    /// By which policy it is issued.
    Policy(ObjectIdentifier),
    /// Where OCSP is asked.
    OcspAddress(String),
    /// Where the revocation list is.
    CrlAddress(String),
    /// That the responder's own revocation is not to be asked about (RFC 6960 § 4.2.2.2.1).
    OcspNoCheck,
    /// Anything else.
    Other {
        /// Which extension.
        of: ObjectIdentifier,
        /// Whether it is critical.
        critical: bool,
        /// Its value, DER.
        value: Vec<u8>,
    },
}

impl TemplateExtension {
    fn to_der(&self) -> Vec<u8> {
        let (of, critical, value) = match self {
            Self::Authority { path_length } => {
                let length = path_length.map(write::small_integer).unwrap_or_default();
                (oid::BASIC_CONSTRAINTS, true, write::sequence(&[&write::boolean(true), &length]))
            }
            Self::KeyUsage(usages) => (oid::KEY_USAGE, true, write::named_bits(KeyUsage::of(usages).0)),
            Self::Purposes { critical, of } => {
                let all: Vec<u8> = of.iter().flat_map(|purpose| write::oid(*purpose)).collect();
                (oid::EXTENDED_KEY_USAGE, *critical, write::sequence(&[&all]))
            }
            Self::Policy(policy) => {
                let information = write::sequence(&[&write::oid(*policy)]);
                (oid::CERTIFICATE_POLICIES, false, write::sequence(&[&information]))
            }
            Self::OcspAddress(address) => {
                let address = write::tlv(0x86, address.as_bytes());
                let access = write::sequence(&[&write::oid(oid::ACCESS_OCSP), &address]);
                (oid::AUTHORITY_INFORMATION_ACCESS, false, write::sequence(&[&access]))
            }
            Self::CrlAddress(address) => {
                let name = write::tlv(0xA0, &write::tlv(0xA0, &write::tlv(0x86, address.as_bytes())));
                (oid::CRL_DISTRIBUTION_POINTS, false, write::sequence(&[&write::sequence(&[&name])]))
            }
            Self::OcspNoCheck => (oid::OCSP_NO_CHECK, false, write::null()),
            Self::Other { of, critical, value } => (*of, *critical, value.clone()),
        };
        let critical = if critical { write::boolean(true) } else { Vec::new() };
        write::sequence(&[&write::oid(of), &critical, &write::octets(&value)])
    }
}

impl Template {
    /// Signs the certificate for the key with this `SubjectPublicKeyInfo`, with the issuer's key.
    ///
    /// # Errors
    ///
    /// When signing fails, or what comes of it is no certificate.
    pub fn sign(&self, key_info: &[u8], issuer: &TestKey) -> Result<Certificate, AuthorityError> {
        PublicKey::read(key_info).map_err(|_| AuthorityError::Key)?;
        let subject_key = write::octets(&key_identifier(key_info));
        let authority_key = write::sequence(&[&write::tlv(0x80, &key_identifier(&issuer.key_info()))]);
        let mut extensions: Vec<u8> =
            [(oid::SUBJECT_KEY_IDENTIFIER, subject_key), (oid::AUTHORITY_KEY_IDENTIFIER, authority_key)]
                .into_iter()
                .flat_map(|(of, value)| TemplateExtension::Other { of, critical: false, value }.to_der())
                .collect();
        extensions.extend(self.extensions.iter().flat_map(TemplateExtension::to_der));
        let algorithm = issuer.algorithm().to_der();
        let signed = write::sequence(&[
            &write::tlv(0xA0, &write::small_integer(2)),
            &write::small_integer(self.serial),
            &algorithm,
            self.issuer.der(),
            &write::sequence(&[&write::time(self.not_before), &write::time(self.not_after)]),
            self.subject.der(),
            key_info,
            &write::tlv(0xA3, &write::tlv(tag::SEQUENCE, &extensions)),
        ]);
        let signature = issuer.sign(&signed)?;
        let der = write::sequence(&[&signed, &algorithm, &write::bits(&signature)]);
        Ok(Certificate::from_der(&der)?)
    }
}

/// The first twenty bytes of SHA-256 over the key (RFC 7093 § 2, method 1).
pub(super) fn key_identifier(key_info: &[u8]) -> Vec<u8> {
    let bits = crate::asn1::Element::whole_sequence(key_info).and_then(|mut inside| {
        inside.next()?;
        inside.next()?.bits()
    });
    DigestAlgorithm::Sha256.digest(bits.unwrap_or_default())[..20].to_vec()
}
