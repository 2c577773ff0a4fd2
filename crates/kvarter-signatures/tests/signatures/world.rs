//! A small world for tests: an authority, its people, and a day in November 2026. The same bytes every time.

use jiff::{SignedDuration, Timestamp};
use kvarter_signatures::authority::{Applicant, Authority, Founding, TestKey, TestSigner};
use kvarter_signatures::certificate::read_pem;

/// A moment, as written.
pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The day when everything happens.
pub(crate) fn today() -> Timestamp {
    at("2026-11-23T10:00:00Z")
}

/// So many hours later.
pub(crate) fn hours(from: Timestamp, count: i64) -> Timestamp {
    from.checked_add(SignedDuration::from_hours(count)).unwrap()
}

/// A key on P-256 that is made of one byte.
pub(crate) fn key(byte: u8) -> TestKey {
    TestKey::p256(&[byte; 32]).unwrap()
}

/// The RSA key for tests.
pub(crate) fn rsa() -> TestKey {
    let pem = read_pem(include_bytes!("../data/rsa-2048.key")).unwrap();
    TestKey::from_pkcs8(&pem[0].bytes).unwrap()
}

/// What an authority is founded with, to be altered.
pub(crate) fn founding() -> Founding {
    Founding {
        from: at("2025-01-01T00:00:00Z"),
        root: key(1),
        issuing: key(2),
        stamping: key(3),
        answering: key(4),
        addresses: Vec::new(),
    }
}

/// The authority.
pub(crate) fn authority() -> Authority {
    Authority::found(founding()).unwrap()
}

/// Someone at the Government Offices.
pub(crate) fn anna() -> Applicant<'static> {
    Applicant {
        given_name: "Anna",
        surname: "Öberg",
        organisation: "Regeringskansliet",
        organisation_number: Some("2021003831"),
        serial: 1001,
        not_before: at("2026-01-01T00:00:00Z"),
        not_after: at("2027-01-01T00:00:00Z"),
    }
}

/// Anna with her key.
pub(crate) fn signer(authority: &Authority) -> TestSigner {
    authority.signer(&anna(), key(11)).unwrap()
}
