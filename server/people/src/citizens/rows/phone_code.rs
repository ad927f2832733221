//! A code that was sent to a telephone (短信验证码): five minutes, five tries, one use.

use sea_orm::entity::prelude::*;

/// A code that was sent to a telephone (短信验证码): five minutes, five tries, one use.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_code")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What finds the codes of a number.
    pub phone_index: Vec<u8>,
    /// What it is good for: `SIGN_IN`, `CONSENT`, `CHANGE_PHONE` or `OWN_DATA`.
    pub purpose: String,
    /// The code under the tenant's key, bound to this row.
    pub code_hash: Vec<u8>,
    /// How often it was tried.
    pub tries: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// It is not good any more from then on.
    pub expires_at: DateTimeUtc,
    /// When it was used.
    pub used_at: Option<DateTimeUtc>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
