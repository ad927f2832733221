//! A store from outside (库快照): every row of every table, in order, as text.

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

/// Table to its rows.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

/// A view of a city's store that needs no leave of the house.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
pub(crate) struct Window {
    db: DatabaseConnection,
    sql: String,
}

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a law looks behind the store's back")]
async fn connect(url: &str) -> DatabaseConnection {
    Database::connect(url).await.expect("the store opens from outside")
}

#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn texts(db: &DatabaseConnection, sql: &str, columns: [&str; 2]) -> Vec<[String; 2]> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.expect("the store can be read");
    rows.iter().map(|row| columns.map(|c| row.try_get("", c).expect("text"))).collect()
}

impl Window {
    /// Onto a SQLite file.
    pub(crate) async fn on_file(path: &Path) -> Self {
        let db = connect(&format!("sqlite://{}?mode=ro", path.display())).await;
        let columns = "SELECT t.name AS tab, group_concat('quote(\"' || c.name || '\")', '||''|''||') AS cols \
             FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' GROUP BY t.name ORDER BY t.name";
        let parts = texts(&db, columns, ["tab", "cols"]).await;
        let parts: Vec<String> =
            parts.iter().map(|[tab, cols]| format!("SELECT '{tab}' AS tab, {cols} AS line FROM \"{tab}\"")).collect();
        Self { db, sql: format!("{} ORDER BY 1, 2", parts.join(" UNION ALL ")) }
    }

    /// Onto a schema of PostgreSQL, as the administrator.
    pub(crate) async fn on_schema(url: &str, schema: &str) -> Self {
        let db = connect(url).await;
        let tables = format!(
            "SELECT table_name::text AS tab, '' AS cols FROM information_schema.tables \
             WHERE table_schema = '{schema}' ORDER BY 1"
        );
        let parts = texts(&db, &tables, ["tab", "cols"]).await;
        let parts: Vec<String> = parts
            .iter()
            .map(|[tab, _]| format!("SELECT '{tab}' AS tab, t::text AS line FROM {schema}.{tab} AS t"))
            .collect();
        Self { db, sql: format!("{} ORDER BY 1, 2", parts.join(" UNION ALL ")) }
    }

    /// Everything, now.
    pub(crate) async fn dump(&self) -> Dump {
        let mut dump = Dump::new();
        for [table, line] in texts(&self.db, &self.sql, ["tab", "line"]).await {
            dump.entry(table).or_default().push(line);
        }
        dump
    }
}

/// The tables that differ, but for those `except`ed.
pub(crate) fn differing(before: &Dump, after: &Dump, except: &[&str]) -> Vec<String> {
    let mut tables: Vec<&String> = before.keys().chain(after.keys()).collect();
    tables.sort();
    tables.dedup();
    tables.retain(|t| !except.contains(&t.as_str()) && before.get(*t) != after.get(*t));
    tables.into_iter().cloned().collect()
}
