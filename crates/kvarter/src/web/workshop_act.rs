//! Acts from the workshop: a goal accepted by a partner, the plan adopted, a version reported, statistics loaded.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kvarter_domain::access::Act as Policy;
use kvarter_domain::ids::Digest;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_services::plan::{self, Accept, Adopt};
use kvarter_services::plan_file::{self, Format, What};
use kvarter_services::{Error, observation};

use super::act::{Act, Choice, Fault, Field, Kind, Receipt, done_before};
use super::error::{OrPage as _, Result};
use super::form::{Form, Sent};
use super::page::{Frame, file, on_to, show, show_with};
use super::plan_part::goal_name;
use super::request::Visit;
use super::workshop::{Of, agreement_of, opened};
use super::{Served, paths};
use crate::language::Words;

type OfGoal = Path<(String, String, String, String, String)>;

// --- Accepted ---

async fn accept_form(
    served: &Served,
    visit: &Visit,
    (programme, municipality, district, goal, partner): &(String, String, String, String, String),
) -> Result<(Act, Digest)> {
    let agreement = agreement_of(programme, municipality);
    let workshop = opened(served, visit, &agreement, district).await?;
    let found = workshop.draft.plan.goal(goal).ok_or(Error::NotFound).or_page(visit)?;
    let party =
        workshop.partners.iter().rev().find(|p| p.id == *partner).ok_or(Error::NotFound).or_page(visit)?;
    let l = visit.l;
    let base = paths::workshop(&agreement, district);
    let part = paths::workshop_part(&agreement, district, &format!("goal/{goal}"));
    let smart = workshop.programme.plan.as_ref().map(|rules| rules.smart.provision.clone());
    let mut page =
        Act::new(visit, "nav-plans", "accept-goal", format!("{base}/godta/{goal}/{partner}"), part.clone())
            .under(l.t("nav-plans"), "/planer")
            .under(l.with("workshop-title", [("district", workshop.district.name.as_str())]), base)
            .under(goal_name(goal, &found.statement, l), part)
            .fact("fact-goal", found.statement.clone(), None)
            .fact(
                "fact-target",
                format!(
                    "{} {}, {}",
                    found.target.map(|n| l.number(n)).unwrap_or_default(),
                    found.unit,
                    found.by.map(|day| l.day(day)).unwrap_or_default()
                ),
                None,
            )
            .fact("fact-partner", party.name.clone(), None)
            .field("accepted_on", Kind::Day, visit.today())
            .field("evidence", Kind::Line, "");
    if let Some(provision) = smart {
        page = page.resting_on(&provision.at, &provision.says);
    }
    Ok((page, found.wording()))
}

/// The form by which a partner's acceptance of a goal is registered.
pub async fn accept_page(State(served): State<Served>, visit: Visit, Path(of): OfGoal) -> Result {
    Ok(accept_form(&served, &visit, &of).await?.0.show(&served))
}

