//! Which of the script's steps are done: read from the facts, so that a visitor may do some of them by hand, in any
//! order that is possible.
//!
//! A step that stands for several acts is done when none of them is left; taking it does those that are.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kvarter_domain::agreement::Life;
use kvarter_domain::collaboration::{Collaborations, Side, version_id};
use kvarter_domain::duty::{AgreedDay, Discharge, Extension};
use kvarter_domain::ids::{AgreementId, Digest, OrganisationId, PartnerId};
use kvarter_domain::observation::ObservationFile;
use kvarter_domain::organisation::Organisation;
use kvarter_domain::partnership::{Dialogue as Held, Need as Raised, Partnership};
use kvarter_domain::plan::acceptance::GoalAcceptance;
use kvarter_domain::plan::goal::Goal;
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::plan::{PlanReport, PlanVersion, series_of};
use kvarter_domain::signing::Mark;
use kvarter_store::{self as store, ReadTx};

use super::content::{self, OBSERVATIONS_NAME};
use super::partners::{
    Collaboration, Description, Dialogue, Group, Meeting, Need, Partner, Regional, Response, StateAnswer,
    Version, content as partners,
};
use super::script::{Edition, Step, What, duty_id};
use crate::error::Result;

/// Facts by which a step is known to be done.
pub(super) struct Done {
    pub(super) agreement: AgreementId,
    municipality: OrganisationId,
    /// The organisations of the house, among which a partner may be.
    pub(super) house: Vec<OrganisationId>,
    discharges: Vec<Discharge>,
    extensions: Vec<Extension>,
    days: Vec<AgreedDay>,
    files: Vec<ObservationFile>,
    pub(super) partnership: Partnership,
    pub(super) versions: Vec<PlanVersion>,
    reports: Vec<PlanReport>,
    pub(super) collaborations: Collaborations,
    acceptances: BTreeMap<String, Vec<GoalAcceptance>>,
    /// The drafts, by district; only where a plan of the script is still to be adopted.
    drafts: BTreeMap<String, Draft>,
}

/// A goal that a partner is to accept.
pub(super) struct Accepted {
    pub(super) goal: String,
    pub(super) wording: Digest,
    pub(super) partner: String,
}

/// What a draft holds, as far as steps are about it.
#[derive(Default)]
struct Draft {
    /// The parts that it has ever had, those that were taken away among them.
    ever: BTreeSet<String>,
    /// The goals that it has.
    goals: Vec<Goal>,
}

impl Draft {
    fn of(edits: Vec<store::draft::Edit>) -> Self {
        let mut draft = Self::default();
        for edit in edits {
            if Key::parse(&edit.part).is_some_and(|key| key.kind == Kind::Goal) {
                draft.goals.extend(serde_json::from_value::<Goal>(edit.body).ok());
            }
            draft.ever.insert(edit.part);
        }
        draft
    }
}

impl Done {
    /// Everything that is needed; the partnership and its plans are asked for once there can be any.
    pub(super) async fn read(
        tx: &mut ReadTx,
        agreement: &AgreementId,
        municipality: &OrganisationId,
        life: Option<&Life>,
    ) -> Result<Self> {
        let mut done = Self {
            agreement: agreement.clone(),
            municipality: municipality.clone(),
            house: tx.every::<Organisation>().await?.into_iter().map(|one| one.id).collect(),
            discharges: tx.every::<Discharge>().await?,
            extensions: tx.every::<Extension>().await?,
            days: tx.every::<AgreedDay>().await?,
            files: Vec::new(),
            partnership: Partnership::default(),
            versions: Vec::new(),
            reports: Vec::new(),
            collaborations: Collaborations::default(),
            acceptances: BTreeMap::new(),
            drafts: BTreeMap::new(),
        };
        let Some(life) = life.filter(|life| life.in_force.is_some()) else { return Ok(done) };
        done.files = store::plan::observation_files(tx, &life.agreement.programme).await?;
        done.partnership = store::partnership::of_agreement(tx, agreement).await?;
        done.versions = store::plan::versions_of(tx, agreement).await?;
        done.reports = store::plan::reports_of(tx, agreement).await?;
        done.collaborations = store::collaboration::of_agreement(tx, agreement).await?;
        for district in &life.districts {
            if done.latest(&district.code).is_some_and(|last| last.serial >= Edition::Revised.serial()) {
                continue;
            }
            let accepted = store::plan::acceptances_of(tx, agreement, &district.code).await?;
            done.acceptances.insert(district.code.clone(), accepted);
            let edits = store::draft::latest(tx, &series_of(agreement, &district.code)).await?;
            done.drafts.insert(district.code.clone(), Draft::of(edits));
        }
        Ok(done)
    }

