//! Who can be a party, an authority or a sender: organisations, and the names they go by.
//!
//! The source calls one party *Stockholms stad* on its stamp and *Stockholms kommun* in its text, and the
//! send list writes *Linköping kommun* without a genitive. Names are therefore aliases of a code; what
//! is compared is the code.

use crate::ids::OrganisationId;
use crate::problem::Problem;
use crate::text::folded;
use serde::{Deserialize, Serialize};

/// What kind of organisation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// The state's side of the agreement: the ministry that acts for it.
    State,
    /// A municipality (kommun).
    Municipality,
    /// A state authority that takes part in partnerships.
    Authority,
}

/// An organisation (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The four-digit municipality code for a municipality, otherwise a slug.
    pub id: OrganisationId,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// The name it goes by in addresses and lists, such as `Stockholms stad`.
    pub name: String,
    /// Organisation number, `NNNNNN-NNNN`, where known.
    pub orgnr: Option<String>,
}

/// Another name that an organisation is known by (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// Whose name.
    pub organisation: OrganisationId,
    /// The name as written somewhere.
    pub name: String,
}

/// Finds the organisation that a written name or a code means; case and spacing do not matter.
pub fn resolve<'a>(
    organisations: &'a [Organisation],
    aliases: &[Alias],
    written: &str,
) -> Option<&'a Organisation> {
    let wanted = folded(written);
    let by_name = organisations.iter().find(|o| o.id.as_str() == wanted || folded(&o.name) == wanted);
    by_name.or_else(|| {
        let alias = aliases.iter().find(|a| folded(&a.name) == wanted)?;
        organisations.iter().find(|o| o.id == alias.organisation)
    })
}

/// Whether the text has the shape of a municipality code: four digits, the first two a county's.
pub fn is_municipality_code(code: &str) -> bool {
    let county = code.get(..2).and_then(|digits| digits.parse::<u8>().ok());
    code.len() == 4
        && code.bytes().all(|b| b.is_ascii_digit())
        && county.is_some_and(|n| (1..=25).contains(&n))
}

/// Checks an organisation number: ten digits, third digit at least 2, Luhn check digit.
///
/// # Errors
/// `orgnr-malformed` or `orgnr-check-digit`, at the place given.
pub fn check_orgnr(orgnr: &str, place: &str) -> Result<(), Problem> {
    let digits: Vec<u32> = orgnr.chars().filter_map(|c| c.to_digit(10)).collect();
    let shape = orgnr.len() == 11 && orgnr.as_bytes()[6] == b'-' && digits.len() == 10;
    if !shape || digits[2] < 2 {
        return Err(Problem::new("orgnr-malformed", place).with("orgnr", orgnr));
    }
    let sum: u32 =
        digits.iter().enumerate().map(|(i, d)| if i % 2 == 0 { d * 2 / 10 + d * 2 % 10 } else { *d }).sum();
    if !sum.is_multiple_of(10) {
        return Err(Problem::new("orgnr-check-digit", place).with("orgnr", orgnr));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_is_found_by_any_of_its_names() {
        let all = [Organisation {
            id: "0180".into(),
            kind: OrganisationKind::Municipality,
            name: "Stockholms stad".into(),
            orgnr: None,
        }];
        let aliases = [Alias { organisation: "0180".into(), name: "Stockholms kommun".into() }];
        for written in ["0180", "Stockholms stad", "stockholms  KOMMUN"] {
            assert_eq!(resolve(&all, &aliases, written).map(|o| o.id.as_str()), Some("0180"), "{written}");
        }
        assert!(resolve(&all, &aliases, "Stockholm län").is_none());
    }

    #[test]
    fn organisation_numbers_are_checked_by_their_last_digit() {
        for good in ["212000-0142", "212000-1355", "202100-3831", "202100-2114"] {
            assert!(check_orgnr(good, "orgnr").is_ok(), "{good}");
        }
        for bad in ["212000-0143", "2120000142", "211000-0142", "", "åäöåäö-åäöå"] {
            assert!(check_orgnr(bad, "orgnr").is_err(), "{bad}");
        }
    }
}
