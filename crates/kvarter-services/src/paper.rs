//! Pages set as documents: what was worked out and put into words elsewhere, given a form that can be kept.

use kvarter_documents::{Document as Paper, render};
use kvarter_domain::text::Language;

pub use kvarter_documents::model;

use crate::App;
use crate::aside::aside;
use crate::error::Result;

/// The language of a document.
pub fn language(language: Language) -> model::Language {
    match language {
        Language::Sv => model::Language::Sv,
        Language::En => model::Language::En,
    }
}

/// An agreement's validity as a PDF.
///
/// # Errors
/// When it cannot be set.
pub async fn certificate(app: &App, model: model::ValidityCertificate) -> Result<Vec<u8>> {
    let moment = app.clock.now();
    set(move || render(Paper::ValidityCertificate(&model), moment)).await
}

/// The overview of a year as a PDF.
///
/// # Errors
/// When it cannot be set.
pub async fn overview(app: &App, model: model::Overview) -> Result<Vec<u8>> {
    let moment = app.clock.now();
    set(move || render(Paper::Overview(&model), moment)).await
}

/// Sets a document on a thread of its own: it takes longer than a request's thread may be held.
async fn set(
    work: impl FnOnce() -> std::result::Result<kvarter_documents::Pdf, kvarter_documents::RenderError>
    + Send
    + 'static,
) -> Result<Vec<u8>> {
    let pdf = aside(work).await??;
    Ok(pdf.bytes)
}
