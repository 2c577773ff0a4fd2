//! Keys far away: a client of the API of the Cloud Signature Consortium, version 2 (§ 11: `credentials/list`,
//! `credentials/info`, `credentials/authorize`, `signatures/signHash`).
//!
//! The access token (OAuth 2.0) is the caller's, and so is the person's consent, such as a one-time code. What
//! comes back is believed only as far as it can be checked: a signature must verify with the certificate.
//! Asynchronous authorization (a `handle` instead of activation data) is reported, not waited for.

mod wire;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Mutex;

use super::{Signer, SignerError};
use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::asn1::{Asn1Error, Element, write};
use crate::certificate::{Certificate, CertificateError};
use crate::cms::Prepared;
use crate::key::PublicKey;
use crate::transport::{Limits, Post, Transport};
use wire::{
    AuthorizeAnswer, AuthorizeQuestion, ErrorAnswer, InfoAnswer, InfoQuestion, ListAnswer, ListQuestion,
    SignAnswer, SignQuestion,
};

/// How many documents can be signed by one authorization at most; a provider may allow fewer.
const MOST_AT_ONCE: usize = 500;

/// Why a remote key did not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// The provider refused (§ 10.1).
    #[error("the provider refused with {code:?} ({http})")]
    Refused {
        /// The HTTP code.
        http: u16,
        /// Why, if it is one of the standard's words.
        code: RefusalCode,
    },
    /// The answer is not what the standard says it is: the field at fault.
    #[error("the provider's answer is malformed at {0}")]
    Malformed(&'static str),
    /// The person must consent elsewhere first, and the answer comes later.
    #[error("the provider wants to answer later")]
    AnswersLater,
    /// The credential is not to be used now: the key or the certificate is disabled, expired or revoked.
    #[error("the credential is not usable")]
    NotUsable,
    /// The credential allows fewer signatures at once.
    #[error("the credential allows {most} signatures at once")]
    TooMany {
        /// How many it allows.
        most: usize,
    },
    /// The key does not sign by any algorithm that we know.
    #[error("the key has no usable algorithm")]
    NoAlgorithm,
    /// What came back is no signature by the key.
    #[error("the provider returned something that is not the signature")]
    NotTheSignature,
    /// No authorization is left for another signature.
    #[error("the authorization is used up")]
    UsedUp,
}

/// The words of the standard for refusals (§ 10.1), and of OAuth 2.0 (RFC 6750 § 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The question is not right, or the person's code is wrong.
    InvalidRequest,
    /// The access token is not valid, or has ended.
    InvalidToken,
    /// The access token does not allow this.
    InsufficientScope,
    /// The person, or the provider, said no.
    AccessDenied,
    /// This is not done there.
    UnsupportedGrantType,
    /// The credential is not there.
    InvalidCredential,
    /// The one-time code is wrong.
    InvalidOtp,
    /// The PIN is wrong.
    InvalidPin,
    /// The provider failed.
    ServerError,
    /// The provider is busy.
    TemporarilyUnavailable,
    /// The authorization has ended.
    ExpiredToken,
    /// Another word, or none.
    #[serde(other)]
    Other,
}

/// A provider at an address, with an access token.
pub struct Provider<'a> {
    transport: &'a dyn Transport,
    /// Such as `https://provider.example/csc/v2`.
    base: String,
    /// The access token; never logged, never shown.
    token: String,
    limits: Limits,
}

/// A credential: a key at the provider, with its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The provider's name for it.
    pub id: String,
    /// The certificate.
    pub certificate: Certificate,
    /// Its issuers, nearest first, as far as the provider gives them.
    pub chain: Vec<Certificate>,
    /// The algorithm to use.
    pub algorithm: SignatureAlgorithm,
    /// How many signatures one authorization may be for.
    pub most_at_once: usize,
    /// What the person must give to consent, by the provider's names; empty when consent is given elsewhere.
    pub asks_for: Vec<String>,
}

