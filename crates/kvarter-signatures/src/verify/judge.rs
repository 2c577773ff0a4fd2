//! Each signature by itself: its bytes, its cryptography, its time and its certificate.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::digest::Covered;
use super::{Findings, changes_from};
use crate::algorithm::{AlgorithmFault, DigestAlgorithm};
use crate::canonical::sha256;
use crate::certificate::{
    Anchors, Certificate, Evidence, Indication, Purpose, SubIndication, Times, Trust, trust,
};
use crate::change::Change;
use crate::cms::{BindingFault, DigestFault, Integrity, Signed};
use crate::key::SignatureFault;
use crate::pdf::{File, PdfError};
use crate::policy::{Check, Level};
use crate::preservation::{evidenced, read_evidence};
use crate::signature::Signature;
use crate::timestamp::Token;
use crate::verdict::{
    Baseline, BestTime, Faults, Finding, Found, Holder, SignatureReport, StampReport, TimeSource,
    TrustReport, Verdict,
};

/// How many signatures that are over the content itself are checked: each needs all of it.
const WHOLE_MAX: usize = 16;

/// A signature with what was read out of `/Contents`.
struct Opened {
    signed: Option<Signed>,
    token: Option<Token>,
}

/// Judges all signatures; gives a report for each, in the same order.
pub(super) fn judge(
    file: &File<'_>,
    signatures: &[Signature],
    anchors: &Anchors,
    known: &Evidence,
    at: Timestamp,
    changes: &[Change],
    findings: &mut Findings<'_>,
) -> Result<Vec<SignatureReport>, PdfError> {
    let opened: Vec<Opened> = signatures.iter().map(open).collect();
    let (inside, all) = evidence(file, &opened, known);
    let bench = Bench {
        anchors,
        all: &all,
        inside: (!(known.ocsp.is_empty() && known.crls.is_empty())).then_some(&inside),
        covered: Covered::new(file.bytes(), signatures),
        preserved: evidenced(file.latest()).is_ok_and(|names| !names.is_empty())
            || !(inside.ocsp.is_empty() && inside.crls.is_empty()),
    };
    let mut reports: Vec<Option<SignatureReport>> = (0..signatures.len()).map(|_| None).collect();
    // From the last to the first: what a later timestamp proves helps those before it.
    let mut existed = BestTime { time: at, source: TimeSource::Now };
    let mut stamps: Vec<(usize, Timestamp)> = Vec::new();
    for index in (0..signatures.len()).rev().filter(|&index| signatures[index].timestamp) {
        let report = bench.timestamp(index, &signatures[index], &opened[index], existed, changes, findings);
        if let (Verdict::Passed, Some(token)) = (report.verdict, &opened[index].token) {
            stamps.push((index, token.time()));
            if token.time() < existed.time {
                existed = BestTime { time: token.time(), source: TimeSource::DocumentTimestamp };
            }
        }
        reports[index] = Some(report);
    }
    let mut whole = 0;
    for index in (0..signatures.len()).filter(|&index| !signatures[index].timestamp) {
        let later = stamps.iter().filter(|(stamp, _)| *stamp > index).map(|(_, time)| *time).min();
        let existed = match later {
            Some(time) if time < at => BestTime { time, source: TimeSource::DocumentTimestamp },
            _ => BestTime { time: at, source: TimeSource::Now },
        };
        let made_after = stamps.iter().filter(|(stamp, _)| *stamp < index).map(|(_, time)| *time).max();
        let times = Proven { existed, made_after, archived: later.is_some() };
        if opened[index].signed.as_ref().is_some_and(Signed::needs_content) {
            whole += 1;
        }
        let signature = &signatures[index];
        let report =
            bench.signature(index, signature, &opened[index], times, whole <= WHOLE_MAX, changes, findings);
        reports[index] = Some(report);
    }
    Ok(reports.into_iter().flatten().collect())
}

fn open(signature: &Signature) -> Opened {
    if signature.timestamp {
        Opened { signed: None, token: Token::read(&signature.contents).ok() }
    } else {
        Opened { signed: Signed::read(&signature.contents).ok(), token: None }
    }
}

