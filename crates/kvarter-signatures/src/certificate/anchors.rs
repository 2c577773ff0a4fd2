//! Who is trusted from the start: certificates from a folder, and services from trusted lists.
//!
//! An anchor from a folder is trusted for everything, always. One from a trusted list is trusted for its
//! kind of service, at the times when its status was granted (ETSI TS 119 612 § 5.5.4); reading such lists
//! is for [`super::trusted_list`].

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Certificate, CertificateError, Name, Purpose};

/// Where an anchor comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Origin {
    /// A file that the operator put there.
    Folder {
        /// The file's name.
        file: String,
    },
    /// A service in a trusted list.
    TrustedList(ListedService),
}

/// A service as a trusted list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ListedService {
    /// The country of the list, two letters.
    pub territory: String,
    /// Who provides the service, as the list names them.
    pub provider: String,
    /// The service, as the list names it.
    pub service: String,
    /// What kind of service.
    pub kind: ServiceKind,
    /// When the status was granted; an interval without an end is still open.
    pub granted: Vec<Granted>,
}

/// The kinds of services that are taken from trusted lists (ETSI TS 119 612 § 5.5.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceKind {
    /// Issues qualified certificates (`CA/QC`).
    QualifiedCertificates,
    /// Issues qualified timestamps (`TSA/QTST`).
    QualifiedTimestamps,
}

/// A time during which a service had its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// From this moment.
    pub from: Timestamp,
    /// Until this moment, which is not included.
    pub until: Option<Timestamp>,
}

/// One certificate that is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The certificate.
    pub certificate: Certificate,
    /// Why it is trusted.
    pub origin: Origin,
}

impl Anchor {
    /// Whether the anchor is trusted for this, then.
    fn serves(&self, purpose: Purpose, at: Timestamp) -> bool {
        let Origin::TrustedList(service) = &self.origin else {
            return true;
        };
        let kind = match purpose {
            Purpose::Timestamp => service.kind == ServiceKind::QualifiedTimestamps,
            Purpose::Signature | Purpose::Ocsp => service.kind == ServiceKind::QualifiedCertificates,
        };
        kind && service
            .granted
            .iter()
            .any(|granted| granted.from <= at && granted.until.is_none_or(|until| at < until))
    }
}

/// All who are trusted.
#[derive(Debug, Clone, Default)]
pub struct Anchors {
    all: Vec<Anchor>,
    by_digest: HashMap<[u8; 32], Vec<usize>>,
}

impl Anchors {
    /// Nobody.
    pub fn none() -> Self {
        Self::default()
    }

    /// These certificates, as if from a folder.
    pub fn of(certificates: impl IntoIterator<Item = Certificate>) -> Self {
        let mut anchors = Self::default();
        for certificate in certificates {
            anchors.add(Anchor { certificate, origin: Origin::Folder { file: String::new() } });
        }
        anchors
    }

    /// The certificates in these files of PEM or DER, given as name and content; and the files that
    /// could not be read, with why. One bad file does not take the others with it.
    pub fn from_files<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> (Self, Vec<(String, CertificateError)>) {
        let mut anchors = Self::default();
        let mut unreadable = Vec::new();
        for (file, content) in files {
            match Certificate::all_from(content) {
                Ok(certificates) => {
                    for certificate in certificates {
                        let origin = Origin::Folder { file: file.to_owned() };
                        anchors.add(Anchor { certificate, origin });
                    }
                }
                Err(why) => unreadable.push((file.to_owned(), why)),
            }
        }
        (anchors, unreadable)
    }

    /// Trusts one more.
    pub fn add(&mut self, anchor: Anchor) {
        self.by_digest.entry(*anchor.certificate.sha256()).or_default().push(self.all.len());
        self.all.push(anchor);
    }

    /// Trusts all of these too.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Anchor>) {
        for anchor in others {
            self.add(anchor);
        }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Anchor> {
        self.all.iter()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The anchor that this certificate is, if it is trusted for this, then.
    pub(crate) fn find(&self, certificate: &Certificate, purpose: Purpose, at: Timestamp) -> Option<&Anchor> {
        let places = self.by_digest.get(certificate.sha256())?;
        places.iter().map(|place| &self.all[*place]).find(|anchor| anchor.serves(purpose, at))
    }

    /// Certificates with this subject.
    pub(crate) fn named(&self, name: &Name) -> impl Iterator<Item = &Certificate> {
        self.all.iter().map(|anchor| &anchor.certificate).filter(|known| known.subject().matches(name))
    }
}