/// What a person gives to consent to signatures, such as a PIN or a one-time code (§ 11.6 `authData`).
#[derive(Clone, Serialize)]
pub struct Consent {
    /// The provider's name for it.
    pub id: String,
    /// What was given.
    pub value: String,
}

/// Leave to make certain signatures: the provider's signature activation data, bound to the digests.
pub struct Authorization {
    sad: String,
    digests: Vec<String>,
}

impl<'a> Provider<'a> {
    /// A provider whose methods are under this address, asked with this access token.
    pub fn new(transport: &'a dyn Transport, base: impl Into<String>, token: impl Into<String>) -> Self {
        let base = base.into().trim_end_matches('/').to_owned();
        Self { transport, base, token: token.into(), limits: Limits::default() }
    }

    /// Waits and takes in no more than this.
    pub fn limited(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    fn ask<A: DeserializeOwned>(&self, method: &str, question: &impl Serialize) -> Result<A, SignerError> {
        let body = serde_json::to_vec(question).map_err(|_| RemoteError::Malformed("question"))?;
        let answer = self.transport.post(&Post {
            address: &format!("{}/{method}", self.base),
            content_type: "application/json",
            accept: "application/json",
            bearer: Some(&self.token),
            body: &body,
            limits: self.limits,
        })?;
        if !(200..300).contains(&answer.code) {
            let told = serde_json::from_slice(&answer.body).map(|told: ErrorAnswer| told.error);
            let code = told.unwrap_or(RefusalCode::Other);
            return Err(RemoteError::Refused { http: answer.code, code }.into());
        }
        Ok(serde_json::from_slice(&answer.body).map_err(|_| RemoteError::Malformed("answer"))?)
    }

    /// The credentials of the person whom the access token is for (§ 11.4), the usable ones.
    ///
    /// # Errors
    ///
    /// When the provider cannot be asked, or refuses.
    pub fn list(&self) -> Result<Vec<String>, SignerError> {
        let answer: ListAnswer = self.ask("credentials/list", &ListQuestion { only_valid: true })?;
        Ok(answer.credential_ids)
    }

    /// A credential, and what is needed to use it (§ 11.5).
    ///
    /// # Errors
    ///
    /// When it is not there, not usable, or its key has no algorithm that we know.
    pub fn credential(&self, id: &str) -> Result<Credential, SignerError> {
        let question =
            InfoQuestion { credential_id: id, certificates: "chain", cert_info: true, auth_info: true };
        let answer: InfoAnswer = self.ask("credentials/info", &question)?;
        let valid = answer.cert.status.as_deref().is_none_or(|status| status == "valid");
        if answer.key.status != "enabled" || !valid {
            return Err(RemoteError::NotUsable.into());
        }
        let mut certificates = answer.cert.certificates.iter().map(|text| {
            let der = STANDARD.decode(text).map_err(|_| RemoteError::Malformed("certificates"))?;
            Certificate::from_der(&der).map_err(|why: CertificateError| SignerError::from(why))
        });
        let certificate = certificates.next().ok_or(SignerError::NoCertificate)??;
        let chain = certificates.collect::<Result<_, _>>()?;
        let algorithm = choose(&answer.key.algo, certificate.key()).ok_or(RemoteError::NoAlgorithm)?;
        let asks_for = answer.auth.unwrap_or_default().objects.into_iter().map(|object| object.id).collect();
        let most_at_once = answer.multisign.clamp(1, MOST_AT_ONCE);
        Ok(Credential { id: id.to_owned(), certificate, chain, algorithm, most_at_once, asks_for })
    }

    /// Asks for leave to sign exactly these messages (§ 11.6), such as [`Prepared::to_be_signed`] of each. One
    /// consent is enough for a state's signature under many agreements.
    ///
    /// # Errors
    ///
    /// When the provider refuses, wants to answer later, or allows fewer at once.
    pub fn authorize(
        &self,
        credential: &Credential,
        messages: &[&[u8]],
        consent: &[Consent],
    ) -> Result<Authorization, SignerError> {
        if messages.len() > credential.most_at_once {
            return Err(RemoteError::TooMany { most: credential.most_at_once }.into());
        }
        let digest = digest_of(credential);
        let digests: Vec<String> =
            messages.iter().map(|message| STANDARD.encode(digest.digest(message))).collect();
        let question = AuthorizeQuestion {
            credential_id: &credential.id,
            num_signatures: digests.len(),
            hashes: &digests,
            hash_algorithm_oid: digest.identifier().to_string(),
            auth_data: consent,
        };
        let answer: AuthorizeAnswer = self.ask("credentials/authorize", &question)?;
        match (answer.sad, answer.handle) {
            (Some(sad), _) => Ok(Authorization { sad, digests }),
            (None, Some(_)) => Err(RemoteError::AnswersLater.into()),
            (None, None) => Err(RemoteError::Malformed("SAD").into()),
        }
    }

    /// Signs the messages that the authorization is for, in the same order (§ 11.10). The authorization is
    /// used up.
    ///
    /// # Errors
    ///
    /// When the provider refuses, or what comes back is not these signatures.
    pub fn sign(
        &self,
        credential: &Credential,
        authorization: Authorization,
        messages: &[&[u8]],
    ) -> Result<Vec<Vec<u8>>, SignerError> {
        let (sign_algo, parameters) = algorithm_names(credential.algorithm)?;
        let question = SignQuestion {
            credential_id: &credential.id,
            sad: &authorization.sad,
            hashes: &authorization.digests,
            hash_algorithm_oid: digest_of(credential).identifier().to_string(),
            sign_algo,
            sign_algo_params: parameters.map(|der| STANDARD.encode(der)),
            operation_mode: "S",
        };
        let answer: SignAnswer = self.ask("signatures/signHash", &question)?;
        if answer.signatures.is_empty() && answer.response_id.is_some() {
            return Err(RemoteError::AnswersLater.into());
        }
        if answer.signatures.len() != messages.len() {
            return Err(RemoteError::Malformed("signatures").into());
        }
        let each = answer.signatures.iter().zip(messages).map(|(text, message)| {
            let signature = STANDARD.decode(text).map_err(|_| RemoteError::Malformed("signatures"))?;
            let signature = as_der(signature, credential.algorithm);
            let held = credential.certificate.key().verify(credential.algorithm, message, &signature);
            held.map(|()| signature).map_err(|_| RemoteError::NotTheSignature.into())
        });
        each.collect()
    }

    /// Signs what was prepared for this credential, all with one consent; gives the CMS of each.
    ///
    /// # Errors
    ///
    /// As [`Self::authorize`] and [`Self::sign`].
    pub fn sign_prepared(
        &self,
        credential: &Credential,
        prepared: Vec<Prepared>,
        consent: &[Consent],
    ) -> Result<Vec<Vec<u8>>, SignerError> {
        let messages: Vec<&[u8]> = prepared.iter().map(Prepared::to_be_signed).collect();
        let authorization = self.authorize(credential, &messages, consent)?;
        let signatures = self.sign(credential, authorization, &messages)?;
        let finished = prepared.into_iter().zip(signatures).map(|(prepared, signature)| {
            prepared.finish(&signature, None).map_err(|_| RemoteError::NotTheSignature.into())
        });
        finished.collect()
    }
}

/// A remote key as a [`Signer`]: each signature asks for an authorization of its own, with the same consent.
/// A consent that can be used once only, such as a one-time code, is enough for one signature.
pub struct RemoteSigner<'a> {
    provider: &'a Provider<'a>,
    credential: Credential,
    consent: Mutex<Option<Vec<Consent>>>,
    once: bool,
}

