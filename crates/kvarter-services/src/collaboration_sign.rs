//! Signing of collaboration agreements: on paper, attested by the municipality's registrar, or with each side's key.

use jiff::civil::Date;
use kvarter_domain::access::{Act, Actor, Thing};
use kvarter_domain::collaboration::{
    self as domain, CollaborationRenewal, CollaborationSignature, CollaborationVersion, Side, word_of,
};
use kvarter_domain::duty::{Occurrence, of_collaboration};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{Digest, PartnerId, ProgrammeId, RecordId};
use kvarter_domain::person::Person;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::EventKind;
use kvarter_domain::signing::Mode;
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store, ReadTx, WriteTx};
use serde_json::json;

use crate::App;
use crate::agreement::{fresh, scope_of};
use crate::collaboration::{Opened, duty_of, open, side_of, subject_of};
use crate::collaboration_act::filed;
use crate::context::Ctx;
use crate::duty_act::{self, Deed};
use crate::electronic::{self, Signed};
use crate::error::{Error, Result};
use crate::partnership_act::found;
use crate::registry::{self, Upload};

/// What is written of a signature on paper.
#[derive(Debug, Clone)]
pub struct OnPaper {
    /// For which side.
    pub side: Side,
    /// The signatory's name, as it stands in clear.
    pub name: String,
    /// The day beside the signature.
    pub signed_on: Date,
    /// The paper as it was scanned.
    pub scan: Option<Upload>,
    /// What was wrong with the form itself.
    pub faults: Problems,
}

/// Attests a signature on paper.
///
/// # Errors
/// Everything to correct; when the actor is not the municipality's registrar; when the page was stale.
pub async fn sign_on_paper(
    ctx: &Ctx,
    app: &App,
    partner: &PartnerId,
    seen: Option<i64>,
    command: OnPaper,
) -> Result<()> {
    let mut problems = command.faults;
    let scan = match registry::examined(app, command.scan, "scan").await {
        Err(Error::Problems(wrong)) => {
            problems.0.extend(wrong.0);
            None
        }
        other => other?,
    };
    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    ctx.require(Act::Attest, &Thing::Of(opened.municipality().clone()))?;
    let Actor::Signed { person, .. } = &ctx.actor else { return Err(Error::Denied) };
    fresh(&mut tx, &subject_of(partner), seen).await?;
    let version = opened.known.unsigned(partner, opened.today).cloned().ok_or(Error::NotFound)?;
    problems.add_if(version.mode != Mode::Paper, || Problem::new("collaboration-is-electronic", "side"));
    let signature = CollaborationSignature {
        version: version.id.clone(),
        agreement: opened.agreement().clone(),
        side: command.side,
        serial: opened.known.next_signature(&version.id),
        name: squeeze(&command.name),
        person: None,
        mandate: None,
        signed_on: command.signed_on,
        mode: Mode::Paper,
        attested_by: Some(person.clone()),
        document: scan.as_ref().map(|scan| scan.digest.clone()),
        registered_on: ctx.today(),
        record: "".into(),
    };
    problems.and_elsewhere(checked(&opened, &signature));
    problems.or(())?;
    if let Some(scan) = &scan {
        registry::keep_document(&mut tx, scan).await?;
    }
    signed(ctx, app, &mut tx, &opened, &version, signature).await?;
    tx.commit().await?;
    Ok(())
}

fn checked(opened: &Opened, signature: &CollaborationSignature) -> Problems {
    let there = opened.partnership.membership_on(&opened.partner.id, signature.signed_on);
    found(domain::check_signature(signature, &opened.known, there.as_ref(), opened.today))
}

