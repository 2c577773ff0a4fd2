//! The log: one event for every act, one leaf for every event, in a Merkle tree that only grows.
//!
//! # What a leaf is made of
//!
//! The leaf's hash is SHA-256 over the byte 0 and the *leaf input* (RFC 6962 § 2.1). The leaf input is the
//! fields below, each preceded by its length in bytes as four bytes, most significant first:
//!
//! 1. the text `kvarter-event-1`
//! 2. the event's number, from 1, as decimal digits
//! 3. when it was recorded: UTC to the millisecond, `2008-09-25T08:00:00.000Z`
//! 4. who acted
//! 5. the act's code
//! 6. what it concerned
//! 7. SHA-256 of `summary:`, the salt and the summary's text (32 bytes)
//! 8. SHA-256 of `facts:`, the salt and the text of the list of facts (32 bytes)
//!
//! The salt is 32 random bytes. It keeps the content of an event from being guessed by someone who has been
//! given its leaf; and the content can be disposed of while the leaf stays. The list of facts is JSON,
//! `[[table, key, digest], …]`, in the order in which they were inserted.

use crate::error::{Result, StoreError};
use crate::fact::{Bind, canonical};
use crate::merkle::{self, Frontier, Hash, Node};
use crate::read::{self, Cells, ReadTx};
use jiff::Timestamp;
use kvarter_domain::event::Happened;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use sqlx::any::AnyRow;

/// An event about to be appended.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// When it is recorded; kept to the millisecond.
    pub recorded_at: Timestamp,
    /// Who acted: a person's id, or `system`.
    pub actor: String,
    /// What happened.
    pub act: Happened,
    /// What it concerns: an agreement's id, a matter's, an organisation's.
    pub subject: String,
    /// What people want to know of it without looking up the facts.
    pub summary: Value,
}

/// A fact as the log remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The fact's table.
    pub table: String,
    /// The values of its key, as a JSON list.
    pub key: String,
    /// SHA-256 of its canonical text.
    pub digest: String,
}

/// An event as it was appended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// Its number, from 1 without gaps.
    pub seq: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who acted.
    pub actor: String,
    /// What happened.
    pub act: Happened,
    /// What it concerns.
    pub subject: String,
    /// What people want to know of it.
    pub summary: Value,
    /// The facts it covers.
    pub facts: Vec<Covered>,
    /// The hash of its leaf, in hexadecimal.
    pub leaf: String,
}

/// An event's row as it is stored, to the byte: what the leaf is recomputed from.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) seq: i64,
    pub(crate) recorded_at: String,
    pub(crate) actor: String,
    pub(crate) act: String,
    pub(crate) subject: String,
    pub(crate) summary: String,
    pub(crate) facts: String,
    pub(crate) salt: String,
    pub(crate) leaf: String,
}

const COLUMNS: &str = "seq, recorded_at, actor, act, subject, summary, facts, salt, leaf";

impl Stored {
    pub(crate) fn from_row(row: &AnyRow) -> Result<Self> {
        Ok(Self {
            seq: row.integer("seq")?,
            recorded_at: row.text("recorded_at")?,
            actor: row.text("actor")?,
            act: row.text("act")?,
            subject: row.text("subject")?,
            summary: row.text("summary")?,
            facts: row.text("facts")?,
            salt: row.text("salt")?,
            leaf: row.text("leaf")?,
        })
    }

    /// What the leaf's hash is taken of.
    pub(crate) fn leaf_input(&self) -> Vec<u8> {
        let seq = self.seq.to_string();
        let summary = salted("summary:", &self.salt, &self.summary);
        let facts = salted("facts:", &self.salt, &self.facts);
        let fields: [&[u8]; 8] = [
            b"kvarter-event-1",
            seq.as_bytes(),
            self.recorded_at.as_bytes(),
            self.actor.as_bytes(),
            self.act.as_bytes(),
            self.subject.as_bytes(),
            &summary,
            &facts,
        ];
        let mut input = Vec::new();
        for field in fields {
            let length = u32::try_from(field.len()).expect("a field shorter than 4 GB");
            input.extend_from_slice(&length.to_be_bytes());
            input.extend_from_slice(field);
        }
        input
    }

