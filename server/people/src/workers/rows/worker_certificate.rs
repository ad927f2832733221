//! A certificate for a trade that needs one (特种作业操作证).

use sea_orm::entity::prelude::*;

/// A certificate for a trade that needs one (特种作业操作证).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_certificate")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub worker_id: Uuid,
    /// For which trade.
    pub trade: String,
    /// Sealed number.
    pub number: Vec<u8>,
    /// The last day on which it is valid.
    pub valid_until: Date,
    /// When somebody saw it and vouched for it.
    pub verified_at: Option<DateTimeUtc>,
    /// Who did.
    pub verified_by: Option<Uuid>,
    /// When it was entered.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
