//! Signing with keys: the one file of an electronic agreement drawn up, initialled page by page, signed on its
//! last page, and kept alive.
//!
//! A person initials pages in the signing room one by one, and each is remembered. When every page is, the
//! person's key makes two signatures at once: one over the act of initialling, which seals every page, and one
//! over the agreement. The rules are the domain's, the same as on paper; what is made is one more version of
//! the file, which begins with the whole of the one before.

use jiff::{SignedDuration, Timestamp};
use kvarter_documents::{Field, FieldKind, HAND, Pdf, SMALL, picture};
use kvarter_domain::access::{Act, Actor};
use kvarter_domain::agreement::Life;
use kvarter_domain::collaboration::Side;
use kvarter_domain::electronic::{PageMark, SignedVersion};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, Digest, MandateId, PersonId};
use kvarter_domain::organisation::Organisation;
use kvarter_domain::person::Mandate;
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::registry::Document;
use kvarter_domain::signing::{self, Attestation, Mark, Mode, Party};
use kvarter_domain::text::squeeze;
use kvarter_signatures::algorithm::DigestAlgorithm;
use kvarter_signatures::appearance::Ink;
use kvarter_signatures::begun::DEFAULT_RESERVE;
use kvarter_signatures::certificate::Certificate;
use kvarter_signatures::form::{FieldPlace, PlaceKind, prepare};
use kvarter_signatures::preservation::{add_evidence, timestamp_with};
use kvarter_signatures::sign::{Act as Signing, ActKind, sign_with};
use kvarter_store as store;
use serde_json::json;

use crate::App;
use crate::access::open_agreement;
use crate::agreement::{enter_into_force, fresh};
use crate::aside::aside;
use crate::collaboration_sign;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::keys::BoxedSigner;
use crate::registry;

/// How many timestamps over the whole file there is room for from the beginning; more can be added later.
const TIMESTAMPS: usize = 8;
/// The blue of the pen, in which both parties sign: red, green, blue.
const INK: [f64; 3] = [0.11, 0.18, 0.47];

/// Draws up a document for signing with keys: a field for each party's initials on each page, and for its
/// signatures. `parties` are their codes, and `words` gives what each field is called.
///
/// # Errors
/// When the document has no places for the parties: a fault in the programme's template.
pub(crate) fn draw_up(pdf: &Pdf, parties: [&str; 2], words: &dyn Fn(&str) -> String) -> Result<Pdf> {
    let code = |field: &Field| match field.party {
        kvarter_documents::Party::State => Party::State.code(),
        kvarter_documents::Party::Municipality => Party::Municipality.code(),
        kvarter_documents::Party::Partner => Side::Partner.code(),
    };
    let hidden = |kind, party: &str, label: String| FieldPlace {
        kind,
        party: party.to_owned(),
        page: 1,
        x: 0.0,
        y: 0.0,
        w: 0.0,
        h: 0.0,
        label,
    };
    let mut places = Vec::new();
    for field in &pdf.fields {
        let (kind, key) = match field.kind {
            FieldKind::Initials => (PlaceKind::Initials, "field-initials"),
            FieldKind::Signature => (PlaceKind::Signature, "field-signature"),
            FieldKind::Date => continue,
        };
        let party = code(field);
        let label = format!("{}, {} {}", words(&format!("{key}-{party}")), words("field-page"), field.page);
        places.push(FieldPlace {
            kind,
            party: party.to_owned(),
            page: field.page,
            x: field.x,
            y: field.y,
            w: field.w,
            h: field.h,
            label,
        });
    }
    for party in parties {
        let label = words(&format!("field-initialling-{party}"));
        places.push(hidden(PlaceKind::Initialling, party, label));
    }
    for number in 1..=TIMESTAMPS {
        let label = format!("{} {number}", words("field-timestamp"));
        places.push(hidden(PlaceKind::Timestamp, &number.to_string(), label));
    }
    let bytes = prepare(&pdf.bytes, &places, "sv").map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Pdf { bytes, ..pdf.clone() })
}

