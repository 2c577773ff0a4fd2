//! Verification: everything about a file's signatures, from its bytes alone and what the caller knows.
//!
//! The file is read once. Signatures share one pass of hashing, revisions are compared once, and each
//! certificate is judged with the evidence in the file and the caller's. Nothing is fetched; a question
//! that the evidence cannot answer is answered *indeterminate*, never guessed.

mod digest;
mod judge;
mod pages;

use jiff::Timestamp;

use crate::certificate::{Anchors, Evidence, SubIndication};
use crate::change::{Change, ChangeKind, changes};
use crate::form::Role;
use crate::pdf::{FieldKind, File, PdfError, fields, strays};
use crate::policy::{Check, Level, Policy};
use crate::signature::{Coverage, Signature, signatures};
use crate::verdict::{Finding, Found, Report, SignatureReport, Verdict};

/// More signatures than this are not judged.
const SIGNATURES_MAX: usize = 1_000;

/// Verifies all signatures of a file, as of `at`.
///
/// `evidence` is what the caller has beside what is in the file. A file that cannot be read has failed.
#[must_use]
pub fn verify(pdf: &[u8], anchors: &Anchors, evidence: &Evidence, policy: &Policy, at: Timestamp) -> Report {
    look(pdf, anchors, evidence, policy, at).unwrap_or_else(|error| Report {
        verdict: Verdict::Failed(SubIndication::FormatFailure),
        unreadable: Some(error),
        ..empty(at)
    })
}

fn empty(at: Timestamp) -> Report {
    Report {
        verdict: Verdict::Unsigned,
        unreadable: None,
        at,
        pages: 0,
        revisions: 0,
        signatures: Vec::new(),
        changes: Vec::new(),
        seal: None,
        findings: Vec::new(),
    }
}

fn look(
    pdf: &[u8],
    anchors: &Anchors,
    evidence: &Evidence,
    policy: &Policy,
    at: Timestamp,
) -> Result<Report, PdfError> {
    let file = File::read(pdf)?;
    if file.encrypted() && (file.latest().catalog()?.has(b"AcroForm") || !file.encryption_is_sound()) {
        return Err(PdfError::Encrypted);
    }
    let report = Report { revisions: file.revisions().len(), ..empty(at) };
    if !signed(&file, file.revisions().len() - 1)? {
        return unsigned(&file, report);
    }
    let pages = crate::pdf::pages(file.latest())?;
    let mut signatures = signatures(&file, &pages)?;
    if signatures.len() > SIGNATURES_MAX {
        return Err(PdfError::TooLarge);
    }
    part_revisions(&mut signatures);
    let signed = signatures.iter().map(|signature| signature.revision).collect();
    let changes = changes(&file, &signed, &pages)?;
    let mut findings = Findings { policy, list: Vec::new() };
    for stray in strays(&file)? {
        let level = policy.stray(&stray);
        findings.list.push(Finding { level, ..file_finding(Found::Stray(stray)) });
    }
    for change in changes.iter().filter(|change| policy.change(change.kind) > Level::Inform) {
        let level = policy.change(change.kind);
        findings.list.push(Finding { level, page: change.page, ..file_finding(Found::Change(change.kind)) });
    }
    let mut seal = pages::check(&file, &signatures, &mut findings)?;
    order(&signatures, &mut findings);
    restrictions(&signatures, &changes, &mut findings);
    let judged = judge::judge(&file, &signatures, anchors, evidence, at, &changes, &mut findings)?;
    for anomaly in file.anomalies() {
        let level = policy.anomaly(anomaly);
        findings.list.push(Finding { level, ..file_finding(Found::Anomaly(anomaly)) });
    }
    let judged = settle(judged, &changes, &findings);
    for initials in seal.iter_mut().flat_map(|seal| &mut seal.initials) {
        initials.passed = judged[initials.signature].verdict == Verdict::Passed;
    }
    let mut verdict = judged.iter().fold(Verdict::Passed, |verdict, judged| verdict.and(judged.verdict));
    for finding in findings.list.iter().filter(|finding| finding.level == Level::Fail) {
        verdict = verdict.and(Verdict::Failed(because(&finding.what)));
    }
    Ok(Report {
        verdict,
        pages: pages.len(),
        signatures: judged,
        changes,
        seal,
        findings: findings.list,
        ..report
    })
}

/// What was found, with the levels that the policy gives.
pub(crate) struct Findings<'p> {
    policy: &'p Policy,
    list: Vec<Finding>,
}

impl Findings<'_> {
    pub(crate) fn check(
        &mut self,
        check: Check,
        signature: Option<usize>,
        page: Option<usize>,
        party: Option<&str>,
    ) {
        let (what, level) = (Found::Check(check), self.policy.check(check));
        self.list.push(Finding { what, level, signature, page, party: party.map(str::to_owned) });
    }
}

fn file_finding(what: Found) -> Finding {
    Finding { what, level: Level::Fail, signature: None, page: None, party: None }
}

/// What a finding that fails makes of the verdict.
fn because(what: &Found) -> SubIndication {
    match what {
        Found::Anomaly(_) | Found::Stray(_) => SubIndication::FormatFailure,
        Found::Change(_) | Found::Check(_) => SubIndication::SigConstraintsFailure,
        Found::Trust(because) => *because,
    }
}

