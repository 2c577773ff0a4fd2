//! Duties: all of them in a list, in a calendar, as a feed and as data; and each on its own page.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Life;
use kvarter_domain::correction::{Correction, Kind};
use kvarter_domain::duty::{AgreedDay, Discharge, Extension};
use kvarter_domain::ids::{DutyId, RecordId};
use kvarter_domain::programme::rule::NoDay;
use kvarter_domain::programme::{Debtor, Per, Programme};
use kvarter_services::duty as duties;
use kvarter_services::duty::DutyView;
use serde::Serialize;

use super::duty_filter::{Asked, Filters, asked_for, filters};
use super::error::{OrPage as _, Result};
use super::page::{Frame, file, json, show};
use super::request::Visit;
use super::{Served, agreement, correction, feed, paths};
use crate::language::Words;
use crate::standing::{self, Stand};

/// How many duties a page of the list shows.
const ON_A_PAGE: usize = 100;

/// A duty in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its page.
    pub address: String,
    /// What is owed.
    pub title: String,
    /// By whom, to whom, under which agreement and clause.
    pub aside: String,
    /// The last day, in words.
    pub day: Option<String>,
    /// The same, as a machine reads it.
    pub day_iso: String,
    /// The day in the text, where another counts.
    pub contractual: Option<String>,
    /// How it stands.
    pub stand: Stand,
}

/// A duty as a row of a list.
pub(super) fn row(view: &DutyView, programme: &Programme, l: Words) -> Row {
    let duty = &view.duty;
    let last = view.standing.last_day().or(duty.effective);
    let owed_by = match duty.debtor {
        Debtor::Municipality => municipality(programme, view),
        other => standing::debtor(other, l),
    };
    let who =
        l.with("owes", [("debtor", owed_by.as_str()), ("creditor", &standing::creditor(duty.creditor, l))]);
    let where_ = match duty.object_kind {
        Per::Programme => l.clause(&duty.clause),
        _ if duty.debtor == Debtor::Municipality => l.clause(&duty.clause),
        _ => l.with(
            "duty-clause-and-agreement",
            [("clause", l.clause(&duty.clause)), ("agreement", municipality(programme, view))],
        ),
    };
    Row {
        address: paths::duty(&duty.id),
        title: title(view, programme, l),
        aside: format!("{who}, {where_}"),
        day: last.map(|day| l.day(day)),
        day_iso: last.map(|day| day.to_string()).unwrap_or_default(),
        contractual: duty
            .nominal
            .filter(|nominal| last != Some(*nominal))
            .map(|nominal| l.with("duty-contractual-day", [("day", l.day(nominal))])),
        stand: Stand::of(&view.standing, l),
    }
}

/// The municipality of a duty, as its agreement calls it.
fn municipality(programme: &Programme, view: &DutyView) -> String {
    let recipient = programme.recipients.iter().find(|r| r.municipality == view.duty.municipality);
    recipient.map_or_else(|| view.duty.municipality.to_string(), |r| r.party_name.clone())
}

