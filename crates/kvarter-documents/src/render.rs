//! The one way in: a document and a moment become a PDF.
//!
//! Rendering is a function of the template, the model and the moment. It reads no clock and draws
//! nothing at random, so the same input gives the same bytes on any machine, in any order, on any
//! number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde::Serialize;
use sha2::{Digest, Sha256};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::assets;
use crate::error::{Diagnostic, RenderError};
use crate::field::{Field, fields};
use crate::model::{
    Act, Agreement, Collaboration, Letter, Minutes, Overview, Plan, SigningMatrix, Study, ValidityCertificate,
};
use crate::world::DocumentWorld;

/// Archival and accessible at once: PDF/A-2a keeps the structure, PDF/UA-1 makes it readable aloud.
const PROFILE: [PdfStandard; 2] = [PdfStandard::A_2a, PdfStandard::Ua_1];

/// How many renderings a memoised part outlives without being used again. Copies of one programme
/// share most of their parts, so a few generations are enough and memory stays bounded.
const KEPT_RENDERINGS: usize = 8;

/// A document to be set: its model, and for the programme's own documents also its template.
#[derive(Debug, Clone, Copy)]
pub enum Document<'a> {
    /// One original of an agreement, by the programme's `agreement.typ`.
    Agreement {
        /// What differs between copies.
        model: &'a Agreement,
        /// The source of the programme's template.
        template: &'a str,
    },
    /// The cover letter, by the programme's `letter.typ`.
    Letter {
        /// What differs between copies.
        model: &'a Letter,
        /// The source of the programme's template.
        template: &'a str,
    },
    /// The national overview of a year.
    Overview(&'a Overview),
    /// The sheet for a signing on paper.
    SigningMatrix(&'a SigningMatrix),
    /// The proof of an agreement's validity.
    ValidityCertificate(&'a ValidityCertificate),
    /// An extract from minutes.
    Minutes(&'a Minutes),
    /// A collaboration agreement.
    Collaboration(&'a Collaboration),
    /// A district's plan.
    Plan(&'a Plan),
    /// A study of effect.
    Study(&'a Study),
    /// Any other act.
    Act(&'a Act),
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// The number of pages.
    pub pages: usize,
    /// Where the parties initial and sign, page by page.
    pub fields: Vec<Field>,
    /// What the typesetter warned of; empty for a sound template.
    pub warnings: Vec<Diagnostic>,
}

impl Document<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Document::Agreement { .. } => "agreement",
            Document::Letter { .. } => "letter",
            Document::Overview(_) => "overview",
            Document::SigningMatrix(_) => "signing-matrix",
            Document::ValidityCertificate(_) => "validity-certificate",
            Document::Minutes(_) => "minutes",
            Document::Collaboration(_) => "collaboration",
            Document::Plan(_) => "plan",
            Document::Study(_) => "study",
            Document::Act(_) => "act",
        }
    }

    fn template(&self) -> &str {
        match self {
            Document::Agreement { template, .. } | Document::Letter { template, .. } => template,
            Document::Overview(_) => assets::OVERVIEW,
            Document::SigningMatrix(_) => assets::SIGNING_MATRIX,
            Document::ValidityCertificate(_) => assets::VALIDITY,
            Document::Minutes(_) => assets::MINUTES,
            Document::Collaboration(_) => assets::COLLABORATION,
            Document::Plan(_) => assets::PLAN,
            Document::Study(_) => assets::STUDY,
            Document::Act(_) => assets::ACT,
        }
    }

    fn data(&self) -> Result<Vec<u8>, serde_json::Error> {
        fn json<M: Serialize>(model: &M) -> Result<Vec<u8>, serde_json::Error> {
            serde_json::to_vec(model)
        }
        match self {
            Document::Agreement { model, .. } => json(model),
            Document::Letter { model, .. } => json(model),
            Document::Overview(model) => json(model),
            Document::SigningMatrix(model) => json(model),
            Document::ValidityCertificate(model) => json(model),
            Document::Minutes(model) => json(model),
            Document::Collaboration(model) => json(model),
            Document::Plan(model) => json(model),
            Document::Study(model) => json(model),
            Document::Act(model) => json(model),
        }
    }
}

/// Set one document, dated at the given moment.
pub fn render(document: Document<'_>, moment: jiff::Timestamp) -> Result<Pdf, RenderError> {
    let data = document.data()?;
    let options = PdfOptions {
        ident: Smart::Custom(identity(document, &data)),
        creator: Smart::Custom(Some("Kvarter".to_owned())),
        timestamp: Some(timestamp(moment)?),
        standards: PdfStandards::new(&PROFILE).expect("the two standards agree on PDF 1.7"),
        ..PdfOptions::default()
    };
    let world = DocumentWorld::new(document.template(), data);
    let told = |found: &_| Diagnostic::read(&world, found);

    let set = typst::compile::<PagedDocument>(&world);
    let warnings = set.warnings.iter().map(told).collect();
    let pages = set.output.map_err(|found| RenderError::Template(found.iter().map(told).collect()))?;
    let fields = fields(&pages)?;
    let mut bytes = typst_pdf::pdf(&pages, &options)
        .map_err(|found| RenderError::Profile(found.iter().map(told).collect()))?;
    leave_out_default_suspects(&mut bytes);
    comemo::evict(KEPT_RENDERINGS);

    Ok(Pdf { bytes, pages: pages.pages().len(), fields, warnings })
}

/// Set many documents on every core, telling each result with its place in the list as it is done.
///
/// The order of telling is not the order of the list; the results are the same as one at a time.
pub fn render_all(
    documents: &[Document<'_>],
    moment: jiff::Timestamp,
    done: impl Fn(usize, Result<Pdf, RenderError>) + Sync,
) {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(documents.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(document) = documents.get(index) else { break };
                    done(index, render(*document, moment));
                }
            });
        }
    });
}

/// `/Suspects false` is what a reader assumes anyway, and widespread readers (poppler until 2023)
/// take the word for an error. It is blanked in place, so that no offset moves.
fn leave_out_default_suspects(bytes: &mut [u8]) {
    const MARKED: &[u8] = b"/MarkInfo<</Marked true/Suspects false>>";
    const PLAIN: &[u8] = b"/MarkInfo<</Marked true               >>";
    const { assert!(MARKED.len() == PLAIN.len()) };
    if let Some(at) = bytes.windows(MARKED.len()).position(|window| window == MARKED) {
        bytes[at..at + PLAIN.len()].copy_from_slice(PLAIN);
    }
}

/// What the file's identifier is made from: the same document again has the same identity, and an
/// agreement's originals A and B have each their own.
fn identity(document: Document<'_>, data: &[u8]) -> String {
    let mut digest = Sha256::new();
    digest.update(document.template().as_bytes());
    digest.update(data);
    format!("kvarter:{}:{}", document.kind(), hex::encode(digest.finalize()))
}

fn timestamp(moment: jiff::Timestamp) -> Result<Timestamp, RenderError> {
    let at = jiff::tz::TimeZone::UTC.to_datetime(moment);
    let part = |value: i8| u8::try_from(value).ok();
    let datetime = || {
        Datetime::from_ymd_hms(
            i32::from(at.year()),
            part(at.month())?,
            part(at.day())?,
            part(at.hour())?,
            part(at.minute())?,
            part(at.second())?,
        )
    };
    // A PDF writes the year with four digits.
    let datetime = (0..=9999).contains(&at.year()).then(datetime).flatten();
    datetime.map(Timestamp::new_utc).ok_or(RenderError::Moment(moment))
}
