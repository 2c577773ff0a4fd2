//! Asking whether certificates are revoked, while somebody still answers: for a signed file to carry along.

use jiff::Timestamp;
use kvarter_signatures::certificate::revocation::{OcspRequest, OcspResponse};
use kvarter_signatures::certificate::{Anchors, Certificate, Evidence};
use kvarter_signatures::transport::{Limits, Post, Transport};

/// What could be gathered about some certificates and their issuers. What nobody answers for is left out: the
/// signature stands without it, at a lower level, and verification says so.
pub(crate) fn gather(
    transport: &dyn Transport,
    certificates: &[Certificate],
    anchors: &Anchors,
    now: Timestamp,
) -> Evidence {
    let mut evidence = Evidence { certificates: certificates.to_vec(), ..Evidence::default() };
    let trusted = anchors.iter().map(|anchor| &anchor.certificate);
    let known: Vec<&Certificate> = certificates.iter().chain(trusted).collect();
    for certificate in certificates.iter().filter(|certificate| !certificate.is_self_issued()) {
        let issuer = known.iter().find(|issuer| {
            issuer.subject().matches(certificate.issuer())
                && certificate.verify_signature(issuer.key()).is_ok()
        });
        let Some(issuer) = issuer else { continue };
        for address in certificate.ocsp_addresses() {
            let body = OcspRequest::write(certificate, issuer, None);
            let post = Post {
                address,
                content_type: "application/ocsp-request",
                accept: "application/ocsp-response",
                bearer: None,
                body: &body,
                limits: Limits::default(),
            };
            let answer = transport.post(&post).ok().filter(|answer| answer.code == 200);
            match answer.map(|answer| OcspResponse::read(&answer.body)) {
                Some(Ok(response)) if response.claim(certificate, issuer).is_some() => {
                    evidence.ocsp.push(response);
                    break;
                }
                _ => tracing::warn!(address, at = %now, "nobody told whether a certificate is revoked"),
            }
        }
    }
    evidence
}
