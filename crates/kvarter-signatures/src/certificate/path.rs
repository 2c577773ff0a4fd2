//! From a certificate to an anchor: which certificates issued which, and whether each was allowed to
//! (RFC 5280 § 6.1).
//!
//! The search is bounded in depth and in how many signatures it tries, so that a heap of certificates
//! with one name costs little. Validity in time of the first certificate, and revocation, are judged in
//! [`super::trust()`]. Policies are not processed: any policy is acceptable (§ 6.1.1 (c)).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::anchors::{Anchor, Anchors};
use super::trust::Purpose;
use super::{Certificate, Usage};
use crate::key::SignatureFault;
use crate::oid;

/// How many certificates a path has at most, both ends counted.
const MAX_LENGTH: usize = 8;
/// How many signatures of certificates are tried at most in one search.
const MAX_TRIES: usize = 64;

/// What was wrong with the path that came the furthest. Names are of the certificate at fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum PathFault {
    /// Nobody known issued this certificate.
    #[error("no issuer is known of {subject}")]
    NoIssuer {
        /// Whose certificate.
        subject: String,
        /// The name of the issuer that is missing.
        issuer: String,
    },
    /// No certificate with the issuer's name has the key that signed this one.
    #[error("{subject} is not signed by its issuer's key")]
    SignatureInvalid {
        /// Whose certificate.
        subject: String,
    },
    /// The certificate is signed with an algorithm that cannot be checked.
    #[error("{subject} is signed with an unsupported algorithm")]
    AlgorithmUnsupported {
        /// Whose certificate.
        subject: String,
    },
    /// The certificate is signed with an algorithm, or has a key, that is too weak.
    #[error("{subject} rests on a weak algorithm")]
    AlgorithmWeak {
        /// Whose certificate.
        subject: String,
    },
    /// Who issued the certificate is no authority (basic constraints).
    #[error("{subject} is not an authority")]
    NotAnAuthority {
        /// Whose certificate.
        subject: String,
    },
    /// There are more authorities under this one than it allows.
    #[error("{subject} allows a shorter path")]
    PathTooLong {
        /// Whose certificate.
        subject: String,
    },
    /// The key may not be used for this.
    #[error("the key usage of {subject} does not allow this")]
    KeyUsage {
        /// Whose certificate.
        subject: String,
    },
    /// The certificate is for other purposes (extended key usage).
    #[error("{subject} is for other purposes")]
    ExtendedKeyUsage {
        /// Whose certificate.
        subject: String,
    },
    /// A critical extension that we do not know.
    #[error("{subject} has the unknown critical extension {oid}")]
    CriticalExtension {
        /// Whose certificate.
        subject: String,
        /// Which extension, dotted.
        oid: String,
    },
    /// An authority's certificate was not valid then.
    #[error("the authority {subject} was outside its validity")]
    AuthorityOutsideValidity {
        /// Whose certificate.
        subject: String,
    },
    /// The search was given up: the certificates lead in too many directions.
    #[error("the certificates lead in too many directions")]
    SearchGivenUp,
}

impl PathFault {
    /// How far a path came that ended so: the furthest one is the one to tell.
    fn rank(&self) -> u8 {
        match self {
            Self::NoIssuer { .. } => 0,
            Self::SearchGivenUp => 1,
            Self::SignatureInvalid { .. } => 2,
            Self::AlgorithmUnsupported { .. } => 3,
            _ => 4,
        }
    }
}

/// A path that holds: the certificate in question first, the anchor last.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) chain: Vec<Certificate>,
    pub(crate) anchor: Anchor,
}

/// Finds a path.
pub(crate) fn find(
    end: &Certificate,
    pool: &[&Certificate],
    anchors: &Anchors,
    at: Timestamp,
    purpose: Purpose,
) -> Result<Path, PathFault> {
    check_end(end, purpose)?;
    let mut search = Search { pool, anchors, at, purpose, tries: 0, fault: None };
    let mut chain = vec![end.clone()];
    match search.extend(&mut chain) {
        Some(anchor) => Ok(Path { chain, anchor }),
        None => Err(search.fault.unwrap_or(PathFault::SearchGivenUp)),
    }
}

struct Search<'a> {
    pool: &'a [&'a Certificate],
    anchors: &'a Anchors,
    at: Timestamp,
    purpose: Purpose,
    tries: usize,
    fault: Option<PathFault>,
}

impl<'a> Search<'a> {
    fn note(&mut self, fault: PathFault) {
        if self.fault.as_ref().is_none_or(|known| known.rank() < fault.rank()) {
            self.fault = Some(fault);
        }
    }

    /// Lengthens the chain until it ends in an anchor; leaves it as it was when that cannot be.
    fn extend(&mut self, chain: &mut Vec<Certificate>) -> Option<Anchor> {
        let last = chain.last()?.clone();
        if let Some(anchor) = self.anchors.find(&last, self.purpose, self.at) {
            return Some(anchor.clone());
        }
        if chain.len() >= MAX_LENGTH {
            self.note(PathFault::SearchGivenUp);
            return None;
        }
        let issuers = self.issuers_of(&last);
        let mut any = false;
        for issuer in issuers {
            if chain.contains(&issuer) {
                continue;
            }
            any = true;
            if self.tries >= MAX_TRIES {
                self.note(PathFault::SearchGivenUp);
                return None;
            }
            self.tries += 1;
            if let Err(fault) = self.check_issuer(&issuer, chain) {
                self.note(fault);
                continue;
            }
            chain.push(issuer);
            if let Some(anchor) = self.extend(chain) {
                return Some(anchor);
            }
            chain.pop();
        }
        if !any {
            self.note(PathFault::NoIssuer {
                subject: last.subject().to_string(),
                issuer: last.issuer().to_string(),
            });
        }
        None
    }

