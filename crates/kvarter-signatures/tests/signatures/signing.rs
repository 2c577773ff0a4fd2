//! An agreement from its fields to the archive: what verification says after each step.

use kvarter_signatures::algorithm::DigestAlgorithm;
use kvarter_signatures::authority::{Ledger, TestTimestampAuthority};
use kvarter_signatures::begun::Begun;
use kvarter_signatures::certificate::{Evidence, SubIndication};
use kvarter_signatures::change::ChangeKind;
use kvarter_signatures::policy::{Check, Level, Policy};
use kvarter_signatures::preservation::{add_evidence, timestamp_with};
use kvarter_signatures::sign::{ActKind, SignError, begin, prepare_signature};
use kvarter_signatures::signer::Signer;
use kvarter_signatures::verdict::{Baseline, Found, Report, TimeSource, Verdict};
use kvarter_signatures::verify::verify;

use crate::{agreement, world};

fn checks(report: &Report) -> Vec<Check> {
    let found = report.findings.iter().filter_map(|finding| match finding.what {
        Found::Check(check) => Some(check),
        _ => None,
    });
    found.collect()
}

#[test]
fn an_agreement_that_nobody_signed_says_so() {
    let authority = world::authority();
    let report = agreement::verified(agreement::AGREEMENT, &authority);
    assert_eq!(report.verdict, Verdict::Unsigned);
    assert_eq!(report.pages, 6);
    assert_eq!(agreement::verified(&agreement::prepared(), &authority).verdict, Verdict::Unsigned);
}

#[test]
fn both_parties_initial_every_page_and_sign_and_all_four_signatures_pass() {
    let authority = world::authority();
    let report = agreement::verified(&agreement::signed(&authority), &authority);
    assert_eq!(report.verdict, Verdict::Passed, "{:#?}", report.findings);
    let fields: Vec<&str> = report.signatures.iter().map(|signature| signature.field.as_str()).collect();
    assert_eq!(
        fields,
        ["initialling-state", "signature-state", "initialling-municipality", "signature-municipality"]
    );
    for signature in &report.signatures {
        assert!(signature.intact && signature.valid && signature.trusted, "{signature:#?}");
        assert_eq!(signature.baseline, Some(Baseline::B));
        assert_eq!(signature.existed_by.source, TimeSource::Now);
    }
    assert_eq!(report.signatures[1].page, Some(6));
    let seal = report.seal.unwrap();
    assert_eq!(seal.initials.len(), 12);
    assert!(seal.initials.iter().all(|initials| initials.same && initials.passed));
    assert_eq!(seal.missing, []);
    assert_eq!((seal.initials[6].page, seal.initials[6].person.as_str()), (1, "Åke Ärlig"));
}

#[test]
fn filling_and_signing_are_the_only_changes_and_each_is_named() {
    let authority = world::authority();
    let report = agreement::verified(&agreement::signed(&authority), &authority);
    let kinds: Vec<ChangeKind> = report.changes.iter().map(|change| change.kind).collect();
    let mut expected = vec![ChangeKind::SignatureAdded];
    expected.extend([ChangeKind::InitialsFilled; 6]);
    expected.extend([ChangeKind::SignatureAdded; 2]);
    assert_eq!(kinds, expected);
    let from: Vec<usize> = report.signatures.iter().map(|signature| signature.changes_from).collect();
    assert_eq!(from, [0, 1, 8, 9]);
}

#[test]
fn the_same_acts_give_the_same_bytes() {
    let authority = world::authority();
    assert_eq!(agreement::prepared(), agreement::prepared());
    let person = agreement::anna(&authority);
    let once = agreement::sign(&agreement::prepared(), &person, None);
    assert_eq!(once, agreement::sign(&agreement::prepared(), &person, None));
}

