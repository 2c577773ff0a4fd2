//! Needs for coordinated efforts and state initiatives, and the state's answers.
//!
//! ”Staten ska föra en dialog med kommunen om behov av samordnade insatser och statliga initiativ” (§ 5). Here the
//! state is the debtor: a need waits for its answer.

use super::meeting::check_district;
use super::privacy::check_no_personal_data;
use super::{Bounds, LONG_MAX, SHORT_MAX, check_text};
use crate::ids::{AgreementId, OrganisationId, PartnerId, RecordId};
use crate::problem::{Problem, Problems};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A need that was put to the state (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Agreement and number: `lua-2008/0180/need/1`.
    pub id: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its number, from 1.
    pub serial: i64,
    /// The district's code; none where it concerns them all.
    pub district: Option<String>,
    /// The organisation that raised it.
    pub by: OrganisationId,
    /// The partner that raised it, where it was not the municipality.
    pub partner: Option<PartnerId>,
    /// To which ministry or authority it is addressed.
    pub addressed_to: String,
    /// What is needed, and why.
    pub words: String,
    /// The day.
    pub raised_on: Date,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// What the state answered (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedAnswer {
    /// The need.
    pub need: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which answer, from 1.
    pub serial: i64,
    /// The day.
    pub answered_on: Date,
    /// What the state does about it, or why it does not.
    pub words: String,
    /// The organisation that answered for the state.
    pub by: OrganisationId,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// Checks a need: addressed, in words, in a district of the agreement, and raised by someone who takes part.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_need(
    need: &Need,
    known: &super::Partnership,
    districts: &[String],
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("raised_on", need.raised_on);
    problems.0.extend(check_district(need.district.as_deref(), districts).0);
    problems.0.extend(check_text(&need.addressed_to, "addressed_to", "need-without-address", SHORT_MAX).0);
    problems.0.extend(check_text(&need.words, "words", "need-without-words", LONG_MAX).0);
    problems.0.extend(check_no_personal_data(&need.words, "words").0);
    if let Some(partner) = &need.partner {
        problems.add_if(known.membership_on(partner, need.raised_on).is_none(), || {
            Problem::new("present-not-in", "raised_on")
                .with("name", known.name_of(partner))
                .with("day", need.raised_on)
        });
    }
    problems.or(())
}

/// Checks an answer: after the need, in words.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_need_answer(answer: &NeedAnswer, need: &Need, bounds: &Bounds) -> Result<(), Problems> {
    let mut problems = bounds.happened("answered_on", answer.answered_on);
    problems.0.extend(check_text(&answer.words, "words", "answer-without-words", LONG_MAX).0);
    problems.0.extend(check_no_personal_data(&answer.words, "words").0);
    problems.add_if(answer.answered_on < need.raised_on, || {
        Problem::new("answer-before-need", "answered_on")
            .with("day", answer.answered_on)
            .with("raised", need.raised_on)
    });
    problems.or(())
}
