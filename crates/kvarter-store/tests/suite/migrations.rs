//! The schema comes from the migrations, and from nothing else.

use crate::catalogue;
use crate::house::{House, connect, execute, leave, on_postgres, on_sqlite};
use kvarter_store::{Store, StoreError};
use sqlx::AssertSqlSafe;

on_each_engine![
    crate::house::empty:
    migrating_twice_is_migrating_once,
    two_who_migrate_at_once_do_not_get_in_each_others_way,
    a_database_newer_than_the_program_is_left_alone,
    a_history_that_is_not_ours_is_refused,
    the_schema_as_written_is_the_schema_as_migrated,
];

async fn migrating_twice_is_migrating_once(house: &House) {
    let pending = house.store.pending_migrations().await.expect("they are known");
    assert_eq!(pending.first().map(String::as_str), Some("0001_log"));
    assert_eq!(house.store.migrate().await, Ok(pending));
    assert_eq!(house.store.migrate().await, Ok(vec![]));
    assert_eq!(house.store.pending_migrations().await, Ok(vec![]));
}

async fn two_who_migrate_at_once_do_not_get_in_each_others_way(house: &House) {
    let second = Store::open(&house.settings).await.expect("a second store");
    let (one, two) = tokio::join!(house.store.migrate(), second.migrate());
    let applied = one.expect("the one").len() + two.expect("the other").len();
    let tables = catalogue::tables(house).await.len();
    assert!(applied >= 6 && tables > 30, "{applied} migrations, {tables} tables");
    second.close().await;
}

async fn a_database_newer_than_the_program_is_left_alone(house: &House) {
    house.store.migrate().await.expect("a schema");
    let mut burglar = house.burglar().await;
    execute(&mut burglar, "insert into migration (name, digest) values ('9999_future', 'x')").await;
    let Err(StoreError::Unavailable(why)) = house.store.migrate().await else { panic!("it went on") };
    assert!(why.contains("9999_future") && why.contains("newer"), "{why}");
    assert!(matches!(house.store.pending_migrations().await, Err(StoreError::Unavailable(_))));
}

async fn a_history_that_is_not_ours_is_refused(house: &House) {
    house.store.migrate().await.expect("a schema");
    let mut burglar = house.burglar().await;
    execute(&mut burglar, "update migration set digest = 'x' where name = '0003_registry'").await;
    let Err(StoreError::Corrupt(why)) = house.store.migrate().await else { panic!("it went on") };
    assert!(why.contains("0003_registry"), "{why}");
    execute(&mut burglar, "delete from migration where name = '0003_registry'").await;
    assert!(matches!(house.store.migrate().await, Err(StoreError::Corrupt(_))));
}

/// `schema.sql` is the schema today, written out for people; it is kept equal to what the migrations make.
async fn the_schema_as_written_is_the_schema_as_migrated(house: &House) {
    let written = include_str!("../../schema.sql");
    let mut connection = connect(&house.settings.database).await;
    sqlx::raw_sql(AssertSqlSafe(written)).execute(&mut connection).await.expect("schema.sql is SQL");
    let as_written = catalogue::describe(house).await;
    drop(connection);
    let migrated =
        if house.is_sqlite() { on_sqlite().await } else { on_postgres().await.expect("as before") };
    migrated.store.migrate().await.expect("a schema");
    let as_migrated = catalogue::describe(&migrated).await;
    assert!(!as_migrated.is_empty());
    for line in &as_migrated {
        assert!(as_written.contains(line), "schema.sql lacks: {line}");
    }
    for line in &as_written {
        assert!(as_migrated.contains(line), "schema.sql has what the migrations do not make: {line}");
    }
    leave(migrated).await;
}
