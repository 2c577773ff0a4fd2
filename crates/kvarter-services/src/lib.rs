//! What people do.
//!
//! A use case is a function of the noun it concerns: context first, then the application, then what the
//! person wants. It opens what it needs with permission, applies the domain's rule, writes facts and
//! appends the event, all in one transaction. Web and terminal only ask and show.

mod access;
mod aside;
mod attempts;
mod original;
mod revocation;
mod screen;
mod transport;

pub mod agreement;
pub mod clock;
pub mod collaboration;
pub mod collaboration_act;
pub mod collaboration_sign;
pub mod context;
pub mod correction;
pub mod demo;
pub mod dialogue;
pub mod dispatch;
pub mod district;
pub mod duty;
pub mod duty_act;
pub mod electronic;
pub mod error;
pub mod evaluation;
pub mod file;
pub mod form;
pub mod identity;
pub mod job;
pub mod keys;
pub mod likalydande;
pub mod log;
pub mod need;
pub mod observation;
pub mod operations;
pub mod organisation;
mod package;
pub mod paper;
pub mod partnership;
pub mod partnership_act;
pub mod partnership_work;
pub mod plan;
mod plan_act;
pub mod plan_document;
pub mod plan_draft;
pub mod plan_exchange;
pub mod plan_file;
pub mod plan_talk;
pub mod programme;
pub mod reading;
pub mod registry;
pub mod signing;
pub mod signing_sheet;
pub mod specimen;
pub mod verification;
pub mod wording;

pub use context::Ctx;
pub use error::{Error, Result};

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kvarter_domain::duty::Duty;
use kvarter_domain::ids::{Digest, ProgrammeId};
use kvarter_domain::programme::{Programme, ProgrammeFiles};
use kvarter_signatures::certificate::Anchors;
use kvarter_store::{ReadTx, Settings as StoreSettings, Store};

use crate::attempts::Attempts;
use crate::clock::Clock;
use crate::keys::{KeySettings, Keys};
use crate::programme::Programmes;

/// The words that go into the register and into documents, by message key. The register is kept in Swedish.
pub type Words = fn(&str) -> String;

/// What an installation is started with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where facts and documents are kept.
    pub store: StoreSettings,
    /// Folders with programmes of one's own.
    pub programmes: Vec<String>,
    /// Where keys, time and trust come from.
    pub keys: KeySettings,
    /// Whether this is the demonstration: then, and only then, anyone may be signed in as.
    pub demo: bool,
    /// Whether the demonstration's agreement is signed with keys instead of on paper.
    pub demo_electronic: bool,
    /// The words that go into the register.
    pub words: Words,
    /// How documents in the register say things.
    pub wording: wording::Wording,
}

/// The application: everything that a use case needs besides its context.
#[derive(Debug)]
pub struct App {
    pub(crate) store: Store,
    /// What time it is.
    pub clock: Clock,
    programmes: Programmes,
    editions: Mutex<HashMap<Digest, Arc<Programme>>>,
    pub(crate) observations: Mutex<HashMap<ProgrammeId, observation::Held>>,
    pub(crate) attempts: Attempts,
    pub(crate) keys: Keys,
    /// Wakes the worker when there is work.
    pub(crate) work: tokio::sync::Notify,
    demo: bool,
    demo_electronic: bool,
    words: Words,
    wording: wording::Wording,
}

impl App {
    /// Opens the store, brings its schema up to date, and takes the programmes into use.
    ///
    /// # Errors
    /// When a programme does not hold together, or the store cannot be opened.
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self> {
        let programmes = Programmes::read(&settings.programmes)?;
        let store = Store::open(&settings.store).await?;
        store.migrate().await?;
        let keys = Keys::open(&settings.keys, clock.now())?;
        let app = Self {
            store,
            clock,
            programmes,
            editions: Mutex::default(),
            observations: Mutex::default(),
            attempts: Attempts::default(),
            keys,
            work: tokio::sync::Notify::new(),
            demo: settings.demo,
            demo_electronic: settings.demo_electronic,
            words: settings.words,
            wording: settings.wording,
        };
        programme::adopt(&app).await?;
        Ok(app)
    }

