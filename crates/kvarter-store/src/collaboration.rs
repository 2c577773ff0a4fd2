//! Collaboration agreements, and the drafts of them.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, Fact, Table, canonical, integer, json, text};
use crate::read::{Cells, ReadTx, instant};
use crate::write::WriteTx;
use kvarter_domain::collaboration::{
    CollaborationConfirmation, CollaborationRenewal, CollaborationReport, CollaborationSignature,
    CollaborationTerms, CollaborationVersion, Collaborations, Draft, RevisionNeed, Terms,
};
use kvarter_domain::ids::{AgreementId, Digest, OrganisationId, PersonId, ProgrammeId};
use kvarter_domain::plan::PlanContent;
use std::collections::BTreeMap;

impl Fact for CollaborationVersion {
    const TABLE: &'static Table = &Table {
        name: "collaboration_version",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            text("partner"),
            integer("serial"),
            text("content_digest"),
            text("mode"),
            text("document"),
            integer("pages"),
            text("drawn_up_on"),
            text("by"),
            text("person"),
            text("record"),
        ],
    };
}

impl Fact for CollaborationTerms {
    const TABLE: &'static Table = &Table {
        name: "collaboration_terms",
        key: &["version"],
        columns: &[text("version"), text("agreement"), json("terms")],
    };
}

impl Fact for CollaborationSignature {
    const TABLE: &'static Table = &Table {
        name: "collaboration_signature",
        key: &["version", "side"],
        columns: &[
            text("version"),
            text("agreement"),
            text("side"),
            integer("serial"),
            text("name"),
            text("person").or_null(),
            text("mandate").or_null(),
            text("signed_on"),
            text("mode"),
            text("attested_by").or_null(),
            text("document").or_null(),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for CollaborationRenewal {
    const TABLE: &'static Table = &Table {
        name: "collaboration_renewal",
        key: &["version", "serial"],
        columns: &[
            text("version"),
            text("agreement"),
            integer("serial"),
            text("document"),
            text("renewed_on"),
        ],
    };
}

impl Fact for CollaborationConfirmation {
    const TABLE: &'static Table = &Table {
        name: "collaboration_confirmation",
        key: &["version", "plan_version"],
        columns: &[
            text("version"),
            text("agreement"),
            text("plan_version"),
            text("confirmed_on"),
            text("reason"),
            text("by"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for RevisionNeed {
    const TABLE: &'static Table = &Table {
        name: "revision_need",
        key: &["version", "record"],
        columns: &[
            text("version"),
            text("agreement"),
            text("found_on"),
            text("reason"),
            text("by"),
            text("registered_on"),
            text("record"),
        ],
    };
}

impl Fact for CollaborationReport {
    const TABLE: &'static Table = &Table {
        name: "collaboration_report",
        key: &["version"],
        columns: &[text("version"), text("agreement"), text("reported_on"), text("record")],
    };
}

const OF_AGREEMENT: &str = "agreement = $1";
const OF_PROGRAMME: &str = "agreement in (select id from agreement where programme = $1)";

/// All that is known of one agreement's collaboration agreements.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_agreement(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Collaborations> {
    where_holds(tx, OF_AGREEMENT, &Bind::from(agreement)).await
}

/// The collaboration agreements of a programme, by agreement: the same number of questions however many there are.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_programme(
    tx: &mut ReadTx,
    programme: &ProgrammeId,
) -> Result<BTreeMap<AgreementId, Collaborations>> {
    let all = where_holds(tx, OF_PROGRAMME, &Bind::from(programme)).await?;
    let mut apart: BTreeMap<AgreementId, Collaborations> = BTreeMap::new();
    macro_rules! part {
        ($($field:ident),+) => {
            $(for fact in all.$field {
                apart.entry(fact.agreement.clone()).or_default().$field.push(fact);
            })+
        };
    }
    part![versions, terms, signatures, renewals, confirmations, needs, reports];
    Ok(apart)
}

async fn where_holds(tx: &mut ReadTx, condition: &'static str, bound: &Bind) -> Result<Collaborations> {
    let bound = std::slice::from_ref(bound);
    let mut known = Collaborations {
        versions: tx.all(condition, bound).await?,
        terms: tx.all(condition, bound).await?,
        signatures: tx.all(condition, bound).await?,
        renewals: tx.all(condition, bound).await?,
        confirmations: tx.all(condition, bound).await?,
        needs: tx.all(condition, bound).await?,
        reports: tx.all(condition, bound).await?,
    };
    known.versions.sort_by(|a, b| (&a.partner, a.serial).cmp(&(&b.partner, b.serial)));
    Ok(known)
}

