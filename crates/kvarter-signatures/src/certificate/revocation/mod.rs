//! Revocation: what OCSP responses and revocation lists say of a certificate, and whether they may say it.
//!
//! [`OcspResponse`] and [`Crl`] are read and checked by themselves; here the newest usable word is chosen.
//! Nothing is fetched but where a caller [asks](ask) for it. Revocation of those who answer about revocation
//! is looked for in lists alone, so that the question ends.

mod client;
mod crl;
mod ocsp;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Certificate, Evidence, Standing};

pub use client::{RevocationError, ask};
pub use crl::Crl;
pub(crate) use ocsp::key_bits;
pub use ocsp::{CertificateStatus, OcspError, OcspRequest, OcspResponse};

/// How long an OCSP answer without an end is taken as fresh.
///
/// Reading: ”If nextUpdate is not set, the responder is indicating that newer revocation information is
/// available all the time” (RFC 6960 § 4.2.2.1); a day is how long that is worth.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// How many signatures on evidence are tried for one certificate.
const MAX_TRIES: usize = 32;

/// Why a certificate was revoked (RFC 5280 § 5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Not told.
    Unspecified,
    /// Somebody else may have the key.
    KeyCompromise,
    /// Somebody else may have the authority's key.
    AuthorityCompromise,
    /// The holder is no longer of the organisation, or is called something else.
    AffiliationChanged,
    /// There is a newer certificate.
    Superseded,
    /// The certificate is no longer needed.
    CessationOfOperation,
    /// Suspended for now.
    CertificateHold,
    /// The suspension is lifted (in delta lists).
    RemoveFromCrl,
    /// The holder may no longer do what the certificate says.
    PrivilegeWithdrawn,
}

impl Reason {
    pub(crate) fn of(code: u64) -> Self {
        match code {
            1 => Self::KeyCompromise,
            2 | 10 => Self::AuthorityCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            _ => Self::Unspecified,
        }
    }

    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::AuthorityCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
        }
    }
}

/// What one piece of evidence says of one certificate, before it is known whether it may.
#[derive(Debug, Clone, Copy)]
struct Word {
    revoked: Option<(Timestamp, Option<Reason>)>,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    /// Certificates that expired after this are still told of.
    tells_of_expired_since: Option<Timestamp>,
    ocsp: bool,
}

impl Word {
    fn is_for_good(&self) -> bool {
        self.revoked.is_some_and(|(_, reason)| reason != Some(Reason::CertificateHold))
    }

    /// Whether ”good” answers the question for this time (ETSI EN 319 102-1 § 5.2.5).
    ///
    /// Reading: an answer from after the time in question is the best one, provided that expired
    /// certificates had not been dropped by then; an answer from before it holds until its own end.
    fn is_fresh(&self, certificate: &Certificate, at: Timestamp) -> bool {
        let still_told = self.this_update <= certificate.not_after()
            || self.tells_of_expired_since.is_some_and(|since| since <= certificate.not_after());
        let holds = self.this_update >= at
            || match self.next_update {
                Some(next) => at <= next,
                None => self.ocsp && at.duration_since(self.this_update) <= FRESH,
            };
        still_told && holds
    }
}

/// What the evidence says of `certificate`, which `issuer` issued, for the time in question.
pub(crate) fn standing(
    certificate: &Certificate,
    issuer: &Certificate,
    pool: &[&Certificate],
    evidence: &Evidence,
    at: Timestamp,
) -> Standing {
    if certificate.extensions().not_revoked {
        return Standing::NotNeeded;
    }
    let mut words: Vec<(Word, Source<'_>)> = Vec::new();
    for response in &evidence.ocsp {
        words.extend(response.words_on(certificate, issuer).map(|word| (word, Source::Ocsp(response))));
    }
    for crl in &evidence.crls {
        words.extend(crl.word_on(certificate, issuer).map(|word| (word, Source::Crl(crl))));
    }
    // What is revoked for good stays so, whatever is said later. For the rest the newest word decides: a hold
    // may have been lifted since an older one.
    words.sort_by_key(|(word, _)| (!word.is_for_good(), std::cmp::Reverse(word.this_update)));
    let usable = words.iter().filter(|(word, _)| word.revoked.is_some() || word.is_fresh(certificate, at));
    let held = usable.take(MAX_TRIES).find(|(_, source)| match source {
        Source::Ocsp(response) => response.holds(issuer, pool, &evidence.crls),
        Source::Crl(crl) => crl.holds(issuer),
    });
    match held {
        None => Standing::Unknown,
        Some((Word { revoked: Some((at, reason)), .. }, _)) => Standing::Revoked { at: *at, reason: *reason },
        Some((word, _)) => Standing::Good { as_of: word.this_update },
    }
}

enum Source<'a> {
    Ocsp(&'a OcspResponse),
    Crl(&'a Crl),
}
