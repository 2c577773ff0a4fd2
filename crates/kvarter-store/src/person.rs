//! People, their mandates, and how they sign in.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, text};
use crate::read::ReadTx;
use kvarter_domain::ids::{OrganisationId, PersonId};
use kvarter_domain::person::{Credential, Mandate, MandateEnd, Mandates, Person};

impl Fact for Person {
    const TABLE: &'static Table =
        &Table { name: "person", key: &["id"], columns: &[text("id"), text("name")] };
}

impl Fact for Mandate {
    const TABLE: &'static Table = &Table {
        name: "mandate",
        key: &["id"],
        columns: &[
            text("id"),
            text("person"),
            text("organisation"),
            text("role"),
            text("from_day"),
            text("to_day").or_null(),
            text("evidence").or_null(),
        ],
    };
}

impl Fact for MandateEnd {
    const TABLE: &'static Table = &Table {
        name: "mandate_end",
        key: &["mandate", "to_day"],
        columns: &[text("mandate"), text("to_day"), text("evidence").or_null()],
    };
}

impl Fact for Credential {
    const TABLE: &'static Table = &Table {
        name: "credential",
        key: &["login", "serial"],
        columns: &[text("login"), integer("serial"), text("person"), text("password_hash")],
    };
}

/// The person with an id.
///
/// # Errors
/// Whatever the engine reports.
pub async fn by_id(tx: &mut ReadTx, id: &PersonId) -> Result<Option<Person>> {
    tx.first("id = $1", &[Bind::from(id)]).await
}

/// Every mandate and every end of one.
///
/// # Errors
/// Whatever the engine reports.
pub async fn mandates(tx: &mut ReadTx) -> Result<Mandates> {
    Ok(Mandates { given: tx.every().await?, ended: tx.every().await? })
}

/// The mandates of one person, with their ends.
///
/// # Errors
/// Whatever the engine reports.
pub async fn mandates_of(tx: &mut ReadTx, person: &PersonId) -> Result<Mandates> {
    let bound = [Bind::from(person)];
    Ok(Mandates {
        given: tx.all("person = $1", &bound).await?,
        ended: tx.all("mandate in (select id from mandate where person = $1)", &bound).await?,
    })
}

/// The mandates held for one organisation, with their ends.
///
/// # Errors
/// Whatever the engine reports.
pub async fn mandates_for(tx: &mut ReadTx, organisation: &OrganisationId) -> Result<Mandates> {
    let bound = [Bind::from(organisation)];
    Ok(Mandates {
        given: tx.all("organisation = $1", &bound).await?,
        ended: tx.all("mandate in (select id from mandate where organisation = $1)", &bound).await?,
    })
}

/// The way to sign in that holds for a login: the latest.
///
/// # Errors
/// Whatever the engine reports.
pub async fn credential(tx: &mut ReadTx, login: &str) -> Result<Option<Credential>> {
    Ok(tx.all("login = $1", &[Bind::from(&login)]).await?.pop())
}

/// The way to sign in that holds for a person: the latest.
///
/// # Errors
/// Whatever the engine reports.
pub async fn credential_of(tx: &mut ReadTx, person: &PersonId) -> Result<Option<Credential>> {
    Ok(tx.all("person = $1", &[Bind::from(person)]).await?.pop())
}
