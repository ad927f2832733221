//! A second factor being enrolled (待绑定的动态口令): it counts only once a code of it was shown.

use sea_orm::entity::prelude::*;

/// A second factor being enrolled (待绑定的动态口令): it counts only once a code of it was shown.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "totp_pending")]
pub(crate) struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The secret, sealed as `account.totp_secret` of that account.
    pub secret: Vec<u8>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
