//! The registry: matters opened, records filed and marked, documents kept, and all of it read.

use jiff::civil::Date;
use kvarter_documents::Pdf;
use kvarter_documents::scan::{self, ScanError};
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, Digest, OrganisationId, RecordId};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::reference::Reference;
use kvarter_domain::registry::{
    self, Direction, Document, Filed, Matter, Record, RecordView, Secrecy, Separated,
};
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store, WriteTx};
use serde_json::json;
use std::collections::BTreeSet;

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::screen::Screen;

/// The most that an uploaded document may hold, in bytes.
pub const UPLOAD_BYTES_MAX: usize = 50 * 1024 * 1024;

/// A document that someone hands over.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name it came under.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Pages, when we made it ourselves and know; otherwise it is examined.
    pages: Option<usize>,
}

impl Upload {
    /// What someone uploaded.
    pub fn new(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), bytes, pages: None }
    }

    /// What was rendered here.
    pub(crate) fn pdf(name: &str, pdf: &Pdf) -> Self {
        Self { name: name.to_owned(), bytes: pdf.bytes.clone(), pages: Some(pdf.pages) }
    }
}

/// Examines an upload, if there is one, and puts its bytes in the blob store.
///
/// # Errors
/// A problem at `place` when it is empty, too large, or neither a PDF nor a picture of a page.
pub(crate) async fn examined(app: &App, upload: Option<Upload>, place: &str) -> Result<Option<Document>> {
    let Some(upload) = upload else { return Ok(None) };
    if upload.bytes.is_empty() && upload.name.is_empty() {
        return Ok(None);
    }
    let bytes = std::sync::Arc::new(upload.bytes);
    let looked_at = std::sync::Arc::clone(&bytes);
    let scan = aside(move || scan::examine(&looked_at, UPLOAD_BYTES_MAX)).await?.map_err(|refused| {
        Problem::new(refusal(&refused), place)
            .with("name", &upload.name)
            .with("megabytes_max", UPLOAD_BYTES_MAX / (1024 * 1024))
    })?;
    let digest = app.store.blobs().put(&bytes).await?;
    Ok(Some(Document {
        digest,
        media_type: scan.kind.media_type().to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        pages: i64::try_from(scan.pages).ok(),
        name: file_name(&upload.name),
    }))
}

fn refusal(refused: &ScanError) -> &'static str {
    match refused {
        ScanError::Empty => "upload-empty",
        ScanError::TooLarge { .. } => "upload-too-large",
        ScanError::UnknownKind => "upload-of-unknown-kind",
        ScanError::Damaged { .. } => "upload-damaged",
        ScanError::Encrypted => "upload-encrypted",
        ScanError::TooManyPages { .. } => "upload-too-many-pages",
    }
}

/// The last part of a name, without what a file system or a header could trip over.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String =
        last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>')).take(120).collect();
    if clean.trim().is_empty() { "dokument".to_owned() } else { clean }
}

/// Puts a document that was rendered here in the blob store.
pub(crate) async fn put(app: &App, upload: Upload) -> Result<Document> {
    let digest = app.store.blobs().put(&upload.bytes).await?;
    Ok(Document {
        digest,
        media_type: "application/pdf".to_owned(),
        size: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
        pages: upload.pages.and_then(|p| i64::try_from(p).ok()),
        name: upload.name,
    })
}

/// Enters a document unless it is entered already: the same bytes are the same document.
pub(crate) async fn keep_document(tx: &mut WriteTx, document: &Document) -> Result<()> {
    if store::registry::document(tx, &document.digest).await?.is_none() {
        tx.insert(document).await?;
    }
    Ok(())
}

/// Notes a reference number of a matter unless it is noted already in that role.
pub(crate) async fn note_reference(tx: &mut WriteTx, reference: &Reference) -> Result<()> {
    let known = store::registry::references_of(tx, &reference.matter).await?;
    if !known.iter().any(|r| r.number == reference.number && r.role == reference.role) {
        tx.insert(reference).await?;
    }
    Ok(())
}

/// The matter with this number in a register; opened if it is not there.
pub(crate) async fn matter(
    tx: &mut WriteTx,
    organisation: &OrganisationId,
    register: &str,
    number: &str,
    title: &str,
    opened_on: Date,
) -> Result<Matter> {
    let (register, number) = (squeeze(register), squeeze(number));
    let id = Matter::id_of(organisation, &register, &number);
    if let Some(matter) = store::registry::matter(tx, &id).await? {
        return Ok(matter);
    }
    let matter = Matter {
        id,
        organisation: organisation.clone(),
        register,
        number,
        title: title.to_owned(),
        opened_on,
    };
    tx.insert(&matter).await?;
    Ok(matter)
}