/// What is owed, with its district and year.
pub(super) fn title(view: &DutyView, programme: &Programme, l: Words) -> String {
    let name = programme
        .obligation(&view.duty.obligation)
        .map_or_else(|| view.duty.obligation.to_string(), |o| o.name.get(l.0).to_owned());
    let parts = [Some(name), view.duty.object_name.clone(), view.duty.year.map(|y| y.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[derive(Template)]
#[template(path = "duty/list.html")]
struct ListPage {
    frame: Frame,
    l: Words,
    filters: Filters,
    rows: Vec<Row>,
    total: usize,
    any_in_force: bool,
    query: String,
    page: usize,
    pages: usize,
}

/// Every duty asked for, by last day.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(
    State(served): State<Served>,
    visit: Visit,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result {
    if wants_json(&headers) {
        return list_json(State(served), visit, Query(asked)).await;
    }
    let l = visit.l;
    let (programme, found) = asked_for(&served, &visit, &asked).await?;
    let filters = filters(&served, &visit, &programme, &asked).await?;
    let any_in_force = !found.is_empty() || !asked.query().is_empty();
    let pages = found.len().div_ceil(ON_A_PAGE).max(1);
    let page = asked.sida.unwrap_or(1).clamp(1, pages);
    let rows = found.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE).map(|view| row(view, &programme, l));
    Ok(show(&ListPage {
        rows: rows.collect(),
        total: found.len(),
        frame: Frame::new(&visit, "nav-duties", l.t("duties-title")),
        query: asked.query(),
        l,
        filters,
        any_in_force,
        page,
        pages,
    }))
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|a| a.starts_with("application/json"))
}

/// A duty as data.
#[derive(Debug, Serialize)]
pub struct AsData {
    #[serde(flatten)]
    duty: kvarter_domain::duty::Duty,
    title: String,
    statutory: Option<Date>,
    standing: kvarter_domain::duty::Standing,
    sentence: String,
    discharges: Vec<kvarter_domain::duty::Discharge>,
    extensions: Vec<kvarter_domain::duty::Extension>,
    agreed_days: Vec<kvarter_domain::duty::AgreedDay>,
    occurrences: Vec<kvarter_domain::duty::Occurrence>,
}

fn as_data(view: &DutyView, programme: &Programme, l: Words) -> AsData {
    AsData {
        title: title(view, programme, l),
        statutory: view.duty.statutory(),
        sentence: Stand::of(&view.standing, l).sentence,
        standing: view.standing.clone(),
        discharges: view.acts.discharges.clone(),
        extensions: view.acts.extensions.clone(),
        agreed_days: view.acts.agreed_days.clone(),
        occurrences: view.acts.occurrences.clone(),
        duty: view.duty.clone(),
    }
}

/// The same list as data.
///
/// # Errors
/// When the store cannot be read.
pub async fn list_json(State(served): State<Served>, visit: Visit, Query(asked): Query<Asked>) -> Result {
    let (programme, found) = asked_for(&served, &visit, &asked).await?;
    let data: Vec<AsData> = found.iter().map(|view| as_data(view, &programme, visit.l)).collect();
    Ok(json(&data))
}

/// The same list as a calendar that other programs subscribe to.
///
/// # Errors
/// When the store cannot be read.
pub async fn feed(State(served): State<Served>, visit: Visit, Query(asked): Query<Asked>) -> Result {
    let (programme, found) = asked_for(&served, &visit, &asked).await?;
    let calendar = feed::calendar(&found, &programme, &served.site.address, visit.l);
    let mut response = file(calendar.into_bytes(), "text/calendar; charset=utf-8", "ataganden.ics", false);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, axum::http::HeaderValue::from_static("public, max-age=900"));
    Ok(response)
}

#[derive(Template)]
#[template(path = "duty/page.html")]
struct Page {
    frame: Frame,
    l: Words,
    stand: Stand,
    says: String,
    clause: String,
    agreement: String,
    anchor: String,
    owed_by: String,
    owed_to: String,
    force: String,
    object: String,
    due: Option<String>,
    nominal: Option<String>,
    effective: Option<String>,
    statutory: Option<String>,
    reading: Option<String>,
    reminders: Option<String>,
    acts: Vec<ActRow>,
    data: String,
    meet: Option<String>,
    extend: Option<String>,
    agree: Option<String>,
}

/// An act that bears on a duty.
struct ActRow {
    sort: Date,
    day: String,
    what: String,
    note: Option<String>,
    link: Option<String>,
    record: String,
    record_address: String,
    document: Option<String>,
    /// Where the visitor can correct it.
    correct: Option<String>,
    /// That it has been corrected: by whom, when and why.
    corrected: Option<String>,
}

