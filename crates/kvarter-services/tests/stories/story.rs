//! How stories begin: an installation of its own, with a clock that is set.

use jiff::Timestamp;
use kvarter_services::clock::Clock;
use kvarter_services::{App, Settings};
use kvarter_store::Settings as StoreSettings;
use kvarter_store::blob::Place;

/// An installation on SQLite in a folder that goes when the story ends.
pub(crate) struct Story {
    pub(crate) app: App,
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
        let settings = Settings {
            store: StoreSettings {
                database,
                documents: Place::Folder(folder.path().join("documents")),
                document_bytes_max: 50 << 20,
                origin: "story".to_owned(),
            },
            programmes: Vec::new(),
            demo: true,
            words,
        };
        let start: Timestamp = "2008-09-18T06:00:00Z".parse().expect("an instant");
        let app = App::open(settings, Clock::at(start)).await.expect("the story's installation opens");
        Self { app, _folder: folder }
    }

    /// Stockholm in 2008, as far as the source goes.
    pub(crate) async fn stockholm_2008() -> Self {
        let story = Self::empty().await;
        kvarter_services::demo::prepare(&story.app).await.expect("the source can be replayed");
        story
    }
}
