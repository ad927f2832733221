//! The live schema on PostgreSQL: what SQLite cannot tell, and the two roles of a tenant.

use std::collections::BTreeMap;

use kernel::store::PLATFORM;
use migrations::{Backend, ColumnType};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use super::described::{of_the_platform, steps, tables};
use crate::postgres::{Fresh, city, house};

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a law looks behind the store's back")]
async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("PostgreSQL opens")
}

/// The rows of a query whose one column is the text `found`.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn ask(db: &DatabaseConnection, sql: &str, schema: &str) -> Vec<String> {
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [schema.into()]);
    let rows = db.query_all_raw(statement).await.expect("the query runs");
    rows.iter().map(|row| row.try_get("", "found").expect("text")).collect()
}

/// Tables without a key, foreign keys no index begins with, foreign keys that leave the schema, text sorted by a locale.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn flaws(db: &DatabaseConnection, schema: &str) -> Vec<String> {
    let mut found = Vec::new();
    for sql in [
        "SELECT c.relname || ': no primary key' AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $1 AND c.relkind = 'r'
           AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') ORDER BY 1",
        "SELECT c.relname || '.' || a.attname || ': points elsewhere without an index' AS found
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
         WHERE n.nspname = $1 AND k.contype = 'f'
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = k.conkey[1] AND i.indpred IS NULL)
         ORDER BY 1",
        "SELECT c.relname || ': points out of its schema' AS found
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_class t ON t.oid = k.confrelid
         WHERE n.nspname = $1 AND k.contype = 'f' AND t.relnamespace <> c.relnamespace ORDER BY 1",
        "SELECT c.relname || '.' || a.attname || ': sorts by a locale' AS found
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_collation o ON o.oid = a.attcollation
         WHERE n.nspname = $1 AND c.relkind = 'r' AND c.relname <> 'migration_ledger' AND a.attnum > 0 AND o.collname <> 'C'
         ORDER BY 1",
    ] {
        found.extend(ask(db, sql, schema).await);
    }
    found
}

/// `table.column type` of the live schema, `?` behind what may be null.
const COLUMNS: &str = "SELECT table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS found
     FROM information_schema.columns WHERE table_schema = $1 AND table_name <> 'migration_ledger' ORDER BY 1";

const fn spelled(kind: ColumnType) -> &'static str {
    match kind {
        ColumnType::Uuid => "uuid",
        ColumnType::Text => "text",
        ColumnType::Int => "integer",
        ColumnType::BigInt => "bigint",
        ColumnType::Bool => "boolean",
        ColumnType::Moment => "timestamp with time zone",
        ColumnType::Date => "date",
        ColumnType::Bytes => "bytea",
        ColumnType::Json => "jsonb",
        ColumnType::Float => "double precision",
    }
}

