//! Trusted lists (ETSI TS 119 612): the services in a country that may issue qualified certificates and
//! timestamps, from a snapshot of its list.
//!
//! The signature of the list itself (XAdES) is not checked here, and every list says so: whoever brings a
//! snapshot into the house vouches for where it came from. Qualifiers of single certificates are not read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::anchors::{Anchor, Granted, ListedService, Origin, ServiceKind};
use super::{Certificate, CertificateError};
use crate::xml::{Node, XmlError};

/// The most services that are taken from a list.
const MAX_SERVICES: usize = 100_000;

const TYPES: &[(&str, ServiceKind)] = &[
    ("http://uri.etsi.org/TrstSvc/Svctype/CA/QC", ServiceKind::QualifiedCertificates),
    ("http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST", ServiceKind::QualifiedTimestamps),
];

/// Statuses under which a service could be relied on: today's, and those from before July 2016 that meant
/// the same (ETSI TS 119 615 § 4.3).
const GRANTED: &[&str] = &[
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/undersupervision",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/supervisionincessation",
    "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/accredited",
];

/// Why bytes are no trusted list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustedListError {
    /// They are no XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// They are XML of another kind.
    #[error("this is not a trusted list")]
    NotATrustedList,
    /// Something that every list has is missing.
    #[error("the list lacks {0}")]
    Missing(&'static str),
    /// More than anything real.
    #[error("the list has too many services")]
    TooBig,
}

/// What is known of a list's own signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListSignature {
    /// There is one, and it was not checked.
    NotChecked,
    /// There is none.
    Absent,
}

/// A list that was read.
#[derive(Debug, Clone)]
pub struct TrustedList {
    /// The country, two letters.
    pub territory: String,
    /// Which edition of the list it is.
    pub sequence_number: Option<u64>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When the next edition is due; after that this one should not be relied on.
    pub next_update: Option<Timestamp>,
    /// What is known of its signature.
    pub signature: ListSignature,
    /// The services that have, or have had, their status granted.
    pub anchors: Vec<Anchor>,
    /// Certificates that could not be read.
    pub unreadable: Vec<(String, CertificateError)>,
}

impl TrustedList {
    /// Reads a list.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn read(xml: &[u8]) -> Result<Self, TrustedListError> {
        let root = Node::read(xml)?;
        if root.name != "TrustServiceStatusList" {
            return Err(TrustedListError::NotATrustedList);
        }
        let scheme = root.child("SchemeInformation").ok_or(TrustedListError::Missing("SchemeInformation"))?;
        let territory = scheme.text_at(&["SchemeTerritory"]);
        let territory = territory.ok_or(TrustedListError::Missing("SchemeTerritory"))?.to_owned();
        let issued_at = scheme.text_at(&["ListIssueDateTime"]).and_then(|text| text.parse().ok());
        let mut list = Self {
            sequence_number: scheme.text_at(&["TSLSequenceNumber"]).and_then(|text| text.parse().ok()),
            issued_at: issued_at.ok_or(TrustedListError::Missing("ListIssueDateTime"))?,
            next_update: scheme.text_at(&["NextUpdate", "dateTime"]).and_then(|text| text.parse().ok()),
            signature: match root.child("Signature") {
                Some(_) => ListSignature::NotChecked,
                None => ListSignature::Absent,
            },
            territory,
            anchors: Vec::new(),
            unreadable: Vec::new(),
        };
        let providers = root.child("TrustServiceProviderList");
        for provider in providers.iter().flat_map(|all| all.all("TrustServiceProvider")) {
            let name = provider.at(&["TSPInformation", "TSPName"]).map(in_english).unwrap_or_default();
            let services = provider.child("TSPServices");
            for service in services.iter().flat_map(|all| all.all("TSPService")) {
                list.take(&name, service);
                if list.anchors.len() > MAX_SERVICES {
                    return Err(TrustedListError::TooBig);
                }
            }
        }
        Ok(list)
    }

    fn take(&mut self, provider: &str, service: &Node) {
        let Some(information) = service.child("ServiceInformation") else { return };
        let Some(kind) = kind_of(information) else { return };
        let granted = granted(service, information);
        if granted.is_empty() {
            return;
        }
        let name = information.child("ServiceName").map(in_english).unwrap_or_default();
        let identity = information.child("ServiceDigitalIdentity");
        let identities = identity.iter().flat_map(|identity| identity.all("DigitalId"));
        for certificate in identities.filter_map(|id| id.text_at(&["X509Certificate"])) {
            let base64: String = certificate.split_whitespace().collect();
            let der = STANDARD.decode(base64).unwrap_or_default();
            match Certificate::from_der(&der) {
                Ok(certificate) => {
                    let service = ListedService {
                        territory: self.territory.clone(),
                        provider: provider.to_owned(),
                        service: name.clone(),
                        kind,
                        granted: granted.clone(),
                    };
                    self.anchors.push(Anchor { certificate, origin: Origin::TrustedList(service) });
                }
                Err(why) => self.unreadable.push((name.clone(), why)),
            }
        }
    }
}

fn kind_of(information: &Node) -> Option<ServiceKind> {
    let written = information.text_at(&["ServiceTypeIdentifier"])?;
    TYPES.iter().find(|(identifier, _)| *identifier == written).map(|(_, kind)| *kind)
}

/// The name in English if there is one, else the first.
fn in_english(names: &Node) -> String {
    // The attribute is `xml:lang`; English comes first in lists that have several, and where it does not the
    // first name is in the country's own language, which is as good.
    names.child("Name").map(|name| name.text().to_owned()).unwrap_or_default()
}

/// The times during which the status was granted, from the present status and the history (§ 5.6). A status
/// holds until the next one begins; entries about another type of service are not about this.
fn granted(service: &Node, information: &Node) -> Vec<Granted> {
    let kind = information.text_at(&["ServiceTypeIdentifier"]);
    let history = service.child("ServiceHistory");
    let past = history.iter().flat_map(|history| history.all("ServiceHistoryInstance"));
    let past = past.filter(|instance| instance.text_at(&["ServiceTypeIdentifier"]) == kind);
    let mut statuses: Vec<(Timestamp, bool)> = std::iter::once(information)
        .chain(past)
        .filter_map(|instance| {
            let from = instance.text_at(&["StatusStartingTime"])?.parse().ok()?;
            Some((from, GRANTED.contains(&instance.text_at(&["ServiceStatus"])?)))
        })
        .collect();
    statuses.sort_by_key(|(from, _)| *from);
    let mut out: Vec<Granted> = Vec::new();
    for (place, (from, is_granted)) in statuses.iter().enumerate() {
        if !is_granted {
            continue;
        }
        let until = statuses.get(place + 1).map(|(next, _)| *next);
        match out.last_mut() {
            // Statuses that follow on each other are one time.
            Some(before) if before.until == Some(*from) => before.until = until,
            _ => out.push(Granted { from: *from, until }),
        }
    }
    out
}
