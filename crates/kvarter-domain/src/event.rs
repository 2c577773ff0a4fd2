//! Everything that can have happened, in the past tense.
//!
//! Every act appends an event of one of these kinds to the log. What an act means to an obligation is
//! another list, the programme's ([`crate::programme::EventKind`]). Stored events depend on the codes, so
//! a code is never renamed.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What kind of thing happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Happened {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl Happened {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code it is stored under.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

kinds! {
    /// A programme's definition was taken into use in this edition.
    ProgrammeAdopted = "programme-adopted",
    /// An organisation was entered, with its names.
    OrganisationRegistered = "organisation-registered",
    /// District codes of a municipality were entered.
    DistrictsRegistered = "districts-registered",
    /// A person was entered.
    PersonAdded = "person-added",
    /// A mandate was given.
    MandateGiven = "mandate-given",
    /// A mandate ended.
    MandateEnded = "mandate-ended",
    /// A way to sign in was set.
    CredentialSet = "credential-set",
    /// A matter was opened in a register.
    MatterOpened = "matter-opened",
    /// A record was registered.
    RecordRegistered = "record-registered",
    /// A record was marked for secrecy, or its marking lifted.
    SecrecyMarked = "secrecy-marked",
    /// An agreement was issued in two originals.
    AgreementIssued = "agreement-issued",
    /// An agreement was sent with its covering letter.
    AgreementDispatched = "agreement-dispatched",
    /// An agreement was received and registered by the municipality.
    AgreementReceived = "agreement-received",
    /// An agreement was approved by one of its parties.
    AgreementApproved = "agreement-approved",
    /// Signature or initials on an original were attested.
    OriginalAttested = "original-attested",
    /// The agreement's file was initialled and signed with a person's key.
    OriginalSigned = "original-signed",
    /// The agreement's file was given a new timestamp, before the last one ran out.
    OriginalRenewed = "original-renewed",
    /// A scan of an original was attested.
    OriginalScanned = "original-scanned",
    /// An original was sent back.
    OriginalSentBack = "original-sent-back",
    /// An original was registered as returned.
    OriginalReturned = "original-returned",
    /// An original was taken into custody.
    OriginalKept = "original-kept",
    /// An agreement entered into force and its duties were frozen.
    AgreementEnteredIntoForce = "agreement-entered-into-force",
    /// A last day was extended (anstånd).
    DutyExtended = "duty-extended",
    /// A day was agreed for a duty for which the text names none.
    DayAgreed = "day-agreed",
    /// A duty was discharged: the act that meets it was registered; the summary names which.
    DutyDischarged = "duty-discharged",
    /// Statistics that goals are judged by were loaded.
    ObservationsLoaded = "observations-loaded",
    /// A partner accepted a goal of a plan.
    GoalAccepted = "goal-accepted",
    /// A partnership adopted a version of a plan.
    PlanAdopted = "plan-adopted",
    /// A fact was corrected: it counts no longer; the summary names which.
    FactCorrected = "fact-corrected",
    /// Someone was asked to take part in the partnership.
    PartnerInvited = "partner-invited",
    /// An invitation to the partnership was answered.
    InvitationAnswered = "invitation-answered",
    /// A partner joined the partnership.
    PartnerJoined = "partner-joined",
    /// A partner left the partnership.
    PartnerLeft = "partner-left",
    /// How the partnership works was described, or a working group formed or changed.
    PartnershipOrganised = "partnership-organised",
    /// The partnership or a working group met.
    MeetingHeld = "meeting-held",
    /// A consultation at the regional level or with a supporter was registered.
    RegionalContactHeld = "regional-contact-held",
    /// A dialogue with residents was held.
    DialogueHeld = "dialogue-held",
    /// What was done for what residents said was registered.
    DialogueAnswered = "dialogue-answered",
    /// A need was put to the state.
    NeedRaised = "need-raised",
    /// The state answered a need.
    NeedAnswered = "need-answered",
    /// A collaboration agreement was drawn up, to be signed.
    CollaborationDrawnUp = "collaboration-drawn-up",
    /// A side signed a collaboration agreement.
    CollaborationSigned = "collaboration-signed",
    /// A collaboration agreement was confirmed unchanged beside a newer plan.
    CollaborationConfirmed = "collaboration-confirmed",
    /// A party found a need to revise a collaboration agreement.
    CollaborationNeedFound = "collaboration-need-found",
    /// A revised collaboration agreement was reported to the state.
    CollaborationReported = "collaboration-reported",
}

impl Happened {
    /// The kind with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_again_by_its_code_and_no_two_share_one() {
        for kind in Happened::ALL {
            assert_eq!(Happened::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(Happened::from_code("agreement-torn-up"), None);
    }
}
