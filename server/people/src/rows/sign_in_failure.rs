//! Failed attempts to sign in (登录失败计数), per user name and network; kept for a day. Both are blind indexes.

use sea_orm::entity::prelude::*;

/// Failed attempts to sign in (登录失败计数), per user name and network; kept for a day. Both are blind indexes.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_failure")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Blind index of the user name that was typed, whether it exists or not.
    pub account_index: Vec<u8>,
    /// Blind index of the network; empty for the account as a whole; `code` for wrong one-time codes.
    pub source_index: Vec<u8>,
    /// Failures since `first_at`, the running attempt included.
    pub failures: i32,
    /// The first of them.
    pub first_at: DateTimeUtc,
    /// The last of them.
    pub last_at: DateTimeUtc,
    /// Until when no attempt from there is looked at.
    pub blocked_until: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
