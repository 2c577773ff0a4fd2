//! Agreements issued and sent: for each municipality two originals and the covering letter, in one act.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kvarter_domain::access::{Act, Thing};
use kvarter_domain::agreement::{self, Agreement, Dispatch, Letter, Original, Sent};
use kvarter_domain::district::{AgreementDistrict, District};
use kvarter_domain::event::Happened;
use kvarter_domain::ids::{AgreementId, DispatchId, OrganisationId, ProgrammeId};
use kvarter_domain::person::{Person, Role};
use kvarter_domain::problem::{Problem, Problems};
use kvarter_domain::programme::{Programme, Recipient};
use kvarter_domain::reference::{Reference, ReferenceRole};
use kvarter_domain::registry::Direction;
use kvarter_domain::signing::Mode;
use kvarter_domain::text::squeeze;
use kvarter_store::{self as store};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::App;
use crate::access::open_agreement;
use crate::context::Ctx;
use crate::error::{Error, Result};
use crate::original::{Papers, drawn_up};
use crate::registry::{self, Upload};

/// What the ministry's desk officer decides when agreements are issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Issue {
    /// The programme.
    pub programme: ProgrammeId,
    /// Which municipalities; all on the send list that can be issued one, if empty.
    pub municipalities: Vec<OrganisationId>,
    /// The day on the letter.
    pub dated: Date,
    /// The letter's reference number, which is also the ministry's matter.
    pub reference: String,
    /// The number of the Government's offer.
    pub offer_reference: String,
    /// What the offer was decided by, where known.
    pub offer_decision: Option<String>,
    /// The number to be quoted on return.
    pub quote_on_return: String,
    /// The name under the state's line.
    pub state_signatory: String,
    /// Names under the municipalities' lines, where known.
    pub municipality_signatories: BTreeMap<OrganisationId, String>,
    /// The desk officer's name on the letter.
    pub officer: String,
    /// Whether it is signed on paper or with keys.
    #[serde(default = "on_paper")]
    pub mode: Mode,
}

/// What was ordered before there was a choice.
fn on_paper() -> Mode {
    Mode::Paper
}

/// A municipality on the send list, and whether it can be issued an agreement.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Its code.
    pub municipality: OrganisationId,
    /// Its name on the send list.
    pub name: String,
    /// Its districts with codes.
    pub districts: Vec<District>,
    /// The name of its chair today, where one is known.
    pub chair: Option<String>,
    /// The agreement, if one is issued already.
    pub issued: bool,
    /// Why it cannot be issued one; empty when it can.
    pub problems: Problems,
}

/// What became of each municipality in one act of issuing.
#[derive(Debug, Clone, Default)]
pub struct Issued {
    /// The dispatch that the letters belong to.
    pub dispatch: Option<DispatchId>,
    /// Agreements issued.
    pub agreements: Vec<AgreementId>,
    /// Municipalities that could not be issued one, with the reasons.
    pub refused: Vec<(OrganisationId, Problems)>,
}

/// Every municipality on a programme's send list, with what stands in its way.
///
/// # Errors
/// When the programme is unknown or the store cannot be read.
pub async fn candidates(ctx: &Ctx, app: &App, programme: &ProgrammeId) -> Result<Vec<Candidate>> {
    let programme = app.programme(programme)?;
    ctx.require(Act::SeeDispatch, &Thing::Of(programme.state.organisation.clone()))?;
    let mut tx = app.store.read().await?;
    let registered = tx.every::<District>().await?;
    let agreements = store::agreement::of_programme(&mut tx, &programme.id).await?;
    let mandates = store::person::mandates(&mut tx).await?;
    let people = tx.every::<Person>().await?;
    let chair_of = |municipality: &OrganisationId| {
        let mut held = mandates.given.iter().filter(|mandate| {
            mandate.organisation == *municipality
                && mandate.role == Role::Chair
                && mandates.held_on(mandate, ctx.today())
        });
        let chair = held.next()?;
        people.iter().find(|person| person.id == chair.person).map(|person| person.name.clone())
    };
    let candidates = programme.recipients.iter().map(|recipient| {
        let districts = districts_of(&programme, &registered, &recipient.municipality);
        let check = agreement::check_issue(&recipient.municipality, &districts, "–", Some("–"));
        let check = check.map_err(|problems| named(problems, recipient));
        Candidate {
            municipality: recipient.municipality.clone(),
            name: recipient.name.clone(),
            chair: chair_of(&recipient.municipality),
            issued: agreements.iter().any(|a| a.municipality == recipient.municipality),
            problems: check.err().unwrap_or_default(),
            districts,
        }
    });
    Ok(candidates.collect())
}

