//! Private keys in software, read from PKCS#8 and its predecessors, and signing with them.
//!
//! A key is checked against its certificate when it is read: a mismatch found later is a signature that
//! nobody can verify.

use ::ring::rand::SystemRandom;
use ::ring::signature as ring;

use super::SignerError;
use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{Element, tag};
use crate::key::PublicKey;
use crate::oid;

/// A key that signs, of a certain certificate.
pub struct PrivateKey(Kind);

enum Kind {
    Rsa(Box<ring::RsaKeyPair>),
    P256(ring::EcdsaKeyPair),
    P384(ring::EcdsaKeyPair),
    Ed25519(ring::Ed25519KeyPair),
}

/// A private key as it stands in its file: what kind, and its own structure.
struct Content<'a> {
    kind: const_oid::ObjectIdentifier,
    inner: &'a [u8],
}

impl PrivateKey {
    /// From a `PrivateKeyInfo` (PKCS#8, RFC 5208 § 5), for the certificate with this public key.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is of a kind that we do not sign with, or is another certificate's.
    pub fn from_pkcs8(der: &[u8], of: &PublicKey) -> Result<Self, SignerError> {
        let mut inside = Element::whole_sequence(der)?;
        inside.expect(tag::INTEGER)?;
        let kind = inside.expect(tag::SEQUENCE)?.inside().next()?.oid()?;
        let inner = inside.expect(tag::OCTET_STRING)?.value;
        Self::of(&Content { kind, inner }, of)
    }

    /// From an `RSAPrivateKey` (PKCS#1, RFC 8017 § A.1.2).
    ///
    /// # Errors
    ///
    /// As [`Self::from_pkcs8`].
    pub fn from_pkcs1(der: &[u8], of: &PublicKey) -> Result<Self, SignerError> {
        Self::of(&Content { kind: oid::RSA_ENCRYPTION, inner: der }, of)
    }

    /// From an `ECPrivateKey` (RFC 5915 § 3); the curve is that of the certificate.
    ///
    /// # Errors
    ///
    /// As [`Self::from_pkcs8`].
    pub fn from_sec1(der: &[u8], of: &PublicKey) -> Result<Self, SignerError> {
        Self::of(&Content { kind: oid::EC_PUBLIC_KEY, inner: der }, of)
    }

    fn of(content: &Content<'_>, public: &PublicKey) -> Result<Self, SignerError> {
        let another = |_| SignerError::KeyOfAnotherCertificate;
        let random = SystemRandom::new();
        let kind = match (content.kind, public) {
            (oid::RSA_ENCRYPTION | oid::RSASSA_PSS, PublicKey::Rsa { der, .. }) => {
                let pair = ring::RsaKeyPair::from_der(content.inner)
                    .map_err(|_| SignerError::KeyUnsupported(content.kind.to_string()))?;
                if pair.public().as_ref() != der {
                    return Err(SignerError::KeyOfAnotherCertificate);
                }
                Kind::Rsa(Box::new(pair))
            }
            (oid::EC_PUBLIC_KEY, PublicKey::P256(point)) => {
                let scalar = read_scalar::<32>(content.inner)?;
                let how = &ring::ECDSA_P256_SHA256_ASN1_SIGNING;
                let pair =
                    ring::EcdsaKeyPair::from_private_key_and_public_key(how, &scalar[..], point, &random);
                Kind::P256(pair.map_err(another)?)
            }
            (oid::EC_PUBLIC_KEY, PublicKey::P384(point)) => {
                let scalar = read_scalar::<48>(content.inner)?;
                let how = &ring::ECDSA_P384_SHA384_ASN1_SIGNING;
                let pair =
                    ring::EcdsaKeyPair::from_private_key_and_public_key(how, &scalar[..], point, &random);
                Kind::P384(pair.map_err(another)?)
            }
            (oid::ED25519, PublicKey::Ed25519(point)) => {
                let seed = Element::whole(content.inner)?.octets()?;
                let pair = ring::Ed25519KeyPair::from_seed_and_public_key(seed, point);
                Kind::Ed25519(pair.map_err(another)?)
            }
            (oid::RSA_ENCRYPTION | oid::EC_PUBLIC_KEY | oid::ED25519, PublicKey::Unsupported(kind)) => {
                return Err(SignerError::KeyUnsupported(kind.clone()));
            }
            (oid::EC_PUBLIC_KEY, PublicKey::P521(_)) => {
                return Err(SignerError::KeyUnsupported(oid::P521.to_string()));
            }
            (oid::RSA_ENCRYPTION | oid::RSASSA_PSS | oid::EC_PUBLIC_KEY | oid::ED25519, _) => {
                return Err(SignerError::KeyOfAnotherCertificate);
            }
            (kind, _) => return Err(SignerError::KeyUnsupported(kind.to_string())),
        };
        Ok(Self(kind))
    }

