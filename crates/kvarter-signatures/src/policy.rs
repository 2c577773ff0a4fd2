//! Which findings matter, and how much: a table that can be read aloud.
//!
//! The idea of a policy with levels per check is that of ETSI EN 319 102-1 § 5.1.4 (validation
//! constraints). Finding things is for `verify`.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::certificate::SubIndication;
use crate::change::ChangeKind;
use crate::pdf::{Anomaly, Stray};

/// What a finding means for the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It is written down.
    Inform,
    /// The reader is told.
    Warn,
    /// It does not pass.
    Fail,
}

/// Something about a signature or a statement that a policy has a say in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// A digest or a key is too weak to be relied on.
    WeakAlgorithm,
    /// The signature does not name its certificate, as older ones did not.
    UnnamedCertificate,
    /// `/SubFilter` is none that is known.
    UnknownEncoding,
    /// The timestamp on the signature does not hold, or is not trusted.
    UnusableTimestamp,
    /// Nothing but the signer's word says when.
    ClaimedTimeOnly,
    /// The statement names a person as the certificate does not.
    PersonDiffers,
    /// A field was changed that the signature locked.
    LockedFieldChanged,
    /// The certification forbids every change, and there was one.
    CertificationBroken,
    /// A statement of initials cannot be read.
    StatementUnreadable,
    /// A statement is about a file that this one did not grow out of.
    StatementOfAnotherDocument,
    /// A statement is signed in the field of another party.
    StatementOfAnotherParty,
    /// A page is not the page that was initialled.
    PageDiffers,
    /// The pages together are not those that were initialled.
    RootDiffers,
    /// Initials are seen that no signed statement stands behind.
    InitialsWithoutStatement,
    /// A page lacks a party's initials.
    PageNotInitialled,
    /// A party acted before the one that goes first was done.
    PartyOrder,
    /// The pages could not be hashed, so that statements could not be compared.
    SealNotComputed,
}

impl Check {
    /// Every check.
    pub const ALL: &[Self] = &[
        Self::WeakAlgorithm,
        Self::UnnamedCertificate,
        Self::UnknownEncoding,
        Self::UnusableTimestamp,
        Self::ClaimedTimeOnly,
        Self::PersonDiffers,
        Self::LockedFieldChanged,
        Self::CertificationBroken,
        Self::StatementUnreadable,
        Self::StatementOfAnotherDocument,
        Self::StatementOfAnotherParty,
        Self::PageDiffers,
        Self::RootDiffers,
        Self::InitialsWithoutStatement,
        Self::PageNotInitialled,
        Self::PartyOrder,
        Self::SealNotComputed,
    ];
}

/// A kind of [`Stray`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StrayKind {
    /// [`Stray::Bytes`].
    Bytes,
    /// [`Stray::Overlap`].
    Overlap,
    /// [`Stray::Elsewhere`].
    Elsewhere,
    /// [`Stray::Unlisted`].
    Unlisted,
    /// [`Stray::Broken`].
    Broken,
}

impl StrayKind {
    const ALL: &[Self] = &[Self::Bytes, Self::Overlap, Self::Elsewhere, Self::Unlisted, Self::Broken];

    pub(crate) fn of(stray: &Stray) -> Self {
        match stray {
            Stray::Bytes { .. } => Self::Bytes,
            Stray::Overlap { .. } => Self::Overlap,
            Stray::Elsewhere { .. } => Self::Elsewhere,
            Stray::Unlisted { .. } => Self::Unlisted,
            Stray::Broken { .. } => Self::Broken,
        }
    }
}

/// A policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    party_order: Vec<String>,
    changes: BTreeMap<ChangeKind, Level>,
    anomalies: BTreeMap<Anomaly, Level>,
    strays: BTreeMap<StrayKind, Level>,
    checks: BTreeMap<Check, Level>,
    trust: HashMap<SubIndication, Level>,
}

/// Why a text is no policy.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// It cannot be read, or has a line that means nothing.
    #[error(transparent)]
    Form(#[from] toml::de::Error),
    /// It says nothing of something that can be found.
    #[error("the policy has no line for {0}")]
    Missing(String),
}

impl Policy {
    /// The house's policy.
    #[must_use]
    pub fn house() -> Self {
        Self::read(include_str!("policy.toml"))
            .expect("the policy in this crate is complete; a test reads it")
    }

    /// Reads a policy from TOML.
    ///
    /// # Errors
    /// [`PolicyError`]: a line too many or too few.
    pub fn read(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text)?;
        complete(&policy.changes, ChangeKind::ALL)?;
        complete(&policy.anomalies, Anomaly::ALL)?;
        complete(&policy.strays, StrayKind::ALL)?;
        complete(&policy.checks, Check::ALL)?;
        Ok(policy)
    }

    /// In which order parties act.
    #[must_use]
    pub fn party_order(&self) -> &[String] {
        &self.party_order
    }

    /// What a change means.
    #[must_use]
    pub fn change(&self, kind: ChangeKind) -> Level {
        self.changes.get(&kind).copied().unwrap_or(Level::Fail)
    }

    /// What a leniency means.
    #[must_use]
    pub fn anomaly(&self, anomaly: Anomaly) -> Level {
        self.anomalies.get(&anomaly).copied().unwrap_or(Level::Fail)
    }

    /// What a stray means.
    #[must_use]
    pub fn stray(&self, stray: &Stray) -> Level {
        self.strays.get(&StrayKind::of(stray)).copied().unwrap_or(Level::Fail)
    }

    /// What a check means.
    #[must_use]
    pub fn check(&self, check: Check) -> Level {
        self.checks.get(&check).copied().unwrap_or(Level::Fail)
    }

    /// Whether trust that cannot be had for this reason stands.
    #[must_use]
    pub fn trust(&self, because: SubIndication) -> Level {
        self.trust.get(&because).copied().unwrap_or(Level::Fail)
    }

    /// The policy with another level for a reason why trust cannot be had.
    #[must_use]
    pub fn with_trust(mut self, because: SubIndication, level: Level) -> Self {
        self.trust.insert(because, level);
        self
    }
}

fn complete<K: Ord + Copy + std::fmt::Debug>(
    lines: &BTreeMap<K, Level>,
    all: &[K],
) -> Result<(), PolicyError> {
    match all.iter().find(|key| !lines.contains_key(key)) {
        Some(missing) => Err(PolicyError::Missing(format!("{missing:?}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUSE: &str = include_str!("policy.toml");

    #[test]
    fn the_house_s_policy_has_a_line_for_everything() {
        Policy::read(HOUSE).expect("complete");
    }

    #[test]
    fn a_line_that_means_nothing_is_refused() {
        let odd = HOUSE.replace("[strays]\n", "[strays]\nsoup = \"fail\"\n");
        assert!(matches!(Policy::read(&odd), Err(PolicyError::Form(_))));
        let odd = HOUSE.replace("party_order", "parties");
        assert!(matches!(Policy::read(&odd), Err(PolicyError::Form(_))));
    }

    #[test]
    fn a_line_that_is_missing_is_named() {
        let short = HOUSE.replace("page-differs = \"fail\"\n", "");
        assert_eq!(
            Policy::read(&short).expect_err("incomplete").to_string(),
            "the policy has no line for PageDiffers"
        );
    }
}