/// What the role `$1` may do to which table or schema, wherever it is.
const RIGHTS: &str = "SELECT n.nspname || '.' || c.relname || ' ' || string_agg(p.right, ' ' ORDER BY p.right) AS found
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN (VALUES ('DELETE'), ('INSERT'), ('SELECT'), ('TRUNCATE'), ('UPDATE')) AS p(\"right\")
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
       AND has_table_privilege($1, c.oid, p.right)
     GROUP BY n.nspname, c.relname ORDER BY 1";

#[tokio::test]
async fn every_schema_is_closed_keyed_indexed_and_sorts_by_bytes() {
    let fresh = Fresh::new().await;
    let _kernel = house(&fresh).await;
    let db = connect(&fresh.url).await;
    for code in [PLATFORM, "140100"] {
        assert_eq!((code, flaws(&db, &fresh.schema(code)).await), (code, Vec::new()));
    }
}

#[tokio::test]
async fn the_live_columns_on_postgresql_are_those_the_migrations_describe() {
    let fresh = Fresh::new().await;
    let _kernel = house(&fresh).await;
    let db = connect(&fresh.url).await;
    let mut expected = Vec::new();
    for (table, columns) in tables() {
        for (column, (kind, nullable)) in columns {
            expected.push(format!("{table}.{column} {}{}", spelled(kind), if nullable { "?" } else { "" }));
        }
    }
    expected.sort();
    let mut live = ask(&db, COLUMNS, &fresh.schema(PLATFORM)).await;
    live.sort();
    assert_eq!(live, expected);
}

/// What stands in the schema `$1`: relations, functions, and triggers, each with how it was made.
const MADE: &str =
    "SELECT c.relkind::text || ' ' || c.relname || coalesce(' ' || pg_get_indexdef(i.indexrelid), '') AS found
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
     WHERE n.nspname = $1
     UNION ALL SELECT 'f ' || pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname = $1
     UNION ALL SELECT 't ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND NOT t.tgisinternal
     ORDER BY 1";

#[tokio::test]
async fn the_way_down_leaves_nothing_and_the_way_up_again_leads_to_the_same() {
    let fresh = Fresh::new().await;
    connect(&fresh.url).await.execute_unprepared("CREATE SCHEMA ways").await.expect("a schema is made");
    let db = connect(&format!("{}?options[search_path]=ways", fresh.url)).await;
    let up = migrations::up(&steps(), Backend::Postgres);
    for statement in &up {
        db.execute_unprepared(statement).await.expect("a step up");
    }
    let first = [ask(&db, MADE, "ways").await, ask(&db, COLUMNS, "ways").await];
    assert!(first[0].len() > tables().len(), "the way up leads somewhere");
    for statement in migrations::down(&steps(), Backend::Postgres) {
        db.execute_unprepared(&statement).await.expect("a step down");
    }
    assert_eq!(ask(&db, MADE, "ways").await, Vec::<String>::new());
    for statement in &up {
        db.execute_unprepared(statement).await.expect("a step up again");
    }
    assert_eq!([ask(&db, MADE, "ways").await, ask(&db, COLUMNS, "ways").await], first);
}

#[tokio::test]
async fn a_citys_role_reads_and_writes_its_own_rows_adds_to_the_audit_and_has_no_right_elsewhere() {
    let fresh = Fresh::new().await;
    let _kernel = house(&fresh).await;
    let db = connect(&fresh.url).await;
    let schema = fresh.schema("140100");
    let rights: BTreeMap<String, String> = ask(&db, RIGHTS, &format!("{schema}_app"))
        .await
        .iter()
        .filter_map(|line| line.split_once(' '))
        .map(|(table, rights)| (table.to_owned(), rights.to_owned()))
        .collect();
    let outside: Vec<&String> = rights.keys().filter(|table| !table.starts_with(&format!("{schema}."))).collect();
    assert_eq!(outside, Vec::<&String>::new());
    for (table, may) in &rights {
        let rights = match table.strip_prefix(&format!("{schema}.")) {
            Some("audit_entry" | "audit_seal" | "audit_checkpoint" | "audit_key" | "audit_horizon") => "INSERT SELECT",
            Some("migration_ledger") => "SELECT",
            _ => "DELETE INSERT SELECT UPDATE",
        };
        assert_eq!(may.as_str(), rights, "{table}");
    }
    let ledger = 1;
    assert_eq!(rights.len(), tables().len() - of_the_platform().len() + ledger);
}

#[tokio::test]
async fn one_citys_role_cannot_read_another_citys_rows() {
    let fresh = Fresh::new().await;
    let kernel = house(&fresh).await;
    city(&kernel, &fresh, "140200", "datong").await;
    let (own, other) = (fresh.schema("140100"), fresh.schema("140200"));
    let role = format!("{own}_app");
    let password = kernel.root.derive_text(&format!("postgres:{role}:1"));
    let db = connect(&fresh.url.replace("postgres@", &format!("{role}:{password}@"))).await;
    // First what it may: its own rows, by any SQL it likes.
    db.execute_unprepared(&format!("SELECT count(*) FROM {own}.account")).await.expect("its own rows");
    for statement in [
        format!("SELECT count(*) FROM {other}.account"),
        format!("INSERT INTO {other}.counter (name, value) VALUES ('theft', 1)"),
        format!("SELECT count(*) FROM {}.tenant", fresh.schema(PLATFORM)),
        format!("UPDATE {own}.audit_entry SET result = 'DONE'"),
        format!("TRUNCATE {own}.audit_entry"),
        format!("DELETE FROM {own}.audit_checkpoint"),
        format!("DELETE FROM {own}.audit_horizon"),
        format!("UPDATE {own}.audit_key SET until_seq = 9"),
        format!("INSERT INTO {own}.migration_ledger SELECT * FROM {own}.migration_ledger"),
        format!("DELETE FROM {own}.migration_ledger"),
        format!("SET ROLE {other}_app"),
        "CREATE SCHEMA theft".to_owned(),
        "CREATE ROLE theft".to_owned(),
        format!("CREATE TABLE {own}.theft (id int)"),
        "CREATE TABLE public.theft (id int)".to_owned(),
    ] {
        let refused = db.execute_unprepared(&statement).await.expect_err(&statement).to_string();
        assert!(refused.contains("permission denied"), "{statement}: {refused}");
    }
}

#[tokio::test]
async fn a_schema_that_breaks_these_laws_is_caught_on_each() {
    let fresh = Fresh::new().await;
    let db = connect(&fresh.url).await;
    for statement in [
        "CREATE SCHEMA one",
        "CREATE SCHEMA two",
        "CREATE TABLE two.far (id uuid PRIMARY KEY)",
        "CREATE TABLE one.keyless (name text COLLATE \"C\")",
        "CREATE TABLE one.pointing (id uuid PRIMARY KEY, far_id uuid REFERENCES two.far (id), n int)",
        "CREATE INDEX ON one.pointing (n, far_id)",
        "CREATE INDEX ON one.pointing (far_id) WHERE n = 1",
        "CREATE TABLE one.sorted (id uuid PRIMARY KEY, name text)",
    ] {
        db.execute_unprepared(statement).await.expect("planted");
    }
    assert_eq!(
        flaws(&db, "one").await,
        [
            "keyless: no primary key",
            "pointing.far_id: points elsewhere without an index",
            "pointing: points out of its schema",
            "sorted.name: sorts by a locale",
        ]
    );
}
