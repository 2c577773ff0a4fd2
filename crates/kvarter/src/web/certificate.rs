//! The certificate of an agreement's validity: the proof as a document, for those who need it on paper.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kvarter_domain::ids::{AgreementId, OrganisationId, ProgrammeId};
use kvarter_services::paper::{self, model};
use kvarter_services::{Error, agreement, log};

use super::agreement::{Asked, day_asked, not_yet_issued, numbers};
use super::error::{OrPage as _, Result};
use super::page::file;
use super::request::Visit;
use super::validity::{LeafView, ProofView, Verdict};
use super::{Served, paths};
use crate::language::Words;

/// The certificate, as of today or of the day asked for.
///
/// # Errors
/// When there is no such agreement, or it cannot be set.
pub async fn pdf(
    State(served): State<Served>,
    visit: Visit,
    Path((programme, municipality)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result {
    let l = visit.l;
    let id = AgreementId::of(&ProgrammeId::new(programme), &OrganisationId::new(municipality));
    let (day, _) = day_asked(&visit, asked.per());
    let page = match agreement::show_as_of(&visit.ctx, &served.app, &id, day).await {
        // There is nothing to certify yet, and the page says from when there is.
        Err(Error::NotFound) => {
            let mut page = not_yet_issued(&served, &visit, &id, day).await?;
            *page.status_mut() = StatusCode::NOT_FOUND;
            return Ok(page);
        }
        other => other.or_page(&visit)?,
    };
    let head = log::checkpoint(&visit.ctx, &served.app).await.or_page(&visit)?;
    let numbers = numbers(&served, &visit, &id).await?;
    let verdict = Verdict::of(&page.validity, page.in_force_from(), &numbers, l);
    let party = &page.life.agreement.party_name;
    let fact = |label: &str, value: String| model::Fact { label: l.t(label), value };
    let answer = match verdict.in_force_from {
        Some(from) => l.with("in-force", [("day", l.day(from))]),
        None => l.t("not-in-force"),
    };
    let root = head.root.clone();
    let certificate = model::ValidityCertificate {
        language: paper::language(l.0),
        title: l.t("certificate-title"),
        subtitle: l.with("certificate-subtitle", [("municipality", party.as_str()), ("day", &l.day(day))]),
        reference: id.to_string(),
        facts: vec![
            fact("fact-parties", l.with("parties", [("municipality", party.as_str())])),
            fact("certificate-programme", page.programme.name.get(l.0).to_owned()),
            fact("fact-law", page.programme.law.join(", ")),
            fact(
                "certificate-districts",
                page.life.districts.iter().map(|d| d.name.as_str()).collect::<Vec<_>>().join(", "),
            ),
        ],
        verdict: format!("{answer}. {}", verdict.why),
        tone: if verdict.in_force_from.is_some() { model::Tone::Good } else { model::Tone::Bad },
        trees: page
            .validity
            .proofs
            .iter()
            .zip(&verdict.proofs)
            .map(|(proof, view)| tree(&proof.says, view, l))
            .collect(),
        closing: vec![
            l.with(
                "certificate-address",
                [("address", format!("{}{}", served.site.address, paths::agreement(&id)))],
            ),
            l.with("certificate-log", [("size", head.size.to_string()), ("root", root)]),
        ],
    };
    let bytes = paper::certificate(&served.app, certificate).await.or_page(&visit)?;
    let name = format!("{}.pdf", l.with("certificate-file", [("agreement", id.as_str().replace('/', "-"))]));
    Ok(file(bytes, "application/pdf", &name, false))
}

fn tone(met: bool, advisory: bool) -> model::Tone {
    match (met, advisory) {
        (true, _) => model::Tone::Good,
        (false, true) => model::Tone::Remark,
        (false, false) => model::Tone::Bad,
    }
}

fn tree(says: &str, proof: &ProofView, l: Words) -> model::ProofTree {
    model::ProofTree {
        title: proof.title.clone(),
        root: model::ProofNode {
            label: proof.title.clone(),
            tone: tone(proof.met, false),
            standing: proof.standing.clone(),
            evidence: None,
            quotation: Some(says.to_owned()),
            children: proof.leaves.iter().map(|leaf| node(leaf, l)).collect(),
        },
    }
}

fn node(leaf: &LeafView, l: Words) -> model::ProofNode {
    let shown = leaf.evidence.iter().map(|shown| match &shown.record {
        Some((number, _)) => format!("{} ({number})", shown.words),
        None => shown.words.clone(),
    });
    let lines: Vec<String> = if leaf.met {
        shown.chain(leaf.remarks.iter().cloned()).collect()
    } else {
        leaf.missing.iter().chain(&leaf.remarks).cloned().collect()
    };
    model::ProofNode {
        label: leaf.title.clone(),
        tone: tone(leaf.met, leaf.advisory),
        standing: l.t(match (leaf.met, leaf.advisory) {
            (true, _) => "certificate-met",
            (false, true) => "certificate-advice",
            (false, false) => "certificate-missing",
        }),
        evidence: (!lines.is_empty()).then(|| lines.join(". ")),
        quotation: leaf.says.clone(),
        children: Vec::new(),
    }
}
