//! Checkpoints and proofs of the log, in forms that can be handed to a stranger.
//!
//! A checkpoint says how many events there were and the tree's root over them; kept elsewhere, it is what
//! nobody who holds the database can argue with. An inclusion proof shows that one event is among them; a
//! consistency proof shows that a later log is an earlier one continued. Each proof is one JSON object
//! with everything that its check needs; the check itself needs no database ([`Inclusion::check`],
//! [`Consistency::check`]).

use crate::error::{Result, StoreError};
use crate::log;
use crate::merkle::{self, Hash};
use crate::read::{self, Cells, ReadTx};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;
use std::str::FromStr;

/// The log at one moment: so many events, and the root over them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Which log: a name that no other log has.
    pub origin: String,
    /// How many events.
    pub size: u64,
    /// The root, in hexadecimal.
    pub root: String,
    /// When the last event was recorded, if there is one. A checkpoint is a function of the log alone: two
    /// taken at the same size are the same.
    pub time: Option<Timestamp>,
}

impl fmt::Display for Checkpoint {
    /// In the shape of the body of a signed note: origin, size, root in Base64, and a line for the time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = log::hash(&self.root).map(|hash| BASE64.encode(hash)).unwrap_or_default();
        writeln!(f, "{}\n{}\n{root}", self.origin, self.size)?;
        self.time.map_or(Ok(()), |time| writeln!(f, "time {time:.3}"))
    }
}

impl FromStr for Checkpoint {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self> {
        let malformed = || StoreError::Malformed("this is not a checkpoint".into());
        let mut lines = text.lines();
        let mut line = || lines.next().map(str::trim_end).ok_or_else(malformed);
        let origin = line()?.to_owned();
        let size = line()?.parse().map_err(|_| malformed())?;
        let root = BASE64.decode(line()?).map_err(|_| malformed())?;
        let time = lines.find_map(|line| line.trim_end().strip_prefix("time "));
        let time = time.map(|time| time.parse().map_err(|_| malformed())).transpose()?;
        if origin.is_empty() || root.len() != 32 {
            return Err(malformed());
        }
        Ok(Self { origin, size, root: hex::encode(root), time })
    }
}

/// That an event is the one with its number in a log of some size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inclusion {
    /// Which log.
    pub origin: String,
    /// The event's number, from 1.
    pub seq: u64,
    /// The leaf's place in the tree, from 0.
    pub index: u64,
    /// How many leaves the tree has.
    pub size: u64,
    /// What the leaf's hash is taken of, in hexadecimal.
    pub leaf_input: String,
    /// The leaf's hash: SHA-256 over the byte 0 and the leaf input.
    pub leaf: String,
    /// The siblings on the way to the root, from the bottom (RFC 6962 § 2.1.1).
    pub hashes: Vec<String>,
    /// The root.
    pub root: String,
}

/// That a larger log is a smaller one continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consistency {
    /// Which log.
    pub origin: String,
    /// The smaller size.
    pub from_size: u64,
    /// The root at that size.
    pub from_root: String,
    /// The larger size.
    pub to_size: u64,
    /// The root at that size.
    pub to_root: String,
    /// The nodes that show it (RFC 6962 § 2.1.2).
    pub hashes: Vec<String>,
}

impl Inclusion {
    /// Whether the proof holds in itself; whether its root is to be trusted is for a checkpoint to say.
    pub fn check(&self) -> bool {
        let Some((root, input)) = root(&self.root, self.size).zip(hex::decode(&self.leaf_input).ok()) else {
            return false;
        };
        let Some(hashes) = concatenated(&self.hashes) else { return false };
        let Ok(proof) = ct_merkle::InclusionProof::try_from_bytes(hashes) else { return false };
        self.index.checked_add(1) == Some(self.seq)
            && self.leaf == hex::encode(merkle::leaf(&input))
            && root.verify_inclusion(&input, self.index, &proof).is_ok()
    }
}

impl Consistency {
    /// Whether the proof holds in itself.
    pub fn check(&self) -> bool {
        let roots = root(&self.from_root, self.from_size).zip(root(&self.to_root, self.to_size));
        let Some((from, to)) = roots else { return false };
        if self.from_size == 0 {
            // Every log continues the empty one.
            return self.hashes.is_empty() && self.from_root == hex::encode(merkle::root_of(&[]));
        }
        let Some(hashes) = concatenated(&self.hashes) else { return false };
        let Ok(proof) = ct_merkle::ConsistencyProof::try_from_bytes(hashes) else { return false };
        to.verify_consistency(&from, &proof).is_ok()
    }
}

