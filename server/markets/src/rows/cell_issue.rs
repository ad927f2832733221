//! What is the matter with a cell (单元格问题).

use sea_orm::entity::prelude::*;

/// What is the matter with a cell (单元格问题).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cell_issue")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The import.
    pub import_id: Uuid,
    /// The row as Excel counts it; 0 is the sheet.
    pub row_no: i32,
    /// Its place among the issues of the row.
    pub position: i32,
    /// Letters of the column.
    pub column_name: String,
    /// Its heading.
    pub column_title: String,
    /// What the cell holds.
    pub value: String,
    /// The kind of issue.
    pub code: String,
    /// Must it be corrected?
    pub is_error: bool,
    /// What is the matter, in Chinese.
    pub message_zh: String,
    /// The same in English.
    pub message_en: String,
    /// What to do, in Chinese.
    pub hint_zh: String,
    /// The same in English.
    pub hint_en: String,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
