//! Who may do what: the whole policy, as one pure function.
//!
//! An [`Actor`] is someone signed in, acting by one mandate. A [`Thing`] is told by whose it is. What an
//! actor may not do to a thing that is not public is answered as if the thing did not exist (the web
//! layer makes it 404), so the answer has three values. The table of roles × acts is printed to
//! `tests/access.txt`, where a change of policy is a change that a reviewer sees.

use crate::ids::{MandateId, OrganisationId, PersonId};
use crate::organisation::OrganisationKind;
use crate::person::Role;

/// Someone who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Anyone, not signed in.
    Public,
    /// The system itself: a scheduled job, or the start of an installation from the terminal.
    System,
    /// Someone signed in, by one mandate.
    Signed {
        /// The person.
        person: PersonId,
        /// The person's name.
        name: String,
        /// The mandate acted by.
        mandate: MandateId,
        /// As what.
        role: Role,
        /// For which organisation.
        organisation: OrganisationId,
        /// What kind of organisation that is.
        kind: OrganisationKind,
    },
}

impl Actor {
    /// The organisation acted for, if any.
    pub fn organisation(&self) -> Option<&OrganisationId> {
        match self {
            Self::Signed { organisation, .. } => Some(organisation),
            Self::Public | Self::System => None,
        }
    }

    /// How the actor is written in the log.
    pub fn code(&self) -> String {
        match self {
            Self::Public => "public".to_owned(),
            Self::System => "system".to_owned(),
            Self::Signed { mandate, .. } => mandate.to_string(),
        }
    }
}

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// Read what is public: programme, agreement, duties, public register, overview, log.
    ReadPublic,
    /// Read one's own organisation's register whole, kept-apart fields included.
    ReadRegister,
    /// See the list of what one can do next.
    SeeDesk,
    /// Issue and dispatch agreements.
    Issue,
    /// See the board of what has been dispatched.
    SeeDispatch,
    /// Register that an agreement was received.
    Receive,
    /// Register an approval.
    RegisterApproval,
    /// Attest signatures, initials and scans on paper.
    Attest,
    /// Sign and initial with one's own key.
    Sign,
    /// Look at the originals page by page.
    ViewOriginal,
    /// Send an original back, with the decision.
    SendBack,
    /// Register that an original has come back.
    RegisterReturn,
    /// Register where an original is kept.
    Keep,
    /// Register a record, open a matter.
    RegisterRecord,
    /// Mark a record for secrecy.
    MarkSecrecy,
    /// Discharge a duty by registering the act and its document.
    Discharge,
    /// Extend a last day, or agree on a day.
    Extend,
    /// Correct what one's own organisation has registered wrongly.
    Correct,
    /// Read a plan's draft, comment on it, do what one is asked to.
    ReadDraft,
    /// Write in a plan's draft.
    WriteDraft,
    /// Register that the partnership adopted a plan, and report it.
    AdoptPlan,
    /// Accept a goal for a partner.
    AcceptGoal,
    /// Load statistics that goals are judged by.
    LoadObservations,
    /// Enter people, mandates and sign-in.
    ManagePeople,
    /// Enter organisations and district codes.
    ManageOrganisations,
    /// Run the partnership: its partners, meetings, groups and dialogues with residents.
    RunPartnership,
    /// Answer an invitation to a partnership for one's own organisation, or register what an invited one answered.
    AnswerInvitation,
    /// Put a need for coordinated state action to the state.
    RaiseNeed,
    /// Answer such a need for the state.
    AnswerNeed,
    /// Draw up, confirm and revise a collaboration agreement.
    Collaborate,
    /// Sign a collaboration agreement.
    SignCollaboration,
}

impl Act {
    /// Every act, for the table.
    pub const ALL: [Self; 31] = [
        Self::ReadPublic,
        Self::ReadRegister,
        Self::SeeDesk,
        Self::Issue,
        Self::SeeDispatch,
        Self::Receive,
        Self::RegisterApproval,
        Self::Attest,
        Self::Sign,
        Self::ViewOriginal,
        Self::SendBack,
        Self::RegisterReturn,
        Self::Keep,
        Self::RegisterRecord,
        Self::MarkSecrecy,
        Self::Discharge,
        Self::Extend,
        Self::Correct,
        Self::ReadDraft,
        Self::WriteDraft,
        Self::AdoptPlan,
        Self::AcceptGoal,
        Self::LoadObservations,
        Self::ManagePeople,
        Self::ManageOrganisations,
        Self::RunPartnership,
        Self::AnswerInvitation,
        Self::RaiseNeed,
        Self::AnswerNeed,
        Self::Collaborate,
        Self::SignCollaboration,
    ];

