//! Certificate revocation lists (RFC 5280 § 5).
//!
//! Whole lists signed by the issuer itself are used. Delta lists, indirect lists and lists of some reasons
//! only are left alone: they cannot alone say that a certificate is good.

use std::sync::OnceLock;

use jiff::Timestamp;

use super::{Reason, Word};
use crate::algorithm::{Identifier, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Cursor, Element, tag};
use crate::certificate::extension::Extension;
use crate::certificate::{Certificate, Name, Usage};
use crate::oid;

/// The biggest list to take in, in bytes.
const MAX_SIZE: usize = 64 << 20;

/// A revocation list, read and not yet believed.
#[derive(Debug, Clone)]
pub struct Crl {
    der: Vec<u8>,
    signed: (usize, usize),
    algorithm: Identifier,
    signature: Vec<u8>,
    issuer: Name,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    /// Where in the bytes each entry begins, in the order of serial numbers: lists may have millions.
    entries: Vec<u32>,
    scope: Scope,
    tells_of_expired_since: Option<Timestamp>,
    /// Whose key the signature was last tried with, and whether it held: long lists are digested once.
    held: OnceLock<([u8; 32], bool)>,
}

/// Which certificates a list is about (RFC 5280 § 5.2.5).
#[derive(Debug, Clone, Default)]
struct Scope {
    addresses: Vec<Vec<u8>>,
    only_users: bool,
    only_authorities: bool,
    /// The list has something about it that keeps us from using it.
    unusable: bool,
}

impl Crl {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// When the bytes are no revocation list.
    pub fn read(der: &[u8]) -> Result<Self, Asn1Error> {
        if der.len() > MAX_SIZE {
            return Err(Asn1Error::TooBig);
        }
        let mut outer = Element::whole_sequence(der)?;
        let signed = outer.expect(tag::SEQUENCE)?;
        let algorithm = Identifier::read(&outer.expect(tag::SEQUENCE)?)?;
        let signature = outer.expect(tag::BIT_STRING)?.bits()?.to_vec();
        outer.finish()?;

        let mut inside = signed.inside();
        inside.optional(tag::INTEGER)?;
        if Identifier::read(&inside.expect(tag::SEQUENCE)?)? != algorithm {
            return Err(Asn1Error::Value);
        }
        let issuer = Name::read(&inside.next()?)?;
        let this_update = inside.next()?.time()?;
        let next_update = match inside.peek() {
            Some(tag::UTC_TIME | tag::GENERALIZED_TIME) => Some(inside.next()?.time()?),
            _ => None,
        };
        let mut scope = Scope::default();
        let mut entries: Vec<u32> = Vec::new();
        if let Some(list) = inside.optional(tag::SEQUENCE)? {
            let mut list = list.inside();
            while !list.is_empty() {
                let element = list.next()?;
                scope.unusable |= !Entry::read(&element)?.usable;
                let start = element.raw.as_ptr() as usize - der.as_ptr() as usize;
                entries.push(u32::try_from(start).map_err(|_| Asn1Error::TooBig)?);
            }
            entries.sort_by_cached_key(|start| entry_at(der, *start).map(|entry| entry.serial));
        }
        let mut tells_of_expired_since = None;
        if let Some(extensions) = inside.optional(0xA0)? {
            for extension in Extension::read_all(extensions.value)? {
                match extension.oid {
                    oid::ISSUING_DISTRIBUTION_POINT => scope.read(extension.value)?,
                    oid::EXPIRED_CERTIFICATES_ON_CRL => {
                        tells_of_expired_since = Some(Element::whole(extension.value)?.time()?);
                    }
                    oid::DELTA_CRL => scope.unusable = true,
                    _ => scope.unusable |= extension.critical,
                }
            }
        }
        inside.finish()?;
        let start = signed.raw.as_ptr() as usize - der.as_ptr() as usize;
        Ok(Self {
            der: der.to_vec(),
            signed: (start, start + signed.raw.len()),
            algorithm,
            signature,
            issuer,
            this_update,
            next_update,
            entries,
            scope,
            tells_of_expired_since,
            held: OnceLock::new(),
        })
    }

    /// The bytes of the list.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Who issued it.
    pub fn issuer(&self) -> &Name {
        &self.issuer
    }

    /// When it was true.
    pub fn this_update(&self) -> Timestamp {
        self.this_update
    }

    /// When the next one is due, if it says.
    pub fn next_update(&self) -> Option<Timestamp> {
        self.next_update
    }

    /// How many certificates it lists.
    pub fn length(&self) -> usize {
        self.entries.len()
    }

