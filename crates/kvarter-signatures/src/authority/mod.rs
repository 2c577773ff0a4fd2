//! A certificate authority for TESTS and demonstrations: root, issuing authority, timestamps, OCSP and
//! revocation lists, all of it made here and trusted by nobody who was not told to.
//!
//! Every name says TEST, and every certificate bears a policy under the enterprise number 32473,
//! which stands for examples (RFC 5612). Keys, serial numbers and times are arguments, and signatures are deterministic (RFC 6979), so
//! that the same arguments give the same bytes. The keys are not guarded in any way: this is not an
//! authority.

mod files;
mod issue;
mod key;
mod revocation;
mod stamp;

pub use files::FilesError;
pub use issue::{Template, TemplateExtension};
pub use key::{TestKey, TestSigner};
pub use revocation::{Ledger, Revocation};
pub use stamp::TestTimestampAuthority;

use const_oid::ObjectIdentifier;
use jiff::{SignedDuration, Timestamp};

use crate::certificate::{Anchors, Certificate, CertificateError, Name, Usage};
use crate::oid;
use crate::signer::SignerError;

/// The policy of every certificate here, under the number for examples (RFC 5612).
pub const TEST_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1.1");
/// The policy of every timestamp here.
pub const TEST_TIMESTAMP_POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1.2");

/// What every name begins with.
const TEST: &str = "Kvarter TEST";

/// Serial numbers of the authority's own certificates; persons' are from [`FIRST_FREE_SERIAL`].
const ROOT: u64 = 1;
const ISSUING: u64 = 2;
const STAMPING: u64 = 3;
const ANSWERING: u64 = 4;
/// The first serial number that a person's certificate may have.
pub const FIRST_FREE_SERIAL: u64 = 1000;

/// Why the authority could not make something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityError {
    /// A key cannot be one.
    #[error("these bytes are no key")]
    Key,
    /// A key failed to sign.
    #[error(transparent)]
    Signing(#[from] SignerError),
    /// What was made cannot be read back, so something in it cannot be.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The time is beyond what can be reckoned with.
    #[error("the time is out of bounds")]
    Time,
}

/// A key with its certificate.
pub(crate) struct Holder {
    pub(crate) key: TestKey,
    pub(crate) certificate: Certificate,
}

/// What an authority is founded with.
pub struct Founding {
    /// From when its certificates are valid, for thirty years: a demonstration may be set in the past, and what
    /// is signed in it should still be good to look at.
    pub from: Timestamp,
    /// The root's key.
    pub root: TestKey,
    /// The key that persons' certificates are issued with.
    pub issuing: TestKey,
    /// The key of timestamps.
    pub stamping: TestKey,
    /// The key of OCSP answers.
    pub answering: TestKey,
    /// Where OCSP is asked and where the revocation list is, to be written in certificates; empty for
    /// nowhere.
    pub addresses: Vec<TemplateExtension>,
}

/// Who applies for a certificate. The names are written as they are, the organisation with a mark that this
/// is a test.
#[derive(Debug, Clone, Copy)]
pub struct Applicant<'a> {
    /// Given name.
    pub given_name: &'a str,
    /// Surname.
    pub surname: &'a str,
    /// The organisation that the person acts for.
    pub organisation: &'a str,
    /// The organisation's number, digits; written as `NTRSE-…` (ETSI EN 319 412-1 § 5.1.4).
    pub organisation_number: Option<&'a str>,
    /// The serial number of the certificate, not below [`FIRST_FREE_SERIAL`].
    pub serial: u64,
    /// From when it is valid.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
}

/// A test authority.
pub struct Authority {
    pub(crate) root: Holder,
    pub(crate) issuing: Holder,
    pub(crate) stamping: Holder,
    pub(crate) answering: Holder,
    addresses: Vec<TemplateExtension>,
}

