//! Public keys: read from certificates, and what a signature is checked with.
//!
//! RSA, P-256, P-384 and Ed25519 go through `ring`; pairs of curve and digest that it lacks, P-521
//! and Ed448 go through small crates of their own. Private keys are in [`crate::signer`].

use const_oid::ObjectIdentifier;
use ring::signature as ring;
use serde::{Deserialize, Serialize};

use crate::algorithm::{AlgorithmFault, DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Element, tag};
use crate::oid;

/// The shortest RSA modulus to rely on, in bits (ETSI TS 119 312 V1.5.1: until the end of 2028).
///
/// Reading: the standard's limit is 1900, to make room for odd lengths; everybody's keys have 2048.
const SHORTEST_RSA: usize = 2048;
/// The longest RSA modulus to spend time on, in bits.
const LONGEST_RSA: usize = 8192;

/// A public key of a kind that we may be able to use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA.
    Rsa {
        /// `RSAPublicKey` (RFC 8017 § A.1.1).
        der: Vec<u8>,
        /// Length of the modulus, in bits.
        bits: usize,
        /// Whether the key is for RSA-PSS alone (RFC 4055 § 1.2).
        pss_only: bool,
    },
    /// A point on P-256, uncompressed.
    P256(Vec<u8>),
    /// A point on P-384, uncompressed.
    P384(Vec<u8>),
    /// A point on P-521, uncompressed.
    P521(Vec<u8>),
    /// An Ed25519 key.
    Ed25519(Vec<u8>),
    /// An Ed448 key.
    Ed448(Vec<u8>),
    /// A key of a kind that we cannot use: its algorithm, or its curve, dotted.
    Unsupported(String),
}

/// Why a signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum SignatureFault {
    /// The signature is not one by this key over this message.
    #[error("the signature does not verify with the key")]
    Mismatch,
    /// The algorithm could not be tried.
    #[error(transparent)]
    Algorithm(AlgorithmFault),
    /// There is no certificate to take the key from.
    #[error("there is no certificate to check with")]
    NoCertificate,
    /// Without signed attributes the signature is over the content itself, which was not given.
    #[error("the signature is over the content, which was not given")]
    ContentNeeded,
}

impl PublicKey {
    /// The key in a `SubjectPublicKeyInfo` (RFC 5280 § 4.1.2.7).
    ///
    /// # Errors
    ///
    /// When the bytes are not such a structure. A kind of key that we cannot use is no error.
    pub fn read(spki: &[u8]) -> Result<Self, Asn1Error> {
        let mut inside = Element::whole_sequence(spki)?;
        let mut algorithm = inside.expect(tag::SEQUENCE)?.inside();
        let bits = inside.expect(tag::BIT_STRING)?.bits()?.to_vec();
        let kind = algorithm.next()?.oid()?;
        Ok(match kind {
            oid::RSA_ENCRYPTION => Self::rsa(bits, false)?,
            oid::RSASSA_PSS => Self::rsa(bits, true)?,
            oid::EC_PUBLIC_KEY => match algorithm.next()?.oid() {
                Ok(curve) => Self::on_curve(curve, bits),
                // Curves by their parameters are nobody's standard (RFC 5480 § 2.1.1).
                Err(_) => Self::Unsupported(kind.to_string()),
            },
            oid::ED25519 => Self::Ed25519(bits),
            oid::ED448 => Self::Ed448(bits),
            other => Self::Unsupported(other.to_string()),
        })
    }

    fn rsa(der: Vec<u8>, pss_only: bool) -> Result<Self, Asn1Error> {
        let modulus = Element::whole_sequence(&der)?.next()?.integer()?;
        let digits = modulus.iter().position(|byte| *byte != 0).map_or(&[][..], |first| &modulus[first..]);
        let bits = digits.first().map_or(0, |first| digits.len() * 8 - first.leading_zeros() as usize);
        Ok(Self::Rsa { der, bits, pss_only })
    }

