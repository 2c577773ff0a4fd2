//! Signatures made and read: what holds, and what is said when something does not.

use kvarter_signatures::algorithm::{AlgorithmFault, DigestAlgorithm, SignatureAlgorithm};
use kvarter_signatures::authority::{TestKey, TestSigner, TestTimestampAuthority};
use kvarter_signatures::cms::{BindingFault, CmsError, DigestFault, Prepared, Signed};
use kvarter_signatures::key::SignatureFault;
use kvarter_signatures::signer::Signer;
use kvarter_signatures::timestamp::TimestampAuthority;

use crate::world;

const DOCUMENT: &[u8] = b"Lokalt utvecklingsavtal";

fn prepare(signer: &dyn Signer) -> Prepared {
    let algorithm = signer.algorithm();
    let digest = algorithm.content_digest();
    Prepared::new(&digest.digest(DOCUMENT), digest, algorithm, signer.certificate(), signer.chain())
}

fn sign(signer: &dyn Signer) -> Vec<u8> {
    let prepared = prepare(signer);
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    prepared.finish(&signature, None).unwrap()
}

fn over(document: &'static [u8]) -> impl Fn(DigestAlgorithm) -> Vec<u8> {
    move |algorithm| algorithm.digest(document)
}

#[test]
fn a_signature_holds_over_its_document_with_every_kind_of_key() {
    let authority = world::authority();
    let keys = [world::key(11), TestKey::p384(&[12; 48]).unwrap(), world::rsa(), world::rsa().with_pss()];
    for key in keys {
        let algorithm = key.algorithm();
        let signer = authority.signer(&world::anna(), key).unwrap();
        let signed = Signed::read(&sign(&signer)).unwrap();
        let integrity = signed.verify(&over(DOCUMENT));
        assert!(integrity.is_valid() && integrity.binding.is_ok(), "{algorithm:?}: {integrity:?}");
        assert_eq!(signed.certificate(), Some(signer.certificate()));
        assert_eq!(signed.certificates().len(), 3);
    }
}

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let authority = world::authority();
    assert_eq!(sign(&world::signer(&authority)), sign(&world::signer(&authority)));
}

#[test]
fn another_document_is_told_apart_from_a_broken_signature() {
    let authority = world::authority();
    let der = sign(&world::signer(&authority));
    let integrity = Signed::read(&der).unwrap().verify(&over(b"another"));
    assert_eq!(integrity.digest, Err(DigestFault::Mismatch));
    assert_eq!(integrity.signature, Ok(()));

    let mut broken = der;
    let last = broken.len() - 1;
    broken[last] ^= 1;
    let integrity = Signed::read(&broken).unwrap().verify(&over(DOCUMENT));
    assert_eq!(integrity.digest, Ok(()));
    assert_eq!(integrity.signature, Err(SignatureFault::Mismatch));
}

#[test]
fn a_document_is_never_finished_with_a_signature_by_another_key() {
    let authority = world::authority();
    let certificate = authority.issue(&world::anna(), &world::key(11).key_info()).unwrap();
    let wrong = TestSigner::new(world::key(12), certificate, Vec::new());
    let prepared = prepare(&wrong);
    let signature = wrong.sign(prepared.to_be_signed()).unwrap();
    assert_eq!(prepared.finish(&signature, None), Err(CmsError::SignatureMismatch));
}

#[test]
fn another_certificate_with_the_same_key_cannot_be_put_in_its_place() {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let signed = sign(&signer);
    // The same key, issuer and serial number, and another name.
    let mut applicant = world::anna();
    applicant.surname = "Ödman";
    let other = authority.issue(&applicant, &world::key(11).key_info()).unwrap();
    assert_eq!(other.der().len(), signer.certificate().der().len());
    let place =
        signed.windows(other.der().len()).position(|window| window == signer.certificate().der()).unwrap();
    let mut swapped = signed.clone();
    swapped[place..place + other.der().len()].copy_from_slice(other.der());
    let integrity = Signed::read(&swapped).unwrap().verify(&over(DOCUMENT));
    assert_eq!(integrity.signature, Ok(()));
    assert_eq!(integrity.binding, Err(BindingFault::AnotherCertificate));
    assert!(!integrity.is_valid());
}

#[test]
fn what_waits_for_a_remote_key_can_be_kept_as_json() {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let prepared = prepare(&signer);
    let kept = serde_json::to_string(&prepared).unwrap();
    let again: Prepared = serde_json::from_str(&kept).unwrap();
    assert_eq!(again, prepared);
    let signature = signer.sign(again.to_be_signed()).unwrap();
    assert!(again.finish(&signature, None).is_ok());
}

