//! The electronic original: one file, in two parties' custody.
//!
//! The letter speaks of ”två likalydande lokala utvecklingsavtal”. On paper they are two things; a file is as
//! identical with itself as anything can be. *Reading*: originals A and B are then one string of bytes, with
//! one digest, kept by both parties, each under its own number. That an agreement is electronic is therefore
//! not written down anywhere: it is seen from its originals being the same document.
//!
//! Each act of signing makes a new version of the file that begins with the whole of the one before.

use crate::agreement::Life;
use crate::ids::{AgreementId, Digest, MandateId, PersonId};
use crate::problem::Problem;
use crate::signing::{Mark, Mode, Party};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The file as it is after a party's act of signing, or after its timestamps were renewed (fact). Serial numbers begin at 1 and have no gaps; what
/// was issued is version 0 and stands in [`crate::agreement::Original`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedVersion {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which version.
    pub serial: i64,
    /// For which party; none where the file was only kept alive.
    pub party: Option<Party>,
    /// The file.
    pub document: Digest,
    /// Whose key made it, if a person's did.
    pub person: Option<PersonId>,
    /// By which mandate.
    pub mandate: Option<MandateId>,
    /// The day.
    pub signed_on: Date,
}

/// A page that somebody has initialled in the signing room and not yet sealed with a key.
///
/// Not a fact: it is gone when the act is done, and until then it is what an interruption must not lose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMark {
    /// The page, from 1.
    pub page: i64,
    /// When it was initialled.
    pub at: Timestamp,
}

impl Life {
    /// Whether the agreement's originals are one file, signed with keys.
    pub fn is_electronic(&self) -> bool {
        match (self.original(Mark::A), self.original(Mark::B)) {
            (Some(a), Some(b)) => a.document == b.document,
            _ => false,
        }
    }

    /// How the agreement is signed.
    pub fn mode(&self) -> Mode {
        if self.is_electronic() { Mode::Electronic } else { Mode::Paper }
    }

    /// The latest version of the file of an electronic agreement.
    pub fn latest_version(&self) -> Option<&Digest> {
        let signed = self.versions.iter().max_by_key(|version| version.serial);
        signed.map(|version| &version.document).or_else(|| self.original(Mark::A).map(|o| &o.document))
    }

    /// The serial number of the next version.
    pub fn next_version(&self) -> i64 {
        self.versions.iter().map(|version| version.serial).max().unwrap_or(0) + 1
    }
}

/// Refuses a pen where there is a file to sign, and a key where there is paper.
///
/// # Errors
/// The problem, resting on the letter's ”undertecknas … signeras”: which says how, and not in two ways.
pub fn check_mode(life: &Life, mode: Mode) -> Result<(), Problem> {
    match (life.mode(), mode) {
        (Mode::Electronic, Mode::Paper) => {
            Err(Problem::new("original-is-electronic", "mark").resting_on("L"))
        }
        (Mode::Paper, Mode::Electronic) => Err(Problem::new("original-is-paper", "mark").resting_on("L")),
        _ => Ok(()),
    }
}
