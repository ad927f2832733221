//! Who inspected (检查人员).

use sea_orm::entity::prelude::*;

/// Who inspected (检查人员).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agency_inspector")]
pub struct Model {
    /// UUID version 7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The inspection.
    pub inspection_id: Uuid,
    /// The place in the list.
    pub position: i32,
    /// The account, of one who has one: the name stands there.
    pub account_id: Option<Uuid>,
    /// The name of one who has none, sealed.
    pub name: Option<Vec<u8>>,
}

/// None: other tables are joined by hand, in one statement.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
