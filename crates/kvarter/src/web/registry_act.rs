//! Acts in the registry: a record registered, marked for secrecy, the marking lifted.

use std::collections::BTreeSet;

use axum::extract::{Path, State};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::{AgreementId, RecordId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::registry::{Direction, Separated};
use kvarter_services::Error;
use kvarter_services::agreement;
use kvarter_services::registry::{self, Entry, RecordPage, Register};

use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::agreement_act::PAGE_FILES;
use super::error::{OrPage, Result};
use super::form::Sent;
use super::request::Visit;
use super::{Served, paths};

// --- Registered ---

async fn register_form(served: &Served, visit: &Visit) -> Result<Act> {
    let l = visit.l;
    let own = visit.ctx.actor.organisation().ok_or(Error::Denied).or_page(visit)?.clone();
    visit.ctx.require(Policy::RegisterRecord, &Thing::Of(own.clone())).or_page(visit)?;
    let mut agreements = vec![Choice::new("", l.t("no-agreement"))];
    for programme in served.app.programmes() {
        let rows = agreement::board(&visit.ctx, &served.app, &programme.id).await.or_page(visit)?;
        let heads = rows.into_iter().map(|row| row.life.agreement);
        let own = heads.filter(|head| head.municipality == own || head.state == own);
        agreements.extend(
            own.map(|head| {
                Choice::new(&head.id, format!("{}, {}", head.party_name, programme.name.get(l.0)))
            }),
        );
    }
    let directions = [Direction::In, Direction::Out, Direction::Internal]
        .map(|d| Choice::new(d.code(), l.t(&format!("field-direction-{}", d.code()))));
    Ok(Act::new(visit, "nav-registry", "register", "/diarium/ny".to_owned(), "/diarium".to_owned())
        .under(l.t("nav-registry"), "/diarium")
        .field("direction", Kind::One(directions.into()), "in")
        .field("day", Kind::Day, visit.today())
        .field("register", Kind::Short, "")
        .field("number", Kind::Short, "")
        .field("counterpart", Kind::Line, "")
        .field("subject", Kind::Line, "")
        .field("dated", Kind::Day, "")
        .field("their_reference", Kind::Short, "")
        .field("routed_to", Kind::Short, "")
        .field("agreement", Kind::List(agreements), "")
        .field("document", Kind::File(PAGE_FILES), ""))
}

/// The form by which any record is registered.
pub async fn register_page(State(served): State<Served>, visit: Visit) -> Result {
    Ok(register_form(&served, &visit).await?.show(&served))
}

fn direction_of(code: &str) -> Option<Direction> {
    [Direction::In, Direction::Out, Direction::Internal]
        .into_iter()
        .find(|direction| direction.code() == code)
}

/// Registers a record.
pub async fn register(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = register_form(&served, &visit).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/diarium/{}");
    let mut problems = Problems::none();
    let command = Register {
        register: sent.text("register").to_owned(),
        number: sent.text("number").to_owned(),
        entry: Entry {
            direction: chosen(&sent, "direction", direction_of, &mut problems).unwrap_or(Direction::In),
            day: sent.day("day", &mut problems),
            dated: sent.day_or_none("dated", &mut problems),
            counterpart: sent.filled("counterpart"),
            subject: sent.text("subject").to_owned(),
            their_reference: sent.filled("their_reference"),
            routed_to: sent.filled("routed_to"),
            document: None,
            agreement: sent.filled("agreement").map(AgreementId::new),
        },
        document: sent.file("document"),
    };
    let done = async {
        problems.or(())?;
        let record = registry::register(&ctx, &served.app, command).await?;
        let number = registry::show(&visit.ctx, &served.app, &record).await?.record.number;
        Ok(Receipt::numbered(paths::record(&record), "registered", number))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Marked for secrecy ---

async fn secrecy_form(served: &Served, visit: &Visit, id: &RecordId) -> Result<(Act, RecordPage)> {
    let l = visit.l;
    let page = registry::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    if !page.may_mark {
        // Whether a record of another organisation is marked is not for others to try.
        return Err(Error::NotFound).or_page(visit);
    }
    let marked = page.record.secrecy.as_ref();
    let separated =
        Separated::ALL.map(|s| Choice::new(s.code(), l.t(&format!("field-separates-{}", s.code()))));
    let mut ways = vec![Choice::new("mark", l.t("secrecy-way-mark"))];
    if marked.is_some() {
        ways.push(Choice::new("lift", l.t("secrecy-way-lift")));
    }
    let back = paths::record(id);
    let held: Vec<&str> = marked.iter().flat_map(|s| &s.separates).map(|s| s.code()).collect();
    let act = Act::new(visit, "nav-registry", "secrecy", format!("{back}/sekretess"), back.clone())
        .under(l.t("nav-registry"), "/diarium")
        .under(page.record.number.clone(), back.clone())
        .fact("fact-record", page.record.number.clone(), Some(back))
        .fact("fact-subject", page.record.subject.clone().unwrap_or_default(), None)
        .field("way", Kind::One(ways), "mark")
        .field("provision", Kind::Line, marked.and_then(|s| s.provision.clone()).unwrap_or_default())
        .field("separates", Kind::Any(separated.into()), held.join(","))
        .field("marked_on", Kind::Day, visit.today());
    Ok((act, page))
}

/// The form by which a record is marked for secrecy, or the marking lifted.
pub async fn secrecy_page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    Ok(secrecy_form(&served, &visit, &RecordId::new(id)).await?.0.show(&served))
}

/// Marks a record for secrecy, or lifts the marking.
pub async fn secrecy(
    State(served): State<Served>,
    visit: Visit,
    Path(id): Path<String>,
    sent: Sent,
) -> Result {
    let id = RecordId::new(id);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (page, _) = secrecy_form(&served, &visit, &id).await?;
    let to = paths::record(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let ways = |code: &str| ["mark", "lift"].into_iter().find(|way| *way == code);
    let lift = chosen(&sent, "way", ways, &mut problems) == Some("lift");
    let marked_on = sent.day("marked_on", &mut problems);
    let separates: BTreeSet<Separated> = Separated::ALL
        .into_iter()
        .filter(|field| !lift && sent.all("separates").any(|code| code == field.code()))
        .collect();
    let unknown = sent.all("separates").any(|code| Separated::ALL.iter().all(|field| field.code() != code));
    problems.add_if(unknown, || Problem::new("choice-impossible", "separates"));
    let provision = sent.filled("provision").filter(|_| !lift);
    // A marking without anything in it is not taken for a lifting.
    problems.add_if(!lift && provision.is_none() && separates.is_empty(), || {
        Problem::new("secrecy-without-provision", "provision").resting_on("OSL 5:5")
    });
    let done = async {
        problems.or(())?;
        registry::mark_secrecy(&ctx, &served.app, &id, provision.as_deref(), marked_on, separates).await?;
        Ok(Receipt::new(to, if lift { "secrecy-lifted" } else { "secrecy-marked" }))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}
