//! Keys for tests: made from bytes that the caller gives, and signing the same way every time.

use p256::ecdsa::signature::Signer as _;

use super::AuthorityError;
use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{Element, tag, write};
use crate::certificate::{Certificate, write_pem};
use crate::key::PublicKey;
use crate::oid;
use crate::signer::{PrivateKey, Signer, SignerError};

/// A key for tests. Not guarded in any way.
pub struct TestKey(Kind);

enum Kind {
    P256(Box<p256::ecdsa::SigningKey>),
    P384(Box<p384::ecdsa::SigningKey>),
    Rsa { key: Box<PrivateKey>, key_info: Vec<u8>, pkcs8: Vec<u8>, algorithm: SignatureAlgorithm },
}

impl TestKey {
    /// A key on P-256 from 32 bytes, random or not.
    ///
    /// # Errors
    ///
    /// For the very few bytes that are no key, zeros among them.
    pub fn p256(random: &[u8; 32]) -> Result<Self, AuthorityError> {
        let key = p256::ecdsa::SigningKey::from_slice(random).map_err(|_| AuthorityError::Key)?;
        Ok(Self(Kind::P256(Box::new(key))))
    }

    /// A key on P-384 from 48 bytes, random or not.
    ///
    /// # Errors
    ///
    /// As [`Self::p256`].
    pub fn p384(random: &[u8; 48]) -> Result<Self, AuthorityError> {
        let key = p384::ecdsa::SigningKey::from_slice(random).map_err(|_| AuthorityError::Key)?;
        Ok(Self(Kind::P384(Box::new(key))))
    }

    /// An RSA key from its PKCS#8, made elsewhere; it signs by PKCS#1 v1.5 with SHA-256.
    ///
    /// # Errors
    ///
    /// When it is no RSA key of 2048 bits or more.
    pub fn rsa(pkcs8: &[u8]) -> Result<Self, AuthorityError> {
        let key_info = rsa_key_info(pkcs8).ok_or(AuthorityError::Key)?;
        let public = PublicKey::read(&key_info).map_err(|_| AuthorityError::Key)?;
        let key = PrivateKey::from_pkcs8(pkcs8, &public)?;
        let algorithm = key.usual_algorithm();
        Ok(Self(Kind::Rsa { key: Box::new(key), key_info, pkcs8: pkcs8.to_vec(), algorithm }))
    }

