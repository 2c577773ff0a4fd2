//! The signing room: the originals page by page, who has signed and initialled what, and a registrar's
//! attestation of what the paper bears.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use kvarter_domain::ids::{AgreementId, MandateId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::signing::{Attestation, Mark, Party};
use kvarter_services::signing::{self, SigningRoom};
use kvarter_services::signing_sheet::{self, SheetWords};
use kvarter_services::{Error, registry};

use super::act::{Act, Choice, Field, Kind, Receipt, chosen, done_before};
use super::agreement_act::{Of, PAGE_FILES, id_of};
use super::error::{OrPage, Result};
use super::form::{Form, Sent};
use super::page::{Frame, file, on_to, show_with};
use super::request::Visit;
use super::{Served, electronic, paths};

/// One box of the matrix, or what stands in it already.
struct Tick {
    /// The field's name; none where there is nothing to tick.
    field: Option<String>,
    value: String,
    ticked: bool,
    /// What it is, for those who hear it.
    label: String,
    /// Whether it is done.
    done: bool,
    /// Whether a new original begins here.
    group: bool,
}

/// A row: a page, or the signature.
struct Row {
    label: String,
    boxes: Vec<Tick>,
}

/// How far a party has come with an original.
struct Reached {
    label: String,
    done: String,
    of: String,
    line: String,
}

/// A file to read or fetch.
struct Download {
    label: String,
    address: String,
}

#[derive(Template)]
#[template(path = "signing/room.html")]
struct Room {
    frame: Frame,
    /// What is in the way, or what comes next, in a sentence.
    next: String,
    ready: bool,
    originals: Vec<Download>,
    scans: Vec<Download>,
    reached: Vec<Reached>,
    marks: Vec<String>,
    parties: [String; 2],
    rows: Vec<Row>,
    left: String,
    /// Whether the visitor attests for a party that has something left to attest.
    attests: bool,
    fields: Vec<Field>,
    form: Form,
    seen: Option<i64>,
    faults: Vec<String>,
    stale: bool,
    action: String,
    scan_action: String,
    may_scan: bool,
    sheet: String,
}

/// The party that the visitor attests for.
fn party_of(room: &SigningRoom) -> Option<Party> {
    room.attests.first().copied()
}

