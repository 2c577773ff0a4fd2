//! Everything that can have happened, in the past tense.
//!
//! Every act appends an event of one of these kinds to the log. Some kinds discharge an obligation: those
//! are what a programme file may name under `met_by`. Stored events depend on the codes, so a code is
//! never renamed.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What kind of thing happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $code)] $name,)+
        }

        impl EventKind {
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

    /// A web address where the municipality presents its work was sent (letter).
    WebAddressSent = "web-address-sent",
    /// A municipality's web address was published by the state (letter).
    WebAddressPublished = "web-address-published",
    /// The joint review was recorded (§ 1).
    JointReviewRecorded = "joint-review-recorded",
    /// Work was fitted into a party's budget and steering process (§ 1).
    BudgetProcessFollowed = "budget-process-followed",
    /// Work was directed at, and effects followed in, the districts (§ 2).
    DistrictWorkFollowed = "district-work-followed",
    /// The local partnership was formed (§ 3).
    PartnershipFormed = "partnership-formed",
    /// Other actors were invited or joined (§ 3).
    PartnershipWidened = "partnership-widened",
    /// Residents' participation or a dialogue on shared values was arranged (§ 3).
    ResidentsInvolved = "residents-involved",
    /// The partnership's organisation was arranged or described (§ 3).
    CoordinationOrganised = "coordination-organised",
    /// A district plan was drawn up (§ 4).
    PlanDrawnUp = "plan-drawn-up",
    /// A district's needs were weighed in the allocation of resources (§ 4).
    ResourcesAllocated = "resources-allocated",
    /// A revised district plan was reported (§ 4).
    PlanReported = "plan-reported",
    /// A collaboration agreement was concluded (§ 5).
    CollaborationConcluded = "collaboration-concluded",
    /// A collaboration agreement was revised (§ 5).
    CollaborationRevised = "collaboration-revised",
    /// A revised collaboration agreement was reported (§ 5).
    CollaborationReported = "collaboration-reported",
    /// The state held a dialogue with the municipality on coordinated interventions (§ 5).
    StateDialogueHeld = "state-dialogue-held",
    /// District statistics were made available (§ 6).
    StatisticsProvided = "statistics-provided",
    /// The yearly account was reported (§ 6).
    FollowupReported = "followup-reported",
    /// The state's compilation was published (§ 6).
    CompilationPublished = "compilation-published",
    /// Interventions were evaluated (§ 7).
    InterventionsEvaluated = "interventions-evaluated",
    /// Experience and knowledge was shared, or results made available to others (§ 7).
    KnowledgeShared = "knowledge-shared",
    /// Experience and knowledge was made available to EUKN (§ 7).
    EuknInformed = "eukn-informed",
    /// The national conference was held (§ 7).
    ConferenceHeld = "conference-held",
}

impl EventKind {
    /// The kind with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether registering such an act can discharge a duty, so that a programme may name it under
    /// `met_by`. The acts of the agreement's own life can too: they meet the letter's conditions.
    pub fn discharges(self) -> bool {
        use EventKind as K;
        !matches!(
            self,
            K::ProgrammeAdopted
                | K::OrganisationRegistered
                | K::DistrictsRegistered
                | K::PersonAdded
                | K::MandateGiven
                | K::MandateEnded
                | K::CredentialSet
                | K::MatterOpened
                | K::RecordRegistered
                | K::SecrecyMarked
                | K::DutyExtended
                | K::DayAgreed
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_again_by_its_code_and_no_two_share_one() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_code(kind.code()), Some(*kind));
        }
        assert_eq!(EventKind::from_code("agreement-torn-up"), None);
    }
}
