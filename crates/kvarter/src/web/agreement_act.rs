//! Acts on an agreement: received, approved, sent, sent back, registered as returned, kept.

use axum::extract::{Path, State};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::ids::{AgreementId, RecordId};
use kvarter_domain::problem::Problems;
use kvarter_domain::signing::{Mark, Party};
use kvarter_services::agreement::{self, AgreementPage, Approve, Receive, SendBack};
use kvarter_services::{Error, dispatch};

use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::error::{OrPage, Result};
use super::form::Sent;
use super::request::Visit;
use super::{Served, paths};

/// Files that show a decision: a PDF, or a picture of a page.
pub const PAGE_FILES: &str = "application/pdf,image/png,image/jpeg,image/tiff";

/// The programme and the municipality in an address.
pub type Of = Path<(String, String)>;

/// The agreement that an address names.
pub fn id_of(Path((programme, municipality)): Of) -> AgreementId {
    AgreementId::of(&programme.into(), &municipality.into())
}

/// The agreement, if the visitor may do this to it: an act that is not the visitor's is not offered either.
async fn opened(served: &Served, visit: &Visit, id: &AgreementId, policy: Policy) -> Result<AgreementPage> {
    let page = agreement::show(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let head = &page.life.agreement;
    let thing = Thing::Shared { state: head.state.clone(), municipality: head.municipality.clone() };
    visit.ctx.require(policy, &thing).or_page(visit)?;
    Ok(page)
}

/// The page of an act on this agreement.
fn act(visit: &Visit, page: &AgreementPage, code: &'static str, segment: &str) -> Act {
    let id = &page.life.agreement.id;
    let back = paths::agreement(id);
    Act::new(visit, "nav-agreements", code, paths::agreement_act(id, segment), back.clone())
        .under(visit.l.t("nav-agreements"), "/avtal")
        .under(page.life.agreement.party_name.clone(), back)
        .seen(page.seen)
}

/// The words of the letter's bullet, or of § 8, that a condition rests on.
fn words_of<'a>(page: &'a AgreementPage, leaf: &str) -> Option<(&'a str, &'a str)> {
    let leaves = page.validity.proofs.iter().flat_map(|proof| &proof.leaves);
    let mut found = leaves.filter(|l| l.id == leaf || l.condition.code() == leaf);
    found.next().map(|leaf| (leaf.clause.as_str(), leaf.says.as_str()))
}

fn quoted(act: Act, page: &AgreementPage, condition: &str) -> Act {
    match words_of(page, condition) {
        Some((clause, says)) => act.resting_on(clause, says),
        None => act,
    }
}

/// The originals as choices.
fn marks(visit: &Visit, which: impl Fn(Mark) -> bool) -> Vec<Choice> {
    let marks = Mark::BOTH.into_iter().filter(|mark| which(*mark));
    marks.map(|mark| Choice::new(mark.code(), visit.l.with("original", [("mark", mark.code())]))).collect()
}

/// The number of the record that an act on an agreement was registered under.
async fn receipt(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
    code: &'static str,
    record: impl FnOnce(&Life) -> Option<RecordId>,
) -> kvarter_services::Result<Receipt> {
    let page = agreement::show(&visit.ctx, &served.app, id).await?;
    let record = record(&page.life).ok_or(Error::NotFound)?;
    let number = kvarter_services::registry::show(&visit.ctx, &served.app, &record).await?.record.number;
    Ok(Receipt::numbered(paths::agreement(id), code, number))
}

// --- Received ---

fn receive_form(visit: &Visit, page: &AgreementPage) -> Act {
    let letter =
        page.life.letter.as_ref().map(|(dispatch, _)| dispatch.reference.clone()).unwrap_or_default();
    let sent = page.life.sent.as_ref().map(|sent| visit.l.day(sent.sent_on)).unwrap_or_default();
    act(visit, page, "receive", "mottagande")
        .fact("fact-letter-number", letter, None)
        .fact("fact-sent-on", sent, None)
        .field("received_on", Kind::Day, visit.today())
        .field("number", Kind::Short, "")
        .field("register", Kind::Short, "")
        .field("routed_to", Kind::Short, "")
}

/// The form by which the municipality registers that the agreement has come.
pub async fn receive_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::Receive).await?;
    Ok(receive_form(&visit, &page).show(&served))
}

