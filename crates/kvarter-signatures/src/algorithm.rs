//! The algorithms that signatures, certificates and timestamps are made with: read from their
//! identifiers, written as identifiers, and judged strong enough or weak. How a signature is checked
//! with a key is in [`crate::key`]; when an algorithm is expected to be given up is in
//! [`crate::renewal`].
//!
//! The choice of what is strong follows ETSI TS 119 312 and SOG-IS: SHA-2 from 256 bits, RSA from
//! 2048 bits, the NIST curves and the Edwards curves. SHA-1 is read, since old files bear it, and is
//! called weak.

use const_oid::ObjectIdentifier;
use serde::{Deserialize, Serialize};
use shake::{ExtendableOutput, Shake256, Update, XofReader};

use crate::asn1::{Asn1Error, Element, write};
use crate::key::PublicKey;
use crate::oid;

/// A digest algorithm that this crate can compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DigestAlgorithm {
    /// SHA-1, readable only: weak.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHAKE256 with 64 bytes of output, which Ed448 is used with in CMS (RFC 8419 § 2.2 and § 2.3).
    Shake256,
}

/// Whether an algorithm is strong enough to be relied on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Strong enough.
    Sound,
    /// Known to be breakable, or too short.
    Weak,
}

impl DigestAlgorithm {
    /// Every digest algorithm, the weak ones too.
    pub const ALL: &[Self] = &[Self::Sha1, Self::Sha256, Self::Sha384, Self::Sha512, Self::Shake256];

    /// How many bytes a digest has.
    pub fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 | Self::Shake256 => 64,
        }
    }

    /// The digest of these bytes.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        let mut hasher = Hasher::new(self);
        hasher.update(bytes);
        hasher.finish()
    }

    /// Whether signatures over this digest can be relied on.
    pub fn strength(self) -> Strength {
        match self {
            Self::Sha1 => Strength::Weak,
            Self::Sha256 | Self::Sha384 | Self::Sha512 | Self::Shake256 => Strength::Sound,
        }
    }

    /// The object identifier, dotted.
    pub fn identifier(self) -> ObjectIdentifier {
        match self {
            Self::Sha1 => oid::SHA1,
            Self::Sha256 => oid::SHA256,
            Self::Sha384 => oid::SHA384,
            Self::Sha512 => oid::SHA512,
            Self::Shake256 => oid::SHAKE256,
        }
    }

    /// The algorithm with this identifier, if we can compute it.
    pub fn with_identifier(identifier: ObjectIdentifier) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.identifier() == identifier)
    }

    /// `AlgorithmIdentifier` without parameters, as RFC 5754 § 2 asks of SHA-2.
    pub(crate) fn to_der(self) -> Vec<u8> {
        write::sequence(&[&write::oid(self.identifier())])
    }

    fn ring(self) -> Option<&'static ring::digest::Algorithm> {
        match self {
            Self::Sha1 => Some(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY),
            Self::Sha256 => Some(&ring::digest::SHA256),
            Self::Sha384 => Some(&ring::digest::SHA384),
            Self::Sha512 => Some(&ring::digest::SHA512),
            Self::Shake256 => None,
        }
    }
}

/// A digest that is fed piece by piece.
#[derive(Clone)]
pub struct Hasher(Inner);

#[derive(Clone)]
enum Inner {
    Ring(Box<ring::digest::Context>),
    Shake(Box<Shake256>),
}

impl Hasher {
    /// A digest of nothing so far.
    pub fn new(algorithm: DigestAlgorithm) -> Self {
        Self(match algorithm.ring() {
            Some(ring) => Inner::Ring(Box::new(ring::digest::Context::new(ring))),
            None => Inner::Shake(Box::default()),
        })
    }

    /// Takes in more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Inner::Ring(context) => context.update(bytes),
            Inner::Shake(shake) => shake.update(bytes),
        }
    }

    /// The digest of all that was taken in.
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            Inner::Ring(context) => context.finish().as_ref().to_vec(),
            Inner::Shake(shake) => {
                let mut out = vec![0; DigestAlgorithm::Shake256.length()];
                shake.finalize_xof().read(&mut out);
                out
            }
        }
    }
}

/// A signature algorithm, with the digest that it takes of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureAlgorithm {
    /// RSA, PKCS#1 v1.5 (RFC 8017 § 8.2).
    RsaPkcs1(DigestAlgorithm),
    /// RSA-PSS with MGF1 over the same digest and a salt as long as the digest (RFC 8017 § 8.1).
    RsaPss(DigestAlgorithm),
    /// ECDSA with a key on P-256.
    EcdsaP256(DigestAlgorithm),
    /// ECDSA with a key on P-384.
    EcdsaP384(DigestAlgorithm),
    /// ECDSA with a key on P-521.
    EcdsaP521(DigestAlgorithm),
    /// Ed25519 (RFC 8032).
    Ed25519,
    /// Ed448 (RFC 8032).
    Ed448,
}

