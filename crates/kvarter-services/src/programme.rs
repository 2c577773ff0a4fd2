//! Programmes: read from their folders, taken into use as editions, and asked about.
//!
//! The programmes that the product ships are embedded in the binary. A folder given in the settings adds
//! others, or a newer edition of one of these. An edition that agreements were issued from is kept whole,
//! so that an agreement is always shown by the text it was signed from.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kvarter_domain::agreement::Edition;
use kvarter_domain::duty::{Duty, Scope, concretise};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::ProgrammeId;
use kvarter_domain::organisation::Alias;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::{Programme, ProgrammeFiles};
use kvarter_domain::registry::Document;
use kvarter_store as store;
use rust_embed::RustEmbed;

use crate::App;
use crate::aside::aside;
use crate::error::{Error, Result};
use crate::registry;
use crate::specimen;

#[derive(RustEmbed)]
#[folder = "../../programmes/"]
struct Shipped;

/// The most that a programme's file is read of; the reader refuses what is larger than it allows.
const READ_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The ids of the programmes that the product ships.
pub fn shipped() -> Vec<String> {
    let mut ids: Vec<String> =
        Shipped::iter().filter_map(|path| path.strip_suffix("/programme.toml").map(str::to_owned)).collect();
    ids.sort();
    ids
}

/// The files of a programme: one that is shipped, by its id; or a folder, by its path.
///
/// # Errors
/// `no-such-programme`, or every file that cannot be used.
pub fn files(id_or_folder: &str) -> std::result::Result<ProgrammeFiles, Problems> {
    if shipped().iter().any(|id| id == id_or_folder) {
        return ProgrammeFiles::from_bytes(|name| {
            Shipped::get(&format!("{id_or_folder}/{name}")).map(|file| file.data.into_owned())
        });
    }
    let folder = Path::new(id_or_folder);
    if !folder.is_dir() {
        let problem = Problem::new("no-such-programme", id_or_folder)
            .with("programme", id_or_folder)
            .with("shipped", shipped().join(", "));
        return Err(problem.into());
    }
    ProgrammeFiles::from_bytes(|name| read_at_most(&folder.join(name)))
}

/// A file's bytes, or the first of them when it is far larger than any programme's file may be.
fn read_at_most(path: &Path) -> Option<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path).ok()?.take(READ_BYTES_MAX).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// A programme, read and checked.
///
/// # Errors
/// Every problem in every file.
pub fn read(id_or_folder: &str) -> std::result::Result<Programme, Problems> {
    Programme::read(&files(id_or_folder)?)
}

/// Everything that can be told of a programme's files: what is wrong with them, what departs in its
/// templates, and the programme if it can be read.
///
/// # Errors
/// `no-such-programme`, or every file that cannot be used.
pub fn check(id_or_folder: &str) -> std::result::Result<(Option<Programme>, Problems), Problems> {
    let files = files(id_or_folder)?;
    Ok(match Programme::read(&files) {
        Ok(programme) => {
            let problems = specimen::examine(&programme);
            (Some(programme), problems)
        }
        Err(problems) => (None, problems),
    })
}

/// The duties that would follow for a municipality from a day, without any store.
///
/// # Errors
/// When the municipality is not on the send list or has no districts with codes.
pub fn duties(
    programme: &Programme,
    municipality: &str,
    in_force: jiff::civil::Date,
) -> std::result::Result<Vec<Duty>, Problems> {
    let Some(recipient) = programme.recipient(municipality) else {
        let problem =
            Problem::new("municipality-not-on-send-list", "municipality").with("municipality", municipality);
        return Err(problem.into());
    };
    let scope = Scope::offered(programme, &recipient.municipality);
    let mut problems = Problems::none();
    problems.add_if(scope.districts.is_empty(), || {
        Problem::new("municipality-without-district-codes", "districts")
            .resting_on("2")
            .with("municipality", &recipient.name)
    });
    problems.add_if(in_force > programme.period.to, || {
        Problem::new("in-force-after-period", "in-force")
            .with("day", in_force)
            .with("last_day", programme.period.to)
    });
    problems.add_if(in_force < programme.period.from, || {
        Problem::new("in-force-before-period", "in-force")
            .with("day", in_force)
            .with("first_day", programme.period.from)
    });
    problems.or(concretise(programme, &scope, in_force))
}

/// The programmes in use, each in its current edition.
#[derive(Debug, Clone, Default)]
pub struct Programmes {
    current: Vec<(Arc<Programme>, ProgrammeFiles)>,
}

