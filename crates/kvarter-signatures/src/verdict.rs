//! What verification says, as facts that can be kept: per signature, per page and for the file.
//!
//! Everything is a code with arguments; sentences are made elsewhere. *Intact*, *valid* and *trusted* are
//! apart, because they fail for different reasons and are mended by different people.

use jiff::Timestamp;
use serde::Serialize;

use crate::algorithm::AlgorithmFault;
use crate::certificate::anchors::Origin;
use crate::certificate::{Certificate, Indication, PathFault, Standing, SubIndication, Trust};
use crate::change::{Change, ChangeKind};
use crate::cms::{BindingFault, DigestFault};
use crate::key::SignatureFault;
use crate::pdf::{Anomaly, PdfError, Stray};
use crate::policy::{Check, Level};
use crate::seal::{Hash, Initials};
use crate::signature::Coverage;

/// The verdict on a file (ETSI EN 319 102-1 § 5.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "because")]
pub enum Verdict {
    /// Nobody signed.
    Unsigned,
    /// Every signature holds, and nothing was changed that may not be.
    Passed,
    /// It does not hold, whatever more is learnt.
    Failed(SubIndication),
    /// It cannot be said with what is known.
    Indeterminate(SubIndication),
}

impl From<Indication> for Verdict {
    fn from(indication: Indication) -> Self {
        match indication {
            Indication::Passed => Self::Passed,
            Indication::Failed(because) => Self::Failed(because),
            Indication::Indeterminate(because) => Self::Indeterminate(because),
        }
    }
}

impl Verdict {
    /// The graver of two; of two that are equally grave, the first.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let weight = |verdict: &Self| match verdict {
            Self::Unsigned => 0,
            Self::Passed => 1,
            Self::Indeterminate(_) => 2,
            Self::Failed(_) => 3,
        };
        if weight(&other) > weight(&self) { other } else { self }
    }
}

/// All that verification found out about a file.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The verdict on the file as a whole.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Why the file could not be read, when it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<PdfError>,
    /// The time that it was judged for.
    pub at: Timestamp,
    /// How many pages it has now.
    pub pages: usize,
    /// How many revisions it has.
    pub revisions: usize,
    /// Signatures and document timestamps, in the order in which they were made.
    pub signatures: Vec<SignatureReport>,
    /// What was changed after the first signature, in the order of revisions. What was changed after
    /// another signature is the rest of the list from its `changes_from`.
    pub changes: Vec<Change>,
    /// The page seal, when somebody initialled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seal: Option<SealReport>,
    /// What was found, with its level.
    pub findings: Vec<Finding>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What.
    #[serde(flatten)]
    pub what: Found,
    /// What it means, by the policy.
    pub level: Level,
    /// The signature, by its place in the report, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<usize>,
    /// The page, from 1, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// The party, when it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

/// What can be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "about", content = "what")]
pub enum Found {
    /// A change after the first signature.
    Change(ChangeKind),
    /// A leniency that reading took.
    Anomaly(Anomaly),
    /// Something that the file does not account for.
    Stray(Stray),
    /// Something about a signature or a statement.
    Check(Check),
    /// Trust that cannot be had, which the policy lets pass.
    Trust(SubIndication),
}

/// A signature or a document timestamp.
#[derive(Debug, Clone, Serialize)]
pub struct SignatureReport {
    /// The verdict on it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The field's name.
    pub field: String,
    /// The page that the field stands on, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
    /// Whether it is a document timestamp.
    pub timestamp: bool,
    /// `/SubFilter`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The revision, from 0, that it ends.
    pub revision: usize,
    /// It covers the whole of its revision, and those bytes are the ones that were signed.
    pub intact: bool,
    /// It was made with the key of the certificate that it names, by algorithms that can be relied on.
    pub valid: bool,
    /// The certificate leads to an anchor and was good at the time.
    pub trusted: bool,
    /// What is wrong, question by question.
    pub faults: Faults,
    /// Who signed, by the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<Holder>,
    /// What trust rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust: Option<TrustReport>,
    /// When it existed at the latest, and who says so.
    pub existed_by: BestTime,
    /// When, by the signer's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Timestamp>,
    /// The timestamp on the signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp: Option<StampReport>,
    /// How lasting it is.
    #[serde(rename = "level", skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
    /// `/Name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `/Reason`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// `/Location`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// What it allows to be done after it (DocMDP), 1 to 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission: Option<i64>,
    /// What its signer states about pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<Initials>,
    /// Where in the report's changes those begin that came after it.
    pub changes_from: usize,
}

