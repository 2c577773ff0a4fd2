//! Passwords on keys: PBES2 (RFC 8018 § 6.2) as today's tools write it, and the two schemes of old PKCS#12
//! files (RFC 7292 appendix C), which are read since such files are still handed out.
//!
//! How many rounds a file may ask for is bounded, so that a file cannot keep us busy.

use std::num::NonZeroU32;

use ::cbc::cipher::block_padding::Pkcs7;
use ::cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use const_oid::ObjectIdentifier;
use ring::pbkdf2;
use zeroize::Zeroizing;

use super::SignerError;
use super::pkcs12;
use crate::algorithm::{DigestAlgorithm, Identifier};
use crate::asn1::{Cursor, Element, tag};

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

const PBES2: ObjectIdentifier = oid("1.2.840.113549.1.5.13");
const PBKDF2: ObjectIdentifier = oid("1.2.840.113549.1.5.12");
const WITH_TRIPLE_DES: ObjectIdentifier = oid("1.2.840.113549.1.12.1.3");
const WITH_RC2_128: ObjectIdentifier = oid("1.2.840.113549.1.12.1.5");
const WITH_RC2_40: ObjectIdentifier = oid("1.2.840.113549.1.12.1.6");

/// The functions that PBKDF2 may be over.
const FUNCTIONS: &[(ObjectIdentifier, &pbkdf2::Algorithm)] = &[
    (oid("1.2.840.113549.2.7"), &pbkdf2::PBKDF2_HMAC_SHA1),
    (oid("1.2.840.113549.2.9"), &pbkdf2::PBKDF2_HMAC_SHA256),
    (oid("1.2.840.113549.2.10"), &pbkdf2::PBKDF2_HMAC_SHA384),
    (oid("1.2.840.113549.2.11"), &pbkdf2::PBKDF2_HMAC_SHA512),
];

/// The ciphers, all in CBC mode.
const CIPHERS: &[(ObjectIdentifier, Cipher)] = &[
    (oid("2.16.840.1.101.3.4.1.2"), Cipher::Aes128),
    (oid("2.16.840.1.101.3.4.1.22"), Cipher::Aes192),
    (oid("2.16.840.1.101.3.4.1.42"), Cipher::Aes256),
    (oid("1.2.840.113549.3.7"), Cipher::TripleDes),
];

/// The most rounds that a file may ask for: a second or two of work.
pub(super) const MOST_ROUNDS: u64 = 5_000_000;

#[derive(Debug, Clone, Copy)]
enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    Rc2,
}

impl Cipher {
    fn key_length(self) -> usize {
        match self {
            Self::Aes128 | Self::Rc2 => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
        }
    }

