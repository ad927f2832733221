//! A tenant as it is at one moment (快照), read while others write.
//!
//! Both back ends give a reader one unchanging view: SQLite inside a read transaction on its write-ahead log,
//! PostgreSQL inside a repeatable-read one. No copy of the data lies about if the reader is killed.

use migrations::{MigrationSet, Step, Table};
use sea_orm::sea_query::{Alias, Expr, Order, Query};
use sea_orm::{
    AccessMode, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, ExprTrait as _, IsolationLevel,
    TransactionTrait as _,
};
use serde_json::Value as Json;

use super::cells;
use super::migrate::{self, Ledger};
use crate::fault::Fault;

/// Rows read at once; fewer of those that may be large.
const ROWS: u64 = 500;
const LARGE: u64 = 32;

/// A tenant at one moment.
pub(crate) struct Snapshot {
    tx: DatabaseTransaction,
    connection: DatabaseConnection,
    /// The migrations that made its tables.
    pub(crate) ledger: Vec<Ledger>,
    /// Its tables, those that are pointed at first.
    pub(crate) tables: Vec<Table>,
}

/// The tables that the migrations in `ledger` make, in the order in which they are made.
pub(super) fn tables(sets: &[&MigrationSet], ledger: &[(String, String)]) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for set in sets {
        let applied = set.migrations.iter().filter(|m| ledger.iter().any(|(o, n)| o == set.owner && n == m.name));
        for step in applied.flat_map(|m| (m.steps)()) {
            match step {
                Step::Create(table) => tables.push(table),
                Step::AddColumn(name, column) => {
                    if let Some(table) = tables.iter_mut().find(|t| t.name == name) {
                        table.columns.push(column);
                    }
                }
                Step::AddIndex(..) | Step::Sql { .. } => {}
            }
        }
    }
    tables
}

/// The names in a ledger.
pub(super) fn names(ledger: &[Ledger]) -> Vec<(String, String)> {
    ledger.iter().map(|l| (l.owner.clone(), l.name.clone())).collect()
}

impl Snapshot {
    pub(super) async fn begin(connection: DatabaseConnection, sets: &[&MigrationSet]) -> Result<Self, Fault> {
        let isolation = match connection.get_database_backend() {
            sea_orm::DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            _ => None,
        };
        let mode = isolation.map(|_| AccessMode::ReadOnly);
        let tx = connection.begin_with_config(isolation, mode).await.map_err(Fault::of("begin a snapshot"))?;
        // The first read fixes the moment.
        let ledger = migrate::ledger(&tx).await?;
        let names = names(&ledger);
        let known = |(owner, name): &(String, String)| {
            sets.iter().any(|s| s.owner == owner && s.migrations.iter().any(|m| m.name == name))
        };
        if !names.iter().all(known) {
            return Err(Fault::internal("read a snapshot: a migration was applied that this build does not know"));
        }
        Ok(Self { tables: tables(sets, &names), tx, connection, ledger })
    }

    /// The next rows of `table` in the order of its key, after the row `last`.
    pub(crate) async fn page(&self, table: &Table, last: Option<&[Json]>) -> Result<Vec<Vec<Json>>, Fault> {
        let mut query = Query::select();
        query.from(Alias::new(table.name)).columns(table.columns.iter().map(|c| Alias::new(c.name)));
        for key in table.key {
            query.order_by(Alias::new(*key), Order::Asc);
        }
        if let Some(last) = last {
            let mut bounds = Vec::with_capacity(table.key.len());
            for key in table.key {
                let column = table.columns.iter().zip(last).find(|(c, _)| c.name == *key);
                let (column, value) = column.ok_or(Fault::internal("read a snapshot: a table lacks its key"))?;
                bounds.push(Expr::value(cells::bind(value, column.kind)?));
            }
            let key = Expr::tuple(table.key.iter().map(|k| Expr::col(Alias::new(*k))));
            query.and_where(key.gt(Expr::tuple(bounds)));
        }
        let large = table.columns.iter().any(|c| c.kind == migrations::ColumnType::Bytes);
        query.limit(if large { LARGE } else { ROWS });
        let rows = self.tx.query_all(&query).await?;
        rows.iter()
            .map(|row| table.columns.iter().enumerate().map(|(i, c)| cells::read(row, i, c.kind)).collect())
            .collect()
    }

    /// Lets the moment go.
    pub(crate) async fn end(self) -> Result<(), Fault> {
        self.tx.rollback().await?;
        Ok(self.connection.close().await?)
    }
}
