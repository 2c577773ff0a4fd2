//! Timestamps asked for and given, over functions and over HTTP.

use std::io::{Read, Write};
use std::net::TcpListener;

use jiff::{SignedDuration, Timestamp};
use kvarter_signatures::algorithm::DigestAlgorithm;
use kvarter_signatures::authority::{Authority, TestTimestampAuthority};
use kvarter_signatures::certificate::{Indication, Purpose, trust};
use kvarter_signatures::renewal::{Cause, Mechanism, renewal};
use kvarter_signatures::timestamp::{
    Expected, HttpTimestamp, ImprintFault, Refusal, TimestampAuthority, TimestampError, read_response,
    request,
};
use kvarter_signatures::transport::{Answer, Limits, Loopback, Post, Transport, TransportError};

use crate::world;

const SHA256: DigestAlgorithm = DigestAlgorithm::Sha256;

fn expected() -> Expected {
    Expected {
        digest: SHA256.digest(b"signature"),
        algorithm: SHA256,
        nonce: vec![0x80, 2, 3, 4, 5, 6, 7, 8],
        policy: None,
        clock: None,
    }
}

fn answer(authority: &Authority, question: &Expected) -> Vec<u8> {
    TestTimestampAuthority::new(authority, &world::today, 1).answer(&request(question))
}

#[test]
fn a_timestamp_is_given_and_trusted() {
    let authority = world::authority();
    let expected = expected();
    let token = read_response(&answer(&authority, &expected), &expected).unwrap();
    assert_eq!(token.time(), world::today());
    assert_eq!(token.latest(), world::hours(world::today(), 0) + SignedDuration::from_secs(1));
    assert!(token.verify(b"signature").is_valid());
    let evidence = authority
        .evidence(&[], &Default::default(), world::hours(world::today(), 1), world::hours(world::today(), 9))
        .unwrap();
    let certificate = token.certificate().unwrap();
    let trusted = trust(
        certificate,
        token.certificates(),
        &authority.anchors(),
        &evidence,
        token.time(),
        Purpose::Timestamp,
    );
    assert_eq!(trusted.indication, Indication::Passed, "{trusted:?}");
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let authority = world::authority();
    let sent = expected();
    let response = answer(&authority, &sent);
    let other_nonce = Expected { nonce: vec![9; 8], ..sent.clone() };
    assert_eq!(read_response(&response, &other_nonce).unwrap_err(), TimestampError::NonceMismatch);
    let other_digest = Expected { digest: SHA256.digest(b"another"), ..sent.clone() };
    let fault = read_response(&response, &other_digest).unwrap_err();
    assert_eq!(fault, TimestampError::Imprint(ImprintFault::Mismatch));
    let other_policy = Expected { policy: Some("1.2.3.4".into()), ..sent.clone() };
    assert!(matches!(read_response(&response, &other_policy).unwrap_err(), TimestampError::AnotherPolicy(_)));
    // An old answer without a nonce does not do where one was sent.
    let without = Expected { nonce: Vec::new(), ..sent.clone() };
    let replayed = answer(&authority, &without);
    assert_eq!(read_response(&replayed, &sent).unwrap_err(), TimestampError::NonceMismatch);
    assert!(read_response(&replayed, &without).is_ok());
}

#[test]
fn an_authority_whose_clock_is_wrong_is_told() {
    let authority = world::authority();
    let minute = SignedDuration::from_secs(60);
    let sent = Expected { clock: Some((world::today() - minute * 5, minute)), ..expected() };
    let fault = read_response(&answer(&authority, &sent), &sent).unwrap_err();
    assert_eq!(fault, TimestampError::ClockSkew { seconds: 300 });
    let sent = Expected { clock: Some((world::today() + minute, minute)), ..expected() };
    assert!(read_response(&answer(&authority, &sent), &sent).is_ok());
}

#[test]
fn refusals_come_back_as_what_they_are() {
    let authority = world::authority();
    let weak = Expected {
        digest: DigestAlgorithm::Sha1.digest(b""),
        algorithm: DigestAlgorithm::Sha1,
        ..expected()
    };
    let fault = read_response(&answer(&authority, &weak), &weak).unwrap_err();
    assert_eq!(fault, TimestampError::Refused(Refusal::BadAlgorithm));
    let policy = Expected { policy: Some("1.2.3.4".into()), ..expected() };
    let fault = read_response(&answer(&authority, &policy), &policy).unwrap_err();
    assert_eq!(fault, TimestampError::Refused(Refusal::UnacceptedPolicy));
    let garbage = TestTimestampAuthority::new(&authority, &world::today, 1).answer(b"garbage");
    let fault = read_response(&garbage, &expected()).unwrap_err();
    assert_eq!(fault, TimestampError::Refused(Refusal::BadDataFormat));
}

