//! Whether a certificate can be trusted, at a time, for a purpose: the path, the dates and the revocation
//! together, answered with the indications of ETSI EN 319 102-1.
//!
//! The time is when the signature is known to have existed; a timestamp proves it, else it is now. Nothing
//! here fetches: what is not in the [`Evidence`] is not known, and not known is not good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::anchors::{Anchors, Origin};
use super::path::{self, PathFault};
use super::revocation::{self, Crl, OcspResponse, Reason};
use super::{Certificate, CertificateError};

/// What a certificate is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A person's or an organisation's signature.
    Signature,
    /// Timestamps (RFC 3161 § 2.3).
    Timestamp,
    /// Answers about revocation (RFC 6960 § 4.2.2.2).
    Ocsp,
}

/// What is known of when a signature was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// It existed then, at the latest: the time of a timestamp over it, or now.
    pub existed_by: Timestamp,
    /// It did not exist before then, where that is proven: the time of a timestamp that it covers.
    pub made_after: Option<Timestamp>,
}

impl From<Timestamp> for Times {
    fn from(existed_by: Timestamp) -> Self {
        Self { existed_by, made_after: None }
    }
}

/// What there is to judge by, all of it offline: from the signature, the document or elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// Certificates that may be on a path.
    pub certificates: Vec<Certificate>,
    /// OCSP responses.
    pub ocsp: Vec<OcspResponse>,
    /// Certificate revocation lists.
    pub crls: Vec<Crl>,
}

impl Evidence {
    /// Reads evidence from bytes, such as the streams of a document security store. What cannot be read is
    /// left out and counted.
    pub fn read<'a>(
        certificates: impl IntoIterator<Item = &'a [u8]>,
        ocsp: impl IntoIterator<Item = &'a [u8]>,
        crls: impl IntoIterator<Item = &'a [u8]>,
    ) -> (Self, usize) {
        let mut unreadable = 0;
        let certificates: Vec<Result<_, CertificateError>> =
            certificates.into_iter().map(Certificate::from_der).collect();
        let evidence = Self {
            certificates: keep(certificates, &mut unreadable),
            ocsp: keep(ocsp.into_iter().map(OcspResponse::read), &mut unreadable),
            crls: keep(crls.into_iter().map(Crl::read), &mut unreadable),
        };
        (evidence, unreadable)
    }

    /// Takes in all of another's.
    pub fn extend(&mut self, other: Self) {
        self.certificates.extend(other.certificates);
        self.ocsp.extend(other.ocsp);
        self.crls.extend(other.crls);
    }
}

fn keep<T, E>(read: impl IntoIterator<Item = Result<T, E>>, unreadable: &mut usize) -> Vec<T> {
    let mut kept = Vec::new();
    for item in read {
        match item {
            Ok(item) => kept.push(item),
            Err(_) => *unreadable += 1,
        }
    }
    kept
}

/// The outcome of a check (ETSI EN 319 102-1 § 5.1.3, table 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "indication", content = "because")]
pub enum Indication {
    /// `TOTAL-PASSED` or `PASSED`.
    Passed,
    /// `TOTAL-FAILED` or `FAILED`: it does not hold, whatever more is learnt.
    Failed(SubIndication),
    /// `INDETERMINATE`: it cannot be said with what is known.
    Indeterminate(SubIndication),
}

/// Why (ETSI EN 319 102-1 § 5.1.3, table 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubIndication {
    /// `FORMAT_FAILURE`
    FormatFailure,
    /// `HASH_FAILURE`
    HashFailure,
    /// `SIG_CRYPTO_FAILURE`
    SigCryptoFailure,
    /// `REVOKED`
    Revoked,
    /// `EXPIRED`
    Expired,
    /// `NOT_YET_VALID`
    NotYetValid,
    /// `SIG_CONSTRAINTS_FAILURE`
    SigConstraintsFailure,
    /// `CHAIN_CONSTRAINTS_FAILURE`
    ChainConstraintsFailure,
    /// `CERTIFICATE_CHAIN_GENERAL_FAILURE`
    CertificateChainGeneralFailure,
    /// `CRYPTO_CONSTRAINTS_FAILURE`
    CryptoConstraintsFailure,
    /// `CRYPTO_CONSTRAINTS_FAILURE_NO_POE`
    CryptoConstraintsFailureNoPoe,
    /// `TIMESTAMP_ORDER_FAILURE`
    TimestampOrderFailure,
    /// `NO_SIGNING_CERTIFICATE_FOUND`
    NoSigningCertificateFound,
    /// `NO_CERTIFICATE_CHAIN_FOUND`
    NoCertificateChainFound,
    /// `REVOKED_NO_POE`
    RevokedNoPoe,
    /// `REVOKED_CA_NO_POE`
    RevokedCaNoPoe,
    /// `OUT_OF_BOUNDS_NO_POE`
    OutOfBoundsNoPoe,
    /// `OUT_OF_BOUNDS_NOT_REVOKED`
    OutOfBoundsNotRevoked,
    /// `NO_POE`
    NoPoe,
    /// `TRY_LATER`
    TryLater,
    /// `SIGNED_DATA_NOT_FOUND`
    SignedDataNotFound,
}

