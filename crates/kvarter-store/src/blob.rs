//! Documents, each under the digest of its bytes, in a folder or in an S3-compatible bucket.
//!
//! A document that [`Blobs::put`] has acknowledged is on disk: it is written beside its place, synchronised,
//! renamed, and the folder synchronised too. Putting the same bytes again changes nothing, and mends a
//! copy that has gone bad. What is read is hashed first: a document that is not what its name says is an
//! error and is never given out.

use crate::error::{Result, StoreError};
use kvarter_domain::ids::Digest;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{ClientOptions, ObjectStore as _, ObjectStoreExt as _, RetryConfig};
use sha2::{Digest as _, Sha256};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::fs::{self, File};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

/// How much is read at a time.
const CHUNK: usize = 64 * 1024;

/// Where documents are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder; made if it is not there.
    Folder(PathBuf),
    /// A bucket that speaks S3.
    Bucket(Bucket),
}

/// A bucket that speaks S3, with what is needed to get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The service's address, `https://…`; `http://` is for a service on the same machine.
    pub endpoint: String,
    /// The bucket's name.
    pub name: String,
    /// The service's name for the region.
    pub region: String,
    /// What stands before every name in the bucket; may be empty.
    pub prefix: String,
    /// The key's id.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

impl std::fmt::Debug for Bucket {
    /// Everything but the key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("endpoint", &self.endpoint)
            .field("name", &self.name)
            .field("region", &self.region)
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// The documents.
#[derive(Debug, Clone)]
pub struct Blobs {
    kept: Kept,
    bytes_max: u64,
}

#[derive(Debug, Clone)]
enum Kept {
    Folder(PathBuf),
    Bucket { bucket: Arc<AmazonS3>, prefix: String },
}

impl Blobs {
    pub(crate) async fn open(place: &Place, bytes_max: u64) -> Result<Self> {
        let kept = match place {
            Place::Folder(folder) => {
                make(folder).await?;
                Kept::Folder(folder.clone())
            }
            Place::Bucket(bucket) => {
                Kept::Bucket { bucket: Arc::new(client(bucket)?), prefix: bucket.prefix.clone() }
            }
        };
        Ok(Self { kept, bytes_max })
    }

    /// Keeps a document and gives its digest.
    ///
    /// # Errors
    /// `TooLarge` beyond the limit; `Unavailable` if it cannot be kept, and then it is not acknowledged.
    pub async fn put(&self, bytes: &[u8]) -> Result<Digest> {
        Ok(self.put_from(bytes).await?.0)
    }

    /// Keeps a document as it is read, and gives its digest and its size. No more is read than the limit.
    ///
    /// # Errors
    /// As [`Blobs::put`].
    pub async fn put_from(&self, mut bytes: impl AsyncRead + Unpin + Send) -> Result<(Digest, u64)> {
        match &self.kept {
            Kept::Folder(folder) => self.put_in_folder(folder, bytes).await,
            Kept::Bucket { bucket, prefix } => {
                let mut whole = Vec::new();
                let read = (&mut bytes).take(self.bytes_max + 1).read_to_end(&mut whole).await;
                let size = u64::try_from(read.map_err(unavailable)?).unwrap_or(u64::MAX);
                if size > self.bytes_max {
                    return Err(StoreError::TooLarge { limit: self.bytes_max });
                }
                let digest = Digest::of(&whole);
                bucket.put(&key(prefix, &digest), whole.into()).await.map_err(|e| of_bucket(e, &digest))?;
                Ok((digest, size))
            }
        }
    }

    async fn put_in_folder(
        &self,
        folder: &Path,
        bytes: impl AsyncRead + Unpin + Send,
    ) -> Result<(Digest, u64)> {
        let arriving = folder.join(format!("arriving-{:032x}", rand::random::<u128>()));
        let arrived = self.arrive(folder, &arriving, bytes).await;
        if arrived.is_err() {
            // The error is what matters; what is left behind is only bytes under no document's name.
            let _ = fs::remove_file(&arriving).await;
        }
        arrived
    }