#[test]
fn a_person_cannot_give_timestamps() {
    // An authority whose timestamps are signed with an ordinary certificate: the one for OCSP is put there.
    let authority = world::authority();
    let mut files = authority.to_files();
    let answering: Vec<(String, String)> =
        files.iter().filter(|(name, _)| name.contains("ocsp")).cloned().collect();
    for (name, content) in answering {
        let place = files.iter().position(|(known, _)| *known == name.replace("ocsp", "timestamps"));
        files[place.unwrap()].1 = content;
    }
    let read = |name: &str| {
        let file = files.iter().find(|(known, _)| known == name)?;
        Some(file.1.clone().into_bytes())
    };
    let wrong = Authority::from_files(&read, Vec::new()).unwrap();
    let sent = expected();
    let fault = read_response(&answer(&wrong, &sent), &sent).unwrap_err();
    assert_eq!(fault, TimestampError::NotForTimestamps);
}

/// Answers one question over HTTP and gives what it heard.
fn serve_once(
    answer: impl Fn(&[u8]) -> Vec<u8> + Send + 'static,
) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsa", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut heard = Vec::new();
        let mut buffer = [0; 4096];
        let (head, body) = loop {
            let count = stream.read(&mut buffer).unwrap();
            heard.extend_from_slice(&buffer[..count]);
            let Some(end) = heard.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let head = String::from_utf8(heard[..end].to_vec()).unwrap();
            let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
            let length: usize = length.parse().unwrap();
            if heard.len() >= end + 4 + length {
                break (head, heard[end + 4..].to_vec());
            }
        };
        let answer = answer(&body);
        let start = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        // The other side may have heard enough.
        let _ = stream.write_all(&[start.as_bytes(), &answer].concat());
        head
    });
    (address, thread)
}

fn fill(bytes: &mut [u8]) {
    bytes.fill(7);
}

#[test]
fn an_authority_is_asked_over_http() {
    let (address, thread) = serve_once(|question| {
        let authority = world::authority();
        TestTimestampAuthority::new(&authority, &world::today, 1).answer(question)
    });
    let client =
        HttpTimestamp::new(&Loopback, address, &fill).within(SignedDuration::from_secs(60), &world::today);
    let token = client.timestamp(&SHA256.digest(b"signature"), SHA256).unwrap();
    assert!(token.verify(b"signature").is_valid());
    let head = thread.join().unwrap();
    assert!(head.starts_with("POST /tsa HTTP/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nContent-Type: application/timestamp-query\r\n"), "{head}");
}

#[test]
fn an_answer_without_end_is_cut_off() {
    let (address, thread) = serve_once(|_| vec![0; 1 << 20]);
    let limits = Limits { largest_answer: 1000, ..Limits::default() };
    let client = HttpTimestamp::new(&Loopback, address, &fill).limited(limits);
    let fault = client.timestamp(&SHA256.digest(b""), SHA256).unwrap_err();
    assert_eq!(fault, TimestampError::Transport(TransportError::TooLong));
    thread.join().unwrap();
}

/// A transport that answers with a code alone.
struct Code(u16);

impl Transport for Code {
    fn post(&self, _: &Post<'_>) -> Result<Answer, TransportError> {
        Ok(Answer { code: self.0, body: Vec::new() })
    }
}

#[test]
fn a_code_of_failure_is_told() {
    let client = HttpTimestamp::new(&Code(503), "http://127.0.0.1:1/", &fill);
    let fault = client.timestamp(&SHA256.digest(b""), SHA256).unwrap_err();
    assert_eq!(fault, TimestampError::Transport(TransportError::Code(503)));
}

fn stamped_by(
    stamping: kvarter_signatures::authority::TestKey,
) -> (Authority, kvarter_signatures::timestamp::Token) {
    let founding = kvarter_signatures::authority::Founding { stamping, ..world::founding() };
    let authority = Authority::found(founding).unwrap();
    let token = TestTimestampAuthority::new(&authority, &world::today, 1)
        .timestamp(&SHA256.digest(b"x"), SHA256)
        .unwrap();
    (authority, token)
}

#[test]
fn a_document_is_renewed_before_the_timestamp_s_certificate_ends() {
    let (authority, token) = stamped_by(world::key(3));
    let mut chain = vec![authority.stamping().clone()];
    chain.extend(authority.chain());
    let margin = SignedDuration::from_hours(24 * 90);
    let due = renewal(&token, &chain, margin);
    assert_eq!(due.because, Cause::CertificateEnds);
    let ends: Timestamp = authority.stamping().not_after();
    assert_eq!(due.by, ends - margin);
}

#[test]
fn a_document_is_renewed_before_an_algorithm_is_given_up() {
    let (authority, token) = stamped_by(world::rsa());
    let mut chain = vec![authority.stamping().clone()];
    chain.extend(authority.chain());
    let due = renewal(&token, &chain, SignedDuration::ZERO);
    assert_eq!(due.by, world::at("2029-01-01T00:00:00Z"));
    assert!(matches!(due.because, Cause::MechanismEnds(Mechanism::RsaBelow3000 | Mechanism::RsaPkcs1)));
}
