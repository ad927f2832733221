//! A password an account had (历史口令), as its hash, so that it does not come back.

use sea_orm::entity::prelude::*;

/// A password an account had (历史口令), as its hash, so that it does not come back.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "password_history")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose.
    pub account_id: Uuid,
    /// argon2id, PHC string.
    pub password_hash: String,
    /// When it was set.
    pub set_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
