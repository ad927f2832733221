//! Filling an empty tenant from a backup: all rows in one transaction, or none.

use migrations::Table;
use sea_orm::sea_query::{Alias, Expr, Query};
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, Statement, TransactionTrait as _,
};
use serde_json::Value as Json;

use super::cells;
use crate::fault::Fault;

/// Values of one statement; SQLite allows 32,766.
const VALUES: usize = 30_000;
/// Bytes of one statement, about.
const BYTES: usize = 4 * 1024 * 1024;

/// An empty tenant that is being filled.
pub(crate) struct Load {
    tx: DatabaseTransaction,
    connection: DatabaseConnection,
    /// Its tables, those that are pointed at first.
    pub(crate) tables: Vec<Table>,
    /// Foreign keys of PostgreSQL, to be put back: a row may point at one that comes later.
    constraints: Vec<(String, String, String)>,
}

impl Load {
    /// Begins; refuses a tenant that has keys already, for then it is somebody's.
    pub(super) async fn begin(connection: DatabaseConnection, tables: Vec<Table>) -> Result<Self, Fault> {
        let tx = connection.begin().await.map_err(Fault::of("begin to fill a tenant"))?;
        let keys = Query::select().expr(Expr::value(1_i32)).from(Alias::new("key_ring")).limit(1).to_owned();
        if tx.query_one(&keys).await?.is_some() {
            return Err(Fault::internal("fill a tenant from a backup: it is not empty"));
        }
        let mut this = Self { tx, connection, tables, constraints: Vec::new() };
        if this.connection.get_database_backend() == DbBackend::Postgres {
            this.take_constraints().await?;
        }
        Ok(this)
    }

    async fn take_constraints(&mut self) -> Result<(), Fault> {
        let sql = "SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint \
                   WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
        for row in self.tx.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await? {
            let constraint = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            self.constraints.push(constraint);
        }
        for (table, name, _) in &self.constraints {
            self.tx.execute_unprepared(&format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\"")).await?;
        }
        Ok(())
    }

    /// Adds rows to a table; their values stand in the order of `columns`.
    pub(crate) async fn rows(&self, table: &Table, columns: &[String], rows: &[Vec<Json>]) -> Result<(), Fault> {
        let misfit = Fault::internal("fill a tenant from a backup: a table has other columns");
        let mut kinds = Vec::with_capacity(columns.len());
        for name in columns {
            let Some(column) = table.columns.iter().find(|c| c.name == name) else { return Err(misfit) };
            kinds.push(column.kind);
        }
        let mut at_hand = Vec::new();
        let mut bytes = 0;
        for row in rows {
            if row.len() != kinds.len() {
                return Err(misfit);
            }
            let values: Result<Vec<_>, Fault> =
                row.iter().zip(&kinds).map(|(v, kind)| cells::bind(v, *kind).map(Expr::value)).collect();
            bytes += row.iter().map(|v| v.as_str().map_or(8, str::len)).sum::<usize>();
            at_hand.push(values?);
            if (at_hand.len() + 1) * kinds.len() > VALUES || bytes > BYTES {
                self.insert(table, columns, std::mem::take(&mut at_hand)).await?;
                bytes = 0;
            }
        }
        self.insert(table, columns, at_hand).await
    }

    async fn insert(&self, table: &Table, columns: &[String], rows: Vec<Vec<Expr>>) -> Result<(), Fault> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert.into_table(Alias::new(table.name)).columns(columns.iter().map(|c| Alias::new(c.as_str())));
        for row in rows {
            insert.values(row).map_err(Fault::of("fill a tenant from a backup"))?;
        }
        self.tx.execute(&insert).await?;
        Ok(())
    }

    /// Puts the foreign keys back, which proves that every row points at one that is there, and commits.
    pub(crate) async fn finish(self) -> Result<(), Fault> {
        for (table, name, definition) in &self.constraints {
            self.tx
                .execute_unprepared(&format!("ALTER TABLE {table} ADD CONSTRAINT \"{name}\" {definition}"))
                .await
                .map_err(Fault::of("hold a backup's rows against the foreign keys"))?;
        }
        if self.connection.get_database_backend() == DbBackend::Sqlite {
            let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
            if self.tx.query_one_raw(check).await?.is_some() {
                return Err(Fault::internal("hold a backup's rows against the foreign keys: one points nowhere"));
            }
        }
        self.tx.commit().await.map_err(Fault::of("commit a restored tenant"))?;
        Ok(self.connection.close().await?)
    }
}
