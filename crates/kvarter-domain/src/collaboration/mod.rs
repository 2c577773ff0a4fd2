//! Collaboration agreements (samverkansöverenskommelser): what municipality and partner commit themselves to.
//!
//! ”Kommunen ska träffa samverkansöverenskommelser med statliga myndigheter och andra parter som ingår i det lokala
//! partnerskapet. … Samverkansöverenskommelserna ska utgå från de strategiska stadsdelsplanerna, revideras vid behov
//! och därefter redovisas till Regeringskansliet.” (§ 5)
//!
//! There is one series for each partner. While it is worked on, its [`Terms`] are a draft; drawn up, they are a
//! [`CollaborationVersion`], which never changes and is concluded when both have signed it. That a plan it is bound to
//! has got a newer version makes it stale ([`standing()`]); someone then confirms it unchanged, or finds a need to
//! revise it.

mod check;
pub mod standing;

pub use check::{Plans, check_confirmation, check_signature, check_terms};
pub use standing::{Coverage, Moved, Stale, Standing, coverage, standing};

use crate::ids::{AgreementId, Digest, MandateId, OrganisationId, PartnerId, PersonId, RecordId};
use crate::programme::codes;
use crate::signing::Mode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// The two parties to a collaboration agreement.
    Side {
        /// The municipality.
        Municipality = "municipality",
        /// The partner.
        Partner = "partner",
    }
}

codes! {
    /// Who does what is committed to.
    Who {
        /// The municipality.
        Municipality = "municipality",
        /// The partner.
        Partner = "partner",
        /// Both.
        Both = "both",
    }
}

/// One thing that is committed to. In a draft anything may be missing but the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its id in the agreement: `c1`.
    pub id: String,
    /// Who does it.
    pub who: Who,
    /// What is done.
    pub what: String,
    /// The version of the plan that it is bound to: `lua-2008/0180/plan/01800154/1`.
    pub plan_version: String,
    /// The goal or intervention in that version: `g1`, `i3`.
    pub element: String,
    /// By when.
    pub by: Option<Date>,
    /// With which resources, within the ordinary budget (§ 1).
    pub resources: String,
}

/// What a collaboration agreement says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Terms {
    /// What it is for.
    pub purpose: String,
    /// From when it holds.
    pub from_day: Option<Date>,
    /// Until when.
    pub to_day: Option<Date>,
    /// What is committed to.
    pub commitments: Vec<Commitment>,
}

impl Terms {
    /// An id for one more commitment: one that no commitment has had.
    pub fn next_id(&self) -> String {
        let used = self.commitments.iter().filter_map(|c| c.id.strip_prefix('c')?.parse::<u32>().ok());
        format!("c{}", used.max().unwrap_or(0) + 1)
    }
}

/// A draft. Not a fact: it changes until it is drawn up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The series.
    pub series: String,
    /// How many times it has been changed: what a form says it has seen.
    pub revision: i64,
    /// What it says.
    pub terms: Terms,
}

/// The text of a collaboration agreement as it was drawn up (fact). Its terms are kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationVersion {
    /// The series and the running number: `lua-2008/0180/polisen/collaboration/1`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The partner.
    pub partner: PartnerId,
    /// Its number in the series, from 1.
    pub serial: i64,
    /// The SHA-256 of its terms' canonical text.
    pub content_digest: Digest,
    /// With pens on paper, or with keys in the file.
    pub mode: Mode,
    /// The file that is signed.
    pub document: Digest,
    /// How many pages it has.
    pub pages: i64,
    /// The day it was drawn up.
    pub drawn_up_on: Date,
    /// The organisation that drew it up.
    pub by: OrganisationId,
    /// Who did.
    pub person: PersonId,
    /// The record.
    pub record: RecordId,
}

/// What a version says (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationTerms {
    /// The version.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// All of it.
    pub terms: Terms,
}

