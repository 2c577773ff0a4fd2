//! Corrections: a registrar says that a fact was registered wrongly, and why.

use axum::extract::{Path, State};
use kvarter_domain::agreement::Life;
use kvarter_domain::correction::{Correction, Kind};
use kvarter_domain::ids::RecordId;
use kvarter_services::correction::{self, Concern, Found, Wrong};
use kvarter_services::{Error, agreement, registry};

use super::act::{Act, Kind as FieldKind, Receipt, done_before};
use super::error::{OrPage, Result};
use super::form::Sent;
use super::request::Visit;
use super::{Served, paths};
use crate::language::Words;

/// The kind of fact, the record it was registered under, and what it is about.
type Of = Path<(String, String, String)>;

fn wrong(Path((kind, record, about)): Of) -> kvarter_services::Result<Wrong> {
    let kind = Kind::from_code(&kind).ok_or(Error::NotFound)?;
    Ok(Wrong { kind, about, record: RecordId::new(record) })
}

/// Who corrected what when, and why: one sentence.
pub(super) fn told(correction: &Correction, life: &Life, l: Words) -> String {
    l.with(
        "corrected",
        [
            ("name", life.name_of(&correction.person)),
            ("day", l.day(correction.corrected_on).as_str()),
            ("reason", correction.reason.as_str()),
        ],
    )
}

/// Where the fact is shown.
fn back(found: &Found) -> String {
    match &found.concerns {
        Concern::Duty(duty) => paths::duty(&duty.id),
        Concern::Agreement => paths::agreement(&found.agreement),
        Concern::Partnership => paths::partnership(&found.agreement),
    }
}

async fn form(served: &Served, visit: &Visit, wrong: &Wrong, found: &Found) -> Result<Act> {
    let l = visit.l;
    let page = agreement::show(&visit.ctx, &served.app, &found.agreement).await.or_page(visit)?;
    let number = registry::show(&visit.ctx, &served.app, &wrong.record).await.or_page(visit)?.record.number;
    let address = paths::correction(wrong.kind, &wrong.record, &wrong.about);
    let what = l.t(&format!("correction-of-{}", wrong.kind.code()));
    let act = Act::new(visit, "nav-agreements", "correct", address, back(found))
        .under(l.t("nav-agreements"), "/avtal")
        .under(page.life.agreement.party_name.clone(), paths::agreement(&found.agreement))
        .fact("fact-corrected", what, None)
        .fact("fact-record", number, Some(paths::record(&wrong.record)))
        .seen(page.seen)
        .field("reason", FieldKind::Long, "");
    Ok(match &found.concerns {
        Concern::Duty(duty) => act.resting_on(&duty.clause, &duty.says),
        Concern::Agreement | Concern::Partnership => act,
    })
}

/// The form by which a fact is corrected.
pub async fn page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let wrong = wrong(of).or_page(&visit)?;
    let found = correction::find(&visit.ctx, &served.app, &wrong).await.or_page(&visit)?;
    Ok(form(&served, &visit, &wrong, &found).await?.show(&served))
}

/// Corrects a fact.
pub async fn correct(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let wrong = wrong(of).or_page(&visit)?;
    let found = correction::find(&visit.ctx, &served.app, &wrong).await.or_page(&visit)?;
    let form = form(&served, &visit, &wrong, &found).await?;
    let to = back(&found);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = correction::correct(&ctx, &served.app, &wrong, sent.seen(), sent.text("reason")).await;
    form.conclude(&served, &visit, &sent, done.map(|()| Receipt::new(to, "corrected"))).await
}

/// Whether the visitor may correct a fact that an organisation has registered, and where.
pub(super) fn address(
    visit: &Visit,
    kind: Kind,
    about: &str,
    record: &RecordId,
    by: &kvarter_domain::ids::OrganisationId,
) -> Option<String> {
    use kvarter_domain::access::{Act as Policy, Thing};
    let may = visit.signed_in() && visit.ctx.may(Policy::Correct, &Thing::Of(by.clone()));
    may.then(|| paths::correction(kind, record, about))
}
