//! A district as anyone may see it: its plan, its duties, and what residents said and what became of it.

use std::sync::Arc;

use kvarter_domain::access::{Act, Thing};
use kvarter_domain::district::AgreementDistrict;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::partnership::Partnership;
use kvarter_domain::programme::Programme;
use kvarter_store as store;

use crate::App;
use crate::context::Ctx;
use crate::duty::{self, DutyView};
use crate::error::{Error, Result};
use crate::plan::{self, VersionPage};

/// What is shown of a district.
#[derive(Debug, Clone)]
pub struct DistrictPage {
    /// The agreement.
    pub agreement: AgreementId,
    /// The municipality's name in it.
    pub municipality: String,
    /// The district.
    pub district: AgreementDistrict,
    /// The programme.
    pub programme: Arc<Programme>,
    /// The latest version of its plan, if one has been adopted.
    pub plan: Option<VersionPage>,
    /// The duties that concern it, the nearest last day first.
    pub duties: Vec<DutyView>,
    /// The partnership: whom residents talked with, and what was answered.
    pub partnership: Partnership,
}

/// A district of an agreement.
///
/// # Errors
/// [`Error::NotFound`] when the agreement does not cover it.
pub async fn show(ctx: &Ctx, app: &App, agreement: &AgreementId, code: &str) -> Result<DistrictPage> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    let life = store::agreement::life(&mut tx, agreement).await?.ok_or(Error::NotFound)?;
    let district = life.districts.iter().find(|d| d.code == code).cloned().ok_or(Error::NotFound)?;
    let programme = app.programme(&life.agreement.programme)?;
    let partnership = store::partnership::of_agreement(&mut tx, agreement).await?;
    let last = store::plan::versions_of(&mut tx, agreement).await?;
    let last = last.into_iter().rfind(|version| version.district == code);
    drop(tx);
    let plan = match last {
        Some(version) => Some(plan::show(ctx, app, &version.id).await?),
        None => None,
    };
    let filter = duty::Filter { agreement: Some(agreement.clone()), ..duty::Filter::default() };
    let mut duties = duty::list(ctx, app, &programme.id, &filter).await?;
    duties.retain(|view| view.duty.object.as_deref() == Some(code));
    duties.sort_by_key(|view| (view.standing.last_day().is_none(), view.standing.last_day()));
    Ok(DistrictPage {
        agreement: agreement.clone(),
        municipality: life.agreement.party_name.clone(),
        district,
        programme,
        plan,
        duties,
        partnership,
    })
}