#[test]
fn zeros_after_a_signature_are_padding_and_anything_else_is_not() {
    let authority = world::authority();
    let mut der = sign(&world::signer(&authority));
    der.extend([0; 100]);
    assert!(Signed::read(&der).is_ok());
    der.push(1);
    assert_eq!(Signed::read(&der).unwrap_err(), CmsError::TrailingData);
}

#[test]
fn a_timestamp_over_the_signature_is_found_again() {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let clock = world::today;
    let stamps = TestTimestampAuthority::new(&authority, &clock, 1);
    let prepared = prepare(&signer);
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    let sha256 = DigestAlgorithm::Sha256;
    let token = stamps.timestamp(&sha256.digest(&signature), sha256).unwrap();
    let der = prepared.finish(&signature, Some(&token)).unwrap();
    let signed = Signed::read(&der).unwrap();
    let token = signed.signature_timestamp().unwrap();
    assert_eq!(token.time(), world::today());
    assert!(token.verify(signed.signature()).is_valid());
    assert!(!token.verify(b"something else").is_valid());

    let elsewhere = stamps.timestamp(&sha256.digest(b"another"), sha256).unwrap();
    let again = prepare(&signer).finish(&signature, Some(&elsewhere));
    assert_eq!(again, Err(CmsError::TimestampMismatch));
}

#[test]
fn sha_1_is_read_and_called_weak() {
    let authority = world::authority();
    let signer = authority.signer(&world::anna(), world::key(11)).unwrap();
    let digest = DigestAlgorithm::Sha1;
    let algorithm = SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha256);
    let prepared =
        Prepared::new(&digest.digest(DOCUMENT), digest, algorithm, signer.certificate(), signer.chain());
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    let der = prepared.finish(&signature, None).unwrap();
    let integrity = Signed::read(&der).unwrap().verify(&over(DOCUMENT));
    assert!(integrity.is_intact());
    assert_eq!(integrity.algorithms, Err(AlgorithmFault::DigestWeak));
    assert!(!integrity.is_valid());
}

/// Signatures over `document` as OpenSSL 3 writes them.
mod openssl {
    use super::*;

    const WITHOUT_ATTRIBUTES: &[u8] = include_bytes!("../data/no-attributes.p7s");
    const BY_KEY_IDENTIFIER: &[u8] = include_bytes!("../data/key-identifier.p7s");
    const ENCLOSED_SHA1: &[u8] = include_bytes!("../data/enclosed-sha1.p7s");
    const TWO_SIGNERS: &[u8] = include_bytes!("../data/two-signers.p7s");
    const P521: &[u8] = include_bytes!("../data/p521.p7s");

    #[test]
    fn a_signature_without_attributes_needs_the_content_itself() {
        let signed = Signed::read(WITHOUT_ATTRIBUTES).unwrap();
        assert!(signed.needs_content());
        let integrity = signed.verify_content(b"document");
        assert!(integrity.is_valid(), "{integrity:?}");
        assert_eq!(integrity.binding, Err(BindingFault::NotNamed));
        assert!(!signed.verify_content(b"another").is_intact());
        let digests_alone = signed.verify(&over(b"document"));
        assert_eq!(digests_alone.signature, Err(SignatureFault::ContentNeeded));
    }

    #[test]
    fn a_signer_named_by_key_identifier_and_an_odd_pair_of_curve_and_digest_are_read() {
        let signed = Signed::read(BY_KEY_IDENTIFIER).unwrap();
        let integrity = signed.verify(&over(b"document"));
        assert!(integrity.is_valid() && integrity.binding.is_ok(), "{integrity:?}");
        let algorithm = signed.signature_algorithm();
        assert_eq!(algorithm, Some(SignatureAlgorithm::EcdsaP256(DigestAlgorithm::Sha512)));
    }

    #[test]
    fn an_enclosed_sha_1_of_indefinite_length_is_read_and_called_weak() {
        let signed = Signed::read(ENCLOSED_SHA1).unwrap();
        let integrity = signed.verify(&over(b"document"));
        assert!(integrity.is_intact(), "{integrity:?}");
        assert_eq!(integrity.algorithms, Err(AlgorithmFault::DigestWeak));
        assert_eq!(signed.verify(&over(b"another")).digest, Err(DigestFault::Mismatch));
    }

    #[test]
    fn two_signers_are_one_too_many() {
        assert_eq!(Signed::read(TWO_SIGNERS).unwrap_err(), CmsError::SeveralSigners);
    }

    #[test]
    fn a_key_on_p_521_verifies() {
        assert!(Signed::read(P521).unwrap().verify(&over(b"document")).is_valid());
    }
}
