//! A receipt for a fee (收费凭证).

use sea_orm::entity::prelude::*;

/// A receipt for a fee (收费凭证).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_fee_receipt")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The agency.
    pub agency_id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// Its number.
    pub receipt_no: String,
    /// When it was issued.
    pub issued_on: Date,
    /// What was paid for: an item of a price list.
    pub item_id: Uuid,
    /// How many units of it.
    pub quantity: i32,
    /// What was paid in all, in fen.
    pub fen: i64,
    /// From whom, sealed: it may be a person.
    pub hiring_party: Vec<u8>,
    /// Is it a household?
    pub household: bool,
    /// When the placement failed: since then it is due to be paid back.
    pub failed_on: Option<Date>,
    /// How.
    pub failed_reason: Option<String>,
    /// When it was paid back.
    pub refunded_on: Option<Date>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Who recorded it.
    pub recorded_by: Option<Uuid>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