    /// Certificates with the issuer's name: anchors first, then those whose key identifier is the one
    /// that the certificate names (RFC 5280 § 4.2.1.1).
    fn issuers_of(&self, certificate: &Certificate) -> Vec<Certificate> {
        let name = certificate.issuer();
        let wanted = certificate.extensions().authority_key.as_ref();
        let mut found: Vec<Certificate> = self.anchors.named(name).cloned().collect();
        let known = self.pool.iter().filter(|candidate| candidate.subject().matches(name));
        found.extend(known.map(|candidate| (*candidate).clone()));
        let mut seen = std::collections::HashSet::new();
        found.retain(|candidate| seen.insert(*candidate.sha256()));
        found.sort_by_key(|candidate| {
            wanted.is_some() && candidate.extensions().subject_key.as_ref() != wanted
        });
        found
    }

    /// Whether `issuer` was allowed to issue the last of the chain, and did.
    fn check_issuer(&self, issuer: &Certificate, chain: &[Certificate]) -> Result<(), PathFault> {
        let subject = || issuer.subject().to_string();
        let issued = chain.last().ok_or(PathFault::SearchGivenUp)?;
        check_signature(issued, issuer)?;
        let extensions = issuer.extensions();
        if let Some(unknown) = extensions.unknown_critical.first() {
            return Err(PathFault::CriticalExtension { subject: subject(), oid: unknown.to_string() });
        }
        let is_anchor = self.anchors.find(issuer, self.purpose, self.at).is_some();
        match extensions.authority {
            Some(authority) => {
                // Self-issued certificates are not counted (§ 4.2.1.9), nor is the one in question.
                let between = chain[1..].iter().filter(|certificate| !certificate.is_self_issued()).count();
                if authority.path_length.is_some_and(|most| between as u64 > most) {
                    return Err(PathFault::PathTooLong { subject: subject() });
                }
            }
            // An anchor of version 1 has no extensions to say it with.
            None if is_anchor && !extensions.any => {}
            None => return Err(PathFault::NotAnAuthority { subject: subject() }),
        }
        if issuer.key_usage().is_some_and(|usage| !usage.allows(Usage::CertificateSigning)) {
            return Err(PathFault::KeyUsage { subject: subject() });
        }
        // Of an anchor, name and key are what is trusted (§ 6.1.1 (d)); its dates are not asked about.
        if !is_anchor && !issuer.is_valid_at(self.at) {
            return Err(PathFault::AuthorityOutsideValidity { subject: subject() });
        }
        Ok(())
    }
}

/// Checks that `issuer`'s key signed `issued`, with something that can be relied on.
pub(super) fn check_signature(issued: &Certificate, issuer: &Certificate) -> Result<(), PathFault> {
    let subject = || issued.subject().to_string();
    match issued.verify_signature(issuer.key()) {
        Ok(()) => {}
        Err(SignatureFault::Algorithm(crate::algorithm::AlgorithmFault::KeyOfAnotherKind)) => {
            return Err(PathFault::SignatureInvalid { subject: subject() });
        }
        Err(SignatureFault::Algorithm(_)) => {
            return Err(PathFault::AlgorithmUnsupported { subject: subject() });
        }
        Err(_) => return Err(PathFault::SignatureInvalid { subject: subject() }),
    }
    let algorithm = issued.signature_algorithm(issuer.key());
    match algorithm.and_then(|algorithm| issuer.key().judge(algorithm)) {
        Ok(()) => Ok(()),
        Err(_) => Err(PathFault::AlgorithmWeak { subject: subject() }),
    }
}

/// Whether the certificate in question may be used for the purpose.
fn check_end(end: &Certificate, purpose: Purpose) -> Result<(), PathFault> {
    let subject = || end.subject().to_string();
    let extensions = end.extensions();
    if let Some(unknown) = extensions.unknown_critical.first() {
        return Err(PathFault::CriticalExtension { subject: subject(), oid: unknown.to_string() });
    }
    let may_sign = end
        .key_usage()
        .is_none_or(|usage| usage.allows(Usage::DigitalSignature) || usage.allows(Usage::NonRepudiation));
    if !may_sign {
        return Err(PathFault::KeyUsage { subject: subject() });
    }
    let for_this = match (&extensions.purposes, purpose) {
        // ”MUST contain only one instance of the extended key usage field … [which] MUST be critical”
        // (RFC 3161 § 2.3)
        (Some(purposes), Purpose::Timestamp) => purposes.critical && purposes.all == [oid::FOR_TIMESTAMPS],
        (Some(purposes), Purpose::Ocsp) => purposes.all.contains(&oid::FOR_OCSP),
        (None, Purpose::Timestamp | Purpose::Ocsp) => false,
        (None, Purpose::Signature) => true,
        // Reading: PAdES asks for no purpose. A certificate that is only for machines' services is still
        // nobody's signature.
        (Some(purposes), Purpose::Signature) => purposes.all.iter().any(|of| !oid::FOR_SERVICES.contains(of)),
    };
    if for_this { Ok(()) } else { Err(PathFault::ExtendedKeyUsage { subject: subject() }) }
}