/// Whether a revision has a signature.
fn signed(file: &File<'_>, revision: usize) -> Result<bool, PdfError> {
    let fields = fields(file.view(revision))?;
    Ok(fields.iter().any(|field| {
        let value = field.value.as_ref().map(|value| file.view(revision).resolve(value));
        field.kind == FieldKind::Signature
            && value.is_some_and(|value| value.is_ok_and(|value| value.as_dictionary().is_some()))
    }))
}

/// A file without signatures; or one whose signatures were taken away, which is something else.
fn unsigned(file: &File<'_>, report: Report) -> Result<Report, PdfError> {
    let pages = crate::pdf::pages(file.latest()).map_or(0, |pages| pages.len());
    let mark = b"/ByteRange";
    let traces = file.bytes().windows(mark.len()).any(|window| window == mark);
    let before = (0..file.revisions().len() - 1).rev();
    let lost = traces && before.into_iter().any(|revision| signed(file, revision).unwrap_or(false));
    if !lost {
        return Ok(Report { pages, ..report });
    }
    let finding = file_finding(Found::Change(ChangeKind::SignatureReplaced));
    let verdict = Verdict::Failed(because(&finding.what));
    Ok(Report { verdict, pages, findings: vec![finding], ..report })
}

/// A signature ends its revision, so no two can share one: each would have to cover the other.
fn part_revisions(signatures: &mut [Signature]) {
    for index in 1..signatures.len() {
        if signatures[index].revision == signatures[index - 1].revision {
            signatures[index].hole = Err(Coverage::SharedRevision);
            signatures[index - 1].hole = Err(Coverage::SharedRevision);
        }
    }
}

/// ”Samtliga sidor i avtalet ska signeras av kommunstyrelsens ordförande, motsvarande signum från
/// departementet finns på respektive sida.” (the cover letter)
///
/// Reading: the state's initials are there when the municipality acts, so a party acts when those before
/// it have done all of theirs.
fn order(signatures: &[Signature], findings: &mut Findings<'_>) {
    let acts: Vec<(usize, usize, String)> = signatures
        .iter()
        .enumerate()
        .filter_map(|(index, signature)| match Role::of(&signature.field)? {
            Role::Initialling { party } | Role::Signature { party } => {
                let place = findings.policy.party_order().iter().position(|one| *one == party)?;
                Some((index, place, party))
            }
            _ => None,
        })
        .collect();
    // Signatures stand in the order of time: each may only be followed by its own or a later party's.
    let mut latest = 0;
    for (index, place, party) in &acts {
        if *place < latest {
            findings.check(Check::PartyOrder, Some(*index), None, Some(party));
        }
        latest = latest.max(*place);
    }
}

/// What signatures forbid to be done after them.
fn restrictions(signatures: &[Signature], changes: &[Change], findings: &mut Findings<'_>) {
    for (index, signature) in signatures.iter().enumerate() {
        let after = &changes[changes_from(changes, signature.revision)..];
        // A certification lets fields be filled that are there; a field that is added over a page could
        // cover what was certified.
        let breaks = |change: &&Change| match signature.permission {
            None => false,
            Some(permission) if permission < 2 => !change.kind.leaves_document_alone(),
            Some(_) => change.kind == ChangeKind::SignatureFieldAddedVisibly,
        };
        if let Some(change) = after.iter().find(breaks) {
            findings.check(Check::CertificationBroken, Some(index), change.page, None);
        }
        let locked = |change: &&Change| {
            let fills = matches!(
                change.kind,
                ChangeKind::InitialsFilled | ChangeKind::FieldFilled | ChangeKind::SignatureAdded
            );
            fills && change.name.as_deref().is_some_and(|name| signature.lock.holds(name))
        };
        if let Some(change) = after.iter().find(locked) {
            findings.check(Check::LockedFieldChanged, Some(index), change.page, None);
        }
    }
}

/// Where the changes begin that came after a revision.
fn changes_from(changes: &[Change], revision: usize) -> usize {
    changes.partition_point(|change| change.revision <= revision)
}

/// Adds to each signature's own verdict what the findings and the changes after it mean.
fn settle(
    mut judged: Vec<SignatureReport>,
    changes: &[Change],
    findings: &Findings<'_>,
) -> Vec<SignatureReport> {
    // The last change that fails decides for every signature before it.
    let last = changes.iter().rposition(|change| findings.policy.change(change.kind) == Level::Fail);
    for signature in &mut judged {
        if last.is_some_and(|last| last >= signature.changes_from) {
            signature.verdict = signature.verdict.and(Verdict::Failed(SubIndication::SigConstraintsFailure));
        }
    }
    for finding in findings.list.iter().filter(|finding| finding.level == Level::Fail) {
        let failed = Verdict::Failed(because(&finding.what));
        match (finding.signature, &finding.what) {
            (Some(index), _) => judged[index].verdict = judged[index].verdict.and(failed),
            // A file that can be read in two ways has no signature that holds.
            (None, Found::Anomaly(_) | Found::Stray(_)) => {
                for signature in &mut judged {
                    signature.verdict = signature.verdict.and(failed);
                }
            }
            _ => {}
        }
    }
    judged
}
