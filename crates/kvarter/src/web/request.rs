//! What a request carries: who visits, in which language, and the secrets of forms.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_services::log::Checkpoint;
use kvarter_services::{Ctx, demo, identity};

use super::{Served, error};
use crate::language::{Language, Words};

/// The session's cookie.
pub const SESSION: &str = "kvarter";
/// The language's cookie.
pub const LANGUAGE: &str = "sprak";
/// The cookie that carries a message to the next page.
pub const FLASH: &str = "besked";

/// Who visits, and all that a handler needs to ask and to show.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The context to ask with.
    pub ctx: Ctx,
    /// The words to show with.
    pub l: Words,
    /// The path visited, with its query.
    pub path: String,
    /// The organisation acted for, by name.
    pub organisation: Option<String>,
    /// The secret of the session's forms; one for the visit where there is no session.
    pub csrf: String,
    /// The demonstration's stage, if this is one.
    pub demo: Option<demo::Stage>,
    /// The code of a message that the page before left for this one.
    pub flash: Option<String>,
    /// The session's token.
    pub token: Option<String>,
    /// The log as it is now.
    pub log: Option<Checkpoint>,
}

impl Visit {
    /// Whether anyone is signed in.
    pub fn signed_in(&self) -> bool {
        matches!(self.ctx.actor, Actor::Signed { .. })
    }

    /// Whether the visitor may do this to what is common to all.
    pub fn may(&self, act: Act) -> bool {
        let own = self.ctx.actor.organisation().cloned();
        self.ctx.may(act, &own.map_or(Thing::Common, Thing::Of))
    }

    /// The visitor's role and name, for the frame.
    pub fn name_and_role(&self) -> Option<(&str, &'static str)> {
        match &self.ctx.actor {
            Actor::Signed { name, role, .. } => Some((name, role.code())),
            Actor::Public | Actor::System => None,
        }
    }

    /// Today, in the installation's time.
    pub fn today(&self) -> Date {
        self.ctx.today()
    }
}

/// Recognises the visitor once, and leaves the visit with the request.
pub async fn prepare(State(served): State<Served>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(address) = without_last_slash(&parts) {
        return Redirect::permanent(&address).into_response();
    }
    if parts.method == Method::POST && !is_own(&parts.headers, &served.site.address) {
        return error::forged(&anonymous(&served, &parts));
    }
    let visit = match visit(&served, &parts).await {
        Ok(visit) => visit,
        Err(failure) => return error::page(&served, &anonymous(&served, &parts), &failure),
    };
    let mut request = Request::from_parts(parts, body);
    let flash = visit.flash.is_some() && !request.uri().path().starts_with("/statisk/");
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    // What the router itself could not read it tells in words of its own; ours are in the visitor's language.
    if response.status().is_client_error() && !is_told(&response) {
        response = error::unreadable(&visit, response.status());
    }
    // A message is shown once: the page that showed it takes the cookie back.
    if flash && response.status().is_success() {
        let gone = format!("{FLASH}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly");
        if let Ok(value) = HeaderValue::from_str(&gone) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

/// Whether an answer says something of its own: a page, or data.
fn is_told(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| !kind.starts_with("text/plain"))
}

/// The same address without the slash at its end, which none of ours has. Only within this site: an address
/// that begins with two slashes names another.
fn without_last_slash(request: &Parts) -> Option<String> {
    let path = request.uri.path();
    let shorter = path.trim_end_matches('/');
    let reads = matches!(request.method, Method::GET | Method::HEAD);
    if !reads || shorter == path || shorter.is_empty() || path.starts_with("//") || path.contains('\\') {
        return None;
    }
    Some(request.uri.query().map_or(shorter.to_owned(), |query| format!("{shorter}?{query}")))
}

/// Whether a form was sent from one of our own pages. A form's secret protects those who are signed in; this
/// keeps other sites from signing anyone in, as someone else.
///
/// Browsers say it outright (`Sec-Fetch-Site`); older ones, and those that reach us without TLS, tell the
/// sender's origin. What tells neither is no browser, and carries nobody's cookies.
fn is_own(headers: &HeaderMap, address: &str) -> bool {
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (said("sec-fetch-site"), said("origin")) {
        (Some(from), _) => matches!(from, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = |address: &str| address.split_once("://").map(|(_, host)| host.to_lowercase());
            let here = [said("host").map(str::to_lowercase), host(address)];
            host(origin).is_some_and(|host| here.contains(&Some(host)))
        }
        (None, None) => true,
    }
}

async fn visit(served: &Served, request: &Parts) -> kvarter_services::Result<Visit> {
    let mut visit = anonymous(served, request);
    if request.uri.path().starts_with("/statisk/") {
        return Ok(visit);
    }
    if let Some(token) = cookie(&request.headers, SESSION)
        && let Some(known) = identity::recognise(&served.app, &token, served.app.session_time()).await?
    {
        visit.ctx.actor = known.actor;
        visit.organisation = Some(known.organisation_name);
        visit.csrf = known.csrf;
        visit.token = Some(token);
    }
    let log = kvarter_services::log::checkpoint(&visit.ctx, &served.app).await?;
    if served.app.is_demo() {
        visit.demo = served.stage_at(log.size).await;
    }
    visit.log = Some(log);
    Ok(visit)
}

fn anonymous(served: &Served, request: &Parts) -> Visit {
    let headers = &request.headers;
    let language = match cookie(headers, LANGUAGE).as_deref() {
        Some("en") => Language::En,
        _ => Language::Sv,
    };
    let mut ctx = served.app.system();
    ctx.actor = Actor::Public;
    ctx.request = served.app.request_id();
    let path = request.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
    Visit {
        ctx,
        l: Words(language),
        path,
        organisation: None,
        csrf: String::new(),
        demo: None,
        flash: cookie(headers, FLASH),
        token: None,
        log: None,
    }
}

/// The value of a cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A cookie that scripts cannot read and other sites cannot send.
pub fn set_cookie(served: &Served, name: &str, value: &str, max_age: Option<i64>) -> Option<HeaderValue> {
    let secure = if served.site.secure { "; Secure" } else { "" };
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; SameSite=Lax; HttpOnly{age}{secure}")).ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = axum::http::StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Self>().cloned().ok_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}
