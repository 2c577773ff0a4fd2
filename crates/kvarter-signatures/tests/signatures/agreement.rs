//! An agreement for tests: prepared, initialled and signed by two parties, with timestamps and evidence.

use jiff::Timestamp;
use kvarter_signatures::algorithm::DigestAlgorithm;
use kvarter_signatures::appearance::Ink;
use kvarter_signatures::authority::{Applicant, Authority, Ledger, TestSigner, TestTimestampAuthority};
use kvarter_signatures::certificate::{Anchors, Evidence};
use kvarter_signatures::form::{FieldPlace, PlaceKind, prepare};
use kvarter_signatures::policy::Policy;
use kvarter_signatures::preservation::{Store, add_evidence, timestamp_with};
use kvarter_signatures::sign::{Act, ActKind, sign_with};
use kvarter_signatures::verdict::Report;
use kvarter_signatures::verify::verify;

use crate::world;

/// An agreement of six pages as the product sets it: PDF/A-2a and PDF/UA-1.
pub(crate) const AGREEMENT: &[u8] = include_bytes!("../data/agreement.pdf");
const SERIF: &[u8] = include_bytes!("../../../kvarter-documents/fonts/SourceSerif4-It.otf");
const SANS: &[u8] = include_bytes!("../../../kvarter-documents/fonts/SourceSans3-Regular.otf");

/// The two parties, with the left edges of their boxes.
pub(crate) const PARTIES: [(&str, f64, f64); 2] =
    [("state", 394.0158, 102.0472), ("municipality", 459.2126, 308.9764)];

/// All places of the agreement, and two for document timestamps.
pub(crate) fn places(pages: usize) -> Vec<FieldPlace> {
    let place = |kind, party: &str, page, label: String| FieldPlace {
        kind,
        party: party.to_owned(),
        page,
        x: 0.0,
        y: 0.0,
        w: 0.0,
        h: 0.0,
        label,
    };
    let mut places = Vec::new();
    for (party, initials, signature) in PARTIES {
        for page in 1..=pages {
            let label = format!("Initialer, {party}, sida {page}");
            let box_ = place(PlaceKind::Initials, party, page, label);
            places.push(FieldPlace { x: initials, y: 40.9433, w: 56.6929, h: 31.1811, ..box_ });
        }
        places.push(place(PlaceKind::Initialling, party, 1, format!("Initialer på alla sidor, {party}")));
        let line = place(PlaceKind::Signature, party, pages, format!("Underskrift, {party}"));
        places.push(FieldPlace { x: signature, y: 580.64, w: 187.0866, h: 48.1, ..line });
    }
    for number in ["1", "2"] {
        places.push(place(PlaceKind::Timestamp, number, 1, format!("Arkivtidsstämpel {number}")));
    }
    places
}

/// The agreement with its fields.
pub(crate) fn prepared() -> Vec<u8> {
    prepare(AGREEMENT, &places(6), "sv").unwrap()
}

/// Who acts for a party.
pub(crate) struct Person {
    pub(crate) party: &'static str,
    pub(crate) name: &'static str,
    pub(crate) initials: &'static str,
    pub(crate) signer: TestSigner,
}

pub(crate) fn anna(authority: &Authority) -> Person {
    let signer = authority.signer(&world::anna(), world::key(11)).unwrap();
    Person { party: "state", name: "Anna Öberg", initials: "AÖ", signer }
}

pub(crate) fn ake(authority: &Authority) -> Person {
    let applicant = Applicant {
        given_name: "Åke",
        surname: "Ärlig",
        organisation: "Stockholms kommun",
        organisation_number: Some("2120000142"),
        serial: 1002,
        ..world::anna()
    };
    let signer = authority.signer(&applicant, world::rsa()).unwrap();
    Person { party: "municipality", name: "Åke Ärlig", initials: "ÅÄ", signer }
}