/// Registers that the agreement has come.
pub async fn receive(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::Receive).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::agreement(&id));
    let mut problems = Problems::none();
    let command = Receive {
        received_on: sent.day("received_on", &mut problems),
        number: sent.text("number").to_owned(),
        register: sent.text("register").to_owned(),
        routed_to: sent.filled("routed_to"),
    };
    let done = async {
        problems.or(())?;
        agreement::receive(&ctx, &served.app, &id, sent.seen(), &command).await?;
        receipt(&served, &visit, &id, "received", |life| life.receipts.last().map(|r| r.record.clone())).await
    };
    let done = done.await;
    receive_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Approved ---

/// The party whose approval the visitor registers: the visitor's own.
fn own_party(visit: &Visit, life: &Life) -> Party {
    if visit.ctx.actor.organisation() == Some(&life.agreement.state) {
        Party::State
    } else {
        Party::Municipality
    }
}

fn approve_form(visit: &Visit, page: &AgreementPage) -> Act {
    match own_party(visit, &page.life) {
        Party::State => quoted(act(visit, page, "approve-state", "godkannande"), page, "approved-by-state")
            .fact("fact-offer-number", page.life.agreement.offer_reference.clone(), None)
            .field("body", Kind::Line, "")
            .field("decided_on", Kind::Day, visit.today())
            .field("authorised_by", Kind::Line, "")
            .field("reference", Kind::Short, "")
            .field("document", Kind::File(PAGE_FILES), ""),
        Party::Municipality => {
            let own = page.life.references.iter().find(|r| {
                r.organisation.as_ref() == Some(&page.life.agreement.municipality)
                    && r.role == kvarter_domain::reference::ReferenceRole::Own
            });
            quoted(act(visit, page, "approve", "godkannande"), page, "approved-by-municipality")
                .field("body", Kind::Line, kvarter_domain::approval::EXECUTIVE_BOARD)
                .field("decided_on", Kind::Day, visit.today())
                .field("paragraph", Kind::Short, "")
                .field("adjusted_on", Kind::Day, "")
                .field("authorised_by", Kind::Line, "")
                .field("reference", Kind::Short, own.map_or("", |r| r.number.as_str()))
                .field("document", Kind::File(PAGE_FILES), "")
        }
    }
}

/// The form by which a party registers that it has approved.
pub async fn approve_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::RegisterApproval).await?;
    Ok(approve_form(&visit, &page).show(&served))
}

/// Registers that a party has approved.
pub async fn approve(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::RegisterApproval).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::agreement(&id));
    let mut problems = Problems::none();
    let party = own_party(&visit, &page.life);
    let decided_on = sent.day("decided_on", &mut problems);
    let adjusted_on = sent.day_or_none("adjusted_on", &mut problems);
    let command = Approve {
        party,
        body: sent.text("body").to_owned(),
        decided_on,
        paragraph: sent.filled("paragraph"),
        adjusted_on,
        reference: sent.filled("reference"),
        authorised_by: sent.filled("authorised_by"),
        copy: sent.file("document"),
        faults: problems,
    };
    let done = async {
        agreement::approve(&ctx, &served.app, &id, sent.seen(), command).await?;
        receipt(&served, &visit, &id, "approved", |life| life.approval(party).map(|a| a.record.clone())).await
    };
    let done = done.await;
    approve_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Sent ---

fn send_form(visit: &Visit, page: &AgreementPage) -> Act {
    let dated = page.life.letter.as_ref().map(|(dispatch, _)| dispatch);
    act(visit, page, "send", "avsandning")
        .fact("fact-letter-number", dated.map(|d| d.reference.clone()).unwrap_or_default(), None)
        .fact("fact-letter-dated", dated.map(|d| visit.l.day(d.dated)).unwrap_or_default(), None)
        .field("sent_on", Kind::Day, visit.today())
}

/// The form by which the ministry registers that the agreement has been sent.
pub async fn send_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::Issue).await?;
    Ok(send_form(&visit, &page).show(&served))
}

/// Registers that the agreement has been sent.
pub async fn send(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::Issue).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::agreement(&id));
    let mut problems = Problems::none();
    let sent_on = sent.day("sent_on", &mut problems);
    let done = async {
        problems.or(())?;
        dispatch::send(&ctx, &served.app, &id, sent_on).await?;
        receipt(&served, &visit, &id, "dispatched", |life| life.sent.as_ref().map(|s| s.record.clone())).await
    };
    let done = done.await;
    send_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Sent back ---