impl<'a> RemoteSigner<'a> {
    /// A signer with a consent; `once` when that can be used once only.
    pub fn new(
        provider: &'a Provider<'a>,
        credential: Credential,
        consent: Vec<Consent>,
        once: bool,
    ) -> Self {
        Self { provider, credential, consent: Mutex::new(Some(consent)), once }
    }
}

impl Signer for RemoteSigner<'_> {
    fn certificate(&self) -> &Certificate {
        &self.credential.certificate
    }

    fn chain(&self) -> &[Certificate] {
        &self.credential.chain
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.credential.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerError> {
        let consent = {
            let mut kept = self.consent.lock().map_err(|_| SignerError::Failed)?;
            let consent = if self.once { kept.take() } else { kept.clone() };
            consent.ok_or(RemoteError::UsedUp)?
        };
        let authorization = self.provider.authorize(&self.credential, &[message], &consent)?;
        let signatures = self.provider.sign(&self.credential, authorization, &[message])?;
        signatures.into_iter().next().ok_or_else(|| RemoteError::Malformed("signatures").into())
    }
}

fn digest_of(credential: &Credential) -> DigestAlgorithm {
    credential.algorithm.digest().unwrap_or(DigestAlgorithm::Sha256)
}

/// The first of our algorithms that the key has. Edwards curves sign messages and not digests, so they are
/// not for this.
fn choose(offered: &[String], key: &PublicKey) -> Option<SignatureAlgorithm> {
    use DigestAlgorithm::{Sha256, Sha384};
    let ours = [
        SignatureAlgorithm::EcdsaP256(Sha256),
        SignatureAlgorithm::EcdsaP384(Sha384),
        SignatureAlgorithm::EcdsaP521(DigestAlgorithm::Sha512),
        SignatureAlgorithm::RsaPkcs1(Sha256),
        SignatureAlgorithm::RsaPss(Sha256),
    ];
    // A key may be listed by what it is, or by what it signs with (§ 11.5 `key/algo`).
    let bare = |algorithm: SignatureAlgorithm| match algorithm {
        SignatureAlgorithm::RsaPkcs1(_) => crate::oid::RSA_ENCRYPTION.to_string(),
        _ => crate::oid::EC_PUBLIC_KEY.to_string(),
    };
    ours.into_iter().filter(|algorithm| key.goes_with(*algorithm)).find(|algorithm| {
        let named = algorithm_names(*algorithm).is_ok_and(|(name, _)| offered.contains(&name));
        let pss = matches!(algorithm, SignatureAlgorithm::RsaPss(_));
        named || !pss && offered.contains(&bare(*algorithm))
    })
}