fn root(written: &str, size: u64) -> Option<ct_merkle::RootHash<Sha256>> {
    log::hash(written).map(|hash| ct_merkle::RootHash::new(hash.into(), size))
}

fn concatenated(hashes: &[String]) -> Option<Vec<u8>> {
    let hashes: Option<Vec<Hash>> = hashes.iter().map(|written| log::hash(written)).collect();
    Some(hashes?.concat())
}

/// The root over the first events.
pub(crate) async fn root_at(tx: &mut ReadTx, size: u64) -> Result<Hash> {
    over(tx, (0, size)).await
}

/// The log as the snapshot sees it.
pub(crate) async fn checkpoint(tx: &mut ReadTx, origin: &str) -> Result<Checkpoint> {
    let head = tx
        .row("select size, root from log_head where id = 1", &[])
        .await?
        .ok_or_else(|| StoreError::Corrupt("the log has no head".into()))?;
    let size = u64::try_from(head.integer("size")?).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let last = log::stored(tx, head.integer("size")?).await?;
    let time = last.map(|event| read::parse_instant(&event.recorded_at)).transpose()?;
    Ok(Checkpoint { origin: origin.to_owned(), size, root: head.text("root")?, time })
}

/// The proof that an event is in the log as it was at some size.
pub(crate) async fn inclusion(
    tx: &mut ReadTx,
    origin: &str,
    seq: i64,
    size: Option<u64>,
) -> Result<Inclusion> {
    let size = within(tx, size).await?;
    let nothing = || StoreError::NotFound(format!("event {seq} in a log of {size}"));
    let number = u64::try_from(seq).ok().filter(|n| (1..=size).contains(n)).ok_or_else(nothing)?;
    let stored = log::stored(tx, seq).await?.ok_or_else(nothing)?;
    let places = ct_merkle::indices_for_inclusion_proof(size, number - 1);
    Ok(Inclusion {
        origin: origin.to_owned(),
        seq: number,
        index: number - 1,
        size,
        leaf_input: hex::encode(stored.leaf_input()),
        leaf: stored.leaf,
        hashes: nodes(tx, places, size).await?,
        root: hex::encode(root_at(tx, size).await?),
    })
}

/// The proof that the log at one size continues the log at another.
pub(crate) async fn consistency(
    tx: &mut ReadTx,
    origin: &str,
    from: u64,
    to: Option<u64>,
) -> Result<Consistency> {
    let size = within(tx, to).await?;
    if from > size {
        return Err(StoreError::NotFound(format!("event {from} in a log of {size}")));
    }
    let places =
        if from == 0 { Vec::new() } else { ct_merkle::indices_for_consistency_proof(from, size - from) };
    Ok(Consistency {
        origin: origin.to_owned(),
        from_size: from,
        from_root: hex::encode(root_at(tx, from).await?),
        to_size: size,
        to_root: hex::encode(root_at(tx, size).await?),
        hashes: nodes(tx, places, size).await?,
    })
}

/// The size asked for, if the log has got that far; the log's own if none was.
async fn within(tx: &mut ReadTx, size: Option<u64>) -> Result<u64> {
    let whole = u64::try_from(log::size(tx).await?).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    match size {
        Some(size) if size > whole => Err(StoreError::NotFound(format!("event {size} in a log of {whole}"))),
        Some(size) => Ok(size),
        None => Ok(whole),
    }
}

async fn nodes(tx: &mut ReadTx, places: Vec<u64>, size: u64) -> Result<Vec<String>> {
    let mut hashes = Vec::new();
    for place in places {
        hashes.push(hex::encode(over(tx, merkle::span(place, size)).await?));
    }
    Ok(hashes)
}

async fn over(tx: &mut ReadTx, (start, end): (u64, u64)) -> Result<Hash> {
    let mut hashes = Vec::new();
    for node in merkle::full_subtrees(start, end) {
        hashes.push(log::node(tx, node).await?);
    }
    Ok(merkle::root_of(&hashes))
}
