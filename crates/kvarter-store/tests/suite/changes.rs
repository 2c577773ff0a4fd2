//! Goal T4: any change made behind the store's back is found.

use crate::house::{House, chance, execute, how_many};
use crate::world;
use kvarter_store::verify::{TABLES, Trouble};
use rand::rngs::SmallRng;
use rand::{Rng as _, RngExt as _};
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use std::fs;
use std::path::PathBuf;

on_each_engine![
    every_random_change_to_a_table_is_found,
    every_random_change_to_a_document_is_found,
    a_finding_names_the_table_the_key_and_the_event,
    what_is_foreign_in_the_schema_is_found,
    an_altered_migration_and_a_missing_table_are_found_and_a_stray_document_is_named,
    a_log_without_a_head_or_with_a_mad_one_is_verified_all_the_same,
];

/// The log's own tables, beside those of the facts.
const LOG: [(&str, &[&str]); 3] =
    [("event", &["seq"]), ("log_node", &["level", "place"]), ("log_head", &["id"])];

/// A table of the database as a burglar sees it.
struct Cabinet {
    name: String,
    key: Vec<String>,
    columns: Vec<String>,
    numbers: Vec<String>,
}

fn cabinets() -> Vec<Cabinet> {
    let facts = TABLES.iter().map(|table| {
        let number = |c: &&kvarter_store::fact::Column| c.kind == kvarter_store::fact::Kind::Integer;
        let mut numbers: Vec<String> =
            table.columns.iter().filter(number).map(|c| c.name.to_owned()).collect();
        numbers.push("event".into());
        let columns = table.columns.iter().map(|c| c.name.to_owned()).chain(["event".to_owned()]).collect();
        let key = table.key.iter().map(|name| (*name).to_owned()).collect();
        Cabinet { name: table.name.into(), key, columns, numbers }
    });
    let log = LOG.iter().map(|(name, key)| {
        let (columns, numbers): (&[&str], &[&str]) = match *name {
            "event" => (
                &["seq", "recorded_at", "actor", "act", "subject", "summary", "facts", "salt", "leaf"],
                &["seq"],
            ),
            "log_node" => (&["level", "place", "hash"], &["level", "place"]),
            _ => (&["size", "root", "frontier"], &["size"]),
        };
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Cabinet { name: (*name).into(), key: owned(key), columns: owned(columns), numbers: owned(numbers) }
    });
    facts.chain(log).collect()
}

impl Cabinet {
    fn is_number(&self, column: &str) -> bool {
        self.numbers.iter().any(|name| name == column)
    }

    /// Everything in it, to see whether a change changed anything.
    async fn contents(&self, burglar: &mut AnyConnection, sqlite: bool) -> Vec<String> {
        let columns = self.columns.iter().map(|c| match sqlite {
            // SQLite keeps in a cell whatever is put there; its `quote` shows of what kind it is.
            true => format!("quote(\"{c}\")"),
            false => format!("coalesce(cast(\"{c}\" as text), '∅')"),
        });
        let row = columns.collect::<Vec<_>>().join(" || '|' || ");
        let order = self.key.iter().map(|k| format!("\"{k}\"")).collect::<Vec<_>>().join(", ");
        let select = format!("select {row} as everything from \"{}\" order by {order}", self.name);
        let rows = sqlx::query(AssertSqlSafe(select)).fetch_all(burglar).await.expect("the rows");
        rows.iter().map(|row| row.get("everything")).collect()
    }

    /// A condition that one row fulfils.
    async fn some_row(&self, burglar: &mut AnyConnection, chance: &mut SmallRng) -> Option<String> {
        let key = self.key.iter().map(|k| format!("cast(\"{k}\" as text) as \"{k}\"")).collect::<Vec<_>>();
        let select = format!("select {} from \"{}\" order by 1", key.join(", "), self.name);
        let rows = sqlx::query(AssertSqlSafe(select)).fetch_all(burglar).await.expect("the rows");
        if rows.is_empty() {
            return None;
        }
        let row = &rows[chance.random_range(0..rows.len())];
        let part = |k: &String| {
            let value: String = row.get(k.as_str());
            format!("cast(\"{k}\" as text) = '{}'", value.replace('\'', "''"))
        };
        Some(self.key.iter().map(part).collect::<Vec<_>>().join(" and "))
    }