    /// The certificates that are trusted here.
    pub fn anchors(&self) -> &Anchors {
        self.keys.anchors()
    }

    /// Whether people can sign with keys here.
    pub fn signs_with_keys(&self) -> bool {
        self.keys.any()
    }

    /// Whether this is the demonstration.
    pub fn is_demo(&self) -> bool {
        self.demo
    }

    /// The programmes in use.
    pub fn programmes(&self) -> impl Iterator<Item = &Arc<Programme>> {
        self.programmes.all()
    }

    /// A programme in its current edition.
    ///
    /// # Errors
    /// [`Error::NotFound`] when none has that id.
    pub fn programme(&self, id: &ProgrammeId) -> Result<Arc<Programme>> {
        self.programmes.get(id).cloned().ok_or(Error::NotFound)
    }

    /// A programme in the edition that something was made from.
    pub(crate) async fn edition(&self, tx: &mut ReadTx, edition: &Digest) -> Result<Arc<Programme>> {
        if let Some(current) = self.programmes.all().find(|p| p.edition == *edition) {
            return Ok(Arc::clone(current));
        }
        let held = self.editions.lock().unwrap_or_else(PoisonError::into_inner).get(edition).cloned();
        if let Some(programme) = held {
            return Ok(programme);
        }
        let kept = kvarter_store::agreement::edition(tx, edition).await?.ok_or(Error::NotFound)?;
        let files: ProgrammeFiles = programme::unbundled(&self.store.blobs().get(&kept.document).await?)?;
        let read = Programme::read(&files).map_err(|problems| Error::Internal(problems.to_string()))?;
        let read = Arc::new(read);
        let mut editions = self.editions.lock().unwrap_or_else(PoisonError::into_inner);
        editions.insert(edition.clone(), Arc::clone(&read));
        Ok(read)
    }

    /// A word or phrase for the register, in Swedish.
    pub(crate) fn words(&self, key: &str) -> String {
        (self.words)(key)
    }

    /// How documents in the register say things, in Swedish.
    pub(crate) fn wording(&self) -> wording::Wording {
        self.wording
    }

    /// The words of an electronic original's fields, for a thread of their own.
    pub(crate) fn field_words(&self) -> Words {
        self.words
    }

    /// What a duty's obligation is called, for the register: with its district and year.
    pub(crate) fn obligation_name(&self, duty: &Duty) -> Result<String> {
        let programme = self.programme(&duty.programme)?;
        let name = programme.obligation(&duty.obligation).map_or(duty.obligation.as_str(), |o| &o.name.sv);
        let parts = [Some(name.to_owned()), duty.object_name.clone(), duty.year.map(|y| y.to_string())];
        Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// The register in which the state keeps its agreements.
    pub(crate) fn main_register(&self) -> String {
        self.words("register-main")
    }

    /// A new id that tells nothing.
    pub(crate) fn mint(&self) -> String {
        uuid::Uuid::new_v7(self.timestamp()).simple().to_string()
    }

    /// How many statements the store has carried out: what a page asks for can be counted.
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }

    /// What time sessions go by. The demonstration's clock stands still and then jumps; whoever is signed in
    /// there is not signed out by that.
    pub fn session_time(&self) -> jiff::Timestamp {
        if self.demo { Clock::System.now() } else { self.clock.now() }
    }

    fn timestamp(&self) -> uuid::Timestamp {
        let now = self.clock.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanoseconds)
    }

    /// A new secret of 256 random bits, for a session or its forms.
    pub(crate) fn secret(&self) -> String {
        hex::encode(rand::random::<[u8; 32]>())
    }

    /// An id for a request, which a person can read out on the telephone.
    pub fn request_id(&self) -> String {
        hex::encode(rand::random::<[u8; 4]>())
    }

    /// A token for a form, by which a second sending of it is known.
    pub fn form_token(&self) -> String {
        hex::encode(rand::random::<[u8; 16]>())
    }
}
