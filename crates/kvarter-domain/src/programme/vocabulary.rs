//! The closed lists of words that a programme file may use.
//!
//! Each word is an enum with a code, so that a word nobody knows is found when the file is read and a
//! new word is a new variant that the compiler asks about. What a word means is said where it is used.

/// Makes an enum whose variants are written as codes in files, facts and addresses.
macro_rules! codes {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$meta])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $code)] $variant,)+
        }

        impl $name {
            /// Every one, in the order they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code, as files write it.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The one with that code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.code() == code)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

codes! {
    /// Who owes. Both parties to an agreement are debtors.
    Debtor {
        /// The municipality (kommunen).
        Municipality = "municipality",
        /// The state (staten).
        State = "state",
        /// Both parties, together or each for its part (parterna).
        Both = "both",
    }
}

codes! {
    /// To whom it is owed.
    Creditor {
        /// The municipality.
        Municipality = "municipality",
        /// The state as party.
        State = "state",
        /// The Government Offices, to whom the text says that something is reported.
        GovernmentOffices = "government-offices",
        /// Each party to the other.
        EachOther = "each-other",
        /// Other municipalities and stakeholders (andra kommuner och intressenter).
        Others = "others",
        /// The European Urban Knowledge Network.
        Eukn = "eukn",
    }
}

codes! {
    /// For what there is one duty each.
    Per {
        /// One for the agreement.
        Agreement = "agreement",
        /// One for every district that the agreement covers.
        District = "district",
        /// One for the agreement, met once for every collaboration agreement.
        Collaboration = "collaboration",
        /// One for the whole programme, shared by all its agreements.
        Programme = "programme",
    }
}

codes! {
    /// How strongly the words bind.
    Force {
        /// *ska*.
        Shall = "shall",
        /// A duty stated as something the party does: *sammanställer*, *skapar*, *ser till att*.
        Does = "does",
        /// *svarar för*.
        Answers = "answers",
        /// *är överens om*.
        Agreed = "agreed",
        /// *bör*.
        Should = "should",
        /// *ber vi er*: asked, not demanded.
        Asked = "asked",
    }
}

codes! {
    /// What a duty hands over.
    Deliverable {
        /// A strategic district plan.
        Plan = "plan",
        /// The yearly account of development and collaboration.
        Followup = "followup",
        /// The state's yearly compilation.
        Compilation = "compilation",
        /// A collaboration agreement.
        Collaboration = "collaboration",
        /// The joint review.
        JointReview = "joint-review",
        /// The documentation of an event: a conference, a meeting, an exchange.
        Documentation = "documentation",
        /// A copy of a decision.
        Decision = "decision",
        /// An original of the agreement.
        Original = "original",
        /// A web address.
        WebAddress = "web-address",
        /// Statistics at district level.
        Statistics = "statistics",
        /// An evaluation.
        Evaluation = "evaluation",
    }
}

codes! {
    /// What can happen that meets an obligation, or that an obligation waits for.
    EventKind {
        /// The municipal executive board approved the agreement.
        ApprovedByMunicipality = "approved-by-municipality",
        /// The Government, or the one it has authorised, approved the agreement.
        ApprovedByState = "approved-by-state",
        /// The chair signed both originals.
        OriginalsSigned = "originals-signed",
        /// Every page of both originals was initialled.
        PagesInitialled = "pages-initialled",
        /// One original was returned with a copy of the decision.
        OriginalReturned = "original-returned",
        /// The other original was taken into the municipality's keeping.
        OriginalKept = "original-kept",
        /// The municipality sent the address of its own page.
        LinkSent = "link-sent",
        /// The state published the municipalities' links.
        LinksPublished = "links-published",
        /// The parties reviewed the work together.
        JointReviewRecorded = "joint-review-recorded",
        /// The work was fitted into a budget or steering document.
        BudgetFitRecorded = "budget-fit-recorded",
        /// Work was directed to the districts.
        WorkDirected = "work-directed",
        /// Effects were followed up in the districts.
        EffectsFollowedUp = "effects-followed-up",
        /// The local partnership was formed.
        PartnershipFormed = "partnership-formed",
        /// Other actors were invited or joined.
        ActorsInvited = "actors-invited",
        /// Residents took part.
        ResidentsEngaged = "residents-engaged",
        /// A dialogue on common values was held.
        ValuesDialogueHeld = "values-dialogue-held",
        /// Coordination across sectors was organised.
        CoordinationOrganised = "coordination-organised",
        /// A district plan was drawn up.
        PlanDrawnUp = "plan-drawn-up",
        /// Local goals were formulated.
        GoalsSet = "goals-set",
        /// Goals were made so that they can be followed up.
        GoalsMadeFollowable = "goals-made-followable",
        /// Goals were assessed against the five criteria.
        GoalsAssessed = "goals-assessed",
        /// A district's needs were weighed when resources were allocated.
        NeedsWeighed = "needs-weighed",
        /// A revised plan was reported.
        PlanReported = "plan-reported",
        /// A collaboration agreement was concluded.
        CollaborationConcluded = "collaboration-concluded",
        /// A collaboration agreement was bound to the plans.
        CollaborationBasedOnPlans = "collaboration-based-on-plans",
        /// A need to revise a collaboration agreement was found.
        CollaborationNeedFound = "collaboration-need-found",
        /// A collaboration agreement was revised.
        CollaborationRevised = "collaboration-revised",
        /// A collaboration agreement was reported.
        CollaborationReported = "collaboration-reported",
        /// State and municipality held a dialogue on coordinated efforts.
        StateDialogueHeld = "state-dialogue-held",
        /// Statistics at district level were made available.
        StatisticsAvailable = "statistics-available",
        /// The yearly account was reported.
        FollowupReported = "followup-reported",
        /// The yearly compilation was published.
        CompilationPublished = "compilation-published",
        /// An evaluation was made.
        EvaluationMade = "evaluation-made",
        /// A party took part in the exchange of experience and knowledge.
        KnowledgeShared = "knowledge-shared",
        /// Results of an evaluation were made available to others.
        EvaluationPublished = "evaluation-published",
        /// Experience and knowledge was made available to EUKN.
        EuknContributed = "eukn-contributed",
        /// The national conference was held.
        ConferenceHeld = "conference-held",
    }
}

codes! {
    /// A condition that facts can meet; the evaluation stands in [`crate::validity`].
    Condition {
        /// The municipal executive board has approved.
        ApprovedByMunicipality = "approved-by-municipality",
        /// The Government, or the one it has authorised, has approved.
        ApprovedByState = "approved-by-state",
        /// The chair has signed the last page of both originals.
        SignedByMunicipality = "signed-by-municipality",
        /// The state has signed the last page of both originals.
        SignedByState = "signed-by-state",
        /// The chair has initialled every page of both originals.
        InitialledByMunicipality = "initialled-by-municipality",
        /// The state has initialled every page of both originals.
        InitialledByState = "initialled-by-state",
        /// The approval came no later than the signature.
        ApprovalBeforeSignature = "approval-before-signature",
        /// Each signatory held the office on the day of signing.
        SignatoryInOffice = "signatory-in-office",
        /// One original has been returned together with a copy of the decision.
        ReturnedWithDecision = "returned-with-decision",
        /// The return quoted the reference number that the letter asks for.
        ReferenceQuoted = "reference-quoted",
        /// The municipality keeps the other original.
        KeptByMunicipality = "kept-by-municipality",
    }
}

impl Condition {
    /// Whether the condition only advises: when it is not met it is flagged, and blocks nothing.
    ///
    /// A reference number is quoted so that the matter can be found. The source contradicts itself on
    /// which number that is, so a wrong one cannot make an agreement invalid.
    pub fn is_advisory(self) -> bool {
        matches!(self, Self::ReferenceQuoted)
    }
}

codes! {
    /// Which document of the programme a clause belongs to.
    Part {
        /// The covering letter, with its stamp and send list.
        Letter = "letter",
        /// The agreement.
        Agreement = "agreement",
    }
}

codes! {
    /// What in the agreement's text differs between municipalities.
    HoleKind {
        /// The municipality's name as party, such as `Stockholms kommun`.
        Municipality = "municipality",
        /// The list of districts with their codes.
        Districts = "districts",
        /// The name in clear under the municipality's line.
        MunicipalitySignatory = "municipality-signatory",
        /// The place before the municipality's date.
        MunicipalityPlace = "municipality-place",
        /// The name in clear under the state's line.
        StateSignatory = "state-signatory",
        /// To whom a municipality sends the address of its own page, in the letter.
        LinksTo = "links-to",
    }
}

pub(crate) use codes;
