//! The port to HTTP: what timestamps, remote keys and OCSP are asked over.
//!
//! The product gives its own [`Transport`] with TLS. [`Loopback`] here speaks plain HTTP/1.1 to this machine
//! alone, for tests and the demonstration; it is the one place in this file that touches the network, and it
//! refuses every other address.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How much to wait for and take in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest answer, in bytes.
    pub largest_answer: usize,
    /// How long each wait may be.
    pub wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { largest_answer: 4 << 20, wait: Duration::from_secs(20) }
    }
}

/// A question by `POST`.
#[derive(Debug, Clone, Copy)]
pub struct Post<'a> {
    /// Where to.
    pub address: &'a str,
    /// What the body is.
    pub content_type: &'a str,
    /// What the answer should be.
    pub accept: &'a str,
    /// An OAuth 2.0 access token to show (RFC 6750 § 2.1). Never to be logged.
    pub bearer: Option<&'a str>,
    /// The body.
    pub body: &'a [u8],
    /// How much to wait for and take in.
    pub limits: Limits,
}

/// An answer, whatever its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The code, such as 200.
    pub code: u16,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The address is not one that this transport goes to.
    #[error("the address is refused")]
    AddressRefused,
    /// Nobody answers there, or the connection broke.
    #[error("the connection failed: {0:?}")]
    Connection(std::io::ErrorKind),
    /// It took too long.
    #[error("no answer in time")]
    TooSlow,
    /// The answer is longer than was allowed.
    #[error("the answer is too long")]
    TooLong,
    /// The answer is no HTTP.
    #[error("the answer is malformed")]
    Malformed,
    /// The answer has a code that says that it is none.
    #[error("the answer has the code {0}")]
    Code(u16),
}

/// Someone who carries a question to an address and the answer back.
pub trait Transport: Send + Sync {
    /// Sends a question.
    ///
    /// # Errors
    ///
    /// When there is no answer; an answer with a code of failure is an answer.
    fn post(&self, post: &Post<'_>) -> Result<Answer, TransportError>;
}

/// Plain HTTP to this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Loopback;

/// How long the head of an answer may be.
const LONGEST_HEAD: usize = 16 << 10;

impl Transport for Loopback {
    fn post(&self, post: &Post<'_>) -> Result<Answer, TransportError> {
        let (address, path) = loopback(post.address)?;
        let no_line_breaks = |text: &str| !text.contains(['\r', '\n']);
        if ![post.content_type, post.accept, path, post.bearer.unwrap_or_default()]
            .into_iter()
            .all(no_line_breaks)
        {
            return Err(TransportError::AddressRefused);
        }
        let mut stream = TcpStream::connect_timeout(&address, post.limits.wait).map_err(failed)?;
        stream.set_read_timeout(Some(post.limits.wait)).map_err(failed)?;
        stream.set_write_timeout(Some(post.limits.wait)).map_err(failed)?;
        let bearer =
            post.bearer.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: {}\r\nAccept: {}\r\n{bearer}Content-Length: {}\r\nConnection: close\r\n\r\n",
            post.content_type,
            post.accept,
            post.body.len()
        );
        stream.write_all(head.as_bytes()).map_err(failed)?;
        stream.write_all(post.body).map_err(failed)?;
        let mut bytes = Vec::new();
        let most = LONGEST_HEAD + post.limits.largest_answer;
        (&mut stream).take(most as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() > most {
            return Err(TransportError::TooLong);
        }
        read_answer(&bytes, post.limits.largest_answer)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for use with map_err")]
fn failed(error: std::io::Error) -> TransportError {
    match error.kind() {
        std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => TransportError::TooSlow,
        kind => TransportError::Connection(kind),
    }
}

/// `http://` with a loopback address and a port; names are not looked up.
fn loopback(address: &str) -> Result<(SocketAddr, &str), TransportError> {
    let rest = address.strip_prefix("http://").ok_or(TransportError::AddressRefused)?;
    let (host, path) = rest.find('/').map_or((rest, "/"), |slash| rest.split_at(slash));
    let numbers = host.replace("localhost", "127.0.0.1");
    let socket: SocketAddr = numbers.parse().map_err(|_| TransportError::AddressRefused)?;
    if socket.ip().is_loopback() { Ok((socket, path)) } else { Err(TransportError::AddressRefused) }
}

fn read_answer(bytes: &[u8], largest: usize) -> Result<Answer, TransportError> {
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or(TransportError::Malformed)?;
    let head = std::str::from_utf8(&bytes[..split]).map_err(|_| TransportError::Malformed)?;
    let mut body = bytes[split + 4..].to_vec();
    let mut lines = head.split("\r\n");
    let code = lines.next().and_then(|line| line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok());
    let code = code.ok_or(TransportError::Malformed)?;
    let mut chunked = false;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(TransportError::Malformed)?;
        if name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = value.trim().eq_ignore_ascii_case("chunked");
        } else if name.eq_ignore_ascii_case("content-length") {
            let length: usize = value.trim().parse().map_err(|_| TransportError::Malformed)?;
            if body.len() < length {
                return Err(TransportError::Malformed);
            }
            body.truncate(length);
        }
    }
    if chunked {
        body = join_chunks(&body).ok_or(TransportError::Malformed)?;
    }
    if body.len() > largest { Err(TransportError::TooLong) } else { Ok(Answer { code, body }) }
}

/// RFC 9112 § 7.1, without trailers.
fn join_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_spoken_to() {
        for address in
            ["https://127.0.0.1:1/", "http://example.org/", "http://10.0.0.1:80/", "http://127.0.0.1/"]
        {
            assert_eq!(loopback(address), Err(TransportError::AddressRefused), "{address}");
        }
        assert_eq!(loopback("http://localhost:80").unwrap().1, "/");
        assert_eq!(loopback("http://[::1]:80/a/b").unwrap().1, "/a/b");
    }

    #[test]
    fn answers_in_chunks_are_joined_and_long_ones_refused() {
        let bytes =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
        assert_eq!(read_answer(bytes, 10).unwrap().body, b"abcde");
        assert_eq!(read_answer(bytes, 4), Err(TransportError::TooLong));
        assert_eq!(read_answer(b"HTTP/1.1 200\r\n\r\n", 4).unwrap().code, 200);
        assert_eq!(read_answer(b"no", 4), Err(TransportError::Malformed));
    }
}
