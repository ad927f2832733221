//! An import of the directory form (名录导入).

use sea_orm::entity::prelude::*;

use crate::kinds::{ImportMode, ImportStatus};

/// An import of the directory form (名录导入).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_import")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts changes.
    pub version: i32,
    /// The uploaded file.
    pub upload_id: Uuid,
    /// Its name.
    pub file_name: String,
    /// How far it is.
    pub status: ImportStatus,
    /// How it is applied.
    pub mode: Option<ImportMode>,
    /// The division of rows whose address names none.
    pub default_division: Option<String>,
    /// The city named above the table.
    pub city: Option<String>,
    /// Who filled it in (填报人).
    pub filer: Option<Vec<u8>>,
    /// Rows with a market.
    pub row_count: i32,
    /// Rows that can be taken in.
    pub good_rows: i32,
    /// Rows that cannot.
    pub bad_rows: i32,
    /// Rows that make a market, or made one.
    pub created: i32,
    /// Rows that change a market, or changed one.
    pub updated: i32,
    /// Rows that change nothing.
    pub unchanged: i32,
    /// Markets of it that were listed together.
    pub listed: i32,
    /// Why others could not be: numbers by reason.
    pub not_listable: Json,
    /// Where the columns of the file are.
    pub headings: Json,
    /// The job at work on it, or the last one.
    pub job_id: Option<Uuid>,
    /// Why the file is not taken in.
    pub refusal_code: Option<String>,
    /// The same in Chinese.
    pub refusal_zh: Option<String>,
    /// The same in English.
    pub refusal_en: Option<String>,
    /// The error report.
    pub report_id: Option<Uuid>,
    /// Who imported it.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTimeUtc,
    /// The file and its report are kept until then.
    pub kept_until: DateTimeUtc,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
