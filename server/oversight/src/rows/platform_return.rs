//! A city's return as the province has it (省级归集的填报).

use sea_orm::entity::prelude::*;

/// A city's return as the province has it (省级归集的填报).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "platform_return")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Code of the city.
    pub city: String,
    /// The year it reports.
    pub year: i32,
    /// `SUBMITTED`, `RETURNED` or `ACCEPTED`.
    pub status: String,
    /// The snapshot the city handed in last.
    pub version_no: i32,
    /// Its rows.
    pub row_count: i32,
    /// Sealed name of the filer (填报人).
    pub filer: Vec<u8>,
    /// Sealed telephone number of the filer.
    pub filer_phone: Vec<u8>,
    /// When the city first handed in: late or not is told by this.
    pub first_submitted_at: DateTimeUtc,
    /// When it handed in this version.
    pub submitted_at: DateTimeUtc,
    /// When this version arrived.
    pub received_at: DateTimeUtc,
    /// When the province returned or accepted it.
    pub decided_at: Option<DateTimeUtc>,
    /// When the city knew.
    pub decision_delivered_at: Option<DateTimeUtc>,
    /// Why it was returned.
    pub returned_reason: Option<String>,
    /// The snapshot as the city named it: whether a delivery is a repetition is told by this.
    pub snapshot_id: Uuid,
    /// Counts the snapshots that arrived; its rows lie under it.
    pub receipt_no: i32,
    /// When the city was due, by its own calendar.
    pub due_on: Date,
    /// Counts changes.
    pub version: i32,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
