//! Bytes that nobody meant well with: whatever they are, they are refused or read, in bounded time, without a
//! panic; and nothing that was changed passes for what it was.
//!
//! The changes are the same every time: a small generator with a fixed seed.

use kvarter_signatures::algorithm::DigestAlgorithm;
use kvarter_signatures::authority::{Ledger, Revocation, TestTimestampAuthority};
use kvarter_signatures::certificate::revocation::{Crl, OcspRequest, OcspResponse, Reason};
use kvarter_signatures::certificate::trusted_list::TrustedList;
use kvarter_signatures::certificate::{Certificate, Evidence, Purpose, Standing, read_pem, trust};
use kvarter_signatures::cms::{Prepared, Signed};
use kvarter_signatures::container::{File, Most, pack, unpack};
use kvarter_signatures::signer::{Signer, SoftwareSigner};
use kvarter_signatures::timestamp::{TimestampAuthority, Token, read_request};

use crate::world::{self, hours};

/// Xorshift: not random at all, and spread out.
struct Spread(u64);

impl Spread {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// The bytes with one to four changes: a bit, a byte, a length, a piece cut out or doubled.
    fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len());
            match self.below(6) {
                0 => out[at] ^= 1 << self.below(8),
                1 => out[at] = self.next() as u8,
                2 => out[at] = [0x80, 0xFF, 0x84, 0x30, 0x00, 0x1F][self.below(6)],
                3 => out.truncate(at.max(1)),
                4 => drop(out.drain(at..(at + self.below(16)).min(out.len()))),
                _ => {
                    let piece = out[at..(at + self.below(64)).min(out.len())].to_vec();
                    out.splice(at..at, piece);
                }
            }
            if out.is_empty() {
                out.push(0);
            }
        }
        out
    }
}

fn signed() -> Vec<u8> {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let stamps = TestTimestampAuthority::new(&authority, &world::today, 1);
    let digest = DigestAlgorithm::Sha256;
    let prepared = Prepared::new(
        &digest.digest(b"document"),
        digest,
        signer.algorithm(),
        signer.certificate(),
        signer.chain(),
    );
    let signature = signer.sign(prepared.to_be_signed()).unwrap();
    let token = stamps.timestamp(&digest.digest(&signature), digest).unwrap();
    prepared.finish(&signature, Some(&token)).unwrap()
}

#[test]
fn changed_signatures_are_refused_or_read_and_never_hold_for_another_document() {
    let der = signed();
    let mut spread = Spread(1);
    for _ in 0..1500 {
        let changed = spread.change(&der);
        let Ok(signed) = Signed::read(&changed) else { continue };
        let integrity = signed.verify(&|algorithm| algorithm.digest(b"another document"));
        assert!(!integrity.is_intact());
        let _ = (signed.signature_timestamp(), signed.evidence(), signed.claimed_signing_time());
    }
}

#[test]
fn a_changed_signature_that_still_holds_is_by_the_same_certificate_over_the_same_document() {
    let der = signed();
    let authority = world::authority();
    let certificate = world::signer(&authority).certificate().clone();
    let mut spread = Spread(2);
    let mut held = 0;
    for _ in 0..600 {
        let changed = spread.change(&der);
        let Ok(signed) = Signed::read(&changed) else { continue };
        let integrity = signed.verify(&|algorithm| algorithm.digest(b"document"));
        if integrity.is_valid() && integrity.binding.is_ok() {
            held += 1;
            assert_eq!(signed.certificate(), Some(&certificate));
        }
    }
    // Changes in what the signature does not cover, such as the other certificates, leave it whole.
    assert!(held > 0);
}

#[test]
fn a_changed_timestamp_never_tells_another_time() {
    let authority = world::authority();
    let stamps = TestTimestampAuthority::new(&authority, &world::today, 1);
    let digest = DigestAlgorithm::Sha256;
    let der = stamps.timestamp(&digest.digest(b"x"), digest).unwrap().der().to_vec();
    let mut spread = Spread(3);
    for _ in 0..1000 {
        let Ok(token) = Token::read(&spread.change(&der)) else { continue };
        if token.verify(b"x").is_valid() {
            assert_eq!(token.time(), world::today());
        }
    }
}

