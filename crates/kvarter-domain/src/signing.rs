//! Signatures on the last page and initials on every page, by both parties, on both originals.
//!
//! The letter: ”Båda avtalen ska efter godkännande av kommunstyrelse undertecknas av kommunstyrelsens
//! ordförande (sista sidan av avtalet)” and ”Samtliga sidor i avtalet ska signeras av kommunstyrelsens
//! ordförande, motsvarande signum från departementet finns på respektive sida”. From this follow: both
//! originals; approval before signature; the chair, or a deputy on evidence, in office that day; all
//! pages; the state's initials before the municipality's.
//!
//! On paper a registrar attests what the paper bears, page by page. In the electronic mode the same facts
//! are made by the signing itself; [`Mode`] tells them apart.

use crate::agreement::{Life, not_in_the_future, pages};
use crate::electronic;
use crate::ids::{AgreementId, Digest, MandateId, PersonId};
use crate::person::{Mandate, Role};
use crate::problem::{Problem, Problems};
use crate::text::squeeze;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The two parties to an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// The state (staten).
    State,
    /// The municipality (kommunen).
    Municipality,
}

impl Party {
    /// Both, the state first: its initials are on the page when the municipality gets it.
    pub const BOTH: [Self; 2] = [Self::State, Self::Municipality];

    /// The party's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Municipality => "municipality",
        }
    }

    /// The role that signs for the party.
    pub fn signatory(self) -> Role {
        match self {
            Self::State => Role::Minister,
            Self::Municipality => Role::Chair,
        }
    }
}

/// Which of the two originals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// Original A.
    A,
    /// Original B.
    B,
}

impl Mark {
    /// Both originals.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The letter.
    pub fn code(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
        }
    }

    /// The mark with that letter.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|mark| mark.code() == code)
    }
}

/// How a signature or initials were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// By pen; a registrar attests it.
    Paper,
    /// With the person's key, in the document itself.
    Electronic,
}

/// A signature on the last page of an original (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// For which party.
    pub party: Party,
    /// Who signed.
    pub person: PersonId,
    /// By which mandate.
    pub mandate: MandateId,
    /// The day written beside it.
    pub signed_on: Date,
    /// The place written beside it.
    pub place: String,
    /// By pen or by key.
    pub mode: Mode,
    /// Who attested it, on paper.
    pub attested_by: Option<PersonId>,
}

/// Initials on one page of an original (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initials {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// For which party.
    pub party: Party,
    /// Page, from 1.
    pub page: i64,
    /// Whose initials.
    pub person: PersonId,
    /// By which mandate.
    pub mandate: MandateId,
    /// The day.
    pub initialled_on: Date,
    /// By pen or by key.
    pub mode: Mode,
    /// Who attested them, on paper.
    pub attested_by: Option<PersonId>,
}

/// A scan of a signed original, attested by a registrar (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// The agreement.
    pub agreement: AgreementId,
    /// Which original.
    pub mark: Mark,
    /// The scan.
    pub document: Digest,
    /// The day it was uploaded.
    pub scanned_on: Date,
    /// Who attested that it shows the original.
    pub attested_by: PersonId,
}

/// What one registrar attests at once: a party's signature and initials on an original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attestation {
    /// Which original.
    pub mark: Mark,
    /// For which party.
    pub party: Party,
    /// The mandate of the person who signed.
    pub mandate: MandateId,
    /// The day written on the paper.
    pub day: Date,
    /// The place written on the paper; needed when the last page is signed.
    pub place: String,
    /// Whether the last page bears the signature.
    pub signed: bool,
    /// Pages that bear the initials.
    pub pages: Vec<i64>,
}

/// Why a mandate does not let its holder sign for a party on a day, if it does not.
///
/// A deputy signs in the chair's place only where something shows it.
pub fn may_sign(life: &Life, party: Party, mandate: &Mandate, day: Date) -> Result<(), Problem> {
    let about = |code: &str| {
        Problem::new(code, "mandate")
            .resting_on("L")
            .with("name", life.name_of(&mandate.person))
            .with("role", mandate.role.code())
            .with("day", day)
    };
    if mandate.organisation != *life.organisation(party) {
        return Err(about("signatory-of-another-organisation"));
    }
    let deputy = party == Party::Municipality && mandate.role == Role::DeputyChair;
    if mandate.role != party.signatory() && !deputy {
        return Err(about("signatory-not-authorised"));
    }
    if deputy && mandate.evidence.as_deref().is_none_or(|e| squeeze(e).is_empty()) {
        return Err(about("deputy-without-evidence"));
    }
    if !life.mandates.held_on(mandate, day) {
        return Err(match life.mandates.last_day(mandate) {
            Some(last) if last < day => about("signatory-no-longer-in-office").with("last_day", last),
            _ => about("signatory-not-yet-in-office").with("first_day", mandate.from_day),
        });
    }
    Ok(())
}

