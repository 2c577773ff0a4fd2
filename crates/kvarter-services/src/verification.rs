//! Checking what somebody holds: is the file whole, who signed it with what, and by what office.
//!
//! What the bytes say is `kvarter_signatures`' to find out; here it is laid beside what this installation
//! knows: which agreement the file is of, whether it is one of its versions, whether the words are the common
//! ones, and whether whoever signed held the office on that day.

use jiff::Timestamp;
use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, May, Thing, may};
use kvarter_domain::agreement::Life;
use kvarter_domain::collaboration::Side;
use kvarter_domain::ids::{AgreementId, Digest, PartnerId};
use kvarter_domain::organisation::{Organisation, OrganisationKind};
use kvarter_domain::partnership::Partner;
use kvarter_domain::person::{Mandate, Role};
use kvarter_domain::problem::Problem;
use kvarter_domain::signing::{self, Party};
use kvarter_domain::time::stockholm_day;
use kvarter_signatures::certificate::{Anchors, Evidence, Indication, Purpose, SubIndication, trust};
use kvarter_signatures::container::{Most, Seal, unpack};
use kvarter_signatures::policy::Policy;
use kvarter_signatures::timestamp::Token;
use kvarter_signatures::verdict::{Holder, Report, Verdict};
use kvarter_signatures::verify::verify as examine;
use kvarter_store::{self as store, ReadTx};
use serde::Serialize;

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::Result;

/// What was found out about a file.
#[derive(Debug, Clone, Serialize)]
pub struct Verified {
    /// SHA-256 of the file.
    pub digest: Digest,
    /// What the bytes say.
    pub report: Report,
    /// Whether an installation was asked what it knows of it.
    pub asked: bool,
    /// Which agreement's file it is, if it is one of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// Which collaboration agreement's file it is, if it is one of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collaboration: Option<KnownCollaboration>,
    /// The offices that those who signed acted by, as far as this installation knows them.
    pub offices: Vec<Office>,
}

/// A file that this installation has made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The agreement.
    pub agreement: AgreementId,
    /// The version: 0 is what was issued.
    pub version: i64,
    /// Whether it is the latest.
    pub latest: bool,
}

/// A collaboration agreement's file that this installation has made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnownCollaboration {
    /// The agreement that the partnership rests on.
    pub agreement: AgreementId,
    /// The partner.
    pub partner: PartnerId,
    /// The partner's name.
    pub name: String,
    /// The version.
    pub version: i64,
    /// Whether it is the file as it is now.
    pub latest: bool,
}

/// Whether somebody held an office on the day they signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Office {
    /// For which party or side: `state`, `municipality`, `partner`.
    pub party: String,
    /// The person's name.
    pub name: String,
    /// The office, where the mandate is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The day of the signature.
    pub day: Date,
    /// Whether the office let the person sign that day; nothing where the mandate is not known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<bool>,
    /// Why not: a problem's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

impl Verified {
    /// Whether the file passes, and whoever signed it held the office.
    pub fn passes(&self) -> bool {
        self.report.verdict == Verdict::Passed && self.offices.iter().all(|office| office.held != Some(false))
    }
}

/// A package that holds files under one seal (ASiC-E), opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Whether every file in it is the one that was sealed, and none was added or left out.
    pub complete: bool,
    /// What seals it; nothing where nobody has.
    pub seals: Vec<Sealed>,
    /// The files, by name.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Opened {
    /// Whether it is whole, and no seal is by somebody unknown.
    ///
    /// The seal only holds the files together; each signed file in it carries its own evidence and is judged
    /// by that. So a seal of which nobody has said whether it was revoked does not fail the package.
    pub fn passes(&self) -> bool {
        self.complete && self.seals.iter().all(|seal| seal.standing != Standing::Untrusted)
    }
}

/// One seal on a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// The time in it: a timestamp's own, or that of the timestamp on a signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Holder>,
    /// Whether whoever sealed it is trusted.
    pub standing: Standing,
}