    pub(super) fn has(&self, step: &Step, life: Option<&Life>) -> bool {
        let on = step.at.date();
        let duty = |pattern: &str| duty_id(&self.agreement, pattern, step.district.as_ref());
        let Some(life) = life else { return false };
        let district = step.district.as_ref().map(|district| district.code.as_str()).unwrap_or_default();
        match &step.what {
            What::Issue { .. } => true,
            What::Approve { party, .. } => life.approval(*party).is_some(),
            What::Attest { party, .. } => Mark::BOTH.into_iter().all(|mark| {
                life.signature(*party, mark).is_some() && life.pages_without_initials(*party, mark).is_empty()
            }),
            What::Send => life.sent.is_some(),
            What::Receive { .. } => !life.receipts.is_empty(),
            What::Keep { .. } => life.custody.iter().any(|c| c.holder == life.agreement.municipality),
            What::SendBack { .. } => !life.returns.is_empty(),
            What::RegisterReturn { .. } => !life.returned.is_empty(),
            What::Meet { duty: pattern, .. } => {
                let wanted = duty(pattern);
                self.discharges.iter().any(|d| d.duty == wanted && d.met_on == on && d.by == step.of)
            }
            What::Extend { duty: pattern, .. } => {
                let wanted = duty(pattern);
                self.extensions.iter().any(|e| e.duty == wanted)
            }
            What::AgreeDay { duty: pattern, .. } => {
                let wanted = duty(pattern);
                self.days.iter().any(|d| d.duty == wanted && d.by == step.of)
            }
            What::LoadStatistics => self.files.iter().any(|file| file.name == OBSERVATIONS_NAME),
            What::InvitePartners => self.to_invite(on).next().is_none(),
            What::AnswerInvitations => self.to_answer(on).next().is_none(),
            What::JoinPartners => self.to_join(on).next().is_none(),
            What::LeavePartnership => self.to_leave(on).next().is_none(),
            What::DescribeOrganisation => self.to_describe(on).next().is_none(),
            What::FormGroups => self.to_form(on).next().is_none(),
            What::MeetPartners => self.to_meet(on).next().is_none(),
            What::Consult => self.to_consult(on).next().is_none(),
            What::HoldDialogues => self.to_hold(on).next().is_none(),
            What::AnswerDialogues => self.to_respond(on).next().is_none(),
            What::RaiseNeeds => self.to_raise(on, &step.of).next().is_none(),
            What::AnswerNeeds => self.to_answer_needs(on).next().is_none(),
            What::WritePlan { edition } => self.is_written(district, *edition),
            What::AcceptGoals { edition, .. } => self.to_accept(district, *edition, &step.of).is_empty(),
            What::AdoptPlan { edition, .. } => self.is_adopted(district, *edition),
            What::ReportPlan { edition } => {
                let since = |v: &&PlanVersion| v.district == district && v.serial >= edition.serial();
                let mut versions = self.versions.iter().filter(since);
                versions.any(|version| self.reports.iter().any(|report| report.version == version.id))
            }
            What::DrawUpCollaborations => self.to_draw_up(on).next().is_none(),
            What::SignCollaborations { .. } => self.to_sign(on).next().is_none(),
            What::FindCollaborationNeeds { .. } => self.to_revise().next().is_none(),
            What::ConfirmCollaborations => self.to_confirm(on).next().is_none(),
            What::ReportCollaborations => self.to_report(on).next().is_none(),
        }
    }