    fn on_curve(curve: ObjectIdentifier, point: Vec<u8>) -> Self {
        match curve {
            oid::P256 => Self::P256(point),
            oid::P384 => Self::P384(point),
            oid::P521 => Self::P521(point),
            other => Self::Unsupported(other.to_string()),
        }
    }

    /// ECDSA over this digest with this key.
    pub(crate) fn ecdsa(&self, digest: DigestAlgorithm) -> Result<SignatureAlgorithm, AlgorithmFault> {
        match self {
            Self::P256(_) => Ok(SignatureAlgorithm::EcdsaP256(digest)),
            Self::P384(_) => Ok(SignatureAlgorithm::EcdsaP384(digest)),
            Self::P521(_) => Ok(SignatureAlgorithm::EcdsaP521(digest)),
            Self::Unsupported(kind) => Err(AlgorithmFault::SignatureUnsupported(kind.clone())),
            _ => Err(AlgorithmFault::KeyOfAnotherKind),
        }
    }

    /// Whether the algorithm is one for this kind of key.
    pub fn goes_with(&self, algorithm: SignatureAlgorithm) -> bool {
        matches!(
            (self, algorithm),
            (Self::Rsa { pss_only: false, .. }, SignatureAlgorithm::RsaPkcs1(_))
                | (Self::Rsa { .. }, SignatureAlgorithm::RsaPss(_))
                | (Self::P256(_), SignatureAlgorithm::EcdsaP256(_))
                | (Self::P384(_), SignatureAlgorithm::EcdsaP384(_))
                | (Self::P521(_), SignatureAlgorithm::EcdsaP521(_))
                | (Self::Ed25519(_), SignatureAlgorithm::Ed25519)
                | (Self::Ed448(_), SignatureAlgorithm::Ed448)
        )
    }

    /// Whether the key is long enough and the digest strong enough to be relied on.
    ///
    /// # Errors
    ///
    /// What is too weak.
    pub fn judge(&self, algorithm: SignatureAlgorithm) -> Result<(), AlgorithmFault> {
        if let Self::Rsa { bits, .. } = self
            && *bits < SHORTEST_RSA
        {
            return Err(AlgorithmFault::KeyTooShort);
        }
        match algorithm.strength() {
            crate::algorithm::Strength::Sound => Ok(()),
            crate::algorithm::Strength::Weak => Err(AlgorithmFault::DigestWeak),
        }
    }

    /// Checks a signature over a message. Weak algorithms are tried all the same: whether they are to be
    /// relied on is another question, see [`Self::judge`].
    ///
    /// # Errors
    ///
    /// Why the signature does not hold, or could not be tried.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), SignatureFault> {
        use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
        let by_ring = |how: &'static dyn ring::VerificationAlgorithm, key: &[u8]| {
            ring::UnparsedPublicKey::new(how, key)
                .verify(message, signature)
                .map_err(|_| SignatureFault::Mismatch)
        };
        if !self.goes_with(algorithm) {
            return Err(SignatureFault::Algorithm(match self {
                Self::Unsupported(kind) => AlgorithmFault::SignatureUnsupported(kind.clone()),
                _ => AlgorithmFault::KeyOfAnotherKind,
            }));
        }
        match (self, algorithm) {
            (Self::Rsa { der, bits, .. }, _) => by_ring(for_rsa(algorithm, *bits)?, der),
            (Self::P256(point), SignatureAlgorithm::EcdsaP256(Sha256)) => {
                by_ring(&ring::ECDSA_P256_SHA256_ASN1, point)
            }
            (Self::P256(point), SignatureAlgorithm::EcdsaP256(Sha384)) => {
                by_ring(&ring::ECDSA_P256_SHA384_ASN1, point)
            }
            (Self::P384(point), SignatureAlgorithm::EcdsaP384(Sha256)) => {
                by_ring(&ring::ECDSA_P384_SHA256_ASN1, point)
            }
            (Self::P384(point), SignatureAlgorithm::EcdsaP384(Sha384)) => {
                by_ring(&ring::ECDSA_P384_SHA384_ASN1, point)
            }
            (Self::P256(point), SignatureAlgorithm::EcdsaP256(digest @ (Sha1 | Sha512))) => {
                curve::p256(point, &digest.digest(message), signature)
            }
            (Self::P384(point), SignatureAlgorithm::EcdsaP384(digest @ (Sha1 | Sha512))) => {
                curve::p384(point, &digest.digest(message), signature)
            }
            (Self::P521(point), SignatureAlgorithm::EcdsaP521(digest)) => {
                curve::p521(point, &digest.digest(message), signature)
            }
            (Self::Ed25519(key), _) => by_ring(&ring::ED25519, key),
            (Self::Ed448(key), _) => curve::ed448(key, message, signature),
            _ => Err(SignatureFault::Algorithm(AlgorithmFault::KeyOfAnotherKind)),
        }
    }
}

