//! Recomputes everything that the log covers, from the rows up, and names what is not as it was.
//!
//! Any changed, added, removed or exchanged row in a fact's table, in the log itself or among the documents
//! is found. What this cannot find alone is a whole log made up anew, consistent in itself: that is what
//! a checkpoint kept elsewhere is for.

use crate::blob::Blobs;
use crate::error::{Result, StoreError};
use crate::fact::{Bind, Fact, Table};
use crate::log::{self, Stored};
use crate::merkle::{self, Frontier, Hash, Node};
use crate::migrate;
use crate::proof::Checkpoint;
use crate::read::{Cells, ReadTx};
use crate::schema;
use kvarter_domain::ids::Digest;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many events are held in memory at once.
const BATCH: i64 = 20_000;
/// How many findings are written out; the rest are counted.
const FINDINGS_MAX: usize = 1_000;
/// How many documents that no fact names are written out.
const STRAYS_MAX: usize = 100;

/// The tables that the log covers.
pub const TABLES: &[&Table] = &[
    kvarter_domain::organisation::Organisation::TABLE,
    kvarter_domain::organisation::Alias::TABLE,
    kvarter_domain::person::Person::TABLE,
    kvarter_domain::person::Mandate::TABLE,
    kvarter_domain::person::MandateEnd::TABLE,
    kvarter_domain::person::Credential::TABLE,
    kvarter_domain::registry::Matter::TABLE,
    kvarter_domain::reference::Reference::TABLE,
    kvarter_domain::registry::Record::TABLE,
    kvarter_domain::registry::Secrecy::TABLE,
    kvarter_domain::registry::Document::TABLE,
    kvarter_domain::district::District::TABLE,
    kvarter_domain::agreement::Edition::TABLE,
    kvarter_domain::agreement::Agreement::TABLE,
    kvarter_domain::district::AgreementDistrict::TABLE,
    kvarter_domain::agreement::Original::TABLE,
    kvarter_domain::agreement::Approval::TABLE,
    kvarter_domain::signing::Signature::TABLE,
    kvarter_domain::signing::Initials::TABLE,
    kvarter_domain::electronic::SignedVersion::TABLE,
    kvarter_domain::signing::Scan::TABLE,
    kvarter_domain::agreement::Dispatch::TABLE,
    kvarter_domain::agreement::Letter::TABLE,
    kvarter_domain::agreement::Sent::TABLE,
    kvarter_domain::agreement::Receipt::TABLE,
    kvarter_domain::agreement::Return::TABLE,
    kvarter_domain::agreement::Returned::TABLE,
    kvarter_domain::agreement::Custody::TABLE,
    kvarter_domain::agreement::InForce::TABLE,
    kvarter_domain::duty::Duty::TABLE,
    kvarter_domain::duty::Discharge::TABLE,
    kvarter_domain::duty::Extension::TABLE,
    kvarter_domain::duty::AgreedDay::TABLE,
    kvarter_domain::duty::Occurrence::TABLE,
    kvarter_domain::correction::Correction::TABLE,
    kvarter_domain::partnership::Partner::TABLE,
    kvarter_domain::partnership::Joining::TABLE,
    kvarter_domain::partnership::Departure::TABLE,
    kvarter_domain::partnership::Invitation::TABLE,
    kvarter_domain::partnership::InvitationAnswer::TABLE,
    kvarter_domain::partnership::OrganisationDescription::TABLE,
    kvarter_domain::partnership::WorkingGroup::TABLE,
    kvarter_domain::partnership::GroupMember::TABLE,
    kvarter_domain::partnership::GroupDeparture::TABLE,
    kvarter_domain::partnership::Meeting::TABLE,
    kvarter_domain::partnership::RegionalContact::TABLE,
    kvarter_domain::partnership::Dialogue::TABLE,
    kvarter_domain::partnership::DialogueResponse::TABLE,
    kvarter_domain::partnership::Need::TABLE,
    kvarter_domain::partnership::NeedAnswer::TABLE,
    kvarter_domain::observation::ObservationFile::TABLE,
    kvarter_domain::plan::PlanVersion::TABLE,
    kvarter_domain::plan::PlanContent::TABLE,
    kvarter_domain::plan::PlanReport::TABLE,
    kvarter_domain::plan::acceptance::GoalAcceptance::TABLE,
    kvarter_domain::collaboration::CollaborationVersion::TABLE,
    kvarter_domain::collaboration::CollaborationTerms::TABLE,
    kvarter_domain::collaboration::CollaborationSignature::TABLE,
    kvarter_domain::collaboration::CollaborationRenewal::TABLE,
    kvarter_domain::collaboration::CollaborationConfirmation::TABLE,
    kvarter_domain::collaboration::RevisionNeed::TABLE,
    kvarter_domain::collaboration::CollaborationReport::TABLE,
];

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// An event is not there.
    EventMissing,
    /// An event is there that the log has no place for.
    EventUnknown,
    /// An event is not what its leaf says.
    EventAltered,
    /// A hash inside the tree is missing, altered or has no place.
    TreeAltered,
    /// The log's head is missing or does not say what the events say.
    HeadAltered,
    /// The log is not the one that the checkpoint was taken of, or has been made anew.
    HistoryRewritten,
    /// The log is shorter than the checkpoint says.
    HistoryCutShort,
    /// A fact is not there.
    FactMissing,
    /// A fact is there that no event covers.
    FactUnknown,
    /// A fact is not what it was.
    FactAltered,
    /// A document is not there.
    DocumentMissing,
    /// A document's bytes are not what they were.
    DocumentAltered,
    /// A table cannot be read.
    Unreadable,
    /// The checkpoint is of a log with another name.
    OtherLog,
    /// A table, a column, a view, a trigger or a rule is there that is none of ours.
    SchemaForeign,
    /// A table or a column of ours is not there.
    SchemaMissing,
    /// A migration was applied with another text than ours, or is said to have been.
    MigrationAltered,
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong.
    pub trouble: Trouble,
    /// In which table, if in one.
    pub table: Option<String>,
    /// The key of the row, or the document's digest.
    pub key: Option<String>,
    /// The event that recorded it.
    pub seq: Option<i64>,
    /// What the engine said, or what stands there instead.
    pub detail: Option<String>,
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many events the log has.
    pub size: u64,
    /// The root over them as recomputed, in hexadecimal.
    pub root: String,
    /// How many facts were compared.
    pub facts: u64,
    /// How many documents were read through.
    pub documents: u64,
    /// The size of the checkpoint that the log was compared with.
    pub checkpoint: Option<u64>,
    /// What is not as it was.
    pub findings: Vec<Finding>,
    /// How many more findings there are than are written out.
    pub more_findings: u64,
    /// Documents that are kept and that no fact names, at most so many. They are no findings: what was handed
    /// in and then refused leaves its bytes behind. But someone may have laid them there.
    pub strays: Vec<String>,
}

