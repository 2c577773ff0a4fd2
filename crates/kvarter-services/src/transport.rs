//! HTTP to those that the settings name: timestamp authorities, and authorities that tell whether a
//! certificate is revoked. Nothing else here asks the world for anything.

use std::time::Duration;

use kvarter_signatures::transport::{Answer, Post, Transport, TransportError};

use crate::error::{Error, Result};

/// HTTP with TLS. Used on threads where one may wait, never on those that answer requests.
#[derive(Debug)]
pub(crate) struct Https {
    client: reqwest::Client,
}

impl Https {
    pub(crate) fn new() -> Result<Self> {
        // A second installation of the provider is refused, and does not matter.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .build();
        Ok(Self { client: client.map_err(|error| Error::Internal(error.to_string()))? })
    }
}

impl Transport for Https {
    fn post(&self, post: &Post<'_>) -> std::result::Result<Answer, TransportError> {
        let broken = || TransportError::Connection(std::io::ErrorKind::Other);
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| broken())?;
        let mut request = self
            .client
            .post(post.address)
            .header("content-type", post.content_type)
            .header("accept", post.accept)
            .timeout(post.limits.wait)
            .body(post.body.to_vec());
        if let Some(token) = post.bearer {
            request = request.bearer_auth(token);
        }
        runtime.block_on(async {
            let wrong = |error: reqwest::Error| {
                if error.is_timeout() { TransportError::TooSlow } else { broken() }
            };
            let mut response = request.send().await.map_err(wrong)?;
            let code = response.status().as_u16();
            let mut body = Vec::new();
            while let Some(part) = response.chunk().await.map_err(wrong)? {
                if body.len() + part.len() > post.limits.largest_answer {
                    return Err(TransportError::TooLong);
                }
                body.extend_from_slice(&part);
            }
            Ok(Answer { code, body })
        })
    }
}