    async fn arrive(
        &self,
        folder: &Path,
        arriving: &Path,
        mut bytes: impl AsyncRead + Unpin + Send,
    ) -> Result<(Digest, u64)> {
        // Nobody but the account that we run as may read what is kept.
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(arriving).await.map_err(unavailable)?;
        let mut hash = Sha256::new();
        let mut size: u64 = 0;
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = bytes.read(&mut chunk).await.map_err(unavailable)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > self.bytes_max {
                return Err(StoreError::TooLarge { limit: self.bytes_max });
            }
            hash.update(&chunk[..read]);
            file.write_all(&chunk[..read]).await.map_err(unavailable)?;
        }
        file.flush().await.map_err(unavailable)?;
        file.sync_all().await.map_err(unavailable)?;
        drop(file);
        let digest = named(hash);
        let place = place(folder, &digest);
        let shelf = place.parent().unwrap_or(folder).to_owned();
        make(&shelf).await?;
        fs::rename(arriving, &place).await.map_err(unavailable)?;
        for directory in [&shelf, folder] {
            File::open(directory).await.map_err(unavailable)?.sync_all().await.map_err(unavailable)?;
        }
        Ok((digest, size))
    }

    /// A document's bytes.
    ///
    /// # Errors
    /// `NotFound` if it is not there, `Corrupt` if it is not what its digest says.
    pub async fn get(&self, digest: &Digest) -> Result<Vec<u8>> {
        let bytes = match &self.kept {
            Kept::Folder(folder) => {
                fs::read(place(folder, digest)).await.map_err(|error| of_folder(&error, digest))?
            }
            Kept::Bucket { bucket, prefix } => {
                let found = bucket.get(&key(prefix, digest)).await.map_err(|e| of_bucket(e, digest))?;
                found.bytes().await.map_err(|e| of_bucket(e, digest))?.to_vec()
            }
        };
        if Digest::of(&bytes) != *digest {
            return Err(corrupt(digest));
        }
        Ok(bytes)
    }

    /// A document to be read little by little. It has been read through and found whole before it is
    /// given out.
    ///
    /// # Errors
    /// As [`Blobs::get`].
    pub async fn open_document(&self, digest: &Digest) -> Result<Box<dyn AsyncRead + Send + Unpin>> {
        match &self.kept {
            Kept::Folder(folder) => {
                let mut file =
                    File::open(place(folder, digest)).await.map_err(|error| of_folder(&error, digest))?;
                hashed(&mut file, digest).await?;
                file.rewind().await.map_err(unavailable)?;
                Ok(Box::new(file))
            }
            Kept::Bucket { .. } => Ok(Box::new(Cursor::new(self.get(digest).await?))),
        }
    }

    /// Reads a document through and gives its size.
    ///
    /// # Errors
    /// As [`Blobs::get`].
    pub async fn check(&self, digest: &Digest) -> Result<u64> {
        match &self.kept {
            Kept::Folder(folder) => {
                let mut file =
                    File::open(place(folder, digest)).await.map_err(|error| of_folder(&error, digest))?;
                hashed(&mut file, digest).await
            }
            Kept::Bucket { .. } => Ok(self.get(digest).await?.len() as u64),
        }
    }

    /// The names of everything that is kept, whatever it is.
    ///
    /// # Errors
    /// `Unavailable` if it cannot be told.
    pub async fn all(&self) -> Result<Vec<String>> {
        match &self.kept {
            Kept::Folder(folder) => {
                let mut names = Vec::new();
                for (name, is_shelf) in listed(folder).await? {
                    if is_shelf {
                        names.extend(listed(&folder.join(name)).await?.into_iter().map(|(name, _)| name));
                    } else {
                        names.push(name);
                    }
                }
                names.sort();
                Ok(names)
            }
            Kept::Bucket { bucket, prefix } => {
                let unavailable = |error: object_store::Error| StoreError::Unavailable(error.to_string());
                let root = object_store::path::Path::from(prefix.as_str());
                let top = bucket.list_with_delimiter(Some(&root)).await.map_err(unavailable)?;
                let mut objects = top.objects;
                for shelf in top.common_prefixes {
                    let shelf = bucket.list_with_delimiter(Some(&shelf)).await.map_err(unavailable)?;
                    objects.extend(shelf.objects);
                }
                Ok(objects.iter().filter_map(|o| o.location.filename().map(str::to_owned)).collect())
            }
        }
    }

