//! Plans as they were adopted, what partners accepted, and the statistics that goals are judged by.

use crate::error::Result;
use crate::fact::{Bind, Fact, Table, integer, json, text};
use crate::read::ReadTx;
use kvarter_domain::ids::{AgreementId, ProgrammeId};
use kvarter_domain::observation::ObservationFile;
use kvarter_domain::plan::acceptance::GoalAcceptance;
use kvarter_domain::plan::{PlanContent, PlanReport, PlanVersion};

impl Fact for PlanVersion {
    const TABLE: &'static Table = &Table {
        name: "plan_version",
        key: &["id"],
        columns: &[
            text("id"),
            text("agreement"),
            text("district"),
            text("district_name"),
            integer("serial"),
            text("content_digest"),
            text("adopted_on"),
            text("adopted_by"),
            text("registered_on"),
            text("unchanged").or_null(),
            integer("goals"),
            integer("interventions"),
            integer("overrides"),
            text("by"),
            text("person"),
            text("record"),
            text("document"),
        ],
    };
}

impl Fact for PlanContent {
    const TABLE: &'static Table =
        &Table { name: "plan_content", key: &["version"], columns: &[text("version"), json("content")] };
}

impl Fact for PlanReport {
    const TABLE: &'static Table = &Table {
        name: "plan_report",
        key: &["version", "duty"],
        columns: &[text("version"), text("duty"), text("reported_on"), text("record")],
    };
}

impl Fact for GoalAcceptance {
    const TABLE: &'static Table = &Table {
        name: "goal_acceptance",
        key: &["agreement", "district", "goal", "partner", "wording"],
        columns: &[
            text("agreement"),
            text("district"),
            text("goal"),
            text("wording"),
            text("partner"),
            text("partner_name"),
            text("accepted_on"),
            text("registered_on"),
            text("evidence").or_null(),
            text("person"),
        ],
    };
}

impl Fact for ObservationFile {
    const TABLE: &'static Table = &Table {
        name: "observation_file",
        key: &["programme", "document"],
        columns: &[
            text("programme"),
            text("document"),
            text("name"),
            text("loaded_on"),
            text("by"),
            text("person"),
        ],
    };
}

/// The versions of one agreement's plans, in the order of districts and numbers.
///
/// # Errors
/// Whatever the engine reports.
pub async fn versions_of(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Vec<PlanVersion>> {
    let mut versions: Vec<PlanVersion> = tx.all("agreement = $1", &[Bind::from(agreement)]).await?;
    versions.sort_by(|a, b| (&a.district, a.serial).cmp(&(&b.district, b.serial)));
    Ok(versions)
}

/// The versions of every plan of a programme.
///
/// # Errors
/// Whatever the engine reports.
pub async fn versions_of_programme(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<PlanVersion>> {
    let of = "agreement in (select id from agreement where programme = $1)";
    let mut versions: Vec<PlanVersion> = tx.all(of, &[Bind::from(programme)]).await?;
    versions
        .sort_by(|a, b| (&a.agreement, &a.district, a.serial).cmp(&(&b.agreement, &b.district, b.serial)));
    Ok(versions)
}

/// One version.
///
/// # Errors
/// Whatever the engine reports.
pub async fn version(tx: &mut ReadTx, id: &str) -> Result<Option<PlanVersion>> {
    tx.first("id = $1", &[Bind::from(&id)]).await
}

/// What a version holds.
///
/// # Errors
/// Whatever the engine reports.
pub async fn content(tx: &mut ReadTx, version: &str) -> Result<Option<PlanContent>> {
    tx.first("version = $1", &[Bind::from(&version)]).await
}

/// Which versions of an agreement's plans have been reported.
///
/// # Errors
/// Whatever the engine reports.
pub async fn reports_of(tx: &mut ReadTx, agreement: &AgreementId) -> Result<Vec<PlanReport>> {
    let of = "version in (select id from plan_version where agreement = $1)";
    tx.all(of, &[Bind::from(agreement)]).await
}

/// Which versions of a programme's plans have been reported.
///
/// # Errors
/// Whatever the engine reports.
pub async fn reports_of_programme(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<PlanReport>> {
    let of = "version in (select id from plan_version \
              where agreement in (select id from agreement where programme = $1))";
    tx.all(of, &[Bind::from(programme)]).await
}

/// What partners have accepted in one district.
///
/// # Errors
/// Whatever the engine reports.
pub async fn acceptances_of(
    tx: &mut ReadTx,
    agreement: &AgreementId,
    district: &str,
) -> Result<Vec<GoalAcceptance>> {
    let bound = [Bind::from(agreement), Bind::from(&district)];
    tx.all("agreement = $1 and district = $2", &bound).await
}

/// The files of statistics that have been loaded for a programme, in the order they were.
///
/// # Errors
/// Whatever the engine reports.
pub async fn observation_files(tx: &mut ReadTx, programme: &ProgrammeId) -> Result<Vec<ObservationFile>> {
    let mut files: Vec<ObservationFile> = tx.all("programme = $1", &[Bind::from(programme)]).await?;
    files.sort_by(|a, b| (a.loaded_on, &a.document).cmp(&(b.loaded_on, &b.document)));
    Ok(files)
}
