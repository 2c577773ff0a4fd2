//! The extensions of a certificate (RFC 5280 § 4.2): those we act on, and those critical ones that we
//! do not know, which make the certificate unusable (§ 4.2, first paragraph).
//!
//! Certificate policies are read by nobody here: which policies are good enough is a question for
//! trusted lists. An extension that is malformed counts as an unknown critical one, unless all that it does is
//! to say where more can be learnt.

use std::collections::BTreeSet;

use const_oid::ObjectIdentifier;

use super::CertificateError;
use crate::asn1::{Asn1Error, Cursor, Element, tag};
use crate::oid;

/// Extensions without which a certificate is worth as much.
const INFORMATIVE: &[ObjectIdentifier] = &[
    oid::AUTHORITY_INFORMATION_ACCESS,
    oid::CRL_DISTRIBUTION_POINTS,
    oid::QC_STATEMENTS,
    oid::AUTHORITY_KEY_IDENTIFIER,
    oid::SUBJECT_KEY_IDENTIFIER,
];

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub(crate) u16);

/// One use of a key, by its bit (RFC 5280 § 4.2.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Signing other things than certificates and lists.
    DigitalSignature = 0,
    /// Signing to be bound by it (also called content commitment).
    NonRepudiation = 1,
    /// Signing certificates.
    CertificateSigning = 5,
    /// Signing revocation lists.
    CrlSigning = 6,
}

impl KeyUsage {
    /// Whether the key may be used so.
    pub fn allows(self, usage: Usage) -> bool {
        self.0 & 1 << usage as u16 != 0
    }

    pub(crate) fn of(usages: &[Usage]) -> Self {
        Self(usages.iter().fold(0, |bits, usage| bits | 1 << *usage as u16))
    }
}

/// That a certificate is of an authority, and how many authorities may follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AuthorityConstraint {
    pub(crate) path_length: Option<u64>,
}

/// What the extensions say.
#[derive(Debug, Default)]
pub(crate) struct Extensions {
    /// Whether there are any extensions at all.
    pub(crate) any: bool,
    pub(crate) authority: Option<AuthorityConstraint>,
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) purposes: Option<Purposes>,
    pub(crate) subject_key: Option<Vec<u8>>,
    pub(crate) authority_key: Option<Vec<u8>>,
    pub(crate) ocsp: Vec<String>,
    pub(crate) issuers: Vec<String>,
    pub(crate) crls: Vec<String>,
    /// Nobody revokes this certificate: it lives too short, or it answers about revocation itself.
    pub(crate) not_revoked: bool,
    pub(crate) ocsp_no_check: bool,
    pub(crate) qualified: bool,
    pub(crate) qualified_device: bool,
    /// Critical ones that we cannot act on.
    pub(crate) unknown_critical: Vec<ObjectIdentifier>,
}

/// Extended key usage (RFC 5280 § 4.2.1.12).
#[derive(Debug)]
pub(crate) struct Purposes {
    pub(crate) critical: bool,
    pub(crate) all: Vec<ObjectIdentifier>,
}

impl Extensions {
    pub(crate) fn read(list: &Element<'_>) -> Result<Self, CertificateError> {
        if list.tag != tag::SEQUENCE {
            return Err(Asn1Error::Unexpected.into());
        }
        let mut out = Self { any: true, ..Self::default() };
        let mut seen = BTreeSet::new();
        let mut extensions = list.inside();
        while !extensions.is_empty() {
            let extension = Extension::read(&extensions.next()?)?;
            if !seen.insert(extension.oid) {
                return Err(CertificateError::ExtensionTwice);
            }
            match out.take(&extension) {
                Ok(true) => {}
                Ok(false) if !extension.critical => {}
                Err(_) if !extension.critical && INFORMATIVE.contains(&extension.oid) => {}
                Ok(false) | Err(_) => out.unknown_critical.push(extension.oid),
            }
        }
        Ok(out)
    }

