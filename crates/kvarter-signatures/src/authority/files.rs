//! A test authority as PEM files, so that a demonstration can keep it in its folder. Reading and writing the
//! files is the caller's.

use super::{Authority, Holder, TemplateExtension, TestKey};
use crate::certificate::{Certificate, CertificateError, PemError, read_pem};

/// The files' names, without their ending, in the order of [`Authority`]'s holders.
const NAMES: [&str; 4] = ["test-root", "test-issuing", "test-timestamps", "test-ocsp"];

/// Why files are no test authority.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilesError {
    /// A file is missing.
    #[error("{0} is missing")]
    Missing(String),
    /// A file is no PEM.
    #[error("{0}: {1}")]
    Pem(String, PemError),
    /// A certificate cannot be read.
    #[error("{0}: {1}")]
    Certificate(String, CertificateError),
    /// A key cannot be read, or is not the one of its certificate.
    #[error("{0} is not the key of its certificate")]
    Key(String),
}

impl Authority {
    /// The files: names and contents, a certificate and a key for each part of the authority.
    pub fn to_files(&self) -> Vec<(String, String)> {
        let holders = [&self.root, &self.issuing, &self.stamping, &self.answering];
        NAMES
            .into_iter()
            .zip(holders)
            .flat_map(|(name, holder)| {
                [
                    (format!("{name}.pem"), holder.certificate.to_pem()),
                    (format!("{name}.key"), holder.key.to_pem()),
                ]
            })
            .collect()
    }

    /// An authority from its files, which `read` gives by name. Addresses to be written in certificates are
    /// not in the files and are given again.
    ///
    /// # Errors
    ///
    /// When a file is missing or cannot be read, or a key is not of its certificate.
    pub fn from_files(
        read: &dyn Fn(&str) -> Option<Vec<u8>>,
        addresses: Vec<TemplateExtension>,
    ) -> Result<Self, FilesError> {
        let holder = |name: &str| -> Result<Holder, FilesError> {
            let file = |ending: &str| {
                let file = format!("{name}.{ending}");
                read(&file).map(|content| (file.clone(), content)).ok_or(FilesError::Missing(file))
            };
            let (certificate_file, content) = file("pem")?;
            let certificates = Certificate::all_from(&content)
                .map_err(|why| FilesError::Certificate(certificate_file.clone(), why))?;
            let certificate = certificates.into_iter().next().ok_or(FilesError::Missing(certificate_file))?;
            let (key_file, content) = file("key")?;
            let blocks = read_pem(&content).map_err(|why| FilesError::Pem(key_file.clone(), why))?;
            let key = blocks.first().and_then(|block| TestKey::from_pkcs8(&block.bytes).ok());
            match key.filter(|key| key.key_info() == certificate.key_info()) {
                Some(key) => Ok(Holder { key, certificate }),
                None => Err(FilesError::Key(key_file)),
            }
        };
        let [root, issuing, stamping, answering] = NAMES;
        Ok(Self {
            root: holder(root)?,
            issuing: holder(issuing)?,
            stamping: holder(stamping)?,
            answering: holder(answering)?,
            addresses,
        })
    }
}