    /// The algorithm that this key signs with when nothing else is asked for. For RSA it is PKCS#1 v1.5,
    /// which every reader of documents knows; P-256 goes with SHA-256 and P-384 with SHA-384.
    pub fn usual_algorithm(&self) -> SignatureAlgorithm {
        match &self.0 {
            Kind::Rsa(_) => SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256),
            Kind::P256(_) => SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha256),
            Kind::P384(_) => SignatureAlgorithm::EcdsaP384(DigestAlgorithm::Sha384),
            Kind::Ed25519(_) => SignatureAlgorithm::Ed25519,
        }
    }

    /// Whether the key can sign with this algorithm.
    pub fn can(&self, algorithm: SignatureAlgorithm) -> bool {
        match &self.0 {
            Kind::Rsa(_) => rsa_padding(algorithm).is_some(),
            _ => algorithm == self.usual_algorithm(),
        }
    }

    /// Signs a message.
    ///
    /// # Errors
    ///
    /// When the key does not go with the algorithm, or signing fails.
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let random = SystemRandom::new();
        if !self.can(algorithm) {
            return Err(SignerError::AlgorithmUnsupported);
        }
        match &self.0 {
            Kind::Rsa(pair) => {
                let padding = rsa_padding(algorithm).ok_or(SignerError::AlgorithmUnsupported)?;
                let mut out = vec![0; pair.public().modulus_len()];
                pair.sign(padding, &random, message, &mut out).map_err(|_| SignerError::Failed)?;
                Ok(out)
            }
            Kind::P256(pair) | Kind::P384(pair) => {
                let signature = pair.sign(&random, message).map_err(|_| SignerError::Failed)?;
                Ok(signature.as_ref().to_vec())
            }
            Kind::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}

fn rsa_padding(algorithm: SignatureAlgorithm) -> Option<&'static dyn ring::RsaEncoding> {
    Some(match algorithm {
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256) => &ring::RSA_PKCS1_SHA256,
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha384) => &ring::RSA_PKCS1_SHA384,
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha512) => &ring::RSA_PKCS1_SHA512,
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256) => &ring::RSA_PSS_SHA256,
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha384) => &ring::RSA_PSS_SHA384,
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha512) => &ring::RSA_PSS_SHA512,
        _ => return None,
    })
}

/// The scalar of an `ECPrivateKey`, as many bytes as the curve has.
fn read_scalar<const N: usize>(der: &[u8]) -> Result<zeroize::Zeroizing<[u8; N]>, SignerError> {
    let mut inside = Element::whole_sequence(der)?;
    inside.expect(tag::INTEGER)?;
    let written = inside.next()?.octets()?;
    let skip = written.iter().take_while(|byte| **byte == 0).count();
    let digits = &written[skip..];
    let start = N.checked_sub(digits.len()).ok_or(SignerError::KeyOfAnotherCertificate)?;
    let mut scalar = zeroize::Zeroizing::new([0; N]);
    scalar[start..].copy_from_slice(digits);
    Ok(scalar)
}
