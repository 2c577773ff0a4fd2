//! City districts (stadsdelar) and the statistical codes that say where they are.
//!
//! § 2 names each district with its SAMS code. The product also knows the codes that came after: DeSO
//! (2018, revised 2025) and RegSO (2020, revised 2025). A code without its vintage is ambiguous, so the
//! vintage is part of the code system.

use crate::ids::{AgreementId, OrganisationId};
use crate::problem::{Problem, Problems};
use crate::text::squeeze;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A system of area codes, with its vintage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CodeSystem {
    /// Small Areas for Market Statistics, c. 1994–2018: eight digits, the first four the municipality.
    #[serde(rename = "sams")]
    Sams,
    /// Demografiska statistikområden of 2018: `0180C1010`.
    #[serde(rename = "deso-2018")]
    Deso2018,
    /// DeSO as revised 2025; the statistics API writes `0180C1010_DeSO2025`.
    #[serde(rename = "deso-2025")]
    Deso2025,
    /// Regionala statistikområden of 2020: `0180R036`.
    #[serde(rename = "regso-2020")]
    Regso2020,
    /// RegSO as revised 2025; the statistics API writes `0180R036_RegSO2025`.
    #[serde(rename = "regso-2025")]
    Regso2025,
}

impl CodeSystem {
    /// Every system.
    pub const ALL: [Self; 5] = [Self::Sams, Self::Deso2018, Self::Deso2025, Self::Regso2020, Self::Regso2025];

    /// The system's code in files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Sams => "sams",
            Self::Deso2018 => "deso-2018",
            Self::Deso2025 => "deso-2025",
            Self::Regso2020 => "regso-2020",
            Self::Regso2025 => "regso-2025",
        }
    }

    /// The system with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.code() == code)
    }

    /// Whether the text has this system's shape; the municipality is not looked at.
    pub fn has_shape(self, code: &str) -> bool {
        let bare = match self {
            Self::Deso2025 => code.strip_suffix("_DeSO2025").unwrap_or(code),
            Self::Regso2025 => code.strip_suffix("_RegSO2025").unwrap_or(code),
            Self::Sams | Self::Deso2018 | Self::Regso2020 => code,
        };
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        let bytes = bare.as_bytes();
        match self {
            Self::Sams => bytes.len() == 8 && digits(bytes),
            Self::Deso2018 | Self::Deso2025 => {
                bytes.len() == 9
                    && digits(&bytes[..4])
                    && matches!(bytes[4], b'A' | b'B' | b'C')
                    && digits(&bytes[5..])
            }
            Self::Regso2020 | Self::Regso2025 => {
                bytes.len() == 8 && digits(&bytes[..4]) && bytes[4] == b'R' && digits(&bytes[5..])
            }
        }
    }
}

/// A district of a municipality, with its code (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// The municipality it lies in.
    pub municipality: OrganisationId,
    /// The statistical code, exactly as written.
    pub code: String,
    /// Which system the code belongs to.
    pub system: CodeSystem,
    /// The name, such as `Husby`.
    pub name: String,
}

/// A district that an agreement covers (fact, frozen with the agreement).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDistrict {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its place in the list of § 2, from 1.
    pub position: i64,
    /// The statistical code.
    pub code: String,
    /// Which system the code belongs to.
    pub system: CodeSystem,
    /// The name as it stands in the agreement.
    pub name: String,
}

/// Checks the districts of one municipality: shape, municipality prefix, uniqueness, a name.
///
/// `place` is the list's name; each problem names the row. The codes rest on § 2, ”med SAMS-kod”.
///
/// # Errors
/// Every problem in every row.
pub fn check(districts: &[District], place: &str) -> Result<(), Problems> {
    let mut problems = Problems::none();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, district) in districts.iter().enumerate() {
        let at = format!("{place}[{}]", index + 1);
        let about = |code: &str| {
            Problem::new(code, &at)
                .resting_on("2")
                .with("code", &district.code)
                .with("name", &district.name)
                .with("municipality", &district.municipality)
                .with("system", district.system.code())
        };
        if squeeze(&district.name).is_empty() {
            problems.add(about("district-without-name"));
        }
        if !district.system.has_shape(&district.code) {
            problems.add(about("district-code-malformed"));
        } else if !district.code.starts_with(district.municipality.as_str()) {
            problems.add(about("district-code-wrong-municipality"));
        }
        if let Some(first) = seen.insert(&district.code, index + 1) {
            problems.add(about("district-code-duplicate").with("first", first));
        }
    }
    problems.or(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn husby(code: &str) -> District {
        District {
            municipality: "0180".into(),
            code: code.into(),
            system: CodeSystem::Sams,
            name: "Husby".into(),
        }
    }

    #[test]
    fn a_sams_code_has_eight_digits_and_begins_with_its_municipality() {
        assert!(check(&[husby("01800154")], "districts").is_ok());
        for (code, expected) in [
            ("0180154", "district-code-malformed"),
            ("0180015A", "district-code-malformed"),
            ("", "district-code-malformed"),
            ("٠١٨٠٠١٥٤", "district-code-malformed"),
            ("12800154", "district-code-wrong-municipality"),
        ] {
            let problems = check(&[husby(code)], "districts").expect_err(code);
            assert_eq!(problems.0[0].code, expected, "{code}");
        }
    }

    #[test]
    fn the_same_code_twice_is_found_with_the_row_it_first_stood_on() {
        let problems = check(&[husby("01800154"), husby("01800154")], "districts").expect_err("twice");
        assert_eq!(problems.0[0].code, "district-code-duplicate");
        assert_eq!(problems.0[0].place, "districts[2]");
        assert_eq!(problems.0[0].args["first"], "1");
    }

    #[test]
    fn newer_codes_have_shapes_and_vintages_of_their_own() {
        assert!(CodeSystem::Deso2018.has_shape("0180C1010"));
        assert!(!CodeSystem::Deso2018.has_shape("0180C1010_DeSO2025"));
        assert!(CodeSystem::Deso2025.has_shape("0180C1010_DeSO2025"));
        assert!(CodeSystem::Regso2020.has_shape("0180R036"));
        assert!(!CodeSystem::Regso2020.has_shape("0180D036"));
        assert!(CodeSystem::Regso2025.has_shape("0180R036_RegSO2025"));
    }
}
