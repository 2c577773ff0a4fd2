//! The question to a timestamp authority and its answer (RFC 3161 § 2.4), both sides.

use const_oid::ObjectIdentifier;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::token::Imprint;
use super::{TimestampError, Token};
use crate::algorithm::DigestAlgorithm;
use crate::asn1::{Asn1Error, Element, tag, write};

/// What a question holds and its answer must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The digest to stamp.
    pub digest: Vec<u8>,
    /// By which algorithm.
    pub algorithm: DigestAlgorithm,
    /// A number that nobody could foresee: 8 to 20 random bytes. Empty for none, and then an old answer
    /// may be given again.
    pub nonce: Vec<u8>,
    /// The policy to stamp by, dotted; none for whichever the authority has.
    pub policy: Option<String>,
    /// What time it is here, and how much the authority may differ; none to take its word.
    pub clock: Option<(Timestamp, SignedDuration)>,
}

/// Why an authority did not stamp (RFC 3161 § 2.4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// It does not know the digest algorithm.
    BadAlgorithm,
    /// The question is not allowed or not supported.
    BadRequest,
    /// The question could not be read.
    BadDataFormat,
    /// It has no time.
    TimeNotAvailable,
    /// It does not have that policy.
    UnacceptedPolicy,
    /// It does not have that extension.
    UnacceptedExtension,
    /// Further information is not available.
    AddInfoNotAvailable,
    /// It failed.
    SystemFailure,
    /// It did not say why.
    Unspecified,
}

/// Refusals by their bit in `PKIFailureInfo`.
const REFUSALS: &[(u8, Refusal)] = &[
    (0, Refusal::BadAlgorithm),
    (2, Refusal::BadRequest),
    (5, Refusal::BadDataFormat),
    (14, Refusal::TimeNotAvailable),
    (15, Refusal::UnacceptedPolicy),
    (16, Refusal::UnacceptedExtension),
    (17, Refusal::AddInfoNotAvailable),
    (25, Refusal::SystemFailure),
];

/// A question, which asks for the certificate too.
pub fn request(expected: &Expected) -> Vec<u8> {
    let policy = expected.policy.as_deref().and_then(|policy| ObjectIdentifier::new(policy).ok());
    let policy = policy.map(write::oid).unwrap_or_default();
    let nonce = if expected.nonce.is_empty() { Vec::new() } else { write::unsigned(&expected.nonce) };
    write::sequence(&[
        &write::small_integer(1),
        &Imprint::write(expected.algorithm, &expected.digest),
        &policy,
        &nonce,
        &write::boolean(true),
    ])
}

/// The timestamp in an answer, checked against the question: granted, over the same digest, with the same
/// nonce and policy, intact, by a certificate for timestamps that it names, at about the time it is here.
///
/// # Errors
///
/// The first check that does not hold.
pub fn read_response(response: &[u8], expected: &Expected) -> Result<Token, TimestampError> {
    let mut outer = Element::whole_sequence(response)?;
    let mut status_info = outer.expect(tag::SEQUENCE)?.inside();
    let status = status_info.next()?.small_integer()?;
    // 0 is granted, 1 is granted with changes; the checks below say whether the changes do.
    if status > 1 {
        status_info.optional(tag::SEQUENCE)?;
        let refusal = match status_info.optional(tag::BIT_STRING)? {
            Some(bits) => read_refusal(bits.value),
            None => Refusal::Unspecified,
        };
        return Err(TimestampError::Refused(refusal));
    }
    let token = Token::read(outer.expect(tag::SEQUENCE)?.raw)?;
    outer.finish()?;
    check(&token, expected)?;
    Ok(token)
}

fn check(token: &Token, expected: &Expected) -> Result<(), TimestampError> {
    let same_algorithm = token.imprint().algorithm.as_ref() == Ok(&expected.algorithm);
    if !same_algorithm || token.imprint().digest != expected.digest {
        return Err(super::ImprintFault::Mismatch.into());
    }
    let sent = (!expected.nonce.is_empty()).then(|| write::unsigned(&expected.nonce));
    let received = token.nonce().map(|nonce| write::tlv(tag::INTEGER, nonce));
    if sent.is_some() && sent != received {
        return Err(TimestampError::NonceMismatch);
    }
    if expected.policy.as_ref().is_some_and(|policy| policy != token.policy()) {
        return Err(TimestampError::AnotherPolicy(token.policy().to_owned()));
    }
    if !token.is_by_authority() {
        return Err(TimestampError::NotForTimestamps);
    }
    if !token.verify_digest(&|_| expected.digest.clone()).is_valid() {
        return Err(TimestampError::NotIntact);
    }
    if let Some((now, allowed)) = expected.clock {
        let skew = token.time().duration_since(now);
        if skew.unsigned_abs() > allowed.unsigned_abs() {
            return Err(TimestampError::ClockSkew { seconds: skew.as_secs() });
        }
    }
    Ok(())
}

fn read_refusal(bits: &[u8]) -> Refusal {
    let is_set =
        |bit: u8| bits.get(1 + usize::from(bit / 8)).is_some_and(|byte| byte & 0x80 >> (bit % 8) != 0);
    REFUSALS.iter().find(|(bit, _)| is_set(*bit)).map_or(Refusal::Unspecified, |(_, refusal)| *refusal)
}

/// Reads a question as an authority does. The clock is left out, since it is not in it.
///
/// # Errors
///
/// Why the authority should refuse.
pub fn read_request(request: &[u8]) -> Result<Expected, Refusal> {
    let malformed = |_: Asn1Error| Refusal::BadDataFormat;
    let mut inside = Element::whole_sequence(request).map_err(malformed)?;
    if inside.next().and_then(|version| version.small_integer()).map_err(malformed)? != 1 {
        return Err(Refusal::BadRequest);
    }
    let imprint = inside.expect(tag::SEQUENCE).and_then(|element| Imprint::read(&element));
    let imprint = imprint.map_err(malformed)?;
    let algorithm = imprint.algorithm.map_err(|_| Refusal::BadAlgorithm)?;
    if imprint.digest.len() != algorithm.length() {
        return Err(Refusal::BadDataFormat);
    }
    let policy = match inside.optional(tag::OID).map_err(malformed)? {
        Some(policy) => Some(policy.dotted().map_err(malformed)?),
        None => None,
    };
    let nonce = match inside.optional(tag::INTEGER).map_err(malformed)? {
        Some(nonce) => nonce.integer().map_err(malformed)?.to_vec(),
        None => Vec::new(),
    };
    inside.optional(tag::BOOLEAN).map_err(malformed)?;
    if inside.peek() == Some(0xA0) {
        return Err(Refusal::UnacceptedExtension);
    }
    Ok(Expected { digest: imprint.digest, algorithm, nonce, policy, clock: None })
}

/// An answer with a token.
pub(crate) fn write_response(token: &[u8]) -> Vec<u8> {
    write::sequence(&[&write::sequence(&[&write::small_integer(0)]), token])
}

/// An answer without one.
pub(crate) fn write_refusal(refusal: Refusal) -> Vec<u8> {
    let status = write::small_integer(2);
    let bit = REFUSALS.iter().find(|(_, known)| *known == refusal).map(|(bit, _)| *bit);
    let failure = bit.map(|bit| {
        let mut bytes = vec![0; 2 + usize::from(bit / 8)];
        bytes[0] = 7 - bit % 8;
        bytes[1 + usize::from(bit / 8)] = 0x80 >> (bit % 8);
        write::tlv(tag::BIT_STRING, &bytes)
    });
    write::sequence(&[&write::sequence(&[&status, failure.as_deref().unwrap_or_default()])])
}
