//! People and mandates of an organisation, kept by its administrator.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use kvarter_domain::access::{Act as Policy, Thing};
use kvarter_domain::ids::MandateId;
use kvarter_domain::person::Role;
use kvarter_domain::problem::Problems;
use kvarter_services::Error;
use kvarter_services::identity::{self, AddPerson, Someone};

use super::Served;
use super::act::{Act, Choice, Kind, Receipt, chosen, done_before};
use super::error::{OrPage, Result};
use super::form::Sent;
use super::page::{Frame, show};
use super::request::Visit;

/// Someone in the list.
struct Row {
    name: String,
    role: String,
    from_day: String,
    last_day: Option<String>,
    evidence: Option<String>,
    /// Whether the mandate is held today.
    held: bool,
    /// Where its end is registered, while it has none.
    end: Option<String>,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct List {
    frame: Frame,
    organisation: String,
    rows: Vec<Row>,
}

/// The people of the visitor's organisation.
pub async fn list(State(served): State<Served>, visit: Visit) -> Result {
    let people = identity::people(&visit.ctx, &served.app).await.or_page(&visit)?;
    Ok(set(&visit, &people))
}

fn set(visit: &Visit, people: &[Someone]) -> Response {
    let l = visit.l;
    let today = visit.today();
    let rows = people.iter().map(|someone| Row {
        name: someone.person.name.clone(),
        role: l.t(&format!("role-{}", someone.mandate.role.code())),
        from_day: l.day(someone.mandate.from_day),
        last_day: someone.last_day.map(|day| l.day(day)),
        evidence: someone.mandate.evidence.clone(),
        held: someone.mandate.from_day <= today && someone.last_day.is_none_or(|last| today <= last),
        end: someone.last_day.is_none().then(|| format!("/personer/uppdrag/{}/slut", someone.mandate.id)),
    });
    show(&List {
        frame: Frame::new(visit, "nav-people", l.t("people-title")),
        organisation: visit.organisation.clone().unwrap_or_default(),
        rows: rows.collect(),
    })
}

/// The roles that are found in an organisation of a kind.
fn roles(visit: &Visit) -> kvarter_services::Result<Vec<Choice>> {
    let kvarter_domain::access::Actor::Signed { kind, organisation, .. } = &visit.ctx.actor else {
        return Err(Error::Denied);
    };
    visit.ctx.require(Policy::ManagePeople, &Thing::Of(organisation.clone()))?;
    let found = Role::ALL.into_iter().filter(|role| role.fits(*kind));
    Ok(found.map(|role| Choice::new(role.code(), visit.l.t(&format!("role-{}", role.code())))).collect())
}

fn add_form(visit: &Visit) -> Result<Act> {
    let roles = roles(visit).or_page(visit)?;
    Ok(Act::new(visit, "nav-people", "add-person", "/personer/ny".to_owned(), "/personer".to_owned())
        .under(visit.l.t("people-title"), "/personer")
        .field("name", Kind::Line, "")
        .field("role", Kind::One(roles), "")
        .field("from_day", Kind::Day, visit.today())
        .field("to_day", Kind::Day, "")
        .field("evidence", Kind::Line, "")
        .field("login", Kind::Short, "")
        .field("password", Kind::Secret, ""))
}

/// The form by which a person is added.
pub async fn add_page(State(served): State<Served>, visit: Visit) -> Result {
    Ok(add_form(&visit)?.show(&served))
}

/// Adds a person with a mandate and perhaps a way to sign in.
pub async fn add(State(served): State<Served>, visit: Visit, mut sent: Sent) -> Result {
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = add_form(&visit)?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/personer");
    let mut problems = Problems::none();
    // A password is the one thing that a form does not keep.
    let password = sent.taken("password");
    let command = AddPerson {
        name: sent.text("name").to_owned(),
        organisation: visit.ctx.actor.organisation().map(ToString::to_string).unwrap_or_default(),
        role: chosen(&sent, "role", Role::from_code, &mut problems).unwrap_or(Role::Coordinator),
        from_day: sent.day("from_day", &mut problems),
        to_day: sent.day_or_none("to_day", &mut problems),
        evidence: sent.filled("evidence"),
        sign_in: match (sent.filled("login"), password) {
            (None, password) if password.is_empty() => None,
            (login, password) => Some((login.unwrap_or_default(), password)),
        },
    };
    let done = async {
        problems.or(())?;
        identity::add_person(&ctx, &served.app, &command).await?;
        Ok(Receipt::numbered("/personer", "person-added", command.name.clone()))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}

async fn end_form(served: &Served, visit: &Visit, id: &MandateId) -> Result<Act> {
    let people = identity::people(&visit.ctx, &served.app).await.or_page(visit)?;
    let someone = people.iter().find(|s| s.mandate.id == *id).ok_or(Error::NotFound).or_page(visit)?;
    let l = visit.l;
    let action = format!("/personer/uppdrag/{id}/slut");
    Ok(Act::new(visit, "nav-people", "end-mandate", action, "/personer".to_owned())
        .under(l.t("people-title"), "/personer")
        .fact("fact-person", someone.person.name.clone(), None)
        .fact("fact-role", l.t(&format!("role-{}", someone.mandate.role.code())), None)
        .fact("fact-from", l.day(someone.mandate.from_day), None)
        .field("to_day", Kind::Day, visit.today())
        .field("evidence", Kind::Line, ""))
}

/// The form by which a mandate's end is registered.
pub async fn end_page(State(served): State<Served>, visit: Visit, Path(id): Path<String>) -> Result {
    Ok(end_form(&served, &visit, &MandateId::new(id)).await?.show(&served))
}

/// Registers a mandate's end.
pub async fn end(State(served): State<Served>, visit: Visit, Path(id): Path<String>, sent: Sent) -> Result {
    let id = MandateId::new(id);
    if let Some(answer) = done_before(&served, &visit, &sent).await? {
        return Ok(answer);
    }
    let page = end_form(&served, &visit, &id).await?;
    let ctx = visit.ctx.clone().sending(sent.token(), "/personer");
    let mut problems = Problems::none();
    let to_day = sent.day("to_day", &mut problems);
    let evidence = sent.filled("evidence");
    let done = async {
        problems.or(())?;
        identity::end_mandate(&ctx, &served.app, &id, to_day, evidence.as_deref()).await?;
        Ok(Receipt::new("/personer", "mandate-ended"))
    };
    let done = done.await;
    page.conclude(&served, &visit, &sent, done).await
}
