//! Signatures, initials and scans. They are read as part of an agreement's life: [`crate::agreement`].

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, text};
use crate::read::ReadTx;
use jiff::civil::Date;
use kvarter_domain::ids::MandateId;
use kvarter_domain::signing::{Initials, Scan, Signature};

impl Fact for Signature {
    const TABLE: &'static Table = &Table {
        name: "signature",
        key: &["agreement", "mark", "party"],
        columns: &[
            text("agreement"),
            text("mark"),
            text("party"),
            text("person"),
            text("mandate"),
            text("signed_on"),
            text("place"),
            text("mode"),
            text("attested_by").or_null(),
        ],
    };
}

impl Fact for Initials {
    const TABLE: &'static Table = &Table {
        name: "initials",
        key: &["agreement", "mark", "party", "page"],
        columns: &[
            text("agreement"),
            text("mark"),
            text("party"),
            integer("page"),
            text("person"),
            text("mandate"),
            text("initialled_on"),
            text("mode"),
            text("attested_by").or_null(),
        ],
    };
}

impl Fact for Scan {
    const TABLE: &'static Table = &Table {
        name: "scan",
        key: &["agreement", "mark", "document"],
        columns: &[
            text("agreement"),
            text("mark"),
            text("document"),
            text("scanned_on"),
            text("attested_by"),
        ],
    };
}

/// The last day on which something was signed or initialled by a mandate.
///
/// # Errors
/// Whatever the engine reports.
pub async fn last_act_by(tx: &mut ReadTx, mandate: &MandateId) -> Result<Option<Date>> {
    let bound = [Bind::from(mandate)];
    let signed: Vec<Signature> = tx.all("mandate = $1", &bound).await?;
    let initialled: Vec<Initials> = tx.all("mandate = $1", &bound).await?;
    let days = signed.iter().map(|s| s.signed_on);
    Ok(days.chain(initialled.iter().map(|i| i.initialled_on)).max())
}
