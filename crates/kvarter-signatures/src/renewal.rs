//! When a document must get a new timestamp so that it can still be verified (level B-LTA, ETSI
//! EN 319 142-1 § 6.3): before the last timestamp's certificate ends, and before an algorithm that it rests on
//! is given up.
//!
//! Algorithms' ends are a table, after ETSI TS 119 312 V1.5.1, which follows the Agreed Cryptographic
//! Mechanisms of SOG-IS. They are expectations and move; a new edition of those is a change of the table.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use crate::certificate::Certificate;
use crate::key::PublicKey;
use crate::timestamp::Token;

/// Something that a timestamp rests on and that is one day given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mechanism {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384, SHA-512 and SHAKE256.
    LongDigest,
    /// RSA with a modulus below 2048 bits.
    RsaBelow2048,
    /// RSA with a modulus from 2048 bits up to, not including, 3000.
    RsaBelow3000,
    /// RSA with a modulus of 3000 bits or more.
    RsaFrom3000,
    /// The padding of PKCS#1 v1.5.
    RsaPkcs1,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384 and P-521, and Ed448.
    LongCurve,
    /// Ed25519.
    Edwards25519,
}

/// Until when each mechanism is expected to be relied on, as an RFC 3339 moment; nothing where no end is set
/// (ETSI TS 119 312 V1.5.1 §§ 5–9).
///
/// Reading: the Edwards curves are not listed there; they are given no end, like the other curves. Large
/// quantum computers would end all signatures here; that is not dated.
pub const SUNSET: &[(Mechanism, Option<&str>)] = &[
    (Mechanism::Sha1, Some("2012-08-01T00:00:00Z")),
    (Mechanism::Sha256, None),
    (Mechanism::LongDigest, None),
    (Mechanism::RsaBelow2048, Some("2019-10-01T00:00:00Z")),
    (Mechanism::RsaBelow3000, Some("2029-01-01T00:00:00Z")),
    (Mechanism::RsaFrom3000, None),
    (Mechanism::RsaPkcs1, Some("2029-01-01T00:00:00Z")),
    (Mechanism::P256, None),
    (Mechanism::LongCurve, None),
    (Mechanism::Edwards25519, None),
];

/// Why a document must be renewed by a certain time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code", content = "of")]
pub enum Cause {
    /// The certificate of the last timestamp ends.
    CertificateEnds,
    /// The certificate of an authority above it ends.
    AuthorityEnds,
    /// A mechanism is given up.
    MechanismEnds(Mechanism),
    /// The last timestamp has no certificate with it, so nothing is known: at once.
    CertificateMissing,
}

/// By when a document must be renewed, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// By when.
    pub by: Timestamp,
    /// Why.
    pub because: Cause,
}

impl Mechanism {
    /// Until when it is expected to be relied on.
    pub fn sunset(self) -> Option<Timestamp> {
        let (_, end) = SUNSET.iter().find(|(mechanism, _)| *mechanism == self)?;
        end.and_then(|end| end.parse().ok())
    }
}

/// By when a document whose last timestamp is this one must get another.
///
/// `chain` is the path from the timestamp's certificate to its anchor, as
/// [`crate::certificate::Trust::chain`] has it; `margin` is how long before an end the new timestamp should be
/// there.
pub fn renewal(last: &Token, chain: &[Certificate], margin: SignedDuration) -> Renewal {
    let before = |end: Timestamp| end.checked_sub(margin).unwrap_or(Timestamp::MIN);
    let Some(certificate) = last.certificate() else {
        return Renewal { by: last.time(), because: Cause::CertificateMissing };
    };
    let mut all = vec![Renewal { by: before(certificate.not_after()), because: Cause::CertificateEnds }];
    // Of the anchor at the end of the chain, the dates are not asked about.
    let between = chain.iter().skip(1).rev().skip(1);
    all.extend(
        between.map(|issuer| Renewal { by: before(issuer.not_after()), because: Cause::AuthorityEnds }),
    );
    let mut mechanisms = key_mechanisms(certificate.key());
    mechanisms.extend(last.imprint().algorithm.iter().map(|digest| of_digest(*digest)));
    mechanisms.extend(last.signature_algorithm().into_iter().flat_map(of_signature));
    all.extend(mechanisms.into_iter().filter_map(|mechanism| {
        Some(Renewal { by: before(mechanism.sunset()?), because: Cause::MechanismEnds(mechanism) })
    }));
    let earliest = all.into_iter().min_by_key(|renewal| renewal.by);
    earliest.unwrap_or(Renewal { by: last.time(), because: Cause::CertificateMissing })
}

/// What a digest counts as.
pub fn of_digest(digest: DigestAlgorithm) -> Mechanism {
    match digest {
        DigestAlgorithm::Sha1 => Mechanism::Sha1,
        DigestAlgorithm::Sha256 => Mechanism::Sha256,
        DigestAlgorithm::Sha384 | DigestAlgorithm::Sha512 | DigestAlgorithm::Shake256 => {
            Mechanism::LongDigest
        }
    }
}

fn of_signature(algorithm: SignatureAlgorithm) -> Vec<Mechanism> {
    let mut mechanisms: Vec<Mechanism> = algorithm.digest().into_iter().map(of_digest).collect();
    if matches!(algorithm, SignatureAlgorithm::RsaPkcs1(_)) {
        mechanisms.push(Mechanism::RsaPkcs1);
    }
    mechanisms
}

fn key_mechanisms(key: &PublicKey) -> Vec<Mechanism> {
    match key {
        PublicKey::Rsa { bits: 0..2048, .. } => vec![Mechanism::RsaBelow2048],
        PublicKey::Rsa { bits: 2048..3000, .. } => vec![Mechanism::RsaBelow3000],
        PublicKey::Rsa { .. } => vec![Mechanism::RsaFrom3000],
        PublicKey::P256(_) => vec![Mechanism::P256],
        PublicKey::P384(_) | PublicKey::P521(_) | PublicKey::Ed448(_) => vec![Mechanism::LongCurve],
        PublicKey::Ed25519(_) => vec![Mechanism::Edwards25519],
        PublicKey::Unsupported(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_in_the_table_can_be_read() {
        for (mechanism, end) in SUNSET {
            assert_eq!(mechanism.sunset().is_some(), end.is_some(), "{mechanism:?}");
        }
    }
}
