//! Organisations and the names they go by.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, text};
use crate::read::ReadTx;
use kvarter_domain::ids::OrganisationId;
use kvarter_domain::organisation::{Alias, Organisation};

impl Fact for Organisation {
    const TABLE: &'static Table = &Table {
        name: "organisation",
        key: &["id"],
        columns: &[text("id"), text("kind"), text("name"), text("orgnr").or_null()],
    };
}

impl Fact for Alias {
    const TABLE: &'static Table = &Table {
        name: "organisation_alias",
        key: &["organisation", "name"],
        columns: &[text("organisation"), text("name")],
    };
}

/// The organisation with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn by_id(tx: &mut ReadTx, id: &OrganisationId) -> Result<Option<Organisation>> {
    tx.first("id = $1", &[Bind::from(id)]).await
}
