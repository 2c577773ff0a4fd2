//! Goal T10: a full disk, a disk that can only be read, a database that is no database. Never a false
//! success, and no repair afterwards.

use crate::house::{House, event, execute, leave, on_sqlite};
use crate::kill;
use kvarter_domain::person::Person;
use kvarter_store::blob::Place;
use kvarter_store::{Settings, Store, StoreError, log};
use std::io::Write as _;
use std::process::Command;

async fn add(store: &Store, id: &str, size: usize) -> kvarter_store::Result<()> {
    let mut tx = store.write().await?;
    tx.insert(&Person { id: id.into(), name: "n".repeat(size) }).await?;
    tx.append(event(id)).await?;
    tx.commit().await
}

/// The writer's files may not grow beyond two megabytes, which is how a disk that is full looks to it. (The
/// limit comes from the shell; without the trap the kernel would end the writer instead.)
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_unavailable_and_nothing_is_lost_or_half_done() {
    let house = on_sqlite().await;
    house.store.migrate().await.expect("a schema");
    let said = tokio::task::block_in_place(|| write_until_full(&house));
    let said: Vec<&str> = said.lines().collect();
    let acknowledged = said.iter().filter(|line| line.starts_with("acknowledged ")).count() as u64;
    let refused: Vec<_> = said.iter().filter_map(|line| line.strip_prefix("refused ")).collect();
    assert!(acknowledged > 5, "{said:?}");
    assert!(refused.len() == 1 && refused[0].starts_with("Unavailable"), "{refused:?}");
    let report = house.report().await;
    assert_eq!((report.findings, report.size), (vec![], acknowledged));
    add(&house.store, "afterwards", 4_000).await.expect("it goes on without repair");
    assert!(house.is_sound().await);
    leave(house).await;
}

fn write_until_full(house: &House) -> String {
    let program = std::env::current_exe().expect("we are a program");
    let limited =
        "trap '' XFSZ; ulimit -f 4096; exec \"$0\" --exact kill::writer --nocapture --test-threads=1";
    let output = Command::new("sh")
        .args(["-c", limited])
        .arg(program)
        .env(kill::WRITER, kill::task(house, "full"))
        .output()
        .expect("a writer runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A document that does not fit is refused, and nothing of it is left.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_does_not_fit_on_the_disk_is_unavailable() {
    let house = on_sqlite().await;
    let program = std::env::current_exe().expect("we are a program");
    let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact trouble::one_document --nocapture";
    let output = Command::new("sh")
        .args(["-c", limited])
        .arg(program)
        .env("KVARTER_TEST_FOLDER", house.documents())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("\nrefused Unavailable"), "{said}");
    let left = std::fs::read_dir(house.documents()).expect("the folder").count();
    assert_eq!(left, 0, "nothing is left of it");
}

/// Puts a document larger than the disk; started by the test above.
#[tokio::test]
async fn one_document() {
    let Ok(folder) = std::env::var("KVARTER_TEST_FOLDER") else { return };
    let settings = Settings {
        database: "sqlite::memory:".into(),
        documents: Place::Folder(folder.into()),
        document_bytes_max: 1024 * 1024,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("it opens");
    let refused = store.blobs().put(&vec![7; 512 * 1024]).await.expect_err("it does not fit");
    writeln!(std::io::stdout().lock(), "\nrefused {refused:?}").expect("someone listens");
}

#[tokio::test]
async fn a_database_that_can_only_be_read_is_unavailable_to_writers_and_open_to_readers() {
    let house = on_sqlite().await;
    house.store.migrate().await.expect("a schema");
    add(&house.store, "a", 1).await.expect("a commit");
    house.store.close().await;
    let read_only = Settings {
        database: house.settings.database.replace("mode=rwc", "mode=ro"),
        ..house.settings.clone()
    };
    let store = Store::open(&read_only).await;
    let store = store.expect("a database in write-ahead mode can be opened to be read");
    let mut tx = store.read().await.expect("a snapshot");
    assert_eq!(log::size(&mut tx).await, Ok(1));
    drop(tx);
    let error = add(&store, "b", 1).await.expect_err("nothing can be written");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
    store.close().await;
    let store = Store::open(&house.settings).await.expect("it opens again");
    add(&store, "b", 1).await.expect("it goes on without repair");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_corrupt_and_a_missing_folder_unavailable() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("kvarter.db");
    std::fs::write(&path, "this is not a database, however long one looks at it".repeat(100))
        .expect("a file");
    let settings = |database: String| Settings {
        database,
        documents: Place::Folder(folder.path().join("documents")),
        document_bytes_max: 1024,
        origin: "kvarter/test".into(),
    };
    let error = Store::open(&settings(crate::house::sqlite(&path))).await.expect_err("no database");
    assert!(matches!(error, StoreError::Corrupt(_)), "{error}");
    let nowhere = crate::house::sqlite(&folder.path().join("no/such/folder.db"));
    let error = Store::open(&settings(nowhere)).await.expect_err("no folder");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
    let error = Store::open(&settings("mysql://localhost/".into())).await.expect_err("no engine of ours");
    assert!(matches!(error, StoreError::Malformed(_)), "{error}");
    let error = Store::open(&settings("postgres://127.0.0.1:1/x".into())).await.expect_err("nobody there");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
}

/// Two processes over one SQLite file: the second waits while the first writes, and nobody is told *busy*.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_waits_for_another_process() {
    let house = on_sqlite().await;
    house.store.migrate().await.expect("a schema");
    let mut other = house.burglar().await;
    execute(&mut other, "begin immediate").await;
    let store = house.store.clone();
    let waiting = tokio::spawn(async move { add(&store, "a", 1).await });
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert!(!waiting.is_finished(), "it waits");
    execute(&mut other, "commit").await;
    assert_eq!(waiting.await.expect("it did not panic"), Ok(()));
}

#[tokio::test]
async fn a_database_in_memory_works_through_its_one_connection() {
    let settings = Settings {
        database: "sqlite::memory:".into(),
        documents: Place::Folder(tempfile::tempdir().expect("a folder").path().to_owned()),
        document_bytes_max: 1024,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("it opens");
    store.migrate().await.expect("a schema");
    add(&store, "a", 1).await.expect("a commit");
    assert!(store.verify(None, &mut |_| {}).await.expect("a report").is_sound());
}