impl SubIndication {
    /// The name as the standard writes it.
    pub fn standard_name(self) -> &'static str {
        match self {
            Self::FormatFailure => "FORMAT_FAILURE",
            Self::HashFailure => "HASH_FAILURE",
            Self::SigCryptoFailure => "SIG_CRYPTO_FAILURE",
            Self::Revoked => "REVOKED",
            Self::Expired => "EXPIRED",
            Self::NotYetValid => "NOT_YET_VALID",
            Self::SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
            Self::ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE",
            Self::CertificateChainGeneralFailure => "CERTIFICATE_CHAIN_GENERAL_FAILURE",
            Self::CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE",
            Self::CryptoConstraintsFailureNoPoe => "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
            Self::TimestampOrderFailure => "TIMESTAMP_ORDER_FAILURE",
            Self::NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND",
            Self::NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
            Self::RevokedNoPoe => "REVOKED_NO_POE",
            Self::RevokedCaNoPoe => "REVOKED_CA_NO_POE",
            Self::OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE",
            Self::OutOfBoundsNotRevoked => "OUT_OF_BOUNDS_NOT_REVOKED",
            Self::NoPoe => "NO_POE",
            Self::TryLater => "TRY_LATER",
            Self::SignedDataNotFound => "SIGNED_DATA_NOT_FOUND",
        }
    }
}

/// What the evidence says of one certificate on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Standing {
    /// Not revoked, by an answer of this time.
    Good {
        /// When the answer was true (`thisUpdate`).
        as_of: Timestamp,
    },
    /// Revoked from this time.
    Revoked {
        /// From when.
        at: Timestamp,
        /// Why, if it was said.
        reason: Option<Reason>,
    },
    /// Nothing usable was said.
    Unknown,
    /// Nobody revokes such a certificate.
    NotNeeded,
}

/// Whether a certificate is trusted, and what that rests on.
#[derive(Debug, Clone)]
pub struct Trust {
    /// The outcome.
    pub indication: Indication,
    /// From the certificate in question to the anchor; only the former when no path was found.
    pub chain: Vec<Certificate>,
    /// Where the anchor comes from, when a path was found.
    pub origin: Option<Origin>,
    /// What was wrong with the path.
    pub fault: Option<PathFault>,
    /// What the evidence says of each certificate in the chain but the anchor.
    pub standings: Vec<Standing>,
}

impl Trust {
    /// Whether the certificate is trusted.
    pub fn is_passed(&self) -> bool {
        self.indication == Indication::Passed
    }
}

/// Judges a certificate (ETSI EN 319 102-1 § 5.2.6, with §§ 5.3.4 and 5.5.4 for times that are proven).
///
/// `pool` is where issuers are looked for beside the evidence and the anchors: the certificates that came
/// with the signature.
pub fn trust(
    end: &Certificate,
    pool: &[Certificate],
    anchors: &Anchors,
    evidence: &Evidence,
    at: impl Into<Times>,
    purpose: Purpose,
) -> Trust {
    let times = at.into();
    let known: Vec<&Certificate> = pool.iter().chain(&evidence.certificates).collect();
    match path::find(end, &known, anchors, times.existed_by, purpose) {
        Err(fault) => Trust {
            indication: Indication::Indeterminate(why(&fault)),
            chain: vec![end.clone()],
            origin: None,
            fault: Some(fault),
            standings: Vec::new(),
        },
        Ok(path) => {
            let standings: Vec<Standing> = path
                .chain
                .windows(2)
                .map(|pair| revocation::standing(&pair[0], &pair[1], &known, evidence, times.existed_by))
                .collect();
            Trust {
                indication: judge(end, &standings, times),
                chain: path.chain,
                origin: Some(path.anchor.origin),
                fault: None,
                standings,
            }
        }
    }
}

fn why(fault: &PathFault) -> SubIndication {
    match fault {
        PathFault::NoIssuer { .. } | PathFault::SignatureInvalid { .. } | PathFault::SearchGivenUp => {
            SubIndication::NoCertificateChainFound
        }
        PathFault::AlgorithmWeak { .. } => SubIndication::CryptoConstraintsFailure,
        PathFault::AlgorithmUnsupported { .. } => SubIndication::CertificateChainGeneralFailure,
        PathFault::AuthorityOutsideValidity { .. } => SubIndication::OutOfBoundsNoPoe,
        PathFault::NotAnAuthority { .. }
        | PathFault::PathTooLong { .. }
        | PathFault::KeyUsage { .. }
        | PathFault::ExtendedKeyUsage { .. }
        | PathFault::CriticalExtension { .. } => SubIndication::ChainConstraintsFailure,
    }
}

/// Dates and revocation, the certificate in question first.
fn judge(end: &Certificate, standings: &[Standing], times: Times) -> Indication {
    // What existed before the certificate did was not signed by its holder's leave.
    if times.existed_by < end.not_before() {
        return Indication::Failed(SubIndication::NotYetValid);
    }
    if times.made_after.is_some_and(|after| after > end.not_after()) {
        return Indication::Failed(SubIndication::Expired);
    }
    for (place, standing) in standings.iter().enumerate() {
        let Standing::Revoked { at, reason } = *standing else { continue };
        // What existed before the revocation is not touched by it.
        if times.existed_by < at {
            continue;
        }
        return match (place, reason) {
            // A hold may be lifted.
            (_, Some(Reason::CertificateHold)) => Indication::Indeterminate(SubIndication::TryLater),
            (0, _) if times.made_after.is_some_and(|after| after >= at) => {
                Indication::Failed(SubIndication::Revoked)
            }
            (0, _) => Indication::Indeterminate(SubIndication::RevokedNoPoe),
            _ => Indication::Indeterminate(SubIndication::RevokedCaNoPoe),
        };
    }
    let known = standings.iter().all(|standing| *standing != Standing::Unknown);
    if times.existed_by > end.not_after() {
        let because =
            if known { SubIndication::OutOfBoundsNotRevoked } else { SubIndication::OutOfBoundsNoPoe };
        return Indication::Indeterminate(because);
    }
    if known { Indication::Passed } else { Indication::Indeterminate(SubIndication::TryLater) }
}