    /// The act's code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReadPublic => "read-public",
            Self::ReadRegister => "read-register",
            Self::SeeDesk => "see-desk",
            Self::Issue => "issue",
            Self::SeeDispatch => "see-dispatch",
            Self::Receive => "receive",
            Self::RegisterApproval => "register-approval",
            Self::Attest => "attest",
            Self::Sign => "sign",
            Self::ViewOriginal => "view-original",
            Self::SendBack => "send-back",
            Self::RegisterReturn => "register-return",
            Self::Keep => "keep",
            Self::RegisterRecord => "register-record",
            Self::MarkSecrecy => "mark-secrecy",
            Self::Discharge => "discharge",
            Self::Extend => "extend",
            Self::Correct => "correct",
            Self::ReadDraft => "read-draft",
            Self::WriteDraft => "write-draft",
            Self::AdoptPlan => "adopt-plan",
            Self::AcceptGoal => "accept-goal",
            Self::LoadObservations => "load-observations",
            Self::ManagePeople => "manage-people",
            Self::ManageOrganisations => "manage-organisations",
            Self::RunPartnership => "run-partnership",
            Self::AnswerInvitation => "answer-invitation",
            Self::RaiseNeed => "raise-need",
            Self::AnswerNeed => "answer-need",
            Self::Collaborate => "collaborate",
            Self::SignCollaboration => "sign-collaboration",
        }
    }

    /// Whether the thing is known to exist by anyone, so that a refusal may be said openly (403) rather
    /// than as if there were nothing there (404).
    fn on_public_things(self) -> bool {
        !matches!(
            self,
            Self::ReadRegister | Self::ViewOriginal | Self::SeeDesk | Self::SeeDispatch | Self::ReadDraft
        )
    }
}

/// Whose a thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// Nobody's in particular: the programme, the log.
    Common,
    /// One organisation's: its register, its people, its side of an act.
    Of(OrganisationId),
    /// An agreement, shared by the state and one municipality.
    Shared {
        /// The organisation that acts for the state.
        state: OrganisationId,
        /// The municipality.
        municipality: OrganisationId,
    },
    /// The work of a municipality's partnership: its drafts and goals.
    Partnership {
        /// The municipality.
        municipality: OrganisationId,
        /// The partners that are organisations of this house.
        partners: Vec<OrganisationId>,
    },
}

