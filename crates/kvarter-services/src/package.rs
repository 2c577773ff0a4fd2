//! The return package: the signed file, the copy of the decision and a cover letter, in one container that
//! anyone can check (ASiC-E, ETSI EN 319 162-1).
//!
//! The letter: ”Ett avtal, undertecknat och signerat enligt ovan, ska tillsammans med en kopia av
//! kommunstyrelsens beslut returneras … (ange dnr. IJ2007/1818/STO)”. On paper they go in one envelope; here
//! in one container, whose manifest names each file's digest under one timestamp.

use kvarter_documents::{Document as Paper, model, render};
use kvarter_domain::agreement::{Life, Return};
use kvarter_domain::ids::Digest;
use kvarter_domain::problem::Problem;
use kvarter_domain::registry::Document;
use kvarter_domain::signing::Party;
use kvarter_signatures::container::{Contents, File, MEDIA_TYPE, Most, unpack};
use kvarter_store::{self as store, ReadTx};

use crate::App;
use crate::agreement::SendBack;
use crate::aside::aside;
use crate::context::Ctx;
use crate::error::{Error, Result};

/// The names of the files in the container.
const AGREEMENT: &str = "avtal.pdf";
const DECISION: &str = "beslut.pdf";
const COVER: &str = "foljebrev.pdf";
/// No package of ours holds more.
const MOST: Most = Most { files: 16, bytes: 256 << 20 };

/// Puts together what a municipality sends back, and keeps it; nothing where the agreement is on paper, or is
/// not yet signed, or the decision is not to go with it.
pub(crate) async fn draw_up(ctx: &Ctx, app: &App, life: &Life, back: &SendBack) -> Result<Option<Document>> {
    let (Some(latest), true) = (life.latest_version(), life.is_electronic()) else { return Ok(None) };
    let decision = life.approval(Party::Municipality).and_then(|approval| approval.document.clone());
    let (Some(decision), true) = (decision, back.with_decision) else { return Ok(None) };
    let pdf = |name: &str, bytes: Vec<u8>| File {
        name: name.to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes,
    };
    let agreement = app.store.blobs().get(latest).await?;
    let copy = app.store.blobs().get(&decision).await?;
    let letter = cover(ctx, app, life, back, [(AGREEMENT, latest), (DECISION, &decision)]).await?;
    let files = vec![pdf(AGREEMENT, agreement), pdf(DECISION, copy), pdf(COVER, letter)];
    let contents = Contents::new(files).map_err(internal)?;
    let (keys, now) = (app.keys.clone(), ctx.now);
    let packed = aside(move || {
        keys.with_timestamps(now, |timestamps| match timestamps {
            Some(authority) => contents.stamped(authority).map(Some),
            None => Ok(None),
        })
    });
    let Some(bytes) = packed.await?.map_err(|error| Error::Unavailable(error.to_string()))? else {
        return Ok(None);
    };
    let digest = app.store.blobs().put(&bytes).await?;
    Ok(Some(Document {
        digest,
        media_type: MEDIA_TYPE.to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        pages: None,
        name: format!("retur-{}.asice", life.agreement.id.as_str().replace('/', "-")),
    }))
}

/// The letter that goes with it: to whom, under which number, and what is enclosed with which digest.
async fn cover(
    ctx: &Ctx,
    app: &App,
    life: &Life,
    back: &SendBack,
    enclosed: [(&str, &Digest); 2],
) -> Result<Vec<u8>> {
    let programme = app.programme(&life.agreement.programme)?;
    let fact = |key: &str, value: String| model::Fact { label: app.words(key), value };
    let mut facts = vec![
        fact("cover-to", programme.state.name.clone()),
        fact("document-day", back.sent_on.to_string()),
        fact("cover-agreement", life.agreement.id.to_string()),
    ];
    if !back.quoted.trim().is_empty() {
        facts.push(fact("cover-reference", back.quoted.trim().to_owned()));
    }
    let paragraphs = [app.words("cover-words")]
        .into_iter()
        .chain(enclosed.map(|(name, digest)| format!("{name}: SHA-256 {digest}")))
        .collect();
    let model = model::Act {
        title: app.words("subject-return"),
        sender: programme
            .recipient(life.agreement.municipality.as_str())
            .map_or_else(|| life.agreement.party_name.clone(), |recipient| recipient.name.clone()),
        reference: back.quoted.trim().to_owned(),
        facts,
        sections: vec![model::Section { heading: None, paragraphs }],
        ..model::Act::default()
    };
    let moment = ctx.now;
    Ok(aside(move || render(Paper::Act(&model), moment)).await??.bytes)
}

/// Opens the package that came back and checks that it is whole and of this agreement: its digest, to be
/// registered with what came in. Nothing where there is none.
///
/// # Errors
/// `package-broken`, `package-of-another-agreement`, `package-without-decision`.
pub(crate) async fn received(
    app: &App,
    tx: &mut ReadTx,
    life: &Life,
    sent: &Return,
) -> Result<Option<Digest>> {
    let Some(document) = store::registry::document_of_record(tx, &sent.record).await? else {
        return Ok(None);
    };
    if document.media_type != MEDIA_TYPE {
        return Ok(None);
    }
    let bytes = app.store.blobs().get(&document.digest).await?;
    let about = |code: &str| Problem::new(code, "mark").resting_on("L");
    let container = unpack(&bytes, MOST).map_err(|_| about("package-broken"))?;
    if !container.is_complete() {
        return Err(about("package-broken").into());
    }
    let held =
        |name: &str| container.files.iter().find(|file| file.name == name).map(|f| Digest::of(&f.bytes));
    let own = |digest: &Digest| life.versions.iter().any(|version| version.document == *digest);
    if !held(AGREEMENT).as_ref().is_some_and(own) {
        return Err(about("package-of-another-agreement").into());
    }
    if held(DECISION) != life.approval(Party::Municipality).and_then(|approval| approval.document.clone()) {
        return Err(about("package-without-decision").into());
    }
    Ok(Some(document.digest))
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
