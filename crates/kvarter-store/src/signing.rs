//! Signatures, initials and scans. They are read as part of an agreement's life: [`crate::agreement`].

use crate::fact::{Fact, Table, integer, text};
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
