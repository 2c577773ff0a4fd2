//! Goal T9: what was acknowledged is there, whenever the writer is killed.
//!
//! The writer is this very test program, started again with `KVARTER_TEST_WRITER` set.

use crate::house::{House, chance, event, how_many};
use kvarter_domain::person::Person;
use kvarter_domain::registry::Document;
use kvarter_store::{Settings, Store, log};
use rand::RngExt as _;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

on_each_engine![what_was_acknowledged_is_there_once_whenever_the_writer_is_killed,];

pub(crate) const WRITER: &str = "KVARTER_TEST_WRITER";

/// Writes until it is killed; acknowledges each act, and only then goes on to the next.
#[tokio::test]
async fn writer() {
    let Ok(task) = std::env::var(WRITER) else { return };
    let mut parts = task.split('\n');
    let mut part = || parts.next().expect("a task has three lines").to_owned();
    let (database, documents, round) = (part(), part(), part());
    let settings = Settings {
        database,
        documents: kvarter_store::blob::Place::Folder(documents.into()),
        document_bytes_max: 1024 * 1024,
        origin: "kvarter/test".into(),
    };
    let store = Store::open(&settings).await.expect("the store opens");
    for n in 0.. {
        let id = format!("{round}/{n}");
        let said = match act(&store, &id).await {
            Ok(()) => format!("acknowledged {id}"),
            Err(error) => format!("refused {error:?}"),
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{said}").and_then(|()| out.flush()).expect("someone listens");
        if said.starts_with("refused") {
            break;
        }
    }
}

async fn act(store: &Store, id: &str) -> kvarter_store::Result<()> {
    let digest = store.blobs().put(id.as_bytes()).await?;
    let mut tx = store.write().await?;
    tx.insert(&Person { id: id.into(), name: id.to_owned() }).await?;
    let document = Document {
        digest,
        media_type: "text/plain".into(),
        size: i64::try_from(id.len()).expect("short"),
        pages: None,
        name: id.to_owned(),
    };
    tx.insert(&document).await?;
    tx.append(event(id)).await?;
    tx.commit().await
}

/// What the writer is told by its environment.
pub(crate) fn task(house: &House, round: &str) -> String {
    format!("{}\n{}\n{round}", house.settings.database, house.documents().display())
}

/// Lets a writer write for a while and kills it; gives what it had acknowledged.
fn write_and_kill(house: &House, round: usize, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("we are a program"))
        .args(["--exact", "kill::writer", "--nocapture", "--test-threads=1"])
        .env(WRITER, task(house, &round.to_string()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a writer starts");
    let out = child.stdout.take().expect("it was piped");
    let listener = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("acknowledged ").map(str::to_owned)).collect::<Vec<_>>()
    });
    std::thread::sleep(after);
    child.kill().expect("it is killed with SIGKILL");
    child.wait().expect("it is gone");
    listener.join().expect("the listener has heard everything")
}

async fn what_was_acknowledged_is_there_once_whenever_the_writer_is_killed(house: &House) {
    let mut chance = chance();
    let mut acknowledged = BTreeSet::new();
    for round in 0..how_many("KVARTER_TEST_KILLS", 20) {
        let after = Duration::from_millis(chance.random_range(20..400));
        acknowledged.extend(tokio::task::block_in_place(|| write_and_kill(house, round, after)));
        // A new store stands for the restart.
        let restarted = Store::open(&house.settings).await.expect("the store opens again");
        let report = restarted.verify(None, &mut |_| {}).await.expect("it can be read");
        assert_eq!(report.findings, [], "after round {round}");
        let mut tx = restarted.read().await.expect("a snapshot");
        let people: Vec<Person> = tx.every().await.expect("people");
        let there: BTreeSet<String> = people.iter().map(|p| p.name.clone()).collect();
        assert_eq!(there.len(), people.len(), "none is there twice");
        // In this snapshot: a server may still be carrying out the killed writer's last commit.
        let size = log::size(&mut tx).await.expect("a size");
        assert_eq!(i64::try_from(people.len()), Ok(size), "an act and its event are one");
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        drop(tx);
        restarted.close().await;
    }
    assert!(acknowledged.len() > 20, "the writers had time to write: {}", acknowledged.len());
}
