//! Dialogues with residents: what they said, and what was done for it.
//!
//! ”…skapar kommunen förutsättningar för de boendes delaktighet i partnerskapet och verkar för en dialog om
//! förstärkt gemensam värdegrund i stadsdelarna” (§ 3). ”Planerna ska … tas fram i samråd med stadsdelens invånare”
//! (SFS 2008:348, 6 §).
//!
//! What is written here is public, so nothing that points out a resident is taken in ([`super::privacy`]).

use super::meeting::check_district;
use super::privacy::check_no_personal_data;
use super::{Bounds, LONG_MAX, SHORT_MAX, check_text};
use crate::ids::{AgreementId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What a dialogue was about.
    DialogueKind {
        /// Residents' participation in the partnership (§ 3).
        Participation = "participation",
        /// Common values (gemensam värdegrund) (§ 3).
        Values = "values",
        /// Consultation (samråd) on the district's plan (SFS 2008:348, 6 §).
        ConsultationOnPlan = "consultation-on-plan",
    }
}

/// A dialogue with the residents of a district (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialogue {
    /// Agreement and number: `lua-2008/0180/dialogue/2`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its number, from 1.
    pub serial: i64,
    /// What it was about.
    pub kind: DialogueKind,
    /// The district's code.
    pub district: String,
    /// The day.
    pub day: Date,
    /// In which form: an open meeting, a walk, a survey.
    pub form: String,
    /// The theme.
    pub theme: String,
    /// How many took part, where it was counted.
    pub taking_part: Option<i64>,
    /// What residents said, without pointing anyone out.
    pub said: String,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// What was done for what residents said (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialogueResponse {
    /// The dialogue.
    pub dialogue: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which response, from 1.
    pub serial: i64,
    /// The day on which it was done or decided.
    pub day: Date,
    /// What was done, or why not.
    pub done: String,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// Whether residents of a district had been consulted on its plan by a day.
pub fn consulted(dialogues: &[Dialogue], district: &str, day: Date) -> bool {
    dialogues
        .iter()
        .any(|d| d.kind == DialogueKind::ConsultationOnPlan && d.district == district && d.day <= day)
}

/// Checks a dialogue: on a day that can be, in a district of the agreement, saying what was said and nothing of who.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_dialogue(dialogue: &Dialogue, districts: &[String], bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("day", dialogue.day);
    problems.0.extend(check_district(Some(&dialogue.district), districts).0);
    problems.0.extend(check_text(&dialogue.form, "form", "dialogue-form-missing", SHORT_MAX).0);
    problems.0.extend(check_text(&dialogue.theme, "theme", "dialogue-theme-missing", SHORT_MAX).0);
    problems.0.extend(check_text(&dialogue.said, "said", "dialogue-said-missing", LONG_MAX).0);
    for (text, place) in [(&dialogue.form, "form"), (&dialogue.theme, "theme"), (&dialogue.said, "said")] {
        problems.0.extend(check_no_personal_data(text, place).0);
    }
    if let Some(count) = dialogue.taking_part {
        problems.add_if(!(0..=1_000_000).contains(&count), || {
            Problem::new("count-impossible", "taking_part").with("count", count)
        });
    }
    problems.or(())
}

/// Checks a response: after the dialogue, on a day that can be, and without pointing anyone out.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_response(
    response: &DialogueResponse,
    dialogue: &Dialogue,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("day", response.day);
    problems.0.extend(check_text(&response.done, "done", "response-missing", LONG_MAX).0);
    problems.0.extend(check_no_personal_data(&response.done, "done").0);
    problems.add_if(response.day < dialogue.day, || {
        Problem::new("response-before-dialogue", "day").with("day", response.day).with("held", dialogue.day)
    });
    problems.or(())
}
