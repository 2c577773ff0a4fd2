//! The dispatch: the board of every municipality, issuing in one act with its progress, sending, districts.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use jiff::civil::Date;
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_domain::signing::{Mark, Mode, Party};
use kvarter_domain::text::squeeze;
use kvarter_services::Error;
use kvarter_services::agreement;
use kvarter_services::dispatch::{self, Candidate, Issue};
use kvarter_services::{job, organisation};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::act::{Act, Choice, Kind, Receipt, done_before};
use super::error::{OrPage, Result};
use super::form::Sent;
use super::page::{Frame, json, show};
use super::request::Visit;
use super::{Served, paths};

/// After how many days of waiting a step is shown as late. The letter names no day; this is our reading.
pub const LATE_DAYS: i64 = 30;

/// The steps from dispatch to register, as columns.
const STEPS: [&str; 8] =
    ["issued", "state-signed", "sent", "received", "approved", "signed", "returned", "registered"];

/// One step of one municipality.
struct Cell {
    /// `done`, `next`, `late` or `waiting`.
    how: &'static str,
    words: String,
    label: String,
}

/// A municipality on the board.
struct Row {
    name: String,
    address: Option<String>,
    /// What stands in the way of issuing it an agreement.
    refused: Vec<String>,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "dispatch/board.html")]
struct Board {
    frame: Frame,
    programme: String,
    steps: Vec<String>,
    rows: Vec<Row>,
    /// How many are registered, how many are late, how many cannot be issued, of how many.
    counts: [String; 4],
    jobs: Vec<job::Progress>,
    may_issue: bool,
    to_issue: bool,
    to_send: bool,
}

/// The programme that is dispatched: the first there is.
fn programme(served: &Served, visit: &Visit) -> Result<Arc<Programme>> {
    served.app.programmes().next().cloned().ok_or(Error::NotFound).or_page(visit)
}

fn may_issue(visit: &Visit, programme: &Programme) -> bool {
    visit.ctx.may(Policy::Issue, &Thing::Of(programme.state.organisation.clone()))
}