    /// A statement that changes something.
    async fn change(
        &self,
        burglar: &mut AnyConnection,
        chance: &mut SmallRng,
        sqlite: bool,
    ) -> Option<String> {
        let row = self.some_row(burglar, chance).await?;
        let column = &self.columns[chance.random_range(0..self.columns.len())];
        let set = |value: String| format!("update \"{}\" set \"{column}\" = {value} where {row}", self.name);
        Some(match chance.random_range(0..10) {
            0 => format!("delete from \"{}\" where {row}", self.name),
            1 | 2 => {
                // Another row's cell in this one's place.
                let other = self.some_row(burglar, chance).await?;
                set(format!("(select \"{column}\" from \"{}\" where {other})", self.name))
            }
            3 => {
                // A row more: this one once again under another key.
                let key = &self.key[chance.random_range(0..self.key.len())];
                let columns = self.columns.iter().map(|c| match c == key {
                    true if self.is_number(c) => format!("\"{c}\" + {}", chance.random_range(1..50)),
                    true => format!("\"{c}\" || '{}'", chance.random_range(1..50)),
                    false => format!("\"{c}\""),
                });
                let columns = columns.collect::<Vec<_>>().join(", ");
                let names = self.columns.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(", ");
                format!("insert into \"{0}\" ({names}) select {columns} from \"{0}\" where {row}", self.name)
            }
            4 => set("null".into()),
            5 if sqlite => set(["x'00ff'", "'text'", "1.5", "''"][chance.random_range(0..4)].into()),
            _ if self.is_number(column) => match chance.random_range(0..3) {
                0 => set(format!("\"{column}\" + 1")),
                1 => set(format!("\"{column}\" - {}", chance.random_range(1..5))),
                _ => set(chance.random_range(0..i64::MAX).to_string()),
            },
            _ => match chance.random_range(0..5) {
                0 => set(format!("\"{column}\" || ' '")),
                1 => set(format!("upper(\"{column}\")")),
                2 => set(format!("substr(\"{column}\", 2)")),
                3 => set(format!("replace(\"{column}\", '1', '2')")),
                _ => set("''".into()),
            },
        })
    }
}

/// Takes a copy of every table, to put back what a change took away.
async fn copy_all(burglar: &mut AnyConnection, cabinets: &[Cabinet]) {
    for cabinet in cabinets {
        execute(
            burglar,
            &format!("create temporary table \"kept_{0}\" as select * from \"{0}\"", cabinet.name),
        )
        .await;
    }
}

async fn put_back(burglar: &mut AnyConnection, cabinet: &Cabinet) {
    execute(burglar, &format!("delete from \"{}\"", cabinet.name)).await;
    execute(burglar, &format!("insert into \"{0}\" select * from \"kept_{0}\"", cabinet.name)).await;
}

async fn every_random_change_to_a_table_is_found(house: &House) {
    world::make(house, 3).await;
    assert!(house.is_sound().await);
    let (mut chance, cabinets) = (chance(), cabinets());
    let mut burglar = house.burglar().await;
    copy_all(&mut burglar, &cabinets).await;
    let wanted = how_many("KVARTER_TEST_CHANGES", 340);
    let mut found = std::collections::BTreeMap::<&str, usize>::new();
    let mut changes = 0;
    while changes < wanted {
        let cabinet = &cabinets[(changes + chance.random_range(0..2)) % cabinets.len()];
        let Some(statement) = cabinet.change(&mut burglar, &mut chance, house.is_sqlite()).await else {
            continue;
        };
        let before = cabinet.contents(&mut burglar, house.is_sqlite()).await;
        // What the engine itself refuses needs no finding.
        if sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut burglar).await.is_err() {
            continue;
        }
        if cabinet.contents(&mut burglar, house.is_sqlite()).await == before {
            continue;
        }
        let report = house.report().await;
        assert!(!report.is_sound(), "not found: {statement}");
        put_back(&mut burglar, cabinet).await;
        *found.entry(cabinet.name.as_str()).or_default() += 1;
        changes += 1;
    }
    assert!(house.is_sound().await, "all was put back");
    assert_eq!(found.len(), cabinets.len(), "every table was changed: {found:?}");
}

fn all_documents(house: &House) -> Vec<PathBuf> {
    let shelves = fs::read_dir(house.documents()).expect("the folder").flatten();
    let mut all: Vec<PathBuf> = shelves
        .filter(|shelf| shelf.path().is_dir())
        .flat_map(|shelf| fs::read_dir(shelf.path()).expect("a shelf").flatten().map(|file| file.path()))
        .collect();
    all.sort();
    all
}

