//! Districts and their codes.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, text};
use crate::read::ReadTx;
use kvarter_domain::district::{AgreementDistrict, District};
use kvarter_domain::ids::OrganisationId;

impl Fact for District {
    const TABLE: &'static Table = &Table {
        name: "district",
        key: &["municipality", "system", "code"],
        columns: &[text("municipality"), text("code"), text("system"), text("name")],
    };
}

impl Fact for AgreementDistrict {
    const TABLE: &'static Table = &Table {
        name: "agreement_district",
        key: &["agreement", "position"],
        columns: &[text("agreement"), integer("position"), text("code"), text("system"), text("name")],
    };
}

/// The districts of a municipality, in every system of codes.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_municipality(tx: &mut ReadTx, municipality: &OrganisationId) -> Result<Vec<District>> {
    tx.all("municipality = $1", &[Bind::from(municipality)]).await
}
