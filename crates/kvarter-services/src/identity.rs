//! People who sign in: accounts, passwords, sessions and mandates.
//!
//! A password is kept as an argon2id hash; a session as the digest of a random token, so that neither a
//! copy of the database nor of the log lets anyone in. Roles are mandates: a person acts for an
//! organisation, as something, from a day, and a session acts by one mandate at a time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{Digest, MandateId, PersonId};
use kvarter_domain::organisation::{Alias, Organisation, OrganisationKind};
use kvarter_domain::person::{Credential, Mandate, MandateEnd, Person, Role};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::text::{folded, squeeze};
use kvarter_store::{self as store, ReadTx, Session};
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};

/// The fewest characters in a password.
pub const PASSWORD_LENGTH_MIN: usize = 12;
/// How long a session lasts without being used, in hours.
const SESSION_IDLE_HOURS: i64 = 8;
/// How many failed attempts at one login within a quarter of an hour before further ones are refused.
const ATTEMPTS_MAX: u32 = 10;

/// Someone signed in: the token for the cookie, the secret for forms.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session's token, which only the person's browser keeps.
    pub token: String,
    /// The secret that every form of the session carries.
    pub csrf: String,
}

/// A session that has been recognised.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// Who acts, by which mandate.
    pub actor: Actor,
    /// The name of the organisation acted for.
    pub organisation_name: String,
    /// The secret that every form of the session carries.
    pub csrf: String,
}

/// Signs in with login and password. Which of the two was wrong is not told.
///
/// # Errors
/// `sign-in-failed`, `sign-in-too-many`, or `sign-in-without-mandate`.
pub async fn sign_in(ctx: &Ctx, app: &App, login: &str, password: &str) -> Result<SignedIn> {
    let login = folded(login);
    if !app.attempts.allowed(&login, app.session_time(), ATTEMPTS_MAX) {
        return Err(Problem::new("sign-in-too-many", "login").into());
    }
    let mut tx = app.store.read().await?;
    let credential = store::person::credential(&mut tx, &login).await?;
    drop(tx);
    let stored = credential.as_ref().map_or(DECOY, |c| c.password_hash.as_str()).to_owned();
    let password = password.to_owned();
    let right = aside(move || verify(&stored, &password)).await?;
    match credential {
        Some(credential) if right => {
            app.attempts.forget(&login);
            open_session(ctx, app, &credential.person, None).await
        }
        _ => Err(Problem::new("sign-in-failed", "login").into()),
    }
}

/// Signs in as anyone: in the demonstration, and only there.
///
/// # Errors
/// [`Error::NotFound`] outside the demonstration, or for an unknown mandate.
pub async fn sign_in_as(ctx: &Ctx, app: &App, mandate: &MandateId) -> Result<SignedIn> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let mut tx = app.store.read().await?;
    let mandates = store::person::mandates(&mut tx).await?;
    let person = mandates.get(mandate).ok_or(Error::NotFound)?.person.clone();
    drop(tx);
    open_session(ctx, app, &person, Some(mandate)).await
}

async fn open_session(
    ctx: &Ctx,
    app: &App,
    person: &PersonId,
    wanted: Option<&MandateId>,
) -> Result<SignedIn> {
    let mut tx = app.store.read().await?;
    let mandates = store::person::mandates(&mut tx).await?;
    drop(tx);
    let mut held = mandates.given.iter().filter(|m| m.person == *person && mandates.held_on(m, ctx.today()));
    let mandate = match wanted {
        Some(wanted) => held.find(|m| m.id == *wanted),
        None => held.next(),
    };
    let mandate = mandate.ok_or_else(|| Problem::new("sign-in-without-mandate", "login"))?;
    let (token, csrf) = (app.secret(), app.secret());
    let now = app.session_time();
    let session = Session {
        token_digest: Digest::of(token.as_bytes()).to_string(),
        person: person.clone(),
        mandate: mandate.id.clone(),
        csrf: csrf.clone(),
        created_at: now,
        seen_at: now,
        expires_at: expiry(now),
    };
    app.store.open_session(&session).await?;
    Ok(SignedIn { token, csrf })
}

