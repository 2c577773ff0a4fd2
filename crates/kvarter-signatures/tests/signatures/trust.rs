//! Who is trusted, when, and why not.

use jiff::Timestamp;
use kvarter_signatures::authority::{
    Applicant, Authority, Founding, Ledger, Revocation, Template, TemplateExtension,
};
use kvarter_signatures::certificate::revocation::{
    CertificateStatus, Crl, OcspError, OcspRequest, Reason, RevocationError, ask,
};
use kvarter_signatures::certificate::{
    Anchors, Certificate, Evidence, Indication, PathFault, Purpose, Standing, SubIndication, Times, Trust,
    Usage, trust,
};

use kvarter_signatures::transport::{Answer, Limits, Post, Transport, TransportError};

use crate::world::{self, at, hours};

const INDETERMINATE: fn(SubIndication) -> Indication = Indication::Indeterminate;

/// What the world says of a certificate of Anna's at a time, with evidence gathered an hour later.
fn judge(authority: &Authority, certificate: &Certificate, ledger: &Ledger, when: impl Into<Times>) -> Trust {
    let times = when.into();
    let from = hours(times.existed_by, 1);
    let evidence = authority.evidence(&[certificate], ledger, from, hours(from, 24)).unwrap();
    let chain = authority.chain();
    trust(certificate, &chain, &authority.anchors(), &evidence, times, Purpose::Signature)
}

fn ledger() -> Ledger {
    Ledger { issued: vec![1001, 1002], revoked: Vec::new() }
}

fn revoked(when: Timestamp, reason: Reason) -> Ledger {
    Ledger { revoked: vec![Revocation { serial: 1001, at: when, reason }], ..ledger() }
}

fn anna(authority: &Authority) -> Certificate {
    authority.issue(&world::anna(), &world::key(11).key_info()).unwrap()
}

#[test]
fn a_certificate_of_the_authority_is_trusted() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let trusted = judge(&authority, &certificate, &ledger(), world::today());
    assert_eq!(trusted.indication, Indication::Passed, "{trusted:?}");
    assert_eq!(trusted.chain, [certificate, authority.issuing().clone(), authority.root().clone()]);
    assert!(matches!(trusted.standings[..], [Standing::Good { .. }, Standing::Good { .. }]));
}

#[test]
fn an_issuer_that_nobody_knows_is_named() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let nobody = trust(
        &certificate,
        &[],
        &authority.anchors(),
        &Evidence::default(),
        world::today(),
        Purpose::Signature,
    );
    assert_eq!(nobody.indication, INDETERMINATE(SubIndication::NoCertificateChainFound));
    let Some(PathFault::NoIssuer { issuer, .. }) = nobody.fault else { panic!("{nobody:?}") };
    assert!(issuer.contains("Kvarter TEST Issuing CA"), "{issuer}");

    let none = trust(
        &certificate,
        &authority.chain(),
        &Anchors::none(),
        &Evidence::default(),
        world::today(),
        Purpose::Signature,
    );
    assert_eq!(none.indication, INDETERMINATE(SubIndication::NoCertificateChainFound));
}

#[test]
fn an_authority_of_the_same_name_with_another_key_is_no_issuer() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let other =
        Authority::found(Founding { root: world::key(21), issuing: world::key(22), ..world::founding() })
            .unwrap();
    let trusted = trust(
        &certificate,
        &other.chain(),
        &other.anchors(),
        &Evidence::default(),
        world::today(),
        Purpose::Signature,
    );
    assert_eq!(trusted.indication, INDETERMINATE(SubIndication::NoCertificateChainFound));
    assert!(matches!(trusted.fault, Some(PathFault::SignatureInvalid { .. })), "{trusted:?}");
}

#[test]
fn a_signature_from_before_the_certificate_fails_and_one_from_after_it_cannot_be_judged() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let early = judge(&authority, &certificate, &ledger(), at("2025-12-31T23:59:59Z"));
    assert_eq!(early.indication, Indication::Failed(SubIndication::NotYetValid));
    let late = judge(&authority, &certificate, &ledger(), at("2027-01-01T00:00:01Z"));
    assert_eq!(late.indication, INDETERMINATE(SubIndication::OutOfBoundsNoPoe));
    let last = judge(&authority, &certificate, &ledger(), at("2026-12-31T22:00:00Z"));
    assert_eq!(last.indication, Indication::Passed);
    let proven_late =
        Times { existed_by: at("2027-02-01T00:00:00Z"), made_after: Some(at("2027-01-02T00:00:00Z")) };
    let late = judge(&authority, &certificate, &ledger(), proven_late);
    assert_eq!(late.indication, Indication::Failed(SubIndication::Expired));
}

