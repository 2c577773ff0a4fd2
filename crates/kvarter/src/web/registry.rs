//! The register: records in a list, each on its card, and the document behind it.

use askama::Template;
use axum::extract::{Path, Query, State};
use kvarter_domain::access::Act;
use kvarter_domain::ids::{AgreementId, OrganisationId, RecordId};
use kvarter_domain::organisation::Organisation;
use kvarter_domain::registry::{RecordView, Separated};
use kvarter_services::{organisation, registry};
use serde::Deserialize;

use super::error::{OrPage as _, Result};
use super::page::{Frame, file, show};
use super::request::Visit;
use super::start::sort_key;
use super::{Served, paths};
use crate::language::Words;

/// How many records stand on a page of the list.
const ON_A_PAGE: usize = 50;

/// What can be asked of the list.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Whose register.
    vems: String,
    /// About which agreement.
    avtal: String,
    /// With these words.
    ord: String,
    /// Which page of the list.
    sida: Option<usize>,
}

/// A record in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number.
    pub number: String,
    /// Its page.
    pub address: String,
    /// Whose register.
    pub organisation: String,
    /// Which way it went.
    pub direction: String,
    /// The day, in words.
    pub day: String,
    /// Sender or recipient.
    pub counterpart: Option<String>,
    /// The subject; absent when kept apart.
    pub subject: Option<String>,
}

/// A record as a row of a list.
pub(super) fn row(view: &RecordView, names: &dyn Fn(&OrganisationId) -> String, l: Words) -> Row {
    Row {
        number: view.number.clone(),
        address: paths::record(&view.id),
        organisation: names(&view.organisation),
        direction: l.t(&format!("direction-{}", view.direction.code())),
        day: l.day(view.day),
        counterpart: view.counterpart.clone(),
        subject: view.subject.clone(),
    }
}

#[derive(Template)]
#[template(path = "registry/list.html")]
struct ListPage {
    frame: Frame,
    l: Words,
    rows: Vec<Row>,
    total: String,
    organisations: Vec<(String, String, bool)>,
    words: String,
    agreement: String,
    may_register: bool,
    previous: Option<String>,
    next: Option<String>,
    now: Option<String>,
}

/// The list.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(State(served): State<Served>, visit: Visit, Query(asked): Query<Asked>) -> Result {
    let l = visit.l;
    let page = asked.sida.unwrap_or(1).max(1);
    let filter = registry::Filter {
        organisation: Some(asked.vems.trim()).filter(|v| !v.is_empty()).map(OrganisationId::new),
        agreement: Some(asked.avtal.trim()).filter(|v| !v.is_empty()).map(AgreementId::new),
        words: Some(asked.ord.clone()).filter(|w| !w.trim().is_empty()),
        offset: (page - 1).saturating_mul(ON_A_PAGE),
        limit: ON_A_PAGE,
    };
    let (found, total) = registry::list(&visit.ctx, &served.app, &filter).await.or_page(&visit)?;
    let (organisations, _) = organisation::all(&served.app).await.or_page(&visit)?;
    let name = |id: &OrganisationId| {
        organisations.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone())
    };
    let pages = total.div_ceil(ON_A_PAGE).max(1);
    let address = |page: usize| {
        format!(
            "/diarium?vems={}&avtal={}&ord={}&sida={page}",
            paths::encoded(&asked.vems),
            paths::encoded(&asked.avtal),
            paths::encoded(&asked.ord)
        )
    };
    let mut choices: Vec<&Organisation> = organisations.iter().collect();
    choices.sort_by_key(|o| sort_key(&o.name));
    Ok(show(&ListPage {
        rows: found.iter().map(|view| row(view, &name, l)).collect(),
        total: l.with("records-count", [("count", total.to_string())]),
        organisations: choices
            .iter()
            .map(|o| (o.id.to_string(), o.name.clone(), o.id.as_str() == asked.vems))
            .collect(),
        may_register: visit.signed_in() && visit.may(Act::RegisterRecord),
        previous: (page > 1).then(|| address(page - 1)),
        next: (page < pages).then(|| address(page + 1)),
        now: (pages > 1)
            .then(|| l.with("pages-now", [("page", page.to_string()), ("of", pages.to_string())])),
        frame: Frame::new(&visit, "nav-registry", l.t("registry-title")),
        words: asked.ord,
        agreement: asked.avtal,
        l,
    }))
}

/// A secrecy marking as it is shown.
struct Marking {
    provision: String,
    day: String,
    authority: String,
    separates: String,
}

#[derive(Template)]
#[template(path = "registry/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    row: Row,
    register: String,
    dated: Option<String>,
    their_reference: Option<String>,
    routed_to: Option<String>,
    matter: Option<String>,
    agreement: Option<(String, String)>,
    references: Vec<(String, String)>,
    withheld: Vec<&'static str>,
    marking: Option<Marking>,
    document: Option<(String, String)>,
    proof: String,
    mark: Option<String>,
}

/// The card of a record.
///
/// # Errors
/// When there is none, or the store cannot be read.
pub async fn page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let l = visit.l;
    let id = RecordId::new(id);
    let found = registry::show(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let (organisations, _) = organisation::all(&served.app).await.or_page(&visit)?;
    let name = |id: &OrganisationId| {
        organisations.iter().find(|o| o.id == *id).map_or_else(|| id.to_string(), |o| o.name.clone())
    };
    let record = &found.record;
    let kept_apart = |s: &Separated| l.t(&format!("separated-{}", s.code()));
    let marking = record.secrecy.as_ref().map(|secrecy| Marking {
        provision: secrecy.provision.clone().unwrap_or_default(),
        day: l.day(secrecy.marked_on),
        authority: name(&secrecy.authority),
        separates: secrecy.separates.iter().map(kept_apart).collect::<Vec<_>>().join(", "),
    });
    let references = found.references.iter().map(|reference| {
        let role = serde_json::to_value(reference.role).ok();
        let role = role.as_ref().and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        (reference.number.clone(), l.t(&format!("reference-role-{role}")))
    });
    Ok(show(&Page {
        row: row(record, &name, l),
        register: record.register.clone(),
        dated: record.dated.map(|day| l.day(day)),
        their_reference: record.their_reference.clone(),
        routed_to: record.routed_to.clone(),
        matter: found.matter_title.clone(),
        agreement: record.agreement.as_ref().map(|id| (paths::agreement(id), id.to_string())),
        references: references.collect(),
        withheld: record.separated.iter().map(|s| s.code()).collect(),
        marking,
        document: found.document.as_ref().map(|d| (paths::record_document(&id), d.name.clone())),
        proof: format!("/logg/{}/bevis.json", found.event),
        mark: found.may_mark.then(|| format!("{}/sekretess", paths::record(&id))),
        frame: Frame::new(&visit, "nav-registry", record.number.clone())
            .under(l.t("registry-title"), "/diarium"),
        l,
    }))
}

/// The document behind a record.
///
/// # Errors
/// When there is none, or it is kept apart.
pub async fn document(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    let (document, bytes) =
        registry::document(&visit.ctx, &served.app, &RecordId::new(id)).await.or_page(&visit)?;
    // A PDF or a picture is looked at; anything else is only handed over.
    let looked_at = document.media_type == "application/pdf" || document.media_type.starts_with("image/");
    Ok(file(bytes, &document.media_type, &document.name, !looked_at))
}
