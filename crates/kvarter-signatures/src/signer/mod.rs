//! Whoever signs: the port [`Signer`], and the keys behind it.
//!
//! A key may be in a file ([`SoftwareSigner`], from PEM or PKCS#12), in a device behind PKCS#11 (feature
//! `pkcs11`), or far away behind the API of the Cloud Signature Consortium ([`remote`]). This module is a
//! port to the outside: software keys draw the randomness that their signatures need from the operating
//! system, through `ring`, which takes it from nowhere else.

mod encryption;
#[cfg(feature = "pkcs11")]
pub mod pkcs11;
mod pkcs12;
mod private_key;
pub mod remote;
mod software;

pub use private_key::PrivateKey;
pub use software::SoftwareSigner;

use crate::algorithm::SignatureAlgorithm;
use crate::asn1::Asn1Error;
use crate::certificate::{Certificate, CertificateError, PemError};
use crate::transport::TransportError;

/// Someone who can sign.
pub trait Signer {
    /// The certificate of the key.
    fn certificate(&self) -> &Certificate;

    /// The certificates of its issuers, as far as they are known, nearest first.
    fn chain(&self) -> &[Certificate];

    /// The algorithm that [`Self::sign`] uses.
    fn algorithm(&self) -> SignatureAlgorithm;

    /// Signs a message: the DER of signed attributes. Remote keys digest it themselves and send the digest.
    ///
    /// # Errors
    ///
    /// When the key cannot, or may not, be used.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError>;
}

/// Why a key cannot be loaded or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignerError {
    /// The key, or what holds it, cannot be read.
    #[error("the key is malformed: {0}")]
    Malformed(#[from] Asn1Error),
    /// A certificate beside the key cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The file is no PEM.
    #[error(transparent)]
    Pem(#[from] PemError),
    /// There is no key.
    #[error("there is no key")]
    NoKey,
    /// There are several keys, and nothing says which.
    #[error("there are several keys")]
    SeveralKeys,
    /// There is no certificate.
    #[error("there is no certificate")]
    NoCertificate,
    /// None of the certificates is of this key.
    #[error("the key does not belong to the certificate")]
    KeyOfAnotherCertificate,
    /// The key is of a kind that we do not sign with: its algorithm, dotted.
    #[error("keys of the kind {0} are not supported")]
    KeyUnsupported(String),
    /// The key does not go with the algorithm that was asked for.
    #[error("the key does not go with the algorithm")]
    AlgorithmUnsupported,
    /// The file is encrypted and no password was given.
    #[error("a password is needed")]
    PasswordNeeded,
    /// The password is wrong, or the file is damaged; nobody can tell which.
    #[error("the password is wrong or the file is damaged")]
    PasswordWrong,
    /// The file is encrypted in a way that we do not read: the algorithm, dotted.
    #[error("the encryption {0} is not supported")]
    EncryptionUnsupported(String),
    /// The key failed to sign.
    #[error("the key failed to sign")]
    Failed,
    /// The remote key could not be asked.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The remote key refused or answered wrongly.
    #[error(transparent)]
    Remote(#[from] remote::RemoteError),
    /// The device refused or failed.
    #[error("the device failed: {0}")]
    Device(String),
}