/// The evidence in the file; and that together with the caller's. Each piece once.
fn evidence(file: &File<'_>, opened: &[Opened], known: &Evidence) -> (Evidence, Evidence) {
    let store = read_evidence(file.latest()).unwrap_or_default();
    let (mut inside, _) =
        Evidence::read(slices(&store.certificates), slices(&store.ocsp), slices(&store.crls));
    for opened in opened {
        if let Some(signed) = &opened.signed {
            inside.extend(signed.evidence());
            inside.certificates.extend(signed.certificates().iter().cloned());
            for token in signed.signature_timestamps() {
                inside.extend(token.evidence());
                inside.certificates.extend(token.certificates().iter().cloned());
            }
        }
        if let Some(token) = &opened.token {
            inside.extend(token.evidence());
            inside.certificates.extend(token.certificates().iter().cloned());
        }
    }
    let inside = once(inside);
    let mut all = inside.clone();
    all.extend(known.clone());
    (inside, once(all))
}

fn slices(pieces: &[Vec<u8>]) -> impl Iterator<Item = &[u8]> {
    pieces.iter().map(Vec::as_slice)
}

fn once(mut evidence: Evidence) -> Evidence {
    let mut seen = BTreeSet::new();
    evidence.certificates.retain(|one| seen.insert(*one.sha256()));
    evidence.ocsp.retain(|one| seen.insert(sha256(one.der())));
    evidence.crls.retain(|one| seen.insert(sha256(one.der())));
    evidence
}

/// What is proven of a signature's time by others than itself.
#[derive(Clone, Copy)]
struct Proven {
    existed: BestTime,
    made_after: Option<Timestamp>,
    archived: bool,
}

struct Bench<'j> {
    anchors: &'j Anchors,
    all: &'j Evidence,
    /// The evidence in the file alone, when there is other evidence too.
    inside: Option<&'j Evidence>,
    covered: Covered<'j>,
    /// Whether the file keeps evidence.
    preserved: bool,
}

