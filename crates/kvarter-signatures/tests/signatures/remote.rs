//! Remote keys, against a provider that holds to the letter of the Cloud Signature Consortium's API v2.

use std::collections::HashMap;
use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kvarter_signatures::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use kvarter_signatures::certificate::Certificate;
use kvarter_signatures::cms::{Prepared, Signed};
use kvarter_signatures::signer::remote::{Consent, Provider, RefusalCode, RemoteError, RemoteSigner};
use kvarter_signatures::signer::{Signer, SignerError};
use kvarter_signatures::transport::{Answer, Post, Transport, TransportError};
use p256::ecdsa::signature::hazmat::PrehashSigner;
use serde_json::{Value, json};

use crate::world;

const TOKEN: &str = "token";
const PIN: &str = "1234";
const CREDENTIAL: &str = "GX0112348";
const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";

/// A provider with one credential. It refuses everything that the standard does not ask for.
struct Strict {
    key: p256::ecdsa::SigningKey,
    certificate: Certificate,
    chain: Vec<Certificate>,
    /// Activation data that was given out, and the digests that it is for.
    given: Mutex<HashMap<String, Vec<String>>>,
    key_is: &'static str,
    /// Returns signatures as two numbers side by side.
    side_by_side: bool,
    /// Returns signatures over something else.
    lies: bool,
    /// Wants to answer later.
    later: bool,
}