fn send_back_form(visit: &Visit, page: &AgreementPage) -> Act {
    let kept = |mark| page.life.kept(mark).is_some_and(|c| c.holder == page.life.agreement.municipality);
    let first = if kept(Mark::A) { Mark::B } else { Mark::A };
    quoted(act(visit, page, "send-back", "retur"), page, "returned-with-decision")
        .field("mark", Kind::One(marks(visit, |_| true)), first.code())
        .field("sent_on", Kind::Day, visit.today())
        .field("quoted", Kind::Short, page.life.to_quote().unwrap_or_default())
        .field("with_decision", Kind::Tick, "ja")
}

/// The form by which the municipality registers that it has sent an original back.
pub async fn send_back_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::SendBack).await?;
    Ok(send_back_form(&visit, &page).show(&served))
}

/// Registers that an original has been sent back.
pub async fn send_back(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::SendBack).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::agreement(&id));
    let mut problems = Problems::none();
    let command = SendBack {
        mark: chosen(&sent, "mark", Mark::from_code, &mut problems).unwrap_or(Mark::A),
        sent_on: sent.day("sent_on", &mut problems),
        quoted: sent.text("quoted").to_owned(),
        with_decision: sent.ticked("with_decision"),
    };
    let done = async {
        problems.or(())?;
        agreement::send_back(&ctx, &served.app, &id, sent.seen(), &command).await?;
        receipt(&served, &visit, &id, "sent-back", |life| life.returns.last().map(|r| r.record.clone())).await
    };
    let done = done.await;
    send_back_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Returned ---

fn register_return_form(visit: &Visit, page: &AgreementPage) -> Act {
    let sent = page.life.returns.first();
    let on_its_way = |mark| page.life.returns.iter().any(|r| r.mark == mark);
    quoted(act(visit, page, "register-return", "returregistrering"), page, "returned-with-decision")
        .fact("fact-quoted", sent.map(|r| r.quoted.clone()).unwrap_or_default(), None)
        .fact("fact-asked-for", page.life.to_quote().unwrap_or_default(), None)
        .field("mark", Kind::One(marks(visit, on_its_way)), sent.map_or("", |r| r.mark.code()))
        .field("received_on", Kind::Day, visit.today())
}

/// The form by which the ministry registers that an original has come back.
pub async fn register_return_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::RegisterReturn).await?;
    Ok(register_return_form(&visit, &page).show(&served))
}

/// Registers that an original has come back.
pub async fn register_return(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::RegisterReturn).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::agreement(&id));
    let mut problems = Problems::none();
    let mark = chosen(&sent, "mark", Mark::from_code, &mut problems).unwrap_or(Mark::A);
    let received_on = sent.day("received_on", &mut problems);
    let done = async {
        problems.or(())?;
        agreement::register_return(&ctx, &served.app, &id, sent.seen(), mark, received_on).await?;
        receipt(&served, &visit, &id, "returned", |life| life.returned.last().map(|r| r.record.clone())).await
    };
    let done = done.await;
    register_return_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}

// --- Kept ---

fn keep_form(visit: &Visit, page: &AgreementPage) -> Act {
    let here = |mark| !page.life.returns.iter().any(|r| r.mark == mark);
    let first = if here(Mark::B) { "B" } else { "A" };
    quoted(act(visit, page, "keep", "forvaring"), page, "kept-by-municipality")
        .field("mark", Kind::One(marks(visit, |_| true)), first)
        .field("from_day", Kind::Day, visit.today())
        .field("place", Kind::Line, "")
}

/// The form by which an organisation registers where it keeps an original.
pub async fn keep_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let page = opened(&served, &visit, &id_of(of), Policy::Keep).await?;
    Ok(keep_form(&visit, &page).show(&served))
}

/// Registers where an original is kept.
pub async fn keep(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = opened(&served, &visit, &id, Policy::Keep).await?;
    let to = paths::agreement(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let mark = chosen(&sent, "mark", Mark::from_code, &mut problems).unwrap_or(Mark::A);
    let from_day = sent.day("from_day", &mut problems);
    let done = async {
        problems.or(())?;
        agreement::keep_original(&ctx, &served.app, &id, sent.seen(), mark, from_day, sent.text("place"))
            .await?;
        Ok(Receipt::new(to, "kept"))
    };
    let done = done.await;
    keep_form(&visit, &page).conclude(&served, &visit, &sent, done).await
}