    /// Takes in one extension; false when we do not know it.
    fn take(&mut self, extension: &Extension<'_>) -> Result<bool, Asn1Error> {
        let value = extension.value;
        match extension.oid {
            oid::BASIC_CONSTRAINTS => self.authority = read_basic_constraints(value)?,
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage(Element::whole(value)?.named_bits()?)),
            oid::EXTENDED_KEY_USAGE => {
                let all = Element::whole_sequence(value)?.all()?;
                let all = all.iter().map(Element::oid).collect::<Result<_, _>>()?;
                self.purposes = Some(Purposes { critical: extension.critical, all });
            }
            oid::SUBJECT_KEY_IDENTIFIER => self.subject_key = Some(Element::whole(value)?.octets()?.to_vec()),
            oid::AUTHORITY_KEY_IDENTIFIER => {
                let mut inside = Element::whole_sequence(value)?;
                self.authority_key = inside.optional(0x80)?.map(|key| key.value.to_vec());
            }
            oid::AUTHORITY_INFORMATION_ACCESS => self.read_access(value)?,
            oid::CRL_DISTRIBUTION_POINTS => self.read_distribution_points(value)?,
            oid::OCSP_NO_CHECK => self.ocsp_no_check = true,
            oid::NO_REVOCATION_AVAILABLE | oid::VALIDITY_ASSURED => self.not_revoked = true,
            oid::QC_STATEMENTS => {
                for statement in Element::whole_sequence(value)?.all()? {
                    let kind = statement.inside().next()?.oid()?;
                    self.qualified |= kind == oid::QC_COMPLIANCE;
                    self.qualified_device |= kind == oid::QC_SSCD;
                }
            }
            // Neither changes what we decide: other names are not compared, and no initial policy is
            // asked for (RFC 5280 § 6.1.1 with any-policy and no explicit policy required).
            oid::SUBJECT_ALTERNATIVE_NAME
            | oid::CERTIFICATE_POLICIES
            | oid::POLICY_MAPPINGS
            | oid::INHIBIT_ANY_POLICY => {}
            // These two do constrain, and we do not apply them.
            oid::NAME_CONSTRAINTS | oid::POLICY_CONSTRAINTS => return Ok(false),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn read_access(&mut self, value: &[u8]) -> Result<(), Asn1Error> {
        for description in Element::whole_sequence(value)?.all()? {
            let mut inside = description.inside();
            let method = inside.next()?.oid()?;
            let Some(address) = address(&inside.next()?) else { continue };
            match method {
                oid::ACCESS_OCSP => self.ocsp.push(address),
                oid::ACCESS_CA_ISSUERS => self.issuers.push(address),
                _ => {}
            }
        }
        Ok(())
    }

    fn read_distribution_points(&mut self, value: &[u8]) -> Result<(), Asn1Error> {
        for point in Element::whole_sequence(value)?.all()? {
            let Some(name) = point.inside().optional(0xA0)? else { continue };
            let Some(full) = name.inside().optional(0xA0)? else { continue };
            self.crls.extend(full.inside().all()?.iter().filter_map(address));
        }
        Ok(())
    }
}

/// One extension as it stands, in certificates, revocation lists and OCSP alike.
pub(crate) struct Extension<'a> {
    pub(crate) oid: ObjectIdentifier,
    pub(crate) critical: bool,
    pub(crate) value: &'a [u8],
}

impl<'a> Extension<'a> {
    pub(crate) fn read(element: &Element<'a>) -> Result<Self, Asn1Error> {
        let mut inside: Cursor<'a> = element.inside();
        let oid = inside.next()?.oid()?;
        let critical = match inside.optional(tag::BOOLEAN)? {
            Some(critical) => critical.boolean()?,
            None => false,
        };
        Ok(Self { oid, critical, value: inside.expect(tag::OCTET_STRING)?.value })
    }

    /// All in a sequence of extensions.
    pub(crate) fn read_all(list: &'a [u8]) -> Result<Vec<Self>, Asn1Error> {
        Element::whole_sequence(list)?.all()?.iter().map(Self::read).collect()
    }
}

fn read_basic_constraints(value: &[u8]) -> Result<Option<AuthorityConstraint>, Asn1Error> {
    let mut inside = Element::whole_sequence(value)?;
    let is_authority = match inside.optional(tag::BOOLEAN)? {
        Some(flag) => flag.boolean()?,
        None => false,
    };
    let path_length = match inside.optional(tag::INTEGER)? {
        Some(length) => Some(length.small_integer()?),
        None => None,
    };
    inside.finish()?;
    Ok(is_authority.then_some(AuthorityConstraint { path_length }))
}

/// A general name that is an address (`uniformResourceIdentifier`, RFC 5280 § 4.2.1.6).
fn address(name: &Element<'_>) -> Option<String> {
    if name.tag == 0x86 { String::from_utf8(name.value.to_vec()).ok() } else { None }
}
