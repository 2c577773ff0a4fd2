//! The only file that knows that there are two engines.
//!
//! Statements, migrations and types are the same on both: days and instants are TEXT, digests are TEXT in
//! hexadecimal, numbers are BIGINT, lists are canonical JSON in TEXT. What differs, and is settled here:
//! how a connection is prepared, how a transaction begins, what keeps two migrations apart, and what the
//! engines' error codes mean.
//!
//! Reading and writing go through separate pools. SQLite has one writing connection in the process and
//! several that can only read; with write-ahead logging no reader ever waits for the writer, and the
//! writer waits for another process rather than fail. PostgreSQL has several of each, and its writers
//! queue on the log's head ([`crate::WriteTx`]).

use crate::error::{Result, StoreError};
use sqlx::any::{Any, AnyConnectOptions, AnyPoolOptions};
use sqlx::error::DatabaseError;
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection as _, Executor, Transaction};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// How long a writer waits for the writers before it.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many read at once.
const READERS: u32 = 8;
/// How many may prepare to write at once on PostgreSQL; they queue all the same.
const WRITERS: u32 = 4;

/// Which engine a store runs on, for those who operate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine's name, as people know it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// What a snapshot for reading begins with.
    fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "begin deferred",
            Self::Postgres => "begin isolation level repeatable read read only",
        }
    }

    /// What a write begins with. SQLite takes the writers' lock at once, so that no transaction that has
    /// begun to read must be thrown away when it comes to write.
    fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// The statement that keeps other migrations out until the transaction ends, where one is needed.
    pub(crate) fn lock_migrations(self) -> Option<&'static str> {
        match self {
            // `begin immediate` has done it.
            Self::Sqlite => None,
            Self::Postgres => Some("select cast(pg_advisory_xact_lock(7215411) as text)"),
        }
    }

    /// The names of the tables that there are.
    pub(crate) fn list_tables(self) -> &'static str {
        match self {
            Self::Sqlite => "select name from sqlite_master where type = 'table' order by name",
            Self::Postgres => {
                "select cast(tablename as text) as name from pg_tables where schemaname = current_schema() \
                 order by tablename"
            }
        }
    }

    /// Everything in the schema that can hold or change rows, by kind and name.
    pub(crate) fn list_schema(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "select 'table ' || name as object from sqlite_master \
                 where type = 'table' and substr(name, 1, 7) <> 'sqlite_' \
                 union all select 'column ' || m.name || '.' || c.name \
                 from sqlite_master m, pragma_table_xinfo(m.name) c \
                 where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_' \
                 union all select 'view ' || name from sqlite_master where type = 'view' \
                 union all select 'trigger ' || name || ' on ' || tbl_name from sqlite_master where type = 'trigger'"
            }
            // What an extension brought belongs to the extension.
            Self::Postgres => {
                "with own as (select c.oid, c.relname, c.relkind from pg_class c \
                 where c.relnamespace = (select oid from pg_namespace where nspname = current_schema()) \
                 and c.relkind in ('r', 'p', 'f', 'v', 'm') \
                 and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')) \
                 select cast((case when relkind in ('v', 'm') then 'view ' else 'table ' end) || relname as text) \
                 as object from own \
                 union all select cast('column ' || o.relname || '.' || a.attname as text) \
                 from own o join pg_attribute a on a.attrelid = o.oid \
                 where o.relkind not in ('v', 'm') and a.attnum > 0 and not a.attisdropped \
                 union all select cast('trigger ' || t.tgname || ' on ' || o.relname as text) \
                 from own o join pg_trigger t on t.tgrelid = o.oid where not t.tgisinternal \
                 union all select cast('rule ' || r.rulename || ' on ' || o.relname as text) \
                 from own o join pg_rewrite r on r.ev_class = o.oid where r.rulename <> '_RETURN'"
            }
        }
    }

    /// The engine's own version.
    pub(crate) fn version(self) -> &'static str {
        match self {
            Self::Sqlite => "select sqlite_version() as version",
            Self::Postgres => "select current_setting('server_version') as version",
        }
    }

    async fn prepare(self, connection: &mut AnyConnection, writes: bool) -> sqlx::Result<()> {
        let statements: &[&'static str] = match (self, writes) {
            // With write-ahead logging, NORMAL loses what was acknowledged when the power goes; FULL does not.
            (Self::Sqlite, true) => &[
                "pragma busy_timeout = 30000",
                "pragma journal_mode = wal",
                "pragma synchronous = full",
                "pragma foreign_keys = on",
                "pragma journal_size_limit = 67108864",
            ],
            (Self::Sqlite, false) => &["pragma busy_timeout = 30000", "pragma query_only = on"],
            (Self::Postgres, _) => &["set client_min_messages = warning"],
        };
        for statement in statements {
            connection.execute(*statement).await?;
        }
        Ok(())
    }
}

