//! What those who operate an installation ask of it: migrations, the log as a whole, and whether all is well.
//!
//! Nothing here opens the [`App`]: that would migrate and take programmes into use, and someone
//! who verifies a log or looks for a fault wants to see what there is, not to change it.

use kvarter_documents::read::apart;
use kvarter_domain::ids::Digest;
use kvarter_store::{Store, StoreError};
use serde::Serialize;

use crate::clock::Clock;
use crate::error::Result;
use crate::{App, log};

pub use kvarter_store::Settings as StoreSettings;
pub use kvarter_store::blob::{Bucket, Place};
pub use kvarter_store::verify::{Progress, Trouble};

/// A document that is written and read back to see that documents can be; the same each time.
const PROBE: &[u8] = b"kvarter: a document that shows that documents can be kept here\n";

/// So many documents that belong to no fact are named.
const STRAYS_MAX: usize = 20;

/// Brings the schema up to date and names what was applied.
///
/// # Errors
/// When the database cannot be reached, is newer than this program, or has another history.
pub async fn migrate(settings: &StoreSettings) -> Result<Vec<String>> {
    let store = Store::open(settings).await?;
    let applied = store.migrate().await?;
    store.close().await;
    Ok(applied)
}

/// Recomputes everything that the log covers, and compares it with a checkpoint kept elsewhere.
///
/// # Errors
/// When the store cannot be read at all; what is read and is not as it was is a finding.
pub async fn verify(
    settings: &StoreSettings,
    checkpoint: Option<&log::Checkpoint>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<log::Report> {
    Ok(Store::open(settings).await?.verify(checkpoint, progress).await?)
}

/// The log's checkpoint now.
///
/// # Errors
/// When the store cannot be read.
pub async fn checkpoint(settings: &StoreSettings) -> Result<log::Checkpoint> {
    Ok(Store::open(settings).await?.checkpoint().await?)
}

/// The proof that an event is in the log.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is no such event.
pub async fn inclusion(settings: &StoreSettings, seq: i64) -> Result<log::Inclusion> {
    Ok(Store::open(settings).await?.inclusion_proof(seq, None).await?)
}

/// The proof that the log of one size, or of its present size, continues the log of a smaller one.
///
/// # Errors
/// [`crate::Error::NotFound`] when the log has never been that large.
pub async fn consistency(settings: &StoreSettings, from: u64, to: Option<u64>) -> Result<log::Consistency> {
    Ok(Store::open(settings).await?.consistency_proof(from, to).await?)
}

/// A checkpoint as it was kept: the text of a signed note, or JSON.
pub fn read_checkpoint(kept: &str) -> Option<log::Checkpoint> {
    kept.parse().ok().or_else(|| serde_json::from_str(kept).ok())
}

/// One thing looked at, and how it was found.
#[derive(Debug, Clone, Serialize)]
pub struct Looked {
    /// What was looked at: `database`, `migrations`, `documents`, `log`.
    pub at: &'static str,
    /// Whether it is in order.
    pub well: bool,
    /// What was found, as a code (`doctor-<at>-<code>`).
    pub code: &'static str,
    /// What the code leaves open: a version, a list, the engine's own words.
    pub detail: Option<String>,
}

impl Looked {
    fn well(at: &'static str, detail: impl Into<Option<String>>) -> Self {
        Self { at, well: true, code: "well", detail: detail.into() }
    }

    fn ill(at: &'static str, code: &'static str, detail: impl Into<Option<String>>) -> Self {
        Self { at, well: false, code, detail: detail.into() }
    }

    fn of(at: &'static str, error: &StoreError) -> Self {
        let code = match error {
            StoreError::Malformed(_) => "malformed",
            StoreError::Corrupt(_) => "corrupt",
            _ => "unavailable",
        };
        Self::ill(at, code, error.to_string())
    }
}

/// Looks at database, migrations, documents and log. Goes on past what is wrong, so that all of it is told.
pub async fn examine(settings: &StoreSettings) -> Vec<Looked> {
    let store = match Store::open(settings).await {
        Ok(store) => store,
        Err(error) => return vec![Looked::of("database", &error)],
    };
    let mut found = Vec::new();
    match store.engine().await {
        Ok(engine) => found.push(Looked::well("database", engine)),
        Err(error) => found.push(Looked::of("database", &error)),
    }
    let altered = store.altered_migrations().await.unwrap_or_default();
    let migrated = match store.pending_migrations().await {
        _ if !altered.is_empty() => {
            found.push(Looked::ill("migrations", "altered", altered.join(", ")));
            false
        }
        Ok(pending) if pending.is_empty() => {
            found.push(Looked::well("migrations", None));
            true
        }
        Ok(pending) => {
            found.push(Looked::ill("migrations", "pending", pending.join(", ")));
            false
        }
        Err(error) => {
            found.push(Looked::of("migrations", &error));
            false
        }
    };
    found.push(documents(&store).await);
    if migrated {
        found.extend(schema(&store).await);
        found.extend(strays(&store).await);
        match store.checkpoint().await {
            Ok(head) => found.push(Looked::well("log", format!("{} {}", head.size, head.root))),
            Err(error) => found.push(Looked::of("log", &error)),
        }
    }
    store.close().await;
    found
}

/// Whether the schema holds what the migrations made, and nothing else.
async fn schema(store: &Store) -> Vec<Looked> {
    let differences = match store.schema_differences().await {
        Ok(differences) => differences,
        Err(error) => return vec![Looked::of("schema", &error)],
    };
    let told = [("foreign", differences.foreign), ("missing", differences.missing)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(code, names)| Looked::ill("schema", code, names.join(", ")));
    let told: Vec<Looked> = told.collect();
    if told.is_empty() { vec![Looked::well("schema", None)] } else { told }
}

/// Documents that belong to no fact: nothing is wrong, but someone may want to know. Our own probe is one.
async fn strays(store: &Store) -> Option<Looked> {
    let probe = Digest::of(PROBE);
    let mut strays = store.stray_documents(STRAYS_MAX).await.ok()?;
    strays.retain(|name| name != probe.as_str());
    (!strays.is_empty()).then(|| Looked::well("strays", strays.join(", ")))
}

/// Whether a document can be written and read back.
async fn documents(store: &Store) -> Looked {
    let kept = match store.blobs().put(PROBE).await {
        Ok(digest) => digest,
        Err(error) => return Looked::of("documents", &error),
    };
    match store.blobs().get(&kept).await {
        Ok(bytes) if Digest::of(&bytes) == Digest::of(PROBE) => Looked::well("documents", None),
        Ok(_) => Looked::ill("documents", "corrupt", None),
        Err(error) => Looked::of("documents", &error),
    }
}

/// Forgets sessions that have run out. Called now and then while serving.
///
/// # Errors
/// When the store cannot be written.
pub async fn forget_expired_sessions(app: &App) -> Result<u64> {
    Ok(app.store.forget_expired_sessions(app.session_time()).await?)
}

/// The day today in Sweden by the machine's clock, for those who ask before anything is opened.
pub fn today() -> jiff::civil::Date {
    kvarter_domain::time::stockholm_day(Clock::System.now())
}

/// What time it is by the machine's clock, for those who ask before anything is opened.
pub fn now() -> jiff::Timestamp {
    Clock::System.now()
}

/// Lets every PDF from outside be read in a process of its own: `program`, given `verb`, which does nothing
/// but [`read_apart`]. The operating system then keeps what strangers send within its limits.
pub fn let_read_apart(program: std::path::PathBuf, verb: &str) {
    apart::offer(apart::Program::new(program, [verb]));
}

/// Reads the one PDF on standard input, within limits, and answers on standard output.
///
/// # Errors
/// When standard input or output fails; that the PDF cannot be read is an answer.
pub fn read_apart() -> std::io::Result<()> {
    apart::serve()
}