/// The room.
pub async fn room(
    State(served): State<Served>,
    visit: Visit,
    of: Of,
    Query(asked): Query<electronic::Asked>,
) -> Result {
    let id = id_of(of);
    let room = signing::room(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    if room.page.life.is_electronic() {
        return electronic::room(&served, &visit, &room, &asked).await;
    }
    let form = Form::new(
        served.app.form_token(),
        [
            ("day", visit.today().to_string()),
            ("place", String::new()),
            ("mandate", first_signatory(&room).unwrap_or_default()),
        ],
    );
    Ok(set(&visit, &room, form, StatusCode::OK))
}

fn first_signatory(room: &SigningRoom) -> Option<String> {
    let party = party_of(room)?;
    room.signatories.iter().find(|(of, ..)| *of == party).map(|(_, mandate, _)| mandate.id.to_string())
}

fn set(visit: &Visit, room: &SigningRoom, form: Form, status: StatusCode) -> Response {
    let l = visit.l;
    let life = &room.page.life;
    let id = &life.agreement.id;
    let base = paths::signing(id);
    let party = party_of(room);
    let originals = life.originals.iter().map(|original| Download {
        label: l.with("original", [("mark", original.mark.code())]),
        address: format!("{base}/original/{}", original.mark.code()),
    });
    let scans =
        Mark::BOTH.into_iter().filter(|mark| life.scans.iter().any(|s| s.mark == *mark)).map(|mark| {
            Download {
                label: l.with("scan-of", [("mark", mark.code())]),
                address: format!("{base}/skanning/{}", mark.code()),
            }
        });
    let rows = rows(visit, room, &form);
    let left = rows.iter().flat_map(|row| &row.boxes).filter(|b| b.field.is_some()).count();
    let faults = form.problems.iter().map(|wrong| match &wrong.clause {
        Some(clause) => format!("{} ({clause})", wrong.sentence),
        None => wrong.sentence.clone(),
    });
    let faults: Vec<String> = faults.collect();
    let (ready, next) = standing_of(visit, room);
    let mut frame = Frame::new(visit, "nav-agreements", l.t("signing-title"))
        .under(l.t("nav-agreements"), "/avtal")
        .under(life.agreement.party_name.clone(), paths::agreement(id));
    if status.is_client_error() {
        frame = frame.failed();
    }
    let mut fields = Vec::new();
    if let Some(party) = party {
        let signatories = room.signatories.iter().filter(|(of, ..)| *of == party);
        let choices: Vec<Choice> = signatories
            .map(|(_, mandate, name)| {
                let role = l.t(&format!("role-{}", mandate.role.code()));
                let evidence = mandate.evidence.as_deref().map(|e| format!(" ({e})")).unwrap_or_default();
                Choice::new(&mandate.id, format!("{name}, {role}{evidence}"))
            })
            .collect();
        fields.push(Field::of(l, "attest", "mandate", Kind::List(choices)));
        fields.push(Field::of(l, "attest", "day", Kind::Day));
        fields.push(Field::of(l, "attest", "place", Kind::Line));
    }
    let page = Room {
        frame,
        next,
        ready,
        originals: originals.collect(),
        scans: scans.collect(),
        reached: reached(visit, room),
        marks: Mark::BOTH.map(|mark| l.with("original", [("mark", mark.code())])).into(),
        parties: [l.t("party-state"), l.t("party-municipality")],
        rows,
        left: left.to_string(),
        attests: party.is_some() && left > 0,
        fields,
        seen: Some(room.page.seen),
        faults,
        stale: status == StatusCode::CONFLICT,
        action: base.clone(),
        scan_action: format!("{base}/skanning"),
        may_scan: party.is_some(),
        sheet: format!("{base}/matris.pdf"),
        form,
    };
    show_with(status, &page)
}

/// What stands in the way of signing, or what is left of it.
fn standing_of(visit: &Visit, room: &SigningRoom) -> (bool, String) {
    let l = visit.l;
    let life = &room.page.life;
    let all = |party| {
        Mark::BOTH.into_iter().all(|mark| {
            life.signature(party, mark).is_some() && life.pages_without_initials(party, mark).is_empty()
        })
    };
    match party_of(room).unwrap_or(Party::Municipality) {
        party if all(party) => (false, l.t("signing-done")),
        Party::State if life.approval(Party::State).is_none() => (false, l.t("signing-waits-state")),
        Party::Municipality if life.receipts.is_empty() => (false, l.t("signing-waits-receipt")),
        Party::Municipality if life.approval(Party::Municipality).is_none() => {
            (false, l.t("signing-waits-board"))
        }
        _ => (true, l.t("signing-ready")),
    }
}

fn reached(visit: &Visit, room: &SigningRoom) -> Vec<Reached> {
    let l = visit.l;
    let life = &room.page.life;
    let mut all = Vec::new();
    for mark in Mark::BOTH {
        for party in Party::BOTH {
            let of = life.original(mark).map_or(0, |o| o.pages);
            let left = i64::try_from(life.pages_without_initials(party, mark).len()).unwrap_or(of);
            let (done, of) = ((of - left).to_string(), of.to_string());
            all.push(Reached {
                label: l.with(
                    "signing-reached",
                    [("mark", mark.code()), ("party", l.t(&format!("party-{}", party.code())).as_str())],
                ),
                line: l.with("signing-pages", [("done", done.as_str()), ("of", of.as_str())]),
                done,
                of,
            });
        }
    }
    all
}

fn rows(visit: &Visit, room: &SigningRoom, form: &Form) -> Vec<Row> {
    let l = visit.l;
    let life = &room.page.life;
    let own = party_of(room);
    let pages = life.originals.iter().map(|o| o.pages).max().unwrap_or(0);
    let cell = |mark: Mark, party: Party, field: String, value: String, what: &str, done: bool| {
        let label = l.with(
            "signing-box",
            [
                ("mark", mark.code()),
                ("what", what),
                ("party", l.t(&format!("party-{}", party.code())).as_str()),
            ],
        );
        let open = !done && own == Some(party);
        Tick {
            ticked: open && form.has(&field, &value),
            field: open.then_some(field),
            value,
            label,
            done,
            group: party == Party::State,
        }
    };
    let columns = || Mark::BOTH.into_iter().flat_map(|mark| Party::BOTH.map(|party| (mark, party)));
    let mut rows: Vec<Row> = (1..=pages)
        .map(|page| {
            let what = l.with("signing-page", [("page", page.to_string().as_str())]);
            let boxes = columns().map(|(mark, party)| {
                let done = life.initials_on(party, mark, page).is_some();
                cell(mark, party, format!("pages-{}", mark.code()), page.to_string(), &what, done)
            });
            Row { boxes: boxes.collect(), label: what.clone() }
        })
        .collect();
    let what = l.with("signing-signature", [("page", pages.to_string().as_str())]);
    let boxes = columns().map(|(mark, party)| {
        let done = life.signature(party, mark).is_some();
        cell(mark, party, format!("signed-{}", mark.code()), "ja".to_owned(), &what, done)
    });
    rows.push(Row { boxes: boxes.collect(), label: what.clone() });
    rows
}

/// Attests what the paper bears: the boxes that were ticked.
pub async fn attest(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let room = signing::room(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let party = party_of(&room).ok_or(Error::Denied).or_page(&visit)?;
    let to = paths::signing(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let day = sent.day("day", &mut problems);
    let attestations: Vec<Attestation> = Mark::BOTH
        .into_iter()
        .filter_map(|mark| attested(&room, &sent, party, mark, day, &mut problems))
        .collect();
    let done = async {
        problems.or(())?;
        signing::attest(&ctx, &served.app, &id, sent.seen(), &attestations).await
    };
    let problems = match done.await {
        Ok(()) => return Ok(on_to(&served, &to, &Receipt::new(&to, "attested").flash())),
        Err(error) => {
            if let Some(answer) = done_before(&served, &visit, &sent).await? {
                return Ok(answer);
            }
            match error {
                Error::Problems(problems) => (problems, StatusCode::UNPROCESSABLE_ENTITY),
                Error::Stale => (Problems::none(), StatusCode::CONFLICT),
                error => return Err(error).or_page(&visit),
            }
        }
    };
    let (mut problems, status) = problems;
    // The same thing is wrong with both originals: it is said once.
    problems.0.dedup_by(|a, b| a == b);
    let mut said: Vec<Problem> = Vec::new();
    problems.0.retain(|problem| {
        let new = !said.contains(problem);
        if new {
            said.push(problem.clone());
        }
        new
    });
    Ok(set(&visit, &room, Form::again(&sent, &problems, visit.l, served.app.form_token()), status))
}

/// What is attested of one original, if anything is.
fn attested(
    room: &SigningRoom,
    sent: &Sent,
    party: Party,
    mark: Mark,
    day: jiff::civil::Date,
    problems: &mut Problems,
) -> Option<Attestation> {
    let name = format!("pages-{}", mark.code());
    let mut pages = Vec::new();
    if sent.ticked(&format!("all-{}", mark.code())) {
        pages = room.page.life.pages_without_initials(party, mark);
    } else {
        for text in sent.all(&name) {
            match text.parse() {
                Ok(page) => pages.push(page),
                Err(_) => problems.add(Problem::new("choice-impossible", name.clone())),
            }
        }
    }
    let signed = sent.ticked(&format!("signed-{}", mark.code()));
    (signed || !pages.is_empty()).then(|| Attestation {
        mark,
        party,
        mandate: MandateId::new(sent.text("mandate")),
        day,
        place: sent.text("place").to_owned(),
        signed,
        pages,
    })
}

// --- Scans ---

async fn scan_form(served: &Served, visit: &Visit, id: &AgreementId) -> Result<Act> {
    let room = signing::room(&visit.ctx, &served.app, id).await.or_page(visit)?;
    party_of(&room).ok_or(Error::Denied).or_page(visit)?;
    let l = visit.l;
    let base = paths::signing(id);
    let marks = Mark::BOTH.map(|mark| Choice::new(mark.code(), l.with("original", [("mark", mark.code())])));
    Ok(Act::new(visit, "nav-agreements", "scan", format!("{base}/skanning"), base.clone())
        .under(l.t("nav-agreements"), "/avtal")
        .under(room.page.life.agreement.party_name.clone(), paths::agreement(id))
        .under(l.t("signing-title"), base)
        .seen(room.page.seen)
        .field("mark", Kind::One(marks.into()), "A")
        .field("scan", Kind::File(PAGE_FILES), "")
        .field("statement", Kind::Tick, ""))
}

/// The form by which a scan of a signed original is kept.
pub async fn scan_page(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    Ok(scan_form(&served, &visit, &id_of(of)).await?.show(&served))
}

/// Keeps a scan of a signed original.
pub async fn scan(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = scan_form(&served, &visit, &id).await?;
    let to = paths::signing(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let mark = chosen(&sent, "mark", Mark::from_code, &mut problems).unwrap_or(Mark::A);
    problems.add_if(!sent.ticked("statement"), || Problem::new("statement-missing", "statement"));
    let upload = sent.file("scan");
    problems.add_if(upload.is_none(), || Problem::new("upload-empty", "scan"));
    let upload = upload.unwrap_or_else(|| registry::Upload::new("", Vec::new()));
    let done = async {
        problems.or(())?;
        signing::scan(&ctx, &served.app, &id, sent.seen(), mark, upload).await?;
        Ok(Receipt::new(to, "scanned"))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

type OfMark = Path<(String, String, String)>;

fn marked(Path((programme, municipality, mark)): OfMark) -> kvarter_services::Result<(AgreementId, Mark)> {
    let mark = Mark::from_code(&mark).ok_or(Error::NotFound)?;
    Ok((AgreementId::of(&programme.into(), &municipality.into()), mark))
}

/// An original.
pub async fn original(State(served): State<Served>, visit: Visit, of: OfMark) -> Result {
    let (id, mark) = marked(of).or_page(&visit)?;
    let (document, bytes) = signing::original(&visit.ctx, &served.app, &id, mark).await.or_page(&visit)?;
    Ok(file(bytes, &document.media_type, &document.name, false))
}

/// The latest scan of an original. It came from outside, so it is fetched and not shown.
pub async fn latest_scan(State(served): State<Served>, visit: Visit, of: OfMark) -> Result {
    let (id, mark) = marked(of).or_page(&visit)?;
    let (document, bytes) = signing::latest_scan(&visit.ctx, &served.app, &id, mark).await.or_page(&visit)?;
    Ok(file(bytes, &document.media_type, &document.name, true))
}

/// The matrix, to be printed and marked by hand.
pub async fn sheet(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let l = visit.l;
    let words = SheetWords {
        language: l.0,
        title: l.t("sheet-title"),
        introduction: vec![l.t("sheet-introduction"), l.t("sheet-introduction-then")],
        page: l.t("sheet-page"),
        signature: l.t("sheet-signature"),
        originals: Mark::BOTH.map(|mark| l.with("original", [("mark", mark.code())])),
        parties: [l.t("party-state"), l.t("party-municipality")],
        attests: l.t("sheet-attests"),
        lines: vec![l.t("sheet-line-place"), l.t("sheet-line-name")],
    };
    let pdf = signing_sheet::sheet(&visit.ctx, &served.app, &id_of(of), words).await.or_page(&visit)?;
    Ok(file(pdf.bytes, "application/pdf", "signeringsmatris.pdf", false))
}
