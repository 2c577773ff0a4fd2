//! What a database says of itself, and that every column is accounted for.

use crate::house::House;
use kvarter_store::verify::TABLES;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, BTreeSet};

on_each_engine![
    every_table_with_an_event_is_covered_by_the_log_and_every_column_is_a_field,
    no_state_is_stored_that_could_be_worked_out,
    every_column_is_declared_public_or_not,
];

async fn lines(connection: &mut AnyConnection, select: &str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(select.to_owned())).fetch_all(connection).await;
    rows.unwrap_or_else(|error| panic!("{select}: {error}")).iter().map(|row| row.get("line")).collect()
}

/// The names of the tables.
pub(crate) async fn tables(house: &House) -> Vec<String> {
    let select = if house.is_sqlite() {
        "select name as line from sqlite_master where type = 'table' order by name"
    } else {
        "select cast(tablename as text) as line from pg_tables where schemaname = current_schema() order by 1"
    };
    lines(&mut house.burglar().await, select).await
}

/// The columns, as `table.column`.
async fn columns(house: &House) -> BTreeSet<String> {
    let select = if house.is_sqlite() {
        "select m.name || '.' || c.name as line from sqlite_master m, pragma_table_info(m.name) c \
         where m.type = 'table'"
    } else {
        "select table_name || '.' || column_name as line from information_schema.columns \
         where table_schema = current_schema()"
    };
    lines(&mut house.burglar().await, select).await.into_iter().collect()
}

/// Every column, key, reference and index, one line each.
pub(crate) async fn describe(house: &House) -> BTreeSet<String> {
    let selects: &[&str] = if house.is_sqlite() {
        &[
            "select m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk || ' ' || \
             coalesce(c.dflt_value, '') as line from sqlite_master m, pragma_table_info(m.name) c \
             where m.type = 'table'",
            "select m.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" as line \
             from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'",
            "select m.name || ' index ' || l.\"unique\" || ' ' || (select group_concat(i.name) \
             from pragma_index_info(l.name) i) as line \
             from sqlite_master m, pragma_index_list(m.name) l where m.type = 'table'",
        ]
    } else {
        &[
            "select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || \
             coalesce(column_default, '') as line from information_schema.columns \
             where table_schema = current_schema()",
            "select cast(conrelid as regclass) || ' ' || pg_get_constraintdef(oid) as line from pg_constraint \
             where connamespace = (select oid from pg_namespace where nspname = current_schema())",
            "select replace(indexdef, schemaname || '.', '') as line from pg_indexes \
             where schemaname = current_schema()",
        ]
    };
    let mut described = BTreeSet::new();
    let mut burglar = house.burglar().await;
    for select in selects {
        described.extend(lines(&mut burglar, select).await);
    }
    described
}

async fn every_table_with_an_event_is_covered_by_the_log_and_every_column_is_a_field(house: &House) {
    let found = columns(house).await;
    let with_event: BTreeSet<&str> =
        found.iter().filter_map(|column| column.strip_suffix(".event")).collect();
    let covered: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(with_event, covered);
    for table in TABLES {
        let own = found.iter().filter_map(|c| c.strip_prefix(table.name)?.strip_prefix('.'));
        let own: BTreeSet<&str> = own.filter(|column| *column != "event").collect();
        let fields: BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(own, fields, "{}", table.name);
    }
}

async fn no_state_is_stored_that_could_be_worked_out(house: &House) {
    for column in columns(house).await {
        assert!(!column.ends_with(".status"), "{column}");
    }
}

/// Nothing becomes public unless `publication.toml` says so, column by column.
async fn every_column_is_declared_public_or_not(house: &House) {
    let declared: toml::Table = include_str!("../../publication.toml").parse().expect("it is TOML");
    let mut declarations = BTreeMap::new();
    for (table, columns) in declared {
        let toml::Value::Table(columns) = columns else { panic!("{table} is not a table") };
        for (column, visibility) in columns {
            let visibility = visibility.as_str().expect("a word").to_owned();
            let words = ["public", "unless-separated", "party", "own", "never"];
            assert!(words.contains(&visibility.as_str()), "{table}.{column}: {visibility}");
            declarations.insert(format!("{table}.{column}"), visibility);
        }
    }
    let found = columns(house).await;
    let declared: BTreeSet<String> = declarations.keys().cloned().collect();
    let undeclared: Vec<_> = found.difference(&declared).collect();
    assert!(undeclared.is_empty(), "not in publication.toml: {undeclared:?}");
    let unknown: Vec<_> = declared.difference(&found).collect();
    assert!(unknown.is_empty(), "in publication.toml but not in the schema: {unknown:?}");
}