/// One duty.
///
/// # Errors
/// When there is none, or the store cannot be read.
pub async fn page(
    State(served): State<Served>,
    visit: Visit,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result {
    let l = visit.l;
    let (bare, as_json) = match id.strip_suffix(".json") {
        Some(bare) => (bare.to_owned(), true),
        None => (id, wants_json(&headers)),
    };
    let id = DutyId::new(bare);
    let view = duties::show(&visit.ctx, &served.app, &id).await.or_page(&visit)?;
    let living = kvarter_services::agreement::show(&visit.ctx, &served.app, &view.duty.agreement)
        .await
        .or_page(&visit)?;
    let programme = &living.programme;
    if as_json {
        return Ok(json(&as_data(&view, programme, l)));
    }
    let numbers = agreement::numbers(&served, &visit, &view.duty.agreement).await?;
    let obligation = programme.obligation(&view.duty.obligation);
    let place = agreement::short_name(programme, &living.life);
    let duty = &view.duty;
    let frame = Frame::new(&visit, "nav-duties", title(&view, programme, l))
        .under(l.t("duties-title"), "/ataganden")
        .under(place.clone(), paths::agreement(&duty.agreement));
    let acts = ActRows { visit: &visit, view: &view, numbers: &numbers, life: &living.life }.all();
    let reminders: Vec<String> = duty.remind.iter().map(i64::to_string).collect();
    Ok(show(&Page {
        stand: Stand::of(&view.standing, l),
        says: duty.says.clone(),
        clause: l.clause(&duty.clause),
        agreement: place,
        anchor: format!(
            "{}#{}",
            paths::agreement(&duty.agreement),
            super::sheet::clause_anchor(&duty.clause)
        ),
        owed_by: match duty.debtor {
            Debtor::Municipality => living.life.agreement.party_name.clone(),
            other => standing::debtor(other, l),
        },
        owed_to: standing::creditor(duty.creditor, l),
        force: l.t(&format!("force-{}", duty.force.code())),
        object: object(&view, l),
        due: obligation.and_then(|o| super::note::due(o, living.life.districts.len(), l)),
        nominal: duty.nominal.map(|day| l.day(day)),
        effective: view.standing.last_day().or(duty.effective).map(|day| l.day(day)),
        statutory: duty.statutory().filter(|day| Some(*day) != duty.effective).map(|day| l.day(day)),
        reading: obligation.and_then(|o| o.reading.as_ref()).map(|reading| reading.get(l.0).to_owned()),
        reminders: (!reminders.is_empty())
            .then(|| l.with("duty-reminders-days", [("days", reminders.join(", "))])),
        acts,
        data: format!("{}.json", paths::duty(&id)),
        meet: duties::registers(&visit.ctx, duty).is_ok().then(|| paths::duty_act(&id, "fullgor")),
        extend: may_extend(&visit, &view).then(|| paths::duty_act(&id, "anstand")),
        agree: may_agree(&visit, &view).then(|| paths::duty_act(&id, "dag")),
        frame,
        l,
    }))
}

/// Whether the visitor decides for the side that can give more time.
fn may_extend(visit: &Visit, view: &DutyView) -> bool {
    let Some(own) = visit.ctx.actor.organisation() else { return false };
    view.standing.last_day().is_some()
        && view.standing.met_on().is_none()
        && view.duty.is_owed_to(own)
        && visit.ctx.may(Act::Extend, &Thing::Of(own.clone()))
}

/// Whether the visitor decides for a party, and no day has been agreed.
fn may_agree(visit: &Visit, view: &DutyView) -> bool {
    use kvarter_domain::duty::Standing;
    let Some(own) = visit.ctx.actor.organisation() else { return false };
    matches!(view.standing, Standing::Undated | Standing::Triggered { .. })
        && (*own == view.duty.state || *own == view.duty.municipality)
        && visit.ctx.may(Act::Extend, &Thing::Of(own.clone()))
}

fn object(view: &DutyView, l: Words) -> String {
    match (&view.duty.object_name, view.duty.object_kind) {
        (Some(name), _) => match &view.duty.object {
            Some(code) => format!("{name} ({code})"),
            None => name.clone(),
        },
        (None, Per::Programme) => l.t("duty-object-programme"),
        (None, Per::Collaboration) => l.t("duty-object-collaboration"),
        (None, _) => l.t("duty-object-all"),
    }
}

/// That it was met: by whom, where both owe it, and who attested when it was received.
fn met(view: &DutyView, act: &Discharge, life: &Life, l: Words) -> String {
    let what = match (&act.attested_by, view.duty.debtor) {
        (Some(person), _) => {
            let (name, day) = (life.name_of(person), l.day(act.registered_on));
            return l.with("duty-act-received", [("name", name), ("day", day.as_str())]);
        }
        (None, Debtor::Both) => {
            let by = if act.by == view.duty.state { "state" } else { "municipality" };
            l.with("duty-act-met-by", [("by", by)])
        }
        (None, _) => l.t("duty-act-met"),
    };
    registered(what, act.met_on, act.registered_on, l)
}

/// What was done, with the day it was registered where that is another.
fn registered(what: String, day: Date, registered_on: Date, l: Words) -> String {
    if registered_on == day {
        return what;
    }
    l.with("duty-act-registered", [("what", what), ("day", l.day(registered_on))])
}

/// The acts of a duty's page, and what a row of them rests on.
struct ActRows<'a> {
    visit: &'a Visit,
    view: &'a DutyView,
    numbers: &'a std::collections::HashMap<RecordId, String>,
    life: &'a Life,
}