/// That a municipality has no codes is told by the name it goes by on the list.
fn named(mut problems: Problems, recipient: &Recipient) -> Problems {
    let without = problems.0.iter_mut().filter(|p| p.code == "municipality-without-district-codes");
    without.for_each(|p| *p = p.clone().with("municipality", &recipient.name));
    problems
}

/// Whether a municipality has districts with codes, without which it cannot be issued an agreement (§ 2).
/// Anyone may know.
///
/// # Errors
/// When the store cannot be read.
pub async fn has_districts(app: &App, programme: &Programme, of: &OrganisationId) -> Result<bool> {
    let registered = app.store.read().await?.every::<District>().await?;
    Ok(!districts_of(programme, &registered, of).is_empty())
}

/// Districts that were registered here for a municipality, or else those that the programme's file names.
fn districts_of(programme: &Programme, registered: &[District], of: &OrganisationId) -> Vec<District> {
    let own: Vec<District> = registered
        .iter()
        .filter(|d| d.municipality == *of && d.system == programme.district_system)
        .cloned()
        .collect();
    if own.is_empty() { programme.districts_of(of) } else { own }
}

/// What an act of issuing comes to, before anything is rendered or written.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// Municipalities to issue agreements to.
    pub(crate) ready: Vec<Candidate>,
    /// Municipalities that cannot be issued one, with the reasons.
    pub(crate) refused: Vec<(OrganisationId, Problems)>,
}

/// Works out who is issued an agreement by a command, and who cannot be.
pub(crate) async fn prepare(ctx: &Ctx, app: &App, issue: &Issue) -> Result<Prepared> {
    let programme = app.programme(&issue.programme)?;
    ctx.require(Act::Issue, &Thing::Of(programme.state.organisation.clone()))?;
    check_command(ctx, issue)?;
    // One that was taken into use by an earlier version has not been examined.
    for (programme, files) in app.programmes.with_files().filter(|(p, _)| p.edition == programme.edition) {
        crate::programme::examined(programme, files).await?;
    }
    let mut prepared = Prepared { ready: Vec::new(), refused: Vec::new() };
    for candidate in candidates(ctx, app, &issue.programme).await? {
        let asked_for =
            issue.municipalities.is_empty() || issue.municipalities.contains(&candidate.municipality);
        match (asked_for, candidate.issued, candidate.problems.is_empty()) {
            (false, ..) | (true, true, _) => {}
            (true, false, true) => prepared.ready.push(candidate),
            (true, false, false) => prepared.refused.push((candidate.municipality, candidate.problems)),
        }
    }
    for unknown in issue.municipalities.iter().filter(|m| programme.recipient(m.as_str()).is_none()) {
        let problem =
            Problem::new("municipality-not-on-send-list", "municipalities").with("municipality", unknown);
        prepared.refused.push((unknown.clone(), problem.into()));
    }
    if prepared.ready.is_empty() {
        let reasons: Vec<Problem> = prepared.refused.iter().flat_map(|(_, p)| p.0.clone()).collect();
        if reasons.is_empty() {
            return Err(Problem::new("nothing-to-issue", "municipalities").into());
        }
        return Err(Problems(reasons).into());
    }
    Ok(prepared)
}

/// Issues agreements: for each municipality two originals and the covering letter, rendered and kept.
///
/// Each municipality is a transaction of its own, so an interruption leaves whole agreements behind and the
/// act can be repeated: what is issued already is passed over. `progress` is told how many of how many
/// are done.
///
/// # Errors
/// When nothing could be issued, with every reason; when the actor may not; when storage fails.
pub async fn issue(
    ctx: &Ctx,
    app: &App,
    issue: &Issue,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Issued> {
    issue_in_steps(ctx, app, issue, None, progress).await
}

/// A job that issuing is a part of, and how many of its steps had been taken before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Steps<'a> {
    pub(crate) job: &'a str,
    pub(crate) done: i64,
}

