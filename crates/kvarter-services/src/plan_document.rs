//! A plan as a document.

use kvarter_domain::plan::smart::Assessment;
use kvarter_domain::plan::{Plan, PlanVersion};
use kvarter_domain::registry::Document;

use crate::App;
use crate::error::{Error, Result};
use crate::plan::Judge;
use crate::plan_draft::Opened;

/// Sets a version of a plan and keeps its bytes.
pub(crate) async fn printed(
    app: &App,
    _opened: &Opened,
    _judge: &Judge,
    plan: &Plan,
    _assessments: &[Assessment],
    version: &PlanVersion,
) -> Result<Document> {
    let bytes = serde_json::to_vec(plan).map_err(|error| Error::Internal(error.to_string()))?;
    let digest = app.store.blobs().put(&bytes).await?;
    Ok(Document {
        digest,
        media_type: "application/json".to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        pages: None,
        name: format!("plan-{}-{}.json", version.district, version.serial),
    })
}