    pub(crate) fn covered(&self) -> Result<Vec<Covered>> {
        let facts: Vec<(String, String, String)> = serde_json::from_str(&self.facts)
            .map_err(|e| StoreError::Corrupt(format!("facts of event {}: {e}", self.seq)))?;
        Ok(facts.into_iter().map(|(table, key, digest)| Covered { table, key, digest }).collect())
    }

    fn event(self) -> Result<Event> {
        let corrupt = |what: &str| StoreError::Corrupt(format!("{what} of event {}", self.seq));
        Ok(Event {
            seq: self.seq,
            recorded_at: read::parse_instant(&self.recorded_at)?,
            act: Happened::from_code(&self.act).ok_or_else(|| corrupt("act"))?,
            summary: serde_json::from_str(&self.summary).map_err(|_| corrupt("summary"))?,
            facts: self.covered()?,
            actor: self.actor,
            subject: self.subject,
            leaf: self.leaf,
        })
    }
}

/// The salt is hashed as it is written, in hexadecimal.
fn salted(label: &str, salt: &str, text: &str) -> Hash {
    let hash = Sha256::new().chain_update(label).chain_update(salt).chain_update(text);
    hash.finalize().into()
}

/// Appends an event: its row, and the subtrees of the tree that become full with it.
pub(crate) async fn append(
    tx: &mut ReadTx,
    frontier: &mut Frontier,
    seq: i64,
    event: &NewEvent,
    covered: &[Covered],
) -> Result<()> {
    let facts = covered.iter().map(|c| Value::from(vec![c.table.as_str(), &c.key, &c.digest])).collect();
    let mut stored = Stored {
        seq,
        recorded_at: read::instant(event.recorded_at),
        actor: event.actor.clone(),
        act: event.act.code().to_owned(),
        subject: event.subject.clone(),
        summary: canonical(&event.summary),
        facts: canonical(&Value::Array(facts)),
        salt: hex::encode(rand::random::<[u8; 32]>()),
        leaf: String::new(),
    };
    if stored.summary.contains("\\u0000") || event.actor.contains('\0') || event.subject.contains('\0') {
        return Err(StoreError::Malformed("a NUL character in an event".into()));
    }
    let leaf = merkle::leaf(&stored.leaf_input());
    stored.leaf = hex::encode(leaf);
    let bound = [
        Bind::from(seq),
        Bind::from(&stored.recorded_at),
        Bind::from(&stored.actor),
        Bind::from(&stored.act),
        Bind::from(&stored.subject),
        Bind::from(&stored.summary),
        Bind::from(&stored.facts),
        Bind::from(&stored.salt),
        Bind::from(&stored.leaf),
    ];
    let insert = format!("insert into event ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    tx.execute(insert, &bound).await?;
    for (node, hash) in frontier.push(leaf) {
        let bound = [Bind::from(i64::from(node.level)), place(node.index), Bind::from(&hex::encode(hash))];
        tx.execute("insert into log_node (level, place, hash) values ($1, $2, $3)".to_owned(), &bound)
            .await?;
    }
    Ok(())
}

/// Moves the head to where the frontier is.
pub(crate) async fn set_head(tx: &mut ReadTx, frontier: &Frontier) -> Result<()> {
    let bound =
        [place(frontier.size), Bind::from(&hex::encode(frontier.root())), Bind::from(&spell(frontier))];
    let moved = "update log_head set size = $1, root = $2, frontier = $3 where id = 1".to_owned();
    match tx.execute(moved, &bound).await? {
        1 => Ok(()),
        _ => Err(StoreError::Corrupt("the log has no head".into())),
    }
}

fn place(index: u64) -> Bind {
    Bind::from(i64::try_from(index).expect("a log shorter than 2^63"))
}

/// The frontier as it is written: its hashes, in hexadecimal, with a space between.
pub(crate) fn spell(frontier: &Frontier) -> String {
    frontier.hashes.iter().map(hex::encode).collect::<Vec<_>>().join(" ")
}

/// The frontier as it was written.
pub(crate) fn frontier(size: i64, written: &str) -> Result<Frontier> {
    let hashes: Option<Vec<Hash>> = written.split_whitespace().map(hash).collect();
    let frontier = u64::try_from(size).ok().zip(hashes).map(|(size, hashes)| Frontier { size, hashes });
    frontier
        .filter(Frontier::is_whole)
        .ok_or_else(|| StoreError::Corrupt("the log's head does not hold together".into()))
}

/// A hash as it was written.
pub(crate) fn hash(written: &str) -> Option<Hash> {
    hex::decode(written).ok()?.try_into().ok()
}

/// How many events there are.
///
/// # Errors
/// Whatever the engine reports.
pub async fn size(tx: &mut ReadTx) -> Result<i64> {
    let head = tx.row("select size from log_head where id = 1", &[]).await?;
    head.ok_or_else(|| StoreError::Corrupt("the log has no head".into()))?.integer("size")
}

/// The number of the last event about a subject, or 0.
///
/// # Errors
/// Whatever the engine reports.
pub async fn last_of(tx: &mut ReadTx, subject: &str) -> Result<i64> {
    let last = "select coalesce(max(seq), 0) as seq from event where subject = $1";
    let row = tx.row(last, &[Bind::from(&subject)]).await?;
    row.map_or(Ok(0), |row| row.integer("seq"))
}

/// The number of the last event recorded at or before an instant, or 0: what [`ReadTx::as_of`] takes.
///
/// # Errors
/// Whatever the engine reports.
pub async fn last_at(tx: &mut ReadTx, at: Timestamp) -> Result<i64> {
    let last = "select coalesce(max(seq), 0) as seq from event where recorded_at <= $1";
    let row = tx.row(last, &[Bind::from(&read::instant(at))]).await?;
    row.map_or(Ok(0), |row| row.integer("seq"))
}

/// The event with a number.
///
/// # Errors
/// Whatever the engine reports.
pub async fn event(tx: &mut ReadTx, seq: i64) -> Result<Option<Event>> {
    stored(tx, seq).await?.map(Stored::event).transpose()
}

pub(crate) async fn stored(tx: &mut ReadTx, seq: i64) -> Result<Option<Stored>> {
    let rows = tx.rows(format!("select {COLUMNS} from event where seq = $1"), &[Bind::from(seq)]).await?;
    rows.first().map(Stored::from_row).transpose()
}

/// Events from a number on, at most so many, in order.
///
/// # Errors
/// Whatever the engine reports.
pub async fn from(tx: &mut ReadTx, seq: i64, limit: i64) -> Result<Vec<Event>> {
    let statement = format!("select {COLUMNS} from event where seq >= $1 order by seq limit $2");
    let rows = tx.rows(statement, &[Bind::from(seq), Bind::from(limit)]).await?;
    rows.iter().map(|row| Stored::from_row(row)?.event()).collect()
}

/// The statement that reads events between two numbers, both included.
pub(crate) fn select_between() -> String {
    format!("select {COLUMNS} from event where seq >= $1 and seq <= $2 order by seq")
}

/// Events before a number, at most so many, the latest first.
///
/// # Errors
/// Whatever the engine reports.
pub async fn before(tx: &mut ReadTx, seq: i64, limit: i64) -> Result<Vec<Event>> {
    let statement = format!("select {COLUMNS} from event where seq < $1 order by seq desc limit $2");
    let rows = tx.rows(statement, &[Bind::from(seq), Bind::from(limit)]).await?;
    rows.iter().map(|row| Stored::from_row(row)?.event()).collect()
}

/// The events about a subject, in order.
///
/// # Errors
/// Whatever the engine reports.
pub async fn of_subject(tx: &mut ReadTx, subject: &str) -> Result<Vec<Event>> {
    let statement = format!("select {COLUMNS} from event where subject = $1 order by seq");
    let rows = tx.rows(statement, &[Bind::from(&subject)]).await?;
    rows.iter().map(|row| Stored::from_row(row)?.event()).collect()
}

/// The hash of a full subtree.
pub(crate) async fn node(tx: &mut ReadTx, node: Node) -> Result<Hash> {
    let row = if node.level == 0 {
        let seq = place(node.index + 1);
        tx.row("select leaf as hash from event where seq = $1", &[seq]).await?
    } else {
        let bound = [Bind::from(i64::from(node.level)), place(node.index)];
        tx.row("select hash from log_node where level = $1 and place = $2", &bound).await?
    };
    let written = row.map(|row| row.text("hash")).transpose()?;
    written
        .and_then(|written| hash(&written))
        .ok_or_else(|| StoreError::Corrupt(format!("the log's node {} of level {}", node.index, node.level)))
}