/// `signAlgo`, and `signAlgoParams` where the algorithm has any.
fn algorithm_names(algorithm: SignatureAlgorithm) -> Result<(String, Option<Vec<u8>>), Asn1Error> {
    let der = algorithm.to_der();
    let mut inside = Element::whole_sequence(&der)?;
    let name = inside.next()?.oid()?.to_string();
    let has_parameters = matches!(algorithm, SignatureAlgorithm::RsaPss(_));
    let parameters = if has_parameters { Some(inside.next()?.raw.to_vec()) } else { None };
    Ok((name, parameters))
}

/// ECDSA signatures as two numbers side by side (IEEE P1363), which some providers return, as DER.
fn as_der(signature: Vec<u8>, algorithm: SignatureAlgorithm) -> Vec<u8> {
    let half = match algorithm {
        SignatureAlgorithm::EcdsaP256(_) => 32,
        SignatureAlgorithm::EcdsaP384(_) => 48,
        SignatureAlgorithm::EcdsaP521(_) => 66,
        _ => return signature,
    };
    if signature.len() != 2 * half || Element::whole_sequence(&signature).is_ok() {
        return signature;
    }
    let (first, second) = signature.split_at(half);
    write::sequence(&[&write::unsigned(first), &write::unsigned(second)])
}