/// The connections of one store.
#[derive(Debug, Clone)]
pub(crate) struct Pools {
    pub(crate) engine: Engine,
    /// How many statements have been carried out.
    pub(crate) asked: Arc<AtomicU64>,
    read: AnyPool,
    write: AnyPool,
}

impl Pools {
    /// Connects to the database that the URL names.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = match url.split(':').next() {
            Some("sqlite") => Engine::Sqlite,
            Some("postgres" | "postgresql") => Engine::Postgres,
            _ => {
                return Err(StoreError::Malformed(
                    "the database's URL must begin with sqlite: or postgres:".into(),
                ));
            }
        };
        let options = AnyConnectOptions::from_str(url)
            .map_err(|e| StoreError::Malformed(format!("the database's URL: {e}")))?
            .disable_statement_logging();
        // A pool tries again until its patience ends; someone who opens wants to know at once what is wrong.
        let mut first = AnyConnection::connect_with(&options).await.map_err(translate)?;
        engine.prepare(&mut first, true).await.map_err(translate)?;
        first.close().await.map_err(translate)?;
        // A database in memory belongs to its connection, so there is one connection for everything.
        let in_memory = engine == Engine::Sqlite && url.contains(":memory:");
        let write = pool(engine, true, in_memory).connect_with(options.clone()).await.map_err(translate)?;
        let read = if in_memory {
            write.clone()
        } else {
            pool(engine, false, false).connect_with(options).await.map_err(translate)?
        };
        Ok(Self { engine, asked: Arc::default(), read, write })
    }

    /// Begins a consistent snapshot for reading.
    pub(crate) async fn begin_read(&self) -> Result<Transaction<'static, Any>> {
        self.read.begin_with(self.engine.begin_read()).await.map_err(translate)
    }

    /// Begins a write; the caller then takes its place in the writers' queue.
    pub(crate) async fn begin_write(&self) -> Result<Transaction<'static, Any>> {
        self.write.begin_with(self.engine.begin_write()).await.map_err(translate)
    }

    /// Waits for what is under way and lets go of every connection.
    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

fn pool(engine: Engine, writes: bool, in_memory: bool) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().acquire_timeout(PATIENCE).after_connect(move |connection, _| {
        Box::pin(async move { engine.prepare(connection, writes).await })
    });
    match (engine, writes) {
        (Engine::Sqlite, true) => options.max_connections(1).min_connections(1),
        (Engine::Sqlite, false) => options.max_connections(READERS),
        (Engine::Postgres, true) => return options.max_connections(WRITERS),
        (Engine::Postgres, false) => return options.max_connections(READERS),
    }
    .idle_timeout(if in_memory || writes { None } else { Some(Duration::from_secs(600)) })
    .max_lifetime(None)
    .test_before_acquire(false)
}

/// Says in the store's words what went wrong.
pub(crate) fn translate(error: sqlx::Error) -> StoreError {
    let text = error.to_string();
    match &error {
        sqlx::Error::RowNotFound => StoreError::NotFound("row".into()),
        sqlx::Error::Database(database) => of_database(database.as_ref(), text),
        sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Decode(_)
        | sqlx::Error::ColumnNotFound(_)
        | sqlx::Error::AnyDriverError(_) => StoreError::Corrupt(text),
        sqlx::Error::Encode(_) | sqlx::Error::Configuration(_) => StoreError::Malformed(text),
        _ => StoreError::Unavailable(text),
    }
}

fn of_database(error: &dyn DatabaseError, text: String) -> StoreError {
    if error.is_unique_violation() {
        return StoreError::Conflict(text);
    }
    if error.is_foreign_key_violation() {
        return StoreError::NotFound(text);
    }
    let code = error.code().unwrap_or_default();
    // SQLite gives a number whose last eight bits are the primary code; PostgreSQL gives five characters.
    let malformed = match code.parse::<i64>().ok().filter(|_| code.len() < 5) {
        Some(number) => match number & 0xff {
            // ERROR, which our statements meet only where a table or a column is not as we made it;
            // CORRUPT, NOTADB
            1 | 11 | 26 => return StoreError::Corrupt(text),
            // CONSTRAINT, MISMATCH, TOOBIG, RANGE
            19 | 20 | 18 | 25 => true,
            _ => false,
        },
        None => match code.get(..2) {
            // A table or a column is not as we made it; or the engine says that what it holds is broken.
            Some("42" | "XX") => return StoreError::Corrupt(text),
            Some("22" | "23") => true,
            _ => false,
        },
    };
    if malformed { StoreError::Malformed(text) } else { StoreError::Unavailable(text) }
}