    /// A partner's id, from the key that the files call it by.
    pub(super) fn partner(&self, key: &str) -> PartnerId {
        PartnerId::new(format!("{}/{key}", self.agreement))
    }

    pub(super) fn to_invite(&self, on: Date) -> impl Iterator<Item = &'static Partner> {
        partners().partner.iter().filter(move |partner| {
            let id = self.partner(&partner.key);
            let there = &self.partnership;
            let is_known = there.invitations.iter().any(|i| i.partner == id)
                || there.joinings.iter().any(|j| j.partner == id);
            partner.invited_on == Some(on) && !is_known
        })
    }

    pub(super) fn to_answer(&self, on: Date) -> impl Iterator<Item = &'static Partner> {
        partners().partner.iter().filter(move |partner| {
            let id = self.partner(&partner.key);
            let there = &self.partnership;
            let is_known = there.answers.iter().any(|a| a.partner == id)
                || there.joinings.iter().any(|j| j.partner == id);
            partner.answered_on == Some(on) && !is_known
        })
    }

    /// Who joins by another's registering it: whoever is invited joins by its answer.
    pub(super) fn to_join(&self, on: Date) -> impl Iterator<Item = &'static Partner> {
        partners().partner.iter().filter(move |partner| {
            let id = self.partner(&partner.key);
            partner.from == Some(on)
                && partner.invited_on.is_none()
                && !self.partnership.joinings.iter().any(|j| j.partner == id)
        })
    }

    pub(super) fn to_leave(&self, on: Date) -> impl Iterator<Item = &'static Partner> {
        partners().partner.iter().filter(move |partner| {
            let id = self.partner(&partner.key);
            partner.last == Some(on) && !self.partnership.departures.iter().any(|d| d.partner == id)
        })
    }

    pub(super) fn to_describe(&self, on: Date) -> impl Iterator<Item = &'static Description> {
        let known = self.partnership.descriptions.iter().any(|d| d.from_day == on);
        partners().description.iter().filter(move |one| one.from == on && !known)
    }

    pub(super) fn to_form(&self, on: Date) -> impl Iterator<Item = &'static Group> {
        partners().group.iter().filter(move |group| {
            group.from == on
                && !self.partnership.groups.iter().any(|g| g.district.as_ref() == Some(&group.district))
        })
    }

    /// The working group that the files call by a key.
    pub(super) fn group(&self, key: &str) -> Option<String> {
        let named = partners().group.iter().find(|group| group.key == key)?;
        let of =
            |g: &&kvarter_domain::partnership::WorkingGroup| g.district.as_ref() == Some(&named.district);
        self.partnership.groups.iter().find(of).map(|group| group.id.clone())
    }

    pub(super) fn to_meet(&self, on: Date) -> impl Iterator<Item = &'static Meeting> {
        partners().meeting.iter().filter(move |meeting| {
            let group = meeting.group.as_deref().and_then(|key| self.group(key));
            meeting.on == on && !self.partnership.meetings.iter().any(|m| m.held_on == on && m.group == group)
        })
    }

    pub(super) fn to_consult(&self, on: Date) -> impl Iterator<Item = &'static Regional> {
        partners().regional.iter().filter(move |one| {
            one.on == on && !self.partnership.regional.iter().any(|r| r.day == on && r.kind == one.kind)
        })
    }

    /// A dialogue of the files as it is registered.
    fn held(&self, dialogue: &Dialogue) -> Option<&Held> {
        let is_same = |held: &&Held| {
            held.day == dialogue.on && held.kind == dialogue.kind && held.district == dialogue.district
        };
        self.partnership.dialogues.iter().find(is_same)
    }

    pub(super) fn to_hold(&self, on: Date) -> impl Iterator<Item = &'static Dialogue> {
        partners().dialogue.iter().filter(move |dialogue| dialogue.on == on && self.held(dialogue).is_none())
    }

    /// What was done on a day for what residents had said, with the dialogue's id. One that was never held has
    /// nothing to answer.
    pub(super) fn to_respond(&self, on: Date) -> impl Iterator<Item = (String, &'static Response)> {
        partners().dialogue.iter().filter_map(|dialogue| Some((self.held(dialogue)?, dialogue))).flat_map(
            move |(held, dialogue)| {
                let answered = move |r: &&Response| {
                    !self.partnership.responses_to(&held.id).any(|known| known.day == r.on)
                };
                let of_day = dialogue.responses.iter().filter(move |r| r.on == on);
                of_day.filter(answered).map(|response| (held.id.clone(), response))
            },
        )
    }

    /// A need of the files as it is registered.
    fn raised(&self, need: &Need) -> Option<&Raised> {
        let partner = need.partner.as_deref().map(|key| self.partner(key));
        let is_same = |raised: &&Raised| {
            raised.raised_on == need.on && raised.partner == partner && raised.district == need.district
        };
        self.partnership.needs.iter().find(is_same)
    }

    pub(super) fn to_raise<'a>(
        &'a self,
        on: Date,
        by: &'a OrganisationId,
    ) -> impl Iterator<Item = &'static Need> {
        partners().need.iter().filter(move |need| {
            let own = need.partner.as_deref().unwrap_or(self.municipality.as_str()) == by.as_str();
            need.on == on && own && self.raised(need).is_none()
        })
    }

    /// What the state answers on a day, with the need's id.
    pub(super) fn to_answer_needs(&self, on: Date) -> impl Iterator<Item = (String, &'static StateAnswer)> {
        partners().need.iter().filter_map(|need| Some((self.raised(need)?, need))).flat_map(
            move |(raised, need)| {
                let answered = move |a: &&StateAnswer| {
                    !self.partnership.answers_to(&raised.id).any(|known| known.answered_on == a.on)
                };
                let of_day = need.answers.iter().filter(move |a| a.on == on);
                of_day.filter(answered).map(|answer| (raised.id.clone(), answer))
            },
        )
    }

    /// The latest version of a district's plan.
    pub(super) fn latest(&self, district: &str) -> Option<&PlanVersion> {
        self.versions.iter().filter(|v| v.district == district).max_by_key(|v| v.serial)
    }

    fn is_adopted(&self, district: &str, edition: Edition) -> bool {
        self.latest(district).is_some_and(|last| last.serial >= edition.serial())
    }

    /// Whether a plan has been written: adopted, or every part of it is or has been in the draft. What has been
    /// changed since then is left as it is.
    fn is_written(&self, district: &str, edition: Edition) -> bool {
        let written = || {
            let plan = plan(&self.agreement, district, edition)?;
            let draft = self.drafts.get(district)?;
            Some(plan.parts().keys().all(|key| draft.ever.contains(&key.to_string())))
        };
        self.is_adopted(district, edition) || written().unwrap_or(false)
    }

    /// The goals and partners whose acceptance an organisation registers: its own, or, for the municipality, that of
    /// every partner who has nobody in the house. A goal is accepted as it stands in the draft.
    pub(super) fn to_accept(&self, district: &str, edition: Edition, by: &OrganisationId) -> Vec<Accepted> {
        if self.is_adopted(district, edition) {
            return Vec::new();
        }
        let known = self.acceptances.get(district).map(Vec::as_slice).unwrap_or_default();
        let draft = self.drafts.get(district).filter(|_| self.is_written(district, edition));
        let goals = match draft {
            Some(draft) => draft.goals.clone(),
            None => plan(&self.agreement, district, edition).map(|plan| plan.goals).unwrap_or_default(),
        };
        let mut wanted = Vec::new();
        for goal in goals {
            let wording = goal.wording();
            for partner in goal.partners {
                let word = partner.rsplit('/').next().unwrap_or_default();
                let own = self.house.iter().find(|one| one.as_str() == word);
                let accepted =
                    |a: &&GoalAcceptance| a.goal == goal.id && a.partner == partner && a.wording == wording;
                if own.unwrap_or(&self.municipality) == by && !known.iter().any(|a| accepted(&a)) {
                    wanted.push(Accepted { goal: goal.id.clone(), wording: wording.clone(), partner });
                }
            }
        }
        wanted
    }

    /// Versions of collaboration agreements that are concluded on a day and not drawn up, with whom.
    pub(super) fn to_draw_up(&self, on: Date) -> impl Iterator<Item = (PartnerId, &'static Version)> {
        concluded(on).filter_map(move |(one, i, version)| {
            let partner = self.partner(&one.partner);
            let drawn_up = self.collaborations.with(&partner).count() > i;
            (!drawn_up).then_some((partner, version))
        })
    }

    /// The sides that have not signed what is concluded on a day.
    pub(super) fn to_sign(&self, on: Date) -> impl Iterator<Item = (PartnerId, Side)> {
        concluded(on).flat_map(move |(one, i, _)| {
            let partner = self.partner(&one.partner);
            let id = version_id(&partner, number(i));
            let later = self.collaborations.with(&partner).count() > i + 1;
            [Side::Municipality, Side::Partner].into_iter().filter_map(move |side| {
                let signed = later || self.collaborations.signature(&id, side).is_some();
                (!signed).then(|| (partner.clone(), side))
            })
        })
    }

    /// With whom the agreement needs to be revised after the plans were: those that have a second one.
    pub(super) fn to_revise(&self) -> impl Iterator<Item = PartnerId> {
        partners().collaboration.iter().filter(|one| one.version.len() > 1).filter_map(|one| {
            let partner = self.partner(&one.partner);
            let first = version_id(&partner, 1);
            let known = &self.collaborations;
            let called_for =
                known.needs.iter().any(|need| need.version == first) || known.with(&partner).count() > 1;
            (!called_for).then_some(partner)
        })
    }

    /// What is confirmed on a day: with whom, why, and beside which version of a plan.
    pub(super) fn to_confirm(&self, on: Date) -> impl Iterator<Item = (PartnerId, &'static Version, String)> {
        partners().collaboration.iter().flat_map(move |one| {
            let partner = self.partner(&one.partner);
            let of_day = one.version.iter().enumerate().filter(move |(_, v)| v.confirmed_on == Some(on));
            of_day.flat_map(move |(i, version)| {
                let id = version_id(&partner, number(i));
                let partner = partner.clone();
                let districts: BTreeSet<&str> =
                    version.commitments.iter().map(|c| c.district.as_str()).collect();
                districts.into_iter().filter_map(move |district| {
                    let newer = PlanVersion::id_of(&self.agreement, district, version.plan_serial + 1);
                    let confirmed = self
                        .collaborations
                        .confirmations
                        .iter()
                        .any(|c| c.version == id && c.plan_version == newer);
                    (!confirmed).then(|| (partner.clone(), version, newer))
                })
            })
        })
    }

    pub(super) fn to_report(&self, on: Date) -> impl Iterator<Item = PartnerId> {
        partners().collaboration.iter().flat_map(move |one| {
            let partner = self.partner(&one.partner);
            let of_day = one.version.iter().enumerate().filter(move |(_, v)| v.reported_on == Some(on));
            of_day.filter_map(move |(i, _)| {
                let id = version_id(&partner, number(i));
                let reported = self.collaborations.reports.iter().any(|report| report.version == id);
                (!reported).then(|| partner.clone())
            })
        })
    }
}

/// The versions of collaboration agreements that are concluded on a day, each with how many came before it.
fn concluded(on: Date) -> impl Iterator<Item = (&'static Collaboration, usize, &'static Version)> {
    partners().collaboration.iter().flat_map(move |one| {
        let of_day = one.version.iter().enumerate().filter(move |(_, version)| version.concluded_on == on);
        of_day.map(move |(i, version)| (one, i, version))
    })
}

/// The number of a version that so many came before.
fn number(before: usize) -> i64 {
    crate::partnership_act::next(before)
}

/// What a district's plan says in an edition; that of 2010 says what the one before did.
pub(super) fn plan(
    agreement: &AgreementId,
    district: &str,
    edition: Edition,
) -> Option<kvarter_domain::plan::Plan> {
    match edition {
        Edition::First => content::first_plan(agreement, district),
        Edition::Revised | Edition::Renewed => content::revised_plan(agreement, district),
    }
}