/// What is wrong with a signature; nothing, where there is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// With the bytes that it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// The signature cannot be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unreadable: bool,
    /// With the digest of those bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<DigestFault>,
    /// With the signature itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<SignatureFault>,
    /// With how it names its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<BindingFault>,
    /// With the algorithms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithms: Option<AlgorithmFault>,
}

/// Who holds a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holder {
    /// The person, or the common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The organisation's number, as the certificate has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_number: Option<String>,
    /// The issuer's common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The certificate's serial number, in hexadecimal.
    pub serial: String,
    /// From when it is valid.
    pub not_before: Timestamp,
    /// Until when it is valid.
    pub not_after: Timestamp,
    /// Whether it says of itself that it is qualified.
    pub says_qualified: bool,
}

impl From<&Certificate> for Holder {
    fn from(certificate: &Certificate) -> Self {
        let subject = certificate.subject();
        Self {
            name: subject.person().or_else(|| subject.common_name().map(str::to_owned)),
            organisation: subject.organisation().map(str::to_owned),
            organisation_number: subject.organisation_identifier().map(str::to_owned),
            issuer: certificate.issuer().common_name().map(str::to_owned),
            serial: hex::encode(certificate.serial()),
            not_before: certificate.not_before(),
            not_after: certificate.not_after(),
            says_qualified: certificate.says_qualified(),
        }
    }
}

/// What trust in a certificate rests on, or founders on.
#[derive(Debug, Clone, Serialize)]
pub struct TrustReport {
    /// The outcome.
    #[serde(flatten)]
    pub indication: Indication,
    /// The path, by common names, from the certificate to its anchor.
    pub path: Vec<String>,
    /// Where the anchor comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// What is wrong with the path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<PathFault>,
    /// What is known of the revocation of each certificate on the path but the anchor.
    pub standings: Vec<Standing>,
}

impl From<&Trust> for TrustReport {
    fn from(trust: &Trust) -> Self {
        let name = |certificate: &Certificate| {
            certificate
                .subject()
                .common_name()
                .map_or_else(|| hex::encode(certificate.serial()), str::to_owned)
        };
        Self {
            indication: trust.indication,
            path: trust.chain.iter().map(name).collect(),
            origin: trust.origin.clone(),
            fault: trust.fault.clone(),
            standings: trust.standings.clone(),
        }
    }
}

/// A timestamp on a signature (RFC 3161).
#[derive(Debug, Clone, Serialize)]
pub struct StampReport {
    /// The time that it says.
    pub time: Timestamp,
    /// Whether it is over this signature and holds.
    pub valid: bool,
    /// Whether who made it is trusted.
    pub trusted: bool,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Holder>,
}

/// A time, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BestTime {
    /// The time.
    pub time: Timestamp,
    /// Who says so.
    pub source: TimeSource,
}

/// Who says that a signature existed at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// A timestamp on the signature.
    Timestamp,
    /// A later timestamp on the whole document.
    DocumentTimestamp,
    /// Nobody: it exists now.
    Now,
}

/// How lasting a signature is (ETSI EN 319 142-1 § 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Baseline {
    /// A signature with its certificate.
    #[serde(rename = "b-b")]
    B,
    /// And a time that others vouch for.
    #[serde(rename = "b-t")]
    T,
    /// And all evidence in the file.
    #[serde(rename = "b-lt")]
    Lt,
    /// And a document timestamp over that.
    #[serde(rename = "b-lta")]
    Lta,
}

/// The page seal as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct SealReport {
    /// The root over the pages as they are now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<Hash>,
    /// Each page that somebody initialled, in the order of acts and pages.
    pub initials: Vec<PageInitials>,
    /// Pages that lack a party's initials.
    pub missing: Vec<MissingInitials>,
}

/// One page, initialled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageInitials {
    /// The page, from 1.
    pub page: usize,
    /// The party.
    pub party: String,
    /// The person, by the statement.
    pub person: String,
    /// On what the person acted.
    pub mandate: String,
    /// When, by the signer's clock.
    pub time: Timestamp,
    /// The page's hash when it was initialled.
    pub recorded: Hash,
    /// The page's hash now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<Hash>,
    /// Whether it is the same page.
    pub same: bool,
    /// Whether the signature over the statement is intact, valid and trusted.
    pub passed: bool,
    /// That signature, by its place in the report.
    pub signature: usize,
}

/// A page that lacks a party's initials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingInitials {
    /// The page, from 1.
    pub page: usize,
    /// The party.
    pub party: String,
}