/// An act of a person, to be altered.
pub(crate) fn act<'a>(person: &Person, kind: ActKind, time: Timestamp) -> Act<'a> {
    let signs = kind == ActKind::Sign;
    let ink = Ink {
        font: SERIF,
        text: if signs { person.name } else { person.initials },
        small_font: SANS,
        lines: if signs { &["Elektroniskt undertecknat 2026-11-23 11.00"] } else { &["2026-11-23"] },
        colour: [0.07, 0.18, 0.45],
        centred: !signs,
    };
    Act {
        kind,
        party: person.party,
        person: person.name,
        mandate: "Firmatecknare",
        reason: Some(if signs { "Undertecknar avtalet" } else { "Initialer på varje sida" }),
        location: Some("Stockholm"),
        time,
        ink,
        reserve: 12_000,
    }
}

/// Initials on all pages and a signature, each with a timestamp if there is an authority for it.
pub(crate) fn sign(pdf: &[u8], person: &Person, stamps: Option<&TestTimestampAuthority<'_>>) -> Vec<u8> {
    let stamps = stamps.map(|stamps| stamps as _);
    let initials = act(person, ActKind::Initial(None), world::today());
    let pdf = sign_with(pdf, &initials, &person.signer, stamps).unwrap();
    let signature = act(person, ActKind::Sign, world::today());
    sign_with(&pdf, &signature, &person.signer, stamps).unwrap()
}

/// What is known of everybody's certificates, on the day.
pub(crate) fn evidence(authority: &Authority) -> Evidence {
    let (anna, ake) = (anna(authority), ake(authority));
    let certificates = [
        kvarter_signatures::signer::Signer::certificate(&anna.signer),
        kvarter_signatures::signer::Signer::certificate(&ake.signer),
        authority.issuing(),
        authority.stamping(),
    ];
    let from = world::hours(world::today(), 1);
    authority.evidence(&certificates, &Ledger::default(), from, world::hours(from, 24 * 7)).unwrap()
}

/// The same, to be put into a file.
pub(crate) fn store(evidence: &Evidence) -> Store {
    Store {
        certificates: evidence.certificates.iter().map(|one| one.der().to_vec()).collect(),
        ocsp: evidence.ocsp.iter().map(|one| one.der().to_vec()).collect(),
        crls: evidence.crls.iter().map(|one| one.der().to_vec()).collect(),
    }
}

/// Both parties, without timestamps.
pub(crate) fn signed(authority: &Authority) -> Vec<u8> {
    let pdf = sign(&prepared(), &anna(authority), None);
    sign(&pdf, &ake(authority), None)
}

/// Both parties, timestamps, evidence, and a document timestamp over all of it: level B-LTA.
pub(crate) fn archived(authority: &Authority) -> Vec<u8> {
    let clock = world::today;
    let stamps = TestTimestampAuthority::new(authority, &clock, 1);
    let pdf = sign(&prepared(), &anna(authority), Some(&stamps));
    let pdf = sign(&pdf, &ake(authority), Some(&stamps));
    let pdf = add_evidence(&pdf, &store(&evidence(authority))).unwrap();
    let later = || world::hours(world::today(), 2);
    let stamps = TestTimestampAuthority::new(authority, &later, 100);
    timestamp_with(&pdf, &stamps, DigestAlgorithm::Sha256).unwrap()
}

/// One who verifies: by the house's policy, with evidence from outside, three hours later.
pub(crate) struct Verifier {
    anchors: Anchors,
    evidence: Evidence,
    policy: Policy,
}

impl Verifier {
    pub(crate) fn new(authority: &Authority) -> Self {
        Self { anchors: authority.anchors(), evidence: evidence(authority), policy: Policy::house() }
    }

    pub(crate) fn verify(&self, pdf: &[u8]) -> Report {
        verify(pdf, &self.anchors, &self.evidence, &self.policy, world::hours(world::today(), 3))
    }
}

/// Verified once.
pub(crate) fn verified(pdf: &[u8], authority: &Authority) -> Report {
    Verifier::new(authority).verify(pdf)
}
