//! Corrections of facts.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, text};
use crate::read::ReadTx;
use kvarter_domain::correction::Correction;
use kvarter_domain::ids::ProgrammeId;

impl Fact for Correction {
    const TABLE: &'static Table = &Table {
        name: "correction",
        key: &["kind", "about", "record"],
        columns: &[
            text("kind"),
            text("about"),
            text("record"),
            text("agreement"),
            text("reason"),
            text("by"),
            text("person"),
            text("corrected_on"),
        ],
    };
}

/// The corrections under every agreement of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_programme(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<Correction>> {
    tx.all("agreement in (select id from agreement where programme = $1)", &[Bind::from(programme)]).await
}