impl Report {
    /// Whether everything is as it was.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// The documents that are kept and that no fact names.
pub(crate) async fn strays(tx: &mut ReadTx, blobs: &Blobs, most: usize) -> Result<Vec<String>> {
    let rows = tx.rows("select digest from document".to_owned(), &[]).await?;
    let named: HashSet<String> = rows.iter().map(|row| row.text("digest")).collect::<Result<_>>()?;
    let kept = blobs.all().await?;
    Ok(kept.into_iter().filter(|name| !named.contains(name)).take(most).collect())
}

/// How far verification has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Events recomputed.
    pub events: u64,
    /// Of how many.
    pub events_total: u64,
    /// Documents read through.
    pub documents: u64,
}

/// The facts that events of one batch cover: by table and key, the digest and the event.
type Expected = HashMap<(String, String), (String, i64)>;

struct Verification<'a> {
    report: Report,
    frontier: Frontier,
    checkpoint: Option<&'a Checkpoint>,
    root_at_checkpoint: Option<Hash>,
    nodes: u64,
    /// Tables that are not there, or not whole.
    absent: HashSet<String>,
}

pub(crate) async fn verify(
    tx: &mut ReadTx,
    blobs: &Blobs,
    origin: &str,
    checkpoint: Option<&Checkpoint>,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report> {
    let mut v = Verification {
        report: Report {
            size: 0,
            root: String::new(),
            facts: 0,
            documents: 0,
            checkpoint: checkpoint.map(|c| c.size),
            findings: Vec::new(),
            more_findings: 0,
            strays: Vec::new(),
        },
        frontier: Frontier::default(),
        checkpoint,
        root_at_checkpoint: None,
        nodes: 0,
        absent: HashSet::new(),
    };
    v.note_checkpoint();
    v.schema(tx).await?;
    let head = v.head(tx).await?;
    let last = v.last(tx, head.as_ref()).await?;
    let total = u64::try_from(last).unwrap_or(0);
    v.outside(tx, last).await?;
    let mut from = 1;
    loop {
        let to = from + BATCH - 1;
        let (events, expected) = v.events(tx, from, to, last).await?;
        v.nodes(tx, &events).await?;
        v.facts(tx, from, to, expected).await?;
        progress(Progress { events: v.frontier.size, events_total: total, documents: 0 });
        if to >= last {
            break;
        }
        from = to + 1;
    }
    v.compare_head(head.as_ref());
    v.count_nodes(tx).await?;
    v.compare_checkpoint(origin);
    v.documents(tx, blobs, progress).await?;
    if !v.absent.contains("document") {
        v.report.strays = strays(tx, blobs, STRAYS_MAX).await?;
    }
    v.report.size = v.frontier.size;
    v.report.root = hex::encode(v.frontier.root());
    Ok(v.report)
}

impl Verification<'_> {
    fn find(
        &mut self,
        trouble: Trouble,
        table: &str,
        key: Option<String>,
        seq: Option<i64>,
        detail: Option<String>,
    ) {
        if self.report.findings.len() >= FINDINGS_MAX {
            self.report.more_findings += 1;
            return;
        }
        let table = Some(table.to_owned());
        self.report.findings.push(Finding { trouble, table, key, seq, detail });
    }

    fn note_checkpoint(&mut self) {
        if self.checkpoint.is_some_and(|c| c.size == self.frontier.size) {
            self.root_at_checkpoint = Some(self.frontier.root());
        }
    }

    /// That the schema is what the migrations made, and that they were ours.
    async fn schema(&mut self, tx: &mut ReadTx) -> Result<()> {
        let differences = schema::differences(tx).await?;
        // What is not whole is not read: that has been told, and one engine gives up at the first failure.
        self.absent = differences.missing.iter().filter_map(|name| schema::table_of(name)).collect();
        for (trouble, names) in
            [(Trouble::SchemaForeign, differences.foreign), (Trouble::SchemaMissing, differences.missing)]
        {
            for name in names {
                let kind_and_name = name.split_once(' ').unwrap_or(("", &name));
                self.find(trouble, kind_and_name.0, Some(kind_and_name.1.to_owned()), None, None);
            }
        }
        if !self.absent.contains("migration") {
            for name in migrate::altered(tx).await? {
                self.find(Trouble::MigrationAltered, "migration", Some(name), None, None);
            }
        }
        Ok(())
    }

    /// The rows of a statement, or a finding if they cannot be read. Without the engine there is nothing
    /// to verify, and that is an error.
    async fn rows(
        &mut self,
        tx: &mut ReadTx,
        table: &str,
        statement: String,
        bound: &[Bind],
    ) -> Result<Vec<sqlx::any::AnyRow>> {
        if self.absent.contains(table) {
            return Ok(Vec::new());
        }
        match tx.rows(statement, bound).await {
            Ok(rows) => Ok(rows),
            Err(StoreError::Corrupt(error) | StoreError::Malformed(error)) => {
                self.find(Trouble::Unreadable, table, None, None, Some(error));
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    async fn head(&mut self, tx: &mut ReadTx) -> Result<Option<(i64, String, String)>> {
        let rows = self.rows(
            tx,
            "log_head",
            "select id, size, root, frontier from log_head order by id".into(),
            &[],
        );
        let rows = rows.await?;
        let read = rows.first().filter(|_| rows.len() == 1).and_then(|row| {
            let head = (row.integer("size").ok()?, row.text("root").ok()?, row.text("frontier").ok()?);
            (row.integer("id").ok()? == 1).then_some(head)
        });
        if read.is_none() {
            self.find(Trouble::HeadAltered, "log_head", None, None, None);
        }
        Ok(read)
    }

    /// The last event there should be. The head says so, unless it is plainly wrong: then the events are
    /// counted, so that a meddled head does not send us looking for what never was.
    async fn last(&mut self, tx: &mut ReadTx, head: Option<&(i64, String, String)>) -> Result<i64> {
        let count = "select count(*) as n from event".to_owned();
        let rows = self.rows(tx, "event", count, &[]).await?;
        let counted = rows.first().and_then(|row| row.integer("n").ok()).unwrap_or(0);
        let said = head.map_or(counted, |(size, ..)| *size);
        Ok(said.min(counted.saturating_mul(2).saturating_add(1_000)).max(counted))
    }

    /// Rows whose event is none of the log's, and events outside it.
    async fn outside(&mut self, tx: &mut ReadTx, total: i64) -> Result<()> {
        let bound = [Bind::from(total)];
        let events = "select seq from event where seq < 1 or seq > $1 order by seq limit 1000".to_owned();
        for row in self.rows(tx, "event", events, &bound).await? {
            self.find(Trouble::EventUnknown, "event", None, row.integer("seq").ok(), None);
        }
        for table in TABLES {
            let rows = format!("{} where event < 1 or event > $1 limit 1000", table.select_rows());
            for row in self.rows(tx, table.name, rows, &bound).await? {
                let key = table.decode(&row).ok().map(|values| table.key_of(&values));
                self.find(Trouble::FactUnknown, table.name, key, table.event(&row).ok(), None);
            }
        }
        Ok(())
    }

    /// Recomputes a batch of events, and gathers the facts they cover and the subtrees they fill.
    async fn events(&mut self, tx: &mut ReadTx, from: i64, to: i64, last: i64) -> Result<(Filled, Expected)> {
        let mut filled = Filled::new();
        let mut expected = Expected::new();
        let mut next = from;
        let last = to.min(last);
        while next <= last {
            // A thousand at a time: a row is much larger than what is kept of it.
            let until = last.min(next + 999);
            let rows = log::select_between();
            let rows = self.rows(tx, "event", rows, &[Bind::from(next), Bind::from(until)]).await?;
            for row in &rows {
                let stored = match Stored::from_row(row) {
                    Ok(stored) => stored,
                    Err(error) => {
                        let seq = row.integer("seq").ok();
                        self.find(Trouble::EventAltered, "event", None, seq, Some(error.to_string()));
                        continue;
                    }
                };
                self.missing(stored.seq, &mut filled);
                self.event(&stored, &mut filled, &mut expected);
            }
            self.missing(until + 1, &mut filled);
            next = until + 1;
        }
        Ok((filled, expected))
    }

    /// Names the events that are not there; in the tree a hash of nothing takes their place.
    fn missing(&mut self, found: i64, filled: &mut Filled) {
        let next = i64::try_from(self.frontier.size).unwrap_or(i64::MAX).saturating_add(1);
        for seq in next..found {
            self.find(Trouble::EventMissing, "event", None, Some(seq), None);
            self.push([0; 32], filled);
        }
    }

    fn event(&mut self, stored: &Stored, filled: &mut Filled, expected: &mut Expected) {
        let leaf = merkle::leaf(&stored.leaf_input());
        if stored.leaf != hex::encode(leaf) {
            self.find(Trouble::EventAltered, "event", None, Some(stored.seq), None);
        }
        // The tree is built of the leaves as they stand, so that an event altered in its content alone is
        // one finding and not a whole tree of them.
        self.push(log::hash(&stored.leaf).unwrap_or(leaf), filled);
        match stored.covered() {
            Ok(covered) => {
                for fact in covered {
                    expected.insert((fact.table, fact.key), (fact.digest, stored.seq));
                }
            }
            Err(error) => {
                self.find(Trouble::EventAltered, "event", None, Some(stored.seq), Some(error.to_string()));
            }
        }
    }

    fn push(&mut self, leaf: Hash, filled: &mut Filled) {
        for (Node { level, index }, hash) in self.frontier.push(leaf) {
            filled.entry(level).or_default().insert(index, hash);
            self.nodes += 1;
        }
        self.note_checkpoint();
    }

    /// Compares the subtrees that a batch filled with those that are stored.
    async fn nodes(&mut self, tx: &mut ReadTx, filled: &Filled) -> Result<()> {
        for (level, nodes) in filled {
            let Some((first, last)) = nodes.keys().next().zip(nodes.keys().next_back()) else { continue };
            let bound = [Bind::from(i64::from(*level)), signed(*first), signed(*last)];
            let select = "select place, hash from log_node where level = $1 and place >= $2 and place <= $3";
            let rows = self.rows(tx, "log_node", select.to_owned(), &bound).await?;
            let mut stored: HashMap<u64, String> = HashMap::new();
            for row in &rows {
                if let (Ok(place), Ok(hash)) = (row.integer("place"), row.text("hash")) {
                    stored.insert(u64::try_from(place).unwrap_or(u64::MAX), hash);
                }
            }
            for (place, hash) in nodes {
                if stored.get(place).is_none_or(|stored| *stored != hex::encode(hash)) {
                    let key = Some(format!("[{level},{place}]"));
                    self.find(Trouble::TreeAltered, "log_node", key, None, None);
                }
            }
        }
        Ok(())
    }

    async fn count_nodes(&mut self, tx: &mut ReadTx) -> Result<()> {
        let count = "select count(*) as n from log_node".to_owned();
        let rows = self.rows(tx, "log_node", count, &[]).await?;
        let stored = rows.first().and_then(|row| row.integer("n").ok());
        if stored != i64::try_from(self.nodes).ok() {
            let detail = Some(format!("{} ≠ {}", stored.unwrap_or(-1), self.nodes));
            self.find(Trouble::TreeAltered, "log_node", None, None, detail);
        }
        Ok(())
    }

    /// Compares every fact that a batch of events recorded.
    async fn facts(&mut self, tx: &mut ReadTx, from: i64, to: i64, mut expected: Expected) -> Result<()> {
        for table in TABLES {
            // A few thousand events at a time, for the rows are held in memory.
            let mut low = from;
            let last = to.min(i64::try_from(self.frontier.size).unwrap_or(i64::MAX));
            while low <= last {
                let high = last.min(low + 1_999);
                let rows = format!("{} where event >= $1 and event <= $2", table.select_rows());
                let bound = [Bind::from(low), Bind::from(high)];
                for row in self.rows(tx, table.name, rows, &bound).await? {
                    self.fact(table, &row, &mut expected);
                }
                low = high + 1;
            }
        }
        let mut missing: Vec<_> = expected.into_iter().collect();
        missing.sort();
        for ((table, key), (_, seq)) in missing {
            self.find(Trouble::FactMissing, &table, Some(key), Some(seq), None);
        }
        Ok(())
    }

    fn fact(&mut self, table: &Table, row: &sqlx::any::AnyRow, expected: &mut Expected) {
        self.report.facts += 1;
        let event = table.event(row).ok();
        let values = match table.decode(row) {
            Ok(values) => values,
            Err(error) => {
                self.find(Trouble::FactAltered, table.name, None, event, Some(error.to_string()));
                return;
            }
        };
        let key = table.key_of(&values);
        match expected.remove(&(table.name.to_owned(), key.clone())) {
            None => self.find(Trouble::FactUnknown, table.name, Some(key), event, None),
            Some((digest, seq)) if digest != table.digest_of(values) || event != Some(seq) => {
                self.find(Trouble::FactAltered, table.name, Some(key), Some(seq), None);
            }
            Some(_) => {}
        }
    }

    fn compare_head(&mut self, head: Option<&(i64, String, String)>) {
        let Some((size, root, frontier)) = head else { return };
        let same = u64::try_from(*size) == Ok(self.frontier.size)
            && *root == hex::encode(self.frontier.root())
            && *frontier == log::spell(&self.frontier);
        if !same {
            self.find(Trouble::HeadAltered, "log_head", None, None, Some(format!("{size} {root}")));
        }
    }

    fn compare_checkpoint(&mut self, origin: &str) {
        let Some(checkpoint) = self.checkpoint else { return };
        if checkpoint.origin != origin {
            self.find(Trouble::OtherLog, "event", Some(checkpoint.origin.clone()), None, None);
        }
        let seq = i64::try_from(checkpoint.size).ok();
        match self.root_at_checkpoint {
            None => self.find(Trouble::HistoryCutShort, "event", None, seq, None),
            Some(root) if hex::encode(root) != checkpoint.root => {
                self.find(Trouble::HistoryRewritten, "event", None, seq, None);
            }
            Some(_) => {}
        }
    }

    /// Reads through every document that there is a fact of.
    async fn documents(
        &mut self,
        tx: &mut ReadTx,
        blobs: &Blobs,
        progress: &mut (dyn FnMut(Progress) + Send),
    ) -> Result<()> {
        let select = "select digest, size, event from document order by digest".to_owned();
        for row in self.rows(tx, "document", select, &[]).await? {
            // What cannot be read of the row is a finding already.
            let (Ok(written), Ok(size)) = (row.text("digest"), row.integer("size")) else { continue };
            let Some(digest) = Digest::parse(&written) else { continue };
            let seq = row.integer("event").ok();
            match blobs.check(&digest).await {
                Ok(actual) if i64::try_from(actual) == Ok(size) => {}
                Ok(_) | Err(StoreError::Corrupt(_)) => {
                    self.find(Trouble::DocumentAltered, "document", Some(written), seq, None);
                }
                Err(StoreError::NotFound(_)) => {
                    self.find(Trouble::DocumentMissing, "document", Some(written), seq, None);
                }
                Err(error) => return Err(error),
            }
            self.report.documents += 1;
            let events = self.frontier.size;
            progress(Progress { events, events_total: events, documents: self.report.documents });
        }
        Ok(())
    }
}

/// Subtrees by level and place.
type Filled = BTreeMap<u32, BTreeMap<u64, Hash>>;

fn signed(place: u64) -> Bind {
    Bind::from(i64::try_from(place).unwrap_or(i64::MAX))
}