impl Programmes {
    /// Reads every shipped programme, and those in folders, which go before shipped ones of the same id.
    ///
    /// # Errors
    /// Every problem of every programme.
    pub fn read(folders: &[String]) -> std::result::Result<Self, Problems> {
        let mut problems = Problems::none();
        let mut current: Vec<(Arc<Programme>, ProgrammeFiles)> = Vec::new();
        for source in folders.iter().cloned().chain(shipped()) {
            match files(&source).and_then(|files| Programme::read(&files).map(|p| (Arc::new(p), files))) {
                Ok(read) if current.iter().any(|(known, _)| known.id == read.0.id) => {}
                Ok(read) => current.push(read),
                Err(found) => problems.0.extend(found.0),
            }
        }
        problems.or(Self { current })
    }

    /// Every programme.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Programme>> {
        self.current.iter().map(|(programme, _)| programme)
    }

    /// One by its id.
    pub fn get(&self, id: &ProgrammeId) -> Option<&Arc<Programme>> {
        self.all().find(|programme| programme.id == *id)
    }

    /// Each programme with the files it was read from.
    pub(crate) fn with_files(&self) -> impl Iterator<Item = &(Arc<Programme>, ProgrammeFiles)> {
        self.current.iter()
    }
}

/// A programme's files as one document, so that the edition can be kept in the blob store.
pub(crate) fn bundled(files: &ProgrammeFiles) -> Result<Vec<u8>> {
    let named: BTreeMap<&str, &str> = files.named().into_iter().collect();
    serde_json::to_vec(&named).map_err(|error| Error::Internal(error.to_string()))
}

/// The files of an edition, from the document that it was kept as.
pub(crate) fn unbundled(bytes: &[u8]) -> Result<ProgrammeFiles> {
    let named: BTreeMap<String, String> =
        serde_json::from_slice(bytes).map_err(|error| Error::Internal(error.to_string()))?;
    ProgrammeFiles::from_bytes(|name| named.get(name).map(|text| text.clone().into_bytes()))
        .map_err(|problems| Error::Internal(problems.to_string()))
}

/// Whether these are the files of a programme that the product ships.
fn is_shipped(programme: &Programme, read: &ProgrammeFiles) -> bool {
    shipped().iter().any(|id| id == programme.id.as_str())
        && files(programme.id.as_str()).is_ok_and(|shipped| shipped == *read)
}

/// Refuses a programme whose templates cannot be set or depart from its source, on a thread of its own.
///
/// What is shipped was examined before it was shipped, and a demonstration should open at once.
pub(crate) async fn examined(programme: &Arc<Programme>, files: &ProgrammeFiles) -> Result<()> {
    if is_shipped(programme, files) {
        return Ok(());
    }
    let programme = Arc::clone(programme);
    let found = aside(move || specimen::examine(&programme)).await?;
    Ok(found.or(())?)
}

/// Takes the programmes into use: their organisations are entered, and an edition not seen before is kept.
pub(crate) async fn adopt(app: &App) -> Result<()> {
    let ctx = app.system();
    for (programme, files) in app.programmes.with_files() {
        let mut tx = app.store.read().await?;
        let known = store::agreement::edition(&mut tx, &programme.edition).await?.is_some();
        drop(tx);
        if known {
            continue;
        }
        examined(programme, files).await?;
        let bytes = bundled(files)?;
        let document = app.store.blobs().put(&bytes).await?;
        let mut tx = app.store.write().await?;
        for organisation in programme.organisations() {
            if store::organisation::by_id(&mut tx, &organisation.id).await?.is_none() {
                tx.insert(&organisation).await?;
            }
        }
        let aliases = tx.every::<Alias>().await?;
        for alias in programme.aliases() {
            if !aliases.contains(&alias) {
                tx.insert(&alias).await?;
            }
        }
        registry::keep_document(
            &mut tx,
            &Document {
                digest: document.clone(),
                media_type: "application/json".to_owned(),
                size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
                pages: None,
                name: format!("{}.json", programme.id),
            },
        )
        .await?;
        tx.insert(&Edition {
            edition: programme.edition.clone(),
            programme: programme.id.clone(),
            document,
            adopted_on: ctx.today(),
        })
        .await?;
        let summary = serde_json::json!({ "edition": programme.edition });
        ctx.append(&mut tx, Happened::ProgrammeAdopted, programme.id.as_str(), summary).await?;
        tx.commit().await?;
    }
    Ok(())
}