#[test]
fn a_changed_answer_about_a_revoked_certificate_never_says_that_it_is_good() {
    let authority = world::authority();
    let certificate = authority.issue(&world::anna(), &world::key(11).key_info()).unwrap();
    let today = world::today();
    let revocation = Revocation { serial: 1001, at: hours(today, -1), reason: Reason::Superseded };
    let ledger = Ledger { issued: vec![1001], revoked: vec![revocation] };
    let ocsp = authority.ocsp(&certificate, &ledger, today, hours(today, 9)).unwrap();
    let crl = authority.crl(&ledger, today, hours(today, 9), 1).unwrap();
    let mut spread = Spread(4);
    for _ in 0..400 {
        let mut evidence = Evidence { certificates: authority.chain(), ..Evidence::default() };
        evidence.ocsp.extend(OcspResponse::read(&spread.change(&ocsp)).ok());
        evidence.crls.extend(Crl::read(&spread.change(&crl)).ok());
        let trusted = trust(&certificate, &[], &authority.anchors(), &evidence, today, Purpose::Signature);
        assert!(!matches!(trusted.standings[0], Standing::Good { .. }), "{trusted:?}");
    }
}

#[test]
fn a_changed_certificate_is_never_trusted() {
    let authority = world::authority();
    let certificate = authority.issue(&world::anna(), &world::key(11).key_info()).unwrap();
    let mut spread = Spread(5);
    let mut read = 0;
    for _ in 0..1500 {
        let Ok(changed) = Certificate::from_der(&spread.change(certificate.der())) else { continue };
        read += 1;
        if changed.der() == certificate.der() {
            continue;
        }
        let chain = authority.chain();
        let evidence = Evidence::default();
        let trusted =
            trust(&changed, &chain, &authority.anchors(), &evidence, world::today(), Purpose::Signature);
        assert!(trusted.fault.is_some(), "{changed:?}");
        let _ = (changed.subject().to_string(), changed.to_pem());
    }
    assert!(read > 100);
}

#[test]
fn everything_that_reads_takes_any_bytes() {
    let authority = world::authority();
    let signer = world::signer(&authority);
    let question = OcspRequest::write(signer.certificate(), authority.issuing(), Some(b"nonce"));
    let file = File { name: "a".into(), media_type: "text/plain".into(), bytes: b"a".to_vec() };
    let container = pack(vec![file], &signer, None, world::today()).unwrap();
    let pem = signer.key().to_pem() + &signer.certificate().to_pem();
    let list = crate::trusted_lists::LIST.as_bytes();
    let p12: &[u8] = include_bytes!("../data/legacy.p12");
    let samples: [&[u8]; 6] = [&question, &container, pem.as_bytes(), list, p12, b"\0"];
    let mut spread = Spread(6);
    let few = Most { files: 100, bytes: 1 << 20 };
    for round in 0..1200 {
        let bytes = if round % 4 == 0 {
            let length = spread.below(300);
            (0..length).map(|_| spread.next() as u8).collect()
        } else {
            spread.change(samples[round % samples.len()])
        };
        let _ = (OcspRequest::read(&bytes), OcspResponse::read(&bytes), Crl::read(&bytes));
        let _ = (Signed::read(&bytes), Token::read(&bytes), Certificate::all_from(&bytes));
        let _ = (read_pem(&bytes), read_request(&bytes), TrustedList::read(&bytes));
        let _ = unpack(&bytes, few).map(|container| container.verify());
        let _ = SoftwareSigner::from_pem(&bytes, b"", Some(b"password"));
        let _ = authority.answer_ocsp(&bytes, &Ledger::default(), world::today(), world::today());
    }
}

#[test]
fn depth_and_repetition_take_no_time() {
    let deep = [0x30, 0x80].repeat(1 << 20);
    let wide = [&[0x30, 0x84, 0x00, 0x20, 0x00, 0x00][..], &[0x05, 0x00].repeat(1 << 20)].concat();
    let nested: Vec<u8> = (0..20_000_u32).flat_map(|_| [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF]).collect();
    for bytes in [deep, wide, nested] {
        assert!(Signed::read(&bytes).is_err());
        assert!(Certificate::from_der(&bytes).is_err());
        assert!(Crl::read(&bytes).is_err());
        assert!(OcspResponse::read(&bytes).is_err());
    }
}
