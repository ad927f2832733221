//! How many codes went to a number, or were asked for in a network (验证码额度).

use sea_orm::entity::prelude::*;

/// How many codes went to a number, or were asked for in a network (验证码额度).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_quota")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Blind index of the number or of the network.
    pub of_index: Vec<u8>,
    /// How many since [`Self::since`].
    pub taken: i32,
    /// Since when they are counted.
    pub since: DateTimeUtc,
    /// The last.
    pub last_at: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
