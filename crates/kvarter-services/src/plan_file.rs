//! Plans taken out as files to work on elsewhere, and taken in again into the draft: all of a file or nothing of it.

use kvarter_domain::access::Act;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::plan::Plan;
use kvarter_domain::plan::part::{Key, Parts};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_store::{self as store, draft as drafts};

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::plan_draft::{self, Opened, current, open};
use crate::plan_exchange::{self, Terms, limit};
use crate::registry::Upload;

/// What a plan is taken out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Markdown: the whole plan as text.
    Markdown,
    /// A document for Word: the whole plan.
    Docx,
    /// A workbook: goals and interventions.
    Xlsx,
}

impl Format {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Docx, Self::Xlsx];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The one that a file is by its name.
    pub fn of(name: &str) -> Option<Self> {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// A plan as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanFile {
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Takes a plan out: the draft, or an adopted version, or with `empty` a form with nothing in it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such version, or the draft is not for this actor to read.
pub async fn export(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    what: What,
    format: Format,
) -> Result<PlanFile> {
    let mut tx = app.store.read().await?;
    let act = if matches!(what, What::Draft) { Act::ReadDraft } else { Act::ReadPublic };
    let opened = open(ctx, app, &mut tx, agreement, district, act).await?;
    let (plan, called) = match what {
        What::Empty => (Plan::default(), "mall".to_owned()),
        What::Draft => (current(&mut tx, &opened.series).await?.plan, "utkast".to_owned()),
        What::Version(serial) => {
            let id = format!("{}/{serial}", opened.series);
            let content = store::plan::content(&mut tx, &id).await?.ok_or(Error::NotFound)?;
            (content.content, serial.to_string())
        }
    };
    drop(tx);
    let name = format!("plan-{district}-{called}.{}", format.ending());
    let words = app.field_words();
    let programme = opened.programme;
    let bytes = aside(move || {
        let rules = programme.plan.as_ref().ok_or(Error::NotFound)?;
        let terms = Terms { rules, areas: &programme.target_areas, words };
        match format {
            Format::Markdown => Ok(plan_exchange::write_markdown(&plan, &terms).into_bytes()),
            Format::Docx => plan_exchange::write_docx(&plan, &terms),
            Format::Xlsx => plan_exchange::write_xlsx(&plan, &terms),
        }
    })
    .await??;
    Ok(PlanFile { name, bytes })
}

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The draft as it is.
    Draft,
    /// An adopted version.
    Version(i64),
    /// A form to begin with.
    Empty,
}

/// What became of taking a file in.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// How many parts were written.
    pub written: usize,
    /// What was passed over: hidden sheets and rows.
    pub notes: Vec<Problem>,
}

/// Takes a file into the draft: the parts that it has and that read otherwise than they do now. What it does not
/// have is left as it is.
///
/// # Errors
/// Everything that is wrong, each with its line or cell; then nothing was written.
pub async fn import(
    ctx: &Ctx,
    app: &App,
    agreement: &AgreementId,
    district: &str,
    upload: Upload,
) -> Result<Imported> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, agreement, district, Act::WriteDraft).await?;
    let draft = current(&mut tx, &opened.series).await?;
    let ever = drafts::parts_ever(&mut tx, &opened.series).await?;
    drop(tx);
    let taken: Vec<Key> = ever.iter().filter_map(|part| Key::parse(part)).collect();
    let words = app.field_words();
    let before = draft.plan.clone();
    let (changes, notes) = aside(move || read(&upload, &before, &taken, &opened, words)).await??;
    let written = plan_draft::save_all(ctx, app, agreement, district, changes.into_iter().collect()).await?;
    Ok(Imported { written, notes })
}

/// The parts of a file that read otherwise than the draft's.
fn read(
    upload: &Upload,
    draft: &Plan,
    taken: &[Key],
    opened: &Opened,
    words: crate::Words,
) -> Result<(Parts, Vec<Problem>)> {
    let terms = Terms { rules: opened.rules()?, areas: &opened.programme.target_areas, words };
    let kind = || {
        let known = Format::ALL.map(Format::ending).join(", ");
        Problem::new("plan-file-of-unknown-kind", "document").with("name", &upload.name).with("known", known)
    };
    let whole = |plan: Plan| -> (Parts, Vec<Problem>) {
        let now = plan_exchange::settled(draft).parts();
        let mut parts = plan.parts();
        parts.retain(|key, body| now.get(key) != Some(body));
        (parts, Vec::new())
    };
    match Format::of(&upload.name).ok_or_else(kind)? {
        Format::Markdown => {
            if upload.bytes.len() > limit::TEXT_BYTES_MAX {
                let problem = Problem::new("exchange-too-large", "document");
                let problem = problem.with("bytes", upload.bytes.len()).with("most", limit::TEXT_BYTES_MAX);
                return Err(problem.into());
            }
            let text = str::from_utf8(&upload.bytes)
                .map_err(|_| Problems::from(Problem::new("exchange-unreadable", "document")))?;
            Ok(whole(plan_exchange::read_markdown(text.trim_start_matches('\u{feff}'), taken, &terms)?))
        }
        Format::Docx => Ok(whole(plan_exchange::read_docx(&upload.bytes, taken, &terms)?)),
        Format::Xlsx => {
            let read = plan_exchange::read_xlsx(&upload.bytes, draft, taken, &terms)?;
            Ok((read.changes, read.notes))
        }
    }
}
