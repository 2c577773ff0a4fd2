//! Acts on a duty: met, extended, given an agreed day.

use axum::extract::{Path, State};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::DutyId;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Deliverable;
use kvarter_services::Error;
use kvarter_services::duty::{self, DutyView, Extend, Meet, Registers};

use super::act::{Act, Kind, Receipt, done_before};
use super::agreement_act::PAGE_FILES;
use super::error::{OrPage, Result};
use super::form::Sent;
use super::request::Visit;
use super::{Served, paths};
use crate::standing::Stand;

/// A duty, its obligation's name and the latest event about its agreement.
struct Opened {
    view: DutyView,
    name: String,
    seen: i64,
}

async fn opened(served: &Served, visit: &Visit, id: &DutyId) -> Result<Opened> {
    let view = duty::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let page = kvarter_services::agreement::show(&visit.ctx, &served.app, &view.duty.agreement)
        .await
        .or_page(visit)?;
    let name = page.programme.obligation(&view.duty.obligation);
    let name = name.map_or(view.duty.obligation.as_str(), |o| o.name.get(visit.l.0)).to_owned();
    let parts = [Some(name), view.duty.object_name.clone(), view.duty.year.map(|y| y.to_string())];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Ok(Opened { view, name, seen: page.seen })
}

fn act(visit: &Visit, opened: &Opened, code: &'static str, prefix: &str) -> Act {
    let duty = &opened.view.duty;
    let back = paths::duty(&duty.id);
    Act::new(visit, "nav-duties", code, format!("/{prefix}/{}", duty.id), back.clone())
        .under(visit.l.t("nav-duties"), "/ataganden")
        .under(opened.name.clone(), back)
        .resting_on(&duty.clause, &duty.says)
        .fact("fact-duty", opened.name.clone(), None)
        .fact("fact-stands", Stand::of(&opened.view.standing, visit.l).sentence, None)
        .seen(opened.seen)
}

// --- Met ---

fn meet_form(visit: &Visit, opened: &Opened, registers: &Registers) -> Act {
    let duty = &opened.view.duty;
    let received = matches!(registers, Registers::Receiver { .. });
    let mut page = act(visit, opened, if received { "receive-account" } else { "meet" }, "fullgor");
    if received {
        page = page.field("met_on", Kind::Day, visit.today()).field("dated", Kind::Day, "");
    } else if duty.is_handed_over() {
        // It counts from the day it is received: nobody writes another.
        page = page.fact("fact-handed-over", visit.l.day(visit.today()), None);
    } else {
        page = page.field("met_on", Kind::Day, visit.today());
    }
    if duty.after.is_some() {
        page = page.field("occurred_on", Kind::Day, "");
    }
    page = page.field("note", Kind::Line, "");
    match duty.delivers {
        Some(Deliverable::WebAddress) => {
            page.field("link", Kind::Line, "").field("document", Kind::File(PAGE_FILES), "")
        }
        _ => page.field("document", Kind::File(PAGE_FILES), "").field("link", Kind::Line, ""),
    }
}

/// The form by which a debtor registers the act that meets a duty.
pub async fn meet_page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let opened = opened(&served, &visit, &DutyId::new(id)).await?;
    let registers = duty::registers(&visit.ctx, &opened.view.duty).or_page(&visit)?;
    Ok(meet_form(&visit, &opened, &registers).show(&served))
}

