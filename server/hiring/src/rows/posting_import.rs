//! An import of postings (招聘信息导入) of an agency.

use sea_orm::entity::prelude::*;

use crate::kinds::PostingImportStatus;

/// An import of postings (招聘信息导入) of an agency.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "posting_import")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes; a stale one is refused.
    pub version: i32,
    /// Whose postings they are.
    pub agency_id: Uuid,
    /// The file.
    pub upload_id: Uuid,
    /// Its name.
    pub file_name: String,
    /// How far it is.
    pub status: PostingImportStatus,
    /// Rows with anything in them.
    pub row_count: i32,
    /// Rows that can be taken in, or were.
    pub good_rows: i32,
    /// Rows that cannot.
    pub bad_rows: i32,
    /// Postings that were published.
    pub published: i32,
    /// Postings that wait for review.
    pub in_review: i32,
    /// Where the columns of the file are.
    pub headings: Json,
    /// The error report.
    pub report_id: Option<Uuid>,
    /// The job at work on it, or the last one.
    pub job_id: Option<Uuid>,
    /// The account that brought it.
    pub created_by: Option<Uuid>,
    /// When it was checked.
    pub created_at: DateTimeUtc,
    /// Until when file, rows and report are kept.
    pub kept_until: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