/// The matter in which an organisation handles an agreement: the one of its earliest record about it, or
/// else the one whose letter it was.
pub(crate) async fn matter_of_agreement(
    tx: &mut WriteTx,
    organisation: &OrganisationId,
    agreement: &AgreementId,
) -> Result<Matter> {
    if let Some(matter) = store::registry::matter_about(tx, organisation, agreement).await? {
        return Ok(matter);
    }
    let life = store::agreement::life(tx, agreement).await?.ok_or(Error::NotFound)?;
    let of_letter = life.letter.as_ref().map(|(dispatch, _)| dispatch.reference.clone());
    if let Some(number) = of_letter
        && let Some(matter) = store::registry::matter_numbered(tx, organisation, &number).await?
    {
        return Ok(matter);
    }
    Err(Problem::new("no-matter-yet", "agreement").resting_on("OSL 5:1").into())
}

/// What is written of a record; its running number follows from the matter.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which way it went.
    pub direction: Direction,
    /// The day it was received or drawn up.
    pub day: Date,
    /// The day it bears.
    pub dated: Option<Date>,
    /// Sender or recipient.
    pub counterpart: Option<String>,
    /// The subject.
    pub subject: String,
    /// The counterpart's number.
    pub their_reference: Option<String>,
    /// Who it is passed to.
    pub routed_to: Option<String>,
    /// The document.
    pub document: Option<Digest>,
    /// The agreement it concerns.
    pub agreement: Option<AgreementId>,
}

/// Files a record in a matter under its next running number.
pub(crate) async fn file(ctx: &Ctx, tx: &mut WriteTx, matter: &Matter, entry: Entry) -> Result<Record> {
    let serial = store::registry::next_serial(tx, &matter.id).await?;
    let record = Record {
        id: Record::id_of(&matter.id, serial),
        matter: matter.id.clone(),
        serial,
        agreement: entry.agreement,
        direction: entry.direction,
        day: entry.day,
        dated: entry.dated,
        counterpart: entry.counterpart.map(|c| squeeze(&c)).filter(|c| !c.is_empty()),
        subject: squeeze(&entry.subject),
        their_reference: entry.their_reference,
        routed_to: entry.routed_to,
        document: entry.document,
    };
    registry::check_record(&record, matter, ctx.today())?;
    tx.insert(&record).await?;
    Ok(record)
}

/// What a registrar writes of any record.
#[derive(Debug, Clone)]
pub struct Register {
    /// Which of the organisation's registers.
    pub register: String,
    /// The matter's number; a new one opens a matter.
    pub number: String,
    /// The record.
    pub entry: Entry,
    /// The document itself.
    pub document: Option<Upload>,
}

/// Registers a record in the actor's own organisation.
///
/// # Errors
/// Everything to correct; when the actor may not.
pub async fn register(ctx: &Ctx, app: &App, command: Register) -> Result<RecordId> {
    let own = ctx.actor.organisation().ok_or(Error::Denied)?.clone();
    ctx.require(Act::RegisterRecord, &Thing::Of(own.clone()))?;
    let document = examined(app, command.document, "document").await?;
    let mut tx = app.store.write().await?;
    let mut problems = Problems::none();
    problems.add_if(squeeze(&command.number).is_empty(), || {
        Problem::new("record-without-number", "number").resting_on("OSL 5:2")
    });
    if let Some(agreement) = &command.entry.agreement {
        let life = store::agreement::life(&mut tx, agreement).await?;
        let concerned = life.is_some_and(|l| l.agreement.municipality == own || l.agreement.state == own);
        problems.add_if(!concerned, || Problem::new("no-such-agreement", "agreement").with("id", agreement));
    }
    problems.or(())?;
    let entry = Entry { document: document.as_ref().map(|d| d.digest.clone()), ..command.entry };
    let matter = matter(&mut tx, &own, &command.register, &command.number, &entry.subject, entry.day).await?;
    if let Some(document) = &document {
        keep_document(&mut tx, document).await?;
    }
    let record = file(ctx, &mut tx, &matter, entry).await?;
    ctx.append(&mut tx, Happened::RecordRegistered, record.id.as_str(), json!({ "matter": matter.id }))
        .await?;
    tx.commit().await?;
    Ok(record.id)
}

/// Marks a record for secrecy, or lifts the marking (`provision` absent and nothing kept apart).
///
/// # Errors
/// Everything to correct; [`Error::NotFound`] for a record of another organisation.
pub async fn mark_secrecy(
    ctx: &Ctx,
    app: &App,
    id: &RecordId,
    provision: Option<&str>,
    marked_on: Date,
    separates: BTreeSet<Separated>,
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let filed = store::registry::filed(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let organisation = &filed.matter.organisation;
    ctx.require(Act::MarkSecrecy, &Thing::Of(organisation.clone()))?;
    let secrecy = Secrecy {
        record: id.clone(),
        serial: filed.secrecy.iter().map(|s| s.serial).max().unwrap_or(0) + 1,
        provision: provision.map(squeeze).filter(|p| !p.is_empty()),
        marked_on,
        authority: organisation.clone(),
        separates,
    };
    registry::check_secrecy(&secrecy, ctx.today())?;
    tx.insert(&secrecy).await?;
    let summary = json!({ "lifted": secrecy.provision.is_none() });
    ctx.append(&mut tx, Happened::SecrecyMarked, id.as_str(), summary).await?;
    tx.commit().await?;
    Ok(())
}

/// Which records to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this organisation's.
    pub organisation: Option<OrganisationId>,
    /// Only those about this agreement.
    pub agreement: Option<AgreementId>,
    /// Only those that have these words in what the reader may see.
    pub words: Option<String>,
    /// Pass over so many.
    pub offset: usize,
    /// At the most so many.
    pub limit: usize,
}

