//! Keys from files: read, checked against their certificates, and refused with the reason. The files were made
//! with OpenSSL 3; the password is `hemligt`.

use kvarter_signatures::algorithm::{DigestAlgorithm, SignatureAlgorithm};
use kvarter_signatures::signer::{Signer, SignerError, SoftwareSigner};

use crate::world;

const RSA: &[u8] = include_bytes!("../data/rsa-2048.key");
const RSA_OLD: &[u8] = include_bytes!("../data/rsa-pkcs1.key");
const RSA_CERTIFICATE: &[u8] = include_bytes!("../data/rsa-2048.pem");
const EC_OLD: &[u8] = include_bytes!("../data/ec-sec1.key");
const EC_ENCRYPTED: &[u8] = include_bytes!("../data/ec-encrypted.key");
const EC_CERTIFICATE: &[u8] = include_bytes!("../data/ec.pem");
const EDWARDS: &[u8] = include_bytes!("../data/ed25519.key");
const EDWARDS_CERTIFICATE: &[u8] = include_bytes!("../data/ed25519.pem");
const MODERN: &[u8] = include_bytes!("../data/modern.p12");
const LEGACY: &[u8] = include_bytes!("../data/legacy.p12");

fn holds(signer: &SoftwareSigner) -> bool {
    let signature = signer.sign(b"message").unwrap();
    let key = signer.certificate().key();
    key.verify(signer.algorithm(), b"message", &signature).is_ok()
        && key.verify(signer.algorithm(), b"another", &signature).is_err()
}

#[test]
fn keys_of_every_kind_sign_what_their_certificates_verify() {
    for (key, certificate) in [
        (RSA, RSA_CERTIFICATE),
        (RSA_OLD, RSA_CERTIFICATE),
        (EC_OLD, EC_CERTIFICATE),
        (EDWARDS, EDWARDS_CERTIFICATE),
    ] {
        let signer = SoftwareSigner::from_pem(key, certificate, None).unwrap();
        assert!(holds(&signer), "{:?}", signer.algorithm());
    }
}

#[test]
fn an_rsa_key_signs_by_either_padding_and_any_strong_digest() {
    for digest in [DigestAlgorithm::Sha256, DigestAlgorithm::Sha384, DigestAlgorithm::Sha512] {
        for algorithm in [SignatureAlgorithm::RsaPkcs1(digest), SignatureAlgorithm::RsaPss(digest)] {
            let signer = SoftwareSigner::from_pem(RSA, RSA_CERTIFICATE, None).unwrap();
            assert!(holds(&signer.with_algorithm(algorithm).unwrap()), "{algorithm:?}");
        }
    }
    let signer = SoftwareSigner::from_pem(RSA, RSA_CERTIFICATE, None).unwrap();
    let weak = SignatureAlgorithm::RsaPkcs1(DigestAlgorithm::Sha1);
    assert_eq!(signer.with_algorithm(weak).err(), Some(SignerError::AlgorithmUnsupported));
}

#[test]
fn a_key_and_another_key_s_certificate_are_refused_together() {
    let refused = |key, certificate| SoftwareSigner::from_pem(key, certificate, None).err();
    let another = Some(SignerError::KeyOfAnotherCertificate);
    assert_eq!(refused(RSA, EC_CERTIFICATE), another);
    assert_eq!(refused(EC_OLD, RSA_CERTIFICATE), another);
    assert_eq!(refused(EC_OLD, EDWARDS_CERTIFICATE), another);
    // The same kind of key, and not the same key.
    let authority = world::authority();
    let certificate = authority.issue(&world::anna(), &world::key(11).key_info()).unwrap().to_pem();
    assert_eq!(refused(EC_OLD, certificate.as_bytes()), another);
    assert!(refused(world::key(11).to_pem().as_bytes(), certificate.as_bytes()).is_none());
}

#[test]
fn among_several_certificates_the_right_one_is_found_and_the_chain_is_put_in_order() {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let all = [authority.root(), signer.certificate(), authority.issuing()];
    let all: String = all.into_iter().map(|certificate| certificate.to_pem()).collect();
    let key = world::key(11).to_pem();
    let read = SoftwareSigner::from_pem(key.as_bytes(), all.as_bytes(), None).unwrap();
    assert_eq!(read.certificate(), signer.certificate());
    assert_eq!(read.chain(), authority.chain());
}

#[test]
fn an_encrypted_key_needs_its_password() {
    let read = |password| SoftwareSigner::from_pem(EC_ENCRYPTED, EC_CERTIFICATE, password);
    assert!(holds(&read(Some(b"hemligt")).unwrap()));
    assert_eq!(read(None).err(), Some(SignerError::PasswordNeeded));
    let wrong = read(Some(b"Hemligt")).err().unwrap();
    // A wrong password may by chance give something that looks like padding.
    assert!(matches!(wrong, SignerError::PasswordWrong | SignerError::Malformed(_)), "{wrong:?}");
}

#[test]
fn pkcs12_files_of_both_kinds_are_read() {
    let modern = SoftwareSigner::from_pkcs12(MODERN, "hemligt").unwrap();
    assert!(holds(&modern));
    assert_eq!(modern.chain().len(), 1);
    let legacy = SoftwareSigner::from_pkcs12(LEGACY, "hemligt").unwrap();
    assert!(holds(&legacy));
    for file in [MODERN, LEGACY] {
        assert_eq!(SoftwareSigner::from_pkcs12(file, "fel").err(), Some(SignerError::PasswordWrong));
    }
}

#[test]
fn a_damaged_pkcs12_file_is_refused_and_nothing_worse() {
    for place in (0..LEGACY.len()).step_by(7) {
        let mut damaged = LEGACY.to_vec();
        damaged[place] ^= 0x5A;
        // Rounds beyond reason are refused before they are run.
        let _ = SoftwareSigner::from_pkcs12(&damaged, "hemligt");
    }
}

#[test]
fn nothing_and_too_much_are_told_apart() {
    let both = [RSA, EC_OLD].concat();
    assert_eq!(SoftwareSigner::from_pem(&both, RSA_CERTIFICATE, None).err(), Some(SignerError::SeveralKeys));
    assert_eq!(SoftwareSigner::from_pem(RSA_CERTIFICATE, b"", None).err(), Some(SignerError::NoKey));
    assert_eq!(SoftwareSigner::from_pem(RSA, b"", None).err(), Some(SignerError::NoCertificate));
}