#[test]
fn a_revocation_counts_for_what_came_after_it_and_not_for_what_came_before() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let ledger = revoked(noon, Reason::Superseded);
    let before = judge(&authority, &certificate, &ledger, at("2026-11-23T11:59:59Z"));
    assert_eq!(before.indication, Indication::Passed);
    let after = judge(&authority, &certificate, &ledger, at("2026-11-23T12:00:00Z"));
    assert_eq!(after.indication, INDETERMINATE(SubIndication::RevokedNoPoe));
    assert_eq!(after.standings[0], Standing::Revoked { at: noon, reason: Some(Reason::Superseded) });
    let proven = Times { existed_by: hours(noon, 2), made_after: Some(hours(noon, 1)) };
    let proven = judge(&authority, &certificate, &ledger, proven);
    assert_eq!(proven.indication, Indication::Failed(SubIndication::Revoked));
}

#[test]
fn a_revocation_is_found_in_a_list_alone_and_in_ocsp_alone() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let all = authority
        .evidence(&[&certificate], &revoked(noon, Reason::KeyCompromise), hours(noon, 1), hours(noon, 30))
        .unwrap();
    let ocsp_alone = Evidence { crls: Vec::new(), ..all.clone() };
    let list_alone = Evidence { ocsp: Vec::new(), ..all };
    for evidence in [ocsp_alone, list_alone] {
        let trusted =
            trust(&certificate, &[], &authority.anchors(), &evidence, hours(noon, 2), Purpose::Signature);
        assert_eq!(trusted.indication, INDETERMINATE(SubIndication::RevokedNoPoe));
        assert_eq!(trusted.standings[0], Standing::Revoked { at: noon, reason: Some(Reason::KeyCompromise) });
    }
}

#[test]
fn a_certificate_on_hold_is_to_be_tried_later() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let held = judge(&authority, &certificate, &revoked(noon, Reason::CertificateHold), hours(noon, 1));
    assert_eq!(held.indication, INDETERMINATE(SubIndication::TryLater));
}

#[test]
fn a_revoked_issuer_takes_its_certificates_with_it() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let revocation = Revocation { serial: 2, at: noon, reason: Reason::AuthorityCompromise };
    let ledger = Ledger { revoked: vec![revocation], ..ledger() };
    let trusted = judge(&authority, &certificate, &ledger, hours(noon, 1));
    assert_eq!(trusted.indication, INDETERMINATE(SubIndication::RevokedCaNoPoe));
}

#[test]
fn silence_and_old_answers_are_not_good_answers() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let today = world::today();
    let silence = trust(
        &certificate,
        &authority.chain(),
        &authority.anchors(),
        &Evidence::default(),
        today,
        Purpose::Signature,
    );
    assert_eq!(silence.indication, INDETERMINATE(SubIndication::TryLater));
    assert_eq!(silence.standings, [Standing::Unknown, Standing::Unknown]);
    let old = authority.evidence(&[&certificate], &ledger(), hours(today, -49), hours(today, -25)).unwrap();
    let old = trust(&certificate, &[], &authority.anchors(), &old, today, Purpose::Signature);
    assert_eq!(old.indication, INDETERMINATE(SubIndication::TryLater));
    // An answer from before that has not ended is as good as its issuer says.
    let fresh = authority.evidence(&[&certificate], &ledger(), hours(today, -2), hours(today, 2)).unwrap();
    let fresh = trust(&certificate, &[], &authority.anchors(), &fresh, today, Purpose::Signature);
    assert_eq!(fresh.indication, Indication::Passed);
}

#[test]
fn answers_signed_by_anyone_else_are_not_listened_to() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let today = world::today();
    let impostor = Authority::found(Founding {
        root: world::key(21),
        issuing: world::key(22),
        answering: world::key(24),
        ..world::founding()
    })
    .unwrap();
    // The impostor's responder answers in the issuer's name, and so do its lists.
    let mut evidence =
        impostor.evidence(&[&certificate], &ledger(), hours(today, 1), hours(today, 25)).unwrap();
    let request = OcspRequest::write(&certificate, authority.issuing(), None);
    assert!(impostor.answer_ocsp(&request, &ledger(), today, hours(today, 1)).unwrap().len() < 10);
    evidence.certificates = authority.chain();
    let trusted = trust(&certificate, &[], &authority.anchors(), &evidence, today, Purpose::Signature);
    assert_eq!(trusted.standings, [Standing::Unknown, Standing::Unknown]);
}

