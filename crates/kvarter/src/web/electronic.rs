//! The signing room of an electronic agreement: the document page by page at reading size, a page initialled
//! by one key, and the last page signed with the person's own key.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::AgreementId;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::signing::{Mark, Party};
use kvarter_services::electronic::{self, Desk};
use kvarter_services::signing::{self, SigningRoom};
use kvarter_services::{Error, agreement as agreements};
use serde::Deserialize;

use super::act::{Field, Kind, Receipt, done_before};
use super::agreement_act::{Of, id_of};
use super::error::{OrPage, Result};
use super::form::{Form, Sent};
use super::page::{Frame, file, on_to, show_with};
use super::request::Visit;
use super::{Served, paths};

/// A page in the list beside the document.
struct Leaf {
    label: String,
    address: String,
    shown: bool,
    /// For each party: the sign's code and the words.
    initials: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "signing/electronic.html")]
struct Room {
    frame: Frame,
    next: String,
    page: i64,
    picture: String,
    alternative: String,
    before: Option<String>,
    after: Option<String>,
    leaves: Vec<Leaf>,
    parties: [String; 2],
    /// The button by which this page is initialled, if it can be.
    initial: Option<String>,
    done: String,
    of: String,
    so_far: Option<String>,
    /// Whether the form of the signature is shown.
    signs: bool,
    fields: Vec<Field>,
    form: Form,
    seen: Option<i64>,
    faults: Vec<String>,
    stale: bool,
    for_trying: bool,
    base: String,
    download: String,
}

/// Which page is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The page, from 1.
    sida: Option<i64>,
}

/// The room.
pub(super) async fn room(served: &Served, visit: &Visit, room: &SigningRoom, asked: &Asked) -> Result {
    let place = seat(served, visit, room).await?;
    let form = Form::new(served.app.form_token(), [("place", place), ("passphrase", String::new())]);
    set(served, visit, room, asked.sida, form, StatusCode::OK).await
}

/// Where the party that the visitor signs for has its seat: what most will write beside the day.
async fn seat(served: &Served, visit: &Visit, room: &SigningRoom) -> Result<String> {
    let page =
        agreements::show(&visit.ctx, &served.app, &room.page.life.agreement.id).await.or_page(visit)?;
    let recipient = page.programme.recipient(page.life.agreement.municipality.as_str());
    Ok(recipient.map(|recipient| recipient.seat().to_owned()).unwrap_or_default())
}