fn expiry(now: Timestamp) -> Timestamp {
    now.checked_add(SESSION_IDLE_HOURS.hours()).unwrap_or(Timestamp::MAX)
}

/// Who holds this session's token, if it is one of ours, has not run out at that session time, and the mandate
/// still lasts.
///
/// # Errors
/// When the store cannot be read.
pub async fn recognise(app: &App, token: &str, now: Timestamp) -> Result<Option<Recognised>> {
    let Some(session) = app.store.session(Digest::of(token.as_bytes()).as_str()).await? else {
        return Ok(None);
    };
    if session.expires_at < now {
        app.store.close_session(&session.token_digest).await?;
        return Ok(None);
    }
    let mut tx = app.store.read().await?;
    let recognised = actor_of(&mut tx, &session, app.clock.now()).await?;
    drop(tx);
    // Kept alive at most once a minute, so that reading does not become writing.
    if now.as_second() - session.seen_at.as_second() >= 60 {
        app.store.keep_session(&session.token_digest, now, expiry(now)).await?;
    }
    Ok(recognised)
}

async fn actor_of(tx: &mut ReadTx, session: &Session, now: Timestamp) -> Result<Option<Recognised>> {
    let held = holder(tx, &session.mandate, now).await?;
    Ok(held.map(|(actor, organisation_name)| Recognised {
        actor,
        organisation_name,
        csrf: session.csrf.clone(),
    }))
}

/// Who acts by a mandate, and for which organisation, if the mandate is held now.
async fn holder(tx: &mut ReadTx, mandate: &MandateId, now: Timestamp) -> Result<Option<(Actor, String)>> {
    let mandates = store::person::mandates(tx).await?;
    let today = kvarter_domain::time::stockholm_day(now);
    let held = mandates.get(mandate).filter(|m| mandates.held_on(m, today));
    let Some(mandate) = held else { return Ok(None) };
    let Some(organisation) = store::organisation::by_id(tx, &mandate.organisation).await? else {
        return Ok(None);
    };
    let Some(person) = store::person::by_id(tx, &mandate.person).await? else { return Ok(None) };
    let actor = Actor::Signed {
        person: person.id,
        name: person.name,
        mandate: mandate.id.clone(),
        role: mandate.role,
        organisation: mandate.organisation.clone(),
        kind: organisation.kind,
    };
    Ok(Some((actor, organisation.name)))
}

/// The context in which someone acts from the terminal, by a mandate of theirs that lasts.
///
/// # Errors
/// [`Error::Denied`] when there is no such mandate, or it has ended.
pub async fn by_mandate(app: &App, mandate: &MandateId) -> Result<Ctx> {
    Ok(Ctx { actor: acting(app, mandate).await?, ..app.system() })
}

/// The actor that work in the background is done as: whoever asked for it, if the mandate still lasts.
pub(crate) async fn acting(app: &App, mandate: &MandateId) -> Result<Actor> {
    let mut tx = app.store.read().await?;
    let held = holder(&mut tx, mandate, app.clock.now()).await?;
    held.map(|(actor, _)| actor).ok_or(Error::Denied)
}

/// Signs out.
///
/// # Errors
/// When the store cannot be written.
pub async fn sign_out(app: &App, token: &str) -> Result<()> {
    app.store.close_session(Digest::of(token.as_bytes()).as_str()).await?;
    Ok(())
}

/// Whether a form's secret is the session's, compared in constant time.
pub fn same_secret(expected: &str, given: &str) -> bool {
    expected.as_bytes().ct_eq(given.as_bytes()).into()
}

/// Someone to add, with a mandate and perhaps a way to sign in.
#[derive(Debug, Clone)]
pub struct AddPerson {
    /// The name.
    pub name: String,
    /// The organisation: a code, a slug or a name it goes by.
    pub organisation: String,
    /// As what.
    pub role: Role,
    /// From which day.
    pub from_day: Date,
    /// To which day, if it is known.
    pub to_day: Option<Date>,
    /// What shows it.
    pub evidence: Option<String>,
    /// Login and password; a person without them can be named in records but does not sign in.
    pub sign_in: Option<(String, String)>,
}