/// That one side signed (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationSignature {
    /// The version.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// For which side.
    pub side: Side,
    /// Which of the version's signatures in the order they came, from 1.
    pub serial: i64,
    /// The signatory's name in clear.
    pub name: String,
    /// The signatory, where it is a person of the house.
    pub person: Option<PersonId>,
    /// The mandate that it acted by.
    pub mandate: Option<MandateId>,
    /// The day.
    pub signed_on: Date,
    /// With a pen or a key.
    pub mode: Mode,
    /// The registrar who attested what the paper bears.
    pub attested_by: Option<PersonId>,
    /// The file as it was after a key's act, or the scan of the paper.
    pub document: Option<Digest>,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a newer timestamp was put over the file of a version that both have signed with keys (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationRenewal {
    /// The version.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which renewal of the version's file, from 1.
    pub serial: i64,
    /// The file as it is since.
    pub document: Digest,
    /// The day.
    pub renewed_on: Date,
}

/// That a version holds unchanged beside a newer version of a plan (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationConfirmation {
    /// The version that is confirmed.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The newer version of the plan.
    pub plan_version: String,
    /// The day.
    pub confirmed_on: Date,
    /// Why nothing needs to change.
    pub reason: String,
    /// The side that confirmed.
    pub by: OrganisationId,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a party found a need to revise a version (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionNeed {
    /// The version.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The day.
    pub found_on: Date,
    /// Why.
    pub reason: String,
    /// The party that found it.
    pub by: OrganisationId,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// That a revised version was reported to the state (fact): the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaborationReport {
    /// The version.
    pub version: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The day it was received.
    pub reported_on: Date,
    /// The record in the receiver's register.
    pub record: RecordId,
}

/// All that is known of one agreement's collaboration agreements.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collaborations {
    /// The versions, by partner and number.
    pub versions: Vec<CollaborationVersion>,
    /// What they say.
    pub terms: Vec<CollaborationTerms>,
    /// Who has signed them.
    pub signatures: Vec<CollaborationSignature>,
    /// Whose file has got a newer timestamp.
    pub renewals: Vec<CollaborationRenewal>,
    /// What was confirmed unchanged.
    pub confirmations: Vec<CollaborationConfirmation>,
    /// Where a need to revise was found.
    pub needs: Vec<RevisionNeed>,
    /// What was reported.
    pub reports: Vec<CollaborationReport>,
}

impl Collaborations {
    /// The versions with one partner, oldest first.
    pub fn with<'a>(
        &'a self,
        partner: &'a PartnerId,
    ) -> impl DoubleEndedIterator<Item = &'a CollaborationVersion> {
        self.versions.iter().filter(move |version| version.partner == *partner)
    }

    /// A version by its id.
    pub fn version(&self, id: &str) -> Option<&CollaborationVersion> {
        self.versions.iter().find(|version| version.id == id)
    }

    /// The number of the next signature on a version.
    pub fn next_signature(&self, version: &str) -> i64 {
        self.signatures.iter().filter(|s| s.version == version).map(|s| s.serial).max().unwrap_or(0) + 1
    }

    /// What a version says.
    pub fn terms_of(&self, version: &str) -> Option<&Terms> {
        self.terms.iter().find(|terms| terms.version == version).map(|terms| &terms.terms)
    }

    /// A side's signature on a version.
    pub fn signature(&self, version: &str, side: Side) -> Option<&CollaborationSignature> {
        self.signatures.iter().find(|signature| signature.version == version && signature.side == side)
    }

    /// The day on which a version was concluded: that of the later signature, once there are both.
    pub fn concluded_on(&self, version: &str) -> Option<Date> {
        let day = |side| self.signature(version, side).map(|signature| signature.signed_on);
        Some(day(Side::Municipality)?.max(day(Side::Partner)?))
    }

    /// The latest version with a partner that had been concluded by a day.
    pub fn concluded<'a>(&'a self, partner: &'a PartnerId, day: Date) -> Option<&'a CollaborationVersion> {
        self.with(partner).rev().find(|version| self.concluded_on(&version.id).is_some_and(|on| on <= day))
    }

    /// The latest version with a partner that had been drawn up by a day and still lacks a signature, if it is the
    /// latest of all.
    pub fn unsigned<'a>(&'a self, partner: &'a PartnerId, day: Date) -> Option<&'a CollaborationVersion> {
        let latest = self.with(partner).rev().find(|version| version.drawn_up_on <= day)?;
        self.concluded_on(&latest.id).is_none_or(|on| on > day).then_some(latest)
    }

    /// The file of a version as it is now: after the latest act with a key, or as it was drawn up.
    pub fn file_of<'a>(&'a self, version: &'a CollaborationVersion) -> &'a Digest {
        let renewed = self.renewals.iter().filter(|r| r.version == version.id).max_by_key(|r| r.serial);
        let signed = self.signatures.iter().filter(|s| s.version == version.id && s.mode == Mode::Electronic);
        let latest = signed.max_by_key(|s| s.serial).and_then(|s| s.document.as_ref());
        renewed.map(|r| &r.document).or(latest).unwrap_or(&version.document)
    }
}

/// The id of a partner's series: `lua-2008/0180/polisen/collaboration`.
pub fn series_of(partner: &PartnerId) -> String {
    format!("{partner}/collaboration")
}

/// The id of the version with this number.
pub fn version_id(partner: &PartnerId, serial: i64) -> String {
    format!("{}/{serial}", series_of(partner))
}

/// The last part of a partner's id: what tells one partner's duties from another's.
pub fn word_of(partner: &PartnerId) -> &str {
    partner.as_str().rsplit('/').next().unwrap_or_default()
}