    /// Whether a document is there; its bytes are not looked at.
    ///
    /// # Errors
    /// `Unavailable` if it cannot be told.
    pub async fn exists(&self, digest: &Digest) -> Result<bool> {
        match &self.kept {
            Kept::Folder(folder) => fs::try_exists(place(folder, digest)).await.map_err(unavailable),
            Kept::Bucket { bucket, prefix } => match bucket.head(&key(prefix, digest)).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(error) => Err(of_bucket(error, digest)),
            },
        }
    }
}

/// Makes a folder that only the account that we run as can look into, if it is not there.
async fn make(folder: &Path) -> Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).await.map_err(unavailable)
}

/// What lies in a folder, and whether each is a folder in its turn.
async fn listed(folder: &Path) -> Result<Vec<(String, bool)>> {
    let mut entries = fs::read_dir(folder).await.map_err(unavailable)?;
    let mut all = Vec::new();
    while let Some(entry) = entries.next_entry().await.map_err(unavailable)? {
        let is_folder = entry.file_type().await.map_err(unavailable)?.is_dir();
        all.push((entry.file_name().to_string_lossy().into_owned(), is_folder));
    }
    Ok(all)
}

/// Reads a file through; its size if it is what the digest says.
async fn hashed(file: &mut File, digest: &Digest) -> Result<u64> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk).await.map_err(unavailable)?;
        if read == 0 {
            break;
        }
        size += read as u64;
        hash.update(&chunk[..read]);
    }
    if named(hash) == *digest { Ok(size) } else { Err(corrupt(digest)) }
}

fn named(hash: Sha256) -> Digest {
    Digest::parse(&hex::encode(hash.finalize())).expect("a SHA-256 in hexadecimal is a digest")
}

/// Shelves of at most a 256th of everything, so that no folder grows out of hand.
fn place(folder: &Path, digest: &Digest) -> PathBuf {
    folder.join(&digest.as_str()[..2]).join(digest.as_str())
}

fn key(prefix: &str, digest: &Digest) -> object_store::path::Path {
    object_store::path::Path::from(format!("{prefix}/{}/{digest}", &digest.as_str()[..2]))
}

fn corrupt(digest: &Digest) -> StoreError {
    StoreError::Corrupt(format!("document {digest} is not what its digest says"))
}

fn unavailable(error: std::io::Error) -> StoreError {
    StoreError::Unavailable(error.to_string())
}

fn of_folder(error: &std::io::Error, digest: &Digest) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::NotFound(format!("document {digest}")),
        _ => StoreError::Unavailable(error.to_string()),
    }
}

fn of_bucket(error: object_store::Error, digest: &Digest) -> StoreError {
    match error {
        object_store::Error::NotFound { .. } => StoreError::NotFound(format!("document {digest}")),
        error => StoreError::Unavailable(error.to_string()),
    }
}

fn client(bucket: &Bucket) -> Result<AmazonS3> {
    // Another part of the program may have chosen the provider already; either will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let over_http = bucket.endpoint.starts_with("http://");
    AmazonS3Builder::new()
        .with_endpoint(&bucket.endpoint)
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.access_key)
        .with_secret_access_key(&bucket.secret_key)
        .with_client_options(ClientOptions::new().with_allow_http(over_http))
        .with_retry(RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(30),
            ..RetryConfig::default()
        })
        .build()
        .map_err(|error| StoreError::Malformed(format!("the bucket's settings: {error}")))
}