    /// What the list says of a certificate, if it is about such as that.
    pub(super) fn word_on(&self, certificate: &Certificate, issuer: &Certificate) -> Option<Word> {
        let scope = &self.scope;
        let is_authority = certificate.is_authority();
        let of_its_kind = if is_authority { !scope.only_users } else { !scope.only_authorities };
        let in_scope = !scope.unusable
            && of_its_kind
            && (scope.addresses.is_empty()
                || certificate
                    .crl_addresses()
                    .iter()
                    .any(|address| scope.addresses.iter().any(|known| known == address.as_bytes())));
        if !in_scope || !self.issuer.matches(issuer.subject()) {
            return None;
        }
        let serial = Some(certificate.serial());
        let place = self
            .entries
            .binary_search_by(|start| entry_at(&self.der, *start).map(|entry| entry.serial).cmp(&serial));
        let entry = place.ok().and_then(|place| entry_at(&self.der, self.entries[place]));
        let revoked = entry.filter(|entry| entry.reason != Some(Reason::RemoveFromCrl));
        Some(Word {
            revoked: revoked.map(|entry| (entry.at, entry.reason)),
            this_update: self.this_update,
            next_update: self.next_update,
            tells_of_expired_since: self.tells_of_expired_since,
            ocsp: false,
        })
    }

    /// Whether the list is signed by this issuer, who may sign lists.
    pub(super) fn holds(&self, issuer: &Certificate) -> bool {
        let (whose, held) = *self.held.get_or_init(|| (*issuer.sha256(), self.verify(issuer)));
        if whose == *issuer.sha256() { held } else { self.verify(issuer) }
    }

    fn verify(&self, issuer: &Certificate) -> bool {
        if issuer.key_usage().is_some_and(|usage| !usage.allows(Usage::CrlSigning)) {
            return false;
        }
        let Ok(algorithm) = SignatureAlgorithm::of(&self.algorithm, None, issuer.key()) else {
            return false;
        };
        let message = &self.der[self.signed.0..self.signed.1];
        issuer.key().judge(algorithm).is_ok()
            && issuer.key().verify(algorithm, message, &self.signature).is_ok()
    }

    /// Whether the list says that this certificate was revoked before then; for those who answer about
    /// revocation themselves.
    pub(super) fn revokes(&self, certificate: &Certificate, issuer: &Certificate, by: Timestamp) -> bool {
        self.word_on(certificate, issuer).and_then(|word| word.revoked).is_some_and(|(at, _)| at <= by)
            && self.holds(issuer)
    }
}

impl Scope {
    fn read(&mut self, value: &[u8]) -> Result<(), Asn1Error> {
        for field in Element::whole_sequence(value)?.all()? {
            let is_true = field.value.first().is_some_and(|byte| *byte != 0);
            match field.tag {
                0xA0 => match field.inside().next()? {
                    full if full.tag == 0xA0 => {
                        let names = full.inside().all()?;
                        let addresses = names.iter().filter(|name| name.tag == 0x86);
                        self.addresses.extend(addresses.map(|name| name.value.to_vec()));
                        self.unusable |= self.addresses.is_empty();
                    }
                    _ => self.unusable = true,
                },
                0x81 => self.only_users = is_true,
                0x82 => self.only_authorities = is_true,
                0x84 | 0x85 => self.unusable |= is_true,
                _ => self.unusable = true,
            }
        }
        Ok(())
    }
}

/// What a list says of one certificate.
struct Entry<'a> {
    serial: &'a [u8],
    at: Timestamp,
    reason: Option<Reason>,
    /// Whether we know all that is critical about it.
    usable: bool,
}

impl<'a> Entry<'a> {
    fn read(entry: &Element<'a>) -> Result<Self, Asn1Error> {
        let mut inside = entry.inside();
        let serial = inside.next()?.integer()?;
        let at = inside.next()?.time()?;
        let (mut reason, mut usable) = (None, true);
        if !inside.is_empty() {
            for extension in Extension::read_all(inside.next()?.raw)? {
                if extension.oid == oid::REASON_CODE {
                    reason = Some(Reason::of(Element::whole(extension.value)?.small_integer()?));
                } else {
                    usable &= !extension.critical;
                }
            }
        }
        Ok(Self { serial, at, reason, usable })
    }
}

/// The entry that begins at this place; there is one, since the list was read.
fn entry_at(der: &[u8], start: u32) -> Option<Entry<'_>> {
    let rest = der.get(usize::try_from(start).ok()?..)?;
    Entry::read(&Cursor::new(rest).next().ok()?).ok()
}
