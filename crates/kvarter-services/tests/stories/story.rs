//! How stories begin: an installation of its own, with a clock that is set.

use jiff::Timestamp;
use kvarter_domain::access::Actor;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::organisation::OrganisationKind;
use kvarter_domain::person::Role;
use kvarter_services::clock::Clock;
use kvarter_services::keys::KeySettings;
use kvarter_services::{App, Ctx, Error, Settings, demo};
use kvarter_store::Settings as StoreSettings;
use kvarter_store::blob::Place;
use sqlx::Connection as _;

/// An installation on SQLite in a folder that goes when the story ends.
pub(crate) struct Story {
    pub(crate) app: App,
    pub(crate) store: StoreSettings,
    _folder: tempfile::TempDir,
}

/// Words of the register are their keys: a story does not depend on a language.
fn words(key: &str) -> String {
    key.to_owned()
}

impl Story {
    /// A demonstration that nothing has happened in yet.
    pub(crate) async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the story");
        let database = format!("sqlite://{}/kvarter.db?mode=rwc", folder.path().display());
        Self::told_on(database, folder, false).await
    }

    /// The same on PostgreSQL, in a schema of its own; the whole server is thrown away after the tests.
    pub(crate) async fn empty_on_postgres() -> Option<Self> {
        let url = std::env::var("KVARTER_TEST_POSTGRES").ok()?;
        let schema = format!("story_{:016x}", rand::random::<u64>());
        sqlx::any::install_default_drivers();
        let mut connection = sqlx::AnyConnection::connect(&url).await.expect("the story's own connection");
        let statement = sqlx::AssertSqlSafe(format!("create schema {schema}"));
        sqlx::query(statement).execute(&mut connection).await.expect("a schema for the story");
        let mark = if url.contains('?') { '&' } else { '?' };
        let database = format!("{url}{mark}options=-csearch_path%3D{schema}");
        Some(Self::told_on(database, tempfile::tempdir().expect("a folder for the story"), false).await)
    }

    async fn told_on(database: String, folder: tempfile::TempDir, electronic: bool) -> Self {
        let settings = Settings {
            store: StoreSettings {
                database,
                documents: Place::Folder(folder.path().join("documents")),
                document_bytes_max: 50 << 20,
                origin: "story".to_owned(),
            },
            programmes: Vec::new(),
            keys: KeySettings { test_authority: Some(folder.path().join("keys")), ..KeySettings::default() },
            demo_electronic: electronic,
            demo: true,
            words,
            wording: kvarter_services::wording::Wording {
                language: kvarter_domain::text::Language::Sv,
                word: words,
                sentence: |key, _| key.to_owned(),
                number: |number| number.to_string(),
                day: |day| day.to_string(),
            },
        };
        let store = settings.store.clone();
        let start: Timestamp = "2008-09-18T06:00:00Z".parse().expect("an instant");
        let app = App::open(settings, Clock::at(start)).await.expect("the story's installation opens");
        Self { app, store, _folder: folder }
    }

    /// Stockholm in 2008, as far as the source goes.
    pub(crate) async fn stockholm_2008() -> Self {
        let story = Self::empty().await;
        kvarter_services::demo::prepare(&story.app).await.expect("the source can be replayed");
        story
    }

    /// Stockholm with the case carried on to an hour.
    pub(crate) async fn stockholm_until(hour: &str) -> Self {
        let story = Self::stockholm_2008().await;
        let hour = hour.parse().expect("an hour in a test");
        demo::run_until(&story.app, hour, &|_, _| {}).await.expect("the case is carried on");
        story
    }

    /// The same with the agreement as a file that is signed with keys.
    pub(crate) async fn electronic_until(hour: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the story");
        let database = format!("sqlite://{}/kvarter.db?mode=rwc", folder.path().display());
        let story = Self::told_on(database, folder, true).await;
        demo::prepare(&story.app).await.expect("the source can be replayed");
        let hour = hour.parse().expect("an hour in a test");
        demo::run_until(&story.app, hour, &|_, _| {}).await.expect("the case is carried on");
        story
    }

    /// Anyone, not signed in.
    pub(crate) fn public(&self) -> Ctx {
        Ctx { actor: Actor::Public, ..self.app.system() }
    }

    /// One of the demonstration's people, by the key in its script.
    pub(crate) fn as_someone(&self, key: &str, role: Role, organisation: &str) -> Ctx {
        let kind = match organisation {
            "ijd" => OrganisationKind::State,
            code if code.starts_with(|c: char| c.is_ascii_digit()) => OrganisationKind::Municipality,
            _ => OrganisationKind::Authority,
        };
        let actor = Actor::Signed {
            person: format!("demo-{key}").as_str().into(),
            name: key.to_owned(),
            mandate: format!("demo-{key}").as_str().into(),
            role,
            organisation: organisation.into(),
            kind,
        };
        Ctx { actor, ..self.app.system() }
    }

    /// Stockholm's registrar.
    pub(crate) fn registrar(&self) -> Ctx {
        self.as_someone("registrar", Role::Registrar, "0180")
    }

    /// Gävle's registrar, to whom Stockholm's matters are nobody's business.
    pub(crate) fn gavle(&self) -> Ctx {
        self.as_someone("registrar-2180", Role::Registrar, "2180")
    }

    /// The ministry's desk officer.
    pub(crate) fn officer(&self) -> Ctx {
        self.as_someone("officer", Role::Officer, "ijd")
    }
}

/// Stockholm's agreement.
pub(crate) fn stockholm() -> AgreementId {
    "lua-2008/0180".into()
}

/// The codes of the problems that something was refused for.
pub(crate) fn codes<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<String> {
    match result {
        Err(Error::Problems(problems)) => problems.0.into_iter().map(|p| p.code).collect(),
        other => panic!("expected problems, got {other:?}"),
    }
}
