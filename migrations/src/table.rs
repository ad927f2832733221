//! How a table is described: one line a column, no SQL.

/// The types both back ends store alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UUID version 7: 16 bytes.
    Uuid,
    /// Text compared by bytes on both back ends (`COLLATE "C"`), so that keyset order is equal.
    Text,
    /// 32-bit integer.
    Int,
    /// 64-bit integer: money in fen, counters.
    BigInt,
    /// True or false.
    Bool,
    /// A moment, microseconds, UTC.
    Moment,
    /// A calendar day in Asia/Shanghai.
    Date,
    /// Bytes: ciphertext, hashes, blob chunks.
    Bytes,
    /// A JSON document.
    Json,
    /// A double: coordinates only, never money.
    Float,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: ColumnType,
    /// May it be null?
    pub nullable: bool,
    /// The table whose `id` it points at.
    pub references: Option<&'static str>,
    /// A literal default, the same on both back ends.
    pub default: Option<&'static str>,
}

/// An index.
#[derive(Clone, Debug)]
pub struct Index {
    /// Its columns, in order.
    pub columns: &'static [&'static str],
    /// Does it forbid duplicates?
    pub unique: bool,
    /// A partial index's condition, the same on both back ends.
    pub only_where: Option<&'static str>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub key: &'static [&'static str],
    /// Further indexes.
    pub indexes: Vec<Index>,
    /// Are its rows counted up and down all day?
    pub counted: bool,
}

/// Begins a table whose key is the UUID column `id`.
#[must_use]
pub fn table(name: &'static str) -> Table {
    Table { name, columns: Vec::new(), key: &["id"], indexes: Vec::new(), counted: false }
}

impl Table {
    fn push(mut self, name: &'static str, kind: ColumnType, nullable: bool) -> Self {
        self.columns.push(Column { name, kind, nullable, references: None, default: None });
        self
    }

    /// The usual key: `id`, a UUID.
    #[must_use]
    pub fn id(self) -> Self {
        self.uuid("id")
    }

    /// Its rows are counted up and down all day: PostgreSQL leaves room beside them, so that a row that changed stays on its page
    /// and no index has to follow it.
    #[must_use]
    pub fn counted(mut self) -> Self {
        self.counted = true;
        self
    }

    /// Another primary key than `id`.
    #[must_use]
    pub fn key(mut self, columns: &'static [&'static str]) -> Self {
        self.key = columns;
        self
    }

    /// The last column may be null.
    #[must_use]
    pub fn null(mut self) -> Self {
        if let Some(last) = self.columns.last_mut() {
            last.nullable = true;
        }
        self
    }

    /// The last column points at the `id` of `table`, and is indexed.
    #[must_use]
    pub fn to(mut self, table: &'static str) -> Self {
        if let Some(last) = self.columns.last_mut() {
            last.references = Some(table);
        }
        self
    }

    /// The last column has this literal default.
    #[must_use]
    pub fn default(mut self, literal: &'static str) -> Self {
        if let Some(last) = self.columns.last_mut() {
            last.default = Some(literal);
        }
        self
    }

    /// An index over `columns`.
    #[must_use]
    pub fn index(mut self, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index { columns, unique: false, only_where: None });
        self
    }

    /// An index over the rows for which `condition` holds.
    #[must_use]
    pub fn index_where(mut self, columns: &'static [&'static str], condition: &'static str) -> Self {
        self.indexes.push(Index { columns, unique: false, only_where: Some(condition) });
        self
    }

    /// No two rows alike in `columns`.
    #[must_use]
    pub fn unique(mut self, columns: &'static [&'static str]) -> Self {
        self.indexes.push(Index { columns, unique: true, only_where: None });
        self
    }

    /// No two rows alike in `columns` among those for which `condition` holds.
    #[must_use]
    pub fn unique_where(mut self, columns: &'static [&'static str], condition: &'static str) -> Self {
        self.indexes.push(Index { columns, unique: true, only_where: Some(condition) });
        self
    }
}

macro_rules! columns {
    ($($(#[$doc:meta])* $method:ident $kind:ident),* $(,)?) => {
        impl Table {
            $($(#[$doc])* #[must_use]
            pub fn $method(self, name: &'static str) -> Self {
                self.push(name, ColumnType::$kind, false)
            })*
        }
    };
}

columns! {
    /// A UUID column.
    uuid Uuid,
    /// A text column.
    text Text,
    /// A 32-bit integer column.
    int Int,
    /// A 64-bit integer column.
    bigint BigInt,
    /// A truth column.
    bool Bool,
    /// A moment column.
    moment Moment,
    /// A calendar-day column.
    date Date,
    /// A bytes column.
    bytes Bytes,
    /// A JSON column.
    json Json,
    /// A double column.
    float Float,
}