/// Why an algorithm is not one that can be checked or relied on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum AlgorithmFault {
    /// A digest algorithm that we do not compute.
    #[error("digest algorithm {0} is not supported")]
    DigestUnsupported(String),
    /// A signature algorithm or curve that we do not check.
    #[error("signature algorithm {0} is not supported")]
    SignatureUnsupported(String),
    /// RSA-PSS with other parameters than the usual ones.
    #[error("these RSA-PSS parameters are not supported")]
    PssParametersUnsupported,
    /// The key is not of the kind that the algorithm needs.
    #[error("the key is of another kind than the algorithm")]
    KeyOfAnotherKind,
    /// The digest is too weak to be relied on.
    #[error("the digest algorithm is weak")]
    DigestWeak,
    /// The key is too short to be relied on.
    #[error("the key is too short")]
    KeyTooShort,
    /// The identifier cannot be read.
    #[error("the algorithm identifier is malformed")]
    Malformed,
}

/// An `AlgorithmIdentifier` as it was read: what algorithm, and its parameters as they stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identifier {
    pub(crate) oid: ObjectIdentifier,
    /// The whole element, empty when absent.
    pub(crate) parameters: Vec<u8>,
}

impl Identifier {
    pub(crate) fn read(element: &Element<'_>) -> Result<Self, Asn1Error> {
        let mut inside = element.inside();
        let oid = inside.next()?.oid()?;
        let parameters = if inside.is_empty() { Vec::new() } else { inside.next()?.raw.to_vec() };
        Ok(Self { oid, parameters })
    }

    /// The digest algorithm that this identifies.
    pub(crate) fn digest(&self) -> Result<DigestAlgorithm, AlgorithmFault> {
        DigestAlgorithm::with_identifier(self.oid)
            .ok_or_else(|| AlgorithmFault::DigestUnsupported(self.oid.to_string()))
    }
}

impl SignatureAlgorithm {
    /// The digest that the signature is over, where the algorithm has one of its own.
    pub fn digest(self) -> Option<DigestAlgorithm> {
        match self {
            Self::RsaPkcs1(digest)
            | Self::RsaPss(digest)
            | Self::EcdsaP256(digest)
            | Self::EcdsaP384(digest)
            | Self::EcdsaP521(digest) => Some(digest),
            Self::Ed25519 | Self::Ed448 => None,
        }
    }

    /// The digest to use for content that is signed with this algorithm: its own, or for the Edwards
    /// curves the one that RFC 8419 § 2 gives them.
    pub fn content_digest(self) -> DigestAlgorithm {
        match self {
            Self::Ed25519 => DigestAlgorithm::Sha512,
            Self::Ed448 => DigestAlgorithm::Shake256,
            other => other.digest().unwrap_or(DigestAlgorithm::Sha256),
        }
    }

    /// Whether the digest within is strong enough; the key is judged where it is known.
    pub fn strength(self) -> Strength {
        self.digest().map_or(Strength::Sound, DigestAlgorithm::strength)
    }

    /// What an identifier means when the key is known: the object identifier alone says neither
    /// the curve nor, with `rsaEncryption`, the digest.
    ///
    /// `digest` is what the surroundings say, such as CMS's `digestAlgorithm`.
    ///
    /// # Errors
    ///
    /// The fault when the algorithm is unknown or does not go with the key.
    pub(crate) fn of(
        identifier: &Identifier,
        digest: Option<DigestAlgorithm>,
        key: &PublicKey,
    ) -> Result<Self, AlgorithmFault> {
        let unsupported = || AlgorithmFault::SignatureUnsupported(identifier.oid.to_string());
        let from_surroundings = || digest.ok_or_else(unsupported);
        let algorithm = match identifier.oid {
            oid::RSA_ENCRYPTION => Self::RsaPkcs1(from_surroundings()?),
            oid::SHA1_WITH_RSA => Self::RsaPkcs1(DigestAlgorithm::Sha1),
            oid::SHA256_WITH_RSA => Self::RsaPkcs1(DigestAlgorithm::Sha256),
            oid::SHA384_WITH_RSA => Self::RsaPkcs1(DigestAlgorithm::Sha384),
            oid::SHA512_WITH_RSA => Self::RsaPkcs1(DigestAlgorithm::Sha512),
            oid::RSASSA_PSS => Self::RsaPss(read_pss(&identifier.parameters)?),
            oid::EC_PUBLIC_KEY => key.ecdsa(from_surroundings()?)?,
            oid::ECDSA_WITH_SHA1 => key.ecdsa(DigestAlgorithm::Sha1)?,
            oid::ECDSA_WITH_SHA256 => key.ecdsa(DigestAlgorithm::Sha256)?,
            oid::ECDSA_WITH_SHA384 => key.ecdsa(DigestAlgorithm::Sha384)?,
            oid::ECDSA_WITH_SHA512 => key.ecdsa(DigestAlgorithm::Sha512)?,
            oid::ED25519 => Self::Ed25519,
            oid::ED448 => Self::Ed448,
            _ => return Err(unsupported()),
        };
        if key.goes_with(algorithm) { Ok(algorithm) } else { Err(AlgorithmFault::KeyOfAnotherKind) }
    }

