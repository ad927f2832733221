//! A wage sheet (工资支付台账) of a hiring party: kept three years (保障农民工工资支付条例 art 15).

use sea_orm::entity::prelude::*;

/// A wage sheet (工资支付台账) of a hiring party: kept three years (保障农民工工资支付条例 art 15).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wage_sheet")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Counts its changes.
    pub version: i32,
    /// Who pays.
    pub party_id: Uuid,
    /// For which posting.
    pub posting_id: Uuid,
    /// When it was made.
    pub made_at: DateTimeUtc,
    /// The account that made it, at a counter.
    pub made_by: Option<Uuid>,
    /// Until when it must be kept.
    pub keep_until: Date,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
