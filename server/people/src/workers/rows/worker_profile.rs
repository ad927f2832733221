//! What only this chapter asks about a worker (登记附加信息).

use sea_orm::entity::prelude::*;

/// What only this chapter asks about a worker (登记附加信息).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_profile")]
pub(crate) struct Model {
    /// The worker.
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: Uuid,
    /// `FEMALE_55` or `FEMALE_50`, where a woman said which; empty where nobody did.
    pub retirement_kind: Option<String>,
    /// When it was asked whether it still looks for work, since it last said so.
    pub asked_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
