//! Addresses in Swedish words, written in one place.

use kvarter_domain::correction::Kind;
use kvarter_domain::ids::{AgreementId, DutyId, PartnerId, RecordId};

/// An agreement's page.
pub fn agreement(id: &AgreementId) -> String {
    format!("/avtal/{id}")
}

/// An act on an agreement.
pub fn agreement_act(id: &AgreementId, act: &str) -> String {
    format!("/avtal/{id}/{act}")
}

/// The page on which a step is taken that an agreement waits for.
pub fn step(id: &AgreementId, act: &str) -> String {
    match act {
        "attest" => signing(id),
        "send" => agreement_act(id, "avsandning"),
        "approve" => agreement_act(id, "godkannande"),
        "receive" => agreement_act(id, "mottagande"),
        "send-back" => agreement_act(id, "retur"),
        "keep" => agreement_act(id, "forvaring"),
        "register-return" => agreement_act(id, "returregistrering"),
        other => agreement_act(id, other),
    }
}

/// The signing room of an agreement.
pub fn signing(id: &AgreementId) -> String {
    format!("/signeringsrum/{id}")
}

/// A duty's page.
pub fn duty(id: &DutyId) -> String {
    format!("/atagande/{id}")
}

/// An act on a duty.
pub fn duty_act(id: &DutyId, act: &str) -> String {
    format!("/{act}/{id}")
}

/// The page on which a fact is corrected.
pub fn correction(kind: Kind, record: &RecordId, about: &str) -> String {
    format!("/ratta/{kind}/{record}/{about}")
}

/// A partnership's page.
pub fn partnership(id: &AgreementId) -> String {
    format!("/partnerskap/{id}")
}

/// A page in a partnership.
pub fn partnership_act(id: &AgreementId, act: &str) -> String {
    format!("/partnerskap/{id}/{act}")
}

/// The page of the collaboration agreement with a partner.
pub fn collaboration(partner: &PartnerId) -> String {
    format!("/overenskommelse/{partner}")
}

/// An act on a collaboration agreement.
pub fn collaboration_act(partner: &PartnerId, act: &str) -> String {
    format!("/overenskommelse/{partner}/{act}")
}

/// A record's page.
pub fn record(id: &RecordId) -> String {
    format!("/diarium/{id}")
}

/// A record's document.
pub fn record_document(id: &RecordId) -> String {
    format!("/diarium/{id}/handling")
}

/// The duties that one obligation gives in an agreement.
pub fn duties_of(agreement: &AgreementId, obligation: &str) -> String {
    format!("/ataganden?avtal={agreement}&skyldighet={obligation}")
}

/// The certificate of an agreement's validity.
pub fn certificate(id: &AgreementId) -> String {
    format!("/avtal/{id}/giltighet.pdf")
}

/// The workshop of a district's plan.
pub fn workshop(id: &AgreementId, district: &str) -> String {
    format!("/planverkstad/{id}/{district}")
}

/// A part of a plan in its workshop.
pub fn workshop_part(id: &AgreementId, district: &str, part: &str) -> String {
    format!("/planverkstad/{id}/{district}/del/{part}")
}

/// An adopted version of a plan.
pub fn plan(id: &AgreementId, district: &str, serial: i64) -> String {
    format!("/plan/{id}/{district}/{serial}")
}

/// A district as anyone may see it.
pub fn district(id: &AgreementId, district: &str) -> String {
    format!("/stadsdel/{id}/{district}")
}

/// Text as part of a query.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(byte as char)
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Text as it was before [`encoded`].
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let escaped = match others {
            [high, low, after @ ..] if *first == b'%' => str::from_utf8(&[*high, *low])
                .ok()
                .and_then(|hex| u8::from_str_radix(hex, 16).ok())
                .map(|b| (b, after)),
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, others));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A place on this site to go on to: anything else becomes the start page.
pub fn local(address: &str) -> &str {
    let on_this_site =
        address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n', '\t']);
    if on_this_site { address } else { "/" }
}