    fn decrypt(self, key: &[u8], start: &[u8], encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, SignerError> {
        fn by<D: KeyIvInit + BlockModeDecrypt>(
            key: &[u8],
            start: &[u8],
            encrypted: &[u8],
        ) -> Result<Zeroizing<Vec<u8>>, SignerError> {
            let cipher = D::new_from_slices(key, start).map_err(|_| SignerError::PasswordWrong)?;
            let clear = cipher.decrypt_padded_vec::<Pkcs7>(encrypted);
            clear.map(Zeroizing::new).map_err(|_| SignerError::PasswordWrong)
        }
        match self {
            Self::Aes128 => by::<cbc::Decryptor<aes::Aes128>>(key, start, encrypted),
            Self::Aes192 => by::<cbc::Decryptor<aes::Aes192>>(key, start, encrypted),
            Self::Aes256 => by::<cbc::Decryptor<aes::Aes256>>(key, start, encrypted),
            Self::TripleDes => by::<cbc::Decryptor<des::TdesEde3>>(key, start, encrypted),
            Self::Rc2 => by::<cbc::Decryptor<rc2::Rc2>>(key, start, encrypted),
        }
    }
}

/// The key in an `EncryptedPrivateKeyInfo` (RFC 5208 § 6), as `PrivateKeyInfo`.
pub(super) fn decrypt_key(der: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, SignerError> {
    let mut inside = Element::whole_sequence(der)?;
    let scheme = Identifier::read(&inside.expect(tag::SEQUENCE)?)?;
    let encrypted = inside.expect(tag::OCTET_STRING)?.value;
    decrypt(&scheme, password, encrypted)
}

/// What was encrypted by a scheme with a password, given as UTF-8.
pub(super) fn decrypt(
    scheme: &Identifier,
    password: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SignerError> {
    let cipher = match scheme.oid {
        PBES2 => return decrypt_pbes2(&scheme.parameters, password, encrypted),
        WITH_TRIPLE_DES => Cipher::TripleDes,
        // Forty bits are no secret; it is certificates that are encrypted so, and keys with the other.
        WITH_RC2_40 | WITH_RC2_128 => Cipher::Rc2,
        other => return Err(SignerError::EncryptionUnsupported(other.to_string())),
    };
    let length = if scheme.oid == WITH_RC2_40 { 5 } else { cipher.key_length() };
    let mut parameters = Element::whole_sequence(&scheme.parameters)?;
    let salt = parameters.next()?.octets()?;
    let rounds = rounds(&mut parameters)?;
    let password = pkcs12::wide(password)?;
    let key = pkcs12::derive(DigestAlgorithm::Sha1, pkcs12::Use::Key, &password, salt, rounds, length);
    let start = pkcs12::derive(DigestAlgorithm::Sha1, pkcs12::Use::Start, &password, salt, rounds, 8);
    cipher.decrypt(&key, &start, encrypted)
}

fn rounds(parameters: &mut Cursor<'_>) -> Result<NonZeroU32, SignerError> {
    let rounds = parameters.next()?.small_integer()?;
    let allowed = (1..=MOST_ROUNDS).contains(&rounds).then_some(rounds);
    let rounds = allowed.and_then(|rounds| NonZeroU32::new(u32::try_from(rounds).ok()?));
    rounds.ok_or(SignerError::Malformed(crate::asn1::Asn1Error::TooBig))
}

fn decrypt_pbes2(
    parameters: &[u8],
    password: &[u8],
    encrypted: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SignerError> {
    let unsupported = |oid: ObjectIdentifier| SignerError::EncryptionUnsupported(oid.to_string());
    let mut inside = Element::whole_sequence(parameters)?;
    let derivation = Identifier::read(&inside.expect(tag::SEQUENCE)?)?;
    let encryption = Identifier::read(&inside.expect(tag::SEQUENCE)?)?;
    if derivation.oid != PBKDF2 {
        return Err(unsupported(derivation.oid));
    }
    let known = CIPHERS.iter().find(|(oid, _)| *oid == encryption.oid);
    let (_, cipher) = known.ok_or_else(|| unsupported(encryption.oid))?;
    let start = Element::whole(&encryption.parameters)?.octets()?;

    let (function, salt, rounds) = read_pbkdf2(&derivation.parameters)?;
    let mut key = Zeroizing::new(vec![0; cipher.key_length()]);
    pbkdf2::derive(*function, rounds, salt, password, &mut key);
    cipher.decrypt(&key, start, encrypted)
}

/// `PBKDF2-params` (RFC 8018 appendix A.2): salt, rounds, perhaps a key length, perhaps a function.
pub(super) fn read_pbkdf2(
    parameters: &[u8],
) -> Result<(&'static pbkdf2::Algorithm, &[u8], NonZeroU32), SignerError> {
    let mut inside = Element::whole_sequence(parameters)?;
    let salt = inside.next()?.octets()?;
    let rounds = rounds(&mut inside)?;
    inside.optional(tag::INTEGER)?;
    let function = match inside.optional(tag::SEQUENCE)? {
        None => &FUNCTIONS[0],
        Some(element) => {
            let function = Identifier::read(&element)?.oid;
            let known = FUNCTIONS.iter().find(|(oid, _)| *oid == function);
            known.ok_or_else(|| SignerError::EncryptionUnsupported(function.to_string()))?
        }
    };
    Ok((function.1, salt, rounds))
}
