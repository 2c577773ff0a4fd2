//! One type per identifier, so that a person's id cannot be handed over as a record's.
//!
//! Ids are readable natural keys wherever the field already has one: a municipality is its code,
//! an agreement is programme and municipality, a duty is obligation, object and year. What has no
//! natural key (people, records, dispatches) is given one by the services layer; this crate mints none.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the id as written; ids arrive from our own store or from an address, and an id
            /// that names nothing is found out when it is looked up.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }
    };
}

id!(
    /// A programme, such as `lua-2008`.
    ProgrammeId
);
id!(
    /// An organisation: the four-digit municipality code (`0180`), or a slug (`ijd`).
    OrganisationId
);
id!(
    /// A person who acts for an organisation.
    PersonId
);
id!(
    /// A mandate: one person, one role, one organisation, from a day.
    MandateId
);
id!(
    /// An agreement: programme and municipality, `lua-2008/0180`.
    AgreementId
);
id!(
    /// An obligation of a programme: `report-plan`.
    ObligationId
);
id!(
    /// A duty: agreement, obligation, object and year, `lua-2008/0180/report-plan/01800154/2009`.
    DutyId
);
id!(
    /// A matter (ärende) in one organisation's registry.
    MatterId
);
id!(
    /// A record (handling) in one organisation's registry.
    RecordId
);
id!(
    /// A dispatch (utskick).
    DispatchId
);
id!(
    /// A partner in an agreement's partnership: `lua-2008/0180/forsakringskassan`.
    PartnerId
);

impl AgreementId {
    /// The one agreement that a municipality has under a programme.
    pub fn of(programme: &ProgrammeId, municipality: &OrganisationId) -> Self {
        Self(format!("{programme}/{municipality}"))
    }

    /// The programme part of the id, if the id has the shape `programme/municipality`.
    pub fn programme(&self) -> Option<ProgrammeId> {
        self.0.split_once('/').map(|(programme, _)| ProgrammeId::new(programme))
    }

    /// The municipality part of the id, if the id has the shape `programme/municipality`.
    pub fn municipality(&self) -> Option<OrganisationId> {
        self.0.split_once('/').map(|(_, municipality)| OrganisationId::new(municipality))
    }
}

/// The SHA-256 digest of a document's bytes, 64 lower-case hexadecimal digits: a document's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(hex::encode(sha2::Sha256::digest(bytes)))
    }

    /// Reads a digest; anything but 64 lower-case hexadecimal digits is none.
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed =
            text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