/// Anna's certificate with something added.
fn altered(authority: &Authority, alter: impl Fn(&mut Template)) -> Trust {
    let mut template = authority.template(&world::anna());
    alter(&mut template);
    let certificate = template.sign(&world::key(11).key_info(), authority.issuing_key()).unwrap();
    judge(authority, &certificate, &ledger(), world::today())
}

#[test]
fn a_critical_extension_that_we_do_not_know_is_named() {
    let authority = world::authority();
    let other = |critical| TemplateExtension::Other {
        of: const_oid::ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.9"),
        critical,
        value: vec![5, 0],
    };
    let refused = altered(&authority, |template| template.extensions.push(other(true)));
    assert_eq!(refused.indication, INDETERMINATE(SubIndication::ChainConstraintsFailure));
    assert!(
        matches!(refused.fault, Some(PathFault::CriticalExtension { oid, .. }) if oid == "1.3.6.1.4.1.32473.9")
    );
    let allowed = altered(&authority, |template| template.extensions.push(other(false)));
    assert_eq!(allowed.indication, Indication::Passed);
}

#[test]
fn a_key_that_may_not_sign_does_not() {
    let authority = world::authority();
    let refused = altered(&authority, |template| {
        template.extensions[0] = TemplateExtension::KeyUsage(vec![Usage::CrlSigning]);
    });
    assert!(matches!(refused.fault, Some(PathFault::KeyUsage { .. })), "{refused:?}");
}

#[test]
fn a_certificate_for_timestamps_is_nobody_s_signature_and_the_other_way_round() {
    let authority = world::authority();
    let judge = |certificate: &Certificate, purpose| {
        let chain = authority.chain();
        trust(certificate, &chain, &authority.anchors(), &Evidence::default(), world::today(), purpose).fault
    };
    let wrong = |fault| matches!(fault, Some(PathFault::ExtendedKeyUsage { .. }));
    assert!(wrong(judge(authority.stamping(), Purpose::Signature)));
    assert!(wrong(judge(&anna(&authority), Purpose::Timestamp)));
    assert_eq!(judge(authority.stamping(), Purpose::Timestamp), None);
}

/// A certificate issued by Anna's own key.
fn issued_by(authority: &Authority, issuer: &Certificate, by: u8) -> Certificate {
    let bosse = Applicant { given_name: "Bosse", serial: 1002, ..world::anna() };
    let mut template = authority.template(&bosse);
    template.issuer = issuer.subject().clone();
    template.sign(&world::key(12).key_info(), &world::key(by)).unwrap()
}

#[test]
fn a_person_is_no_authority() {
    let authority = world::authority();
    let anna = anna(&authority);
    let bosse = issued_by(&authority, &anna, 11);
    let mut pool = authority.chain();
    pool.push(anna);
    let trusted =
        trust(&bosse, &pool, &authority.anchors(), &Evidence::default(), world::today(), Purpose::Signature);
    assert!(matches!(trusted.fault, Some(PathFault::NotAnAuthority { .. })), "{trusted:?}");
}

#[test]
fn an_authority_too_many_breaks_the_path_length() {
    let authority = world::authority();
    // The issuing authority may have no authority under it.
    let mut template = authority.template(&world::anna());
    template.extensions = vec![
        TemplateExtension::Authority { path_length: None },
        TemplateExtension::KeyUsage(vec![Usage::CertificateSigning]),
    ];
    let under = template.sign(&world::key(11).key_info(), authority.issuing_key()).unwrap();
    let bosse = issued_by(&authority, &under, 11);
    let mut pool = authority.chain();
    pool.push(under);
    let trusted =
        trust(&bosse, &pool, &authority.anchors(), &Evidence::default(), world::today(), Purpose::Signature);
    assert_eq!(trusted.indication, INDETERMINATE(SubIndication::ChainConstraintsFailure));
    assert!(
        matches!(&trusted.fault, Some(PathFault::PathTooLong { subject }) if subject.contains("Issuing")),
        "{trusted:?}"
    );
}

#[test]
fn certificates_that_issue_each_other_end_the_search() {
    let authority = world::authority();
    let mut template = authority.template(&world::anna());
    template.issuer = template.subject.clone();
    template.extensions = vec![TemplateExtension::Authority { path_length: None }];
    // A hundred certificates with one name and one key, each of which could have issued every other.
    let pool: Vec<Certificate> = (0..100)
        .map(|serial| {
            let template = Template { serial, ..template.clone() };
            template.sign(&world::key(11).key_info(), &world::key(11)).unwrap()
        })
        .collect();
    let trusted = trust(
        &pool[0],
        &pool,
        &authority.anchors(),
        &Evidence::default(),
        world::today(),
        Purpose::Signature,
    );
    assert_eq!(trusted.indication, INDETERMINATE(SubIndication::NoCertificateChainFound));
}