#[test]
fn with_timestamps_evidence_and_a_document_timestamp_everything_is_for_the_archive() {
    let authority = world::authority();
    let pdf = agreement::archived(&authority);
    let soon = world::hours(world::today(), 3);
    let report = verify(&pdf, &authority.anchors(), &Evidence::default(), &Policy::house(), soon);
    assert_eq!(report.verdict, Verdict::Passed, "{:#?}", report);
    for signature in report.signatures.iter().filter(|signature| !signature.timestamp) {
        assert_eq!(signature.baseline, Some(Baseline::Lta), "{}", signature.field);
        assert_eq!(signature.existed_by.source, TimeSource::Timestamp);
        assert_eq!(signature.existed_by.time, world::today());
    }
}

#[test]
fn certificates_may_expire_when_a_timestamp_has_fixed_the_time() {
    let authority = world::authority();
    // A year and a half later both signatories' certificates have expired.
    let at = world::at("2028-05-23T10:00:00Z");
    let week = world::hours(at, 24 * 7);
    let stamping = [authority.stamping(), authority.issuing()];
    let fresh = authority.evidence(&stamping, &Ledger::default(), world::hours(at, -1), week).unwrap();
    let look =
        |pdf: &[u8], evidence: &Evidence| verify(pdf, &authority.anchors(), evidence, &Policy::house(), at);
    let report = look(&agreement::archived(&authority), &fresh);
    assert_eq!(report.verdict, Verdict::Passed, "{report:#?}");
    let without = look(&agreement::signed(&authority), &fresh);
    assert!(matches!(without.verdict, Verdict::Indeterminate(_)), "{:?}", without.verdict);
    // Renewed in time, it needs nobody's word but the file's, as long as the last timestamp is fresh.
    let later = || at;
    let stamps = TestTimestampAuthority::new(&authority, &later, 500);
    let renewed = add_evidence(&agreement::archived(&authority), &agreement::store(&fresh)).unwrap();
    let renewed = timestamp_with(&renewed, &stamps, DigestAlgorithm::Sha512).unwrap();
    let report = look(&renewed, &Evidence::default());
    assert_eq!(report.verdict, Verdict::Passed, "{:#?}", report.findings);
    assert!(report.signatures[..4].iter().all(|one| one.baseline == Some(Baseline::Lta)));
    // Two fields were prepared, and two are used.
    let more = timestamp_with(&renewed, &stamps, DigestAlgorithm::Sha256);
    assert!(matches!(more, Err(SignError::NoField { .. })));
}

#[test]
fn without_revocation_evidence_it_is_indeterminate_unless_the_policy_lets_it_pass() {
    let authority = world::authority();
    let pdf = agreement::signed(&authority);
    let at = world::hours(world::today(), 3);
    let none = Evidence::default();
    let report = verify(&pdf, &authority.anchors(), &none, &Policy::house(), at);
    assert_eq!(report.verdict, Verdict::Indeterminate(SubIndication::TryLater));
    let lenient = Policy::house().with_trust(SubIndication::TryLater, Level::Warn);
    let report = verify(&pdf, &authority.anchors(), &none, &lenient, at);
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(report.findings.iter().any(|finding| finding.what == Found::Trust(SubIndication::TryLater)));
    assert!(!report.signatures[0].trusted);
}

#[test]
fn a_signature_by_an_unknown_authority_is_intact_and_valid_and_not_trusted() {
    let authority = world::authority();
    let other = kvarter_signatures::certificate::Anchors::none();
    let at = world::hours(world::today(), 3);
    let pdf = agreement::signed(&authority);
    let report = verify(&pdf, &other, &Evidence::default(), &Policy::house(), at);
    assert_eq!(report.verdict, Verdict::Indeterminate(SubIndication::NoCertificateChainFound));
    assert!(report.signatures.iter().all(|one| one.intact && one.valid && !one.trusted));
}

#[test]
fn a_begun_signature_can_be_kept_and_finished_later() {
    let authority = world::authority();
    let person = agreement::anna(&authority);
    let act = agreement::act(&person, ActKind::Initial(None), world::today());
    let begun = begin(&agreement::prepared(), &act).unwrap();
    let kept = serde_json::to_string(&begun).unwrap();
    let again: Begun = serde_json::from_str(&kept).unwrap();
    assert_eq!(again, begun);
    let prepared = prepare_signature(&again, &person.signer);
    let signature = person.signer.sign(prepared.to_be_signed()).unwrap();
    let pdf = again.finish(&prepared.finish(&signature, None).unwrap()).unwrap();
    assert_eq!(agreement::verified(&pdf, &authority).verdict, Verdict::Passed);
}