type Refused = (u16, &'static str);

impl Strict {
    fn new() -> Self {
        let authority = world::authority();
        Self {
            key: p256::ecdsa::SigningKey::from_slice(&[11; 32]).unwrap(),
            certificate: authority.issue(&world::anna(), &world::key(11).key_info()).unwrap(),
            chain: authority.chain(),
            given: Mutex::default(),
            key_is: "enabled",
            side_by_side: false,
            lies: false,
            later: false,
        }
    }

    fn answer(&self, method: &str, question: &Value) -> Result<Value, Refused> {
        match method {
            "credentials/list" => {
                only(question, &["onlyValid", "maxResults"])?;
                Ok(json!({ "credentialIDs": [CREDENTIAL] }))
            }
            "credentials/info" => self.info(question),
            "credentials/authorize" => self.authorize(question),
            "signatures/signHash" => self.sign(question),
            _ => Err((404, "invalid_request")),
        }
    }

    fn info(&self, question: &Value) -> Result<Value, Refused> {
        only(question, &["credentialID", "certificates", "certInfo", "authInfo"])?;
        credential(question)?;
        if question["certificates"] != "chain" {
            return Err((400, "invalid_request"));
        }
        let all = std::iter::once(&self.certificate).chain(&self.chain);
        let all: Vec<String> = all.map(|certificate| STANDARD.encode(certificate.der())).collect();
        Ok(json!({
            "key": { "status": self.key_is, "algo": [ECDSA_SHA256, "1.2.840.10045.2.1"], "len": 256, "curve": "1.2.840.10045.3.1.7" },
            "cert": { "status": "valid", "certificates": all },
            "auth": { "mode": "explicit", "expression": "PIN", "objects": [{ "type": "Password", "id": "PIN" }] },
            "multisign": 5,
        }))
    }

    fn authorize(&self, question: &Value) -> Result<Value, Refused> {
        only(question, &["credentialID", "numSignatures", "hashes", "hashAlgorithmOID", "authData"])?;
        credential(question)?;
        if question["hashAlgorithmOID"] != SHA256 {
            return Err((400, "invalid_request"));
        }
        let hashes = hashes(question)?;
        if question["numSignatures"] != hashes.len() || hashes.len() > 5 {
            return Err((400, "invalid_request"));
        }
        if question["authData"] != json!([{ "id": "PIN", "value": PIN }]) {
            return Err((400, "invalid_pin"));
        }
        if self.later {
            return Ok(json!({ "handle": "h1" }));
        }
        let mut given = self.given.lock().unwrap();
        let sad = format!("sad-{}", given.len());
        given.insert(sad.clone(), hashes);
        Ok(json!({ "SAD": sad, "expiresIn": 300 }))
    }

    fn sign(&self, question: &Value) -> Result<Value, Refused> {
        only(
            question,
            &[
                "credentialID",
                "SAD",
                "hashes",
                "hashAlgorithmOID",
                "signAlgo",
                "signAlgoParams",
                "operationMode",
            ],
        )?;
        credential(question)?;
        if question["signAlgo"] != ECDSA_SHA256
            || question["hashAlgorithmOID"] != SHA256
            || question["operationMode"] != "S"
            || question.get("signAlgoParams").is_some()
        {
            return Err((400, "invalid_request"));
        }
        // Activation data is for these digests, and for one use.
        let sad = question["SAD"].as_str().ok_or((400, "invalid_request"))?;
        let authorized = self.given.lock().unwrap().get_mut(sad).map(std::mem::take);
        let hashes = hashes(question)?;
        match authorized {
            Some(authorized) if authorized == hashes => {}
            _ => return Err((400, "invalid_request")),
        }
        let signatures: Vec<String> = hashes
            .iter()
            .map(|hash| {
                let mut digest = STANDARD.decode(hash).unwrap();
                digest[0] ^= u8::from(self.lies);
                let signature: p256::ecdsa::Signature = self.key.sign_prehash(&digest).unwrap();
                if self.side_by_side {
                    STANDARD.encode(signature.to_bytes())
                } else {
                    STANDARD.encode(signature.to_der().as_bytes())
                }
            })
            .collect();
        Ok(json!({ "signatures": signatures }))
    }
}

/// Nothing but these fields.
fn only(question: &Value, allowed: &[&str]) -> Result<(), Refused> {
    let fields = question.as_object().ok_or((400, "invalid_request"))?;
    let known = fields.keys().all(|field| allowed.contains(&field.as_str()));
    if known { Ok(()) } else { Err((400, "invalid_request")) }
}

fn credential(question: &Value) -> Result<(), Refused> {
    if question["credentialID"] == CREDENTIAL { Ok(()) } else { Err((400, "invalid_credential")) }
}

fn hashes(question: &Value) -> Result<Vec<String>, Refused> {
    let list = question["hashes"].as_array().ok_or((400, "invalid_request"))?;
    let is_right = |hash: &Value| {
        let text = hash.as_str()?;
        (STANDARD.decode(text).ok()?.len() == 32).then(|| text.to_owned())
    };
    let list: Option<Vec<String>> = list.iter().map(is_right).collect();
    list.filter(|list| !list.is_empty()).ok_or((400, "invalid_request"))
}

impl Transport for Strict {
    fn post(&self, post: &Post<'_>) -> Result<Answer, TransportError> {
        let answer = if post.bearer != Some(TOKEN) {
            Err((401, "invalid_token"))
        } else if post.content_type != "application/json" {
            Err((400, "invalid_request"))
        } else {
            let method = post.address.strip_prefix("https://csc.example/csc/v2/").unwrap_or_default();
            let question = serde_json::from_slice(post.body).map_err(|_| (400, "invalid_request"));
            question.and_then(|question| self.answer(method, &question))
        };
        Ok(match answer {
            Ok(value) => Answer { code: 200, body: value.to_string().into_bytes() },
            Err((code, word)) => {
                let body = json!({ "error": word, "error_description": "" }).to_string().into_bytes();
                Answer { code, body }
            }
        })
    }
}

fn provider(transport: &Strict) -> Provider<'_> {
    Provider::new(transport, "https://csc.example/csc/v2/", TOKEN)
}

fn pin(value: &str) -> Vec<Consent> {
    vec![Consent { id: "PIN".into(), value: value.into() }]
}

fn refused(code: RefusalCode, http: u16) -> SignerError {
    SignerError::Remote(RemoteError::Refused { http, code })
}