/// What the room shows of signing with keys.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The party that this person signs for, if any.
    pub party: Option<Party>,
    /// Pages that this person has initialled and not yet sealed.
    pub marks: Vec<PageMark>,
    /// Why the next page cannot be initialled, if it cannot: every reason.
    pub hindrances: Problems,
    /// Whether the keys are the demonstration's.
    pub keys_for_trying: bool,
}

/// Someone who signs by a mandate of their own.
struct Signatory {
    person: PersonId,
    mandate: Mandate,
    party: Party,
}

/// The actor as a signatory of the agreement, by the mandate they act by.
fn signatory(ctx: &Ctx, life: &Life) -> Option<Signatory> {
    let Actor::Signed { person, mandate, .. } = &ctx.actor else { return None };
    let mandate = life.mandates.get(mandate)?.clone();
    let party = Party::BOTH.into_iter().find(|party| *life.organisation(*party) == mandate.organisation)?;
    Some(Signatory { person: person.clone(), mandate, party })
}

/// What a person sees of their own signing, in the room of an electronic agreement.
///
/// # Errors
/// [`Error::NotFound`] for those who may not see the room.
pub async fn desk(ctx: &Ctx, app: &App, id: &AgreementId) -> Result<Desk> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    let keys_for_trying = app.keys.are_for_trying();
    let thing = kvarter_domain::access::Thing::Shared {
        state: life.agreement.state.clone(),
        municipality: life.agreement.municipality.clone(),
    };
    let own = signatory(ctx, &life).filter(|_| ctx.may(Act::Sign, &thing));
    let Some(own) = own else {
        return Ok(Desk { party: None, marks: Vec::new(), hindrances: Problems::none(), keys_for_trying });
    };
    let marks = store::electronic::page_marks(&mut tx, id, &own.person).await?;
    let left = life.pages_without_initials(own.party, Mark::A);
    let hindrances = match left.first() {
        Some(page) => refusals(ctx, &life, &own, vec![*page], None),
        None => Problems::none(),
    };
    Ok(Desk { party: Some(own.party), marks, hindrances, keys_for_trying })
}

/// Why some pages cannot be initialled or, with a place, the agreement signed: the domain's rules, each once.
fn refusals(ctx: &Ctx, life: &Life, own: &Signatory, pages: Vec<i64>, place: Option<&str>) -> Problems {
    let attestation = Attestation {
        mark: Mark::A,
        party: own.party,
        mandate: own.mandate.id.clone(),
        day: ctx.today(),
        place: place.unwrap_or_default().to_owned(),
        signed: place.is_some(),
        pages,
    };
    signing::attest(life, &attestation, Mode::Electronic, None, ctx.today()).err().unwrap_or_default()
}

/// Initials a page in the signing room: remembered until the key seals all of them.
///
/// # Errors
/// Every rule that stands in the way, with its clause; when the actor does not sign for a party.
pub async fn mark_page(ctx: &Ctx, app: &App, id: &AgreementId, page: i64) -> Result<()> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Sign).await?;
    let own = signatory(ctx, &life).ok_or(Error::Denied)?;
    refusals(ctx, &life, &own, vec![page], None).or(())?;
    drop(tx);
    app.store.mark_page(id, &own.person, &PageMark { page, at: ctx.now }).await?;
    Ok(())
}