impl Thing {
    fn concerns(&self, organisation: &OrganisationId) -> bool {
        match self {
            Self::Common => true,
            Self::Of(owner) => owner == organisation,
            Self::Shared { state, municipality } => state == organisation || municipality == organisation,
            Self::Partnership { municipality, partners } => {
                municipality == organisation || partners.contains(organisation)
            }
        }
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Go ahead.
    Yes,
    /// No; that the thing exists is no secret.
    No,
    /// No; and whether the thing exists is not for this actor to know.
    NoSuchThing,
}

/// Whether this actor may do this act to this thing.
pub fn may(actor: &Actor, act: Act, thing: &Thing) -> May {
    let allowed = match actor {
        Actor::System => true,
        Actor::Public => act == Act::ReadPublic,
        Actor::Signed { role, organisation, kind, .. } => {
            role_may(*role, *kind, act) && (act == Act::ReadPublic || thing.concerns(organisation))
        }
    };
    match (allowed, act.on_public_things()) {
        (true, _) => May::Yes,
        (false, true) => May::No,
        (false, false) => May::NoSuchThing,
    }
}

/// What a role may do to what is its organisation's own.
fn role_may(role: Role, kind: OrganisationKind, act: Act) -> bool {
    let state = kind == OrganisationKind::State;
    let municipality = kind == OrganisationKind::Municipality;
    let authority = kind == OrganisationKind::Authority;
    let desk = matches!(role, Role::Officer | Role::Coordinator | Role::Registrar);
    match act {
        Act::ReadPublic | Act::SeeDesk | Act::ReadRegister | Act::ViewOriginal => true,
        Act::Issue | Act::ManageOrganisations => state && role == Role::Officer,
        Act::SeeDispatch => state,
        Act::Receive | Act::SendBack => municipality && role == Role::Registrar,
        Act::RegisterReturn => state && role == Role::Registrar,
        Act::RegisterApproval
        | Act::Attest
        | Act::Keep
        | Act::RegisterRecord
        | Act::MarkSecrecy
        | Act::Correct => role == Role::Registrar,
        Act::Sign => match role {
            Role::Minister => state,
            Role::Chair | Role::DeputyChair => municipality,
            _ => false,
        },
        Act::Discharge => matches!(role, Role::Officer | Role::Coordinator | Role::Registrar),
        // Each side decides for itself: the ministry by its officer, a municipality's decision by its registrar.
        Act::Extend => (state && role == Role::Officer) || (municipality && role == Role::Registrar),
        // A municipality's people and the partners' write together; the state reads what is adopted.
        Act::ReadDraft => !state,
        Act::WriteDraft | Act::AcceptGoal => !state && matches!(role, Role::Coordinator | Role::Registrar),
        Act::AdoptPlan => municipality && matches!(role, Role::Coordinator | Role::Registrar),
        Act::LoadObservations => {
            (state && matches!(role, Role::Officer | Role::Statistician))
                || (municipality && matches!(role, Role::Coordinator | Role::Statistician))
        }
        Act::ManagePeople => role == Role::Administrator,
        Act::RunPartnership => municipality && desk,
        Act::AnswerInvitation | Act::RaiseNeed | Act::Collaborate => (municipality || authority) && desk,
        Act::AnswerNeed => state && role == Role::Officer,
        // An authority is signed for by the one whom it has sent; the mandate tells on what evidence.
        Act::SignCollaboration => match role {
            Role::Chair | Role::DeputyChair => municipality,
            Role::Officer | Role::Coordinator => authority,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn signed(role: Role, organisation: &str, kind: OrganisationKind) -> Actor {
        Actor::Signed {
            person: "p".into(),
            name: "N".into(),
            mandate: "m".into(),
            role,
            organisation: organisation.into(),
            kind,
        }
    }

    fn stockholm() -> Thing {
        Thing::Shared { state: "ijd".into(), municipality: "0180".into() }
    }

    /// The reviewed table: regenerate with `UPDATE_EXPECT=1 cargo test -p kvarter-domain access`.
    #[test]
    fn the_table_of_roles_and_acts_is_the_reviewed_one() {
        use OrganisationKind::{Authority, Municipality, State};
        let mut table = String::from("Acts on the agreement of 0180, or on what is the actor's own.\n\n");
        let _ = writeln!(table, "{:<22}{:<8}{:<8}{:<8}{:<8}", "", "staten", "0180", "2180", "myndigh.");
        for act in Act::ALL {
            let _ = writeln!(table, "{}", act.code());
            let public = if may(&Actor::Public, act, &stockholm()) == May::Yes { "✓" } else { "·" };
            let _ = writeln!(table, "  {:<20}{public}", "(not signed in)");
            for role in Role::ALL {
                let cells: String =
                    [("ijd", State), ("0180", Municipality), ("2180", Municipality), ("fk", Authority)]
                        .map(|(organisation, kind)| {
                            match may(&signed(role, organisation, kind), act, &stockholm()) {
                                May::Yes => "✓       ",
                                May::No => "·       ",
                                May::NoSuchThing => "404     ",
                            }
                        })
                        .concat();
                let _ = writeln!(table, "  {:<20}{}", role.code(), cells.trim_end());
            }
        }
        expect_test::expect_file!["../tests/access.txt"].assert_eq(&table);
    }

    #[test]
    fn another_municipality_never_acts_on_this_ones_agreement() {
        for role in Role::ALL {
            for act in Act::ALL.into_iter().filter(|act| *act != Act::ReadPublic) {
                let other = signed(role, "2180", OrganisationKind::Municipality);
                assert_ne!(may(&other, act, &stockholm()), May::Yes, "{} {}", role.code(), act.code());
            }
        }
    }

    #[test]
    fn nobody_does_anything_but_read_without_signing_in() {
        for act in Act::ALL.into_iter().filter(|act| *act != Act::ReadPublic) {
            for thing in [Thing::Common, Thing::Of("0180".into()), stockholm()] {
                assert_ne!(may(&Actor::Public, act, &thing), May::Yes, "{}", act.code());
            }
        }
    }
}