impl Authority {
    /// Founds an authority.
    ///
    /// # Errors
    ///
    /// When a key fails to sign.
    pub fn found(founding: Founding) -> Result<Self, AuthorityError> {
        let Founding { from, root, issuing, stamping, answering, addresses } = founding;
        let name = |what: &str| name(&format!("{TEST} {what}"));
        let (root_name, issuing_name) = (name("Root"), name("Issuing CA"));
        let long = years(from, 30)?;
        let authority = |path_length| {
            vec![
                TemplateExtension::Authority { path_length: Some(path_length) },
                TemplateExtension::KeyUsage(vec![Usage::CertificateSigning, Usage::CrlSigning]),
                TemplateExtension::Policy(TEST_POLICY),
            ]
        };
        let root_certificate = Template {
            serial: ROOT,
            issuer: root_name.clone(),
            subject: root_name.clone(),
            not_before: from,
            not_after: long,
            extensions: authority(1),
        }
        .sign(&root.key_info(), &root)?;
        let root = Holder { key: root, certificate: root_certificate };
        let issuing_certificate = Template {
            serial: ISSUING,
            issuer: root_name,
            subject: issuing_name.clone(),
            not_before: from,
            not_after: long,
            extensions: authority(0),
        }
        .sign(&issuing.key_info(), &root.key)?;
        let issuing = Holder { key: issuing, certificate: issuing_certificate };
        let service = |serial, what: &str, key: TestKey, further: Vec<TemplateExtension>| {
            let mut extensions = vec![
                TemplateExtension::KeyUsage(vec![Usage::DigitalSignature]),
                TemplateExtension::Policy(TEST_POLICY),
            ];
            extensions.extend(further);
            let template = Template {
                serial,
                issuer: issuing_name.clone(),
                subject: name(what),
                not_before: from,
                not_after: long,
                extensions,
            };
            let certificate = template.sign(&key.key_info(), &issuing.key)?;
            Ok::<Holder, AuthorityError>(Holder { key, certificate })
        };
        let mut for_stamps =
            vec![TemplateExtension::Purposes { critical: true, of: vec![oid::FOR_TIMESTAMPS] }];
        for_stamps.extend(addresses.clone());
        let for_answers = vec![
            TemplateExtension::Purposes { critical: false, of: vec![oid::FOR_OCSP] },
            TemplateExtension::OcspNoCheck,
        ];
        let stamping = service(STAMPING, "Timestamps", stamping, for_stamps)?;
        let answering = service(ANSWERING, "OCSP", answering, for_answers)?;
        Ok(Self { root, issuing, stamping, answering, addresses })
    }

    /// Issues a certificate to a person, for the key with this `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn issue(&self, applicant: &Applicant<'_>, key_info: &[u8]) -> Result<Certificate, AuthorityError> {
        self.template(applicant).sign(key_info, &self.issuing.key)
    }

    /// A signer for a person: certificate issued, key kept.
    ///
    /// # Errors
    ///
    /// When the key fails to sign.
    pub fn signer(&self, applicant: &Applicant<'_>, key: TestKey) -> Result<TestSigner, AuthorityError> {
        let certificate = self.issue(applicant, &key.key_info())?;
        Ok(TestSigner::new(key, certificate, self.chain()))
    }

    /// The certificate that a person would get, to be altered before it is signed: for tests of what should
    /// be refused.
    pub fn template(&self, applicant: &Applicant<'_>) -> Template {
        let person = format!("{} {}", applicant.given_name, applicant.surname);
        let organisation = format!("{} (TEST)", applicant.organisation);
        let number = applicant.organisation_number.map(|number| format!("NTRSE-{number}"));
        let mut attributes = vec![(oid::COUNTRY, "SE"), (oid::ORGANISATION, organisation.as_str())];
        attributes.extend(number.as_deref().map(|number| (oid::ORGANISATION_IDENTIFIER, number)));
        attributes.extend([
            (oid::GIVEN_NAME, applicant.given_name),
            (oid::SURNAME, applicant.surname),
            (oid::COMMON_NAME, person.as_str()),
        ]);
        let mut extensions = vec![
            TemplateExtension::KeyUsage(vec![Usage::DigitalSignature, Usage::NonRepudiation]),
            TemplateExtension::Policy(TEST_POLICY),
        ];
        extensions.extend(self.addresses.clone());
        Template {
            serial: applicant.serial,
            issuer: self.issuing.certificate.subject().clone(),
            subject: Name::of(&attributes),
            not_before: applicant.not_before,
            not_after: applicant.not_after,
            extensions,
        }
    }

    /// The key that persons' certificates are issued with, for tests that alter a [`Template`].
    pub fn issuing_key(&self) -> &TestKey {
        &self.issuing.key
    }

    /// The root: what to trust.
    pub fn root(&self) -> &Certificate {
        &self.root.certificate
    }

    /// The certificate of the issuing authority.
    pub fn issuing(&self) -> &Certificate {
        &self.issuing.certificate
    }

    /// The certificate that timestamps are signed with.
    pub fn stamping(&self) -> &Certificate {
        &self.stamping.certificate
    }

    /// The root as the only anchor.
    pub fn anchors(&self) -> Anchors {
        Anchors::of([self.root.certificate.clone()])
    }

    /// The issuers of a person's certificate, nearest first.
    pub fn chain(&self) -> Vec<Certificate> {
        vec![self.issuing.certificate.clone(), self.root.certificate.clone()]
    }
}

fn name(common: &str) -> Name {
    Name::of(&[(oid::COUNTRY, "SE"), (oid::ORGANISATION, TEST), (oid::COMMON_NAME, common)])
}

fn years(from: Timestamp, count: i64) -> Result<Timestamp, AuthorityError> {
    // Eight thousand seven hundred and sixty-six hours, leap days spread out.
    from.checked_add(SignedDuration::from_hours(count * 8766)).map_err(|_| AuthorityError::Time)
}
