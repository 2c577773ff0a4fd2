//! Documents in a folder and in a bucket.

use crate::house::on_sqlite;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::any;
use kvarter_domain::ids::Digest;
use kvarter_store::blob::{Bucket, Place};
use kvarter_store::{Settings, Store, StoreError};
use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};
use tokio::io::AsyncReadExt as _;

const LIMIT: u64 = 1024 * 1024;

/// The same tests for every place where documents can be kept.
async fn keeps_documents(store: &Store) {
    let blobs = store.blobs();
    let digest = blobs.put(b"avtal").await.expect("it is kept");
    assert_eq!(digest, Digest::of(b"avtal"));
    assert_eq!(blobs.put(b"avtal").await, Ok(digest.clone()), "the same bytes are the same document");
    assert_eq!(blobs.get(&digest).await, Ok(b"avtal".to_vec()));
    assert_eq!(blobs.exists(&digest).await, Ok(true));
    assert_eq!(blobs.check(&digest).await, Ok(5));
    let mut read = Vec::new();
    let mut document = blobs.open_document(&digest).await.expect("it is there");
    document.read_to_end(&mut read).await.expect("it is read");
    assert_eq!(read, b"avtal");

    let nothing = Digest::of(b"never put");
    assert_eq!(blobs.exists(&nothing).await, Ok(false));
    assert!(matches!(blobs.get(&nothing).await, Err(StoreError::NotFound(_))));
    assert!(matches!(blobs.check(&nothing).await, Err(StoreError::NotFound(_))));
    assert!(matches!(blobs.open_document(&nothing).await.err(), Some(StoreError::NotFound(_))));

    let empty = blobs.put(b"").await.expect("it is kept");
    assert_eq!(blobs.get(&empty).await, Ok(vec![]));
    let largest = vec![7; usize::try_from(LIMIT).expect("small")];
    let (digest, size) = blobs.put_from(&largest[..]).await.expect("the limit itself is allowed");
    assert_eq!((size, blobs.check(&digest).await), (LIMIT, Ok(LIMIT)));
    // Two gigabytes of nothing: refused when the limit is passed, not when they have all been read.
    let huge = tokio::io::repeat(0).take(2 << 30);
    assert_eq!(blobs.put_from(huge).await.err(), Some(StoreError::TooLarge { limit: LIMIT }));
}

#[tokio::test]
async fn a_folder_keeps_documents() {
    let house = on_sqlite().await;
    keeps_documents(&house.store).await;
    let left: Vec<_> = std::fs::read_dir(house.documents())
        .expect("the folder")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .collect();
    assert!(left.is_empty(), "nothing half arrived is left: {left:?}");
}