/// Registers the act that meets a duty.
pub async fn meet(State(served): State<Served>, visit: Visit, Path(id): Path<String>, sent: Sent) -> Result {
    let id = DutyId::new(id);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let opened = opened(&served, &visit, &id).await?;
    let registers = duty::registers(&visit.ctx, &opened.view.duty).or_page(&visit)?;
    let to = paths::duty(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let by_debtor = matches!(registers, Registers::Debtor(_));
    let met_on = if by_debtor && opened.view.duty.is_handed_over() {
        sent.day_or_none("met_on", &mut problems)
    } else {
        Some(sent.day("met_on", &mut problems))
    };
    let dated = sent.day_or_none("dated", &mut problems);
    let occurred_on = sent.day_or_none("occurred_on", &mut problems);
    let command = Meet {
        met_on,
        dated,
        note: sent.filled("note"),
        link: sent.filled("link"),
        document: sent.file("document"),
        occurred_on,
        faults: problems,
    };
    let done = async {
        let record = duty::meet(&ctx, &served.app, &id, sent.seen(), command).await?;
        let number = kvarter_services::registry::show(&visit.ctx, &served.app, &record).await?.record.number;
        Ok(Receipt::numbered(to, "met", number))
    };
    let done = done.await;
    meet_form(&visit, &opened, &registers).conclude(&served, &visit, &sent, done).await
}

// --- Extended ---

fn extend_form(visit: &Visit, opened: &Opened) -> Act {
    act(visit, opened, "extend", "anstand")
        .field("until", Kind::Day, "")
        .field("decided_on", Kind::Day, visit.today())
        .field("reference", Kind::Short, "")
        .field("reason", Kind::Long, "")
}

/// Whether the visitor decides for a party to the duty's agreement.
fn may_decide(visit: &Visit, view: &DutyView) -> kvarter_services::Result<()> {
    let own = visit.ctx.actor.organisation().ok_or(Error::Denied)?.clone();
    visit.ctx.require(Policy::Extend, &Thing::Of(own.clone()))?;
    if own == view.duty.state || own == view.duty.municipality { Ok(()) } else { Err(Error::Denied) }
}

/// The form by which the other side grants an extension, where there is a day to move.
pub async fn extend_page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let opened = opened(&served, &visit, &DutyId::new(id)).await?;
    may_decide(&visit, &opened.view).or_page(&visit)?;
    let clause = &opened.view.duty.clause;
    let code = match (opened.view.standing.met_on(), opened.view.standing.last_day()) {
        (Some(_), _) => "extension-of-met-duty",
        (None, None) => "extension-without-day",
        (None, Some(_)) => return Ok(extend_form(&visit, &opened).show(&served)),
    };
    let problem = Problem::new(code, "duty").resting_on(clause);
    let refused = Err(Error::Problems(problem.into()));
    act(&visit, &opened, "extend", "anstand").conclude(&served, &visit, &Sent::default(), refused).await
}

/// Grants an extension.
pub async fn extend(
    State(served): State<Served>,
    visit: Visit,
    Path(id): Path<String>,
    sent: Sent,
) -> Result {
    let id = DutyId::new(id);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let opened = opened(&served, &visit, &id).await?;
    may_decide(&visit, &opened.view).or_page(&visit)?;
    let to = paths::duty(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = Extend {
        until: sent.day("until", &mut problems),
        decided_on: sent.day("decided_on", &mut problems),
        reference: sent.filled("reference"),
        reason: sent.filled("reason"),
    };
    let done = async {
        problems.or(())?;
        duty::extend(&ctx, &served.app, &id, sent.seen(), &command).await?;
        Ok(Receipt::new(to, "extended"))
    };
    let done = done.await;
    extend_form(&visit, &opened).conclude(&served, &visit, &sent, done).await
}

// --- Given an agreed day ---

fn agree_day_form(visit: &Visit, opened: &Opened) -> Act {
    act(visit, opened, "agree-day", "dag")
        .field("day", Kind::Day, "")
        .field("agreed_on", Kind::Day, visit.today())
        .field("reference", Kind::Short, "")
}

/// The form by which the day that the parties have agreed is registered.
pub async fn agree_day_page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let opened = opened(&served, &visit, &DutyId::new(id)).await?;
    may_decide(&visit, &opened.view).or_page(&visit)?;
    Ok(agree_day_form(&visit, &opened).show(&served))
}

/// Registers the day that the parties have agreed.
pub async fn agree_day(
    State(served): State<Served>,
    visit: Visit,
    Path(id): Path<String>,
    sent: Sent,
) -> Result {
    let id = DutyId::new(id);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let opened = opened(&served, &visit, &id).await?;
    may_decide(&visit, &opened.view).or_page(&visit)?;
    let to = paths::duty(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let day = sent.day("day", &mut problems);
    let agreed_on = sent.day("agreed_on", &mut problems);
    let reference = sent.filled("reference");
    let done = async {
        problems.or(())?;
        duty::agree_day(&ctx, &served.app, &id, sent.seen(), day, agreed_on, reference.as_deref()).await?;
        Ok(Receipt::new(to, "day-agreed"))
    };
    let done = done.await;
    agree_day_form(&visit, &opened).conclude(&served, &visit, &sent, done).await
}