/// What the plans of an agreement hold, for all their versions.
///
/// # Errors
/// Whatever the engine reports.
pub async fn plan_contents_of(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Vec<PlanContent>> {
    tx.all("version in (select id from plan_version where agreement = $1)", &[Bind::from(agreement)]).await
}

/// What the plans hold that an organisation has to do with under a programme, as the municipality or as a partner.
///
/// # Errors
/// Whatever the engine reports.
pub async fn plan_contents_concerning(
    tx: &mut ReadTx,
    programme: &ProgrammeId,
    organisation: &OrganisationId,
) -> Result<Vec<PlanContent>> {
    let of = "version in (select id from plan_version where agreement in (select id from agreement \
              where programme = $1 and (municipality = $2 \
              or id in (select agreement from partner where organisation = $2))))";
    tx.all(of, &[Bind::from(programme), Bind::from(organisation)]).await
}

/// The canonical text of terms, by which they are digested.
///
/// # Errors
/// When they cannot be written as JSON, which a struct of texts and days can.
pub fn digest_of(terms: &Terms) -> Result<Digest> {
    Ok(Digest::of(written(terms)?.as_bytes()))
}

fn written(terms: &Terms) -> Result<String> {
    let value = serde_json::to_value(terms).map_err(|error| StoreError::Malformed(error.to_string()))?;
    let text = canonical(&value);
    if text.contains("\\u0000") { Err(StoreError::Malformed("terms".to_owned())) } else { Ok(text) }
}

/// The draft of a series, if one is being worked on.
///
/// # Errors
/// Whatever the engine reports.
pub async fn draft(tx: &mut ReadTx, series: &str) -> Result<Option<Draft>> {
    let select = "select revision, terms from collaboration_draft where series = $1";
    let Some(row) = tx.row(select, &[Bind::from(&series)]).await? else { return Ok(None) };
    let terms = serde_json::from_value(row.json("terms")?)
        .map_err(|error| StoreError::Corrupt(format!("{series}: {error}")))?;
    Ok(Some(Draft { series: series.to_owned(), revision: row.integer("revision")?, terms }))
}

/// Keeps a draft in the place of the one before.
///
/// # Errors
/// Whatever the engine reports.
pub async fn keep_draft(
    tx: &mut WriteTx,
    draft: &Draft,
    person: &PersonId,
    at: jiff::Timestamp,
) -> Result<()> {
    forget_draft(tx, &draft.series).await?;
    let insert = "insert into collaboration_draft (series, revision, terms, person, saved_at) \
                  values ($1, $2, $3, $4, $5)";
    let bound = [
        Bind::from(&draft.series),
        Bind::from(draft.revision),
        Bind::from(&written(&draft.terms)?),
        Bind::from(person),
        Bind::from(&instant(at)),
    ];
    tx.execute(insert.to_owned(), &bound).await?;
    Ok(())
}

/// Forgets a draft: it has been drawn up, or given up.
///
/// # Errors
/// Whatever the engine reports.
pub async fn forget_draft(tx: &mut WriteTx, series: &str) -> Result<()> {
    let delete = "delete from collaboration_draft where series = $1".to_owned();
    tx.execute(delete, &[Bind::from(&series)]).await?;
    Ok(())
}

/// The version whose file has that digest, as it was drawn up or as a key's act made it, and whether it is the latest
/// of that version.
///
/// # Errors
/// Whatever the engine reports.
pub async fn with_file(tx: &mut ReadTx, document: &Digest) -> Result<Option<(CollaborationVersion, bool)>> {
    let of = "document = $1 or id in (select version from collaboration_signature where document = $1) \
              or id in (select version from collaboration_renewal where document = $1)";
    let Some(version) = tx.first::<CollaborationVersion>(of, &[Bind::from(document)]).await? else {
        return Ok(None);
    };
    let known = of_agreement(tx, &version.agreement).await?;
    let latest = known.file_of(&version) == document;
    Ok(Some((version, latest)))
}
