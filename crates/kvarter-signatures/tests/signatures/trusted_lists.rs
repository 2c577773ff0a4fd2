//! Trusted lists: who in a country may issue what, and since when.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kvarter_signatures::certificate::anchors::{Granted, Origin, ServiceKind};
use kvarter_signatures::certificate::trusted_list::{ListSignature, TrustedList, TrustedListError};
use kvarter_signatures::certificate::{Anchors, Evidence, Purpose, trust};

use crate::world::{self, at};

/// A small list, with two services whose certificates are to be put in.
pub(crate) const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="x" TSLTag="http://uri.etsi.org/19612/TSLTag">
  <SchemeInformation>
    <TSLVersionIdentifier>5</TSLVersionIdentifier>
    <TSLSequenceNumber>72</TSLSequenceNumber>
    <SchemeTerritory>SE</SchemeTerritory>
    <ListIssueDateTime>2026-10-01T08:00:00Z</ListIssueDateTime>
    <NextUpdate><dateTime>2027-04-01T08:00:00Z</dateTime></NextUpdate>
  </SchemeInformation>
  <TrustServiceProviderList>
    <TrustServiceProvider>
      <TSPInformation><TSPName><Name xml:lang="en">TEST &amp; Trust AB</Name></TSPName></TSPInformation>
      <TSPServices>
        <TSPService>
          <ServiceInformation>
            <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>
            <ServiceName><Name xml:lang="en">TEST Qualified CA</Name></ServiceName>
            <ServiceDigitalIdentity><DigitalId><X509Certificate>
              ISSUING
            </X509Certificate></DigitalId></ServiceDigitalIdentity>
            <ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/withdrawn</ServiceStatus>
            <StatusStartingTime>2026-11-01T00:00:00Z</StatusStartingTime>
          </ServiceInformation>
          <ServiceHistory>
            <ServiceHistoryInstance>
              <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>
              <ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted</ServiceStatus>
              <StatusStartingTime>2025-06-01T00:00:00Z</StatusStartingTime>
            </ServiceHistoryInstance>
          </ServiceHistory>
        </TSPService>
        <TSPService>
          <ServiceInformation>
            <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST</ServiceTypeIdentifier>
            <ServiceName><Name xml:lang="en">TEST Timestamps</Name></ServiceName>
            <ServiceDigitalIdentity>
              <DigitalId><X509Certificate>STAMPING</X509Certificate></DigitalId>
              <DigitalId><X509Certificate>bm8=</X509Certificate></DigitalId>
            </ServiceDigitalIdentity>
            <ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted</ServiceStatus>
            <StatusStartingTime>2025-06-01T00:00:00Z</StatusStartingTime>
          </ServiceInformation>
        </TSPService>
      </TSPServices>
    </TrustServiceProvider>
  </TrustServiceProviderList>
</TrustServiceStatusList>
"#;

fn list() -> TrustedList {
    let authority = world::authority();
    let xml = LIST
        .replace("ISSUING", &STANDARD.encode(authority.issuing().der()))
        .replace("STAMPING", &STANDARD.encode(authority.stamping().der()));
    TrustedList::read(xml.as_bytes()).unwrap()
}

#[test]
fn a_list_says_who_may_do_what_and_since_when() {
    let list = list();
    assert_eq!((list.territory.as_str(), list.sequence_number), ("SE", Some(72)));
    assert_eq!(list.next_update, Some(at("2027-04-01T08:00:00Z")));
    assert_eq!(list.signature, ListSignature::Absent);
    assert_eq!(list.unreadable.len(), 1);
    let services: Vec<_> = list
        .anchors
        .iter()
        .map(|anchor| match &anchor.origin {
            Origin::TrustedList(service) => service,
            Origin::Folder { .. } => panic!("from a list"),
        })
        .collect();
    assert_eq!(services[0].provider, "TEST & Trust AB");
    assert_eq!(services[0].kind, ServiceKind::QualifiedCertificates);
    let granted = Granted { from: at("2025-06-01T00:00:00Z"), until: Some(at("2026-11-01T00:00:00Z")) };
    assert_eq!(services[0].granted, [granted]);
    assert_eq!(services[1].kind, ServiceKind::QualifiedTimestamps);
    assert_eq!(services[1].granted[0].until, None);
}

#[test]
fn a_service_is_trusted_for_what_it_is_while_its_status_is_granted() {
    let authority = world::authority();
    let anna = authority.issue(&world::anna(), &world::key(11).key_info()).unwrap();
    let mut anchors = Anchors::none();
    anchors.extend(list().anchors);
    let reaches = |certificate, when: &str, purpose| {
        trust(certificate, &authority.chain(), &anchors, &Evidence::default(), at(when), purpose)
            .fault
            .is_none()
    };
    assert!(reaches(&anna, "2026-10-31T23:59:59Z", Purpose::Signature));
    assert!(!reaches(&anna, "2026-11-01T00:00:00Z", Purpose::Signature), "withdrawn");
    assert!(reaches(authority.stamping(), "2026-11-02T00:00:00Z", Purpose::Timestamp));
    assert!(!reaches(authority.stamping(), "2025-05-31T00:00:00Z", Purpose::Timestamp), "not yet");
}

#[test]
fn other_xml_is_no_trusted_list() {
    assert_eq!(TrustedList::read(b"<a/>").unwrap_err(), TrustedListError::NotATrustedList);
    let missing = TrustedList::read(b"<TrustServiceStatusList><SchemeInformation/></TrustServiceStatusList>");
    assert_eq!(missing.unwrap_err(), TrustedListError::Missing("SchemeTerritory"));
}
