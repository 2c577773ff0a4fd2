//! The frame around every page, and how a page becomes an answer.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use kvarter_domain::access::Act;
use kvarter_domain::time::stockholm_day;
use kvarter_services::log::Checkpoint;

use super::Served;
use super::request::{FLASH, Visit, set_cookie};
use crate::language::Words;

/// The last day of which the source tells anything; the demonstration's continuation is our own.
const SOURCE_ENDS: Date = jiff::civil::date(2008, 9, 26);

/// What the frame around a page shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The words.
    pub l: Words,
    /// The page's title, without the product's name.
    pub title: String,
    /// The room that the page is in, a key among `nav-…`.
    pub room: &'static str,
    /// Rooms to show, each with its key and its address.
    pub rooms: Vec<(&'static str, &'static str)>,
    /// Pages above this one, with their addresses.
    pub crumbs: Vec<(String, String)>,
    /// The visit.
    pub visit: Visit,
    /// The visitor's name, if signed in.
    pub name: Option<String>,
    /// The visitor's role, a key among `role-…`.
    pub role: Option<&'static str>,
    /// This page in the other language.
    pub other_language: String,
    /// A message from the page before, already in words.
    pub flash: Option<String>,
    /// Today in the demonstration, in words.
    pub demo_today: Option<String>,
    /// The demonstration's next hour, in words, if a step is left.
    pub demo_next: Option<String>,
    /// Whether the demonstration has gone beyond what the source shows.
    pub demo_own: bool,
    /// The other language's tag.
    pub other_tag: &'static str,
    /// Where to sign in, coming back here.
    pub sign_in: String,
    /// Whether the page says that something failed; its title then begins so.
    pub failed: bool,
    /// The log now.
    pub log: Option<LogNow>,
}

/// The log as the foot of a page tells it.
#[derive(Debug, Clone)]
pub struct LogNow {
    /// How many events.
    pub size: String,
    /// The day of the last one, in words.
    pub day: String,
    /// The beginning of the root over them, in groups of four.
    pub root: String,
}

impl LogNow {
    fn of(checkpoint: &Checkpoint, l: Words) -> Self {
        let groups: Vec<&str> =
            checkpoint.root.as_bytes().chunks(4).take(8).filter_map(|g| str::from_utf8(g).ok()).collect();
        Self {
            size: checkpoint.size.to_string(),
            day: checkpoint.time.map(|time| l.day(stockholm_day(time))).unwrap_or_default(),
            root: groups.join(" "),
        }
    }
}

impl Frame {
    /// The frame of a page in a room.
    pub fn new(visit: &Visit, room: &'static str, title: String) -> Self {
        let l = visit.l;
        let mut rooms = vec![
            ("nav-start", "/"),
            ("nav-agreements", "/avtal"),
            ("nav-duties", "/ataganden"),
            ("nav-plans", "/planer"),
            ("nav-partnerships", "/partnerskap"),
            ("nav-overview", "/oversikt"),
            ("nav-registry", "/diarium"),
            ("nav-check", "/kontrollera"),
        ];
        if visit.signed_in() {
            rooms.insert(1, ("nav-desk", "/att-gora"));
        }
        if visit.may(Act::SeeDispatch) {
            rooms.push(("nav-dispatch", "/utskick"));
        }
        if visit.may(Act::ManagePeople) {
            rooms.push(("nav-people", "/personer"));
        }
        let other = if l.tag() == "sv" { "en" } else { "sv" };
        let name_and_role = visit.name_and_role();
        Self {
            l,
            title,
            room,
            rooms,
            crumbs: Vec::new(),
            name: name_and_role.map(|(name, _)| name.to_owned()),
            role: name_and_role.map(|(_, role)| role),
            other_language: format!("/sprak/{other}?till={}", super::paths::encoded(&visit.path)),
            flash: visit.flash.as_deref().and_then(|message| receipt(message, l)),
            demo_today: visit.demo.as_ref().map(|stage| l.day(stage.today)),
            demo_next: visit.demo.as_ref().and_then(|stage| stage.next).map(|next| l.day(next.date())),
            demo_own: visit.demo.as_ref().is_some_and(|stage| stage.today > SOURCE_ENDS),
            other_tag: other,
            sign_in: format!("/logga-in?till={}", super::paths::encoded(&visit.path)),
            failed: false,
            log: visit.log.as_ref().map(|checkpoint| LogNow::of(checkpoint, l)),
            visit: visit.clone(),
        }
    }

    /// The same frame for a page that says that something failed.
    #[must_use]
    pub fn failed(mut self) -> Self {
        self.failed = true;
        self
    }

    /// Adds a page above this one.
    #[must_use]
    pub fn under(mut self, title: String, address: impl Into<String>) -> Self {
        self.crumbs.push((title, address.into()));
        self
    }
}

/// The message that the page before left, in words: `<code>`, or `<code>~<number>`.
fn receipt(message: &str, l: Words) -> Option<String> {
    let (code, number) = message.split_once('~').unwrap_or((message, ""));
    let key = format!("flash-{code}");
    let number = super::paths::decoded(number);
    l.has(&key).then(|| l.with(&key, [("number", number.as_str())]))
}

/// A template as a page.
pub fn show(page: &impl Template) -> Response {
    show_with(StatusCode::OK, page)
}

/// A template as a page with a status.
pub fn show_with(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            // What one person is shown is nobody else's to keep.
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page could not be set");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// On to another page, which will show the message with this code (`flash-<code>`).
pub fn on_to(served: &Served, address: &str, flash: &str) -> Response {
    let mut response = Redirect::to(address).into_response();
    if let Some(value) = set_cookie(served, FLASH, flash, Some(60)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// A file to look at or to keep. The name goes into the header in plain letters only.
pub fn file(bytes: Vec<u8>, media_type: &str, name: &str, keep: bool) -> Response {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    let how = if keep { "attachment" } else { "inline" };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(media_type) {
        headers.insert(header::CONTENT_TYPE, value);
    }
    if let Ok(value) = HeaderValue::from_str(&format!("{how}; filename=\"{plain}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}

/// JSON, indented so that a person can read it too.
pub fn json(value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec_pretty(value) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