    /// The identifier to write, with the parameters that its standard asks for (RFC 4055, RFC 5758,
    /// RFC 8410).
    pub(crate) fn to_der(self) -> Vec<u8> {
        let with_null = |identifier| write::sequence(&[&write::oid(identifier), &write::null()]);
        let bare = |identifier| write::sequence(&[&write::oid(identifier)]);
        match self {
            Self::RsaPkcs1(digest) => with_null(match digest {
                DigestAlgorithm::Sha1 => oid::SHA1_WITH_RSA,
                DigestAlgorithm::Sha384 => oid::SHA384_WITH_RSA,
                DigestAlgorithm::Sha512 => oid::SHA512_WITH_RSA,
                DigestAlgorithm::Sha256 | DigestAlgorithm::Shake256 => oid::SHA256_WITH_RSA,
            }),
            Self::RsaPss(digest) => write::sequence(&[&write::oid(oid::RSASSA_PSS), &write_pss(digest)]),
            Self::EcdsaP256(digest) | Self::EcdsaP384(digest) | Self::EcdsaP521(digest) => {
                bare(match digest {
                    DigestAlgorithm::Sha1 => oid::ECDSA_WITH_SHA1,
                    DigestAlgorithm::Sha384 => oid::ECDSA_WITH_SHA384,
                    DigestAlgorithm::Sha512 => oid::ECDSA_WITH_SHA512,
                    DigestAlgorithm::Sha256 | DigestAlgorithm::Shake256 => oid::ECDSA_WITH_SHA256,
                })
            }
            Self::Ed25519 => bare(oid::ED25519),
            Self::Ed448 => bare(oid::ED448),
        }
    }
}

/// `RSASSA-PSS-params` (RFC 4055 § 3.1): every field has a default, and the defaults are SHA-1.
fn read_pss(parameters: &[u8]) -> Result<DigestAlgorithm, AlgorithmFault> {
    let malformed = |_: Asn1Error| AlgorithmFault::Malformed;
    if parameters.is_empty() {
        // Absent parameters belong to keys, not to signatures.
        return Err(AlgorithmFault::PssParametersUnsupported);
    }
    let mut inside = Element::whole(parameters).map_err(malformed)?.inside();
    let mut digest = DigestAlgorithm::Sha1;
    let mut mask_digest = DigestAlgorithm::Sha1;
    let mut salt = 20;
    let mut trailer = 1;
    while !inside.is_empty() {
        let field = inside.next().map_err(malformed)?;
        let value = field.inside().next().map_err(malformed)?;
        match field.tag {
            0xA0 => digest = Identifier::read(&value).map_err(malformed)?.digest()?,
            0xA1 => {
                let mask = Identifier::read(&value).map_err(malformed)?;
                if mask.oid != oid::MGF1 {
                    return Err(AlgorithmFault::PssParametersUnsupported);
                }
                let of = Element::whole(&mask.parameters).map_err(malformed)?;
                mask_digest = Identifier::read(&of).map_err(malformed)?.digest()?;
            }
            0xA2 => salt = value.small_integer().map_err(malformed)?,
            0xA3 => trailer = value.small_integer().map_err(malformed)?,
            _ => return Err(AlgorithmFault::Malformed),
        }
    }
    let usual = mask_digest == digest && usize::try_from(salt) == Ok(digest.length()) && trailer == 1;
    if usual { Ok(digest) } else { Err(AlgorithmFault::PssParametersUnsupported) }
}

fn write_pss(digest: DigestAlgorithm) -> Vec<u8> {
    let hash = write::sequence(&[&write::oid(digest.identifier()), &write::null()]);
    let mask = write::sequence(&[&write::oid(oid::MGF1), &hash]);
    write::sequence(&[
        &write::tlv(0xA0, &hash),
        &write::tlv(0xA1, &mask),
        &write::tlv(0xA2, &write::small_integer(digest.length() as u64)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_parameters_are_read_as_they_are_written() {
        for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
            assert_eq!(read_pss(&write_pss(digest)), Ok(digest));
        }
    }

    #[test]
    fn pss_defaults_are_sha_1_and_an_odd_salt_is_refused() {
        assert_eq!(read_pss(&write::sequence(&[])), Ok(DigestAlgorithm::Sha1));
        let salt = write::sequence(&[&write::tlv(0xA2, &write::small_integer(32))]);
        assert_eq!(read_pss(&salt), Err(AlgorithmFault::PssParametersUnsupported));
    }

    #[test]
    fn shake256_gives_sixty_four_bytes() {
        let digest = DigestAlgorithm::Shake256.digest(b"");
        assert_eq!(digest.len(), 64);
        assert_eq!(&digest[..4], &[0x46, 0xb9, 0xdd, 0x2b]);
    }
}