/// The board.
pub async fn board(State(served): State<Served>, visit: Visit) -> Result {
    let programme = programme(&served, &visit)?;
    let candidates = dispatch::candidates(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
    let lives = agreement::board(&visit.ctx, &served.app, &programme.id).await.or_page(&visit)?;
    let l = visit.l;
    let mut rows = Vec::new();
    let [mut registered, mut late, mut refused, mut to_send] = [0usize; 4];
    for candidate in &candidates {
        let life = lives
            .iter()
            .map(|row| &row.life)
            .find(|life| life.agreement.municipality == candidate.municipality);
        let row = row(&visit, candidate, life);
        registered += usize::from(life.is_some_and(|life| !life.returned.is_empty()));
        late += usize::from(row.cells.iter().any(|cell| cell.how == "late"));
        refused += usize::from(!row.refused.is_empty());
        to_send += usize::from(life.is_some_and(ready_to_send));
        rows.push(row);
    }
    let jobs = job::under_way(&visit.ctx, &served.app).await.or_page(&visit)?;
    Ok(show(&Board {
        frame: Frame::new(&visit, "nav-dispatch", l.t("nav-dispatch")),
        programme: programme.name.get(l.0).to_owned(),
        steps: STEPS.iter().map(|step| l.t(&format!("dispatch-{step}"))).collect(),
        counts: [registered, late, refused, candidates.len()].map(|n| n.to_string()),
        jobs,
        may_issue: may_issue(&visit, &programme),
        to_issue: candidates.iter().any(|c| !c.issued && c.problems.is_empty()),
        to_send: to_send > 0,
        rows,
    }))
}

fn party_signed(life: &Life, party: Party) -> Option<Date> {
    let done = Mark::BOTH.into_iter().all(|mark| {
        life.signature(party, mark).is_some() && life.pages_without_initials(party, mark).is_empty()
    });
    let signatures = life.signatures.iter().filter(|s| s.party == party).map(|s| s.signed_on);
    let initials = life.initials.iter().filter(|i| i.party == party).map(|i| i.initialled_on);
    if done { signatures.chain(initials).max() } else { None }
}

fn ready_to_send(life: &Life) -> bool {
    life.sent.is_none() && party_signed(life, Party::State).is_some()
}

/// The days on which each step was taken, in the order of the columns.
fn days_of(life: &Life) -> [Option<Date>; 8] {
    [
        Some(life.agreement.issued_on),
        party_signed(life, Party::State),
        life.sent.as_ref().map(|sent| sent.sent_on),
        life.receipts.first().map(|receipt| receipt.received_on),
        life.approval(Party::Municipality).map(|approval| approval.decided_on),
        party_signed(life, Party::Municipality),
        life.returns.first().map(|sent| sent.sent_on),
        life.returned.first().map(|returned| returned.received_on),
    ]
}

fn row(visit: &Visit, candidate: &Candidate, life: Option<&Life>) -> Row {
    let l = visit.l;
    let mut cells = Vec::new();
    let days = life.map(days_of);
    let mut before: Option<Date> = None;
    let mut next_found = false;
    for (index, step) in STEPS.iter().enumerate() {
        let label = l.t(&format!("dispatch-{step}"));
        let day = days.as_ref().and_then(|days| days[index]);
        let (how, words) = match (day, next_found) {
            (Some(day), _) => ("done", day.to_string()),
            (None, false) if life.is_some() => {
                next_found = true;
                let waited = before.map_or(0, |since| i64::from((visit.today() - since).get_days()));
                if waited > LATE_DAYS {
                    ("late", l.with("dispatch-late", [("days", waited.to_string().as_str())]))
                } else {
                    (
                        "next",
                        l.with(
                            "dispatch-next",
                            [("day", before.map(|d| d.to_string()).unwrap_or_default().as_str())],
                        ),
                    )
                }
            }
            _ => ("waiting", l.t("dispatch-later")),
        };
        before = day.or(before);
        cells.push(Cell { how, words, label });
    }
    Row {
        name: candidate.name.clone(),
        address: life.map(|life| paths::agreement(&life.agreement.id)),
        refused: candidate.problems.0.iter().filter(|_| life.is_none()).map(|p| l.problem(p)).collect(),
        cells,
    }
}

// --- Issuing ---

async fn issue_form(served: &Served, visit: &Visit) -> Result<Act> {
    let programme = programme(served, visit)?;
    visit.ctx.require(Policy::Issue, &Thing::Of(programme.state.organisation.clone())).or_page(visit)?;
    let candidates = dispatch::candidates(&visit.ctx, &served.app, &programme.id).await.or_page(visit)?;
    let ready: Vec<&Candidate> = candidates.iter().filter(|c| !c.issued && c.problems.is_empty()).collect();
    let l = visit.l;
    let choices: Vec<Choice> = ready
        .iter()
        .map(|c| Choice {
            value: c.municipality.to_string(),
            label: c.name.clone(),
            hint: Some(c.districts.iter().map(|d| d.name.as_str()).collect::<Vec<_>>().join(", ")),
        })
        .collect();
    let all: Vec<&str> = ready.iter().map(|c| c.municipality.as_str()).collect();
    let number = |role| {
        programme.references.iter().find(|r| r.role == role).map(|r| r.number.clone()).unwrap_or_default()
    };
    let officer = visit.name_and_role().map(|(name, _)| name.to_owned()).unwrap_or_default();
    use kvarter_domain::reference::ReferenceRole as Role;
    let form = Act::new(visit, "nav-dispatch", "issue", "/utskick/nytt".to_owned(), "/utskick".to_owned())
        .under(l.t("nav-dispatch"), "/utskick")
        .field("municipalities", Kind::Any(choices), all.join(","))
        .field("dated", Kind::Day, visit.today())
        .field("reference", Kind::Short, number(Role::Letter))
        .field("offer_reference", Kind::Short, number(Role::Offer))
        .field("offer_decision", Kind::Line, "")
        .field("quote_on_return", Kind::Short, number(Role::ToQuote))
        .field("state_signatory", Kind::Line, "")
        .field("municipality_signatories", Kind::Long, signatory_lines(&ready))
        .field("officer", Kind::Line, officer);
    Ok(if served.app.signs_with_keys() { form.field("electronic", Kind::Tick, "") } else { form })
}

/// A line for each municipality that can be issued an agreement, with its chair where one is known.
fn signatory_lines(ready: &[&Candidate]) -> String {
    let line = |c: &&Candidate| format!("{}: {}", c.name, c.chair.as_deref().unwrap_or_default());
    ready.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The names to be printed under the municipalities' lines, as they were written: ”kommun: namn” on each.
fn signatories(
    programme: &Programme,
    sent: &Sent,
    problems: &mut Problems,
) -> BTreeMap<OrganisationId, String> {
    let mut names = BTreeMap::new();
    for (index, line) in sent.text("municipality_signatories").lines().enumerate() {
        let place = format!("municipality_signatories:{}", index + 1);
        let (municipality, name) = line.split_once(':').unwrap_or((line, ""));
        match programme.recipient(municipality) {
            _ if squeeze(line).is_empty() => {}
            Some(_) if squeeze(name).is_empty() => {}
            Some(recipient) => {
                names.insert(recipient.municipality.clone(), squeeze(name));
            }
            None => problems.add(
                Problem::new("municipality-not-on-send-list", place)
                    .with("municipality", squeeze(municipality)),
            ),
        }
    }
    names
}

/// The form by which agreements are issued.
pub async fn issue_page(State(served): State<Served>, visit: Visit) -> Result {
    Ok(issue_form(&served, &visit).await?.show(&served))
}

/// Asks for agreements to be issued, and goes on to the page that shows how far that has come.
pub async fn issue(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let programme = programme(&served, &visit)?;
    let page = issue_form(&served, &visit).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/utskick/arbete/{}");
    let mut problems = Problems::none();
    let municipalities: Vec<OrganisationId> = sent.all("municipalities").map(OrganisationId::new).collect();
    problems.add_if(municipalities.is_empty(), || Problem::new("choice-missing", "municipalities"));
    let command = Issue {
        programme: programme.id.clone(),
        municipalities,
        dated: sent.day("dated", &mut problems),
        reference: sent.text("reference").to_owned(),
        offer_reference: sent.text("offer_reference").to_owned(),
        offer_decision: sent.filled("offer_decision"),
        quote_on_return: sent.text("quote_on_return").to_owned(),
        state_signatory: sent.text("state_signatory").to_owned(),
        municipality_signatories: signatories(&programme, &sent, &mut problems),
        officer: sent.text("officer").to_owned(),
        mode: if sent.ticked("electronic") { Mode::Electronic } else { Mode::Paper },
    };
    let done = async {
        problems.or(())?;
        let id = job::begin_issue(&ctx, &served.app, &command).await?;
        Ok(Receipt::new(format!("/utskick/arbete/{id}"), "issue-begun"))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

#[derive(Template)]
#[template(path = "dispatch/work.html")]
struct Work {
    frame: Frame,
    progress: job::Progress,
    done: String,
    total: String,
    refused: Vec<(String, Vec<String>)>,
}

/// How far issuing has come. Without script the page asks for itself again.
pub async fn work(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let progress = job::progress(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let programme = programme(&served, &visit)?;
    let l = visit.l;
    let name =
        |id: &OrganisationId| programme.recipient(id.as_str()).map_or(id.to_string(), |r| r.name.clone());
    let refused = progress
        .refused
        .iter()
        .map(|(id, problems)| (name(id), problems.0.iter().map(|problem| l.problem(problem)).collect()));
    let going = !progress.ended;
    let mut response = show(&Work {
        frame: Frame::new(&visit, "nav-dispatch", l.t(if going { "work-title" } else { "work-title-done" }))
            .under(l.t("nav-dispatch"), "/utskick"),
        done: progress.done.to_string(),
        total: progress.total.to_string(),
        refused: refused.collect(),
        progress,
    });
    if going {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("5"));
    }
    Ok(response)
}

/// How far issuing has come, for a script.
pub async fn work_json(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let progress = job::progress(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    Ok(json(&progress))
}

// --- Sending ---

async fn send_form(served: &Served, visit: &Visit) -> Result<Act> {
    let programme = programme(served, visit)?;
    visit.ctx.require(Policy::Issue, &Thing::Of(programme.state.organisation.clone())).or_page(visit)?;
    let lives = agreement::board(&visit.ctx, &served.app, &programme.id).await.or_page(visit)?;
    let ready: Vec<Choice> = lives
        .iter()
        .filter(|row| ready_to_send(&row.life))
        .map(|row| Choice::new(&row.life.agreement.id, row.life.agreement.party_name.clone()))
        .collect();
    let all: Vec<String> = ready.iter().map(|choice| choice.value.clone()).collect();
    Ok(Act::new(visit, "nav-dispatch", "send-all", "/utskick/avsandning".to_owned(), "/utskick".to_owned())
        .under(visit.l.t("nav-dispatch"), "/utskick")
        .field("agreements", Kind::Any(ready), all.join(","))
        .field("sent_on", Kind::Day, visit.today()))
}

/// The form by which the agreements that are ready are registered as sent.
pub async fn send_page(State(served): State<Served>, visit: Visit) -> Result {
    Ok(send_form(&served, &visit).await?.show(&served))
}

/// Registers agreements as sent, each in a transaction of its own.
pub async fn send(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = send_form(&served, &visit).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/utskick");
    let mut problems = Problems::none();
    let sent_on = sent.day("sent_on", &mut problems);
    let agreements: Vec<AgreementId> = sent.all("agreements").map(AgreementId::new).collect();
    problems.add_if(agreements.is_empty(), || Problem::new("choice-missing", "agreements"));
    let done = async {
        problems.or(())?;
        // The form is spent by the last one: if one of them is refused, the others can be sent again.
        if let Some((last, others)) = agreements.split_last() {
            for id in others {
                dispatch::send(&visit.ctx, &served.app, id, sent_on).await?;
            }
            dispatch::send(&ctx, &served.app, last, sent_on).await?;
        }
        Ok(Receipt::numbered("/utskick", "all-sent", agreements.len().to_string()))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Authorities ---

fn authority_form(served: &Served, visit: &Visit) -> Result<(ProgrammeId, Act)> {
    let programme = programme(served, visit)?;
    let state = Thing::Of(programme.state.organisation.clone());
    visit.ctx.require(Policy::ManageOrganisations, &state).or_page(visit)?;
    let act =
        Act::new(visit, "nav-dispatch", "authority", "/utskick/myndighet".to_owned(), "/utskick".to_owned())
            .under(visit.l.t("nav-dispatch"), "/utskick")
            .field("name", Kind::Line, "")
            .field("orgnr", Kind::Short, "");
    Ok((programme.id.clone(), act))
}

/// The form by which a state authority is entered.
pub async fn authority_page(State(served): State<Served>, visit: Visit) -> Result<Response> {
    Ok(authority_form(&served, &visit)?.1.show(&served))
}

/// Enters a state authority, whose people can then sign in and act where it is a partner.
pub async fn authority(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (programme, page) = authority_form(&served, &visit)?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/utskick");
    let orgnr = sent.filled("orgnr");
    let name = sent.text("name");
    let done = organisation::register_authority(&ctx, &served.app, &programme, name, orgnr.as_deref()).await;
    let done = done.map(|_| Receipt::numbered("/utskick", "authority-registered", name));
    page.conclude(&served, &visit, &sent, done).await
}

// --- Districts ---

fn districts_form(served: &Served, visit: &Visit) -> Result<(ProgrammeId, Act)> {
    let programme = programme(served, visit)?;
    let state = Thing::Of(programme.state.organisation.clone());
    visit.ctx.require(Policy::ManageOrganisations, &state).or_page(visit)?;
    let act =
        Act::new(visit, "nav-dispatch", "districts", "/utskick/stadsdelar".to_owned(), "/utskick".to_owned())
            .under(visit.l.t("nav-dispatch"), "/utskick")
            .field("districts", Kind::File("text/csv,.csv"), "");
    Ok((programme.id.clone(), act))
}

/// The form by which districts with their codes are registered from a list.
pub async fn districts_page(State(served): State<Served>, visit: Visit) -> Result<Response> {
    Ok(districts_form(&served, &visit)?.1.show(&served))
}

/// Registers districts from a list, all or none.
pub async fn districts(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (programme, page) = districts_form(&served, &visit)?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/utskick");
    let done = async {
        let list = sent.file("districts").ok_or_else(|| Problem::new("upload-empty", "districts"))?;
        let added = organisation::register_districts(&ctx, &served.app, &programme, &list.bytes).await?;
        Ok(match added {
            0 => Receipt::new("/utskick", "districts-known"),
            added => Receipt::numbered("/utskick", "districts-registered", added.to_string()),
        })
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}
