//! A piece of a file.

use sea_orm::entity::prelude::*;

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "blob_chunk")]
pub struct Model {
    /// Blob id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub blob_id: Uuid,
    /// No.
    #[sea_orm(primary_key, auto_increment = false)]
    pub no: i32,
    /// Bytes.
    pub bytes: Vec<u8>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