/// How many municipalities are typeset before the first of them is kept: enough for every core, few enough
/// that progress is seen.
const TYPESET_AT_ONCE: usize = 4;

/// Issues agreements, each as a step of a job if it is part of one.
pub(crate) async fn issue_in_steps(
    ctx: &Ctx,
    app: &App,
    issue: &Issue,
    mut steps: Option<Steps<'_>>,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Issued> {
    let programme = app.programme(&issue.programme)?;
    let Prepared { ready, refused } = prepare(ctx, app, issue).await?;
    let dispatch = DispatchId::new(format!("{}-{}", programme.id, registry::slug_of(&issue.reference)));
    let mut agreements = Vec::new();
    let total = ready.len();
    progress(0, total);
    let mut few = ready.chunks(TYPESET_AT_ONCE);
    let mut drawn: Vec<Papers> = Vec::new();
    loop {
        // The next are drawn up while those that are drawn up are kept: one waits for cores, the other for the
        // disk.
        let next = few.next().map(<[Candidate]>::to_vec);
        let more = next.is_some();
        let drawing = drawn_up(app, &programme, issue, next.unwrap_or_default(), ctx);
        let keeping = async {
            for papers in std::mem::take(&mut drawn) {
                agreements.push(keep(ctx, app, &programme, issue, &dispatch, papers, steps).await?);
                steps = steps.map(|steps| Steps { done: steps.done + 1, ..steps });
                progress(agreements.len(), total);
            }
            Ok::<(), Error>(())
        };
        let (next, kept) = tokio::join!(drawing, keeping);
        kept?;
        if !more {
            break;
        }
        drawn = next?;
    }
    Ok(Issued { dispatch: Some(dispatch), agreements, refused })
}

fn check_command(ctx: &Ctx, issue: &Issue) -> Result<()> {
    let mut problems = Problems::none();
    let missing = |text: &str| squeeze(text).is_empty();
    problems.add_if(missing(&issue.reference), || {
        Problem::new("letter-without-reference", "reference").resting_on("OSL 5:2")
    });
    problems.add_if(missing(&issue.offer_reference), || {
        Problem::new("offer-without-reference", "offer_reference").resting_on("L")
    });
    problems.add_if(missing(&issue.quote_on_return), || {
        Problem::new("letter-without-number-to-quote", "quote_on_return").resting_on("L")
    });
    problems.add_if(missing(&issue.state_signatory), || {
        Problem::new("state-without-signatory", "state_signatory").resting_on("8")
    });
    problems.add_if(missing(&issue.officer), || Problem::new("letter-without-officer", "officer"));
    problems.add_if(issue.dated > ctx.today(), || {
        Problem::new("day-in-the-future", "dated").with("day", issue.dated).with("today", ctx.today())
    });
    Ok(problems.or(())?)
}

