//! Asking a timestamp authority over HTTP (RFC 3161 § 3.4).
//!
//! How bytes are carried is the caller's: a [`Transport`]. So is where random numbers and the time come
//! from.

use jiff::{SignedDuration, Timestamp};

use super::{Expected, TimestampAuthority, TimestampError, Token, read_response, request};
use crate::algorithm::DigestAlgorithm;
use crate::transport::{Limits, Post, Transport};

/// How many random bytes a question has.
const NONCE: usize = 16;

/// An authority at an address.
pub struct HttpTimestamp<'a> {
    transport: &'a dyn Transport,
    address: String,
    policy: Option<String>,
    random: &'a (dyn Fn(&mut [u8]) + Send + Sync),
    clock: Option<(&'a (dyn Fn() -> Timestamp + Send + Sync), SignedDuration)>,
    limits: Limits,
}

impl<'a> HttpTimestamp<'a> {
    /// An authority at this address; `random` fills a slice with random bytes.
    pub fn new(
        transport: &'a dyn Transport,
        address: impl Into<String>,
        random: &'a (dyn Fn(&mut [u8]) + Send + Sync),
    ) -> Self {
        let limits = Limits { largest_answer: 1 << 20, ..Limits::default() };
        Self { transport, address: address.into(), policy: None, random, clock: None, limits }
    }

    /// Asks for this policy, dotted.
    pub fn by_policy(mut self, policy: impl Into<String>) -> Self {
        self.policy = Some(policy.into());
        self
    }

    /// Refuses timestamps whose time differs more than this from our own.
    pub fn within(
        mut self,
        allowed: SignedDuration,
        clock: &'a (dyn Fn() -> Timestamp + Send + Sync),
    ) -> Self {
        self.clock = Some((clock, allowed));
        self
    }

    /// Waits and takes in no more than this.
    pub fn limited(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

impl TimestampAuthority for HttpTimestamp<'_> {
    fn timestamp(&self, digest: &[u8], algorithm: DigestAlgorithm) -> Result<Token, TimestampError> {
        let mut nonce = vec![0; NONCE];
        (self.random)(&mut nonce);
        let mut expected =
            Expected { digest: digest.to_vec(), algorithm, nonce, policy: self.policy.clone(), clock: None };
        let body = request(&expected);
        let answer = self.transport.post(&Post {
            address: &self.address,
            content_type: "application/timestamp-query",
            accept: "application/timestamp-reply",
            bearer: None,
            body: &body,
            limits: self.limits,
        })?;
        // The time is asked for after the answer came, so that a slow network is not a slow clock.
        expected.clock = self.clock.map(|(clock, allowed)| (clock(), allowed));
        if answer.code != 200 {
            return Err(crate::transport::TransportError::Code(answer.code).into());
        }
        read_response(&answer.body, &expected)
    }
}
