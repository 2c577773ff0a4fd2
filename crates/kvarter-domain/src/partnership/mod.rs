//! The local partnership (lokalt partnerskap): who is in it and as what, and what it has done.
//!
//! ”Kommunen ska bilda ett lokalt partnerskap för urbant utvecklingsarbete” (§ 3)
//!
//! Reading: ”ett” is one for the municipality, with a working group for each district that wants one. Whoever is
//! asked, joins or has left is a [`Partner`]; when it was in the partnership, and as what, is told by its
//! [`Joining`]s and [`Departure`]s. What the partnership does lies in [`meeting`]s, [`dialogue`]s with residents,
//! consultations at the regional level and [`need`]s that are put to the state. What it should be made up of is
//! asked in [`composition()`].

pub mod composition;
pub mod dialogue;
pub mod invitation;
pub mod meeting;
pub mod need;
mod partner;
pub mod privacy;

pub use composition::{Composition, Gap, RequiredPartner, composition};
pub use dialogue::{Dialogue, DialogueKind, DialogueResponse};
pub use invitation::{Answer, Invitation, InvitationAnswer};
pub use meeting::{
    Decision, GroupDeparture, GroupMember, Meeting, OrganisationDescription, RegionalContact, RegionalKind,
    WorkingGroup,
};
pub use need::{Need, NeedAnswer};
pub use partner::{
    Basis, Category, Departure, Departure as PartnerDeparture, Joining, Membership, Mode, Partner,
    check_departure, check_joining, check_partner, memberships, partners_on, slug_of,
};

use crate::correction::{Corrected, Correction, Kind, take_out};
use crate::ids::{AgreementId, PartnerId};
use crate::plan::acceptance::Party;
use crate::problem::{Problem, Problems};
use jiff::civil::Date;

/// All that is known of one agreement's partnership.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partnership {
    /// Who has been asked, is in it or has been.
    pub partners: Vec<Partner>,
    /// From when each was in it, and as what.
    pub joinings: Vec<Joining>,
    /// Who has left, and when.
    pub departures: Vec<Departure>,
    /// Who was asked to join.
    pub invitations: Vec<Invitation>,
    /// What was answered.
    pub answers: Vec<InvitationAnswer>,
    /// Working groups.
    pub groups: Vec<WorkingGroup>,
    /// Who is in a working group.
    pub group_members: Vec<GroupMember>,
    /// Who has left a working group.
    pub group_departures: Vec<GroupDeparture>,
    /// How the work is organised; the latest holds.
    pub descriptions: Vec<OrganisationDescription>,
    /// Meetings, with what was decided.
    pub meetings: Vec<Meeting>,
    /// Dialogues with residents.
    pub dialogues: Vec<Dialogue>,
    /// What was done for what residents said.
    pub responses: Vec<DialogueResponse>,
    /// Consultations at the regional level and with supporters, and the use of structural funds.
    pub regional: Vec<RegionalContact>,
    /// Needs put to the state.
    pub needs: Vec<Need>,
    /// The state's answers.
    pub need_answers: Vec<NeedAnswer>,
    /// What was registered wrongly and counts no longer.
    pub corrected: CorrectedInPartnership,
}

/// What was registered wrongly in a partnership, each with its correction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CorrectedInPartnership {
    /// Meetings.
    pub meetings: Vec<Corrected<Meeting>>,
    /// Dialogues with residents.
    pub dialogues: Vec<Corrected<Dialogue>>,
    /// Contacts at the regional level.
    pub regional: Vec<Corrected<RegionalContact>>,
}

impl Partnership {
    /// Takes out what had been corrected by a day. What was answered to a dialogue goes with it.
    pub fn correct(&mut self, corrections: &[Correction], known: Date) {
        let out = &mut self.corrected;
        out.meetings.extend(take_out(&mut self.meetings, corrections, known, |m| {
            (Kind::Meeting, m.id.as_str(), &m.record)
        }));
        out.dialogues.extend(take_out(&mut self.dialogues, corrections, known, |d| {
            (Kind::Dialogue, d.id.as_str(), &d.record)
        }));
        out.regional.extend(take_out(&mut self.regional, corrections, known, |c| {
            (Kind::RegionalContact, c.id.as_str(), &c.record)
        }));
        self.responses.retain(|r| out.dialogues.iter().all(|d| d.fact.id != r.dialogue));
    }

    /// How many meetings have been registered, counted or not: the next one's number follows.
    pub fn meetings_registered(&self) -> usize {
        self.meetings.len() + self.corrected.meetings.len()
    }

    /// How many dialogues have been registered, counted or not.
    pub fn dialogues_registered(&self) -> usize {
        self.dialogues.len() + self.corrected.dialogues.len()
    }

    /// How many contacts at the regional level have been registered, counted or not.
    pub fn regional_registered(&self) -> usize {
        self.regional.len() + self.corrected.regional.len()
    }

