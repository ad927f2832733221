//! A store from outside (库快照): every row of every table, in order, as text.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kernel::keys::KeyRing;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbErr, Statement};
use tokio::sync::Mutex;

/// Table to its rows.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

/// A view of a city's store that needs no leave of the house.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
pub(crate) struct Window {
    db: DatabaseConnection,
    sql: String,
    /// Which columns hold bytes.
    bytes: Vec<[String; 2]>,
    schema: Option<String>,
    /// Tells cheaply whether anything was written since: what it answered last, and what the store held then.
    written: String,
    last: Mutex<Option<(String, Arc<Dump>)>>,
}

/// The column by which a row is named where its values are sealed.
const NAMES: [(&str, &str); 3] = [("blob_chunk", "blob_id"), ("person_key", "person"), ("totp_pending", "account_id")];

#[expect(clippy::disallowed_types, clippy::disallowed_methods, reason = "a law looks behind the store's back")]
async fn connect(url: &str) -> DatabaseConnection {
    // One connection: SQLite counts for each what others wrote.
    let options = ConnectOptions::new(url).max_connections(1).to_owned();
    Database::connect(options).await.expect("the store opens from outside")
}

#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn texts(db: &DatabaseConnection, sql: &str, columns: [&str; 2]) -> Vec<[String; 2]> {
    try_texts(db, sql, columns).await.expect("the store can be read")
}

#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
async fn try_texts(db: &DatabaseConnection, sql: &str, columns: [&str; 2]) -> Result<Vec<[String; 2]>, DbErr> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| columns.map(|c| row.try_get("", c).expect("text"))).collect())
}

/// Bytes of their hexadecimal digits.
fn bytes_of(digits: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits");
    (0..digits.len()).step_by(2).map(pair).collect()
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
        let bytes = "SELECT t.name AS tab, c.name AS col FROM sqlite_schema AS t, pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND upper(c.type) LIKE '%BLOB%' AND c.pk = 0 ORDER BY 1, 2";
        let bytes = texts(&db, bytes, ["tab", "col"]).await;
        let written = "SELECT '' AS tab, CAST(data_version AS TEXT) AS line FROM pragma_data_version".to_owned();
        let sql = format!("{} ORDER BY 1, 2", parts.join(" UNION ALL "));
        Self { db, sql, bytes, schema: None, written, last: Mutex::default() }
    }

    /// Onto a schema of PostgreSQL, as the administrator.
    pub(crate) async fn on_schema(url: &str, schema: &str) -> Self {
        let db = connect(url).await;
        let tables = format!(
            "SELECT table_name::text AS tab, '' AS cols FROM information_schema.tables \
             WHERE table_schema = '{schema}' ORDER BY 1"
        );
        let parts = texts(&db, &tables, ["tab", "cols"]).await;
        let each = |row: &dyn Fn(&str) -> String| {
            parts.iter().map(|[tab, _]| row(tab)).collect::<Vec<_>>().join(" UNION ALL ")
        };
        // Every row says which transaction wrote it.
        let written = each(&|tab| {
            let said = "concat(count(*), ' ', sum(xmin::text::numeric), ' ', max(xmin::text::bigint))";
            format!("SELECT '{tab}' AS tab, {said} AS line FROM {schema}.{tab}")
        });
        let sql = each(&|tab| format!("SELECT '{tab}' AS tab, t::text AS line FROM {schema}.{tab} AS t"));
        let bytes = format!(
            "SELECT table_name::text AS tab, column_name::text AS col FROM information_schema.columns \
             WHERE table_schema = '{schema}' AND data_type = 'bytea' ORDER BY 1, 2"
        );
        let bytes = texts(&db, &bytes, ["tab", "col"]).await;
        let sql = format!("{sql} ORDER BY 1, 2");
        Self { db, sql, bytes, schema: Some(schema.to_owned()), written, last: Mutex::default() }
    }

    /// Everything that lies sealed under these keys, opened: the table and the text.
    pub(crate) async fn opened(&self, ring: &KeyRing) -> Vec<(String, String)> {
        let mut opened = Vec::new();
        for [table, column] in &self.bytes {
            let id = NAMES.iter().find(|(of, _)| of == table).map_or("id", |(_, id)| id);
            let sql = match &self.schema {
                None => format!("SELECT hex(\"{id}\") AS id, hex(\"{column}\") AS sealed FROM \"{table}\""),
                Some(schema) => format!(
                    "SELECT replace({id}::text, '-', '') AS id, coalesce(encode({column}, 'hex'), '') AS sealed \
                     FROM {schema}.{table}"
                ),
            };
            let place = if table == "blob_chunk" { "bytes:0" } else { column };
            // A table whose rows have another name holds nothing that is sealed.
            for [id, sealed] in try_texts(&self.db, &sql, ["id", "sealed"]).await.unwrap_or_default() {
                let sealed = bytes_of(&sealed);
                let Ok(id) = uuid::Uuid::parse_str(&id) else { continue };
                if let Ok(text) = ring.open(table, place, id, &sealed) {
                    opened.push((table.clone(), text.expose().clone()));
                }
            }
        }
        opened
    }

    /// Everything, now; what was read last where nothing was written since.
    pub(crate) async fn dump(&self) -> Arc<Dump> {
        let written = texts(&self.db, &self.written, ["tab", "line"]).await;
        let written: Vec<String> = written.iter().map(|[tab, line]| format!("{tab} {line}")).collect();
        let written = written.join("\n");
        let mut last = self.last.lock().await;
        if let Some((then, dump)) = &*last
            && *then == written
        {
            return Arc::clone(dump);
        }
        let dump = Arc::new(self.read().await);
        *last = Some((written, Arc::clone(&dump)));
        dump
    }

    async fn read(&self) -> Dump {
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
