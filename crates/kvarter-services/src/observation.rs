//! Statistics that goals are judged by: loaded as files, kept whole, read when somebody judges.

use std::sync::{Arc, PoisonError};

use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{Digest, ProgrammeId};
use kvarter_domain::observation::{ObservationFile, Table};
use kvarter_domain::registry::Document;
use kvarter_store::{self as store, ReadTx};
use serde_json::json;

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::registry::{self, Upload};

/// What has been read of a programme's files, and which files they were.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    files: Vec<Digest>,
    table: Arc<Table>,
}

/// Loads a file of observations for a programme: read whole and checked before anything is kept.
///
/// # Errors
/// Every row that cannot be used; a file that says something else of an indicator than one before it; when the
/// actor may not.
pub async fn load(ctx: &Ctx, app: &App, programme: &ProgrammeId, upload: Upload) -> Result<Digest> {
    let (own, person) = match &ctx.actor {
        Actor::Signed { organisation, person, .. } => (organisation.clone(), person.clone()),
        Actor::Public | Actor::System => return Err(Error::Denied),
    };
    ctx.require(Act::LoadObservations, &Thing::Of(own.clone()))?;
    app.programme(programme)?;
    let name = upload.name.clone();
    let so_far = table(app, &mut app.store.read().await?, programme).await?;
    let (read, bytes) = aside(move || {
        let mut next = (*so_far).clone();
        (next.add(&upload.name, &upload.bytes).map(|()| next), upload.bytes)
    })
    .await?;
    read?;
    let digest = app.store.blobs().put(&bytes).await?;
    let document = Document {
        digest: digest.clone(),
        media_type: "text/csv".to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        pages: None,
        name: name.clone(),
    };
    let mut tx = app.store.write().await?;
    registry::keep_document(&mut tx, &document).await?;
    tx.insert(&ObservationFile {
        programme: programme.clone(),
        document: digest.clone(),
        name,
        loaded_on: ctx.today(),
        by: own,
        person,
    })
    .await?;
    let summary = json!({ "document": digest });
    ctx.append(&mut tx, Happened::ObservationsLoaded, programme.as_str(), summary).await?;
    tx.commit().await?;
    Ok(digest)
}

/// The observations of a programme, read once for as long as no other file is loaded.
///
/// # Errors
/// When a file cannot be read again, which our own check allowed in.
pub(crate) async fn table(app: &App, tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Arc<Table>> {
    let files = store::plan::observation_files(tx, programme).await?;
    let named: Vec<Digest> = files.iter().map(|file| file.document.clone()).collect();
    let held = app.observations.lock().unwrap_or_else(PoisonError::into_inner).get(programme).cloned();
    if let Some(held) = held.filter(|held| held.files == named) {
        return Ok(held.table);
    }
    let mut table = Table::default();
    for file in &files {
        let bytes = app.store.blobs().get(&file.document).await?;
        table = aside({
            let name = file.name.clone();
            move || table.add(&name, &bytes).map(|()| table)
        })
        .await?
        .map_err(|problems| Error::Internal(problems.to_string()))?;
    }
    let table = Arc::new(table);
    let held = Held { files: named, table: Arc::clone(&table) };
    app.observations.lock().unwrap_or_else(PoisonError::into_inner).insert(programme.clone(), held);
    Ok(table)
}