#[test]
fn a_signature_that_takes_more_room_than_was_reserved_is_refused() {
    let authority = world::authority();
    let person = agreement::anna(&authority);
    let act = agreement::act(&person, ActKind::Sign, world::today());
    let begun =
        begin(&agreement::prepared(), &kvarter_signatures::sign::Act { reserve: 100, ..act }).unwrap();
    assert!(begun.finish(&[0x30; 101]).is_err());
}

#[test]
fn a_field_is_filled_once() {
    let authority = world::authority();
    let person = agreement::anna(&authority);
    let pdf = agreement::sign(&agreement::prepared(), &person, None);
    for kind in [ActKind::Initial(None), ActKind::Sign] {
        let again = begin(&pdf, &agreement::act(&person, kind, world::today()));
        assert!(matches!(again, Err(SignError::Filled { .. })), "{again:?}");
    }
    let nobody = begin(agreement::AGREEMENT, &agreement::act(&person, ActKind::Sign, world::today()));
    assert!(matches!(nobody, Err(SignError::NoField { .. })));
}

#[test]
fn pages_without_a_party_s_initials_are_listed() {
    let authority = world::authority();
    let person = agreement::anna(&authority);
    let act = agreement::act(&person, ActKind::Initial(Some(vec![1, 2, 6])), world::today());
    let pdf =
        kvarter_signatures::sign::sign_with(&agreement::prepared(), &act, &person.signer, None).unwrap();
    let report = agreement::verified(&pdf, &authority);
    assert_eq!(report.verdict, Verdict::Passed);
    let missing = report.seal.unwrap().missing;
    let state: Vec<usize> =
        missing.iter().filter(|missing| missing.party == "state").map(|missing| missing.page).collect();
    assert_eq!(state, [3, 4, 5]);
    assert_eq!(missing.len(), 3 + 6);
}

#[test]
fn a_municipality_that_signs_before_the_state_is_noticed() {
    let authority = world::authority();
    let pdf = agreement::sign(&agreement::prepared(), &agreement::ake(&authority), None);
    let pdf = agreement::sign(&pdf, &agreement::anna(&authority), None);
    let report = agreement::verified(&pdf, &authority);
    assert_eq!(report.verdict, Verdict::Passed);
    assert!(checks(&report).contains(&Check::PartyOrder));
    let right = agreement::verified(&agreement::signed(&authority), &authority);
    assert!(!checks(&right).contains(&Check::PartyOrder));
}

#[test]
fn a_statement_that_names_another_person_than_the_certificate_is_noticed() {
    let authority = world::authority();
    let person = agreement::anna(&authority);
    let act = agreement::act(&person, ActKind::Initial(None), world::today());
    let act = kvarter_signatures::sign::Act { person: "Någon Annan", ..act };
    let pdf =
        kvarter_signatures::sign::sign_with(&agreement::prepared(), &act, &person.signer, None).unwrap();
    assert!(checks(&agreement::verified(&pdf, &authority)).contains(&Check::PersonDiffers));
    let pdf = agreement::signed(&authority);
    assert!(!checks(&agreement::verified(&pdf, &authority)).contains(&Check::PersonDiffers));
}

#[test]
fn the_report_is_codes_that_can_be_kept() {
    let authority = world::authority();
    let report = agreement::verified(&agreement::archived(&authority), &authority);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["verdict"], "passed");
    assert_eq!(json["signatures"][0]["level"], "b-lta");
    assert_eq!(json["signatures"][0]["existed_by"]["source"], "timestamp");
    assert_eq!(json["changes"][0]["kind"], "signature-added");
    assert_eq!(json["seal"]["initials"][0]["party"], "state");
}
