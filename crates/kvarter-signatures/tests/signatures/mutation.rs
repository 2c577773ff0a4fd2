//! Damaged files: none makes verification stumble, and none passes that was changed where a signature
//! looks.

use kvarter_signatures::verdict::Verdict;

use crate::forge::{Small, appended, first, last};
use crate::mutant::{Seed, mutated};
use crate::{agreement, world};

/// The one part of a file that its last signature does not cover.
fn hole(pdf: &[u8]) -> std::ops::Range<usize> {
    let start = last(pdf, "/Contents <") + "/Contents ".len();
    start..start + first(&pdf[start..], ">") + 1
}

/// Whether two files are the same but for that part, and for white space at the end.
fn same_where_signed(pdf: &[u8], other: &[u8]) -> bool {
    let hole = hole(pdf);
    let trimmed = |bytes: &[u8]| bytes.trim_ascii_end().to_vec();
    other.len() >= hole.end
        && pdf[..hole.start] == other[..hole.start]
        && trimmed(&pdf[hole.end..]) == trimmed(&other[hole.end..])
}

fn try_all(pdf: &[u8], count: u64) {
    let verifier = agreement::Verifier::new(&world::authority());
    assert_eq!(verifier.verify(pdf).verdict, Verdict::Passed);
    for number in 0..count {
        let other = mutated(pdf, &mut Seed::new(number));
        if verifier.verify(&other).verdict == Verdict::Passed {
            assert!(same_where_signed(pdf, &other), "mutation {number} passes");
        }
    }
}

#[test]
fn two_thousand_damaged_files_are_refused_without_stumbling() {
    let pdf = Small::new().signed(&agreement::anna(&world::authority()).signer);
    try_all(&pdf, 2_000);
}

#[test]
fn damaged_agreements_are_refused_without_stumbling() {
    try_all(&agreement::signed(&world::authority()), 60);
}

#[test]
fn what_others_may_do_can_be_damaged_too() {
    let pdf = Small::new().signed(&agreement::anna(&world::authority()).signer);
    let filled = Small::new().objects[6].1.replace("/DA", "/V(100 kr)/DA");
    let pdf = appended(&pdf, &[(7, filled)], "");
    let verifier = agreement::Verifier::new(&world::authority());
    for number in 0..500 {
        // What is appended after the last signature is not covered; it is only never more than a filling.
        let report = verifier.verify(&mutated(&pdf, &mut Seed::new(number)));
        if report.verdict == Verdict::Passed {
            let kinds = report.changes.iter().map(|change| change.kind);
            let harmless = |kind| {
                use kvarter_signatures::change::ChangeKind as Kind;
                matches!(kind, Kind::FieldFilled | Kind::InformationChanged | Kind::VersionChanged)
            };
            assert!(kinds.into_iter().all(harmless), "mutation {number}: {:?}", report.changes);
        }
    }
}

#[test]
fn a_bit_flipped_anywhere_is_found() {
    let pdf = agreement::signed(&world::authority());
    let verifier = agreement::Verifier::new(&world::authority());
    let hole = hole(&pdf);
    let mut seed = Seed::new(7);
    for _ in 0..60 {
        let at = seed.below(pdf.len() - 1);
        if hole.contains(&at) {
            continue;
        }
        let mut other = pdf.clone();
        other[at] ^= 1 << seed.below(8);
        assert_ne!(verifier.verify(&other).verdict, Verdict::Passed, "byte {at}");
    }
}