/// What can be said of whoever sealed a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Trusted, and not revoked then.
    Trusted,
    /// Trusted, but the package does not say whether the certificate was revoked.
    RevocationUnknown,
    /// Not by anyone who is trusted here, or revoked.
    Untrusted,
}

/// No package that is opened for somebody holds more.
const MOST: Most = Most { files: 64, bytes: 128 << 20 };

/// Opens a package, if the bytes are one, and judges its seals by what is trusted.
///
/// # Errors
/// `package-unreadable` where it begins as one and cannot be read.
pub fn open(bytes: &[u8], anchors: &Anchors, at: Timestamp) -> Result<Option<Opened>> {
    if !bytes.starts_with(b"PK") {
        return Ok(None);
    }
    let container = unpack(bytes, MOST).map_err(|_| Problem::new("package-unreadable", "file"))?;
    Ok(Some(Opened {
        complete: container.is_complete(),
        seals: container.seals.iter().map(|seal| sealed(seal, anchors, at)).collect(),
        files: container.files.into_iter().map(|file| (file.name, file.bytes)).collect(),
    }))
}

/// A seal's time and holder. Anyone can make a timestamp of any day: it says something only by whose it is.
fn sealed(seal: &Seal, anchors: &Anchors, at: Timestamp) -> Sealed {
    if let Some(token) = seal.timestamp() {
        let by = token.certificate().map(Holder::from);
        return Sealed { time: Some(token.time()), by, standing: of_stamp(token, anchors, at) };
    }
    let nobody = Sealed { time: None, by: None, standing: Standing::Untrusted };
    let Some((signed, holder)) = seal.signature().and_then(|signed| Some((signed, signed.certificate()?)))
    else {
        return nobody;
    };
    let stamp = signed.signature_timestamp().filter(|token| {
        token.verify(signed.signature()).is_valid() && of_stamp(token, anchors, at) != Standing::Untrusted
    });
    let time = stamp.map(|token| token.time());
    let (pool, known) = (signed.certificates(), signed.evidence());
    let found = trust(holder, pool, anchors, &known, time.unwrap_or(at), Purpose::Signature);
    Sealed { time, by: Some(Holder::from(holder)), standing: found.indication.into() }
}

fn of_stamp(token: &Token, anchors: &Anchors, at: Timestamp) -> Standing {
    token.certificate().map_or(Standing::Untrusted, |holder| {
        let known = token.evidence();
        trust(holder, token.certificates(), anchors, &known, at, Purpose::Timestamp).indication.into()
    })
}

impl From<Indication> for Standing {
    fn from(found: Indication) -> Self {
        match found {
            Indication::Passed => Self::Trusted,
            Indication::Indeterminate(SubIndication::TryLater) => Self::RevocationUnknown,
            Indication::Failed(_) | Indication::Indeterminate(_) => Self::Untrusted,
        }
    }
}

/// Examines a file with what is trusted, without an installation.
///
/// # Errors
/// When the work breaks off, which is our fault.
pub async fn examine_alone(bytes: Vec<u8>, anchors: Anchors, at: Timestamp) -> Result<Verified> {
    let digest = Digest::of(&bytes);
    let report = on_a_thread(bytes, anchors, at).await?;
    Ok(Verified { digest, report, asked: false, known: None, collaboration: None, offices: Vec::new() })
}

