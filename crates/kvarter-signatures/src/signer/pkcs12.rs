//! PKCS#12 files (RFC 7292): keys and certificates in one file under a password.
//!
//! The modern kind (PBES2, HMAC with SHA-2) and the old one (3DES, RC2, SHA-1) are read; what protects the
//! file is checked before anything in it is believed.

use std::num::NonZeroU32;

use const_oid::ObjectIdentifier;
use ring::hmac;
use zeroize::Zeroizing;

use super::{SignerError, encryption};
use crate::algorithm::{DigestAlgorithm, Identifier};
use crate::asn1::{Asn1Error, Element, ber, tag};
use crate::certificate::Certificate;
use crate::oid;

const fn identifier(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const ENCRYPTED_DATA: ObjectIdentifier = identifier("1.2.840.113549.1.7.6");
const KEY_BAG: ObjectIdentifier = identifier("1.2.840.113549.1.12.10.1.1");
const ENCRYPTED_KEY_BAG: ObjectIdentifier = identifier("1.2.840.113549.1.12.10.1.2");
const CERTIFICATE_BAG: ObjectIdentifier = identifier("1.2.840.113549.1.12.10.1.3");
const X509_CERTIFICATE: ObjectIdentifier = identifier("1.2.840.113549.1.9.22.1");
const PBMAC1: ObjectIdentifier = identifier("1.2.840.113549.1.5.14");

/// How many parts of a file may each be encrypted by themselves.
const MAX_PARTS: usize = 16;
/// The biggest file to take in, in bytes.
const MAX_SIZE: usize = 4 << 20;

/// What was in a file.
pub(super) struct Store {
    /// Each key as `PrivateKeyInfo`.
    pub(super) keys: Vec<Zeroizing<Vec<u8>>>,
    pub(super) certificates: Vec<Certificate>,
}

/// Reads a file.
pub(super) fn read(file: &[u8], password: &str) -> Result<Store, SignerError> {
    if file.len() > MAX_SIZE {
        return Err(Asn1Error::TooBig.into());
    }
    let (der, _) = ber::straighten(file)?;
    let mut outer = Element::whole_sequence(&der)?;
    outer.expect(tag::INTEGER)?;
    let content = read_content(&outer.expect(tag::SEQUENCE)?)?;
    let Content::Clear(safes) = content else {
        // Files that are signed instead of protected by a password are nobody's practice.
        return Err(SignerError::EncryptionUnsupported(ENCRYPTED_DATA.to_string()));
    };
    if let Some(protection) = outer.optional(tag::SEQUENCE)? {
        check_protection(&protection, safes, password)?;
    }
    let mut store = Store { keys: Vec::new(), certificates: Vec::new() };
    let (safes, _) = ber::straighten(safes)?;
    let safes = Element::whole_sequence(&safes)?.all()?;
    if safes.len() > MAX_PARTS {
        return Err(Asn1Error::TooBig.into());
    }
    for safe in safes {
        match read_content(&safe)? {
            Content::Clear(bags) => store.take(bags, password)?,
            Content::Encrypted(scheme, encrypted) => {
                let bags = encryption::decrypt(&scheme, password.as_bytes(), encrypted)?;
                store.take(&bags, password)?;
            }
        }
    }
    Ok(store)
}

enum Content<'a> {
    Clear(&'a [u8]),
    Encrypted(Identifier, &'a [u8]),
}

/// A `ContentInfo` with data, in clear or encrypted (RFC 7292 § 4.1).
fn read_content<'a>(info: &Element<'a>) -> Result<Content<'a>, SignerError> {
    let mut inside = info.inside();
    let kind = inside.next()?.oid()?;
    let value = Element::whole(inside.expect(0xA0)?.value)?;
    match kind {
        oid::DATA => Ok(Content::Clear(value.octets()?)),
        ENCRYPTED_DATA => {
            let mut data = value.inside();
            data.expect(tag::INTEGER)?;
            let mut encrypted = data.expect(tag::SEQUENCE)?.inside();
            encrypted.next()?;
            let scheme = Identifier::read(&encrypted.expect(tag::SEQUENCE)?)?;
            let bytes = encrypted.next()?;
            match bytes.tag {
                0x80 => Ok(Content::Encrypted(scheme, bytes.value)),
                _ => Err(Asn1Error::Unexpected.into()),
            }
        }
        other => Err(SignerError::EncryptionUnsupported(other.to_string())),
    }
}

impl Store {
    fn take(&mut self, bags: &[u8], password: &str) -> Result<(), SignerError> {
        for bag in Element::whole_sequence(bags)?.all()? {
            let mut inside = bag.inside();
            let kind = inside.next()?.oid()?;
            let value = Element::whole(inside.expect(0xA0)?.value)?;
            if self.keys.len() >= MAX_PARTS {
                return Err(SignerError::SeveralKeys);
            }
            match kind {
                KEY_BAG => self.keys.push(Zeroizing::new(value.raw.to_vec())),
                ENCRYPTED_KEY_BAG => {
                    self.keys.push(encryption::decrypt_key(value.raw, password.as_bytes())?);
                }
                CERTIFICATE_BAG => {
                    let mut certificate = value.inside();
                    if certificate.next()?.oid()? == X509_CERTIFICATE {
                        let bytes = Element::whole(certificate.expect(0xA0)?.value)?.octets()?;
                        self.certificates.push(Certificate::from_der(bytes)?);
                    }
                }
                // Lists, secrets and nested safes are not what we came for.
                _ => {}
            }
        }
        Ok(())
    }
}