impl Bench<'_> {
    fn trust(&self, end: &Certificate, times: Times, purpose: Purpose) -> Trust {
        trust(end, &[], self.anchors, self.all, times, purpose)
    }

    /// Whether the file's own evidence is enough.
    fn lasts(&self, end: &Certificate, times: Times, purpose: Purpose, found: &Trust) -> bool {
        let alone = |evidence| trust(end, &[], self.anchors, evidence, times, purpose).is_passed();
        self.preserved && found.is_passed() && self.inside.is_none_or(alone)
    }

    fn timestamp(
        &self,
        index: usize,
        signature: &Signature,
        opened: &Opened,
        existed: BestTime,
        changes: &[Change],
        findings: &mut Findings<'_>,
    ) -> SignatureReport {
        let mut report = begin(signature, existed, changes);
        let Some(token) = &opened.token else {
            report.faults.unreadable = true;
            return failed(report);
        };
        let integrity = token.verify_digest(&|algorithm| self.covered.digest(index, algorithm));
        faults(&mut report, &integrity.signature);
        if integrity.imprint.is_err() {
            report.faults.digest = Some(DigestFault::Mismatch);
        }
        if let Err(fault) = &integrity.algorithm {
            report.faults.algorithms.get_or_insert(fault.clone());
        }
        // A timestamp names its certificate (RFC 3161 § 2.4.2); there are none of an older kind.
        let unnamed = integrity.signature.binding.is_err();
        report.intact = signature.hole.is_ok() && report.faults.digest.is_none();
        report.valid = integrity.signature.is_valid() && integrity.algorithm.is_ok() && !unnamed;
        report.stamp = Some(StampReport {
            time: token.time(),
            valid: report.valid,
            trusted: false,
            authority: token.certificate().map(Holder::from),
        });
        report.signer = token.certificate().map(Holder::from);
        report.verdict = own_verdict(&report, index, findings);
        if let Some(certificate) = token.certificate() {
            let trust = self.trust(certificate, existed.time.into(), Purpose::Timestamp);
            accept(&mut report, &trust, index, findings);
        }
        if let Some(stamp) = &mut report.stamp {
            stamp.trusted = report.trusted;
        }
        report
    }

    #[expect(clippy::too_many_arguments, reason = "all that a signature is judged by, once")]
    fn signature(
        &self,
        index: usize,
        signature: &Signature,
        opened: &Opened,
        proven: Proven,
        whole: bool,
        changes: &[Change],
        findings: &mut Findings<'_>,
    ) -> SignatureReport {
        let mut report = begin(signature, proven.existed, changes);
        let Some(signed) = &opened.signed else {
            report.faults.unreadable = true;
            return failed(report);
        };
        let digest = |algorithm: DigestAlgorithm| self.covered.digest(index, algorithm);
        let content = if signed.needs_content() && whole { self.covered.content(index) } else { None };
        let integrity = match content {
            Some(content) => signed.verify_content(&content),
            None => signed.verify(&digest),
        };
        faults(&mut report, &integrity);
        report.intact = signature.hole.is_ok() && integrity.digest.is_ok();
        let bound = matches!(integrity.binding, Ok(()) | Err(BindingFault::NotNamed));
        report.valid = integrity.signature.is_ok() && bound && integrity.algorithms.is_ok();
        report.signer = signed.certificate().map(Holder::from);
        report.verdict = own_verdict(&report, index, findings);
        self.stamp(&mut report, signed, proven.existed, index, findings);
        if report.existed_by.source == TimeSource::Now {
            findings.check(Check::ClaimedTimeOnly, Some(index), None, None);
        }
        if let Some(certificate) = signed.certificate() {
            let times = Times { existed_by: report.existed_by.time, made_after: proven.made_after };
            let trust = self.trust(certificate, times, Purpose::Signature);
            accept(&mut report, &trust, index, findings);
            let lasts = self.lasts(certificate, times, Purpose::Signature, &trust);
            report.baseline = baseline(&report, lasts, proven.archived);
        }
        if let (Some(Ok(stated)), Some(Some(holder))) =
            (&signature.statement, report.signer.as_ref().map(|signer| signer.name.as_deref()))
            && plain(&stated.person) != plain(holder)
        {
            findings.check(Check::PersonDiffers, Some(index), None, Some(&stated.party));
        }
        report
    }

    /// The timestamp on the signature, and what it makes of the time.
    fn stamp(
        &self,
        report: &mut SignatureReport,
        signed: &Signed,
        existed: BestTime,
        index: usize,
        findings: &mut Findings<'_>,
    ) {
        let Some(token) = signed.signature_timestamp() else { return };
        let valid = token.verify(signed.signature()).is_valid();
        let trust = token
            .certificate()
            .map(|certificate| self.trust(certificate, existed.time.into(), Purpose::Timestamp));
        let trusted = trust.is_some_and(|trust| match trust.indication {
            Indication::Passed => true,
            Indication::Failed(_) => false,
            Indication::Indeterminate(because) => findings.policy.trust(because) < Level::Fail,
        });
        if !(valid && trusted) {
            findings.check(Check::UnusableTimestamp, Some(index), None, None);
        } else if token.time() <= existed.time {
            report.existed_by = BestTime { time: token.time(), source: TimeSource::Timestamp };
        }
        let authority = token.certificate().map(Holder::from);
        report.stamp = Some(StampReport { time: token.time(), valid, trusted, authority });
    }
}

fn begin(signature: &Signature, existed_by: BestTime, changes: &[Change]) -> SignatureReport {
    SignatureReport {
        verdict: Verdict::Passed,
        field: signature.field.clone(),
        page: signature.page,
        timestamp: signature.timestamp,
        encoding: signature.encoding.clone(),
        revision: signature.revision,
        intact: false,
        valid: false,
        trusted: false,
        faults: Faults { coverage: signature.hole.clone().err(), ..Faults::default() },
        signer: None,
        trust: None,
        existed_by,
        claimed: signature.claimed,
        stamp: None,
        baseline: None,
        name: signature.name.clone(),
        reason: signature.reason.clone(),
        location: signature.location.clone(),
        permission: signature.permission,
        statement: signature.statement.as_ref().and_then(|statement| statement.as_ref().ok()).cloned(),
        changes_from: changes_from(changes, signature.revision),
    }
}