/// Examines a file, with what this installation knows of it. Anyone may ask.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify(ctx: &Ctx, app: &App, bytes: Vec<u8>) -> Result<Verified> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut verified = examine_alone(bytes, app.keys.anchors().clone(), ctx.now).await?;
    verified.asked = true;
    let mut tx = app.store.read().await?;
    let Some(agreement) = store::electronic::agreement_of(&mut tx, &verified.digest).await? else {
        if let Some((version, latest)) = store::collaboration::with_file(&mut tx, &verified.digest).await? {
            let partnership = store::partnership::of_agreement(&mut tx, &version.agreement).await?;
            let partner = partnership.partner(&version.partner);
            verified.offices = sides(&mut tx, &version.agreement, partner, &verified.report).await?;
            verified.collaboration = Some(KnownCollaboration {
                name: partner.map_or_else(|| version.partner.to_string(), |partner| partner.name.clone()),
                agreement: version.agreement,
                partner: version.partner,
                version: version.serial,
                latest,
            });
        }
        return Ok(verified);
    };
    let Some(life) = store::agreement::life(&mut tx, &agreement).await? else { return Ok(verified) };
    let version = life.versions.iter().find(|version| version.document == verified.digest);
    verified.known = Some(Known {
        agreement,
        version: version.map_or(0, |version| version.serial),
        latest: life.latest_version() == Some(&verified.digest),
    });
    verified.offices = offices(&life, &verified.report);
    Ok(verified)
}

/// The office of everyone whose statement of initials the file carries.
fn offices(life: &Life, report: &Report) -> Vec<Office> {
    let statements = report.signatures.iter().filter_map(|signature| signature.statement.as_ref());
    statements
        .filter_map(|statement| {
            let party = Party::BOTH.into_iter().find(|party| party.code() == statement.party)?;
            let day = stockholm_day(statement.time);
            let mandate = life.mandates.get(&statement.mandate.as_str().into());
            let allowed = mandate.map(|mandate| signing::may_sign(life, party, mandate, day));
            Some(Office {
                party: party.code().to_owned(),
                name: statement.person.clone(),
                role: mandate.map(|mandate| mandate.role),
                day,
                held: allowed.as_ref().map(std::result::Result::is_ok),
                because: allowed.and_then(std::result::Result::err).map(|problem| problem.code),
            })
        })
        .collect()
}

/// The office of everyone who has signed a collaboration agreement in its file: whether their mandate, on that day,
/// was one for the side's organisation and of a kind that may sign for it.
async fn sides(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    partner: Option<&Partner>,
    report: &Report,
) -> Result<Vec<Office>> {
    let mandates = store::person::mandates(tx).await?;
    let organisations = tx.every::<Organisation>().await?;
    let municipality = store::agreement::life(tx, agreement).await?.map(|life| life.agreement.municipality);
    let statements = report.signatures.iter().filter_map(|signature| signature.statement.as_ref());
    let told = statements.filter_map(|statement| {
        let side = Side::from_code(&statement.party)?;
        let own = match side {
            Side::Municipality => municipality.as_ref(),
            Side::Partner => partner.and_then(|partner| partner.organisation.as_ref()),
        };
        let day = stockholm_day(statement.time);
        let mandate = mandates.get(&statement.mandate.as_str().into());
        let held = mandate.map(|mandate| {
            let kind = organisations.iter().find(|o| o.id == mandate.organisation).map(|o| o.kind);
            own == Some(&mandate.organisation)
                && mandates.held_on(mandate, day)
                && kind.is_some_and(|kind| signs(mandate, kind))
        });
        Some(Office {
            party: side.code().to_owned(),
            name: statement.person.clone(),
            role: mandate.map(|mandate| mandate.role),
            day,
            held,
            because: (held == Some(false)).then(|| "mandate-does-not-sign".to_owned()),
        })
    });
    Ok(told.collect())
}

/// Whether who holds the mandate may sign for its organisation: the same policy that lets them.
fn signs(mandate: &Mandate, kind: OrganisationKind) -> bool {
    let actor = Actor::Signed {
        person: mandate.person.clone(),
        name: String::new(),
        mandate: mandate.id.clone(),
        role: mandate.role,
        organisation: mandate.organisation.clone(),
        kind,
    };
    may(&actor, Act::SignCollaboration, &Thing::Of(mandate.organisation.clone())) == May::Yes
}

async fn on_a_thread(bytes: Vec<u8>, anchors: Anchors, at: Timestamp) -> Result<Report> {
    let policy = Policy::house();
    let work = move || examine(&bytes, &anchors, &Evidence::default(), &policy, at);
    aside(work).await
}