impl ActRows<'_> {
    fn row(&self, day: Date, what: String, note: Option<String>, record: &RecordId) -> ActRow {
        let l = self.visit.l;
        ActRow {
            sort: day,
            day: l.day(day),
            what,
            note,
            link: None,
            record: self.numbers.get(record).cloned().unwrap_or_else(|| l.t("record-unnumbered")),
            record_address: paths::record(record),
            document: None,
            correct: None,
            corrected: None,
        }
    }

    fn discharge(&self, act: &Discharge) -> ActRow {
        let duty = &self.view.duty;
        let by = if act.attested_by.is_some() { &duty.state } else { &act.by };
        let condition = duty.reason == Some(NoDay::ConditionOfValidity);
        let correct = correction::address(self.visit, Kind::Discharge, act.duty.as_str(), &act.record, by);
        ActRow {
            link: act.link.clone(),
            document: act.document.as_ref().map(|_| paths::record_document(&act.record)),
            correct: correct.filter(|_| !condition),
            ..self.row(
                act.met_on,
                met(self.view, act, self.life, self.visit.l),
                act.note.clone(),
                &act.record,
            )
        }
    }

    fn extension(&self, act: &Extension) -> ActRow {
        let l = self.visit.l;
        let what = l.with("duty-act-extended", [("day", l.day(act.until))]);
        let what = registered(what, act.decided_on, act.registered_on, l);
        ActRow {
            correct: correction::address(
                self.visit,
                Kind::Extension,
                act.duty.as_str(),
                &act.record,
                &act.decided_by,
            ),
            ..self.row(act.decided_on, what, act.reason.clone(), &act.record)
        }
    }

    fn agreed_day(&self, act: &AgreedDay) -> ActRow {
        let l = self.visit.l;
        let by = if act.by == self.view.duty.state { "state" } else { "municipality" };
        let both = if self.view.agreed_day == Some(act.day) { "yes" } else { "no" };
        let what = l.with("duty-act-agreed", [("day", l.day(act.day).as_str()), ("by", by), ("both", both)]);
        let what = registered(what, act.agreed_on, act.registered_on, l);
        ActRow {
            correct: correction::address(
                self.visit,
                Kind::AgreedDay,
                act.duty.as_str(),
                &act.record,
                &act.by,
            ),
            ..self.row(act.agreed_on, what, act.reference.clone(), &act.record)
        }
    }

    fn corrected(&self, row: ActRow, correction: &Correction) -> ActRow {
        let told = correction::told(correction, self.life, self.visit.l);
        ActRow { correct: None, document: None, link: None, corrected: Some(told), ..row }
    }

    fn all(&self) -> Vec<ActRow> {
        let acts = &self.view.acts;
        let l = self.visit.l;
        let mut rows: Vec<ActRow> = Vec::new();
        rows.extend(acts.discharges.iter().map(|act| self.discharge(act)));
        rows.extend(acts.extensions.iter().map(|act| self.extension(act)));
        rows.extend(acts.agreed_days.iter().map(|act| self.agreed_day(act)));
        rows.extend(
            acts.occurrences.iter().map(|act| {
                self.row(act.occurred_on, l.t("duty-act-occurred"), act.note.clone(), &act.record)
            }),
        );
        let wrong = &acts.corrected;
        rows.extend(wrong.discharges.iter().map(|c| self.corrected(self.discharge(&c.fact), &c.correction)));
        rows.extend(wrong.extensions.iter().map(|c| self.corrected(self.extension(&c.fact), &c.correction)));
        rows.extend(
            wrong.agreed_days.iter().map(|c| self.corrected(self.agreed_day(&c.fact), &c.correction)),
        );
        rows.sort_by_key(|row| row.sort);
        rows
    }
}
