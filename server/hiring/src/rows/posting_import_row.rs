//! A row of an import of postings (导入行).

use sea_orm::entity::prelude::*;

use crate::kinds::ImportRowStatus;

/// A row of an import of postings (导入行).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "posting_import_row")]
pub struct Model {
    /// UUID version 7; the posting that comes of it has the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// The row as a spreadsheet counts it.
    pub row_no: i32,
    /// Can it be taken in, or was it?
    pub status: ImportRowStatus,
    /// What its cells hold, in the order of the columns.
    pub cells: Json,
    /// What is the matter with its cells.
    pub issues: Json,
    /// The posting that came of it.
    pub posting_id: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
