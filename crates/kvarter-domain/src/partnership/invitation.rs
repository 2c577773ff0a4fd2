//! Invitations to the partnership, and what was answered.
//!
//! ”Kommunen ska i samverkan med dessa myndigheter verka för att även andra aktörer … ingår i det lokala
//! partnerskapet” (§ 3). That nobody has answered yet is never written down: it is seen from there being no answer.

use super::{Bounds, LONG_MAX, Mode, check_length};
use crate::ids::{AgreementId, OrganisationId, PartnerId, RecordId};
use crate::problem::{Problem, Problems};
use crate::programme::codes;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

codes! {
    /// What an invitation was answered with.
    Answer {
        /// Yes.
        Accepted = "accepted",
        /// No.
        Declined = "declined",
    }
}

/// That someone was asked to take part (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who was asked.
    pub partner: PartnerId,
    /// The agreement.
    pub agreement: AgreementId,
    /// Which time, from 1.
    pub serial: i64,
    /// As what.
    pub mode: Mode,
    /// The day.
    pub invited_on: Date,
    /// What was asked for, in a few words.
    pub note: Option<String>,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// What was answered (fact).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationAnswer {
    /// Who answered.
    pub partner: PartnerId,
    /// The agreement.
    pub agreement: AgreementId,
    /// The invitation that is answered.
    pub serial: i64,
    /// Yes or no.
    pub answer: Answer,
    /// The day.
    pub answered_on: Date,
    /// Why, or on what terms.
    pub note: Option<String>,
    /// The organisation that registered it: the partner's own, or the municipality that got it.
    pub by: OrganisationId,
    /// The day it was registered, by the clock.
    pub registered_on: Date,
    /// The record.
    pub record: RecordId,
}

/// Checks an invitation: not in the future, not before the agreement, not to someone who is there already, and not
/// while another waits for its answer.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_invitation(
    invitation: &Invitation,
    partnership: &super::Partnership,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("invited_on", invitation.invited_on);
    problems.0.extend(check_length(invitation.note.as_deref().unwrap_or_default(), "note", LONG_MAX).0);
    if let Some(there) = partnership.membership_on(&invitation.partner, bounds.today) {
        problems.add(
            Problem::new("invited-is-in", "partner")
                .with("name", &there.partner.name)
                .with("from", there.joining.from_day),
        );
    }
    let open = partnership.open_invitations(bounds.today).find(|i| i.partner == invitation.partner);
    if let Some(open) = open {
        problems.add(
            Problem::new("invitation-waits", "partner")
                .with("name", partnership.name_of(&open.partner))
                .with("day", open.invited_on),
        );
    }
    problems.or(())
}

/// Checks an answer: after the invitation, not in the future, and once.
///
/// # Errors
/// Everything that cannot be right.
pub fn check_answer(
    answer: &InvitationAnswer,
    invitation: &Invitation,
    answered: Option<&InvitationAnswer>,
    bounds: &Bounds,
) -> Result<(), Problems> {
    let mut problems = bounds.happened("answered_on", answer.answered_on);
    problems.0.extend(check_length(answer.note.as_deref().unwrap_or_default(), "note", LONG_MAX).0);
    problems.add_if(answer.answered_on < invitation.invited_on, || {
        Problem::new("answer-before-invitation", "answered_on")
            .with("day", answer.answered_on)
            .with("invited", invitation.invited_on)
    });
    if let Some(before) = answered {
        problems.add(Problem::new("invitation-answered", "answer").with("day", before.answered_on));
    }
    problems.or(())
}
