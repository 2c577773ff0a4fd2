//! Signing in and out, and the language.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kvarter_domain::ids::MandateId;
use kvarter_services::identity::{self, SignedIn, Someone};
use kvarter_services::{Error, Result as ServiceResult};
use serde::Deserialize;

use super::error::{OrPage, Result};
use super::form::{Form, Sent};
use super::page::{Frame, on_to, show_with};
use super::request::{LANGUAGE, SESSION, Visit, set_cookie};
use super::{Served, paths};

/// How long a chosen language is remembered, in seconds.
const LANGUAGE_REMEMBERED: i64 = 365 * 24 * 60 * 60;

/// Where to go on to.
#[derive(Debug, Deserialize)]
pub struct To {
    till: Option<String>,
}

impl To {
    fn address(&self) -> &str {
        paths::local(self.till.as_deref().unwrap_or("/"))
    }
}

/// Someone whom the demonstration lets one be.
struct Person {
    mandate: String,
    name: String,
    role: String,
}

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct SignIn {
    frame: Frame,
    form: Form,
    to: String,
    /// In the demonstration: organisations with their people.
    people: Vec<(String, Vec<Person>)>,
    /// In the demonstration: its day, which can be set.
    today: Option<String>,
}

async fn page(served: &Served, visit: &Visit, form: Form, to: &str, status: StatusCode) -> Result {
    let people = if served.app.is_demo() {
        by_organisation(visit, identity::demo_people(&visit.ctx, &served.app).await.or_page(visit)?)
    } else {
        Vec::new()
    };
    let mut frame = Frame::new(visit, "nav-sign-in", visit.l.t("sign-in"));
    if status.is_client_error() {
        frame = frame.failed();
    }
    let today = served.app.is_demo().then(|| visit.today().to_string());
    Ok(show_with(status, &SignIn { frame, form, to: to.to_owned(), people, today }))
}

fn by_organisation(visit: &Visit, people: Vec<Someone>) -> Vec<(String, Vec<Person>)> {
    let mut grouped: Vec<(String, Vec<Person>)> = Vec::new();
    for someone in people {
        let person = Person {
            mandate: someone.mandate.id.to_string(),
            name: someone.person.name,
            role: visit.l.t(&format!("role-{}", someone.mandate.role.code())),
        };
        match grouped.last_mut() {
            Some((organisation, group)) if *organisation == someone.organisation => group.push(person),
            _ => grouped.push((someone.organisation, vec![person])),
        }
    }
    grouped
}

/// Where one signs in.
pub async fn sign_in_page(State(served): State<Served>, visit: Visit, Query(to): Query<To>) -> Result {
    page(&served, &visit, Form::default(), to.address(), StatusCode::OK).await
}

/// Signs in with login and password.
pub async fn sign_in(State(served): State<Served>, visit: Visit, mut sent: Sent) -> Result {
    let password = sent.taken("password");
    let to = paths::local(sent.text("till")).to_owned();
    let opened = identity::sign_in(&visit.ctx, &served.app, sent.text("login"), &password).await;
    match opened {
        Err(Error::Problems(problems)) => {
            let form = Form::again(&sent, &problems, visit.l, String::new());
            page(&served, &visit, form, &to, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        opened => signed_in(&served, &visit, opened, &to),
    }
}

/// Signs in as anyone: in the demonstration, and only there.
pub async fn sign_in_as(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    let mandate = MandateId::new(sent.text("som"));
    let opened = identity::sign_in_as(&visit.ctx, &served.app, &mandate).await;
    signed_in(&served, &visit, opened, paths::local(sent.text("till")))
}

fn signed_in(served: &Served, visit: &Visit, opened: ServiceResult<SignedIn>, to: &str) -> Result {
    let SignedIn { token, .. } = opened.or_page(visit)?;
    // Whoever came to sign in, and not to be let in somewhere, is shown what there is to do.
    let mut response = on_to(served, if to == "/" { "/att-gora" } else { to }, "signed-in");
    if let Some(cookie) = set_cookie(served, SESSION, &token, None) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Signs out.
pub async fn sign_out(State(served): State<Served>, visit: Visit, _: Sent) -> Result {
    if let Some(token) = &visit.token {
        identity::sign_out(&served.app, token).await.or_page(&visit)?;
    }
    let mut response = on_to(&served, "/", "signed-out");
    if let Some(cookie) = set_cookie(&served, SESSION, "", Some(0)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Chooses a language, and remembers it.
pub async fn language(
    State(served): State<Served>,
    visit: Visit,
    Path(tag): Path<String>,
    Query(to): Query<To>,
) -> Result<Response> {
    let tag = ["sv", "en"].into_iter().find(|known| *known == tag).ok_or(Error::NotFound).or_page(&visit)?;
    let mut response = Redirect::to(to.address()).into_response();
    if let Some(cookie) = set_cookie(&served, LANGUAGE, tag, Some(LANGUAGE_REMEMBERED)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