async fn set(
    served: &Served,
    visit: &Visit,
    room: &SigningRoom,
    asked: Option<i64>,
    form: Form,
    status: StatusCode,
) -> Result {
    let l = visit.l;
    let life = &room.page.life;
    let id = &life.agreement.id;
    let desk = electronic::desk(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let pages = life.original(Mark::A).map_or(0, |original| original.pages);
    let marked = |page: i64| desk.marks.iter().any(|mark| mark.page == page);
    let left: Vec<i64> = match desk.party {
        Some(party) => {
            life.pages_without_initials(party, Mark::A).into_iter().filter(|page| !marked(*page)).collect()
        }
        None => Vec::new(),
    };
    let page = asked.or(left.first().copied()).unwrap_or(1).clamp(1, pages.max(1));
    let base = paths::signing(id);
    let at = |page: i64| format!("{base}?sida={page}");
    let signed = desk.party.is_some_and(|party| life.signature(party, Mark::A).is_some());
    let signs = desk.party.is_some() && !signed && left.is_empty() && desk.hindrances.is_empty();
    let may_initial = left.contains(&page) && desk.hindrances.is_empty();
    let count = page.to_string();
    let mut frame = Frame::new(visit, "nav-agreements", l.t("signing-title"))
        .under(l.t("nav-agreements"), "/avtal")
        .under(life.agreement.party_name.clone(), paths::agreement(id));
    if status.is_client_error() {
        frame = frame.failed();
    }
    let mut fields = vec![Field::of(l, "sign", "place", Kind::Line)];
    if !desk.keys_for_trying {
        fields.push(Field::of(l, "sign", "passphrase", Kind::Secret));
    }
    let faults = form.problems.iter().map(|wrong| match &wrong.clause {
        Some(clause) => format!("{} ({clause})", wrong.sentence),
        None => wrong.sentence.clone(),
    });
    let done = pages - i64::try_from(left.len()).unwrap_or(0);
    let shown = Room {
        next: next(visit, room, &desk, &left, signed),
        picture: format!("{base}/sida/{page}.svg"),
        alternative: l.with("electronic-page-of", [("page", count.as_str()), ("of", &pages.to_string())]),
        before: (page > 1).then(|| at(page - 1)),
        after: (page < pages).then(|| at(page + 1)),
        leaves: (1..=pages).map(|one| leaf(visit, room, &desk, one, page, at(one))).collect(),
        parties: [l.t("party-state"), l.t("party-municipality")],
        initial: may_initial.then(|| l.with("electronic-initial", [("page", count.as_str())])),
        so_far: desk.party.filter(|_| !signed).map(|_| {
            l.with("signing-pages", [("done", done.to_string().as_str()), ("of", &pages.to_string())])
        }),
        done: done.to_string(),
        of: pages.to_string(),
        seen: Some(room.page.seen),
        faults: faults.collect(),
        stale: status == StatusCode::CONFLICT,
        for_trying: desk.keys_for_trying,
        download: format!("{base}/fil"),
        frame,
        page,
        signs,
        fields,
        form,
        base,
    };
    Ok(show_with(status, &shown))
}

/// What comes next, or what is in the way, in a sentence.
fn next(visit: &Visit, room: &SigningRoom, desk: &Desk, left: &[i64], signed: bool) -> String {
    let l = visit.l;
    let life = &room.page.life;
    if Party::BOTH.into_iter().all(|party| life.signature(party, Mark::A).is_some()) {
        return l.t("electronic-both-signed");
    }
    match desk.party {
        None => l.t("electronic-looks-on"),
        Some(_) if signed => l.t("electronic-signed"),
        Some(_) => match desk.hindrances.0.first() {
            Some(problem) => l.problem(problem),
            None if left.is_empty() => l.t("electronic-sign-now"),
            None => l.t("electronic-ready"),
        },
    }
}

fn leaf(visit: &Visit, room: &SigningRoom, desk: &Desk, page: i64, shown: i64, address: String) -> Leaf {
    let l = visit.l;
    let life = &room.page.life;
    let initials = Party::BOTH.map(|party| {
        let marked = desk.party == Some(party) && desk.marks.iter().any(|mark| mark.page == page);
        match life.initials_on(party, Mark::A, page) {
            Some(initials) => ("met", l.day(initials.initialled_on)),
            None if marked => ("upcoming", l.t("electronic-marked")),
            None => ("undated", l.t("signing-missing-word")),
        }
    });
    Leaf {
        label: l.with("signing-page", [("page", page.to_string().as_str())]),
        address,
        shown: page == shown,
        initials: initials.into(),
    }
}

/// A page of the document as it is now.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, page)): Path<(String, String, String)>,
) -> Result {
    let id = AgreementId::of(&programme.into(), &municipality.into());
    let number = page.strip_suffix(".svg").and_then(|page| page.parse().ok());
    let number = number.ok_or(Error::NotFound).or_page(&visit)?;
    let svg =
        electronic::page_picture(&visit.ctx, &served.app, &id, Mark::A, number).await.or_page(&visit)?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "private, no-cache")];
    Ok((headers, svg).into_response())
}

/// The document as it is now.
pub async fn download(State(served): State<Served>, visit: Visit, of: Of) -> Result {
    let id = id_of(of);
    let (document, bytes) = electronic::file(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    Ok(file(bytes, "application/pdf", &document.name, true))
}

/// Initials a page, and goes on to the next.
pub async fn initial(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    let page: i64 = sent.text("sida").parse().unwrap_or(0);
    let done = electronic::mark_page(&visit.ctx, &served.app, &id, page).await;
    match done {
        Ok(()) => Ok(axum::response::Redirect::to(&paths::signing(&id)).into_response()),
        Err(error) => again(&served, &visit, &id, &sent, Some(page), error).await,
    }
}

/// Signs with the person's key.
pub async fn sign(State(served): State<Served>, visit: Visit, of: Of, sent: Sent) -> Result {
    let id = id_of(of);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    visit.ctx.require(Policy::SeeDesk, &Thing::Common).or_page(&visit)?;
    let to = paths::signing(&id);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let signed =
        electronic::sign(&ctx, &served.app, &id, sent.seen(), sent.text("place"), sent.text("passphrase"));
    match signed.await {
        Ok(()) => Ok(on_to(&served, &to, &Receipt::new(&to, "signed").flash())),
        Err(error) => {
            if let Some(answer) = done_before(&served, &visit, &sent).await? {
                return Ok(answer);
            }
            again(&served, &visit, &id, &sent, None, error).await
        }
    }
}

/// The room once more, with what is wrong.
async fn again(
    served: &Served,
    visit: &Visit,
    id: &AgreementId,
    sent: &Sent,
    page: Option<i64>,
    error: Error,
) -> Result<Response> {
    let (problems, status) = match error {
        Error::Problems(problems) => (problems, StatusCode::UNPROCESSABLE_ENTITY),
        Error::Stale => (Problems::none(), StatusCode::CONFLICT),
        error => return Err(error).or_page(visit),
    };
    let mut once: Vec<Problem> = Vec::new();
    for problem in problems.0 {
        if !once.contains(&problem) {
            once.push(problem);
        }
    }
    let room = signing::room(&visit.ctx, &served.app, id).await.or_page(visit)?;
    let form = Form::again(sent, &Problems(once), visit.l, served.app.form_token());
    set(served, visit, &room, page, form, status).await
}
