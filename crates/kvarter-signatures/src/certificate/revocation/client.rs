//! Asking about revocation over HTTP (RFC 6960 appendix A), to have evidence to keep with a document.
//!
//! How bytes are carried is the caller's: a [`Transport`]. What is answered is only checked to be an answer;
//! whether it can be believed is seen when it is used.

use super::{OcspError, OcspRequest, OcspResponse};
use crate::certificate::Certificate;
use crate::transport::{Limits, Post, Transport, TransportError};

/// Why there is no answer about a certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevocationError {
    /// The certificate does not say whom to ask.
    #[error("the certificate names no responder")]
    NobodyToAsk,
    /// The responder could not be asked.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The answer is none.
    #[error(transparent)]
    Ocsp(#[from] OcspError),
}

/// Asks the responders that a certificate names, one after the other, until one answers. `nonce` is the
/// caller's random bytes, such as 16 of them.
///
/// # Errors
///
/// Why the last of them gave no answer.
pub fn ask(
    transport: &dyn Transport,
    certificate: &Certificate,
    issuer: &Certificate,
    nonce: Option<&[u8]>,
    limits: Limits,
) -> Result<OcspResponse, RevocationError> {
    let question = OcspRequest::write(certificate, issuer, nonce);
    let mut fault = RevocationError::NobodyToAsk;
    for address in certificate.ocsp_addresses() {
        match ask_at(transport, address, &question, limits) {
            Ok(response) => match response.check_answers(certificate, issuer, nonce) {
                Ok(()) => return Ok(response),
                Err(why) => fault = why.into(),
            },
            Err(why) => fault = why,
        }
    }
    Err(fault)
}

fn ask_at(
    transport: &dyn Transport,
    address: &str,
    question: &[u8],
    limits: Limits,
) -> Result<OcspResponse, RevocationError> {
    let answer = transport.post(&Post {
        address,
        content_type: "application/ocsp-request",
        accept: "application/ocsp-response",
        bearer: None,
        body: question,
        limits,
    })?;
    match answer.code {
        200 => Ok(OcspResponse::read(&answer.body)?),
        code => Err(TransportError::Code(code).into()),
    }
}