/// Keeps one municipality's papers: the agreement with its districts, originals and letter, in one
/// transaction.
async fn keep(
    ctx: &Ctx,
    app: &App,
    programme: &Programme,
    issue: &Issue,
    dispatch: &DispatchId,
    papers: Papers,
    steps: Option<Steps<'_>>,
) -> Result<AgreementId> {
    let municipality = &papers.candidate.municipality;
    let id = AgreementId::of(&programme.id, municipality);
    let mut kept = Vec::new();
    for (mark, pdf) in &papers.originals {
        let name = format!("avtal-{municipality}-{}.pdf", mark.code().to_lowercase());
        kept.push(registry::put(app, Upload::pdf(&name, pdf)).await?);
    }
    let letter = registry::put(app, Upload::pdf(&format!("brev-{municipality}.pdf"), &papers.letter)).await?;
    let mut tx = app.store.write().await?;
    if let Some(steps) = steps {
        store::job::step(&mut tx, steps.job, steps.done, None, crate::job::lease()).await?;
    }
    if store::agreement::life(&mut tx, &id).await?.is_some() {
        // Someone else issued it between the look and the leap; nothing to add.
        tx.commit().await?;
        return Ok(id);
    }
    let head = Agreement {
        id: id.clone(),
        programme: programme.id.clone(),
        edition: programme.edition.clone(),
        municipality: municipality.clone(),
        party_name: papers.party_name.clone(),
        state: programme.state.organisation.clone(),
        issued_on: issue.dated,
        offer_reference: issue.offer_reference.clone(),
        offer_decision: issue.offer_decision.clone(),
        state_signatory: issue.state_signatory.clone(),
        municipality_signatory: papers.signatory.clone(),
    };
    tx.insert(&head).await?;
    for (district, position) in papers.candidate.districts.iter().zip(1..) {
        tx.insert(&AgreementDistrict {
            agreement: id.clone(),
            position,
            code: district.code.clone(),
            system: district.system,
            name: district.name.clone(),
        })
        .await?;
    }
    for ((mark, pdf), document) in papers.originals.iter().zip(&kept) {
        registry::keep_document(&mut tx, document).await?;
        tx.insert(&Original {
            agreement: id.clone(),
            mark: *mark,
            document: document.digest.clone(),
            pages: i64::try_from(pdf.pages).unwrap_or(i64::MAX),
            text: papers.wording.clone(),
        })
        .await?;
    }
    registry::keep_document(&mut tx, &letter).await?;
    if store::agreement::dispatch(&mut tx, dispatch).await?.is_none() {
        tx.insert(&Dispatch {
            id: dispatch.clone(),
            programme: programme.id.clone(),
            dated: issue.dated,
            reference: issue.reference.clone(),
            quote_on_return: issue.quote_on_return.clone(),
        })
        .await?;
    }
    tx.insert(&Letter { dispatch: dispatch.clone(), agreement: id.clone(), document: letter.digest.clone() })
        .await?;
    let state = &programme.state.organisation;
    let matter = registry::matter(
        &mut tx,
        state,
        &app.main_register(),
        &issue.reference,
        &programme.name.sv,
        issue.dated,
    )
    .await?;
    for (number, role) in [
        (&issue.reference, ReferenceRole::Letter),
        (&issue.offer_reference, ReferenceRole::Offer),
        (&issue.quote_on_return, ReferenceRole::ToQuote),
    ] {
        let reference = Reference {
            matter: matter.id.clone(),
            number: number.clone(),
            role,
            organisation: Some(state.clone()),
        };
        registry::note_reference(&mut tx, &reference).await?;
    }
    let summary = json!({ "districts": papers.candidate.districts.len(), "reference": issue.reference });
    ctx.append(&mut tx, Happened::AgreementIssued, id.as_str(), summary).await?;
    tx.commit().await?;
    Ok(id)
}

/// Sends an agreement that bears the state's signature and initials: registers the outgoing letter.
///
/// # Errors
/// What is missing on the originals; when the actor may not.
pub async fn send(ctx: &Ctx, app: &App, id: &AgreementId, sent_on: Date) -> Result<()> {
    let mut tx = app.store.write().await?;
    let life = open_agreement(ctx, &mut tx, id, Act::Issue).await?;
    agreement::check_sent(&life, sent_on, ctx.today())?;
    let Some((dispatch, letter)) = &life.letter else { return Err(Error::NotFound) };
    let state = &life.agreement.state;
    let programme = app.programme(&life.agreement.programme)?;
    let matter = registry::matter(
        &mut tx,
        state,
        &app.main_register(),
        &dispatch.reference,
        &programme.name.sv,
        sent_on,
    )
    .await?;
    let recipient = programme.recipient(life.agreement.municipality.as_str());
    let entry = registry::Entry {
        direction: Direction::Out,
        day: sent_on,
        dated: Some(dispatch.dated).filter(|dated| *dated != sent_on),
        counterpart: recipient.map(|r| r.name.clone()),
        subject: app.words("subject-letter"),
        their_reference: None,
        routed_to: None,
        document: Some(letter.document.clone()),
        agreement: Some(id.clone()),
    };
    let record = registry::file(ctx, &mut tx, &matter, entry).await?;
    tx.insert(&Sent {
        dispatch: dispatch.id.clone(),
        agreement: id.clone(),
        sent_on,
        record: record.id.clone(),
    })
    .await?;
    ctx.append(&mut tx, Happened::AgreementDispatched, id.as_str(), json!({ "record": record.id })).await?;
    tx.commit().await?;
    Ok(())
}