    /// The same RSA key, signing by PSS, which is not deterministic.
    pub fn with_pss(self) -> Self {
        match self.0 {
            Kind::Rsa { key, key_info, pkcs8, .. } => {
                let algorithm = SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256);
                Self(Kind::Rsa { key, key_info, pkcs8, algorithm })
            }
            other => Self(other),
        }
    }

    /// A key from its PKCS#8: RSA, P-256 or P-384.
    ///
    /// # Errors
    ///
    /// When it is none of them.
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, AuthorityError> {
        match read_scalar(pkcs8) {
            Some((oid::P256, scalar)) => Self::p256(scalar.try_into().map_err(|_| AuthorityError::Key)?),
            Some((oid::P384, scalar)) => Self::p384(scalar.try_into().map_err(|_| AuthorityError::Key)?),
            _ => Self::rsa(pkcs8),
        }
    }

    /// The PKCS#8 of the key.
    pub fn to_pkcs8(&self) -> Vec<u8> {
        let elliptic = |curve, scalar: &[u8], point: &[u8]| {
            let inner = write::sequence(&[
                &write::small_integer(1),
                &write::octets(scalar),
                &write::tlv(0xA1, &write::bits(point)),
            ]);
            let algorithm = write::sequence(&[&write::oid(oid::EC_PUBLIC_KEY), &write::oid(curve)]);
            write::sequence(&[&write::small_integer(0), &algorithm, &write::octets(&inner)])
        };
        match &self.0 {
            Kind::P256(key) => elliptic(oid::P256, &key.to_bytes(), &self.point()),
            Kind::P384(key) => elliptic(oid::P384, &key.to_bytes(), &self.point()),
            Kind::Rsa { pkcs8, .. } => pkcs8.clone(),
        }
    }

    /// The key as PEM.
    pub fn to_pem(&self) -> String {
        write_pem("PRIVATE KEY", &self.to_pkcs8())
    }

    /// The point on the curve, uncompressed; nothing for RSA.
    fn point(&self) -> Vec<u8> {
        match &self.0 {
            Kind::P256(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Kind::P384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Kind::Rsa { .. } => Vec::new(),
        }
    }

    /// The `SubjectPublicKeyInfo` of the key.
    pub fn key_info(&self) -> Vec<u8> {
        let elliptic = |curve| {
            let algorithm = write::sequence(&[&write::oid(oid::EC_PUBLIC_KEY), &write::oid(curve)]);
            write::sequence(&[&algorithm, &write::bits(&self.point())])
        };
        match &self.0 {
            Kind::P256(_) => elliptic(oid::P256),
            Kind::P384(_) => elliptic(oid::P384),
            Kind::Rsa { key_info, .. } => key_info.clone(),
        }
    }

    /// The algorithm that the key signs with.
    pub fn algorithm(&self) -> SignatureAlgorithm {
        match &self.0 {
            Kind::P256(_) => SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha256),
            Kind::P384(_) => SignatureAlgorithm::EcdsaP384(DigestAlgorithm::Sha384),
            Kind::Rsa { algorithm, .. } => *algorithm,
        }
    }

    /// Signs a message; elliptic keys without randomness (RFC 6979).
    ///
    /// # Errors
    ///
    /// When an RSA key fails.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        match &self.0 {
            Kind::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Kind::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Kind::Rsa { key, algorithm, .. } => key.sign(*algorithm, message),
        }
    }
}

/// The curve and scalar of a PKCS#8 with an elliptic key.
fn read_scalar(pkcs8: &[u8]) -> Option<(const_oid::ObjectIdentifier, &[u8])> {
    let mut inside = Element::whole_sequence(pkcs8).ok()?;
    inside.next().ok()?;
    let mut algorithm = inside.next().ok()?.inside();
    if algorithm.next().ok()?.oid().ok()? != oid::EC_PUBLIC_KEY {
        return None;
    }
    let curve = algorithm.next().ok()?.oid().ok()?;
    let mut key = Element::whole_sequence(inside.next().ok()?.octets().ok()?).ok()?;
    key.next().ok()?;
    Some((curve, key.next().ok()?.octets().ok()?))
}

/// The public key of a PKCS#8 with an RSA key: its first two numbers after the version.
fn rsa_key_info(pkcs8: &[u8]) -> Option<Vec<u8>> {
    let mut inside = Element::whole_sequence(pkcs8).ok()?;
    inside.next().ok()?;
    inside.next().ok()?;
    let mut key = Element::whole_sequence(inside.next().ok()?.octets().ok()?).ok()?;
    key.next().ok()?;
    let (modulus, exponent) = (key.next().ok()?, key.next().ok()?);
    let public = write::tlv(tag::SEQUENCE, &[modulus.raw, exponent.raw].concat());
    let algorithm = write::sequence(&[&write::oid(oid::RSA_ENCRYPTION), &write::null()]);
    Some(write::sequence(&[&algorithm, &write::bits(&public)]))
}

/// A test person who signs.
pub struct TestSigner {
    key: TestKey,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

impl TestSigner {
    /// A key with its certificate and issuers. Nothing is checked: a test may want them not to match.
    pub fn new(key: TestKey, certificate: Certificate, chain: Vec<Certificate>) -> Self {
        Self { key, certificate, chain }
    }

    /// The key, such as to be written to a file.
    pub fn key(&self) -> &TestKey {
        &self.key
    }
}

impl Signer for TestSigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        self.key.sign(message)
    }
}