#[test]
fn a_credential_is_found_and_told_about() {
    let strict = Strict::new();
    let provider = provider(&strict);
    assert_eq!(provider.list().unwrap(), [CREDENTIAL]);
    let credential = provider.credential(CREDENTIAL).unwrap();
    assert_eq!(credential.certificate, strict.certificate);
    assert_eq!(credential.chain, strict.chain);
    assert_eq!(credential.algorithm, SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha256));
    assert_eq!(credential.asks_for, ["PIN"]);
    let missing = provider.credential("another").unwrap_err();
    assert_eq!(missing, refused(RefusalCode::InvalidCredential, 400));
}

#[test]
fn many_documents_are_signed_with_one_consent() {
    for side_by_side in [false, true] {
        let strict = Strict { side_by_side, ..Strict::new() };
        let provider = provider(&strict);
        let credential = provider.credential(CREDENTIAL).unwrap();
        let digest = DigestAlgorithm::Sha256;
        let prepared: Vec<Prepared> = (0..3_u8)
            .map(|document| {
                let document = digest.digest(&[document]);
                Prepared::new(
                    &document,
                    digest,
                    credential.algorithm,
                    &credential.certificate,
                    &credential.chain,
                )
            })
            .collect();
        let signed = provider.sign_prepared(&credential, prepared, &pin(PIN)).unwrap();
        for (document, der) in signed.iter().enumerate() {
            let integrity = Signed::read(der).unwrap().verify_content(&[document as u8]);
            assert!(integrity.is_valid(), "{integrity:?}");
        }
        assert_eq!(strict.given.lock().unwrap().len(), 1);
    }
}

#[test]
fn a_signer_asks_for_leave_each_time() {
    let strict = Strict::new();
    let provider = provider(&strict);
    let credential = provider.credential(CREDENTIAL).unwrap();
    let signer = RemoteSigner::new(&provider, credential.clone(), pin(PIN), false);
    signer.sign(b"one").unwrap();
    signer.sign(b"two").unwrap();
    assert_eq!(strict.given.lock().unwrap().len(), 2);
    let once = RemoteSigner::new(&provider, credential, pin(PIN), true);
    once.sign(b"one").unwrap();
    assert_eq!(once.sign(b"two").unwrap_err(), SignerError::Remote(RemoteError::UsedUp));
}

#[test]
fn refusals_are_told_by_the_standard_s_words() {
    let strict = Strict::new();
    let wrong_token = Provider::new(&strict, "https://csc.example/csc/v2", "another");
    assert_eq!(wrong_token.list().unwrap_err(), refused(RefusalCode::InvalidToken, 401));
    let provider = provider(&strict);
    let credential = provider.credential(CREDENTIAL).unwrap();
    let wrong_pin = provider.authorize(&credential, &[b"one"], &pin("0000")).err().unwrap();
    assert_eq!(wrong_pin, refused(RefusalCode::InvalidPin, 400));
    let six: Vec<&[u8]> = vec![b"one"; 6];
    let too_many = provider.authorize(&credential, &six, &pin(PIN)).err().unwrap();
    assert_eq!(too_many, SignerError::Remote(RemoteError::TooMany { most: 5 }));
}

#[test]
fn a_signature_over_something_else_is_not_taken() {
    let strict = Strict { lies: true, ..Strict::new() };
    let provider = provider(&strict);
    let credential = provider.credential(CREDENTIAL).unwrap();
    let signer = RemoteSigner::new(&provider, credential, pin(PIN), false);
    assert_eq!(signer.sign(b"one").unwrap_err(), SignerError::Remote(RemoteError::NotTheSignature));
}

#[test]
fn a_provider_that_answers_later_and_a_key_that_is_disabled_are_told() {
    let strict = Strict { later: true, ..Strict::new() };
    let client = provider(&strict);
    let credential = client.credential(CREDENTIAL).unwrap();
    let later = client.authorize(&credential, &[b"one"], &pin(PIN)).err().unwrap();
    assert_eq!(later, SignerError::Remote(RemoteError::AnswersLater));
    let strict = Strict { key_is: "disabled", ..Strict::new() };
    let disabled = provider(&strict).credential(CREDENTIAL).unwrap_err();
    assert_eq!(disabled, SignerError::Remote(RemoteError::NotUsable));
}
