//! A store from outside (库快照): every row of every table, in order, as text.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use kernel::keys::KeyRing;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, Statement};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Table to its rows.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

/// A column: its table and its name.
pub(crate) type Place = [String; 2];

/// What lay sealed.
pub(crate) struct Opened {
    pub(crate) table: String,
    /// The row, or the file of a piece.
    pub(crate) row: Uuid,
    pub(crate) text: String,
}

/// A view of a city's store that needs no leave of the house.
#[expect(clippy::disallowed_types, reason = "a law looks behind the store's back")]
pub(crate) struct Window {
    db: DatabaseConnection,
    sql: String,
    /// Which columns hold bytes.
    bytes: Vec<Place>,
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
async fn texts<const N: usize>(db: &DatabaseConnection, sql: &str, columns: [&str; N]) -> Vec<[String; N]> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.expect("the store can be read");
    rows.iter().map(|row| columns.map(|c| row.try_get("", c).expect("text"))).collect()
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

    /// Everything that lies in the `sealed` columns, opened with these keys; or the first place that does not open, of which nobody
    /// knows what it holds.
    pub(crate) async fn opened(&self, ring: &KeyRing, sealed: &BTreeSet<Place>) -> Result<Vec<Opened>, String> {
        let mut opened = Vec::new();
        for place in self.bytes.iter().filter(|place| sealed.contains(*place)) {
            let [table, column] = place;
            for [id, name, digits] in texts(&self.db, &self.sealed_in(place), ["id", "name", "sealed"]).await {
                if digits.is_empty() {
                    continue;
                }
                let row = Uuid::parse_str(&id).map_err(|_| format!("{table} has a row of no id"))?;
                // A second factor that waits is sealed as the one that it comes to be.
                let of = if table == "totp_pending" { ("account", "totp_secret") } else { (&**table, &*name) };
                let plain = ring.open_secret(of.0, of.1, row, &bytes_of(&digits));
                let plain = plain.map_err(|_| format!("{table}.{column} of {row} does not open"))?;
                let text = String::from_utf8_lossy(plain.expose()).into_owned();
                opened.push(Opened { table: table.clone(), row, text });
            }
        }
        Ok(opened)
    }

    /// Asks for what lies in a column, with the id of the row and the name under which it was sealed.
    fn sealed_in(&self, [table, column]: &Place) -> String {
        let id = NAMES.iter().find(|(of, _)| of == table).map_or("id", |(_, id)| id);
        let name = if table == "blob_chunk" { "'bytes:' || no".to_owned() } else { format!("'{column}'") };
        match &self.schema {
            None => format!("SELECT hex(\"{id}\") AS id, {name} AS name, hex(\"{column}\") AS sealed FROM \"{table}\""),
            Some(schema) => format!(
                "SELECT replace({id}::text, '-', '') AS id, ({name})::text AS name, \
                 coalesce(encode({column}, 'hex'), '') AS sealed FROM {schema}.{table}"
            ),
        }
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
