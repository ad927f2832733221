//! How many codes were asked for in a network (验证码额度); what one number gets is counted where messages are sent.

use sea_orm::entity::prelude::*;

/// How many codes were asked for in a network (验证码额度); what one number gets is counted where messages are sent.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "code_quota")]
pub(crate) struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Blind index of the network.
    pub source_index: Vec<u8>,
    /// How many since [`Self::since`].
    pub taken: i32,
    /// Since when they are counted.
    pub since: DateTimeUtc,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