/// Which of ring's RSA algorithms it is. Short keys are taken from 1024 bits, and judged too short.
fn for_rsa(
    algorithm: SignatureAlgorithm,
    bits: usize,
) -> Result<&'static dyn ring::VerificationAlgorithm, SignatureFault> {
    use DigestAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    let unsupported =
        || SignatureFault::Algorithm(AlgorithmFault::SignatureUnsupported(oid::RSA_ENCRYPTION.to_string()));
    if bits > LONGEST_RSA {
        return Err(unsupported());
    }
    let short = bits < SHORTEST_RSA;
    Ok(match algorithm {
        SignatureAlgorithm::RsaPkcs1(Sha1) => &ring::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        SignatureAlgorithm::RsaPkcs1(Sha256) if short => {
            &ring::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        SignatureAlgorithm::RsaPkcs1(Sha512) if short => {
            &ring::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        SignatureAlgorithm::RsaPkcs1(Sha256) => &ring::RSA_PKCS1_2048_8192_SHA256,
        SignatureAlgorithm::RsaPkcs1(Sha384) => &ring::RSA_PKCS1_2048_8192_SHA384,
        SignatureAlgorithm::RsaPkcs1(Sha512) => &ring::RSA_PKCS1_2048_8192_SHA512,
        SignatureAlgorithm::RsaPss(Sha256) => &ring::RSA_PSS_2048_8192_SHA256,
        SignatureAlgorithm::RsaPss(Sha384) => &ring::RSA_PSS_2048_8192_SHA384,
        SignatureAlgorithm::RsaPss(Sha512) => &ring::RSA_PSS_2048_8192_SHA512,
        _ => return Err(unsupported()),
    })
}

/// What `ring` lacks, over digests that are already computed.
mod curve {
    use ed448_goldilocks as goldilocks;

    use super::SignatureFault;

    macro_rules! ecdsa {
        ($name:ident) => {
            pub(super) fn $name(point: &[u8], digest: &[u8], signature: &[u8]) -> Result<(), SignatureFault> {
                use ::$name::ecdsa::signature::hazmat::PrehashVerifier;
                use ::$name::ecdsa::{DerSignature, VerifyingKey};
                let key = VerifyingKey::from_sec1_bytes(point).map_err(|_| SignatureFault::Mismatch)?;
                let signature = DerSignature::from_bytes(signature).map_err(|_| SignatureFault::Mismatch)?;
                key.verify_prehash(digest, &signature).map_err(|_| SignatureFault::Mismatch)
            }
        };
    }
    ecdsa!(p256);
    ecdsa!(p384);
    ecdsa!(p521);

    pub(super) fn ed448(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), SignatureFault> {
        let point: &[u8; 57] = key.try_into().map_err(|_| SignatureFault::Mismatch)?;
        let key = goldilocks::VerifyingKey::from_bytes(point).map_err(|_| SignatureFault::Mismatch)?;
        let signature = goldilocks::Signature::from_slice(signature).map_err(|_| SignatureFault::Mismatch)?;
        key.verify_raw(&signature, message).map_err(|_| SignatureFault::Mismatch)
    }
}