/// Records for the reader: its own organisation's whole, others' with fields kept apart. The latest first.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(ctx: &Ctx, app: &App, filter: &Filter) -> Result<(Vec<RecordView>, usize)> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    let filed =
        store::registry::all_filed(&mut tx, filter.organisation.as_ref(), filter.agreement.as_ref()).await?;
    let wanted = filter.words.as_deref().map(|w| squeeze(w).to_lowercase()).filter(|w| !w.is_empty());
    let screen = Screen::before(ctx, &mut tx).await?;
    let views: Vec<RecordView> = filed
        .iter()
        .map(|filed| view(ctx, &screen, filed))
        .filter(|view| wanted.as_deref().is_none_or(|wanted| mentions(view, wanted)))
        .collect();
    let total = views.len();
    let limit = if filter.limit == 0 { usize::MAX } else { filter.limit };
    Ok((views.into_iter().skip(filter.offset).take(limit).collect(), total))
}

/// Searches only what the reader sees: a search must not find what is kept apart.
fn mentions(view: &RecordView, wanted: &str) -> bool {
    let seen =
        [Some(&view.number), view.subject.as_ref(), view.counterpart.as_ref(), view.their_reference.as_ref()];
    seen.into_iter().flatten().any(|text| text.to_lowercase().contains(wanted))
}

fn view(ctx: &Ctx, screen: &Screen, filed: &Filed) -> RecordView {
    let own = ctx.actor.organisation() == Some(&filed.matter.organisation);
    let whole = own && ctx.may(Act::ReadRegister, &Thing::Of(filed.matter.organisation.clone()));
    let mut view = filed.view(whole);
    if !whole {
        screen.over_record(&mut view);
    }
    view
}

/// A record with its matter's reference numbers and its document.
#[derive(Debug, Clone)]
pub struct RecordPage {
    /// The record as the reader sees it.
    pub record: RecordView,
    /// The matter's title; absent when the subject is kept apart.
    pub matter_title: Option<String>,
    /// Reference numbers of the matter.
    pub references: Vec<Reference>,
    /// The document, if the reader may have it.
    pub document: Option<Document>,
    /// Every marking there has been, for the record's own people.
    pub markings: Vec<Secrecy>,
    /// The event that registered it, for its proof in the log.
    pub event: i64,
    /// Whether the reader may mark it.
    pub may_mark: bool,
}

/// One record.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn show(ctx: &Ctx, app: &App, id: &RecordId) -> Result<RecordPage> {
    ctx.require(Act::ReadPublic, &Thing::Common)?;
    let mut tx = app.store.read().await?;
    let filed = store::registry::filed(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let record = view(ctx, &Screen::before(ctx, &mut tx).await?, &filed);
    let owner = Thing::Of(filed.matter.organisation.clone());
    let document = match &record.document {
        Some(digest) => store::registry::document(&mut tx, digest).await?,
        None => None,
    };
    let open = record.separated.is_empty();
    Ok(RecordPage {
        matter_title: Some(filed.matter.title.clone())
            .filter(|_| !record.separated.contains(&Separated::Subject)),
        references: if open {
            store::registry::references_of(&mut tx, &filed.matter.id).await?
        } else {
            Vec::new()
        },
        document,
        markings: if ctx.may(Act::MarkSecrecy, &owner) { filed.secrecy.clone() } else { Vec::new() },
        event: store::registry::event_of(&mut tx, id).await?,
        may_mark: ctx.may(Act::MarkSecrecy, &owner),
        record,
    })
}

/// A record's document, if the reader may have it.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is kept apart.
pub async fn document(ctx: &Ctx, app: &App, id: &RecordId) -> Result<(Document, Vec<u8>)> {
    let page = show(ctx, app, id).await?;
    let document = page.document.ok_or(Error::NotFound)?;
    let bytes = app.store.blobs().get(&document.digest).await?;
    Ok((document, bytes))
}

/// A number in plain letters, for ids made from it.
pub(crate) fn slug_of(number: &str) -> String {
    Matter::id_of(&"x".into(), "", number).as_str().trim_start_matches("x-").to_owned()
}
