//! Steps of the plans and of the collaboration agreements that rest on them.

use kvarter_domain::collaboration::Side;
use kvarter_domain::ids::{OrganisationId, PartnerId, ProgrammeId};
use kvarter_domain::plan::part::{Key, Kind};
use kvarter_domain::plan::{Plan, series_of};
use kvarter_domain::problem::Problems;
use kvarter_domain::signing::Mode;
use kvarter_store as store;
use serde_json::Value;

use super::content::{OBSERVATIONS, OBSERVATIONS_NAME};
use super::done;
use super::partners::{Version, content as partners};
use super::partnership_step::Scene;
use super::script::Edition;
use crate::collaboration::{self, Confirm, Edit, FindNeed, OnPaper, Remove, SaveCommitment, SaveTerms};
use crate::error::{Error, Result};
use crate::plan::{self, Accept, Adopt};
use crate::registry::Upload;
use crate::{observation, plan_draft};

impl Scene<'_> {
    pub(super) async fn load_statistics(&self, programme: &ProgrammeId) -> Result<()> {
        let upload = Upload::new(OBSERVATIONS_NAME, OBSERVATIONS.to_vec());
        observation::load(self.ctx, self.app, programme, upload).await.map(|_| ())
    }

    /// Writes a plan's parts in the draft, and takes away what stood in the edition before and no longer does.
    pub(super) async fn write_plan(&self, district: &str, edition: Edition) -> Result<()> {
        let of = |edition| done::plan(self.agreement(), district, edition).ok_or(Error::NotFound);
        let plan: Plan = of(edition)?;
        let mut parts = plan.parts();
        if edition != Edition::First {
            for key in of(Edition::First)?.parts().into_keys() {
                parts.entry(key).or_insert(Value::Null);
            }
        }
        let parts: Vec<(Key, Value)> = parts.into_iter().collect();
        plan_draft::save_all(self.ctx, self.app, self.agreement(), district, parts).await.map(|_| ())
    }

    pub(super) async fn accept_goals(
        &self,
        district: &str,
        edition: Edition,
        by: &OrganisationId,
        evidence: Option<&str>,
    ) -> Result<()> {
        for one in self.done.to_accept(district, edition, by) {
            let accept = Accept {
                goal: one.goal,
                wording: one.wording,
                partner: one.partner,
                accepted_on: self.day,
                evidence: evidence.map(str::to_owned),
            };
            plan::accept(self.ctx, self.app, self.agreement(), district, &accept).await?;
        }
        Ok(())
    }

    /// Adopts the draft by the day's meeting. Where the plan is adopted as it was, the draft's lessons are those of
    /// the version before and are taken away first.
    pub(super) async fn adopt_plan(
        &self,
        district: &str,
        decided: &str,
        unchanged: Option<&str>,
    ) -> Result<()> {
        let adoptions = partners().meeting.iter().filter(|m| m.on == self.day).flat_map(|m| &m.adopts);
        let adoption = adoptions.into_iter().find(|a| a.district == district).ok_or(Error::NotFound)?;
        if unchanged.is_some() {
            self.clear_lessons(district).await?;
        }
        let adopt = Adopt {
            adopted_on: self.day,
            adopted_by: decided.replace("{decision}", &adoption.decision),
            unchanged: unchanged.map(str::to_owned),
            seen: None,
            faults: Problems::none(),
        };
        plan::adopt(self.ctx, self.app, self.agreement(), district, &adopt).await.map(|_| ())
    }

    async fn clear_lessons(&self, district: &str) -> Result<()> {
        let mut tx = self.app.store.read().await?;
        let draft = plan_draft::current(&mut tx, &series_of(self.agreement(), district)).await?;
        drop(tx);
        let lessons =
            draft.plan.lessons.iter().map(|lesson| (Key::new(Kind::Lesson, &lesson.id), Value::Null));
        plan_draft::save_all(self.ctx, self.app, self.agreement(), district, lessons.collect())
            .await
            .map(|_| ())
    }

    pub(super) async fn report_plan(&self, district: &str) -> Result<()> {
        let version = self.done.latest(district).ok_or(Error::NotFound)?;
        plan::report(self.ctx, self.app, &version.id).await.map(|_| ())
    }

    pub(super) async fn draw_up_collaborations(&self) -> Result<()> {
        for (partner, version) in self.done.to_draw_up(self.day) {
            let seen = self.draft_terms(&partner, version).await?;
            collaboration::draw_up(self.ctx, self.app, &partner, seen, Mode::Paper).await?;
        }
        Ok(())
    }

    /// Makes the draft say what a version does, bound to the plans that hold.
    async fn draft_terms(&self, partner: &PartnerId, version: &Version) -> Result<i64> {
        let mut tx = self.app.store.read().await?;
        let series = kvarter_domain::collaboration::series_of(partner);
        let draft = store::collaboration::draft(&mut tx, &series).await?;
        drop(tx);
        let (mut seen, stands) = draft.map(|d| (d.revision, d.terms.commitments)).unwrap_or_default();
        let mut edits = vec![Edit::Terms(SaveTerms {
            purpose: version.purpose.clone(),
            from_day: Some(version.from_day),
            to_day: Some(version.to_day),
        })];
        edits.extend(stands.into_iter().map(|one| Edit::Remove(Remove { id: one.id })));
        for one in &version.commitments {
            let bound = self.done.latest(&one.district).ok_or(Error::NotFound)?;
            edits.push(Edit::Commitment(SaveCommitment {
                id: None,
                who: one.who,
                what: one.what.clone(),
                plan_version: bound.id.clone(),
                element: one.element.clone(),
                by: Some(one.by),
                resources: one.resources.clone(),
            }));
        }
        for edit in edits {
            seen = collaboration::edit(self.ctx, self.app, partner, seen, edit, Problems::none()).await?;
        }
        Ok(seen)
    }

    /// Attests both signatures on the paper. The names are those of the script; a partner's stands in for `{partner}`.
    pub(super) async fn sign_collaborations(&self, municipality: &str, of_partner: &str) -> Result<()> {
        for (partner, side) in self.done.to_sign(self.day) {
            let name = match side {
                Side::Municipality => municipality.to_owned(),
                Side::Partner => of_partner.replace("{partner}", self.done.partnership.name_of(&partner)),
            };
            let signature = OnPaper { side, name, signed_on: self.day, scan: None, faults: Problems::none() };
            collaboration::sign_on_paper(self.ctx, self.app, &partner, None, signature).await?;
        }
        Ok(())
    }

    pub(super) async fn find_collaboration_needs(&self, reason: &str) -> Result<()> {
        for partner in self.done.to_revise() {
            let need = FindNeed { found_on: self.day, reason: reason.to_owned(), faults: Problems::none() };
            collaboration::find_need(self.ctx, self.app, &partner, None, need).await?;
        }
        Ok(())
    }

    pub(super) async fn confirm_collaborations(&self) -> Result<()> {
        for (partner, version, plan_version) in self.done.to_confirm(self.day) {
            let confirm = Confirm {
                plan_version,
                confirmed_on: self.day,
                reason: version.confirmed_because.clone().unwrap_or_default(),
                faults: Problems::none(),
            };
            collaboration::confirm(self.ctx, self.app, &partner, None, confirm).await?;
        }
        Ok(())
    }

    pub(super) async fn report_collaborations(&self) -> Result<()> {
        for partner in self.done.to_report(self.day) {
            collaboration::report(self.ctx, self.app, &partner, None).await?;
        }
        Ok(())
    }
}