    /// A partner by its id.
    pub fn partner(&self, id: &PartnerId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.id == *id)
    }

    /// A partner's name; its id where it is not known.
    pub fn name_of<'a>(&'a self, id: &'a PartnerId) -> &'a str {
        self.partner(id).map_or(id.as_str(), |partner| &partner.name)
    }

    /// Everyone's times in the partnership.
    pub fn memberships(&self) -> Vec<Membership<'_>> {
        memberships(&self.partners, &self.joinings, &self.departures)
    }

    /// Who was in it on a day, members first, then by name.
    pub fn on(&self, day: Date) -> Vec<Membership<'_>> {
        partners_on(&self.partners, &self.joinings, &self.departures, day)
    }

    /// The partner's time in it that covers a day.
    pub fn membership_on(&self, partner: &PartnerId, day: Date) -> Option<Membership<'_>> {
        self.memberships().into_iter().find(|m| m.partner.id == *partner && m.is_in(day))
    }

    /// Everyone who is or has been in it, as an acceptance of a goal needs to know them: once for each time.
    pub fn parties(&self) -> Vec<Party> {
        let party = |m: Membership<'_>| Party {
            id: m.partner.id.to_string(),
            name: m.partner.name.clone(),
            from: m.joining.from_day,
            last: m.last_day(),
        };
        self.memberships().into_iter().map(party).collect()
    }

    /// The responses to what was said in a dialogue, oldest first.
    pub fn responses_to<'a>(&'a self, dialogue: &'a str) -> impl Iterator<Item = &'a DialogueResponse> {
        self.responses.iter().filter(move |response| response.dialogue == dialogue)
    }

    /// The answers to a need, oldest first.
    pub fn answers_to<'a>(&'a self, need: &'a str) -> impl Iterator<Item = &'a NeedAnswer> {
        self.need_answers.iter().filter(move |answer| answer.need == need)
    }

    /// Dialogues in which residents said something that nobody has answered by a day.
    pub fn unanswered_dialogues(&self, day: Date) -> impl Iterator<Item = &Dialogue> {
        self.dialogues.iter().filter(move |dialogue| {
            dialogue.day <= day && !self.responses_to(&dialogue.id).any(|response| response.day <= day)
        })
    }

    /// Needs that the state has not answered by a day.
    pub fn unanswered_needs(&self, day: Date) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(move |need| {
            need.raised_on <= day && !self.answers_to(&need.id).any(|answer| answer.answered_on <= day)
        })
    }

    /// Invitations that nobody had answered by a day, and whose partner was not in the partnership either.
    pub fn open_invitations(&self, day: Date) -> impl Iterator<Item = &Invitation> {
        self.invitations.iter().filter(move |invitation| {
            let later = |other: &Invitation| {
                other.partner == invitation.partner
                    && other.serial > invitation.serial
                    && other.invited_on <= day
            };
            invitation.invited_on <= day
                && self.answer_to(invitation).is_none_or(|answer| answer.answered_on > day)
                && !self.invitations.iter().any(later)
                && self.membership_on(&invitation.partner, day).is_none()
        })
    }

    /// The answer to an invitation, if one has been registered.
    pub fn answer_to(&self, invitation: &Invitation) -> Option<&InvitationAnswer> {
        self.answers.iter().find(|a| a.partner == invitation.partner && a.serial == invitation.serial)
    }

    /// The description of the organisation that held on a day.
    pub fn description_on(&self, day: Date) -> Option<&OrganisationDescription> {
        self.descriptions.iter().filter(|d| d.from_day <= day).max_by_key(|d| (d.from_day, d.serial))
    }

    /// Whether residents of a district had been consulted on the plan by a day.
    ///
    /// ”Planerna ska … tas fram i samråd med stadsdelens invånare” (SFS 2008:348, 6 §)
    pub fn consulted(&self, district: &str, day: Date) -> bool {
        dialogue::consulted(&self.dialogues, district, day)
    }

    /// The members of a working group on a day: in the group, and still in the partnership.
    pub fn group_on<'a>(&'a self, group: &'a str, day: Date) -> Vec<&'a Partner> {
        let left = |member: &GroupMember| {
            self.group_departures.iter().any(|d| {
                d.group == member.group
                    && d.partner == member.partner
                    && d.serial == member.serial
                    && d.last_day < day
            })
        };
        let mut members: Vec<&Partner> = self
            .group_members
            .iter()
            .filter(|m| m.group == group && m.from_day <= day && !left(m))
            .filter(|m| self.membership_on(&m.partner, day).is_some())
            .filter_map(|m| self.partner(&m.partner))
            .collect();
        members.sort_by(|a, b| a.name.cmp(&b.name));
        members.dedup_by(|a, b| a.id == b.id);
        members
    }
}

/// The days between which what a partnership does falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The day on which it is registered.
    pub today: Date,
    /// The day from which the agreement is in force.
    pub in_force: Date,
}

impl Bounds {
    /// What is wrong with a day on which something is said to have happened.
    ///
    /// Reading: the partnership is formed under the agreement, so nothing happens in it before the agreement is in
    /// force; and what has not happened cannot be registered.
    pub fn happened(&self, place: &str, day: Date) -> Problems {
        let mut problems = Problems::none();
        problems.add_if(day > self.today, || {
            Problem::new("day-in-the-future", place).with("day", day).with("today", self.today)
        });
        problems.add_if(day < self.in_force, || {
            Problem::new("partnership-before-in-force", place)
                .resting_on("3")
                .with("day", day)
                .with("in_force", self.in_force)
        });
        problems
    }
}

/// The most characters of a short text: a name, a theme, a form.
pub const SHORT_MAX: usize = 200;
/// The most characters of a long text: what was said, what was decided.
pub const LONG_MAX: usize = 4000;

/// What is wrong with a text that must be there: nothing in it, or too much.
pub fn check_text(text: &str, place: &str, missing: &str, longest: usize) -> Problems {
    let mut problems = check_length(text, place, longest);
    problems.add_if(text.trim().is_empty(), || Problem::new(missing, place).resting_on("3"));
    problems
}

/// What is wrong with a text that may be absent: too much of it.
pub fn check_length(text: &str, place: &str, longest: usize) -> Problems {
    let mut problems = Problems::none();
    let length = text.chars().count();
    problems.add_if(length > longest, || {
        Problem::new("text-too-long", place).with("length", length).with("max", longest)
    });
    problems
}

/// The id of something numbered within an agreement: `lua-2008/0180/dialogue/3`.
pub fn numbered(agreement: &AgreementId, what: &str, serial: i64) -> String {
    format!("{agreement}/{what}/{serial}")
}
