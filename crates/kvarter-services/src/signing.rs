//! Signatures and initials: attested on paper by a registrar, with scans; looked at page by page.

use kvarter_domain::access::{Act, Actor};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::AgreementId;
use kvarter_domain::person::Mandate;
use kvarter_domain::problem::Problem;
use kvarter_domain::registry::Document;
use kvarter_domain::signing::{self, Attestation, Mark, Mode, Party, Scan};
use kvarter_store as store;
use serde_json::json;

use crate::App;
use crate::access::open_agreement;
use crate::agreement::{AgreementPage, enter_into_force, fresh, own_side};
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::registry::{self, Upload};

/// Registers what a registrar has seen on paper: a party's signature and initials on one or both
/// originals, all or nothing.
///
/// # Errors
/// Every rule that it breaks, with its clause; when the actor may not; when the page was stale.
pub async fn attest(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    attestations: &[Attestation],
) -> Result<()> {
    let mut tx = app.store.write().await?;
    let mut life = open_agreement(ctx, &mut tx, id, Act::Attest).await?;
    fresh(&mut tx, id, seen).await?;
    let attested_by = match &ctx.actor {
        Actor::Signed { person, .. } => Some(person.clone()),
        Actor::System | Actor::Public => None,
    };
    let mut problems = kvarter_domain::problem::Problems::none();
    if attestations.is_empty() {
        problems.add(Problem::new("nothing-attested", "pages"));
    }
    for attestation in attestations {
        own_side(ctx, &life, attestation.party)?;
        match signing::attest(&life, attestation, Mode::Paper, attested_by.as_ref(), ctx.today()) {
            Ok((signature, initials)) => {
                life.signatures.extend(signature.clone());
                life.initials.extend(initials.clone());
                if let Some(signature) = &signature {
                    tx.insert(signature).await?;
                }
                for one in &initials {
                    tx.insert(one).await?;
                }
            }
            Err(found) => problems.0.extend(found.0),
        }
    }
    problems.or(())?;
    let marks: Vec<&str> = attestations.iter().map(|a| a.mark.code()).collect();
    let party = attestations.first().map(|a| a.party);
    ctx.append(&mut tx, Happened::OriginalAttested, id.as_str(), json!({ "party": party, "marks": marks }))
        .await?;
    enter_into_force(ctx, app, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps a scan of a signed original, attested by the registrar who uploads it.
///
/// # Errors
/// What is wrong with the scan; when the actor may not; when the page was stale.
pub async fn scan(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    mark: Mark,
    upload: Upload,
) -> Result<Document> {
    // Permission first: nobody's 50 megabytes are examined for nothing.
    open_agreement(ctx, &mut app.store.read().await?, id, Act::Attest).await?;
    let document = registry::examined(app, Some(upload), "scan")
        .await?
        .ok_or_else(|| Problem::new("upload-empty", "scan"))?;
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Attest).await?;
    fresh(&mut tx, id, seen).await?;
    let Actor::Signed { person, .. } = &ctx.actor else { return Err(Error::Denied) };
    let original = life
        .original(mark)
        .ok_or_else(|| Problem::new("no-such-original", "mark").with("mark", mark.code()))?;
    if let Some(pages) = document.pages
        && pages > 1
        && pages != original.pages
    {
        let problem = Problem::new("scan-of-other-length", "scan")
            .resting_on("L")
            .with("pages", pages)
            .with("of", original.pages);
        return Err(problem.into());
    }
    registry::keep_document(&mut tx, &document).await?;
    tx.insert(&Scan {
        agreement: id.clone(),
        mark,
        document: document.digest.clone(),
        scanned_on: ctx.today(),
        attested_by: person.clone(),
    })
    .await?;
    ctx.append(&mut tx, Happened::OriginalScanned, id.as_str(), json!({ "mark": mark })).await?;
    tx.commit().await?;
    Ok(document)
}

/// What the signing room shows.
#[derive(Debug, Clone)]
pub struct SigningRoom {
    /// The agreement with all that follows.
    pub page: AgreementPage,
    /// The parties that this actor attests for.
    pub attests: Vec<Party>,
    /// For each party, mandates that have ever let someone sign for it.
    pub signatories: Vec<(Party, Mandate, String)>,
}

/// The signing room of an agreement, for its own parties.
///
/// # Errors
/// [`Error::NotFound`] for anyone else.
pub async fn room(ctx: &Ctx, app: &App, id: &AgreementId) -> Result<SigningRoom> {
    {
        let mut tx = app.store.read().await?;
        open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    }
    let page = crate::agreement::show(ctx, app, id).await?;
    let life = &page.life;
    let thing = kvarter_domain::access::Thing::Shared {
        state: life.agreement.state.clone(),
        municipality: life.agreement.municipality.clone(),
    };
    let attests = Party::BOTH
        .into_iter()
        .filter(|party| {
            ctx.actor.organisation() == Some(life.organisation(*party)) && ctx.may(Act::Attest, &thing)
        })
        .collect();
    let mut signatories = Vec::new();
    for party in Party::BOTH {
        for mandate in &life.mandates.given {
            let deputy =
                party == Party::Municipality && mandate.role == kvarter_domain::person::Role::DeputyChair;
            if mandate.organisation == *life.organisation(party)
                && (mandate.role == party.signatory() || deputy)
            {
                signatories.push((party, mandate.clone(), life.name_of(&mandate.person).to_owned()));
            }
        }
    }
    Ok(SigningRoom { page, attests, signatories })
}

/// An original's document, for its own parties.
///
/// # Errors
/// [`Error::NotFound`] for anyone else, or when there is no such original.
pub async fn original(ctx: &Ctx, app: &App, id: &AgreementId, mark: Mark) -> Result<(Document, Vec<u8>)> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    let original = life.original(mark).ok_or(Error::NotFound)?;
    let document = store::registry::document(&mut tx, &original.document).await?.ok_or(Error::NotFound)?;
    let bytes = app.store.blobs().get(&document.digest).await?;
    Ok((document, bytes))
}

/// The latest scan of an original, for its own parties.
///
/// # Errors
/// [`Error::NotFound`] for anyone else, or when there is none.
pub async fn latest_scan(ctx: &Ctx, app: &App, id: &AgreementId, mark: Mark) -> Result<(Document, Vec<u8>)> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    let scan = life.scans.iter().rev().find(|s| s.mark == mark).ok_or(Error::NotFound)?;
    let document = store::registry::document(&mut tx, &scan.document).await?.ok_or(Error::NotFound)?;
    let bytes = app.store.blobs().get(&document.digest).await?;
    Ok((document, bytes))
}
