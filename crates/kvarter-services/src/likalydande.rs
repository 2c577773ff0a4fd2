//! Whether two documents are word for word the same agreement, and whether a document is one of ours.
//!
//! The comparison itself is pure (`kvarter_domain::likalydande`). Here the programme's text becomes a
//! template, by setting its specimen once, and files from outside are read within limits.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use kvarter_documents::read::{self, Limits, ReadError};
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::Original;
use kvarter_domain::ids::{AgreementId, Digest, ProgrammeId};
use kvarter_domain::likalydande::{Comparison, Deviation, Instance, Template};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::Programme;
use kvarter_domain::signing::Mark;

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::registry::Upload;
use crate::specimen;

/// Templates by the edition they belong to: an edition's text never changes.
static TEMPLATES: LazyLock<Mutex<HashMap<Digest, Arc<Template>>>> = LazyLock::new(Mutex::default);

/// The template of a programme's agreement. Sets a specimen the first time it is asked for.
///
/// # Errors
/// When the programme's template cannot be set or has holes that are not known.
pub fn template(programme: &Programme) -> Result<Arc<Template>> {
    let held = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner).get(&programme.edition).cloned();
    if let Some(template) = held {
        return Ok(template);
    }
    let template = Arc::new(specimen::agreement(programme)?);
    let mut held = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    held.insert(programme.edition.clone(), Arc::clone(&template));
    Ok(template)
}

/// The wording of an original that was set here, as a digest: equal for A and B, or they are not identical.
pub(crate) fn wording(programme: &Programme, pdf: &[u8]) -> Result<Digest> {
    let pages = read::read(pdf, Limits::default()).map_err(|e| Error::Internal(e.to_string()))?.pages;
    let instance = template(programme)?.instance_of(&pages);
    if let Some(deviation) = instance.deviations.first() {
        return Err(Error::Internal(format!("an original departs from its template: {deviation:?}")));
    }
    Digest::parse(&instance.wording).ok_or_else(|| Error::Internal("a wording is no digest".to_owned()))
}

/// The pages of a file from outside.
fn pages(bytes: &[u8], place: &str) -> std::result::Result<Vec<String>, Problems> {
    let read = read::read(bytes, Limits::default()).map_err(|refused| {
        let code = match &refused {
            ReadError::Empty => "upload-empty",
            ReadError::NotPdf => "upload-not-pdf",
            ReadError::Encrypted => "upload-encrypted",
            ReadError::Damaged(_) | ReadError::NoPages => "upload-damaged",
            ReadError::TooMuch { .. } => "upload-asks-too-much",
            ReadError::TooSlow(_) => "upload-too-slow",
            ReadError::NoReader(cause) => {
                tracing::error!(%cause, "no reader could be started");
                "upload-cannot-be-read-now"
            }
        };
        Problem::new(code, place)
    })?;
    if !read.has_text() {
        return Err(Problem::new("upload-without-text", place).into());
    }
    Ok(read.pages)
}

/// A file that is no agreement of the programme: word by word it would depart everywhere.
fn stranger(place: &str) -> Problem {
    Problem::new("upload-not-of-programme", place)
}

/// Compares two files with each other and with the programme's text.
///
/// # Errors
/// What is wrong with each file that cannot be read, at `a` and `b`.
pub fn compare(programme: &Programme, a: &[u8], b: &[u8]) -> Result<Comparison> {
    let template = template(programme)?;
    match (pages(a, "a"), pages(b, "b")) {
        (Ok(a_pages), Ok(b_pages)) => {
            let mut comparison = template.compare(&a_pages, &b_pages);
            comparison.identical &= a == b || a_pages == b_pages;
            let strange = ["a", "b"].into_iter().zip(comparison.strangers).filter(|(_, strange)| *strange);
            Problems(strange.map(|(place, _)| stranger(place)).collect()).or(())?;
            Ok(comparison)
        }
        (a, b) => {
            let found = [a.err(), b.err()].into_iter().flatten().flat_map(|problems| problems.0);
            Err(Problems(found.collect()).into())
        }
    }
}

/// What is found of one file.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The digest of its bytes.
    pub digest: Digest,
    /// The original that it is to the byte, if it is one.
    pub original: Option<(AgreementId, Mark)>,
    /// The originals that it has the wording of.
    pub same_wording: Vec<(AgreementId, Mark)>,
    /// Its text beside the programme's.
    pub instance: Instance,
}

/// Where a file's words depart from the programme's text; nothing where it cannot be read or is something else
/// than an agreement of the programme.
///
/// # Errors
/// When the programme's own template cannot be set.
pub fn departures(programme: &Programme, bytes: &[u8]) -> Result<Option<Vec<Deviation>>> {
    let template = template(programme)?;
    let Ok(pages) = pages(bytes, "a") else { return Ok(None) };
    let instance = template.instance_of(&pages);
    Ok((!instance.stranger).then_some(instance.deviations))
}

/// Checks whether a file is one of ours, and whether it is the programme's text.
///
/// # Errors
/// What is wrong with the file, at `a`.
pub async fn check(ctx: &Ctx, app: &App, programme: &ProgrammeId, upload: Upload) -> Result<Checked> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let programme = app.programme(programme)?;
    let digest = Digest::of(&upload.bytes);
    let instance = aside(move || {
        let template = template(&programme)?;
        let instance = template.instance_of(&pages(&upload.bytes, "a")?);
        if instance.stranger { Err(Error::from(stranger("a"))) } else { Ok(instance) }
    })
    .await??;
    let mut tx = app.store.read().await?;
    let originals = tx.every::<Original>().await?;
    let named = |o: &Original| (o.agreement.clone(), o.mark);
    Ok(Checked {
        original: originals.iter().find(|o| o.document == digest).map(named),
        same_wording: originals.iter().filter(|o| o.text.as_str() == instance.wording).map(named).collect(),
        digest,
        instance,
    })
}

/// Compares two uploads on a thread of their own.
///
/// # Errors
/// What is wrong with each file that cannot be read, at `a` and `b`.
pub async fn compare_uploads(
    ctx: &Ctx,
    app: &App,
    programme: &ProgrammeId,
    a: Upload,
    b: Upload,
) -> Result<Comparison> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let programme = app.programme(programme)?;
    aside(move || compare(&programme, &a.bytes, &b.bytes)).await?
}