/// Registers a partner's acceptance.
pub async fn accept(State(served): State<Served>, visit: Visit, Path(of): OfGoal, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (page, wording) = accept_form(&served, &visit, &of).await?;
    let (programme, municipality, district, goal, partner) = of;
    let agreement = agreement_of(&programme, &municipality);
    let to = paths::workshop_part(&agreement, &district, &format!("goal/{goal}"));
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let mut problems = Problems::none();
    let command = Accept {
        goal,
        wording,
        partner,
        accepted_on: sent.day("accepted_on", &mut problems),
        evidence: sent.filled("evidence"),
    };
    let done = async {
        problems.or(())?;
        plan::accept(&ctx, &served.app, &agreement, &district, &command).await?;
        Ok(Receipt::new(to, "goal-accepted"))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Adopted ---

async fn adopt_form(served: &Served, visit: &Visit, of: &(String, String, String)) -> Result<Act> {
    let (programme, municipality, district) = of;
    let agreement = agreement_of(programme, municipality);
    let workshop = opened(served, visit, &agreement, district).await?;
    if !workshop.may_adopt {
        return Err(Error::Denied).or_page(visit);
    }
    let l = visit.l;
    let base = paths::workshop(&agreement, district);
    let mut page = Act::new(visit, "nav-plans", "adopt-plan", format!("{base}/faststall"), base.clone())
        .under(l.t("nav-plans"), "/planer")
        .under(l.with("workshop-title", [("district", workshop.district.name.as_str())]), base)
        .fact("fact-goals", workshop.draft.plan.goals.len().to_string(), None)
        .fact("fact-interventions", workshop.draft.plan.interventions.len().to_string(), None);
    if let Some(last) = workshop.versions.last() {
        let version = l.with("plan-version-name", [("number", last.serial.to_string().as_str())]);
        page = page.fact("fact-last-version", version, Some(paths::plan(&agreement, district, last.serial)));
    }
    if let Some(rules) = &workshop.programme.plan {
        page = page.resting_on(&rules.adoption.at, &rules.adoption.says);
    }
    page = page.field("adopted_on", Kind::Day, visit.today()).field("adopted_by", Kind::Line, "");
    if !workshop.versions.is_empty() {
        page = page.field("unchanged", Kind::Long, "");
    }
    Ok(page.digest(&workshop.seen().or_page(visit)?))
}

/// The form by which the partnership's adoption of the draft is registered.
pub async fn adopt_page(State(served): State<Served>, visit: Visit, Path(of): Of) -> Result {
    Ok(adopt_form(&served, &visit, &of).await?.show(&served))
}

/// Registers that the partnership adopted the draft.
pub async fn adopt(State(served): State<Served>, visit: Visit, Path(of): Of, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = adopt_form(&served, &visit, &of).await?;
    let (programme, municipality, district) = of;
    let agreement = agreement_of(&programme, &municipality);
    let ctx = visit.ctx.clone().sending(sent.token(), &paths::workshop(&agreement, &district));
    let mut faults = Problems::none();
    let command = Adopt {
        adopted_on: sent.day("adopted_on", &mut faults),
        adopted_by: sent.text("adopted_by").to_owned(),
        unchanged: sent.filled("unchanged"),
        seen: Some(Digest::parse(sent.text("innehall")).unwrap_or_else(|| Digest::of(b""))),
        faults,
    };
    let done = async {
        let version = plan::adopt(&ctx, &served.app, &agreement, &district, &command).await?;
        let to = paths::plan(&agreement, &district, version.serial);
        Ok(Receipt::numbered(to, "plan-adopted", version.serial.to_string()))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Reported ---

type OfVersion = Path<(String, String, String, String)>;

async fn report_form(
    served: &Served,
    visit: &Visit,
    of: &(String, String, String, String),
) -> Result<(Act, String)> {
    let (programme, municipality, district, serial) = of;
    let agreement = agreement_of(programme, municipality);
    let id = format!("{}/{serial}", kvarter_domain::plan::series_of(&agreement, district));
    let shown = plan::show(&visit.ctx, &served.app, &id).await.or_page(visit)?;
    let own = visit.ctx.actor.organisation().map(ToString::to_string);
    if own.as_ref() != Some(municipality) || !visit.may(Policy::AdoptPlan) {
        return Err(Error::Denied).or_page(visit);
    }
    let l = visit.l;
    let back = paths::plan(&agreement, district, shown.version.serial);
    let title = l.with(
        "plan-title",
        [("district", shown.version.district_name.as_str()), ("number", &shown.version.serial.to_string())],
    );
    let mut page = Act::new(visit, "nav-plans", "report-plan", format!("{back}/redovisa"), back.clone())
        .under(l.t("nav-plans"), "/planer")
        .under(title, back)
        .fact("fact-adopted", l.day(shown.version.adopted_on), None)
        .fact("fact-handed-over", l.day(visit.today()), None);
    if let Some(rules) = &shown.programme.plan
        && let Some(obligation) = shown.programme.obligation(&rules.reported_by)
    {
        page = page.resting_on(&obligation.clause, &obligation.says);
    }
    Ok((page, id))
}

/// The form by which a version is reported to the state.
pub async fn report_page(State(served): State<Served>, visit: Visit, Path(of): OfVersion) -> Result {
    Ok(report_form(&served, &visit, &of).await?.0.show(&served))
}

/// Reports a version to the state, and shows the receipt.
pub async fn report(State(served): State<Served>, visit: Visit, Path(of): OfVersion, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let (page, id) = report_form(&served, &visit, &of).await?;
    let (programme, municipality, district, serial) = of;
    let to = format!("/plan/{}/{district}/{serial}", agreement_of(&programme, &municipality));
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = async {
        let (record, _) = plan::report(&ctx, &served.app, &id).await?;
        let number = kvarter_services::registry::show(&visit.ctx, &served.app, &record).await?.record.number;
        Ok(Receipt::numbered(to, "plan-reported", number))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Statistics ---

fn load_form(served: &Served, visit: &Visit) -> Result<Act> {
    if !visit.may(Policy::LoadObservations) {
        return Err(Error::Denied).or_page(visit);
    }
    let l = visit.l;
    let programmes = served.app.programmes().filter(|programme| programme.plan.is_some());
    let programmes: Vec<Choice> =
        programmes.map(|programme| Choice::new(&programme.id, programme.name.get(l.0))).collect();
    let first = programmes.first().map(|choice| choice.value.clone()).unwrap_or_default();
    Ok(Act::new(visit, "nav-plans", "load-observations", "/statistik/ny".to_owned(), "/planer".to_owned())
        .under(l.t("nav-plans"), "/planer")
        .field("programme", Kind::One(programmes), first)
        .field("document", Kind::File(".csv,text/csv"), ""))
}

/// The form by which a file of statistics is loaded.
pub async fn load_page(State(served): State<Served>, visit: Visit) -> Result {
    Ok(load_form(&served, &visit)?.show(&served))
}

/// Loads a file of statistics.
pub async fn load(State(served): State<Served>, visit: Visit, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = load_form(&served, &visit)?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/planer");
    let done = async {
        let upload = sent
            .file("document")
            .ok_or_else(|| Error::from(Problem::new("upload-empty", "document").with("name", "")))?;
        observation::load(&ctx, &served.app, &sent.text("programme").into(), upload).await?;
        Ok(Receipt::new("/planer", "observations-loaded"))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

// --- Taken out and in ---

#[derive(Template)]
#[template(path = "workshop/exchange.html")]
struct Exchange {
    frame: Frame,
    l: Words,
    /// What can be taken out: what it is, and where.
    files: Vec<(String, String)>,
    fields: Vec<Field>,
    form: Form,
    faults: Vec<Fault>,
    seen: Option<i64>,
    action: String,
    may_write: bool,
}

async fn exchange_form(served: &Served, visit: &Visit, of: &(String, String, String)) -> Result<Exchange> {
    let (programme, municipality, district) = of;
    let agreement = agreement_of(programme, municipality);
    let workshop = opened(served, visit, &agreement, district).await?;
    let l = visit.l;
    let base = paths::workshop(&agreement, district);
    let files =
        [("utkast", "exchange-draft"), ("mall", "exchange-empty")].into_iter().flat_map(|(what, key)| {
            let base = base.clone();
            Format::ALL.into_iter().map(move |format| {
                let words = format!("{}, {}", l.t(key), l.t(&format!("exchange-{}", format.ending())));
                (words, format!("{base}/fil/{what}.{}", format.ending()))
            })
        });
    let files = files.collect();
    Ok(Exchange {
        frame: Frame::new(visit, "nav-plans", l.t("workshop-exchange"))
            .under(l.t("nav-plans"), "/planer")
            .under(l.with("workshop-title", [("district", workshop.district.name.as_str())]), base.clone()),
        l,
        files,
        fields: vec![Field::of(l, "import-plan", "document", Kind::File(".md,.docx,.xlsx"))],
        form: Form { token: served.app.form_token(), ..Form::default() },
        faults: Vec::new(),
        seen: None,
        action: format!("{base}/utbyte"),
        may_write: workshop.may_write,
    })
}

/// Where a plan is taken out as a file, and taken in.
pub async fn exchange_page(State(served): State<Served>, visit: Visit, Path(of): Of) -> Result {
    Ok(show(&exchange_form(&served, &visit, &of).await?))
}

/// A plan as a file: the draft, a form, or an adopted version.
pub async fn export(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality, district, file_name)): Path<(String, String, String, String)>,
) -> Result {
    let agreement = agreement_of(&programme, &municipality);
    let (stem, _) = file_name.rsplit_once('.').unwrap_or((&file_name, ""));
    let what = match (stem, stem.parse()) {
        ("utkast", _) => What::Draft,
        ("mall", _) => What::Empty,
        (_, Ok(serial)) => What::Version(serial),
        _ => return Err(Error::NotFound).or_page(&visit),
    };
    let format = Format::of(&file_name).ok_or(Error::NotFound).or_page(&visit)?;
    let exported = plan_file::export(&visit.ctx, &served.app, &agreement, &district, what, format).await;
    let exported = exported.or_page(&visit)?;
    Ok(file(exported.bytes, format.media_type(), &exported.name, true))
}

/// Takes a file into the draft.
pub async fn import(State(served): State<Served>, visit: Visit, Path(of): Of, sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let mut page = exchange_form(&served, &visit, &of).await?;
    let (programme, municipality, district) = of;
    let agreement = agreement_of(&programme, &municipality);
    let to = paths::workshop(&agreement, &district);
    let ctx = visit.ctx.clone().sending(sent.token(), &to);
    let done = match sent.file("document") {
        None => Err(Error::from(Problem::new("upload-empty", "document").with("name", ""))),
        Some(upload) => plan_file::import(&ctx, &served.app, &agreement, &district, upload).await,
    };
    match done {
        Ok(imported) => {
            let code = if imported.notes.is_empty() { "plan-imported" } else { "plan-imported-in-part" };
            Ok(on_to(
                &served,
                &to,
                &Receipt::numbered(to.clone(), code, imported.written.to_string()).flash(),
            ))
        }
        Err(Error::Problems(problems)) => {
            let l = visit.l;
            page.frame = page.frame.failed();
            page.faults = problems
                .0
                .iter()
                .map(|problem| Fault {
                    field: None,
                    sentence: match problem.place.as_str() {
                        "" | "document" => l.problem(problem),
                        place => format!("{place}: {}", l.problem(problem)),
                    },
                    clause: problem.clause.as_deref().map(|clause| l.clause(clause)),
                })
                .collect();
            Ok(show_with(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(error) => Err(error).or_page(&visit),
    }
}