/// Signs: seals the initials on every page and signs the last, with the person's key, in both parties'
/// original at once.
///
/// # Errors
/// Every rule that stands in the way, with its clause; pages not initialled; a key that is missing or cannot
/// be opened; [`Error::Stale`] when the file has changed meanwhile.
pub async fn sign(
    ctx: &Ctx,
    app: &App,
    id: &AgreementId,
    seen: Option<i64>,
    place: &str,
    passphrase: &str,
) -> Result<()> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Sign).await?;
    let own = signatory(ctx, &life).ok_or(Error::Denied)?;
    let marks = store::electronic::page_marks(&mut tx, id, &own.person).await?;
    let left = life.pages_without_initials(own.party, Mark::A);
    let mut problems = refusals(ctx, &life, &own, left.clone(), Some(place));
    let unmarked: Vec<i64> = left.into_iter().filter(|page| !marks.iter().any(|m| m.page == *page)).collect();
    problems.add_if(!unmarked.is_empty(), || {
        Problem::new("pages-not-initialled", "pages")
            .resting_on("L")
            .with("pages", kvarter_domain::agreement::pages(&unmarked))
    });
    problems.or(())?;
    let organisation = organisation(&mut tx, life.organisation(own.party)).await?;
    let person = life.people.iter().find(|p| p.id == own.person).cloned().ok_or(Error::Denied)?;
    drop(tx);

    let signer = app.keys.signer(&person, &organisation, passphrase, ctx.now)?;
    let latest = life.latest_version().cloned().ok_or(Error::NotFound)?;
    let before = app.store.blobs().get(&latest).await?;
    let last = own.party == Party::Municipality;
    let act = Signed {
        party: own.party.code(),
        person: person.name.clone(),
        mandate: own.mandate.id.clone(),
        place: squeeze(place),
        reasons: [
            app.words(&format!("reason-initials-{}", own.party.code())),
            app.words(&format!("reason-signature-{}", own.party.code())),
        ],
        marked: app.words("signed-with-key"),
        at: ctx.now,
        last,
    };
    let bytes = on_a_thread(app, before, signer, act).await?;
    let version = version_of(app, id, life.next_version(), bytes).await?;

    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Sign).await?;
    fresh(&mut tx, id, seen).await?;
    if life.latest_version() != Some(&latest) {
        return Err(Error::Stale);
    }
    let mut problems = Problems::none();
    for mark in Mark::BOTH {
        let attestation = Attestation {
            mark,
            party: own.party,
            mandate: own.mandate.id.clone(),
            day: ctx.today(),
            place: place.to_owned(),
            signed: true,
            pages: life.pages_without_initials(own.party, mark),
        };
        match signing::attest(&life, &attestation, Mode::Electronic, None, ctx.today()) {
            Ok((signature, initials)) => {
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
    registry::keep_document(&mut tx, &version).await?;
    tx.insert(&SignedVersion {
        agreement: id.clone(),
        serial: life.next_version(),
        party: Some(own.party),
        document: version.digest.clone(),
        person: Some(own.person.clone()),
        mandate: Some(own.mandate.id.clone()),
        signed_on: ctx.today(),
    })
    .await?;
    store::electronic::forget_page_marks(&mut tx, id, &own.person).await?;
    let summary = json!({ "party": own.party, "document": version.digest });
    ctx.append(&mut tx, Happened::OriginalSigned, id.as_str(), summary).await?;
    enter_into_force(ctx, app, &mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

pub(crate) async fn organisation(
    tx: &mut store::ReadTx,
    id: &kvarter_domain::ids::OrganisationId,
) -> Result<Organisation> {
    let all = tx.every::<Organisation>().await?;
    all.into_iter().find(|organisation| organisation.id == *id).ok_or(Error::NotFound)
}

/// A version of the file, put where documents are kept and not yet entered.
async fn version_of(app: &App, id: &AgreementId, serial: i64, bytes: Vec<u8>) -> Result<Document> {
    file_of(app, format!("avtal-{}-{serial}.pdf", id.as_str().replace('/', "-")), bytes).await
}

/// A signed file, put where documents are kept and not yet entered.
pub(crate) async fn file_of(app: &App, name: String, bytes: Vec<u8>) -> Result<Document> {
    let digest = app.store.blobs().put(&bytes).await?;
    Ok(Document {
        digest,
        media_type: "application/pdf".to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        pages: None,
        name,
    })
}

/// What a key is to do with the file.
pub(crate) struct Signed {
    /// The party, by the code that its fields bear.
    pub(crate) party: &'static str,
    pub(crate) person: String,
    pub(crate) mandate: MandateId,
    pub(crate) place: String,
    /// Why the pages are initialled, and why the agreement is signed: for those who open the file elsewhere.
    pub(crate) reasons: [String; 2],
    /// The small line under the name.
    pub(crate) marked: String,
    pub(crate) at: Timestamp,
    /// Whether nobody signs after: then the whole file is timestamped too.
    pub(crate) last: bool,
}

/// Keys, timestamps and evidence take their time, and may wait for others.
pub(crate) async fn on_a_thread(
    app: &App,
    before: Vec<u8>,
    signer: BoxedSigner,
    act: Signed,
) -> Result<Vec<u8>> {
    let keys = app.keys.clone();
    let work = move || -> Result<Vec<u8>> {
        let certificates: Vec<Certificate> =
            std::iter::once(signer.certificate()).chain(signer.chain()).cloned().collect();
        let signed = keys.with_timestamps(act.at, |timestamps| {
            let mut bytes = before;
            let day = kvarter_domain::time::stockholm_day(act.at).to_string();
            let initials = initials_of(&act.person);
            let beneath = format!("{}, {day}", act.place);
            let lines = [beneath.as_str(), act.marked.as_str()];
            let of_initials = [day.as_str()];
            let acts = [
                (ActKind::Initial(None), initials.as_str(), &of_initials[..], &act.reasons[0]),
                (ActKind::Sign, act.person.as_str(), &lines[..], &act.reasons[1]),
            ];
            for (kind, text, lines, reason) in acts {
                let centred = matches!(kind, ActKind::Initial(_));
                let ink = Ink { font: HAND, text, small_font: SMALL, lines, colour: INK, centred };
                let signing = Signing {
                    kind,
                    party: act.party,
                    person: &act.person,
                    mandate: act.mandate.as_str(),
                    reason: Some(reason.as_str()),
                    location: Some(act.place.as_str()),
                    time: act.at,
                    ink,
                    reserve: DEFAULT_RESERVE,
                };
                bytes = sign_with(&bytes, &signing, signer.as_ref(), timestamps)?;
            }
            Ok::<_, kvarter_signatures::sign::SignError>(bytes)
        });
        let mut bytes = signed.map_err(unable)?;
        let preserved = keys.preserved(&certificates, act.at)?;
        if !preserved.is_empty() {
            bytes = add_evidence(&bytes, &preserved).map_err(unable)?;
        }
        if act.last {
            bytes = keys.with_timestamps(act.at, |timestamps| match timestamps {
                Some(authority) => timestamp_with(&bytes, authority, DigestAlgorithm::Sha256).map_err(unable),
                None => Ok(bytes.clone()),
            })?;
        }
        Ok(bytes)
    };
    aside(work).await?
}

/// How long before a timestamp's certificate runs out a new one is put over it.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 180);

/// Puts a new timestamp over every file whose last one will soon run out, with the evidence for it: so the
/// signatures can still be checked when keys and methods of today no longer can. Gives how many.
///
/// A file that cannot be renewed today is told of in the operator's log, and tried again the next time.
///
/// # Errors
/// When the store cannot be read.
pub async fn renew(app: &App) -> Result<usize> {
    let mut tx = app.store.read().await?;
    let mut due = Vec::new();
    let programmes: Vec<_> = app.programmes().map(|programme| programme.id.clone()).collect();
    for programme in &programmes {
        let lives = store::agreement::lives_of(&mut tx, programme).await?;
        let signed = |life: &Life| Party::BOTH.iter().all(|party| life.signature(*party, Mark::A).is_some());
        due.extend(lives.into_iter().filter(|life| life.is_electronic() && signed(life)));
    }
    drop(tx);
    let mut renewed = 0;
    let mut count = |id: &str, done: Result<bool>| match done {
        Ok(done) => renewed += usize::from(done),
        Err(error) => tracing::warn!(%id, %error, "a file's timestamp was not renewed"),
    };
    for life in due {
        count(life.agreement.id.as_str(), renew_one(app, &life).await);
    }
    for programme in &programmes {
        for version in collaboration_sign::with_keys(app, programme).await? {
            count(&version.id, collaboration_sign::renew(app, &version).await);
        }
    }
    Ok(renewed)
}

/// A file with a new timestamp over it and the evidence for it, if its last one will soon run out.
pub(crate) async fn renewed(app: &App, latest: &Digest) -> Result<Option<Vec<u8>>> {
    let ctx = app.system();
    let before = app.store.blobs().get(latest).await?;
    let found =
        crate::verification::examine_alone(before.clone(), app.keys.anchors().clone(), ctx.now).await?;
    let last = found.report.signatures.iter().rev().find(|signature| signature.timestamp);
    let runs_out = last.and_then(|stamp| stamp.signer.as_ref()).map(|holder| holder.not_after);
    if runs_out.is_some_and(|at| ctx.now + RENEWED_BEFORE < at) {
        return Ok(None);
    }
    let (keys, now) = (app.keys.clone(), ctx.now);
    let work = move || -> Result<Option<Vec<u8>>> {
        let mut bytes = before;
        let preserved = keys.preserved(&[], now)?;
        if !preserved.is_empty() {
            bytes = add_evidence(&bytes, &preserved).map_err(unable)?;
        }
        keys.with_timestamps(now, |timestamps| match timestamps {
            Some(authority) => timestamp_with(&bytes, authority, DigestAlgorithm::Sha256).map(Some),
            None => Ok(None),
        })
        .map_err(unable)
    };
    aside(work).await?
}

/// Renews one agreement's file.
async fn renew_one(app: &App, life: &Life) -> Result<bool> {
    let ctx = app.system();
    let Some(latest) = life.latest_version().cloned() else { return Ok(false) };
    let Some(bytes) = renewed(app, &latest).await? else { return Ok(false) };
    let id = &life.agreement.id;
    let version = version_of(app, id, life.next_version(), bytes).await?;
    let mut tx = app.store.write().await?;
    let now_is = store::agreement::life(&mut tx, id).await?.ok_or(Error::NotFound)?;
    if now_is.latest_version() != Some(&latest) {
        return Ok(false);
    }
    registry::keep_document(&mut tx, &version).await?;
    tx.insert(&SignedVersion {
        agreement: id.clone(),
        serial: now_is.next_version(),
        party: None,
        document: version.digest.clone(),
        person: None,
        mandate: None,
        signed_on: ctx.today(),
    })
    .await?;
    let summary = json!({ "document": version.digest });
    ctx.append(&mut tx, Happened::OriginalRenewed, id.as_str(), summary).await?;
    tx.commit().await?;
    Ok(true)
}

/// A key or an authority that cannot be reached is told as such; what is wrong with the file is our fault.
fn unable(error: kvarter_signatures::sign::SignError) -> Error {
    use kvarter_signatures::sign::SignError;
    match error {
        SignError::Signer(cause) => Problem::new("key-unusable", "passphrase").with("cause", cause).into(),
        SignError::Timestamp(cause) => Error::Unavailable(cause.to_string()),
        other => Error::Internal(other.to_string()),
    }
}

/// A name's initials, as one writes them in a margin: `Sten Nordin` is `SN`.
fn initials_of(name: &str) -> String {
    name.split([' ', '-']).filter_map(|part| part.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// The file of an electronic agreement as it is now, for its own parties.
///
/// # Errors
/// [`Error::NotFound`] for anyone else, and where the agreement is on paper.
pub async fn file(ctx: &Ctx, app: &App, id: &AgreementId) -> Result<(Document, Vec<u8>)> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    if !life.is_electronic() {
        return Err(Error::NotFound);
    }
    let latest = life.latest_version().ok_or(Error::NotFound)?;
    let document = store::registry::document(&mut tx, latest).await?.ok_or(Error::NotFound)?;
    let bytes = app.store.blobs().get(latest).await?;
    Ok((document, bytes))
}

/// A page of an original as it is now, drawn as SVG, for the agreement's own parties.
///
/// # Errors
/// [`Error::NotFound`] for anyone else, and where there is no such page.
pub async fn page_picture(ctx: &Ctx, app: &App, id: &AgreementId, mark: Mark, page: usize) -> Result<String> {
    let mut tx = app.store.read().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::ViewOriginal).await?;
    let digest: Digest = match life.is_electronic() {
        true => life.latest_version().cloned(),
        false => life.original(mark).map(|original| original.document.clone()),
    }
    .ok_or(Error::NotFound)?;
    drop(tx);
    let bytes = app.store.blobs().get(&digest).await?;
    aside(move || picture::page(&bytes, page)).await?.ok_or(Error::NotFound)
}
