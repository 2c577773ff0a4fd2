//! The keys that people sign with, the authority that tells the time, and whom we trust.
//!
//! In an installation of one's own, each person's key lies in a folder as `PERSON.p12`, opened by a passphrase
//! that the person gives and nobody keeps; timestamps come from an authority that the settings name. In the
//! demonstration all of it is minted here by a test authority, which says in every certificate that it is one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use kvarter_domain::organisation::Organisation;
use kvarter_domain::person::Person;
use kvarter_domain::problem::Problem;
use kvarter_signatures::authority::{
    Applicant, Authority, FIRST_FREE_SERIAL, Founding, Ledger, TestKey, TestSigner, TestTimestampAuthority,
};
use kvarter_signatures::certificate::trusted_list::TrustedList;
use kvarter_signatures::certificate::{Anchors, Certificate, Evidence};
use kvarter_signatures::preservation::Store as Preserved;
use kvarter_signatures::signer::{Signer, SignerError, SoftwareSigner};
use kvarter_signatures::timestamp::{HttpTimestamp, TimestampAuthority};

use crate::error::{Error, Result};
use crate::transport::Https;

/// How long what the test authority says of its certificates is fresh.
const FRESH_FOR: SignedDuration = SignedDuration::from_hours(24 * 7);
/// A file of keys or certificates is never larger.
const FILE_BYTES_MAX: u64 = 1024 * 1024;
/// Nor a trusted list.
const LIST_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Where keys, time and trust come from.
#[derive(Debug, Clone, Default)]
pub struct KeySettings {
    /// A folder with people's keys, `PERSON.p12`; none where nobody signs electronically.
    pub keys: Option<PathBuf>,
    /// A folder with the certificates that are trusted, in PEM or DER.
    pub anchors: Option<PathBuf>,
    /// The address of a timestamp authority (RFC 3161).
    pub timestamps: Option<String>,
    /// The folder of the demonstration's test authority; made if it is not there.
    pub test_authority: Option<PathBuf>,
}

/// Keys, time and trust. A clone is the same keys.
#[derive(Clone)]
pub struct Keys(Arc<Held>);

struct Held {
    source: Source,
    anchors: Anchors,
    timestamps: Option<String>,
    transport: Https,
}

enum Source {
    None,
    Folder(PathBuf),
    Test(Box<Test>),
}

/// The demonstration's authority with what it has issued.
struct Test {
    authority: Authority,
    folder: PathBuf,
    ledger: Mutex<Ledger>,
}

impl std::fmt::Debug for Keys {
    // Nothing of a key is ever printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// A key that can be used on another thread.
pub(crate) type BoxedSigner = Box<dyn Signer + Send>;

impl Keys {
    /// Opens what the settings name.
    ///
    /// # Errors
    /// When a folder cannot be read or holds no certificate.
    pub fn open(settings: &KeySettings, founded_at: Timestamp) -> Result<Self> {
        let transport = Https::new()?;
        if let Some(folder) = &settings.test_authority {
            let test = Test::open(folder, founded_at)?;
            let anchors = test.authority.anchors();
            let source = Source::Test(Box::new(test));
            return Ok(Self(Arc::new(Held { source, anchors, timestamps: None, transport })));
        }
        let anchors = match &settings.anchors {
            Some(folder) => anchors_in(folder)?,
            None => Anchors::none(),
        };
        let source = settings.keys.clone().map_or(Source::None, Source::Folder);
        let timestamps = settings.timestamps.clone();
        Ok(Self(Arc::new(Held { source, anchors, timestamps, transport })))
    }

    /// Whom we trust.
    pub fn anchors(&self) -> &Anchors {
        &self.0.anchors
    }

    /// Whether anyone can sign electronically here.
    pub fn any(&self) -> bool {
        !matches!(self.0.source, Source::None)
    }

    /// Whether the keys are the demonstration's, made for trying and worth nothing elsewhere.
    pub fn are_for_trying(&self) -> bool {
        matches!(self.0.source, Source::Test(_))
    }

