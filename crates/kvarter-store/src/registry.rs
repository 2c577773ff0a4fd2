//! Registers: matters, their numbers, records, markings and documents.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, Fact, Table, integer, json, text};
use crate::read::{Cells, ReadTx};
use kvarter_domain::ids::{AgreementId, Digest, MatterId, OrganisationId, RecordId};
use kvarter_domain::reference::{Reference, normalised};
use kvarter_domain::registry::{Document, Filed, Matter, Record, Secrecy};
use std::collections::HashMap;

impl Fact for Matter {
    const TABLE: &'static Table = &Table {
        name: "matter",
        key: &["id"],
        columns: &[
            text("id"),
            text("organisation"),
            text("register"),
            text("number"),
            text("title"),
            text("opened_on"),
        ],
    };
}

impl Fact for Reference {
    const TABLE: &'static Table = &Table {
        name: "reference",
        key: &["matter", "number", "role"],
        columns: &[text("matter"), text("number"), text("role"), text("organisation").or_null()],
    };
}

impl Fact for Record {
    const TABLE: &'static Table = &Table {
        name: "record",
        key: &["id"],
        columns: &[
            text("id"),
            text("matter"),
            integer("serial"),
            text("agreement").or_null(),
            text("direction"),
            text("day"),
            text("dated").or_null(),
            text("counterpart").or_null(),
            text("subject"),
            text("their_reference").or_null(),
            text("routed_to").or_null(),
            text("document").or_null(),
        ],
    };
}

impl Fact for Secrecy {
    const TABLE: &'static Table = &Table {
        name: "secrecy",
        key: &["record", "serial"],
        columns: &[
            text("record"),
            integer("serial"),
            text("provision").or_null(),
            text("marked_on"),
            text("authority"),
            json("separates"),
        ],
    };
}

impl Fact for Document {
    const TABLE: &'static Table = &Table {
        name: "document",
        key: &["digest"],
        columns: &[
            text("digest"),
            text("media_type"),
            integer("size"),
            integer("pages").or_null(),
            text("name"),
        ],
    };
}

/// The document with a digest.
///
/// # Errors
/// Whatever the engine reports.
pub async fn document(tx: &mut ReadTx, digest: &Digest) -> Result<Option<Document>> {
    tx.first("digest = $1", &[Bind::from(digest)]).await
}

/// The matter with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn matter(tx: &mut ReadTx, id: &MatterId) -> Result<Option<Matter>> {
    tx.first("id = $1", &[Bind::from(id)]).await
}

/// The matters of an organisation.
///
/// # Errors
/// Whatever the engine reports.
pub async fn matters_of(tx: &mut ReadTx, organisation: &OrganisationId) -> Result<Vec<Matter>> {
    tx.all("organisation = $1", &[Bind::from(organisation)]).await
}

/// The matter that an organisation knows by a number, whatever its spacing and case.
///
/// # Errors
/// Whatever the engine reports.
pub async fn matter_numbered(
    tx: &mut ReadTx,
    organisation: &OrganisationId,
    number: &str,
) -> Result<Option<Matter>> {
    let wanted = normalised(number);
    Ok(matters_of(tx, organisation).await?.into_iter().find(|m| normalised(&m.number) == wanted))
}

/// The matter in which an organisation handles an agreement: that of its earliest record about it.
///
/// # Errors
/// Whatever the engine reports.
pub async fn matter_about(
    tx: &mut ReadTx,
    organisation: &OrganisationId,
    agreement: &AgreementId,
) -> Result<Option<Matter>> {
    tx.first(
        "id = (select record.matter from record join matter on matter.id = record.matter \
         where matter.organisation = $1 and record.agreement = $2 order by record.event, record.id limit 1)",
        &[Bind::from(organisation), Bind::from(agreement)],
    )
    .await
}

/// The reference numbers of a matter.
///
/// # Errors
/// Whatever the engine reports.
pub async fn references_of(tx: &mut ReadTx, matter: &MatterId) -> Result<Vec<Reference>> {
    tx.all("matter = $1", &[Bind::from(matter)]).await
}

/// The running number that the next record of a matter gets.
///
/// # Errors
/// Whatever the engine reports.
pub async fn next_serial(tx: &mut ReadTx, matter: &MatterId) -> Result<i64> {
    let next = "select coalesce(max(serial), 0) + 1 as serial from record where matter = $1";
    tx.row(next, &[Bind::from(matter)]).await?.map_or(Ok(1), |row| row.integer("serial"))
}