/// Adds a person with a mandate. An administrator adds people to the own organisation; the terminal to any.
///
/// # Errors
/// Everything to correct; when the actor may not.
pub async fn add_person(ctx: &Ctx, app: &App, add: &AddPerson) -> Result<(PersonId, MandateId)> {
    let mut problems = Problems::none();
    let name = squeeze(&add.name);
    problems.add_if(name.is_empty(), || Problem::new("person-without-name", "name"));
    problems.add_if(add.to_day.is_some_and(|to| to < add.from_day), || {
        Problem::new("mandate-ends-before-it-begins", "to_day")
    });
    if let Some((login, password)) = &add.sign_in {
        problems.add_if(folded(login).is_empty(), || Problem::new("login-empty", "login"));
        problems.add_if(password.chars().count() < PASSWORD_LENGTH_MIN, || {
            Problem::new("password-too-short", "password").with("min", PASSWORD_LENGTH_MIN)
        });
        let holds = |text: &str| !folded(text).is_empty() && folded(password).contains(&folded(text));
        problems.add_if(holds(login) || holds(&name), || Problem::new("password-too-easy", "password"));
    }
    let hash = match &add.sign_in {
        Some((_, password)) if problems.is_empty() => Some(hashed(password).await?),
        _ => None,
    };
    let mut tx = app.store.write().await?;
    let organisations = tx.every::<Organisation>().await?;
    let aliases = tx.every::<Alias>().await?;
    let organisation = kvarter_domain::organisation::resolve(&organisations, &aliases, &add.organisation);
    problems.add_if(organisation.is_none(), || {
        Problem::new("no-such-organisation", "organisation").with("name", &add.organisation)
    });
    if let Some((login, _)) = &add.sign_in {
        let taken = store::person::credential(&mut tx, &folded(login)).await?.is_some();
        problems.add_if(taken, || Problem::new("login-taken", "login").with("login", login));
    }
    if let Some(organisation) = organisation {
        problems.add_if(!add.role.fits(organisation.kind), || {
            Problem::new("role-of-other-kind-of-organisation", "role").with("role", add.role.code())
        });
        ctx.require(Act::ManagePeople, &Thing::Of(organisation.id.clone()))?;
    }
    problems.or(())?;
    let organisation = organisation.ok_or(Error::NotFound)?.id.clone();
    let person = Person { id: PersonId::new(app.mint()), name };
    let mandate = Mandate {
        id: MandateId::new(app.mint()),
        person: person.id.clone(),
        organisation,
        role: add.role,
        from_day: add.from_day,
        to_day: add.to_day,
        evidence: add.evidence.as_deref().map(squeeze).filter(|e| !e.is_empty()),
    };
    tx.insert(&person).await?;
    tx.insert(&mandate).await?;
    if let (Some((login, _)), Some(password_hash)) = (&add.sign_in, hash) {
        tx.insert(&Credential { login: folded(login), serial: 1, person: person.id.clone(), password_hash })
            .await?;
    }
    let summary =
        json!({ "mandate": mandate.id, "role": mandate.role, "organisation": mandate.organisation });
    ctx.append(&mut tx, Happened::PersonAdded, person.id.as_str(), summary).await?;
    tx.commit().await?;
    Ok((person.id, mandate.id))
}