/// Checks an attestation and makes the facts it consists of.
///
/// # Errors
/// Every rule that it breaks, each with its clause; nothing is made then.
pub fn attest(
    life: &Life,
    attestation: &Attestation,
    mode: Mode,
    attested_by: Option<&PersonId>,
    today: Date,
) -> Result<(Option<Signature>, Vec<Initials>), Problems> {
    let Attestation { mark, party, day, .. } = *attestation;
    let mut problems = not_in_the_future("day", day, today);
    if let Err(problem) = electronic::check_mode(life, mode) {
        problems.add(problem);
    }
    let Some(original) = life.original(mark) else {
        problems.add(Problem::new("no-such-original", "mark").with("mark", mark.code()));
        return Err(problems);
    };
    let Some(mandate) = life.mandates.get(&attestation.mandate) else {
        problems.add(Problem::new("no-such-mandate", "mandate"));
        return Err(problems);
    };
    if let Err(problem) = may_sign(life, party, mandate, day) {
        problems.add(problem);
    }
    problems.add_if(!attestation.signed && attestation.pages.is_empty(), || {
        Problem::new("nothing-attested", "pages")
    });
    check_pages(life, attestation, original.pages, &mut problems);
    check_order(life, attestation, original.pages, &mut problems);
    if attestation.signed {
        problems.add_if(squeeze(&attestation.place).is_empty(), || {
            Problem::new("signature-without-place", "place").resting_on("8")
        });
        problems.add_if(life.signature(party, mark).is_some(), || {
            Problem::new("already-signed", "mark").with("mark", mark.code())
        });
    }
    let agreement = &life.agreement.id;
    let signature = attestation.signed.then(|| Signature {
        agreement: agreement.clone(),
        mark,
        party,
        person: mandate.person.clone(),
        mandate: mandate.id.clone(),
        signed_on: day,
        place: squeeze(&attestation.place),
        mode,
        attested_by: attested_by.cloned(),
    });
    let initials = attestation.pages.iter().map(|page| Initials {
        agreement: agreement.clone(),
        mark,
        party,
        page: *page,
        person: mandate.person.clone(),
        mandate: mandate.id.clone(),
        initialled_on: day,
        mode,
        attested_by: attested_by.cloned(),
    });
    problems.or((signature, initials.collect()))
}

/// ”efter godkännande”: the decision comes before the signature, on the same day at the latest. And the
/// state comes first: ”motsvarande signum från departementet finns på respektive sida”.
fn check_order(life: &Life, attestation: &Attestation, last: i64, problems: &mut Problems) {
    let Attestation { mark, party, day, .. } = *attestation;
    match life.approval(party) {
        None => problems.add(
            Problem::new("signature-before-approval", "party").resting_on("L").with("party", party.code()),
        ),
        Some(approval) => problems.add_if(day < approval.decided_on, || {
            Problem::new("signed-before-decision", "day")
                .resting_on("L")
                .with("day", day)
                .with("decided_on", approval.decided_on)
        }),
    }
    if party == Party::Municipality {
        let state_missing = life.signature(Party::State, mark).is_none();
        problems.add_if(attestation.signed && state_missing, || {
            Problem::new("state-has-not-signed", "mark").resting_on("L").with("mark", mark.code())
        });
        let without: Vec<i64> = attestation
            .pages
            .iter()
            .copied()
            // A page that the original does not have misses nobody's initials.
            .filter(|page| (1..=last).contains(page))
            .filter(|page| life.initials_on(Party::State, mark, *page).is_none())
            .collect();
        problems.add_if(!without.is_empty(), || {
            Problem::new("state-has-not-initialled", "pages")
                .resting_on("L")
                .with("mark", mark.code())
                .with("pages", pages(&without))
        });
    }
}

fn check_pages(life: &Life, attestation: &Attestation, last: i64, problems: &mut Problems) {
    let Attestation { mark, party, .. } = *attestation;
    let outside: Vec<i64> =
        attestation.pages.iter().copied().filter(|page| !(1..=last).contains(page)).collect();
    problems.add_if(!outside.is_empty(), || {
        Problem::new("no-such-page", "pages").with("pages", pages(&outside)).with("last", last)
    });
    let mut sorted = attestation.pages.clone();
    sorted.sort_unstable();
    let twice: Vec<i64> = sorted
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| pair[0])
        .chain(sorted.iter().copied().filter(|page| life.initials_on(party, mark, *page).is_some()))
        .collect();
    problems.add_if(!twice.is_empty(), || {
        Problem::new("already-initialled", "pages").with("mark", mark.code()).with("pages", pages(&twice))
    });
}