    /// The key of a person, opened.
    ///
    /// # Errors
    /// A problem at `passphrase`: there is no key, it cannot be opened, or it is somebody else's.
    pub(crate) fn signer(
        &self,
        person: &Person,
        organisation: &Organisation,
        passphrase: &str,
        now: Timestamp,
    ) -> Result<BoxedSigner> {
        let about = |code: &str| Problem::new(code, "passphrase").with("name", &person.name);
        match &self.0.source {
            Source::None => Err(about("no-keys-here").into()),
            Source::Test(test) => Ok(Box::new(test.signer(person, organisation, now)?)),
            Source::Folder(folder) => {
                let file = folder.join(format!("{}.p12", file_safe(person.id.as_str())));
                let Some(bytes) = read(&file)? else { return Err(about("key-missing").into()) };
                let signer =
                    SoftwareSigner::from_pkcs12(&bytes, passphrase).map_err(|error| match error {
                        SignerError::PasswordWrong | SignerError::PasswordNeeded => {
                            about("key-passphrase-wrong")
                        }
                        SignerError::KeyOfAnotherCertificate => about("key-of-another-certificate"),
                        other => about("key-unusable").with("cause", other),
                    })?;
                check_certificate(signer.certificate(), person, now)?;
                Ok(Box::new(signer))
            }
        }
    }

    /// Does something with the authority that tells the time, if there is one.
    pub(crate) fn with_timestamps<T>(
        &self,
        now: Timestamp,
        work: impl FnOnce(Option<&dyn TimestampAuthority>) -> T,
    ) -> T {
        match (&self.0.source, &self.0.timestamps) {
            (Source::Test(test), _) => {
                let clock = move || now;
                let first = u64::try_from(now.as_microsecond()).unwrap_or(1);
                let authority = TestTimestampAuthority::new(&test.authority, &clock, first);
                work(Some(&authority))
            }
            (_, Some(address)) => {
                let random = |bytes: &mut [u8]| rand::fill(bytes);
                let authority = HttpTimestamp::new(&self.0.transport, address.clone(), &random);
                work(Some(&authority))
            }
            (_, None) => work(None),
        }
    }

    /// What shows later that these certificates were good: for the file itself to carry.
    pub(crate) fn preserved(&self, certificates: &[Certificate], now: Timestamp) -> Result<Preserved> {
        let evidence = match &self.0.source {
            Source::Test(test) => test.evidence(certificates, now)?,
            _ => crate::revocation::gather(&self.0.transport, certificates, &self.0.anchors, now),
        };
        Ok(Preserved {
            certificates: evidence.certificates.iter().map(|c| c.der().to_vec()).collect(),
            ocsp: evidence.ocsp.iter().map(|answer| answer.der().to_vec()).collect(),
            crls: evidence.crls.iter().map(|list| list.der().to_vec()).collect(),
        })
    }
}

/// A key signs for the person whose name is in its certificate, while the certificate is valid.
fn check_certificate(certificate: &Certificate, person: &Person, now: Timestamp) -> Result<()> {
    let named = certificate.subject().common_name().unwrap_or_default();
    let about = |code: &str| Problem::new(code, "passphrase").with("name", &person.name);
    let same = |one: &str, other: &str| {
        kvarter_domain::text::squeeze(one).to_lowercase()
            == kvarter_domain::text::squeeze(other).to_lowercase()
    };
    if !same(named, &person.name) {
        return Err(about("key-names-another").with("named", named).into());
    }
    if !certificate.is_valid_at(now) {
        let day = |at| kvarter_domain::time::stockholm_day(at);
        return Err(about("certificate-not-valid")
            .with("from_day", day(certificate.not_before()))
            .with("to_day", day(certificate.not_after()))
            .into());
    }
    Ok(())
}

impl Test {
    fn open(folder: &Path, founded_at: Timestamp) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(unavailable)?;
        let held = |name: &str| read(&folder.join(name)).ok().flatten();
        let authority = match Authority::from_files(&held, Vec::new()) {
            Ok(authority) => authority,
            Err(_) => {
                let key = || TestKey::p256(&rand::random()).map_err(internal);
                let founding = Founding {
                    from: founded_at - SignedDuration::from_hours(24),
                    root: key()?,
                    issuing: key()?,
                    stamping: key()?,
                    answering: key()?,
                    addresses: Vec::new(),
                };
                let authority = Authority::found(founding).map_err(internal)?;
                for (name, content) in authority.to_files() {
                    write(&folder.join(name), content.as_bytes())?;
                }
                authority
            }
        };
        let ledger = held("ledger.json").and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(Self { authority, folder: folder.to_owned(), ledger: Mutex::new(ledger.unwrap_or_default()) })
    }

