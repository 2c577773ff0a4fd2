//! Which house a verb is about: the settings it is opened with.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::signing::Mode;
use kvarter_services::App;
use kvarter_services::clock::Clock;
use kvarter_services::operations::StoreSettings;

use super::answer::{self, Trouble};
use crate::language::{Language, Words};
use crate::settings::{Settings, made_if_missing};

/// The settings file that is read when none is named and it is there.
const FILE: &str = "kvarter.toml";

/// A folder that only the account that made it can look into.
const FOLDER: u32 = 0o700;
/// A file that only the account that made it can read: the database holds password hashes and what is secret.
const FILE_OF_ONE: u32 = 0o600;

/// Which house. Without either, ./kvarter.toml if it is there, and what the environment says.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Which house")]
pub(super) struct House {
    /// The settings file [default: ./kvarter.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// A folder with everything in it: database and documents. Goes before the settings file
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl House {
    /// Whether a house is named at all, by an argument or by the environment.
    pub(super) fn is_named(&self) -> bool {
        let said = ["KVARTER_DATA", "KVARTER_DATABASE"];
        self.settings.is_some()
            || self.data.is_some()
            || Path::new(FILE).is_file()
            || said.iter().any(|name| std::env::var_os(name).is_some())
    }

    /// The settings, checked.
    pub(super) fn settings(&self) -> Result<Settings, Problems> {
        let usual = Path::new(FILE);
        let named = std::env::var_os("KVARTER_SETTINGS").filter(|name| !name.is_empty()).map(PathBuf::from);
        let file = match self.settings.as_ref().or(named.as_ref()) {
            Some(file) => Some(file.as_path()),
            // A folder named outright is a house of its own; a file lying about is not its settings.
            None if self.data.is_some() => None,
            None => Some(usual).filter(|file| file.is_file()),
        };
        let nothing_said = file.is_none()
            && self.data.is_none()
            && ["KVARTER_DATA", "KVARTER_DATABASE"].iter().all(|name| std::env::var_os(name).is_none());
        if nothing_said {
            return Err(Problem::new("house-not-named", "--settings, --data").into());
        }
        Settings::read(file, self.data.as_deref(), &|name| std::env::var(name).ok())
    }

    /// The settings of a house that is there: nothing is made by looking.
    pub(super) fn standing(&self) -> Result<Settings, Trouble> {
        let settings = self.settings().map_err(Trouble::Asked)?;
        if let Some(file) = settings.database_file.as_ref().filter(|file| !file.is_file()) {
            let problem = Problem::new("house-without-database", file.display().to_string());
            return Err(Trouble::Asked(problem.into()));
        }
        Ok(settings)
    }

    /// The settings of a house that is made if it is not there.
    pub(super) fn made(&self) -> Result<Settings, Trouble> {
        let mut settings = self.settings().map_err(Trouble::Asked)?;
        make(&mut settings)?;
        Ok(settings)
    }
}

/// Makes the folders of a house, and lets the database be made when it is opened.
pub(super) fn make(settings: &mut Settings) -> Result<(), Trouble> {
    let database = settings.database_file.as_deref().and_then(Path::parent);
    let folders = [database, settings.documents_folder.as_deref()];
    let mut problems = Problems::none();
    for folder in folders.into_iter().flatten().filter(|folder| !folder.as_os_str().is_empty()) {
        if let Err(cause) = DirBuilder::new().recursive(true).mode(FOLDER).create(folder) {
            problems.add(
                Problem::new("house-cannot-be-made", folder.display().to_string())
                    .with("cause", answer::cause(&cause)),
            );
        }
    }
    // The engine would make its file open to all; made before it, it is open to nobody else, and what the
    // engine lays beside it is as closed.
    if let Some(file) = settings.database_file.as_deref().filter(|_| problems.is_empty()) {
        match OpenOptions::new().write(true).create_new(true).mode(FILE_OF_ONE).open(file) {
            Ok(_) => {}
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            Err(cause) => problems.add(
                Problem::new("house-cannot-be-made", file.display().to_string())
                    .with("cause", answer::cause(&cause)),
            ),
        }
    }
    problems.or(()).map_err(Trouble::Asked)?;
    settings.store.database = made_if_missing(&settings.store.database);
    Ok(())
}

/// Opens a house of one's own, by the machine's clock.
pub(super) async fn enter(settings: &Settings) -> Result<App, Trouble> {
    open(settings, None, Clock::System).await
}

/// Opens the house as it is used: schema up to date, programmes taken into use. A demonstration has its
/// agreement signed in one way or the other.
pub(super) async fn open(settings: &Settings, demo: Option<Mode>, clock: Clock) -> Result<App, Trouble> {
    let store: StoreSettings = settings.store.clone();
    let settings = kvarter_services::Settings {
        store,
        programmes: settings.programmes.clone(),
        keys: settings.keys.clone(),
        demo: demo.is_some(),
        demo_electronic: demo == Some(Mode::Electronic),
        words: |key| Words(Language::Sv).t(key),
        wording: crate::judgement::wording(Language::Sv),
    };
    Ok(App::open(settings, clock).await?)
}

impl House {
    /// Opens a house that is there.
    pub(super) async fn open(&self) -> Result<App, Trouble> {
        enter(&self.standing()?).await
    }
}