/// The number of the event that registered a record.
///
/// # Errors
/// `NotFound` if there is no such record.
pub async fn event_of(tx: &mut ReadTx, record: &RecordId) -> Result<i64> {
    let row = tx.row("select event from record where id = $1", &[Bind::from(record)]).await?;
    row.ok_or_else(|| StoreError::NotFound(format!("record {record}")))?.integer("event")
}

/// A record with its matter and the markings on it.
///
/// # Errors
/// Whatever the engine reports.
pub async fn filed(tx: &mut ReadTx, id: &RecordId) -> Result<Option<Filed>> {
    let Some(record) = tx.first::<Record>("id = $1", &[Bind::from(id)]).await? else { return Ok(None) };
    let secrecy = tx.all("record = $1", &[Bind::from(id)]).await?;
    let matter = matter(tx, &record.matter).await?;
    let matter = matter.ok_or_else(|| StoreError::Corrupt(format!("record {id} is in no matter")))?;
    Ok(Some(Filed { matter, record, secrecy }))
}

/// The records that the same act filed about the same agreement in other matters: the other end of what one party
/// sent to the other.
///
/// # Errors
/// Whatever the engine reports.
pub async fn filed_together(tx: &mut ReadTx, record: &RecordId) -> Result<Vec<Filed>> {
    let together: Vec<Record> = tx
        .all(
            "agreement = (select agreement from record where id = $1) \
             and event = (select event from record where id = $1) \
             and matter <> (select matter from record where id = $1)",
            &[Bind::from(record)],
        )
        .await?;
    all_of(tx, &together).await
}

/// The records that bear a document.
///
/// # Errors
/// Whatever the engine reports.
pub async fn bearing(tx: &mut ReadTx, document: &Digest) -> Result<Vec<Filed>> {
    let bearing: Vec<Record> = tx.all("document = $1", &[Bind::from(document)]).await?;
    all_of(tx, &bearing).await
}

async fn all_of(tx: &mut ReadTx, records: &[Record]) -> Result<Vec<Filed>> {
    let mut all = Vec::with_capacity(records.len());
    for record in records {
        all.extend(filed(tx, &record.id).await?);
    }
    Ok(all)
}

/// The records of an organisation, or about an agreement, or both, or all there are; the latest day first,
/// and of one day the last registered first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn all_filed(
    tx: &mut ReadTx,
    organisation: Option<&OrganisationId>,
    agreement: Option<&AgreementId>,
) -> Result<Vec<Filed>> {
    let bound =
        [Bind::Text(organisation.map(ToString::to_string)), Bind::Text(agreement.map(ToString::to_string))];
    let matters: Vec<Matter> = tx.all("cast($1 as text) is null or organisation = $1", &bound[..1]).await?;
    let mut matters: HashMap<MatterId, Matter> = matters.into_iter().map(|m| (m.id.clone(), m)).collect();
    let records: Vec<Record> = tx
        .all(
            "(cast($1 as text) is null or matter in (select id from matter where organisation = $1)) \
             and (cast($2 as text) is null or agreement = $2)",
            &bound,
        )
        .await?;
    let mut secrecy: HashMap<RecordId, Vec<Secrecy>> = HashMap::new();
    for marking in tx.every::<Secrecy>().await? {
        secrecy.entry(marking.record.clone()).or_default().push(marking);
    }
    let mut filed = Vec::with_capacity(records.len());
    for record in records {
        let matter = matters
            .get_mut(&record.matter)
            .ok_or_else(|| StoreError::Corrupt(format!("record {} is in no matter", record.id)))?;
        let secrecy = secrecy.remove(&record.id).unwrap_or_default();
        filed.push(Filed { matter: matter.clone(), record, secrecy });
    }
    filed.sort_by(|a, b| {
        (b.record.day, &b.matter.id, b.record.serial).cmp(&(a.record.day, &a.matter.id, a.record.serial))
    });
    Ok(filed)
}

/// The document of a record, if it has one.
///
/// # Errors
/// Whatever the engine reports.
pub async fn document_of_record(tx: &mut ReadTx, record: &RecordId) -> Result<Option<Document>> {
    tx.first("digest in (select document from record where id = $1)", &[Bind::from(record)]).await
}
