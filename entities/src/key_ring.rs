//! A data key of this store, wrapped by the root key (密钥).

use sea_orm::entity::prelude::*;

/// A data key of this store, wrapped by the root key (密钥).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "key_ring")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Purpose.
    pub purpose: String,
    /// Generation.
    pub generation: i32,
    /// Wrapped.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Retired at.
    pub retired_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
