//! Keys in a device: a card, a stick or a module behind PKCS#11 (OASIS PKCS #11 v2.40 and v3).
//!
//! A port to the outside: the library of the device's maker is loaded into the process when a signer is opened,
//! so whoever configures its path decides what runs here. The key never leaves the device; digests do the
//! travelling for ECDSA, and messages for RSA.

use std::path::Path;
use std::sync::Mutex;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, CertificateType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;

use super::{Signer, SignerError};
use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::write;
use crate::certificate::Certificate;
use crate::key::PublicKey;

/// The most certificates that are looked at in a device.
const MAX_CERTIFICATES: usize = 256;

/// A library for devices, loaded.
pub struct Device {
    library: Pkcs11,
}

impl Device {
    /// Loads the library at this path.
    ///
    /// # Errors
    ///
    /// When it cannot be loaded or does not start.
    pub fn load(library: &Path) -> Result<Self, SignerError> {
        let library = Pkcs11::new(library).map_err(failed)?;
        match library.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => Ok(Self { library }),
            Err(why) => Err(failed(why)),
        }
    }

    /// The labels of the tokens that are there.
    ///
    /// # Errors
    ///
    /// When the device does not answer.
    pub fn tokens(&self) -> Result<Vec<String>, SignerError> {
        let slots = self.library.get_slots_with_token().map_err(failed)?;
        let labels = slots.into_iter().map(|slot| {
            let token = self.library.get_token_info(slot).map_err(failed)?;
            Ok(token.label().trim_end().to_owned())
        });
        labels.collect()
    }

    /// Opens a signer: the key in the token with this label, for which there is a certificate in the token;
    /// with a label of its own where there are several. `chain` are issuers' certificates that the token may
    /// lack.
    ///
    /// # Errors
    ///
    /// When the token, the key or its certificate is not there, or the PIN is wrong.
    pub fn open(
        &self,
        token: &str,
        pin: &str,
        label: Option<&str>,
        chain: Vec<Certificate>,
    ) -> Result<DeviceSigner, SignerError> {
        let slots = self.library.get_slots_with_token().map_err(failed)?;
        let mut slots = slots.into_iter().filter(|slot| {
            self.library.get_token_info(*slot).is_ok_and(|info| info.label().trim_end() == token)
        });
        let slot = slots.next().ok_or(SignerError::NoKey)?;
        let session = self.library.open_ro_session(slot).map_err(failed)?;
        match session.login(UserType::User, Some(&AuthPin::new(pin.into()))) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
            Err(Error::Pkcs11(RvError::PinIncorrect | RvError::PinInvalid | RvError::PinLenRange, _)) => {
                return Err(SignerError::PasswordWrong);
            }
            Err(why) => return Err(failed(why)),
        }
        let (key, certificate, others) = find(&session, label)?;
        let algorithm = usual_algorithm(certificate.key())?;
        let mut all = others;
        all.extend(chain);
        let chain = super::software::in_order(&certificate, all);
        Ok(DeviceSigner { session: Mutex::new(session), key, algorithm, certificate, chain })
    }
}

/// A key in a device.
pub struct DeviceSigner {
    session: Mutex<Session>,
    key: ObjectHandle,
    algorithm: SignatureAlgorithm,
    certificate: Certificate,
    chain: Vec<Certificate>,
}

impl DeviceSigner {
    /// Signs with this algorithm instead of the usual one.
    ///
    /// # Errors
    ///
    /// When the key does not go with it.
    pub fn with_algorithm(mut self, algorithm: SignatureAlgorithm) -> Result<Self, SignerError> {
        if !self.certificate.key().goes_with(algorithm) {
            return Err(SignerError::AlgorithmUnsupported);
        }
        mechanism(algorithm)?;
        self.algorithm = algorithm;
        Ok(self)
    }
}

impl Signer for DeviceSigner {
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
        let mechanism = mechanism(self.algorithm)?;
        let session = self.session.lock().map_err(|_| SignerError::Failed)?;
        let signature = match self.algorithm {
            SignatureAlgorithm::EcdsaP256(digest)
            | SignatureAlgorithm::EcdsaP384(digest)
            | SignatureAlgorithm::EcdsaP521(digest) => {
                let numbers = session.sign(&mechanism, self.key, &digest.digest(message)).map_err(failed)?;
                // Two numbers of one length (PKCS #11 § 2.3.1), which CMS wants as a sequence.
                let (first, second) = numbers.split_at(numbers.len() / 2);
                write::sequence(&[&write::unsigned(first), &write::unsigned(second)])
            }
            _ => session.sign(&mechanism, self.key, message).map_err(failed)?,
        };
        let held = self.certificate.key().verify(self.algorithm, message, &signature);
        held.map(|()| signature).map_err(|_| SignerError::KeyOfAnotherCertificate)
    }
}

