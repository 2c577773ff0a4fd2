//! `kvarter verify`: files signed, unsigned and broken, and how it ends.

use crate::run_in;

/// An agreement that nobody has signed.
const UNSIGNED: &[u8] = include_bytes!("../../../kvarter-signatures/tests/data/agreement.pdf");

#[test]
fn what_nobody_has_signed_says_so_and_ends_with_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("avtal.pdf"), UNSIGNED).unwrap();
    let told = run_in(folder.path(), &["verify", "avtal.pdf"]).ended(1);
    assert!(told.out.contains("Filen är inte undertecknad"), "{}", told.out);
    let english = run_in(folder.path(), &["--language", "en", "verify", "avtal.pdf"]).ended(1);
    assert!(english.out.contains("has not been signed"), "{}", english.out);
    let data = run_in(folder.path(), &["verify", "avtal.pdf", "--json"]).ended(1).json();
    assert_eq!(data["report"]["verdict"], "unsigned");
    assert_eq!(data["digest"].as_str().map(str::len), Some(64));
}

#[test]
fn what_is_no_pdf_and_what_is_not_there_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("brev.txt"), "inte en pdf").unwrap();
    let broken = run_in(folder.path(), &["verify", "brev.txt"]).ended(1);
    assert!(broken.out.contains("går inte att läsa som PDF"), "{}", broken.out);
    let absent = run_in(folder.path(), &["verify", "finns-inte.pdf"]).ended(2);
    assert!(absent.err.contains("finns-inte.pdf"), "{}", absent.err);
    let anchors = run_in(folder.path(), &["verify", "brev.txt", "--anchors", "finns-inte"]);
    assert_ne!(anchors.code, 0, "{}", anchors.err);
    assert!(anchors.err.contains("finns-inte"), "{}", anchors.err);
}

#[test]
fn what_begins_as_a_package_and_is_none_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("retur.asice"), b"PK\x03\x04 and nothing more").unwrap();
    let told = run_in(folder.path(), &["verify", "retur.asice"]).ended(2);
    assert!(told.err.contains("retur.asice") && told.err.contains("börjar som ett paket"), "{}", told.err);
}