fn failed(report: SignatureReport) -> SignatureReport {
    SignatureReport { verdict: Verdict::Failed(SubIndication::FormatFailure), ..report }
}

fn faults(report: &mut SignatureReport, integrity: &Integrity) {
    report.faults.digest = integrity.digest.clone().err();
    report.faults.signature = integrity.signature.clone().err();
    report.faults.binding = integrity.binding.clone().err();
    report.faults.algorithms = integrity.algorithms.clone().err();
}

/// The verdict on bytes and cryptography (ETSI EN 319 102-1 § 5.2.7), the gravest first.
fn own_verdict(report: &SignatureReport, index: usize, findings: &mut Findings<'_>) -> Verdict {
    use SubIndication as Sub;
    let faults = &report.faults;
    let mut verdict = Verdict::Passed;
    if faults.coverage.is_some() {
        verdict = verdict.and(Verdict::Failed(Sub::FormatFailure));
    }
    match &faults.digest {
        None => {}
        Some(DigestFault::Algorithm(_)) => {
            verdict = verdict.and(Verdict::Indeterminate(Sub::CryptoConstraintsFailure));
        }
        Some(_) => verdict = verdict.and(Verdict::Failed(Sub::HashFailure)),
    }
    verdict = verdict.and(match &faults.signature {
        None => Verdict::Passed,
        Some(SignatureFault::Mismatch) => Verdict::Failed(Sub::SigCryptoFailure),
        Some(SignatureFault::Algorithm(_)) => Verdict::Indeterminate(Sub::CryptoConstraintsFailure),
        Some(SignatureFault::NoCertificate) => Verdict::Indeterminate(Sub::NoSigningCertificateFound),
        Some(SignatureFault::ContentNeeded) => Verdict::Indeterminate(Sub::SignedDataNotFound),
    });
    match &faults.binding {
        None | Some(BindingFault::NoCertificate) => {}
        Some(BindingFault::NotNamed) => {
            findings.check(Check::UnnamedCertificate, Some(index), None, None);
        }
        Some(_) => verdict = verdict.and(Verdict::Failed(Sub::SigConstraintsFailure)),
    }
    if matches!(faults.algorithms, Some(AlgorithmFault::DigestWeak | AlgorithmFault::KeyTooShort)) {
        findings.check(Check::WeakAlgorithm, Some(index), None, None);
    }
    let known = ["ETSI.CAdES.detached", "adbe.pkcs7.detached", "adbe.pkcs7.sha1", "ETSI.RFC3161"];
    if !report.encoding.as_deref().is_some_and(|encoding| known.contains(&encoding)) {
        findings.check(Check::UnknownEncoding, Some(index), None, None);
    }
    verdict
}

/// Takes in what trust in the certificate comes to, softened where the policy says so.
fn accept(report: &mut SignatureReport, trust: &Trust, index: usize, findings: &mut Findings<'_>) {
    report.trust = Some(TrustReport::from(trust));
    report.trusted = trust.is_passed();
    if let Indication::Indeterminate(because) = trust.indication {
        let level = findings.policy.trust(because);
        if level < Level::Fail {
            let what = Found::Trust(because);
            findings.list.push(Finding { what, level, signature: Some(index), page: None, party: None });
            return;
        }
    }
    report.verdict = report.verdict.and(trust.indication.into());
}

/// How lasting a signature is (ETSI EN 319 142-1 § 6.1), when it holds.
fn baseline(report: &SignatureReport, lasts: bool, archived: bool) -> Option<Baseline> {
    let pades = report.encoding.as_deref() == Some("ETSI.CAdES.detached");
    if !(pades && report.intact && report.valid && report.faults.binding.is_none()) {
        return None;
    }
    Some(match (report.existed_by.source, lasts, archived) {
        (TimeSource::Now, ..) => Baseline::B,
        (_, false, _) => Baseline::T,
        (_, true, false) => Baseline::Lt,
        (_, true, true) => Baseline::Lta,
    })
}

fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
