//! The live schema on SQLite.

use std::sync::Arc;

use kernel::Kernel;
use kernel::clock::ManualClock;
use kernel::config::Config;
use kernel::kernel::NewTenant;
use kernel::keys::RootKey;
use kernel::store::PLATFORM;
use migrations::Backend;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use super::described::{of_the_platform, steps, tables};
use crate::house::manifests;

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a law looks behind the store's back")]
async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("SQLite opens")
}

/// The rows of a query, each column as text.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn rows(db: &DatabaseConnection, sql: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let found = db.query_all_raw(statement).await.expect("the query runs");
    let text = |row: &sea_orm::QueryResult, column: &str| {
        let text = row.try_get::<Option<String>>("", column).map(Option::unwrap_or_default);
        text.or_else(|_| row.try_get::<i64>("", column).map(|n| n.to_string())).expect("text or a number")
    };
    found.iter().map(|row| columns.iter().map(|c| text(row, c)).collect()).collect()
}

const TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/// Tables without a key, and foreign keys no index begins with.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn flaws(db: &DatabaseConnection) -> Vec<String> {
    let mut found = Vec::new();
    for table in rows(db, TABLES, &["name"]).await.concat() {
        let key = rows(db, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0"), &["name"]).await;
        if key.is_empty() {
            found.push(format!("{table}: no primary key"));
        }
        let leading = format!(
            "SELECT i.name AS name FROM pragma_index_list('{table}') AS l, pragma_index_info(l.name) AS i \
             WHERE i.seqno = 0 AND l.partial = 0 AND i.name IS NOT NULL \
             UNION SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"
        );
        let leading = rows(db, &leading, &["name"]).await.concat();
        let pointing = format!("SELECT \"from\" AS name FROM pragma_foreign_key_list('{table}')");
        for column in rows(db, &pointing, &["name"]).await.concat() {
            if !leading.contains(&column) {
                found.push(format!("{table}.{column}: points elsewhere without an index"));
            }
        }
    }
    found
}

/// `table.column` of everything there is.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn columns(db: &DatabaseConnection) -> Vec<String> {
    let mut all = Vec::new();
    for table in rows(db, TABLES, &["name"]).await.concat() {
        let names = rows(db, &format!("SELECT name FROM pragma_table_info('{table}')"), &["name"]).await.concat();
        all.extend(names.into_iter().map(|name| format!("{table}.{name}")));
    }
    all.sort();
    all
}

/// Everything SQLite knows of its schema, as it was written.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn schema(db: &DatabaseConnection) -> Vec<Vec<String>> {
    rows(db, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name", &["type", "name", "sql"]).await
}

/// A house on SQLite with the platform and one city.
async fn house(dir: &std::path::Path) -> Arc<Kernel> {
    let mut config = Config::load(None, std::iter::empty()).expect("the defaults load");
    config.data_dir = dir.to_path_buf();
    let noon = chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a moment in 2026");
    let kernel = Kernel::build(config, Arc::new(ManualClock::at(noon)), RootKey::new([7; 32]), manifests());
    kernel.ensure_platform(None).await.expect("the platform is made");
    let taiyuan = NewTenant {
        code: "140100".to_owned(),
        slug: "taiyuan".to_owned(),
        name_zh: "太原市".to_owned(),
        name_en: "Taiyuan".to_owned(),
        hotline: None,
    };
    kernel.create_tenant(taiyuan, None).await.expect("the city is made");
    kernel
}

#[tokio::test]
async fn every_table_has_a_key_and_every_foreign_key_an_index() {
    let dir = tempfile::tempdir().expect("a folder");
    let kernel = house(dir.path()).await;
    for code in [PLATFORM, "140100"] {
        let file = kernel.store.file(code).expect("SQLite keeps files");
        let db = connect(&format!("sqlite:{}?mode=ro", file.display())).await;
        assert_eq!((code, flaws(&db).await), (code, Vec::new()));
    }
}

#[tokio::test]
async fn the_live_schema_is_what_the_migrations_describe_and_a_city_lacks_the_platforms_tables() {
    let dir = tempfile::tempdir().expect("a folder");
    let kernel = house(dir.path()).await;
    let platform_only = of_the_platform();
    for code in [PLATFORM, "140100"] {
        let file = kernel.store.file(code).expect("SQLite keeps files");
        let db = connect(&format!("sqlite:{}?mode=ro", file.display())).await;
        let described = tables();
        let mut expected: Vec<String> = described
            .iter()
            .filter(|(table, _)| code == PLATFORM || !platform_only.contains(table))
            .flat_map(|(table, columns)| columns.keys().map(move |column| format!("{table}.{column}")))
            .chain(["checksum", "name", "owner"].map(|column| format!("migration_ledger.{column}")))
            .collect();
        expected.sort();
        assert_eq!((code, columns(&db).await), (code, expected));
    }
}

#[tokio::test]
async fn the_way_down_leaves_nothing_and_the_way_up_again_leads_to_the_same() {
    let dir = tempfile::tempdir().expect("a folder");
    let db = connect(&format!("sqlite:{}?mode=rwc", dir.path().join("law.sqlite").display())).await;
    let up = migrations::up(&steps(), Backend::Sqlite);
    for statement in &up {
        db.execute_unprepared(statement).await.expect("a step up");
    }
    let first = schema(&db).await;
    assert!(first.len() > tables().len(), "the way up leads somewhere");
    for statement in migrations::down(&steps(), Backend::Sqlite) {
        db.execute_unprepared(&statement).await.expect("a step down");
    }
    assert_eq!(schema(&db).await, Vec::<Vec<String>>::new());
    for statement in &up {
        db.execute_unprepared(statement).await.expect("a step up again");
    }
    assert_eq!(schema(&db).await, first);
}

#[tokio::test]
async fn a_table_without_a_key_and_a_foreign_key_without_an_index_are_caught() {
    let dir = tempfile::tempdir().expect("a folder");
    let db = connect(&format!("sqlite:{}?mode=rwc", dir.path().join("law.sqlite").display())).await;
    for statement in [
        "CREATE TABLE a (id BLOB NOT NULL PRIMARY KEY) STRICT",
        "CREATE TABLE b (a_id BLOB REFERENCES a (id)) STRICT",
        "CREATE TABLE c (id BLOB NOT NULL PRIMARY KEY, a_id BLOB REFERENCES a (id), n INTEGER) STRICT",
        "CREATE INDEX c_n_a ON c (n, a_id)",
        "CREATE INDEX c_a_some ON c (a_id) WHERE n = 1",
        "CREATE TABLE d (id BLOB NOT NULL PRIMARY KEY, a_id BLOB REFERENCES a (id)) STRICT",
        "CREATE INDEX d_a ON d (a_id)",
    ] {
        db.execute_unprepared(statement).await.expect("planted");
    }
    assert_eq!(
        flaws(&db).await,
        ["b: no primary key", "b.a_id: points elsewhere without an index", "c.a_id: points elsewhere without an index"]
    );
}