/// Ends a mandate. What was signed while it lasted stands.
///
/// # Errors
/// [`Error::NotFound`] for a mandate of another organisation.
pub async fn end_mandate(
    ctx: &Ctx,
    app: &App,
    id: &MandateId,
    to_day: Date,
    evidence: Option<&str>,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let mandates = store::person::mandates(&mut tx).await?;
    let mandate = mandates.get(id).ok_or(Error::NotFound)?;
    ctx.require(Act::ManagePeople, &Thing::Of(mandate.organisation.clone()))?;
    if to_day < mandate.from_day {
        return Err(Problem::new("mandate-ends-before-it-begins", "to_day").into());
    }
    if mandates.last_day(mandate).is_some_and(|last| last <= to_day) {
        return Err(Problem::new("mandate-ended-already", "to_day").into());
    }
    // Whoever signed was in office then: an end before that day would make the signature nobody's.
    if let Some(last) = store::signing::last_act_by(&mut tx, id).await?.filter(|last| to_day < *last) {
        let person = store::person::by_id(&mut tx, &mandate.person).await?;
        return Err(Problem::new("mandate-ends-before-act", "to_day")
            .resting_on("L")
            .with("day", to_day)
            .with("last", last)
            .with("name", person.map(|p| p.name).unwrap_or_default())
            .into());
    }
    let evidence = evidence.map(squeeze).filter(|e| !e.is_empty());
    tx.insert(&MandateEnd { mandate: id.clone(), to_day, evidence }).await?;
    ctx.append(&mut tx, Happened::MandateEnded, mandate.person.as_str(), json!({ "mandate": id })).await?;
    tx.commit().await?;
    Ok(())
}

/// A person with a mandate, in a list.
#[derive(Debug, Clone)]
pub struct Someone {
    /// The person.
    pub person: Person,
    /// The mandate.
    pub mandate: Mandate,
    /// Its last day, if one is known.
    pub last_day: Option<Date>,
    /// The organisation's name.
    pub organisation: String,
    /// What kind of organisation it is.
    pub kind: OrganisationKind,
}

/// People and mandates of the organisations whose people the actor manages: an administrator's own; all, for who
/// runs the house at its terminal.
///
/// # Errors
/// [`Error::Denied`] for anyone else.
pub async fn people(ctx: &Ctx, app: &App) -> Result<Vec<Someone>> {
    match (&ctx.actor, ctx.actor.organisation()) {
        (_, Some(own)) => ctx.require(Act::ManagePeople, &Thing::Of(own.clone()))?,
        (Actor::System, None) => {}
        (_, None) => return Err(Error::Denied),
    }
    let all = everyone(app).await?;
    let manages = |s: &Someone| ctx.may(Act::ManagePeople, &Thing::Of(s.mandate.organisation.clone()));
    Ok(all.into_iter().filter(manages).collect())
}

/// Whom the demonstration lets one sign in as, on the day that the context tells.
///
/// # Errors
/// [`Error::NotFound`] outside the demonstration.
pub async fn demo_people(ctx: &Ctx, app: &App) -> Result<Vec<Someone>> {
    if !app.is_demo() {
        return Err(Error::NotFound);
    }
    let all = everyone(app).await?;
    let today = ctx.today();
    let holds = |s: &Someone| s.mandate.from_day <= today && s.last_day.is_none_or(|last| today <= last);
    Ok(all.into_iter().filter(holds).collect())
}

async fn everyone(app: &App) -> Result<Vec<Someone>> {
    let mut tx = app.store.read().await?;
    let mandates = store::person::mandates(&mut tx).await?;
    let people = tx.every::<Person>().await?;
    let organisations = tx.every::<Organisation>().await?;
    let mut everyone = Vec::new();
    for mandate in &mandates.given {
        let person = people.iter().find(|p| p.id == mandate.person);
        let organisation = organisations.iter().find(|o| o.id == mandate.organisation);
        if let (Some(person), Some(organisation)) = (person, organisation) {
            everyone.push(Someone {
                person: person.clone(),
                last_day: mandates.last_day(mandate),
                mandate: mandate.clone(),
                organisation: organisation.name.clone(),
                kind: organisation.kind,
            });
        }
    }
    everyone.sort_by(|a, b| {
        (a.kind, &a.organisation, a.mandate.role, &a.person.name).cmp(&(
            b.kind,
            &b.organisation,
            b.mandate.role,
            &b.person.name,
        ))
    });
    Ok(everyone)
}

async fn hashed(password: &str) -> Result<String> {
    let password = password.to_owned();
    aside(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|error| Error::Internal(error.to_string()))
    })
    .await?
}

/// What an unknown login's password is compared with, so that the answer takes as long as for a known one.
const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$a3ZhcnRlcmt2YXJ0ZXI$4cWjbzrFHR0N5zRv2kfgTvKvF4ZYNKgbEm2QWJ1r3oE";

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}
