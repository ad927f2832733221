//! The yearly return of the directory (名录填报).

use sea_orm::entity::prelude::*;

/// The yearly return of the directory (名录填报).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "directory_return")]
pub struct Model {
    /// Made of the year: a year has one return, also before anything is written.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The year it reports.
    pub year: i32,
    /// `OPEN`, `FROZEN`, `SUBMITTED`, `RETURNED` or `ACCEPTED`.
    pub status: String,
    /// Number of the last snapshot; 0 before the first.
    pub version_no: i32,
    /// Rows of that snapshot.
    pub row_count: i32,
    /// Sealed name of the filer (填报人).
    pub filer: Option<Vec<u8>>,
    /// Sealed telephone number of the filer.
    pub filer_phone: Option<Vec<u8>>,
    /// When the snapshot was taken.
    pub frozen_at: Option<DateTimeUtc>,
    /// When it was submitted.
    pub submitted_at: Option<DateTimeUtc>,
    /// When it arrived at the province.
    pub delivered_at: Option<DateTimeUtc>,
    /// When the province returned or accepted it.
    pub decided_at: Option<DateTimeUtc>,
    /// Why the province returned the last submitted version.
    pub returned_reason: Option<String>,
    /// Names the last snapshot wherever it goes: a number begins again when a city does, this does not.
    pub snapshot_id: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was last changed.
    pub updated_at: DateTimeUtc,
    /// Counts changes; a stale one is refused.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