/// `MacData` (RFC 7292 § 4), or PBMAC1 in it (RFC 9579 § 4).
fn check_protection(protection: &Element<'_>, content: &[u8], password: &str) -> Result<(), SignerError> {
    let mut inside = protection.inside();
    let mut digest_info = inside.expect(tag::SEQUENCE)?.inside();
    let algorithm = Identifier::read(&digest_info.expect(tag::SEQUENCE)?)?;
    let expected = digest_info.next()?.octets()?;
    let salt = inside.next()?.octets()?;
    let rounds = match inside.optional(tag::INTEGER)? {
        Some(rounds) => rounds.small_integer()?,
        None => 1,
    };
    let key = if algorithm.oid == PBMAC1 {
        let mut parameters = Element::whole_sequence(&algorithm.parameters)?;
        let derivation = Identifier::read(&parameters.expect(tag::SEQUENCE)?)?;
        let scheme = Identifier::read(&parameters.expect(tag::SEQUENCE)?)?;
        let (function, salt, rounds) = encryption::read_pbkdf2(&derivation.parameters)?;
        let how = HMACS.iter().find(|(oid, ..)| *oid == scheme.oid);
        let (_, how, length) =
            how.ok_or_else(|| SignerError::EncryptionUnsupported(scheme.oid.to_string()))?;
        let mut key = Zeroizing::new(vec![0; *length]);
        ring::pbkdf2::derive(*function, rounds, salt, password.as_bytes(), &mut key);
        hmac::Key::new(*how, &key)
    } else {
        let digest =
            algorithm.digest().map_err(|_| SignerError::EncryptionUnsupported(algorithm.oid.to_string()))?;
        let how = match digest {
            DigestAlgorithm::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            DigestAlgorithm::Sha256 => hmac::HMAC_SHA256,
            DigestAlgorithm::Sha384 => hmac::HMAC_SHA384,
            DigestAlgorithm::Sha512 => hmac::HMAC_SHA512,
            DigestAlgorithm::Shake256 => {
                return Err(SignerError::EncryptionUnsupported(algorithm.oid.to_string()));
            }
        };
        let rounds = (1..=encryption::MOST_ROUNDS).contains(&rounds).then_some(rounds);
        let rounds = rounds.and_then(|rounds| NonZeroU32::new(u32::try_from(rounds).ok()?));
        let rounds = rounds.ok_or(Asn1Error::TooBig)?;
        let password = wide(password.as_bytes())?;
        let key = derive(digest, Use::Integrity, &password, salt, rounds, digest.length());
        hmac::Key::new(how, &key)
    };
    hmac::verify(&key, content, expected).map_err(|_| SignerError::PasswordWrong)
}

/// What PBMAC1 may be over, and how long its keys are.
const HMACS: &[(ObjectIdentifier, hmac::Algorithm, usize)] = &[
    (identifier("1.2.840.113549.2.9"), hmac::HMAC_SHA256, 32),
    (identifier("1.2.840.113549.2.10"), hmac::HMAC_SHA384, 48),
    (identifier("1.2.840.113549.2.11"), hmac::HMAC_SHA512, 64),
];

/// A password as big-endian UTF-16 with a zero after it (RFC 7292 appendix B.1).
pub(super) fn wide(password: &[u8]) -> Result<Zeroizing<Vec<u8>>, SignerError> {
    let text = std::str::from_utf8(password).map_err(|_| SignerError::PasswordWrong)?;
    let units = text.encode_utf16().chain([0]);
    Ok(Zeroizing::new(units.flat_map(u16::to_be_bytes).collect()))
}

/// What derived bytes are for (RFC 7292 appendix B.3).
#[derive(Debug, Clone, Copy)]
pub(super) enum Use {
    Key = 1,
    Start = 2,
    Integrity = 3,
}

/// The derivation of RFC 7292 appendix B.2.
pub(super) fn derive(
    digest: DigestAlgorithm,
    used_as: Use,
    password: &[u8],
    salt: &[u8],
    rounds: NonZeroU32,
    length: usize,
) -> Zeroizing<Vec<u8>> {
    let block = match digest {
        DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512 => 128,
        DigestAlgorithm::Shake256 => 136,
        DigestAlgorithm::Sha1 | DigestAlgorithm::Sha256 => 64,
    };
    let fill = |bytes: &[u8]| -> Vec<u8> {
        let whole = bytes.len().div_ceil(block) * block;
        bytes.iter().copied().cycle().take(if bytes.is_empty() { 0 } else { whole }).collect()
    };
    let diversifier = vec![used_as as u8; block];
    let mut input = Zeroizing::new(fill(salt));
    input.extend(fill(password));
    let mut out = Zeroizing::new(Vec::with_capacity(length + digest.length()));
    loop {
        let mut round = Zeroizing::new(digest.digest(&[&diversifier[..], &input].concat()));
        for _ in 1..rounds.get() {
            *round = digest.digest(&round);
        }
        out.extend_from_slice(&round);
        if out.len() >= length {
            out.truncate(length);
            return out;
        }
        let add: Vec<u8> = round.iter().copied().cycle().take(block).collect();
        for chunk in input.chunks_mut(block) {
            let mut carry = 1;
            for (byte, add) in chunk.iter_mut().zip(&add).rev() {
                let sum = u16::from(*byte) + u16::from(*add) + carry;
                *byte = sum as u8;
                carry = sum >> 8;
            }
        }
    }
}