async fn every_random_change_to_a_document_is_found(house: &House) {
    world::make(house, 3).await;
    let mut chance = chance();
    let documents = all_documents(house);
    for n in 0..how_many("KVARTER_TEST_CHANGES", 340) / 5 {
        let path = &documents[chance.random_range(0..documents.len())];
        let other = documents.iter().find(|p| *p != path).expect("there are several");
        let (before, before_other) = (fs::read(path).expect("bytes"), fs::read(other).expect("bytes"));
        match n % 5 {
            0 => fs::remove_file(path).expect("it is removed"),
            1 => fs::write(path, &before[..before.len() - 1]).expect("it is cut short"),
            2 => fs::write(path, [&before[..], b"\n"].concat()).expect("it is made longer"),
            3 => {
                fs::write(path, &before_other).expect("they are exchanged");
                fs::write(other, &before).expect("they are exchanged");
            }
            _ => {
                let mut bytes = before.clone();
                let at = chance.random_range(0..bytes.len());
                bytes[at] ^= 1 << (chance.next_u32() % 8);
                fs::write(path, bytes).expect("a bit is turned");
            }
        }
        let report = house.report().await;
        assert!(report.findings.iter().any(|f| f.table.as_deref() == Some("document")), "the {n}th");
        fs::write(path, before).expect("it is put back");
        fs::write(other, before_other).expect("it is put back");
    }
    assert!(house.is_sound().await, "all was put back");
}

async fn a_finding_names_the_table_the_key_and_the_event(house: &House) {
    world::make(house, 1).await;
    let mut burglar = house.burglar().await;
    execute(&mut burglar, "update receipt set received_on = '2008-09-24'").await;
    let report = house.report().await;
    let json = serde_json::to_value(&report.findings).expect("it is written");
    assert_eq!(
        json,
        serde_json::json!([{ "trouble": "fact-altered", "table": "receipt",
            "key": "[\"lua-2008/0180\",\"0180-1-1\"]", "seq": 4, "detail": null }])
    );
    execute(&mut burglar, "update receipt set received_on = '2008-09-25'").await;
    execute(&mut burglar, "delete from event where seq = 3").await;
    let report = house.report().await;
    let missing: Vec<_> = report.findings.iter().filter(|f| f.table.as_deref() == Some("event")).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].seq, Some(3));
}

/// A head that says something absurd must not send the verification looking for what never was.
async fn a_log_without_a_head_or_with_a_mad_one_is_verified_all_the_same(house: &House) {
    world::make(house, 1).await;
    let mut burglar = house.burglar().await;
    for mad in ["9223372036854775807", "-1", "0"] {
        execute(&mut burglar, &format!("update log_head set size = {mad}")).await;
        assert!(!house.is_sound().await, "{mad}");
    }
    execute(&mut burglar, "delete from log_head").await;
    assert!(!house.is_sound().await);
    assert!(matches!(house.store.write().await, Err(kvarter_store::StoreError::Corrupt(_))));
}

async fn what_is_foreign_in_the_schema_is_found(house: &House) {
    world::make(house, 1).await;
    assert!(house.is_sound().await);
    let mut burglar = house.burglar().await;
    let trigger = match house.is_sqlite() {
        true => {
            "create trigger meddler after insert on discharge begin update discharge set met_on = '2009-12-30'; end"
        }
        false => {
            "create trigger meddler before insert on discharge for each row \
             execute function suppress_redundant_updates_trigger()"
        }
    };
    // PostgreSQL allows that function on updates only; what it refuses cannot do harm either.
    let trigger = trigger.replace("before insert", "before update");
    execute(&mut burglar, &trigger).await;
    execute(&mut burglar, "alter table discharge add column aside text").await;
    execute(&mut burglar, "create table shadow (id text)").await;
    let findings = house.report().await.findings;
    let told: Vec<String> = findings
        .iter()
        .filter(|f| f.trouble == Trouble::SchemaForeign)
        .map(|f| format!("{} {}", f.table.as_deref().unwrap_or(""), f.key.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        told,
        ["column discharge.aside", "table shadow", "trigger meddler on discharge"],
        "{findings:?}"
    );
    let differences = house.store.schema_differences().await.expect("the schema is read");
    assert_eq!(differences.foreign.len(), 3);
    assert_eq!(differences.missing, Vec::<String>::new());
}

async fn an_altered_migration_and_a_missing_table_are_found_and_a_stray_document_is_named(house: &House) {
    world::make(house, 1).await;
    house.store.blobs().put(b"laid there by someone").await.expect("a document");
    let report = house.report().await;
    assert!(report.is_sound(), "a document that nothing names harms nothing");
    assert_eq!(report.strays.len(), 1, "{:?}", report.strays);
    let mut burglar = house.burglar().await;
    execute(&mut burglar, "update migration set digest = '00' where name = '0003_registry'").await;
    execute(&mut burglar, "drop table occurrence").await;
    let report = house.report().await;
    let has = |trouble, key: &str| {
        report.findings.iter().any(|f| f.trouble == trouble && f.key.as_deref() == Some(key))
    };
    assert!(has(Trouble::MigrationAltered, "0003_registry"), "{:?}", report.findings);
    assert!(has(Trouble::SchemaMissing, "occurrence"), "{:?}", report.findings);
    assert_eq!(house.store.altered_migrations().await.expect("read"), ["0003_registry"]);
}
