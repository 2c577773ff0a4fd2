//! Steps of the partnership: what the demonstration's files have for a day, each act through its own use case.

use jiff::civil::Date;
use kvarter_domain::ids::{AgreementId, OrganisationId};
use kvarter_domain::problem::Problems;

use super::done::Done;
use super::partners::{Dialogue, Group, Meeting, Need, Partner};
use crate::App;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::partnership::{
    self, AnswerInvitation, AnswerNeed, Consult, Describe, FormGroup, Hold, Invite, Join, Leave, Meet,
    NewPartner, RaiseNeed, Respond, Who,
};

/// Where a step is taken: by whom, when, and what has been done before.
pub(super) struct Scene<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) app: &'a App,
    pub(super) done: &'a Done,
    pub(super) day: Date,
}

impl Scene<'_> {
    pub(super) fn agreement(&self) -> &AgreementId {
        &self.done.agreement
    }

    pub(super) async fn invite(&self) -> Result<()> {
        for partner in self.done.to_invite(self.day) {
            let invite = Invite {
                who: Who::New(self.newcomer(partner)),
                mode: partner.mode,
                invited_on: self.day,
                note: partner.invitation.clone(),
                faults: Problems::none(),
            };
            partnership::invite(self.ctx, self.app, self.agreement(), None, invite).await?;
        }
        Ok(())
    }

    /// Who it is; an authority with people of its own where it is one of the house.
    fn newcomer(&self, partner: &Partner) -> NewPartner {
        let own = OrganisationId::new(&partner.key);
        NewPartner {
            name: partner.name.clone(),
            orgnr: None,
            organisation: Some(own).filter(|own| self.done.house.contains(own)),
            category: partner.category,
            required_as: partner.required_as.clone(),
        }
    }

    pub(super) async fn answer(&self) -> Result<()> {
        for partner in self.done.to_answer(self.day) {
            let answer = AnswerInvitation {
                answer: partner.answer.ok_or(Error::NotFound)?,
                answered_on: self.day,
                note: partner.answer_note.clone(),
                faults: Problems::none(),
            };
            let id = self.done.partner(&partner.key);
            partnership::answer(self.ctx, self.app, self.agreement(), &id, None, answer).await?;
        }
        Ok(())
    }

    pub(super) async fn join(&self) -> Result<()> {
        for partner in self.done.to_join(self.day) {
            let id = self.done.partner(&partner.key);
            let known = self.done.partnership.partner(&id).is_some();
            let join = Join {
                who: if known { Who::Known(id) } else { Who::New(self.newcomer(partner)) },
                mode: partner.mode,
                basis: partner.basis,
                decision_reference: partner.decision_reference.clone(),
                from_day: self.day,
                faults: Problems::none(),
            };
            partnership::join(self.ctx, self.app, self.agreement(), None, join).await?;
        }
        Ok(())
    }

    pub(super) async fn leave(&self) -> Result<()> {
        for partner in self.done.to_leave(self.day) {
            let leave =
                Leave { last_day: self.day, reason: partner.reason.clone(), faults: Problems::none() };
            let id = self.done.partner(&partner.key);
            partnership::leave(self.ctx, self.app, self.agreement(), &id, None, leave).await?;
        }
        Ok(())
    }

    pub(super) async fn describe(&self) -> Result<()> {
        for one in self.done.to_describe(self.day) {
            let describe =
                Describe { from_day: self.day, words: one.words.clone(), faults: Problems::none() };
            partnership::describe(self.ctx, self.app, self.agreement(), None, describe).await?;
        }
        Ok(())
    }

    pub(super) async fn form_groups(&self) -> Result<()> {
        for group in self.done.to_form(self.day) {
            let Group { name, district, task, members, .. } = group;
            let form = FormGroup {
                name: name.clone(),
                district: Some(district.clone()),
                task: Some(task.clone()),
                from_day: self.day,
                members: members.iter().map(|key| self.done.partner(key)).collect(),
                faults: Problems::none(),
            };
            partnership::form_group(self.ctx, self.app, self.agreement(), None, form).await?;
        }
        Ok(())
    }

    pub(super) async fn meet(&self) -> Result<()> {
        for meeting in self.done.to_meet(self.day) {
            let Meeting { group, present, decisions, .. } = meeting;
            let meet = Meet {
                group: group.as_deref().and_then(|key| self.done.group(key)),
                held_on: self.day,
                present: present.iter().map(|key| self.done.partner(key)).collect(),
                decisions: decisions.clone(),
                minutes: None,
                faults: Problems::none(),
            };
            partnership::meet(self.ctx, self.app, self.agreement(), None, meet).await?;
        }
        Ok(())
    }

    pub(super) async fn consult(&self) -> Result<()> {
        for one in self.done.to_consult(self.day) {
            let consult = Consult {
                kind: one.kind,
                counterpart: one.counterpart.clone(),
                day: self.day,
                outcome: one.outcome.clone(),
                link: None,
                faults: Problems::none(),
            };
            partnership::consult(self.ctx, self.app, self.agreement(), None, consult).await?;
        }
        Ok(())
    }

    pub(super) async fn hold_dialogues(&self) -> Result<()> {
        for dialogue in self.done.to_hold(self.day) {
            let Dialogue { kind, district, form, theme, said, .. } = dialogue;
            let hold = Hold {
                kind: *kind,
                district: district.clone(),
                day: self.day,
                form: form.clone(),
                theme: theme.clone(),
                taking_part: None,
                said: said.clone(),
                faults: Problems::none(),
            };
            partnership::hold(self.ctx, self.app, self.agreement(), None, hold).await?;
        }
        Ok(())
    }

    pub(super) async fn answer_dialogues(&self) -> Result<()> {
        for (dialogue, response) in self.done.to_respond(self.day) {
            let respond = Respond { day: self.day, done: response.done.clone(), faults: Problems::none() };
            partnership::respond(self.ctx, self.app, self.agreement(), &dialogue, None, respond).await?;
        }
        Ok(())
    }

    pub(super) async fn raise_needs(&self, by: &OrganisationId) -> Result<()> {
        for need in self.done.to_raise(self.day, by) {
            let Need { district, addressed_to, words, .. } = need;
            let raise = RaiseNeed {
                district: district.clone(),
                addressed_to: addressed_to.clone(),
                words: words.clone(),
                raised_on: self.day,
                faults: Problems::none(),
            };
            partnership::raise_need(self.ctx, self.app, self.agreement(), None, raise).await?;
        }
        Ok(())
    }

    pub(super) async fn answer_needs(&self) -> Result<()> {
        for (need, answer) in self.done.to_answer_needs(self.day) {
            let answer =
                AnswerNeed { answered_on: self.day, words: answer.words.clone(), faults: Problems::none() };
            partnership::answer_need(self.ctx, self.app, self.agreement(), &need, None, answer).await?;
        }
        Ok(())
    }
}