#[test]
fn an_authority_s_files_make_the_same_authority_again() {
    let authority = world::authority();
    let files = authority.to_files();
    let read = |name: &str| {
        let file = files.iter().find(|(known, _)| known == name)?;
        Some(file.1.clone().into_bytes())
    };
    let again = Authority::from_files(&read, Vec::new()).unwrap();
    assert_eq!(anna(&again), anna(&authority));
    for (name, content) in &files {
        assert!(name.starts_with("test-") && content.starts_with("-----BEGIN "));
    }
    assert!(authority.root().subject().to_string().contains("TEST"));
    assert!(anna(&authority).subject().organisation().unwrap().contains("TEST"));
}

#[test]
fn a_hold_that_was_lifted_is_forgotten_and_a_revocation_never() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let says =
        |ledger: &Ledger, from| authority.evidence(&[&certificate], ledger, from, hours(from, 48)).unwrap();
    for (reason, outcome) in [
        (Reason::CertificateHold, Indication::Passed),
        (Reason::KeyCompromise, INDETERMINATE(SubIndication::RevokedNoPoe)),
    ] {
        let mut evidence = says(&revoked(noon, reason), hours(noon, 1));
        evidence.extend(says(&ledger(), hours(noon, 2)));
        let trusted =
            trust(&certificate, &[], &authority.anchors(), &evidence, hours(noon, 3), Purpose::Signature);
        assert_eq!(trusted.indication, outcome);
    }
}

/// The authority as an OCSP responder at the end of a transport.
struct Responder {
    authority: Authority,
    ledger: Ledger,
    /// Answers every question as if it had been this one.
    stuck_on: Option<Vec<u8>>,
}

impl Transport for Responder {
    fn post(&self, post: &Post<'_>) -> Result<Answer, TransportError> {
        assert_eq!((post.address, post.content_type), ("http://ocsp.example/", "application/ocsp-request"));
        let question = self.stuck_on.as_deref().unwrap_or(post.body);
        let today = world::today();
        let body = self.authority.answer_ocsp(question, &self.ledger, today, hours(today, 24)).unwrap();
        Ok(Answer { code: 200, body })
    }
}

#[test]
fn a_responder_is_asked_and_its_answer_must_be_to_the_question() {
    let addresses = vec![TemplateExtension::OcspAddress("http://ocsp.example/".into())];
    let authority = Authority::found(Founding { addresses, ..world::founding() }).unwrap();
    let certificate = anna(&authority);
    let issuer = authority.issuing().clone();
    let old = OcspRequest::write(&certificate, &issuer, Some(b"yesterday"));
    let ledger = revoked(at("2026-11-20T00:00:00Z"), Reason::Superseded);
    let mut responder = Responder { authority, ledger, stuck_on: None };
    let response = ask(&responder, &certificate, &issuer, Some(b"today"), Limits::default()).unwrap();
    assert!(matches!(response.claim(&certificate, &issuer), Some(CertificateStatus::Revoked(..))));
    responder.stuck_on = Some(old);
    let replayed = ask(&responder, &certificate, &issuer, Some(b"today"), Limits::default()).unwrap_err();
    assert_eq!(replayed, RevocationError::Ocsp(OcspError::NonceMismatch));
    let nobody = ask(&responder, &issuer, responder.authority.root(), None, Limits::default()).unwrap_err();
    assert_eq!(nobody, RevocationError::NobodyToAsk);
}

#[test]
fn a_long_list_is_searched_and_not_read_through() {
    let authority = world::authority();
    let certificate = anna(&authority);
    let noon = at("2026-11-23T12:00:00Z");
    let many = (2000..12_000).map(|serial| Revocation { serial, at: noon, reason: Reason::Unspecified });
    let mut ledger = revoked(noon, Reason::Superseded);
    ledger.revoked.extend(many);
    let list = Crl::read(&authority.crl(&ledger, noon, hours(noon, 9), 1).unwrap()).unwrap();
    assert_eq!(list.length(), 10_001);
    let evidence = Evidence { crls: vec![list], certificates: authority.chain(), ..Evidence::default() };
    let judge = |certificate: &Certificate| {
        trust(certificate, &[], &authority.anchors(), &evidence, hours(noon, 1), Purpose::Signature)
    };
    assert!(matches!(judge(&certificate).standings[0], Standing::Revoked { .. }));
    let other = Applicant { serial: 1002, ..world::anna() };
    let other = authority.issue(&other, &world::key(12).key_info()).unwrap();
    assert!(matches!(judge(&other).standings[0], Standing::Good { .. }));
}