/// A private key that has a certificate with the same identifier, that certificate, and the others.
fn find(
    session: &Session,
    label: Option<&str>,
) -> Result<(ObjectHandle, Certificate, Vec<Certificate>), SignerError> {
    let wanted =
        [Attribute::Class(ObjectClass::CERTIFICATE), Attribute::CertificateType(CertificateType::X_509)];
    let mut certificates = Vec::new();
    for object in session.find_objects(&wanted).map_err(failed)?.into_iter().take(MAX_CERTIFICATES) {
        let attributes =
            session.get_attributes(object, &[AttributeType::Value, AttributeType::Id]).map_err(failed)?;
        let mut id = Vec::new();
        let mut certificate = None;
        for attribute in attributes {
            match attribute {
                Attribute::Value(der) => certificate = Certificate::from_der(&der).ok(),
                Attribute::Id(bytes) => id = bytes,
                _ => {}
            }
        }
        certificates.extend(certificate.map(|certificate| (id, certificate)));
    }
    let mut found = Vec::new();
    for (place, (id, _)) in certificates.iter().enumerate() {
        let mut template = vec![Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id.clone())];
        template.extend(label.map(|label| Attribute::Label(label.as_bytes().to_vec())));
        let keys = session.find_objects(&template).map_err(failed)?;
        found.extend(keys.into_iter().map(|key| (key, place)));
    }
    match found[..] {
        [] if certificates.is_empty() => Err(SignerError::NoCertificate),
        [] => Err(SignerError::NoKey),
        [(key, place)] => {
            let (_, certificate) = certificates.remove(place);
            let others = certificates.into_iter().map(|(_, certificate)| certificate).collect();
            Ok((key, certificate, others))
        }
        _ => Err(SignerError::SeveralKeys),
    }
}

fn usual_algorithm(key: &PublicKey) -> Result<SignatureAlgorithm, SignerError> {
    match key {
        PublicKey::Rsa { .. } => Ok(SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256)),
        PublicKey::P256(_) => Ok(SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha256)),
        PublicKey::P384(_) => Ok(SignatureAlgorithm::EcdsaP384(DigestAlgorithm::Sha384)),
        PublicKey::P521(_) => Ok(SignatureAlgorithm::EcdsaP521(DigestAlgorithm::Sha512)),
        PublicKey::Ed25519(_) => Err(SignerError::KeyUnsupported(crate::oid::ED25519.to_string())),
        PublicKey::Ed448(_) => Err(SignerError::KeyUnsupported(crate::oid::ED448.to_string())),
        PublicKey::Unsupported(kind) => Err(SignerError::KeyUnsupported(kind.clone())),
    }
}

fn mechanism(algorithm: SignatureAlgorithm) -> Result<Mechanism<'static>, SignerError> {
    let pss = |hash_alg, mgf, salt: std::ffi::c_ulong| PkcsPssParams { hash_alg, mgf, s_len: salt.into() };
    Ok(match algorithm {
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha256) => Mechanism::Sha256RsaPkcs,
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha384) => Mechanism::Sha384RsaPkcs,
        SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha512) => Mechanism::Sha512RsaPkcs,
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha256) => {
            Mechanism::Sha256RsaPkcsPss(pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32))
        }
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha384) => {
            Mechanism::Sha384RsaPkcsPss(pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48))
        }
        SignatureAlgorithm::RsaPss(DigestAlgorithm::Sha512) => {
            Mechanism::Sha512RsaPkcsPss(pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64))
        }
        SignatureAlgorithm::EcdsaP256(_)
        | SignatureAlgorithm::EcdsaP384(_)
        | SignatureAlgorithm::EcdsaP521(_) => Mechanism::Ecdsa,
        _ => return Err(SignerError::AlgorithmUnsupported),
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for use with map_err")]
fn failed(error: Error) -> SignerError {
    SignerError::Device(error.to_string())
}