    /// A person's key: the one that was minted before, or a new one with its certificate.
    fn signer(&self, person: &Person, organisation: &Organisation, now: Timestamp) -> Result<TestSigner> {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let name = file_safe(person.id.as_str());
        let file = |ending: &str| self.folder.join(format!("{name}.{ending}"));
        if let (Some(key), Some(certificate)) = (read(&file("key"))?, read(&file("pem"))?) {
            let key = kvarter_signatures::certificate::read_pem(&key).map_err(internal)?;
            let key = key.first().and_then(|block| TestKey::from_pkcs8(&block.bytes).ok());
            let certificate = Certificate::all_from(&certificate).map_err(internal)?.into_iter().next();
            if let (Some(key), Some(certificate)) = (key, certificate) {
                return Ok(TestSigner::new(key, certificate, self.authority.chain()));
            }
        }
        let (given_name, surname) = person.name.rsplit_once(' ').unwrap_or((&person.name, &person.name));
        let serial = FIRST_FREE_SERIAL + u64::try_from(ledger.issued.len()).unwrap_or(0);
        let applicant = Applicant {
            given_name,
            surname,
            organisation: &organisation.name,
            organisation_number: organisation.orgnr.as_deref(),
            serial,
            not_before: now - SignedDuration::from_hours(1),
            // As long as the authority's own, or what is signed in 2008 could not be looked at today.
            not_after: self.authority.issuing().not_after(),
        };
        let key = TestKey::p256(&rand::random()).map_err(internal)?;
        let signer = self.authority.signer(&applicant, key).map_err(internal)?;
        write(&file("key"), signer.key().to_pem().as_bytes())?;
        write(&file("pem"), signer.certificate().to_pem().as_bytes())?;
        ledger.issued.push(serial);
        let text = serde_json::to_vec(&*ledger).map_err(internal)?;
        write(&self.folder.join("ledger.json"), &text)?;
        Ok(signer)
    }

    fn evidence(&self, certificates: &[Certificate], now: Timestamp) -> Result<Evidence> {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let certificates: Vec<&Certificate> =
            certificates.iter().chain([self.authority.stamping()]).collect();
        self.authority.evidence(&certificates, &ledger, now, now + FRESH_FOR).map_err(internal)
    }
}

/// The trusted certificates in a folder.
fn anchors_in(folder: &Path) -> Result<Anchors> {
    let (mut files, mut lists) = (Vec::new(), Anchors::none());
    for entry in std::fs::read_dir(folder).map_err(unavailable)? {
        let path = entry.map_err(unavailable)?.path();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
        if matches!(ending.as_str(), "pem" | "crt" | "cer" | "der")
            && let Some(bytes) = read(&path)?
        {
            files.push((path.display().to_string(), bytes));
        } else if ending == "xml"
            && let Some(bytes) = read_list(&path)?
        {
            let list = TrustedList::read(&bytes)
                .map_err(|_| Problem::new("anchor-unreadable", path.display().to_string()))?;
            lists.extend(list.anchors);
        }
    }
    files.sort();
    let named = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    let (mut anchors, unreadable) = Anchors::from_files(named);
    anchors.extend(lists.iter().cloned());
    match unreadable.first() {
        None => Ok(anchors),
        Some((name, _)) => Err(Problem::new("anchor-unreadable", name.clone()).into()),
    }
}

/// A trusted list of a country is larger than a certificate.
fn read_list(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::metadata(path).map_err(unavailable)?.len() {
        size if size <= LIST_BYTES_MAX => std::fs::read(path).map(Some).map_err(unavailable),
        _ => Err(Error::Unavailable(format!("{} is too large", path.display()))),
    }
}

/// Trust anchors in a folder, for those who verify without an installation.
///
/// # Errors
/// When the folder or a certificate in it cannot be read.
pub fn anchors(folder: &Path) -> Result<Anchors> {
    anchors_in(folder)
}

/// A file's bytes, if it is there and no larger than such files are.
fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::metadata(path) {
        Ok(found) if found.len() <= FILE_BYTES_MAX => std::fs::read(path).map(Some).map_err(unavailable),
        Ok(_) => Err(Error::Unavailable(format!("{} is too large", path.display()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unavailable(error)),
    }
}

/// Writes a file that nobody else on the machine may read.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    let mut file = options.open(path).map_err(unavailable)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(unavailable)
}

/// An id as a file's name.
fn file_safe(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

fn unavailable(error: std::io::Error) -> Error {
    Error::Unavailable(error.to_string())
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string())
}
