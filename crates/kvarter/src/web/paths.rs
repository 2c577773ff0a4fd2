//! Addresses in Swedish words, written in one place.

use kvarter_domain::ids::{AgreementId, DutyId, RecordId};

/// An agreement's page.
pub fn agreement(id: &AgreementId) -> String {
    format!("/avtal/{id}")
}

/// An act on an agreement.
pub fn agreement_act(id: &AgreementId, act: &str) -> String {
    format!("/avtal/{id}/{act}")
}

/// The signing room of an agreement.
pub fn signing(id: &AgreementId) -> String {
    format!("/signeringsrum/{id}")
}

/// A duty's page.
pub fn duty(id: &DutyId) -> String {
    format!("/atagande/{id}")
}

/// A record's page.
pub fn record(id: &RecordId) -> String {
    format!("/diarium/{id}")
}

/// Text as part of a query.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => encoded.push(byte as char),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// A place on this site to go on to: anything else becomes the start page.
pub fn local(address: &str) -> &str {
    let on_this_site = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(['\\', '\r', '\n', '\t']);
    if on_this_site { address } else { "/" }
}
