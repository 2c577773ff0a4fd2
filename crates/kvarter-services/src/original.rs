//! Originals and letters drawn up: set on every core, and read back to see that both are alike. Nothing is
//! kept here.

use std::sync::Arc;

use kvarter_documents::{Document as Paper, model};
use kvarter_domain::ids::Digest;
use kvarter_domain::programme::Programme;
use kvarter_domain::signing::{Mark, Mode, Party};

use crate::App;
use crate::aside::aside;
use crate::context::Ctx;
use crate::dispatch::{Candidate, Issue};
use crate::electronic;
use crate::error::{Error, Result};

/// One municipality's papers, rendered and not yet kept.
pub(crate) struct Papers {
    pub(crate) candidate: Candidate,
    pub(crate) party_name: String,
    pub(crate) signatory: Option<String>,
    pub(crate) originals: Vec<(Mark, kvarter_documents::Pdf)>,
    /// The digest of the originals' wording, the same for both.
    pub(crate) wording: Digest,
    pub(crate) letter: kvarter_documents::Pdf,
}

/// Renders everything on every core; typesetting is not done on the threads that answer requests.
pub(crate) async fn drawn_up(
    app: &App,
    programme: &Arc<Programme>,
    issue: &Issue,
    ready: Vec<Candidate>,
    ctx: &Ctx,
) -> Result<Vec<Papers>> {
    if ready.is_empty() {
        return Ok(Vec::new());
    }
    let programme = Arc::clone(programme);
    let (issue, moment, words) = (issue.clone(), ctx.now, app.field_words());
    aside(move || {
        let letter = letter_model(&programme, &issue);
        let models: Vec<model::Agreement> = ready
            .iter()
            .flat_map(|candidate| {
                copies(issue.mode).iter().map(|copy| agreement_model(&programme, &issue, candidate, *copy))
            })
            .collect();
        let papers: Vec<Paper<'_>> = models
            .iter()
            .map(|model| Paper::Agreement { model, template: &programme.agreement_template })
            .chain([Paper::Letter { model: &letter, template: &programme.letter_template }])
            .collect();
        let slots: Vec<std::sync::Mutex<Option<_>>> =
            papers.iter().map(|_| std::sync::Mutex::default()).collect();
        kvarter_documents::render_all(&papers, moment, |index, result| {
            *slots[index].lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(result);
        });
        drop(papers);
        let mut pdfs = Vec::with_capacity(slots.len());
        for slot in slots {
            let rendered = slot.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
            pdfs.push(rendered.ok_or_else(|| Error::Internal("a document was not rendered".into()))??);
        }
        let letter = pdfs.pop().ok_or_else(|| Error::Internal("the letter was not rendered".into()))?;
        let mut pdfs = pdfs.into_iter();
        let mut originals_of = Vec::with_capacity(ready.len());
        for candidate in ready {
            originals_of.push((candidate, originals(&mut pdfs, issue.mode, &words)?));
        }
        // Whether two originals are alike is read from what was set, which takes as long as setting them.
        std::thread::scope(|scope| {
            let reading: Vec<_> = originals_of
                .into_iter()
                .map(|(candidate, originals)| {
                    let (programme, issue, letter) = (&programme, &issue, letter.clone());
                    scope.spawn(move || {
                        let wording = same_wording(programme, &originals)?;
                        let recipient = programme.recipient(candidate.municipality.as_str());
                        let party_name =
                            recipient.map_or_else(|| candidate.name.clone(), |r| r.party_name.clone());
                        let signatory = issue.municipality_signatories.get(&candidate.municipality).cloned();
                        Ok(Papers { party_name, signatory, originals, wording, letter, candidate })
                    })
                })
                .collect();
            let read = reading.into_iter().map(|one| {
                one.join().map_err(|_| Error::Internal("a document could not be read back".into()))?
            });
            read.collect::<Result<Vec<_>>>()
        })
    })
    .await?
}

/// What is set of each agreement: two originals on paper, or one file for both parties.
fn copies(mode: Mode) -> &'static [model::Original] {
    match mode {
        Mode::Paper => &[model::Original::A, model::Original::B],
        Mode::Electronic => &[model::Original::Both],
    }
}

/// The two originals among what was set: two documents, or one that is drawn up for signing and is both.
fn originals(
    pdfs: &mut impl Iterator<Item = kvarter_documents::Pdf>,
    mode: Mode,
    words: &dyn Fn(&str) -> String,
) -> Result<Vec<(Mark, kvarter_documents::Pdf)>> {
    match mode {
        Mode::Paper => Ok(Mark::BOTH.into_iter().zip(pdfs.take(2)).collect()),
        Mode::Electronic => {
            let set = pdfs.next().ok_or_else(|| Error::Internal("an agreement was not rendered".into()))?;
            let file = electronic::draw_up(&set, Party::BOTH.map(Party::code), words)?;
            Ok(Mark::BOTH.map(|mark| (mark, file.clone())).into())
        }
    }
}

/// The wording that the originals share. Two originals that are not likalydande never leave this function.
fn same_wording(programme: &Programme, originals: &[(Mark, kvarter_documents::Pdf)]) -> Result<Digest> {
    let mut wordings = Vec::new();
    for (_, pdf) in originals {
        wordings.push(crate::likalydande::wording(programme, &pdf.bytes)?);
    }
    match wordings.as_slice() {
        [a, b] if a == b => Ok(a.clone()),
        _ => Err(Error::Internal("the originals are not identical in wording".to_owned())),
    }
}

fn agreement_model(
    programme: &Programme,
    issue: &Issue,
    candidate: &Candidate,
    copy: model::Original,
) -> model::Agreement {
    let recipient = programme.recipient(candidate.municipality.as_str());
    let party = recipient.map_or(candidate.name.as_str(), |r| r.party_name.as_str());
    let signatory = issue.municipality_signatories.get(&candidate.municipality);
    model::Agreement {
        reference: issue.reference.clone(),
        original: copy,
        municipality: party.to_owned(),
        districts: candidate
            .districts
            .iter()
            .map(|d| model::AgreementDistrict {
                name: d.name.clone(),
                code: d.code.clone(),
                code_system: d.system.code().to_uppercase(),
            })
            .collect(),
        state: model::SignatureLine {
            place: "Stockholm".to_owned(),
            day: None,
            year: issue.dated.year().to_string(),
            name: issue.state_signatory.clone(),
        },
        municipality_signature: model::SignatureLine {
            place: recipient.map_or(party, |r| r.seat()).to_owned(),
            day: None,
            year: issue.dated.year().to_string(),
            name: signatory.cloned().unwrap_or_default(),
        },
    }
}

fn letter_model(programme: &Programme, issue: &Issue) -> model::Letter {
    let letter = &programme.letter;
    model::Letter {
        department: letter.department.clone(),
        unit: letter.unit.clone(),
        officer_title: letter.officer_title.clone(),
        officer: issue.officer.clone(),
        date: issue.dated.to_string(),
        reference: issue.reference.clone(),
        attachment: letter.attachment.clone(),
        recipient: letter.recipient.clone(),
        offer_reference: issue.offer_reference.clone(),
        return_address: letter.return_address.clone(),
        return_reference: issue.quote_on_return.clone(),
        web_page: letter.web_page.clone(),
        links_to: letter.links_to.clone(),
        send_list: programme.recipients.iter().map(|r| r.name.clone()).collect(),
    }
}
