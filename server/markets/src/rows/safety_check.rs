//! A safety check (安全检查) of one item at a market; rows are never changed, a newer one takes over.

use sea_orm::entity::prelude::*;

use crate::kinds::{CheckItem, CheckResult};

/// A safety check (安全检查) of one item at a market; rows are never changed, a newer one takes over.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "safety_check")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The market.
    pub market_id: Uuid,
    /// What was checked.
    pub item: CheckItem,
    /// The result.
    pub result: CheckResult,
    /// Who checked.
    pub inspector: String,
    /// When.
    pub inspected_on: Date,
    /// The last day it counts.
    pub expires_on: Date,
    /// What was found.
    pub note: Option<String>,
    /// Is it the newest of its item?
    pub is_current: bool,
    /// The account that recorded it.
    pub recorded_by: Option<Uuid>,
    /// When it was recorded.
    pub recorded_at: DateTimeUtc,
    /// Why it was withdrawn; it counts no more.
    pub withdrawn_reason: Option<String>,
}

/// None: other tables are read by hand, one statement a level.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
