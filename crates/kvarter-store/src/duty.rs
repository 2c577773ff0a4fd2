//! Duties, and what bears on them.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, json, text};
use crate::read::ReadTx;
use kvarter_domain::duty::{AgreedDay, Discharge, Duty, Extension, Occurrence};
use kvarter_domain::ids::{AgreementId, DutyId, ProgrammeId, RecordId};

impl Fact for Duty {
    const TABLE: &'static Table = &Table {
        name: "duty",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            text("programme"),
            text("edition"),
            text("obligation"),
            text("clause"),
            text("sentence"),
            text("says"),
            text("force"),
            text("debtor"),
            text("municipality"),
            text("state"),
            text("creditor"),
            text("object_kind"),
            text("object").or_null(),
            text("object_name").or_null(),
            text("delivers").or_null(),
            text("met_by"),
            text("rule"),
            integer("year").or_null(),
            text("nominal").or_null(),
            text("effective").or_null(),
            text("roll"),
            text("reason").or_null(),
            text("after").or_null(),
            integer("within_days").or_null(),
            json("remind"),
        ],
    };
}

impl Fact for Discharge {
    const TABLE: &'static Table = &Table {
        name: "discharge",
        key: &["duty", "record"],
        columns: &[
            text("duty"),
            text("met_on"),
            text("registered_on"),
            text("attested_by").or_null(),
            text("record"),
            text("document").or_null(),
            text("by"),
            text("note").or_null(),
            text("link").or_null(),
        ],
    };
}

impl Fact for Extension {
    const TABLE: &'static Table = &Table {
        name: "extension",
        key: &["duty", "record"],
        columns: &[
            text("duty"),
            text("until"),
            text("decided_on"),
            text("registered_on"),
            text("decided_by"),
            text("reference").or_null(),
            text("reason").or_null(),
            text("record"),
        ],
    };
}

impl Fact for AgreedDay {
    const TABLE: &'static Table = &Table {
        name: "agreed_day",
        key: &["duty", "record"],
        columns: &[
            text("duty"),
            text("day"),
            text("agreed_on"),
            text("registered_on"),
            text("by"),
            text("reference").or_null(),
            text("record"),
        ],
    };
}

impl Fact for Occurrence {
    const TABLE: &'static Table = &Table {
        name: "occurrence",
        key: &["duty", "record"],
        columns: &[
            text("duty"),
            text("occurred_on"),
            text("registered_on"),
            text("note").or_null(),
            text("record"),
        ],
    };
}

/// The duty with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn by_id(tx: &mut ReadTx, id: &DutyId) -> Result<Option<Duty>> {
    tx.first("id = $1", &[Bind::from(id)]).await
}

/// What was registered as meeting duties under one record.
///
/// # Errors
/// Whatever the engine reports.
pub async fn met_under(tx: &mut ReadTx, record: &RecordId) -> Result<Vec<Discharge>> {
    tx.all("record = $1", &[Bind::from(record)]).await
}

/// The duties under one agreement.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_agreement(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Vec<Duty>> {
    tx.all("agreement = $1", &[Bind::from(agreement)]).await
}

/// The duties under every agreement of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_programme(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Duty>> {
    tx.all("programme = $1", &[Bind::from(programme)]).await
}

const OF_PROGRAMME: &str = "duty in (select id from duty where programme = $1)";

/// What was done under a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn discharges_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Discharge>> {
    tx.all(OF_PROGRAMME, &[Bind::from(programme)]).await
}

/// Which last days were moved under a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn extensions_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Extension>> {
    tx.all(OF_PROGRAMME, &[Bind::from(programme)]).await
}

/// Which days were agreed under a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn agreed_days_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<AgreedDay>> {
    tx.all(OF_PROGRAMME, &[Bind::from(programme)]).await
}

/// What duties under a programme waited for that has happened.
///
/// # Errors
/// Whatever the engine reports.
pub async fn occurrences_of(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Occurrence>> {
    tx.all(OF_PROGRAMME, &[Bind::from(programme)]).await
}
