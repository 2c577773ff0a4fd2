//! Files that others made: each is judged as the list beside them expects.

use std::path::{Path, PathBuf};

use kvarter_signatures::certificate::{Anchors, Evidence};
use kvarter_signatures::policy::{Level, Policy};
use kvarter_signatures::verdict::{Found, Report, Verdict};
use kvarter_signatures::verify::verify;

use crate::world;

/// The corpus stands beside the project; without it there is nothing to judge.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/pdf");
    folder.join("verdicts.csv").is_file().then_some(folder)
}

fn report(pdf: &[u8]) -> Report {
    verify(pdf, &Anchors::none(), &Evidence::default(), &Policy::house(), world::today())
}

/// What a report comes to, in the words of the list.
fn class(report: &Report) -> &'static str {
    let found = report.findings.iter().any(|finding| {
        finding.level == Level::Fail && matches!(finding.what, Found::Change(_) | Found::Stray(_))
    });
    let covered = report.signatures.iter().all(|signature| signature.faults.coverage.is_none());
    let sound = report.signatures.iter().all(|signature| signature.intact && signature.valid);
    match report.verdict {
        Verdict::Unsigned => "unsigned",
        Verdict::Failed(_) if report.unreadable.is_some() => "reject",
        Verdict::Failed(_) if found || !covered => "flag-modified",
        Verdict::Failed(_) => "reject",
        Verdict::Passed | Verdict::Indeterminate(_) if sound => "accept-crypto",
        _ => "undecided",
    }
}

#[test]
fn every_file_of_the_corpus_is_judged_as_expected() {
    let Some(folder) = folder() else { return };
    let list = std::fs::read_to_string(folder.join("verdicts.csv")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in list.lines().skip(1) {
        let (file, rest) = line.split_once(',').unwrap();
        let expected = rest.rsplit(',').next().unwrap();
        let report = report(&std::fs::read(folder.join(file)).unwrap());
        let judged = class(&report);
        if judged != expected {
            wrong.push(format!("{file}: {judged}, expected {expected}: {:?}", report.verdict));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 50);
}
