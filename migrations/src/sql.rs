//! From steps to SQL. The only file that knows how the two back ends spell a type.

use crate::{Column, ColumnType, Index, Step, Table};

/// The two back ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

/// The statements that apply `steps`, in order.
#[must_use]
pub fn up(steps: &[Step], backend: Backend) -> Vec<String> {
    let mut out = Vec::new();
    for step in steps {
        match step {
            Step::Create(table) => create(table, backend, &mut out),
            Step::AddColumn(table, column) => {
                out.push(format!("ALTER TABLE {table} ADD COLUMN {}", column_sql(column, backend)));
                if column.references.is_some() {
                    out.push(index_sql(table, &[column.name], false, None));
                }
            }
            Step::AddIndex(table, index) => out.push(index_of(table, index)),
            Step::Sql { sqlite, postgres, .. } => {
                let statements = if backend == Backend::Sqlite { sqlite } else { postgres };
                out.extend(statements.iter().map(ToString::to_string));
            }
        }
    }
    out
}

/// The statements that undo `steps`, in order.
#[must_use]
pub fn down(steps: &[Step], backend: Backend) -> Vec<String> {
    let mut out = Vec::new();
    for step in steps.iter().rev() {
        match step {
            Step::Create(table) => out.push(format!("DROP TABLE {}", table.name)),
            Step::AddColumn(table, column) => {
                if column.references.is_some() {
                    out.push(format!("DROP INDEX {}", index_name(table, &[column.name])));
                }
                out.push(format!("ALTER TABLE {table} DROP COLUMN {}", column.name));
            }
            Step::AddIndex(table, index) => {
                out.push(format!("DROP INDEX {}", index_name(table, index.columns)));
            }
            Step::Sql { sqlite_down, postgres_down, .. } => {
                let statements = if backend == Backend::Sqlite { sqlite_down } else { postgres_down };
                out.extend(statements.iter().map(ToString::to_string));
            }
        }
    }
    out
}

fn create(table: &Table, backend: Backend, out: &mut Vec<String>) {
    let mut lines: Vec<String> = table.columns.iter().map(|c| column_sql(c, backend)).collect();
    lines.push(format!("PRIMARY KEY ({})", table.key.join(", ")));
    // STRICT makes SQLite refuse a wrong type as PostgreSQL does.
    let tail = match backend {
        Backend::Sqlite => " STRICT",
        Backend::Postgres if table.counted => " WITH (fillfactor = 80)",
        Backend::Postgres => "",
    };
    out.push(format!("CREATE TABLE {} (\n  {}\n){tail}", table.name, lines.join(",\n  ")));
    for index in &table.indexes {
        out.push(index_of(table.name, index));
    }
    for column in &table.columns {
        let covered = table.key.first() == Some(&column.name)
            || table.indexes.iter().any(|i| i.columns.first() == Some(&column.name) && i.only_where.is_none());
        if column.references.is_some() && !covered {
            out.push(index_sql(table.name, &[column.name], false, None));
        }
    }
}

fn column_sql(column: &Column, backend: Backend) -> String {
    let mut sql = format!("{} {}", column.name, type_sql(column.kind, backend));
    if !column.nullable {
        sql.push_str(" NOT NULL");
    }
    if let Some(default) = column.default {
        let literal = match (column.kind, backend, default) {
            (ColumnType::Bool, Backend::Sqlite, "false") => "0",
            (ColumnType::Bool, Backend::Sqlite, "true") => "1",
            (_, _, other) => other,
        };
        sql.push_str(" DEFAULT ");
        sql.push_str(literal);
    }
    if let Some(table) = column.references {
        sql.push_str(" REFERENCES ");
        sql.push_str(table);
        sql.push_str(" (id)");
    }
    sql
}

const fn type_sql(kind: ColumnType, backend: Backend) -> &'static str {
    match (backend, kind) {
        (Backend::Sqlite, ColumnType::Uuid | ColumnType::Bytes) => "BLOB",
        (Backend::Sqlite, ColumnType::Int | ColumnType::BigInt | ColumnType::Bool) => "INTEGER",
        (Backend::Sqlite, ColumnType::Float) => "REAL",
        (Backend::Sqlite, _) => "TEXT",
        (Backend::Postgres, ColumnType::Uuid) => "uuid",
        (Backend::Postgres, ColumnType::Text) => "text COLLATE \"C\"",
        (Backend::Postgres, ColumnType::Int) => "integer",
        (Backend::Postgres, ColumnType::BigInt) => "bigint",
        (Backend::Postgres, ColumnType::Bool) => "boolean",
        (Backend::Postgres, ColumnType::Moment) => "timestamptz",
        (Backend::Postgres, ColumnType::Date) => "date",
        (Backend::Postgres, ColumnType::Bytes) => "bytea",
        (Backend::Postgres, ColumnType::Json) => "jsonb",
        (Backend::Postgres, ColumnType::Float) => "double precision",
    }
}

fn index_of(table: &str, index: &Index) -> String {
    index_sql(table, index.columns, index.unique, index.only_where)
}

fn index_sql(table: &str, columns: &[&str], unique: bool, only_where: Option<&str>) -> String {
    let kind = if unique { "UNIQUE INDEX" } else { "INDEX" };
    let condition = only_where.map(|w| format!(" WHERE {w}")).unwrap_or_default();
    let name = index_name(table, columns);
    format!("CREATE {kind} {name} ON {table} ({}){condition}", columns.join(", "))
}

fn index_name(table: &str, columns: &[&str]) -> String {
    let full = format!("{table}_{}_idx", columns.join("_"));
    // PostgreSQL cuts names at 63 bytes; our names are ASCII.
    full.get(..full.len().min(63)).unwrap_or(&full).to_owned()
}