/// Signs with the actor's key: initials on every page and the signature on the last, in one act.
///
/// # Errors
/// Everything that stands in the way; a key that is missing or cannot be opened; [`Error::Stale`] when the file has
/// changed meanwhile.
pub async fn sign_with_key(
    ctx: &Ctx,
    app: &App,
    partner: &PartnerId,
    seen: Option<i64>,
    place: &str,
    passphrase: &str,
    faults: Problems,
) -> Result<()> {
    let mut tx = app.store.read().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    let side = side_of(ctx, &opened).ok_or(Error::Denied)?;
    let Actor::Signed { person, name, mandate, organisation: own, .. } = &ctx.actor else {
        return Err(Error::Denied);
    };
    let version = opened.known.unsigned(partner, opened.today).cloned().ok_or(Error::NotFound)?;
    let before = opened.known.file_of(&version).clone();
    let mut signature = CollaborationSignature {
        version: version.id.clone(),
        agreement: opened.agreement().clone(),
        side,
        serial: opened.known.next_signature(&version.id),
        name: name.clone(),
        person: Some(person.clone()),
        mandate: Some(mandate.clone()),
        signed_on: ctx.today(),
        mode: Mode::Electronic,
        attested_by: None,
        document: None,
        registered_on: ctx.today(),
        record: "".into(),
    };
    let mut problems = faults;
    let place = squeeze(place);
    problems.add_if(place.is_empty(), || Problem::new("signature-without-place", "place"));
    problems.add_if(version.mode != Mode::Electronic, || Problem::new("collaboration-is-paper", "place"));
    problems.and_elsewhere(checked(&opened, &signature));
    problems.or(())?;
    let organisation = electronic::organisation(&mut tx, own).await?;
    drop(tx);

    let person = Person { id: person.clone(), name: name.clone() };
    let signer = app.keys.signer(&person, &organisation, passphrase, ctx.now)?;
    let act = Signed {
        party: side.code(),
        person: name.clone(),
        mandate: mandate.clone(),
        place,
        reasons: [
            app.words("reason-initials-collaboration"),
            app.words(&format!("reason-signature-collaboration-{side}")),
        ],
        marked: app.words("signed-with-key"),
        at: ctx.now,
        last: opened.known.signatures.iter().any(|s| s.version == version.id),
    };
    let bytes = electronic::on_a_thread(app, app.store.blobs().get(&before).await?, signer, act).await?;
    let name = format!("{}-{side}.pdf", version.id.replace('/', "-"));
    let file = electronic::file_of(app, name, bytes).await?;

    let mut tx = app.store.write().await?;
    let opened = open(ctx, app, &mut tx, partner).await?;
    side_of(ctx, &opened).filter(|now| *now == side).ok_or(Error::Denied)?;
    fresh(&mut tx, &subject_of(partner), seen).await?;
    let now = opened.known.unsigned(partner, opened.today);
    if now != Some(&version) || *opened.known.file_of(&version) != before {
        return Err(Error::Stale);
    }
    checked(&opened, &signature).or(())?;
    registry::keep_document(&mut tx, &file).await?;
    signature.document = Some(file.digest.clone());
    signed(ctx, app, &mut tx, &opened, &version, signature).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes a signature, and what follows once both have signed.
async fn signed(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    opened: &Opened,
    version: &CollaborationVersion,
    mut signature: CollaborationSignature,
) -> Result<()> {
    let (side, day) = (signature.side, signature.signed_on);
    let subject = format!("subject-collaboration-signed-{side}");
    // What was signed is the file after a key's act, the scan of the paper, or the paper as it was drawn up.
    let file = signature.document.clone().unwrap_or_else(|| version.document.clone());
    signature.record = filed(ctx, app, tx, opened, &subject, day, Some(&file)).await?;
    tx.insert(&signature).await?;
    let record = signature.record.clone();
    let other = match side {
        Side::Municipality => Side::Partner,
        Side::Partner => Side::Municipality,
    };
    let summary = json!({ "version": version.id, "side": side, "record": record });
    if let Some(theirs) = opened.known.signature(&version.id, other) {
        concluded(ctx, app, tx, opened, version, day.max(theirs.signed_on), &record, file).await?;
    }
    ctx.append(tx, Happened::CollaborationSigned, subject_of(&opened.partner.id).as_str(), summary).await?;
    Ok(())
}

/// What follows from both having signed: the duties of this collaboration agreement, the first time; and what the act
/// meets.
#[expect(clippy::too_many_arguments, reason = "an act with all that it follows from")]
async fn concluded(
    ctx: &Ctx,
    app: &App,
    tx: &mut WriteTx,
    opened: &Opened,
    version: &CollaborationVersion,
    day: Date,
    record: &RecordId,
    file: Digest,
) -> Result<()> {
    let partner = &opened.partner;
    let in_force = opened.life.in_force.as_ref().map(|f| f.from_day).ok_or(Error::NotFound)?;
    let object = (word_of(&partner.id).to_owned(), partner.name.clone());
    for duty in of_collaboration(&opened.programme, &scope_of(&opened.life), in_force, &object) {
        tx.insert_if_new(&duty).await?;
    }
    let deed = Deed {
        day,
        record: record.clone(),
        document: Some(file),
        by: opened.municipality().clone(),
        note: Some(partner.name.clone()),
    };
    let duties = store::duty::of_agreement(tx, opened.agreement()).await?;
    let general = duties.into_iter().filter(|duty| duty.met_by == EventKind::CollaborationConcluded);
    duty_act::met_by(ctx, app, tx, general, &deed).await?;
    let based = duty_of(tx, opened, EventKind::CollaborationBasedOnPlans).await?;
    duty_act::met_by(ctx, app, tx, based, &deed).await?;
    let earlier = opened
        .known
        .with(&partner.id)
        .filter(|earlier| earlier.serial < version.serial)
        .rfind(|earlier| opened.known.concluded_on(&earlier.id).is_some());
    let Some(earlier) = earlier else { return Ok(()) };
    let Some(revise) = duty_of(tx, opened, EventKind::CollaborationRevised).await? else { return Ok(()) };
    // A revision that nobody had called for has found its need together with its remedy.
    if !opened.known.needs.iter().any(|need| need.version == earlier.id) {
        tx.insert(&Occurrence {
            duty: revise.id.clone(),
            occurred_on: day,
            registered_on: ctx.today(),
            note: deed.note.clone(),
            record: record.clone(),
        })
        .await?;
    }
    duty_act::met_by(ctx, app, tx, [revise], &deed).await
}

/// The versions under a programme that both have signed with keys.
pub(crate) async fn with_keys(app: &App, programme: &ProgrammeId) -> Result<Vec<CollaborationVersion>> {
    let mut tx = app.store.read().await?;
    let all = store::collaboration::of_programme(&mut tx, programme).await?;
    let signed = all.into_values().flat_map(|known| {
        let both =
            |v: &CollaborationVersion| Side::ALL.iter().all(|side| known.signature(&v.id, *side).is_some());
        let mut versions = known.versions.clone();
        versions.retain(|version| version.mode == Mode::Electronic && both(version));
        versions
    });
    Ok(signed.collect())
}

/// Puts a new timestamp over a version's file, if its last one will soon run out.
///
/// # Errors
/// When the file cannot be renewed today.
pub(crate) async fn renew(app: &App, version: &CollaborationVersion) -> Result<bool> {
    let ctx = app.system();
    let known = async |tx: &mut ReadTx| store::collaboration::of_agreement(tx, &version.agreement).await;
    let latest = known(&mut app.store.read().await?).await?.file_of(version).clone();
    let Some(bytes) = electronic::renewed(app, &latest).await? else { return Ok(false) };
    let name = format!("{}-renewed.pdf", version.id.replace('/', "-"));
    let file = electronic::file_of(app, name, bytes).await?;
    let mut tx = app.store.write().await?;
    let now = known(&mut tx).await?;
    if *now.file_of(version) != latest {
        return Ok(false);
    }
    registry::keep_document(&mut tx, &file).await?;
    tx.insert(&CollaborationRenewal {
        version: version.id.clone(),
        agreement: version.agreement.clone(),
        serial: now.renewals.iter().filter(|r| r.version == version.id).map(|r| r.serial).max().unwrap_or(0)
            + 1,
        document: file.digest.clone(),
        renewed_on: ctx.today(),
    })
    .await?;
    let summary = json!({ "version": version.id, "document": file.digest });
    ctx.append(&mut tx, Happened::OriginalRenewed, subject_of(&version.partner).as_str(), summary).await?;
    tx.commit().await?;
    Ok(true)
}
