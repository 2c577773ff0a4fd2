//! A signer whose key is in a file: PEM, or PKCS#12.

use super::{PrivateKey, Signer, SignerError, encryption, pkcs12};
use crate::algorithm::SignatureAlgorithm;
use crate::certificate::{Certificate, read_pem};

/// A key from a file, with its certificate and the certificates of its issuers.
pub struct SoftwareSigner {
    key: PrivateKey,
    algorithm: SignatureAlgorithm,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

impl SoftwareSigner {
    /// From PEM: one key (PKCS#8, encrypted or not, or the older kinds of RSA and EC), and in the same text
    /// or the other one its certificate and perhaps its issuers', in any order.
    ///
    /// # Errors
    ///
    /// When there is not exactly one key with its certificate, or something cannot be read.
    pub fn from_pem(key: &[u8], certificates: &[u8], password: Option<&[u8]>) -> Result<Self, SignerError> {
        let mut keys = Vec::new();
        let mut found = Vec::new();
        let mut blocks = read_pem(key)?;
        if !certificates.is_empty() {
            blocks.extend(read_pem(certificates)?);
        }
        for block in blocks {
            if block.label == "CERTIFICATE" {
                found.push(Certificate::from_der(&block.bytes)?);
            } else if block.label.ends_with("PRIVATE KEY") {
                keys.push(block);
            }
        }
        let [key] = keys.as_slice() else {
            return Err(if keys.is_empty() { SignerError::NoKey } else { SignerError::SeveralKeys });
        };
        match key.label.as_str() {
            "PRIVATE KEY" => Self::matching(found, |of| PrivateKey::from_pkcs8(&key.bytes, of)),
            "RSA PRIVATE KEY" => Self::matching(found, |of| PrivateKey::from_pkcs1(&key.bytes, of)),
            "EC PRIVATE KEY" => Self::matching(found, |of| PrivateKey::from_sec1(&key.bytes, of)),
            "ENCRYPTED PRIVATE KEY" => {
                let password = password.ok_or(SignerError::PasswordNeeded)?;
                let clear = encryption::decrypt_key(&key.bytes, password)?;
                Self::matching(found, |of| PrivateKey::from_pkcs8(&clear, of))
            }
            other => Err(SignerError::KeyUnsupported(other.to_owned())),
        }
    }

    /// From a PKCS#12 file (RFC 7292), of the modern kind or the old one.
    ///
    /// # Errors
    ///
    /// When the password is wrong, there is not exactly one key with its certificate, or something cannot be
    /// read.
    pub fn from_pkcs12(file: &[u8], password: &str) -> Result<Self, SignerError> {
        let store = pkcs12::read(file, password)?;
        let [key] = store.keys.as_slice() else {
            return Err(if store.keys.is_empty() { SignerError::NoKey } else { SignerError::SeveralKeys });
        };
        Self::matching(store.certificates, |of| PrivateKey::from_pkcs8(key, of))
    }

    /// Signs with this algorithm instead of the usual one, such as RSA-PSS.
    ///
    /// # Errors
    ///
    /// When the key does not go with it.
    pub fn with_algorithm(mut self, algorithm: SignatureAlgorithm) -> Result<Self, SignerError> {
        if !self.key.can(algorithm) || !self.certificate.key().goes_with(algorithm) {
            return Err(SignerError::AlgorithmUnsupported);
        }
        self.algorithm = algorithm;
        Ok(self)
    }

    /// Finds the certificate that the key belongs to; the others become the chain.
    fn matching(
        mut certificates: Vec<Certificate>,
        load: impl Fn(&crate::key::PublicKey) -> Result<PrivateKey, SignerError>,
    ) -> Result<Self, SignerError> {
        let mut fault = SignerError::NoCertificate;
        for place in 0..certificates.len() {
            match load(certificates[place].key()) {
                Ok(key) => {
                    let certificate = certificates.remove(place);
                    let usual = key.usual_algorithm();
                    // A key for RSA-PSS alone may not sign otherwise (RFC 4055 § 1.2).
                    let algorithm = match certificate.key() {
                        crate::key::PublicKey::Rsa { pss_only: true, .. } => {
                            SignatureAlgorithm::RsaPss(usual.content_digest())
                        }
                        _ => usual,
                    };
                    let chain = in_order(&certificate, certificates);
                    return Ok(Self { key, algorithm, certificate, chain });
                }
                // ”Another certificate's” says less than any other fault.
                Err(SignerError::KeyOfAnotherCertificate) if fault != SignerError::NoCertificate => {}
                Err(why) => fault = why,
            }
        }
        Err(fault)
    }
}

/// The issuers from the nearest up; those who issued nobody here come last.
pub(super) fn in_order(certificate: &Certificate, mut others: Vec<Certificate>) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    let mut issuer = certificate.issuer().clone();
    while let Some(place) = others.iter().position(|other| other.subject().matches(&issuer)) {
        let next = others.remove(place);
        issuer = next.issuer().clone();
        chain.push(next);
    }
    chain.extend(others);
    chain
}

impl Signer for SoftwareSigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        self.key.sign(self.algorithm, message)
    }
}
