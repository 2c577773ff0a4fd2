//! Reference numbers (diarienummer): opaque strings, several to a matter, each with a role.
//!
//! The covering letter bears IJ2008/1818/IU, asks that IJ2007/1818/STO be quoted on return, and rests on
//! the offer IJ2008/1218/IU; the municipality's own number is 539-1756/2008. Which of them is a
//! misprint is not for software to decide. Numbers are kept exactly as written, matched tolerantly, and
//! a mismatch is flagged, never a ground for refusing.

use crate::ids::{MatterId, OrganisationId};
use serde::{Deserialize, Serialize};

/// What a reference number is to a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferenceRole {
    /// The organisation's own number for the matter.
    Own,
    /// The other party's number for it.
    Counterparty,
    /// The Government's offer.
    Offer,
    /// A decision.
    Decision,
    /// The covering letter.
    Letter,
    /// The number that the letter asks to have quoted on return.
    ToQuote,
    /// What was in fact quoted.
    Quoted,
}

/// A reference number of a matter (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The matter it belongs to.
    pub matter: MatterId,
    /// The number, exactly as written.
    pub number: String,
    /// What it is to the matter.
    pub role: ReferenceRole,
    /// Whose number it is, where known.
    pub organisation: Option<OrganisationId>,
}

/// How a quoted number relates to the one that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "match", rename_all = "kebab-case")]
pub enum Match {
    /// The same, to the letter.
    Exact,
    /// The same but for case, spaces or the kind of dash.
    Tolerant,
    /// Another number of the same matter.
    Another {
        /// What that number is to the matter.
        role: ReferenceRole,
    },
    /// No number that the matter is known by.
    Unknown,
    /// Nothing was quoted.
    Absent,
}

impl Match {
    /// Whether a person should be told about it.
    pub fn is_flagged(&self) -> bool {
        !matches!(self, Self::Exact | Self::Tolerant)
    }
}

/// A number stripped of what typists vary: case, white space, the kind of dash, a leading `dnr`.
pub fn normalised(number: &str) -> String {
    let lower = number.to_lowercase();
    let bare = lower.trim().trim_start_matches("dnr").trim_start_matches([':', '.']);
    bare.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '‐' | '‑' | '–' | '—' | '−') { '-' } else { c })
        .collect()
}

/// Matches what was quoted against what the letter asks for and the matter's other numbers.
pub fn matching(quoted: &str, asked_for: &str, others: &[Reference]) -> Match {
    if quoted.trim().is_empty() {
        return Match::Absent;
    }
    if quoted == asked_for {
        return Match::Exact;
    }
    if normalised(quoted) == normalised(asked_for) {
        return Match::Tolerant;
    }
    others
        .iter()
        .find(|r| r.role != ReferenceRole::Quoted && normalised(&r.number) == normalised(quoted))
        .map_or(Match::Unknown, |r| Match::Another { role: r.role })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Reference {
        Reference {
            matter: "m".into(),
            number: "IJ2008/1818/IU".into(),
            role: ReferenceRole::Letter,
            organisation: None,
        }
    }

    #[test]
    fn the_number_asked_for_is_matched_whatever_its_spacing_and_case() {
        let asked = "IJ2007/1818/STO";
        assert_eq!(matching("IJ2007/1818/STO", asked, &[]), Match::Exact);
        assert_eq!(matching("dnr ij2007 / 1818 / sto", asked, &[]), Match::Tolerant);
    }

    #[test]
    fn quoting_the_letters_own_number_instead_is_flagged_with_what_it_is() {
        let found = matching("IJ2008/1818/IU", "IJ2007/1818/STO", &[letter()]);
        assert_eq!(found, Match::Another { role: ReferenceRole::Letter });
        assert!(found.is_flagged());
        assert_eq!(matching("X1", "IJ2007/1818/STO", &[letter()]), Match::Unknown);
        assert_eq!(matching(" ", "IJ2007/1818/STO", &[letter()]), Match::Absent);
    }
}
