//! A test authority as a timestamp authority (RFC 3161): directly, or by requests as they came over HTTP.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

use super::{Authority, TEST_TIMESTAMP_POLICY};
use crate::algorithm::{DigestAlgorithm, Strength};
use crate::cms::Prepared;
use crate::oid;
use crate::timestamp::{
    Refusal, TimestampAuthority, TimestampError, Token, read_request, write_info, write_refusal,
    write_response,
};

/// Timestamps by a test authority, whose clock is the caller's.
pub struct TestTimestampAuthority<'a> {
    authority: &'a Authority,
    clock: &'a (dyn Fn() -> Timestamp + Send + Sync),
    serial: AtomicU64,
}

impl<'a> TestTimestampAuthority<'a> {
    /// Numbers its timestamps from `first_serial`.
    pub fn new(
        authority: &'a Authority,
        clock: &'a (dyn Fn() -> Timestamp + Send + Sync),
        first_serial: u64,
    ) -> Self {
        Self { authority, clock, serial: AtomicU64::new(first_serial) }
    }

    /// The answer to a request (`application/timestamp-query` to `application/timestamp-reply`).
    pub fn answer(&self, request: &[u8]) -> Vec<u8> {
        let refuse = write_refusal;
        let expected = match read_request(request) {
            Ok(expected) => expected,
            Err(refusal) => return refuse(refusal),
        };
        if expected.algorithm.strength() == Strength::Weak {
            return refuse(Refusal::BadAlgorithm);
        }
        if expected.policy.is_some_and(|policy| policy != TEST_TIMESTAMP_POLICY.to_string()) {
            return refuse(Refusal::UnacceptedPolicy);
        }
        let nonce = (!expected.nonce.is_empty()).then_some(expected.nonce.as_slice());
        match self.stamp(&expected.digest, expected.algorithm, nonce) {
            Ok(token) => write_response(&token),
            Err(_) => refuse(Refusal::SystemFailure),
        }
    }

    fn stamp(
        &self,
        digest: &[u8],
        algorithm: DigestAlgorithm,
        nonce: Option<&[u8]>,
    ) -> Result<Vec<u8>, TimestampError> {
        let serial = self.serial.fetch_add(1, Ordering::Relaxed);
        let info = write_info(TEST_TIMESTAMP_POLICY, algorithm, digest, serial, (self.clock)(), nonce);
        let holder = &self.authority.stamping;
        let prepared = Prepared::enclosing(
            &info,
            oid::TST_INFO,
            holder.key.algorithm(),
            &holder.certificate,
            &self.authority.chain(),
        );
        let signature = holder.key.sign(prepared.to_be_signed()).map_err(|_| TimestampError::Signing)?;
        Ok(prepared.finish(&signature, None)?)
    }
}

impl TimestampAuthority for TestTimestampAuthority<'_> {
    fn timestamp(&self, digest: &[u8], algorithm: DigestAlgorithm) -> Result<Token, TimestampError> {
        Token::read(&self.stamp(digest, algorithm, None)?)
    }
}
