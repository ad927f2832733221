//! What an idempotency key already led to (幂等键): type, id and version, or the refusal; never the response.

use sea_orm::entity::prelude::*;

/// What an idempotency key already led to (幂等键): type, id and version, or the refusal; never the response.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// Account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    /// Operation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    /// Idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idempotency_key: String,
    /// Input hash.
    pub input_hash: Vec<u8>,
    /// Outcome.
    pub outcome: Json,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
