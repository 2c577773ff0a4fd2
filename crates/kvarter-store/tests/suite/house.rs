//! A store of its own for each test, on each engine in turn.

use kvarter_domain::event::Happened;
use kvarter_store::blob::Place;
use kvarter_store::{NewEvent, Settings, Store};
use rand::SeedableRng as _;
use rand::rngs::SmallRng;
use sqlx::{AnyConnection, AssertSqlSafe, Connection as _};
use std::path::Path;
use tempfile::TempDir;

/// The size of a test that can be made larger.
pub(crate) fn how_many(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Random choices that are the same every time, unless other ones are asked for.
pub(crate) fn chance() -> SmallRng {
    let seed = std::env::var("KVARTER_TEST_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(2008);
    SmallRng::seed_from_u64(seed)
}

/// A store that lives as long as a test.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    folder: TempDir,
    schema: Option<String>,
}

impl House {
    pub(crate) fn is_sqlite(&self) -> bool {
        self.schema.is_none()
    }

    pub(crate) fn documents(&self) -> std::path::PathBuf {
        self.folder.path().join("documents")
    }

    /// A connection of one's own, past every rule of the store.
    pub(crate) async fn burglar(&self) -> AnyConnection {
        let mut burglar = connect(&self.settings.database).await;
        let unbound = if self.is_sqlite() {
            "pragma foreign_keys = off"
        } else {
            "set session_replication_role = replica"
        };
        sqlx::query(unbound).execute(&mut burglar).await.expect("a rule can be switched off");
        burglar
    }

    pub(crate) async fn is_sound(&self) -> bool {
        self.report().await.is_sound()
    }

    pub(crate) async fn report(&self) -> kvarter_store::verify::Report {
        self.store.verify(None, &mut |_| {}).await.expect("the store can be read")
    }
}

/// Makes two tests of each function: one on SQLite, and one on PostgreSQL, which returns at once where there
/// is none. The functions are given a house; one that is not in the list is dead code, which is an error.
macro_rules! on_each_engine {
    ($($test:ident,)*) => {
        on_each_engine!(crate::house::migrated: $($test,)*);
    };
    ($begin:path: $($test:ident,)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                $begin(Some(crate::house::on_sqlite().await), super::$test).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                $begin(crate::house::on_postgres().await, super::$test).await;
            })*
        }
    };
}

/// Tells a test in a house whose schema has been made.
pub(crate) async fn migrated(house: Option<House>, test: impl AsyncFn(&House)) {
    let Some(house) = house else { return };
    house.store.migrate().await.expect("an empty database can be migrated");
    test(&house).await;
    leave(house).await;
}

/// Tells a test in a house whose schema has not been made.
pub(crate) async fn empty(house: Option<House>, test: impl AsyncFn(&House)) {
    let Some(house) = house else { return };
    test(&house).await;
    leave(house).await;
}

/// A house whose schema has not been made.
pub(crate) async fn on_sqlite() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let database = sqlite(&folder.path().join("kvarter.db"));
    open(folder, database, None).await
}

pub(crate) fn sqlite(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", path.display())
}

/// The same on PostgreSQL, if there is one to be had.
pub(crate) async fn on_postgres() -> Option<House> {
    let url = std::env::var("KVARTER_TEST_POSTGRES").ok()?;
    let schema = format!("kvarter_{:016x}", rand::random::<u64>());
    let mut connection = connect(&url).await;
    execute(&mut connection, &format!("create schema {schema}")).await;
    let mark = if url.contains('?') { '&' } else { '?' };
    let database = format!("{url}{mark}options=-csearch_path%3D{schema}");
    Some(open(tempfile::tempdir().expect("a folder"), database, Some(schema)).await)
}

async fn open(folder: TempDir, database: String, schema: Option<String>) -> House {
    let settings = Settings {
        database,
        documents: Place::Folder(folder.path().join("documents")),
        document_bytes_max: 1024 * 1024,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("a new store opens");
    House { store, settings, folder, schema }
}

/// Ends a house and takes its schema away.
pub(crate) async fn leave(house: House) {
    house.store.close().await;
    if let (Some(schema), Ok(url)) = (house.schema, std::env::var("KVARTER_TEST_POSTGRES")) {
        execute(&mut connect(&url).await, &format!("drop schema {schema} cascade")).await;
    }
}

pub(crate) async fn connect(url: &str) -> AnyConnection {
    sqlx::any::install_default_drivers();
    AnyConnection::connect(url).await.expect("the test's own connection")
}

pub(crate) async fn execute(connection: &mut AnyConnection, statement: &str) -> u64 {
    let done = sqlx::query(AssertSqlSafe(statement.to_owned())).execute(connection).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}")).rows_affected()
}

/// An event of no consequence.
pub(crate) fn event(subject: &str) -> NewEvent {
    NewEvent {
        recorded_at: "2008-09-25T08:00:00Z".parse().expect("an instant"),
        actor: "system".into(),
        act: Happened::RecordRegistered,
        subject: subject.into(),
        summary: serde_json::json!({ "subject": subject }),
    }
}