#[tokio::test]
async fn a_document_that_has_gone_bad_is_never_given_out_and_is_mended_when_put_again() {
    let house = on_sqlite().await;
    let blobs = house.store.blobs();
    let digest = blobs.put(b"avtal").await.expect("it is kept");
    let path = house.documents().join(&digest.as_str()[..2]).join(digest.as_str());
    std::fs::write(&path, b"avtak").expect("it goes bad");
    assert!(matches!(blobs.get(&digest).await, Err(StoreError::Corrupt(_))));
    assert!(matches!(blobs.check(&digest).await, Err(StoreError::Corrupt(_))));
    assert!(matches!(blobs.open_document(&digest).await.err(), Some(StoreError::Corrupt(_))));
    blobs.put(b"avtal").await.expect("it is kept");
    assert_eq!(blobs.get(&digest).await, Ok(b"avtal".to_vec()));
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_unavailable() {
    let house = on_sqlite().await;
    let digest = house.store.blobs().put(b"avtal").await.expect("it is kept");
    // Permissions mean nothing to root; a file where a shelf should be stops anyone.
    let other = Digest::of(b"brev");
    std::fs::write(house.documents().join(&other.as_str()[..2]), b"").expect("something is in the way");
    assert!(matches!(house.store.blobs().put(b"brev").await, Err(StoreError::Unavailable(_))));
    assert!(!matches!(house.store.blobs().exists(&other).await, Ok(true)));
    assert_eq!(house.store.blobs().get(&digest).await, Ok(b"avtal".to_vec()), "the rest is still there");
    std::fs::set_permissions(house.documents(), std::fs::Permissions::from_mode(0o555)).expect("ours");
    let put = house.store.blobs().put(b"offer").await;
    std::fs::set_permissions(house.documents(), std::fs::Permissions::from_mode(0o755)).expect("ours");
    match put {
        // Root writes wherever it likes.
        Ok(digest) => assert_eq!(house.store.blobs().get(&digest).await, Ok(b"offer".to_vec())),
        Err(error) => assert!(matches!(error, StoreError::Unavailable(_)), "{error}"),
    }
}

/// As much of S3 as is needed: put, get and head, by path. Every request must be signed.
async fn bucket(kept: Arc<Mutex<HashMap<String, Bytes>>>) -> String {
    async fn serve(
        State(kept): State<Arc<Mutex<HashMap<String, Bytes>>>>,
        Path(key): Path<String>,
        request: axum::extract::Request,
    ) -> axum::response::Response {
        let (parts, body) = request.into_parts();
        let signed = parts.headers.get("authorization").and_then(|v| v.to_str().ok());
        if signed.is_none_or(|s| !s.starts_with("AWS4-HMAC-SHA256 Credential=key/")) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let body = axum::body::to_bytes(body, 8 << 20).await.expect("a small body");
        let mut kept = kept.lock().expect("nobody has panicked");
        let last_modified = ("last-modified", "Thu, 25 Sep 2008 08:00:00 GMT");
        match (parts.method.as_str(), kept.get(&key)) {
            ("PUT", _) => {
                kept.insert(key, body);
                [("etag", "\"1\"")].into_response()
            }
            ("GET", Some(bytes)) => ([("etag", "\"1\""), last_modified], bytes.clone()).into_response(),
            ("HEAD", Some(bytes)) => {
                let length = bytes.len().to_string();
                ([("etag", "\"1\""), last_modified, ("content-length", length.as_str())], ()).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    }
    let app = Router::new().route("/{*key}", any(serve)).with_state(kept);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it has one");
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_bucket_keeps_documents() {
    let kept = Arc::new(Mutex::new(HashMap::new()));
    let endpoint = bucket(Arc::clone(&kept)).await;
    let place = Bucket {
        endpoint,
        name: "kvarter".into(),
        region: "eu-north-1".into(),
        prefix: "documents".into(),
        access_key: "key".into(),
        secret_key: "secret".into(),
    };
    assert!(!format!("{place:?}").contains("secret"), "the key is not shown");
    let settings = Settings {
        database: "sqlite::memory:".into(),
        documents: Place::Bucket(place),
        document_bytes_max: LIMIT,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("it opens");
    keeps_documents(&store).await;
    let digest = Digest::of(b"avtal");
    let key = format!("kvarter/documents/{}/{digest}", &digest.as_str()[..2]);
    kept.lock().expect("nobody has panicked").insert(key.clone(), Bytes::from_static(b"avtak"));
    assert!(matches!(store.blobs().get(&digest).await, Err(StoreError::Corrupt(_))));
    kept.lock().expect("nobody has panicked").remove(&key);
    assert!(matches!(store.blobs().get(&digest).await, Err(StoreError::NotFound(_))));
}

#[tokio::test]
async fn a_bucket_that_does_not_answer_is_unavailable() {
    let settings = Settings {
        database: "sqlite::memory:".into(),
        documents: Place::Bucket(Bucket {
            endpoint: "http://127.0.0.1:1".into(),
            name: "kvarter".into(),
            region: "eu-north-1".into(),
            prefix: String::new(),
            access_key: "key".into(),
            secret_key: "secret".into(),
        }),
        document_bytes_max: LIMIT,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("it opens");
    assert!(matches!(store.blobs().put(b"avtal").await, Err(StoreError::Unavailable(_))));
}
